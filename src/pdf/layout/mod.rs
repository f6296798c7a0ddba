//! Layouts: folders of Typst files, a style sheet and a manifest.
//!
//! 1. The built-in ones are embedded; one from the disk is read by the command line and given as files.
//! 2. In the engine's world the chosen layout's files are `/layout/…`, and those of every built-in layout `/layouts/NAME/…`, so that a layout can
//!    stand on `base` or on another one.
//! 3. [`Layout::inherit`] makes one layout of one that stands on others and of what the project wants otherwise; `/layout/layout.toml` has the options of all.
//! 4. [`Layout::check`] says before typesetting what the manifest asks for and is not there.

mod inherit;
mod manifest;
mod sheet;

use include_dir::{Dir, include_dir};

use article::code::Code;
use article::diag::{Diagnostic, Elsewhere, Log};

use super::engine::Engine;
pub use inherit::{Overrides, place};
pub use manifest::{Labels, Manifest, Written};

static BUILT_IN: Dir = include_dir!("$CARGO_MANIFEST_DIR/layouts");

/// The style sheet's name.
const CSS: &str = "layout.css";

/// The name of the one that comes behind it in a page of HTML.
const PAGE_CSS: &str = "html.css";

/// A layout: its name and its files.
#[derive(Clone, Debug)]
pub struct Layout {
    name: String,
    files: Vec<File>,
    /// Its options with all that it inherits, as TOML; the file itself before it has inherited.
    settings: Option<String>,
    /// Itself and what it stands on, each as it is written.
    above: Vec<Layout>,
}

/// A file of a layout.
#[derive(Clone, Debug)]
struct File {
    /// Its path, relative to the layout's folder, with `/`.
    path: String,
    bytes: Vec<u8>,
    /// Its name as the user knows it.
    shown: String,
}

impl Layout {
    /// The names of the built-in layouts, sorted; `base` is not one of them, since it is no page of its own.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        let mut names: Vec<&str> = BUILT_IN
            .dirs()
            .filter(|folder| folder.get_file(folder.path().join(manifest::NAME)).is_some())
            .filter_map(|folder| folder.path().to_str())
            .collect();
        names.sort_unstable();
        names
    }

    /// The built-in layout of this name, with all that it inherits.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        let mut chain = vec![Self::as_written(name)?];
        while let Some(parent) = chain.last().and_then(|layout| layout.manifest(&mut Log::default())).and_then(|manifest| manifest.extends) {
            chain.push(Self::as_written(&parent)?);
        }
        Self::inherit(&mut Log::default(), chain, None)
    }

    /// The files of the built-in layout of this name, as they are written.
    #[must_use]
    pub fn as_written(name: &str) -> Option<Self> {
        let folder = BUILT_IN.get_dir(name).filter(|folder| folder.get_file(folder.path().join(manifest::NAME)).is_some())?;
        Some(Self::from_files(name, files_of(folder, name)))
    }

    /// A layout of files from elsewhere: paths relative to its folder, with `/`.
    #[must_use]
    pub fn from_files(name: &str, files: Vec<(String, Vec<u8>)>) -> Self {
        let file = |(path, bytes): (String, Vec<u8>)| File { shown: format!("{name}/{path}"), path, bytes };
        let mut files: Vec<File> = files.into_iter().map(file).collect();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Self { name: name.to_owned(), files, settings: None, above: Vec::new() }
    }

    /// The files of `base`, on which every layout stands.
    #[must_use]
    pub fn base_files() -> Vec<(String, Vec<u8>)> {
        BUILT_IN.get_dir("base").map(|folder| files_of(folder, "base")).unwrap_or_default()
    }

    /// The layout's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Itself and what it stands on, each as it is written.
    fn layers(&self) -> &[Self] {
        if self.above.is_empty() { std::slice::from_ref(self) } else { &self.above }
    }

    /// The layout's files and those that it inherits, sorted by path.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|file| (file.path.as_str(), file.bytes.as_slice()))
    }

    /// One file of the layout; `layout.toml` has all options that it inherits.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        match &self.settings {
            Some(settings) if path == manifest::NAME => Some(settings.as_bytes()),
            Some(_) | None => self.files.iter().find(|file| file.path == path).map(|file| file.bytes.as_slice()),
        }
    }

    /// A file of one of the layouts that this one stands on, or of what that one inherits, by its path below `/layouts/`. A layout's name there is the last part
    /// of its folder's path.
    #[must_use]
    pub fn named(&self, path: &str) -> Option<&[u8]> {
        let (name, path) = path.split_once('/')?;
        let at = self.above.iter().position(|layout| layout.name.rsplit('/').next() == Some(name))?;
        self.above[at..].iter().find_map(|layout| layout.file(path))
    }

    /// A file as text; empty where there is none.
    fn text(&self, path: &str) -> String {
        self.file(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
    }

    /// A complaint about a key of its `layout.toml`, at the line of it.
    #[must_use]
    pub fn at_key(&self, mut complaint: Diagnostic, key: &str) -> Diagnostic {
        let text = self.text(manifest::NAME);
        let span = place(&text, &[key]);
        complaint.elsewhere = Some(Elsewhere { file: self.shown_path(manifest::NAME), text, span });
        complaint
    }

    /// The style sheet for e-books; empty where the layout has none.
    #[must_use]
    pub fn css(&self) -> String {
        self.text(CSS)
    }

    /// The style sheet that comes behind it in a page of HTML: the layout's own, or that of `base`.
    #[must_use]
    pub fn page_css(&self) -> String {
        let base = || Self::built_in_file(&format!("base/{PAGE_CSS}")).unwrap_or_default();
        String::from_utf8_lossy(self.file(PAGE_CSS).unwrap_or_else(base)).into_owned()
    }

    /// What `layout.toml` says. Reports `layout-fault` at the line of a mistake.
    #[must_use]
    pub fn manifest(&self, log: &mut Log) -> Option<Manifest> {
        if self.file(manifest::NAME).is_none() {
            log.push(Diagnostic::new(Code::LayoutFault, format!("the layout `{}` has no `layout.toml`", self.name)));
            return None;
        }
        let (text, shown) = (self.text(manifest::NAME), self.shown_path(manifest::NAME));
        Written { shown: &shown, text: &text }.read(log, Code::LayoutFault)
    }

    /// The `layout.toml` of each layout that this one is made of, as it is written: that on which the others stand first. Each with its name as the user knows it.
    #[must_use]
    pub fn manifests(&self) -> Vec<(String, String)> {
        self.layers().iter().rev().map(|layout| (layout.shown_path(manifest::NAME), layout.text(manifest::NAME))).collect()
    }

    /// Whether everything is there that the layout names: its code, and its fonts.
    #[must_use]
    pub fn check(&self, log: &mut Log, engine: &Engine) -> bool {
        let before = log.errors();
        if self.file("layout.typ").is_none() {
            log.push(Diagnostic::new(Code::LayoutFault, format!("the layout `{}` has no `layout.typ`", self.name)));
        }
        if let Some(manifest) = self.manifest(log) {
            for font in manifest.fonts.iter().filter(|font| !engine.has_family(font)) {
                log.push(
                    Diagnostic::new(Code::MissingFont, format!("the layout `{}` wants the font `{font}`, which is not loaded", self.name))
                        .hint("bring it with `--font-path DIR`; `diglot fonts` lists what is loaded"),
                );
            }
        }
        self.check_css(log) && log.errors() == before
    }

    /// Whether its style sheets hide no text: the proof reads the book's text and not what a reader makes of its style.
    #[must_use]
    pub fn check_css(&self, log: &mut Log) -> bool {
        let before = log.errors();
        for layout in self.layers() {
            for name in [CSS, PAGE_CSS] {
                sheet::check(log, &Written { shown: &layout.shown_path(name), text: &layout.text(name) });
            }
        }
        log.errors() == before
    }

    /// The path of a layout's file as the user knows it.
    #[must_use]
    pub fn shown_path(&self, path: &str) -> String {
        match self.files.iter().find(|file| file.path == path) {
            Some(file) => file.shown.clone(),
            None => format!("{}/{path}", self.name),
        }
    }

    /// The file of a built-in layout, by its path below `layouts/`.
    pub(super) fn built_in_file(path: &str) -> Option<&'static [u8]> {
        BUILT_IN.get_file(path).map(include_dir::File::contents)
    }
}

/// The files of a folder and the folders in it, paths relative to it.
fn files_of(folder: &Dir<'static>, name: &str) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    gather(folder, name, &mut files);
    files.sort();
    files
}

fn gather(folder: &Dir<'static>, name: &str, into: &mut Vec<(String, Vec<u8>)>) {
    for file in folder.files() {
        if let Some(path) = file.path().to_str().and_then(|path| path.strip_prefix(name)).map(|path| path.trim_start_matches('/')) {
            into.push((path.to_owned(), file.contents().to_vec()));
        }
    }
    for inner in folder.dirs() {
        gather(inner, name, into);
    }
}
