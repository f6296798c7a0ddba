//! What is to be done: everything that was typed, looked up and checked, before the first master is opened.
//!
//! 1. The masters are found with their projects, and each output gets its path; two masters that would make one file end the job.
//! 2. For each project the layout is loaded and looked at, and the fonts with it.
//! 3. A flag goes before what the project says, and that before the layout.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use article::code::Code;
use article::diag::{Diagnostic, Log};
use article::house::House;
use clap::error::ErrorKind;

use super::args::{BuildArguments, Flavour, Format, Gravity, MessageFormat, Shard};
use super::batch::Pace;
use super::citing::Wanted;
use super::open::Wishes;
use super::pictures::Places;
use super::press::{self, Press};
use super::project::Project;
use super::project::masters::{Projects, out_dir};
use super::raster::Screen;
use super::{book, checks, layouts, page, usage};
use crate::pdf::layout::Layout;
use crate::pdf::{Engine, FontSources};

/// The layout where nothing says which.
pub(super) const LAYOUT: &str = "classic";

/// What the PDF for the press is made by where nothing says.
const PRESS: &str = "x4";

/// A build, ready to be started.
pub(super) struct Job {
    /// The masters with their outputs.
    pub(super) works: Vec<Work>,
    /// What the masters of each project are set with.
    pub(super) kits: Vec<Kit>,
    /// Whether the master is attached to the PDF.
    pub(super) attach: bool,
    /// Whether outputs are written that do not show all of the master.
    pub(super) keep_broken: bool,
    /// The date of the outputs, in seconds since 1970; the master's without one.
    pub(super) date: Option<i64>,
    /// Whether anybody reads the check sums of what is made.
    pub(super) summed: bool,
    /// How many masters are worked on at once, and whether the first that fails is the last.
    pub(super) pace: Pace,
}

/// What the masters of one project are set with.
pub(super) struct Kit {
    /// The project's file.
    pub(super) project: Option<PathBuf>,
    /// The layout.
    pub(super) layout: Layout,
    /// The engine; `None` where no PDF is asked for.
    pub(super) engine: Option<Engine>,
    /// The folders that fonts were taken from.
    pub(super) fonts: Vec<PathBuf>,
    /// What the PDF keeps to.
    pub(super) standards: Vec<String>,
    /// What the PDF for the press is made by; `None` where none is asked for.
    pub(super) press: Option<Press>,
    /// Where pictures are looked for.
    pub(super) places: Places,
    /// What is wished of the edition.
    pub(super) wishes: Wishes,
    /// What is wished of e-books.
    pub(super) books: book::Wishes,
    /// What is wished of pages of HTML.
    pub(super) page: page::Wishes,
    /// What a character is that no font has.
    pub(super) missing_glyphs: Gravity,
}

/// A master and what is to be made of it.
#[derive(Debug)]
pub(super) struct Work {
    /// The master.
    pub(super) master: PathBuf,
    /// Its outputs.
    pub(super) outputs: Vec<(Format, PathBuf)>,
    /// Which of the kits it is set with.
    pub(super) kit: usize,
}

impl Work {
    /// The name of an output without its extension.
    #[must_use]
    pub(super) fn name(&self, format: Format) -> String {
        let path = self.outputs.iter().find(|(other, _)| *other == format).map(|(_, path)| path);
        path.and_then(|path| path.file_stem()).map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
    }
}

impl Job {
    /// Resolves a command line. `None` when nothing can be done, which has been reported.
    ///
    /// # Errors
    ///
    /// When the command line contradicts itself.
    pub(super) fn resolve(log: &mut Log, arguments: &BuildArguments) -> Result<Option<Self>, clap::Error> {
        let single = single_output(arguments)?;
        contradictions(arguments)?;
        let Projects { list: projects, masters } = Projects::of(log, arguments.project.path.as_deref(), &arguments.paths, arguments.out_dir.as_deref());
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
        if works.is_empty() && projects.is_empty() {
            // What is wrong with a layout or a style is said even where there is nothing to set.
            let _ = Kit::load(log, arguments, &Project::default(), &BTreeSet::new());
        }
        let mut kits = Vec::with_capacity(projects.len());
        for (at, project) in projects.iter().enumerate() {
            let formats: BTreeSet<Format> =
                works.iter().filter(|work| work.kit == at).flat_map(|work| work.outputs.iter().map(|(format, _)| *format)).collect();
            match Kit::load(log, arguments, project, &formats) {
                Some(kit) => kits.push(kit),
                None => return Ok(None),
            }
        }
        Ok(Some(Self {
            works,
            kits,
            attach: arguments.attach_master,
            keep_broken: arguments.keep_broken,
            summed: arguments.report.is_some() || arguments.messages.message_format == MessageFormat::Json,
            date: arguments.creation_timestamp,
            pace: Pace::new(arguments.jobs, arguments.fail_fast),
        }))
    }
}

impl Kit {
    /// What a project's masters are set with; `None` where something of it cannot be had, which has been reported.
    fn load(log: &mut Log, arguments: &BuildArguments, project: &Project, formats: &BTreeSet<Format>) -> Option<Self> {
        let build = project.build();
        let (name, overrides) = match &arguments.layout {
            // What the project says of its own layout does not go for another.
            Some(typed) => (typed.clone(), project.overrides().filter(|_| project.layout().as_ref() == Some(typed))),
            None => (project.layout().unwrap_or_else(|| LAYOUT.to_owned()), project.overrides()),
        };
        let layout = layouts::load(log, &name, overrides.as_ref())?;
        let before = log.errors();
        let checks = checks::of(log, Some(&layout), project);
        if log.errors() > before {
            return None;
        }
        let press = if formats.contains(&Format::Press) {
            let named = build.press_profile.as_deref().map(|name| project.name_or_file(name));
            Some(press::load(log, arguments.press_profile.as_deref().or(named.as_deref()).unwrap_or(PRESS))?)
        } else {
            None
        };
        let mut fonts = arguments.fonts.folders.clone();
        fonts.extend(build.font_path.iter().map(|folder| project.below(folder)));
        let (mut engine, mut standards) = (None, Vec::new());
        // Formulas of a book for Amazon's readers are drawn.
        let draws = formats.contains(&Format::Epub) && arguments.epub.flavour.or(build.epub_flavour) == Some(Flavour::Kindle);
        if formats.contains(&Format::Pdf) || press.is_some() || draws {
            let wanted = arguments.pdf_standard.as_ref().or(build.pdf_standard.as_ref());
            let (loaded, kept) = load_engine(log, &fonts, arguments, wanted, &layout)?;
            (engine, standards) = (Some(loaded), kept);
        } else if !layout.check_css(log) {
            return None;
        }
        // What is wrong with the manifest has been said where it was looked at.
        let manifest = layout.manifest(&mut Log::default());
        let csl = arguments.csl.clone().or_else(|| build.csl.as_deref().map(|name| project.name_or_file(name)));
        let wanted = Wanted::resolve(log, csl.as_deref(), &layout, manifest.as_ref())?;
        let books = book::Wishes::resolve(&arguments.epub, project, manifest.as_ref());
        let page = page::Wishes::resolve(&arguments.html, project.html(), manifest.as_ref());
        let asked = manifest.map(|manifest| manifest.derive).unwrap_or_default();
        let derive = project.derive().or(asked).wishes(wanted.named());
        Some(Self {
            project: project.path.clone(),
            layout,
            engine,
            fonts,
            standards,
            press,
            places: Places::new(log, &arguments.figures, project).showing(Screen {
                side: arguments.epub.picture_limit.or(build.epub_picture_limit.map(|side| side.0)).unwrap_or(Screen::default().side),
                wanted: formats.contains(&Format::Epub) || formats.contains(&Format::Html),
                pages: formats.contains(&Format::Pdf) || formats.contains(&Format::Press),
            }),
            books,
            page,
            wishes: Wishes { house: House { derive, ..project.house() }, wanted: Some(wanted), checks, anonymous: arguments.anonymous },
            missing_glyphs: arguments.missing_glyphs.or(build.missing_glyphs).unwrap_or_default(),
        })
    }
}

/// Fonts as the engine takes them. A folder that is not there is reported.
#[must_use]
pub(super) fn fonts(log: &mut Log, folders: &[PathBuf], system: bool) -> Engine {
    for folder in folders.iter().filter(|folder| !folder.is_dir()) {
        log.push(Diagnostic::new(Code::CannotRead, format!("there is no folder `{}` to take fonts from", folder.display())));
    }
    Engine::new(&FontSources { folders: folders.to_vec(), system, ..FontSources::default() })
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

/// The engine with its fonts, and what the PDF keeps to. `None` where fonts or layout cannot be used, which has been reported.
fn load_engine(log: &mut Log, folders: &[PathBuf], arguments: &BuildArguments, wanted: Option<&Vec<String>>, layout: &Layout) -> Option<(Engine, Vec<String>)> {
    let before = log.errors();
    let engine = fonts(log, folders, arguments.fonts.system);
    if log.errors() > before || !layout.check(log, &engine) {
        return None;
    }
    let manifest = layout.manifest(log)?;
    let standards = match wanted {
        Some(standards) => standards.clone(),
        None => manifest.pdf_standard.iter().map(|standard| attachable(standard, arguments.attach_master)).collect(),
    };
    Some((engine, standards))
}

/// Whether a standard allows no attached XML. Source: ISO 19005-1, 6.1.11; 19005-2, 6.8; 19005-4, 6.9.
fn forbids_attachments(standard: &str) -> bool {
    standard.starts_with("a-1") || standard.starts_with("a-2") || standard == "a-4"
}

/// A layout's standard, or the next that allows an attached file where one is to be attached: A-3 differs from A-2 in nothing else (ISO 19005-3, 1).
fn attachable(standard: &str, attach: bool) -> String {
    match standard.strip_prefix("a-2") {
        Some(level) if attach => format!("a-3{level}"),
        Some(_) | None => standard.to_owned(),
    }
}
