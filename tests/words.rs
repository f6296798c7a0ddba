//! Every word of the masters in every output, judged by code that the program does not share.
//!
//! 1. The words of a master come from `roxmltree`: each stretch of text that belongs together is a [`Piece`]. What is data is listed here.
//! 2. The words of a PDF come from `pdftotext`, those of a book from its packed XHTML, those of a page from its HTML.
//! 3. Each piece must stand in each output, letter for letter, with its blanks between the same words. A line may end anywhere, and a page may
//!    end in the middle of a piece.

use std::collections::BTreeSet;
use std::path::Path;

use roxmltree::{Document, Node, ParsingOptions};

use crate::ensure;
use crate::support::needs::{Need, seed, trial};
use crate::support::program::pdf_text;
use crate::support::{self, Failed, Outcome, Trial, built, container, page};

/// Elements of the front matter whose text is data: it goes into metadata, or into lines that the layout makes of it.
const DATA: &[&str] = &[
    "journal-meta",
    "article-id",
    "pub-date",
    "history",
    "pub-history",
    "volume",
    "issue",
    "fpage",
    "lpage",
    "elocation-id",
    "alt-title",
    "contrib-id",
    "institution-id",
    "counts",
    "custom-meta-group",
    "self-uri",
    "copyright-year",
    "copyright-holder",
    "license_ref",
    "alt-text",
    "long-desc",
    "related-article",
    "processing-meta",
    "award-group",
    "object-id",
];

/// The parents in which some of these names are data; elsewhere, as in a reference, they are text.
const DATA_PARENTS: &[&str] = &["article-meta", "front-stub", "permissions", "license", "article", "front"];

/// Elements that stand on lines of their own wherever they are.
const BLOCKS: &[&str] = &[
    "p",
    // The signs of a formula stand above and below each other.
    "inline-formula",
    "sec",
    "list",
    "list-item",
    "def-list",
    "def-item",
    "def",
    "term",
    "disp-quote",
    "fig",
    "table-wrap",
    "table",
    "tr",
    "td",
    "th",
    "boxed-text",
    "fn",
    "title",
    "label",
    "caption",
    "ref",
    "attrib",
    "verse-line",
    "preformat",
    "code",
    "disp-formula",
];

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for (name, master) in support::masters() {
        let (pdf, epub, html) = (format!("{name}.pdf"), format!("{name}.epub"), format!("{name}.html"));
        let path = master.clone();
        let second = master.clone();
        trials.push(Trial::test(format!("words/{name}: html"), move || built::with(|built| html_has_words(&second, &built.folder().join(html)))));
        trials.push(trial(format!("words/{name}: pdf"), &[Need::Judge("pdftotext")], move || {
            built::with(|built| pdf_has_words(&path, &built.folder().join(pdf)))
        }));
        trials.push(Trial::test(format!("words/{name}: epub"), move || built::with(|built| epub_has_words(&master, &built.folder().join(epub)))));
    }
    trials.push(trial("words/the seed is in its master", &[Need::Seed], seed_is_in_its_master));
    trials.push(Trial::test("words/the check itself finds a loss", finds_a_loss));
    trials
}

/// Text that belongs together: no other text may stand inside it but that between two pages.
#[derive(Clone, Debug, Default)]
struct Piece {
    letters: Vec<Letter>,
    /// The element, for the message.
    element: String,
    /// Whether the next letter begins a word, and whether that can be told.
    blank: bool,
    soft: bool,
}

/// A letter, without blanks and hyphens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Letter {
    letter: char,
    /// A blank stands before it.
    blank: bool,
    /// It cannot be told whether a blank is seen before it: at raised signs, and after a hyphen.
    soft: bool,
}

impl Piece {
    fn push(&mut self, text: &str, raised: bool) {
        self.soft |= raised;
        for c in text.chars() {
            if c.is_whitespace() {
                self.blank = true;
            } else if is_hyphen(c) {
                self.soft = true;
            } else if !is_silent(c) {
                for letter in expanded(c) {
                    self.letters.push(Letter { letter, blank: self.blank && !self.letters.is_empty(), soft: self.soft });
                    (self.blank, self.soft) = (false, false);
                }
            }
        }
        self.soft |= raised;
    }

    fn text(&self) -> String {
        self.letters.iter().flat_map(|letter| letter.blank.then_some(' ').into_iter().chain([letter.letter])).take(70).collect()
    }
}

/// Signs that divide words at the end of a line, or that may be taken for such.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{ad}' | '\u{2010}' | '\u{2011}')
}

/// Signs without a shape.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// What a mathematical letter or figure stands for. Source: the Unicode Standard, 22.2.
fn plain(c: char) -> char {
    let code = c as u32;
    let letter = |code: u32| char::from_u32(code).unwrap_or(c);
    match code {
        0x210e => 'h',
        0x2212 => '−',
        0x1d400..=0x1d6a3 => {
            let at = (code - 0x1d400) % 52;
            letter(if at < 26 { 0x41 + at } else { 0x61 + at - 26 })
        }
        0x1d6a8..=0x1d7cb => match (code - 0x1d6a8) % 58 {
            25 => '∇',
            51 => '∂',
            at @ 0..=24 => letter(0x391 + at),
            at @ 26..=50 => letter(0x3b1 + at - 26),
            at => ['ϵ', 'ϑ', 'ϰ', 'ϕ', 'ϱ', 'ϖ'].get(at as usize - 52).copied().unwrap_or(c),
        },
        0x1d7ce..=0x1d7ff => letter(0x30 + (code - 0x1d7ce) % 10),
        _ => c,
    }
}

/// A ligature as its letters, a raised figure as the figure.
fn expanded(c: char) -> Vec<char> {
    match c {
        'ﬀ' => vec!['f', 'f'],
        'ﬁ' => vec!['f', 'i'],
        'ﬂ' => vec!['f', 'l'],
        'ﬃ' => vec!['f', 'f', 'i'],
        'ﬄ' => vec!['f', 'f', 'l'],
        other => vec![plain(other)],
    }
}

/// The pieces of a master.
fn pieces(xml: &str) -> Result<Vec<Piece>, Failed> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(xml, options)?;
    let mut pieces = Vec::new();
    gather(document.root_element(), &mut pieces);
    ensure_all(document.root_element(), &pieces)?;
    Ok(pieces)
}

/// No text of the master is passed over here but what is data.
fn ensure_all(root: Node, pieces: &[Piece]) -> Outcome {
    let mut whole = Piece::default();
    for node in root.descendants().filter(Node::is_text) {
        if !node.ancestors().any(is_data) {
            whole.push(node.text().unwrap_or_default(), false);
        }
    }
    let read: usize = pieces.iter().map(|piece| piece.letters.len()).sum();
    ensure!(read > 100 && read == whole.letters.len(), "this check reads {read} of the master's {} letters", whole.letters.len());
    Ok(())
}

fn gather(node: Node, into: &mut Vec<Piece>) {
    let name = node.tag_name().name();
    if is_data(node) {
        return;
    }
    if matches!(name, "inline-formula" | "disp-formula") {
        return tokens(node, into);
    }
    let has_text = node.children().any(|child| child.is_text() && child.text().is_some_and(|text| !text.trim().is_empty()));
    if !has_text {
        for child in node.children().filter(Node::is_element) {
            gather(child, into);
        }
        return;
    }
    let mut piece = Piece { element: name.to_owned(), ..Piece::default() };
    inside(node, false, &mut piece, into);
    finish(piece, into);
}

/// A formula stands in two dimensions: each of its tokens is a piece.
fn tokens(formula: Node, into: &mut Vec<Piece>) {
    for node in formula.descendants().filter(Node::is_text) {
        let mut piece = Piece { element: "formula".to_owned(), ..Piece::default() };
        piece.push(node.text().unwrap_or_default(), true);
        finish(piece, into);
    }
}

/// The content of an element that has text of its own; blocks in it are pieces of their own.
fn inside(node: Node, raised: bool, piece: &mut Piece, into: &mut Vec<Piece>) {
    for child in node.children() {
        if let Some(text) = child.text().filter(|_| child.is_text()) {
            piece.push(text, raised);
        } else if child.is_element() && is_data(child) {
        } else if child.is_element() && BLOCKS.contains(&child.tag_name().name()) {
            // A note stands elsewhere and its place in the line is its mark; any other block ends the piece.
            let element = piece.element.clone();
            if child.tag_name().name() == "fn" && !child.children().any(|inner| inner.has_tag_name("label")) {
                piece.soft = true;
            } else {
                finish(std::mem::take(piece), into);
                piece.element = element;
            }
            gather(child, into);
        } else if child.is_element() {
            inside(child, raised || matches!(child.tag_name().name(), "sup" | "sub"), piece, into);
        }
    }
}

fn finish(piece: Piece, into: &mut Vec<Piece>) {
    if !piece.letters.is_empty() {
        into.push(piece);
    }
}

fn is_data(node: Node) -> bool {
    let parent = node.parent_element().map(|parent| parent.tag_name().name()).unwrap_or_default();
    let name = node.tag_name().name();
    // Where the publisher keeps the file of a picture.
    if name == "uri" && parent == "graphic" && node.attribute("content-type") == Some("original_file") {
        return true;
    }
    // A record at ORCID, as elder masters name it.
    if matches!(name, "uri" | "ext-link") && parent == "contrib" && node.text().is_some_and(|text| text.contains("orcid.org/")) {
        return true;
    }
    DATA.contains(&name)
        && (DATA_PARENTS.contains(&parent) || matches!(name, "contrib-id" | "institution-id" | "alt-text" | "long-desc" | "alt-title" | "object-id"))
}

/// An output as letters: for each, what stands before it.
struct Shown {
    pages: Vec<Vec<Mark>>,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    letter: char,
    before: Before,
}

/// What stands before a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Letter,
    Hyphen,
    Blank,
    Line,
}

impl Shown {
    fn new(text: &str) -> Self {
        let pages = text.split('\u{c}').map(|page| {
            let mut marks = Vec::new();
            let mut before = Before::Line;
            for c in page.chars() {
                match c {
                    '\n' => before = Before::Line,
                    c if c.is_whitespace() => before = if before == Before::Line { Before::Line } else { Before::Blank },
                    c if is_hyphen(c) => before = Before::Hyphen,
                    c if is_silent(c) => {}
                    c => {
                        for letter in expanded(c) {
                            marks.push(Mark { letter, before });
                            before = Before::Letter;
                        }
                    }
                }
            }
            marks
        });
        Self { pages: pages.collect() }
    }

    /// Whether a piece stands on some page, or begins at the end of one and goes on on the next.
    fn has(&self, letters: &[Letter]) -> bool {
        (0..self.pages.len()).any(|page| self.has_from(letters, page))
    }

    fn has_from(&self, letters: &[Letter], page: usize) -> bool {
        let Some(marks) = self.pages.get(page) else { return false };
        for at in 0..marks.len() {
            let same = letters
                .iter()
                .zip(&marks[at..])
                .enumerate()
                .take_while(|(i, (letter, mark))| letter.letter == mark.letter && (*i == 0 || agree(letter, mark)))
                .count();
            if same == letters.len() {
                return true;
            }
            // A page ends at the end of a line.
            let ends_a_line = marks.get(at + same).is_none_or(|mark| mark.before == Before::Line || mark.before == Before::Hyphen);
            if same > 0 && ends_a_line && self.has_from(&letters[same..], page + 1) {
                return true;
            }
        }
        false
    }
}

/// Whether blanks stand in the output where they stand in the master.
fn agree(letter: &Letter, mark: &Mark) -> bool {
    match mark.before {
        Before::Line | Before::Hyphen => true,
        Before::Blank => letter.blank || letter.soft,
        Before::Letter => !letter.blank || letter.soft,
    }
}

fn all_shown(pieces: &[Piece], shown: &Shown) -> Outcome {
    let missing: Vec<String> = pieces.iter().filter(|piece| !shown.has(&piece.letters)).map(|piece| format!("  {}: {}", piece.element, piece.text())).collect();
    ensure!(missing.is_empty(), "{} of {} pieces of text are not there whole:\n{}", missing.len(), pieces.len(), missing.join("\n"));
    Ok(())
}

fn pdf_has_words(master: &Path, pdf: &Path) -> Outcome {
    let text = pdf_text(pdf, &["-raw", "-enc", "UTF-8"])?;
    all_shown(&pieces(&support::read(master)?)?, &Shown::new(&text))
}

fn epub_has_words(master: &Path, epub: &Path) -> Outcome {
    let mut text = String::new();
    for (_, document) in container::documents(epub)? {
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let document = Document::parse_with_options(&document, options)?;
        let body = document.descendants().find(|node| node.has_tag_name(("http://www.w3.org/1999/xhtml", "body"))).ok_or("a document without `body`")?;
        visible(body, &mut text);
    }
    all_shown(&pieces(&support::read(master)?)?, &Shown::new(&text))
}

fn html_has_words(master: &Path, page: &Path) -> Outcome {
    let body = page::body(&support::read(page)?)?;
    let document = Document::parse(&body)?;
    let mut text = String::new();
    visible(document.root_element(), &mut text);
    all_shown(&pieces(&support::read(master)?)?, &Shown::new(&text))
}

/// What a reader shows of an element, with line ends around what stands on lines of its own.
fn visible(node: Node, into: &mut String) {
    const INLINE: &[&str] = &[
        "a", "span", "i", "em", "b", "strong", "sub", "sup", "code", "cite", "q", "bdi", "small", "u", "s", "wbr", "abbr", "time", "dfn", "var", "kbd", "samp",
        "del", "ins", "mark", "br",
    ];
    if node.attribute("hidden").is_some() {
        return;
    }
    for child in node.children() {
        if let Some(text) = child.text().filter(|_| child.is_text()) {
            into.push_str(&text.replace('\n', " "));
        } else if child.is_element() {
            let on_own_lines = !INLINE.contains(&child.tag_name().name());
            into.push_str(if on_own_lines || child.has_tag_name("br") { "\n" } else { "" });
            visible(child, into);
            into.push_str(if on_own_lines { "\n" } else { "" });
        }
    }
}

/// Each line of the text from which the first master was made stands in it. Front matter is put together from parts there; of it, each word is looked for.
fn seed_is_in_its_master() -> Outcome {
    let xml = support::read(&support::source().join("korea-kyrgyzstan/article.xml"))?;
    let document = Document::parse_with_options(&xml, ParsingOptions { allow_dtd: true, ..ParsingOptions::default() })?;
    let mut all = String::new();
    for node in document.descendants() {
        if let Some(text) = node.text().filter(|_| node.is_text()) {
            all.push_str(text);
            // A label stands before its text without a blank in the file.
            all.push_str(if node.parent().is_some_and(|parent| parent.has_tag_name("label")) { " " } else { "" });
        }
        all.extend(node.attribute("initials").map(|initials| format!(" {initials} ")));
    }
    let master = words(&all);
    let known: BTreeSet<&String> = master.iter().collect();
    // Words that the layout writes, in the language of their part.
    let labels: BTreeSet<String> = words("Abstract Keywords UDC Аннотация Ключевые слова").into_iter().collect();
    let mut in_front = true;
    for (number, line) in support::read(&seed())?.lines().enumerate() {
        let line_words = words(line);
        let whole = master.windows(line_words.len().max(1)).any(|window| window == line_words.as_slice());
        let numbered = line.split_once(". ").is_some_and(|(number, rest)| {
            number.parse::<u8>().is_ok() && master.windows(words(rest).len().max(1)).any(|window| window == words(rest).as_slice())
        });
        let each = line_words.iter().all(|word| known.contains(word) || labels.contains(word));
        ensure!(line_words.is_empty() || whole || numbered || (in_front && each), "line {} of the seed is not in the master: {line}", number + 1);
        in_front &= !line.starts_with("UDC");
    }
    ensure!(!in_front, "the seed has no UDC: this check reads it wrongly");
    Ok(())
}

/// Letters and figures between everything else; raised figures as plain ones.
fn words(text: &str) -> Vec<String> {
    let plain: String = text
        .chars()
        .map(|c| match c {
            '¹' => '1',
            '²' => '2',
            '³' => '3',
            other => other,
        })
        .collect();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The check is no rubber stamp: it misses a word that is gone, a blank that is gone, and one that was not there.
fn finds_a_loss() -> Outcome {
    let mut piece = Piece::default();
    piece.push("the mutually beneficial, non-official relations", false);
    let has = |text: &str| Shown::new(text).has(&piece.letters);
    ensure!(has("x\nthe mutually bene-\nficial, non-official\nrelations y"), "a divided word is not joined");
    ensure!(has("x the mutually benefi\u{c}head\ncial, non-official relations"), "a page's end is not seen");
    ensure!(has("the mutually beneﬁcial, non-\nofficial relations"), "a ligature is not read");
    ensure!(!has("the mutually beneficial relations"), "a lost word is not missed");
    ensure!(!has("the mutually beneficial,non-official relations"), "a lost blank is not missed");
    ensure!(!has("the mutually bene ficial, non-official relations"), "a blank inside a word is not seen");
    ensure!(!has("relations non-official beneficial, mutually the"), "the order is not seen");
    Ok(())
}
