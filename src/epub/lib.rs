//! An edition as an e-book, EPUB 3.3, and as a page of HTML.
//!
//! 1. [`bind`] writes the article as a tree of XHTML ([`block`], [`inline`], [`table`], [`figure`], [`math`], [`note`], [`front`],
//!    [`reference`]), each leaf of the master by its number.
//! 2. A long article is cut into files ([`split`]); [`encode`] makes bytes of the tree, and notes at which bytes the text of each leaf stands ([`Book::placed`]).
//! 3. [`nav`] and [`package`] say what there is: contents, landmarks, metadata, and how accessible it is ([`access`]). A book for Amazon's readers
//!    has its contents once more, as [`ncx`]; one with a [`cover`] begins with it.
//! 4. [`pack`] puts the files into a container whose bytes depend on nothing else.
//! 5. [`html`] makes of the same tree one page for the web, with what search engines and catalogues ask.
//!
//! Nothing here knows a clock, a disk or a path. What comes out is judged from the packed bytes by the proof, which does not
//! take this crate's word for anything.

mod access;
mod block;
mod container;
mod cover;
mod document;
mod dom;
mod encode;
mod figure;
mod flat;
mod fonts;
mod front;
pub mod html;
mod ids;
mod inline;
mod link;
mod math;
mod nav;
mod ncx;
mod note;
mod package;
mod page;
mod people;
mod reference;
mod split;
mod table;
#[cfg(test)]
mod tests;
mod tie;
mod writer;

use std::borrow::Cow;
use std::collections::BTreeSet;

use article::edition::Edition;
use article::leaf::LeafNo;
use article::picture::Pictures;
use article::source::Span;

pub use container::{PackFault, pack};
pub use math::drawn::{Asked, Draughtsman, Drawn};
pub use package::place_in_journal;
pub use page::{BEHIND, Printed, PrintedPage};

/// What the layout gives to the e-book.
#[derive(Clone, Copy, Debug)]
pub struct Skin<'a> {
    /// The style sheet, which goes into the book as it is.
    pub css: &'a str,
}

/// What a book is known by. Neither is invented here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The unique identifier: the DOI as a URL, or a `urn:uuid:`.
    pub identifier: String,
    /// The time of the last change, as `2026-01-31T12:00:00Z` (EPUB 3.3, 5.5.5).
    pub modified: String,
}

/// Makes the faces of a book that shows these characters.
pub type Faces<'a> = dyn Fn(&BTreeSet<char>) -> Vec<Face> + 'a;

/// What a book can have beside text, pictures and style.
#[derive(Clone, Copy, Default)]
pub struct Extras<'a> {
    /// Where the printed pages begin.
    pub printed: Option<&'a Printed>,
    /// The cover: a PNG.
    pub cover: Option<&'a [u8]>,
    /// The fonts: what makes them of the characters that the finished text shows, those of labels and dates included.
    pub faces: Option<&'a Faces<'a>>,
    /// What the book is for.
    pub flavour: Flavour,
    /// Whether the front matter of further languages stands behind the text.
    pub others_after: bool,
    /// Who has evaluated it, where somebody has.
    pub certificate: Option<&'a Certificate>,
    /// A record of it in ONIX 3.0, for those who sell books.
    pub onix: Option<&'a [u8]>,
    /// Who draws formulas, in a book for readers that know no MathML.
    pub formulas: Option<&'a Draughtsman<'a>>,
}

/// Who says that books of this kind are accessible, and by what (EPUB Accessibility 1.1, 2.4 and 2.5).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// What they conform to, such as `EPUB Accessibility 1.1 - WCAG 2.2 Level AA`.
    pub conforms_to: String,
    /// Who has evaluated them.
    pub certifier: String,
    /// What entitles to it, such as the address of a badge.
    pub credential: Option<String>,
    /// The address of the report.
    pub report: Option<String>,
}

/// A face of a font, as the book carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// The family, by which a style sheet can name it. The first is that of the text.
    pub family: String,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is italic.
    pub italic: bool,
    /// The file: WOFF2.
    pub bytes: Vec<u8>,
}

/// What a book is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flavour {
    /// Readers that keep to EPUB 3.
    #[default]
    Standard,
    /// Readers with the least memory.
    Plain,
    /// Amazon's readers: a table of contents of two levels, and once more in the old form (NCX), without which some of them show none; formulas as text
    /// and as pictures.
    Kindle,
}

/// The files of an e-book, before they are packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book<'a> {
    /// The files in the order in which they are packed; `mimetype` is the first.
    pub files: Vec<File<'a>>,
    /// Where the text of each leaf was written, in the order of writing. A leaf that is set twice is here twice.
    pub placed: Vec<Placed>,
    /// Addresses of the master that may not stand in a book, and are shown as text alone.
    pub dropped: Vec<Dropped>,
}

/// A file of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File<'a> {
    /// The path in the container.
    pub path: String,
    /// The media type.
    pub media_type: &'static str,
    /// What the manifest must say of it (EPUB 3.3, D.4), such as `mathml`.
    pub properties: &'static str,
    /// The contents. Pictures are those of the caller and are not copied.
    pub bytes: Cow<'a, [u8]>,
}

/// The place at which the text of a leaf was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The index in [`Book::files`], which is the index in the container too.
    pub file: usize,
    /// The first byte of the text as it is escaped in that file.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
    /// The leaf.
    pub leaf: LeafNo,
}

/// An address that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// The address as the master has it.
    pub href: String,
    /// Where the link stands in the master.
    pub span: Span,
}

/// Makes the files of the book, without printed pages.
///
/// A picture that is not in `pictures` becomes a frame with the file's name. The same edition, pictures, skin and stamp make
/// the same bytes.
#[must_use]
pub fn bind<'a>(edition: &Edition, pictures: &'a Pictures, skin: &Skin<'a>, stamp: &Stamp) -> Book<'a> {
    document::bind(edition, pictures, skin, stamp, &Extras::default())
}

/// The same, with all that a book can have.
#[must_use]
pub fn bind_with<'a>(edition: &Edition, pictures: &'a Pictures, skin: &Skin<'a>, stamp: &Stamp, extras: &Extras<'a>) -> Book<'a> {
    document::bind(edition, pictures, skin, stamp, extras)
}
