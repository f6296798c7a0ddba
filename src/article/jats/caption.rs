//! Labels and captions, which figures and tables may have in several languages.
//!
//! 1. The first label and the first caption are those of the figure.
//! 2. A caption in a further language is a paragraph of its own below the first, headed by its label: “Fig. 1. Title”. Since JATS 1.3
//!    `label` and `caption` repeat for that.

use super::Reader;
use crate::lang::Lang;
use crate::model::block::{Block, Paragraph};
use crate::model::inline::{Inline, Inlines};
use crate::model::plain;
use crate::xml::Element;

/// The caption of a figure or table, as far as it has been read.
pub(super) struct Caption<'a> {
    pub label: &'a mut Inlines,
    pub title: &'a mut Inlines,
    pub blocks: &'a mut Vec<Block>,
    /// Labels in further languages, whose captions are still to come.
    pub waiting: &'a mut Vec<(Lang, Inlines)>,
}

impl Reader<'_> {
    /// `label`.
    pub(super) fn caption_label(&mut self, element: &Element, of: &mut Caption) {
        let (lang, run) = self.within(element, |reader| reader.run(element));
        match lang {
            Some(lang) if !of.label.is_empty() => of.waiting.push((lang, run)),
            Some(_) | None => of.label.extend(run),
        }
    }

    /// `caption`.
    pub(super) fn further_caption(&mut self, element: &Element, of: &mut Caption) {
        let (lang, (title, blocks)) = self.within(element, |reader| reader.caption(element));
        let is_further = !(of.title.is_empty() && of.blocks.is_empty());
        if let Some(lang) = lang.clone().filter(|_| is_further) {
            let title_less = title.is_empty();
            let mut head: Inlines = Vec::new();
            if let Some(at) = of.waiting.iter().position(|(other, _)| *other == lang) {
                head = of.waiting.remove(at).1;
                let stops = plain::title(&self.leaves, &head).ends_with(['.', ':']);
                head.push(Inline::Generated(if stops { " " } else { ". " }.to_owned()));
            }
            head.extend(title);
            let mut said = Vec::new();
            let mut blocks = blocks;
            match blocks.first_mut() {
                // The label runs into the first paragraph, as it does where there is a title.
                Some(Block::Paragraph(first)) if title_less && !head.is_empty() => {
                    first.body.splice(0..0, std::mem::take(&mut head));
                    first.continued = true;
                }
                Some(_) | None => {}
            }
            if !head.is_empty() {
                said.push(Block::Paragraph(Paragraph { id: None, continued: true, body: head, span: element.span }));
            }
            said.extend(blocks);
            of.blocks.extend(super::block::foreign(Some(lang), said));
            return;
        }
        super::contrib::append(of.title, " ", super::inline::foreign(lang.clone(), title));
        of.blocks.extend(super::block::foreign(lang, blocks));
    }
}

/// Labels that no caption followed stand behind the first.
pub(super) fn settle(label: &mut Inlines, waiting: Vec<(Lang, Inlines)>) {
    for (lang, run) in waiting {
        super::contrib::append(label, " / ", super::inline::foreign(Some(lang), run));
    }
}
