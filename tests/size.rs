//! How large e-books are, and how much memory making them takes.
//!
//! A picture of 20 MB is one of 2,600 by 2,600 pixels with grain, as cameras make them; nothing in it is the same twice, so that no format saves on it.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use crate::ensure;
use crate::support::program::Place;
use crate::support::{self, Failed, Outcome, Trial, container, encoded};

/// The most bytes of a book with a hundred figures.
const BOOK: usize = 25_000_000;

/// How many figures there are.
const FIGURES: usize = 100;

/// How many of them are large. A hundred are what `make bench` sets; what holds of each of some among a hundred holds of all.
const LARGE: usize = 3;

/// The width of the widest phones in points, at two pixels each.
const SHARP: u32 = 860;

/// The most memory, in MiB.
const MEMORY: &str = "200";

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("size/a hundred figures of 20 MB: the book, each picture, and the memory", figures),
        Trial::test("size/a hundred photographs on pages: the memory", photographs),
    ]
}

/// A picture that is as large as it looks: light that changes, under so much grain.
fn photograph(side: u32, coarse: u8, format: ImageFormat) -> Result<Vec<u8>, Failed> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let pixels = RgbImage::from_fn(side, side, |x, y| {
        // Marsaglia's xorshift: the same grain at every run.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let grain = state.to_le_bytes();
        let light = (x / 30 + y / 20) % 150;
        Rgb([0, 1, 2].map(|at| u8::try_from(light).unwrap_or_default() + 20 + grain[at] % coarse))
    });
    encoded(&DynamicImage::ImageRgb8(pixels), format)
}

/// The pictures of the book: bytes and width.
fn pictures(place: &Place, from: usize) -> Result<Vec<(usize, u32)>, Failed> {
    let files = container::files(&place.at("out/article.epub"))?.into_iter();
    let numbered = |name: &str| name.rsplit_once("/picture-").and_then(|(_, rest)| rest.split('.').next()?.parse::<usize>().ok());
    let large = files.filter(|(name, _)| numbered(name).is_some_and(|number| number > from));
    large.map(|(_, bytes)| Ok((bytes.len(), image::load_from_memory(&bytes)?.width()))).collect()
}

fn figures() -> Outcome {
    let figure = |name: &String| format!("<fig><graphic xlink:href=\"{name}\"><alt-text>x</alt-text></graphic></fig>\n");
    let names: Vec<String> = (0..FIGURES - LARGE).map(|at| format!("dot-{at}.png")).chain((0..LARGE).map(|at| format!("large-{at}.bmp"))).collect();
    let place = Place::with(support::article(&names.iter().map(figure).collect::<String>()))?;
    let (dot, large) = (support::bytes(&support::root().join("tests/cases/figure/pictures/dot.png"))?, photograph(2_600, 64, ImageFormat::Bmp)?);
    ensure!(large.len() > 20_000_000, "a large picture has {} bytes", large.len());
    for name in &names {
        place.write(name, if name.starts_with("dot") { &dot } else { &large })?;
    }
    let build = ["build", "article.xml", "--to", "epub", "--out-dir", "out", "--memory-limit", MEMORY];
    place.run(&build)?.exits(0)?;
    for (bytes, width) in pictures(&place, FIGURES - LARGE)? {
        ensure!(bytes <= (BOOK - 1_000_000) / FIGURES, "a large picture among a hundred takes {bytes} bytes");
        ensure!(width >= SHARP, "a large picture is {width} pixels wide, and not sharp on a phone");
    }
    // What was told is done.
    place.run(&[build.as_slice(), &["--epub-picture-limit", "1600"]].concat())?.exits(0)?;
    let told = pictures(&place, FIGURES - LARGE)?;
    ensure!(told.len() == LARGE && told.iter().all(|(_, width)| *width == 1_600), "the limit was told, and the pictures are {told:?}");
    // Few pictures have room.
    place.write("article.xml", support::article(&names[FIGURES - LARGE..].iter().map(figure).collect::<String>()))?;
    place.run(&build)?.exits(0)?;
    let few = pictures(&place, 0)?;
    ensure!(few.len() == LARGE && few.iter().all(|(_, width)| *width == 1_600), "there is room, and the pictures are {few:?}");
    Ok(())
}

/// The engine would keep the pixels of each photograph that it sees, 500 MB of these, until the PDF is written.
fn photographs() -> Outcome {
    let names: Vec<String> = (0..FIGURES).map(|at| format!("photograph-{at}.jpg")).collect();
    let figure = |name: &String| format!("<fig><graphic xlink:href=\"{name}\"><alt-text>x</alt-text></graphic></fig>\n");
    let place = Place::with(support::article(&names.iter().map(figure).collect::<String>()))?;
    let photograph = photograph(1_300, 16, ImageFormat::Jpeg)?;
    for (at, name) in names.iter().enumerate() {
        // No two are the same file: what stands behind the end of a JPEG is nobody's.
        place.write(name, [photograph.as_slice(), &[0, u8::try_from(at).unwrap_or_default()]].concat())?;
    }
    place.run(&["build", "article.xml", "--to", "pdf", "--out-dir", "out", "--memory-limit", "350"])?.exits(0)?;
    // The files are in the PDF as they are.
    let pdf = support::bytes(&place.at("out/article.pdf"))?.len();
    ensure!(pdf > FIGURES * photograph.len() && pdf < FIGURES * photograph.len() + 2_000_000, "the PDF has {pdf} bytes, each photograph {}", photograph.len());
    Ok(())
}
