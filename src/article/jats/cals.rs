//! Tables in the OASIS exchange model, a part of CALS, with or without the prefix `oasis:`.
//!
//! 1. [`Reader::cals`] reads `table`: a grid for each `tgroup`.
//! 2. [`Names`] knows the columns (`colspec`) and the named spans (`spanspec`) of a group.
//! 3. [`Reader::entry`] reads a cell and the place that it names for itself; placing is [`super::grid`]'s.
//!
//! Source: OASIS Technical Memorandum TR 9901:1999, *XML Exchange Table Model Document Type Definition*, and the JATS module of it.

use indexmap::IndexMap;

use super::Reader;
use super::block::foreign;
use super::columns::{self, Column};
use super::grid::{self, Draft, DraftRow, Look, MAX_COLUMNS, MAX_ROWS};
use super::table::Parts;
use crate::leaf::Reason;
use crate::model::block::Block;
use crate::model::table::{Cell, Edges, Rules, TableWrap};
use crate::xml::{Element, Node};

/// Whether a table is written in this model.
pub(super) fn is_cals(element: &Element) -> bool {
    element.name.starts_with("oasis:") || local(element) == "tgroup" || element.elements().any(|child| local(child) == "tgroup")
}

fn local(element: &Element) -> &str {
    element.name.strip_prefix("oasis:").unwrap_or(&element.name)
}

/// Whether lines are drawn below and right of cells, where something says it.
#[derive(Clone, Copy, Default)]
struct Separators {
    row: Option<bool>,
    column: Option<bool>,
}

impl Separators {
    /// `@rowsep`, `@colsep`: a number, of which 0 is no line.
    fn read(element: &Element) -> Self {
        let read = |name| element.value(name).map(|value| !matches!(value.trim(), "" | "0"));
        Self { row: read("rowsep"), column: read("colsep") }
    }

    fn or(self, other: Self) -> Self {
        Self { row: self.row.or(other.row), column: self.column.or(other.column) }
    }
}

/// `spanspec`: its first and last column, and how what stands in it stands.
struct NamedSpan {
    from: String,
    to: String,
    look: Look,
}

/// The columns and spans of a group, and by which names entries call them.
#[derive(Default)]
struct Names {
    columns: Vec<Column>,
    separators: Vec<Separators>,
    numbers: IndexMap<String, u32>,
    spans: IndexMap<String, NamedSpan>,
}

impl Names {
    /// `colspec` and `spanspec` of a group, or of a head that has its own.
    fn read(&mut self, element: &Element) {
        let mut next = 0_u32;
        for child in element.elements() {
            match local(child) {
                "colspec" => {
                    let number = child
                        .value("colnum")
                        .and_then(|number| number.trim().parse::<u32>().ok())
                        .map_or(next, |number| number.saturating_sub(1))
                        .min(MAX_COLUMNS - 1);
                    let least = number as usize + 1;
                    if self.columns.len() < least {
                        self.columns.resize(least, Column::default());
                        self.separators.resize(least, Separators::default());
                    }
                    self.columns[number as usize] = Column::read(child, "colwidth");
                    self.separators[number as usize] = Separators::read(child);
                    if let Some(name) = child.value("colname") {
                        self.numbers.insert(name.trim().to_owned(), number);
                    }
                    next = number + 1;
                }
                "spanspec" => {
                    if let (Some(name), Some(from), Some(to)) = (child.value("spanname"), child.value("namest"), child.value("nameend")) {
                        let span = NamedSpan { from: from.trim().to_owned(), to: to.trim().to_owned(), look: columns::look(child) };
                        self.spans.insert(name.trim().to_owned(), span);
                    }
                }
                _ => {}
            }
        }
    }

    /// The number of a column, from 0. A name that no `colspec` bears may still say it: `col3`, `c3`, `3`.
    fn number(&self, name: &str) -> Option<u32> {
        let name = name.trim();
        self.numbers.get(name).copied().or_else(|| {
            let digits = name.trim_start_matches(|char: char| !char.is_ascii_digit());
            digits.parse::<u32>().ok().filter(|number| (1..=MAX_COLUMNS).contains(number)).map(|number| number - 1)
        })
    }

    fn span(&self, entry: &Element) -> Option<&NamedSpan> {
        self.spans.get(entry.value("spanname")?.trim())
    }

    /// The column in which an entry begins, where it names one, and how many columns it fills.
    fn place(&self, entry: &Element) -> (Option<u32>, u32) {
        let span = self.span(entry);
        let from = span.map(|span| span.from.as_str()).or_else(|| entry.value("namest"));
        let to = span.map(|span| span.to.as_str()).or_else(|| entry.value("nameend"));
        let at = from.or_else(|| entry.value("colname")).and_then(|name| self.number(name));
        let end = to.and_then(|name| self.number(name));
        match (at, end) {
            (Some(at), Some(end)) if end >= at => (Some(at), end - at + 1),
            (at, _) => (at, 1),
        }
    }
}

impl Reader<'_> {
    /// `oasis:table`: a grid for each of its groups. A `tgroup` that stands by itself is one.
    pub(super) fn cals(&mut self, element: &Element, wrap: &mut TableWrap) {
        let outer = Separators::read(element);
        let rules = columns::rules(element);
        if local(element) == "tgroup" {
            return self.tgroup(element, outer, rules, wrap);
        }
        for node in &element.children {
            match node {
                Node::Element(child) => match local(child) {
                    "tgroup" => self.tgroup(child, outer, rules, wrap),
                    "title" if wrap.title.is_empty() => wrap.title.extend(self.title(child)),
                    "label" if wrap.label.is_empty() => wrap.label.extend(self.run(child)),
                    "graphic" if wrap.tables.is_empty() && !element.elements().any(|child| local(child) == "tgroup") => wrap.graphics.push(self.graphic(child)),
                    "graphic" => self.omit(child, Reason::Alternative),
                    _ => wrap.foot.extend(self.flow(std::slice::from_ref(node), None, child.span)),
                },
                Node::Text(_) => wrap.foot.extend(self.flow(std::slice::from_ref(node), None, element.span)),
            }
        }
    }

    /// `tgroup`: head, body, foot.
    fn tgroup(&mut self, element: &Element, outer: Separators, rules: Rules, wrap: &mut TableWrap) {
        let outer = Separators::read(element).or(outer);
        let mut names = Names::default();
        names.read(element);
        let said = element.value("cols").and_then(|cols| cols.trim().parse::<usize>().ok()).unwrap_or(0).min(MAX_COLUMNS as usize);
        if names.columns.len() < said {
            names.columns.resize(said, Column::default());
            names.separators.resize(said, Separators::default());
        }
        let mut parts = Parts::default();
        let mut loose = Vec::new();
        for node in &element.children {
            match node {
                Node::Element(child) => match local(child) {
                    "colspec" | "spanspec" => {}
                    "thead" => parts.head.extend(self.entries(child, &names, outer)),
                    "tbody" => parts.bodies.push(self.entries(child, &names, outer)),
                    "tfoot" => parts.foot.extend(self.entries(child, &names, outer)),
                    "row" => parts.bodies.push(vec![self.entry_row(child, &names, outer)]),
                    _ => loose.extend(self.flow(std::slice::from_ref(node), None, child.span)),
                },
                Node::Text(_) => loose.extend(self.flow(std::slice::from_ref(node), None, element.span)),
            }
        }
        if !loose.is_empty() {
            parts.bodies.push(vec![grid::row_of(loose)]);
        }
        self.close_table(element, wrap, &names.columns, parts, rules);
    }

    /// The rows of a head, a body or a foot, which may describe the columns anew.
    fn entries(&mut self, element: &Element, names: &Names, outer: Separators) -> Vec<DraftRow> {
        let mut own = Names::default();
        own.read(element);
        let names = if own.columns.is_empty() { names } else { &own };
        let group = columns::look(element);
        let mut rows = Vec::new();
        for node in &element.children {
            match node {
                Node::Element(child) if local(child) == "row" => {
                    let mut row = self.entry_row(child, names, outer);
                    row.look = row.look.or(group);
                    if local(element) == "thead" {
                        row.cells.iter_mut().for_each(|draft| draft.cell.header = true);
                    }
                    rows.push(row);
                }
                Node::Element(child) if matches!(local(child), "colspec" | "spanspec") => {}
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

    /// `row`.
    fn entry_row(&mut self, element: &Element, names: &Names, outer: Separators) -> DraftRow {
        let mut row = DraftRow { look: columns::look(element), ..DraftRow::default() };
        let own = Separators::read(element);
        for node in &element.children {
            match node {
                Node::Element(child) if matches!(local(child), "entry" | "entrytbl") => {
                    let draft = self.entry(child, names, own, outer);
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

    /// `entry`, and `entrytbl`, which is a table in a cell.
    fn entry(&mut self, element: &Element, names: &Names, row: Separators, outer: Separators) -> Draft {
        let (at, colspan) = names.place(element);
        let last = at.map(|at| (at + colspan - 1) as usize);
        let column = last.and_then(|last| names.separators.get(last)).copied().unwrap_or_default();
        // Inheritance: entry, row, column, group, table (TR 9901, `colsep`).
        let drawn = Separators::read(element).or(row).or(column).or(outer);
        let (lang, blocks) = self.within(element, |reader| {
            if local(element) == "entrytbl" {
                let mut wrap = reader.empty_wrap(element);
                wrap.id = None;
                reader.tgroup(element, outer, Rules::default(), &mut wrap);
                return vec![Block::Table(Box::new(wrap))];
            }
            reader.flow(&element.children, None, element.span)
        });
        let look = columns::look(element).or(names.span(element).map(|span| span.look).unwrap_or_default());
        let cell = Cell {
            id: self.id(element),
            header: false,
            column: 0,
            colspan,
            rowspan: element.value("morerows").and_then(|rows| rows.trim().parse::<u32>().ok()).unwrap_or(0).saturating_add(1).min(MAX_ROWS),
            align: look.align,
            valign: look.valign,
            edges: Edges { bottom: drawn.row == Some(true), right: drawn.column == Some(true), ..Edges::default() },
            blocks: foreign(lang, blocks),
        };
        Draft { cell, at, line: false }
    }
}
