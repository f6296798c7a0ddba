//! Control characters that are letters of Windows-1252.
//!
//! A text in Windows-1252 that was taken for ISO 8859-1 has its dashes and quotation marks as U+0080 to U+009F. XML allows these (1.0, 2.2), no font
//! has them, and nobody means them: HTML reads such references as what they were (HTML, 13.2.5.80, the numeric character reference end state).

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// The letter that a control character stands for; `None` for all other characters, and for the five that Windows-1252 leaves open.
#[must_use]
pub(super) fn letter(c: char) -> Option<char> {
    let byte = u8::try_from(u32::from(c)).ok().filter(|byte| (0x80..=0x9f).contains(byte))?;
    let decoded = WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next()?;
    (decoded != c).then_some(decoded)
}

/// Characters of a text that were read as the letters that they stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Misread {
    /// The first of them, and the letter that is meant.
    pub(super) first: (char, char),
    /// Its place in the text, in bytes.
    pub(super) at: usize,
    /// How many there are.
    pub(super) times: usize,
}

/// A text with the letters that are meant, and what was misread in it.
#[must_use]
pub(super) fn meant(text: &str) -> (Cow<'_, str>, Option<Misread>) {
    // Each of them begins with this byte in UTF-8; few texts have it, and most of those in front of a no-break space.
    if !text.as_bytes().contains(&0xc2) {
        return (Cow::Borrowed(text), None);
    }
    let mut found = text.char_indices().filter_map(|(at, c)| Some((at, c, letter(c)?)));
    let Some((at, c, meant)) = found.next() else { return (Cow::Borrowed(text), None) };
    let misread = Misread { first: (c, meant), at, times: 1 + found.count() };
    (Cow::Owned(text.chars().map(|c| letter(c).unwrap_or(c)).collect()), Some(misread))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_and_dashes_are_found() {
        assert_eq!(meant("it\u{92}s \u{96} so\u{a0}"), (Cow::Owned("it’s – so\u{a0}".to_owned()), Some(Misread { first: ('\u{92}', '’'), at: 2, times: 2 })));
        assert_eq!(meant("a\u{a0}b é \u{81}"), (Cow::Borrowed("a\u{a0}b é \u{81}"), None));
    }
}
