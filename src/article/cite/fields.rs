//! The fields of a citation as plain text, to be looked up by what they are.

use crate::leaf::{LeafNo, Leaves, Reason};
use crate::model::citation::{Citation, Part, Role};
use crate::model::inline::{Inline, Inlines};

/// Stands in plain text for what is no text: a picture, a formula, a note.
pub(super) const ATOM: char = '\u{fffc}';

/// A citation with the plain text of each of its fields.
pub(super) struct Fields<'a> {
    pub(super) citation: &'a Citation,
    /// The text of each field, in their order.
    pub(super) texts: Vec<String>,
}

impl<'a> Fields<'a> {
    pub(super) fn of(leaves: &Leaves, citation: &'a Citation) -> Self {
        let text = |body: &Inlines| {
            let mut text = String::new();
            flatten(leaves, body, &mut text);
            text.trim().to_owned()
        };
        Self { citation, texts: citation.fields.iter().map(|field| text(&field.body)).collect() }
    }

    /// The first field of this kind, which is no name.
    pub(super) fn get(&self, part: Part) -> Option<&str> {
        self.citation.fields.iter().zip(&self.texts).find(|(field, text)| field.part == part && !text.is_empty()).map(|(_, text)| text.as_str())
    }

    /// Whether there is such a field.
    pub(super) fn has(&self, part: Part) -> bool {
        self.get(part).is_some()
    }

    /// The persons of a role, in order, each with the places of its pieces among the fields.
    pub(super) fn persons(&self, role: Role) -> Vec<(usize, Vec<usize>)> {
        let mut persons: Vec<(usize, Vec<usize>)> = Vec::new();
        for (at, field) in self.citation.fields.iter().enumerate().filter(|(_, field)| field.part.is_name() && field.role == role) {
            match persons.last_mut() {
                Some((person, pieces)) if *person == field.person => pieces.push(at),
                Some(_) | None => persons.push((field.person, vec![at])),
            }
        }
        persons
    }

    /// The number of characters of all fields.
    pub(super) fn len(&self) -> usize {
        self.texts.iter().map(|text| text.chars().count()).sum()
    }
}

/// What a run shows, one [`ATOM`] for each thing that is no text.
fn flatten(leaves: &Leaves, run: &[Inline], into: &mut String) {
    for inline in run {
        match inline {
            Inline::Text(no) => into.push_str(leaves.text(*no)),
            Inline::Generated(text) => into.push_str(text),
            Inline::Styled(_, body) | Inline::Foreign(_, body) => flatten(leaves, body, into),
            Inline::Link(link) => flatten(leaves, &link.body, into),
            Inline::Xref(xref) if !xref.body.is_empty() => flatten(leaves, &xref.body, into),
            Inline::Break => into.push(' '),
            Inline::Place(_) => {}
            Inline::Xref(_) | Inline::Note(_) | Inline::Image(_) | Inline::Formula(_) | Inline::Ruby(..) => into.push(ATOM),
        }
    }
}

/// The leaves of a run that holds nothing but text; `None` where it holds something else.
fn leaves_of(run: &[Inline], into: &mut Vec<LeafNo>) -> Option<()> {
    for inline in run {
        match inline {
            Inline::Text(no) => into.push(*no),
            Inline::Generated(_) | Inline::Break | Inline::Place(_) => {}
            Inline::Styled(_, body) | Inline::Foreign(_, body) => leaves_of(body, into)?,
            Inline::Link(link) => leaves_of(&link.body, into)?,
            Inline::Xref(_) | Inline::Note(_) | Inline::Image(_) | Inline::Formula(_) | Inline::Ruby(..) => return None,
        }
    }
    Some(())
}

/// Takes the leaves of a run back, where it holds nothing but text. Whether it did.
pub(super) fn retire(leaves: &mut Leaves, run: &[Inline], reason: Reason) -> bool {
    let mut found = Vec::new();
    if leaves_of(run, &mut found).is_none() {
        return false;
    }
    for no in found {
        leaves.retire(no, reason);
    }
    true
}

/// A run in the letters in which the style shows it: `shown` has as many characters as the run. Leaves that differ become text of the program.
pub(super) fn relettered(leaves: &mut Leaves, run: &[Inline], shown: &mut std::slice::Iter<'_, char>) -> Inlines {
    let mut out = Inlines::new();
    for inline in run {
        out.push(match inline {
            Inline::Text(no) => {
                let text: String = shown.by_ref().take(leaves.text(*no).chars().count()).collect();
                if text == leaves.text(*no) {
                    inline.clone()
                } else {
                    leaves.retire(*no, Reason::Formatted);
                    Inline::Generated(text)
                }
            }
            Inline::Generated(text) => Inline::Generated(shown.by_ref().take(text.chars().count()).collect()),
            Inline::Styled(style, body) => Inline::Styled(*style, relettered(leaves, body, shown)),
            Inline::Foreign(lang, body) => Inline::Foreign(lang.clone(), relettered(leaves, body, shown)),
            Inline::Link(link) => {
                let mut link = link.clone();
                link.body = relettered(leaves, &link.body, shown);
                Inline::Link(link)
            }
            Inline::Xref(xref) if !xref.body.is_empty() => {
                let mut xref = xref.clone();
                xref.body = relettered(leaves, &xref.body, shown);
                Inline::Xref(xref)
            }
            Inline::Place(_) => inline.clone(),
            Inline::Xref(_) | Inline::Note(_) | Inline::Image(_) | Inline::Formula(_) | Inline::Ruby(..) | Inline::Break => {
                shown.next();
                inline.clone()
            }
        });
    }
    out
}
