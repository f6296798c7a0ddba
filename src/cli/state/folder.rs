//! A folder that was looked into: what was asked of it, and what it answered.
//!
//! 1. [`Listing`] reads a folder once, for all that is asked of it.
//! 2. [`Folder::look`] keeps the answer to one question ([`Of`]). Another answer to the same question, and what was made of it may be another.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::stamp::Stamp;

/// The extensions of font files.
const FONTS: [&str; 4] = ["ttf", "otf", "ttc", "otc"];

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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::cli) enum Of {
    /// All but hidden ones.
    Visible,
    /// Font files, and folders.
    Fonts,
    /// Files that could be masters, and folders; hidden ones left out.
    Masters,
    /// Those with one of these names, or with one of these stems (in small letters) before a full stop.
    Named {
        /// Whole names.
        names: Vec<String>,
        /// Stems.
        stems: Vec<String>,
    },
}

impl Folder {
    /// Looks into a folder. One that is not there has no entries.
    #[must_use]
    pub(in crate::cli) fn look(path: &Path, of: Of) -> Self {
        let listing = Listing::of(path);
        Self { path: path.to_owned(), stamp: listing.stamp, found: listing.found(&of), of }
    }

    /// Reads a folder for who looks at its entries too: these, and the answer to a question.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub(in crate::cli) fn read(path: &Path, of: Of) -> io::Result<(Self, Vec<fs::DirEntry>)> {
        let stamp = stamp(path);
        let entries: Vec<fs::DirEntry> = fs::read_dir(path)?.flatten().collect();
        let listing = Listing::new(stamp, &entries);
        Ok((Self { path: path.to_owned(), stamp: listing.stamp, found: listing.found(&of), of }, entries))
    }

    /// The names of the entries that were meant, those of folders with a slash behind.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.found.iter().map(|shown| shown.split(" -> ").next().unwrap_or(shown))
    }
}

impl Of {
    /// Whether an entry of this name, whatever it is, could be meant.
    #[must_use]
    pub(in crate::cli) fn can_mean(&self, name: &str) -> bool {
        match self {
            Self::Visible | Self::Masters => !name.starts_with('.'),
            // What was a folder cannot be told from a name.
            Self::Fonts => true,
            Self::Named { names, stems } => {
                let small = name.to_lowercase();
                names.iter().any(|known| known == name) || stems.iter().any(|stem| has_stem(&small, stem))
            }
        }
    }
}

/// The stamp of a folder; `None` where there is none.
fn stamp(path: &Path) -> Option<Stamp> {
    let now = SystemTime::now();
    fs::metadata(path).ok().filter(fs::Metadata::is_dir).map(|metadata| Stamp::of(&metadata, now))
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
        let stamp = stamp(path);
        let entries: Vec<fs::DirEntry> = fs::read_dir(path).into_iter().flatten().flatten().collect();
        Self::new(stamp, &entries)
    }

    fn new(stamp: Option<Stamp>, entries: &[fs::DirEntry]) -> Self {
        let entry = |entry: &fs::DirEntry| {
            let name = entry.file_name().into_string().ok()?;
            let kind = match entry.file_type() {
                Ok(kind) if kind.is_dir() => "/".to_owned(),
                Ok(kind) if kind.is_symlink() => format!(" -> {}", fs::read_link(entry.path()).unwrap_or_default().display()),
                Ok(_) | Err(_) => String::new(),
            };
            Some(Entry { small: name.to_lowercase(), name, kind })
        };
        let mut entries: Vec<_> = entries.iter().filter_map(entry).collect();
        entries.sort();
        Self { stamp, entries }
    }

    /// The entries that are meant, sorted.
    #[must_use]
    pub(super) fn found(&self, of: &Of) -> Vec<String> {
        let shown = |entry: &Entry| format!("{}{}", entry.name, entry.kind);
        let mut found: Vec<String> = match of {
            Of::Visible => self.entries.iter().filter(|entry| !entry.name.starts_with('.')).map(shown).collect(),
            Of::Masters => self.entries.iter().filter(|entry| of.can_mean(&entry.name) && (entry.kind == "/" || is_master(&entry.small))).map(shown).collect(),
            Of::Fonts => self.entries.iter().filter(|entry| entry.kind == "/" || has_font_extension(&entry.small)).map(shown).collect(),
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

/// Whether a path is a font's by its name.
#[must_use]
pub(super) fn is_font(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| has_font_extension(&name.to_lowercase()))
}

fn has_font_extension(small: &str) -> bool {
    small.rsplit_once('.').is_some_and(|(_, extension)| FONTS.contains(&extension))
}

fn is_master(small: &str) -> bool {
    small.ends_with(".xml")
}
