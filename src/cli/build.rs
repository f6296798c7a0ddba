//! `diglot build`: a job from start to finish.
//!
//! 1. `plan` finds the masters; `state` tells which of them are as they are to be. Of those nothing is loaded, read or written, and what was found in them
//!    is said again.
//! 2. The others are built, each by [`master::build`], several at once ([`batch`]), in processes of their own where that is asked for (`isolate`). One master that fails stops no other, unless `--fail-fast` says so.
//! 3. What was found is printed master by master, in their order, and goes into the report; that and the dependencies, which are of all masters, get their names at the end.

use std::collections::BTreeMap;

use article::diag::{Diagnostic, Log};

use super::args::BuildArguments;
use super::deps::Deps;
use super::isolate::Workers;
use super::job::Work;
use super::master::{self, Done};
use super::plan::Plan;
use super::recipe::Recipe;
use super::record::{self, Finding, Tally};
use super::report::{Printer, Status};
use super::reporting::Reporting;
use super::state::reason::Reason;
use super::state::review::Review;
use super::state::seen::Seen;
use super::state::{State, Stored};
use super::timings::{Stage, Timings};
use super::{batch, output};

/// Runs `diglot build`.
///
/// # Errors
///
/// When the command line contradicts itself.
pub(super) fn run(arguments: &BuildArguments) -> Result<Status, clap::Error> {
    let mut run = Run::new(arguments);
    let mut log = Log::default();
    let Some(plan) = run.timings.time(Stage::Prepare, || Plan::resolve(&mut log, arguments, &mut Seen::default()))? else {
        return Ok(run.end(&log));
    };
    let reasons = run.timings.time(Stage::Prepare, || reasons(&plan, arguments));
    if arguments.dry_run || arguments.explain_rebuild {
        for (work, reason) in plan.works.iter().zip(&reasons) {
            reason.iter().for_each(|reason| explain(&mut run.printer, work, reason));
        }
    }
    if arguments.dry_run {
        run.printer.job(&log);
        return Ok(run.printer.planned(reasons.iter().flatten().count(), plan.works.len()));
    }
    let stale: Vec<usize> = reasons.iter().enumerate().filter(|(_, reason)| reason.is_some()).map(|(at, _)| at).collect();
    let job = run.timings.time(Stage::Prepare, || plan.job(&mut log, &stale, &mut Seen::default()));
    run.job(&log);
    if let Some(job) = job {
        // A fault of the engine is reported with its master; its own words on the terminal would come between those of the report.
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        run.printer.begin(plan.works.len());
        let workers = Workers::of(arguments, &plan);
        let work = |at: usize| match (stale.binary_search(&at), &workers) {
            (Ok(_), Some(workers)) => workers.build(&plan.works[at]),
            (Ok(place), None) => master::build(&job, &job.works[place], None).0,
            (Err(_), _) => master::unchanged(&plan.works[at], arguments.deps.is_some()),
        };
        batch::run(plan.works.len(), &plan.pace, work, |done| run.tell(done));
        std::panic::set_hook(hook);
    }
    Ok(run.end(&Log::default()))
}

/// Why each master is to be built; `None` for one whose outputs are as a build would make them.
fn reasons(plan: &Plan, arguments: &BuildArguments) -> Vec<Option<Reason>> {
    let options: Vec<_> = plan.recipes.iter().map(Recipe::options).collect();
    let mut review = Review::default();
    plan.works.iter().map(|work| reason(&mut review, work, &options[work.kit], arguments).err()).collect()
}

/// Looks whether the outputs of a master are as a build would make them, and gives what is known of them.
///
/// # Errors
///
/// Why they are to be built.
pub(super) fn reason(review: &mut Review, work: &Work, options: &BTreeMap<String, String>, arguments: &BuildArguments) -> Result<Stored, Reason> {
    if arguments.force {
        return Err(Reason::Forced);
    }
    let stored = Stored::of(work).ok_or(Reason::Unknown)?;
    if let Some(state) = review.state(&stored.state, &State::wanted(work, options))?
        && !arguments.dry_run
    {
        stored.refresh(work, state);
    }
    Ok(stored)
}

/// Says why a master is to be built.
pub(super) fn explain(printer: &mut Printer, work: &Work, reason: &Reason) {
    let outputs: Vec<String> = work.outputs.iter().map(|(_, path)| path.display().to_string()).collect();
    printer.rebuild(&work.master.display().to_string(), &outputs, &reason.sentence());
}

/// What a run has said and made so far.
struct Run<'a> {
    arguments: &'a BuildArguments,
    printer: Printer,
    report: Option<Reporting<'a>>,
    deps: Deps,
    timings: Timings,
    tally: Tally,
}

impl<'a> Run<'a> {
    fn new(arguments: &'a BuildArguments) -> Self {
        let report = arguments.report.as_deref().map(Reporting::new);
        Self { arguments, printer: Printer::new(&arguments.messages), report, deps: Deps::default(), timings: Timings::default(), tally: Tally::default() }
    }

    /// Says what is wrong with the job.
    fn job(&mut self, log: &Log) {
        let said = self.printer.job(log);
        self.report.iter_mut().for_each(|report| report.job(said.clone()));
    }

    /// Says what became of a master. Whether nothing is wrong with it.
    fn tell(&mut self, done: Done) -> bool {
        let Done { mut record, told, inputs, timings, unchanged } = done;
        record.diagnostics = self.printer.told(&record.master, told);
        self.printer.outputs(&record, unchanged);
        if self.arguments.timings && !unchanged {
            record.timings = record::spent(&timings);
        }
        self.timings.add(&timings);
        if self.arguments.deps.is_some() {
            self.deps.add(&record, &inputs);
        }
        let failed = record.diagnostics.iter().any(Finding::is_error);
        *(if failed {
            &mut self.tally.failed
        } else if unchanged {
            &mut self.tally.unchanged
        } else {
            &mut self.tally.built
        }) += 1;
        self.report.iter_mut().for_each(|report| report.master(&record));
        !failed
    }

    /// Writes what is of all masters, and says how it ended.
    fn end(mut self, log: &Log) -> Status {
        self.job(log);
        if self.arguments.timings {
            self.printer.timings(&self.timings);
        }
        if let Some(path) = &self.arguments.deps {
            let text = self.deps.text(self.arguments.deps_format);
            saved(&mut self.printer, output::write(path, text.as_bytes()));
        }
        if let Some(report) = self.report.take() {
            let status = self.printer.status().number();
            saved(&mut self.printer, report.end(format!("diglot {}", env!("CARGO_PKG_VERSION")), status));
        }
        self.printer.end_of(Some(self.tally))
    }
}

/// Says that what is no output of a master could not be written.
fn saved(printer: &mut Printer, written: Result<(), Diagnostic>) {
    if let Err(diagnostic) = written {
        let mut log = Log::default();
        log.push(diagnostic);
        printer.job(&log);
    }
}
