//! The pixels of a picture, unpacked: JPEG, JPEG 2000 and faxes by decoders of their own, the rest by `lopdf`.

use lopdf::{Dictionary, Document, Object, Stream};

use super::jpx::{Jpx, Pixels, Wanted};
use super::{fax, jpeg};
use crate::function::bits_at;
use crate::read::{decoded, floats};
use crate::space::Space;

/// The most bytes of a picture once it is decoded.
pub(super) const MAX_BYTES: usize = 1 << 30;

/// Pixels, a byte a part.
pub(super) struct Samples {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) parts: usize,
    pub(super) bytes: Vec<u8>,
    /// How opaque each pixel is, where the picture's own data say it and the PDF asks for it.
    pub(super) opacity: Option<Vec<u8>>,
}

/// The filters of a stream, by their long names.
pub(super) fn filters(document: &Document, dict: &Dictionary) -> Vec<Vec<u8>> {
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

/// A size of a picture, by its long name and its short one.
fn size(document: &Document, dict: &Dictionary, long: &[u8], short: &[u8]) -> Option<usize> {
    let number = dict.get_deref(long, document).or_else(|_| dict.get_deref(short, document)).ok().and_then(|size| size.as_i64().ok());
    number.and_then(|size| usize::try_from(size).ok()).filter(|size| *size > 0)
}

/// Width and height, if so many pixels of so many parts are taken.
fn measured(document: &Document, dict: &Dictionary, parts: usize) -> Result<(usize, usize), String> {
    let side = |long: &[u8], short: &[u8]| size(document, dict, long, short);
    let (Some(width), Some(height)) = (side(b"Width", b"W"), side(b"Height", b"H")) else { return Err("has no size".to_owned()) };
    width.checked_mul(height).and_then(|area| area.checked_mul(parts)).filter(|size| *size <= MAX_BYTES).ok_or("has more pixels than are taken")?;
    Ok((width, height))
}

/// Decodes a picture.
///
/// # Errors
///
/// Why it cannot be, as the end of a sentence.
pub(super) fn samples(document: &Document, stream: &Stream, space: &Space, filters: &[Vec<u8>]) -> Result<Samples, String> {
    let dict = &stream.dict;
    let parts = space.parts();
    let (mut width, mut height) = measured(document, dict, parts)?;
    let mut bytes = match filters.last().map(Vec::as_slice) {
        // The decoder says how large the picture is and how its samples are to be read, and `Decode` is not asked (ISO 32000-1, 7.4.9).
        Some(b"JPXDecode") => return unpacked_jpx(document, stream, filters, parts, true),
        Some(b"DCTDecode") => {
            // Its own size is what room is made for, and need not be that of the PDF.
            let (wide, high, pixels) = jpeg::pixels(&without_last_filter(stream, filters)?, parts)?;
            (width, height) = (wide, high);
            pixels
        }
        last => {
            let is_fax = matches!(last, Some(b"CCITTFaxDecode" | b"JBIG2Decode"));
            let bits = if is_fax { 1 } else { size(document, dict, b"BitsPerComponent", b"BPC").unwrap_or(8) };
            let data = if is_fax { fax_bits(document, stream, filters, parts)?.2 } else { decoded(stream)? };
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
    Ok(Samples { width, height, parts, bytes, opacity: None })
}

/// Decodes JPEG 2000: colours of so many parts, or numbers of a table.
///
/// # Errors
///
/// Why it cannot be, as the end of a sentence.
pub(super) fn unpacked_jpx(document: &Document, stream: &Stream, filters: &[Vec<u8>], parts: usize, resolves: bool) -> Result<Samples, String> {
    let data = without_last_filter(stream, filters)?;
    let asks = stream.dict.get_deref(b"SMaskInData", document).is_ok_and(|kind| kind.as_i64().is_ok_and(|kind| kind > 0));
    let Pixels { width, height, colours, opacity } = Jpx::read(&data)?.pixels(Wanted { parts, resolves, opacity: asks })?;
    // What is opaque everywhere lets nothing through.
    let opacity = opacity.filter(|opacity| opacity.iter().any(|byte| *byte < 255));
    Ok(Samples { width, height, parts, bytes: colours, opacity })
}

/// Decodes a fax to its rows of bits, with the size that the PDF says.
///
/// # Errors
///
/// Why it cannot be, as the end of a sentence.
pub(super) fn fax_bits(document: &Document, stream: &Stream, filters: &[Vec<u8>], parts: usize) -> Result<(usize, usize, Vec<u8>), String> {
    let (width, height) = measured(document, &stream.dict, parts)?;
    let data = without_last_filter(stream, filters)?;
    let parameters = fax::parameters(document, &stream.dict);
    let bits = match filters.last().map(Vec::as_slice) {
        Some(b"JBIG2Decode") => fax::jbig2(document, &data, parameters, (width * parts).div_ceil(8))?,
        _ => fax::ccitt(document, &data, parameters, height)?,
    };
    Ok((width, height, bits))
}

/// The data of a stream whose last filter is that of a picture, without the filters before.
pub(super) fn without_last_filter(stream: &Stream, filters: &[Vec<u8>]) -> Result<Vec<u8>, String> {
    if filters.len() <= 1 {
        return Ok(stream.content.clone());
    }
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
