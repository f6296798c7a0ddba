//! The headers of a code stream of JPEG 2000 (ISO/IEC 15444-1, Annex A): how large the picture is, and how much memory it takes to decode it.
//!
//! A few bytes can say that a picture has thousands of millions of samples, each in a block of its own. A decoder believes them; so they are counted before it sees them.

/// The most bytes that a decoder may need: what a page of A4 in three colours at 600 dots to the inch needs, and half as much again.
const MAX_BYTES: u64 = 2 << 30;

/// The most components: as many as a colour space of a PDF has parts, and an opacity.
const MAX_COMPONENTS: u16 = 33;

/// The most tiles, which a number of two bytes counts (A.4.2).
const MAX_TILES: u64 = 65_535;

/// The most layers that the decoder takes.
const MAX_LAYERS: u64 = 32;

/// What a sample, a component of a tile, a precinct, a code block and a layer of a block take in the decoder, in bytes; rather more than less.
const SAMPLE: u64 = 12;
const TILE_COMPONENT: u64 = 700;
const PRECINCT: u64 = 512;
const BLOCK: u64 = 128;
const LAYER: u64 = 24;

/// The size of a picture, and the bits of each component.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) depths: Vec<u8>,
}

/// Bytes that are read one after the other.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.take(2)?.try_into().ok().map(u16::from_be_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_be_bytes)
    }
}

/// Reads the headers.
///
/// # Errors
///
/// Why the picture is not decoded, as the end of a sentence.
pub(super) fn size(codestream: &[u8]) -> Result<Size, String> {
    let damaged = || "is JPEG 2000 that cannot be read (its header is damaged)".to_owned();
    let mut reader = Reader(codestream);
    let grid = Grid::read(&mut reader).ok_or_else(damaged)?;
    let mut needed = grid.samples().saturating_mul(SAMPLE);
    needed = needed.saturating_add(grid.tiles().saturating_mul(grid.depths.len() as u64).saturating_mul(TILE_COMPONENT));
    let mut dearest = 0;
    styles(reader.0, grid.depths.len(), &mut |style| dearest = style.cost(&grid).max(dearest));
    needed = needed.saturating_add(dearest.saturating_mul(grid.depths.len() as u64));
    if grid.tiles() > MAX_TILES || needed > MAX_BYTES {
        return Err("is JPEG 2000 with more pixels than are taken".to_owned());
    }
    let side = |length: u64| usize::try_from(length).map_err(|_| damaged());
    Ok(Size { width: side(grid.width())?, height: side(grid.height())?, depths: grid.depths })
}

/// What the marker SIZ says (A.5.1).
struct Grid {
    /// The far corner of the grid, the near corner of the picture, the size of a tile, the near corner of the first one.
    end: [u64; 2],
    start: [u64; 2],
    tile: [u64; 2],
    first: [u64; 2],
    /// By how much all components are coarser than the grid.
    step: [u64; 2],
    depths: Vec<u8>,
}

impl Grid {
    fn read(reader: &mut Reader) -> Option<Self> {
        if reader.u16()? != 0xff4f || reader.u16()? != 0xff51 {
            return None;
        }
        let _length_and_capabilities = reader.u32()?;
        let mut pair = || Some([u64::from(reader.u32()?), u64::from(reader.u32()?)]);
        let (end, start, tile, first) = (pair()?, pair()?, pair()?, pair()?);
        let count = reader.u16()?;
        let mut components = Vec::new();
        for _ in 0..count.min(MAX_COMPONENTS + 1) {
            components.push((reader.u8()?, [u64::from(reader.u8()?), u64::from(reader.u8()?)]));
        }
        let step = components.first().map_or([1, 1], |(_, step)| *step);
        let step = if components.iter().all(|(_, other)| *other == step) { step } else { [1, 1] };
        let is_sound = (0..2).all(|axis| {
            start[axis] < end[axis] && end[axis] < 1 << 31 && first[axis] <= start[axis] && tile[axis] > 0 && first[axis] + tile[axis] > start[axis]
        });
        let are_sound = components.iter().all(|(_, step)| step.iter().all(|step| *step > 0));
        let depths = components.iter().map(|(depth, _)| (depth & 0x7f) + 1).collect();
        (is_sound && are_sound && (1..=MAX_COMPONENTS).contains(&count)).then_some(Self { end, start, tile, first, step, depths })
    }

    fn side(&self, axis: usize) -> u64 {
        (self.end[axis] - self.start[axis]).div_ceil(self.step[axis])
    }

    fn width(&self) -> u64 {
        self.side(0)
    }

    fn height(&self) -> u64 {
        self.side(1)
    }

    fn samples(&self) -> u64 {
        self.width().saturating_mul(self.height()).saturating_mul(self.depths.len() as u64)
    }

    /// How many tiles stand beside each other.
    fn row(&self, axis: usize) -> u64 {
        (self.end[axis] - self.first[axis]).div_ceil(self.tile[axis])
    }

    fn tiles(&self) -> u64 {
        self.row(0).saturating_mul(self.row(1))
    }
}

/// Into which blocks the coefficients are cut (A.6.1): levels, layers, and the logarithms of the sides.
struct Style {
    layers: u64,
    levels: u8,
    block: [u32; 2],
    precincts: Vec<[u32; 2]>,
}

impl Style {
    /// Reads the part that COD and COC have in common.
    fn read(reader: &mut Reader, has_precincts: bool, layers: u64) -> Option<Self> {
        let levels = reader.u8()?.min(32);
        let block = [u32::from(reader.u8()?) + 2, u32::from(reader.u8()?) + 2];
        let _style_and_transformation = reader.u16()?;
        let precinct = |byte: u8| [u32::from(byte & 15), u32::from(byte >> 4)];
        let precincts = (0..=levels).map(|_| if has_precincts { reader.u8().map(precinct) } else { Some([15, 15]) }).collect::<Option<_>>()?;
        Some(Self { layers: layers.min(MAX_LAYERS), levels, block, precincts })
    }

    /// What the blocks of a component take, in bytes, at most.
    fn cost(&self, grid: &Grid) -> u64 {
        let of = |(level, precinct): (usize, &[u32; 2])| {
            let coarser = u32::try_from(level).map_or(0, |level| u32::from(self.levels).saturating_sub(level));
            let (mut precincts, mut blocks) = (1_u64, 1_u64);
            for (axis, (precinct, block)) in precinct.iter().zip(self.block).enumerate() {
                let length = grid.side(axis) >> coarser;
                let across = (length >> precinct) + grid.row(axis) + 1;
                precincts = precincts.saturating_mul(across);
                // A block is no larger than its precinct.
                blocks = blocks.saturating_mul((length >> block.min(*precinct)) + across);
            }
            precincts.saturating_mul(PRECINCT).saturating_add(blocks.saturating_mul(BLOCK + LAYER * self.layers))
        };
        self.precincts.iter().enumerate().map(of).fold(0, u64::saturating_add)
    }
}

/// Each style of coding, of the main header and of those of tiles.
fn styles(bytes: &[u8], components: usize, found: &mut impl FnMut(Style)) {
    let mut reader = Reader(bytes);
    let (mut tile_end, mut layers) = (0, 1);
    while let Some(marker) = reader.u16() {
        match marker {
            // The data of a part of a tile, up to where the part ends.
            0xff93 => {
                let skipped = reader.0.len().saturating_sub(tile_end);
                let _ = reader.take(skipped);
            }
            0xff30..=0xff3f => {}
            0xff4f.. if marker != 0xffd9 => {
                let rest = reader.0.len() + 2;
                let Some(mut segment) = reader.u16().and_then(|length| reader.take(usize::from(length).checked_sub(2)?)).map(Reader) else { return };
                match marker {
                    0xff90 => {
                        let length = segment.u16().and_then(|_| segment.u32()).and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
                        tile_end = if length == 0 { 0 } else { rest.saturating_sub(length) };
                    }
                    0xff52 => {
                        let flags = segment.u8().unwrap_or(0);
                        let _progression = segment.u8();
                        layers = segment.u16().map_or(1, u64::from);
                        let _transformation = segment.u8();
                        let _ = Style::read(&mut segment, flags & 1 != 0, layers).map(&mut *found);
                    }
                    0xff53 => {
                        let _component = segment.take(if components < 257 { 1 } else { 2 });
                        let flags = segment.u8().unwrap_or(0);
                        let _ = Style::read(&mut segment, flags & 1 != 0, layers).map(&mut *found);
                    }
                    _ => {}
                }
            }
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A header that says how large the grid and a tile are, with so many components, in blocks of so many precincts.
    fn header(size: u32, tile: u32, components: u16, precinct: Option<u8>, layers: u16) -> Vec<u8> {
        let mut bytes = vec![0xff, 0x4f, 0xff, 0x51];
        bytes.extend_from_slice(&(38 + 3 * components).to_be_bytes());
        bytes.extend_from_slice(&[0, 0]);
        for number in [size, size, 0, 0, tile, tile, 0, 0] {
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        bytes.extend_from_slice(&components.to_be_bytes());
        bytes.extend((0..components).flat_map(|_| [7, 1, 1]));
        bytes.extend_from_slice(&[0xff, 0x52, 0, if precinct.is_some() { 13 } else { 12 }, u8::from(precinct.is_some()), 0]);
        bytes.extend_from_slice(&layers.to_be_bytes());
        bytes.extend_from_slice(&[0, 0, 4, 4, 0, 1]);
        bytes.extend(precinct);
        bytes
    }

    #[test]
    fn what_a_decoder_would_need_is_counted() {
        let taken = |bytes: &[u8]| size(bytes).map(|size| (size.width, size.depths.len()));
        assert_eq!(taken(&header(5_000, 5_000, 3, None, 1)), Ok((5_000, 3)));
        assert_eq!(taken(&header(5_000, 256, 3, Some(0x77), 5)), Ok((5_000, 3)));
        for vast in [
            header(60_000, 60_000, 3, None, 1),
            header(0x7fff_ffff, 0x7fff_ffff, 1, None, 1),
            // Tiles of a pixel, precincts of a pixel, blocks in many layers.
            header(1_000, 1, 1, None, 1),
            header(4_000, 4_000, 3, Some(0x00), 1),
            header(6_000, 6_000, 1, Some(0x11), 32),
        ] {
            assert!(taken(&vast).is_err_and(|why| why.contains("more pixels")), "{vast:?}");
        }
        for damaged in [header(0, 1, 1, None, 1), header(9, 0, 1, None, 1), header(9, 9, 0, None, 1), header(9, 9, 99, None, 1), b"\xff\x4f".to_vec()] {
            assert!(taken(&damaged).is_err_and(|why| why.contains("damaged")), "{damaged:?}");
        }
    }

    #[test]
    fn the_headers_of_tiles_count_too() {
        let mut bytes = header(4_000, 4_000, 3, None, 1);
        assert!(size(&bytes).is_ok());
        // Two parts of a tile; the second has a style of its own, precincts of a pixel.
        bytes.extend_from_slice(&[0xff, 0x90, 0, 10, 0, 0, 0, 0, 0, 16, 0, 1, 0xff, 0x93, 1, 2]);
        bytes.extend_from_slice(&[0xff, 0x90, 0, 10, 0, 0, 0, 0, 0, 0, 1, 1, 0xff, 0x52, 0, 13, 1, 0, 0, 1, 0, 0, 4, 4, 0, 1, 0, 0xff, 0x93]);
        assert!(size(&bytes).is_err());
    }
}
