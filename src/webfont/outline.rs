//! Outlines (OpenType 1.9, `glyf` and `loca`), read and written as bytes.

use read_fonts::tables::glyf::Glyph;
use read_fonts::types::GlyphId;
use read_fonts::{FontRef, TableProvider};

use crate::{Fault, Glyphs, tag};

/// Flags of a part of a composite glyph.
const WORDS: u16 = 0x0001;
const SCALE: u16 = 0x0008;
const MORE: u16 = 0x0020;
const TWO_SCALES: u16 = 0x0040;
const MATRIX: u16 = 0x0080;
const INSTRUCTIONS: u16 = 0x0100;

/// The two tables.
pub(crate) struct Outlines {
    pub(crate) glyf: Vec<u8>,
    /// With long offsets.
    pub(crate) loca: Vec<u8>,
}

/// Adds the glyphs of which others are composed.
pub(crate) fn parts(font: &FontRef<'_>, live: &mut Glyphs) -> Result<(), Fault> {
    let glyf = font.glyf().map_err(|_| Fault::Outlines)?;
    let loca = font.loca(None).map_err(|_| Fault::Outlines)?;
    let mut open: Vec<GlyphId> = live.iter().collect();
    while let Some(glyph) = open.pop() {
        if let Ok(Some(Glyph::Composite(composite))) = loca.get_glyf(glyph, &glyf) {
            for part in composite.components() {
                let part = GlyphId::from(part.glyph);
                if live.insert(part) {
                    open.push(part);
                }
            }
        }
    }
    Ok(())
}

/// The outlines of these glyphs, none of the others.
pub(crate) fn subset(font: &FontRef<'_>, live: &Glyphs) -> Result<Outlines, Fault> {
    let count = u32::from(font.maxp().map_err(|_| Fault::Damaged("maxp"))?.num_glyphs());
    let loca = font.loca(None).map_err(|_| Fault::Outlines)?;
    let data = font.table_data(tag("glyf")).ok_or(Fault::Outlines)?;
    let data = data.as_bytes();
    let mut out = Outlines { glyf: Vec::new(), loca: Vec::new() };
    let offset = |out: &Outlines| u32::try_from(out.glyf.len()).map_err(|_| Fault::Damaged("glyf"));
    for glyph in 0..count {
        out.loca.extend(offset(&out)?.to_be_bytes());
        if live.contains(GlyphId::new(glyph)) {
            let at = glyph as usize;
            let (start, end) = (loca.get_raw(at).ok_or(Fault::Damaged("glyf"))?, loca.get_raw(at + 1).ok_or(Fault::Damaged("glyf"))?);
            let bytes = data.get(start as usize..end as usize).ok_or(Fault::Damaged("glyf"))?;
            out.glyf.extend(without_program(bytes).ok_or(Fault::Damaged("glyf"))?);
            // Glyphs begin at even bytes, and some readers ask for a multiple of four.
            out.glyf.resize(out.glyf.len().next_multiple_of(4), 0);
        }
    }
    out.loca.extend(offset(&out)?.to_be_bytes());
    Ok(out)
}

/// A glyph without the program that fits it to coarse screens. `None` where it is cut off.
fn without_program(glyph: &[u8]) -> Option<Vec<u8>> {
    if glyph.is_empty() {
        return Some(Vec::new());
    }
    let contours = i16::from_be_bytes([*glyph.first()?, *glyph.get(1)?]);
    if contours >= 0 {
        let at = 10 + 2 * usize::from(contours.unsigned_abs());
        let length = usize::from(word(glyph, at)?);
        let mut out = glyph.get(..at)?.to_vec();
        out.extend([0, 0]);
        out.extend_from_slice(glyph.get(at + 2 + length..)?);
        return Some(out);
    }
    let mut out = glyph.to_vec();
    let mut at = 10;
    loop {
        let flags = word(glyph, at)?;
        out.get_mut(at..at + 2)?.copy_from_slice(&(flags & !INSTRUCTIONS).to_be_bytes());
        at += 4 + if flags & WORDS != 0 { 4 } else { 2 };
        at += match flags {
            _ if flags & SCALE != 0 => 2,
            _ if flags & TWO_SCALES != 0 => 4,
            _ if flags & MATRIX != 0 => 8,
            _ => 0,
        };
        if flags & MORE == 0 {
            break;
        }
    }
    out.truncate(at);
    Some(out)
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]))
}

/// The advances, with zeros for glyphs that are gone: they pack to nothing.
pub(crate) fn advances(font: &FontRef<'_>, live: &Glyphs) -> Result<Vec<u8>, Fault> {
    let mut bytes = font.table_data(tag("hmtx")).map(|data| data.as_bytes().to_vec()).ok_or(Fault::Damaged("hmtx"))?;
    let long = u32::from(font.hhea().map_err(|_| Fault::Damaged("hhea"))?.number_of_h_metrics());
    for glyph in 0..long.saturating_sub(1) {
        if !live.contains(GlyphId::new(glyph))
            && let Some(metric) = bytes.get_mut(glyph as usize * 4..glyph as usize * 4 + 4)
        {
            metric.fill(0);
        }
    }
    Ok(bytes)
}
