//! The list of elements tells the truth.
//!
//! 1. It holds every element of the DTD, and nothing of JATS beside them.
//! 2. Each element occurs in a case. What it holds is set there if the list says so, and is not if the list says that.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use article::jats::elements::{self, Known, SETS, Taken};
use article::source::{Source, Span};
use article::xml::{Element, Tree};

use crate::ensure;
use crate::support::set::{self, Understood};
use crate::support::{self, Failed, Outcome, Trial};

/// What 1.4 adds to 1.3. Source: change history of the Archiving tag library, jats.nlm.nih.gov/archiving/tag-library/1.4d1.
const ADDED: [&str; 5] = ["collab-name", "collab-name-alternatives", "collab-wrap", "content-language", "legend"];

/// Declared in the DTD by names that it takes from elsewhere: XHTML tables, and the root of MathML.
const BORROWED: [&str; 10] = ["col", "colgroup", "mml:math", "table", "tbody", "td", "tfoot", "th", "thead", "tr"];

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("elements/every one of the DTD is listed", every_one_is_listed),
        Trial::test("elements/every one occurs in a case", every_one_occurs),
        Trial::test("elements/what is said to be set is set", what_is_set_is_set),
        Trial::test("elements/what is said to be left out is not set", what_is_left_is_not_set),
        Trial::test("elements/none of a case is unknown", none_is_unknown),
    ]
}

/// The elements that the modules of JATS Archiving 1.3 declare.
fn declared() -> Result<BTreeSet<String>, Failed> {
    let mut names: BTreeSet<String> = ADDED.iter().chain(&BORROWED).map(|name| (*name).to_owned()).collect();
    for path in support::entries(&support::root().join("tests/dtd/jats-1.3")) {
        let name = support::name(&path);
        let is_module = name.ends_with(".ent") && (name.starts_with("JATS-") || name.starts_with("BITS-"));
        if !is_module && name != "JATS-archivearticle1-3.dtd" {
            continue;
        }
        let text = String::from_utf8_lossy(&support::bytes(&path)?).into_owned();
        for declaration in without_comments(&text).split("<!ELEMENT").skip(1) {
            let name = declaration.split_whitespace().next().unwrap_or_default();
            if !name.starts_with('%') {
                names.insert(name.to_owned());
            }
        }
    }
    Ok(names)
}

fn without_comments(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    kept + rest
}

fn every_one_is_listed() -> Outcome {
    let declared = declared()?;
    ensure!(declared.len() == 311, "the DTD declares {} elements, not 311: this test reads it wrongly", declared.len());
    let set = SETS.first().ok_or("no tag set")?;
    let listed: BTreeSet<String> = set.elements.iter().map(|known| known.name.to_owned()).collect();
    let missing: Vec<&String> = declared.difference(&listed).collect();
    let invented: Vec<&String> = listed.difference(&declared).collect();
    ensure!(missing.is_empty() && invented.is_empty(), "not listed: {missing:?}; not in the DTD: {invented:?}");
    Ok(())
}

/// Where an element stands in a case.
struct Place {
    case: String,
    span: Span,
    text: bool,
    set: bool,
}

/// Every element of every case, with whether anything in it is set.
fn places() -> Result<BTreeMap<String, Vec<Place>>, Failed> {
    let mut places: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for case in cases() {
        let shown = support::name(&case);
        let Understood { source, article, .. } = set::understand(&shown, &support::bytes(&case)?);
        let (Some(source), Some(article)) = (source, article) else { continue };
        let Some(tree) = tree(&source) else { continue };
        let set: Vec<Span> = article.leaves.iter().filter(|(_, leaf)| leaf.is_visible()).map(|(_, leaf)| leaf.span).collect();
        gather(&tree.root, &shown, &set, &mut places);
    }
    Ok(places)
}

fn cases() -> Vec<PathBuf> {
    let is_case = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "xml") && !path.to_string_lossy().contains("cases/diag/");
    support::files_below(&support::root().join("tests/cases")).into_iter().filter(is_case).collect()
}

fn tree(source: &Source) -> Option<Tree> {
    article::xml::parse(&mut article::diag::Log::default(), source)
}

fn gather(element: &Element, case: &str, set: &[Span], into: &mut BTreeMap<String, Vec<Place>>) {
    let inside = |span: &&Span| element.span.start <= span.start && span.end <= element.span.end;
    let place = Place { case: case.to_owned(), span: element.span, text: !element.plain_text().is_empty(), set: set.iter().any(|span| inside(&span)) };
    into.entry(element.name.clone()).or_default().push(place);
    for child in element.elements() {
        gather(child, case, set, into);
    }
}

fn every_one_occurs() -> Outcome {
    let places = places()?;
    let missing: Vec<&str> = elements::all().map(|known| known.name).filter(|name| !places.contains_key(*name)).collect();
    ensure!(missing.is_empty(), "in no case: {missing:?}");
    Ok(())
}

/// Whether the list says that what the element holds is set somewhere.
fn is_set(known: &Known) -> bool {
    match known.taken {
        Taken::Block | Taken::Inline | Taken::Styled(_) | Taken::Plain | Taken::Through => true,
        Taken::Data | Taken::Mark | Taken::Left(_) | Taken::Around => false,
    }
}

/// Elements whose content is no text, or that are shown by their attributes.
const WITHOUT_TEXT: [&str; 4] = ["graphic", "inline-graphic", "inline-media", "private-char"];

/// Parts of the front matter whose words come out as data or in a line of the program's own.
const AS_DATA: [&str; 11] = [
    "custom-meta",
    "custom-meta-group",
    "custom-meta-wrap",
    "history",
    "journal-meta",
    "journal-title-group",
    "publisher",
    "self-uri",
    "pub-history",
    "meta-name",
    "meta-value",
];

fn what_is_set_is_set() -> Outcome {
    let places = places()?;
    let none = Vec::new();
    let lost: Vec<&str> = elements::all()
        .filter(|known| is_set(known) && !WITHOUT_TEXT.contains(&known.name) && !AS_DATA.contains(&known.name))
        .map(|known| known.name)
        .filter(|name| !places.get(*name).unwrap_or(&none).iter().any(|place| place.set))
        .collect();
    ensure!(lost.is_empty(), "said to be set, and set in no case: {lost:?}");
    Ok(())
}

fn what_is_left_is_not_set() -> Outcome {
    let places = places()?;
    let none = Vec::new();
    for known in elements::all().filter(|known| matches!(known.taken, Taken::Left(_))) {
        for place in places.get(known.name).unwrap_or(&none) {
            ensure!(!place.set, "`{}` is set in {} at {:?}, and the list says that it is left out", known.name, place.case, place.span);
        }
        // An element that the reader never met with text in it proves nothing.
        let empty = ["index-term-range-end"].contains(&known.name);
        ensure!(empty || places.get(known.name).unwrap_or(&none).iter().any(|place| place.text), "`{}` has text in no case", known.name);
    }
    Ok(())
}

/// Of a case, no element is unknown that the list knows.
fn none_is_unknown() -> Outcome {
    for case in cases() {
        let Understood { log, .. } = set::understand(&support::name(&case), &support::bytes(&case)?);
        for diagnostic in log.iter().filter(|diagnostic| diagnostic.code == article::code::Code::UnknownElement) {
            let name = diagnostic.message.split('`').nth(1).unwrap_or_default();
            ensure!(elements::taken(name).is_none(), "{}: `{name}` is listed and was not known", case.display());
        }
    }
    Ok(())
}
