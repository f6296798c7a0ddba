//! Where a picture is.
//!
//! 1. It is looked for in the master's folder, in the folders below it that pictures are kept in, and in those of `--figures`.
//! 2. The exact name comes first, then its stem with the extension of any picture that is taken, then both without regard to case.
//! 3. Whatever is found lies below the folder in which it was looked for, links followed. Nothing outside is opened.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use article::code::{Code, Severity};
use article::diag::{Diagnostic, Log};

use super::args::{FigureArguments, Gravity};
use super::project::Project;
use super::raster::Screen;
use super::state::folder::{Folder, Of};
use super::state::seen::Seen;

/// The folders below the master's in which pictures are kept.
pub(super) const USUAL: [&str; 6] = ["figures", "images", "img", "graphics", "media", "figs"];

/// The extensions that are tried, in this order.
const EXTENSIONS: [&str; 11] = ["png", "jpg", "jpeg", "svg", "gif", "webp", "tif", "tiff", "bmp", "eps", "pdf"];

/// Extensions of pictures that are not taken: a name with one of them has an extension.
const OTHER_EXTENSIONS: [&str; 3] = ["wmf", "emf", "ps"];

/// Where pictures are looked for, and what it is if one is missing.
#[derive(Debug)]
pub(super) struct Places {
    folders: Vec<PathBuf>,
    /// How grave it is that a picture is missing; `None` is the code's own.
    pub(super) severity: Option<Severity>,
    /// What an e-book asks of pictures.
    pub(super) screen: Screen,
}

/// Why a picture's file is not opened.
#[derive(Debug)]
pub(super) enum Unfound {
    /// It lies where nothing is read.
    Outside(&'static str),
    /// There is none.
    Missing,
}

impl Places {
    /// The places that were asked for. A folder that is not there is reported.
    #[must_use]
    pub(super) fn new(log: &mut Log, arguments: &FigureArguments, project: &Project) -> Self {
        let mut folders = arguments.folders.clone();
        folders.extend(project.build().figures.iter().map(|folder| project.below(folder)));
        Self::of(log, folders, arguments.missing.or(project.build().missing_figures).unwrap_or_default())
    }

    /// These places. A folder that is not there is reported.
    #[must_use]
    pub(super) fn of(log: &mut Log, folders: Vec<PathBuf>, missing: Gravity) -> Self {
        for folder in folders.iter().filter(|folder| !folder.is_dir()) {
            log.push(Diagnostic::new(Code::CannotRead, format!("there is no folder `{}` to take pictures from", folder.display())));
        }
        Self { folders, severity: missing.severity(), screen: Screen::default() }
    }

    /// The same places, for e-books that ask this of pictures.
    #[must_use]
    pub(super) fn showing(self, screen: Screen) -> Self {
        Self { screen, ..self }
    }

    /// The folders out of which nothing leads: a master's own, and those that were named.
    #[must_use]
    pub(super) fn roots(&self, master: &Path) -> Vec<PathBuf> {
        let folder = master.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        std::iter::once(folder).chain(self.folders.iter().map(PathBuf::as_path)).map(Path::to_owned).collect()
    }

    /// A search for the pictures of one master.
    #[must_use]
    pub(super) fn search(&self, master: &Path) -> Search {
        let mut roots: Vec<(PathBuf, Vec<PathBuf>)> = Vec::new();
        let mut asked: BTreeMap<PathBuf, Asked> = BTreeMap::new();
        let named: Vec<(PathBuf, PathBuf)> = self.roots(master).into_iter().filter_map(|folder| Some((folder.clone(), folder.canonicalize().ok()?))).collect();
        for (_, root) in named.clone() {
            let mut folders = vec![root.clone()];
            folders.extend(USUAL.iter().map(|name| root.join(name)).filter(|folder| folder.is_dir()));
            // Archives of many articles keep each one's pictures in a folder of its name.
            let stem = master.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            asked.entry(root.clone()).or_default().names.extend(USUAL.iter().map(|name| (*name).to_owned()));
            for folder in &folders {
                asked.entry(folder.clone()).or_default().names.extend(stem.clone());
            }
            let own: Vec<PathBuf> =
                stem.map(|stem| folders.iter().map(|folder| folder.join(&stem)).filter(|folder| folder.is_dir()).collect()).unwrap_or_default();
            folders.extend(own);
            roots.push((root, folders));
        }
        Search { named, roots, listed: BTreeMap::new(), asked }
    }
}

/// A search for pictures. Folders are read once.
#[derive(Debug)]
pub(super) struct Search {
    /// Each folder as it was named, and with links followed.
    named: Vec<(PathBuf, PathBuf)>,
    /// Each folder out of which nothing leads, with those in it that are searched.
    roots: Vec<(PathBuf, Vec<PathBuf>)>,
    listed: BTreeMap<PathBuf, Vec<String>>,
    /// What was asked of each folder.
    asked: BTreeMap<PathBuf, Asked>,
}

/// What was asked of a folder.
#[derive(Debug, Default)]
struct Asked {
    /// Entries of these very names.
    names: BTreeSet<String>,
    /// Entries of these names with any extension, in letters of either case.
    stems: BTreeSet<String>,
}

/// A picture's file.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Its path with links followed.
    pub(super) path: PathBuf,
    /// The path by which it was found.
    pub(super) by: PathBuf,
}

impl Search {
    /// The files that a name can mean, the best first.
    ///
    /// # Errors
    ///
    /// When there is none, or when the best lies outside.
    pub(super) fn find(&mut self, href: &str) -> Result<Vec<Found>, Unfound> {
        // A name by a DOI, as one large publisher writes it, is no address: nothing is fetched by it. The file is called by its last part.
        let name = href.strip_prefix("info:doi/").map_or(href, |doi| doi.rsplit('/').next().unwrap_or(doi));
        lawful(name)?;
        let names = names(name);
        let mut found = Vec::new();
        for (_, folder) in self.folders() {
            self.ask(folder, Path::new(name));
        }
        for name in &names {
            for (root, folder) in self.folders() {
                let by = folder.join(name);
                let Ok(path) = by.canonicalize() else { continue };
                if path.starts_with(&root) {
                    found.push(Found { path, by });
                } else if found.is_empty() {
                    return Err(Unfound::Outside("is a link out of the master's folder"));
                }
            }
        }
        if found.is_empty() {
            for name in &names {
                for (root, folder) in self.folders() {
                    let by = self.without_case(&folder, Path::new(name));
                    let found_by = |by: PathBuf| by.canonicalize().ok().filter(|path| path.starts_with(&root)).map(|path| Found { path, by });
                    found.extend(by.and_then(found_by));
                }
            }
        }
        if found.is_empty() { Err(Unfound::Missing) } else { Ok(found) }
    }

    /// Notes what is asked of a folder, and of those in it that the name leads through.
    fn ask(&mut self, mut folder: PathBuf, name: &Path) {
        for part in name.components() {
            let Component::Normal(part) = part else { continue };
            let stem = Path::new(part).file_stem().unwrap_or(part).to_string_lossy().to_lowercase();
            self.asked.entry(folder.clone()).or_default().stems.insert(stem);
            folder.push(part);
        }
    }

    /// Notes what was asked of folders, and what they answered: the same answers find the same pictures. Where no picture was looked for, no answer matters.
    pub(super) fn note(&self, seen: &mut Seen) {
        if self.asked.values().all(|asked| asked.stems.is_empty()) {
            return;
        }
        for (named, real) in &self.named {
            seen.link(named, real);
        }
        for (path, asked) in &self.asked {
            let of = Of::Named { names: asked.names.iter().cloned().collect(), stems: asked.stems.iter().cloned().collect() };
            seen.folder(Folder::look(path, of));
        }
    }

    fn folders(&self) -> Vec<(PathBuf, PathBuf)> {
        self.roots.iter().flat_map(|(root, folders)| folders.iter().map(|folder| (root.clone(), folder.clone()))).collect()
    }

    /// The file of a name whose letters may be of the other case, each part of the path the first by name.
    fn without_case(&mut self, folder: &Path, name: &Path) -> Option<PathBuf> {
        let mut path = folder.to_path_buf();
        for part in name.components() {
            let Component::Normal(part) = part else { continue };
            let wanted = part.to_str()?.to_lowercase();
            self.ask(path.clone(), Path::new(part));
            let entry = self.list(&path).iter().find(|entry| entry.to_lowercase() == wanted)?.clone();
            path.push(entry);
        }
        Some(path)
    }

    fn list(&mut self, folder: &Path) -> &[String] {
        self.listed.entry(folder.to_path_buf()).or_insert_with(|| {
            let mut names: Vec<String> =
                fs::read_dir(folder).map(|entries| entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect()).unwrap_or_default();
            names.sort();
            names
        })
    }

    /// A file beside a missing one that has its stem, of whatever kind. The first by name.
    pub(super) fn similar(&mut self, href: &str) -> Option<String> {
        let wanted = Path::new(href);
        let stem = wanted.file_stem()?.to_str()?.to_lowercase();
        let inner = wanted.parent().unwrap_or(Path::new(""));
        let folder = self.roots.first()?.0.join(inner);
        let is_similar = |name: &&String| {
            let name = Path::new(name.as_str());
            name.file_stem().and_then(|stem| stem.to_str()).is_some_and(|found| found.to_lowercase() == stem)
                && name.extension().is_none_or(|extension| extension != "xml")
        };
        let name = self.list(&folder).iter().find(is_similar)?.clone();
        Some(inner.join(name).display().to_string())
    }
}

/// Whether a name leads nowhere but down.
fn lawful(href: &str) -> Result<(), Unfound> {
    if has_scheme(href) {
        return Err(Unfound::Outside("is named by an address, and nothing is fetched"));
    }
    for part in Path::new(href).components() {
        match part {
            Component::Normal(_) | Component::CurDir => {}
            Component::ParentDir => return Err(Unfound::Outside("is named by a way out of the master's folder, `..`")),
            Component::Prefix(_) | Component::RootDir => return Err(Unfound::Outside("is named by an absolute path")),
        }
    }
    Ok(())
}

/// Whether a name is an address such as `https://…` or `file:…` (RFC 3986, 3.1). One letter before a colon is a drive.
fn has_scheme(href: &str) -> bool {
    href.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    })
}

/// The names that a name can mean: itself, and with the extensions of pictures, in place of one that it has or behind it.
fn names(href: &str) -> Vec<String> {
    let mut names = vec![href.to_owned()];
    let (stem, extension) = href.rsplit_once('.').unwrap_or((href, ""));
    let extension = extension.to_ascii_lowercase();
    let stem = if EXTENSIONS.iter().chain(&OTHER_EXTENSIONS).any(|known| *known == extension) { stem } else { href };
    names.extend(EXTENSIONS.iter().map(|extension| format!("{stem}.{extension}")));
    names
}
