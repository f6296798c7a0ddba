//! The citation style: what was typed, else what the layout names, else the default.
//!
//! 1. A name is that of a built-in style. Anything else is a file: as it was typed, or in the layout's folder.
//! 2. A file that the layout names and does not have is looked for beside each master.

use std::path::{Path, PathBuf};

use article::cite::{Citing, Style};
use article::code::Code;
use article::diag::{Diagnostic, Log};

use super::state::seen::Seen;
use crate::pdf::layout::{Labels, Layout, Manifest};

/// The largest style that is read, in bytes.
const MAX_BYTES: u64 = 4 << 20;

/// The style of a job.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// The style, where one was named that is at hand.
    style: Option<Style>,
    renumber: bool,
    /// A file beside each master.
    beside: Option<String>,
}

impl Wanted {
    /// The style that is asked for. `None` where there is none such, which has been reported.
    pub(super) fn resolve(log: &mut Log, typed: Option<&str>, layout: &Layout, manifest: Option<&Manifest>, seen: &mut Seen) -> Option<Self> {
        let renumber = manifest.is_some_and(|manifest| manifest.citation_labels == Labels::Renumber);
        let named = manifest.and_then(|manifest| manifest.citation_style.as_deref());
        let (style, beside) = match (typed, named) {
            (Some(typed), _) => (Some(by_name_or_file(log, typed, seen)?), None),
            (None, Some(named)) => match (Style::named(named), layout.file(named)) {
                (Some(style), _) => (Some(style), None),
                (None, Some(bytes)) => (Some(parsed(log, &layout.shown_path(named), bytes)?), None),
                (None, None) if named.ends_with(".csl") => (None, Some(named.to_owned())),
                (None, None) => {
                    log.push(unknown(named));
                    return None;
                }
            },
            (None, None) => (None, None),
        };
        Some(Self { style, renumber, beside })
    }

    /// The style, where one was named.
    #[must_use]
    pub(super) fn named(&self) -> Option<Style> {
        self.style.clone()
    }

    /// The file beside a master in which its style is looked for, where it is.
    #[must_use]
    fn beside(&self, master: &Path) -> Option<PathBuf> {
        self.beside.as_ref().map(|name| master.with_file_name(name))
    }

    /// The wishes for one master. A style that should lie beside it and does not is reported, and the default one taken.
    #[must_use]
    pub(super) fn of(&self, log: &mut Log, master: &Path, seen: &mut Seen) -> Citing {
        let beside = self.beside(master).and_then(|path| read(log, &path, seen));
        Citing { style: beside.or_else(|| self.style.clone()).unwrap_or_default(), renumber: self.renumber }
    }
}

fn by_name_or_file(log: &mut Log, typed: &str, seen: &mut Seen) -> Option<Style> {
    if let Some(style) = Style::named(typed) {
        return Some(style);
    }
    let path = Path::new(typed);
    if !seen.has_file(path) && !typed.ends_with(".csl") {
        log.push(unknown(typed));
        return None;
    }
    read(log, path, seen)
}

fn read(log: &mut Log, path: &Path, seen: &mut Seen) -> Option<Style> {
    match seen.read(path, MAX_BYTES) {
        Ok(bytes) => parsed(log, &path.display().to_string(), &bytes),
        Err(unread) => {
            let why = unread.why(MAX_BYTES);
            log.push(Diagnostic::new(Code::UnknownStyle, format!("the citation style `{}` cannot be read: {why}", path.display())));
            None
        }
    }
}

fn parsed(log: &mut Log, name: &str, bytes: &[u8]) -> Option<Style> {
    match Style::parse(&String::from_utf8_lossy(bytes)) {
        Ok(style) => Some(style),
        Err(why) => {
            log.push(
                Diagnostic::new(Code::UnknownStyle, format!("`{name}` is no citation style: {why}"))
                    .hint("give an independent CSL 1.0 style with a bibliography"),
            );
            None
        }
    }
}

/// How many letters of a name must be the same for it to be meant.
const ALIKE: usize = 4;

fn unknown(name: &str) -> Diagnostic {
    let start: String = name.chars().take(ALIKE).collect();
    let near: Vec<String> = Style::names().iter().filter(|known| known.starts_with(&start)).take(6).map(|known| format!("`{known}`")).collect();
    let hint = if near.is_empty() {
        "known are `vancouver`, `apa`, `chicago-author-date`, `gost-r-705-2008-numeric`, `gost-r-705-2008-alphabetic` and others; `diglot styles` lists all"
            .to_owned()
    } else {
        format!("near it are {}; `diglot styles` lists all", near.join(", "))
    };
    Diagnostic::new(Code::UnknownStyle, format!("there is no citation style `{name}`, built in or as a file")).hint(hint)
}

/// The built-in styles, one a line.
#[must_use]
pub(super) fn listed() -> String {
    Style::names().iter().map(|name| format!("{name}\n")).collect()
}
