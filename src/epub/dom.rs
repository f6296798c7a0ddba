//! A small tree of XHTML (and of the package's XML), which cannot hold markup as text.
//!
//! Names are literals of this crate, text is text, and the master's text stands in it by its number: what
//! [`crate::encode`] makes of the tree is well-formed whatever the master says.

use article::lang::Lang;
use article::leaf::LeafNo;

/// A node of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// An element.
    Element(Element),
    /// Text that the program adds.
    Text(String),
    /// Text of the master.
    Leaf(LeafNo),
    /// A piece of a leaf that had to be cut: its bytes from one to another.
    Piece(LeafNo, u32, u32),
    /// Text of the master in other letters: the bold, script or double-struck forms that maths has for them.
    Lettered(LeafNo, String),
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

/// An element with its attributes, in the order in which they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Element {
    /// The name, with the prefix where it has one.
    pub(crate) name: &'static str,
    /// Attributes. A name is set once.
    pub(crate) attributes: Vec<(&'static str, String)>,
    /// What stands in it.
    pub(crate) children: Vec<Node>,
}

impl Element {
    /// An element with nothing in it.
    #[must_use]
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), children: Vec::new() }
    }

    /// The elements among its children.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) | Node::Leaf(_) | Node::Lettered(..) | Node::Piece(..) => None,
        })
    }

    /// With this attribute, whose former value goes.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.set(name, value);
        self
    }

    /// With this class.
    #[must_use]
    pub(crate) fn class(self, class: &str) -> Self {
        self.with("class", class)
    }

    /// With this id, where there is one.
    #[must_use]
    pub(crate) fn id(self, id: Option<String>) -> Self {
        match id {
            Some(id) => self.with("id", id),
            None => self,
        }
    }

    /// With its language, and its direction where that is not the one of what surrounds it.
    #[must_use]
    pub(crate) fn lang(mut self, lang: &Lang, around: Option<&Lang>) -> Self {
        self.set("lang", lang.tag());
        self.set("xml:lang", lang.tag());
        let (rtl, around) = (lang.is_rtl(), around.is_some_and(Lang::is_rtl));
        if rtl != around {
            self.set("dir", if rtl { "rtl" } else { "ltr" });
        }
        self
    }

    /// With these nodes after those that it has.
    #[must_use]
    pub(crate) fn children(mut self, nodes: impl IntoIterator<Item = Node>) -> Self {
        self.children.extend(nodes);
        self
    }

    /// With this text after what it has.
    #[must_use]
    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        self.children.push(Node::Text(text.into()));
        self
    }

    /// Sets an attribute.
    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.remove(name);
        self.attributes.push((name, value.into()));
    }

    /// Takes an attribute away.
    pub(crate) fn remove(&mut self, name: &str) {
        self.attributes.retain(|(other, _)| *other != name);
    }

    /// The value of an attribute.
    #[must_use]
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| *other == name).map(|(_, value)| value.as_str())
    }

    /// Adds a node.
    pub(crate) fn push(&mut self, node: impl Into<Node>) {
        self.children.push(node.into());
    }
}
