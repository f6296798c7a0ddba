//! Pictures in JPEG 2000: what the boxes around the code stream say of its channels, and their pixels.
//!
//! 1. [`Jpx::read`] reads the boxes (ISO/IEC 15444-1, Annex I): colour space, palette, which channel means what. A bare code stream has none.
//! 2. [`Jpx::space`] is the colour space that the data name, for a picture of which the PDF names none (ISO 32000-1, 7.4.9).
//! 3. [`Jpx::pixels`] has the code stream decoded by `hayro-jpeg2000`, component by component, and makes colours and opacity of it.

use hayro_jpeg2000::{DecodeSettings, Image};

use super::codestream::{Reader, Size, size};
use crate::guard::guarded;
use crate::space::Space;

/// A picture whose headers are read.
pub(crate) struct Jpx<'a> {
    codestream: &'a [u8],
    size: Size,
    colour: Colour<'a>,
    palette: Option<Palette>,
    /// Which component, or which column of the palette for its samples, each channel is.
    mapping: Vec<(usize, Option<usize>)>,
    definitions: Vec<Definition>,
}

/// How the colours are named (I.5.3.3).
#[derive(Clone, Copy)]
enum Colour<'a> {
    Enumerated(u32),
    Profile(&'a [u8]),
    Unsaid,
}

/// Colours by number (I.5.3.4).
struct Palette {
    depths: Vec<u8>,
    rows: Vec<Vec<u32>>,
}

/// What a channel means (I.5.3.6).
struct Definition {
    channel: usize,
    kind: u16,
    association: u16,
}

/// Enumerated spaces (I.5.3.3; ISO/IEC 15444-2, table M.25).
const CMYK: u32 = 12;
const SRGB: u32 = 16;
const GREY: u32 = 17;
const SYCC: u32 = 18;
const ROMM: u32 = 21;

/// Kinds of channels: a colour, how opaque it is, and that with the colours multiplied by it already.
const COLOUR: u16 = 0;
const OPACITY: u16 = 1;
const PREMULTIPLIED: u16 = 2;

/// Decoded pixels, a byte a part.
pub(super) struct Pixels {
    pub(super) width: usize,
    pub(super) height: usize,
    /// The parts of each colour, beside each other.
    pub(super) colours: Vec<u8>,
    /// How opaque each pixel is, where that was asked for and the data say it.
    pub(super) opacity: Option<Vec<u8>>,
}

/// What of a picture is wanted.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    /// How many parts a colour has.
    pub(super) parts: usize,
    /// Whether numbers of a palette are colours; else they stay numbers, for a table that the PDF has.
    pub(super) resolves: bool,
    /// Whether it is asked how opaque pixels are.
    pub(super) opacity: bool,
}

impl<'a> Jpx<'a> {
    /// Reads the headers.
    ///
    /// # Errors
    ///
    /// Why it is not taken, as the end of a sentence.
    pub(crate) fn read(data: &'a [u8]) -> Result<Self, String> {
        let mut found = Self {
            codestream: data,
            size: Size { width: 0, height: 0, depths: Vec::new() },
            colour: Colour::Unsaid,
            palette: None,
            mapping: Vec::new(),
            definitions: Vec::new(),
        };
        if !data.starts_with(b"\xff\x4f\xff\x51") {
            let mut codestream = None;
            for (kind, content) in boxes(data) {
                match kind {
                    b"jp2h" => found.header(content),
                    b"jp2c" if codestream.is_none() => codestream = Some(content),
                    _ => {}
                }
            }
            found.codestream = codestream.ok_or("is JPEG 2000 that cannot be read (it has no code stream)")?;
        }
        found.size = size(found.codestream)?;
        if found.mapping.is_empty() {
            found.mapping = match &found.palette {
                Some(palette) => (0..palette.depths.len()).map(|column| (0, Some(column))).collect(),
                None => (0..found.size.depths.len()).map(|component| (component, None)).collect(),
            };
        }
        Ok(found)
    }

    fn header(&mut self, bytes: &'a [u8]) {
        for (kind, content) in boxes(bytes) {
            let mut reader = Reader(content);
            match kind {
                // The first one that can be made use of.
                b"colr" if matches!(self.colour, Colour::Unsaid) => self.colour = colour(&mut reader).unwrap_or(Colour::Unsaid),
                b"pclr" => self.palette = palette(&mut reader),
                b"cmap" => {
                    let entry = |entry: &[u8]| Some((usize::from(u16::from_be_bytes([*entry.first()?, *entry.get(1)?])), *entry.get(2)?, *entry.get(3)?));
                    let entries = content.chunks_exact(4).filter_map(entry);
                    self.mapping = entries.map(|(component, kind, column)| (component, (kind == 1).then_some(usize::from(column)))).collect();
                }
                b"cdef" => {
                    let count = reader.u16().unwrap_or(0);
                    let mut one = || Some(Definition { channel: usize::from(reader.u16()?), kind: reader.u16()?, association: reader.u16()? });
                    self.definitions = (0..count).map_while(|_| one()).collect();
                }
                _ => {}
            }
        }
    }

    /// The colour space that the data name; one of the device by the count of channels where they name none (ISO 32000-1, 7.4.9).
    ///
    /// # Errors
    ///
    /// Why there is none, as the end of a sentence.
    pub(crate) fn space(&self) -> Result<Space, String> {
        let channels = self.mapping.len();
        let opacities = self.definitions.iter().filter(|definition| definition.kind != COLOUR).count();
        let of_device = |count: usize| match count {
            1 | 2 => Ok(Space::Grey),
            3 => Ok(Space::Rgb),
            4 => Ok(Space::Cmyk),
            _ => Err(format!("is JPEG 2000 with {channels} channels and no colour space")),
        };
        match self.colour {
            Colour::Enumerated(GREY) => Ok(Space::Grey),
            Colour::Enumerated(SRGB | SYCC) => Ok(Space::Rgb),
            Colour::Enumerated(CMYK) => Ok(Space::Cmyk),
            Colour::Enumerated(ROMM) => Ok(Space::romm()),
            Colour::Enumerated(number) => Err(format!("is JPEG 2000 in a colour space that is not converted (number {number} of its list)")),
            Colour::Profile(icc) => Space::of_profile(icc).map_or_else(|| of_device(channels.saturating_sub(opacities)), Ok),
            Colour::Unsaid => of_device(channels.saturating_sub(opacities)),
        }
    }

    /// The pixels.
    ///
    /// # Errors
    ///
    /// Why there are none, as the end of a sentence.
    pub(super) fn pixels(&self, wanted: Wanted) -> Result<Pixels, String> {
        let Size { width, height, depths } = &self.size;
        let samples = decoded(self.codestream)?;
        let channels = if wanted.resolves { self.mapping.clone() } else { (0..depths.len()).map(|component| (component, None)).collect() };
        let few = || format!("is JPEG 2000 with {} channels, which are too few for its colour space", channels.len());
        let places = (1..=wanted.parts).map(|part| self.place(COLOUR, part).unwrap_or(part - 1));
        let places = places.map(|place| channels.get(place).copied().ok_or_else(few)).collect::<Result<Vec<_>, _>>()?;
        let opacity = wanted.opacity.then(|| self.opacity(&channels, wanted.parts)).flatten();
        let opacity = opacity.map(|(place, is_premultiplied)| Ok::<_, String>((self.laid(&samples, &[place])?, is_premultiplied))).transpose()?;
        let same = places.iter().enumerate().all(|(at, place)| *place == (at, None)) && places.len() == depths.len();
        let mut colours = if same { samples } else { self.laid(&samples, &places)? };
        if !wanted.resolves {
            let depth = depths.first().copied().filter(|depth| *depth <= 8).ok_or("is JPEG 2000 with more than eight bits, which no table has")?;
            let steps = (1_u32 << depth) - 1;
            // A number of a table was made as bright as a sample of eight bits is.
            colours.iter_mut().for_each(|byte| *byte = ((u32::from(*byte) * steps + 127) / 255) as u8);
        } else if matches!(self.colour, Colour::Enumerated(SYCC)) && wanted.parts == 3 {
            colours.as_chunks_mut::<3>().0.iter_mut().for_each(|pixel| *pixel = of_sycc(*pixel));
        }
        if let Some((opacity, true)) = &opacity {
            for (pixel, opacity) in colours.chunks_exact_mut(wanted.parts.max(1)).zip(opacity) {
                pixel.iter_mut().for_each(|part| *part = (u32::from(*part) * 255 / u32::from(*opacity).max(1)).min(255) as u8);
            }
        }
        Ok(Pixels { width: *width, height: *height, colours, opacity: opacity.map(|(opacity, _)| opacity) })
    }

    /// The channel of a kind that is about a colour.
    fn place(&self, kind: u16, part: usize) -> Option<usize> {
        self.definitions.iter().find(|definition| definition.kind == kind && usize::from(definition.association) == part).map(|definition| definition.channel)
    }

    /// Which channel says how opaque the picture is, and whether the colours are multiplied by it. One that is about some of the colours is not asked.
    fn opacity(&self, channels: &[(usize, Option<usize>)], parts: usize) -> Option<((usize, Option<usize>), bool)> {
        let (place, is_premultiplied) = match (self.place(OPACITY, 0), self.place(PREMULTIPLIED, 0)) {
            (Some(place), _) => (place, false),
            (None, Some(place)) => (place, true),
            (None, None) if self.definitions.is_empty() => (parts, false),
            (None, None) => return None,
        };
        Some((*channels.get(place)?, is_premultiplied))
    }

    /// Samples of these channels beside each other.
    fn laid(&self, samples: &[u8], places: &[(usize, Option<usize>)]) -> Result<Vec<u8>, String> {
        let count = self.size.depths.len();
        let mut tables: Vec<(usize, Option<Vec<u8>>)> = Vec::new();
        for (component, column) in places {
            if *component >= count {
                return Err("is JPEG 2000 that cannot be read (it names a component that is not there)".to_owned());
            }
            tables.push((*component, column.map(|column| self.table(*component, column)).transpose()?));
        }
        let mut laid = Vec::with_capacity(samples.len() / count.max(1) * places.len());
        for pixel in samples.chunks_exact(count.max(1)) {
            for (component, table) in &tables {
                let sample = pixel.get(*component).copied().unwrap_or(0);
                laid.push(table.as_ref().map_or(sample, |table| table.get(usize::from(sample)).copied().unwrap_or(0)));
            }
        }
        Ok(laid)
    }

    /// A column of the palette by sample.
    fn table(&self, component: usize, column: usize) -> Result<Vec<u8>, String> {
        let depth = self.size.depths.get(component).copied().unwrap_or(8);
        let palette = self.palette.as_ref().filter(|palette| column < palette.depths.len() && depth <= 8);
        let palette = palette.ok_or("is JPEG 2000 that cannot be read (its palette is not one of eight bits)")?;
        let most = palette.depths.get(column).map_or(255, |depth| (1_u64 << depth) - 1);
        let steps = (1_usize << depth) - 1;
        let value = |sample: usize| {
            let row = palette.rows.get((sample * steps + 127) / 255).or(palette.rows.last());
            let value = row.and_then(|row| row.get(column)).map_or(0, |value| u64::from(*value));
            (value * 255 / most).min(255) as u8
        };
        Ok((0..=255).map(value).collect())
    }
}

/// The boxes of some bytes (I.4), up to one that is damaged.
fn boxes(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut reader = Reader(bytes);
    std::iter::from_fn(move || {
        let length = reader.u32()?;
        let kind = reader.take(4)?;
        let length = match length {
            0 => reader.0.len(),
            1 => {
                let (high, low) = (reader.u32()?, reader.u32()?);
                usize::try_from(u64::from(high) << 32 | u64::from(low)).ok()?.checked_sub(16)?
            }
            length => usize::try_from(length).ok()?.checked_sub(8)?,
        };
        // What is cut off may be enough.
        let content = reader.take(length.min(reader.0.len()))?;
        Some((kind, content))
    })
}

fn colour<'a>(reader: &mut Reader<'a>) -> Option<Colour<'a>> {
    let method = reader.u8()?;
    let _precedence_and_approximation = reader.u16()?;
    match method {
        1 => reader.u32().map(Colour::Enumerated),
        2 | 3 => Some(Colour::Profile(reader.0)),
        _ => None,
    }
}

fn palette(reader: &mut Reader) -> Option<Palette> {
    let (rows, columns) = (reader.u16()?, reader.u8()?);
    let depths: Vec<u8> = (0..columns).map(|_| reader.u8().map(|depth| (depth & 0x7f) + 1).filter(|depth| *depth <= 32)).collect::<Option<_>>()?;
    let number =
        |reader: &mut Reader, depth: u8| Some(reader.take(usize::from(depth).div_ceil(8))?.iter().fold(0, |value, byte| value << 8 | u32::from(*byte)));
    let row = |reader: &mut Reader| depths.iter().map(|depth| number(reader, *depth)).collect::<Option<Vec<u32>>>();
    let rows = (0..rows).map_while(|_| row(reader)).collect();
    Some(Palette { depths, rows })
}

/// The samples of all components beside each other, a byte a sample. The boxes that are put around say of the channels nothing, so that they come as they are.
fn decoded(codestream: &[u8]) -> Result<Vec<u8>, String> {
    let mut bytes = b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 \0\0\0\0jp2 \0\0\0\x13jp2h\0\0\0\x0bcolr\0\0\0\0\0\0\0jp2c".to_vec();
    bytes.extend_from_slice(codestream);
    let decode = || Image::new(&bytes, &DecodeSettings { resolve_palette_indices: false, strict: false, target_resolution: None })?.decode();
    match guarded(decode) {
        Some(Ok(samples)) => Ok(samples),
        Some(Err(error)) => Err(format!("is JPEG 2000 that cannot be read ({error})")),
        None => Err("is JPEG 2000 that cannot be read (it is damaged)".to_owned()),
    }
}

/// A colour of sYCC as sRGB (IEC 61966-2-1, Annex G).
fn of_sycc([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let (y, cb, cr) = (f32::from(y), f32::from(cb) - 128.0, f32::from(cr) - 128.0);
    [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb].map(|part| part.round().clamp(0.0, 255.0) as u8)
}
