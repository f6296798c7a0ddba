//! Formulas as MathML Core (<https://www.w3.org/TR/mathml-core/>), which is also presentation MathML 3, as EPUB 3.3 (3.6) asks.
//!
//! 1. Every formula says what it is in words (`alttext`).
//! 2. What the core has not is said in what it has: fences as operators, letters of a variant as the characters that Unicode has for them,
//!    lines around and through things as classes of the style sheet.
//! 3. The label of a formula on lines of its own stands beside it, never over it.
//! 4. Names of functions have room beside them ([`room`]).
//! 5. For readers that know no MathML a formula is text or a picture ([`drawn`]).

pub(crate) mod drawn;
mod room;

use article::letters::{accent, lettered, spacing};
use article::model::math::{
    CellAlign, DisplayFormula, Fenced, Form, Formula, FormulaPart, Fraction, Length, Limits, Math, Multiscripts, Notation, Operator, Scripts, Table, Token,
    TokenKind, TokenText, Variant,
};
use article::speech;

use crate::dom::{Element, Node};
use crate::writer::Writer;

/// The namespace of MathML.
const NAMESPACE: &str = "http://www.w3.org/1998/Math/MathML";

/// The longest formula that fits into a line of a small phone whose reader has made the type two and a half times as large, in signs. A longer one may have to be moved in a box of its own, by the keyboard too.
const FITS: usize = 10;

impl Writer<'_> {
    /// A formula in the line.
    pub(crate) fn formula(&mut self, formula: &Formula) -> Node {
        let math = self.math(formula, "inline");
        // Inside a link, what can be reached is the link.
        if self.is_long(formula) && !self.linked && !self.drawing {
            let told = speech::formula(formula, &self.edition.leaves, &self.lang);
            let held = movable(Element::new("span").class("long-formula").children([math.into()]), &told.words);
            return match told.lang {
                Some(lang) => held.lang(&lang, Some(&self.lang)).into(),
                None => held.into(),
            };
        }
        math.into()
    }

    fn is_long(&self, formula: &Formula) -> bool {
        formula.plain(&self.edition.leaves).chars().filter(|char| !char.is_whitespace()).count() > FITS
    }

    /// A formula on lines of its own: what it shows, and its label beside it.
    pub(crate) fn display_formula(&mut self, formula: &DisplayFormula) -> Node {
        let mut body = Element::new("div").class("formula-body");
        let long = formula.parts.iter().any(|part| matches!(part, FormulaPart::Math(formula) if self.is_long(formula)));
        for part in &formula.parts {
            match part {
                FormulaPart::Math(formula) => body.push(self.math(formula, "block")),
                FormulaPart::Text(text) => body.push(Element::new("p").children(self.inlines(text))),
                FormulaPart::Image(graphic) => body.children.extend(self.graphic(graphic, "")),
            }
        }
        if long && !self.drawing {
            let name = match formula.parts.first() {
                Some(FormulaPart::Math(first)) if formula.label.is_empty() => speech::formula(first, &self.edition.leaves, &self.lang).words,
                Some(_) | None => self.plain(&formula.label),
            };
            body = movable(body, &name);
        }
        let mut element = Element::new("div").class("formula").id(self.ids.set(formula.id.as_ref())).children([body.into()]);
        if !formula.label.is_empty() {
            let label = self.inlines(&formula.label);
            element.push(Element::new("span").class("formula-label").children(label));
        }
        element.into()
    }

    fn math(&mut self, formula: &Formula, display: &str) -> Element {
        if self.drawing { self.asked(formula, display == "block") } else { self.mathml(formula, display) }
    }

    fn mathml(&mut self, formula: &Formula, display: &str) -> Element {
        self.facts.formulas += 1;
        let element = Element::new("math").with("xmlns", NAMESPACE).id(self.ids.set(formula.id.as_ref()));
        let told = speech::formula(formula, &self.edition.leaves, &self.lang);
        let element = element.with("display", display).with("alttext", told.words).children([self.math_row(&formula.body)]);
        // The language of the words is that of what is around the formula: MathML has no attribute for it.
        match told.lang {
            Some(lang) => Element::new(if display == "block" { "div" } else { "span" }).lang(&lang, Some(&self.lang)).children([element.into()]),
            None => element,
        }
    }

    /// A row as one element.
    fn math_row(&self, row: &[Math]) -> Node {
        match row {
            [one @ (Math::Token(_) | Math::Fraction(_) | Math::Scripts(_) | Math::Root(_) | Math::Table(_))] => self.math_one(one),
            _ => Element::new("mrow").children(self.math_items(row)).into(),
        }
    }

    fn math_items(&self, row: &[Math]) -> Vec<Node> {
        let leaves = &self.edition.leaves;
        let mut items = Vec::with_capacity(row.len());
        let mut last: Option<&Math> = None;
        for math in row {
            if !room::is_invisible(math, leaves) {
                if last.is_some_and(|last| room::parted(last, math, leaves)) {
                    items.push(Element::new("mspace").with("width", room::THIN).into());
                }
                last = Some(math);
            }
            items.push(self.math_one(math));
        }
        items
    }

    fn math_part(&self, part: Option<&Math>) -> Node {
        part.map_or_else(|| Element::new("mrow").into(), |part| self.math_one(part))
    }

    fn math_one(&self, math: &Math) -> Node {
        match math {
            Math::Row(row) => self.math_row(row),
            Math::Token(token) => self.token(token),
            Math::Space(width) => Element::new("mspace").with("width", em(*width)).into(),
            Math::Fraction(fraction) => self.fraction(fraction),
            Math::Root(root) => match &root.index {
                None => Element::new("msqrt").children(self.math_items(root.body.as_row())).into(),
                Some(index) => Element::new("mroot").children([self.math_one(&root.body), self.math_one(index)]).into(),
            },
            Math::Scripts(scripts) => self.scripts(scripts),
            Math::Limits(limits) => self.limits(limits),
            Math::Multiscripts(scripts) => self.multiscripts(scripts),
            Math::Table(table) => self.math_table(table),
            Math::Fenced(fenced) => self.fenced(fenced),
            Math::Enclosed(notations, row) => {
                let classes: Vec<&str> = notations.iter().map(|notation| notation.name()).collect();
                let row = Element::new("mrow").children(self.math_items(row));
                if notations.contains(&Notation::Radical) {
                    return Element::new("msqrt").children([row.into()]).into();
                }
                if classes.is_empty() { row.into() } else { row.class(&format!("enclosed {}", classes.join(" "))).into() }
            }
            Math::Phantom(row) => Element::new("mphantom").children(self.math_items(row)).into(),
            Math::Padded(padding, row) => {
                let mut element = Element::new("mpadded").children(self.math_items(row));
                for (name, length) in [("width", padding.width), ("lspace", padding.before)] {
                    // A width or a shift of less than nothing is not taken (MathML Core, 3.3.6).
                    if let Some(length) = length.filter(|length| length.0 >= 0) {
                        element.set(name, em(length));
                    }
                }
                element.into()
            }
            Math::Styled(style, row) => {
                let mut element = Element::new("mstyle").children(self.math_items(row));
                if let Some(display) = style.display {
                    element.set("displaystyle", if display { "true" } else { "false" });
                }
                if let Some(level) = style.level {
                    element.set("scriptlevel", level.to_string());
                }
                element.into()
            }
            Math::Error(row) => Element::new("merror").children(self.math_items(row)).into(),
        }
    }

    fn token(&self, token: &Token) -> Node {
        let text = token.text.get(&self.edition.leaves);
        let mut element = match token.kind {
            TokenKind::Identifier => Element::new("mi"),
            TokenKind::Number => Element::new("mn"),
            TokenKind::Operator(operator) => operator_element(operator),
            TokenKind::Text => Element::new("mtext"),
        };
        let (shown, plainly) = in_letters(text, token.variant);
        let single = text.chars().count() == 1;
        match token.variant {
            // A single letter is italic by itself, and upright only where that is said.
            Some(Variant::Normal) if token.kind == TokenKind::Identifier && single => element.set("mathvariant", "normal"),
            Some(Variant::Bold | Variant::BoldItalic | Variant::BoldSansSerif | Variant::BoldScript | Variant::BoldFraktur | Variant::SansSerifBoldItalic)
                if !plainly =>
            {
                element.set("class", "bold");
            }
            Some(_) | None => {}
        }
        let node = match &token.text {
            TokenText::Leaf(leaf) if shown == text => Node::Leaf(*leaf),
            TokenText::Leaf(leaf) => Node::Lettered(*leaf, shown),
            TokenText::Generated(_) => Node::Text(shown),
        };
        element.children([node]).into()
    }

    fn fraction(&self, fraction: &Fraction) -> Node {
        let (over, under) = (self.math_one(&fraction.over), self.math_one(&fraction.under));
        if fraction.slanted {
            return Element::new("mrow").children([over, Element::new("mo").text("/").into(), under]).into();
        }
        let element = Element::new("mfrac").children([over, under]);
        if fraction.line { element.into() } else { element.with("linethickness", "0").into() }
    }

    fn scripts(&self, scripts: &Scripts) -> Node {
        let base = self.math_one(&scripts.base);
        match (&scripts.sub, &scripts.sup) {
            (Some(sub), Some(sup)) => Element::new("msubsup").children([base, self.math_one(sub), self.math_one(sup)]).into(),
            (sub, None) => Element::new("msub").children([base, self.math_part(sub.as_ref())]).into(),
            (None, sup) => Element::new("msup").children([base, self.math_part(sup.as_ref())]).into(),
        }
    }

    fn limits(&self, limits: &Limits) -> Node {
        let base = self.math_one(&limits.base);
        let wide = !matches!(limits.base.core(), Math::Token(_));
        let says = |said: Option<bool>, sign: Option<&Math>, above: bool| {
            said.or_else(|| match sign.map(Math::core) {
                Some(Math::Token(Token { kind: TokenKind::Operator(operator), text, .. })) => {
                    operator.accent.or_else(|| accent(text.get(&self.edition.leaves).trim(), above).map(|_| true))
                }
                _ => None,
            })
        };
        let accents = [("accent", says(limits.accent, limits.over.as_ref(), true)), ("accentunder", says(limits.accent_under, limits.under.as_ref(), false))];
        let mut element = match (&limits.under, &limits.over) {
            (Some(under), Some(over)) => Element::new("munderover").children([
                base,
                stretched(self.accent(under, wide), wide && accents[1].1 == Some(true)),
                stretched(self.accent(over, wide), wide && accents[0].1 == Some(true)),
            ]),
            (None, over) => Element::new("mover").children([base, stretched(self.accent_part(over.as_ref(), wide), wide && accents[0].1 == Some(true))]),
            (under, None) => Element::new("munder").children([base, stretched(self.accent_part(under.as_ref(), wide), wide && accents[1].1 == Some(true))]),
        };
        for (name, said) in accents {
            let fits = if name == "accent" { limits.over.is_some() } else { limits.under.is_some() };
            if let Some(said) = said.filter(|_| fits) {
                element.set(name, if said { "true" } else { "false" });
            }
        }
        element.into()
    }

    fn accent_part(&self, part: Option<&Math>, wide: bool) -> Node {
        part.map_or_else(|| Element::new("mrow").into(), |part| self.accent(part, wide))
    }

    /// What stands above or below something. A combining character is written as the sign that it is by itself; the one that fonts can make as wide as
    /// what it stands on, the circumflex, stays on what is wide.
    fn accent(&self, part: &Math, wide: bool) -> Node {
        let Math::Token(token) = part.core() else { return self.math_one(part) };
        let mut signs = token.text.get(&self.edition.leaves).chars();
        let (Some(sign), None) = (signs.next(), signs.next()) else { return self.math_one(part) };
        let (Some(shown), Node::Element(element)) = (spacing(sign).filter(|_| !(wide && sign == '\u{302}')), self.token(token)) else {
            return self.math_one(part);
        };
        let text = match &token.text {
            TokenText::Leaf(leaf) => Node::Lettered(*leaf, shown.to_string()),
            TokenText::Generated(_) => Node::Text(shown.to_string()),
        };
        Element { children: vec![text], ..element }.into()
    }

    fn multiscripts(&self, scripts: &Multiscripts) -> Node {
        let mut element = Element::new("mmultiscripts").children([self.math_one(&scripts.base)]);
        for (sub, sup) in &scripts.after {
            element = element.children([self.math_part(sub.as_ref()), self.math_part(sup.as_ref())]);
        }
        if !scripts.before.is_empty() {
            element.push(Element::new("mprescripts"));
        }
        for (sub, sup) in &scripts.before {
            element = element.children([self.math_part(sub.as_ref()), self.math_part(sup.as_ref())]);
        }
        element.into()
    }

    fn math_table(&self, table: &Table) -> Node {
        let mut element = Element::new("mtable");
        if table.display {
            element.set("displaystyle", "true");
        }
        if table.close {
            element.set("class", "system");
        }
        for (above, row) in (1_u32..).zip(&table.rows) {
            let mut tr = Element::new("mtr");
            let mut column = 0;
            for cell in &row.cells {
                column += cell.columns;
                let mut td = Element::new("mtd").children(self.math_items(&cell.body));
                // The core leaves alignment to CSS; readers of MathML 3 take the attribute.
                let side = match cell.align {
                    CellAlign::Left => Some("left"),
                    CellAlign::Center => None,
                    CellAlign::Right => Some("right"),
                };
                let after = table.column_lines.contains(&column).then_some("line-after");
                let below = table.row_lines.contains(&above).then_some("line-below");
                let classes: Vec<&str> = [side, after, below].into_iter().flatten().collect();
                if let Some(side) = side {
                    td = td.with("columnalign", side);
                }
                if !classes.is_empty() {
                    td = td.class(&classes.join(" "));
                }
                if cell.columns > 1 {
                    td.set("columnspan", cell.columns.to_string());
                }
                tr.push(td);
            }
            if !row.label.is_empty() {
                tr.push(Element::new("mtd").class("row-label").children(self.math_items(&row.label)));
            }
            element.push(tr);
        }
        element.into()
    }

    fn fenced(&self, fenced: &Fenced) -> Node {
        let mo = |sign: &str, form: &str| Element::new("mo").with("form", form).with("stretchy", "true").text(sign);
        let mut row = Element::new("mrow");
        if !fenced.open.is_empty() {
            row.push(mo(&fenced.open, "prefix"));
        }
        for (at, item) in fenced.items.iter().enumerate() {
            row.push(self.math_one(item));
            if let Some(separator) = fenced.separator(at) {
                row.push(Element::new("mo").with("separator", "true").text(separator.to_string()));
            }
        }
        if !fenced.close.is_empty() {
            row.push(mo(&fenced.close, "postfix"));
        }
        row.into()
    }
}

/// A box that the keyboard can reach, to move what is wider than it (WCAG 2.2, 2.1.1). One without a name is none for those who listen.
fn movable(element: Element, name: &str) -> Element {
    let element = element.with("tabindex", "0");
    if name.trim().is_empty() { element } else { element.with("role", "group").with("aria-label", name.trim()) }
}

/// A sign over or under something wide, which grows with it unless the master says otherwise.
fn stretched(node: Node, wide: bool) -> Node {
    match node {
        Node::Element(mut element) if wide && element.name == "mo" => {
            if element.get("stretchy").is_none() {
                element.set("stretchy", "true");
            }
            if element.get("form").is_none() {
                element.set("form", "postfix");
            }
            element.into()
        }
        Node::Element(_) | Node::Text(_) | Node::Leaf(_) | Node::Lettered(..) | Node::Piece(..) => node,
    }
}

/// An `mo` with what the master says of it.
fn operator_element(operator: Operator) -> Element {
    let mut element = Element::new("mo");
    if let Some(form) = operator.form {
        let form = match form {
            Form::Prefix => "prefix",
            Form::Infix => "infix",
            Form::Postfix => "postfix",
        };
        element.set("form", form);
    }
    for (name, said) in [("stretchy", operator.stretchy), ("largeop", operator.large), ("movablelimits", operator.movable)] {
        if let Some(said) = said {
            element.set(name, if said { "true" } else { "false" });
        }
    }
    for (name, said) in [("lspace", operator.before), ("rspace", operator.after)] {
        if let Some(said) = said {
            element.set(name, em(said));
        }
    }
    element
}

/// A text in the letters of a variant, and whether all of its letters have such a form. A single letter is italic without being told.
fn in_letters(text: &str, variant: Option<Variant>) -> (String, bool) {
    let Some(variant) = variant.filter(|variant| !matches!(variant, Variant::Normal)) else { return (text.to_owned(), true) };
    if variant == Variant::Italic && text.chars().count() == 1 {
        return (text.to_owned(), true);
    }
    let shown: String = text.chars().map(|c| lettered(c, variant).unwrap_or(c)).collect();
    let plainly = text.chars().all(|c| lettered(c, variant).is_some() || c.is_whitespace());
    (shown, plainly)
}

fn em(length: Length) -> String {
    format!("{}em", f64::from(length.0) / 1000.0)
}
