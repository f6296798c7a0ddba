//! Several PDFs as one: the articles of an issue, its imprint and its cover.

use diglot::pdf::layout::Layout;

use crate::ensure;
use crate::support::needs::{Need, trial};
use crate::support::pdf::{numbered, page, pdf, stream};
use crate::support::program::{Place, pdf_text, tool};
use crate::support::{self, Failed, Outcome, Trial, built};

const POPPLER: &[Need] = &[Need::Judge("pdftotext"), Need::Command("pdfinfo")];
const JUDGES: &[Need] = &[Need::Judge("qpdf"), Need::Judge("pdftotext"), Need::Command("pdffonts")];

pub fn trials() -> Vec<Trial> {
    let mut trials = vec![
        trial("issue/articles are bound in their order, with all text and fonts", JUDGES, in_order),
        trial("issue/the folios have to go on", POPPLER, folios),
        trial("issue/the imprint counts all pages, and articles have none", POPPLER, imprint),
        Trial::test("issue/the cover goes around all pages", cover),
        trial("issue/layers stay as they are", &[Need::Command("pdftoppm")], layers),
        Trial::test("issue/what is wrong is said with the file and its page", mistakes),
        Trial::test("issue/the same bytes, and the inputs untouched", same_bytes),
    ];
    trials.extend(Layout::names().into_iter().map(|name| trial(format!("issue/{name}: its imprint is a page in its type"), POPPLER, move || in_type(name))));
    trials
}

const PROJECT: &str = "[journal]\ntitle = \"Вестник\"\nissn = \"2049-3630\"\nlanguages = [\"ru\", \"ky\", \"en\"]\n\n[imprint]\nof = \"issue\"\nformat = \"60x84/8\"\ncopies = 500\n\
                       signed = 2026-03-05\npublishers-sheets = 12.5\n";

fn pages(place: &Place, name: &str) -> Result<usize, Failed> {
    let said = tool("pdfinfo", &[place.at(name).as_ref()])?;
    Ok(said.lines().find_map(|line| line.strip_prefix("Pages:")?.trim().parse().ok()).ok_or("no pages")?)
}

fn text(place: &Place, name: &str, page: usize) -> Result<String, Failed> {
    let page = page.to_string();
    Ok(pdf_text(&place.at(name), &["-f", &page, "-l", &page])?.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The fonts of a file by name and number of object.
fn fonts(path: &std::path::Path) -> Result<usize, Failed> {
    Ok(tool("pdffonts", &[path.as_ref()])?.lines().skip(2).count())
}

fn in_order() -> Outcome {
    let place = Place::new()?;
    let inputs = built::with(|built| Ok(built::of_kind(&built.folder(), "pdf")))?;
    ensure!(inputs.len() > 2, "there are only {} articles", inputs.len());
    let names: Vec<String> = inputs.iter().map(|input| input.to_string_lossy().into_owned()).collect();
    let mut command: Vec<&str> = vec!["press"];
    command.extend(names.iter().map(String::as_str));
    command.extend(["-o", "issue.pdf", "--profile", "flush.toml"]);
    place.write("flush.toml", "description = \"no bleed, so that poppler reads its lines the same\"\n[sheet]\nbleed = 0\n")?;
    // They are of several journals: their pages have several sizes, and their folios begin anew.
    place.run(&command)?.exits(0)?.says("folio-gap")?;
    tool("qpdf", &["--check".as_ref(), place.at("issue.pdf").as_ref()])?;
    let before = inputs.iter().map(|input| pdf_text(input, &[])).collect::<Result<Vec<_>, _>>()?.concat();
    ensure!(before == pdf_text(&place.at("issue.pdf"), &[])?, "the text is another");
    let wanted = inputs.iter().map(|input| fonts(input)).sum::<Result<usize, _>>()?;
    ensure!(wanted == fonts(&place.at("issue.pdf"))?, "{wanted} fonts have become {}", fonts(&place.at("issue.pdf"))?);
    Ok(())
}

/// Builds two articles of the project, the second beginning with this page.
fn articles(place: &Place, second: usize) -> Result<[usize; 2], Failed> {
    place.write("diglot.toml", PROJECT)?;
    let text = "<p>Слово за словом складывается строка, строка за строкой складывается полоса, и всё это надо сосчитать после вёрстки, а не до неё.</p>";
    for (name, paragraphs, first) in [("a", 90, 1), ("b", 40, second)] {
        let master = support::article(&text.repeat(paragraphs)).replacen("</article-meta>", &format!("<fpage>{first}</fpage></article-meta>"), 1);
        place.write(&format!("{name}.xml"), master)?;
        place.run(&["build", &format!("{name}.xml"), "--to", "pdf", "--out-dir", "."])?.exits(0)?;
    }
    Ok([pages(place, "a.pdf")?, pages(place, "b.pdf")?])
}

fn folios() -> Outcome {
    let place = Place::new()?;
    let [first, _] = articles(&place, 2)?;
    ensure!(first > 2, "{first} pages are too few to prove anything");
    let run = place.run(&["press", "a.pdf", "b.pdf", "-o", "issue.pdf"])?.exits(0)?;
    ensure!(run.err.contains("folio-gap") && run.err.contains(&format!("write `<fpage>{}</fpage>`", first + 1)), "{}", run.err);
    // Who does what the hint says hears no more of it.
    articles(&place, first + 1)?;
    let run = place.run(&["press", "a.pdf", "b.pdf", "-o", "issue.pdf"])?.exits(0)?;
    ensure!(!run.err.contains("folio-gap"), "{}", run.err);
    Ok(())
}

fn imprint() -> Outcome {
    let place = Place::new()?;
    let [first, second] = articles(&place, 1)?;
    ensure!(!text(&place, "b.pdf", second)?.contains("Усл. печ. л."), "an article has the imprint of the issue");
    let sheets = |pages: usize| format!("Усл. печ. л. {}", format!("{:.2}", (pages as f64 / 8.0 * 93.0).round() / 100.0).replace('.', ","));
    place.run(&["press", "a.pdf", "b.pdf", "--imprint", "-o", "issue.pdf"])?.exits(0)?;
    let all = pages(&place, "issue.pdf")?;
    let said = text(&place, "issue.pdf", all)?;
    ensure!(
        all == first + second + 1 && said.contains(&sheets(all)) && said.contains("Уч.-изд. л. 12,50") && said.contains("Басууга 05.03.2026"),
        "{all} pages: {said}"
    );
    ensure!(!text(&place, "issue.pdf", all - 1)?.contains("Усл. печ. л."), "it is there twice");
    // Sheets that are folded have blanks, and blanks are paper.
    place.run(&["press", "a.pdf", "b.pdf", "--imprint", "-o", "sheets.pdf", "--profile", "booklet.toml"])?.exits(2)?;
    place.write("booklet.toml", "description = \"folded\"\n[imposition]\nscheme = \"saddle-stitch\"\n")?;
    place.run(&["press", "a.pdf", "b.pdf", "--imprint", "-o", "sheets.pdf", "--profile", "booklet.toml"])?.exits(0)?;
    let said = pdf_text(&place.at("sheets.pdf"), &[])?.split_whitespace().collect::<Vec<_>>().join(" ");
    ensure!(said.contains(&sheets(all.next_multiple_of(4))), "{all} pages: {said}");
    // What nobody can count of finished pages is left out, and said.
    place.write("diglot.toml", PROJECT.replace("12.5", "true"))?;
    place.run(&["press", "a.pdf", "b.pdf", "--imprint", "-o", "issue.pdf"])?.exits(0)?.says("publishers-sheets = 12.5")?;
    ensure!(!text(&place, "issue.pdf", all)?.contains("Уч.-изд."), "a number that nobody counted");
    place.write("diglot.toml", "[journal]\ntitle = \"Вестник\"\n")?;
    place.run(&["press", "a.pdf", "b.pdf", "--imprint", "-o", "none.pdf"])?.exits(1)?.says("has no table `[imprint]`")?;
    ensure!(!place.at("none.pdf").exists(), "something was made");
    Ok(())
}

fn in_type(layout: &str) -> Outcome {
    let place = Place::new()?;
    place.write("diglot.toml", format!("{PROJECT}[layout]\nname = \"{layout}\"\n"))?;
    place.write("a.pdf", numbered(3))?;
    place.run(&["press", "a.pdf", "--imprint"])?.exits(0)?;
    let said = text(&place, "a.press.pdf", 4)?;
    ensure!(
        ["Подписано в печать 05.03.2026.", "Басууга 05.03.2026", "Signed to press 05.03.2026.", "Усл. печ. л. 0,47."].iter().all(|line| said.contains(line)),
        "{said}"
    );
    let boxes = tool("pdfinfo", &["-box".as_ref(), "-f".as_ref(), "1".as_ref(), "-l".as_ref(), "4".as_ref(), place.at("a.press.pdf").as_ref()])?;
    let trims: Vec<Vec<f64>> = boxes
        .lines()
        .filter(|line| line.contains("TrimBox"))
        .map(|line| line.rsplit(':').next().unwrap_or_default().split_whitespace().filter_map(|word| word.parse().ok()).collect())
        .collect();
    let size = |trim: &Vec<f64>| (trim[2] - trim[0], trim[3] - trim[1]);
    ensure!(
        trims.len() == 4 && trims.iter().all(|trim| (size(trim).0 - size(&trims[0]).0).abs() < 0.05 && (size(trim).1 - size(&trims[0]).1).abs() < 0.05),
        "{trims:?}"
    );
    Ok(())
}

fn cover() -> Outcome {
    let place = Place::new()?;
    place.write("diglot.toml", PROJECT)?;
    place.write("a.pdf", numbered(60))?;
    place.write("b.pdf", numbered(39))?;
    // A hundred pages are fifty leaves of 0.1 mm, and twice 0.25 mm of board.
    place.run(&["press", "a.pdf", "b.pdf", "--imprint", "--cover", "-o", "cover.pdf"])?.exits(0)?.says("a spine of 5.5 mm")?;
    place.run(&["press", "a.pdf", "--cover"])?.exits(0)?.says("a spine of 3.5 mm")?;
    Ok(())
}

/// A page with a bar that is black where its layer is on.
fn layered(state: &str) -> Vec<u8> {
    let objects = [
        format!("<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [5 0 R] /D << {state} >> >> >>").into_bytes(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R /Resources << /Properties << /L 5 0 R >> >> >>".to_vec(),
        stream("", "/OC /L BDC 0 g 0 0 100 100 re f EMC"),
        b"<< /Type /OCG /Name (layer) >>".to_vec(),
    ];
    pdf("1.6", &objects, "")
}

fn layers() -> Outcome {
    let place = Place::new()?;
    let states = ["", "/OFF [5 0 R]", "/BaseState /OFF", "/BaseState /OFF /ON [5 0 R]"];
    for (at, state) in states.iter().enumerate() {
        place.write(&format!("{at}.pdf"), layered(state))?;
    }
    place.run(&["press", "0.pdf", "1.pdf", "2.pdf", "3.pdf", "-o", "all.pdf"])?.exits(0)?;
    tool("pdftoppm", &["-r".as_ref(), "36".as_ref(), "-png".as_ref(), place.at("all.pdf").as_ref(), place.at("p").as_ref()])?;
    for (at, is_black) in [true, false, false, true].into_iter().enumerate() {
        let picture = image::load_from_memory(&support::bytes(&place.at(&format!("p-{}.png", at + 1)))?)?.to_luma8();
        let middle = picture.get_pixel(picture.width() / 2, picture.height() / 2).0[0];
        ensure!((middle < 128) == is_black, "page {}: {middle}", at + 1);
    }
    Ok(())
}

fn mistakes() -> Outcome {
    let place = Place::new()?;
    place.write("a.pdf", numbered(3))?;
    place.write("small.pdf", page("0 g 5 5 9 9 re f", "", "/MediaBox [0 0 200 300]", &[]))?;
    place.write("broken.pdf", b"%PDF-1.4\nnothing\n")?;
    place.run(&["press", "a.pdf", "a.pdf"])?.exits(2)?.says("--output")?;
    place.run(&["press", "a.pdf", "broken.pdf", "-o", "out.pdf"])?.exits(1)?.says("`broken.pdf` cannot be read as a PDF")?;
    place.run(&["press", "a.pdf", "gone.pdf", "-o", "out.pdf"])?.exits(2)?.says("`gone.pdf` cannot be read")?;
    place.run(&["press", "a.pdf", "small.pdf", "-o", "a.pdf"])?.exits(2)?.says("would overwrite the input")?;
    place.run(&["press", "a.pdf", "small.pdf", "-o", "out.pdf", "--profile", "booklet-a4"])?.exits(1)?.says("page 4 is page 1 of `small.pdf`")?;
    place.run(&["press", "a.pdf", "--imprint"])?.exits(1)?.says("nothing is known of the imprint")?;
    ensure!(!place.at("out.pdf").exists(), "something was made");
    // Each file is looked at by itself.
    let run = place.run(&["press", "--check", "a.pdf", "small.pdf"])?;
    ensure!(run.err.contains("a.pdf") && run.err.contains("small.pdf"), "{}", run.err);
    Ok(())
}

fn same_bytes() -> Outcome {
    let (one, other) = (Place::new()?, Place::new()?);
    for place in [&one, &other] {
        place.write("diglot.toml", PROJECT)?;
        place.write("a.pdf", numbered(3))?;
        place.write("b.pdf", numbered(4))?;
        place.run(&["press", "a.pdf", "b.pdf", "--imprint", "-o", "issue.pdf", "--profile", "perfect-16"])?.exits(0)?;
    }
    ensure!(support::bytes(&one.at("issue.pdf"))? == support::bytes(&other.at("issue.pdf"))?, "other bytes");
    ensure!(support::bytes(&one.at("a.pdf"))? == numbered(3) && support::bytes(&one.at("b.pdf"))? == numbered(4), "an input was touched");
    Ok(())
}
