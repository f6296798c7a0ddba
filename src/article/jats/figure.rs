//! Figures and pictures.

use super::Reader;
use super::block::without;
use super::caption::{Caption, settle};
use crate::lang::Lang;
use crate::leaf::Reason;
use crate::model::block::{Block, Figure, FigureKind, Paragraph, Stance};
use crate::model::inline::{Graphic, Inline, Inlines, Link, Style};
use crate::source::Span;
use crate::xml::{Element, Node};

impl Reader<'_> {
    /// `fig`: label, caption, pictures, and whatever stands in a picture's place.
    pub(super) fn figure(&mut self, element: &Element) -> Figure {
        let mut figure = self.empty_figure(element);
        let below = self.fill_figure(element, &mut figure);
        figure.caption.extend(below);
        figure
    }

    /// `fig-group`: a caption of its own, and figures inside it.
    pub(super) fn figure_group(&mut self, element: &Element) -> Figure {
        match self.in_one(element, "fig") {
            Some(one) => self.figure(&one),
            None => self.figure(element),
        }
    }

    /// A `graphic` that stands among paragraphs: a figure, with the caption that it may have.
    pub(super) fn bare_graphic(&mut self, element: &Element) -> Vec<Block> {
        let mut figure = self.empty_figure(element);
        figure.id = None;
        figure.graphics.push(self.graphic(element));
        let below = self.fill_figure(element, &mut figure);
        figure.caption.extend(below);
        vec![Block::Figure(figure)]
    }

    /// `media` among paragraphs: a picture where it names one, else the name of the film, the sound, the file.
    pub(super) fn media(&mut self, element: &Element) -> Vec<Block> {
        if is_picture(element) {
            return self.bare_graphic(element);
        }
        self.file(element, FigureKind::Media)
    }

    /// `supplementary-material`: its label, its caption, the name of the file.
    pub(super) fn supplement(&mut self, element: &Element) -> Vec<Block> {
        self.file(element, FigureKind::Supplement)
    }

    /// `chem-struct-wrap`: a chemical structure with its label and caption.
    pub(super) fn structure(&mut self, element: &Element) -> Vec<Block> {
        let mut figure = Figure { kind: FigureKind::Structure, ..self.empty_figure(element) };
        let below = self.fill_figure(element, &mut figure);
        figure.caption.extend(below);
        vec![Block::Figure(figure)]
    }

    fn file(&mut self, element: &Element, kind: FigureKind) -> Vec<Block> {
        let mut figure = Figure { kind, ..self.empty_figure(element) };
        let mut files = Vec::new();
        let below = self.fill_file(element, &mut figure, &mut files);
        name_files(&mut figure, files);
        figure.caption.extend(below);
        let is_said = [&figure.label, &figure.title, &figure.attribution].into_iter().any(|said| !said.is_empty());
        let empty = !is_said && figure.caption.is_empty() && figure.blocks.is_empty() && figure.graphics.is_empty();
        if empty { Vec::new() } else { vec![Block::Figure(figure)] }
    }

    /// What a file is called and says. `media` in `supplementary-material` is the file itself.
    fn fill_file(&mut self, element: &Element, figure: &mut Figure, files: &mut Vec<Inline>) -> Vec<Block> {
        // Some masters name one file of the material and of the `media` in it.
        let named = |files: &[Inline], name: &Inline| files.iter().any(|file| name_of(file) == name_of(name));
        files.extend(file_name(element).filter(|name| !named(files, name)));
        let mut rest = element.clone();
        let mut below = Vec::new();
        rest.children.clear();
        for node in &element.children {
            match node {
                Node::Element(child) if child.name == "media" && !is_picture(child) => {
                    self.anchor(child);
                    below.extend(self.fill_file(child, figure, files));
                }
                Node::Element(_) | Node::Text(_) => rest.children.push(node.clone()),
            }
        }
        below.extend(self.fill_figure(&rest, figure));
        below
    }

    fn empty_figure(&self, element: &Element) -> Figure {
        Figure {
            kind: FigureKind::Figure,
            id: self.id(element),
            stance: stance(element),
            label: Vec::new(),
            title: Vec::new(),
            caption: Vec::new(),
            graphics: Vec::new(),
            blocks: Vec::new(),
            attribution: Vec::new(),
            span: element.tag,
        }
    }

    /// Reads what stands in a figure. Beside it: what belongs below its caption, which are its summary, what its signs mean, and whose it is.
    fn fill_figure(&mut self, element: &Element, figure: &mut Figure) -> Vec<Block> {
        let mut below = Vec::new();
        let mut alt = None;
        let mut long_desc = None;
        let mut waiting = Vec::new();
        let second = second_forms(element);
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
                "label" => self.caption_label(child, &mut captions(figure, &mut waiting)),
                "caption" => self.further_caption(child, &mut captions(figure, &mut waiting)),
                "graphic" if without(child, &["alt-text", "long-desc"]).iter().all(|node| matches!(node, Node::Text(_)) || is_address_of_file(node)) => {
                    // The address of the picture's own file, which Pensoft and Elpub give.
                    for uri in child.children_named("uri") {
                        self.omit(uri, Reason::Metadata);
                    }
                    if second.contains(&child.span) {
                        self.omit(child, Reason::Alternative);
                    } else {
                        figure.graphics.push(self.graphic(child));
                    }
                }
                "alternatives" => self.alternative_pictures(child, figure),
                "p" if holds_pictures_alone(child) => {
                    self.anchor(child);
                    below.extend(self.fill_figure(child, figure));
                }
                "alt-text" => {
                    alt = alt.or_else(|| Some(child.plain_text()));
                    self.omit(child, Reason::Description);
                }
                "long-desc" => {
                    long_desc = long_desc.or_else(|| Some(child.plain_text())).filter(|text| !text.is_empty());
                    self.omit(child, Reason::Description);
                }
                "attrib" => {
                    let attribution = self.title(child);
                    super::contrib::append(&mut figure.attribution, " ", attribution);
                }
                "object-id" | "kwd-group" | "subj-group" => self.omit(child, Reason::Metadata),
                "abstract" | "legend" | "permissions" => below.extend(self.flow(std::slice::from_ref(node), None, child.span)),
                _ => figure.blocks.extend(self.flow(std::slice::from_ref(node), None, child.span)),
            }
        }
        settle(&mut figure.label, waiting);
        // A description of the whole figure serves the picture that has none.
        if let Some(first) = figure.graphics.first_mut() {
            first.alt = first.alt.take().or(alt);
            first.long_desc = first.long_desc.take().or(long_desc);
        }
        below
    }

    /// What stands in an element, without pictures that are another form of one beside them.
    pub(super) fn best_forms(&mut self, element: &Element) -> Vec<Node> {
        let second = second_forms(element);
        let is_second = |node: &&Node| matches!(node, Node::Element(child) if second.contains(&child.span));
        for node in element.children.iter().filter(is_second) {
            if let Node::Element(form) = node {
                self.omit(form, Reason::Alternative);
            }
        }
        element.children.iter().filter(|node| !is_second(node)).cloned().collect()
    }

    /// `alternatives` in a figure: of several pictures one is set; anything else is content.
    fn alternative_pictures(&mut self, element: &Element, figure: &mut Figure) {
        let pictures: Vec<&Element> = element.children_named("graphic").collect();
        match best(&pictures) {
            Some(chosen) => {
                figure.graphics.push(self.graphic(chosen));
                self.omit(element, Reason::Alternative);
                // A still stands for a film, which keeps its name.
                let films = element.children_named("media").filter(|media| !is_picture(media)).filter_map(file_name).collect();
                name_files(figure, films);
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

/// How an element wants to stand on the page: `@position` and `@orientation`, which figures and tables have in common.
pub(super) fn stance(element: &Element) -> Stance {
    Stance { is_anchored: element.value("position") == Some("anchor"), is_turned: element.value("orientation") == Some("landscape") }
}

/// Whether a paragraph holds pictures and no word: it says no more than its pictures would beside the caption.
fn holds_pictures_alone(paragraph: &Element) -> bool {
    paragraph.elements().next().is_some()
        && paragraph.children.iter().all(|node| match node {
            Node::Element(child) => child.name == "graphic",
            Node::Text(run) => crate::xml::is_blank(&run.text),
        })
}

/// `uri[@content-type="original_file"]` in a `graphic`: where the publisher keeps the picture.
fn is_address_of_file(node: &Node) -> bool {
    matches!(node, Node::Element(element) if element.name == "uri" && element.value("content-type") == Some("original_file"))
}

/// Pictures of a figure that are another form of one beside them: they have its name with another extension, or one is said to be for print and
/// the other for screens. All but the best form of each.
fn second_forms(element: &Element) -> Vec<Span> {
    let mut forms: Vec<Vec<&Element>> = Vec::new();
    for picture in element.children_named("graphic") {
        match forms.last_mut() {
            Some(group)
                if group.iter().any(|form| is_same_picture(form, picture))
                    && !group.iter().any(|form| media(form).is_some() && media(form) == media(picture)) =>
            {
                group.push(picture);
            }
            Some(_) | None => forms.push(vec![picture]),
        }
    }
    let others = |group: &Vec<&Element>| {
        let best = best(group).map(|best| best.span);
        group.iter().map(|form| form.span).filter(|span| Some(*span) != best).collect::<Vec<_>>()
    };
    forms.iter().flat_map(others).collect()
}

/// What a picture is said to be for, in the words of publishers.
fn media(element: &Element) -> Option<&'static str> {
    let said = element.value("content-type").or_else(|| element.value("specific-use"))?.to_ascii_lowercase();
    ["print", "online", "web", "html", "high", "low", "thumbnail"].into_iter().find(|word| *word == said)
}

fn is_same_picture(one: &Element, other: &Element) -> bool {
    let stem = |element: &Element| {
        let href = element.value("xlink:href").unwrap_or_default().to_ascii_lowercase();
        href.rsplit_once('.').map(|(stem, extension)| (stem.to_owned(), extension.to_owned()))
    };
    let renamed = matches!((stem(one), stem(other)), (Some((one, is)), Some((other, was))) if one == other && is != was && !one.is_empty());
    renamed || matches!((media(one), media(other)), (Some(one), Some(other)) if one != other)
}

/// Of several forms of one picture, one whose format is taken; else the first; a small one only where there is no other.
fn best<'a>(pictures: &[&'a Element]) -> Option<&'a Element> {
    let taken = |element: &&&Element| {
        let href = element.value("xlink:href").unwrap_or_default().to_ascii_lowercase();
        [".svg", ".png", ".jpg", ".jpeg", ".gif"].iter().any(|extension| href.ends_with(extension))
    };
    let large = |element: &&&Element| !matches!(media(element), Some("low" | "thumbnail"));
    pictures.iter().find(|picture| taken(picture) && large(picture)).or_else(|| pictures.iter().find(taken)).or(pictures.first()).copied()
}

fn captions<'a>(figure: &'a mut Figure, waiting: &'a mut Vec<(Lang, Inlines)>) -> Caption<'a> {
    Caption { label: &mut figure.label, title: &mut figure.title, blocks: &mut figure.caption, waiting }
}

/// The address or the name of a file, as it is shown: an address is a link.
pub(super) fn file_name(element: &Element) -> Option<Inline> {
    let href = element.value("xlink:href").or_else(|| element.value("href"))?;
    let body = vec![Inline::Styled(Style::Monospace, vec![Inline::Generated(href.to_owned())])];
    Some(match super::inline::usable(href) {
        Some(href) => Inline::Link(Link { href, body, span: element.tag }),
        None => body.into_iter().next()?,
    })
}

/// The name of a file that [`file_name`] shows.
fn name_of(file: &Inline) -> Option<&str> {
    match file {
        Inline::Generated(name) => Some(name),
        Inline::Styled(_, body) | Inline::Link(Link { body, .. }) => name_of(body.first()?),
        Inline::Text(_)
        | Inline::Foreign(..)
        | Inline::Xref(_)
        | Inline::Note(_)
        | Inline::Image(_)
        | Inline::Formula(_)
        | Inline::Ruby(..)
        | Inline::Break
        | Inline::Place(_) => None,
    }
}

/// Puts the names of files at the end of a caption, in brackets where words stand before them.
fn name_files(figure: &mut Figure, files: Vec<Inline>) {
    if files.is_empty() {
        return;
    }
    let mut names = Inlines::new();
    for file in files {
        super::contrib::append(&mut names, ", ", vec![file]);
    }
    match figure.caption.last_mut() {
        Some(Block::Paragraph(paragraph)) => {
            paragraph.body.push(Inline::Generated(" (".to_owned()));
            paragraph.body.extend(names);
            paragraph.body.push(Inline::Generated(")".to_owned()));
        }
        Some(_) | None => figure.caption.push(Block::Paragraph(Paragraph { id: None, continued: true, body: names, span: figure.span })),
    }
}

/// Whether a file is a picture, by what is said of it or by its name.
pub(super) fn is_picture(element: &Element) -> bool {
    let href = element.value("xlink:href").unwrap_or_default().to_ascii_lowercase();
    element.value("mimetype") == Some("image")
        || [".svg", ".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".webp"].iter().any(|extension| href.ends_with(extension))
}
