//! `diglot check`: what is wrong with masters. Nothing is made.

use article::diag::Log;

use super::args::{CheckArguments, FigureArguments};
use super::job::LAYOUT;
use super::open::{Opened, Wishes, open};
use super::pictures::Places;
use super::project::Project;
use super::project::masters::Projects;
use super::report::{Printer, Status};
use super::state::seen::Seen;
use super::timings::Timings;
use super::{checks, layouts};

/// Runs `diglot check`.
#[must_use]
pub(super) fn run(arguments: &CheckArguments) -> Status {
    let mut printer = Printer::new(&arguments.messages);
    let mut log = Log::default();
    let projects = Projects::of(&mut log, arguments.project.path.as_deref(), &arguments.paths, None, &mut Seen::default());
    let kits: Vec<(Places, Wishes)> = projects.list.iter().map(|project| kit(&mut log, &arguments.figures, project)).collect();
    printer.job(&log);
    for (master, at) in projects.masters {
        let mut log = Log::default();
        let mut opened = Opened::default();
        let (places, wishes) = &kits[at];
        open(&mut log, &master.path, places, wishes, &mut Timings::default(), &mut opened, &mut Seen::default());
        printer.document(&master.path.display().to_string(), opened.source.as_ref().or(log.source()), &log);
    }
    printer.end()
}

/// What the masters of a project are read with where nothing is made of them: where their pictures are, and what their journal wishes.
pub(super) fn kit(log: &mut Log, figures: &FigureArguments, project: &Project) -> (Places, Wishes) {
    let layout =
        layouts::load(log, &project.layout(&mut Seen::default()).unwrap_or_else(|| LAYOUT.to_owned()), project.overrides().as_ref(), &mut Seen::default());
    let wishes = Wishes { house: project.house(), wanted: None, checks: checks::of(log, layout.as_ref(), project), anonymous: false };
    (Places::new(log, figures, project), wishes)
}
