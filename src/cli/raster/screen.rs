//! Pictures for screens, of e-books and of pages of HTML.
//!
//! 1. [`Screen`] is what is asked: how many pixels a side may have, and what share of the book a picture may take.
//! 2. [`for_screen`] scales a picture to that, and writes it again where that saves; a photograph that came as PNG becomes a JPEG.
//! 3. One that takes more than its share is written denser, then as narrow as a phone still shows sharply, and never narrower.

use article::picture::{Format, Picture, Smaller};
use image::{DynamicImage, GenericImageView};

use super::{encode_as, scaled};

/// The longest side in an e-book, in pixels, unless told otherwise: a phone's width of 430 points at three pixels each, or a tablet's of 800 at two.
const SIDE: u32 = 1_600;

/// What all pictures of a book may take together, in bytes, unless their limit was told: with text, fonts and cover the book stays below
/// 25 MB, the largest attachment that much-used mail services let through.
const TOTAL: usize = 24_000_000;

/// The width of a picture that is made to fit, in pixels: two for each of the 430 points of the widest phones, and some more.
const SHARP: u32 = 900;

/// The quality of the JPEGs, of a hundred. From here on a photograph on paper-white shows no blocks at two pixels a point.
const QUALITY: u8 = 85;

/// The quality of those that are made to fit.
const DENSE: u8 = 75;

/// A PNG that is smaller stays as it is for screens, in bytes.
pub(super) const SMALL: usize = 64 << 10;

/// Of a hundred pixels beside each other in a drawing, at least so many are the same; a photograph has noise.
const DRAWN: u64 = 40;

/// How many rows of a picture are looked at to tell a drawing from a photograph.
const ROWS: u32 = 256;

/// What an e-book asks of pictures.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) struct Screen {
    /// The longest side, in pixels.
    pub(super) side: u32,
    /// Whether that was told. Then it is all that is asked.
    told: bool,
    /// Whether there is an e-book at all.
    pub(super) wanted: bool,
    /// Whether there are pages.
    pub(super) pages: bool,
    /// What one picture may take, in bytes.
    pub(super) share: usize,
}

impl Default for Screen {
    fn default() -> Self {
        Self::of(None, false, true)
    }
}

impl Screen {
    /// What is asked: the longest side, if it was told; whether there is an e-book or a page of HTML, and whether there are pages.
    #[must_use]
    pub(in crate::cli) fn of(side: Option<u32>, wanted: bool, pages: bool) -> Self {
        Self { side: side.unwrap_or(SIDE), told: side.is_some(), wanted, pages, share: usize::MAX }
    }

    /// The same of one among so many pictures.
    #[must_use]
    pub(in crate::cli) fn among(self, count: usize) -> Self {
        let share = if self.told || !self.wanted { usize::MAX } else { TOTAL / count.max(1) };
        Self { share, ..self }
    }
}

/// A picture for screens; `None` where the one that there is has fewer bytes, or few more: writing a JPEG again costs sharpness.
pub(super) fn for_screen(pixels: DynamicImage, photograph: bool, screen: Screen, bytes: &[u8]) -> Result<Option<Smaller>, String> {
    let is_scaled = pixels.width().max(pixels.height()) > screen.side;
    let is_large = bytes.len() > screen.share;
    let format = format(&pixels, photograph);
    let is_the_same = bytes.starts_with(b"\x89PNG") == (format == Format::Png);
    if !is_scaled && !is_large && (is_the_same || bytes.len() <= SMALL) {
        return Ok(None);
    }
    let smaller = fitting(scaled(pixels, screen.side), format, screen.share)?;
    let enough = if is_large {
        bytes.len()
    } else if is_scaled {
        bytes.len() / 10 * 9
    } else {
        bytes.len() / 2
    };
    Ok((smaller.bytes.len() < enough).then_some(smaller))
}

/// A picture for screens that are larger than pages: it is all that there is for them.
pub(super) fn for_large_screen(pixels: DynamicImage, photograph: bool, screen: Screen) -> Result<Smaller, String> {
    let format = format(&pixels, photograph);
    fitting(scaled(pixels, screen.side), format, screen.share)
}

/// The format of a picture that is written anew: a JPEG has no transparency.
fn format(pixels: &DynamicImage, photograph: bool) -> Format {
    if photograph && !pixels.color().has_alpha() { Format::Jpeg } else { Format::Png }
}

/// A picture in a format and in so many bytes, as far as it can be made to fit and stay sharp.
fn fitting(pixels: DynamicImage, format: Format, share: usize) -> Result<Smaller, String> {
    let written = |pixels: &DynamicImage, quality| -> Result<Smaller, String> {
        Ok(Smaller { format, bytes: encode_as(pixels, format, quality)?, size: (pixels.width(), pixels.height()) })
    };
    let mut made = written(&pixels, QUALITY)?;
    if made.bytes.len() > share && format == Format::Jpeg {
        made = written(&pixels, DENSE)?;
    }
    if made.bytes.len() > share && pixels.width() > SHARP {
        made = written(&pixels.thumbnail(SHARP, pixels.height()), DENSE)?;
    }
    Ok(made)
}

/// A picture that no page asks for: what is made for screens is all that has to be kept of it.
pub(super) fn for_screens_alone(picture: Picture) -> Picture {
    match picture.smaller {
        Some(Smaller { format, bytes, size }) => Picture { name: picture.name, format, bytes, size: Some(size), smaller: None },
        None => picture,
    }
}

/// Whether a picture has the noise of a photograph: few pixels are just as their neighbour.
pub(super) fn is_photograph(pixels: &DynamicImage) -> bool {
    let (width, height) = (pixels.width(), pixels.height());
    let step = usize::try_from((height / ROWS).max(1)).unwrap_or(1);
    let (mut pairs, mut same) = (0_u64, 0_u64);
    for y in (0..height).step_by(step) {
        for x in 1..width {
            pairs += 1;
            same += u64::from(pixels.get_pixel(x - 1, y) == pixels.get_pixel(x, y));
        }
    }
    same * 100 < pairs * DRAWN
}
