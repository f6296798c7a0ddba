//! Figures, pictures, captions.

use article::lang::label::Label;
use article::model::block::{Block, Figure, FigureKind};
use article::model::inline::{Graphic, Inlines};
use article::model::plain;

use crate::dom::{Element, Node};
use crate::writer::{Entry, Float, Writer, ends_with_stop, trimmed};

/// The longest title that a list of figures shows whole, in characters.
const LONG: usize = 140;

/// How much of a caption a list of figures shows, in characters.
const SHORT: usize = 80;

impl Writer<'_> {
    /// A figure: its pictures, what stands in it, its caption.
    pub(crate) fn figure(&mut self, figure: &Figure) -> Node {
        let class = match figure.kind {
            FigureKind::Figure => "figure",
            FigureKind::Structure => "figure structure",
            FigureKind::Media => "figure media",
            FigureKind::Supplement => "supplement",
        };
        let id = match figure.kind {
            FigureKind::Figure if !figure.label.is_empty() => {
                let id = self.ids.set_or(figure.id.as_ref(), "figure");
                self.list_float(Float::Figure, &id, (&figure.label, &figure.title, &figure.caption));
                Some(id)
            }
            FigureKind::Figure | FigureKind::Structure | FigureKind::Media | FigureKind::Supplement => self.ids.set(figure.id.as_ref()),
        };
        let mut element = Element::new("figure").class(class).id(id);
        let stand_in = self.stand_in(&figure.label, &figure.title);
        for graphic in &figure.graphics {
            element = element.children(self.graphic(graphic, &stand_in));
        }
        let listed = self.floats.len();
        element = element.children(self.blocks(&figure.blocks));
        if !figure.label.is_empty() {
            // The parts of a figure, “(a)” and “(b)”, are found by the figure.
            self.floats.truncate(listed);
        }
        let mut caption = self.caption(&figure.label, &figure.title, &figure.caption);
        caption.extend(self.attribution(&figure.attribution));
        if !caption.is_empty() {
            element.push(Element::new("figcaption").class("caption").children(caption));
        }
        element.into()
    }

    /// Notes a figure or a table for the list of its kind: label and title, or the beginning of the caption where it has no title.
    pub(crate) fn list_float(&mut self, kind: Float, id: &str, (label, title, caption): (&Inlines, &Inlines, &[Block])) {
        let mut nodes = self.outline_label(label);
        let mut said = self.outline_label(title);
        let whole = self.plain(title);
        if whole.chars().count() > LONG {
            said = vec![Node::Text(shortened(&whole))];
        }
        if said.is_empty()
            && let Some(Block::Paragraph(paragraph)) = caption.first()
        {
            said = vec![Node::Text(shortened(&self.plain(&paragraph.body)))];
        }
        if !said.is_empty() {
            nodes.push(Node::Text(if ends_with_stop(&self.plain(label)) { " " } else { ". " }.to_owned()));
            nodes.extend(said);
        }
        if self.lang != self.edition.lang {
            nodes = vec![Element::new("span").lang(&self.lang, Some(&self.edition.lang)).children(nodes).into()];
        }
        self.floats.push((kind, Entry { id: id.to_owned(), label: nodes, children: Vec::new() }));
    }

    /// What is said of a picture that the master does not describe: its label and title.
    pub(crate) fn stand_in(&self, label: &Inlines, title: &Inlines) -> String {
        format!("{} {}", self.plain(label), self.plain(title)).trim().to_owned()
    }

    /// A picture on its own lines, with its long description to be opened.
    pub(crate) fn graphic(&mut self, graphic: &Graphic, stand_in: &str) -> Vec<Node> {
        let Some(image) = self.image(graphic, stand_in) else {
            let id = self.ids.set(graphic.id.as_ref());
            return vec![Element::new("p").class("missing").id(id).text(graphic.name()).into()];
        };
        let Some(long) = graphic.long_desc.as_deref().filter(|long| !long.is_empty()) else {
            return vec![image.into()];
        };
        let id = self.ids.fresh("description");
        let summary = Element::new("summary").text(self.word(Label::Description));
        let details = Element::new("details").class("description").with("id", id.clone()).children([summary.into(), Element::new("p").text(long).into()]);
        vec![image.with("aria-details", id).into(), details.into()]
    }

    /// The element of a picture, if there is one. Its description is the master's, or what stands in for it.
    pub(crate) fn image(&mut self, graphic: &Graphic, stand_in: &str) -> Option<Element> {
        let picture = self.picture(&graphic.href)?;
        self.facts.pictures += 1;
        self.facts.animated += u32::from(picture.format == article::picture::Format::Gif);
        self.facts.long += u32::from(graphic.long_desc.as_deref().is_some_and(|long| !long.is_empty()));
        let alt = match graphic.alt.as_deref() {
            // Decoration, as the master says: nothing is to be said of it (WCAG 2.2, 1.1.1).
            Some(alt) => {
                self.facts.described += 1;
                alt
            }
            None if stand_in.is_empty() => self.word(Label::Picture),
            None => stand_in,
        };
        let mut image = Element::new("img").id(self.ids.set(graphic.id.as_ref())).with("src", picture_path(&picture.screen_name())).with("alt", alt);
        if let (Some((width, height)), article::picture::Format::Png | article::picture::Format::Jpeg | article::picture::Format::Gif) =
            (picture.screen_size(), picture.screen_format())
        {
            image = image.with("width", width.to_string()).with("height", height.to_string());
        }
        Some(image)
    }

    /// A caption: label, title and the first paragraph on one line, then the rest.
    pub(crate) fn caption(&mut self, label: &Inlines, title: &Inlines, caption: &[Block]) -> Vec<Node> {
        // “(a)” has no stop.
        let stop = if self.plain(label).trim_end().ends_with(')') { "" } else { "." };
        let mut line = self.label(label, stop);
        if !title.is_empty() {
            let stop = if caption.is_empty() || ends_with_stop(&self.plain(title)) { "" } else { "." };
            let mut span = Element::new("span").class("title").children(self.inlines(title));
            if !stop.is_empty() {
                span.push(Node::Text(stop.to_owned()));
            }
            line.push(span.into());
        }
        let line = trimmed(line);
        if line.is_empty() {
            return self.blocks(caption);
        }
        if caption.is_empty() {
            return vec![Element::new("p").children(line).into()];
        }
        self.introduced(line, caption)
    }

    /// Where something is from.
    pub(crate) fn attribution(&mut self, attribution: &Inlines) -> Option<Node> {
        if attribution.is_empty() {
            return None;
        }
        let body = self.inlines(attribution);
        Some(Element::new("p").class("attribution").children(body).into())
    }
}

/// The first sentence of a text, or as many of its words as a line takes.
fn shortened(text: &str) -> String {
    let words = plain::fold(text);
    let first = words.match_indices(". ").map(|(at, _)| at).find(|at| ends_sentence(&words, *at)).map_or(words.as_str(), |at| &words[..at]);
    if first.chars().count() <= SHORT {
        return first.trim_end_matches('.').to_owned();
    }
    let cut: String = first.chars().take(SHORT).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole))
}

/// Words that are written short with a stop behind which the sentence goes on.
const SHORTENED: [&str; 29] = [
    "al", "approx", "ca", "cf", "cv", "dr", "eq", "etc", "ex", "fig", "figs", "gen", "no", "nos", "nov", "ref", "refs", "sec", "sp", "spec", "spp", "ssp",
    "st", "subsp", "var", "vol", "vs", "рис", "табл",
];

/// Whether the stop at a place ends a sentence: not behind an initial or a short form, nor before a small letter.
fn ends_sentence(words: &str, at: usize) -> bool {
    let word = words[..at].rsplit(|char: char| char.is_whitespace() || matches!(char, '(' | '.' | '/')).next().unwrap_or_default();
    let letters = word.chars().filter(|char| char.is_alphabetic()).count();
    let goes_on = words[at..].chars().find(|char| char.is_alphanumeric()).is_some_and(char::is_lowercase);
    let initial = letters == 1 && word.chars().count() == 1;
    !goes_on && !initial && !SHORTENED.contains(&word.to_lowercase().as_str())
}

/// Where a picture lies, seen from the content documents.
pub(crate) fn picture_path(name: &str) -> String {
    format!("images/{name}")
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_title_does_not_end_at_a_short_form() {
        assert_eq!(shortened("Mass of Daphnia sp. in 1990 (ca. 3 mg). It grows."), "Mass of Daphnia sp. in 1990 (ca. 3 mg)");
        assert_eq!(shortened("A letter of J. Doe. It is old."), "A letter of J. Doe");
        assert_eq!(shortened("The lake in summer. A map."), "The lake in summer");
    }
}
