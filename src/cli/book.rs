//! What an e-book gets beside its text: fonts and a cover.
//!
//! 1. [`Wishes`] are what was typed, or what the project says, looked up once.
//! 2. [`faces`] makes the fonts of the layout (`epub.fonts` of its `layout.toml`) as small as the text lets.
//! 3. The cover is drawn where there are pages: both need the engine.
//! 4. A record in ONIX, if the project has one for it, is looked at and put beside it ([`Wishes::record`]).

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use article::code::{Code, Severity};
use article::diag::{Diagnostic, Log};
use article::edition::Edition;
use article::lang::Lang;
use article::picture::Pictures;
use article::prefer::preferring;
use epub::{Asked, Certificate, Drawn, Extras, Face, Flavour, Placed, Printed, Skin, Stamp};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::project::Project;
use super::project::file::CONFORMANCE;
use super::{args, disk};
use crate::pdf::layout::{Layout, Manifest};
use crate::pdf::{self, Engine, Setting};
use crate::proof;
use crate::proof::book::Pictured;

/// What is wished of e-books.
#[derive(Clone, Debug, Default)]
pub(super) struct Wishes {
    /// What they are for.
    pub(super) flavour: Flavour,
    /// The language of their readers.
    pub(super) prefer: Option<Lang>,
    /// The families that they carry.
    families: Vec<String>,
    /// Whether the front matter of further languages stands behind the text.
    others_after: bool,
    /// Who has evaluated them.
    certificate: Option<Certificate>,
    /// The record of each, with its name left open.
    onix: Option<PathBuf>,
}

/// The largest record that is taken, in bytes.
pub(super) const MAX_RECORD: u64 = 4 << 20;

/// What stands for the name of a master's outputs in a path.
const NAME: &str = "{name}";

impl Wishes {
    /// What was typed, or what the project says; the fonts are the layout's.
    #[must_use]
    pub(super) fn resolve(flavour: args::Flavour, prefer: Option<Lang>, project: &Project, manifest: Option<&Manifest>) -> Self {
        let epub = project.epub();
        let flavour = match flavour {
            args::Flavour::Standard => Flavour::Standard,
            args::Flavour::Plain => Flavour::Plain,
            args::Flavour::Kindle => Flavour::Kindle,
        };
        let families = manifest.filter(|_| flavour == Flavour::Standard).map(Manifest::book_fonts).unwrap_or_default();
        let others_after = manifest.is_some_and(Manifest::book_others_after);
        let certificate = epub.certifier.as_ref().map(|certifier| Certificate {
            conforms_to: epub.conforms_to.as_ref().map_or_else(|| CONFORMANCE.to_owned(), |said| said.0.clone()),
            certifier: certifier.clone(),
            credential: epub.certifier_credential.clone(),
            report: epub.certifier_report.as_ref().map(|address| address.0.clone()),
        });
        let onix = epub.onix.as_deref().map(|path| project.below(Path::new(path)));
        Self { flavour, families, others_after, prefer, certificate, onix }
    }

    /// Where the record of the article is whose outputs have this name.
    #[must_use]
    pub(super) fn record(&self, name: &str) -> Option<PathBuf> {
        let path = self.onix.as_ref()?;
        Some(path.to_str().map_or_else(|| path.clone(), |path| PathBuf::from(path.replace(NAME, name))))
    }

    /// The article for these readers; `None` where it is as they wish already.
    #[must_use]
    pub(super) fn edition(&self, edition: &Edition) -> Option<Edition> {
        let lang = self.prefer.as_ref().filter(|lang| !edition.lang.same_language(lang))?;
        Some(preferring(edition.clone(), lang))
    }
}

/// What was made for a book and serves the next one of the same article, as long as it is made of the same: fonts and a cover take longer than all the rest.
#[derive(Default)]
pub(super) struct Kept {
    faces: Option<Again<BTreeSet<char>, Subsets>>,
    cover: Option<Again<pdf::Cover, Option<Vec<u8>>>>,
}

/// Faces, and what was said while they were made.
type Subsets = (Vec<Face>, Log);

/// Something that need not be made again as long as it is made of the same.
struct Again<T, M> {
    made_of: T,
    made: M,
    /// The fonts that were used for it.
    fonts: pdf::Asked,
}

impl Kept {
    fn faces(&mut self, log: &mut Log, families: &[String], engine: Option<&Engine>, characters: &BTreeSet<char>) -> Vec<Face> {
        let make = |engine: Option<&Engine>| {
            let mut said = Log::default();
            let made = faces(&mut said, families, engine, characters);
            (made, said)
        };
        let (made, said) = again(&mut self.faces, engine, characters, make);
        said.iter().for_each(|diagnostic| log.push(diagnostic.clone()));
        made.clone()
    }

    fn cover(&mut self, log: &mut Log, engine: &Engine, layout: &Layout, drawn: &pdf::Cover) -> Option<Vec<u8>> {
        again(&mut self.cover, Some(engine), drawn, |engine| engine.and_then(|engine| pdf::cover(log, engine, layout, drawn))).clone()
    }
}

/// What was made of the same, or is made now; with the fonts that the engine was asked for then, for which it is asked again.
fn again<'a, T: Clone + PartialEq, M>(kept: &'a mut Option<Again<T, M>>, engine: Option<&Engine>, of: &T, make: impl FnOnce(Option<&Engine>) -> M) -> &'a M {
    let old = kept.take().filter(|kept| kept.made_of == *of);
    let again = kept.insert(old.unwrap_or_else(|| {
        let one = engine.map(Engine::for_one);
        let made = make(one.as_ref());
        Again { made_of: of.clone(), made, fonts: one.map(|one| one.asked()).unwrap_or_default() }
    }));
    engine.iter().for_each(|engine| engine.ask(&again.fonts));
    &again.made
}

/// What a book is made of.
pub(super) struct Parts<'a> {
    pub(super) edition: &'a Edition,
    pub(super) pictures: &'a Pictures,
    pub(super) layout: &'a Layout,
    pub(super) engine: Option<&'a Engine>,
    pub(super) stamp: &'a Stamp,
    pub(super) printed: Option<&'a Printed>,
    /// Where the record in ONIX is.
    pub(super) record: Option<PathBuf>,
}

/// A packed book, and what the proof is told of it.
pub(super) struct Packed {
    /// The file.
    pub(super) bytes: Vec<u8>,
    /// Where in it each leaf stands.
    pub(super) placed: Vec<Placed>,
    /// What pictures show, by their ids.
    pub(super) pictured: BTreeMap<String, Pictured>,
}

/// Binds and packs a book; `None` where it cannot be packed, which has been reported.
pub(super) fn pack(log: &mut Log, wishes: &Wishes, parts: &Parts<'_>, kept: &mut Kept) -> Option<Packed> {
    let Parts { edition, pictures, layout, engine, stamp, printed, record } = parts;
    let record = record.as_deref().and_then(|path| onix(log, path));
    let (engine, printed) = (*engine, *printed);
    let css = layout.css();
    let place = epub::place_in_journal(&edition.metadata, printed.and_then(Printed::range).as_deref());
    // Without pages nothing has been asked of the engine yet, and a cover is not worth to wake it.
    let engine_awake = engine.filter(|_| printed.is_some() && wishes.flavour != Flavour::Plain);
    let cover = engine_awake.and_then(|engine| kept.cover(log, engine, layout, &pdf::Cover::of_article(&edition.lang, &edition.metadata, &place)));
    let families = &wishes.families;
    let (said, kept) = (RefCell::new(Log::default()), RefCell::new(kept));
    let make = |characters: &BTreeSet<char>| kept.borrow_mut().faces(&mut said.borrow_mut(), families, engine, characters);
    let pictured = RefCell::new(BTreeMap::new());
    let drawing = wishes.flavour == Flavour::Kindle && engine.is_some();
    let draw = |asked: &[Asked]| match engine {
        Some(engine) => drawn(&mut said.borrow_mut(), engine, layout, edition, asked, &mut pictured.borrow_mut()),
        None => Vec::new(),
    };
    let extras = Extras {
        printed,
        cover: cover.as_deref(),
        faces: (!families.is_empty()).then_some(&make as &epub::Faces<'_>),
        flavour: wishes.flavour,
        others_after: wishes.others_after,
        certificate: wishes.certificate.as_ref(),
        onix: record.as_deref(),
        formulas: drawing.then_some(&draw as &epub::Draughtsman<'_>),
    };
    let book = epub::bind_with(edition, pictures, &Skin { css: &css }, stamp, &extras);
    let packed = epub::pack(&book);
    for dropped in &book.dropped {
        log.report(Code::UnusableLink, dropped.span, format!("the address `{}` cannot be followed from an e-book", dropped.href));
    }
    said.borrow().iter().for_each(|diagnostic| log.push(diagnostic.clone()));
    match packed {
        Ok(bytes) => Some(Packed { bytes, placed: book.placed, pictured: pictured.take() }),
        Err(fault) => {
            log.push(Diagnostic::new(Code::EngineFault, fault.to_string()));
            None
        }
    }
}

/// The pixels of a point in the picture of a formula: type of ten points is then as large as on the finest of these screens.
const FORMULA: f64 = 4.5;

/// The size of the type of formulas that are drawn, in points, as `formula.typ` of the layouts has it.
const TYPE: f64 = 10.0;

/// Formulas as pictures, each on a page of its own, and what each shows.
fn drawn(log: &mut Log, engine: &Engine, layout: &Layout, edition: &Edition, asked: &[Asked], pictured: &mut BTreeMap<String, Pictured>) -> Vec<Option<Drawn>> {
    let pictures = Pictures::new();
    let formulas: Vec<_> = asked.iter().map(|asked| (&asked.formula, asked.display)).collect();
    let forme = typeset::formulas(edition, &pictures, &formulas);
    let Some(pages) = pdf::set(log, &Setting { engine, layout, forme: &forme, pictures: &pictures, attach: None }) else { return Vec::new() };
    let sheets = proof::pages::sheets(&pages, &forme, edition);
    // A fault would give a formula the picture of another.
    if pages.count() != asked.len() {
        return Vec::new();
    }
    let thousandths = |points: f64| {
        // The cast is of a number that is bounded at once.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let whole = (points / TYPE * 1_000.0).round().clamp(0.0, 1e6) as u32;
        whole
    };
    let one = |(at, asked): (usize, &Asked)| {
        let (png, height, depth) = pages.formula(at, FORMULA)?;
        let start = sheets.starts.get(at).copied()?;
        let end = sheets.starts.get(at + 1).copied().unwrap_or(sheets.sightings.len());
        let sightings = sheets.sightings.get(start..end)?.to_vec();
        pictured.insert(asked.id.clone(), Pictured { sightings, png: png.clone() });
        Some(Drawn { png, height: thousandths(height), depth: thousandths(depth) })
    };
    asked.iter().enumerate().map(one).collect()
}

/// A record in ONIX 3.0: its root says that it is one (ONIX for Books 3.0, “Message”, with reference names or with short tags).
fn onix(log: &mut Log, path: &Path) -> Option<Vec<u8>> {
    let fault = |why: String| Diagnostic::new(Code::ProjectFault, format!("the record `{}` is not put into the e-book: {why}", path.display()));
    let bytes = match disk::read(path, MAX_RECORD) {
        Ok(bytes) => bytes,
        Err(unread) => {
            log.push(fault(unread.why(MAX_RECORD)).hint("`onix` under `[epub]` names it by its path from `diglot.toml`"));
            return None;
        }
    };
    let said = String::from_utf8_lossy(&bytes);
    let mut reader = Reader::from_str(&said);
    let (mut root, mut depth) = (None, 0_usize);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                root.get_or_insert_with(|| tag.local_name().as_ref().to_ascii_lowercase());
                depth += 1;
            }
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) if depth == 0 && root.as_deref() == Some(b"onixmessage") => break,
            Ok(Event::Eof) => {
                log.push(fault("it is no whole message of ONIX, whose root is `ONIXMessage`".to_owned()));
                return None;
            }
            Err(error) => {
                log.push(fault(format!("it is not well-formed: {error}")));
                return None;
            }
            Ok(_) => {}
        }
    }
    Some(bytes)
}

/// The upright, bold and italic face of each family, with what these characters need. What readers slant a bold face for is rare enough.
fn faces(log: &mut Log, families: &[String], engine: Option<&Engine>, characters: &BTreeSet<char>) -> Vec<Face> {
    let mut out = Vec::new();
    for family in families {
        for (bold, italic) in [(false, false), (true, false), (false, true)] {
            let Some(font) = pdf::fonts::face(engine, family, bold, italic) else { continue };
            match webfont::subset(&font, characters) {
                Ok(bytes) => out.push(Face { family: family.clone(), bold, italic, bytes }),
                Err(fault) => {
                    let mut diagnostic = Diagnostic::new(Code::MissingFont, format!("the font `{family}` is not put into the e-book: {fault}"))
                        .hint("name another in `epub.fonts` of the layout; the reader's own is used");
                    diagnostic.severity = Some(Severity::Warning);
                    log.push(diagnostic);
                    break;
                }
            }
        }
    }
    out
}
