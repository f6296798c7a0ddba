//! A page's content as it is painted: what has which colour, width, resolution and place.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::text::{Font, strings};
use super::{Findings, Rule};
use crate::geometry::{MM, Matrix, Rect};
use crate::ink::Value;
use crate::picture;
use crate::profile::{Profile, Standard};
use crate::read::{self, Page};
use crate::space::Space;
use crate::token::{Operation, Tokens};

/// The deepest nesting of forms.
const MAX_DEPTH: usize = 24;

/// The most forms that are looked into on a page: forms that draw forms that draw forms need no more than twenty of them to keep a reader for ever.
const MAX_FORMS: usize = 100_000;

/// The most pieces beyond the edges that are kept.
const MAX_EDGES: usize = 10_000;

/// What must be less than this part of an ink is none.
const NO_INK: f64 = 0.02;

/// One pixel in so many may have more ink than the paper takes: JPEG swings over at edges, and a dot of that size sets off on no other sheet.
const FEW: usize = 1000;

/// What the content has chosen.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    /// What is to be seen, or a little more than that.
    clip: Option<Rect>,
    fill: (Space, Option<Value>),
    stroke: (Space, Option<Value>),
    width: f64,
    overprint: bool,
    font: Option<Font>,
    size: f64,
    spacing: f64,
    words: f64,
    scale: f64,
    leading: f64,
    rise: f64,
    is_hidden: bool,
}

impl State {
    /// What of an area the clip leaves; `None` for nothing.
    fn within(&self, area: Rect) -> Option<Rect> {
        match self.clip {
            Some(clip) => area.meet(clip),
            None => Some(area),
        }
    }
}

/// How much ink pictures of inks have, in percent, by their numbers: a picture that stands on every page is unpacked once. `None` where its pixels cannot be had.
pub(super) type Inks = BTreeMap<ObjectId, Option<f64>>;

struct Look<'a> {
    document: &'a Document,
    page: &'a Page,
    number: usize,
    profile: &'a Profile,
    found: &'a mut Findings,
    inks: &'a mut Inks,
    depth: usize,
    forms: usize,
    /// What reaches an edge and does not go on: the side, and where along it.
    short: Vec<(usize, (f64, f64))>,
    /// What begins at an edge and covers the bleed.
    beyond: Vec<(usize, (f64, f64))>,
}

/// Looks at a page.
pub(super) fn page(document: &Document, page: &Page, number: usize, content: &[u8], profile: &Profile, found: &mut Findings, inks: &mut Inks) {
    let black = (Space::Grey, Some(Value::Grey(0.0)));
    let state = State {
        matrix: Matrix::IDENTITY,
        clip: None,
        fill: black.clone(),
        stroke: black,
        width: 1.0,
        overprint: false,
        font: None,
        size: 0.0,
        spacing: 0.0,
        words: 0.0,
        scale: 1.0,
        leading: 0.0,
        rise: 0.0,
        is_hidden: false,
    };
    let mut look = Look { document, page, number, profile, found, inks, depth: 0, forms: 0, short: Vec::new(), beyond: Vec::new() };
    look.content(content, &page.resources, state);
    look.edges();
}

/// The most ink that more than a [`FEW`] of a picture's pixels have, in percent.
fn most_ink(document: &Document, stream: &Stream) -> Option<f64> {
    let bytes = picture::inks(document, stream)?;
    let mut counts = [0_usize; 4 * 255 + 1];
    for pixel in bytes.as_chunks::<4>().0 {
        if let Some(count) = counts.get_mut(pixel.iter().map(|ink| usize::from(*ink)).sum::<usize>()) {
            *count += 1;
        }
    }
    let few = bytes.len() / 4 / FEW;
    let more = counts.iter().rev().scan(0, |seen, count| {
        *seen += count;
        Some(*seen)
    });
    let most = counts.len() - 1 - more.take_while(|seen| *seen <= few).count().min(counts.len() - 1);
    Some(most as f64 / 2.55)
}

/// Whether a graphics state lets something shine through.
pub(crate) fn is_transparent_state(document: &Document, state: &Dictionary) -> bool {
    let below_one = |key: &[u8]| state.get_deref(key, document).ok().and_then(|value| value.as_float().ok()).is_some_and(|value| value < 1.0);
    let is_not = |key: &[u8], names: &[&[u8]]| match state.get_deref(key, document) {
        Ok(Object::Name(name)) => !names.contains(&name.as_slice()),
        Ok(Object::Null) | Err(_) => false,
        Ok(_) => true,
    };
    below_one(b"ca") || below_one(b"CA") || is_not(b"SMask", &[b"None"]) || is_not(b"BM", &[b"Normal", b"Compatible"])
}

impl Look<'_> {
    fn content(&mut self, bytes: &[u8], resources: &Dictionary, start: State) {
        let mut state = start;
        let mut stack: Vec<State> = Vec::new();
        let mut path: Option<Rect> = None;
        let mut clips = false;
        let (mut line, mut place) = (Matrix::IDENTITY, Matrix::IDENTITY);
        for operation in Tokens::new(bytes) {
            let numbers = operation.numbers();
            let at = |index: usize| numbers.get(index).copied().unwrap_or(0.0);
            match operation.operator {
                b"q" if stack.len() < 1_024 => stack.push(state.clone()),
                b"Q" => state = stack.pop().unwrap_or(state),
                b"cm" => state.matrix = Matrix([at(0), at(1), at(2), at(3), at(4), at(5)]).then(state.matrix),
                b"w" => state.width = at(0),
                b"gs" => self.graphics_state(&operation, resources, &mut state),
                b"g" | b"rg" | b"k" | b"cs" | b"sc" | b"scn" => choose(self.document, &operation, resources, &mut state.fill),
                b"G" | b"RG" | b"K" | b"CS" | b"SC" | b"SCN" => choose(self.document, &operation, resources, &mut state.stroke),
                b"re" => {
                    path = Some(around(path, at(0), at(1)));
                    path = Some(around(path, at(0) + at(2), at(1) + at(3)));
                }
                b"m" | b"l" | b"c" | b"v" | b"y" => {
                    for pair in numbers.chunks_exact(2) {
                        path = Some(around(path, pair[0], pair[1]));
                    }
                }
                b"W" | b"W*" => clips = true,
                b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"S" | b"s" | b"n" => {
                    let path = path.take();
                    self.painted_path(operation.operator, path, &state);
                    if let Some(path) = path.filter(|_| clips) {
                        state.clip = Some(state.within(state.matrix.rect(path)).unwrap_or(Rect::NOWHERE));
                    }
                    clips = false;
                }
                b"sh" => self.shading(&operation, resources),
                b"Do" => self.object(&operation, resources, &state),
                b"BI" => self.inline(&operation, resources, &state),
                b"BT" => (line, place) = (Matrix::IDENTITY, Matrix::IDENTITY),
                b"Tf" => {
                    state.size = at(0);
                    let fonts = read::dictionary(self.document, resources.get(b"Font").ok());
                    let font = operation.name().and_then(|name| fonts?.get(&name).ok()).and_then(|font| read::dictionary(self.document, Some(font)));
                    state.font = font.map(|font| Font::read(self.document, font));
                }
                b"Tc" => state.spacing = at(0),
                b"Tw" => state.words = at(0),
                b"Tz" => state.scale = at(0) / 100.0,
                b"TL" => state.leading = at(0),
                b"Ts" => state.rise = at(0),
                b"Tr" => state.is_hidden = at(0) == 3.0 || at(0) == 7.0,
                b"Tm" => {
                    line = Matrix([at(0), at(1), at(2), at(3), at(4), at(5)]);
                    place = line;
                }
                b"Td" | b"TD" => {
                    if operation.operator == b"TD" {
                        state.leading = -at(1);
                    }
                    line = Matrix::shift(at(0), at(1)).then(line);
                    place = line;
                }
                b"T*" | b"'" | b"\"" => {
                    line = Matrix::shift(0.0, -state.leading).then(line);
                    place = line;
                    if operation.operator != b"T*" {
                        place = self.shown(&operation, &state, place);
                    }
                }
                b"Tj" | b"TJ" => place = self.shown(&operation, &state, place),
                _ => {}
            }
        }
    }

    fn graphics_state(&mut self, operation: &Operation, resources: &Dictionary, state: &mut State) {
        let states = read::dictionary(self.document, resources.get(b"ExtGState").ok());
        let Some(chosen) = operation.name().and_then(|name| states?.get(&name).ok()).and_then(|chosen| read::dictionary(self.document, Some(chosen))) else {
            return;
        };
        if let Some(width) = chosen.get_deref(b"LW", self.document).ok().and_then(|width| width.as_float().ok()) {
            state.width = f64::from(width);
        }
        let flag = |key: &[u8]| chosen.get_deref(key, self.document).ok().and_then(|flag| flag.as_bool().ok());
        if let Some(overprint) = flag(b"op").or_else(|| flag(b"OP")) {
            state.overprint = overprint;
        }
        if is_transparent_state(self.document, chosen) {
            self.transparent();
        }
    }

    fn transparent(&mut self) {
        if matches!(self.profile.standard, Standard::X1a | Standard::Pdf13) {
            self.found.add(Rule::Transparency, self.number, false, || "something is transparent, which the standard forbids".to_owned());
        }
    }

    fn points(&self) -> f64 {
        self.page.unit
    }

    fn painted_path(&mut self, operator: &[u8], path: Option<Rect>, state: &State) {
        let (fills, strokes) = match operator {
            b"f" | b"F" | b"f*" => (true, false),
            b"S" | b"s" => (false, true),
            b"n" => (false, false),
            _ => (true, true),
        };
        if strokes {
            self.colour(&state.stroke, state);
            let width = state.width * state.matrix.size() * self.points();
            let thinnest = self.profile.check.hairline;
            if width < thinnest - 0.005 {
                self.found.add(Rule::Hairline, self.number, true, || format!("a line is {width:.2} pt wide, and the thinnest is {thinnest} pt"));
            }
        }
        if fills {
            self.colour(&state.fill, state);
            if let Some(area) = path.filter(|_| !is_white(state.fill.1)).and_then(|path| state.within(state.matrix.rect(path))) {
                self.edge(area);
            }
        }
    }

    /// What reaches the cut must go on beyond it: by itself, or by something else that begins there.
    fn edge(&mut self, area: Rect) {
        let trim = self.page.trim;
        let bleed = self.profile.sheet.bleed * MM / self.points();
        let touch = 0.3 * MM / self.points();
        if bleed <= 0.0 {
            return;
        }
        // For each side how far the area lies inside of it at its nearer and at its further end; and where it stands along that side.
        let along = [(area.y0, area.y1), (area.x0, area.x1)];
        let sides = [
            (area.x0 - trim.x0, area.x1 - trim.x0, along[0]),
            (area.y0 - trim.y0, area.y1 - trim.y0, along[1]),
            (trim.x1 - area.x1, trim.x1 - area.x0, along[0]),
            (trim.y1 - area.y1, trim.y1 - area.y0, along[1]),
        ];
        let meets = area.meet(trim).is_some();
        for (side, (near, far, span)) in sides.into_iter().enumerate() {
            if meets && near <= touch && -near < bleed - touch {
                self.short.push((side, span));
            }
            if -near >= bleed - touch && far.abs() <= touch && self.beyond.len() < MAX_EDGES {
                self.beyond.push((side, span));
            }
        }
    }

    /// Reports what reached an edge and did not go on.
    fn edges(&mut self) {
        let touch = 0.3 * MM / self.points();
        let goes_on = |side: usize, (from, to): (f64, f64)| {
            self.beyond.iter().any(|(other, (start, end))| *other == side && *start <= from + touch && *end >= to - touch)
        };
        if self.short.iter().any(|(side, span)| !goes_on(*side, *span)) {
            let wanted = self.profile.sheet.bleed;
            self.found.add(Rule::NoBleed, self.number, false, || format!("something reaches the edge of the page and does not go {wanted} mm beyond it"));
        }
    }

    fn colour(&mut self, (_, value): &(Space, Option<Value>), state: &State) {
        match value {
            Some(Value::Rgb(_)) => self.rgb(),
            Some(Value::Cmyk(inks)) => {
                let (total, limit) = (inks.iter().sum::<f64>() * 100.0, self.profile.colour.total_ink);
                if total > limit + 0.5 {
                    self.found.add(Rule::TotalInk, self.number, false, || format!("a colour has {total:.0} % of ink, and the paper takes {limit:.0} %"));
                }
            }
            Some(Value::Grey(_)) | None => {}
        }
        if state.overprint && is_white(*value) {
            self.found.add(Rule::WhiteOverprint, self.number, false, || "something white is set to overprint, and would vanish".to_owned());
        }
    }

    fn rgb(&mut self) {
        self.found.add(Rule::RgbColour, self.number, false, || "a colour is named in red, green and blue".to_owned());
    }

    fn shading(&mut self, operation: &Operation, resources: &Dictionary) {
        let shadings = read::dictionary(self.document, resources.get(b"Shading").ok());
        let shading = operation.name().and_then(|name| shadings?.get(&name).ok()).and_then(|shading| read::dictionary(self.document, Some(shading)));
        let space = shading.and_then(|shading| shading.get(b"ColorSpace").ok()).and_then(|space| Space::read(self.document, space, resources));
        if space.is_some_and(|space| space.parts() == 3 && !matches!(space, Space::Spot(_))) {
            self.rgb();
        }
    }

    fn object(&mut self, operation: &Operation, resources: &Dictionary, state: &State) {
        let objects = read::dictionary(self.document, resources.get(b"XObject").ok());
        let object = operation.name().and_then(|name| objects?.get(&name).ok()).and_then(|object| self.document.dereference(object).ok());
        let Some((id, Object::Stream(stream))) = object else { return };
        if read::is_named(&stream.dict, b"Subtype", b"Image") {
            self.picture(id, stream, resources, state);
            return;
        }
        self.forms += 1;
        if self.depth >= MAX_DEPTH || self.forms > MAX_FORMS {
            return;
        }
        if stream.dict.has(b"Group") {
            self.transparent();
        }
        let Ok(content) = read::decoded(stream) else { return };
        let own = read::dictionary(self.document, stream.dict.get(b"Resources").ok()).unwrap_or(resources);
        let matrix =
            read::floats(self.document, stream.dict.get(b"Matrix").ok()).and_then(|list| <[f64; 6]>::try_from(list).ok()).map_or(Matrix::IDENTITY, Matrix);
        let inner = State { matrix: matrix.then(state.matrix), ..state.clone() };
        self.depth += 1;
        self.content(&content, own, inner);
        self.depth -= 1;
    }

    fn inline(&mut self, operation: &Operation, resources: &Dictionary, state: &State) {
        let entry = |names: [&[u8]; 2]| operation.operands.chunks(2).find(|pair| names.contains(&pair[0])).and_then(|pair| pair.get(1).copied());
        let space = entry([b"/CS", b"/ColorSpace"]).and_then(crate::token::name).and_then(|name| Space::named(self.document, &name, resources));
        if space.is_some_and(|space| space.parts() == 3) {
            self.rgb();
        }
        let size = |names| entry(names).and_then(crate::token::number);
        self.resolution(size([b"/W", b"/Width"]), size([b"/H", b"/Height"]), state);
    }

    fn picture(&mut self, id: Option<ObjectId>, stream: &Stream, resources: &Dictionary, state: &State) {
        let dict = &stream.dict;
        let number = |key: &[u8]| dict.get_deref(key, self.document).ok().and_then(|number| number.as_float().ok()).map(f64::from);
        self.resolution(number(b"Width"), number(b"Height"), state);
        if super::is_masked_softly(dict) {
            self.transparent();
        }
        let masks = [&b"SMask"[..], b"Mask"].into_iter().filter_map(|key| read::dictionary(self.document, dict.get(key).ok()));
        let newest = std::iter::once(dict).chain(masks).filter_map(|dict| picture::packed_since(self.document, dict)).max();
        if let Some(since) = newest.filter(|since| *since > self.profile.standard.version()) {
            let known = self.profile.standard.version();
            self.found.add(Rule::Version, self.number, false, || format!("a picture is packed as PDF {since} is, and the standard knows up to {known}"));
        }
        if let Some(area) = state.within(state.matrix.rect(Rect::new(0.0, 0.0, 1.0, 1.0))) {
            self.edge(area);
        }
        let Ok(Some(space)) = picture::space(self.document, stream, resources) else { return };
        let base = if let Space::Indexed { base, .. } = &space { base } else { &space };
        match base {
            Space::Rgb | Space::IccRgb(..) | Space::CalRgb { .. } | Space::Lab { .. } => {
                self.found.add(Rule::RgbColour, self.number, false, || "a picture is in red, green and blue".to_owned());
            }
            Space::Cmyk if matches!(space, Space::Cmyk) => self.picture_ink(id, stream),
            Space::Grey | Space::Cmyk | Space::Indexed { .. } | Space::Spot(_) | Space::Pattern(_) | Space::Inherited => {}
        }
    }

    /// The ink of a picture's pixels, where they can be had.
    fn picture_ink(&mut self, id: Option<ObjectId>, stream: &Stream) {
        let document = self.document;
        let total = match id {
            Some(id) => *self.inks.entry(id).or_insert_with(|| most_ink(document, stream)),
            None => most_ink(document, stream),
        };
        let limit = self.profile.colour.total_ink;
        if let Some(total) = total.filter(|total| *total > limit + 1.5) {
            self.found.add(Rule::TotalInk, self.number, false, || format!("a picture has {total:.0} % of ink, and the paper takes {limit:.0} %"));
        }
    }

    fn resolution(&mut self, width: Option<f64>, height: Option<f64>, state: &State) {
        let (Some(width), Some(height)) = (width, height) else { return };
        let [a, b, c, d, ..] = state.matrix.0;
        let inches = |x: f64, y: f64| x.hypot(y) * self.page.unit / 72.0;
        let found = (width / inches(a, b).max(1e-6)).min(height / inches(c, d).max(1e-6));
        let limits = self.profile.check;
        // A single pixel is an area of colour, which has no detail to lose.
        if width * height <= 4.0 || found >= limits.resolution - 0.5 {
            return;
        }
        let is_warning = found >= limits.resolution_least - 0.5;
        let wanted = if is_warning { limits.resolution } else { limits.resolution_least };
        self.found.add(Rule::LowResolution, self.number, is_warning, || format!("a picture has {found:.0} dots to the inch, and {wanted:.0} are asked for"));
    }

    /// Text that is shown: gives the place after it.
    fn shown(&mut self, operation: &Operation, state: &State, place: Matrix) -> Matrix {
        let Some(font) = &state.font else { return place };
        let mut after = place;
        let mut area: Option<Rect> = None;
        for (text, kern) in operation.operands.iter().flat_map(|operand| strings(operand)) {
            let (advance, count, blanks) = font.advance(&text);
            let length = (advance * state.size + state.spacing * count + state.words * blanks - kern / 1_000.0 * state.size) * state.scale;
            if count > 0.0 && count > blanks {
                let whole = after.then(state.matrix);
                let (low, high) = (state.rise - 0.2 * state.size, state.rise + 0.7 * state.size);
                let box_ = whole.rect(Rect::new(0.0, low, length + kern / 1_000.0 * state.size * state.scale, high));
                area = Some(area.map_or(box_, |area| Rect {
                    x0: area.x0.min(box_.x0),
                    y0: area.y0.min(box_.y0),
                    x1: area.x1.max(box_.x1),
                    y1: area.y1.max(box_.y1),
                }));
            }
            after = Matrix::shift(length, 0.0).then(after);
        }
        if !state.is_hidden
            && let Some(area) = area.and_then(|area| state.within(area))
        {
            self.text(area, state, place);
        }
        after
    }

    fn text(&mut self, area: Rect, state: &State, place: Matrix) {
        self.colour(&state.fill, state);
        if let Some(font) = state.font.as_ref().filter(|font| !font.is_embedded) {
            self.found.add(Rule::FontNotEmbedded, self.number, false, || format!("the font `{}` is not in the file", font.name));
        }
        let size = state.size.abs() * place.then(state.matrix).size() * self.points();
        if let Some(Value::Cmyk(inks)) = state.fill.1 {
            let count = inks.iter().filter(|ink| **ink > NO_INK).count();
            if count > 1 && size < self.profile.check.small_text {
                self.found.add(Rule::SmallType, self.number, true, || format!("text of {size:.1} pt has {count} inks"));
            }
        }
        let safe = self.profile.check.safe * MM / self.points();
        // What stands outside of the page is a mark.
        if area.meet(self.page.trim).is_some() && !self.page.trim.grown(-safe).holds(area) {
            let wanted = self.profile.check.safe;
            self.found.add(Rule::NearTrim, self.number, true, || format!("text stands nearer than {wanted} mm to where the page is cut"));
        }
    }
}

fn around(path: Option<Rect>, x: f64, y: f64) -> Rect {
    match path {
        Some(path) => Rect { x0: path.x0.min(x), y0: path.y0.min(y), x1: path.x1.max(x), y1: path.y1.max(y) },
        None => Rect { x0: x, y0: y, x1: x, y1: y },
    }
}

fn is_white(value: Option<Value>) -> bool {
    match value {
        Some(Value::Grey(grey)) => grey >= 1.0 - NO_INK,
        Some(Value::Cmyk(inks)) => inks.iter().all(|ink| *ink <= NO_INK),
        Some(Value::Rgb(rgb)) => rgb.iter().all(|part| *part >= 1.0 - NO_INK),
        None => false,
    }
}

/// Follows an operator of colour.
fn choose(document: &Document, operation: &Operation, resources: &Dictionary, chosen: &mut (Space, Option<Value>)) {
    let device: Option<&[u8]> = match operation.operator {
        b"g" | b"G" => Some(b"DeviceGray"),
        b"rg" | b"RG" => Some(b"DeviceRGB"),
        b"k" | b"K" => Some(b"DeviceCMYK"),
        _ => None,
    };
    if let Some(space) = device.and_then(|device| Space::named(document, device, resources)) {
        let value = space.value(&operation.numbers());
        *chosen = (space, value);
    } else if matches!(operation.operator, b"cs" | b"CS") {
        let space = operation.name().and_then(|name| Space::named(document, &name, resources)).unwrap_or(Space::Inherited);
        let value = (!matches!(space, Space::Spot(_) | Space::Pattern(_) | Space::Inherited)).then_some(Value::Grey(0.0));
        *chosen = (space, value);
    } else {
        chosen.1 = chosen.0.value(&operation.numbers());
    }
}
