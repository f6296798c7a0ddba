//! Tables: the wrap with its caption, the grids in it, their rows and cells.

use article::lang::label::Label;
use article::model::plain;
use article::model::table::{Align, Cell, Row, Table, TableWrap, VerticalAlign};

use crate::extent::Extent;
use crate::writer::Writer;

impl<'a> Writer<'a> {
    /// A table with label, caption and notes.
    pub(crate) fn table_wrap(&mut self, wrap: &'a TableWrap) {
        self.enter(wrap.span);
        self.word("table-wrap");
        self.id(wrap.id.as_ref());
        self.stance(wrap.stance);
        self.text("label", &wrap.label);
        self.continued(wrap);
        self.text("title", &wrap.title);
        self.key("caption");
        self.flow(&wrap.caption);
        self.comma();
        self.list_field("tables", &wrap.tables, Self::table);
        let said = self.caption_said(&wrap.label, &wrap.title, &wrap.caption);
        self.list_field("pictures", &wrap.graphics, |writer, graphic| writer.graphic("picture", graphic, &said));
        self.blocks(&wrap.foot);
        self.close();
        self.leave();
    }

    /// What stands above the parts of the table on further pages: its label in the pattern of the language, or alone where the language has none.
    fn continued(&mut self, wrap: &TableWrap) {
        let label = plain::title(&self.edition.leaves, &wrap.label);
        if label.is_empty() || wrap.tables.is_empty() {
            return;
        }
        let label = label.trim_end_matches(['.', ':']);
        let lang = self.division.lang().unwrap_or(&self.edition.lang);
        let pattern = self.edition.labels.own_word(lang, Label::Continued).unwrap_or("{label}");
        self.string_argument("continued", &pattern.replace("{label}", label));
    }

    fn table(&mut self, table: &'a Table) {
        self.enter(table.span);
        self.word("tab");
        self.number("columns", table.columns.max(1));
        if !table.widths.is_empty() {
            self.list_field("widths", &table.widths, |writer, width| writer.code(&width.to_string()));
        }
        let rules = [(table.rules.rows, "rows"), (table.rules.columns, "columns"), (table.rules.sides, "sides")];
        self.drawn("rules", &rules);
        let groups: Vec<usize> = table.body.iter().enumerate().filter(|(_, row)| row.opens).map(|(at, _)| at).collect();
        if !groups.is_empty() {
            self.list_field("groups", &groups, |writer, at| writer.code(&at.to_string()));
        }
        self.rows("head", &table.head);
        self.rows("body", &table.body);
        self.rows("foot", &table.foot);
        self.close();
        self.leave();
    }

    fn rows(&mut self, key: &'static str, rows: &'a [Row]) {
        self.list_field(key, rows, |writer, row| {
            writer.code("\n(");
            for cell in &row.cells {
                writer.cell(cell);
                writer.comma();
            }
            writer.code(")");
        });
    }

    fn cell(&mut self, cell: &'a Cell) {
        self.word("cell");
        self.id(cell.id.as_ref());
        if cell.header {
            self.flag("header", true);
        }
        if cell.colspan > 1 {
            self.number("colspan", cell.colspan);
        }
        if cell.rowspan > 1 {
            self.number("rowspan", cell.rowspan);
        }
        if let Some(align) = cell.align {
            self.string_argument("align", align_name(align));
            if let Align::Character(at) = align {
                self.string_argument("at", at.encode_utf8(&mut [0; 4]));
            }
        }
        if let Some(valign) = cell.valign {
            self.string_argument("valign", valign_name(valign));
        }
        let edges = cell.edges;
        self.drawn("rules", &[(edges.top, "top"), (edges.right, "right"), (edges.bottom, "bottom"), (edges.left, "left")]);
        let size = Extent::of(&self.edition.leaves, &cell.blocks);
        if size.signs > 0 {
            self.number("signs", size.signs);
        }
        if size.line < size.signs {
            self.number("line", size.line);
        }
        if size.word < size.line {
            self.number("word", size.word);
        }
        if size.whole {
            self.flag("whole", true);
        }
        self.division.begin_cell();
        self.blocks(&cell.blocks);
        self.division.end_cell();
        self.close();
    }

    /// The names of what is drawn, where anything is.
    fn drawn(&mut self, key: &'static str, rules: &[(bool, &str)]) {
        let names: Vec<&str> = rules.iter().filter(|(drawn, _)| *drawn).map(|(_, name)| *name).collect();
        if !names.is_empty() {
            self.strings_field(key, names);
        }
    }
}

fn align_name(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
        Align::Justify => "justify",
        Align::Character(_) => "character",
    }
}

fn valign_name(align: VerticalAlign) -> &'static str {
    match align {
        VerticalAlign::Top => "top",
        VerticalAlign::Middle => "middle",
        VerticalAlign::Bottom => "bottom",
    }
}
