//! Covers: how thick the spine is, and how the one sheet of front, spine and back goes to the press.
//!
//! 1. [`measure`] reads of the finished pages how many there are, and how large they are once they are cut.
//! 2. [`Profile::spine`] makes the thickness of the spine of the count of pages and of the paper.
//! 3. [`Profile::for_cover`] is the press profile for the sheet: no imposition, its own inks and paper, marks where it is folded.

use serde::Deserialize;

use crate::fault::Fault;
use crate::geometry::MM;
use crate::profile::{Binding, Interior, Marks, Profile, Scheme, Sheet, Size};
use crate::read;

/// What a press says of covers. Lengths are millimetres.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cover {
    /// How it is bound; glued without it, unless the pages are stapled.
    pub bound: Option<Bound>,
    /// The thickness of a leaf of the text; without it that of the imposition, and without that a tenth of a millimetre, as 80 g paper has.
    pub leaf: Option<f64>,
    /// The thickness of the cover's own paper or board.
    pub board: f64,
    /// From which thickness on the spine has text.
    pub spine_text: f64,
    /// With which inks it is printed.
    pub inks: Interior,
    /// The paper; as large as its content without one.
    pub size: Option<Size>,
}

impl Default for Cover {
    fn default() -> Self {
        Self { bound: None, leaf: None, board: 0.25, spine_text: 6.0, inks: Interior::Colour, size: None }
    }
}

/// How the pages are held together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// By glue: the cover has a spine.
    Glued,
    /// By staples through the fold: it has none.
    Stapled,
}

/// The pages of a file, as a cover needs them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// How many there are.
    pub pages: usize,
    /// The width of a page that is cut, in millimetres.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// Reads how many pages a file has, and how large they are.
///
/// # Errors
///
/// When it cannot be read, or its pages differ in size.
pub fn measure(bytes: &[u8]) -> Result<Extent, Fault> {
    let pages = read::open(bytes)?.pages;
    let size = |page: &read::Page| {
        let (width, height) = (page.trim.width() * page.unit / MM, page.trim.height() * page.unit / MM);
        if page.quarters.rem_euclid(2) == 1 { (height, width) } else { (width, height) }
    };
    let Some((width, height)) = pages.first().map(size) else { return Err(Fault::NoPages) };
    // Half a millimetre is what a guillotine is off.
    let other = pages.iter().map(size).position(|(w, h)| (w - width).abs() > 0.5 || (h - height).abs() > 0.5);
    match other {
        Some(at) => Err(Fault::Sheet(at + 1, format!("page {} has another size than the first one, and a cover goes around pages of one size", at + 1))),
        None => Ok(Extent { pages: pages.len(), width, height }),
    }
}

impl Profile {
    /// How many pages there are once all sheets are full: those that are folded have four, or more that four divides.
    #[must_use]
    pub fn filled(&self, pages: usize) -> usize {
        match self.imposition.as_ref().map(|imposition| imposition.scheme) {
            Some(Scheme::SaddleStitch | Scheme::PerfectBound) => pages.next_multiple_of(4),
            Some(Scheme::NUp | Scheme::CutAndStack | Scheme::Spreads) | None => pages,
        }
    }

    /// The thickness of the spine around so many pages, to a tenth of a millimetre: the leaves, and the cover's board in front and behind; 0 where
    /// the pages are stapled.
    #[must_use]
    pub fn spine(&self, pages: usize) -> f64 {
        let scheme = self.imposition.as_ref().map(|imposition| imposition.scheme);
        let bound = self.cover.bound.unwrap_or(if scheme == Some(Scheme::SaddleStitch) { Bound::Stapled } else { Bound::Glued });
        match bound {
            Bound::Stapled => 0.0,
            Bound::Glued => {
                let leaf = self.cover.leaf.or(self.imposition.as_ref().map(|imposition| imposition.thickness)).unwrap_or(0.1);
                let thick = self.filled(pages).div_ceil(2) as f64 * leaf + 2.0 * self.cover.board;
                (thick * 10.0).round() / 10.0
            }
        }
    }

    /// Whether the spine is on the right of the front, as in books from right to left.
    #[must_use]
    pub fn binds_right(&self) -> bool {
        self.imposition.as_ref().is_some_and(|imposition| imposition.binding == Binding::Right)
    }

    /// The profile for the sheet of a cover.
    #[must_use]
    pub fn for_cover(&self) -> Self {
        let mut profile = self.clone();
        profile.imposition = None;
        profile.proof = None;
        profile.colour.interior = self.cover.inks;
        profile.sheet = Sheet { size: self.cover.size.clone(), ..self.sheet.clone() };
        if self.marks.any() {
            profile.marks = Marks { fold: true, collation: false, ..self.marks };
        }
        profile.check.multiple = 1;
        profile
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(more: &str) -> Profile {
        Profile::parse(&format!("description = 'a'\n{more}")).expect("a profile")
    }

    #[test]
    fn the_spine_is_leaves_and_board() {
        // 136 pages are 68 leaves.
        assert_eq!(profile("[cover]\nleaf = 0.1\nboard = 0.3").spine(136), 7.4);
        assert_eq!(profile("[cover]\nleaf = 0.1\nboard = 0.3").spine(135), 7.4);
        assert_eq!(profile("[imposition]\nscheme = 'perfect-bound'\nthickness = 0.12").spine(200), 12.5);
        // Two blanks make a leaf of paper more.
        assert_eq!(profile("[imposition]\nscheme = 'perfect-bound'\nthickness = 0.12").spine(198), 12.5);
        assert_eq!(profile("[imposition]\nscheme = 'saddle-stitch'").spine(64), 0.0);
        assert_eq!(profile("[imposition]\nscheme = 'saddle-stitch'\n[cover]\nbound = 'glued'\nboard = 0").spine(64), 3.2);
        assert_eq!(profile("").spine(200), 10.5);
    }

    #[test]
    fn the_sheet_of_a_cover_has_its_own_inks_and_folds() {
        let cover = profile("[colour]\ninterior = 'grey'\n[marks]\ncrop = true\n[sheet]\nsize = 'A4'\nbleed = 5").for_cover();
        assert!(cover.marks.fold && cover.marks.crop && cover.sheet.size.is_none() && cover.sheet.bleed == 5.0);
        assert_eq!(cover.colour.interior, Interior::Colour);
        assert!(!profile("").for_cover().marks.any());
    }
}
