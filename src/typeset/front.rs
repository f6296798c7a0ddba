//! The article as a whole, and what stands before its text: records, for a layout to put in its own order.

use article::derive::imprint::Colophon;
use article::edition::{
    AbstractPart, AffiliationLine, Author, CitationLine, CodeLine, Contributions, FrontMatter, KeywordsPart, Mark, Metadata, NoticeLine, Part, Running,
};
use article::lang::Lang;
use article::lang::label::Label;
use article::model::block::{Block, Section};
use article::model::front::{Name, NameOrder, Scheme};
use article::model::plain;

use crate::writer::Writer;

/// The longest that the PDF is told, in characters: a string of 32,767 bytes holds as many in any script, each written as two surrogates
/// at most (ISO 19005-2, 6.1.13).
const MAX_METADATA: usize = 8000;

impl<'a> Writer<'a> {
    /// The call of `article`, in which everything stands.
    pub(crate) fn article(&mut self, colophons: &[Colophon]) {
        let edition = self.edition;
        self.code("#");
        self.word("article");
        if let Some(kind) = &edition.kind {
            self.string_argument("kind", kind);
        }
        if let Some(licence) = &edition.metadata.licence {
            self.string_argument("licence", licence);
        }
        self.language(&edition.lang);
        self.division.enter(&edition.lang);
        self.code("\n");
        self.meta();
        self.journal(&edition.lang, &edition.metadata);
        self.running(&edition.running);
        self.list_field("codes", &edition.codes, Self::code_line);
        self.list_field("fronts", &edition.fronts, Self::front);
        self.code("\n");
        self.key("body");
        self.blocks(&edition.body);
        self.code(",\n");
        self.key("back");
        self.blocks(&edition.back);
        self.code(",\n");
        if !edition.parts.is_empty() {
            self.list_field("parts", &edition.parts, Self::part);
            self.code("\n");
        }
        // A link to a label that nothing bears would stop the engine, so what has found no place gets one here.
        let homeless: Vec<_> = edition.targets().map(|(id, _)| id).filter(|id| !self.has(id)).map(|id| id.as_str()).collect();
        self.strings_field("anchors", homeless);
        if !colophons.is_empty() {
            self.code("\n");
            self.list_field("colophons", colophons, Self::colophon);
        }
        self.division.leave();
        self.close();
        self.code("\n");
    }

    /// The imprint of the printed edition in a language.
    fn colophon(&mut self, colophon: &Colophon) {
        self.code("\n(");
        self.language(&colophon.lang);
        self.list_field("lines", &colophon.lines, |writer, line| {
            writer.code("(");
            writer.string_argument("kind", line.kind);
            writer.shown_field("text", Some(&line.text));
            writer.close();
        });
        self.shown_field("age", colophon.age.as_deref());
        self.close();
    }

    /// An article inside the article: the same fields.
    fn part(&mut self, part: &'a Part) {
        self.code("\n(");
        self.enter(part.span);
        self.id_field(part.id.as_ref());
        self.string_argument("kind", part.kind.name());
        self.language(&part.lang);
        self.division.enter(&part.lang);
        self.code("\n");
        self.journal(&part.lang, &part.metadata);
        self.running(&part.running);
        self.list_field("codes", &part.codes, Self::code_line);
        self.list_field("fronts", &part.fronts, Self::front);
        self.code("\n");
        self.key("body");
        self.blocks(&part.body);
        self.code(",\n");
        self.key("back");
        self.blocks(&part.back);
        self.code(",\n");
        self.list_field("parts", &part.parts, Self::part);
        self.division.leave();
        self.leave();
        self.close();
    }

    /// What the PDF tells catalogues.
    fn meta(&mut self) {
        let metadata = &self.edition.metadata;
        let title = metadata.titles.first().map(|title| title.said.as_str());
        let names =
            metadata.people.iter().filter(|person| person.role == "aut").filter_map(|person| person.names.first()).map(|name| name.said.display.as_str());
        let description = metadata.abstracts.first().map(|text| text.said.split('\n').collect::<Vec<_>>().join(" "));
        let description = description.as_deref().map(|text| within(text, MAX_METADATA));
        self.key("meta");
        self.code("(");
        // A PDF/UA file must have a title (ISO 14289-1, 7.1), and an article need not.
        let title = title.or(metadata.doi.as_deref()).or(self.edition.kind.as_deref()).unwrap_or("article");
        self.string_argument("title", within(title, MAX_METADATA));
        self.strings_field("authors", first_of(names));
        let keywords = metadata.keywords.iter().flat_map(|keywords| &keywords.said).chain(metadata.subjects.iter().map(|subject| &subject.said));
        self.strings_field("keywords", first_of(keywords.map(String::as_str)));
        self.string_field("description", description);
        self.code("),\n");
    }

    fn journal(&mut self, lang: &Lang, metadata: &Metadata) {
        let title = metadata.journal.iter().find(|title| title.lang.same_language(lang)).or_else(|| metadata.journal.first());
        let year = metadata.year().map(|year| year.to_string());
        self.key("journal");
        self.code("(");
        self.shown_field("title", title.map(|title| title.said.as_str()));
        self.shown_field("publisher", metadata.publisher.as_deref());
        self.shown_field("year", year.as_deref());
        self.shown_field("volume", metadata.volume.as_deref());
        self.shown_field("number", metadata.number.as_deref());
        let words = &self.edition.labels;
        let pages = words.own_word(lang, Label::Pages).or_else(|| words.own_word(lang, Label::Page)).unwrap_or_else(|| words.word(lang, Label::Pages));
        self.key("words");
        self.code("(");
        self.string_argument("volume", words.word(lang, Label::Volume));
        self.string_argument("number", words.word(lang, Label::Issue));
        self.string_argument("pages", pages);
        self.code("), ");
        self.shown_field("first-page", metadata.first_page.as_deref());
        self.shown_field("last-page", metadata.last_page.as_deref());
        self.shown_field("elocation", metadata.elocation.as_deref());
        self.strings_field("issns", metadata.issns.iter().map(String::as_str));
        self.string_field("doi", metadata.doi.as_deref());
        self.code("),\n");
    }

    fn running(&mut self, running: &Running) {
        self.key("running");
        self.code("(");
        self.shown_field("title", filled(&running.title));
        self.shown_field("authors", filled(&running.authors));
        self.code("),\n");
    }

    fn code_line(&mut self, line: &'a CodeLine) {
        self.code("(");
        self.string_argument("scheme", scheme(line.scheme));
        self.string_field("label", filled(&line.label));
        self.text_field("body", &line.body);
        self.close();
    }

    fn front(&mut self, front: &'a FrontMatter) {
        self.code("\n(");
        self.language(&front.lang);
        let genre = self.genre(front);
        self.string_field("genre", genre);
        self.string_argument("about-authors", self.edition.labels.word(&front.lang, Label::AboutAuthors));
        self.division.enter(&front.lang);
        self.list_field("headings", &front.headings, |writer, heading| writer.inlines(heading));
        self.title_field("title", &front.title);
        self.text_field("subtitle", &front.subtitle);
        self.list_field("notices", &front.notices, Self::notice);
        self.list_field("authors", &front.authors, Self::author);
        self.list_field("groups", &front.groups, |writer, group| {
            writer.code("(");
            writer.shown_field("label", filled(&group.label));
            writer.list_field("people", &group.people, Self::author);
            writer.close();
        });
        self.key("contributions");
        match &front.contributions {
            Some(contributions) => self.contributions(contributions),
            None => self.code("none"),
        }
        self.comma();
        self.list_field("affiliations", &front.affiliations, Self::affiliation);
        self.code("\n");
        self.key("notes");
        self.entries(&front.notes);
        self.comma();
        self.list_field("abstracts", &front.abstracts, Self::abstract_part);
        self.code("\n");
        self.list_field("keywords", &front.keywords, Self::keywords);
        self.list_field("history", &front.history, |writer, line| {
            writer.code("(");
            writer.string_argument("kind", line.kind.name());
            writer.string_field("label", filled(&line.label));
            writer.string_argument("date", &line.date);
            writer.string_field("sentence", filled(&line.sentence));
            writer.close();
        });
        self.list_field("copyright", &front.copyright, |writer, line| writer.inlines(line));
        self.list_field("licences", &front.licences, |writer, blocks| writer.blocks(blocks));
        self.list_field("funding", &front.funding, |writer, (label, body)| {
            writer.code("(");
            writer.string_field("label", filled(label));
            writer.text_field("body", body);
            writer.close();
        });
        self.key("citation");
        match &front.citation {
            Some(citation) => self.citation_line(citation),
            None => self.code("none"),
        }
        self.comma();
        self.key("other");
        self.blocks(&front.other);
        self.division.leave();
        self.close();
    }

    /// What kind of article it is, unless a heading says so already or it stands inside another.
    fn genre(&self, front: &FrontMatter) -> Option<&'a str> {
        let edition = self.edition;
        let is_own = edition.fronts.iter().any(|own| std::ptr::eq(own, front));
        let genre = edition.labels.own_word(&front.lang, Label::of_article_type(edition.kind.as_deref()?)?).filter(|_| is_own)?;
        let is_said = front.headings.iter().any(|heading| plain::title(&edition.leaves, heading).to_lowercase() == genre.to_lowercase());
        (!is_said).then_some(genre)
    }

    /// How the article is to be cited. Where the line names no pages, the layout has them.
    fn citation_line(&mut self, citation: &'a CitationLine) {
        let CitationLine { label, line } = citation;
        self.code("(");
        self.shown_field("label", Some(label));
        self.shown_field("before", Some(&line.before));
        self.shown_field("lead", Some(&line.lead));
        self.shown_field("pages", line.pages.as_deref());
        self.shown_field("after", Some(&line.after));
        self.shown_field("link", line.link.as_ref().map(|(shown, _)| shown.as_str()));
        self.string_field("href", line.link.as_ref().map(|(_, href)| href.as_str()));
        self.close();
    }

    fn notice(&mut self, notice: &'a NoticeLine) {
        self.code("(");
        self.string_argument("kind", notice.kind.name());
        self.flag("warning", notice.kind.is_warning());
        self.string_argument("label", &notice.label);
        self.text_field("body", &notice.body);
        self.close();
    }

    fn contributions(&mut self, contributions: &'a Contributions) {
        self.code("(");
        self.string_argument("label", &contributions.label);
        self.list_field("lines", &contributions.lines, |writer, (name, credits)| {
            writer.code("(");
            writer.key("name");
            writer.name(name);
            writer.comma();
            writer.list_field("credits", credits, |writer, credit| writer.inlines(credit));
            writer.close();
        });
        self.close();
    }

    fn author(&mut self, author: &'a Author) {
        self.code("\n(");
        self.id_field(author.id.as_ref());
        self.key("name");
        self.name(&author.name);
        self.comma();
        self.shown_field("initials", filled(&author.initials));
        self.list_field("also", &author.also, Self::name);
        self.list_field("marks", &author.marks, Self::mark);
        self.list_field("affiliations", &author.affiliations, |writer, index| writer.code(&index.to_string()));
        self.list_field("degrees", &author.degrees, |writer, degree| writer.inlines(degree));
        self.list_field("roles", &author.roles, |writer, role| writer.inlines(role));
        self.string_argument("kind", &author.kind);
        self.string_field("orcid", author.orcid.as_deref());
        self.list_field("emails", &author.emails, Self::link);
        self.flag("corresponding", author.corresponding);
        self.flag("equal", author.equal);
        self.flag("deceased", author.deceased);
        self.key("about");
        self.blocks(&author.about);
        self.close();
    }

    fn name(&mut self, name: &'a Name) {
        self.code("(");
        self.language_field("tongue", name.lang.as_ref());
        self.string_argument("order", name_order(name.order));
        self.text_field("prefix", &name.prefix);
        self.text_field("given", &name.given);
        self.text_field("surname", &name.surname);
        self.text_field("suffix", &name.suffix);
        self.text_field("whole", &name.whole);
        self.flag("collective", name.collective);
        self.close();
    }

    fn mark(&mut self, mark: &'a Mark) {
        let to = self.edition.target(&mark.target).is_some().then(|| mark.target.as_str());
        self.code("(");
        self.string_field("to", to);
        self.text_field("body", &mark.body);
        self.close();
    }

    fn affiliation(&mut self, line: &'a AffiliationLine) {
        self.code("\n(");
        self.id_field(line.id.as_ref());
        self.text_field("label", &line.label);
        self.text_field("body", &line.body);
        self.close();
    }

    fn abstract_part(&mut self, part: &'a AbstractPart) {
        self.code("\n(");
        self.enter(part.span);
        self.id_field(part.id.as_ref());
        self.string_field("kind", part.kind.as_deref());
        self.string_field("label", filled(&part.label));
        self.text_field("title", &part.title);
        self.key("parts");
        self.abstract_parts(&part.blocks);
        self.leave();
        self.close();
    }

    /// An abstract as parts: what stands before the first section, then each section, so that a layout can run
    /// their titles in.
    fn abstract_parts(&mut self, blocks: &'a [Block]) {
        self.code("(");
        let mut rest = blocks;
        while let Some(first) = rest.first() {
            if let Block::Section(section) = first {
                self.abstract_section(section);
                rest = rest.get(1..).unwrap_or_default();
            } else {
                let many = rest.iter().position(|block| matches!(block, Block::Section(_))).unwrap_or(rest.len());
                let (plain, after) = rest.split_at(many);
                self.code("\n(id: none, label: none, title: none, body: ");
                self.flow(plain);
                self.code(")");
                rest = after;
            }
            self.comma();
        }
        self.code(")");
    }

    fn abstract_section(&mut self, section: &'a Section) {
        self.code("\n(");
        self.enter(section.span);
        self.id_field(section.id.as_ref());
        self.text_field("label", &section.label);
        self.text_field("title", &section.title);
        self.key("body");
        self.flow(&section.blocks);
        self.leave();
        self.close();
    }

    fn keywords(&mut self, part: &'a KeywordsPart) {
        self.code("(");
        self.string_field("label", filled(&part.label));
        self.text_field("title", &part.title);
        self.list_field("items", &part.items, |writer, item| writer.inlines(item));
        self.close();
    }
}

/// As many of the strings as a PDF string can hold together: of two thousand authors the first five hundred.
fn first_of<'s>(strings: impl Iterator<Item = &'s str>) -> impl Iterator<Item = &'s str> {
    let mut length = 0;
    strings.take_while(move |string| {
        length += string.chars().count() + 2;
        length <= MAX_METADATA
    })
}

/// The text up to this many characters.
fn within(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

/// A string that says something.
fn filled(string: &str) -> Option<&str> {
    (!string.is_empty()).then_some(string)
}

fn name_order(order: NameOrder) -> &'static str {
    match order {
        NameOrder::GivenFirst => "given-first",
        NameOrder::SurnameFirst => "surname-first",
    }
}

fn scheme(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Udc => "udc",
        Scheme::Bbk => "bbk",
        Scheme::Mrnti => "mrnti",
        Scheme::Grnti => "grnti",
        Scheme::Jel => "jel",
        Scheme::Msc => "msc",
        Scheme::Pacs => "pacs",
    }
}
