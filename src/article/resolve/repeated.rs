//! Labels of references that say once more what the reference begins with: “Smith & Jones (2010)” before “Smith A, Jones B. 2010. …”.
//!
//! 1. Such a label is how the text cites, and names nothing in the list. It is asked for after empty citations have shown it.
//! 2. It is taken out of a list in which nearly every reference says all names and the year of its label ([`is_said`]); one that does not keeps its own.
//!
//! The journals of `PeerJ` are written so, and do not print these labels.

use super::natbib::texts;
use super::walk;
use crate::leaf::{Leaves, Reason};
use crate::model::block::Block;
use crate::model::reference::{Reference, ReferenceList};
use crate::model::walk::{VisitMut, walk_block_mut};
use crate::model::{Article, plain};

/// Takes such labels out of all lists.
pub(super) fn drop_labels(article: &mut Article, leaves: &mut Leaves) {
    let mut dropper = Dropper { leaves, dropped: false };
    walk::text(&mut dropper, article);
    if dropper.dropped {
        leaves.sort_omissions();
    }
}

struct Dropper<'a> {
    leaves: &'a mut Leaves,
    dropped: bool,
}

impl Dropper<'_> {
    fn list(&mut self, list: &mut ReferenceList) {
        let repeating: Vec<bool> = list.items.iter().map(|item| self.repeats(item)).collect();
        if 4 * repeating.iter().filter(|repeats| **repeats).count() > 3 * list.items.len() {
            for (item, _) in list.items.iter_mut().zip(repeating).filter(|(_, repeats)| *repeats) {
                for no in texts(&std::mem::take(&mut item.label)).unwrap_or_default() {
                    self.leaves.retire(no, Reason::Alternative);
                    self.dropped = true;
                }
            }
        }
        for inner in &mut list.lists {
            self.list(inner);
        }
    }

    fn repeats(&self, item: &Reference) -> bool {
        let said: Vec<String> = item.citations.iter().map(|citation| plain::title(self.leaves, citation)).collect();
        texts(&item.label).is_some() && is_said(&plain::title(self.leaves, &item.label), &said.join(" "))
    }
}

impl VisitMut for Dropper<'_> {
    fn block(&mut self, block: &mut Block) {
        if let Block::References(list) = block {
            self.list(list);
        }
        walk_block_mut(self, block);
    }
}

/// Whether a label is names and a year in brackets, and a text says all of them: words in small letters, such as “et al.” and “and”, stand between names.
fn is_said(label: &str, text: &str) -> bool {
    let Some((names, year)) = label.split_once('(').and_then(|(names, year)| Some((names, year.trim_end().strip_suffix(')')?))) else { return false };
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '‐' | '’' | '\'');
    let words = |text: &'_ str| -> Vec<String> { text.split(|c| !is_part(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect() };
    let said = words(text);
    let is_year = year.starts_with(|c: char| c.is_ascii_digit()) && words(year).len() == 1;
    // “(in press)” stands in the place of a year.
    let is_dated = is_year && said.iter().any(|word| word == year) || !is_year && !year.trim().is_empty() && text.to_lowercase().contains(&year.to_lowercase());
    let mut names = words(names).into_iter().filter(|word| word.starts_with(char::is_uppercase)).peekable();
    is_dated && names.peek().is_some() && names.all(|name| said.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::super::testing::resolved;
    use super::is_said;

    #[test]
    fn a_label_is_compared_with_its_reference() {
        assert!(is_said("Auerbach, La Porte & Caputo (2004)", "Auerbach SM, La Porte N, Caputo RK. 2004. Air."));
        assert!(is_said("Smith et al. (2010a)", "Smith A, Jones B. 2010a. Water."));
        assert!(!is_said("Smith (2010)", "Smith A. Water."), "the year is lost");
        assert!(!is_said("Smith (2010a)", "Smith A. 2010. Water."), "the letter is lost");
        assert!(!is_said("Smith & Jones (2010)", "Smith A. 2010. Water."), "a name is lost");
        assert!(is_said("Bell & Brink (in press)", "Bell PR, Brink KS. In press. Lakes."));
        assert!(!is_said("(2010)", "Smith A. 2010."), "it names nobody");
        assert!(!is_said("[Smi10]", "Smith A. 2010."), "a key");
    }

    #[test]
    fn it_goes_where_every_reference_of_its_list_says_it() {
        let entry = |no: u8, label: &str| format!("<ref id='r{no}'><label>{label}</label><mixed-citation>Smith A. 201{no}. Water.</mixed-citation></ref>");
        let body = "<p>By <xref ref-type='bibr' rid='r0'/> and <xref ref-type='bibr' rid='r1'>Smith (2011)</xref></p>";
        let all = resolved("", body, &format!("<ref-list>{}{}</ref-list>", entry(0, "Smith (2010)"), entry(1, "Smith (2011)")));
        all.lacks("label");
        all.shows("xref citation #cite-1 -> r0 +\"Smith (2010)\"");
        resolved("", body, &format!("<ref-list>{}{}</ref-list>", entry(0, "Smith (2010)"), entry(1, "Abe (2011)"))).shows("label \"Smith (2010)\"");
        // One that says something else keeps it, and no other.
        let most: String = (0..9).map(|no| entry(no, &format!("Smith (201{no})"))).collect();
        let most = resolved("", body, &format!("<ref-list>{most}{}</ref-list>", entry(9, "Abe (2019)")));
        most.shows("label \"Abe (2019)\"");
        most.lacks("label \"Smith");
    }
}
