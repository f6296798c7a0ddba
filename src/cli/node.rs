//! `diglot explain-node`: where a piece of a master landed, and which piece stands at a place of an output.
//!
//! 1. The outputs are made in memory, as `build` would make them; nothing is written. Of what is wrong with the master only errors are said: they may be
//!    why there is no place.
//! 2. A line and a column lead to pages and e-book; a point of a page, or an address in the e-book, leads back to the line.
//! 3. `landed` knows the way: it is the one that `serve` goes at each click.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use article::code::{Code, Severity};
use article::diag::{Diagnostic, Log};
use article::source::Span;
use clap::error::ErrorKind;

use super::args::{MessageFormat, NodeArguments};
use super::job::Job;
use super::landed::{Landed, Meant, OpenBook, PagePlace, Shown};
use super::make::{self, Kept, Made, Step};
use super::report::{self, Printer, Status};
use super::state::seen::Seen;
use super::timings::Timings;
use super::{frame, usage};
use crate::proof::map::book::unpacked;

/// Points to a millimetre.
const POINTS: f64 = 72.0 / 25.4;

/// Runs `diglot explain-node`.
///
/// # Errors
///
/// When the command line contradicts itself.
pub(super) fn run(arguments: &NodeArguments) -> Result<Status, clap::Error> {
    let place = Place::parse(&arguments.place);
    let wanted = Wanted::of(&place, arguments.at.as_deref()).map_err(|why| usage("explain-node", ErrorKind::ValueValidation, &why))?;
    let messages = &arguments.preview.messages;
    if matches!(messages.message_format, MessageFormat::Sarif | MessageFormat::Github) {
        return Err(usage("explain-node", ErrorKind::ArgumentConflict, "a place is told as human, short or json"));
    }
    let build = arguments.preview.build(std::slice::from_ref(&place.file))?;
    let mut printer = Printer::new(messages);
    let mut log = Log::default();
    let job = Job::resolve(&mut log, &build, &mut Seen::default())?;
    printer.job(&log);
    let Some((job, work)) = job.as_ref().and_then(|job| Some((job, job.works.first()?))) else { return Ok(printer.status()) };
    let mut log = Log::default();
    let mut shown = Shown::default();
    make::live(&mut log, &mut Timings::default(), job, work, &mut Kept::default(), &mut |_, step| {
        match step {
            Step::Opened(opened) => shown.opened = opened,
            Step::Pages(set) => shown.set = Some(set),
            Step::Made(Made { placed, bytes, .. }) if !placed.is_empty() => {
                shown.book = unpacked(&bytes).ok().map(|files| Arc::new(OpenBook { files, placed }));
            }
            Step::Made(_) => {}
        }
        true
    });
    log.revise(|diagnostic| (diagnostic.severity() == Severity::Error).then_some(diagnostic));
    let landed = wanted.find(&shown).and_then(|span| shown.landed(span));
    if landed.is_none() {
        log.push(
            Diagnostic::new(Code::NoPlace, wanted.nothing())
                .hint("a line means its text or the element that begins on it; a point means what stands there or beside it"),
        );
    }
    printer.document(&work.master.display().to_string(), shown.opened.source.as_ref().or(log.source()), &log);
    let Some(landed) = landed else { return Ok(printer.status()) };
    let text = match messages.message_format {
        MessageFormat::Json => serde_json::to_string(&serde_json::json!({ "type": "node", "node": landed })).unwrap_or_default() + "\n",
        MessageFormat::Short => short(&landed),
        MessageFormat::Human | MessageFormat::Sarif | MessageFormat::Github => human(&landed),
    };
    Ok(printer.status().max(report::list(&text)))
}

/// A file, and a place in it, as they are typed.
struct Place {
    file: PathBuf,
    line: Option<usize>,
    column: Option<usize>,
}

impl Place {
    /// What stands behind the last colons is a place if it is numbers; a file of that very name goes before.
    fn parse(typed: &str) -> Self {
        let whole = Self { file: typed.into(), line: None, column: None };
        if Path::new(typed).is_file() {
            return whole;
        }
        let split = |text: &str| text.rsplit_once(':').and_then(|(rest, number)| Some((rest.to_owned(), number.parse::<usize>().ok()?)));
        match split(typed) {
            Some((rest, last)) => match split(&rest) {
                Some((file, line)) => Self { file: file.into(), line: Some(line), column: Some(last) },
                None => Self { file: rest.into(), line: Some(last), column: None },
            },
            None => whole,
        }
    }
}

/// What is asked for.
enum Wanted {
    /// A place of the master.
    Line { line: usize, column: Option<usize> },
    /// A point of a page, in points; the page counts from 1.
    Point { page: usize, x: f64, y: f64 },
    /// An address in the e-book.
    Address { file: String, fragment: Option<String> },
}

impl Wanted {
    fn of(place: &Place, at: Option<&str>) -> Result<Self, String> {
        match (place.line, at) {
            (Some(_), Some(_)) => Err("a line leads to the outputs and `--at` leads back: give one of them".to_owned()),
            (None, None) => Err("a place is written `article.xml:212` or `article.xml:212:34`; `--at 3:120,340` is a point of page 3".to_owned()),
            (Some(line), None) => Ok(Self::Line { line, column: place.column }),
            (None, Some(at)) => {
                Self::parse(at).ok_or_else(|| format!("`{at}` is neither a point of a page, such as `3:120,340`, nor an address in the e-book"))
            }
        }
    }

    fn parse(at: &str) -> Option<Self> {
        let point = at.split_once(':').and_then(|(page, point)| Some((page.parse::<usize>().ok()?, point.split_once(',')?)));
        match point {
            Some((page, (x, y))) => Some(Self::Point { page: page.checked_sub(1)? + 1, x: length(x)?, y: length(y)? }),
            None => {
                let (file, fragment) = at.split_once('#').map_or((at, None), |(file, fragment)| (file, Some(fragment.to_owned())));
                file.ends_with(".xhtml").then(|| Self::Address { file: file.to_owned(), fragment })
            }
        }
    }

    /// The range of the master that is meant.
    fn find(&self, shown: &Shown) -> Option<Span> {
        match self {
            Self::Line { line, column } => shown.spot(*line, *column),
            Self::Point { page, x, y } => shown.on_page(page - 1, *x, *y).and_then(Meant::place),
            Self::Address { file, fragment } => {
                let map = shown.book()?;
                let is_named = |path: &str| path == file || path.ends_with(&format!("/{file}"));
                let at = map.files.iter().position(|(path, _)| is_named(path))?;
                let unit = match fragment {
                    Some(id) => map.anchor(at, id)?,
                    None => 0,
                };
                shown.in_book(at, unit).and_then(Meant::place)
            }
        }
    }

    /// What is said where there is nothing.
    fn nothing(&self) -> String {
        match self {
            Self::Line { line, column: None } => format!("nothing of the article is on line {line}"),
            Self::Line { line, column: Some(column) } => format!("nothing of the article is at line {line}, column {column}"),
            Self::Point { page, x, y } => format!("nothing of the master stands at {x}, {y} of page {page}"),
            Self::Address { file, fragment: None } => format!("the e-book has no file `{file}`"),
            Self::Address { file, fragment: Some(id) } => format!("the e-book has no place `{file}#{id}`"),
        }
    }
}

/// A length in points.
fn length(text: &str) -> Option<f64> {
    let text = text.trim();
    let (number, unit) = match (text.strip_suffix("mm"), text.strip_suffix("pt")) {
        (Some(number), _) => (number, POINTS),
        (None, Some(number)) => (number, 1.0),
        (None, None) => (text, 1.0),
    };
    number.trim().parse::<f64>().ok().filter(|length| length.is_finite()).map(|length| length * unit)
}

/// A place for people.
fn human(landed: &Landed) -> String {
    let mut lines = vec![format!("{}:{}:{}", landed.file, landed.line, landed.column)];
    let element = |step: &super::landed::Step| step.id.as_ref().map_or(step.name.clone(), |id| format!("{}#{id}", step.name));
    lines.push(format!("  element   {}", landed.path.iter().map(element).collect::<Vec<_>>().join(" > ")));
    if !landed.text.is_empty() {
        lines.push(format!("  text      {}", landed.text));
    }
    for place in &landed.pdf {
        lines.push(format!("  pdf       {}", on_page(place)));
    }
    let mut hrefs: Vec<String> = landed.epub.iter().map(|place| href(&place.href, place.fragment.as_deref())).collect();
    hrefs.dedup();
    lines.extend(hrefs.into_iter().map(|href| format!("  epub      {href}")));
    for piece in &landed.left_out {
        lines.push(format!("  left out  `{}` of line {}: {} ({})", piece.element, piece.line, piece.meaning, piece.reason));
    }
    if landed.pdf.is_empty() && landed.epub.is_empty() && landed.left_out.is_empty() {
        lines.push("  nowhere   no output shows it, and none would have to: it has no text of its own".to_owned());
    }
    lines.into_iter().map(|line| frame::plain(&line) + "\n").collect()
}

/// What a page shows, in words.
fn on_page(place: &PagePlace) -> String {
    let folio = if place.folio == place.page.to_string() { String::new() } else { format!(" (folio {})", place.folio) };
    let Some([left, top, _, _]) = place.boxes.first() else { return format!("page {}{folio}", place.page) };
    let lines = match place.boxes.len() {
        1 => String::new(),
        many => format!(", on {many} lines"),
    };
    format!("page {}{folio}: {:.1} mm from the left, {:.1} mm from the top{lines}", place.page, left / POINTS, top / POINTS)
}

fn href(file: &str, fragment: Option<&str>) -> String {
    fragment.map_or_else(|| file.to_owned(), |id| format!("{file}#{id}"))
}

/// A place for programs that read lines: `file:line:column: output: place`.
fn short(landed: &Landed) -> String {
    let at = format!("{}:{}:{}", landed.file, landed.line, landed.column);
    let mut lines = Vec::new();
    for place in &landed.pdf {
        let [left, top, ..] = place.boxes.first().copied().unwrap_or_default();
        lines.push(format!("{at}: pdf: {}:{left},{top}", place.page));
    }
    lines.extend(landed.epub.iter().map(|place| format!("{at}: epub: {}", href(&place.href, place.fragment.as_deref()))));
    lines.extend(landed.left_out.iter().map(|piece| format!("{at}: left out: {}", piece.reason)));
    lines.dedup();
    if lines.is_empty() {
        lines.push(format!("{at}: nowhere"));
    }
    lines.into_iter().map(|line| frame::plain(&line) + "\n").collect()
}
