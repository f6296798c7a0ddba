//! Letters of another script that look like those of the word in which they stand.
//!
//! 1. A leaf is cut into runs of letters: a digit, a hyphen or a sign ends one, so that the parts of `CO2-эмиссия` are looked at by themselves.
//! 2. A run with letters of two scripts is suspicious. Letters that look like none of the other script say in which script the word is.
//! 3. Where all letters of the other script are look-alikes, they were typed with the wrong keyboard, and are named. A word with letters of both scripts that
//!    look like nothing of the other (`SMSка`, two words run together) is not.
//!
//! Source of the pairs: Unicode UTS #39, confusables.txt, those that no reader can tell apart in a text face.

use std::collections::BTreeSet;

use super::Master;
use super::text::{NAMED, Script, others, place};
use crate::code::Code;
use crate::diag::{Diagnostic, Fix, Log};
use crate::leaf::Leaf;
use crate::source::Span;

/// A Latin letter and the Cyrillic one that looks like it.
const CYRILLIC: [(char, char); 35] = [
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('I', 'І'),
    ('J', 'Ј'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('S', 'Ѕ'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('Y', 'У'),
    ('Y', 'Ү'),
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('h', 'һ'),
    ('i', 'і'),
    ('j', 'ј'),
    ('o', 'о'),
    ('p', 'р'),
    ('s', 'ѕ'),
    ('x', 'х'),
    ('y', 'у'),
    ('Ə', 'Ә'),
    ('ə', 'ә'),
    ('Ɵ', 'Ө'),
    ('ɵ', 'ө'),
    ('ë', 'ё'),
    ('Ë', 'Ё'),
    ('ï', 'ї'),
    ('Ï', 'Ї'),
];

/// A Latin letter and the Greek one that looks like it. Letters that mathematics and biology use for themselves (α, κ, ν) are not here.
const GREEK: [(char, char); 15] = [
    ('A', 'Α'),
    ('B', 'Β'),
    ('E', 'Ε'),
    ('Z', 'Ζ'),
    ('H', 'Η'),
    ('I', 'Ι'),
    ('K', 'Κ'),
    ('M', 'Μ'),
    ('N', 'Ν'),
    ('O', 'Ο'),
    ('P', 'Ρ'),
    ('T', 'Τ'),
    ('Y', 'Υ'),
    ('X', 'Χ'),
    ('o', 'ο'),
];

/// Elements whose text is no words.
const NO_WORDS: [&str; 13] =
    ["code", "preformat", "tex-math", "monospace", "uri", "email", "pub-id", "object-id", "article-id", "institution-id", "contrib-id", "self-uri", "award-id"];

/// Looks at every word of the article.
pub(super) fn look(log: &mut Log, master: Master<'_>) {
    let mut found: Vec<(Mixed, Span)> = Vec::new();
    let mut words = BTreeSet::new();
    for (_, leaf) in master.article.leaves.iter().filter(|(_, leaf)| has_words(leaf)) {
        for (at, mixed) in mixed_words(&leaf.text) {
            if words.insert(mixed.word.clone()) {
                let span = place(master.source, leaf, at, at + mixed.word.len());
                found.push((mixed, span));
            }
        }
    }
    let all = found.len();
    for (at, (mixed, span)) in found.into_iter().take(NAMED).enumerate() {
        let mended = (master.source.slice(span) == mixed.word).then(|| mixed.mended()).flatten();
        let Mixed { word, wrong, script, right } = mixed;
        let others = others(at, all, "is like it", "are like it");
        let message = format!("`{word}` has the {} letter `{wrong}` among {} ones{others}", script.name(), right.name());
        let finding = Diagnostic::new(Code::Homoglyph, message)
            .at(span)
            .label(format!("`{wrong}` is U+{:04X}", u32::from(wrong)))
            .hint(format!("type the letter anew on a {} keyboard", right.name()));
        let fix = mended.map(|mended| Fix::new(format!("Write `{mended}` in {} letters alone", right.name()), span, mended));
        log.push(Diagnostic { fix, ..finding });
    }
}

fn has_words(leaf: &Leaf) -> bool {
    leaf.text.bytes().any(|byte| byte > 0x7f) && !leaf.element.contains(':') && !NO_WORDS.contains(&leaf.element.as_str())
}

/// A word with a letter of another script.
#[derive(Debug, PartialEq, Eq)]
struct Mixed {
    word: String,
    /// The first letter that is wrong.
    wrong: char,
    script: Script,
    right: Script,
}

impl Mixed {
    /// The word in letters of its own script alone; `None` where a letter looks like none of it, or like several.
    fn mended(&self) -> Option<String> {
        let pairs: &[(char, char)] = if [self.script, self.right].contains(&Script::Cyrillic) { &CYRILLIC } else { &GREEK };
        let other = |c: char| {
            let mut alike = pairs.iter().filter_map(|(one, two)| {
                if *one == c {
                    Some(*two)
                } else if *two == c {
                    Some(*one)
                } else {
                    None
                }
            });
            // A Latin Y is У in Russian and Ү in Kyrgyz: who knows the word has to say.
            alike.next().filter(|_| alike.next().is_none())
        };
        self.word.chars().map(|c| if Script::of(c) == Some(self.script) { other(c) } else { Some(c) }).collect()
    }
}

/// The mixed words of a text, with their places in it.
fn mixed_words(text: &str) -> Vec<(usize, Mixed)> {
    let mut mixed = Vec::new();
    let mut from = 0;
    for token in text.split_inclusive(char::is_whitespace) {
        // Addresses have letters of any script, and no words.
        if !token.contains("://") && !token.contains('@') && !token.starts_with("www.") {
            let mut start = None;
            for (at, c) in token.char_indices().chain([(token.len(), ' ')]) {
                let goes_on = c.is_alphabetic() || c == '\u{ad}' || c == '\u{301}';
                match (start, goes_on) {
                    (None, true) => start = Some(at),
                    (Some(begin), false) => {
                        mixed.extend(judge(&token[begin..at]).map(|mixed| (from + begin, mixed)));
                        start = None;
                    }
                    (None, false) | (Some(_), true) => {}
                }
            }
        }
        from += token.len();
    }
    mixed
}

/// Whether a run of letters is mixed.
fn judge(word: &str) -> Option<Mixed> {
    if word.is_ascii() {
        return None;
    }
    let scripts: Vec<(char, Script)> = word.chars().filter_map(|c| Some((c, Script::of(c)?))).collect();
    let has = |script| scripts.iter().any(|(_, found)| *found == script);
    let pair = match (has(Script::Latin), has(Script::Cyrillic), has(Script::Greek)) {
        (true, true, false) => (Script::Latin, Script::Cyrillic, CYRILLIC.as_slice()),
        (true, false, true) => (Script::Latin, Script::Greek, GREEK.as_slice()),
        _ => return None,
    };
    let (latin, other, pairs) = pair;
    let alike = |c: char| pairs.iter().any(|(one, two)| *one == c || *two == c);
    let anchored = |script| scripts.iter().any(|(c, found)| *found == script && !alike(*c));
    let count = |script| scripts.iter().filter(|(_, found)| *found == script).count();
    let right = match (anchored(latin), anchored(other)) {
        (true, true) => return None,
        (true, false) => latin,
        (false, true) => other,
        // Every letter could be either: most of them decide, and two letters are too few.
        (false, false) if count(latin) > count(other) => latin,
        (false, false) if count(latin) < count(other) => other,
        (false, false) => return None,
    };
    let wrong_script = if right == latin { other } else { latin };
    if is_inflected(&scripts) || is_symbol(&scripts, other, right) {
        return None;
    }
    let wrong = scripts.iter().find(|(_, script)| *script == wrong_script)?.0;
    Some(Mixed { word: word.to_owned(), wrong, script: wrong_script, right })
}

/// Latin capitals with a Cyrillic ending, such as `CMOSа`: an abbreviation that is inflected.
fn is_inflected(scripts: &[(char, Script)]) -> bool {
    let capitals = scripts.iter().take_while(|(c, script)| *script == Script::Latin && c.is_uppercase()).count();
    capitals >= 2 && scripts.iter().skip(capitals).all(|(c, script)| *script == Script::Cyrillic && c.is_lowercase())
}

/// A symbol, not a word: `μM`, `ΔT`, `βIII` and their kin have a Greek letter or two before Latin ones.
fn is_symbol(scripts: &[(char, Script)], other: Script, right: Script) -> bool {
    let greek = scripts.iter().filter(|(_, script)| *script == Script::Greek).count();
    other == Script::Greek && (scripts.len() < 3 || right == Script::Greek && (greek < 3 || greek * 2 <= scripts.len()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{article, checked};
    use super::*;

    fn wrong(text: &str) -> Option<char> {
        mixed_words(text).first().map(|(_, mixed)| mixed.wrong)
    }

    #[test]
    fn look_alikes_are_found() {
        for (text, letter) in [
            ("прoгресс", 'o'),
            ("Cлово", 'C'),
            ("Сognitive", 'С'),
            ("Мethods", 'М'),
            ("қоғaм", 'a'),
            ("мəдениет", 'ə'),
            ("эл aралык", 'a'),
            ("нa", 'a'),
            ("дB", 'B'),
            ("ТiO", 'Т'),
            ("XΥZ-plane and ΝORMAL", 'Υ'),
        ] {
            assert_eq!(wrong(text), Some(letter), "{text}");
        }
    }

    #[test]
    fn what_can_only_be_one_word_is_mended() {
        let mended = |text: &str| mixed_words(text).first().and_then(|(_, mixed)| mixed.mended());
        assert_eq!(mended("прoгресс").as_deref(), Some("прогресс"));
        assert_eq!(mended("Сognitive").as_deref(), Some("Cognitive"));
        assert_eq!(mended("YНИВЕРСИТЕТИ"), None, "it may be У or Ү");
    }

    #[test]
    fn scripts_may_change_at_signs_and_digits() {
        for text in [
            "CO2-эмиссия",
            "IT-компания",
            "p53-зависимый",
            "SMSка",
            "CMOSа",
            "μm",
            "NFκB",
            "TNFα",
            "ΔT",
            "αβ",
            "μM",
            "βIII",
            "Figureрисунок",
            "https://пример.рф/cтраница",
            "со",
            "e-mail: имя@example.ru",
            "ΒP",
        ] {
            assert_eq!(wrong(text), None, "{text}");
        }
    }

    #[test]
    fn each_word_is_named_once_at_its_place() {
        let checked = checked(&article(
            "ru",
            "",
            "<p>Слово &amp; пpогресс и ещё пpогресс.</p><p><code>cчёт</code> <inline-formula><tex-math>xу</tex-math></inline-formula></p>",
            "",
        ));
        checked.says_at("homoglyph: `пpогресс` has the Latin letter `p` among Cyrillic ones", "пpогресс");
    }

    #[test]
    fn many_are_counted() {
        let words: String = ["aзбука", "бaня", "вaза", "гaзета", "дaча", "жaба", "зaря"].iter().map(|word| format!("{word} ")).collect();
        let checked = checked(&article("ru", "", &format!("<p>{words}</p>"), ""));
        checked.says(&[
            "homoglyph",
            "homoglyph",
            "homoglyph",
            "homoglyph",
            "homoglyph: `дaча` has the Latin letter `a` among Cyrillic ones, and 2 others are like it",
        ]);
    }
}
