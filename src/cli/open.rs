//! A master from its bytes to an edition with its pictures: what `build` and `check` have in common.

use std::collections::BTreeSet;
use std::path::Path;

use article::check::{self, Master, Settings};
use article::code::Code;
use article::diag::{Diagnostic, Log};
use article::edition::Edition;
use article::house::House;
use article::picture::Pictures;
use article::resolve::anonymous::{self, Hidden, Secret};
use article::resolve::resolve_for;
use article::source::Source;
use article::xml::Tree;
use article::{jats, xml};

use super::citing::Wanted;
use super::disk::{self, Unread};
use super::pictures::{self, Places};
use super::state::seen::Seen;
use super::timings::{Stage, Timings};

/// The largest master that is read, in bytes.
const MAX_BYTES: u64 = 128 << 20;

/// What could be understood of a master.
#[derive(Debug, Default)]
pub(super) struct Opened {
    /// Its bytes; empty where it could not be read.
    pub(super) bytes: Vec<u8>,
    /// Its text.
    pub(super) source: Option<Source>,
    /// Where the article has no authors: what must not be seen then, and what of it the text says all the same.
    pub(super) hidden: Option<(Hidden, BTreeSet<Secret>)>,
    /// The article, ready to be set.
    pub(super) edition: Option<Edition>,
    /// Its pictures.
    pub(super) pictures: Pictures,
}

/// What is wished of an edition.
#[derive(Debug, Default)]
pub(super) struct Wishes {
    /// What the journal wishes.
    pub(super) house: House,
    /// How citations are set; the default way without it.
    pub(super) wanted: Option<Wanted>,
    /// What the rules are to say.
    pub(super) checks: Settings,
    /// Whether the article is to have no authors.
    pub(super) anonymous: bool,
}

/// Opens a master. Whatever is wrong is reported, and what is seen of the disk is noted, the master first.
pub(super) fn open(log: &mut Log, path: &Path, places: &Places, wishes: &Wishes, timings: &mut Timings, opened: &mut Opened, seen: &mut Seen) {
    let name = path.display().to_string();
    opened.bytes = match timings.time(Stage::Parse, || seen.read_typed(path, MAX_BYTES)) {
        Ok(bytes) => bytes,
        Err(unread) => {
            log.push(match unread {
                Unread::TooLarge => Diagnostic::new(Code::MasterTooLarge, format!("the master is larger than {} MiB", MAX_BYTES >> 20)),
                Unread::Refused(error) => Diagnostic::new(Code::CannotRead, format!("the master cannot be read: {}", disk::reason(&error))),
            });
            return;
        }
    };
    opened.source = timings.time(Stage::Parse, || article::decode::decode(log, &name, &opened.bytes));
    let tree = timings.time(Stage::Parse, || opened.source.as_ref().and_then(|source| xml::parse(log, source)));
    if let Some(tree) = &tree {
        understand(log, path, tree, (places, wishes), timings, opened, seen);
    }
}

/// What the tree of a master says, whose text is opened. Whatever is wrong is reported.
pub(super) fn understand(
    log: &mut Log,
    path: &Path,
    tree: &Tree,
    (places, wishes): (&Places, &Wishes),
    timings: &mut Timings,
    opened: &mut Opened,
    seen: &mut Seen,
) {
    let Some(source) = &opened.source else { return };
    let Some(mut article) = timings.time(Stage::Read, || jats::read(log, tree)) else { return };
    let hidden = wishes.anonymous.then(|| timings.time(Stage::Read, || anonymous::strip(&mut article)));
    timings.time(Stage::Resolve, || check::look(log, Master { source, tree, article: &article }, &wishes.checks));
    let edition = timings.time(Stage::Resolve, || {
        let citing = wishes.wanted.as_ref().map(|wanted| wanted.of(log, path, seen)).unwrap_or_default();
        resolve_for(log, article, &House { citing, ..wishes.house.clone() })
    });
    opened.hidden = hidden.map(|hidden| {
        let known = anonymous::mentions(log, &edition, &hidden);
        (hidden, known)
    });
    opened.pictures = timings.time(Stage::Pictures, || pictures::load(log, &edition, path, places, seen));
    // The last word: what the project, the layout and the master itself want to hear of what was found.
    check::settle(log, tree, &wishes.checks);
    opened.edition = Some(edition);
}
