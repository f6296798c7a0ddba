//! Tables. A wide one scrolls in a box of its own, which the keyboard can reach and which has a name.

use article::lang::label::Label;
use article::lang::table::numbered;
use article::model::block::Block;
use article::model::inline::Inlines;
use article::model::table::{Align, Cell, Row, Table, TableWrap, VerticalAlign};

use crate::dom::{Element, Node};
use crate::writer::{Float, Writer};

/// The part of the table in which a row stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Body,
}

impl Writer<'_> {
    /// A table with its caption above and its notes below.
    pub(crate) fn table(&mut self, wrap: &TableWrap) -> Node {
        self.tables += 1;
        let id = if wrap.label.is_empty() {
            self.ids.set(wrap.id.as_ref())
        } else {
            let id = self.ids.set_or(wrap.id.as_ref(), "table");
            self.list_float(Float::Table, &id, (&wrap.label, &wrap.title, &wrap.caption));
            Some(id)
        };
        let mut element = Element::new("figure").class("table").id(id);
        let caption = self.caption(&wrap.label, &wrap.title, &wrap.caption);
        let mut name = None;
        if !caption.is_empty() {
            let id = self.ids.fresh("caption");
            element.push(Element::new("figcaption").class("caption").with("id", id.clone()).children(caption));
            name = Some(id);
        }
        let spoken = self.stand_in(&wrap.label, &wrap.title);
        for (at, table) in wrap.tables.iter().enumerate() {
            let scroll = Element::new("div").class("table-box").with("role", "region").with("tabindex", "0");
            let named = name.clone().filter(|_| at == 0 && !spoken.is_empty() && self.is_new_landmark("region", spoken.clone()));
            let scroll = match named {
                Some(id) => scroll.with("aria-labelledby", id),
                None => scroll.with("aria-label", self.region_name(&wrap.label)),
            };
            let grid = self.grid(table);
            element.push(scroll.children([grid]));
        }
        for graphic in &wrap.graphics {
            element = element.children(self.graphic(graphic, &spoken));
        }
        if !wrap.foot.is_empty() {
            let foot = self.blocks(&wrap.foot);
            element.push(Element::new("div").class("foot").children(foot));
        }
        element.into()
    }

    /// A name for the box of a table that has none of its own: its label, or its number among the tables.
    fn region_name(&mut self, label: &Inlines) -> String {
        let stem = if label.is_empty() { numbered(self.word(Label::Table), self.tables) } else { self.plain(label) };
        let mut name = stem.clone();
        let mut number = 1;
        while !self.is_new_landmark("region", name.clone()) {
            number += 1;
            name = format!("{stem} ({number})");
        }
        name
    }

    fn grid(&mut self, table: &Table) -> Node {
        let mut element = Element::new("table");
        let rules = [(table.rules.rows, "row-rules"), (table.rules.columns, "column-rules"), (table.rules.sides, "side-rules")];
        let classes: Vec<_> = rules.into_iter().filter(|(drawn, _)| *drawn).map(|(_, class)| class).collect();
        if !classes.is_empty() {
            element = element.class(&classes.join(" "));
        }
        let bodies = table.body.chunk_by(|_, next| !next.opens).map(|rows| ("tbody", rows, Part::Body));
        let head = std::iter::once(("thead", table.head.as_slice(), Part::Head));
        for (name, rows, part) in head.chain(bodies).chain(std::iter::once(("tfoot", table.foot.as_slice(), Part::Body))) {
            if !rows.is_empty() {
                let rows: Vec<_> = rows.iter().map(|row| self.row(row, part, table.columns)).collect();
                element.push(Element::new(name).children(rows));
            }
        }
        element.into()
    }

    fn row(&mut self, row: &Row, part: Part, columns: u32) -> Node {
        let cells: Vec<_> = row.cells.iter().map(|cell| self.cell(cell, part, columns)).collect();
        Element::new("tr").children(cells).into()
    }

    /// Whether there is anything to be read in some nodes beside formulas.
    fn tells(&self, nodes: &[Node]) -> bool {
        nodes.iter().any(|node| match node {
            Node::Element(element) if element.name == "math" => false,
            Node::Element(element) if element.name != "img" => self.tells(&element.children),
            Node::Element(_) | Node::Text(_) | Node::Leaf(_) | Node::Lettered(..) | Node::Piece(..) => self.shows(std::slice::from_ref(node)),
        })
    }

    /// A cell. What stands in the head is a heading of its column, whatever the master calls it; an empty one is none.
    fn cell(&mut self, cell: &Cell, part: Part, columns: u32) -> Node {
        let id = self.ids.set(cell.id.as_ref());
        let mut content = match cell.blocks.as_slice() {
            [Block::Paragraph(paragraph)] if paragraph.id.is_none() => self.inlines(&paragraph.body),
            blocks => self.blocks(blocks),
        };
        let heads = (cell.header || part == Part::Head) && self.shows(&content);
        if heads && !self.tells(&content) {
            name_formulas(&mut content);
        }
        let mut element = Element::new(if heads { "th" } else { "td" }).id(id);
        if heads {
            element = element.with("scope", scope(cell, part, columns));
        }
        if cell.colspan > 1 {
            element = element.with("colspan", cell.colspan.to_string());
        }
        if cell.rowspan > 1 {
            element = element.with("rowspan", cell.rowspan.to_string());
        }
        let align = cell.align.map(|align| match align {
            Align::Left => "left",
            Align::Center => "center",
            // A book has no alignment at a character: no reader can be relied on for it. Numbers of one form stand well to the right.
            Align::Right | Align::Character(_) => "right",
            Align::Justify => "justify",
        });
        let valign = cell.valign.map(|valign| match valign {
            VerticalAlign::Top => "top",
            VerticalAlign::Middle => "middle",
            VerticalAlign::Bottom => "bottom",
        });
        let edges = [(cell.edges.top, "rule-top"), (cell.edges.right, "rule-right"), (cell.edges.bottom, "rule-bottom"), (cell.edges.left, "rule-left")];
        let ruled = edges.into_iter().filter(|(drawn, _)| *drawn).map(|(_, class)| class);
        let classes: Vec<_> = align.into_iter().chain(valign).chain(ruled).collect();
        if !classes.is_empty() {
            element = element.class(&classes.join(" "));
        }
        element.children(content).into()
    }
}

/// Gives formulas their words once more, as the name by which they are known to those who listen: of a heading that has no other text, what looks for its text
/// sees neither MathML nor its `alttext` (axe-core, `empty-table-header`), and would take it for an empty one.
fn name_formulas(nodes: &mut [Node]) {
    for node in nodes {
        if let Node::Element(element) = node {
            match element.get("alttext").map(str::to_owned) {
                Some(words) => element.set("aria-label", words),
                None => name_formulas(&mut element.children),
            }
        }
    }
}

/// What a heading heads (HTML, 4.9.10): its columns or its rows, or all rows below it in its group, where it fills a row of the body.
fn scope(cell: &Cell, part: Part, columns: u32) -> &'static str {
    match part {
        Part::Head => "col",
        Part::Body if cell.colspan > 1 && cell.colspan == columns => "rowgroup",
        Part::Body => "row",
    }
}
