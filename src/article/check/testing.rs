//! What the tests of the rules share: masters as strings, and what is said of them.

use super::{Master, Settings, look, settle};
use crate::diag::Log;
use crate::source::Source;
use crate::{jats, xml};

/// What was said of a master.
pub(super) struct Checked {
    /// Each complaint of a rule or about an instruction as `code: message`, and the text of the master at its place.
    pub(super) said: Vec<(String, String)>,
    /// How many errors there are.
    pub(super) errors: usize,
}

impl Checked {
    /// Whether exactly these things were said: each a code, or the beginning of `code: message`.
    #[track_caller]
    pub(super) fn says(&self, wanted: &[&str]) {
        let same = self.said.len() == wanted.len() && self.said.iter().zip(wanted).all(|((said, _), wanted)| said.starts_with(wanted));
        assert!(same, "wanted {wanted:#?}, said {:#?}", self.said);
    }

    /// Whether one thing was said, of this place.
    #[track_caller]
    pub(super) fn says_at(&self, wanted: &str, place: &str) {
        self.says(&[wanted]);
        assert!(self.said[0].1.starts_with(place), "wanted at {place:?}, said {:#?}", self.said);
    }
}

/// Checks a master as a project without settings does.
pub(super) fn checked(text: &str) -> Checked {
    checked_with(text, &Settings::default())
}

/// Checks a master.
pub(super) fn checked_with(text: &str, settings: &Settings) -> Checked {
    let mut log = Log::default();
    let source = Source::new("test.xml", text);
    let tree = xml::parse(&mut log, &source).expect("well-formed");
    let article = jats::read(&mut log, &tree).expect("an article");
    assert!(log.iter().all(|diagnostic| diagnostic.code.name() != "lost-text"));
    let mut log = Log::default();
    look(&mut log, Master { source: &source, tree: &tree, article: &article }, settings);
    settle(&mut log, &tree, settings);
    let said = log
        .iter()
        .map(|diagnostic| {
            let place = diagnostic.at.map(|at| source.slice(at).to_owned()).unwrap_or_default();
            assert!(!place.is_empty(), "no place: {diagnostic:?}");
            assert!(diagnostic.hint.is_some(), "no hint: {diagnostic:?}");
            (format!("{}: {}", diagnostic.code.name(), diagnostic.message), place)
        })
        .collect();
    Checked { said, errors: log.errors() }
}

/// Checks an English article with this in its `article-meta` after the title.
pub(super) fn front(meta: &str) -> Checked {
    checked(&article("en", meta, "", ""))
}

/// A master: language, front matter after the title, body, back.
pub(super) fn article(lang: &str, meta: &str, body: &str, back: &str) -> String {
    let title = if lang == "en" { "On things" } else { "О вещах" };
    format!(
        "<article xml:lang='{lang}'><front><article-meta><title-group><article-title>{title}</article-title></title-group>{meta}</article-meta></front>\
         <body>{body}</body><back>{back}</back></article>"
    )
}
