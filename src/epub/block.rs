//! The blocks of the text.

use article::lang::Lang;
use article::model::Id;
use article::model::block::{Block, Definitions, Lines, List, ListKind, Paragraph, Quote, Section, SectionKind, Statement, StatementKind};
use article::model::inline::Inlines;

use crate::dom::{Element, Node};
use crate::writer::{Entry, Writer};

impl Writer<'_> {
    /// Blocks one after the other.
    pub(crate) fn blocks(&mut self, blocks: &[Block]) -> Vec<Node> {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    /// One block.
    pub(crate) fn block(&mut self, block: &Block) -> Node {
        match block {
            Block::Section(section) => self.section(section),
            Block::Statement(statement) => self.statement(statement),
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::List(list) => self.list(list),
            Block::Definitions(list) => self.definitions(list),
            Block::Quote(quote) => self.quote(quote),
            Block::Figure(figure) => self.figure(figure),
            Block::Table(table) => self.table(table),
            Block::Boxed(section) => self.boxed(section),
            Block::Lines(lines) => self.lines(lines),
            Block::Formula(formula) => self.display_formula(formula),
            Block::References(list) => self.reference_list(list),
            Block::Notes(list) => self.note_list(list),
            Block::Foreign(lang, blocks) => self.foreign_blocks(lang, blocks),
        }
    }

    fn foreign_blocks(&mut self, lang: &Lang, blocks: &[Block]) -> Node {
        let around = self.lang.clone();
        let blocks = self.in_lang(lang, |writer| writer.blocks(blocks));
        Element::new("div").lang(lang, Some(&around)).children(blocks).into()
    }

    fn paragraph(&mut self, paragraph: &Paragraph) -> Node {
        let mut element = Element::new("p").id(self.ids.set(paragraph.id.as_ref()));
        if paragraph.continued {
            element = element.class("continued");
        }
        let body = self.inlines(&paragraph.body);
        element.children(body).into()
    }

    fn section(&mut self, section: &Section) -> Node {
        let (class, role) = match section.kind {
            SectionKind::Section => ("section", None),
            SectionKind::Acknowledgements => ("acknowledgements", Some(("doc-acknowledgments", "acknowledgments"))),
            SectionKind::Appendix => ("appendix", Some(("doc-appendix", "appendix"))),
            SectionKind::Funding => ("funding", None),
            SectionKind::Back => ("part-of-back", None),
        };
        self.headed(class, role, section.id.as_ref(), &section.label, &section.title, |writer, element| {
            element.children.extend(writer.flow(&section.blocks));
        })
    }

    /// The blocks of a section, each with its notes behind it where notes stand beside the text.
    fn flow(&mut self, blocks: &[Block]) -> Vec<Node> {
        let mut out = Vec::with_capacity(blocks.len());
        for block in blocks {
            out.push(self.block(block));
            if self.notes_beside {
                out.extend(self.waiting_notes());
            }
        }
        out
    }

    /// A section with its heading, and its entry in the contents. The levels of headings follow from the headings that
    /// there are: a section without one does not make a step.
    pub(crate) fn headed(
        &mut self,
        class: &str,
        role: Option<(&'static str, &'static str)>,
        id: Option<&Id>,
        label: &Inlines,
        title: &Inlines,
        fill: impl FnOnce(&mut Self, &mut Element),
    ) -> Node {
        let headed = !(label.is_empty() && title.is_empty());
        let id = if headed { Some(self.ids.set_or(id, class)) } else { self.ids.set(id) };
        let mut element = Element::new("section").class(class).id(id.clone());
        let Some(id) = id.filter(|_| headed) else {
            fill(self, &mut element);
            return element.into();
        };
        let entry = self.entry(id, label, title);
        let name = self.ids.fresh("heading");
        let spoken = format!("{} {}", self.plain(label), self.plain(title));
        if let Some((role, kind)) = role.filter(|(role, _)| self.is_new_landmark(role, spoken)) {
            element = element.with("role", role).with("epub:type", kind).with("aria-labelledby", name.clone());
        }
        let mut heading = Element::new(heading_name(self.level)).with("id", name);
        heading.children.extend(self.label(label, self.heading_stop(label, title)));
        heading.children.extend(self.inlines(title));
        heading.children = crate::writer::trimmed(heading.children);
        element.push(heading);
        let around = std::mem::take(&mut self.outline);
        self.level += 1;
        fill(self, &mut element);
        self.level -= 1;
        let children = std::mem::replace(&mut self.outline, around);
        self.outline.push(Entry { children, ..entry });
        element.into()
    }

    fn entry(&self, id: String, label: &Inlines, title: &Inlines) -> Entry {
        let mut nodes = self.outline_label(label);
        if !label.is_empty() && !title.is_empty() {
            nodes.push(Node::Text(format!("{} ", self.heading_stop(label, title))));
        }
        nodes.extend(self.outline_label(title));
        Entry { id, label: nodes, children: Vec::new() }
    }

    /// What stands between the label of a heading and its title: a stop after words (“Appendix A. Data”), nothing after a number.
    fn heading_stop(&self, label: &Inlines, title: &Inlines) -> &'static str {
        let text = self.plain(label);
        let words = text.chars().filter(|char| char.is_alphabetic()).count() > 1;
        if words && !title.is_empty() && !crate::writer::ends_with_stop(&text) { "." } else { "" }
    }

    /// A text in a box. Its heading is no entry of the contents.
    fn boxed(&mut self, section: &Section) -> Node {
        let mut element = Element::new("div").class("boxed").id(self.ids.set(section.id.as_ref()));
        if !(section.label.is_empty() && section.title.is_empty()) {
            let mut title = self.label(&section.label, ".");
            title.extend(self.inlines(&section.title));
            element.push(Element::new("p").class("title").children(crate::writer::trimmed(title)));
        }
        let blocks = self.blocks(&section.blocks);
        element.children(blocks).into()
    }

    /// A statement, a proof, a speech: its head stands in the line of its first paragraph.
    fn statement(&mut self, statement: &Statement) -> Node {
        let class = match statement.kind {
            StatementKind::Theorem => "statement theorem",
            StatementKind::Proof => "statement proof",
            StatementKind::Statement => "statement",
            StatementKind::Speech => "speech",
        };
        let mut element = Element::new("div").class(class).id(self.ids.set(statement.id.as_ref()));
        let stop = if statement.kind == StatementKind::Speech { ":" } else { "." };
        let mut head = self.label(&statement.label, if statement.title.is_empty() { stop } else { "" });
        if !statement.title.is_empty() {
            let labelled = !statement.label.is_empty();
            let shown = self.plain(&statement.title);
            let bracketed = shown.trim().starts_with('(') && shown.trim().ends_with(')');
            let mut title = Element::new("span").class("title");
            if labelled && !bracketed {
                title.push(Node::Text("(".to_owned()));
            }
            let words = self.inlines(&statement.title);
            title = title.children(words);
            if labelled || !crate::writer::ends_with_stop(&shown) {
                title.push(Node::Text(if labelled && !bracketed { ")." } else { "." }.to_owned()));
            }
            head.push(title.into());
            head.push(Node::Text(" ".to_owned()));
        }
        let blocks = if head.is_empty() { self.blocks(&statement.blocks) } else { self.introduced(crate::writer::trimmed(head), &statement.blocks) };
        element.children.extend(blocks);
        element.children.extend(self.attribution(&statement.attribution));
        element.into()
    }

    /// A title of a list, of lines: a line of its own, no heading.
    fn small_title(&mut self, title: &Inlines) -> Option<Node> {
        (!title.is_empty()).then(|| Element::new("p").class("title").children(self.inlines(title)).into())
    }

    fn list(&mut self, list: &List) -> Node {
        let (name, mark) = match list.kind {
            ListKind::Bullet | ListKind::Simple => ("ul", None),
            ListKind::Arabic => ("ol", None),
            ListKind::AlphaLower => ("ol", Some("a")),
            ListKind::AlphaUpper => ("ol", Some("A")),
            ListKind::RomanLower => ("ol", Some("i")),
            ListKind::RomanUpper => ("ol", Some("I")),
        };
        let id = self.ids.set(list.id.as_ref());
        let title = self.small_title(&list.title);
        let mut element = Element::new(name);
        if list.kind == ListKind::Simple {
            element = element.class("simple");
        }
        if let Some(mark) = mark {
            element = element.with("type", mark);
        }
        if name == "ol" && list.start != 1 {
            element = element.with("start", list.start.to_string());
        }
        for item in &list.items {
            let id = self.ids.set(item.id.as_ref());
            let line = Element::new("li").id(id);
            if item.label.is_empty() {
                let blocks = self.blocks(&item.blocks);
                element.push(line.children(blocks));
            } else {
                let label = crate::writer::trimmed(self.label(&item.label, ""));
                let blocks = self.introduced(label, &item.blocks);
                element.push(line.class("labelled").children(blocks));
            }
        }
        match title {
            Some(title) => Element::new("div").class("list").id(id).children([title, element.into()]).into(),
            None => element.id(id).into(),
        }
    }

    fn definitions(&mut self, list: &Definitions) -> Node {
        let id = self.ids.set(list.id.as_ref());
        let title = self.small_title(&list.title);
        let mut element = Element::new("dl");
        for item in &list.items {
            let id = self.ids.set(item.id.as_ref());
            let term = self.inlines(&item.term);
            element.push(Element::new("dt").id(id).children(term));
            let blocks = self.blocks(&item.blocks);
            element.push(Element::new("dd").children(blocks));
        }
        match title {
            Some(title) => Element::new("div").class("definitions").id(id).children([title, element.into()]).into(),
            None => element.class("definitions").id(id).into(),
        }
    }

    fn quote(&mut self, quote: &Quote) -> Node {
        let mut element = Element::new("blockquote").id(self.ids.set(quote.id.as_ref()));
        element.children.extend(self.blocks(&quote.blocks));
        element.children.extend(self.attribution(&quote.attribution));
        element.into()
    }

    /// Code keeps every blank; the lines of a poem keep their breaks.
    fn lines(&mut self, lines: &Lines) -> Node {
        let mut element = Element::new("div").class(if lines.code { "listing" } else { "verse" }).id(self.ids.set(lines.id.as_ref()));
        element.children.extend(self.small_title(&lines.title));
        let mut body = Vec::new();
        for (at, line) in lines.lines.iter().enumerate() {
            if at > 0 {
                body.push(if lines.code { Node::Text("\n".to_owned()) } else { Element::new("br").into() });
            }
            body.extend(self.inlines(line));
        }
        if lines.code {
            let mut code = Element::new("code");
            if let Some(language) = &lines.language {
                code = code.class(&format!("language-{language}"));
            }
            element.push(Element::new("pre").children([code.children(body).into()]));
        } else {
            element.push(Element::new("p").children(body));
        }
        element.children.extend(self.attribution(&lines.attribution));
        element.into()
    }
}

/// The element of a heading: HTML has six levels.
pub(crate) fn heading_name(level: u8) -> &'static str {
    match level {
        0 | 1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        6.. => "h6",
    }
}
