//! What the tests of the passes share: masters as strings, and what became of them.

use crate::diag::Log;
use crate::edition::Edition;
use crate::source::Source;
use crate::{jats, print, xml};

/// An edition of a master, with what was said about it.
pub(super) struct Resolved {
    pub edition: Edition,
    pub said: Vec<String>,
    pub text: String,
}

impl Resolved {
    /// Whether these lines stand one after the other in the printed edition, whatever their indent.
    #[track_caller]
    pub(super) fn shows(&self, lines: &str) {
        let wanted: Vec<&str> = lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let found: Vec<&str> = self.text.lines().map(str::trim).collect();
        assert!(found.windows(wanted.len()).any(|window| window == wanted), "not found:\n{}\nin:\n{}", wanted.join("\n"), self.text);
    }

    /// Whether no line of the printed edition has this text.
    #[track_caller]
    pub(super) fn lacks(&self, text: &str) {
        assert!(!self.text.contains(text), "found `{text}` in:\n{}", self.text);
    }

    /// Whether exactly these things were said: each a code, or the beginning of `code: message`.
    #[track_caller]
    pub(super) fn says(&self, wanted: &[&str]) {
        let same = self.said.len() == wanted.len() && self.said.iter().zip(wanted).all(|(said, wanted)| said.starts_with(wanted));
        assert!(same, "wanted {wanted:#?}, said {:#?}", self.said);
    }
}

/// Resolves an article: front matter after the title, body, back.
pub(super) fn resolved(front: &str, body: &str, back: &str) -> Resolved {
    master(&format!(
        "<article article-type='research-article' xml:lang='en'><front><article-meta><title-group><article-title>Title</article-title></title-group>{front}</article-meta></front>\
         <body>{body}</body><back>{back}</back></article>"
    ))
}

/// Reads a whole master.
pub(super) fn article(log: &mut Log, text: &str) -> crate::model::Article {
    let source = Source::new("test.xml", text);
    let tree = xml::parse(log, &source).expect("well-formed");
    jats::read(log, &tree).expect("an article")
}

/// Resolves a whole master.
pub(super) fn master(text: &str) -> Resolved {
    let mut log = Log::default();
    let article = article(&mut log, text);
    let before = log.iter().count();
    let edition = super::resolve(&mut log, article);
    let said = log.iter().skip(before).map(|diagnostic| format!("{}: {}", diagnostic.code.name(), diagnostic.message)).collect();
    let text = print::edition(&edition);
    Resolved { edition, said, text }
}
