//! Formulas in words, for those who do not see them.
//!
//! 1. What the master says of a formula is said.
//! 2. Otherwise its tree is told in the language of the text: “x squared”, “fraction a over b”, “sum from i equals 1 to n of”. What is more than one
//!    sign is closed with a word, so that nobody has to guess where it ends. [`words`] has the words of each language; where there are none, it is
//!    told in English, and says so.

mod words;

use crate::lang::Lang;
use crate::leaf::Leaves;
use crate::model::math::{Fenced, Formula, Limits, Math, Multiscripts, Notation, Scripts, Table, Token, TokenKind};
use crate::model::plain;
use words::{Tongue, Word, accent, sign};

/// The longest description in characters; what is longer is cut at a word.
const MOST: usize = 3000;

/// A formula in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The words. Never empty.
    pub words: String,
    /// Their language, where it is not that of the text: English, for want of other words.
    pub lang: Option<Lang>,
}

/// A formula in words of a language.
#[must_use]
pub fn formula(formula: &Formula, leaves: &Leaves, lang: &Lang) -> Told {
    if let Some(alt) = formula.alt.as_deref().map(str::trim).filter(|alt| !alt.is_empty()) {
        return Told { words: alt.to_owned(), lang: None };
    }
    row(&formula.body, leaves, lang)
}

/// Some pieces of a formula in words of a language.
#[must_use]
pub fn row(row: &[Math], leaves: &Leaves, lang: &Lang) -> Told {
    let (tongue, is_own) = Tongue::of(lang);
    let mut words = Words { leaves, tongue, said: String::new() };
    words.row(row);
    let said = plain::fold(&words.said);
    let said = match said.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{} …", said[..cut].rsplit_once(' ').map_or(&said[..cut], |(before, _)| before)),
        None if said.is_empty() => tongue.word(Word::Formula).to_owned(),
        None => said,
    };
    Told { words: said, lang: (!is_own).then(Lang::english) }
}

struct Words<'a> {
    leaves: &'a Leaves,
    tongue: Tongue,
    said: String,
}

impl Words<'_> {
    fn say(&mut self, words: &str) {
        if !words.is_empty() {
            self.said.push(' ');
            self.said.push_str(words);
        }
    }

    fn tell(&mut self, word: Word) {
        self.say(self.tongue.word(word));
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
            Math::Fraction(fraction) if !fraction.line => self.between(None, &fraction.over, &fraction.under, Word::EndStack),
            Math::Fraction(fraction) => {
                if is_short(&fraction.over) && is_short(&fraction.under) {
                    self.math(&fraction.over);
                    self.tell(Word::Over);
                    self.math(&fraction.under);
                } else {
                    self.between(Some(Word::Fraction), &fraction.over, &fraction.under, Word::EndFraction);
                }
            }
            Math::Root(root) => {
                match &root.index {
                    None => self.tell(Word::SquareRoot),
                    Some(index) => {
                        self.tell(Word::RootOfIndex);
                        self.math(index);
                        self.tell(Word::RootOf);
                    }
                }
                self.closed(&root.body, Some(Word::EndRoot));
            }
            Math::Scripts(scripts) => self.scripts(scripts),
            Math::Limits(limits) => self.limits(limits),
            Math::Multiscripts(scripts) => self.multiscripts(scripts),
            Math::Table(table) => self.table(table),
            Math::Fenced(fenced) => self.fenced(fenced),
            Math::Enclosed(notations, row) => {
                self.row(row);
                self.tell(if notations.iter().any(|notation| is_strike(*notation)) { Word::CrossedOut } else { Word::Enclosed });
            }
        }
    }

    fn between(&mut self, open: Option<Word>, first: &Math, second: &Math, close: Word) {
        if let Some(open) = open {
            self.tell(open);
        }
        self.math(first);
        self.tell(Word::Over);
        self.math(second);
        self.tell(close);
    }

    /// Something, and a word at its end where it is more than one sign.
    fn closed(&mut self, math: &Math, close: Option<Word>) {
        self.math(math);
        if let Some(close) = close.filter(|_| !is_short(math)) {
            self.tell(close);
        }
    }

    /// A sign by its word, or as it stands where it has none.
    fn sign(&mut self, text: &str) {
        match sign(text) {
            Some(Some(word)) => self.tell(word),
            Some(None) => {}
            None => self.say(text),
        }
    }

    fn token(&mut self, token: &Token) {
        let text = token.text.get(self.leaves).trim();
        match token.kind {
            TokenKind::Operator(_) | TokenKind::Identifier => self.sign(text),
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
            self.tell(Word::Sub);
            self.closed(sub, Some(Word::EndSub));
        }
        if let Some(sup) = sup.filter(|sup| !is_empty(sup)) {
            match self.short_text(sup) {
                Some("2") => self.tell(Word::Squared),
                Some("3") => self.tell(Word::Cubed),
                Some("′" | "'" | "’") => self.tell(Word::Prime),
                Some("″" | "′′") => self.tell(Word::DoublePrime),
                Some("*" | "∗" | "⋆") => self.tell(Word::Star),
                Some("†") => self.tell(Word::Dagger),
                Some("∘" | "°" | "o") => self.tell(Word::Degrees),
                Some(_) | None => {
                    self.tell(Word::Power);
                    self.closed(sup, Some(Word::EndPower));
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
        self.closed(&limits.base, None);
        if let Some(over) = limits.over.as_ref().filter(|over| !is_empty(over)) {
            match self.short_text(over).and_then(accent) {
                Some(word) => self.tell(word),
                None => {
                    self.tell(Word::With);
                    self.math(over);
                    self.tell(Word::Above);
                }
            }
        }
        if let Some(under) = limits.under.as_ref().filter(|under| !is_empty(under)) {
            match self.short_text(under).and_then(accent) {
                Some(word) => {
                    self.tell(word);
                    self.tell(Word::Below);
                }
                None => {
                    self.tell(Word::With);
                    self.math(under);
                    self.tell(Word::Below);
                }
            }
        }
    }

    fn bounds(&mut self, from: Option<&Math>, to: Option<&Math>) {
        if let Some(from) = from.filter(|from| !is_empty(from)) {
            self.tell(if to.is_some() { Word::From } else { Word::OverAll });
            self.math(from);
        }
        if let Some(to) = to.filter(|to| !is_empty(to)) {
            self.tell(Word::UpTo);
            self.math(to);
        }
        self.tell(Word::BigOf);
    }

    fn multiscripts(&mut self, scripts: &Multiscripts) {
        for (sub, sup) in &scripts.before {
            for (script, word) in [(sub, Word::LowerLeft), (sup, Word::UpperLeft)] {
                if let Some(script) = script {
                    self.tell(word);
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
            let words = self.tongue.word(Word::Array).replace("{rows}", &table.rows.len().to_string()).replace("{columns}", &columns.to_string());
            self.say(&words);
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
            self.tell(Word::EndArray);
        }
    }

    fn fenced(&mut self, fenced: &Fenced) {
        self.sign(&fenced.open);
        for (at, item) in fenced.items.iter().enumerate() {
            self.math(item);
            if let Some(separator) = fenced.separator(at) {
                self.said.push(separator);
            }
        }
        self.sign(&fenced.close);
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

#[cfg(test)]
mod tests {
    use crate::diag::Log;
    use crate::model::block::Block;
    use crate::model::inline::Inline;
    use crate::source::Source;
    use crate::{jats, xml};

    fn said(tex: &str) -> String {
        told("en", tex).0
    }

    fn told(lang: &str, tex: &str) -> (String, Option<String>) {
        let master = format!("<article xml:lang='{lang}'><body><p><tex-math>{tex}</tex-math></p></body></article>");
        let mut log = Log::default();
        let tree = xml::parse(&mut log, &Source::new("test.xml", &master)).expect("well-formed");
        let article = jats::read(&mut log, &tree).expect("an article");
        let Some(Block::Paragraph(paragraph)) = article.body.first() else { panic!("no paragraph") };
        let Some(Inline::Formula(formula)) = paragraph.body.first() else { panic!("no formula") };
        let told = super::formula(formula, &article.leaves, &article.lang);
        (told.words, told.lang.map(|lang| lang.tag().to_owned()))
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

    #[test]
    fn formulas_are_told_in_the_language_of_the_text() {
        let sum = "\\sum_{i=1}^n x_i^2";
        assert_eq!(told("ru", sum), ("сумма от i равно 1 до n по x индекс i в квадрате".into(), None));
        assert_eq!(told("pt-BR", "\\frac{a+1}{b}"), ("fração a mais 1 sobre b fim da fração".into(), None));
        assert_eq!(told("sl", "x^2"), ("x na kvadrat".into(), None));
        // A language that has no words of its own is told in English, and this is said.
        assert_eq!(told("hy", "x^2"), ("x squared".into(), Some("en".into())));
    }
}
