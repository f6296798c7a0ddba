//! What is to be done: everything that was typed, looked up and checked, before the first master is opened.
//!
//! 1. The masters are found, and each output gets its path; two masters that would make one file end the job.
//! 2. The layout is loaded and looked at, and the fonts with it.
//! 3. What the PDF keeps to is the command line's, else the layout's.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use article::code::Code;
use article::diag::{Diagnostic, Log};
use clap::error::ErrorKind;

use super::args::{BuildArguments, FontArguments, Format, Gravity, MessageFormat, Shard};
use super::batch::Pace;
use super::citing::Wanted;
use super::pictures::Places;
use super::press::{self, Press};
use super::{book, layouts, masters, usage};
use crate::pdf::layout::Layout;
use crate::pdf::{Engine, FontSources};

/// Where masters are looked for when none is named.
const SOURCE: &str = "source";

/// A build, ready to be started.
pub(super) struct Job {
    /// The masters with their outputs.
    pub(super) works: Vec<Work>,
    /// The layout.
    pub(super) layout: Layout,
    /// The engine; `None` where no PDF is asked for.
    pub(super) engine: Option<Engine>,
    /// What the PDF keeps to.
    pub(super) standards: Vec<String>,
    /// What the PDF for the press is made by; `None` where none is asked for.
    pub(super) press: Option<Press>,
    /// Whether the master is attached to the PDF.
    pub(super) attach: bool,
    /// Whether outputs are written that do not show all of the master.
    pub(super) keep_broken: bool,
    /// Where pictures are looked for.
    pub(super) places: Places,
    /// How citations are set.
    pub(super) wanted: Wanted,
    /// What is wished of e-books.
    pub(super) books: book::Wishes,
    /// What a character is that no font has.
    pub(super) missing_glyphs: Gravity,
    /// The date of the outputs, in seconds since 1970; the master's without one.
    pub(super) date: Option<i64>,
    /// Whether anybody reads the check sums of what is made.
    pub(super) summed: bool,
    /// How many masters are worked on at once, and whether the first that fails is the last.
    pub(super) pace: Pace,
}

/// A master and what is to be made of it.
#[derive(Debug)]
pub(super) struct Work {
    /// The master.
    pub(super) master: PathBuf,
    /// Its outputs.
    pub(super) outputs: Vec<(Format, PathBuf)>,
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
        let paths = sources(log, &arguments.paths);
        let found = masters::find(log, &paths, Some(&arguments.out_dir));
        if single.is_some() && found.len() > 1 {
            return Err(usage("build", ErrorKind::ArgumentConflict, &format!("`--output` takes one master, and there are {}", found.len())));
        }
        let works = found.into_iter().map(|master| Work { outputs: targets(arguments, single, &master.stem), master: master.path }).collect();
        let (Some(mut works), Some(layout)) = (distinct(log, works), layouts::load(log, &arguments.layout)) else {
            return Ok(None);
        };
        if let Some(Shard { part, of }) = arguments.shard {
            // Neighbours go to different parts: a folder of long articles is not left to one machine.
            let mut at = 0..;
            works.retain(|_| at.next().is_some_and(|at: usize| at % of == part - 1));
        }
        let wants_pdf = works.iter().any(|work| work.outputs.iter().any(|(format, _)| matches!(format, Format::Pdf | Format::Press)));
        let wants_press = works.iter().any(|work| work.outputs.iter().any(|(format, _)| *format == Format::Press));
        let press = if wants_press { press::load(log, &arguments.press_profile) } else { None };
        if wants_press && press.is_none() {
            return Ok(None);
        }
        let (mut engine, mut standards) = (None, Vec::new());
        if wants_pdf {
            let Some((loaded, wanted)) = load_engine(log, arguments, &layout) else {
                return Ok(None);
            };
            (engine, standards) = (Some(loaded), wanted);
        } else if !layout.check_css(log) {
            return Ok(None);
        }
        // What is wrong with the manifest has been said where it was looked at.
        let manifest = layout.manifest(&mut Log::default());
        let Some(wanted) = Wanted::resolve(log, arguments.csl.as_deref(), &layout, manifest.as_ref()) else {
            return Ok(None);
        };
        Ok(Some(Self {
            wanted,
            books: book::Wishes::resolve(&arguments.epub),
            works,
            layout,
            engine,
            standards,
            press,
            attach: arguments.attach_master,
            keep_broken: arguments.keep_broken,
            summed: arguments.report.is_some() || arguments.messages.message_format == MessageFormat::Json,
            places: Places::new(log, &arguments.figures).limited(arguments.epub.picture_limit),
            missing_glyphs: arguments.missing_glyphs,
            date: arguments.creation_timestamp,
            pace: Pace::new(arguments.jobs, arguments.fail_fast),
        }))
    }
}

/// The paths that are meant: `source` where none is typed and it is there.
#[must_use]
pub(super) fn sources(log: &mut Log, paths: &[PathBuf]) -> Vec<PathBuf> {
    if !paths.is_empty() {
        return paths.to_vec();
    }
    if Path::new(SOURCE).is_dir() {
        return vec![SOURCE.into()];
    }
    log.push(Diagnostic::new(Code::NoMasters, "no master is named, and there is no folder `source` here").hint("name one: `diglot build article.xml`"));
    Vec::new()
}

/// Fonts as the engine takes them. A folder that is not there is reported.
#[must_use]
pub(super) fn fonts(log: &mut Log, arguments: &FontArguments) -> Engine {
    for folder in arguments.folders.iter().filter(|folder| !folder.is_dir()) {
        log.push(Diagnostic::new(Code::CannotRead, format!("there is no folder `{}` to take fonts from", folder.display())));
    }
    Engine::new(&FontSources { folders: arguments.folders.clone(), system: arguments.system, ..FontSources::default() })
}

/// What the one output is that `--output` asks for.
fn single_output(arguments: &BuildArguments) -> Result<Option<Format>, clap::Error> {
    let Some(path) = &arguments.output else { return Ok(None) };
    match path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("pdf") => Ok(Some(Format::Pdf)),
        Some("epub") => Ok(Some(Format::Epub)),
        _ => Err(usage("build", ErrorKind::ValueValidation, &format!("`{}` ends neither in `.pdf` nor in `.epub`", path.display()))),
    }
}

/// The outputs of a master.
fn targets(arguments: &BuildArguments, single: Option<Format>, stem: &Path) -> Vec<(Format, PathBuf)> {
    if let (Some(format), Some(path)) = (single, &arguments.output) {
        return vec![(format, path.clone())];
    }
    let mut formats = arguments.to.clone();
    formats.sort_unstable();
    formats.dedup();
    let path = |format: Format| {
        // Not `with_extension`: what follows a full stop in the master's name belongs to it.
        let mut path = arguments.out_dir.join(stem).into_os_string();
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
fn load_engine(log: &mut Log, arguments: &BuildArguments, layout: &Layout) -> Option<(Engine, Vec<String>)> {
    let before = log.errors();
    let engine = fonts(log, &arguments.fonts);
    if log.errors() > before || !layout.check(log, &engine) {
        return None;
    }
    let manifest = layout.manifest(log)?;
    let standards = match &arguments.pdf_standard {
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
