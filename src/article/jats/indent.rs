//! Blanks that are in a master for its lines alone: a program that writes each element on a line of its own leaves one on either side of it.
//!
//! 1. “(”, the end of a line, `<xref>`: nobody has a blank behind an opening bracket, before a closing one, a comma or a full stop, and none before
//!    an index.
//! 2. Such a blank is taken away where the master has the end of a line in it. What was typed in a line stays as it is.

use crate::xml::{Element, Node};

/// What of a text is for the lines of the master: how it begins, how it ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Indent {
    /// Whether the blank before it is.
    pub(super) before: bool,
    /// Whether the blank behind it is.
    pub(super) behind: bool,
}

/// Looks at a text between its neighbours: whether an element stands before it, and what follows.
pub(super) fn indent(text: &str, after_element: bool, after: &[Node]) -> Indent {
    let (start, end) = (text.trim_start(), text.trim_end());
    let broken = |blank: &str| blank.contains('\n');
    let before = after_element && broken(&text[..text.len() - start.len()]) && closes(start);
    let follows = match after {
        [Node::Element(next), rest @ ..] => {
            end.ends_with(['(', '[']) || is_index(next, rest) && end.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | ']'))
        }
        _ => false,
    };
    Indent { before, behind: follows && !start.is_empty() && broken(&text[end.len()..]) }
}

/// Whether a text begins with a mark that stands right behind what it closes. Three stops are a word of their own, and so is “.5”.
fn closes(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some(')' | ']') => true,
        Some(',' | '.') => chars.next().is_none_or(|next| next.is_whitespace() || matches!(next, ')' | ']')),
        Some(_) | None => false,
    }
}

/// A subscript, or a superscript that belongs to what stands before it: one with a letter right behind it is the mass of an isotope.
fn is_index(element: &Element, rest: &[Node]) -> bool {
    match element.name.as_str() {
        "sub" => true,
        "sup" => !matches!(rest.first(), Some(Node::Text(next)) if next.text.starts_with(char::is_alphabetic)),
        _ => false,
    }
}
