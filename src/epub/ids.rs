//! Ids and the links between them.
//!
//! 1. [`Ids::known`] makes an XML name of each id of the master, so that two never become one.
//! 2. [`Ids::set`] gives it out once, [`Ids::link`] as often as something points at it.
//! 3. [`settle`] looks at the written tree: a link whose place was not written is text, and a link into another file names the file.

use std::collections::{BTreeMap, BTreeSet};

use article::model::Id;

use crate::dom::{Element, Node};

/// The ids of a book.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    names: BTreeMap<Id, String>,
    taken: BTreeSet<String>,
    written: BTreeSet<String>,
}

impl Ids {
    /// The ids of a book whose master has these.
    pub(crate) fn known<'a>(ids: impl Iterator<Item = &'a Id>) -> Self {
        let mut all = Self::default();
        for id in ids {
            all.name(id);
        }
        all
    }

    /// The XML name for an id of the master. ASCII alone: such a name needs no escape in a link.
    fn name(&mut self, id: &Id) -> String {
        if let Some(name) = self.names.get(id) {
            return name.clone();
        }
        let mut name = String::new();
        for char in id.as_str().chars() {
            if char.is_ascii_alphanumeric() || matches!(char, '_' | '.' | '-') {
                name.push(char);
            } else if !name.ends_with('-') {
                name.push('-');
            }
        }
        if !name.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_') {
            name.insert_str(0, "id-");
        }
        let name = self.fresh(&name);
        self.names.insert(id.clone(), name.clone());
        name
    }

    /// The id to be written on the element that has it in the master; `None` where it has been written already.
    pub(crate) fn set(&mut self, id: Option<&Id>) -> Option<String> {
        let name = self.name(id?);
        self.written.insert(name.clone()).then_some(name)
    }

    /// The same, with an id of the program's own where the master has none.
    pub(crate) fn set_or(&mut self, id: Option<&Id>, stem: &str) -> String {
        self.set(id).unwrap_or_else(|| self.fresh(stem))
    }

    /// The address of an id of the master.
    pub(crate) fn link(&mut self, id: &Id) -> String {
        format!("#{}", self.name(id))
    }

    /// An id that nothing has: the stem, or the stem with a number.
    pub(crate) fn fresh(&mut self, stem: &str) -> String {
        let mut name = stem.to_owned();
        let mut number = 1;
        while !self.taken.insert(name.clone()) {
            number += 1;
            name = format!("{stem}-{number}");
        }
        name
    }
}

/// Notes which file each id of a tree is in.
pub(crate) fn homes(element: &Element, file: usize, homes: &mut BTreeMap<String, usize>) {
    if let Some(id) = element.get("id") {
        homes.insert(id.to_owned(), file);
    }
    for element in element.elements() {
        self::homes(element, file, homes);
    }
}

/// Makes every `#id` in the tree of one file the address that leads there: as it is in the same file, with the file's name
/// in another; a link that leads nowhere becomes text, and a link back to nowhere goes.
pub(crate) fn settle(element: &mut Element, file: usize, homes: &BTreeMap<String, usize>, name: &dyn Fn(usize) -> String) {
    let target = element.get("href").and_then(|href| href.strip_prefix('#')).map(|id| (id.to_owned(), homes.get(id).copied()));
    match target {
        Some((id, Some(home))) if home != file => element.set("href", format!("{}#{id}", name(home))),
        Some((_, Some(_))) | None => {}
        Some((_, None)) => {
            element.name = "span";
            for attribute in ["href", "role", "epub:type", "aria-label"] {
                element.remove(attribute);
            }
        }
    }
    element.children.retain(|node| match node {
        Node::Element(child) => {
            child.get("class") != Some("back") || child.get("href").and_then(|href| href.strip_prefix('#')).is_none_or(|id| homes.contains_key(id))
        }
        Node::Text(_) | Node::Leaf(_) | Node::Lettered(..) | Node::Piece(..) => true,
    });
    for node in &mut element.children {
        if let Node::Element(element) = node {
            settle(element, file, homes, name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_names_and_stay_apart() {
        let ids = ["p 1", "p/1", "1", "рис1", "front"].map(|id| Id(id.to_owned()));
        let mut all = Ids::known(ids.iter());
        let names: Vec<_> = ids.iter().map(|id| all.set(Some(id)).unwrap()).collect();
        assert_eq!(names, ["p-1", "p-1-2", "id-1", "id--1", "front"]);
        assert_eq!(all.set(Some(&ids[0])), None);
        assert_eq!(all.link(&ids[1]), "#p-1-2");
        assert_eq!(all.fresh("front"), "front-2");
    }

    #[test]
    fn a_link_to_another_file_names_it_and_one_to_nothing_is_text() {
        let link = |href: &str| Element::new("a").with("href", href).with("role", "doc-biblioref").text("x");
        let mut root = Element::new("p").children([link("#here").into(), link("#there").into(), link("#nowhere").into()]);
        let known = BTreeMap::from([("here".to_owned(), 0), ("there".to_owned(), 1)]);
        settle(&mut root, 0, &known, &|file| format!("{file}.xhtml"));
        let expected =
            Element::new("p").children([link("#here").into(), link("#there").with("role", "doc-biblioref").into(), Element::new("span").text("x").into()]);
        let mut expected = expected;
        if let Node::Element(second) = &mut expected.children[1] {
            second.attributes = vec![("role", "doc-biblioref".to_owned()), ("href", "1.xhtml#there".to_owned())];
        }
        assert_eq!(root, expected);
    }
}
