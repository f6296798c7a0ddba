//! Written arithmetic in MathML: `mstack`, `mlongdiv` (MathML 3, 3.6).
//!
//! 1. Rows stand below each other, their last digits in one column; `@position` and `@shift` move them by digits.
//! 2. `msline` is a line below the row before it.
//! 3. A division has its result above, and its divisor before the bracket of the dividend.

use super::Reader;
use super::mathml::Inherited;
use crate::model::math::{CellAlign, Math, Notation, Table, TableCell, TableRow, Token, TokenKind, TokenText};
use crate::xml::Element;

/// How far a row may be moved, in digits.
const FARTHEST: i32 = 40;

/// The rows as they come together.
#[derive(Default)]
struct Rows(Vec<Vec<Math>>);

impl Reader<'_> {
    /// `mstack`, `mlongdiv`.
    pub(super) fn stack(&mut self, element: &Element, inherited: Inherited) -> Math {
        self.anchor(element);
        let mut rows = Rows::default();
        let mut children: Vec<&Element> = element.elements().collect();
        if local(element) == "mlongdiv" && children.len() >= 3 {
            let divisor = self.math_one(children[0], inherited);
            let result = self.math_one(children[1], inherited);
            let dividend = self.math_one(children[2], inherited);
            rows.0.push(vec![result]);
            rows.0.push(vec![divisor, Math::Enclosed(vec![Notation::LongDivision], vec![dividend])]);
            children.drain(..3);
        }
        self.stacked(&children, 0, 0, inherited, &mut rows);
        let rows = rows.0.into_iter().map(|body| TableRow { label: Vec::new(), cells: vec![TableCell { align: CellAlign::Right, columns: 1, body }] });
        Math::Table(Table { rows: rows.collect(), display: false, close: true, column_lines: Vec::new(), row_lines: Vec::new() })
    }

    /// Rows, each moved to the left by `position` and a further `shift` from one to the next.
    fn stacked(&mut self, children: &[&Element], position: i32, shift: i32, inherited: Inherited, into: &mut Rows) {
        let mut at = position;
        for child in children {
            self.anchor(child);
            match local(child) {
                "msline" => {
                    if let Some(above) = into.0.last_mut() {
                        *above = vec![Math::Enclosed(vec![Notation::Bottom], std::mem::take(above))];
                    }
                    continue;
                }
                "msgroup" => {
                    let inner: Vec<&Element> = child.elements().collect();
                    self.stacked(&inner, at + number(child, "position"), number(child, "shift"), inherited, into);
                }
                _ => {
                    let mut row = vec![self.math_one(child, inherited)];
                    let moved = (at + number(child, "position")).clamp(0, FARTHEST);
                    if moved > 0 {
                        let digits = "0".repeat(usize::try_from(moved).unwrap_or(0));
                        row.push(Math::Phantom(vec![Math::Token(Token { kind: TokenKind::Number, text: TokenText::Generated(digits), variant: None })]));
                    }
                    if row.first() != Some(&Math::Row(Vec::new())) {
                        into.0.push(row);
                    }
                }
            }
            at = (at + shift).clamp(-FARTHEST, FARTHEST);
        }
    }
}

fn local(element: &Element) -> &str {
    element.name.strip_prefix("mml:").unwrap_or(&element.name)
}

fn number(element: &Element, name: &str) -> i32 {
    element.value(name).and_then(|value| value.trim().parse::<i32>().ok()).unwrap_or(0).clamp(-FARTHEST, FARTHEST)
}
