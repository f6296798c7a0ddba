//! Substitutions and positions (OpenType 1.9, GSUB and GPOS): what is between glyphs that are there stays, with its numbers.
//!
//! Rules by context are kept as they are: they name glyphs by classes, and cost little.

use std::collections::BTreeSet;

use read_fonts::types::{GlyphId, GlyphId16};
use read_fonts::{FontRef, TableProvider};
use write_fonts::from_obj::ToOwnedTable;
use write_fonts::tables::gpos::{
    ExtensionSubtable as PositionExtension, Gpos, MarkArray, MarkBasePosFormat1, MarkMarkPosFormat1, PairPos, PositionLookup, SinglePos,
};
use write_fonts::tables::gsub::{
    AlternateSubstFormat1, ExtensionSubtable as SubstitutionExtension, Gsub, LigatureSubstFormat1, MultipleSubstFormat1, SingleSubst, SubstitutionLookup,
};
use write_fonts::tables::layout::{ClassDef, CoverageTable, FeatureList};

use crate::glyphs::FEATURES;
use crate::{Fault, Glyphs, tag};

/// The substitutions among these glyphs; `None` where the font has none.
pub(crate) fn substitutions(font: &FontRef<'_>, live: &Glyphs) -> Result<Option<Vec<u8>>, Fault> {
    let Ok(table) = font.gsub() else { return Ok(None) };
    let mut table: Gsub = table.to_owned_table();
    silence(&mut table.feature_list);
    let live = Live(live);
    for lookup in &mut table.lookup_list.lookups {
        match &mut **lookup {
            SubstitutionLookup::Single(lookup) => lookup.subtables.iter_mut().for_each(|table| live.single(table)),
            SubstitutionLookup::Multiple(lookup) => lookup.subtables.iter_mut().for_each(|table| live.multiple(table)),
            SubstitutionLookup::Alternate(lookup) => lookup.subtables.iter_mut().for_each(|table| live.alternate(table)),
            SubstitutionLookup::Ligature(lookup) => lookup.subtables.iter_mut().for_each(|table| live.ligature(table)),
            SubstitutionLookup::Extension(lookup) => {
                for table in &mut lookup.subtables {
                    match &mut **table {
                        SubstitutionExtension::Single(table) => live.single(&mut table.extension),
                        SubstitutionExtension::Multiple(table) => live.multiple(&mut table.extension),
                        SubstitutionExtension::Alternate(table) => live.alternate(&mut table.extension),
                        SubstitutionExtension::Ligature(table) => live.ligature(&mut table.extension),
                        SubstitutionExtension::Contextual(_) | SubstitutionExtension::ChainContextual(_) | SubstitutionExtension::Reverse(_) => {}
                    }
                }
            }
            SubstitutionLookup::Contextual(_) | SubstitutionLookup::ChainContextual(_) | SubstitutionLookup::Reverse(_) => {}
        }
    }
    write_fonts::dump_table(&table).map(Some).map_err(|_| Fault::Damaged("GSUB"))
}

/// The positions among these glyphs; `None` where the font has none.
pub(crate) fn positions(font: &FontRef<'_>, live: &Glyphs) -> Result<Option<Vec<u8>>, Fault> {
    let Ok(table) = font.gpos() else { return Ok(None) };
    let mut table: Gpos = table.to_owned_table();
    silence(&mut table.feature_list);
    let live = Live(live);
    for lookup in &mut table.lookup_list.lookups {
        match &mut **lookup {
            PositionLookup::Single(lookup) => lookup.subtables.iter_mut().for_each(|table| live.shift(table)),
            PositionLookup::Pair(lookup) => lookup.subtables.iter_mut().for_each(|table| live.pair(table)),
            PositionLookup::MarkToBase(lookup) => lookup.subtables.iter_mut().for_each(|table| live.mark(table)),
            PositionLookup::MarkToMark(lookup) => lookup.subtables.iter_mut().for_each(|table| live.mark_on_mark(table)),
            PositionLookup::Extension(lookup) => {
                for table in &mut lookup.subtables {
                    match &mut **table {
                        PositionExtension::Single(table) => live.shift(&mut table.extension),
                        PositionExtension::Pair(table) => live.pair(&mut table.extension),
                        PositionExtension::MarkToBase(table) => live.mark(&mut table.extension),
                        PositionExtension::MarkToMark(table) => live.mark_on_mark(&mut table.extension),
                        PositionExtension::Cursive(_)
                        | PositionExtension::MarkToLig(_)
                        | PositionExtension::Contextual(_)
                        | PositionExtension::ChainContextual(_) => {}
                    }
                }
            }
            PositionLookup::Cursive(_) | PositionLookup::MarkToLig(_) | PositionLookup::Contextual(_) | PositionLookup::ChainContextual(_) => {}
        }
    }
    write_fonts::dump_table(&table).map(Some).map_err(|_| Fault::Damaged("GPOS"))
}

/// Features that nobody asks for do nothing: their glyphs may be gone.
fn silence(features: &mut FeatureList) {
    for record in &mut features.feature_records {
        if !FEATURES.iter().any(|name| tag(name) == record.feature_tag) {
            record.feature.lookup_list_indices.clear();
            *record.feature.feature_params = None;
        }
    }
}

/// The glyphs that stay.
struct Live<'a>(&'a Glyphs);

impl Live<'_> {
    fn has(&self, glyph: GlyphId16) -> bool {
        self.0.contains(GlyphId::from(glyph))
    }

    /// Keeps those entries of a coverage, and of what runs beside it, of which `keep` says so.
    fn keep<T>(&self, coverage: &mut CoverageTable, beside: &mut Vec<T>, keep: impl Fn(GlyphId16, &T) -> bool) {
        let pairs: Vec<(GlyphId16, T)> = coverage.iter().zip(std::mem::take(beside)).filter(|(glyph, other)| self.has(*glyph) && keep(*glyph, other)).collect();
        let (glyphs, kept): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        *coverage = glyphs.into();
        *beside = kept;
    }

    fn coverage(&self, coverage: &mut CoverageTable) {
        *coverage = coverage.iter().filter(|glyph| self.has(*glyph)).collect();
    }

    fn single(&self, table: &mut SingleSubst) {
        match table {
            // The glyphs that come of it are those plus a number: reached, since the ones before are there.
            SingleSubst::Format1(table) => self.coverage(&mut table.coverage),
            SingleSubst::Format2(table) => self.keep(&mut table.coverage, &mut table.substitute_glyph_ids, |_, to| self.has(*to)),
        }
    }

    fn multiple(&self, table: &mut MultipleSubstFormat1) {
        self.keep(&mut table.coverage, &mut table.sequences, |_, sequence| sequence.substitute_glyph_ids.iter().all(|to| self.has(*to)));
    }

    fn alternate(&self, table: &mut AlternateSubstFormat1) {
        self.keep(&mut table.coverage, &mut table.alternate_sets, |_, set| set.alternate_glyph_ids.iter().all(|to| self.has(*to)));
    }

    fn ligature(&self, table: &mut LigatureSubstFormat1) {
        for set in &mut table.ligature_sets {
            set.ligatures.retain(|ligature| self.has(ligature.ligature_glyph) && ligature.component_glyph_ids.iter().all(|part| self.has(*part)));
        }
        self.keep(&mut table.coverage, &mut table.ligature_sets, |_, set| !set.ligatures.is_empty());
    }

    fn shift(&self, table: &mut SinglePos) {
        match table {
            SinglePos::Format1(table) => self.coverage(&mut table.coverage),
            SinglePos::Format2(table) => self.keep(&mut table.coverage, &mut table.value_records, |_, _| true),
        }
    }

    fn pair(&self, table: &mut PairPos) {
        match table {
            PairPos::Format1(table) => {
                for set in &mut table.pair_sets {
                    set.pair_value_records.retain(|record| self.has(record.second_glyph));
                }
                self.keep(&mut table.coverage, &mut table.pair_sets, |_, set| !set.pair_value_records.is_empty());
            }
            PairPos::Format2(table) => {
                self.coverage(&mut table.coverage);
                let first = self.classes(&mut table.class_def1);
                let second = self.classes(&mut table.class_def2);
                table.class1_records = picked(&table.class1_records, &first);
                for record in &mut table.class1_records {
                    record.class2_records = picked(&record.class2_records, &second);
                }
            }
        }
    }

    /// Keeps the classes of glyphs that are there, numbered anew without gaps. Gives their former numbers in the order of the new ones; the first is
    /// that of all glyphs without a class.
    fn classes(&self, classes: &mut ClassDef) -> Vec<u16> {
        let kept: Vec<(GlyphId16, u16)> = classes.iter().filter(|(glyph, _)| self.has(*glyph)).collect();
        let former: BTreeSet<u16> = kept.iter().map(|(_, class)| *class).chain([0]).collect();
        let former: Vec<u16> = former.into_iter().collect();
        *classes = kept.into_iter().map(|(glyph, class)| (glyph, renumbered(&former, class))).collect();
        former
    }

    fn mark(&self, table: &mut MarkBasePosFormat1) {
        let kept = self.marks(&mut table.mark_coverage, &mut table.mark_array);
        self.keep(&mut table.base_coverage, &mut table.base_array.base_records, |_, _| !kept.is_empty());
        for record in &mut table.base_array.base_records {
            record.base_anchors = picked(&record.base_anchors, &kept);
        }
    }

    fn mark_on_mark(&self, table: &mut MarkMarkPosFormat1) {
        let kept = self.marks(&mut table.mark1_coverage, &mut table.mark1_array);
        self.keep(&mut table.mark2_coverage, &mut table.mark2_array.mark2_records, |_, _| !kept.is_empty());
        for record in &mut table.mark2_array.mark2_records {
            record.mark2_anchors = picked(&record.mark2_anchors, &kept);
        }
    }

    /// Keeps the marks that are there, their classes numbered anew without gaps. Gives the former numbers in the order of the new ones.
    fn marks(&self, coverage: &mut CoverageTable, marks: &mut MarkArray) -> Vec<u16> {
        self.keep(coverage, &mut marks.mark_records, |_, _| true);
        let former: BTreeSet<u16> = marks.mark_records.iter().map(|record| record.mark_class).collect();
        let former: Vec<u16> = former.into_iter().collect();
        for record in &mut marks.mark_records {
            record.mark_class = renumbered(&former, record.mark_class);
        }
        former
    }
}

/// The new number of a class.
fn renumbered(former: &[u16], class: u16) -> u16 {
    former.iter().position(|other| *other == class).and_then(|at| u16::try_from(at).ok()).unwrap_or_default()
}

/// The records of these classes.
fn picked<T: Clone>(records: &[T], classes: &[u16]) -> Vec<T> {
    classes.iter().filter_map(|class| records.get(usize::from(*class)).cloned()).collect()
}
