//! Where a word may be divided at the end of a line, in languages of which the typesetting engine has no patterns.
//!
//! 1. [`Rules::of`] says which rules a language has: Kyrgyz, Kazakh, Uzbek in both scripts, Azerbaijani, Romanian.
//! 2. [`Rules::breaks`] divides a word. What a rule leaves open is not divided: a place too few does no harm, a wrong one does.
//!
//! The rules, each shown by words that were divided by hand (`words/*.txt`, held against the code by the tests):
//!
//! - Kyrgyz: the spelling rules of the Kyrgyz language (law of 2008), on carrying words over: by syllables, no single letter, long vowels whole,
//!   `ь`, `ъ` and `й` with what stands before them.
//! - Kazakh: the spelling rules of the Kazakh language, on carrying over: the same; `у` between or behind vowels is a consonant.
//! - Uzbek: main spelling rules (resolution 339 of the Cabinet of Ministers, 1995), on carrying over: by syllables, no single letter, `sh`, `ch` and
//!   `ng` whole, the sign of separation with what stands before it.
//! - Azerbaijani: spelling rules (resolution 108 of the Cabinet of Ministers, 2004), on carrying over: by syllables, no single letter.
//! - Romanian: DOOM (Dicționarul ortografic, ortoepic și morfologic), division by pronunciation.
//!
//! Of TeX's patterns, `hyph-ro` comes without a licence and is not used; `hyph-kk` is in the public domain and made from the same rules of syllables, but
//! knows nothing of `у` as a consonant.

mod romanian;
mod turkic;

use crate::lang::Lang;

/// The rules of a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// Kyrgyz.
    Kyrgyz,
    /// Kazakh.
    Kazakh,
    /// Uzbek in Latin letters.
    Uzbek,
    /// Uzbek in Cyrillic letters.
    UzbekCyrillic,
    /// Azerbaijani.
    Azerbaijani,
    /// Romanian.
    Romanian,
}

impl Rules {
    /// The rules of a language, where there are any here.
    #[must_use]
    pub fn of(lang: &Lang) -> Option<Self> {
        Some(match (lang.primary(), lang.script()) {
            ("ky", None | Some("Cyrl")) => Self::Kyrgyz,
            ("kk", None | Some("Cyrl")) => Self::Kazakh,
            ("uz", None | Some("Latn")) => Self::Uzbek,
            ("uz", Some("Cyrl")) => Self::UzbekCyrillic,
            ("az", None | Some("Latn")) => Self::Azerbaijani,
            ("ro", None | Some("Latn")) => Self::Romanian,
            _ => return None,
        })
    }

    /// The places in a word, in bytes, at which it may be divided. A word in capitals is an abbreviation, and one that holds anything but
    /// letters of the language is none of its words: neither is divided.
    #[must_use]
    pub fn breaks(self, word: &str) -> Vec<usize> {
        let letters: Vec<(usize, char)> = word.char_indices().collect();
        if letters.iter().skip(1).any(|(_, c)| c.is_uppercase()) {
            return Vec::new();
        }
        let small: Vec<char> = letters.iter().map(|(_, c)| lower(*c)).collect();
        let places = match self {
            Self::Romanian => romanian::places(&small),
            Self::Kyrgyz | Self::Kazakh | Self::Uzbek | Self::UzbekCyrillic | Self::Azerbaijani => turkic::places(self, &small),
        };
        places.into_iter().filter_map(|at| letters.get(at)).map(|(byte, _)| *byte).collect()
    }
}

/// A letter made small. The Turkic `İ` becomes a plain `i`.
fn lower(c: char) -> char {
    match c {
        'İ' => 'i',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

#[cfg(test)]
mod tests;
