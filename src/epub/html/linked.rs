//! The article as linked data: a `ScholarlyArticle` of schema.org, in JSON-LD.
//!
//! Journal, volume and issue are nested as schema.org has them: the article is part of the issue, that of the volume, that of the journal.

use article::edition::{Metadata, Person};
use article::model::front::In;
use serde_json::{Map, Value, json};

use super::Look;
use super::head::{institutions, pages};
use crate::package::{date_as_number, languages};
use crate::writer::Writer;

/// The article. Nothing in the text can end the element that it stands in.
pub(super) fn article(writer: &Writer<'_>, look: &Look<'_>) -> String {
    let metadata = &writer.edition.metadata;
    let (first, last) = pages(metadata, look);
    let mut out = Map::new();
    put(&mut out, "@context", json!("https://schema.org"));
    put(&mut out, "@type", json!("ScholarlyArticle"));
    put(&mut out, "headline", metadata.titles.first().map_or(Value::Null, said));
    put(&mut out, "name", list(metadata.titles.iter().map(said)));
    put(&mut out, "inLanguage", list(languages(writer).into_iter().map(|lang| json!(lang.tag()))));
    put(&mut out, "author", list(people(writer, "aut")));
    put(&mut out, "editor", list(people(writer, "edt")));
    put(&mut out, "translator", list(people(writer, "trl")));
    put(&mut out, "datePublished", metadata.date.map_or(Value::Null, |date| json!(date_as_number(date))));
    put(&mut out, "abstract", list(metadata.abstracts.iter().map(said)));
    let keywords = metadata.keywords.iter().flat_map(|group| group.said.iter().map(|keyword| said(&In { lang: group.lang.clone(), said: keyword.clone() })));
    put(&mut out, "keywords", list(keywords));
    put(&mut out, "isPartOf", journal(metadata));
    put(&mut out, "publisher", metadata.publisher.as_ref().map_or(Value::Null, |name| json!({ "@type": "Organization", "name": name })));
    put(&mut out, "pageStart", first.map_or(Value::Null, |page| json!(page)));
    put(&mut out, "pageEnd", last.map_or(Value::Null, |page| json!(page)));
    if let Some(doi) = &metadata.doi {
        put(&mut out, "identifier", json!({ "@type": "PropertyValue", "propertyID": "DOI", "value": doi }));
        put(&mut out, "sameAs", json!(format!("https://doi.org/{doi}")));
    }
    put(&mut out, "license", metadata.licence.as_ref().map_or(Value::Null, |licence| json!(licence)));
    put(
        &mut out,
        "copyrightNotice",
        metadata.rights.as_ref().filter(|rights| metadata.licence.as_ref() != Some(rights)).map_or(Value::Null, |rights| json!(rights)),
    );
    put(&mut out, "url", look.address.map_or(Value::Null, |address| json!(address)));
    let encoding = |pdf: &str| json!({ "@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": pdf });
    put(&mut out, "encoding", look.pdf.map_or(Value::Null, encoding));
    let text = Value::Object(out).to_string();
    text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

fn put(out: &mut Map<String, Value>, key: &str, value: Value) {
    if !value.is_null() {
        out.insert(key.to_owned(), value);
    }
}

/// Several as an array, one as itself, none as nothing.
fn list(values: impl Iterator<Item = Value>) -> Value {
    let mut values: Vec<Value> = values.collect();
    match values.len() {
        0 => Value::Null,
        1 => values.remove(0),
        _ => Value::Array(values),
    }
}

/// A text in its language.
fn said(said: &In<String>) -> Value {
    json!({ "@value": said.said, "@language": said.lang.tag() })
}

/// The people of one role, each with the names in other scripts, ORCID and places of work.
fn people<'a>(writer: &'a Writer<'_>, role: &'static str) -> impl Iterator<Item = Value> {
    let people = writer.edition.metadata.people.iter().filter(move |person| person.role == role);
    people.filter_map(|person: &'a Person| {
        let (first, others) = person.names.split_first()?;
        let mut out = Map::new();
        put(&mut out, "@type", json!("Person"));
        put(&mut out, "name", json!(first.said.display));
        put(&mut out, "alternateName", list(others.iter().map(|name| json!({ "@value": name.said.display, "@language": name.lang.tag() }))));
        put(&mut out, "sameAs", person.orcid.as_ref().map_or(Value::Null, |orcid| json!(orcid)));
        let front = writer.edition.fronts.first()?;
        let places = institutions(writer, front, person).into_iter().map(|name| json!({ "@type": "Organization", "name": name }));
        put(&mut out, "affiliation", list(places));
        Some(Value::Object(out))
    })
}

fn journal(metadata: &Metadata) -> Value {
    if metadata.journal.is_empty() {
        return Value::Null;
    }
    let mut journal = Map::new();
    put(&mut journal, "@type", json!("Periodical"));
    put(&mut journal, "name", list(metadata.journal.iter().map(said)));
    put(&mut journal, "issn", list(metadata.issns.iter().map(|issn| json!(issn))));
    let mut part = Value::Object(journal);
    if let Some(volume) = &metadata.volume {
        part = json!({ "@type": "PublicationVolume", "volumeNumber": volume, "isPartOf": part });
    }
    if let Some(number) = &metadata.number {
        part = json!({ "@type": "PublicationIssue", "issueNumber": number, "isPartOf": part });
    }
    part
}
