//! Formulas: `disp-formula`, `inline-formula` and what stands in them.
//!
//! 1. Of several forms of one formula, siblings or in `alternatives`, one is set: MathML, else TeX, else text, else a picture.
//! 2. [`super::mathml`] and [`super::tex`] make the same tree of the first two.
//! 3. TeX that cannot be read is set as it is written, and named.

use super::apart::{Line, stands_apart};
use super::block::without;
use super::{Reader, tex};
use crate::code::Code;
use crate::diag::Diagnostic;
use crate::leaf::Reason;
use crate::model::block::Block;
use crate::model::inline::{Inline, Inlines, Style};
use crate::model::math::{DisplayFormula, Fenced, Formula, FormulaPart, Math, Padding, TokenText};
use crate::source::Span;
use crate::xml::{Element, Node, is_blank};

/// What is gathered of a formula.
#[derive(Default)]
struct Gathered {
    label: Inlines,
    alt: Option<String>,
    parts: Vec<FormulaPart>,
    pending: Line,
}

/// The forms that a formula may have, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum FormKind {
    MathMl,
    Tex,
    Text,
    Picture,
}

impl Reader<'_> {
    /// `disp-formula`.
    pub(super) fn display_formula(&mut self, element: &Element) -> Vec<Block> {
        let formula = self.gather_formula(element, true);
        let block = DisplayFormula { id: self.id(element), label: formula.label, parts: formula.parts, span: element.span };
        if block.parts.is_empty() && block.label.is_empty() {
            self.anchor(element);
            return Vec::new();
        }
        self.numbered(element, block)
    }

    /// `disp-formula-group`: below its caption, or its formulas alone, each with its label; a label of the group's own is that of its first formula where that has none.
    pub(super) fn formula_group(&mut self, element: &Element) -> Vec<Block> {
        let id = self.id(element);
        if element.child("caption").is_some() {
            self.anchors.extend(id);
            return self.captioned_group(element);
        }
        let label = element.child("label").map(|label| self.run(label)).unwrap_or_default();
        let rest = without(element, &["label"]);
        let mut blocks = self.flow(&rest, None, element.span);
        match blocks.first_mut() {
            Some(Block::Formula(first)) => {
                if first.label.is_empty() {
                    first.label = label;
                } else if !label.is_empty() {
                    first.label.insert(0, Inline::Generated(" ".to_owned()));
                    first.label.splice(0..0, label);
                }
                match (&first.id, id) {
                    (None, id) => first.id = id,
                    (Some(_), id) => self.anchors.extend(id),
                }
            }
            Some(_) | None => {
                self.anchors.extend(id);
                if !label.is_empty() {
                    blocks.insert(0, Block::Formula(DisplayFormula { id: None, label, parts: Vec::new(), span: element.span }));
                }
            }
        }
        blocks
    }

    /// `inline-formula`, or `disp-formula` where only text may stand.
    pub(super) fn formula_in_line(&mut self, element: &Element) -> Inlines {
        let gathered = self.gather_formula(element, element.name == "disp-formula");
        let mut id = self.id(element);
        let mut inlines = Inlines::new();
        for part in gathered.parts {
            match part {
                FormulaPart::Math(mut formula) => {
                    formula.id = formula.id.or(id.take());
                    inlines.push(Inline::Formula(formula));
                }
                FormulaPart::Text(text) => inlines.extend(text),
                FormulaPart::Image(mut graphic) => {
                    graphic.id = graphic.id.or(id.take());
                    inlines.push(Inline::Image(graphic));
                }
            }
        }
        self.anchors.extend(id);
        if !gathered.label.is_empty() {
            inlines.push(Inline::Generated(" ".to_owned()));
            inlines.extend(gathered.label);
        }
        inlines
    }

    /// `mml:math` or `tex-math` with no formula of JATS around it.
    pub(super) fn bare_formula(&mut self, element: &Element) -> Inlines {
        let part = if element.name == "tex-math" { Some(self.tex_math(element)) } else { self.mathml(element).map(FormulaPart::Math) };
        match part {
            Some(FormulaPart::Math(formula)) => vec![Inline::Formula(formula)],
            Some(FormulaPart::Text(text)) => text,
            Some(FormulaPart::Image(graphic)) => vec![Inline::Image(graphic)],
            None => Vec::new(),
        }
    }

    fn gather_formula(&mut self, element: &Element, display: bool) -> Gathered {
        let mut gathered = Gathered::default();
        let (lang, ()) = self.within(element, |reader| reader.gather_forms(element, display, false, &mut gathered));
        self.flush_text(&mut gathered, display);
        if let Some(lang) = lang {
            for part in &mut gathered.parts {
                if let FormulaPart::Text(text) = part {
                    *text = vec![Inline::Foreign(lang.clone(), std::mem::take(text))];
                }
            }
        }
        if let Some(alt) = gathered.alt.take() {
            for part in &mut gathered.parts {
                match part {
                    FormulaPart::Math(formula) => drop(formula.alt.get_or_insert_with(|| alt.clone())),
                    FormulaPart::Image(graphic) => drop(graphic.alt.get_or_insert_with(|| alt.clone())),
                    FormulaPart::Text(_) => {}
                }
            }
        }
        gathered
    }

    /// Makes a part of the text that has gathered. In a line its blanks belong to the sentence around it.
    fn flush_text(&mut self, gathered: &mut Gathered, display: bool) {
        let mut text = std::mem::take(&mut gathered.pending).read;
        if display {
            self.tidy(&mut text);
        }
        if !text.is_empty() {
            gathered.parts.push(FormulaPart::Text(text));
        }
    }

    fn gather_forms(&mut self, element: &Element, display: bool, alternatives: bool, into: &mut Gathered) {
        let best = best_form(element);
        let mut chosen = false;
        for node in &element.children {
            let child = match node {
                Node::Text(run) if alternatives => {
                    self.omit_run(run, &element.name, Reason::Alternative);
                    continue;
                }
                // A blank between forms that has the end of a line in it is there for the lines of the master.
                Node::Text(run)
                    if matches!(best, Some(FormKind::MathMl | FormKind::Tex | FormKind::Picture)) && is_blank(&run.text) && run.text.contains('\n') =>
                {
                    continue;
                }
                Node::Text(run) => {
                    let read = self.leaf(run, &element.name).into_iter().map(Inline::Text).collect();
                    into.pending.add(self, read, false);
                    continue;
                }
                Node::Element(child) => child,
            };
            match child.name.as_str() {
                "label" if display => {
                    let label = self.run(child);
                    if !into.label.is_empty() {
                        into.label.push(Inline::Generated(" ".to_owned()));
                    }
                    into.label.extend(label);
                    continue;
                }
                "alt-text" | "long-desc" => {
                    into.alt = into.alt.take().or_else(|| Some(child.plain_text()).filter(|text| !text.is_empty()));
                    self.omit(child, Reason::Description);
                    continue;
                }
                "abstract" | "kwd-group" | "subj-group" | "object-id" => {
                    self.omit(child, Reason::Metadata);
                    continue;
                }
                _ => {}
            }
            let kind = form_kind(child);
            // Beside MathML or TeX another form of it is a second one; text is not, but in `alternatives`.
            let second = match (kind, best) {
                (Some(kind), Some(best)) => kind != best && (alternatives || kind != FormKind::Text) || alternatives && chosen,
                (None, _) => alternatives,
                (Some(_), None) => false,
            };
            if second {
                self.omit(child, Reason::Alternative);
                continue;
            }
            chosen = true;
            match kind {
                Some(FormKind::MathMl | FormKind::Tex | FormKind::Picture) => self.flush_text(into, display),
                Some(FormKind::Text) | None => {}
            }
            match child.name.as_str() {
                "mml:math" | "math" => {
                    let formula = self.mathml(child);
                    into.parts.extend(formula.map(FormulaPart::Math));
                }
                "tex-math" if !tex::body(&raw_text(child)).is_empty() => {
                    let formula = self.tex_math(child);
                    into.parts.push(formula);
                }
                "tex-math" => self.omit(child, Reason::Alternative),
                "alternatives" => self.gather_forms(child, display, true, into),
                "graphic" | "inline-graphic" | "media" | "inline-media" => {
                    let graphic = self.graphic(child);
                    self.omit(child, Reason::Description);
                    into.parts.push(FormulaPart::Image(graphic));
                }
                _ => {
                    let inlines = self.inlines(std::slice::from_ref(node), &element.name);
                    into.pending.add(self, inlines, stands_apart(child));
                }
            }
        }
    }

    /// `mml:math`; `None` where it shows nothing.
    fn mathml(&mut self, element: &Element) -> Option<Formula> {
        let body = self.math(element);
        let formula = Formula { id: self.id(element), body, alt: element.value("alttext").map(str::to_owned), span: element.span };
        formula.first_leaf().is_some().then_some(formula)
    }

    /// `tex-math`.
    fn tex_math(&mut self, element: &Element) -> FormulaPart {
        let raw = raw_text(element);
        let span = text_span(element);
        match tex::read(&raw) {
            Ok(mut body) => {
                self.omit(element, Reason::Alternative);
                for math in &mut body {
                    self.plant(math, span);
                }
                FormulaPart::Math(Formula { id: self.id(element), body, alt: None, span: element.span })
            }
            Err(why) => {
                let said = Diagnostic::new(Code::TexNotRead, format!("this formula cannot be read: {why}")).at(span);
                self.log.push(said.hint("its TeX source is set in its place; give it as `mml:math`, or write it in plainer TeX"));
                self.anchor(element);
                for node in &element.children {
                    if let Node::Text(run) = node {
                        self.strike(run);
                    }
                }
                let source = crate::xml::fold(tex::body(&raw));
                let mut shown = Inlines::new();
                for piece in unbroken(source.trim()) {
                    if !shown.is_empty() {
                        shown.push(Inline::Generated("\u{200b}".to_owned()));
                    }
                    shown.extend(self.leaves_of(piece, span, "tex-math").into_iter().map(Inline::Text));
                }
                FormulaPart::Text(vec![Inline::Styled(Style::Monospace, shown)])
            }
        }
    }

    /// Makes leaves of the texts that were read from TeX: they are what the pages show of that source.
    fn plant(&mut self, math: &mut Math, span: Span) {
        match math {
            Math::Token(token) => {
                if let TokenText::Generated(text) = &mut token.text {
                    let text = std::mem::take(text);
                    token.text = match self.leaves_of(&text, span, "tex-math").first() {
                        Some(no) => TokenText::Leaf(*no),
                        None => TokenText::Generated(String::new()),
                    };
                }
            }
            Math::Space(_) => {}
            Math::Row(row) | Math::Enclosed(_, row) | Math::Phantom(row) | Math::Padded(Padding { .. }, row) | Math::Styled(_, row) | Math::Error(row) => {
                row.iter_mut().for_each(|math| self.plant(math, span));
            }
            Math::Fraction(fraction) => {
                self.plant(&mut fraction.over, span);
                self.plant(&mut fraction.under, span);
            }
            Math::Root(root) => {
                self.plant(&mut root.body, span);
                root.index.iter_mut().for_each(|math| self.plant(math, span));
            }
            Math::Scripts(scripts) => {
                self.plant(&mut scripts.base, span);
                scripts.sub.iter_mut().chain(&mut scripts.sup).for_each(|math| self.plant(math, span));
            }
            Math::Limits(limits) => {
                self.plant(&mut limits.base, span);
                limits.under.iter_mut().chain(&mut limits.over).for_each(|math| self.plant(math, span));
            }
            Math::Multiscripts(scripts) => {
                self.plant(&mut scripts.base, span);
                for (sub, sup) in scripts.after.iter_mut().chain(&mut scripts.before) {
                    sub.iter_mut().chain(sup).for_each(|math| self.plant(math, span));
                }
            }
            Math::Table(table) => {
                for row in &mut table.rows {
                    row.label.iter_mut().chain(row.cells.iter_mut().flat_map(|cell| &mut cell.body)).for_each(|math| self.plant(math, span));
                }
            }
            Math::Fenced(Fenced { items, .. }) => items.iter_mut().for_each(|math| self.plant(math, span)),
        }
    }
}

/// A text in pieces between which a line may break where there is no blank for long: source that is not read may be one word of thousands of signs.
fn unbroken(source: &str) -> Vec<&str> {
    const LONGEST: usize = 48;
    let mut pieces = Vec::new();
    let (mut from, mut count) = (0, 0);
    for (at, c) in source.char_indices() {
        count = if c.is_whitespace() { 0 } else { count + 1 };
        if count > LONGEST {
            pieces.push(&source[from..at]);
            (from, count) = (at, 1);
        }
    }
    pieces.push(&source[from..]);
    pieces
}

/// All text of an element as it stands.
fn raw_text(element: &Element) -> String {
    let mut text = String::new();
    for node in &element.children {
        match node {
            Node::Text(run) => text.push_str(&run.text),
            Node::Element(child) => text.push_str(&raw_text(child)),
        }
    }
    text
}

/// From the first text of an element to its last.
fn text_span(element: &Element) -> Span {
    let mut runs = element.children.iter().filter_map(|node| match node {
        Node::Text(run) if !crate::xml::is_blank(&run.text) => Some(run.span),
        Node::Text(_) | Node::Element(_) => None,
    });
    let Some(first) = runs.next() else { return element.span };
    Span { start: first.start, end: runs.next_back().unwrap_or(first).end }
}

/// Which form of a formula an element is; `None` for one that shows nothing.
fn form_kind(element: &Element) -> Option<FormKind> {
    match element.name.as_str() {
        "mml:math" | "math" => (!element.plain_text().is_empty()).then_some(FormKind::MathMl),
        "tex-math" => (!tex::body(&raw_text(element)).is_empty()).then_some(FormKind::Tex),
        "graphic" | "inline-graphic" | "media" | "inline-media" => Some(FormKind::Picture),
        "alternatives" => best_form(element),
        _ => Some(FormKind::Text),
    }
}

/// The best form among the children of an element.
fn best_form(element: &Element) -> Option<FormKind> {
    element.elements().filter(|child| !matches!(child.name.as_str(), "label" | "alt-text" | "long-desc" | "object-id")).filter_map(form_kind).min()
}
