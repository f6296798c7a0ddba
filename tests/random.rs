//! Random documents drawn from the DTD's content models: nothing panics, every word is in both outputs, the books are sound.
//!
//! 1. One document for each element of JATS Archiving 1.3 that is set, around which the rest is drawn by chance (`support::random`). Seeds are
//!    fixed; `DIGLOT_ROUNDS=20` draws twenty times as many, `DIGLOT_SEED=7` others.
//! 2. Each is read, resolved, written as code and as a book; the proof judges the book, and each word that was put in is looked for in the
//!    code and in the book's text. What is data is listed here.
//! 3. Some are set whole, with pages; the proof judges them. EPUBCheck judges a batch of the books.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use article::code::Code;
use article::jats::elements::{self, Taken};
use article::leaf::is_visible;
use article::letters;
use article::picture::Pictures;
use diglot::pdf::layout::Layout;
use diglot::pdf::{self, Setting};
use diglot::proof::{self, Output};
use epub::{Skin, Stamp};
use roxmltree::{Document, ParsingOptions};

use crate::ensure;
use crate::outputs;
use crate::support::needs::{Need, trial};
use crate::support::program::Place;
use crate::support::random::{self, Dice, Document as Drawn};
use crate::support::set;
use crate::support::{self, Failed, Outcome, Trial};

/// How many trials share the documents, so that several processors do.
const PARTS: usize = 4;

/// Every how many documents one is set with pages.
const WITH_PAGES: usize = 9;

/// Every how many documents one is judged by EPUBCheck.
const CHECKED: usize = 5;

/// What is said of a document that was not set whole.
const LOSSES: [Code; 6] = [Code::LostText, Code::NotShown, Code::PartlyShown, Code::HiddenText, Code::OutOfOrder, Code::EngineFault];

pub fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = (0..PARTS).map(|part| Trial::test(format!("random/read and bound, part {}", part + 1), move || bound(part))).collect();
    trials.extend((0..PARTS).map(|part| Trial::test(format!("random/set, part {}", part + 1), move || with_pages(part))));
    trials.push(trial("random/epubcheck", &[Need::Judge("epubcheck")], epubcheck));
    trials
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

/// The documents with their names: an element and a seed.
fn documents() -> impl Iterator<Item = (String, Drawn)> {
    let (rounds, first) = (number("DIGLOT_ROUNDS", 1), number("DIGLOT_SEED", 1));
    let names = random::jats().names();
    (first..first + rounds).flat_map(move |seed| names.clone().into_iter().map(move |name| (name, seed))).map(|(name, seed)| {
        let mixed = name.bytes().fold(seed, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
        let budget = 20 + Dice(mixed).below(120);
        let drawn = random::document(random::jats(), &name, budget, mixed);
        (format!("{name}/{seed}"), drawn)
    })
}

/// Runs a judge over a part of the documents and gathers what it finds.
fn each(part: usize, every: usize, judge: impl Fn(&Drawn) -> Outcome) -> Outcome {
    let mut faults = Vec::new();
    for (name, drawn) in documents().step_by(every).skip(part).step_by(PARTS) {
        let done = catch_unwind(AssertUnwindSafe(|| judge(&drawn)));
        let fault = match done {
            Ok(Ok(())) => continue,
            Ok(Err(failed)) => failed.message().unwrap_or_default().to_owned(),
            Err(panic) => format!("panicked: {}", panic.downcast_ref::<String>().map_or("?", String::as_str)),
        };
        if let Ok(folder) = std::env::var("DIGLOT_KEEP") {
            support::write(&std::path::Path::new(&folder).join(format!("{}.xml", name.replace([':', '/'], "-"))), &drawn.xml)?;
        }
        faults.push(format!("{name}: {fault}"));
    }
    ensure!(faults.is_empty(), "{} documents (`DIGLOT_KEEP=DIR` keeps them):\n{}", faults.len(), faults.join("\n"));
    Ok(())
}

fn stamp() -> Stamp {
    Stamp { identifier: "urn:uuid:3e8d7e0c-5d3b-8f0a-9d1e-000000000000".to_owned(), modified: "2000-01-01T00:00:00Z".to_owned() }
}

fn bound(part: usize) -> Outcome {
    each(part, 1, |drawn| {
        let (mut log, source, edition) = set::edition("random.xml", drawn.xml.as_bytes())?;
        let pictures = Pictures::new();
        let forme = typeset::set(&edition, &pictures);
        let book = epub::bind(&edition, &pictures, &Skin { css: "" }, &stamp());
        let packed = epub::pack(&book)?;
        let sightings = proof::book::sight(&packed, &book.placed, &edition.leaves)?;
        proof::judge(&mut log, &source, &edition, &sightings, Output::Epub);
        let losses: Vec<&str> =
            log.iter().filter(|said| LOSSES.contains(&said.code) || said.code == Code::StrayText).map(|said| said.message.as_str()).collect();
        ensure!(losses.is_empty(), "{}", losses.join("; "));
        let mut text = String::new();
        for file in book.files.iter().filter(|file| file.path.ends_with(".xhtml") && !file.path.ends_with("nav.xhtml")) {
            let xhtml = std::str::from_utf8(&file.bytes)?;
            let document = Document::parse_with_options(xhtml, ParsingOptions { allow_dtd: true, ..ParsingOptions::default() })?;
            let mut ids = BTreeSet::new();
            let twice = document.descendants().filter_map(|node| node.attribute("id")).find(|id| !ids.insert(*id));
            ensure!(twice.is_none(), "the id `{twice:?}` stands twice in the book");
            text.extend(document.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()));
        }
        let (code, text) = (plain(&forme.text), plain(&text));
        let lost = |text: &str| {
            drawn
                .words
                .iter()
                .filter(|(word, around)| !text.contains(word) && !is_data(around))
                .map(|(word, around)| format!("{word} of {}", around.join("/")))
                .collect::<Vec<_>>()
        };
        ensure!(lost(&code).is_empty(), "not in the code: {}", lost(&code).join("; "));
        ensure!(lost(&text).is_empty(), "not in the book: {}", lost(&text).join("; "));
        Ok(())
    })
}

/// The letters that the letters of formulas stand for, without what steers a line.
fn plain(text: &str) -> String {
    text.chars().filter(|c| is_visible(*c)).map(|c| letters::plain(c).unwrap_or(c)).collect()
}

/// Elements whose text is data or a description, wherever they stand.
const DATA: &[&str] = &[
    "journal-meta",
    "article-id",
    "article-categories",
    "pub-date",
    "history",
    "pub-history",
    "alt-title",
    "contrib-id",
    "institution-id",
    "counts",
    "custom-meta-group",
    "copyright-year",
    "copyright-holder",
    "ali:license_ref",
    "ali:free_to_read",
    "alt-text",
    "long-desc",
    "related-article",
    "related-object",
    "processing-meta",
    "award-group",
    "object-id",
    "sec-meta",
    "support-group",
    "open-access",
    "subj-group",
];

/// What is data where it stands in the metadata of an article, and text elsewhere.
const META: &[&str] = &[
    "article-version",
    "conference",
    "contract-num",
    "contract-sponsor",
    "elocation-id",
    "email",
    "ext-link",
    "fpage",
    "isbn",
    "issue",
    "issue-id",
    "issue-part",
    "issue-sponsor",
    "issue-subtitle",
    "issue-title",
    "issue-title-group",
    "lpage",
    "page-range",
    "self-uri",
    "supplement",
    "uri",
    "volume",
    "volume-id",
    "volume-issue-group",
    "volume-series",
];

/// Whether a word is not to be looked for: in data, or in one of several forms.
fn is_data(around: &[String]) -> bool {
    let meta = around.windows(2).any(|pair| matches!(pair[0].as_str(), "article-meta" | "front-stub") && META.contains(&pair[1].as_str()));
    // The list of elements says what is left out wherever it stands.
    let left = around.iter().any(|name| matches!(elements::taken(name), Some(Taken::Left(_))));
    // A picture of a formula is another form of it.
    let pictured = around.windows(2).any(|pair| {
        matches!(pair[0].as_str(), "inline-formula" | "disp-formula") && matches!(pair[1].as_str(), "inline-media" | "inline-graphic" | "media" | "graphic")
    });
    meta || left || pictured || around.iter().any(|name| DATA.contains(&name.as_str()) || name.ends_with("alternatives"))
}

fn with_pages(part: usize) -> Outcome {
    let layout = Layout::built_in("classic").ok_or("no layout")?;
    each(part, WITH_PAGES, |drawn| {
        let (mut log, source, edition) = set::edition("random.xml", drawn.xml.as_bytes())?;
        let pictures = Pictures::new();
        let forme = typeset::set(&edition, &pictures);
        let pages = pdf::set(&mut log, &Setting { engine: set::engine(), layout: &layout, forme: &forme, pictures: &pictures, attach: None });
        if let Some(pages) = &pages {
            let sheets = proof::pages::sheets(pages, &forme, &edition);
            proof::judge(&mut log, &source, &edition, &sheets.sightings, Output::Pdf);
        }
        let faults: Vec<String> = log
            .iter()
            .filter(|said| LOSSES.contains(&said.code) || said.code == Code::LayoutFault)
            .map(|said| format!("{}: {}", said.code.name(), said.message))
            .collect();
        ensure!(pages.is_some() && faults.is_empty(), "{}", faults.join("; "));
        Ok(())
    })
}

fn epubcheck() -> Outcome {
    let place = Place::new()?;
    let css = Layout::built_in("classic").ok_or("no layout")?.css();
    let mut arguments = vec!["epub".to_owned()];
    for (name, drawn) in documents().step_by(CHECKED) {
        let (_, _, edition) = set::edition("random.xml", drawn.xml.as_bytes())?;
        let packed = epub::pack(&epub::bind(&edition, &Pictures::new(), &Skin { css: &css }, &stamp()))?;
        let path = place.at(&format!("{}.epub", name.replace([':', '/'], "-")));
        support::write(&path, packed)?;
        arguments.push(path.display().to_string());
    }
    let kept = arguments.len();
    ensure!(kept > 20, "there is nothing to judge");
    outputs::judges(arguments).map_err(|failed| Failed::from(failed.message().unwrap_or_default().to_owned()))
}
