//! The table of languages as a page: `docs/LANGUAGES.md`.
//!
//! 1. First what the table has of each language, a line each.
//! 2. Then every label in every language that has it, with its source; what a language lacks is listed.

use std::fmt::Write;

use super::label::Label;
use super::table::{Direction, Hyphenation, Language, NO_SOURCE, Word, languages, source};
use crate::term::Date;

/// The page.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(
        "# Languages\n\nMade from `src/article/lang/languages`. How to add one is said in CONTRIBUTING.md.\n\n\
         | tag | language | script | direction | words divided by | labels | of them with a source | 1 May 2020 | quotation |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    for language in languages() {
        let sourced = language.labels.values().filter(|Word(_, key)| key != NO_SOURCE).count();
        let date = language.dates.in_words(Date { year: 2020, month: Some(5), day: Some(1) });
        let [open, close] = &language.quotes.outer;
        let [within, end] = &language.quotes.inner;
        let _ = writeln!(
            page,
            "| `{}` | {}, {} | {} | {} | {} | {} of {} | {sourced} | {date} | {open}…{within}…{end}…{close} |",
            language.tag,
            language.english,
            language.own,
            language.script,
            way(language.direction),
            by(language.hyphenation),
            language.labels.len(),
            Label::ALL.len(),
        );
    }
    page.push_str("\n## Sources\n\nThe key stands behind each word. A word without a key has no source: it awaits a reader of the language.\n\n");
    for key in keys() {
        let _ = writeln!(page, "- `{key}`: {}", source(&key).unwrap_or_default());
    }
    page.push_str("\n## Labels\n\nWhere a language lacks a label the English one is set.\n");
    for language in languages() {
        of_language(&mut page, language);
    }
    page
}

/// The keys that are used, in their order.
fn keys() -> Vec<String> {
    let words = languages().flat_map(|language| {
        language.labels.values().map(|Word(_, key)| key).chain([&language.quotes.source, &language.numbers.source, &language.dates.source])
    });
    let mut keys: Vec<String> = words.filter(|key| *key != NO_SOURCE).cloned().collect();
    keys.sort();
    keys.dedup();
    keys
}

fn of_language(page: &mut String, language: &Language) {
    let _ = writeln!(page, "\n### {} (`{}`)\n", language.english, language.tag);
    let mut lacking = Vec::new();
    for label in Label::ALL {
        match language.labels.get(label) {
            Some(Word(text, key)) if key == NO_SOURCE => {
                let _ = writeln!(page, "- `{}` {text}", label.name());
            }
            Some(Word(text, key)) => {
                let _ = writeln!(page, "- `{}` {text} ({key})", label.name());
            }
            None => lacking.push(format!("`{}`", label.name())),
        }
    }
    if !lacking.is_empty() {
        let _ = writeln!(page, "\nLacking: {}.", lacking.join(", "));
    }
}

fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::Ltr => "left to right",
        Direction::Rtl => "right to left",
    }
}

fn by(hyphenation: Hyphenation) -> &'static str {
    match hyphenation {
        Hyphenation::Engine => "patterns of the engine",
        Hyphenation::Rules => "rules of the program",
        Hyphenation::None => "nobody",
        Hyphenation::Unneeded => "not needed",
    }
}
