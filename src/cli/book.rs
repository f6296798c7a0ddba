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
        Self { flavour, families, prefer }
    }

    /// The article for these readers; `None` where it is as they wish already.
    #[must_use]
    pub(super) fn edition(&self, edition: &Edition) -> Option<Edition> {
        let lang = self.prefer.as_ref().filter(|lang| !edition.lang.same_language(lang))?;
        Some(preferring(edition.clone(), lang))
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
pub(super) fn pack(log: &mut Log, wishes: &Wishes, parts: &Parts<'_>) -> Option<(Vec<u8>, Vec<Placed>)> {
    let Parts { edition, pictures, layout, engine, stamp, printed } = *parts;
    let css = layout.css();
    let place = epub::place_in_journal(&edition.metadata, printed.and_then(Printed::range).as_deref());
    // Without pages nothing has been asked of the engine yet, and a cover is not worth to wake it.
    let engine_awake = engine.filter(|_| printed.is_some() && wishes.flavour != Flavour::Plain);
    let cover = engine_awake.and_then(|engine| pdf::cover(log, engine, layout, &pdf::Cover::of_article(&edition.lang, &edition.metadata, &place)));
    let families = &wishes.families;
    let said = RefCell::new(Log::default());
    let make = |characters: &BTreeSet<char>| faces(&mut said.borrow_mut(), families, engine, characters);
    let extras = Extras { printed, cover: cover.as_deref(), faces: (!families.is_empty()).then_some(&make as &epub::Faces<'_>), flavour: wishes.flavour };
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
