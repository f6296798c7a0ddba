//! Codes of classifications: UDC, ГРНТИ and МРНТИ, JEL; and the EDN, which is a code without a check digit.
//!
//! 1. The reader has found the codes wherever masters put them; the name of the classification before a code is taken off.
//! 2. Each is held against the way in which such a code is written. Whether it exists is not known here: the tables are not free.

use super::Master;
use super::text::{each_part, inside, place};
use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::leaf::Leaf;
use crate::model::front::{ClassCode, Scheme};

/// Reports codes that are not written as such.
pub(super) fn look(log: &mut Log, master: Master<'_>) {
    let mut codes: Vec<&ClassCode> = master.article.front.codes.iter().collect();
    each_part(&master.article.parts, &mut |part| codes.extend(&part.front.codes));
    for code in codes {
        let leaves = super::text::pieces(&master.article.leaves, &code.body);
        // A code in several pieces has markup in it, which says more than its letters.
        let [leaf] = leaves.as_slice() else { continue };
        let (from, text) = bare(leaf, code.named);
        let (kind, why) = match code.scheme {
            Scheme::Udc => (Code::InvalidUdc, udc(text)),
            Scheme::Mrnti | Scheme::Grnti => (Code::InvalidMrnti, rubricator(text)),
            Scheme::Jel => (Code::InvalidJel, jel(text)),
            Scheme::Bbk | Scheme::Msc | Scheme::Pacs => continue,
        };
        let Some(why) = why else { continue };
        let hint = match kind {
            Code::InvalidUdc => "write it as in `327(519.5)` or `378.147:004`: three digits, then a full stop",
            Code::InvalidMrnti => "write it as in `14.35.09`: two digits, then a full stop",
            _ => "write it as in `F35`",
        };
        log.push(
            Diagnostic::new(kind, format!("`{text}` is no code of this classification: {why}"))
                .at(place(master.source, leaf, from, from + text.len()))
                .hint(hint),
        );
    }
    master.tree.root.each(&mut |element| {
        let is_edn = element.name == "article-id"
            && ["custom-type", "pub-id-type"].iter().any(|name| element.value(name).is_some_and(|kind| kind.eq_ignore_ascii_case("edn")));
        if !is_edn {
            return;
        }
        let text = element.plain_text();
        if !text.is_empty() && !edn(&text) {
            log.push(
                Diagnostic::new(Code::InvalidEdn, format!("`{text}` is no EDN: it has six Latin capitals"))
                    .at(inside(master.source, element))
                    .hint("copy it from the page of the publication on elibrary.ru"),
            );
        }
    });
}

/// The code without the name of its classification before it, and where it begins in the leaf.
fn bare(leaf: &Leaf, named: bool) -> (usize, &str) {
    let text = leaf.text.as_str();
    let rest = if named { text.trim_start().trim_start_matches(char::is_alphabetic).trim_start_matches([':', '.', ' ', '\u{a0}']) } else { text };
    let rest = rest.trim();
    (text.find(rest).unwrap_or(0), rest)
}

/// What is wrong with a UDC code, or several with signs between them. Source: UDC Consortium, Guide to UDC, signs of the main and auxiliary tables.
fn udc(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        return None;
    }
    if text.len() == 8 && rubricator(text).is_none() {
        return Some("it looks like one of the ГРНТИ or МРНТИ");
    }
    if !text.chars().any(|c| c.is_ascii_digit()) {
        return Some("it has no digits");
    }
    if text.ends_with(['.', ':', '/', '+', '-', '=', ',', ';']) {
        return Some("it ends in a sign");
    }
    if text.matches('(').count() != text.matches(')').count() || text.matches('[').count() != text.matches(']').count() {
        return Some("a bracket is not closed");
    }
    if text.chars().any(|c| !c.is_alphanumeric() && !c.is_whitespace() && !".:/+()=\"'`’ʼ“”«»-–—[]*,;".contains(c)) {
        return Some("it has a sign that the classification has not");
    }
    // A time in quotation marks has four digits and more, and after an asterisk comes another notation.
    let (mut quoted, mut digits) = (false, 0);
    let mut before = None;
    for c in text.chars().take_while(|c| *c != '*') {
        match c {
            '"' | '“' | '”' | '«' | '»' => quoted = !quoted,
            c if c.is_ascii_digit() && !quoted => {
                digits += 1;
                if digits > 3 {
                    return Some("more than three digits stand together");
                }
            }
            '.' if before == Some('.') => return Some("two full stops stand together"),
            _ => {}
        }
        if !c.is_ascii_digit() {
            digits = 0;
        }
        before = Some(c);
    }
    None
}

/// What is wrong with a code of the ГРНТИ or МРНТИ, or with several. Source: ГРНТИ, three levels of two digits each.
fn rubricator(text: &str) -> Option<&'static str> {
    for code in text.split([' ', ',', ';', '\u{a0}', '+', '/', ':']).filter(|code| !code.is_empty()) {
        let groups: Vec<&str> = code.split('.').collect();
        if groups.iter().any(|group| group.len() != 2 || !group.bytes().all(|byte| byte.is_ascii_digit())) {
            return Some("its groups have two digits each");
        }
        if groups.len() > 3 {
            return Some("it has three groups at the most");
        }
    }
    None
}

/// What is wrong with a JEL code, or with several. Source: American Economic Association, JEL Classification System.
fn jel(text: &str) -> Option<&'static str> {
    for code in text.split([' ', ',', ';', '\u{a0}']).filter(|code| !code.is_empty()) {
        let mut chars = code.chars();
        let is_letter = chars.next().is_some_and(|c| matches!(c, 'A'..='R' | 'Y' | 'Z'));
        let rest = chars.as_str();
        if !is_letter || rest.len() > 2 || !rest.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some("a letter from A to R, Y or Z, and up to two digits");
        }
    }
    None
}

/// Whether this is an EDN, with its address before it or not. Source: eLIBRARY.RU, on the EDN.
fn edn(text: &str) -> bool {
    let code = text.trim().rsplit('/').next().unwrap_or_default();
    code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::super::testing::front;
    use super::*;

    #[test]
    fn codes_that_are_written_well() {
        for text in [
            "32",
            "327(519.5)(575.2)",
            "378.147:004",
            "821.161.1",
            "94(470)\"1917/1991\"",
            "811.512.154'373",
            "004.8+681.3",
            "592/599",
            "51-7",
            "628.1.03:543.3",
            "316.334; 347.78",
            "81’42",
        ] {
            assert_eq!(udc(text), None, "{text}");
        }
        for text in ["14.35.09", "06.81", "27", "14.35.09, 15.81.35", "03.20.00; 03.61.00"] {
            assert_eq!(rubricator(text), None, "{text}");
        }
        for text in ["F35", "O1", "Q", "A11, Z13"] {
            assert_eq!(jel(text), None, "{text}");
        }
        assert!(edn("ABCDEF") && edn("https://elibrary.ru/ABCDEF"));
    }

    #[test]
    fn codes_that_are_not() {
        for text in ["3271", "327.", "327(519.5", "14.35.09", "law", "327..5", "327#5"] {
            assert!(udc(text).is_some(), "{text}");
        }
        for text in ["14.35.9", "143509", "14.35.09.11", "A1"] {
            assert!(rubricator(text).is_some(), "{text}");
        }
        for text in ["35F", "F355", "S1", "f35"] {
            assert!(jel(text).is_some(), "{text}");
        }
        assert!(!edn("ABCDE") && !edn("abcdef") && !edn("АBCDEF"));
    }

    #[test]
    fn they_are_found_where_masters_put_them() {
        let subject = |kind: &str, text: &str| {
            format!("<article-categories><subj-group subj-group-type='{kind}'><subject>{text}</subject></subj-group></article-categories>")
        };
        front(&subject("udc", "УДК 3271")).says_at("invalid-udc: `3271` is no code of this classification: more than three digits stand together", "3271");
        front(&subject("mrnti", "МРНТИ: 14.35.9")).says_at("invalid-mrnti: `14.35.9`", "14.35.9");
        front(&subject("jel", "X1")).says(&["invalid-jel"]);
        front(&subject("udc", "УДК 32")).says(&[]);
        front("<article-id pub-id-type='custom' custom-type='edn'>АBCDEF</article-id>").says_at("invalid-edn", "АBCDEF");
        front("<article-id pub-id-type='edn'>QWERTY</article-id>").says(&[]);
    }
}
