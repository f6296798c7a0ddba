//! Finished pages with some of their items made anew.
//!
//! 1. [`rewritten`] asks of each item whether it is to be another.
//! 2. What holds none that is to be another is not touched, and nothing is copied that nobody else holds: the letters of a long article are hundreds of megabytes.

use typst::ecow::EcoVec;
use typst::layout::{Abs, Frame, FrameItem};
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
    let mut pages: EcoVec<Page> = document.pages().into();
    // What nobody else holds is changed where it is, and not copied.
    drop(document);
    for page in pages.make_mut() {
        if let Some(changes) = changes(&page.frame, &mut other) {
            change(&mut page.frame, changes);
        }
    }
    PagedDocument::new(pages, info)
}

/// What becomes of an item.
enum Change {
    Stays,
    Other(FrameItem),
    /// What becomes of those in a group.
    Inside(Vec<Change>),
}

/// What becomes of the items of a frame; `None` where all stay.
fn changes(frame: &Frame, other: &mut impl FnMut(&FrameItem) -> Option<FrameItem>) -> Option<Vec<Change>> {
    let mut of = |item: &FrameItem| match item {
        FrameItem::Group(group) => changes(&group.frame, other).map_or(Change::Stays, Change::Inside),
        FrameItem::Text(_) | FrameItem::Link(..) | FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Tag(_) => {
            other(item).map_or(Change::Stays, Change::Other)
        }
    };
    let changes: Vec<Change> = frame.items().map(|(_, item)| of(item)).collect();
    changes.iter().any(|change| !matches!(change, Change::Stays)).then_some(changes)
}

/// Changes the items of a frame.
fn change(frame: &mut Frame, changes: Vec<Change>) {
    let mut changes = changes.into_iter();
    frame.retain(|item| {
        match (changes.next(), &mut *item) {
            (Some(Change::Other(other)), item) => *item = other,
            (Some(Change::Inside(changes)), FrameItem::Group(group)) => change(&mut group.frame, changes),
            (Some(Change::Inside(_) | Change::Stays) | None, _) => {}
        }
        true
    });
}
