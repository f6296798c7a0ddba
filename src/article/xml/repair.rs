//! What is mended in a master that is not well-formed.
//!
//! 1. [`mask`] finds each `<` that begins no tag, before the reader sees it.
//! 2. [`close`] says what an end tag closes that does not fit the innermost open element.
//! 3. [`Repairs`] counts, and says what was done: once for each kind, at its first place.
//!
//! Only what has one sensible reading is mended, and no text is lost by it. A file that is cut off, or that goes on behind its root, is not mended.

use crate::code::Code;
use crate::diag::{Diagnostic, Fix, Log};
use crate::source::Span;

/// How many end tags may be guessed at: a file with more of them is damaged, not mistaken.
const MOST_GUESSES: usize = 100;

/// How many repairs of any kind are made.
const MOST: usize = 10_000;

/// What stands for a `<` that is text while quick-xml reads. It is as long, and no XML may hold it.
pub(super) const MASK: u8 = 1;

/// Elements that are taken for each other: what one begins, the other may end.
const LOOK_ALIKE: [(&str, &str); 1] = [("name", "string-name")];

/// What an end tag that does not fit closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closes {
    /// The innermost open element, which has another name that is easily mistaken for it.
    LookAlike,
    /// An element further out, and so many inside it.
    Outer(usize),
    /// Nothing that is open.
    Nothing,
}

/// What the end tag `found` closes where `open` are the names of the open elements, innermost last, and the last is not its own.
#[must_use]
pub(super) fn close<'a>(mut open: impl DoubleEndedIterator<Item = &'a str> + Clone, found: &str) -> Closes {
    if let Some(inside) = open.clone().rev().position(|name| name == found) {
        return Closes::Outer(inside);
    }
    let innermost = open.next_back().unwrap_or_default();
    let alike = LOOK_ALIKE.iter().any(|pair| *pair == (innermost, found) || *pair == (found, innermost));
    if alike { Closes::LookAlike } else { Closes::Nothing }
}

/// A kind of repair.
#[derive(Debug)]
struct Kind {
    what: String,
    /// The first place.
    at: Span,
    times: usize,
    /// What mends the first place, where nothing else can be meant.
    fix: Option<Fix>,
}

/// The repairs of one master.
#[derive(Debug, Default)]
pub(super) struct Repairs {
    /// What was done, where first, and how often.
    kinds: Vec<Kind>,
    all: usize,
    guesses: usize,
}

impl Repairs {
    /// Notes a repair of which there can be no doubt, and what would mend the master.
    pub(super) fn certain(&mut self, at: Span, what: impl Into<String>, fix: Option<Fix>) -> Result<(), Box<Diagnostic>> {
        let what = what.into();
        match self.kinds.iter_mut().find(|kind| kind.what == what) {
            Some(kind) => kind.times += 1,
            None => self.kinds.push(Kind { what, at, times: 1, fix }),
        }
        self.all += 1;
        if self.all > MOST {
            return Err(Box::new(Diagnostic::new(Code::NotXml, format!("the file has more than {MOST} mistakes")).at(at)));
        }
        Ok(())
    }

    /// Notes a repair that may mean something else than the author did.
    pub(super) fn guess(&mut self, at: Span, what: impl Into<String>) -> Result<(), Box<Diagnostic>> {
        self.guesses += 1;
        if self.guesses > MOST_GUESSES {
            return Err(Box::new(
                Diagnostic::new(Code::NotXml, format!("more than {MOST_GUESSES} tags of the file fit nothing"))
                    .at(at)
                    .hint("the file is damaged; look at the first of the warnings"),
            ));
        }
        self.certain(at, what, None)
    }

    /// Says what was done.
    pub(super) fn report(&self, log: &mut Log) {
        for Kind { what, at, times, fix } in &self.kinds {
            let often = if *times == 1 { String::new() } else { format!(" ({times} times)") };
            log.push(Diagnostic { fix: fix.clone(), ..Diagnostic::new(Code::RepairedXml, format!("{what}{often}")).at(*at) });
        }
    }
}

/// Whether `name` is what can stand between `&` and `;`: a name, or a character's number (XML 1.0, 4.1).
#[must_use]
pub(super) fn is_reference(name: &str) -> bool {
    if let Some(number) = name.strip_prefix('#') {
        return match number.strip_prefix('x') {
            Some(hex) => !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit()),
            None => !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()),
        };
    }
    name.bytes().next().is_some_and(begins_name) && name.bytes().all(|byte| begins_name(byte) || byte.is_ascii_digit() || matches!(byte, b'-' | b'.'))
}

/// Whether a name may begin with this byte (XML 1.0, 2.3); beyond ASCII, every letter is let pass.
fn begins_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':') || byte >= 0x80
}

/// Whether markup may begin with `<` before this byte.
fn begins_markup(byte: Option<u8>) -> bool {
    byte.is_none_or(|byte| begins_name(byte) || matches!(byte, b'/' | b'!' | b'?'))
}

/// The text with [`MASK`] for each `<` that begins no tag; `None` where there is none, as in nearly every master.
#[must_use]
pub(super) fn mask(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let suspicious = |at: &usize| bytes[*at] == b'<' && !begins_markup(bytes.get(at + 1).copied());
    (0..bytes.len()).find(suspicious)?;
    let mut masked = String::with_capacity(text.len());
    let (mut kept, mut at) = (0, 0);
    while let Some(next) = text[at..].find('<').map(|found| at + found) {
        if begins_markup(bytes.get(next + 1).copied()) {
            at = next + markup(&text[next..]);
        } else {
            masked.push_str(&text[kept..next]);
            masked.push(char::from(MASK));
            at = next + 1;
            kept = at;
        }
    }
    masked.push_str(&text[kept..]);
    Some(masked)
}

/// How long the markup is with which a text begins. All of it where it does not end.
fn markup(text: &str) -> usize {
    let until = |end: &str| text.find(end).map_or(text.len(), |at| at + end.len());
    if text.starts_with("<!--") {
        until("-->")
    } else if text.starts_with("<![CDATA[") {
        until("]]>")
    } else if text.starts_with("<?") {
        until("?>")
    } else if text.starts_with("<!") {
        // A document type with declarations of its own ends behind its bracket.
        let plain = until(">");
        if text[..plain].contains('[') { text.find(']').and_then(|at| Some(at + text[at..].find('>')? + 1)).unwrap_or(text.len()) } else { plain }
    } else {
        let mut quote = None;
        for (at, byte) in text.bytes().enumerate() {
            match (quote, byte) {
                (None, b'>') => return at + 1,
                (None, b'"' | b'\'') => quote = Some(byte),
                (Some(open), byte) if open == byte => quote = None,
                (None | Some(_), _) => {}
            }
        }
        text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_tag_closes_what_it_can() {
        let open = ["ref", "p", "bold", "string-name"];
        assert_eq!(close(open.into_iter(), "p"), Closes::Outer(2));
        assert_eq!(close(open.into_iter(), "name"), Closes::LookAlike);
        assert_eq!(close(open.into_iter(), "italic"), Closes::Nothing);
        assert_eq!(close([].into_iter(), "p"), Closes::Nothing);
    }

    #[test]
    fn only_a_sign_in_text_is_masked() {
        assert_eq!(mask("<a b='x < 1'>y</a>").as_deref(), Some("<a b='x < 1'>y</a>"));
        assert_eq!(mask("<a>x < 1<b/></a>").as_deref(), Some("<a>x \u{1} 1<b/></a>"));
        assert_eq!(mask("<a><![CDATA[< 1]]><!-- < --><?x < ?>p <0.05</a>").as_deref(), Some("<a><![CDATA[< 1]]><!-- < --><?x < ?>p \u{1}0.05</a>"));
        assert_eq!(mask("<!DOCTYPE a [<!ENTITY b '< 1'>]><a>< </a>").as_deref(), Some("<!DOCTYPE a [<!ENTITY b '< 1'>]><a>\u{1} </a>"));
        assert_eq!(mask("<a>well-formed</a>"), None);
    }

    #[test]
    fn references_are_told_from_signs() {
        for name in ["amp", "#233", "#xE9", "ndash", "é"] {
            assert!(is_reference(name), "{name}");
        }
        for name in ["", " ", "c=2", "#", "#xZZ", "#1a", " D"] {
            assert!(!is_reference(name), "{name}");
        }
    }
}
