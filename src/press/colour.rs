//! Colours of pages made inks of a press: content, forms, patterns, shadings, pictures, glyphs that are drawings.
//!
//! 1. [`Painter::page`] reads a page's content operation by operation ([`crate::token`]); only operators of colour are written anew, every other
//!    byte stays as it was. A page without colours keeps its stream.
//! 2. [`Painter::resources`] makes new resources of the old: each object once, whoever uses it, under a new number.
//! 3. Soft masks are made grey, whatever the page becomes: only their lightness counts.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::fault::Note;
use crate::geometry::number;
use crate::ink::{Ink, Inks, Mode};
use crate::picture::{self, Mask, Outcome, Srgb, Terms, Wish, deflated};
use crate::read::{decoded, dictionary, is_named};
use crate::shading;
use crate::space::Space;
use crate::token::{Operation, Tokens, name};

/// The deepest nesting of forms and patterns.
const MAX_DEPTH: usize = 40;

/// The deepest stack of graphics states.
const MAX_STATES: usize = 4_096;

/// Converts the pages of one document.
pub(crate) struct Painter<'a> {
    pub(crate) document: Document,
    pub(crate) notes: BTreeSet<Note>,
    inks: &'a Inks,
    mode: Mode,
    keeps_pictures: bool,
    srgb: Srgb,
    /// The version of PDF that the standard knows.
    version: &'static str,
    /// The first page with a picture that this version does not know and that cannot be packed anew, and why.
    pub(crate) unknown: Option<(usize, String)>,
    /// What an object has become.
    made: BTreeMap<(ObjectId, Mode), ObjectId>,
    page: usize,
    depth: usize,
}

/// A colour space that is chosen, for filling and for stroking.
#[derive(Clone)]
struct State {
    fill: Space,
    stroke: Space,
}

impl<'a> Painter<'a> {
    pub(crate) fn new(document: Document, inks: &'a Inks, mode: Mode, keeps_pictures: bool, srgb: Srgb, version: &'static str) -> Self {
        let (notes, made) = (BTreeSet::new(), BTreeMap::new());
        Self { document, notes, inks, mode, keeps_pictures, srgb, version, unknown: None, made, page: 0, depth: 0 }
    }

    /// Content and resources of a page, in inks. `None` for content that has not changed.
    pub(crate) fn page(&mut self, page: usize, content: &[u8], resources: &Dictionary) -> (Option<Vec<u8>>, Dictionary) {
        self.page = page;
        let mut new = self.resources(resources, self.mode);
        let start = State { fill: Space::Grey, stroke: Space::Grey };
        let content = self.content(content, resources, &mut new, start, self.mode);
        (content, new)
    }

    /// Where colours go.
    pub(crate) fn mode(&self) -> Mode {
        self.mode
    }

    fn note(&mut self, message: impl Into<String>) {
        self.notes.insert(Note { page: self.page, message: message.into(), is_left_out: false });
    }

    /// A transparency group in the inks in which its pages are printed (ISO 32000-1, 11.6.6).
    pub(crate) fn group(&self, dict: &mut Dictionary, mode: Mode) {
        let Some(mut group) = dictionary(&self.document, dict.get(b"Group").ok()).cloned() else { return };
        if group.has(b"CS") {
            group.set(
                "CS",
                match mode {
                    Mode::Colour => "DeviceCMYK",
                    Mode::Grey => "DeviceGray",
                },
            );
        }
        dict.set("Group", group);
    }

    /// New resources of old ones.
    fn resources(&mut self, old: &Dictionary, mode: Mode) -> Dictionary {
        let mut new = Dictionary::new();
        if self.depth > MAX_DEPTH {
            return new;
        }
        self.depth += 1;
        for (kind, value) in old.iter() {
            let Some(entries) = dictionary(&self.document, Some(value)).cloned() else {
                new.set(kind.clone(), value.clone());
                continue;
            };
            let mut made = Dictionary::new();
            for (name, entry) in entries.iter() {
                let entry = match kind.as_slice() {
                    b"ColorSpace" => self.kept_space(entry, old),
                    b"XObject" => Some(self.once(entry, mode, |painter, object| painter.x_object(object, old, mode))),
                    b"Pattern" => Some(self.once(entry, mode, |painter, object| painter.pattern(object, old, mode))),
                    b"Shading" => Some(self.once(entry, mode, |painter, object| painter.shading(object, old, mode))),
                    b"ExtGState" => Some(self.once(entry, mode, |painter, object| painter.graphics_state(object, old))),
                    b"Font" => Some(self.once(entry, mode, |painter, object| painter.font(object, old, mode))),
                    _ => Some(entry.clone()),
                };
                if let Some(entry) = entry {
                    made.set(name.clone(), entry);
                }
            }
            new.set(kind.clone(), made);
        }
        self.depth -= 1;
        new
    }

    /// Converts an object the first time it is met, and points to what it has become. What is not changed keeps its number.
    fn once(&mut self, entry: &Object, mode: Mode, convert: impl FnOnce(&mut Self, &Object) -> Option<Object>) -> Object {
        let Ok(id) = entry.as_reference() else {
            return convert(self, entry).unwrap_or_else(|| entry.clone());
        };
        if let Some(made) = self.made.get(&(id, mode)) {
            return Object::Reference(*made);
        }
        let Ok(object) = self.document.get_object(id).cloned() else { return entry.clone() };
        // Numbered before it is made: a form that shows itself ends here.
        let new = self.document.new_object_id();
        self.made.insert((id, mode), new);
        let object = convert(self, &object).unwrap_or(object);
        self.document.objects.insert(new, object);
        Object::Reference(new)
    }

    /// A named colour space, if content can still ask for it: spot colours and patterns.
    fn kept_space(&self, entry: &Object, resources: &Dictionary) -> Option<Object> {
        match Space::read(&self.document, entry, resources)? {
            Space::Spot(_) | Space::Pattern(None) => Some(entry.clone()),
            Space::Grey | Space::Rgb | Space::IccRgb(..) | Space::CalRgb { .. } | Space::Lab { .. } | Space::Cmyk => None,
            Space::Indexed { .. } | Space::Pattern(Some(_)) | Space::Inherited => None,
        }
    }

    fn x_object(&mut self, object: &Object, resources: &Dictionary, mode: Mode) -> Option<Object> {
        let stream = object.as_stream().ok()?;
        match stream.dict.get_deref(b"Subtype", &self.document).ok()?.as_name().ok()? {
            b"Image" => self.image(stream, resources, mode).map(Object::Stream),
            b"Form" => Some(Object::Stream(self.form(stream, resources, mode, State { fill: Space::Inherited, stroke: Space::Inherited }))),
            _ => {
                self.note("holds PostScript, which no press takes; it is left out");
                Some(Object::Stream(empty_form()))
            }
        }
    }

    fn image(&mut self, stream: &Stream, resources: &Dictionary, mode: Mode) -> Option<Stream> {
        let made = self.picture(stream, resources, mode);
        let dict = made.as_ref().map_or(&stream.dict, |made| &made.dict);
        // A mask is packed as pictures are, and no more than that is asked of it.
        let masks = [&b"SMask"[..], b"Mask"].into_iter().filter_map(|key| Some((key, dict.get(key).ok()?.clone())));
        let masks: Vec<_> = masks.filter(|(_, mask)| dictionary(&self.document, Some(mask)).is_some_and(|mask| self.is_newer(mask))).collect();
        if masks.is_empty() {
            return made;
        }
        let mut new = made.unwrap_or_else(|| stream.clone());
        for (key, mask) in masks {
            let mask = self.once(&mask, Mode::Grey, |painter, mask| painter.picture(mask.as_stream().ok()?, resources, Mode::Grey).map(Object::Stream));
            new.dict.set(key, mask);
        }
        Some(new)
    }

    /// Whether a stream is packed as the standard does not know.
    fn is_newer(&self, dict: &Dictionary) -> bool {
        picture::packed_since(&self.document, dict).is_some_and(|since| since > self.version)
    }

    /// A picture without its mask.
    fn picture(&mut self, stream: &Stream, resources: &Dictionary, mode: Mode) -> Option<Stream> {
        // A soft mask has only lightness, and no press keeps colours in one.
        let wish = if self.keeps_pictures && mode == Mode::Colour { Wish::Keep } else { Wish::Convert(mode) };
        let terms = Terms { inks: self.inks, wish, srgb: &self.srgb, version: self.version };
        match picture::convert(&self.document, stream, resources, &terms) {
            Outcome::Same => None,
            Outcome::New(mut new, mask) => {
                match mask {
                    Some(Mask::Stencil(mask)) => new.dict.set("Mask", self.document.add_object(mask)),
                    Some(Mask::Soft(mask)) => new.dict.set("SMask", self.document.add_object(mask)),
                    None => {}
                }
                Some(new)
            }
            Outcome::Kept(why) => {
                if self.is_newer(&stream.dict) && self.unknown.is_none() {
                    self.unknown = Some((self.page, why.clone()));
                }
                self.note(format!("has a picture that stays as it is: it {why}"));
                None
            }
        }
    }

    /// A form, a tiling pattern, or another stream of content with resources of its own.
    fn form(&mut self, stream: &Stream, outer: &Dictionary, mode: Mode, start: State) -> Stream {
        let own = dictionary(&self.document, stream.dict.get(b"Resources").ok()).cloned();
        let resources = own.unwrap_or_else(|| outer.clone());
        let mut made = self.resources(&resources, mode);
        let mut dict = stream.dict.clone();
        for key in [&b"StructParent"[..], b"StructParents", b"PieceInfo", b"Metadata", b"OPI", b"PS", b"Ref"] {
            dict.remove(key);
        }
        self.group(&mut dict, mode);
        let content = match decoded(stream) {
            Ok(content) if self.depth <= MAX_DEPTH => self.content(&content, &resources, &mut made, start, mode),
            Ok(_) => None,
            Err(why) => {
                self.note(why);
                None
            }
        };
        dict.set("Resources", made);
        match content {
            Some(content) => {
                dict.remove(b"DecodeParms");
                deflated(dict, &content)
            }
            None => {
                let mut same = stream.clone();
                same.dict = dict;
                same
            }
        }
    }

    fn pattern(&mut self, object: &Object, resources: &Dictionary, mode: Mode) -> Option<Object> {
        if let Ok(stream) = object.as_stream() {
            return Some(Object::Stream(self.form(stream, resources, mode, State { fill: Space::Grey, stroke: Space::Grey })));
        }
        let mut dict = object.as_dict().ok()?.clone();
        if let Ok(shading) = dict.get(b"Shading").cloned() {
            dict.set("Shading", self.once(&shading, mode, |painter, object| painter.shading(object, resources, mode)));
        }
        if let Ok(state) = dict.get(b"ExtGState").cloned() {
            dict.set("ExtGState", self.once(&state, mode, |painter, object| painter.graphics_state(object, resources)));
        }
        Some(Object::Dictionary(dict))
    }

    /// A shading. Its function is an object of its own: a stream stands nowhere else (ISO 32000-1, 7.3.8).
    fn shading(&mut self, object: &Object, resources: &Dictionary, mode: Mode) -> Option<Object> {
        let mut new = shading::convert(&self.document, object, resources, self.inks, mode)?;
        let dict = match &mut new {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &mut stream.dict,
            _ => return Some(new),
        };
        if let Some(function) = dict.get(b"Function").ok().filter(|function| function.as_stream().is_ok()).cloned() {
            let function = self.document.add_object(function);
            dict.set("Function", function);
        }
        Some(new)
    }

    /// A graphics state: its soft mask is made grey; what only the device knows (curves, screens) is taken out.
    fn graphics_state(&mut self, object: &Object, resources: &Dictionary) -> Option<Object> {
        let mut dict = object.as_dict().ok()?.clone();
        for key in [&b"TR"[..], b"TR2", b"HT", b"HTP", b"BG", b"BG2", b"UCR", b"UCR2"] {
            dict.remove(key);
        }
        let mask = dict.get(b"SMask").ok().and_then(|mask| self.document.dereference(mask).ok()).and_then(|(_, mask)| mask.as_dict().ok()).cloned();
        if let Some(mut mask) = mask {
            if let Ok(group) = mask.get(b"G").cloned() {
                let space = dictionary(&self.document, Some(&group)).and_then(|form| dictionary(&self.document, form.get(b"Group").ok()));
                let space = space.and_then(|group| group.get(b"CS").ok()).and_then(|space| Space::read(&self.document, space, resources));
                let backdrop = crate::read::floats(&self.document, mask.get(b"BC").ok()).and_then(|numbers| space.unwrap_or(Space::Inherited).value(&numbers));
                if let Some(Ink::Grey(grey)) = backdrop.map(|value| self.inks.ink(value, Mode::Grey)) {
                    mask.set("BC", vec![Object::Real(grey as f32)]);
                }
                let grey = State { fill: Space::Grey, stroke: Space::Grey };
                mask.set(
                    "G",
                    self.once(&group, Mode::Grey, |painter, object| Some(Object::Stream(painter.form(object.as_stream().ok()?, resources, Mode::Grey, grey)))),
                );
            }
            dict.set("SMask", mask);
        }
        Some(Object::Dictionary(dict))
    }

    /// A font whose glyphs are drawings (9.6.5) has them converted; any other stays.
    fn font(&mut self, object: &Object, resources: &Dictionary, mode: Mode) -> Option<Object> {
        let mut font = object.as_dict().ok()?.clone();
        if !is_named(&font, b"Subtype", b"Type3") {
            return None;
        }
        let own = dictionary(&self.document, font.get(b"Resources").ok()).cloned().unwrap_or_else(|| resources.clone());
        let mut made = self.resources(&own, mode);
        let mut glyphs = dictionary(&self.document, font.get(b"CharProcs").ok())?.clone();
        for (_, glyph) in glyphs.iter_mut() {
            let start = State { fill: Space::Inherited, stroke: Space::Inherited };
            *glyph = self.once(&glyph.clone(), mode, |painter, object| {
                let stream = object.as_stream().ok()?;
                let content = decoded(stream).ok()?;
                let content = painter.content(&content, &own, &mut made, start, mode)?;
                Some(Object::Stream(deflated(Dictionary::new(), &content)))
            });
        }
        font.set("CharProcs", glyphs);
        font.set("Resources", made);
        Some(Object::Dictionary(font))
    }

    /// Content with its colours as inks; `None` if nothing of it changes.
    fn content(&mut self, bytes: &[u8], old: &Dictionary, new: &mut Dictionary, start: State, mode: Mode) -> Option<Vec<u8>> {
        let mut state = start;
        let mut stack: Vec<State> = Vec::new();
        let mut out = Vec::new();
        let mut copied = 0;
        let mut end = 0;
        for operation in Tokens::new(bytes) {
            end = operation.span.end;
            match operation.operator {
                b"q" if stack.len() < MAX_STATES => stack.push(state.clone()),
                b"Q" => state = stack.pop().unwrap_or(state),
                _ => {}
            }
            if let Some(text) = self.operation(&operation, old, new, &mut state, mode).or_else(|| operation.bounded()) {
                out.extend_from_slice(bytes.get(copied..operation.span.start).unwrap_or_default());
                // Delimiters need no blank between them and an operator, numbers do: `cm/c0 cs`.
                out.push(b' ');
                out.extend_from_slice(&text);
                copied = operation.span.end;
            }
        }
        // Operands behind the last operator do nothing, and a string among them that nobody closed would swallow what comes behind this stream; numbers may be
        // such as no program holds.
        let is_open = bytes.get(end..).unwrap_or_default().iter().any(|byte| matches!(byte, b'(' | b'<' | b'[' | b'0'..=b'9'));
        if copied == 0 && !is_open {
            return None;
        }
        out.extend_from_slice(bytes.get(copied..if is_open { end } else { bytes.len() }).unwrap_or_default());
        Some(out)
    }

    /// What stands instead of an operation; `None` if it stays.
    fn operation(&mut self, operation: &Operation, old: &Dictionary, new: &mut Dictionary, state: &mut State, mode: Mode) -> Option<Vec<u8>> {
        let fills = operation.operator.first().is_some_and(u8::is_ascii_lowercase);
        let chosen = if fills { &mut state.fill } else { &mut state.stroke };
        let device = match operation.operator {
            b"g" | b"G" => {
                *chosen = Space::Grey;
                return None;
            }
            b"rg" | b"RG" => Some("DeviceRGB"),
            b"k" | b"K" => Some("DeviceCMYK"),
            _ => None,
        };
        if let Some(device) = device {
            *chosen = Space::named(&self.document, device.as_bytes(), old)?;
            return self.painted(chosen, &operation.numbers(), fills, mode, operation);
        }
        match operation.operator {
            b"cs" | b"CS" => {
                let space = Space::named(&self.document, &operation.name()?, old)?;
                *chosen = space;
                match chosen {
                    Space::Spot(_) | Space::Pattern(None) => None,
                    // The colour to paint with comes with the pattern.
                    Space::Pattern(Some(_)) => Some(if fills { b"/Pattern cs".to_vec() } else { b"/Pattern CS".to_vec() }),
                    // Every space begins with black, and a table with its first colour (8.6.5.1).
                    Space::Indexed { .. } => self.painted(chosen, &[0.0], fills, mode, operation),
                    _ => Some(written(Ink::Grey(0.0), fills)),
                }
            }
            b"sc" | b"scn" | b"SC" | b"SCN" => {
                if let Space::Pattern(base) = chosen {
                    let base = base.clone()?;
                    return self.uncoloured(&base, operation, new, fills, mode);
                }
                self.painted(chosen, &operation.numbers(), fills, mode, operation)
            }
            b"BI" => self.inline_image(operation, old, new, mode),
            _ => None,
        }
    }

    /// The operator for a colour; `None` where the colour is an ink of its own, or what stands there says the same.
    fn painted(&self, space: &Space, numbers: &[f64], fills: bool, mode: Mode, operation: &Operation) -> Option<Vec<u8>> {
        let ink = self.inks.ink(space.value(numbers)?, mode);
        let same = matches!((ink, operation.operator), (Ink::Cmyk(_), b"k" | b"K"));
        (!same).then(|| written(ink, fills))
    }

    /// A pattern that is painted in a colour given with it (8.7.3.3).
    fn uncoloured(&self, base: &Space, operation: &Operation, new: &mut Dictionary, fills: bool, mode: Mode) -> Option<Vec<u8>> {
        let pattern = operation.operands.iter().rev().find(|operand| name(operand).is_some())?;
        let ink = self.inks.ink(base.value(&operation.numbers())?, mode);
        let (space, device, numbers) = match ink {
            Ink::Grey(grey) => ("PatternOfGrey", "DeviceGray", number(grey)),
            Ink::Cmyk(inks) => ("PatternOfInks", "DeviceCMYK", crate::geometry::numbers(&inks)),
        };
        let mut spaces = new.get(b"ColorSpace").and_then(Object::as_dict).cloned().unwrap_or_default();
        spaces.set(space, vec!["Pattern".into(), device.into()]);
        new.set("ColorSpace", spaces);
        let (choose, paint) = if fills { ("cs", "scn") } else { ("CS", "SCN") };
        Some([format!("/{space} {choose} {numbers} ").as_bytes(), pattern, format!(" {paint}").as_bytes()].concat())
    }

    /// An inline image that has colours becomes an image of its own.
    fn inline_image(&mut self, operation: &Operation, old: &Dictionary, new: &mut Dictionary, mode: Mode) -> Option<Vec<u8>> {
        let mut dict = Dictionary::new();
        for pair in operation.operands.chunks(2) {
            if let [key, value] = pair {
                dict.set(long(name(key)?), inline_value(value)?);
            }
        }
        dict.set("Type", "XObject");
        dict.set("Subtype", "Image");
        // Abbreviations of spaces hold in inline images alone.
        let space = dict.get(b"ColorSpace").ok()?.clone();
        let device = match space.as_name().ok() {
            Some(b"G") => Some("DeviceGray"),
            Some(b"RGB") => Some("DeviceRGB"),
            Some(b"CMYK") => Some("DeviceCMYK"),
            _ => None,
        };
        if let Some(device) = device {
            dict.set("ColorSpace", device);
        }
        if is_named(&dict, b"ColorSpace", b"DeviceGray") {
            return None;
        }
        let stream = Stream::new(dict, operation.data?.to_vec());
        let image = self.image(&stream, old, mode)?;
        let id = self.document.add_object(image);
        let mut objects = new.get(b"XObject").and_then(Object::as_dict).cloned().unwrap_or_default();
        let name = format!("Inline{}", id.0);
        objects.set(name.clone(), id);
        new.set("XObject", objects);
        Some(format!("/{name} Do").into_bytes())
    }
}

/// The operator that chooses an ink.
fn written(ink: Ink, fills: bool) -> Vec<u8> {
    match (ink, fills) {
        (Ink::Grey(grey), true) => format!("{} g", number(grey)),
        (Ink::Grey(grey), false) => format!("{} G", number(grey)),
        (Ink::Cmyk(inks), true) => format!("{} k", crate::geometry::numbers(&inks)),
        (Ink::Cmyk(inks), false) => format!("{} K", crate::geometry::numbers(&inks)),
    }
    .into_bytes()
}

fn empty_form() -> Stream {
    let mut dict = Dictionary::new();
    dict.set("Type", "XObject");
    dict.set("Subtype", "Form");
    dict.set("BBox", vec![0.into(), 0.into(), 1.into(), 1.into()]);
    Stream::new(dict, Vec::new())
}

/// The whole name of a key of an inline image (table 93).
fn long(key: Vec<u8>) -> Vec<u8> {
    match key.as_slice() {
        b"BPC" => b"BitsPerComponent".to_vec(),
        b"CS" => b"ColorSpace".to_vec(),
        b"D" => b"Decode".to_vec(),
        b"DP" => b"DecodeParms".to_vec(),
        b"F" => b"Filter".to_vec(),
        b"H" => b"Height".to_vec(),
        b"IM" => b"ImageMask".to_vec(),
        b"I" => b"Interpolate".to_vec(),
        b"W" => b"Width".to_vec(),
        _ => key,
    }
}

/// The value of a key of an inline image; arrays and dictionaries are read by the reader of PDF objects.
fn inline_value(value: &[u8]) -> Option<Object> {
    if let Some(name) = name(value) {
        let long: &[u8] = match name.as_slice() {
            b"AHx" => b"ASCIIHexDecode",
            b"A85" => b"ASCII85Decode",
            b"LZW" => b"LZWDecode",
            b"Fl" => b"FlateDecode",
            b"RL" => b"RunLengthDecode",
            b"CCF" => b"CCITTFaxDecode",
            b"DCT" => b"DCTDecode",
            other => other,
        };
        return Some(Object::Name(long.to_vec()));
    }
    match value {
        b"true" => return Some(Object::Boolean(true)),
        b"false" => return Some(Object::Boolean(false)),
        _ => {}
    }
    if let Some(number) = crate::token::number(value) {
        return Some(if number.fract() == 0.0 { Object::Integer(number as i64) } else { Object::Real(number as f32) });
    }
    let mut text = value.to_vec();
    text.extend_from_slice(b" x");
    lopdf::content::Content::decode(&text).ok()?.operations.into_iter().next()?.operands.into_iter().next()
}
