//! A text that an editor has open, and what is known of it.
//!
//! 1. The project of its folder says what is looked for, as it does for `check`. It is read anew each time: a change of `diglot.toml` shows at once.
//! 2. The text is read to the end of the transform. A panic on the way is a complaint, and the session goes on.
//! 3. The tree is kept beside the complaints, for what is asked of single places.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use article::code::Code;
use article::diag::{Diagnostic, Log};
use article::source::Source;
use article::xml::{self, Tree};

use super::super::args::FigureArguments;
use super::super::check;
use super::super::open::{Opened, understand};
use super::super::project::Project;
use super::super::state::seen::Seen;
use super::super::timings::Timings;

/// The largest text that is read, in bytes; what `check` takes is larger, and no editor is quick with it.
const MAX_BYTES: usize = 32 << 20;

/// A text and what is known of it.
pub(super) struct Document {
    /// The text.
    pub(super) source: Source,
    /// Its elements; `None` where it is no XML.
    pub(super) tree: Option<Tree>,
    /// What is wrong with it.
    pub(super) log: Log,
}

impl Document {
    /// Reads a text. `path` is where it lies, or will lie.
    pub(super) fn read(path: &Path, text: String) -> Self {
        let name = path.display().to_string();
        let mut log = Log::default();
        if text.len() > MAX_BYTES {
            log.push(Diagnostic::new(Code::MasterTooLarge, format!("the text is larger than {} MiB, and is not looked at here", MAX_BYTES >> 20)));
            return Self { source: Source::new(name, text), tree: None, log };
        }
        let mut opened = Opened { source: Some(Source::new(name.as_str(), text)), ..Opened::default() };
        let mut tree = None;
        let fault = catch_unwind(AssertUnwindSafe(|| {
            let mut seen = Seen::default();
            let nearest = Project::nearest(path.parent().unwrap_or(Path::new("")), &mut seen);
            let project = nearest.and_then(|path| Project::read(&mut log, &path, &mut seen)).unwrap_or_default();
            let (places, wishes) = check::kit(&mut log, &FigureArguments::default(), &project);
            tree = opened.source.as_ref().and_then(|source| xml::parse(&mut log, source));
            if let Some(tree) = &tree {
                understand(&mut log, path, tree, (&places, &wishes), &mut Timings::default(), &mut opened, &mut seen);
            }
        }));
        if fault.is_err() {
            log.push(Diagnostic::new(Code::EngineFault, "the program met a fault of its own and gave this text up").hint("please report it, with the master"));
        }
        // Any XML may be open beside the masters: what is no article is none of ours.
        if log.iter().any(|diagnostic| diagnostic.code == Code::NotJats) {
            log = Log::default();
        }
        Self { source: opened.source.unwrap_or_else(|| Source::new(name, "")), tree, log }
    }
}
