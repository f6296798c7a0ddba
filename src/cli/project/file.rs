//! What may stand in a `diglot.toml`. Whatever is not listed here is refused, with the line.

use std::collections::BTreeMap;
use std::path::PathBuf;

use article::derive::asked::Asked;
use article::lang::Lang;
use article::lang::lexicon::Overrides;
use serde::Deserialize;

use super::super::args::{Flavour, Format, Gravity, PICTURE_LIMITS, Place};
use super::trade::{Cover, Table};

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(in crate::cli) struct File {
    /// The journal.
    pub(in crate::cli) journal: Journal,
    /// The layout: its `name`, and options of it, which `pdf::layout` compares with what the layout has.
    pub(in crate::cli) layout: toml::Table,
    /// How articles are built.
    pub(in crate::cli) build: Build,
    /// Words of its own, by language: `[labels.ky] abstract = "…"`.
    pub(in crate::cli) labels: Overrides,
    /// Rules that it switches, which `checks` reads.
    pub(in crate::cli) checks: toml::Table,
    /// What is derived from the metadata.
    pub(in crate::cli) derive: Asked,
    /// What pages of HTML are like.
    pub(in crate::cli) html: Html,
    /// What is said of e-books.
    pub(in crate::cli) epub: Epub,
    /// The cover around printed pages.
    pub(in crate::cli) cover: Cover,
    /// The imprint of the printed edition.
    pub(in crate::cli) imprint: Option<Table>,
}

/// What is true of all articles of a journal. A master that says otherwise is right.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(in crate::cli) struct Journal {
    /// Its title.
    pub(in crate::cli) title: Option<Said>,
    /// Its ISSNs.
    pub(in crate::cli) issn: Option<OneOrMore>,
    /// Who publishes it.
    pub(in crate::cli) publisher: Option<Said>,
    /// Where.
    pub(in crate::cli) place: Option<String>,
    /// Its languages, in the order in which front matter follows that of the text.
    pub(in crate::cli) languages: Vec<String>,
}

/// What the flags of `diglot build` say otherwise. Paths are from the file's folder.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(in crate::cli) struct Build {
    /// Masters, or folders of masters, where none is typed.
    pub(in crate::cli) source: Option<Paths>,
    /// `--out-dir`.
    pub(in crate::cli) out_dir: Option<PathBuf>,
    /// `--to`.
    pub(in crate::cli) to: Option<Vec<Format>>,
    /// `--csl`.
    pub(in crate::cli) csl: Option<String>,
    /// `--pdf-standard`.
    pub(in crate::cli) pdf_standard: Option<Vec<String>>,
    /// `--press-profile`.
    pub(in crate::cli) press_profile: Option<String>,
    /// `--figures`.
    pub(in crate::cli) figures: Vec<PathBuf>,
    /// `--missing-figures`.
    pub(in crate::cli) missing_figures: Option<Gravity>,
    /// `--missing-glyphs`.
    pub(in crate::cli) missing_glyphs: Option<Gravity>,
    /// `--font-path`.
    pub(in crate::cli) font_path: Vec<PathBuf>,
    /// `--epub-picture-limit`.
    pub(in crate::cli) epub_picture_limit: Option<Pixels>,
    /// `--epub-flavour`.
    pub(in crate::cli) epub_flavour: Option<Flavour>,
    /// `--prefer-lang`.
    pub(in crate::cli) prefer_lang: Option<Tongue>,
}

/// What pages of HTML are like, and where they and the PDFs are going to stand.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(in crate::cli) struct Html {
    /// `--html-pictures`.
    pub(in crate::cli) pictures: Option<Place>,
    /// The address of a page; `{name}` stands for the name of the master's outputs.
    pub(in crate::cli) address: Option<Address>,
    /// The address of the PDF, which Google Scholar looks for in the page.
    pub(in crate::cli) pdf: Option<Address>,
}

/// What is said of e-books to those who lend and sell them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(in crate::cli) struct Epub {
    /// Who has evaluated how accessible they are.
    pub(in crate::cli) certifier: Option<String>,
    /// What entitles to it.
    pub(in crate::cli) certifier_credential: Option<String>,
    /// Where the report is.
    pub(in crate::cli) certifier_report: Option<Address>,
    /// What they conform to; what the certifier says, where it is not [`CONFORMANCE`].
    pub(in crate::cli) conforms_to: Option<Conformance>,
    /// The record in ONIX 3.0 of each; `{name}` stands for the name of the master's outputs.
    pub(in crate::cli) onix: Option<String>,
}

/// What e-books conform to where a certifier is named and nothing else.
pub(in crate::cli) const CONFORMANCE: &str = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA";

/// A statement of conformance, to the letter as the specification has it (EPUB Accessibility 1.1, 2.4).
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(in crate::cli) struct Conformance(pub(in crate::cli) String);

impl TryFrom<String> for Conformance {
    type Error = String;

    fn try_from(said: String) -> Result<Self, String> {
        let level = said.strip_prefix("EPUB Accessibility 1.").and_then(|rest| rest.strip_prefix(['1', '2'])).and_then(|rest| rest.strip_prefix(" - WCAG 2."));
        let level = level.and_then(|rest| rest.strip_prefix(['0', '1', '2'])).and_then(|rest| rest.strip_prefix(" Level "));
        if level.is_some_and(|level| matches!(level, "A" | "AA" | "AAA")) {
            Ok(Self(said))
        } else {
            Err(format!("`{said}` is not written as `{CONFORMANCE}` is"))
        }
    }
}

/// An address on the web.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(in crate::cli) struct Address(pub(in crate::cli) String);

impl TryFrom<String> for Address {
    type Error = String;

    fn try_from(address: String) -> Result<Self, String> {
        let is_whole = ["https://", "http://"].iter().any(|scheme| address.strip_prefix(scheme).is_some_and(|rest| rest.starts_with(char::is_alphanumeric)));
        if is_whole && !address.contains(char::is_whitespace) {
            Ok(Self(address))
        } else {
            Err(format!("`{address}` is no whole address; it begins with `https://` and has no blanks"))
        }
    }
}

/// The longest side of a picture in an e-book, in pixels.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "u32")]
pub(in crate::cli) struct Pixels(pub(in crate::cli) u32);

impl TryFrom<u32> for Pixels {
    type Error = String;

    fn try_from(side: u32) -> Result<Self, String> {
        if PICTURE_LIMITS.contains(&side) {
            Ok(Self(side))
        } else {
            Err(format!("a picture's longest side has {} to {} pixels", PICTURE_LIMITS.start(), PICTURE_LIMITS.end()))
        }
    }
}

/// A language by its tag.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(in crate::cli) struct Tongue(pub(in crate::cli) Lang);

impl TryFrom<String> for Tongue {
    type Error = String;

    fn try_from(tag: String) -> Result<Self, String> {
        Lang::parse(&tag).map(|(lang, _)| Self(lang)).ok_or_else(|| format!("`{tag}` is no language"))
    }
}

/// A text, or one for each of several languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(in crate::cli) enum Said {
    /// In the journal's first language.
    One(String),
    /// By language.
    Many(BTreeMap<String, String>),
}

impl Said {
    /// The tags of languages that it names.
    pub(super) fn languages(&self) -> impl Iterator<Item = &str> {
        let many = match self {
            Self::One(_) => None,
            Self::Many(forms) => Some(forms.keys().map(String::as_str)),
        };
        many.into_iter().flatten()
    }

    /// Its forms; `own` is the language of one that names none.
    pub(in crate::cli) fn forms(&self, own: Option<&Lang>) -> Vec<(Lang, String)> {
        match self {
            Self::One(text) => vec![(own.cloned().unwrap_or_else(Lang::english), text.clone())],
            Self::Many(forms) => forms.iter().filter_map(|(tag, text)| Some((Lang::parse(tag)?.0, text.clone()))).collect(),
        }
    }
}

/// One thing or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(in crate::cli) enum OneOrMore {
    /// One.
    One(String),
    /// Several.
    More(Vec<String>),
}

impl OneOrMore {
    /// All of them.
    pub(super) fn all(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::More(more) => more,
        }
    }
}

/// One path or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(in crate::cli) enum Paths {
    /// One.
    One(PathBuf),
    /// Several.
    More(Vec<PathBuf>),
}

impl Paths {
    /// All of them.
    pub(in crate::cli) fn all(&self) -> &[PathBuf] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::More(more) => more,
        }
    }
}
