//! The imprint of a printed edition: what it says, in which languages, where it stands, and that its numbers are those of the finished pages.

use diglot::pdf::layout::Layout;

use crate::ensure;
use crate::support::needs::{Need, trial};
use crate::support::program::{Place, pdf_text, tool};
use crate::support::{self, Failed, Outcome, Trial};

const POPPLER: &[Need] = &[Need::Judge("pdftotext"), Need::Command("pdfinfo")];

pub fn trials() -> Vec<Trial> {
    let mut trials = vec![
        trial("imprint/it counts the pages that there are", POPPLER, counts_pages),
        trial("imprint/each language has its own", POPPLER, in_each_language),
        trial("imprint/a layout says where it stands", POPPLER, where_it_stands),
        trial("imprint/words of the project go before those of the table", POPPLER, own_words),
        Trial::test("imprint/the report has it", reported),
        Trial::test("imprint/a mistake is said at its line", mistakes),
    ];
    trials.extend(Layout::names().into_iter().map(|name| trial(format!("imprint/{name}: on the last page, in one piece"), POPPLER, move || last_page(name))));
    trials
}

const PROJECT: &str = "[journal]\ntitle = \"Вестник\"\nlanguages = [\"ru\", \"ky\", \"kk\", \"en\"]\n\n[imprint]\nformat = \"60x84/8\"\nsigned = 2026-03-05\ncopies = 500\n\
                       order = \"147-б\"\npaper = { ru = \"офсетная\", ky = \"офсеттик\", kk = \"офсеттік\", en = \"offset\" }\nprinter = { ru = \"ОсОО «Печать», Бишкек\", ky = \"«Басма» ЖЧК, Бишкек\" }\n\
                       publishers-sheets = true\n";

const TEXT: &str = "Слово за словом складывается строка, строка за строкой складывается полоса, и всё это надо сосчитать после вёрстки, а не до неё.";

/// A master of so many paragraphs, which make several pages.
fn master(paragraphs: usize) -> String {
    support::article(&format!("<p>{TEXT}</p>").repeat(paragraphs))
}

/// Builds it, and gives the text of the last page and how many pages there are.
fn built(place: &Place, paragraphs: usize, project: &str) -> Result<(String, usize), Failed> {
    place.write("article.xml", master(paragraphs))?;
    place.write("diglot.toml", project)?;
    place.run(&["build", "article.xml", "--to", "pdf", "--report", "report.json"])?.exits(0)?;
    let said = tool("pdfinfo", &[place.at("build/article.pdf").as_ref()])?;
    let pages: usize = said.lines().find_map(|line| line.strip_prefix("Pages:")?.trim().parse().ok()).ok_or("no pages")?;
    let text = pdf_text(&place.at("build/article.pdf"), &["-f", &pages.to_string()])?;
    Ok((text.split_whitespace().collect::<Vec<_>>().join(" "), pages))
}

/// Sheets of 60 × 84 cm, of which a side has eight pages, in sheets of 60 × 90 cm: 0.93 each, with two decimals, whole numbers as they are.
fn sheets(pages: usize) -> String {
    let hundredths = (pages * 93 + 4) / 8;
    if hundredths.is_multiple_of(100) { format!("{}", hundredths / 100) } else { format!("{},{:02}", hundredths / 100, hundredths % 100) }
}

fn counts_pages() -> Outcome {
    let place = Place::new()?;
    for paragraphs in [1, 60, 240] {
        let (text, pages) = built(&place, paragraphs, PROJECT)?;
        ensure!(text.contains(&format!("Усл. печ. л. {}.", sheets(pages))), "{pages} pages, {} sheets: {text}", sheets(pages));
    }
    let (_, pages) = built(&place, 240, PROJECT)?;
    ensure!(pages > 8, "{pages} pages are too few to prove anything");
    Ok(())
}

fn in_each_language() -> Outcome {
    let place = Place::new()?;
    let (text, _) = built(&place, 20, PROJECT)?;
    for said in [
        "Подписано в печать 05.03.2026. Формат 60×84/8. Бумага офсетная.",
        "Тираж 500 экз. Заказ № 147-б. Типография: ОсОО «Печать», Бишкек.",
        "Басууга 05.03.2026 кол коюлду. Форматы 60×84/8. Кагазы офсеттик.",
        "Басмакана: «Басма» ЖЧК, Бишкек.",
        "Басуға 05.03.2026 қол қойылды. Пішімі 60×84/8.",
        "Signed to press 05.03.2026. Format 60×84/8.",
        "Print run 500. Order No. 147-б.",
    ] {
        ensure!(text.contains(said), "`{said}` is not there: {text}");
    }
    // The signs of the text and of its title, blanks too, in sheets of 40,000.
    let signs = 20 * TEXT.chars().count() + "A title".len();
    let wanted = format!("Уч.-изд. л. 0,{:02}.", (signs * 100 + 20_000) / 40_000);
    ensure!(text.contains(&wanted), "{signs} signs are not `{wanted}`: {text}");
    // Who has no form of its own gets that of the journal's first language.
    ensure!(text.contains("Printed by: ОсОО «Печать», Бишкек."), "{text}");
    let (text, _) = built(&place, 20, &PROJECT.replace("[imprint]\n", "[imprint]\nlanguages = [\"en\"]\n"))?;
    ensure!(text.contains("Signed to press") && !text.contains("Подписано"), "{text}");
    let (text, _) = built(&place, 20, "[journal]\ntitle = \"Вестник\"\n")?;
    ensure!(!text.contains("Усл. печ. л."), "an imprint that nobody asked for: {text}");
    Ok(())
}

fn where_it_stands() -> Outcome {
    let place = Place::new()?;
    let (last, pages) = built(&place, 20, PROJECT)?;
    ensure!(last.contains("складывается") && last.contains("Усл. печ. л."), "the text and the imprint share no page: {last}");
    let layout = |place: &str| format!("{PROJECT}[layout]\nname = \"classic\"\ncolophon.place = \"{place}\"\n");
    let (own, more) = built(&place, 20, &layout("page"))?;
    ensure!(more == pages + 1 && !own.contains("складывается") && own.contains(&format!("Усл. печ. л. {}.", sheets(more))), "{more} pages: {own}");
    let (none, same) = built(&place, 20, &layout("none"))?;
    ensure!(same == pages && !none.contains("Усл. печ. л."), "{none}");
    Ok(())
}

fn own_words() -> Outcome {
    let place = Place::new()?;
    let (text, _) = built(&place, 20, &format!("{PROJECT}[labels.ky]\ncopies = \"{{n}} нуска\"\n"))?;
    ensure!(text.contains("500 нуска.") && !text.contains("Нускасы"), "{text}");
    Ok(())
}

fn reported() -> Outcome {
    let place = Place::new()?;
    place.write("article.xml", master(20))?;
    place.write("diglot.toml", PROJECT)?;
    place.run(&["build", "article.xml", "--to", "pdf", "--report", "report.json"])?.exits(0)?;
    let report: serde_json::Value = serde_json::from_str(&support::read(&place.at("report.json"))?)?;
    let pages = report["masters"][0]["outputs"][0]["pages"].as_u64().and_then(|pages| usize::try_from(pages).ok()).ok_or("no pages")?;
    let imprint = report["masters"][0]["imprint"].as_array().ok_or("no imprint")?;
    ensure!(imprint.len() == 4 && imprint[0]["lang"] == "ru", "{imprint:?}");
    let lines = imprint[0]["lines"].as_array().ok_or("no lines")?;
    let of = |kind: &str| lines.iter().find(|line| line["kind"] == kind).and_then(|line| line["text"].as_str()).unwrap_or_default();
    ensure!(of("conventional-sheets") == format!("Усл. печ. л. {}", sheets(pages)) && of("format") == "Формат 60×84/8", "{lines:?}");
    Ok(())
}

fn mistakes() -> Outcome {
    let place = Place::new()?;
    place.write("article.xml", master(1))?;
    for (line, says) in [
        ("tirage = 500", "unknown field `tirage`"),
        ("format = \"A4\"", "is no format of an edition"),
        ("copies = -5", "invalid value"),
        ("copies = \"many\"", "invalid type"),
        ("signed = \"yesterday\"", "invalid type"),
        ("signed = 10:00:00", "is no day"),
        ("languages = [\"klingonese\"]", "is no language"),
    ] {
        place.write("diglot.toml", format!("[journal]\ntitle = \"Вестник\"\n[imprint]\n{line}\n"))?;
        let run = place.run(&["build", "article.xml", "--message-format", "short"])?;
        ensure!(run.err.contains("diglot.toml:4:") && run.err.contains(says) && run.code == Some(2), "`{line}`: {}", run.err);
    }
    Ok(())
}

fn last_page(layout: &str) -> Outcome {
    let place = Place::new()?;
    let master = support::source().join("trilingual-sample/article.xml");
    place.write("diglot.toml", format!("{PROJECT}[layout]\nname = \"{layout}\"\n"))?;
    place.run(&["build", &master.to_string_lossy(), "--project", "diglot.toml", "--to", "pdf"])?.exits(0)?;
    let path = place.at("build/trilingual-sample.pdf");
    let said = tool("pdfinfo", &[path.as_ref()])?;
    let pages: usize = said.lines().find_map(|line| line.strip_prefix("Pages:")?.trim().parse().ok()).ok_or("no pages")?;
    let last = pdf_text(&path, &["-f", &pages.to_string()])?.split_whitespace().collect::<Vec<_>>().join(" ");
    let all = ["Подписано в печать", "Басууга", "Басуға", "Signed to press", &format!("Усл. печ. л. {}.", sheets(pages))];
    ensure!(all.iter().all(|said| last.contains(said)), "{pages} pages: {last}");
    Ok(())
}
