//! Pictures: what their pixels are, and what becomes of them on the way to the press.
//!
//! 1. A grey one, a stencil and a spot colour keep their data; a table of colours is converted in the table.
//! 2. Others are unpacked by `samples`, and become grey where every pixel is, else what the profile asks for.
//! 3. What is packed in a way that the standard does not know (JPEG 2000 came with PDF 1.5, JBIG2 with 1.4) is unpacked too, whatever its colours.
//! 4. What is made is packed without loss, with the filters of PNG (ISO 32000-1, 7.4.4).

mod codestream;
mod fax;
mod jpeg;
mod jpx;
mod pack;
mod samples;

use lopdf::{Dictionary, Document, Object, Stream, StringFormat};

use crate::ink::{Ink, Inks, Mode, Value, grey_picture};
use crate::read::floats;
use crate::space::Space;

pub(crate) use pack::deflated;

use jpx::Jpx;
use pack::{number, pack};
use samples::{Samples, fax_bits, filters, samples, unpacked_jpx, without_last_filter};

/// How far the parts of a pixel may lie apart and still be a grey, of 255: what JPEG does to greys.
const NEUTRAL: u8 = 2;

/// What is to become of a picture.
#[allow(clippy::large_enum_variant, reason = "there is one at a time, and it is taken apart at once")]
pub(crate) enum Outcome {
    /// It stays as it is.
    Same,
    /// It is this now, with a mask that was part of its own data.
    New(Stream, Option<Mask>),
    /// It stays, though it should not; why, as the end of a sentence.
    Kept(String),
}

/// What of a picture is not painted, or lets something through.
#[derive(Clone)]
pub(crate) enum Mask {
    /// The colour that is not painted, as a stencil.
    Stencil(Stream),
    /// How opaque each pixel is.
    Soft(Stream),
}

/// What to do with coloured pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Inks, or one ink.
    Convert(Mode),
    /// As they are.
    Keep,
}

/// The sRGB profile as a colour space, for pictures that say no more than that they are red, green and blue.
pub(crate) type Srgb = Object;

/// What is asked of pictures.
pub(crate) struct Terms<'a> {
    pub(crate) inks: &'a Inks,
    pub(crate) wish: Wish,
    pub(crate) srgb: &'a Srgb,
    /// The version of PDF that the standard knows.
    pub(crate) version: &'a str,
}

/// The first version of PDF that knows how a stream is packed, where that is later than 1.3 (ISO 32000-1, 7.4.1).
pub(crate) fn packed_since(document: &Document, dict: &Dictionary) -> Option<&'static str> {
    filters(document, dict).iter().find_map(|name| match name.as_slice() {
        b"JPXDecode" => Some("1.5"),
        b"JBIG2Decode" => Some("1.4"),
        _ => None,
    })
}

/// Converts a picture.
pub(crate) fn convert(document: &Document, stream: &Stream, resources: &Dictionary, terms: &Terms) -> Outcome {
    let is_newer = |stream: &Stream| packed_since(document, &stream.dict).is_some_and(|since| since > terms.version);
    let repacked = |stream: &Stream| match repacked(document, stream, resources, terms.srgb) {
        Ok((new, mask)) => Outcome::New(new, mask),
        Err(why) => Outcome::Kept(why),
    };
    match in_inks(document, stream, resources, terms) {
        Outcome::Same if is_newer(stream) => repacked(stream),
        Outcome::New(new, _) if is_newer(&new) => repacked(&new),
        done => done,
    }
}

/// The colour space of a picture; `None` for one that has none, such as a stencil.
///
/// # Errors
///
/// Why it is not known, as the end of a sentence.
pub(crate) fn space(document: &Document, stream: &Stream, resources: &Dictionary) -> Result<Option<Space>, String> {
    let dict = &stream.dict;
    let flag = |key: &[u8]| dict.get_deref(key, document).ok().and_then(|flag| flag.as_bool().ok()).unwrap_or(false);
    if flag(b"ImageMask") || flag(b"IM") {
        return Ok(None);
    }
    if let Ok(object) = dict.get(b"ColorSpace").or_else(|_| dict.get(b"CS")) {
        return Space::read(document, object, resources).map(Some).ok_or_else(|| "has a colour space that nobody knows".to_owned());
    }
    let filters = filters(document, dict);
    if filters.last().is_none_or(|filter| filter != b"JPXDecode") {
        return Ok(None);
    }
    Jpx::read(&without_last_filter(stream, &filters)?)?.space().map(Some)
}

/// The inks of a picture's pixels, which is one of inks; `None` where its data cannot be read.
pub(crate) fn inks(document: &Document, stream: &Stream) -> Option<Vec<u8>> {
    samples(document, stream, &Space::Cmyk, &filters(document, &stream.dict)).ok().map(|picture| picture.bytes)
}

/// A picture in the colours that are asked for.
fn in_inks(document: &Document, stream: &Stream, resources: &Dictionary, terms: &Terms) -> Outcome {
    let space = match space(document, stream, resources) {
        Ok(Some(space)) => space,
        Ok(None) => return Outcome::Same,
        Err(why) => return Outcome::Kept(why),
    };
    match (&space, terms.wish) {
        (Space::Grey, _) => relabelled(stream, "DeviceGray".into()),
        (Space::Spot(_) | Space::Pattern(_) | Space::Inherited, _) => Outcome::Same,
        (Space::Cmyk, Wish::Convert(Mode::Colour) | Wish::Keep) => relabelled(stream, "DeviceCMYK".into()),
        (Space::Indexed { base, table }, _) => indexed(document, stream, base, table, terms),
        _ => match samples(document, stream, &space, &filters(document, &stream.dict)) {
            Err(why) => Outcome::Kept(why),
            Ok(picture) => repainted(document, stream, picture, &space, terms),
        },
    }
}

/// The same picture in the same colours, packed as every version of PDF knows.
fn repacked(document: &Document, stream: &Stream, resources: &Dictionary, srgb: &Srgb) -> Result<(Stream, Option<Mask>), String> {
    let filters = filters(document, &stream.dict);
    let space = space(document, stream, resources)?;
    let mut dict = bare(&stream.dict);
    if filters.last().is_some_and(|filter| filter == b"JBIG2Decode") {
        let (width, height, mut bits) = fax_bits(document, stream, &filters, 1)?;
        let whole = width.div_ceil(8) * height;
        if bits.len() < whole / 2 {
            return Err("has data for less than half of its pixels".to_owned());
        }
        bits.resize(whole, 0xff);
        dict.set("BitsPerComponent", 1);
        return Ok((deflated(dict, &bits), None));
    }
    let space = space.filter(|space| space.parts() > 0).ok_or("is a stencil in JPEG 2000, which no stencil is")?;
    let is_table = matches!(space, Space::Indexed { .. });
    let mut picture = unpacked_jpx(document, stream, &filters, space.parts(), !is_table)?;
    if !dict.has(b"ColorSpace") {
        match space {
            Space::Grey => dict.set("ColorSpace", "DeviceGray"),
            Space::Cmyk => dict.set("ColorSpace", "DeviceCMYK"),
            space => {
                picture.bytes = srgb_pixels(&space, picture.bytes);
                dict.set("ColorSpace", srgb.clone());
            }
        }
    }
    // `Decode` was not asked (7.4.9), and a reader of plain pixels would.
    dict.remove(b"Decode");
    let mask = soft(&mut dict, &picture);
    measure(&mut dict, picture.width, picture.height);
    Ok((pack(dict, &picture.bytes, picture.width, picture.parts), mask))
}

/// The entries of a picture but for those that say how it is packed.
fn bare(dict: &Dictionary) -> Dictionary {
    let mut dict = dict.clone();
    for key in [&b"Filter"[..], b"DecodeParms", b"F", b"DP", b"Length", b"Metadata"] {
        dict.remove(key);
    }
    dict
}

fn measure(dict: &mut Dictionary, width: usize, height: usize) {
    dict.set("Width", number(width));
    dict.set("Height", number(height));
    dict.set("BitsPerComponent", 8);
}

/// How opaque the pixels are as a picture of its own, which is the only mask then (ISO 32000-1, 11.6.5.3).
fn soft(dict: &mut Dictionary, picture: &Samples) -> Option<Mask> {
    dict.remove(b"SMaskInData");
    let opacity = picture.opacity.as_ref()?;
    dict.remove(b"SMask");
    dict.remove(b"Mask");
    let mut mask = Dictionary::new();
    mask.set("Type", "XObject");
    mask.set("Subtype", "Image");
    mask.set("ColorSpace", "DeviceGray");
    measure(&mut mask, picture.width, picture.height);
    Some(Mask::Soft(pack(mask, opacity, picture.width, 1)))
}

/// The same data under another colour space.
fn relabelled(stream: &Stream, space: Object) -> Outcome {
    if stream.dict.get(b"ColorSpace").is_ok_and(|known| *known == space) {
        return Outcome::Same;
    }
    let mut new = stream.clone();
    new.dict.remove(b"CS");
    new.dict.set("ColorSpace", space);
    Outcome::New(new, None)
}

/// A picture with a table of colours: the table is converted, the pixels stay.
fn indexed(document: &Document, stream: &Stream, base: &Space, table: &[u8], terms: &Terms) -> Outcome {
    let (parts, wish) = (base.parts(), terms.wish);
    if matches!(base, Space::Spot(_) | Space::Pattern(_)) || parts == 0 {
        return Outcome::Same;
    }
    let count = table.len() / parts;
    let values: Vec<Value> = table.chunks_exact(parts).filter_map(|entry| base.value(&base.spread(entry))).collect();
    let converted: Vec<Ink> =
        values.iter().map(|value| terms.inks.ink(*value, if wish == Wish::Convert(Mode::Grey) { Mode::Grey } else { Mode::Colour })).collect();
    let is_grey = converted.iter().all(|ink| matches!(ink, Ink::Grey(_)));
    let byte = |part: f64| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
    let (space, table): (Object, Vec<u8>) = if is_grey {
        let greys = converted.iter().map(|ink| if let Ink::Grey(grey) = ink { byte(*grey) } else { 0 });
        ("DeviceGray".into(), greys.collect())
    } else if wish == Wish::Keep {
        // Only a space of the device has to be told which it is.
        let object = stream.dict.get(b"ColorSpace").or_else(|_| stream.dict.get(b"CS")).ok();
        let named =
            object.and_then(|object| document.dereference(object).ok()).and_then(|(_, object)| object.as_array().ok()).and_then(|parts| parts.get(1)).cloned();
        match (base, named) {
            (Space::Rgb, _) => (terms.srgb.clone(), table.to_vec()),
            (_, Some(named)) => (named, table.to_vec()),
            (_, None) => return Outcome::Same,
        }
    } else {
        let four = converted.iter().flat_map(|ink| match ink {
            Ink::Grey(grey) => [0, 0, 0, 255 - byte(*grey)],
            Ink::Cmyk(inks) => inks.map(byte),
        });
        ("DeviceCMYK".into(), four.collect())
    };
    let highest = i64::try_from(count).unwrap_or(1).max(1) - 1;
    let space = vec!["Indexed".into(), space, highest.into(), Object::String(table, StringFormat::Hexadecimal)];
    relabelled(stream, Object::Array(space))
}

/// Decoded pixels in their new colours.
fn repainted(document: &Document, stream: &Stream, mut picture: Samples, space: &Space, terms: &Terms) -> Outcome {
    let bytes = std::mem::take(&mut picture.bytes);
    let stencil = transparent(document, &stream.dict, &bytes, picture.width, picture.parts);
    let is_grey = matches!(space, Space::Rgb | Space::IccRgb(..) | Space::CalRgb { .. })
        && bytes.as_chunks::<3>().0.iter().all(|&[r, g, b]| r.abs_diff(g) <= NEUTRAL && g.abs_diff(b) <= NEUTRAL && r.abs_diff(b) <= NEUTRAL);
    let packed = |bytes: Vec<u8>, parts: usize, space: &str| {
        let mut dict = bare(&stream.dict);
        for key in [&b"Decode"[..], b"D", b"CS", b"W", b"H", b"BPC", b"I"] {
            dict.remove(key);
        }
        if stencil.is_some() {
            dict.remove(b"Mask");
        }
        let mask = soft(&mut dict, &picture).or(stencil.clone().map(Mask::Stencil));
        dict.set("Type", "XObject");
        dict.set("Subtype", "Image");
        measure(&mut dict, picture.width, picture.height);
        dict.set("ColorSpace", space);
        Outcome::New(pack(dict, &bytes, picture.width, parts), mask)
    };
    if is_grey {
        return packed(bytes.as_chunks::<3>().0.iter().map(|pixel| pixel[1]).collect(), 1, "DeviceGray");
    }
    let mode = match terms.wish {
        // A picture without a space of its own in the PDF has one in its data.
        Wish::Keep if matches!(space, Space::Rgb) && stream.dict.has(b"ColorSpace") => return relabelled(stream, terms.srgb.clone()),
        Wish::Keep => return Outcome::Same,
        Wish::Convert(mode) => mode,
    };
    let rgb = srgb_pixels(space, bytes);
    match mode {
        Mode::Grey => packed(grey_picture(&rgb), 1, "DeviceGray"),
        Mode::Colour => match terms.inks.picture(&rgb) {
            Some(four) => packed(four, 4, "DeviceCMYK"),
            None => Outcome::Kept("cannot be converted with the output profile".to_owned()),
        },
    }
}

/// Pixels of a space as those of sRGB.
fn srgb_pixels(space: &Space, bytes: Vec<u8>) -> Vec<u8> {
    match space {
        Space::Rgb => bytes,
        Space::IccRgb(_, coarse) => {
            let mut found = vec![0; bytes.len()];
            let whole = bytes.len() / 3 * 3;
            let done = match (bytes.get(..whole), found.get_mut(..whole)) {
                (Some(from), Some(to)) => coarse.transform(from, to).is_ok(),
                _ => false,
            };
            if done { found } else { bytes }
        }
        Space::Grey => bytes.iter().flat_map(|grey| [*grey; 3]).collect(),
        _ => {
            let parts = space.parts().max(1);
            let byte = |part: f64| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
            let pixel = |pixel: &[u8]| match space.value(&space.spread(pixel)) {
                Some(Value::Rgb(rgb)) => rgb.map(byte),
                Some(Value::Grey(grey)) => [byte(grey); 3],
                Some(Value::Cmyk([c, m, y, k])) => [c, m, y].map(|ink| byte((1.0 - ink) * (1.0 - k))),
                None => [0; 3],
            };
            bytes.chunks_exact(parts).flat_map(pixel).collect()
        }
    }
}

/// A stencil of the colour that a picture does not paint (8.9.6.4), since the colour itself will be another.
fn transparent(document: &Document, dict: &Dictionary, bytes: &[u8], width: usize, parts: usize) -> Option<Stream> {
    let ranges = floats(document, dict.get(b"Mask").ok()).filter(|ranges| ranges.len() == parts * 2)?;
    let height = bytes.len() / (width * parts).max(1);
    let stride = width.div_ceil(8);
    let mut bits = vec![0_u8; stride * height];
    for (at, pixel) in bytes.chunks_exact(parts).enumerate() {
        let is_out = pixel.iter().enumerate().all(|(part, byte)| {
            let bound = |side: usize| ranges.get(part * 2 + side).copied().unwrap_or(-1.0);
            (bound(0)..=bound(1)).contains(&f64::from(*byte))
        });
        if is_out && let Some(byte) = bits.get_mut(at / width * stride + at % width / 8) {
            *byte |= 0x80 >> (at % width % 8);
        }
    }
    let mut mask = Dictionary::new();
    mask.set("Type", "XObject");
    mask.set("Subtype", "Image");
    mask.set("ImageMask", true);
    mask.set("Width", number(width));
    mask.set("Height", number(height));
    mask.set("BitsPerComponent", 1);
    Some(deflated(mask, &bits))
}

#[cfg(test)]
mod tests;
