//! Blanks that are in a master for its lines alone: a program that writes each element on a line of its own leaves one on either side of it.
//!
//! 1. “(”, the end of a line, `<xref>`: nobody has a blank behind an opening bracket, before a closing one, a comma or a full stop, and none before
//!    an index.
//! 2. Nor has anybody one beside a space that does not break: the master asks for that one, and for no other.
//! 3. Such a blank is taken away where the master has the end of a line in it. What was typed in a line stays as it is.

use crate::xml::{Element, Node};

/// What of a text is for the lines of the master: how it begins, how it ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Indent {
    /// Whether the blank before it is.
    pub(super) before: bool,
    /// Whether the blank behind it is.
    pub(super) behind: bool,
}

/// Looks at a text between its neighbours: whether an element stands before it, and what follows.
pub(super) fn indent(text: &str, after_element: bool, after: &[Node]) -> Indent {
    let (start, end) = (text.trim_start(), text.trim_end());
    let (lead, tail) = (&text[..text.len() - start.len()], &text[end.len()..]);
    // “1 – 4”, each number a reference of its own.
    let spans = after_element && start.trim_end() == "–" && matches!(after, [Node::Element(_), ..]);
    let before = after_element && is_broken(lead) && (closes(start) || holds_together(lead) || spans);
    let follows = match after {
        [Node::Element(next), rest @ ..] if end.is_empty() => after_element && (is_index(next, rest) || closes(next.plain_text().trim_start())),
        [Node::Element(next), rest @ ..] => {
            spans
                || end.ends_with(['(', '['])
                || holds_together(tail)
                || is_index(next, rest) && !is_leading(end, next, rest) && end.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | ']'))
        }
        _ => false,
    };
    Indent { before, behind: follows && is_broken(tail) }
}

/// Whether an element begins with a blank that has the end of a line in it.
pub(super) fn begins_broken(element: &Element) -> bool {
    match element.children.first() {
        Some(Node::Text(run)) => is_broken(&run.text[..run.text.len() - run.text.trim_start().len()]),
        Some(Node::Element(inner)) => begins_broken(inner),
        None => false,
    }
}

/// Whether an element ends with such a blank.
pub(super) fn ends_broken(element: &Element) -> bool {
    match element.children.last() {
        Some(Node::Text(run)) => is_broken(&run.text[run.text.trim_end().len()..]),
        Some(Node::Element(inner)) => ends_broken(inner),
        None => false,
    }
}

/// Whether what follows an element begins with a blank of its own, or with what nobody has a blank before.
pub(super) fn parts(after: &[Node]) -> bool {
    match after.first() {
        Some(Node::Text(run)) => run.text.starts_with(char::is_whitespace) || run.text.starts_with([',', '.', ';', ':', ')', ']']),
        Some(Node::Element(next)) => next.name == "sub" || next.name == "sup",
        None => false,
    }
}

/// Whether a blank has the end of a line in it.
fn is_broken(blank: &str) -> bool {
    blank.contains('\n')
}

/// Whether a blank has a space in it at which no line ends, wide or narrow.
fn holds_together(blank: &str) -> bool {
    blank.contains(['\u{a0}', '\u{202f}', '\u{2009}'])
}

/// Whether a text begins with a mark that stands right behind what it closes. Three stops are a word of their own, and so is “.5”.
fn closes(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some(')' | ']') => true,
        Some(',' | '.') => chars.next().is_none_or(|next| next.is_whitespace() || matches!(next, ')' | ']')),
        Some(_) | None => false,
    }
}

/// Whether an index belongs to what follows: a number between a word and a capital, as in “the <sup>3</sup><italic>P</italic> state”.
fn is_leading(before: &str, index: &Element, rest: &[Node]) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let text = index.plain_text();
    let is_number = index.name == "sup" && !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let mut next = rest.iter().filter(|node| !matches!(node, Node::Text(run) if run.text.trim().is_empty()));
    let capital = matches!(next.next(), Some(Node::Element(symbol)) if symbol.name == "italic" && symbol.plain_text().starts_with(char::is_uppercase));
    is_number && capital && word.chars().count() > 1 && word.ends_with(char::is_lowercase)
}

/// A subscript, or a superscript that belongs to what stands before it: one with a letter right behind it is the mass of an isotope.
fn is_index(element: &Element, rest: &[Node]) -> bool {
    match element.name.as_str() {
        "sub" => true,
        "sup" => !matches!(rest.first(), Some(Node::Text(next)) if next.text.starts_with(char::is_alphabetic)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::Log;
    use crate::source::Source;

    /// The text of a paragraph.
    fn said(paragraph: &str) -> String {
        let master = format!("<article><body><p>{}</p></body></article>", paragraph.replace('~', "\n   "));
        let mut log = Log::default();
        let source = Source::new("article.xml", master);
        let tree = crate::xml::parse(&mut log, &source).expect("well-formed");
        let article = crate::jats::read(&mut log, &tree).expect("an article");
        let Some(crate::model::block::Block::Paragraph(paragraph)) = article.body.first() else { panic!("no paragraph") };
        crate::model::plain::text(&article.leaves, &paragraph.body)
    }

    #[test]
    fn elements_on_lines_of_their_own_leave_no_blanks() {
        for (written, wanted) in [
            ("the state~<italic>D</italic>~<sub>0</sub>~(2550)~<sup>0</sup>~, and~[~<xref rid='a'>2</xref>~]", "the state D0 (2550)0, and [2]"),
            ("But~<sup>3</sup>~<italic>P</italic>~<sub>0</sub>~decay", "But 3 P0 decay"),
            ("with~<italic>J</italic>~<sup>~<italic>P</italic>~</sup>~= 0", "with JP = 0"),
            ("Table\u{a0}~<xref rid='a'>1</xref>~of 3~\u{2009}MeV", "Table\u{a0}1 of 3 \u{2009}MeV"),
            ("Figs.~<xref rid='a'>1</xref>~–~<xref rid='b'>4</xref>~and~<xref rid='a'>Fig. 2</xref>~<xref rid='a'>, 3</xref>", "Figs. 1–4 and Fig. 2, 3"),
            ("seen (~<xref rid='a'>~Fig. 2~</xref>~) by~<named-content>~Doe~</named-content>~, too", "seen (Fig. 2) by Doe, too"),
            ("in <italic>one</italic> line , as <italic>typed</italic> <sup>2</sup>", "in one line , as typed 2"),
        ] {
            assert_eq!(said(written), wanted, "{written}");
        }
    }
}
