//! Subsets of the built-in fonts, unpacked again.

#![allow(clippy::disallowed_methods, reason = "tests read the fonts from the disk")]

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use read_fonts::types::GlyphId;
use read_fonts::{FontRef, TableProvider};

use super::*;

fn font(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fonts").join(name)).unwrap()
}

fn characters(text: &str) -> BTreeSet<char> {
    text.chars().collect()
}

/// The tables of a WOFF2 file as a plain font, by the specification's own words and not by the packer's code.
fn unpacked(woff2: &[u8]) -> Vec<u8> {
    assert_eq!(&woff2[..4], b"wOF2");
    let number = |at: usize| u32::from_be_bytes(woff2[at..at + 4].try_into().unwrap()) as usize;
    assert_eq!(number(8), woff2.len());
    let count = usize::from(u16::from_be_bytes([woff2[12], woff2[13]]));
    let (mut at, mut tables) = (48, Vec::new());
    let known =
        "cmap head hhea hmtx maxp name OS/2 post cvt  fpgm glyf loca prep CFF  VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB";
    for _ in 0..count {
        let index = usize::from(woff2[at] & 0x3f);
        let tag = if index == 63 {
            at += 4;
            String::from_utf8(woff2[at - 3..=at].to_vec()).unwrap()
        } else {
            known[index * 5..index * 5 + 4].to_owned()
        };
        at += 1;
        let mut length = 0;
        loop {
            length = length << 7 | usize::from(woff2[at] & 0x7f);
            at += 1;
            if woff2[at - 1] & 0x80 == 0 {
                break;
            }
        }
        tables.push((tag, length));
    }
    let mut spread = Vec::new();
    brotli::Decompressor::new(&woff2[at..at + number(20)], 4096).read_to_end(&mut spread).unwrap();
    let (mut from, mut builder) = (0, write_fonts::FontBuilder::new());
    for (tag, length) in &tables {
        builder.add_raw(super::tag(tag), spread[from..from + length].to_vec());
        from += length;
    }
    assert_eq!(from, spread.len());
    builder.build()
}

#[test]
fn a_subset_has_the_characters_and_no_others() {
    let whole = font("GentiumPlus-Regular.ttf");
    let text = characters("AVfi Кыргыз ө ң ү e\u{301} ");
    let packed = subset(&whole, &text).unwrap();
    assert_eq!(packed, subset(&whole, &text).unwrap());
    let bytes = unpacked(&packed);
    let part = FontRef::new(&bytes).unwrap();
    let cmap = part.cmap().unwrap();
    for char in &text {
        let glyph = cmap.map_codepoint(*char).unwrap_or_else(|| panic!("{char} is gone"));
        let outline = part.loca(None).unwrap().get_glyf(glyph, &part.glyf().unwrap()).unwrap();
        assert_eq!(outline.is_none(), *char == ' ', "{char}");
    }
    assert_eq!(cmap.map_codepoint('Q'), None);
    assert!(packed.len() < whole.len() / 20, "{} bytes", packed.len());
}

#[test]
fn kerning_and_the_places_of_accents_stay() {
    let whole = font("GentiumPlus-Regular.ttf");
    let bytes = unpacked(&subset(&whole, &characters("AVTo e\u{301} а\u{301}")).unwrap());
    let (part, whole) = (FontRef::new(&bytes).unwrap(), FontRef::new(&whole).unwrap());
    let pairs = |font: &FontRef<'_>| {
        let cmap = font.cmap().unwrap();
        let [first, second] = ['A', 'V'].map(|char| cmap.map_codepoint(char).unwrap());
        kern(font, first, second)
    };
    assert_ne!(pairs(&whole), 0);
    assert_eq!(pairs(&part), pairs(&whole));
    let gpos = part.gpos().unwrap();
    let marks = gpos.lookup_list().unwrap().lookups().iter().flatten().filter(|lookup| matches!(lookup.lookup_type(), 4 | 6)).count();
    assert!(marks > 0);
}

/// The kerning of a pair, by the pair tables alone.
fn kern(font: &FontRef<'_>, first: GlyphId, second: GlyphId) -> i16 {
    use read_fonts::tables::gpos::{PairPos, PositionSubtables};
    let gpos = font.gpos().unwrap();
    for lookup in gpos.lookup_list().unwrap().lookups().iter().flatten() {
        let PositionSubtables::Pair(tables) = lookup.subtables().unwrap() else { continue };
        for table in tables.iter().flatten() {
            let coverage = match &table {
                PairPos::Format1(table) => table.coverage(),
                PairPos::Format2(table) => table.coverage(),
            };
            let Some(at) = coverage.unwrap().get(first) else { continue };
            match table {
                PairPos::Format1(table) => {
                    let set = table.pair_sets().get(usize::from(at)).unwrap();
                    if let Some(record) = set.pair_value_records().iter().flatten().find(|record| GlyphId::from(record.second_glyph()) == second) {
                        return record.value_record1().x_advance().unwrap_or_default();
                    }
                }
                PairPos::Format2(table) => {
                    let class = |classes: read_fonts::tables::layout::ClassDef<'_>, glyph: GlyphId| {
                        usize::from(classes.get(read_fonts::types::GlyphId16::try_from(glyph).unwrap()))
                    };
                    let (one, two) = (class(table.class_def1().unwrap(), first), class(table.class_def2().unwrap(), second));
                    let record = table.class1_records().get(one).unwrap().class2_records().get(two).unwrap();
                    let found = record.value_record1().x_advance().unwrap_or_default();
                    if found != 0 {
                        return found;
                    }
                }
            }
        }
    }
    0
}

#[test]
fn small_capitals_come_with_their_letters() {
    let bytes = unpacked(&subset(&font("GentiumPlus-Regular.ttf"), &characters("ab")).unwrap());
    let part = FontRef::new(&bytes).unwrap();
    let (loca, glyf) = (part.loca(None).unwrap(), part.glyf().unwrap());
    let drawn = (0..u32::from(part.maxp().unwrap().num_glyphs())).filter(|glyph| matches!(loca.get_glyf(GlyphId::new(*glyph), &glyf), Ok(Some(_)))).count();
    // Two letters, two small capitals and the glyph for what is missing, at least; the font has four thousand.
    assert!((5..40).contains(&drawn), "{drawn}");
}

#[test]
fn a_font_that_may_not_be_embedded_is_refused() {
    let mut whole = font("GentiumPlus-Regular.ttf");
    let at = {
        let font = FontRef::new(&whole).unwrap();
        let record = font.table_directory().table_records().iter().find(|record| record.tag() == super::tag("OS/2")).unwrap();
        record.offset() as usize + 8
    };
    for (kind, expected) in [(0_u16, true), (4, true), (8, true), (2, false), (0x100, false), (0x200, false)] {
        whole[at..at + 2].copy_from_slice(&kind.to_be_bytes());
        assert_eq!(subset(&whole, &characters("a")).is_ok(), expected, "{kind:#x}");
    }
    assert_eq!(subset(b"no font", &characters("a")), Err(Fault::Damaged("directory")));
    assert_eq!(subset(&font("NewCMMath-Regular.otf"), &characters("a")), Err(Fault::Outlines));
}

#[test]
fn the_names_say_whose_it_is_and_not_that_it_is_the_whole() {
    let bytes = unpacked(&subset(&font("GentiumPlus-Regular.ttf"), &characters("a")).unwrap());
    let part = FontRef::new(&bytes).unwrap();
    let table = part.name().unwrap();
    let names: Vec<String> = table.name_record().iter().map(|record| record.string(table.string_data()).unwrap().chars().collect()).collect();
    assert!(names.iter().any(|name| name.contains("SIL")) && names.iter().filter(|name| *name == NAME).count() == 3, "{names:?}");
}
