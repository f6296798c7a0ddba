//! Notes: marks in the text, and what they lead to.
//!
//! 1. [`Writer::note`] writes the mark of a note that stands in the text; the note itself waits.
//! 2. [`Writer::waiting_notes`] sets what waits at the end of a part of the article.
//! 3. [`Writer::note_list`] sets the notes of a list of the master.
//!
//! Some readers hide an `aside` that is a footnote and show it only when its mark is touched (gutenbergtools/ebookmaker#349).
//! So only a note that a mark leads to is an `aside`; every other note is a `div`, which is always to be seen.

use article::lang::label::Label;
use article::model::block::{Block, NoteList};
use article::model::inline::Note;

use crate::dom::{Element, Node};
use crate::writer::Writer;

impl Writer<'_> {
    /// Writes the mark of a note and keeps the note for later. The link back is the label at the note's head: at its end it
    /// makes notes run together on some readers (jgm/pandoc#4491).
    pub(crate) fn note(&mut self, note: &Note) -> Node {
        let id = self.ids.set_or(note.id.as_ref(), "note");
        let linked = std::mem::replace(&mut self.linked, true);
        let mark = if note.mark.is_empty() { vec![Node::Text(self.plain(&note.label))] } else { self.flat(&note.mark) };
        self.linked = linked;
        let back = (!linked).then(|| self.ids.fresh("noteref"));
        let body = match &back {
            Some(back) => {
                let anchor = Element::new("a").with("id", back.clone()).with("href", format!("#{id}"));
                vec![anchor.with("role", "doc-noteref").with("epub:type", "noteref").children(mark).into()]
            }
            None => mark,
        };
        let around_linked = std::mem::replace(&mut self.linked, false);
        let element = if back.is_some() { Element::new("aside").class("note") } else { Element::new("div").class("note") };
        let mut element = element.with("id", id).with("epub:type", "footnote").with("role", "doc-footnote");
        if self.lang != self.part_lang {
            element = element.lang(&self.lang, Some(&self.part_lang));
        }
        let before = std::mem::take(&mut self.waiting);
        let content = self.note_content(note, back.as_deref());
        let inner = std::mem::replace(&mut self.waiting, before);
        self.waiting.push(element.children(content));
        self.waiting.extend(inner);
        self.linked = around_linked;
        Element::new("sup").class("mark").children(body).into()
    }

    /// Label and text of a note, the label as the link back where there is somewhere to go.
    fn note_content(&mut self, note: &Note, back: Option<&str>) -> Vec<Node> {
        if note.label.is_empty() {
            return self.blocks(&note.body);
        }
        let label = self.flat(&note.label);
        let element = match back {
            Some(back) => {
                let name = format!("{} {}", self.word(Label::Back), self.plain(&note.label));
                Element::new("a")
                    .class("label")
                    .with("href", format!("#{back}"))
                    .with("role", "doc-backlink")
                    .with("epub:type", "backlink")
                    .with("aria-label", name)
            }
            None => Element::new("span").class("label"),
        };
        self.introduced(vec![element.children(label).into()], &note.body)
    }

    /// Blocks whose first line begins with a label.
    pub(crate) fn introduced(&mut self, mut label: Vec<Node>, blocks: &[Block]) -> Vec<Node> {
        label.push(Node::Text(" ".to_owned()));
        let (mut id, mut rest) = (None, blocks);
        if let Some((Block::Paragraph(paragraph), after)) = blocks.split_first() {
            label.extend(self.inlines(&paragraph.body));
            id = self.ids.set(paragraph.id.as_ref());
            rest = after;
        }
        let mut out = vec![Element::new("p").id(id).children(crate::writer::trimmed(label)).into()];
        out.extend(self.blocks(rest));
        out
    }

    /// The notes that wait, at the end of a part.
    pub(crate) fn waiting_notes(&mut self) -> Option<Node> {
        let notes = std::mem::take(&mut self.waiting);
        (!notes.is_empty()).then(|| Element::new("div").class("notes").with("epub:type", "footnotes").children(notes.into_iter().map(Node::Element)).into())
    }

    /// A note that stands in a list, or about the authors: always to be seen, with a link back where a mark led to it.
    pub(crate) fn listed_note(&mut self, note: &Note) -> Node {
        let back = note.id.as_ref().and_then(|id| self.marks.get(id).cloned());
        let id = self.ids.set(note.id.as_ref());
        let mut element = Element::new("div").class("note").id(id);
        if back.is_some() {
            element = element.with("epub:type", "footnote").with("role", "doc-footnote");
        }
        let mark = self.flat(&note.mark);
        let content = self.note_content(note, back.as_deref());
        element.children(mark).children(content).into()
    }

    /// A list of notes. It is a section of its own in the back matter, and a part of what it stands in elsewhere.
    pub(crate) fn note_list(&mut self, list: &NoteList) -> Node {
        let id = self.ids.set(list.id.as_ref());
        let mut element = Element::new("div").class("notes").with("epub:type", "footnotes").id(id);
        if !list.title.is_empty() {
            let title = self.inlines(&list.title);
            element.push(Element::new("p").class("title").children(title));
        }
        for note in &list.notes {
            let note = self.listed_note(note);
            element.push(note);
        }
        element.into()
    }
}
