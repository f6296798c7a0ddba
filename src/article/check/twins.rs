//! Two lists of the same references: the one in the language of the text, and the one for foreign readers.
//!
//! 1. Each reference becomes the set of its numbers: year, volume, pages, the parts of a DOI. They are the same in every language and transliteration.
//! 2. Two references are one where half of their numbers are the same, and two of them at least.
//! 3. Two lists are twins where half of the shorter one is found in the other. Lists of other things (sources, further reading) are none.
//! 4. Twins that differ in length are reported with the first entry that has no twin, those that differ in order with the first that stands elsewhere.

use std::collections::BTreeSet;

use super::Master;
use super::text::{leaves_of, start, tag, walk_texts};
use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::leaf::Leaves;
use crate::model::block::Block;
use crate::model::plain;
use crate::model::reference::{Reference, ReferenceList};
use crate::model::walk::{Visit, walk_block};
use crate::source::Span;

/// The fewest entries of a list that is compared.
const FEWEST: usize = 2;

/// The most entries of a list that is compared, and the most lists: each entry is held against each of the other list.
const MOST: usize = 1000;
const MOST_LISTS: usize = 12;

/// Reports lists that are to be the same and are not.
pub(super) fn look(log: &mut Log, master: Master<'_>) {
    let leaves = &master.article.leaves;
    let mut lister = Lister { leaves, lists: Vec::new() };
    walk_texts(&mut lister, master.article);
    let lists: Vec<List> = lister.lists.into_iter().filter(|list| (FEWEST..=MOST).contains(&list.entries.len())).take(MOST_LISTS).collect();
    for (at, one) in lists.iter().enumerate() {
        // The first twin is enough: what is wrong with a third is said where it meets the second.
        if let Some(other) = lists[at + 1..].iter().find(|other| are_twins(one, other)) {
            compare(log, master, one, other);
        }
    }
}

/// A list of references.
struct List {
    title: String,
    at: Span,
    entries: Vec<Entry>,
}

/// A reference.
struct Entry {
    numbers: BTreeSet<String>,
    text: String,
    span: Span,
}

struct Lister<'a> {
    leaves: &'a Leaves,
    lists: Vec<List>,
}

impl Visit for Lister<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::References(list) => self.list(list),
            _ => walk_block(self, block),
        }
    }
}

impl Lister<'_> {
    fn list(&mut self, list: &ReferenceList) {
        let entries = list.items.iter().map(|item| self.entry(item)).collect();
        let at = start(self.leaves, &list.title).unwrap_or(list.span);
        self.lists.push(List { title: plain::title(self.leaves, &list.title), at, entries });
        for inner in &list.lists {
            self.list(inner);
        }
    }

    fn entry(&self, item: &Reference) -> Entry {
        let mut text = item.citations.iter().map(|run| plain::title(self.leaves, run)).collect::<Vec<_>>().join(" ");
        for field in item.tagged.iter().flat_map(|(_, citation)| &citation.fields) {
            for no in leaves_of(self.leaves, &field.body) {
                text.push(' ');
                text.push_str(self.leaves.text(no));
            }
        }
        // When a page was looked at is said in one list and not in the other.
        let shown = text.split("обращения").next().unwrap_or_default().split("ccessed").next().unwrap_or_default();
        let numbers =
            shown.split(|c: char| !c.is_ascii_digit()).map(|number| number.trim_start_matches('0').to_owned()).filter(|number| !number.is_empty()).collect();
        Entry { numbers, text, span: item.span }
    }
}

/// Whether two references are one.
fn same(one: &Entry, other: &Entry) -> bool {
    let shared = one.numbers.intersection(&other.numbers).count();
    shared >= 2 && shared * 2 >= one.numbers.len().min(other.numbers.len())
}

fn are_twins(one: &List, other: &List) -> bool {
    let (short, long) = if one.entries.len() <= other.entries.len() { (one, other) } else { (other, one) };
    let found = short.entries.iter().filter(|entry| long.entries.iter().any(|other| same(entry, other))).count();
    found >= 2 && found * 2 >= short.entries.len()
}

/// Where each entry of one list stands in the other, each place taken once.
fn matched(one: &List, other: &List) -> Vec<Option<usize>> {
    let mut taken = vec![false; other.entries.len()];
    let mut places = Vec::new();
    for (at, entry) in one.entries.iter().enumerate() {
        let free = |place: &usize| taken.get(*place) == Some(&false);
        let here = Some(at).filter(|at| free(at) && other.entries.get(*at).is_some_and(|other| same(entry, other)));
        let place = here.or_else(|| (0..other.entries.len()).find(|place| free(place) && same(entry, &other.entries[*place])));
        if let Some(taken) = place.and_then(|place| taken.get_mut(place)) {
            *taken = true;
        }
        places.push(place);
    }
    places
}

fn compare(log: &mut Log, master: Master<'_>, one: &List, other: &List) {
    let named = |list: &List| if list.title.is_empty() { "the list".to_owned() } else { format!("`{}`", list.title) };
    let place = |span: Span| tag(master.tree, span);
    let [count, others] = [one, other].map(|list| list.entries.len());
    if count != others {
        let (short, long) = if count < others { (one, other) } else { (other, one) };
        let lonely = matched(long, short).iter().position(Option::is_none).and_then(|at| Some((at, long.entries.get(at)?)));
        let mut diagnostic = Diagnostic::new(Code::ParityReferences, format!("{} has {others} references, {} has {count}", named(other), named(one)));
        diagnostic = match lonely {
            Some((at, entry)) => {
                diagnostic.at(place(entry.span)).label(format!("entry {} is not in {}", at + 1, named(short))).hint("give every reference in both lists")
            }
            None => diagnostic.at(place(other.at)).hint("give every reference once in each list"),
        };
        return log.push(diagnostic);
    }
    let places = matched(other, one);
    let mut last = None;
    for (at, place_there) in places.iter().enumerate() {
        let Some(there) = place_there else { continue };
        if last.is_some_and(|last| *there < last) {
            let Some(entry) = other.entries.get(at) else { return };
            let beginning: String = entry.text.chars().take(30).collect();
            log.push(
                Diagnostic::new(
                    Code::ParityReferences,
                    format!("`{}…` is reference {} of {}, and {} of {}", beginning.trim_end(), at + 1, named(other), there + 1, named(one)),
                )
                .at(place(entry.span))
                .hint("give both lists in one order: their numbers are the same"),
            );
            return;
        }
        last = Some(*there);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{article, checked};

    const RUSSIAN: [&str; 3] =
        ["Иванов И. И. Право. М., 2001. Т. 3. С. 14–25.", "Петров П. П. Суд. М., 2005. № 7. С. 101–117.", "Сидоров С. С. Закон. М., 2011. С. 8–19."];
    const LATIN: [&str; 3] =
        ["Ivanov I. Pravo. Moscow, 2001, vol. 3, pp. 14–25.", "Petrov P. Sud. Moscow, 2005, no. 7, pp. 101–117.", "Sidorov S. Zakon. Moscow, 2011, pp. 8–19."];

    fn list(title: &str, entries: &[&str]) -> String {
        let items: String = entries.iter().map(|entry| format!("<ref><mixed-citation>{entry}</mixed-citation></ref>")).collect();
        format!("<ref-list><title>{title}</title>{items}</ref-list>")
    }

    fn says(russian: &[&str], latin: &[&str], wanted: &[&str]) {
        let back = list("Литература", russian) + &list("References", latin);
        checked(&article("ru", "", "<p>Слово.</p>", &back)).says(wanted);
    }

    #[test]
    fn twins_that_are_the_same_are_let_be() {
        says(&RUSSIAN, &LATIN, &[]);
    }

    #[test]
    fn an_entry_that_is_missing_is_named() {
        says(&RUSSIAN, &[LATIN[0], LATIN[2]], &["parity-references: `References` has 2 references, `Литература` has 3"]);
        let back = list("Литература", &RUSSIAN) + &list("References", &[LATIN[0], LATIN[2]]);
        checked(&article("ru", "", "<p>Слово.</p>", &back)).says_at("parity-references", "<ref>");
    }

    #[test]
    fn an_order_that_differs_is_named() {
        says(
            &RUSSIAN,
            &[LATIN[0], LATIN[2], LATIN[1]],
            &["parity-references: `Petrov P. Sud. Moscow, 2005, n…` is reference 3 of `References`, and 2 of `Литература`"],
        );
    }

    #[test]
    fn lists_of_other_things_are_no_twins() {
        says(&RUSSIAN, &["Smith A. Rights. London, 1998. P. 300–310.", "Miller B. Courts. Berlin, 1988. P. 201–217."], &[]);
    }
}
