//! Parts of an article with front matter of their own: `sub-article`, `response`.
//!
//! 1. [`Scope`] gives each part ids of its own: where a part and the article have the same id, what is inside the part means the part's.
//! 2. [`Reader::part`] reads front matter, text and what follows it as those of the article are read.
//! 3. [`Reader::front_as_blocks`] is for elements of the front matter that stand in the text.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::Reader;
use super::contrib::append;
use crate::model::block::{Block, Paragraph, Section, SectionKind};
use crate::model::front::{Front, In, Name, NameOrder, Notice};
use crate::model::inline::{Inline, Inlines, Link, Style};
use crate::model::part::{Part, PartKind};
use crate::source::Span;
use crate::xml::{Element, Node};

/// The ids that stand before a part. XML wants every id of a file once, and many masters repeat those of the article in its translation.
pub(super) struct Scope {
    taken: BTreeSet<String>,
    parts: usize,
}

impl Scope {
    /// The ids of an article outside its parts.
    pub(super) fn of(article: &Element) -> Self {
        let mut scope = Self { taken: BTreeSet::new(), parts: 0 };
        for child in article.elements().filter(|child| !is_part(child)) {
            child.each(&mut |element| scope.taken.extend(element.value("id").map(str::to_owned)));
        }
        scope
    }

    /// The part with ids that nothing before it has.
    fn apart<'a>(&mut self, element: &'a Element) -> Cow<'a, Element> {
        self.parts += 1;
        let suffix = format!("-part-{}", self.parts);
        let mut own = BTreeSet::new();
        element.each(&mut |element| own.extend(element.value("id").map(str::to_owned)));
        let twice: BTreeSet<String> = own.intersection(&self.taken).cloned().collect();
        let mut apart = Cow::Borrowed(element);
        if !twice.is_empty() {
            rename(apart.to_mut(), &twice, &suffix);
        }
        self.taken.extend(own.into_iter().map(|id| if twice.contains(&id) { id + &suffix } else { id }));
        apart
    }
}

fn is_part(element: &Element) -> bool {
    matches!(element.name.as_str(), "sub-article" | "response")
}

/// Gives the ids, and what points at them, another name.
fn rename(element: &mut Element, ids: &BTreeSet<String>, suffix: &str) {
    for attribute in &mut element.attributes {
        let is_inside = attribute.name == "xlink:href" && attribute.value.starts_with('#');
        if !is_inside && !matches!(attribute.name.as_str(), "id" | "rid" | "headers") {
            continue;
        }
        let named = |id: &str| if ids.contains(id) { format!("{id}{suffix}") } else { id.to_owned() };
        // An id is one name even where it has a blank in it; `rid` is a list.
        attribute.value = match attribute.name.as_str() {
            "id" => named(attribute.value.trim()),
            "xlink:href" => format!("#{}", named(attribute.value.trim_start_matches('#'))),
            _ => attribute.value.split_whitespace().map(named).collect::<Vec<_>>().join(" "),
        };
    }
    for child in &mut element.children {
        match child {
            Node::Element(child) => rename(child, ids, suffix),
            Node::Text(_) => {}
        }
    }
}

impl Reader<'_> {
    /// `sub-article`, `response`.
    pub(super) fn part(&mut self, element: &Element, scope: &mut Scope) -> Part {
        let element = scope.apart(element);
        self.note_pointed(&element);
        self.within(&element, |reader| reader.part_here(&element)).1
    }

    fn part_here(&mut self, element: &Element) -> Part {
        let kind = element.value("article-type").or_else(|| element.value("response-type"));
        let kind = kind.map_or(if element.name == "response" { PartKind::Reply } else { PartKind::Other }, PartKind::of);
        let mut part = Part {
            kind,
            id: self.id(element),
            lang: self.lang.clone(),
            front: Front::default(),
            body: Vec::new(),
            back: Vec::new(),
            parts: Vec::new(),
            span: element.span,
        };
        let mut floats = Vec::new();
        for node in &element.children {
            let child = match node {
                Node::Element(child) => child,
                Node::Text(run) => {
                    self.stray(run, &mut part.body);
                    continue;
                }
            };
            match child.name.as_str() {
                "front" | "front-stub" => self.main_front(child, &mut part.front),
                "body" => part.body.extend(self.blocks(child)),
                "floats-group" | "floats-wrap" => floats.extend(self.blocks(child)),
                "back" => part.back.extend(self.back(child)),
                "sub-article" | "response" => {
                    let inner = self.within(child, |reader| reader.part_here(child)).1;
                    part.parts.push(inner);
                }
                "processing-meta" => self.omit(child, crate::leaf::Reason::Processing),
                _ => part.body.extend(self.flow(std::slice::from_ref(node), None, child.span)),
            }
            let rescued = self.rescued_block(child);
            if child.name == "back" { part.back.extend(rescued) } else { part.body.extend(rescued) }
        }
        super::floats::place(&mut part.body, floats);
        self.spread(&mut part.body, &mut part.back);
        part
    }

    /// Front matter as plain blocks, for parts of an article: nothing of it is lost, and little is made of it.
    pub(super) fn front_as_blocks(&mut self, front: Front, span: Span) -> Vec<Block> {
        // What is only data has no place in a text: its leaves say so already. Whatever else the model comes to hold must be written here.
        let Front {
            journal: _,
            issue: _,
            identifiers: _,
            headings,
            codes,
            subjects: _,
            titles,
            running_titles: _,
            contributors,
            affiliations,
            author_notes,
            abstracts,
            keywords,
            dates: _,
            copyright,
            licences,
            funding,
            funding_again: _,
            notices,
            other,
        } = front;
        let mut blocks = Vec::new();
        let paragraph = |body: Inlines| Block::Paragraph(Paragraph { id: None, continued: true, body, span });
        let here = self.lang.clone();
        let in_lang = |said: In<Inlines>| super::inline::foreign((said.lang != here).then_some(said.lang), said.said);
        blocks.extend(headings.into_iter().map(|said| paragraph(in_lang(said))));
        blocks.extend(codes.into_iter().map(|code| paragraph(code.body)));
        for title in titles {
            let mut line = title.said.title;
            append(&mut line, " ", title.said.subtitle);
            blocks.push(paragraph(in_lang(In { lang: title.lang, said: vec![Inline::Styled(Style::Bold, line)] })));
        }
        let mut people = Inlines::new();
        let mut about = Vec::new();
        for contributor in contributors {
            let mut line = Inlines::new();
            for name in contributor.names {
                append(&mut line, " / ", name_line(name));
            }
            for said in contributor.degrees.into_iter().chain(contributor.roles).chain(contributor.credits) {
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
        for affiliation in affiliations {
            let mut id = affiliation.id;
            for form in affiliation.forms {
                let mut line = form.label;
                append(&mut line, " ", form.body);
                if !line.is_empty() {
                    blocks.push(Block::Paragraph(Paragraph { id: id.take(), continued: true, body: line, span: affiliation.span }));
                }
            }
        }
        for note in author_notes {
            blocks.push(Block::Notes(crate::model::block::NoteList { id: None, title: Vec::new(), notes: vec![note], span }));
        }
        for part in abstracts {
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
        for group in keywords {
            let mut line = group.said.title;
            let mut items = Inlines::new();
            for item in group.said.items {
                append(&mut items, ", ", item);
            }
            append(&mut line, " ", items);
            blocks.push(paragraph(in_lang(In { lang: group.lang, said: line })));
        }
        blocks.extend(copyright.into_iter().chain(funding).map(|said| paragraph(in_lang(said))));
        blocks.extend(licences.into_iter().flat_map(|licence| licence.said.blocks));
        blocks.extend(notices.into_iter().map(|notice| paragraph(notice_line(notice))));
        blocks.extend(other);
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

/// A notice as a line of text, which leads to the other article.
fn notice_line(notice: Notice) -> Inlines {
    let Some(href) = notice.href else { return notice.body };
    let body = if notice.body.is_empty() { vec![Inline::Generated(href.clone())] } else { notice.body };
    vec![Inline::Link(Link { href, body, span: notice.span })]
}
