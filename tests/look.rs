//! What a typographer would mark, where it can be measured.
//!
//! 1. Articles are made that tempt the layout: high pictures with long captions, broad tables, groups, many headings.
//! 2. They are set as a library, and [`pages`] takes their pages apart into lines: place, face, words.
//! 3. Widths are not known there; whether anything leaves the type area poppler says of finished files.

use std::path::{Path, PathBuf};

use article::code::Code;
use diglot::pdf::layout::Layout;
use image::{DynamicImage, ImageFormat, RgbImage};

use crate::ensure;
use crate::support::needs::{Need, trial};
use crate::support::program::{Place, pdf_text};
use crate::support::{self, Failed, Outcome, Trial, set};

/// The type area of `classic`, in millimetres from the left, top, right and bottom edges of its page.
const AREA: (f64, f64, f64, f64) = (20.0, 23.0, 150.0, 218.0);

pub fn trials() -> Vec<Trial> {
    vec![
        trial("look/nothing leaves the type area", &[Need::Judge("pdftotext")], type_area),
        Trial::test("look/a high picture leaves room for its caption", caption_below),
        Trial::test("look/no figure above the title", title_first),
        Trial::test("look/a short article keeps its figure where it stands", short_article),
        Trial::test("look/a broad table is turned, and the text runs on", broad_table),
        Trial::test("look/the parts of a group stand in a row", group_in_a_row),
        Trial::test("look/a section of figures keeps its title", figures_alone),
        Trial::test("look/no heading at the foot of a page", headings),
        Trial::test("look/a long table repeats a head with links", head_again),
        Trial::test("look/the further parts of a table say which it is", table_goes_on),
        Trial::test("look/no word alone in the last line of a title", balanced_title),
        Trial::test("look/no dash begins a line, no ending stands without its number", ties),
        Trial::test("look/no name of a byline breaks", byline),
        Trial::test("look/a table does not begin with two rows at the foot of a page", table_begins),
        Trial::test("look/the end matter stays together", end_matter),
    ]
}

/// A line of a page: where its baseline begins, its face, what it says. A picture has no face.
pub struct Line {
    pub x: f64,
    pub y: f64,
    pub face: String,
    pub said: String,
}

fn pages(master: &str, folder: &Path) -> Result<Vec<Vec<Line>>, Failed> {
    pages_in("classic", master, folder)
}

/// The pages of a master in a layout as lines, in the order in which they are painted.
pub fn pages_in(layout: &str, master: &str, folder: &Path) -> Result<Vec<Vec<Line>>, Failed> {
    pages_by(&set::layout(layout)?, master, folder)
}

/// The same in any layout.
pub fn pages_by(layout: &Layout, master: &str, folder: &Path) -> Result<Vec<Vec<Line>>, Failed> {
    let (log, source, pages) = set::pages_by(layout, "article.xml", master.as_bytes(), folder)?;
    ensure!(!log.iter().any(|said| said.code == Code::LayoutFault), "the layout: {}", set::said(&log, Some(&source)));
    let mut found = Vec::new();
    for line in pages.text().lines() {
        if line.starts_with("page ") {
            found.push(Vec::new());
            continue;
        }
        let rest = line.trim_start();
        let (x, rest) = rest.split_once(' ').unwrap_or_default();
        let (y, rest) = rest.trim_start().split_once(' ').unwrap_or_default();
        let (x, y, rest) = (number(x)?, number(y)?, rest.trim_start());
        let (face, said) = rest.split_once("  ").unwrap_or((rest, ""));
        if let Some(page) = found.last_mut() {
            page.push(Line { x, y, face: face.to_owned(), said: said.to_owned() });
        }
    }
    Ok(found)
}

fn number(word: &str) -> Result<f64, Failed> {
    word.parse().map_err(|_| "a line without its place".into())
}

/// The page, from 0, on which something is said, and the line.
pub fn at<'a>(pages: &'a [Vec<Line>], said: &str) -> Result<(usize, &'a Line), Failed> {
    let found = pages.iter().enumerate().find_map(|(page, lines)| lines.iter().find(|line| line.said.contains(said)).map(|line| (page, line)));
    found.ok_or_else(|| format!("no page says `{said}`").into())
}

pub fn pictures_of(pages: &[Vec<Line>]) -> Vec<(usize, &Line)> {
    pages.iter().enumerate().flat_map(|(page, lines)| lines.iter().filter(|line| line.face.starts_with("picture ")).map(move |line| (page, line))).collect()
}

/// A paragraph of so many sentences.
pub fn paragraph(sentences: usize) -> String {
    format!("<p>{}</p>", "The lake is warm in summer and does not freeze in winter, as its name says. ".repeat(sentences))
}

/// A folder with pictures of these sizes, `1.png` and on.
pub fn place(sizes: &[(u32, u32)]) -> Result<Place, Failed> {
    let place = Place::new()?;
    for (at, (width, height)) in sizes.iter().enumerate() {
        let picture = DynamicImage::ImageRgb8(RgbImage::new(*width, *height));
        place.write(&format!("{}.png", at + 1), support::encoded(&picture, ImageFormat::Png)?)?;
    }
    Ok(place)
}

pub fn figure(id: &str, href: &str, caption: &str) -> String {
    format!(
        "<fig id=\"{id}\"><label>Figure {id}</label><caption><p>{caption}</p></caption><graphic xlink:href=\"{href}\"><alt-text>x</alt-text></graphic></fig>"
    )
}

fn caption_below() -> Outcome {
    let place = place(&[(1800, 2700)])?;
    let caption = format!("{} The very end.", "It shows what the text says of it, at length and in detail. ".repeat(18));
    let body = format!("{}{}{}", paragraph(30), figure("1", "1.png", &caption), paragraph(60));
    let pages = pages(&support::article(&body), place.path())?;
    let (of_picture, picture) = *pictures_of(&pages).first().ok_or("no picture")?;
    let (of_end, end) = at(&pages, "The very end.")?;
    ensure!(of_picture == of_end, "the picture is on page {of_picture}, the end of its caption on page {of_end}");
    ensure!(picture.y >= AREA.1 - 1.0 && end.y <= AREA.3 + 1.0, "picture and caption leave the type area: {} to {}", picture.y, end.y);
    ensure!(of_picture <= 1, "a figure that is spoken of on page 1 stands on page {}", of_picture + 1);
    Ok(())
}

fn title_first() -> Outcome {
    let place = place(&[(600, 400)])?;
    let body = format!("{}{}{}", paragraph(2), figure("1", "1.png", "What is seen."), paragraph(90));
    let pages = pages(&support::article(&body), place.path())?;
    let (of_title, title) = at(&pages, "A title")?;
    let (of_picture, picture) = *pictures_of(&pages).first().ok_or("no picture")?;
    ensure!(of_title == 0 && (of_picture > 0 || picture.y > title.y), "the figure stands above the title");
    Ok(())
}

fn short_article() -> Outcome {
    let place = place(&[(600, 400)])?;
    let body = format!("{}{}{}", paragraph(2), figure("1", "1.png", "What is seen."), "<p>Behind it.</p>");
    let pages = pages(&support::article(&body), place.path())?;
    let picture = *pictures_of(&pages).first().ok_or("no picture")?;
    let behind = at(&pages, "Behind it.")?;
    ensure!(picture.0 == 0 && picture.1.y < behind.1.y, "a figure of a short article leaves its place");
    Ok(())
}

fn broad_table() -> Outcome {
    let row = |cell: &dyn Fn(usize) -> String| format!("<tr>{}</tr>", (0..22).map(cell).collect::<String>());
    let head = row(&|at| format!("<th>Head {at}</th>"));
    let rows = (0..8).map(|y| row(&|x| format!("<td>{y}{x:02}.25</td>"))).collect::<String>();
    let table = format!(
        "<table-wrap id=\"t1\"><label>Table 1</label><caption><p>Broad.</p></caption><table><thead>{head}</thead><tbody>{rows}</tbody></table></table-wrap>"
    );
    let body = format!("{}{table}{}", paragraph(20), paragraph(90));
    let pages = pages(&support::article(&body), Path::new("."))?;
    let (of_table, _) = at(&pages, "700.25")?;
    ensure!(of_table > 0, "the table is on the first page");
    // The page before is full: its lowest line stands near the foot, above the folio.
    let lowest = pages.get(of_table - 1).into_iter().flatten().filter(|line| line.y < AREA.3 + 1.0).map(|line| line.y).fold(0.0, f64::max);
    ensure!(lowest > AREA.3 - 12.0, "the page before the table ends at {lowest} mm");
    let inside = pages[of_table]
        .iter()
        .filter(|line| line.said.contains(".25"))
        .all(|line| line.x > AREA.0 - 1.0 && line.x < AREA.2 + 1.0 && line.y > AREA.1 - 1.0 && line.y < AREA.3 + 1.0);
    ensure!(inside, "the turned table leaves the type area");
    Ok(())
}

fn group_in_a_row() -> Outcome {
    let place = place(&[(900, 900), (900, 900)])?;
    let part = |label: &str, href: &str| format!("<fig><label>({label})</label><graphic xlink:href=\"{href}\"><alt-text>x</alt-text></graphic></fig>");
    let group = format!("<fig-group id=\"g\"><label>Figure 1</label><caption><p>Both.</p></caption>{}{}</fig-group>", part("a", "1.png"), part("b", "2.png"));
    let body = format!("{}{group}{}", paragraph(30), paragraph(60));
    let pages = pages(&support::article(&body), place.path())?;
    let found = pictures_of(&pages);
    let [one, two] = found.as_slice() else { return Err(format!("{} pictures", found.len()).into()) };
    ensure!(one.0 == two.0 && (one.1.y - two.1.y).abs() < 0.2 && two.1.x > one.1.x + 20.0, "the parts do not stand in a row");
    ensure!(at(&pages, "Both.")?.0 == one.0, "the caption is on another page");
    Ok(())
}

fn figures_alone() -> Outcome {
    let place = place(&[(1200, 900), (1200, 900)])?;
    let figures = figure("1", "1.png", "One.") + &figure("2", "2.png", "Two.");
    let body = format!("{}<sec><title>Plates</title>{figures}</sec><sec><title>Last</title>{}</sec>", paragraph(36), paragraph(30));
    let pages = pages(&support::article(&body), place.path())?;
    let title = at(&pages, "Plates")?;
    let picture = *pictures_of(&pages).first().ok_or("no picture")?;
    ensure!(title.0 == picture.0 && title.1.y < picture.1.y, "the title of a section of figures does not stand above the first of them");
    Ok(())
}

fn headings() -> Outcome {
    let body: String = (0..40).map(|at| format!("<sec><title>Section {at}</title>{}</sec>", paragraph(3 + at * 7 % 11))).collect();
    let pages = pages(&support::article(&body), Path::new("."))?;
    ensure!(pages.len() > 6, "too few pages to tell");
    for (at, page) in pages.iter().enumerate() {
        // The folio comes last, below the type area.
        let last = page.iter().filter(|line| line.y < AREA.3 + 1.0).max_by(|a, b| a.y.total_cmp(&b.y)).ok_or("an empty page")?;
        ensure!(!last.said.starts_with("Section "), "page {} ends with the heading `{}`", at + 1, last.said);
    }
    Ok(())
}

fn head_again() -> Outcome {
    let rows: String = (0..90).map(|at| format!("<tr><td>Row {at}</td><td>{at}</td></tr>")).collect();
    let table = format!(
        "<table-wrap id=\"t1\"><label>Table 1</label><caption><p>Long.</p></caption><table><thead><tr><th>The head<xref ref-type=\"table-fn\" rid=\"n1\">a</xref></th><th>Number</th></tr></thead><tbody>{rows}</tbody></table><table-wrap-foot><fn id=\"n1\"><label>a</label><p>A note.</p></fn></table-wrap-foot></table-wrap>"
    );
    let pages = pages(&support::article(&format!("{}{table}{}", paragraph(4), paragraph(4))), Path::new("."))?;
    let with = |words: &str| pages.iter().filter(|page| page.iter().any(|line| line.said.contains(words))).count();
    ensure!(with("Row ") > 1, "the table does not break");
    ensure!(with("The head") == with("Row "), "the head stands on {} of {} pages", with("The head"), with("Row "));
    Ok(())
}

/// A table that goes on says so above its head on each further page or column, in the language of the text, and within the type area; where it begins, and
/// where it is short, it does not.
fn table_goes_on() -> Outcome {
    let table = |rows: usize, head: &str| {
        let body: String = (0..rows).map(|at| format!("<tr><td>Row {at}</td><td>{at}</td></tr>")).collect();
        format!(
            "<table-wrap id=\"t{rows}\"><label>Table 7.</label><caption><p>Long.</p></caption><table><thead>{head}</thead><tbody>{body}</tbody></table></table-wrap>"
        )
    };
    let plain = "<tr><th>The head</th><th>Number</th></tr>";
    let spanned = "<tr><th colspan=\"2\">Of two</th></tr><tr><th>The head</th><th>Number</th></tr>";
    let beside = "<tr><th rowspan=\"2\">The head</th><th>Of one</th></tr><tr><th>Number</th></tr>";
    let middle = "<tr><th valign=\"middle\">The head</th><th valign=\"middle\">Number</th></tr>";
    for (layout, head, is_said) in
        [("classic", plain, true), ("classic", middle, true), ("two-column", plain, true), ("gost", beside, true), ("classic", spanned, false)]
    {
        let master = support::article(&format!("{}{}{}", paragraph(4), table(150, head), paragraph(4)));
        let pages = pages_in(layout, &master, Path::new("."))?;
        let again: Vec<&Line> = pages.iter().flatten().filter(|line| line.said.contains("Table 7 (continued)")).collect();
        let heads = pages.iter().flatten().filter(|line| line.said.contains("The head")).count();
        ensure!(heads > 1, "{layout}: the table does not break");
        ensure!(again.len() == if is_said { heads - 1 } else { 0 }, "{layout}: {} parts, {} say that they go on", heads, again.len());
        ensure!(again.iter().all(|line| line.face.contains("italic")), "{layout}: not in italics");
    }
    let master = support::article(&format!("{}{}", paragraph(2), table(150, plain))).replace("xml:lang=\"en\"", "xml:lang=\"ru\"");
    let pages = pages_in("classic", &master, Path::new("."))?;
    ensure!(pages.iter().flatten().any(|line| line.said.contains("Table 7 (продолжение)")), "the words are not Russian");
    let top = pages.iter().flatten().filter(|line| line.said.contains("продолжение")).map(|line| line.y).fold(f64::MAX, f64::min);
    ensure!(top > AREA.1, "it stands above the type area, at {top}");
    let short = pages_in("classic", &support::article(&format!("{}{}", paragraph(30), table(20, plain))), Path::new("."))?;
    ensure!(!short.iter().flatten().any(|line| line.said.contains("continued")), "a short table says that it goes on");
    Ok(())
}

fn balanced_title() -> Outcome {
    let master = support::article(&paragraph(2)).replace("A title", "Parameters of a test in a group of patients with dependence on spirits");
    let pages = pages(&master, Path::new("."))?;
    let lines: Vec<&Line> = pages.iter().flatten().filter(|line| line.face.contains("13.5")).collect();
    let last = lines.last().ok_or("no title")?;
    ensure!(lines.len() == 1 || last.said.split_whitespace().count() > 2, "the last line of the title is `{}`", last.said);
    Ok(())
}

fn ties() -> Outcome {
    // A sentence of another length before each place, so that lines end everywhere in turn.
    let sentences: String = (0..120).map(|at| format!("{} дело — слово 2020-жылы, рис. {at}, {at} г. и А. С. Орлов. ", "так ".repeat(at % 9 + 1))).collect();
    let master = support::article(&format!("<p xml:lang=\"ky\">{sentences}</p>"));
    for layout in ["classic", "two-column"] {
        let pages = pages_in(layout, &master, Path::new("."))?;
        let lines: Vec<&Line> = pages.iter().flatten().collect();
        ensure!(lines.len() > 60, "{layout}: {} lines", lines.len());
        for line in lines {
            let said = line.said.trim();
            ensure!(!said.starts_with(['—', '–']) && !said.starts_with("жыл") && !said.starts_with("г. "), "{layout}: a line begins with `{said}`");
            ensure!(!said.ends_with("рис.") && !said.ends_with("А.") && !said.ends_with("С."), "{layout}: a line ends with `{said}`");
        }
    }
    Ok(())
}

fn byline() -> Outcome {
    let names = [("Асель Бакытовна", "Токтомушева"), ("Игорь Павлович", "Велесов"), ("Нурлан Эсенович", "Жайлообаев"), ("Anna Maria", "Muster")];
    let authors: String = names
        .iter()
        .map(|(given, surname)| {
            format!("<contrib contrib-type=\"author\"><name><surname>{surname}</surname><given-names>{given}</given-names></name></contrib>")
        })
        .collect();
    let master = support::article_with(&format!("<contrib-group>{authors}</contrib-group>"), &paragraph(3), "");
    for layout in ["classic", "classic-a4", "two-column", "modern", "review"] {
        let pages = pages_in(layout, &master, Path::new("."))?;
        // What stands in one line has one baseline.
        let height = |word: &str| at(&pages, word).map(|(_, line)| line.y);
        for (given, surname) in names {
            let first = given.split(' ').next().unwrap_or_default();
            ensure!((height(first)? - height(surname)?).abs() < 0.3, "{layout}: `{given} {surname}` stands in two lines");
        }
    }
    Ok(())
}

fn table_begins() -> Outcome {
    let rows: String = (0..60).map(|at| format!("<tr><td>Row {at}</td><td>{at}</td></tr>")).collect();
    let table = format!(
        "<table-wrap id=\"t1\"><label>Table 1</label><caption><p>Long.</p></caption><table><thead><tr><th>Head</th><th>Number</th></tr></thead><tbody>{rows}</tbody></table></table-wrap>"
    );
    let mut low = 0;
    for count in 18..34 {
        let body = format!("{}{table}{}", (0..count).map(|_| paragraph(1)).collect::<String>(), paragraph(4));
        let pages = pages(&support::article(&body), Path::new("."))?;
        let (page, caption) = at(&pages, "Table 1")?;
        let here = pages[page].iter().filter(|line| line.said.starts_with("Row ")).count();
        ensure!(here > 2, "after {count} paragraphs the table begins with {here} rows at the foot of a page");
        low += usize::from(caption.y > 150.0);
    }
    ensure!(low > 0, "no table begins low on a page: this test tempts nothing");
    Ok(())
}

fn end_matter() -> Outcome {
    let date = |kind: &str, day: u8| format!("<date date-type=\"{kind}\"><day>{day}</day><month>5</month><year>2020</year></date>");
    let meta = format!(
        "<history>{}{}</history><permissions><copyright-statement>© 2020 Nobody</copyright-statement><license><license-p>Everybody may use it.</license-p></license></permissions>",
        date("received", 1),
        date("accepted", 9)
    );
    for count in 26..42 {
        let body: String = (0..count).map(|_| paragraph(1)).collect();
        let pages = pages(&support::article_with(&meta, &body, ""), Path::new("."))?;
        let (first, _) = at(&pages, "Received")?;
        let (last, _) = at(&pages, "Everybody may use it")?;
        ensure!(first == last, "after {count} paragraphs the end matter is parted");
    }
    Ok(())
}

/// Inside the type area, but for marks that hang into the margin, head and folio.
fn type_area() -> Outcome {
    within("classic", &["table", "figure", "math", "block", "note", "reference"], AREA.0, AREA.0, None, 2000)
}

/// A number that a line of `pdftotext -bbox` gives, in points: `name="…"`.
pub fn attribute(line: &str, name: &str) -> Option<f64> {
    let (_, rest) = line.split_once(&format!("{name}=\""))?;
    rest.split('"').next()?.parse().ok()
}

/// Poppler's boxes of all words of the masters and of the cases of some areas: between side margins of `left` and `right` millimetres, but for
/// marks that hang into them, and at least `edge` points from head and foot of the page. No fewer than `least` words are looked at.
pub fn within(layout: &str, areas: &[&str], left: f64, right: f64, edge: Option<f64>, least: usize) -> Outcome {
    let place = Place::new()?;
    let mut masters: Vec<PathBuf> = support::masters().into_iter().map(|(_, path)| path).collect();
    for area in areas {
        let folder = support::root().join("tests/cases").join(area);
        masters.extend(support::entries(&folder).into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "xml")));
    }
    let mut judged = 0;
    let (left, right) = (left * 72.0 / 25.4 - 4.0, right * 72.0 / 25.4 - 4.0);
    for master in masters {
        let path = place.at("page.pdf");
        support::write(&path, set::pdf_of(layout, &master, &[])?)?;
        let (mut width, mut height) = (0.0, 0.0);
        for line in pdf_text(&path, &["-bbox"])?.lines() {
            let value = |name| attribute(line, name);
            if let (Some(wide), Some(high)) = (value("page width"), value("height")) {
                (width, height) = (wide, high);
            } else if let (Some(from), Some(to), Some(top), Some(low)) = (value("xMin"), value("xMax"), value("yMin"), value("yMax")) {
                let inside = from > left && to < width - right && edge.is_none_or(|edge| top > edge && low < height - edge);
                ensure!(inside, "{}: out of the measure: {}", support::name(&master), line.trim());
                judged += 1;
            }
        }
    }
    ensure!(judged > least, "only {judged} words were looked at");
    Ok(())
}
