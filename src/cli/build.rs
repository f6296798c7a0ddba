//! `diglot build`: a job from start to finish.
//!
//! 1. Each master is opened, and its outputs are made and proved in memory ([`make`]).
//! 2. If an output does not show all of the master, none of the master's outputs is written, unless `--keep-broken` says so.
//! 3. The outputs are written beside their places, and get their names when all of them are whole.
//! 4. One master that fails stops no other, unless `--fail-fast` says so. Several are worked on at once ([`batch`]); what was found is printed master by
//!    master, in their order; the report is written at the end.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use article::code::{Code, Severity};
use article::diag::{Diagnostic, Log};
use article::edition::Edition;
use article::leaf::is_visible;
use article::source::Source;

use super::args::{BuildArguments, Format, Gravity};
use super::deps::Deps;
use super::job::{Job, Kit, Work};
use super::open::{Opened, open};
use super::output::{self, Staged};
use super::press;
use super::record::{self, Finding, MasterRecord, OutputRecord, Report};
use super::report::{Printer, Status};
use super::timings::{Stage, Timings};
use super::{batch, book, stamp};
use crate::pdf::{self, Engine, Export, Setting};
use crate::proof::anonymous::Passage;
use crate::proof::pages::Sheets;
use crate::proof::{self, Output, Verdict};

/// How often an article is set again because a character turns out to have no glyph.
const ROUNDS: usize = 3;

/// The name of a master that is attached to a PDF, the same for all: the engine keeps every name that it has ever seen.
const ATTACHED: &str = "article.xml";

/// Runs `diglot build`.
///
/// # Errors
///
/// When the command line contradicts itself.
pub(super) fn run(arguments: &BuildArguments) -> Result<Status, clap::Error> {
    let mut printer = Printer::new(&arguments.messages);
    let mut total = Timings::default();
    let mut log = Log::default();
    let job = total.time(Stage::Prepare, || Job::resolve(&mut log, arguments))?;
    let mut deps = arguments.deps.as_ref().map(|path| (path, Deps::default()));
    let mut report = Report { program: format!("diglot {}", env!("CARGO_PKG_VERSION")), status: 0, diagnostics: printer.job(&log), masters: Vec::new() };
    if let Some(job) = job {
        // A fault of the engine is reported with its master; its own words on the terminal would come between those of the report.
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        if let Some((_, deps)) = &mut deps {
            job.kits.iter().for_each(|kit| deps.shared(kit));
        }
        batch::run(
            job.works.len(),
            &job.pace,
            |at| master(&job, &job.works[at]),
            |done| {
                let Done { mut record, kit, source, log, timings, files } = done;
                record.diagnostics = printer.document(&record.master, source.as_ref().or(log.source()), &log);
                printer.outputs(&record);
                if arguments.timings {
                    record.timings = record::spent(&timings);
                }
                total.add(&timings);
                if let Some((_, deps)) = &mut deps {
                    deps.add(&record, &files, kit);
                }
                let failed = record.diagnostics.iter().any(Finding::is_error);
                report.masters.push(record);
                !failed
            },
        );
        std::panic::set_hook(hook);
    }
    if arguments.timings {
        printer.timings(&total);
    }
    if let Some((path, deps)) = &deps {
        save(&mut printer, path, &deps.text(arguments.deps_format));
    }
    if let Some(path) = &arguments.report {
        report.status = printer.status().number();
        save(&mut printer, path, &(serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"));
    }
    Ok(printer.end())
}

/// A master whose outputs are made and written, or not, and of which nothing has been said yet.
struct Done {
    record: MasterRecord,
    /// Which of the kits it was set with.
    kit: usize,
    source: Option<Source>,
    log: Log,
    timings: Timings,
    /// The pictures that were read.
    files: Vec<PathBuf>,
}

/// Makes and writes the outputs of one master, and notes what was found.
fn master(job: &Job, work: &Work) -> Done {
    let mut log = Log::default();
    let mut timings = Timings::default();
    let mut opened = Opened::default();
    let mut made = Vec::new();
    let kit = &job.kits[work.kit];
    let fault = catch_unwind(AssertUnwindSafe(|| {
        open(&mut log, &work.master, &kit.places, &kit.wishes, &mut timings, &mut opened);
        if let (Some(source), Some(edition)) = (&opened.source, &opened.edition) {
            let identifier = stamp::identifier(edition, &opened.bytes);
            let mut maker = Maker { job, kit, source, edition, opened: &opened, identifier, printed: None, pdf: None };
            // The pages first: the e-book says where each of them begins.
            let mut formats: Vec<Format> = work.outputs.iter().map(|(format, _)| *format).collect();
            formats.sort_by_key(|format| *format == Format::Epub);
            for format in formats {
                made.extend(maker.make(&mut log, format, &mut timings));
            }
        }
    }));
    if fault.is_err() {
        made.clear();
        log.push(Diagnostic::new(Code::EngineFault, "the program met a fault of its own and gave this master up").hint("please report it, with the master"));
    }
    let withheld = !job.keep_broken && log.iter().any(is_loss);
    let written = !withheld && timings.time(Stage::Write, || write(&mut log, work, &made));
    let mut record = MasterRecord { master: work.master.display().to_string(), layout: kit.layout.name().to_owned(), ..MasterRecord::default() };
    if job.summed && !opened.bytes.is_empty() {
        record.sha256 = stamp::sha256(&opened.bytes);
    }
    if let (Some(source), Some(edition)) = (&opened.source, &opened.edition) {
        record.leaves = edition.leaves.iter().filter(|(_, leaf)| leaf.is_visible()).count();
        record.words = edition.leaves.iter().map(|(_, leaf)| leaf.text.split_whitespace().count()).sum();
        record.left_out = record::left_out(edition, source);
        record.derived = record::derived(edition, source);
    }
    for (format, path) in &work.outputs {
        let found = made.iter().find(|output| output.format == *format);
        record.outputs.push(output_record(*format, path, found, written, job.summed));
    }
    Done { record, kit: work.kit, source: opened.source, log, timings, files: opened.files }
}

/// Whether a complaint means that text of the master is not to be seen: then no output is written.
fn is_loss(diagnostic: &Diagnostic) -> bool {
    let code = diagnostic.code;
    diagnostic.severity() == Severity::Error
        && matches!(code, Code::LostText | Code::NotShown | Code::PartlyShown | Code::HiddenText | Code::OutOfOrder | Code::MissingGlyph | Code::NotAnonymous)
}

/// Writes all outputs of a master, or none. Whether they were.
fn write(log: &mut Log, work: &Work, made: &[Made]) -> bool {
    let mut staged = Vec::new();
    for (format, path) in &work.outputs {
        let Some(output) = made.iter().find(|output| output.format == *format) else {
            continue;
        };
        match Staged::write(path, &output.bytes) {
            Ok(output) => staged.push(output),
            Err(diagnostic) => {
                log.push(diagnostic);
                return false;
            }
        }
    }
    for output in staged {
        if let Err(diagnostic) = output.keep() {
            log.push(diagnostic);
            return false;
        }
    }
    true
}

/// An output in memory.
struct Made {
    format: Format,
    bytes: Vec<u8>,
    pages: Option<usize>,
    standards: Vec<String>,
    verdict: Verdict,
}

/// Makes the outputs of one master.
struct Maker<'a> {
    job: &'a Job,
    kit: &'a Kit,
    source: &'a Source,
    edition: &'a Edition,
    opened: &'a Opened,
    /// What identifies the article and its outputs.
    identifier: String,
    /// Where the pages begin, once they are made.
    printed: Option<epub::Printed>,
    /// The PDF, once it is made, if the press gets it too: the very same pages.
    pdf: Option<(Vec<u8>, usize, Verdict)>,
}

impl Maker<'_> {
    fn make(&mut self, log: &mut Log, format: Format, timings: &mut Timings) -> Option<Made> {
        match (format, &self.kit.engine) {
            (Format::Pdf, Some(engine)) => self.pdf(log, engine, timings),
            (Format::Press, Some(engine)) => self.press(log, engine, timings),
            (Format::Pdf | Format::Press, None) => None,
            (Format::Epub, _) => self.epub(log, timings),
        }
    }

    fn pdf(&mut self, log: &mut Log, engine: &Engine, timings: &mut Timings) -> Option<Made> {
        let (pages, sheets) = self.pages(log, engine, timings)?;
        let mut verdict = timings.time(Stage::Prove, || {
            proof::pages::report_missing(log, self.source, self.edition, &sheets.missing);
            let folios = proof::printed::folios(&pages);
            let pages = proof::printed::pages(&pages, &sheets, self.edition);
            self.printed = Some(epub::Printed { source: self.identifier.clone(), pages, folios });
            proof::judge(log, self.source, self.edition, &sheets.sightings, Output::Pdf)
        });
        // No standard allows a character without a glyph. The loss has been reported; to have it refused by the exporter too says nothing new.
        let boxes = sheets.missing.len();
        verdict.faults += boxes;
        let standards = if boxes > 0 { Vec::new() } else { self.kit.standards.clone() };
        let export = Export { standards: &standards, identifier: &self.identifier, created: Some(self.date()) };
        // The pages are made: what the engine kept while it made them is in the way of the export, which takes as much again. Other threads may
        // still need theirs.
        if self.job.pace.is_single(self.job.works.len()) {
            pdf::forget(0);
        }
        let bytes = timings.time(Stage::Export, || pdf::export(log, &pages, &export))?;
        if self.opened.hidden.is_some() {
            let passages = timings.time(Stage::Prove, || proof::anonymous::of_pdf(&bytes, &pages.text()));
            verdict.faults += self.anonymous(log, passages, Output::Pdf);
        }
        if self.kit.press.is_some() {
            self.pdf = Some((bytes.clone(), pages.count(), verdict));
        }
        Some(Made { format: Format::Pdf, bytes, pages: Some(pages.count()), standards, verdict })
    }

    /// The PDF for the press, made of the PDF, so that both have the same lines and pages. What is proved of the one holds for the other.
    fn press(&mut self, log: &mut Log, engine: &Engine, timings: &mut Timings) -> Option<Made> {
        if self.pdf.is_none() {
            self.pdf(log, engine, timings)?;
        }
        let (bytes, pages, verdict) = self.pdf.take()?;
        let press = self.kit.press.as_ref()?;
        let title = self.edition.metadata.doi.clone().unwrap_or_else(|| "article".to_owned());
        match timings.time(Stage::Export, || press::make(log, &bytes, &title, press)) {
            Ok(pressed) => Some(Made { format: Format::Press, bytes: pressed.bytes, pages: Some(pages), standards: Vec::new(), verdict }),
            Err(diagnostic) => {
                log.push(diagnostic);
                None
            }
        }
    }

    /// The pages, and what they show. Where a character without a glyph is no error, each is named by its code point: those that no font has at
    /// once, those that the layout's fonts turn out not to have in a second round.
    fn pages(&self, log: &mut Log, engine: &Engine, timings: &mut Timings) -> Option<(pdf::Pages, Sheets)> {
        let substituting = self.kit.missing_glyphs == Gravity::Warn;
        let visible = visible(self.edition);
        // A private character means nothing without its one font: no archival PDF may hold it (ISO 19005-2, 6.2.11.7.3).
        let archival = self.kit.standards.iter().any(|standard| standard.starts_with("a-"));
        let private: BTreeSet<char> = visible.iter().copied().filter(|c| archival && is_private(*c)).collect();
        let mut lacking = if substituting { engine.lacking(&visible) } else { BTreeSet::new() };
        if substituting {
            lacking.extend(&private);
        }
        let attach = self.job.attach.then_some((ATTACHED, self.opened.bytes.as_slice()));
        for round in 0.. {
            let mut said = Log::default();
            let forme = timings.time(Stage::Typeset, || typeset::set_without(self.edition, &self.opened.pictures, &lacking));
            let setting = Setting { engine, layout: &self.kit.layout, forme: &forme, pictures: &self.opened.pictures, attach };
            let pages = timings.time(Stage::Compile, || pdf::set(&mut said, &setting));
            let mut sheets = pages.as_ref().map(|pages| timings.time(Stage::Prove, || proof::pages::sheets(pages, &forme, self.edition)));
            if let Some(sheets) = sheets.as_mut().filter(|_| !substituting) {
                sheets.missing.extend(proof::pages::occurrences(self.edition, &private));
            }
            let before = lacking.len();
            if let Some(sheets) = sheets.as_ref().filter(|_| substituting && round < ROUNDS) {
                lacking.extend(sheets.missing.keys());
            }
            if lacking.len() > before {
                continue;
            }
            said.iter().for_each(|diagnostic| log.push(diagnostic.clone()));
            proof::pages::report_substituted(log, self.source, self.edition, &proof::pages::occurrences(self.edition, &lacking));
            return pages.zip(sheets);
        }
        None
    }

    /// Whether an output of an anonymous article gives nobody away: how many faults it has.
    fn anonymous(&self, log: &mut Log, passages: Result<Vec<Passage>, String>, output: Output) -> usize {
        let Some((hidden, known)) = &self.opened.hidden else { return 0 };
        match passages {
            Ok(passages) => proof::anonymous::judge(log, self.edition, hidden, known, &passages, output),
            Err(why) => {
                log.push(Diagnostic::new(Code::NotAnonymous, format!("nothing can be proved of {}: {why}", output.name())));
                1
            }
        }
    }

    fn epub(&self, log: &mut Log, timings: &mut Timings) -> Option<Made> {
        let stamp = epub::Stamp { identifier: self.identifier.clone(), modified: stamp::modified(self.date()) };
        let preferred = self.kit.books.edition(self.edition);
        let edition = preferred.as_ref().unwrap_or(self.edition);
        let parts = book::Parts {
            edition,
            pictures: &self.opened.pictures,
            layout: &self.kit.layout,
            engine: self.kit.engine.as_ref(),
            stamp: &stamp,
            printed: self.printed.as_ref(),
        };
        let (bytes, placed) = timings.time(Stage::Bind, || book::pack(log, &self.kit.books, &parts))?;
        let mut verdict = timings.time(Stage::Prove, || match proof::book::sight(&bytes, &placed, &edition.leaves) {
            Ok(sightings) => proof::judge(log, self.source, edition, &sightings, Output::Epub),
            Err(why) => {
                log.push(Diagnostic::new(Code::NotShown, format!("nothing can be proved of the epub: {why}")));
                Verdict { leaves: self.edition.leaves.len(), faults: 1, ..Verdict::default() }
            }
        });
        if self.opened.hidden.is_some() {
            let passages = timings.time(Stage::Prove, || proof::anonymous::of_book(&bytes));
            verdict.faults += self.anonymous(log, passages, Output::Epub);
        }
        Some(Made { format: Format::Epub, bytes, pages: None, standards: Vec::new(), verdict })
    }

    /// The date of the outputs: what was asked for, else the master's.
    fn date(&self) -> i64 {
        self.job.date.unwrap_or_else(|| stamp::seconds(self.edition))
    }
}

/// Whether a character is left to private agreement (Unicode, 23.5).
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

/// The characters of an article that must be seen.
fn visible(edition: &Edition) -> BTreeSet<char> {
    edition.leaves.iter().flat_map(|(_, leaf)| leaf.text.chars()).filter(|c| is_visible(*c)).collect()
}

fn output_record(format: Format, path: &Path, made: Option<&Made>, written: bool, summed: bool) -> OutputRecord {
    let mut record = OutputRecord { path: path.display().to_string(), format: format.name(), ..OutputRecord::default() };
    if let Some(Made { format: _, bytes, pages, standards, verdict }) = made {
        record.written = written;
        if summed {
            record.sha256 = stamp::sha256(bytes);
        }
        record.bytes = bytes.len();
        record.pages = *pages;
        record.leaves_shown = verdict.whole;
        record.words_shown = verdict.words;
        record.losses = verdict.faults;
        record.standards.clone_from(standards);
    }
    record
}

/// Writes what is no output of a master.
fn save(printer: &mut Printer, path: &Path, text: &str) {
    let mut log = Log::default();
    if let Err(diagnostic) = output::write(path, text.as_bytes()) {
        log.push(diagnostic);
    }
    printer.job(&log);
}
