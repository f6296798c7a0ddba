use super::*;

/// Words divided by hand, by language: as the documents of the rules divide them, and as we did.
const WORDS: [(&str, &str); 6] = [
    ("ky", include_str!("words/ky.txt")),
    ("kk", include_str!("words/kk.txt")),
    ("uz", include_str!("words/uz.txt")),
    ("uz-Cyrl", include_str!("words/uz-Cyrl.txt")),
    ("az", include_str!("words/az.txt")),
    ("ro", include_str!("words/ro.txt")),
];

/// What is measured of the words of one kind: of all their places, how many the rules find, and what they find that is wrong.
#[derive(Default)]
struct Measure {
    words: usize,
    places: usize,
    found: usize,
    open: Vec<String>,
    wrong: Vec<String>,
}

impl Measure {
    /// Takes a line of a list. `~` says that the word has further places than are shown, `!` that it must not be divided at those that are.
    fn take(&mut self, tag: &str, line: &str) {
        let (by_hand, mark) = line.strip_prefix(['~', '!']).map_or((line, ' '), |rest| (rest, line.chars().next().unwrap_or(' ')));
        let mut shown = Vec::new();
        for part in by_hand.split('-') {
            shown.push(shown.last().copied().unwrap_or(0) + part.len());
        }
        shown.pop();
        let found = rules(tag).breaks(&by_hand.replace('-', ""));
        let wrong = if mark == '!' { found.iter().any(|place| shown.contains(place)) } else { mark == ' ' && found.iter().any(|place| !shown.contains(place)) };
        self.words += 1;
        if wrong {
            self.wrong.push(format!("{} ({line})", divided(tag, &by_hand.replace('-', ""))));
        } else if mark != '!' {
            let right = shown.iter().filter(|place| found.contains(place)).count();
            self.places += shown.len();
            self.found += right;
            if right < shown.len() {
                self.open.push(line.to_owned());
            }
        }
    }

    fn share(&self) -> f64 {
        self.found as f64 / self.places.max(1) as f64
    }
}

/// The measure of the words of the documents, with how many those are, and of ours.
fn measured(tag: &str, list: &str) -> (usize, Measure, Measure) {
    let (mut documents, mut theirs, mut ours) = (0, Measure::default(), Measure::default());
    let mut is_ours = false;
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        if let Some(document) = line.strip_prefix("= ") {
            is_ours = document == "ours";
            documents += usize::from(!is_ours);
        } else if is_ours {
            ours.take(tag, line);
        } else {
            theirs.take(tag, line);
        }
    }
    (documents, theirs, ours)
}

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
    let mut faults = Vec::new();
    for (tag, list) in WORDS {
        let (_, theirs, ours) = measured(tag, list);
        assert!(ours.words >= 120, "{tag}: {} words of ours", ours.words);
        for (who, measure, share) in [("documents", &theirs, 0.8), ("ours", &ours, 0.96)] {
            if !measure.wrong.is_empty() || measure.share() < share {
                faults.push(format!("{tag}, {who}: {} of {}; wrong: {:?}; open: {:?}", measure.found, measure.places, measure.wrong, measure.open));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The table of `words/README.md` is what the lists give.
#[test]
fn what_was_measured_is_what_is_said() {
    let told = include_str!("words/README.md");
    let mut unsaid = Vec::new();
    for (tag, list) in WORDS {
        let (documents, theirs, ours) = measured(tag, list);
        let of = |measure: &Measure| format!("{} | {} of {} | {}", measure.words, measure.found, measure.places, measure.wrong.len());
        let row = format!("| {tag} | {documents} | {} | {} |", of(&theirs), of(&ours));
        if !told.contains(&row) {
            unsaid.push(row);
        }
    }
    assert!(unsaid.is_empty(), "words/README.md does not say:\n{}", unsaid.join("\n"));
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
