//! `diglot worker`: builds masters for another process.
//!
//! 1. The first line of the standard input is an [`Order`]: what masters are set with, and how much memory may be used.
//! 2. Each line after it is a master and its outputs. It is built as in one process, and what became of it goes as a line to the standard output.
//! 3. The end of the input is the end of the worker. If the other process goes away, this one does at its next line.
//!
//! Nobody but [`super::isolate`] starts one; it is of the same program, so that both sides know the same types.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, Write};

use article::code::Code;
use article::diag::{Diagnostic, Log};
use serde::{Deserialize, Serialize};

use super::batch::Pace;
use super::job::{Job, Kit, Work};
use super::master::{self, Done};
use super::project::Project;
use super::recipe::Recipe;
use super::report::Status;
use super::state::seen::Seen;
use super::told::Told;
use crate::pdf;

/// What a worker is to know.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Order {
    /// What the masters of each project are set with.
    pub(super) recipes: Vec<Recipe>,
    /// The most memory that may be used, in bytes.
    pub(super) memory: Option<u64>,
}

/// Runs `diglot worker`.
#[must_use]
pub(super) fn run() -> Status {
    // What it has to say of a fault of its own it says with the master.
    std::panic::set_hook(Box::new(|_| {}));
    match serve(&mut io::stdin().lock(), &mut io::stdout().lock()) {
        Ok(()) => Status::Clean,
        Err(_) => Status::Failed,
    }
}

fn serve(input: &mut impl BufRead, output: &mut impl Write) -> io::Result<()> {
    let mut line = String::new();
    input.read_line(&mut line)?;
    let order: Order = serde_json::from_str(&line)?;
    if let Some(bytes) = order.memory {
        limit(bytes)?;
    }
    let mut jobs: BTreeMap<usize, Result<Job, Vec<Told>>> = BTreeMap::new();
    loop {
        line.clear();
        if input.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let work: Work = serde_json::from_str(&line)?;
        let job = jobs.entry(work.kit).or_insert_with(|| load(&order, &work));
        let done = match job {
            Ok(job) => master::build(job, &Work { kit: 0, ..work }, None).0,
            Err(told) => Done::given_up(&work, told.clone()),
        };
        serde_json::to_writer(&mut *output, &done)?;
        output.write_all(b"\n")?;
        output.flush()?;
        pdf::forget(0);
    }
}

/// What the masters of a project are set with. The other process has loaded it too, so that nothing is wrong with it, unless it has changed since.
fn load(order: &Order, work: &Work) -> Result<Job, Vec<Told>> {
    let mut log = Log::default();
    let formats: BTreeSet<_> = work.outputs.iter().map(|(format, _)| *format).collect();
    let kit = order.recipes.get(work.kit).and_then(|recipe| {
        let project = match &recipe.project {
            Some(path) => Project::read(&mut log, path, &mut Seen::default())?,
            None => Project::default(),
        };
        Some((recipe, Kit::load(&mut log, recipe, &project, &formats, &mut Seen::default())?))
    });
    match kit {
        Some((recipe, kit)) => Ok(Job {
            works: Vec::new(),
            kits: vec![kit],
            attach: recipe.attach,
            keep_broken: recipe.keep_broken,
            date: recipe.date,
            pace: Pace::new(Some(1), false),
        }),
        None => {
            if log.is_empty() {
                log.push(Diagnostic::new(Code::CannotRead, "what masters are set with is not there"));
            }
            Err(Told::all(&work.master.display().to_string(), None, &log))
        }
    }
}

/// Takes no more memory than this from the system: what is asked for beyond it ends the process.
#[cfg(unix)]
fn limit(bytes: u64) -> io::Result<()> {
    rlimit::Resource::DATA.set(bytes, bytes)
}

/// There is no such limit here.
#[cfg(not(unix))]
fn limit(_: u64) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
