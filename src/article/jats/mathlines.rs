//! Formulas in MathML that say where their lines end: `mspace` and `mo` with `@linebreak="newline"` (MathML 3, 3.1.7).
//!
//! 1. [`lines`] finds the breaks at the outermost level, where alone they can be followed.
//! 2. [`Reader::math_lines`] makes a system of equations of the lines. Signs that others are to stand below (`@indentalign="id"`) are its relations.

use super::Reader;
use super::mathml::Inherited;
use crate::model::math::{CellAlign, Math, Table, TableCell, TableRow};
use crate::xml::{Element, Node};

/// The lines of a formula, where it says of more than one; nothing of a formula in the line.
pub(super) fn lines(element: &Element) -> Option<Vec<Vec<Node>>> {
    if element.value("display") == Some("inline") {
        return None;
    }
    let mut level = element;
    // Rows that hold all of it are no level of their own.
    while let (Some(one), true) = (level.elements().next(), level.elements().count() == 1) {
        match local(one) {
            "mrow" | "mstyle" if one.attributes.is_empty() => level = one,
            _ => break,
        }
    }
    let mut lines = vec![Vec::new()];
    for node in &level.children {
        if let Node::Element(child) = node
            && child.value("linebreak") == Some("newline")
        {
            if local(child) == "mspace" {
                lines.push(Vec::new());
                continue;
            }
            if local(child) == "mo" && child.value("linebreakstyle") != Some("after") {
                lines.push(Vec::new());
            }
        }
        if let Some(line) = lines.last_mut() {
            line.push(node.clone());
        }
    }
    lines.retain(|line| line.iter().any(|node| matches!(node, Node::Element(child) if !matches!(local(child), "malignmark" | "maligngroup" | "mspace"))));
    (lines.len() > 1).then_some(lines)
}

fn local(element: &Element) -> &str {
    element.name.strip_prefix("mml:").unwrap_or(&element.name)
}

impl Reader<'_> {
    /// Lines as the rows of a system.
    pub(super) fn math_lines(&mut self, element: &Element, lines: &[Vec<Node>], inherited: Inherited) -> Math {
        let targets: Vec<&str> =
            lines.iter().flatten().filter_map(|node| if let Node::Element(child) = node { child.value("indenttarget") } else { None }).collect();
        let is_mark = |node: &Node| match node {
            Node::Element(child) => child.value("indentalign") == Some("id") || child.value("id").is_some_and(|id| targets.contains(&id)),
            Node::Text(_) => false,
        };
        let marked = lines.iter().flatten().any(is_mark);
        let mut table = Table { rows: Vec::new(), display: true, close: true, column_lines: Vec::new(), row_lines: Vec::new() };
        for line in lines {
            let mut cells = Vec::new();
            let at = line.iter().position(is_mark).unwrap_or(0);
            if marked {
                let body = self.math_nodes(&line[..at], element, inherited);
                cells.push(TableCell { align: CellAlign::Right, columns: 1, body });
            }
            let body = self.math_nodes(&line[at..], element, inherited);
            cells.push(TableCell { align: CellAlign::Left, columns: 1, body });
            table.rows.push(TableRow { label: Vec::new(), cells });
        }
        Math::Table(table)
    }
}
