//! Which masters are meant, and which project each belongs to.
//!
//! 1. Without a PATH the project of the folder that the program runs in says where masters are, else `source` is meant.
//! 2. A master belongs to the nearest `diglot.toml` above it, all of them to the one that `--project` names.
//! 3. What the list of masters hangs on is noted: a new file in a folder, a new `diglot.toml`, and it may be another.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use article::code::Code;
use article::diag::{Diagnostic, Log};
use indexmap::IndexMap;

use super::super::masters::{self, Master};
use super::super::state::seen::Seen;
use super::Project;

/// Where masters are looked for when nothing says where.
const SOURCE: &str = "source";

/// Where outputs go when nothing says where.
const BUILD: &str = "build";

/// Masters with their projects.
#[derive(Debug, Default)]
pub(in crate::cli) struct Projects {
    /// The projects, one at least where there is a master.
    pub(in crate::cli) list: Vec<Project>,
    /// The masters, each with the index of its project.
    pub(in crate::cli) masters: Vec<(Master, usize)>,
}

impl Projects {
    /// Finds the masters that are meant, and reads their projects. Whatever is wrong is reported; there are no masters then.
    #[must_use]
    pub(in crate::cli) fn of(log: &mut Log, named: Option<&Path>, paths: &[PathBuf], out_dir: Option<&Path>, seen: &mut Seen) -> Self {
        let before = log.errors();
        let named = named.map(|path| Project::named(path, seen));
        let here = named.clone().or_else(|| Project::nearest(Path::new(""), seen));
        let mut default = if paths.is_empty() || out_dir.is_none() { here.as_deref().and_then(|path| Project::read(log, path, seen)) } else { None };
        if log.errors() > before {
            return Self::default();
        }
        let paths = if paths.is_empty() { sources(log, default.as_ref(), seen) } else { paths.to_vec() };
        let skipped = out_dir.map(Path::to_owned).unwrap_or_else(|| self::out_dir(default.as_ref()));
        let found = masters::find(log, &paths, Some(&skipped), seen);
        let mut read: IndexMap<Option<PathBuf>, Option<Project>> = IndexMap::new();
        let mut masters = Vec::with_capacity(found.len());
        let mut nearest: BTreeMap<PathBuf, Option<PathBuf>> = BTreeMap::new();
        for master in found {
            let folder = master.path.parent().unwrap_or(Path::new(""));
            let path = named.clone().or_else(|| nearest.entry(folder.to_owned()).or_insert_with(|| Project::nearest(folder, seen)).clone());
            let entry = read.entry(path.clone());
            let at = entry.index();
            entry.or_insert_with(|| match &path {
                // The one that said where masters are is not read again.
                Some(path) => default.take_if(|project| project.path.as_ref() == Some(path)).or_else(|| Project::read(log, path, seen)),
                None => Some(Project::default()),
            });
            masters.push((master, at));
        }
        match read.into_values().collect() {
            Some(list) => Self { list, masters },
            None => Self::default(),
        }
    }
}

/// The folder that outputs go to where the command line names none.
#[must_use]
pub(in crate::cli) fn out_dir(project: Option<&Project>) -> PathBuf {
    let said = project.and_then(|project| Some(project.below(project.build().out_dir.as_deref()?)));
    said.unwrap_or_else(|| BUILD.into())
}

/// The paths that are meant where none is typed.
fn sources(log: &mut Log, project: Option<&Project>, seen: &mut Seen) -> Vec<PathBuf> {
    if let Some(project) = project
        && let Some(paths) = &project.build().source
    {
        return paths.all().iter().map(|path| project.below(path)).collect();
    }
    let beside = project.map_or_else(|| SOURCE.into(), |project| project.below(Path::new(SOURCE)));
    if seen.has_folder(&beside) {
        return vec![beside];
    }
    log.push(Diagnostic::new(Code::NoMasters, "no master is named, and there is no folder `source` here").hint("name one: `diglot build article.xml`"));
    Vec::new()
}
