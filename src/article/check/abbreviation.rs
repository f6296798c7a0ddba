//! Abbreviations of one language in a reference of another: `Vol.` in a Russian entry, `и др.` in an English one.
//!
//! 1. An entry is Cyrillic or Latin by most of its letters, where nearly all of them agree; its words about the electronic source are those of the list and are not
//!    counted. Entries in both scripts are let be.
//! 2. Abbreviations of the output data are looked for as words of their own: `С. 5` is pages, `С.` at the end of a name is not.
//!
//! Source: GOST R 7.0.5-2008 and GOST R 7.0.12-2011, abbreviations in the language of the record.

use super::Master;
use super::text::{NAMED, letters, others, pieces, place, walk_texts};
use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::leaf::Leaf;
use crate::model::reference::Reference;
use crate::model::walk::Visit;
use crate::source::Span;

/// The fewest letters by which the script of an entry is told.
const LEAST: usize = 25;

/// What an entry must not have, what should stand there, and whether a number must follow.
type Pair = (&'static str, &'static str, bool);

/// In entries in Cyrillic.
const LATIN: [Pair; 12] = [
    ("Vol.", "Т.", true),
    ("vol.", "т.", true),
    ("P.", "С.", true),
    ("p.", "с.", true),
    ("pp.", "с.", true),
    ("Pp.", "С.", true),
    ("PP.", "С.", true),
    ("No.", "№", true),
    ("no.", "№", true),
    ("et al.", "и др.", false),
    ("Iss.", "Вып.", true),
    ("eds.", "под ред.", false),
];

/// In entries in Latin script.
const CYRILLIC: [Pair; 8] = [
    ("Т.", "Vol.", true),
    ("т.", "vol.", true),
    ("С.", "P.", true),
    ("с.", "p.", true),
    ("Вып.", "Iss.", true),
    ("вып.", "iss.", true),
    ("и др.", "et al.", false),
    ("под ред.", "ed.", false),
];

/// Reports abbreviations of another language.
pub(super) fn look(log: &mut Log, master: Master<'_>) {
    let mut finder = Finder { master, found: Vec::new() };
    walk_texts(&mut finder, master.article);
    let all = finder.found.len();
    for (at, (pair, script, span)) in finder.found.into_iter().take(NAMED).enumerate() {
        let others = others(at, all, "is like it", "are like it");
        log.push(
            Diagnostic::new(Code::ReferenceAbbreviation, format!("`{}` stands in an entry in {script} script{others}", pair.0))
                .at(span)
                .hint(format!("write `{}`", pair.1)),
        );
    }
}

struct Finder<'a> {
    master: Master<'a>,
    found: Vec<(Pair, &'static str, Span)>,
}

impl Visit for Finder<'_> {
    fn reference(&mut self, reference: &Reference) {
        for citation in &reference.citations {
            let leaves = pieces(&self.master.article.leaves, citation);
            let text: String = leaves.iter().map(|leaf| leaf.text.as_str()).collect::<Vec<_>>().join(" ");
            let (pairs, script): (&[Pair], _) = match script(&text) {
                Some(true) => (&LATIN, "Cyrillic"),
                Some(false) => (&CYRILLIC, "Latin"),
                None => continue,
            };
            for (at, leaf) in leaves.iter().enumerate() {
                let next = leaves.get(at + 1).map_or("", |next| next.text.as_str());
                self.found.extend(first(self.master, leaf, next, pairs).map(|(pair, span)| (pair, script, span)));
                // Behind the words about the electronic source nothing is of the record.
                if record(&leaf.text).len() < leaf.text.len() {
                    break;
                }
            }
        }
    }
}

/// An entry up to what is said of its electronic source, which is in the language of the list: `URL`, the address, the day on which it was looked at.
fn record(text: &str) -> &str {
    let end = ["[Электронный", "[Electronic", "URL", "http", "Режим доступа"].iter().filter_map(|mark| text.find(mark)).min();
    &text[..end.unwrap_or(text.len())]
}

/// Whether an entry is in Cyrillic (or in Latin script); `None` where it is in both, or too short to tell.
fn script(text: &str) -> Option<bool> {
    let letters = letters(record(text));
    if letters.all < LEAST {
        return None;
    }
    if letters.cyrillic * 10 >= letters.all * 9 {
        Some(true)
    } else if letters.latin * 10 >= letters.all * 9 {
        Some(false)
    } else {
        None
    }
}

/// The first abbreviation of another language in a piece of an entry.
fn first(master: Master<'_>, leaf: &Leaf, next: &str, pairs: &[Pair]) -> Option<(Pair, Span)> {
    let text = record(&leaf.text);
    let places = pairs.iter().filter_map(|pair| Some((find(text, next, *pair)?, *pair)));
    let (at, pair) = places.min_by_key(|(at, _)| *at)?;
    Some((pair, place(master.source, leaf, at, at + pair.0.len())))
}

/// Where an abbreviation stands as a word of its own, before a number if it is one that numbers follow.
fn find(text: &str, next: &str, (wanted, _, numbered): Pair) -> Option<usize> {
    text.match_indices(wanted).map(|(at, _)| at).find(|at| {
        // `1998. P. 5` and `(P. 5)`, but not `Smith J.P. 5`.
        let stands_alone = text[..*at].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | ',' | ';' | '–' | '—'));
        let after = text[*at + wanted.len()..].trim_start();
        let after = if after.is_empty() { next.trim_start() } else { after };
        stands_alone && (!numbered || after.starts_with(|c: char| c.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{article, checked};

    fn says(entry: &str, wanted: &[&str]) {
        let back = format!("<ref-list><ref><mixed-citation>{entry}</mixed-citation></ref></ref-list>");
        checked(&article("ru", "", "<p>Слово.</p>", &back)).says(wanted);
    }

    #[test]
    fn entries_in_their_language_are_let_be() {
        for entry in [
            "Иванов И. И., Петров П. П. и др. История государства и права // Вестник права. 2020. Т. 1, № 2. С. 14–25.",
            "Smith J., Miller B. et al. The history of state and law // Journal of Law. 2020. Vol. 1, no. 2. P. 14–25.",
            "Smith J. The history of law and state [Электронный ресурс]. URL: https://example.org (дата обращения: 01.11.2020). С. 5.",
            "Иванов С. С. 5 лекций по истории государства. М., 2001.",
            "Иванов И. И. История // Journal of the History of Law and State. 2020. Vol. 3. P. 5.",
            "С. 5.",
        ] {
            says(entry, &[]);
        }
    }

    #[test]
    fn abbreviations_of_another_language_are_named() {
        says(
            "Иванов И. И. История государства и права // Вестник права. 2020. Vol. 1, № 2. С. 14–25.",
            &["reference-abbreviation: `Vol.` stands in an entry in Cyrillic script"],
        );
        says("Иванов И. И., Петров П. П. et al. История государства и права. М., 2020.", &["reference-abbreviation: `et al.`"]);
        says(
            "Smith J. и др. The history of state and law // Journal of Law. 2020. Vol. 1. P. 14–25.",
            &["reference-abbreviation: `и др.` stands in an entry in Latin script"],
        );
        says("Smith J. The history of state and law. Journal of Law. 2020. Vol. 1. С. 14–25.", &["reference-abbreviation: `С.`"]);
    }
}
