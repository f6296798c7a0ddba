//! Equations one below the other, each with its number: `mlabeledtr` (MathML 3, 3.5.3).
//!
//! The number belongs to the margin, where that of a formula stands. A table of which rows have numbers is therefore as many formulas, one of a single row its formula alone, each with the id
//! of its row, so that a reference finds it.

use super::Reader;
use crate::model::Id;
use crate::model::block::Block;
use crate::model::inline::{Inline, Inlines};
use crate::model::math::{DisplayFormula, Formula, FormulaPart, Math, Table, TableRow, TokenText};
use crate::xml::Element;

impl Reader<'_> {
    /// A formula as it is, or its rows as formulas of their own where it has no number and several of them have one, or the only one has.
    pub(super) fn numbered(&mut self, element: &Element, mut block: DisplayFormula) -> Vec<Block> {
        let [FormulaPart::Math(formula)] = block.parts.as_slice() else { return vec![Block::Formula(block)] };
        let table = table_of(&formula.body)
            .filter(|table| block.label.is_empty() && table.rows.iter().filter(|row| !row.label.is_empty()).count() >= table.rows.len().clamp(1, 2));
        let Some(labels) = table.and_then(|table| table.rows.iter().map(label).collect::<Option<Vec<_>>>()) else { return vec![Block::Formula(block)] };
        let Some(FormulaPart::Math(formula)) = block.parts.pop() else { return Vec::new() };
        let rows = table_of(&formula.body).map(|table| table.rows.clone()).unwrap_or_default();
        let ids = row_ids(element);
        let mut first = [block.id.take(), formula.id].into_iter().flatten();
        let mut blocks = Vec::new();
        for (at, (row, label)) in rows.into_iter().zip(labels).enumerate() {
            let own = ids.get(at).cloned().flatten();
            self.anchors.retain(|anchor| Some(anchor) != own.as_ref());
            let id = own.or_else(|| first.next());
            let body: Vec<Math> = row.cells.into_iter().flat_map(|cell| cell.body).collect();
            let part = FormulaPart::Math(Formula { id: None, body, alt: None, span: formula.span });
            blocks.push(Block::Formula(DisplayFormula { id, label, parts: vec![part], span: block.span }));
        }
        self.anchors.extend(first);
        blocks
    }
}

/// The table that a formula is.
fn table_of(body: &[Math]) -> Option<&Table> {
    match body {
        [Math::Table(table)] => Some(table),
        [Math::Row(inner) | Math::Styled(_, inner)] => table_of(inner),
        _ => None,
    }
}

/// The label of a row as text; `None` where it is more than signs.
fn label(row: &TableRow) -> Option<Inlines> {
    fn gather(math: &Math, into: &mut Inlines) -> bool {
        match math {
            Math::Token(token) => {
                into.push(match &token.text {
                    TokenText::Leaf(no) => Inline::Text(*no),
                    TokenText::Generated(text) => Inline::Generated(text.clone()),
                });
                true
            }
            Math::Row(inner) | Math::Styled(_, inner) => inner.iter().all(|math| gather(math, into)),
            Math::Space(_) => true,
            _ => false,
        }
    }
    let mut said = Inlines::new();
    row.label.iter().all(|math| gather(math, &mut said)).then_some(said)
}

/// The ids of the rows of the first table in an element.
fn row_ids(element: &Element) -> Vec<Option<Id>> {
    if matches!(element.name.as_str(), "mml:mtable" | "mtable") {
        return element.elements().map(|row| row.value("id").map(|id| Id(id.to_owned()))).collect();
    }
    element.elements().map(row_ids).find(|ids| !ids.is_empty()).unwrap_or_default()
}
