//! What was seen of the disk by those who are followed, and what has to be done again when it is another.
//!
//! 1. A run hands over what it noted ([`Seen`]): of the list of masters, of what the masters of each project are set with, of each master.
//! 2. [`Interest::folders`] are the folders in which any of it could change.
//! 3. [`Interest::changed`] holds against the disk what hangs on a place where something happened ([`Review`], as `build` does it). A master of which
//!    something is not as it was is forgotten: whoever is not known is to be made.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::cli::disk;
use crate::cli::job::{Job, Work};
use crate::cli::state::folder::Of;
use crate::cli::state::review::Review;
use crate::cli::state::seen::Seen;

/// What has to be done after something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::cli) enum Anew {
    /// Nothing.
    Nothing,
    /// Masters that are not known any more.
    Masters,
    /// Everything is to be looked up: the list of masters, and what they are set with.
    Everything,
}

/// What is followed.
#[derive(Debug, Default)]
pub(in crate::cli) struct Interest {
    /// What the list of masters came from; where they cannot be set, also what that hangs on.
    list: Followed,
    /// What the masters of each project are set with.
    kits: Vec<Followed>,
    /// Whether they could not be set when everything was looked up last.
    broken: bool,
    masters: BTreeMap<PathBuf, Known>,
}

/// A master of which it is known what its outputs were made from.
#[derive(Debug)]
struct Known {
    /// What tells what was asked of it from something else.
    wish: u64,
    /// Which of the kits it was set with.
    kit: usize,
    own: Followed,
}

impl Interest {
    /// Follows the list of masters, and what those of a job are set with; without a job, what was known stays to be followed. Masters that are not on the list, or of
    /// which something else is wanted than before, are forgotten.
    pub(in crate::cli) fn prepare(&mut self, list: Seen, job: Option<&Job>) {
        self.list = Followed::of(list);
        let Some(job) = job else {
            self.broken = true;
            return;
        };
        if std::mem::take(&mut self.broken) {
            // Whatever they were set with meanwhile, they are to be looked at.
            self.masters.clear();
        }
        self.kits = job.kits.iter().map(|kit| Followed::of(kit.seen.clone())).collect();
        let wanted: BTreeMap<&Path, (u64, usize)> = job.works.iter().map(|work| (work.master.as_path(), (wish(job, work), work.kit))).collect();
        self.masters.retain(|master, known| match wanted.get(master.as_path()) {
            Some((wish, kit)) => {
                known.kit = *kit;
                known.wish == *wish
            }
            None => false,
        });
    }

    /// Follows what was seen for a master.
    pub(in crate::cli) fn note(&mut self, job: &Job, work: &Work, own: Seen) {
        self.masters.insert(work.master.clone(), Known { wish: wish(job, work), kit: work.kit, own: Followed::of(own) });
    }

    /// Whether the outputs of a master are known to be as they would be made.
    pub(in crate::cli) fn knows(&self, master: &Path) -> bool {
        self.masters.contains_key(master)
    }

    /// The files that were read for a master of which something is not as it was seen; none where all of it is.
    pub(in crate::cli) fn outdated(&self, master: &Path) -> BTreeSet<PathBuf> {
        let known = self.masters.get(master).filter(|known| Review::default().seen(&known.own.seen).is_err());
        known.map(|known| known.own.files.clone()).unwrap_or_default()
    }

    /// Forgets a master.
    pub(in crate::cli) fn forget(&mut self, master: &Path) {
        self.masters.remove(master);
    }

    /// The folders that have to be watched for it.
    pub(in crate::cli) fn folders(&self) -> BTreeSet<PathBuf> {
        self.all().flat_map(Followed::watched).collect()
    }

    /// Whether a file that was read is gone or empty, as it is in the middle of being saved.
    pub(in crate::cli) fn is_unfinished(&self, changed: &BTreeSet<PathBuf>) -> bool {
        let is_read = |path: &PathBuf| self.masters.values().any(|known| known.own.files.contains(path));
        changed.iter().any(|path| is_read(path) && path.metadata().map_or(true, |metadata| metadata.len() == 0))
    }

    /// What has to be done after these paths changed.
    pub(in crate::cli) fn changed(&mut self, paths: &BTreeSet<PathBuf>) -> Anew {
        let mut review = Review::default();
        let mut anew = Anew::Nothing;
        if self.list.hangs_on(paths) && review.seen(&self.list.seen).is_err() {
            anew = Anew::Everything;
        }
        let mut others = BTreeSet::new();
        for (at, kit) in self.kits.iter_mut().enumerate().filter(|(_, kit)| kit.hangs_on(paths)) {
            match review.seen(&kit.seen) {
                Ok(None) => {}
                // Of a font that has changed the engine has the old bytes, whether or not they were used.
                Ok(Some(seen)) => {
                    kit.seen = seen;
                    anew = Anew::Everything;
                }
                Err(_) => {
                    others.insert(at);
                    anew = Anew::Everything;
                }
            }
        }
        let before = self.masters.len();
        self.masters.retain(|_, known| {
            if others.contains(&known.kit) {
                return false;
            }
            let held = if known.own.hangs_on(paths) { review.seen(&known.own.seen) } else { Ok(None) };
            if let Ok(Some(seen)) = &held {
                known.own.seen = seen.clone();
            }
            held.is_ok()
        });
        if self.masters.len() < before { anew.max(Anew::Masters) } else { anew }
    }

    fn all(&self) -> impl Iterator<Item = &Followed> {
        std::iter::once(&self.list).chain(&self.kits).chain(self.masters.values().map(|known| &known.own))
    }
}

/// What tells what is wanted of a master from something else.
fn wish(job: &Job, work: &Work) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&job.kits[work.kit].options, work.outputs.iter().map(|(format, path)| (format.name(), path)).collect::<Vec<_>>()).hash(&mut hasher);
    hasher.finish()
}

/// What was seen, with its places as the system tells of them: absolute, links followed.
#[derive(Debug, Default)]
struct Followed {
    seen: Seen,
    /// The files, those that were not there too.
    files: BTreeSet<PathBuf>,
    /// The folders that were looked into, with what was asked of each.
    folders: BTreeMap<PathBuf, Vec<Of>>,
}

impl Followed {
    fn of(mut seen: Seen) -> Self {
        seen.tidy();
        // What is named may be a link to what is read.
        let places = |path: &Path| [Some(real(path)), path.canonicalize().ok()].into_iter().flatten();
        let files = seen.all_paths().flat_map(places).collect();
        let mut folders: BTreeMap<PathBuf, Vec<Of>> = BTreeMap::new();
        for (path, of) in seen.asked() {
            places(path).for_each(|place| folders.entry(place).or_default().extend(of.cloned()));
        }
        Self { seen, files, folders }
    }

    /// The folders in which it could change: of a file the one that it is in, for it may be replaced; what was looked into; and what that is in, from where the
    /// program runs. Above that much happens that is nobody's business.
    fn watched(&self) -> impl Iterator<Item = PathBuf> {
        let here = real(Path::new("."));
        let above = |path: &PathBuf| path.parent().map(Path::to_owned);
        self.files
            .iter()
            .filter_map(above)
            .chain(self.folders.keys().cloned())
            .chain(self.folders.keys().filter_map(above).filter(move |above| above.starts_with(&here)))
    }

    /// Whether something of it could be another after these paths changed. A folder that came or went is all that was in it.
    fn hangs_on(&self, paths: &BTreeSet<PathBuf>) -> bool {
        paths.iter().any(|path| {
            let is_asked = |folder: &Path| {
                self.folders.get(folder).is_some_and(|asked| asked.iter().any(|of| path.file_name().is_some_and(|name| of.can_mean(&name.to_string_lossy()))))
            };
            let below = |places: Option<&PathBuf>| places.is_some_and(|place| place.starts_with(path));
            // In the order of paths, what is below one follows it.
            below(self.files.range(path.clone()..).next())
                || below(self.folders.range(path.clone()..).next().map(|(folder, _)| folder))
                || path.parent().is_some_and(is_asked)
        })
    }
}

/// A path as the system tells of it: absolute, the links of its folder followed, whether it is there or not.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(if path == Path::new("") { Path::new(".") } else { path }).unwrap_or_else(|_| path.to_owned());
    let path = disk::plain(&path);
    for folder in path.ancestors().skip(1) {
        if let (Ok(found), Ok(rest)) = (folder.canonicalize(), path.strip_prefix(folder)) {
            return found.join(rest);
        }
    }
    path
}
