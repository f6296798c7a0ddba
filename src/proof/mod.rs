//! The proof: each leaf that must be seen has been seen, whole and in order, in each output.
//!
//! 1. [`pages::sight`] reads the glyphs of the finished pages; [`book::sight`] reads the written e-book, [`book::sight_page`] the page of HTML. Neither asks the writers what they meant
//!    to do: the writers' notes only say where to look.
//! 2. Both give [`Sighting`]s, in the order in which a reader meets them.
//! 3. [`printed::pages`] says with which word each printed page begins, for the e-book's list of pages.
//! 4. [`map`] says where each piece of the master stands in both, and what stands at a place of them.
//! 5. [`judge`] compares them with the leaves of the article and with the order of its [`flows`], and reports each loss at its line; what each
//!    language has is counted by itself.

pub mod anonymous;
pub mod book;
pub mod flows;
mod judge;
pub mod map;
pub mod pages;
pub mod printed;

pub use judge::{Output, Tongue, Verdict, judge};

use article::leaf::LeafNo;

/// A piece of a leaf that stands in an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The leaf.
    pub leaf: LeafNo,
    /// The first byte of its text that is seen here.
    pub from: u32,
    /// The byte after the last one.
    pub to: u32,
    /// Why nobody sees it all the same: a few words, such as `outside the page`.
    pub hidden: Option<&'static str>,
}
