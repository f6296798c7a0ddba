//! Turkic languages: a syllable has one vowel, and all that is written between two vowels is shared out between them.
//!
//! 1. The letters become sounds: a vowel, or a consonant of one or two letters with the sign that belongs to it.
//! 2. Between two vowels: none, `V-V`; one, `V-CV`; two, `VC-CV`; three, `VCC-CV`, or `VC-CCV` where the last two open a syllable of a loan word.
//! 3. No single letter is left behind or carried over, in Kyrgyz no single long vowel either.

use super::Rules;

/// A sound: where it begins, how many letters it has, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sound {
    at: usize,
    letter: char,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Vowel,
    Consonant,
    /// A consonant behind which a syllable ends: one with a sign that separates.
    Closed,
    /// A consonant of which the rules do not say on which side of the break it stands: nothing is divided beside it.
    Open,
}

/// The places at which a word may be divided, in letters.
pub(super) fn places(rules: Rules, word: &[char]) -> Vec<usize> {
    let Some(sounds) = sounds(rules, word) else { return Vec::new() };
    let vowels: Vec<usize> = (0..sounds.len()).filter(|at| sounds[*at].kind == Kind::Vowel).collect();
    let mut places = Vec::new();
    for pair in vowels.windows(2) {
        let between = &sounds[pair[0] + 1..pair[1]];
        let (before, after) = (sounds[pair[0]], sounds[pair[1]]);
        let place =
            if between.is_empty() { (!one_vowel(rules, before.letter, after.letter)).then_some(after.at) } else { share(rules, between, word, after.at) };
        places.extend(place.filter(|place| may_stand(rules, &word[..*place]) && may_stand(rules, &word[*place..])));
    }
    places
}

/// Whether a part of a word may stand alone in a line: not one letter, of which signs are none, and in Kyrgyz not one long vowel
/// (`аалам` stays whole: rules of 2008, § 80).
fn may_stand(rules: Rules, part: &[char]) -> bool {
    let letters = part.iter().filter(|c| !matches!(c, 'ь' | 'ъ' | '\'' | '‘' | '’' | 'ʻ' | 'ʼ')).count();
    let long = rules == Rules::Kyrgyz && matches!(part, [one, other] if one == other);
    letters >= 2 && !long
}

/// Where the consonants between two vowels are shared out; `next` is where the second vowel begins.
fn share(rules: Rules, between: &[Sound], word: &[char], next: usize) -> Option<usize> {
    // A sign that separates ends its syllable.
    if let Some(closed) = between.iter().position(|sound| sound.kind == Kind::Closed) {
        return match between.get(closed + 1..) {
            Some([]) | None => Some(next),
            Some(behind) => share(rules, behind, word, next),
        };
    }
    let last = between.last()?;
    if last.kind == Kind::Open {
        return None;
    }
    match between {
        // `й` between two vowels begins a syllable in Kazakh (`да-йын-дық`); of the other languages nothing is known.
        [one] => (one.letter != 'й' || rules == Rules::Kazakh).then_some(one.at),
        // `mono-grafiya`, but `sing-li`, and `kon-gress` beside `ing-ramoq`.
        [one, two] if is_uzbek(rules) && matches!(two.letter, 'r' | 'р') && matches!(one.letter, 'g' | 'г' | 'n' | 'н') => {
            matches!(one.letter, 'g' | 'г').then_some(one.at).or_else(|| (two.at == one.at + 1).then_some(two.at))
        }
        [one, two] => {
            let may = two.letter != 'й'
                && (!is_uzbek(rules)
                    || !opens_a_syllable(one.letter, two.letter)
                    || matches!(one.letter, 'v' | 'x' | 'q' | 'в' | 'х')
                    || begins_a_suffix(word, two.at));
            may.then_some(two.at)
        }
        [.., before, last] => {
            // The land of a people: `Кыргыз-стан`, `Қазақ-стан`.
            if matches!(word.get(before.at..before.at + 4), Some(['с', 'т', 'а', 'н'])) {
                return Some(before.at);
            }
            let opens = opens_a_syllable(before.letter, last.letter);
            // `sen-tyabr`, `ok-tyabr`.
            if rules == Rules::Azerbaijani && last.letter == 'y' && "bdfgkptv".contains(before.letter) {
                return Some(before.at);
            }
            // `si-lin-drik`, but `baland-roq`.
            if is_uzbek(rules)
                && opens
                && matches!(last.letter, 'r' | 'р')
                && !matches!(word.get(last.at..last.at + 3), Some(['r', 'o', 'q'] | ['р', 'о', 'қ']))
            {
                return Some(before.at);
            }
            // Loan words begin such a syllable with `s` as well, and suffixes begin with `l`: which it is, the letters do not tell.
            let loan = between.windows(2).any(|pair| matches!(pair[0].letter, 'н' | 'n') && matches!(pair[1].letter, 'с' | 's'));
            let suffix = (is_uzbek(rules) || rules == Rules::Azerbaijani) && opens;
            (!loan && !suffix && last.letter != 'й').then_some(if opens { before.at } else { last.at })
        }
        [] => None,
    }
}

fn is_uzbek(rules: Rules) -> bool {
    matches!(rules, Rules::Uzbek | Rules::UzbekCyrillic)
}

/// Whether the plural or the noun of quality begins here. Uzbek carries the two consonants of a loan word over together (`demo-kratiya`), and divides
/// them before a suffix (`kitob-lar`).
fn begins_a_suffix(word: &[char], at: usize) -> bool {
    matches!(word.get(at..at + 3), Some(['l', 'a', 'r'] | ['l', 'i', 'k'] | ['л', 'а', 'р'] | ['л', 'и', 'к']))
}

/// Whether two vowels are one sound: long vowels are written twice in Kyrgyz.
fn one_vowel(rules: Rules, before: char, after: char) -> bool {
    before == after && matches!(rules, Rules::Kyrgyz | Rules::Kazakh)
}

/// Whether a syllable of a loan word can begin so: a stop or a fricative before a liquid.
fn opens_a_syllable(first: char, second: char) -> bool {
    "бвгдкптфхbvgdkptfxq".contains(first) && "рлrl".contains(second)
}

/// The sounds of a word; `None` where it holds something that is no letter of the language.
fn sounds(rules: Rules, word: &[char]) -> Option<Vec<Sound>> {
    let mut sounds: Vec<Sound> = Vec::with_capacity(word.len());
    let mut at = 0;
    while let Some(letter) = word.get(at).copied() {
        let next = word.get(at + 1).copied();
        let digraph = next.filter(|next| is_digraph(rules, letter, *next));
        let behind = word.get(at + 2..).unwrap_or_default();
        if is_sign(rules, letter, sounds.last().map(|last| last.letter)) {
            let last = sounds.last_mut()?;
            match letter {
                // `баталь-он`: rules of 2008, § 81. Of the others it is not known.
                'ь' if next.is_some_and(|next| letters(rules).0.contains(next)) => {
                    last.kind = if rules == Rules::Kyrgyz { Kind::Closed } else { Kind::Open };
                }
                'ь' => {}
                // A mark that makes another letter of the one before it.
                _ if rules == Rules::Uzbek && matches!(last.letter, 'o' | 'g') && last.at + 1 == at => {}
                _ if last.kind == Kind::Vowel => sounds.push(Sound { at, letter, kind: Kind::Closed }),
                _ => last.kind = Kind::Closed,
            }
        } else {
            let is_open = digraph.is_some() && matches!(letter, 'n' | 'н') && !is_one_sound(behind);
            let kind = if is_open { Kind::Open } else { kind(rules, letter, sounds.last().map(|last| last.kind))? };
            sounds.push(Sound { at, letter, kind });
            at += usize::from(digraph.is_some());
        }
        at += 1;
    }
    Some(sounds)
}

/// The vowels and the consonants of a language.
fn letters(rules: Rules) -> (&'static str, &'static str) {
    match rules {
        Rules::Kyrgyz => ("аеёиоөуүыэюя", "бвгджзйклмнңпрстфхцчшщ"),
        Rules::Kazakh => ("аәеёиоөұүыіэюя", "бвгғджзйкқлмнңпрстфхһцчшщ"),
        Rules::UzbekCyrillic => ("аеёиоуўэюя", "бвгғджзйкқлмнпрстфхҳцчш"),
        Rules::Uzbek => ("aeiou", "bdfghjklmnpqrstvxyzc"),
        Rules::Azerbaijani => ("aəeıioöuü", "bcçdfgğhxjkqlmnprsştvyz"),
        Rules::Romanian => ("", ""),
    }
}

fn kind(rules: Rules, letter: char, before: Option<Kind>) -> Option<Kind> {
    let (vowels, consonants) = letters(rules);
    if letter == 'у' && rules == Rules::Kazakh {
        return Some(if before == Some(Kind::Vowel) { Kind::Consonant } else { Kind::Vowel });
    }
    if vowels.contains(letter) { Some(Kind::Vowel) } else { consonants.contains(letter).then_some(Kind::Consonant) }
}

/// Whether `ng` is one sound before these letters: `de-ngiz`, `si-ngil`, but `bugun-gi-lar`.
fn is_one_sound(behind: &[char]) -> bool {
    match behind {
        ['i', 'z', ..] | ['и', 'з', ..] => true,
        ['i', 'l', rest @ ..] | ['и', 'л', rest @ ..] => !matches!(rest, ['a' | 'а', ..]),
        _ => false,
    }
}

/// Two letters that are one sound. `ng` is one in `de-ngiz` and two in `un-ga`: it is kept whole, and mostly open.
fn is_digraph(rules: Rules, first: char, second: char) -> bool {
    match rules {
        Rules::Uzbek => matches!((first, second), ('s' | 'c', 'h') | ('n', 'g')),
        Rules::UzbekCyrillic => (first, second) == ('н', 'г'),
        Rules::Kyrgyz | Rules::Kazakh | Rules::Azerbaijani | Rules::Romanian => false,
    }
}

/// Signs that have no sound of their own.
fn is_sign(rules: Rules, letter: char, before: Option<char>) -> bool {
    match letter {
        'ь' | 'ъ' => before.is_some() && !matches!(rules, Rules::Uzbek | Rules::Azerbaijani),
        '\'' | '‘' | '’' | 'ʻ' | 'ʼ' => rules == Rules::Uzbek && before.is_some(),
        _ => false,
    }
}
