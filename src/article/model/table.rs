//! Tables: a grid whose spans are already made sound.

use super::Id;
use super::block::{Block, Stance};
use super::inline::{Graphic, Inlines};
use crate::source::Span;

/// A table with label, caption and notes (`table-wrap`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableWrap {
    /// The id.
    pub id: Option<Id>,
    /// How the master wants it to stand.
    pub stance: Stance,
    /// The label, such as “Table 1”; `resolve` gives one where there is none.
    pub label: Inlines,
    /// The caption's title.
    pub title: Inlines,
    /// The caption.
    pub caption: Vec<Block>,
    /// The tables in it; JATS allows several.
    pub tables: Vec<Table>,
    /// The table as a picture, or pictures beside it.
    pub graphics: Vec<Graphic>,
    /// Notes below it (`table-wrap-foot`), and anything else that stood in it.
    pub foot: Vec<Block>,
    /// Where it stands in the master.
    pub span: Span,
}

/// A grid of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// How many columns it has: every row fills exactly these, spans counted.
    pub columns: u32,
    /// What each column asks for of the table's width, in thousandths of it: one number a column, or none at all where
    /// the master does not say enough.
    pub widths: Vec<u32>,
    /// The rules that the master asks for beyond those that every table has.
    pub rules: Rules,
    /// The head (`thead`), repeated over pages.
    pub head: Vec<Row>,
    /// The rows (`tbody`, several one after the other).
    pub body: Vec<Row>,
    /// The foot (`tfoot`).
    pub foot: Vec<Row>,
    /// Where it stands in the master.
    pub span: Span,
}

/// A row (`tr`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its cells; a place that a cell of a row above reaches into has none.
    pub cells: Vec<Cell>,
    /// Whether it is the first of a further group of rows (`tbody`).
    pub opens: bool,
}

/// Rules between rows and columns of a whole table (`@frame`, `@rules`, `@border`; HTML 4.01, 11.3.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// Between the rows.
    pub rows: bool,
    /// Between the columns.
    pub columns: bool,
    /// At its left and right side.
    pub sides: bool,
}

/// Rules at the sides of a cell (`@style`, CALS `@rowsep` and `@colsep`, `hr`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edges {
    /// Above it.
    pub top: bool,
    /// At its right side.
    pub right: bool,
    /// Below it.
    pub bottom: bool,
    /// At its left side.
    pub left: bool,
}

impl Edges {
    /// The edges that either of two asks for.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { top: self.top || other.top, right: self.right || other.right, bottom: self.bottom || other.bottom, left: self.left || other.left }
    }
}

/// A cell (`td`, `th`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The id.
    pub id: Option<Id>,
    /// Whether it heads a row or column (`th`).
    pub header: bool,
    /// The column in which it begins, from 0.
    pub column: u32,
    /// How many columns it fills, at least 1.
    pub colspan: u32,
    /// How many rows it fills, at least 1 and never past its part of the table.
    pub rowspan: u32,
    /// `@align` of it, its column, its row or its group of rows.
    pub align: Option<Align>,
    /// `@valign`, likewise.
    pub valign: Option<VerticalAlign>,
    /// The rules at its sides.
    pub edges: Edges,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// How the lines of a cell stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
    /// Justified.
    Justify,
    /// So that this character, a decimal point mostly, stands below that of the row above (`@char`).
    Character(char),
}

/// How a cell's text stands in its height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerticalAlign {
    /// At the top.
    Top,
    /// In the middle.
    Middle,
    /// At the bottom.
    Bottom,
}
