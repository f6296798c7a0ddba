//! Where the printed pages begin.
//!
//! 1. The caller says of each page at which byte of which leaf it begins: it has looked at the finished pages.
//! 2. [`Printed::mark`] cuts the leaf there, in the middle of a word if the page breaks there, and sets the mark between the pieces
//!    (EPUB 3.3, 7.4.3, and EPUB Accessibility 1.1, 3.3).
//! 3. The navigation document lists the marks, in the order of the text.

use article::leaf::LeafNo;

use crate::dom::{Element, Node};
use crate::ids::Ids;

/// The printed pages of the article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// What identifies the printed edition.
    pub source: String,
    /// The pages, in order.
    pub pages: Vec<PrintedPage>,
    /// The first and the last folio, where there are pages.
    pub folios: Option<(String, String)>,
}

/// Where a printed page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedPage {
    /// The folio as it is printed.
    pub label: String,
    /// The leaf with which the page's text begins.
    pub leaf: LeafNo,
    /// The byte in the leaf's text; [`BEHIND`] for a page that begins behind it.
    pub offset: u32,
}

/// The offset of a page behind the last text: it shows nothing that the text has not shown.
pub const BEHIND: u32 = u32::MAX;

/// A mark in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The folio.
    pub(crate) label: String,
    /// The id of the mark.
    pub(crate) id: String,
}

impl Printed {
    /// The range of its pages, such as “12–19”.
    #[must_use]
    pub fn range(&self) -> Option<String> {
        self.folios.as_ref().map(|(first, last)| if first == last { first.clone() } else { format!("{first}–{last}") })
    }

    /// Sets the marks. A leaf that is written twice is marked where it stands first.
    pub(crate) fn mark(&self, root: &mut Element, ids: &mut Ids) -> Vec<Mark> {
        let mut marker = Marker { waiting: self.pages.clone(), ids, marks: Vec::new() };
        marker.element(root);
        marker.marks
    }
}

struct Marker<'a> {
    /// Pages whose place has not been met yet.
    waiting: Vec<PrintedPage>,
    ids: &'a mut Ids,
    marks: Vec<Mark>,
}

impl Marker<'_> {
    fn element(&mut self, element: &mut Element) {
        let mut marked = Vec::with_capacity(element.children.len());
        let mut nodes = std::mem::take(&mut element.children).into_iter().peekable();
        while let Some(node) = nodes.next() {
            match node {
                Node::Element(mut inner) if is_heading(&inner) && first_leaf(&inner).is_none() => {
                    // A heading of the program's own is on the page of what it heads.
                    let heads = nodes.peek().and_then(|node| if let Node::Element(next) = node { first_leaf(next) } else { None });
                    let here = heads.map(|leaf| self.take_if(|page| page.leaf == leaf && page.offset == 0)).unwrap_or_default();
                    let marks: Vec<Node> = here.iter().map(|page| self.set(page)).collect();
                    inner.children.splice(0..0, marks);
                    marked.push(Node::Element(inner));
                }
                Node::Element(inner) if inner.get("role") == Some("doc-noteref") || inner.name == "math" || inner.get("class") == Some("long-formula") => {
                    // A note's mark may hold nothing but text, or some readers show no pop-up, and a formula nothing but maths: the page
                    // begins before it.
                    let mut leaves = Vec::new();
                    gather(&inner, &mut leaves);
                    for leaf in leaves {
                        for page in self.take(leaf) {
                            marked.push(self.set(&page));
                        }
                    }
                    marked.push(Node::Element(inner));
                }
                Node::Element(mut inner) => {
                    self.element(&mut inner);
                    marked.push(Node::Element(inner));
                }
                Node::Leaf(leaf) => self.leaf(leaf, &mut marked),
                Node::Text(_) | Node::Lettered(..) | Node::Piece(..) => marked.push(node),
            }
        }
        element.children = marked;
    }

    /// A leaf, cut where pages begin in it.
    fn leaf(&mut self, leaf: LeafNo, into: &mut Vec<Node>) {
        let mut from = 0;
        let (behind, within): (Vec<_>, Vec<_>) = self.take(leaf).into_iter().partition(|page| page.offset == BEHIND);
        for page in within {
            if page.offset > from {
                into.push(Node::Piece(leaf, from, page.offset));
            }
            from = page.offset;
            let mark = self.set(&page);
            // So is a label, such as “Keywords:”, with which the line begins.
            let marks = into.iter().take_while(|node| is_mark(node)).count();
            let at = if from == 0 && into.iter().skip(marks).all(is_label) { marks } else { into.len() };
            into.insert(at, mark);
        }
        into.push(if from == 0 { Node::Leaf(leaf) } else { Node::Piece(leaf, from, u32::MAX) });
        into.extend(behind.iter().map(|page| self.set(page)).collect::<Vec<_>>());
    }

    /// The pages that begin in a leaf, which are asked for once.
    fn take(&mut self, leaf: LeafNo) -> Vec<PrintedPage> {
        self.take_if(|page| page.leaf == leaf)
    }

    fn take_if(&mut self, is_here: impl Fn(&PrintedPage) -> bool) -> Vec<PrintedPage> {
        let (here, waiting) = std::mem::take(&mut self.waiting).into_iter().partition(is_here);
        self.waiting = waiting;
        let mut here: Vec<PrintedPage> = here;
        here.sort_by_key(|page| page.offset);
        here
    }

    /// The mark of a page. It is empty: readers that show pages show its name.
    fn set(&mut self, page: &PrintedPage) -> Node {
        let name: String = page.label.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let id = self.ids.fresh(&format!("page-{name}"));
        self.marks.push(Mark { label: page.label.clone(), id: id.clone() });
        let mark = Element::new("span").with("epub:type", "pagebreak").with("role", "doc-pagebreak").with("id", id);
        mark.with("aria-label", page.label.clone()).into()
    }
}

fn is_heading(element: &Element) -> bool {
    matches!(element.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_mark(node: &Node) -> bool {
    matches!(node, Node::Element(element) if element.get("role") == Some("doc-pagebreak"))
}

/// Whether a node shows nothing but words of the program.
fn is_label(node: &Node) -> bool {
    match node {
        Node::Element(element) => element.get("role").is_none() && first_leaf(element).is_none(),
        Node::Text(_) => true,
        Node::Leaf(_) | Node::Lettered(..) | Node::Piece(..) => false,
    }
}

/// The first leaf in an element.
fn first_leaf(element: &Element) -> Option<LeafNo> {
    element.children.iter().find_map(|node| match node {
        Node::Element(inner) => first_leaf(inner),
        Node::Leaf(leaf) | Node::Lettered(leaf, _) | Node::Piece(leaf, ..) => Some(*leaf),
        Node::Text(_) => None,
    })
}

/// The leaves in an element.
fn gather(element: &Element, into: &mut Vec<LeafNo>) {
    for node in &element.children {
        match node {
            Node::Element(inner) => gather(inner, into),
            Node::Leaf(leaf) | Node::Lettered(leaf, _) | Node::Piece(leaf, ..) => into.push(*leaf),
            Node::Text(_) => {}
        }
    }
}
