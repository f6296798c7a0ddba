//! What the outputs of a run were made from, for a build system that is to know when to run again (`--deps`).
//!
//! 1. All outputs of a project hang on its file, on the layout's and on the fonts that were brought; those of one master also on it and on its pictures.
//! 2. As rules of a makefile, one a master, which `make` and Ninja read; or as JSON. Outputs are named even when they could not be made: the
//!    next run is to make them.
//!
//! What the program brings itself is not named: it changes with the program alone.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::args::DepsFormat;
use super::job::Kit;
use super::record::MasterRecord;

/// The extensions of font files.
const FONTS: [&str; 4] = ["ttf", "otf", "ttc", "otc"];

/// What a run was made from.
#[derive(Debug, Default)]
pub(super) struct Deps {
    /// What the outputs of each project hang on.
    shared: Vec<Vec<String>>,
    masters: Vec<Rule>,
}

/// One master's outputs and what they were made from.
#[derive(Debug, Serialize)]
struct Rule {
    master: String,
    outputs: Vec<String>,
    inputs: Vec<String>,
}

impl Deps {
    /// Notes what all outputs of a project hang on.
    pub(super) fn shared(&mut self, kit: &Kit) {
        let mut shared: Vec<String> = kit.project.iter().map(|path| shown(path)).collect();
        shared.extend(kit.layout.shown_files().map(str::to_owned));
        for folder in &kit.fonts {
            let mut found = Vec::new();
            fonts(folder, &mut found);
            found.sort();
            shared.extend(found.iter().map(|path| shown(path)));
        }
        self.shared.push(shared);
    }

    /// Notes what one master's outputs hang on.
    pub(super) fn add(&mut self, record: &MasterRecord, files: &[PathBuf], kit: usize) {
        let mut inputs = vec![record.master.clone()];
        inputs.extend(files.iter().map(|path| shown(path)));
        inputs.extend(self.shared.get(kit).into_iter().flatten().cloned());
        inputs.dedup();
        self.masters.push(Rule { master: record.master.clone(), outputs: record.outputs.iter().map(|output| output.path.clone()).collect(), inputs });
    }

    /// All of it as text.
    #[must_use]
    pub(super) fn text(&self, format: DepsFormat) -> String {
        match format {
            DepsFormat::Make => self.masters.iter().map(rule).collect(),
            DepsFormat::Json => serde_json::to_string_pretty(&serde_json::json!({ "masters": self.masters })).unwrap_or_default() + "\n",
        }
    }
}

/// A rule of a makefile without a recipe, then one without anything for each input, so that one which is gone tomorrow is no error.
fn rule(rule: &Rule) -> String {
    let Rule { master: _, outputs, inputs } = rule;
    let list = |paths: &[String]| paths.iter().map(|path| escaped(path)).collect::<Vec<_>>().join(" ");
    let mut text = format!("{}: {}\n", list(outputs), list(inputs));
    for input in inputs {
        text.push_str(&format!("{}:\n", escaped(input)));
    }
    text
}

/// A path as makefiles write it: GNU make and Ninja agree on these.
fn escaped(path: &str) -> String {
    path.replace('\\', "\\\\").replace(' ', "\\ ").replace('#', "\\#").replace('$', "$$").replace(':', "\\:")
}

/// A path from where the program runs, where it lies below.
fn shown(path: &Path) -> String {
    let here = env::current_dir().and_then(|here| here.canonicalize()).ok();
    let path = here.as_deref().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    path.display().to_string()
}

/// The font files of a folder and of those in it.
fn fonts(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            fonts(&path, into);
        } else if path.extension().and_then(OsStr::to_str).is_some_and(|extension| FONTS.contains(&extension.to_ascii_lowercase().as_str())) {
            into.push(path);
        }
    }
}
