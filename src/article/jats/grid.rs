//! The grid of a table, whichever model it is written in.
//!
//! 1. The readers of the two models ([`super::table`], [`super::cals`]) give rows of [`Draft`]s, and what the columns say.
//! 2. [`Reader::grid`] places them: every row of the result fills the same number of columns, and no span reaches out of its part.
//! 3. A row that is nothing but a line (`hr`) becomes a rule below the row above it.

use super::Reader;
use crate::code::Code;
use crate::diag::Diagnostic;
use crate::model::block::Block;
use crate::model::table::{Align, Cell, Edges, Row, VerticalAlign};
use crate::source::Span;

/// The most columns that are taken; the widest table seen in the wild has 38.
pub(super) const MAX_COLUMNS: u32 = 250;

/// The most rows that a cell may fill; the longest table seen in the wild has 430.
pub(super) const MAX_ROWS: u32 = 10_000;

/// A cell before it is placed.
pub(super) struct Draft {
    pub(super) cell: Cell,
    /// The column that the master puts it into, where it names one.
    pub(super) at: Option<u32>,
    /// Whether it is a line and nothing else.
    pub(super) line: bool,
}

/// A row before its cells are placed.
#[derive(Default)]
pub(super) struct DraftRow {
    pub(super) cells: Vec<Draft>,
    /// What cells have that say nothing, and whose columns say nothing.
    pub(super) look: Look,
    /// Whether it is the first of a further group of rows.
    pub(super) opens: bool,
}

/// How cells stand, where something says it.
#[derive(Clone, Copy, Default)]
pub(super) struct Look {
    pub(super) align: Option<Align>,
    pub(super) valign: Option<VerticalAlign>,
}

impl Look {
    /// This, and where it says nothing the other.
    pub(super) fn or(self, other: Self) -> Self {
        Self { align: self.align.or(other.align), valign: self.valign.or(other.valign) }
    }
}

/// The columns of a table.
pub(super) struct Columns {
    pub(super) count: u32,
    /// How the cells of each stand; there may be fewer of them than columns.
    pub(super) looks: Vec<Look>,
}

impl Reader<'_> {
    /// Places the cells of one part of a table: HTML's own algorithm, with what does not fit cut off and what is missing filled up.
    pub(super) fn grid(&mut self, rows: Vec<DraftRow>, columns: &Columns, at: Span) -> Vec<Row> {
        let height = rows.len();
        // How many further rows each column is taken for, by a cell of a row above.
        let mut taken = vec![0_u32; columns.count as usize];
        let mut placed: Vec<Row> = Vec::with_capacity(height);
        // For each row, the columns of its lines, where it holds nothing else.
        let mut lines: Vec<Vec<(u32, u32)>> = Vec::with_capacity(height);
        let mut cut = false;
        for (above, draft) in rows.into_iter().enumerate() {
            let left = u32::try_from(height - above).unwrap_or(u32::MAX);
            let mut row = Row { opens: draft.opens, ..Row::default() };
            let only_lines = draft.cells.iter().any(|draft| draft.line)
                && draft.cells.iter().all(|draft| draft.cell.blocks.is_empty() && draft.cell.rowspan == 1)
                && taken.iter().all(|rows| *rows == 0);
            let mut ruled = Vec::new();
            let before: Option<&mut Row> = placed.last_mut();
            let mut overflow = before.and_then(|row| row.cells.last_mut());
            let mut column = 0_usize;
            let mut next = vec![0_u32; columns.count as usize];
            for Draft { mut cell, at, line } in draft.cells {
                column = column.max(at.map_or(0, |at| at as usize));
                while taken.get(column).is_some_and(|rows| *rows > 0) {
                    column += 1;
                }
                let free = taken[column.min(taken.len())..].iter().take_while(|rows| **rows == 0).count();
                if free == 0 {
                    // The row is longer than the table: the cell before takes what is left over, so that no word is lost.
                    cut = true;
                    if let Some(last) = row.cells.last_mut().or(overflow.as_deref_mut()) {
                        last.blocks.append(&mut cell.blocks);
                        continue;
                    }
                }
                let colspan = cell.colspan.min(u32::try_from(free.max(1)).unwrap_or(1));
                cut |= colspan < cell.colspan || cell.rowspan > left;
                cell.colspan = colspan;
                cell.rowspan = cell.rowspan.min(left);
                cell.column = u32::try_from(column).unwrap_or(0);
                let own = Look { align: cell.align, valign: cell.valign };
                let look = own.or(columns.look(&cell)).or(draft.look);
                (cell.align, cell.valign) = (look.align, look.valign);
                if line {
                    ruled.push((cell.column, cell.column + colspan));
                }
                for slot in next.iter_mut().skip(column).take(colspan as usize) {
                    *slot = cell.rowspan;
                }
                column += colspan as usize;
                row.cells.push(cell);
            }
            for (slot, fresh) in taken.iter_mut().zip(&next) {
                *slot = (*slot).max(*fresh);
            }
            fill(&mut row, &taken, &next);
            for slot in &mut taken {
                *slot = slot.saturating_sub(1);
            }
            lines.push(if only_lines { ruled } else { Vec::new() });
            placed.push(row);
        }
        if cut {
            self.log.push(Diagnostic::new(Code::TableSpan, "a span reaches out of its table").at(at).hint("it is cut to what the table has"));
        }
        self.rule(placed, &lines)
    }

    /// Takes out the rows that are nothing but lines: the row above each has them as rules, or the row below where there is none above.
    fn rule(&mut self, rows: Vec<Row>, lines: &[Vec<(u32, u32)>]) -> Vec<Row> {
        let mut kept: Vec<Row> = Vec::with_capacity(rows.len());
        let mut waiting: Vec<(u32, u32)> = Vec::new();
        for (mut row, ruled) in rows.into_iter().zip(lines) {
            if ruled.is_empty() {
                for cell in row.cells.iter_mut().filter(|cell| reaches(cell, &waiting)) {
                    cell.edges.top = true;
                }
                waiting.clear();
                kept.push(row);
                continue;
            }
            self.anchors.extend(row.cells.into_iter().filter_map(|cell| cell.id));
            match kept.last_mut() {
                Some(above) => above.cells.iter_mut().filter(|cell| reaches(cell, ruled)).for_each(|cell| cell.edges.bottom = true),
                None => waiting.extend(ruled),
            }
        }
        kept
    }
}

impl Columns {
    /// What the column of a cell says of it. Characters are put below each other in the body, not in heads.
    fn look(&self, cell: &Cell) -> Look {
        let look = self.looks.get(cell.column as usize).copied().unwrap_or_default();
        match look.align {
            Some(Align::Character(_)) if cell.header || cell.colspan > 1 => Look { align: None, ..look },
            Some(_) | None => look,
        }
    }
}

/// Whether a cell stands in one of these columns.
fn reaches(cell: &Cell, columns: &[(u32, u32)]) -> bool {
    columns.iter().any(|(from, to)| cell.column < *to && *from < cell.column + cell.colspan)
}

/// Fills the places of a row that neither a cell of its own nor one of a row above takes.
fn fill(row: &mut Row, taken: &[u32], own: &[u32]) {
    let empty: Vec<u32> = (0_u32..).zip(taken.iter().zip(own)).filter(|(_, (taken, own))| **taken == 0 && **own == 0).map(|(column, _)| column).collect();
    for column in empty {
        row.cells.push(Cell { column, ..cell_of(Vec::new()).cell });
    }
    row.cells.sort_by_key(|cell| cell.column);
}

/// A cell of its own for what stood where no cell was.
pub(super) fn cell_of(blocks: Vec<Block>) -> Draft {
    Draft {
        cell: Cell { id: None, header: false, column: 0, colspan: 1, rowspan: 1, align: None, valign: None, edges: Edges::default(), blocks },
        at: None,
        line: false,
    }
}

/// A row of its own, likewise.
pub(super) fn row_of(blocks: Vec<Block>) -> DraftRow {
    DraftRow { cells: vec![cell_of(blocks)], ..DraftRow::default() }
}

/// How many columns rows fill, cells that reach down counted in.
pub(super) fn width(rows: &[DraftRow]) -> u32 {
    let mut reaching: Vec<(u32, u32)> = Vec::new();
    let mut widest = 0;
    for row in rows {
        // A cell that names its column stands there, whatever reaches down beside it.
        let named = row.cells.iter().any(|draft| draft.at.is_some());
        let own = row.cells.iter().fold(0_u32, |end, draft| end.max(draft.at.unwrap_or(0)).saturating_add(draft.cell.colspan));
        let above: u32 = if named { 0 } else { reaching.iter().map(|(columns, _)| *columns).fold(0, u32::saturating_add) };
        widest = widest.max(own.saturating_add(above));
        reaching.extend(row.cells.iter().filter(|draft| draft.cell.rowspan > 1).map(|draft| (draft.cell.colspan, draft.cell.rowspan)));
        for (_, rows) in &mut reaching {
            *rows = rows.saturating_sub(1);
        }
        reaching.retain(|(_, rows)| *rows > 0);
    }
    widest
}
