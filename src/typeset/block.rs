//! The blocks of the text: one word for each, one function for each.

use article::lang::Lang;
use article::model::block::{
    Block, Definition, Definitions, Figure, FigureKind, Item, Lines, List, ListKind, NoteList, Paragraph, Quote, Section, SectionKind, Stance, Statement,
    StatementKind,
};
use article::model::inline::{Inline, Note};
use article::model::plain;

use crate::writer::Writer;

impl<'a> Writer<'a> {
    /// Blocks as a code block, a word a line; `none` where there is nothing.
    pub(crate) fn blocks(&mut self, blocks: &'a [Block]) {
        if blocks.is_empty() {
            self.code("none");
            return;
        }
        self.code("{\n");
        for (at, block) in blocks.iter().enumerate() {
            self.block(block, blocks.get(at + 1));
            self.code("\n");
        }
        self.code("}");
    }

    /// A block, and what follows it.
    fn block(&mut self, block: &'a Block, next: Option<&Block>) {
        match block {
            Block::Section(section) => self.section(section),
            Block::Statement(statement) => self.statement(statement),
            Block::Paragraph(paragraph) => self.paragraph(paragraph, matches!(next, Some(Block::Formula(_) | Block::List(_) | Block::Lines(_)))),
            Block::List(list) => self.list(list),
            Block::Definitions(list) => self.definitions(list),
            Block::Quote(quote) => self.quote(quote),
            Block::Figure(figure) => self.figure(figure),
            Block::Table(table) => self.table_wrap(table),
            Block::Boxed(section) => self.boxed(section),
            Block::Lines(lines) => self.lines(lines),
            Block::Formula(formula) => self.display_formula(formula),
            Block::References(list) => self.references(list),
            Block::Notes(list) => self.notes(list),
            Block::Foreign(lang, blocks) => self.foreign_blocks(lang, blocks),
        }
    }

    fn section(&mut self, section: &'a Section) {
        self.enter(section.span);
        self.word("section");
        self.id(section.id.as_ref());
        self.string_argument("kind", section_kind(section.kind));
        self.headed(&section.label, &section.title, &section.blocks);
        self.leave();
    }

    fn boxed(&mut self, section: &'a Section) {
        self.enter(section.span);
        self.word("boxed");
        self.id(section.id.as_ref());
        self.headed(&section.label, &section.title, &section.blocks);
        self.leave();
    }

    fn statement(&mut self, statement: &'a Statement) {
        self.enter(statement.span);
        self.word("statement");
        self.id(statement.id.as_ref());
        self.string_argument("kind", statement_kind(statement.kind));
        self.text("label", &statement.label);
        self.text("title", &statement.title);
        self.text("attribution", &statement.attribution);
        self.flow(&statement.blocks);
        self.close();
        self.leave();
    }

    /// Level, heading and content of a section. What has no heading leaves the level to what stands in it, so that
    /// no level is ever skipped (ISO 14289-1, 7.4.2).
    fn headed(&mut self, label: &'a [Inline], title: &'a [Inline], blocks: &'a [Block]) {
        let outer = self.level;
        self.number("level", outer);
        self.text("label", label);
        self.text("title", title);
        if !label.is_empty() || !title.is_empty() {
            self.level += 1;
        }
        self.blocks(blocks);
        self.level = outer;
        self.close();
    }

    fn paragraph(&mut self, paragraph: &'a Paragraph, leads: bool) {
        self.enter(paragraph.span);
        self.word("para");
        self.id(paragraph.id.as_ref());
        if paragraph.continued {
            self.flag("continued", true);
        }
        if leads {
            self.flag("leads", true);
        }
        self.prose(&paragraph.body);
        self.close();
        self.leave();
    }

    fn list(&mut self, list: &'a List) {
        self.enter(list.span);
        self.word("item-list");
        self.id(list.id.as_ref());
        self.string_argument("kind", list_kind(list.kind));
        if list.start != 1 {
            self.number("start", list.start);
        }
        self.text("title", &list.title);
        self.list_field("items", &list.items, Self::item);
        self.close();
        self.leave();
    }

    fn item(&mut self, item: &'a Item) {
        self.code("\n(");
        self.id_field(item.id.as_ref());
        self.text_field("label", &item.label);
        self.key("body");
        self.blocks(&item.blocks);
        self.close();
    }

    fn definitions(&mut self, list: &'a Definitions) {
        self.enter(list.span);
        self.word("definitions");
        self.id(list.id.as_ref());
        self.text("title", &list.title);
        self.list_field("items", &list.items, Self::definition);
        self.close();
        self.leave();
    }

    fn definition(&mut self, item: &'a Definition) {
        self.code("\n(");
        self.id_field(item.id.as_ref());
        self.text_field("term", &item.term);
        self.key("body");
        self.flow(&item.blocks);
        self.close();
    }

    fn quote(&mut self, quote: &'a Quote) {
        self.enter(quote.span);
        self.word("quotation");
        self.id(quote.id.as_ref());
        self.text("attribution", &quote.attribution);
        self.blocks(&quote.blocks);
        self.close();
        self.leave();
    }

    fn figure(&mut self, figure: &'a Figure) {
        self.enter(figure.span);
        self.word("fig");
        self.id(figure.id.as_ref());
        if figure.kind != FigureKind::Figure {
            self.string_argument("kind", figure_kind(figure.kind));
        }
        self.stance(figure.stance);
        self.text("label", &figure.label);
        self.text("title", &figure.title);
        self.key("caption");
        self.flow(&figure.caption);
        self.comma();
        let said = self.caption_said(&figure.label, &figure.title, &figure.caption);
        self.list_field("pictures", &figure.graphics, |writer, graphic| writer.graphic("picture", graphic, &said));
        self.text("attribution", &figure.attribution);
        self.blocks(&figure.blocks);
        self.close();
        self.leave();
    }

    /// How a master wants a figure or a table to stand, where that is not as others do.
    pub(crate) fn stance(&mut self, stance: Stance) {
        let Stance { is_anchored, is_turned } = stance;
        for (name, is_asked) in [("anchored", is_anchored), ("turned", is_turned)] {
            if is_asked {
                self.flag(name, true);
            }
        }
    }

    /// A caption as plain text.
    pub(crate) fn caption_said(&self, label: &[Inline], title: &[Inline], caption: &[Block]) -> String {
        let leaves = &self.edition.leaves;
        let mut parts = vec![plain::title(leaves, label), plain::title(leaves, title)];
        parts.extend(plain::lines(leaves, caption));
        parts.retain(|part| !part.is_empty());
        parts.join(" ")
    }

    fn lines(&mut self, lines: &'a Lines) {
        self.word("lines");
        self.id(lines.id.as_ref());
        if lines.code {
            self.flag("code", true);
        }
        if let Some(language) = &lines.language {
            self.string_argument("language", language);
        }
        self.text("title", &lines.title);
        self.in_listing = lines.code;
        if lines.code {
            self.division.begin_whole();
        }
        self.list_field("lines", &lines.lines, |writer, line| writer.inlines(line));
        if lines.code {
            self.division.end_whole();
        }
        self.in_listing = false;
        self.text("attribution", &lines.attribution);
        self.close();
    }

    fn notes(&mut self, list: &'a NoteList) {
        self.enter(list.span);
        self.word("notes");
        self.id(list.id.as_ref());
        self.number("level", self.level);
        self.text("title", &list.title);
        self.entries(&list.notes);
        self.close();
        self.leave();
    }

    /// Notes that stand in a list, one below the other.
    pub(crate) fn entries(&mut self, notes: &'a [Note]) {
        if notes.is_empty() {
            self.code("none");
            return;
        }
        self.code("{\n");
        for note in notes {
            self.enter(note.span);
            self.word("note-entry");
            self.id(note.id.as_ref());
            if let Some(kind) = &note.kind {
                self.string_argument("kind", kind);
            }
            self.text("mark", &note.mark);
            self.text("label", &note.label);
            self.flow(&note.body);
            self.close();
            self.leave();
            self.code("\n");
        }
        self.code("}");
    }

    fn foreign_blocks(&mut self, lang: &Lang, blocks: &'a [Block]) {
        self.word("foreign-blocks");
        self.language(lang);
        self.division.enter(lang);
        self.blocks(blocks);
        self.division.leave();
        self.close();
    }
}

fn section_kind(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Section => "section",
        SectionKind::Acknowledgements => "acknowledgements",
        SectionKind::Appendix => "appendix",
        SectionKind::Funding => "funding",
        SectionKind::Back => "back",
    }
}

fn statement_kind(kind: StatementKind) -> &'static str {
    match kind {
        StatementKind::Theorem => "theorem",
        StatementKind::Proof => "proof",
        StatementKind::Statement => "statement",
        StatementKind::Speech => "speech",
    }
}

fn figure_kind(kind: FigureKind) -> &'static str {
    match kind {
        FigureKind::Figure => "figure",
        FigureKind::Structure => "structure",
        FigureKind::Media => "media",
        FigureKind::Supplement => "supplement",
    }
}

fn list_kind(kind: ListKind) -> &'static str {
    match kind {
        ListKind::Bullet => "bullet",
        ListKind::Simple => "simple",
        ListKind::Arabic => "arabic",
        ListKind::AlphaLower => "alpha-lower",
        ListKind::AlphaUpper => "alpha-upper",
        ListKind::RomanLower => "roman-lower",
        ListKind::RomanUpper => "roman-upper",
    }
}
