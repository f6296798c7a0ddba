//! The pictures of `layouts/README.md`: the first page of a master in each layout, made by the program.

use diglot::pdf::layout::Layout;

use crate::ensure;
use crate::support::{self, Failed, Outcome, Trial, golden, set};

/// Pixels for each point of the page: enough to see how a page is made up, and small files.
const PIXELS_PER_POINT: f64 = 0.56;

/// The largest picture that is kept, in bytes.
const MOST: usize = 128 << 10;

pub fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = Layout::names().into_iter().map(|name| Trial::test(format!("gallery/{name}"), move || picture(name))).collect();
    trials.push(Trial::test("gallery/every layout stands in layouts/README.md", listed));
    trials
}

fn picture(name: &str) -> Outcome {
    let master = support::source().join("trilingual-sample/article.xml");
    let (.., pages) = set::pages_of(name, &master)?;
    let picture = pages.picture(0, PIXELS_PER_POINT).ok_or("no picture of page 1")?;
    golden::check_picture(&support::root().join(format!("docs/layouts/{name}.png")), &grey(&picture)?, MOST)
}

/// The same picture with fewer bytes: in shades of grey where it has no other colour, else with fewer colours.
fn grey(picture: &[u8]) -> Result<Vec<u8>, Failed> {
    let image = image::load_from_memory(picture)?.to_rgb8();
    let mut bytes = std::io::Cursor::new(Vec::new());
    if image.pixels().all(|pixel| pixel.0[0].abs_diff(pixel.0[1]) < 2 && pixel.0[1].abs_diff(pixel.0[2]) < 2) {
        image::DynamicImage::ImageRgb8(image).to_luma8().write_to(&mut bytes, image::ImageFormat::Png)?;
    } else {
        // Sixteen shades of each colour do for a small picture, and make a third of the bytes.
        let mut image = image;
        for pixel in image.pixels_mut() {
            pixel.0 = pixel.0.map(|shade| shade / 17 * 17);
        }
        image.write_to(&mut bytes, image::ImageFormat::Png)?;
    }
    Ok(bytes.into_inner())
}

fn listed() -> Outcome {
    let readme = support::read(&support::root().join("layouts/README.md"))?;
    for name in Layout::names() {
        ensure!(readme.contains(&format!("docs/layouts/{name}.png")), "layouts/README.md does not show `{name}`");
    }
    Ok(())
}
