//! `diglot build`: a job from start to finish.
//!
//! 1. Each master is opened, and its outputs are made and proved in memory ([`make::finish`]).
//! 2. If an output does not show all of the master, none of the master's outputs is written, unless `--keep-broken` says so.
//! 3. The outputs are written beside their places, and get their names when all of them are whole.
//! 4. One master that fails stops no other, unless `--fail-fast` says so. Several are worked on at once ([`batch`]); what was found is printed master by
//!    master, in their order; the report is written at the end.

use std::path::{Path, PathBuf};

use article::diag::Log;
use article::source::Source;

use super::args::{BuildArguments, Format};
use super::deps::Deps;
use super::job::{Job, Work};
use super::make::{self, Finished, Made, is_loss};
use super::output::{self, Staged};
use super::record::{self, Finding, MasterRecord, OutputRecord, Report};
use super::report::{Printer, Status};
use super::timings::{Stage, Timings};
use super::{batch, stamp};

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
    let kit = &job.kits[work.kit];
    let Finished { opened, made } = make::finish(&mut log, &mut timings, job, work);
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
    let mut files = opened.files;
    if work.outputs.iter().any(|(format, _)| *format == Format::Epub) {
        files.extend(kit.books.record(&work.name(Format::Epub)));
    }
    Done { record, kit: work.kit, source: opened.source, log, timings, files }
}

/// Writes all outputs of a master, or none. Whether they were.
fn write(log: &mut Log, work: &Work, made: &[Made]) -> bool {
    let mut staged = Vec::new();
    for (format, path) in &work.outputs {
        let Some(output) = made.iter().find(|output| output.format == *format) else {
            continue;
        };
        // What a page shows is there before the page is.
        let folder = path.parent().unwrap_or(Path::new(""));
        let beside = output.beside.iter().map(|(file, bytes)| (folder.join(file), bytes.as_slice()));
        for (path, bytes) in beside.chain([(path.clone(), output.bytes.as_slice())]) {
            match Staged::write(&path, bytes) {
                Ok(output) => staged.push(output),
                Err(diagnostic) => {
                    log.push(diagnostic);
                    return false;
                }
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

fn output_record(format: Format, path: &Path, made: Option<&Made>, written: bool, summed: bool) -> OutputRecord {
    let mut record = OutputRecord { path: path.display().to_string(), format: format.name(), ..OutputRecord::default() };
    if let Some(Made { format: _, bytes, beside: _, pages, standards, verdict }) = made {
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
