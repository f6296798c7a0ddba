use super::*;

fn lang(tag: &str) -> Lang {
    Lang::parse(tag).expect("a tag").0
}

fn date(tag: &str, year: u16, month: Option<u8>, day: Option<u8>) -> String {
    date_in_words(&lang(tag), Date { year, month, day })
}

#[test]
fn every_file_can_be_read_and_has_the_name_of_its_tag() {
    for (tag, text) in FILES {
        let language: Language = toml::from_str(text).unwrap_or_else(|error| panic!("{tag}.toml: {error}"));
        assert_eq!(&language.tag, tag);
        assert_eq!(Lang::parse(tag).map(|(lang, mended)| (lang.tag().to_owned(), mended)), Some(((*tag).to_owned(), false)));
    }
    assert_eq!(FILES.len(), languages().count());
    assert!(FILES.len() >= 40);
}

#[test]
fn patterns_are_whole_and_nothing_is_empty() {
    for language in languages() {
        let tag = &language.tag;
        for (label, Word(text, _)) in &language.labels {
            assert!(!text.is_empty() && text.trim() == text, "{tag}: {}", label.name());
            assert!(label.placeholder().is_none_or(|placeholder| text.contains(placeholder)), "{tag}: {} has no number or date", label.name());
        }
        assert!(["{d}", "{m}", "{y}"].iter().all(|part| language.dates.day.contains(part)), "{tag}");
        assert!(["{m}", "{y}"].iter().all(|part| language.dates.month.contains(part)), "{tag}");
        assert!(language.dates.year.contains("{y}"), "{tag}");
        assert!(language.dates.months.iter().all(|month| !month.is_empty()), "{tag}");
        assert!(language.quotes.outer.iter().chain(&language.quotes.inner).all(|mark| !mark.is_empty()), "{tag}");
    }
}

/// The lines that the manual shows are those of the files: a language can be added by what stands there.
#[test]
fn the_lines_of_the_manual_are_those_of_a_language() {
    let manual = include_str!("../../../../CONTRIBUTING.md");
    let (_, chapter) = manual.split_once("## Adding a label language").expect("the chapter");
    let lines: String = chapter
        .lines()
        .skip_while(|line| !line.starts_with("    "))
        .take_while(|line| line.is_empty() || line.starts_with("    "))
        .map(|line| format!("{}\n", line.trim_start()))
        .collect();
    let shown: toml::Table = toml::from_str(&lines).expect("lines of a file");
    let own: toml::Table = toml::from_str(include_str!("../languages/tt.toml")).expect("a file");
    let optional = ["marked"];
    assert!(shown.keys().all(|key| own.contains_key(key) || optional.contains(&key.as_str())), "{shown:?}");
    assert!(own.keys().all(|key| shown.contains_key(key)), "{own:?}");
    // A copy under another tag is a language.
    let copy = include_str!("../languages/tt.toml").replace("tag = \"tt\"", "tag = \"ba\"");
    let language: Language = toml::from_str(&copy).expect("a language");
    assert_eq!(language.tag, "ba");
}

#[test]
fn every_source_is_known_and_one_is_used() {
    for language in languages() {
        let keys = language.labels.values().map(|Word(_, key)| key);
        for key in keys.chain([&language.quotes.source, &language.numbers.source, &language.dates.source]) {
            assert!(key == NO_SOURCE || source(key).is_some(), "{}: `{key}` is not in sources.toml", language.tag);
        }
    }
    assert_eq!(source(NO_SOURCE), None);
}

#[test]
fn english_has_every_word() {
    for label in Label::ALL {
        assert!(own_word(&Lang::english(), *label).is_some(), "{}", label.name());
        assert_eq!(Label::from_name(label.name()), Some(*label));
    }
}

#[test]
fn words_are_written_in_the_script_of_the_language() {
    for language in languages() {
        let foreign = |c: char| match language.script.as_str() {
            "Latn" => matches!(c, '\u{370}'..='\u{52f}'),
            "Cyrl" => c.is_ascii_alphabetic(),
            _ => matches!(c, '\u{400}'..='\u{52f}'),
        };
        for (label, Word(text, _)) in &language.labels {
            let text = ["{n}", "{date}", "{language}", "{label}"].iter().fold(text.clone(), |text, part| text.replace(part, ""));
            assert!(!text.chars().any(foreign), "{}: {} is `{text}`", language.tag, label.name());
        }
        let mut letters: Vec<&str> = language.alphabet.split(' ').collect();
        letters.sort_unstable();
        assert!(letters.windows(2).all(|pair| pair[0] != pair[1]), "{}: a letter stands twice", language.tag);
        assert_eq!(language.direction == Direction::Rtl, lang(&language.tag).is_rtl(), "{}", language.tag);
    }
}

#[test]
fn a_script_that_the_table_lacks_is_another_language() {
    let own = |tag: &str| language(&lang(tag)).map(|language| language.own.as_str());
    assert_eq!(own("ru-KG"), Some("русский"));
    assert_eq!(own("uz"), Some("o‘zbekcha"));
    assert_eq!(own("uz-Latn"), Some("o‘zbekcha"));
    assert_eq!(own("uz-Cyrl"), Some("ўзбекча"));
    assert_eq!(own("sr"), Some("српски"));
    assert_eq!(own("sr-Latn-RS"), Some("srpski"));
    assert_eq!(own("kk-Latn"), None);
    assert_eq!(own("no"), Some("norsk bokmål"));
    assert_eq!(own("zh-TW"), None);
    assert_eq!(own("cy"), None);
    assert_eq!(word(&lang("cy"), Label::Keywords), "Keywords");
}

#[test]
fn a_word_that_a_language_lacks_is_english() {
    assert_eq!(own_word(&lang("ky"), Label::DecisionLetter), None);
    assert_eq!(word(&lang("ky"), Label::DecisionLetter), "Decision letter");
    assert_eq!(word(&lang("pt-BR"), Label::RefereeReport), "Parecer");
}

#[test]
fn numbers_stand_where_the_language_puts_them() {
    assert_eq!(numbered(word(&lang("en"), Label::Figure), 2), "Figure 2");
    assert_eq!(numbered(word(&lang("kk"), Label::Figure), 2), "2-сурет");
    assert_eq!(numbered(word(&lang("lv"), Label::Table), 3), "3. tabula");
}

#[test]
fn dates_are_written_as_each_language_writes_them() {
    assert_eq!(date("en", 2020, Some(11), Some(5)), "5 November 2020");
    assert_eq!(date("ru", 2020, Some(11), Some(5)), "5 ноября 2020 г.");
    assert_eq!(date("ru", 2020, Some(11), None), "ноябрь 2020 г.");
    assert_eq!(date("ru", 2020, None, None), "2020 г.");
    assert_eq!(date("ky", 2020, Some(5), Some(1)), "2020-жылдын 1-майы");
    assert_eq!(date("ky", 2020, Some(5), None), "2020-жылдын майы");
    assert_eq!(date("kk", 2020, Some(5), Some(1)), "2020 жылғы 1 мамыр");
    assert_eq!(date("fr", 2020, Some(5), Some(1)), "1er mai 2020");
    assert_eq!(date("pl", 2020, Some(5), None), "maj 2020");
    assert_eq!(date("de", 2020, Some(3), Some(1)), "1. März 2020");
    assert_eq!(date("uz", 2020, Some(3), Some(1)), "1-mart, 2020");
    assert_eq!(date("mn", 2020, Some(5), Some(1)), "2020 оны тавдугаар сарын 1");
    assert_eq!(date("lt", 2020, Some(5), Some(1)), "2020 m. gegužės 1 d.");
    assert_eq!(date("ja", 2020, Some(5), Some(1)), "2020年5月1日");
    assert_eq!(date("en", 2020, Some(13), Some(5)), "2020");
    assert_eq!(date("xx", 2020, Some(1), None), "January 2020");
}
