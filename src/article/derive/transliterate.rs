//! Cyrillic in Latin letters, by the tables in `schemes/`: one small file a scheme.
//!
//! 1. [`Scheme::named`] finds a table; each is embedded, and all are read once.
//! 2. [`Scheme::apply`] goes through a text letter by letter: the first rule of the table that fits the place, else the letter's own.
//! 3. Capitals follow the word that they stand in: `Щука` becomes `Shchuka`, `ЩУКА` becomes `SHCHUKA`.
//!
//! What is no Cyrillic letter stays as it is, and so does a Cyrillic letter that the table lacks: [`is_cyrillic`] finds it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::lang::is_cyrillic;

/// The files of `schemes`, by name.
const TABLES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/schemes.rs"));

/// The scheme that is used where none is asked for.
pub const DEFAULT: &str = "bsi";

/// The bow over two letters that stand for one.
const TIE: char = '\u{361}';

/// The tables read, when one is first asked for. It is checked by a test that all can be.
static SCHEMES: LazyLock<Vec<Scheme>> = LazyLock::new(|| TABLES.iter().filter_map(|(_, table)| toml::from_str(table).ok()).collect());

/// A table of transliteration.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// The name by which a project asks for it.
    pub name: String,
    letters: BTreeMap<char, String>,
    #[serde(default)]
    rule: Vec<Rule>,
}

/// What a letter becomes at some places. A rule that names several conditions fits where one of them holds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    letter: char,
    /// At the beginning of a word.
    #[serde(default)]
    initial: bool,
    /// At the end of a word.
    #[serde(default, rename = "final")]
    last: bool,
    /// After one of these letters.
    #[serde(default)]
    after: String,
    /// Before one of these letters.
    #[serde(default)]
    before: String,
    gives: String,
}

impl Scheme {
    /// The scheme of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        SCHEMES.iter().find(|scheme| scheme.name == name)
    }

    /// The names of all schemes, in the order of the list.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        SCHEMES.iter().map(|scheme| scheme.name.as_str()).collect()
    }

    /// A text in Latin letters.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let mut out = String::with_capacity(text.len());
        for (at, char) in chars.iter().enumerate() {
            let small = small(*char);
            match self.letter(small, &chars, at) {
                None => out.push(*char),
                Some(latin) if *char == small => out.push_str(latin),
                Some(latin) if latin.contains(TIE) || is_among_capitals(&chars, at) => out.push_str(&latin.to_uppercase()),
                Some(latin) => {
                    let mut letters = latin.chars();
                    out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                    out.extend(letters);
                }
            }
        }
        out
    }

    /// What a small letter becomes at this place; `None` where the table does not have it.
    fn letter(&self, letter: char, chars: &[char], at: usize) -> Option<&str> {
        let own = self.letters.get(&letter)?;
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied().map(small).filter(|char| char.is_alphabetic());
        let after = chars.get(at + 1).copied().map(small).filter(|char| char.is_alphabetic());
        let fits = |rule: &&Rule| {
            rule.letter == letter
                && (rule.initial && before.is_none()
                    || rule.last && before.is_some() && after.is_none()
                    || before.is_some_and(|char| rule.after.contains(char))
                    || after.is_some_and(|char| rule.before.contains(char)))
        };
        Some(self.rule.iter().find(fits).map_or(own.as_str(), |rule| rule.gives.as_str()))
    }
}

/// Whether a text has more Cyrillic letters than Latin ones.
#[must_use]
pub fn is_mostly_cyrillic(text: &str) -> bool {
    let cyrillic = text.chars().filter(|char| is_cyrillic(*char)).count();
    cyrillic > text.chars().filter(|char| char.is_alphabetic()).count() / 2
}

fn small(char: char) -> char {
    char.to_lowercase().next().unwrap_or(char)
}

/// Whether a capital stands in a word of capitals: the letter behind it is one, or, at the end of a word, the letter before it. A word of
/// one letter is one of capitals where the word beside it is.
fn is_among_capitals(chars: &[char], at: usize) -> bool {
    let is_letter = |at: &usize| chars.get(*at).is_some_and(|char| char.is_alphabetic());
    let is_capital = |at: usize| chars.get(at).is_some_and(|char| char.is_uppercase());
    let behind = Some(at + 1).filter(is_letter);
    let ahead = at.checked_sub(1).filter(is_letter);
    match (behind, ahead) {
        (Some(behind), _) => is_capital(behind),
        (None, Some(ahead)) => is_capital(ahead),
        (None, None) => {
            let is_blank = |at: usize| chars.get(at).is_some_and(|char| char.is_whitespace());
            let next = is_blank(at + 1) && is_capital(at + 2) && is_capital(at + 3);
            let previous = at > 2 && is_blank(at - 1) && is_capital(at - 2) && is_capital(at - 3);
            next || previous
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(name: &str, pairs: &[(&str, &str)]) {
        let scheme = Scheme::named(name).expect("a scheme");
        for (cyrillic, latin) in pairs {
            assert_eq!(scheme.apply(cyrillic), *latin, "{name}");
        }
    }

    /// The table that the manual shows, as it stands there.
    #[test]
    fn the_table_of_the_manual_is_one() {
        let manual = include_str!("../../../CONTRIBUTING.md");
        let (_, chapter) = manual.split_once("## Adding a transliteration table").expect("the chapter");
        let table: String = chapter
            .lines()
            .skip_while(|line| !line.starts_with("    "))
            .take_while(|line| line.is_empty() || line.starts_with("    "))
            .map(|line| format!("{}\n", line.trim_start()))
            .collect();
        let scheme: Scheme = toml::from_str(&table).expect("a table");
        assert_eq!((scheme.name.as_str(), scheme.apply("Щаъ"), scheme.letters.len()), ("ours", "Shcha".to_owned(), 3));
        assert_eq!(scheme.rule.len(), 1);
    }

    #[test]
    fn every_table_is_whole() {
        let files: Vec<&str> = TABLES.iter().map(|(name, _)| *name).collect();
        assert_eq!(Scheme::names(), files, "a table that cannot be read is not in the list, and each is named as its file");
        assert!(["bsi", "bgn", "ala-lc", "ala-lc-ky", "ala-lc-kk", "gost-b"].iter().all(|name| files.contains(name)), "{files:?}");
        for (_, table) in TABLES {
            let scheme: Scheme = toml::from_str(table).expect("a table");
            assert!(table.contains("# Source: "), "{} names no source", scheme.name);
            for letter in "абвгдеёжзийклмнопрстуфхцчшщъыьэюя".chars() {
                assert!(scheme.letters.contains_key(&letter), "{} lacks {letter}", scheme.name);
            }
            let values = scheme.letters.values().chain(scheme.rule.iter().map(|rule| &rule.gives));
            assert!(values.flat_map(|value| value.chars()).all(|char| !is_cyrillic(char) && !char.is_uppercase()), "{}", scheme.name);
            let keys = scheme.letters.keys().chain(scheme.rule.iter().map(|rule| &rule.letter));
            assert!(keys.copied().all(|char| is_cyrillic(char) && char.is_lowercase()), "{}", scheme.name);
        }
        let extra = |name: &str, letters: &str| {
            let scheme = Scheme::named(name).expect("a scheme");
            assert!(letters.chars().all(|letter| scheme.letters.contains_key(&letter)), "{name}");
        };
        extra("ala-lc-ky", "ңөү");
        extra("ala-lc-kk", "әғқңөұүһі");
    }

    #[test]
    fn bsi() {
        by(
            "bsi",
            &[
                ("Щука", "Shchuka"),
                ("ЩУКА", "SHCHUKA"),
                ("Объём и подъезд", "Ob\"em i pod\"ezd"),
                ("Вестник Российской академии наук", "Vestnik Rossiiskoi akademii nauk"),
                ("Жизнь, хлеб, цель, чай, шум, эхо, юг, яма", "Zhizn', khleb, tsel', chai, shum, ekho, yug, yama"),
                ("Ю. Я. ЩУКИН", "Yu. Ya. SHCHUKIN"),
                ("Я ЖИВУ", "YA ZHIVU"),
                ("МГЮА", "MGYUA"),
            ],
        );
    }

    #[test]
    fn bgn_by_the_boards_own_examples() {
        by(
            "bgn",
            &[
                ("Елизово", "Yelizovo"),
                ("Чапаевск", "Chapayevsk"),
                ("Мейеровка", "Meyyerovka"),
                ("Юрьев", "Yur’yev"),
                ("Объект", "Ob”yekt"),
                ("Чебоксары", "Cheboksary"),
                ("Ёлкин, Озёрный", "Yëlkin, Ozërnyy"),
                ("ЕЛИЗОВО", "YELIZOVO"),
                ("Грозный", "Groznyy"),
            ],
        );
    }

    #[test]
    fn ala_lc_by_published_examples() {
        by(
            "ala-lc",
            &[
                ("Азов, Кубань", "Azov, Kubanʹ"),
                ("Ульяновск", "Ulʹi͡anovsk"),
                ("Грозный", "Groznyĭ"),
                ("Ёлкин", "Ëlkin"),
                ("Ямал, Юг, Цна", "I͡Amal, I͡Ug, T͡Sna"),
                ("Вѣстникъ", "Vi͡estnik"),
                ("подъезд", "podʺezd"),
            ],
        );
    }

    #[test]
    fn kyrgyz_and_kazakh() {
        by("ala-lc-ky", &[("Өзгөн, Дөң-Арык, Үңкүр", "Ȯzgȯn, Dȯn͡g-Aryk, U̇n͡gku̇r"), ("Жалал-Абад", "Zhalal-Abad")]);
        by("ala-lc-kk", &[("Қазақ әдебиеті", "Qazaq ădebietī"), ("Ұлттық ғылым, үңгір, өмір, Һ", "Ūlttyq ghylym, u̇n͡ggīr, ȯmīr, Ḣ"), ("ҒЫЛЫМ", "GHYLYM")]);
    }

    #[test]
    fn gost_b() {
        by("gost-b", &[("Цинк, цапля, отцы", "Cink, czaplya, otcy`"), ("Щётка, объём, хор, эра", "Shhyotka, ob``yom, xor, e`ra"), ("Соль", "Sol`")]);
    }

    #[test]
    fn latin_is_not_touched() {
        by("bsi", &[("Popper K. Логика and «Déjà vu» № 5", "Popper K. Logika and «Déjà vu» № 5")]);
        assert!(Scheme::named("none").is_none());
    }
}
