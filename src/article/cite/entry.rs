//! The fields of a citation as an entry that CSL can set.
//!
//! 1. The kind decides what stands in what: an article in its journal, a chapter in its book.
//! 2. Names, numbers and titles go where the styles look for them.
//!
//! What the entry has no place for is set after it by [`super::align`]. Source: CSL 1.0.2, appendix IV, variables.

use std::str::FromStr;

use hayagriva::Entry;
use hayagriva::types::{
    Date, EntryType, FormatString, MaybeTyped, Numeric, PageRanges, Person, PersonRole, PersonsWithRoles, Publisher, QualifiedUrl, StringChunk,
};

use super::fields::Fields;
use crate::model::citation::{CitationKind, Part, Role};
use crate::model::doi;

/// What is cited, as CSL sees it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Something in something: its own kind, and that of what is around it.
    In(EntryType, EntryType),
    /// A work that stands by itself.
    Alone(EntryType),
}

/// The entry of a citation under a key.
pub(super) fn entry(key: &str, fields: &Fields) -> Entry {
    let shape = shape(fields);
    let (own, around) = match shape {
        Shape::In(own, around) => (own, Some(around)),
        Shape::Alone(own) => (own, None),
    };
    let mut entry = Entry::new(key, own);
    let mut host = around.map(|kind| Entry::new(key, kind));
    titles(fields, &mut entry, host.as_mut());
    people(fields, &mut entry, host.as_mut(), own);
    numbers(fields, &mut entry, host.as_mut());
    dates_and_links(fields, &mut entry);
    publisher(fields, host.as_mut().unwrap_or(&mut entry), own);
    let mut parents: Vec<Entry> = host.into_iter().collect();
    if let Some(series) = fields.get(Part::Series) {
        let mut collection = Entry::new(key, EntryType::Anthology);
        collection.set_title(text(series));
        match parents.first_mut() {
            Some(host) => host.set_parents(vec![collection]),
            None => parents.push(collection),
        }
    }
    if let Some(name) = fields.get(Part::Conference).filter(|_| fields.has(Part::Source)) {
        let mut conference = Entry::new(key, EntryType::Conference);
        conference.set_title(text(name));
        if let Some(place) = fields.get(Part::ConferencePlace) {
            conference.set_location(text(place));
        }
        parents.push(conference);
    }
    entry.set_parents(parents);
    entry
}

/// What stands in what.
fn shape(fields: &Fields) -> Shape {
    let part = fields.has(Part::Title) || fields.has(Part::Chapter);
    let whole = fields.has(Part::Source);
    match fields.citation.kind {
        CitationKind::Journal | CitationKind::Preprint => Shape::In(EntryType::Article, EntryType::Periodical),
        CitationKind::Newspaper => Shape::In(EntryType::Article, EntryType::Newspaper),
        CitationKind::Book if part && whole => Shape::In(EntryType::Chapter, EntryType::Book),
        CitationKind::Book => Shape::Alone(EntryType::Book),
        CitationKind::Conference if part => Shape::In(EntryType::Chapter, EntryType::Book),
        CitationKind::Conference => Shape::Alone(EntryType::Proceedings),
        CitationKind::Thesis => Shape::Alone(EntryType::Thesis),
        CitationKind::Report if part && whole => Shape::In(EntryType::Chapter, EntryType::Report),
        CitationKind::Report => Shape::Alone(EntryType::Report),
        CitationKind::Web if part && whole => Shape::In(EntryType::Web, EntryType::Web),
        CitationKind::Web => Shape::Alone(EntryType::Web),
        CitationKind::Data => Shape::Alone(EntryType::Misc),
        CitationKind::Patent => Shape::Alone(EntryType::Patent),
        CitationKind::Software => Shape::Alone(EntryType::Repository),
        CitationKind::Law => Shape::Alone(EntryType::Legislation),
        CitationKind::Case => Shape::Alone(EntryType::Case),
        CitationKind::Other if fields.has(Part::Chapter) && whole => Shape::In(EntryType::Chapter, EntryType::Book),
        CitationKind::Other if part && fields.has(Part::Conference) => Shape::In(EntryType::Chapter, EntryType::Book),
        CitationKind::Other if part && whole && fields.has(Part::Publisher) && !fields.has(Part::Volume) => Shape::In(EntryType::Chapter, EntryType::Book),
        CitationKind::Other if whole && (part || fields.has(Part::Volume)) => Shape::In(EntryType::Article, EntryType::Periodical),
        CitationKind::Other if whole && fields.has(Part::Publisher) => Shape::Alone(EntryType::Book),
        CitationKind::Other if fields.has(Part::Link) => Shape::Alone(EntryType::Web),
        CitationKind::Other => Shape::Alone(EntryType::Misc),
    }
}

fn titles(fields: &Fields, entry: &mut Entry, host: Option<&mut Entry>) {
    // A translation stands in brackets behind the title (ICMJE, sample references, 10).
    let with = |title: Option<&str>, translated: Option<&str>| match (title, translated) {
        (Some(title), Some(translated)) if translated.starts_with('[') => Some(format!("{title} {translated}")),
        (Some(title), Some(translated)) => Some(format!("{title} [{translated}]")),
        (title, translated) => title.or(translated).map(str::to_owned),
    };
    let volume = match (with(fields.get(Part::Source), fields.get(Part::TransSource)), fields.get(Part::PartTitle)) {
        (Some(source), Some(part)) => Some(format!("{source}. {part}")),
        (source, part) => source.or(part.map(str::to_owned)),
    };
    let volume = volume.or_else(|| fields.get(Part::Conference).map(str::to_owned));
    let title = with(fields.get(Part::Chapter).or_else(|| fields.get(Part::Title)), fields.get(Part::TransTitle));
    match host {
        Some(host) => {
            if let Some(title) = title {
                entry.set_title(text(&title));
            }
            if let Some(volume) = volume {
                host.set_title(text(&volume));
            }
        }
        None => {
            if let Some(title) = title.or(volume) {
                entry.set_title(text(&title));
            }
        }
    }
}

fn people(fields: &Fields, entry: &mut Entry, host: Option<&mut Entry>, own: EntryType) {
    let authors = persons(fields, Role::Author);
    if !authors.is_empty() {
        entry.set_authors(authors);
    }
    let editors = persons(fields, Role::Editor);
    if !editors.is_empty() {
        match host.filter(|_| own == EntryType::Chapter) {
            Some(host) => host.set_editors(editors),
            None => entry.set_editors(editors),
        }
    }
    let roles = [
        (Role::Translator, PersonRole::Translator),
        (Role::Compiler, PersonRole::Compiler),
        (Role::Director, PersonRole::Director),
        (Role::Illustrator, PersonRole::Illustrator),
    ];
    let affiliated: Vec<PersonsWithRoles> = roles
        .into_iter()
        .map(|(role, theirs)| PersonsWithRoles { names: persons(fields, role), role: theirs })
        .filter(|group| !group.names.is_empty())
        .collect();
    if !affiliated.is_empty() {
        entry.set_affiliated(affiliated);
    }
}

fn persons(fields: &Fields, role: Role) -> Vec<Person> {
    let persons = fields.persons(role);
    persons
        .iter()
        .map(|(_, pieces)| {
            let piece = |part: Part| {
                let texts: Vec<&str> = pieces
                    .iter()
                    .filter(|at| fields.citation.fields[**at].part == part)
                    .map(|at| fields.texts[*at].as_str())
                    .filter(|text| !text.is_empty())
                    .collect();
                (!texts.is_empty()).then(|| texts.join(" "))
            };
            let (surname, given) = (piece(Part::Surname), piece(Part::Given).map(|given| parted(&given)));
            let (name, given_name) = match (surname, given, piece(Part::Whole)) {
                (Some(surname), given, _) => (surname, given),
                (None, Some(given), _) => (given, None),
                (None, None, whole) => (whole.unwrap_or_default(), None),
            };
            Person { name, given_name, prefix: piece(Part::Prefix), suffix: piece(Part::Suffix), comma_suffix: false, alias: None }
        })
        .collect()
}

/// Initials that are written together, `LM` or `L.M.`, as separate names: the engine for CSL knows words only.
fn parted(given: &str) -> String {
    let mut out = String::with_capacity(given.len() + 4);
    for word in given.split_inclusive([' ', '-', '\u{a0}']) {
        let bare = word.trim_end_matches([' ', '-', '\u{a0}']);
        let together = (2..=4).contains(&bare.chars().count()) && bare.chars().all(char::is_uppercase);
        let mut before = None;
        for c in word.chars() {
            let new = before.is_some_and(|before: char| together && c.is_uppercase() || before == '.' && c.is_alphabetic());
            if new {
                out.push(' ');
            }
            out.push(c);
            before = Some(c);
        }
    }
    out
}

fn numbers(fields: &Fields, entry: &mut Entry, mut host: Option<&mut Entry>) {
    let volume_host = match &mut host {
        Some(host) => &mut **host,
        None => &mut *entry,
    };
    if let Some(volume) = fields.get(Part::Volume) {
        volume_host.set_volume(number(volume));
    }
    let issue = match (fields.get(Part::Issue), fields.get(Part::Supplement)) {
        (Some(issue), Some(supplement)) => Some(format!("{issue} {supplement}")),
        (issue, supplement) => issue.or(supplement).map(str::to_owned),
    };
    if let Some(issue) = issue {
        volume_host.set_issue(number(&issue));
    }
    if let Some(edition) = fields.get(Part::Edition) {
        volume_host.set_edition(number(ordinal(edition)));
    }
    if let Some(pages) = pages(fields) {
        entry.set_page_range(PageRanges::from_str(&pages).map_or_else(|_| MaybeTyped::String(pages), MaybeTyped::Typed));
    }
    if let Some(Ok(size)) = fields.get(Part::Size).map(Numeric::from_str) {
        entry.set_page_total(size);
    }
    let keys = [(Part::Number, "serial"), (Part::Version, "version"), (Part::Pmid, "pmid"), (Part::Pmcid, "pmcid"), (Part::Isbn, "isbn"), (Part::Issn, "issn")];
    for (part, key) in keys {
        if let Some(value) = fields.get(part) {
            entry.set_keyed_serial_number(key, value.to_owned());
        }
    }
    if let Some(doi) = fields.get(Part::Doi) {
        entry.set_doi(doi::bare(doi).to_owned());
    }
}

/// The number in an English ordinal such as `2nd` or `3rd ed.`, which styles write in their own way; anything else as it stands.
pub(super) fn ordinal(text: &str) -> &str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].trim_start_matches("st").trim_start_matches("nd").trim_start_matches("rd").trim_start_matches("th");
    let rest = rest.trim().trim_end_matches('.');
    if digits > 0 && (rest.is_empty() || rest == "ed" || rest == "edition") { &text[..digits] } else { text }
}

/// The pages as one range: the first and the last, else the range as it is written, else the number that stands for pages.
fn pages(fields: &Fields) -> Option<String> {
    match (fields.get(Part::FirstPage), fields.get(Part::LastPage), fields.get(Part::Pages)) {
        (Some(first), Some(last), None) if first != last => Some(format!("{first}-{last}")),
        (first, _, range) => range.or(first).or_else(|| fields.get(Part::Elocation)).map(str::to_owned),
    }
}

fn dates_and_links(fields: &Fields, entry: &mut Entry) {
    if let Some(year) = fields.get(Part::Year).and_then(leading_year) {
        let month = fields.get(Part::Month).and_then(month);
        let day = fields.get(Part::Day).and_then(|day| day.parse::<u8>().ok()).filter(|day| (1..=31).contains(day));
        entry.set_date(Date { year, month, day: day.filter(|_| month.is_some()).map(|day| day - 1), approximate: false, season: None });
    }
    // An address is given to the style where it is what the master shows.
    if let Some(address) = fields.get(Part::Link).filter(|text| (text.starts_with("http") || text.starts_with("ftp")) && !is_address_of_doi(fields, text))
        && let Ok(value) = address.parse()
    {
        entry.set_url(QualifiedUrl { value, visit_date: None });
    }
}

/// Whether an address is the DOI that the citation has too: it is shown once, as a DOI.
pub(super) fn is_address_of_doi(fields: &Fields, address: &str) -> bool {
    address.contains("doi.org/") && fields.get(Part::Doi).is_some_and(|doi| doi::bare(doi).eq_ignore_ascii_case(doi::bare(address)))
}

/// The year at the head of a text such as `2004a`; four digits, since what has fewer is shown with an era.
fn leading_year(text: &str) -> Option<i32> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|year| (1000..=9999).contains(year))
}

/// The number of a month from 0, from its number or the beginning of its English name.
pub(super) fn month(text: &str) -> Option<u8> {
    if let Ok(number) = text.trim().parse::<u8>() {
        return (1..=12).contains(&number).then(|| number - 1);
    }
    let start: String = text.chars().take(3).collect::<String>().to_ascii_lowercase();
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let whole = text.chars().all(|c| c.is_alphabetic() || c == '.');
    (0..).zip(names).find(|(_, name)| whole && *name == start).map(|(at, _)| at)
}

fn publisher(fields: &Fields, entry: &mut Entry, own: EntryType) {
    // A program or a set of data has no book around it: where it lies is who gives it out.
    let stand_in = (matches!(own, EntryType::Repository | EntryType::Misc) && fields.has(Part::Title)).then(|| fields.get(Part::Source)).flatten();
    let name = fields.get(Part::Publisher).or(stand_in);
    let place = fields.get(Part::Place);
    if name.is_some() || place.is_some() {
        entry.set_publisher(Publisher::new(name.map(text), place.map(text)));
    }
}

/// A text in the letters of the master, whatever case a style would give it: “CO2” is not to become “Co2”.
fn text(text: &str) -> FormatString {
    StringChunk::verbatim(text).into()
}

fn number(text: &str) -> MaybeTyped<Numeric> {
    // Only a plain number is read as one: any other is shown as it stands.
    if text.len() < 9 && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Numeric::from_str(text).map_or_else(|_| MaybeTyped::String(text.to_owned()), MaybeTyped::Typed);
    }
    MaybeTyped::String(text.to_owned())
}
