//! Press profiles: what a press asks for, as a small file.
//!
//! 1. [`Profile::built_in`] are the files of `profiles/`; a press that asks for something else gets a file of its own.
//! 2. [`Profile::parse`] reads one; a key that nobody knows, or a value that makes no sense, is refused at its place.

mod imposition;

use std::ops::Range;

use serde::Deserialize;

pub use imposition::{Binding, Blanks, Imposition, Scheme, Turn};

use crate::cover::Cover;

macro_rules! profiles {
    ($($name:literal),* $(,)?) => {
        /// Name and text of each built-in profile.
        pub const BUILT_IN: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../profiles/", $name, ".toml")))),*];
    };
}

profiles!["x4", "offset-marks", "offset-no-marks", "offset-grey", "x1a", "booklet-a4", "perfect-16", "n-up", "proof", "template"];

/// What a press asks for. Lengths are millimetres, resolutions dots to the inch, inks per cent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Profile {
    /// What it is for, in a line.
    pub description: String,
    /// What the file keeps to.
    #[serde(default)]
    pub standard: Standard,
    /// Whether text becomes curves, which only old presses ask.
    #[serde(default)]
    pub text: TextForm,
    /// The output intent.
    #[serde(default)]
    pub intent: Intent,
    /// Colours.
    #[serde(default)]
    pub colour: Colour,
    /// The sheet.
    #[serde(default)]
    pub sheet: Sheet,
    /// Marks around the trimmed page.
    #[serde(default)]
    pub marks: Marks,
    /// How pages go onto sheets; one page a sheet without it.
    pub imposition: Option<Imposition>,
    /// The cover around the pages.
    #[serde(default)]
    pub cover: Cover,
    /// Pictures of the pages, for a look.
    pub proof: Option<Proof>,
    /// What preflight asks.
    #[serde(default)]
    pub check: Limits,
}

/// A standard for print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standard {
    /// PDF/X-4 (ISO 15930-7): PDF 1.6, transparency allowed.
    #[default]
    #[serde(rename = "x-4")]
    X4,
    /// PDF/X-1a:2001 (ISO 15930-1): PDF 1.3, inks only, nothing transparent.
    #[serde(rename = "x-1a")]
    X1a,
    /// PDF 1.4 and no more said.
    #[serde(rename = "1.4")]
    Pdf14,
    /// PDF 1.3 and no more said.
    #[serde(rename = "1.3")]
    Pdf13,
}

impl Standard {
    /// The version of the PDF.
    #[must_use]
    pub fn version(self) -> &'static str {
        match self {
            Self::X4 => "1.6",
            Self::X1a | Self::Pdf13 => "1.3",
            Self::Pdf14 => "1.4",
        }
    }

    /// Whether something may be transparent.
    #[must_use]
    pub fn is_transparent(self) -> bool {
        match self {
            Self::X4 | Self::Pdf14 => true,
            Self::X1a | Self::Pdf13 => false,
        }
    }

    /// Whether colours may be something else than inks.
    #[must_use]
    pub fn takes_rgb(self) -> bool {
        match self {
            Self::X4 | Self::Pdf14 | Self::Pdf13 => true,
            Self::X1a => false,
        }
    }
}

/// What text is in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextForm {
    /// Text with its fonts.
    #[default]
    Fonts,
    /// Outlines, through Ghostscript.
    Curves,
}

/// For which way of printing the inks are meant.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Intent {
    /// `fogra39` (coated), `fogra29` (uncoated), or the path of an ICC profile beside this file.
    pub profile: String,
    /// Its name in the register of characterisations; the profile's own name without one.
    pub condition: Option<String>,
    /// Whether the ICC profile is put into the file; some presses forbid it.
    pub embed: bool,
}

impl Default for Intent {
    fn default() -> Self {
        Self { profile: "fogra39".to_owned(), condition: None, embed: true }
    }
}

/// What becomes of colours.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Colour {
    /// Whether the sheets have coloured inks.
    pub interior: Interior,
    /// Coloured pictures where the sheets have coloured inks.
    pub pictures: Pictures,
    /// The most ink on one spot.
    pub total_ink: f64,
}

impl Default for Colour {
    fn default() -> Self {
        Self { interior: Interior::Colour, pictures: Pictures::Cmyk, total_ink: 300.0 }
    }
}

/// With which inks the pages are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Interior {
    /// Four, and those that the pages name.
    #[default]
    Colour,
    /// Black alone.
    Grey,
}

/// What becomes of coloured pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pictures {
    /// Cyan, magenta, yellow and black.
    #[default]
    Cmyk,
    /// As they are, with their profile; the press converts.
    Keep,
}

/// The sheet, and what of it is page.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sheet {
    /// Artwork beyond the trimmed page.
    pub bleed: f64,
    /// Where it is from, on pages that end before it does.
    pub bleed_from: BleedFrom,
    /// The paper; as large as its content without one.
    pub size: Option<Size>,
    /// The edge that the machine cannot print.
    pub margin: f64,
}

impl Default for Sheet {
    fn default() -> Self {
        Self { bleed: 3.0, bleed_from: BleedFrom::Page, size: None, margin: 0.0 }
    }
}

/// Where artwork beyond the trimmed page is from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BleedFrom {
    /// From the page alone.
    #[default]
    Page,
    /// What stands at the edge is mirrored over it.
    Mirror,
    /// The outermost half millimetre is stretched.
    Stretch,
}

impl BleedFrom {
    /// How much larger what stands at the edge becomes beyond it; `None` where nothing is made of it.
    #[must_use]
    pub(crate) fn factor(self, bleed: f64) -> Option<f64> {
        match self {
            Self::Page => None,
            Self::Mirror => Some(1.0),
            Self::Stretch => Some((bleed / 0.5).max(1.0)),
        }
    }
}

/// The size of a paper.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Size {
    /// By its name, such as `A4`; turned so that the pages fit.
    Named(String),
    /// Width and height, not turned.
    Millimetres([f64; 2]),
}

impl Size {
    /// Width and height in millimetres; `None` for a name that nobody knows.
    #[must_use]
    pub fn millimetres(&self) -> Option<[f64; 2]> {
        match self {
            Self::Millimetres(size) => Some(*size),
            Self::Named(name) => match name.to_ascii_uppercase().as_str() {
                "A2" => Some([420.0, 594.0]),
                "A3" => Some([297.0, 420.0]),
                "A4" => Some([210.0, 297.0]),
                "A5" => Some([148.0, 210.0]),
                "SRA3" => Some([320.0, 450.0]),
                "SRA4" => Some([225.0, 320.0]),
                "SRA2" => Some([450.0, 640.0]),
                "B1" => Some([707.0, 1000.0]),
                "B2" => Some([500.0, 707.0]),
                "B3" => Some([353.0, 500.0]),
                _ => None,
            },
        }
    }
}

/// Marks around the trimmed page.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Marks {
    /// Where to cut.
    pub crop: bool,
    /// Crosses on all plates.
    pub registration: bool,
    /// Patches of each ink.
    pub bar: bool,
    /// File, page, date and plates.
    pub slug: bool,
    /// Where to fold; imposed sheets only.
    pub fold: bool,
    /// Steps on the spines of sections; perfect binding only.
    pub collation: bool,
    /// From the trimmed page to the marks.
    pub offset: f64,
    /// The length of a crop mark.
    pub length: f64,
}

impl Default for Marks {
    fn default() -> Self {
        Self { crop: false, registration: false, bar: false, slug: false, fold: false, collation: false, offset: 4.0, length: 5.0 }
    }
}

impl Marks {
    /// Whether there is any mark.
    #[must_use]
    pub fn any(self) -> bool {
        self.crop || self.registration || self.bar || self.slug || self.fold || self.collation
    }
}

/// Pictures of the pages.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Proof {
    /// Dots to the inch.
    pub resolution: u32,
}

/// What preflight asks.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// Pictures below this resolution are an error.
    pub resolution_least: f64,
    /// Pictures below this resolution are a warning.
    pub resolution: f64,
    /// The thinnest line, in points.
    pub hairline: f64,
    /// How near to the trim text may stand.
    pub safe: f64,
    /// Below this size, in points, text may have one ink only.
    pub small_text: f64,
    /// The count of pages is a multiple of this.
    pub multiple: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { resolution_least: 150.0, resolution: 300.0, hairline: 0.25, safe: 5.0, small_text: 9.0, multiple: 1 }
    }
}

/// Why a profile is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong, in lower case, without a final stop.
    pub message: String,
    /// The bytes of the profile that are meant.
    pub span: Range<usize>,
}

impl Profile {
    /// The built-in profile of a name.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Self::parse(text).ok()
    }

    /// Reads a profile.
    ///
    /// # Errors
    ///
    /// When it is no TOML, has a key that nobody knows, or asks for what contradicts itself.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let profile: Self =
            toml::from_str(text).map_err(|error| Refused { message: error.message().trim().replace('\n', "; "), span: error.span().unwrap_or_default() })?;
        match profile.contradiction() {
            Some((key, message)) => Err(Refused { message, span: place(text, key) }),
            None => Ok(profile),
        }
    }

    /// The profile by which single pages are made that another program is to flatten: inks, and no more than the pages with their bleed.
    #[must_use]
    pub fn for_flattening(&self) -> Self {
        let mut profile = self.clone();
        profile.standard = Standard::X4;
        profile.text = TextForm::Fonts;
        profile.intent.embed = true;
        profile.colour.pictures = Pictures::Cmyk;
        profile.sheet.size = None;
        profile.marks = Marks::default();
        profile.imposition = None;
        profile
    }

    /// A key and why its value cannot be.
    fn contradiction(&self) -> Option<(&'static str, String)> {
        let lengths = [
            ("bleed", self.sheet.bleed, 0.0, 50.0),
            ("margin", self.sheet.margin, 0.0, 100.0),
            ("offset", self.marks.offset, 0.0, 50.0),
            ("length", self.marks.length, 0.5, 50.0),
            ("total-ink", self.colour.total_ink, 100.0, 400.0),
            ("leaf", self.cover.leaf.unwrap_or_default(), 0.0, 2.0),
            ("board", self.cover.board, 0.0, 5.0),
            ("spine-text", self.cover.spine_text, 0.0, 100.0),
        ];
        for (key, value, least, most) in lengths {
            if !(least..=most).contains(&value) {
                return Some((key, format!("`{key}` is {value}, and must be between {least} and {most}")));
            }
        }
        let sizes = [&self.sheet.size, &self.cover.size].into_iter().flatten();
        if let Some(Size::Named(name)) = sizes.into_iter().find(|size| size.millimetres().is_none()) {
            return Some(("size", format!("there is no paper `{name}`; give its width and height in millimetres")));
        }
        if self.standard == Standard::X1a && self.colour.interior == Interior::Colour && self.colour.pictures == Pictures::Keep {
            return Some(("pictures", "PDF/X-1a holds inks only, so `pictures` cannot be `keep`".to_owned()));
        }
        if matches!(self.standard, Standard::X4 | Standard::X1a) && !self.intent.embed && self.standard == Standard::X4 {
            return Some(("embed", "PDF/X-4 must hold its output profile; take `standard = \"1.4\"` where the press wants none".to_owned()));
        }
        let imposition = self.imposition.as_ref()?;
        if imposition.scheme == Scheme::PerfectBound && !matches!(imposition.signature, 4 | 8 | 16 | 32) {
            return Some(("signature", format!("a section has 4, 8, 16 or 32 pages, not {}", imposition.signature)));
        }
        if !(1..=16).contains(&imposition.across) || !(1..=16).contains(&imposition.down) {
            return Some(("across", "from 1 to 16 pages stand beside and above each other".to_owned()));
        }
        for (key, value, most) in [("thickness", imposition.thickness, 2.0), ("spine", imposition.spine, 20.0), ("gap", imposition.gap, 100.0)] {
            if !(0.0..=most).contains(&value) {
                return Some((key, format!("`{key}` is {value}, and must be between 0 and {most}")));
            }
        }
        None
    }
}

/// The line of a key.
fn place(text: &str, key: &str) -> Range<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('=')) {
            return start..start + line.trim_end().len();
        }
        start += line.len();
    }
    0..0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_profiles_are_read() {
        for (name, text) in BUILT_IN {
            let profile = Profile::parse(text).unwrap_or_else(|refused| panic!("{name}: {refused:?}"));
            assert!(!profile.description.is_empty(), "{name}");
        }
    }

    #[test]
    fn what_nobody_knows_is_refused_at_its_place() {
        let text = "description = \"a\"\n[sheet]\nbled = 3\n";
        let refused = Profile::parse(text).expect_err("refused");
        assert_eq!(&text[refused.span], "bled");
        assert!(refused.message.contains("unknown field `bled`"), "{}", refused.message);
        let text = "description = \"a\"\n[sheet]\nbleed = 300\n";
        let refused = Profile::parse(text).expect_err("refused");
        assert_eq!(&text[refused.span], "bleed = 300");
        for text in [
            "description = \"a\"\nstandard = \"x-9\"",
            "description = \"a\"\n[sheet]\nsize = \"A17\"",
            "nonsense",
            "",
            "description = \"a\"\nstandard=\"x-1a\"\n[colour]\npictures = \"keep\"",
        ] {
            assert!(Profile::parse(text).is_err(), "{text}");
        }
    }
}
