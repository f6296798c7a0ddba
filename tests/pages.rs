//! The printed pages in the e-book and in the page of HTML are those of the PDF, page by page.
//!
//! 1. `pdftotext` reads the PDF page by page, other code the marks of the book: neither is shared with the program.
//! 2. The letters behind the mark of a page are letters of that page, those before it stand on the page before ([`same`]).
//! 3. The masters are looked at, and real articles from all over the corpus: a few of forty, or all with `DIGLOT_PAGES=all`.

use std::path::{Path, PathBuf};

use roxmltree::{Document, Node, ParsingOptions};

use crate::ensure;
use crate::outputs::text_of;
use crate::support::needs::{Need, corpus, trial};
use crate::support::program::{Place, pdf_text};
use crate::support::{self, Failed, Outcome, Trial, built, container};

/// How many real articles there are in the sample, and every which of them is looked at where nothing asks for all.
const SAMPLE: (usize, usize) = (40, 5);

/// How many letters are told: as many as no two places of an article share.
const ENOUGH: usize = 24;

const OPS: &str = "http://www.idpf.org/2007/ops";

pub fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = support::masters()
        .into_iter()
        .map(|(name, _)| trial(format!("pages/{name}"), &[Need::Judge("pdftotext")], move || built::with(|built| same(&built.folder().join(&name)))))
        .collect();
    trials.push(Trial::test("pages/from right to left", from_right_to_left));
    trials.push(trial("pages/real articles", &[Need::Judge("pdftotext"), Need::Corpus], real_articles));
    trials
}

fn real_articles() -> Outcome {
    let is_usual = |path: &PathBuf| {
        let is_article = path.extension().is_some_and(|extension| extension == "xml" || extension == "nxml");
        is_article && path.metadata().is_ok_and(|metadata| (20_000..300_000).contains(&metadata.len()))
    };
    let all: Vec<PathBuf> = support::files_below(&corpus()).into_iter().filter(is_usual).collect();
    let (size, step) = SAMPLE;
    ensure!(all.len() >= size, "the corpus has {} such articles", all.len());
    let every = if std::env::var("DIGLOT_PAGES").is_ok_and(|wanted| wanted == "all") { 1 } else { step };
    let place = Place::new()?;
    let mut faults = String::new();
    let mut seen = 0;
    for (no, master) in (0..size).step_by(every).map(|no| (no, &all[no * all.len() / size])) {
        let out = format!("out-{no}");
        let switches = ["--missing-figures", "warn", "--missing-glyphs", "warn", "--message-format", "short", "--to", "pdf,epub,html"];
        place.run(&[&["build", &master.to_string_lossy(), "--out-dir", &out], switches.as_slice()].concat())?;
        let Some(pdf) = built::of_kind(&place.at(&out), "pdf").pop() else { continue };
        seen += 1;
        if let Err(failed) = same(&pdf.with_extension("")) {
            faults.push_str(&format!("{}: {}\n", master.display(), failed.message().unwrap_or_default()));
        }
    }
    ensure!(seen * every * 10 >= size * 9, "only {seen} articles were built");
    ensure!(faults.is_empty(), "{faults}");
    Ok(())
}

/// Lines from right to left come in the order of the eye: the page begins before the first letter all the same.
fn from_right_to_left() -> Outcome {
    let words = "نص من اليمين إلى اليسار ".repeat(400);
    let master = format!(
        "<article xml:lang=\"ar\"><front><article-meta><title-group><article-title>درجة حرارة</article-title></title-group></article-meta></front><body><p>{words}</p></body></article>"
    );
    let place = Place::with(master)?;
    place.run(&["build", "article.xml", "--out-dir", "out"])?.exits(0)?;
    let texts = container::texts(&place.at("out/article.epub"))?;
    let (_, text) = texts.iter().find(|(name, _)| name.ends_with("article.xhtml")).ok_or("no text")?;
    ensure!(listed(&texts)?.len() > 1, "all of it is on one page");
    let pieces: Vec<&str> = text.split("<span epub:type=\"pagebreak\"").collect();
    for (no, pair) in pieces.windows(2).enumerate() {
        let after = pair[1].split_once("</span>").map_or("", |(_, rest)| rest);
        let begins =
            if no == 0 { pair[0].ends_with('>') && after.starts_with("درجة") } else { pair[0].ends_with(' ') && after.starts_with(char::is_alphabetic) };
        ensure!(begins, "page {} does not begin with a word: `{}`", no + 1, after.chars().take(20).collect::<String>());
    }
    Ok(())
}

/// The letters of a text, without blanks and hyphens.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The letters of texts, one behind the other.
fn letters_of(texts: &[Node]) -> String {
    letters(&texts.iter().filter_map(Node::text).collect::<String>())
}

/// Whether a text is one that stands elsewhere on the page: a label such as “Keywords”, the line that says where an article stands, a code, a way back.
fn is_label(text: Node) -> bool {
    text.ancestors().any(|node| {
        node.attribute("role") == Some("doc-backlink")
            || node.attribute("class").is_some_and(|class| class.split(' ').any(|class| matches!(class, "label" | "journal" | "code")))
    })
}

/// What a page shows elsewhere than in the order of the text, or in two dimensions.
fn is_apart(text: &Node) -> bool {
    text.ancestors().any(|node| {
        let is_note = node.attribute((OPS, "type")).is_some_and(|kind| matches!(kind, "footnote" | "footnotes"));
        matches!(node.tag_name().name(), "math" | "figure")
            || is_note
            || node.attribute("class").is_some_and(|class| class.split(' ').any(|class| matches!(class, "front" | "boxed" | "missing")))
    })
}

/// Whether a run of text is told by its letters: nothing in it stands elsewhere.
fn is_told<'a, 'b: 'a>(texts: impl IntoIterator<Item = &'a Node<'b, 'b>>) -> bool {
    let mut letters = 0;
    for node in texts {
        if is_apart(node) {
            return false;
        }
        letters += self::letters(node.text().unwrap_or_default()).chars().count();
        if letters >= ENOUGH {
            break;
        }
    }
    true
}

/// A mark of the book: the folio, the file and the id.
struct Mark {
    label: String,
    file: String,
    id: String,
}

/// The list of pages of a book.
fn listed(texts: &std::collections::BTreeMap<String, String>) -> Result<Vec<Mark>, Failed> {
    let (_, navigation) = texts.iter().find(|(name, _)| name.ends_with("nav.xhtml")).ok_or("no navigation")?;
    let document = parsed(navigation)?;
    let list = document.descendants().find(|node| node.attribute((OPS, "type")) == Some("page-list")).ok_or("no list of pages")?;
    let links = list.descendants().filter(|node| node.tag_name().name() == "a");
    links
        .map(|node| {
            let (file, id) = node.attribute("href").and_then(|href| href.split_once('#')).ok_or("a page without a place")?;
            Ok(Mark { label: text_of(node), file: file.to_owned(), id: id.to_owned() })
        })
        .collect()
}

fn parsed(text: &str) -> Result<Document<'_>, Failed> {
    Ok(Document::parse_with_options(text, ParsingOptions { allow_dtd: true, ..ParsingOptions::default() })?)
}

/// Each page of the PDF is marked in the book, in order, at the word with which it begins, and in the page of HTML where there is one. `stem` is the path of the
/// outputs without their extensions.
fn same(stem: &Path) -> Outcome {
    let with = |extension: &str| PathBuf::from(format!("{}.{extension}", stem.display()));
    let text = pdf_text(&with("pdf"), &["-raw", "-enc", "UTF-8"])?;
    let pages: Vec<String> = text.trim_end_matches('\u{c}').split('\u{c}').map(letters).collect();
    let texts = container::texts(&with("epub"))?;
    let listed = listed(&texts)?;
    ensure!(listed.len() == pages.len(), "the book has {} pages, the pdf {}", listed.len(), pages.len());
    // Folios begin with the first page that the master names.
    let first: usize = listed.first().and_then(|mark| mark.label.parse().ok()).ok_or("the first page has no number")?;
    // The last page with text in its order: those behind it show floats alone.
    let mut since = 0;
    for (no, mark) in listed.iter().enumerate() {
        ensure!(mark.label == (no + first).to_string(), "page {} is called `{}`", no + 1, mark.label);
        let (_, content) = texts.iter().find(|(name, _)| name.ends_with(&format!("/{}", mark.file))).ok_or("a page in no file")?;
        let document = parsed(content)?;
        let next = listed.get(no + 1).filter(|next| next.file == mark.file).map(|next| next.id.as_str());
        let said = Said::at(&document, &mark.id, next)?;
        if said.is_shared {
            continue;
        }
        let page = &mark.label;
        ensure!(pages[no].contains(&said.begins), "page {page} does not begin with `{}`", said.begins);
        if let Some(ends) = said.ends.filter(|_| no > 0) {
            ensure!(pages[since..no].iter().any(|page| page.contains(&ends)), "what stands before page {page} does not end with `{ends}`");
        }
        if !said.floats {
            since = no;
        }
    }
    in_html(&with("html"), &listed)
}

/// What a mark stands between.
struct Said {
    begins: String,
    /// Nothing where that stands elsewhere on its page.
    ends: Option<String>,
    /// Whether the next page begins at the same place: this one shows no text in its order.
    is_shared: bool,
    /// Whether the page begins with a float.
    floats: bool,
}

impl Said {
    fn at(document: &Document, id: &str, next: Option<&str>) -> Result<Self, Failed> {
        let find = |id: &str| document.descendants().find(|node| node.attribute("id") == Some(id));
        let mark = find(id).ok_or("a page that is nowhere")?;
        let body = document.descendants().find(|node| node.tag_name().name() == "body").ok_or("no body")?;
        let (mut before, after): (Vec<Node>, Vec<Node>) = body.descendants().filter(Node::is_text).partition(|node| node.range().start < mark.range().start);
        let is_shared = next
            .and_then(find)
            .is_some_and(|next| after.iter().all(|text| text.range().start > next.range().start || text.text().is_some_and(|text| text.trim().is_empty())));
        // The mark stands at the first text of the master; a label that the program writes before it is on the page that begins.
        while before.last().is_some_and(|node| is_label(*node) || node.text().is_some_and(|text| text.trim().is_empty())) {
            before.pop();
        }
        // What is apart from the text is told as far as it stands in one line of the book, for what follows may stand elsewhere.
        let line = mark
            .ancestors()
            .find(|node| matches!(node.tag_name().name(), "p" | "td" | "th" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" | "div" | "figcaption"));
        let told = is_told(&after);
        let own: Vec<Node> = after
            .into_iter()
            .filter(|text| told || line.is_some_and(|line| text.ancestors().any(|node| node == line)))
            .filter(|text| !text.ancestors().any(|node| node.tag_name().name() == "math" || node.attribute("role") == Some("doc-backlink")))
            .collect();
        let begins: String = if told {
            letters_of(&own).chars().take(ENOUGH).collect()
        } else {
            // A word: cells and captions stand beside others.
            let text: String = own.iter().filter_map(Node::text).collect();
            text.split_whitespace().map(letters).find(|word| !word.is_empty()).unwrap_or_default()
        };
        let letters = letters_of(&before);
        let ends: String = letters.chars().skip(letters.chars().count().saturating_sub(ENOUGH)).collect();
        let in_front = mark.ancestors().any(|node| node.attribute("class") == Some("front"));
        Ok(Self {
            begins,
            ends: (is_told(before.iter().rev()) && !in_front).then_some(ends),
            is_shared,
            floats: mark.ancestors().any(|node| node.tag_name().name() == "figure"),
        })
    }
}

/// The page of HTML has the same marks in the same order.
fn in_html(page: &Path, listed: &[Mark]) -> Outcome {
    let Ok(text) = support::read(page) else { return Ok(()) };
    let marks = text.split("role=\"doc-pagebreak\" ").skip(1).filter_map(|rest| Some(rest.split_once("title=\"")?.1.split_once('"')?.0.to_owned()));
    let wanted: Vec<&str> = listed.iter().map(|mark| mark.label.as_str()).collect();
    let marks: Vec<String> = marks.collect();
    ensure!(marks == wanted, "the page of HTML has the pages {marks:?}, the book {wanted:?}");
    Ok(())
}
