//! The master as a bounded tree: elements with their spans, and every text once.
//!
//! 1. [`parse`] reads quick-xml's events; [`entities`] and the document's own declarations replace references.
//! 2. Names are canonical whatever prefix the file uses: JATS elements bare, others as `mml:`, `xlink:`, `ali:`, `oasis:`, `tp:`.
//! 3. Every run of text has a number, by which the reader strikes it off when it has found its place.
//!
//! No external entity is fetched, and depth and size are bounded. A file that is not well-formed is repaired where there is one sensible
//! way ([`repair`]), with a warning at the place, and refused otherwise.

mod entities;
mod names;
mod parse;
mod repair;
mod western;

pub use parse::parse;

use crate::source::Span;

/// The deepest nesting that is taken: the engine fails past about sixty, and the layout needs some for itself.
pub const MAX_DEPTH: usize = 48;

/// The largest run of text that is taken, in bytes.
pub const MAX_TEXT: usize = 16 << 20;

/// An element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// The canonical name, such as `p` or `mml:math`.
    pub name: String,
    /// Its attributes, in order, their names canonical.
    pub attributes: Vec<Attribute>,
    /// What stands in it.
    pub children: Vec<Node>,
    /// The whole element.
    pub span: Span,
    /// The start tag.
    pub tag: Span,
}

/// An attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The canonical name, such as `rid` or `xlink:href`.
    pub name: String,
    /// The value, references replaced.
    pub value: String,
    /// Where the value stands, without its quotes.
    pub span: Span,
}

/// A child of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// A run of text.
    Text(TextRun),
}

/// Elements of which the words do not touch those around them: lines of their own, and the ends of lines.
const PARTING: [&str; 12] = ["break", "br", "p", "title", "sec", "list", "list-item", "def-list", "disp-quote", "div", "li", "caption"];

/// A run of text between two tags, comments or instructions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRun {
    /// Its number in the document, from 0.
    pub no: usize,
    /// The text, references replaced, white space as it stands.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A parsed master.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// The root.
    pub root: Element,
    /// How many runs of text there are.
    pub runs: usize,
    /// Instructions to this program (`<?diglot …?>`), in order.
    pub instructions: Vec<Instruction>,
}

/// An instruction to this program, `<?diglot allow homoglyph?>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// What stands after `diglot`, trimmed.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl Tree {
    /// The elements around a place, from the root inwards.
    #[must_use]
    pub fn around(&self, at: u32) -> Vec<&Element> {
        let holds = |element: &&Element| element.span.start <= at && at < element.span.end;
        let mut path: Vec<&Element> = Some(&self.root).filter(holds).into_iter().collect();
        while let Some(inner) = path.last().and_then(|last| last.elements().find(holds)) {
            path.push(inner);
        }
        path
    }
}

impl Element {
    /// The value of an attribute, where it is given.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// The value of an attribute, trimmed; `None` where it is not given or empty.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.attribute(name).map(|attribute| attribute.value.trim()).filter(|value| !value.is_empty())
    }

    /// The child elements.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Visits this element and every element in it, in the order of the text.
    pub fn each<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        for child in self.elements() {
            child.each(visit);
        }
    }

    /// The first child of this name.
    #[must_use]
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// The children of this name.
    pub fn children_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |element| element.name == name)
    }

    /// All text in the element, white space folded and trimmed. Where a paragraph or a line ends a blank stands.
    #[must_use]
    pub fn plain_text(&self) -> String {
        let mut text = String::new();
        self.gather(&mut text);
        fold(&text).trim().to_owned()
    }

    fn gather(&self, into: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(run) => into.push_str(&run.text),
                Node::Element(element) if PARTING.contains(&element.name.as_str()) => {
                    into.push(' ');
                    element.gather(into);
                    into.push(' ');
                }
                Node::Element(element) => element.gather(into),
            }
        }
    }

    /// Whether the element holds text of its own that is more than white space.
    #[must_use]
    pub fn has_own_text(&self) -> bool {
        self.children.iter().any(|node| matches!(node, Node::Text(run) if !is_blank(&run.text)))
    }
}

/// Whether a text is nothing but white space. No-break and other typographic blanks are text.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| matches!(c, ' ' | '\t' | '\n' | '\r'))
}

/// The text with every run of XML white space as one blank.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        let space = matches!(c, ' ' | '\t' | '\n' | '\r');
        if space && !blank {
            folded.push(' ');
        } else if !space {
            folded.push(c);
        }
        blank = space;
    }
    folded
}
