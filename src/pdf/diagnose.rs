//! What the engine says, at the line of the master and of the layout.
//!
//! 1. The engine names a place in the forme, or in a layout's file, and the calls that led there.
//! 2. A place in the forme becomes one in the master, by the forme's map.
//! 3. A place in a layout stays there; the nearest call in the forme says what was being set.
//! 4. What the forme asks of a layout in vain, a word or a parameter, is said at the line of the layout that should have it.

use std::ops::Range;

use article::code::Code;
use article::diag::{Diagnostic, Elsewhere, Log};
use article::source::Span;
use typeset::map::SourceMap;
use typeset::vocabulary;
use typst::diag::{Severity, SourceDiagnostic};
use typst::syntax::{self, DiagSpan, DiagSpanKind, FileId, LinkedNode, Side, Source, VirtualRoot, ast};

use super::layout::Layout;
use super::world::MAIN;

/// The file of a layout that has its words.
const CODE: &str = "layout.typ";

/// Understands the engine's places.
#[derive(Debug)]
pub(crate) struct Diagnoser {
    layout: Layout,
    main: Source,
    map: SourceMap,
}

/// A place that the engine named.
enum Place {
    /// In the master, where the map knows it.
    Master(Option<Span>),
    /// In a file of a layout.
    Layout(Elsewhere),
}

impl Diagnoser {
    pub(super) fn new(layout: Layout, main: Source, map: SourceMap) -> Self {
        Self { layout, main, map }
    }

    /// The forme as the engine read it.
    pub(crate) fn forme(&self) -> &Source {
        &self.main
    }

    /// The element of the master for which the code at a place of the forme was written; `None` for a place of a layout.
    pub(crate) fn master(&self, span: syntax::Span) -> Option<Span> {
        if span.id()? != *MAIN {
            return None;
        }
        self.map.locate(resolve(&self.main, span.into())?.start)
    }

    /// Reports one complaint of the engine.
    pub(super) fn report(&self, log: &mut Log, complaint: &SourceDiagnostic) {
        let place = self.place(complaint.span);
        let mut message = sentence(&complaint.message);
        if message == "unresolved import" {
            // The engine marks the word and does not say it.
            message = format!("{message}: {}", self.marked(complaint.span).unwrap_or_default());
        }
        let (code, message) = classify(complaint.severity, place.as_ref(), &message);
        let mut diagnostic = Diagnostic::new(code, message);
        match place {
            Some(Place::Master(span)) => {
                diagnostic.elsewhere = self.at_fault(code, complaint.span);
                diagnostic.at = span.filter(|_| code != Code::MissingWord);
                diagnostic.label = diagnostic.at.filter(|_| diagnostic.elsewhere.is_some()).map(|_| "while setting this".to_owned());
            }
            Some(Place::Layout(elsewhere)) => {
                diagnostic.elsewhere = Some(elsewhere);
                diagnostic.at = complaint.trace.iter().find_map(|point| match self.place(point.span.into()) {
                    Some(Place::Master(span)) => span,
                    Some(Place::Layout(_)) | None => None,
                });
                diagnostic.label = diagnostic.at.map(|_| "while setting this".to_owned());
            }
            None => {}
        }
        diagnostic.hint = complaint.hints.first().map(|hint| sentence(&hint.v));
        log.push(diagnostic);
    }

    /// The line of the layout that is at fault where the forme asks for what is not there: where the word is defined that lacks a parameter, or the
    /// beginning of the file that lacks a word.
    fn at_fault(&self, code: Code, span: DiagSpan) -> Option<Elsewhere> {
        if code == Code::MissingWord {
            let text = String::from_utf8_lossy(self.layout.file(CODE)?).into_owned();
            return Some(Elsewhere { file: self.layout.shown_path(CODE), text, span: Span::default() });
        }
        if code != Code::LayoutFault {
            return None;
        }
        let begins = format!("#let {}(", self.called(span)?);
        let own = self.layout.files().map(|(path, bytes)| (self.layout.shown_path(path), bytes.to_owned()));
        let base = Layout::base_files().into_iter().map(|(path, bytes)| (format!("base/{path}"), bytes));
        own.chain(base).filter(|(file, _)| file.ends_with(".typ")).find_map(|(file, bytes)| {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let at = text.match_indices(&begins).map(|(at, _)| at).find(|at| *at == 0 || text[..*at].ends_with('\n'))?;
            Some(Elsewhere { file, text, span: Span::new(at, at + begins.len() - 1) })
        })
    }

    /// The word that the forme calls at a place.
    fn called(&self, span: DiagSpan) -> Option<String> {
        if span.id()? != *MAIN {
            return None;
        }
        let start = resolve(&self.main, span)?.start;
        let mut node = LinkedNode::new(self.main.root()).leaf_at(start, Side::After)?;
        loop {
            if let Some(call) = node.get().cast::<ast::FuncCall>() {
                return if let ast::Expr::Ident(word) = call.callee() { Some(word.get().to_string()) } else { None };
            }
            node = node.parent()?.clone();
        }
    }

    /// The code of the forme at a place.
    fn marked(&self, span: DiagSpan) -> Option<&str> {
        if span.id()? != *MAIN {
            return None;
        }
        self.main.text().get(resolve(&self.main, span)?)
    }

    fn place(&self, span: DiagSpan) -> Option<Place> {
        let id = span.id()?;
        if id == *MAIN {
            let range = resolve(&self.main, span)?;
            return Some(Place::Master(self.map.locate(range.start)));
        }
        let (file, text) = self.layout_file(id)?;
        // The engine numbers a text's nodes the same way every time, so that the place can be found by reading the text again.
        let source = Source::new(id, text.clone());
        let range = resolve(&source, span).unwrap_or(0..0);
        Some(Place::Layout(Elsewhere { file, text, span: Span::new(range.start, range.end) }))
    }

    /// A layout's file: its name as the user knows it, and its text.
    fn layout_file(&self, id: FileId) -> Option<(String, String)> {
        if *id.root() != VirtualRoot::Project {
            return None;
        }
        let path = id.vpath().get_with_slash();
        let (shown, bytes) = match path.strip_prefix("/layout/") {
            Some(name) => (self.layout.shown_path(name), self.layout.file(name)?),
            None => {
                let name = path.strip_prefix("/layouts/")?;
                (name.to_owned(), self.layout.named(name).or_else(|| Layout::built_in_file(name))?)
            }
        };
        Some((shown, String::from_utf8_lossy(bytes).into_owned()))
    }
}

/// The bytes of a place in its file.
fn resolve(source: &Source, span: DiagSpan) -> Option<Range<usize>> {
    match span.get() {
        DiagSpanKind::Detached => None,
        DiagSpanKind::Number { num, sub_range, .. } => source.range(num, sub_range),
        DiagSpanKind::Range { range, .. } => Some(range),
    }
}

/// What kind of complaint it is, and its words.
fn classify(severity: Severity, place: Option<&Place>, message: &str) -> (Code, String) {
    let missing = ["unknown variable: ", "unresolved import: "].iter().find_map(|start| message.strip_prefix(start));
    if let Some(word) = missing.map(|word| word.trim_matches('`')).filter(|word| vocabulary::is_word(word)) {
        return (Code::MissingWord, format!("the layout does not define the word `{word}`"));
    }
    // A layout that never settles, or a parameter that it lacks, is the layout's fault wherever the engine sees it.
    if message.contains("did not converge") || message.starts_with("unexpected argument") || message.starts_with("missing argument") {
        return (Code::LayoutFault, message.to_owned());
    }
    let code = match (severity, place) {
        (Severity::Warning, _) => Code::EngineWarning,
        (Severity::Error, Some(Place::Layout(_))) => Code::LayoutFault,
        (Severity::Error, Some(Place::Master(_)) | None) => Code::EngineFault,
    };
    (code, message.to_owned())
}

/// The engine's words in the house's form; a path that it tried is none of the user's.
fn sentence(message: &str) -> String {
    let message = message.split(" (searched at").next().unwrap_or(message);
    // A layout that refuses something says so itself.
    let message = message.strip_prefix("panicked with: ").unwrap_or(message);
    message.trim_end_matches('.').to_owned()
}
