//! The numbers of lists as texts.

use super::block::ListKind;

impl ListKind {
    /// A number as a list of the kind shows it; `None` where it shows none.
    #[must_use]
    pub fn ordinal(self, number: u32) -> Option<String> {
        match self {
            Self::Bullet | Self::Simple => None,
            Self::Arabic => Some(number.to_string()),
            Self::AlphaLower => Some(alpha(number)),
            Self::AlphaUpper => Some(alpha(number).to_uppercase()),
            Self::RomanLower => Some(roman(number)),
            Self::RomanUpper => Some(roman(number).to_uppercase()),
        }
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
        assert_eq!(ListKind::Bullet.ordinal(1), None);
    }
}
