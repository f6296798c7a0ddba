//! Shadings (ISO 32000-1, 8.7.4.5): their colours are sampled, converted, and written as a table or as a new mesh.

use lopdf::{Dictionary, Document, Object, Stream};

use crate::function::{Function, bits_at};
use crate::ink::{Ink, Inks, Mode};
use crate::picture::deflated;
use crate::read::{decoded, floats};
use crate::space::Space;

/// Samples of a function of one number.
const SAMPLES: usize = 256;

/// Samples of a function of a place, each way.
const PLANE: usize = 96;

/// The most corners of a mesh.
const MAX_CORNERS: usize = 4 << 20;

/// Converts a shading; `None` where it stays as it is, because its colours are inks already or nobody knows them.
pub(crate) fn convert(document: &Document, object: &Object, resources: &Dictionary, inks: &Inks, mode: Mode) -> Option<Object> {
    let mut new = object.clone();
    let dict = match &mut new {
        Object::Dictionary(dict) => dict,
        Object::Stream(stream) => &mut stream.dict,
        _ => return None,
    };
    let space = Space::read(document, dict.get(b"ColorSpace").ok()?, resources)?;
    let kind = dict.get_deref(b"ShadingType", document).ok()?.as_i64().ok()?;
    match (&space, mode) {
        (Space::Spot(_) | Space::Pattern(_) | Space::Inherited | Space::Indexed { .. }, _) => return None,
        (Space::Grey, _) => {
            dict.set("ColorSpace", "DeviceGray");
            return Some(new);
        }
        (Space::Cmyk, Mode::Colour) => {
            dict.set("ColorSpace", "DeviceCMYK");
            return Some(new);
        }
        _ => {}
    }
    let ink = |numbers: &[f64]| space.value(numbers).map(|value| inks.ink(value, mode));
    let background = floats(document, dict.get(b"Background").ok()).and_then(|numbers| ink(&numbers));
    let function = dict.get(b"Function").ok().and_then(|function| Function::read(document, function));
    let four = match (kind, &function) {
        (1, Some(function)) => {
            let domain = floats(document, dict.get(b"Domain").ok()).filter(|domain| domain.len() == 4).unwrap_or_else(|| vec![0.0, 1.0, 0.0, 1.0]);
            let step = |at: usize, low: f64, high: f64| low + at as f64 / (PLANE - 1) as f64 * (high - low);
            let places = (0..PLANE * PLANE).map(|at| vec![step(at % PLANE, domain[0], domain[1]), step(at / PLANE, domain[2], domain[3])]);
            let (table, four) = table(places.map(|place| ink(&function.at(&place))).collect::<Option<Vec<_>>>()?, &domain, &[PLANE, PLANE], background);
            dict.set("Function", table);
            four
        }
        (2..=7, Some(function)) => {
            let domain = match kind {
                2 | 3 => floats(document, dict.get(b"Domain").ok()).filter(|domain| domain.len() == 2).unwrap_or_else(|| vec![0.0, 1.0]),
                _ => floats(document, dict.get(b"Decode").ok()).and_then(|decode| decode.get(4..6).map(<[f64]>::to_vec))?,
            };
            let places = (0..SAMPLES).map(|at| domain[0] + at as f64 / (SAMPLES - 1) as f64 * (domain[1] - domain[0]));
            let (table, four) = table(places.map(|place| ink(&function.at(&[place]))).collect::<Option<Vec<_>>>()?, &domain, &[SAMPLES], background);
            dict.set("Function", table);
            four
        }
        (4..=7, None) => return mesh(document, object.as_stream().ok()?, kind, &space, &|numbers| ink(numbers), background),
        _ => return None,
    };
    dict.set("ColorSpace", if four { "DeviceCMYK" } else { "DeviceGray" });
    if let Some(background) = background {
        dict.set("Background", Object::Array(parts(background, four).into_iter().map(|part| Object::Real(part as f32)).collect()));
    }
    Some(new)
}

/// The parts of an ink in a space of one or four.
fn parts(ink: Ink, four: bool) -> Vec<f64> {
    match (ink, four) {
        (Ink::Grey(grey), false) => vec![grey],
        (Ink::Grey(grey), true) => vec![0.0, 0.0, 0.0, 1.0 - grey],
        (Ink::Cmyk(inks), _) => inks.to_vec(),
    }
}

fn byte(part: f64) -> u8 {
    (part.clamp(0.0, 1.0) * 255.0).round() as u8
}

fn reals(values: &[f64]) -> Object {
    Object::Array(values.iter().map(|value| Object::Real(*value as f32)).collect())
}

/// A sampled function of converted colours, and whether they are four inks.
fn table(colours: Vec<Ink>, domain: &[f64], size: &[usize], background: Option<Ink>) -> (Object, bool) {
    let four = colours.iter().chain(&background).any(|ink| matches!(ink, Ink::Cmyk(_)));
    let bytes: Vec<u8> = colours.into_iter().flat_map(|ink| parts(ink, four)).map(byte).collect();
    let mut dict = Dictionary::new();
    dict.set("FunctionType", 0);
    dict.set("Domain", reals(domain));
    dict.set("Range", reals(&[0.0, 1.0].repeat(if four { 4 } else { 1 })));
    dict.set("Size", size.iter().map(|size| Object::Integer(*size as i64)).collect::<Vec<_>>());
    dict.set("BitsPerSample", 8);
    (Object::Stream(deflated(dict, &bytes)), four)
}

/// Reads and writes bits.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    free: usize,
}

impl Bits {
    fn push(&mut self, value: u64, bits: usize) {
        for at in (0..bits).rev() {
            if self.free == 0 {
                self.bytes.push(0);
                self.free = 8;
            }
            self.free -= 1;
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((value >> at & 1) as u8) << self.free;
            }
        }
    }
}

/// A mesh whose corners have colours of their own (8.7.4.5.5 to 8).
fn mesh(document: &Document, stream: &Stream, kind: i64, space: &Space, ink: &dyn Fn(&[f64]) -> Option<Ink>, background: Option<Ink>) -> Option<Object> {
    let bytes = decoded(stream).ok()?;
    let width = |key: &[u8]| {
        stream.dict.get_deref(key, document).ok().and_then(|bits| bits.as_i64().ok()).and_then(|bits| usize::try_from(bits).ok()).filter(|bits| *bits <= 32)
    };
    let (place, colour) = (width(b"BitsPerCoordinate")?, width(b"BitsPerComponent")?);
    let flag = if kind == 5 { 0 } else { width(b"BitsPerFlag")? };
    let decode = floats(document, stream.dict.get(b"Decode").ok())?;
    let count = space.parts();
    let bounds: Vec<f64> = decode.get(4..4 + count * 2)?.to_vec();
    let most = ((1_u64 << colour) - 1).max(1) as f64;
    let mut at = 0;
    let mut take = |bits: usize| {
        let value = bits_at(&bytes, at, bits);
        at += bits;
        value
    };
    // Each record: a flag, its points, its corners; kept until it is known whether one ink is enough.
    let mut records: Vec<(u64, Vec<u64>, Vec<Ink>)> = Vec::new();
    let total = bytes.len() * 8;
    let mut used = 0;
    loop {
        let mark = if used + flag > total { break } else { take(flag) };
        let (points, corners) = match (kind, mark) {
            (4 | 5, _) => (1, 1),
            (6, 0) => (12, 4),
            (6, _) => (8, 2),
            (_, 0) => (16, 4),
            _ => (12, 2),
        };
        let length = flag + points * 2 * place + corners * count * colour;
        if used + length > total || records.len() > MAX_CORNERS || length == flag {
            break;
        }
        let places = (0..points * 2).map(|_| take(place)).collect();
        let mut colours = Vec::with_capacity(corners);
        for _ in 0..corners {
            let numbers: Vec<f64> = (0..count).map(|part| bounds[part * 2] + take(colour) as f64 / most * (bounds[part * 2 + 1] - bounds[part * 2])).collect();
            colours.push(ink(&numbers)?);
        }
        records.push((mark, places, colours));
        // Corners of triangles begin at a byte each; patches too.
        let padded = if kind == 5 { length } else { length.next_multiple_of(8) };
        let _ = take(padded - length);
        used += padded;
    }
    let four = records.iter().flat_map(|(_, _, colours)| colours).chain(&background).any(|ink| matches!(ink, Ink::Cmyk(_)));
    let mut out = Bits::default();
    for (mark, places, colours) in records {
        out.push(mark, flag);
        places.into_iter().for_each(|value| out.push(value, place));
        colours.into_iter().flat_map(|ink| parts(ink, four)).for_each(|part| out.push(u64::from(byte(part)), 8));
        if kind != 5 {
            out.free = 0;
        }
    }
    let mut dict = stream.dict.clone();
    for key in [&b"Filter"[..], b"DecodeParms", b"Length"] {
        dict.remove(key);
    }
    dict.set("ColorSpace", if four { "DeviceCMYK" } else { "DeviceGray" });
    dict.set("BitsPerComponent", 8);
    let mut ranges = decode.get(..4)?.to_vec();
    ranges.extend([0.0, 1.0].repeat(if four { 4 } else { 1 }));
    dict.set("Decode", reals(&ranges));
    if let Some(background) = background {
        dict.set("Background", reals(&parts(background, four)));
    }
    Some(Object::Stream(deflated(dict, &out.bytes)))
}
