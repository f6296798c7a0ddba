//! Covers around printed pages, before poppler, Ghostscript and a reader of bar codes.

use crate::ensure;
use crate::support::needs::{Need, trial};
use crate::support::pdf::numbered;
use crate::support::program::{Place, pdf_text, tool};
use crate::support::{self, Failed, Outcome, Trial};

const POPPLER: &[Need] = &[Need::Judge("pdftotext"), Need::Command("pdfinfo")];

pub fn trials() -> Vec<Trial> {
    vec![
        trial("cover/front, spine and back are one sheet", POPPLER, one_sheet),
        trial("cover/the spine follows the pages", POPPLER, spine_follows),
        trial("cover/it opens to the right where the text does", POPPLER, opens_right),
        trial("cover/scanners read the bar codes", &[Need::Command("zbarimg"), Need::Command("pdftoppm")], scanned),
        trial("cover/bars are on the black plate alone", &[Need::Command("gs"), Need::Command("pdftotext")], black_bars),
        Trial::test("cover/an article has one by build", by_build),
        Trial::test("cover/a mistake is said at its line", mistakes),
        Trial::test("cover/the same bytes, and the preflight is clean", same_and_clean),
    ]
}

const PROJECT: &str = "[journal]\ntitle = { ky = \"Чүй жарчысы\", en = \"Chu Herald\" }\nissn = \"2049-3630\"\npublisher = \"Чүй басмасы\"\nlanguages = [\"ky\", \"en\"]\n\n\
                       [cover]\nprice = { ky = \"250 сом\", en = \"250 KGS\" }\nage = \"12+\"\naddon = \"05\"\nplace = \"2026. № 5\"\n";

/// Paper of which sixty leaves are 6 mm thick, and 0.25 mm of board.
const PAPER: &str = "description = \"paper\"\n[marks]\ncrop = true\n[cover]\nleaf = 0.1\nboard = 0.25\n";

fn mm(length: f64) -> f64 {
    length * 72.0 / 25.4
}

/// The cover around so many pages, and what the program said of it.
fn around(place: &Place, pages: usize, project: &str) -> Result<String, Failed> {
    place.write("issue.pdf", numbered(pages))?;
    place.write("diglot.toml", project)?;
    place.write("paper.toml", PAPER)?;
    Ok(place.run(&["press", "issue.pdf", "--cover", "--profile", "paper.toml"])?.exits(0)?.err)
}

/// The trimmed size of the sheet, in points.
fn trimmed(place: &Place) -> Result<[f64; 2], Failed> {
    let said = tool("pdfinfo", &["-box".as_ref(), place.at("issue.cover.pdf").as_ref()])?;
    let line = said.lines().find(|line| line.starts_with("TrimBox")).ok_or("no trim box")?;
    let numbers: Vec<f64> = line.split_whitespace().skip(1).filter_map(|word| word.parse().ok()).collect();
    let [x0, y0, x1, y1] = <[f64; 4]>::try_from(numbers).map_err(|_| "no box")?;
    Ok([x1 - x0, y1 - y0])
}

/// The words between two places of the sheet, in millimetres from its left edge.
fn words(place: &Place, from: f64, to: f64) -> Result<String, Failed> {
    let [x, width] = [mm(from), mm(to - from)].map(|length| format!("{length:.0}"));
    pdf_text(&place.at("issue.cover.pdf"), &["-x", &x, "-y", "0", "-W", &width, "-H", "2000"])
}

/// From the edge of the paper to the trimmed sheet: marks of 5 mm, 4 mm away, and 1 mm of paper.
const ROOM: f64 = 10.0;

fn one_sheet() -> Outcome {
    let place = Place::new()?;
    let said = around(&place, 128, PROJECT)?;
    // 64 leaves of 0.1 mm, and the board in front and behind.
    ensure!(said.contains("issue.cover.pdf: a cover with a spine of 6.9 mm"), "{said}");
    let [width, height] = trimmed(&place)?;
    ensure!((width - mm(2.0 * 148.0 + 6.9)).abs() < 0.1 && (height - mm(210.0)).abs() < 0.1, "{width} × {height}");
    let (back, spine, front) = (words(&place, ROOM, ROOM + 148.0)?, words(&place, ROOM + 148.0, ROOM + 154.9)?, words(&place, ROOM + 154.9, ROOM + 303.0)?);
    ensure!(front.contains("Чүй жарчысы") && front.contains("2026. № 5") && front.contains("12+"), "front: {front}");
    ensure!(spine.contains("Чүй жарчысы") && spine.contains("2026. № 5"), "spine: {spine}");
    ensure!(back.contains("ISSN 2049-3630") && back.contains("250 сом") && back.contains("Чүй басмасы") && !back.contains("KGS"), "back: {back}");
    Ok(())
}

fn spine_follows() -> Outcome {
    let place = Place::new()?;
    for (pages, spine, has_text) in [(8, 0.9, false), (90, 5.0, false), (110, 6.0, true), (200, 10.5, true)] {
        let said = around(&place, pages, PROJECT)?;
        ensure!(said.contains(&format!("a spine of {spine} mm")), "{pages} pages: {said}");
        let text = words(&place, ROOM + 148.0, ROOM + 148.0 + spine)?;
        ensure!(text.contains("Чүй") == has_text, "{pages} pages: the spine says `{text}`");
    }
    // A hand-given one holds, and one that is off is told what it should be.
    let said = around(&place, 200, &format!("{PROJECT}spine = 10.2\n"))?;
    ensure!(said.contains("a spine of 10.2 mm") && !said.contains("stale-spine"), "{said}");
    let said = around(&place, 200, &format!("{PROJECT}spine = 7.4\n"))?;
    ensure!(said.contains("stale-spine") && said.contains("10.5 mm"), "{said}");
    // Stapled pages have none.
    place.write("stapled.toml", "description = \"stapled\"\n[cover]\nbound = \"stapled\"\n")?;
    place.write("diglot.toml", PROJECT)?;
    place.run(&["press", "issue.pdf", "--cover", "--profile", "stapled.toml"])?.exits(0)?.says("a spine of 0 mm")?;
    ensure!((trimmed(&place)?[0] - mm(296.0)).abs() < 0.1, "a stapled cover has a spine");
    Ok(())
}

fn opens_right() -> Outcome {
    let place = Place::new()?;
    around(
        &place,
        128,
        "[journal]\ntitle = { he = \"כתב עת\", en = \"The Herald\" }\nissn = \"2049-3630\"\nlanguages = [\"he\", \"en\"]\n[cover]\nage = \"12+\"\n",
    )?;
    let (left, right) = (words(&place, ROOM, ROOM + 148.0)?, words(&place, ROOM + 154.9, ROOM + 303.0)?);
    ensure!(left.contains("12+") && !left.contains("ISSN"), "left: {left}");
    ensure!(right.contains("ISSN") && !right.contains("12+"), "right: {right}");
    Ok(())
}

/// What a scanner reads off a cover of this project.
fn read(place: &Place, project: &str) -> Result<String, Failed> {
    around(place, 128, project)?;
    let (pdf, picture) = (place.at("issue.cover.pdf"), place.at("cover"));
    tool("pdftoppm", &["-r".as_ref(), "200".as_ref(), "-gray".as_ref(), "-png".as_ref(), pdf.as_ref(), picture.as_ref()])?;
    tool("zbarimg", &["-q".as_ref(), "--raw".as_ref(), "-S*.enable=1".as_ref(), place.at("cover-1.png").as_ref()])
}

fn scanned() -> Outcome {
    let place = Place::new()?;
    let said = read(&place, PROJECT)?;
    ensure!(said.trim() == "977204936300205", "the scanner reads `{said}`");
    let said = read(&place, &PROJECT.replace("age =", "isbn = \"978-3-16-148410-0\"\nage =").replace("\"05\"", "\"52495\""))?;
    ensure!(said.trim() == "978316148410052495", "the scanner reads `{said}`");
    let said = read(&place, &PROJECT.replace("addon = \"05\"", "variant = 12"))?;
    ensure!(said.trim().starts_with("977204936312"), "the scanner reads `{said}`");
    around(&place, 128, &PROJECT.replace("age =", "barcode = \"none\"\nage ="))?;
    let back = words(&place, ROOM, ROOM + 148.0)?;
    ensure!(!back.contains("977") && back.contains("ISSN 2049-3630"), "{back}");
    Ok(())
}

/// The plates of the sheet, by Ghostscript, in a window within the bars and in one on the coloured band.
fn black_bars() -> Outcome {
    let place = Place::new()?;
    around(&place, 128, &format!("{PROJECT}[layout]\nname = \"modern\"\n"))?;
    let (pdf, plates) = (place.at("issue.cover.pdf"), format!("-sOutputFile={}", place.at("plate.tif").display()));
    let arguments = ["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r50", plates.as_str()].map(std::ffi::OsStr::new);
    tool("gs", &[&arguments[..], &[pdf.as_os_str()]].concat())?;
    // From the left and from the foot of the paper, in millimetres; 255 is no ink.
    let darkest = |plate: &str, x: f64, y: f64, width: f64, height: f64| -> Result<u8, Failed> {
        let picture = image::load_from_memory(&support::bytes(&place.at(&format!("plate({plate}).tif")))?)?.to_luma8();
        let pixels = |length: f64| (length * 50.0 / 25.4) as u32;
        let window = image::imageops::crop_imm(&picture, pixels(x), picture.height() - pixels(y + height), pixels(width), pixels(height)).to_image();
        window.pixels().map(|pixel| pixel.0[0]).min().ok_or_else(|| "an empty window".into())
    };
    for plate in ["Cyan", "Magenta", "Yellow"] {
        ensure!(darkest(plate, ROOM + 95.0, ROOM + 20.0, 25.0, 12.0)? == 255, "the bars have {plate}");
    }
    ensure!(darkest("Black", ROOM + 95.0, ROOM + 20.0, 25.0, 12.0)? == 0, "the bars are not there");
    ensure!(darkest("Cyan", ROOM + 20.0, ROOM + 200.0, 20.0, 5.0)? < 128, "the judge sees no colour, so it proves nothing");
    Ok(())
}

fn by_build() -> Outcome {
    let place = Place::new()?;
    let master = support::source().join("trilingual-sample/article.xml");
    place.write("diglot.toml", PROJECT)?;
    place.write("paper.toml", PAPER)?;
    let arguments =
        ["build", &*master.to_string_lossy(), "--project", "diglot.toml", "--to", "cover", "--press-profile", "paper.toml", "--report", "report.json"];
    place.run(&arguments)?.exits(0)?.says("a cover with a spine of")?;
    let bytes = support::bytes(&place.at("build/trilingual-sample.cover.pdf"))?;
    ensure!(bytes.starts_with(b"%PDF-1.6") && !place.at("build/trilingual-sample.pdf").exists(), "no cover, or more than a cover");
    let report: serde_json::Value = serde_json::from_str(&support::read(&place.at("report.json"))?)?;
    let spine = report["masters"][0]["outputs"][0]["spine"].as_f64().ok_or("no spine in the report")?;
    ensure!((0.5..2.0).contains(&spine), "a spine of {spine} mm");
    Ok(())
}

fn mistakes() -> Outcome {
    let place = Place::new()?;
    place.write("issue.pdf", numbered(4))?;
    for (line, says) in [
        ("aeg = \"12+\"", "unknown field `aeg`"),
        ("age = \"13+\"", "unknown variant `13+`"),
        ("spine = -1.0", "a spine is from 0 to 100 mm thick"),
        ("isbn = \"978-3-16-148410-1\"", "is no ISBN"),
        ("addon = \"5\"", "has two or five digits"),
        ("variant = 100", "has two digits"),
        ("barcode = \"qr\"", "unknown variant `qr`"),
        ("price = { klingon = \"1\" }", "`klingon` is no language"),
    ] {
        place.write("diglot.toml", format!("[journal]\ntitle = \"The Herald\"\n[cover]\n{line}\n"))?;
        let run = place.run(&["press", "issue.pdf", "--cover", "--message-format", "short"])?;
        ensure!(run.err.contains("diglot.toml:4:") && run.err.contains(says) && run.code != Some(0), "`{line}`: {}", run.err);
    }
    ensure!(!place.at("issue.cover.pdf").exists(), "a cover was made of a project that makes no sense");
    std::fs::remove_file(place.at("diglot.toml"))?;
    place.run(&["press", "issue.pdf", "--cover"])?.exits(1)?.says("there is no `diglot.toml`")?;
    Ok(())
}

fn same_and_clean() -> Outcome {
    let (one, other) = (Place::new()?, Place::new()?);
    around(&one, 128, PROJECT)?;
    around(&other, 128, PROJECT)?;
    let bytes = support::bytes(&one.at("issue.cover.pdf"))?;
    ensure!(bytes == support::bytes(&other.at("issue.cover.pdf"))?, "other bytes");
    let profile = press::Profile::parse(PAPER).map_err(|refused| refused.message)?.for_cover();
    let found = press::check::check(&bytes, &profile)?;
    ensure!(found.is_empty(), "{found:?}");
    Ok(())
}
