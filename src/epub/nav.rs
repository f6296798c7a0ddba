//! The navigation document (EPUB 3.3, 7).
//!
//! 1. The contents.
//! 2. Lists of figures and of tables, where there are so many that one looks for them ([`ENOUGH`]).
//! 3. Landmarks and the list of printed pages, hidden where the document itself is shown.
//!
//! The document stands last in the spine, out of the way of leafing: a landmark may lead only to what is in the spine, and readers that
//! know no list of figures reach it by the landmark.

use crate::dom::{Element, Node};
use crate::writer::{Entry, Float, Writer};
use article::lang::label::Label;

/// How many figures or tables are enough for a list of them: two are found without.
const ENOUGH: usize = 3;

/// Where the parts of the article begin, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Places {
    /// Title and authors.
    pub(crate) title: Option<String>,
    /// The text.
    pub(crate) text: Option<String>,
    /// The first list of references.
    pub(crate) references: Option<String>,
}

/// Writes contents and landmarks. `address` says where an id stands.
pub(crate) fn document(writer: &Writer<'_>, places: &Places, address: &dyn Fn(&str) -> String) -> Element {
    let heading = Element::new("h1").with("id", "toc-title").text(writer.word(Label::Contents));
    let mut entries = list(&writer.outline, address);
    if entries.is_none() {
        // The specification asks for one entry at least (7.4.1): an article without title and headings has its text.
        let start = places.text.as_deref().map_or_else(|| address(""), address);
        entries = Some(Element::new("ol").children([entry(Element::new("a").with("href", start.trim_end_matches('#')).text(writer.word(Label::Text)))]));
    }
    let toc = Element::new("nav").with("epub:type", "toc").with("role", "doc-toc").with("id", "toc").with("aria-labelledby", "toc-title");
    let toc = toc.children([heading.into()]).children(entries.map(Node::from));
    let figures = float_list(writer, Float::Figure, address);
    let tables = float_list(writer, Float::Table, address);
    let listed = [(figures.is_some(), "loi", writer.word(Label::Figures)), (tables.is_some(), "lot", writer.word(Label::Tables))];
    let listed: Vec<_> = listed.into_iter().filter(|(there, ..)| *there).map(|(_, kind, name)| (kind, name)).collect();
    let others = [figures, tables, Some(landmarks(writer, places, &listed, address)), page_list(writer, address)];
    writer.page(Element::new("body").children([toc.into()]).children(others.into_iter().flatten().map(Node::from)), None)
}

/// Where each printed page begins (EPUB 3.3, 7.4.3), hidden where the document itself is shown.
fn page_list(writer: &Writer<'_>, address: &dyn Fn(&str) -> String) -> Option<Element> {
    if writer.pages.is_empty() {
        return None;
    }
    let items = pages(writer, address);
    let nav = Element::new("nav").with("epub:type", "page-list").with("role", "doc-pagelist").with("id", "page-list");
    Some(nav.with("aria-label", writer.word(Label::PageList)).with("hidden", "hidden").children([Element::new("ol").children(items).into()]))
}

/// A link to each printed page, as items of a list.
pub(crate) fn pages(writer: &Writer<'_>, address: &dyn Fn(&str) -> String) -> Vec<Node> {
    writer.pages.iter().map(|page| entry(Element::new("a").with("href", address(&page.id)).text(page.label.clone()))).collect()
}

/// Leaves out what stands deeper in the contents.
pub(crate) fn cut(entries: &mut [Entry], depth: usize) {
    for entry in entries {
        if depth <= 1 {
            entry.children.clear();
        }
        cut(&mut entry.children, depth.saturating_sub(1));
    }
}

/// Entries as a list of links, those below them inside.
pub(crate) fn list(entries: &[Entry], address: &dyn Fn(&str) -> String) -> Option<Element> {
    let items: Vec<_> = entries.iter().map(|entry| item(entry, address)).collect();
    (!items.is_empty()).then(|| Element::new("ol").children(items))
}

fn item(entry: &Entry, address: &dyn Fn(&str) -> String) -> Node {
    let mut label = if entry.label.iter().all(is_blank) { vec![Node::Text("•".to_owned())] } else { entry.label.clone() };
    drop_blank_spans(&mut label);
    let link = Element::new("a").with("href", address(&entry.id)).children(label);
    Element::new("li").children([link.into()]).children(list(&entry.children, address).map(Node::from)).into()
}

/// A navigation document may hold no span without text (EPUB 3.3, 7.2).
fn drop_blank_spans(nodes: &mut Vec<Node>) {
    nodes.retain(|node| !matches!(node, Node::Element(element) if element.name == "span" && is_blank(node)));
    for node in nodes {
        if let Node::Element(element) = node {
            drop_blank_spans(&mut element.children);
        }
    }
}

fn is_blank(node: &Node) -> bool {
    match node {
        Node::Element(element) => element.children.iter().all(is_blank),
        Node::Text(text) => text.trim().is_empty(),
        Node::Leaf(_) | Node::Lettered(..) | Node::Piece(..) => false,
    }
}

/// The list of figures, or of tables (7.4.5).
fn float_list(writer: &Writer<'_>, kind: Float, address: &dyn Fn(&str) -> String) -> Option<Element> {
    let entries: Vec<_> = writer.floats.iter().filter(|(other, _)| *other == kind).map(|(_, entry)| entry.clone()).collect();
    if entries.len() < ENOUGH {
        return None;
    }
    let (name, title) = match kind {
        Float::Figure => ("loi", writer.word(Label::Figures)),
        Float::Table => ("lot", writer.word(Label::Tables)),
    };
    let heading = Element::new("h2").with("id", format!("{name}-title")).text(title);
    let nav = Element::new("nav").with("epub:type", name).with("id", name).with("aria-labelledby", format!("{name}-title"));
    Some(nav.children([heading.into()]).children(list(&entries, address).map(Node::from)))
}

/// The parts of the book for readers that jump to them, and the lists of this document.
fn landmarks(writer: &Writer<'_>, places: &Places, lists: &[(&'static str, &str)], address: &dyn Fn(&str) -> String) -> Element {
    let mut items = Vec::new();
    let here = |id: &str| format!("nav.xhtml#{id}");
    if writer.covered {
        items.push(landmark("cover", crate::cover::PAGE, writer.word(Label::Cover)));
    }
    if let Some(title) = &places.title {
        items.push(landmark("titlepage", &address(title), writer.word(Label::TitlePage)));
    }
    items.push(landmark("toc", &here("toc"), writer.word(Label::Contents)));
    if let Some(text) = &places.text {
        items.push(landmark("bodymatter", &address(text), writer.word(Label::Text)));
    }
    if let Some(references) = &places.references {
        items.push(landmark("bibliography", &address(references), writer.word(Label::References)));
    }
    for (kind, name) in lists {
        items.push(landmark(kind, &here(kind), name));
    }
    let nav =
        Element::new("nav").with("epub:type", "landmarks").with("id", "landmarks").with("aria-label", writer.word(Label::Landmarks)).with("hidden", "hidden");
    nav.children([Element::new("ol").children(items).into()])
}

fn landmark(kind: &'static str, href: &str, label: &str) -> Node {
    entry(Element::new("a").with("epub:type", kind).with("href", href).text(label))
}

fn entry(link: Element) -> Node {
    Element::new("li").children([link.into()]).into()
}
