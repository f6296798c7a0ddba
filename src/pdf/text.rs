//! Finished pages as lines of text: what stands where, in which face and size.
//!
//! 1. [`Pages::text`] goes through the frames of each page in the order in which they are painted.
//! 2. A new line begins where the baseline, the face or the size changes, or where text does not go on from the left.
//!
//! Two layouts of one article can be compared by it without looking at pictures (the idea is SILE's "debug" output).

use std::fmt::Write;

use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::text::TextItem;

use super::set::Pages;

impl Pages {
    /// The pages as lines: for each page a head with its size, then for each stretch of text its place in millimetres, its family and
    /// size, and what it says.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines = Lines::default();
        for (at, page) in self.document.pages().iter().enumerate() {
            lines.flush();
            let size = page.frame.size();
            let _ = writeln!(lines.text, "page {} ({} x {})", at + 1, millimetres(size.x), millimetres(size.y));
            lines.frame(&page.frame, Transform::identity());
        }
        lines.flush();
        lines.text
    }

    /// What the pages say: for each stretch of text the number of its page, from 1, and its words alone.
    #[must_use]
    pub fn said(&self) -> Vec<(usize, String)> {
        let mut lines = Lines::default();
        for page in self.document.pages() {
            lines.flush();
            lines.page += 1;
            lines.frame(&page.frame, Transform::identity());
        }
        lines.flush();
        lines.said
    }
}

/// A stretch of text on one baseline.
struct Stretch {
    /// Where it begins, and the face: what tells it from the next one.
    head: String,
    baseline: Abs,
    end: Abs,
    face: String,
    said: String,
}

#[derive(Default)]
struct Lines {
    text: String,
    /// The words of each stretch, with the number of its page.
    said: Vec<(usize, String)>,
    page: usize,
    open: Option<Stretch>,
}

impl Lines {
    fn frame(&mut self, frame: &Frame, ts: Transform) {
        for (pos, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    let ts = ts.pre_concat(Transform::translate(pos.x, pos.y)).pre_concat(group.transform);
                    self.frame(&group.frame, ts);
                }
                FrameItem::Text(text) => self.item(text, pos.transform(ts)),
                FrameItem::Image(_, size, _) => {
                    self.flush();
                    let at = pos.transform(ts);
                    let _ = writeln!(self.text, "{:>6} {:>6}  picture {} x {}", millimetres(at.x), millimetres(at.y), millimetres(size.x), millimetres(size.y));
                }
                FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    fn item(&mut self, text: &TextItem, at: Point) {
        let face = format!("{} {:?} {}", text.font.info().family, text.font.info().variant, tenths(text.size.to_pt()));
        let goes_on = self.open.as_ref().is_some_and(|open| {
            open.face == face && (open.baseline - at.y).abs() < Abs::pt(0.1) && at.x - open.end > -Abs::pt(0.5) && at.x - open.end < text.size
        });
        if !goes_on {
            self.flush();
        }
        let stretch = self.open.get_or_insert_with(|| Stretch {
            head: format!("{:>6} {:>6}  {}", millimetres(at.x), millimetres(at.y), describe(text)),
            baseline: at.y,
            end: at.x,
            face,
            said: String::new(),
        });
        // A gap that no blank fills is a gap all the same.
        if at.x - stretch.end > text.size * 0.15 && !stretch.said.ends_with(' ') && !text.text.starts_with(' ') {
            stretch.said.push(' ');
        }
        stretch.said.push_str(&text.text);
        stretch.end = at.x + text.width();
    }

    fn flush(&mut self) {
        if let Some(stretch) = self.open.take() {
            let _ = writeln!(self.text, "{}  {}", stretch.head, stretch.said.trim_end());
            self.said.push((self.page, stretch.said));
        }
    }
}

/// The face in words, such as `Gentium Plus 10.5 italic bold`.
fn describe(text: &TextItem) -> String {
    let info = text.font.info();
    let mut said = format!("{} {}", info.family, tenths(text.size.to_pt()));
    if info.variant.style != typst::text::FontStyle::Normal {
        said.push_str(" italic");
    }
    if info.variant.weight.to_number() > 550 {
        said.push_str(" bold");
    }
    said
}

fn millimetres(length: Abs) -> String {
    tenths(length.to_mm())
}

/// A number with one decimal; never a negative nothing.
fn tenths(number: f64) -> String {
    let rounded = (number * 10.0).round() / 10.0;
    format!("{:.1}", if rounded == 0.0 { 0.0 } else { rounded })
}
