//! A master as text, and places in it.
//!
//! 1. A [`Span`] is a range of bytes of the decoded text.
//! 2. [`Source::position`] turns a byte into the line and column that an editor shows.
//! 3. [`Source::locate`] finds the byte of the master that a byte of the model's text came from.

/// A range of bytes in the decoded text of the master.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to `end`. Masters are held below 4 GiB by [`crate::decode::decode`].
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end) }
    }

    /// The span as a range for slicing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Where a byte stands, as an editor counts: both from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// A master (or a layout's file): its name as the user typed it, its text, its lines.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<u32>,
}

impl Source {
    /// A source of text that is already decoded.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let line_starts =
            std::iter::once(0).chain(text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| Span::new(at + 1, at + 1).start)).collect();
        Self { name: name.into(), text, line_starts }
    }

    /// The name under which the user knows this file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty where the span does not lie in this source.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The line and column of a byte.
    #[must_use]
    pub fn position(&self, at: u32) -> Position {
        let line = self.line_starts.partition_point(|&start| start <= at).saturating_sub(1);
        let start = self.line_starts.get(line).copied().unwrap_or(0) as usize;
        let before = self.text.get(start..(at as usize).min(self.text.len())).unwrap_or_default();
        Position { line: line + 1, column: before.chars().count() + 1 }
    }

    /// A line, from 1, without its end; `None` behind the last.
    #[must_use]
    pub fn line(&self, line: usize) -> Option<Span> {
        let start = *self.line_starts.get(line.checked_sub(1)?)?;
        let end = self.line_starts.get(line).map_or(self.text.len(), |next| *next as usize);
        let text = self.text.get(start as usize..end)?;
        Some(Span::new(start as usize, start as usize + text.trim_end_matches(['\r', '\n']).len()))
    }

    /// The byte in the master of byte `offset` of a text that was read from `span`.
    #[must_use]
    pub fn locate(&self, span: Span, text: &str, offset: usize) -> u32 {
        let mut at = 0;
        for (in_text, in_raw) in Pairs::new(self.slice(span), text) {
            at = in_raw;
            if in_text >= offset {
                break;
            }
        }
        span.start + u32::try_from(at).unwrap_or(0)
    }

    /// The way back: the byte of a text that was read from `span` which stands for the byte `at` of the master.
    #[must_use]
    pub fn offset(&self, span: Span, text: &str, at: u32) -> usize {
        let wanted = at.saturating_sub(span.start) as usize;
        let mut before = 0;
        for (in_text, in_raw) in Pairs::new(self.slice(span), text) {
            if in_raw > wanted {
                return before;
            }
            before = in_text;
        }
        before
    }
}

/// The places of a text beside those of what it was read from, character by character, and the ends of both.
///
/// White space was folded and character references were replaced on the way into the model, so the two are walked side by side: a run of
/// white space stands for one blank, a reference for the characters that it names.
struct Pairs<'a> {
    raw: &'a str,
    text: &'a str,
    /// The next places; `None` past the end.
    next: Option<(usize, usize)>,
}

impl<'a> Pairs<'a> {
    fn new(raw: &'a str, text: &'a str) -> Self {
        let skipped = if text.starts_with(' ') { 0 } else { raw.len() - raw.trim_start().len() };
        Self { raw, text, next: Some((0, skipped)) }
    }
}

impl Iterator for Pairs<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let (in_text, in_raw) = self.next?;
        let (wanted, rest) = (self.text[in_text..].chars().next(), &self.raw[in_raw..]);
        self.next = wanted.zip(rest.chars().next()).map(|(wanted, found)| {
            let length = match found {
                '&' if wanted != '&' || rest.starts_with("&amp;") || rest.starts_with("&#") => rest.find(';').map_or(1, |end| end + 1),
                _ if found.is_ascii_whitespace() => rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace()).len(),
                _ => found.len_utf8(),
            };
            (in_text + wanted.len_utf8(), in_raw + length)
        });
        Some((in_text, in_raw))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters() {
        let source = Source::new("a.xml", "ab\nцд\n");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position(5), Position { line: 2, column: 2 });
    }

    #[test]
    fn a_byte_of_the_text_is_found_in_the_master() {
        let source = Source::new("a", "<p>\n  one&amp;two\n   three</p>");
        let span = Span::new(3, source.text().len() - 4);
        let text = "one&two three";
        let at = source.locate(span, text, text.find("three").unwrap_or(0));
        assert!(source.text()[at as usize..].starts_with("three"));
    }

    #[test]
    fn places_of_text_and_master_lead_to_each_other() {
        let source = Source::new("a", "<p>\n  one&amp;two\n   &#x442;hree  </p>");
        let span = Span::new(3, source.text().len() - 4);
        let text = "one&two \u{442}hree ";
        for (offset, _) in text.char_indices() {
            let at = source.locate(span, text, offset);
            assert_eq!(source.offset(span, text, at), offset);
        }
        assert_eq!(source.offset(span, text, 0), 0);
        assert_eq!(source.offset(span, text, span.end), text.len());
        // A byte inside a reference or a run of white space stands for the character that it makes.
        let reference = u32::try_from(source.text().find("&#x442;").unwrap_or(0)).unwrap_or(0);
        assert_eq!(source.offset(span, text, reference + 3), text.find('\u{442}').unwrap_or(0));
    }
}
