//! The numbers of lists as texts, where a word stands before them.

use crate::model::block::List;
use crate::model::inline::Inline;

/// Puts a word before the mark of each item that has no label (`list/@prefix-word`), as in “Step 1.”; where items have no numbers it is their label.
pub(super) fn prefix(list: &mut List, word: &str) {
    for (number, item) in (list.start..).zip(&mut list.items) {
        if item.label.is_empty() {
            let label = list.kind.ordinal(number).map_or_else(|| word.to_owned(), |number| format!("{word} {number}."));
            item.label = vec![Inline::Generated(label)];
        }
    }
}
