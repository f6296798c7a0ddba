//! Where the master stands in the outputs, and which piece of it stands at a place of them.
//!
//! 1. [`Wanted`] is a range of the master as pieces of leaves; [`origin`] is the way back, from a byte of a leaf to the master's.
//! 2. [`pages::PageMap`] finds pieces on the finished pages, by their glyphs, and what stands at a point of a page.
//! 3. [`book::BookMap`] finds them in the packed e-book, by the text of its files as a browser counts it, and what stands at a place of that text.
//! 4. [`line`] is a text that is searched: what a reader sees as one line of words, whatever it is made of.
//!
//! The same map answers `explain-node` and each click of `serve`. It judges nothing: that every leaf is there is for the proof to say.

pub mod book;
pub mod line;
pub mod pages;

use std::collections::BTreeMap;

use article::leaf::{LeafNo, Leaves};
use article::source::{Source, Span};

/// A range of the master, as pieces of leaves: the first byte of each leaf's text, and the byte after the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The pieces.
    pub pieces: BTreeMap<LeafNo, (u32, u32)>,
    /// The range itself, in which a picture stands that has no text.
    pub span: Span,
}

impl Wanted {
    /// The pieces of the leaves that stand in a range of the master.
    #[must_use]
    pub fn of(source: &Source, leaves: &Leaves, span: Span) -> Self {
        let meets = |other: Span| other.start < span.end && span.start < other.end;
        let piece = |(no, leaf): (LeafNo, &article::leaf::Leaf)| {
            let bound = |at: u32| u32::try_from(source.offset(leaf.span, &leaf.text, at)).unwrap_or(u32::MAX);
            let from = if span.start <= leaf.span.start { 0 } else { bound(span.start) };
            let to = if leaf.span.end <= span.end { u32::try_from(leaf.text.len()).unwrap_or(u32::MAX) } else { bound(span.end) };
            (from < to).then_some((no, (from, to)))
        };
        Self { pieces: leaves.iter().filter(|(_, leaf)| leaf.is_visible() && meets(leaf.span)).filter_map(piece).collect(), span }
    }

    /// Whether nothing of it is text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Whether a piece of a leaf is a part of it.
    #[must_use]
    pub fn meets(&self, leaf: LeafNo, from: u32, to: u32) -> bool {
        self.pieces.get(&leaf).is_some_and(|(first, last)| *first < to && from < *last)
    }
}

/// What stands at a place of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// Text of the master: the leaf, and the byte of its text.
    Text(LeafNo, u32),
    /// Something that was made for a part of the master, such as a label or a picture.
    Made(Span),
}

/// The bytes of the master that something stands for: of text the word in which it stands.
#[must_use]
pub fn origin(source: &Source, leaves: &Leaves, hit: Hit) -> Option<Span> {
    let (no, at) = match hit {
        Hit::Made(span) => return Some(span),
        Hit::Text(no, at) => (no, at as usize),
    };
    let leaf = leaves.get(no)?;
    let (before, after) = leaf.text.split_at_checked(at)?;
    let start = before.rfind(char::is_whitespace).map_or(0, |blank| blank + before[blank..].chars().next().map_or(1, char::len_utf8));
    let end = after.find(char::is_whitespace).map_or(leaf.text.len(), |length| at + length);
    let from = source.locate(leaf.span, &leaf.text, start);
    Some(Span { start: from, end: source.locate(leaf.span, &leaf.text, end).max(from) })
}
