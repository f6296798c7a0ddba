//! A reference by GOST, taken apart: `Иванов И. И. Название // Журнал. 2020. Т. 7, № 4. С. 12–19.`
//!
//! 1. Addresses, the day on which they were looked at and words for the carrier are taken out, wherever they stand.
//! 2. `//` parts the work from what it stands in, ` / ` the title from who had a part in it.
//! 3. The output data begin where the text after a stop, a dash or (behind `//`) a comma looks like one of them: a year, a volume, a place. A stop
//!    before anything else belongs to the title. This is why a title may hold stops, names and years.
//! 4. What is none of the known things is kept as it is, in [`Entry::rest`].
//!
//! Source: GOST R 7.0.5-2008, GOST R 7.0.100-2018, GOST 7.1-2003.

mod data;

use super::entry::Entry;
use super::names;
use super::terms::{after, find};
use crate::model::plain;
use data::{Count, compact, day, edition, imprint, numbered, several, size, year};

/// Words for the day on which an address was looked at.
const ACCESSED: [&str; 6] = ["дата обращения", "дата доступа", "дата звернення", "қаралған күні", "кайрылган күнү", "accessed"];
/// Words before an address.
const ADDRESS: [&str; 9] =
    ["режим доступа", "url", "электронный адрес", "электрон. адрес", "доступно по адресу", "доступно", "available at", "қолжетімді", "кирүү режими"];
/// Words for the carrier, which say nothing in English.
const CARRIERS: [&str; 12] = [
    "[электронный ресурс]",
    "[электрондук ресурс]",
    "[электрондық ресурс]",
    "[електронний ресурс]",
    "[текст]",
    "[electronic resource]",
    "текст : электронный",
    "текст: электронный",
    "текст : непосредственный",
    "текст: непосредственный",
    "электрон. текстовые дан.",
    "электрон. дан.",
];

/// Words that are always cut, at the end of a title too.
const CUT: [&str; 29] = [
    "конф",
    "ст",
    "тр",
    "зап",
    "сб",
    "мат",
    "матер",
    "науч",
    "гос",
    "др",
    "пр",
    "обл",
    "респ",
    "ин",
    "геогр",
    "ист",
    "экон",
    "физ",
    "хим",
    "биол",
    "геол",
    "лит",
    "вост",
    "техн",
    "мед",
    "юрид",
    "филол",
    "пед",
    "психол",
];

/// Words with which a source may be introduced, which say nothing in English.
const INSIDE: [&str; 6] = ["в кн.:", "в кн.", "в сб.:", "в сб.", "в книге:", "in:"];

/// Roles behind the names at the head of a reference, and how they are said in English of one and of several.
const HEADED: [(&str, &str, &str); 6] = [
    ("(отв. ред.)", "ed.", "eds."),
    ("отв. ред.", "ed.", "eds."),
    ("(ред.)", "ed.", "eds."),
    ("ред.", "ed.", "eds."),
    ("(сост.)", "comp.", "comps."),
    ("сост.", "comp.", "comps."),
];

/// What the abstract of a dissertation is called for short.
const ABSTRACT: &str = "автореф";

/// Takes a reference apart.
pub(super) fn parse(text: &str) -> Entry {
    let mut entry = Entry::default();
    let text: String = text.chars().map(|char| if matches!(char, '\u{a0}' | '\u{2009}' | '\u{202f}') { ' ' } else { char }).collect();
    let mut text = plain::fold(&text);
    take_accessed(&mut text, &mut entry);
    take_addresses(&mut text, &mut entry);
    for carrier in CARRIERS {
        while let Some((from, to)) = find(&text, carrier) {
            text.replace_range(from..to, "");
        }
    }
    match text.split_once("//") {
        Some((work, host)) => {
            head(work, false, &mut entry);
            source(host, &mut entry);
        }
        None => head(&text, true, &mut entry),
    }
    entry
}

/// Takes out “(дата обращения: 01.11.2020)”.
fn take_accessed(text: &mut String, entry: &mut Entry) {
    let Some((from, to)) = ACCESSED.iter().find_map(|word| find(text, word)) else { return };
    let open = text[..from].trim_end().char_indices().next_back().filter(|(_, char)| matches!(char, '(' | '['));
    let start = open.map_or(from, |(at, _)| at);
    let close = text[to..].find([')', ']']).filter(|_| open.is_some());
    let end = close.map_or(text.len(), |at| to + at);
    entry.accessed = Some(text[to..end].trim_matches([':', ' ', '.', ',']).to_owned()).filter(|day| !day.is_empty());
    let after = if close.is_some() { end + 1 } else { end };
    text.replace_range(start..after.min(text.len()), "");
}

/// Takes out addresses and the DOI, with the words before them.
fn take_addresses(text: &mut String, entry: &mut Entry) {
    while let Some(from) = ["https://", "http://", "www."].iter().filter_map(|scheme| text.find(scheme)).min() {
        let end = text[from..].find(' ').map_or(text.len(), |at| from + at);
        let mut address = text[from..end].trim_end_matches(['.', ',', ';', ':', '>']);
        if address.ends_with(')') && !address.contains('(') {
            address = address.trim_end_matches(')');
        }
        let address = address.to_owned();
        let to = from + address.len();
        match address.find("doi.org/10.").map(|at| address[at + "doi.org/".len()..].to_owned()) {
            Some(doi) => entry.doi = entry.doi.take().or(Some(doi)),
            None => entry.urls.push(address),
        }
        let start = before_words(text, from, &ADDRESS);
        let start = before_words(text, start, &["doi"]);
        text.replace_range(start..to, "");
    }
    while let Some((from, to)) = find(text, "doi") {
        let number = text[to..].trim_start_matches([':', ' ', '.']);
        let at = text.len() - number.len();
        if !number.starts_with("10.") {
            break;
        }
        let end = number.find(' ').map_or(text.len(), |end| at + end);
        let doi = text[at..end].trim_end_matches(['.', ',', ';', ')']).to_owned();
        let to = at + doi.len();
        entry.doi = entry.doi.take().or(Some(doi));
        text.replace_range(from..to, "");
    }
}

/// Where the words begin that stand directly before a place, if one of them does; else the place.
fn before_words(text: &str, place: usize, words: &[&str]) -> usize {
    let head = text[..place].trim_end_matches([':', ' ', '<', '.']);
    let found = words.iter().filter_map(|word| {
        let start = head.char_indices().rev().nth(word.chars().count().checked_sub(1)?)?.0;
        let is_word = head[..start].chars().next_back().is_none_or(|char| !char.is_alphabetic());
        (is_word && after(&head[start..], word) == Some("")).then_some(start)
    });
    found.min().unwrap_or(place)
}

/// Authors, title, who else had a part; for a work that stands by itself its output data too.
fn head(text: &str, alone: bool, entry: &mut Entry) {
    let mut areas = areas(text, false).into_iter();
    let first = areas.next().unwrap_or_default();
    let (title, responsible) = match first.split_once(" / ") {
        Some((title, responsible)) => (title, Some(responsible)),
        None => (first, None),
    };
    let (authors, more, mut title) = names::at_head(title);
    (entry.authors, entry.more) = (authors, more);
    if let Some((one, several, rest)) =
        HEADED.iter().find_map(|(word, one, several)| Some((one, several, after(title, word)?))).filter(|_| !entry.authors.is_empty())
    {
        entry.role = Some(if entry.authors.len() > 1 { several } else { one });
        title = rest;
    }
    entry.title = dissertation(tidy(title), entry);
    // “История : в 2 т.”
    if let Some((title, volumes)) = entry
        .title
        .rsplit_once(':')
        .filter(|(_, tail)| several(tail.trim_start()).is_some())
        .map(|(title, tail)| (tidy(title).to_owned(), tail.trim_start().to_owned()))
    {
        one(&volumes, entry);
        entry.title = title;
    }
    if let Some(responsible) = responsible {
        self::responsible(responsible, entry);
    }
    for area in areas {
        match titled_part(area).filter(|_| alone && entry.titled_part.is_none() && entry.year.is_none() && entry.places.is_empty()) {
            Some(part) => entry.titled_part = Some(part),
            None => datum(area, entry),
        }
    }
    entry.is_whole = alone;
    // `Название. Журнал. 2016;43(2):150–158`, where nothing else parts the journal from the title.
    if alone
        && entry.is_compact
        && let Some((title, source)) = entry.title.rsplit_once(". ").map(|(title, source)| (title.to_owned(), source.to_owned()))
    {
        (entry.title, entry.source, entry.is_whole) = (title, Some(source), false);
    }
}

/// What a work stands in, and its output data.
fn source(text: &str, entry: &mut Entry) {
    let text = text.trim_start();
    let text = INSIDE.iter().find_map(|word| after(text, word)).unwrap_or(text);
    let mut areas = areas(text, true).into_iter();
    let first = areas.next().unwrap_or_default();
    let (title, responsible) = match first.split_once(" / ") {
        Some((title, responsible)) => (title, Some(responsible)),
        None => (first, None),
    };
    entry.source = Some(tidy(title).to_owned()).filter(|title| !title.is_empty());
    for piece in responsible.into_iter().flat_map(|text| text.split(';')) {
        had_a_part(tidy(piece), entry);
    }
    for area in areas {
        datum(area, entry);
    }
}

/// Who had a part in a work: its authors, where they do not stand before the title or not all of them do, editors and others.
fn responsible(text: &str, entry: &mut Entry) {
    for piece in text.split(';').map(tidy).filter(|piece| !piece.is_empty()) {
        match names::all(piece) {
            Some((people, more)) if people.len() > entry.authors.len() || (more && !entry.more) => (entry.authors, entry.more) = (people, more),
            Some(_) => {}
            // An author once more, with the whole name.
            None if entry.authors.iter().any(|person| piece.starts_with(&person.surname)) && piece.split_whitespace().count() < 4 => {}
            None => had_a_part(piece, entry),
        }
    }
}

/// An editor, a translator, a body.
fn had_a_part(piece: &str, entry: &mut Entry) {
    if piece.is_empty() {
        return;
    }
    entry.parts.push(piece.to_owned());
}

/// A title without “дис. ... канд. ист. наук” behind it, which is noted.
fn dissertation(title: &str, entry: &mut Entry) -> String {
    let found = [" автореф. дис", " дис.", " диссертация на соиск"].iter().filter_map(|word| find(title, word)).map(|(at, _)| at).min();
    let Some(at) = found else { return title.to_owned() };
    entry.thesis = Some(title[at..].trim().to_owned());
    tidy(&title[..at]).to_owned()
}

/// A piece without what only separated it.
fn tidy(piece: &str) -> &str {
    let piece = piece.trim_start_matches([' ', '.', ',', ';', ':', '–', '—', '-', '/']);
    let unstopped = piece.trim_end_matches([' ', '.', ',', ';', ':', '–', '—', '-', '/']);
    // The stop of an abbreviation stays with it: of a letter that stands alone, or of a word that is always cut.
    let last = unstopped.rsplit([' ', '.']).next().unwrap_or_default().to_lowercase();
    let is_cut = last.chars().count() == 1 && last.chars().all(char::is_alphabetic) || CUT.contains(&last.as_str());
    let has_stop = piece[unstopped.len()..].starts_with('.');
    if is_cut && has_stop { &piece[..=unstopped.len()] } else { unstopped }
}

/// A text cut where output data begin. With `commas`, also behind a comma.
fn areas(text: &str, commas: bool) -> Vec<&str> {
    let mut cuts = vec![0];
    let mut depth = 0_usize;
    let mut imprinted = 0;
    for (at, char) in text.char_indices() {
        // Within brackets nothing begins.
        match char {
            '(' if text[at..].contains(')') => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 0 {
            continue;
        }
        let rest = &text[at + char.len_utf8()..];
        let next = rest.trim_start_matches([' ', '–', '—', '-']);
        let spaced = rest.starts_with(' ');
        let is_cut = match char {
            '.' => {
                let alone = text[..at].chars().rev().take_while(|char| char.is_alphanumeric()).take(2).collect::<Vec<_>>();
                // `И. С. 5` may be initials; a single small letter, as in `XX в.`, is none.
                let is_initial = matches!(alone.as_slice(), [letter] if letter.is_uppercase());
                // “Автореф. дис.” is one.
                let is_abstract = || text[..at].chars().rev().flat_map(char::to_lowercase).take(ABSTRACT.chars().count()).eq(ABSTRACT.chars().rev());
                // “от 5 июня 2020 г. № 312” is the number of a law.
                let is_law = !commas && next.starts_with('№') && text[..at].ends_with(" г");
                spaced && (next.len() + 1 < rest.len() || !is_initial) && !is_abstract() && !is_law
            }
            '?' | '!' | ']' | ')' | '…' | '»' => spaced,
            '–' | '—' | '-' => spaced && text[..at].ends_with(' ') && begins_datum(rest.trim_start()),
            ',' | ';' => spaced && (commas || cuts.len() > 1),
            _ => false,
        };
        if at > imprinted && is_cut && begins_datum(next) {
            cuts.push(text.len() - next.len());
            // A place that no table has is told by the year behind it, which is not cut off.
            imprinted = imprint(next).map_or(imprinted, |(_, _, rest)| text.len() - rest.len());
        }
    }
    cuts.dedup();
    cuts.push(text.len());
    cuts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

/// Whether a text begins with one of the output data.
fn begins_datum(text: &str) -> bool {
    year(text).is_some()
        || numbered(text).is_some()
        || size(text).is_some()
        || several(text).is_some()
        || edition(text).is_some()
        || imprint(text).is_some()
        || day(text).is_some()
        || ["автореф. дис", "дис.", "isbn", "issn", "edn"].iter().any(|word| after(text, word).is_some())
}

/// `Ч. 2. Торговля` before the output data: a part with a title of its own.
fn titled_part(area: &str) -> Option<(String, String)> {
    let (count, number, rest) = numbered(tidy_head(area))?;
    let word = match count {
        Count::Part => "pt.",
        Count::Book => "book",
        Count::Volume => "vol.",
        Count::Issue | Count::Pages | Count::Article => return None,
    };
    let title = tidy(tidy_head(rest));
    title.starts_with(char::is_uppercase).then(|| (format!("{word} {number}"), title.to_owned()))
}

/// Notes one area: each of the data in it, then whatever is left.
fn datum(area: &str, entry: &mut Entry) {
    let mut rest = tidy_head(area);
    while !rest.is_empty() {
        let before = rest.len();
        rest = tidy_head(one(rest, entry));
        if rest.len() >= before {
            break;
        }
    }
    if let Some(people) = rest.trim_start().strip_prefix("/ ") {
        responsible(people, entry);
        return;
    }
    let left = tidy(rest);
    if !left.is_empty() {
        entry.rest.push(left.to_owned());
    }
}

/// Notes a number. What is said a second time, as of an article that goes on in the next issue, is kept behind the first.
fn count_in(count: Count, number: String, entry: &mut Entry) {
    let many = number.contains(['–', '—', '-', ',']);
    let (slot, word) = match count {
        Count::Volume => (&mut entry.volume, "vol."),
        Count::Issue => (&mut entry.issue, "no."),
        Count::Pages => (&mut entry.pages, if many { "pp." } else { "p." }),
        Count::Article => (&mut entry.article, "art."),
        Count::Part => {
            entry.part = Some(format!("{} {number}", if many { "pts." } else { "pt." }));
            return;
        }
        Count::Book => {
            entry.part = Some(format!("book {number}"));
            return;
        }
    };
    if slot.is_none() { *slot = Some(number) } else { entry.further.push(format!("{word} {number}")) }
}

fn tidy_head(text: &str) -> &str {
    text.trim_start_matches([' ', '.', ',', ';', '–', '—', '-', ')'])
}

/// Notes the datum at the head of a text, if there is one. What follows it.
fn one<'a>(text: &'a str, entry: &mut Entry) -> &'a str {
    let text = text.strip_prefix('(').filter(|inner| inner.starts_with('№') && numbered(inner).is_some()).unwrap_or(text);
    if let Some((volume, number, pages, rest)) = compact(text).filter(|_| entry.year.is_some() && entry.volume.is_none()) {
        entry.volume = Some(volume.to_owned());
        entry.issue = number.map(str::to_owned);
        entry.pages = Some(pages.to_owned());
        entry.is_compact = true;
        return rest;
    }
    if let Some((number, how, rest)) = edition(text) {
        entry.edition = Some((number.to_owned(), how.map(str::to_owned)));
        return rest;
    }
    if let Some((number, rest)) = year(text).filter(|_| entry.year.is_none()) {
        entry.year = Some(number.to_owned());
        return rest;
    }
    if let Some((number, count, rest)) = several(text) {
        entry.several = Some(format!(
            "in {number} {}",
            match count {
                Count::Volume => "vols.",
                Count::Part => "pts.",
                Count::Book => "books",
                Count::Issue => "issues",
                Count::Pages => "pages",
                Count::Article => "articles",
            }
        ));
        return rest;
    }
    if let Some((number, rest)) = size(text) {
        entry.size = Some(number.to_owned());
        let ill = rest.trim_start_matches([' ', ':', ',']);
        return ill.strip_prefix("ил.").unwrap_or(rest);
    }
    if let Some((count, number, rest)) = numbered(text) {
        count_in(count, number.to_owned(), entry);
        return rest;
    }
    if let Some((day, rest)) = day(text) {
        entry.day = Some(day);
        return rest;
    }
    if ["автореф. дис", "дис."].iter().any(|word| after(text, word).is_some()) {
        let end = find(text, "наук").or_else(|| find(text, "искусствоведения")).or_else(|| find(text, "культурологии")).map_or(text.len(), |(_, to)| to);
        entry.thesis = Some(text[..end].to_owned());
        return &text[end..];
    }
    if ["isbn", "issn", "edn"].iter().any(|word| after(text, word).is_some()) {
        let end = text.find(['.', ';']).unwrap_or(text.len());
        entry.numbers.push(text[..end].to_owned());
        return &text[end..];
    }
    if let Some((places, publisher, rest)) = imprint(text) {
        entry.places.extend(places);
        entry.publisher = publisher.map(str::to_owned).or_else(|| entry.publisher.take());
        return rest;
    }
    text
}
