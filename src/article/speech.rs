//! Formulas in words, for those who do not see them.
//!
//! 1. What the master says of a formula is said.
//! 2. Otherwise its tree is told in English: “x squared”, “fraction a over b”, “sum from i equals 1 to n of”. What is more than one sign is
//!    closed with a word, so that nobody has to guess where it ends.

use crate::leaf::Leaves;
use crate::model::math::{Fenced, Formula, Limits, Math, Multiscripts, Notation, Scripts, Table, Token, TokenKind};
use crate::model::plain;

/// The longest description in characters; what is longer is cut at a word.
const MOST: usize = 3000;

/// A formula in words. Never empty.
#[must_use]
pub fn formula(formula: &Formula, leaves: &Leaves) -> String {
    if let Some(alt) = formula.alt.as_deref().map(str::trim).filter(|alt| !alt.is_empty()) {
        return alt.to_owned();
    }
    row(&formula.body, leaves)
}

/// Some pieces of a formula in words. Never empty.
#[must_use]
pub fn row(row: &[Math], leaves: &Leaves) -> String {
    let mut words = Words { leaves, said: String::new() };
    words.row(row);
    let said = plain::fold(&words.said);
    match said.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{} …", said[..cut].rsplit_once(' ').map_or(&said[..cut], |(before, _)| before)),
        None if said.is_empty() => "formula".to_owned(),
        None => said,
    }
}

struct Words<'a> {
    leaves: &'a Leaves,
    said: String,
}

impl Words<'_> {
    fn say(&mut self, words: &str) {
        if !words.is_empty() {
            self.said.push(' ');
            self.said.push_str(words);
        }
    }

    fn row(&mut self, row: &[Math]) {
        for math in row {
            self.math(math);
        }
    }

    fn math(&mut self, math: &Math) {
        match math {
            Math::Row(row) | Math::Padded(_, row) | Math::Styled(_, row) | Math::Error(row) => self.row(row),
            Math::Token(token) => self.token(token),
            Math::Space(_) | Math::Phantom(_) => {}
            Math::Fraction(fraction) if !fraction.line => self.between("", &fraction.over, " over ", Some(&fraction.under), "end stack"),
            Math::Fraction(fraction) => {
                if is_short(&fraction.over) && is_short(&fraction.under) {
                    self.math(&fraction.over);
                    self.say("over");
                    self.math(&fraction.under);
                } else {
                    self.between("fraction", &fraction.over, "over", Some(&fraction.under), "end fraction");
                }
            }
            Math::Root(root) => {
                match &root.index {
                    None => self.say("square root of"),
                    Some(index) => {
                        self.say("root of index");
                        self.math(index);
                        self.say("of");
                    }
                }
                self.closed(&root.body, "end root");
            }
            Math::Scripts(scripts) => self.scripts(scripts),
            Math::Limits(limits) => self.limits(limits),
            Math::Multiscripts(scripts) => self.multiscripts(scripts),
            Math::Table(table) => self.table(table),
            Math::Fenced(fenced) => self.fenced(fenced),
            Math::Enclosed(notations, row) => {
                self.row(row);
                self.say(if notations.iter().any(|notation| is_strike(*notation)) { "crossed out" } else { "enclosed" });
            }
        }
    }

    fn between(&mut self, open: &str, first: &Math, middle: &str, second: Option<&Math>, close: &str) {
        self.say(open);
        self.math(first);
        self.say(middle);
        if let Some(second) = second {
            self.math(second);
        }
        self.say(close);
    }

    /// Something, and a word at its end where it is more than one sign.
    fn closed(&mut self, math: &Math, close: &str) {
        self.math(math);
        if !is_short(math) {
            self.say(close);
        }
    }

    fn token(&mut self, token: &Token) {
        let text = token.text.get(self.leaves).trim();
        match token.kind {
            TokenKind::Operator(_) | TokenKind::Identifier => match word_of(text) {
                Some(word) => self.say(word),
                None => self.say(text),
            },
            TokenKind::Number | TokenKind::Text => self.say(text),
        }
    }

    fn scripts(&mut self, scripts: &Scripts) {
        let big = self.big_operator(&scripts.base);
        self.math(&scripts.base);
        if big {
            self.bounds(scripts.sub.as_ref(), scripts.sup.as_ref());
            return;
        }
        self.sub_and_sup(scripts.sub.as_ref(), scripts.sup.as_ref());
    }

    fn sub_and_sup(&mut self, sub: Option<&Math>, sup: Option<&Math>) {
        if let Some(sub) = sub.filter(|sub| !is_empty(sub)) {
            self.say("sub");
            self.closed(sub, "end sub");
        }
        if let Some(sup) = sup.filter(|sup| !is_empty(sup)) {
            match self.short_text(sup) {
                Some("2") => self.say("squared"),
                Some("3") => self.say("cubed"),
                Some("′" | "'" | "’") => self.say("prime"),
                Some("″" | "′′") => self.say("double prime"),
                Some("*" | "∗" | "⋆") => self.say("star"),
                Some("†") => self.say("dagger"),
                Some("∘" | "°" | "o") => self.say("degrees"),
                Some(_) | None => {
                    self.say("to the power of");
                    self.closed(sup, "end power");
                }
            }
        }
    }

    fn limits(&mut self, limits: &Limits) {
        let big = self.big_operator(&limits.base);
        if big {
            self.math(&limits.base);
            self.bounds(limits.under.as_ref(), limits.over.as_ref());
            return;
        }
        self.closed(&limits.base, "");
        if let Some(over) = limits.over.as_ref().filter(|over| !is_empty(over)) {
            match self.short_text(over).and_then(accent_word) {
                Some(word) => self.say(word),
                None => {
                    self.say("with");
                    self.math(over);
                    self.say("above");
                }
            }
        }
        if let Some(under) = limits.under.as_ref().filter(|under| !is_empty(under)) {
            match self.short_text(under).and_then(accent_word) {
                Some(word) => {
                    self.say(word);
                    self.say("below");
                }
                None => {
                    self.say("with");
                    self.math(under);
                    self.say("below");
                }
            }
        }
    }

    fn bounds(&mut self, from: Option<&Math>, to: Option<&Math>) {
        if let Some(from) = from.filter(|from| !is_empty(from)) {
            self.say(if to.is_some() { "from" } else { "over" });
            self.math(from);
        }
        if let Some(to) = to.filter(|to| !is_empty(to)) {
            self.say("to");
            self.math(to);
        }
        self.say("of");
    }

    fn multiscripts(&mut self, scripts: &Multiscripts) {
        for (sub, sup) in &scripts.before {
            for (script, word) in [(sub, "lower left"), (sup, "upper left")] {
                if let Some(script) = script {
                    self.say(word);
                    self.math(script);
                }
            }
        }
        self.math(&scripts.base);
        for (sub, sup) in &scripts.after {
            self.sub_and_sup(sub.as_ref(), sup.as_ref());
        }
    }

    fn table(&mut self, table: &Table) {
        let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        if !table.close && table.rows.len() > 1 {
            self.say(&format!("array of {} rows and {columns} columns:", table.rows.len()));
        }
        for (at, row) in table.rows.iter().enumerate() {
            if at > 0 {
                self.said.push(';');
            }
            self.row(&row.label);
            for (at, cell) in row.cells.iter().enumerate() {
                if at > 0 && !table.close {
                    self.said.push(',');
                }
                self.row(&cell.body);
            }
        }
        if !table.close && table.rows.len() > 1 {
            self.say("end array");
        }
    }

    fn fenced(&mut self, fenced: &Fenced) {
        self.say(word_of(&fenced.open).unwrap_or(&fenced.open));
        for (at, item) in fenced.items.iter().enumerate() {
            self.math(item);
            if let Some(separator) = fenced.separator(at) {
                self.said.push(separator);
            }
        }
        self.say(word_of(&fenced.close).unwrap_or(&fenced.close));
    }

    /// The text of a thing that is one token.
    fn short_text<'m>(&'m self, math: &'m Math) -> Option<&'m str> {
        match math.core() {
            Math::Token(token) => Some(token.text.get(self.leaves).trim()),
            _ => None,
        }
    }

    fn big_operator(&self, base: &Math) -> bool {
        self.short_text(base).is_some_and(|text| {
            matches!(text.chars().next(), Some('∏'..='∑' | '∫'..='∳' | '⋀'..='⋃' | '⨀'..='⨝')) || matches!(text, "lim" | "max" | "min" | "sup" | "inf")
        })
    }
}

fn is_empty(math: &Math) -> bool {
    math.as_row().is_empty()
}

fn is_short(math: &Math) -> bool {
    matches!(math.core(), Math::Token(_)) || is_empty(math)
}

fn is_strike(notation: Notation) -> bool {
    matches!(notation, Notation::UpStrike | Notation::DownStrike | Notation::VerticalStrike | Notation::HorizontalStrike)
}

/// How an accent is called.
fn accent_word(text: &str) -> Option<&'static str> {
    Some(match text {
        "^" | "ˆ" | "\u{302}" => "hat",
        "~" | "˜" | "∼" | "\u{303}" => "tilde",
        "¯" | "‾" | "―" | "─" | "_" | "-" | "−" | "–" | "\u{304}" | "\u{305}" | "\u{332}" => "bar",
        "→" | "⃗" | "⟶" | "⇀" => "vector",
        "." | "˙" | "\u{307}" | "⋅" | "·" => "dot",
        "¨" | ".." | "\u{308}" => "double dot",
        "ˇ" | "\u{30c}" => "check",
        "˘" | "\u{306}" => "breve",
        "´" | "\u{301}" => "acute",
        "`" | "\u{300}" => "grave",
        "⏞" | "⏟" | "︷" | "︸" => "brace",
        _ => return None,
    })
}

/// Signs that no voice reads well, in words.
fn word_of(text: &str) -> Option<&'static str> {
    WORDS.iter().find(|(sign, _)| *sign == text).map(|(_, word)| *word)
}

/// Signs and their words. Invisible operators are said or passed over as their names ask (Unicode, Invisible operators).
const WORDS: [(&str, &str); 109] = [
    ("+", "plus"),
    ("-", "minus"),
    ("−", "minus"),
    ("±", "plus or minus"),
    ("∓", "minus or plus"),
    ("×", "times"),
    ("⋅", "times"),
    ("·", "times"),
    ("*", "times"),
    ("∗", "times"),
    ("/", "divided by"),
    ("∕", "divided by"),
    ("÷", "divided by"),
    ("=", "equals"),
    ("≠", "does not equal"),
    ("=\u{338}", "does not equal"),
    ("<", "is less than"),
    (">", "is greater than"),
    ("≤", "is at most"),
    ("≥", "is at least"),
    ("⩽", "is at most"),
    ("⩾", "is at least"),
    ("≪", "is much less than"),
    ("≫", "is much greater than"),
    ("≈", "is approximately"),
    ("≃", "is approximately"),
    ("≅", "is congruent to"),
    ("∼", "is similar to"),
    ("~", "is similar to"),
    ("≡", "is identical to"),
    ("∝", "is proportional to"),
    (":", "colon"),
    ("∣", "given"),
    ("|", "vertical bar"),
    ("‖", "double bar"),
    ("∥", "double bar"),
    ("→", "to"),
    ("⟶", "to"),
    ("←", "from"),
    ("↔", "if and only if"),
    ("⇒", "implies"),
    ("⇔", "if and only if"),
    ("↦", "maps to"),
    ("∈", "in"),
    ("∉", "not in"),
    ("⊂", "subset of"),
    ("⊆", "subset of or equal to"),
    ("∪", "union"),
    ("∩", "intersection"),
    ("∖", "without"),
    ("∅", "empty set"),
    ("∀", "for all"),
    ("∃", "there exists"),
    ("¬", "not"),
    ("∧", "and"),
    ("∨", "or"),
    ("∑", "sum"),
    ("∏", "product"),
    ("∐", "coproduct"),
    ("∫", "integral"),
    ("∬", "double integral"),
    ("∭", "triple integral"),
    ("∮", "contour integral"),
    ("∂", "partial"),
    ("∇", "nabla"),
    ("∞", "infinity"),
    ("√", "root"),
    ("⊗", "tensor"),
    ("⊕", "direct sum"),
    ("∘", "composed with"),
    ("…", "and so on"),
    ("⋯", "and so on"),
    ("⋮", "and so on"),
    ("⋱", "and so on"),
    ("′", "prime"),
    ("″", "double prime"),
    ("(", "open parenthesis"),
    (")", "close parenthesis"),
    ("[", "open bracket"),
    ("]", "close bracket"),
    ("{", "open brace"),
    ("}", "close brace"),
    ("⟨", "open angle"),
    ("⟩", "close angle"),
    ("〈", "open angle"),
    ("〉", "close angle"),
    ("⌈", "open ceiling"),
    ("⌉", "close ceiling"),
    ("⌊", "open floor"),
    ("⌋", "close floor"),
    ("!", "factorial"),
    ("%", "percent"),
    ("°", "degrees"),
    ("\u{2061}", "of"),
    ("\u{2062}", ""),
    ("\u{2063}", ""),
    ("\u{2064}", "plus"),
    ("ℝ", "real numbers"),
    ("ℂ", "complex numbers"),
    ("ℕ", "natural numbers"),
    ("ℤ", "integers"),
    ("ℚ", "rationals"),
    ("ℏ", "h bar"),
    ("ℓ", "l"),
    ("†", "dagger"),
    ("⊥", "perpendicular"),
    ("∠", "angle"),
    ("△", "triangle"),
    ("∆", "delta"),
];

#[cfg(test)]
mod tests {
    use crate::diag::Log;
    use crate::model::block::Block;
    use crate::model::inline::Inline;
    use crate::source::Source;
    use crate::{jats, xml};

    fn said(tex: &str) -> String {
        let master = format!("<article xml:lang='en'><body><p><tex-math>{tex}</tex-math></p></body></article>");
        let mut log = Log::default();
        let tree = xml::parse(&mut log, &Source::new("test.xml", &master)).expect("well-formed");
        let article = jats::read(&mut log, &tree).expect("an article");
        let Some(Block::Paragraph(paragraph)) = article.body.first() else { panic!("no paragraph") };
        let Some(Inline::Formula(formula)) = paragraph.body.first() else { panic!("no formula") };
        super::formula(formula, &article.leaves)
    }

    #[test]
    fn formulas_are_told_in_words() {
        assert_eq!(said("x^2"), "x squared");
        assert_eq!(said("\\frac{a}{b}"), "a over b");
        assert_eq!(said("\\frac{a+1}{b}"), "fraction a plus 1 over b end fraction");
        assert_eq!(said("\\sum_{i=1}^n x_i"), "sum from i equals 1 to n of x sub i");
        assert_eq!(said("\\sqrt{x}"), "square root of x");
        assert_eq!(said("\\hat{x}"), "x hat");
    }
}
