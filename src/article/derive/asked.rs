//! What a project or a layout asks for: its table `[derive]`.
//!
//! ```toml
//! [derive]
//! for-citation = true              # “For citation” in each language
//! citation-form = "gost-7.0.5"     # or "gost-7.0.100", in languages of GOST
//! references = true                # “References” beside a list in Cyrillic
//! list-of-sources = true           # a list of references without a title is called “Список источников”
//! transliteration = "bsi"          # or "bgn", "ala-lc", "ala-lc-ky", "ala-lc-kk", "gost-b"
//! language-mark = "usual"          # (In Russ.), [in Kazakh]; or "brackets": [in Russian], [in Kazakh]
//! ```

use serde::Deserialize;

use super::Wishes;
use super::citation::Form;
use super::tongue::Mark;
use super::transliterate::Scheme;
use crate::cite::Style;

/// The table. What is absent is asked for by nobody, or by whoever is asked next.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Asked {
    /// Whether each language says how the article is to be cited.
    pub for_citation: Option<bool>,
    /// By which standard.
    pub citation_form: Option<Form>,
    /// Whether a list of references in Cyrillic gets one in Latin letters beside it.
    pub references: Option<bool>,
    /// Whether a list of references without a title is called one of sources.
    pub list_of_sources: Option<bool>,
    /// The scheme of transliteration.
    pub transliteration: Option<SchemeName>,
    /// How the language of a text is named in English.
    pub language_mark: Option<Mark>,
}

/// The name of a scheme that there is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct SchemeName(String);

impl TryFrom<String> for SchemeName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        if Scheme::named(&name).is_some() {
            return Ok(Self(name));
        }
        let known: Vec<String> = Scheme::names().iter().map(|name| format!("`{name}`")).collect();
        Err(format!("there is no scheme of transliteration `{name}`: known are {}", known.join(", ")))
    }
}

impl Asked {
    /// This table, and what another asks for beyond it.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            for_citation: self.for_citation.or(other.for_citation),
            citation_form: self.citation_form.or(other.citation_form),
            references: self.references.or(other.references),
            list_of_sources: self.list_of_sources.or(other.list_of_sources),
            transliteration: self.transliteration.or(other.transliteration),
            language_mark: self.language_mark.or(other.language_mark),
        }
    }

    /// What is wished by it. `style` is the journal's own citation style, where it has one.
    #[must_use]
    pub fn wishes(self, style: Option<Style>) -> Wishes {
        Wishes {
            for_citation: self.for_citation.unwrap_or_default(),
            form: self.citation_form.unwrap_or_default(),
            references: self.references.unwrap_or_default(),
            list_of_sources: self.list_of_sources.unwrap_or_default(),
            mark: self.language_mark.unwrap_or_default(),
            style,
            transliteration: self.transliteration.map(|name| name.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_goes_before_its_layout() {
        let layout: Asked = toml::from_str("for-citation = true\ncitation-form = 'gost-7.0.5'\ntransliteration = 'bsi'").expect("a table");
        let project: Asked = toml::from_str("citation-form = 'gost-7.0.100'\nlanguage-mark = 'brackets'\nreferences = true").expect("a table");
        let wishes = project.or(layout).wishes(None);
        assert!(wishes.for_citation && wishes.references);
        assert_eq!((wishes.form, wishes.mark, wishes.transliteration.as_deref()), (Form::Record, Mark::Brackets, Some("bsi")));
    }

    #[test]
    fn what_is_not_known_is_refused() {
        let refused = |text: &str| toml::from_str::<Asked>(text).expect_err("a fault").message().to_owned();
        assert!(refused("transliteration = 'bis'").contains("known are `bsi`, `bgn`"));
        assert!(refused("citation-form = 'apa'").contains("gost-7.0.5"));
        assert!(refused("for-citations = true").contains("unknown field"));
    }
}
