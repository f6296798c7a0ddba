//! Tables: a grid whose spans are already made sound.

use super::Id;
use super::block::Block;
use super::inline::{Graphic, Inlines};
use crate::source::Span;

/// A table with label, caption and notes (`table-wrap`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableWrap {
    /// The id.
    pub id: Option<Id>,
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
    /// `@align`.
    pub align: Option<Align>,
    /// `@valign`.
    pub valign: Option<VerticalAlign>,
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
