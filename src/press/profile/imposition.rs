//! How pages go onto sheets: the part `[imposition]` of a press profile.

use serde::Deserialize;

/// How pages go onto sheets.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Imposition {
    /// The scheme.
    pub scheme: Scheme,
    /// The pages of a section: 4, 8, 16 or 32.
    #[serde(default = "sixteen")]
    pub signature: usize,
    /// How the sheet is turned for its back.
    #[serde(default)]
    pub turn: Turn,
    /// Pages beside each other; `n-up` and `cut-and-stack`.
    #[serde(default = "two")]
    pub across: usize,
    /// Pages above each other; `n-up` and `cut-and-stack`.
    #[serde(default = "one")]
    pub down: usize,
    /// The side of the spine.
    #[serde(default)]
    pub binding: Binding,
    /// The thickness of the paper.
    #[serde(default = "tenth")]
    pub thickness: f64,
    /// What is milled off the spine of a section, on each page.
    #[serde(default)]
    pub spine: f64,
    /// Between pages that are cut apart.
    #[serde(default = "gap")]
    pub gap: f64,
    /// Where blank pages go if the count does not come out even.
    #[serde(default)]
    pub blanks: Blanks,
}

fn sixteen() -> usize {
    16
}

fn two() -> usize {
    2
}

fn one() -> usize {
    1
}

fn tenth() -> f64 {
    0.1
}

fn gap() -> f64 {
    6.0
}

/// A way of putting pages onto sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// Folded sheets in each other, stapled through the fold.
    SaddleStitch,
    /// Folded sections on each other, glued at the spine.
    PerfectBound,
    /// Pages beside each other in their order.
    NUp,
    /// Sheets that are cut, and whose piles are put on each other.
    CutAndStack,
    /// Pages as a reader sees them, for a look.
    Spreads,
}

/// How a sheet is turned for its back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// Another plate for the back.
    #[default]
    Sheetwise,
    /// The same plate, left edge to right; two copies of a section on a sheet.
    WorkAndTurn,
    /// The same plate, head to foot; two copies of a section on a sheet.
    WorkAndTumble,
}

/// The side of the spine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Binding {
    /// For scripts from left to right.
    #[default]
    Left,
    /// For Arabic and Hebrew.
    Right,
}

/// Where blank pages go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Blanks {
    /// After the last page.
    #[default]
    End,
    /// Before the last page, so that it stays outside.
    BeforeLast,
}
