//! Whether a page is drawn as another one is.
//!
//! 1. [`Pages::fingerprint`] goes through the frame of a page and mixes all that is drawn: glyphs, shapes, pictures, and where they stand.
//! 2. Where in the forme a glyph comes from, and what is only marked and not drawn, does not count: a page whose text did not change has the same
//!    fingerprint, whatever was written before it.

use std::hash::{DefaultHasher, Hash, Hasher};

use typst::layout::{Frame, FrameItem};
use typst::text::TextItem;

use super::set::Pages;

impl Pages {
    /// The fingerprint of a page; 0 for a page that is not there.
    #[must_use]
    pub fn fingerprint(&self, page: usize) -> u64 {
        let Some(page) = self.document.pages().get(page) else { return 0 };
        let mut hasher = DefaultHasher::default();
        page.fill_or_white().hash(&mut hasher);
        frame(&page.frame, &mut hasher);
        hasher.finish()
    }
}

fn frame(inner: &Frame, hasher: &mut DefaultHasher) {
    inner.size().hash(hasher);
    for (pos, item) in inner.items() {
        match item {
            FrameItem::Group(group) => {
                (1_u8, pos, &group.transform, &group.clip).hash(hasher);
                frame(&group.frame, hasher);
            }
            FrameItem::Text(item) => {
                (2_u8, pos).hash(hasher);
                text(item, hasher);
            }
            FrameItem::Shape(shape, _) => (3_u8, pos, shape).hash(hasher),
            FrameItem::Image(image, size, _) => (4_u8, pos, image, size).hash(hasher),
            FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}

fn text(item: &TextItem, hasher: &mut DefaultHasher) {
    (&item.font, item.size, &item.fill, &item.stroke).hash(hasher);
    for glyph in &item.glyphs {
        (glyph.id, glyph.x_advance, glyph.x_offset, glyph.y_advance, glyph.y_offset).hash(hasher);
    }
}
