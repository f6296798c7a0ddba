//! What stands around the trimmed page: crop and fold marks, registration, colour bar, slug line.
//!
//! 1. [`Furniture::new`] takes where cuts and folds are, and the band around them in which marks may stand.
//! 2. [`Furniture::content`] draws them. Lines are in the colour of all plates; the slug line is drawn as outlines, so that a press file has no
//!    font but those of its pages, and its text is none of theirs.
//! 3. [`Glyphs`] writes the outline of each sign into the file once, however many sheets there are.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

use crate::geometry::{MM, Rect, number, numbers};
use crate::ink::Mode;
use crate::picture::deflated;
use crate::profile::Marks;

/// The width of a mark, in points.
const LINE: f64 = 0.25;

/// The size of the slug line, in points.
const SLUG: f64 = 6.0;

/// The marks of a sheet.
pub(crate) struct Furniture<'a> {
    /// Which marks are wanted.
    pub(crate) marks: Marks,
    /// What they stand around: all pages of the sheet, trimmed.
    pub(crate) block: Rect,
    /// From the block to the marks, never less than the bleed; points.
    pub(crate) offset: f64,
    /// Where it is cut, from left to right.
    pub(crate) cuts_x: Vec<f64>,
    /// Where it is cut, from below.
    pub(crate) cuts_y: Vec<f64>,
    /// Where it is folded, from left to right.
    pub(crate) folds_x: Vec<f64>,
    /// Where it is folded, from below.
    pub(crate) folds_y: Vec<f64>,
    /// Steps on spines: a rectangle each.
    pub(crate) steps: Vec<Rect>,
    /// The slug line.
    pub(crate) slug: &'a str,
    /// Which inks there are.
    pub(crate) mode: Mode,
}

impl Furniture<'_> {
    /// How much room marks take around the block, in points.
    pub(crate) fn room(marks: Marks, bleed: f64) -> f64 {
        if marks.any() { offset(marks, bleed) + marks.length * MM + MM } else { bleed }
    }

    /// The drawing, for a page that has [`resources`] and the forms of `glyphs` that it comes to use.
    pub(crate) fn content(&self, glyphs: &mut Glyphs<'_>, document: &mut Document) -> String {
        let mut out = String::new();
        if !self.marks.any() {
            return out;
        }
        out.push_str(&format!("q /AllPlates CS 1 SCN /AllPlates cs 1 scn {} w\n", number(LINE)));
        if self.marks.crop {
            self.ticks(&mut out, &self.cuts_x, &self.cuts_y);
        }
        if self.marks.fold && !(self.folds_x.is_empty() && self.folds_y.is_empty()) {
            out.push_str("[2 1.5] 0 d\n");
            self.ticks(&mut out, &self.folds_x, &self.folds_y);
            out.push_str("[] 0 d\n");
        }
        if self.marks.registration {
            self.registration(&mut out);
        }
        out.push_str("Q\n");
        if self.marks.collation {
            for step in &self.steps {
                out.push_str(&format!("q 0 g {} re f Q\n", numbers(&[step.x0, step.y0, step.width(), step.height()])));
            }
        }
        if self.marks.bar {
            self.bar(&mut out);
        }
        if self.marks.slug {
            self.slug_line(&mut out, glyphs, document);
        }
        out
    }

    fn length(&self) -> f64 {
        self.marks.length * MM
    }

    /// Short lines outside the block.
    fn ticks(&self, out: &mut String, xs: &[f64], ys: &[f64]) {
        let Rect { x0, y0, x1, y1 } = self.block;
        let (near, far) = (self.offset, self.offset + self.length());
        let mut line = |ax: f64, ay: f64, bx: f64, by: f64| out.push_str(&format!("{} m {} l S\n", numbers(&[ax, ay]), numbers(&[bx, by])));
        for x in xs {
            line(*x, y0 - near, *x, y0 - far);
            line(*x, y1 + near, *x, y1 + far);
        }
        for y in ys {
            line(x0 - near, *y, x0 - far, *y);
            line(x1 + near, *y, x1 + far, *y);
        }
    }

    /// A circle with a cross in the middle of each side.
    fn registration(&self, out: &mut String) {
        let Rect { x0, y0, x1, y1 } = self.block;
        let away = self.offset + self.length() / 2.0;
        let (half, radius) = (self.length() / 2.0, self.length() / 4.0);
        let kappa = 0.552_284_75 * radius;
        // Beside a fold in the middle, so that neither hides the other.
        let aside = if self.folds_x.is_empty() { 0.0 } else { 3.0 * half };
        let aside_y = if self.folds_y.is_empty() && self.cuts_y.len() <= 2 { 0.0 } else { 4.0 * half };
        let (middle_x, middle_y) = ((x0 + x1) / 2.0 + aside, (y0 + y1) / 2.0 + aside_y);
        for (x, y) in [(middle_x, y0 - away), (middle_x, y1 + away), (x0 - away, middle_y), (x1 + away, middle_y)] {
            out.push_str(&format!(
                "{} m {} l S {} m {} l S\n",
                numbers(&[x - half, y]),
                numbers(&[x + half, y]),
                numbers(&[x, y - half]),
                numbers(&[x, y + half])
            ));
            let curve = |a: [f64; 6]| format!("{} c ", numbers(&a));
            out.push_str(&format!("{} m ", numbers(&[x + radius, y])));
            out.push_str(&curve([x + radius, y + kappa, x + kappa, y + radius, x, y + radius]));
            out.push_str(&curve([x - kappa, y + radius, x - radius, y + kappa, x - radius, y]));
            out.push_str(&curve([x - radius, y - kappa, x - kappa, y - radius, x, y - radius]));
            out.push_str(&curve([x + kappa, y - radius, x + radius, y - kappa, x + radius, y]));
            out.push_str("S\n");
        }
    }

    /// Patches of each ink, full and half, and of two inks each, above the block from its left edge.
    fn bar(&self, out: &mut String) {
        let side = (4.0 * MM).min(self.length());
        let patches: &[[f64; 4]] = match self.mode {
            Mode::Grey => &[[0.0, 0.0, 0.0, 1.0], [0.0, 0.0, 0.0, 0.8], [0.0, 0.0, 0.0, 0.5], [0.0, 0.0, 0.0, 0.2]],
            Mode::Colour => &[
                [1.0, 0.0, 0.0, 0.0],
                [0.0, 1.0, 0.0, 0.0],
                [0.0, 0.0, 1.0, 0.0],
                [0.0, 0.0, 0.0, 1.0],
                [0.5, 0.0, 0.0, 0.0],
                [0.0, 0.5, 0.0, 0.0],
                [0.0, 0.0, 0.5, 0.0],
                [0.0, 0.0, 0.0, 0.5],
                [1.0, 1.0, 0.0, 0.0],
                [1.0, 0.0, 1.0, 0.0],
                [0.0, 1.0, 1.0, 0.0],
            ],
        };
        let y = self.block.y1 + self.offset + (self.length() - side) / 2.0;
        let mut x = self.block.x0 + 4.0 * MM;
        for inks in patches {
            let colour = match self.mode {
                Mode::Grey => format!("{} g", number(1.0 - inks[3])),
                Mode::Colour => format!("{} k", numbers(inks)),
            };
            out.push_str(&format!("q {colour} {} re f Q\n", numbers(&[x, y, side, side])));
            x += side;
        }
    }

    /// File, page and date below the block from its left edge, and the plates from its middle, each in its own ink.
    fn slug_line(&self, out: &mut String, glyphs: &mut Glyphs<'_>, document: &mut Document) {
        let y = self.block.y0 - self.offset - self.length() / 2.0 - SLUG / 3.0;
        let gap = 4.0 * MM;
        let room = self.block.width() / 2.0 - gap - self.length();
        let (x, middle) = (self.block.x0 + gap, (self.block.x0 + self.block.x1) / 2.0 + 2.0 * self.length() + gap);
        let size = (SLUG * room / glyphs.width(self.slug).max(1.0)).min(SLUG);
        out.push_str("q 0 g\n");
        glyphs.line(out, document, self.slug, x, y, size);
        out.push_str("Q\n");
        let plates: &[(&str, &str)] = match self.mode {
            Mode::Grey => &[("Black", "0 g")],
            Mode::Colour => &[("Cyan", "1 0 0 0 k"), ("Magenta", "0 1 0 0 k"), ("Yellow", "0 0 1 0 k"), ("Black", "0 0 0 1 k")],
        };
        let mut x = middle;
        for (name, ink) in plates {
            let length = glyphs.width(name);
            if x + length > self.block.x1 - gap {
                break;
            }
            out.push_str(&format!("q {ink}\n"));
            glyphs.line(out, document, name, x, y, SLUG);
            out.push_str("Q\n");
            x += length + 2.0 * MM;
        }
    }
}

/// From the block to the marks, in points: as asked for, but never in the bleed (ISO 15930-7, 6.13).
pub(crate) fn offset(marks: Marks, bleed: f64) -> f64 {
    (marks.offset * MM).max(bleed)
}

/// The colour of all plates, as the resources of a sheet.
pub(crate) fn resources(document: &mut Document, mode: Mode) -> Dictionary {
    let reals = |values: &[f32]| Object::Array(values.iter().map(|value| Object::Real(*value)).collect());
    let mut function = Dictionary::new();
    function.set("FunctionType", 2);
    function.set("Domain", reals(&[0.0, 1.0]));
    function.set("N", 1);
    let device = match mode {
        Mode::Colour => {
            function.set("C0", reals(&[0.0; 4]));
            function.set("C1", reals(&[1.0; 4]));
            "DeviceCMYK"
        }
        Mode::Grey => {
            function.set("C0", reals(&[1.0]));
            function.set("C1", reals(&[0.0]));
            "DeviceGray"
        }
    };
    let space = document.add_object(Object::Array(vec!["Separation".into(), "All".into(), device.into(), function.into()]));
    let mut spaces = Dictionary::new();
    spaces.set("AllPlates", space);
    let mut resources = Dictionary::new();
    resources.set("ColorSpace", spaces);
    resources
}

/// The signs of slug lines as forms: a sheet names those that it shows.
pub(crate) struct Glyphs<'a> {
    face: Option<Face<'a>>,
    forms: BTreeMap<u16, ObjectId>,
    /// Those that were used since [`Self::used`] was asked.
    used: BTreeSet<u16>,
}

impl<'a> Glyphs<'a> {
    /// The signs of a font; none of what is no font.
    pub(crate) fn new(font: &'a [u8]) -> Self {
        Self { face: Face::parse(font, 0).ok(), forms: BTreeMap::new(), used: BTreeSet::new() }
    }

    /// The forms that the sheet shows which was drawn last, by their names.
    pub(crate) fn used(&mut self) -> Vec<(String, ObjectId)> {
        let used = std::mem::take(&mut self.used);
        used.into_iter().filter_map(|glyph| Some((format!("G{glyph}"), *self.forms.get(&glyph)?))).collect()
    }

    /// The glyphs of a line, and how far each goes on at [`SLUG`], in points.
    fn steps(&self, line: &str) -> Vec<(GlyphId, f64)> {
        let Some(face) = &self.face else { return Vec::new() };
        let scale = SLUG / f64::from(face.units_per_em());
        let step = |glyph| (glyph, f64::from(face.glyph_hor_advance(glyph).unwrap_or(0)) * scale);
        line.chars().filter_map(|c| face.glyph_index(c)).map(step).collect()
    }

    /// The width of a line at [`SLUG`], in points.
    fn width(&self, line: &str) -> f64 {
        self.steps(line).into_iter().map(|(_, step)| step).sum()
    }

    /// Draws a line.
    fn line(&mut self, out: &mut String, document: &mut Document, line: &str, x: f64, y: f64, size: f64) {
        let scale = size / SLUG;
        let mut x = x;
        for (glyph, step) in self.steps(line) {
            if self.form(document, glyph).is_some() {
                let [k, at_x, at_y] = [scale, x, y].map(|value| number((value * 1_000.0).round() / 1_000.0));
                out.push_str(&format!("q {k} 0 0 {k} {at_x} {at_y} cm /G{} Do Q\n", glyph.0));
                self.used.insert(glyph.0);
            }
            x += step * scale;
        }
    }

    /// The form of a glyph, with its origin at that of the form; `None` for one that shows nothing.
    fn form(&mut self, document: &mut Document, glyph: GlyphId) -> Option<ObjectId> {
        if let Some(form) = self.forms.get(&glyph.0) {
            return Some(*form);
        }
        let face = self.face.as_ref()?;
        let scale = SLUG / f64::from(face.units_per_em());
        let mut path = String::new();
        let bounds = face.outline_glyph(glyph, &mut Pen { out: &mut path, scale, at: (0.0, 0.0) })?;
        path.push_str("f\n");
        let [x0, y0, x1, y1] = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(|value| f64::from(value) * scale);
        let mut dict = Dictionary::new();
        dict.set("Type", "XObject");
        dict.set("Subtype", "Form");
        dict.set("BBox", Object::Array(Rect::new(x0, y0, x1, y1).grown(0.1).numbers().iter().map(|value| Object::Real(*value as f32)).collect()));
        dict.set("Resources", Dictionary::new());
        let form = document.add_object(deflated(dict, path.as_bytes()));
        self.forms.insert(glyph.0, form);
        Some(form)
    }
}

/// Writes outlines as paths; quadratic curves become cubic ones.
struct Pen<'a> {
    out: &'a mut String,
    scale: f64,
    at: (f64, f64),
}

impl Pen<'_> {
    fn place(&self, x: f32, y: f32) -> (f64, f64) {
        (f64::from(x) * self.scale, f64::from(y) * self.scale)
    }

    fn write(&mut self, values: &[f64], operator: &str) {
        self.out.push_str(&values.iter().map(|value| number((value * 1_000.0).round() / 1_000.0)).collect::<Vec<_>>().join(" "));
        self.out.push(' ');
        self.out.push_str(operator);
        self.out.push('\n');
    }
}

impl OutlineBuilder for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = self.place(x, y);
        self.write(&[self.at.0, self.at.1], "m");
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.at = self.place(x, y);
        self.write(&[self.at.0, self.at.1], "l");
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (start, control, end) = (self.at, self.place(x1, y1), self.place(x, y));
        let toward = |from: f64, to: f64| from + (to - from) * 2.0 / 3.0;
        self.at = end;
        self.write(&[toward(start.0, control.0), toward(start.1, control.1), toward(end.0, control.0), toward(end.1, control.1), end.0, end.1], "c");
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (one, two) = (self.place(x1, y1), self.place(x2, y2));
        self.at = self.place(x, y);
        self.write(&[one.0, one.1, two.0, two.1, self.at.0, self.at.1], "c");
    }

    fn close(&mut self) {
        self.out.push_str("h\n");
    }
}
