//! The structure of the text: levels of headings, and abstracts that cite.
//!
//! 1. A section without a title that holds titled sections, or stands beside titled ones, leaves a hole in the order of headings.
//! 2. A reference to the list in an abstract, tagged or as a number in brackets, leads nowhere where the abstract is read alone.

use super::Master;
use super::text::{NAMED, each_part, others, tag};
use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::leaf::{Leaf, LeafNo};
use crate::model::block::{Block, Section, SectionKind};
use crate::model::front::Front;
use crate::model::inline::{Inline, XrefKind};
use crate::model::walk::{Visit, walk_blocks, walk_inline};
use crate::source::Span;

/// Reports holes in the order of headings, and citations in abstracts.
pub(super) fn look(log: &mut Log, master: Master<'_>) {
    let article = master.article;
    let mut found = Vec::new();
    untitled(&article.body, &mut found);
    let mut fronts: Vec<&Front> = vec![&article.front];
    each_part(&article.parts, &mut |part| {
        untitled(&part.body, &mut found);
        fronts.push(&part.front);
    });
    let all = found.len();
    for (at, (span, why)) in found.into_iter().take(NAMED).enumerate() {
        let others = others(at, all, "is like it", "are like it");
        log.push(
            Diagnostic::new(Code::HeadingLevel, format!("a section without a title {why}{others}"))
                .at(tag(master.tree, span))
                .hint("give it a `title`, or let what is in it stand one level higher"),
        );
    }
    fronts.into_iter().for_each(|front| citations(log, master, front));
}

/// The sections in a text; those of the back matter are of another kind each.
fn sections(blocks: &[Block]) -> Vec<&Section> {
    blocks
        .iter()
        .filter_map(|block| match block {
            Block::Section(section) if section.kind == SectionKind::Section => Some(section),
            _ => None,
        })
        .collect()
}

fn is_titled(section: &Section) -> bool {
    !section.title.is_empty() || !section.label.is_empty()
}

/// Sections without a title, with what makes a hole of each.
fn untitled(blocks: &[Block], found: &mut Vec<(Span, &'static str)>) {
    let sections = sections(blocks);
    let beside = sections.iter().any(|section| is_titled(section));
    for (at, section) in sections.iter().enumerate() {
        let inner = self::sections(&section.blocks);
        if !is_titled(section) && inner.iter().any(|inner| is_titled(inner)) {
            found.push((section.span, "holds sections with titles"));
        } else if !is_titled(section) && beside && sections[..at].iter().any(|before| is_titled(before)) {
            // Before the first heading stands what introduces the article: it often has none.
            found.push((section.span, "stands among sections with titles"));
        }
        untitled(&section.blocks, found);
    }
}

/// Citations in the abstracts of a front matter, one finding for each abstract.
fn citations(log: &mut Log, master: Master<'_>, front: &Front) {
    for part in &front.abstracts {
        let mut citer = Citer { master, found: None };
        walk_blocks(&mut citer, &part.said.blocks);
        if let Some((text, span)) = citer.found {
            log.push(
                Diagnostic::new(Code::CitationInAbstract, format!("the abstract in `{}` cites `{text}`", part.lang.tag()))
                    .at(span)
                    .hint("name the work in words, or leave the citation to the text"),
            );
        }
    }
}

struct Citer<'a> {
    master: Master<'a>,
    found: Option<(String, Span)>,
}

impl Visit for Citer<'_> {
    fn inline(&mut self, inline: &Inline) {
        if self.found.is_some() {
            return;
        }
        match inline {
            Inline::Xref(xref) if xref.kind == XrefKind::Citation => {
                let text = crate::model::plain::title(&self.master.article.leaves, &xref.body);
                let shown = if text.is_empty() { xref.rids.first().map_or("a reference", |rid| rid.as_str()).to_owned() } else { text };
                self.found = Some((shown, xref.span));
            }
            Inline::Text(no) => self.text(*no),
            Inline::Note(_) => {}
            _ => walk_inline(self, inline),
        }
    }
}

impl Citer<'_> {
    fn text(&mut self, no: LeafNo) {
        let Some(leaf) = self.master.article.leaves.get(no) else { return };
        self.found = bracketed(leaf).map(|(from, to)| (leaf.text[from..to].to_owned(), super::text::place(self.master.source, leaf, from, to)));
    }
}

/// A number in square brackets, or several, that looks like a citation: `[1]`, `[2, 5–7]`, `[3, с. 14]`.
fn bracketed(leaf: &Leaf) -> Option<(usize, usize)> {
    let text = leaf.text.as_str();
    for (at, _) in text.match_indices('[') {
        let Some(length) = text[at..].find(']') else { continue };
        let inside = &text[at + 1..at + length];
        // In a formula or an interval a number stands in brackets too: `[0, 1]`, `CI [1.2, 3.4]`, `x[1]`.
        let after_word = text[..at].ends_with(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ')' | '”' | '»'));
        let numbers: Vec<&str> = inside.split([',', ';', '–', '-', '—', ' ']).filter(|part| !part.is_empty()).collect();
        let is_number = |part: &&str| part.len() <= 3 && !part.starts_with('0') && part.bytes().all(|byte| byte.is_ascii_digit());
        let pages = |part: &&str| matches!(*part, "с." | "p." | "pp.");
        let measures = ["CI", "CIs", "IQR", "range", "interval", "интервал", "ДИ"];
        let before = text[..at].trim_end().rsplit([' ', '(', '=', ':']).next().unwrap_or_default();
        if after_word
            && inside.len() <= 20
            && !numbers.is_empty()
            && numbers.first().is_some_and(is_number)
            && numbers.iter().all(|part| is_number(part) || pages(part))
            && !measures.contains(&before)
        {
            return Some((at, at + length + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::testing::{article, checked, front};

    fn says(body: &str, wanted: &[&str]) {
        checked(&article("en", "", body, "")).says(wanted);
    }

    #[test]
    fn headings_in_order_are_let_be() {
        says("<sec><title>One</title><sec><title>Two</title><p>a</p></sec></sec><sec><title>Three</title><p>b</p></sec>", &[]);
        says("<sec><p>a</p></sec><sec><p>b</p></sec>", &[]);
        says("<sec><p>An introduction.</p></sec><sec><title>One</title><p>b</p></sec>", &[]);
        says("<sec><label>1</label><p>a</p></sec><sec><title>Two</title><p>b</p></sec>", &[]);
    }

    #[test]
    fn a_hole_in_them_is_named() {
        says("<sec id='s'><sec><title>One</title><p>a</p></sec></sec>", &["heading-level: a section without a title holds sections with titles"]);
        says("<sec><title>One</title><p>a</p></sec><sec><p>b</p></sec>", &["heading-level: a section without a title stands among sections with titles"]);
    }

    #[test]
    fn abstracts_do_not_cite() {
        let of = |text: &str| format!("<abstract><p>{text}</p></abstract>");
        for text in
            ["As was shown [1].", "As was shown [2, 5–7] before.", "See [3, с. 14].", "As was shown <xref ref-type='bibr' rid='r1'>(Smith, 2001)</xref>."]
        {
            front(&of(text)).says(&["citation-in-abstract: the abstract in `en` cites"]);
        }
        for text in ["A mean of 5 (95% CI [3, 7]).", "In [0, 1] it is so.", "The term x[1] is.", "It [sic] is.", "[Methods] We did."] {
            front(&of(text)).says(&[]);
        }
    }
}
