//! How the article is cited, to be copied: a line, and records for reference managers.
//!
//! 1. The line stands in the front matter where the journal wishes it; elsewhere a plain one is made here ([`citation::plain`]).
//! 2. BibTeX: the entry types of Patashnik's *BibTeXing* with `doi`, `url`, `issn` and `langid`, which BibLaTeX reads.
//! 3. RIS: the tags of the RIS format of Research Information Systems (2011), type `JOUR`.

use article::derive::citation::{self, Author, Work};
use article::edition::Metadata;
use article::lang::label::Label;
use article::model::front::BEHALF;
use article::model::plain;

use crate::dom::Element;
use crate::writer::Writer;

/// The section; `None` for an article of which too little is known, such as one without authors.
pub(super) fn section(writer: &mut Writer<'_>) -> Option<Element> {
    let edition = writer.edition;
    let metadata = &edition.metadata;
    let title = metadata.titles.first()?;
    let authors = authors(metadata);
    if authors.is_empty() || metadata.journal.is_empty() && metadata.doi.is_none() {
        return None;
    }
    let name = writer.ids.fresh("citing");
    let heading = Element::new("h2").with("id", name.clone()).text(writer.word(Label::ForCitation));
    let mut section = Element::new("section").class("citing").with("aria-labelledby", name).children([heading.into()]);
    if edition.fronts.iter().all(|front| front.citation.is_none()) {
        section.push(in_its_language(Element::new("p").class("citation derived").text(line(writer)), writer));
    }
    let facts = Facts { metadata, authors: &authors, title: &title.said, pages: pages(writer) };
    for (kind, text) in [("BibTeX", bibtex(&facts)), ("RIS", ris(&facts, edition.lang.tag()))] {
        let record = Element::new("pre").children([in_its_language(Element::new("code").text(text), writer).into()]);
        section.push(Element::new("details").children([Element::new("summary").text(kind).into(), record.into()]));
    }
    Some(section)
}

/// A text that is mostly in the language of the title.
fn in_its_language(element: Element, writer: &Writer<'_>) -> Element {
    match writer.edition.metadata.titles.first() {
        Some(title) if title.lang != writer.edition.lang => element.lang(&title.lang, Some(&writer.edition.lang)),
        Some(_) | None => element,
    }
}

/// The plain line.
fn line(writer: &Writer<'_>) -> String {
    let edition = writer.edition;
    let metadata = &edition.metadata;
    let authors = edition.fronts.first().into_iter().flat_map(|front| &front.authors).filter(|author| author.kind != BEHALF);
    let authors = authors.map(|author| Author::named(&author.name, &author.initials, &edition.leaves));
    let work = Work {
        authors: authors.filter(|author| !author.surname.is_empty()).collect(),
        title: metadata.titles.first().map(|title| title.said.clone()).unwrap_or_default(),
        journal: metadata.journal.first().map(|journal| journal.said.clone()).unwrap_or_default(),
        year: metadata.year().map(|year| year.to_string()),
        volume: metadata.volume.clone(),
        number: metadata.number.clone(),
        pages: pages(writer),
        doi: metadata.doi.clone(),
        ..Work::default()
    };
    citation::plain(&work).text(None)
}

/// The pages of the article, or its number; where the master has neither, those that were printed.
fn pages(writer: &Writer<'_>) -> Option<String> {
    crate::package::pages(&writer.edition.metadata, writer.range.as_deref())
}

/// What a record is made of.
struct Facts<'a> {
    metadata: &'a Metadata,
    authors: &'a [&'a str],
    title: &'a str,
    pages: Option<String>,
}

/// The authors as they are sorted.
fn authors(metadata: &Metadata) -> Vec<&str> {
    let people = metadata.people.iter().filter(|person| person.role == "aut");
    people.filter_map(|person| person.names.first()).map(|name| name.said.file_as.as_str()).filter(|name| !name.trim().is_empty()).collect()
}

fn bibtex(facts: &Facts<'_>) -> String {
    let Facts { metadata, authors, title, pages } = facts;
    let year = metadata.year().map(|year| year.to_string());
    let surname: String = authors.first().map_or("", |name| name.split(',').next().unwrap_or_default()).chars().filter(char::is_ascii_alphabetic).collect();
    let key = if surname.is_empty() { "article".to_owned() } else { surname.to_ascii_lowercase() };
    let pages = pages.as_ref().map(|pages| pages.replace('–', "--"));
    let address = metadata.doi.as_deref().map(citation::address);
    let fields = [
        ("author", Some(authors.join(" and "))),
        ("title", Some((*title).to_owned())),
        ("journal", metadata.journal.first().map(|journal| journal.said.clone())),
        ("year", year.clone()),
        ("volume", metadata.volume.clone()),
        ("number", metadata.number.clone()),
        ("pages", pages),
        ("publisher", metadata.publisher.clone()),
        ("issn", metadata.issns.first().cloned()),
        ("doi", metadata.doi.clone()),
        ("url", address),
    ];
    let mut out = format!("@article{{{key}{},\n", year.unwrap_or_default());
    for (name, value) in fields {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            // A DOI and an address are read as they are.
            let value = if matches!(name, "doi" | "url") { value.replace(['{', '}'], "") } else { escaped(&value) };
            out.push_str(&format!("  {name} = {{{value}}},\n"));
        }
    }
    out.push_str("}\n");
    out
}

/// A text for BibTeX: signs that mean something there are escaped, braces would have to be even.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '{' | '}' | '\\' => {}
            '&' | '%' | '#' | '_' | '$' => out.extend(['\\', char]),
            char if char.is_whitespace() => out.push(' '),
            char => out.push(char),
        }
    }
    out
}

fn ris(facts: &Facts<'_>, lang: &str) -> String {
    let Facts { metadata, authors, title, pages } = facts;
    let (first, last) = match pages.as_deref().and_then(|pages| pages.split_once('–')) {
        Some((first, last)) => (Some(first.to_owned()), Some(last.to_owned())),
        None => (pages.clone(), None),
    };
    let mut lines: Vec<(&str, Option<String>)> = vec![("TY", Some("JOUR".to_owned()))];
    lines.extend(authors.iter().map(|author| ("AU", Some((*author).to_owned()))));
    lines.extend([
        ("TI", Some((*title).to_owned())),
        ("T2", metadata.journal.first().map(|journal| journal.said.clone())),
        ("PY", metadata.year().map(|year| year.to_string())),
        ("VL", metadata.volume.clone()),
        ("IS", metadata.number.clone()),
        ("SP", first),
        ("EP", last),
        ("PB", metadata.publisher.clone()),
        ("SN", metadata.issns.first().cloned()),
        ("DO", metadata.doi.clone()),
        ("UR", metadata.doi.as_deref().map(citation::address)),
        ("LA", Some(lang.to_owned())),
    ]);
    let said = lines.into_iter().filter_map(|(tag, value)| Some((tag, value.filter(|value| !value.trim().is_empty())?)));
    let mut out: String = said.map(|(tag, value)| format!("{tag}  - {}\n", plain::fold(&value))).collect();
    out.push_str("ER  - \n");
    out
}
