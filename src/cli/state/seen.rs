//! What was seen of the disk while outputs were made: as long as all of it is the same, so are they.
//!
//! 1. Whoever reads a file for an output reads it by [`Seen::read`], which notes it. What is looked for and not found is noted too: a [`Folder`] with
//!    what was asked of it.
//! 2. [`super::review`] holds it against the disk of a later run; `deps` names its files to build systems.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::super::disk::{self, Unread};
use super::super::stamp::sha256;
use super::stamp::Stamp;

/// The extensions of font files.
const FONTS: [&str; 4] = ["ttf", "otf", "ttc", "otc"];

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
    /// The SHA-256 of its bytes; empty where they were not read: it is known by its stamp alone then.
    pub(super) sha256: String,
}

/// Where a folder leads. A copy of a project elsewhere, or a link that is turned, leads elsewhere under the same name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Link {
    /// The folder as it was named, perhaps from where the program ran.
    pub(super) path: PathBuf,
    /// The folder with links followed.
    pub(super) real: PathBuf,
}

/// A folder that was looked into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Folder {
    /// Its path.
    pub(super) path: PathBuf,
    /// Its stamp; `None` where there was no folder.
    pub(super) stamp: Option<Stamp>,
    /// What was asked.
    pub(super) of: Of,
    /// The entries that were meant, sorted, folders with a slash behind, links with where they lead.
    pub(super) found: Vec<String>,
}

/// Which entries of a folder are meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::cli) enum Of {
    /// All but hidden ones.
    Visible,
    /// Font files, and folders.
    Fonts,
    /// Those with one of these names, or with one of these stems (in small letters) before a full stop.
    Named {
        /// Whole names.
        names: Vec<String>,
        /// Stems.
        stems: Vec<String>,
    },
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
        let now = SystemTime::now();
        let read = disk::read_known(path, limit);
        let (stamp, sha256) = match &read {
            Ok((bytes, metadata)) => (Some(Stamp::of(metadata, now)), sha256(bytes)),
            Err(_) => (fs::metadata(path).ok().map(|metadata| Stamp::of(&metadata, now)), String::new()),
        };
        self.files.push(File { path: path.to_owned(), stamp, sha256 });
        read.map(|(bytes, _)| bytes)
    }

    /// Notes the fonts of a folder and of those in it.
    pub(in crate::cli) fn fonts(&mut self, folder: &Path) {
        let look = Folder::look(folder, Of::Fonts);
        for name in look.found.clone() {
            let path = folder.join(name.split(" -> ").next().unwrap_or(&name));
            if name.ends_with('/') {
                self.fonts(&path);
            } else {
                // A font that cannot be read is noted as that, which is all that there is to say of it here.
                let _ = self.read(&path, MAX_FONT);
            }
        }
        self.folders.push(look);
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
        self.files.retain(|file| known.insert(file.path.clone()));
        let mut known: Vec<(PathBuf, Of)> = Vec::new();
        self.folders.retain(|folder| {
            let own = (folder.path.clone(), folder.of.clone());
            let new = !known.contains(&own);
            known.push(own);
            new
        });
    }

    /// The paths of the files, in the order in which they were read.
    pub(in crate::cli) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|file| file.path.as_path())
    }

    /// The SHA-256 of the first file that was read; empty where there is none.
    #[must_use]
    pub(in crate::cli) fn first_sum(&self) -> String {
        self.files.first().map(|file| file.sha256.clone()).unwrap_or_default()
    }
}

impl Folder {
    /// Looks into a folder. One that is not there has no entries.
    #[must_use]
    pub(in crate::cli) fn look(path: &Path, of: Of) -> Self {
        let listing = Listing::of(path);
        Self { path: path.to_owned(), stamp: listing.stamp, found: listing.found(&of), of }
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

/// The entries of a folder.
#[derive(Debug)]
pub(super) struct Listing {
    /// The folder's stamp, from before it was read.
    pub(super) stamp: Option<Stamp>,
    /// Sorted.
    entries: Vec<Entry>,
}

/// An entry of a folder.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// Its name in small letters.
    small: String,
    /// Its name.
    name: String,
    /// What is shown behind it: a slash of a folder, and where a link leads.
    kind: String,
}

impl Listing {
    /// Reads a folder.
    #[must_use]
    pub(super) fn of(path: &Path) -> Self {
        let now = SystemTime::now();
        let stamp = fs::metadata(path).ok().filter(fs::Metadata::is_dir).map(|metadata| Stamp::of(&metadata, now));
        let entry = |entry: fs::DirEntry| {
            let name = entry.file_name().into_string().ok()?;
            let kind = match entry.file_type() {
                Ok(kind) if kind.is_dir() => "/".to_owned(),
                Ok(kind) if kind.is_symlink() => format!(" -> {}", fs::read_link(entry.path()).unwrap_or_default().display()),
                Ok(_) | Err(_) => String::new(),
            };
            Some(Entry { small: name.to_lowercase(), name, kind })
        };
        let mut entries: Vec<_> = fs::read_dir(path).map(|entries| entries.flatten().filter_map(entry).collect()).unwrap_or_default();
        entries.sort();
        Self { stamp, entries }
    }

    /// The entries that are meant, sorted.
    #[must_use]
    pub(super) fn found(&self, of: &Of) -> Vec<String> {
        let shown = |entry: &Entry| format!("{}{}", entry.name, entry.kind);
        let mut found: Vec<String> = match of {
            Of::Visible => self.entries.iter().filter(|entry| !entry.name.starts_with('.')).map(shown).collect(),
            Of::Fonts => self.entries.iter().filter(|entry| entry.kind == "/" || is_font(&entry.small)).map(shown).collect(),
            Of::Named { names, stems } => {
                let named = |name: &String| self.with_stem(&name.to_lowercase()).iter().filter(|entry| entry.name == *name).map(shown).collect::<Vec<_>>();
                let stemmed = |stem: &String| self.with_stem(stem).iter().filter(|entry| has_stem(&entry.small, stem)).map(shown).collect::<Vec<_>>();
                names.iter().flat_map(named).chain(stems.iter().flat_map(stemmed)).collect()
            }
        };
        found.sort();
        found.dedup();
        found
    }

    /// The entries whose names begin so in small letters: they stand together.
    fn with_stem(&self, stem: &str) -> &[Entry] {
        let start = self.entries.partition_point(|entry| entry.small.as_str() < stem);
        let rest = self.entries.get(start..).unwrap_or_default();
        rest.get(..rest.partition_point(|entry| entry.small.starts_with(stem))).unwrap_or_default()
    }
}

/// Whether a name in small letters is this one, or this one with a full stop and more.
fn has_stem(small: &str, stem: &str) -> bool {
    small.strip_prefix(stem).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn is_font(small: &str) -> bool {
    small.rsplit_once('.').is_some_and(|(_, extension)| FONTS.contains(&extension))
}
