//! The numbers of lists as texts, where a word stands before them.

use crate::model::block::{List, ListKind};
use crate::model::inline::Inline;

/// Puts a word before the mark of each item that has no label (`list/@prefix-word`), as in “Step 1.”; where items have no numbers it is their label.
pub(super) fn prefix(list: &mut List, word: &str) {
    for (number, item) in (list.start..).zip(&mut list.items) {
        if item.label.is_empty() {
            let label = ordinal(list.kind, number).map_or_else(|| word.to_owned(), |number| format!("{word} {number}."));
            item.label = vec![Inline::Generated(label)];
        }
    }
}

/// A number as a list of a kind shows it; `None` where it shows none.
fn ordinal(kind: ListKind, number: u32) -> Option<String> {
    match kind {
        ListKind::Bullet | ListKind::Simple => None,
        ListKind::Arabic => Some(number.to_string()),
        ListKind::AlphaLower => Some(alpha(number)),
        ListKind::AlphaUpper => Some(alpha(number).to_uppercase()),
        ListKind::RomanLower => Some(roman(number)),
        ListKind::RomanUpper => Some(roman(number).to_uppercase()),
    }
}

/// A number in letters: a to z, aa, ab.
fn alpha(number: u32) -> String {
    let (mut rest, mut letters) = (number, Vec::new());
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'a' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// A number in Roman numerals, up to ten thousand.
fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] =
        [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let mut rest = number.min(10_000);
    let mut written = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            written.push_str(sign);
            rest -= value;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_lists_count() {
        assert_eq!([1, 26, 27, 703].map(alpha), ["a", "z", "aa", "aaa"]);
        assert_eq!([1, 4, 9, 1994].map(roman), ["i", "iv", "ix", "mcmxciv"]);
        assert_eq!(ordinal(ListKind::Bullet, 1), None);
    }
}
