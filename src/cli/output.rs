//! Outputs onto the disk: the old file stays until the new one is whole.
//!
//! 1. [`Staged::write`] writes a temporary file in the folder of the output.
//! 2. [`Staged::keep`] gives it its name. A [`Staged`] that is dropped before takes its file with it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use article::code::Code;
use article::diag::Diagnostic;
use tempfile::{Builder, NamedTempFile};

use super::disk;

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
        stage(path, bytes).map_err(|error| refused(path, &error))
    }

    /// Gives the output its name, in the place of what had it.
    ///
    /// # Errors
    ///
    /// `cannot-write`, with the system's reason; what had the name still has it.
    pub(super) fn keep(self) -> Result<(), Diagnostic> {
        match self.file.persist(&self.path) {
            Ok(_) => Ok(()),
            Err(error) => Err(refused(&self.path, &error.error)),
        }
    }
}

/// Writes one output under its name.
///
/// # Errors
///
/// `cannot-write`, with the system's reason.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    Staged::write(path, bytes)?.keep()
}

fn stage(path: &Path, bytes: &[u8]) -> io::Result<Staged> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    if folder.is_file() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    fs::create_dir_all(folder)?;
    let mut builder = Builder::new();
    builder.prefix(".diglot-").suffix(".part");
    // Temporary files are the owner's alone unless asked otherwise; an output is readable for whom the user's mask lets.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    Ok(Staged { file, path: path.to_path_buf() })
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
