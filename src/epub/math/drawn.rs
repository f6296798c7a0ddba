//! Formulas for readers that know no MathML: simple ones as text, all others as pictures.
//!
//! 1. [`Writer::as_text`] writes what stands in one line, with raised and lowered signs, as text: it grows with the type and is found by a search.
//! 2. Of any other formula [`Writer::asked`] notes that a picture is wanted; its place is taken by an empty `img`.
//! 3. When the article is written, all are drawn at once, and [`fill`] puts them into their places. One that cannot be drawn stays MathML.

use std::collections::BTreeMap;

use article::lang::Lang;
use article::model::math::{Form, Formula, Math, Token, TokenKind, TokenText};
use article::speech;

use super::in_letters;
use crate::dom::{Element, Node};
use crate::writer::Writer;

/// A blank at which no line breaks.
const TIED: &str = "\u{a0}";

/// Signs that stand close to what is beside them.
const CLOSE: &str = "()[]{}|‖/!,;:.′″*⁄\u{2061}\u{2062}\u{2063}\u{2064}";

/// A formula of which a picture is wanted.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The formula.
    pub formula: Formula,
    /// Whether it stands on lines of its own.
    pub display: bool,
    /// The id of its picture in the book.
    pub id: String,
    /// What it says in words.
    pub words: String,
    /// The language of the words, and that of what is around the formula, where these are two.
    pub lang: Option<(Lang, Lang)>,
}

/// A formula as a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The file: PNG.
    pub png: Vec<u8>,
    /// How high it is, in thousandths of the size of the type.
    pub height: u32,
    /// How much of it is below the line.
    pub depth: u32,
}

/// Draws formulas: a picture of each, or nothing where that cannot be.
pub type Draughtsman<'a> = dyn Fn(&[Asked]) -> Vec<Option<Drawn>> + 'a;

impl Writer<'_> {
    /// A formula without MathML: text, or the place of a picture.
    pub(super) fn asked(&mut self, formula: &Formula, display: bool) -> Element {
        if let Some(nodes) = self.as_text(&formula.body) {
            return Element::new("span").class("formula-text").id(self.ids.set(formula.id.as_ref())).children(nodes);
        }
        let id = self.ids.set_or(formula.id.as_ref(), "formula");
        self.facts.pictures += 1;
        self.facts.described += 1;
        let told = speech::formula(formula, &self.edition.leaves, &self.lang);
        let lang = told.lang.map(|lang| (lang, self.lang.clone()));
        self.asked.push(Asked { formula: formula.clone(), display, id: id.clone(), words: told.words, lang });
        Element::new("img").class("formula-picture").with("id", id)
    }

    /// A row as text, if it stands in one line.
    fn as_text(&self, row: &[Math]) -> Option<Vec<Node>> {
        let mut out = Vec::new();
        self.text_of(row, true, &mut out)?;
        (!out.is_empty()).then_some(out)
    }

    fn text_of(&self, row: &[Math], scripts: bool, out: &mut Vec<Node>) -> Option<()> {
        for math in row {
            match math {
                Math::Row(inner) | Math::Styled(_, inner) => self.text_of(inner, scripts, out)?,
                Math::Token(token) => self.token_as_text(token, out),
                Math::Space(width) => out.extend((width.0 > 0).then(|| Node::Text(TIED.to_owned()))),
                Math::Scripts(said) if scripts => {
                    self.text_of(said.base.as_row(), false, out)?;
                    for (name, script) in [("sub", &said.sub), ("sup", &said.sup)] {
                        let Some(script) = script else { continue };
                        let mut inner = Vec::new();
                        self.text_of(script.as_row(), false, &mut inner)?;
                        out.push(Element::new(name).children(inner).into());
                    }
                }
                Math::Fenced(fenced) => {
                    out.push(Node::Text(fenced.open.clone()));
                    for (at, item) in fenced.items.iter().enumerate() {
                        self.text_of(item.as_row(), scripts, out)?;
                        out.extend(fenced.separator(at).map(|sign| Node::Text(format!("{sign} "))));
                    }
                    out.push(Node::Text(fenced.close.clone()));
                }
                Math::Scripts(_)
                | Math::Fraction(_)
                | Math::Root(_)
                | Math::Limits(_)
                | Math::Multiscripts(_)
                | Math::Table(_)
                | Math::Enclosed(..)
                | Math::Phantom(_)
                | Math::Padded(..)
                | Math::Error(_) => return None,
            }
        }
        Some(())
    }

    fn token_as_text(&self, token: &Token, out: &mut Vec<Node>) {
        let text = token.text.get(&self.edition.leaves);
        let (shown, _) = in_letters(text, token.variant);
        let node = match &token.text {
            TokenText::Leaf(leaf) if shown == text => Node::Leaf(*leaf),
            TokenText::Leaf(leaf) => Node::Lettered(*leaf, shown),
            TokenText::Generated(_) => Node::Text(shown),
        };
        match token.kind {
            // Of the letters of other variants each is a sign of its own.
            TokenKind::Identifier if text.chars().count() == 1 && token.variant.is_none() => out.push(Element::new("i").children([node]).into()),
            TokenKind::Operator(operator)
                if !out.is_empty() && operator.form != Some(Form::Prefix) && !text.trim().chars().all(|sign| CLOSE.contains(sign)) =>
            {
                out.extend([Node::Text(TIED.to_owned()), node, Node::Text(" ".to_owned())]);
            }
            TokenKind::Identifier | TokenKind::Number | TokenKind::Operator(_) | TokenKind::Text => out.push(node),
        }
    }

    /// The MathML of a formula of which there is no picture.
    pub(crate) fn undrawn(&mut self, asked: &Asked) -> Element {
        self.facts.pictures -= 1;
        self.facts.described -= 1;
        self.mathml(&asked.formula, if asked.display { "block" } else { "inline" }).with("id", asked.id.clone())
    }
}

/// Puts what was drawn, or what stands for it, into the places that wait for it.
pub(crate) fn fill(element: &mut Element, by_id: &mut BTreeMap<String, Element>) {
    for node in &mut element.children {
        let Node::Element(inner) = node else { continue };
        let other = if inner.get("class") == Some("formula-picture") { inner.get("id").and_then(|id| by_id.remove(id)) } else { None };
        match other {
            Some(other) => *inner = other,
            None => fill(inner, by_id),
        }
    }
}

/// The picture of a formula in the line, as high as its type and as deep.
pub(crate) fn picture(asked: &Asked, drawn: &Drawn, path: String) -> Element {
    let em = |thousandths: u32| format!("{}em", f64::from(thousandths) / 1000.0);
    let style = format!("height: {}; vertical-align: -{}", em(drawn.height), em(drawn.depth));
    let image = Element::new("img").class("formula-picture").with("id", asked.id.clone()).with("src", path);
    let image = image.with("alt", asked.words.clone()).with("style", style);
    match &asked.lang {
        Some((lang, around)) => image.lang(lang, Some(around)),
        None => image,
    }
}
