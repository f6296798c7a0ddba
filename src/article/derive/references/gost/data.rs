//! The output data of a reference by GOST, each told at the head of a text: what it says, and what follows it.

use super::super::terms::{TERMS, after};
use super::tidy;

/// What a number is a number of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    Volume,
    Issue,
    Part,
    Book,
    Pages,
    Article,
}

/// Words before a number.
pub(super) const COUNTS: [(&str, Count); 32] = [
    ("ст.", Count::Article),
    ("art.", Count::Article),
    ("том ", Count::Volume),
    ("т.", Count::Volume),
    ("vol.", Count::Volume),
    ("v.", Count::Volume),
    ("выпуск ", Count::Issue),
    ("вып.", Count::Issue),
    ("№№", Count::Issue),
    ("№", Count::Issue),
    ("n ", Count::Issue),
    ("no.", Count::Issue),
    ("no ", Count::Issue),
    ("iss.", Count::Issue),
    ("шығ.", Count::Issue),
    ("чыг.", Count::Issue),
    ("часть ", Count::Part),
    ("ч.", Count::Part),
    ("pt.", Count::Part),
    ("книга ", Count::Book),
    ("кн.", Count::Book),
    ("стр.", Count::Pages),
    ("сс.", Count::Pages),
    ("с.", Count::Pages),
    ("бб.", Count::Pages),
    ("б.", Count::Pages),
    ("pp.", Count::Pages),
    ("p.", Count::Pages),
    ("р.", Count::Pages),
    ("issue ", Count::Issue),
    ("номер ", Count::Issue),
    ("pages ", Count::Pages),
];

/// So many bytes at the most stand in brackets behind a number.
pub(super) const BRACKETED: usize = 24;

/// A number with its word at the head of a text, and what follows.
pub(super) fn numbered(text: &str) -> Option<(Count, &str, &str)> {
    COUNTS.iter().find_map(|(word, count)| {
        let rest = after(text, word)?.trim_start();
        let is_number =
            |char: char| char.is_ascii_alphanumeric() || matches!(char, '–' | '—' | '-' | '/' | '(' | '.' | ',' | ' ' | ':' | '+') || matches!(char, 'А'..='я');
        let starts = rest.starts_with(|char: char| char.is_ascii_digit() || matches!(char, 'I' | 'V' | 'X' | 'L' | 'C' | 'e' | 'S' | 'A'));
        if !starts {
            return None;
        }
        // The number ends at a stop or a comma behind which no figure stands.
        let mut end = rest.len();
        let mut closed = 0;
        for (at, char) in rest.char_indices() {
            let tail = &rest[at + char.len_utf8()..];
            // What stands in brackets behind the number belongs to it: `53 (ч. I)`.
            if at < closed {
                continue;
            }
            if let Some(close) = tail.find(')').filter(|close| char == '(' && *close < BRACKETED) {
                closed = at + 1 + close + 1;
                continue;
            }
            let goes_on = match char {
                ',' => *count == Count::Pages && tail.trim_start().starts_with(|char: char| char.is_ascii_digit()),
                '.' => false,
                ' ' => {
                    let tail = tail.trim_start();
                    tail.starts_with(['(', '–', '—', '-']) || rest[..at].ends_with([',', '–', '—', '-'])
                }
                _ => is_number(char),
            };
            if !goes_on {
                end = at;
                break;
            }
        }
        let number = rest[..end].trim_end_matches([',', ' ', '–', '-', '—']);
        (!number.is_empty()).then(|| (*count, number, &rest[number.len()..]))
    })
}

/// A year, with or without `г.`, and what follows.
pub(super) fn year(text: &str) -> Option<(&str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: u16 = text.get(..digits)?.parse().ok().filter(|year| digits == 4 && (1500..=2099).contains(year))?;
    let rest = &text[digits..];
    let rest = rest.strip_prefix(['а', 'б', 'a', 'b']).unwrap_or(rest);
    let bare = rest.trim_start();
    let bare = bare.strip_prefix("г.").or_else(|| bare.strip_prefix("ж.")).unwrap_or(rest);
    // `2015–2019` is a range, and `1983-01-01` a day: a year of its own only where none follows.
    if let Some(range) = bare.strip_prefix(['–', '—', '-']).filter(|range| range.starts_with(|char: char| char.is_ascii_digit())) {
        let last = range.bytes().take_while(u8::is_ascii_digit).count();
        let behind = &range[last..];
        let is_last = (last == 4 || last == 2) && (behind.is_empty() || behind.starts_with(['.', ','])) && !has_year(behind);
        return is_last.then(|| (&text[..text.len() - behind.len()], behind));
    }
    let ends = bare.is_empty() || bare.starts_with(['.', ',', ';', ')', ':']) || bare.trim_start().starts_with(['–', '—', '-', '№', '(']);
    (ends && number > 0).then_some((&text[..digits], bare))
}

/// Whether four figures stand in a text that may be a year.
pub(super) fn has_year(text: &str) -> bool {
    text.split(|char: char| !char.is_ascii_digit()).any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}

/// `43(2):150–158`, as journals of medicine write it: the volume, the number, the pages, what follows.
pub(super) fn compact(text: &str) -> Option<(&str, Option<&str>, &str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (volume, rest) = text.split_at(digits);
    let (number, rest) = match rest.strip_prefix('(') {
        Some(inner) => inner.split_once(')').map(|(number, rest)| (Some(number), rest))?,
        None => (None, rest),
    };
    let rest = rest.strip_prefix(':')?.trim_start();
    let end = rest.find(|char: char| !(char.is_ascii_alphanumeric() || matches!(char, '-' | '–' | '—'))).unwrap_or(rest.len());
    (digits > 0 && end > 0).then(|| (volume, number, &rest[..end], &rest[end..]))
}

/// The size of a book, `320 с.`
pub(super) fn size(text: &str) -> Option<(&str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..)?.trim_start();
    let rest =
        ["стр.", "с.", "б.", "p.", "pp."].iter().find_map(|word| rest.strip_prefix(word)).or_else(|| rest.strip_suffix("с").filter(|rest| rest.is_empty()))?;
    (digits > 0 && digits < 5).then(|| (&text[..digits], rest))
}

/// In how many volumes, `В 2 т.`: the number, what they are, what follows.
pub(super) fn several(text: &str) -> Option<(&str, Count, &str)> {
    let rest = after(text, "в ")?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let word = rest.get(digits..)?.trim_start_matches(['-', 'х', ' ']);
    let (count, tail) = [("т.", Count::Volume), ("томах", Count::Volume), ("ч.", Count::Part), ("частях", Count::Part), ("кн.", Count::Book)]
        .iter()
        .find_map(|(name, count)| Some((*count, after(word, name)?)))?;
    (digits > 0).then(|| (&rest[..digits], count, tail))
}

/// Which edition, `2-е изд., перераб. и доп.`: the number, how it differs, what follows.
pub(super) fn edition(text: &str) -> Option<(&str, Option<&str>, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..)?;
    let rest = rest.strip_prefix("-е").or_else(|| rest.strip_prefix("-ші")).or_else(|| rest.strip_prefix("-бас")).unwrap_or(rest).trim_start();
    let rest = after(rest, "издание").or_else(|| after(rest, "изд.")).or_else(|| after(rest, "изд"))?;
    if digits == 0 {
        return None;
    }
    let more = rest.trim_start_matches([',', ' ', '.']);
    let known = TERMS.editions.iter().filter_map(|(word, english)| Some((word.len(), english, after(more, word)?)));
    match known.max_by_key(|(length, _, _)| *length) {
        Some((_, english, tail)) => Some((&text[..digits], Some(english), tail)),
        None => Some((&text[..digits], None, rest)),
    }
}

/// Places and publisher, `М. ; СПб. : Наука`: the places, the publisher, what follows. A place that the table lacks is one where a publisher and a
/// year follow it.
pub(super) fn imprint(text: &str) -> Option<(Vec<String>, Option<&str>, &str)> {
    let known = places(text);
    if let Some((places, rest)) = known {
        let rest = rest.trim_start();
        let Some(behind) = rest.strip_prefix(':') else {
            let ends = rest.is_empty() || rest.starts_with([',', '.', ';']) || year(rest).is_some();
            return ends.then_some((places, None, rest));
        };
        let (publisher, rest) = publisher(behind);
        return Some((places, publisher, rest));
    }
    let (place, behind) = text.split_once(':')?;
    let words = place.split_whitespace().count();
    let is_place = (1..=3).contains(&words) && place.starts_with(char::is_uppercase) && !place.contains(['.', ',', '«', '(']);
    if !is_place {
        return None;
    }
    let (publisher, rest) = publisher(behind);
    // A title with a colon and an imprint behind it is no place: `Геоэкология: учеб. пособие. Якутск: ЯГУ, 2000`.
    let is_publisher =
        publisher.is_some_and(|name| ![":", ". –", ". —"].iter().any(|sign| name.contains(sign)) && !has_year(name) && name.split_whitespace().count() < 8);
    let has_year = year(rest.trim_start_matches([',', ';', ' ', '.'])).is_some();
    (has_year && is_publisher).then(|| (vec![place.trim().to_owned()], publisher, rest))
}

/// Known places at the head of a text, several with semicolons or dashes between them.
pub(super) fn places(text: &str) -> Option<(Vec<String>, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        let longest = TERMS.places.keys().filter_map(|place| {
            let behind = after(rest.strip_prefix("г. ").unwrap_or(rest), place)?;
            let ends = place.ends_with('.') || !behind.starts_with(|char: char| char.is_alphanumeric() || matches!(char, '-' | '–'));
            ends.then_some((place.len(), behind))
        });
        let Some((_, behind)) = longest.max_by_key(|(length, _)| *length) else { break };
        found.push(rest[..rest.len() - behind.len()].trim().to_owned());
        rest = behind;
        let next = rest.trim_start();
        match next.strip_prefix(';').map(str::trim_start) {
            Some(next) => rest = next,
            None => break,
        }
    }
    (!found.is_empty()).then_some((found, rest))
}

/// A publisher up to the year.
pub(super) fn publisher(text: &str) -> (Option<&str>, &str) {
    let text = text.trim_start();
    let end = text.char_indices().find(|(at, char)| matches!(char, ',' | ';') && year(text[at + 1..].trim_start()).is_some()).map(|(at, _)| at);
    let end = end.unwrap_or(text.len());
    let name = tidy(&text[..end]);
    (Some(name).filter(|name| !name.is_empty()), &text[end..])
}

/// A day in figures or words, `12.05.2020` or `5 мая`: it in English, what follows.
pub(super) fn day(text: &str) -> Option<(String, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return None;
    }
    let rest = &text[digits..];
    // Kyrgyz: `14-май`.
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    if let Some(rest) = rest.strip_prefix('.') {
        let figures: String = rest.chars().take_while(|char| char.is_ascii_digit() || *char == '.').collect();
        let is_date = matches!(figures.trim_end_matches('.').split('.').map(str::len).collect::<Vec<_>>().as_slice(), [2, 4]);
        let length = digits + 1 + figures.trim_end_matches('.').len();
        return is_date.then(|| (text[..length].to_owned(), &text[length..]));
    }
    let word: String = rest.trim_start().chars().take_while(|char| char.is_alphabetic()).collect();
    let month = TERMS.months.get(&word.to_lowercase())?;
    let behind = rest.trim_start().strip_prefix(word.as_str())?;
    let ends = behind.is_empty() || behind.starts_with(['.', ',', ';', ')']);
    ends.then(|| (format!("{month} {}", &text[..digits]), behind))
}
