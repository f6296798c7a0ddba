//! Numbers with check digits: ORCID, ISSN, ISBN, ROR.
//!
//! 1. The elements that hold such a number are found in the tree: most of them are data, which the model keeps without a place.
//! 2. What is not part of the number (a resolver, a word before it) is taken off.
//! 3. The number must be written as one, and its check digit must be that of the others.

use super::Master;
use super::text::inside;
use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::xml::Element;

/// Reports numbers that are not written as such or have a wrong check digit.
pub(super) fn look(log: &mut Log, master: Master<'_>) {
    master.tree.root.each(&mut |element| {
        let Some(kind) = kind(element) else { return };
        let text = element.plain_text();
        if text.is_empty() {
            return;
        }
        let (code, name, why, hint) = match kind {
            Kind::Orcid => (Code::InvalidOrcid, "ORCID", orcid(&text), "copy it from the author's page on orcid.org"),
            Kind::Issn => (Code::InvalidIssn, "ISSN", issn(&text), "copy it from portal.issn.org"),
            Kind::Isbn => (Code::InvalidIsbn, "ISBN", isbn(&text), "copy it from the back of the book's title page"),
            Kind::Ror => (Code::InvalidRor, "ROR id", ror(&text), "copy it from ror.org"),
        };
        if let Some(why) = why {
            log.push(Diagnostic::new(code, format!("`{text}` is no {name}: {why}")).at(inside(master.source, element)).hint(hint));
        }
    });
}

/// A kind of number.
#[derive(Clone, Copy)]
enum Kind {
    Orcid,
    Issn,
    Isbn,
    Ror,
}

/// The kind of number that an element holds.
fn kind(element: &Element) -> Option<Kind> {
    let typed = |attribute: &str, kind: &str| element.value(attribute).is_some_and(|value| value.eq_ignore_ascii_case(kind));
    match element.name.as_str() {
        "contrib-id" if typed("contrib-id-type", "orcid") => Some(Kind::Orcid),
        "issn" | "issn-l" => Some(Kind::Issn),
        "isbn" => Some(Kind::Isbn),
        "pub-id" if typed("pub-id-type", "isbn") => Some(Kind::Isbn),
        "pub-id" if typed("pub-id-type", "issn") => Some(Kind::Issn),
        "institution-id" if typed("institution-id-type", "ror") => Some(Kind::Ror),
        _ => None,
    }
}

const WRONG_DIGIT: &str = "its check digit is wrong, so that at least one character is mistaken";

/// What is wrong with an ORCID. A full stop at the end is another rule's. Source: ORCID, structure of the ORCID identifier.
fn orcid(text: &str) -> Option<&'static str> {
    let number = text.trim().trim_end_matches(['.', '/']).rsplit('/').next().unwrap_or_default().trim();
    let groups: Vec<&str> = number.split('-').collect();
    let is_written = groups.len() == 4 && groups.iter().all(|group| group.len() == 4);
    let Some(digits) = digits(&number.replace('-', "")).filter(|digits| is_written && digits.len() == 16 && digits[..15].iter().all(|digit| *digit < 10))
    else {
        return Some("it has four groups of four digits, with hyphens between them");
    };
    // ISO/IEC 7064, MOD 11-2.
    let sum = digits[..15].iter().fold(0, |sum, digit| (sum + digit) * 2);
    ((12 - sum % 11) % 11 != digits[15]).then_some(WRONG_DIGIT)
}

/// What is wrong with an ISSN, or with one of several with commas between them, as reference managers write that of print and that of the web. Source: ISO
/// 3297, annex B.
fn issn(text: &str) -> Option<&'static str> {
    if text.contains(',') {
        return text.split(',').find_map(issn);
    }
    let number = text.trim().trim_start_matches("ISSN").trim_start_matches([':', ' ']);
    let number = number.strip_suffix(')').map_or(number, |number| number.split(" (").next().unwrap_or(number));
    let is_written = number.len() == 9 && number.as_bytes().get(4) == Some(&b'-');
    let Some(digits) = digits(&number.replace('-', "")).filter(|digits| is_written && digits.len() == 8 && digits[..7].iter().all(|digit| *digit < 10)) else {
        return Some("it has two groups of four digits, with a hyphen between them");
    };
    let sum: u32 = digits[..7].iter().zip((2..=8).rev()).map(|(digit, weight)| digit * weight).sum();
    ((11 - sum % 11) % 11 != digits[7]).then_some(WRONG_DIGIT)
}

/// What is wrong with an ISBN. A word behind it, such as `(hbk.)`, is no part of it; reference managers write those of all editions, a blank between
/// them. Source: ISO 2108, annex C.
fn isbn(text: &str) -> Option<&'static str> {
    let count = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    if text.split_whitespace().count() > 1 && text.split_whitespace().all(|one| count(one) >= 9) {
        return text.split_whitespace().find_map(isbn);
    }
    let rest = text.trim().trim_start_matches("ISBN").trim_start_matches("-13:").trim_start_matches("-10:").trim_start_matches([':', ' ']);
    let number: String =
        rest.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | '‐' | '‑' | ' ' | 'X' | 'x')).filter(|c| c.is_ascii_alphanumeric()).collect();
    match (number.len(), digits(&number)) {
        (10, Some(digits)) if digits[..9].iter().all(|digit| *digit < 10) => {
            let sum: u32 = digits.iter().zip((1..=10).rev()).map(|(digit, weight)| digit * weight).sum();
            (!sum.is_multiple_of(11)).then_some(WRONG_DIGIT)
        }
        (13, Some(digits)) if digits.iter().all(|digit| *digit < 10) => {
            if !number.starts_with("978") && !number.starts_with("979") {
                return Some("thirteen digits begin with 978 or 979");
            }
            let sum: u32 = digits.iter().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
            (!sum.is_multiple_of(10)).then_some(WRONG_DIGIT)
        }
        _ => Some("it has ten digits or thirteen"),
    }
}

/// The values of digits, an X being ten; `None` where there is anything else.
fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| if matches!(c, 'X' | 'x') { Some(10) } else { c.to_digit(10) }).collect()
}

/// The letters and digits of a ROR id by their value. Source: Crockford, Base 32.
const BASE_32: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// What is wrong with a ROR id. Source: ROR, identifier pattern; ISO/IEC 7064, MOD 97-10.
fn ror(text: &str) -> Option<&'static str> {
    let id = text.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let wrong = Some("after `https://ror.org/` come a zero, six letters or digits, and two digits");
    if id.len() != 9 || !id.is_ascii() || !id.starts_with('0') {
        return wrong;
    }
    let (body, check) = id[1..].split_at(6);
    let value = body.bytes().try_fold(0_u64, |sum, byte| Some(sum * 32 + u64::try_from(BASE_32.iter().position(|digit| *digit == byte)?).ok()?));
    let (Some(value), Ok(check)) = (value, check.parse::<u64>()) else { return wrong };
    (98 - (value * 100) % 97 != check).then_some("its check digits are wrong, so that at least one character is mistaken")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{article, checked, front};
    use super::*;

    #[test]
    fn numbers_that_are_right() {
        for text in ["0000-0002-1825-0097", "https://orcid.org/0000-0001-5109-3700", "http://orcid.org/0000-0002-1694-233X", "0000-0002-1825-0097."] {
            assert_eq!(orcid(text), None, "{text}");
        }
        for text in ["0378-5955", "2434-561X", "ISSN 0024-9319", "1050-124X (print)", "0378-5955, 2434-561X"] {
            assert_eq!(issn(text), None, "{text}");
        }
        for text in ["0-306-40615-2", "978-0-306-40615-7", "9780306406157 (hbk.)", "ISBN: 080442957X", "978–5–699–12014–7", "0-306-40615-2 978-0-306-40615-7"]
        {
            assert_eq!(isbn(text), None, "{text}");
        }
        for text in ["https://ror.org/00f54p054", "https://ror.org/03yrm5c26", "02mhbdp94"] {
            assert_eq!(ror(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_that_are_not() {
        for text in ["0000-0002-1825-0098", "0000-0002-1825-009", "0000000218250097", "https://orcid.org/", "X000-0002-1825-0097"] {
            assert!(orcid(text).is_some(), "{text}");
        }
        for text in ["0378-5956", "03785955", "0378–5955", "1234", "0378-5955, 2434-5610"] {
            assert!(issn(text).is_some(), "{text}");
        }
        for text in ["0-306-40615-3", "978-0-306-40615-8", "123", "977-0-306-40615-7", "0-306-40615-2 978-0-306-40615-8"] {
            assert!(isbn(text).is_some(), "{text}");
        }
        for text in ["https://ror.org/00f54p055", "https://ror.org/0of54p054", "00f54p05", "Сtanford"] {
            assert!(ror(text).is_some(), "{text}");
        }
    }

    #[test]
    fn they_are_found_with_their_place() {
        front("<contrib-group><contrib><contrib-id contrib-id-type='orcid'> https://orcid.org/0000-0002-1825-0098</contrib-id><name><surname>A</surname></name></contrib></contrib-group>")
            .says_at("invalid-orcid: `https://orcid.org/0000-0002-1825-0098` is no ORCID: its check digit is wrong", "https://orcid.org/0000-0002-1825-0098");
        let reference = "<ref-list><ref><element-citation><source>Book</source><isbn>978-0-306-40615-8</isbn></element-citation></ref></ref-list>";
        checked(&article("en", "", "<p>Text.</p>", reference)).says_at("invalid-isbn", "978-0-306-40615-8");
        let journal = article("en", "", "<p>Text.</p>", "")
            .replace("<article-meta>", "<journal-meta><issn pub-type='epub'>0378-5956</issn></journal-meta><article-meta>");
        checked(&journal).says_at("invalid-issn", "0378-5956");
        front("<aff><institution-wrap><institution-id institution-id-type='ror'>https://ror.org/00f54p055</institution-id><institution>X</institution></institution-wrap></aff>")
            .says_at("invalid-ror", "https://ror.org/00f54p055");
    }
}
