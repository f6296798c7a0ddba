//! A master from its bytes to an edition with its pictures: what `build` and `check` have in common.

use std::path::{Path, PathBuf};

use article::code::Code;
use article::diag::{Diagnostic, Log};
use article::edition::Edition;
use article::house::House;
use article::picture::Pictures;
use article::resolve::resolve_for;
use article::source::Source;
use article::{jats, xml};

use super::citing::Wanted;
use super::disk::{self, Unread};
use super::pictures::{self, Loaded, Places};
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
    /// The article, ready to be set.
    pub(super) edition: Option<Edition>,
    /// Its pictures.
    pub(super) pictures: Pictures,
    /// The files that were read besides the master.
    pub(super) files: Vec<PathBuf>,
}

/// What is wished of an edition.
#[derive(Debug, Default)]
pub(super) struct Wishes {
    /// What the journal wishes.
    pub(super) house: House,
    /// How citations are set; the default way without it.
    pub(super) wanted: Option<Wanted>,
}

/// Opens a master. Whatever is wrong is reported.
pub(super) fn open(log: &mut Log, path: &Path, places: &Places, wishes: &Wishes, timings: &mut Timings, opened: &mut Opened) {
    let name = path.display().to_string();
    opened.bytes = match timings.time(Stage::Parse, || disk::read(path, MAX_BYTES)) {
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
    let Some(source) = &opened.source else { return };
    let Some(tree) = timings.time(Stage::Parse, || xml::parse(log, source)) else {
        return;
    };
    let Some(article) = timings.time(Stage::Read, || jats::read(log, &tree)) else {
        return;
    };
    let edition = timings.time(Stage::Resolve, || {
        let citing = wishes.wanted.as_ref().map(|wanted| wanted.of(log, path)).unwrap_or_default();
        resolve_for(log, article, &House { citing, ..wishes.house.clone() })
    });
    let Loaded { pictures, files } = timings.time(Stage::Pictures, || pictures::load(log, &edition, path, places));
    (opened.pictures, opened.files) = (pictures, files);
    opened.edition = Some(edition);
}
