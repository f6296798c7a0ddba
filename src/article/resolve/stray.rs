//! Superscripts that look like marks and mark nothing.
//!
//! A raised number or sign right after a word of running text is almost always the mark of a note or a citation. Powers,
//! units and isotopes are raised too, so that only whole words count: four letters at least, none of the names of
//! units and of Greek letters, no operator after it. In doubt nothing is said.

use super::marks::is_sign;
use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::leaf::Leaves;
use crate::model::block::Block;
use crate::model::inline::{Inline, Style};
use crate::model::walk::{Visit, walk_block, walk_blocks};
use crate::model::{Article, plain};
use crate::source::Span;

/// How many of them are reported one by one.
const NAMED: usize = 5;

/// The shortest word that is taken for one.
const WORD: usize = 4;

/// Words that have powers.
const MEASURES: &[&str] = &[
    "metre",
    "metres",
    "meter",
    "meters",
    "inch",
    "inches",
    "feet",
    "foot",
    "yard",
    "yards",
    "mile",
    "miles",
    "pixel",
    "pixels",
    "voxel",
    "voxels",
    "acre",
    "hectare",
    "second",
    "seconds",
    "year",
    "years",
    "time",
    "alpha",
    "beta",
    "gamma",
    "delta",
    "theta",
    "kappa",
    "lambda",
    "sigma",
    "omega",
    "метр",
    "метра",
    "метров",
    "секунд",
];

/// Reports superscripts that look like marks.
pub(super) fn look(log: &mut Log, article: &Article, leaves: &Leaves) {
    let mut looker = Looker { leaves, found: Vec::new() };
    walk_blocks(&mut looker, &article.body);
    let Some(((mark, word, span), others)) = looker.found.split_first() else { return };
    let hint = "make it an `xref` to a note or a reference, or take it away";
    let report = |log: &mut Log, message: String, word: &str, mark: &str, span: Span| {
        log.push(Diagnostic::new(Code::MarkWithoutNote, message).at(span).label(format!("after `{word}`: `{mark}`")).hint(hint));
    };
    if others.len() >= NAMED {
        let message = format!("the superscript `{mark}` marks nothing, and {} others like it", others.len());
        return report(log, message, word, mark, *span);
    }
    for (mark, word, span) in &looker.found {
        report(log, format!("the superscript `{mark}` marks nothing"), word, mark, *span);
    }
}

struct Looker<'a> {
    leaves: &'a Leaves,
    /// Mark, the word before it, its place.
    found: Vec<(String, String, Span)>,
}

impl Visit for Looker<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(paragraph) => self.run(&paragraph.body),
            Block::Section(_) | Block::List(_) | Block::Quote(_) | Block::Boxed(_) | Block::Statement(_) | Block::Foreign(..) => walk_block(self, block),
            Block::Definitions(_) | Block::Figure(_) | Block::Table(_) | Block::Lines(_) | Block::Formula(_) | Block::References(_) | Block::Notes(_) => {}
        }
    }
}

impl Looker<'_> {
    fn run(&mut self, run: &[Inline]) {
        for (at, inline) in run.iter().enumerate() {
            match inline {
                Inline::Text(leaf) => self.raised_characters(*leaf),
                Inline::Styled(Style::Superscript, body) => {
                    let before = at.checked_sub(1).and_then(|before| run.get(before));
                    self.raised(before, body, run.get(at + 1));
                }
                Inline::Generated(_)
                | Inline::Styled(..)
                | Inline::Ruby(..)
                | Inline::Foreign(..)
                | Inline::Link(_)
                | Inline::Xref(_)
                | Inline::Note(_)
                | Inline::Image(_)
                | Inline::Formula(_)
                | Inline::Break
                | Inline::Place(_) => {}
            }
        }
    }

    /// A superscript after a text.
    fn raised(&mut self, before: Option<&Inline>, body: &[Inline], after: Option<&Inline>) {
        let (Some(Inline::Text(before)), [Inline::Text(raised)]) = (before, body) else { return };
        let mark = self.leaves.text(*raised).trim();
        if !is_mark(mark) {
            return;
        }
        let next = after.map(|after| plain::text(self.leaves, std::slice::from_ref(after))).unwrap_or_default();
        let Some(word) = marked_word(self.leaves.text(*before)).filter(|_| !goes_on(&next)) else { return };
        let span = self.leaves.get(*raised).map(|leaf| leaf.span).unwrap_or_default();
        self.found.push((mark.to_owned(), word.to_owned(), span));
    }

    /// Superscript digits among the characters of a text.
    fn raised_characters(&mut self, no: crate::leaf::LeafNo) {
        let Some(leaf) = self.leaves.get(no) else { return };
        let mut end = 0;
        for (at, char) in leaf.text.char_indices() {
            if at < end || !is_raised_digit(char) {
                continue;
            }
            let mark: String = leaf.text[at..].chars().take_while(|char| is_raised_digit(*char)).collect();
            end = at + mark.len();
            if let Some(word) = marked_word(&leaf.text[..at])
                && !goes_on(&leaf.text[end..])
            {
                self.found.push((mark, word.to_owned(), leaf.span));
            }
        }
    }
}

/// Digits with commas and dashes, or signs, and nothing else.
fn is_mark(mark: &str) -> bool {
    let is_number =
        mark.starts_with(|char: char| char.is_ascii_digit()) && mark.chars().all(|char| char.is_ascii_digit() || matches!(char, ',' | ' ' | '–' | '-'));
    !mark.is_empty() && mark.chars().count() <= 12 && (is_number || mark.chars().all(is_sign))
}

fn is_raised_digit(char: char) -> bool {
    matches!(char, '¹' | '²' | '³' | '⁴' | '⁵' | '⁶' | '⁷' | '⁸' | '⁹' | '⁰')
}

/// The word at the end of a text that a mark can belong to, punctuation after it or not.
fn marked_word(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(['.', ',', ';', ':', '»', '”', '"', '’', '?', '!']);
    let start = text.char_indices().rev().take_while(|(_, char)| char.is_alphabetic()).last().map(|(at, _)| at)?;
    let (before, word) = text.split_at(start);
    let stands_alone = before.chars().next_back().is_none_or(|char| char.is_whitespace() || matches!(char, '(' | '«' | '“' | '"' | '-' | '‑' | '’'));
    let is_word = word.chars().count() >= WORD && word.chars().skip(1).all(char::is_lowercase) && !MEASURES.contains(&word.to_lowercase().as_str());
    (stands_alone && is_word).then_some(word)
}

/// Whether what follows makes a formula of it.
fn goes_on(next: &str) -> bool {
    next.trim_start().starts_with(['=', '+', '−', '<', '>', '×', '·', '/', '^', '±', '≈', '~', '-', '%', '°']) || next.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::super::testing::resolved;

    #[test]
    fn marks_of_nothing_are_named() {
        for text in [
            "a democratic government<sup>2</sup>. Though",
            "a democratic government². Though",
            "the risk,<sup>27-31</sup> and",
            "правительства<sup>*</sup> и",
            "«строй»² и",
        ] {
            resolved("", &format!("<p>{text}</p>"), "").says(&["mark-without-note: the superscript"]);
        }
    }

    #[test]
    fn powers_units_and_isotopes_are_no_marks() {
        for text in [
            "10<sup>2</sup> cells",
            "5 km<sup>2</sup>",
            "200 metres<sup>2</sup>",
            "the <sup>13</sup>C",
            "x<sup>2</sup>",
            "<italic>radius</italic><sup>2</sup>",
            "radius<sup>2</sup> = 4",
            "cm² and km³",
            "CaCO<sup>3</sup>",
            "min<sup>-1</sup>",
            "word<sup>th</sup>",
            "Calcium<sup>2+</sup>",
            "a2word<sup>2</sup>",
        ] {
            resolved("", &format!("<p>{text}</p>"), "").says(&[]);
        }
    }

    #[test]
    fn a_mark_that_leads_somewhere_is_none_of_them() {
        resolved(
            "",
            "<p>government<sup><xref ref-type='bibr' rid='r1'>1</xref></sup></p>",
            "<ref-list><ref id='r1'><label>1</label><mixed-citation>a</mixed-citation></ref></ref-list>",
        )
        .says(&[]);
    }

    #[test]
    fn many_are_said_at_once() {
        let text: String = (1..=7).map(|number| format!("government<sup>{number}</sup> ")).collect();
        resolved("", &format!("<p>{text}</p>"), "").says(&["mark-without-note: the superscript `1` marks nothing, and 6 others like it"]);
    }
}
