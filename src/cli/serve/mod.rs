//! `diglot serve`: pages, e-book and messages in the browser, as they change.
//!
//! 1. The one who works ([`run`]) has made what somebody looks at, and again whenever something changed that it was made from, each article by itself: one that takes
//!    for ever keeps no other waiting. Each step is laid on the [`desk`] as soon as it is done, the pages first.
//! 2. Browsers are told that there is something new, and ask for what they show: [`routes`] answers from the desk. A page that did not change keeps its
//!    address, and is not sent again.
//! 3. A click asks what stands at its place (`landed`), and [`editor`] opens the line.
//!
//! Nothing is written. Between two changes nobody does anything.

mod desk;
mod editor;
mod found;
mod routes;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

use article::code::Code;
use article::diag::{Diagnostic, Log};
use clap::error::ErrorKind;
use web::Server;
use web::server::Answer;

use super::args::{BuildArguments, Format, MessageFormat, ServeArguments};
use super::follow::{Anew, Bell, Follower, Happened, Interest};
use super::job::{Job, Work};
use super::make::{self, Kept, Step};
use super::open::Opened;
use super::report::{self, Printer, Status};
use super::state::seen::Seen;
use super::timings::Timings;
use super::{batch, usage};
use crate::pdf;
use desk::{Article, Desk};
use routes::Clerk;

/// The port, and how many after it are tried where nobody names one.
const PORT: u16 = 4173;
const PORTS: u16 = 20;

/// How many masters are kept ready, and for how many runs the engine keeps what it has made.
const READY: usize = 12;

/// How many articles are made at once.
const AT_ONCE: usize = 4;

/// The largest master that is shown, in bytes: some 2,500 pages of text, of which each takes the engine 0.8 MB, and nothing else bounds what this process takes.
/// The longest article that is known has 1.6 MB.
const LARGEST: usize = 8 << 20;

/// Runs `diglot serve`, for ever.
///
/// # Errors
///
/// When the command line contradicts itself, or the page cannot be served.
pub(super) fn run(arguments: &ServeArguments) -> Result<Status, clap::Error> {
    if !matches!(arguments.preview.messages.message_format, MessageFormat::Human | MessageFormat::Short) {
        return Err(usage("serve", ErrorKind::ArgumentConflict, "what is found is shown in the browser; `diglot watch` says it to programs"));
    }
    let mut build = arguments.preview.build(&arguments.paths)?;
    build.to = Some(vec![Format::Pdf, Format::Epub]);
    let server = bind(arguments.port).map_err(|why| usage("serve", ErrorKind::Io, &why))?;
    let mut follower = Follower::new().map_err(|why| usage("serve", ErrorKind::Io, &why))?;
    let mut printer = Printer::new(&arguments.preview.messages);
    let desk = Arc::new(Desk::new());
    let clerk = Clerk { desk: Arc::clone(&desk), token: token(), editor: arguments.editor.clone(), bell: follower.bell(), drawings: Mutex::default() };
    let (made, finished) = channel();
    let mut worker = Worker {
        arguments: &build,
        desk,
        bell: follower.bell(),
        job: None,
        round: 0,
        interest: Interest::default(),
        ready: VecDeque::new(),
        kept: BTreeMap::new(),
        running: BTreeSet::new(),
        made,
        finished,
    };
    worker.prepare(&mut follower, &mut printer)?;
    let address = format!("http://127.0.0.1:{}/", server.port());
    let answer: Arc<Answer> = Arc::new(move |request| clerk.answer(request));
    if thread::Builder::new().name("listen".to_owned()).spawn(move || server.run(&answer)).is_err() {
        return Err(usage("serve", ErrorKind::Io, "the system gives no thread to listen in"));
    }
    let status = report::list(&format!("{address}\n"));
    if status != Status::Clean {
        return Ok(status);
    }
    if arguments.open && !editor::browse(&address) {
        let mut log = Log::default();
        let mut complaint = Diagnostic::new(Code::CannotRead, "no browser could be opened").hint(format!("open {address} yourself"));
        complaint.severity = Some(article::code::Severity::Warning);
        log.push(complaint);
        printer.job(&log);
    }
    // A fault of the engine is shown with its master; its own words on the terminal would help nobody.
    std::panic::set_hook(Box::new(|_| {}));
    loop {
        let happened = follower.wait(&worker.interest);
        worker.happened(happened, &mut follower, &mut printer)?;
    }
}

/// A server at the port that is asked for, or at the first that is free.
fn bind(port: Option<u16>) -> Result<Server, String> {
    match port {
        Some(port) => Server::bind(port).map_err(|error| format!("port {port} cannot be had: {}", super::disk::reason(&error))),
        None => (PORT..PORT + PORTS).find_map(|port| Server::bind(port).ok()).map_or_else(|| Server::bind(0).map_err(|error| error.to_string()), Ok),
    }
}

/// What nobody can guess.
fn token() -> String {
    let mut bytes = [0; 16];
    // Without random numbers no line can be opened, and nothing else is lost: an empty token is never the right one.
    if getrandom::fill(&mut bytes).is_err() {
        return String::new();
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The one who works.
struct Worker<'a> {
    arguments: &'a BuildArguments,
    desk: Arc<Desk>,
    bell: Bell,
    /// What was resolved last that could be.
    job: Option<Arc<Job>>,
    /// How often it was.
    round: usize,
    interest: Interest,
    /// The articles that somebody looks at, the one that was asked for last at the end.
    ready: VecDeque<u64>,
    /// What is kept of each for its next run.
    kept: BTreeMap<u64, Kept>,
    /// The articles that are being made.
    running: BTreeSet<u64>,
    made: Sender<Finished>,
    finished: Receiver<Finished>,
}

/// An article that was made.
struct Finished {
    id: u64,
    work: Work,
    /// The round of the job that it was made with.
    round: usize,
    seen: Seen,
    kept: Kept,
}

impl Worker<'_> {
    /// Looks up everything anew: masters, projects, layouts, fonts.
    fn prepare(&mut self, follower: &mut Follower, printer: &mut Printer) -> Result<(), clap::Error> {
        let (mut log, mut seen) = (Log::default(), Seen::default());
        let job = Job::resolve(&mut log, self.arguments, &mut seen)?;
        printer.job(&log);
        self.desk.fault(&log);
        self.interest.prepare(seen, job.as_ref());
        follower.begin(&self.interest, printer);
        if let Some(job) = job {
            let masters: Vec<PathBuf> = job.works.iter().map(|work| work.master.clone()).collect();
            self.desk.lay(&masters);
            // What is kept may have been made with other fonts, or another layout.
            self.kept.clear();
            self.job = Some(Arc::new(job));
        }
        self.round += 1;
        Ok(())
    }

    /// Does what has to be done after something happened.
    fn happened(&mut self, happened: Happened, follower: &mut Follower, printer: &mut Printer) -> Result<(), clap::Error> {
        let mut anew = match happened {
            Happened::Asked(id) => {
                self.ready.retain(|other| *other != id);
                self.ready.push_back(id);
                if self.ready.len() > READY {
                    self.dismiss();
                }
                self.desk.article(id).iter().for_each(|article| self.interest.forget(&article.master));
                Anew::Masters
            }
            Happened::Changed(changed) => self.interest.changed(&changed),
            Happened::Done => self.finish(follower),
        };
        loop {
            if anew == Anew::Everything {
                self.prepare(follower, printer)?;
            }
            if anew > Anew::Nothing {
                let ids: Vec<u64> = self.ready.iter().rev().copied().collect();
                for id in ids {
                    if let Some(article) = self.desk.article(id).filter(|article| !self.interest.knows(&article.master)) {
                        self.begin(&article);
                    }
                }
            }
            // A folder may have been made anew, or was not watched while something happened in it.
            anew = follower.keep_up(&mut self.interest, printer);
            if anew == Anew::Nothing {
                return Ok(());
            }
        }
    }

    /// Lets go of the article that nobody has asked for for the longest time.
    fn dismiss(&mut self) {
        if let Some(id) = self.ready.pop_front() {
            self.kept.remove(&id);
            if let Some(article) = self.desk.article(id) {
                article.want(false);
                self.interest.forget(&article.master);
            }
        }
    }

    /// Begins to make an article, if it is not being made, and not too many others are. One that has to wait is begun when another is done.
    fn begin(&mut self, article: &Arc<Article>) {
        let Some(job) = &self.job else { return };
        let Some(work) = job.works.iter().find(|work| work.master == article.master).cloned() else { return };
        if self.running.len() >= AT_ONCE || !self.running.insert(article.id) {
            return;
        }
        let kept = self.kept.remove(&article.id).unwrap_or_default();
        let (job, desk, article, round) = (Arc::clone(job), Arc::clone(&self.desk), Arc::clone(article), self.round);
        let (id, made, bell) = (article.id, self.made.clone(), self.bell.clone());
        let labour = move || {
            let finished = make(&job, &work, &desk, &article, kept, round);
            // Who has stopped listening has ended.
            let _ = made.send(finished);
            bell.done();
        };
        if thread::Builder::new().stack_size(batch::STACK).spawn(labour).is_err() {
            // A system that gives no thread may give one at the next change.
            self.running.remove(&id);
        }
    }

    /// Follows what was seen for articles that are done. What changed meanwhile, or was looked up anew, is to be made again.
    fn finish(&mut self, follower: &mut Follower) -> Anew {
        let mut anew = Anew::Masters;
        while let Ok(Finished { id, work, round, seen, kept }) = self.finished.try_recv() {
            self.running.remove(&id);
            if !self.ready.contains(&id) {
                self.desk.article(id).iter().for_each(|article| article.want(false));
            } else if let Some(job) = self.job.as_ref().filter(|_| round == self.round) {
                self.interest.note(job, &work, seen);
                self.kept.insert(id, kept);
                let outdated = self.interest.outdated(&work.master);
                if !outdated.is_empty() {
                    let changed = follower.quiet(&self.interest, outdated);
                    anew = anew.max(self.interest.changed(&changed));
                }
            }
        }
        anew
    }
}

/// Makes an article, and lays each step on the desk.
fn make(job: &Job, work: &Work, desk: &Desk, article: &Article, mut kept: Kept, round: usize) -> Finished {
    let start = Instant::now();
    let since = || start.elapsed().as_secs_f64() * 1_000.0;
    let mut log = Log::default();
    let mut opened = Arc::new(Opened::default());
    article.begin();
    let seen = make::live(&mut log, &mut Timings::default(), job, work, &mut kept, &mut |log, step| {
        let large = matches!(&step, Step::Opened(opened) if opened.bytes.len() > LARGEST);
        if large {
            log.push(
                Diagnostic::new(Code::MasterTooLarge, format!("the master is larger than {} MiB, and is not shown here", LARGEST >> 20))
                    .hint("`diglot build` makes its outputs, with `--memory-limit` in a process of its own"),
            );
        }
        if article.step(step, &mut opened, since()) {
            desk.tell(article);
        }
        !large
    });
    article.end(&log, &opened, since());
    desk.tell(article);
    pdf::forget(READY);
    Finished { id: article.id, work: work.clone(), round, seen, kept }
}
