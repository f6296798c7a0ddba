//! Figures and tables of `floats-group`: each is put after the paragraph that mentions it first.
//!
//! 1. [`place`] looks for the first reference to each float in the blocks of the text, sections included.
//! 2. Floats that one paragraph mentions keep their order. What is never mentioned stands at the end of the text.

use crate::model::Id;
use crate::model::block::{Block, Section};
use crate::model::inline::{Inline, Note};
use crate::model::walk::{Visit, walk_block, walk_inline};

/// Puts floats into the text.
pub(super) fn place(body: &mut Vec<Block>, floats: Vec<Block>) {
    let mut waiting: Vec<Option<Block>> = floats.into_iter().map(Some).collect();
    if waiting.is_empty() {
        return;
    }
    settle(body, &mut waiting);
    body.extend(waiting.into_iter().flatten());
}

/// Puts those that these blocks mention after the block that does.
fn settle(blocks: &mut Vec<Block>, waiting: &mut [Option<Block>]) {
    let mut settled = Vec::with_capacity(blocks.len());
    for mut block in std::mem::take(blocks) {
        if let Block::Section(Section { blocks, .. }) | Block::Foreign(_, blocks) = &mut block {
            settle(blocks, waiting);
            settled.push(block);
            continue;
        }
        let mentioned = mentions(&block);
        settled.push(block);
        for float in waiting.iter_mut() {
            if float.as_ref().is_some_and(|float| ids(float).iter().any(|id| mentioned.contains(id))) {
                settled.extend(float.take());
            }
        }
    }
    *blocks = settled;
}

/// The ids by which a float is mentioned: its own, and those of the figures in it.
fn ids(block: &Block) -> Vec<Id> {
    match block {
        Block::Figure(figure) => {
            figure.id.iter().cloned().chain(figure.graphics.iter().filter_map(|graphic| graphic.id.clone())).chain(figure.blocks.iter().flat_map(ids)).collect()
        }
        Block::Table(wrap) => wrap.id.iter().cloned().collect(),
        Block::Boxed(section) | Block::Section(section) => section.id.iter().cloned().collect(),
        Block::Statement(statement) => statement.id.iter().cloned().collect(),
        Block::Lines(lines) => lines.id.iter().cloned().collect(),
        Block::List(list) => list.id.iter().cloned().collect(),
        Block::Definitions(list) => list.id.iter().cloned().collect(),
        Block::Quote(quote) => quote.id.iter().cloned().collect(),
        Block::Paragraph(paragraph) => paragraph.id.iter().cloned().collect(),
        Block::Formula(formula) => formula.id.iter().cloned().collect(),
        Block::References(list) => list.id.iter().cloned().collect(),
        Block::Notes(list) => list.id.iter().cloned().collect(),
        Block::Foreign(_, blocks) => blocks.iter().flat_map(ids).collect(),
    }
}

/// Every id that a block refers to.
fn mentions(block: &Block) -> Vec<Id> {
    let mut found = Mentions(Vec::new());
    found.block(block);
    found.0
}

struct Mentions(Vec<Id>);

impl Visit for Mentions {
    fn block(&mut self, block: &Block) {
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        if let Inline::Xref(xref) = inline {
            self.0.extend(xref.rids.iter().cloned());
        }
        walk_inline(self, inline);
    }

    // A note may come to stand elsewhere: it is no place for a float.
    fn note(&mut self, _: &Note) {}
}
