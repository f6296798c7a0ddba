//! Lists of references.

use super::Id;
use super::block::Block;
use super::citation::Citation;
use super::inline::Inlines;
use crate::lang::Lang;
use crate::source::Span;

/// A list of references (`ref-list`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferenceList {
    /// The id.
    pub id: Option<Id>,
    /// Its title; `resolve` gives one where there is none.
    pub title: Inlines,
    /// Paragraphs and other blocks before the references.
    pub blocks: Vec<Block>,
    /// The references.
    pub items: Vec<Reference>,
    /// Lists inside it.
    pub lists: Vec<ReferenceList>,
    /// Whether `resolve` has derived it from another: no text of it is the master's.
    pub derived: bool,
    /// Where it stands in the master.
    pub span: Span,
}

impl ReferenceList {
    /// The ids of the list and of the lists inside it, without those of references.
    #[must_use]
    pub fn ids(&self) -> Vec<&Id> {
        self.id.iter().chain(self.lists.iter().flat_map(Self::ids)).collect()
    }
}

/// A reference (`ref`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The id.
    pub id: Option<Id>,
    /// The label as the master has it, or the number that `resolve` gave.
    pub label: Inlines,
    /// The citations in it, one after the other, then its notes. One that is only tagged is empty until `resolve` has set it.
    pub citations: Vec<Inlines>,
    /// The fields of those that are only tagged, each with its place among [`Self::citations`].
    pub tagged: Vec<(usize, Citation)>,
    /// The same in English, as plain text, where the master has it beside another language (`citation-alternatives`). It is not set here.
    pub english: Option<String>,
    /// Its language, where the master names one.
    pub lang: Option<Lang>,
    /// The ids of the `xref`s that cite it, in order; filled by `resolve`.
    pub cited_by: Vec<Id>,
    /// Where it stands in the master.
    pub span: Span,
}
