//! Which files a run hangs on, and which masters on each of them.
//!
//! 1. [`Interest::of`] finds what all masters hang on before anything is read: projects, layouts, fonts, styles, press profiles; what is not there yet
//!    counts too.
//! 2. [`Interest::note`] adds what one master turned out to need: its pictures, and those that were looked for and not found.
//! 3. [`Interest::stale`] says of a change what has to be done again. What no run would have read is nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use article::diag::Log;

use crate::cli::args::BuildArguments;
use crate::cli::job::{Job, LAYOUT, Work};
use crate::cli::layouts;
use crate::cli::open::Opened;
use crate::cli::places::USUAL;
use crate::cli::project::masters::{Projects, out_dir};
use crate::cli::project::{NAME, Project};

/// How far the time of a file may lag behind the clock: the system writes down the time of its last tick.
const LAG: Duration = Duration::from_millis(5);

/// How deep folders are followed.
const DEEPEST: usize = 32;

/// What has to be done again.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::cli) struct Stale {
    /// Everything, with the layouts and fonts loaded anew.
    pub(in crate::cli) all: bool,
    /// The list of the masters.
    pub(in crate::cli) list: bool,
    /// These masters, by the paths under which they are known.
    pub(in crate::cli) masters: BTreeSet<PathBuf>,
}

impl Stale {
    /// Whether there is nothing to do.
    pub(in crate::cli) fn is_nothing(&self) -> bool {
        !self.all && !self.list && self.masters.is_empty()
    }
}

/// The files that matter. Paths are as the system knows them: absolute, links of their folders followed.
#[derive(Debug, Default)]
pub(in crate::cli) struct Interest {
    /// Files that all masters hang on, whether they are there or not.
    shared: BTreeSet<PathBuf>,
    /// Folders of which every file counts, with what is below them.
    whole: BTreeSet<PathBuf>,
    /// Folders in which a new file can be a master.
    searched: BTreeSet<PathBuf>,
    /// The folders that outputs go to: nothing in them is a master.
    skipped: BTreeSet<PathBuf>,
    /// What the program itself writes.
    outputs: BTreeSet<PathBuf>,
    /// What each master hangs on.
    masters: BTreeMap<PathBuf, Needs>,
}

/// What one master hangs on.
#[derive(Clone, Debug, Default)]
struct Needs {
    /// Files: itself, its pictures, a style beside it.
    files: BTreeSet<PathBuf>,
    /// Folders in which its pictures are looked for, with what is below them.
    roots: BTreeSet<PathBuf>,
    /// Those of them and of the folders in them that are looked into.
    folders: BTreeSet<PathBuf>,
    /// The names of its pictures without their extensions, in small letters, and of folders in which pictures could stand.
    stems: BTreeSet<String>,
}

impl Interest {
    /// What a run of this command hangs on, before it is known of any master what that needs.
    pub(in crate::cli) fn of(arguments: &BuildArguments) -> Self {
        let mut interest = Self::default();
        let Projects { list, masters } = Projects::of(&mut Log::default(), arguments.project.path.as_deref(), &arguments.paths, arguments.out_dir.as_deref());
        let named: Vec<&Path> = arguments.paths.iter().map(PathBuf::as_path).collect();
        let homes = named.iter().map(|path| if is_master(path) { path.parent().unwrap_or(Path::new("")) } else { path });
        for folder in std::iter::once(Path::new("")).chain(homes).chain(masters.iter().filter_map(|(master, _)| master.path.parent())) {
            interest.projects_above(folder);
        }
        if let Some(path) = &arguments.project.path {
            interest.shared.extend([real(path), real(&path.join(NAME))]);
        }
        let sources = list.iter().flat_map(|project| project.build().source.iter().flat_map(|paths| paths.all().iter().map(|path| project.below(path))));
        let mut paths: Vec<PathBuf> = if named.is_empty() { sources.collect() } else { arguments.paths.clone() };
        if paths.is_empty() {
            paths.push(list.first().map_or_else(|| "source".into(), |project| project.below(Path::new("source"))));
        }
        interest.skipped.extend(arguments.out_dir.iter().map(|folder| real(folder)));
        interest.skipped.extend(list.iter().map(|project| real(&out_dir(Some(project)))));
        for path in &paths {
            // A folder is searched, and so is one that is not there yet; a file is a master.
            if !is_master(path) {
                interest.search(&real(path), 0);
                interest.shared.insert(real(path));
            }
        }
        interest.layouts(arguments, &list);
        for project in list.iter().chain(list.is_empty().then_some(&Project::default())) {
            let build = project.build();
            let files = [arguments.csl.clone(), arguments.press_profile.clone()].into_iter().flatten();
            let files = files.chain([&build.csl, &build.press_profile].into_iter().flatten().map(|name| project.name_or_file(name)));
            interest.shared.extend(files.map(|file| real(Path::new(&file))));
            let fonts = arguments.fonts.folders.iter().cloned().chain(build.font_path.iter().map(|folder| project.below(folder)));
            interest.whole.extend(fonts.map(|folder| real(&folder)));
        }
        for (master, _) in &masters {
            interest.master(&master.path);
        }
        // A file that was named is a master even if nothing of it can be said yet.
        for path in paths.iter().filter(|path| is_master(path)) {
            interest.master(path);
        }
        interest
    }

    /// Notes the outputs of a job, which are no change of anything.
    pub(in crate::cli) fn job(&mut self, job: &Job) {
        self.outputs.extend(job.works.iter().flat_map(|work| work.outputs.iter().map(|(_, path)| real(path))));
    }

    /// Notes what a master needed in its last run. What could not be opened needs what it needed before.
    pub(in crate::cli) fn note(&mut self, job: &Job, work: &Work, opened: &Opened) {
        if opened.edition.is_none() {
            return;
        }
        self.masters.remove(&work.master);
        self.master(&work.master);
        let Some(needs) = self.masters.get_mut(&work.master) else { return };
        let kit = &job.kits[work.kit];
        needs.files.extend(opened.seen.paths().map(real));
        needs.roots.extend(kit.places.roots(&work.master).iter().map(|root| real(root)));
        let own = work.master.file_stem().map(|stem| stem.to_string_lossy().to_lowercase());
        for href in &opened.sought {
            let path = Path::new(href);
            needs.stems.extend(path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()));
            // A folder that comes to be where a picture could stand is looked into.
            needs.stems.extend(path.parent().into_iter().flat_map(Path::components).map(|part| part.as_os_str().to_string_lossy().to_lowercase()));
            let inner = path.parent().unwrap_or(Path::new(""));
            for root in &needs.roots {
                let usual: Vec<PathBuf> = USUAL.iter().map(|name| root.join(name)).chain([root.clone()]).collect();
                let with_own = usual.iter().flat_map(|folder| own.iter().map(|own| folder.join(own)).chain([folder.clone()]));
                needs.folders.extend(with_own.map(|folder| folder.join(inner)).filter(|folder| folder.is_dir()));
            }
        }
        if !opened.sought.is_empty() {
            needs.stems.extend(USUAL.iter().map(|name| (*name).to_owned()).chain(own));
            needs.folders.extend(needs.roots.iter().cloned());
        }
    }

    /// Takes over what was noted of masters that are not run again.
    pub(in crate::cli) fn keep(&mut self, before: &Self) {
        for (master, needs) in &mut self.masters {
            if let Some(old) = before.masters.get(master) {
                needs.files.extend(old.files.iter().cloned());
                needs.roots.extend(old.roots.iter().cloned());
                needs.folders.extend(old.folders.iter().cloned());
                needs.stems.extend(old.stems.iter().cloned());
            }
        }
    }

    /// The masters that it knows.
    pub(in crate::cli) fn masters(&self) -> BTreeSet<PathBuf> {
        self.masters.keys().cloned().collect()
    }

    /// Whether it knows a master.
    pub(in crate::cli) fn knows(&self, master: &Path) -> bool {
        self.masters.contains_key(master)
    }

    /// The folders that have to be watched for it.
    pub(in crate::cli) fn folders(&self) -> BTreeSet<PathBuf> {
        let above = |path: &PathBuf| path.parent().map(Path::to_owned);
        let mut folders: BTreeSet<PathBuf> = self.shared.iter().filter_map(above).collect();
        for folder in &self.whole {
            below(folder, 0, &mut folders);
            // What is deleted and made anew is seen from above.
            folders.extend(above(folder));
        }
        folders.extend(self.searched.iter().cloned());
        for needs in self.masters.values() {
            folders.extend(needs.files.iter().filter_map(above));
            folders.extend(needs.folders.iter().cloned());
        }
        folders
    }

    /// Whether a file that matters is gone or empty, as it is in the middle of being saved.
    pub(in crate::cli) fn is_unfinished(&self, changed: &BTreeSet<PathBuf>) -> bool {
        let matters = |path: &PathBuf| self.masters.values().any(|needs| needs.files.contains(path));
        changed.iter().any(|path| matters(path) && path.metadata().map_or(true, |metadata| metadata.len() == 0))
    }

    /// What has to be done again after these paths changed.
    pub(in crate::cli) fn stale(&self, changed: &BTreeSet<PathBuf>) -> Stale {
        let mut stale = Stale::default();
        for path in changed.iter().filter(|path| !self.is_own(path)) {
            // A folder that came or went is all that was in it.
            let holds = |other: &PathBuf| other == path || other.starts_with(path);
            stale.all |= self.shared.iter().any(holds) || self.whole.iter().any(|folder| path.starts_with(folder) || folder.starts_with(path));
            stale.list |= self.is_new_master(path);
            for (master, needs) in &self.masters {
                if needs.files.iter().any(holds) || needs.is_picture(path) {
                    stale.masters.insert(master.clone());
                }
            }
        }
        stale
    }

    /// What has to be done again because it changed since a moment: for folders that were not watched before. A picture that was not read counts where
    /// its folder changed: it came after it was looked for.
    pub(in crate::cli) fn stale_since(&self, moment: SystemTime, folders: &BTreeSet<PathBuf>) -> Stale {
        let moment = moment.checked_sub(LAG).unwrap_or(moment);
        let is_new = |path: &Path| path.metadata().and_then(|metadata| metadata.modified()).is_ok_and(|at| at >= moment);
        let is_unread = |path: &PathBuf| self.masters.values().any(|needs| needs.is_picture(path) && !needs.files.contains(path));
        let mut changed = BTreeSet::new();
        for folder in folders {
            let touched = is_new(folder);
            let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
            changed.extend(entries.filter(|path| is_new(path) || touched && is_unread(path)));
        }
        // What was read and is gone.
        let read = self.masters.values().flat_map(|needs| &needs.files);
        changed.extend(read.filter(|path| path.parent().is_some_and(|folder| folders.contains(folder)) && !path.exists()).cloned());
        self.stale(&changed)
    }

    /// Whether the program itself writes a path, or an editor beside the file that is meant.
    fn is_own(&self, path: &Path) -> bool {
        let is_hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        is_hidden || self.outputs.contains(path) || self.skipped.iter().any(|folder| path.starts_with(folder))
    }

    /// Whether a path changes the list of the masters.
    fn is_new_master(&self, path: &Path) -> bool {
        let is_inside = path.parent().is_some_and(|folder| self.searched.contains(folder));
        let is_known = || self.masters.values().any(|needs| needs.files.contains(path) && path.exists());
        let is_gone = || self.searched.contains(path);
        is_inside && (path.is_dir() || is_gone() || (path.extension() == Some(OsStr::new("xml")) && !is_known()))
    }

    /// The needs of a master, which at least hangs on its own file and on what that is a link to.
    fn master(&mut self, path: &Path) -> &Needs {
        let needs = self.masters.entry(path.to_owned()).or_default();
        needs.files.insert(real(path));
        needs.files.extend(path.canonicalize().ok());
        needs
    }

    /// The projects that a folder could belong to, from it up to where the program runs. Above that nobody makes one by chance.
    fn projects_above(&mut self, folder: &Path) {
        let here = real(Path::new(""));
        let folder = real(folder);
        let above = folder.ancestors().take_while(|above| above.starts_with(&here));
        self.shared.extend(above.map(|above| above.join(NAME)));
        self.shared.insert(folder.join(NAME));
        self.shared.extend(Project::nearest(&folder).map(|path| real(&path)));
    }

    /// The folders of layouts, with those on which they stand.
    fn layouts(&mut self, arguments: &BuildArguments, projects: &[Project]) {
        let mut names: Vec<String> = projects.iter().filter_map(Project::layout).collect();
        names.extend(arguments.layout.clone());
        names.push(LAYOUT.to_owned());
        for name in names {
            self.whole.extend(layouts::folders(&name).iter().map(|folder| real(folder)));
        }
    }

    fn search(&mut self, folder: &Path, depth: usize) {
        if depth > DEEPEST || self.skipped.contains(folder) {
            return;
        }
        self.searched.insert(folder.to_owned());
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && !entry.file_name().as_encoded_bytes().starts_with(b".") {
                self.search(&entry.path(), depth + 1);
            }
        }
    }
}

impl Needs {
    /// Whether a path could be one of the pictures, or a folder with one.
    fn is_picture(&self, path: &Path) -> bool {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase());
        let is_meant = stem.is_some_and(|stem| self.stems.contains(&stem)) && path.extension() != Some(OsStr::new("xml"));
        is_meant && self.roots.iter().any(|root| path.starts_with(root))
    }
}

/// Whether a path that was named is a master, and no folder of masters: by its name, where it is not there yet.
fn is_master(path: &Path) -> bool {
    path.is_file() || (!path.is_dir() && path.extension() == Some(OsStr::new("xml")))
}

/// A folder and the folders in it, hidden ones left out.
fn below(folder: &Path, depth: usize, into: &mut BTreeSet<PathBuf>) {
    if depth > DEEPEST {
        return;
    }
    into.insert(folder.to_owned());
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && !entry.file_name().as_encoded_bytes().starts_with(b".") {
            below(&entry.path(), depth + 1, into);
        }
    }
}

/// A path as the system tells of it: absolute, the links of its folder followed, whether it is there or not.
pub(in crate::cli) fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(if path == Path::new("") { Path::new(".") } else { path }).unwrap_or_else(|_| path.to_owned());
    let path = crate::cli::disk::plain(&path);
    for folder in path.ancestors().skip(1) {
        if let (Ok(found), Ok(rest)) = (folder.canonicalize(), path.strip_prefix(folder)) {
            return found.join(rest);
        }
    }
    path
}
