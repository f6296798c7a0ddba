//! A font with what a text needs, as WOFF2.
//!
//! 1. [`subset`] looks whether the font may be embedded ([`permission`]), and asks its tables which glyphs the characters can become
//!    ([`glyphs`]): ligatures, small capitals, forms of a language.
//! 2. Outlines of all other glyphs go, and the programs that fit outlines to coarse screens ([`outline`]).
//! 3. Substitutions and positions keep what is between the glyphs that stay: kerning, and the places of accents ([`layout`]).
//! 4. [`woff2`] packs what is left.
//!
//! Glyphs keep their numbers, so that no table has to be renumbered: a glyph that is gone costs four bytes before packing, and next to none after.
//! Subsetters for PDF leave these tables out, because a PDF has its text set already; a reader has yet to set it.

mod glyphs;
mod layout;
mod outline;
mod woff2;

use std::collections::BTreeSet;
use std::fmt;

use read_fonts::types::{GlyphId, NameId, Tag};
use read_fonts::{FontRef, TableProvider};
use write_fonts::tables::cmap::Cmap;
use write_fonts::tables::name::{Name, NameRecord};

/// Why there is no font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Its licence does not let it be embedded (OpenType, OS/2, `fsType`).
    Forbidden,
    /// Its outlines are not TrueType's.
    Outlines,
    /// This table of it cannot be read or written.
    Damaged(&'static str),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Forbidden => f.write_str("its licence does not let it be embedded and subset"),
            Self::Outlines => f.write_str("its outlines are not TrueType's, which alone are subset"),
            Self::Damaged(table) => write!(f, "its table `{table}` cannot be read"),
        }
    }
}

impl std::error::Error for Fault {}

/// The name that a subset has: its maker may have reserved the font's own for the whole (SIL Open Font License, 1.1, condition 3).
const NAME: &str = "Subset";

/// The tables that are kept as they are.
const KEPT: [&str; 6] = ["GDEF", "OS/2", "gasp", "hhea", "kern", "maxp"];

/// The font as WOFF2, with the glyphs that these characters need. The same font and characters make the same bytes.
///
/// # Errors
///
/// When the font may not be embedded, is of another kind, or is damaged.
pub fn subset(font: &[u8], characters: &BTreeSet<char>) -> Result<Vec<u8>, Fault> {
    let font = FontRef::new(font).map_err(|_| Fault::Damaged("directory"))?;
    permission(&font)?;
    let mapped = glyphs::mapped(&font, characters);
    let live = glyphs::closure(&font, &mapped)?;
    let outlines = outline::subset(&font, &live)?;
    let mut tables: Vec<(Tag, Vec<u8>)> = Vec::new();
    for name in KEPT {
        let tag = tag(name);
        if let Some(data) = font.table_data(tag) {
            tables.push((tag, data.as_bytes().to_vec()));
        }
    }
    tables.push((tag("head"), head(&font)?));
    tables.push((tag("hmtx"), outline::advances(&font, &live)?));
    tables.push((tag("glyf"), outlines.glyf));
    tables.push((tag("loca"), outlines.loca));
    let cmap = Cmap::from_mappings(mapped.iter().map(|(char, glyph)| (*char, *glyph))).map_err(|_| Fault::Damaged("cmap"))?;
    tables.push((tag("cmap"), write_fonts::dump_table(&cmap).map_err(|_| Fault::Damaged("cmap"))?));
    tables.push((tag("name"), names(&font)?));
    tables.push((tag("post"), post(&font)?));
    tables.extend(layout::substitutions(&font, &live)?.map(|bytes| (tag("GSUB"), bytes)));
    tables.extend(layout::positions(&font, &live)?.map(|bytes| (tag("GPOS"), bytes)));
    tables.sort();
    woff2::pack(&tables).ok_or(Fault::Damaged("WOFF2"))
}

/// Whether a font may be embedded and subset (OpenType 1.9, OS/2, `fsType`): the lowest four bits forbid, the ninth forbids subsets, the tenth allows
/// bitmaps alone.
fn permission(font: &FontRef<'_>) -> Result<(), Fault> {
    let os2 = font.os2().map_err(|_| Fault::Damaged("OS/2"))?;
    let kind = os2.fs_type();
    if kind & 0xf == 2 || kind & 0x0300 != 0 { Err(Fault::Forbidden) } else { Ok(()) }
}

fn tag(name: &str) -> Tag {
    Tag::new_checked(name.as_bytes()).unwrap_or_default()
}

/// The head of the font, with long offsets to outlines, and the mark of a font that was packed (WOFF2, 5.1).
fn head(font: &FontRef<'_>) -> Result<Vec<u8>, Fault> {
    let mut bytes = font.table_data(tag("head")).map(|data| data.as_bytes().to_vec()).ok_or(Fault::Damaged("head"))?;
    if bytes.len() < 54 {
        return Err(Fault::Damaged("head"));
    }
    bytes[8..12].fill(0);
    bytes[16] |= 0x08;
    bytes[50..52].copy_from_slice(&1_u16.to_be_bytes());
    Ok(bytes)
}

/// The names: who made the font and on what terms, and a name that is not the whole font's.
fn names(font: &FontRef<'_>) -> Result<Vec<u8>, Fault> {
    let kept = [NameId::COPYRIGHT_NOTICE, NameId::LICENSE_DESCRIPTION, NameId::LICENSE_URL];
    let table = font.name().map_err(|_| Fault::Damaged("name"))?;
    let record = |id: NameId, text: String| NameRecord::new(3, 1, 0x409, id, text.into());
    let mut records: Vec<NameRecord> = Vec::new();
    for found in table.name_record() {
        let is_english = found.platform_id() == 3 && found.language_id() == 0x409;
        if is_english && kept.contains(&found.name_id()) {
            let text = found.string(table.string_data()).map_err(|_| Fault::Damaged("name"))?;
            records.push(record(found.name_id(), text.chars().collect()));
        }
    }
    for id in [NameId::FAMILY_NAME, NameId::FULL_NAME, NameId::POSTSCRIPT_NAME] {
        records.push(record(id, NAME.to_owned()));
    }
    records.push(record(NameId::SUBFAMILY_NAME, "Regular".to_owned()));
    records.sort();
    write_fonts::dump_table(&Name::new(records)).map_err(|_| Fault::Damaged("name"))
}

/// The table `post` of version 3: no names of glyphs.
fn post(font: &FontRef<'_>) -> Result<Vec<u8>, Fault> {
    let data = font.table_data(tag("post")).ok_or(Fault::Damaged("post"))?;
    let mut bytes = data.as_bytes().get(..32).map(<[u8]>::to_vec).ok_or(Fault::Damaged("post"))?;
    bytes[..4].copy_from_slice(&0x0003_0000_u32.to_be_bytes());
    Ok(bytes)
}

/// A set of glyphs.
type Glyphs = read_fonts::collections::IntSet<GlyphId>;

#[cfg(test)]
mod tests;
