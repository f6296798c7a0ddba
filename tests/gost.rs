//! The layout `gost` and what stands on it: the order of the blocks, by poppler, and journals that inherit.
//!
//! 1. [`order`]: the words that begin the blocks of a page follow each other as GOST R 7.0.7-2021 has them.
//! 2. [`examples`]: each journal of `layouts/examples` builds, and shows what it changes.

use std::path::Path;
use std::sync::OnceLock;

use crate::ensure;
use crate::look::{at, attribute, pages_in};
use crate::support::needs::{Need, trial};
use crate::support::program::{Place, pdf_text};
use crate::support::{self, Failed, Outcome, Trial, container};

const POPPLER: &[Need] = &[Need::Judge("pdftotext")];

pub fn trials() -> Vec<Trial> {
    vec![
        trial("gost/the order of the blocks", POPPLER, || order(&russian()?.0, RUSSIAN)),
        trial("gost/the order of the blocks: a text in Kazakh", POPPLER, || order(&text("gost", "trilingual-kazakh")?.0, KAZAKH)),
        trial("gost/the order of the blocks: all languages first", POPPLER, || order(&text("gost-kg", "trilingual-sample")?.0, KYRGYZSTAN)),
        trial("gost/the order of the blocks: МРНТИ first", POPPLER, || order(&text("gost-kg", "trilingual-kazakh")?.0, KAZAKHSTAN)),
        trial("gost/the foot of the first page has the rights", POPPLER, rights),
        Trial::test("gost/the rights stand below the notes of the first page", rights_below_notes),
        Trial::test("gost/long notes of the first page and the rights", long_notes),
        trial("gost/layouts/examples", POPPLER, examples),
    ]
}

/// Russian text; Kyrgyz and English after it.
const RUSSIAN: &[&str] = &[
    "Вестник книжного дела. 2024. Т. 3, № 2. С. 41–",
    "Книжное дело",
    "Научная статья",
    "УДК 655.254",
    "DOI: https://doi.org/10.5555/vkd.2024.3.2.41",
    "Ширина полосы и качество",
    "А. Б. Токтомушева",
    "Лаборатория многоязычного",
    "https://orcid.org/0000-0000-0000-1012",
    "Аннотация",
    "Ключевые слова",
    "Благодарности",
    "Финансирование",
    "Для цитирования",
    "Введение",
    "Список источников",
    "Информация об авторах",
    "Вклад авторов",
    "Авторы заявляют об отсутствии",
    "Статья поступила в редакцию 12 февраля 2024 г.; ",
    "принята к публикации 6 мая 2024 г.",
    "Илимий макала",
    "Үч тилдүү илимий",
    "Кыскача мазмуну",
    "Ачкыч сөздөр",
    "Original article",
    "Measure and justification in",
    "A. B. Toktomusheva",
    "Kagaz Institute",
    "Abstract",
    "Keywords",
    "Acknowledgements",
    "For citation",
    "References",
    "Information about the authors",
    "The authors declare",
    "The article was submitted 12 February 2024",
];

const KAZAKH: &[&str] = &[
    "Баспа және метадерек. 2024. Т. 1, № 3. Б. 17–",
    "Ғылыми мақала",
    "655.41:004.91",
    "19.51.61",
    "Аңдатпа",
    "Түйін сөздер",
    "Кіріспе",
    "Әдебиеттер тізімі",
    "Авторлар туралы мәлімет",
    "мүдделер қақтығысы жоқ",
    "Научная статья",
    "Аннотация",
    "Original article",
    "Abstract",
    "References",
    "[in Kazakh]",
    "Information about the authors",
];

const KYRGYZSTAN: &[&str] = &[
    "УДК 655.254",
    "DOI:",
    "Научная статья",
    "Ширина полосы и качество",
    "Аннотация",
    "Ключевые слова",
    "Үч тилдүү илимий",
    "Кыскача мазмуну",
    "Measure and justification in",
    "Abstract",
    "Keywords",
    "Введение",
    "Список источников",
    "Информация об авторах",
    "References",
    "Information about the authors",
];

const KAZAKHSTAN: &[&str] = &[
    "19.51.61",
    "655.41:004.91",
    "Аңдатпа",
    "Түйін сөздер",
    "Аннотация",
    "Ключевые слова",
    "Abstract",
    "Keywords",
    "Кіріспе",
    "Әдебиеттер тізімі",
    "References",
];

/// The text of a master's pages in a layout, and of its first page alone.
fn text(layout: &str, master: &str) -> Result<(String, String), Failed> {
    let place = Place::new()?;
    support::copy(&support::source().join(master), &place.at(master))?;
    place.run(&["build", master, "--to", "pdf", "--layout", layout, "--out-dir", "out"])?.exits(0)?;
    let pdf = place.at("out").join(format!("{master}.pdf"));
    let read = |last: &str| pdf_text(&pdf, &["-layout", "-l", last]).map(|text| folded(&text));
    Ok((read("999")?, read("1")?))
}

/// The same of the Russian master in `gost`, which is built once.
fn russian() -> Result<&'static (String, String), Failed> {
    static TEXT: OnceLock<Result<(String, String), String>> = OnceLock::new();
    let made = TEXT.get_or_init(|| text("gost", "trilingual-sample").map_err(|failed| failed.message().unwrap_or("the build failed").to_owned()));
    made.as_ref().map_err(|message| message.as_str().into())
}

/// Blanks and ends of lines as one blank each, no marks of divided words.
fn folded(text: &str) -> String {
    text.replace('\u{ad}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn order(text: &str, blocks: &[&str]) -> Outcome {
    let mut from = 0;
    for block in blocks {
        let Some(at) = text[from..].find(block) else {
            let elsewhere = text.find(block).map_or("nowhere", |_| "only before it");
            return Err(format!("`{block}` does not follow what should stand before it: it stands {elsewhere}").into());
        };
        from += at + block.len();
    }
    Ok(())
}

fn rights() -> Outcome {
    let (_, first) = russian()?;
    let copyright = first.find("© Токтомушева").ok_or("no copyright on the first page")?;
    let licence = first.find("Creative Commons Attribution 4.0").ok_or("no licence on the first page")?;
    let introduction = first.find("Введение").ok_or("the text does not begin on the first page")?;
    ensure!(introduction < copyright && copyright < licence, "the rights do not stand at the foot: {introduction}, {copyright}, {licence}");
    Ok(())
}

fn rights_below_notes() -> Outcome {
    let meta = "<permissions><copyright-statement>© 2020 Nobody</copyright-statement></permissions>";
    let body =
        format!("<p>A word<fn id=\"n1\"><p>The first note.</p></fn> and another<fn id=\"n2\"><p>The second note.</p></fn>.</p>{}", crate::look::paragraph(90));
    let pages = pages_in("gost", &support::article_with(meta, &body, ""), Path::new("."))?;
    let (page, rights) = at(&pages, "© 2020")?;
    for note in ["The first note", "The second note"] {
        let (of_note, line) = at(&pages, note)?;
        ensure!(page == 0 && of_note == 0 && line.y < rights.y - 2.0, "`{note}` at {} mm, the rights at {} mm", line.y, rights.y);
    }
    let lowest = pages[0].iter().filter(|line| line.said.contains("lake")).map(|line| line.y).fold(0.0, f64::max);
    let (_, first) = at(&pages, "The first note")?;
    ensure!(lowest < first.y - 2.0 && first.y - lowest < 30.0, "the text ends at {lowest} mm, the notes begin at {} mm", first.y);
    ensure!(rights.y > 255.0 && rights.y < 276.0, "the rights stand at {} mm", rights.y);
    Ok(())
}

/// Notes that would break over the foot of the first page, or are too long to be lifted above the rights: the layout comes to rest, and nothing stands over anything.
fn long_notes() -> Outcome {
    let meta = "<permissions><copyright-statement>© 2020 Nobody</copyright-statement></permissions>";
    let note =
        |no: usize, length: usize| format!("<fn id=\"n{no}\"><p>Note {no} begins. {}Note {no} ends.</p></fn>", "It says much of little. ".repeat(length));
    for (length, sentences) in [(20, 22), (40, 24), (40, 26), (70, 20), (120, 20)] {
        let text = (1..5).map(|no| crate::look::paragraph(sentences).replacen("winter", &format!("winter{}", note(no, length)), 1)).collect::<String>();
        let pages = pages_in("gost", &support::article_with(meta, &format!("{text}{}", crate::look::paragraph(40)), ""), Path::new("."))?;
        let (page, rights) = at(&pages, "© 2020")?;
        for no in 1..5 {
            for said in [format!("Note {no} begins"), format!("Note {no} ends")] {
                let (on, line) = at(&pages, &said)?;
                ensure!(on != page || (line.y - rights.y).abs() > 3.0, "notes of {length} sentences: `{said}` at {} mm, the rights at {} mm", line.y, rights.y);
            }
        }
    }
    Ok(())
}

/// What each journal of `layouts/examples` changes: the width of its page in millimetres, and what its first page and its style sheet say.
const EXAMPLES: &[(&str, f64, &str, &str)] = &[
    ("steppe-notes", 165.0, "Асель Бакытовна Токтомушева", "#b0503f"),
    ("chu-engineer", 210.0, "Токтомушева А. Б.", "#4b82b4"),
    ("harbour-letters", 210.0, "Асель Бакытовна Токтомушева", "#4d8f76"),
];

fn examples() -> Outcome {
    let folder = support::root().join("layouts/examples");
    let found: Vec<String> = support::folders(&folder).iter().map(|path| support::name(path)).collect();
    ensure!(EXAMPLES.iter().all(|(name, ..)| found.iter().any(|other| other == name)) && found.len() == EXAMPLES.len(), "other journals: {found:?}");
    for (name, width, said, rule) in EXAMPLES {
        let place = Place::new()?;
        support::copy(&folder.join(name), &place.at(name))?;
        support::copy(&support::source().join("trilingual-sample"), &place.at(&format!("{name}/sample")))?;
        place.run(&["build", &format!("{name}/sample"), "--out-dir", "out"])?.exits(0)?;
        let pdf = place.at("out/sample.pdf");
        let boxes = pdf_text(&pdf, &["-bbox", "-l", "1"])?;
        let wide = attribute(&boxes, "page width").ok_or("no page")?;
        ensure!((wide / 72.0 * 25.4 - width).abs() < 0.5, "{name}: the page is {wide} points wide");
        let first = folded(&pdf_text(&pdf, &["-l", "1"])?);
        ensure!(first.contains(said), "{name}: the first page does not say `{said}`");
        let book = container::texts(&place.at("out/sample.epub"))?;
        ensure!(book.values().any(|text| text.contains(rule)), "{name}: the book does not have its rules");
    }
    Ok(())
}
