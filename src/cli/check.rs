//! `diglot check`: what is wrong with masters. Nothing is made.

use article::diag::Log;

use super::args::CheckArguments;
use super::job::LAYOUT;
use super::open::{Opened, Wishes, open};
use super::pictures::Places;
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
    let projects = Projects::of(&mut log, arguments.project.path.as_deref(), &arguments.paths, None);
    let mut kits: Vec<(Places, Wishes)> = Vec::new();
    for project in &projects.list {
        let layout = layouts::load(&mut log, &project.layout().unwrap_or_else(|| LAYOUT.to_owned()), project.overrides().as_ref(), &mut Seen::default());
        let wishes = Wishes { house: project.house(), wanted: None, checks: checks::of(&mut log, layout.as_ref(), project), anonymous: false };
        kits.push((Places::new(&mut log, &arguments.figures, project), wishes));
    }
    printer.job(&log);
    for (master, at) in projects.masters {
        let mut log = Log::default();
        let mut opened = Opened::default();
        let (places, wishes) = &kits[at];
        open(&mut log, &master.path, places, wishes, &mut Timings::default(), &mut opened);
        printer.document(&master.path.display().to_string(), opened.source.as_ref().or(log.source()), &log);
    }
    printer.end()
}
