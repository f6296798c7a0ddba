//! A book for Amazon's readers has no table in a table: their enhanced typesetting shows none (Kindle Publishing Guidelines, tables).
//!
//! 1. [`tables`] goes down to the cells of each table.
//! 2. A table in a cell becomes blocks: a row is a block, a cell a block in it. Its text, its ids and its languages stay; what only a grid has goes.

use crate::dom::{Element, Node};

/// What an element keeps that is no longer part of a grid.
const KEPT: [&str; 5] = ["id", "lang", "xml:lang", "dir", "class"];

/// Makes blocks of each table that stands in another.
pub(crate) fn tables(element: &mut Element, in_cell: bool) {
    let here = in_cell || matches!(element.name, "td" | "th");
    for node in &mut element.children {
        if let Node::Element(child) = node {
            if here && child.name == "table" {
                blocks(child);
            }
            tables(child, here);
        }
    }
}

/// A table as blocks.
fn blocks(element: &mut Element) {
    let class = match element.name {
        "table" => "flat-table",
        "tr" => "flat-row",
        "thead" | "tbody" | "tfoot" | "th" | "td" => "",
        // What stands in a cell is no part of the grid.
        _ => return,
    };
    element.name = "div";
    element.attributes.retain(|(name, _)| KEPT.contains(name));
    if !class.is_empty() {
        element.set("class", class);
    }
    element.children.retain(|node| !matches!(node, Node::Element(child) if matches!(child.name, "colgroup" | "col")));
    for node in &mut element.children {
        if let Node::Element(child) = node {
            blocks(child);
        }
    }
}
