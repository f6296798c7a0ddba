//! The report of a run (`--report`) while the run goes on: nothing of a master is kept in memory once it is told of.
//!
//! 1. What became of a master goes into a file without a name as soon as it is told of ([`Reporting::master`]).
//! 2. At the end, when the status is known, the report is put together under its name: the same text as that of a [`Report`] in one piece.

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use std::path::Path;

use article::diag::Diagnostic;

use super::output;
use super::record::{Finding, MasterRecord, Report};

/// How a report ends that has no masters: what follows is to stand in its list.
const NO_MASTERS: &str = "[]\n}\n";

/// By how much a master's lines are indented in the list.
const INDENT: &str = "    ";

/// A report that grows.
pub(super) struct Reporting<'a> {
    path: &'a Path,
    diagnostics: Vec<Finding>,
    /// The masters so far; `None` before the first of them.
    masters: Option<BufWriter<File>>,
    /// Why a master could not be noted.
    fault: Option<Diagnostic>,
}

impl<'a> Reporting<'a> {
    /// A report that is to stand here.
    #[must_use]
    pub(super) fn new(path: &'a Path) -> Self {
        Self { path, diagnostics: Vec::new(), masters: None, fault: None }
    }

    /// Notes what concerns no single master.
    pub(super) fn job(&mut self, findings: Vec<Finding>) {
        self.diagnostics.extend(findings);
    }

    /// Notes what became of a master. That it cannot be noted is said at the end.
    pub(super) fn master(&mut self, record: &MasterRecord) {
        if self.fault.is_none() {
            self.fault = self.noted(record).err();
        }
    }

    fn noted(&mut self, record: &MasterRecord) -> Result<(), Diagnostic> {
        let before = if self.masters.is_some() { ",\n" } else { "" };
        let masters = match &mut self.masters {
            Some(masters) => masters,
            none => none.insert(BufWriter::new(output::spool(self.path)?)),
        };
        let text = serde_json::to_string_pretty(record).unwrap_or_default();
        let text = format!("{before}{INDENT}{}", text.replace('\n', &format!("\n{INDENT}")));
        masters.write_all(text.as_bytes()).map_err(|error| output::refused(self.path, &error))
    }

    /// Writes the report.
    ///
    /// # Errors
    ///
    /// `cannot-write`, with the system's reason.
    pub(super) fn end(self, program: String, status: u8) -> Result<(), Diagnostic> {
        let path = self.path;
        let mut whole = self.whole(program, status)?;
        output::write_by(path, &mut |file| whole.put(file))
    }

    /// The report as it is to be written.
    ///
    /// # Errors
    ///
    /// `cannot-write`, where a master could not be noted.
    pub(super) fn whole(self, program: String, status: u8) -> Result<Whole, Diagnostic> {
        let Self { path, diagnostics, masters, fault } = self;
        if let Some(fault) = fault {
            return Err(fault);
        }
        let masters = masters.map(BufWriter::into_inner).transpose().map_err(|error| output::refused(path, error.error()))?;
        Ok(Whole { empty: Report { program, status, diagnostics, masters: Vec::new() }.text(), masters })
    }
}

/// A report that is done.
pub(super) struct Whole {
    /// The report as it is without a master.
    empty: String,
    /// The masters, as they stand in the list.
    masters: Option<File>,
}

impl Whole {
    /// Writes it.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub(super) fn put(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let Some(masters) = &mut self.masters else { return out.write_all(self.empty.as_bytes()) };
        masters.rewind()?;
        out.write_all(self.empty.strip_suffix(NO_MASTERS).unwrap_or(&self.empty).as_bytes())?;
        out.write_all(b"[\n")?;
        io::copy(masters, out)?;
        out.write_all(b"\n  ]\n}\n")
    }
}
