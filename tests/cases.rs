//! Cases as files: a master, and beside it what each stage makes of it.
//!
//! 1. `cases/<area>/<case>.xml` goes through the stages as a library. Of its siblings `.model .typ .xhtml .pages .png` those are compared
//!    that exist; `.diag` holds what was said, and a case without one must be said nothing about.
//! 2. `cases/layout/<layout>/<case>.xml` is set with that layout instead of `classic`.
//! 3. `cases/diag/<code>.xml`, or a folder `cases/diag/<code>/` with a file `cmd`, goes through the program and must make it say that code.
//! 4. A golden without its master, an empty golden, a case that compares nothing and a code without a case are failures.
//!
//! To add a case, lay an empty file of each kind that it is to hold beside the master and run with `BLESS=1`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use article::code::{Code, Severity};
use article::diag::Diagnostic;
use diglot::pdf::layout::Layout;
use diglot::pdf::{self, Setting};
use epub::{Skin, Stamp};

use crate::ensure;
use crate::support::golden;
use crate::support::program::Place;
use crate::support::set::{self, Understood};
use crate::support::{self, Failed, Outcome, Trial};

/// What may stand beside a master.
const KINDS: [&str; 6] = ["model", "typ", "xhtml", "pages", "diag", "png"];

/// Pixels of the kept pictures: so few that a page stays small, so many that its shape can be seen.
const PIXELS_PER_POINT: f64 = 0.45;

/// The largest picture that is kept, in bytes.
const MOST_PICTURE: usize = 20 << 10;

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for area in areas() {
        let shown = shown(&area);
        for case in masters(&area) {
            let name = format!("cases/{shown}/{}", stem(&case));
            trials.push(Trial::test(name, move || run(&case)));
        }
        trials.push(Trial::test(format!("cases/{shown}: every golden is used"), move || goldens_are_used(&area)));
    }
    for code in Code::ALL {
        let case = cases().join("diag").join(code.name());
        let master = case.with_extension("xml");
        let name = format!("cases/diag/{}", code.name());
        if master.is_file() || case.join("cmd").is_file() {
            trials.push(Trial::test(name, move || says(*code)));
        } else if let Some(run) = from_inside(*code) {
            trials.push(Trial::test(name, run));
        } else {
            trials.push(Trial::test(name, || Err("this code has no case".into())));
        }
    }
    trials.push(Trial::test("cases/diag: every case has its code", every_case_has_its_code));
    trials
}

fn cases() -> PathBuf {
    support::root().join("tests/cases")
}

/// The folders with cases that go through the library.
fn areas() -> Vec<PathBuf> {
    let mut areas: Vec<PathBuf> = support::folders(&cases()).into_iter().filter(|area| !matches!(support::name(area).as_str(), "diag" | "layout")).collect();
    areas.extend(support::folders(&cases().join("layout")));
    areas
}

fn shown(area: &Path) -> String {
    area.strip_prefix(cases()).unwrap_or(area).to_string_lossy().into_owned()
}

fn masters(area: &Path) -> Vec<PathBuf> {
    support::entries(area).into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "xml")).collect()
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// One case through the stages.
fn run(case: &Path) -> Outcome {
    let kept = |kind: &str| Some(case.with_extension(kind)).filter(|path| path.exists());
    ensure!(golden::blessing() || KINDS.iter().any(|kind| kept(kind).is_some()), "the case compares nothing: lay an empty golden beside it and bless");
    let Understood { mut log, source, article } = set::understand(&support::name(case), &support::bytes(case)?);
    if let (Some(article), Some(path)) = (&article, kept("model")) {
        golden::check(&path, &article::print::article(article))?;
    }
    if let (Some(article), Some(source)) = (article, &source) {
        let edition = article::resolve::resolve(&mut log, article);
        let pictures = set::pictures(&edition, case.parent().unwrap_or(case));
        let forme = typeset::set(&edition, &pictures);
        if let Some(path) = kept("typ") {
            golden::check(&path, &forme.text)?;
        }
        if let Some(path) = kept("xhtml") {
            let stamp = Stamp { identifier: "urn:uuid:00000000-0000-8000-8000-000000000000".to_owned(), modified: "2000-01-01T00:00:00Z".to_owned() };
            let book = epub::bind(&edition, &pictures, &Skin { css: "" }, &stamp);
            let document = book.files.iter().find(|file| file.path.ends_with("article.xhtml")).ok_or("the book has no `article.xhtml`")?;
            golden::check(&path, &String::from_utf8_lossy(&document.bytes))?;
        }
        if kept("pages").is_some() || kept("png").is_some() {
            let name = layout_of(case);
            let layout = Layout::built_in(&name).ok_or_else(|| format!("there is no layout `{name}`"))?;
            let setting = Setting { engine: set::engine(), layout: &layout, forme: &forme, pictures: &pictures, attach: None };
            let Some(pages) = pdf::set(&mut log, &setting) else {
                return Err(format!("no pages: {}", set::said(&log, Some(source))).into());
            };
            if let Some(path) = kept("pages") {
                golden::check(&path, &pages.text())?;
            }
            if let Some(path) = kept("png") {
                golden::check_picture(&path, &pages.picture(0, PIXELS_PER_POINT).ok_or("no picture of page 1")?, MOST_PICTURE)?;
            }
        }
    }
    said(&case.with_extension("diag"), &set::said(&log, source.as_ref()))
}

/// Compares what was said; a case that nothing is said about has no such golden.
fn said(path: &Path, said: &str) -> Outcome {
    if said.is_empty() && golden::blessing() && path.exists() {
        std::fs::remove_file(path)?;
    }
    if said.is_empty() && !path.exists() {
        return Ok(());
    }
    golden::check(path, said)
}

/// The layout whose folder the case stands in.
fn layout_of(case: &Path) -> String {
    let folder = case.parent().unwrap_or(case);
    let in_layout = folder.parent().is_some_and(|above| support::name(above) == "layout");
    if in_layout { support::name(folder) } else { "classic".to_owned() }
}

/// Each golden of an area belongs to a master and holds something.
fn goldens_are_used(area: &Path) -> Outcome {
    for path in support::entries(area).iter().filter(|path| path.is_file()) {
        let kind = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let shown = shown(path);
        ensure!(kind == "xml" || KINDS.contains(&kind.as_str()), "{shown} is no master and no golden");
        ensure!(kind == "xml" || path.with_extension("xml").is_file(), "{shown} has no master");
        ensure!(golden::blessing() || path.metadata()?.len() > 0, "{shown} is empty");
    }
    Ok(())
}

/// Each file in `cases/diag` is named after a code.
fn every_case_has_its_code() -> Outcome {
    let known: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    for path in support::entries(&cases().join("diag")) {
        let shown = shown(&path);
        ensure!(known.contains(stem(&path).as_str()), "{shown} is named after no code");
        let kind = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        ensure!(path.is_dir() || kind == "xml" || kind == "diag", "{shown} is no master and no golden");
        let has_master = path.with_extension("xml").is_file() || path.with_extension("").join("cmd").is_file();
        ensure!(kind != "diag" || has_master, "{shown} has no master");
        ensure!(golden::blessing() || path.is_dir() || path.metadata()?.len() > 0, "{shown} is empty");
    }
    Ok(())
}

/// The program says this code of its case, with the exit status that follows from it.
fn says(code: Code) -> Outcome {
    let case = cases().join("diag").join(code.name());
    let place = Place::new()?;
    let mut arguments = vec!["build".to_owned(), format!("{}.xml", code.name()), "--out-dir".to_owned(), "out".to_owned()];
    if case.is_dir() {
        support::copy(&case, place.path())?;
        std::fs::remove_file(place.at("cmd"))?;
        arguments = prepare(&support::read(&case.join("cmd"))?, place.path())?;
    } else {
        support::copy_file(&case.with_extension("xml"), &place.at(&format!("{}.xml", code.name())))?;
    }
    arguments.extend(["--message-format".to_owned(), "short".to_owned()]);
    let run = place.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())?;
    let mark = format!("{}[{}]: ", code.severity().name(), code.name());
    ensure!(run.err.contains(&mark), "the program does not say `{mark}`:\n{}", run.err);
    let wanted = match code.severity() {
        Severity::Warning => 0,
        Severity::Error if is_about_the_job(code) => 2,
        Severity::Error => 1,
    };
    let run = run.exits(wanted)?;
    golden::check(&case.with_extension("diag"), &run.err.replace(&*place.path().to_string_lossy(), "."))
}

/// Runs the lines of `cmd` that begin with `$` in a shell, and gives the arguments of the one that does not.
fn prepare(cmd: &str, folder: &Path) -> Result<Vec<String>, Failed> {
    let mut arguments = Vec::new();
    for line in cmd.lines().filter(|line| !line.trim().is_empty()) {
        match line.strip_prefix("$ ") {
            Some(line) => {
                let output = Command::new("/bin/sh").args(["-e", "-c", line]).current_dir(folder).stdin(Stdio::null()).output()?;
                ensure_ok(line, &output)?;
            }
            None => arguments = line.split_whitespace().map(str::to_owned).collect(),
        }
    }
    Ok(arguments)
}

fn ensure_ok(line: &str, output: &std::process::Output) -> Outcome {
    ensure!(output.status.success(), "`{line}` failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

/// Whether a code says that the job could not be done (exit status 2).
fn is_about_the_job(code: Code) -> bool {
    matches!(
        code,
        Code::UnknownLayout
            | Code::UnknownStyle
            | Code::UnknownPressProfile
            | Code::PressProfileFault
            | Code::MissingFont
            | Code::NoMasters
            | Code::ProjectFault
            | Code::CannotRead
            | Code::CannotWrite
            | Code::SameOutput
            | Code::ReportFault
    )
}

/// Codes that no master and no command line can provoke: they say that the program itself is at fault.
fn from_inside(code: Code) -> Option<fn() -> Outcome> {
    match code {
        Code::LostText => Some(lost_text),
        _ => None,
    }
}

/// The reader finds text that it dropped itself: here a tree that knows of no text, so that none can be struck off its list.
fn lost_text() -> Outcome {
    let mut log = article::diag::Log::default();
    let text = support::article("<p>A word that is lost.</p>");
    let source = article::source::Source::new("lost.xml", text.as_str());
    let mut tree = article::xml::parse(&mut log, &source).ok_or("not parsed")?;
    tree.runs = 0;
    let _ = article::jats::read(&mut log, &tree);
    let lost: Vec<&Diagnostic> = log.iter().filter(|diagnostic| diagnostic.code == Code::LostText).collect();
    let at = text.find("A word").ok_or("no word")?;
    ensure!(
        lost.iter().any(|diagnostic| diagnostic.at.is_some_and(|at_| at_.start as usize == at)),
        "the text is lost and nothing says so: {}",
        set::said(&log, Some(&source))
    );
    Ok(())
}
