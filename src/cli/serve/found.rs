//! Something that was found in a master, with its line, as the page shows it.

use article::diag::Diagnostic;
use article::source::{Source, Span};
use serde::Serialize;

use crate::cli::record::Finding;

/// How much of a line is shown before and behind a place, in characters.
const AROUND: usize = 120;

/// A complaint with its place in the master and the line that it is in.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Found {
    /// The complaint.
    #[serde(flatten)]
    pub(super) finding: Finding,
    /// Its bytes in the decoded master.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) span: Option<[u32; 2]>,
    /// The line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) line: Option<Excerpt>,
}

/// A line, or the part of it around a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Excerpt {
    /// Its number, from 1.
    pub(super) no: usize,
    /// What stands before the place, the place, and what stands behind it.
    pub(super) parts: [String; 3],
}

impl Found {
    /// A complaint of a run.
    pub(super) fn of(name: &str, source: Option<&Source>, diagnostic: &Diagnostic) -> Self {
        let elsewhere = diagnostic.elsewhere.as_ref().map(|place| (Source::new(&place.file, place.text.as_str()), place.span));
        let line = match (&elsewhere, source.zip(diagnostic.at)) {
            (Some((other, span)), _) => Some(Excerpt::of(other, *span)),
            (None, Some((source, span))) => Some(Excerpt::of(source, span)),
            (None, None) => None,
        };
        Self { finding: Finding::of(name, source, diagnostic), span: source.and(diagnostic.at).map(|span| [span.start, span.end]), line }
    }
}

impl Excerpt {
    /// The line in which a place begins, with the part of the place that is in it.
    pub(super) fn of(source: &Source, span: Span) -> Self {
        let text = source.text();
        let start = text.floor_char_boundary((span.start as usize).min(text.len()));
        let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let to = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let end = text.floor_char_boundary((span.end as usize).clamp(start, to));
        let before: Vec<char> = text[from..start].chars().collect();
        let before: String = match before.len().checked_sub(AROUND) {
            Some(cut) if cut > 0 => std::iter::once('…').chain(before[cut..].iter().copied()).collect(),
            Some(_) | None => before.iter().collect::<String>().trim_start().to_owned(),
        };
        Self { no: source.position(Span::new(start, start).start).line, parts: [before, cut(&text[start..end]), cut(&text[end..to])] }
    }
}

/// The beginning of a text.
fn cut(text: &str) -> String {
    match text.char_indices().nth(AROUND) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.trim_end_matches('\r').to_owned(),
    }
}
