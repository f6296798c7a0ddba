//! `diglot report merge`: the reports of several parts as one.
//!
//! 1. `parts` reads each report once, master by master. A master's record goes into a file without a name, and only its path and its place there are kept in memory: the
//!    reports of a million masters are larger than most machines.
//! 2. The masters of all of them come in the order of their paths, as one run over a folder has them. One that two reports tell of ends the job.
//! 3. What concerns no single master is said once. The status is the gravest.

mod parts;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::env;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use article::code::Code;
use article::diag::{Diagnostic, Log};

use super::args::ReportCommand;
use super::disk;
use super::output;
use super::record::{Finding, MasterRecord};
use super::report::{self, Printer, Status};
use super::reporting::Reporting;
use parts::Summary;

/// Runs `diglot report`.
#[must_use]
pub(super) fn run(command: &ReportCommand) -> Status {
    let ReportCommand::Merge { files, output, messages } = command;
    let mut printer = Printer::new(messages);
    let mut log = Log::default();
    match merge(files, output.as_deref()) {
        Ok(status) => status,
        Err(diagnostic) => {
            log.push(diagnostic);
            printer.job(&log);
            printer.status()
        }
    }
}

/// Joins reports into this one; onto the standard output where none is named.
fn merge(files: &[PathBuf], output: Option<&Path>) -> Result<Status, Diagnostic> {
    let path = output.map_or_else(|| env::temp_dir().join("report.json"), Path::to_owned);
    let mut joined = Joined::new(&path)?;
    for file in files {
        joined.add(file)?;
    }
    let Joined { path: _, program, status, diagnostics, masters, records, end: _ } = joined;
    let mut reporting = Reporting::new(&path);
    reporting.job(diagnostics);
    let mut records = records.into_inner().map_err(|error| output::refused(&path, error.error()))?;
    for Told { by: _, at, length } in masters.into_values() {
        reporting.master(&record(&mut records, at, length).map_err(|error| output::refused(&path, &error))?);
    }
    let program = program.ok_or_else(|| Diagnostic::new(Code::ReportFault, "no report is named"))?;
    match output {
        Some(_) => reporting.end(program, status).map(|()| Status::Clean),
        None => reporting.whole(program, status).map(|mut whole| report::list_by(&mut |out| whole.put(out))),
    }
}

/// What is known of the reports so far.
struct Joined<'a> {
    /// What is to be made of them.
    path: &'a Path,
    program: Option<String>,
    status: u8,
    diagnostics: Vec<Finding>,
    masters: BTreeMap<PathBuf, Told<'a>>,
    /// The records of the masters, one behind the other.
    records: BufWriter<File>,
    end: u64,
}

/// Where a master's record is.
struct Told<'a> {
    /// The report that tells of it.
    by: &'a Path,
    at: u64,
    length: usize,
}

impl<'a> Joined<'a> {
    fn new(path: &'a Path) -> Result<Self, Diagnostic> {
        let records = BufWriter::new(output::spool(path)?);
        Ok(Self { path, program: None, status: 0, diagnostics: Vec::new(), masters: BTreeMap::new(), records, end: 0 })
    }

    /// Adds a report.
    fn add(&mut self, file: &'a Path) -> Result<(), Diagnostic> {
        let unread = |error: &io::Error| Diagnostic::new(Code::CannotRead, format!("the report `{}` cannot be read: {}", file.display(), disk::reason(error)));
        let bytes = File::open(file).map_err(|error| unread(&error))?;
        let mut fault = None;
        let read = parts::read(BufReader::new(bytes), &mut |record| match self.master(file, &record) {
            Ok(()) => true,
            Err(diagnostic) => {
                fault = Some(diagnostic);
                false
            }
        });
        if let Some(fault) = fault {
            return Err(fault);
        }
        let Summary { program, status, diagnostics } = read.map_err(|error| {
            let of_system = error.is_io().then(|| unread(&io::Error::from(error.io_error_kind().unwrap_or(io::ErrorKind::Other))));
            of_system.unwrap_or_else(|| Diagnostic::new(Code::ReportFault, format!("`{}` is no report: {error}", file.display())))
        })?;
        let known = self.program.get_or_insert_with(|| program.clone());
        if *known != program {
            let message = format!("`{}` is of {program}, and what came before it of {known}", file.display());
            return Err(Diagnostic::new(Code::ReportFault, message).hint("build all parts with one program"));
        }
        self.status = self.status.max(status);
        for finding in diagnostics {
            if !self.diagnostics.contains(&finding) {
                self.diagnostics.push(finding);
            }
        }
        Ok(())
    }

    /// Keeps the record of a master.
    fn master(&mut self, file: &'a Path, record: &MasterRecord) -> Result<(), Diagnostic> {
        let bytes = serde_json::to_vec(record).unwrap_or_default();
        match self.masters.entry(PathBuf::from(&record.master)) {
            Entry::Occupied(known) => {
                let message = format!("`{}` and `{}` both tell of the master `{}`", known.get().by.display(), file.display(), record.master);
                Err(Diagnostic::new(Code::ReportFault, message).hint("name each part once, and no report of an earlier run"))
            }
            Entry::Vacant(place) => {
                self.records.write_all(&bytes).map_err(|error| output::refused(self.path, &error))?;
                place.insert(Told { by: file, at: self.end, length: bytes.len() });
                self.end += bytes.len() as u64;
                Ok(())
            }
        }
    }
}

/// A record that was kept.
fn record(records: &mut File, at: u64, length: usize) -> io::Result<MasterRecord> {
    let mut bytes = vec![0; length];
    records.seek(SeekFrom::Start(at))?;
    records.read_exact(&mut bytes)?;
    Ok(serde_json::from_slice(&bytes)?)
}
