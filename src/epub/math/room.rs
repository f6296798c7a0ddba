//! The room beside names of functions: “sin x”, which MathML Core sets as “sinx”.
//!
//! 1. [`parted`] looks at each two neighbours of a row.
//! 2. Where one is a function and the other what it is applied to, or a factor before it, a thin space stands between; operators and brackets bring
//!    their own.

use article::functions::is_function;
use article::leaf::Leaves;
use article::model::math::{Math, Token, TokenKind};

/// A thin space, in em: three eighteenths, the three mu of TeX.
pub(super) const THIN: &str = "0.167em";

/// Whether a thin space stands between two neighbours of a row.
pub(super) fn parted(one: &Math, other: &Math, leaves: &Leaves) -> bool {
    let (before, behind) = (function(one, leaves), function(other, leaves));
    (before && (behind || is_operand(other, leaves))) || (behind && is_operand(one, leaves))
}

/// Whether a piece is the name of a function, with what stands at it: “log₂”.
fn function(math: &Math, leaves: &Leaves) -> bool {
    match math.core() {
        Math::Token(Token { kind: TokenKind::Identifier, text, .. }) => is_function(text.get(leaves)),
        Math::Scripts(scripts) => function(&scripts.base, leaves),
        Math::Limits(limits) => function(&limits.base, leaves),
        Math::Token(_)
        | Math::Row(_)
        | Math::Space(_)
        | Math::Fraction(_)
        | Math::Root(_)
        | Math::Multiscripts(_)
        | Math::Table(_)
        | Math::Fenced(_)
        | Math::Enclosed(..)
        | Math::Phantom(_)
        | Math::Padded(..)
        | Math::Styled(..)
        | Math::Error(_) => false,
    }
}

/// Whether a piece is something that a function is applied to: no operator, no bracket, no space.
fn is_operand(math: &Math, leaves: &Leaves) -> bool {
    match math.core() {
        Math::Token(token) => match token.kind {
            TokenKind::Identifier | TokenKind::Number => !token.text.get(leaves).trim().is_empty(),
            TokenKind::Operator(_) | TokenKind::Text => false,
        },
        Math::Fraction(_) | Math::Root(_) | Math::Scripts(_) | Math::Limits(_) | Math::Multiscripts(_) => true,
        Math::Row(row) => row.first().is_some_and(|first| is_operand(first, leaves)),
        Math::Space(_) | Math::Table(_) | Math::Fenced(_) | Math::Enclosed(..) | Math::Phantom(_) | Math::Padded(..) | Math::Styled(..) | Math::Error(_) => {
            false
        }
    }
}

/// Whether a piece is an invisible operator, such as U+2061, function application.
pub(super) fn is_invisible(math: &Math, leaves: &Leaves) -> bool {
    matches!(math, Math::Token(token) if token.text.get(leaves).chars().all(|c| matches!(c, '\u{2061}'..='\u{2064}')))
}
