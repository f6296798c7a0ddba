//! What can be pointed at.
//!
//! 1. Every id of the article is claimed in reading order, with what it means.
//! 2. A second claim to the same id is reported, and the element loses it.
//! 3. An affiliation in several forms has one id; the others are aliases of it.

use indexmap::IndexMap;

use super::walk;
use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::edition::Target;
use crate::model::block::Block;
use crate::model::front::{Affiliation, Front};
use crate::model::inline::{Inline, Note};
use crate::model::math::FormulaPart;
use crate::model::part::Part;
use crate::model::reference::{Reference, ReferenceList};
use crate::model::walk::{VisitMut, walk_block_mut, walk_inline_mut, walk_note_mut, walk_reference_mut};
use crate::model::{Article, Id};
use crate::source::Span;

/// The ids of an article.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// What each id means, in reading order.
    pub index: IndexMap<Id, Target>,
    /// Ids that mean an affiliation which has another id.
    pub aliases: IndexMap<Id, Id>,
}

impl Ids {
    /// An id of the program's own: the stem with the first free number after `last`, which is counted up.
    pub(super) fn fresh(&mut self, stem: &str, last: &mut usize, target: Target) -> Id {
        loop {
            *last += 1;
            let id = Id(format!("{stem}-{last}"));
            if !self.index.contains_key(&id) && !self.aliases.contains_key(&id) {
                self.index.insert(id.clone(), target);
                return id;
            }
        }
    }
}

/// Lists the ids of the article and takes away those that are there twice.
pub(super) fn index(log: &mut Log, article: &mut Article) -> Ids {
    let mut indexer = Indexer { log, ids: Ids::default(), places: IndexMap::new() };
    indexer.people(&mut article.front);
    walk::own(&mut indexer, &mut article.front, &mut article.body, &mut article.back);
    for part in &mut article.parts {
        indexer.part(part);
    }
    indexer.ids
}

struct Indexer<'a> {
    log: &'a mut Log,
    ids: Ids,
    places: IndexMap<Id, Span>,
}

impl Indexer<'_> {
    fn part(&mut self, part: &mut Part) {
        self.claim(&mut part.id, Target::Section, part.span);
        self.people(&mut part.front);
        walk::own(self, &mut part.front, &mut part.body, &mut part.back);
        for inner in &mut part.parts {
            self.part(inner);
        }
    }

    /// What the walk over inlines does not come to: people, affiliations, abstracts.
    fn people(&mut self, front: &mut Front) {
        for contributor in &mut front.contributors {
            self.claim(&mut contributor.id, Target::Author, contributor.span);
        }
        for affiliation in &mut front.affiliations {
            self.affiliation(affiliation);
        }
        for part in &mut front.abstracts {
            let span = part.said.span;
            self.claim(&mut part.said.id, Target::Section, span);
        }
    }

    fn claim(&mut self, id: &mut Option<Id>, target: Target, span: Span) {
        let Some(claimed) = id.take_if(|id| !id.as_str().is_empty() && !self.is_taken(id, span)) else {
            *id = None;
            return;
        };
        self.places.insert(claimed.clone(), span);
        self.ids.index.insert(claimed.clone(), target);
        *id = Some(claimed);
    }

    /// Whether an id has been claimed before, which is reported.
    fn is_taken(&mut self, id: &Id, span: Span) -> bool {
        let Some(first) = self.places.get(id) else { return false };
        self.log.push(
            Diagnostic::new(Code::DuplicateId, format!("the id `{}` is given twice", id.as_str()))
                .at(span)
                .label("loses it")
                .also(*first, "has it")
                .hint("give one of them another id"),
        );
        true
    }

    /// The first id that an affiliation or one of its forms has is that of them all.
    fn affiliation(&mut self, affiliation: &mut Affiliation) {
        self.claim(&mut affiliation.id, Target::Affiliation, affiliation.span);
        for form in &mut affiliation.forms {
            match &affiliation.id {
                None => {
                    self.claim(&mut form.id, Target::Affiliation, affiliation.span);
                    affiliation.id = form.id.take();
                }
                Some(canonical) => {
                    let Some(alias) = form.id.take().filter(|alias| alias != canonical) else { continue };
                    if !alias.as_str().is_empty() && !self.is_taken(&alias, affiliation.span) {
                        self.places.insert(alias.clone(), affiliation.span);
                        self.ids.aliases.insert(alias, canonical.clone());
                    }
                }
            }
        }
    }

    fn list(&mut self, list: &mut ReferenceList) {
        self.claim(&mut list.id, Target::Section, list.span);
        for inner in &mut list.lists {
            self.list(inner);
        }
    }
}

impl VisitMut for Indexer<'_> {
    fn block(&mut self, block: &mut Block) {
        match block {
            Block::Section(section) | Block::Boxed(section) => self.claim(&mut section.id, Target::Section, section.span),
            Block::Statement(statement) => self.claim(&mut statement.id, Target::Block, statement.span),
            Block::Paragraph(paragraph) => self.claim(&mut paragraph.id, Target::Block, paragraph.span),
            Block::List(list) => {
                self.claim(&mut list.id, Target::Block, list.span);
                for item in &mut list.items {
                    self.claim(&mut item.id, Target::Block, list.span);
                }
            }
            Block::Definitions(list) => {
                self.claim(&mut list.id, Target::Block, list.span);
                for item in &mut list.items {
                    self.claim(&mut item.id, Target::Block, list.span);
                }
            }
            Block::Quote(quote) => self.claim(&mut quote.id, Target::Block, quote.span),
            Block::Figure(figure) => {
                self.claim(&mut figure.id, Target::Figure, figure.span);
                for graphic in &mut figure.graphics {
                    self.claim(&mut graphic.id, Target::Figure, graphic.span);
                }
            }
            Block::Table(wrap) => {
                self.claim(&mut wrap.id, Target::Table, wrap.span);
                for graphic in &mut wrap.graphics {
                    self.claim(&mut graphic.id, Target::Table, graphic.span);
                }
                for table in &mut wrap.tables {
                    for cell in table.head.iter_mut().chain(&mut table.body).chain(&mut table.foot).flat_map(|row| &mut row.cells) {
                        self.claim(&mut cell.id, Target::Block, table.span);
                    }
                }
            }
            Block::Lines(lines) => self.claim(&mut lines.id, Target::Block, lines.span),
            Block::Formula(formula) => {
                self.claim(&mut formula.id, Target::Block, formula.span);
                for part in &mut formula.parts {
                    match part {
                        FormulaPart::Math(formula) => self.claim(&mut formula.id, Target::Block, formula.span),
                        FormulaPart::Image(graphic) => self.claim(&mut graphic.id, Target::Block, graphic.span),
                        FormulaPart::Text(_) => {}
                    }
                }
            }
            Block::References(list) => self.list(list),
            Block::Notes(list) => self.claim(&mut list.id, Target::Section, list.span),
            Block::Foreign(..) => {}
        }
        walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        match inline {
            Inline::Xref(xref) => self.claim(&mut xref.id, Target::Citation, xref.span),
            Inline::Image(graphic) => self.claim(&mut graphic.id, Target::Block, graphic.span),
            Inline::Formula(formula) => self.claim(&mut formula.id, Target::Block, formula.span),
            Inline::Place(place) => self.claim(&mut place.id, Target::Block, place.span),
            Inline::Text(_)
            | Inline::Generated(_)
            | Inline::Styled(..)
            | Inline::Ruby(..)
            | Inline::Foreign(..)
            | Inline::Link(_)
            | Inline::Note(_)
            | Inline::Break => {}
        }
        walk_inline_mut(self, inline);
    }

    fn note(&mut self, note: &mut Note) {
        self.claim(&mut note.id, Target::Note, note.span);
        walk_note_mut(self, note);
    }

    fn reference(&mut self, reference: &mut Reference) {
        self.claim(&mut reference.id, Target::Reference, reference.span);
        walk_reference_mut(self, reference);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::resolved;
    use crate::edition::Target;
    use crate::model::Id;

    #[test]
    fn the_first_of_two_keeps_the_id() {
        let resolved = resolved("", "<p id='a'>one</p><sec id='a'><title>two</title><p id='b'>three</p></sec>", "");
        resolved.says(&["duplicate-id: the id `a` is given twice"]);
        resolved.shows("paragraph #a \"one\"\nsection\ntitle \"two\"");
        assert_eq!(resolved.edition.target(&Id("a".into())), Some(Target::Block));
    }

    #[test]
    fn ids_are_listed_in_the_order_of_the_article() {
        let resolved = resolved(
            "<contrib-group><contrib id='au'><name><surname>A</surname></name></contrib></contrib-group><aff id='af'>B</aff>",
            "<fig id='f'><caption><p id='fp'>c</p></caption><graphic xlink:href='x' xmlns:xlink='http://www.w3.org/1999/xlink'/></fig><p>x<fn id='n'><p>y</p></fn></p>",
            "<ref-list id='rl'><ref id='r'><mixed-citation>z</mixed-citation></ref></ref-list>",
        );
        let ids: Vec<_> = resolved.edition.targets().map(|(id, target)| (id.as_str(), target)).collect();
        assert_eq!(
            ids,
            [
                ("au", Target::Author),
                ("af", Target::Affiliation),
                ("f", Target::Figure),
                ("fp", Target::Block),
                ("n", Target::Note),
                ("rl", Target::Section),
                ("r", Target::Reference),
            ]
        );
    }

    #[test]
    fn an_affiliation_has_one_id_and_its_forms_are_found_by_theirs() {
        let resolved = resolved(
            "<contrib-group><contrib><name><surname>A</surname></name><xref ref-type='aff' rid='en1'><sup>1</sup></xref></contrib></contrib-group>\
             <aff-alternatives id='a1'><aff id='en1' xml:lang='en'>University</aff></aff-alternatives>",
            "<p>x</p>",
            "",
        );
        resolved.says(&[]);
        resolved.shows("mark -> a1 \"1\"");
        resolved.shows("affiliation #a1\nlabel +\"1\"\nbody \"University\"");
    }
}
