//! Several pieces of work at once, told of in their order.
//!
//! 1. Each thread takes the next piece that nobody has taken.
//! 2. What is done is kept until all before it is told: what is said of a run does not depend on which thread was faster.
//! 3. After each piece the engine's cache loses what no thread needs any more.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::pdf;

/// The stack of a thread, in bytes: that of a main thread, for which the bounds on depth were measured.
pub(super) const STACK: usize = 8 << 20;

/// How fast to work.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// How many pieces of work at once.
    jobs: usize,
    /// Whether nothing is begun after the first failure.
    fail_fast: bool,
}

impl Pace {
    /// As many at once as was asked for, else as there are processors.
    #[must_use]
    pub(super) fn new(jobs: Option<u16>, fail_fast: bool) -> Self {
        let jobs = jobs.map_or_else(|| thread::available_parallelism().map_or(1, NonZero::get), usize::from);
        Self { jobs, fail_fast }
    }

    /// Whether so many pieces are done one after the other.
    #[must_use]
    pub(super) fn is_single(&self, count: usize) -> bool {
        self.jobs.min(count) <= 1
    }
}

/// Does the pieces of work `0..count`, and tells of each in its order. `tell` says whether the piece went well.
pub(super) fn run<T: Send>(count: usize, pace: &Pace, work: impl Fn(usize) -> T + Sync, mut tell: impl FnMut(T) -> bool) {
    let threads = pace.jobs.min(count);
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (done, receiver) = mpsc::channel();
    let mut turn = 0;
    thread::scope(|scope| {
        // One piece at a time needs no thread but this one.
        for _ in (0..threads).filter(|_| threads > 1) {
            let done = done.clone();
            let (next, stopped, work) = (&next, &stopped, &work);
            let labour = move || {
                while !stopped.load(Ordering::Relaxed) {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count || done.send((at, work(at))).is_err() {
                        return;
                    }
                    pdf::forget(threads);
                }
            };
            // What a system that gives no thread leaves undone is done below.
            let _ = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, labour);
        }
        drop(done);
        let mut early = BTreeMap::new();
        for (at, piece) in receiver {
            early.insert(at, piece);
            while let Some(piece) = early.remove(&turn) {
                turn += 1;
                if !tell(piece) && pace.fail_fast {
                    stopped.store(true, Ordering::Relaxed);
                }
            }
        }
    });
    while turn < count && !stopped.load(Ordering::Relaxed) {
        stopped.store(!tell(work(turn)) && pace.fail_fast, Ordering::Relaxed);
        turn += 1;
        if turn < count {
            pdf::forget(0);
        }
    }
}
