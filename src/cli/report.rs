//! The only printer, and the keeper of the exit status.
//!
//! 1. Messages for people and for editors go to the standard error; those for programs, and what was asked to be listed, to the standard output.
//! 2. Whatever is said raises the [`Status`]: an error of the job, or a file that cannot be read or written, to 2; another error in a document
//!    to 1, and a warning too with `--strict`.
//! 3. A reader that has gone away (a broken pipe) is no failure: nothing more is said to it, and the work goes on.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use annotate_snippets::Renderer;
use anstream::{AutoStream, ColorChoice};
use article::code::{Code, Severity};
use article::diag::{Diagnostic, Log};
use article::source::Source;

use super::args::{Colour, MessageArguments, MessageFormat};
use super::record::{Finding, Line, MasterRecord, OutputRecord};
use super::timings::Timings;
use super::{annotation, frame, sarif};

/// How a run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Everything was done, and nothing is wrong.
    #[default]
    Clean,
    /// Something is wrong with a document.
    Findings,
    /// The job, or a part of it, could not be done.
    Failed,
}

impl Status {
    /// The number that the shell sees.
    #[must_use]
    pub(super) fn number(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Failed => 2,
        }
    }

    /// The status that a complaint makes; one that belongs to no document is about the job.
    fn of(document: Option<&str>, diagnostic: &Diagnostic, strict: bool) -> Self {
        match diagnostic.severity() {
            Severity::Error if document.is_none() || matches!(diagnostic.code, Code::CannotRead | Code::CannotWrite) => Self::Failed,
            Severity::Error => Self::Findings,
            Severity::Warning if strict => Self::Findings,
            Severity::Warning => Self::Clean,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status.number())
    }
}

/// Prints, and counts.
pub(super) struct Printer {
    form: MessageFormat,
    strict: bool,
    renderer: Renderer,
    messages: AutoStream<io::Stderr>,
    /// What was said so far, for the form that is written as one piece at the end.
    findings: Vec<Finding>,
    masters: usize,
    errors: usize,
    warnings: usize,
    status: Status,
}

impl Printer {
    /// A printer as it was asked for.
    #[must_use]
    pub(super) fn new(arguments: &MessageArguments) -> Self {
        let choice = match arguments.color {
            Colour::Auto => AutoStream::choice(&io::stderr()),
            Colour::Always => ColorChoice::Always,
            Colour::Never => ColorChoice::Never,
        };
        Self {
            form: arguments.message_format,
            strict: arguments.strict,
            renderer: Renderer::styled(),
            messages: AutoStream::new(io::stderr(), choice),
            findings: Vec::new(),
            masters: 0,
            errors: 0,
            warnings: 0,
            status: Status::Clean,
        }
    }

    /// Says what was found in a document, and gives it as data.
    pub(super) fn document(&mut self, name: &str, source: Option<&Source>, log: &Log) -> Vec<Finding> {
        self.masters += 1;
        log.iter().map(|diagnostic| self.say(Some(name), source, diagnostic)).collect()
    }

    /// Says what is wrong with the job, and gives it as data.
    pub(super) fn job(&mut self, log: &Log) -> Vec<Finding> {
        log.iter().map(|diagnostic| self.say(None, None, diagnostic)).collect()
    }

    fn say(&mut self, document: Option<&str>, source: Option<&Source>, diagnostic: &Diagnostic) -> Finding {
        match diagnostic.severity() {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
        self.status = self.status.max(Status::of(document, diagnostic, self.strict));
        let name = document.unwrap_or_default();
        let finding = Finding::of(name, source, diagnostic);
        match self.form {
            MessageFormat::Human => self.message(&frame::human(&self.renderer, name, source, diagnostic)),
            MessageFormat::Short => self.message(&frame::short(name, source, diagnostic)),
            MessageFormat::Json => self.json(&Line::Diagnostic(&finding)),
            MessageFormat::Sarif => self.findings.push(finding.clone()),
            MessageFormat::Github => self.data(&annotation::line(&finding)),
        }
        finding
    }

    /// Says what was made of a master.
    pub(super) fn outputs(&mut self, record: &MasterRecord) {
        for output in &record.outputs {
            match self.form {
                MessageFormat::Human => self.message(&sentence(output)),
                MessageFormat::Short | MessageFormat::Sarif | MessageFormat::Github => {}
                MessageFormat::Json => self.json(&Line::Output { master: &record.master, output }),
            }
        }
    }

    /// Says what was made for the press.
    pub(super) fn pressed(&mut self, path: &str, pages: usize, sheets: usize) {
        match self.form {
            MessageFormat::Human => {
                let made = if pages == sheets { counted(pages, "page") } else { format!("{} on {}", counted(pages, "page"), counted(sheets, "side")) };
                self.message(&format!("{}: {made}\n", frame::plain(path)));
            }
            MessageFormat::Short | MessageFormat::Sarif | MessageFormat::Github => {}
            MessageFormat::Json => self.json(&Line::Press { path, pages, sheets }),
        }
    }

    /// Says what cover was made for the press.
    pub(super) fn covered(&mut self, path: &str, spine: f64) {
        match self.form {
            MessageFormat::Human => self.message(&format!("{}: a cover with a spine of {spine} mm\n", frame::plain(path))),
            MessageFormat::Short | MessageFormat::Sarif | MessageFormat::Github => {}
            MessageFormat::Json => self.json(&Line::Cover { path, spine }),
        }
    }

    /// Says how long each stage took, of all masters together.
    pub(super) fn timings(&mut self, timings: &Timings) {
        let (mut engine, mut own) = (0.0, 0.0);
        let mut text = String::new();
        for (stage, milliseconds) in timings.iter() {
            *(if stage.is_engine() { &mut engine } else { &mut own }) += milliseconds;
            text.push_str(&format!("timing: {:<9}{milliseconds:>11.3} ms\n", stage.name()));
        }
        text.push_str(&format!("timing: {:<9}{engine:>11.3} ms\ntiming: {:<9}{own:>11.3} ms\n", "engine", "the rest"));
        self.message(&text);
    }

    /// The status so far.
    #[must_use]
    pub(super) fn status(&self) -> Status {
        self.status
    }

    /// Says how it all ended.
    pub(super) fn end(&mut self) -> Status {
        match self.form {
            MessageFormat::Human if self.masters > 1 || self.errors + self.warnings > 0 => {
                let [masters, errors, warnings] =
                    [(self.masters, "master"), (self.errors, "error"), (self.warnings, "warning")].map(|(count, noun)| counted(count, noun));
                self.message(&format!("{masters}: {errors}, {warnings}\n"));
            }
            MessageFormat::Human | MessageFormat::Short | MessageFormat::Github => {}
            MessageFormat::Sarif => {
                let log = serde_json::to_string_pretty(&sarif::log(&self.findings)).unwrap_or_default();
                self.data(&(log + "\n"));
            }
            MessageFormat::Json => {
                self.json(&Line::End { masters: self.masters, errors: self.errors, warnings: self.warnings, status: self.status.number() });
            }
        }
        self.status
    }

    fn json(&mut self, line: &Line<'_>) {
        let text = serde_json::to_string(line).unwrap_or_default();
        self.data(&(text + "\n"));
    }

    /// To the standard output, which programs read.
    fn data(&mut self, text: &str) {
        self.status = self.status.max(list(text));
    }

    /// To the standard error. If nobody takes what is said there, nobody can be told so.
    fn message(&mut self, text: &str) {
        let _ = self.messages.write_all(text.as_bytes());
    }
}

/// Prints what was asked for on the standard output.
#[must_use]
pub(super) fn list(text: &str) -> Status {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Status::Clean,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Status::Clean,
        Err(_) => Status::Failed,
    }
}

/// An output in a line.
fn sentence(output: &OutputRecord) -> String {
    let OutputRecord { path, format: _, written, sha256: _, bytes, pages, spine, standards: _, leaves_shown: _, words_shown, losses } = output;
    let path = frame::plain(path);
    if *bytes == 0 {
        return format!("{path}: not made\n");
    }
    let proof = match (losses, spine) {
        (_, Some(spine)) => return format!("{path}: a cover with a spine of {spine} mm{}\n", if *written { "" } else { ", not written" }),
        (0, None) => format!("all {} shown", counted(*words_shown, "word")),
        (_, None) => format!("{}, {} shown", counted(*losses, "loss"), counted(*words_shown, "word")),
    };
    match (written, pages) {
        (true, Some(pages)) => format!("{path}: {}, {proof}\n", counted(*pages, "page")),
        (true, None) => format!("{path}: {proof}\n"),
        (false, _) => format!("{path}: not written ({proof})\n"),
    }
}

/// A number with its noun.
fn counted(count: usize, noun: &str) -> String {
    match (count, noun) {
        (1, _) => format!("1 {noun}"),
        (_, "loss") => format!("{count} losses"),
        _ => format!("{count} {noun}s"),
    }
}
