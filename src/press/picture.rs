//! Pictures: what their pixels are, and what becomes of them on the way to the press.
//!
//! 1. A grey one, a stencil and a spot colour keep their data; a table of colours is converted in the table.
//! 2. Others are decoded (JPEG by `zune-jpeg`, the rest by `lopdf`), and become grey where every pixel is, else what the profile asks for.
//! 3. What is converted is packed without loss, with the filters of PNG (ISO 32000-1, 7.4.4).

use std::cell::RefCell;

use flate2::{Compress, Compression, FlushCompress};
use lopdf::{Dictionary, Document, Object, Stream, StringFormat};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::function::bits_at;
use crate::ink::{Ink, Inks, Mode, Value, grey_picture};
use crate::read::{decoded, floats};
use crate::space::Space;

/// The most bytes of a picture once it is decoded.
const MAX_BYTES: usize = 1 << 30;

/// How far the parts of a pixel may lie apart and still be a grey, of 255: what JPEG does to greys.
const NEUTRAL: u8 = 2;

/// What is to become of a picture.
#[allow(clippy::large_enum_variant, reason = "there is one at a time, and it is taken apart at once")]
pub(crate) enum Outcome {
    /// It stays as it is.
    Same,
    /// It is this now; a mask that has to be made of its transparent colour comes with it.
    New(Stream, Option<Stream>),
    /// It stays, though it should not; why, as the end of a sentence.
    Kept(String),
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

/// Converts a picture.
pub(crate) fn convert(document: &Document, stream: &Stream, resources: &Dictionary, inks: &Inks, wish: Wish, srgb: &Srgb) -> Outcome {
    let dict = &stream.dict;
    let flag = |key: &[u8]| dict.get_deref(key, document).ok().and_then(|flag| flag.as_bool().ok()).unwrap_or(false);
    if flag(b"ImageMask") || flag(b"IM") {
        return Outcome::Same;
    }
    let filters = filters(document, dict);
    let Some(object) = dict.get(b"ColorSpace").or_else(|_| dict.get(b"CS")).ok() else {
        let is_jpx = filters.last().is_some_and(|filter| filter == b"JPXDecode");
        return if is_jpx && wish != Wish::Keep { Outcome::Kept("is JPEG 2000, whose colours only its own decoder knows".to_owned()) } else { Outcome::Same };
    };
    let Some(space) = Space::read(document, object, resources) else { return Outcome::Kept("has a colour space that nobody knows".to_owned()) };
    match (&space, wish) {
        (Space::Grey, _) => relabelled(stream, "DeviceGray".into()),
        (Space::Spot(_) | Space::Pattern(_) | Space::Inherited, _) => Outcome::Same,
        (Space::Cmyk, Wish::Convert(Mode::Colour) | Wish::Keep) => relabelled(stream, "DeviceCMYK".into()),
        (Space::Indexed { base, table }, wish) => indexed(document, stream, object, base, table, inks, wish, srgb),
        _ => match samples(document, stream, &space, &filters) {
            Err(why) => Outcome::Kept(why),
            Ok(picture) => repainted(document, stream, picture, &space, inks, wish, srgb),
        },
    }
}

/// The filters of a stream, by their long names.
fn filters(document: &Document, dict: &Dictionary) -> Vec<Vec<u8>> {
    let long = |name: &[u8]| match name {
        b"DCT" => b"DCTDecode".to_vec(),
        b"Fl" => b"FlateDecode".to_vec(),
        b"AHx" => b"ASCIIHexDecode".to_vec(),
        b"A85" => b"ASCII85Decode".to_vec(),
        b"LZW" => b"LZWDecode".to_vec(),
        b"RL" => b"RunLengthDecode".to_vec(),
        b"CCF" => b"CCITTFaxDecode".to_vec(),
        other => other.to_vec(),
    };
    match dict.get_deref(b"Filter", document).or_else(|_| dict.get_deref(b"F", document)) {
        Ok(Object::Name(name)) => vec![long(name)],
        Ok(Object::Array(names)) => names.iter().filter_map(|name| document.dereference(name).ok()?.1.as_name().ok().map(long)).collect(),
        _ => Vec::new(),
    }
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
#[allow(clippy::too_many_arguments, reason = "the table and where it is from belong together")]
fn indexed(document: &Document, stream: &Stream, object: &Object, base: &Space, table: &[u8], inks: &Inks, wish: Wish, srgb: &Srgb) -> Outcome {
    let parts = base.parts();
    if matches!(base, Space::Spot(_) | Space::Pattern(_)) || parts == 0 {
        return Outcome::Same;
    }
    let count = table.len() / parts;
    let values: Vec<Value> = table.chunks_exact(parts).filter_map(|entry| base.value(&base.spread(entry))).collect();
    let converted: Vec<Ink> = values.iter().map(|value| inks.ink(*value, if wish == Wish::Convert(Mode::Grey) { Mode::Grey } else { Mode::Colour })).collect();
    let is_grey = converted.iter().all(|ink| matches!(ink, Ink::Grey(_)));
    let byte = |part: f64| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
    let (space, table): (Object, Vec<u8>) = if is_grey {
        let greys = converted.iter().map(|ink| if let Ink::Grey(grey) = ink { byte(*grey) } else { 0 });
        ("DeviceGray".into(), greys.collect())
    } else if wish == Wish::Keep {
        // Only a space of the device has to be told which it is.
        let named = document.dereference(object).ok().and_then(|(_, object)| object.as_array().ok()).and_then(|parts| parts.get(1)).cloned();
        match (base, named) {
            (Space::Rgb, _) => (srgb.clone(), table.to_vec()),
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

/// Pixels, a byte a part.
struct Samples {
    width: usize,
    height: usize,
    parts: usize,
    bytes: Vec<u8>,
}

/// Decodes a picture.
fn samples(document: &Document, stream: &Stream, space: &Space, filters: &[Vec<u8>]) -> Result<Samples, String> {
    let dict = &stream.dict;
    let size = |long: &[u8], short: &[u8]| {
        let number = dict.get_deref(long, document).or_else(|_| dict.get_deref(short, document)).ok().and_then(|size| size.as_i64().ok());
        number.and_then(|size| usize::try_from(size).ok()).filter(|size| *size > 0)
    };
    let (Some(mut width), Some(mut height)) = (size(b"Width", b"W"), size(b"Height", b"H")) else { return Err("has no size".to_owned()) };
    let parts = space.parts();
    let bits = size(b"BitsPerComponent", b"BPC").unwrap_or(8);
    width.checked_mul(height).and_then(|area| area.checked_mul(parts)).filter(|size| *size <= MAX_BYTES).ok_or("has more pixels than are taken")?;
    let mut bytes = match filters.last().map(Vec::as_slice) {
        Some(b"DCTDecode") => {
            let jpeg = if filters.len() > 1 { without_last_filter(stream)? } else { stream.content.clone() };
            let wanted = if parts == 4 { ColorSpace::CMYK } else { ColorSpace::RGB };
            let options = DecoderOptions::default().jpeg_set_out_colorspace(wanted).set_max_width(1 << 16).set_max_height(1 << 16);
            let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options);
            let pixels = decoder.decode().map_err(|error| format!("is a JPEG that cannot be read ({error})"))?;
            (width, height) = decoder.dimensions().ok_or("has no size")?;
            if decoder.output_colorspace() != Some(wanted) {
                return Err("is a JPEG of inks that cannot be converted".to_owned());
            }
            pixels
        }
        Some(b"JPXDecode") => return Err("is JPEG 2000, which is not converted".to_owned()),
        Some(b"CCITTFaxDecode" | b"JBIG2Decode") => return Err("is a fax picture with colours, which is not converted".to_owned()),
        _ => {
            let data = decoded(stream)?;
            // A picture of which most is missing is a damaged one; to make room for all that it says it has would be to believe it.
            if data.len() < width * height * parts * bits.min(16) / 8 / 2 {
                return Err("has data for less than half of its pixels".to_owned());
            }
            unpacked(&data, width, height, parts, bits)
        }
    };
    if let Some(decode) = floats(document, dict.get(b"Decode").or_else(|_| dict.get(b"D")).ok()).filter(|decode| decode.len() == parts * 2) {
        apply(&decode, space, parts, &mut bytes);
    }
    bytes.resize(width * height * parts, 0);
    Ok(Samples { width, height, parts, bytes })
}

/// The data of a stream whose last filter is that of a picture, without the filters before.
fn without_last_filter(stream: &Stream) -> Result<Vec<u8>, String> {
    let mut inner = stream.clone();
    if let Ok(Object::Array(names)) = inner.dict.get_mut(b"Filter") {
        names.pop();
    }
    if let Ok(Object::Array(parameters)) = inner.dict.get_mut(b"DecodeParms") {
        parameters.pop();
    }
    decoded(&inner)
}

/// Samples of 1, 2, 4, 8 or 16 bits as bytes; each row begins at a byte (8.9.3).
fn unpacked(bytes: &[u8], width: usize, height: usize, parts: usize, bits: usize) -> Vec<u8> {
    let row = width * parts;
    match bits {
        8 => bytes.to_vec(),
        16 => bytes.iter().step_by(2).copied().collect(),
        bits => {
            let bits = bits.clamp(1, 8);
            let (stride, most) = ((row * bits).div_ceil(8), (1_u32 << bits) - 1);
            let rows = (0..height).map(|y| bytes.get(y * stride..((y + 1) * stride).min(bytes.len())).unwrap_or_default());
            rows.flat_map(|line| (0..row).map(move |x| (bits_at(line, x * bits, bits) as u32 * 255 / most) as u8)).collect()
        }
    }
}

/// Maps each part as the picture says (8.9.5.2).
fn apply(decode: &[f64], space: &Space, parts: usize, bytes: &mut [u8]) {
    for part in 0..parts {
        let [low, high] = space.range(part);
        let (from, to) = (decode.get(part * 2).copied().unwrap_or(low), decode.get(part * 2 + 1).copied().unwrap_or(high));
        if (from - low).abs() < 1e-6 && (to - high).abs() < 1e-6 {
            continue;
        }
        let table: Vec<u8> = (0..=255_u8)
            .map(|byte| {
                let value = from + f64::from(byte) / 255.0 * (to - from);
                ((value - low) / (high - low) * 255.0).clamp(0.0, 255.0).round() as u8
            })
            .collect();
        for byte in bytes.iter_mut().skip(part).step_by(parts) {
            *byte = table.get(usize::from(*byte)).copied().unwrap_or(*byte);
        }
    }
}

/// Decoded pixels in their new colours.
fn repainted(document: &Document, stream: &Stream, picture: Samples, space: &Space, inks: &Inks, wish: Wish, srgb: &Srgb) -> Outcome {
    let Samples { width, height, parts, bytes } = picture;
    let stencil = transparent(document, &stream.dict, &bytes, width, parts);
    let is_grey = matches!(space, Space::Rgb | Space::IccRgb(..) | Space::CalRgb { .. })
        && bytes.as_chunks::<3>().0.iter().all(|&[r, g, b]| r.abs_diff(g) <= NEUTRAL && g.abs_diff(b) <= NEUTRAL && r.abs_diff(b) <= NEUTRAL);
    let packed = |bytes: Vec<u8>, parts: usize, space: &str| {
        let mut dict = stream.dict.clone();
        for key in [&b"Filter"[..], b"DecodeParms", b"Decode", b"F", b"DP", b"D", b"CS", b"W", b"H", b"BPC", b"Length", b"Metadata", b"I"] {
            dict.remove(key);
        }
        if stencil.is_some() {
            dict.remove(b"Mask");
        }
        dict.set("Type", "XObject");
        dict.set("Subtype", "Image");
        dict.set("Width", number(width));
        dict.set("Height", number(height));
        dict.set("BitsPerComponent", 8);
        dict.set("ColorSpace", space);
        Outcome::New(pack(dict, &bytes, width, parts), stencil.clone())
    };
    if is_grey {
        return packed(bytes.as_chunks::<3>().0.iter().map(|pixel| pixel[1]).collect(), 1, "DeviceGray");
    }
    let mode = match wish {
        Wish::Keep if matches!(space, Space::Rgb) => return relabelled(stream, srgb.clone()),
        Wish::Keep => return Outcome::Same,
        Wish::Convert(mode) => mode,
    };
    let rgb = srgb_pixels(space, bytes);
    match mode {
        Mode::Grey => packed(grey_picture(&rgb), 1, "DeviceGray"),
        Mode::Colour => match inks.picture(&rgb) {
            Some(four) => packed(four, 4, "DeviceCMYK"),
            None => Outcome::Kept("cannot be converted with the output profile".to_owned()),
        },
    }
}

fn number(value: usize) -> Object {
    Object::Integer(i64::try_from(value).unwrap_or(i64::MAX))
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

/// Packs rows, each after the filter of PNG that leaves least.
fn pack(mut dict: Dictionary, bytes: &[u8], width: usize, parts: usize) -> Stream {
    let stride = width * parts;
    let mut rows = Vec::with_capacity(bytes.len() + bytes.len() / stride.max(1) + 1);
    let mut above = vec![0_u8; stride];
    for row in bytes.chunks(stride.max(1)) {
        let left = |at: usize| at.checked_sub(parts).and_then(|at| row.get(at)).copied().unwrap_or(0);
        let sub: Vec<u8> = row.iter().enumerate().map(|(at, byte)| byte.wrapping_sub(left(at))).collect();
        let up: Vec<u8> = row.iter().zip(&above).map(|(byte, above)| byte.wrapping_sub(*above)).collect();
        let cost = |line: &[u8]| line.iter().map(|byte| u64::from(byte.cast_signed().unsigned_abs())).sum::<u64>();
        let (filter, line) = if cost(&sub) <= cost(&up) { (1, sub) } else { (2, up) };
        rows.push(filter);
        rows.extend(line);
        above.clear();
        above.extend_from_slice(row);
        above.resize(stride, 0);
    }
    let mut parameters = Dictionary::new();
    parameters.set("Predictor", 15);
    parameters.set("Colors", number(parts));
    parameters.set("Columns", number(width));
    dict.set("DecodeParms", parameters);
    deflated(dict, &rows)
}

thread_local! {
    /// One encoder for all streams: its state is larger than nearly everything that it packs, and what thousands of them leave behind, between what is kept, no
    /// allocator puts together again (measured: 320 KB a sheet).
    static PACKER: RefCell<Compress> = RefCell::new(Compress::new(Compression::default(), true));
}

/// Bytes as zlib packs them; `None` where it cannot, and the bytes go as they are.
fn packed(bytes: &[u8]) -> Option<Vec<u8>> {
    PACKER.with_borrow_mut(|packer| {
        packer.reset();
        let mut out = Vec::with_capacity(bytes.len() / 2 + 64);
        loop {
            let done = usize::try_from(packer.total_in()).ok()?;
            match packer.compress_vec(bytes.get(done..)?, &mut out, FlushCompress::Finish).ok()? {
                flate2::Status::StreamEnd => break,
                flate2::Status::Ok | flate2::Status::BufError => out.reserve(bytes.len() / 4 + 64),
            }
        }
        // What was in reserve would stay with each of thousands of streams.
        out.shrink_to_fit();
        Some(out)
    })
}

/// A stream, compressed.
pub(crate) fn deflated(mut dict: Dictionary, bytes: &[u8]) -> Stream {
    let mut stream = match packed(bytes) {
        Some(packed) => {
            dict.set("Filter", "FlateDecode");
            Stream::new(dict, packed)
        }
        None => Stream::new(dict, bytes.to_vec()),
    };
    stream.allows_compression = false;
    stream
}
