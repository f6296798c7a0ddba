//! The engine's world: the forme, the layout, the pictures, and nothing else.
//!
//! No disk, no network, no packages, no clock. Every article's files have the same names, because the engine keeps every name
//! that it has ever seen.

use std::sync::LazyLock;

use article::picture::Pictures;
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
}

impl<'a> Press<'a> {
    pub(super) fn new(engine: &'a Engine, loader: Loader<'a>) -> Self {
        Self { engine, files: FileStore::new(loader) }
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
            self.pictures.values().find(|picture| picture.name == name).map(|picture| Bytes::new(picture.bytes.clone()))
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
        self.engine.fonts.book()
    }

    fn main(&self) -> FileId {
        *MAIN
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.files.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.engine.fonts.font(index)
    }

    /// A layout that asks for today's date is told that there is none: a page does not change with the day.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
