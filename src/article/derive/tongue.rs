//! The language of a text, as an English reference names it.

use serde::Deserialize;

use crate::lang::{Lang, table};

/// How the language of a text is named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// `(In Russ.)` for Russian, in which most lists have it; `[in Kazakh]`, `[in Kyrgyz]` for every other.
    #[default]
    Usual,
    /// `[in Russian]`, `[in Kazakh]`, as journals in Kazakhstan ask for it.
    Brackets,
}

impl Mark {
    /// The mark of a language; `None` for English, which needs none, and for a language whose name is not known.
    #[must_use]
    pub fn of(self, lang: &Lang) -> Option<String> {
        if lang.primary() == "en" {
            return None;
        }
        let known = table::language(lang)?;
        match (self, &known.marked) {
            (Self::Usual, Some(marked)) => Some(format!("({marked})")),
            (Self::Usual, None) | (Self::Brackets, _) => Some(format!("[in {}]", known.english.split(" (").next().unwrap_or_default())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_named_in_english() {
        let mark = |mark: Mark, tag: &str| mark.of(&Lang::parse(tag).expect("a tag").0);
        assert_eq!(mark(Mark::Usual, "ru").as_deref(), Some("(In Russ.)"));
        assert_eq!(mark(Mark::Brackets, "ru").as_deref(), Some("[in Russian]"));
        assert_eq!(mark(Mark::Usual, "kk").as_deref(), Some("[in Kazakh]"));
        assert_eq!(mark(Mark::Usual, "ky").as_deref(), Some("[in Kyrgyz]"));
        assert_eq!(mark(Mark::Usual, "en"), None);
    }
}
