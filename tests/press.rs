//! Files for the press before judges from outside: Ghostscript's separations, qpdf, poppler.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use press::Profile;
use press::check::Rule;
use press::profile::BUILT_IN;

use crate::ensure;
use crate::support::needs::{Need, trial};
use crate::support::pdf::{pdf, stream};
use crate::support::program::{Place, pdf_text, tool};
use crate::support::{self, Failed, Outcome, Trial, built};

const JUDGES: &[Need] = &[Need::Judge("qpdf"), Need::Judge("pdftotext"), Need::Command("pdffonts"), Need::Command("pdfinfo")];
const INKS: &[Need] = &[Need::Command("gs")];

pub fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> =
        BUILT_IN.iter().map(|(name, _)| trial(format!("press/{name}: sound, with all text and fonts"), JUDGES, move || sound(name))).collect();
    trials.extend([
        trial("press/text is on the black plate alone", INKS, black_is_black),
        trial("press/colours become inks, or greys", INKS, colours),
        trial("press/boxes and marks are where they are asked for", JUDGES, boxes),
        trial("press/a booklet has its pages where a binder looks for them", JUDGES, booklet),
        trial("press/the web pdf and the press pdf show the same", &[Need::Judge("pdftotext"), Need::Command("pdftoppm")], same_pixels),
        trial(
            "press/bleed is made of the edges where that is asked for",
            &[Need::Judge("qpdf"), Need::Judge("pdftotext"), Need::Command("pdftoppm")],
            bleed_from_edges,
        ),
        trial("press/encrypted and broken files are refused", &[Need::Judge("qpdf")], refused),
        trial("press/turned pages and other units", JUDGES, turned),
        Trial::test("press/the same bytes, and the input untouched", same_bytes),
        Trial::test("press/build makes it too", build_to_press),
    ]);
    trials
}

/// The first article of the repository as PDF.
pub fn article() -> Result<PathBuf, Failed> {
    built::with(|built| built::of_kind(&built.folder(), "pdf").into_iter().next().ok_or_else(|| "there is no pdf".into()))
}

/// The file pressed by a profile that the program has.
pub fn pressed(place: &Place, input: &Path, profile: &str) -> Result<PathBuf, Failed> {
    let output = place.at(&format!("{}-{profile}.pdf", support::name(input)));
    place.run(&["press", &input.to_string_lossy(), "--profile", profile, "-o", &output.to_string_lossy()])?.exits(0)?;
    Ok(output)
}

fn text(path: &Path) -> Result<String, Failed> {
    pdf_text(path, &[])
}

fn fonts(path: &Path) -> Result<usize, Failed> {
    Ok(tool("pdffonts", &[path.as_ref()])?.lines().skip(2).count())
}

/// What every profile must keep.
fn sound(profile: &str) -> Outcome {
    let place = Place::new()?;
    let input = article()?;
    let output = pressed(&place, &input, profile)?;
    tool("qpdf", &["--check".as_ref(), output.as_ref()])?;
    ensure!(fonts(&input)? == fonts(&output)?, "{} fonts have become {}", fonts(&input)?, fonts(&output)?);
    let (before, after) = (text(&input)?, text(&output)?);
    let is_imposed = Profile::built_in(profile).is_some_and(|profile| profile.imposition.is_some());
    if is_imposed {
        let words = |text: &str| {
            let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            words.sort();
            words
        };
        // Two pages side by side may be read line by line, so only the words are asked for.
        ensure!(words(&before) == words(&after), "the words are others");
    } else {
        ensure!(before == after, "the text is another");
    }
    Ok(())
}

/// The ink on each page, of 1 an ink, inside the box that Ghostscript is told to use.
fn inks(path: &Path, trimmed: bool) -> Result<Vec<[f64; 4]>, Failed> {
    let mut arguments: Vec<&OsStr> =
        vec!["-q".as_ref(), "-dSAFER".as_ref(), "-dBATCH".as_ref(), "-dNOPAUSE".as_ref(), "-sDEVICE=inkcov".as_ref(), "-sOutputFile=-".as_ref()];
    if trimmed {
        arguments.push("-dUseTrimBox".as_ref());
    }
    arguments.push(path.as_ref());
    let said = tool("gs", &arguments)?;
    let pages: Vec<[f64; 4]> = said
        .lines()
        .filter(|line| line.contains("CMYK"))
        .filter_map(|line| <[f64; 4]>::try_from(line.split_whitespace().filter_map(|word| word.parse().ok()).collect::<Vec<f64>>()).ok())
        .collect();
    ensure!(!pages.is_empty(), "no inks: {said}");
    Ok(pages)
}

fn black_is_black() -> Outcome {
    let place = Place::new()?;
    let input = article()?;
    ensure!(inks(&input, false)?.iter().all(|[c, ..]| *c > 0.01), "the judge sees no colour in the web pdf, so it proves nothing");
    for profile in ["x4", "offset-no-marks", "offset-marks", "offset-grey", "x1a"] {
        for (at, [c, m, y, k]) in inks(&pressed(&place, &input, profile)?, true)?.into_iter().enumerate() {
            ensure!(c + m + y == 0.0 && k > 0.01, "{profile}, page {}: {c} {m} {y} {k}", at + 1);
        }
    }
    Ok(())
}

/// A page of 200 by 300 points with everything that has a colour.
fn colourful() -> Vec<u8> {
    let content = "1 0 0 rg 20 20 30 30 re f /Cs cs 0 0.5 0 sc 60 20 30 30 re f 0 0 1 RG 100 20 m 140 50 l S \
                   /Pattern cs /P1 scn 20 60 30 30 re f /Up cs 1 0 1 /P2 scn 60 60 30 30 re f q 30 0 0 30 100 60 cm /Im Do Q \
                   q 20 100 100 30 re W n /Sh sh Q /Fm Do q 30 0 0 30 20 180 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID \u{7f}\u{1}\u{2} EI Q 0 0 0 rg 150 20 10 200 re f";
    let pixels: Vec<u8> = (0..48_u8).map(|at| at.wrapping_mul(37)).collect();
    let mask = "/S /Luminosity /G 11 0 R";
    let resources = format!(
        "/ColorSpace << /Cs [/CalRGB << /WhitePoint [0.9505 1 1.089] /Gamma [2.2 2.2 2.2] >>] /Up [/Pattern /DeviceRGB] >> \
         /Pattern << /P1 6 0 R /P2 7 0 R >> /XObject << /Im 8 0 R /Fm 9 0 R >> /Shading << /Sh 10 0 R >> /ExtGState << /Gs << /SMask << {mask} >> >> >>"
    );
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Resources 5 0 R /Contents 4 0 R /Group << /S /Transparency /CS /DeviceRGB >> >>".to_vec(),
        stream("", content.as_bytes()),
        format!("<< {resources} >>").into_bytes(),
        stream("/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 5 5] /XStep 5 /YStep 5 /Resources << >>", b"0 1 1 rg 0 0 3 3 re f"),
        stream("/PatternType 1 /PaintType 2 /TilingType 1 /BBox [0 0 5 5] /XStep 5 /YStep 5 /Resources << >>", b"0 0 3 3 re f"),
        stream("/Type /XObject /Subtype /Image /Width 4 /Height 4 /BitsPerComponent 8 /ColorSpace /DeviceRGB", &pixels),
        stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 200 300] /Resources 5 0 R /Group << /S /Transparency /CS /DeviceRGB >>",
            b"q /Gs gs 1 0.5 0 rg 20 140 60 30 re f Q",
        ),
        b"<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [20 0 120 0] /Function << /FunctionType 2 /Domain [0 1] /N 1 /C0 [1 0 0] /C1 [0 0 1] >> >>".to_vec(),
        stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 200 300] /Resources << >> /Group << /S /Transparency /CS /DeviceRGB >>",
            b"0.8 0.7 0.6 rg 0 0 200 300 re f",
        ),
    ];
    pdf("1.7", &objects, "")
}

fn colours() -> Outcome {
    let place = Place::new()?;
    place.write("colours.pdf", colourful())?;
    let input = place.at("colours.pdf");
    let four = pressed(&place, &input, "x4")?;
    let [c, m, y, k] = inks(&four, true)?[0];
    ensure!(c > 0.02 && m > 0.02 && y > 0.02 && k > 0.02, "four inks: {c} {m} {y} {k}");
    let [c, m, y, k] = inks(&pressed(&place, &input, "offset-grey")?, true)?[0];
    ensure!(c + m + y == 0.0 && k > 0.1, "one ink: {c} {m} {y} {k}");
    // The black bar is 10 by 200 of 200 by 300 points, and has black alone.
    let profile = Profile::built_in("x4").ok_or("no profile")?;
    let found = press::check::check(&support::bytes(&four)?, &profile)?;
    ensure!(found.iter().all(|finding| finding.rule != Rule::RgbColour && finding.rule != Rule::TotalInk), "{found:?}");
    let bytes = support::bytes(&four)?;
    ensure!(!bytes.windows(10).any(|window| window == b"/DeviceRGB"), "a space of red, green and blue is left");
    // A stream is an object of its own (ISO 32000-1, 7.3.8): readers forgive one that stands in a dictionary, and a press may not.
    let ends = |what: &[u8]| bytes.windows(what.len()).filter(|window| *window == what).count();
    ensure!(ends(b"endstream") == ends(b"endstream \nendobj") + ends(b"endstream\nendobj"), "a stream stands inside another object");
    Ok(())
}

/// A box of the first page as poppler reads it, in points.
fn box_of(path: &Path, name: &str) -> Result<[f64; 4], Failed> {
    let said = tool("pdfinfo", &["-box".as_ref(), path.as_ref()])?;
    let line = said.lines().find(|line| line.starts_with(name)).ok_or_else(|| format!("no {name}: {said}"))?;
    let numbers: Vec<f64> = line.split_whitespace().skip(1).filter_map(|word| word.parse().ok()).collect();
    <[f64; 4]>::try_from(numbers).map_err(|_| line.into())
}

fn near(found: [f64; 4], wanted: [f64; 4]) -> Outcome {
    ensure!(found.iter().zip(wanted).all(|(one, other)| (one - other).abs() < 0.02), "{found:?} is not {wanted:?}");
    Ok(())
}

fn boxes() -> Outcome {
    let place = Place::new()?;
    let input = article()?;
    let mm = |length: f64| length * 72.0 / 25.4;
    let [width, height] = [mm(170.0), mm(240.0)];
    let plain = pressed(&place, &input, "x4")?;
    near(box_of(&plain, "TrimBox")?, [0.0, 0.0, width, height])?;
    near(box_of(&plain, "BleedBox")?, [-mm(3.0), -mm(3.0), width + mm(3.0), height + mm(3.0)])?;
    let marked = pressed(&place, &input, "offset-marks")?;
    // 4 mm to the marks, 5 mm of marks, 1 mm of paper.
    let room = mm(10.0);
    near(box_of(&marked, "MediaBox")?, [0.0, 0.0, width + 2.0 * room, height + 2.0 * room])?;
    near(box_of(&marked, "TrimBox")?, [room, room, width + room, height + room])?;
    near(box_of(&marked, "BleedBox")?, [room - mm(3.0), room - mm(3.0), width + room + mm(3.0), height + room + mm(3.0)])?;
    let said = tool("pdfinfo", &[marked.as_ref()])?;
    ensure!(said.contains("PDF/X-4") && said.contains("PDF version:     1.6"), "{said}");
    Ok(())
}

/// The text in a part of a page, in points from the top left.
fn part(path: &Path, page: usize, x: f64, width: f64, height: f64) -> Result<BTreeSet<String>, Failed> {
    let (page, [x, width, height]) = (page.to_string(), [x, width, height].map(|length| format!("{length:.0}")));
    let text = pdf_text(path, &["-f", &page, "-l", &page, "-x", &x, "-y", "0", "-W", &width, "-H", &height])?;
    Ok(text.split_whitespace().map(str::to_owned).collect())
}

fn booklet() -> Outcome {
    let place = Place::new()?;
    let input = article()?;
    let output = pressed(&place, &input, "booklet-a4")?;
    let pages = tool("pdfinfo", &[input.as_ref()])?.lines().find_map(|line| line.strip_prefix("Pages:")?.trim().parse::<usize>().ok()).ok_or("no pages")?;
    let [_, _, width, height] = box_of(&output, "MediaBox")?;
    let count = pages.next_multiple_of(4);
    // As one puts a booklet together: the outermost sheet has the last and the first page in front.
    for sheet in 0..count / 4 {
        let sides = [[count - 2 * sheet, 2 * sheet + 1], [2 * sheet + 2, count - 2 * sheet - 1]];
        for (at, [left, right]) in sides.into_iter().enumerate() {
            for (half, page) in [left, right].into_iter().enumerate() {
                let found = part(&output, 2 * sheet + at + 1, half as f64 * width / 2.0, width / 2.0, height)?;
                let wanted = if page > pages { BTreeSet::new() } else { part(&input, page, 0.0, width, height)? };
                ensure!(found == wanted, "sheet {}, side {}, half {half} is not page {page}", sheet + 1, at + 1);
            }
        }
    }
    Ok(())
}

fn same_pixels() -> Outcome {
    let place = Place::new()?;
    let input = article()?;
    let output = pressed(&place, &input, "x4")?;
    let picture = |path: &Path, name: &str| -> Result<Vec<Vec<u8>>, Failed> {
        let prefix = place.at(name);
        tool("pdftoppm", &["-gray".as_ref(), "-r".as_ref(), "50".as_ref(), "-x".as_ref(), "0".as_ref(), path.as_ref(), prefix.as_ref()])?;
        support::files_below(place.path()).iter().filter(|file| support::name(file).starts_with(&format!("{name}-"))).map(|file| support::bytes(file)).collect()
    };
    let _ = picture(&input, "web")?;
    // The sheet of the press is larger by its bleed, so the web's page is pressed without any before it is compared.
    place.write("flush.toml", "description = \"flush\"\n[sheet]\nbleed = 0\n")?;
    let flush = place.at("flush.pdf");
    place.run(&["press", &input.to_string_lossy(), "--profile", "flush.toml", "-o", "flush.pdf"])?.exits(0)?;
    let (web, press) = (picture(&input, "web")?, picture(&flush, "press")?);
    ensure!(!web.is_empty() && web.len() == press.len() && output.is_file(), "{} and {} pages", web.len(), press.len());
    for (at, (one, other)) in web.iter().zip(&press).enumerate() {
        let far = one.iter().zip(other).filter(|(one, other)| one.abs_diff(**other) > 8).count();
        ensure!(one.len() == other.len() && far == 0, "page {}: {far} pixels differ", at + 1);
    }
    Ok(())
}

fn refused() -> Outcome {
    let place = Place::new()?;
    let input = article()?;
    let locked = place.at("locked.pdf");
    tool("qpdf", &["--encrypt".as_ref(), "a".as_ref(), "b".as_ref(), "256".as_ref(), "--".as_ref(), input.as_ref(), locked.as_ref()])?;
    place.run(&["press", "locked.pdf"])?.exits(1)?.says("is encrypted")?;
    tool("qpdf", &["--encrypt".as_ref(), "".as_ref(), "b".as_ref(), "256".as_ref(), "--".as_ref(), input.as_ref(), place.at("owned.pdf").as_ref()])?;
    place.run(&["press", "owned.pdf"])?.exits(1)?.says("is encrypted")?;
    place.run(&["press", "--check", "owned.pdf"])?.exits(1)?.says("is encrypted")?;
    place.write("empty.pdf", pdf("1.7", &[b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), b"<< /Type /Pages /Kids [] /Count 0 >>".to_vec()], ""))?;
    place.run(&["press", "empty.pdf"])?.exits(1)?.says("has no page")?;
    let whole = support::bytes(&input)?;
    for cut in [10, whole.len() / 3, whole.len() - 200] {
        place.write("cut.pdf", &whole[..cut])?;
        let run = place.run(&["press", "cut.pdf"])?;
        ensure!(matches!(run.code, Some(0 | 1)), "{run:?}");
        if run.code == Some(0) {
            tool("qpdf", &["--check".as_ref(), place.at("cut.press.pdf").as_ref()])?;
        }
    }
    ensure!(!place.at("locked.press.pdf").exists(), "something was made of a locked file");
    // The output may not be the input.
    place.write("same.pdf", &whole)?;
    place.run(&["press", "same.pdf", "-o", "same.pdf"])?.exits(2)?.says("would overwrite the input")?;
    ensure!(support::bytes(&place.at("same.pdf"))? == whole, "the input was touched");
    Ok(())
}

/// A page that is turned, and one whose unit is two points.
fn turned() -> Outcome {
    let place = Place::new()?;
    let page = |extra: &str| {
        let objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            format!("<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 200 300] {extra} >>").into_bytes(),
            format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << >> {} >>", if extra.is_empty() { "/UserUnit 2" } else { "" }).into_bytes(),
            stream("", b"0 g 10 10 20 20 re f"),
        ];
        pdf("1.6", &objects, "")
    };
    place.write("turned.pdf", page("/Rotate 90"))?;
    place.write("unit.pdf", page(""))?;
    let room = 10.0 * 72.0 / 25.4;
    let found = box_of(&pressed(&place, &place.at("turned.pdf"), "offset-marks")?, "MediaBox")?;
    near(found, [0.0, 0.0, 300.0 + 2.0 * room, 200.0 + 2.0 * room])?;
    let found = box_of(&pressed(&place, &place.at("unit.pdf"), "offset-marks")?, "MediaBox")?;
    near(found, [0.0, 0.0, 400.0 + 2.0 * room, 600.0 + 2.0 * room])
}

fn same_bytes() -> Outcome {
    let (one, other) = (Place::new()?, Place::new()?);
    let input = article()?;
    let before = support::bytes(&input)?;
    for profile in ["x4", "offset-marks", "booklet-a4", "perfect-16"] {
        ensure!(support::bytes(&pressed(&one, &input, profile)?)? == support::bytes(&pressed(&other, &input, profile)?)?, "{profile}: other bytes");
    }
    ensure!(support::bytes(&input)? == before, "the input was touched");
    Ok(())
}

fn build_to_press() -> Outcome {
    let place = Place::new()?;
    let (name, master) = support::masters().into_iter().next().ok_or("there is no master")?;
    let master = master.to_string_lossy().into_owned();
    place.run(&["build", &master, "--to", "press", "--press-profile", "offset-marks"])?.exits(0)?;
    let bytes = support::bytes(&place.at(&format!("build/{name}.press.pdf")))?;
    ensure!(bytes.starts_with(b"%PDF-1.6"), "no file for the press");
    place.run(&["build", &master, "--to", "press", "--press-profile", "nothing"])?.exits(2)?.says("unknown-press-profile")?;
    Ok(())
}

/// A page whose artwork ends at the trim gets its bleed from its own edge, mirrored or stretched.
fn bleed_from_edges() -> Outcome {
    let place = Place::new()?;
    // A band across the page, a bar up its left side, and text in its middle; nothing beyond the page.
    let content = "0.5 g 0 100 200 50 re f 0.2 g 0 0 20 300 re f BT /F 12 Tf 60 200 Td (word) Tj ET";
    let font = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";
    place.write("in.pdf", crate::support::pdf::page(content, font, "/MediaBox [0 0 200 300] /TrimBox [0 0 200 300]", &[]))?;
    let look = |how: &str, marks: &str| -> Result<(bool, Vec<u8>, String), Failed> {
        place.write("how.toml", format!("description = \"how\"\n[sheet]\nbleed = 3\nbleed-from = \"{how}\"\n{marks}"))?;
        place.run(&["press", "in.pdf", "--profile", "how.toml", "-o", "out.pdf"])?.exits(0)?;
        tool("qpdf", &["--check".as_ref(), place.at("out.pdf").as_ref()])?;
        let profile = Profile::parse(&support::read(&place.at("how.toml"))?).map_err(|refused| refused.message)?;
        let found = press::check::check(&support::bytes(&place.at("out.pdf"))?, &profile)?;
        tool("pdftoppm", &["-r".as_ref(), "72".as_ref(), "-gray".as_ref(), "-png".as_ref(), place.at("out.pdf").as_ref(), place.at("out").as_ref()])?;
        let picture = image::load_from_memory(&support::bytes(&place.at("out-1.png"))?)?.to_luma8();
        // A row through the band, from the edge of the bleed to the page's middle; and one above it.
        let height = picture.height();
        let room = if marks.is_empty() { 8 } else { 28 };
        let row = |up: u32| (0..20_u32).map(|x| picture.get_pixel(room - 8 + x, height - room - up).0[0]).collect::<Vec<u8>>();
        let rows = [row(125), row(200)].concat();
        Ok((found.iter().any(|finding| finding.rule == Rule::NoBleed), rows, pdf_text(&place.at("out.pdf"), &[])?))
    };
    for marks in ["", "[marks]\ncrop = true\n"] {
        let (is_short, rows, _) = look("page", marks)?;
        ensure!(is_short && rows[2] > 240, "without it there is bleed: {rows:?}");
        for how in ["mirror", "stretch"] {
            let (is_short, rows, text) = look(how, marks)?;
            ensure!(!is_short, "{how}: the preflight still misses the bleed");
            // The bar goes on to the left, at the band's height and above it; where a pixel lies across the trim its edges let a little white through.
            ensure!(rows.iter().all(|shade| (30..140).contains(shade)), "{how}: {rows:?}");
            ensure!(text.contains("word") && text.matches("word").count() == 1, "{how}: {text}");
        }
    }
    Ok(())
}
