//! What the rules share: scripts of letters, places of words, the text of a run and of blocks.

use crate::leaf::{Leaf, LeafNo, Leaves};
use crate::model::Article;
use crate::model::block::Block;
use crate::model::inline::Inline;
use crate::model::part::Part;
use crate::model::walk::{Visit, walk_blocks, walk_inlines};
use crate::source::{Source, Span};
use crate::xml::{Element, Node};

/// How many findings of one kind are named one by one; the last says how many more there are.
pub(super) const NAMED: usize = 5;

/// What the last finding that is named says of those that are not: `, and 3 others are like it`.
pub(super) fn others(at: usize, all: usize, one: &str, many: &str) -> String {
    match all.saturating_sub(NAMED) {
        more if more == 0 || at + 1 < NAMED => String::new(),
        1 => format!(", and 1 other {one}"),
        more => format!(", and {more} others {many}"),
    }
}

/// The scripts that the rules tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Greek,
    Hebrew,
    Arabic,
    /// Chinese, Japanese and Korean.
    EastAsian,
    Other,
}

impl Script {
    /// The script of a letter; `None` where it is none. Source: Unicode, Blocks.txt.
    pub(super) fn of(c: char) -> Option<Self> {
        if !c.is_alphabetic() {
            return None;
        }
        Some(match u32::from(c) {
            0..=0x24f | 0x250..=0x2af | 0x1e00..=0x1eff | 0x2c60..=0x2c7f | 0xa720..=0xa7ff | 0xfb00..=0xfb06 => Self::Latin,
            0x370..=0x3ff | 0x1f00..=0x1fff => Self::Greek,
            0x400..=0x52f | 0x1c80..=0x1c8f | 0x2de0..=0x2dff | 0xa640..=0xa69f => Self::Cyrillic,
            0x590..=0x5ff | 0xfb1d..=0xfb4f => Self::Hebrew,
            0x600..=0x77f | 0x8a0..=0x8ff | 0xfb50..=0xfdff | 0xfe70..=0xfeff => Self::Arabic,
            0x1100..=0x11ff | 0x3040..=0x30ff | 0x3130..=0x318f | 0x3400..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x20000..=0x3ffff => Self::EastAsian,
            _ => Self::Other,
        })
    }

    /// The name in messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Latin => "Latin",
            Self::Cyrillic => "Cyrillic",
            Self::Greek => "Greek",
            Self::Hebrew => "Hebrew",
            Self::Arabic => "Arabic",
            Self::EastAsian => "Chinese, Japanese or Korean",
            Self::Other => "another script's",
        }
    }
}

/// How many letters of a text are of each script.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Letters {
    pub(super) all: usize,
    pub(super) latin: usize,
    pub(super) cyrillic: usize,
}

/// Counts the letters of a text.
pub(super) fn letters(text: &str) -> Letters {
    let mut letters = Letters::default();
    for script in text.chars().filter_map(Script::of) {
        letters.all += 1;
        match script {
            Script::Latin => letters.latin += 1,
            Script::Cyrillic => letters.cyrillic += 1,
            Script::Greek | Script::Hebrew | Script::Arabic | Script::EastAsian | Script::Other => {}
        }
    }
    letters
}

/// Where a piece of a leaf's text stands in the master.
pub(super) fn place(source: &Source, leaf: &Leaf, from: usize, to: usize) -> Span {
    let start = source.locate(leaf.span, &leaf.text, from);
    let end = source.locate(leaf.span, &leaf.text, to);
    Span { start, end: end.max(start) }
}

/// The leaves of a run that can be seen, in order; those of notes in it are none of it.
pub(super) fn leaves_of(leaves: &Leaves, run: &[Inline]) -> Vec<LeafNo> {
    struct Gather<'a>(&'a Leaves, Vec<LeafNo>);
    impl Visit for Gather<'_> {
        fn inline(&mut self, inline: &Inline) {
            match inline {
                Inline::Text(no) if self.0.get(*no).is_some_and(Leaf::is_visible) => self.1.push(*no),
                Inline::Note(_) => {}
                _ => crate::model::walk::walk_inline(self, inline),
            }
        }
        fn block(&mut self, _: &Block) {}
    }
    let mut gather = Gather(leaves, Vec::new());
    walk_inlines(&mut gather, run);
    gather.1
}

/// The leaves of a run, as they are.
pub(super) fn pieces<'a>(leaves: &'a Leaves, run: &[Inline]) -> Vec<&'a Leaf> {
    leaves_of(leaves, run).into_iter().filter_map(|no| leaves.get(no)).collect()
}

/// Where a run begins in the master; `None` for one without text.
pub(super) fn start(leaves: &Leaves, run: &[Inline]) -> Option<Span> {
    pieces(leaves, run).first().map(|leaf| leaf.span)
}

/// Visits every part, each before those inside it.
pub(super) fn each_part<'a>(parts: &'a [Part], visit: &mut impl FnMut(&'a Part)) {
    for part in parts {
        visit(part);
        each_part(&part.parts, visit);
    }
}

/// Visits the text and the back matter of an article and of its parts; not of those inside a part.
pub(super) fn walk_texts(visitor: &mut impl Visit, article: &Article) {
    walk_blocks(visitor, &article.body);
    walk_blocks(visitor, &article.back);
    for part in &article.parts {
        walk_blocks(visitor, &part.body);
        walk_blocks(visitor, &part.back);
    }
}

/// The place of an element's text without the blanks around it; its start tag where it has none of its own.
pub(super) fn inside(source: &Source, element: &Element) -> Span {
    let text = element.children.iter().find_map(|node| match node {
        Node::Text(run) if !run.text.trim().is_empty() => Some(run.span),
        Node::Text(_) | Node::Element(_) => None,
    });
    let Some(span) = text else { return element.tag };
    let raw = source.slice(span);
    let from = span.range().start + raw.len() - raw.trim_start().len();
    Span::new(from, from + raw.trim().len())
}

/// The start tag of the element that begins where a span does; the span itself where there is none.
pub(super) fn tag(tree: &crate::xml::Tree, span: Span) -> Span {
    tree.around(span.start).iter().rev().find(|element| element.span.start == span.start).map_or(span, |element| element.tag)
}

/// How many words a text has: what stands between blanks and has a letter or a digit.
pub(super) fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_scripts() {
        for (c, script) in [
            ('a', Script::Latin),
            ('ə', Script::Latin),
            ('ж', Script::Cyrillic),
            ('ң', Script::Cyrillic),
            ('ω', Script::Greek),
            ('中', Script::EastAsian),
            ('ა', Script::Other),
        ] {
            assert_eq!(Script::of(c), Some(script), "{c}");
        }
        assert_eq!(Script::of('1'), None);
        assert_eq!(Script::of('\u{301}'), None);
    }

    #[test]
    fn words_have_letters_or_digits() {
        assert_eq!(words("Two words – and 3 more."), 5);
        assert_eq!(words(" "), 0);
    }
}
