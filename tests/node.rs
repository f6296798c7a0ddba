//! `diglot explain-node`, and the map that it and `serve` stand on: from the master to the outputs and back.

use std::collections::BTreeSet;

use article::edition::Edition;
use article::leaf::LeafNo;
use article::source::{Source, Span};
use diglot::pdf::{self, Pages, Setting};
use diglot::proof::map::book::{BookMap, Packed, unpacked};
use diglot::proof::map::pages::PageMap;
use diglot::proof::map::{Hit, Wanted, origin};
use diglot::proof::pages::origin::Calls;
use diglot::proof::pages::{Sheets, sheets};
use epub::{Placed, Skin, Stamp};
use serde_json::Value;
use typeset::Forme;

use crate::ensure;
use crate::support::program::Place;
use crate::support::{self, Failed, Outcome, Trial, set};

/// A test and its name.
type Named = (&'static str, fn() -> Outcome);

pub fn trials() -> Vec<Trial> {
    let all: [Named; 5] = [
        ("a line and its places lead to each other", command),
        ("what is left out, and what is nowhere", left_out),
        ("every piece of text is found on a page, and leads back", pages),
        ("every piece of text is found in the e-book, and leads back", book),
        ("any point of a page, any unit of a file", anywhere),
    ];
    all.into_iter().map(|(name, run)| Trial::test(format!("node/{name}"), run)).collect()
}

/// A master with everything that was made of it, as a library.
struct Made {
    source: Source,
    edition: Edition,
    pages: Pages,
    forme: Forme,
    sheets: Sheets,
    calls: Calls,
    pictures: article::picture::Pictures,
    files: Vec<Packed>,
    placed: Vec<Placed>,
}

impl Made {
    fn of(layout: &str, name: &str, bytes: &[u8], folder: &std::path::Path) -> Result<Self, Failed> {
        let (mut log, source, edition) = set::edition(name, bytes)?;
        let pictures = set::pictures(&edition, folder);
        let forme = typeset::set(&edition, &pictures);
        let layout = set::layout(layout)?;
        let setting = Setting { engine: set::engine(), layout: &layout, forme: &forme, pictures: &pictures, attach: None };
        let pages = pdf::set(&mut log, &setting).ok_or("no pages")?;
        let sheets = sheets(&pages, &forme, &edition);
        let calls = Calls::of(&pages, &forme);
        let stamp = Stamp { identifier: "urn:uuid:0".to_owned(), modified: "2000-01-01T00:00:00Z".to_owned() };
        let bound = epub::bind(&edition, &pictures, &Skin { css: "" }, &stamp);
        let (files, placed) = (unpacked(&epub::pack(&bound)?)?, bound.placed.clone());
        Ok(Self { source, edition, pages, forme, sheets, calls, pictures, files, placed })
    }

    fn all() -> Result<Vec<(String, Self)>, Failed> {
        let made = |(name, path): (String, std::path::PathBuf)| {
            let made = Self::of("classic", &name, &support::bytes(&path)?, path.parent().unwrap_or(&path))?;
            Ok((name, made))
        };
        support::masters().into_iter().map(made).collect()
    }

    fn page_map(&self) -> PageMap<'_> {
        let Self { edition, pages, forme, sheets, calls, pictures, .. } = self;
        PageMap { pages, sheets, forme, calls, leaves: &edition.leaves, pictures }
    }

    fn book_map(&self) -> BookMap<'_> {
        BookMap { files: &self.files, placed: &self.placed, leaves: &self.edition.leaves }
    }

    /// Leaves that must be seen, with what is asked for where they stand.
    fn leaves(&self) -> impl Iterator<Item = (LeafNo, Wanted)> {
        let wanted = |no: LeafNo, text: &str| {
            let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
            Wanted { pieces: [(no, (0, end))].into_iter().collect(), span: Span::default() }
        };
        self.edition.leaves.iter().filter(|(_, leaf)| leaf.is_visible()).map(move |(no, leaf)| (no, wanted(no, &leaf.text)))
    }
}

fn pages() -> Outcome {
    for (name, made) in Made::all()? {
        let map = made.page_map();
        for (no, wanted) in made.leaves().step_by(3) {
            let found = map.find(&wanted);
            let text = made.edition.leaves.text(no);
            ensure!(!found.is_empty(), "{name}: `{text}` is on no page");
            for stretch in &found {
                let (width, height) = made.pages.size(stretch.page).ok_or("no such page")?;
                let area = stretch.area;
                ensure!(
                    area.left >= -1.0 && area.top >= -1.0 && area.right <= width + 1.0 && area.bottom <= height + 1.0,
                    "{name}: `{text}` stands at {area:?} of a page of {width} x {height}"
                );
            }
            // In the middle of what is found stands the leaf, or what stands between two of its signs.
            let back = found.iter().any(|stretch| {
                let area = stretch.area;
                (1..20).any(|part| {
                    let x = area.left + (area.right - area.left) * f64::from(part) / 20.0;
                    let hit = map.at(stretch.page, x, (area.top + area.bottom) / 2.0);
                    matches!(hit, Some((Hit::Text(other, _), _)) if other == no)
                })
            });
            ensure!(back, "{name}: where `{text}` stands, something else is found");
        }
    }
    Ok(())
}

fn book() -> Outcome {
    for (name, made) in Made::all()? {
        let map = made.book_map();
        for (no, wanted) in made.leaves() {
            let text = made.edition.leaves.text(no);
            let found = map.find(&wanted);
            ensure!(!found.is_empty(), "{name}: `{text}` is in no file");
            for stretch in found {
                for unit in [stretch.from, (stretch.from + stretch.to) / 2, stretch.to - 1] {
                    let hit = map.at(stretch.file, unit);
                    ensure!(matches!(hit, Some((Hit::Text(other, _), true)) if other == no), "{name}: `{text}` at {unit} of {stretch:?} leads to {hit:?}");
                }
                // What a parser of the test's own counts is the same text.
                let file = String::from_utf8_lossy(&made.files[stretch.file].1).into_owned();
                let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
                let document = roxmltree::Document::parse_with_options(&file, options)?;
                let all: Vec<u16> = document
                    .root_element()
                    .descendants()
                    .filter(roxmltree::Node::is_text)
                    .flat_map(|node| node.text().unwrap_or_default().encode_utf16())
                    .collect();
                let there = String::from_utf16_lossy(all.get(stretch.from..stretch.to).unwrap_or_default());
                let is_lettered = there.chars().any(|c| ('\u{1d400}'..='\u{1d7ff}').contains(&c) || ('\u{2100}'..='\u{214f}').contains(&c));
                ensure!(is_lettered || text.contains(&there), "{name}: `{text}` is said to stand where `{there}` does");
            }
        }
    }
    Ok(())
}

/// Numbers that look random and are the same every time (Marsaglia, "Xorshift RNGs", 2003).
struct Dice(u64);

impl Dice {
    fn part(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Wherever one clicks: nothing panics, and what is found lies in the master. Also in text that runs the other way, in formulas, and outside of all pages.
fn anywhere() -> Outcome {
    let rtl = support::article(
        "<p>Words and <named-content xml:lang=\"he\">מילים בעברית</named-content> and e\u{301} й ﬃ \u{1f600} &amp; &lt;b&gt; &#x442; words.</p>\
         <p xml:lang=\"ar\">نص عربي with Latin في الوسط</p><p>A <sup>n</sup>ote<fn><p>It says so.</p></fn> and soft\u{ad}hyphens.</p>",
    );
    let place = Place::new()?;
    let mut all = Made::all()?;
    all.push(("mixed".to_owned(), Made::of("review", "mixed.xml", rtl.as_bytes(), place.path())?));
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for (name, made) in &all {
        let (pages, book) = (made.page_map(), made.book_map());
        let length = u32::try_from(made.source.text().len())?;
        let mut met = 0;
        for _ in 0..400 {
            let page = (dice.part() * (made.pages.count() + 1) as f64) as usize;
            let (x, y) = (dice.part() * 700.0 - 50.0, dice.part() * 900.0 - 50.0);
            let Some(span) = pages.at(page, x, y).and_then(|(hit, _)| origin(&made.source, &made.edition.leaves, hit)) else { continue };
            ensure!(span.start <= span.end && span.end <= length, "{name}: a point leads to {span:?} of {length} bytes");
            ensure!(made.source.text().get(span.range()).is_some(), "{name}: {span:?} cuts a character");
            met += 1;
            let wanted = Wanted::of(&made.source, &made.edition.leaves, span);
            let _ = (pages.find(&wanted), pages.word(page, x, y));
        }
        ensure!(met > 3, "{name}: of 400 points {met} mean anything");
        for _ in 0..400 {
            let file = (dice.part() * (made.files.len() + 1) as f64) as usize;
            let unit = (dice.part() * dice.part() * 60_000.0) as usize;
            if let Some(span) = book.at(file, unit).and_then(|(hit, _)| origin(&made.source, &made.edition.leaves, hit)) {
                ensure!(made.source.text().get(span.range()).is_some(), "{name}: {span:?} cuts a character");
            }
            let _ = (book.fragment(file, unit), book.word(file, unit));
        }
        for wanted in ["the", "ОСТ", "мили", "עבר", "  ", "", "a b", "\u{1f600}", "e\u{301}"] {
            let hits: usize = (0..made.pages.count()).map(|page| pages.search(page, wanted).len()).sum();
            ensure!(!wanted.trim().is_empty() || hits == 0, "{name}: `{wanted}` is found {hits} times");
            let _ = book.search(wanted);
        }
    }
    let (_, mixed) = all.last().ok_or("no master")?;
    for wanted in ["words", "in Latin".trim_start_matches("in "), "בעברית", "softhyphens", "it says so"] {
        ensure!(!mixed.page_map().search(0, wanted).is_empty(), "`{wanted}` is not found on the page");
        ensure!(!mixed.book_map().search(wanted).is_empty(), "`{wanted}` is not found in the e-book");
    }
    Ok(())
}

/// What the command says of a place, as data.
fn node(place: &Place, arguments: &[&str]) -> Result<Value, Failed> {
    let run = place.run(&[&["explain-node", "--message-format", "json"], arguments].concat())?.exits(0)?;
    let line = run.out.lines().last().ok_or("nothing is said")?;
    Ok(serde_json::from_str::<Value>(line)?["node"].clone())
}

const SAMPLE: &str = "<sec id=\"s1\"><title>The first heading</title>\n<p id=\"p1\">Words in a line,\nand in the next one.</p>\n\
    <fig id=\"f1\"><label>Figure 1</label><caption><p>A dot.</p></caption><graphic xlink:href=\"dot.png\"><alt-text>A dot</alt-text></graphic></fig></sec>";

fn command() -> Outcome {
    let place = Place::with(support::article(SAMPLE))?;
    support::copy_file(&support::root().join("tests/cases/figure/pictures/dot.png"), &place.at("dot.png"))?;
    let text = support::read(&place.at("article.xml"))?;
    let line = |needle: &str| text.lines().position(|line| line.contains(needle)).map(|at| at + 1).ok_or("no such line");
    let next = line("and in the next one")?;
    let there = node(&place, &[&format!("article.xml:{next}:8")])?;
    ensure!(there["text"] == "the" && there["line"] == next && there["column"] == 8, "{there}");
    let names: Vec<&str> = there["path"].as_array().into_iter().flatten().filter_map(|step| step["name"].as_str()).collect();
    ensure!(names == ["article", "body", "sec", "p"] && there["path"][3]["id"] == "p1", "{there}");
    ensure!(there["epub"][0]["href"] == "EPUB/article.xhtml" && there["epub"][0]["fragment"] == "p1", "{there}");
    let boxes = there["pdf"][0]["boxes"][0].as_array().ok_or("no box")?;
    let number = |at: usize| boxes.get(at).and_then(Value::as_f64).unwrap_or_default();
    let (x, y) = (number(0) + number(2) / 2.0, number(1) + number(3) / 2.0);
    let back = node(&place, &["article.xml", "--at", &format!("1:{x:.2},{y:.2}")])?;
    ensure!(back["line"] == next && back["column"] == 8 && back["text"] == "the", "{back}");
    let millimetres = node(&place, &["article.xml", "--at", &format!("1:{:.2}mm,{:.2}mm", x / 72.0 * 25.4, y / 72.0 * 25.4)])?;
    ensure!(millimetres["start"] == back["start"], "{millimetres}");
    let by_address = node(&place, &["article.xml", "--at", "article.xhtml#p1"])?;
    ensure!(by_address["line"] == next - 1, "{by_address}");
    // The figure, by its tag: its picture and its words; and the picture leads back to its element.
    let figure = line("<fig")?;
    let there = node(&place, &[&format!("article.xml:{figure}:2")])?;
    let count = there["pdf"][0]["boxes"].as_array().map_or(0, Vec::len);
    ensure!(there["path"].as_array().and_then(|path| path.last()).is_some_and(|last| last["id"] == "f1") && count >= 2, "{there}");
    let largest = there["pdf"][0]["boxes"]
        .as_array()
        .into_iter()
        .flatten()
        .max_by(|one, other| one[3].as_f64().unwrap_or(0.0).total_cmp(&other[3].as_f64().unwrap_or(0.0)))
        .ok_or("no box")?;
    let at = format!("1:{},{}", largest[0].as_f64().unwrap_or(0.0) + 3.0, largest[1].as_f64().unwrap_or(0.0) + 3.0);
    let picture = node(&place, &["article.xml", "--at", &at])?;
    ensure!(picture["path"].as_array().and_then(|path| path.last()).is_some_and(|last| last["name"] == "graphic"), "{picture}");
    // For people and for editors.
    let human = place.run(&["explain-node", &format!("article.xml:{next}")])?.exits(0)?.out;
    for said in ["article > body > sec#s1 > p#p1", "page 1: ", "mm from the left", "EPUB/article.xhtml#p1"] {
        ensure!(human.contains(said), "`{said}` is not said:\n{human}");
    }
    let short = place.run(&["explain-node", &format!("article.xml:{next}"), "--message-format", "short"])?.exits(0)?.out;
    ensure!(short.contains(&format!("article.xml:{next}:1: pdf: 1:")), "{short}");
    let entries: BTreeSet<String> = support::entries(place.path()).iter().map(|path| support::name(path)).collect();
    ensure!(entries.len() == 2, "something was written: {entries:?}");
    Ok(())
}

fn left_out() -> Outcome {
    let meta = "<pub-date><day>1</day><month>2</month><year>2020</year></pub-date>\n<volume>7</volume>\n";
    let place = Place::with(support::article_with(meta, "<p>Words.</p>\n<!-- nothing -->\n<p>More words.</p>", ""))?;
    let text = support::read(&place.at("article.xml"))?;
    let line = |needle: &str| text.lines().position(|line| line.contains(needle)).map(|at| at + 1).ok_or("no such line");
    let date = node(&place, &[&format!("article.xml:{}", line("<pub-date>")?)])?;
    ensure!(date["left_out"].as_array().is_some_and(|pieces| pieces.len() == 3 && pieces[0]["reason"] == "date"), "{date}");
    let human = place.run(&["explain-node", &format!("article.xml:{}", line("<pub-date>")?)])?.exits(0)?.out;
    ensure!(human.contains("left out  `day`") && human.contains("in words of the page's language"), "{human}");
    for (arguments, code, said) in [
        (vec!["article.xml:99"], 1, "nothing of the article is on line 99"),
        (vec!["article.xml", "--at", "7:1,1"], 1, "nothing of the master stands at"),
        (vec!["article.xml", "--at", "article.xhtml#nosuch"], 1, "has no place"),
        (vec!["article.xml"], 2, "a place is written"),
        (vec!["article.xml:3", "--at", "1:1,1"], 2, "give one of them"),
        (vec!["article.xml", "--at", "0:1,1"], 2, "neither a point"),
        (vec!["article.xml", "--at", "1:NaN,1"], 2, "neither a point"),
        (vec!["article.xml:3", "--message-format", "sarif"], 2, "human, short or json"),
        (vec!["nosuch.xml:3"], 2, "no such file"),
    ] {
        place.run(&[&["explain-node"], arguments.as_slice()].concat())?.exits(code)?.says(said)?;
    }
    let comment = line("nothing")?;
    place.run(&["explain-node", &format!("article.xml:{comment}")])?.exits(1)?.says(&format!("nothing of the article is on line {comment}"))?;
    Ok(())
}
