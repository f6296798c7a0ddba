//! The passes of the engine over an article, and what is kept from one to the next.
//!
//! 1. The engine sets an article again until nothing is asked of it that has another answer than in the pass before (typst, `compile`): twice as a rule, since
//!    nobody knows in the first pass on which page anything stands.
//! 2. It keeps every pass to the end, pages and all, and in its cache what it has made of each part. What it asks of an earlier pass is where things stand,
//!    which the introspector says: a [`Pass`] lets its pages go when the next begins, and [`Memory`] says what goes from the cache with them.
//! 3. [`run`] gives the pages of the last.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use typst::World;
use typst::diag::{SourceResult, Warned};
use typst::engine::Engine;
use typst::foundations::{Content, Output, StyleChain, Target};
use typst::introspection::Introspector;
use typst_layout::{PagedDocument, PagedIntrospector};

use super::set::forget;

/// How the engine deals with memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Memory {
    /// It keeps what it has made of each part, for others who use it or for another round.
    Ample,
    /// Nobody else uses it: from the third pass on goes what the pass before had no use for, the pages of the first for one.
    Alone,
    /// Whatever has not been used for a moment goes, and everything between two passes. Most parts are set in each pass anew (measured of 316 pages: three
    /// quarters of the memory, 1.6 times the time).
    Short,
}

/// How often the cache is looked through where memory is short.
const PAUSE: Duration = Duration::from_millis(20);

thread_local! {
    /// The pages of the pass before. The engine calls for one pass after the other on one thread.
    static BEFORE: RefCell<Weak<Cell<Option<PagedDocument>>>> = const { RefCell::new(Weak::new()) };
    /// How the run on this thread deals with memory.
    static MEMORY: Cell<Memory> = const { Cell::new(Memory::Ample) };
}

/// Runs the engine, and gives the pages of the last pass. They are the same however it deals with memory.
pub(super) fn run(world: &dyn World, memory: Memory) -> Warned<SourceResult<Option<PagedDocument>>> {
    let run = || {
        MEMORY.set(memory);
        typst::compile::<Pass>(world)
    };
    let Warned { output, warnings } = if memory == Memory::Short { sparing(run) } else { run() };
    Warned { output: output.map(|last| last.document.take()), warnings }
}

/// Runs the engine and takes out of its cache again and again meanwhile what it has not used for a moment.
fn sparing<T>(run: impl FnOnce() -> T) -> T {
    std::thread::scope(|scope| {
        let (running, over) = channel::<()>();
        scope.spawn(move || {
            while over.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                forget(1);
            }
        });
        let result = run();
        drop(running);
        result
    })
}

/// What the engine made of an article in one pass.
struct Pass {
    /// Where everything stands.
    introspector: Arc<PagedIntrospector>,
    /// The pages, until another pass begins.
    document: Rc<Cell<Option<PagedDocument>>>,
}

impl Output for Pass {
    fn target() -> Target {
        Target::Paged
    }

    fn create(engine: &mut Engine, content: &Content, styles: StyleChain) -> SourceResult<Self> {
        if let Some(before) = BEFORE.take().upgrade() {
            drop(before.take());
            match MEMORY.get() {
                Memory::Ample => {}
                Memory::Alone => forget(1),
                Memory::Short => forget(0),
            }
        }
        let document = typst_layout::layout_document(engine, content, styles)?;
        let introspector = Arc::clone(document.introspector());
        let document = Rc::new(Cell::new(Some(document)));
        BEFORE.set(Rc::downgrade(&document));
        Ok(Self { introspector, document })
    }

    fn introspector(&self) -> &dyn Introspector {
        self.introspector.as_ref()
    }
}
