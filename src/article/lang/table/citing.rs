//! The words by which an article says how it is to be cited.
//!
//! Russian by GOST R 7.0.5-2008 and 7.0.100-2018, Ukrainian by DSTU 8302:2015, Kyrgyz and Kazakh as journals there print them (Б. for
//! “бет”). The labels are those that journals print; a language of which nobody is sure is not here.

use super::Lang;

/// The words of a language.
#[derive(Debug)]
pub struct CitingWords {
    /// Before the line by which the article is to be cited.
    pub label: &'static str,
    /// The words of a reference, where the language cites by GOST or its kin.
    pub gost: Option<GostWords>,
}

/// The words of a reference by GOST.
#[derive(Clone, Copy, Debug)]
pub struct GostWords {
    /// Before a volume.
    pub volume: &'static str,
    /// Before the number of an issue.
    pub number: &'static str,
    /// Before pages.
    pub pages: &'static str,
    /// Before the number of an article that has no pages.
    pub article: &'static str,
    /// For further authors, without the brackets.
    pub et_al: &'static str,
}

const RUSSIAN: GostWords = GostWords { volume: "Т.", number: "№", pages: "С.", article: "Ст.", et_al: "и др." };

/// Languages with their words.
const TABLE: &[(&str, &str, CitingWords)] = &[
    ("en", "Latn", CitingWords { label: "For citation", gost: None }),
    ("ru", "Cyrl", CitingWords { label: "Для цитирования", gost: Some(RUSSIAN) }),
    ("ky", "Cyrl", CitingWords { label: "Шилтеме үчүн", gost: Some(GostWords { pages: "Б.", article: "Art.", et_al: "ж. б.", ..RUSSIAN }) }),
    ("kk", "Cyrl", CitingWords { label: "Дәйексөз үшін", gost: Some(GostWords { pages: "Б.", article: "Art.", et_al: "және т. б.", ..RUSSIAN }) }),
    ("uk", "Cyrl", CitingWords { label: "Для цитування", gost: Some(GostWords { et_al: "та ін.", ..RUSSIAN }) }),
    ("be", "Cyrl", CitingWords { label: "Для цытавання", gost: Some(GostWords { article: "Арт.", et_al: "і інш.", ..RUSSIAN }) }),
    ("de", "Latn", CitingWords { label: "Zitiervorschlag", gost: None }),
    ("fr", "Latn", CitingWords { label: "Pour citer cet article", gost: None }),
    ("es", "Latn", CitingWords { label: "Cómo citar", gost: None }),
    ("pt", "Latn", CitingWords { label: "Como citar", gost: None }),
    ("it", "Latn", CitingWords { label: "Come citare", gost: None }),
    ("pl", "Latn", CitingWords { label: "Jak cytować", gost: None }),
    ("cs", "Latn", CitingWords { label: "Jak citovat", gost: None }),
    ("sk", "Latn", CitingWords { label: "Ako citovať", gost: None }),
    ("sl", "Latn", CitingWords { label: "Kako citirati", gost: None }),
    ("hr", "Latn", CitingWords { label: "Kako citirati", gost: None }),
    ("tr", "Latn", CitingWords { label: "Atıf", gost: None }),
];

/// The words of a language; the English ones where the table does not have it.
#[must_use]
pub fn words(lang: &Lang) -> &'static CitingWords {
    let own = TABLE.iter().find(|(code, script, _)| *code == lang.primary() && lang.script().is_none_or(|named| named == *script));
    &own.unwrap_or(&TABLE[0]).2
}
