//! Parts of an article with front matter of their own: `sub-article`, `response`.

use super::Reader;
use super::contrib::append;
use crate::model::block::{Block, Paragraph, Section, SectionKind};
use crate::model::front::{Front, In, Name, NameOrder};
use crate::model::inline::{Inline, Inlines, Style};
use crate::source::Span;
use crate::xml::{Element, Node};

impl Reader<'_> {
    /// `sub-article`, `response`: a section with the part's title, its front matter as paragraphs, then its text.
    pub(super) fn part(&mut self, element: &Element) -> Vec<Block> {
        let (lang, section) = self.within(element, |reader| {
            let mut section =
                Section { kind: SectionKind::Part, id: reader.id(element), label: Vec::new(), title: Vec::new(), blocks: Vec::new(), span: element.span };
            for node in &element.children {
                let Node::Element(child) = node else {
                    let blocks = reader.flow(std::slice::from_ref(node), None, element.span);
                    section.blocks.extend(blocks);
                    continue;
                };
                match child.name.as_str() {
                    "front" | "front-stub" => {
                        let mut front = reader.front(child);
                        // The title of a second one is set below the first.
                        if !front.titles.is_empty() && section.title.is_empty() {
                            let first = front.titles.remove(0);
                            section.title = first.said.title;
                            append(&mut section.title, " ", first.said.subtitle);
                        }
                        section.blocks.extend(reader.front_as_blocks(front, child.span));
                    }
                    "body" | "floats-group" => section.blocks.extend(reader.blocks(child)),
                    "back" => section.blocks.extend(reader.back(child)),
                    "sub-article" | "response" => section.blocks.extend(reader.part(child)),
                    _ => section.blocks.extend(reader.flow(std::slice::from_ref(node), None, child.span)),
                }
            }
            section
        });
        super::block::foreign(lang, vec![Block::Section(section)])
    }

    /// Front matter as plain blocks, for parts of an article: nothing of it is lost, and little is made of it.
    pub(super) fn front_as_blocks(&mut self, front: Front, span: Span) -> Vec<Block> {
        let mut blocks = Vec::new();
        let paragraph = |body: Inlines| Block::Paragraph(Paragraph { id: None, continued: true, body, span });
        let here = self.lang.clone();
        let in_lang = |said: In<Inlines>| super::inline::foreign((said.lang != here).then_some(said.lang), said.said);
        blocks.extend(front.headings.into_iter().map(|said| paragraph(in_lang(said))));
        blocks.extend(front.codes.into_iter().map(|code| paragraph(code.body)));
        for title in front.titles {
            let mut line = title.said.title;
            append(&mut line, " ", title.said.subtitle);
            blocks.push(paragraph(in_lang(In { lang: title.lang, said: vec![Inline::Styled(Style::Bold, line)] })));
        }
        let mut people = Inlines::new();
        let mut about = Vec::new();
        for contributor in front.contributors {
            let mut line = Inlines::new();
            for name in contributor.names {
                append(&mut line, " / ", name_line(name));
            }
            for said in contributor.degrees.into_iter().chain(contributor.roles) {
                append(&mut line, ", ", said.said);
            }
            for xref in contributor.xrefs {
                line.push(Inline::Xref(xref));
            }
            for email in contributor.emails {
                append(&mut line, ", ", vec![Inline::Link(email)]);
            }
            append(&mut people, ", ", line);
            about.extend(contributor.about);
        }
        if !people.is_empty() {
            blocks.push(paragraph(people));
        }
        blocks.extend(about);
        for affiliation in front.affiliations {
            let mut id = affiliation.id;
            for form in affiliation.forms {
                let mut line = form.label;
                append(&mut line, " ", form.body);
                if !line.is_empty() {
                    blocks.push(Block::Paragraph(Paragraph { id: id.take(), continued: true, body: line, span: affiliation.span }));
                }
            }
        }
        for note in front.author_notes {
            blocks.push(Block::Notes(crate::model::block::NoteList { id: None, title: Vec::new(), notes: vec![note], span }));
        }
        for part in front.abstracts {
            let section = Section {
                kind: SectionKind::Back,
                id: part.said.id,
                label: Vec::new(),
                title: part.said.title,
                blocks: part.said.blocks,
                span: part.said.span,
            };
            let content = if section.title.is_empty() && section.id.is_none() { section.blocks } else { vec![Block::Section(section)] };
            blocks.extend(super::block::foreign((part.lang != here).then_some(part.lang), content));
        }
        for group in front.keywords {
            let mut line = group.said.title;
            let mut items = Inlines::new();
            for item in group.said.items {
                append(&mut items, ", ", item);
            }
            append(&mut line, " ", items);
            blocks.push(paragraph(in_lang(In { lang: group.lang, said: line })));
        }
        blocks.extend(front.copyright.into_iter().chain(front.funding).map(|said| paragraph(in_lang(said))));
        blocks.extend(front.licences.into_iter().flat_map(|licence| licence.said.blocks));
        blocks.extend(front.other);
        blocks
    }
}

/// A name as one run, in its own order.
fn name_line(name: Name) -> Inlines {
    let mut line = name.prefix;
    append(&mut line, " ", name.whole);
    let (first, second) = match name.order {
        NameOrder::GivenFirst => (name.given, name.surname),
        NameOrder::SurnameFirst => (name.surname, name.given),
    };
    append(&mut line, " ", first);
    append(&mut line, " ", second);
    append(&mut line, " ", name.suffix);
    line
}
