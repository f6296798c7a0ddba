//! An edition as Typst code, and the way back from each byte of the code to the master.
//!
//! 1. [`set`] walks the edition and calls, in its order, one word of the vocabulary for each thing it meets
//!    (`front`, `block`, `inline`, `table`, `math`, `reference`: the same files as in the crate `epub`).
//! 2. `writer` writes the words. It alone escapes, and it notes each leaf and each element as they are written.
//! 3. The result is a [`Forme`]: code for a layout that defines every word of [`vocabulary::WORDS`].
//!
//! The code is in code mode throughout: nothing of the master can be taken for markup. A leaf stands in
//! `t("…")`, where `t` is the layout's alias of the native `text`, so that its glyphs keep the call's span.
//! Rust decides here what a thing is; how it looks is the layout's.

mod block;
mod divide;
mod extent;
mod front;
mod inline;
pub mod map;
mod math;
mod reference;
mod table;
pub mod vocabulary;
mod wrap;
mod writer;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use article::derive::imprint::Colophon;
use article::edition::Edition;
use article::leaf::LeafNo;
use article::model::math::Formula;
use article::picture::Pictures;
use article::source::Span;

use map::SourceMap;
use writer::Writer;

/// Typst code that sets an article, and what it was made from.
#[derive(Clone, Debug)]
pub struct Forme {
    /// The code. It imports `/layout/layout.typ`, and reads pictures below `/pictures/`.
    pub text: String,
    /// What the n-th call of a word of [`SHOWING`] shows, in the order in which the calls begin. `None` for text that the program adds.
    pub leaves: Vec<Option<Piece>>,
    /// The signs that were put into the texts of calls, to say where lines may end: the number of the call, and the signs in their order. They are no
    /// text of the master: the finished pages must not show them.
    pub signs: Vec<(usize, Vec<Sign>)>,
    /// The elements of the master of which a description is longer than an archival PDF can hold, and was cut.
    pub cut: Vec<Span>,
    /// The word for a page in the language of the text, such as “p.”, for what is said of links.
    pub page_label: String,
    /// From an offset in the code to the element of the master that it was written for.
    pub map: SourceMap,
}

/// The words whose calls show text: a word in a line, a sign of a formula, a sign above or below something. Each is the engine's own function,
/// so that its glyphs keep the call's span.
pub const SHOWING: [&str; 3] = ["t", "s", "acc"];

/// A leaf, or a piece of one: a leaf with a word that no line could hold is written in pieces, between which the
/// layout may break the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The leaf.
    pub leaf: LeafNo,
    /// Where in the leaf's text the piece begins, in bytes.
    pub offset: u32,
    /// How many bytes of the leaf the whole of the call's text stands for, where it is not the leaf's own: a code point in place of a
    /// character that no font has.
    pub stands_for: Option<u32>,
}

/// A sign in the text of a call that is no text of the master: a soft hyphen, where a word may be divided, or a word joiner, where no line may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign {
    /// Where in the text of the call it stands, in bytes.
    pub at: u32,
    /// The sign.
    pub char: char,
}

/// The characters that are named by their code points, because there is no glyph for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lacking {
    /// Those that no font has.
    pub everywhere: BTreeSet<char>,
    /// Where in which leaves, in bytes, one stands that the fonts of that place do not have, though others may.
    pub places: BTreeSet<(LeafNo, u32)>,
}

impl Lacking {
    /// Whether a character is to be named: one of a leaf at this place, or one of no leaf.
    fn has(&self, char: char, place: Option<(LeafNo, u32)>) -> bool {
        self.everywhere.contains(&char) || place.is_some_and(|place| self.places.contains(&place))
    }
}

/// Writes an edition as Typst code. `pictures` are those that can be read; any other is named in its place.
#[must_use]
pub fn set(edition: &Edition, pictures: &Pictures) -> Forme {
    set_without(edition, pictures, &BTreeSet::new())
}

/// The same where no font has some of the characters, `lacking`: each of them is named by its code point.
#[must_use]
pub fn set_without(edition: &Edition, pictures: &Pictures, lacking: &BTreeSet<char>) -> Forme {
    set_with(edition, pictures, &Lacking { everywhere: lacking.clone(), places: BTreeSet::new() }, &[])
}

/// The same where characters are lacking in some places alone, and with the imprint of the printed edition in each of its languages.
#[must_use]
pub fn set_with(edition: &Edition, pictures: &Pictures, lacking: &Lacking, colophons: &[Colophon]) -> Forme {
    let mut writer = Writer::new(edition, pictures, lacking);
    writer.imports();
    writer.article(colophons);
    writer.finish()
}

/// Writes formulas as Typst code, each on a page of its own that is as large as it is. Of a formula goes with whether it stands on lines of its own.
#[must_use]
pub fn formulas(edition: &Edition, pictures: &Pictures, formulas: &[(&Formula, bool)]) -> Forme {
    let lacking = Lacking::default();
    let mut writer = Writer::new(edition, pictures, &lacking);
    writer.imports();
    writer.code("#import \"/layouts/base/formula.typ\": drawn\n");
    for (formula, display) in formulas {
        writer.drawn_formula(formula, *display);
    }
    writer.finish()
}
