//! Blanks between what stands on lines of its own and is read in one line: a paragraph in a title, an item of a list in a cell.
//!
//! 1. [`stands_apart`] tells which elements are such.
//! 2. [`Line`] puts what was read together, a blank at each border of theirs that would otherwise join two words.

use super::Reader;
use super::elements::{self, Taken};
use crate::model::inline::{Inline, Inlines, Link, Xref};
use crate::model::plain;
use crate::xml::Element;

/// A line as it comes together.
#[derive(Default)]
pub(super) struct Line {
    pub(super) read: Inlines,
    /// Whether what was read last ends where a block does.
    ended: bool,
}

impl Line {
    /// Adds what was read of text or of an element; `apart` where that stands on lines of its own.
    pub(super) fn add(&mut self, reader: &Reader<'_>, read: Inlines, apart: bool) {
        if read.is_empty() {
            return;
        }
        if (self.ended || apart) && reader.joins(&self.read, &read) {
            self.read.push(Inline::Generated(" ".to_owned()));
        }
        self.read.extend(read);
        self.ended = apart;
    }
}

impl Reader<'_> {
    /// Whether two runs, one behind the other, read as one word. A mark that closes belongs to what stands before it.
    fn joins(&self, before: &[Inline], after: &[Inline]) -> bool {
        let ends = before.iter().rev().find_map(|inline| self.last_sign(inline));
        let begins = after.iter().find_map(|inline| self.first_sign(inline));
        match (ends, begins) {
            (Some(ends), Some(begins)) => {
                let opens = ends.is_whitespace() || matches!(ends, '(' | '[' | '«' | '“' | '‘');
                let closes = begins.is_whitespace() || matches!(begins, ',' | '.' | ';' | ':' | ')' | ']' | '?' | '!' | '»' | '”' | '’');
                !opens && !closes
            }
            (None, _) | (_, None) => false,
        }
    }

    /// What is to stand between two parts that have nothing between them in the master: the separator, unless the parts bring their marks.
    pub(super) fn between(&self, before: &[Inline], separator: &str, after: &[Inline]) -> Option<Inline> {
        if before.is_empty() {
            return None;
        }
        // The last and the next piece that says something: a group of thousands of names is not read once for each of them.
        let said = |inline: &Inline| Some(plain::text(&self.leaves, std::slice::from_ref(inline))).filter(|text| !text.trim().is_empty());
        let ends = before.iter().rev().find_map(said).and_then(|text| text.trim_end().chars().next_back());
        let begins = after.iter().find_map(said).and_then(|text| text.trim_start().chars().next());
        if begins.is_some_and(|c| matches!(c, ',' | ';' | ':' | '.' | ')' | ']')) || ends.is_some_and(|c| matches!(c, '(' | '[')) {
            return None;
        }
        let is_marked = ends.is_some_and(|c| matches!(c, ',' | ';' | ':'));
        Some(Inline::Generated(if is_marked { " " } else { separator }.to_owned()))
    }

    fn first_sign(&self, inline: &Inline) -> Option<char> {
        self.sign(inline, &|text| text.chars().next(), &|run| run.iter().find_map(|inline| self.first_sign(inline)))
    }

    fn last_sign(&self, inline: &Inline) -> Option<char> {
        self.sign(inline, &|text| text.chars().next_back(), &|run| run.iter().rev().find_map(|inline| self.last_sign(inline)))
    }

    /// A sign at one end of an inline; of a picture, a mark or a formula some sign that is a letter's neighbour.
    fn sign(&self, inline: &Inline, of_text: &dyn Fn(&str) -> Option<char>, of_run: &dyn Fn(&[Inline]) -> Option<char>) -> Option<char> {
        match inline {
            Inline::Text(no) => of_text(self.leaves.text(*no)),
            Inline::Generated(text) => of_text(text),
            Inline::Styled(_, body) | Inline::Foreign(_, body) | Inline::Link(Link { body, .. }) => of_run(body),
            Inline::Ruby(base, _) => of_run(base),
            Inline::Xref(Xref { body, .. }) if !body.is_empty() => of_run(body),
            Inline::Xref(_) | Inline::Note(_) | Inline::Image(_) | Inline::Formula(_) => Some('x'),
            Inline::Break => Some('\n'),
            Inline::Place(_) => None,
        }
    }
}

/// Whether an element stands on lines of its own, or holds what does. A note stands elsewhere; a formula, a picture and one of several names are parts of the
/// line that they are read in.
pub(super) fn stands_apart(element: &Element) -> bool {
    match element.name.as_str() {
        "fn" | "abbrev" | "rb" | "rt" | "name-alternatives" | "collab-alternatives" | "collab-name-alternatives" => false,
        "graphic" | "media" | "disp-formula" | "alternatives" | "block-alternatives" => holds_lines(element),
        name => matches!(elements::taken(name), Some(Taken::Block | Taken::Through)) || holds_lines(element),
    }
}

/// Whether something in an element stands on lines of its own.
pub(super) fn holds_lines(element: &Element) -> bool {
    element.elements().any(stands_apart)
}
