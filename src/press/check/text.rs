//! Fonts and strings of a content stream, as far as preflight asks: whether a font is in the file, and how wide a text is.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object};

use crate::read;
use crate::token;

/// A font.
#[derive(Clone)]
pub(crate) struct Font {
    /// Its name.
    pub(crate) name: String,
    /// Whether its outlines are in the file.
    pub(crate) is_embedded: bool,
    /// How far a sign reaches at most from where it stands: to the left, down, to the right and up, in parts of the size; `None` where that or its width is not known.
    pub(crate) reach: Option<[f64; 4]>,
    /// Widths by code, in parts of the size.
    widths: BTreeMap<u32, f64>,
    otherwise: f64,
    is_wide: bool,
}

impl Font {
    /// Reads a font.
    pub(crate) fn read(document: &Document, font: &Dictionary) -> Self {
        let kind = font.get_deref(b"Subtype", document).ok().and_then(|kind| kind.as_name().ok()).unwrap_or_default();
        let is_wide = kind == b"Type0";
        let below = read::array(document, font.get(b"DescendantFonts").ok()).and_then(|fonts| read::dictionary(document, fonts.first()));
        let real = below.unwrap_or(font);
        let descriptor = read::dictionary(document, real.get(b"FontDescriptor").ok());
        let has_file = descriptor.is_some_and(|descriptor| [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| descriptor.has(key)));
        let number = |dict: &Dictionary, key: &[u8]| dict.get_deref(key, document).ok().and_then(|value| value.as_float().ok()).map(f64::from);
        let unit = if kind == b"Type3" {
            read::floats(document, font.get(b"FontMatrix").ok()).and_then(|matrix| matrix.first().copied()).unwrap_or(0.001)
        } else {
            0.001
        };
        let mut widths = BTreeMap::new();
        if is_wide {
            wide(document, real, &mut widths);
        } else if let Some(list) = read::floats(document, font.get(b"Widths").ok()) {
            let first = number(font, b"FirstChar").unwrap_or(0.0) as u32;
            widths.extend((first..).zip(list.into_iter().map(|width| width * unit)));
        }
        // Signs of a code of two bytes each, side by side; or those of a simple font that says its widths.
        let is_known = if is_wide { read::is_named(font, b"Encoding", b"Identity-H") } else { kind != b"Type3" && !widths.is_empty() };
        let own = descriptor.and_then(|descriptor| read::floats(document, descriptor.get(b"FontBBox").ok())).and_then(|own| <[f64; 4]>::try_from(own).ok());
        let reach = is_known.then(|| reach(own.unwrap_or_default()));
        let name = font.get_deref(b"BaseFont", document).ok().and_then(|name| name.as_name().ok()).map(|name| String::from_utf8_lossy(name).into_owned());
        Self {
            name: name.unwrap_or_default(),
            is_embedded: has_file || kind == b"Type3",
            reach,
            widths,
            otherwise: if is_wide { number(real, b"DW").unwrap_or(1_000.0) / 1_000.0 } else { 0.5 },
            is_wide,
        }
    }

    /// The width of a text of size 1, how many codes it has, and how many of them are blanks.
    pub(crate) fn advance(&self, text: &[u8]) -> (f64, f64, f64) {
        let codes: Vec<u32> = if self.is_wide {
            text.chunks(2).map(|pair| pair.iter().fold(0, |code, byte| code << 8 | u32::from(*byte))).collect()
        } else {
            text.iter().map(|byte| u32::from(*byte)).collect()
        };
        let width = codes.iter().map(|code| self.widths.get(code).copied().unwrap_or(self.otherwise)).sum();
        let blanks = if self.is_wide { 0 } else { codes.iter().filter(|code| **code == 32).count() };
        (width, codes.len() as f64, blanks as f64)
    }
}

/// How far signs reach: at least their size to each side, since boxes of fonts are often wrong, and more where the box says so.
fn reach([left, low, right, high]: [f64; 4]) -> [f64; 4] {
    let part = |edge: f64| (edge / 1_000.0).clamp(-10.0, 10.0);
    [part(left).min(-1.0), part(low).min(-1.0), part(right).max(1.0), part(high).max(1.0)]
}

/// The widths of a font with codes of two bytes (ISO 32000-1, 9.7.4.3).
fn wide(document: &Document, font: &Dictionary, widths: &mut BTreeMap<u32, f64>) {
    let Some(list) = read::array(document, font.get(b"W").ok()) else { return };
    let number =
        |object: Option<&Object>| object.and_then(|object| document.dereference(object).ok()).and_then(|(_, object)| object.as_float().ok()).map(f64::from);
    let mut at = 0;
    while let Some(first) = number(list.get(at)) {
        if let Some(run) = read::floats(document, list.get(at + 1)) {
            widths.extend((first as u32..).zip(run.into_iter().map(|width| width / 1_000.0)));
            at += 2;
        } else if let (Some(last), Some(width)) = (number(list.get(at + 1)), number(list.get(at + 2))) {
            widths.extend((first as u32..=(last as u32).min(first as u32 + 65_535)).map(|code| (code, width / 1_000.0)));
            at += 3;
        } else {
            return;
        }
    }
}

/// The strings of an operand of `Tj` or `TJ`, each with the number that follows it.
pub(crate) fn strings(operand: &[u8]) -> Vec<(Vec<u8>, f64)> {
    let inner = operand.strip_prefix(b"[").and_then(|rest| rest.strip_suffix(b"]"));
    let Some(inner) = inner else { return string(operand).map(|text| (text, 0.0)).into_iter().collect() };
    // An operator at the end makes of the items the operands of one operation.
    let line = [inner, b" x"].concat();
    let mut found: Vec<(Vec<u8>, f64)> = Vec::new();
    for operation in token::Tokens::new(&line) {
        for item in operation.operands {
            match (string(item), token::number(item), found.last_mut()) {
                (Some(text), ..) => found.push((text, 0.0)),
                (None, Some(kern), Some(last)) => last.1 += kern,
                (None, Some(kern), None) => found.push((Vec::new(), kern)),
                (None, None, _) => {}
            }
        }
    }
    found
}

/// A string in parentheses or in hexadecimal digits (7.3.4).
fn string(operand: &[u8]) -> Option<Vec<u8>> {
    if let Some(inner) = operand.strip_prefix(b"(").and_then(|rest| rest.strip_suffix(b")")) {
        let mut text = Vec::with_capacity(inner.len());
        let mut bytes = inner.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            if byte != b'\\' {
                text.push(byte);
                continue;
            }
            match bytes.next()? {
                b'n' => text.push(b'\n'),
                b'r' => text.push(b'\r'),
                b't' => text.push(b'\t'),
                b'b' => text.push(8),
                b'f' => text.push(12),
                b'\n' => {}
                digit @ b'0'..=b'7' => {
                    let mut code = u32::from(digit - b'0');
                    for _ in 0..2 {
                        if let Some(next) = bytes.next_if(|next| (b'0'..=b'7').contains(next)) {
                            code = code * 8 + u32::from(next - b'0');
                        }
                    }
                    text.push((code & 255) as u8);
                }
                other => text.push(other),
            }
        }
        return Some(text);
    }
    let inner = operand.strip_prefix(b"<")?.strip_suffix(b">")?;
    let digits: Vec<u8> = inner.iter().filter_map(|byte| char::from(*byte).to_digit(16)).map(|digit| digit as u8).collect();
    Some(digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read() {
        assert_eq!(strings(b"(a\\)\\101)"), [(b"a)A".to_vec(), 0.0)]);
        assert_eq!(strings(b"[-5 (ab) 120 <4142>-3]"), [(Vec::new(), -5.0), (b"ab".to_vec(), 120.0), (b"AB".to_vec(), -3.0)]);
    }
}
