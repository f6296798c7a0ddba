//! The calls of a forme that show text.
//!
//! 1. [`gather`] lists them in the order of the code, each by its span: the n-th is the n-th piece of the forme's list.

use typst::syntax::{Span, SyntaxKind, SyntaxNode};

/// How what a call shows is held against its leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// `t`: sign by sign.
    Text,
    /// `s`: by the letters that the signs stand for, for maths has letters of its own.
    Sign,
    /// `acc`: the one glyph that has this span is the sign, whatever form of it the font has.
    Accent,
}

/// The spans of these calls, in the order in which they begin in the code; `many` is how many there will be.
#[must_use]
pub fn gather(root: &SyntaxNode, many: usize) -> Vec<(Span, Shows)> {
    let mut spans = Vec::with_capacity(many);
    add(root, &mut spans);
    spans
}

fn add(node: &SyntaxNode, into: &mut Vec<(Span, Shows)>) {
    let callee = node.children().next().filter(|callee| node.kind() == SyntaxKind::FuncCall && callee.kind() == SyntaxKind::Ident);
    match callee.map(|callee| callee.leaf_text().as_str()) {
        Some("t") => return into.push((node.span(), Shows::Text)),
        Some("s") => return into.push((node.span(), Shows::Sign)),
        // What stands below an accent is calls of its own.
        Some("acc") => into.push((node.span(), Shows::Accent)),
        Some(_) | None => {}
    }
    for child in node.children() {
        add(child, into);
    }
}
