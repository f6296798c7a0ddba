//! Labels and marks as they are found: `[1]`, `1.`, a raised `a`, an asterisk at the head of a text.

use crate::leaf::Leaves;
use crate::model::block::Block;
use crate::model::inline::{Inline, Inlines, Style};
use crate::model::plain;

/// What a label says without what is around it: `[1]`, `1.` and `(1)` say `1`. A bracket that closes one inside stays: `Smith (2010)`.
pub(super) fn bare(label: &str) -> &str {
    let said = label.trim().trim_matches(['[', ']', '(', ')']).trim().trim_end_matches(['.', ':', ')']).trim();
    let start = label.find(said).unwrap_or_default();
    let closed = label.get(start..=start + said.len()).filter(|closed| closed.ends_with(')'));
    closed.filter(|_| said.matches('(').count() > said.matches(')').count()).unwrap_or(said)
}

/// A run without the `sup` or `sub` around it.
pub(super) fn lowered(run: Inlines) -> Inlines {
    match <[Inline; 1]>::try_from(run) {
        Ok([Inline::Styled(Style::Superscript | Style::Subscript, body)]) => lowered(body),
        Ok(run) => run.into(),
        Err(run) => run,
    }
}

/// The mark with which a text begins by itself: a short superscript, or a sign such as `*`.
pub(super) fn leading_mark(leaves: &Leaves, run: &[Inline]) -> Option<String> {
    match run.first()? {
        Inline::Styled(Style::Superscript, body) => Some(plain::title(leaves, body)).filter(|mark| !mark.is_empty() && mark.chars().count() <= 3),
        Inline::Text(leaf) => {
            let signs: String = leaves.text(*leaf).chars().take_while(|char| is_sign(*char)).collect();
            (!signs.is_empty()).then_some(signs)
        }
        Inline::Styled(_, body) | Inline::Foreign(_, body) | Inline::Ruby(body, _) => leading_mark(leaves, body),
        Inline::Generated(_) | Inline::Link(_) | Inline::Xref(_) | Inline::Note(_) | Inline::Image(_) | Inline::Formula(_) | Inline::Break => None,
        Inline::Place(_) => leading_mark(leaves, run.get(1..)?),
    }
}

/// The mark with which a note's text begins by itself.
pub(super) fn mark_of_body(leaves: &Leaves, body: &[Block]) -> Option<String> {
    match body.first()? {
        Block::Paragraph(paragraph) => leading_mark(leaves, &paragraph.body),
        Block::Foreign(_, blocks) => mark_of_body(leaves, blocks),
        Block::Section(_)
        | Block::List(_)
        | Block::Definitions(_)
        | Block::Quote(_)
        | Block::Statement(_)
        | Block::Figure(_)
        | Block::Table(_)
        | Block::Boxed(_)
        | Block::Lines(_)
        | Block::Formula(_)
        | Block::References(_)
        | Block::Notes(_) => None,
    }
}

/// Whether a character is a sign that marks notes.
pub(super) fn is_sign(char: char) -> bool {
    matches!(char, '*' | '∗' | '†' | '‡' | '§' | '¶' | '‖' | '#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_bared() {
        for (label, bared) in [
            ("[1]", "1"),
            ("1.", "1"),
            ("(12)", "12"),
            (" a) ", "a"),
            ("*", "*"),
            ("Smith (2010)", "Smith (2010)"),
            ("[Smith (2010)]", "Smith (2010)"),
            ("7(a).", "7(a)"),
        ] {
            assert_eq!(bare(label), bared);
        }
    }
}
