//! Whether the disk is still as it was seen.
//!
//! 1. A file, an output or a folder whose stamp is settled and the same is not opened.
//! 2. Any other file is read and its sum compared: one that was only touched, or checked out anew, is the same file. Its new stamp is
//!    noted, so that the next run need not read it.
//! 3. A folder that has another stamp is asked anew what it was asked. So is a font of which only the faces matter.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::super::disk;
use super::State;
use super::folder::{Folder, Listing, is_font};
use super::reason::{Change, Reason};
use super::seen::{File, Known, Seen, Tool};
use super::stamp::Stamp;

/// A review of what was seen, for several masters. What they share is looked at once.
#[derive(Default)]
pub(in crate::cli) struct Review {
    listings: BTreeMap<PathBuf, Listing>,
    links: BTreeMap<PathBuf, Option<PathBuf>>,
    tools: BTreeMap<String, Tool>,
    /// Fonts that several masters used, which are large.
    fonts: BTreeMap<PathBuf, (File, Result<Option<File>, Change>)>,
    shared: Option<(Seen, Result<Option<Seen>, Reason>)>,
}

/// What is still the same: as it was noted, or with other stamps, which are then to be noted.
pub(in crate::cli) type Held<T> = Result<Option<T>, Reason>;

impl Review {
    /// Whether the outputs of a master are as a full build would make them; the state with new stamps, where there are any.
    ///
    /// # Errors
    ///
    /// Why they are not.
    pub(in crate::cli) fn state(&mut self, old: &State, wanted: &State) -> Held<State> {
        if old.program != wanted.program {
            return Err(Reason::Program);
        }
        let names = old.options.keys().chain(wanted.options.keys());
        let value = |state: &State, name: &String| state.options.get(name).cloned().unwrap_or_default();
        if let Some(name) = names.into_iter().find(|name| old.options.get(*name) != wanted.options.get(*name)) {
            return Err(Reason::Option { name: name.clone(), was: value(old, name), is: value(wanted, name) });
        }
        let own = self.seen(&old.own)?;
        let shared = self.shared(&old.shared)?;
        let mut outputs = Vec::with_capacity(old.outputs.len());
        for output in &old.outputs {
            outputs.push(file(output).map_err(|change| Reason::Output(output.path.clone(), change))?);
        }
        let moved = own.is_some() || shared.is_some() || outputs.iter().any(Option::is_some);
        Ok(moved.then(|| State {
            own: own.unwrap_or_else(|| old.own.clone()),
            shared: shared.unwrap_or_else(|| old.shared.clone()),
            outputs: outputs.into_iter().zip(&old.outputs).map(|(new, old)| new.unwrap_or_else(|| old.clone())).collect(),
            ..old.clone()
        }))
    }

    fn shared(&mut self, old: &Seen) -> Held<Seen> {
        if let Some((known, held)) = &self.shared
            && known == old
        {
            return held.clone();
        }
        let held = self.seen(old);
        self.shared = Some((old.clone(), held.clone()));
        held
    }

    /// Whether the disk is still as it was seen; what was seen with new stamps, where there are any.
    ///
    /// # Errors
    ///
    /// What is different.
    pub(in crate::cli) fn seen(&mut self, old: &Seen) -> Held<Seen> {
        for known in &old.links {
            let real = self.links.entry(known.path.clone()).or_insert_with(|| known.path.canonicalize().ok());
            if real.as_ref() != Some(&known.real) {
                return Err(Reason::File(known.path.clone(), Change::Elsewhere));
            }
        }
        let mut new: Option<Seen> = None;
        for (at, known) in old.files.iter().enumerate() {
            let held = if is_font(&known.path) { self.font(known) } else { file(known) };
            if let Some(file) = held.map_err(|change| Reason::File(known.path.clone(), change))? {
                new.get_or_insert_with(|| old.clone()).files[at] = file;
            }
        }
        for (at, known) in old.folders.iter().enumerate() {
            if let Some(folder) = self.folder(known)? {
                new.get_or_insert_with(|| old.clone()).folders[at] = folder;
            }
        }
        for known in &old.tools {
            let now = self.tools.entry(known.name.clone()).or_insert_with(|| Tool::look(&known.name));
            let same = match (&known.stamp, &now.stamp) {
                (Some(one), Some(other)) => known.path == now.path && one.is_same(other),
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            };
            if !same {
                return Err(Reason::Tool(known.name.clone()));
            }
        }
        Ok(new)
    }

    fn font(&mut self, old: &File) -> Result<Option<File>, Change> {
        match self.fonts.get(&old.path) {
            Some((known, held)) if known == old => held.clone(),
            Some(_) | None => {
                let held = file(old);
                self.fonts.insert(old.path.clone(), (old.clone(), held.clone()));
                held
            }
        }
    }

    fn folder(&mut self, old: &Folder) -> Held<Folder> {
        let now = stamp(&old.path);
        match (&old.stamp, &now) {
            (Some(one), Some(other)) if one.is_sure(other) => return Ok(None),
            (None, None) => return Ok(None),
            (Some(_) | None, Some(_)) | (Some(_), None) => {}
        }
        let listing = self.listings.entry(old.path.clone()).or_insert_with(|| Listing::of(&old.path));
        let found = listing.found(&old.of);
        if let Some(name) = found.iter().find(|name| !old.found.contains(name)) {
            return Err(Reason::Entry(old.path.join(name), Change::New));
        }
        if let Some(name) = old.found.iter().find(|name| !found.contains(name)) {
            return Err(Reason::Entry(old.path.join(name), Change::Gone));
        }
        Ok((listing.stamp != old.stamp).then(|| Folder { stamp: listing.stamp, ..old.clone() }))
    }
}

/// What happened to a file, or its new stamp, if it has one.
fn file(old: &File) -> Result<Option<File>, Change> {
    let now = stamp(&old.path);
    match (&old.stamp, &now) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(Change::New),
        (Some(_), None) => Err(Change::Gone),
        (Some(one), Some(other)) if one.is_sure(other) => Ok(None),
        (Some(one), Some(other)) if old.sha256.is_empty() => {
            if one.is_same(other) {
                Ok(None)
            } else {
                Err(Change::Changed)
            }
        }
        (Some(one), Some(other)) if old.known == Known::Bytes && one.size() != other.size() => Err(Change::Changed),
        (Some(_), Some(other)) => {
            let begun = SystemTime::now();
            let (bytes, metadata) = disk::read_known(&old.path, other.size()).map_err(|_| Change::Changed)?;
            if old.known.sum(&bytes) != old.sha256 {
                return Err(if old.known == Known::Faces { Change::Faces } else { Change::Changed });
            }
            let stamp = Some(Stamp::of(&metadata, begun));
            Ok((stamp != old.stamp).then(|| File { stamp, ..old.clone() }))
        }
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let now = SystemTime::now();
    fs::metadata(path).ok().map(|metadata| Stamp::of(&metadata, now))
}
