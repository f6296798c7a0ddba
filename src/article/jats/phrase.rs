//! Phrases with a meaning of their own: rubies, abbreviations, styled and named content, characters that no font has, lines between two
//! marks, films in the line, inclusions.

use super::Reader;
use super::apart::{Line, stands_apart};
use super::figure::{file_name, is_picture};
use super::inline::{foreign, link_to, xref_to};
use crate::code::Code;
use crate::diag::Diagnostic;
use crate::leaf::Reason;
use crate::model::inline::{Inline, Inlines, Style};
use crate::xml::{Element, Node};

impl Reader<'_> {
    /// `ruby`: a text and its reading. `rp` is what stands in for a ruby where there are none.
    pub(super) fn ruby(&mut self, element: &Element) -> Inlines {
        self.anchor(element);
        let mut base = Line::default();
        let mut above = Inlines::new();
        for node in &element.children {
            match node {
                Node::Element(child) if matches!(child.name.as_str(), "rt" | "rb") => {
                    let (lang, read) = self.within(child, |reader| reader.inlines(&child.children, &child.name));
                    self.anchor(child);
                    let read = foreign(lang, read);
                    if child.name == "rt" { above.extend(read) } else { base.add(self, read, false) }
                }
                Node::Element(child) => {
                    let read = self.inlines(std::slice::from_ref(node), "ruby");
                    base.add(self, read, stands_apart(child));
                }
                Node::Text(_) => {
                    let read = self.inlines(std::slice::from_ref(node), "ruby");
                    base.add(self, read, false);
                }
            }
        }
        if above.is_empty() { base.read } else { vec![Inline::Ruby(base.read, above)] }
    }

    /// `abbrev`: what it stands for (`def`) follows in brackets.
    pub(super) fn abbreviation(&mut self, element: &Element) -> Inlines {
        self.anchor(element);
        let mut body = self.inlines(&super::block::without(element, &["def"]), "abbrev");
        for meaning in element.children_named("def") {
            self.anchor(meaning);
            let mut meant = self.joined(meaning, " ");
            self.tidy(&mut meant);
            if !meant.is_empty() {
                body.push(Inline::Generated(" (".to_owned()));
                body.extend(meant);
                body.push(Inline::Generated(")".to_owned()));
            }
        }
        self.linked(element, body)
    }

    /// `named-content` and its kin: text, and a link where the element has an address.
    pub(super) fn linked_content(&mut self, element: &Element) -> Inlines {
        self.anchor(element);
        let body = self.inlines(&element.children, &element.name);
        self.linked(element, body)
    }

    pub(super) fn linked(&self, element: &Element, body: Inlines) -> Inlines {
        let Some(href) = element.value("xlink:href").filter(|_| !body.is_empty()) else { return body };
        match self.inside(href) {
            Some(id) => vec![xref_to(id, body, element.span)],
            None => link_to(href.to_owned(), body, element.span),
        }
    }

    /// `styled-content`: what `@style` (CSS) or `@style-type` asks for, as far as there is a style for it.
    pub(super) fn styled_content(&mut self, element: &Element) -> Inlines {
        let body = self.linked_content(element);
        if body.is_empty() {
            return body;
        }
        let asked = [element.value("style"), element.value("style-type")].into_iter().flatten().flat_map(styles);
        asked.fold(body, |body, style| vec![Inline::Styled(style, body)])
    }

    /// `private-char`: the picture of the character, or what is said of it.
    pub(super) fn private_character(&mut self, element: &Element) -> Inlines {
        self.anchor(element);
        if element.child("inline-graphic").is_some() {
            return self.inlines(&element.children, "private-char");
        }
        let body = self.inlines(&element.children, "private-char");
        let shown = !self.plain(&body).trim().is_empty();
        match element.value("description").or_else(|| element.value("name")) {
            Some(said) if !shown => vec![Inline::Generated(format!("[{said}]"))],
            Some(_) | None => body,
        }
    }

    /// `inline-media`: a picture where it names one; else its words, or the name of the file.
    pub(super) fn media_in_line(&mut self, element: &Element) -> Inlines {
        if is_picture(element) {
            return self.picture_in_line(element);
        }
        self.anchor(element);
        let body = self.inlines(&element.children, &element.name);
        if !self.plain(&body).trim().is_empty() {
            return self.linked(element, body);
        }
        // A note is no word of the film: its mark stands behind the name.
        file_name(element).into_iter().chain(body).collect()
    }

    /// `xi:include`: another file, which is never fetched. What stands in for it is set (XInclude 1.0, 4.4).
    pub(super) fn inclusion(&mut self, element: &Element) -> Inlines {
        let target = element.value("href").unwrap_or_default();
        let fallback = element.child("xi:fallback");
        if fallback.is_none() {
            self.log.push(
                Diagnostic::new(Code::ExternalEntity, format!("the file `{target}` is not included"))
                    .at(element.tag)
                    .hint("put its text where the `xi:include` stands"),
            );
        }
        let body = fallback.map(|fallback| self.joined(fallback, " ")).unwrap_or_default();
        self.omit(element, Reason::Processing);
        body
    }
}

/// A line that begins at a mark and ends at another one among the nodes after it: its style, and how many nodes stand between the two.
pub(super) fn line_from(element: &Element, after: &[Node]) -> Option<(Style, usize)> {
    let (style, end) = match element.name.as_str() {
        "underline-start" => (Style::Underline, "underline-end"),
        "overline-start" => (Style::Overline, "overline-end"),
        _ => return None,
    };
    let id = element.value("id");
    let ends =
        |node: &Node| matches!(node, Node::Element(mark) if mark.name == end && (mark.value("rid") == id || id.is_none() || mark.value("rid").is_none()));
    let held = after.iter().position(ends)?;
    let in_line = |node: &Node| !matches!(node, Node::Element(between) if super::block::is_block(&between.name));
    after[..held].iter().all(in_line).then_some((style, held))
}

/// The styles that a list of CSS declarations or the name of a style asks for.
fn styles(asked: &str) -> Vec<Style> {
    let asked = asked.to_lowercase();
    let mut found = Vec::new();
    for declaration in asked.split(';') {
        let (property, value) = declaration.split_once(':').unwrap_or(("", declaration));
        let value = value.trim();
        let bold = value.contains("bold") || value.parse::<u32>().is_ok_and(|weight| (600..=1000).contains(&weight));
        let style = match property.trim() {
            "font-weight" if bold => Style::Bold,
            "font-style" if value == "italic" || value == "oblique" => Style::Italic,
            "text-decoration" | "text-decoration-line" if value.contains("underline") => Style::Underline,
            "text-decoration" | "text-decoration-line" if value.contains("line-through") => Style::Strike,
            "text-decoration" | "text-decoration-line" if value.contains("overline") => Style::Overline,
            "font-variant" | "font-variant-caps" if value.contains("small-caps") => Style::SmallCaps,
            "vertical-align" if value == "super" => Style::Superscript,
            "vertical-align" if value == "sub" => Style::Subscript,
            "font-family" if value.contains("mono") => Style::Monospace,
            "font-family" if value.contains("sans") => Style::SansSerif,
            "" if value == "bold" => Style::Bold,
            "" if value == "italic" => Style::Italic,
            "" if value == "underline" => Style::Underline,
            "" if value == "small-caps" || value == "smallcaps" => Style::SmallCaps,
            "" if value == "strike" || value == "strikethrough" => Style::Strike,
            _ => continue,
        };
        found.push(style);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn css_asks_for_styles() {
        assert_eq!(styles("font-weight: 700; color: red; text-decoration:underline"), [Style::Bold, Style::Underline]);
        assert_eq!(styles("italic"), [Style::Italic]);
        assert_eq!(styles("color:#ff0000"), []);
    }
}
