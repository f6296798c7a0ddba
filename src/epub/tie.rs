//! What stays in one line, in a span that does not break ([`article::tie`]).
//!
//! 1. [`tie`] goes through a finished tree, after the marks of printed pages have cut its leaves.
//! 2. Each text is cut where a stretch begins and ends that is tied; the stretch stands in a span of the class `tie`.
//! 3. So does a formula in the line with what touches it ([`beside`]).
//!
//! No sign is put into the text: whoever searches or copies finds the words of the master.

mod beside;

use std::ops::Range;

use article::leaf::Leaves;
use article::tie::{Kind, ties};

use crate::dom::{Element, Node};

/// Elements in which a span may not stand, in which no line ends by itself, or whose lines are too short: cells.
const WHOLE: &[&str] = &["math", "code", "pre", "title", "rt", "img", "td", "th"];

/// Ties the words of a tree.
pub(crate) fn tie(root: &mut Element, leaves: &Leaves) {
    inside(root, leaves, Kind::Text);
}

/// `kind` is that of the text around; a heading of the first level is a title.
fn inside(element: &mut Element, leaves: &Leaves, kind: Kind) {
    // A note's mark may hold nothing but text, or some readers show no pop-up.
    if WHOLE.contains(&element.name) || element.get("role") == Some("doc-noteref") {
        return;
    }
    let kind = if element.name == "h1" { Kind::Title } else { kind };
    let mut tied = Vec::with_capacity(element.children.len());
    for node in std::mem::take(&mut element.children) {
        match node {
            Node::Element(mut inner) => {
                inside(&mut inner, leaves, kind);
                tied.push(Node::Element(inner));
            }
            Node::Text(_) | Node::Leaf(_) | Node::Piece(..) => cut(node, leaves, kind, &mut tied),
            Node::Lettered(..) => tied.push(node),
        }
    }
    element.children = beside::tie(tied, leaves);
}

/// A text in pieces: those that are tied, and what stands between them.
fn cut(node: Node, leaves: &Leaves, kind: Kind, into: &mut Vec<Node>) {
    let whole = text(&node, leaves).unwrap_or_default();
    let all = ties(whole, kind);
    if all.is_empty() {
        into.push(node);
        return;
    }
    let mut from = 0;
    for tie in all {
        into.extend(part(&node, leaves, from..tie.start));
        into.push(Element::new("span").class("tie").children(part(&node, leaves, tie.clone())).into());
        from = tie.end;
    }
    into.extend(part(&node, leaves, from..whole.len()));
}

/// The text of a node that is text and may be cut.
fn text<'a>(node: &'a Node, leaves: &'a Leaves) -> Option<&'a str> {
    match node {
        Node::Text(text) => Some(text),
        Node::Leaf(leaf) => Some(leaves.text(*leaf)),
        Node::Piece(leaf, start, end) => {
            let text = leaves.text(*leaf);
            Some(text.get(*start as usize..(*end as usize).min(text.len())).unwrap_or_default())
        }
        Node::Element(_) | Node::Lettered(..) => None,
    }
}

/// These bytes of a node that is text; nothing where there are none.
fn part(node: &Node, leaves: &Leaves, bytes: Range<usize>) -> Option<Node> {
    let whole = text(node, leaves)?;
    if bytes.is_empty() {
        return None;
    }
    if bytes == (0..whole.len()) {
        return Some(node.clone());
    }
    match node {
        Node::Text(_) => whole.get(bytes).map(|part| Node::Text(part.to_owned())),
        Node::Leaf(leaf) => Some(Node::Piece(*leaf, small(bytes.start), small(bytes.end))),
        Node::Piece(leaf, start, _) => Some(Node::Piece(*leaf, start + small(bytes.start), start + small(bytes.end))),
        Node::Element(_) | Node::Lettered(..) => None,
    }
}

/// Offsets in a leaf fit: a master has at most 128 MiB.
fn small(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use article::lang::Lang;
    use article::leaf::Leaf;
    use article::source::Span;

    use super::*;

    #[test]
    fn a_dash_stays_behind_its_word() {
        let mut leaves = Leaves::default();
        let no = leaves.add(Leaf { text: "Строка — слова".into(), span: Span::default(), element: "p".into(), lang: Lang::english() });
        let mut root = Element::new("p").children([Node::Leaf(no), Node::Text("1-сурет".to_owned()), Node::Text("x".to_owned())]);
        root.children.push(Element::new("code").text("a — b").into());
        tie(&mut root, &leaves);
        let span = |node: Node| Node::from(Element::new("span").class("tie").children([node]));
        let wanted = [
            Node::Piece(no, 0, 12),
            span(Node::Piece(no, 12, 16)),
            Node::Piece(no, 16, 27),
            span(Node::Text("1-сурет".to_owned())),
            Node::Text("x".to_owned()),
            Element::new("code").text("a — b").into(),
        ];
        assert_eq!(root.children, wanted);
    }
}
