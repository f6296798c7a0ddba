//! An issue: the PDFs of its articles as one, with the imprint behind them.
//!
//! 1. One file alone stays as it is. Several are bound in their order; where the folios do not go on from one to the next, that is said.
//! 2. The imprint is a page that the layout of the project draws. It counts all pages, its own and the blanks of the sheets too, so that it is drawn when they are known.
//! 3. What is wrong with a page of the issue is said with the page of the file that it came from.

use std::path::{Path, PathBuf};

use ::press::bind::{self, Part};
use article::code::{Code, Severity};
use article::derive::imprint::{Colophon, Extent};
use article::diag::{Diagnostic, Log};

use super::args::PressArguments;
use super::job::{self, LAYOUT};
use super::press::{self as printing, Press};
use super::project::{NAME, Project};
use super::state::seen::Seen;
use super::{layouts, stamp};
use crate::pdf::layout::Layout;
use crate::pdf::{self, Engine, Export};

/// How often an imprint is drawn because it turns out to need more pages than it counted.
const ROUNDS: usize = 3;

/// Pages for the press, and where they came from.
pub(super) struct Issue {
    /// The PDF.
    pub(super) bytes: Vec<u8>,
    /// What it is called.
    pub(super) name: String,
    /// The files with what each had; none where there is but one.
    parts: Vec<(PathBuf, Part)>,
}

/// The project of printed pages with its layout and fonts.
pub(super) struct House {
    pub(super) project: Project,
    pub(super) layout: Layout,
    pub(super) engine: Engine,
}

impl House {
    /// That of a folder, or the one that was named. `for_what` ends the sentence that says why one is needed. `None` where there is none, which has been reported.
    pub(super) fn of(log: &mut Log, file: &Path, arguments: &PressArguments, for_what: &str) -> Option<Self> {
        // Pages are pressed once: nobody follows what was seen.
        let mut seen = Seen::default();
        let named = arguments.project.path.as_deref().map(|path| Project::named(path, &mut seen));
        let Some(path) = named.or_else(|| Project::nearest(file.parent().unwrap_or(Path::new("")), &mut seen)) else {
            let message = format!("there is no `{NAME}` beside the PDF or above it, so that nothing is known of {for_what}");
            log.push(Diagnostic::new(Code::ProjectFault, message).hint("make one (`diglot init`), or name it by `--project`"));
            return None;
        };
        let project = Project::read(log, &path, &mut seen)?;
        let layout = layouts::load(log, &project.layout(&mut seen).unwrap_or_else(|| LAYOUT.to_owned()), project.overrides().as_ref(), &mut seen)?;
        let folders: Vec<_> = project.build().font_path.iter().map(|folder| project.below(folder)).collect();
        let engine = job::fonts(log, &folders, false);
        (log.errors() == 0 && layout.check(log, &engine)).then_some(Self { project, layout, engine })
    }
}

impl Issue {
    /// Pages that the program has made itself.
    pub(super) fn of_one(bytes: Vec<u8>, name: String) -> Self {
        Self { bytes, name, parts: Vec::new() }
    }

    /// Reads the files, and binds them where there are several or where the imprint is wanted. `None` where that failed, which has been reported.
    pub(super) fn of(log: &mut Log, files: &[PathBuf], output: &Path, arguments: &PressArguments, press: &Press) -> Option<Self> {
        let mut read = Vec::new();
        for file in files {
            match printing::read(file) {
                Ok(bytes) => read.push(bytes),
                Err(diagnostic) => {
                    log.push(diagnostic);
                    return None;
                }
            }
        }
        let (first, is_one) = (files.first()?, files.len() == 1);
        let name = printing::stem(if is_one { first } else { output });
        if is_one && !arguments.imprint {
            return Some(Self { bytes: read.pop()?, name, parts: Vec::new() });
        }
        let bound = Self::bound(log, files, &read, &name)?;
        if !arguments.cover {
            folios_go_on(log, &bound.parts);
        }
        if arguments.imprint { bound.with_imprint(log, files, read, arguments, press) } else { Some(bound) }
    }

    fn bound(log: &mut Log, files: &[PathBuf], read: &[Vec<u8>], name: &str) -> Option<Self> {
        let bytes: Vec<&[u8]> = read.iter().map(Vec::as_slice).collect();
        match bind::bind(&bytes, name) {
            Ok(bound) => Some(Self { bytes: bound.bytes, name: name.to_owned(), parts: files.iter().cloned().zip(bound.parts).collect() }),
            Err((at, fault)) => {
                let mut diagnostic = printing::fault_of(&fault);
                if let Some(file) = files.get(at) {
                    diagnostic.message = diagnostic.message.replacen("the PDF", &format!("`{}`", file.display()), 1);
                }
                log.push(diagnostic);
                None
            }
        }
    }

    /// The same with the imprint behind the last page.
    fn with_imprint(self, log: &mut Log, files: &[PathBuf], mut read: Vec<Vec<u8>>, arguments: &PressArguments, press: &Press) -> Option<Self> {
        let house = House::of(log, files.first()?, arguments, "the imprint")?;
        let extent = match ::press::cover::measure(&self.bytes) {
            Ok(extent) => extent,
            Err(fault) => {
                log.push(self.placed(printing::fault_of(&fault), fault.page()));
                return None;
            }
        };
        let mut files = files.to_vec();
        files.push(house.project.path.clone().unwrap_or_else(|| PathBuf::from(NAME)));
        let mut own = 1;
        for round in 0.. {
            let mut said = Log::default();
            let Some(colophons) = colophons(&mut said, &house, press.profile.filled(extent.pages + own)) else {
                said.iter().for_each(|diagnostic| log.push(diagnostic.clone()));
                return None;
            };
            let identifier = format!("imprint {}", self.name);
            let export = Export { standards: &[], identifier: &identifier, created: Some(stamp::NO_DATE) };
            let drawn = pdf::imprint_page(&mut said, &house.engine, &house.layout, [extent.width, extent.height], &colophons, &export);
            let pages = drawn.as_ref().map_or(own, |(_, pages)| *pages);
            if pages != own && round < ROUNDS {
                own = pages;
                continue;
            }
            // What the pages have been told of need not be said of their cover.
            said.iter().filter(|diagnostic| !arguments.cover || diagnostic.severity() == Severity::Error).for_each(|diagnostic| log.push(diagnostic.clone()));
            read.push(drawn?.0);
            return Self::bound(log, &files, &read, &self.name);
        }
        None
    }

    /// How a page of it is called: its number, and where there are several files the page of the one that it came from.
    pub(super) fn page(&self, page: usize) -> String {
        match self.origin(page) {
            Some(origin) => format!("page {page} ({origin})"),
            None => format!("page {page}"),
        }
    }

    /// What was said of a page of it, with where that came from.
    pub(super) fn placed(&self, diagnostic: Diagnostic, page: Option<usize>) -> Diagnostic {
        match page.and_then(|page| Some((page, self.origin(page)?))) {
            Some((page, origin)) => {
                let more = diagnostic.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
                diagnostic.hint(format!("page {page} is {origin}{more}"))
            }
            None => diagnostic,
        }
    }

    fn origin(&self, page: usize) -> Option<String> {
        let mut before = 0;
        self.parts.iter().find_map(|(file, part)| {
            let own = page.checked_sub(before).filter(|own| (1..=part.pages).contains(own));
            before += part.pages;
            own.map(|own| format!("page {own} of `{}`", file.display()))
        })
    }
}

/// The imprint of so many pages in its languages. `None` where the project has none, which is reported.
fn colophons(log: &mut Log, house: &House, pages: usize) -> Option<Vec<Colophon>> {
    let Some((mut imprint, langs)) = house.project.printed_imprint() else {
        let message = format!("`{NAME}` has no table `[imprint]`, so that nothing is known of the imprint");
        log.push(Diagnostic::new(Code::ProjectFault, message).hint("docs/PROJECT.md has its keys"));
        return None;
    };
    if imprint.counts_text && imprint.publishers_sheets.is_none() {
        imprint.counts_text = false;
        let message = "the imprint does not say the sheets of the publisher's count, for which the signs of the masters would have to be known";
        log.push(Diagnostic::new(Code::PressNote, message).hint("write the number in the table `[imprint]`, such as `publishers-sheets = 12.5`"));
    }
    let own = house.project.house();
    let langs = if langs.is_empty() { vec![article::lang::Lang::english()] } else { langs };
    Some(article::resolve::colophons(log, &own.labels, &imprint, &langs, Extent { pages, ..Extent::default() }))
}

/// Says where the folios of a file do not go on from those of the files before it, and what its master has to say so that they do.
fn folios_go_on(log: &mut Log, parts: &[(PathBuf, Part)]) {
    let mut due: Option<usize> = None;
    for (file, part) in parts {
        if let (Some(due), Some(folio)) = (due, part.folio)
            && folio != due
        {
            let message = format!("`{}` begins with page {folio}, and the files before it end with page {}", file.display(), due.saturating_sub(1));
            log.push(Diagnostic::new(Code::FolioGap, message).hint(format!("write `<fpage>{due}</fpage>` in its master, and build it again")));
        }
        due = due.or(part.folio).and_then(|first| first.checked_add(part.pages));
    }
}
