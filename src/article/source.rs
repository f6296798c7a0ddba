//! The master as text, and places in it.
//!
//! 1. [`Source::decode`] finds the encoding (byte order mark, then XML declaration, then UTF-8) and decodes.
//! 2. A [`Span`] is a range of bytes of the decoded text.
//! 3. [`Source::position`] turns a byte into the line and column that an editor shows.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::code::Code;
use crate::diag::{Diagnostic, Log};

/// A range of bytes in the decoded text of the master.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to `end`. Masters are held below 4 GiB by [`Source::decode`].
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
        let line_starts = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| Span::new(at + 1, at + 1).start))
            .collect();
        Self { name: name.into(), text, line_starts }
    }

    /// Decodes the bytes of a master: UTF-8, UTF-16 by its mark, or what the XML declaration names.
    ///
    /// Reports `invalid-encoding` and returns `None` when the bytes are not of that encoding, and
    /// `master-too-large` when they do not fit the 32 bits of a [`Span`]. Source: XML 1.0, 4.3.3 and appendix F.
    #[must_use]
    pub fn decode(log: &mut Log, name: &str, bytes: &[u8]) -> Option<Self> {
        if u32::try_from(bytes.len().saturating_mul(3)).is_err() {
            log.push(Diagnostic::new(Code::MasterTooLarge, format!("the master has {} bytes", bytes.len())));
            return None;
        }
        let encoding = match Encoding::for_bom(bytes) {
            Some((encoding, _)) => encoding,
            None => match declared_encoding(bytes) {
                Ok(encoding) => encoding,
                Err(label) => {
                    log.push(
                        Diagnostic::new(Code::InvalidEncoding, format!("the encoding `{label}` is not known"))
                            .hint("save the master as UTF-8"),
                    );
                    return None;
                }
            },
        };
        let (text, had_errors) = encoding.decode_with_bom_removal(bytes);
        if had_errors {
            let whole = Self::new(name, text.into_owned());
            let at = whole.text.find('\u{fffd}').unwrap_or(0);
            log.push(
                Diagnostic::new(Code::InvalidEncoding, format!("these bytes are not {}", encoding.name()))
                    .at(Span::new(at, at + '\u{fffd}'.len_utf8()))
                    .hint("save the master as UTF-8, or name its encoding in the XML declaration"),
            );
            log.keep_source(whole);
            return None;
        }
        Some(Self::new(name, text.into_owned()))
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

    /// The byte in the master of byte `offset` of a text that was read from `span`.
    ///
    /// White space was folded and character references were replaced on the way into the model, so the two are walked side by side: a run of
    /// white space stands for one blank, a reference for the characters that it names.
    #[must_use]
    pub fn locate(&self, span: Span, text: &str, offset: usize) -> u32 {
        let raw = self.slice(span);
        let (mut at, mut seen) = (0, 0);
        if !text.starts_with(' ') {
            at += raw.len() - raw.trim_start().len();
        }
        for wanted in text.chars() {
            if seen >= offset {
                break;
            }
            seen += wanted.len_utf8();
            let rest = &raw[at..];
            let Some(found) = rest.chars().next() else { break };
            at += match found {
                '&' if wanted != '&' || rest.starts_with("&amp;") || rest.starts_with("&#") => rest.find(';').map_or(1, |end| end + 1),
                _ if found.is_ascii_whitespace() => rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace()).len(),
                _ => found.len_utf8(),
            };
        }
        span.start + u32::try_from(at).unwrap_or(0)
    }
}

/// The encoding that the XML declaration names; UTF-8 without one. The error is a name that nobody knows.
fn declared_encoding(bytes: &[u8]) -> Result<&'static Encoding, String> {
    if bytes.starts_with(b"<\0") {
        return Ok(UTF_16LE);
    }
    if bytes.starts_with(b"\0<") {
        return Ok(UTF_16BE);
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let Some(declaration) = head.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map(|(inside, _)| inside) else {
        return Ok(UTF_8);
    };
    let Some(value) = declaration.split_once("encoding").map(|(_, rest)| rest.trim_start().trim_start_matches('=').trim_start()) else {
        return Ok(UTF_8);
    };
    let label = value.trim_start_matches(['"', '\'']).split(['"', '\'']).next().unwrap_or_default();
    Encoding::for_label(label.as_bytes()).ok_or_else(|| label.to_owned())
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
    fn encodings_are_decoded() {
        let mut log = Log::default();
        let latin = Source::decode(&mut log, "a", b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>").expect("decoded");
        assert!(latin.text().ends_with("<a>é</a>"));
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain("<a>ң</a>".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(Source::decode(&mut log, "a", &wide).expect("decoded").text(), "<a>ң</a>");
        assert!(log.is_empty());
        assert!(Source::decode(&mut log, "a", b"<a>\n\xff</a>").is_none());
        assert_eq!(log.iter().next().map(|d| d.code), Some(Code::InvalidEncoding));
    }

    #[test]
    fn a_byte_of_the_text_is_found_in_the_master() {
        let source = Source::new("a", "<p>\n  one&amp;two\n   three</p>");
        let span = Span::new(3, source.text().len() - 4);
        let text = "one&two three";
        let at = source.locate(span, text, text.find("three").unwrap_or(0));
        assert!(source.text()[at as usize..].starts_with("three"));
    }
}
