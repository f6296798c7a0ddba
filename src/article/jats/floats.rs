//! Figures and tables that were gathered at the end: each is put after the paragraph that mentions it first.
//!
//! 1. [`place`] looks for the first reference to each float of `floats-group` in the blocks of the text, sections included.
//! 2. Floats that one paragraph mentions keep their order. What is never mentioned stands at the end of the text.
//! 3. A section of displayed objects (`@sec-type="display-objects"`) is such a group too ([`Reader::spread`]): what is mentioned leaves it, and
//!    where nothing stays, its heading goes.

use super::Reader;
use crate::leaf::Reason;
use crate::model::Id;
use crate::model::block::{Block, Paragraph, Section};
use crate::model::inline::{Inline, Note};
use crate::model::walk::{Visit, texts, walk_block, walk_inline};

/// Puts floats into the text.
pub(super) fn place(body: &mut Vec<Block>, floats: Vec<Block>) {
    let mut waiting: Vec<Option<Block>> = floats.into_iter().map(Some).collect();
    if waiting.is_empty() {
        return;
    }
    settle(body, &mut waiting);
    body.extend(waiting.into_iter().flatten());
}

impl Reader<'_> {
    /// Puts what sections of displayed objects hold where the text mentions it (tag library: `@sec-type`, “display-objects”).
    pub(super) fn spread(&mut self, body: &mut Vec<Block>, back: &mut Vec<Block>) {
        let mut waiting = Vec::new();
        let mut homes = Vec::new();
        for section in self.displays_in(body).chain(self.displays_in(back)) {
            let (floats, others): (Vec<_>, Vec<_>) =
                std::mem::take(&mut section.blocks).into_iter().partition(|block| matches!(block, Block::Figure(_) | Block::Table(_)));
            section.blocks = others;
            homes.extend(floats.iter().map(|_| section.span));
            waiting.extend(floats.into_iter().map(Some));
        }
        settle(body, &mut waiting);
        for blocks in [body, back] {
            for section in self.displays_in(blocks) {
                let own = waiting.iter_mut().zip(&homes).filter(|(_, home)| **home == section.span).filter_map(|(float, _)| float.take());
                section.blocks.splice(0..0, own.collect::<Vec<_>>());
            }
            let emptied: Vec<Section> = self.displays_in(blocks).filter(|section| section.blocks.is_empty()).map(|section| section.clone()).collect();
            emptied.iter().for_each(|section| self.behead(section));
            blocks.retain(|block| !matches!(block, Block::Section(section) if emptied.contains(section)));
        }
    }

    /// The sections of displayed objects among blocks.
    fn displays_in<'b>(&self, blocks: &'b mut [Block]) -> impl Iterator<Item = &'b mut Section> + use<'b> {
        let displays = self.displays.clone();
        blocks.iter_mut().filter_map(move |block| match block {
            Block::Section(section) if displays.contains(&section.span) => Some(section),
            _ => None,
        })
    }

    /// Leaves out the heading of a section that has nothing any more.
    fn behead(&mut self, section: &Section) {
        for no in texts(&section.label).into_iter().chain(texts(&section.title)) {
            self.leaves.retire(no, Reason::Emptied);
        }
        self.anchors.extend(section.id.clone());
    }
}

/// Puts those that these blocks mention after the block that does, and after what belongs to its sentence: a formula, and a paragraph that goes on.
fn settle(blocks: &mut Vec<Block>, waiting: &mut [Option<Block>]) {
    let mut settled = Vec::with_capacity(blocks.len());
    let mut held: Vec<Block> = Vec::new();
    for mut block in std::mem::take(blocks) {
        if !goes_on(&block) {
            settled.append(&mut held);
        }
        if let Block::Section(Section { blocks, .. }) | Block::Foreign(_, blocks) = &mut block {
            settle(blocks, waiting);
            settled.push(block);
            continue;
        }
        let mentioned = mentions(&block);
        settled.push(block);
        for float in waiting.iter_mut() {
            if float.as_ref().is_some_and(|float| ids(float).iter().any(|id| mentioned.contains(id))) {
                held.extend(float.take());
            }
        }
    }
    settled.append(&mut held);
    *blocks = settled;
}

fn goes_on(block: &Block) -> bool {
    matches!(block, Block::Formula(_) | Block::Paragraph(Paragraph { continued: true, .. }))
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
