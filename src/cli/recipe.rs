//! What the masters of one project are set with, by name: nothing of it is loaded yet.
//!
//! 1. A flag goes before what the project says. What is neither typed nor said is left to the layout.
//! 2. [`Recipe::options`] lists all of it, since outputs are known by what was asked for (`state`); `job` loads it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use article::lang::Lang;
use serde::{Deserialize, Serialize};

use super::args::{BuildArguments, EpubArguments, FigureArguments, Flavour, FontArguments, Format, Gravity, HtmlArguments, Place};
use super::job::{LAYOUT, PRESS};
use super::project::Project;
use super::stamp;
use super::state::seen::Seen;
use crate::pdf;

/// What the masters of a project are set with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Recipe {
    /// The project's file.
    pub(super) project: Option<PathBuf>,
    /// The layout, by name or folder.
    pub(super) layout: String,
    /// Whether the options that the project sets of its layout are for this one.
    pub(super) overrides: bool,
    /// The citation style, by name or file.
    pub(super) csl: Option<String>,
    /// What the PDF keeps to.
    pub(super) standards: Option<Vec<String>>,
    /// What the PDF for the press is made by, a name or a file.
    pub(super) press: String,
    /// Folders with fonts.
    pub(super) fonts: Vec<PathBuf>,
    /// The fonts of the system, as a sum; `None` where they are not used.
    pub(super) system_fonts: Option<String>,
    /// Folders with pictures.
    pub(super) figures: Vec<PathBuf>,
    /// What it is if a picture is missing.
    pub(super) missing_figures: Gravity,
    /// What a character is that no font has.
    pub(super) missing_glyphs: Gravity,
    /// The longest side of a picture in an e-book, in pixels.
    pub(super) picture_limit: Option<u32>,
    /// What e-books are for.
    pub(super) flavour: Flavour,
    /// The language of their readers, as a tag.
    pub(super) prefer: Option<String>,
    /// Where the pictures of a page of HTML are.
    pub(super) html_pictures: Place,
    /// Whether the article is to have no authors.
    pub(super) anonymous: bool,
    /// Whether the master is attached to the PDF.
    pub(super) attach: bool,
    /// Whether outputs are written that do not show all of the master.
    pub(super) keep_broken: bool,
    /// The date of the outputs, in seconds since 1970; the master's without one.
    pub(super) date: Option<i64>,
}

impl Recipe {
    /// What was typed, or what the project says.
    #[must_use]
    pub(super) fn of(arguments: &BuildArguments, project: &Project, seen: &mut Seen) -> Self {
        // Every flag is named: one that is added has to be put among those that make the outputs, or among those that do not.
        let BuildArguments {
            paths: _,
            output: _,
            out_dir: _,
            to: _,
            layout,
            csl,
            pdf_standard,
            press_profile,
            anonymous,
            epub: EpubArguments { picture_limit, flavour, prefer_lang },
            html: HtmlArguments { pictures: html_pictures },
            attach_master,
            jobs: _,
            shard: _,
            fail_fast: _,
            isolate: _,
            timeout: _,
            memory_limit: _,
            keep_broken,
            missing_glyphs,
            creation_timestamp,
            force: _,
            dry_run: _,
            explain_rebuild: _,
            report: _,
            deps: _,
            deps_format: _,
            timings: _,
            project: _,
            figures: FigureArguments { folders: figures, missing: missing_figures },
            fonts: FontArguments { folders: fonts, system },
            messages: _,
        } = arguments;
        let build = project.build();
        let named = project.layout(seen);
        let mut name_or_file = |name: &Option<String>| name.as_deref().map(|name| project.name_or_file(name, seen));
        let all = |typed: &[PathBuf], said: &[PathBuf]| typed.iter().cloned().chain(said.iter().map(|folder| project.below(folder))).collect();
        Self {
            project: project.path.clone(),
            layout: layout.clone().or_else(|| named.clone()).unwrap_or_else(|| LAYOUT.to_owned()),
            // What the project says of its own layout does not go for another.
            overrides: layout.is_none() || named == *layout,
            csl: csl.clone().or_else(|| name_or_file(&build.csl)),
            standards: pdf_standard.clone().or_else(|| build.pdf_standard.clone()),
            press: press_profile.clone().or_else(|| name_or_file(&build.press_profile)).unwrap_or_else(|| PRESS.to_owned()),
            fonts: all(fonts, &build.font_path),
            system_fonts: system.then(system_fonts),
            figures: all(figures, &build.figures),
            missing_figures: missing_figures.or(build.missing_figures).unwrap_or_default(),
            missing_glyphs: missing_glyphs.or(build.missing_glyphs).unwrap_or_default(),
            picture_limit: picture_limit.or(build.epub_picture_limit.map(|side| side.0)),
            flavour: flavour.or(build.epub_flavour).unwrap_or_default(),
            prefer: prefer_lang.as_ref().or(build.prefer_lang.as_ref().map(|tongue| &tongue.0)).map(|lang| lang.tag().to_owned()),
            html_pictures: html_pictures.or(project.html().pictures).unwrap_or_default(),
            anonymous: *anonymous,
            attach: *attach_master,
            keep_broken: *keep_broken,
            date: *creation_timestamp,
        }
    }

    /// All of it by name, as flags are called; what is not asked for is left out.
    #[must_use]
    pub(super) fn options(&self) -> BTreeMap<String, String> {
        let Self {
            project,
            layout,
            overrides,
            csl,
            standards,
            press,
            fonts,
            system_fonts,
            figures,
            missing_figures,
            missing_glyphs,
            picture_limit,
            flavour,
            prefer,
            html_pictures,
            anonymous,
            attach,
            keep_broken,
            date,
        } = self;
        let paths = |paths: &[PathBuf]| paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
        let flag = |is: bool| if is { "yes".to_owned() } else { String::new() };
        let options = [
            ("--project", project.as_ref().map(|path| path.display().to_string()).unwrap_or_default()),
            ("--layout", layout.clone()),
            ("the options of another layout", flag(!overrides)),
            ("--csl", csl.clone().unwrap_or_default()),
            ("--pdf-standard", standards.as_ref().map(|standards| standards.join(",")).unwrap_or_default()),
            ("--press-profile", press.clone()),
            ("--font-path", paths(fonts)),
            ("--system-fonts", system_fonts.clone().unwrap_or_default()),
            ("--figures", paths(figures)),
            ("--missing-figures", missing_figures.name()),
            ("--missing-glyphs", missing_glyphs.name()),
            ("--epub-picture-limit", picture_limit.map(|side| side.to_string()).unwrap_or_default()),
            ("--epub-flavour", flavour.name()),
            ("--prefer-lang", prefer.clone().unwrap_or_default()),
            ("--html-pictures", html_pictures.name()),
            ("--anonymous", flag(*anonymous)),
            ("--attach-master", flag(*attach)),
            ("--keep-broken", flag(*keep_broken)),
            ("--creation-timestamp", date.map(|date| date.to_string()).unwrap_or_default()),
        ];
        options.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// The language of the readers of e-books.
    #[must_use]
    pub(super) fn prefer(&self) -> Option<Lang> {
        self.prefer.as_deref().and_then(Lang::parse).map(|(lang, _)| lang)
    }
}

/// The fonts of the system as a sum of their paths, sizes and times: to read them all would take longer than to build an article.
fn system_fonts() -> String {
    let mut text = String::new();
    for path in pdf::system_fonts() {
        let metadata = std::fs::metadata(&path).ok();
        let known = metadata.map(|metadata| (metadata.len(), metadata.modified().ok()));
        text.push_str(&format!("{path:?} {known:?}\n"));
    }
    stamp::sha256(text.as_bytes())
}

/// Formats of which one needs the engine.
#[must_use]
pub(super) fn needs_engine(format: Format) -> bool {
    match format {
        Format::Pdf | Format::Press | Format::Cover => true,
        Format::Epub | Format::Html => false,
    }
}
