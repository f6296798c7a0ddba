//! URLs that lead nowhere as they are written.
//!
//! 1. The text of every leaf is searched for what begins like a URL; the text of a link may be the end of one and is looked at as it stands.
//! 2. A URL without a host, with a scheme that is misspelt or stands twice, or that ends in the hyphen of a line break is broken.
//! 3. A URL that goes on after a blank was cut by it. That is only said where what follows can be nothing else.
//!
//! Source: RFC 3986, 3.

use super::Master;
use super::text::{NAMED, others, place};
use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::source::Span;

/// Elements in whose text an address is an example.
const EXAMPLES: [&str; 4] = ["code", "preformat", "tex-math", "monospace"];

/// Reports broken URLs.
pub(super) fn look(log: &mut Log, master: Master<'_>) {
    let mut found: Vec<(String, &'static str, Span)> = Vec::new();
    for (_, leaf) in master.article.leaves.iter().filter(|(_, leaf)| !EXAMPLES.contains(&leaf.element.as_str())) {
        for broken in broken_urls(&leaf.text) {
            let text = leaf.text.get(broken.from..broken.to).unwrap_or_default().to_owned();
            found.push((text, broken.why, place(master.source, leaf, broken.from, broken.to)));
        }
    }
    let all = found.len();
    for (at, (text, why, span)) in found.into_iter().take(NAMED).enumerate() {
        let others = others(at, all, "is broken", "are broken");
        log.push(
            Diagnostic::new(Code::BrokenUrl, format!("the address `{}` {why}{others}", short(&text)))
                .at(span)
                .hint("take it from the browser's address line anew"),
        );
    }
}

/// The beginning and the end of a long address.
fn short(text: &str) -> String {
    let count = text.chars().count();
    if count <= 70 {
        return text.to_owned();
    }
    let (start, end): (String, String) = (text.chars().take(35).collect(), text.chars().skip(count - 30).collect());
    format!("{start}…{end}")
}

/// A broken URL in a text.
#[derive(Debug, PartialEq, Eq)]
struct Broken {
    from: usize,
    to: usize,
    why: &'static str,
}

/// The pieces of a text between blanks, with their places.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut tokens = Vec::new();
    for piece in text.split_inclusive([' ', '\u{a0}', '\u{2009}', '\u{202f}', '\u{2028}']) {
        let word = piece.trim_end_matches([' ', '\u{a0}', '\u{2009}', '\u{202f}', '\u{2028}']);
        if !word.is_empty() {
            tokens.push((at, word));
        }
        at += piece.len();
    }
    tokens
}

fn broken_urls(text: &str) -> Vec<Broken> {
    if !text.contains("tp") && !text.contains("www") {
        return Vec::new();
    }
    let tokens = tokens(text);
    let mut broken = Vec::new();
    for (nth, (at, word)) in tokens.iter().enumerate() {
        let Some(begins) = beginning(word) else { continue };
        let address = word[begins..].trim_end_matches(['.', ',', ';', ':', ')', ']', '>', '»', '”', '"', '’', '\'', '!']);
        let (from, to) = (at + begins, at + begins + address.len());
        let next = tokens.get(nth + 1).copied();
        let is_cut_short = address.eq_ignore_ascii_case("www") && next.is_some_and(|(_, next)| next.trim_end_matches('.').contains('.'));
        if let Some((next_at, next)) = next.filter(|_| is_cut_short) {
            broken.push(Broken { from, to: next_at + next.trim_end_matches(['.', ',', ';', ')', ']', '>']).len(), why: "is cut by a blank" });
        } else if let Some(why) = fault(address) {
            broken.push(Broken { from, to, why });
        } else if let Some((next_at, next)) = next.filter(|(_, next)| goes_on(&word[begins..], next)) {
            broken.push(Broken { from, to: next_at + next.trim_end_matches(['.', ',', ';', ')', ']', '>']).len(), why: "is cut by a blank" });
        } else if address.ends_with(['-', '‐']) && !address.contains('=') {
            broken.push(Broken { from, to, why: "ends in a hyphen, as where a line was broken" });
        }
    }
    broken
}

/// Where an address begins in a word, the misspelt ones included.
fn beginning(word: &str) -> Option<usize> {
    let lower = word.to_ascii_lowercase();
    if lower.len() != word.len() {
        return None;
    }
    let starts = ["http:", "https:", "http//", "https//", "htp:", "htps:", "htttp:", "htttps:", "ttp:", "ttps:", "www."];
    let at = starts.iter().filter_map(|start| lower.find(start)).min()?;
    // `ttp:` is found in `http:` too; what begins a word, or follows a bracket or a colon, is an address.
    let before = word[..at].chars().next_back();
    before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '=' | '?' | '&' | '.')).then_some(at)
}

/// What is wrong with an address by itself.
fn fault(address: &str) -> Option<&'static str> {
    let lower = address.to_ascii_lowercase();
    let rest = match lower.split_once("://") {
        Some(("http" | "https", rest)) => rest,
        Some(_) => return Some("has a scheme that is misspelt"),
        None if lower.starts_with("www.") => &lower,
        None if lower.starts_with("http:\\\\") || lower.starts_with("https:\\\\") => return Some("has backslashes in place of slashes"),
        // `http:` alone is a word of a sentence about addresses.
        None if lower.len() <= 6 => return None,
        None => return Some("has a scheme that is misspelt"),
    };
    if ["http://", "https://", "http//", "https//", "http:/"].iter().any(|scheme| rest.starts_with(scheme)) {
        return Some("has its scheme twice");
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default().split(':').next().unwrap_or_default();
    if host.is_empty() {
        return Some("has no host");
    }
    let labels: Vec<&str> = host.split('.').collect();
    let bracketed = rest.starts_with('[');
    if !bracketed && host != "localhost" && (labels.len() < 2 || labels.iter().any(|label| label.is_empty())) {
        return Some("has no whole host");
    }
    None
}

/// Whether a word can only be the rest of the address before it: the address ends in the middle, and the word has what only addresses have.
fn goes_on(address: &str, next: &str) -> bool {
    let open = address.ends_with(['/', '-', '_', '=', '?', '&', '%', '#', '.']);
    let next = next.trim_end_matches(['.', ',', ';', ')', ']', '>']);
    if !open || !next.is_ascii() || next.contains("://") || next.starts_with("www.") || next.starts_with(['(', '[', '<', '"', '\'']) {
        return false;
    }
    let starts_well = next.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '/');
    let extended = [".html", ".htm", ".pdf", ".php", ".aspx", ".asp", ".shtml", ".jsp"].iter().any(|extension| next.contains(extension));
    let mixed = next.contains(['_', '=', '%', '?']) || next.matches('/').count() >= 2 || extended;
    let after_hyphen = address.ends_with('-') && next.contains('-') && next.starts_with(|c: char| c.is_ascii_lowercase());
    starts_well && (mixed || after_hyphen) && !next.starts_with("10.") && next.len() > 3
}

#[cfg(test)]
mod tests {
    use super::super::testing::{article, checked};
    use super::*;

    fn why(text: &str) -> Option<&'static str> {
        broken_urls(text).first().map(|broken| broken.why)
    }

    #[test]
    fn addresses_that_lead_somewhere() {
        for text in [
            "see https://example.org/a/b?c=d#e.",
            "(http://example.org/).",
            "https://example.org/ and/or more",
            "https://example.org/ (accessed 1.2.2020)",
            "at http://127.0.0.1:8080/x",
            "www.example.org",
            "the protocol http: is old",
            "https://web.archive.org/web/2020/http://example.org/",
            "https://example.org/ 10.5555/abc/def_g",
            "https://пример.рф/страница",
            "http://example.org/a-b",
            "https://example.org. https://example.net",
            "http://example.org/cgi?x=-",
        ] {
            assert_eq!(why(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_that_do_not() {
        for (text, wanted) in [
            ("https:// doi.org/10.1/x", "has no host"),
            ("http://example/x", "has no whole host"),
            ("http://https://example.org", "has its scheme twice"),
            ("htp://example.org", "has a scheme that is misspelt"),
            ("http//example.org", "has a scheme that is misspelt"),
            ("http:\\\\example.org", "has backslashes in place of slashes"),
            ("https://example.org/South-Korea- discuss-the-matter", "is cut by a blank"),
            ("https://example.org/ files/report_1.pdf", "is cut by a blank"),
            ("https://example.org/page- (accessed 2020)", "ends in a hyphen, as where a line was broken"),
            ("www. example.org/x", "is cut by a blank"),
        ] {
            assert_eq!(why(text), Some(wanted), "{text}");
        }
    }

    #[test]
    fn they_are_found_in_the_master() {
        checked(&article("en", "", "<p>See &lt;http://example.org/a- b-c.html&gt;.</p><p><monospace>http://x</monospace></p>", ""))
            .says_at("broken-url: the address `http://example.org/a- b-c.html` is cut by a blank", "http://example.org/a- b-c.html");
    }
}
