//! The only printer, and the keeper of the exit status.
//!
//! 1. Messages for people and for editors go to the standard error; those for programs, and what was asked to be listed, to the standard output.
//! 2. Whatever is said raises the [`Status`]: an error of the job, or a file that cannot be read or written, to 2; another error in a document
//!    to 1, and a warning too with `--strict`.
//! 3. A reader that has gone away (a broken pipe) is no failure: nothing more is said to it, and the work goes on.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;
use std::time::Instant;

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use article::code::{Code, Severity};
use article::diag::Log;
use article::source::Source;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{Colour, MessageArguments, MessageFormat};
use super::record::{Finding, LanguageRecord, Line, MasterRecord, OutputRecord, Tally};
use super::sarif::Sarif;
use super::timings::Timings;
use super::told::Told;
use super::{annotation, frame};

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
    fn of(document: Option<&str>, told: &Told, strict: bool) -> Self {
        match told.severity() {
            Severity::Error if document.is_none() || matches!(told.code(), Some(Code::CannotRead | Code::CannotWrite)) => Self::Failed,
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

/// The bar of a run at a terminal.
const BAR: &str = "{bar:30} {pos}/{len} {elapsed}/{duration} {wide_msg}";

/// Prints, and counts.
pub(super) struct Printer {
    form: MessageFormat,
    strict: bool,
    messages: AutoStream<io::Stderr>,
    /// Whether messages are without colours.
    plain: bool,
    /// How far it is, for people at a terminal, and since when.
    bar: Option<(ProgressBar, Instant)>,
    /// The log, of the form that is one document.
    sarif: Sarif,
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
            messages: AutoStream::new(io::stderr(), choice),
            plain: choice == ColorChoice::Never,
            bar: None,
            sarif: Sarif::default(),
            masters: 0,
            errors: 0,
            warnings: 0,
            status: Status::Clean,
        }
    }

    /// Says that so many masters are to be done: to people at a terminal by a bar, which then stands for the lines that say what was made.
    pub(super) fn begin(&mut self, masters: usize) {
        if self.form != MessageFormat::Human || masters < 2 || !io::stderr().is_terminal() {
            return;
        }
        let style = ProgressStyle::with_template(BAR).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::with_draw_target(Some(masters as u64), ProgressDrawTarget::stderr()).with_style(style);
        self.bar = Some((bar, Instant::now()));
    }

    /// Says what was found in a document, and gives it as data.
    pub(super) fn document(&mut self, name: &str, source: Option<&Source>, log: &Log) -> Vec<Finding> {
        self.told(name, Told::all(name, source, log))
    }

    /// Says what was found in a document, by this run or by an earlier one, and gives it as data.
    pub(super) fn told(&mut self, name: &str, told: Vec<Told>) -> Vec<Finding> {
        self.masters += 1;
        self.say(Some(name), told)
    }

    /// Says what is wrong with the job, and gives it as data.
    pub(super) fn job(&mut self, log: &Log) -> Vec<Finding> {
        self.say(None, Told::all("", None, log))
    }

    fn say(&mut self, document: Option<&str>, told: Vec<Told>) -> Vec<Finding> {
        let mut findings = Vec::with_capacity(told.len());
        // What is said of one document goes out in one piece: each piece is a call of the system.
        let mut text = String::new();
        for told in told {
            match told.severity() {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
            }
            self.status = self.status.max(Status::of(document, &told, self.strict));
            let Told { finding, human, short } = told;
            match self.form {
                MessageFormat::Human => text.push_str(&human),
                MessageFormat::Short => text.push_str(&short),
                MessageFormat::Json => self.json(&Line::Diagnostic(&finding)),
                MessageFormat::Sarif => text.push_str(&self.sarif.results(std::slice::from_ref(&finding))),
                MessageFormat::Github => text.push_str(&annotation::line(&finding)),
            }
            findings.push(finding);
        }
        if text.is_empty() {
            return findings;
        }
        match self.form {
            MessageFormat::Human | MessageFormat::Short => self.message(&text),
            MessageFormat::Json | MessageFormat::Sarif | MessageFormat::Github => self.data(&text),
        }
        findings
    }

    /// Says why a master is built, or would be.
    pub(super) fn rebuild(&mut self, master: &str, outputs: &[String], reason: &str) {
        match self.form {
            MessageFormat::Human | MessageFormat::Short => self.message(&format!("{}: to be built: {}\n", frame::plain(master), frame::plain(reason))),
            MessageFormat::Json => self.json(&Line::Rebuild { master, outputs, reason }),
            MessageFormat::Sarif | MessageFormat::Github => {}
        }
    }

    /// Says what was made of a master, or what stood there already.
    pub(super) fn outputs(&mut self, record: &MasterRecord, unchanged: bool) {
        if let Some((bar, _)) = &self.bar {
            bar.set_message(frame::plain(&record.master));
            bar.inc(1);
            return;
        }
        for output in &record.outputs {
            match self.form {
                MessageFormat::Human => self.message(&sentence(output, unchanged)),
                MessageFormat::Short | MessageFormat::Sarif | MessageFormat::Github => {}
                MessageFormat::Json => self.json(&Line::Output { master: &record.master, unchanged, output }),
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

    /// Says how a run of `watch` went, in one line. What is said of masters that could not be built is that their outputs stay.
    pub(super) fn run(&mut self, number: usize, milliseconds: f64, masters: &[String], [errors, warnings, kept]: [usize; 3]) {
        match self.form {
            MessageFormat::Json => self.json(&Line::Run { number, milliseconds: (milliseconds * 10.0).round() / 10.0, masters, errors, warnings }),
            MessageFormat::Human | MessageFormat::Short | MessageFormat::Sarif | MessageFormat::Github => {
                let what = match masters {
                    [] => "nothing was built".to_owned(),
                    [one] => frame::plain(one),
                    many => counted(many.len(), "master"),
                };
                let found = [(errors, "error"), (warnings, "warning")].into_iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(count, noun));
                let kept = (kept > 0).then(|| "what was built before stays".to_owned());
                let found: Vec<String> = found.chain(kept).collect();
                let found = if found.is_empty() { "all is well".to_owned() } else { found.join(", ") };
                self.message(&format!("[{number}] {what}: {milliseconds:.0} ms, {found}\n"));
            }
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

    /// Says how many masters would be built.
    pub(super) fn planned(&mut self, stale: usize, all: usize) -> Status {
        if self.form == MessageFormat::Human {
            self.message(&format!("{stale} of {} would be built\n", counted(all, "master")));
        }
        self.status
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
        self.end_of(None)
    }

    /// Says how a build ended.
    pub(super) fn end_of(&mut self, tally: Option<Tally>) -> Status {
        // The time is for who waited for it. Elsewhere the same run says the same.
        let took = self.bar.take().map(|(bar, since)| {
            bar.finish_and_clear();
            format!(", in {:.1} s", since.elapsed().as_secs_f64())
        });
        match self.form {
            MessageFormat::Human if self.masters > 1 || self.errors + self.warnings > 0 => {
                let [masters, errors, warnings] =
                    [(self.masters, "master"), (self.errors, "error"), (self.warnings, "warning")].map(|(count, noun)| counted(count, noun));
                let became = tally.map(became).filter(|became| !became.is_empty()).map(|became| format!(" ({became})")).unwrap_or_default();
                self.message(&format!("{masters}{became}: {errors}, {warnings}{}\n", took.unwrap_or_default()));
            }
            MessageFormat::Human | MessageFormat::Short | MessageFormat::Github => {}
            MessageFormat::Sarif => {
                let rest = std::mem::take(&mut self.sarif).end();
                self.data(&rest);
            }
            MessageFormat::Json => {
                self.json(&Line::End { masters: self.masters, errors: self.errors, warnings: self.warnings, tally, status: self.status.number() });
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
        let Self { plain, bar, messages, .. } = self;
        let mut write = || {
            let _ = if *plain { messages.as_inner().lock().write_all(strip_str(text).to_string().as_bytes()) } else { messages.write_all(text.as_bytes()) };
        };
        match bar {
            Some((bar, _)) => bar.suspend(write),
            None => write(),
        }
    }
}

/// Prints what was asked for on the standard output.
#[must_use]
pub(super) fn list(text: &str) -> Status {
    list_by(&mut |out| out.write_all(text.as_bytes()))
}

/// The same of what is not in memory as a whole.
#[must_use]
pub(super) fn list_by(put: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> Status {
    let mut out = io::stdout().lock();
    match put(&mut out).and_then(|()| out.flush()) {
        Ok(()) => Status::Clean,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Status::Clean,
        Err(_) => Status::Failed,
    }
}

/// An output in a line.
fn sentence(output: &OutputRecord, unchanged: bool) -> String {
    let OutputRecord { path, format: _, written, sha256: _, bytes, pages, spine, standards: _, leaves_shown: _, words_shown, languages, losses } = output;
    let path = frame::plain(path);
    if *bytes == 0 {
        return format!("{path}: not made\n");
    }
    let unchanged = if unchanged { " (unchanged)" } else { "" };
    let proof = match (losses, spine) {
        (_, Some(spine)) if *written => return format!("{path}: a cover with a spine of {spine} mm{unchanged}\n"),
        (_, Some(_)) => return format!("{path}: not written\n"),
        (0, None) => format!("all {} shown", counted(*words_shown, "word")),
        (_, None) => format!("{}, {} shown", counted(*losses, "loss"), counted(*words_shown, "word")),
    };
    let proof = proof + &by_language(languages);
    match (written, pages) {
        (true, Some(pages)) => format!("{path}: {}, {proof}{unchanged}\n", counted(*pages, "page")),
        (true, None) => format!("{path}: {proof}{unchanged}\n"),
        (false, _) => format!("{path}: not written ({proof})\n"),
    }
}

/// What became of the masters; nothing where all of them were built.
fn became(tally: Tally) -> String {
    let Tally { built, unchanged, failed } = tally;
    let parts = [(built, "built"), (unchanged, "unchanged"), (failed, "failed")];
    let parts: Vec<String> = parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    if unchanged + failed == 0 { String::new() } else { parts.join(", ") }
}

/// So many languages are named in a line.
const NAMED: usize = 6;

/// The words of each language, where there are several: `: pt 3120 words, en 2980 of 2985 words`.
fn by_language(languages: &[LanguageRecord]) -> String {
    if languages.len() < 2 {
        return String::new();
    }
    let mut said: Vec<String> = Vec::new();
    for language in languages.iter().take(NAMED) {
        let LanguageRecord { language, words, words_shown, .. } = language;
        let of = if words_shown == words { String::new() } else { format!("{words_shown} of ") };
        said.push(format!("{language} {of}{}", counted(*words, "word")));
    }
    if languages.len() > NAMED {
        said.push(format!("{} more", counted(languages.len() - NAMED, "language")));
    }
    format!(": {}", said.join(", "))
}

/// A number with its noun.
fn counted(count: usize, noun: &str) -> String {
    match (count, noun) {
        (1, _) => format!("1 {noun}"),
        (_, "loss") => format!("{count} losses"),
        _ => format!("{count} {noun}s"),
    }
}
