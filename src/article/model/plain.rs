//! Inlines as plain text, for labels, metadata and questions about them.

use super::block::Block;
use super::inline::{Inline, XrefKind};
use super::walk::{Visit, walk_block, walk_inlines};
use crate::leaf::Leaves;

/// All that a run shows, but for the text of notes and for pictures. A forced line end is a blank.
#[must_use]
pub fn text(leaves: &Leaves, inlines: &[Inline]) -> String {
    let mut text = String::new();
    write(leaves, inlines, Marks::Kept, &mut text);
    text
}

/// The same without marks of notes and affiliations and with blanks folded: what a title says where it stands alone.
#[must_use]
pub fn title(leaves: &Leaves, inlines: &[Inline]) -> String {
    let mut text = String::new();
    write(leaves, inlines, Marks::Dropped, &mut text);
    fold(&text)
}

/// Blocks as lines of plain text: one for each title, paragraph, label or line of them, without marks of notes.
#[must_use]
pub fn lines(leaves: &Leaves, blocks: &[Block]) -> Vec<String> {
    let mut gatherer = Gatherer { leaves, lines: Vec::new() };
    for block in blocks {
        gatherer.block(block);
    }
    gatherer.lines
}

/// Runs of white space as one blank, none at the ends.
fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Marks {
    Kept,
    Dropped,
}

fn write(leaves: &Leaves, inlines: &[Inline], marks: Marks, into: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(leaf) => into.push_str(leaves.text(*leaf)),
            Inline::Generated(text) => into.push_str(text),
            Inline::Styled(_, body) | Inline::Foreign(_, body) => write(leaves, body, marks, into),
            Inline::Link(link) => write(leaves, &link.body, marks, into),
            Inline::Xref(xref) => match xref.kind {
                XrefKind::Citation | XrefKind::Other => write(leaves, &xref.body, marks, into),
                XrefKind::Affiliation | XrefKind::Correspondence | XrefKind::Note | XrefKind::TableNote => {
                    if marks == Marks::Kept {
                        write(leaves, &xref.body, marks, into);
                    }
                }
            },
            Inline::Note(_) | Inline::Image(_) => {}
            Inline::Break => into.push(' '),
        }
    }
}

struct Gatherer<'a> {
    leaves: &'a Leaves,
    lines: Vec<String>,
}

impl Visit for Gatherer<'_> {
    fn block(&mut self, block: &Block) {
        walk_block(self, block);
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        let line = title(self.leaves, inlines);
        if line.is_empty() {
            walk_inlines(self, inlines);
        } else {
            self.lines.push(line);
        }
    }

    fn inline(&mut self, _: &Inline) {}
}
