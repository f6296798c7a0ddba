//! DOIs and addresses for letters.
//!
//! 1. Elements that are one or the other are found in the tree.
//! 2. Each is held against the way in which such an address is written.

use super::Master;
use super::text::{Script, inside};
use crate::code::Code;
use crate::diag::{Diagnostic, Fix, Log};
use crate::source::Span;
use crate::xml::Element;

/// Reports addresses that are not written as such.
pub(super) fn look(log: &mut Log, master: Master<'_>) {
    master.tree.root.each(&mut |element| {
        let is_doi = is_doi(element);
        if !is_doi && element.name != "email" {
            return;
        }
        let text = element.plain_text();
        if text.is_empty() {
            return;
        }
        let finding = if is_doi {
            doi(&text).map(|why| Diagnostic::new(Code::InvalidDoi, format!("`{text}` is no DOI: {why}")).hint("write it as in `10.5555/12345678`"))
        } else {
            email(&text).map(|why| {
                Diagnostic::new(Code::InvalidEmail, format!("`{text}` is no address for letters: {why}"))
                    .hint("put one address into an `email`, and words and signs outside of it")
            })
        };
        if let Some(finding) = finding {
            let span = inside(master.source, element);
            // A stop at the end is the only fault where there is none without it.
            let raw = master.source.slice(span);
            let bare = raw.trim_end_matches(['.', ',', ';']);
            let sound = if is_doi { doi(bare).is_none() } else { email(bare).is_none() };
            let stop = Span { start: span.end - u32::try_from(raw.len() - bare.len()).unwrap_or(0), end: span.end };
            let fix = (sound && raw.len() > bare.len()).then(|| Fix::new("Take the sign at the end away", stop, ""));
            log.push(Diagnostic { fix, ..finding.at(span) });
        }
    });
}

fn is_doi(element: &Element) -> bool {
    let attribute = match element.name.as_str() {
        "article-id" | "pub-id" | "object-id" => "pub-id-type",
        "ext-link" if element.value("xlink:href").is_none() => "ext-link-type",
        _ => return false,
    };
    element.value(attribute).is_some_and(|kind| kind.eq_ignore_ascii_case("doi"))
}

/// What is wrong with a DOI; a resolver or a `doi:` before it is let be. Source: DOI Handbook, 2.2.
fn doi(text: &str) -> Option<&'static str> {
    // In an address the slash may be written by its code.
    let lower = text.trim().to_lowercase().replacen("%2f", "/", 1);
    let bare = ["doi:", "https://", "http://", "dx.", "doi.org/", "doi.org:", "doi:", "doi"]
        .iter()
        .fold(lower.as_str(), |rest, before| rest.strip_prefix(before).unwrap_or(rest).trim_start());
    let Some((prefix, suffix)) = bare.split_once('/') else { return Some("it has no slash") };
    let registrant = prefix.strip_prefix("10.").unwrap_or_default();
    let is_registrant = registrant.split('.').next().is_some_and(|number| (4..=9).contains(&number.len()))
        && registrant.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !is_registrant {
        return Some("it begins with `10.` and a number of at least four digits");
    }
    if suffix.is_empty() {
        return Some("nothing stands after the slash");
    }
    if suffix.contains(char::is_whitespace) {
        return Some("it has a blank");
    }
    if suffix.ends_with(['.', ',', ';']) {
        return Some("it ends in a sign that is none of it");
    }
    None
}

/// What is wrong with an address. Source: RFC 5321, 4.1.2, and RFC 6531 for letters beyond ASCII, which are let be in one script.
fn email(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.contains(char::is_whitespace) || text.contains([',', ';', ':', '<', '>', '(', ')']) {
        return Some("it has blanks or signs that are none of one address");
    }
    let Some((name, host)) = text.rsplit_once('@') else { return Some("it has no `@`") };
    if name.is_empty() || name.contains('@') || name.starts_with('.') || name.ends_with('.') || name.contains("..") {
        return Some("what stands before the `@` is no name");
    }
    let labels: Vec<&str> = host.split('.').collect();
    let is_label =
        |label: &&str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-') && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    if labels.len() < 2 || !labels.iter().all(is_label) || labels.last().is_some_and(|last| last.chars().any(|c| c.is_ascii_digit())) {
        return Some("what stands after the `@` is no host");
    }
    let has = |wanted| text.chars().any(|c| Script::of(c) == Some(wanted));
    if has(Script::Latin) && has(Script::Cyrillic) && !host.chars().all(|c| Script::of(c) != Some(Script::Latin)) {
        return Some("it has Cyrillic letters among Latin ones");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::testing::front;
    use super::*;

    #[test]
    fn addresses_that_are_right() {
        for text in [
            "10.5555/12345678",
            "doi: http://dx.doi.org/10.5555/12345678",
            "https://doi.org/10.5555%2F12345678",
            "https://doi.org/10.1000/xyz(2)",
            "doi:10.1016/S0140-6736(05)12345-6",
            "10.1000.10/123",
            "DOI 10.1234/AbC",
            "http://dx.doi.org/10.1371/journal.pone.0000001",
        ] {
            assert_eq!(doi(text), None, "{text}");
        }
        for text in ["a.b@example.org", "office@university.edu.kg", "имя@пример.рф", "o'hara+x@mail.example.com"] {
            assert_eq!(email(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_that_are_not() {
        for text in ["10.5555", "10.55/1", "11.5555/1", "10.5555/", "10.5555/a b", "10.5555/abc.", "PMID 123"] {
            assert!(doi(text).is_some(), "{text}");
        }
        for text in [
            "a@b",
            "a b@example.org",
            "a@example.org, b@example.org",
            "E-mail: a@example.org",
            "example.org",
            "a@example.org.",
            "а.b@example.org",
            "@example.org",
            "a@192.168.0.1",
        ] {
            assert!(email(text).is_some(), "{text}");
        }
    }

    #[test]
    fn they_are_found_with_their_place() {
        front("<article-id pub-id-type='doi'>10.5555/abc.</article-id>")
            .says_at("invalid-doi: `10.5555/abc.` is no DOI: it ends in a sign that is none of it", "10.5555/abc.");
        front("<author-notes><corresp>E-mail: <email>a@example</email></corresp></author-notes>").says_at("invalid-email", "a@example");
        front("<article-id pub-id-type='pmid'>123</article-id><article-id pub-id-type='doi'>10.5555/abc</article-id>").says(&[]);
    }
}
