//! What is shown: the articles, each with what was made of it last.
//!
//! 1. The one who works puts each step of a run here as soon as it is done ([`Article::step`], [`Article::end`]), and whoever listens is told so.
//! 2. Those who answer requests take what they need and let go at once: nothing is drawn or searched while others wait.
//! 3. Pages of a run that failed do not come here: the last good ones stay, with the master of their own run, so that a click on them finds its line.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use article::diag::Log;
use article::source::Source;
use web::Hub;

use super::found::Found;
use crate::cli::args::Format;
use crate::cli::landed::{OpenBook, Shown};
use crate::cli::make::{Made, Set, Step};
use crate::cli::open::Opened;
use crate::proof::map::book::{reading_order, unpacked};

/// Everything that is shown.
pub(super) struct Desk {
    articles: Mutex<Vec<Arc<Article>>>,
    /// The numbers of all masters that there ever were.
    numbers: Mutex<BTreeMap<PathBuf, u64>>,
    /// Faults of the job, which belong to no master.
    job: Mutex<Vec<Found>>,
    /// Those who listen.
    pub(super) hub: Hub,
}

/// A master on the desk.
pub(super) struct Article {
    /// Its number, which it keeps.
    pub(super) id: u64,
    /// The master, as it was typed or found.
    pub(super) master: PathBuf,
    state: Mutex<State>,
}

/// What was made of a master last.
#[derive(Clone, Default)]
pub(super) struct State {
    /// Whether somebody looks at it.
    pub(super) wanted: bool,
    /// Whether it is being made.
    pub(super) busy: bool,
    /// How many steps were put here: whoever has this number has it all.
    pub(super) version: u64,
    /// How many runs there were.
    pub(super) run: u64,
    /// Whether the last run made no pages.
    pub(super) failed: bool,
    /// The last good pages with their master, and the e-book where it is of the same run.
    pub(super) shown: Shown,
    /// The last good e-book with its master.
    pub(super) read: Shown,
    /// What tells the e-book from another one, its files and their order.
    pub(super) book: Option<Arc<BookIndex>>,
    /// For each page what tells it from another one.
    pub(super) prints: Arc<Vec<u64>>,
    /// What the last run said.
    pub(super) found: Arc<Vec<Found>>,
    /// The master of the last run, to which that belongs.
    pub(super) source: Option<Arc<Opened>>,
    /// The files that can be taken away.
    pub(super) files: BTreeMap<Format, Arc<Vec<u8>>>,
    /// How long the last run took until the pages, the e-book and the end, in milliseconds.
    pub(super) took: [f64; 3],
}

/// What a browser must know of an e-book.
pub(super) struct BookIndex {
    /// What tells it from another one.
    pub(super) version: u64,
    /// The content documents in reading order, each with what tells it from another one: its own bytes and those of all that it may use.
    pub(super) order: Vec<(String, u64)>,
}

/// What tells some bytes from others.
fn print(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

impl BookIndex {
    fn of(book: &OpenBook) -> Self {
        let is_text = |name: &str| name.ends_with(".xhtml") || name.ends_with(".opf") || name.ends_with(".ncx");
        let mut rest = DefaultHasher::new();
        book.files.iter().filter(|(name, _)| !is_text(name)).for_each(|file| file.hash(&mut rest));
        let rest = rest.finish();
        let of = |name: String| {
            let own = book.files.iter().find(|(path, _)| *path == name).map_or(0, |(_, bytes)| print(bytes));
            (name, own ^ rest)
        };
        let order: Vec<(String, u64)> = reading_order(&book.files).into_iter().map(of).collect();
        let mut version = DefaultHasher::new();
        order.hash(&mut version);
        Self { version: version.finish(), order }
    }
}

impl Desk {
    /// An empty desk.
    pub(super) fn new() -> Self {
        Self { articles: Mutex::default(), numbers: Mutex::default(), job: Mutex::default(), hub: Hub::default() }
    }

    /// The articles in the order of their masters.
    pub(super) fn articles(&self) -> Vec<Arc<Article>> {
        lock(&self.articles).clone()
    }

    /// The article of a number.
    pub(super) fn article(&self, id: u64) -> Option<Arc<Article>> {
        lock(&self.articles).iter().find(|article| article.id == id).cloned()
    }

    /// Puts these masters on the desk and takes others off it. A master keeps its number as long as the desk stands, also one that was away.
    pub(super) fn lay(&self, masters: &[PathBuf]) {
        let mut articles = lock(&self.articles);
        let before: Vec<PathBuf> = articles.iter().map(|article| article.master.clone()).collect();
        let mut numbers = lock(&self.numbers);
        *articles = masters
            .iter()
            .map(|master| {
                articles.iter().find(|article| article.master == *master).cloned().unwrap_or_else(|| {
                    let next = numbers.len() as u64 + 1;
                    let id = *numbers.entry(master.clone()).or_insert(next);
                    Arc::new(Article { id, master: master.clone(), state: Mutex::default() })
                })
            })
            .collect();
        drop(articles);
        if before != masters {
            self.hub.tell("{\"list\":true}");
        }
    }

    /// What is wrong with the job.
    pub(super) fn job(&self) -> Vec<Found> {
        lock(&self.job).clone()
    }

    /// Notes what is wrong with the job.
    pub(super) fn fault(&self, log: &Log) {
        let found: Vec<Found> = log.iter().map(|diagnostic| Found::of("", None, diagnostic)).collect();
        let mut job = lock(&self.job);
        let changed = job.len() != found.len() || !found.is_empty();
        *job = found;
        drop(job);
        if changed {
            self.hub.tell("{\"list\":true,\"job\":true}");
        }
    }

    /// Tells whoever listens that an article has changed.
    pub(super) fn tell(&self, article: &Article) {
        let version = article.state().version;
        self.hub.tell(&format!("{{\"article\":{},\"version\":{version}}}", article.id));
    }
}

impl Article {
    /// What was made of it last.
    pub(super) fn state(&self) -> State {
        lock(&self.state).clone()
    }

    /// The name under which its outputs are known.
    pub(super) fn stem(&self) -> String {
        let named = self.master.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let folder = self.master.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        if named == "article" { folder.unwrap_or(named) } else { named }
    }

    /// Whether somebody looks at it from now on. What nobody looks at is not kept.
    pub(super) fn want(&self, wanted: bool) {
        let mut state = lock(&self.state);
        if wanted {
            state.wanted = true;
        } else {
            let version = state.version + 1;
            *state = State { version, ..State::default() };
        }
    }

    /// A run begins.
    pub(super) fn begin(&self) {
        let mut state = lock(&self.state);
        state.busy = true;
        state.version += 1;
    }

    /// Puts a step of a run here, `milliseconds` after the run began. Whether there is something new to see.
    pub(super) fn step(&self, step: Step, opened: &mut Arc<Opened>, milliseconds: f64) -> bool {
        match step {
            Step::Opened(found) => {
                *opened = found;
                false
            }
            Step::Pages(set) => {
                let prints: Vec<u64> = (0..set.pages.count()).map(|page| set.pages.fingerprint(page)).collect();
                self.pages(set, prints, opened, milliseconds);
                true
            }
            Step::Made(Made { format: Format::Epub, bytes, placed, .. }) => {
                let book = unpacked(&bytes).ok().map(|files| OpenBook { files, placed });
                let mut state = lock(&self.state);
                if let Some(book) = book {
                    state.book = Some(Arc::new(BookIndex::of(&book)));
                    let book = Some(Arc::new(book));
                    if Arc::ptr_eq(&state.shown.opened, opened) {
                        state.shown.book.clone_from(&book);
                    }
                    state.read = Shown { opened: Arc::clone(opened), set: None, book };
                }
                state.files.insert(Format::Epub, Arc::new(bytes));
                state.took[1] = milliseconds;
                state.version += 1;
                true
            }
            Step::Made(made) => {
                lock(&self.state).files.insert(made.format, Arc::new(made.bytes));
                false
            }
        }
    }

    fn pages(&self, set: Arc<Set>, prints: Vec<u64>, opened: &Arc<Opened>, milliseconds: f64) {
        let mut state = lock(&self.state);
        state.shown = Shown { opened: Arc::clone(opened), set: Some(set), book: None };
        state.prints = Arc::new(prints);
        state.took[0] = milliseconds;
        state.version += 1;
    }

    /// A run has ended; what it said is shown from now on.
    pub(super) fn end(&self, log: &Log, opened: &Arc<Opened>, milliseconds: f64) {
        let source: Option<&Source> = opened.source.as_ref().or(log.source());
        let name = self.master.display().to_string();
        let found = log.iter().map(|diagnostic| Found::of(&name, source, diagnostic)).collect();
        let mut state = lock(&self.state);
        state.failed = !Arc::ptr_eq(&state.shown.opened, opened);
        state.found = Arc::new(found);
        state.source = Some(Arc::clone(opened));
        state.took[2] = milliseconds;
        state.busy = false;
        state.run += 1;
        state.version += 1;
    }
}

/// What a lock holds, whoever let go of it how.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
