//! `diglot report merge`: the reports of several parts as one.
//!
//! 1. The masters of all of them come in the order of their paths, as one run over a folder has them. One that two reports tell of ends the job.
//! 2. What concerns no single master is said once. The status is the gravest.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use article::code::Code;
use article::diag::{Diagnostic, Log};

use super::args::ReportCommand;
use super::disk;
use super::output;
use super::record::{MasterRecord, Report};
use super::report::{self, Printer, Status};

/// The largest report that is read, in bytes.
const MAX_BYTES: u64 = 4 << 30;

/// Runs `diglot report`.
#[must_use]
pub(super) fn run(command: &ReportCommand) -> Status {
    let ReportCommand::Merge { files, output, messages } = command;
    let mut printer = Printer::new(messages);
    let mut log = Log::default();
    let merged = merge(files).and_then(|merged| match output {
        Some(path) => output::write(path, merged.text().as_bytes()).map(|()| Status::Clean),
        None => Ok(report::list(&merged.text())),
    });
    match merged {
        Ok(status) => status,
        Err(diagnostic) => {
            log.push(diagnostic);
            printer.job(&log);
            printer.status()
        }
    }
}

fn merge(files: &[PathBuf]) -> Result<Report, Diagnostic> {
    let mut merged: Option<Report> = None;
    let mut masters: BTreeMap<PathBuf, (MasterRecord, &Path)> = BTreeMap::new();
    for file in files {
        let Report { program, status, diagnostics, masters: own } = read(file)?;
        let report = merged.get_or_insert_with(|| Report { program: program.clone(), status, diagnostics: Vec::new(), masters: Vec::new() });
        if report.program != program {
            let message = format!("`{}` is of {program}, and what came before it of {}", file.display(), report.program);
            return Err(Diagnostic::new(Code::ReportFault, message).hint("build all parts with one program"));
        }
        report.status = report.status.max(status);
        for finding in diagnostics {
            if !report.diagnostics.contains(&finding) {
                report.diagnostics.push(finding);
            }
        }
        for master in own {
            if let Some((known, other)) = masters.insert(PathBuf::from(&master.master), (master, file)) {
                let message = format!("`{}` and `{}` both tell of the master `{}`", other.display(), file.display(), known.master);
                return Err(Diagnostic::new(Code::ReportFault, message).hint("name each part once, and no report of an earlier run"));
            }
        }
    }
    let mut report = merged.ok_or_else(|| Diagnostic::new(Code::ReportFault, "no report is named"))?;
    report.masters = masters.into_values().map(|(master, _)| master).collect();
    Ok(report)
}

fn read(file: &Path) -> Result<Report, Diagnostic> {
    let bytes = disk::read(file, MAX_BYTES)
        .map_err(|unread| Diagnostic::new(Code::CannotRead, format!("the report `{}` cannot be read: {}", file.display(), unread.why(MAX_BYTES))))?;
    serde_json::from_slice(&bytes).map_err(|error| Diagnostic::new(Code::ReportFault, format!("`{}` is no report: {error}", file.display())))
}
