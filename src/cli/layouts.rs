//! `diglot layouts`, and a layout by its name or from a folder.

use std::fs;
use std::io;
use std::path::Path;

use article::code::Code;
use article::diag::{Diagnostic, Log};

use super::args::LayoutsCommand;
use super::disk::{self, Unread};
use super::output;
use super::report::{self, Printer, Status};
use super::state::folder::{Folder, Of};
use super::state::seen::Seen;
use crate::pdf::layout::{Layout, Overrides};

/// The words on which every layout stands; no layout of its own.
const BASE: &str = "base";

/// The most layouts that stand one on another.
const DEEPEST: usize = 8;

/// The most files that a layout may have.
const MAX_FILES: usize = 1_000;

/// The largest file of a layout, in bytes.
const MAX_BYTES: u64 = 16 << 20;

/// Runs `diglot layouts`.
#[must_use]
pub(super) fn run(command: &LayoutsCommand, printer: &mut Printer) -> Status {
    let mut log = Log::default();
    match command {
        LayoutsCommand::List => return report::list(&listed()),
        LayoutsCommand::Eject { name, folder } => {
            let folder = folder.clone().unwrap_or_else(|| Path::new("layouts").join(name));
            if let Some(files) = files(&mut log, name) {
                if let Err(diagnostic) = eject(&files, &folder) {
                    log.push(diagnostic);
                } else {
                    return report::list(&format!("{}: {} files of `{name}`\n", folder.display(), files.len()));
                }
            }
        }
    }
    printer.job(&log);
    printer.status()
}

/// The layout of a name, a built-in one or a folder, with all that it inherits and what the project wants otherwise. Reports `unknown-layout` and `layout-fault`.
#[must_use]
pub(super) fn load(log: &mut Log, name: &str, overrides: Option<&Overrides>, seen: &mut Seen) -> Option<Layout> {
    let mut chain = vec![as_written(log, name, seen)?];
    while let Some(parent) = chain.last().and_then(|layout| layout.manifest(log)).and_then(|manifest| manifest.extends) {
        let child = chain.last().map(|layout| layout.name().to_owned()).unwrap_or_default();
        let parent = above(&child, &parent, seen);
        if chain.iter().any(|layout| layout.name() == parent) || chain.len() > DEEPEST {
            log.push(Diagnostic::new(Code::LayoutFault, format!("the layout `{child}` stands on `{parent}`, which stands on it")));
            return None;
        }
        chain.push(as_written(log, &parent, seen)?);
    }
    Layout::inherit(log, chain, overrides)
}

/// The layout that another stands on, as it is named from here: a folder is named from the other's.
fn above(child: &str, parent: &str, seen: &mut Seen) -> String {
    if Layout::as_written(child).is_some() {
        return parent.to_owned();
    }
    let beside = disk::plain(&Path::new(child).join(parent));
    seen.folder(Folder::look(&beside, Of::Visible));
    if beside.is_dir() { beside.display().to_string() } else { parent.to_owned() }
}

/// The files of a layout, without what it inherits.
fn as_written(log: &mut Log, name: &str, seen: &mut Seen) -> Option<Layout> {
    if let Some(layout) = Layout::as_written(name) {
        return Some(layout);
    }
    let folder = Path::new(name);
    if !seen.has_folder(folder) {
        log.push(unknown(name));
        return None;
    }
    let mut files = Vec::new();
    if let Err(error) = gather(folder, "", &mut files, seen) {
        log.push(Diagnostic::new(Code::CannotRead, format!("the layout `{name}` cannot be read: {}", disk::reason(&error))));
        return None;
    }
    Some(Layout::from_files(name.trim_end_matches('/'), files))
}

fn unknown(name: &str) -> Diagnostic {
    let built_in: Vec<String> = Layout::names().iter().map(|name| format!("`{name}`")).collect();
    Diagnostic::new(Code::UnknownLayout, format!("there is no layout `{name}`, built in or as a folder")).hint(format!("built in are {}", built_in.join(", ")))
}

/// The files of a folder and of those in it, hidden ones left out, their paths relative and with `/`.
fn gather(folder: &Path, prefix: &str, into: &mut Vec<(String, Vec<u8>)>, seen: &mut Seen) -> io::Result<()> {
    seen.folder(Folder::look(folder, Of::Visible));
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // Engine and e-book know paths as text only.
        let Ok(name) = entry.file_name().into_string() else { continue };
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            gather(&entry.path(), &format!("{path}/"), into, seen)?;
        } else if entry.path().is_file() {
            let too_large =
                || io::Error::new(io::ErrorKind::FileTooLarge, format!("it has more than {MAX_FILES} files, or one of more than {} MiB", MAX_BYTES >> 20));
            let bytes = seen.read(&entry.path(), MAX_BYTES).map_err(|unread| match unread {
                Unread::TooLarge => too_large(),
                Unread::Refused(error) => error,
            })?;
            into.push((path, bytes));
            if into.len() > MAX_FILES {
                return Err(too_large());
            }
        }
    }
    Ok(())
}

/// The built-in layouts, a line each.
fn listed() -> String {
    let mut text = String::new();
    for name in Layout::names() {
        let description = Layout::built_in(name).and_then(|layout| layout.manifest(&mut Log::default())).map(|manifest| manifest.description);
        text.push_str(&format!("{name:<12} {}\n", description.unwrap_or_default()));
    }
    text
}

/// The files of a built-in layout, or of `base`.
fn files(log: &mut Log, name: &str) -> Option<Vec<(String, Vec<u8>)>> {
    if name == BASE {
        return Some(Layout::base_files());
    }
    let Some(layout) = Layout::as_written(name) else {
        log.push(unknown(name));
        return None;
    };
    Some(layout.files().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect())
}

/// Copies files into a folder that is new or empty.
fn eject(files: &[(String, Vec<u8>)], folder: &Path) -> Result<(), Diagnostic> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Diagnostic::new(Code::CannotWrite, format!("the folder `{}` is not empty", folder.display()))
            .hint("name a new folder, so that nothing is overwritten"));
    }
    files.iter().try_for_each(|(path, bytes)| output::write(&folder.join(path), bytes))
}
