//! Notes of figures and tables, below them.
//!
//! 1. A note of a list at the end to which marks in one figure or table alone lead belongs to that figure or table ([`Owners`]).
//! 2. It goes below it, behind the notes that stand there already ([`give`]).

use indexmap::{IndexMap, IndexSet};

use super::walk;
use crate::model::block::{Block, NoteList};
use crate::model::inline::{Inline, Note};
use crate::model::walk::{VisitMut, walk_block_mut, walk_inline_mut};
use crate::model::{Article, Id};
use crate::source::Span;

/// What stands below a figure or in the foot of a table, and where either stands in the master, by which it is known.
fn below(block: &mut Block) -> Option<(&mut Vec<Block>, Span)> {
    match block {
        Block::Figure(figure) => Some((&mut figure.blocks, figure.span)),
        Block::Table(wrap) => Some((&mut wrap.foot, wrap.span)),
        Block::Section(_)
        | Block::Paragraph(_)
        | Block::List(_)
        | Block::Definitions(_)
        | Block::Quote(_)
        | Block::Statement(_)
        | Block::Boxed(_)
        | Block::Lines(_)
        | Block::Formula(_)
        | Block::References(_)
        | Block::Notes(_)
        | Block::Foreign(..) => None,
    }
}

/// In which figure or table the marks of each of the wanted notes stand: `None` where they stand in several, or elsewhere too.
pub(super) struct Owners<'a> {
    wanted: &'a IndexSet<Id>,
    inside: Option<Span>,
    found: IndexMap<Id, Option<Span>>,
}

impl<'a> Owners<'a> {
    /// The notes that belong to a figure or table, in the order of their marks.
    pub(super) fn of(article: &mut Article, wanted: &'a IndexSet<Id>) -> IndexMap<Id, Span> {
        let mut owners = Self { wanted, inside: None, found: IndexMap::new() };
        walk::article(&mut owners, article);
        owners.found.into_iter().filter_map(|(id, owner)| Some((id, owner?))).collect()
    }
}

impl VisitMut for Owners<'_> {
    fn block(&mut self, block: &mut Block) {
        let outer = self.inside;
        self.inside = outer.or_else(|| below(block).map(|(_, span)| span));
        walk_block_mut(self, block);
        self.inside = outer;
    }

    fn inline(&mut self, inline: &mut Inline) {
        if let Inline::Xref(xref) = inline {
            for rid in xref.rids.iter().filter(|rid| self.wanted.contains(*rid)) {
                let here = self.inside.filter(|_| xref.rids.len() == 1);
                let owner = self.found.entry(rid.clone()).or_insert(here);
                if *owner != here {
                    *owner = None;
                }
            }
        }
        walk_inline_mut(self, inline);
    }
}

/// Puts notes below the figures and tables that they belong to.
pub(super) fn give(article: &mut Article, owners: &IndexMap<Id, Span>, notes: &mut IndexMap<Id, Note>) {
    if !owners.is_empty() {
        walk::text(&mut Giver { owners, notes }, article);
    }
}

struct Giver<'a> {
    owners: &'a IndexMap<Id, Span>,
    notes: &'a mut IndexMap<Id, Note>,
}

impl VisitMut for Giver<'_> {
    fn block(&mut self, block: &mut Block) {
        if let Some((blocks, span)) = below(block) {
            let own: Vec<Note> = self.owners.iter().filter(|(_, owner)| **owner == span).filter_map(|(id, _)| self.notes.shift_remove(id)).collect();
            if !own.is_empty() {
                add(blocks, own, span);
            }
        }
        walk_block_mut(self, block);
    }
}

fn add(blocks: &mut Vec<Block>, own: Vec<Note>, span: Span) {
    match blocks.last_mut() {
        Some(Block::Notes(list)) if list.title.is_empty() => list.notes.extend(own),
        Some(_) | None => blocks.push(Block::Notes(NoteList { id: None, title: Vec::new(), notes: own, span })),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::resolved;

    const MARK: &str = "<xref ref-type='fn' rid='n1'>*</xref>";
    const LIST: &str = "<fn-group><fn id='n1'><label>*</label><p>said</p></fn></fn-group>";

    fn table(id: &str, cell: &str) -> String {
        format!("<table-wrap id='{id}'><table><tbody><tr><td>cell{cell}</td></tr></tbody></table></table-wrap>")
    }

    #[test]
    fn a_note_of_a_table_alone_stands_below_it() {
        let resolved = resolved("", &format!("{}<p>behind</p>", table("t", MARK)), LIST);
        resolved.says(&[]);
        resolved.shows("foot\nnotes\nnote #n1\nlabel \"*\"\nparagraph \"said\"\nparagraph \"behind\"");
    }

    #[test]
    fn a_note_of_a_caption_alone_stands_in_its_figure() {
        let figure = format!("<fig id='f'><caption><p>seen{MARK}</p></caption><graphic xlink:href='x' xmlns:xlink='http://www.w3.org/1999/xlink'/></fig>");
        let resolved = resolved("", &format!("{figure}<p>behind</p>"), LIST);
        resolved.shows("graphic \"x\"\nnotes\nnote #n1\nlabel \"*\"\nparagraph \"said\"");
    }

    #[test]
    fn a_note_of_two_tables_stays_in_its_list() {
        let resolved = resolved("", &format!("{}{}<p>behind</p>", table("t", MARK), table("u", MARK)), LIST);
        resolved.shows("paragraph \"behind\"");
        resolved.lacks("paragraph \"said\"\nparagraph \"behind\"");
    }
}
