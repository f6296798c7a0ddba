//! Where words stand on a page, as far as it is known.
//!
//! A font says how wide its signs are, and a reader sets them so, whatever they look like (ISO 32000-1, 9.2.4); how far they reach beyond, its box says, and a sign
//! that reaches further than its size is rare. Of a font that does not say it, of one that is drawings and of one with codes of other lengths nothing is known.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::{Dictionary, Document};

use crate::check::text::{Font, strings};
use crate::geometry::{Matrix, Rect};
use crate::read;
use crate::token::Operation;

/// What of the graphics state is about text (9.3).
#[derive(Clone, Default)]
pub(super) struct Text {
    font: Option<Rc<Font>>,
    size: f64,
    spacing: f64,
    words: f64,
    /// How much narrower than the font signs are, of 1; `None` is 1.
    scale: Option<f64>,
    leading: f64,
    rise: f64,
}

impl Text {
    /// A font came from elsewhere.
    pub(super) fn forget_font(&mut self) {
        self.font = None;
    }
}

/// What an operator shows.
pub(super) enum Shown {
    Nothing,
    /// Signs in this area, in the units of the content.
    Area(Rect),
    /// Signs nobody knows where.
    Unknown,
}

/// Follows the operators of text.
pub(super) struct Words<'a> {
    document: &'a Document,
    resources: &'a Dictionary,
    fonts: BTreeMap<Vec<u8>, Rc<Font>>,
    line: Matrix,
    place: Matrix,
    /// Whether it is not known where the line goes on.
    is_lost: bool,
}

impl<'a> Words<'a> {
    pub(super) fn new(document: &'a Document, resources: &'a Dictionary) -> Self {
        Self { document, resources, fonts: BTreeMap::new(), line: Matrix::IDENTITY, place: Matrix::IDENTITY, is_lost: false }
    }

    /// What an operator shows, if it is one of text.
    pub(super) fn operate(&mut self, operation: &Operation, text: &mut Text) -> Shown {
        if !matches!(operation.operator, [b'T', ..] | b"BT" | b"'" | b"\"") {
            return Shown::Nothing;
        }
        let numbers = operation.numbers();
        let at = |index: usize| numbers.get(index).copied().unwrap_or(0.0);
        match operation.operator {
            b"BT" => self.begin(Matrix::IDENTITY),
            b"Tm" => self.begin(Matrix([at(0), at(1), at(2), at(3), at(4), at(5)])),
            b"Td" => self.begin(Matrix::shift(at(0), at(1)).then(self.line)),
            b"TD" => {
                text.leading = -at(1);
                self.begin(Matrix::shift(at(0), at(1)).then(self.line));
            }
            b"T*" => self.next_line(text),
            b"Tf" => (text.font, text.size) = (operation.name().and_then(|name| self.font(name)), at(0)),
            b"Tc" => text.spacing = at(0),
            b"Tw" => text.words = at(0),
            b"Tz" => text.scale = Some(at(0) / 100.0),
            b"TL" => text.leading = at(0),
            b"Ts" => text.rise = at(0),
            b"Tj" | b"TJ" => return self.shown(operation, text),
            b"'" => {
                self.next_line(text);
                return self.shown(operation, text);
            }
            b"\"" => {
                (text.words, text.spacing) = (at(0), at(1));
                self.next_line(text);
                return self.shown(operation, text);
            }
            _ => {}
        }
        Shown::Nothing
    }

    fn begin(&mut self, line: Matrix) {
        (self.line, self.place, self.is_lost) = (line, line, false);
    }

    fn next_line(&mut self, text: &Text) {
        self.begin(Matrix::shift(0.0, -text.leading).then(self.line));
    }

    fn font(&mut self, name: Vec<u8>) -> Option<Rc<Font>> {
        if let Some(known) = self.fonts.get(&name) {
            return Some(Rc::clone(known));
        }
        let fonts = read::dictionary(self.document, self.resources.get(b"Font").ok())?;
        let font = Rc::new(Font::read(self.document, read::dictionary(self.document, fonts.get(&name).ok())?));
        self.fonts.insert(name, Rc::clone(&font));
        Some(font)
    }

    fn shown(&mut self, operation: &Operation, text: &Text) -> Shown {
        let known = text.font.as_ref().and_then(|font| Some((font, font.reach?))).filter(|_| !self.is_lost);
        let Some((font, [left, low, right, high])) = known else {
            self.is_lost = true;
            return Shown::Unknown;
        };
        let scale = text.scale.unwrap_or(1.0);
        let (mut pen, mut least, mut most) = (0.0_f64, 0.0_f64, 0.0_f64);
        for (string, kern) in operation.operands.last().into_iter().flat_map(|operand| strings(operand)) {
            let (advance, count, blanks) = font.advance(&string);
            pen += (advance * text.size + text.spacing * count + text.words * blanks) * scale;
            (least, most) = (least.min(pen), most.max(pen));
            pen -= kern / 1_000.0 * text.size * scale;
            (least, most) = (least.min(pen), most.max(pen));
        }
        // A size below nought turns the signs, so that each side may be the other.
        let size = text.size.abs();
        let beyond = [left.abs(), right.abs()].map(|reach| reach * size * scale.abs()).into_iter().fold(0.0, f64::max);
        let (down, up) = if text.size < 0.0 { (high, -low) } else { (-low, high) };
        let area = Rect::new(least - beyond, text.rise - down * size, most + beyond, text.rise + up * size);
        let shown = self.place.rect(area);
        self.place = Matrix::shift(pen, 0.0).then(self.place);
        if shown.numbers().iter().all(|number| number.is_finite()) { Shown::Area(shown) } else { Shown::Unknown }
    }
}
