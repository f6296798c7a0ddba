//! Text that stands where no text may: in a `colgroup`, between two rows, inside a `graphic`.
//!
//! 1. An article is read without regard to it; nearly every article has none.
//! 2. Where the audit then finds text without a place, the article is read once more, and [`Reader::rescued`] looks after each element for
//!    what its reader passed over: such text is set right behind the element, with a warning.

use super::Reader;
use crate::code::Code;
use crate::diag::Diagnostic;
use crate::model::block::{Block, Paragraph};
use crate::model::inline::{Inline, Inlines};
use crate::xml::{Element, Node, is_blank};

impl Reader<'_> {
    /// The text of an element that found no place in it, as a run.
    pub(super) fn rescued(&mut self, element: &Element) -> Inlines {
        let mut found = Inlines::new();
        if self.rescuing {
            self.rescue(element, &mut found);
        }
        found
    }

    /// The same as a paragraph.
    pub(super) fn rescued_block(&mut self, element: &Element) -> Option<Block> {
        let mut body = self.rescued(element);
        self.tidy(&mut body);
        (!body.is_empty()).then_some(Block::Paragraph(Paragraph { id: None, continued: true, body, span: element.span }))
    }

    fn rescue(&mut self, element: &Element, found: &mut Inlines) {
        for child in &element.children {
            match child {
                Node::Element(child) => self.rescue(child, found),
                Node::Text(run) if is_blank(&run.text) || self.struck.get(run.no).copied().unwrap_or(true) => {}
                Node::Text(run) => {
                    let name = &element.name;
                    self.log.push(
                        Diagnostic::new(Code::StrayText, format!("text stands in `{name}` where none may, and is set behind it"))
                            .at(run.span)
                            .hint("put the text where it belongs"),
                    );
                    if !found.is_empty() {
                        found.push(Inline::Generated(" ".to_owned()));
                    }
                    found.extend(self.leaf(run, name).into_iter().map(Inline::Text));
                }
            }
        }
    }
}
