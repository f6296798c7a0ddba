//! `diglot press`: a finished PDF made ready for the press, or looked at as a press does.
//!
//! 1. [`load`] finds the profile: a built-in one, or a file with the output profile that it names beside it.
//! 2. [`make`] hands both to the crate `press`. Areas that have to be flattened become pixels by Ghostscript first, and text that has to become curves goes through it.
//! 3. The output is written beside the input, under another name: the input is never touched.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use article::code::{Code, Severity};
use article::diag::{Diagnostic, Elsewhere, Log};
use article::source::Span;
use clap::error::ErrorKind;
use press::flatten::Flattening;
use press::profile::{BUILT_IN, Interior, TextForm};
use press::{Fault, Identity, Note, Order, Pressed, Profile};

use super::args::PressArguments;
use super::disk::{self, Unread};
use super::issue::Issue;
use super::report::{self, Printer, Status};
use super::state::seen::Seen;
use super::{cover, ghostscript, output, usage};
use crate::pdf::fonts;

/// The largest PDF that is taken, in bytes.
const MAX_PDF: u64 = 2 << 30;

/// The largest profile of either kind, in bytes.
const MAX_PROFILE: u64 = 16 << 20;

/// The font of slug lines.
const FONT: &str = "DejaVuSans.ttf";

/// A press profile with what it names.
pub(super) struct Press {
    pub(super) name: String,
    pub(super) profile: Profile,
    icc: Cow<'static, [u8]>,
    condition: String,
}

/// Runs `diglot press`.
///
/// # Errors
///
/// When the command line contradicts itself.
pub(super) fn run(arguments: &PressArguments) -> Result<Status, clap::Error> {
    if arguments.list {
        return Ok(report::list(&listed()));
    }
    if let Some(name) = &arguments.show {
        return match BUILT_IN.iter().find(|(known, _)| known == name) {
            Some((_, text)) => Ok(report::list(text)),
            None => Err(usage("press", ErrorKind::InvalidValue, &format!("there is no built-in profile `{name}`; `diglot press --list` lists them"))),
        };
    }
    let Some(first) = arguments.files.first() else { return Err(usage("press", ErrorKind::MissingRequiredArgument, "no PDF is named")) };
    let is_one = arguments.files.len() == 1;
    if !is_one && !arguments.check && arguments.output.is_none() {
        return Err(usage("press", ErrorKind::MissingRequiredArgument, "name the file that is made of several by `--output`"));
    }
    let mut printer = Printer::new(&arguments.messages);
    let mut log = Log::default();
    let press = load(&mut log, &arguments.profile, &mut Seen::default());
    printer.job(&log);
    let Some(press) = press else { return Ok(printer.end()) };
    if arguments.check {
        for file in &arguments.files {
            let mut log = Log::default();
            if let Err(diagnostic) = read(file).and_then(|bytes| preflight(&mut log, &bytes, &press)) {
                log.push(diagnostic);
            }
            printer.document(&file.display().to_string(), None, &log);
        }
        return Ok(printer.end());
    }
    let path = arguments.output.clone().unwrap_or_else(|| beside(first, if arguments.cover { "cover.pdf" } else { "press.pdf" }));
    let mut log = Log::default();
    match printed(&mut log, arguments, &path, &press) {
        Err(diagnostic) => log.push(diagnostic),
        Ok(None) => {}
        Ok(Some(Printed::Pages(pressed))) => printer.pressed(&path.display().to_string(), pressed.pages, pressed.sheets),
        Ok(Some(Printed::Cover(spine))) => printer.covered(&path.display().to_string(), spine),
    }
    printer.document(&(if is_one { first } else { &path }).display().to_string(), None, &log);
    Ok(printer.end())
}

/// What was written.
enum Printed {
    /// Pages.
    Pages(Pressed),
    /// A cover with a spine of so many millimetres.
    Cover(f64),
}

/// Writes what was asked for. `None` where something is wrong that has been reported.
fn printed(log: &mut Log, arguments: &PressArguments, path: &Path, press: &Press) -> Result<Option<Printed>, Diagnostic> {
    if arguments.files.iter().any(|file| is_same(file, path)) {
        return Err(Diagnostic::new(Code::CannotWrite, "the output would overwrite the input").hint("name another file with `--output`"));
    }
    let Some(issue) = Issue::of(log, &arguments.files, path, arguments, press) else { return Ok(None) };
    if arguments.cover {
        let Some((cover, spine)) = cover::around(log, &issue, arguments, press) else { return Ok(None) };
        output::write(path, &cover)?;
        return Ok(Some(Printed::Cover(spine)));
    }
    let pressed = make(log, &issue, press)?;
    output::write(path, &pressed.bytes)?;
    if let Some(proof) = press.profile.proof {
        for page in 1..=pressed.sheets {
            let picture = ghostscript::jpeg(&pressed.bytes, page, proof.resolution).map_err(|why| refused(format!("page {page} cannot be shown: {why}")))?;
            output::write(&beside(path, &format!("{page}.jpg")), &picture)?;
        }
    }
    Ok(Some(Printed::Pages(pressed)))
}

/// The built-in profiles, a line each.
fn listed() -> String {
    let description = |text: &str| Profile::parse(text).map(|profile| profile.description).unwrap_or_default();
    BUILT_IN.iter().map(|(name, text)| format!("{name:<16} {}\n", description(text))).collect()
}

/// Finds a profile and the output profile that it names. What is wrong is reported.
pub(super) fn load(log: &mut Log, name: &str, seen: &mut Seen) -> Option<Press> {
    let built_in = BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned());
    let text = match built_in {
        Some(text) => text,
        None if seen.has_file(Path::new(name)) => match seen.read(Path::new(name), MAX_PROFILE) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(unread) => {
                log.push(unreadable(Path::new(name), &unread));
                return None;
            }
        },
        None => {
            log.push(
                Diagnostic::new(Code::UnknownPressProfile, format!("there is no press profile `{name}`, built in or as a file"))
                    .hint("`diglot press --list` shows those that are built in"),
            );
            return None;
        }
    };
    let profile = match Profile::parse(&text) {
        Ok(profile) => profile,
        Err(refused) => {
            let span = Span::new(refused.span.start, refused.span.end);
            let mut diagnostic = Diagnostic::new(Code::PressProfileFault, refused.message).hint("`diglot press --show template` has every line that there is");
            diagnostic.elsewhere = Some(Elsewhere { file: name.to_owned(), text, span });
            log.push(diagnostic);
            return None;
        }
    };
    let (icc, own): (Cow<'static, [u8]>, String) = match press::intent::built_in(&profile.intent.profile) {
        Some((icc, condition)) => (Cow::Borrowed(icc), condition.to_owned()),
        None => {
            let path = Path::new(name).parent().unwrap_or(Path::new("")).join(&profile.intent.profile);
            match seen.read(&path, MAX_PROFILE) {
                Ok(icc) => (Cow::Owned(icc), stem(&path)),
                Err(unread) => {
                    log.push(unreadable(&path, &unread));
                    return None;
                }
            }
        }
    };
    let condition = profile.intent.condition.clone().unwrap_or(own);
    Some(Press { name: stem(Path::new(name)), profile, icc, condition })
}

/// Makes the file for the press.
///
/// # Errors
///
/// Why there is none.
pub(super) fn make(log: &mut Log, issue: &Issue, press: &Press) -> Result<Pressed, Diagnostic> {
    ordered(log, issue, press, &press.profile, &[])
}

/// Makes the sheet of a cover for the press, which is folded at so many millimetres from its left edge.
///
/// # Errors
///
/// Why there is none.
pub(super) fn make_cover(log: &mut Log, bytes: Vec<u8>, folds: &[f64], press: &Press) -> Result<Pressed, Diagnostic> {
    ordered(log, &Issue::of_one(bytes, "cover".to_owned()), press, &press.profile.for_cover(), folds)
}

fn ordered(log: &mut Log, issue: &Issue, press: &Press, profile: &Profile, folds: &[f64]) -> Result<Pressed, Diagnostic> {
    let (bytes, name) = (issue.bytes.as_slice(), issue.name.as_str());
    let refusal = |fault: Fault| issue.placed(fault_of(&fault), fault.page());
    let mut order = Order {
        profile,
        profile_name: &press.name,
        name,
        icc: &press.icc,
        condition: &press.condition,
        font: fonts::BUILT_IN.iter().find(|(file, _)| *file == FONT).map_or(&[], |(_, bytes)| *bytes),
        folds,
        identity: None,
    };
    let wants_curves = profile.text == TextForm::Curves;
    let first = if wants_curves { None } else { Some(press::press(bytes, &order)) };
    let mut notes: BTreeSet<Note> = BTreeSet::new();
    let pressed = match first {
        Some(Err(Fault::Transparency(_))) | None => {
            let identity: Identity = press::identity(bytes, name, &press.name).map_err(refusal)?;
            // Inks first: what has to become a picture keeps its black on the black plate, and has its bleed.
            let inked = press::press(bytes, &Order { profile: &profile.for_flattening(), ..order.clone() }).map_err(refusal)?;
            let grey = profile.colour.interior == Interior::Grey;
            let outside = |why: String| {
                refused(format!("the pages have to go through Ghostscript: the PDF {why}"))
                    .hint("take a profile with PDF/X-4 and fonts, which needs no other program")
            };
            // What is left out is so for good; what stayed as it was may become pixels yet.
            notes.extend(inked.notes.into_iter().filter(|note| note.is_left_out));
            let mut flat = inked.bytes;
            if !profile.standard.is_transparent() {
                flat = flattened(&flat, grey, outside, refusal)?;
            }
            if wants_curves {
                flat = ghostscript::curves(&flat, profile.standard.version(), grey).map_err(outside)?;
            }
            order.identity = Some(identity);
            press::press(&flat, &order)
        }
        Some(done) => done,
    };
    let pressed = pressed.map_err(refusal)?;
    notes.extend(pressed.notes.iter().cloned());
    for note in &notes {
        log.push(Diagnostic::new(Code::PressNote, format!("{} {}", issue.page(note.page), note.message)));
    }
    Ok(pressed)
}

/// The same pages without transparency. Only the areas in which something shines through become pictures, so that all other text stays text.
fn flattened(pdf: &[u8], grey: bool, outside: impl Fn(String) -> Diagnostic, refusal: impl Fn(Fault) -> Diagnostic) -> Result<Vec<u8>, Diagnostic> {
    let flattening = Flattening::of(pdf).map_err(&refusal)?;
    let mut pictures = Vec::new();
    if flattening.sizes().len() > 0 {
        let parts = flattening.parts().map_err(&refusal)?;
        for (at, size) in flattening.sizes().enumerate() {
            pictures.push(ghostscript::pixels(&parts, at + 1, size, grey).map_err(&outside)?);
        }
    }
    flattening.flat(pictures).map_err(refusal)
}

/// Looks at a PDF as the press does.
fn preflight(log: &mut Log, bytes: &[u8], press: &Press) -> Result<(), Diagnostic> {
    for finding in press::check::check(bytes, &press.profile).map_err(|fault| fault_of(&fault))? {
        let place = if finding.page == 0 { String::new() } else { format!("page {}: ", finding.page) };
        let more = if finding.count > 1 { format!(" ({} cases)", finding.count) } else { String::new() };
        let mut diagnostic = Diagnostic::new(Code::Preflight, format!("{place}`{}`: {}{more}", finding.rule.name(), finding.message));
        diagnostic.severity = Some(if finding.is_warning { Severity::Warning } else { Severity::Error });
        log.push(diagnostic);
    }
    Ok(())
}

pub(super) fn fault_of(fault: &Fault) -> Diagnostic {
    let message = format!("the PDF {fault}");
    match fault {
        Fault::Encrypted => Diagnostic::new(Code::UnreadablePdf, message).hint("save it without a password first, such as by `qpdf --decrypt`"),
        Fault::Unreadable(_) => {
            Diagnostic::new(Code::UnreadablePdf, message).hint("`qpdf FILE.pdf MENDED.pdf` builds anew what can be saved of a damaged file")
        }
        Fault::NoPages | Fault::TooManyPages(_) | Fault::Xfa | Fault::Page(..) => Diagnostic::new(Code::UnreadablePdf, message),
        Fault::Sheet(..) => refused(message).hint("name a larger `size` in the profile, or leave it out"),
        Fault::Packed(..) => refused(message).hint("save the picture anew in another format, or take a profile with PDF/X-4, in which it stays as it is"),
        Fault::Transparency(_) | Fault::Intent(_) => refused(message),
    }
}

fn refused(message: String) -> Diagnostic {
    Diagnostic::new(Code::NotForPress, message)
}

/// Reads a PDF.
///
/// # Errors
///
/// `cannot-read`, with the reason.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    disk::read_typed(path, MAX_PDF).map(|(bytes, _)| bytes).map_err(|unread| unreadable(path, &unread))
}

fn unreadable(path: &Path, unread: &Unread) -> Diagnostic {
    let why = match unread {
        Unread::TooLarge => "it is too large".to_owned(),
        Unread::Refused(error) => disk::reason(error),
    };
    Diagnostic::new(Code::CannotRead, format!("`{}` cannot be read: {why}", path.display()))
}

/// A file's name without its folder and its extension.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// A path beside another, with another extension.
fn beside(path: &Path, extension: &str) -> PathBuf {
    path.with_file_name(format!("{}.{extension}", stem(path)))
}

fn is_same(one: &Path, other: &Path) -> bool {
    one == other || one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}
