//! References: `ref-list`, `ref`, and the citations in it.
//!
//! 1. A citation with text of its own (`mixed-citation`) is set as it stands, punctuation and all.
//! 2. A citation that is only tagged (`element-citation`, and its elders) is set in the order of its elements, with plain
//!    punctuation between them: authors with commas, parts with full stops, issue in brackets, pages with a dash.

use super::Reader;
use super::block::without;
use super::contrib::append;
use super::inline::foreign;
use crate::leaf::Reason;
use crate::model::block::Block;
use crate::model::inline::{Inline, Inlines, Style};
use crate::model::math::FormulaPart;
use crate::model::reference::{Reference, ReferenceList};
use crate::xml::{Element, Node};

impl Reader<'_> {
    /// `ref-list`, which may hold further lists.
    pub(super) fn reference_list(&mut self, element: &Element) -> ReferenceList {
        let mut list = ReferenceList { id: self.id(element), title: Vec::new(), blocks: Vec::new(), items: Vec::new(), lists: Vec::new(), span: element.span };
        for node in &element.children {
            let Node::Element(child) = node else {
                let blocks = self.flow(std::slice::from_ref(node), None, element.span);
                list.blocks.extend(blocks);
                continue;
            };
            match child.name.as_str() {
                "title" | "label" => {
                    let title = self.title(child);
                    append(&mut list.title, " ", title);
                }
                "ref" => list.items.push(self.reference(child)),
                "ref-list" => list.lists.push(self.reference_list(child)),
                _ => list.blocks.extend(self.flow(std::slice::from_ref(node), None, child.span)),
            }
        }
        list
    }

    /// `ref`: a label, then citations and notes.
    fn reference(&mut self, element: &Element) -> Reference {
        let (lang, (label, citations)) = self.within(element, |reader| {
            let mut label = element.child("label").map(|label| reader.run(label)).unwrap_or_default();
            let mut citations = Vec::new();
            for node in &without(element, &["label"]) {
                let run = match node {
                    Node::Element(child) => reader.citation(child, &mut label),
                    Node::Text(_) => reader.run_of(std::slice::from_ref(node), "ref"),
                };
                if !run.is_empty() {
                    citations.push(run);
                }
            }
            (label, citations)
        });
        Reference { id: self.id(element), label, citations, lang, cited_by: Vec::new(), span: element.span }
    }

    /// One citation of a reference, or a note beside it.
    fn citation(&mut self, element: &Element, label: &mut Inlines) -> Inlines {
        self.anchor(element);
        let (lang, run) = self.within(element, |reader| match element.name.as_str() {
            "mixed-citation" | "element-citation" | "nlm-citation" | "citation" | "citation-alternatives" => reader.citation_here(element, label),
            _ => {
                // A note: its paragraphs on one line.
                let mut run = Inlines::new();
                for block in reader.flow(&[Node::Element(element.clone())], None, element.span) {
                    append(&mut run, " ", in_line(block));
                }
                run
            }
        });
        foreign(lang, run)
    }

    fn citation_here(&mut self, element: &Element, label: &mut Inlines) -> Inlines {
        if element.name == "citation-alternatives" {
            let Some(chosen) = element.child("mixed-citation").or_else(|| element.elements().next()) else { return Inlines::new() };
            let run = self.citation_here(chosen, label);
            self.omit(element, Reason::Alternative);
            return run;
        }
        let mut body = element.clone();
        if label.is_empty()
            && let Some(own) = element.child("label")
        {
            *label = self.run(own);
            body.children = without(element, &["label"]);
        }
        let mut run = if body.has_own_text() { self.inlines(&body.children, &element.name) } else { self.structured(&body) };
        self.tidy(&mut run);
        run
    }

    /// A citation without text of its own.
    fn structured(&mut self, element: &Element) -> Inlines {
        let mut line = Inlines::new();
        let mut before = "";
        for child in element.elements() {
            let run = self.part_of_citation(child);
            if run.is_empty() {
                continue;
            }
            if !before.is_empty() {
                let text = self.plain(&line);
                line.push(Inline::Generated(separator(before, &child.name, &text).to_owned()));
            }
            if child.name == "issue" {
                line.push(Inline::Generated("(".to_owned()));
            }
            line.extend(run);
            if child.name == "issue" {
                line.push(Inline::Generated(")".to_owned()));
            }
            before = &child.name;
        }
        let ends = self.plain(&line);
        let leads_out = element.elements().last().is_some_and(|last| matches!(last.name.as_str(), "ext-link" | "uri" | "pub-id"));
        if !line.is_empty() && !leads_out && !ends.ends_with(['.', '?', '!']) {
            line.push(Inline::Generated(".".to_owned()));
        }
        line
    }

    /// One element of a citation that is only tagged.
    fn part_of_citation(&mut self, element: &Element) -> Inlines {
        let (lang, run) = self.within(element, |reader| match element.name.as_str() {
            "person-group" => reader.joined(element, ", "),
            "source" => vec![Inline::Styled(Style::Italic, reader.inlines(&element.children, "source"))],
            "pub-id" => {
                let mut run = match element.value("pub-id-type") {
                    Some("doi") => vec![Inline::Generated("doi:".to_owned())],
                    Some("pmid") => vec![Inline::Generated("PMID: ".to_owned())],
                    Some("pmcid") => vec![Inline::Generated("PMCID: ".to_owned())],
                    Some(_) | None => Inlines::new(),
                };
                run.extend(reader.inlines(&[Node::Element(element.clone())], "pub-id"));
                run
            }
            "alternatives" => {
                let run = reader.inlines(&[Node::Element(element.clone())], "alternatives");
                reader.omit(element, Reason::Alternative);
                run
            }
            _ => reader.inlines(&[Node::Element(element.clone())], &element.name),
        });
        let mut run = foreign(lang, run);
        self.tidy(&mut run);
        run
    }
}

/// What stands between two elements of a citation.
fn separator(before: &str, after: &str, text: &str) -> &'static str {
    let is_person = |name: &str| matches!(name, "name" | "string-name" | "collab" | "etal");
    let is_page = |name: &str| matches!(name, "fpage" | "page-range" | "elocation-id");
    let stopped = text.ends_with(['.', '?', '!', ',']);
    match (before, after) {
        ("fpage", "lpage") => "–",
        ("volume", "issue") => "",
        ("volume" | "issue", after) if is_page(after) => ": ",
        ("month", "day") | ("year", "month") | ("day", "month") => " ",
        ("given-names", "surname") | ("surname", "given-names") => " ",
        (before, after) if is_person(before) && is_person(after) => ", ",
        ("publisher-name", "publisher-loc") => ", ",
        ("publisher-loc", "publisher-name") => ": ",
        ("source", "volume") => " ",
        _ if stopped => " ",
        _ => ". ",
    }
}

/// The text of a block, for a place where only a line fits.
fn in_line(block: Block) -> Inlines {
    struct Gather(Inlines);
    impl crate::model::walk::Visit for Gather {
        fn inlines(&mut self, inlines: &[Inline]) {
            append(&mut self.0, " ", inlines.to_vec());
        }

        fn block(&mut self, block: &Block) {
            // The formulas of a block are no inlines of it.
            if let Block::Formula(formula) = block {
                for part in &formula.parts {
                    if let FormulaPart::Math(math) = part {
                        append(&mut self.0, " ", vec![Inline::Formula(math.clone())]);
                    }
                }
            }
            crate::model::walk::walk_block(self, block);
        }
    }
    match block {
        Block::Paragraph(paragraph) => paragraph.body,
        other => {
            let mut gather = Gather(Inlines::new());
            crate::model::walk::Visit::block(&mut gather, &other);
            gather.0
        }
    }
}
