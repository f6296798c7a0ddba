//! Parts of an article with front matter of their own (`sub-article`, `response`): translations, replies, reports of referees.

use super::Id;
use super::block::Block;
use super::front::Front;
use crate::lang::Lang;
use crate::source::Span;
pub use crate::term::PartKind;

/// A part of an article that is made up as an article is. Parts nest: the answer to a letter stands in the letter.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is, by `@article-type` or `@response-type`.
    pub kind: PartKind,
    /// The id.
    pub id: Option<Id>,
    /// Its language: its own, or that of the article.
    pub lang: Lang,
    /// Everything before its text.
    pub front: Front,
    /// Its text.
    pub body: Vec<Block>,
    /// What follows its text.
    pub back: Vec<Block>,
    /// Parts inside it.
    pub parts: Vec<Part>,
    /// Where it stands in the master.
    pub span: Span,
}

impl Part {
    /// Whether it is a translation of an article in this language: it says so, or it is of no named kind and has a title in another language.
    /// So Slovene journals have it.
    #[must_use]
    pub fn is_translation(&self, main: &Lang) -> bool {
        match self.kind {
            PartKind::Translation => true,
            PartKind::Other => !self.lang.same_language(main) && !self.front.titles.is_empty(),
            PartKind::Reply | PartKind::DecisionLetter | PartKind::RefereeReport | PartKind::EditorReport | PartKind::AuthorComment | PartKind::Commentary => {
                false
            }
        }
    }
}
