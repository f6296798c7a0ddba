//! What a scholarly article is: no Typst, no EPUB, no disk, no clock.
//!
//! 1. [`decode::decode`] makes a [`source::Source`] of the master's bytes, which knows its lines.
//! 2. [`xml::parse`] makes a bounded tree of it, every node with its span; no external entity is ever fetched.
//! 3. [`jats::read`] turns the tree into an [`model::Article`]: what the author's file says, and a
//!    [`leaf::Leaves`] table in which every piece of text has its place in the master and its fate.
//! 4. [`check::look`] says what an editor would mark in it.
//! 5. [`resolve::resolve`] turns the article into an [`edition::Edition`]: every reference points at
//!    something, everything that is numbered has its label, every label is in its language.
//!
//! Each stage takes a [`diag::Log`] and returns what it could understand; a stage that understood nothing
//! returns `None` and has said why.

pub mod check;
pub mod cite;
pub mod code;
pub mod decode;
pub mod derive;
pub mod diag;
pub mod edition;
pub mod functions;
pub mod house;
pub mod hyphenate;
pub mod jats;
pub mod lang;
pub mod leaf;
pub mod letters;
pub mod model;
pub mod picture;
pub mod prefer;
pub mod print;
pub mod resolve;
pub mod source;
pub mod speech;
pub mod term;
pub mod tie;
pub mod xml;
