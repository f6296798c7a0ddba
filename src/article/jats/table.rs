//! Tables: `table-wrap`, and the XHTML table model inside it.
//!
//! 1. [`Reader::table_wrap`] reads label, caption, tables, pictures and notes.
//! 2. [`Reader::tables`] reads what is in them, by the model they are written in; that of CALS is in [`super::cals`].
//! 3. [`Reader::grid`] places the cells.

use super::Reader;
use super::block::foreign;
use super::caption::{Caption, settle};
use super::figure::stance;
use super::grid::{self, Draft, DraftRow, MAX_COLUMNS, MAX_ROWS};
use super::{cals, columns};
use crate::code::Code;
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::leaf::Reason;
use crate::model::block::{Block, NoteList, Paragraph};
use crate::model::inline::{Graphic, Inlines};
use crate::model::plain;
use crate::model::table::{Cell, Edges, Row, Table, TableWrap};
use crate::xml::{Element, Node};

/// How deep tables may stand in each other: the engine follows five.
const MAX_NESTED: usize = 4;

/// A head has no more rows; the longest seen in the wild that names columns has six.
const MOST_HEAD_ROWS: usize = 8;

/// Nor more letters, in bytes: half a page of them.
const MOST_HEAD_LETTERS: usize = 1500;

impl Reader<'_> {
    /// `table-wrap`.
    pub(super) fn table_wrap(&mut self, element: &Element) -> TableWrap {
        let mut wrap = self.empty_wrap(element);
        let has_table = element.elements().any(is_table);
        let mut waiting = Vec::new();
        for node in &element.children {
            let Node::Element(child) = node else {
                let blocks = self.flow(std::slice::from_ref(node), None, element.span);
                wrap.foot.extend(blocks);
                continue;
            };
            match child.name.as_str() {
                "label" => self.caption_label(child, &mut captions(&mut wrap, &mut waiting)),
                "caption" => self.further_caption(child, &mut captions(&mut wrap, &mut waiting)),
                _ if is_table(child) => self.tables(child, &mut wrap),
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
        settle(&mut wrap.label, waiting);
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

    /// A `table` or an `array` that stands without `table-wrap`.
    pub(super) fn bare_table(&mut self, element: &Element) -> TableWrap {
        let mut wrap = self.empty_wrap(element);
        wrap.id = None;
        self.tables(element, &mut wrap);
        wrap
    }

    /// An element that holds a table: one grid, or as many as it has groups of columns (CALS).
    fn tables(&mut self, element: &Element, wrap: &mut TableWrap) {
        self.tables_open += 1;
        if self.tables_open > MAX_NESTED {
            if self.tables_open == MAX_NESTED + 1 {
                self.log.push(
                    Diagnostic::new(Code::NestedTooDeep, format!("tables stand in tables more than {MAX_NESTED} deep"))
                        .at(element.tag)
                        .hint("what stands in this one is set without its columns: a page has no room for them"),
                );
            }
            let cells = self.without_grid(element);
            wrap.foot.extend(cells);
        } else if cals::is_cals(element) {
            self.cals(element, wrap);
        } else {
            self.table(element, wrap);
        }
        self.tables_open -= 1;
    }

    /// What stands in the cells of a table, one after the other.
    fn without_grid(&mut self, element: &Element) -> Vec<Block> {
        let mut blocks = Vec::new();
        for node in &element.children {
            match node {
                Node::Element(child) if matches!(child.name.as_str(), "td" | "th" | "entry" | "oasis:entry") => {
                    self.anchor(child);
                    blocks.extend(self.flow(&child.children, None, child.span));
                }
                Node::Element(child) => {
                    self.anchor(child);
                    blocks.extend(self.without_grid(child));
                }
                Node::Text(_) => blocks.extend(self.flow(std::slice::from_ref(node), None, element.span)),
            }
        }
        blocks
    }

    /// `table-wrap-group`: its caption, then its tables.
    pub(super) fn table_group(&mut self, element: &Element) -> Vec<Block> {
        if let Some(one) = self.in_one(element, "table-wrap") {
            return vec![Block::Table(Box::new(self.table_wrap(&one)))];
        }
        self.anchor(element);
        self.captioned_group(element)
    }

    /// A group with label and caption, which stand as a line above what is in it.
    pub(super) fn captioned_group(&mut self, element: &Element) -> Vec<Block> {
        let label = self.gathered(element, "label");
        let mut rest = super::block::without(element, &["label"]);
        let mut head = label;
        let mut blocks = Vec::new();
        if let Some(caption) = element.child("caption") {
            let (title, below) = self.caption(caption);
            super::contrib::append(&mut head, ". ", title);
            blocks = below;
            rest = super::block::without(element, &["label", "caption"]);
        }
        if !head.is_empty() {
            let body = vec![crate::model::inline::Inline::Styled(crate::model::inline::Style::Bold, head)];
            blocks.insert(0, Block::Paragraph(Paragraph { id: None, continued: true, body, span: element.span }));
        }
        blocks.extend(self.flow(&rest, None, element.span));
        blocks
    }

    pub(super) fn empty_wrap(&self, element: &Element) -> TableWrap {
        TableWrap {
            id: self.id(element),
            stance: stance(element),
            label: Inlines::new(),
            title: Inlines::new(),
            caption: Vec::new(),
            tables: Vec::new(),
            graphics: Vec::<Graphic>::new(),
            foot: Vec::new(),
            span: element.tag,
        }
    }

    /// `alternatives` in a table: a table before its picture. Several tables of one model are the parts of one table, which the picture shows whole.
    fn table_alternatives(&mut self, element: &Element, wrap: &mut TableWrap) {
        match element.elements().find(|child| is_table(child)) {
            Some(first) => {
                for table in element.children_named(&first.name) {
                    self.tables(table, wrap);
                }
                self.omit(element, Reason::Alternative);
            }
            None if element.child("graphic").is_some() => {
                wrap.graphics.extend(self.picture_of(element));
                self.omit(element, Reason::Alternative);
            }
            None => wrap.foot.extend(self.alternatives(element)),
        }
    }

    /// `table`: its parts, each placed on its own (HTML 4.01, 11.2.3: a span ends with its row group). `array` has neither head nor foot.
    fn table(&mut self, element: &Element, wrap: &mut TableWrap) {
        let declared = columns::declared(element);
        let mut head = Vec::new();
        let mut bodies: Vec<Vec<DraftRow>> = Vec::new();
        let mut foot = Vec::new();
        let mut loose = Vec::new();
        let mut open = false;
        for node in &element.children {
            let Node::Element(child) = node else { continue };
            let bare = child.name == "tr";
            match child.name.as_str() {
                "thead" => head.extend(self.rows(child)),
                "tbody" => bodies.push(self.rows(child)),
                "tfoot" => foot.extend(self.rows(child)),
                "tr" => {
                    let row = self.row(child);
                    match bodies.last_mut().filter(|_| open) {
                        Some(body) => body.push(row),
                        None => bodies.push(vec![row]),
                    }
                }
                "col" | "colgroup" => {}
                // HTML lets a table have its caption inside (HTML 4.01, 11.2.2).
                "caption" => {
                    let (title, blocks) = self.caption(child);
                    super::contrib::append(&mut wrap.title, " ", title);
                    wrap.caption.extend(blocks);
                }
                "label" if wrap.label.is_empty() => wrap.label.extend(self.run(child)),
                "object-id" => self.omit(child, Reason::Metadata),
                "alt-text" | "long-desc" => self.omit(child, Reason::Description),
                _ => loose.extend(self.flow(std::slice::from_ref(node), None, child.span)),
            }
            open = bare;
        }
        if let Some(stray) = self.stray_text(element) {
            loose.extend(stray);
        }
        if !loose.is_empty() {
            bodies.push(vec![grid::row_of(loose)]);
        }
        self.close_table(element, wrap, &declared, Parts { head, bodies, foot }, columns::rules(element));
    }

    /// Places the parts of a table that has been read. What shows nothing at all is no table.
    pub(super) fn close_table(
        &mut self,
        element: &Element,
        wrap: &mut TableWrap,
        declared: &[columns::Column],
        parts: Parts,
        rules: crate::model::table::Rules,
    ) {
        let Parts { mut head, bodies, foot } = parts;
        // A head of nothing, which editors write because their program wants one, would be an empty line between two rules.
        if head.iter().all(|row| row.cells.iter().all(|draft| draft.cell.blocks.is_empty() && draft.cell.id.is_none())) {
            head.clear();
        }
        let least = u32::try_from(declared.len()).unwrap_or(MAX_COLUMNS);
        let widest = bodies.iter().chain([&head, &foot]).map(|rows| grid::width(rows)).max().unwrap_or(0);
        let count = widest.max(least).clamp(1, MAX_COLUMNS);
        let columns = columns::columns(declared, count);
        let mut head = self.grid(head, &columns, element.tag);
        let heads_nothing = bodies.iter().flatten().all(|row| row.cells.iter().all(|draft| draft.cell.blocks.is_empty()));
        let mut body = self.overlong(&mut head, heads_nothing && foot.is_empty());
        for rows in bodies {
            let mut rows = self.grid(rows, &columns, element.tag);
            if let Some(first) = rows.first_mut().filter(|_| !body.is_empty()) {
                first.opens = true;
            }
            body.append(&mut rows);
        }
        let foot = self.grid(foot, &columns, element.tag);
        wrap.tables.push(Table { columns: count, widths: columns::widths(declared, count), rules, head, body, foot, span: element.tag });
    }

    /// Takes from a head what no head can be, since it is repeated whole on each page: some converters put every row of a table into it. The first row stays,
    /// with those that its spans reach into; cells of the others are as plain as those of a body.
    fn overlong(&self, head: &mut Vec<Row>, heads_nothing: bool) -> Vec<Row> {
        let letters: usize = head.iter().flat_map(|row| &row.cells).flat_map(|cell| plain::lines(&self.leaves, &cell.blocks)).map(|line| line.len()).sum();
        if !heads_nothing && head.len() <= MOST_HEAD_ROWS && letters <= MOST_HEAD_LETTERS {
            return Vec::new();
        }
        let mut first = 1;
        for (at, row) in head.iter().enumerate() {
            if at >= first {
                break;
            }
            first = row.cells.iter().map(|cell| at + cell.rowspan as usize).max().unwrap_or(first).max(first);
        }
        let mut rows = head.split_off(first.min(head.len()));
        for row in rows.iter_mut().filter(|row| row.cells.iter().all(|cell| cell.header)) {
            row.cells.iter_mut().for_each(|cell| cell.header = false);
        }
        rows
    }

    /// Text directly in a table or a row, where none belongs: kept in a cell of its own.
    fn stray_text(&mut self, element: &Element) -> Option<Vec<Block>> {
        let texts: Vec<Node> = element.children.iter().filter(|node| matches!(node, Node::Text(_))).cloned().collect();
        let blocks = self.flow(&texts, None, element.span);
        (!blocks.is_empty()).then_some(blocks)
    }

    /// `thead`, `tbody`, `tfoot`.
    fn rows(&mut self, element: &Element) -> Vec<DraftRow> {
        let group = columns::look(element);
        let mut rows: Vec<DraftRow> = Vec::new();
        for node in &element.children {
            match node {
                Node::Element(child) if child.name == "tr" => {
                    let mut row = self.row(child);
                    row.look = row.look.or(group);
                    rows.push(row);
                }
                Node::Element(_) | Node::Text(_) => {
                    let blocks = self.flow(std::slice::from_ref(node), None, element.span);
                    if !blocks.is_empty() {
                        rows.push(grid::row_of(blocks));
                    }
                }
            }
        }
        rows
    }

    /// `tr`.
    fn row(&mut self, element: &Element) -> DraftRow {
        let mut row = DraftRow { look: columns::look(element), ..DraftRow::default() };
        let edges = columns::edges_of_style(element);
        for node in &element.children {
            match node {
                Node::Element(child) if matches!(child.name.as_str(), "td" | "th") => {
                    let mut draft = self.cell(child);
                    draft.cell.edges = draft.cell.edges.or(Edges { left: false, right: false, ..edges });
                    row.cells.push(draft);
                }
                Node::Element(_) | Node::Text(_) => {
                    let blocks = self.flow(std::slice::from_ref(node), None, element.span);
                    if !blocks.is_empty() {
                        row.cells.push(grid::cell_of(blocks));
                    }
                }
            }
        }
        self.anchor(element);
        row
    }

    /// `td`, `th`.
    fn cell(&mut self, element: &Element) -> Draft {
        let (lang, blocks) = self.within(element, |reader| reader.flow(&element.children, None, element.span));
        let look = columns::look(element);
        let first = element.children.iter().find(|node| !is_blank_text(node));
        let last = element.children.iter().rfind(|node| !is_blank_text(node));
        let line = blocks.is_empty() && first.is_some_and(is_line);
        let drawn = Edges { top: !line && first.is_some_and(is_line), bottom: !line && last.is_some_and(is_line), ..Edges::default() };
        let cell = Cell {
            id: self.id(element),
            header: element.name == "th",
            column: 0,
            colspan: self.span_attribute(element, "colspan", MAX_COLUMNS),
            rowspan: self.span_attribute(element, "rowspan", MAX_ROWS),
            align: look.align,
            valign: look.valign,
            edges: columns::edges_of_style(element).or(drawn),
            blocks: foreign(lang, blocks),
        };
        Draft { cell, at: None, line }
    }
}

/// The rows of a table by the part in which they stand.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) head: Vec<DraftRow>,
    pub(super) bodies: Vec<Vec<DraftRow>>,
    pub(super) foot: Vec<DraftRow>,
}

/// Whether an element is a table in one of the models.
pub(super) fn is_table(element: &Element) -> bool {
    matches!(element.name.as_str(), "table" | "oasis:table" | "tgroup" | "oasis:tgroup" | "array")
}

/// `hr`: in a cell it stands for a rule.
fn is_line(node: &Node) -> bool {
    matches!(node, Node::Element(element) if element.name == "hr")
}

fn is_blank_text(node: &Node) -> bool {
    matches!(node, Node::Text(run) if crate::xml::is_blank(&run.text))
}

fn captions<'a>(wrap: &'a mut TableWrap, waiting: &'a mut Vec<(Lang, Inlines)>) -> Caption<'a> {
    Caption { label: &mut wrap.label, title: &mut wrap.title, blocks: &mut wrap.caption, waiting }
}
