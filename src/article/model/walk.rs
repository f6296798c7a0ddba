//! Everything inside a block, in reading order: once to look, once to change.
//!
//! A visitor overrides what it cares about and calls the `walk_…` function to go on below.

use super::block::{Block, Definition, Figure, Item, Section, Statement};
use super::inline::{Graphic, Inline, Inlines, Note};
use super::math::{Formula, FormulaPart};
use super::reference::{Reference, ReferenceList};
use super::table::{Cell, TableWrap};
use crate::leaf::LeafNo;

macro_rules! walker {
    ($Trait:ident, $blocks:ident, $block:ident, $inlines:ident, $inline:ident, $note:ident, $list:ident, $reference:ident, $iter:ident, $Seq:ty, $Run:ty $(, $mut:tt)?) => {
        /// A visitor of blocks and inlines, in reading order.
        pub trait $Trait {
            /// A block, before anything in it.
            fn block(&mut self, block: &$($mut)? Block) {
                $block(self, block);
            }
            /// A run of inlines: of a paragraph, a title, a label, a cell.
            fn inlines(&mut self, inlines: $Run) {
                $inlines(self, inlines);
            }
            /// One inline.
            fn inline(&mut self, inline: &$($mut)? Inline) {
                $inline(self, inline);
            }
            /// A note, in the text or in a list.
            fn note(&mut self, note: &$($mut)? Note) {
                $note(self, note);
            }
            /// A reference of a list.
            fn reference(&mut self, reference: &$($mut)? Reference) {
                $reference(self, reference);
            }
            /// A formula, in the line or as a part of one on lines of its own. Nothing is in it but maths.
            fn formula(&mut self, formula: &$($mut)? Formula) {
                let _ = formula;
            }
            /// A picture: of a figure, of a table, of a formula, or in the line.
            fn graphic(&mut self, graphic: &$($mut)? Graphic) {
                let _ = graphic;
            }
        }

        /// Visits blocks one after the other.
        pub fn $blocks<V: $Trait + ?Sized>(visitor: &mut V, blocks: $Seq) {
            for block in blocks.$iter() {
                visitor.block(block);
            }
        }

        /// Visits what is in a block.
        pub fn $block<V: $Trait + ?Sized>(visitor: &mut V, block: &$($mut)? Block) {
            match block {
                Block::Section(Section { label, title, blocks, .. }) | Block::Boxed(Section { label, title, blocks, .. }) => {
                    visitor.inlines(label);
                    visitor.inlines(title);
                    $blocks(visitor, blocks);
                }
                Block::Statement(Statement { label, title, blocks, attribution, .. }) => {
                    visitor.inlines(label);
                    visitor.inlines(title);
                    $blocks(visitor, blocks);
                    visitor.inlines(attribution);
                }
                Block::Paragraph(paragraph) => visitor.inlines(&$($mut)? paragraph.body),
                Block::List(list) => {
                    visitor.inlines(&$($mut)? list.title);
                    for Item { label, blocks, .. } in list.items.$iter() {
                        visitor.inlines(label);
                        $blocks(visitor, blocks);
                    }
                }
                Block::Definitions(list) => {
                    visitor.inlines(&$($mut)? list.title);
                    for Definition { term, blocks, .. } in list.items.$iter() {
                        visitor.inlines(term);
                        $blocks(visitor, blocks);
                    }
                }
                Block::Quote(quote) => {
                    $blocks(visitor, &$($mut)? quote.blocks);
                    visitor.inlines(&$($mut)? quote.attribution);
                }
                Block::Figure(Figure { label, title, caption, graphics, blocks, attribution, .. }) => {
                    for graphic in graphics.$iter() {
                        visitor.graphic(graphic);
                    }
                    $blocks(visitor, blocks);
                    visitor.inlines(label);
                    visitor.inlines(title);
                    $blocks(visitor, caption);
                    visitor.inlines(attribution);
                }
                Block::Table(table) => {
                    let TableWrap { label, title, caption, tables, graphics, foot, .. } = &$($mut)? **table;
                    for graphic in graphics.$iter() {
                        visitor.graphic(graphic);
                    }
                    visitor.inlines(label);
                    visitor.inlines(title);
                    $blocks(visitor, caption);
                    for table in tables.$iter() {
                        for row in table.head.$iter().chain(table.body.$iter()).chain(table.foot.$iter()) {
                            for Cell { blocks, .. } in row.cells.$iter() {
                                $blocks(visitor, blocks);
                            }
                        }
                    }
                    $blocks(visitor, foot);
                }
                Block::Lines(lines) => {
                    visitor.inlines(&$($mut)? lines.title);
                    for line in lines.lines.$iter() {
                        visitor.inlines(line);
                    }
                    visitor.inlines(&$($mut)? lines.attribution);
                }
                Block::Formula(formula) => {
                    for part in formula.parts.$iter() {
                        match part {
                            FormulaPart::Text(text) => visitor.inlines(text),
                            FormulaPart::Math(formula) => visitor.formula(formula),
                            FormulaPart::Image(graphic) => visitor.graphic(graphic),
                        }
                    }
                    visitor.inlines(&$($mut)? formula.label);
                }
                Block::References(list) => $list(visitor, list),
                Block::Notes(list) => {
                    visitor.inlines(&$($mut)? list.title);
                    for note in list.notes.$iter() {
                        visitor.note(note);
                    }
                }
                Block::Foreign(_, blocks) => $blocks(visitor, blocks),
            }
        }

        /// Visits a list of references and the lists in it.
        pub fn $list<V: $Trait + ?Sized>(visitor: &mut V, list: &$($mut)? ReferenceList) {
            visitor.inlines(&$($mut)? list.title);
            $blocks(visitor, &$($mut)? list.blocks);
            for reference in list.items.$iter() {
                visitor.reference(reference);
            }
            for list in list.lists.$iter() {
                $list(visitor, list);
            }
        }

        /// Visits what is in a reference.
        pub fn $reference<V: $Trait + ?Sized>(visitor: &mut V, reference: &$($mut)? Reference) {
            visitor.inlines(&$($mut)? reference.label);
            for citation in reference.citations.$iter() {
                visitor.inlines(citation);
            }
        }

        /// Visits inlines one after the other.
        pub fn $inlines<V: $Trait + ?Sized>(visitor: &mut V, inlines: $Run) {
            for inline in inlines.$iter() {
                visitor.inline(inline);
            }
        }

        /// Visits what is in an inline.
        pub fn $inline<V: $Trait + ?Sized>(visitor: &mut V, inline: &$($mut)? Inline) {
            match inline {
                Inline::Text(_) | Inline::Generated(_) | Inline::Break | Inline::Place(_) => {}
                Inline::Image(graphic) => visitor.graphic(graphic),
                Inline::Formula(formula) => visitor.formula(formula),
                Inline::Styled(_, body) | Inline::Foreign(_, body) => visitor.inlines(body),
                Inline::Ruby(base, above) => {
                    visitor.inlines(base);
                    visitor.inlines(above);
                }
                Inline::Link(link) => visitor.inlines(&$($mut)? link.body),
                Inline::Xref(xref) => visitor.inlines(&$($mut)? xref.body),
                Inline::Note(note) => visitor.note(note),
            }
        }

        /// Visits what is in a note: its mark, its label, its text.
        pub fn $note<V: $Trait + ?Sized>(visitor: &mut V, note: &$($mut)? Note) {
            visitor.inlines(&$($mut)? note.mark);
            visitor.inlines(&$($mut)? note.label);
            $blocks(visitor, &$($mut)? note.body);
        }
    };
}

walker!(Visit, walk_blocks, walk_block, walk_inlines, walk_inline, walk_note, walk_list, walk_reference, iter, &[Block], &[Inline]);
walker!(
    VisitMut,
    walk_blocks_mut,
    walk_block_mut,
    walk_inlines_mut,
    walk_inline_mut,
    walk_note_mut,
    walk_list_mut,
    walk_reference_mut,
    iter_mut,
    &mut [Block],
    &mut Inlines,
    mut
);

/// The pieces of text of a run, those of its notes too.
#[must_use]
pub fn texts(run: &[Inline]) -> Vec<LeafNo> {
    struct Texts(Vec<LeafNo>);
    impl Visit for Texts {
        fn inline(&mut self, inline: &Inline) {
            if let Inline::Text(no) = inline {
                self.0.push(*no);
            }
            walk_inline(self, inline);
        }
    }
    let mut found = Texts(Vec::new());
    run.iter().for_each(|inline| found.inline(inline));
    found.0
}
