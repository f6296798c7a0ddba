//! `diglot check`: what is wrong with masters. Nothing is made.

use article::diag::Log;

use super::args::CheckArguments;
use super::open::{Opened, open};
use super::pictures::Places;
use super::report::{Printer, Status};
use super::timings::Timings;
use super::{job, masters};

/// Runs `diglot check`.
#[must_use]
pub(super) fn run(arguments: &CheckArguments) -> Status {
    let mut printer = Printer::new(&arguments.messages);
    let mut log = Log::default();
    let paths = job::sources(&mut log, &arguments.paths);
    let found = masters::find(&mut log, &paths, None);
    let places = Places::new(&mut log, &arguments.figures);
    printer.job(&log);
    for master in found {
        let mut log = Log::default();
        let mut opened = Opened::default();
        open(&mut log, &master.path, &places, None, &mut Timings::default(), &mut opened);
        printer.document(&master.path.display().to_string(), opened.source.as_ref().or(log.source()), &log);
    }
    printer.end()
}
