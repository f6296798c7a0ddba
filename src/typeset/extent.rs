//! How much a cell holds, in signs, so that a layout need not count it: of hundreds of cells it measures the few that matter.
//!
//! 1. [`Extent::of`] counts the text of the blocks of a cell.
//! 2. What can not be told in signs (a picture, a grid in a cell) is marked, and has to be measured.

use article::leaf::Leaves;
use article::model::block::Block;
use article::model::inline::Inline;
use article::model::plain;
use article::model::walk::{Visit, walk_block, walk_inline};

/// What the blocks of a cell hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    /// Signs in all.
    pub(crate) signs: u32,
    /// Signs in the longest line.
    pub(crate) line: u32,
    /// Signs in the longest word.
    pub(crate) word: u32,
    /// Whether it holds more than text.
    pub(crate) whole: bool,
}

impl Extent {
    /// Counts.
    pub(crate) fn of(leaves: &Leaves, blocks: &[Block]) -> Self {
        let mut extent = Self::default();
        for line in plain::lines(leaves, blocks) {
            let signs = count(&line);
            extent.signs = extent.signs.saturating_add(signs);
            extent.line = extent.line.max(signs);
            extent.word = line.split_whitespace().map(count).fold(extent.word, u32::max);
        }
        let mut holds = Wholes(false);
        blocks.iter().for_each(|block| holds.block(block));
        extent.whole = holds.0;
        extent
    }
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// Whether something was met that is no text.
struct Wholes(bool);

impl Visit for Wholes {
    fn block(&mut self, block: &Block) {
        self.0 |= match block {
            Block::Paragraph(_) | Block::Foreign(..) | Block::List(_) | Block::Definitions(_) | Block::Quote(_) | Block::Notes(_) | Block::References(_) | Block::Section(_) => false,
            Block::Figure(_) | Block::Table(_) | Block::Boxed(_) | Block::Lines(_) => true,
        };
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        self.0 |= match inline {
            Inline::Text(_) | Inline::Generated(_) | Inline::Styled(..) | Inline::Foreign(..) | Inline::Link(_) | Inline::Xref(_) | Inline::Note(_) | Inline::Break => false,
            Inline::Image(_) => true,
        };
        walk_inline(self, inline);
    }
}
