//! `diglot watch`: build, and again whenever something changed that the last run read or looked for.
//!
//! 1. What is to be followed is known before anything is read, so that no change in between is missed.
//! 2. What is stale is built as `build` does it: outputs whole or not at all, and of a master that cannot be set the last good ones stay.
//! 3. A line says how the run went. Then nothing is done until something changes ([`follow`](super::follow)).
//!
//! What the engine made of a master stays in its memory for the next time: a changed word is set in a fraction of the time of the whole.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Instant, SystemTime};

use article::code::Code;
use article::diag::{Diagnostic, Log};
use clap::error::ErrorKind;

use super::args::{BuildArguments, MessageFormat};
use super::follow::{Follower, Happened, Interest, Stale};
use super::job::{Job, Work};
use super::make::{self, Kept, Made, Step, is_loss};
use super::open::Opened;
use super::record::Finding;
use super::report::{Printer, Status};
use super::timings::Timings;
use super::{batch, master, usage};
use crate::pdf;

/// For how many masters what was made serves the next run, and for how many runs the engine keeps what it has made.
const KEPT: usize = 10;

/// Runs `diglot watch`, for ever.
///
/// # Errors
///
/// When the command line contradicts itself.
pub(super) fn run(arguments: &BuildArguments) -> Result<Status, clap::Error> {
    let forbidden = [(arguments.report.is_some(), "--report"), (arguments.deps.is_some(), "--deps"), (arguments.shard.is_some(), "--shard")];
    if let Some((_, flag)) = forbidden.iter().find(|(given, _)| *given) {
        return Err(usage("watch", ErrorKind::ArgumentConflict, &format!("`{flag}` is for `diglot build`, which ends")));
    }
    if arguments.messages.message_format == MessageFormat::Sarif {
        return Err(usage("watch", ErrorKind::ArgumentConflict, "a SARIF log is written at the end, and there is none: take `json`"));
    }
    let mut follower = Follower::new().map_err(|why| usage("watch", ErrorKind::Io, &why))?;
    let mut watch = Watch { arguments, printer: Printer::new(&arguments.messages), number: 0, kept: Mutex::default() };
    // A fault of the engine is reported with its master; its own words on the terminal would come between those of the report.
    std::panic::set_hook(Box::new(|_| {}));
    let mut stale = Stale { all: true, ..Stale::default() };
    let mut before = Interest::default();
    loop {
        let mut interest = Interest::of(arguments);
        interest.keep(&before);
        watch.follow(&mut follower, &interest);
        let start = SystemTime::now();
        watch.round(&stale, &mut interest, &before)?;
        let new = watch.follow(&mut follower, &interest);
        stale = interest.stale_since(start, &new);
        while stale.is_nothing() {
            match follower.wait(&interest) {
                Happened::Changed(changed) => {
                    stale = interest.stale(&changed);
                    if stale.is_nothing() {
                        // A folder of a master may have been made anew.
                        watch.follow(&mut follower, &interest);
                    }
                }
                Happened::Asked(_) => {}
            }
        }
        before = interest;
    }
}

struct Watch<'a> {
    arguments: &'a BuildArguments,
    printer: Printer,
    /// How many runs there were.
    number: usize,
    /// What is kept for the next run of each master.
    kept: Mutex<BTreeMap<PathBuf, Kept>>,
}

/// A master that was built, and of which nothing has been said yet.
struct Built {
    at: usize,
    log: Log,
    opened: Arc<Opened>,
    /// Whether all of its outputs were written.
    whole: bool,
}

impl Watch<'_> {
    /// Follows what matters. That the system does not let is said once it is known, and the rest is followed.
    fn follow(&mut self, follower: &mut Follower, interest: &Interest) -> BTreeSet<PathBuf> {
        follower.follow(&interest.folders()).unwrap_or_else(|why| {
            let mut log = Log::default();
            log.push(Diagnostic::new(Code::CannotRead, why).hint("name fewer folders, or let the system watch more"));
            self.printer.job(&log);
            BTreeSet::new()
        })
    }

    /// Builds what is stale, and says how that went.
    fn round(&mut self, stale: &Stale, interest: &mut Interest, before: &Interest) -> Result<(), clap::Error> {
        let start = Instant::now();
        self.number += 1;
        let mut log = Log::default();
        let job = Job::resolve(&mut log, self.arguments)?;
        let said = self.printer.job(&log);
        let mut counts = [0; 3];
        count(&mut counts, &said);
        let mut masters = Vec::new();
        if let Some(job) = &job {
            interest.job(job);
            let works: Vec<&Work> = job.works.iter().filter(|work| stale.all || stale.masters.contains(&work.master) || !before.knows(&work.master)).collect();
            masters.extend(works.iter().map(|work| work.master.display().to_string()));
            let (kept, printer) = (&self.kept, &mut self.printer);
            batch::run(
                works.len(),
                &job.pace,
                |at| built(job, works[at], at, kept),
                |Built { at, log, opened, whole }| {
                    let said = printer.document(&masters[at], opened.source.as_ref().or(log.source()), &log);
                    count(&mut counts, &said);
                    counts[2] += usize::from(!whole);
                    interest.note(job, works[at], &opened);
                    whole
                },
            );
            pdf::forget(KEPT);
        }
        self.printer.run(self.number, start.elapsed().as_secs_f64() * 1_000.0, &masters, counts);
        Ok(())
    }
}

/// Counts errors and warnings.
fn count([errors, warnings, _]: &mut [usize; 3], said: &[Finding]) {
    let wrong = said.iter().filter(|finding| finding.is_error()).count();
    *errors += wrong;
    *warnings += said.len() - wrong;
}

/// Builds one master with what was kept of its last run.
fn built(job: &Job, work: &Work, at: usize, all: &Mutex<BTreeMap<PathBuf, Kept>>) -> Built {
    let mut log = Log::default();
    let mut opened = Arc::new(Opened::default());
    let mut made: Vec<Made> = Vec::new();
    let locked = || all.lock().unwrap_or_else(PoisonError::into_inner);
    let mut kept = locked().remove(&work.master).unwrap_or_default();
    make::live(&mut log, &mut Timings::default(), job, work, &mut kept, &mut |_, step| match step {
        Step::Opened(found) => opened = found,
        Step::Pages(_) => {}
        Step::Made(output) => made.push(output),
    });
    let withheld = !job.keep_broken && log.iter().any(is_loss);
    // Of several outputs none is newer than the others.
    let whole = !withheld && made.len() == work.outputs.len() && master::write(&mut log, work, &made).is_some();
    let mut all = locked();
    if all.len() >= KEPT {
        all.pop_first();
    }
    all.insert(work.master.clone(), kept);
    Built { at, log, opened, whole }
}
