//! The contents in the form of EPUB 2 (OPF 2.0.1, 2.4.1; DAISY, NCX 2005): Amazon's readers take no other, and know two levels.

use article::lang::label::Label;

use crate::Stamp;
use crate::dom::{Element, Node};
use crate::writer::{Entry, Writer};

/// How deep the contents are.
pub(crate) const DEPTH: usize = 2;

/// The file.
pub(crate) const NAME: &str = "toc.ncx";

/// Writes the contents. `address` says where an id stands.
pub(crate) fn document(writer: &Writer<'_>, stamp: &Stamp, address: &dyn Fn(&str) -> String) -> Element {
    let meta = |name: &str, content: String| Element::new("meta").with("name", name).with("content", content).into();
    let head = Element::new("head").children([
        meta("dtb:uid", stamp.identifier.clone()),
        meta("dtb:depth", DEPTH.to_string()),
        meta("dtb:totalPageCount", "0".to_owned()),
        meta("dtb:maxPageNumber", "0".to_owned()),
    ]);
    let title = writer.edition.metadata.titles.first().map_or(writer.word(Label::Text), |title| title.said.as_str());
    let mut points = Points { writer, address, number: 0 };
    let mut map = Element::new("navMap").children(points.of(&writer.outline));
    if map.children.is_empty() {
        map.push(points.point(writer.word(Label::Text).to_owned(), String::new()));
    }
    let ncx = Element::new("ncx").with("xmlns", "http://www.daisy.org/z3986/2005/ncx/").with("version", "2005-1").with("xml:lang", writer.edition.lang.tag());
    ncx.children([head.into(), labelled("docTitle", title.to_owned()).into(), map.into()])
}

struct Points<'a, 'b> {
    writer: &'a Writer<'b>,
    address: &'a dyn Fn(&str) -> String,
    number: usize,
}

impl Points<'_, '_> {
    fn of(&mut self, entries: &[Entry]) -> Vec<Node> {
        let mut out = Vec::new();
        for entry in entries {
            let label = self.writer.written(&entry.label);
            let mut point = self.point(if label.trim().is_empty() { "•".to_owned() } else { label }, entry.id.clone());
            point = point.children(self.of(&entry.children));
            out.push(point.into());
        }
        out
    }

    fn point(&mut self, label: String, id: String) -> Element {
        self.number += 1;
        let point = Element::new("navPoint").with("id", format!("point-{}", self.number)).with("playOrder", self.number.to_string());
        let address = (self.address)(&id);
        point.children([labelled("navLabel", label).into(), Element::new("content").with("src", address.trim_end_matches('#')).into()])
    }
}

fn labelled(name: &'static str, label: String) -> Element {
    Element::new(name).children([Element::new("text").text(label).into()])
}
