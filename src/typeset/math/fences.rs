//! Which brackets of a row belong together, and which of them grow.
//!
//! MathML lets every bracket grow with its row. Here a pair grows where something tall stands between its two: brackets around letters keep
//! their size, and a line can be broken between them, as printers have it.

use article::functions::takes_limits;
use article::leaf::Leaves;
use article::model::math::{Form, Math, Operator, Token, TokenKind};

use super::token;

/// A pair of brackets by their places in the row; one of them may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fence {
    pub(super) open: Option<usize>,
    pub(super) close: Option<usize>,
    pub(super) grows: bool,
}

/// What a sign is among brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Open,
    Close,
    Bar,
    None,
}

/// What a sign is by itself.
pub(super) fn role(sign: &str) -> Role {
    match sign.trim() {
        "(" | "[" | "{" | "⟨" | "\u{2329}" | "\u{3008}" | "⌈" | "⌊" | "⟦" | "⟮" | "⦅" => Role::Open,
        ")" | "]" | "}" | "⟩" | "\u{232a}" | "\u{3009}" | "⌉" | "⌋" | "⟧" | "⟯" | "⦆" => Role::Close,
        "|" | "‖" | "∣" | "∥" | "||" => Role::Bar,
        _ => Role::None,
    }
}

/// The operator that a piece is, or that its scripts stand at.
fn bracket<'m>(math: &'m Math, leaves: &'m Leaves) -> Option<(Operator, &'m str, bool)> {
    let (core, scripted) = match math.core() {
        Math::Scripts(scripts) => (scripts.base.core(), true),
        core => (core, false),
    };
    match core {
        Math::Token(Token { kind: TokenKind::Operator(operator), text, .. }) => Some((*operator, text.get(leaves).trim(), scripted)),
        _ => None,
    }
}

/// Whether a piece is a bar, which may be a bracket.
pub(super) fn is_bar(math: &Math, leaves: &Leaves) -> bool {
    bracket(math, leaves).is_some_and(|(_, sign, scripted)| !scripted && role(sign) == Role::Bar)
}

/// The pairs of a row.
pub(super) fn pairs(row: &[&Math], leaves: &Leaves) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut open: Vec<(usize, Role, Option<bool>)> = Vec::new();
    for (at, math) in row.iter().enumerate() {
        let Some((operator, sign, scripted)) = bracket(math, leaves) else { continue };
        let role = match (role(sign), operator.form) {
            (Role::Bar, Some(Form::Prefix)) if !scripted => Role::Open,
            (Role::Bar, Some(Form::Postfix)) => Role::Close,
            (Role::Bar, _) if scripted || open.iter().any(|(_, role, _)| *role == Role::Bar) => Role::Bar,
            (Role::Open, Some(Form::Postfix)) => Role::Close,
            (Role::Close, Some(Form::Prefix)) => Role::Open,
            (role, _) => role,
        };
        match role {
            Role::Open if !scripted => open.push((at, Role::Open, operator.stretchy)),
            Role::Close => {
                // A bar that no other closed stands for itself.
                while open.last().is_some_and(|(_, role, _)| *role == Role::Bar) {
                    open.pop();
                }
                let from = open.pop();
                let fixed = operator.stretchy == Some(false) || from.is_some_and(|(_, _, stretchy)| stretchy == Some(false));
                let start = from.map_or(0, |(at, ..)| at + 1);
                // One without a partner, as behind the `\left.` of TeX, grows where the master says so.
                let may = !fixed && (from.is_some() || operator.stretchy == Some(true));
                let grows = may && row.get(start..at).unwrap_or_default().iter().any(|math| is_tall(math, leaves));
                found.push(Fence { open: from.map(|(at, ..)| at), close: Some(at), grows });
            }
            Role::Bar => match open.last() {
                Some((from, Role::Bar, stretchy)) => {
                    let grows = *stretchy != Some(false)
                        && operator.stretchy != Some(false)
                        && row.get(from + 1..at).unwrap_or_default().iter().any(|math| is_tall(math, leaves));
                    found.push(Fence { open: Some(*from), close: Some(at), grows });
                    open.pop();
                }
                Some(_) | None if !scripted && begins(row, at, leaves) => open.push((at, Role::Bar, operator.stretchy)),
                Some(_) | None => {}
            },
            Role::Open | Role::None => {}
        }
    }
    // What is never closed, such as the brace of cases, reaches to the end.
    for (at, role, stretchy) in open {
        let grows = role == Role::Open && stretchy != Some(false) && row.get(at + 1..).unwrap_or_default().iter().any(|math| is_tall(math, leaves));
        found.push(Fence { open: Some(at), close: None, grows });
    }
    found
}

/// Whether a bar at this place can begin something: nothing stands before it that it could follow.
fn begins(row: &[&Math], at: usize, leaves: &Leaves) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|before| row.get(before)) else { return true };
    match before.core() {
        Math::Token(Token { kind: TokenKind::Operator(_), text, .. }) => role(text.get(leaves)) != Role::Close && !matches!(text.get(leaves).trim(), "!" | "′"),
        Math::Space(_) => true,
        Math::Limits(limits) => token_is_big(&limits.base, leaves),
        Math::Scripts(scripts) => token_is_big(&scripts.base, leaves),
        // A bar after a letter and before the end of a fraction or a set is more often “given” than an opening one.
        _ => row.iter().skip(at + 1).any(|math| is_bar(math, leaves)),
    }
}

fn token_is_big(math: &Math, leaves: &Leaves) -> bool {
    matches!(math.core(), Math::Token(token) if token::is_big(token.text.get(leaves).trim()))
}

/// Whether something is taller than a letter with its scripts.
pub(super) fn is_tall(math: &Math, leaves: &Leaves) -> bool {
    match math {
        Math::Fraction(fraction) => !fraction.slanted,
        Math::Table(_) => true,
        Math::Limits(limits) => {
            limits.under.is_some() && !matches!(limits.base.core(), Math::Token(token) if takes_limits(token.text.get(leaves)))
                || limits.base.children().iter().any(|child| is_tall(child, leaves))
                || token_is_big(&limits.base, leaves)
        }
        Math::Token(token) => token::is_big(token.text.get(leaves).trim()),
        Math::Space(_) | Math::Phantom(_) => false,
        Math::Row(_)
        | Math::Root(_)
        | Math::Scripts(_)
        | Math::Multiscripts(_)
        | Math::Fenced(_)
        | Math::Enclosed(..)
        | Math::Padded(..)
        | Math::Styled(..)
        | Math::Error(_) => math.children().iter().any(|child| is_tall(child, leaves)),
    }
}
