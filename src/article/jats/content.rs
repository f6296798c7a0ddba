//! Formulas that say what they mean and not how they look: content MathML (MathML 3, chapter 4), where no presentation stands beside it.
//!
//! 1. Names and numbers are tokens. What is applied is shown as mathematicians write it: between, before or above its arguments.
//! 2. What is applied and not known stands before its arguments in brackets.

use super::Reader;
use super::mathml::Inherited;
use crate::model::math::{Form, Fraction, Limits, Math, Operator, Root, Scripts, Token, TokenKind, TokenText};
use crate::xml::Element;

/// Operators that stand between their arguments, and how strongly they bind.
const INFIX: [(&str, &str, u8); 33] = [
    ("plus", "+", 3),
    ("minus", "−", 3),
    ("times", "\u{2062}", 4),
    ("eq", "=", 1),
    ("neq", "≠", 1),
    ("lt", "<", 1),
    ("gt", ">", 1),
    ("leq", "≤", 1),
    ("geq", "≥", 1),
    ("approx", "≈", 1),
    ("equivalent", "≡", 1),
    ("implies", "⇒", 0),
    ("and", "∧", 0),
    ("or", "∨", 0),
    ("xor", "⊻", 0),
    ("in", "∈", 1),
    ("notin", "∉", 1),
    ("subset", "⊆", 1),
    ("prsubset", "⊂", 1),
    ("notsubset", "⊈", 1),
    ("union", "∪", 3),
    ("intersect", "∩", 4),
    ("setdiff", "∖", 3),
    ("cartesianproduct", "×", 4),
    ("compose", "∘", 4),
    ("rem", "mod", 4),
    ("tendsto", "→", 1),
    ("factorof", "|", 1),
    ("vectorproduct", "×", 4),
    ("scalarproduct", "⋅", 4),
    ("outerproduct", "⊗", 4),
    ("quotient", "÷", 4),
    ("divide", "/", 4),
];

/// Signs that stand for themselves.
const CONSTANTS: [(&str, &str); 10] = [
    ("pi", "π"),
    ("infinity", "∞"),
    ("exponentiale", "e"),
    ("imaginaryi", "i"),
    ("eulergamma", "γ"),
    ("emptyset", "∅"),
    ("reals", "ℝ"),
    ("integers", "ℤ"),
    ("naturalnumbers", "ℕ"),
    ("complexes", "ℂ"),
];

impl Reader<'_> {
    /// `apply`, `ci`, `cn`, `csymbol`, `bind`.
    pub(super) fn content_math(&mut self, element: &Element, inherited: Inherited) -> Vec<Math> {
        match local(element) {
            "ci" | "csymbol" => self.content_token(element, TokenKind::Identifier, inherited),
            "cn" => self.content_token(element, TokenKind::Number, inherited),
            _ => self.applied(element, inherited),
        }
    }

    /// A name or a number; `sep` parts the two numbers of a fraction.
    fn content_token(&mut self, element: &Element, kind: TokenKind, inherited: Inherited) -> Vec<Math> {
        let row = self.math_row(element, inherited);
        let parted = element.elements().any(|child| local(child) == "sep");
        let as_kind = |math: Math| match math {
            Math::Token(token) => Math::Token(Token { kind, ..token }),
            other => other,
        };
        let mut row: Vec<Math> = row.into_iter().map(as_kind).filter(|math| *math != Math::Row(Vec::new())).collect();
        if let (true, 2) = (parted, row.len())
            && let (Some(under), Some(over)) = (row.pop(), row.pop())
        {
            return vec![Math::Fraction(Box::new(Fraction { over, under, line: true, slanted: false }))];
        }
        row
    }

    fn argument(&mut self, element: &Element, inherited: Inherited) -> Math {
        if let Some((_, sign)) = CONSTANTS.iter().find(|(name, _)| *name == local(element)) {
            return token(TokenKind::Identifier, sign);
        }
        self.math_one(element, inherited)
    }

    /// An argument, in brackets where it binds less than what it stands in.
    fn bound(&mut self, element: &Element, strength: u8, inherited: Inherited) -> Math {
        let inner = operator_of(element).and_then(infix).map_or(9, |(_, strength)| strength);
        let math = self.argument(element, inherited);
        if inner < strength { bracketed(vec![math]) } else { math }
    }

    fn applied(&mut self, element: &Element, inherited: Inherited) -> Vec<Math> {
        let mut children = element.elements();
        let Some(operator) = children.next() else { return Vec::new() };
        let is_qualifier =
            |child: &&Element| matches!(local(child), "bvar" | "lowlimit" | "uplimit" | "degree" | "logbase" | "condition" | "domainofapplication");
        let (qualifiers, arguments): (Vec<&Element>, Vec<&Element>) = children.partition(is_qualifier);
        let name = local(operator);
        if let Some((sign, strength)) = infix(name) {
            if name == "divide" && arguments.len() == 2 {
                let (over, under) = (self.argument(arguments[0], inherited), self.argument(arguments[1], inherited));
                return vec![Math::Fraction(Box::new(Fraction { over, under, line: true, slanted: false }))];
            }
            let mut row = Vec::new();
            if arguments.len() == 1 && name == "minus" {
                row.push(sign_of(sign, Some(Form::Prefix)));
            }
            for (at, argument) in arguments.iter().enumerate() {
                if at > 0 {
                    row.push(sign_of(sign, None));
                }
                row.push(self.bound(argument, strength + u8::from(at > 0 && name == "minus"), inherited));
            }
            return vec![Math::Row(row)];
        }
        match name {
            "power" if arguments.len() == 2 => {
                let base = self.bound(arguments[0], 8, inherited);
                let sup = Some(self.argument(arguments[1], inherited));
                vec![Math::Scripts(Box::new(Scripts { base, sub: None, sup }))]
            }
            "root" if arguments.len() == 1 => {
                let index = qualifiers.iter().find(|child| local(child) == "degree").map(|degree| Math::Row(self.math_row(degree, inherited)));
                vec![Math::Root(Box::new(Root { body: self.argument(arguments[0], inherited), index }))]
            }
            "abs" | "card" | "floor" | "ceiling" => {
                let (open, close) = match name {
                    "floor" => ("⌊", "⌋"),
                    "ceiling" => ("⌈", "⌉"),
                    _ => ("|", "|"),
                };
                let mut row = vec![sign_of(open, Some(Form::Prefix))];
                row.extend(arguments.iter().map(|argument| self.argument(argument, inherited)).collect::<Vec<_>>());
                row.push(sign_of(close, Some(Form::Postfix)));
                vec![Math::Row(row)]
            }
            "factorial" => {
                let mut row: Vec<Math> = arguments.iter().map(|argument| self.bound(argument, 8, inherited)).collect();
                row.push(sign_of("!", Some(Form::Postfix)));
                vec![Math::Row(row)]
            }
            "not" | "forall" | "exists" => {
                let sign = match name {
                    "not" => "¬",
                    "forall" => "∀",
                    _ => "∃",
                };
                let mut row = vec![sign_of(sign, Some(Form::Prefix))];
                row.extend(qualifiers.iter().chain(&arguments).flat_map(|child| self.shown(child, inherited)).collect::<Vec<_>>());
                vec![Math::Row(row)]
            }
            "sum" | "product" | "int" | "limit" => self.large(name, &qualifiers, &arguments, inherited),
            "diff" => self.derivative(&qualifiers, &arguments, inherited),
            _ => {
                // An element that holds nothing names a function, such as `sin`.
                let is_name = operator.children.is_empty() && !CONSTANTS.iter().any(|(known, _)| *known == name);
                let mut row = vec![if is_name { token(TokenKind::Identifier, name) } else { self.argument(operator, inherited) }];
                for base in qualifiers.iter().filter(|child| local(child) == "logbase") {
                    let sub = Some(Math::Row(self.math_row(base, inherited)));
                    row = vec![Math::Scripts(Box::new(Scripts { base: Math::Row(row), sub, sup: None }))];
                }
                let mut inside = Vec::new();
                for (at, argument) in arguments.iter().enumerate() {
                    if at > 0 {
                        inside.push(sign_of(",", None));
                    }
                    inside.push(self.argument(argument, inherited));
                }
                row.push(bracketed(inside));
                vec![Math::Row(row)]
            }
        }
    }

    /// What a qualifier or an argument shows.
    fn shown(&mut self, element: &Element, inherited: Inherited) -> Vec<Math> {
        match local(element) {
            "bvar" | "lowlimit" | "uplimit" | "degree" | "condition" | "domainofapplication" => {
                element.elements().map(|child| self.argument(child, inherited)).collect()
            }
            _ => vec![self.argument(element, inherited)],
        }
    }

    /// Sums, products, integrals and limits, with what stands below and above them.
    fn large(&mut self, name: &str, qualifiers: &[&Element], arguments: &[&Element], inherited: Inherited) -> Vec<Math> {
        let sign = match name {
            "sum" => "∑",
            "product" => "∏",
            "int" => "∫",
            _ => "lim",
        };
        let mut of =
            |wanted: &str| -> Vec<Math> { qualifiers.iter().filter(|child| local(child) == wanted).flat_map(|child| self.shown(child, inherited)).collect() };
        let (variable, low, high, condition) = (of("bvar"), of("lowlimit"), of("uplimit"), of("condition"));
        let mut under = Vec::new();
        if name != "int" && condition.is_empty() {
            under.extend(variable.iter().cloned());
            if !low.is_empty() && !under.is_empty() {
                under.push(sign_of(if name == "limit" { "→" } else { "=" }, None));
            }
        }
        under.extend(low);
        under.extend(condition);
        let some = |row: Vec<Math>| if row.is_empty() { None } else { Some(Math::Row(row)) };
        let base = sign_of(sign, None);
        let mut row = vec![match name {
            "int" => Math::Scripts(Box::new(Scripts { base, sub: some(under), sup: some(high) })),
            _ => Math::Limits(Box::new(Limits { base, under: some(under), over: some(high), accent_under: None, accent: None })),
        }];
        row.extend(arguments.iter().map(|argument| self.argument(argument, inherited)).collect::<Vec<_>>());
        if name == "int" && !variable.is_empty() {
            row.push(token(TokenKind::Identifier, "d"));
            row.extend(variable);
        }
        vec![Math::Row(row)]
    }

    /// `diff`: d over d and the variable, before what is derived.
    fn derivative(&mut self, qualifiers: &[&Element], arguments: &[&Element], inherited: Inherited) -> Vec<Math> {
        let d = || token(TokenKind::Identifier, "d");
        let mut under = vec![d()];
        for variable in qualifiers.iter().filter(|child| local(child) == "bvar") {
            under.extend(self.shown(variable, inherited));
        }
        let mut row = vec![Math::Fraction(Box::new(Fraction { over: d(), under: Math::Row(under), line: true, slanted: false }))];
        row.extend(arguments.iter().map(|argument| self.bound(argument, 4, inherited)).collect::<Vec<_>>());
        vec![Math::Row(row)]
    }
}

fn local(element: &Element) -> &str {
    element.name.strip_prefix("mml:").unwrap_or(&element.name)
}

/// What an element applies, if it applies something.
fn operator_of(element: &Element) -> Option<&str> {
    (local(element) == "apply").then(|| element.elements().next().map(local))?
}

fn infix(name: &str) -> Option<(&'static str, u8)> {
    INFIX.iter().find(|(known, ..)| *known == name).map(|(_, sign, strength)| (*sign, *strength))
}

fn token(kind: TokenKind, text: &str) -> Math {
    Math::Token(Token { kind, text: TokenText::Generated(text.to_owned()), variant: None })
}

fn sign_of(sign: &str, form: Option<Form>) -> Math {
    token(TokenKind::Operator(Operator { form, ..Operator::default() }), sign)
}

fn bracketed(inside: Vec<Math>) -> Math {
    let mut row = vec![sign_of("(", Some(Form::Prefix))];
    row.extend(inside);
    row.push(sign_of(")", Some(Form::Postfix)));
    Math::Row(row)
}
