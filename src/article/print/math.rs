//! Formulas as one line: `(frac x "12")`, where a text in quotation marks is a token and the first word of a pair of parentheses is the element.

use super::{Printer, hash, quoted};
use crate::leaf::Leaves;
use crate::model::math::{CellAlign, DisplayFormula, Fenced, Form, Formula, FormulaPart, Math, Notation, Token, TokenKind, TokenText};

impl Printer<'_> {
    pub(super) fn display_formula(&mut self, formula: &DisplayFormula) {
        self.node(&format!("display-formula{}", hash(formula.id.as_ref())), |printer| {
            printer.run("label", &formula.label);
            for part in &formula.parts {
                match part {
                    FormulaPart::Math(formula) => printer.formula(formula),
                    FormulaPart::Text(text) => printer.run("text", text),
                    FormulaPart::Image(graphic) => printer.graphic(graphic),
                }
            }
        });
    }

    pub(super) fn formula(&mut self, formula: &Formula) {
        let mut line = format!("formula{}", hash(formula.id.as_ref()));
        row(&formula.body, self.leaves, &mut line);
        match &formula.alt {
            Some(alt) => self.node(&line, |printer| printer.value("alt", Some(alt))),
            None => self.line(&line),
        }
    }
}

fn row(row: &[Math], leaves: &Leaves, into: &mut String) {
    for math in row {
        into.push(' ');
        one(math, leaves, into);
    }
}

fn group<'m>(name: &str, items: impl IntoIterator<Item = &'m Math>, leaves: &Leaves, into: &mut String) {
    into.push('(');
    into.push_str(name);
    for math in items {
        into.push(' ');
        one(math, leaves, into);
    }
    into.push(')');
}

fn one(math: &Math, leaves: &Leaves, into: &mut String) {
    match math {
        Math::Token(shown) => token(shown, leaves, into),
        Math::Space(width) => into.push_str(&format!("(space {})", width.0)),
        Math::Row(items) => group("row", items, leaves, into),
        Math::Fraction(fraction) => {
            let name = match (fraction.line, fraction.slanted) {
                (false, _) => "stack",
                (true, true) => "slanted",
                (true, false) => "frac",
            };
            group(name, [&fraction.over, &fraction.under], leaves, into);
        }
        Math::Root(_) => group("root", math.children(), leaves, into),
        Math::Scripts(scripts) => {
            let name = match (&scripts.sub, &scripts.sup) {
                (Some(_), Some(_)) => "subsup",
                (None, Some(_)) => "sup",
                (Some(_) | None, None) => "sub",
            };
            group(name, math.children(), leaves, into);
        }
        Math::Limits(limits) => {
            let name = match (&limits.under, &limits.over) {
                (Some(_), Some(_)) => "underover",
                (None, Some(_)) => "over",
                (Some(_) | None, None) => "under",
            };
            group(name, math.children(), leaves, into);
        }
        Math::Multiscripts(scripts) => {
            into.push_str("(multiscripts ");
            one(&scripts.base, leaves, into);
            for (name, pairs) in [("after", &scripts.after), ("before", &scripts.before)] {
                for (sub, sup) in pairs {
                    into.push(' ');
                    group(name, sub.iter().chain(sup), leaves, into);
                }
            }
            into.push(')');
        }
        Math::Table(table) => {
            into.push_str(if table.close { "(system" } else { "(table" });
            for (name, lines) in [("columns", &table.column_lines), ("rows", &table.row_lines)] {
                if !lines.is_empty() {
                    let lines: Vec<String> = lines.iter().map(u32::to_string).collect();
                    into.push_str(&format!(" {name}|{}", lines.join("|")));
                }
            }
            for row in &table.rows {
                into.push_str(" (tr");
                if !row.label.is_empty() {
                    into.push(' ');
                    group("label", &row.label, leaves, into);
                }
                for cell in &row.cells {
                    into.push(' ');
                    let name = match cell.align {
                        CellAlign::Left => "left",
                        CellAlign::Center => "td",
                        CellAlign::Right => "right",
                    };
                    group(name, &cell.body, leaves, into);
                }
                into.push(')');
            }
            into.push(')');
        }
        Math::Fenced(Fenced { open, close, items, .. }) => group(&format!("fenced {open}{close}"), items, leaves, into),
        Math::Enclosed(notations, items) => {
            let names: Vec<&str> = notations.iter().map(|notation| notation_name(*notation)).collect();
            group(&format!("enclosed {}", names.join("+")), items, leaves, into);
        }
        Math::Phantom(items) => group("phantom", items, leaves, into),
        Math::Padded(padding, items) => {
            let width = padding.width.map(|width| format!(" width={}", width.0)).unwrap_or_default();
            group(&format!("padded{width}"), items, leaves, into);
        }
        Math::Styled(style, items) => {
            let display = style.display.map(|display| if display { " display" } else { " text" }).unwrap_or_default();
            let level = style.level.map(|level| format!(" {level}")).unwrap_or_default();
            group(&format!("style{display}{level}"), items, leaves, into);
        }
        Math::Error(items) => group("error", items, leaves, into),
    }
}

/// A token: its kind by a letter where it is no identifier, its text, its variant.
fn token(token: &Token, leaves: &Leaves, into: &mut String) {
    into.push_str(match token.kind {
        TokenKind::Identifier => "",
        TokenKind::Number => "n",
        TokenKind::Operator(_) => "o",
        TokenKind::Text => "t",
    });
    if let TokenText::Generated(_) = token.text {
        into.push('+');
    }
    into.push_str(&quoted(token.text.get(leaves)));
    if let TokenKind::Operator(operator) = token.kind {
        into.push_str(match operator.form {
            Some(Form::Prefix) => ":prefix",
            Some(Form::Infix) => ":infix",
            Some(Form::Postfix) => ":postfix",
            None => "",
        });
        into.push_str(match operator.stretchy {
            Some(true) => ":stretchy",
            Some(false) => ":fixed",
            None => "",
        });
    }
    if let Some(variant) = token.variant {
        into.push(':');
        into.push_str(variant.name());
    }
}

fn notation_name(notation: Notation) -> &'static str {
    match notation {
        Notation::Box => "box",
        Notation::RoundedBox => "roundedbox",
        Notation::Circle => "circle",
        Notation::Left => "left",
        Notation::Right => "right",
        Notation::Top => "top",
        Notation::Bottom => "bottom",
        Notation::UpStrike => "updiagonalstrike",
        Notation::DownStrike => "downdiagonalstrike",
        Notation::VerticalStrike => "verticalstrike",
        Notation::HorizontalStrike => "horizontalstrike",
        Notation::LongDivision => "longdiv",
        Notation::Radical => "radical",
        Notation::Arrow => "northeastarrow",
        Notation::PhasorAngle => "phasorangle",
    }
}
