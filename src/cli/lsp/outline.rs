//! What an article consists of: the outline that an editor shows beside it.

use article::source::Source;
use article::xml::Element;
use lsp_types::{DocumentSymbol, SymbolKind};

use super::position::Counting;

/// How long a name may be, in characters.
const LONGEST: usize = 80;

/// The symbols below an element.
pub(super) fn symbols(source: &Source, counting: Counting, element: &Element) -> Vec<DocumentSymbol> {
    let mut out = Vec::new();
    for child in element.elements() {
        match kind(child) {
            Some(kind) => out.push(symbol(source, counting, child, kind)),
            None => out.extend(symbols(source, counting, child)),
        }
    }
    out
}

#[allow(deprecated, reason = "the protocol's own struct has a field that it no longer wants, and no constructor")]
fn symbol(source: &Source, counting: Counting, element: &Element, kind: SymbolKind) -> DocumentSymbol {
    // A list of references shows how many there are; each of them is found by its id.
    let children = if element.name == "ref-list" { Vec::new() } else { symbols(source, counting, element) };
    DocumentSymbol {
        name: name(element),
        detail: detail(element),
        kind,
        tags: None,
        deprecated: None,
        range: counting.range(source, element.span),
        selection_range: counting.range(source, element.tag),
        children: Some(children).filter(|children| !children.is_empty()),
    }
}

/// What kind of symbol an element is; `None` where it is none, and what is in it stands in its place.
fn kind(element: &Element) -> Option<SymbolKind> {
    Some(match element.name.as_str() {
        "front" | "front-stub" | "back" | "body" => SymbolKind::MODULE,
        "sub-article" | "response" => SymbolKind::FILE,
        "abstract" | "trans-abstract" | "ack" | "app" | "sec" | "glossary" | "bio" | "notes" => SymbolKind::NAMESPACE,
        "fig" | "fig-group" | "chem-struct-wrap" | "supplementary-material" => SymbolKind::OBJECT,
        "table-wrap" | "table-wrap-group" => SymbolKind::ARRAY,
        "disp-formula" if element.value("id").is_some() || element.child("label").is_some() => SymbolKind::OPERATOR,
        "boxed-text" | "statement" => SymbolKind::STRUCT,
        "ref-list" => SymbolKind::ENUM,
        _ => return None,
    })
}

/// The label and the title of an element, else its name.
pub(super) fn name(element: &Element) -> String {
    let label = element.child("label").map(Element::plain_text).unwrap_or_default();
    let caption = element.child("caption");
    let title = element
        .child("title")
        .or_else(|| caption.and_then(|caption| caption.child("title")))
        .or_else(|| caption.and_then(|caption| caption.child("p")))
        .or_else(|| ["front-stub", "front"].iter().find_map(|front| element.child(front)).and_then(title))
        .or_else(|| title(element))
        .map(Element::plain_text)
        .unwrap_or_default();
    let whole = [label, title].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    if whole.is_empty() { element.name.clone() } else { short(&whole) }
}

/// The title of an article in its front matter.
fn title(front: &Element) -> Option<&Element> {
    let meta = front.child("article-meta").unwrap_or(front);
    meta.child("title-group")?.child("article-title")
}

fn detail(element: &Element) -> Option<String> {
    if element.name == "ref-list" {
        return Some(format!("{} references", element.children_named("ref").count()));
    }
    Some(match element.value("id") {
        Some(id) => format!("{} {id}", element.name),
        None => element.name.clone(),
    })
}

/// The beginning of a long text.
pub(super) fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}
