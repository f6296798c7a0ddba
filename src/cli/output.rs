//! Outputs onto the disk: the old file stays until the new one is whole.
//!
//! 1. [`Staged::write`] writes a temporary file in the folder of the output, and holds a lock on it.
//! 2. [`Staged::keep`] gives it its name. A [`Staged`] that is dropped before takes its file with it.
//! 3. A program that is killed leaves its temporary files and loses their locks. The next that writes into the folder takes away those that nobody holds ([`sweep`]).

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use article::code::Code;
use article::diag::Diagnostic;
use tempfile::{Builder, NamedTempFile};

use super::disk;
use super::state::stamp::Stamp;

/// How the name of a temporary file begins.
const PREFIX: &str = ".diglot-";

/// How it ends.
const SUFFIX: &str = ".part";

/// An output that is written, but not under its name.
#[derive(Debug)]
pub(super) struct Staged {
    file: NamedTempFile,
    path: PathBuf,
}

impl Staged {
    /// Writes an output beside its place. Its folder is made if it is not there.
    ///
    /// # Errors
    ///
    /// `cannot-write`, with the system's reason.
    pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<Self, Diagnostic> {
        Self::fill(path, &mut |file| file.write_all(bytes))
    }

    fn fill(path: &Path, fill: &mut Fill<'_>) -> Result<Self, Diagnostic> {
        stage(path, fill).map_err(|error| refused(path, &error))
    }

    /// Gives the output its name, in the place of what had it. The stamp is that of the very file, whatever another run gives the name to.
    ///
    /// # Errors
    ///
    /// `cannot-write`, with the system's reason; what had the name still has it.
    pub(super) fn keep(self) -> Result<Stamp, Diagnostic> {
        match self.file.persist(&self.path) {
            Ok(file) => file.metadata().map(|metadata| Stamp::of_own(&metadata)).map_err(|error| refused(&self.path, &error)),
            Err(error) => Err(refused(&self.path, &error.error)),
        }
    }
}

/// Writes one output under its name; into a pipe or a device, such as `/dev/stdout`, directly.
///
/// # Errors
///
/// `cannot-write`, with the system's reason.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    write_by(path, &mut |file| file.write_all(bytes))
}

/// What writes a file.
pub(super) type Fill<'a> = dyn FnMut(&mut fs::File) -> io::Result<()> + 'a;

/// The same of an output that is not in memory as a whole.
///
/// # Errors
///
/// `cannot-write`, with the system's reason.
pub(super) fn write_by(path: &Path, fill: &mut Fill<'_>) -> Result<(), Diagnostic> {
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()) {
        let written = fs::File::options().write(true).open(path).and_then(|mut file| fill(&mut file));
        return written.map_err(|error| refused(path, &error));
    }
    Staged::fill(path, fill)?.keep().map(|_| ())
}

/// A file without a name in the folder of an output, for what belongs into the output once it is known: it is gone with the program, however that ends. The folder is made
/// if it is not there.
///
/// # Errors
///
/// `cannot-write`, with the system's reason.
pub(super) fn spool(path: &Path) -> Result<fs::File, Diagnostic> {
    let is_file = |metadata: &fs::Metadata| metadata.is_file() || metadata.is_dir();
    // Beside a device nothing can be written as a rule.
    let made = if fs::metadata(path).as_ref().is_ok_and(|metadata| !is_file(metadata)) {
        tempfile::tempfile()
    } else {
        let folder = folder_of(path);
        fs::create_dir_all(folder).and_then(|()| tempfile::tempfile_in(folder))
    };
    made.map_err(|error| refused(path, &error))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."))
}

fn stage(path: &Path, fill: &mut Fill<'_>) -> io::Result<Staged> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let folder = folder_of(path);
    if folder.is_file() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    fs::create_dir_all(folder)?;
    sweep(folder);
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    // Temporary files are the owner's alone unless asked otherwise; an output is readable for whom the user's mask lets.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    // Where there are no locks nothing is swept either. Somebody may have swept the file away between its making and its lock.
    while file.as_file().lock().is_ok() && !file.path().exists() {
        file = builder.tempfile_in(folder)?;
    }
    fill(file.as_file_mut())?;
    Ok(Staged { file, path: path.to_path_buf() })
}

/// Takes away the temporary files of programs that were killed: those that nobody holds. Each folder is looked at once in a run.
fn sweep(folder: &Path) {
    static SWEPT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    if !SWEPT.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_path_buf()) {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_ours = name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        // The lock is held until the file is gone, so that its owner, if it has one after all, waits and then finds it gone.
        if is_ours
            && let Ok(file) = fs::File::options().append(true).open(entry.path())
            && file.try_lock().is_ok()
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// What is said of an output that the system does not let be written.
#[must_use]
pub(super) fn refused(path: &Path, error: &io::Error) -> Diagnostic {
    // The name of the temporary file is in the error's own words, and is no help.
    let reason = match error.get_ref() {
        Some(_) => disk::reason(&error.kind().into()),
        None => disk::reason(error),
    };
    Diagnostic::new(Code::CannotWrite, format!("`{}` cannot be written: {reason}", path.display())).hint("name another place with `--out-dir`")
}
