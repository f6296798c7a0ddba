//! What the outputs of a run were made from, for a build system that is to know when to run again (`--deps`).
//!
//! 1. The outputs of a master hang on it and on its pictures; on the project's file, the layout's files, the fonts, the citation style and the press profile that were
//!    brought. They are the files that `state` notes, so that both say the same, whether a master was built or not.
//! 2. As rules of a makefile, one a master, which `make` and Ninja read; or as JSON. Outputs are named even when they could not be made: the
//!    next run is to make them.
//!
//! What the program brings itself is not named: it changes with the program alone.

use std::collections::BTreeSet;
use std::env;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::args::DepsFormat;
use super::record::MasterRecord;

/// What a run was made from.
#[derive(Debug, Default)]
pub(super) struct Deps {
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
    /// Notes what one master's outputs hang on: the files that were read for them, the master first.
    pub(super) fn add(&mut self, record: &MasterRecord, inputs: &[PathBuf]) {
        let here = env::current_dir().and_then(|here| here.canonicalize()).ok();
        let mut known = BTreeSet::new();
        let inputs = std::iter::once(record.master.clone()).chain(inputs.iter().map(|path| shown(path, here.as_deref())));
        let inputs = inputs.filter(|input| known.insert(input.clone())).collect();
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
fn shown(path: &Path, here: Option<&Path>) -> String {
    here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path).display().to_string()
}
