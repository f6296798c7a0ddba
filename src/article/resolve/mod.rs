//! From an [`Article`] to an [`Edition`]: nothing dangles, everything that is numbered has its label, every label is in its language.
//!
//! 1. [`inherit`] gives a translation the authors of the article where it names none, [`twice`] takes out what is said again, [`shares`] says what the flags of authors mean. [`format`] sets
//!    citations that are only tagged in the citation style, and [`renumber`] gives their lists new numbers where that is asked for.
//! 2. [`ids`] lists what can be pointed at; of two elements with one id the second loses it.
//! 3. [`labels`] numbers figures, tables, references and notes where the master leaves that to us.
//! 4. [`xrefs`] makes every `rid` point at something, and gives empty references the label of what they point at.
//! 5. [`notes`] puts a note of a list at its first mark in the text.
//! 6. [`raised`] gives numbers their height that stand directly at a word. [`cites`] leads from references back to their citations, and looks at the order of the numbers;
//!    [`repeated`] takes labels out of lists whose references say the same, and [`equations`] puts bare numbers of formulas into brackets.
//! 7. [`stray`] looks for superscripts that look like marks and mark nothing.
//! 8. [`metadata`] and [`running`] gather what catalogues and running heads say.
//! 9. [`front`], [`people`] and [`groups`] decide what is set in which language, for the article and for each of its parts; [`headings`] says what a part is,
//!    [`licences`] what a licence is called.
//! 10. What the journal wishes to be derived: [`cited_as`] says how the article is to be cited, [`derived`] sets References beside a list in Cyrillic.
//!
//! When the pages are set, [`colophons`] makes the imprint of the printed edition.
//!
//! Before all of them, where an article is to have no authors, [`anonymous`] takes them out.
//!
//! [`walk`] visits all of an article, [`marks`] knows a mark when it sees one, and [`names`] what things are called. No pass adds a leaf;
//! [`format`], [`renumber`], [`repeated`] and [`twice`] take back those of which another form is set, each with its reason.

pub mod anonymous;
mod cited_as;
mod cites;
mod derived;
mod equations;
mod float_notes;
mod format;
mod front;
mod groups;
mod headings;
mod ids;
mod inherit;
mod labels;
mod licences;
mod marks;
mod metadata;
mod missing;
mod names;
mod natbib;
mod notes;
mod people;
mod raised;
mod renumber;
mod repeated;
mod running;
mod shares;
mod stray;
#[cfg(test)]
mod testing;
mod twice;
mod walk;
mod xrefs;

use crate::derive::imprint::{Colophon, Extent, Imprint};
use crate::diag::Log;
use crate::edition::{self, Edition, Metadata, PartKind};
use crate::house::House;
use crate::lang::Lang;
use crate::lang::lexicon::{Lexicon, Overrides};
use crate::leaf::Leaves;
use crate::model::{self, Article};

/// Makes an edition of an article. Whatever is wrong with it is reported and mended, so that there always is one.
#[must_use]
pub fn resolve(log: &mut Log, article: Article) -> Edition {
    resolve_for(log, article, &House::default())
}

/// The same, as a journal wishes it.
#[must_use]
pub fn resolve_for(log: &mut Log, mut article: Article, house: &House) -> Edition {
    let mut leaves = std::mem::take(&mut article.leaves);
    twice::join_affiliations(&mut article, &mut leaves);
    inherit::translations(&mut article);
    twice::drop(&mut article, &mut leaves);
    let words = Lexicon::new(&house.labels);
    shares::explain(&mut article, &leaves, &words);
    house.facts.complete(&mut article.front.journal);
    // A preprint that brings what its referees say is one that referees have seen.
    if article.kind.as_deref() == Some("preprint") && !article.parts.iter().any(|part| part.kind.is_review()) {
        front::preprint(&mut article.front);
    }
    let prepared = derived::prepare(&article, &leaves, &house.derive);
    let keys = natbib::take(&mut article, &mut leaves);
    let cited = format::set(&mut article, &mut leaves, &house.citing);
    if house.citing.renumber {
        renumber::lists(log, &mut article, &mut leaves);
    }
    let mut ids = ids::index(log, &mut article);
    labels::number(&mut article, &leaves, cited.as_ref(), &words, house.derive.list_of_sources, !keys.is_empty());
    xrefs::settle(log, &mut article, &leaves, &ids, cited.as_ref(), &keys);
    notes::place(log, &mut article, &leaves, &mut ids);
    raised::set(&mut article, &leaves);
    cites::link(log, &mut article, &leaves, &mut ids);
    repeated::drop_labels(&mut article, &mut leaves);
    equations::bracket(&mut article, &leaves);
    stray::look(log, &article, &leaves);
    let derived = derived::set(log, &mut article, &leaves, prepared);
    let mut named = Vec::new();
    let mut own = front::own(log, house, &words, &article.lang, article.front, &leaves, &mut named);
    cited_as::set(&mut own.fronts, &article.lang, &own.metadata, &own.metadata, &leaves, &house.derive, &words);
    let mut of = Of { house, words: &words, whole: &own.metadata, leaves: &leaves, named: &mut named };
    let parts = article.parts.into_iter().map(|part| self::part(log, &mut of, part)).collect();
    missing::report(log, &words);
    Edition {
        labels: house.labels.clone(),
        kind: article.kind,
        lang: article.lang,
        metadata: own.metadata,
        running: own.running,
        codes: own.codes,
        fronts: own.fronts,
        body: article.body,
        back: article.back,
        parts,
        derived,
        leaves,
        index: ids.index,
    }
}

/// The imprint of the printed edition in each of these languages, in the table's words but for those that are given: to be asked for when the pages are set. Words
/// that a language lacks are reported.
#[must_use]
pub fn colophons(log: &mut Log, own: &Overrides, imprint: &Imprint, langs: &[Lang], extent: Extent) -> Vec<Colophon> {
    let words = Lexicon::new(own);
    let colophons = langs.iter().map(|lang| imprint.colophon(lang, &words, extent)).collect();
    missing::report(log, &words);
    colophons
}

/// What a part is resolved with.
struct Of<'a> {
    house: &'a House,
    words: &'a Lexicon<'a>,
    /// The metadata of the article around it.
    whole: &'a Metadata,
    leaves: &'a Leaves,
    named: &'a mut Vec<Lang>,
}

/// A part, as the article is done.
fn part(log: &mut Log, of: &mut Of<'_>, mut part: model::part::Part) -> edition::Part {
    headings::of_part(&mut part, of.leaves, of.words);
    let mut own = front::own(log, of.house, of.words, &part.lang, part.front, of.leaves, of.named);
    if part.kind == PartKind::Translation {
        cited_as::set(&mut own.fronts, &part.lang, &own.metadata, of.whole, of.leaves, &of.house.derive, of.words);
    }
    edition::Part {
        kind: part.kind,
        id: part.id,
        lang: part.lang,
        metadata: own.metadata,
        running: own.running,
        codes: own.codes,
        fronts: own.fronts,
        body: part.body,
        back: part.back,
        parts: part.parts.into_iter().map(|inner| self::part(log, of, inner)).collect(),
        span: part.span,
    }
}
