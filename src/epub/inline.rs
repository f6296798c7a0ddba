//! Text inside a paragraph, a title, a cell.

use article::edition::Target;
use article::lang::Lang;
use article::model::inline::{Graphic, Inline, Link, Style, Xref, XrefKind};

use crate::Dropped;
use crate::dom::{Element, Node};
use crate::link;
use crate::writer::Writer;

impl Writer<'_> {
    /// Writes a run.
    pub(crate) fn inlines(&mut self, run: &[Inline]) -> Vec<Node> {
        let mut out = Vec::with_capacity(run.len());
        for inline in run {
            self.inline(inline, &mut out);
        }
        out
    }

    fn inline(&mut self, inline: &Inline, out: &mut Vec<Node>) {
        match inline {
            Inline::Text(leaf) => out.push(Node::Leaf(*leaf)),
            Inline::Generated(text) => out.push(Node::Text(text.clone())),
            Inline::Styled(style, body) => {
                let body = self.inlines(body);
                out.push(styled(*style).children(body).into());
            }
            Inline::Foreign(lang, body) => self.foreign(lang, body, out),
            Inline::Link(link) => self.link(link, out),
            Inline::Xref(xref) => self.xref(xref, out),
            Inline::Note(note) => {
                let mark = self.note(note);
                out.push(mark);
            }
            Inline::Image(graphic) => {
                let image = self.inline_image(graphic);
                out.push(image);
            }
            Inline::Formula(formula) => {
                let math = self.formula(formula);
                out.push(math);
            }
            Inline::Ruby(base, above) => {
                let ruby = self.ruby(base, above);
                out.push(ruby.into());
            }
            Inline::Break => out.push(Element::new("br").into()),
            Inline::Place(place) => out.extend(self.ids.set(place.id.as_ref()).map(|id| Element::new("span").id(Some(id)).into())),
        }
    }

    /// A text and its reading. Where one of them is in another language as a whole, its element says so.
    fn ruby(&mut self, base: &[Inline], above: &[Inline]) -> Element {
        let ruby = self.in_tongue("ruby", base);
        let rt = self.in_tongue("rt", above);
        // The reading is in the language around, unless it says another.
        let rt = match (rt.get("lang"), ruby.get("lang")) {
            (None, Some(_)) => rt.lang(&self.lang, None),
            (Some(_) | None, _) => rt,
        };
        ruby.children([rt.into()])
    }

    /// An element of a run, in the language of the run where that is one.
    fn in_tongue(&mut self, name: &'static str, run: &[Inline]) -> Element {
        if let [Inline::Foreign(lang, body)] = run
            && *lang != self.lang
        {
            let around = self.lang.clone();
            let body = self.in_lang(lang, |writer| writer.inlines(body));
            return Element::new(name).lang(lang, Some(&around)).children(body);
        }
        Element::new(name).children(self.inlines(run))
    }

    /// A run in another language. Where that is the language of the place already, nothing has to be said.
    fn foreign(&mut self, lang: &Lang, body: &[Inline], out: &mut Vec<Node>) {
        if *lang == self.lang {
            return out.extend(self.inlines(body));
        }
        let around = self.lang.clone();
        let body = self.in_lang(lang, |writer| writer.inlines(body));
        out.push(Element::new("span").lang(lang, Some(&around)).children(body).into());
    }

    /// A link out of the book.
    fn link(&mut self, link: &Link, out: &mut Vec<Node>) {
        if self.linked {
            return out.extend(self.inlines(&link.body));
        }
        let Some(href) = link::address(&link.href) else {
            if !link.href.is_empty() {
                self.dropped.push(Dropped { href: link.href.clone(), span: link.span });
            }
            return out.extend(self.inlines(&link.body));
        };
        self.around_links(&link.body, out, |_| Element::new("a").with("href", href.clone()));
    }

    /// A reference to another place. What is above the line stays above it, and the link stands inside: some readers show
    /// no pop-up where a note's link holds an element (jgm/pandoc#1995).
    fn xref(&mut self, xref: &Xref, out: &mut Vec<Node>) {
        if xref.body.is_empty() {
            return;
        }
        let target = xref.rids.first().map(|rid| (rid.clone(), self.edition.target(rid)));
        let Some((rid, Some(target))) = target.filter(|_| !self.linked) else {
            return out.extend(self.inlines(&xref.body));
        };
        let href = self.ids.link(&rid);
        let mut id = self.ids.set(xref.id.as_ref());
        let (role, kind) = match (xref.kind, target) {
            (XrefKind::Citation, _) | (_, Target::Reference) => (Some("doc-biblioref"), Some("biblioref")),
            (XrefKind::Note, Target::Note) => (Some("doc-noteref"), Some("noteref")),
            (
                XrefKind::Affiliation | XrefKind::Correspondence | XrefKind::Note | XrefKind::TableNote | XrefKind::Other,
                Target::Section | Target::Block | Target::Figure | Target::Table | Target::Note | Target::Affiliation | Target::Author | Target::Citation,
            ) => (None, None),
        };
        if target == Target::Note && !self.marks.contains_key(&rid) {
            let mark = id.clone().unwrap_or_else(|| self.ids.fresh("noteref"));
            self.marks.insert(rid, mark.clone());
            id = Some(mark);
        }
        let mut anchor = Element::new("a").id(id).with("href", href);
        if let (Some(role), Some(kind)) = (role, kind) {
            anchor = anchor.with("role", role).with("epub:type", kind);
        }
        let (raised, body) = match xref.body.as_slice() {
            [Inline::Styled(style @ (Style::Superscript | Style::Subscript), body)] => (Some(*style), body.as_slice()),
            body => (None, body),
        };
        let mut written = Vec::new();
        if role == Some("doc-noteref") {
            let text = self.flat(body);
            written.push(anchor.children(text).into());
        } else {
            self.around_links(
                body,
                &mut written,
                |part| if part == 0 { anchor.clone() } else { Element { attributes: without_id(&anchor), ..anchor.clone() } },
            );
        }
        match raised {
            Some(style) => out.push(styled(style).children(written).into()),
            None => out.extend(written),
        }
    }

    /// A run inside links. A note's mark or another reference in it has a link of its own, so that the run is linked before
    /// and after it; deeper inside they are text.
    fn around_links(&mut self, body: &[Inline], out: &mut Vec<Node>, anchor: impl Fn(usize) -> Element) {
        let mut parts = 0;
        let mut from = 0;
        for (at, inline) in body.iter().enumerate() {
            let own = match inline {
                Inline::Note(_) | Inline::Xref(_) | Inline::Link(_) => true,
                Inline::Text(_)
                | Inline::Generated(_)
                | Inline::Styled(..)
                | Inline::Ruby(..)
                | Inline::Foreign(..)
                | Inline::Image(_)
                | Inline::Formula(_)
                | Inline::Break
                | Inline::Place(_) => false,
            };
            if own {
                self.linked_part(&body[from..at], &mut parts, out, &anchor);
                self.inline(inline, out);
                from = at + 1;
            }
        }
        self.linked_part(&body[from..], &mut parts, out, &anchor);
    }

    fn linked_part(&mut self, part: &[Inline], parts: &mut usize, out: &mut Vec<Node>, anchor: &impl Fn(usize) -> Element) {
        if part.is_empty() {
            return;
        }
        let around = std::mem::replace(&mut self.linked, true);
        let nodes = self.inlines(part);
        self.linked = around;
        out.push(anchor(*parts).children(nodes).into());
        *parts += 1;
    }

    /// The text of a run and nothing else, leaves as leaves.
    pub(crate) fn flat(&mut self, run: &[Inline]) -> Vec<Node> {
        let mut out = Vec::new();
        for inline in run {
            match inline {
                Inline::Text(leaf) => out.push(Node::Leaf(*leaf)),
                Inline::Generated(text) => out.push(Node::Text(text.clone())),
                Inline::Styled(_, body) | Inline::Foreign(_, body) => out.extend(self.flat(body)),
                Inline::Ruby(base, above) => {
                    out.extend(self.flat(base));
                    out.extend(self.flat(above));
                }
                Inline::Link(link) => out.extend(self.flat(&link.body)),
                Inline::Xref(xref) => out.extend(self.flat(&xref.body)),
                Inline::Image(graphic) => out.push(self.inline_image(graphic)),
                Inline::Formula(formula) => out.push(self.formula(formula)),
                Inline::Break => out.push(Node::Text(" ".to_owned())),
                Inline::Place(place) => out.extend(self.ids.set(place.id.as_ref()).map(|id| Element::new("span").id(Some(id)).into())),
                Inline::Note(note) => {
                    let around = std::mem::replace(&mut self.linked, true);
                    out.push(self.note(note));
                    self.linked = around;
                }
            }
        }
        out
    }

    fn inline_image(&mut self, graphic: &Graphic) -> Node {
        match self.image(graphic, "") {
            Some(image) => image.class("inline").into(),
            None => Element::new("span").class("missing").text(graphic.name()).into(),
        }
    }
}

/// The element of a style.
fn styled(style: Style) -> Element {
    match style {
        Style::Italic => Element::new("i"),
        Style::Bold => Element::new("b"),
        Style::SmallCaps => Element::new("span").class("small-caps"),
        Style::Subscript => Element::new("sub"),
        Style::Superscript => Element::new("sup"),
        Style::Monospace => Element::new("code"),
        Style::SansSerif => Element::new("span").class("sans-serif"),
        Style::Roman => Element::new("span").class("roman"),
        Style::Underline => Element::new("u"),
        Style::Overline => Element::new("span").class("overline"),
        Style::Strike => Element::new("s"),
    }
}

fn without_id(anchor: &Element) -> Vec<(&'static str, String)> {
    anchor.attributes.iter().filter(|(name, _)| *name != "id").cloned().collect()
}
