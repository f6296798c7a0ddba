//! The soft hyphens of the forme, taken out of the finished pages.
//!
//! 1. Where the engine has no patterns, the forme has soft hyphens in its texts ([`Forme::soft`]): places at which the engine may divide a word.
//! 2. The engine keeps each in the text of its line, unseen. Readers of a PDF would find it there, and every place behind it would be counted too
//!    high: it is taken out, and the places of the glyphs become those of the master's text.
//! 3. The hyphen that a divided word got stays: it is seen, and a line ends with it as in every language.

use rustc_hash::FxHashMap;
use typeset::Forme;
use typst::ecow::EcoString;
use typst::layout::{Em, FrameItem};
use typst::syntax::{Span, SyntaxNode};
use typst::text::{Glyph, TextItem};
use typst_layout::PagedDocument;

use super::calls::gather;
use super::frames;

/// What the engine's hyphen and a soft hyphen say in the text of a page.
const SOFT: &str = "\u{ad}";

/// The document without the soft hyphens of the forme. `root` is the forme as the engine read it.
pub(super) fn settle(document: PagedDocument, root: &SyntaxNode, forme: &Forme) -> PagedDocument {
    if forme.soft.is_empty() {
        return document;
    }
    let spans = gather(root, forme.leaves.len());
    let softened = Softened { places: forme.soft.iter().filter_map(|(call, places)| Some((spans.get(*call)?.0, places.as_slice()))).collect() };
    frames::rewritten(document, |item| softened.item(item))
}

struct Softened<'a> {
    /// Where in the text of a call soft hyphens stand, in bytes.
    places: FxHashMap<Span, &'a [u32]>,
}

impl Softened<'_> {
    fn item(&self, item: &FrameItem) -> Option<FrameItem> {
        match item {
            FrameItem::Text(text) if text.glyphs.iter().any(|glyph| self.places.contains_key(&glyph.span.0)) => Some(FrameItem::Text(self.text(text))),
            FrameItem::Text(_) | FrameItem::Group(_) | FrameItem::Link(..) | FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Tag(_) => None,
        }
    }

    fn text(&self, item: &TextItem) -> TextItem {
        let mut text = EcoString::with_capacity(item.text.len());
        let mut glyphs: Vec<Glyph> = Vec::with_capacity(item.glyphs.len());
        // Where in the old text a stretch begins and ends that glyphs share, and where it stands in the new one.
        let mut shared: Option<(std::ops::Range<usize>, std::ops::Range<u16>)> = None;
        for glyph in &item.glyphs {
            let shown = item.text.get(glyph.range()).unwrap_or_default();
            let Some(places) = self.places.get(&glyph.span.0) else {
                glyphs.push(moved(glyph, range(&mut text, &mut shared, glyph.range(), shown), glyph.span.1));
                continue;
            };
            let before = places.partition_point(|place| *place < u32::from(glyph.span.1));
            let offset = glyph.span.1.saturating_sub(u16::try_from(before * SOFT.len()).unwrap_or(u16::MAX));
            // A soft hyphen that was not needed has no width; the hyphen of a divided word has.
            if shown == SOFT && glyph.x_advance == Em::zero() {
                continue;
            }
            let bare = if shown == SOFT { shown.to_owned() } else { shown.replace(SOFT, "") };
            glyphs.push(moved(glyph, range(&mut text, &mut shared, glyph.range(), &bare), offset));
        }
        TextItem { text, glyphs, ..item.clone() }
    }
}

/// The glyph with another place in its text and in its call's.
fn moved(glyph: &Glyph, range: std::ops::Range<u16>, offset: u16) -> Glyph {
    Glyph { range, span: (glyph.span.0, offset), ..glyph.clone() }
}

/// Where the text of a glyph stands in the new text: where it stood last, if glyphs share it.
fn range(
    text: &mut EcoString,
    shared: &mut Option<(std::ops::Range<usize>, std::ops::Range<u16>)>,
    old: std::ops::Range<usize>,
    shown: &str,
) -> std::ops::Range<u16> {
    if let Some((_, new)) = shared.as_ref().filter(|(last, _)| *last == old) {
        return new.clone();
    }
    let at = |length: usize| u16::try_from(length).unwrap_or(u16::MAX);
    let start = at(text.len());
    text.push_str(shown);
    let new = start..at(text.len());
    *shared = Some((old, new.clone()));
    new
}
