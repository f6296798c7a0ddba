//! Lines that are not filled: listings and poems.

use super::Reader;
use super::apart::stands_apart;
use super::block::without;
use crate::model::block::Lines;
use crate::model::inline::{Inline, Inlines, Style};
use crate::xml::{Element, Node, is_blank};

impl Reader<'_> {
    /// `preformat`, `code`: lines with their blanks.
    pub(super) fn listing(&mut self, element: &Element) -> Lines {
        let mut lines = Lines {
            id: self.id(element),
            code: true,
            language: language(element),
            title: Vec::new(),
            lines: vec![Vec::new()],
            attribution: self.gathered(element, "attrib"),
            span: element.span,
        };
        // What stands on lines of its own begins one here, and so does what follows it.
        let mut ended = false;
        for node in &without(element, &["attrib"]) {
            let apart = matches!(node, Node::Element(child) if stands_apart(child));
            if (std::mem::replace(&mut ended, apart) || apart) && lines.lines.last().is_some_and(|line| !line.is_empty()) && !begins_a_line(node) {
                lines.lines.push(Vec::new());
            }
            match node {
                Node::Text(run) => {
                    self.strike(run);
                    for (at, line) in run.text.split('\n').enumerate() {
                        if at > 0 {
                            lines.lines.push(Vec::new());
                        }
                        let leaves = self.leaves_of(&line.replace('\t', "    "), run.span, &element.name);
                        if let Some(last) = lines.lines.last_mut() {
                            last.extend(leaves.into_iter().map(Inline::Text));
                        }
                    }
                }
                Node::Element(_) => {
                    let inlines = self.inlines(std::slice::from_ref(node), &element.name);
                    if let Some(last) = lines.lines.last_mut() {
                        last.extend(inlines);
                    }
                }
            }
        }
        // A line feed after the start tag and before the end tag is the file's, not the listing's.
        if lines.lines.first().is_some_and(Vec::is_empty) {
            lines.lines.remove(0);
        }
        if lines.lines.last().is_some_and(|line| line.iter().all(|inline| matches!(inline, Inline::Text(no) if self.leaves.text(*no).trim().is_empty()))) {
            lines.lines.pop();
        }
        lines
    }

    /// `verse-group`; groups inside it are separated by an empty line.
    pub(super) fn verse(&mut self, element: &Element) -> Lines {
        let mut lines = Lines {
            id: self.id(element),
            code: false,
            language: None,
            title: Vec::new(),
            lines: Vec::new(),
            attribution: self.gathered(element, "attrib"),
            span: element.span,
        };
        for node in &element.children {
            let child = match node {
                Node::Element(child) => child,
                Node::Text(run) if is_blank(&run.text) => continue,
                Node::Text(run) => {
                    self.stray_text_of(run, element);
                    let line = self.run_of(std::slice::from_ref(node), &element.name);
                    lines.lines.push(line);
                    continue;
                }
            };
            match child.name.as_str() {
                "title" | "label" | "subtitle" => {
                    let title = self.title(child);
                    super::contrib::append(&mut lines.title, " ", title);
                }
                "verse-group" => {
                    let group = self.verse(child);
                    if !lines.lines.is_empty() {
                        lines.lines.push(Vec::new());
                    }
                    lines.lines.extend(styled(Style::Bold, group.title));
                    lines.lines.extend(group.lines);
                    lines.lines.extend(styled(Style::Italic, group.attribution));
                }
                "attrib" => {}
                _ => {
                    let mut line = self.title(child);
                    // `verse-line/@indent-level`: how far the line is set in.
                    let level = child.value("indent-level").and_then(|level| level.parse::<usize>().ok()).unwrap_or(0);
                    if level > 0 && !line.is_empty() {
                        line.insert(0, Inline::Generated("\u{2003}".repeat(level.min(12))));
                    }
                    lines.lines.push(line);
                }
            }
        }
        lines
    }
}

/// Whether a text begins with the end of a line.
fn begins_a_line(node: &Node) -> bool {
    matches!(node, Node::Text(run) if run.text.starts_with('\n'))
}

/// A line of its own in a style; none where there is nothing.
fn styled(style: Style, run: Inlines) -> Option<Inlines> {
    (!run.is_empty()).then(|| vec![Inline::Styled(style, run)])
}

/// `@language` in the letters of a class name, such as `c++` as `c--`.
fn language(element: &Element) -> Option<String> {
    let name = element.value("language")?;
    let letters = name.to_lowercase().chars().map(|char| if char.is_ascii_alphanumeric() { char } else { '-' }).collect();
    Some(letters)
}
