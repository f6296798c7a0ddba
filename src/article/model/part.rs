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
