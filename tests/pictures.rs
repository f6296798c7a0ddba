//! Pictures of all kinds, from all places, and what becomes of those that cannot be shown.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use crate::ensure;
use crate::support::program::{Place, Run};
use crate::support::{self, Failed, Outcome, Trial, container, encoded};

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("pictures/found: by stem, extension, case and folder", found),
        Trial::test("pictures/kinds: what outputs do not take is made anew", kinds),
        Trial::test("pictures/kinds: the colours of the press", press),
        Trial::test("pictures/large: scaled for the page and for the screen", large),
        Trial::test("pictures/screen: photographs are dense, drawings stay sharp, and small files are left alone", for_screens),
        Trial::test("pictures/screen: the limit of e-books leaves the page alone", limits_apart),
        Trial::test("pictures/svg: what acts or asks for files is cut out", cleaned),
        Trial::test("pictures/eps: through Ghostscript", through_ghostscript),
        Trial::test("pictures/eps: without Ghostscript", without_ghostscript),
        Trial::test("pictures/archive: a missing picture is a warning", missing_is_a_warning),
        Trial::test("pictures/archive: a missing glyph is a warning", glyph_is_a_warning),
        Trial::test("pictures/archive: a glyph that one typeface lacks", glyph_lacks_in_one_run),
    ]
}

fn master(hrefs: &[&str]) -> String {
    let figure = |href: &&str| format!("<fig><graphic xlink:href=\"{href}\"><alt-text>x</alt-text></graphic></fig>\n");
    support::article(&hrefs.iter().map(figure).collect::<String>())
}

fn dot() -> Result<Vec<u8>, Failed> {
    support::bytes(&support::root().join("tests/cases/figure/pictures/dot.png"))
}

fn picture(width: u32, height: u32, format: ImageFormat) -> Result<Vec<u8>, Failed> {
    encoded(&DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| Rgb([(x % 256) as u8, (y % 256) as u8, 40]))), format)
}

fn build(place: &Place, more: &[&str]) -> Result<Run, Failed> {
    place.run(&[&["build", "article.xml", "--out-dir", "out", "--message-format", "short"], more].concat())
}

/// The pictures in the e-book, in order.
fn in_the_book(place: &Place) -> Result<Vec<Vec<u8>>, Failed> {
    let mut files = container::files(&place.at("out/article.epub"))?;
    files.retain(|(name, _)| name.contains("/picture-"));
    files.sort();
    Ok(files.into_iter().map(|(_, bytes)| bytes).collect())
}

fn found() -> Outcome {
    let hrefs = ["one", "two.tif", "THREE.PNG", "four.jpg", "five", "six.png", "seven.eps", "info:doi/10.1371/journal.x.1.g001"];
    let place = Place::with(master(&hrefs))?;
    for at in ["one.png", "two.png", "three.png", "figures/Four.JPEG", "images/five.png", "elsewhere/six.png", "figs/article/seven.png", "journal.x.1.g001.png"]
    {
        place.write(at, dot()?)?;
    }
    let run = build(&place, &["--figures", "elsewhere"])?.exits(0)?;
    ensure!(!run.err.contains("picture]"), "{}", run.err);
    ensure!(in_the_book(&place)?.len() == hrefs.len(), "not all pictures are in the book");
    build(&place, &[])?.exits(1)?.says("error[missing-picture]: there is no picture `six.png`")?;
    build(&place, &["--figures", "nowhere"])?.exits(2)?.says("error[cannot-read]")?;
    Ok(())
}

fn kinds() -> Outcome {
    let kinds = [("a.tif", ImageFormat::Tiff), ("b.bmp", ImageFormat::Bmp), ("c.webp", ImageFormat::WebP), ("d.png", ImageFormat::Tiff)];
    let place = Place::with(master(&kinds.map(|(name, _)| name)))?;
    for (name, format) in kinds {
        place.write(name, picture(30, 20, format)?)?;
    }
    build(&place, &[])?.exits(0)?;
    let shown = in_the_book(&place)?;
    ensure!(shown.len() == kinds.len(), "{} pictures are in the book", shown.len());
    let wanted = image::load_from_memory(&picture(30, 20, ImageFormat::Png)?)?.to_rgb8();
    for bytes in shown {
        ensure!(image::guess_format(&bytes)? == ImageFormat::Png && image::load_from_memory(&bytes)?.to_rgb8() == wanted, "a picture has changed");
    }
    Ok(())
}

fn press() -> Outcome {
    let place = Place::with(master(&["press.jpg"]))?;
    place.write("press.jpg", support::bytes(&support::root().join("tests/cases/figure/pictures/press.jpg"))?)?;
    build(&place, &[])?.exits(0)?;
    let shown = in_the_book(&place)?;
    let [bytes] = shown.as_slice() else { return Err("not one picture".into()) };
    let Rgb([red, green, blue]) = *image::load_from_memory(bytes)?.to_rgb8().get_pixel(8, 8);
    ensure!(red > 200 && green < 60 && blue < 60, "magenta and yellow ink made {red}, {green}, {blue}");
    Ok(())
}

fn large() -> Outcome {
    let place = Place::with(master(&["large.png", "wide.jpg"]))?;
    place.write("large.png", encoded(&photograph(4_500, 300), ImageFormat::Png)?)?;
    place.write("wide.jpg", picture(2_500, 50, ImageFormat::Jpeg)?)?;
    build(&place, &[])?.exits(0)?;
    let sizes: Vec<(u32, u32)> = in_the_book(&place)?
        .iter()
        .map(|bytes| Ok(image::load_from_memory(bytes)?))
        .map(|read: Result<DynamicImage, Failed>| read.map(|read| (read.width(), read.height())))
        .collect::<Result<_, _>>()?;
    ensure!(sizes == [(1_600, 107), (1_600, 32)], "the sizes are {sizes:?}");
    let first = support::bytes(&place.at("out/article.pdf"))?;
    ensure!(first.windows(11).any(|window| window == b"/Width 4000"), "the page's picture is not 4,000 pixels wide");
    build(&place, &[])?.exits(0)?;
    ensure!(first == support::bytes(&place.at("out/article.pdf"))?, "two builds differ");
    Ok(())
}

/// A picture with the noise of a photograph, the same at every run.
fn photograph(width: u32, height: u32) -> DynamicImage {
    let mut state = 1_u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 28) as u8
    };
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| Rgb([(x / 8 % 200) as u8 + noise(), (y / 8 % 200) as u8 + noise(), 90 + noise()])))
}

/// A drawing: black lines on white.
fn drawing(side: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(side, side, |x, y| if x % 97 < 3 || (x + y) % 211 < 2 { Rgb([0, 0, 0]) } else { Rgb([255, 255, 255]) }))
}

fn for_screens() -> Outcome {
    let place = Place::with(master(&["photo.png", "large-photo.png", "drawing.png", "large-drawing.png", "photo.jpg"]))?;
    let write = |name: &str, pixels: &DynamicImage, format| -> Result<Vec<u8>, Failed> {
        let bytes = encoded(pixels, format)?;
        place.write(name, &bytes)?;
        Ok(bytes)
    };
    let photo = write("photo.png", &photograph(900, 900), ImageFormat::Png)?;
    write("large-photo.png", &photograph(2_400, 2_400), ImageFormat::Png)?;
    let drawn = write("drawing.png", &drawing(900), ImageFormat::Png)?;
    write("large-drawing.png", &drawing(2_400), ImageFormat::Png)?;
    let dense = write("photo.jpg", &photograph(900, 900), ImageFormat::Jpeg)?;
    build(&place, &["--to", "epub"])?.exits(0)?;
    let book = in_the_book(&place)?;
    let [one, two, three, four, five] = book.as_slice() else { return Err(format!("{} pictures", book.len()).into()) };
    ensure!(image::guess_format(one)? == ImageFormat::Jpeg && one.len() < photo.len() / 2, "a photograph stayed a PNG of {} bytes", one.len());
    ensure!(image::load_from_memory(two)?.width() == 1_600 && image::guess_format(two)? == ImageFormat::Jpeg, "a large photograph was not scaled");
    ensure!(*three == drawn, "a drawing that fits was written anew");
    ensure!(image::guess_format(four)? == ImageFormat::Png, "a large drawing became a JPEG");
    ensure!(*five == dense, "a JPEG that fits was written anew");
    build(&place, &["--to", "epub", "--epub-picture-limit", "600"])?.exits(0)?;
    let widest = in_the_book(&place)?.iter().map(|bytes| Ok(image::load_from_memory(bytes)?.width())).collect::<Result<Vec<u32>, Failed>>()?;
    ensure!(widest[0] == 600 && widest[1] == 600 && widest[4] == 600, "the widths are {widest:?}");
    build(&place, &["--epub-picture-limit", "5"])?.exits(2)?;
    Ok(())
}

/// How large the pictures of an e-book may be says nothing of those of the page.
fn limits_apart() -> Outcome {
    let place = Place::with(master(&["large.jpg"]))?;
    place.write("large.jpg", encoded(&photograph(5_000, 200), ImageFormat::Jpeg)?)?;
    build(&place, &["--epub-picture-limit", "8000"])?.exits(0)?;
    let widths = in_the_book(&place)?.iter().map(|bytes| Ok(image::load_from_memory(bytes)?.width())).collect::<Result<Vec<u32>, Failed>>()?;
    ensure!(widths == [5_000], "the book's picture is {widths:?} pixels wide");
    let large = support::bytes(&place.at("out/article.pdf"))?;
    ensure!(large.windows(11).any(|window| window == b"/Width 4000"), "the page's picture is not 4,000 pixels wide");
    build(&place, &[])?.exits(0)?;
    ensure!(large == support::bytes(&place.at("out/article.pdf"))?, "the limit of e-books changes the PDF");
    Ok(())
}

fn cleaned() -> Outcome {
    let place = Place::with(master(&["sign.svg"]))?;
    place.write("sign.svg", support::bytes(&support::root().join("tests/cases/diag/cleaned-picture/sign.svg"))?)?;
    build(&place, &[])?.exits(0)?.says("warning[cleaned-picture]")?;
    let shown = in_the_book(&place)?;
    let [bytes] = shown.as_slice() else { return Err("not one picture".into()) };
    let wanted = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"40\" height=\"40\" >\n\n<style></style>\n<circle cx=\"20\" cy=\"20\" r=\"15\"  />\n<image  width=\"4\" height=\"4\"/>\n<a xlink:href=\"https://example.org/\"><text>x</text></a>\n</svg>\n";
    let found = String::from_utf8_lossy(bytes);
    ensure!(found == wanted, "{found}");
    build(&place, &["--strict"])?.exits(1)?;
    Ok(())
}

const EPS: &str = "%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n0 0 10 10 rectfill\n";

/// A stand-in for Ghostscript that writes a picture if it is given the file and may open no other.
fn through_ghostscript() -> Outcome {
    let place = Place::with(master(&["a.eps", "b.pdf"]))?;
    place.write("a.eps", EPS)?;
    place.write("b.pdf", "%PDF-1.4\n")?;
    place.write("dot.png", dot()?)?;
    place.write(
        "bin/gs",
        format!("#!/bin/sh\ncase \"$*\" in *-dSAFER*) ;; *) exit 1 ;; esac\n/bin/grep -q -e EPSF -e %PDF- && /bin/cat {}\n", place.at("dot.png").display()),
    )?;
    std::process::Command::new("/bin/chmod").arg("+x").arg(place.at("bin/gs")).status()?;
    let place = place.shared().variable("PATH", &place.at("bin").to_string_lossy());
    build(&place, &[])?.exits(0)?;
    ensure!(in_the_book(&place)?.len() == 2, "the pictures are not in the book");
    place.write("bin/gs", "#!/bin/sh\nexit 1\n")?;
    build(&place, &[])?
        .exits(1)?
        .says("error[broken-picture]: the picture `a.eps` is an EPS that Ghostscript cannot read")?
        .says("the picture `b.pdf` is a PDF that Ghostscript cannot read")?;
    Ok(())
}

fn without_ghostscript() -> Outcome {
    let place = Place::with(master(&["a.eps", "b.pdf"]))?;
    place.write("a.eps", EPS)?;
    place.write("b.pdf", "%PDF-1.4\n")?;
    let place = place.variable("PATH", "/nowhere");
    let run = build(&place, &[])?.exits(1)?.says("`gs` is not installed")?;
    ensure!(run.err.contains("`b.pdf` is a PDF"), "{}", run.err);
    // Another file of the same stem is shown instead.
    place.write("a.png", dot()?)?;
    place.write("b.png", dot()?)?;
    build(&place, &[])?.exits(0)?;
    Ok(())
}

fn missing_is_a_warning() -> Outcome {
    let place = Place::with(master(&["none.png", "https://example.org/a.png", "../b.png", "text.png"]))?;
    place.write("text.png", "no picture")?;
    build(&place, &[])?.exits(1)?;
    let run = build(&place, &["--missing-figures", "warn"])?.exits(0)?;
    ensure!(run.err.matches("warning[").count() == 4 && !run.err.contains("error["), "{}", run.err);
    ensure!(place.at("out/article.pdf").is_file() && place.at("out/article.epub").is_file(), "an output is missing");
    place.run(&["check", "article.xml", "--missing-figures", "warn"])?.exits(0)?;
    Ok(())
}

/// A character that the typeface of the text has is set there; where another typeface lacks it, it is named.
fn glyph_lacks_in_one_run() -> Outcome {
    let place = Place::with(support::article("<p>In print \u{1d6b} is a letter; in code <monospace>\u{1d6b}</monospace> it is none.</p>"))?;
    build(&place, &[])?.exits(1)?;
    let run = build(&place, &["--missing-glyphs", "warn"])?.exits(0)?;
    let said: Vec<&str> = run.err.lines().filter(|line| line.contains("[missing-glyph]")).collect();
    ensure!(said.len() == 1 && said[0].ends_with("(U+1D6B) of `monospace`"), "{}", run.err);
    Ok(())
}

fn glyph_is_a_warning() -> Outcome {
    let place = Place::with(support::article(
        "<p>The sign \u{13080} is an eye, ꦀ a middle, x\u{1e08f} a letter, \u{e22e} private.</p>\n<p><inline-formula><math xmlns='http://www.w3.org/1998/Math/MathML'><mi>\u{e22e}</mi></math></inline-formula></p><p><monospace>ꦀ</monospace></p>",
    ))?;
    let run = build(&place, &[])?.exits(1)?;
    ensure!(run.err.matches("error[missing-glyph]").count() == 4, "{}", run.err);
    ensure!(!place.at("out/article.pdf").exists(), "a page with empty boxes was written");
    let run = build(&place, &["--missing-glyphs", "warn", "--report", "report.json"])?.exits(0)?;
    ensure!(run.err.contains("warning[missing-glyph]: no font has the character `ꦀ` (U+A980) of `p` (2 times)"), "{}", run.err);
    let report: serde_json::Value = serde_json::from_str(&support::read(&place.at("report.json"))?)?;
    let pdf = &report["masters"][0]["outputs"][0];
    ensure!(pdf["written"] == true && pdf["losses"] == 0 && pdf["standards"][0] == "a-2a", "{report:#}");
    ensure!(run.err.matches("warning[missing-glyph]").count() == 4, "{}", run.err);
    Ok(())
}
