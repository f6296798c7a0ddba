//! What an editor would mark in a master: parity of languages, look-alike letters, codes and their check digits, the style of the house.
//!
//! 1. [`look`] goes over the master as it was read, one file a family of rules: [`parity`] and [`twins`], [`homoglyph`], [`language`], [`codes`], [`digits`],
//!    [`address`], [`url`], [`extent`], [`dates`], [`stops`], [`abbreviation`], [`structure`]. Each finds everything that it can find.
//! 2. Other stages find things that are the editor's to judge too, such as a reference that is never cited.
//! 3. [`settle`] goes over the log when all is said: the project's and the layout's [`Settings`] make an error, a warning or nothing of each rule, and
//!    instructions in the master ([`allow`]) take away what they allow.
//!
//! [`rules`] is the list of the rules, with their defaults and the clause that asks for each. What is checked is the article as its author's file says it, and not the
//! edition: an edition has no place for a second date of one kind, for a wrong ORCID or for where a journal's number stands.

mod abbreviation;
mod address;
pub mod allow;
mod codes;
mod dates;
mod digits;
mod extent;
mod homoglyph;
mod language;
mod parity;
pub mod rules;
pub mod settings;
mod stops;
mod structure;
#[cfg(test)]
mod testing;
mod text;
mod twins;
mod url;

pub use allow::settle;
pub use rules::{Level, RULES, Rule};
pub use settings::Settings;

use crate::diag::Log;
use crate::model::Article;
use crate::source::Source;
use crate::xml::Tree;

/// What is looked at: the master as text, as a tree and as an article. All three are of one file.
#[derive(Clone, Copy, Debug)]
pub struct Master<'a> {
    /// The text.
    pub source: &'a Source,
    /// The tree.
    pub tree: &'a Tree,
    /// The article, before anything was resolved in it.
    pub article: &'a Article,
}

/// Reports whatever a rule finds. Rules that are switched off are looked at too: [`settle`] has the last word.
pub fn look(log: &mut Log, master: Master<'_>, settings: &Settings) {
    parity::look(log, master);
    twins::look(log, master);
    homoglyph::look(log, master);
    language::look(log, master);
    codes::look(log, master);
    digits::look(log, master);
    address::look(log, master);
    url::look(log, master);
    extent::look(log, master, settings);
    dates::look(log, master);
    stops::look(log, master);
    abbreviation::look(log, master);
    structure::look(log, master);
}
