//! The navigation document: contents and landmarks (EPUB 3.3, 7).

use crate::dom::{Element, Node};
use crate::writer::{Entry, Writer};

/// Where the parts of the article begin, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Places {
    /// The text.
    pub(crate) text: Option<String>,
    /// The first list of references.
    pub(crate) references: Option<String>,
}

/// Writes contents and landmarks. `address` says where an id stands.
pub(crate) fn document(writer: &Writer<'_>, places: &Places, address: &dyn Fn(&str) -> String) -> Element {
    let heading = Element::new("h1").with("id", "toc-title").text(writer.labels.contents);
    let mut entries = list(&writer.outline, address);
    if entries.is_none() {
        // The specification asks for one entry at least (7.4.1): an article without title and headings has its text.
        let start = places.text.as_deref().map_or_else(|| address(""), address);
        entries = Some(Element::new("ol").children([entry(Element::new("a").with("href", start.trim_end_matches('#')).text(writer.words.text))]));
    }
    let toc = Element::new("nav").with("epub:type", "toc").with("role", "doc-toc").with("id", "toc").with("aria-labelledby", "toc-title");
    let toc = toc.children([heading.into()]).children(entries.map(Node::from));
    let others = [landmarks(writer, places, address), page_list(writer, address)];
    writer.page(Element::new("body").children([toc.into()]).children(others.into_iter().flatten().map(Node::from)), None)
}

/// Where each printed page begins (EPUB 3.3, 7.4.3), hidden where the document itself is shown.
fn page_list(writer: &Writer<'_>, address: &dyn Fn(&str) -> String) -> Option<Element> {
    if writer.pages.is_empty() {
        return None;
    }
    let items = writer.pages.iter().map(|page| entry(Element::new("a").with("href", address(&page.id)).text(page.label.clone())));
    let nav = Element::new("nav").with("epub:type", "page-list").with("role", "doc-pagelist").with("id", "page-list");
    Some(nav.with("aria-label", writer.words.pages).with("hidden", "hidden").children([Element::new("ol").children(items).into()]))
}

fn list(entries: &[Entry], address: &dyn Fn(&str) -> String) -> Option<Element> {
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

/// The parts of the book for readers that jump to them, hidden where the document itself is shown. The contents are not among
/// them: every reader has them, and a landmark must stand in the spine, where they would be the first page.
fn landmarks(writer: &Writer<'_>, places: &Places, address: &dyn Fn(&str) -> String) -> Option<Element> {
    let mut items = Vec::new();
    if let Some(text) = &places.text {
        items.push(landmark("bodymatter", &address(text), writer.words.text));
    }
    if let Some(references) = &places.references {
        items.push(landmark("bibliography", &address(references), writer.labels.references));
    }
    if items.is_empty() {
        return None;
    }
    let nav = Element::new("nav").with("epub:type", "landmarks").with("id", "landmarks").with("aria-label", writer.words.landmarks).with("hidden", "hidden");
    Some(nav.children([Element::new("ol").children(items).into()]))
}

fn landmark(kind: &'static str, href: &str, label: &str) -> Node {
    entry(Element::new("a").with("epub:type", kind).with("href", href).text(label))
}

fn entry(link: Element) -> Node {
    Element::new("li").children([link.into()]).into()
}
