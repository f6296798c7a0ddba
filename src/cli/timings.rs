//! How long each stage took: the only clock, and only for those who ask. No output depends on it.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// A stage of the work on one master, in the order of the data path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Fonts and layout, once for all masters.
    Prepare,
    /// Bytes from the disk, decoded and parsed.
    Parse,
    /// From the tree to the article.
    Read,
    /// From the article to the edition.
    Resolve,
    /// The pictures, read and looked at.
    Pictures,
    /// From the edition to the engine's code.
    Typeset,
    /// The engine makes the pages.
    Compile,
    /// The engine writes the PDF.
    Export,
    /// From the edition to the packed e-book.
    Bind,
    /// The proof of both outputs.
    Prove,
    /// The outputs onto the disk.
    Write,
}

impl Stage {
    /// Every stage.
    pub(super) const ALL: [Self; 11] = [
        Self::Prepare,
        Self::Parse,
        Self::Read,
        Self::Resolve,
        Self::Pictures,
        Self::Typeset,
        Self::Compile,
        Self::Export,
        Self::Bind,
        Self::Prove,
        Self::Write,
    ];

    /// The name in the report.
    #[must_use]
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Prepare => "prepare",
            Self::Parse => "parse",
            Self::Read => "read",
            Self::Resolve => "resolve",
            Self::Pictures => "pictures",
            Self::Typeset => "typeset",
            Self::Compile => "compile",
            Self::Export => "export",
            Self::Bind => "bind",
            Self::Prove => "prove",
            Self::Write => "write",
        }
    }

    /// Whether the engine does it: what remains is the program's own share.
    #[must_use]
    pub(super) fn is_engine(self) -> bool {
        matches!(self, Self::Compile | Self::Export)
    }
}

/// The time that went into each stage.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Timings {
    spent: [Duration; Stage::ALL.len()],
}

impl Timings {
    /// Does a piece of work and adds its time to a stage.
    pub(super) fn time<T>(&mut self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        self.spent[stage as usize] += start.elapsed();
        done
    }

    /// Adds the times of another master.
    pub(super) fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.spent.iter_mut().zip(other.spent) {
            *mine += theirs;
        }
    }

    /// The stages with their milliseconds, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Stage, f64)> {
        Stage::ALL.into_iter().zip(self.spent).map(|(stage, spent)| (stage, spent.as_secs_f64() * 1_000.0))
    }
}
