//! Finished pages with some of their items made anew.
//!
//! 1. [`rewritten`] asks of each item whether it is to be another.
//! 2. What holds none that is to be another is not copied.

use typst::ecow::EcoVec;
use typst::layout::{Abs, Frame, FrameItem, GroupItem};
use typst_layout::{Page, PagedDocument};

/// Where the line of the first text in a frame stands, from the top.
pub(super) fn first_line(frame: &Frame) -> Option<Abs> {
    frame.items().find_map(|(position, item)| match item {
        FrameItem::Group(group) => first_line(&group.frame).map(|line| position.y + line),
        FrameItem::Text(_) => Some(position.y),
        FrameItem::Link(..) | FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Tag(_) => None,
    })
}

/// The document with each item that `other` gives another for. It is asked of all but groups, in the order in which they are drawn.
pub(super) fn rewritten(mut document: PagedDocument, mut other: impl FnMut(&FrameItem) -> Option<FrameItem>) -> PagedDocument {
    let info = document.info_mut().clone();
    let pages: EcoVec<Page> =
        document.pages().iter().map(|page| Page { frame: changed(&page.frame, &mut other).unwrap_or_else(|| page.frame.clone()), ..page.clone() }).collect();
    PagedDocument::new(pages, info)
}

/// The frame with other items; `None` where all stay, so that it need not be copied.
fn changed(frame: &Frame, other: &mut impl FnMut(&FrameItem) -> Option<FrameItem>) -> Option<Frame> {
    let mut of = |item: &FrameItem| match item {
        FrameItem::Group(group) => Some(FrameItem::Group(GroupItem { frame: changed(&group.frame, other)?, ..group.clone() })),
        FrameItem::Text(_) | FrameItem::Link(..) | FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Tag(_) => other(item),
    };
    let items: Vec<Option<FrameItem>> = frame.items().map(|(_, item)| of(item)).collect();
    if items.iter().all(Option::is_none) {
        return None;
    }
    let mut copy = Frame::new(frame.size(), frame.kind());
    if frame.has_baseline() {
        copy.set_baseline(frame.baseline());
    }
    for ((position, old), new) in frame.items().zip(items) {
        copy.push(*position, new.unwrap_or_else(|| old.clone()));
    }
    Some(copy)
}
