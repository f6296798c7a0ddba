//! From the tree of a master to an [`Article`].
//!
//! 1. [`root`] finds the article, inside a wrapper too.
//! 2. [`elements`] lists every element that is known, and how it is taken.
//! 3. [`front`], [`contrib`], [`related`] and [`meta`] read what stands before the text, [`part`] an article inside the article; [`block`], [`inline`],
//!    [`phrase`], [`statement`], [`terms`], [`lines`], [`figure`], [`caption`], [`table`], [`cals`], [`back`], [`reference`], [`citation`], [`math`], [`mathml`], [`mathlines`], [`arithmetic`], [`content`], [`numbered`], [`numbers`] and [`tex`] read the
//!    text, one small function for an element.
//! 4. [`indent`] and [`tongues`] see through two habits of masters: elements on lines of their own, and one figure in several languages. [`floats`] puts figures and tables of `floats-group` where they are first mentioned.
//! 5. Each run of text is struck off when it has become a leaf or is left out for a [`Reason`]; what remains was lost, and is an error.
//!
//! The policy for what is not known: an element is taken as if its tags were not there, and is named once with
//! its first place and how often it occurs. Source for all element names: JATS Archiving Tag Library 1.4,
//! <https://jats.nlm.nih.gov/archiving/tag-library/1.4/>, and NLM 2.3 and 3.0 where an element is older.

mod apart;
mod arithmetic;
mod back;
mod block;
mod cals;
mod caption;
mod citation;
mod columns;
mod content;
mod contrib;
pub mod elements;
mod figure;
mod floats;
mod front;
mod grid;
mod indent;
mod inline;
mod lines;
mod math;
mod mathlines;
mod mathml;
mod mathroom;
mod meta;
mod numbered;
mod numbers;
mod part;
mod phrase;
mod reference;
mod related;
mod rescue;
mod root;
mod statement;
mod table;
mod terms;
mod tex;
mod tidy;
mod tongues;
mod treatment;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::lang::Lang;
use crate::leaf::{Leaf, LeafNo, Leaves, Omission, Reason};
use crate::model::block::Block;
use crate::model::front::{Front, In, Title};
use crate::model::inline::{Inline, Inlines};
use crate::model::{Article, Id};
use crate::source::Span;
use crate::xml::{Element, Node, TextRun, Tree, fold, is_blank};

/// The longest leaf in bytes: the engine counts places in a leaf in 16 bits.
const MAX_LEAF: usize = 32 << 10;

/// Reads an article. `None` when the tree is no article, which has been reported.
#[must_use]
pub fn read(log: &mut Log, tree: &Tree) -> Option<Article> {
    let element = root::find(log, tree)?;
    let mut said = Log::default();
    let mut article = attempt(&mut said, tree, element, false);
    if said.iter().any(|diagnostic| diagnostic.code == Code::LostText) {
        said = Log::default();
        article = attempt(&mut said, tree, element, true);
    }
    said.iter().for_each(|diagnostic| log.push(diagnostic.clone()));
    Some(article)
}

/// Whether an article reviews something: it says so, or names something (`product`) and has no title of its own.
fn is_review(article: &Element, front: &Element) -> bool {
    fn titled(element: &Element) -> bool {
        element.elements().any(|child| match child.name.as_str() {
            "article-meta" | "title-group" => titled(child),
            "article-title" => !child.plain_text().is_empty(),
            _ => false,
        })
    }
    article.value("article-type").is_some_and(|kind| kind.ends_with("-review") || kind == "review-of-book") || !titled(front)
}

/// Reads an article once, with or without an eye for text that stands where none may.
fn attempt(log: &mut Log, tree: &Tree, element: &Element, rescuing: bool) -> Article {
    let mut reader = Reader {
        log,
        rescuing,
        leaves: Leaves::default(),
        struck: vec![false; tree.runs],
        lang: Lang::english(),
        unknown: IndexMap::new(),
        anchors: Vec::new(),
        made_ids: 0,
        displays: Vec::new(),
        products: None,
        tables_open: 0,
        list_ends: BTreeMap::new(),
        pointed: BTreeSet::new(),
        known: BTreeSet::new(),
    };
    reader.note_pointed(element);
    reader.outside(&tree.root, element);
    let article = reader.article(element);
    reader.audit(&tree.root);
    reader.name_unknown();
    Article { leaves: reader.leaves, anchors: reader.anchors, ..article }
}

/// What the functions of this module share.
struct Reader<'a> {
    log: &'a mut Log,
    /// Whether text that stands where none may is looked for.
    rescuing: bool,
    leaves: Leaves,
    /// Which runs of the tree have found their place.
    struck: Vec<bool>,
    /// The language of the element that is being read.
    lang: Lang,
    /// Elements that are not known: their first place and how many there are.
    unknown: IndexMap<String, (Span, usize)>,
    /// Ids of elements that have no place in the model.
    anchors: Vec<Id>,
    /// How many ids were made for affiliations that have none.
    made_ids: usize,
    /// Sections of displayed objects, which are to stand where the text mentions them.
    displays: Vec<Span>,
    /// What a review is about (`product`), while the front matter of a review is read.
    products: Option<Vec<Block>>,
    /// How many tables are open around what is being read.
    tables_open: usize,
    /// The number that follows the last item of each list, by its id: other lists go on from there.
    list_ends: BTreeMap<Id, u32>,
    /// The ids that references lead to.
    pointed: BTreeSet<Id>,
    /// The ids of all elements.
    known: BTreeSet<Id>,
}

impl Reader<'_> {
    /// The article as a whole (tag library: `article`).
    fn article(&mut self, element: &Element) -> Article {
        self.lang = self.lang_of(element).unwrap_or_default();
        let mut article = Article {
            kind: element.value("article-type").map(str::to_owned),
            lang: self.lang.clone(),
            front: Front::default(),
            body: Vec::new(),
            back: Vec::new(),
            parts: Vec::new(),
            anchors: Vec::new(),
            leaves: Leaves::default(),
        };
        let mut scope = part::Scope::of(element);
        let mut floats = Vec::new();
        for child in &element.children {
            match child {
                Node::Text(run) => self.stray(run, &mut article.body),
                Node::Element(child) => match child.name.as_str() {
                    "front" => {
                        self.products = is_review(element, child).then(Vec::new);
                        self.main_front(child, &mut article.front);
                        self.head_review(&mut article);
                    }
                    "body" => article.body.extend(self.blocks(child)),
                    "back" => article.back.extend(self.back(child)),
                    "floats-group" | "floats-wrap" => floats.extend(self.blocks(child)),
                    "sub-article" | "response" => {
                        let part = self.part(child, &mut scope);
                        article.parts.push(part);
                    }
                    "processing-meta" => self.omit(child, Reason::Processing),
                    // Some converters forget the `back` around what belongs into it.
                    "ack" | "app-group" | "bio" | "fn-group" | "glossary" | "notes" | "ref-list" => {
                        article.back.extend(self.flow(&[Node::Element(child.clone())], None, child.span));
                    }
                    _ => {
                        self.not_known(child);
                        article.body.extend(self.flow(&child.children, None, child.span));
                    }
                },
            }
            if let Node::Element(child) = child {
                let rescued = self.rescued_block(child);
                if child.name == "back" { article.back.extend(rescued) } else { article.body.extend(rescued) }
            }
        }
        floats::place(&mut article.body, floats);
        self.spread(&mut article.body, &mut article.back);
        if article.front.titles.is_empty() {
            self.log.push(Diagnostic::new(Code::MissingTitle, "the article has no title").at(element.tag).hint("give `article-title` in `title-group`"));
        }
        if article.body.is_empty() {
            self.log.push(Diagnostic::new(Code::EmptyBody, "the article has no body").at(element.tag));
        }
        article
    }

    /// What a review is about stands at its head: as its title where it has no other, else before its text.
    fn head_review(&mut self, article: &mut Article) {
        let Some(products) = self.products.take().filter(|products| !products.is_empty()) else { return };
        if !article.front.titles.is_empty() || products.iter().any(|block| !matches!(block, Block::Paragraph(_))) {
            article.body.splice(0..0, products);
            return;
        }
        let mut title = Inlines::new();
        for block in products {
            let Block::Paragraph(paragraph) = block else { continue };
            if !title.is_empty() {
                title.push(Inline::Break);
            }
            title.extend(paragraph.body);
            self.anchors.extend(paragraph.id);
        }
        article.front.titles.push(In { lang: self.lang.clone(), said: Title { title, subtitle: Inlines::new() } });
    }

    /// Text where JATS allows none: kept as a paragraph of the body.
    fn stray(&mut self, run: &TextRun, into: &mut Vec<crate::model::block::Block>) {
        if !is_blank(&run.text) {
            into.extend(self.flow(&[Node::Text(run.clone())], None, run.span));
        }
    }

    /// Says that text stands where JATS allows none. It is kept by whoever says so.
    fn stray_text_of(&mut self, run: &TextRun, element: &Element) {
        if !is_blank(&run.text) {
            self.log.push(
                Diagnostic::new(Code::StrayText, format!("text stands directly in `{}`, where JATS allows none; it is kept", element.name))
                    .at(run.span)
                    .hint("put it into the element that it belongs to"),
            );
        }
    }

    /// The language that an element names for itself. What cannot be understood is reported and ignored.
    fn lang_of(&mut self, element: &Element) -> Option<Lang> {
        let attribute = element.attribute("xml:lang").filter(|attribute| !attribute.value.trim().is_empty())?;
        match Lang::parse(&attribute.value) {
            Some((lang, false)) => Some(lang),
            Some((lang, true)) => {
                // Case alone is no reason to speak: BCP 47 does not tell `EN` from `en`.
                if !lang.tag().eq_ignore_ascii_case(attribute.value.trim()) {
                    self.log.push(Diagnostic::new(Code::DoubtfulLanguage, format!("`{}` is read as `{}`", attribute.value, lang.tag())).at(attribute.span));
                }
                Some(lang)
            }
            None => {
                self.log.push(
                    Diagnostic::new(Code::DoubtfulLanguage, format!("`{}` is not a language tag", attribute.value))
                        .at(attribute.span)
                        .hint("write a BCP 47 tag such as `en`, `ru` or `ky`"),
                );
                None
            }
        }
    }

    /// Reads something in the language of an element. Beside the result: that language, where it is another than outside.
    fn within<T>(&mut self, element: &Element, read: impl FnOnce(&mut Self) -> T) -> (Option<Lang>, T) {
        let Some(lang) = self.lang_of(element).filter(|lang| *lang != self.lang) else {
            return (None, read(self));
        };
        let outside = std::mem::replace(&mut self.lang, lang.clone());
        let result = read(self);
        self.lang = outside;
        (Some(lang), result)
    }

    /// The id of an element, white space taken out.
    fn id(&self, element: &Element) -> Option<Id> {
        let value = element.value("id")?;
        Some(Id(value.split_whitespace().collect::<Vec<_>>().join("-")))
    }

    /// Notes which ids the references of an element lead to.
    fn note_pointed(&mut self, element: &Element) {
        element.each(&mut |element| {
            self.pointed.extend(element.value("rid").into_iter().flat_map(str::split_whitespace).map(|rid| Id(rid.to_owned())));
            self.pointed.extend(element.value("xlink:href").or_else(|| element.value("href")).and_then(inline::fragment));
            let id = self.id(element);
            self.known.extend(id);
        });
    }

    /// Notes the id of an element that has no place in the model.
    fn anchor(&mut self, element: &Element) {
        self.anchors.extend(self.id(element));
    }

    /// Names an element that is not known.
    fn not_known(&mut self, element: &Element) {
        self.anchor(element);
        self.unknown.entry(element.name.clone()).or_insert((element.tag, 0)).1 += 1;
    }

    /// Makes leaves of a run of text, white space folded. A very long run becomes several.
    fn leaf(&mut self, run: &TextRun, element: &str) -> Vec<LeafNo> {
        self.strike(run);
        self.leaves_of(&fold(&run.text), run.span, element)
    }

    /// Makes leaves of a text that is already as it shall be set.
    fn leaves_of(&mut self, text: &str, span: Span, element: &str) -> Vec<LeafNo> {
        let mut made = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let mut cut = rest.len().min(MAX_LEAF);
            while !rest.is_char_boundary(cut) {
                cut -= 1;
            }
            let (piece, after) = rest.split_at(cut);
            made.push(self.leaves.add(Leaf { text: piece.to_owned(), span, element: element.to_owned(), lang: self.lang.clone() }));
            rest = after;
        }
        made
    }

    fn strike(&mut self, run: &TextRun) {
        if let Some(struck) = self.struck.get_mut(run.no) {
            *struck = true;
        }
    }

    /// Leaves out all text of an element that has not found its place yet. Its id can still be pointed at.
    fn omit(&mut self, element: &Element, reason: Reason) {
        self.anchor(element);
        for child in &element.children {
            match child {
                Node::Element(child) => self.omit(child, reason),
                Node::Text(run) => self.omit_run(run, &element.name, reason),
            }
        }
    }

    fn omit_run(&mut self, run: &TextRun, element: &str, reason: Reason) {
        if is_blank(&run.text) || self.struck.get(run.no).copied().unwrap_or(true) {
            return;
        }
        self.strike(run);
        self.leaves.omit(Omission { span: run.span, element: element.to_owned(), reason });
    }

    /// The plain text of an element that is data; `None` where there is none.
    fn data(&mut self, element: &Element, reason: Reason) -> Option<String> {
        let text = element.plain_text();
        self.omit(element, reason);
        (!text.is_empty()).then_some(text)
    }

    /// The plain text of inlines, for what is derived from them.
    fn plain(&self, inlines: &Inlines) -> String {
        crate::model::plain::text(&self.leaves, inlines)
    }

    /// Leaves out what stands around the article in a wrapper.
    fn outside(&mut self, element: &Element, article: &Element) {
        if std::ptr::eq(element, article) {
            return;
        }
        for child in &element.children {
            match child {
                Node::Element(child) => self.outside(child, article),
                Node::Text(run) => self.omit_run(run, &element.name, Reason::Processing),
            }
        }
    }

    /// Reports every run of text that has not found its place: the reader's own proof.
    fn audit(&mut self, element: &Element) {
        for child in &element.children {
            match child {
                Node::Element(child) => self.audit(child),
                Node::Text(run) if is_blank(&run.text) || self.struck.get(run.no).copied().unwrap_or(false) => {}
                Node::Text(run) => self.log.push(
                    Diagnostic::new(Code::LostText, format!("text of `{}` was dropped by the reader", element.name))
                        .at(run.span)
                        .hint("this is a fault of diglot: please report it"),
                ),
            }
        }
    }

    fn name_unknown(&mut self) {
        for (name, (span, times)) in std::mem::take(&mut self.unknown) {
            let often = if times == 1 { String::new() } else { format!(" ({times} of them, this is the first)") };
            self.log.push(
                Diagnostic::new(Code::UnknownElement, format!("the element `{name}` is not known; its text is kept{often}"))
                    .at(span)
                    .hint("look at the page: its meaning may be lost"),
            );
        }
    }
}

#[cfg(test)]
mod tests;
