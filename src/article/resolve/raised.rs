//! Citations and marks of notes that lost their height: a number that stands directly after a word or its stop is raised.
//!
//! 1. In each run a citation or the mark of a note that is a bare number is looked for (`racemates,<xref ref-type="bibr" rid="B2">2</xref>`), which no space and no bracket
//!    parts from what it belongs to. Where the journal prints raised numbers, some publishers' masters leave the raising to the style sheet; on the
//!    line it would be read as part of the word or of a sum (“500 milligrams.12”).
//! 2. What parts such numbers from each other (`,` `–`, raised or not) goes up with them.
//!
//! No text is changed. A year, or a citation after a digit or after `Ref.`, stays where it is, and so does what is raised already. The mark of a note goes up after a
//! digit too: “in 2012” and a note 4 are no year 20124.

use crate::leaf::Leaves;
use crate::model::inline::{Inline, Inlines, Style, Xref, XrefKind};
use crate::model::walk::{VisitMut, walk_inline_mut};
use crate::model::{Article, plain};

use super::walk;

/// Raises the citations and marks of notes of an article that are to stand above the line.
pub(super) fn set(article: &mut Article, leaves: &Leaves) {
    walk::article(&mut Raiser(leaves), article);
}

struct Raiser<'a>(&'a Leaves);

impl VisitMut for Raiser<'_> {
    fn inlines(&mut self, run: &mut Inlines) {
        let mut out: Inlines = Vec::with_capacity(run.len());
        let mut rest = std::mem::take(run).into_iter().peekable();
        while let Some(inline) = rest.next() {
            if !(self.is_number(&inline) && self.is_glued(&out, is_note(&inline))) {
                out.push(inline);
                continue;
            }
            let mut group = vec![inline];
            let mut parting = Vec::new();
            while let Some(next) = rest.next_if(|next| self.is_number(next) || parting.is_empty() && self.is_parting(next)) {
                if self.is_number(&next) {
                    group.append(&mut parting);
                    group.push(next);
                } else {
                    parting.extend(lowered(next));
                }
            }
            out.push(Inline::Styled(Style::Superscript, group));
            // A comma after the last number belongs to the sentence.
            out.append(&mut parting);
        }
        *run = out;
        run.iter_mut().for_each(|inline| self.inline(inline));
    }

    fn inline(&mut self, inline: &mut Inline) {
        // What is raised already stays as it is.
        if !matches!(inline, Inline::Styled(Style::Superscript | Style::Subscript, _)) {
            walk_inline_mut(self, inline);
        }
    }
}

impl Raiser<'_> {
    /// Whether this is a citation or a mark of which the master shows a number, or several, and nothing else.
    fn is_number(&self, inline: &Inline) -> bool {
        let Inline::Xref(Xref { kind: XrefKind::Citation | XrefKind::Note, body, .. }) = inline else { return false };
        let text = plain::text(self.0, body);
        let text = text.trim();
        let is_year = text.len() == 4 && text.starts_with(['1', '2']);
        let is_raised = matches!(body.as_slice(), [Inline::Styled(Style::Superscript, _)]);
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | '–' | '‑'))
            && !is_year
            && !is_raised
    }

    /// Whether a number after this stands directly at a word, or at the stop after one; the mark of a note also at a number.
    fn is_glued(&self, run: &[Inline], is_note: bool) -> bool {
        let Some((before, others)) = run.split_last() else { return false };
        let mut text = plain::text(self.0, std::slice::from_ref(before));
        // A stop by itself belongs to the word before it: `<italic>et al</italic>.`
        if !text.contains(char::is_alphanumeric) && !text.starts_with(char::is_whitespace) {
            text.insert_str(
                0,
                &others.last().filter(|word| !matches!(word, Inline::Xref(_))).map(|word| plain::text(self.0, std::slice::from_ref(word))).unwrap_or_default(),
            );
        }
        let closes = |c: char| {
            c.is_alphabetic() || is_note && c.is_ascii_digit() || matches!(c, ')' | ']' | '.' | ',' | ';' | ':' | '?' | '!' | '”' | '’' | '"' | '»' | '“' | '%')
        };
        if matches!(before, Inline::Xref(_)) || !text.ends_with(closes) {
            return false;
        }
        let mut words = text.trim_end_matches(|c: char| !c.is_alphanumeric()).rsplit(|c: char| !c.is_alphanumeric());
        let word = words.next().unwrap_or_default();
        let names = matches!(
            word.to_lowercase().as_str(),
            "ref" | "refs" | "reference" | "references" | "no" | "nos" | "nr" | "note" | "notes" | "fn" | "см" | "п" | "п°"
        );
        !word.is_empty() && !names
    }

    /// Whether this parts two numbers: a comma, a dash, a space, raised or not.
    fn is_parting(&self, inline: &Inline) -> bool {
        let text = match inline {
            Inline::Text(_) => plain::text(self.0, std::slice::from_ref(inline)),
            Inline::Styled(Style::Superscript, run) => plain::text(self.0, run),
            _ => return false,
        };
        !text.is_empty() && text.chars().all(|c| matches!(c, ',' | '-' | '–' | '‑' | '—') || c.is_whitespace())
    }
}

/// Whether it is the mark of a note.
fn is_note(inline: &Inline) -> bool {
    matches!(inline, Inline::Xref(Xref { kind: XrefKind::Note, .. }))
}

/// What stands in a superscript that goes into another.
fn lowered(inline: Inline) -> Inlines {
    match inline {
        Inline::Styled(Style::Superscript, run) => run,
        inline => vec![inline],
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::resolved;

    const LIST: &str = "<ref-list><ref id='B1'><mixed-citation>One.</mixed-citation></ref><ref id='B2'><mixed-citation>Two.</mixed-citation></ref></ref-list>";

    fn run(text: &str) -> String {
        let text = text.replace("{1}", "<xref ref-type='bibr' rid='B1'>1</xref>").replace("{2}", "<xref ref-type='bibr' rid='B2'>2</xref>");
        resolved("", &format!("<p>{text}</p>"), LIST).text
    }

    #[test]
    fn a_number_at_a_word_is_raised() {
        for text in ["words.{1} And", "words{1} and", "(words){1} and", "<italic>words</italic>{1}, and", "by <italic>et al</italic>.{1} And"] {
            assert!(run(text).contains("sup"), "{text}\n{}", run(text));
        }
    }

    #[test]
    fn the_mark_of_a_note_is_raised_too() {
        let run = |text: &str| {
            let notes = "<fn-group><title>Footnotes</title><fn id='F1'><label>1</label><p>Said.</p></fn></fn-group>";
            resolved("", &format!("<p>{}</p>", text.replace("{1}", "<xref ref-type='fn' rid='F1'>1</xref>")), notes).text
        };
        assert!(run("the IIIF,{1} has").contains("sup"), "{}", run("the IIIF,{1} has"));
        assert!(run("in 2012{1}.").contains("sup"), "{}", run("in 2012{1}."));
        assert!(!run("see note {1} below").contains("sup"), "{}", run("see note {1} below"));
    }

    #[test]
    fn what_parts_numbers_goes_up_with_them() {
        for text in ["words.{1},{2} And", "words.{1}<sup>–</sup>{2} And"] {
            assert_eq!(run(text).matches("sup").count(), 1, "{text}\n{}", run(text));
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in ["words {1} and", "words ({1}) and", "see ref. {1}", "see Ref.{1} and", "words [{1}] and", "words, {1},{2} and", "in 20{1} and"] {
            assert!(!run(text).contains("sup"), "{text}\n{}", run(text));
        }
    }
}
