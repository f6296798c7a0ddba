//! The table of languages: what the program knows of each, from `languages/*.toml`.
//!
//! 1. `list.rs`, which the build runs, lists the files of the folder; each is read when its language is first asked for.
//! 2. [`language`] finds the entry of a language; one that is not in the table is reported by `resolve` as `no-labels`.
//! 3. [`word`] gives a word of it, or the English one.
//! 4. [`date_in_words`] writes a date as the language does.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;

use super::Lang;
use super::label::Label;
use crate::term::Date;

/// The files, by tag.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// Where words are from, by the key that stands behind them.
const SOURCES: &str = include_str!("sources.toml");

/// The key of a word that has no source.
pub const NO_SOURCE: &str = "none";

/// What the table knows of a language: a file of `languages`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// The BCP 47 tag: the language, and its script where it is not the usual one.
    pub tag: String,
    /// The script in which its words are written (ISO 15924); a tag that names another does not mean this entry.
    pub script: String,
    /// Which way it is written.
    pub direction: Direction,
    /// The name in English.
    pub english: String,
    /// The name in the language itself.
    pub own: String,
    /// What an English list of references says of an entry in this language, where it is not `In` and the English name.
    #[serde(default)]
    pub marked: Option<String>,
    /// Its letters in their order, small, with blanks between; empty for scripts without an alphabet.
    pub alphabet: String,
    /// Who divides its words.
    pub hyphenation: Hyphenation,
    /// Its quotation marks.
    pub quotes: Quotes,
    /// How it writes numbers.
    pub numbers: Numbers,
    /// How it writes dates.
    pub dates: Dates,
    /// Its words.
    pub labels: BTreeMap<Label, Word>,
}

/// A word and where it is from.
#[derive(Debug, Deserialize)]
pub struct Word(
    /// The word.
    pub String,
    /// The key of its source, or [`NO_SOURCE`].
    pub String,
);

/// Which way a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

/// Who divides the words of a language at the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hyphenation {
    /// The typesetting engine has patterns.
    Engine,
    /// The program has rules.
    Rules,
    /// Nobody: lines are set with whole words.
    None,
    /// Its lines break without hyphens.
    Unneeded,
}

/// Quotation marks: opening and closing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quotes {
    /// Around a quotation.
    pub outer: [String; 2],
    /// Around one inside another.
    pub inner: [String; 2],
    /// The key of the source.
    pub source: String,
}

/// How numbers are written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbers {
    /// Between the whole and its parts.
    pub decimal: String,
    /// Between groups of three digits.
    pub group: String,
    /// The key of the source.
    pub source: String,
}

/// How dates are written. In a pattern `{d}`, `{m}` and `{y}` stand for day, month and year.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dates {
    /// A day.
    pub day: String,
    /// A month.
    pub month: String,
    /// A year.
    pub year: String,
    /// The first of a month, where it is not `1`.
    #[serde(default)]
    pub first: Option<String>,
    /// The months as they stand beside a day.
    pub months: [String; 12],
    /// The months as they stand alone, where they are not the same.
    #[serde(default)]
    pub alone: Option<[String; 12]>,
    /// The key of the source.
    pub source: String,
}

/// The files read, each when it is first asked for.
static TABLE: LazyLock<Vec<OnceLock<Option<Language>>>> = LazyLock::new(|| FILES.iter().map(|_| OnceLock::new()).collect());

/// A file of the table read. One that cannot be read is no language; a test reads them all.
fn read(at: usize) -> Option<&'static Language> {
    let (_, text) = FILES.get(at)?;
    TABLE.get(at)?.get_or_init(|| toml::from_str(text).ok()).as_ref()
}

/// Every language of the table, in the order of the tags.
pub fn languages() -> impl Iterator<Item = &'static Language> {
    (0..FILES.len()).filter_map(read)
}

/// What a key of a source means. `None` for [`NO_SOURCE`], and for a key that nobody knows.
#[must_use]
pub fn source(key: &str) -> Option<&'static str> {
    static READ: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| toml::from_str(SOURCES).unwrap_or_default());
    READ.get(key).map(String::as_str)
}

/// The entry of a language, if the table has it.
#[must_use]
pub fn language(lang: &Lang) -> Option<&'static Language> {
    let script = lang.script().or_else(|| (lang.primary() == "zh" && matches!(lang.region(), Some("TW" | "HK" | "MO"))).then_some("Hant"));
    // Norwegian without more is Bokmål (CLDR, likely subtags).
    let primary = if lang.primary() == "no" { "nb" } else { lang.primary() };
    let of_primary = |tag: &str| tag.split('-').next() == Some(primary);
    let mut candidates = (0..FILES.len()).filter(|at| of_primary(FILES[*at].0));
    match script {
        Some(script) => candidates.filter_map(read).find(|language| language.script == script),
        None => candidates.find(|at| FILES[*at].0 == primary).and_then(read),
    }
}

/// A word of a language; the English one where the table does not have it.
#[must_use]
pub fn word(lang: &Lang, label: Label) -> &'static str {
    own_word(lang, label).or_else(|| own_word(&Lang::english(), label)).unwrap_or_default()
}

/// A word of a language, if the table has it.
#[must_use]
pub fn own_word(lang: &Lang, label: Label) -> Option<&'static str> {
    Some(language(lang)?.labels.get(&label)?.0.as_str())
}

/// A pattern such as `Figure {n}` with its number.
#[must_use]
pub fn numbered(pattern: &str, number: usize) -> String {
    pattern.replace("{n}", &number.to_string())
}

/// A date as it is written in a language, in English where the table does not have it; a month that no year has is left out.
#[must_use]
pub fn date_in_words(lang: &Lang, date: Date) -> String {
    let Some(dates) = language(lang).or_else(|| language(&Lang::english())).map(|language| &language.dates) else {
        return date.year.to_string();
    };
    dates.in_words(date)
}

impl Dates {
    /// A date in this way; a month that no year has is left out.
    #[must_use]
    pub fn in_words(&self, date: Date) -> String {
        let year = date.year.to_string();
        let beside = date.month.and_then(|month| name(month, &self.months));
        let alone = date.month.and_then(|month| name(month, self.alone.as_ref().unwrap_or(&self.months)));
        match (beside, alone, date.day) {
            (Some(month), _, Some(day)) => {
                let day = self.first.clone().filter(|_| day == 1).unwrap_or_else(|| day.to_string());
                self.day.replace("{d}", &day).replace("{m}", month).replace("{y}", &year)
            }
            (_, Some(month), None) => self.month.replace("{m}", month).replace("{y}", &year),
            (_, None, _) | (None, _, _) => self.year.replace("{y}", &year),
        }
    }
}

fn name(month: u8, names: &[String; 12]) -> Option<&String> {
    names.get(usize::from(month).wrapping_sub(1))
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::from_name(&name).ok_or_else(|| {
            let names = Self::ALL.iter().map(|label| format!("`{}`", label.name())).collect::<Vec<_>>().join(", ");
            serde::de::Error::custom(format!("there is no label `{name}`; there are {names}"))
        })
    }
}

#[cfg(test)]
mod tests;
