//! A project: what a journal's `diglot.toml` says, so that nothing of it has to be typed.
//!
//! 1. [`Project::nearest`] looks for the file beside a master and in the folders above it.
//! 2. [`file`] is what may stand in it. A mistake is reported at its line.
//! 3. [`Project::house`] is what the transform is told of it; `job` takes the rest where the command line says nothing.

pub(super) mod file;
pub(super) mod masters;
pub(super) mod trade;

use std::path::{Path, PathBuf};

use article::code::Code;
use article::derive::asked::Asked;
use article::derive::imprint::Imprint;
use article::diag::{Diagnostic, Log};
use article::house::{Facts, House};
use article::lang::Lang;
use article::model::front::In;

use super::disk;
use super::state::seen::Seen;
use crate::pdf::layout::{Overrides, Written};
use file::{Build, Epub, File, Html, Said};
use trade::{Cover, Of, Table};

/// The file's name.
pub(super) const NAME: &str = "diglot.toml";

/// The largest such file, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// The table with the layout's options.
const LAYOUT: &str = "layout";

/// A project, or what stands in for one where there is none.
#[derive(Debug, Default)]
pub(super) struct Project {
    /// The file; `None` where there is none.
    pub(super) path: Option<PathBuf>,
    /// What was seen of the disk: the file.
    pub(super) seen: Seen,
    text: String,
    file: File,
}

impl Project {
    /// The project of a folder: the nearest `diglot.toml` in it or above it. That there is none is noted of the folder itself and of those from where the
    /// program runs: above that nobody makes one by chance.
    #[must_use]
    pub(super) fn nearest(folder: &Path, seen: &mut Seen) -> Option<PathBuf> {
        let here = std::path::absolute(".").ok()?;
        let folder = if folder == Path::new("") { here.clone() } else { std::path::absolute(folder).ok()? };
        let is_project = |above: &&Path| {
            let path = above.join(NAME);
            if *above == folder || above.starts_with(&here) { seen.has_file(&path) } else { path.is_file() }
        };
        folder.ancestors().find(is_project).map(|above| disk::from_here(&above.join(NAME)))
    }

    /// The project's file that a user names by itself or by its folder.
    #[must_use]
    pub(super) fn named(path: &Path, seen: &mut Seen) -> PathBuf {
        if seen.has_folder(path) { path.join(NAME) } else { path.to_owned() }
    }

    /// Reads a project's file. Reports `cannot-read` and `project-fault`.
    #[must_use]
    pub(super) fn read(log: &mut Log, path: &Path, all: &mut Seen) -> Option<Self> {
        let shown = path.display().to_string();
        let mut seen = Seen::default();
        let read = seen.read(path, MAX_BYTES);
        all.add(seen.clone());
        let bytes = match read {
            Ok(bytes) => bytes,
            Err(unread) => {
                let why = unread.why(MAX_BYTES);
                log.push(Diagnostic::new(Code::CannotRead, format!("the project's file `{shown}` cannot be read: {why}")));
                return None;
            }
        };
        Self::parse(log, path, bytes, seen)
    }

    /// Understands the bytes of a project's file. Reports `project-fault`.
    #[must_use]
    pub(super) fn parse(log: &mut Log, path: &Path, bytes: Vec<u8>, seen: Seen) -> Option<Self> {
        let shown = path.display().to_string();
        let Ok(text) = String::from_utf8(bytes) else {
            log.push(Diagnostic::new(Code::ProjectFault, format!("`{shown}` is not in UTF-8")).hint("save it as UTF-8; TOML knows nothing else"));
            return None;
        };
        let file = Written { shown: &shown, text: &text }.read(log, Code::ProjectFault)?;
        let project = Self { path: Some(path.to_owned()), seen, text, file };
        project.languages_are_such(log).then_some(project)
    }

    /// Whether every language that is named is one.
    fn languages_are_such(&self, log: &mut Log) -> bool {
        let journal = &self.file.journal;
        let trade = self.file.cover.said().chain(self.file.imprint.iter().flat_map(Table::said));
        let keys = [&journal.title, &journal.publisher].into_iter().flatten().chain(trade).flat_map(Said::languages);
        let named = self.file.imprint.iter().flat_map(|imprint| &imprint.languages).flatten().map(String::as_str);
        let wrong = journal.languages.iter().map(String::as_str).chain(named).chain(keys).find(|tag| Lang::parse(tag).is_none());
        if let (Some(tag), Some(path)) = (wrong, &self.path) {
            let span = self.text.find(tag).map(|at| article::source::Span::new(at, at + tag.len())).unwrap_or_default();
            let shown = path.display().to_string();
            let fault = Written { shown: &shown, text: &self.text }.fault(Code::ProjectFault, span, format!("`{tag}` is no language"));
            log.push(fault.hint("write a tag as BCP 47 has it, such as `ky`, `ru` or `pt-BR`"));
        }
        wrong.is_none()
    }

    /// The file as it is written, with its name; `None` where there is none, or it switches no rules.
    #[must_use]
    pub(super) fn written(&self) -> Option<(String, &str)> {
        let path = self.path.as_ref().filter(|_| !self.file.checks.is_empty())?;
        Some((path.display().to_string(), &self.text))
    }

    /// What it says of building.
    #[must_use]
    pub(super) fn build(&self) -> &Build {
        &self.file.build
    }

    /// What it says of e-books.
    #[must_use]
    pub(super) fn epub(&self) -> &Epub {
        &self.file.epub
    }

    /// What it says of pages of HTML.
    #[must_use]
    pub(super) fn html(&self) -> &Html {
        &self.file.html
    }

    /// What it asks to be derived.
    #[must_use]
    pub(super) fn derive(&self) -> Asked {
        self.file.derive.clone()
    }

    /// What it says of covers.
    #[must_use]
    pub(super) fn cover(&self) -> &Cover {
        &self.file.cover
    }

    /// The imprint of each article, and the languages in which that is printed; `None` where articles have none.
    #[must_use]
    pub(super) fn imprint(&self) -> Option<(Imprint, Vec<Lang>)> {
        self.printed_imprint().filter(|_| self.file.imprint.as_ref().is_some_and(|table| table.of == Of::Article))
    }

    /// The imprint, whatever it is of, and its languages; `None` where the project says nothing of it.
    #[must_use]
    pub(super) fn printed_imprint(&self) -> Option<(Imprint, Vec<Lang>)> {
        let table = self.file.imprint.as_ref()?;
        let own = self.languages();
        let imprint = table.imprint(&self.file.cover, self.file.journal.publisher.as_ref(), own.first());
        let named = table.languages.as_ref().map(|tags| tags.iter().filter_map(|tag| Lang::parse(tag)).map(|(lang, _)| lang).collect());
        Some((imprint, named.unwrap_or(own)))
    }

    /// The languages of the journal, in order.
    #[must_use]
    pub(super) fn languages(&self) -> Vec<Lang> {
        self.file.journal.languages.iter().filter_map(|tag| Lang::parse(tag)).map(|(lang, _)| lang).collect()
    }

    /// The layout that it names: a built-in name, or a folder from the file's.
    #[must_use]
    pub(super) fn layout(&self, seen: &mut Seen) -> Option<String> {
        let name = self.file.layout.get("name")?.as_str()?;
        let folder = self.below(Path::new(name));
        Some(if seen.has_folder(&folder) { folder.display().to_string() } else { name.to_owned() })
    }

    /// The options that it sets of its layout.
    #[must_use]
    pub(super) fn overrides(&self) -> Option<Overrides> {
        let path = self.path.as_ref().filter(|_| !self.file.layout.is_empty())?;
        Some(Overrides { shown: path.display().to_string(), text: self.text.clone(), table: LAYOUT.to_owned() })
    }

    /// A path as it stands in the file, from where the program runs.
    #[must_use]
    pub(super) fn below(&self, path: &Path) -> PathBuf {
        disk::plain(&self.path.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).join(path))
    }

    /// A name, or a path of a file that is there.
    #[must_use]
    pub(super) fn name_or_file(&self, name: &str, seen: &mut Seen) -> String {
        let path = self.below(Path::new(name));
        if seen.has_file(&path) { path.display().to_string() } else { name.to_owned() }
    }

    /// The journal's wishes.
    #[must_use]
    pub(super) fn house(&self) -> House {
        let journal = &self.file.journal;
        let languages = self.languages();
        let said = |said: &Option<Said>| {
            let own = languages.first().cloned();
            said.iter().flat_map(|said| said.forms(own.as_ref())).map(|(lang, said)| In { lang, said }).collect()
        };
        House {
            facts: Facts {
                titles: said(&journal.title),
                issns: journal.issn.iter().flat_map(file::OneOrMore::all).cloned().collect(),
                publishers: said(&journal.publisher),
                place: journal.place.clone(),
            },
            languages: languages.clone(),
            labels: self.file.labels.clone(),
            derive: self.derive().wishes(None),
            ..House::default()
        }
    }
}
