//! Blocks with a head that is run in: `statement`, `speech`, questions and answers, `legend`.

use super::Reader;
use super::block::without;
use crate::model::block::{Block, Item, List, ListKind, Statement, StatementKind};
use crate::model::inline::Inlines;
use crate::source::Span;
use crate::xml::{Element, Node};

impl Reader<'_> {
    /// `statement`: label, title, paragraphs (tag library: `statement`).
    pub(super) fn statement(&mut self, element: &Element) -> Statement {
        let label = self.gathered(element, "label");
        let title = self.gathered(element, "title");
        let name = element.value("content-type").map_or_else(|| self.plain(&label), str::to_owned);
        self.with_head(element, statement_kind(&name), label, title, &["label", "title"])
    }

    /// `speech`: the speaker, then what is said. JATS lets the speaker stand inside the paragraph too, where it stays.
    pub(super) fn speech(&mut self, element: &Element) -> Statement {
        let speaker = self.gathered(element, "speaker");
        self.with_head(element, StatementKind::Speech, speaker, Inlines::new(), &["speaker"])
    }

    /// `question`, `answer`, `explanation`, `legend`: label and title, then blocks; options to choose from become a list.
    pub(super) fn question(&mut self, element: &Element) -> Statement {
        let mut label = self.gathered(element, "label");
        // Its title is no name in brackets, as that of a theorem is, but what follows the label.
        for name in ["title", "subtitle"] {
            let more = self.gathered(element, name);
            super::contrib::append(&mut label, " ", more);
        }
        self.with_head(element, StatementKind::Statement, label, Inlines::new(), &["label", "title", "subtitle"])
    }

    fn with_head(&mut self, element: &Element, kind: StatementKind, label: Inlines, title: Inlines, heads: &[&str]) -> Statement {
        let attribution = self.gathered(element, "attrib");
        let rest: Vec<Node> = without(element, &[heads, &["attrib"]].concat());
        let blocks = self.with_options(&rest, element.span);
        Statement { kind, id: self.id(element), label, title, blocks, attribution, span: element.span }
    }

    /// Blocks, among which each run of `option`s is a list.
    fn with_options(&mut self, nodes: &[Node], span: Span) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut astray: Vec<Node> = Vec::new();
        for node in nodes {
            let Node::Element(option) = node else {
                astray.push(node.clone());
                continue;
            };
            if option.name != "option" {
                astray.push(node.clone());
                continue;
            }
            blocks.extend(self.flow(&std::mem::take(&mut astray), None, span));
            let item = self.option(option);
            match blocks.last_mut() {
                Some(Block::List(list)) if list.kind == ListKind::Simple && list.span == span => list.items.push(item),
                Some(_) | None => blocks.push(Block::List(List { id: None, kind: ListKind::Simple, start: 1, title: Vec::new(), items: vec![item], span })),
            }
        }
        blocks.extend(self.flow(&astray, None, span));
        blocks
    }

    /// `option`: its label is the item's.
    fn option(&mut self, element: &Element) -> Item {
        let label = self.gathered(element, "label");
        let rest = without(element, &["label"]);
        Item { id: self.id(element), label, blocks: self.flow(&rest, None, element.span) }
    }

    /// `option` that stands astray: a list of one.
    pub(super) fn lone_option(&mut self, element: &Element) -> Vec<Block> {
        self.with_options(&[Node::Element(element.clone())], element.span)
    }

    /// `sig`: paragraphs without an indent; `break` parts its lines.
    pub(super) fn signature(&mut self, element: &Element) -> Vec<Block> {
        let mut blocks = self.blocks(element);
        for block in &mut blocks {
            if let Block::Paragraph(paragraph) = block {
                paragraph.continued = true;
            }
        }
        blocks
    }
}

/// What a statement is, by its `@content-type` or the first word of its label.
fn statement_kind(name: &str) -> StatementKind {
    const THEOREMS: [&str; 16] = [
        "theorem",
        "lemma",
        "proposition",
        "corollary",
        "conjecture",
        "axiom",
        "hypothesis",
        "claim",
        "теорема",
        "лемма",
        "предложение",
        "следствие",
        "утверждение",
        "гипотеза",
        "аксиома",
        "théorème",
    ];
    let first = name.split_whitespace().next().unwrap_or_default().to_lowercase();
    let first = first.trim_matches(|char: char| !char.is_alphabetic());
    if THEOREMS.contains(&first) {
        StatementKind::Theorem
    } else if ["proof", "доказательство", "preuve", "beweis", "demostración", "dokaz"].contains(&first) {
        StatementKind::Proof
    } else {
        StatementKind::Statement
    }
}
