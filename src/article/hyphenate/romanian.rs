//! Romanian: division by pronunciation.
//!
//! 1. The letters become sounds: `ch` and `gh` before `e` and `i` are one consonant, a last `i` behind a consonant is none that makes a syllable.
//! 2. Between two vowels: one consonant, `V-CV`; two, `VC-CV`, but `V-CCV` where the second is `l` or `r` and the first a stop or a fricative; three,
//!    `VC-CCV` where the last two can open a syllable, else `VCC-CV`; four, `VC-CCCV` where the last three can. What begins with `trans`, `post` or
//!    `port` is divided behind it, or not at all.
//! 3. Vowels that meet are not divided, for they may be one syllable; but a lone `i` or `u` between vowels begins one: `foa-ie`, `no-uă`.

/// The places at which a word may be divided, in letters.
pub(super) fn places(word: &[char]) -> Vec<usize> {
    let Some(kinds) = word.iter().map(|c| is_vowel(*c)).collect::<Option<Vec<bool>>>() else { return Vec::new() };
    let mut vowels = kinds.clone();
    // A last `i` behind a consonant is heard as a mark of that consonant, unless there is a stop with a liquid before it.
    if let [.., before, last, 'i'] = word
        && !is_vowel(*last).unwrap_or(true)
        && !(matches!(last, 'l' | 'r') && goes_with_liquid(*before))
        && let Some(end) = vowels.last_mut()
    {
        *end = false;
    }
    let syllabic: Vec<usize> = (0..word.len()).filter(|at| vowels[*at]).collect();
    let mut places = Vec::new();
    for pair in syllabic.windows(2) {
        let place = if pair[1] == pair[0] + 1 { glide(word, &kinds, pair[1]) } else { share(word, pair[0] + 1, pair[1]) };
        places.extend(place.filter(|place| *place >= 2 && word.len() - place >= 2));
    }
    places
}

/// A lone `i` or `u` between two other vowels.
fn glide(word: &[char], vowels: &[bool], at: usize) -> Option<usize> {
    let alone = |at: usize| word.get(at).is_some_and(|c| !matches!(c, 'i' | 'u'));
    let is_glide = matches!(word.get(at), Some('i' | 'u')) && at > 0 && vowels.get(at + 1) == Some(&true);
    (is_glide && alone(at - 1) && word.get(at + 1) != word.get(at)).then_some(at)
}

/// Where the consonants from one place to another are shared out.
fn share(word: &[char], from: usize, to: usize) -> Option<usize> {
    let mut consonants: Vec<usize> = Vec::new();
    for at in from..to {
        // `ch` and `gh` before `e` and `i` are one sound.
        let hard = word[at] == 'h' && at > from && matches!(word[at - 1], 'c' | 'g') && matches!(word.get(at + 1), Some('e' | 'i'));
        if !hard {
            consonants.push(at);
        }
    }
    let letter = |index: usize| consonants.get(index).and_then(|at| word.get(*at)).copied().unwrap_or_default();
    let letters: String = word[from..to].iter().collect();
    if is_foreign(&letters, word.get(to).copied()) {
        return None;
    }
    let opens = |first: usize| matches!(letter(first + 1), 'l' | 'r') && goes_with_liquid(letter(first));
    match consonants.as_slice() {
        [one] => Some(*one),
        [first, second] => Some(if opens(0) { *first } else { *second }),
        [_, second, third] => match prefix(word, from) {
            // `pos-tre-` or `post-re-`, `trans-port` or `tran-sport`: both are heard.
            Some("post" | "port") if letter(2) == 'r' => None,
            Some("trans") if matches!(letter(2), 'c' | 'p' | 't') => None,
            Some(_) => Some(*third),
            // `berbant-lâc`, a suffix; `delin-cvent` beside `delinc-vență`.
            None if letters.ends_with("tl") && word.get(to) == Some(&'â') => Some(*third),
            None if letters.ends_with("cv") => None,
            None => Some(if opens(1) || matches!(letter(1), 's' | 'ș' | 'z') || letters.ends_with("gv") { *second } else { *third }),
        },
        [_, second, _, _] => (prefix(word, from).is_none() && matches!(letter(1), 's' | 'ș' | 'z') && opens(2)).then_some(*second),
        _ => None,
    }
}

/// What a word begins with, where the consonants from a place on are the end of it.
fn prefix(word: &[char], from: usize) -> Option<&'static str> {
    let begins = |with: &str| with.chars().eq(word.iter().copied().take(with.len()));
    [("trans", 3), ("post", 2), ("port", 2)].into_iter().find(|(with, end)| from == *end && begins(with)).map(|(with, _)| with)
}

/// Whether letters are those of a foreign spelling, in which two are one sound: `ro-cker`, `ca-tharsis`, `Sali-gny`. Source: DOOM 2, 5.2.1.2.1.
fn is_foreign(letters: &str, next: Option<char>) -> bool {
    ["ck", "sh", "th", "tch", "dg", "dj"].iter().any(|pair| letters.contains(pair)) || (letters.ends_with("gn") && next == Some('y'))
}

/// Consonants that open a syllable together with `l` or `r`.
fn goes_with_liquid(letter: char) -> bool {
    "bcdfghptv".contains(letter)
}

/// Whether a letter is a vowel; `None` for what is no letter of the language.
fn is_vowel(letter: char) -> Option<bool> {
    if "aăâeiîou".contains(letter) { Some(true) } else { "bcdfghjklmnpqrsștțvwxyzşţ".contains(letter).then_some(false) }
}
