//! What is derived from the metadata: no word of it stands in the master, and none of it is a leaf.
//!
//! 1. [`transliterate`] writes Cyrillic in Latin letters, by tables; [`tongue`] names languages in English.
//! 2. [`citation`] makes the line by which the article is to be cited.
//! 3. [`references`] writes a list of references in Cyrillic anew, in Latin letters and with its data in English.
//! 4. [`imprint`] makes the imprint of the printed edition, when the pages are set.
//!
//! `resolve` asks for it where the journal wishes it ([`Wishes`]), which its project or its layout says ([`asked`]).

pub mod asked;
pub mod citation;
pub mod imprint;
pub mod references;
pub mod tongue;
pub mod transliterate;

use crate::cite::Style;
use citation::Form;
use tongue::Mark;

/// What a journal wishes to be derived.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Whether each language says how the article is to be cited.
    pub for_citation: bool,
    /// By which standard, in languages of GOST.
    pub form: Form,
    /// Whether a list of references in Cyrillic gets one in Latin letters beside it.
    pub references: bool,
    /// Whether a list of references without a title is called one of sources.
    pub list_of_sources: bool,
    /// How the language of a text is named in English.
    pub mark: Mark,
    /// The citation style of other languages; a plain form without one.
    pub style: Option<Style>,
    /// The scheme by which Cyrillic becomes Latin, by its name; [`transliterate::DEFAULT`] without one.
    pub transliteration: Option<String>,
}

impl Wishes {
    /// The scheme of transliteration; `None` where there is none of this name.
    #[must_use]
    pub fn scheme(&self) -> Option<&'static transliterate::Scheme> {
        transliterate::Scheme::named(self.transliteration.as_deref().unwrap_or(transliterate::DEFAULT))
    }
}
