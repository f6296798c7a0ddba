//! Where a place of the master landed in its outputs, and back: what `explain-node` says and `serve` shows.
//!
//! 1. [`Shown`] is a master with its finished pages and its packed e-book, all of one run.
//! 2. [`Shown::landed`] goes from a range of the master to elements, pages, files of the e-book, and to what is left out of it.
//! 3. [`Shown::on_page`] and [`Shown::in_book`] go from a place of an output to the range of the master that it stands for; a word that the program says is
//!    looked for in the data of which it is said.
//! 4. [`Shown::spot`] is what a line, or a line with a column, means.

use std::sync::Arc;

use article::diag::Log;
use article::edition::Edition;
use article::leaf::is_visible;
use article::source::{Source, Span};
use article::xml::{self, Element, Node, Tree};
use epub::Placed;
use serde::Serialize;

use super::make::Set;
use super::open::Opened;
use crate::proof::map::book::{BookMap, Packed};
use crate::proof::map::pages::{Area, PageMap};
use crate::proof::map::{Hit, Wanted, origin};

/// The longest text that is told of, in characters.
const LONGEST: usize = 80;

/// A packed e-book, opened.
pub(super) struct OpenBook {
    /// Its files.
    pub(super) files: Vec<Packed>,
    /// Where each leaf was written.
    pub(super) placed: Vec<Placed>,
}

/// A master and what was made of it.
#[derive(Clone, Default)]
pub(super) struct Shown {
    /// The master, as far as it could be understood.
    pub(super) opened: Arc<Opened>,
    /// The finished pages.
    pub(super) set: Option<Arc<Set>>,
    /// The e-book.
    pub(super) book: Option<Arc<OpenBook>>,
}

/// A place of the master and where it landed.
#[derive(Debug, Serialize)]
pub(super) struct Landed {
    /// The file.
    pub(super) file: String,
    /// The line on which it begins, from 1.
    pub(super) line: usize,
    /// The column at which it begins, in characters, from 1.
    pub(super) column: usize,
    /// The first byte of it in the decoded master.
    pub(super) start: u32,
    /// The byte after the last.
    pub(super) end: u32,
    /// The elements around it, the root first.
    pub(super) path: Vec<Step>,
    /// The text that is set for it, shortened.
    pub(super) text: String,
    /// The pages that show it.
    pub(super) pdf: Vec<PagePlace>,
    /// The stretches of the e-book's text that show it.
    pub(super) epub: Vec<BookPlace>,
    /// What of it is left out on purpose.
    pub(super) left_out: Vec<LeftOut>,
}

/// An element around a place.
#[derive(Debug, Serialize)]
pub(super) struct Step {
    /// Its name.
    pub(super) name: String,
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    /// The line on which it begins.
    pub(super) line: usize,
}

/// What a page shows of a place.
#[derive(Debug, Serialize)]
pub(super) struct PagePlace {
    /// The page, from 1.
    pub(super) page: usize,
    /// The folio as it is printed.
    pub(super) folio: String,
    /// Boxes around it, one for each line: left, top, width and height in points, from the page's upper left corner.
    pub(super) boxes: Vec<[f64; 4]>,
}

/// What a file of the e-book shows of a place.
#[derive(Debug, Serialize)]
pub(super) struct BookPlace {
    /// The file's path in the container.
    pub(super) href: String,
    /// The id of the innermost element around it that has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fragment: Option<String>,
    /// Its first unit of UTF-16 in the text of the document.
    pub(super) from: usize,
    /// The unit after the last.
    pub(super) to: usize,
}

/// A piece of text that is left out on purpose.
#[derive(Debug, Serialize)]
pub(super) struct LeftOut {
    /// The element that it stands in.
    pub(super) element: String,
    /// The line on which it begins.
    pub(super) line: usize,
    /// The reason's name.
    pub(super) reason: &'static str,
    /// The reason in a sentence.
    pub(super) meaning: &'static str,
}

/// What a place of an output stands for.
pub(super) struct Meant {
    /// The range of the master.
    pub(super) span: Span,
    /// The box on the page of what was met.
    pub(super) area: Option<Area>,
    /// How the two belong together.
    pub(super) how: How,
}

impl Meant {
    /// The range of the master, where it is of this place and not of the article as a whole.
    pub(super) fn place(self) -> Option<Span> {
        (self.how != How::Nowhere).then_some(self.span)
    }
}

/// How a range of the master belongs to a place of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum How {
    /// It stands there, or it is the data of which is said what stands there.
    There,
    /// The program says what stands there, of what stands beside it.
    Beside,
    /// The program says what stands there, of the article as a whole.
    Nowhere,
}

impl Shown {
    /// The text of the master and the article made of it; `None` where there is none.
    pub(super) fn master(&self) -> Option<(&Source, &Edition)> {
        Some((self.opened.source.as_ref()?, self.opened.edition.as_ref()?))
    }

    /// The finished pages with the way back to the master.
    pub(super) fn pages(&self) -> Option<PageMap<'_>> {
        let Set { pages, sheets, forme, calls } = self.set.as_deref()?;
        let (_, edition) = self.master()?;
        Some(PageMap { pages, sheets, forme, calls, leaves: &edition.leaves, pictures: &self.opened.pictures })
    }

    /// The e-book with the way back to the master.
    pub(super) fn book(&self) -> Option<BookMap<'_>> {
        let OpenBook { files, placed } = self.book.as_deref()?;
        let (_, edition) = self.master()?;
        Some(BookMap { files, placed, leaves: &edition.leaves })
    }

    /// Where a range of the master landed.
    pub(super) fn landed(&self, span: Span) -> Option<Landed> {
        let (source, edition) = self.master()?;
        let wanted = Wanted::of(source, &edition.leaves, span);
        let position = source.position(span.start);
        let meets = |other: Span| other.start < span.end && span.start < other.end;
        let left_out = edition.leaves.omissions().iter().filter(|omission| meets(omission.span)).map(|omission| LeftOut {
            element: omission.element.clone(),
            line: source.position(omission.span.start).line,
            reason: omission.reason.name(),
            meaning: omission.reason.sentence(),
        });
        Some(Landed {
            file: source.name().to_owned(),
            line: position.line,
            column: position.column,
            start: span.start,
            end: span.end,
            path: self.path(span.start),
            text: said(edition, &wanted),
            pdf: self.pages().map(|map| on_pages(&map, &wanted)).unwrap_or_default(),
            epub: self.book().map(|map| in_files(&map, &wanted)).unwrap_or_default(),
            left_out: left_out.collect(),
        })
    }

    /// What a point of a page stands for. The page counts from 0, the point is in points.
    pub(super) fn on_page(&self, page: usize, x: f64, y: f64) -> Option<Meant> {
        let map = self.pages()?;
        let met = map.at(page, x, y);
        if let Some((hit, area)) = met.filter(|(_, area)| area.holds(x, y)) {
            let told = if matches!(hit, Hit::Text(..)) { None } else { map.word(page, x, y).and_then(|(word, area)| Some((self.told(&word)?, area))) };
            let (span, area) = told.or_else(|| Some((self.origin(hit)?, area)))?;
            return Some(Meant { span, area: Some(area), how: How::There });
        }
        if let Some((word, area)) = map.word(page, x, y) {
            let area = Some(area);
            return match self.told(&word) {
                Some(span) => Some(Meant { span, area, how: How::There }),
                None => match (map.said_of(page, x, y).and_then(|hit| self.origin(hit)), met.and_then(|(hit, _)| self.origin(hit))) {
                    (Some(span), _) => Some(Meant { span, area, how: How::Beside }),
                    // A gap between the letters of the word, as formulas have them.
                    (None, Some(span)) => Some(Meant { span, area, how: How::There }),
                    (None, None) => self.front().map(|span| Meant { span, area, how: How::Nowhere }),
                },
            };
        }
        let (hit, area) = met?;
        Some(Meant { span: self.origin(hit)?, area: Some(area), how: How::There })
    }

    /// What a unit of a file of the e-book stands for.
    pub(super) fn in_book(&self, file: usize, unit: usize) -> Option<Meant> {
        let map = self.book()?;
        let meant = |span: Span, how: How| Some(Meant { span, area: None, how });
        match map.at(file, unit) {
            Some((hit, true)) => meant(self.origin(hit)?, How::There),
            met => match map.word(file, unit).and_then(|word| self.told(&word)) {
                Some(span) => meant(span, How::There),
                None => match met.and_then(|(hit, _)| self.origin(hit)) {
                    Some(span) => meant(span, How::Beside),
                    None => meant(self.front()?, How::Nowhere),
                },
            },
        }
    }

    /// What the master says of the article as a whole, for words that are said of that: where the elements begin that are in its front.
    fn front(&self) -> Option<Span> {
        let tree = tree(self.opened.source.as_ref()?)?;
        let named = |name: &str| Elements::new(&tree.root).find(|element| element.name == name).map(|element| element.span);
        named("article-meta").or_else(|| named("front")).or(Some(tree.root.span))
    }

    /// Where the master has a word that an output shows as text of the program: a journal's title, a volume, a date. Such data is in no leaf.
    fn told(&self, word: &str) -> Option<Span> {
        let (source, edition) = self.master()?;
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if word.is_empty() {
            return None;
        }
        edition.leaves.omissions().iter().find_map(|omission| {
            let text = source.slice(omission.span);
            let is_whole = |at: usize| {
                let (before, after) = (text[..at].chars().next_back(), text[at + word.len()..].chars().next());
                !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
            };
            let (at, _) = text.match_indices(word).find(|(at, _)| is_whole(*at))?;
            let start = omission.span.start as usize + at;
            Some(Span::new(start, start + word.len()))
        })
    }

    fn origin(&self, hit: Hit) -> Option<Span> {
        let (source, edition) = self.master()?;
        origin(source, &edition.leaves, hit)
    }

    /// The elements around a byte of the master.
    fn path(&self, at: u32) -> Vec<Step> {
        let Some((source, tree)) = self.opened.source.as_ref().and_then(|source| Some((source, tree(source)?))) else { return Vec::new() };
        let step =
            |element: &Element| Step { name: element.name.clone(), id: element.value("id").map(str::to_owned), line: source.position(element.span.start).line };
        tree.around(at).into_iter().map(step).collect()
    }

    /// What a place of the master means. A column means the word that stands there, or the element whose tag it is; a line the text that is on it, or the
    /// first element that begins on it. `None` where the line has nothing of the kind.
    pub(super) fn spot(&self, line: usize, column: Option<usize>) -> Option<Span> {
        let source = self.opened.source.as_ref()?;
        let tree = tree(source)?;
        let range = line_of(source, line)?;
        let written = source.text().get(range.clone())?;
        let Some(column) = column else {
            let inner = written.trim();
            let start = range.start + (written.len() - written.trim_start().len());
            let whole = Span::new(start, start + inner.len());
            let has_text = Runs::new(&tree.root).any(|run| run.start < whole.end && whole.start < run.end && shows(source, run, whole));
            let begun =
                || Elements::new(&tree.root).find(|element| whole.start <= element.span.start && element.span.start < whole.end).map(|element| element.span);
            return if has_text { Some(whole) } else { begun() };
        };
        let at = range.start + written.char_indices().nth(column.saturating_sub(1)).map_or(written.len(), |(at, _)| at);
        let byte = Span::new(at, at).start;
        if let Some(run) = Runs::new(&tree.root).find(|run| run.start <= byte && byte < run.end) {
            return Some(word(source, run, at));
        }
        tree.around(byte).last().map(|element| element.span)
    }
}

/// The tree of a master, read once more: it is not kept, for nearly nobody asks.
fn tree(source: &Source) -> Option<Tree> {
    xml::parse(&mut Log::default(), source)
}

/// The bytes of a line, without its end.
fn line_of(source: &Source, line: usize) -> Option<std::ops::Range<usize>> {
    let mut start = 0;
    for (no, text) in source.text().split_inclusive('\n').enumerate() {
        if no + 1 == line {
            return Some(start..start + text.trim_end_matches(['\n', '\r']).len());
        }
        start += text.len();
    }
    None
}

/// Whether a run of text shows anything inside a range.
fn shows(source: &Source, run: Span, range: Span) -> bool {
    source.slice(Span { start: run.start.max(range.start), end: run.end.min(range.end) }).chars().any(is_visible)
}

/// The word of a run of text in which a byte of the master stands.
fn word(source: &Source, run: Span, at: usize) -> Span {
    let text = source.text();
    let (before, after) = (text.get(run.start as usize..at).unwrap_or_default(), text.get(at..run.end as usize).unwrap_or_default());
    let start = run.start as usize + before.rfind(char::is_whitespace).map_or(0, |blank| before.ceil_char_boundary(blank + 1));
    let end = at + after.find(char::is_whitespace).unwrap_or(after.len());
    if start < end { Span::new(start, end) } else { run }
}

/// The runs of text of an element, in order.
struct Runs<'a>(Vec<&'a Node>);

impl<'a> Runs<'a> {
    fn new(root: &'a Element) -> Self {
        Self(root.children.iter().rev().collect())
    }
}

impl Iterator for Runs<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        loop {
            match self.0.pop()? {
                Node::Text(run) => return Some(run.span),
                Node::Element(element) => self.0.extend(element.children.iter().rev()),
            }
        }
    }
}

/// An element and those in it, in the order of their tags.
struct Elements<'a>(Vec<&'a Element>);

impl<'a> Elements<'a> {
    fn new(root: &'a Element) -> Self {
        Self(vec![root])
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = &'a Element;

    fn next(&mut self) -> Option<&'a Element> {
        let element = self.0.pop()?;
        let inner: Vec<&Element> = element.elements().collect();
        self.0.extend(inner.into_iter().rev());
        Some(element)
    }
}

/// The text that is set for a range, shortened.
fn said(edition: &Edition, wanted: &Wanted) -> String {
    let mut text = String::new();
    for (leaf, (from, to)) in &wanted.pieces {
        let piece = edition.leaves.text(*leaf).get(*from as usize..*to as usize).unwrap_or_default();
        text.push_str(piece);
        if text.chars().count() > LONGEST {
            break;
        }
    }
    let text = text.trim();
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
        None => text.to_owned(),
    }
}

fn on_pages(map: &PageMap<'_>, wanted: &Wanted) -> Vec<PagePlace> {
    let mut places: Vec<PagePlace> = Vec::new();
    for stretch in map.find(wanted) {
        let page = stretch.page + 1;
        if places.last().is_none_or(|last| last.page != page) {
            places.push(PagePlace { page, folio: map.pages.folio(stretch.page), boxes: Vec::new() });
        }
        if let Some(last) = places.last_mut() {
            last.boxes.push(bounds(&stretch.area));
        }
    }
    places
}

/// A box as left, top, width and height, in points with two decimals.
pub(super) fn bounds(area: &Area) -> [f64; 4] {
    [area.left, area.top, area.right - area.left, area.bottom - area.top].map(|length| (length * 100.0).round() / 100.0)
}

fn in_files(map: &BookMap<'_>, wanted: &Wanted) -> Vec<BookPlace> {
    let stretches = map.find(wanted).into_iter();
    stretches
        .filter_map(|stretch| {
            let href = map.files.get(stretch.file)?.0.clone();
            Some(BookPlace { href, fragment: map.fragment(stretch.file, stretch.from), from: stretch.from, to: stretch.to })
        })
        .collect()
}
