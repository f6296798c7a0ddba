//! One file or several: where a long article is cut.
//!
//! 1. [`is_long`] says whether an article is cut at all, by the bytes of its one file.
//! 2. [`pieces`] cuts the written body before each section of the text, before what follows the text, around lists of references, and
//!    before appendices and parts. What surrounds a cut is opened again behind it, without its id, so that language and style stay what they were.
//! 3. [`Names`] calls each file by the id with which it begins: a file keeps its name when another section goes or comes.
//!
//! The notes of a section stand at its end, and so in its file: readers show them beside their mark without opening another.

use crate::dom::{Element, Node};
use crate::ids::Ids;

/// The largest article that stays in one file, in bytes of XHTML: about 25 printed pages. Readers with little memory lay out a whole file
/// before they show its first page, which is felt from here on, and engines of the Adobe family give up at 300 KB; a shorter article is
/// better searched and leafed through in one.
const LONG: usize = 128 << 10;

/// The longest name of a file, in bytes. Ids can be of any length, names of files cannot.
const LONGEST_NAME: usize = 60;

/// Whether an article whose one file would have so many bytes is cut.
pub(crate) fn is_long(bytes: usize) -> bool {
    bytes > LONG
}

/// The bodies of the files that a body becomes, in order; never none.
pub(crate) fn pieces(body: Element) -> Vec<Element> {
    let mut out: Vec<Element> = Vec::new();
    let shell = Element { name: body.name, attributes: body.attributes, children: Vec::new() };
    let mut open = shell.clone();
    let mut after_references = false;
    for child in body.children {
        let Node::Element(child) = child else {
            open.push(child);
            continue;
        };
        let begins = begins_file(&shell, &child) || after_references && child.name == "section";
        after_references = has_class(&child, "references");
        let inner = if is_container(&child) { pieces(child) } else { vec![child] };
        for (at, piece) in inner.into_iter().enumerate() {
            if (begins || at > 0) && !open.children.is_empty() {
                out.push(std::mem::replace(&mut open, shell.clone()));
            }
            open.push(piece);
        }
    }
    out.push(open);
    for later in out.iter_mut().skip(1) {
        later.remove("id");
    }
    out
}

/// Whether an element may be open across several files.
fn is_container(element: &Element) -> bool {
    has_class(element, "part") || element.name == "div" && (has_class(element, "body") || has_class(element, "back"))
}

/// Whether a file begins with this element, unless it is the first of what surrounds it. Of what follows the text, only lists of references
/// and appendices are long enough: statements of a line or two each stay together.
fn begins_file(around: &Element, element: &Element) -> bool {
    match element.name {
        "section" if has_class(around, "body") => true,
        "section" => ["references", "appendix", "part"].into_iter().any(|class| has_class(element, class)),
        // The front matter of a part is short: a page with no more than a title would be a file.
        "div" => (has_class(element, "body") || has_class(element, "back")) && !has_class(around, "part"),
        _ => false,
    }
}

fn has_class(element: &Element, class: &str) -> bool {
    element.get("class").is_some_and(|classes| classes.split(' ').any(|other| other == class))
}

/// The names of the content documents.
#[derive(Debug, Default)]
pub(crate) struct Names(Vec<String>);

impl Names {
    /// The names of files with these bodies: such as no other file has, in small letters, since names that differ by case alone are one file on many disks.
    pub(crate) fn of<'a>(bodies: impl Iterator<Item = &'a Element>) -> Self {
        let mut taken = Ids::default();
        for name in RESERVED {
            taken.fresh(name);
        }
        let name = |(at, body): (usize, &'a Element)| {
            let mut stem = if at == 0 { "article" } else { first_id(body).unwrap_or("text") }.to_ascii_lowercase();
            stem.truncate(LONGEST_NAME);
            taken.fresh(stem.trim_end_matches('.'))
        };
        Self(bodies.enumerate().map(name).collect())
    }

    /// The name of a content document.
    pub(crate) fn get(&self, document: usize) -> &str {
        self.0.get(document).map_or("article", String::as_str)
    }
}

/// Names of files that are no content documents of the text; devices of DOS cannot be files at all.
const RESERVED: [&str; 11] = ["nav", "cover", "package", "toc", "style", "con", "prn", "aux", "nul", "com1", "lpt1"];

/// The id of the first element that has one and is no container: the section, the front, the list with which the file begins.
fn first_id(element: &Element) -> Option<&str> {
    let own = element.get("id").filter(|_| !is_container(element) || has_class(element, "part"));
    own.or_else(|| element.elements().find_map(first_id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(class: &str, id: &str) -> Node {
        Element::new("section").class(class).with("id", id).children([Element::new("p").text(id).into()]).into()
    }

    fn ids(body: &Element) -> Vec<String> {
        let mut out: Vec<String> = body.get("id").map(str::to_owned).into_iter().collect();
        for node in &body.children {
            if let Node::Element(element) = node {
                out.extend(ids(element));
            }
        }
        out
    }

    fn body() -> Element {
        let notes = Element::new("div").class("notes").with("id", "n").into();
        let text = Element::new("div").class("body").with("id", "text").children([
            Element::new("p").with("id", "before").into(),
            section("section", "S1"),
            notes,
            section("section", "s1"),
        ]);
        let back = Element::new("div").class("back").with("id", "back").children([
            section("part-of-back", "ack"),
            section("part-of-back", "data"),
            section("references", "nav"),
        ]);
        let part_text = Element::new("div").class("body").children([section("section", "t1"), section("section", "t2")]);
        let part =
            Element::new("section").class("part translation").with("id", "part").with("lang", "ru").children([section("front", "front-2"), part_text.into()]);
        Element::new("body").children([section("front", "front"), text.into(), back.into(), part.into()])
    }

    #[test]
    fn each_section_has_its_file_and_nothing_is_lost_or_twice() {
        let pieces = pieces(body());
        let all: Vec<Vec<String>> = pieces.iter().map(ids).collect();
        let expected: [&[&str]; 8] =
            [&["front"], &["text", "before"], &["S1", "n"], &["s1"], &["back", "ack", "data"], &["nav"], &["part", "front-2", "t1"], &["t2"]];
        assert_eq!(all, expected.map(|ids| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>()));
    }

    #[test]
    fn what_surrounds_a_cut_is_opened_again() {
        let pieces = pieces(body());
        let Some(Node::Element(part)) = pieces[7].children.first() else { panic!("no part") };
        assert_eq!((part.get("class"), part.get("lang"), part.get("id")), (Some("part translation"), Some("ru"), None));
        let Some(Node::Element(text)) = part.children.first() else { panic!("no text") };
        assert_eq!(text.get("class"), Some("body"));
    }

    #[test]
    fn names_are_those_of_sections_and_no_two_are_one_file() {
        let pieces = pieces(body());
        let names = Names::of(pieces.iter());
        assert_eq!(names.0, ["article", "before", "s1", "s1-2", "ack", "nav-2", "part", "t2"]);
        let long = Element::new("body").children([section("section", &"x".repeat(300))]);
        assert_eq!(Names::of([&long, &long].into_iter()).get(1).len(), LONGEST_NAME);
    }
}
