//! The article as a page of HTML, as journals post it beside the PDF: one file that needs nothing else, and no script.
//!
//! 1. The article is written by the writers of the e-book, with the notes behind the paragraphs of their marks ([`Writer::article`]).
//! 2. [`dressed`] makes of the tree of a book that of a page: where pictures lie, how they are enlarged, what the marks of printed pages show.
//! 3. Around it stand a link past everything, the languages, the contents and the printed pages; behind it how it is cited ([`cite`]).
//! 4. [`head`] says what the article is to those who gather articles: Google Scholar, catalogues, search engines ([`linked`]).

mod cite;
mod head;
mod linked;

use std::collections::BTreeMap;

use article::edition::{Edition, PartKind};
use article::lang::label::Label;
use article::lang::{Lang, table};
use article::picture::{Format, Picture, Pictures};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::dom::{Element, Node};
use crate::figure::picture_path;
use crate::ids::Ids;
use crate::page::Printed;
use crate::writer::Writer;
use crate::{Dropped, Placed, encode, ids, nav};

/// The narrowest picture that can be enlarged, in pixels: a smaller one is shown as large as it is.
const WIDE: u32 = 640;

/// How the page looks, and what is known of where it is going to stand.
#[derive(Clone, Copy, Default)]
pub struct Look<'a> {
    /// The style sheet of the layout, then that of pages.
    pub css: [&'a str; 2],
    /// The families of the text, before those that every machine has.
    pub families: &'a [String],
    /// The folder for the pictures, seen from the page; `None` for pictures in the page itself.
    pub beside: Option<&'a str>,
    /// Where the printed pages begin.
    pub printed: Option<&'a Printed>,
    /// Where the page is going to stand, as a URL.
    pub address: Option<&'a str>,
    /// Where the PDF is going to stand, as a URL.
    pub pdf: Option<&'a str>,
    /// Whether the front matter of further languages stands behind the text, as in the e-book.
    pub others_after: bool,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The file.
    pub bytes: Vec<u8>,
    /// The pictures that belong beside it: the name in their folder, and the name in the master.
    pub beside: Vec<(String, String)>,
    /// Where the text of each leaf was written, in the order of writing.
    pub placed: Vec<Placed>,
    /// Addresses of the master that are shown as text alone.
    pub dropped: Vec<Dropped>,
}

/// Writes the page. The same edition, pictures and look make the same bytes.
#[must_use]
pub fn page(edition: &Edition, pictures: &Pictures, look: &Look<'_>) -> Page {
    let mut writer = Writer::new(edition, pictures);
    writer.notes_beside = true;
    writer.range = look.printed.and_then(Printed::range);
    let (mut body, _) = writer.article(look.others_after);
    if let Some(printed) = look.printed {
        writer.pages = printed.mark(&mut body, &mut writer.ids);
    }
    let mut homes = BTreeMap::new();
    ids::homes(&body, 0, &mut homes);
    ids::settle(&mut body, 0, &homes, &|_| String::new());
    let tongues = tongues(edition, &body);
    let back = writer.word(Label::Back).to_owned();
    let sources: BTreeMap<String, Source> = writer.shown.iter().filter_map(|href| Some(source(pictures.get(href)?, look.beside))).collect();
    let mut dresser = Dresser { sources: &sources, ids: &mut writer.ids, back: &back };
    let content: Vec<Node> = body.children.into_iter().map(|node| dresser.node(node)).collect();
    let main = writer.ids.fresh("main");
    let skip = Element::new("a").class("skip").with("href", format!("#{main}")).text(writer.word(Label::Text));
    let contents = contents(&writer, &tongues);
    let text = Element::new("main").with("id", main).children(content).children(cite::section(&mut writer).map(Node::from));
    let page = Element::new("html")
        .lang(&edition.lang, None)
        .children([head::head(&writer, look).into(), Element::new("body").children([skip.into(), contents.into(), text.into()]).into()]);
    let mut placed = Vec::new();
    let bytes = encode::html(&page, &edition.leaves, &mut placed);
    let beside = if look.beside.is_some() {
        writer.shown.iter().filter_map(|href| Some((pictures.get(href)?.screen_name(), href.clone()))).collect()
    } else {
        Vec::new()
    };
    Page { bytes, beside, placed, dropped: writer.dropped }
}

/// The address of a picture in the page, and whether it is worth to be enlarged.
struct Source {
    address: String,
    is_wide: bool,
}

/// A picture's address in the tree of a book, and what it becomes.
fn source(picture: &Picture, beside: Option<&str>) -> (String, Source) {
    let name = picture.screen_name();
    let address = match beside {
        Some(folder) => format!("{folder}/{name}"),
        None => format!("data:{};base64,{}", picture.screen_format().media_type(), STANDARD.encode(picture.screen_bytes())),
    };
    let is_wide = picture.screen_format() == Format::Svg || picture.screen_size().is_some_and(|(width, _)| width > WIDE);
    (picture_path(&name), Source { address, is_wide })
}

/// Makes of the tree of a book that of a page.
struct Dresser<'a> {
    sources: &'a BTreeMap<String, Source>,
    ids: &'a mut Ids,
    /// What the link back from an enlarged picture is called.
    back: &'a str,
}

impl Dresser<'_> {
    fn node(&mut self, node: Node) -> Node {
        match node {
            Node::Element(element) => self.element(element, None),
            Node::Text(_) | Node::Leaf(_) | Node::Piece(..) | Node::Lettered(..) => node,
        }
    }

    /// An element; `figure` is the id of the figure that it stands in.
    fn element(&mut self, mut element: Element, figure: Option<&str>) -> Node {
        if element.get("role") == Some("doc-pagebreak") {
            // The mark is empty. A name by `title` is one for eyes too, and for the style sheet, which shows it.
            if let Some(label) = element.get("aria-label").map(str::to_owned) {
                element.remove("aria-label");
                element.set("title", label);
            }
        }
        let own = if element.name == "figure" && element.get("class") != Some("table") {
            let id = element.get("id").map_or_else(|| self.ids.fresh("figure"), str::to_owned);
            element.set("id", id.clone());
            Some(id)
        } else {
            None
        };
        let inside = own.as_deref().or(figure);
        let children = std::mem::take(&mut element.children);
        element.children = children.into_iter().map(|node| if let Node::Element(inner) = node { self.element(inner, inside) } else { node }).collect();
        if element.name == "img" {
            return self.picture(element, figure);
        }
        element.into()
    }

    /// A picture with its address. A wide one in a figure fills the window when it is followed, without a script: it is the target then.
    fn picture(&mut self, mut image: Element, figure: Option<&str>) -> Node {
        let Some(source) = image.get("src").and_then(|path| self.sources.get(path)) else { return image.into() };
        image.set("src", source.address.clone());
        let Some(figure) = figure.filter(|_| source.is_wide && image.get("class") != Some("inline")) else { return image.into() };
        let id = self.ids.fresh("picture");
        let open = Element::new("a").with("href", format!("#{id}")).children([image.into()]);
        let close = Element::new("a").class("close").with("href", format!("#{figure}")).with("aria-label", self.back).text("×");
        Element::new("span").class("picture").with("id", id).children([open.into(), close.into()]).into()
    }
}

/// The languages of the article, each with the id of what is in it: its front matter, or the whole translation.
fn tongues(edition: &Edition, body: &Element) -> Vec<(Lang, String)> {
    let of =
        |class: &'static str| body.elements().filter(move |element| element.get("class").is_some_and(|classes| classes.split(' ').any(|other| other == class)));
    let fronts = of("front").zip(&edition.fronts).map(|(element, front)| (element, &front.lang));
    let parts = of("part").zip(edition.parts.iter()).filter(|(_, part)| part.kind == PartKind::Translation).map(|(element, part)| (element, &part.lang));
    let mut out: Vec<(Lang, String)> = Vec::new();
    // A translation has more of its language than a front matter.
    for (element, lang) in parts.chain(fronts) {
        if let Some(id) = element.get("id").filter(|_| !out.iter().any(|(known, _)| known == lang)) {
            out.push((lang.clone(), id.to_owned()));
        }
    }
    let order = |lang: &Lang| edition.fronts.iter().position(|front| front.lang == *lang).unwrap_or(usize::MAX);
    out.sort_by_key(|(lang, _)| order(lang));
    out
}

/// The way through the page: its languages, its contents, the printed pages.
fn contents(writer: &Writer<'_>, tongues: &[(Lang, String)]) -> Element {
    let here = |id: &str| format!("#{id}");
    let mut nav = Element::new("nav").class("contents").with("aria-label", writer.word(Label::Contents));
    if tongues.len() > 1 {
        let own = |lang: &Lang| table::language(lang).map_or_else(|| lang.tag().to_owned(), |language| language.own.clone());
        let link = |(lang, id): &(Lang, String)| {
            let link = Element::new("a").with("href", here(id)).lang(lang, Some(&writer.edition.lang)).text(own(lang));
            Element::new("li").children([link.into()]).into()
        };
        nav.push(Element::new("ul").class("languages").children(tongues.iter().map(link)));
    }
    let folded = |class: &str, name: Label, list: Element| {
        let (lang, labels) = (&writer.edition.lang, &writer.edition.labels);
        // A word that the language of the article lacks is English.
        let summary = Element::new("summary");
        let summary = if labels.own_word(lang, name).is_some() { summary } else { summary.lang(&Lang::english(), Some(lang)) };
        Element::new("details").class(class).children([summary.text(writer.word(name)).into(), list.into()])
    };
    if let Some(list) = nav::list(&writer.outline, &here) {
        nav.push(folded("outline", Label::Contents, list));
    }
    let pages = nav::pages(writer, &here);
    if !pages.is_empty() {
        nav.push(folded("pages", Label::PageList, Element::new("ol").children(pages)));
    }
    nav
}
