//! Room in formulas that is said otherwise than by `mspace`.
//!
//! 1. [`blank`] reads a token that is nothing but blanks, such as `<mi>` with a thin space: editors of formulas write it where a word ends.
//! 2. [`Reader::words_apart`] parts a word of the sentence, “and”, “if”, from the formulas that it stands between. MathML has no room at an `mtext`, and most masters
//!    have none in it.

use super::Reader;
use crate::model::math::{Length, Math, Token, TokenKind};
use crate::xml::is_blank;

/// The room at a word of the sentence: that between two words.
const ROOM: Length = Length(250);

/// Words that join formulas, in the languages of the masters that were seen.
const JOINING: [&str; 20] =
    ["and", "or", "if", "for", "where", "with", "when", "then", "otherwise", "und", "oder", "wenn", "et", "ou", "si", "e", "y", "и", "или", "если"];

/// The width of a text that is nothing but blanks of Unicode (6.2, table 6-2); `None` where it is text, or only white space of XML, which MathML takes away.
pub(super) fn blank(text: &str) -> Option<Length> {
    if is_blank(text) {
        return None;
    }
    text.chars().try_fold(Length(0), |sum, char| {
        let width = match char {
            ' ' | '\t' | '\n' | '\r' | '\u{200b}' => 0,
            '\u{2003}' | '\u{2001}' | '\u{3000}' => 1_000,
            '\u{2002}' | '\u{2000}' | '\u{2007}' => 500,
            '\u{2004}' => 333,
            '\u{2005}' | '\u{a0}' => 250,
            '\u{205f}' => 222,
            '\u{202f}' => 200,
            '\u{2006}' | '\u{2008}' | '\u{2009}' => 167,
            '\u{200a}' => 100,
            _ => return None,
        };
        Some(Length(sum.0 + width))
    })
}

impl Reader<'_> {
    /// A row in which words that join formulas stand apart from them.
    pub(super) fn words_apart(&self, row: Vec<Math>) -> Vec<Math> {
        let joins = |math: &Math| {
            matches!(math, Math::Token(Token { kind: TokenKind::Text, text, .. })
                if JOINING.contains(&text.get(&self.leaves)))
        };
        if !row.iter().any(joins) {
            return row;
        }
        let has_room = |math: &Math| matches!(math, Math::Space(_) | Math::Token(Token { kind: TokenKind::Operator(_) | TokenKind::Text, .. }));
        let mut out: Vec<Math> = Vec::with_capacity(row.len() + 2);
        let mut rest = row.into_iter().peekable();
        while let Some(math) = rest.next() {
            let is_word = joins(&math);
            if is_word && out.last().is_some_and(|before| !has_room(before) || is_closing(before, self)) {
                out.push(Math::Space(ROOM));
            }
            out.push(math);
            if is_word && rest.peek().is_some_and(|next| !has_room(next)) {
                out.push(Math::Space(ROOM));
            }
        }
        out
    }
}

/// Whether it is a bracket that closes, which has no room behind it.
fn is_closing(math: &Math, reader: &Reader<'_>) -> bool {
    matches!(math, Math::Token(Token { kind: TokenKind::Operator(_), text, .. }) if matches!(text.get(&reader.leaves).trim(), ")" | "]" | "}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_have_their_width() {
        assert_eq!(blank("\u{2009}"), Some(Length(167)));
        assert_eq!(blank("\u{2003}\u{a0}"), Some(Length(1_250)));
        assert_eq!((blank("x"), blank(" \n"), blank("a\u{2009}")), (None, None, None));
    }
}
