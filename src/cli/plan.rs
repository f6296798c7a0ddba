//! What is to be done: everything that was typed, looked up, before anything is loaded.
//!
//! 1. The masters are found with their projects, and each output gets its path; two masters that would make one file end the job.
//! 2. For each project there is a [`Recipe`]: what its masters are set with, by name.
//! 3. [`Plan::job`] loads the layouts and fonts of those masters that are to be built, and no others: a run that has nothing to do loads nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use article::code::Code;
use article::diag::{Diagnostic, Log};
use clap::error::ErrorKind;

use super::args::{BuildArguments, Format, Shard};
use super::batch::Pace;
use super::job::{Job, Kit, Work};
use super::project::Project;
use super::project::masters::{Projects, out_dir};
use super::recipe::Recipe;
use super::state::seen::Seen;
use super::usage;

/// What is to be done.
pub(super) struct Plan {
    /// The masters with their outputs.
    pub(super) works: Vec<Work>,
    /// What the masters of each project are set with.
    pub(super) recipes: Vec<Recipe>,
    projects: Vec<Project>,
    /// How many masters are worked on at once, and whether the first that fails is the last.
    pub(super) pace: Pace,
}

impl Plan {
    /// Resolves a command line. `None` when nothing can be done, which has been reported.
    ///
    /// What another plan would come from is noted.
    ///
    /// # Errors
    ///
    /// When the command line contradicts itself.
    pub(super) fn resolve(log: &mut Log, arguments: &BuildArguments, seen: &mut Seen) -> Result<Option<Self>, clap::Error> {
        let single = single_output(arguments)?;
        contradictions(arguments)?;
        let Projects { list: projects, masters } = Projects::of(log, arguments.project.path.as_deref(), &arguments.paths, arguments.out_dir.as_deref(), seen);
        if single.is_some() && masters.len() > 1 {
            return Err(usage("build", ErrorKind::ArgumentConflict, &format!("`--output` takes one master, and there are {}", masters.len())));
        }
        let works = masters
            .into_iter()
            .map(|(master, kit)| Work { outputs: targets(arguments, &projects[kit], single, &master.stem), master: master.path, kit })
            .collect();
        let Some(mut works) = distinct(log, works) else { return Ok(None) };
        if let Some(Shard { part, of }) = arguments.shard {
            // Neighbours go to different parts: a folder of long articles is not left to one machine.
            let mut at = 0..;
            works.retain(|_| at.next().is_some_and(|at: usize| at % of == part - 1));
        }
        let recipes: Vec<Recipe> = projects.iter().map(|project| Recipe::of(arguments, project, seen)).collect();
        if works.is_empty() && projects.is_empty() {
            // What is wrong with a layout or a style is said even where there is nothing to set.
            let project = Project::default();
            let recipe = Recipe::of(arguments, &project, seen);
            let _ = Kit::load(log, &recipe, &project, &BTreeSet::new(), seen);
        }
        Ok(Some(Self { works, recipes, projects, pace: Pace::new(arguments.jobs, arguments.fail_fast) }))
    }

    /// Loads what some of the masters are set with: those of these places in the list. `None` where something of it cannot be had, which has been reported; what was
    /// seen until then is noted.
    #[must_use]
    pub(super) fn job(&self, log: &mut Log, places: &[usize], seen: &mut Seen) -> Option<Job> {
        let mut kits = Vec::new();
        let mut places_of_kits: BTreeMap<usize, usize> = BTreeMap::new();
        let chosen: Vec<&Work> = places.iter().filter_map(|at| self.works.get(*at)).collect();
        for (at, (recipe, project)) in self.recipes.iter().zip(&self.projects).enumerate() {
            let own = chosen.iter().filter(|work| work.kit == at);
            let formats: BTreeSet<Format> = own.flat_map(|work| work.outputs.iter().map(|(format, _)| *format)).collect();
            if !formats.is_empty() {
                places_of_kits.insert(at, kits.len());
                kits.push(Kit::load(log, recipe, project, &formats, seen)?);
            }
        }
        let works = chosen.into_iter().filter_map(|work| Some(Work { kit: *places_of_kits.get(&work.kit)?, ..work.clone() })).collect();
        let first = self.recipes.first();
        Some(Job {
            works,
            kits,
            attach: first.is_some_and(|recipe| recipe.attach),
            keep_broken: first.is_some_and(|recipe| recipe.keep_broken),
            date: first.and_then(|recipe| recipe.date),
            pace: self.pace,
        })
    }
}

/// What the one output is that `--output` asks for.
fn single_output(arguments: &BuildArguments) -> Result<Option<Format>, clap::Error> {
    let Some(path) = &arguments.output else { return Ok(None) };
    match path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("pdf") => Ok(Some(Format::Pdf)),
        Some("epub") => Ok(Some(Format::Epub)),
        Some("html") => Ok(Some(Format::Html)),
        _ => Err(usage("build", ErrorKind::ValueValidation, &format!("`{}` ends neither in `.pdf` nor in `.epub` nor in `.html`", path.display()))),
    }
}

/// The outputs of a master.
fn targets(arguments: &BuildArguments, project: &Project, single: Option<Format>, stem: &Path) -> Vec<(Format, PathBuf)> {
    if let (Some(format), Some(path)) = (single, &arguments.output) {
        return vec![(format, path.clone())];
    }
    let mut formats = arguments.to.clone().or_else(|| project.build().to.clone()).unwrap_or_else(|| vec![Format::Pdf, Format::Epub]);
    let folder = arguments.out_dir.clone().unwrap_or_else(|| out_dir(Some(project)));
    formats.sort_unstable();
    formats.dedup();
    let path = |format: Format| {
        // Not `with_extension`: what follows a full stop in the master's name belongs to it.
        let mut path = folder.join(stem).into_os_string();
        path.push(".");
        path.push(format.name());
        path.into()
    };
    formats.into_iter().map(|format| (format, path(format))).collect()
}

/// The works, a master that was named twice only once; `None` where two masters would make one file.
fn distinct(log: &mut Log, works: Vec<Work>) -> Option<Vec<Work>> {
    let mut makers: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    let mut kept = Vec::with_capacity(works.len());
    let before = log.errors();
    for work in works {
        let clash = work.outputs.iter().find_map(|(_, path)| makers.get(path).map(|other| (path, other)));
        match clash {
            None => {
                makers.extend(work.outputs.iter().map(|(_, path)| (path.clone(), work.master.clone())));
                kept.push(work);
            }
            Some((_, other)) if is_same_file(other, &work.master) => {}
            Some((path, other)) => log.push(
                Diagnostic::new(Code::SameOutput, format!("`{}` and `{}` would both make `{}`", other.display(), work.master.display(), path.display()))
                    .hint("rename one of them, or build them into different folders"),
            ),
        }
    }
    (log.errors() == before).then_some(kept)
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// Looks for flags that cannot be given together.
fn contradictions(arguments: &BuildArguments) -> Result<(), clap::Error> {
    let forbidding = arguments.pdf_standard.iter().flatten().find(|standard| forbids_attachments(standard));
    match forbidding {
        Some(standard) if arguments.attach_master => Err(usage(
            "build",
            ErrorKind::ArgumentConflict,
            &format!("`--attach-master` needs PDF/A-3 or A-4f; a file that keeps to `{standard}` may not hold a master"),
        )),
        Some(_) | None => Ok(()),
    }
}

/// Whether a standard allows no attached XML. Source: ISO 19005-1, 6.1.11; 19005-2, 6.8; 19005-4, 6.9.
fn forbids_attachments(standard: &str) -> bool {
    standard.starts_with("a-1") || standard.starts_with("a-2") || standard == "a-4"
}
