//! Tables in formulas: matrices, cases, systems of equations.

use article::model::math::{CellAlign, Math, Table, TableRow};

use super::pieces::DEEP;
use super::{displayed, flat};
use crate::writer::Writer;

impl<'a> Writer<'a> {
    /// A table in a formula. Every row of the engine's matrix has as many cells as the longest.
    pub(super) fn math_table(&mut self, table: &'a Table) {
        let columns = table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.columns as usize).sum::<usize>()).max().unwrap_or(0).max(1);
        self.code(if table.close {
            "#math.mat(delim: none, column-gap: 0.28em, row-gap: 0.5em"
        } else {
            "#math.mat(delim: none, column-gap: 1em, row-gap: 0.4em"
        });
        if !table.column_lines.is_empty() || !table.row_lines.is_empty() {
            self.code(", augment: (");
            for (name, lines) in [("vline", &table.column_lines), ("hline", &table.row_lines)] {
                if !lines.is_empty() {
                    self.key(name);
                    self.code("(");
                    for at in lines {
                        self.code(&format!("{at}, "));
                    }
                    self.code("), ");
                }
            }
            self.code("stroke: 0.05em)");
        }
        let display = std::mem::replace(&mut self.display, table.display);
        for row in &table.rows {
            self.code(", (");
            let mut column = 0;
            for (at, cell) in row.cells.iter().enumerate() {
                self.code("[");
                if cell.align == CellAlign::Left {
                    self.code("#align-here");
                }
                if table.display {
                    self.code("#math.display([");
                }
                if table.close && column > 1 && cell.align == CellAlign::Right {
                    self.code("#h(1.5em)");
                }
                self.math_row(&flat(&cell.body));
                if table.display {
                    self.code("])");
                }
                if cell.align == CellAlign::Right {
                    self.code("#align-here");
                }
                if at + 1 == row.cells.len() {
                    self.row_label(&row.label);
                }
                self.code("], ");
                column += cell.columns as usize;
                for _ in 1..cell.columns {
                    self.code("[], ");
                }
            }
            for _ in column..columns {
                self.code("[], ");
            }
            self.code(")");
        }
        self.display = display;
        self.code(")");
    }

    /// A row of a system of equations: what stands between the places at which rows are aligned, each in pieces. A relation in a column of its own
    /// begins what stands behind it.
    pub(super) fn system_row(&mut self, row: &'a TableRow) {
        let aside = has_relation_column(row);
        self.code("(");
        let mut sides: Vec<Vec<&'a Math>> = Vec::new();
        for (at, cell) in row.cells.iter().enumerate() {
            match sides.last_mut() {
                Some(side) if aside && at > 1 => side.extend(displayed(&cell.body)),
                Some(_) | None => sides.push(displayed(&cell.body)),
            }
        }
        let last = sides.len();
        for (at, side) in sides.iter().enumerate() {
            self.code("(");
            self.row_pieces(side, at > 0, DEEP);
            if at + 1 == last && !row.label.is_empty() {
                self.code("(relation: false, body: [");
                self.row_label(&row.label);
                self.code("]), ");
            }
            self.code("), ");
        }
        self.code(")");
    }

    pub(super) fn row_label(&mut self, label: &'a [Math]) {
        if !label.is_empty() {
            self.code("#h(2em)");
            self.math_row(&flat(label));
        }
    }
}

/// Whether a table is a system of equations, whose rows may stand on several pages: sides and relations in turn, or a relation in a column
/// of its own.
pub(super) fn is_system(table: &Table) -> bool {
    let in_turn = |row: &TableRow| row.cells.iter().enumerate().all(|(at, cell)| cell.align == if at % 2 == 0 { CellAlign::Right } else { CellAlign::Left });
    let plain = table.rows.iter().all(|row| row.cells.iter().all(|cell| cell.columns == 1));
    let ruled = !table.column_lines.is_empty() || !table.row_lines.is_empty();
    table.close && plain && !ruled && (table.rows.iter().all(in_turn) || table.rows.iter().all(has_relation_column))
}

/// Whether a row is of a system with a column for its relations.
pub(super) fn has_relation_column(row: &TableRow) -> bool {
    let aligns: Vec<CellAlign> = row.cells.iter().map(|cell| cell.align).collect();
    aligns.len() >= 2 && [CellAlign::Right, CellAlign::Center, CellAlign::Left].starts_with(&aligns)
}
