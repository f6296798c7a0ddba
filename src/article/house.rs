//! The house style: what a journal wishes of its articles, as far as the transform has to know.
//!
//! 1. The command line makes it of the project's `diglot.toml`, of the layout and of what was typed.
//! 2. `resolve` sees to it. What the master says itself always stands.

use crate::cite::Citing;
use crate::derive::Wishes;
use crate::lang::Lang;
use crate::lang::lexicon::Overrides;
use crate::model::front::{In, Journal};

/// What a journal wishes.
#[derive(Clone, Debug, Default)]
pub struct House {
    /// How references are set.
    pub citing: Citing,
    /// The languages in the order in which their front matter follows that of the text; those that are not named come last.
    pub languages: Vec<Lang>,
    /// What is true of all of its articles.
    pub facts: Facts,
    /// Its words, where they are not those of the table of languages.
    pub labels: Overrides,
    /// What is derived from the metadata.
    pub derive: Wishes,
}

/// What is true of all articles of a journal.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Its title in each language.
    pub titles: Vec<In<String>>,
    /// Its ISSNs.
    pub issns: Vec<String>,
    /// Who publishes it, in each language.
    pub publishers: Vec<In<String>>,
    /// Where.
    pub place: Option<String>,
}

impl Facts {
    /// Says of a journal what the master does not.
    pub fn complete(&self, journal: &mut Journal) {
        if journal.titles.is_empty() {
            journal.titles.clone_from(&self.titles);
        }
        if journal.issns.is_empty() {
            journal.issns.clone_from(&self.issns);
        }
        if journal.publishers.is_empty() {
            journal.publishers.clone_from(&self.publishers);
            if journal.place.is_none() {
                journal.place.clone_from(&self.place);
            }
        }
    }
}
