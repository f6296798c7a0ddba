//! Complaints about a document: what, where, why, and what to do next.
//!
//! 1. A stage makes a [`Diagnostic`] of a [`Code`] and pushes it on the [`Log`] it was given.
//! 2. The log keeps them in order; `cli/report` is the only printer.

use crate::code::{Code, Severity};
use crate::source::{Source, Span};

/// One complaint, at a place, with a way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of complaint it is.
    pub code: Code,
    /// The complaint in lower case, without a final stop, names in backticks.
    pub message: String,
    /// Where in the master.
    pub at: Option<Span>,
    /// A few words to stand under the marked place.
    pub label: Option<String>,
    /// Other places that have to do with it, each with a word of why.
    pub also: Vec<(Span, String)>,
    /// A place in another file, such as a layout: its name, line and column, and the line's text.
    pub elsewhere: Option<Elsewhere>,
    /// One thing that can be done.
    pub hint: Option<String>,
    /// The change that mends it, where only one can be meant.
    pub fix: Option<Fix>,
    /// Raised or lowered severity; `None` is the code's own.
    pub severity: Option<Severity>,
}

/// A change of the master after which there is nothing to complain of. It is certain: an editor's program may make it unasked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What is done, as an order: “Take the full stop away”.
    pub title: String,
    /// What is replaced.
    pub span: Span,
    /// What stands there then, as it is written in XML.
    pub text: String,
}

impl Fix {
    /// A change of this kind.
    #[must_use]
    pub fn new(title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        Self { title: title.into(), span, text: text.into() }
    }
}

/// A place in a file that is not the master.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// The file as the user knows it.
    pub file: String,
    /// The text of that file.
    pub text: String,
    /// The place in it.
    pub span: Span,
}

impl Diagnostic {
    /// A complaint of this kind.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), at: None, label: None, also: Vec::new(), elsewhere: None, hint: None, fix: None, severity: None }
    }

    /// The same, at a place of the master.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.at = Some(span);
        self
    }

    /// The same, with a few words under the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// The same, with one thing that can be done.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same, with the change that mends it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// The same, with a second place.
    #[must_use]
    pub fn also(mut self, span: Span, why: impl Into<String>) -> Self {
        self.also.push((span, why.into()));
        self
    }

    /// How grave it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity.unwrap_or(self.code.severity())
    }
}

/// The complaints of one document, in the order in which they were found.
#[derive(Debug, Default)]
pub struct Log {
    entries: Vec<Diagnostic>,
    source: Option<Source>,
}

impl Log {
    /// Adds a complaint.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.entries.push(diagnostic);
    }

    /// Adds a complaint at a place.
    pub fn report(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.push(Diagnostic::new(code, message).at(span));
    }

    /// Goes over what was said: each complaint is kept as it is given back, or taken away.
    pub fn revise(&mut self, review: impl FnMut(Diagnostic) -> Option<Diagnostic>) {
        self.entries = std::mem::take(&mut self.entries).into_iter().filter_map(review).collect();
    }

    /// Keeps a source that no later stage will see, so that the place can still be shown.
    pub fn keep_source(&mut self, source: Source) {
        self.source = Some(source);
    }

    /// The source kept by [`Log::keep_source`].
    #[must_use]
    pub fn source(&self) -> Option<&Source> {
        self.source.as_ref()
    }

    /// The complaints in order.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.entries.iter()
    }

    /// Whether nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many complaints are errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).count()
    }

    /// How many complaints are warnings.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.iter().filter(|diagnostic| diagnostic.severity() == Severity::Warning).count()
    }
}
