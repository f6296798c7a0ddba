//! Waiting for a change of what a run read, or looked for.
//!
//! 1. [`Interest`] knows what was noted of the disk, for whom, and what has to be done again when it is another.
//! 2. [`Follower`] has the system watch their folders and not the files: an editor that writes another file and gives it the name, or deletes the file and
//!    makes it anew, changes the folder. Of a folder that is not there, the nearest one above it that is.
//! 3. [`Follower::wait`] sleeps until something happens, and joins what happens at once into one change.

mod interest;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use article::code::Code;
use article::diag::{Diagnostic, Log};
use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

pub(super) use interest::{Anew, Interest};

use super::report::Printer;

/// How long nothing must happen for a change to be whole: an editor's steps follow one another at once.
const QUIET: Duration = Duration::from_millis(8);

/// How long the same goes on at most.
const LONGEST: Duration = Duration::from_millis(300);

/// Something that happened.
#[derive(Debug)]
pub(super) enum Happened {
    /// These paths changed.
    Changed(BTreeSet<PathBuf>),
    /// Somebody asked for something, by its number.
    Asked(u64),
    /// Work that goes on beside is done.
    Done,
}

/// A message to the one who waits.
#[derive(Debug)]
enum Message {
    Changed(Vec<PathBuf>),
    /// The system lost count: anything may have changed.
    Lost,
    Asked(u64),
    Done,
}

/// Has folders watched.
pub(super) struct Follower {
    watcher: RecommendedWatcher,
    sender: Sender<Message>,
    receiver: Receiver<Message>,
    /// The folders that are watched, each with what tells it from another one of the same name.
    watched: BTreeMap<PathBuf, Identity>,
    /// Those of them that nobody has asked for yet: what happened in them before they were watched, nobody has told.
    new: BTreeSet<PathBuf>,
    /// What happened otherwise while a change was being joined.
    others: Vec<Happened>,
}

/// Wakes a [`Follower`].
#[derive(Clone, Debug)]
pub(super) struct Bell(Sender<Message>);

impl Bell {
    /// Asks for something, by its number.
    pub(super) fn ask(&self, what: u64) {
        // Who has stopped waiting has stopped working too.
        let _ = self.0.send(Message::Asked(what));
    }

    /// Says that work is done.
    pub(super) fn done(&self) {
        let _ = self.0.send(Message::Done);
    }
}

impl Follower {
    /// A follower of nothing yet.
    ///
    /// # Errors
    ///
    /// In words, when the system watches nothing.
    pub(super) fn new() -> Result<Self, String> {
        let (sender, receiver) = channel();
        let told = sender.clone();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let message = match event {
                Ok(event) if event.need_rescan() => Some(Message::Lost),
                Ok(event) if is_change(event.kind) => Some(Message::Changed(event.paths)),
                Ok(_) => None,
                Err(_) => Some(Message::Lost),
            };
            if let Some(message) = message {
                let _ = told.send(message);
            }
        });
        let watcher = watcher.map_err(|error| format!("the system watches no folders: {error}"))?;
        Ok(Self { watcher, sender, receiver, watched: BTreeMap::new(), new: BTreeSet::new(), others: Vec::new() })
    }

    /// What wakes it otherwise.
    pub(super) fn bell(&self) -> Bell {
        Bell(self.sender.clone())
    }

    /// Follows all that matters, and says what happened in folders that were not followed before. That the system does not let is said once it is known, and the
    /// rest is followed.
    pub(super) fn keep_up(&mut self, interest: &mut Interest, printer: &mut Printer) -> Anew {
        self.begin(interest, printer);
        interest.changed(&self.new_folders(interest))
    }

    /// Follows all that matters, before anything is read.
    pub(super) fn begin(&mut self, interest: &Interest, printer: &mut Printer) {
        if let Err(why) = self.watch(&interest.folders()) {
            let mut log = Log::default();
            log.push(Diagnostic::new(Code::CannotRead, why).hint("name fewer folders, or let the system watch more"));
            printer.job(&log);
        }
    }

    /// Watches these folders and no other.
    ///
    /// # Errors
    ///
    /// In words, when the system does not watch one that is there.
    fn watch(&mut self, folders: &BTreeSet<PathBuf>) -> Result<(), String> {
        let wanted: BTreeMap<PathBuf, Identity> = folders.iter().filter_map(|folder| nearest(folder)).collect();
        let gone: Vec<PathBuf> =
            self.watched.iter().filter(|(folder, identity)| wanted.get(*folder) != Some(*identity)).map(|(folder, _)| folder.clone()).collect();
        for folder in gone {
            // A folder that was deleted is not watched any more, whatever is said of it here.
            let _ = self.watcher.unwatch(&folder);
            self.watched.remove(&folder);
        }
        for (folder, identity) in wanted {
            if self.watched.contains_key(&folder) {
                continue;
            }
            match self.watcher.watch(&folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    self.watched.insert(folder.clone(), identity);
                    self.new.insert(folder);
                }
                Err(error) if matches!(error.kind, ErrorKind::PathNotFound) || !folder.is_dir() => {}
                Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => {
                    return Err(format!("the system watches no more than {} folders", self.watched.len()));
                }
                Err(error) => return Err(format!("`{}` cannot be watched: {error}", folder.display())),
            }
        }
        Ok(())
    }

    /// The folders that are watched and were not when this was asked last, and what has changed meanwhile. What was read in such a folder before it was watched may be
    /// another by now, or be about to be written.
    fn new_folders(&mut self, interest: &Interest) -> BTreeSet<PathBuf> {
        let new = std::mem::take(&mut self.new);
        if new.is_empty() { new } else { self.quiet(interest, new) }
    }

    /// Sleeps until something happens.
    pub(super) fn wait(&mut self, interest: &Interest) -> Happened {
        if let Some(other) = self.others.pop() {
            return other;
        }
        let mut changed = BTreeSet::new();
        match self.receiver.recv() {
            Ok(Message::Asked(what)) => return Happened::Asked(what),
            Ok(Message::Done) => return Happened::Done,
            Ok(message) => self.join(&mut changed, message),
            // It holds a sender itself.
            Err(_) => return Happened::Changed(changed),
        }
        Happened::Changed(self.quiet(interest, changed))
    }

    /// Sleeps until nothing has happened for a moment, and gives what had changed and what has.
    pub(super) fn quiet(&mut self, interest: &Interest, mut changed: BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
        let until = Instant::now() + LONGEST;
        while Instant::now() < until {
            match self.receiver.recv_timeout(QUIET) {
                Ok(message) => self.join(&mut changed, message),
                // An editor that has deleted or emptied a file is about to write it.
                Err(RecvTimeoutError::Timeout) if interest.is_unfinished(&changed) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        changed
    }

    fn join(&mut self, changed: &mut BTreeSet<PathBuf>, message: Message) {
        match message {
            Message::Changed(paths) => changed.extend(paths),
            Message::Lost => changed.extend(self.watched.keys().cloned()),
            Message::Asked(what) => self.others.push(Happened::Asked(what)),
            Message::Done => self.others.push(Happened::Done),
        }
    }
}

/// Whether something is changed, and not only looked at.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) | EventKind::Any | EventKind::Create(_) | EventKind::Remove(_) => true,
        EventKind::Modify(ModifyKind::Metadata(_)) | EventKind::Access(_) | EventKind::Other => false,
        EventKind::Modify(_) => true,
    }
}

/// What tells a folder from another one that takes its place: device, number, and when it was made where the system knows, for a number is soon given again.
type Identity = (u64, u64, Option<SystemTime>);

#[cfg(unix)]
fn identity(metadata: &std::fs::Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino(), metadata.created().ok())
}

#[cfg(not(unix))]
fn identity(metadata: &std::fs::Metadata) -> Identity {
    (0, 0, metadata.created().ok())
}

/// A folder, or the nearest above it that is there.
fn nearest(folder: &Path) -> Option<(PathBuf, Identity)> {
    folder.ancestors().find_map(|folder| {
        let metadata = folder.metadata().ok().filter(std::fs::Metadata::is_dir)?;
        Some((folder.to_owned(), identity(&metadata)))
    })
}
