//! The pixels of a JPEG, by `zune-jpeg`, which has no way from luminance and colour differences to inks: that is here.
//!
//! 1. The headers say how large the picture is, which need not be what the PDF says, and what its four parts are.
//! 2. Colours are asked for as red, green and blue, inks as they are in the data.
//! 3. Inks that are packed as luminance, two colour differences and black become inks ([`inks`]). What is upside down, as Adobe's programs write it, is
//!    told by the picture's `Decode`, and is turned there.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::samples::MAX_BYTES;

/// The longest side that is read, which is the longest that a JPEG can have.
const MAX_SIDE: usize = 1 << 16;

/// The most pixels that a byte can stand for: a block of eight by eight takes a bit at least (ITU-T T.81, F.1.2). Twice that would be a picture of which half is
/// missing, and to make room for all that it says it has would be to believe it.
const MOST_A_BYTE: usize = 2 * 8 * 64;

/// Width, height and pixels of so many parts, a byte a part.
///
/// # Errors
///
/// Why there are none, as the end of a sentence.
pub(super) fn pixels(jpeg: &[u8], parts: usize) -> Result<(usize, usize, Vec<u8>), String> {
    let unread = |error| format!("is a JPEG that cannot be read ({error})");
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGB).set_max_width(MAX_SIDE).set_max_height(MAX_SIDE);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options);
    decoder.decode_headers().map_err(unread)?;
    let (width, height) = decoder.dimensions().ok_or("has no size")?;
    if width * height * parts > MAX_BYTES {
        return Err("has more pixels than are taken".to_owned());
    }
    if jpeg.len() < width * height / MOST_A_BYTE {
        return Err("has data for less than half of its pixels".to_owned());
    }
    let wanted = match (parts, decoder.input_colorspace()) {
        (4, Some(packed @ (ColorSpace::CMYK | ColorSpace::YCCK))) => packed,
        (4, _) => return Err("is a JPEG of other colours than inks".to_owned()),
        _ => ColorSpace::RGB,
    };
    decoder.set_options(options.jpeg_set_out_colorspace(wanted));
    let mut pixels = decoder.decode().map_err(unread)?;
    if decoder.output_colorspace() != Some(wanted) {
        return Err("is a JPEG of inks that cannot be converted".to_owned());
    }
    if wanted == ColorSpace::YCCK {
        pixels.as_chunks_mut::<4>().0.iter_mut().for_each(inks);
    }
    Ok((width, height, pixels))
}

/// Luminance and colour differences as cyan, magenta and yellow; black stands beside them as it is (ISO 32000-1, 7.4.8).
fn inks(pixel: &mut [u8; 4]) {
    let [y, cb, cr, k] = pixel.map(f32::from);
    let (blue, red) = (cb - 128.0, cr - 128.0);
    let light = [y + 1.402 * red, y - 0.344_136 * blue - 0.714_136 * red, y + 1.772 * blue];
    let [c, m, y] = light.map(|part| 255.0 - part.round().clamp(0.0, 255.0));
    *pixel = [c, m, y, k].map(|ink| ink as u8);
}
