//! What was marked on pages of real articles, each with a made-up article that tempts the layout to it.
//!
//! 1. What would be taken for an error: things that overlap, leave the page or are cut off, text that is parted from its title.
//! 2. What a reader stumbles over: lines that break in the wrong place, slanted text that should not be, things said twice.
//!
//! [`crate::look`] has the means: pages as lines with place, face and words.

use std::path::Path;

use article::diag::Log;
use diglot::pdf::layout::{Layout, Overrides};

use crate::ensure;
use crate::look::{Line, at, figure, pages_by, pages_in, paragraph, pictures_of, place};
use crate::support::program::Place;
use crate::support::{self, Failed, Outcome, Trial, set};

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("marks/a picture in a box is not cut off", picture_in_box),
        Trial::test("marks/formulas in cells keep to their columns", formula_in_cell),
        Trial::test("marks/a long narrow table stands upright below its title", narrow_table),
        Trial::test("marks/a high table does not leave the page below a broad figure", high_table),
        Trial::test("marks/a table that is too high on its side is cut into lengths", lengths),
        Trial::test("marks/a long caption does not leave the page below a broad table", long_caption),
        Trial::test("marks/a figure stands above the rights at the foot", rights),
        Trial::test("marks/what a master anchors stays, where the journal wants it", anchored),
        Trial::test("marks/what a master turns lies on a page of its own", turned),
        Trial::test("marks/figures of a section keep their order in two columns", order),
        Trial::test("marks/a figure in two languages is one figure", two_languages),
        Trial::test("marks/a section of an untitled part has room above it", untitled),
        Trial::test("marks/the head of a part stays with its text", head_of_part),
        Trial::test("marks/two columns are built with broad formulas, long code and leaders", builds),
        Trial::test("marks/lines of the front matter and of the end break between things", breaks),
        Trial::test("marks/a note that is a quotation begins at its number", quoted_note),
        Trial::test("marks/notes of what stands across two columns are at the foot of its page", notes_across),
        Trial::test("marks/a theorem in italics is in italics", theorem),
        Trial::test("marks/rights are said once", once),
        Trial::test("marks/a title stands before initials, a particle before the surname", titles_of_people),
        Trial::test("marks/a figure for which a column has no room is not set over what is below", no_room),
        Trial::test("marks/a narrow table that is high stands in two halves", halves),
        Trial::test("marks/long formulas are broken in a column and keep their size and place", long_formulas),
        Trial::test("marks/a line that leads to a formula stays with it", lead_in),
        Trial::test("marks/marks of items that were typed hang", typed_marks),
        Trial::test("marks/a note of a caption stands below it", caption_note),
        Trial::test("marks/the title of an abstract stays with its picture", picture_abstract),
    ]
}

/// The pages of a body in a layout.
fn body_in(layout: &str, body: &str) -> Result<Vec<Vec<Line>>, Failed> {
    pages_in(layout, &support::article(body), Path::new("."))
}

fn picture_in_box() -> Outcome {
    let place = place(&[(900, 900), (1200, 1500), (1200, 800)])?;
    for count in [2, 20, 26, 32] {
        // Floats that wait for the next page.
        let waiting = figure("2", "2.png", "One.") + &figure("3", "3.png", "Another.");
        let boxed = format!("<boxed-text><title>Box</title>{}{}</boxed-text>", paragraph(20), figure("1", "1.png", "Seen."));
        let pages = pages_in("classic", &support::article(&format!("{}{waiting}{boxed}{}", paragraph(count), paragraph(9))), place.path())?;
        let square = |line: &&(usize, &Line)| line.1.face.trim_start_matches("picture ").split_once(" x ").is_some_and(|(width, height)| width == height);
        let found = pictures_of(&pages);
        let (page, picture) = *found.iter().find(square).ok_or_else(|| format!("after {count} sentences no picture is square"))?;
        let size: f64 = picture.face.rsplit(' ').next().unwrap_or_default().parse().map_err(|_| "no size")?;
        let (below, caption) = at(&pages, "Seen.")?;
        ensure!(page == below && (picture.y + size) < caption.y && caption.y < 219.0, "after {count} sentences the picture and its caption have no room");
    }
    Ok(())
}

fn formula_in_cell() -> Outcome {
    let math = |tex: &str| format!("<inline-formula><tex-math>{tex}</tex-math></inline-formula>");
    let wide = math("\\sum_{i=1}^{m}\\sum_{j=1}^{n}\\left[\\frac{0.25P_{ij}}{a_{ij}}\\right]\\left[\\frac{a_{ij}}{A}\\right]");
    let row = |name: &str, formula: &str, behind: &str| format!("<tr><td>{name}</td><td>{formula}</td><td>{behind}</td><td>{}</td></tr>", paragraph(2));
    let rows = [row("One", &math("n"), "First"), row("Two", &math("m"), "Second"), row("Three", &math("k"), "Third"), row("Four", &wide, "Behind")].concat();
    let pages = body_in("classic", &format!("{}<table-wrap id=\"t\"><label>Table 1</label><table>{rows}</table></table-wrap>", paragraph(2)))?;
    let (page, behind) = at(&pages, "Behind")?;
    let formula = pages[page].iter().filter(|line| line.said.contains('∑') && (line.y - behind.y).abs() < 12.0).map(|line| line.x).fold(f64::MAX, f64::min);
    ensure!(behind.x - formula > 24.0, "a formula that begins at {formula} mm has {} mm", behind.x - formula);
    Ok(())
}

fn narrow_table() -> Outcome {
    let rows: String = (0..90).map(|at| format!("<tr><td>Row {at}</td><td>0.{at:04}</td><td>0.{at:04}</td><td>0.{at:04}</td></tr>")).collect();
    let table = format!("<table-wrap id=\"t\"><table>{rows}</table></table-wrap>");
    let body = format!("{}<sec><title>Coordinates</title>{table}</sec><sec><title>Behind</title>{}</sec>", paragraph(30), paragraph(20));
    let pages = body_in("two-column", &body)?;
    let ((on, title), (from, row)) = (at(&pages, "Coordinates")?, at(&pages, "Row 0")?);
    ensure!(on == from && row.y > title.y && (row.x - title.x).abs() < 80.0, "the table does not begin below its title");
    let widest = pages.iter().flatten().map(|line| line.x).fold(0.0, f64::max);
    ensure!(widest < 205.0, "something stands at {widest} mm: a page is turned");
    Ok(())
}

fn high_table() -> Outcome {
    let place = place(&[(1800, 1400)])?;
    let rows: String = (0..22).map(|at| format!("<tr><td>Row {at}</td><td>0.{at:02}</td></tr>")).collect();
    let table = format!(
        "<table-wrap id=\"t\"><label>Table 1</label><caption><p>Long words and short numbers, one below the other.</p></caption><table>{rows}</table></table-wrap>"
    );
    for count in [60, 75, 90, 105] {
        let body = format!("{}{}{}{table}{}", paragraph(count), figure("1", "1.png", &"What is seen. ".repeat(20)), paragraph(8), paragraph(60));
        let pages = pages_in("two-column", &support::article(&body), place.path())?;
        let lowest = pages.iter().flatten().filter(|line| line.said.starts_with("Row ")).map(|line| line.y).fold(0.0, f64::max);
        ensure!(lowest < 275.0, "after {count} sentences the table reaches down to {lowest} mm");
    }
    Ok(())
}

fn lengths() -> Outcome {
    let row = |cell: &dyn Fn(usize) -> String| format!("<tr>{}</tr>", (0..22).map(cell).collect::<String>());
    let head = row(&|at| format!("<th>Head {at}</th>"));
    let rows = (0..60).map(|y| row(&|x| format!("<td>{y:02}{x:02}.25</td>"))).collect::<String>();
    let table = format!(
        "<table-wrap id=\"t\"><label>Table 1</label><caption><p>Broad and long.</p></caption><table><thead>{head}</thead><tbody>{rows}</tbody></table></table-wrap>"
    );
    let pages = body_in("classic", &format!("{}{table}{}", paragraph(20), paragraph(120)))?;
    let with =
        |words: &str| pages.iter().enumerate().filter(|(_, page)| page.iter().any(|line| line.said.contains(words))).map(|(at, _)| at).collect::<Vec<_>>();
    let (heads, numbers) = (with("Head 1"), with(".25"));
    ensure!(numbers.len() > 1 && heads == numbers, "numbers stand on pages {numbers:?}, heads on {heads:?}");
    let first = *numbers.first().ok_or("no table")?;
    let lowest = pages[first - 1].iter().filter(|line| line.y < 219.0).map(|line| line.y).fold(0.0, f64::max);
    ensure!(lowest > 206.0, "the page before the table ends at {lowest} mm");
    let inside = |line: &&Line| line.said.contains(".25") && !(line.x > 19.0 && line.x < 151.0 && line.y > 22.0 && line.y < 219.0);
    ensure!(!pages.iter().flatten().any(|line| inside(&line)), "a length of the table leaves the type area");
    Ok(())
}

fn long_caption() -> Outcome {
    let place = place(&[(900, 600)])?;
    let rows: String = (0..14).map(|at| format!("<tr>{}</tr>", format!("<td>Row {at} has words</td>").repeat(7))).collect();
    let table = format!("<table-wrap id=\"t\"><label>Table 1</label><caption><p>Broad.</p></caption><table>{rows}</table></table-wrap>");
    let caption = format!("{}Finis.", "What is seen is told at length, part by part. ".repeat(40));
    // The picture as a paragraph of the figure, and as a figure in the figure.
    let plain = figure("1", "1.png", &caption).replace("<graphic ", "<p><graphic ").replace("</graphic>", "</graphic></p>");
    let nested = figure("1", "1.png", &caption).replace("<graphic ", "<p>a <graphic ").replace("</graphic>", "</graphic></p>");
    for fig in [plain, nested] {
        for count in [30, 45, 60, 75] {
            let body = format!("{}{table}{fig}{}", paragraph(count), paragraph(90));
            let pages = pages_in("two-column", &support::article(&body), place.path())?;
            let (_, end) = at(&pages, "Finis.")?;
            ensure!(end.y < 282.0, "after {count} sentences the caption ends at {} mm", end.y);
        }
    }
    Ok(())
}

fn rights() -> Outcome {
    let place = place(&[(900, 400)])?;
    let meta =
        "<permissions><copyright-statement>© 2020 Nobody</copyright-statement><license><license-p>Everybody may use it.</license-p></license></permissions>";
    let body = format!("{}{}{}", paragraph(8), figure("1", "1.png", "What is seen."), paragraph(120));
    let pages = pages_in("gost", &support::article_with(meta, &body, ""), place.path())?;
    let ((on, caption), (under, rights)) = (at(&pages, "What is seen")?, at(&pages, "© 2020")?);
    ensure!(on == under && caption.y < rights.y - 2.0, "the caption stands at {} mm, the rights at {} mm", caption.y, rights.y);
    Ok(())
}

fn anchored() -> Outcome {
    let place = place(&[(900, 400)])?;
    let table =
        "<table-wrap id=\"t\"><label>Table 1</label><caption><p>Counted.</p></caption><table><tbody><tr><td>Seven</td></tr></tbody></table></table-wrap>";
    let free = format!("{}<p>Between.</p>{table}<p>Behind.</p>", figure("1", "1.png", "What is seen."));
    let held = free.replace("<fig ", "<fig position=\"anchor\" ").replace("<table-wrap ", "<table-wrap position=\"anchor\" ");
    for (figures, floats, stays) in [("float", &held, false), ("anchored", &free, false), ("anchored", &held, true), ("here", &free, true)] {
        for name in ["classic", "two-column", "gost", "modern"] {
            let overrides =
                Overrides { shown: "diglot.toml".to_owned(), text: format!("[layout]\ntype.figures = \"{figures}\"\n"), table: "layout".to_owned() };
            let layout = Layout::inherit(&mut Log::default(), vec![set::layout(name)?], Some(&overrides)).ok_or("no layout")?;
            let pages = pages_by(&layout, &support::article(&format!("{}{floats}{}", paragraph(30), paragraph(60))), place.path())?;
            let column = |line: &Line| i32::from(name == "two-column" && line.x > 100.0);
            let place_of = |said: &str| at(&pages, said).map(|(page, line)| (page, column(line), line.y));
            let order = [place_of("What is seen")?, place_of("Between.")?, place_of("Seven")?, place_of("Behind.")?];
            ensure!(order.is_sorted() == stays, "{name} with `{figures}`: the text and what is in it stand at {order:?}");
        }
    }
    Ok(())
}

fn turned() -> Outcome {
    let place = place(&[(1200, 500)])?;
    let table = "<table-wrap id=\"t\" orientation=\"landscape\"><label>Table 1</label><caption><p>Counted.</p></caption><table><tbody><tr><td>Seven</td><td>Eight</td></tr></tbody></table></table-wrap>";
    let lying = figure("1", "1.png", "What is seen.").replacen(" id=", " orientation=\"landscape\" id=", 1);
    for layout in ["classic", "two-column", "review"] {
        let body = format!("{}{table}{}{lying}{}", paragraph(30), paragraph(30), paragraph(60));
        let pages = pages_in(layout, &support::article(&body), place.path())?;
        // What lies is read from below: the words of a row stand one above the other.
        let ((on, seven), (too, eight)) = (at(&pages, "Seven")?, at(&pages, "Eight")?);
        ensure!(on == too, "{layout}: the table stands on two pages");
        let (of_picture, picture) = *pictures_of(&pages).first().ok_or("no picture")?;
        let (of_caption, caption) = at(&pages, "What is seen")?;
        ensure!(of_picture == of_caption && of_picture != on, "{layout}: table, picture and its caption are on pages {on}, {of_picture}, {of_caption}");
        if layout != "review" {
            ensure!((seven.x - eight.x).abs() < 1.0 && seven.y > eight.y, "{layout}: the table stands upright");
            ensure!(caption.x > picture.x, "{layout}: the figure stands upright");
        }
    }
    Ok(())
}

fn order() -> Outcome {
    let place = place(&[(2400, 900), (700, 500)])?;
    let figures = figure("1", "1.png", "One.") + &figure("2", "2.png", "Two.");
    let body = format!("{}<sec><title>Plates</title>{figures}</sec><sec><title>Last</title>{}</sec>", paragraph(40), paragraph(30));
    let pages = pages_in("two-column", &support::article(&body), place.path())?;
    let place_of = |said: &str| at(&pages, said).map(|(page, line)| (page, i32::from(line.x > 100.0), line.y));
    let (title, one, two) = (place_of("Plates")?, place_of("One.")?, place_of("Two.")?);
    ensure!(title < one && one < two, "title, first and second figure stand at {title:?}, {one:?}, {two:?}");
    Ok(())
}

fn two_languages() -> Outcome {
    let place = place(&[(900, 700)])?;
    let graphic = "<graphic xlink:href=\"1.png\"><alt-text>x</alt-text></graphic>";
    let member = |kind: &str, lang: &str, label: &str, more: &str| {
        format!("<{kind} xml:lang=\"{lang}\" id=\"{lang}-{kind}\"><label>{label} 1</label><caption><title>In {lang}.</title></caption>{more}</{kind}>")
    };
    let figures = member("fig", "en", "Figure", "") + &member("fig", "de", "Abbildung", graphic);
    let tables = member("table-wrap", "en", "Table", "") + &member("table-wrap", "de", "Tabelle", "<table><tr><td>Cell</td></tr></table>");
    for count in [20, 30, 40] {
        let body =
            format!("{}<fig-group id=\"f\">{figures}</fig-group><table-wrap-group id=\"t\">{tables}</table-wrap-group>{}", paragraph(count), paragraph(60));
        let pages = pages_in("classic", &support::article(&body), place.path())?;
        let pages_of = |said: [&str; 2]| Ok::<_, Failed>((at(&pages, said[0])?.0, at(&pages, said[1])?.0));
        let (picture, _) = *pictures_of(&pages).first().ok_or("no picture")?;
        ensure!(pages_of(["Figure 1", "Abbildung 1"])? == (picture, picture), "the captions of the figure do not stand with it");
        let (cell, _) = at(&pages, "Cell")?;
        ensure!(pages_of(["Table 1", "Tabelle 1"])? == (cell, cell), "the captions of the table do not stand with it");
    }
    Ok(())
}

fn untitled() -> Outcome {
    let part = format!(
        "<sub-article article-type=\"reply\" id=\"s\"><front-stub><contrib-group><contrib contrib-type=\"author\"><name><surname>Muster</surname><given-names>Anna</given-names></name></contrib></contrib-group></front-stub>\
         <body>{}<sec><title>A section</title><p>Below it.</p></sec></body></sub-article>",
        "<p>Above it.</p>"
    );
    let master = support::article(&paragraph(3)).replace("</article>", &format!("{part}</article>"));
    for layout in ["classic", "modern", "gost"] {
        let pages = pages_in(layout, &master, Path::new("."))?;
        let (above, title) = (at(&pages, "Above it.")?.1.y, at(&pages, "A section")?.1.y);
        ensure!(title - above > 6.5, "{layout}: the title stands {} mm below the line above it", title - above);
    }
    Ok(())
}

fn head_of_part() -> Outcome {
    let part = "<sub-article article-type=\"reply\" id=\"s\"><front-stub><title-group><article-title>A reply</article-title></title-group><contrib-group><contrib contrib-type=\"author\"><name><surname>Muster</surname>\
                <given-names>Anna</given-names></name><aff>Somewhere</aff></contrib></contrib-group></front-stub><body><p>We thank all of them.</p></body></sub-article>";
    for layout in ["classic", "modern"] {
        for count in 24..44 {
            let body: String = (0..count).map(|_| paragraph(1)).collect();
            let pages = pages_in(layout, &support::article(&body).replace("</article>", &format!("{part}</article>")), Path::new("."))?;
            let (title, text) = (at(&pages, "A reply")?.0, at(&pages, "We thank")?.0);
            ensure!(title == text, "{layout}: after {count} paragraphs the title of the part is on page {title}, its text on page {text}");
        }
    }
    Ok(())
}

fn builds() -> Outcome {
    let sum = (1..40).map(|at| format!("a_{{{at}}}")).collect::<String>();
    let formula = |no: usize| format!("<disp-formula id=\"e{no}\"><label>({no})</label><tex-math>\\frac{{{sum}}}{{b}}</tex-math></disp-formula>");
    let code = "<code language=\"python\">for k, g in streamflow.groupby(np.arange(len(streamflow))//100):\n    client.write_points(g, station_id)</code>";
    let leaders = format!("<p>Cápsulas sem costas {} <italic>C. nana</italic></p>", ".".repeat(123));
    let brackets = (1..9).map(|at| format!("(a_{{{at}}}/10^{{{at}}})^{{1/2}} \\, ")).collect::<String>();
    let in_line =
        [brackets, "ab".repeat(400)].map(|tex| format!("<p>So much, <inline-formula><tex-math>{tex}</tex-math></inline-formula>, is too much.</p>")).concat();
    let mail = "<p>Write to journals.permissions.and.more@oxfordjournals.example.org, please.</p>";
    let text: String = (1..9).map(|no| format!("{}{}{}{code}{leaders}{in_line}{mail}", paragraph(5 + no), formula(no), paragraph(4))).collect();
    let place = Place::with(support::article(&text))?;
    let run = place.run(&["build", "article.xml", "--layout", "two-column", "-o", "page.pdf", "--message-format", "short"])?;
    ensure!(!run.err.contains("error["), "{}", run.err);
    Ok(())
}

fn breaks() -> Outcome {
    let date = |kind: &str, day: u8| format!("<date date-type=\"{kind}\"><day>{day}</day><month>10</month><year>2020</year></date>");
    let author = |no: usize| {
        format!(
            "<contrib contrib-type=\"author\"><contrib-id contrib-id-type=\"orcid\">https://orcid.org/0000-0002-1825-0097</contrib-id><name><surname>Muster{no}</surname><given-names>Anna</given-names></name></contrib>"
        )
    };
    let dates = ["received", "rev-recd", "accepted"].map(|kind| date(kind, 28)).concat();
    let meta = format!("<contrib-group>{}</contrib-group><history>{dates}</history>", (1..9).map(author).collect::<String>());
    for layout in ["classic", "two-column"] {
        let pages = pages_in(layout, &support::article_with(&meta, &paragraph(9), ""), Path::new("."))?;
        for line in pages.iter().flatten() {
            let said = line.said.trim();
            ensure!(!said.starts_with('–') && !said.ends_with("https://orcid.") && !said.ends_with('-'), "{layout}: a line is `{said}`");
            ensure!(!["Received:", "Revised:", "Accepted:"].iter().any(|label| said.ends_with(label)), "{layout}: a line ends with `{said}`");
        }
    }
    Ok(())
}

fn quoted_note() -> Outcome {
    let pages = body_in("classic", "<p>Text<fn id=\"n\"><p><disp-quote><p>What the note says.</p></disp-quote></p></fn> goes on.</p>")?;
    let (page, note) = at(&pages, "What the note says")?;
    ensure!(
        pages[page].iter().any(|line| line.said.trim() == "1" && (line.y - note.y).abs() < 3.0 && line.x < note.x),
        "the note does not begin beside its number"
    );
    Ok(())
}

fn notes_across() -> Outcome {
    let note = |said: &str| format!("<fn><p>{said}</p></fn>");
    let row = |said: &str| format!("<tr>{}</tr>", (0..9).map(|at| format!("<td>A cell of words {at}{said}</td>")).collect::<String>());
    let table = format!(
        "<table-wrap id=\"t\"><label>Table 1</label><caption><p>Broad{}.</p></caption><table>{}{}</table></table-wrap>",
        note("Of the caption."),
        row(""),
        row("").replace("words 3", &format!("words 3{}", note("Of a cell.")))
    );
    let body = format!("{}{table}<p>Text{}.</p>{}", paragraph(60), note("Of the text."), paragraph(30));
    let article = support::article(&body).replace("</article-title>", &format!("{}</article-title>", note("Of the title.")));
    let pages = pages_in("two-column", &article, Path::new("."))?;
    for (mark, said) in [("Broad", "Of the caption."), ("words 3", "Of a cell."), ("Text", "Of the text.")] {
        let ((page, of), (on, note)) = (at(&pages, mark)?, at(&pages, said)?);
        ensure!(page == on && note.y > of.y.min(200.0), "`{said}` stands on page {on} at {} mm, its mark on page {page}", note.y);
    }
    let (on, note) = at(&pages, "Of the title.")?;
    ensure!(on == 0 && note.y > 200.0, "the note of the title stands on page {on} at {} mm", note.y);
    Ok(())
}

fn theorem() -> Outcome {
    let statement = |label: &str, text: &str| format!("<statement content-type=\"theorem\"><label>{label}</label><p>{text}</p></statement>");
    let body = statement("Theorem 1", "<italic>Said so by the master.</italic>") + &statement("Theorem 2", "Said so by the layout.");
    let pages = body_in("classic", &body)?;
    for words in ["by the master", "by the layout"] {
        let (_, line) = at(&pages, words)?;
        ensure!(line.face.contains("italic"), "`{words}` is in {}", line.face);
    }
    Ok(())
}

fn once() -> Outcome {
    let words = "Authors keep their rights.";
    let meta = format!(
        "<permissions><copyright-statement>{words}</copyright-statement><license><license-p>{words}</license-p></license><license><license-p>{words}</license-p></license></permissions>"
    );
    let pages = pages_in("classic", &support::article_with(&meta, &paragraph(3), ""), Path::new("."))?;
    let count = pages.iter().flatten().filter(|line| line.said.contains("keep their rights")).count();
    ensure!(count == 1, "the rights are said {count} times");
    Ok(())
}

fn titles_of_people() -> Outcome {
    let author = |prefix: &str, surname: &str| {
        format!("<contrib contrib-type=\"author\"><name><prefix>{prefix}</prefix><surname>{surname}</surname><given-names>Carl</given-names></name></contrib>")
    };
    let meta = format!("<contrib-group>{}{}</contrib-group>", author("Dr", "Abe"), author("van", "Bee"));
    let pages = pages_in("gost", &support::article_with(&meta, "<p>Water.</p>", ""), Path::new("."))?;
    let said = pages.iter().flatten().map(|line| line.said.replace('\u{a0}', " ")).collect::<Vec<_>>().join(" ");
    ensure!(said.contains("Dr C. Abe") && said.contains("C. van Bee"), "the authors are called {said}");
    Ok(())
}

fn no_room() -> Outcome {
    let place = place(&[(480, 330)])?;
    let rows: String = (0..37).map(|at| format!("<tr>{}</tr>", format!("<td>Row {at} words</td>").repeat(7))).collect();
    let table = format!("<table-wrap id=\"t\"><label>Table 1</label><caption><p>Broad.</p></caption><table>{rows}</table></table-wrap>");
    let caption = format!("{}Finis.", "What is seen is told at length, part by part. ".repeat(4));
    for count in [82, 85, 88, 91] {
        let body = format!("{}{table}{}{}", paragraph(count), figure("1", "1.png", &caption), paragraph(60));
        let pages = pages_in("two-column", &support::article(&body), place.path())?;
        let (page, end) = at(&pages, "Finis.")?;
        let over = pages[page].iter().any(|line| line.said.contains("Row ") && (line.y - end.y).abs() < 3.0);
        ensure!(end.y < 275.0 && !over, "after {count} sentences the caption ends at {} mm", end.y);
    }
    Ok(())
}

fn halves() -> Outcome {
    let rows: String = (0..26).map(|at| format!("<tr><td>Row {at}</td><td>0.{at:02}</td></tr>")).collect();
    let table = format!(
        "<table-wrap id=\"t\"><label>Table 1</label><caption><p>Long.</p></caption><table><thead><tr><th>Name</th><th>Number</th></tr></thead><tbody>{rows}</tbody></table></table-wrap>"
    );
    let pages = body_in("two-column", &format!("{}{table}{}", paragraph(60), paragraph(60)))?;
    let ((on, first), (too, last)) = (at(&pages, "Row 0")?, at(&pages, "Row 25")?);
    ensure!(on == too && last.x - first.x > 60.0, "the first row stands at {} mm of page {on}, the last at {} mm of page {too}", first.x, last.x);
    let heads = pages[on].iter().filter(|line| line.said.contains("Name")).count();
    ensure!(heads == 2, "{heads} halves have a head");
    Ok(())
}

fn long_formulas() -> Outcome {
    let size = |line: &Line| line.face.split(' ').find_map(|word| word.parse::<f64>().ok()).unwrap_or_default();
    let sum = |letter: &str| (1..24).map(|at| format!("{letter}_{{{at}}}")).collect::<Vec<_>>().join("+");
    let system = format!("\\begin{{align}} x &amp;= {} \\\\ y &amp;= {} \\end{{align}}", sum("a"), sum("a"));
    // Brackets in brackets, of which the inner ones alone have an operator.
    let nested = format!("x = cd\\{{ ab\\,ab\\,ab\\,ab\\,ab [ {} ] a \\}}", sum("a"));
    for tex in [system, nested] {
        let body =
            format!("<p>Before it.</p><disp-formula id=\"e\"><label>(7)</label><tex-math>{tex}</tex-math></disp-formula><p>Behind it.</p>{}", paragraph(90));
        let pages = body_in("two-column", &body)?;
        let [before, label, behind] = ["Before it.", "(7)", "Behind it."].map(|said| at(&pages, said));
        let ((_, before), (_, label), (_, behind)) = (before?, label?, behind?);
        ensure!(before.y < label.y && label.y < behind.y && label.x < 105.0, "`{tex}` is not in its place");
        let largest = pages.iter().flatten().filter(|line| line.said.contains('𝑎')).map(size).fold(0.0, f64::max);
        ensure!(largest > size(before) - 0.1, "`{tex}` is set in {largest} pt, the text in {} pt", size(before));
    }
    Ok(())
}

fn lead_in() -> Outcome {
    let formula = "<disp-formula id=\"e\"><label>(7)</label><tex-math>\\frac{a}{b}+\\sum_{i}\\frac{c_i}{d_i}</tex-math></disp-formula>";
    for count in 34..48 {
        let pages = body_in("classic", &format!("{}<p>The sum of both is{formula} and so on.</p>{}", paragraph(count), paragraph(9)))?;
        let ((from, _), (to, _)) = (at(&pages, "The sum of both")?, at(&pages, "(7)")?);
        ensure!(from == to, "after {count} sentences the formula stands on the page behind its sentence");
    }
    Ok(())
}

fn typed_marks() -> Outcome {
    let words = "What has to be done is told in as many words as it takes to fill more than one line of the page, and then some more. ";
    let list = format!("<list list-type=\"simple\"><list-item><p>(ii) {words}</p></list-item></list>");
    for (mark, body) in [("(ii) What", list), ("• What", format!("<p>• {words}</p>"))] {
        let pages = body_in("classic", &body)?;
        let (page, first) = at(&pages, mark)?;
        let second = pages[page].iter().filter(|line| line.y > first.y + 3.0).min_by(|a, b| a.y.total_cmp(&b.y)).ok_or("one line")?;
        ensure!(second.x > first.x + 2.0, "`{mark}` begins at {} mm, its second line at {} mm", first.x, second.x);
    }
    Ok(())
}

fn picture_abstract() -> Outcome {
    for count in 24..64 {
        let meta = format!(
            "<abstract>{}</abstract><abstract abstract-type=\"graphical\"><title>Seen at once</title><p><fig id=\"g\"><graphic xlink:href=\"1.png\"><alt-text>x</alt-text></graphic></fig></p></abstract>",
            paragraph(count)
        );
        // The picture is missing: its name stands in a frame.
        let pages = pages_in("classic", &support::article_with(&meta, &paragraph(20), ""), Path::new("."))?;
        let (page, title) = at(&pages, "Seen at once")?;
        let below = pages[page].iter().any(|line| line.y > title.y + 3.0 && line.y < 219.0);
        ensure!(below, "after {count} sentences the title stands alone at the foot of page {page}");
    }
    Ok(())
}

fn caption_note() -> Outcome {
    let place = place(&[(900, 400)])?;
    let caption = "What is seen.<xref ref-type=\"fn\" rid=\"n\"><sup>1</sup></xref>";
    let body = format!("{}{}{}", paragraph(60), figure("1", "1.png", caption), paragraph(60));
    let article = support::article_with("", &body, "<fn-group><fn id=\"n\"><label>1</label><p>Told below.</p></fn></fn-group>");
    let pages = pages_in("classic", &article, place.path())?;
    let ((on, seen), (under, note)) = (at(&pages, "What is seen")?, at(&pages, "Told below.")?);
    ensure!(
        on == under && note.y > seen.y && note.y < seen.y + 9.0,
        "the caption stands at {} mm of page {on}, its note at {} mm of page {under}",
        seen.y,
        note.y
    );
    Ok(())
}
