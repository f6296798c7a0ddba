//! What is derived from the metadata, as the program's outputs show it.
//!
//! 1. “For citation” in each language, with the pages that were just set, in the PDF and in the e-book.
//! 2. “References” beside a list in Cyrillic, in both outputs and in the report.

use roxmltree::{Document, ParsingOptions};
use serde_json::Value;

use crate::ensure;
use crate::outputs::text_of;
use crate::support::needs::{Need, trial};
use crate::support::program::{Place, pdf_text};
use crate::support::{Failed, Outcome, Trial, container, read};

const POPPLER: &[Need] = &[Need::Judge("pdftotext")];

pub fn trials() -> Vec<Trial> {
    vec![
        trial("derived/for citation, with the pages that were set", POPPLER, for_citation),
        trial("derived/nothing is derived that nobody asked for", POPPLER, nothing_unasked),
        trial("derived/references in both outputs and in the report", POPPLER, references),
        Trial::test("derived/a master with its own references keeps them", own_references),
    ]
}

/// Enough text for three pages.
fn text() -> String {
    "<p>".to_owned() + &"Вода течёт с гор в долины, и никто не знает, куда она уходит потом. ".repeat(90) + "</p>"
}

fn article(issue: &str, back: &str) -> String {
    format!(
        "<article xml:lang=\"ru\"><front><journal-meta><journal-title-group><journal-title>Вестник степи</journal-title></journal-title-group></journal-meta><article-meta>\
         <article-id pub-id-type=\"doi\">10.5555/vs.7</article-id><title-group><article-title>О реках</article-title>\
         <trans-title-group xml:lang=\"en\"><trans-title>On rivers</trans-title></trans-title-group></title-group>\
         <contrib-group><contrib contrib-type=\"author\"><name-alternatives><name xml:lang=\"ru\"><surname>Асанов</surname><given-names>Улан</given-names></name>\
         <name xml:lang=\"en\"><surname>Asanov</surname><given-names>Ulan</given-names></name></name-alternatives></contrib></contrib-group>\
         <pub-date><year>2021</year></pub-date><volume>7</volume><issue>4</issue>{issue}</article-meta></front><body>{}</body>{back}</article>",
        text()
    )
}

const LIST: &str = "<back><ref-list><title>Список литературы</title>\
    <ref id=\"r1\"><label>1</label><mixed-citation>Иванов И. И. Водный баланс // Вестник КРСУ. 2020. Т. 7, № 4. С. 12–19.</mixed-citation></ref>\
    <ref id=\"r2\"><label>2</label><element-citation publication-type=\"journal\" xml:lang=\"ru\"><name><surname>Петров</surname><given-names>Пётр Ильич</given-names></name>\
    <article-title>О снеге</article-title><trans-title>On snow</trans-title><source>Лёд</source><year>2019</year><volume>3</volume><fpage>5</fpage><lpage>9</lpage></element-citation></ref>\
    <ref id=\"r3\"><label>3</label><citation-alternatives><mixed-citation xml:lang=\"ru\">Сидоров С. С. О ветре. М., 2001.</mixed-citation>\
    <mixed-citation xml:lang=\"en\">Sidorov S.S. On wind. Moscow; 2001.</mixed-citation></citation-alternatives></ref>\
    <ref id=\"r4\"><label>4</label><mixed-citation>Smith J. Rivers. London, 2011.</mixed-citation></ref></ref-list></back>";

/// A layout that says how the article is to be cited.
const LAYOUT: &str = "#import \"/layouts/base/base.typ\": *\n#let base-article = article\n\
    #let front(front, options, main) = {\n  front-block(front, options, main)\n  par(cite-as(front))\n}\n\
    #let article(..parts) = base-article(..parts, options: (front: front))\n";

fn place(project: &str, master: &str) -> Result<Place, Failed> {
    let place = Place::with(master)?;
    place.write("diglot.toml", project)?;
    place.write("own/layout.typ", LAYOUT)?;
    place.write("own/layout.toml", "name = \"own\"\n")?;
    place.write("own/layout.css", "")?;
    Ok(place)
}

/// A text without its blanks and hyphens: lines end where they will.
fn bare(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace() && !matches!(char, '-' | '\u{ad}' | '\u{2010}')).collect()
}

/// The bare text of the pages and of the e-book.
fn outputs(place: &Place) -> Result<(String, String), Failed> {
    let pdf = pdf_text(&place.at("out/article.pdf"), &["-raw", "-enc", "UTF-8"])?;
    let mut book = String::new();
    for (_, document) in container::documents(&place.at("out/article.epub"))? {
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        book.push_str(&text_of(Document::parse_with_options(&document, options)?.root()));
    }
    Ok((bare(&pdf), bare(&book)))
}

fn for_citation() -> Outcome {
    let place = place("[layout]\nname = \"own\"\n[derive]\nfor-citation = true\n", &article("", ""))?;
    place.run(&["build", "article.xml", "--out-dir", "out", "--report", "report.json"])?.exits(0)?;
    let report: Value = serde_json::from_str(&read(&place.at("report.json"))?)?;
    let pages = report["masters"][0]["outputs"][0]["pages"].as_u64().unwrap_or_default();
    ensure!(pages > 1, "one page proves nothing");
    let (pdf, book) = outputs(&place)?;
    for (name, text) in [("pdf", &pdf), ("epub", &book)] {
        let russian = format!("Для цитирования: Асанов У. О реках // Вестник степи. 2021. Т. 7, № 4. С. 1–{pages}. DOI: 10.5555/vs.7");
        let english = format!("For citation: Asanov U. On rivers. Vestnik stepi. 2021;7(4):1–{pages}. (In Russ.) https://doi.org/10.5555/vs.7");
        for wanted in [russian, english] {
            ensure!(text.contains(&bare(&wanted)), "the {name} lacks `{wanted}`: {text}");
        }
    }
    let given = article("<fpage>45</fpage><lpage>60</lpage>", "");
    place.write("article.xml", &given)?;
    place.run(&["build", "article.xml", "--out-dir", "out"])?.exits(0)?;
    let (pdf, book) = outputs(&place)?;
    ensure!(pdf.contains("С.45–60.DOI") && book.contains("С.45–60.DOI"), "the pages of the master");
    Ok(())
}

fn nothing_unasked() -> Outcome {
    let place = place("[layout]\nname = \"own\"\n", &article("", LIST))?;
    place.run(&["build", "article.xml", "--out-dir", "out"])?.exits(0)?;
    let (pdf, book) = outputs(&place)?;
    ensure!(!pdf.contains("Forcitation") && !book.contains("References"), "something was derived");
    Ok(())
}

fn references() -> Outcome {
    let place = place("[derive]\nreferences = true\n", &article("", LIST))?;
    place.run(&["build", "article.xml", "--out-dir", "out", "--report", "report.json"])?.exits(0)?;
    let (pdf, book) = outputs(&place)?;
    for wanted in [
        "References",
        "Ivanov I. I. Vodnyi balans. Vestnik KRSU, 2020, vol. 7, no. 4, pp. 12–19. (In Russ.)",
        "Petrov P. I. O snege [On snow]. Led, 2019, vol. 3, pp. 5–9. (In Russ.)",
        "Sidorov S.S. On wind. Moscow; 2001.",
        "Smith J. Rivers. London, 2011.",
    ] {
        ensure!(pdf.contains(&bare(wanted)), "the pdf lacks `{wanted}`: {pdf}");
        ensure!(book.contains(&bare(wanted)), "the epub lacks `{wanted}`: {book}");
    }
    let report: Value = serde_json::from_str(&read(&place.at("report.json"))?)?;
    let derived = report["masters"][0]["derived"].as_array().cloned().unwrap_or_default();
    let how: Vec<&str> = derived.iter().filter_map(|entry| entry["how"].as_str()).collect();
    ensure!(how == ["derived", "derived", "given", "unchanged"], "{derived:?}");
    ensure!(derived[0]["source"] == "Иванов И. И. Водный баланс // Вестник КРСУ. 2020. Т. 7, № 4. С. 12–19.", "{derived:?}");
    Ok(())
}

fn own_references() -> Outcome {
    let own = LIST.replace(
        "</ref-list></back>",
        "</ref-list><ref-list><title>References</title><ref id=\"e1\"><mixed-citation>Ivanov I. Water balance.</mixed-citation></ref></ref-list></back>",
    );
    let place = place("[derive]\nreferences = true\n", &article("", &own))?;
    place.run(&["build", "article.xml", "--to", "epub", "--out-dir", "out", "--report", "report.json"])?.exits(0)?;
    let report: Value = serde_json::from_str(&read(&place.at("report.json"))?)?;
    ensure!(report["masters"][0]["derived"].is_null(), "a list was derived beside the master's own");
    Ok(())
}
