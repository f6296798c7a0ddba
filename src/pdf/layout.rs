//! Layouts: folders of Typst files, a style sheet and a manifest.
//!
//! 1. The built-in ones are embedded; one from the disk is read by the command line and given as files.
//! 2. In the engine's world the chosen layout's files are `/layout/…`, and those of every built-in layout `/layouts/NAME/…`, so that a layout can
//!    stand on `base` or on another one.
//! 3. [`Layout::check`] says before typesetting what the manifest asks for and is not there.

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use article::code::Code;
use article::diag::{Diagnostic, Elsewhere, Log};
use article::source::Span;

use super::engine::Engine;

static BUILT_IN: Dir = include_dir!("$CARGO_MANIFEST_DIR/layouts");

/// A layout: its name and its files.
#[derive(Clone, Debug)]
pub struct Layout {
    name: String,
    files: Vec<(String, Vec<u8>)>,
}

/// What a layout's `layout.toml` says.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Manifest {
    /// The layout's name.
    pub name: String,
    /// What it is, in a sentence.
    #[serde(default)]
    pub description: String,
    /// Font families that must be loaded.
    #[serde(default)]
    pub fonts: Vec<String>,
    /// PDF standards, as the command line spells them (`a-2a`, `ua-1`).
    #[serde(default)]
    pub pdf_standard: Vec<String>,
    /// The citation style: a built-in name, or a `.csl` file of the layout or beside the master.
    #[serde(default)]
    pub citation_style: Option<String>,
    /// Whether references keep the labels of the master.
    #[serde(default)]
    pub citation_labels: Labels,
    /// Everything else: sizes, margins and options, which the layout's own code reads from this same file.
    #[serde(flatten)]
    pub settings: toml::Table,
}

/// What becomes of the labels of references.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Labels {
    /// They stay where the master has them.
    #[default]
    Keep,
    /// Lists are numbered anew, where the text does not contradict.
    Renumber,
}

impl Layout {
    /// The names of the built-in layouts, sorted; `base` is not one of them, since it is no page of its own.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        let mut names: Vec<&str> =
            BUILT_IN.dirs().filter(|folder| folder.get_file(folder.path().join("layout.typ")).is_some()).filter_map(|folder| folder.path().to_str()).collect();
        names.sort_unstable();
        names
    }

    /// The built-in layout of this name.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        let folder = BUILT_IN.get_dir(name).filter(|folder| folder.get_file(folder.path().join("layout.typ")).is_some())?;
        Some(Self { name: name.to_owned(), files: files_of(folder, name) })
    }

    /// A layout of files from elsewhere: paths relative to its folder, with `/`.
    #[must_use]
    pub fn from_files(name: &str, mut files: Vec<(String, Vec<u8>)>) -> Self {
        files.sort();
        Self { name: name.to_owned(), files }
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

    /// The layout's files, sorted by path.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// One file of the layout.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.files().find(|(known, _)| *known == path).map(|(_, bytes)| bytes)
    }

    /// The style sheet for e-books; empty where the layout has none.
    #[must_use]
    pub fn css(&self) -> String {
        self.file("layout.css").map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
    }

    /// The families that an e-book carries (`epub.fonts` of `layout.toml`).
    #[must_use]
    pub fn book_fonts(&self) -> Vec<String> {
        let Some(manifest) = self.manifest(&mut Log::default()) else { return Vec::new() };
        let fonts = manifest.settings.get("epub").and_then(|epub| epub.get("fonts")).and_then(toml::Value::as_array);
        fonts.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
    }

    /// What `layout.toml` says. Reports `layout-fault` at the line of a mistake.
    #[must_use]
    pub fn manifest(&self, log: &mut Log) -> Option<Manifest> {
        let Some(bytes) = self.file("layout.toml") else {
            log.push(Diagnostic::new(Code::LayoutFault, format!("the layout `{}` has no `layout.toml`", self.name)));
            return None;
        };
        let text = String::from_utf8_lossy(bytes).into_owned();
        match toml::from_str::<Manifest>(&text) {
            Ok(manifest) => Some(manifest),
            Err(error) => {
                let span = error.span().map_or(Span::default(), |range| Span::new(range.start, range.end));
                let mut diagnostic =
                    Diagnostic::new(Code::LayoutFault, error.message().split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_owned());
                diagnostic.elsewhere = Some(Elsewhere { file: self.shown_path("layout.toml"), text, span });
                log.push(diagnostic);
                None
            }
        }
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

    /// Whether the style sheet hides no text: the proof reads the book's text and not what a reader makes of its style.
    #[must_use]
    pub fn check_css(&self, log: &mut Log) -> bool {
        let before = log.errors();
        let css = self.css();
        let dense: String = css.chars().map(|c| if c.is_whitespace() { ' ' } else { c.to_ascii_lowercase() }).collect();
        for (property, value) in [("display", "none"), ("visibility", "hidden"), ("visibility", "collapse"), ("font-size", "0"), ("opacity", "0")] {
            let mut from = 0;
            while let Some(at) = dense[from..].find(property).map(|at| from + at) {
                from = at + property.len();
                let said = dense[from..].trim_start().strip_prefix(':').map(|rest| rest.split([';', '}']).next().unwrap_or_default().trim());
                if said.is_some_and(|said| said == value || said.strip_suffix("!important").is_some_and(|said| said.trim() == value)) {
                    let mut diagnostic = Diagnostic::new(Code::LayoutFault, format!("the style sheet hides text by `{property}: {value}`"))
                        .hint("an e-book shows all of its master; leave the rule out");
                    diagnostic.elsewhere = Some(Elsewhere { file: self.shown_path("layout.css"), text: css.clone(), span: Span::new(at, from) });
                    log.push(diagnostic);
                }
            }
        }
        log.errors() == before
    }

    /// The path of a layout's file as the user knows it.
    #[must_use]
    pub fn shown_path(&self, path: &str) -> String {
        format!("{}/{path}", self.name)
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
