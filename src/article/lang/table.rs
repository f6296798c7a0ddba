//! The words that the program adds, in each language: the one list from which both writers take them.
//!
//! 1. [`entry`] finds a language; a language that is not in the table is reported by `resolve` as `no-labels`.
//! 2. [`labels`] gives its words, or the English ones.
//! 3. [`date_in_words`] writes a date as the language does.
//!
//! A new language is one constant in `cyrillic.rs` or `latin.rs` and its name in [`TABLE`]. A word that nobody is sure
//! of is left out of its constant, and `..ENGLISH` puts the English one there.

mod cyrillic;
pub mod front;
pub mod genre;
mod latin;

use super::Lang;
use crate::term::{Date, DateKind, Scheme};

/// A language that the table knows.
#[derive(Debug)]
pub struct Entry {
    /// The BCP 47 primary code.
    pub code: &'static str,
    /// The script in which its words are written; a tag that names another script does not mean this entry.
    pub script: &'static str,
    /// The name in English.
    pub english: &'static str,
    /// The name in the language itself.
    pub own: &'static str,
    /// Its words.
    pub labels: Labels,
    /// How it writes dates.
    pub dates: Dates,
}

/// The words of a language. In a pattern `{n}` stands for the number.
#[derive(Debug)]
pub struct Labels {
    /// Before an abstract.
    pub abstract_: &'static str,
    /// Before keywords.
    pub keywords: &'static str,
    /// Above a list of references.
    pub references: &'static str,
    /// Pattern for the label of a figure.
    pub figure: &'static str,
    /// Pattern for the label of a table.
    pub table: &'static str,
    /// A note.
    pub note: &'static str,
    /// Above a list of notes.
    pub notes: &'static str,
    /// Before the day on which the manuscript came in.
    pub received: &'static str,
    /// Before the day on which it came in again.
    pub revised: &'static str,
    /// Before the day on which it was accepted.
    pub accepted: &'static str,
    /// Before the day on which it was published.
    pub published: &'static str,
    /// Above the acknowledgements.
    pub acknowledgements: &'static str,
    /// Before a statement of funding.
    pub funding: &'static str,
    /// Above an appendix.
    pub appendix: &'static str,
    /// Before the address of the author to whom letters go.
    pub correspondence: &'static str,
    /// What stands for further authors.
    pub et_al: &'static str,
    /// Between the last two of several.
    pub and: &'static str,
    /// Universal Decimal Classification.
    pub udc: &'static str,
    /// Library and bibliographic classification.
    pub bbk: &'static str,
    /// International rubricator of scientific and technical information.
    pub mrnti: &'static str,
    /// State rubricator of scientific and technical information.
    pub grnti: &'static str,
    /// Journal of Economic Literature.
    pub jel: &'static str,
    /// Mathematics Subject Classification.
    pub msc: &'static str,
    /// Physics and Astronomy Classification Scheme.
    pub pacs: &'static str,
    /// What the link from a reference or note back to its mark is called.
    pub back: &'static str,
    /// Before the number of a page.
    pub page: &'static str,
    /// Above a table of contents.
    pub contents: &'static str,
}

/// How dates are written. In a pattern `{d}`, `{m}` and `{y}` stand for day, month and year. Source: Unicode CLDR, long dates.
#[derive(Debug)]
pub struct Dates {
    /// A day.
    pub day: &'static str,
    /// A month.
    pub month: &'static str,
    /// A year.
    pub year: &'static str,
    /// The first of a month, where it is not `1`.
    pub first: &'static str,
    /// The months as they stand beside a day.
    pub months: [&'static str; 12],
    /// The months as they stand alone; empty where they are the same.
    pub alone: [&'static str; 12],
}

/// Every language of the table.
pub const TABLE: &[Entry] = &[
    latin::ENGLISH_ENTRY,
    cyrillic::RUSSIAN,
    cyrillic::KYRGYZ,
    cyrillic::KAZAKH,
    cyrillic::UKRAINIAN,
    latin::UZBEK,
    latin::GERMAN,
    latin::FRENCH,
    latin::SPANISH,
    latin::PORTUGUESE,
    latin::ITALIAN,
    latin::POLISH,
    latin::SLOVENE,
    latin::TURKISH,
];

/// English, which stands in wherever a language or one of its words is missing.
static ENGLISH: Entry = latin::ENGLISH_ENTRY;

/// The entry of a language, if the table has it.
#[must_use]
pub fn entry(lang: &Lang) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.code == lang.primary() && lang.script().is_none_or(|script| script == entry.script))
}

/// The words of a language; the English ones where the table does not have it.
#[must_use]
pub fn labels(lang: &Lang) -> &'static Labels {
    &entry(lang).unwrap_or(&ENGLISH).labels
}

/// A pattern such as `Figure {n}` with its number.
#[must_use]
pub fn numbered(pattern: &str, number: usize) -> String {
    pattern.replace("{n}", &number.to_string())
}

/// A date as it is written in a language, in English where the table does not have it; a month that no year has is left out.
#[must_use]
pub fn date_in_words(lang: &Lang, date: Date) -> String {
    let dates = &entry(lang).unwrap_or(&ENGLISH).dates;
    let name = |names: &[&'static str; 12], month: u8| names.get(usize::from(month).wrapping_sub(1)).copied().filter(|name| !name.is_empty());
    let year = date.year.to_string();
    let beside = date.month.and_then(|month| name(&dates.months, month));
    let alone = date.month.and_then(|month| name(&dates.alone, month)).or(beside);
    match (beside, alone, date.day) {
        (Some(month), _, Some(day)) => {
            let day = if day == 1 && !dates.first.is_empty() { dates.first.to_owned() } else { day.to_string() };
            dates.day.replace("{d}", &day).replace("{m}", month).replace("{y}", &year)
        }
        (_, Some(month), None) => dates.month.replace("{m}", month).replace("{y}", &year),
        (_, None, _) | (None, _, _) => dates.year.replace("{y}", &year),
    }
}

impl Labels {
    /// The name of a classification, as it stands before its code.
    #[must_use]
    pub fn scheme(&self, scheme: Scheme) -> &'static str {
        match scheme {
            Scheme::Udc => self.udc,
            Scheme::Bbk => self.bbk,
            Scheme::Mrnti => self.mrnti,
            Scheme::Grnti => self.grnti,
            Scheme::Jel => self.jel,
            Scheme::Msc => self.msc,
            Scheme::Pacs => self.pacs,
        }
    }

    /// The word before a date of the article's history; `None` for an event that has no word.
    #[must_use]
    pub fn event(&self, kind: DateKind) -> Option<&'static str> {
        match kind {
            DateKind::Received => Some(self.received),
            DateKind::Revised => Some(self.revised),
            DateKind::Accepted => Some(self.accepted),
            DateKind::Published => Some(self.published),
            DateKind::Other => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang(tag: &str) -> Lang {
        Lang::parse(tag).expect("a tag").0
    }

    fn date(tag: &str, year: u16, month: Option<u8>, day: Option<u8>) -> String {
        date_in_words(&lang(tag), Date { year, month, day })
    }

    #[test]
    fn each_language_stands_once_and_its_patterns_are_whole() {
        for (at, entry) in TABLE.iter().enumerate() {
            assert!(TABLE[..at].iter().all(|other| other.code != entry.code || other.script != entry.script), "{}", entry.code);
            assert!(entry.labels.figure.contains("{n}") && entry.labels.table.contains("{n}"), "{}", entry.code);
            assert!(["{d}", "{m}", "{y}"].iter().all(|part| entry.dates.day.contains(part)), "{}", entry.code);
            assert!(["{m}", "{y}"].iter().all(|part| entry.dates.month.contains(part)), "{}", entry.code);
            assert!(entry.dates.year.contains("{y}"), "{}", entry.code);
        }
    }

    #[test]
    fn a_script_that_the_table_lacks_is_another_language() {
        assert_eq!(entry(&lang("ru-KG")).map(|entry| entry.own), Some("русский"));
        assert_eq!(entry(&lang("uz-Latn")).map(|entry| entry.english), Some("Uzbek"));
        assert!(entry(&lang("uz-Cyrl")).is_none());
        assert!(entry(&lang("cy")).is_none());
        assert_eq!(labels(&lang("cy")).keywords, "Keywords");
    }

    #[test]
    fn numbers_stand_where_the_language_puts_them() {
        assert_eq!(numbered(labels(&lang("en")).figure, 2), "Figure 2");
        assert_eq!(numbered(labels(&lang("kk")).figure, 2), "2-сурет");
        assert_eq!(numbered(labels(&lang("ky")).table, 3), "3-таблица");
    }

    #[test]
    fn dates_are_written_as_each_language_writes_them() {
        assert_eq!(date("en", 2020, Some(11), Some(5)), "5 November 2020");
        assert_eq!(date("ru", 2020, Some(11), Some(5)), "5 ноября 2020 г.");
        assert_eq!(date("ru", 2020, Some(11), None), "ноябрь 2020 г.");
        assert_eq!(date("ru", 2020, None, None), "2020 г.");
        assert_eq!(date("ky", 2020, Some(11), Some(5)), "2020-ж., 5-ноябрь");
        assert_eq!(date("kk", 2020, Some(11), Some(5)), "2020 ж. 5 қараша");
        assert_eq!(date("fr", 2020, Some(5), Some(1)), "1er mai 2020");
        assert_eq!(date("pl", 2020, Some(5), None), "maj 2020");
        assert_eq!(date("de", 2020, Some(3), Some(1)), "1. März 2020");
        assert_eq!(date("en", 2020, Some(13), Some(5)), "2020");
        assert_eq!(date("xx", 2020, Some(1), None), "January 2020");
    }
}
