//! What is known while the article is written: the language and depth at this place, the ids, what waits to be set later.

use article::edition::Edition;
use article::lang::Lang;
use article::lang::label::Label;

use article::leaf::LeafNo;
use article::model::Id;
use article::model::inline::{Inline, Inlines, XrefKind};
use article::model::plain;
use article::picture::{Picture, Pictures};
use indexmap::{IndexMap, IndexSet};

use crate::Dropped;
use crate::dom::{Element, Node};
use crate::ids::Ids;
use crate::math::drawn::Asked;
use crate::page::Mark;

/// The writer of one article.
pub(crate) struct Writer<'a> {
    /// What is written.
    pub(crate) edition: &'a Edition,
    /// The pictures that there are.
    pub(crate) pictures: &'a Pictures,
    /// The ids.
    pub(crate) ids: Ids,
    /// The language at this place.
    pub(crate) lang: Lang,
    /// The language of the article, or of the part that is being written.
    pub(crate) home: Lang,
    /// The language of the part, at whose end its notes are set.
    pub(crate) part_lang: Lang,
    /// The level of the next heading, from 1.
    pub(crate) level: u8,
    /// Whether this is inside a link: another may not stand there.
    pub(crate) linked: bool,
    /// The first mark that leads to each note, by the note's id.
    pub(crate) marks: IndexMap<Id, String>,
    /// Notes of the text written so far that wait for the end of their part.
    pub(crate) waiting: Vec<Element>,
    /// Whether notes of the text stand behind the paragraph of their mark instead, for a wide screen to set them beside it.
    pub(crate) notes_beside: bool,
    /// The contents so far, at this depth.
    pub(crate) outline: Vec<Entry>,
    /// The pictures that are shown, by their names in the master.
    pub(crate) shown: IndexSet<String>,
    /// What the accessibility metadata are computed from.
    pub(crate) facts: Facts,
    /// The landmarks written so far: role and name. A reader that lists them must be able to tell them apart.
    pub(crate) landmarks: IndexSet<(&'static str, String)>,
    /// Whether formulas are text or pictures, and the pictures that are wanted.
    pub(crate) drawing: bool,
    pub(crate) asked: Vec<Asked>,
    /// How many tables have been written.
    pub(crate) tables: usize,
    /// Figures and tables with a label, in the order of the text: what lists of them show.
    pub(crate) floats: Vec<(Float, Entry)>,
    /// Addresses left out.
    pub(crate) dropped: Vec<Dropped>,
    /// Where printed pages begin.
    pub(crate) pages: Vec<Mark>,
    /// Whether it has a cover.
    pub(crate) covered: bool,
    /// The first and the last folio of the printed edition, as a range.
    pub(crate) range: Option<String>,
}

/// An entry of the contents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The id that it leads to.
    pub(crate) id: String,
    /// What it shows: text and spans.
    pub(crate) label: Vec<Node>,
    /// What stands below it.
    pub(crate) children: Vec<Entry>,
}

/// What a list of figures or of tables is a list of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Float {
    /// Figures.
    Figure,
    /// Tables.
    Table,
}

/// What there is for eyes alone, and what there is beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Pictures.
    pub(crate) pictures: u32,
    /// Pictures that the master describes.
    pub(crate) described: u32,
    /// Pictures with a long description.
    pub(crate) long: u32,
    /// Pictures that may move.
    pub(crate) animated: u32,
    /// Formulas.
    pub(crate) formulas: u32,
}

impl<'a> Writer<'a> {
    /// A writer at the beginning of the article.
    pub(crate) fn new(edition: &'a Edition, pictures: &'a Pictures) -> Self {
        Self {
            edition,
            pictures,
            ids: Ids::known(edition.targets().map(|(id, _)| id)),
            lang: edition.lang.clone(),
            home: edition.lang.clone(),
            part_lang: edition.lang.clone(),
            level: 1,
            linked: false,
            marks: IndexMap::new(),
            waiting: Vec::new(),
            notes_beside: false,
            outline: Vec::new(),
            shown: IndexSet::new(),
            facts: Facts::default(),
            landmarks: IndexSet::new(),
            drawing: false,
            asked: Vec::new(),
            tables: 0,
            floats: Vec::new(),
            dropped: Vec::new(),
            pages: Vec::new(),
            covered: false,
            range: None,
        }
    }

    /// The text of a leaf.
    pub(crate) fn text(&self, leaf: LeafNo) -> &'a str {
        self.edition.leaves.text(leaf)
    }

    /// The picture of this name in the master, which is shown from now on.
    pub(crate) fn picture(&mut self, href: &str) -> Option<&'a Picture> {
        let picture = self.pictures.get(href)?;
        self.shown.insert(href.to_owned());
        Some(picture)
    }

    /// Whether a landmark of this role and name is the first of its kind. Another with the same name is not made one.
    pub(crate) fn is_new_landmark(&mut self, role: &'static str, name: String) -> bool {
        self.landmarks.insert((role, name))
    }

    /// Writes with another language, then goes back.
    pub(crate) fn in_lang<T>(&mut self, lang: &Lang, write: impl FnOnce(&mut Self) -> T) -> T {
        let around = std::mem::replace(&mut self.lang, lang.clone());
        let written = write(self);
        self.lang = around;
        written
    }

    /// The text of a run, for labels and questions about punctuation.
    pub(crate) fn plain(&self, run: &[Inline]) -> String {
        plain::text(&self.edition.leaves, run)
    }

    /// The text of nodes that have been written.
    pub(crate) fn written(&self, nodes: &[Node]) -> String {
        let mut out = String::new();
        for node in nodes {
            match node {
                Node::Element(element) => out.push_str(&self.written(&element.children)),
                Node::Text(text) | Node::Lettered(_, text) => out.push_str(text),
                Node::Leaf(leaf) => out.push_str(self.text(*leaf)),
                Node::Piece(leaf, from, to) => {
                    let text = self.text(*leaf);
                    out.push_str(text.get(*from as usize..(*to as usize).min(text.len())).unwrap_or_default());
                }
            }
        }
        out
    }

    /// A run for the contents: its text as text of the program, so that the proof asks nothing of it, with the languages
    /// of its parts.
    pub(crate) fn outline_label(&self, run: &[Inline]) -> Vec<Node> {
        let mut nodes = Vec::new();
        self.outline_into(run, &self.lang, &mut nodes);
        nodes
    }

    fn outline_into(&self, run: &[Inline], around: &Lang, out: &mut Vec<Node>) {
        for inline in run {
            match inline {
                Inline::Text(leaf) => out.push(Node::Text(self.text(*leaf).to_owned())),
                Inline::Generated(text) => out.push(Node::Text(text.clone())),
                Inline::Styled(_, body) | Inline::Ruby(body, _) => self.outline_into(body, around, out),
                Inline::Foreign(lang, body) => {
                    let mut inner = Vec::new();
                    self.outline_into(body, lang, &mut inner);
                    out.push(Element::new("span").lang(lang, Some(around)).children(inner).into());
                }
                Inline::Link(link) => self.outline_into(&link.body, around, out),
                Inline::Xref(xref) => match xref.kind {
                    XrefKind::Note | XrefKind::TableNote | XrefKind::Affiliation | XrefKind::Correspondence => {}
                    XrefKind::Citation | XrefKind::Other => self.outline_into(&xref.body, around, out),
                },
                Inline::Image(graphic) => out.push(Node::Text(graphic.alt.clone().unwrap_or_default())),
                Inline::Formula(formula) => out.push(Node::Text(formula.plain(&self.edition.leaves))),
                Inline::Break => out.push(Node::Text(" ".to_owned())),
                Inline::Note(_) | Inline::Place(_) => {}
            }
        }
    }

    /// Whether there is anything to be seen in some nodes.
    pub(crate) fn shows(&self, nodes: &[Node]) -> bool {
        nodes.iter().any(|node| match node {
            Node::Element(element) => element.name == "img" || self.shows(&element.children),
            Node::Text(text) => !text.trim().is_empty(),
            Node::Leaf(leaf) | Node::Lettered(leaf, _) | Node::Piece(leaf, ..) => !self.text(*leaf).trim().is_empty(),
        })
    }

    /// A label and what it introduces: “Figure 1. ”, with a stop where the label has none of its own.
    pub(crate) fn label(&mut self, label: &Inlines, stop: &str) -> Vec<Node> {
        if label.is_empty() {
            return Vec::new();
        }
        let stop = if ends_with_stop(&self.plain(label)) { "" } else { stop };
        let mut span = Element::new("span").class("label").children(self.inlines(label));
        if !stop.is_empty() {
            span.push(Node::Text(stop.to_owned()));
        }
        vec![span.into(), Node::Text(" ".to_owned())]
    }

    /// A word of the program in the language of the article.
    pub(crate) fn word(&self, label: Label) -> &'a str {
        self.edition.labels.word(&self.edition.lang, label)
    }

    /// A label of the program, such as “Keywords:”.
    pub(crate) fn generated_label(&self, label: &str, stop: &str) -> Vec<Node> {
        if label.is_empty() {
            return Vec::new();
        }
        let stop = if ends_with_stop(label) { "" } else { stop };
        vec![self.said_in_english(Element::new("span").class("label")).text(format!("{label}{stop}")).into(), Node::Text(" ".to_owned())]
    }

    /// An element for a word of the program. Where the table of languages lacks the language of the place, the word is English.
    pub(crate) fn said_in_english(&self, element: Element) -> Element {
        if self.edition.labels.knows(&self.lang) { element } else { element.lang(&Lang::english(), Some(&self.lang)) }
    }
}

/// Whether a text ends as a sentence or a label does, so that nothing is to be added.
pub(crate) fn ends_with_stop(text: &str) -> bool {
    text.trim_end().ends_with(['.', ':', ';', '!', '?', '…', '。', '：', '？', '！', '—', '–', '،', '؛', '؟'])
}

/// A run of nodes without one that is nothing but a blank at its end.
pub(crate) fn trimmed(mut nodes: Vec<Node>) -> Vec<Node> {
    if matches!(nodes.last(), Some(Node::Text(text)) if text == " ") {
        nodes.pop();
    }
    nodes
}
