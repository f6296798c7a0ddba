//! The front matter: one section for each language, that of the main text first.

use article::edition::{AbstractPart, AffiliationLine, Author, CodeLine, FrontMatter, KeywordsPart, Metadata, Target};
use article::lang::is_cjk;
use article::model::front::{Name, NameOrder};
use article::model::inline::Inlines;

use crate::dom::{Element, Node};
use crate::link;
use crate::writer::{Entry, Writer, trimmed};

impl Writer<'_> {
    /// The front matter in one language, of the article or of a part. The first says where it appeared, by its metadata; its title is the
    /// heading of the whole.
    pub(crate) fn front(&mut self, metadata: Option<&Metadata>, level: u8, front: &FrontMatter) -> Node {
        let around = std::mem::replace(&mut self.part_lang, front.lang.clone());
        let home = self.home.clone();
        let element = self.in_lang(&front.lang, |writer| writer.front_part(metadata, level, front).lang(&front.lang, Some(&home)));
        self.part_lang = around;
        element.into()
    }

    fn front_part(&mut self, metadata: Option<&Metadata>, level: u8, front: &FrontMatter) -> Element {
        let id = self.ids.fresh("front");
        let mut element = Element::new("section").class("front").with("id", id.clone()).with("epub:type", "frontmatter");
        element.children.extend(metadata.and_then(|metadata| self.journal_line(metadata)));
        element.children.extend(self.notices(front));
        for heading in &front.headings {
            let heading = self.inlines(heading);
            element.push(Element::new("p").class("kicker").children(heading));
        }
        self.level = level;
        if !front.title.is_empty() {
            let title = self.inlines(&front.title);
            element.push(Element::new(crate::block::heading_name(level)).class("title").children(title));
            let label = self.front_label(front);
            self.outline.push(Entry { id, label, children: Vec::new() });
            self.level = level + 1;
        }
        if !front.subtitle.is_empty() {
            let subtitle = self.inlines(&front.subtitle);
            element.push(Element::new("p").class("subtitle").children(subtitle));
        }
        let outline = std::mem::take(&mut self.outline);
        let anchors = self.affiliation_anchors(front);
        element.children.extend(self.authors(front, &anchors));
        element.children.extend(self.affiliations(front, &anchors));
        for part in &front.abstracts {
            let part = self.abstract_part(part);
            element.push(part);
        }
        for part in &front.keywords {
            let part = self.keywords(part);
            element.push(part);
        }
        let notes: Vec<_> = front.notes.iter().map(|note| self.listed_note(note)).collect();
        if !notes.is_empty() {
            element.push(Element::new("div").class("author-notes").children(notes));
        }
        element.children.extend(self.people(front, &anchors));
        element.children.extend(self.citation(front));
        element.children.extend(self.imprint(front));
        let other = self.blocks(&front.other);
        element.children.extend(other);
        element.children.extend(self.waiting_notes());
        self.outline = outline;
        element
    }

    fn front_label(&self, front: &FrontMatter) -> Vec<Node> {
        let label = self.outline_label(&front.title);
        if front.lang == self.home { label } else { vec![Element::new("span").lang(&front.lang, Some(&self.home)).children(label).into()] }
    }

    /// Where the article appeared, from the metadata, in figures that need no words: “Journal 3 (2): 11–19, 2020”. A part that names no
    /// journal has at least its DOI.
    fn journal_line(&mut self, metadata: &Metadata) -> Option<Node> {
        let mut line = Element::new("p").class("journal");
        if let Some(journal) = metadata.journal.first() {
            let mut title = Element::new("cite").text(journal.said.clone());
            if journal.lang != self.lang {
                title = title.lang(&journal.lang, Some(&self.lang));
            }
            line.push(title);
            let place = crate::package::place_in_journal(metadata, self.range.as_deref());
            if !place.is_empty() {
                line.push(Node::Text(format!(" {place}")));
            }
        }
        if let Some(doi) = &metadata.doi {
            let shown = format!("https://doi.org/{doi}");
            if !line.children.is_empty() {
                line.push(Node::Text(". ".to_owned()));
            }
            line.push(match link::address(&shown) {
                Some(href) => Element::new("a").class("doi").with("href", href).text(shown).into(),
                None => Node::Text(shown),
            });
        }
        (!line.children.is_empty()).then(|| line.into())
    }

    /// The id of each affiliation of this part: the master's in the main language, one of our own in the others, so that
    /// a mark leads to the line in its own language.
    fn affiliation_anchors(&mut self, front: &FrontMatter) -> Vec<String> {
        front.affiliations.iter().map(|line| self.ids.set_or(line.id.as_ref(), "affiliation")).collect()
    }

    /// The authors: in a run when there are names and marks alone, one to a line when there is more to say of any.
    fn authors(&mut self, front: &FrontMatter, anchors: &[String]) -> Vec<Node> {
        let long = front.authors.iter().any(|author| {
            !(author.degrees.is_empty() && author.roles.is_empty() && author.emails.is_empty() && author.also.is_empty() && author.about.is_empty())
        });
        let mut lines = Vec::new();
        for author in &front.authors {
            let line = self.author(front, author, anchors);
            lines.push((line, self.blocks(&author.about)));
        }
        if lines.is_empty() {
            return Vec::new();
        }
        let mut run = Element::new(if long { "div" } else { "p" }).class("authors");
        for (at, ((id, line), about)) in lines.into_iter().enumerate() {
            if at > 0 && !long {
                run.push(Node::Text(", ".to_owned()));
            }
            run.push(Element::new(if long { "p" } else { "span" }).class("author").id(id).children(line));
            if !about.is_empty() {
                run.push(Element::new("div").class("about").children(about));
            }
        }
        vec![run.into()]
    }

    pub(crate) fn author(&mut self, front: &FrontMatter, author: &Author, anchors: &[String]) -> (Option<String>, Vec<Node>) {
        let id = self.ids.set(author.id.as_ref());
        let mut name = self.name(&author.name);
        if author.deceased && !author.marks.iter().any(|mark| self.plain(&mark.body).contains('†')) {
            name.push(Node::Text("†".to_owned()));
        }
        let mut line: Vec<Node> = vec![Element::new("span").class("name").children(name).into()];
        line.extend(self.marks(front, author, anchors));
        line.extend(author.orcid.as_deref().and_then(orcid));
        for other in &author.also {
            let other = self.name(other);
            line.push(Node::Text(" (".to_owned()));
            line.extend(other);
            line.push(Node::Text(")".to_owned()));
        }
        for (class, parts) in [("degree", &author.degrees), ("role", &author.roles)] {
            for part in parts {
                let part = self.inlines(part);
                line.push(Node::Text(", ".to_owned()));
                line.push(Element::new("span").class(class).children(part).into());
            }
        }
        for email in &author.emails {
            line.push(Node::Text(", ".to_owned()));
            line.extend(self.inlines(&[article::model::inline::Inline::Link(email.clone())]));
        }
        (id, line)
    }

    /// A name in its own order, in its own language.
    pub(crate) fn name(&mut self, name: &Name) -> Vec<Node> {
        let lang = name.lang.clone().unwrap_or_else(|| self.lang.clone());
        let parts = self.in_lang(&lang, |writer| writer.name_parts(name));
        if lang == self.lang {
            return parts;
        }
        vec![Element::new("span").lang(&lang, Some(&self.lang)).children(parts).into()]
    }

    fn name_parts(&mut self, name: &Name) -> Vec<Node> {
        let parts: [&Inlines; 5] = match name.order {
            NameOrder::GivenFirst => [&name.prefix, &name.given, &name.surname, &name.suffix, &name.whole],
            NameOrder::SurnameFirst => [&name.prefix, &name.surname, &name.given, &name.suffix, &name.whole],
        };
        let joined = parts.iter().all(|part| self.plain(part).chars().all(is_cjk));
        let mut out = Vec::new();
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            if !(out.is_empty() || joined) {
                out.push(Node::Text(" ".to_owned()));
            }
            out.extend(self.inlines(part));
        }
        out
    }

    /// The marks at an author's name. One that leads to an affiliation leads to the line of this part.
    fn marks(&mut self, front: &FrontMatter, author: &Author, anchors: &[String]) -> Option<Node> {
        let mut own = author.affiliations.iter().filter_map(|at| anchors.get(*at));
        let to_affiliations = author.marks.iter().filter(|mark| self.edition.target(&mark.target) == Some(Target::Affiliation)).count();
        let local = to_affiliations == author.affiliations.len() && front.lang != self.home;
        let mut nodes = Vec::new();
        // A comma between them, where no mark brings its own.
        let mut before: Option<String> = None;
        for mark in author.marks.iter().filter(|mark| !mark.body.is_empty()) {
            let text = self.plain(&mark.body);
            if before.is_some_and(|before| !before.trim_end().ends_with(',') && !text.starts_with(',')) {
                nodes.push(Node::Text(",".to_owned()));
            }
            before = Some(text);
            let target = self.edition.target(&mark.target);
            let href = match own.next().filter(|_| local && target == Some(Target::Affiliation)) {
                Some(anchor) => format!("#{anchor}"),
                None => self.ids.link(&mark.target),
            };
            let mut anchor = Element::new("a").with("href", href);
            if target == Some(Target::Note) && !self.marks.contains_key(&mark.target) {
                let id = self.ids.fresh("noteref");
                self.marks.insert(mark.target.clone(), id.clone());
                anchor = anchor.with("id", id).with("role", "doc-noteref").with("epub:type", "noteref");
            }
            let body = self.flat(&mark.body);
            nodes.push(anchor.children(body).into());
        }
        (!nodes.is_empty()).then(|| Element::new("sup").class("mark").children(nodes).into())
    }

    fn affiliations(&mut self, front: &FrontMatter, anchors: &[String]) -> Option<Node> {
        let lines: Vec<_> = front.affiliations.iter().zip(anchors).map(|(line, id)| self.affiliation(line, id)).collect();
        (!lines.is_empty()).then(|| Element::new("div").class("affiliations").children(lines).into())
    }

    fn affiliation(&mut self, line: &AffiliationLine, id: &str) -> Node {
        let mut element = Element::new("p").class("affiliation").with("id", id);
        if !line.label.is_empty() {
            let label = self.flat(&line.label);
            element.push(Element::new("sup").class("label").children(label));
            element.push(Node::Text(" ".to_owned()));
        }
        let body = self.inlines(&line.body);
        element.children(body).into()
    }

    fn abstract_part(&mut self, part: &AbstractPart) -> Node {
        let named = !(part.title.is_empty() && part.label.is_empty());
        let mut element = Element::new(if named { "section" } else { "div" }).class("abstract").id(self.ids.set(part.id.as_ref()));
        let heading = self.inlines(&part.title);
        if named {
            let name = self.ids.fresh("heading");
            if self.is_new_landmark("doc-abstract", format!("{}{}", part.label, self.plain(&part.title))) {
                element = element.with("role", "doc-abstract").with("epub:type", "abstract").with("aria-labelledby", name.clone());
            }
            let mut line = Element::new(crate::block::heading_name(self.level)).class("label").with("id", name).children(heading);
            if part.title.is_empty() {
                line = self.said_in_english(line).text(part.label.clone());
            }
            element.push(line);
        }
        self.level += u8::from(named);
        let blocks = self.blocks(&part.blocks);
        self.level -= u8::from(named);
        element.children(blocks).into()
    }

    /// Keywords on one line; with semicolons where one of them has a comma.
    fn keywords(&mut self, part: &KeywordsPart) -> Node {
        let mut line = if part.title.is_empty() { self.generated_label(&part.label, ":") } else { self.label(&part.title, ":") };
        let separator = if part.items.iter().any(|item| self.plain(item).contains(',')) { "; " } else { ", " };
        for (at, item) in part.items.iter().enumerate() {
            if at > 0 {
                line.push(Node::Text(separator.to_owned()));
            }
            line.extend(self.inlines(item));
        }
        Element::new("p").class("keywords").children(trimmed(line)).into()
    }

    /// How the article is to be cited. Where the master names no pages, they are those of the printed edition, if that is known.
    fn citation(&self, front: &FrontMatter) -> Option<Node> {
        let citation = front.citation.as_ref()?;
        let line = &citation.line;
        let mut element = Element::new("p").class("citation derived").children(self.generated_label(&citation.label, ":"));
        let first = self.edition.metadata.first_page.as_deref();
        let bare = line.bare(self.range.as_deref().or(first));
        element.push(Node::Text(bare));
        if let Some((shown, href)) = &line.link {
            element.push(match link::address(href) {
                Some(href) => Element::new("a").class("doi").with("href", href).text(shown.clone()).into(),
                None => Node::Text(shown.clone()),
            });
        }
        Some(element.into())
    }

    /// Dates, copyright, licences, funding.
    fn imprint(&mut self, front: &FrontMatter) -> Vec<Node> {
        let mut out: Vec<Node> = Vec::new();
        // The days are said once, though every language has words for them.
        if !front.history.is_empty() && front.lang == self.home {
            let mut line = Element::new("p").class("history");
            for (at, event) in front.history.iter().enumerate() {
                if at > 0 {
                    line.push(Node::Text(" · ".to_owned()));
                }
                line.children.extend(self.generated_label(&event.label, ":"));
                line.push(Node::Text(event.date.clone()));
            }
            out.push(line.into());
        }
        for (label, statement) in &front.funding {
            let mut line = self.generated_label(label, ":");
            line.extend(self.inlines(statement));
            out.push(Element::new("p").class("funding").children(line).into());
        }
        for statement in &front.copyright {
            let statement = self.inlines(statement);
            out.push(Element::new("p").class("copyright").children(statement).into());
        }
        for licence in front.licences.iter().filter(|licence| !licence.is_empty()) {
            let licence = self.blocks(licence);
            out.push(Element::new("div").class("licence").children(licence).into());
        }
        out
    }

    /// A code of a classification with its label.
    pub(crate) fn code(&mut self, code: &CodeLine) -> Node {
        let mut line = self.generated_label(&code.label, "");
        line.extend(self.inlines(&code.body));
        Element::new("p").class("code").children(line).into()
    }
}

/// The link to an author's ORCID record: two letters, as the registry asks for where the whole address would be in the way.
fn orcid(address: &str) -> Option<Node> {
    let href = link::address(address)?;
    let number = address.rsplit('/').next().unwrap_or_default();
    let anchor = Element::new("a").with("href", href).with("aria-label", format!("ORCID iD {number}")).text("iD");
    Some(Element::new("sup").class("orcid").children([Node::Text("\u{a0}".to_owned()), anchor.into()]).into())
}
