//! From a glyph of the pages to the text of the master that it stands for.
//!
//! 1. [`Calls`] are the calls of the forme that show text, by their spans: the n-th call shows the n-th piece of the forme's list.
//! 2. [`Origins::of`] finds the call of a glyph, and where in the call's text it stands.
//! 3. That place is held against the leaf: what the leaf does not say there is none of its text.

use article::leaf::{LeafNo, Leaves};
use article::letters;
use rustc_hash::FxHashMap;
use typeset::{Forme, Piece};
use typst::syntax::Span;
use typst::text::{Glyph, TextItem};

use crate::pdf::Pages;
use crate::pdf::calls::{Shows, gather};

/// Every call of a forme that shows text, by its span.
#[derive(Debug, Default)]
pub struct Calls(FxHashMap<Span, Call>);

/// A call of a word that shows text.
#[derive(Clone, Copy, Debug)]
struct Call {
    /// Its number in the order of the code.
    no: usize,
    shows: Shows,
}

impl Calls {
    /// The calls of the forme of which these pages were made.
    #[must_use]
    pub fn of(pages: &Pages, forme: &Forme) -> Self {
        let spans = gather(pages.diagnoser.forme().root(), forme.leaves.len());
        Self(spans.into_iter().enumerate().map(|(no, (span, shows))| (span, Call { no, shows })).collect())
    }
}

/// What glyphs stand for.
#[derive(Clone, Copy)]
pub(in crate::proof) struct Origins<'a> {
    pub(in crate::proof) calls: &'a Calls,
    pub(in crate::proof) pieces: &'a [Option<Piece>],
    pub(in crate::proof) leaves: &'a Leaves,
}

/// What is remembered from one glyph of a line to the next: the span of the call, and how much too high its places are counted.
pub(in crate::proof) type Counted = Option<(Span, usize)>;

/// The leaf, its first byte that a glyph stands for, and the byte after the last. Nearly always one place.
pub(in crate::proof) type SmallPlaces = Vec<(LeafNo, u32, u32)>;

impl Origins<'_> {
    /// Where the text that a glyph shows stands in the leaves; `None` for a glyph of no call that shows text.
    pub(in crate::proof) fn of(&self, text: &TextItem, glyph: &Glyph, counted: &mut Counted) -> Option<SmallPlaces> {
        let call = self.calls.0.get(&glyph.span.0).copied()?;
        let surplus = match *counted {
            Some((span, surplus)) if span == glyph.span.0 => surplus,
            Some(_) | None => self.surplus(call, text, glyph.span.0),
        };
        *counted = Some((glyph.span.0, surplus));
        let shown = text.text.get(glyph.range()).unwrap_or_default();
        Some(self.places(call, (glyph.span.1 as usize).saturating_sub(surplus), shown))
    }

    /// How much too high the engine counts the places of a call's glyphs in a line: it puts a mark of direction before text that runs against
    /// its paragraph. Told by all of them together, for one sign may stand at both places.
    fn surplus(&self, call: Call, text: &TextItem, span: Span) -> usize {
        let Some(Some(piece)) = self.pieces.get(call.no).filter(|_| call.shows == Shows::Text) else { return 0 };
        let leaf = self.leaves.text(piece.leaf);
        let fit = |surplus: usize| {
            let holds = |glyph: &&typst::text::Glyph| {
                let at = (piece.offset as usize + glyph.span.1 as usize).checked_sub(surplus);
                let shown = text.text.get(glyph.range()).unwrap_or_default();
                at.and_then(|at| leaf.get(at..)).is_some_and(|rest| rest.starts_with(shown))
            };
            text.glyphs.iter().filter(|glyph| glyph.span.0 == span).filter(holds).count()
        };
        if fit(MARK) > fit(0) { MARK } else { 0 }
    }

    /// Where the text that a glyph shows stands: nowhere for the hyphen of a divided word and for text that is not the leaf's, and in
    /// several leaves where a letter and its mark come from different ones.
    fn places(&self, call: Call, offset: usize, shown: &str) -> SmallPlaces {
        let call = match call.shows {
            Shows::Text => call.no,
            Shows::Sign | Shows::Accent => return self.sign(call, shown),
        };
        let mut rest = shown.trim_matches(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
        let mut places = SmallPlaces::new();
        let Some(Some(piece)) = self.pieces.get(call) else { return self.after_generated(call, rest) };
        if let Some(bytes) = piece.stands_for {
            return vec![(piece.leaf, piece.offset, piece.offset + bytes)];
        }
        let mut leaf = piece.leaf;
        let mut at = piece.offset as usize + offset;
        let mut next = call + 1;
        while !rest.is_empty() {
            let Some((from, length)) = place(self.leaves.text(leaf), at, rest) else { break };
            places.push((leaf, byte(from), byte(from + length)));
            rest = &rest[length..];
            let Some(Some(piece)) = self.pieces.get(next) else { break };
            (leaf, at) = (piece.leaf, piece.offset as usize);
            next += 1;
        }
        places
    }

    /// The place of a sign of a formula.
    fn sign(&self, call: Call, shown: &str) -> SmallPlaces {
        let Some(Some(piece)) = self.pieces.get(call.no) else { return SmallPlaces::new() };
        let from = piece.offset as usize;
        let rest = self.leaves.text(piece.leaf).get(from..).unwrap_or_default();
        let length = if call.shows == Shows::Accent { rest.len() } else { letters::common(shown, rest).1 };
        if length == 0 { SmallPlaces::new() } else { vec![(piece.leaf, byte(from), byte(from + length))] }
    }

    /// The same for a cluster that begins in text of the program's own, such as a blank under an accent of the master's.
    fn after_generated(&self, call: usize, shown: &str) -> SmallPlaces {
        let Some(Some(piece)) = self.pieces.get(call + 1) else { return SmallPlaces::new() };
        let suffixes = shown.char_indices().skip(1).map(|(at, _)| &shown[at..]);
        let found = suffixes.filter_map(|rest| place(self.leaves.text(piece.leaf), piece.offset as usize, rest)).next();
        found.map(|(from, length)| (piece.leaf, byte(from), byte(from + length))).into_iter().collect()
    }
}

/// The length of a mark of direction in bytes.
const MARK: usize = '\u{202a}'.len_utf8();

pub(super) fn byte(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Where in a leaf a shown text begins, and how much of it the leaf holds.
///
/// The engine puts a mark of direction (three bytes) before text that runs against its paragraph, and counts it.
fn place(leaf: &str, at: usize, shown: &str) -> Option<(usize, usize)> {
    let held = |at: usize| {
        let rest = leaf.get(at..).filter(|rest| !rest.is_empty())?;
        if rest.starts_with(shown) { Some((at, shown.len())) } else { shown.starts_with(rest).then_some((at, rest.len())) }
    };
    held(at).or_else(|| held(at.checked_sub(MARK)?))
}
