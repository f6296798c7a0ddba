use super::*;

/// Words divided by hand, by language, and the share of their places that the rules must find. A place that they leave open is no fault.
const WORDS: [(&str, &str, f64); 6] = [
    ("ky", include_str!("words/ky.txt"), 0.98),
    ("kk", include_str!("words/kk.txt"), 0.98),
    ("uz", include_str!("words/uz.txt"), 0.98),
    ("uz-Cyrl", include_str!("words/uz-Cyrl.txt"), 0.98),
    ("az", include_str!("words/az.txt"), 0.98),
    ("ro", include_str!("words/ro.txt"), 0.98),
];

fn rules(tag: &str) -> Rules {
    Lang::parse(tag).and_then(|(lang, _)| Rules::of(&lang)).expect("rules")
}

fn divided(tag: &str, word: &str) -> String {
    let mut shown = String::new();
    let breaks = rules(tag).breaks(word);
    for (at, c) in word.char_indices() {
        if breaks.contains(&at) {
            shown.push('-');
        }
        shown.push(c);
    }
    shown
}

#[test]
fn words_are_divided_as_by_hand() {
    for (tag, list, share) in WORDS {
        let words: Vec<&str> = list.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(words.len() >= 120, "{tag}: {} words", words.len());
        let (mut right, mut all, mut wrong, mut open) = (0, 0, Vec::new(), Vec::new());
        for by_hand in words {
            let word = by_hand.replace('-', "");
            let mut places = Vec::new();
            for part in by_hand.split('-') {
                places.push(places.last().copied().unwrap_or(0) + part.len());
            }
            places.pop();
            let found = rules(tag).breaks(&word);
            all += places.len();
            right += places.iter().filter(|place| found.contains(place)).count();
            let shown = divided(tag, &word);
            if found.iter().any(|place| !places.contains(place)) {
                wrong.push(format!("{shown} ({by_hand})"));
            } else if shown != by_hand {
                open.push(format!("{shown} ({by_hand})"));
            }
        }
        assert!(wrong.is_empty(), "{tag}: wrong: {wrong:?}; open: {open:?}");
        assert!(right as f64 >= share * all as f64, "{tag}: {right} of {all}; open: {open:?}");
    }
}

#[test]
fn what_is_no_word_is_not_divided() {
    for (tag, word) in
        [("ky", "КМШ"), ("ky", "КР"), ("ky", "pH"), ("ky", "тест1"), ("kk", "kitap"), ("uz", "‘kitob"), ("ro", "București9"), ("ky", ""), ("ky", "ь")]
    {
        assert_eq!(rules(tag).breaks(word), Vec::<usize>::new(), "{word}");
    }
    assert_eq!(divided("ky", "Бишкекте"), "Биш-кек-те");
}

#[test]
fn languages_of_the_engine_have_no_rules_here() {
    for tag in ["ru", "en", "tr", "kk-Latn", "ro-Cyrl", "ky-Arab"] {
        assert_eq!(Lang::parse(tag).and_then(|(lang, _)| Rules::of(&lang)), None, "{tag}");
    }
    assert_eq!(Lang::parse("ro-MD").and_then(|(lang, _)| Rules::of(&lang)), Some(Rules::Romanian));
}
