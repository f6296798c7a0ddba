//! Lists of references that are numbered anew, because the layout asks for it.
//!
//! 1. Each list that stands by itself is counted from 1 through the lists in it.
//! 2. A list keeps its labels where the text shows another number than a reference would get: the text is the master's, and is not changed.
//! 3. A label that changes is omitted, and the new number is text of the program.

use indexmap::IndexMap;

use super::marks::bare;
use super::walk;
use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::leaf::{Leaves, Reason};
use crate::model::block::Block;
use crate::model::inline::{Inline, Xref};
use crate::model::reference::{Reference, ReferenceList};
use crate::model::walk::{VisitMut, texts, walk_block_mut, walk_inline_mut};
use crate::model::{Article, Id, plain};

/// Numbers the lists of an article.
pub(super) fn lists(log: &mut Log, article: &mut Article, leaves: &mut Leaves) {
    let mut look = Look { leaves, shown: IndexMap::new() };
    walk::article(&mut look, article);
    let shown = look.shown;
    let mut giver = Giver { log, leaves, shown };
    walk::text(&mut giver, article);
}

/// What citations of one reference show.
struct Look<'a> {
    leaves: &'a Leaves,
    shown: IndexMap<Id, String>,
}

impl Look<'_> {
    fn xref(&mut self, xref: &Xref) {
        let [rid] = xref.rids.as_slice() else { return };
        let text = plain::title(self.leaves, &xref.body);
        let text = bare(&text);
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            self.shown.entry(rid.clone()).or_insert_with(|| text.to_owned());
        }
    }
}

impl VisitMut for Look<'_> {
    fn inline(&mut self, inline: &mut Inline) {
        if let Inline::Xref(xref) = inline {
            self.xref(xref);
        }
        walk_inline_mut(self, inline);
    }
}

struct Giver<'a> {
    log: &'a mut Log,
    leaves: &'a mut Leaves,
    shown: IndexMap<Id, String>,
}

impl Giver<'_> {
    fn list(&mut self, list: &mut ReferenceList) {
        let mut number = 0;
        if let Some((reference, shown)) = self.contradicted(list, &mut number) {
            self.log.push(
                Diagnostic::new(Code::LabelsKept, format!("the references keep their labels: the text cites one as {shown} that would be {number}"))
                    .at(reference.span)
                    .hint("let the citations be empty, so that they show the new numbers"),
            );
            return;
        }
        self.give(list, &mut 0);
    }

    /// The first reference whose number the text contradicts.
    fn contradicted<'l>(&self, list: &'l ReferenceList, number: &mut usize) -> Option<(&'l Reference, String)> {
        for item in &list.items {
            *number += 1;
            let shown = item.id.as_ref().and_then(|id| self.shown.get(id));
            if let Some(shown) = shown.filter(|shown| shown.parse() != Ok(*number)) {
                return Some((item, shown.clone()));
            }
        }
        list.lists.iter().find_map(|inner| self.contradicted(inner, number))
    }

    fn give(&mut self, list: &mut ReferenceList, number: &mut usize) {
        for item in &mut list.items {
            *number += 1;
            let label = plain::title(self.leaves, &item.label);
            if bare(&label).parse() == Ok(*number) {
                continue;
            }
            for no in texts(&item.label) {
                self.leaves.retire(no, Reason::Formatted);
            }
            item.label = vec![Inline::Generated(format!("{number}."))];
        }
        for inner in &mut list.lists {
            self.give(inner, number);
        }
    }
}

impl VisitMut for Giver<'_> {
    fn block(&mut self, block: &mut Block) {
        if let Block::References(list) = block {
            self.list(list);
        }
        walk_block_mut(self, block);
    }
}
