//! Lists of references, with links back to where each is cited.

use article::lang::label::Label;
use article::model::inline::Inlines;
use article::model::reference::{Reference, ReferenceList};

use crate::dom::{Element, Node};
use crate::writer::Writer;

/// The arrow of a link back, followed by the sign that keeps it a character instead of a picture (Unicode, variation selector 15).
const BACK: &str = "↩\u{fe0e}";

/// The longest label that stands in a column beside its entry, in characters: “[123a]”.
const SHORT: usize = 6;

impl Writer<'_> {
    /// A list of references: a section of the article.
    pub(crate) fn reference_list(&mut self, list: &ReferenceList) -> Node {
        let role = Some(("doc-bibliography", "bibliography"));
        let section = self.headed("references", role, list.id.as_ref(), &Vec::new(), &list.title, |writer, element| {
            element.children.extend(writer.blocks(&list.blocks));
            if !list.items.is_empty() {
                let items: Vec<_> = list.items.iter().map(|item| writer.reference(item)).collect();
                let class = if writer.hangs(list) { "reference-list hanging" } else { "reference-list" };
                element.push(Element::new("ul").class(class).children(items));
            }
            let lists: Vec<_> = list.lists.iter().map(|list| writer.reference_list(list)).collect();
            element.children.extend(lists);
        });
        match section {
            Node::Element(element) if list.derived => element.class("references derived").into(),
            other => other,
        }
    }

    /// Whether the entries of a list hang: those without labels, and those whose labels are names and years, for which there is no room beside the text.
    fn hangs(&self, list: &ReferenceList) -> bool {
        let longest = list.items.iter().map(|item| self.plain(&item.label).chars().count()).max().unwrap_or(0);
        longest == 0 || longest > SHORT
    }

    fn reference(&mut self, reference: &Reference) -> Node {
        let mut element = Element::new("li").class("reference").id(self.ids.set(reference.id.as_ref()));
        // A bare number gets a stop: the label of a reference is read aloud before it.
        let bare = self.plain(&reference.label).chars().all(char::is_numeric);
        element.children.extend(self.label(&reference.label, if bare { "." } else { "" }));
        let lang = reference.lang.clone().unwrap_or_else(|| self.lang.clone());
        let citations = self.in_lang(&lang, |writer| writer.citations(&reference.citations));
        let mut text = Element::new("span").class("text");
        if lang == self.lang {
            text.children.extend(citations);
        } else {
            text.push(Element::new("span").lang(&lang, Some(&self.lang)).children(citations));
        }
        text.children.extend(self.links_back(reference));
        element.push(text);
        element.into()
    }

    fn citations(&mut self, citations: &[Inlines]) -> Vec<Node> {
        let mut out = Vec::new();
        for (at, citation) in citations.iter().enumerate() {
            if at > 0 {
                out.push(Node::Text(" ".to_owned()));
            }
            out.extend(self.inlines(citation));
        }
        out
    }

    fn links_back(&mut self, reference: &Reference) -> Vec<Node> {
        let mut out = Vec::new();
        let several = reference.cited_by.len() > 1;
        for (at, citation) in reference.cited_by.iter().enumerate() {
            let number = if several { format!("{}", at + 1) } else { String::new() };
            let name = format!("{} {number}", self.word(Label::Back));
            let anchor = Element::new("a").class("back").with("href", self.ids.link(citation));
            let anchor = anchor.with("role", "doc-backlink").with("epub:type", "backlink").with("aria-label", name.trim_end());
            out.push(Node::Text(if at == 0 { "\u{a0}" } else { " " }.to_owned()));
            out.push(anchor.text(format!("{BACK}{number}")).into());
        }
        out
    }
}
