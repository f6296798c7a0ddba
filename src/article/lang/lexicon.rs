//! The words of an article: those of the table, unless a project has others.
//!
//! 1. A project's `[labels.ky]` becomes [`Overrides`]; a name that is no label is refused, with the names that there are.
//! 2. [`Lexicon::word`] gives a word in a language, and notes where English had to stand in for a language that the table knows.
//! 3. `resolve` reports what was noted, as `missing-label`.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::Lang;
use super::label::Label;
use super::table;

/// The words that a project has instead of those of the table, by language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "BTreeMap<String, BTreeMap<Label, String>>")]
pub struct Overrides {
    words: BTreeMap<String, BTreeMap<Label, String>>,
}

impl Overrides {
    /// A word of the project for this very language, or for the language without its region.
    fn own(&self, lang: &Lang, label: Label) -> Option<&str> {
        let without_region = || lang.script().map_or_else(|| lang.primary().to_owned(), |script| format!("{}-{script}", lang.primary()));
        let of = |tag: &str| self.words.get(tag).and_then(|words| words.get(&label)).map(String::as_str);
        of(lang.tag()).or_else(|| of(&without_region()))
    }

    /// A word in a language: the project's, else that of the table, else the English one.
    #[must_use]
    pub fn word(&self, lang: &Lang, label: Label) -> &str {
        self.own(lang, label).unwrap_or_else(|| table::word(lang, label))
    }

    /// A word in a language, if the project or the table has one.
    #[must_use]
    pub fn own_word(&self, lang: &Lang, label: Label) -> Option<&str> {
        self.own(lang, label).or_else(|| table::own_word(lang, label))
    }

    /// Whether nothing of a language would be English: it is in the table, or the project has words of it.
    #[must_use]
    pub fn knows(&self, lang: &Lang) -> bool {
        table::language(lang).is_some() || self.words.contains_key(lang.tag()) || self.words.contains_key(lang.primary())
    }
}

impl TryFrom<BTreeMap<String, BTreeMap<Label, String>>> for Overrides {
    type Error = String;

    /// Takes what was written. The error says which language is none, or which word lacks what must stand in it.
    fn try_from(written: BTreeMap<String, BTreeMap<Label, String>>) -> Result<Self, String> {
        let mut words = BTreeMap::new();
        for (tag, own) in written {
            let Some((lang, _)) = Lang::parse(&tag) else { return Err(format!("`{tag}` is no language")) };
            for (label, text) in &own {
                if let Some(placeholder) = label.placeholder().filter(|placeholder| !text.contains(placeholder)) {
                    return Err(format!("the label `{}` of `{tag}` has no `{placeholder}`", label.name()));
                }
            }
            words.insert(lang.tag().to_owned(), own);
        }
        Ok(Self { words })
    }
}

/// The words of one article, and which of them were missing.
#[derive(Debug)]
pub struct Lexicon<'a> {
    own: &'a Overrides,
    missed: RefCell<BTreeSet<(Lang, Label)>>,
}

impl<'a> Lexicon<'a> {
    /// The words as a project wants them.
    #[must_use]
    pub fn new(own: &'a Overrides) -> Self {
        Self { own, missed: RefCell::default() }
    }

    /// A word in a language. Where the table knows the language but not the word, that is noted.
    #[must_use]
    pub fn word(&self, lang: &Lang, label: Label) -> &'a str {
        self.own.own_word(lang, label).unwrap_or_else(|| {
            if table::language(lang).is_some() {
                self.missed.borrow_mut().insert((lang.clone(), label));
            }
            table::word(&Lang::english(), label)
        })
    }

    /// A word in a language, if the project or the table has one. That it is not there is no fault.
    #[must_use]
    pub fn own_word(&self, lang: &Lang, label: Label) -> Option<&'a str> {
        self.own.own_word(lang, label)
    }

    /// The words that were asked for and are not there, in the order of languages and labels.
    #[must_use]
    pub fn missed(&self) -> Vec<(Lang, Label)> {
        self.missed.borrow().iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang(tag: &str) -> Lang {
        Lang::parse(tag).expect("a tag").0
    }

    #[test]
    fn a_project_has_words_of_its_own() {
        let own: Overrides = toml::from_str("[ky]\nabstract = \"Аннотация\"\n[pt-BR]\nkeywords = \"Descritores\"").expect("such labels");
        assert_eq!(own.word(&lang("ky"), Label::Abstract), "Аннотация");
        assert_eq!(own.word(&lang("ky-KG"), Label::Abstract), "Аннотация");
        assert_eq!(own.word(&lang("ky"), Label::Keywords), "Ачкыч сөздөр");
        assert_eq!(own.word(&lang("pt-BR"), Label::Keywords), "Descritores");
        assert_eq!(own.word(&lang("pt"), Label::Keywords), "Palavras-chave");
        let own: Overrides = toml::from_str("[ba]\nabstract = \"Аннотация\"").expect("such labels");
        assert!(own.knows(&lang("ba")) && !own.knows(&lang("cv")));
    }

    #[test]
    fn what_is_no_label_is_refused_with_the_names_that_there_are() {
        let refused = |text: &str| toml::from_str::<Overrides>(text).expect_err("refused").message().to_owned();
        let said = refused("[ky]\nabstrakt = \"x\"");
        assert!(said.starts_with("there is no label `abstrakt`; there are `abstract`, `keywords`"), "{said}");
        assert_eq!(refused("[ky]\nfigure = \"Сүрөт\""), "the label `figure` of `ky` has no `{n}`");
        assert_eq!(refused("[kyrgyz]\nabstract = \"x\""), "`kyrgyz` is no language");
    }

    #[test]
    fn a_word_that_a_language_lacks_is_noted_once() {
        let own = Overrides::default();
        let lexicon = Lexicon::new(&own);
        assert_eq!(lexicon.word(&lang("ky"), Label::Concern), "Expression of concern about");
        assert_eq!(lexicon.word(&lang("ky"), Label::Concern), "Expression of concern about");
        assert_eq!(lexicon.word(&lang("ky"), Label::Abstract), "Кыскача мазмуну");
        // A language that is not in the table at all is reported as a whole.
        assert_eq!(lexicon.word(&lang("cy"), Label::Abstract), "Abstract");
        assert_eq!(lexicon.missed(), [(lang("ky"), Label::Concern)]);
    }
}
