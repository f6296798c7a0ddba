//! What stays in one line: the stretches of a text that a typographer ties.
//!
//! 1. [`ties`] looks at each blank and at each hyphen behind a number, and at the words on either side.
//! 2. The writers keep each stretch in a line as their output does it: the forme by a sign that the finished pages lose, XHTML by a span.
//!
//! The rules are those that hand-books for editors have: no dash begins a line; a number is not parted from what it counts or names, nor an ending from
//! its number, nor a letter from its hyphen (“c-Jun”), nor what is equal or less from what it is compared with, nor initials from each other and from the surname behind
//! them. Source: A. E. Mil’chin, L. K. Cheltsova, Spravochnik izdatelya i avtora;
//! New Hart’s Rules, 2.4.2 and 4.11.1.

use std::ops::Range;

/// A stretch of more characters would leave a gap in a narrow column: it is not tied.
const MOST: usize = 32;

/// A word behind a number and a hyphen that has more letters is a word of its own: “1-сурет”, “2020-жылы”.
const ENDING: usize = 10;

/// An abbreviation before a number has no more letters: “рис. 1”, “vol. 5”.
const ABBREVIATION: usize = 4;

/// What is compared with a number has no more letters: “P < 0.05”, “mean ± SD”.
const COMPARED: usize = 5;

/// What kind of text is tied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Running text.
    Text,
    /// A title: no line ends with a word of one letter either, nor with a Cyrillic one of two.
    Title,
    /// A cell of a table, in which a word and a number are a heading that may break and no reference.
    Cell,
}

/// The stretches of a text in which no line ends, in bytes and in order. None of them touches another.
#[must_use]
pub fn ties(text: &str, kind: Kind) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut add = |tie: Range<usize>| match found.last_mut() {
        Some(last) if last.end >= tie.start => {
            if text.get(last.start..tie.end).is_some_and(is_short) {
                last.end = tie.end;
            }
        }
        _ => {
            if text.get(tie.clone()).is_some_and(is_short) {
                found.push(tie);
            }
        }
    };
    if is_reference(text) {
        if kind == Kind::Cell {
            return found;
        }
        let blank = text.len() - text.trim_start().len();
        return std::iter::once(blank..text.trim_end().len()).collect();
    }
    let mut start = 0;
    let mut before = Before::Other;
    let title = kind == Kind::Title;
    let capitals = title && is_in_capitals(text);
    for token in text.split(' ') {
        let end = start + token.len();
        if let Some(held) = numbered(token).or_else(|| lettered(token)).or_else(|| negative(token).filter(|_| start > 0)) {
            add(start + held.start..start + held.end);
        }
        if let Some(rest) = text.get(end + 1..) {
            let next = rest.split(' ').next().unwrap_or_default();
            if is_dash(next) {
                add(end..end + 1 + next.len());
            } else if belong_together(before, token, next)
                || (kind == Kind::Cell && is_uncertain(token, next))
                || (title && is_particle(token, capitals) && !next.is_empty())
            {
                add(start..end + 1 + next.len());
            }
        }
        before = before.and_then(token);
        start = end + 1;
    }
    found
}

/// Where in a stretch that stays together a line could end: behind its blanks and hyphens, in bytes.
pub fn places(text: &str, tie: &Range<usize>) -> impl Iterator<Item = usize> {
    let end = tie.end;
    let stretch = text.get(tie.clone()).unwrap_or_default();
    let start = tie.start;
    // A dash in a stretch parts two numbers, at its head it is a minus.
    let ends = move |(at, sign): &(usize, &str)| *sign != "–" || stretch.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with([' ', '(']));
    stretch.match_indices([' ', '-', '–']).filter(ends).map(move |(at, sign)| start + at + sign.len()).filter(move |place| *place < end)
}

/// What stands in a reference to a figure, a table or a section: a word and its number, and nothing else.
fn is_reference(text: &str) -> bool {
    let mut tokens = text.split_whitespace();
    let (word, number, rest) = (tokens.next(), tokens.next(), tokens.next());
    rest.is_none()
        && word.is_some_and(|word| word.chars().all(|c| c.is_alphabetic() || c == '.') && word.chars().count() <= 12)
        && number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()) && number.len() <= 5)
}

/// A preposition or conjunction that leans on the word behind it: in small letters, or in capitals where the whole title is.
fn is_particle(token: &str, capitals: bool) -> bool {
    let count = token.chars().count();
    let lower = token.chars().all(|c| c.is_lowercase() || (capitals && c.is_uppercase()));
    lower && (count == 1 || (count == 2 && token.chars().all(|c| matches!(c, '\u{400}'..='\u{52f}'))))
}

/// Whether a text has words, and no small letter in any of them.
fn is_in_capitals(text: &str) -> bool {
    !text.contains(char::is_lowercase) && text.split(' ').any(|word| word.chars().filter(|c| c.is_uppercase()).count() > 3)
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= MOST
}

/// A dash between blanks, which a comma may follow.
fn is_dash(token: &str) -> bool {
    token.strip_prefix(['—', '–', '-']).is_some_and(|rest| rest.chars().all(|c| matches!(c, ',' | ':' | '.')))
}

/// The part of a word that is a number, a hyphen and an ending or a short word: “5-й”, “(1-сурет)”.
fn numbered(token: &str) -> Option<Range<usize>> {
    let hyphen = token.find('-')?;
    let (before, after) = (&token[..hyphen], &token[hyphen + 1..]);
    let number = before.trim_start_matches(|c: char| !c.is_alphanumeric());
    let letters: usize = after.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    let rest = &after[letters..];
    let fits = !number.is_empty()
        && number.chars().all(|c| c.is_ascii_digit())
        && (1..=ENDING).contains(&after[..letters].chars().count())
        && !rest.starts_with(|c: char| c == '-' || c.is_alphanumeric());
    fits.then(|| before.len() - number.len()..hyphen + 1 + letters)
}

/// The part of a word that is a number with a dash for its minus: “–20”, “(-5”. At the head of a text it may be the second half of “10–20”.
fn negative(token: &str) -> Option<Range<usize>> {
    let sign = token.find(['–', '-']).filter(|at| token.get(..*at).is_some_and(|before| before.is_empty() || before == "("))?;
    let number = token.get(sign..)?.trim_start_matches(['–', '-']);
    number.starts_with(|c: char| c.is_ascii_digit()).then_some(sign..token.len())
}

/// The part of a word that is a letter, a hyphen and a word: “t-test”, “(c-Jun”.
fn lettered(token: &str) -> Option<Range<usize>> {
    let hyphen = token.find('-')?;
    let (before, after) = (&token[..hyphen], &token[hyphen + 1..]);
    let letter = before.trim_start_matches(|c: char| !c.is_alphanumeric());
    let letters: usize = after.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    let is_letter = letter.chars().count() == 1 && letter.chars().all(char::is_alphabetic);
    (is_letter && letters > 0).then(|| before.len() - letter.len()..hyphen + 1 + letters)
}

/// What stands before a word, as far as initials ask for it: “Иванов И. И. Название” has them behind the surname.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// A word in capital letters, such as a surname.
    Capital,
    /// Initials behind it.
    Initials,
    /// Anything else.
    Other,
}

impl Before {
    /// What stands before the word behind this one.
    fn and_then(self, token: &str) -> Self {
        if is_initials(token) {
            return if self == Self::Other { Self::Other } else { Self::Initials };
        }
        let is_word = token.chars().count() > 1 && token.starts_with(char::is_uppercase) && token.ends_with(char::is_alphabetic);
        if is_word { Self::Capital } else { Self::Other }
    }
}

/// Whether two words with a blank between them stay in one line.
fn belong_together(before: Before, token: &str, next: &str) -> bool {
    let bare = token.trim_start_matches(['(', '[', '«', '“', '„', '"', ',', ';']);
    let number = next.starts_with(|c: char| c.is_ascii_digit());
    (number && (bare.ends_with(['№', '§']) || is_abbreviation(bare)))
        || (is_initials(bare) && next.starts_with(char::is_uppercase) && (before == Before::Other || is_initials(next)))
        || (token.ends_with(|c: char| c.is_ascii_digit()) && (is_counted(next) || is_unit(next)))
        || (bare == "et" && next.starts_with("al."))
        || (token == "mm" && next.starts_with("Hg"))
        || (is_relation(next) && is_compared(bare))
        || (is_relation(token) && is_compared(next))
}

/// A decimal number and the uncertainty of its last digits: “0.0464 (10)”.
fn is_uncertain(token: &str, next: &str) -> bool {
    let digits = next.strip_prefix('(').and_then(|rest| rest.trim_end_matches(['*', ',', ';']).strip_suffix(')'));
    let decimal = token.ends_with(|c: char| c.is_ascii_digit()) && token.contains(['.', ',', '·']);
    decimal && digits.is_some_and(|digits| (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A sign between what is compared, a blank on either side.
fn is_relation(token: &str) -> bool {
    matches!(token, "=" | "<" | ">" | "≤" | "≥" | "⩽" | "⩾" | "±" | "≈" | "≠" | "≪" | "≫" | "∼" | "×")
}

/// A number, or a letter or two that stand for one; nothing where a text begins or ends with the sign.
fn is_compared(token: &str) -> bool {
    let bare = token.trim_end_matches([')', ']', ',', ';', '.', ':']).trim_start_matches(['(', '[', '−', '-', '–', '.']);
    let is_number = bare.starts_with(|c: char| c.is_ascii_digit()) && bare.chars().count() <= 2 * COMPARED;
    is_number || bare.chars().count() <= COMPARED
}

/// Units, as the International System of Units (BIPM, 9th edition, tables 2, 4 and 8) and laboratories write them.
const UNITS: [&str; 74] = [
    "m", "cm", "mm", "μm", "µm", "nm", "km", "Å", "m²", "km²", "cm³", "ha", "g", "kg", "mg", "μg", "µg", "ng", "t", "l", "L", "dl", "ml", "mL", "μl", "µl",
    "μL", "µL", "s", "ms", "min", "h", "Hz", "kHz", "MHz", "GHz", "eV", "keV", "MeV", "GeV", "TeV", "K", "Pa", "kPa", "MPa", "J", "kJ", "W", "kW", "MW", "V",
    "mV", "A", "mA", "mol", "mmol", "M", "mM", "μM", "µM", "nM", "kDa", "bp", "kb", "dB", "rpm", "м", "см", "мм", "км", "кг", "мг", "л", "мл",
];

/// Whether a word is a unit, and a mark or nothing behind it.
fn is_unit(token: &str) -> bool {
    UNITS.contains(&token.trim_end_matches([')', ']', ',', ';', '.', ':']))
}

/// “рис.”, “С.”, “vol.”, “№№”: a few letters and a full stop.
fn is_abbreviation(token: &str) -> bool {
    token.strip_suffix('.').is_some_and(|word| word != "al" && (1..=ABBREVIATION).contains(&word.chars().count()) && word.chars().all(char::is_alphabetic))
}

/// “А.”, “И.И.”, “Ж.-П.”: capitals, each with its full stop.
fn is_initials(token: &str) -> bool {
    let parts = token.strip_suffix('.').map(|rest| rest.split('.'));
    parts.is_some_and(|mut parts| {
        parts.all(|part| {
            let mut chars = part.strip_prefix('-').unwrap_or(part).chars();
            chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
        })
    })
}

/// What a number counts, or what kind of number it is: “2024 г.”, “XX в.” has none, “15 %”.
fn is_counted(next: &str) -> bool {
    let years = ["г.", "гг.", "в.", "вв.", "ж.", "жж.", "б."];
    years.iter().any(|year| next.strip_prefix(year).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))) || next.starts_with(['%', '‰', '°'])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `~` at each place where no line ends.
    fn tied(text: &str) -> String {
        marked(text, Kind::Text)
    }

    fn marked(text: &str, kind: Kind) -> String {
        let mut out = text.to_owned();
        let all: Vec<usize> = ties(text, kind).iter().flat_map(|tie| places(text, tie).collect::<Vec<_>>()).collect();
        for place in all.into_iter().rev() {
            out.insert(place, '~');
        }
        out
    }

    #[test]
    fn no_dash_begins_a_line() {
        assert_eq!(tied("Строка — это слова – и знаки —, вот."), "Строка ~— это слова ~– и знаки ~—, вот.");
        assert_eq!(tied(" — он"), " ~— он");
        assert_eq!(tied("— Да, 1990–2000 гг. и т—т"), "— Да, 1990–2000 ~гг. и т—т");
    }

    #[test]
    fn numbers_stay_with_what_they_number() {
        assert_eq!(tied("2020-жылы (1-сурет), 2-кесте; 5-й, 1990-х"), "2020-~жылы (1-~сурет), 2-~кесте; 5-~й, 1990-~х");
        assert_eq!(tied("Massen et al. 2014"), "Massen et ~al. 2014");
        assert_eq!(tied("20-year-old, 1-2, a-1, COVID-19, 12-"), "20-year-old, 1-2, a-1, COVID-19, 12-");
        assert_eq!(tied("см. № 5, § 3, (рис. 1), С. 41–49, vol. 7, No. 2"), "см. № ~5, § ~3, (рис. ~1), С. ~41–49, vol. ~7, No. ~2");
        assert_eq!(tied("в 2020 г. и 15 % из 3 групп, 2020 в Бишкеке"), "в 2020 ~г. и 15 ~% из 3 групп, 2020 в Бишкеке");
    }

    #[test]
    fn what_is_compared_stays_together() {
        assert_eq!(tied("for (N = 47) and P < 0.001, mean ± SD"), "for (N ~= ~47) and P ~< ~0.001, mean ~± ~SD");
        // A letter in italics stands before it, or a number in bold behind.
        assert_eq!(tied(" = 17.146 ± 0.002; "), " ~= ~17.146 ~± ~0.002; ");
        assert_eq!(tied("a comparison = something else, 2 + 3"), "a comparison = something else, 2 + 3");
    }

    #[test]
    fn a_minus_stays_with_its_number() {
        assert_eq!(tied("kept at –20 °C, or (-5) - in part 3–5"), "kept at –~20 ~°C, or (-~5) ~- in part 3–5");
        assert_eq!(tied("above 90 mm Hg"), "above 90 ~mm ~Hg");
    }

    #[test]
    fn numbers_stay_with_their_units_and_letters_with_their_hyphens() {
        assert_eq!(tied("in 2 h, 10 min and ~5 mm; 3 mice, 4 m"), "in 2 ~h, 10 ~min and ~5 ~mm; 3 mice, 4 ~m");
        assert_eq!(tied("by t-test of (c-Jun), x-ray"), "by t-~test of (c-~Jun), x-~ray");
    }

    #[test]
    fn initials_stay_together_and_with_the_surname_behind_them() {
        assert_eq!(tied("учёный А. С. Пушкин и Ж.-П. Сартр, A. von Braun"), "учёный А. ~С. ~Пушкин и Ж.-~П. ~Сартр, A. von Braun");
        // Behind a surname they have nothing to do with what follows.
        assert_eq!(tied("Иванов И. И. Название. Abe C. Rivers; Lee A., Doe B. Lakes"), "Иванов И. ~И. Название. Abe C. Rivers; Lee A., Doe B. Lakes");
        assert_eq!(tied("Это конец. Затем СССР. Новая"), "Это конец. Затем СССР. Новая");
    }

    #[test]
    fn a_title_has_no_preposition_at_the_end_of_a_line() {
        assert_eq!(marked("Строка и качество в трёх статьях на полосе a page", Kind::Title), "Строка и ~качество в ~трёх статьях на ~полосе a ~page");
        assert_eq!(marked("Строка и", Kind::Title), "Строка и");
        assert_eq!(marked("СТРОКА И КАЧЕСТВО В СТАТЬЯХ НА ПОЛОСЕ", Kind::Title), "СТРОКА И ~КАЧЕСТВО В ~СТАТЬЯХ НА ~ПОЛОСЕ");
        assert_eq!(marked("СТРОКА И КАЧЕСТВО", Kind::Text), "СТРОКА И КАЧЕСТВО");
        assert_eq!(marked("Витамин А в РФ за год", Kind::Title), "Витамин А в ~РФ за ~год");
    }

    #[test]
    fn a_reference_stays_whole() {
        assert_eq!(tied("Figure 1"), "Figure ~1");
        assert_eq!(tied(" Таблица 2a "), " Таблица ~2a ");
        assert_eq!(tied("In 1 of 3"), "In 1 of 3");
        // Over a column of a table it is a heading.
        assert_eq!(marked("Group 1", Kind::Cell), "Group 1");
        assert_eq!(marked("P < 0.05", Kind::Cell), "P ~< ~0.05");
    }

    #[test]
    fn the_uncertainty_of_a_number_stays_with_it_in_a_cell() {
        assert_eq!(marked("0.0464 (10)", Kind::Cell), "0.0464 ~(10)");
        assert_eq!(marked("12 (3) and 0.5 (25 %)", Kind::Cell), "12 (3) and 0.5 (25 ~%)");
        assert_eq!(marked("0.0464 (10)", Kind::Text), "0.0464 (10)");
    }

    #[test]
    fn what_would_be_too_long_is_not_tied() {
        assert_eq!(tied("A. B. C. D. E. F. G. H. I. J. K. L. M. Name"), "A. ~B. ~C. ~D. ~E. ~F. ~G. ~H. ~I. ~J. ~K. L. ~M. ~Name");
        assert_eq!(tied(""), "");
        assert_eq!(tied("no tie"), "no tie");
    }
}
