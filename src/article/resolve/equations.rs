//! Numbers of equations: in round brackets, as the text cites them.
//!
//! Some publishers' masters have the bare number and leave the brackets to the style sheet (`<label>1</label>`; Springer, IOP). A label that has brackets or
//! words is shown as it is. References are no concern of this: what they show is the master's.

use super::walk;
use crate::leaf::Leaves;
use crate::model::block::Block;
use crate::model::inline::Inline;
use crate::model::walk::{VisitMut, walk_block_mut};
use crate::model::{Article, plain};

/// Puts brackets around the bare numbers of an article's formulas.
pub(super) fn bracket(article: &mut Article, leaves: &Leaves) {
    walk::article(&mut Bracketer(leaves), article);
}

struct Bracketer<'a>(&'a Leaves);

impl VisitMut for Bracketer<'_> {
    fn block(&mut self, block: &mut Block) {
        if let Block::Formula(formula) = block
            && is_bare(&plain::text(self.0, &formula.label))
        {
            formula.label.insert(0, Inline::Generated("(".to_owned()));
            formula.label.push(Inline::Generated(")".to_owned()));
        }
        walk_block_mut(self, block);
    }
}

/// Whether a label is a number and nothing else: “1”, “2.4”, “A.1”, “3a”, “5′”.
fn is_bare(label: &str) -> bool {
    let label = label.trim();
    let number = label.strip_prefix(|c: char| c.is_uppercase()).unwrap_or(label).trim_start_matches(['.', '-', '–']);
    let ends_well = label.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '′' | '\''));
    number.starts_with(|c: char| c.is_ascii_digit())
        && ends_well
        && label.chars().count() <= 8
        && number.chars().filter(|c| c.is_alphabetic()).count() <= 1
        && number.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '–' | '′' | '\''))
}

#[cfg(test)]
mod tests {
    use super::super::testing::resolved;
    use super::*;

    #[test]
    fn numbers_are_told_from_words() {
        for label in ["1", " 12 ", "2.4", "A.1", "A1", "S3", "3a", "5′", "1–3"] {
            assert!(is_bare(label), "{label}");
        }
        for label in ["(1)", "[2]", "", "*", "Eq. 1", "1.", "A", "Hypothesis 1", "1 and 2"] {
            assert!(!is_bare(label), "{label}");
        }
    }

    #[test]
    fn a_bare_number_gets_brackets_and_its_reference_none() {
        let formula = |label: &str| format!("<disp-formula id='e'><label>{label}</label><tex-math>a</tex-math></disp-formula>");
        let bare = resolved("", &format!("<p>As in (<xref ref-type='disp-formula' rid='e'/>).</p>{}", formula("1")), "");
        bare.shows("label\n+\"(\"\n\"1\"\n+\")\"");
        bare.shows("xref other -> e +\"1\"");
        resolved("", &formula("(1)"), "").lacks("((");
    }
}
