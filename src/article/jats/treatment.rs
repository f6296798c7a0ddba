//! Treatments of taxa (TaxPub 1.0): a name, and what is said of it.
//!
//! 1. [`Reader::treatment`] makes a section of a treatment. Its heading is the name with authority and status; what the name is registered by and where it is
//!    drawn stands below it.
//! 2. [`Reader::nomenclature`] reads a name that stands elsewhere, and where it was used before, each as a line.

use super::Reader;
use super::block::{holds_blocks, is_block};
use crate::model::block::{Block, Paragraph, Section, SectionKind};
use crate::model::inline::{Inline, Style};
use crate::xml::{Element, Node};

/// What the heading of a treatment says.
const HEADING: [&str; 3] = ["tp:taxon-name", "tp:taxon-authority", "tp:taxon-status"];

/// Ranks whose names are set in italics, whatever stands around them. Source: ICZN, General Recommendation 6; ICN, Preface.
const ITALIC: [&str; 7] = ["genus", "subgenus", "species", "subspecies", "variety", "form", "infraspecific-epithet"];

impl Reader<'_> {
    /// `tp:taxon-treatment`.
    pub(super) fn treatment(&mut self, element: &Element) -> Vec<Block> {
        let Some(at) = element.children.iter().position(|node| !is_apart(node)) else { return self.group(element) };
        let (before, rest) = element.children.split_at(at);
        let Some((Node::Element(named), rest)) = rest.split_first() else { return self.group(element) };
        let (mut heading, mut below) = (named.clone(), named.clone());
        heading.children.retain(is_heading);
        if named.name != "tp:nomenclature" || named.has_own_text() || named.child("tp:taxon-name").is_none() || holds_blocks(&heading) {
            return self.group(element);
        }
        let labelled = named.elements().find(|child| child.name == "label").map(|label| label.span);
        below.children.retain(|node| !is_heading(node) && !matches!(node, Node::Element(child) if Some(child.span) == labelled));
        let mut registered = Vec::new();
        for node in &mut heading.children {
            if let Node::Element(child) = node {
                let (of_name, numbers) = std::mem::take(&mut child.children).into_iter().partition(|node| !is_number(node));
                child.children = of_name;
                registered.extend::<Vec<Node>>(numbers);
            }
            in_italics(node);
        }
        below.children.splice(0..0, registered);
        let label = named.child("label").map(|label| self.run(label)).unwrap_or_default();
        let mut title = self.joined(&heading, " ");
        self.tidy(&mut title);
        let mut blocks = self.flow(before, None, element.span);
        let id = self.id(element);
        blocks.extend(self.nomenclature_line(&below, None));
        blocks.extend(self.flow(rest, None, element.span));
        vec![Block::Section(Section { kind: SectionKind::Section, id, label, title, blocks, span: element.span })]
    }

    /// `tp:nomenclature` and its citations: what is only tagged is read with blanks between it, on one line, the name's own in bold. Citations stand
    /// below it.
    pub(super) fn nomenclature(&mut self, element: &Element) -> Vec<Block> {
        self.nomenclature_line(element, (element.name != "tp:nomenclature-citation").then_some(Style::Bold))
    }

    fn nomenclature_line(&mut self, element: &Element, style: Option<Style>) -> Vec<Block> {
        let is_apart = |node: &Node| matches!(node, Node::Element(child) if is_block(&child.name) || holds_blocks(child));
        let (rest, of_line): (Vec<Node>, Vec<Node>) = element.children.iter().cloned().partition(is_apart);
        let line = Element { children: of_line, ..element.clone() };
        let mut body = self.joined(&line, " ");
        self.tidy(&mut body);
        let mut blocks = Vec::new();
        if !body.is_empty() {
            if let Some(style) = style {
                body = vec![Inline::Styled(style, body)];
            }
            blocks.push(Block::Paragraph(Paragraph { id: self.id(element), continued: true, body, span: element.span }));
        }
        blocks.extend(self.flow(&rest, None, element.span));
        blocks
    }
}

/// What may stand before the name of a treatment: its data, and blanks.
fn is_apart(node: &Node) -> bool {
    match node {
        Node::Element(child) => child.name == "tp:treatment-meta",
        Node::Text(text) => text.text.trim().is_empty(),
    }
}

fn is_heading(node: &Node) -> bool {
    matches!(node, Node::Element(child) if HEADING.contains(&child.name.as_str()))
}

/// What a name is registered by: a number of ZooBank, IPNI or the like.
fn is_number(node: &Node) -> bool {
    matches!(node, Node::Element(child) if child.name == "object-id")
}

/// A name all parts of which are of ranks that stand in italics, in italics.
fn in_italics(name: &mut Node) {
    if let Node::Element(element) = name
        && element.name == "tp:taxon-name"
        && !element.has_own_text()
        && element.elements().all(|part| part.value("taxon-name-part-type").is_some_and(|rank| ITALIC.contains(&rank)))
    {
        let (span, tag) = (element.span, element.tag);
        *name = Node::Element(Element { name: "italic".to_owned(), attributes: Vec::new(), children: vec![name.clone()], span, tag });
    }
}
