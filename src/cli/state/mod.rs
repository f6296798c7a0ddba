//! What the outputs of a master were made from, noted beside them, so that the next run makes again what has changed and nothing else.
//!
//! 1. While outputs are made, [`seen`] notes what is read and what is looked for; [`folder`] is a question to a folder with its answer, [`stamp`] what the
//!    system knows of a file.
//! 2. [`State::save`] writes a file for the outputs of each master into the folder `.diglot` beside them, once they stand under their names. Nobody but who makes
//!    these outputs writes it, and it gets its name when it is whole: runs at the same time do each other no harm, and to delete it costs
//!    nothing but time.
//! 3. [`review`] holds it against the disk and against what is asked for; [`reason`] says what is different.
//! 4. A master with an error gets none: it is built, and said to be wrong, each time.
//!
//! The file's first line is what is reviewed, its second what is said of a master that is not built again.

pub(super) mod folder;
pub(super) mod reason;
pub(super) mod review;
pub(super) mod seen;
pub(super) mod stamp;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use article::code::Severity;
use article::diag::Diagnostic;
use serde::{Deserialize, Serialize};

use self::seen::{File, Known, Seen};
use self::stamp::Stamp;
use super::disk;
use super::job::Work;
use super::output::Staged;
use super::record::MasterRecord;
use super::told::Told;

/// The folder beside outputs.
pub(super) const FOLDER: &str = ".diglot";

/// The program: its version, and a sum of all that it was built from (`build.rs`).
const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("DIGLOT_SUM"));

/// The largest such file that is read, in bytes.
const MAX_BYTES: u64 = 256 << 20;

/// The longest name of such a file, in bytes; a longer one gives way to its sum.
const LONGEST: usize = 200;

/// What the outputs of a master were made from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct State {
    program: String,
    /// What was asked for, by name.
    options: BTreeMap<String, String>,
    /// What was seen of the disk for this master alone.
    own: Seen,
    /// What was seen for all masters of its project.
    shared: Seen,
    /// The outputs.
    outputs: Vec<File>,
}

/// What is said of a master.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Details {
    /// What became of it, without what was found.
    pub(super) record: MasterRecord,
    /// What was found.
    pub(super) told: Vec<Told>,
}

/// A file of state as it is on the disk.
pub(super) struct Stored {
    /// What is reviewed.
    pub(super) state: State,
    /// The second line.
    details: Vec<u8>,
}

impl State {
    /// The state that this work is to have.
    #[must_use]
    pub(super) fn wanted(work: &Work, options: &BTreeMap<String, String>) -> Self {
        let mut options = options.clone();
        options.insert("PATH".to_owned(), work.master.display().to_string());
        let outputs: Vec<String> = work.outputs.iter().map(|(_, path)| path.display().to_string()).collect();
        options.insert("--output".to_owned(), outputs.join(", "));
        Self { program: PROGRAM.to_owned(), options, own: Seen::default(), shared: Seen::default(), outputs: Vec::new() }
    }

    /// The same when it is reached. The outputs are those that were written, each with its stamp and its sum.
    #[must_use]
    pub(super) fn reached(mut self, mut own: Seen, shared: &Seen, outputs: Vec<(PathBuf, Stamp, String)>) -> Self {
        own.tidy();
        self.own = own;
        self.shared = shared.clone();
        self.outputs = outputs.into_iter().map(|(path, stamp, sha256)| File { path, stamp: Some(stamp), sha256, known: Known::Bytes }).collect();
        self
    }

    /// What was seen of the disk for this master alone.
    #[must_use]
    pub(super) fn own(&self) -> Seen {
        self.own.clone()
    }

    /// The files that the outputs were made from, the master first.
    pub(super) fn inputs(&self) -> impl Iterator<Item = &Path> {
        self.own.paths().chain(self.shared.paths())
    }

    /// Takes away what was written into a folder when this was the state, and is not among the outputs of now. A file that somebody has changed since is
    /// his, and stays; so does a folder that has anything in it.
    pub(super) fn sweep(&self, folder: &Path, outputs: &[(PathBuf, Stamp, String)]) {
        let mut swept = false;
        for File { path, sha256, .. } in self.outputs.iter().filter(|file| file.path.parent() == Some(folder)) {
            let is_ours =
                !outputs.iter().any(|(kept, ..)| kept == path) && disk::read(path, MAX_BYTES).is_ok_and(|bytes| super::stamp::sha256(&bytes) == *sha256);
            swept |= is_ours && fs::remove_file(path).is_ok();
        }
        if swept {
            // Only an empty one goes.
            let _ = fs::remove_dir(folder);
        }
    }

    /// Writes it down.
    ///
    /// # Errors
    ///
    /// A warning: without it the next run builds the master again, and nothing is lost.
    pub(super) fn save(&self, work: &Work, details: &Details) -> Result<(), Diagnostic> {
        // A path that is no text cannot be written down; such a master is built each time.
        let (Ok(first), Ok(second)) = (serde_json::to_vec(self), serde_json::to_vec(details)) else { return Ok(()) };
        write(work, first, &second).map_err(|mut diagnostic| {
            diagnostic.severity = Some(Severity::Warning);
            diagnostic.hint = Some("without it the next run builds this master again, whether or not anything has changed".to_owned());
            diagnostic
        })
    }
}

impl Details {
    /// What is said of a master whose outputs are as they are to be.
    #[must_use]
    pub(super) fn of(work: &Work) -> Option<Self> {
        Self::parse(&lines(disk::read(&path(work)?, MAX_BYTES).ok()?)?.1)
    }

    fn parse(second: &[u8]) -> Option<Self> {
        serde_json::from_slice(second).ok()
    }
}

/// The two lines of a file of state.
fn lines(mut first: Vec<u8>) -> Option<(Vec<u8>, Vec<u8>)> {
    let end = first.iter().position(|byte| *byte == b'\n')?;
    let second = first.split_off(end + 1);
    Some((first, second))
}

impl Stored {
    /// What is known of the outputs of a master.
    #[must_use]
    pub(super) fn of(work: &Work) -> Option<Self> {
        Self::parse(disk::read(&path(work)?, MAX_BYTES).ok()?)
    }

    fn parse(bytes: Vec<u8>) -> Option<Self> {
        let (first, details) = lines(bytes)?;
        Some(Self { state: serde_json::from_slice(&first).ok()?, details })
    }

    /// Whether what these bytes note is still so, and what was said then. Whatever they are, it is an answer, and nothing is written.
    #[must_use]
    pub(super) fn holds(bytes: &[u8]) -> (bool, Option<Details>) {
        let Some(stored) = Self::parse(bytes.to_vec()) else { return (false, None) };
        let held = review::Review::default().state(&stored.state, &stored.state);
        (held.map_err(|reason| reason.sentence()).is_ok(), Details::parse(&stored.details))
    }

    /// Notes the new stamps of files that are the same. An output that is older than what it was made from gets the time of now, or a build system would
    /// ask for it again and again. What cannot be noted costs the next run a little time, and nothing else.
    pub(super) fn refresh(&self, work: &Work, mut state: State) {
        let inputs = state.own.files.iter().chain(&state.shared.files).filter_map(|file| file.stamp);
        let newest = inputs.reduce(|one, other| if other.is_newer(&one) { other } else { one });
        for output in &mut state.outputs {
            if newest.is_some_and(|newest| output.stamp.is_some_and(|stamp| newest.is_newer(&stamp))) {
                touch(output);
            }
        }
        if let Ok(first) = serde_json::to_vec(&state) {
            let _ = write(work, first, &self.details);
        }
    }
}

/// Gives an output the time of now.
fn touch(output: &mut File) {
    let touched = fs::File::options().append(true).open(&output.path).and_then(|file| {
        file.set_modified(SystemTime::now())?;
        file.metadata()
    });
    if let Ok(metadata) = touched {
        output.stamp = Some(Stamp::of_own(&metadata));
    }
}

fn write(work: &Work, mut first: Vec<u8>, second: &[u8]) -> Result<(), Diagnostic> {
    let Some(path) = path(work) else { return Ok(()) };
    first.push(b'\n');
    first.extend_from_slice(second);
    // Whatever has its name is replaced, a pipe too, which nobody may be reading.
    Staged::write(&path, &first)?.keep().map(|_| ())
}

/// The file of state of a master: beside its first output, named after it and after all that is made. Whoever makes the PDF alone and then both does
/// not undo what is known of the other.
fn path(work: &Work) -> Option<PathBuf> {
    let (format, first) = work.outputs.first()?;
    let name = first.file_name()?.to_str()?;
    let stem = name.strip_suffix(format.name()).and_then(|stem| stem.strip_suffix('.')).unwrap_or(name);
    let formats: Vec<&str> = work.outputs.iter().map(|(format, _)| format.name()).collect();
    let mut name = format!("{stem}.{}.json", formats.join("+"));
    if name.len() > LONGEST {
        name = super::stamp::sha256(name.as_bytes()) + ".json";
    }
    Some(first.with_file_name(FOLDER).join(name))
}
