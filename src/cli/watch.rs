//! `diglot watch`: build, and again whenever something changed that the last run read or looked for.
//!
//! 1. What is to be followed is known before anything is read, so that no change in between is missed.
//! 2. What is not known to be as it would be made is built as `build` does it: outputs whole or not at all, of a master that cannot be set the last good ones
//!    stay, and what they were made from is noted for the next run of either. What an earlier run has made is not made again.
//! 3. A line says how the run went. Then nothing is done until something changes ([`follow`](super::follow)).
//!
//! What the engine made of a master stays in its memory for the next time: a changed word is set in a fraction of the time of the whole.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use article::diag::Log;
use clap::error::ErrorKind;

use super::args::{BuildArguments, MessageFormat};
use super::follow::{Anew, Follower, Happened, Interest};
use super::job::{Job, Work};
use super::make::Kept;
use super::master::{self, Done};
use super::record::Finding;
use super::report::{Printer, Status};
use super::state::review::Review;
use super::state::seen::Seen;
use super::{batch, build, usage};
use crate::pdf;

/// For how many masters what was made serves the next run, and for how many runs the engine keeps what it has made.
const KEPT: usize = 10;

/// Runs `diglot watch`, for ever.
///
/// # Errors
///
/// When the command line contradicts itself.
pub(super) fn run(arguments: &BuildArguments) -> Result<Status, clap::Error> {
    let forbidden = [
        (arguments.report.is_some(), "--report"),
        (arguments.deps.is_some(), "--deps"),
        (arguments.shard.is_some(), "--shard"),
        (arguments.dry_run, "--dry-run"),
        (arguments.isolate, "--isolate"),
        (arguments.timeout.is_some(), "--timeout"),
        (arguments.memory_limit.is_some(), "--memory-limit"),
    ];
    if let Some((_, flag)) = forbidden.iter().find(|(given, _)| *given) {
        return Err(usage("watch", ErrorKind::ArgumentConflict, &format!("`{flag}` is for `diglot build`, which ends")));
    }
    if arguments.messages.message_format == MessageFormat::Sarif {
        return Err(usage("watch", ErrorKind::ArgumentConflict, "a SARIF log is written at the end, and there is none: take `json`"));
    }
    let mut follower = Follower::new().map_err(|why| usage("watch", ErrorKind::Io, &why))?;
    let mut watch =
        Watch { arguments, printer: Printer::new(&arguments.messages), number: 0, job: None, interest: Interest::default(), kept: Mutex::default() };
    // A fault of the engine is reported with its master; its own words on the terminal would come between those of the report.
    std::panic::set_hook(Box::new(|_| {}));
    let mut anew = Anew::Everything;
    loop {
        watch.round(anew, &mut follower)?;
        // What happened in a folder before it was watched is seen now.
        anew = follower.keep_up(&mut watch.interest, &mut watch.printer);
        while anew == Anew::Nothing {
            match follower.wait(&watch.interest) {
                Happened::Changed(changed) => {
                    anew = watch.interest.changed(&changed);
                    if anew == Anew::Nothing {
                        // A folder may have been made anew.
                        anew = follower.keep_up(&mut watch.interest, &mut watch.printer);
                    }
                }
                Happened::Asked(_) | Happened::Done => {}
            }
        }
    }
}

struct Watch<'a> {
    arguments: &'a BuildArguments,
    printer: Printer,
    /// How many runs there were.
    number: usize,
    /// The masters and what they are set with; `None` where they cannot be set.
    job: Option<Job>,
    interest: Interest,
    /// What is kept for the next run of each master.
    kept: Mutex<BTreeMap<PathBuf, Kept>>,
}

impl Watch<'_> {
    /// Builds what is not as it would be made, and says how that went.
    fn round(&mut self, anew: Anew, follower: &mut Follower) -> Result<(), clap::Error> {
        let start = Instant::now();
        let mut counts = [0; 3];
        if anew == Anew::Everything {
            let said = self.prepare()?;
            count(&mut counts, said.iter());
            follower.begin(&self.interest, &mut self.printer);
        }
        let mut masters = Vec::new();
        let Self { arguments, printer, interest, kept, job, .. } = self;
        let mut told = 0;
        if let Some(job) = job {
            let unknown: Vec<&Work> = job.works.iter().filter(|work| !interest.knows(&work.master)).collect();
            told = unknown.len();
            let mut review = Review::default();
            let mut stale = Vec::new();
            for work in unknown {
                match build::reason(&mut review, work, &job.kits[work.kit].options, arguments) {
                    Ok(stored) => {
                        let Done { record, told, .. } = master::unchanged(work, false);
                        count(&mut counts, printer.told(&record.master, told).iter());
                        interest.note(job, work, stored.state.own());
                    }
                    Err(reason) => {
                        if arguments.explain_rebuild {
                            build::explain(printer, work, &reason);
                        }
                        stale.push(work);
                    }
                }
            }
            masters.extend(stale.iter().map(|work| work.master.display().to_string()));
            batch::run(
                stale.len(),
                &job.pace,
                |at| (at, built(job, stale[at], kept)),
                |(at, (Done { record, told, .. }, seen))| {
                    count(&mut counts, printer.told(&record.master, told).iter());
                    let whole = record.outputs.iter().all(|output| output.written);
                    counts[2] += usize::from(!whole);
                    interest.note(job, stale[at], seen);
                    whole
                },
            );
            pdf::forget(KEPT);
        }
        // Of a new file that is no master, or of a layout that was only touched, nothing comes.
        if self.number == 0 || told > 0 || counts != [0; 3] {
            self.number += 1;
            self.printer.run(self.number, start.elapsed().as_secs_f64() * 1_000.0, &masters, counts);
        }
        Ok(())
    }

    /// Looks up everything anew: masters, projects, layouts, fonts. Gives what is wrong with them.
    fn prepare(&mut self) -> Result<Vec<Finding>, clap::Error> {
        let (mut log, mut seen) = (Log::default(), Seen::default());
        self.job = Job::resolve(&mut log, self.arguments, &mut seen)?;
        self.interest.prepare(seen, self.job.as_ref());
        // It may have been made with other fonts, or another layout.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clear();
        Ok(self.printer.job(&log))
    }
}

/// Counts errors and warnings.
fn count<'a>([errors, warnings, _]: &mut [usize; 3], said: impl Iterator<Item = &'a Finding>) {
    said.for_each(|finding| *(if finding.is_error() { &mut *errors } else { &mut *warnings }) += 1);
}

/// Builds one master with what was kept of its last run.
fn built(job: &Job, work: &Work, all: &Mutex<BTreeMap<PathBuf, Kept>>) -> (Done, Seen) {
    let locked = || all.lock().unwrap_or_else(PoisonError::into_inner);
    let mut kept = locked().remove(&work.master).unwrap_or_default();
    let built = master::build(job, work, Some(&mut kept));
    let mut all = locked();
    if all.len() >= KEPT {
        all.pop_first();
    }
    all.insert(work.master.clone(), kept);
    built
}
