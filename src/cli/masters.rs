//! Which masters are meant, and what their outputs are called.
//!
//! 1. A PATH that is a file is a master, whatever is in it.
//! 2. A PATH that is a folder stands for every master below it: files `*.xml` that are articles by their first bytes, in the order of
//!    their paths. Hidden folders, links to folders and the output folder are left out.
//! 3. An output is named after its master, `article.xml` after the folder that it stands in.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use article::code::Code;
use article::diag::{Diagnostic, Log};

use super::disk;
use super::state::folder::{Folder, Of};
use super::state::seen::Seen;

/// The name of a master that is named after its folder.
const ARTICLE: &str = "article";

/// How much of a file is looked at to see whether it is a master.
const HEAD: u64 = 64 << 10;

/// How deep folders are searched.
const DEEPEST: usize = 32;

/// A master: where it is, and what its outputs are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Master {
    /// The file, as it was typed or found.
    pub(super) path: PathBuf,
    /// The outputs' path below the output folder, without its extension.
    pub(super) stem: PathBuf,
}

/// Finds the masters that are meant. What cannot be read, and a folder without a master, is reported; what another list would come from is noted.
#[must_use]
pub(super) fn find(log: &mut Log, paths: &[PathBuf], out_dir: Option<&Path>, seen: &mut Seen) -> Vec<Master> {
    let skipped = out_dir.and_then(|folder| folder.canonicalize().ok());
    let mut masters = Vec::new();
    for path in paths {
        if !seen.has_folder(path) {
            masters.push(Master { path: path.clone(), stem: single(path) });
            continue;
        }
        let before = log.errors();
        let mut search = Search { log: &mut *log, skipped: skipped.as_deref(), files: Vec::new(), seen: &mut *seen };
        search.folder(path, 0);
        let mut files = search.files;
        files.sort();
        if files.is_empty() && log.errors() == before {
            log.push(
                Diagnostic::new(Code::NoMasters, format!("there is no master below `{}`", path.display()))
                    .hint("a master is a file `*.xml` whose root is `article`"),
            );
        }
        masters.extend(files.into_iter().map(|file| Master { stem: mirrored(path, &file), path: file }));
    }
    masters
}

/// A walk through folders.
struct Search<'a> {
    log: &'a mut Log,
    skipped: Option<&'a Path>,
    files: Vec<PathBuf>,
    seen: &'a mut Seen,
}

impl Search<'_> {
    fn folder(&mut self, folder: &Path, depth: usize) {
        if depth > DEEPEST || self.skipped.is_some_and(|skipped| folder.canonicalize().is_ok_and(|folder| folder == skipped)) {
            return;
        }
        let entries = match Folder::read(folder, Of::Masters) {
            Ok((look, entries)) => {
                self.seen.folder(look);
                entries
            }
            Err(error) => {
                self.seen.folder(Folder::look(folder, Of::Masters));
                self.log.push(Diagnostic::new(Code::CannotRead, format!("the folder `{}` cannot be read: {}", folder.display(), disk::reason(&error))));
                return;
            }
        };
        for entry in entries {
            let path = entry.path();
            // A link to a folder could lead round in a circle; a link to a file cannot.
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            if is_folder {
                self.folder(&path, depth + 1);
            } else if path.extension() == Some(OsStr::new("xml")) && is_file_or_lost(&path) {
                if is_meant(&path) {
                    self.files.push(path);
                } else {
                    self.seen.glance(&path);
                }
            }
        }
    }
}

/// Whether this is a file, or a link that leads nowhere. Pipes and devices are none: to open one could wait for ever.
fn is_file_or_lost(path: &Path) -> bool {
    path.metadata().map_or(true, |metadata| metadata.is_file())
}

/// Whether a file is to be taken for a master. One that cannot be read, or in which no element begins, is: to pass over a damaged master would
/// be to lose it in silence.
fn is_meant(path: &Path) -> bool {
    disk::head(path, HEAD).map_or(true, |head| looks_like_master(&head))
}

/// Whether these first bytes of a file are of an article, or of nothing that can be told.
fn looks_like_master(head: &[u8]) -> bool {
    // UTF-16 writes these names with a zero before or after each letter.
    let text: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
    let mut root = false;
    let tags = text.iter().enumerate().filter(|(_, byte)| **byte == b'<').map(|(at, _)| &text[at + 1..]);
    for tag in tags {
        let length = tag.iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.')).count();
        let name = tag[..length].rsplit(|byte| *byte == b':').next().unwrap_or_default();
        if name == ARTICLE.as_bytes() {
            return true;
        }
        root |= length > 0;
    }
    !root
}

/// What the outputs of a single master are called: `a/b/article.xml` makes `b`, `a/b/c.xml` makes `c`, a bare `article.xml` makes `article`.
fn single(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or(OsStr::new(ARTICLE));
    match path.parent().and_then(Path::file_name) {
        Some(folder) if stem == ARTICLE => folder.into(),
        Some(_) | None => stem.into(),
    }
}

/// What the outputs of a master in a folder are called: `x/article.xml` makes `x`, `x/y.xml` makes `x/y`. An `article.xml` in the folder itself
/// has the folder's name.
fn mirrored(folder: &Path, file: &Path) -> PathBuf {
    let inner = file.strip_prefix(folder).unwrap_or(file);
    match inner.parent() {
        Some(parent) if inner.file_stem() == Some(OsStr::new(ARTICLE)) && parent != Path::new("") => parent.to_path_buf(),
        Some(parent) if parent != Path::new("") => parent.join(inner.file_stem().unwrap_or_default()),
        Some(_) | None => single(file),
    }
}
