//! Pictures made of pixels: read whole within bounds, and made into what both outputs take.
//!
//! 1. PNG, JPEG and GIF stay as they are, but for a JPEG in the colours of the press: PDF/A takes it only with a profile, and readers show it wrong.
//! 2. TIFF, WebP and BMP, which the engine or an e-book does not take, become PNG, or JPEG where that is much smaller.
//! 3. A picture that is larger than print can show is scaled down: the same pixels on every machine.
//! 4. Screens get a version of their own where that saves ([`screen`]).

mod screen;

use std::io::Cursor;

use article::picture::{Format, Picture, Smaller};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

pub(super) use self::screen::Screen;
use self::screen::{SMALL, for_large_screen, for_screen, for_screens_alone, is_photograph};

/// The largest width and height, in pixels.
const MAX_SIDE: u32 = 32_768;

/// The most memory that decoding one may take, in bytes.
const MAX_DECODED: u64 = 512 << 20;

/// The longest side on a page, in pixels: 340 mm at 300 dots to the inch, more than any measure.
const PAGE_SIDE: u32 = 4_000;

/// A PNG that is larger becomes a JPEG where that has less than half its size, in bytes.
const LARGE: usize = 1 << 20;

/// The quality of the JPEGs that are made for pages, of a hundred.
const QUALITY: u8 = 90;

/// Reads a picture, still without its name.
///
/// # Errors
///
/// Why it is not taken, as the end of a sentence.
pub(super) fn read(bytes: Vec<u8>, format: ImageFormat, screen: Screen) -> Result<Picture, String> {
    let (pixels, orientation) = decode(&bytes, format)?;
    let size = (pixels.width(), pixels.height());
    let long = size.0.max(size.1);
    let kept = match format {
        ImageFormat::Png => Some(Format::Png),
        ImageFormat::Jpeg if !is_cmyk(&bytes) => Some(Format::Jpeg),
        // What moves is not scaled.
        ImageFormat::Gif => return Ok(Picture { name: String::new(), format: Format::Gif, bytes, size: Some(size), smaller: None }),
        _ => None,
    };
    if let Some(format) =
        kept.filter(|format| long <= screen.side.min(PAGE_SIDE) && bytes.len() <= screen.share && (*format == Format::Jpeg || bytes.len() <= SMALL))
    {
        return Ok(Picture { name: String::new(), format, bytes, size: Some(size), smaller: None });
    }
    let came_as_photograph = format == ImageFormat::Jpeg;
    let photograph = screen.wanted && (came_as_photograph || is_photograph(&pixels));
    let picture = match kept.filter(|_| long <= PAGE_SIDE) {
        Some(format) => {
            let smaller = if screen.wanted { for_screen(turned(pixels, orientation), photograph, screen, &bytes)? } else { None };
            Picture { name: String::new(), format, bytes, size: Some(size), smaller }
        }
        // No page asks for it, so that it is written once.
        None if screen.wanted && !screen.pages => {
            let Smaller { format, bytes, size } = for_large_screen(turned(pixels, orientation), photograph, screen)?;
            Picture { name: String::new(), format, bytes, size: Some(size), smaller: None }
        }
        None => for_page(turned(pixels, orientation), photograph, came_as_photograph, screen)?,
    };
    Ok(if screen.pages { picture } else { for_screens_alone(picture) })
}

/// A picture that is written anew: for a page no larger than print can show, and for screens as large as they ask.
fn for_page(pixels: DynamicImage, photograph: bool, came_as_photograph: bool, screen: Screen) -> Result<Picture, String> {
    let large = screen.wanted && screen.side > PAGE_SIDE && pixels.width().max(pixels.height()) > PAGE_SIDE;
    let for_larger_screen = if large { Some(pixels.clone()) } else { None };
    let shown = scaled(pixels, PAGE_SIDE);
    let (bytes, format) = encode(&shown, came_as_photograph)?;
    let size = Some((shown.width(), shown.height()));
    let smaller = match for_larger_screen {
        Some(pixels) => Some(for_large_screen(pixels, photograph, screen)?),
        None if screen.wanted => for_screen(shown, photograph, screen, &bytes)?,
        None => None,
    };
    Ok(Picture { name: String::new(), format, bytes, size, smaller })
}

/// A picture the way up that its file says.
fn turned(mut pixels: DynamicImage, orientation: Orientation) -> DynamicImage {
    pixels.apply_orientation(orientation);
    pixels
}

/// The pixels of a picture, and how it is to be turned.
fn decode(bytes: &[u8], format: ImageFormat) -> Result<(DynamicImage, Orientation), String> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_DECODED);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let read = || {
        let mut decoder = reader.into_decoder()?;
        let orientation = decoder.orientation()?;
        let size = decoder.total_bytes();
        if size > MAX_DECODED {
            return Err(ImageError::Limits(image::error::LimitError::from_kind(image::error::LimitErrorKind::InsufficientMemory)));
        }
        Ok((DynamicImage::from_decoder(decoder)?, orientation))
    };
    read().map_err(|error| match error {
        ImageError::Limits(_) => format!("is larger than {MAX_SIDE} pixels a side, or than {} MiB decoded", MAX_DECODED >> 20),
        ImageError::Unsupported(_) => "is of a kind that is not taken".to_owned(),
        ImageError::Decoding(_) | ImageError::Encoding(_) | ImageError::Parameter(_) | ImageError::IoError(_) => "is damaged or cut off".to_owned(),
    })
}

/// A picture whose longer side is at most this.
fn scaled(pixels: DynamicImage, side: u32) -> DynamicImage {
    if pixels.width().max(pixels.height()) <= side { pixels } else { pixels.thumbnail(side, side) }
}

/// A picture as PNG, or as JPEG where that is much smaller or where it was one.
fn encode(pixels: &DynamicImage, photograph: bool) -> Result<(Vec<u8>, Format), String> {
    let opaque = !pixels.color().has_alpha();
    if photograph && opaque {
        return Ok((encode_as(pixels, Format::Jpeg, QUALITY)?, Format::Jpeg));
    }
    let png = encode_as(pixels, Format::Png, QUALITY)?;
    if opaque && png.len() > LARGE {
        let jpeg = encode_as(pixels, Format::Jpeg, QUALITY)?;
        if jpeg.len() < png.len() / 2 {
            return Ok((jpeg, Format::Jpeg));
        }
    }
    Ok((png, Format::Png))
}

/// A picture in a format, eight bits a channel; a JPEG of some quality. The same pixels make the same bytes.
fn encode_as(pixels: &DynamicImage, format: Format, quality: u8) -> Result<Vec<u8>, String> {
    let has_colour = pixels.color().has_color() && !is_grey(pixels);
    let eight = match (has_colour, pixels.color().has_alpha() && format != Format::Jpeg) {
        (true, true) => DynamicImage::ImageRgba8(pixels.to_rgba8()),
        (true, false) => DynamicImage::ImageRgb8(pixels.to_rgb8()),
        (false, true) => DynamicImage::ImageLumaA8(pixels.to_luma_alpha8()),
        (false, false) => DynamicImage::ImageLuma8(pixels.to_luma8()),
    };
    let mut bytes = Vec::new();
    let written = match format {
        Format::Jpeg => eight.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality)),
        Format::Png | Format::Gif | Format::Svg => {
            eight.write_with_encoder(PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive))
        }
    };
    written.map_err(|error| format!("cannot be written anew: {error}"))?;
    Ok(bytes)
}

/// Whether all colours of a picture are greys: drawings often are, though their files have three channels.
fn is_grey(pixels: &DynamicImage) -> bool {
    match pixels {
        DynamicImage::ImageRgb8(pixels) => pixels.pixels().all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]),
        DynamicImage::ImageRgba8(pixels) => pixels.pixels().all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]),
        _ => false,
    }
}

/// Whether a JPEG has four channels. Source: ITU-T T.81, B.2.2 (the frame header tells how many).
fn is_cmyk(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xff, marker, high, low]) = bytes.get(at..at + 4) {
        match marker {
            0xff => at += 1,
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => return bytes.get(at + 9) == Some(&4),
            _ => at += 2 + usize::from(u16::from_be_bytes([*high, *low])),
        }
    }
    false
}
