//! Content streams as pieces of their own bytes, so that what is not changed stays as it was.
//!
//! 1. [`Tokens`] gives one [`Operation`] after the other: the operator and where its operands stand.
//! 2. Nothing is decoded but what is asked for: numbers by [`number`], names by [`name`] (ISO 32000-1, 7.2 and 7.8.2).
//! 3. What no program could hold is written anew: [`Operation::bounded`].

use std::ops::Range;

/// An operator with its operands.
#[derive(Clone, Debug)]
pub(crate) struct Operation<'a> {
    /// The bytes from the first operand to the end of the operator.
    pub(crate) span: Range<usize>,
    /// The operator; for an inline image `BI`, with the span up to `EI` and the operands those of its dictionary.
    pub(crate) operator: &'a [u8],
    /// The operands, each with its bytes.
    pub(crate) operands: Vec<&'a [u8]>,
    /// The data of an inline image.
    pub(crate) data: Option<&'a [u8]>,
}

impl Operation<'_> {
    /// The operands that are numbers, in order.
    pub(crate) fn numbers(&self) -> Vec<f64> {
        self.operands.iter().filter_map(|operand| number(operand)).collect()
    }

    /// The last operand that is a name.
    pub(crate) fn name(&self) -> Option<Vec<u8>> {
        self.operands.iter().rev().find_map(|operand| name(operand))
    }

    /// The operation with its whole numbers within 64 bits made real ones; `None` if there are none beyond. Programs read those as they like, and some refuse the page.
    pub(crate) fn bounded(&self) -> Option<Vec<u8>> {
        let operands: Vec<_> = self.operands.iter().map(|operand| bounded(operand)).collect();
        if operands.iter().all(Option::is_none) {
            return None;
        }
        let mut out = Vec::new();
        if self.data.is_some() {
            out.extend_from_slice(b"BI ");
        }
        for (operand, bounded) in self.operands.iter().zip(&operands) {
            out.extend_from_slice(bounded.as_deref().unwrap_or(operand));
            out.push(b' ');
        }
        match self.data {
            Some(data) => out.extend_from_slice(&[b"ID ", data, b"\nEI"].concat()),
            None => out.extend_from_slice(self.operator),
        }
        Some(out)
    }
}

/// The operations of a content stream.
#[derive(Debug)]
pub(crate) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.byte() {
            if byte == b'%' {
                while self.byte().is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                    self.at += 1;
                }
            } else if is_space(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    /// The next piece that stands for itself: an operand whole, or an operator.
    fn piece(&mut self) -> Option<(&'a [u8], bool)> {
        self.skip_space();
        let start = self.at;
        let is_operand = match self.byte()? {
            b'(' => self.string(),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => self.bracketed(b"<<", b">>"),
            b'<' => self.until(b'>'),
            b'[' => self.bracketed(b"[", b"]"),
            b'/' => {
                self.at += 1;
                self.word()
            }
            b']' | b'>' | b')' | b'{' | b'}' => {
                self.at += 1;
                true
            }
            first => {
                self.word();
                let word = self.bytes.get(start..self.at).unwrap_or_default();
                matches!(first, b'0'..=b'9' | b'+' | b'-' | b'.') || matches!(word, b"true" | b"false" | b"null")
            }
        };
        Some((self.bytes.get(start..self.at).unwrap_or_default(), is_operand))
    }

    fn word(&mut self) -> bool {
        while self.byte().is_some_and(|byte| !is_space(byte) && !is_delimiter(byte)) {
            self.at += 1;
        }
        true
    }

    fn until(&mut self, end: u8) -> bool {
        while let Some(byte) = self.byte() {
            self.at += 1;
            if byte == end {
                break;
            }
        }
        true
    }

    /// A string in parentheses, which may hold others in pairs.
    fn string(&mut self) -> bool {
        let mut depth = 0_usize;
        while let Some(byte) = self.byte() {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                _ => {}
            }
        }
        self.at = self.at.min(self.bytes.len());
        true
    }

    /// An array or a dictionary. Depth is counted, not climbed, so that no nesting is too deep.
    fn bracketed(&mut self, open: &[u8], close: &[u8]) -> bool {
        let mut depth = 0_usize;
        while let Some(byte) = self.byte() {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            if rest.starts_with(open) {
                depth += 1;
                self.at += open.len();
            } else if rest.starts_with(close) {
                depth -= 1;
                self.at += close.len();
                if depth == 0 {
                    break;
                }
            } else if byte == b'(' {
                self.string();
            } else if rest.starts_with(b"<<") {
                self.at += 2;
            } else if byte == b'<' {
                self.until(b'>');
            } else if byte == b'%' {
                self.skip_space();
            } else {
                self.at += 1;
            }
        }
        true
    }

    /// The next word that begins as a number does, however deep in arrays and dictionaries.
    fn number_within(&mut self) -> Option<Range<usize>> {
        loop {
            self.skip_space();
            let start = self.at;
            match self.byte()? {
                b'(' => self.string(),
                b'<' if self.bytes.get(start + 1) != Some(&b'<') => self.until(b'>'),
                b'/' => {
                    self.at += 1;
                    self.word()
                }
                b'0'..=b'9' | b'+' | b'-' => {
                    self.word();
                    return Some(start..self.at);
                }
                byte if is_delimiter(byte) => {
                    self.at += if byte == b'<' { 2 } else { 1 };
                    true
                }
                _ => self.word(),
            };
        }
    }

    /// The data of an inline image, after `ID`: up to an `EI` between white space that operators follow (ISO 32000-1, 8.9.7).
    fn image_data(&mut self) -> Option<&'a [u8]> {
        self.at += 1;
        let start = self.at;
        loop {
            let rest = self.bytes.get(self.at..)?;
            let found = rest.windows(2).position(|pair| pair == b"EI")?;
            let at = self.at + found;
            let before = at == start || self.bytes.get(at - 1).is_some_and(|byte| is_space(*byte));
            let after = self.bytes.get(at + 2).is_none_or(|byte| is_space(*byte));
            // What follows is text, as far as no comment begins, in which anything may stand.
            let mut next = self.bytes.get(at + 2..).unwrap_or_default().iter().take(12).take_while(|byte| **byte != b'%');
            let sane = next.all(|byte| byte.is_ascii_graphic() || is_space(*byte));
            self.at = at + 2;
            if before && after && sane {
                return self.bytes.get(start..at.saturating_sub(1).max(start));
            }
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Operation<'a>;

    fn next(&mut self) -> Option<Operation<'a>> {
        self.skip_space();
        let start = self.at;
        let mut operands = Vec::new();
        while let Some((piece, is_operand)) = self.piece() {
            if is_operand {
                operands.push(piece);
                continue;
            }
            if piece == b"BI" {
                let mut entries = Vec::new();
                while let Some((piece, is_operand)) = self.piece() {
                    if !is_operand && piece == b"ID" {
                        break;
                    }
                    entries.push(piece);
                }
                let data = self.image_data();
                return Some(Operation { span: start..self.at, operator: piece, operands: entries, data });
            }
            return Some(Operation { span: start..self.at, operator: piece, operands, data: None });
        }
        None
    }
}

/// The largest number that every program can hold (ISO 32000-1, annex C.2).
const LARGEST: f64 = 3.403e38;

/// The digits that a whole number of 64 bits has at least when it is too large.
const TOO_MANY_DIGITS: usize = 19;

/// An operand, with what it holds, in which no whole number is beyond 64 bits; `None` if it is so already.
fn bounded(operand: &[u8]) -> Option<Vec<u8>> {
    if operand.len() < TOO_MANY_DIGITS {
        return None;
    }
    let mut tokens = Tokens::new(operand);
    let mut out = Vec::new();
    let mut copied = 0;
    while let Some(word) = tokens.number_within() {
        let digits = operand.get(word.clone()).unwrap_or_default();
        if digits.len() < TOO_MANY_DIGITS || !digits.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-')) {
            continue;
        }
        let is_held = std::str::from_utf8(digits).is_ok_and(|digits| digits.parse::<i64>().is_ok());
        let Some(value) = number(digits).filter(|_| !is_held) else { continue };
        out.extend_from_slice(operand.get(copied..word.start).unwrap_or_default());
        out.extend_from_slice(format!("{:.1}", value.clamp(-LARGEST, LARGEST)).as_bytes());
        copied = word.end;
    }
    out.extend_from_slice(operand.get(copied..).unwrap_or_default());
    (copied > 0).then_some(out)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// An operand as a number. Readers take what real files hold: `-.5`, `4.`, `--3`.
pub(crate) fn number(operand: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(operand).ok()?;
    let text = text.trim_start_matches('+');
    let text = if text.starts_with("--") { text.trim_start_matches('-') } else { text };
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.') {
        return None;
    }
    text.parse().ok()
}

/// An operand as a name, with `#xx` read (ISO 32000-1, 7.3.5).
pub(crate) fn name(operand: &[u8]) -> Option<Vec<u8>> {
    let rest = operand.strip_prefix(b"/")?;
    let mut name = Vec::with_capacity(rest.len());
    let mut at = 0;
    while let Some(&byte) = rest.get(at) {
        let code = rest.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok()).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (byte, code) {
            (b'#', Some(code)) => {
                name.push(code);
                at += 3;
            }
            _ => {
                name.push(byte);
                at += 1;
            }
        }
    }
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Vec<(String, usize)> {
        Tokens::new(text).map(|operation| (String::from_utf8_lossy(operation.operator).into_owned(), operation.operands.len())).collect()
    }

    #[test]
    fn operations_are_found() {
        let text = b"q 1 0 0 1 .5 -2. cm % a comment rg\n/F1 12 Tf [(a\\)b(c) d) -3 <41>] TJ /P <</MCID 0 /A [1 (>>)]>> BDC true null d0 EMC Q";
        let wanted = [("q", 0), ("cm", 6), ("Tf", 2), ("TJ", 1), ("BDC", 2), ("d0", 2), ("EMC", 0), ("Q", 0)];
        assert_eq!(read(b"/P <</A <41>>> BDC [<4243>] TJ"), [("BDC".to_owned(), 2), ("TJ".to_owned(), 1)]);
        assert_eq!(read(text), wanted.map(|(name, count)| (name.to_owned(), count)));
    }

    #[test]
    fn an_inline_image_is_one_operation() {
        let text = b"q BI /W 2 /H 1 /CS /RGB /BPC 8 ID \x01 EI\xff\x02\x03\x04\x05 EI Q";
        let operations: Vec<_> = Tokens::new(text).collect();
        assert_eq!(operations.len(), 3);
        assert_eq!(operations[1].data.map(<[u8]>::len), Some(9));
        assert_eq!(operations[2].operator, b"Q");
    }

    #[test]
    fn no_whole_number_is_beyond_what_programs_hold() {
        let bounded = |text: &[u8]| Tokens::new(text).next().and_then(|operation| operation.bounded()).map(|out| String::from_utf8_lossy(&out).into_owned());
        assert_eq!(bounded(b"9223372036854775807 -9223372036854775808 9999999999999999999.5 00000000000000000000007 d1"), None);
        assert_eq!(bounded(b"(99999999999999999999) <99999999999999999999> [/A99999999999999999999] % 99999999999999999999\n TJ"), None);
        assert_eq!(bounded(b"1 -9223372036854775809 0 m").as_deref(), Some("1 -9223372036854775808.0 0 m"));
        let longest = "7".repeat(67);
        assert_eq!(bounded(format!("[<</A[{longest}]>>(b)]0 d").as_bytes()), Some(format!("[<</A[{LARGEST:.1}]>>(b)] 0 d")));
        let image = format!("BI /W 1 /H {longest} /BPC 8 ID \u{1} {longest} EI Q");
        assert_eq!(bounded(image.as_bytes()), Some(format!("BI /W 1 /H {LARGEST:.1} /BPC 8 ID \u{1} {longest}\nEI")));
    }

    #[test]
    fn an_inline_image_ends_before_a_comment() {
        let text = b"BI /W 1 /H 1 /BPC 8 ID abc EI Q\n%\xf8\xff\n99999999999999999999 w";
        let found: Vec<_> = Tokens::new(text).map(|operation| (operation.operator, operation.bounded().is_some())).collect();
        assert_eq!(found, [(&b"BI"[..], false), (b"Q", false), (b"w", true)]);
    }

    #[test]
    fn broken_streams_end() {
        for text in [&b"(never closed"[..], b"[1 2 [3", b"<< /A", b"BI /W 1 ID abc", b")", b"]] > }", b"(\\"] {
            let _ = Tokens::new(text).count();
        }
        assert_eq!(name(b"/A#20B"), Some(b"A B".to_vec()));
        assert_eq!(number(b"-.5"), Some(-0.5));
        assert_eq!(number(b"nan"), None);
    }
}
