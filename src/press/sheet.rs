//! Finished pages onto sheets.
//!
//! 1. Without marks and imposition a page stays a page: it gets its boxes, and a clip where it grows.
//! 2. Else each page becomes a form, once, and [`Layout`] says where it stands on which sheet, and what of it is to be seen.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::fault::Fault;
use crate::geometry::{MM, Matrix, Rect, number, numbers};
use crate::impose::{Cell, Seam, Side};
use crate::ink::Mode;
use crate::marks::{self, Furniture, Glyphs};
use crate::picture::deflated;
use crate::profile::{Profile, Scheme, Size};
use crate::read::Page;

/// A page whose colours are done.
pub(crate) struct Ready {
    /// The page as it was read.
    pub(crate) page: Page,
    /// Its content, in the order of a page's streams.
    pub(crate) streams: Vec<ObjectId>,
    /// Its resources.
    pub(crate) resources: Dictionary,
    /// Its transparency group.
    pub(crate) group: Option<Object>,
    /// Whether something on it lets through what is below.
    pub(crate) blends: bool,
}

/// How much two pages of one size may differ, in points.
const SAME: f64 = 1.5;

/// How far edges that are drawn again lie under the page, in points, so that no line of white can show between them.
const UNDER: f64 = 0.1;

/// Numbers as an array of a PDF, to a thousandth of a point.
pub(crate) fn array(rect: Rect) -> Object {
    Object::Array(rect.numbers().iter().map(|value| Object::Real(((value * 1_000.0).round() / 1_000.0) as f32)).collect())
}

impl Ready {
    /// From the page's units to points, upright, its trimmed corner at the origin; and the trimmed size.
    fn upright(&self) -> (Matrix, f64, f64) {
        let Page { trim, unit, quarters, .. } = &self.page;
        let (width, height) = (trim.width() * unit, trim.height() * unit);
        let home = Matrix::shift(-trim.x0, -trim.y0).then(Matrix::scale(*unit)).then(Matrix::quarters(*quarters));
        match quarters.rem_euclid(4) {
            1 => (home.then(Matrix::shift(0.0, width)), height, width),
            2 => (home.then(Matrix::shift(width, height)), width, height),
            3 => (home.then(Matrix::shift(height, 0.0)), height, width),
            _ => (home, width, height),
        }
    }

    /// Whether the page ends before the bleed does.
    pub(crate) fn lacks(&self, bleed: f64) -> bool {
        !self.page.media.holds(self.page.trim.grown(bleed / self.page.unit))
    }

    /// What there is to be seen of the page, with its bleed, in its own units.
    fn seen(&self, bleed: f64) -> Rect {
        let wanted = self.page.trim.grown(bleed / self.page.unit);
        wanted.meet(self.page.media).unwrap_or(self.page.trim)
    }
}

/// The group of a page on which something blends: the inks in which it does, which else each press would choose for itself. They are those of the output
/// intent also where black alone is printed (ISO 15930-7, 6.15).
fn blending(own: Option<&Object>) -> Object {
    let mut group = own.and_then(|group| group.as_dict().ok()).cloned().unwrap_or_default();
    group.set("Type", "Group");
    group.set("S", "Transparency");
    group.set("CS", "DeviceCMYK");
    Object::Dictionary(group)
}

/// The page as a page, with its boxes.
pub(crate) fn single(document: &mut Document, ready: &Ready, bleed: f64, parent: ObjectId) -> ObjectId {
    let page = &ready.page;
    let wanted = page.trim.grown(bleed / page.unit);
    let media = Rect { x0: page.media.x0.min(wanted.x0), y0: page.media.y0.min(wanted.y0), x1: page.media.x1.max(wanted.x1), y1: page.media.y1.max(wanted.y1) };
    let mut streams = ready.streams.clone();
    if media != page.media {
        // What the edge of the page had cut off would come to be seen.
        let old = page.media;
        let clip = format!("q {} re W n\n", numbers(&[old.x0, old.y0, old.width(), old.height()]));
        streams.insert(0, document.add_object(Stream::new(Dictionary::new(), clip.into_bytes())));
        streams.push(document.add_object(Stream::new(Dictionary::new(), b"\nQ".to_vec())));
    }
    let mut dict = Dictionary::new();
    dict.set("Type", "Page");
    dict.set("Parent", parent);
    dict.set("MediaBox", array(media));
    dict.set("BleedBox", array(wanted));
    dict.set("TrimBox", array(page.trim));
    dict.set("Resources", ready.resources.clone());
    dict.set(
        "Contents",
        match streams.as_slice() {
            [one] => Object::Reference(*one),
            _ => Object::Array(streams.into_iter().map(Object::Reference).collect()),
        },
    );
    if ready.blends {
        dict.set("Group", blending(ready.group.as_ref()));
    }
    if page.quarters.rem_euclid(4) != 0 {
        dict.set("Rotate", page.quarters.rem_euclid(4) * 90);
    }
    if (page.unit - 1.0).abs() > 1e-6 {
        dict.set("UserUnit", page.unit as f32);
    }
    document.add_object(dict)
}

/// A page as a form that shows it upright, its trimmed corner at the origin.
fn form(document: &mut Document, ready: &Ready, bleed: f64) -> Result<ObjectId, String> {
    let seen = ready.seen(bleed);
    let (matrix, ..) = ready.upright();
    let mut dict;
    let mut stream = match ready.streams.as_slice() {
        [one] => {
            let stream = document.get_object(*one).and_then(Object::as_stream).map_err(|_| "has no content".to_owned())?.clone();
            dict = Dictionary::new();
            for key in [&b"Filter"[..], b"DecodeParms"] {
                if let Ok(value) = stream.dict.get(key) {
                    dict.set(key, value.clone());
                }
            }
            Stream::new(dict.clone(), stream.content)
        }
        several => {
            let mut all = Vec::new();
            for id in several {
                let stream = document.get_object(*id).and_then(Object::as_stream).map_err(|_| "has no content".to_owned())?;
                all.extend(crate::read::decoded(stream)?);
                all.push(b'\n');
            }
            deflated(Dictionary::new(), &all)
        }
    };
    stream.allows_compression = false;
    dict = stream.dict.clone();
    dict.set("Type", "XObject");
    dict.set("Subtype", "Form");
    dict.set("BBox", array(seen));
    dict.set("Matrix", Object::Array(matrix.0.iter().map(|value| Object::Real(*value as f32)).collect()));
    dict.set("Resources", ready.resources.clone());
    if let Some(group) = &ready.group {
        dict.set("Group", group.clone());
    }
    stream.dict = dict;
    Ok(document.add_object(stream))
}

/// A sheet: its size, what stands on it, where it is cut and folded.
struct Layout {
    size: Rect,
    /// Page, where its trimmed corner comes to stand and how it is turned, and what of it is seen.
    places: Vec<(usize, Matrix, Rect)>,
    block: Rect,
    cuts_x: Vec<f64>,
    cuts_y: Vec<f64>,
    folds_x: Vec<f64>,
    folds_y: Vec<f64>,
    steps: Vec<Rect>,
}

impl Layout {
    /// A sheet that is cut around one block, with nothing on it yet.
    fn around(size: Rect, block: Rect) -> Self {
        Self {
            size,
            places: Vec::new(),
            block,
            cuts_x: vec![block.x0, block.x1],
            cuts_y: vec![block.y0, block.y1],
            folds_x: Vec::new(),
            folds_y: Vec::new(),
            steps: Vec::new(),
        }
    }
}

/// What sheets are made with.
pub(crate) struct Maker<'a> {
    pub(crate) profile: &'a Profile,
    pub(crate) mode: Mode,
    pub(crate) font: &'a [u8],
    /// Where each page is folded, from its left edge in millimetres.
    pub(crate) folds: &'a [f64],
    /// The slug line but for the page.
    pub(crate) slug: String,
}

impl Maker<'_> {
    fn bleed(&self) -> f64 {
        self.profile.sheet.bleed * MM
    }

    /// Whether the edges of a page have to be drawn again beyond it, and how much larger.
    pub(crate) fn edged(&self, ready: &Ready) -> Option<f64> {
        self.profile.sheet.bleed_from.factor(self.profile.sheet.bleed).filter(|_| self.profile.sheet.bleed > 0.0 && ready.lacks(self.bleed()))
    }

    /// The edges of a page beyond it: the page over each edge and over each corner, turned inside out, and nothing of it inside the page.
    fn edges(&self, page: usize, ready: &Ready, matrix: Matrix, clip: Rect) -> String {
        let Some(k) = self.edged(ready) else { return String::new() };
        let (_, width, height) = ready.upright();
        let trim = matrix.rect(Rect::new(0.0, 0.0, width, height));
        let frame = |rect: Rect| numbers(&[rect.x0, rect.y0, rect.width(), rect.height()]);
        let mut out = format!("q {} re {} re W* n\n", frame(clip), frame(trim.grown(-2.0 * UNDER)));
        // Below or left of the page, as it is, above or right of it.
        let ways = |length: f64| [(-k, UNDER * (1.0 + k)), (1.0, 0.0), (-k, (length - UNDER) * (1.0 + k))];
        for (a, e) in ways(width) {
            for (d, f) in ways(height).into_iter().filter(|(d, _)| a < 0.0 || *d < 0.0) {
                let over = Matrix([a, 0.0, 0.0, d, e, f]).then(matrix);
                out.push_str(&format!("q {} cm /Page{} Do Q\n", numbers(&over.0), page + 1));
            }
        }
        out.push_str("Q\n");
        out
    }

    /// A sheet for each page, with marks.
    pub(crate) fn marked(&self, document: &mut Document, pages: &[Ready], parent: ObjectId) -> Result<Vec<ObjectId>, Fault> {
        let mut made = Vec::new();
        let shared = marks::resources(document, self.mode);
        let mut glyphs = Glyphs::new(self.font);
        for (at, ready) in pages.iter().enumerate() {
            let (_, width, height) = ready.upright();
            let room = Furniture::room(self.profile.marks, self.bleed()) + self.profile.sheet.margin * MM;
            let size = self.paper(width + 2.0 * room, height + 2.0 * room, at + 1)?;
            let (x, y) = ((size.width() - width) / 2.0, (size.height() - height) / 2.0);
            let block = Rect::new(x, y, x + width, y + height);
            let layout = Layout {
                places: vec![(at, Matrix::shift(x, y), block.grown(self.bleed()))],
                folds_x: self.folds.iter().map(|fold| x + fold * MM).collect(),
                ..Layout::around(size, block)
            };
            let form = form(document, ready, self.bleed()).map_err(|why| Fault::Page(at + 1, why))?;
            let slug = format!("{} · page {} of {}", self.slug, at + 1, pages.len());
            made.push(self.sheet(document, &layout, &[(at, form)], pages, ready.blends, &slug, &shared, &mut glyphs, parent));
        }
        Ok(made)
    }

    /// Sheets with several pages.
    pub(crate) fn imposed(&self, document: &mut Document, pages: &[Ready], sides: &[Side], parent: ObjectId) -> Result<Vec<ObjectId>, Fault> {
        let Some((_, width, height)) = pages.first().map(Ready::upright) else { return Err(Fault::NoPages) };
        for (at, ready) in pages.iter().enumerate() {
            let (_, w, h) = ready.upright();
            if (w - width).abs() > SAME || (h - height).abs() > SAME {
                let [a, b, c, d] = [w, h, width, height].map(|length| (length / MM).round());
                let why = format!("page {} is {a} × {b} mm and the first one {c} × {d} mm, and pages of one sheet must be of one size", at + 1);
                return Err(Fault::Sheet(at + 1, why));
            }
        }
        let shared = marks::resources(document, self.mode);
        let mut forms = Vec::with_capacity(pages.len());
        for (at, ready) in pages.iter().enumerate() {
            forms.push(form(document, ready, self.bleed()).map_err(|why| Fault::Page(at + 1, why))?);
        }
        let mut made = Vec::new();
        let mut glyphs = Glyphs::new(self.font);
        let mut of_section = (usize::MAX, 0);
        for (at, side) in sides.iter().enumerate() {
            of_section = if of_section.0 == side.section { (side.section, of_section.1 + 1) } else { (side.section, 0) };
            let layout = self.layout(side, width, height)?;
            let used: Vec<(usize, ObjectId)> = layout.places.iter().filter_map(|(page, ..)| Some((*page, *forms.get(*page)?))).collect();
            let face = if of_section.1 % 2 == 0 { "front" } else { "back" };
            let slug = match self.profile.imposition.as_ref().map(|imposition| imposition.scheme) {
                Some(Scheme::SaddleStitch | Scheme::CutAndStack) => format!("{} · sheet {} {face}", self.slug, side.section + 1),
                Some(Scheme::PerfectBound) => format!("{} · section {} {face}", self.slug, side.section + 1),
                Some(Scheme::NUp | Scheme::Spreads) | None => format!("{} · sheet {} of {}", self.slug, at + 1, sides.len()),
            };
            let blends = used.iter().any(|(at, _)| pages.get(*at).is_some_and(|page| page.blends));
            made.push(self.sheet(document, &layout, &used, pages, blends, &slug, &shared, &mut glyphs, parent));
        }
        Ok(made)
    }

    /// Where the pages of a side stand.
    fn layout(&self, side: &Side, width: f64, height: f64) -> Result<Layout, Fault> {
        let imposition = self.profile.imposition.as_ref();
        let (gap, mill, thickness) = imposition.map_or((0.0, 0.0, 0.0), |wish| (wish.gap * MM, wish.spine * MM, wish.thickness * MM));
        let milled = if side.rows.len() > 1 || imposition.is_some_and(|wish| wish.scheme == Scheme::PerfectBound) { mill } else { 0.0 };
        let between = |seam: &Seam| match seam {
            Seam::Spine => 2.0 * milled,
            Seam::Cut => gap,
        };
        let columns = side.seams.len() + 1;
        let rows = side.rows.len();
        let all_width = width * columns as f64 + side.seams.iter().map(between).sum::<f64>();
        let all_height = height * rows as f64 + gap * (rows.max(1) - 1) as f64;
        let room = Furniture::room(self.profile.marks, self.bleed()) + self.profile.sheet.margin * MM;
        let size = self.paper(all_width + 2.0 * room, all_height + 2.0 * room, 0)?;
        let (left, foot) = ((size.width() - all_width) / 2.0, (size.height() - all_height) / 2.0);
        let block = Rect::new(left, foot, left + all_width, foot + all_height);
        let mut layout = Layout::around(size, block);
        let mut xs = vec![left];
        for seam in &side.seams {
            let right = xs.last().copied().unwrap_or(left) + width;
            let next = right + between(seam);
            match seam {
                Seam::Spine => layout.folds_x.push((right + next) / 2.0),
                Seam::Cut => {
                    layout.cuts_x.extend([right, next]);
                    if side.folds {
                        layout.folds_x.push((right + next) / 2.0);
                    }
                }
            }
            xs.push(next);
        }
        for row in 1..rows {
            let top = block.y1 - (height + gap) * row as f64;
            layout.cuts_y.extend([top + gap, top]);
            if side.folds {
                layout.folds_y.push(top + gap / 2.0);
            }
        }
        if imposition.is_some_and(|wish| wish.scheme == Scheme::Spreads) {
            layout.folds_x.clear();
        }
        for (row, cells) in side.rows.iter().enumerate() {
            let y = block.y1 - height - (height + gap) * row as f64;
            for (column, cell) in cells.iter().enumerate() {
                let x = xs.get(column).copied().unwrap_or(left);
                let whole = Rect::new(x, y, x + width, y + height);
                let clip = self.clip(side, column, whole, gap, milled);
                layout.places.extend(place(cell, whole, clip, thickness));
            }
        }
        if self.profile.marks.collation && side.outside {
            layout.steps = steps(side, &xs, block, width, height, gap, milled);
        }
        Ok(layout)
    }

    /// What of a page may be seen: its bleed, but no more than half of what lies between it and the next one, and nothing beyond a fold.
    fn clip(&self, side: &Side, column: usize, page: Rect, gap: f64, milled: f64) -> Rect {
        let bleed = self.bleed();
        let half = |seam: Option<&Seam>| match seam {
            None => bleed,
            Some(Seam::Cut) => bleed.min(gap / 2.0),
            Some(Seam::Spine) => bleed.min(milled),
        };
        let level = if side.rows.len() > 1 { bleed.min(gap / 2.0) } else { bleed };
        let left = half(column.checked_sub(1).and_then(|at| side.seams.get(at)));
        let right = half(side.seams.get(column));
        Rect { x0: page.x0 - left, y0: page.y0 - level, x1: page.x1 + right, y1: page.y1 + level }
    }

    /// The paper for something of a size: as asked for, turned if it is known by name and fits better, or made to measure.
    fn paper(&self, width: f64, height: f64, page: usize) -> Result<Rect, Fault> {
        let Some(size) = &self.profile.sheet.size else { return Ok(Rect::new(0.0, 0.0, width, height)) };
        let [w, h] = size.millimetres().unwrap_or([0.0; 2]).map(|length| length * MM);
        let fits = |w: f64, h: f64| width <= w + 0.5 && height <= h + 0.5;
        match size {
            _ if fits(w, h) => Ok(Rect::new(0.0, 0.0, w, h)),
            Size::Named(_) if fits(h, w) => Ok(Rect::new(0.0, 0.0, h, w)),
            Size::Named(_) | Size::Millimetres(_) => {
                let what = if page == 0 { "the pages".to_owned() } else { format!("page {page}") };
                let [w, h, width, height] = [w, h, width, height].map(|length| (length / MM).round());
                Err(Fault::Sheet(page, format!("{what} with bleed, marks and margin need {width} × {height} mm, and the sheet is {w} × {h} mm")))
            }
        }
    }

    /// Writes a sheet.
    #[allow(clippy::too_many_arguments, reason = "what is on the sheet, and what all sheets share")]
    fn sheet(
        &self,
        document: &mut Document,
        layout: &Layout,
        used: &[(usize, ObjectId)],
        pages: &[Ready],
        blends: bool,
        slug: &str,
        shared: &Dictionary,
        glyphs: &mut Glyphs<'_>,
        parent: ObjectId,
    ) -> ObjectId {
        let mut content = String::new();
        for (page, matrix, clip) in &layout.places {
            if let Some(ready) = pages.get(*page) {
                content.push_str(&self.edges(*page, ready, *matrix, *clip));
            }
            content.push_str(&format!(
                "q {} re W n {} cm /Page{} Do Q\n",
                numbers(&[clip.x0, clip.y0, clip.width(), clip.height()]),
                matrix.0.iter().map(|value| number(*value)).collect::<Vec<_>>().join(" "),
                page + 1
            ));
        }
        let furniture = Furniture {
            marks: self.profile.marks,
            block: layout.block,
            offset: marks::offset(self.profile.marks, self.bleed()),
            cuts_x: layout.cuts_x.clone(),
            cuts_y: layout.cuts_y.clone(),
            folds_x: layout.folds_x.clone(),
            folds_y: layout.folds_y.clone(),
            steps: layout.steps.clone(),
            slug,
            mode: self.mode,
        };
        content.push_str(&furniture.content(glyphs, document));
        let mut resources = shared.clone();
        let mut objects = Dictionary::new();
        for (page, form) in used {
            objects.set(format!("Page{}", page + 1), *form);
        }
        for (name, form) in glyphs.used() {
            objects.set(name, form);
        }
        resources.set("XObject", objects);
        let stream = document.add_object(deflated(Dictionary::new(), content.as_bytes()));
        let mut dict = Dictionary::new();
        dict.set("Type", "Page");
        dict.set("Parent", parent);
        dict.set("MediaBox", array(layout.size));
        dict.set("BleedBox", array(layout.block.grown(self.bleed()).meet(layout.size).unwrap_or(layout.block)));
        dict.set("TrimBox", array(layout.block));
        dict.set("Resources", resources);
        dict.set("Contents", stream);
        if blends {
            dict.set("Group", blending(None));
        }
        document.add_object(dict)
    }
}

/// Where the page of a cell comes to stand. Creep moves it towards the spine, and what of it is seen stays.
fn place(cell: &Cell, whole: Rect, clip: Rect, thickness: f64) -> Option<(usize, Matrix, Rect)> {
    let page = cell.page?;
    let creep = cell.depth as f64 * thickness;
    let aside = if cell.spine_right { creep } else { -creep };
    let matrix = if cell.turned { Matrix::quarters(2).then(Matrix::shift(whole.x1 + aside, whole.y1)) } else { Matrix::shift(whole.x0 + aside, whole.y0) };
    Some((page, matrix, clip))
}

/// A step of each section lower on its spine than that before, so that one that is missing or twice leaves a gap.
fn steps(side: &Side, xs: &[f64], block: Rect, width: f64, height: f64, gap: f64, milled: f64) -> Vec<Rect> {
    let (thick, tall) = ((2.0 * milled).max(2.0 * MM), 5.0 * MM);
    let mut found = Vec::new();
    for (row, cells) in side.rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            // The fold between the first page and the last one: the only one that lies outside when all is folded.
            let is_outside = cell.outer && cells.get(column + 1).is_some_and(|next| next.outer) && side.seams.get(column) == Some(&Seam::Spine);
            if !is_outside {
                continue;
            }
            let x = xs.get(column).copied().unwrap_or(block.x0) + width + milled;
            let foot = block.y1 - height - (height + gap) * row as f64;
            let run = (height - tall) * 0.9;
            let down = (side.section as f64 * tall * 1.2) % run.max(tall);
            let y = if cell.turned { foot + height * 0.05 + down } else { foot + height * 0.95 - tall - down };
            found.push(Rect::new(x - thick / 2.0, y, x + thick / 2.0, y + tall));
        }
    }
    found
}

#[cfg(test)]
mod tests;
