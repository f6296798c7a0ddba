//! Every layout with every master: the measure is kept, judges pass, and what a layout promises is measured.
//!
//! 1. [`within`]: poppler's boxes of all words stand between the side margins of the layout.
//! 2. [`judged`]: veraPDF of the masters in the layouts.
//! 3. `two-column`: columns of one height, what stands across them, the languages behind the text.
//! 4. `modern`: what stands in the margin. `review`: a number at every line, a word across every page.

use std::path::Path;

use diglot::pdf::layout::Layout;

use crate::ensure;
use crate::look::{Line, at, attribute, figure, pages_in, paragraph, pictures_of, place, within};
use crate::support::needs::{Need, trial};
use crate::support::program::{Place, pdf_text};
use crate::support::{self, Outcome, Trial, built, set};

/// The widths of the side margins of each layout, left and right, in millimetres: nothing but marks stands in them.
const MARGINS: &[(&str, f64, f64)] =
    &[("two-column", 20.0, 20.0), ("modern", 16.0, 18.0), ("review", 18.0, 25.0), ("gost", 25.0, 25.0), ("gost-kg", 25.0, 25.0), ("classic-a4", 27.0, 27.0)];

/// Cases of constructs that tempt a measure.
const CASES: &[&str] = &["layout/classic", "table", "figure", "math", "block", "note", "front", "reference"];

pub fn trials() -> Vec<Trial> {
    let mut trials = vec![
        trial("layouts/verapdf", &[Need::Judge("verapdf")], judged),
        Trial::test("layouts/two-column: the columns of the last page are even", even),
        Trial::test("layouts/two-column: a further language stands across the page below the text", language_below),
        Trial::test("layouts/two-column: a broad picture and a broad table stand across both columns", across),
        Trial::test("layouts/two-column: front matter longer than a page has its own pages", long_front),
        Trial::test("layouts/two-column: a formula that is too wide stands across", wide_formula),
        trial("layouts/two-column: a translation beside its article, paragraph by paragraph", &[Need::Judge("pdftotext")], translation_beside),
        Trial::test("layouts/modern: dates, letters and rights stand beside the first page, and nothing is said twice", beside),
        Trial::test("layouts/modern: what the margin has no room for stands in the text", margin_too_full),
        Trial::test("layouts/review: each line has its number in the margin", numbered),
        Trial::test("layouts/all: what stands alone is shown: a name, a title, a translation's people", alone),
    ];
    for &(name, left, right) in MARGINS {
        trials.push(trial(format!("layouts/{name}: nothing leaves the measure"), &[Need::Judge("pdftotext")], move || {
            within(name, CASES, left, right, Some(20.0), 5000)
        }));
    }
    trials
}

fn judged() -> Outcome {
    let place = Place::new()?;
    let mut arguments = vec!["pdf".to_owned()];
    for name in Layout::names().into_iter().filter(|name| *name != "classic") {
        let standards = set::standards(name)?;
        let sink = support::root().join("tests/cases/layout/classic/kitchen-sink.xml");
        for (at, master) in support::masters().into_iter().map(|(_, path)| path).chain([sink]).enumerate() {
            let path = place.at(&format!("{name}-{at}.pdf"));
            support::write(&path, set::pdf_of(name, &master, &standards)?)?;
            arguments.extend(["2a", "ua1"].map(|flavour| format!("{flavour}:{}", path.display())));
        }
    }
    crate::outputs::judges(arguments)
}

/// The lowest line of the text in each column of a page, in millimetres.
fn feet(page: &[Line]) -> (f64, f64) {
    let foot = |right: bool| page.iter().filter(|line| line.y < 272.0 && (line.x > 105.0) == right).map(|line| line.y).fold(0.0, f64::max);
    (foot(false), foot(true))
}

fn even() -> Outcome {
    let mut last_full = 0;
    for count in [2, 6, 11, 17, 23, 31, 38, 47] {
        let body: String = (0..count).map(|at| paragraph(3 + at % 4)).collect();
        let pages = pages_in("two-column", &support::article(&body), Path::new("."))?;
        let (left, right) = feet(pages.last().ok_or("no pages")?);
        ensure!((left - right).abs() < 6.0 * 4.3, "{count} paragraphs: the columns of the last page end at {left} and {right} mm");
        last_full += usize::from(left > 262.0);
    }
    ensure!(last_full < 4, "the last page of {last_full} articles of 8 was full: nothing had to be made even");
    Ok(())
}

fn language_below() -> Outcome {
    let meta = "<trans-abstract xml:lang=\"ru\"><p>Аннотация этой статьи.</p></trans-abstract>";
    for (count, with) in [(6, true), (23, true), (31, true)] {
        let body: String = (0..count).map(|_| paragraph(5)).collect();
        let pages = pages_in("two-column", &support::article_with(meta, &body, ""), Path::new("."))?;
        let (page, line) = at(&pages, "этой статьи")?;
        ensure!(page + 1 == pages.len(), "the further language is not on the last page");
        let text: Vec<&Line> = pages[page].iter().filter(|line| line.said.contains("lake")).collect();
        ensure!(text.is_empty() != with, "{count}: the text ends on another page");
        ensure!(text.iter().all(|text| text.y < line.y), "the further language does not stand below the text");
        let end = text.iter().map(|text| text.y).fold(0.0, f64::max);
        ensure!(line.y - end < 45.0, "{count}: {} mm are left free between the text and the further language", line.y - end);
    }
    Ok(())
}

fn across() -> Outcome {
    let place = place(&[(1400, 500), (300, 300)])?;
    let row = |cell: &dyn Fn(usize) -> String| format!("<tr>{}</tr>", (0..9).map(cell).collect::<String>());
    let rows = (0..4).map(|y| row(&|x| format!("<td>cell {y} {x} of it</td>"))).collect::<String>();
    let table = format!("<table-wrap id=\"t1\"><label>Table 1</label><caption><p>Broad.</p></caption><table><tbody>{rows}</tbody></table></table-wrap>");
    let body = format!("{}{}{}{table}{}", paragraph(40), figure("1", "1.png", "Broad."), figure("2", "2.png", "Small."), paragraph(120));
    let pages = pages_in("two-column", &support::article(&body), place.path())?;
    let width = |line: &Line| line.face.split_whitespace().nth(1).and_then(|word| word.parse::<f64>().ok()).unwrap_or_default();
    let mut pictures: Vec<&Line> = pictures_of(&pages).into_iter().map(|(_, line)| line).collect();
    pictures.sort_by(|a, b| width(b).total_cmp(&width(a)));
    let [broad, small] = pictures.as_slice() else { return Err(format!("{} pictures", pictures.len()).into()) };
    ensure!((broad.x - 20.0).abs() < 1.0 && width(broad) > 165.0, "the broad picture begins at {} mm and is {} mm wide", broad.x, width(broad));
    ensure!(small.x < 100.0 || small.x > 115.0, "the small picture stands between the columns: {} mm", small.x);
    let (_, row) = at(&pages, "cell 0 0")?;
    ensure!(row.x < 60.0 && row.said.contains("cell 0 8"), "the broad table begins at {} mm: {}", row.x, row.said);
    Ok(())
}

fn long_front() -> Outcome {
    let long = format!("<abstract>{}</abstract>", paragraph(160));
    let pages = pages_in("two-column", &support::article_with(&long, &paragraph(30), ""), Path::new("."))?;
    let (title, _) = at(&pages, "A title")?;
    ensure!(title == 0 && pages.len() > 2, "{} pages", pages.len());
    for page in &pages {
        let low = page.iter().map(|line| line.y).fold(0.0, f64::max);
        ensure!(low < 290.0, "a line at {low} mm");
    }
    Ok(())
}

fn translation_beside() -> Outcome {
    let place = Place::new()?;
    support::copy(&support::source().join("parallel-sample"), place.path())?;
    place.run(&["layouts", "eject", "two-column", "own"])?.exits(0)?;
    let settings = place.at("own/layout.toml");
    support::write(&settings, support::read(&settings)?.replace("translation = \"after\"", "translation = \"beside\""))?;
    // The proof of the build: every text in its order, and pages that the book can name.
    place.run(&["build", "article.xml", "--layout", "own", "--out-dir", "out"])?.exits(0)?;
    let pdf = built::of_kind(&place.at("out"), "pdf").into_iter().next().ok_or("no pdf")?;
    let boxes = pdf_text(&pdf, &["-bbox"])?;
    let word = |said: &str| -> Option<(f64, f64)> {
        let line = boxes.lines().find(|line| line.contains(&format!(">{said}<")))?;
        attribute(line, "xMin").zip(attribute(line, "yMin"))
    };
    for (one, other) in [("Quien", "Whoever"), ("Entre", "Between"), ("Introducción", "Introduction")] {
        let ((left, high), (right, level)) = word(one).zip(word(other)).ok_or("a word is missing")?;
        ensure!(left < 297.0 && right > 297.0 && (high - level).abs() < 1.0, "`{one}` at {left}, {high}; `{other}` at {right}, {level}");
    }
    Ok(())
}

fn wide_formula() -> Outcome {
    let tex = "\\left(\\frac{a_0 + a_1 x + a_2 x^2 + a_3 x^3 + a_4 x^4 + a_5 x^5 + a_6 x^6 + a_7 x^7 + a_8 x^8 + a_9 x^9 + a_{10} x^{10}}{b}\\right)";
    let body = format!("{}<disp-formula id=\"e1\"><label>(17)</label><tex-math>{tex}</tex-math></disp-formula>{}", paragraph(30), paragraph(90));
    let pages = pages_in("two-column", &support::article(&body), Path::new("."))?;
    let (_, label) = at(&pages, "(17)")?;
    ensure!(label.x > 175.0, "the label of a wide formula stands at {} mm", label.x);
    Ok(())
}

/// In every layout the proof finds every leaf of front matters that lack something.
fn alone() -> Outcome {
    let author = |given: &str, surname: &str, more: &str| {
        format!(
            "<contrib-group><contrib contrib-type=\"author\"><name><surname>{surname}</surname><given-names>{given}</given-names></name>{more}</contrib></contrib-group>"
        )
    };
    let more = "<role>Reader</role><email>anna@example.org</email>";
    let part = format!(
        "<sub-article article-type=\"translation\" id=\"s\" xml:lang=\"de\"><front-stub><title-group><article-title>Ein Titel</article-title></title-group>{}<permissions><copyright-statement>© 2020 Niemand</copyright-statement></permissions>\
         <abstract><p>Kurz.</p></abstract></front-stub><body><p>Text.</p></body></sub-article>",
        author("Anna Maria", "Muster", more)
    );
    let masters = [
        ("an author without affiliation", support::article_with(&author("Иван Петрович", "Иванов", ""), "<p>Text.</p>", "")),
        ("an abstract that is a title", support::article_with("<abstract><title>Summary alone</title></abstract>", "<p>Text.</p>", "")),
        (
            "a translation with people of its own",
            support::article_with(&author("Ann", "Sample", ""), "<p>Text.</p>", "").replace("</article>", &format!("{part}</article>")),
        ),
    ];
    for name in Layout::names() {
        for (what, master) in &masters {
            let place = Place::with(master)?;
            let run = place.run(&["build", "article.xml", "--layout", name, "-o", "page.pdf", "--message-format", "short"])?;
            ensure!(!run.err.contains("error["), "{name}, {what}: {}", run.err);
        }
    }
    Ok(())
}

const FRONT: &str = "<contrib-group><contrib contrib-type=\"author\"><name><surname>Muster</surname><given-names>Anna</given-names></name>\
     <email>anna@example.org</email></contrib></contrib-group><history><date date-type=\"received\"><day>1</day><month>5</month><year>2020</year></date></history>\
     <permissions><copyright-statement>© 2020 Anna Muster</copyright-statement></permissions>";

fn beside() -> Outcome {
    let pages = pages_in("modern", &support::article_with(FRONT, &paragraph(200), ""), Path::new("."))?;
    for said in ["1 May 2020", "anna@example.org", "© 2020"] {
        let (page, line) = at(&pages, said)?;
        ensure!(page == 0 && line.x < 56.0, "`{said}` stands on page {} at {} mm", page + 1, line.x);
        let count = pages.iter().flatten().filter(|line| line.said.contains(said)).count();
        ensure!(count == 1, "`{said}` is said {count} times");
    }
    ensure!(pages.iter().skip(1).flatten().all(|line| line.x > 60.0), "something stands in the margin of a later page");
    Ok(())
}

fn margin_too_full() -> Outcome {
    let licence = "Everybody may use this as long as nobody is misled about who wrote what and when. ".repeat(40);
    let meta = FRONT.replace("</permissions>", &format!("<license><license-p>{licence}The end of it.</license-p></license></permissions>"));
    let pages = pages_in("modern", &support::article_with(&meta, &paragraph(60), ""), Path::new("."))?;
    let (_, rights) = at(&pages, "The end of it")?;
    let (_, date) = at(&pages, "1 May 2020")?;
    ensure!(rights.x > 60.0 && date.x < 56.0, "rights at {} mm, date at {} mm", rights.x, date.x);
    Ok(())
}

fn numbered() -> Outcome {
    let list = format!("<list list-type=\"order\">{}</list>", format!("<list-item>{}</list-item>", paragraph(3)).repeat(4));
    let references: String = (1..6)
        .map(|at| {
            format!(
                "<ref id=\"r{at}\"><label>{at}</label><mixed-citation>{}</mixed-citation></ref>",
                "A long title of a book that fills a line and more. ".repeat(3)
            )
        })
        .collect();
    let body = format!("{}{list}<disp-quote>{}</disp-quote>{}", paragraph(20), paragraph(4), paragraph(20));
    let pages = pages_in("review", &support::article_with("", &body, &format!("<ref-list><title>References</title>{references}</ref-list>")), Path::new("."))?;
    let mut last = 0;
    for (no, page) in pages.iter().enumerate() {
        ensure!(page.iter().any(|line| line.said.contains("DRAFT")), "page {} does not say that it is a draft", no + 1);
        let number = |line: &Line| (line.x < 28.0).then(|| line.said.trim().parse::<usize>().ok()).flatten();
        for line in page.iter().filter(|line| line.x > 31.0 && line.y > 26.0 && line.y < 272.0 && line.said.split(' ').count() > 4) {
            ensure!(page.iter().any(|other| number(other).is_some() && (other.y - line.y).abs() < 1.5), "page {}: no number at `{}`", no + 1, line.said);
        }
        for found in page.iter().filter_map(number) {
            ensure!(found == last + 1, "line {found} follows line {last}");
            last = found;
        }
    }
    ensure!(last > 60, "only {last} lines");
    Ok(())
}
