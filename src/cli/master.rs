//! One master of a build, from its file to its outputs on the disk.
//!
//! 1. It is opened, and its outputs are made and proved in memory ([`make::finish`]).
//! 2. If an output does not show all of the master, none of its outputs is written, unless `--keep-broken` says so.
//! 3. The outputs are written beside their places, and get their names when all of them are whole.
//! 4. If nothing is wrong, what they were made from is noted (`state`). [`unchanged`] says of a master that is not built what was said when it was.

use std::path::{Path, PathBuf};

use article::code::Code;
use article::diag::{Diagnostic, Log};
use serde::{Deserialize, Serialize};

use super::args::Format;
use super::job::{Job, Work};
use super::make::{self, Finished, Kept, Made, is_loss};
use super::output::Staged;
use super::page;
use super::record::{self, MasterRecord, OutputRecord};
use super::stamp;
use super::state::seen::Seen;
use super::state::stamp::Stamp;
use super::state::{Details, State, Stored};
use super::timings::{Stage, Timings};
use super::told::Told;

/// What became of a master, of which nothing has been said yet.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Done {
    /// What was made, without what was found.
    pub(super) record: MasterRecord,
    /// What was found.
    pub(super) told: Vec<Told>,
    /// The files that the outputs were made from, the master first.
    pub(super) inputs: Vec<PathBuf>,
    /// How long it took.
    pub(super) timings: Timings,
    /// Whether the outputs stood there already, as a build would make them.
    pub(super) unchanged: bool,
}

impl Done {
    /// A master of which nothing could be made.
    #[must_use]
    pub(super) fn given_up(work: &Work, told: Vec<Told>) -> Self {
        let outputs = work.outputs.iter().map(|(format, path)| output_record(*format, path, None, false)).collect();
        let record = MasterRecord { master: work.master.display().to_string(), outputs, ..MasterRecord::default() };
        Self { record, told, inputs: vec![work.master.clone()], timings: Timings::default(), unchanged: false }
    }
}

/// Makes and writes the outputs of a master, and notes what was found. Gives what was seen of the disk with it. What is kept of the last run of the master
/// serves this one.
#[must_use]
pub(super) fn build(job: &Job, work: &Work, kept: Option<&mut Kept>) -> (Done, Seen) {
    let mut log = Log::default();
    let mut timings = Timings::default();
    let kit = &job.kits[work.kit];
    let Finished { opened, made, colophons, seen } = make::finish(&mut log, &mut timings, job, work, kept);
    let withheld = !job.keep_broken && log.iter().any(is_loss);
    let written = if withheld { None } else { timings.time(Stage::Write, || write(&mut log, work, &made)) };
    let master = work.master.display().to_string();
    let mut record = MasterRecord { master: master.clone(), layout: kit.layout.name().to_owned(), sha256: seen.first_sum(), ..MasterRecord::default() };
    if let (Some(source), Some(edition)) = (&opened.source, &opened.edition) {
        record.leaves = edition.leaves.iter().filter(|(_, leaf)| leaf.is_visible()).count();
        record.words = edition.leaves.iter().map(|(_, leaf)| leaf.text.split_whitespace().count()).sum();
        record.left_out = record::left_out(edition, source);
        record.derived = record::derived(edition, source);
        record.imprint = record::imprint(&colophons);
    }
    for (format, path) in &work.outputs {
        let found = made.iter().find(|output| output.format == *format);
        record.outputs.push(output_record(*format, path, found, written.is_some()));
    }
    let source = opened.source.as_ref().or(log.source());
    let mut told = Told::all(&master, source, &log);
    let inputs = seen.paths().chain(kit.seen.paths()).map(Path::to_path_buf).collect();
    if let Some(written) = written.filter(|written| log.errors() == 0 && kit.quiet && written.outputs.len() == work.outputs.len()) {
        let details = Details { record, told };
        let noted = timings.time(Stage::Write, || note(job, work, seen.clone(), written, &details));
        (record, told) = (details.record, details.told);
        told.extend(noted.err().map(|diagnostic| Told::of(&master, None, &diagnostic)));
    }
    (Done { record, told, inputs, timings, unchanged: false }, seen)
}

/// What is said of a master whose outputs are as a build would make them; with what they were made from where somebody wants to know it.
#[must_use]
pub(super) fn unchanged(work: &Work, with_inputs: bool) -> Done {
    let Some(Details { record, told }) = Details::of(work) else {
        // It was there a moment ago.
        let gone = Diagnostic::new(Code::CannotRead, "what was noted of the master's outputs went away while the program ran").hint("run it again");
        return Done::given_up(work, vec![Told::of(&work.master.display().to_string(), None, &gone)]);
    };
    let stored = if with_inputs { Stored::of(work) } else { None };
    let inputs = stored.iter().flat_map(|stored| stored.state.inputs()).map(Path::to_path_buf).collect();
    Done { record, told, inputs, timings: Timings::default(), unchanged: true }
}

/// Notes what the outputs of a master were made from, which have these stamps. Pictures that a page showed when it was made before, and shows no more, go.
fn note(job: &Job, work: &Work, seen: Seen, written: Written, details: &Details) -> Result<(), Diagnostic> {
    let kit = &job.kits[work.kit];
    let outputs = work.outputs.iter().zip(&details.record.outputs).zip(written.outputs);
    let outputs: Vec<_> = outputs.map(|(((_, path), record), stamp)| (path.clone(), stamp, record.sha256.clone())).chain(written.beside).collect();
    if let Some((_, page)) = work.outputs.iter().find(|(format, _)| *format == Format::Html) {
        let folder = page.with_file_name(page::folder(&work.name(Format::Html)));
        Stored::of(work).into_iter().for_each(|earlier| earlier.state.sweep(&folder, &outputs));
    }
    State::wanted(work, &kit.options).reached(seen, &kit.seen, outputs).save(work, details)
}

/// What was written of a master.
#[derive(Default)]
pub(super) struct Written {
    /// The stamps of the outputs, in their order.
    outputs: Vec<Stamp>,
    /// The files that belong beside them, with their stamps and sums.
    beside: Vec<(PathBuf, Stamp, String)>,
}

/// Writes all outputs of a master, or none; `None` where they were not.
pub(super) fn write(log: &mut Log, work: &Work, made: &[Made]) -> Option<Written> {
    let mut staged = Vec::new();
    for (format, path) in &work.outputs {
        let Some(output) = made.iter().find(|output| output.format == *format) else {
            continue;
        };
        // What a page shows is there before the page is.
        let folder = path.parent().unwrap_or(Path::new(""));
        let beside = output.beside.iter().map(|(file, bytes)| (folder.join(file), bytes.as_slice(), true));
        for (path, bytes, beside) in beside.chain([(path.clone(), output.bytes.as_slice(), false)]) {
            match Staged::write(&path, bytes) {
                Ok(file) => staged.push((file, beside.then(|| (path, stamp::sha256(bytes))))),
                Err(diagnostic) => {
                    log.push(diagnostic);
                    return None;
                }
            }
        }
    }
    let mut written = Written::default();
    for (file, beside) in staged {
        match (file.keep(), beside) {
            (Ok(stamp), None) => written.outputs.push(stamp),
            (Ok(stamp), Some((path, sha256))) => written.beside.push((path, stamp, sha256)),
            (Err(diagnostic), _) => {
                log.push(diagnostic);
                return None;
            }
        }
    }
    Some(written)
}

fn output_record(format: Format, path: &Path, made: Option<&Made>, written: bool) -> OutputRecord {
    let mut record = OutputRecord { path: path.display().to_string(), format: format.name().into(), ..OutputRecord::default() };
    if let Some(Made { format: _, bytes, beside: _, pages, standards, verdict, placed: _, spine }) = made {
        record.written = written;
        record.sha256 = stamp::sha256(bytes);
        record.bytes = bytes.len();
        record.pages = *pages;
        record.spine = *spine;
        record.leaves_shown = verdict.whole;
        record.words_shown = verdict.words;
        record.losses = verdict.faults;
        record.languages = verdict.tongues.iter().map(Into::into).collect();
        record.standards.clone_from(standards);
    }
    record
}
