//! Where a word that no line could hold may break, and where a title best does.
//!
//! 1. The engine breaks by UAX 14, hyphenates, and breaks addresses that begin with `://` or `www.` at their signs.
//! 2. What it can not break would leave the measure: identifiers, mail addresses, sequences. [`long_words`] finds them, and where they may break.
//! 3. The engine knows no phrases: [`phrase_ends`] finds them in titles.

use crate::divide;

/// Signs after which an address breaks. UAX 14 has `-` already, and `/` but before digits.
const SIGNS: &[u8] = b"._?&=#%~:;,@+/";

/// A stretch without a break of the engine's that is longer is an address's affair, in characters.
const ADDRESS: usize = 16;

/// A mail address that is no longer stays in one line.
const MAIL: usize = 28;

/// A stretch that is longer is broken wherever it stands: no word of any language is as long.
const WORD: usize = 50;

/// A stretch of code that is longer may break at its signs: a narrow column holds no more.
const CODE: usize = 32;

/// What kind of text a word stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Words of a language.
    Words,
    /// The text of a link.
    Address,
    /// A line of a listing.
    Code,
}

/// What stands without a break behind a comma and is longer can break there, in characters.
pub(crate) const ENOUGH: usize = 24;

/// How much of a stretch without any sign stays together.
const STEP: usize = 12;

/// A word that no line could hold.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Long {
    /// Where it begins, in bytes.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
    /// Where it may break.
    pub(crate) breaks: Vec<usize>,
}

/// The words of a text that need breaks beyond what the engine does by itself. Mostly none. Where it `keeps_hyphens`, no line ends with one in an address or in code
/// ([`crate::divide::Division::keeps_hyphens`]), and one may begin with it instead.
pub(crate) fn long_words(text: &str, kind: Kind, keeps_hyphens: bool) -> Vec<Long> {
    let keeps_hyphens = keeps_hyphens && kind != Kind::Words;
    let limit = match kind {
        Kind::Words => WORD,
        Kind::Address => ADDRESS,
        Kind::Code => CODE,
    };
    let mut found = Vec::new();
    if text.len() <= limit && !text.contains('@') {
        return found;
    }
    let mut from = 0;
    let mut next = text.chars().skip(1);
    for (at, char) in text.char_indices() {
        // No line ends at a stroke or a hyphen before a digit (UAX 14, LB25).
        let in_number = next.next().is_some_and(|char| char.is_ascii_digit()) && matches!(char, '-' | '/');
        if !(holds(char) || in_number || keeps_hyphens && char == '-') {
            found.extend(long(text, from, at, limit, keeps_hyphens));
            from = at + char.len_utf8();
        }
    }
    found.extend(long(text, from, text.len(), limit, keeps_hyphens));
    found
}

/// How many characters stand at the end of a text behind the last place where a line can break, if `before` stood so before it.
pub(crate) fn unbroken(text: &str, before: usize) -> usize {
    let mut count = 0;
    for char in text.chars().rev() {
        if !holds(char) {
            return count;
        }
        count += 1;
    }
    count + before
}

/// Whether it is a blank at which no line breaks. Where a master has no others, as programs for texts leave it, lines break there all the same.
pub(crate) fn is_glue(char: char) -> bool {
    matches!(char, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// Whether the engine keeps the character and what follows it together. Beyond Cyrillic, scripts have rules of their own.
fn holds(char: char) -> bool {
    is_glue(char) || !char.is_whitespace() && !matches!(char, '-' | '/' | '\u{ad}') && char < '\u{530}'
}

/// Where the phrases of a title end: behind a colon, a full stop or another mark that is followed by a blank, and the blank.
pub(crate) fn phrase_ends(text: &str) -> impl Iterator<Item = usize> {
    let ends = |(at, char): (usize, char)| {
        let next = at + char.len_utf8();
        let more = text.get(next..)?.strip_prefix(' ')?;
        // An initial ends in a full stop as well, and so does what is shortened.
        let phrase = match char {
            ':' | '?' | '!' | ';' => true,
            '.' => text.get(..at)?.chars().rev().take_while(|char| char.is_alphanumeric()).count() > 3,
            _ => false,
        };
        (phrase && !more.trim().is_empty()).then_some(next + 1)
    };
    text.char_indices().filter_map(ends)
}

/// The stretch of text between two bytes, where it is long and can be broken.
fn long(text: &str, start: usize, end: usize, limit: usize, keeps_hyphens: bool) -> Option<Long> {
    let part = text.get(start..end)?;
    // A mail address is one wherever it stands.
    let (limit, enough) = match (part.contains('@'), limit) {
        (true, WORD | ADDRESS) => (ADDRESS, MAIL),
        (true | false, limit) => (limit, limit),
    };
    if part.len() <= enough || part.chars().count() <= enough || !keeps_hyphens && engine_breaks(text, start) {
        return None;
    }
    let mut breaks = Vec::new();
    // Words between such blanks stay whole.
    let glued_words = part.contains(is_glue);
    let (mut count, mut after_sign, mut opened, mut before) = (0, false, false, ' ');
    for (at, char) in part.char_indices() {
        // Leaders have breaks of their own: before a full stop the engine makes none of these.
        let leads = char == std::mem::replace(&mut before, char) && divide::leads(char);
        // Whatever is offered there, the engine breaks neither behind an opening bracket nor before a closing one (UAX 14, LB13 and LB14).
        let glued = opened || matches!(char, ')' | ']' | '}');
        let sign = is_sign(char) || is_glue(char);
        let far = count >= STEP && (limit == WORD && !glued_words || next_sign(part, at) > WORD);
        // A row of signs, such as a line drawn in a program.
        let row = after_sign && sign && count >= 2 * STEP;
        // A mark belongs to the letter before it, and a break at either end would leave a line of nothing.
        let hyphen = char == '-' && count > 3;
        if at > 0 && !leads && !glued && !is_mark(char) && ((after_sign && !sign) || far || row || hyphen) {
            breaks.push(start + at);
            count = 0;
        }
        count += 1;
        after_sign = sign;
        opened = matches!(char, '(' | '[' | '{');
    }
    (!breaks.is_empty()).then_some(Long { start, end, breaks })
}

/// How far it is to the next sign, in characters.
fn next_sign(part: &str, at: usize) -> usize {
    part.get(at..).map_or(0, |rest| rest.chars().take_while(|char| !is_sign(*char) && !is_glue(*char)).count())
}

/// Whether the stretch lies in an address that the engine knows. Source: typst-layout 0.15.1, `inline/linebreak.rs`, `breakpoints`.
fn engine_breaks(text: &str, start: usize) -> bool {
    let (before, after) = text.split_at(start);
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let rest = after.split(char::is_whitespace).next().unwrap_or_default();
    (word.contains("://") || word.starts_with("www.") || after.starts_with("www.")) && word.is_ascii() && rest.is_ascii()
}

/// Whether an address may break after the character.
fn is_sign(char: char) -> bool {
    u8::try_from(char).is_ok_and(|byte| SIGNS.contains(&byte))
}

/// Whether the character is a combining mark of the scripts that [`holds`] lets through.
fn is_mark(char: char) -> bool {
    matches!(char, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text that is one long word, in pieces.
    fn pieces(text: &str, address: bool) -> Vec<&str> {
        let mut from = 0;
        long_words(text, if address { Kind::Address } else { Kind::Words }, false)
            .into_iter()
            .flat_map(|word| word.breaks)
            .chain([text.len()])
            .map(|to| &text[std::mem::replace(&mut from, to)..to])
            .collect()
    }

    #[test]
    fn words_and_short_addresses_stay_whole() {
        for (text, address) in [
            ("Rindfleischetikettierungsüberwachungsaufgabenübert", false),
            ("https://mfa.gov.kg/en/Main-menu/Press-service_novosti_and_more_and_more?x=1", true),
            ("10.18510/hssr.2019.74117", true),
            ("n.zhailoobaev@example.org", true),
            ("日本語の長い文章は字ごとに改行できるので手を加える必要がないことをここで確かめておく。日本語の長い文章は", false),
        ] {
            assert_eq!(pieces(text, address), [text]);
        }
    }

    #[test]
    fn addresses_break_after_their_signs() {
        assert_eq!(pieces("yevgeniya.lomakina@universitet.kg", true), ["yevgeniya.", "lomakina@", "universitet.", "kg"]);
        assert_eq!(pieces("yevgeniya.lomakina@universitet.kg", false), ["yevgeniya.", "lomakina@", "universitet.", "kg"]);
        assert_eq!(pieces("10.1016/j.jclepro.2019.118571", true), ["10.1016/j.", "jclepro.", "2019.", "118571"]);
    }

    #[test]
    fn where_hyphens_are_repeated_addresses_break_before_them() {
        let text = "sinopse-estatistica-da-educacao-basica-2020";
        let [word] = &long_words(text, Kind::Address, true)[..] else { panic!("one long word") };
        let mut from = 0;
        let pieces: Vec<&str> = word.breaks.iter().map(|to| &text[std::mem::replace(&mut from, *to)..*to]).collect();
        assert_eq!(pieces, ["sinopse", "-estatistica", "-da-educacao", "-basica"]);
        assert_eq!(long_words(text, Kind::Address, false), []);
        // What ties the hyphens hides the address from the engine.
        let text = "https://expresso.pt/2020-06-06-Bracos-negros-entrelacados";
        assert_eq!(long_words(text, Kind::Address, true).len(), 1);
        assert_eq!(long_words(text, Kind::Address, false), []);
    }

    #[test]
    fn code_breaks_at_its_signs() {
        let line = "for k, g in streamflow.groupby(np.arange(len(streamflow))//100):";
        let [word] = &long_words(line, Kind::Code, false)[..] else { panic!("one long word") };
        assert_eq!(&line[word.start..word.breaks[0]], "streamflow.");
        assert_eq!(long_words(line, Kind::Words, false), []);
    }

    #[test]
    fn numbers_behind_strokes_and_rows_of_signs_break() {
        let line = "c(rep(\"diff1\",nrow(lot1)/3),rep(\"diff2\",nrow(lot1)/3),rep(\"diff3\",nrow(lot1)/3))";
        let [word] = &long_words(line, Kind::Code, false)[..] else { panic!("one long word") };
        assert!(word.breaks.contains(&line.find("3),").unwrap_or_default()), "{word:?}");
        let row = "#".repeat(100);
        assert!(long_words(&row, Kind::Code, false).iter().any(|word| word.breaks.len() > 2));
        assert_eq!(pieces("10.1016/0022-1694-70-90255-6", true), ["10.", "1016/", "0022", "-1694", "-70-90255", "-6"]);
        assert_eq!(pieces("1939-1945/1950-1953", false), ["1939-1945/1950-1953"]);
    }

    #[test]
    fn what_stands_side_by_side_adds_up() {
        assert_eq!(unbroken("M283548", unbroken(",", unbroken("see M283551", 9))), 15);
        assert_eq!(unbroken("a ", 40), 0);
    }

    #[test]
    fn where_all_blanks_are_glue_lines_break_at_them() {
        let text = "one\u{a0}pneumonoultramicroscopicsilicovolcanoconiosis\u{a0}".repeat(3);
        assert!(pieces(&text, false).iter().all(|piece| piece.ends_with('\u{a0}') && piece.matches('\u{a0}').count() == 1));
        assert_eq!(long_words("10\u{a0}000\u{a0}km and no more, with many other words behind it", Kind::Words, false), []);
    }

    #[test]
    fn titles_have_phrases() {
        let ends = |text| phrase_ends(text).collect::<Vec<_>>();
        assert_eq!(ends("REPUBLIC OF KOREA: PROSPECTS"), [19]);
        assert_eq!(ends("Who counts? Nobody. The end:"), [12, 20]);
        assert_eq!(ends("The letters of A. S. Pushkin vs. 3:1"), Vec::<usize>::new());
    }

    #[test]
    fn the_words_around_a_long_one_are_left_alone() {
        let text = format!("a word {} and more words", "ACGT".repeat(20));
        let [word] = &long_words(&text, Kind::Words, false)[..] else { panic!("one long word") };
        assert_eq!((word.start, word.end), (7, 87));
    }

    #[test]
    fn no_place_is_lost_at_a_bracket() {
        let nested = "\\frac{".repeat(20) + &"}{2}".repeat(20);
        assert!(pieces(&nested, false).iter().all(|piece| piece.len() < 2 * STEP && !piece.ends_with('{') && !piece.starts_with('}')));
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
