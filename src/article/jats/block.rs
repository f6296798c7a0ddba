//! The blocks of the text: `body`, `sec`, and everything that stands on lines of its own.
//!
//! 1. [`Reader::flow`] reads content in which text and blocks may be mixed, as in `p`: runs of text become paragraphs, blocks stay blocks.
//! 2. [`Reader::block`] reads one element that is a block.

use super::Reader;
use super::apart::{Line, stands_apart};
use super::elements::{self, Taken};
use super::front::is_silent;
use super::numbers;
use crate::code::Code;
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::leaf::Reason;
use crate::model::Id;
use crate::model::block::{Block, Item, List, ListKind, NoteList, Paragraph, Quote, Section, SectionKind};
use crate::model::inline::{Inline, Inlines};
use crate::source::Span;
use crate::xml::{Element, Node};

impl Reader<'_> {
    /// The content of an element as blocks.
    pub(super) fn blocks(&mut self, element: &Element) -> Vec<Block> {
        self.flow(&element.children, None, element.span)
    }

    /// Content in which text and blocks are mixed. The id goes to the first paragraph; a paragraph after a block inside the same
    /// element goes on and is not indented.
    pub(super) fn flow(&mut self, nodes: &[Node], id: Option<Id>, span: Span) -> Vec<Block> {
        let element_only = !nodes.iter().any(|node| matches!(node, Node::Text(run) if !crate::xml::is_blank(&run.text)));
        let mut flow = Flow { id, span, blocks: Vec::new(), pending: Line::default(), started: false };
        let mut rest = nodes;
        let mut after_element = false;
        while let Some((node, after)) = rest.split_first() {
            let mut taken = 1;
            let behind = std::mem::replace(&mut after_element, matches!(node, Node::Element(child) if !is_block(&child.name)));
            match node {
                Node::Text(run) => {
                    let read = self.text_between(run, "p", behind, after);
                    flow.pending.add(self, read, false);
                }
                Node::Element(child) if is_block(&child.name) || is_choice_of_blocks(child) || self.is_loose_block(child, element_only) => {
                    self.flush(&mut flow);
                    let mut blocks = self.block(child);
                    self.sentence_goes_on(flow.blocks.last(), &mut blocks);
                    flow.blocks.extend(blocks);
                    flow.blocks.extend(self.rescued_block(child));
                }
                Node::Element(child) => {
                    // A line between two marks takes along what stands between them, and its end.
                    taken += super::phrase::line_from(child, after).map_or(0, |(_, held)| held + 1);
                    let read = self.inlines(&rest[..taken], "p");
                    self.unindent(child, &flow.pending.read, &read, &rest[taken..]);
                    flow.pending.add(self, read, stands_apart(child));
                }
            }
            rest = &rest[taken..];
        }
        self.flush(&mut flow);
        flow.blocks
    }

    /// Marks a paragraph behind a formula that begins in the middle of a sentence, “where *m* is …”: it is an element of its own, and yet goes on.
    fn sentence_goes_on(&self, before: Option<&Block>, blocks: &mut [Block]) {
        if let (Some(Block::Formula(_)), Some(Block::Paragraph(paragraph))) = (before, blocks.first_mut()) {
            paragraph.continued |= self.plain(&paragraph.body).starts_with(char::is_lowercase);
        }
    }

    /// Makes a paragraph of the text that has gathered.
    fn flush(&mut self, flow: &mut Flow) {
        let mut body = std::mem::take(&mut flow.pending).read;
        self.tidy(&mut body);
        if body.is_empty() {
            return;
        }
        flow.blocks.push(Block::Paragraph(Paragraph { id: flow.id.take(), continued: flow.started, body, span: flow.span }));
        flow.started = true;
    }

    /// Whether an element that has no place of its own is taken as a block: it holds blocks, or stands where there is no text.
    fn is_loose_block(&self, element: &Element, element_only: bool) -> bool {
        match elements::taken(&element.name) {
            None | Some(Taken::Through | Taken::Data | Taken::Around) => element_only || holds_blocks(element),
            Some(Taken::Block) => true,
            Some(Taken::Inline | Taken::Styled(_) | Taken::Plain | Taken::Mark | Taken::Left(_)) => false,
        }
    }

    /// One element that is a block, in its language.
    fn block(&mut self, element: &Element) -> Vec<Block> {
        let (lang, blocks) = self.within(element, |reader| reader.block_here(element));
        foreign(lang, blocks)
    }

    fn block_here(&mut self, element: &Element) -> Vec<Block> {
        match element.name.as_str() {
            "p" => self.paragraph(element),
            "sec" => vec![Block::Section(self.section(element, SectionKind::Section))],
            "list" => vec![Block::List(self.list(element))],
            "def-list" => self.definitions(element),
            "ul" | "ol" => vec![Block::List(self.html_list(element))],
            "disp-quote" | "blockquote" => vec![Block::Quote(self.quote(element))],
            "statement" => vec![Block::Statement(self.statement(element))],
            "speech" => vec![Block::Statement(self.speech(element))],
            "question" | "answer" | "explanation" | "legend" => vec![Block::Statement(self.question(element))],
            "question-wrap" | "question-wrap-group" | "question-preamble" | "answer-set" | "sig-block" => self.group(element),
            "option" => self.lone_option(element),
            "sig" => self.signature(element),
            "fig" => vec![Block::Figure(self.figure(element))],
            "fig-group" => vec![Block::Figure(self.figure_group(element))],
            "graphic" => self.bare_graphic(element),
            "media" => self.media(element),
            "chem-struct-wrap" | "chem-struct-wrapper" => self.structure(element),
            "supplementary-material" => self.supplement(element),
            "table-wrap" => vec![Block::Table(Box::new(self.table_wrap(element)))],
            "table-wrap-group" | "fig-and-table-group" => self.table_group(element),
            "table" | "array" | "tgroup" | "oasis:table" | "oasis:tgroup" => vec![Block::Table(Box::new(self.bare_table(element)))],
            "boxed-text" => vec![Block::Boxed(self.section(element, SectionKind::Section))],
            "preformat" | "code" | "pre" => vec![Block::Lines(self.listing(element))],
            "verse-group" => vec![Block::Lines(self.verse(element))],
            "ref-list" => vec![Block::References(self.reference_list(element))],
            "fn-group" => vec![Block::Notes(self.notes(element))],
            "fn" => vec![Block::Notes(NoteList { id: None, title: Vec::new(), notes: vec![self.note(element)], span: element.span })],
            "ack" => vec![Block::Section(self.section(element, SectionKind::Acknowledgements))],
            "app" => vec![Block::Section(self.section(element, SectionKind::Appendix))],
            "app-group" => self.group(element),
            "glossary" | "gloss-group" | "notes" | "bio" => self.back_section(element),
            "alternatives" | "block-alternatives" => self.alternatives(element),
            "tp:taxon-treatment" => self.treatment(element),
            "tp:nomenclature-citation-list" | "tp:materials" | "tp:key" => self.group(element),
            "tp:treatment-sec" | "tp:descriptive-statement" => vec![Block::Section(self.section(element, SectionKind::Section))],
            "tp:nomenclature" | "tp:mixed-nomenclature" | "tp:nomenclature-citation" => self.nomenclature(element),
            "disp-formula" => self.display_formula(element),
            "disp-formula-group" => self.formula_group(element),
            "address" if !element.has_own_text() && !holds_blocks(element) => self.one_line(element, ", "),
            "title" | "subtitle" | "label" => self.stray_title(element),
            "attrib" => self.stray_attribution(element),
            "caption" => self.blocks(element),
            "front-stub" | "sec-meta" => {
                let front = self.front(element);
                self.front_as_blocks(front, element.span)
            }
            "permissions" => {
                let front = self.front_part(element);
                self.front_as_blocks(front, element.span)
            }
            name => match elements::taken(name) {
                Some(Taken::Left(reason)) => {
                    self.omit(element, reason);
                    Vec::new()
                }
                Some(Taken::Through | Taken::Data) if is_glued(element) => self.one_line(element, " "),
                Some(Taken::Through | Taken::Data) => {
                    self.anchor(element);
                    self.flow(&element.children, None, element.span)
                }
                Some(Taken::Block | Taken::Inline | Taken::Styled(_) | Taken::Plain | Taken::Mark | Taken::Around) | None => {
                    self.not_known(element);
                    self.flow(&element.children, None, element.span)
                }
            },
        }
    }

    /// `p`, which may hold blocks.
    fn paragraph(&mut self, element: &Element) -> Vec<Block> {
        let id = self.id(element);
        self.flow(&element.children, id, element.span)
    }

    /// `sec` and what is built like it: label, title, then blocks.
    pub(super) fn section(&mut self, element: &Element, kind: SectionKind) -> Section {
        let label = element.child("label").map(|label| self.run(label)).unwrap_or_default();
        let title_of = |element: &'_ Element| -> Option<Element> {
            element.child("title").or_else(|| element.child("caption").filter(|caption| caption.child("title").is_some())).cloned()
        };
        let mut blocks = Vec::new();
        let mut title = Vec::new();
        if let Some(holder) = title_of(element) {
            if holder.name == "caption" {
                let (head, rest) = self.caption(&holder);
                title = head;
                blocks = rest;
            } else {
                title = self.title(&holder);
            }
        }
        // The first label and title are the section's own; any further ones are content.
        let mut heads = vec!["label", if element.child("title").is_some() { "title" } else { "caption" }];
        if title.is_empty() && element.child("title").is_none() {
            heads.truncate(1);
        }
        let mut rest = Vec::new();
        for node in &element.children {
            match node {
                Node::Element(child) if heads.iter().any(|head| *head == child.name) => heads.retain(|head| *head != child.name),
                _ => rest.push(node.clone()),
            }
        }
        blocks.extend(self.flow(&rest, None, element.span));
        if element.value("sec-type") == Some("display-objects") {
            self.displays.push(element.span);
        }
        Section { kind, id: self.id(element), label, title, blocks, span: element.span }
    }

    /// `list`.
    fn list(&mut self, element: &Element) -> List {
        let kind = list_kind(element.value("list-type"));
        let start = element.value("continued-from").and_then(|before| self.list_ends.get(&Id(before.trim().to_owned()))).copied().unwrap_or(1);
        let mut list = List { id: self.id(element), kind, start, title: Vec::new(), items: Vec::new(), span: element.span };
        for child in &element.children {
            match child {
                Node::Element(child) if child.name == "title" || child.name == "label" => {
                    let title = self.title(child);
                    super::contrib::append(&mut list.title, " ", title);
                }
                Node::Element(child) if child.name == "list-item" => {
                    let item = self.item(child);
                    list.items.push(item);
                }
                // A mark between items, which the file writes out, ends the one before it.
                Node::Element(child) if child.name == "x" && list.items.last().is_some_and(ends_in_a_paragraph) => {
                    let mark = self.title(child);
                    if let Some(Block::Paragraph(last)) = list.items.last_mut().and_then(|item| item.blocks.last_mut()) {
                        last.body.extend(mark);
                    }
                }
                Node::Element(_) | Node::Text(_) => {
                    let blocks = self.flow(std::slice::from_ref(child), None, element.span);
                    if !blocks.is_empty() {
                        list.items.push(Item { id: None, label: Vec::new(), blocks });
                    }
                }
            }
        }
        if let Some(word) = element.value("prefix-word").map(str::trim).filter(|word| !word.is_empty()) {
            numbers::prefix(&mut list, word);
        }
        let end = list.start.saturating_add(u32::try_from(list.items.len()).unwrap_or(u32::MAX));
        self.list_ends.extend(list.id.clone().map(|id| (id, end)));
        list
    }

    /// `list-item`: a label, a title, then blocks.
    fn item(&mut self, element: &Element) -> Item {
        let label = element.child("label").map(|label| self.run(label)).unwrap_or_default();
        let rest = without(element, &["label"]);
        let (lang, blocks) = self.within(element, |reader| reader.flow(&rest, None, element.span));
        Item { id: self.id(element), label, blocks: foreign(lang, blocks) }
    }

    /// `disp-quote`.
    fn quote(&mut self, element: &Element) -> Quote {
        let attribution = self.gathered(element, "attrib");
        let rest = without(element, &["attrib"]);
        Quote { id: self.id(element), blocks: self.flow(&rest, None, element.span), attribution, span: element.span }
    }

    /// The children of a name as one run, separated by blanks.
    pub(super) fn gathered(&mut self, element: &Element, name: &str) -> Inlines {
        let mut gathered: Inlines = Vec::new();
        for child in element.children_named(name) {
            let run = self.title(child);
            if !gathered.is_empty() && !run.is_empty() {
                gathered.push(Inline::Generated(" ".to_owned()));
            }
            gathered.extend(run);
        }
        gathered
    }

    /// `fn-group`: a title, then notes.
    fn notes(&mut self, element: &Element) -> NoteList {
        let mut list = NoteList { id: self.id(element), title: Vec::new(), notes: Vec::new(), span: element.span };
        for child in &element.children {
            match child {
                Node::Element(child) if child.name == "title" || child.name == "label" => {
                    let title = self.title(child);
                    super::contrib::append(&mut list.title, " ", title);
                }
                // What says nothing is no note; its mark stays a mark.
                Node::Element(child) if child.name == "fn" && is_silent(child) => self.anchor_all(child),
                Node::Element(child) if child.name == "fn" => {
                    let note = self.note(child);
                    list.notes.push(note);
                }
                Node::Element(_) | Node::Text(_) => {
                    let body = self.flow(std::slice::from_ref(child), None, element.span);
                    if !body.is_empty() {
                        list.notes.push(crate::model::inline::Note { id: None, kind: None, mark: Vec::new(), label: Vec::new(), body, span: element.span });
                    }
                }
            }
        }
        list
    }

    /// Of several forms of one thing: tables and text before pictures, and the first picture that is not for print alone.
    pub(super) fn alternatives(&mut self, element: &Element) -> Vec<Block> {
        let Some(chosen) = chosen(element) else { return self.blocks(element) };
        let blocks = self.flow(&[Node::Element(chosen.clone())], None, chosen.span);
        self.omit(element, Reason::Alternative);
        blocks
    }

    /// A title or label where no section takes it: set as a paragraph of its own, in bold.
    fn stray_title(&mut self, element: &Element) -> Vec<Block> {
        let body = self.run(element);
        if body.is_empty() {
            return Vec::new();
        }
        let body = vec![Inline::Styled(crate::model::inline::Style::Bold, body)];
        vec![Block::Paragraph(Paragraph { id: self.id(element), continued: true, body, span: element.span })]
    }

    /// What is only tagged, on one line.
    fn one_line(&mut self, element: &Element, separator: &str) -> Vec<Block> {
        let mut body = self.joined(element, separator);
        self.tidy(&mut body);
        let id = self.id(element);
        if body.is_empty() {
            self.anchors.extend(id);
            return Vec::new();
        }
        vec![Block::Paragraph(Paragraph { id, continued: false, body, span: element.span })]
    }

    /// Label and title of a part that is no section, as one line in bold; none where it has neither.
    pub(super) fn head_line(&mut self, element: &Element) -> Option<Block> {
        let mut body = self.gathered(element, "label");
        let title = self.gathered(element, "title");
        super::contrib::append(&mut body, " ", title);
        if body.is_empty() {
            return None;
        }
        let body = vec![Inline::Styled(crate::model::inline::Style::Bold, body)];
        Some(Block::Paragraph(Paragraph { id: None, continued: true, body, span: element.span }))
    }

    /// An `attrib` where nothing takes it: a paragraph of its own.
    fn stray_attribution(&mut self, element: &Element) -> Vec<Block> {
        let body = self.title(element);
        if body.is_empty() {
            return Vec::new();
        }
        vec![Block::Paragraph(Paragraph { id: self.id(element), continued: true, body, span: element.span })]
    }

    /// `ul`, `ol`: lists of HTML.
    fn html_list(&mut self, element: &Element) -> List {
        let kind = if element.name == "ol" { ListKind::Arabic } else { ListKind::Bullet };
        let mut list = List { id: self.id(element), kind, start: 1, title: Vec::new(), items: Vec::new(), span: element.span };
        for node in &element.children {
            let item = match node {
                Node::Element(child) if child.name == "li" => self.item(child),
                Node::Element(_) | Node::Text(_) => Item { id: None, label: Vec::new(), blocks: self.flow(std::slice::from_ref(node), None, element.span) },
            };
            if !item.blocks.is_empty() || !item.label.is_empty() {
                list.items.push(item);
            }
        }
        list
    }

    /// The number in an attribute, within bounds. Anything else is reported and counts as 1.
    pub(super) fn span_attribute(&mut self, element: &Element, name: &str, most: u32) -> u32 {
        let Some(attribute) = element.attribute(name) else { return 1 };
        match attribute.value.trim().parse::<u32>() {
            Ok(number) if (1..=most).contains(&number) => number,
            Ok(_) | Err(_) => {
                let (value, at) = (attribute.value.clone(), attribute.span);
                self.log.push(Diagnostic::new(Code::TableSpan, format!("`{name}` is `{value}`, which this table cannot hold")).at(at).hint("it is read as 1"));
                1
            }
        }
    }
}

/// Whether an element holds nothing but elements without a blank between them, whose words would run together.
pub(super) fn is_glued(element: &Element) -> bool {
    let tagged = |child: &Element| matches!(elements::taken(&child.name), Some(Taken::Plain | Taken::Through | Taken::Data));
    element.elements().count() > 1 && element.elements().all(tagged) && element.children.iter().all(|node| matches!(node, Node::Element(_)))
}

/// What [`Reader::flow`] has gathered.
struct Flow {
    id: Option<Id>,
    span: Span,
    blocks: Vec<Block>,
    pending: Line,
    started: bool,
}

/// Marks blocks that are in another language.
pub(super) fn foreign(lang: Option<Lang>, blocks: Vec<Block>) -> Vec<Block> {
    match lang {
        Some(lang) if !blocks.is_empty() => vec![Block::Foreign(lang, blocks)],
        _ => blocks,
    }
}

/// The children of an element without those of these names.
pub(super) fn without(element: &Element, names: &[&str]) -> Vec<Node> {
    element.children.iter().filter(|node| !matches!(node, Node::Element(child) if names.contains(&child.name.as_str()))).cloned().collect()
}

/// Whether an element is a block wherever it stands.
pub(super) fn is_block(name: &str) -> bool {
    elements::taken(name) == Some(Taken::Block)
}

/// The form that is set of several: text before pictures.
pub(super) fn chosen(alternatives: &Element) -> Option<&Element> {
    let is_picture = |name: &str| matches!(name, "graphic" | "media" | "inline-graphic" | "inline-media");
    alternatives.elements().find(|child| !is_picture(&child.name)).or_else(|| alternatives.elements().next())
}

/// Whether it offers a block in several forms, none of which is a picture alone: a listing as source and as a program that runs.
fn is_choice_of_blocks(element: &Element) -> bool {
    matches!(element.name.as_str(), "alternatives" | "block-alternatives")
        && chosen(element).is_some_and(|chosen| is_block(&chosen.name) && !matches!(chosen.name.as_str(), "graphic" | "media"))
}

/// Whether a block stands somewhere in the element.
pub(super) fn holds_blocks(element: &Element) -> bool {
    element.elements().any(|child| is_block(&child.name) || holds_blocks(child))
}

/// Whether the last thing in an item is a paragraph.
fn ends_in_a_paragraph(item: &Item) -> bool {
    matches!(item.blocks.last(), Some(Block::Paragraph(_)))
}

/// `@list-type`, and the names that are used for the same thing in the wild.
fn list_kind(kind: Option<&str>) -> ListKind {
    match kind {
        Some("bullet" | "unordered") => ListKind::Bullet,
        Some("order" | "ordered" | "number" | "numbered" | "arabic") => ListKind::Arabic,
        Some("alpha-lower") => ListKind::AlphaLower,
        Some("alpha-upper") => ListKind::AlphaUpper,
        Some("roman-lower") => ListKind::RomanLower,
        Some("roman-upper") => ListKind::RomanUpper,
        Some("simple" | "none") => ListKind::Simple,
        Some(_) | None => ListKind::Bullet,
    }
}
