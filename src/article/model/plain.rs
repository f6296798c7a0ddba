//! Inlines as plain text, for labels, metadata and questions about them.

use super::block::Block;
use super::inline::{Inline, XrefKind};
use super::walk::{Visit, walk_block, walk_inlines};
use crate::leaf::Leaves;

/// All that a run shows, but for the text of notes and for pictures. A forced line end is a blank.
#[must_use]
pub fn text(leaves: &Leaves, inlines: &[Inline]) -> String {
    let mut text = String::new();
    write(leaves, inlines, Marks::Kept, &mut text);
    text
}

/// The same without marks of notes and affiliations and with blanks folded: what a title says where it stands alone.
#[must_use]
pub fn title(leaves: &Leaves, inlines: &[Inline]) -> String {
    let mut text = String::new();
    write(leaves, inlines, Marks::Dropped, &mut text);
    fold(&text)
}

/// Blocks as lines of plain text: one for each title, paragraph, label or line of them, without marks of notes.
#[must_use]
pub fn lines(leaves: &Leaves, blocks: &[Block]) -> Vec<String> {
    let mut gatherer = Gatherer { leaves, lines: Vec::new() };
    for block in blocks {
        gatherer.block(block);
    }
    gatherer.lines
}

/// Runs of white space as one blank, none at the ends.
#[must_use]
pub fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Texts with something between two of them. Empty ones are left out.
pub(crate) fn join(parts: &[&str], between: &str) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(between)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Marks {
    Kept,
    Dropped,
}

fn write(leaves: &Leaves, inlines: &[Inline], marks: Marks, into: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(leaf) => into.push_str(leaves.text(*leaf)),
            Inline::Generated(text) => into.push_str(text),
            Inline::Styled(_, body) | Inline::Foreign(_, body) => write(leaves, body, marks, into),
            Inline::Ruby(base, above) => {
                write(leaves, base, marks, into);
                into.push_str(" (");
                write(leaves, above, marks, into);
                into.push(')');
            }
            Inline::Link(link) => write(leaves, &link.body, marks, into),
            Inline::Xref(xref) => match xref.kind {
                XrefKind::Citation | XrefKind::Other => write(leaves, &xref.body, marks, into),
                XrefKind::Affiliation | XrefKind::Correspondence | XrefKind::Note | XrefKind::TableNote => {
                    if marks == Marks::Kept {
                        write(leaves, &xref.body, marks, into);
                    }
                }
            },
            Inline::Formula(formula) => into.push_str(&formula.plain(leaves)),
            Inline::Note(_) | Inline::Image(_) | Inline::Place(_) => {}
            Inline::Break => into.push(' '),
        }
    }
}

struct Gatherer<'a> {
    leaves: &'a Leaves,
    lines: Vec<String>,
}

impl Visit for Gatherer<'_> {
    fn block(&mut self, block: &Block) {
        walk_block(self, block);
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        let line = title(self.leaves, inlines);
        if line.is_empty() {
            walk_inlines(self, inlines);
        } else {
            self.lines.push(line);
        }
    }

    fn inline(&mut self, _: &Inline) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leaf::Leaf;
    use crate::model::Id;
    use crate::model::inline::{Note, Style, Xref};
    use crate::source::Span;

    #[test]
    fn marks_are_text_but_no_part_of_a_title() {
        let mut leaves = Leaves::default();
        let mut leaf = |text: &str| {
            Inline::Text(leaves.add(Leaf { text: text.to_owned(), span: Span::default(), element: "p".to_owned(), lang: crate::lang::Lang::english() }))
        };
        let mark = Xref { id: None, kind: XrefKind::Note, rids: vec![Id("n".to_owned())], body: vec![leaf("*")], narrative: false, span: Span::default() };
        let note = Note { id: None, kind: None, mark: vec![leaf("1")], label: Vec::new(), body: Vec::new(), span: Span::default() };
        let run = vec![
            leaf("On "),
            Inline::Styled(Style::Italic, vec![leaf("E. coli")]),
            Inline::Xref(mark),
            Inline::Break,
            leaf("again"),
            Inline::Note(Box::new(note)),
        ];
        assert_eq!(text(&leaves, &run), "On E. coli* again");
        assert_eq!(title(&leaves, &run), "On E. coli again");
    }
}
