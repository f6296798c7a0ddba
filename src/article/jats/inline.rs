//! Text inside a paragraph, a title, a cell.
//!
//! 1. [`Reader::inlines`] reads mixed content as it stands.
//! 2. [`Reader::run`] does the same and tidies its white space: one blank where the master has many, none at the ends.

use super::Reader;
use super::apart::{Line, stands_apart};
use super::block::chosen;
use super::elements::{self, Taken};
use super::indent::{self, indent};
use crate::code::Code;
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::lang::label::Label;
use crate::lang::table::{date_in_words, word};
use crate::leaf::{LeafNo, Reason};
use crate::model::block::Block;
use crate::model::inline::{Graphic, Inline, Inlines, Link, Note, Place, Xref, XrefKind};
use crate::model::{Id, doi};
use crate::source::Span;
use crate::xml::{Element, Node, TextRun};

impl Reader<'_> {
    /// The content of an element as one tidy run.
    pub(super) fn run(&mut self, element: &Element) -> Inlines {
        self.run_of(&element.children, &element.name)
    }

    /// Some nodes as one tidy run.
    pub(super) fn run_of(&mut self, nodes: &[Node], element: &str) -> Inlines {
        let mut inlines = self.inlines(nodes, element);
        self.tidy(&mut inlines);
        inlines
    }

    /// A run in the language of its element, marked where that is another than outside.
    pub(super) fn title(&mut self, element: &Element) -> Inlines {
        let (lang, inlines) = self.within(element, |reader| reader.run(element));
        foreign(lang, inlines)
    }

    /// A text without the blanks that the lines of the master have brought into it.
    pub(super) fn text_between(&mut self, run: &TextRun, element: &str, after_element: bool, after: &[Node]) -> Inlines {
        let made = self.leaf(run, element);
        let indent = indent(&run.text, after_element, after);
        if let Some(first) = made.first().filter(|_| indent.before).and_then(|no| self.leaves.get_mut(*no)) {
            first.text = first.text.trim_start_matches(' ').to_owned();
        }
        if let Some(last) = made.last().filter(|_| indent.behind).and_then(|no| self.leaves.get_mut(*no)) {
            last.text.truncate(last.text.trim_end_matches(' ').len());
        }
        made.into_iter().map(Inline::Text).collect()
    }

    /// Takes the blanks away that an element has inside for the lines of the master, between what stands before it and what follows.
    pub(super) fn unindent(&mut self, element: &Element, before: &[Inline], read: &[Inline], after: &[Node]) {
        let is_index = matches!(element.name.as_str(), "sub" | "sup");
        let is_parted = last_leaf(before).is_some_and(|no| self.leaves.text(no).ends_with([' ', '(', '[']));
        if (is_index || is_parted)
            && indent::begins_broken(element)
            && let Some(leaf) = first_leaf(read).and_then(|no| self.leaves.get_mut(no))
        {
            leaf.text = leaf.text.trim_start_matches(' ').to_owned();
        }
        if (is_index || indent::parts(after))
            && indent::ends_broken(element)
            && let Some(leaf) = last_leaf(read).and_then(|no| self.leaves.get_mut(no))
        {
            leaf.text.truncate(leaf.text.trim_end_matches(' ').len());
        }
    }

    /// Mixed content as it stands.
    pub(super) fn inlines(&mut self, nodes: &[Node], element: &str) -> Inlines {
        let mut line = Line::default();
        let mut rest = nodes;
        let mut after_element = false;
        while let Some((node, after)) = rest.split_first() {
            rest = after;
            let behind = std::mem::replace(&mut after_element, matches!(node, Node::Element(_)));
            match node {
                Node::Text(run) => {
                    let read = self.text_between(run, element, behind, after);
                    line.add(self, read, false);
                }
                Node::Element(child) => match super::phrase::line_from(child, after) {
                    Some((style, held)) => {
                        self.anchor(child);
                        let body = self.inlines(&after[..held], element);
                        let mut read = vec![Inline::Styled(style, body)];
                        read.extend(self.rescued(child));
                        line.add(self, read, false);
                        rest = &after[held..];
                    }
                    None => {
                        let (lang, read) = self.placed(child);
                        self.unindent(child, &line.read, &read, after);
                        let mut read = foreign(lang, read);
                        read.extend(self.rescued(child));
                        line.add(self, read, stands_apart(child));
                    }
                },
            }
        }
        line.read
    }

    /// One element in the line, in its language. Where something points at it, and it is nothing of its own here, its beginning is a place.
    fn placed(&mut self, element: &Element) -> (Option<Lang>, Inlines) {
        let known = self.anchors.len();
        let (lang, mut read) = self.within(element, |reader| reader.inline(element));
        if let Some(id) = self.id(element).filter(|id| self.pointed.contains(id))
            && let Some(at) = self.anchors.iter().skip(known).position(|anchor| *anchor == id)
        {
            self.anchors.remove(known + at);
            read.insert(0, Inline::Place(Place { id: Some(id), span: element.tag }));
        }
        (lang, read)
    }

    /// One element in the line.
    pub(super) fn inline(&mut self, element: &Element) -> Inlines {
        match element.name.as_str() {
            "xref" => vec![self.xref(element)],
            "ext-link" | "uri" | "self-uri" | "inline-supplementary-material" | "a" => self.link(element),
            "email" => self.email(element),
            "pub-id" | "object-id" => self.identifier(element),
            "inline-graphic" | "graphic" | "img" => self.picture_in_line(element),
            "inline-media" | "media" => self.media_in_line(element),
            "break" | "br" => vec![Inline::Break],
            "fn" => vec![Inline::Note(Box::new(self.note(element)))],
            "name" => self.name_in_line(element),
            "string-name" if element.child("surname").is_some() && !element.children.iter().any(|node| matches!(node, Node::Text(_))) => {
                self.name_in_line(element)
            }
            "anonymous" if element.children.is_empty() => vec![Inline::Generated(word(&self.lang, Label::Anonymous).to_owned())],
            "etal" if element.children.is_empty() => vec![Inline::Generated(word(&self.lang, Label::EtAl).to_owned())],
            "date" | "string-date" | "date-in-citation" | "access-date" if !element.has_own_text() && element.child("year").is_some() => {
                self.date_in_line(element)
            }
            "name-alternatives" | "collab-alternatives" | "collab-name-alternatives" => self.name_in_our_script(element),
            "alternatives" | "block-alternatives" => self.alternatives_in_line(element),
            "inline-formula" | "disp-formula" => self.formula_in_line(element),
            "mml:math" | "math" | "tex-math" => self.bare_formula(element),
            // Names that a publisher's own program was to part.
            "person-group" if !element.has_own_text() && element.elements().nth(1).is_some() => {
                self.anchor(element);
                self.joined(element, ", ")
            }
            "ruby" => self.ruby(element),
            "institution-wrap" => self.institution(element),
            "abbrev" => self.abbreviation(element),
            "mixed-citation" | "citation" if element.has_own_text() => self.citation_in_text(element),
            // The number of a funder in a register (Crossref) is for programs; its name stands beside it.
            "named-content" if is_register(element) => {
                self.omit(element, Reason::Metadata);
                Vec::new()
            }
            // A work of which the parts are only tagged.
            "product" | "related-article" | "related-object" if !element.has_own_text() && element.elements().nth(1).is_some() => {
                self.anchor(element);
                let body = self.joined(element, ", ");
                self.linked(element, body)
            }
            "named-content" | "related-article" | "related-object" => self.linked_content(element),
            "styled-content" => self.styled_content(element),
            "private-char" => self.private_character(element),
            "xi:include" => self.inclusion(element),
            name => match elements::taken(name) {
                // An upright run is only worth a word where `@toggle` is not asked for: nested italics turn upright by themselves in the layouts.
                Some(Taken::Styled(style)) => {
                    self.anchor(element);
                    vec![Inline::Styled(style, self.inlines(&element.children, name))]
                }
                Some(Taken::Left(reason)) => {
                    self.omit(element, reason);
                    Vec::new()
                }
                Some(Taken::Plain) if super::block::is_glued(element) => {
                    self.anchor(element);
                    self.joined(element, " ")
                }
                Some(Taken::Plain | Taken::Mark | Taken::Inline) => {
                    self.anchor(element);
                    self.inlines(&element.children, name)
                }
                Some(Taken::Block) if matches!(name, "p" | "title" | "caption" | "attrib" | "sig") => {
                    self.anchor(element);
                    self.inlines(&element.children, name)
                }
                // An element that holds only elements would run their words together.
                Some(Taken::Through | Taken::Data) => {
                    self.anchor(element);
                    self.joined(element, " ")
                }
                Some(Taken::Block | Taken::Around) | None => {
                    self.not_known(element);
                    self.joined(element, " ")
                }
            },
        }
    }

    /// The children of an element that has no text of its own, with a separator between them; mixed content as it stands.
    pub(super) fn joined(&mut self, element: &Element, separator: &str) -> Inlines {
        if element.has_own_text() {
            return self.inlines(&element.children, &element.name);
        }
        let mut joined = Inlines::new();
        for child in &element.children {
            let Node::Element(child) = child else { continue };
            let (lang, mut read) = self.placed(child);
            read.extend(self.rescued(child));
            if self.is_blank(&read) {
                joined.extend(read.into_iter().filter(|inline| matches!(inline, Inline::Place(_))));
                continue;
            }
            read = self.called(child, foreign(lang, read));
            joined.extend(self.between(&joined, separator, &read));
            joined.extend(read);
        }
        joined
    }

    /// The number of a telephone or a fax with the word for it, where it has none of its own.
    fn called(&self, element: &Element, read: Inlines) -> Inlines {
        let label = match element.name.as_str() {
            "phone" => Label::Phone,
            "fax" => Label::Fax,
            _ => return read,
        };
        if element.plain_text().chars().any(char::is_alphabetic) {
            return read;
        }
        let mut called = vec![Inline::Generated(format!("{} ", word(&self.lang, label)))];
        called.extend(read);
        called
    }

    /// Whether a run shows nothing: no text but blanks.
    pub(super) fn is_blank(&self, run: &Inlines) -> bool {
        run.iter().all(|inline| match inline {
            Inline::Text(leaf) => self.leaves.text(*leaf).trim().is_empty(),
            Inline::Generated(text) => text.trim().is_empty(),
            Inline::Place(_) => true,
            Inline::Styled(_, body) | Inline::Foreign(_, body) => self.is_blank(body),
            Inline::Link(link) => self.is_blank(&link.body),
            Inline::Ruby(..) | Inline::Xref(_) | Inline::Note(_) | Inline::Image(_) | Inline::Formula(_) | Inline::Break => false,
        })
    }

    /// `xref`; several ids in `@rid` are several targets.
    pub(super) fn xref(&mut self, element: &Element) -> Inline {
        self.anchor(element);
        let rids = element.value("rid").map(|rids| rids.split_whitespace().map(|rid| Id(rid.to_owned())).collect()).unwrap_or_default();
        Inline::Xref(Xref {
            id: None,
            kind: xref_kind(element.value("ref-type")),
            rids,
            body: self.inlines(raised(&element.children), &element.name),
            // The id is made of the command of LaTeX: `\\citet` is `text.1`, `\\citep` is `paren.2` (Copernicus).
            narrative: element.value("id").is_some_and(|id| id.starts_with("text.")),
            span: element.span,
        })
    }

    /// `institution-wrap`: a link to the record of the institution, where its identifier is one of ROR or Wikidata, or an address.
    fn institution(&mut self, element: &Element) -> Inlines {
        self.anchor(element);
        let body = self.joined(element, ", ");
        let record = element.children_named("institution-id").find_map(institution_address);
        match record {
            Some(href) if !body.iter().any(|inline| matches!(inline, Inline::Link(_))) => link_to(href, body, element.span),
            Some(_) | None => body,
        }
    }

    /// `ext-link`, `uri` and their kin. Without an address in `@xlink:href` the text is the address, if it looks like one.
    fn link(&mut self, element: &Element) -> Inlines {
        self.anchor(element);
        let body = self.inlines(&element.children, &element.name);
        let given = element.value("xlink:href").or_else(|| element.value("href")).map(str::to_owned);
        if let Some(id) = given.as_deref().and_then(|href| self.inside(href)).filter(|_| !body.is_empty()) {
            return vec![xref_to(id, body, element.span)];
        }
        let href = given.unwrap_or_else(|| self.plain(&body).trim().to_owned());
        let kind = element.value("ext-link-type").or_else(|| element.value("assigning-authority"));
        let href = kind.filter(|_| !href.contains(':')).and_then(|kind| record(kind, &href)).unwrap_or(href);
        let body = if body.is_empty() && !href.is_empty() { vec![Inline::Generated(href.clone())] } else { body };
        if element.attribute("xlink:href").is_some() && usable(&href).is_none() {
            self.log.push(
                Diagnostic::new(Code::UnusableLink, format!("the address `{href}` cannot be followed"))
                    .at(element.attribute("xlink:href").map_or(element.tag, |attribute| attribute.span))
                    .hint("links lead to `http`, `https`, `ftp` or `mailto`; the text stays, without a link"),
            );
        }
        link_to(href, body, element.span)
    }

    /// The id that an address leads to, where the article has it.
    pub(super) fn inside(&self, href: &str) -> Option<Id> {
        fragment(href).filter(|id| self.known.contains(id))
    }

    fn email(&mut self, element: &Element) -> Inlines {
        let body = self.inlines(&element.children, &element.name);
        if let Some(href) = element.value("xlink:href").filter(|href| href.starts_with("mailto:")) {
            return link_to(href.to_owned(), body, element.span);
        }
        let address = self.plain(&body).trim().to_owned();
        if address.is_empty() {
            return body;
        }
        vec![Inline::Link(Link { href: format!("mailto:{address}"), body, span: element.span })]
    }

    /// `pub-id`, `object-id`: a link where the kind of identifier has a resolver.
    fn identifier(&mut self, element: &Element) -> Inlines {
        let body = self.inlines(&element.children, &element.name);
        let value = self.plain(&body).trim().to_owned();
        // An address in the place of a number leads where it leads.
        if value.contains("://") && usable(&value).is_some() {
            return link_to(value, body, element.span);
        }
        let href = match element.value("pub-id-type") {
            _ if element.value("xlink:href").is_some() => element.value("xlink:href").unwrap_or_default().to_owned(),
            Some("doi") => doi_url(&value),
            kind => match kind.and_then(|kind| record(kind, &value)).or_else(|| element.value("assigning-authority").and_then(|kind| record(kind, &value))) {
                Some(href) => href,
                None => return body,
            },
        };
        link_to(href, body, element.span)
    }

    /// A `name` in a line: its parts in the order of `@name-style`, a blank between them.
    fn name_in_line(&mut self, element: &Element) -> Inlines {
        self.joined(element, " ")
    }

    /// `graphic`, `inline-graphic`: a picture; its description and caption are read by their own functions.
    pub(super) fn graphic(&mut self, element: &Element) -> Graphic {
        let described = |name: &str| element.child(name).map(Element::plain_text);
        let graphic = Graphic {
            id: self.id(element),
            href: element.value("xlink:href").or_else(|| element.value("href")).or_else(|| element.value("src")).unwrap_or_default().to_owned(),
            alt: described("alt-text"),
            long_desc: described("long-desc").filter(|text| !text.is_empty()),
            span: element.tag,
        };
        for name in ["alt-text", "long-desc"] {
            for described in element.children_named(name) {
                self.omit(described, Reason::Description);
            }
        }
        graphic
    }

    /// `inline-graphic` and its kin. What is said of the picture stands behind it.
    pub(super) fn picture_in_line(&mut self, element: &Element) -> Inlines {
        let mut read = vec![Inline::Image(self.graphic(element))];
        let said = super::block::without(element, &["alt-text", "long-desc"]);
        let is_said = |node: &Node| match node {
            Node::Element(_) => true,
            // A film may hold words of its own; a picture may not.
            Node::Text(run) => element.name == "inline-media" && !crate::xml::is_blank(&run.text),
        };
        if said.iter().any(is_said) {
            read.push(Inline::Generated(" ".to_owned()));
            read.extend(self.inlines(&said, &element.name));
        }
        read
    }

    /// A date that is only tagged, in the words of the language. What is not a day of the calendar is read as it stands.
    fn date_in_line(&mut self, element: &Element) -> Inlines {
        let is_day = element.elements().count() > 1 && element.elements().all(|child| matches!(child.name.as_str(), "day" | "month" | "year"));
        match super::meta::date_of(element).filter(|date| is_day && (date.month.is_some() || element.child("month").is_none())) {
            Some(date) => {
                self.omit(element, Reason::Date);
                vec![Inline::Generated(date_in_words(&self.lang, date))]
            }
            None => {
                self.anchor(element);
                self.joined(element, " ")
            }
        }
    }

    /// Of several forms of a name that in the language of the text, else the first.
    fn name_in_our_script(&mut self, element: &Element) -> Inlines {
        self.anchor(element);
        let element = &self.shown_forms(element);
        let ours = |child: &Element| child.value("xml:lang").and_then(Lang::parse).is_some_and(|(lang, _)| lang.same_language(&self.lang));
        let Some(chosen) = element.elements().find(|child| ours(child)).or_else(|| element.elements().next()) else {
            return self.inlines(&element.children, &element.name);
        };
        let (lang, body) = self.within(chosen, |reader| reader.inline(chosen));
        self.omit(element, Reason::Alternative);
        foreign(lang, body)
    }

    /// Of several forms in a line the text form is set, else the first picture.
    fn alternatives_in_line(&mut self, element: &Element) -> Inlines {
        let Some(chosen) = chosen(element) else { return self.inlines(&element.children, &element.name) };
        let body = self.inline(chosen);
        self.omit(element, Reason::Alternative);
        body
    }

    /// `fn`: label, then paragraphs.
    pub(super) fn note(&mut self, element: &Element) -> Note {
        let mut label = element.child("label").map(|label| self.run(label)).unwrap_or_default();
        if let Some(symbol) = element.value("symbol").filter(|symbol| label.is_empty() && !symbol.trim().is_empty()) {
            label = vec![Inline::Generated(symbol.trim().to_owned())];
        }
        let rest: Vec<Node> = element.children.iter().filter(|node| !matches!(node, Node::Element(child) if child.name == "label")).cloned().collect();
        let (lang, body) = self.within(element, |reader| reader.flow(&rest, None, element.span));
        let body = unquoted(body);
        Note {
            id: self.id(element),
            kind: element.value("fn-type").map(str::to_owned),
            mark: Vec::new(),
            label,
            body: super::block::foreign(lang, body),
            span: element.span,
        }
    }
}

/// The first text of a run, however deep.
fn first_leaf(run: &[Inline]) -> Option<LeafNo> {
    leaf_of(run.iter().find(|inline| !matches!(inline, Inline::Place(_)))?, first_leaf)
}

/// The last text of a run, however deep.
fn last_leaf(run: &[Inline]) -> Option<LeafNo> {
    leaf_of(run.last()?, last_leaf)
}

fn leaf_of(inline: &Inline, inside: fn(&[Inline]) -> Option<LeafNo>) -> Option<LeafNo> {
    match inline {
        Inline::Text(no) => Some(*no),
        Inline::Styled(_, body) | Inline::Foreign(_, body) | Inline::Link(Link { body, .. }) | Inline::Xref(Xref { body, .. }) => inside(body),
        Inline::Generated(_) | Inline::Note(_) | Inline::Image(_) | Inline::Formula(_) | Inline::Ruby(..) | Inline::Break | Inline::Place(_) => None,
    }
}

/// A note that is nothing but a quotation is what word processors make of a note's own style: it is set as any other.
fn unquoted(mut body: Vec<Block>) -> Vec<Block> {
    match body.as_mut_slice() {
        [Block::Quote(quote)] if quote.id.is_none() && quote.attribution.is_empty() => std::mem::take(&mut quote.blocks),
        _ => body,
    }
}

/// Marks a run that is in another language.
pub(super) fn foreign(lang: Option<crate::lang::Lang>, inlines: Inlines) -> Inlines {
    match lang {
        Some(lang) if !inlines.is_empty() => vec![Inline::Foreign(lang, inlines)],
        _ => inlines,
    }
}

/// The address that resolves a DOI, however it is written.
fn doi_url(doi: &str) -> String {
    format!("https://doi.org/{}", doi::bare(doi.trim()))
}

/// The address of a record in a collection that `@ext-link-type`, `@pub-id-type` or `@assigning-authority` names. Source: JATS, suggested values of
/// `@ext-link-type` and `@pub-id-type`; the collections' own pages on how they are linked to.
fn record(kind: &str, id: &str) -> Option<String> {
    let id = id.trim();
    if id.is_empty() || id.contains(char::is_whitespace) {
        return None;
    }
    let number = |prefix: &str| id.strip_prefix(prefix).or_else(|| id.strip_prefix(&prefix.to_ascii_lowercase())).unwrap_or(id).to_owned();
    Some(match kind.to_ascii_lowercase().as_str() {
        "doi" => doi_url(id),
        "pmid" | "pubmed" | "medline" => format!("https://pubmed.ncbi.nlm.nih.gov/{id}/"),
        "pmcid" | "pmc" => format!("https://www.ncbi.nlm.nih.gov/pmc/articles/{id}/"),
        "gen" | "genbank" | "ncbi:nucleotide" | "nucleotide" | "ddbj/embl/genbank" | "pmc:entrez-nucleotide" => {
            format!("https://www.ncbi.nlm.nih.gov/nuccore/{id}")
        }
        "genpept" | "ncbi:protein" | "protein" | "pmc:entrez-protein" => format!("https://www.ncbi.nlm.nih.gov/protein/{id}"),
        "pdb" => format!("https://www.rcsb.org/structure/{id}"),
        "sprot" | "uniprot" => format!("https://www.uniprot.org/uniprotkb/{id}"),
        "ec" => format!("https://enzyme.expasy.org/EC/{}", number("EC")),
        "omim" => format!("https://www.omim.org/entry/{id}"),
        "clinicaltrials.gov" | "clinicaltrials" => format!("https://clinicaltrials.gov/study/{id}"),
        "arxiv" => format!("https://arxiv.org/abs/{}", number("arXiv:")),
        "handle" | "hdl" => format!("https://hdl.handle.net/{}", number("hdl:")),
        "orcid" => format!("https://orcid.org/{id}"),
        "ror" => format!("https://ror.org/{id}"),
        _ => return None,
    })
}

/// Whether this is what a register of funders has of one beside its name: its number, its other names, the address of its country.
fn is_register(element: &Element) -> bool {
    match element.value("content-type") {
        Some("funder-identifier" | "fundref:id" | "fundref:alternate-name" | "aps-code") => true,
        Some("country") => element.plain_text().starts_with("http"),
        Some(_) | None => false,
    }
}

/// The address of an institution's record (`institution-id`), where the register is one whose addresses are known.
fn institution_address(id: &Element) -> Option<String> {
    let value = id.plain_text();
    if value.starts_with("http://") || value.starts_with("https://") {
        return Some(value);
    }
    match id.value("institution-id-type").unwrap_or_default().to_ascii_lowercase().as_str() {
        "ror" => Some(format!("https://ror.org/{}", value.trim_start_matches("ror.org/"))),
        "wikidata" => Some(format!("https://www.wikidata.org/wiki/{value}")),
        _ => None,
    }
}

/// A link, where the address is one that may be followed: nothing but web, mail and file transfer addresses.
pub(super) fn link_to(href: String, body: Inlines, span: Span) -> Inlines {
    match usable(&href) {
        Some(href) => vec![Inline::Link(Link { href, body, span })],
        None => body,
    }
}

/// A reference to a place of the article that the master wrote as a link.
pub(super) fn xref_to(id: Id, body: Inlines, span: Span) -> Inline {
    Inline::Xref(Xref { id: None, kind: XrefKind::Other, rids: vec![id], body, narrative: false, span })
}

/// What stands in a reference; where that is a raised mark alone, without the ends of lines around it, which are there for whoever reads the master:
/// `<xref>⏎⇥<sup>15</sup>⏎</xref>` has no blank before its mark.
fn raised(nodes: &[Node]) -> &[Node] {
    let is_end = |node: &Node| matches!(node, Node::Text(run) if run.text.trim().is_empty() && run.text.contains(['\n', '\r']));
    match nodes {
        [before, mark @ Node::Element(element), behind] if element.name == "sup" && is_end(before) && is_end(behind) => std::slice::from_ref(mark),
        nodes => nodes,
    }
}

/// The id that an address would lead to inside the article: `#sec1`.
pub(super) fn fragment(href: &str) -> Option<Id> {
    href.strip_prefix('#').filter(|id| !id.is_empty()).map(|id| Id(id.to_owned()))
}

/// The address in full, if it may be followed.
pub(super) fn usable(href: &str) -> Option<String> {
    let href = if href.starts_with("www.") || href.starts_with("10.") && href.contains('/') {
        if href.starts_with("10.") { doi_url(href) } else { format!("http://{href}") }
    } else {
        href.to_owned()
    };
    let scheme = href.split(':').next().unwrap_or_default().to_ascii_lowercase();
    (matches!(scheme.as_str(), "http" | "https" | "ftp" | "mailto") && !href.contains(char::is_whitespace)).then_some(href)
}

fn xref_kind(kind: Option<&str>) -> XrefKind {
    match kind {
        Some("bibr" | "bib-ref" | "ref") => XrefKind::Citation,
        Some("aff") => XrefKind::Affiliation,
        Some("corresp") => XrefKind::Correspondence,
        Some("fn" | "author-notes" | "author-note" | "contrib") => XrefKind::Note,
        Some("table-fn") => XrefKind::TableNote,
        Some(_) | None => XrefKind::Other,
    }
}
