//! The article as its author's file says it. No layout decision can be written down here.
//!
//! 1. [`front`]: titles, people, affiliations, abstracts, keywords, codes, dates, permissions, each with its language.
//! 2. [`block`] and [`inline`]: the text, as two closed sums.
//! 3. [`table`], [`math`] and [`reference`]: the structures with a shape of their own.
//! 4. [`part`]: an article inside the article.
//! 5. [`plain`] and [`doi`]: what runs and texts say, for questions about them.
//! 6. [`walk`]: every inline of a block, every block of an article, in reading order.
//!
//! Text stands in [`crate::leaf::Leaves`]; the model holds its numbers.

pub mod block;
pub mod citation;
pub mod doi;
pub mod front;
pub mod inline;
pub mod math;
mod ordinal;
pub mod part;
pub mod plain;
pub mod reference;
pub mod table;
pub mod walk;

use crate::lang::Lang;
use crate::leaf::Leaves;
use block::Block;
use front::Front;
use part::Part;

/// An id of the master (`@id`), or one that `resolve` gave. Not empty, no white space.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub String);

impl Id {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the author's file says.
#[derive(Clone, Debug)]
pub struct Article {
    /// `@article-type`, such as `research-article`.
    pub kind: Option<String>,
    /// The language of the main text (`@xml:lang`, English without one: JATS, attribute default).
    pub lang: Lang,
    /// Everything before the text.
    pub front: Front,
    /// The text (`body`), then figures and tables of `floats-group` that nothing placed.
    pub body: Vec<Block>,
    /// What follows the text (`back`): acknowledgements, appendices, notes, references.
    pub back: Vec<Block>,
    /// Parts with front matter of their own: translations, replies, reports of referees.
    pub parts: Vec<Part>,
    /// Ids of elements that have no place of their own in the model, such as an anchor in a line: a reference to one is not dangling, but cannot be a link.
    pub anchors: Vec<Id>,
    /// All text of the article.
    pub leaves: Leaves,
}
