//! Masters in processes of their own: one that takes too long, needs too much or brings its process down is given up, and the others are built.
//!
//! 1. [`Workers::build`] sends a master to an idle worker, or starts one: this program once more, as `diglot worker`.
//! 2. It waits for the answer as long as the master may take. A worker that has answered takes the next master: what it has loaded is loaded once.
//! 3. One that does not answer is ended, and [`Fate`] says what became of it. What it had not finished is swept away by the next that writes there (`output`).
//!
//! Memory is held by the system (`RLIMIT_DATA`: what a process has asked for, without the program's own file), which refuses what goes beyond.

use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use article::code::Code;
use article::diag::Diagnostic;

use super::args::BuildArguments;
use super::job::Work;
use super::master::Done;
use super::plan::Plan;
use super::told::Told;
use super::worker::Order;

/// What a process says on its standard error when memory is refused to it (Rust's own words).
const REFUSED: &str = "memory allocation of";

/// How much of what a worker says on its standard error is kept, in bytes.
const MOST_SAID: u64 = 64 << 10;

/// Workers, each idle or with one master.
pub(super) struct Workers {
    order: String,
    timeout: Option<u32>,
    memory: Option<u32>,
    idle: Mutex<Vec<Worker>>,
}

/// What became of a worker that did not answer.
enum Fate {
    /// It took too long.
    TimedOut,
    /// Memory was refused to it.
    OutOfMemory,
    /// It ended, as the end of a sentence.
    Died(String),
    /// It could not be started.
    NotStarted(String),
}

impl Workers {
    /// Workers as they are asked for; `None` where masters are built in this process.
    #[must_use]
    pub(super) fn of(arguments: &BuildArguments, plan: &Plan) -> Option<Self> {
        let wanted = arguments.isolate || arguments.timeout.is_some() || arguments.memory_limit.is_some();
        let order = Order { recipes: plan.recipes.clone(), memory: arguments.memory_limit.map(|mebibytes| u64::from(mebibytes) << 20) };
        let order = serde_json::to_string(&order).ok().filter(|_| wanted)?;
        Some(Self { order, timeout: arguments.timeout, memory: arguments.memory_limit, idle: Mutex::new(Vec::new()) })
    }

    /// Has a master built.
    #[must_use]
    pub(super) fn build(&self, work: &Work) -> Done {
        self.answer(work).unwrap_or_else(|fate| {
            let master = work.master.display().to_string();
            Done::given_up(work, vec![Told::of(&master, None, &self.diagnostic(fate))])
        })
    }

    fn answer(&self, work: &Work) -> Result<Done, Fate> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = match idle {
            Some(worker) => worker,
            None => Worker::start(&self.order).map_err(|error| Fate::NotStarted(super::disk::reason(&error)))?,
        };
        let limit = self.timeout.map(|seconds| Duration::from_secs(u64::from(seconds)));
        let answer = worker.ask(work, limit)?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        Ok(answer)
    }

    fn diagnostic(&self, fate: Fate) -> Diagnostic {
        match fate {
            Fate::TimedOut => {
                let seconds = self.timeout.unwrap_or_default();
                Diagnostic::new(Code::TimeLimit, format!("the master was not done after {seconds} s, and was given up")).hint("allow more by `--timeout`")
            }
            Fate::OutOfMemory => {
                let mebibytes = self.memory.unwrap_or_default();
                Diagnostic::new(Code::MemoryLimit, format!("the master needs more than {mebibytes} MiB of memory, and was given up"))
                    .hint("allow more by `--memory-limit`")
            }
            Fate::Died(how) => {
                Diagnostic::new(Code::EngineFault, format!("the process that built this master {how}")).hint("please report it, with the master")
            }
            Fate::NotStarted(why) => Diagnostic::new(Code::EngineFault, format!("no process can be started for this master: {why}"))
                .hint("build with fewer `--jobs`, or without `--isolate`"),
        }
    }
}

/// A worker.
struct Worker {
    child: Child,
    input: Option<ChildStdin>,
    /// The lines of its answers.
    answers: Receiver<String>,
    said: Option<JoinHandle<String>>,
}

impl Worker {
    fn start(order: &str) -> std::io::Result<Self> {
        let mut command = Command::new(env::current_exe()?);
        // What the allocator has in reserve counts as taken otherwise, and no master could be built with less than that.
        command.arg("worker").env("MIMALLOC_ARENA_EAGER_COMMIT", "0");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let (sender, answers) = mpsc::channel();
        if let Some(output) = child.stdout.take() {
            thread::Builder::new().spawn(move || {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    if sender.send(line).is_err() {
                        return;
                    }
                }
            })?;
        }
        let said = child.stderr.take().map(|mut output| {
            thread::Builder::new().spawn(move || {
                let mut said = Vec::new();
                let _ = output.by_ref().take(MOST_SAID).read_to_end(&mut said);
                let _ = std::io::copy(&mut output, &mut std::io::sink());
                String::from_utf8_lossy(&said).into_owned()
            })
        });
        let mut worker = Self { input: child.stdin.take(), child, answers, said: said.transpose()? };
        worker.send(order)?;
        Ok(worker)
    }

    fn send(&mut self, line: &str) -> std::io::Result<()> {
        self.input.as_mut().map_or(Ok(()), |input| input.write_all(format!("{line}\n").as_bytes()))
    }

    fn ask(&mut self, work: &Work, limit: Option<Duration>) -> Result<Done, Fate> {
        let question = serde_json::to_string(work).map_err(|error| Fate::NotStarted(error.to_string()))?;
        // One that is dead already does not take it, and does not answer.
        let _ = self.send(&question);
        let answer = match limit {
            Some(limit) => self.answers.recv_timeout(limit),
            None => self.answers.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match answer {
            Ok(line) => serde_json::from_str(&line).map_err(|error| Fate::Died(format!("answers what cannot be understood: {error}"))),
            Err(RecvTimeoutError::Timeout) => Err(Fate::TimedOut),
            Err(RecvTimeoutError::Disconnected) => Err(self.fate()),
        }
    }

    /// Why it does not answer any more.
    fn fate(&mut self) -> Fate {
        let status = self.child.wait();
        let said = self.said.take().and_then(|said| said.join().ok()).unwrap_or_default();
        if said.contains(REFUSED) {
            return Fate::OutOfMemory;
        }
        Fate::Died(status.map_or_else(|error| format!("is lost: {}", super::disk::reason(&error)), |status| format!("ended by itself ({status})")))
    }
}

impl Drop for Worker {
    /// Ends it. An idle one would end by itself at the end of its input, and may take its time for it.
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
