//! What an e-book gets beside its text: fonts and a cover.
//!
//! 1. [`Wishes`] are what was typed, or what the project says, looked up once.
//! 2. [`faces`] makes the fonts of the layout (`epub.fonts` of its `layout.toml`) as small as the text lets.
//! 3. The cover is drawn where there are pages: both need the engine.

use std::cell::RefCell;
use std::collections::BTreeSet;

use article::code::{Code, Severity};
use article::diag::{Diagnostic, Log};
use article::edition::Edition;
use article::lang::Lang;
use article::picture::Pictures;
use article::prefer::preferring;
use epub::{Extras, Face, Flavour, Placed, Printed, Skin, Stamp};

use super::args;
use crate::pdf::layout::{Layout, Manifest};
use crate::pdf::{self, Engine};

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
}

impl Wishes {
    /// What was typed, or what the project says; the fonts are the layout's.
    #[must_use]
    pub(super) fn resolve(flavour: args::Flavour, prefer: Option<Lang>, manifest: Option<&Manifest>) -> Self {
        let flavour = match flavour {
            args::Flavour::Standard => Flavour::Standard,
            args::Flavour::Plain => Flavour::Plain,
            args::Flavour::Kindle => Flavour::Kindle,
        };
        let families = manifest.filter(|_| flavour == Flavour::Standard).map(Manifest::book_fonts).unwrap_or_default();
        let others_after = manifest.is_some_and(Manifest::book_others_after);
        Self { flavour, families, others_after, prefer }
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
    faces: Option<(BTreeSet<char>, Vec<Face>, Log)>,
    cover: Option<(pdf::Cover, Option<Vec<u8>>)>,
}

impl Kept {
    fn faces(&mut self, log: &mut Log, families: &[String], engine: Option<&Engine>, characters: &BTreeSet<char>) -> Vec<Face> {
        if self.faces.as_ref().is_none_or(|(made_of, ..)| made_of != characters) {
            let mut said = Log::default();
            let made = faces(&mut said, families, engine, characters);
            self.faces = Some((characters.clone(), made, said));
        }
        let Some((_, made, said)) = &self.faces else { return Vec::new() };
        said.iter().for_each(|diagnostic| log.push(diagnostic.clone()));
        made.clone()
    }

    fn cover(&mut self, log: &mut Log, engine: &Engine, layout: &Layout, drawn: pdf::Cover) -> Option<Vec<u8>> {
        if let Some((made_of, made)) = &self.cover
            && *made_of == drawn
        {
            return made.clone();
        }
        let made = pdf::cover(log, engine, layout, &drawn);
        self.cover = Some((drawn, made.clone()));
        made
    }
}

/// What a book is made of.
pub(super) struct Parts<'a> {
    pub(super) edition: &'a Edition,
    pub(super) pictures: &'a Pictures,
    pub(super) layout: &'a Layout,
    pub(super) engine: Option<&'a Engine>,
    pub(super) stamp: &'a Stamp,
    pub(super) printed: Option<&'a Printed>,
}

/// Binds and packs a book. Gives its bytes, and where in them each leaf stands; `None` where it cannot be packed, which has been reported.
pub(super) fn pack(log: &mut Log, wishes: &Wishes, parts: &Parts<'_>, kept: &mut Kept) -> Option<(Vec<u8>, Vec<Placed>)> {
    let Parts { edition, pictures, layout, engine, stamp, printed } = *parts;
    let css = layout.css();
    let place = epub::place_in_journal(&edition.metadata, printed.and_then(Printed::range).as_deref());
    // Without pages nothing has been asked of the engine yet, and a cover is not worth to wake it.
    let engine_awake = engine.filter(|_| printed.is_some() && wishes.flavour != Flavour::Plain);
    let cover = engine_awake.and_then(|engine| kept.cover(log, engine, layout, pdf::Cover::of_article(&edition.lang, &edition.metadata, &place)));
    let families = &wishes.families;
    let (said, kept) = (RefCell::new(Log::default()), RefCell::new(kept));
    let make = |characters: &BTreeSet<char>| kept.borrow_mut().faces(&mut said.borrow_mut(), families, engine, characters);
    let faces = (!families.is_empty()).then_some(&make as &epub::Faces<'_>);
    let extras = Extras { printed, cover: cover.as_deref(), faces, flavour: wishes.flavour, others_after: wishes.others_after };
    let book = epub::bind_with(edition, pictures, &Skin { css: &css }, stamp, &extras);
    let packed = epub::pack(&book);
    for dropped in &book.dropped {
        log.report(Code::UnusableLink, dropped.span, format!("the address `{}` cannot be followed from an e-book", dropped.href));
    }
    said.borrow().iter().for_each(|diagnostic| log.push(diagnostic.clone()));
    match packed {
        Ok(bytes) => Some((bytes, book.placed)),
        Err(fault) => {
            log.push(Diagnostic::new(Code::EngineFault, fault.to_string()));
            None
        }
    }
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
