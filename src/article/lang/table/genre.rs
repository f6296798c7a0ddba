//! What kind of article it is, in words, and the words of an imprint: volume, number, pages.
//!
//! Source for the kinds in Russian and English: GOST R 7.0.7-2021, 4.3, as journals that follow it print them (“Научная статья”, “Original
//! article”). The Kyrgyz, Kazakh and Ukrainian words are those of journals; no standard gives them. A language or a kind that is not here has
//! no word, and none is printed.

use super::Lang;

/// The words of an imprint and of what surrounds the authors, in a language.
#[derive(Debug)]
pub struct PlaceWords {
    /// Before the number of a volume.
    pub volume: &'static str,
    /// Before the number of an issue.
    pub number: &'static str,
    /// Before pages.
    pub pages: &'static str,
    /// Above what is said of one author, of several.
    pub about_authors: [&'static str; 2],
}

const RUSSIAN: PlaceWords = PlaceWords { volume: "Т.", number: "№", pages: "С.", about_authors: ["Информация об авторе", "Информация об авторах"] };
const KYRGYZ: PlaceWords = PlaceWords { volume: "Т.", number: "№", pages: "Б.", about_authors: ["Автор жөнүндө маалымат", "Авторлор жөнүндө маалымат"] };
const KAZAKH: PlaceWords = PlaceWords { volume: "Т.", number: "№", pages: "Б.", about_authors: ["Автор туралы мәлімет", "Авторлар туралы мәлімет"] };
const UKRAINIAN: PlaceWords = PlaceWords { volume: "Т.", number: "№", pages: "С.", about_authors: ["Інформація про автора", "Інформація про авторів"] };
const ENGLISH: PlaceWords =
    PlaceWords { volume: "Vol.", number: "no.", pages: "P.", about_authors: ["Information about the author", "Information about the authors"] };

/// The words of a language; the English ones where there are none.
#[must_use]
pub fn place_words(lang: &Lang) -> &'static PlaceWords {
    match lang.primary() {
        "ru" => &RUSSIAN,
        "ky" => &KYRGYZ,
        "kk" => &KAZAKH,
        "uk" => &UKRAINIAN,
        _ => &ENGLISH,
    }
}

/// The kinds of article that have a word, by `@article-type`: English, Russian, Kyrgyz, Kazakh, Ukrainian.
const KINDS: &[(&[&str], [&str; 5])] = &[
    (&["research-article"], ["Original article", "Научная статья", "Илимий макала", "Ғылыми мақала", "Наукова стаття"]),
    (&["review-article"], ["Review article", "Обзорная статья", "Сереп макала", "Шолу мақаласы", "Оглядова стаття"]),
    (&["brief-report", "rapid-communication"], ["Brief communication", "Краткое сообщение", "Кыскача билдирүү", "Қысқаша хабарлама", "Коротке повідомлення"]),
    (&["editorial"], ["Editorial", "Редакционная статья", "Редакциялык макала", "Редакциялық мақала", "Редакційна стаття"]),
    (&["discussion"], ["Discussion article", "Дискуссионная статья", "Талкуу макаласы", "Пікірталас мақаласы", "Дискусійна стаття"]),
    (&["book-review", "product-review"], ["Review", "Рецензия", "Рецензия", "Рецензия", "Рецензія"]),
    (&["obituary"], ["Personalia", "Персоналии", "Персоналий", "Персоналия", "Персоналії"]),
];

/// What kind of article it is, such as “Original article”.
#[must_use]
pub fn genre(lang: &Lang, kind: &str) -> Option<&'static str> {
    let at = ["en", "ru", "ky", "kk", "uk"].iter().position(|code| *code == lang.primary())?;
    KINDS.iter().find(|(kinds, _)| kinds.contains(&kind)).and_then(|(_, words)| words.get(at)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_has_its_word_where_the_language_has_one() {
        let lang = |tag: &str| Lang::parse(tag).expect("a tag").0;
        assert_eq!(genre(&lang("ru-KG"), "research-article"), Some("Научная статья"));
        assert_eq!(genre(&lang("en"), "review-article"), Some("Review article"));
        assert_eq!(genre(&lang("de"), "research-article"), None);
        assert_eq!(genre(&lang("ru"), "other"), None);
        assert_eq!(place_words(&lang("kk")).pages, "Б.");
    }
}
