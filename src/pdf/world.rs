//! The engine's world: the forme, the layout, the pictures, and nothing else.
//!
//! No disk, no network, no packages, no clock. Every article's files have the same names, because the engine keeps every name
//! that it has ever seen.

use std::sync::{LazyLock, Mutex, PoisonError};

use article::picture::Pictures;
use rustc_hash::FxHashMap;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};
use typst_kit::files::{FileLoader, FileStore};

use super::engine::Engine;
use super::layout::Layout;

/// The forme's name in the engine.
const MAIN_PATH: &str = "/main.typ";

/// The forme's identity in the engine.
pub(super) static MAIN: LazyLock<FileId> = LazyLock::new(|| match VirtualPath::new(MAIN_PATH) {
    Ok(path) => RootedPath::new(VirtualRoot::Project, path).intern(),
    Err(_) => unreachable!("`{MAIN_PATH}` is a path"),
});

/// The world of one article.
pub(super) struct Press<'a> {
    engine: &'a Engine,
    files: FileStore<Loader<'a>>,
    sources: Mutex<Sources>,
}

/// What the engine has read of a world, kept for its next run (printers keep type standing that will be needed again). A source that is changed in place, and
/// not read anew, keeps the places of all that did not change, by which the engine knows again what it has made of it.
#[derive(Default)]
pub struct Standing {
    sources: FxHashMap<FileId, Source>,
}

/// The sources of a run: those of the last one that were not asked for yet, and those of this one.
#[derive(Default)]
struct Sources {
    old: FxHashMap<FileId, Source>,
    new: FxHashMap<FileId, Source>,
}

impl<'a> Press<'a> {
    pub(super) fn new(engine: &'a Engine, loader: Loader<'a>, standing: Standing) -> Self {
        let sources = Mutex::new(Sources { old: standing.sources, new: FxHashMap::default() });
        Self { engine, files: FileStore::new(loader), sources }
    }

    /// What is kept for the next run.
    pub(super) fn standing(self) -> Standing {
        Standing { sources: self.sources.into_inner().unwrap_or_else(PoisonError::into_inner).new }
    }
}

/// Where the world's files come from.
pub(super) struct Loader<'a> {
    pub(super) main: String,
    pub(super) layout: &'a Layout,
    pub(super) pictures: &'a Pictures,
    pub(super) attached: Option<(&'a str, &'a [u8])>,
}

impl FileLoader for Loader<'_> {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        if *id.root() != VirtualRoot::Project {
            // Packages would have to be fetched.
            return Err(FileError::AccessDenied);
        }
        let path = id.vpath().get_with_slash();
        let found = if path == MAIN_PATH {
            Some(Bytes::from_string(self.main.clone()))
        } else if let Some(name) = path.strip_prefix("/layout/") {
            self.layout.file(name).map(|bytes| Bytes::new(bytes.to_vec()))
        } else if let Some(name) = path.strip_prefix("/layouts/") {
            self.layout.named(name).map(|bytes| Bytes::new(bytes.to_vec())).or_else(|| Layout::built_in_file(name).map(Bytes::new))
        } else if let Some(name) = path.strip_prefix("/pictures/") {
            self.pictures.values().find(|picture| picture.page_name() == name).map(|picture| Bytes::new(picture.page_bytes().into_owned()))
        } else if let Some(name) = path.strip_prefix("/attached/") {
            self.attached.filter(|(known, _)| *known == name).map(|(_, bytes)| Bytes::new(bytes.to_vec()))
        } else {
            None
        };
        found.ok_or_else(|| FileError::NotFound(path.into()))
    }
}

impl World for Press<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.engine.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.engine.book()
    }

    fn main(&self) -> FileId {
        *MAIN
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let mut sources = self.sources.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(source) = sources.new.get(&id) {
            return Ok(source.clone());
        }
        let source = match sources.old.remove(&id) {
            Some(mut source) => {
                let bytes = self.files.file(id)?;
                source.replace(std::str::from_utf8(&bytes)?);
                source
            }
            None if id == *MAIN => self.files.source(id)?,
            // Editors of some systems begin a file with a mark of its byte order.
            None => self.engine.read(id, std::str::from_utf8(&self.files.file(id)?)?.trim_start_matches('\u{feff}')),
        };
        sources.new.insert(id, source.clone());
        Ok(source)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.engine.font(index)
    }

    /// A layout that asks for today's date is told that there is none: a page does not change with the day.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
