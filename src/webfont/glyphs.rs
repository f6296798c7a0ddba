//! Which glyphs a text needs.

use std::collections::{BTreeMap, BTreeSet};

use read_fonts::collections::IntSet;
use read_fonts::types::{GlyphId, Tag};
use read_fonts::{FontRef, TableProvider};

use crate::{Fault, Glyphs, tag};

/// The features that readers apply by themselves, and those that a style sheet of the program asks for: small capitals, raised and lowered figures,
/// figures of one width (OpenType 1.9, registered features).
pub(crate) const FEATURES: [&str; 22] = [
    "abvm", "blwm", "calt", "ccmp", "clig", "curs", "dlig", "fina", "init", "isol", "kern", "liga", "lnum", "locl", "mark", "medi", "mkmk", "rclt", "rlig",
    "smcp", "tnum", "c2sc",
];

/// The glyphs of the characters that the font has.
pub(crate) fn mapped(font: &FontRef<'_>, characters: &BTreeSet<char>) -> BTreeMap<char, GlyphId> {
    let Ok(cmap) = font.cmap() else { return BTreeMap::new() };
    characters.iter().filter_map(|char| Some((*char, cmap.map_codepoint(*char)?))).collect()
}

/// All glyphs that can come of these: by substitution, and as parts of others. The first, which stands for what is missing, is always there.
pub(crate) fn closure(font: &FontRef<'_>, mapped: &BTreeMap<char, GlyphId>) -> Result<Glyphs, Fault> {
    let mut live: Glyphs = mapped.values().copied().collect();
    live.insert(GlyphId::NOTDEF);
    if let Ok(gsub) = font.gsub() {
        let features: IntSet<Tag> = FEATURES.iter().map(|name| tag(name)).collect();
        let indices = gsub.collect_features(&IntSet::all(), &IntSet::all(), &features).map_err(|_| Fault::Damaged("GSUB"))?;
        let lookups = gsub.collect_lookups(&indices).map_err(|_| Fault::Damaged("GSUB"))?;
        gsub.closure_glyphs(&lookups, &mut live).map_err(|_| Fault::Damaged("GSUB"))?;
    }
    crate::outline::parts(font, &mut live)?;
    Ok(live)
}
