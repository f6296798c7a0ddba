//! What stays in one line, in a span that does not break ([`article::tie`]).
//!
//! 1. [`tie`] goes through a finished tree, after the marks of printed pages have cut its leaves.
//! 2. Each text is cut where a stretch begins and ends that is tied; the stretch stands in a span of the class `tie`.
//!
//! No sign is put into the text: whoever searches or copies finds the words of the master.

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
            Node::Text(text) => {
                cut(&text, kind, &mut tied, |from, to| Node::Text(text.get(from..to).unwrap_or_default().to_owned()), || Node::Text(text.clone()));
            }
            Node::Leaf(leaf) => cut(leaves.text(leaf), kind, &mut tied, |from, to| Node::Piece(leaf, small(from), small(to)), || Node::Leaf(leaf)),
            Node::Piece(leaf, start, end) => {
                let text = leaves.text(leaf);
                let (first, last) = (start as usize, (end as usize).min(text.len()));
                let piece = |from: usize, to: usize| Node::Piece(leaf, small(first + from), small(first + to));
                cut(text.get(first..last).unwrap_or_default(), kind, &mut tied, piece, || Node::Piece(leaf, start, end));
            }
            Node::Lettered(..) => tied.push(node),
        }
    }
    element.children = tied;
}

/// A text in pieces: `piece` makes that from one byte to another, `whole` all of it where nothing is tied.
fn cut(text: &str, kind: Kind, into: &mut Vec<Node>, piece: impl Fn(usize, usize) -> Node, whole: impl FnOnce() -> Node) {
    let all = ties(text, kind);
    if all.is_empty() {
        into.push(whole());
        return;
    }
    let mut from = 0;
    for tie in all {
        if from < tie.start {
            into.push(piece(from, tie.start));
        }
        into.push(Element::new("span").class("tie").children([piece(tie.start, tie.end)]).into());
        from = tie.end;
    }
    if from < text.len() {
        into.push(piece(from, text.len()));
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
