//! Links inside the article, settled when the pages are made.
//!
//! 1. A layout links to a place by the address `diglot:ID` (base's word `lead-to`). The engine takes it for an address and asks nothing: a link to
//!    a label would make it set each paragraph with a citation twice, once before it knows where the label is (measured: a fifth of all time).
//! 2. The finished frames say where each label is: its element's tag has the label and a location.
//! 3. Each such link is given its location, and its spoken text the page that it leads to. A link to nowhere is a fault.

use article::code::Code;
use article::diag::{Diagnostic, Log};
use rustc_hash::FxHashMap;
use typst::ecow::{EcoString, eco_format};
use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem};
use typst::model::{Destination, LinkMarker};
use typst_layout::PagedDocument;

use super::frames;

/// With what an address inside the article begins.
const SCHEME: &str = "diglot:";

/// The document with its inner links settled. Those that lead nowhere are reported.
pub(super) fn settle(log: &mut Log, document: PagedDocument, page_label: &str) -> PagedDocument {
    let mut settler = Settler { places: FxHashMap::default(), page_label, lost: Vec::new() };
    let mut any = false;
    for page in document.pages() {
        any |= settler.gather(&page.frame, page.number);
    }
    if !any {
        return document;
    }
    let document = frames::rewritten(document, |item| settler.item(item));
    for id in settler.lost {
        log.push(Diagnostic::new(Code::LayoutFault, format!("the layout sets no place for the id `{id}`, to which a link leads")));
    }
    document
}

struct Settler<'a> {
    /// Where each label is, and on which page by its folio.
    places: FxHashMap<String, (Location, u64)>,
    page_label: &'a str,
    lost: Vec<String>,
}

impl Settler<'_> {
    /// Notes the labels of a frame. Whether it has links to settle.
    fn gather(&mut self, frame: &Frame, page: u64) -> bool {
        let mut any = false;
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => any |= self.gather(&group.frame, page),
                FrameItem::Tag(Tag::Start(content, _)) => {
                    if let (Some(label), Some(location)) = (content.label(), content.location()) {
                        self.places.entry(label.resolve().as_str().to_owned()).or_insert((location, page));
                    }
                }
                FrameItem::Link(Destination::Url(url), _) => any |= url.as_str().starts_with(SCHEME),
                FrameItem::Link(..) | FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Tag(Tag::End(..)) => {}
            }
        }
        any
    }

    fn item(&mut self, item: &FrameItem) -> Option<FrameItem> {
        match item {
            FrameItem::Link(Destination::Url(url), size) => {
                let (location, _) = self.place(url.as_str())?;
                Some(FrameItem::Link(Destination::Location(location), *size))
            }
            FrameItem::Tag(Tag::Start(content, flags)) => {
                let alt = content.to_packed::<LinkMarker>()?.alt.clone()?;
                let (_, page) = self.place(&alt)?;
                let mut content = content.clone();
                let marker = content.to_packed_mut::<LinkMarker>()?;
                marker.alt = Some(self.spoken(page));
                Some(FrameItem::Tag(Tag::Start(content, *flags)))
            }
            FrameItem::Group(_) | FrameItem::Link(..) | FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Tag(Tag::End(..)) => None,
        }
    }

    /// Where an address inside the article leads; `None` for one that leads out of it.
    fn place(&mut self, address: &str) -> Option<(Location, u64)> {
        let id = address.strip_prefix(SCHEME)?;
        let place = self.places.get(id).copied();
        if place.is_none() && !self.lost.iter().any(|lost| lost == id) {
            self.lost.push(id.to_owned());
        }
        place
    }

    /// What is said of a link by those who read it aloud.
    fn spoken(&self, page: u64) -> EcoString {
        eco_format!("{} {page}", self.page_label)
    }
}
