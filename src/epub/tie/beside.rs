//! What touches a formula in the line stays with it: readers end a line on either side of one, as they do on either side of a Chinese
//! character (CSS Text 3, 5.1: an atomic inline is treated like the class ID), and of a picture.
//!
//! 1. [`tie`] looks at each formula and each picture among the words of a paragraph.
//! 2. The signs and letters that touch it, up to a blank or a hyphen, and the raised marks behind it go with it into a span of the class `tie`.

use article::lang::is_cjk;
use article::leaf::Leaves;

use super::{part, text};
use crate::dom::{Element, Node};

/// A word that touches a formula has no more letters, or both could be too long for a line.
const WORD: usize = 12;

/// So many signs may touch a formula that fills a line of its own.
const SIGNS: usize = 3;

/// So many formulas may stand behind another without a blank in one stretch.
const OTHERS: usize = 2;

/// The nodes of an element, with its formulas tied to what touches them.
pub(super) fn tie(nodes: Vec<Node>, leaves: &Leaves) -> Vec<Node> {
    if !nodes.iter().any(is_among_words) {
        return nodes;
    }
    let mut tied: Vec<Node> = Vec::with_capacity(nodes.len());
    let mut rest = nodes.into_iter().peekable();
    while let Some(node) = rest.next() {
        if !is_among_words(&node) {
            tied.push(node);
            continue;
        }
        let most = if is_long(&node) { SIGNS } else { WORD };
        let mut held: Vec<Node> = before(&mut tied, leaves, most).into_iter().collect();
        let mut left = None;
        let mut formula = Some(node);
        for others in 0.. {
            held.extend(formula.take());
            while let Some(mark) = rest.next_if(is_raised) {
                held.push(mark);
            }
            if let Some(next) = rest.next_if(|next| text(next, leaves).is_some()) {
                let behind = text(&next, leaves).unwrap_or_default();
                let at = touching(behind.chars(), most, Side::Behind);
                held.extend(part(&next, leaves, 0..at));
                left = part(&next, leaves, at..behind.len());
            }
            // “[a,b]”: no blank parts one formula from the next.
            formula = rest.next_if(|next| left.is_none() && most == WORD && others < OTHERS && is_among_words(next) && !is_long(next));
            if formula.is_none() {
                break;
            }
        }
        match <[Node; 1]>::try_from(held) {
            Ok([alone]) => tied.push(alone),
            Err(held) => tied.push(Element::new("span").class("tie").children(held).into()),
        }
        tied.extend(left);
    }
    tied
}

/// A formula or a picture among words.
fn is_among_words(node: &Node) -> bool {
    let Node::Element(element) = node else { return false };
    (element.name == "math" && element.get("display") != Some("block")) || element.name == "img" || is_long(node)
}

/// A formula that can be moved in a box of its own.
fn is_long(node: &Node) -> bool {
    matches!(node, Node::Element(element) if element.get("class") == Some("long-formula"))
}

/// An index, an exponent or the mark of a note.
fn is_raised(node: &Node) -> bool {
    matches!(node, Node::Element(element) if matches!(element.name, "sup" | "sub"))
}

/// Takes from the end of `tied` what touches the formula behind it.
fn before(tied: &mut Vec<Node>, leaves: &Leaves, most: usize) -> Option<Node> {
    let last = tied.pop()?;
    if is_tied_text(&last) {
        return Some(last);
    }
    let Some(whole) = text(&last, leaves) else {
        tied.push(last);
        return None;
    };
    let at = whole.len() - touching(whole.chars().rev(), most, Side::Before);
    let held = part(&last, leaves, at..whole.len());
    tied.extend(part(&last, leaves, 0..at));
    held
}

/// Words that are tied already, and no formula.
fn is_tied_text(node: &Node) -> bool {
    let Node::Element(element) = node else { return false };
    element.get("class") == Some("tie") && matches!(element.children.as_slice(), [Node::Text(_) | Node::Leaf(_) | Node::Piece(..)])
}

/// On which side of a formula a text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Behind,
}

/// How many bytes of a text touch the formula beside it: its characters as they are read from the formula on. A line may end behind a hyphen in a word, a dash or a slash.
fn touching(chars: impl Iterator<Item = char>, most: usize, side: Side) -> usize {
    let mut chars = chars.take_while(|char| !char.is_whitespace() && *char != '\u{200b}' && !is_cjk(*char)).peekable();
    let mut found: Vec<char> = Vec::new();
    while let Some(char) = chars.next() {
        let parts = matches!(char, '-' | '\u{2010}' | '–' | '—' | '/');
        if parts && side == Side::Before && chars.peek().is_some_and(|before| before.is_alphanumeric()) {
            break;
        }
        found.push(char);
        if parts && side == Side::Behind {
            break;
        }
    }
    if found.len() > most {
        let signs = found.iter().take_while(|char| !char.is_alphanumeric()).count();
        found.truncate(if signs > SIGNS { 0 } else { signs });
    }
    found.into_iter().map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formula() -> Node {
        Element::new("math").with("display", "inline").children([Element::new("mi").text("x").into()]).into()
    }

    fn words(text: &str) -> Node {
        Node::Text(text.to_owned())
    }

    /// The nodes with each span as angle brackets and each formula as `x`.
    fn shown(nodes: &[Node]) -> String {
        nodes
            .iter()
            .map(|node| match node {
                Node::Element(element) if element.name == "span" => format!("‹{}›", shown(&element.children)),
                Node::Element(element) if element.name == "math" => "x".to_owned(),
                Node::Element(element) => format!("^{}", shown(&element.children)),
                Node::Text(text) => text.clone(),
                Node::Leaf(_) | Node::Piece(..) | Node::Lettered(..) => "?".to_owned(),
            })
            .collect()
    }

    fn tied(before: &str, behind: &str) -> String {
        let nodes = [before, behind].map(words);
        let [before, behind] = nodes;
        shown(&tie(vec![before, formula(), behind], &Leaves::default()))
    }

    #[test]
    fn brackets_and_marks_stay_with_their_formula() {
        assert_eq!(tied("the set (", "), where"), "the set ‹(x),› where");
        assert_eq!(tied("of “[", "]” and"), "of ‹“[x]”› and");
        assert_eq!(tied("is ", " here"), "is x here");
    }

    #[test]
    fn words_stay_up_to_a_blank_or_a_hyphen() {
        assert_eq!(tied("by ", "-means of"), "by ‹x-›means of");
        assert_eq!(tied("a log", "-value"), "a ‹logx-›value");
        assert_eq!(tied("semi-", "."), "semi-‹x.›");
        assert_eq!(tied("at −", "—or so"), "at ‹−x—›or so");
        assert_eq!(tied("at (-", ""), "at ‹(-x›");
        assert_eq!(tied("集合（", "）是"), "集合‹（x）›是");
        assert_eq!(tied("Donaudampfschiff", "gesellschaftsrat,"), "Donaudampfschiffxgesellschaftsrat,");
        assert_eq!(tied("Donaudampfschiff(", ")gesellschaft"), "Donaudampfschiff‹(x)›gesellschaft");
    }

    #[test]
    fn raised_marks_and_what_is_tied_already_come_along() {
        let mark: Node = Element::new("sup").text("2").into();
        let text = Element::new("span").class("tie").children([words("P <")]).into();
        let nodes = tie(vec![text, formula(), mark, words(", and")], &Leaves::default());
        assert_eq!(shown(&nodes), "‹‹P <›x^2,› and");
        let both = tie(vec![words("("), formula(), formula(), words(")")], &Leaves::default());
        assert_eq!(shown(&both), "‹(xx)›");
        let pair = tie(vec![words("in ["), formula(), words(","), formula(), words("]. So")], &Leaves::default());
        assert_eq!(shown(&pair), "in ‹[x,x].› So");
        let row = tie(vec![formula(), formula(), formula(), formula(), words(" so")], &Leaves::default());
        assert_eq!(shown(&row), "‹xxx›x so");
    }

    #[test]
    fn a_formula_that_fills_a_line_keeps_its_signs_alone() {
        let long = Element::new("span").class("long-formula").children([formula()]).into();
        assert_eq!(shown(&tie(vec![words("with log("), long, words("), so")], &Leaves::default())), "with log‹(‹x›),› so");
        let block = Element::new("math").with("display", "block").into();
        assert_eq!(shown(&tie(vec![words("("), block, words(")")], &Leaves::default())), "(x)");
    }
}
