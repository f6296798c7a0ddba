//! One figure or table in several languages, as SciELO tags it: a group of several, of which one has the picture or the grid and the others have
//! no more than their captions.
//!
//! Such a group is read as one figure whose label and caption are said in each language: JATS 1.3 has them repeated for that (see [`super::caption`]).

use super::Reader;
use crate::xml::{Attribute, Element, Node, is_blank};

impl Reader<'_> {
    /// The group as one element, if it is one thing in several languages. `kind` is what it holds: `fig`, `table-wrap`.
    pub(super) fn in_one(&mut self, group: &Element, kind: &str) -> Option<Element> {
        let blank = |node: &Node| matches!(node, Node::Text(run) if is_blank(&run.text));
        let members: Option<Vec<&Element>> = group.children.iter().filter(|node| !blank(node)).map(|node| member(node, kind)).collect();
        let members = members?;
        let full: Vec<&&Element> = members.iter().filter(|member| !says_no_more(member)).collect();
        let [full] = full.as_slice() else { return None };
        let tongues: Vec<&Attribute> = members.iter().filter_map(|member| member.attribute("xml:lang")).collect();
        let distinct = tongues.iter().enumerate().all(|(at, one)| tongues.iter().skip(at + 1).all(|other| other.value != one.value));
        if members.len() < 2 || tongues.len() != members.len() || !distinct {
            return None;
        }
        let mut one = (***full).clone();
        // The id of the group goes before that of the member; the others are names of the same thing.
        if let Some(id) = group.attribute("id") {
            self.anchor(&one);
            one.attributes.retain(|attribute| attribute.name != "id");
            one.attributes.push(id.clone());
        }
        for member in members.iter().filter(|member| member.span != one.span) {
            self.anchor(member);
        }
        one.attributes.retain(|attribute| attribute.name != "xml:lang");
        one.span = group.span;
        one.children = members.iter().zip(&tongues).flat_map(|(member, tongue)| said_in(member, tongue)).chain(beside(&one)).collect();
        Some(one)
    }
}

/// A member of the group; anything else makes it no such group.
fn member<'a>(node: &'a Node, kind: &str) -> Option<&'a Element> {
    match node {
        Node::Element(element) if element.name == kind => Some(element),
        Node::Element(_) | Node::Text(_) => None,
    }
}

fn is_said(element: &Element) -> bool {
    matches!(element.name.as_str(), "label" | "caption")
}

/// Whether an element has its label and caption and nothing else.
fn says_no_more(element: &Element) -> bool {
    element.child("caption").is_some()
        && element.children.iter().all(|node| matches!(node, Node::Element(child) if is_said(child)) || matches!(node, Node::Text(run) if is_blank(&run.text)))
}

/// Label and caption of a member, each with the member's language.
fn said_in(member: &Element, tongue: &Attribute) -> Vec<Node> {
    let mut said: Vec<Element> = member.elements().filter(|child| is_said(child)).cloned().collect();
    for child in &mut said {
        if child.attribute("xml:lang").is_none() {
            child.attributes.push(tongue.clone());
        }
    }
    said.into_iter().map(Node::Element).collect()
}

/// What a member holds beside label and caption.
fn beside(element: &Element) -> Vec<Node> {
    element.children.iter().filter(|node| !matches!(node, Node::Element(child) if is_said(child))).cloned().collect()
}
