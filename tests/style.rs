//! The style sheets of e-books and of pages of HTML, by what they fix: nothing that a reader may choose.
//!
//! 1. [`rules`] reads a sheet into declarations, each with the media query and the selector that it stands under.
//! 2. Sizes are of the reader's type or of his window. Colours are his, or the system's in pairs; white paper lies under pictures alone, since their ink is
//!    dark whatever the night.
//! 3. A mark that is drawn as a background would go where colours are forced (CSS Color Adjustment 1, 3.1): it is drawn there once more.
//! 4. A browser shows the documents of e-books in narrow and wide windows, by day and by night, in forced colours and in a reader's own.
//! 5. [`faults`] harms a sheet in each of these ways, and each is found.

use diglot::pdf::layout::Layout;

use crate::ensure;
use crate::outputs::judges;
use crate::support::needs::{Need, trial};
use crate::support::program::Place;
use crate::support::{self, Failed, Outcome, Trial, built, container};

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("style/a reader may choose colours and sizes", free),
        Trial::test("style/what fixes them is found", faults),
        trial("style/e-books in a browser: narrow, at night, in forced colours, in a reader's own", &[Need::Judge("page")], shown),
    ]
}

/// A declaration of a sheet.
#[derive(Debug)]
struct Rule {
    media: String,
    selector: String,
    property: String,
    value: String,
}

/// The declarations of a sheet, in order.
fn rules(sheet: &str) -> Result<Vec<Rule>, Failed> {
    let mut text = String::new();
    for (at, part) in sheet.split("/*").enumerate() {
        text.push_str(if at == 0 { part } else { part.split_once("*/").ok_or("a comment without an end")?.1 });
    }
    let (mut out, mut open, mut said) = (Vec::new(), Vec::<String>::new(), String::new());
    for char in text.chars() {
        match char {
            '{' => open.push(std::mem::take(&mut said).trim().to_owned()),
            '}' | ';' => {
                if let Some((property, value)) = said.split_once(':') {
                    let media = open.iter().filter(|head| head.starts_with('@')).cloned().collect::<Vec<_>>().join(" ");
                    let selector = open.last().filter(|head| !head.starts_with('@')).cloned().unwrap_or_default();
                    out.push(Rule { media, selector, property: property.trim().to_owned(), value: value.trim().to_owned() });
                }
                said.clear();
                if char == '}' {
                    open.pop().ok_or("a brace too many")?;
                }
            }
            _ => said.push(char),
        }
    }
    ensure!(open.is_empty(), "a brace too few");
    Ok(out)
}

/// Units of paper and of pixels.
const FIXED: [&str; 6] = ["px", "pt", "pc", "cm", "mm", "in"];

/// What a colour may be in any sheet: that of what is around.
const AROUND: [&str; 5] = ["transparent", "inherit", "currentColor", "none", "var(--accent, currentColor)"];

/// What it may be in a page of HTML too: the system's.
const SYSTEM: [&str; 4] = ["Canvas", "CanvasText", "GrayText", "Highlight"];

/// What is fixed in a sheet, of an e-book or of a page.
fn fixed(sheet: &str, page: bool) -> Result<Vec<String>, Failed> {
    let rules = rules(sheet)?;
    let mut out = Vec::new();
    for rule in &rules {
        let Rule { media, selector, property, value } = rule;
        let on_paper = media.contains("print");
        let mut say = |why: &str| out.push(format!("`{selector} {{ {property}: {value} }}` {why}"));
        if value.contains("!important") {
            say("lets the reader have no say");
        }
        let words = || value.split([' ', ',', '(', ')', '/']).filter(|word| !word.is_empty());
        let length = |word: &str| FIXED.iter().any(|unit| word.strip_suffix(unit).is_some_and(|number| number.parse::<f64>().is_ok()));
        if !on_paper && words().any(length) {
            say("is of a fixed size");
        }
        if property == "position" && value == "fixed" && !page {
            say("covers the reader's page");
        }
        let is_colour = property.ends_with("color") || property == "background" || (property.starts_with("border") && value.contains('#'));
        let drawn = value.starts_with("linear-gradient(") && value.contains("currentColor") && !value.contains('#');
        let known = AROUND.contains(&value.as_str()) || drawn || page && SYSTEM.contains(&value.as_str());
        let paper = property == "background" && value == "#fff" && selector.split(',').all(|part| part.trim().ends_with("img"));
        if is_colour && property != "text-decoration-color" && !(known || paper) && !media.contains("forced-colors") {
            say("fixes a colour");
        }
        let on = |property: &str| rules.iter().any(|other| (&other.media, &other.selector) == (media, selector) && other.property == property);
        if property == "color" && value == "CanvasText" && !on("background") && !media.contains("forced-colors") {
            say("has no ground of its own");
        }
        let kept = |part: &str| {
            rules.iter().any(|other| {
                other.media.contains("forced-colors") && other.property == "forced-color-adjust" && other.selector.split(',').any(|other| other.trim() == part)
            })
        };
        if (drawn || paper) && !selector.split(',').all(|part| kept(part.trim())) {
            say("is not seen where colours are forced");
        }
    }
    Ok(out)
}

fn free() -> Outcome {
    for name in Layout::names() {
        let layout = Layout::built_in(name).ok_or("no layout")?;
        for (sheet, page) in [(layout.css(), false), (layout.page_css(), true)] {
            ensure!(rules(&sheet)?.len() > 30, "{name}: there is no sheet");
            ensure!(page || sheet.contains("color-scheme: light dark"), "{name}: the sheet does not say that it is for light and dark");
            let fixed = fixed(&sheet, page)?;
            ensure!(fixed.is_empty(), "{name}: {}", fixed.join("\n"));
        }
    }
    Ok(())
}

/// The documents of the books of all masters, and of cases that have what those have not.
fn shown() -> Outcome {
    let place = Place::new()?;
    let mut arguments = vec!["page".to_owned()];
    let mut unpack = |book: &std::path::Path, name: &str| -> Outcome {
        for (inner, bytes) in container::files(book)? {
            let path = place.at(&format!("{name}/{inner}"));
            support::write(&path, bytes)?;
            if inner.ends_with(".xhtml") {
                arguments.push(path.display().to_string());
            }
        }
        Ok(())
    };
    for case in ["layout/classic/kitchen-sink.xml", "math/enclosed.xml", "element/reading.xml", "inline/east-asia.xml", "table/spans.xml"] {
        let path = support::root().join("tests/cases").join(case);
        let book = place.at(&format!("{}.epub", case.replace('/', "-")));
        place.run(&["build", &path.display().to_string(), "--missing-figures", "warn", "--missing-glyphs", "warn", "-o", &book.display().to_string()])?;
        unpack(&book, &case.replace('/', "-"))?;
    }
    built::with(|built| built::of_kind(&built.folder(), "epub").iter().try_for_each(|book| unpack(book, &support::name(book))))?;
    ensure!(arguments.len() > 15, "there are few documents");
    judges(arguments)
}

fn faults() -> Outcome {
    for (sheet, said) in [
        ("p { color: black; }", "fixes a colour"),
        ("p { color: Canvas; }", "fixes a colour"),
        ("p { background: #fff; }", "fixes a colour"),
        ("p { border: thin solid #ccc }", "fixes a colour"),
        ("p { margin: 0 !important }", "no say"),
        ("p { font-size: 12px; }", "fixed size"),
        ("p { position: fixed }", "covers"),
        ("img { background: #fff; }", "where colours are forced"),
        (".x { background: linear-gradient(transparent 48%, currentColor 48%); }", "where colours are forced"),
    ] {
        let fixed = fixed(sheet, false)?;
        ensure!(fixed.iter().any(|fault| fault.contains(said)), "of `{sheet}` is said {fixed:?}");
    }
    ensure!(fixed("p { color: CanvasText; }", true)?.iter().any(|fault| fault.contains("no ground")), "text without a ground passes");
    for sound in [
        "img { background: #fff; } @media (forced-colors: active) { img { forced-color-adjust: none } }",
        "@media print { body { font-size: 10pt } }",
        "a { color: inherit; border: thin solid }",
    ] {
        ensure!(fixed(sound, false)?.is_empty(), "of `{sound}` is said {:?}", fixed(sound, false)?);
    }
    Ok(())
}
