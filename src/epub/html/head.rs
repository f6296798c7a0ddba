//! What the head of a page says: title, style, and what the article is for those who gather articles.
//!
//! 1. Highwire's `citation_…`, by Google Scholar's *Inclusion Guidelines for Webmasters* (Indexing, “Configure the meta-tags”): one `citation_author`
//!    an author, each followed by where that one works; dates as `2020/01/31`.
//! 2. Dublin Core (DCMI, *Expressing Dublin Core using HTML/XHTML meta and link elements*), with the titles, abstracts and keywords of every language.
//! 3. Open Graph, for the cards of social networks, and [`linked`](super::linked) data.
//!
//! What the master does not say is absent.

use article::edition::{Author, FrontMatter, Metadata, Person};
use article::lang::Lang;
use article::lang::label::Label;
use article::model::front::Date;
use article::model::plain;

use super::{Look, linked};
use crate::dom::{Element, Node};
use crate::package::{date_as_number, languages};
use crate::writer::Writer;

/// The longest description of a page, in characters: search engines show no more.
const DESCRIPTION: usize = 300;

/// Families that machines have, behind those of the layout.
const FAMILIES: &str = "\"Noto Serif\", \"PT Serif\", Charter, Cambria, Georgia, \"Times New Roman\", serif";

/// The head.
pub(super) fn head(writer: &Writer<'_>, look: &Look<'_>) -> Element {
    let metadata = &writer.edition.metadata;
    let title = metadata.titles.first();
    let mut name = Element::new("title");
    if let Some(title) = title.filter(|title| title.lang != writer.edition.lang) {
        name = name.lang(&title.lang, Some(&writer.edition.lang));
    }
    let mut head = Element::new("head").children([
        Element::new("meta").with("charset", "utf-8").into(),
        Element::new("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1").into(),
        name.text(title.map_or_else(|| writer.word(Label::Text).to_owned(), |title| title.said.clone())).into(),
    ]);
    let mut said = Said { lang: &writer.edition.lang, nodes: Vec::new() };
    if let Some(description) = metadata.abstracts.iter().find(|said| said.lang == writer.edition.lang).or(metadata.abstracts.first()) {
        said.of("description", &shortened(&description.said), &description.lang);
    }
    highwire(&mut said, writer, look);
    dublin_core(&mut said, writer);
    open_graph(&mut said, writer, look);
    head.children.extend(said.nodes);
    for (rel, href) in
        [("canonical", look.address), ("license", metadata.licence.as_deref().and_then(|licence| Some(licence).filter(|licence| licence.starts_with("http"))))]
    {
        if let Some(href) = href.and_then(crate::link::address) {
            head.push(Element::new("link").with("rel", rel).with("href", href));
        }
    }
    if let Some(pdf) = look.pdf.and_then(crate::link::address) {
        head.push(Element::new("link").with("rel", "alternate").with("type", "application/pdf").with("href", pdf));
    }
    head.push(Element::new("style").text(style(look)));
    head.push(Element::new("script").with("type", "application/ld+json").text(linked::article(writer, look)));
    head
}

/// The style sheets. No text of a sheet ends the element before its time: `</` means nothing in CSS outside a string, where the escape means the same.
fn style(look: &Look<'_>) -> String {
    let families: String = look.families.iter().map(|family| format!("\"{}\", ", family.replace(['"', '\\', '\n'], " "))).collect();
    let [layout, page] = look.css;
    format!("\nbody {{ font-family: {families}{FAMILIES}; }}\n{layout}\n{page}").replace("</", "<\\/")
}

/// The `meta` elements so far.
struct Said<'a> {
    /// The language of the page.
    lang: &'a Lang,
    nodes: Vec<Node>,
}

impl Said<'_> {
    /// Says something, if there is something to be said.
    fn say(&mut self, name: &str, content: &str) {
        self.put("name", name, content, None);
    }

    /// The same in a language.
    fn of(&mut self, name: &str, content: &str, lang: &Lang) {
        let lang = Some(lang).filter(|lang| *lang != self.lang).cloned();
        self.put("name", name, content, lang.as_ref());
    }

    fn put(&mut self, key: &'static str, name: &str, content: &str, lang: Option<&Lang>) {
        let content = plain::fold(content);
        if content.is_empty() {
            return;
        }
        let mut meta = Element::new("meta").with(key, name).with("content", content);
        if let Some(lang) = lang {
            meta.set("lang", lang.tag());
        }
        self.nodes.push(meta.into());
    }
}

fn highwire(said: &mut Said<'_>, writer: &Writer<'_>, look: &Look<'_>) {
    let metadata = &writer.edition.metadata;
    if let Some(title) = metadata.titles.first() {
        said.of("citation_title", &title.said, &title.lang);
    }
    for person in metadata.people.iter().filter(|person| person.role == "aut") {
        let Some(name) = person.names.first() else { continue };
        said.of("citation_author", &name.said.file_as, &name.lang);
        let Some(front) = writer.edition.fronts.first() else { continue };
        for institution in institutions(writer, front, person) {
            said.of("citation_author_institution", &institution, &front.lang);
        }
        said.say("citation_author_orcid", person.orcid.as_deref().unwrap_or_default());
    }
    if let Some(date) = metadata.date {
        said.say("citation_publication_date", &date_with_slashes(date));
    }
    if let Some(journal) = metadata.journal.first() {
        said.of("citation_journal_title", &journal.said, &journal.lang);
    }
    for issn in &metadata.issns {
        said.say("citation_issn", issn);
    }
    let (first, last) = pages(metadata, look);
    let values = [
        ("citation_publisher", metadata.publisher.as_deref()),
        ("citation_volume", metadata.volume.as_deref()),
        ("citation_issue", metadata.number.as_deref()),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_doi", metadata.doi.as_deref()),
        ("citation_language", Some(writer.edition.lang.tag())),
        ("citation_pdf_url", look.pdf),
        ("citation_fulltext_html_url", look.address),
    ];
    for (name, value) in values {
        said.say(name, value.unwrap_or_default());
    }
    for group in &metadata.keywords {
        said.of("citation_keywords", &group.said.join("; "), &group.lang);
    }
}

fn dublin_core(said: &mut Said<'_>, writer: &Writer<'_>) {
    let metadata = &writer.edition.metadata;
    said.nodes.push(Element::new("link").with("rel", "schema.DC").with("href", "http://purl.org/dc/elements/1.1/").into());
    said.nodes.push(Element::new("link").with("rel", "schema.DCTERMS").with("href", "http://purl.org/dc/terms/").into());
    for (at, title) in metadata.titles.iter().enumerate() {
        said.of(if at == 0 { "DC.title" } else { "DCTERMS.alternative" }, &title.said, &title.lang);
    }
    for person in &metadata.people {
        if let Some(name) = person.names.first() {
            said.of(if person.role == "aut" { "DC.creator" } else { "DC.contributor" }, &name.said.file_as, &name.lang);
        }
    }
    for part in &metadata.abstracts {
        said.of("DCTERMS.abstract", &part.said, &part.lang);
    }
    for group in &metadata.keywords {
        for keyword in &group.said {
            said.of("DC.subject", keyword, &group.lang);
        }
    }
    if let Some(doi) = &metadata.doi {
        said.say("DC.identifier", &format!("doi:{doi}"));
    }
    if let Some(date) = metadata.date {
        said.say("DCTERMS.issued", &date_as_number(date));
    }
    for lang in languages(writer) {
        said.say("DC.language", lang.tag());
    }
    said.say("DC.publisher", metadata.publisher.as_deref().unwrap_or_default());
    said.say("DC.type", "Text");
    said.say("DC.rights", metadata.rights.as_deref().unwrap_or_default());
    if let Some(journal) = metadata.journal.first() {
        said.of("DCTERMS.isPartOf", &journal.said, &journal.lang);
    }
    for issn in &metadata.issns {
        said.say("DCTERMS.isPartOf", &format!("urn:issn:{issn}"));
    }
}

/// The Open Graph protocol (ogp.me).
fn open_graph(said: &mut Said<'_>, writer: &Writer<'_>, look: &Look<'_>) {
    let metadata = &writer.edition.metadata;
    said.put("property", "og:type", "article", None);
    said.put("property", "og:title", metadata.titles.first().map_or("", |title| title.said.as_str()), None);
    said.put("property", "og:site_name", metadata.journal.first().map_or("", |journal| journal.said.as_str()), None);
    said.put("property", "og:url", look.address.unwrap_or_default(), None);
    said.put("property", "og:locale", &writer.edition.lang.tag().replace('-', "_"), None);
    said.put("property", "og:description", &metadata.abstracts.first().map(|said| shortened(&said.said)).unwrap_or_default(), None);
}

/// The first and the last page: the master's, else those that were printed; the last one too where the master names the first alone.
pub(super) fn pages<'a>(metadata: &'a Metadata, look: &Look<'a>) -> (Option<&'a str>, Option<&'a str>) {
    let printed = look.printed.and_then(|printed| printed.folios.as_ref());
    if metadata.first_page.is_some() || metadata.elocation.is_some() {
        let counted = printed.filter(|(first, last)| metadata.first_page.as_ref() == Some(first) && first != last).map(|(_, last)| last.as_str());
        return (metadata.first_page.as_deref().or(metadata.elocation.as_deref()), metadata.last_page.as_deref().or(counted));
    }
    (printed.map(|(first, _)| first.as_str()), printed.map(|(_, last)| last.as_str()))
}

/// Where a person works, by the front matter: the author there whose name has the same letters.
pub(super) fn institutions(writer: &Writer<'_>, front: &FrontMatter, person: &Person) -> Vec<String> {
    let letters = |text: &str| text.chars().filter(|char| char.is_alphanumeric()).collect::<String>();
    let leaves = &writer.edition.leaves;
    let is_named = |author: &&Author| {
        let [given, surname, suffix, whole] =
            [&author.name.given, &author.name.surname, &author.name.suffix, &author.name.whole].map(|part| plain::title(leaves, part));
        let known = [format!("{surname}{given}{suffix}{whole}"), format!("{given}{surname}{suffix}{whole}")].map(|name| letters(&name));
        person.names.iter().any(|name| known.contains(&letters(&name.said.display)))
    };
    let author = front.authors.iter().find(is_named);
    let lines = author.into_iter().flat_map(|author| &author.affiliations).filter_map(|at| front.affiliations.get(*at));
    lines.map(|line| plain::title(leaves, &line.body)).collect()
}

/// A date as Google Scholar reads it, as far as it is known.
fn date_with_slashes(date: Date) -> String {
    date_as_number(date).replace('-', "/")
}

/// The beginning of a text, ending with a whole word.
pub(super) fn shortened(text: &str) -> String {
    let whole = plain::fold(text);
    if whole.chars().count() <= DESCRIPTION {
        return whole;
    }
    let cut: String = whole.chars().take(DESCRIPTION).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole))
}
