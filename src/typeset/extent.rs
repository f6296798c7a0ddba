//! How much a cell holds, in signs, so that a layout need not count it: of hundreds of cells it measures the few that matter.
//!
//! 1. [`Extent::of`] counts the text of the blocks of a cell.
//! 2. What can not be told in signs (a picture, a grid in a cell) is marked, and has to be measured.

use article::leaf::Leaves;
use article::model::block::Block;
use article::model::inline::Inline;
use article::model::plain;
use article::model::walk::{Visit, walk_block};
use article::tie::{self, ties};

use crate::wrap::{Kind, is_glue, long_words};

/// Stands where the writer lets a word break.
const BREAK: char = '\u{200b}';

/// What the blocks of a cell hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    /// Signs in all.
    pub(crate) signs: u32,
    /// Signs in the longest line.
    pub(crate) line: u32,
    /// Signs in the longest word, as it stays in a line: one that no line could hold counts in its parts.
    pub(crate) word: u32,
    /// Whether it holds more than text.
    pub(crate) whole: bool,
}

impl Extent {
    /// Counts.
    pub(crate) fn of(leaves: &Leaves, blocks: &[Block]) -> Self {
        let mut extent = Self::default();
        let mut counter = Counter { leaves, extent: &mut extent };
        blocks.iter().for_each(|block| counter.block(block));
        extent
    }
}

/// What stays in a line: words, and those that are tied as one.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let mut ties = ties(line, tie::Kind::Cell).into_iter().peekable();
    let mut rest = line.char_indices();
    let mut start = 0;
    std::iter::from_fn(move || {
        loop {
            match rest.next() {
                Some((at, c)) => {
                    while ties.next_if(|tie| tie.end <= at).is_some() {}
                    if (c == BREAK || c.is_whitespace() && !is_glue(c)) && ties.peek().is_none_or(|tie| at < tie.start) {
                        let word = &line[start..at];
                        start = at + c.len_utf8();
                        return Some(word);
                    }
                }
                None if start < line.len() => return Some(&line[std::mem::replace(&mut start, line.len())..]),
                None => return None,
            }
        }
    })
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// Counts the runs that it meets; what stands in a run is in its text already.
struct Counter<'a> {
    leaves: &'a Leaves,
    extent: &'a mut Extent,
}

impl Counter<'_> {
    /// The text of a run, with a mark where the writer lets a word break.
    fn mark(&self, inlines: &[Inline], kind: Kind, out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(leaf) => {
                    let text = self.leaves.text(*leaf);
                    let mut from = 0;
                    for at in long_words(text, kind, false).into_iter().flat_map(|word| word.breaks) {
                        out.push_str(&text[std::mem::replace(&mut from, at)..at]);
                        out.push(BREAK);
                    }
                    out.push_str(&text[from..]);
                }
                Inline::Generated(text) => out.push_str(text),
                Inline::Styled(_, body) | Inline::Foreign(_, body) => self.mark(body, kind, out),
                Inline::Link(link) => self.mark(&link.body, Kind::Address, out),
                Inline::Xref(xref) => self.mark(&xref.body, kind, out),
                Inline::Break => out.push('\n'),
                Inline::Note(_) | Inline::Place(_) => {}
                Inline::Image(_) | Inline::Formula(_) | Inline::Ruby(..) => out.push_str(&plain::text(self.leaves, std::slice::from_ref(inline))),
            }
        }
    }
}

impl Visit for Counter<'_> {
    fn block(&mut self, block: &Block) {
        self.extent.whole |= match block {
            Block::Paragraph(_)
            | Block::Foreign(..)
            | Block::List(_)
            | Block::Definitions(_)
            | Block::Quote(_)
            | Block::Statement(_)
            | Block::Notes(_)
            | Block::References(_)
            | Block::Section(_) => false,
            Block::Figure(_) | Block::Table(_) | Block::Boxed(_) | Block::Lines(_) | Block::Formula(_) => true,
        };
        walk_block(self, block);
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        let line = plain::text(self.leaves, inlines);
        self.extent.signs = self.extent.signs.saturating_add(count(line.trim()));
        // A forced break ends a line.
        let lines = inlines.split(|inline| matches!(inline, Inline::Break)).map(|line| count(plain::text(self.leaves, line).trim()));
        self.extent.line = lines.fold(self.extent.line, u32::max);
        let mut marked = String::with_capacity(line.len());
        self.mark(inlines, Kind::Words, &mut marked);
        self.extent.word = words(&marked).map(count).fold(self.extent.word, u32::max);
        self.extent.whole |= inlines.iter().any(is_whole);
    }

    fn inline(&mut self, _: &Inline) {}
}

fn is_whole(inline: &Inline) -> bool {
    match inline {
        Inline::Text(_) | Inline::Generated(_) | Inline::Note(_) | Inline::Break | Inline::Place(_) => false,
        Inline::Styled(_, body) | Inline::Foreign(_, body) => body.iter().any(is_whole),
        Inline::Link(link) => link.body.iter().any(is_whole),
        Inline::Xref(xref) => xref.body.iter().any(is_whole),
        Inline::Image(_) | Inline::Formula(_) | Inline::Ruby(..) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use article::leaf::Leaf;
    use article::model::block::Paragraph;
    use article::source::Span;

    #[test]
    fn the_longest_line_and_word_are_told() {
        let mut leaves = Leaves::default();
        let mut paragraph = |text: &str| {
            let leaf = leaves.add(Leaf { text: text.to_owned(), span: Span::default(), element: "p".to_owned(), lang: article::lang::Lang::english() });
            Block::Paragraph(Paragraph { id: None, continued: false, body: vec![Inline::Text(leaf)], span: Span::default() })
        };
        let blocks = [paragraph("a bb"), paragraph("Хлорофилл"), paragraph("c")];
        assert_eq!(Extent::of(&leaves, &blocks), Extent { signs: 14, line: 9, word: 9, whole: false });
        assert_eq!(Extent::of(&leaves, &[]), Extent::default());
        let mut broken = Vec::new();
        for block in &blocks[..2] {
            let Block::Paragraph(paragraph) = block else { unreachable!() };
            broken.extend(paragraph.body.iter().cloned().chain([Inline::Break]));
        }
        let broken = Block::Paragraph(Paragraph { id: None, continued: false, body: broken, span: Span::default() });
        assert_eq!(Extent::of(&leaves, &[broken]).line, 9);
    }

    #[test]
    fn a_word_that_breaks_counts_in_its_parts_and_one_that_is_glued_as_a_whole() {
        let mut leaves = Leaves::default();
        for (text, word) in [("ACGT".repeat(20), 12), ("ACGT".repeat(10), 40), ("WBRT\u{a0}+\u{a0}TMZ".to_owned(), 10), ("a TMZ".to_owned(), 3)] {
            let leaf = leaves.add(Leaf { text: text.clone(), span: Span::default(), element: "p".to_owned(), lang: article::lang::Lang::english() });
            let block = Block::Paragraph(Paragraph { id: None, continued: false, body: vec![Inline::Text(leaf)], span: Span::default() });
            assert_eq!(Extent::of(&leaves, &[block]).word, word, "{text}");
        }
    }
}
