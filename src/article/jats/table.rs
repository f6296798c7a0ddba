//! Tables: `table-wrap`, and the XHTML table model inside it.
//!
//! 1. [`Reader::table_wrap`] reads label, caption, tables, pictures and notes.
//! 2. [`Reader::grid`] places the cells: every row of the result fills the same number of columns, and no span reaches out of its part.

use super::Reader;
use super::block::foreign;
use crate::code::Code;
use crate::diag::Diagnostic;
use crate::leaf::Reason;
use crate::model::block::{Block, NoteList};
use crate::model::inline::{Graphic, Inlines};
use crate::model::table::{Align, Cell, Row, Table, TableWrap, VerticalAlign};
use crate::source::Span;
use crate::xml::{Element, Node};

/// The most columns that are taken; the widest table seen in the wild has 38.
const MAX_COLUMNS: u32 = 250;

/// The most rows that a cell may fill; the longest table seen in the wild has 430.
const MAX_ROWS: u32 = 10_000;

impl Reader<'_> {
    /// `table-wrap`.
    pub(super) fn table_wrap(&mut self, element: &Element) -> TableWrap {
        let mut wrap = self.empty_wrap(element);
        let has_table = element.child("table").is_some();
        for node in &element.children {
            let Node::Element(child) = node else {
                let blocks = self.flow(std::slice::from_ref(node), None, element.span);
                wrap.foot.extend(blocks);
                continue;
            };
            match child.name.as_str() {
                "label" => wrap.label.extend(self.run(child)),
                "caption" => {
                    let (lang, (title, blocks)) = self.within(child, |reader| reader.caption(child));
                    wrap.title.extend(super::inline::foreign(lang.clone(), title));
                    wrap.caption.extend(foreign(lang, blocks));
                }
                "table" => wrap.tables.push(self.table(child)),
                // A picture beside a table shows the same table, typeset.
                "graphic" if has_table => self.omit(child, Reason::Alternative),
                "graphic" => {
                    wrap.graphics.push(self.graphic(child));
                    let rest = super::block::without(child, &["alt-text", "long-desc"]);
                    wrap.foot.extend(self.flow(&rest, None, child.span));
                }
                "alternatives" => self.table_alternatives(child, &mut wrap),
                "table-wrap-foot" => wrap.foot.extend(self.table_foot(child)),
                "object-id" | "kwd-group" | "subj-group" => self.omit(child, Reason::Metadata),
                "alt-text" | "long-desc" => self.omit(child, Reason::Description),
                _ => wrap.foot.extend(self.flow(std::slice::from_ref(node), None, child.span)),
            }
        }
        wrap
    }

    /// `table-wrap-foot`: its notes are a list below the table, not notes at a mark.
    fn table_foot(&mut self, element: &Element) -> Vec<Block> {
        let mut blocks = Vec::new();
        for node in &element.children {
            match node {
                Node::Element(child) if child.name == "fn" => {
                    let note = self.note(child);
                    match blocks.last_mut() {
                        Some(Block::Notes(list)) => list.notes.push(note),
                        Some(_) | None => blocks.push(Block::Notes(NoteList { id: None, title: Vec::new(), notes: vec![note], span: child.span })),
                    }
                }
                Node::Element(_) | Node::Text(_) => blocks.extend(self.flow(std::slice::from_ref(node), None, element.span)),
            }
        }
        blocks
    }

    /// A `table` that stands without `table-wrap`.
    pub(super) fn bare_table(&mut self, element: &Element) -> TableWrap {
        let mut wrap = self.empty_wrap(element);
        wrap.id = None;
        wrap.tables.push(self.table(element));
        wrap
    }

    /// `table-wrap-group`: its caption, then its tables.
    pub(super) fn table_group(&mut self, element: &Element) -> Vec<Block> {
        self.anchor(element);
        self.blocks(element)
    }

    fn empty_wrap(&self, element: &Element) -> TableWrap {
        TableWrap {
            id: self.id(element),
            label: Inlines::new(),
            title: Inlines::new(),
            caption: Vec::new(),
            tables: Vec::new(),
            graphics: Vec::<Graphic>::new(),
            foot: Vec::new(),
            span: element.tag,
        }
    }

    /// `alternatives` in a table: a table before its picture.
    fn table_alternatives(&mut self, element: &Element, wrap: &mut TableWrap) {
        match element.child("table") {
            Some(table) => {
                let table = self.table(table);
                wrap.tables.push(table);
                self.omit(element, Reason::Alternative);
            }
            None if element.child("graphic").is_some() => {
                wrap.graphics.extend(self.picture_of(element));
                self.omit(element, Reason::Alternative);
            }
            None => wrap.foot.extend(self.alternatives(element)),
        }
    }

    /// `table`: its parts, each placed on its own (HTML 4.01, 11.2.3: a span ends with its row group).
    fn table(&mut self, element: &Element) -> Table {
        let declared = columns_declared(element);
        let mut parts: [Vec<Vec<Cell>>; 3] = Default::default();
        let mut loose = Vec::new();
        for node in &element.children {
            let Node::Element(child) = node else { continue };
            match child.name.as_str() {
                "thead" => parts[0].extend(self.rows(child)),
                "tbody" => parts[1].extend(self.rows(child)),
                "tfoot" => parts[2].extend(self.rows(child)),
                "tr" => parts[1].push(self.row(child)),
                "col" | "colgroup" => {}
                _ => loose.extend(self.flow(std::slice::from_ref(node), None, child.span)),
            }
        }
        if let Some(stray) = self.stray_text(element) {
            loose.extend(stray);
        }
        if !loose.is_empty() {
            parts[1].push(vec![cell_of(loose)]);
        }
        let columns = parts.iter().map(|rows| width(rows)).max().unwrap_or(0).max(declared).clamp(1, MAX_COLUMNS);
        let [head, body, foot] = parts.map(|rows| self.grid(rows, columns, element.tag));
        Table { columns, head, body, foot, span: element.tag }
    }

    /// Text directly in a table or a row, where none belongs: kept in a cell of its own.
    fn stray_text(&mut self, element: &Element) -> Option<Vec<Block>> {
        let texts: Vec<Node> = element.children.iter().filter(|node| matches!(node, Node::Text(_))).cloned().collect();
        let blocks = self.flow(&texts, None, element.span);
        (!blocks.is_empty()).then_some(blocks)
    }

    fn rows(&mut self, element: &Element) -> Vec<Vec<Cell>> {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for node in &element.children {
            match node {
                Node::Element(child) if child.name == "tr" => rows.push(self.row(child)),
                Node::Element(_) | Node::Text(_) => {
                    let blocks = self.flow(std::slice::from_ref(node), None, element.span);
                    if !blocks.is_empty() {
                        rows.push(vec![cell_of(blocks)]);
                    }
                }
            }
        }
        rows
    }

    /// `tr`.
    fn row(&mut self, element: &Element) -> Vec<Cell> {
        let mut cells: Vec<Cell> = Vec::new();
        for node in &element.children {
            match node {
                Node::Element(child) if matches!(child.name.as_str(), "td" | "th") => cells.push(self.cell(child)),
                Node::Element(_) | Node::Text(_) => {
                    let blocks = self.flow(std::slice::from_ref(node), None, element.span);
                    if !blocks.is_empty() {
                        cells.push(cell_of(blocks));
                    }
                }
            }
        }
        cells
    }

    /// `td`, `th`.
    fn cell(&mut self, element: &Element) -> Cell {
        let (lang, blocks) = self.within(element, |reader| reader.flow(&element.children, None, element.span));
        Cell {
            id: self.id(element),
            header: element.name == "th",
            column: 0,
            colspan: self.span_attribute(element, "colspan", MAX_COLUMNS),
            rowspan: self.span_attribute(element, "rowspan", MAX_ROWS),
            align: align(element),
            valign: valign(element),
            blocks: foreign(lang, blocks),
        }
    }

    /// Places the cells of one part of a table: HTML's own algorithm, with what does not fit cut off and what is missing filled up.
    fn grid(&mut self, rows: Vec<Vec<Cell>>, columns: u32, at: Span) -> Vec<Row> {
        let height = rows.len();
        // How many further rows each column is taken for, by a cell of a row above.
        let mut taken = vec![0_u32; columns as usize];
        let mut placed: Vec<Row> = Vec::with_capacity(height);
        let mut cut = false;
        for (above, cells) in rows.into_iter().enumerate() {
            let left = u32::try_from(height - above).unwrap_or(u32::MAX);
            let mut row = Row::default();
            let before: Option<&mut Row> = placed.last_mut();
            let mut overflow = before.and_then(|row| row.cells.last_mut());
            let mut column = 0_usize;
            let mut next = vec![0_u32; columns as usize];
            for mut cell in cells {
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
            placed.push(row);
        }
        if cut {
            self.log.push(Diagnostic::new(Code::TableSpan, "a span reaches out of its table").at(at).hint("it is cut to what the table has"));
        }
        placed
    }
}

/// Fills the places of a row that neither a cell of its own nor one of a row above takes.
fn fill(row: &mut Row, taken: &[u32], own: &[u32]) {
    let empty: Vec<u32> = (0_u32..).zip(taken.iter().zip(own)).filter(|(_, (taken, own))| **taken == 0 && **own == 0).map(|(column, _)| column).collect();
    for column in empty {
        row.cells.push(Cell { column, ..cell_of(Vec::new()) });
    }
    row.cells.sort_by_key(|cell| cell.column);
}

fn cell_of(blocks: Vec<Block>) -> Cell {
    Cell { id: None, header: false, column: 0, colspan: 1, rowspan: 1, align: None, valign: None, blocks }
}

/// How many columns rows fill, cells that reach down counted in.
fn width(rows: &[Vec<Cell>]) -> u32 {
    let mut reaching: Vec<(u32, u32)> = Vec::new();
    let mut widest = 0;
    for cells in rows {
        let own: u32 = cells.iter().map(|cell| cell.colspan).fold(0, u32::saturating_add);
        let above: u32 = reaching.iter().map(|(columns, _)| *columns).fold(0, u32::saturating_add);
        widest = widest.max(own.saturating_add(above));
        reaching.extend(cells.iter().filter(|cell| cell.rowspan > 1).map(|cell| (cell.colspan, cell.rowspan)));
        for (_, rows) in &mut reaching {
            *rows = rows.saturating_sub(1);
        }
        reaching.retain(|(_, rows)| *rows > 0);
    }
    widest
}

/// How many columns `col` and `colgroup` declare.
fn columns_declared(element: &Element) -> u32 {
    let span = |element: &Element| element.value("span").and_then(|span| span.parse::<u32>().ok()).unwrap_or(1).clamp(1, MAX_COLUMNS);
    element
        .elements()
        .map(|child| match child.name.as_str() {
            "col" => span(child),
            "colgroup" if child.child("col").is_some() => child.children_named("col").map(span).fold(0, u32::saturating_add),
            "colgroup" => span(child),
            _ => 0,
        })
        .fold(0, u32::saturating_add)
        .min(MAX_COLUMNS)
}

fn align(element: &Element) -> Option<Align> {
    Some(match element.value("align")? {
        "left" => Align::Left,
        "center" => Align::Center,
        "right" | "char" => Align::Right,
        "justify" => Align::Justify,
        _ => return None,
    })
}

fn valign(element: &Element) -> Option<VerticalAlign> {
    Some(match element.value("valign")? {
        "top" | "baseline" => VerticalAlign::Top,
        "middle" => VerticalAlign::Middle,
        "bottom" => VerticalAlign::Bottom,
        _ => return None,
    })
}
