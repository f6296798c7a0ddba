//! A reference, taken apart.

use super::names::Person;

/// The pieces of a reference as the master has them, in Cyrillic; what is already English says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// The authors.
    pub(super) authors: Vec<Person>,
    /// Whether there are more of them.
    pub(super) more: bool,
    /// What they are if not authors, in English: `ed.`.
    pub(super) role: Option<&'static str>,
    /// The title.
    pub(super) title: String,
    /// The title in English, where the master gives it.
    pub(super) title_in_english: Option<String>,
    /// Behind the title: editors, translators, bodies, each with its role before it.
    pub(super) parts: Vec<String>,
    /// `дис. ... канд. ист. наук`.
    pub(super) thesis: Option<String>,
    /// What it stands in.
    pub(super) source: Option<String>,
    /// The name of that in English, where the master gives it.
    pub(super) source_in_english: Option<String>,
    /// Which edition, and how it differs, in English.
    pub(super) edition: Option<(String, Option<String>)>,
    /// In how many volumes, in English.
    pub(super) several: Option<String>,
    /// Places.
    pub(super) places: Vec<String>,
    /// The publisher.
    pub(super) publisher: Option<String>,
    /// The year.
    pub(super) year: Option<String>,
    /// The day in that year, in English.
    pub(super) day: Option<String>,
    /// The volume.
    pub(super) volume: Option<String>,
    /// The number of the issue.
    pub(super) issue: Option<String>,
    /// A part or a book of it, in English.
    pub(super) part: Option<String>,
    /// A part or a volume that has a title of its own: its number in English, its title.
    pub(super) titled_part: Option<(String, String)>,
    /// The pages.
    pub(super) pages: Option<String>,
    /// The number of an article of a law or of a journal without pages.
    pub(super) article: Option<String>,
    /// Numbers that are said a second time, with their words in English.
    pub(super) further: Vec<String>,
    /// How many pages it has.
    pub(super) size: Option<String>,
    /// ISBN and ISSN.
    pub(super) numbers: Vec<String>,
    /// The DOI without a resolver.
    pub(super) doi: Option<String>,
    /// Addresses.
    pub(super) urls: Vec<String>,
    /// When they were looked at.
    pub(super) accessed: Option<String>,
    /// What could not be told.
    pub(super) rest: Vec<String>,
    /// Whether it stands by itself, as a book does.
    pub(super) is_whole: bool,
    /// Whether volume, number and pages stand together, as `43(2):150–158`.
    pub(super) is_compact: bool,
}
