//! Text inside a paragraph: one word for each inline.

use article::lang::Lang;
use article::model::block::Block;
use article::model::inline::{Graphic, Inline, Link, Note, Style, Xref, XrefKind};

use crate::writer::{Place, Writer};

/// The engine takes no longer address. Source: typst-library 0.15.1, `model/link.rs`, `Url::new`.
const MAX_URL: usize = 8000;

impl<'a> Writer<'a> {
    /// Inline content as a code block, `none` where there is nothing.
    pub(crate) fn inlines(&mut self, inlines: &'a [Inline]) {
        self.run(inlines, Place::Prose);
    }

    /// The same of running text, in which words are divided.
    pub(crate) fn prose(&mut self, inlines: &'a [Inline]) {
        self.division.begin_prose();
        self.inlines(inlines);
        self.division.end_prose();
    }

    /// The same, in its surroundings.
    pub(crate) fn run(&mut self, inlines: &'a [Inline], place: Place) {
        if inlines.is_empty() {
            self.code("none");
            return;
        }
        self.code("{ ");
        for (i, inline) in inlines.iter().enumerate() {
            if i > 0 {
                self.code("; ");
            }
            self.goes_on |= i.checked_sub(1).and_then(|before| inlines.get(before)).is_some_and(|before| matches!(before, Inline::Formula(_)));
            self.inline(inline, place);
            self.goes_on = false;
        }
        self.code(" }");
    }

    fn inline(&mut self, inline: &'a Inline, place: Place) {
        match inline {
            Inline::Text(no) => self.leaf(*no, place),
            Inline::Generated(text) => self.generated_words(text, matches!(place, Place::Address)),
            Inline::Styled(style, body) => {
                self.word(style_word(*style));
                // Italics in italics turn upright: what is to be upright in them is italics for the engine.
                if *style == Style::Roman && self.italics % 2 == 1 {
                    self.flag("in-italics", true);
                }
                self.italics += usize::from(*style == Style::Italic);
                let whole = *style == Style::Monospace;
                if whole {
                    self.division.begin_whole();
                }
                self.run(body, place);
                if whole {
                    self.division.end_whole();
                }
                self.italics -= usize::from(*style == Style::Italic);
                self.close();
            }
            Inline::Foreign(lang, body) => self.foreign(lang, body, place),
            Inline::Link(link) => self.link(link),
            Inline::Xref(xref) => self.xref(xref, place),
            Inline::Note(note) => self.note(note),
            Inline::Image(graphic) => self.graphic("inline-image", graphic, ""),
            Inline::Formula(formula) => self.formula(formula),
            Inline::Ruby(base, above) => {
                self.word("ruby");
                self.key("above");
                self.run(above, place);
                self.comma();
                self.run(base, place);
                self.close();
            }
            Inline::Break => self.code("line-break()"),
            Inline::Place(place) => {
                self.word("xref");
                self.id(place.id.as_ref());
                self.code("none");
                self.close();
            }
        }
    }

    fn foreign(&mut self, lang: &Lang, body: &'a [Inline], place: Place) {
        self.word("foreign");
        self.language(lang);
        self.division.enter(lang);
        self.run(body, place);
        self.division.leave();
        self.close();
    }

    /// A link out of the article. One that the engine would not take is set without its address.
    pub(crate) fn link(&mut self, link: &'a Link) {
        self.enter(link.span);
        self.word("url");
        if !link.href.is_empty() && link.href.len() <= MAX_URL {
            self.string_argument("href", &link.href);
        }
        self.run(&link.body, Place::Address);
        self.close();
        self.leave();
    }

    fn xref(&mut self, xref: &'a Xref, place: Place) {
        let edition = self.edition;
        self.enter(xref.span);
        self.word("xref");
        self.id(xref.id.as_ref());
        self.string_argument("kind", xref_kind(xref.kind));
        self.strings_field("to", xref.rids.iter().filter(|id| edition.target(id).is_some()).map(|id| id.as_str()));
        self.run(&xref.body, place);
        self.close();
        self.leave();
    }

    /// A note at the place of its mark.
    fn note(&mut self, note: &'a Note) {
        let italics = std::mem::take(&mut self.italics);
        self.enter(note.span);
        self.word("note");
        self.id(note.id.as_ref());
        if let Some(kind) = &note.kind {
            self.string_argument("kind", kind);
        }
        self.text("mark", &note.mark);
        self.text("label", &note.label);
        self.flow(&note.body);
        self.close();
        self.leave();
        self.italics = italics;
    }

    /// Blocks whose first paragraph can be run in: its text, then the others.
    pub(crate) fn flow(&mut self, blocks: &'a [Block]) {
        self.code("(");
        let rest = if let Some((Block::Paragraph(paragraph), rest)) = blocks.split_first() {
            self.enter(paragraph.span);
            self.id_field(paragraph.id.as_ref());
            self.key("lead");
            self.prose(&paragraph.body);
            self.comma();
            self.leave();
            rest
        } else {
            self.code("id: none, lead: none, ");
            blocks
        };
        self.key("rest");
        self.blocks(rest);
        self.code(")");
    }

    /// A picture, by `word`. `caption` is said to those who do not see it, where the master has no words for them.
    pub(crate) fn graphic(&mut self, word: &'static str, graphic: &'a Graphic, caption: &str) {
        let pictures = self.pictures;
        self.enter(graphic.span);
        self.word(word);
        self.id(graphic.id.as_ref());
        let picture = pictures.get(&graphic.href);
        if let Some(picture) = picture {
            self.string_argument("path", &format!("/pictures/{}", picture.page_name()));
            if let Some((width, height)) = picture.size.filter(|(width, height)| *width > 0 && *height > 0) {
                self.code(&format!("size: ({width}, {height}), "));
            }
        }
        if graphic.alt.as_deref() == Some("") && graphic.long_desc.is_none() {
            self.flag("decorative", true);
        }
        self.string_argument("name", graphic.name());
        let said = graphic.alt.iter().chain(&graphic.long_desc).map(String::as_str).collect::<Vec<_>>().join(" ");
        let alt = [said.as_str(), caption, graphic.name()].into_iter().find(|text| !text.trim().is_empty()).unwrap_or_default();
        self.alt(alt);
        self.close();
        self.leave();
    }
}

fn style_word(style: Style) -> &'static str {
    match style {
        Style::Italic => "ital",
        Style::Bold => "bold",
        Style::SmallCaps => "small-caps",
        Style::Subscript => "subscript",
        Style::Superscript => "superscript",
        Style::Monospace => "mono",
        Style::SansSerif => "sans",
        Style::Roman => "roman",
        Style::Underline => "underlined",
        Style::Overline => "overlined",
        Style::Strike => "struck",
    }
}

fn xref_kind(kind: XrefKind) -> &'static str {
    match kind {
        XrefKind::Citation => "citation",
        XrefKind::Affiliation => "affiliation",
        XrefKind::Correspondence => "correspondence",
        XrefKind::Note => "note",
        XrefKind::TableNote => "table-note",
        XrefKind::Other => "other",
    }
}
