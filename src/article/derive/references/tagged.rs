//! A reference that is only tagged, by its fields.

use super::entry::Entry;
use super::names::Person;
use crate::leaf::Leaves;
use crate::model::citation::{Citation, CitationKind, Field, Part, Role};
use crate::model::{doi, plain};

/// The fields of a citation as an entry.
pub(super) fn entry(leaves: &Leaves, citation: &Citation) -> Entry {
    let text = |field: &Field| plain::text(leaves, &field.body).trim().to_owned();
    let get = |part: Part| citation.fields.iter().find(|field| field.part == part).map(text).filter(|text| !text.is_empty());
    let own = get(Part::Chapter).or_else(|| get(Part::Title));
    let host = get(Part::Source).or_else(|| get(Part::Conference));
    let (title, source) = match (own, host) {
        (Some(own), host) => (own, host),
        (None, Some(host)) => (host, None),
        (None, None) => (String::new(), None),
    };
    let is_whole = source.is_none();
    let (title_in_english, source_in_english) =
        if is_whole { (get(Part::TransTitle).or_else(|| get(Part::TransSource)), None) } else { (get(Part::TransTitle), get(Part::TransSource)) };
    let pages = match (get(Part::FirstPage), get(Part::LastPage), get(Part::Pages)) {
        (Some(first), Some(last), _) if first != last => Some(format!("{first}–{last}")),
        (first, _, range) => range.or(first).or_else(|| get(Part::Elocation)),
    };
    let editors = people(leaves, citation, Role::Editor);
    let parts = if editors.is_empty() { Vec::new() } else { vec![format!("ред. {}", editors.iter().map(Person::spoken).collect::<Vec<_>>().join(", "))] };
    let links = citation.fields.iter().filter(|field| field.part == Part::Link).map(text).filter(|text| text.starts_with("http"));
    let (dois, urls): (Vec<String>, Vec<String>) = links.partition(|link| link.contains("doi.org/10."));
    let doi = get(Part::Doi).or_else(|| dois.first().cloned()).map(|doi| doi::bare(&doi).to_owned());
    let thesis = (citation.kind == CitationKind::Thesis).then(|| get(Part::Other)).flatten().filter(|text| text.to_lowercase().contains("дис"));
    Entry {
        authors: people(leaves, citation, Role::Author),
        more: citation.fields.iter().any(|field| field.part == Part::EtAl),
        title: title.trim_end_matches('.').to_owned(),
        title_in_english,
        parts,
        thesis,
        source,
        source_in_english,
        edition: get(Part::Edition)
            .map(|edition| (edition.chars().take_while(char::is_ascii_digit).collect::<String>(), None))
            .filter(|(number, _)| !number.is_empty()),
        places: get(Part::Place).into_iter().collect(),
        publisher: get(Part::Publisher),
        year: get(Part::Year),
        volume: get(Part::Volume),
        issue: get(Part::Issue),
        pages,
        size: get(Part::Size),
        numbers: get(Part::Isbn).map(|isbn| format!("ISBN {isbn}")).into_iter().collect(),
        doi,
        urls,
        accessed: get(Part::Accessed),
        is_whole,
        ..Entry::default()
    }
}

/// The persons of a role.
fn people(leaves: &Leaves, citation: &Citation, role: Role) -> Vec<Person> {
    let mut people: Vec<(usize, Person)> = Vec::new();
    for field in citation.fields.iter().filter(|field| field.part.is_name() && field.role == role) {
        if people.last().is_none_or(|(person, _)| *person != field.person) {
            people.push((field.person, Person::default()));
        }
        let Some((_, person)) = people.last_mut() else { continue };
        let text = plain::text(leaves, &field.body).trim().to_owned();
        match field.part {
            Part::Given => person.initials = initials(&text),
            Part::Prefix => person.surname = format!("{text} {}", person.surname).trim().to_owned(),
            _ => person.surname = format!("{} {text}", person.surname).trim().to_owned(),
        }
    }
    people.into_iter().map(|(_, person)| person).filter(|person| !person.surname.is_empty()).collect()
}

/// Given names as initials: `Иван Петрович` and `И.П.` as `И. П.`
fn initials(given: &str) -> String {
    let spaced = given.replace('.', ". ");
    let parts = spaced.split_whitespace().filter_map(|word| match word.strip_suffix('.') {
        Some(_) => Some(word.to_owned()),
        None if word.chars().count() <= 3 && word.chars().all(char::is_uppercase) => {
            Some(word.chars().map(|char| format!("{char}.")).collect::<Vec<_>>().join(" "))
        }
        None => word.chars().next().map(|char| format!("{char}.")),
    });
    parts.collect::<Vec<_>>().join(" ").replace(". -", ".-")
}
