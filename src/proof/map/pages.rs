//! The finished pages: where pieces of the master stand on them, and what stands at a point.
//!
//! 1. Each glyph stands for a piece of a leaf, for text that the program made for an element, or for the layout's own; a picture for its element.
//! 2. [`PageMap::find`] gathers the glyphs that were asked for, a box for each stretch of a line.
//! 3. [`PageMap::at`] takes what stands at a point, or the nearest of what stands beside it.
//! 4. [`PageMap::search`] reads a page as one [`Line`].

use article::leaf::Leaves;
use article::picture::{Picture, Pictures};
use article::source::Span;
use typeset::Forme;
use typst::layout::{Abs, Frame, FrameItem, Point, Rect, Size, Transform};
use typst::syntax::Span as Place;
use typst::text::TextItem;
use typst::visualize::{Image, ImageKind};

use super::line::Line;
use super::{Hit, Wanted};
use crate::pdf::Pages;
use crate::proof::pages::origin::{Calls, Origins, SmallPlaces};
use crate::proof::pages::{Sheets, transformed};

/// How far from a letter a point may be that means it, in points: a line's distance to the next.
const NEAR: f64 = 14.0;

/// An upright box on a page, in points from the page's upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// The left edge.
    pub left: f64,
    /// The upper edge.
    pub top: f64,
    /// The right edge.
    pub right: f64,
    /// The lower edge.
    pub bottom: f64,
}

impl Area {
    fn of(area: Rect) -> Self {
        Self { left: area.min.x.to_pt(), top: area.min.y.to_pt(), right: area.max.x.to_pt(), bottom: area.max.y.to_pt() }
    }

    /// How far a point is from the box; nothing inside it. What stands above or below counts double: an eye follows the line.
    fn distance(&self, x: f64, y: f64) -> f64 {
        let across = (self.left - x).max(x - self.right).max(0.0);
        let down = (self.top - y).max(y - self.bottom).max(0.0);
        across.hypot(2.0 * down)
    }

    /// Whether a point is in it.
    #[must_use]
    pub fn holds(&self, x: f64, y: f64) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }

    /// Whether another box goes on where this one ends, on the same line.
    fn goes_on(&self, next: &Self) -> bool {
        let height = self.bottom - self.top;
        let level = (self.top - next.top).abs() < 0.4 * height && (self.bottom - next.bottom).abs() < 0.4 * height;
        level && next.left - self.right < height && self.left - next.right < height
    }

    fn joined(&self, next: &Self) -> Self {
        Self { left: self.left.min(next.left), top: self.top.min(next.top), right: self.right.max(next.right), bottom: self.bottom.max(next.bottom) }
    }
}

/// A stretch of a line, or a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// The page, from 0.
    pub page: usize,
    /// Where on it.
    pub area: Area,
}

/// What finished pages were made from.
#[derive(Clone, Copy)]
pub struct PageMap<'a> {
    /// The pages.
    pub pages: &'a Pages,
    /// What they show.
    pub sheets: &'a Sheets,
    /// The forme from which they were made.
    pub forme: &'a Forme,
    /// Its calls.
    pub calls: &'a Calls,
    /// The text of the article.
    pub leaves: &'a Leaves,
    /// Its pictures.
    pub pictures: &'a Pictures,
}

/// Something that a page shows.
struct Seen<'f> {
    area: Area,
    by: By<'f>,
}

/// What shows it.
enum By<'f> {
    /// A glyph: what it says, the text of the master that it stands for, and the call that made it.
    Glyph(&'f str, SmallPlaces, Place),
    /// A picture.
    Picture(&'f Image),
}

impl PageMap<'_> {
    /// Where on the pages a range of the master stands, in the order of the pages. What stands in running heads too is there as often.
    #[must_use]
    pub fn find(&self, wanted: &Wanted) -> Vec<Stretch> {
        let pictures = self.pictures_in(wanted.span);
        let mut found: Vec<Stretch> = Vec::new();
        for page in (0..self.pages.count()).filter(|page| !pictures.is_empty() || self.shows(*page, wanted)) {
            self.page(page, &mut |seen| {
                let is_wanted = match &seen.by {
                    By::Glyph(_, places, _) => places.iter().any(|(leaf, from, to)| wanted.meets(*leaf, *from, *to)),
                    By::Picture(image) => pictures.iter().any(|name| self.is_picture(image, name)),
                };
                if !is_wanted {
                    return;
                }
                match found.last_mut().filter(|last| last.page == page && last.area.goes_on(&seen.area)) {
                    Some(last) => last.area = last.area.joined(&seen.area),
                    None => found.push(Stretch { page, area: seen.area }),
                }
            });
        }
        found
    }

    /// What stands at a point of a page, with its box. Beside all text it is the nearest, if that is near.
    #[must_use]
    pub fn at(&self, page: usize, x: f64, y: f64) -> Option<(Hit, Area)> {
        let mut best: Option<(f64, Hit, Area)> = None;
        self.page(page, &mut |seen| {
            let distance = seen.area.distance(x, y);
            // Of what lies one on another the last is on top; a picture is ground for the letters on it.
            if distance <= NEAR
                && best.is_none_or(|(least, ..)| distance <= least)
                && let Some(hit) = self.hit(&seen.by)
            {
                best = Some((distance, hit, seen.area));
            }
        });
        best.map(|(_, hit, area)| (hit, area))
    }

    /// What the layout's own words at a point are said of: the next thing of the master on the page, in the order in which it is painted, else the one before.
    #[must_use]
    pub fn said_of(&self, page: usize, x: f64, y: f64) -> Option<Hit> {
        let (mut before, mut behind, mut met) = (None, None, false);
        self.page(page, &mut |seen| match self.hit(&seen.by) {
            Some(hit) if met => behind = behind.or(Some(hit)),
            Some(hit) => before = Some(hit),
            None => met |= seen.area.holds(x, y),
        });
        behind.or(before).filter(|_| met)
    }

    /// The word that a page shows at a point, whoever says it, with its box.
    #[must_use]
    pub fn word(&self, page: usize, x: f64, y: f64) -> Option<(String, Area)> {
        let mut words: Vec<(String, Area)> = Vec::new();
        let mut open = false;
        self.page(page, &mut |seen| {
            let By::Glyph(said, _, _) = seen.by else { return };
            if said.chars().all(char::is_whitespace) {
                open = false;
                return;
            }
            match words.last_mut().filter(|(_, area)| open && area.goes_on(&seen.area)) {
                Some((word, area)) => {
                    word.push_str(said);
                    *area = area.joined(&seen.area);
                }
                None => words.push((said.to_owned(), seen.area)),
            }
            open = true;
        });
        words.into_iter().rev().find(|(_, area)| area.holds(x, y))
    }

    /// Where on a page a text is seen; each place as the boxes of its lines.
    #[must_use]
    pub fn search(&self, page: usize, wanted: &str) -> Vec<Vec<Area>> {
        let (mut line, mut areas) = (Line::default(), Vec::<Area>::new());
        let mut divided = false;
        self.page(page, &mut |seen| {
            let By::Glyph(said, _, _) = seen.by else { return };
            // The hyphen of a divided word is no letter of it.
            if said == "\u{ad}" {
                divided = true;
                return;
            }
            let by = areas.len();
            let apart = areas.last().is_some_and(|last| !last.goes_on(&seen.area) || seen.area.left - last.right > 0.15 * (last.bottom - last.top));
            if apart && !std::mem::take(&mut divided) {
                line.gap(by);
            }
            line.push(said, by);
            areas.push(seen.area);
        });
        let boxes = |range: std::ops::Range<usize>| {
            areas.get(range).unwrap_or_default().iter().fold(Vec::<Area>::new(), |mut boxes, area| {
                match boxes.last_mut().filter(|last| last.goes_on(area)) {
                    Some(last) => *last = last.joined(area),
                    None => boxes.push(*area),
                }
                boxes
            })
        };
        line.find(wanted).into_iter().map(boxes).collect()
    }

    /// Whether a page shows some of the text that is asked for.
    fn shows(&self, page: usize, wanted: &Wanted) -> bool {
        let start = self.sheets.starts.get(page).copied().unwrap_or(0);
        let end = self.sheets.starts.get(page + 1).copied().unwrap_or(self.sheets.sightings.len());
        let sightings = self.sheets.sightings.get(start..end).unwrap_or_default();
        sightings.iter().any(|sighting| wanted.meets(sighting.leaf, sighting.from, sighting.to))
    }

    fn hit(&self, by: &By<'_>) -> Option<Hit> {
        match by {
            By::Glyph(_, places, call) => match places.first() {
                Some((leaf, from, _)) => Some(Hit::Text(*leaf, *from)),
                None => self.pages.diagnoser.master(*call).map(Hit::Made),
            },
            By::Picture(image) => {
                let (_, picture) = self.pictures.iter().find(|(_, picture)| same(image, &picture.page_bytes()))?;
                self.forme.map.locate(self.called(&picture.page_name())?).map(Hit::Made)
            }
        }
    }

    /// The names of the pictures whose elements stand in a range of the master.
    fn pictures_in(&self, span: Span) -> Vec<String> {
        let names = self.pictures.values().map(Picture::page_name);
        let inside = |name: &String| {
            let element = self.called(name).and_then(|at| self.forme.map.locate(at));
            element.is_some_and(|element| span.start <= element.start && element.end <= span.end)
        };
        names.filter(inside).collect()
    }

    /// Where in the forme a picture is first called for.
    fn called(&self, name: &str) -> Option<usize> {
        self.forme.text.find(&format!("\"/pictures/{name}\""))
    }

    fn is_picture(&self, image: &Image, name: &str) -> bool {
        self.pictures.values().any(|picture| picture.page_name() == name && same(image, &picture.page_bytes()))
    }

    /// Goes through what a page shows, in the order in which it is painted; the letters of a line in the order in which they are read.
    fn page(&self, page: usize, tell: &mut dyn FnMut(Seen<'_>)) {
        if let Some(page) = self.pages.document.pages().get(page) {
            self.frame(&page.frame, Transform::identity(), tell);
        }
    }

    fn frame(&self, frame: &Frame, ts: Transform, tell: &mut dyn FnMut(Seen<'_>)) {
        for (pos, item) in frame.items() {
            match item {
                FrameItem::Group(group) => self.frame(&group.frame, ts.pre_concat(Transform::translate(pos.x, pos.y)).pre_concat(group.transform), tell),
                FrameItem::Text(text) => self.text(text, *pos, ts, tell),
                FrameItem::Image(image, size, _) => {
                    let area = Area::of(transformed(Rect::from_pos_size(*pos, *size), ts));
                    tell(Seen { area, by: By::Picture(image) });
                }
                FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    fn text(&self, text: &TextItem, pos: Point, ts: Transform, tell: &mut dyn FnMut(Seen<'_>)) {
        let origins = Origins { calls: self.calls, pieces: &self.forme.leaves, leaves: self.leaves };
        let (mut cursor, mut counted) = (Abs::zero(), None);
        let mut line = Vec::with_capacity(text.glyphs.len());
        for glyph in &text.glyphs {
            let advance = glyph.x_advance.at(text.size);
            // What an eye takes for the letter's place: from above the ascenders to below the descenders, whatever the font says of itself.
            let corner = Point::new(pos.x + cursor, pos.y - text.size * 0.8);
            let area = Area::of(transformed(Rect::from_pos_size(corner, Size::new(advance, text.size * 1.05)), ts));
            cursor += advance;
            let said = text.text.get(glyph.range()).unwrap_or_default();
            let places = origins.of(text, glyph, &mut counted).unwrap_or_default();
            line.push(Seen { area, by: By::Glyph(said, places, glyph.span.0) });
        }
        let is_backwards = text.glyphs.first().zip(text.glyphs.last()).is_some_and(|(first, last)| last.range.start < first.range.start);
        if is_backwards {
            line.reverse();
        }
        line.into_iter().for_each(tell);
    }
}

/// Whether an image was made of these bytes.
fn same(image: &Image, bytes: &[u8]) -> bool {
    match image.kind() {
        ImageKind::Raster(raster) => raster.data().as_slice() == bytes,
        ImageKind::Svg(svg) => svg.data().as_slice() == bytes,
        ImageKind::Pdf(_) => false,
    }
}
