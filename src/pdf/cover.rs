//! Covers: faces that the layout draws, for a shelf of e-books and around printed pages.
//!
//! 1. What stands on them is a [`Cover`], made of an article's metadata or of what a project says; the sheet around printed pages has a [`Jacket`] beside it.
//! 2. Both become one record of Typst. The layout's `cover.typ` draws the faces, or the one of `base`; `base/binding.typ` puts them together.
//! 3. [`cover`] makes a picture of the front, with a palette: a cover of text has few colours, and a third of the bytes. [`jacket`] makes a PDF of the sheet.

use std::collections::BTreeMap;

use article::diag::Log;
use article::edition::Metadata;
use article::lang::Lang;
use article::model::front::In;
use article::picture::Pictures;
use typeset::map::SourceMap;
use typst_layout::Page;
use typst_render::RenderOptions;

use super::engine::Engine;
use super::export::{Export, export};
use super::layout::Layout;
use super::set::{Keeping, Pages, compiled};
use super::world::Loader;

/// The file of a layout that draws covers.
const FILE: &str = "cover.typ";

/// The height of the picture in pixels: that of a phone's screen, above which shelves show no difference.
const HEIGHT: f64 = 1_200.0;

/// The bits of a channel that are kept, from many to few, until the colours fit into a palette.
const DEPTHS: [u32; 3] = [6, 5, 4];

/// What stands on a cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// The language of the article.
    pub lang: Lang,
    /// The titles, the main one first.
    pub titles: Vec<In<String>>,
    /// The authors, as they are read.
    pub authors: Vec<String>,
    /// The journal's title.
    pub journal: Option<String>,
    /// Volume, number, pages and year.
    pub place: Option<String>,
    /// The DOI.
    pub doi: Option<String>,
}

impl Cover {
    /// The cover of an article.
    #[must_use]
    pub fn of_article(lang: &Lang, metadata: &Metadata, place: &str) -> Self {
        let authors = metadata.people.iter().filter(|person| person.role == "aut").filter_map(|person| person.names.first());
        Self {
            lang: lang.clone(),
            titles: metadata.titles.clone(),
            authors: authors.map(|name| name.said.display.clone()).collect(),
            journal: metadata.journal.first().map(|journal| journal.said.clone()),
            place: Some(place.to_owned()),
            doi: metadata.doi.clone(),
        }
    }

    /// The fields of the record.
    fn fields(&self) -> String {
        let tongue = |lang: &Lang| format!("lang: {}, rtl: {}", literal(lang.tag()), lang.is_rtl());
        let title = self.titles.first();
        let others: String = self.titles.iter().skip(1).map(|other| format!("({}, title: {}), ", tongue(&other.lang), literal(&other.said))).collect();
        let authors: String = self.authors.iter().map(|name| format!("{}, ", literal(name))).collect();
        format!(
            "{}, title: {}, others: ({others}), authors: ({authors}), journal: {}, place: {}, doi: {}",
            tongue(title.map_or(&self.lang, |title| &title.lang)),
            literal(title.map_or("", |title| &title.said)),
            maybe(self.journal.as_deref()),
            maybe(self.place.as_deref()),
            maybe(self.doi.as_deref()),
        )
    }
}

/// What the sheet around printed pages has beside what stands on any cover. Lengths are millimetres.
#[derive(Clone, Debug, Default)]
pub struct Jacket {
    /// The width of a face.
    pub width: f64,
    /// The height of a face.
    pub height: f64,
    /// The thickness of the spine.
    pub spine: f64,
    /// Whether it is thick enough for text.
    pub spine_text: bool,
    /// How far grounds go beyond the faces.
    pub bleed: f64,
    /// Whether it opens to the right: the front is on the left of the sheet.
    pub right: bool,
    /// The publisher.
    pub publisher: Option<String>,
    /// The ISSNs.
    pub issns: Vec<String>,
    /// The price, as it is printed.
    pub price: Option<String>,
    /// The mark of the readers' age, such as `12+`.
    pub age: Option<String>,
    /// The bar code.
    pub code: Option<Code>,
}

/// A bar code: what stands above it, its digits and its modules, and digits and modules of the smaller code beside it.
#[derive(Clone, Debug)]
pub struct Code {
    /// What stands above it.
    pub title: String,
    /// Its digits.
    pub digits: String,
    /// Its modules, `1` is dark.
    pub modules: String,
    /// The smaller code.
    pub addon: Option<(String, String)>,
}

impl Jacket {
    /// The fields of the record.
    fn fields(&self) -> String {
        let Self { width, height, spine, spine_text, bleed, right, publisher, issns, price, age, code } = self;
        let issns: String = issns.iter().map(|issn| format!("{}, ", literal(issn))).collect();
        let code = code.as_ref().map_or_else(
            || "none".to_owned(),
            |Code { title, digits, modules, addon }| {
                let addon = addon
                    .as_ref()
                    .map_or_else(|| "none".to_owned(), |(digits, modules)| format!("(digits: {}, modules: {})", literal(digits), literal(modules)));
                format!("(title: {}, digits: {}, modules: {}, addon: {addon})", literal(title), literal(digits), literal(modules))
            },
        );
        let [publisher, price, age] = [publisher, price, age].map(|text| maybe(text.as_deref()));
        format!(
            "width: {width:.3}mm, height: {height:.3}mm, spine: {spine:.2}mm, spine-text: {spine_text}, bleed: {bleed:.2}mm, right: {right}, \
             publisher: {publisher}, issns: ({issns}), price: {price}, age: {age}, barcode: {code}"
        )
    }
}

/// Draws the front as a PNG. What the engine complains of is reported; `None` where there is no picture then.
#[must_use]
pub fn cover(log: &mut Log, engine: &Engine, layout: &Layout, cover: &Cover) -> Option<Vec<u8>> {
    let pages = drawn(log, engine, layout, faces(layout, &format!("shelf(({}), front)", cover.fields())))?;
    let page = pages.document.pages().first()?;
    small(page, HEIGHT / page.frame.size().y.to_pt())
}

/// A page of opaque paper as PNG, at so many pixels a point, with a palette where its colours fit into one.
pub(super) fn small(page: &Page, pixels_per_point: f64) -> Option<Vec<u8>> {
    let picture = typst_render::render(page, &RenderOptions { pixel_per_pt: pixels_per_point.into(), ..RenderOptions::default() });
    let runs: Vec<Run> = picture
        .pixels()
        .chunk_by(|one, next| one == next)
        .filter_map(|run| {
            let pixel = run.first()?.demultiply();
            Some(Run { colour: [pixel.red(), pixel.green(), pixel.blue()], length: run.len() })
        })
        .collect();
    png(picture.width(), picture.height(), &runs)
}

/// Pixels of one colour that follow each other, over the ends of rows. A page has a tenth as many as pixels.
struct Run {
    colour: [u8; 3],
    length: usize,
}

/// Draws front, spine and back as a PDF of one page, which says where it is cut. What the engine complains of is reported; `None` where there is no page then.
#[must_use]
pub fn jacket(log: &mut Log, engine: &Engine, layout: &Layout, cover: &Cover, jacket: &Jacket, as_file: &Export) -> Option<Vec<u8>> {
    let pages = drawn(log, engine, layout, faces(layout, &format!("around(({}, {}), front, spine, back)", cover.fields(), jacket.fields())))?;
    export(log, &pages, as_file)
}

/// A text of Typst that asks the layout for faces.
fn faces(layout: &Layout, call: &str) -> String {
    let folder = if layout.file(FILE).is_some() { "layout" } else { "layouts/base" };
    format!("#import \"/layouts/base/binding.typ\": around, shelf\n#import \"/{folder}/{FILE}\": back, front, spine\n#{call}\n")
}

/// What the engine makes of a text that knows the layout and nothing of an article.
pub(super) fn drawn(log: &mut Log, engine: &Engine, layout: &Layout, main: String) -> Option<Pages> {
    let pictures = Pictures::new();
    let (document, diagnoser) = compiled(log, engine, Loader { main, layout, pictures: &pictures, attached: None }, SourceMap::default(), Keeping::Cache)?;
    Some(Pages { document, diagnoser })
}

/// A text as a string of Typst; `none` where there is none.
pub(super) fn maybe(text: Option<&str>) -> String {
    text.filter(|text| !text.trim().is_empty()).map_or_else(|| "none".to_owned(), literal)
}

/// A text as a string of Typst.
pub(super) fn literal(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " "))
}

/// A picture as PNG, with a palette where its colours fit into one.
fn png(width: u32, height: u32, runs: &[Run]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_compression(png::Compression::Balanced);
    match DEPTHS.iter().find_map(|depth| palette(runs, *depth)) {
        Some((colours, indices)) => {
            encoder.set_color(png::ColorType::Indexed);
            encoder.set_filter(png::Filter::NoFilter);
            encoder.set_palette(colours.concat());
            encoder.write_header().ok()?.write_image_data(&indices).ok()?;
        }
        None => {
            let pixels: Vec<u8> = runs.iter().flat_map(|run| std::iter::repeat_n(run.colour, run.length)).flatten().collect();
            encoder.set_color(png::ColorType::Rgb);
            encoder.write_header().ok()?.write_image_data(&pixels).ok()?;
        }
    }
    Some(out)
}

/// The colours of a picture with so many bits a channel, and the number of each pixel's; `None` for more than a palette holds.
fn palette(runs: &[Run], depth: u32) -> Option<(Vec<[u8; 3]>, Vec<u8>)> {
    let steps = (1_u32 << depth) - 1;
    let coarse = |value: u8| u8::try_from((u32::from(value) * steps + 127) / 255 * 255 / steps).unwrap_or(value);
    let mut numbers: BTreeMap<[u8; 3], u8> = BTreeMap::new();
    let mut colours = Vec::new();
    let mut indices = Vec::new();
    for Run { colour, length } in runs {
        let colour = colour.map(coarse);
        let number = match numbers.get(&colour) {
            Some(number) => *number,
            None => {
                let number = u8::try_from(colours.len()).ok()?;
                numbers.insert(colour, number);
                colours.push(colour);
                number
            }
        };
        indices.resize(indices.len() + length, number);
    }
    Some((colours, indices))
}
