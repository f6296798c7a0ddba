//! The signs of the forme that say where lines may end, taken out of the finished pages.
//!
//! 1. Where the engine has no patterns, the forme has soft hyphens in its texts, word joiners where words are tied, and zero width spaces in leaders ([`Forme::signs`]).
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

/// What says where a line may end and where it may not, and is never seen.
const UNSEEN: [&str; 2] = ["\u{2060}", "\u{200b}"];

/// The length of a mark of direction in bytes.
const MARK: usize = '\u{202a}'.len_utf8();

/// The document without the signs of the forme. `root` is the forme as the engine read it.
pub(super) fn settle(document: PagedDocument, root: &SyntaxNode, forme: &Forme) -> PagedDocument {
    if forme.signs.is_empty() {
        return document;
    }
    let spans = gather(root, forme.leaves.len());
    let mut softened = Softened { signs: FxHashMap::default() };
    for (call, signs) in &forme.signs {
        let Some((span, _)) = spans.get(*call) else { continue };
        let mut length = 0;
        let added = signs.iter().map(|sign| {
            length += sign.char.len_utf8();
            (sign.at, length)
        });
        softened.signs.insert(*span, added.collect());
    }
    frames::rewritten(document, |item| softened.item(item))
}

struct Softened {
    /// Where in the text of a call signs stand, each with the bytes of all signs to its end.
    signs: FxHashMap<Span, Vec<(u32, usize)>>,
}

impl Softened {
    fn item(&self, item: &FrameItem) -> Option<FrameItem> {
        match item {
            FrameItem::Text(text) if text.glyphs.iter().any(|glyph| self.signs.contains_key(&glyph.span.0)) => Some(FrameItem::Text(self.text(text))),
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
            let Some(signs) = self.signs.get(&glyph.span.0) else {
                glyphs.push(moved(glyph, range(&mut text, &mut shared, glyph.range(), shown), glyph.span.1));
                continue;
            };
            let count = signs.partition_point(|(at, _)| *at < u32::from(glyph.span.1));
            let before = count.checked_sub(1).and_then(|last| signs.get(last)).map_or(0, |(_, length)| *length);
            let offset = glyph.span.1.saturating_sub(u16::try_from(before).unwrap_or(u16::MAX));
            // A soft hyphen that was not needed has no width; the hyphen of a divided word has.
            if (shown == SOFT || UNSEEN.contains(&shown)) && glyph.x_advance == Em::zero() {
                continue;
            }
            let bare = if shown == SOFT { shown.to_owned() } else { bare(shown, glyph.span.1, signs) };
            glyphs.push(moved(glyph, range(&mut text, &mut shared, glyph.range(), &bare), offset));
        }
        TextItem { text, glyphs, ..item.clone() }
    }
}

/// What a glyph says, without the signs of the forme. The master's own stay where they are parts of it: its place is that of the first. Text that runs
/// against its paragraph has a mark of direction before it, which the engine counts.
fn bare(shown: &str, offset: u16, signs: &[(u32, usize)]) -> String {
    let stands = |at: usize| u32::try_from(at).is_ok_and(|at| signs.binary_search_by_key(&at, |(sign, _)| *sign).is_ok());
    let is_sign = |c: char| matches!(c, '\u{ad}' | '\u{2060}' | '\u{200b}');
    let is_ours = |at: usize| stands(at) || at.checked_sub(MARK).is_some_and(stands);
    shown.char_indices().filter(|(at, c)| !(is_sign(*c) && is_ours(usize::from(offset) + at))).map(|(_, c)| c).collect()
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
