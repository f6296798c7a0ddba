//! What a thing is called where an empty reference points at it.

use indexmap::IndexMap;

use super::format::Cited;
use super::marks::{bare, mark_of_body};
use super::walk;
use crate::leaf::Leaves;
use crate::model::block::Block;
use crate::model::inline::{Inlines, Note, Xref, XrefKind};
use crate::model::reference::{Reference, ReferenceList};
use crate::model::walk::{VisitMut, walk_block_mut, walk_note_mut, walk_reference_mut};
use crate::model::{Article, Id, plain};

/// Names by id.
#[derive(Default)]
pub(super) struct Names {
    names: IndexMap<Id, String>,
}

impl Names {
    /// The names of everything in an article that has one.
    pub(super) fn of(article: &mut Article, leaves: &Leaves) -> Self {
        let mut namer = Namer { leaves, names: Self::default() };
        walk::article(&mut namer, article);
        for affiliation in walk::fronts(article).into_iter().flat_map(|(_, front)| &front.affiliations) {
            let label = affiliation.forms.first().map(|form| plain::title(leaves, &form.label)).unwrap_or_default();
            namer.name(affiliation.id.as_ref(), label);
        }
        namer.names
    }

    /// The text of an empty citation: author and year where the style cites by them, else the numbers, three and more in a row as a range.
    /// Where a reference has neither, its id says at least which is meant.
    pub(super) fn citation(&self, rids: &[Id], cited: Option<&Cited>, bare: bool) -> String {
        let short = |rid: &Id| cited.and_then(|cited| cited.shorts.get(rid)).map(String::as_str);
        let by_author = rids.iter().any(|rid| short(rid).is_some());
        let text = |rid: &Id| short(rid).or_else(|| self.names.get(rid).map(String::as_str)).unwrap_or(rid.as_str()).to_owned();
        let texts: Vec<String> = rids.iter().map(text).collect();
        let Some(cited) = cited else {
            // A number by itself would be read as one of the text.
            let numbers = texts.iter().all(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
            return if numbers && !bare { format!("[{}]", collapsed(&texts)) } else { collapsed(&texts) };
        };
        let [before, after, between] = &cited.brackets;
        let body = if by_author { texts.join(between) } else { collapsed(&texts) };
        if bare { body } else { format!("{before}{body}{after}") }
    }

    /// The text of an empty reference: the names of its targets. Where none has one, the id says at least which is meant; a mark
    /// that would say nothing to a reader is left out.
    pub(super) fn text(&self, xref: &Xref) -> Option<String> {
        let names: Vec<&str> = xref.rids.iter().filter_map(|rid| self.names.get(rid)).map(String::as_str).collect();
        if !names.is_empty() {
            return Some(names.join(", "));
        }
        match xref.kind {
            XrefKind::Citation => Some(self.citation(&xref.rids, None, true)),
            XrefKind::Other => xref.rids.first().map(|rid| rid.as_str().to_owned()),
            XrefKind::Affiliation | XrefKind::Correspondence | XrefKind::Note | XrefKind::TableNote => None,
        }
    }
}

/// Numbers with commas between them, three and more that follow each other as a range. What is no number stands as it is.
fn collapsed(labels: &[String]) -> String {
    let numbers: Vec<Option<usize>> = labels.iter().map(|label| label.parse().ok()).collect();
    let mut parts = Vec::new();
    let mut at = 0;
    while at < labels.len() {
        let follows = |next: usize| numbers[at].zip(numbers.get(next).copied().flatten()).is_some_and(|(first, number)| number == first + next - at);
        let row = (at + 1..labels.len()).take_while(|next| follows(*next)).count();
        if row >= 2 {
            parts.push(format!("{}–{}", labels[at], labels[at + row]));
            at += row + 1;
        } else {
            parts.push(labels[at].clone());
            at += 1;
        }
    }
    parts.join(", ")
}

struct Namer<'a> {
    leaves: &'a Leaves,
    names: Names,
}

impl Namer<'_> {
    fn name(&mut self, id: Option<&Id>, name: String) {
        if let Some(id) = id
            && !name.is_empty()
        {
            self.names.names.insert(id.clone(), name);
        }
    }

    fn headed(&mut self, id: Option<&Id>, label: &Inlines, title: &Inlines) {
        let label = plain::title(self.leaves, label);
        let name = if label.is_empty() { plain::title(self.leaves, title) } else { label };
        self.name(id, name.trim_end_matches(['.', ':']).to_owned());
    }

    fn list(&mut self, list: &ReferenceList) {
        self.headed(list.id.as_ref(), &Vec::new(), &list.title);
        for inner in &list.lists {
            self.list(inner);
        }
    }
}

impl VisitMut for Namer<'_> {
    fn block(&mut self, block: &mut Block) {
        match block {
            Block::Section(section) | Block::Boxed(section) => self.headed(section.id.as_ref(), &section.label, &section.title),
            Block::Statement(statement) => self.headed(statement.id.as_ref(), &statement.label, &statement.title),
            Block::List(list) => {
                self.headed(list.id.as_ref(), &Vec::new(), &list.title);
                for (number, item) in (list.start..).zip(&list.items) {
                    let label = plain::title(self.leaves, &item.label);
                    let name = if label.is_empty() { list.kind.ordinal(number).unwrap_or_default() } else { label };
                    self.name(item.id.as_ref(), name.trim_end_matches(['.', ':']).to_owned());
                }
            }
            Block::Definitions(list) => self.headed(list.id.as_ref(), &Vec::new(), &list.title),
            Block::Figure(figure) => self.headed(figure.id.as_ref(), &figure.label, &figure.title),
            Block::Table(wrap) => self.headed(wrap.id.as_ref(), &wrap.label, &wrap.title),
            Block::Formula(formula) => self.headed(formula.id.as_ref(), &formula.label, &Vec::new()),
            Block::Lines(lines) => self.headed(lines.id.as_ref(), &Vec::new(), &lines.title),
            Block::References(list) => self.list(list),
            Block::Notes(list) => self.headed(list.id.as_ref(), &Vec::new(), &list.title),
            Block::Paragraph(_) | Block::Quote(_) | Block::Foreign(..) => {}
        }
        walk_block_mut(self, block);
    }

    fn note(&mut self, note: &mut Note) {
        let label = plain::title(self.leaves, &note.label);
        let name = if label.is_empty() { mark_of_body(self.leaves, &note.body).unwrap_or_default() } else { bare(&label).to_owned() };
        self.name(note.id.as_ref(), name);
        walk_note_mut(self, note);
    }

    fn reference(&mut self, reference: &mut Reference) {
        let label = plain::title(self.leaves, &reference.label);
        self.name(reference.id.as_ref(), bare(&label).to_owned());
        walk_reference_mut(self, reference);
    }
}
