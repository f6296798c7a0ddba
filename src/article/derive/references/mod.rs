//! “References” from a list in Cyrillic: each entry in Latin letters, its output data in English.
//!
//! 1. An entry that the master gives in English is taken as it is, and so is one in which no Cyrillic letter stands.
//! 2. Any other is taken apart: by its tags where it has them ([`tagged`]), else by the signs of GOST ([`gost`]).
//! 3. [`write`] puts it together again; [`terms`] has the words. Translations that the master gives always win.
//! 4. Letters that the scheme lacks, and pieces that could not be told, are noted for an editor.

mod entry;
mod gost;
mod names;
mod tagged;
mod terms;
#[cfg(test)]
mod tests;
mod write;

use super::tongue::Mark;
use super::transliterate::{Scheme, is_mostly_cyrillic};
use crate::lang::{Lang, is_cyrillic};
use crate::leaf::Leaves;
use crate::model::citation::Citation;

pub use write::Piece;

/// A reference that is longer, in bytes, is none: it is transliterated as it stands.
const LONGEST: usize = 20_000;

/// A reference of the master.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// What it says, as plain text.
    pub text: &'a str,
    /// The same in English, where the master has it.
    pub english: Option<&'a str>,
    /// Its fields, where it is only tagged.
    pub tagged: Option<(&'a Citation, &'a Leaves)>,
    /// Its language, where the master names one.
    pub lang: Option<&'a Lang>,
}

/// How a reference was derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The master has it in English.
    Given,
    /// It is in Latin letters and stands as it is.
    Unchanged,
    /// It was written anew.
    Derived,
}

impl How {
    /// The name in the report.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Unchanged => "unchanged",
            Self::Derived => "derived",
        }
    }
}

/// A reference in Latin letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// The line, in pieces.
    pub pieces: Vec<Piece>,
    /// How it was made.
    pub how: How,
    /// The language of the words, where the line is a transliteration.
    pub lang: Option<Lang>,
    /// Pieces that could not be told from each other, and stand transliterated at the end.
    pub untold: Vec<String>,
    /// Cyrillic letters that the scheme lacks: they stand as they are.
    pub lacking: Vec<char>,
}

impl Derived {
    /// The line as plain text.
    #[must_use]
    pub fn text(&self) -> String {
        self.pieces.iter().map(|(text, _)| text.as_str()).collect()
    }
}

/// A reference in Latin letters, by a scheme. `main` is the language of the article.
#[must_use]
pub fn derive(given: &Given<'_>, scheme: &Scheme, mark: Mark, main: &Lang) -> Derived {
    let as_it_is = |text: &str, how| Derived { pieces: vec![(text.to_owned(), false)], how, lang: None, untold: Vec::new(), lacking: Vec::new() };
    if let Some(english) = given.english {
        return as_it_is(english, How::Given);
    }
    // A reference in Latin letters that is written by GOST loses its `//` too.
    let by_gost = given.text.contains(" // ") && given.tagged.is_none();
    if !given.text.chars().any(is_cyrillic) && !by_gost {
        return as_it_is(given.text, How::Unchanged);
    }
    // A patent has numbers, dates and owners of its own: its words are told, its order stays.
    let patent = terms::TERMS.patent(given.text);
    if given.text.len() > LONGEST || patent.is_some() {
        let told = patent.unwrap_or_else(|| given.text.to_owned());
        let mark = mark.of(&language(given.lang, given.text, main)).map(|mark| format!(" {mark}")).unwrap_or_default();
        return Derived { untold: vec![given.text.to_owned()], ..as_it_is(&(scheme.apply(&told) + &mark), How::Derived) };
    }
    let entry = match given.tagged {
        Some((citation, leaves)) => tagged::entry(leaves, citation),
        None => gost::parse(given.text),
    };
    let work: String = [entry.title.as_str(), entry.source.as_deref().unwrap_or_default()].concat();
    let people: String = entry.authors.iter().map(|person| person.surname.as_str()).collect();
    let lang = language(given.lang, &[people.as_str(), work.as_str()].join(" "), main);
    let is_cyrillic_work = is_mostly_cyrillic(&work);
    let mark = mark.of(&lang).filter(|_| is_cyrillic_work);
    let pieces = write::line(&entry, scheme, mark.as_deref());
    let lacking: std::collections::BTreeSet<char> = pieces.iter().flat_map(|(text, _)| text.chars()).filter(|char| is_cyrillic(*char)).collect();
    let latin = Lang::parse(&format!("{}-Latn", lang.primary())).map(|(lang, _)| lang);
    Derived { pieces, how: How::Derived, lang: latin.filter(|_| is_cyrillic_work), untold: entry.rest, lacking: lacking.into_iter().collect() }
}

/// The language of a reference: what the master says, else what the letters of its authors and titles tell, else Russian.
fn language(said: Option<&Lang>, titles: &str, main: &Lang) -> Lang {
    let named = |tag: &str| Lang::parse(tag).map_or_else(Lang::english, |(lang, _)| lang);
    if let Some(lang) = said {
        return lang.clone();
    }
    let has = |letters: &str| titles.chars().flat_map(char::to_lowercase).any(|char| letters.contains(char));
    let is_own = |tags: &[&str]| tags.contains(&main.primary());
    if has("ңөүәғқұһҳҷӣӯҗ") && is_own(&["ky", "kk", "tt", "ba", "mn", "tg", "uz"]) {
        return main.clone();
    }
    let says = |word: &str| titles.to_lowercase().contains(word);
    if has("әғқұһ") || (has("і") && has("ңөү")) || says(" және ") {
        named("kk")
    } else if has("ңөү") || says(" жана ") {
        named("ky")
    } else if has("їєґ") {
        named("uk")
    } else if has("ў") {
        named("be")
    } else if has("і") {
        if is_own(&["kk"]) { named("kk") } else { named("uk") }
    } else {
        named("ru")
    }
}
