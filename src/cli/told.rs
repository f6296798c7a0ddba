//! A complaint as it is told: once as data, and once as text in each form. It needs the master no more, so that it can be kept, sent, and told again.

use annotate_snippets::Renderer;
use article::code::{Code, Severity};
use article::diag::{Diagnostic, Log};
use article::source::Source;
use serde::{Deserialize, Serialize};

use super::frame;
use super::record::Finding;

/// A complaint, ready to be told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Told {
    /// For programs.
    pub(super) finding: Finding,
    /// For people, with the colours of a terminal.
    pub(super) human: String,
    /// For editors.
    pub(super) short: String,
}

impl Told {
    /// A complaint about the document of this name; about none where the name is empty.
    #[must_use]
    pub(super) fn of(name: &str, source: Option<&Source>, diagnostic: &Diagnostic) -> Self {
        Self {
            finding: Finding::of(name, source, diagnostic),
            human: frame::human(&Renderer::styled(), name, source, diagnostic),
            short: frame::short(name, source, diagnostic),
        }
    }

    /// All complaints of a log.
    #[must_use]
    pub(super) fn all(name: &str, source: Option<&Source>, log: &Log) -> Vec<Self> {
        log.iter().map(|diagnostic| Self::of(name, source, diagnostic)).collect()
    }

    /// Whether it is an error.
    #[must_use]
    pub(super) fn is_error(&self) -> bool {
        self.finding.is_error()
    }

    /// How grave it is.
    #[must_use]
    pub(super) fn severity(&self) -> Severity {
        if self.is_error() { Severity::Error } else { Severity::Warning }
    }

    /// What kind of complaint it is.
    #[must_use]
    pub(super) fn code(&self) -> Option<Code> {
        Code::from_name(&self.finding.code)
    }
}
