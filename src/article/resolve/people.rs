//! Who wrote the article, in each language of its front matter.
//!
//! 1. Each form of an affiliation goes to the front matter of its language; what has none is set in the main one, and so is
//!    every affiliation that has no form in the main language.
//! 2. An affiliation is called what its label says, else what the marks at the authors show, else its number.
//! 3. Notes about the authors that have no label get a sign.
//! 4. Authors stand in the main front matter, and in another where the master has their names in that language.
//! 5. Whoever is no author stands in a group with the others of one task, and so do the members of a group of authors.
//! 6. Marks are the master's; an empty reference shows what its target is called.

use indexmap::{IndexMap, IndexSet};

use super::front::{Slots, foreign};
use super::groups::{Groups, with_role};
use super::marks::{bare, leading_mark, lowered, mark_of_body};
use super::running::initials;
use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::edition::{AffiliationLine, Author, Contributions, FrontMatter, Mark};
use crate::lang::Lang;
use crate::lang::label::Label;
use crate::leaf::Leaves;
use crate::model::block::Block;
use crate::model::front::{Affiliation, AffiliationForm, BEHALF, Contributor, In, Name, Task};
use crate::model::inline::{Inline, Inlines, Note, XrefKind};
use crate::model::{Id, plain};

/// Signs for notes that have no mark of their own, in the order in which they are used. Source: The Chicago Manual of Style, 14.20.
const SIGNS: [&str; 6] = ["*", "†", "‡", "§", "‖", "¶"];

/// Which of a contributor's names is that of the main text: the first without a language or in the main one, else the first.
pub(super) fn main_name(names: &[Name], main: &Lang) -> Option<usize> {
    let own = names.iter().position(|name| name.lang.as_ref().is_none_or(|lang| lang.same_language(main)));
    own.or(if names.is_empty() { None } else { Some(0) })
}

/// Sets contributors, affiliations and notes about them into the front matters.
pub(super) fn set(
    log: &mut Log,
    slots: &Slots<'_>,
    fronts: &mut [FrontMatter],
    contributors: Vec<Contributor>,
    mut affiliations: Vec<Affiliation>,
    mut notes: Vec<Note>,
    leaves: &Leaves,
) {
    by_first_mention(&contributors, &mut affiliations, leaves);
    report(log, &contributors, &affiliations, leaves);
    let called = call_affiliations(&contributors, &affiliations, leaves);
    let shown = set_affiliations(slots, fronts, affiliations, &called, leaves);
    let signs = sign_notes(&contributors, &mut notes, leaves);
    // Where nobody is an author, as in a report of a referee, whoever is named stands where authors do.
    let has_authors = contributors.iter().any(|contributor| contributor.task() == Task::Author && !contributor.is_member());
    let mut setter = Setter { slots, shown, called, signs, leaves, has_authors, groups: Groups::new(fronts.len()) };
    for contributor in contributors {
        setter.author(fronts, contributor);
    }
    setter.groups.name(fronts, slots.words);
    if let Some(main) = fronts.first_mut() {
        main.notes = notes;
    }
}

/// The affiliations of a contributor: those that it points at, then those that stand inside it.
fn affiliations_of(contributor: &Contributor) -> IndexSet<&Id> {
    let pointed = contributor.xrefs.iter().filter(|xref| xref.kind == XrefKind::Affiliation || xref.kind == XrefKind::Other).flat_map(|xref| &xref.rids);
    pointed.chain(&contributor.affiliations).collect()
}

/// Affiliations that nothing numbers stand in the order in which authors mention them, those that nobody has at the end.
fn by_first_mention(contributors: &[Contributor], affiliations: &mut [Affiliation], leaves: &Leaves) {
    let shown = shown_at(contributors, leaves);
    let is_called = |affiliation: &Affiliation| {
        let has_label = affiliation.forms.iter().any(|form| !form.label.is_empty() || leading_mark(leaves, &form.body).is_some());
        has_label || affiliation.id.as_ref().and_then(|id| shown.get(id)).is_some_and(|text| !text.is_empty())
    };
    if affiliations.iter().any(is_called) {
        // Those of the members of a group, which have no numbers, come after those of the authors, which have.
        affiliations.sort_by_key(|affiliation| !is_called(affiliation));
        return;
    }
    let order: IndexSet<&Id> = contributors.iter().flat_map(affiliations_of).collect();
    affiliations.sort_by_key(|affiliation| affiliation.id.as_ref().and_then(|id| order.get_index_of(id)).unwrap_or(usize::MAX));
}

/// Reports authors without an affiliation where others have one, and affiliations that nobody has.
fn report(log: &mut Log, contributors: &[Contributor], affiliations: &[Affiliation], leaves: &Leaves) {
    let known: IndexSet<&Id> = affiliations.iter().filter_map(|affiliation| affiliation.id.as_ref()).collect();
    let has = |contributor: &Contributor| affiliations_of(contributor).iter().any(|id| known.contains(*id));
    if !contributors.iter().any(has) {
        return;
    }
    for contributor in contributors {
        let collective = contributor.names.iter().any(|name| name.collective) || contributor.names.is_empty();
        if contributor.kind == "author" && !collective && !has(contributor) {
            let name =
                contributor.names.first().map(|name| plain::title(leaves, if name.whole.is_empty() { &name.surname } else { &name.whole })).unwrap_or_default();
            log.push(
                Diagnostic::new(Code::AuthorWithoutAffiliation, format!("`{name}` has no affiliation, though others have"))
                    .at(contributor.span)
                    .hint("add `<xref ref-type=\"aff\" rid=\"…\"/>`, or an `aff` inside the `contrib`"),
            );
        }
    }
    let all: IndexSet<&Id> = contributors.iter().flat_map(affiliations_of).collect();
    for affiliation in affiliations {
        if affiliation.id.as_ref().is_none_or(|id| !all.contains(id)) {
            let what = affiliation.id.as_ref().map_or("an affiliation without an id".to_owned(), |id| format!("the affiliation `{}`", id.as_str()));
            log.push(
                Diagnostic::new(Code::AffiliationWithoutAuthor, format!("no author has {what}"))
                    .at(affiliation.span)
                    .hint("let an author point at it, or take it out"),
            );
        }
    }
}

/// What the references of contributors show, by what they lead to: nothing where all are empty.
fn shown_at<'a>(contributors: &'a [Contributor], leaves: &Leaves) -> IndexMap<&'a Id, String> {
    let mut shown: IndexMap<&Id, String> = IndexMap::new();
    for xref in contributors.iter().flat_map(|contributor| &contributor.xrefs) {
        for rid in &xref.rids {
            let text = shown.entry(rid).or_default();
            if text.is_empty() && xref.rids.len() == 1 {
                *text = plain::title(leaves, &xref.body);
            }
        }
    }
    shown
}

/// What each affiliation is called: its label, the mark that its text begins with, what authors' references show, or a number. Nothing
/// where nobody needs to tell affiliations apart.
fn call_affiliations(contributors: &[Contributor], affiliations: &[Affiliation], leaves: &Leaves) -> Vec<String> {
    let shown = shown_at(contributors, leaves);
    let own = |form: &AffiliationForm| Some(plain::title(leaves, &form.label)).filter(|label| !label.is_empty()).or_else(|| leading_mark(leaves, &form.body));
    let mut called: Vec<String> = affiliations
        .iter()
        .map(|affiliation| match affiliation.forms.iter().find_map(own) {
            Some(text) => bare(&text).to_owned(),
            None => affiliation.id.as_ref().and_then(|id| shown.get(id)).cloned().unwrap_or_default(),
        })
        .collect();
    let pointed = contributors.iter().any(|contributor| !affiliations_of(contributor).is_empty());
    if affiliations.len() < 2 || !pointed {
        return called;
    }
    let taken: IndexSet<String> = called.iter().cloned().collect();
    let mut free = (1_usize..).map(|number| number.to_string()).filter(|number| !taken.contains(number));
    for text in called.iter_mut().filter(|text| text.is_empty()) {
        *text = free.next().unwrap_or_default();
    }
    called
}

/// Where each affiliation is shown: by its id, for each front matter the line.
type Shown = IndexMap<Id, (usize, Vec<Option<usize>>)>;

fn set_affiliations(slots: &Slots<'_>, fronts: &mut [FrontMatter], affiliations: Vec<Affiliation>, called: &[String], leaves: &Leaves) -> Shown {
    let mut shown = Shown::new();
    for (at, affiliation) in affiliations.into_iter().enumerate() {
        let mut chosen: Vec<Option<AffiliationForm>> = vec![None; fronts.len()];
        let mut further = Vec::new();
        for form in affiliation.forms {
            match slots.exact(form.lang.as_ref()) {
                Some(slot) if chosen[slot].is_none() => chosen[slot] = Some(form),
                Some(_) | None => further.push(form),
            }
        }
        if chosen[0].is_none() {
            chosen[0] = if further.is_empty() { chosen.iter().flatten().next().cloned() } else { Some(further.remove(0)) };
        }
        let mut id = affiliation.id.clone();
        let mut lines = vec![None; fronts.len()];
        for (slot, form) in chosen.into_iter().enumerate() {
            let Some(form) = form else { continue };
            lines[slot] = Some(fronts[slot].affiliations.len());
            let lang = fronts[slot].lang.clone();
            fronts[slot].affiliations.push(line(&lang, id.take(), form, called.get(at), leaves));
        }
        for form in further {
            fronts[0].affiliations.push(line(slots.main(), None, form, called.get(at), leaves));
        }
        if let Some(id) = affiliation.id {
            shown.insert(id, (at, lines));
        }
    }
    shown
}

fn line(around: &Lang, id: Option<Id>, form: AffiliationForm, called: Option<&String>, leaves: &Leaves) -> AffiliationLine {
    let label = match called {
        Some(called) if form.label.is_empty() && leading_mark(leaves, &form.body).is_none() && !called.is_empty() => {
            vec![Inline::Generated(called.clone())]
        }
        Some(_) | None => lowered(form.label),
    };
    AffiliationLine { id, label, body: foreign(around, form.lang.as_ref(), form.body) }
}

/// What each note about the authors is called, by its id; a note to which marks lead and that shows nothing gets a sign.
fn sign_notes(contributors: &[Contributor], notes: &mut [Note], leaves: &Leaves) -> IndexMap<Id, String> {
    let used: Vec<String> = notes.iter().map(|note| plain::title(leaves, &note.label)).collect();
    let mut free = SIGNS.iter().filter(|sign| used.iter().all(|label| label != *sign));
    let shown = shown_at(contributors, leaves);
    let mut signs = IndexMap::new();
    for note in notes {
        let Some(id) = note.id.clone() else { continue };
        let pointed = shown.get(&id);
        let label = plain::title(leaves, &note.label);
        let own = if label.is_empty() { mark_of_body(leaves, &note.body) } else { Some(label) };
        let called = own.or_else(|| {
            let sign = Some(pointed?.clone()).filter(|text| !text.is_empty()).or_else(|| free.next().map(|sign| (*sign).to_owned()))?;
            note.label = vec![Inline::Generated(sign.clone())];
            Some(sign)
        });
        if let Some(called) = called {
            signs.insert(id, called);
        }
    }
    signs
}

struct Setter<'a> {
    slots: &'a Slots<'a>,
    shown: Shown,
    called: Vec<String>,
    signs: IndexMap<Id, String>,
    leaves: &'a Leaves,
    has_authors: bool,
    groups: Groups,
}

impl Setter<'_> {
    /// Sets a contributor into the main front matter, and into others where there are names for it.
    fn author(&mut self, fronts: &mut [FrontMatter], mut contributor: Contributor) {
        let task = contributor.task();
        let in_byline = !contributor.is_member() && (task == Task::Author || !self.has_authors);
        if contributor.kind == BEHALF {
            self.on_behalf(&mut contributor);
        }
        let main_at = main_name(&contributor.names, self.slots.main());
        let main = main_at.map(|at| contributor.names.remove(at)).unwrap_or_default();
        let mut names: Vec<Option<Name>> = vec![None; fronts.len()];
        // A name that had to be taken for the main text, though it is in another language, stands there as well.
        if let Some(slot) = self.slots.exact(main.lang.as_ref()) {
            names[slot] = Some(main.clone());
        }
        names[0] = Some(main);
        let mut also = vec![Vec::new(); fronts.len()];
        for name in std::mem::take(&mut contributor.names) {
            match self.slots.exact(name.lang.as_ref()) {
                Some(slot) if names[slot].is_none() => names[slot] = Some(name),
                Some(slot) => also[slot].push(name),
                None => also[0].push(name),
            }
        }
        let present: Vec<bool> = names.iter().map(Option::is_some).collect();
        let mut degrees = self.spread(std::mem::take(&mut contributor.degrees), &present);
        let mut roles = self.spread(std::mem::take(&mut contributor.roles), &present);
        let mut credits = self.spread(std::mem::take(&mut contributor.credits), &present);
        let mut about = self.spread_blocks(std::mem::take(&mut contributor.about), &present);
        for (slot, name) in names.into_iter().enumerate() {
            let Some(name) = name else { continue };
            let is_main = slot == 0;
            let marks = self.marks(&contributor, slot, &present, &fronts[slot]);
            let author = Author {
                id: if is_main { contributor.id.take() } else { None },
                initials: initials(&name, self.leaves),
                name,
                also: std::mem::take(&mut also[slot]),
                marks,
                affiliations: affiliations_of(&contributor).iter().filter_map(|id| self.line(id, slot)).collect(),
                degrees: std::mem::take(&mut degrees[slot]),
                roles: std::mem::take(&mut roles[slot]),
                kind: contributor.kind.clone(),
                orcid: contributor.orcid.clone(),
                emails: contributor.emails.clone(),
                corresponding: contributor.corresponding,
                equal: contributor.equal,
                deceased: contributor.deceased,
                about: std::mem::take(&mut about[slot]),
            };
            let credits = std::mem::take(&mut credits[slot]);
            if !credits.is_empty() {
                let label = self.slots.words.word(&fronts[slot].lang, Label::Contributions).to_owned();
                let contributions = fronts[slot].contributions.get_or_insert_with(|| Contributions { label, lines: Vec::new() });
                contributions.lines.push((author.name.clone(), credits));
            }
            if in_byline {
                let author = with_role(task, &fronts[slot].lang, self.slots.words, author);
                fronts[slot].authors.push(author);
            } else {
                self.groups.add(&mut fronts[slot], slot, task, contributor.is_member(), author, self.leaves);
            }
        }
    }

    /// The name of a group for which the authors wrote, with the words for that where the master has only the name.
    fn on_behalf(&self, contributor: &mut Contributor) {
        for name in &mut contributor.names {
            let phrase = self.slots.words.word(name.lang.as_ref().unwrap_or(self.slots.main()), Label::OnBehalfOf);
            let said = plain::title(self.leaves, &name.whole);
            let says_it = said.starts_with(char::is_lowercase) || said.to_lowercase().starts_with(phrase);
            if !says_it {
                name.whole.insert(0, Inline::Generated(format!("{phrase} ")));
            }
        }
    }

    fn line(&self, id: &Id, slot: usize) -> Option<usize> {
        self.shown.get(id).and_then(|(_, lines)| lines.get(slot).copied().flatten())
    }

    /// What is said of a contributor in each language, where the contributor stands in that language; in the main one otherwise.
    fn spread(&self, said: Vec<In<Inlines>>, present: &[bool]) -> Vec<Vec<Inlines>> {
        let mut spread = vec![Vec::new(); present.len()];
        for In { lang, said } in said {
            let slot = self.slots.exact(Some(&lang)).filter(|slot| present.get(*slot).copied().unwrap_or(false)).unwrap_or(0);
            let around = if slot == 0 { self.slots.main() } else { &lang };
            spread[slot].push(foreign(around, Some(&lang), said));
        }
        spread
    }

    /// What is said of a contributor at length, likewise.
    fn spread_blocks(&self, blocks: Vec<Block>, present: &[bool]) -> Vec<Vec<Block>> {
        let mut spread = vec![Vec::new(); present.len()];
        for block in blocks {
            match block {
                Block::Foreign(lang, inner) => match self.slots.exact(Some(&lang)).filter(|slot| *slot > 0 && present.get(*slot).copied().unwrap_or(false)) {
                    Some(slot) => spread[slot].extend(inner),
                    None => spread[0].push(Block::Foreign(lang, inner)),
                },
                block => spread[0].push(block),
            }
        }
        spread
    }

    /// The marks of a contributor in one front matter. A mark whose affiliation is set in another front matter alone stands there, if
    /// the contributor does too.
    fn marks(&self, contributor: &Contributor, slot: usize, present: &[bool], front: &FrontMatter) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        for xref in &contributor.xrefs {
            let Some(first) = xref.rids.first() else { continue };
            if !self.stands(first, slot, present) {
                continue;
            }
            if !xref.body.is_empty() {
                marks.push(Mark { target: first.clone(), body: lowered(xref.body.clone()) });
                continue;
            }
            marks.extend(xref.rids.iter().filter_map(|rid| self.named(rid, slot, front)));
        }
        let inside: Vec<Mark> = contributor
            .affiliations
            .iter()
            .filter(|id| marks.iter().all(|mark| mark.target != **id) && self.line(id, slot).is_some())
            .filter_map(|id| self.named(id, slot, front))
            .collect();
        marks.extend(inside);
        marks
    }

    /// Whether a mark that leads there belongs to this front matter.
    fn stands(&self, target: &Id, slot: usize, present: &[bool]) -> bool {
        let Some((_, lines)) = self.shown.get(target) else { return true };
        let here = lines.get(slot).copied().flatten().is_some();
        let elsewhere = lines.iter().zip(present).any(|(line, present)| line.is_some() && *present);
        here || (slot == 0 && !elsewhere)
    }

    /// A mark that shows what its target is called, if that is called anything.
    fn named(&self, target: &Id, slot: usize, front: &FrontMatter) -> Option<Mark> {
        let label = self.line(target, slot).and_then(|line| front.affiliations.get(line)).map(|line| line.label.clone()).filter(|label| !label.is_empty());
        let body = match (label, self.shown.get(target)) {
            (Some(label), _) => label,
            (None, Some((at, _))) => vec![Inline::Generated(self.called.get(*at).filter(|text| !text.is_empty())?.clone())],
            (None, None) => vec![Inline::Generated(self.signs.get(target).map(|sign| bare(sign).to_owned()).filter(|sign| !sign.is_empty())?)],
        };
        Some(Mark { target: target.clone(), body })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Resolved, master, resolved};

    fn author(inside: &str) -> String {
        format!("<contrib contrib-type='author'>{inside}</contrib>")
    }

    fn group(front: &str) -> Resolved {
        resolved(front, "<p>x</p>", "")
    }

    #[test]
    fn affiliations_get_numbers_where_there_are_several_and_no_labels() {
        let people = author("<name><surname>A</surname></name><xref ref-type='aff' rid='a1'/><xref ref-type='aff' rid='a2'/>")
            + &author("<name><surname>B</surname></name><xref ref-type='aff' rid='a2'/>");
        let resolved = group(&format!("<contrib-group>{people}</contrib-group><aff id='a1'>One</aff><aff id='a2'>Two</aff>"));
        resolved.says(&[]);
        resolved.shows("mark -> a1 +\"1\"\nmark -> a2 +\"2\"\naffiliation -> 0\naffiliation -> 1");
        resolved.shows("affiliation #a2\nlabel +\"2\"\nbody \"Two\"");
    }

    #[test]
    fn one_affiliation_needs_no_mark() {
        let resolved = group(&format!(
            "<contrib-group>{}</contrib-group><aff id='a1'>One</aff>",
            author("<name><surname>A</surname></name><xref ref-type='aff' rid='a1'/>")
        ));
        resolved.lacks("mark");
        resolved.shows("affiliation -> 0");
        resolved.shows("affiliation #a1\nbody \"One\"");
    }

    #[test]
    fn the_label_of_an_affiliation_is_what_marks_show() {
        let people = author("<name><surname>A</surname></name><xref ref-type='aff' rid='a1'/><xref ref-type='aff' rid='a2'><sup>b</sup></xref>");
        let resolved =
            group(&format!("<contrib-group>{people}</contrib-group><aff id='a1'><label><sup>a</sup></label>One</aff><aff id='a2'><sup>b</sup>Two</aff>"));
        resolved.shows("mark -> a1 \"a\"\nmark -> a2 \"b\"");
        resolved.shows("affiliation #a1\nlabel \"a\"");
        resolved.shows("affiliation #a2\nbody\nsup \"b\"");
    }

    #[test]
    fn what_elder_masters_say_of_an_author_is_understood() {
        let people = "<contrib contrib-type='author' rid='a2'><name><surname>A</surname></name><uri content-type='orcid'>https://orcid.org/0000-0002-1825-0097</uri></contrib>\
                      <contrib contrib-type='author' rid='a1 a2'><name><surname>B</surname></name></contrib>";
        let resolved = group(&format!(
            "<contrib-group>{people}<aff id='a1'><sup>1</sup><institution>One</institution></aff><aff id='a2'><sup>2</sup><institution>Two</institution></aff></contrib-group>"
        ));
        resolved.says(&[]);
        resolved.shows("mark -> a2 \"2\"\naffiliation -> 1");
        resolved.shows("mark -> a1 \"1\"\nmark -> a2 \"2\"");
        resolved.shows("affiliation #a1\nlabel \"1\"\nbody \"One\"");
        resolved.lacks("about");
    }

    #[test]
    fn notes_without_a_label_get_a_sign() {
        let people = author("<name><surname>A</surname></name><xref ref-type='corresp' rid='c1'/><xref ref-type='fn' rid='n1'/>");
        let resolved = group(&format!(
            "<contrib-group>{people}</contrib-group><author-notes><corresp id='c1'>Write to A</corresp><fn id='n1'><p>Equal</p></fn></author-notes>"
        ));
        resolved.shows("mark -> c1 +\"*\"\nmark -> n1 +\"†\"");
        resolved.shows("note #n1\nlabel +\"†\"");
        let resolved = group(&format!(
            "<contrib-group>{}</contrib-group><author-notes><corresp id='c1'>* Write to A</corresp></author-notes>",
            author("<name><surname>A</surname></name><xref ref-type='corresp' rid='c1'/>")
        ));
        resolved.shows("mark -> c1 +\"*\"");
        resolved.lacks("label +");
    }

    #[test]
    fn who_has_no_affiliation_and_what_has_no_author_is_named() {
        let people = author("<name><surname>A</surname></name><xref ref-type='aff' rid='a1'/>")
            + &author("<name><surname>B</surname></name>")
            + &author("<collab>Group</collab>");
        let front = format!("<contrib-group>{people}</contrib-group><aff id='a1'>One</aff><aff id='a2'>Two</aff>");
        group(&front).says(&["author-without-affiliation: `B` has no affiliation", "affiliation-without-author: no author has the affiliation `a2`"]);
        group(&format!("<contrib-group>{}</contrib-group>", author("<name><surname>A</surname></name>"))).says(&[]);
    }

    #[test]
    fn each_language_has_its_names_and_what_has_no_language_of_its_own_is_kept() {
        let resolved = master(
            "<article xml:lang='en'><front><article-meta><title-group><article-title>T</article-title><trans-title-group xml:lang='ru'><trans-title>Т</trans-title></trans-title-group></title-group>\
             <contrib-group><contrib contrib-type='author' id='au'><name-alternatives><name xml:lang='en'><surname>Lee</surname><given-names>Kwang Su</given-names></name>\
             <name xml:lang='ru' name-style='eastern'><surname>Ли</surname><given-names>Кван</given-names></name><name xml:lang='ko' name-style='eastern'><surname>이</surname><given-names>광수</given-names></name></name-alternatives>\
             <degrees xml:lang='en'>Dr</degrees><degrees xml:lang='ru'>д-р</degrees><role xml:lang='ky'>жетекчи</role><xref ref-type='aff' rid='a1'><sup>1</sup></xref></contrib></contrib-group>\
             <aff-alternatives id='a1'><aff xml:lang='ru'>Университет</aff><aff xml:lang='ko'>대학교</aff></aff-alternatives></article-meta></front><body><p>x</p></body></article>",
        );
        resolved.says(&[]);
        resolved.shows(
            "front en\ntitle \"T\"\nauthor author #au\nname en\ngiven \"Kwang Su\"\nsurname \"Lee\"\ninitials \"K.S.\"\nalso ko surname-first\ngiven \"광수\"\nsurname \"이\"\n\
             mark -> a1 \"1\"\naffiliation -> 0\ndegrees \"Dr\"\nrole\nforeign ky \"жетекчи\"\naffiliation #a1\nlabel +\"1\"\nbody\nforeign ko \"대학교\"",
        );
        resolved.shows("front ru\ntitle \"Т\"\nauthor author\nname ru surname-first");
        resolved.shows("mark -> a1 \"1\"\naffiliation -> 0\ndegrees \"д-р\"\naffiliation\nlabel +\"1\"\nbody \"Университет\"");
    }
}
