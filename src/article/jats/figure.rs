//! Figures and pictures.

use super::Reader;
use super::block::without;
use crate::leaf::Reason;
use crate::model::block::{Block, Figure};
use crate::model::inline::{Graphic, Inline, Inlines};
use crate::xml::{Element, Node};

impl Reader<'_> {
    /// `fig`: label, caption, pictures, and whatever stands in a picture's place.
    pub(super) fn figure(&mut self, element: &Element) -> Figure {
        let mut figure = self.empty_figure(element);
        self.fill_figure(element, &mut figure);
        figure
    }

    /// `fig-group`: a caption of its own, and figures inside it.
    pub(super) fn figure_group(&mut self, element: &Element) -> Figure {
        self.figure(element)
    }

    /// A `graphic` or `media` that stands among paragraphs: a figure, with the caption that it may have.
    pub(super) fn bare_graphic(&mut self, element: &Element) -> Vec<Block> {
        let mut figure = self.empty_figure(element);
        if element.name == "graphic" {
            figure.id = None;
            figure.graphics.push(self.graphic(element));
        }
        self.fill_figure(element, &mut figure);
        vec![Block::Figure(figure)]
    }

    /// `supplementary-material`: its label and caption; the file itself is no part of the page.
    pub(super) fn supplement(&mut self, element: &Element) -> Vec<Block> {
        let mut figure = self.empty_figure(element);
        self.fill_figure(element, &mut figure);
        let empty = figure.label.is_empty() && figure.title.is_empty() && figure.caption.is_empty() && figure.blocks.is_empty() && figure.graphics.is_empty();
        if empty { Vec::new() } else { vec![Block::Figure(figure)] }
    }

    fn empty_figure(&self, element: &Element) -> Figure {
        Figure {
            id: self.id(element),
            label: Vec::new(),
            title: Vec::new(),
            caption: Vec::new(),
            graphics: Vec::new(),
            blocks: Vec::new(),
            attribution: Vec::new(),
            span: element.tag,
        }
    }

    fn fill_figure(&mut self, element: &Element, figure: &mut Figure) {
        let mut alt = None;
        for node in &element.children {
            let child = match node {
                Node::Element(child) => child,
                Node::Text(_) => {
                    let blocks = self.flow(std::slice::from_ref(node), None, element.span);
                    figure.blocks.extend(blocks);
                    continue;
                }
            };
            match child.name.as_str() {
                "label" => figure.label.extend(self.run(child)),
                "caption" => {
                    let (lang, (title, blocks)) = self.within(child, |reader| reader.caption(child));
                    separate(&mut figure.title, &title);
                    figure.title.extend(super::inline::foreign(lang.clone(), title));
                    figure.caption.extend(super::block::foreign(lang, blocks));
                }
                "graphic" if without(child, &["alt-text", "long-desc"]).iter().all(|node| matches!(node, Node::Text(_))) => {
                    figure.graphics.push(self.graphic(child));
                }
                "alternatives" => self.alternative_pictures(child, figure),
                "alt-text" => {
                    alt = alt.or_else(|| Some(child.plain_text()));
                    self.omit(child, Reason::Description);
                }
                "attrib" => {
                    let attribution = self.title(child);
                    separate(&mut figure.attribution, &attribution);
                    figure.attribution.extend(attribution);
                }
                "object-id" | "kwd-group" | "subj-group" => self.omit(child, Reason::Metadata),
                _ => figure.blocks.extend(self.flow(std::slice::from_ref(node), None, child.span)),
            }
        }
        // A description of the whole figure serves the picture that has none.
        if let (Some(alt), Some(first)) = (alt, figure.graphics.first_mut()) {
            first.alt.get_or_insert(alt);
        }
    }

    /// `alternatives` in a figure: of several pictures one is set; anything else is content.
    fn alternative_pictures(&mut self, element: &Element, figure: &mut Figure) {
        let pictures: Vec<&Element> = element.children_named("graphic").collect();
        match best(&pictures) {
            Some(chosen) => {
                figure.graphics.push(self.graphic(chosen));
                self.omit(element, Reason::Alternative);
            }
            None => figure.blocks.extend(self.alternatives(element)),
        }
    }

    /// `caption`: its title, and what follows.
    pub(super) fn caption(&mut self, element: &Element) -> (Inlines, Vec<Block>) {
        let title = self.gathered(element, "title");
        let rest = without(element, &["title"]);
        (title, self.flow(&rest, None, element.span))
    }

    /// The pictures of an element that may hold them directly or as alternatives.
    pub(super) fn picture_of(&mut self, element: &Element) -> Vec<Graphic> {
        let pictures: Vec<&Element> = element.children_named("graphic").collect();
        let graphic = best(&pictures).map(|chosen| self.graphic(chosen));
        graphic.into_iter().collect()
    }
}

/// Of several forms of one picture, one whose format is taken; else the first.
fn best<'a>(pictures: &[&'a Element]) -> Option<&'a Element> {
    let taken = |element: &&&Element| {
        let href = element.value("xlink:href").unwrap_or_default().to_ascii_lowercase();
        [".svg", ".png", ".jpg", ".jpeg", ".gif"].iter().any(|extension| href.ends_with(extension))
    };
    pictures.iter().find(taken).or(pictures.first()).copied()
}

/// A blank between two runs that become one.
fn separate(before: &mut Inlines, after: &Inlines) {
    if !before.is_empty() && !after.is_empty() {
        before.push(Inline::Generated(" ".to_owned()));
    }
}
