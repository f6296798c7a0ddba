//! Lists of terms: `def-list` (tag library: `def-list`, `def-item`).

use super::Reader;
use crate::model::block::{Block, Definition, Definitions};
use crate::model::inline::{Inline, Style};
use crate::xml::{Element, Node, is_blank};

impl Reader<'_> {
    /// `def-list`; lists inside it follow it. Heads of its columns are set as a pair of their own.
    pub(super) fn definitions(&mut self, element: &Element) -> Vec<Block> {
        let mut list = Definitions { id: self.id(element), title: Vec::new(), items: Vec::new(), span: element.span };
        let mut after = Vec::new();
        let mut head = Definition { id: None, term: Vec::new(), blocks: Vec::new() };
        for node in &element.children {
            let Node::Element(child) = node else {
                list.items.extend(self.stray_definition(node, element));
                continue;
            };
            match child.name.as_str() {
                "title" | "label" => {
                    let title = self.title(child);
                    super::contrib::append(&mut list.title, " ", title);
                }
                "term-head" => {
                    let term = bold(self.title(child));
                    super::contrib::append(&mut head.term, " ", term);
                }
                "def-head" => head.blocks.extend(self.column_head(child)),
                "def-item" => list.items.push(self.definition(child, element.value("prefix-word"))),
                _ => after.extend(self.flow(std::slice::from_ref(node), None, child.span)),
            }
        }
        if !head.term.is_empty() || !head.blocks.is_empty() {
            list.items.insert(0, head);
        }
        let mut blocks = vec![Block::Definitions(list)];
        blocks.extend(after);
        blocks
    }

    /// `def-item`: label, terms, definitions. `prefix` is what the list has before each label (`def-list/@prefix-word`).
    fn definition(&mut self, element: &Element, prefix: Option<&str>) -> Definition {
        let mut labelled = false;
        let mut definition = Definition { id: self.id(element), term: Vec::new(), blocks: Vec::new() };
        for node in &element.children {
            let Node::Element(child) = node else {
                if let Node::Text(run) = node {
                    self.stray_text_of(run, element);
                }
                definition.blocks.extend(self.flow(std::slice::from_ref(node), None, element.span));
                continue;
            };
            match child.name.as_str() {
                "label" => {
                    labelled = true;
                    let label = self.title(child);
                    if let Some(word) = prefix.filter(|_| !label.is_empty()) {
                        super::contrib::append(&mut definition.term, " ", vec![Inline::Generated(word.to_owned())]);
                    }
                    super::contrib::append(&mut definition.term, " ", label);
                    self.anchor(child);
                }
                "term" => {
                    // Further terms mean the same.
                    let term = self.title(child);
                    super::contrib::append(&mut definition.term, if std::mem::take(&mut labelled) { " " } else { ", " }, term);
                    self.anchor(child);
                }
                "def" => definition.blocks.extend(self.blocks(child)),
                _ => definition.blocks.extend(self.flow(std::slice::from_ref(node), None, child.span)),
            }
        }
        definition
    }

    /// `def-head`: the heading over the definitions.
    fn column_head(&mut self, element: &Element) -> Vec<Block> {
        let mut blocks = self.flow(&element.children, None, element.span);
        for block in &mut blocks {
            if let Block::Paragraph(paragraph) = block {
                paragraph.body = bold(std::mem::take(&mut paragraph.body));
            }
        }
        blocks
    }

    /// Text between the terms of a list: an item without a term.
    fn stray_definition(&mut self, node: &Node, element: &Element) -> Option<Definition> {
        let Node::Text(run) = node else { return None };
        if is_blank(&run.text) {
            return None;
        }
        self.stray_text_of(run, element);
        Some(Definition { id: None, term: Vec::new(), blocks: self.flow(std::slice::from_ref(node), None, run.span) })
    }
}

fn bold(run: Vec<Inline>) -> Vec<Inline> {
    if run.is_empty() { run } else { vec![Inline::Styled(Style::Bold, run)] }
}
