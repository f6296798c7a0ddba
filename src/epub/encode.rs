//! The one place that writes XML, and the one that escapes.
//!
//! 1. [`document`] writes a content document, and notes where in its bytes the text of each leaf stands.
//! 2. [`xml`] writes any other XML file of the book, [`html`] a page in the syntax of HTML.
//!
//! It writes into memory and cannot fail, which is why the package document goes through it too: an XML writer over
//! an output stream would return errors that cannot happen and would have to be swallowed.

use article::leaf::{LeafNo, Leaves};

use crate::Placed;
use crate::dom::{Element, Node};

/// Elements that have no end tag in HTML (HTML, 13.1.2); all others are written with one, also when they are empty.
const VOID: [&str; 6] = ["br", "col", "hr", "img", "link", "meta"];

/// Elements that begin on a new line, where white space means nothing.
const LINES: [&str; 57] = [
    "aside",
    "blockquote",
    "body",
    "container",
    "dc:creator",
    "dc:contributor",
    "dc:date",
    "dc:description",
    "dc:identifier",
    "dc:language",
    "dc:publisher",
    "dc:rights",
    "dc:subject",
    "dc:title",
    "dd",
    "details",
    "div",
    "dl",
    "docTitle",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "item",
    "itemref",
    "li",
    "link",
    "main",
    "manifest",
    "meta",
    "metadata",
    "navLabel",
    "navMap",
    "navPoint",
    "nav",
    "ol",
    "p",
    "pre",
    "rootfile",
    "rootfiles",
    "script",
    "section",
    "spine",
    "style",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];

/// Elements whose text is written as it is (HTML, 13.1.2): no reference is one there.
const RAW: [&str; 2] = ["script", "style"];

/// Writes a content document, the file of this number in the book, and adds to `placed` where the text of each leaf stands.
pub(crate) fn document(root: &Element, leaves: &Leaves, file: usize, placed: &mut Vec<Placed>) -> Vec<u8> {
    let out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n");
    let mut encoder = Encoder { out, syntax: Syntax::Xml, leaves: Some(leaves), file, placed };
    encoder.element(root);
    encoder.finish()
}

/// Writes an XML file that has no text of the master.
pub(crate) fn xml(root: &Element) -> Vec<u8> {
    let out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let mut encoder = Encoder { out, syntax: Syntax::Xml, leaves: None, file: 0, placed: &mut Vec::new() };
    encoder.element(root);
    encoder.finish()
}

/// Writes a page in the syntax of HTML, and adds to `placed` where the text of each leaf stands. What only e-books know is left out.
pub(crate) fn html(root: &Element, leaves: &Leaves, placed: &mut Vec<Placed>) -> Vec<u8> {
    let mut encoder = Encoder { out: String::from("<!DOCTYPE html>\n"), syntax: Syntax::Html, leaves: Some(leaves), file: 0, placed };
    encoder.element(root);
    encoder.finish()
}

/// How elements are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Syntax {
    /// XML: XHTML and the other files of a book.
    Xml,
    /// HTML: void elements without a slash, scripts and styles without escapes, no names with a prefix.
    Html,
}

impl Syntax {
    /// Whether an attribute is written: HTML knows neither namespaces nor the vocabulary of EPUB.
    fn has(self, attribute: &str) -> bool {
        self == Self::Xml || !(attribute == "xmlns" || attribute.contains(':'))
    }
}

struct Encoder<'a> {
    out: String,
    syntax: Syntax,
    leaves: Option<&'a Leaves>,
    file: usize,
    placed: &'a mut Vec<Placed>,
}

impl Encoder<'_> {
    fn element(&mut self, element: &Element) {
        if LINES.contains(&element.name) && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.out.push('<');
        self.out.push_str(element.name);
        for (name, value) in element.attributes.iter().filter(|(name, _)| self.syntax.has(name)) {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(value, true, &mut self.out);
            self.out.push('"');
        }
        if element.children.is_empty() && VOID.contains(&element.name) {
            self.out.push_str(if self.syntax == Syntax::Xml { "/>" } else { ">" });
            return;
        }
        self.out.push('>');
        let raw = self.syntax == Syntax::Html && RAW.contains(&element.name);
        for node in &element.children {
            match node {
                Node::Element(element) => self.element(element),
                Node::Text(text) if raw => self.out.push_str(text),
                Node::Text(text) => escape(text, false, &mut self.out),
                Node::Leaf(leaf) => self.piece(*leaf, 0, u32::MAX),
                Node::Piece(leaf, from, to) => self.piece(*leaf, *from, *to),
                Node::Lettered(leaf, text) => self.placed(*leaf, text),
            }
        }
        self.out.push_str("</");
        self.out.push_str(element.name);
        self.out.push('>');
    }

    /// The bytes of a leaf from one to another, and the note of where they stand.
    fn piece(&mut self, leaf: LeafNo, from: u32, to: u32) {
        let text = self.leaves.map_or("", |leaves| leaves.text(leaf));
        self.placed(leaf, text.get(from as usize..(to as usize).min(text.len())).unwrap_or_default());
    }

    /// A text that stands for a leaf, and the note of where it stands.
    fn placed(&mut self, leaf: LeafNo, text: &str) {
        let start = self.out.len();
        escape(text, false, &mut self.out);
        self.placed.push(Placed { file: self.file, start, end: self.out.len(), leaf });
    }

    fn finish(mut self) -> Vec<u8> {
        self.out.push('\n');
        self.out.into_bytes()
    }
}

/// Escapes text for the content of an element, or for the value of an attribute in double quotes. A carriage return
/// would be read as a line feed, white space in an attribute as a blank (XML 1.0, 2.11 and 3.3.3). What is no character
/// of XML becomes U+FFFD, so that its loss is seen.
fn escape(text: &str, attribute: bool, out: &mut String) {
    let mut from = 0;
    for (at, char) in text.char_indices() {
        let replacement = match char {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' if attribute => "&quot;",
            '\n' if attribute => "&#10;",
            '\t' if attribute => "&#9;",
            '\r' => "&#13;",
            '\t' | '\n' => continue,
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(replacement);
        from = at + char.len_utf8();
    }
    out.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use article::leaf::Leaf;
    use article::source::Span;

    #[test]
    fn text_is_escaped_and_its_place_is_noted() {
        let mut leaves = Leaves::default();
        let no = leaves.add(Leaf { text: "a < b & \"c\"]]>".into(), span: Span::default(), element: "p".into(), lang: article::lang::Lang::english() });
        let root = Element::new("p").with("title", "\"1\"\n<2>").text("x ").children([Node::Leaf(no)]);
        let mut placed = Vec::new();
        let bytes = document(&root, &leaves, 4, &mut placed);
        let text = std::str::from_utf8(&bytes).unwrap();
        assert!(text.ends_with("<p title=\"&quot;1&quot;&#10;&lt;2&gt;\">x a &lt; b &amp; \"c\"]]&gt;</p>\n"), "{text}");
        assert_eq!(placed.len(), 1);
        assert_eq!((placed[0].file, placed[0].leaf), (4, no));
        assert_eq!(&text[placed[0].start..placed[0].end], "a &lt; b &amp; \"c\"]]&gt;");
    }

    #[test]
    fn what_xml_cannot_hold_is_seen_to_be_lost() {
        let root = Element::new("td").text("a\u{1}b\rc\u{ffff}");
        assert!(String::from_utf8(xml(&root)).unwrap().ends_with("<td>a\u{fffd}b&#13;c\u{fffd}</td>\n"));
    }

    #[test]
    fn a_page_is_in_the_syntax_of_html() {
        let head = Element::new("style").text("a > b { }");
        let cell = Element::new("td").with("xml:lang", "ru").with("lang", "ru").with("epub:type", "x").children([Element::new("br").into()]);
        let text = String::from_utf8(html(&Element::new("html").with("xmlns", "x").children([head.into(), cell.into()]), &Leaves::default(), &mut Vec::new()))
            .unwrap();
        assert_eq!(text, "<!DOCTYPE html>\n<html>\n<style>a > b { }</style><td lang=\"ru\"><br></td></html>\n");
    }

    #[test]
    fn only_void_elements_have_no_end_tag() {
        let root = Element::new("td").children([Element::new("br").into(), Element::new("span").into()]);
        assert!(String::from_utf8(xml(&root)).unwrap().ends_with("<td><br/><span></span></td>\n"));
    }
}
