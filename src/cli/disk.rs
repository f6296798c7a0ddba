//! The disk, with bounds, and its complaints in the house's words.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// Why a file was not read.
#[derive(Debug)]
pub(super) enum Unread {
    /// It is larger than the bound.
    TooLarge,
    /// The system's reason.
    Refused(io::Error),
}

impl Unread {
    /// Why, as the end of a sentence; `limit` is the bound in bytes.
    #[must_use]
    pub(super) fn why(&self, limit: u64) -> String {
        match self {
            Self::TooLarge => format!("it is larger than {} MiB", limit >> 20),
            Self::Refused(error) => reason(error),
        }
    }
}

/// Reads a file of at most `limit` bytes. Nothing is read of one that is known to be larger, and of a pipe or a device nothing at all: who opens a pipe waits for somebody to
/// write into it.
///
/// # Errors
///
/// When it is larger, when it is no file, and when the system refuses.
pub(super) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Unread> {
    read_known(path, limit).map(|(bytes, _)| bytes)
}

/// The same with what the system knows of the very file that is read, whatever is given its name meanwhile. Asked before the first byte is read, so that
/// a later change shows.
///
/// # Errors
///
/// When it is larger, when it is no file, and when the system refuses.
pub(super) fn read_known(path: &Path, limit: u64) -> Result<(Vec<u8>, Metadata), Unread> {
    let kind = path.metadata().map_err(Unread::Refused)?.file_type();
    if !kind.is_file() && !kind.is_dir() {
        return Err(Unread::Refused(io::Error::other("It is a pipe or a device")));
    }
    read_typed(path, limit)
}

/// The same of what was typed, which may be a pipe: `diglot build <(make-a-master)`. Never more than `limit` bytes are read.
///
/// # Errors
///
/// When it is larger, and when the system refuses.
pub(super) fn read_typed(path: &Path, limit: u64) -> Result<(Vec<u8>, Metadata), Unread> {
    let file = File::open(path).map_err(Unread::Refused)?;
    let metadata = file.metadata().map_err(Unread::Refused)?;
    if metadata.is_dir() {
        return Err(Unread::Refused(io::ErrorKind::IsADirectory.into()));
    }
    if metadata.len() > limit {
        return Err(Unread::TooLarge);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    file.take(limit + 1).read_to_end(&mut bytes).map_err(Unread::Refused)?;
    if bytes.len() as u64 > limit { Err(Unread::TooLarge) } else { Ok((bytes, metadata)) }
}

/// The first bytes of a file, at most `limit`.
///
/// # Errors
///
/// When the system refuses.
pub(super) fn head(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The system's reason as the end of a sentence: `no such file or directory`.
#[must_use]
pub(super) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// A path without `.` and, where nothing can stand in its way, without `..`: `a/b/../c` is `a/c`.
#[must_use]
pub(super) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            Component::ParentDir | Component::Normal(_) | Component::RootDir | Component::Prefix(_) => plain.push(part),
        }
    }
    plain
}

/// A path from where the program runs, where it lies below.
#[must_use]
pub(super) fn from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).to_owned()
}
