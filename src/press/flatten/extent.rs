//! Where on a page something shines through, and up to which operation of its content.
//!
//! 1. The content is walked as it is painted: matrix, clip, and whether the graphics state is one that lets something through.
//! 2. What is painted so, and each form or picture that is transparent in itself, adds what it covers. Text covers what `words` finds,
//!    and what the clip leaves where its font does not say it.
//! 3. The place is the first one behind the last of them at which a picture of the area can be laid over it: between the paths, outside of text, and not clipped.

use lopdf::{Dictionary, Document, Object};

use crate::check;
use crate::geometry::{Matrix, Rect};
use crate::read::{self, Page};
use crate::token::{Operation, Tokens};

use super::words::{Shown, Text, Words};

/// What has to be a picture.
pub(super) struct Extent {
    /// Behind which byte of the content.
    pub(super) at: usize,
    /// What has to be closed first.
    pub(super) closing: String,
    /// From the units that hold there to those of the page.
    pub(super) matrix: Matrix,
    /// The area, in the units of the page.
    pub(super) area: Rect,
}

/// The deepest stack of graphics states.
const MAX_STATES: usize = 4_096;

/// How far a line may reach beyond its path, in widths of it: a mitre goes further than half of one.
const BEYOND: f64 = 5.0;

/// How much larger the picture is than what it covers, in units of the page: a fill colours every dot that it touches, a picture those whose middle it covers.
const BORDER: f64 = 1.5;

#[derive(Clone)]
struct State {
    matrix: Matrix,
    /// What is to be seen, or more than that.
    clip: Rect,
    /// Whether the clip is that rectangle.
    is_exact: bool,
    width: f64,
    text: Text,
    /// Whether signs are filled, stroked, both, none, and whether they become part of the clip (ISO 32000-1, 9.3.6).
    rendering: u8,
    /// Whether filling, stroking, a mask, a way of blending, a pattern let something through.
    shines: [bool; 5],
}

struct Walk<'a> {
    document: &'a Document,
    page: Rect,
    resources: &'a Dictionary,
    area: Option<Rect>,
    is_pending: bool,
}

/// What of a page has to be a picture; `None` where nothing shines through.
pub(super) fn of(document: &Document, page: &Page, content: &[u8]) -> Option<Extent> {
    let mut walk = Walk { document, page: page.media, resources: &page.resources, area: None, is_pending: false };
    let mut state = State { matrix: Matrix::IDENTITY, clip: page.media, is_exact: true, width: 1.0, text: Text::default(), rendering: 0, shines: [false; 5] };
    let mut words = Words::new(document, &page.resources);
    let mut stack: Vec<State> = Vec::new();
    // The path, whether it is one rectangle, and whether it is going to clip.
    let (mut path, mut pieces, mut clips) = (None::<Rect>, 0_usize, false);
    let (mut in_text, mut text_clips) = (false, false);
    let (mut at, mut matrix) = (None, Matrix::IDENTITY);
    for operation in Tokens::new(content) {
        let numbers = operation.numbers();
        let number = |index: usize| numbers.get(index).copied().unwrap_or(0.0);
        let shown = words.operate(&operation, &mut state.text);
        match operation.operator {
            b"q" if stack.len() < MAX_STATES => stack.push(state.clone()),
            b"Q" => state = stack.pop().unwrap_or(state),
            b"cm" => state.matrix = Matrix([number(0), number(1), number(2), number(3), number(4), number(5)]).then(state.matrix),
            b"w" => state.width = number(0),
            b"gs" => walk.graphics_state(&operation, &mut state),
            b"g" | b"rg" | b"k" | b"cs" | b"sc" | b"G" | b"RG" | b"K" | b"CS" | b"SC" => state.shines[4] = false,
            b"scn" | b"SCN" => state.shines[4] = walk.is_transparent_pattern(&operation),
            b"re" => {
                pieces += 1;
                for (x, y) in [(number(0), number(1)), (number(0) + number(2), number(1) + number(3))] {
                    path = Some(around(path, x, y));
                }
            }
            b"m" | b"l" | b"c" | b"v" | b"y" => {
                pieces += 2;
                for pair in numbers.chunks_exact(2) {
                    path = Some(around(path, pair[0], pair[1]));
                }
            }
            b"W" | b"W*" => clips = true,
            b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"S" | b"s" | b"n" => {
                let path = path.take();
                if operation.operator != b"n" {
                    walk.painted_path(path, &state);
                }
                if let Some(path) = path.filter(|_| clips) {
                    let Matrix([_, b, c, ..]) = state.matrix;
                    state.is_exact &= pieces == 1 && (b == 0.0 && c == 0.0);
                    state.clip = state.matrix.rect(path).meet(state.clip).unwrap_or(Rect::NOWHERE);
                }
                (pieces, clips) = (0, false);
            }
            b"BT" => in_text = true,
            b"ET" => {
                in_text = false;
                // Where signs clip, a picture would be cut by them.
                state.is_exact &= !std::mem::take(&mut text_clips);
            }
            b"Tr" => state.rendering = number(0).clamp(0.0, 7.0) as u8,
            b"Tj" | b"TJ" | b"'" | b"\"" => {
                text_clips |= state.rendering >= 4;
                if state.shines.contains(&true) && state.rendering != 3 {
                    walk.text(&shown, &state);
                }
            }
            b"sh" => walk.shading(&operation, &state),
            b"Do" => walk.painted(&operation, &state),
            b"BI" if state.shines.contains(&true) => walk.add(unit(&state)),
            _ => {}
        }
        let ends = matches!(operation.operator, b"Q" | b"ET" | b"Do" | b"sh" | b"BI" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"S" | b"s" | b"n");
        if walk.is_pending {
            at = None;
            if ends && !in_text && state.is_exact && walk.area.is_some_and(|area| state.clip.holds(area)) && state.matrix.inverse().is_some() {
                walk.is_pending = false;
                (at, matrix) = (Some(operation.span.end), state.matrix);
            }
        }
    }
    let area = walk.area?;
    Some(match at {
        Some(at) => Extent { at, closing: String::new(), matrix, area },
        None => {
            Extent { at: content.len(), closing: format!("{}{}", if in_text { "\nET" } else { "" }, "\nQ".repeat(stack.len())), matrix: Matrix::IDENTITY, area }
        }
    })
}

/// The unit square as it stands on the page, as far as it is to be seen.
fn unit(state: &State) -> Option<Rect> {
    state.matrix.rect(Rect::new(0.0, 0.0, 1.0, 1.0)).meet(state.clip)
}

fn around(known: Option<Rect>, x: f64, y: f64) -> Rect {
    known.map_or(Rect::new(x, y, x, y), |known| Rect { x0: known.x0.min(x), y0: known.y0.min(y), x1: known.x1.max(x), y1: known.y1.max(y) })
}

impl Walk<'_> {
    fn object(&self, kind: &[u8], name: &[u8]) -> Option<&Object> {
        read::dictionary(self.document, self.resources.get(kind).ok())?.get(name).ok()
    }

    fn is_transparent(&self, object: &Object) -> bool {
        check::is_transparent_object(self.document, object)
    }

    /// Whether the pattern that is chosen lets something through.
    fn is_transparent_pattern(&self, operation: &Operation) -> bool {
        operation.name().and_then(|name| self.object(b"Pattern", &name)).is_some_and(|object| self.is_transparent(object))
    }

    /// Something that shines through covers this.
    fn add(&mut self, area: Option<Rect>) {
        let Some(area) = area.and_then(|area| area.grown(BORDER).meet(self.page)) else { return };
        self.is_pending = true;
        self.area = Some(self.area.map_or(area, |known| around(Some(around(Some(known), area.x0, area.y0)), area.x1, area.y1)));
    }

    fn graphics_state(&self, operation: &Operation, state: &mut State) {
        let Some(chosen) = operation.name().and_then(|name| self.object(b"ExtGState", &name)).and_then(|chosen| read::dictionary(self.document, Some(chosen)))
        else {
            return;
        };
        if chosen.has(b"Font") {
            state.text.forget_font();
        }
        for (at, key) in [&b"ca"[..], b"CA", b"SMask", b"BM"].into_iter().enumerate() {
            if let Ok(value) = chosen.get(key) {
                let mut alone = Dictionary::new();
                alone.set(key, value.clone());
                state.shines[at] = check::is_transparent_state(self.document, &alone);
            }
        }
    }

    /// Signs that let something through.
    fn text(&mut self, shown: &Shown, state: &State) {
        let strokes = matches!(state.rendering, 1 | 2 | 5 | 6);
        match shown {
            Shown::Nothing => {}
            Shown::Area(area) => self.add(state.matrix.rect(area.grown(if strokes { state.width * BEYOND } else { 0.0 })).meet(state.clip)),
            Shown::Unknown => self.add(Some(state.clip)),
        }
    }

    fn painted_path(&mut self, path: Option<Rect>, state: &State) {
        if state.shines.contains(&true)
            && let Some(path) = path
        {
            self.add(state.matrix.rect(path.grown(state.width * BEYOND)).meet(state.clip));
        }
    }

    fn shading(&mut self, operation: &Operation, state: &State) {
        if operation.name().is_some() && state.shines.contains(&true) {
            self.add(Some(state.clip));
        }
    }

    fn painted(&mut self, operation: &Operation, state: &State) {
        let Some(object) = operation.name().and_then(|name| self.object(b"XObject", &name)).cloned() else { return };
        let Some(dict) = read::dictionary(self.document, Some(&object)) else { return };
        if !state.shines.contains(&true) && !self.is_transparent(&object) {
            return;
        }
        let is_form = read::is_named(dict, b"Subtype", b"Form");
        let area = if is_form {
            let own = read::floats(self.document, dict.get(b"Matrix").ok()).and_then(|numbers| <[f64; 6]>::try_from(numbers).ok());
            let matrix = own.map_or(Matrix::IDENTITY, Matrix).then(state.matrix);
            read::rect(self.document, dict.get(b"BBox").ok()).and_then(|rect| matrix.rect(rect).meet(state.clip))
        } else {
            unit(state)
        };
        self.add(area);
    }
}
