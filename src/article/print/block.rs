//! Blocks as indented text.

use super::{Printer, flag, hash, tag};
use crate::model::Id;
use crate::model::block::{Block, Figure, FigureKind, Lines, List, ListKind, Section, SectionKind, StatementKind};
use crate::model::citation::Citation;
use crate::model::reference::{Reference, ReferenceList};
use crate::model::table::{Align, Cell, Edges, Row, Table, TableWrap, VerticalAlign};

impl Printer<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Section(section) => self.section(section_name(section.kind), section),
            Block::Boxed(section) => self.section("boxed", section),
            Block::Statement(statement) => self.node(&format!("{}{}", statement_name(statement.kind), hash(statement.id.as_ref())), |printer| {
                printer.run("label", &statement.label);
                printer.run("title", &statement.title);
                printer.blocks(&statement.blocks);
                printer.run("attribution", &statement.attribution);
            }),
            Block::Paragraph(paragraph) => {
                self.run(&format!("paragraph{}{}", hash(paragraph.id.as_ref()), flag(paragraph.continued, "continued")), &paragraph.body);
            }
            Block::List(list) => self.list(list),
            Block::Definitions(list) => self.node(&format!("definitions{}", hash(list.id.as_ref())), |printer| {
                printer.run("title", &list.title);
                for item in &list.items {
                    printer.node(&format!("definition{}", hash(item.id.as_ref())), |printer| {
                        printer.run("term", &item.term);
                        printer.blocks(&item.blocks);
                    });
                }
            }),
            Block::Quote(quote) => self.node(&format!("quote{}", hash(quote.id.as_ref())), |printer| {
                printer.blocks(&quote.blocks);
                printer.run("attribution", &quote.attribution);
            }),
            Block::Figure(figure) => self.figure(figure),
            Block::Table(wrap) => self.table_wrap(wrap),
            Block::Lines(lines) => self.lines(lines),
            Block::Formula(formula) => self.display_formula(formula),
            Block::References(list) => self.references(list),
            Block::Notes(list) => self.node(&format!("notes{}", hash(list.id.as_ref())), |printer| {
                printer.run("title", &list.title);
                for note in &list.notes {
                    printer.note(note);
                }
            }),
            Block::Foreign(lang, blocks) => self.node(&format!("foreign {}", lang.tag()), |printer| printer.blocks(blocks)),
        }
    }

    fn section(&mut self, name: &str, section: &Section) {
        self.node(&format!("{name}{}", hash(section.id.as_ref())), |printer| {
            printer.run("label", &section.label);
            printer.run("title", &section.title);
            printer.blocks(&section.blocks);
        });
    }

    fn list(&mut self, list: &List) {
        let start = if list.start == 1 { String::new() } else { format!(" from {}", list.start) };
        self.node(&format!("list {}{start}{}", list_name(list.kind), hash(list.id.as_ref())), |printer| {
            printer.run("title", &list.title);
            for item in &list.items {
                printer.node(&format!("item{}", hash(item.id.as_ref())), |printer| {
                    printer.run("label", &item.label);
                    printer.blocks(&item.blocks);
                });
            }
        });
    }

    fn figure(&mut self, figure: &Figure) {
        self.node(&format!("{}{}", figure_name(figure.kind), hash(figure.id.as_ref())), |printer| {
            for graphic in &figure.graphics {
                printer.graphic(graphic);
            }
            printer.blocks(&figure.blocks);
            printer.run("label", &figure.label);
            printer.run("title", &figure.title);
            if !figure.caption.is_empty() {
                printer.node("caption", |printer| printer.blocks(&figure.caption));
            }
            printer.run("attribution", &figure.attribution);
        });
    }

    fn table_wrap(&mut self, wrap: &TableWrap) {
        self.node(&format!("table{}", hash(wrap.id.as_ref())), |printer| {
            printer.run("label", &wrap.label);
            printer.run("title", &wrap.title);
            if !wrap.caption.is_empty() {
                printer.node("caption", |printer| printer.blocks(&wrap.caption));
            }
            for table in &wrap.tables {
                printer.grid(table);
            }
            for graphic in &wrap.graphics {
                printer.graphic(graphic);
            }
            if !wrap.foot.is_empty() {
                printer.node("foot", |printer| printer.blocks(&wrap.foot));
            }
        });
    }

    fn grid(&mut self, table: &Table) {
        let mut head = format!("grid {} columns", table.columns);
        if !table.widths.is_empty() {
            let widths: Vec<String> = table.widths.iter().map(u32::to_string).collect();
            head.push_str(&format!(" of {}", widths.join(" ")));
        }
        for (asked, name) in [(table.rules.rows, " row-rules"), (table.rules.columns, " column-rules"), (table.rules.sides, " side-rules")] {
            head.push_str(if asked { name } else { "" });
        }
        self.node(&head, |printer| {
            for (name, rows) in [("head", &table.head), ("rows", &table.body), ("tail", &table.foot)] {
                if !rows.is_empty() {
                    printer.node(name, |printer| rows.iter().for_each(|row| printer.row(row)));
                }
            }
        });
    }

    fn row(&mut self, row: &Row) {
        self.node(if row.opens { "row of a further group" } else { "row" }, |printer| row.cells.iter().for_each(|cell| printer.cell(cell)));
    }

    fn cell(&mut self, cell: &Cell) {
        let mut head = format!("{} {}{}", if cell.header { "th" } else { "td" }, cell.column, hash(cell.id.as_ref()));
        if (cell.colspan, cell.rowspan) != (1, 1) {
            head.push_str(&format!(" {}x{}", cell.colspan, cell.rowspan));
        }
        head.push_str(&cell.align.map_or_else(String::new, align_name));
        head.push_str(cell.valign.map_or("", vertical_name));
        head.push_str(&edges_name(cell.edges));
        match cell.blocks.as_slice() {
            [Block::Paragraph(paragraph)] if paragraph.id.is_none() => self.run(&head, &paragraph.body),
            blocks => self.node(&head, |printer| printer.blocks(blocks)),
        }
    }

    fn lines(&mut self, lines: &Lines) {
        let language = lines.language.as_deref().map(|language| format!(" {language}")).unwrap_or_default();
        self.node(&format!("{}{language}{}", if lines.code { "code" } else { "verse" }, hash(lines.id.as_ref())), |printer| {
            printer.run("title", &lines.title);
            for line in &lines.lines {
                if line.is_empty() { printer.line("line") } else { printer.run("line", line) }
            }
            printer.run("attribution", &lines.attribution);
        });
    }

    fn references(&mut self, list: &ReferenceList) {
        let derived = if list.derived { " derived" } else { "" };
        self.node(&format!("references{derived}{}", hash(list.id.as_ref())), |printer| {
            printer.run("title", &list.title);
            printer.blocks(&list.blocks);
            for item in &list.items {
                printer.reference(item);
            }
            for inner in &list.lists {
                printer.references(inner);
            }
        });
    }

    fn reference(&mut self, reference: &Reference) {
        let by: Vec<&str> = reference.cited_by.iter().map(Id::as_str).collect();
        let by = if by.is_empty() { String::new() } else { format!(" <- {}", by.join(" ")) };
        self.node(&format!("reference{}{}{by}", hash(reference.id.as_ref()), tag(reference.lang.as_ref())), |printer| {
            printer.run("label", &reference.label);
            for (at, citation) in reference.citations.iter().enumerate() {
                match reference.tagged.iter().find(|(place, _)| *place == at && citation.is_empty()) {
                    Some((_, tagged)) => printer.tagged(tagged),
                    None => printer.run("citation", citation),
                }
            }
        });
    }

    /// A citation that no style has set yet. Pieces of names say whose they are.
    fn tagged(&mut self, citation: &Citation) {
        self.node(&format!("tagged {}{}", citation.kind.name(), tag(citation.lang.as_ref())), |printer| {
            printer.run("label", &citation.label);
            for field in &citation.fields {
                let whose = if field.part.is_name() { format!(" {}-{}", field.role.name(), field.person) } else { String::new() };
                let name = format!("{}{whose}", field.part.name());
                if field.body.is_empty() { printer.line(&name) } else { printer.run(&name, &field.body) }
            }
        });
    }
}

fn section_name(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Section => "section",
        SectionKind::Acknowledgements => "acknowledgements",
        SectionKind::Appendix => "appendix",
        SectionKind::Funding => "funding",
        SectionKind::Back => "back-section",
    }
}

fn statement_name(kind: StatementKind) -> &'static str {
    match kind {
        StatementKind::Theorem => "theorem",
        StatementKind::Proof => "proof",
        StatementKind::Statement => "statement",
        StatementKind::Speech => "speech",
    }
}

fn figure_name(kind: FigureKind) -> &'static str {
    match kind {
        FigureKind::Figure => "figure",
        FigureKind::Structure => "structure",
        FigureKind::Media => "media",
        FigureKind::Supplement => "supplement",
    }
}

fn list_name(kind: ListKind) -> &'static str {
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

fn align_name(align: Align) -> String {
    match align {
        Align::Left => " left".to_owned(),
        Align::Center => " center".to_owned(),
        Align::Right => " right".to_owned(),
        Align::Justify => " justify".to_owned(),
        Align::Character(char) => format!(" at {char:?}"),
    }
}

fn edges_name(edges: Edges) -> String {
    let sides = [(edges.top, "top"), (edges.right, "right"), (edges.bottom, "bottom"), (edges.left, "left")];
    let drawn: Vec<&str> = sides.into_iter().filter(|(drawn, _)| *drawn).map(|(_, side)| side).collect();
    if drawn.is_empty() { String::new() } else { format!(" ruled {}", drawn.join(" ")) }
}

fn vertical_name(align: VerticalAlign) -> &'static str {
    match align {
        VerticalAlign::Top => " top",
        VerticalAlign::Middle => " middle",
        VerticalAlign::Bottom => " bottom",
    }
}
