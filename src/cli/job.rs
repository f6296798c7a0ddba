//! A build, ready to be started: everything that its masters are set with is loaded and looked at, before the first of them is opened.
//!
//! 1. For each project the layout is loaded and looked at, and the fonts with it.
//! 2. What was asked for goes before what the layout says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use article::code::Code;
use article::derive::imprint::Imprint;
use article::diag::{Diagnostic, Log};
use article::house::House;
use article::lang::Lang;
use serde::{Deserialize, Serialize};

use super::args::{BuildArguments, Flavour, Format, Gravity};
use super::batch::Pace;
use super::citing::Wanted;
use super::open::Wishes;
use super::pictures::Places;
use super::plan::Plan;
use super::press::{self, Press};
use super::project::Project;
use super::project::trade::Cover;
use super::raster::Screen;
use super::recipe::{Recipe, needs_engine};
use super::state::seen::Seen;
use super::{book, checks, layouts, page};
use crate::pdf::layout::Layout;
use crate::pdf::{Engine, FontSources};

/// The layout where nothing says which.
pub(super) const LAYOUT: &str = "classic";

/// What the PDF for the press is made by where nothing says.
pub(super) const PRESS: &str = "x4";

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
    /// How many masters are worked on at once, and whether the first that fails is the last.
    pub(super) pace: Pace,
}

/// What the masters of one project are set with.
pub(super) struct Kit {
    /// What was asked for, by name.
    pub(super) options: BTreeMap<String, String>,
    /// What was seen of the disk while it was loaded.
    pub(super) seen: Seen,
    /// Whether nothing was said while it was loaded.
    pub(super) quiet: bool,
    /// The layout.
    pub(super) layout: Layout,
    /// The engine; `None` where no PDF is asked for.
    pub(super) engine: Option<Engine>,
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
    /// What the project says of covers.
    pub(super) cover: Cover,
    /// The imprint of the printed edition, and the languages in which it is said; `None` where there is none.
    pub(super) imprint: Option<(Imprint, Vec<Lang>)>,
    /// What a character is that no font has.
    pub(super) missing_glyphs: Gravity,
}

/// A master and what is to be made of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
    /// Resolves a command line, and loads all that its masters are set with. `None` when nothing can be done, which has been reported. What the list of masters
    /// hangs on is noted, and where they cannot be set, what that hangs on.
    ///
    /// # Errors
    ///
    /// When the command line contradicts itself.
    pub(super) fn resolve(log: &mut Log, arguments: &BuildArguments, seen: &mut Seen) -> Result<Option<Self>, clap::Error> {
        let plan = Plan::resolve(log, arguments, seen)?;
        Ok(plan.and_then(|plan| plan.job(log, &(0..plan.works.len()).collect::<Vec<_>>(), seen)))
    }
}

impl Kit {
    /// What a project's masters are set with; `None` where something of it cannot be had, which has been reported. What was seen until then is noted.
    pub(super) fn load(log: &mut Log, recipe: &Recipe, project: &Project, formats: &BTreeSet<Format>, all: &mut Seen) -> Option<Self> {
        let mut seen = project.seen.clone();
        let kit = Self::load_seeing(log, recipe, project, formats, &mut seen);
        seen.tidy();
        match kit {
            Some(kit) => Some(Self { seen, ..kit }),
            None => {
                all.add(seen);
                None
            }
        }
    }

    fn load_seeing(log: &mut Log, recipe: &Recipe, project: &Project, formats: &BTreeSet<Format>, seen: &mut Seen) -> Option<Self> {
        let said = log.iter().count();
        let overrides = project.overrides().filter(|_| recipe.overrides);
        let layout = layouts::load(log, &recipe.layout, overrides.as_ref(), seen)?;
        let before = log.errors();
        let checks = checks::of(log, Some(&layout), project);
        if log.errors() > before {
            return None;
        }
        let press = if formats.contains(&Format::Press) || formats.contains(&Format::Cover) { Some(press::load(log, &recipe.press, seen)?) } else { None };
        let (mut engine, mut standards) = (None, Vec::new());
        // Formulas of a book for Amazon's readers are drawn.
        let draws = formats.contains(&Format::Epub) && recipe.flavour == Flavour::Kindle;
        if draws || formats.iter().any(|format| needs_engine(*format)) {
            recipe.fonts.iter().for_each(|folder| seen.fonts(folder));
            let (loaded, kept) = load_engine(log, recipe, &layout)?;
            (engine, standards) = (Some(loaded), kept);
        } else if !layout.check_css(log) {
            return None;
        }
        // What is wrong with the manifest has been said where it was looked at.
        let manifest = layout.manifest(&mut Log::default());
        let wanted = Wanted::resolve(log, recipe.csl.as_deref(), &layout, manifest.as_ref(), seen)?;
        let books = book::Wishes::resolve(recipe.flavour, recipe.prefer(), project, manifest.as_ref());
        let page = page::Wishes::resolve(recipe.html_pictures, project.html(), manifest.as_ref());
        let asked = manifest.map(|manifest| manifest.derive).unwrap_or_default();
        let derive = project.derive().or(asked).wishes(wanted.named());
        let for_screens = formats.contains(&Format::Epub) || formats.contains(&Format::Html);
        let screen = Screen::of(recipe.picture_limit, for_screens, formats.iter().any(|format| needs_engine(*format)));
        let places = Places::of(log, recipe.figures.clone(), recipe.missing_figures).showing(screen);
        recipe.figures.iter().for_each(|folder| {
            seen.has_folder(folder);
        });
        Some(Self {
            options: recipe.options(),
            seen: Seen::default(),
            quiet: log.iter().count() == said,
            layout,
            engine,
            standards,
            press,
            places,
            books,
            page,
            cover: project.cover().clone(),
            imprint: project.imprint(),
            wishes: Wishes { house: House { derive, ..project.house() }, wanted: Some(wanted), checks, anonymous: recipe.anonymous },
            missing_glyphs: recipe.missing_glyphs,
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

/// The engine with its fonts, and what the PDF keeps to. `None` where fonts or layout cannot be used, which has been reported.
fn load_engine(log: &mut Log, recipe: &Recipe, layout: &Layout) -> Option<(Engine, Vec<String>)> {
    let before = log.errors();
    let engine = fonts(log, &recipe.fonts, recipe.system_fonts.is_some());
    if log.errors() > before || !layout.check(log, &engine) {
        return None;
    }
    let manifest = layout.manifest(log)?;
    let standards = match &recipe.standards {
        Some(standards) => standards.clone(),
        None => manifest.pdf_standard.iter().map(|standard| attachable(standard, recipe.attach)).collect(),
    };
    Some((engine, standards))
}

/// A layout's standard, or the next that allows an attached file where one is to be attached: A-3 differs from A-2 in nothing else (ISO 19005-3, 1).
fn attachable(standard: &str, attach: bool) -> String {
    match standard.strip_prefix("a-2") {
        Some(level) if attach => format!("a-3{level}"),
        Some(_) | None => standard.to_owned(),
    }
}
