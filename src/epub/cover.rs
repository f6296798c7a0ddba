//! The cover: a picture that the caller drew, on a page of its own.

use article::lang::label::Label;

use crate::dom::Element;
use crate::writer::Writer;

/// The picture, seen from the content documents.
pub(crate) const PICTURE: &str = "images/cover.png";

/// The page.
pub(crate) const PAGE: &str = "cover.xhtml";

/// The page with the cover, which says in words what is on it: the title.
pub(crate) fn page(writer: &Writer<'_>) -> Element {
    let title = writer.edition.metadata.titles.first();
    let alt = match title {
        Some(title) => format!("{}: {}", writer.word(Label::Cover), title.said),
        None => writer.word(Label::Cover).to_owned(),
    };
    let image = Element::new("img").with("src", PICTURE).with("alt", alt).with("role", "doc-cover");
    let section = Element::new("section").class("cover").with("id", "cover").with("epub:type", "cover").with("aria-label", writer.word(Label::Cover));
    writer.page(Element::new("body").children([section.children([image.into()]).into()]), Some(writer.word(Label::Cover).to_owned()))
}
