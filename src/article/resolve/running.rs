//! What running heads say.
//!
//! 1. The title: the short one given in the main language, else the whole.
//! 2. The authors: surnames with initials; of more than two the first and “et al.”.

use super::people::main_name;
use crate::edition::Running;
use crate::lang::Lang;
use crate::lang::label::Label;
use crate::lang::lexicon::Lexicon;
use crate::leaf::Leaves;
use crate::model::front::{BEHALF, Contributor, Front, Name, Task};
use crate::model::plain;

/// The running heads of an article or a part.
pub(super) fn heads(front: &Front, lang: &Lang, leaves: &Leaves, words: &Lexicon<'_>) -> Running {
    let short = front.running_titles.iter().find(|title| title.lang.same_language(lang)).map(|title| title.said.clone());
    let title = || {
        let own = front.titles.iter().find(|title| title.lang.same_language(lang)).or(front.titles.first());
        own.map(|title| plain::title(leaves, &title.said.title)).unwrap_or_default()
    };
    Running { title: short.filter(|title| !title.is_empty()).unwrap_or_else(title), authors: authors(front, lang, leaves, words) }
}

fn authors(front: &Front, lang: &Lang, leaves: &Leaves, words: &Lexicon<'_>) -> String {
    let named = |contributor: &Contributor| {
        let name = contributor.names.get(main_name(&contributor.names, lang)?)?;
        Some(short(name, leaves)).filter(|name| !name.is_empty())
    };
    let authors: Vec<String> = front
        .contributors
        .iter()
        .filter(|contributor| contributor.task() == Task::Author && !contributor.is_member() && contributor.kind != BEHALF)
        .filter_map(named)
        .collect();
    match authors.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one}, {two}"),
        [one, ..] => format!("{one} {}", words.word(lang, Label::EtAl)),
    }
}

/// A surname with initials, or a whole name.
fn short(name: &Name, leaves: &Leaves) -> String {
    if !name.whole.is_empty() {
        return plain::title(leaves, &name.whole);
    }
    format!("{} {}", plain::title(leaves, &name.surname), initials(name, leaves)).trim().to_owned()
}

/// The initials of a name: the master's, or made from the given names. Empty for a whole name.
pub(super) fn initials(name: &Name, leaves: &Leaves) -> String {
    if !name.whole.is_empty() {
        return String::new();
    }
    match &name.initials {
        Some(given) if !given.trim().is_empty() => abbreviated(given.trim()),
        Some(_) | None => plain::title(leaves, &name.given).split_whitespace().map(abbreviated).collect(),
    }
}

/// One given name as its initials: `Yevgeniya` as `Y.`, `Jean-Paul` as `J.-P.`, `JP` as `J.P.`. What is abbreviated already stays, and so
/// does a particle, and a name in a script that knows no initials.
fn abbreviated(given: &str) -> String {
    if given.contains('.') || given.chars().any(is_whole_script) {
        return given.to_owned();
    }
    let is_run = given.chars().count() <= 4 && given.chars().all(char::is_uppercase);
    if is_run {
        return given.chars().map(|char| format!("{char}.")).collect();
    }
    let parts: Vec<String> = given.split(['-', '‐', '‑']).filter_map(initial).map(|first| format!("{first}.")).collect();
    if given.starts_with(char::is_lowercase) { String::new() } else { parts.join("-") }
}

/// The letter that stands for a name. One sound that is written with two keeps both: `Дж` of Джон, `Oʻ` and `Gʻ` of Uzbek.
fn initial(name: &str) -> Option<String> {
    let mut letters = name.chars().skip_while(|char| !char.is_alphabetic());
    let (first, second) = (letters.next()?, letters.next());
    let more = match (first, second) {
        ('Д', Some('ж')) => second,
        ('O' | 'G', Some('ʻ' | 'ʼ' | '‘' | '’' | '\'' | '`')) => second,
        _ => None,
    };
    Some(first.to_uppercase().chain(more).collect())
}

/// Letters of scripts whose names are not abbreviated, and have no blank inside: Chinese, Japanese, Korean.
pub(super) fn is_whole_script(char: char) -> bool {
    matches!(u32::from(char), 0x3040..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names_become_initials() {
        for (given, initials) in [
            ("Yevgeniya", "Y."),
            ("Jean-Paul", "J.-P."),
            ("J.", "J."),
            ("Дж.", "Дж."),
            ("JP", "J.P."),
            ("Евгения", "Е."),
            ("de", ""),
            ("周欣", "周欣"),
            ("Юлия", "Ю."),
            ("Джон", "Дж."),
            ("Қайрат", "Қ."),
            ("Oʻktam", "Oʻ."),
            ("уулу", ""),
            ("Анна-Мария", "А.-М."),
        ] {
            assert_eq!(abbreviated(given), initials, "{given}");
        }
    }

    #[test]
    fn heads_name_one_two_or_the_first() {
        let heads = |names: &[&str]| {
            let people: String = names
                .iter()
                .map(|name| format!("<contrib contrib-type='author'><name><surname>{name}</surname><given-names>Jean-Paul Ann</given-names></name></contrib>"))
                .collect();
            super::super::testing::resolved(&format!("<contrib-group>{people}</contrib-group>"), "<p>x</p>", "").edition.running
        };
        assert_eq!(heads(&["A"]).authors, "A J.-P.A.");
        assert_eq!(heads(&["A", "B"]).authors, "A J.-P.A., B J.-P.A.");
        assert_eq!(heads(&["A", "B", "C"]).authors, "A J.-P.A. et al.");
        assert_eq!(heads(&[]).title, "Title");
    }
}
