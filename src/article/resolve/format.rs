//! Citations that are only tagged, set in the citation style.
//!
//! 1. Nothing is unpacked for an article that has none.
//! 2. Where the style cites by author and year, citations that would look alike in the text are set together, so that their years get letters.
//! 3. Each of the others is set by itself, and its line put into its reference.

use indexmap::IndexMap;

use super::walk;
use crate::cite::{Citer, Citing, Form, Set, Work, plain_line};
use crate::leaf::Leaves;
use crate::model::citation::Citation;
use crate::model::inline::{Inline, Inlines};
use crate::model::reference::Reference;
use crate::model::walk::{VisitMut, walk_reference_mut};
use crate::model::{Article, Id};

/// The most citations that are told apart by a letter: the alphabet twice over.
const MOST_ALIKE: usize = 52;

/// How the text cites.
pub(super) struct Cited {
    /// By number or by author and year.
    pub(super) form: Form,
    /// What stands around a citation, and between two.
    pub(super) brackets: [String; 3],
    /// How each reference is cited by author and year.
    pub(super) shorts: IndexMap<Id, String>,
}

/// Sets every citation that is only tagged. `None` where the article has none.
pub(super) fn set(article: &mut Article, leaves: &mut Leaves, citing: &Citing) -> Option<Cited> {
    let mut asker = Asker(false);
    walk::text(&mut asker, article);
    if !asker.0 {
        return None;
    }
    let citer = Citer::new(&citing.style, &article.lang);
    let mut cited = Cited { form: Form::Number, brackets: Default::default(), shorts: IndexMap::new() };
    let mut alike = IndexMap::new();
    let mut citer = citer;
    if let Some(citer) = &mut citer {
        cited.form = citer.form();
        cited.brackets = citer.brackets();
        if cited.form == Form::AuthorDate {
            alike = told_apart(article, leaves, citer);
        }
    }
    let mut setter = Setter { leaves, citer, alike, shorts: &mut cited.shorts, at: 0 };
    walk::text(&mut setter, article);
    leaves.sort_omissions();
    Some(cited)
}

/// Whether anything is only tagged.
struct Asker(bool);

impl VisitMut for Asker {
    fn reference(&mut self, reference: &mut Reference) {
        self.0 |= !reference.tagged.is_empty();
    }
}

/// What is set together with others, by its place among all tagged citations.
fn told_apart(article: &mut Article, leaves: &Leaves, citer: &mut Citer) -> IndexMap<usize, Set> {
    let mut lister = Lister { leaves, citer, groups: IndexMap::new(), at: 0 };
    walk::text(&mut lister, article);
    let groups: Vec<Vec<(usize, Work)>> = lister.groups.into_values().filter(|group| (2..=MOST_ALIKE).contains(&group.len())).collect();
    let mut sets = IndexMap::new();
    for group in groups {
        let works: Vec<&Work> = group.iter().map(|(_, work)| work).collect();
        sets.extend(group.iter().map(|(at, _)| *at).zip(citer.set(&works)));
    }
    sets
}

/// Lists citations by how the text would cite them.
struct Lister<'a> {
    leaves: &'a Leaves,
    citer: &'a mut Citer,
    groups: IndexMap<String, Vec<(usize, Work)>>,
    at: usize,
}

impl VisitMut for Lister<'_> {
    fn reference(&mut self, reference: &mut Reference) {
        for (_, citation) in &reference.tagged {
            if let Some(work) = self.citer.work(self.leaves, &self.at.to_string(), citation)
                && let Some(set) = self.citer.set(&[&work]).pop()
            {
                self.groups.entry(set.short).or_default().push((self.at, work));
            }
            self.at += 1;
        }
    }
}

/// Puts the lines into the references.
struct Setter<'a> {
    leaves: &'a mut Leaves,
    citer: Option<Citer>,
    alike: IndexMap<usize, Set>,
    shorts: &'a mut IndexMap<Id, String>,
    at: usize,
}

impl Setter<'_> {
    fn line(&mut self, id: Option<&Id>, citation: &Citation) -> Inlines {
        let at = self.at;
        self.at += 1;
        let Some(citer) = &mut self.citer else { return plain_line(citation) };
        let set = match self.alike.swap_remove(&at) {
            Some(set) => Some(set),
            None => citer.work(self.leaves, &at.to_string(), citation).and_then(|work| citer.set(&[&work]).pop()),
        };
        let Some(set) = set else { return plain_line(citation) };
        if let Some(id) = id.filter(|_| citer.form() == Form::AuthorDate && !set.short.is_empty()) {
            self.shorts.entry(id.clone()).or_insert_with(|| set.short.clone());
        }
        citer.line(self.leaves, citation, &set)
    }
}

impl VisitMut for Setter<'_> {
    fn reference(&mut self, reference: &mut Reference) {
        for (place, citation) in &reference.tagged {
            let mut line = citation.label.clone();
            if !line.is_empty() {
                line.push(Inline::Generated(" ".to_owned()));
            }
            line.extend(self.line(reference.id.as_ref(), citation));
            if let Some(lang) = citation.lang.as_ref().filter(|lang| Some(*lang) != reference.lang.as_ref()) {
                line = vec![Inline::Foreign(lang.clone(), line)];
            }
            if let Some(run) = reference.citations.get_mut(*place) {
                *run = line;
            }
        }
        walk_reference_mut(self, reference);
    }
}
