//! Where a word that no line could hold may break.
//!
//! 1. The engine breaks by UAX 14, hyphenates, and breaks addresses that begin with `://` or `www.` at their signs.
//! 2. What it can not break would leave the measure: identifiers, mail addresses, sequences. [`breaks`] finds where they may.

/// Signs after which an address breaks. UAX 14 has `/` and `-` already.
const SIGNS: &[u8] = b"._?&=#%~:;,@+";

/// A stretch without a break of the engine's that is longer is an address's affair, in characters.
const ADDRESS: usize = 16;

/// A stretch that is longer is broken wherever it stands: no word of any language is as long.
const WORD: usize = 50;

/// How much of a stretch without any sign stays together.
const STEP: usize = 12;

/// The bytes at which the text may break beyond what the engine does by itself. Mostly none.
pub(crate) fn breaks(text: &str, address: bool) -> Vec<usize> {
    let limit = if address { ADDRESS } else { WORD };
    let mut found = Vec::new();
    if text.len() <= limit {
        return found;
    }
    let mut from = 0;
    for (at, char) in text.char_indices() {
        if !holds(char) {
            stretch(text, from..at, limit, &mut found);
            from = at + char.len_utf8();
        }
    }
    stretch(text, from..text.len(), limit, &mut found);
    found
}

/// Whether the engine keeps the character and what follows it together. Beyond Cyrillic, scripts have rules of their own.
fn holds(char: char) -> bool {
    !char.is_whitespace() && !matches!(char, '-' | '/' | '\u{ad}') && char < '\u{530}'
}

/// Finds the breaks of one stretch.
fn stretch(text: &str, range: std::ops::Range<usize>, limit: usize, found: &mut Vec<usize>) {
    let (start, end) = (range.start, range.end);
    let Some(part) = text.get(range) else { return };
    if part.len() <= limit || part.chars().count() <= limit || engine_breaks(text, start) {
        return;
    }
    let (mut last, mut count) = (start, 0);
    let mut after_sign = false;
    for (at, char) in part.char_indices().map(|(at, char)| (start + at, char)) {
        let sign = u8::try_from(char).is_ok_and(|byte| SIGNS.contains(&byte));
        let long = count >= STEP && (limit == WORD || next_sign(part, at - start) > WORD);
        // A mark belongs to the letter before it, and a break at either end would leave a line of nothing.
        if at > last && at < end && !is_mark(char) && ((after_sign && !sign) || long) {
            found.push(at);
            (last, count) = (at, 0);
        }
        count += 1;
        after_sign = sign;
    }
}

/// How far it is to the next sign, in characters.
fn next_sign(part: &str, at: usize) -> usize {
    part.get(at..).map_or(0, |rest| rest.chars().take_while(|char| !u8::try_from(*char).is_ok_and(|byte| SIGNS.contains(&byte))).count())
}

/// Whether the stretch lies in an address that the engine knows. Source: typst-layout 0.15.1, `inline/linebreak.rs`, `breakpoints`.
fn engine_breaks(text: &str, start: usize) -> bool {
    let (before, after) = text.split_at(start);
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let rest = after.split(char::is_whitespace).next().unwrap_or_default();
    (word.contains("://") || word.starts_with("www.") || after.starts_with("www.")) && word.is_ascii() && rest.is_ascii()
}

/// Whether the character is a combining mark of the scripts that [`holds`] lets through.
fn is_mark(char: char) -> bool {
    matches!(char, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, address: bool) -> Vec<&str> {
        let mut from = 0;
        breaks(text, address).into_iter().chain([text.len()]).map(|to| &text[std::mem::replace(&mut from, to)..to]).collect()
    }

    #[test]
    fn words_and_short_addresses_stay_whole() {
        for (text, address) in [
            ("Rindfleischetikettierungsüberwachungsaufgabenübert", false),
            ("https://mfa.gov.kg/en/Main-menu/Press-service_novosti_and_more_and_more?x=1", true),
            ("10.18510/hssr.2019.74117", true),
            ("日本語の長い文章は字ごとに改行できるので手を加える必要がないことをここで確かめておく。日本語の長い文章は", false),
        ] {
            assert_eq!(pieces(text, address), [text]);
        }
    }

    #[test]
    fn addresses_break_after_their_signs() {
        assert_eq!(pieces("yevgeniya.lomakina@universitet.kg", true), ["yevgeniya.", "lomakina@", "universitet.", "kg"]);
        assert_eq!(pieces("10.1016/j.jclepro.2019.118571", true), ["10.1016/j.", "jclepro.", "2019.", "118571"]);
    }

    #[test]
    fn a_sequence_breaks_anywhere_but_before_a_mark() {
        let sequence = "ACGT".repeat(20);
        assert!(pieces(&sequence, false).iter().all(|piece| piece.len() <= STEP));
        let accented = "a\u{301}".repeat(60);
        assert!(pieces(&accented, false).iter().all(|piece| piece.starts_with('a')));
        assert!(pieces(&sequence, false).len() > 5);
    }
}
