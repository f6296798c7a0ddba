//! Pictures of black and white, as faxes pack them: ITU-T T.4 and T.6 (`CCITTFaxDecode`) and JBIG2, unpacked to rows of bits that begin at a byte.
//!
//! `hayro-ccitt` and `hayro-jbig2` decode. How large a picture and its parts are stands in a few bytes, which are read before anything is made room for.

use hayro_ccitt::{DecodeSettings, EncodingMode};
use hayro_jbig2::Image;
use lopdf::{Dictionary, Document, Object};

use super::codestream::Reader;
use crate::guard::guarded;
use crate::read::decoded;

/// The most pixels of all parts of a picture together; to look at so many takes seconds.
const MAX_PIXELS: u64 = 1 << 30;

/// Rows of bits, as they are decoded.
struct Rows {
    bytes: Vec<u8>,
    stride: usize,
    /// How many bits of the last row there are.
    at: usize,
}

impl Rows {
    fn new(width: usize) -> Self {
        Self { bytes: Vec::new(), stride: width.div_ceil(8), at: 0 }
    }

    /// Adds so many bits of one kind to the last row.
    fn push(&mut self, is_set: bool, count: usize) {
        if count == 0 {
            return;
        }
        if self.at == 0 {
            self.bytes.resize(self.bytes.len() + self.stride, 0);
        }
        let end = (self.at + count).min(self.stride * 8);
        if is_set {
            let start = self.bytes.len() - self.stride;
            let mut at = self.at;
            while at < end {
                let (whole, place) = (at.is_multiple_of(8) && end - at >= 8, start + at / 8);
                if let Some(byte) = self.bytes.get_mut(place) {
                    *byte |= if whole { 0xff } else { 0x80 >> (at % 8) };
                }
                at += if whole { 8 } else { 1 };
            }
        }
        self.at = end;
    }
}

impl hayro_ccitt::Decoder for Rows {
    fn push_pixels(&mut self, white: bool, count: u32) {
        self.push(white, count as usize);
    }

    fn next_line(&mut self) {
        self.at = 0;
    }
}

impl hayro_jbig2::Decoder for Rows {
    fn push_pixel(&mut self, black: bool) {
        self.push(!black, 1);
    }

    fn push_pixel_chunk(&mut self, black: bool, chunk_count: u32) {
        self.push(!black, chunk_count as usize * 8);
    }

    fn next_line(&mut self) {
        self.at = 0;
    }
}

/// Unpacks a fax (ISO 32000-1, 7.4.6). The rows that come before damage are given.
///
/// # Errors
///
/// Why there are none, as the end of a sentence.
pub(super) fn ccitt(document: &Document, data: &[u8], parameters: Option<&Dictionary>, height: usize) -> Result<Vec<u8>, String> {
    let entry = |key: &[u8]| parameters.and_then(|parameters| parameters.get_deref(key, document).ok());
    let number = |key: &[u8]| entry(key).and_then(|number| number.as_i64().ok());
    let flag = |key: &[u8], otherwise: bool| entry(key).and_then(|flag| flag.as_bool().ok()).unwrap_or(otherwise);
    let size = |number: i64| u32::try_from(number).ok().filter(|size| *size > 0);
    let columns = size(number(b"Columns").unwrap_or(1_728));
    let rows = number(b"Rows").and_then(size).or(u32::try_from(height).ok());
    let (Some(columns), Some(rows)) = (columns, rows) else { return Err("is a fax without a size".to_owned()) };
    if u64::from(columns) * u64::from(rows) > MAX_PIXELS {
        return Err("has more pixels than are taken".to_owned());
    }
    let settings = DecodeSettings {
        columns,
        rows,
        end_of_block: flag(b"EndOfBlock", true),
        end_of_line: flag(b"EndOfLine", false),
        rows_are_byte_aligned: flag(b"EncodedByteAlign", false),
        encoding: match number(b"K").unwrap_or(0) {
            0 => EncodingMode::Group3_1D,
            k => u32::try_from(k).map_or(EncodingMode::Group4, |k| EncodingMode::Group3_2D { k }),
        },
        invert_black: flag(b"BlackIs1", false),
    };
    let mut unpacked = Rows::new(columns as usize);
    let done = guarded(|| hayro_ccitt::decode(data, &mut unpacked, &mut hayro_ccitt::DecoderContext::new(settings)));
    match done {
        None => Err("is a fax that cannot be read".to_owned()),
        Some(Err(error)) if unpacked.bytes.len() <= unpacked.stride => Err(format!("is a fax that cannot be read ({error})")),
        Some(_) => Ok(unpacked.bytes),
    }
}

/// Unpacks JBIG2 (7.4.7), with the segments that several pictures share, to rows as long as the PDF says.
///
/// # Errors
///
/// Why there are none, as the end of a sentence.
pub(super) fn jbig2(document: &Document, data: &[u8], parameters: Option<&Dictionary>, stride: usize) -> Result<Vec<u8>, String> {
    let shared = parameters.and_then(|parameters| parameters.get_deref(b"JBIG2Globals", document).ok()).and_then(|stream| stream.as_stream().ok());
    let shared = shared.map(decoded).transpose()?;
    let pixels = [shared.as_deref().unwrap_or_default(), data].iter().map(|segments| pixels(segments)).fold(0, u64::saturating_add);
    if pixels > MAX_PIXELS {
        return Err("is JBIG2 with more pixels than are taken".to_owned());
    }
    let done = guarded(|| {
        let image = Image::new_embedded(data, shared.as_deref())?;
        let mut rows = Rows::new(image.width() as usize);
        image.decode(&mut rows)?;
        Ok::<_, hayro_jbig2::DecodeError>(rows)
    });
    let rows = match done {
        Some(Ok(rows)) => rows,
        Some(Err(error)) => return Err(format!("is JBIG2 that cannot be read ({error})")),
        None => return Err("is JBIG2 that cannot be read (it is damaged)".to_owned()),
    };
    if rows.stride == stride {
        return Ok(rows.bytes);
    }
    let fitted = |row: &[u8]| (0..stride).map(|at| row.get(at).copied().unwrap_or(0xff)).collect::<Vec<_>>();
    Ok(rows.bytes.chunks_exact(rows.stride.max(1)).flat_map(fitted).collect())
}

/// How many pixels the page, the regions, the grids and the signs of segments say they have (ITU-T T.88, 7.4). What the symbols of a dictionary have, their coded data
/// alone know.
fn pixels(segments: &[u8]) -> u64 {
    let mut reader = Reader(segments);
    let mut count = 0_u64;
    while let Some((kind, data)) = segment(&mut reader) {
        count = count.saturating_add(own_pixels(kind, &mut Reader(data)).unwrap_or(0));
    }
    count
}

fn own_pixels(kind: u8, data: &mut Reader) -> Option<u64> {
    // A page that does not say how high it is can have as many rows as the decoder takes.
    let (width, height) = match kind {
        4 | 6 | 7 | 20 | 22 | 23 | 36 | 38..=40 | 42 | 43 => (data.u32()?, data.u32()?),
        48 => (data.u32()?, data.u32().map(|height| if height == u32::MAX { 65_535 } else { height })?),
        _ => return Some(0),
    };
    let area = u64::from(width) * u64::from(height);
    let more = match kind {
        // Each sign is looked for in a dictionary (7.4.3.1).
        4 | 6 | 7 => {
            let _place = data.take(9)?;
            let flags = data.u16()?;
            let _more_flags = data.take(if flags & 1 != 0 { 2 } else { 0 } + if flags & 0x8002 == 2 { 4 } else { 0 })?;
            u64::from(data.u32()?).saturating_mul(64)
        }
        // The grid has a number for each pattern (7.4.5.1).
        20 | 22 | 23 => {
            let _place_and_flags = data.take(10)?;
            u64::from(data.u32()?).saturating_mul(u64::from(data.u32()?)).saturating_mul(32)
        }
        _ => 0,
    };
    Some(area.saturating_add(more))
}

/// The kind of the next segment, and its data (7.2).
fn segment<'a>(reader: &mut Reader<'a>) -> Option<(u8, &'a [u8])> {
    let number = reader.u32()?;
    let flags = reader.u8()?;
    let short = reader.u8()?;
    let references = if short >> 5 == 7 {
        let more = reader.take(3)?;
        let count = more.iter().fold(usize::from(short & 31), |count, byte| count << 8 | usize::from(*byte));
        let _retained = reader.take((count + 1).div_ceil(8))?;
        count
    } else {
        usize::from(short >> 5)
    };
    let size = match number {
        0..=256 => 1,
        257..=65_536 => 2,
        _ => 4,
    };
    let _references = reader.take(references.checked_mul(size)?)?;
    let _page = reader.take(if flags & 0x40 == 0 { 1 } else { 4 })?;
    let length = reader.u32()?;
    let length = if length == u32::MAX { unsaid(reader.0)? } else { usize::try_from(length).ok()? };
    Some((flags & 0x3f, reader.take(length)?))
}

/// The length of a region that does not say it: it goes on to the end of its code, and four bytes (7.2.7).
fn unsaid(data: &[u8]) -> Option<usize> {
    let end: [u8; 2] = if data.get(17)? & 1 == 1 { [0, 0] } else { [0xff, 0xac] };
    let at = data.get(18..)?.windows(2).position(|pair| pair == end)?;
    Some(18 + at + 6)
}

/// The parameters of the last filter of a stream.
pub(super) fn parameters<'a>(document: &'a Document, dict: &'a Dictionary) -> Option<&'a Dictionary> {
    let own = dict.get_deref(b"DecodeParms", document).or_else(|_| dict.get_deref(b"DP", document)).ok()?;
    match own {
        Object::Array(list) => document.dereference(list.last()?).ok()?.1.as_dict().ok(),
        own => own.as_dict().ok(),
    }
}
