//! A complaint as text: for people as compilers show it, for editors as one line.
//!
//! 1. A place becomes its line, the places in it underlined; of a line that no screen holds, the part around the place.
//! 2. `annotate-snippets` draws it. It takes every text for untrusted; what goes past it is made [`plain`] here.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Element, Level, Origin, Renderer, Snippet};
use article::code::Severity;
use article::diag::Diagnostic;
use article::source::{Source, Span};

/// The longest piece of a file that is drawn, in bytes: a renderer measures every character of it.
const LONGEST: usize = 64 << 10;

/// The longest line in which several places are drawn at once, in bytes.
const LONG_LINE: usize = 500;

/// How much of a line past all bounds is shown on either side of a place, in bytes.
const AROUND: usize = 60;

/// A complaint for people.
#[must_use]
pub(super) fn human(renderer: &Renderer, name: &str, source: Option<&Source>, diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut elements = Vec::new();
    if let Some(elsewhere) = &diagnostic.elsewhere {
        let other = Source::new(&elsewhere.file, elsewhere.text.as_str());
        elements.extend(places(&other, &[Mark { span: elsewhere.span, label: None, kind: AnnotationKind::Primary }]));
    }
    let marks = marks(diagnostic);
    match source.filter(|_| !marks.is_empty()) {
        Some(source) => elements.extend(places(source, &marks)),
        None if elements.is_empty() && !name.is_empty() => elements.push(Origin::path(plain(name)).into()),
        None => {}
    }
    let placed = !elements.is_empty();
    let mut group = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.name()).elements(elements);
    let hint = diagnostic.hint.as_deref();
    if let Some(hint) = hint.filter(|_| placed) {
        group = group.element(Level::HELP.with_name("hint").message(hint));
    }
    let mut text = renderer.render(&[group]);
    // Without a place there is no margin on which the renderer could hang the hint.
    if let Some(hint) = hint.filter(|_| !placed) {
        text.push_str(&format!("\n = hint: {}", plain(hint)));
    }
    text.push_str("\n\n");
    // The renderer lets the second set of control characters pass, and a terminal takes U+009B for the beginning of a command.
    text.replace(|c| matches!(c, '\u{80}'..='\u{9f}'), "\u{fffd}")
}

/// A complaint for editors.
#[must_use]
pub(super) fn short(name: &str, source: Option<&Source>, diagnostic: &Diagnostic) -> String {
    let elsewhere = diagnostic.elsewhere.as_ref().map(|elsewhere| {
        let position = Source::new("", elsewhere.text.as_str()).position(elsewhere.span.start);
        format!("{}:{}:{}", elsewhere.file, position.line, position.column)
    });
    let here = || {
        let position = source?.position(diagnostic.at?.start);
        Some(format!("{name}:{}:{}", position.line, position.column))
    };
    let at = elsewhere.or_else(here).unwrap_or_else(|| if name.is_empty() { "diglot".to_owned() } else { name.to_owned() });
    plain(&format!("{at}: {}[{}]: {}", diagnostic.severity().name(), diagnostic.code.name(), diagnostic.message)) + "\n"
}

/// A text without characters that steer a terminal or turn the direction of writing.
#[must_use]
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')).collect()
}

/// A place of the master that is shown.
struct Mark<'a> {
    span: Span,
    label: Option<&'a str>,
    kind: AnnotationKind,
}

/// The places of the master that a complaint names, that of the complaint itself first.
fn marks(diagnostic: &Diagnostic) -> Vec<Mark<'_>> {
    let kind = if diagnostic.elsewhere.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
    let own = diagnostic.at.map(|span| Mark { span, label: diagnostic.label.as_deref(), kind });
    let also = diagnostic.also.iter().map(|(span, why)| Mark { span: *span, label: Some(why), kind: AnnotationKind::Context });
    own.into_iter().chain(also).collect()
}

/// The places of one file: in one piece, with what lies between left out, unless they lie too far apart.
fn places(source: &Source, marks: &[Mark<'_>]) -> Vec<Element<'static>> {
    let text = source.text();
    let lines = || marks.iter().map(|mark| line(text, mark.span));
    let whole = lines().reduce(|one, other| one.start.min(other.start)..one.end.max(other.end)).unwrap_or_default();
    // The renderer cuts a long line down to one place in it, not to several.
    if whole.len() <= LONGEST && lines().all(|line| line.len() <= LONG_LINE) {
        return vec![snippet(source, whole, marks).into()];
    }
    let each = marks.iter().flat_map(|mark| {
        let line = line(text, mark.span);
        if line.len() <= LONGEST {
            return vec![snippet(source, line, std::slice::from_ref(mark)).into()];
        }
        let position = source.position(mark.span.start);
        let origin = Origin::path(plain(source.name())).line(position.line).char_column(position.column);
        vec![origin.into(), Level::NOTE.with_name("here").message(excerpt(text, mark.span)).into()]
    });
    each.collect()
}

/// Some lines of a file with the places in them.
fn snippet(source: &Source, lines: Range<usize>, marks: &[Mark<'_>]) -> Snippet<'static, Annotation<'static>> {
    let text = source.text();
    let annotations = marks.iter().map(|mark| {
        let start = boundary(text, mark.span.start as usize);
        // What goes on over several lines is marked on its first one.
        let end = boundary(text, mark.span.end as usize).clamp(start, line(text, mark.span).end);
        mark.kind.span(start - lines.start..end - lines.start).label(mark.label.map(plain))
    });
    Snippet::source(text[lines.clone()].to_owned())
        .path(plain(source.name()))
        .line_start(source.position(Span::new(lines.start, lines.start).start).line)
        .annotations(annotations)
}

/// The line in which a place begins, without its end.
fn line(text: &str, span: Span) -> Range<usize> {
    let start = boundary(text, span.start as usize);
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = text[start..].find('\n').map_or(text.len(), |at| start + at);
    from..to
}

/// The text at a place and a little around it.
fn excerpt(text: &str, span: Span) -> String {
    let start = span.start as usize;
    let (from, to) = (boundary(text, start.saturating_sub(AROUND)), boundary(text, start + AROUND));
    format!("…{}…", &text[from..to])
}

/// The beginning of the character in which a byte stands, within the text.
fn boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}
