//! The words of references in English: the table `terms.toml`, and the declension that some of them ask for.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The table. A word that is missing is a line in it.
const TABLE: &str = include_str!("terms.toml");

/// Words by what they are; keys are in small letters.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Terms {
    pub(super) places: BTreeMap<String, String>,
    pub(super) roles: BTreeMap<String, String>,
    genitive: Genitive,
    pub(super) languages: BTreeMap<String, String>,
    pub(super) sciences: BTreeMap<String, String>,
    pub(super) genres: BTreeMap<String, String>,
    pub(super) editions: BTreeMap<String, String>,
    pub(super) months: BTreeMap<String, String>,
    patents: BTreeMap<String, String>,
}

/// The roles behind which names are declined.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Genitive {
    roles: Vec<String>,
}

/// The one table. It is checked by a test that it can be read.
pub(super) static TERMS: LazyLock<Terms> = LazyLock::new(|| toml::from_str(TABLE).unwrap_or_default());

impl Terms {
    /// The role with which a text begins: the words for it, whether it wants the genitive, and what follows. Of two that fit, the longer one.
    pub(super) fn role<'a>(&self, text: &'a str) -> Option<(&str, bool, &'a str)> {
        let fitting = self.roles.iter().filter_map(|(role, english)| Some((role, english, after(text, role)?)));
        let (role, english, rest) = fitting.max_by_key(|(role, _, _)| role.chars().count())?;
        Some((english, self.genitive.roles.contains(role), rest.trim_start()))
    }

    /// A patent with its words in English; `None` for what is none.
    pub(super) fn patent(&self, text: &str) -> Option<String> {
        let is_one = ["пат. ", "патент ", "а. с. ", "а.с. ", "авт. свид"].iter().any(|word| after(text, word).is_some());
        let mut words: Vec<(&String, &String)> = self.patents.iter().collect();
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        let told = |text: String, (word, english): &(&String, &String)| {
            let mut out = String::new();
            let mut rest = text.as_str();
            while let Some((from, to)) = find(rest, word) {
                // A word, not the end of one.
                let is_word = !rest[..from].ends_with(char::is_alphabetic);
                out.extend([&rest[..from], if is_word { english.as_str() } else { &rest[from..to] }]);
                rest = &rest[to..];
            }
            out + rest
        };
        let told = is_one.then(|| words.iter().fold(text.trim().trim_end_matches('.').to_owned() + ".", told))?;
        let told = told.strip_suffix(" с.").filter(|rest| rest.ends_with(|char: char| char.is_ascii_digit())).map(|rest| format!("{rest} p.")).unwrap_or(told);
        let (head, class) = told.split_once("IPC ").unwrap_or((&told, ""));
        // The letters of a class are Latin, however they were typed: `Н 04 В 1/38`.
        let mut goes_on = true;
        let class = class.split_inclusive(' ').map(|word| {
            let letter = word.trim_end();
            goes_on &= letter.chars().count() == 1 || letter.starts_with(|char: char| char.is_ascii_digit());
            let latin = [("А", "A"), ("В", "B"), ("С", "C"), ("Е", "E"), ("Н", "H")].into_iter().find(|(cyrillic, _)| goes_on && letter == *cyrillic);
            latin.map_or_else(|| word.to_owned(), |(cyrillic, latin)| word.replace(cyrillic, latin))
        });
        let sign = if told.contains("IPC ") { "IPC " } else { "" };
        Some(format!("{head}{sign}{}", class.collect::<String>()))
    }

    /// A place in English, if the table has it; the city's sign `г.` before it does not count.
    pub(super) fn place(&self, text: &str) -> Option<&str> {
        let text = text.trim().to_lowercase();
        let text = text.strip_prefix("г. ").unwrap_or(&text);
        self.places.get(text).or_else(|| self.places.get(text.trim_end_matches('.'))).map(String::as_str)
    }
}

/// What follows a word at the head of a text, whatever its letters' case.
pub(super) fn after<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for wanted in word.chars() {
        let char = rest.next()?;
        if char.to_lowercase().next() != Some(wanted) && !(wanted == ' ' && char.is_whitespace()) {
            return None;
        }
    }
    Some(rest.as_str())
}

/// Where a word stands in a text, whatever the case of its letters: its first byte and the byte after it.
pub(super) fn find(text: &str, word: &str) -> Option<(usize, usize)> {
    text.char_indices().find_map(|(at, _)| {
        let rest = after(&text[at..], word)?;
        Some((at, text.len() - rest.len()))
    })
}

/// A surname out of the genitive, as far as its ending tells: “под ред. Иванова” means Иванов, “Ивановой” Иванова, “Заславского” Заславский.
/// Any other stays as it is.
pub(super) fn nominative(surname: &str) -> String {
    const ENDINGS: [(&str, &str); 12] = [
        ("овой", "ова"),
        ("евой", "ева"),
        ("ёвой", "ёва"),
        ("иной", "ина"),
        ("ской", "ская"),
        ("цкой", "цкая"),
        ("ского", "ский"),
        ("цкого", "цкий"),
        ("ова", "ов"),
        ("ева", "ев"),
        ("ёва", "ёв"),
        ("ина", "ин"),
    ];
    let ending = ENDINGS.iter().find_map(|(genitive, nominative)| Some(format!("{}{nominative}", surname.strip_suffix(genitive)?)));
    ending.filter(|name| name.chars().count() > 2).unwrap_or_else(|| surname.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let terms: Terms = toml::from_str(TABLE).expect("a table");
        let keys = [&terms.places, &terms.roles, &terms.languages, &terms.sciences, &terms.genres, &terms.editions, &terms.months, &terms.patents];
        for (key, value) in keys.into_iter().flatten() {
            assert_eq!(*key, key.to_lowercase());
            assert!(!value.is_empty() && value.is_ascii() || value.contains('–'), "{key}");
        }
        assert!(terms.genitive.roles.iter().all(|role| terms.roles.contains_key(role)));
        assert!(terms.months.len() >= 12);
    }

    #[test]
    fn names_leave_the_genitive() {
        for (genitive, name) in
            [("Иванова", "Иванов"), ("Ивановой", "Иванова"), ("Заславского", "Заславский"), ("Шевченко", "Шевченко"), ("Крупской", "Крупская"), ("Ким", "Ким")]
        {
            assert_eq!(nominative(genitive), name);
        }
        assert_eq!(TERMS.role("Под ред. А. Б. Иванова"), Some(("ed. by", true, "А. Б. Иванова")));
        assert_eq!(TERMS.place("г. Бишкек"), Some("Bishkek"));
    }
}
