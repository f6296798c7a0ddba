//! What follows the text: `back`.

use super::Reader;
use super::block::without;
use crate::model::block::{Block, SectionKind};
use crate::xml::{Element, Node};

impl Reader<'_> {
    /// `back`: its parts in order. A title and a label of the whole back matter head it.
    pub(super) fn back(&mut self, element: &Element) -> Vec<Block> {
        let mut blocks: Vec<Block> = self.head_line(element).into_iter().collect();
        for node in &without(element, &["label", "title"]) {
            let read = match node {
                Node::Element(child) if child.name == "sec" => self.back_section(child),
                Node::Element(_) | Node::Text(_) => self.flow(std::slice::from_ref(node), None, element.span),
            };
            blocks.extend(read);
        }
        blocks
    }

    /// `glossary`, `notes`, `bio`, and a `sec` of the back matter.
    pub(super) fn back_section(&mut self, element: &Element) -> Vec<Block> {
        let section = self.section(element, SectionKind::Back);
        // Without a title it heads nothing: its content stands by itself.
        if section.title.is_empty() && section.label.is_empty() && section.id.is_none() { section.blocks } else { vec![Block::Section(section)] }
    }

    /// `app-group`: its title, then its appendices.
    pub(super) fn group(&mut self, element: &Element) -> Vec<Block> {
        self.anchor(element);
        let mut blocks: Vec<Block> = self.head_line(element).into_iter().collect();
        blocks.extend(self.flow(&without(element, &["label", "title"]), None, element.span));
        blocks
    }
}
