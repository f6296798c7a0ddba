//! `diglot fonts`: what layouts can name.

use article::diag::Log;

use super::args::FontArguments;
use super::job;
use super::report::{self, Printer, Status};

/// Runs `diglot fonts`.
#[must_use]
pub(super) fn run(arguments: &FontArguments, printer: &mut Printer) -> Status {
    let mut log = Log::default();
    let families = job::fonts(&mut log, &arguments.folders, arguments.system).families();
    printer.job(&log);
    let longest = families.iter().map(|family| family.name.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for family in &families {
        let origin = if family.built_in { "built in" } else { "brought" };
        text.push_str(&format!("{:<longest$}  {origin:<8}  {}\n", family.name, family.faces.join(", ")));
    }
    printer.status().max(report::list(&text))
}
