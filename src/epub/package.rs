//! The package document (EPUB 3.3, 5): metadata, manifest, spine.
//!
//! It is written here because the crate for the task, `epub-builder`, makes invalid ones (0.8.3): with an author and
//! a language the same id stands twice; formulas and drawings cannot be declared; there are no landmarks, no page list, no
//! identifier but a UUID, neither `file-as` nor roles, and `&` stays raw in metadata of one's own. Its traits are private,
//! so that none of this can be mended from outside.
//!
//! What the master does not say is absent: no element here is empty.

use article::edition::{Metadata, Person};
use article::lang::Lang;
use article::model::front::{Date, DateKind, Scheme};

use crate::container::ROOT;
use crate::dom::Element;
use crate::writer::Writer;
use crate::{Certificate, File, Stamp, access, cover, ncx};

/// The index of the first content document among the files of a book: before it stand `mimetype`, the container's own file,
/// the package document and the navigation document.
pub(crate) const FIRST: usize = 4;

/// The record in ONIX 3.0, which the metadata lead to.
pub(crate) const RECORD: &str = "onix.xml";

/// What is said of a book beside what is in it.
pub(crate) struct Frame<'a> {
    /// What it is known by.
    pub(crate) stamp: &'a Stamp,
    /// Whose pages its marks of pages are.
    pub(crate) pages_from: Option<&'a str>,
    /// Who has evaluated it.
    pub(crate) certificate: Option<&'a Certificate>,
    /// Whether a record in ONIX is in the container.
    pub(crate) has_record: bool,
}

/// Writes the package document over these files.
pub(crate) fn document(writer: &Writer<'_>, frame: &Frame<'_>, files: &[File<'_>]) -> Element {
    let lang = &writer.edition.lang;
    let mut package = Element::new("package").with("xmlns", "http://www.idpf.org/2007/opf").with("version", "3.0").with("unique-identifier", "identifier");
    package.set("xml:lang", lang.tag());
    if lang.is_rtl() {
        package.set("dir", "rtl");
    }
    package.children([metadata(writer, frame).into(), manifest(files).into(), spine(lang, files).into()])
}

fn metadata(writer: &Writer<'_>, frame: &Frame<'_>) -> Element {
    let Frame { stamp, pages_from, certificate, has_record } = *frame;
    let metadata = &writer.edition.metadata;
    let mut out = Element::new("metadata").with("xmlns:dc", "http://purl.org/dc/elements/1.1/");
    identifiers(metadata, stamp, &mut out);
    titles(metadata, stamp, &mut out);
    for (at, person) in metadata.people.iter().enumerate() {
        contributor(person, at + 1, &mut out);
    }
    for lang in languages(writer) {
        push(&mut out, "dc:language", lang.tag());
    }
    if let Some(date) = metadata.date {
        push(&mut out, "dc:date", &date_as_number(date));
    }
    for (kind, date) in &metadata.events {
        let property = match kind {
            DateKind::Received => "dcterms:dateSubmitted",
            DateKind::Accepted => "dcterms:dateAccepted",
            DateKind::Published | DateKind::Revised | DateKind::Approved | DateKind::Other => continue,
        };
        push_meta(&mut out, property, &date_as_number(*date));
    }
    push(&mut out, "dc:publisher", metadata.publisher.as_deref().unwrap_or_default());
    subjects(metadata, &mut out);
    for part in &metadata.abstracts {
        push_in(&mut out, "dc:description", &part.said, &part.lang);
    }
    push(&mut out, "dc:rights", metadata.rights.as_deref().unwrap_or_default());
    push_meta(&mut out, "dcterms:license", metadata.licence.as_deref().unwrap_or_default());
    for statement in &metadata.funding {
        out.push(in_lang("meta", &statement.said, &statement.lang).with("property", "schema:funding"));
    }
    journal(writer, &mut out);
    for doi in writer.edition.all_parts().into_iter().filter_map(|part| part.metadata.doi.as_ref()) {
        push_meta(&mut out, "dcterms:hasPart", &format!("https://doi.org/{doi}"));
    }
    if let Some(source) = pages_from {
        // The pages are those of the printed edition (EPUB Accessibility 1.1, 3.3; `pageBreakSource` has no prefix).
        push(&mut out, "dc:source", source);
        push_meta(&mut out, "pageBreakSource", source);
    }
    push_meta(&mut out, "dcterms:modified", &stamp.modified);
    out.children.extend(access::metadata(writer));
    out.children.extend(certificate.into_iter().flat_map(|certificate| access::conformance(writer, certificate)));
    if has_record {
        out.push(Element::new("link").with("rel", "record").with("href", RECORD).with("media-type", "application/xml").with("properties", "onix"));
    }
    out
}

/// The unique identifier, then all others that the master has, with their kind (ONIX code list 5) where that has a code.
fn identifiers(metadata: &Metadata, stamp: &Stamp, out: &mut Element) {
    out.push(Element::new("dc:identifier").with("id", "identifier").text(stamp.identifier.clone()));
    if metadata.doi.as_deref().is_some_and(|doi| stamp.identifier.ends_with(doi)) {
        out.push(refines("#identifier", "identifier-type", "06").with("scheme", "onix:codelist5"));
    }
    let doi = metadata.doi.iter().map(|doi| ("doi", doi.as_str())).filter(|(_, doi)| !stamp.identifier.ends_with(doi));
    let others = metadata.identifiers.iter().map(|(kind, value)| (kind.as_str(), value.as_str()));
    for (at, (kind, value)) in doi.chain(others).filter(|(_, value)| !value.trim().is_empty()).enumerate() {
        let id = format!("identifier-{}", at + 2);
        let (text, code) = match kind {
            "doi" => (format!("https://doi.org/{value}"), Some("06")),
            "isbn" => (format!("urn:isbn:{value}"), Some("15")),
            _ => (format!("{kind}:{value}"), None),
        };
        out.push(Element::new("dc:identifier").with("id", id.clone()).text(text));
        if let Some(code) = code {
            out.push(refines(&format!("#{id}"), "identifier-type", code).with("scheme", "onix:codelist5"));
        }
    }
}

/// The title, then its translations, each in its language. A book must have one (5.5.3.2): without a title it is known by its identifier.
fn titles(metadata: &Metadata, stamp: &Stamp, out: &mut Element) {
    let mut titles = metadata.titles.iter().filter(|title| !title.said.trim().is_empty());
    match titles.next() {
        Some(main) => out.push(in_lang("dc:title", &main.said, &main.lang).with("id", "title")),
        None => out.push(Element::new("dc:title").with("id", "title").text(stamp.identifier.clone())),
    }
    out.push(refines("#title", "title-type", "main"));
    for (at, title) in titles.enumerate() {
        // Shelves that know one title alone show it in the reader's language by the one, those that list all find each by the other.
        out.push(refines("#title", "alternate-script", &title.said).with("xml:lang", title.lang.tag()));
        let id = format!("title-{}", at + 2);
        out.push(in_lang("dc:title", &title.said, &title.lang).with("id", id.clone()));
        out.push(refines(&format!("#{id}"), "title-type", "main"));
    }
}

/// A contributor: the name as it is read, as it is sorted, and in the other languages.
fn contributor(person: &Person, number: usize, out: &mut Element) {
    let Some((first, others)) = person.names.split_first() else { return };
    let (name, id) = if person.role == "aut" { ("dc:creator", format!("creator-{number}")) } else { ("dc:contributor", format!("contributor-{number}")) };
    if first.said.display.trim().is_empty() {
        return;
    }
    out.push(in_lang(name, &first.said.display, &first.lang).with("id", id.clone()));
    let to = format!("#{id}");
    out.push(refines(&to, "role", person.role).with("scheme", "marc:relators"));
    if !first.said.file_as.trim().is_empty() {
        out.push(refines(&to, "file-as", &first.said.file_as));
    }
    for other in others.iter().filter(|other| !other.said.display.trim().is_empty()) {
        out.push(refines(&to, "alternate-script", &other.said.display).with("xml:lang", other.lang.tag()));
    }
    if let Some(orcid) = &person.orcid {
        out.push(refines(&to, "schema:sameAs", orcid));
    }
}

/// The language of the text, then those of the other fronts and of the parts.
pub(crate) fn languages<'a>(writer: &'a Writer<'_>) -> Vec<&'a Lang> {
    let mut out = vec![&writer.edition.lang];
    let edition = writer.edition;
    for lang in edition.texts().into_iter().flat_map(|(fronts, _, _)| fronts).map(|front| &front.lang) {
        if !out.contains(&lang) {
            out.push(lang);
        }
    }
    out
}

/// Codes, keywords and the subjects of catalogues. Only the UDC is among the authorities that EPUB knows (D.3.3); the others say their name.
fn subjects(metadata: &Metadata, out: &mut Element) {
    for (at, (scheme, code)) in metadata.codes.iter().enumerate().filter(|(_, (_, code))| !code.trim().is_empty()) {
        let id = format!("subject-{}", at + 1);
        let name = match scheme {
            Scheme::Udc => {
                out.push(Element::new("dc:subject").with("id", id.clone()).text(code.clone()));
                out.push(refines(&format!("#{id}"), "authority", "UDC"));
                out.push(refines(&format!("#{id}"), "term", code));
                continue;
            }
            Scheme::Bbk => "BBK",
            Scheme::Mrnti => "MRNTI",
            Scheme::Grnti => "GRNTI",
            Scheme::Jel => "JEL",
            Scheme::Msc => "MSC",
            Scheme::Pacs => "PACS",
        };
        push(out, "dc:subject", &format!("{name} {code}"));
    }
    for group in &metadata.keywords {
        for keyword in &group.said {
            push_in(out, "dc:subject", keyword, &group.lang);
        }
    }
    for subject in &metadata.subjects {
        push_in(out, "dc:subject", &subject.said, &subject.lang);
    }
}

/// The journal as the series that the article belongs to, with its ISSN and the place in it.
fn journal(writer: &Writer<'_>, out: &mut Element) {
    let metadata = &writer.edition.metadata;
    let Some(title) = metadata.journal.iter().find(|title| !title.said.trim().is_empty()) else { return };
    out.push(in_lang("meta", &title.said, &title.lang).with("property", "belongs-to-collection").with("id", "journal"));
    out.push(refines("#journal", "collection-type", "series"));
    for issn in metadata.issns.iter().filter(|issn| !issn.trim().is_empty()) {
        out.push(refines("#journal", "dcterms:identifier", &format!("urn:issn:{issn}")));
    }
    for other in metadata.journal.iter().filter(|other| *other != title && !other.said.trim().is_empty()) {
        out.push(refines("#journal", "dcterms:alternative", &other.said).with("xml:lang", other.lang.tag()));
    }
    let position: Vec<_> = metadata.volume.iter().chain(&metadata.number).map(String::as_str).collect();
    if !position.is_empty() && position.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())) {
        out.push(refines("#journal", "group-position", &position.join(".")));
    }
    let counted = || pages(metadata, writer.range.as_deref())?.split_once('–').map(|(_, last)| last.to_owned());
    let last_page = metadata.last_page.clone().or_else(|| counted().filter(|_| metadata.first_page.is_some()));
    let parts = [
        ("schema:volumeNumber", &metadata.volume),
        ("schema:issueNumber", &metadata.number),
        ("schema:pageStart", &metadata.first_page),
        ("schema:pageEnd", &last_page),
    ];
    for (property, value) in parts {
        push_meta(out, property, value.as_deref().unwrap_or_default());
    }
    let place = place_in_journal(metadata, writer.range.as_deref());
    if !place.is_empty() {
        push_meta(out, "dcterms:bibliographicCitation", &format!("{} {place}", title.said));
    }
}

/// Volume, number, pages and year in figures: “3 (2): 11–19, 2020”. Where the master names no pages, they are those that were `printed`. Empty where
/// nothing is known.
#[must_use]
pub fn place_in_journal(metadata: &Metadata, printed: Option<&str>) -> String {
    let mut out = metadata.volume.clone().unwrap_or_default();
    if let Some(number) = &metadata.number {
        out.push_str(&if out.is_empty() { format!("({number})") } else { format!(" ({number})") });
    }
    let pages = if out.is_empty() { metadata.extent() } else { pages(metadata, printed) };
    let year = metadata.year().map(|year| year.to_string());
    for (separator, part) in [(": ", pages), (", ", year)] {
        if let Some(part) = part {
            if !out.is_empty() {
                out.push_str(separator);
            }
            out.push_str(&part);
        }
    }
    out
}

/// The pages of an article as a range: the master's, else those that were `printed`. A master that is still being made often names the first alone, and
/// then the last one is that which was printed.
pub(crate) fn pages(metadata: &Metadata, printed: Option<&str>) -> Option<String> {
    let begins = |range: &&str| metadata.first_page.as_deref().is_some_and(|first| range.strip_prefix(first).is_some_and(|rest| rest.starts_with('–')));
    let completed = printed.filter(|_| metadata.last_page.is_none()).filter(begins);
    completed.map(str::to_owned).or_else(|| metadata.extent()).or_else(|| printed.map(str::to_owned))
}

/// A date as `2026-01-31`, as far as it is known (W3C note on date and time formats).
pub(crate) fn date_as_number(date: Date) -> String {
    match (date.month, date.day) {
        (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", date.year),
        (Some(month), None) => format!("{:04}-{month:02}", date.year),
        (None, _) => format!("{:04}", date.year),
    }
}

/// Every file of the publication, with the properties that readers must know (5.6.2).
fn manifest(files: &[File<'_>]) -> Element {
    let mut out = Element::new("manifest");
    for (href, file) in inside(files) {
        let mut item = Element::new("item").with("id", item_id(href)).with("href", href).with("media-type", file.media_type);
        if !file.properties.is_empty() {
            item.set("properties", file.properties);
        }
        out.push(item);
    }
    out
}

/// The documents in reading order, and the lists that landmarks lead to.
fn spine(lang: &Lang, files: &[File<'_>]) -> Element {
    let mut out = Element::new("spine");
    if lang.is_rtl() {
        out.set("page-progression-direction", "rtl");
    }
    if files.iter().any(|file| file.path.ends_with(ncx::NAME)) {
        out.set("toc", item_id(ncx::NAME));
    }
    let is_cover = |href: &str| href == cover::PAGE;
    let mut texts: Vec<_> = inside(files).filter(|(href, file)| file.media_type == "application/xhtml+xml" && *href != "nav.xhtml").collect();
    texts.sort_by_key(|(href, _)| !is_cover(href));
    out = out.children(texts.into_iter().map(|(href, _)| Element::new("itemref").with("idref", item_id(href)).into()));
    out.children([Element::new("itemref").with("idref", item_id("nav.xhtml")).with("linear", "no").into()])
}

/// The files of the publication, with their addresses as the package document knows them.
fn inside<'a>(files: &'a [File<'_>]) -> impl Iterator<Item = (&'a str, &'a File<'a>)> {
    files.iter().skip(FIRST - 1).filter_map(|file| Some((file.path.strip_prefix(ROOT)?.strip_prefix('/')?, file)))
}

/// The id of a file in the manifest: its name without folder and extension, with the kind of a text that is not the only one.
fn item_id(href: &str) -> String {
    let name = href.rsplit_once('/').map_or(href, |(_, name)| name);
    let (stem, kind) = name.rsplit_once('.').unwrap_or((name, ""));
    match kind {
        "xhtml" if !matches!(stem, "nav" | "article") => format!("text-{stem}"),
        "ncx" => "ncx".to_owned(),
        _ => stem.to_owned(),
    }
}

fn in_lang(name: &'static str, text: &str, lang: &Lang) -> Element {
    let mut element = Element::new(name).with("xml:lang", lang.tag());
    if lang.is_rtl() {
        element.set("dir", "rtl");
    }
    element.text(text)
}

fn push(out: &mut Element, name: &'static str, text: &str) {
    if !text.trim().is_empty() {
        out.push(Element::new(name).text(text));
    }
}

fn push_in(out: &mut Element, name: &'static str, text: &str, lang: &Lang) {
    if !text.trim().is_empty() {
        out.push(in_lang(name, text, lang));
    }
}

fn push_meta(out: &mut Element, property: &str, text: &str) {
    if !text.trim().is_empty() {
        out.push(Element::new("meta").with("property", property).text(text));
    }
}

fn refines(to: &str, property: &str, value: &str) -> Element {
    Element::new("meta").with("refines", to).with("property", property).text(value)
}
