//! Romanian: division by pronunciation.
//!
//! 1. The letters become sounds: `ch` and `gh` before `e` and `i` are one consonant, a last `i` behind a consonant is none that makes a syllable.
//! 2. Between two vowels: one consonant, `V-CV`; two, `VC-CV`, but `V-CCV` where the second is `l` or `r` and the first a stop or a fricative; three,
//!    `VC-CCV`, but `VCC-CV` for a list; four, `VC-CCCV`.
//! 3. Vowels that meet are not divided, for they may be one syllable; but a lone `i` or `u` between vowels begins one: `foa-ie`, `no-uă`.

/// Three consonants that are divided behind the second. Source: DOOM, division by pronunciation.
const BEHIND_THE_SECOND: [&str; 10] = ["lpt", "mpt", "mpț", "ncș", "nct", "ncț", "ndv", "rct", "rtf", "stm"];

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
    match consonants.as_slice() {
        [one] => Some(*one),
        [first, second] => Some(if matches!(letter(1), 'l' | 'r') && goes_with_liquid(letter(0)) { *first } else { *second }),
        [_, second, third] => {
            let three: String = (0..3).map(letter).collect();
            Some(if BEHIND_THE_SECOND.contains(&three.as_str()) { *third } else { *second })
        }
        [_, second, _, _] => Some(*second),
        _ => None,
    }
}

/// Consonants that open a syllable together with `l` or `r`.
fn goes_with_liquid(letter: char) -> bool {
    "bcdfghptv".contains(letter)
}

/// Whether a letter is a vowel; `None` for what is no letter of the language.
fn is_vowel(letter: char) -> Option<bool> {
    if "aăâeiîou".contains(letter) { Some(true) } else { "bcdfghjklmnpqrsștțvwxyzşţ".contains(letter).then_some(false) }
}
