//! Places as editors count them: lines and characters from 0, characters in units of UTF-16 or of UTF-8.

use article::source::{Source, Span};
use lsp_types::{Position, PositionEncodingKind, Range};

/// In what the characters of a line are counted (LSP 3.17, `PositionEncodingKind`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Counting {
    /// In bytes, where the editor offers it.
    Utf8,
    /// In units of UTF-16, which every editor knows.
    #[default]
    Utf16,
}

impl Counting {
    /// The best of what an editor offers.
    pub(super) fn of(offered: Option<&[PositionEncodingKind]>) -> Self {
        if offered.is_some_and(|kinds| kinds.contains(&PositionEncodingKind::UTF8)) { Self::Utf8 } else { Self::Utf16 }
    }

    /// The name of it.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    /// Where a byte stands.
    pub(super) fn position(self, source: &Source, at: u32) -> Position {
        let line = source.position(at).line;
        let start = source.line(line).map_or(0, |line| line.start);
        let before = source.slice(Span { start, end: at.max(start) });
        let count = match self {
            Self::Utf8 => before.len(),
            Self::Utf16 => before.encode_utf16().count(),
        };
        Position::new(short(line.saturating_sub(1)), short(count))
    }

    /// A span as a range.
    pub(super) fn range(self, source: &Source, span: Span) -> Range {
        Range::new(self.position(source, span.start), self.position(source, span.end.max(span.start)))
    }

    /// The byte of a position; the end of the line, or of the text, where the position lies behind it.
    pub(super) fn byte(self, source: &Source, position: Position) -> u32 {
        let Some(line) = source.line(position.line as usize + 1) else { return Span::new(source.text().len(), source.text().len()).start };
        let wanted = position.character as usize;
        let mut counted = 0;
        for (at, c) in source.slice(line).char_indices() {
            if counted >= wanted {
                return line.start + short(at);
            }
            counted += match self {
                Self::Utf8 => c.len_utf8(),
                Self::Utf16 => c.len_utf16(),
            };
        }
        line.end
    }

    /// The span of a range.
    pub(super) fn span(self, source: &Source, range: Range) -> Span {
        Span { start: self.byte(source, range.start), end: self.byte(source, range.end) }
    }
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
