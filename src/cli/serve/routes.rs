//! What is answered to which request.
//!
//! 1. [`Clerk::answer`] goes by the path. Every path is one of a few, and nothing of it is ever looked for on the disk.
//! 2. The page and its parts are in the program. Of an article: its state, its pages as drawings, the files of its e-book, its outputs.
//! 3. Questions: what stands at a place, where a place landed, where a text is seen. One deed: to open a line in the editor.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use article::source::{Source, Span};
use article::xml;
use serde::Serialize;
use serde_json::{Value, json};
use web::reply::Reply;
use web::request::{Method, Request};

use super::desk::{Article, Desk, State};
use super::editor;
use super::found::Excerpt;
use crate::cli::args::{EditorCommand, Format};
use crate::cli::follow::Bell;
use crate::cli::landed::{How, Landed, Shown, bounds};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
const ICON: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#2f5d8c"/><path d="M8 7h7v18H8zM17 7h7v18h-7z" fill="#fff"/><path d="M9.5 11h4M9.5 14h4M9.5 17h4M18.5 11h4M18.5 14h4M18.5 17h2.5" stroke="#2f5d8c" stroke-width="1.2"/></svg>"##;

/// What the page may do: run its own script, and ask this server.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What a document of an e-book may do: look as it does. No script of it runs, whatever it has, and it leads nowhere.
const BOOK_POLICY: &str = "sandbox allow-same-origin; default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; \
                           media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// The most bytes of drawings that are kept.
const DRAWINGS: usize = 96 << 20;

/// Who answers.
pub(super) struct Clerk {
    pub(super) desk: Arc<Desk>,
    /// What only the page knows, and nobody who cannot read it.
    pub(super) token: String,
    pub(super) editor: Option<EditorCommand>,
    /// Wakes the one who works.
    pub(super) bell: Bell,
    /// Drawings of pages that were asked for, by what tells a page from another.
    pub(super) drawings: Mutex<BTreeMap<u64, Arc<String>>>,
}

impl Clerk {
    /// The answer to a request.
    pub(super) fn answer(&self, request: &Request) -> Reply {
        let parts: Vec<&str> = request.path.split('/').skip(1).collect();
        let article = |id: &str| self.desk.article(id.parse().ok()?);
        let reply = match (request.method, parts.as_slice()) {
            (Method::Get, [""]) => Some(self.page()),
            (Method::Get, ["page.js"]) => Some(Reply::bytes("text/javascript; charset=utf-8", SCRIPT)),
            (Method::Get, ["page.css"]) => Some(Reply::bytes("text/css; charset=utf-8", STYLE)),
            (Method::Get, ["icon.svg" | "favicon.ico"]) => Some(Reply::bytes("image/svg+xml", ICON)),
            (Method::Get, ["events"]) => Some(Reply::events(self.desk.hub.listen())),
            (Method::Get, ["articles"]) => Some(self.list()),
            (Method::Get, ["article", id, "state"]) => article(id).map(|article| self.state(&article)),
            (Method::Get, ["article", id, "page", name]) => article(id).and_then(|article| self.drawing(&article, name)),
            (Method::Get, ["article", id, "book", version, path @ ..]) => article(id).and_then(|article| book_file(&article, version, &path.join("/"))),
            (Method::Get, ["article", id, "file", name]) => article(id).and_then(|article| output(&article, name)),
            (Method::Get, ["article", id, "where"]) => article(id).map(|article| place(&article.state(), request)),
            (Method::Get, ["article", id, "find"]) => article(id).map(|article| search(&article.state(), request.value("q").unwrap_or_default())),
            (Method::Post, ["article", id, "open"]) => article(id).map(|article| self.open(&article, request)),
            (Method::Get | Method::Post, _) => None,
        };
        reply.unwrap_or_else(|| Reply::error(404))
    }

    fn page(&self) -> Reply {
        let page = PAGE.replace("{TOKEN}", &self.token).replace("{EDITOR}", if self.editor.is_some() { "yes" } else { "no" });
        Reply::bytes("text/html; charset=utf-8", page).policy(POLICY)
    }

    fn list(&self) -> Reply {
        let articles: Vec<Value> = self
            .desk
            .articles()
            .iter()
            .map(|article| {
                let state = article.state();
                let count = |name: &str| state.found.iter().filter(|found| found.finding.severity == name).count();
                json!({
                    "id": article.id,
                    "name": article.master.display().to_string(),
                    "title": title(&state.shown),
                    "run": state.run,
                    "errors": count("error"),
                    "warnings": count("warning"),
                })
            })
            .collect();
        data(&json!({ "articles": articles, "job": self.desk.job() }))
    }

    /// What a browser must know of an article. That it asks means that somebody looks at it.
    fn state(&self, article: &Article) -> Reply {
        let state = article.state();
        if !state.wanted {
            article.want(true);
            self.bell.ask(article.id);
        }
        let set = state.shown.set.as_ref();
        let pages: Vec<Value> = state
            .prints
            .iter()
            .enumerate()
            .filter_map(|(page, print)| {
                let pages = &set?.pages;
                let (width, height) = pages.size(page)?;
                Some(json!({ "print": format!("{print:016x}"), "width": width, "height": height, "folio": pages.folio(page) }))
            })
            .collect();
        let book = state.book.as_ref().map(|book| {
            let order: Vec<Value> = book.order.iter().map(|(href, print)| json!({ "href": href, "print": format!("{print:016x}") })).collect();
            json!({ "version": format!("{:016x}", book.version), "order": order })
        });
        let outputs: Vec<Value> =
            state.files.iter().map(|(format, bytes)| json!({ "name": format!("{}.{}", article.stem(), format.name()), "bytes": bytes.len() })).collect();
        data(&json!({
            "id": article.id,
            "name": article.master.display().to_string(),
            "title": title(&state.shown),
            "version": state.version,
            "run": state.run,
            "busy": state.busy || state.run == 0,
            "failed": state.failed,
            "took": state.took.map(|milliseconds| milliseconds.round()),
            "pages": pages,
            "book": book,
            "found": *state.found,
            "outputs": outputs,
        }))
    }

    /// A page as a drawing, by what tells it from another: that address never shows anything else.
    fn drawing(&self, article: &Article, name: &str) -> Option<Reply> {
        let print = u64::from_str_radix(name.strip_suffix(".svg")?, 16).ok()?;
        let known = self.drawings.lock().unwrap_or_else(PoisonError::into_inner).get(&print).cloned();
        let drawing = match known {
            Some(drawing) => drawing,
            None => {
                let state = article.state();
                let page = state.prints.iter().position(|other| *other == print)?;
                let drawing = Arc::new(state.shown.set.as_ref()?.pages.drawing(page)?);
                self.keep(print, &drawing);
                drawing
            }
        };
        Some(Reply::bytes("image/svg+xml", drawing.as_bytes()).policy("default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox").lasting())
    }

    fn keep(&self, print: u64, drawing: &Arc<String>) {
        let mut drawings = self.drawings.lock().unwrap_or_else(PoisonError::into_inner);
        if drawings.values().map(|drawing| drawing.len()).sum::<usize>() > DRAWINGS {
            drawings.clear();
        }
        drawings.insert(print, Arc::clone(drawing));
    }

    /// Opens a line in the editor.
    fn open(&self, article: &Article, request: &Request) -> Reply {
        let (Some(editor), true, Some(token)) = (&self.editor, request.own, &request.token) else { return Reply::error(403) };
        if *token != self.token {
            return Reply::error(403);
        }
        let (Some(line), column) = (request.number("line"), request.number("column").unwrap_or(1)) else { return Reply::error(400) };
        let file = article.master.canonicalize().unwrap_or_else(|_| article.master.clone());
        data(&json!({ "opened": editor::open(editor, &file, line, column) }))
    }
}

/// Data for the page.
fn data(value: &impl Serialize) -> Reply {
    Reply::bytes("application/json", serde_json::to_vec(value).unwrap_or_default())
}

fn title(shown: &Shown) -> String {
    shown.master().and_then(|(_, edition)| edition.metadata.titles.first()).map(|title| title.said.clone()).unwrap_or_default()
}

/// A file of the e-book.
fn book_file(article: &Article, version: &str, path: &str) -> Option<Reply> {
    let state = article.state();
    let (_, bytes) = state.read.book.as_ref()?.files.iter().find(|(name, _)| name == path)?;
    let media_type = match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "xhtml" => "application/xhtml+xml",
        "css" => "text/css",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
    let reply = Reply::bytes(media_type, bytes.as_slice()).policy(BOOK_POLICY);
    let is_current = state.book.as_ref().is_some_and(|book| format!("{:016x}", book.version) == version);
    Some(if is_current { reply.lasting() } else { reply })
}

/// An output to be taken away.
fn output(article: &Article, name: &str) -> Option<Reply> {
    let state = article.state();
    let (format, bytes) = state.files.iter().find(|(format, _)| format!("{}.{}", article.stem(), format.name()) == name)?;
    let media_type = match format {
        Format::Pdf | Format::Press | Format::Cover => "application/pdf",
        Format::Epub => "application/epub+zip",
        Format::Html => "text/html; charset=utf-8",
    };
    let disposition = if *format == Format::Epub { "attachment" } else { "inline" };
    Some(Reply::bytes(media_type, bytes.as_slice()).with("Content-Disposition", disposition.to_owned()))
}

/// What stands at a place, and where else that is seen.
fn place(state: &State, request: &Request) -> Reply {
    let nothing = || data(&json!({ "found": false }));
    let mut how = How::There;
    let (shown, span, area) = if let (Some(page), Some(x), Some(y)) = (request.number::<usize>("page"), request.number("x"), request.number("y")) {
        let Some(meant) = page.checked_sub(1).and_then(|page| state.shown.on_page(page, x, y)) else { return nothing() };
        how = meant.how;
        (&state.shown, meant.span, meant.area.as_ref().map(bounds))
    } else if let (Some(file), Some(unit)) = (request.value("file"), request.number("unit")) {
        let at = state.read.book.as_ref().and_then(|book| book.files.iter().position(|(name, _)| name == file));
        let Some(meant) = at.and_then(|at| state.read.in_book(at, unit)) else { return nothing() };
        how = meant.how;
        (&state.read, meant.span, None)
    } else if let (Some(start), Some(end)) = (request.number("start"), request.number("end")) {
        let Some(span) = carried(state, Span { start, end }) else { return nothing() };
        (&state.shown, around(&state.shown, span).unwrap_or(span), None)
    } else if let Some(line) = request.number("line") {
        let Some(span) = state.shown.spot(line, request.number("column")) else { return nothing() };
        (&state.shown, span, None)
    } else {
        return Reply::error(400);
    };
    // Of the article as a whole its beginning is shown, and not all that was made of it.
    let begun = |span: Span| Span { start: span.start, end: span.start };
    let span = if how == How::Nowhere { begun(span) } else { span };
    let Some(landed) = landed(state, shown, span) else { return nothing() };
    let line = shown.opened.source.as_ref().map(|source| Excerpt::of(source, span));
    data(&json!({ "found": true, "landed": landed, "line": line, "at": area, "how": how }))
}

/// Where a range of a master landed, in the pages and in the e-book, even where one of them is of a run before.
fn landed(state: &State, shown: &Shown, span: Span) -> Option<Landed> {
    let mut landed = shown.landed(span)?;
    let same = |other: &Shown| {
        let text = |shown: &Shown| shown.opened.source.as_ref().map(|source| source.text().len());
        Arc::ptr_eq(&other.opened, &shown.opened) || text(other) == text(shown)
    };
    if landed.pdf.is_empty() && same(&state.shown) {
        landed.pdf = state.shown.landed(span).map(|other| other.pdf).unwrap_or_default();
    }
    if landed.epub.is_empty() && same(&state.read) {
        landed.epub = state.read.landed(span).map(|other| other.epub).unwrap_or_default();
    }
    Some(landed)
}

/// A range of the master of the last run as one of the master of the pages, which may be of a run before: what both begin and end with is the same.
fn carried(state: &State, span: Span) -> Option<Span> {
    let old = state.shown.opened.source.as_ref()?.text();
    let Some(new) = state.source.as_ref().and_then(|opened| opened.source.as_ref()).map(Source::text) else { return Some(span) };
    let common = old.bytes().zip(new.bytes()).take_while(|(one, other)| one == other).count();
    if old.len() == new.len() && common == old.len() || (span.end as usize) <= common {
        return Some(span);
    }
    let tail = old.bytes().rev().zip(new.bytes().rev()).take_while(|(one, other)| one == other).count().min(old.len() - common).min(new.len() - common);
    let move_back = |at: u32| {
        let from_end = new.len().saturating_sub(at as usize);
        let at = if from_end <= tail { old.len() - from_end } else { (at as usize).min(common) };
        u32::try_from(old.floor_char_boundary(at)).unwrap_or(u32::MAX)
    };
    Some(Span { start: move_back(span.start), end: move_back(span.end) })
}

/// The innermost element around a place that has text or a picture of its own, where the place has none. What stands in the root, in the front or
/// in the body alone stands nowhere.
fn around(shown: &Shown, span: Span) -> Option<Span> {
    let seen = |span: Span| shown.landed(span).is_some_and(|landed| !landed.pdf.is_empty() || !landed.epub.is_empty());
    if seen(span) {
        return Some(span);
    }
    let tree = xml::parse(&mut article::diag::Log::default(), shown.opened.source.as_ref()?)?;
    let elements = tree.around(span.start).into_iter().rev();
    let narrow = elements.take_while(|element| !matches!(element.name.as_str(), "article" | "front" | "article-meta" | "journal-meta" | "body" | "back"));
    narrow.map(|element| element.span).find(|span| seen(*span))
}

/// Where a text is seen.
fn search(state: &State, wanted: &str) -> Reply {
    let mut pages = Vec::new();
    if let Some(map) = state.shown.pages() {
        for page in 0..map.pages.count() {
            let places = map.search(page, wanted);
            pages.extend(places.iter().map(|boxes| json!({ "page": page + 1, "boxes": boxes.iter().map(bounds).collect::<Vec<_>>() })));
        }
    }
    let book: Vec<Value> = state
        .read
        .book()
        .map(|map| {
            let found = map.search(wanted).into_iter();
            found.filter_map(|stretch| Some(json!({ "href": map.files.get(stretch.file)?.0, "from": stretch.from, "to": stretch.to }))).collect()
        })
        .unwrap_or_default();
    data(&json!({ "pages": pages, "book": book }))
}
