//! What was seen of the disk while outputs were made: as long as all of it is the same, so are they.
//!
//! 1. Whoever reads a file for an output reads it by [`Seen::read`], which notes it. What is looked for and not found is noted too: a [`Folder`] with
//!    what was asked of it, or a file that was not there ([`Seen::has_file`]).
//! 2. Of a folder with fonts it matters to everything which faces there are, and to an article which bytes those have that it was set with: both are noted
//!    of a font's file, each for itself ([`Seen::fonts`], [`Seen::font`]).
//! 3. [`super::review`] holds it against the disk of a later run, or of a moment later (`follow`); `deps` names its files to build systems.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::super::disk::{self, Unread};
use super::super::stamp::sha256;
use super::folder::{Folder, Of};
use super::stamp::Stamp;
use crate::pdf;

/// The largest font that is taken, in bytes.
const MAX_FONT: u64 = 256 << 20;

/// What was seen of the disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Seen {
    /// The files that were read, in their order.
    pub(super) files: Vec<File>,
    /// Folders as they were named, by which others are known with links followed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) links: Vec<Link>,
    /// The folders that were looked into.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) folders: Vec<Folder>,
    /// The other programs that were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) tools: Vec<Tool>,
}

/// A file that was read, or that was to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct File {
    /// Its path.
    pub(super) path: PathBuf,
    /// Its stamp; `None` where there was no file.
    pub(super) stamp: Option<Stamp>,
    /// The SHA-256 of what is known of it; empty where it was not read: it is known by its stamp alone then.
    pub(super) sha256: String,
    /// What that is the sum of.
    #[serde(default, skip_serializing_if = "Known::is_bytes")]
    pub(super) known: Known,
}

/// What is known of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Known {
    /// Its bytes.
    #[default]
    Bytes,
    /// The faces of a font: their families, styles and characters, by which the engine chooses.
    Faces,
}

impl Known {
    /// Whether it is the usual.
    fn is_bytes(&self) -> bool {
        *self == Self::Bytes
    }

    /// The sum of what is known of a file that has these bytes.
    #[must_use]
    pub(super) fn sum(self, bytes: &[u8]) -> String {
        match self {
            Self::Bytes => sha256(bytes),
            Self::Faces => sha256(pdf::fonts::described(bytes).as_bytes()),
        }
    }
}

/// Where a folder leads. A copy of a project elsewhere, or a link that is turned, leads elsewhere under the same name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Link {
    /// The folder as it was named, perhaps from where the program ran.
    pub(super) path: PathBuf,
    /// The folder with links followed.
    pub(super) real: PathBuf,
}

/// Another program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Tool {
    /// Its name.
    pub(super) name: String,
    /// Where it is; `None` where it is not installed.
    pub(super) path: Option<PathBuf>,
    /// Its stamp.
    pub(super) stamp: Option<Stamp>,
}

impl Seen {
    /// Reads a file of at most `limit` bytes, and notes it.
    ///
    /// # Errors
    ///
    /// When it is larger, and when the system refuses.
    pub(in crate::cli) fn read(&mut self, path: &Path, limit: u64) -> Result<Vec<u8>, Unread> {
        self.note(path, Known::Bytes, || disk::read_known(path, limit))
    }

    /// The same of what was typed, which may be a pipe.
    ///
    /// # Errors
    ///
    /// When it is larger, and when the system refuses.
    pub(in crate::cli) fn read_typed(&mut self, path: &Path, limit: u64) -> Result<Vec<u8>, Unread> {
        self.note(path, Known::Bytes, || disk::read_typed(path, limit))
    }

    fn note(&mut self, path: &Path, known: Known, read: impl FnOnce() -> Result<(Vec<u8>, fs::Metadata), Unread>) -> Result<Vec<u8>, Unread> {
        let now = SystemTime::now();
        let read = read();
        let (stamp, sha256) = match &read {
            Ok((bytes, metadata)) => (Some(Stamp::of(metadata, now)), known.sum(bytes)),
            Err(_) => (fs::metadata(path).ok().map(|metadata| Stamp::of(&metadata, now)), String::new()),
        };
        self.files.push(File { path: path.to_owned(), stamp, sha256, known });
        read.map(|(bytes, _)| bytes)
    }

    /// Whether a path is a file. That it is none is noted.
    pub(in crate::cli) fn has_file(&mut self, path: &Path) -> bool {
        self.has(path, fs::Metadata::is_file)
    }

    /// Whether a path is a folder. That it is none is noted.
    pub(in crate::cli) fn has_folder(&mut self, path: &Path) -> bool {
        self.has(path, fs::Metadata::is_dir)
    }

    /// Notes what the system knows of a file, which is not read, or of which not all is.
    pub(in crate::cli) fn glance(&mut self, path: &Path) {
        self.has(path, |_| false);
    }

    /// Whether the system knows this of a path; what it knows is noted where it does not.
    fn has(&mut self, path: &Path, is: fn(&fs::Metadata) -> bool) -> bool {
        let now = SystemTime::now();
        let metadata = fs::metadata(path).ok();
        if metadata.as_ref().is_some_and(is) {
            return true;
        }
        let stamp = metadata.map(|metadata| Stamp::of(&metadata, now));
        self.files.push(File { path: path.to_owned(), stamp, sha256: String::new(), known: Known::Bytes });
        false
    }

    /// Notes which fonts there are in a folder and in those in it, before they are loaded.
    pub(in crate::cli) fn fonts(&mut self, folder: &Path) {
        self.has_folder(folder);
        let look = Folder::look(folder, Of::Fonts);
        for name in look.names() {
            let path = folder.join(name);
            if name.ends_with('/') {
                self.fonts(&path);
            } else {
                // A font that cannot be read is noted as that, which is all that there is to say of it here.
                let _ = self.note(&path, Known::Faces, || disk::read_known(&path, MAX_FONT));
            }
        }
        self.folders.push(look);
    }

    /// Notes that a font was used, of which `before` it was loaded it was noted that it is there, with the sum of the bytes that were used.
    pub(in crate::cli) fn font(&mut self, before: &Self, path: &Path, sha256: String) {
        let fonts = || before.files.iter().filter(|file| file.known == Known::Faces);
        let same = |file: &&File| file.path.canonicalize().is_ok_and(|real| path.canonicalize().is_ok_and(|path| path == real));
        let found = fonts().find(|file| file.path == path).or_else(|| fonts().find(same));
        // One that came between the two has a stamp that tells nothing: its bytes are compared.
        let unsettled = || fs::metadata(path).ok().map(|metadata| Stamp::of(&metadata, SystemTime::UNIX_EPOCH));
        let stamp = found.map_or_else(unsettled, |file| file.stamp);
        self.files.push(File { path: path.to_owned(), stamp, sha256, known: Known::Bytes });
    }

    /// Notes what was looked for in a folder.
    pub(in crate::cli) fn folder(&mut self, folder: Folder) {
        self.folders.push(folder);
    }

    /// Notes where a folder leads.
    pub(in crate::cli) fn link(&mut self, path: &Path, real: &Path) {
        self.links.push(Link { path: path.to_owned(), real: real.to_owned() });
    }

    /// Notes that another program was asked for.
    pub(in crate::cli) fn tool(&mut self, name: &str) {
        if self.tools.iter().all(|tool| tool.name != name) {
            self.tools.push(Tool::look(name));
        }
    }

    /// Adds what was seen by another.
    pub(in crate::cli) fn add(&mut self, other: Self) {
        self.files.extend(other.files);
        self.links.extend(other.links);
        self.folders.extend(other.folders);
        other.tools.iter().for_each(|tool| self.tool(&tool.name));
    }

    /// Leaves out what was noted twice. Of a file that was read twice the first reading stays.
    pub(in crate::cli) fn tidy(&mut self) {
        let mut known = BTreeSet::new();
        self.files.retain(|file| known.insert((file.path.clone(), file.known)));
        let mut known = BTreeSet::new();
        self.folders.retain(|folder| known.insert((folder.path.clone(), folder.of.clone())));
    }

    /// The paths of the files that are there, in the order in which they were read.
    pub(in crate::cli) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().filter(|file| file.stamp.is_some()).map(|file| file.path.as_path())
    }

    /// The paths of all files, also of those that were not there.
    pub(in crate::cli) fn all_paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|file| file.path.as_path())
    }

    /// The folders that were looked into, with what was asked of each; and those of which nothing was asked but where they lead.
    pub(in crate::cli) fn asked(&self) -> impl Iterator<Item = (&Path, Option<&Of>)> {
        let links = self.links.iter().map(|link| (link.path.as_path(), None));
        self.folders.iter().map(|folder| (folder.path.as_path(), Some(&folder.of))).chain(links)
    }

    /// The SHA-256 of the first file that was read; empty where there is none.
    #[must_use]
    pub(in crate::cli) fn first_sum(&self) -> String {
        self.files.first().map(|file| file.sha256.clone()).unwrap_or_default()
    }
}

impl Tool {
    /// Looks for a program as the system does.
    #[must_use]
    pub(super) fn look(name: &str) -> Self {
        let now = SystemTime::now();
        let folders = env::var_os("PATH").unwrap_or_default();
        let path = env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file());
        let stamp = path.as_ref().and_then(|path| fs::metadata(path).ok()).map(|metadata| Stamp::of(&metadata, now));
        Self { name: name.to_owned(), path, stamp }
    }
}
