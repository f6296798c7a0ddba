//! The content documents, and the book around them.
//!
//! 1. [`Writer::article`] writes the whole article: the fronts, the codes, the text, what follows it.
//! 2. [`Documents::of`] cuts a long one into files ([`split`]). Links hold ids alone until [`crate::ids::settle`] knows which file each id
//!    is in.
//! 3. [`bind`] adds contents, package document, style sheet and the pictures that are shown.

use std::borrow::Cow;
use std::collections::BTreeMap;

use article::edition::{CodeLine, Edition, FrontMatter, Metadata, Part};
use article::lang::Lang;
use article::lang::label::Label;
use article::model::block::Block;
use article::model::plain;
use article::picture::Pictures;
use indexmap::IndexMap;

use crate::container::ROOT;
use crate::dom::{Element, Node};
use crate::figure::picture_path;
use crate::nav::Places;
use crate::package::FIRST;
use crate::split::{self, Names};
use crate::writer::{Entry, Writer};
use crate::{Book, Draughtsman, Extras, File, Flavour, Placed, Printed, Skin, Stamp, container, cover, encode, flat, fonts, ids, math, nav, ncx, package, tie};

const XHTML: &str = "application/xhtml+xml";

/// See [`crate::bind`].
pub(crate) fn bind<'a>(edition: &Edition, pictures: &'a Pictures, skin: &Skin<'a>, stamp: &Stamp, extras: &Extras<'a>) -> Book<'a> {
    let printed = extras.printed;
    let mut writer = Writer::new(edition, pictures);
    let kindle = extras.flavour == Flavour::Kindle;
    writer.range = printed.and_then(Printed::range);
    writer.covered = extras.cover.is_some();
    writer.drawing = extras.formulas.is_some();
    let (mut body, places) = writer.article(extras.others_after);
    if kindle {
        flat::tables(&mut body, false);
    }
    let drawings = extras.formulas.map(|draw| drawings(&mut writer, &mut body, draw)).unwrap_or_default();
    if let Some(printed) = printed {
        writer.pages = printed.mark(&mut body, &mut writer.ids);
    }
    tie::tie(&mut body, &edition.leaves);
    let documents = Documents::of(&writer, body);
    let address = |id: &str| {
        let home = documents.homes.get(id).copied().unwrap_or(FIRST);
        format!("{}#{id}", documents.name(home))
    };
    if kindle {
        nav::cut(&mut writer.outline, ncx::DEPTH);
    }
    let contents = nav::document(&writer, &places, &address);
    let old_contents = kindle.then(|| ncx::document(&writer, stamp, &address));

    let mut files = vec![
        File { path: "mimetype".to_owned(), media_type: "text/plain", properties: "", bytes: Cow::Borrowed(b"application/epub+zip") },
        File { path: "META-INF/container.xml".to_owned(), media_type: "application/xml", properties: "", bytes: Cow::Owned(container::rootfile()) },
        File { path: format!("{ROOT}/package.opf"), media_type: "application/oebps-package+xml", properties: "", bytes: Cow::Owned(Vec::new()) },
        File { path: format!("{ROOT}/nav.xhtml"), media_type: XHTML, properties: "nav", bytes: Cow::Owned(encode::xml(&contents)) },
    ];
    let Documents { files: texts, placed, names, homes: _ } = documents;
    for (at, (bytes, properties)) in texts.into_iter().enumerate() {
        files.push(File { path: format!("{ROOT}/{}.xhtml", names.get(at)), media_type: XHTML, properties, bytes: Cow::Owned(bytes) });
    }
    let cover = extras.cover.map(|_| encode::xml(&cover::page(&writer)));
    files.extend(cover.map(|page| File { path: format!("{ROOT}/{}", cover::PAGE), media_type: XHTML, properties: "", bytes: Cow::Owned(page) }));
    let faces = extras.faces.map(|faces| faces(&fonts::characters(&files))).unwrap_or_default();
    let style = fonts::style(skin.css, &faces);
    files.push(File { path: format!("{ROOT}/style.css"), media_type: "text/css", properties: "", bytes: style });
    for (at, face) in faces.into_iter().enumerate() {
        files.push(File { path: format!("{ROOT}/{}", fonts::path(at)), media_type: fonts::MEDIA_TYPE, properties: "", bytes: Cow::Owned(face.bytes) });
    }
    if let Some(contents) = old_contents {
        let media_type = "application/x-dtbncx+xml";
        files.push(File { path: format!("{ROOT}/{}", ncx::NAME), media_type, properties: "", bytes: Cow::Owned(encode::xml(&contents)) });
    }
    if let Some(cover) = extras.cover {
        let path = format!("{ROOT}/{}", cover::PICTURE);
        files.push(File { path, media_type: "image/png", properties: "cover-image", bytes: Cow::Borrowed(cover) });
    }
    for (path, png) in drawings {
        files.push(File { path: format!("{ROOT}/{path}"), media_type: "image/png", properties: "", bytes: Cow::Owned(png) });
    }
    for (href, picture) in pictures {
        if writer.shown.contains(href) {
            files.push(File {
                path: format!("{ROOT}/{}", picture_path(&picture.screen_name())),
                media_type: picture.screen_format().media_type(),
                properties: "",
                bytes: Cow::Borrowed(picture.screen_bytes()),
            });
        }
    }
    let source = printed.filter(|_| !writer.pages.is_empty()).map(|printed| printed.source.as_str());
    let frame = package::Frame { stamp, pages_from: source, certificate: extras.certificate, has_record: extras.onix.is_some() };
    let package = package::document(&writer, &frame, &files);
    if let Some(file) = files.get_mut(2) {
        file.bytes = Cow::Owned(encode::xml(&package));
    }
    if let Some(record) = extras.onix {
        // A linked resource is none of the publication's: it stands in the container and not in the manifest (5.5.7).
        files.push(File { path: format!("{ROOT}/{}", package::RECORD), media_type: "application/xml", properties: "", bytes: Cow::Borrowed(record) });
    }
    Book { files, placed, dropped: writer.dropped }
}

/// Has the formulas drawn that wait for it, and gives the pictures with their paths, each once.
fn drawings(writer: &mut Writer<'_>, body: &mut Element, draw: &Draughtsman<'_>) -> IndexMap<String, Vec<u8>> {
    let asked = std::mem::take(&mut writer.asked);
    let mut names: IndexMap<Vec<u8>, String> = IndexMap::new();
    let mut by_id = BTreeMap::new();
    let all = if asked.is_empty() { Vec::new() } else { draw(&asked) };
    for (at, asked) in asked.iter().enumerate() {
        let element = match all.get(at).and_then(Option::as_ref) {
            Some(drawn) => {
                let number = names.len() + 1;
                let path = names.entry(drawn.png.clone()).or_insert_with(|| picture_path(&format!("formula-{number}.png"))).clone();
                math::drawn::picture(asked, drawn, path)
            }
            None => writer.undrawn(asked),
        };
        by_id.insert(asked.id.clone(), element);
    }
    math::drawn::fill(body, &mut by_id);
    names.into_iter().map(|(png, path)| (path, png)).collect()
}

/// The content documents of the text.
struct Documents {
    /// Their bytes, with what the manifest must say of each.
    files: Vec<(Vec<u8>, &'static str)>,
    placed: Vec<Placed>,
    names: Names,
    /// The file of the book in which each id stands.
    homes: BTreeMap<String, usize>,
}

impl Documents {
    /// The files of a body: one, unless that turns out to be long.
    fn of(writer: &Writer<'_>, body: Element) -> Self {
        let one = Self::encode(writer, vec![body.clone()]);
        if !one.files.first().is_some_and(|(bytes, _)| split::is_long(bytes.len())) {
            return one;
        }
        Self::encode(writer, split::pieces(body))
    }

    fn encode(writer: &Writer<'_>, bodies: Vec<Element>) -> Self {
        let names = Names::of(bodies.iter());
        let mut homes = BTreeMap::new();
        for (at, body) in bodies.iter().enumerate() {
            ids::homes(body, FIRST + at, &mut homes);
        }
        let mut out = Self { files: Vec::new(), placed: Vec::new(), names, homes };
        for (at, mut body) in bodies.into_iter().enumerate() {
            let file = FIRST + at;
            ids::settle(&mut body, file, &out.homes, &|file| out.name(file));
            let properties = if has_formula(&body) { "mathml" } else { "" };
            let title = if at == 0 { None } else { heading(writer, &body) };
            let page = writer.page(body, title);
            out.files.push((encode::document(&page, &writer.edition.leaves, file, &mut out.placed), properties));
        }
        out
    }

    /// The name of the file with this number in the book.
    fn name(&self, file: usize) -> String {
        format!("{}.xhtml", self.names.get(file.saturating_sub(FIRST)))
    }
}

fn has_formula(element: &Element) -> bool {
    element.name == "math" || element.elements().any(has_formula)
}

/// The first heading of a body, as the title of its file.
fn heading(writer: &Writer<'_>, element: &Element) -> Option<String> {
    if matches!(element.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
        let text = writer.written(&element.children);
        let text = plain::fold(&text);
        return (!text.is_empty()).then_some(text);
    }
    element.elements().find_map(|element| heading(writer, element))
}

impl Writer<'_> {
    /// The whole article as the body of a document. With `others_after` the front matter of further languages follows it.
    pub(crate) fn article(&mut self, others_after: bool) -> (Element, Places) {
        let edition = self.edition;
        let mut body = Element::new("body");
        let (first, others) = edition.fronts.split_at(if others_after { edition.fronts.len().min(1) } else { edition.fronts.len() });
        let fronts = self.opening(first, &edition.codes, &edition.metadata, 1);
        body.children.extend(fronts);
        self.level = 2;
        let mut places = Places { title: fronts_id(&body), ..Places::default() };
        for (class, kind, blocks) in [("body", "bodymatter", &edition.body), ("back", "backmatter", &edition.back)] {
            if blocks.is_empty() {
                continue;
            }
            let id = self.ids.fresh(if class == "body" { "text" } else { "back" });
            let parts = self.parts(blocks);
            body.push(Element::new("div").class(class).with("id", id.clone()).with("epub:type", kind).children(parts));
            if class == "body" {
                places.text = Some(id);
            }
        }
        body.children.extend(self.waiting_notes());
        for front in others {
            let front = self.front(None, 2, front);
            body.push(front);
        }
        for part in &edition.parts {
            let part = self.part(part);
            body.push(part);
        }
        places.references = find_references(&body);
        (body, places)
    }

    /// Front matters, then the codes. The title of the first is of the level, those of the others one below.
    fn opening(&mut self, fronts: &[FrontMatter], codes: &[CodeLine], metadata: &Metadata, level: u8) -> Vec<Node> {
        let mut out: Vec<Node> = Vec::new();
        for (at, front) in fronts.iter().enumerate() {
            let (metadata, level) = if at == 0 { (Some(metadata), level) } else { (None, level + 1) };
            out.push(self.front(metadata, level, front));
        }
        for code in codes {
            out.push(self.code(code));
        }
        out
    }

    /// An article inside the article: a section with an entry in the contents, below which its own headings stand.
    fn part(&mut self, part: &Part) -> Node {
        let around = self.edition.lang.clone();
        let outer = (self.home.clone(), self.part_lang.clone(), std::mem::take(&mut self.outline));
        (self.home, self.part_lang) = (part.lang.clone(), part.lang.clone());
        let id = self.ids.set_or(part.id.as_ref(), "part");
        let section = self.in_lang(&part.lang, |writer| {
            let mut section = Element::new("section").class(&format!("part {}", part.kind.name())).with("id", id.clone()).lang(&part.lang, Some(&around));
            section.children.extend(writer.opening(&part.fronts, &part.codes, &part.metadata, 2));
            writer.level = 3;
            for (class, blocks) in [("body", &part.body), ("back", &part.back)] {
                if !blocks.is_empty() {
                    let parts = writer.parts(blocks);
                    section.push(Element::new("div").class(class).children(parts));
                }
            }
            section.children.extend(writer.waiting_notes());
            section
        });
        let (home, part_lang, outline) = outer;
        let mut entries = std::mem::replace(&mut self.outline, outline).into_iter();
        (self.home, self.part_lang) = (home, part_lang);
        if let Some(first) = entries.next() {
            // The first entry is the part's title, which is known as the part.
            let label = in_the_language_of(first.label, &part.lang, &around);
            self.outline.push(Entry { id, label, children: first.children.into_iter().chain(entries).collect() });
        }
        let mut out = section;
        for inner in &part.parts {
            let inner = self.part(inner);
            out.push(inner);
        }
        out.into()
    }

    /// The blocks of the text or of what follows it. The notes of a section stand at its end; those of blocks that stand in no
    /// section, after the last of these.
    fn parts(&mut self, blocks: &[Block]) -> Vec<Node> {
        let mut out = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            out.push(self.block(block));
            if self.notes_beside || is_section(block) || blocks.get(at + 1).is_none_or(is_section) {
                out.extend(self.waiting_notes());
            }
        }
        out
    }

    /// A page of the book around a body, by its own title or by that of the article.
    pub(crate) fn page(&self, body: Element, title: Option<String>) -> Element {
        let lang = &self.edition.lang;
        let mut name = Element::new("title");
        let title = title.unwrap_or_else(|| match self.edition.metadata.titles.first() {
            Some(title) => {
                if title.lang != *lang {
                    name = Element::new("title").lang(&title.lang, Some(lang));
                }
                title.said.clone()
            }
            None => self.word(Label::Text).to_owned(),
        });
        let head = Element::new("head").children([
            Element::new("meta").with("charset", "utf-8").into(),
            name.text(title).into(),
            Element::new("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1").into(),
            Element::new("link").with("rel", "stylesheet").with("type", "text/css").with("href", "style.css").into(),
        ]);
        let head = head.children(self.catalogue_entry());
        let html = Element::new("html").with("xmlns", "http://www.w3.org/1999/xhtml").with("xmlns:epub", "http://www.idpf.org/2007/ops");
        html.lang(lang, None).children([head.into(), body.into()])
    }
}

impl Writer<'_> {
    /// By what programs that take notes in the margin know that this page and the printed one are one article (Hypothesis, “How to
    /// interact with document metadata”; hypothesis/client#500).
    fn catalogue_entry(&self) -> Vec<Node> {
        let metadata = &self.edition.metadata;
        let meta = |name: &str, content: String| Element::new("meta").with("name", name).with("content", content).into();
        let doi = metadata.doi.iter().map(|doi| meta("dc.identifier", format!("doi:{doi}")));
        let journal = metadata.issns.iter().filter(|issn| !issn.trim().is_empty()).take(1);
        doi.chain(journal.map(|issn| meta("dc.relation.ispartof", format!("urn:issn:{issn}")))).collect()
    }
}

fn in_the_language_of(label: Vec<Node>, lang: &Lang, around: &Lang) -> Vec<Node> {
    if lang == around { label } else { vec![Element::new("span").lang(lang, Some(around)).children(label).into()] }
}

/// Whether a block is a part of its own, at whose end its notes stand.
fn is_section(block: &Block) -> bool {
    match block {
        Block::Section(_) | Block::References(_) => true,
        Block::Foreign(_, blocks) => blocks.iter().all(is_section),
        Block::Paragraph(_)
        | Block::List(_)
        | Block::Definitions(_)
        | Block::Quote(_)
        | Block::Statement(_)
        | Block::Figure(_)
        | Block::Table(_)
        | Block::Boxed(_)
        | Block::Lines(_)
        | Block::Formula(_)
        | Block::Notes(_) => false,
    }
}

/// The id of the first front matter.
fn fronts_id(body: &Element) -> Option<String> {
    body.elements().filter(|element| element.get("class") == Some("front")).find_map(|element| element.get("id").map(str::to_owned))
}

/// The id of the first list of references.
fn find_references(element: &Element) -> Option<String> {
    if element.get("role") == Some("doc-bibliography") {
        return element.get("id").map(str::to_owned);
    }
    element.elements().find_map(find_references)
}
