//! From the bytes of a master to its text.
//!
//! The encoding is that of the byte order mark, else that of the XML declaration, else UTF-8.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::source::{Source, Span};

/// Decodes the bytes of a master: UTF-8, UTF-16 by its mark, or what the XML declaration names.
///
/// Reports `invalid-encoding` and returns `None` when the bytes are not of that encoding, and
/// `master-too-large` when they do not fit the 32 bits of a [`Span`]. Source: XML 1.0, 4.3.3 and appendix F.
#[must_use]
pub fn decode(log: &mut Log, name: &str, bytes: &[u8]) -> Option<Source> {
    if u32::try_from(bytes.len().saturating_mul(3)).is_err() {
        log.push(Diagnostic::new(Code::MasterTooLarge, format!("the master has {} bytes", bytes.len())));
        return None;
    }
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => match declared_encoding(bytes) {
            Ok(encoding) => encoding,
            Err(label) => {
                log.push(Diagnostic::new(Code::InvalidEncoding, format!("the encoding `{label}` is not known")).hint("save the master as UTF-8"));
                return None;
            }
        },
    };
    let (text, had_errors) = encoding.decode_with_bom_removal(bytes);
    if had_errors {
        let whole = Source::new(name, text.into_owned());
        let at = whole.text().find('\u{fffd}').unwrap_or(0);
        log.push(
            Diagnostic::new(Code::InvalidEncoding, format!("these bytes are not {}", encoding.name()))
                .at(Span::new(at, at + '\u{fffd}'.len_utf8()))
                .hint("save the master as UTF-8, or name its encoding in the XML declaration"),
        );
        log.keep_source(whole);
        return None;
    }
    // A mark that stands twice, as where files were joined: what parses the text would take the second away, and count from behind it.
    Some(Source::new(name, text.trim_start_matches('\u{feff}')))
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
    fn encodings_are_decoded() {
        let mut log = Log::default();
        let latin = decode(&mut log, "a", b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>").expect("decoded");
        assert!(latin.text().ends_with("<a>é</a>"));
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain("<a>ң</a>".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode(&mut log, "a", &wide).expect("decoded").text(), "<a>ң</a>");
        let twice: Vec<u8> = [0xff, 0xfe].into_iter().chain("\u{feff}<a/>".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode(&mut log, "a", &twice).expect("decoded").text(), "<a/>");
        assert!(log.is_empty());
        assert!(decode(&mut log, "a", b"<a>\n\xff</a>").is_none());
        assert_eq!(log.iter().next().map(|d| d.code), Some(Code::InvalidEncoding));
    }
}
