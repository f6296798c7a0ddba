//! The cover of an e-book: a page that the layout draws, as a picture.
//!
//! 1. What stands on it is taken from the metadata, as one record of Typst.
//! 2. The layout's `cover.typ` draws it, or the one of `base`.
//! 3. The picture is written with a palette: a cover of text has few colours, and a third of the bytes.

use std::collections::BTreeMap;

use article::diag::Log;
use article::edition::Metadata;
use article::lang::Lang;
use article::picture::Pictures;
use typeset::map::SourceMap;
use typst_layout::Page;
use typst_render::RenderOptions;

use super::engine::Engine;
use super::layout::Layout;
use super::set::compiled;
use super::world::Loader;

/// The file of a layout that draws covers.
const FILE: &str = "cover.typ";

/// The height of the picture in pixels: that of a phone's screen, above which shelves show no difference.
const HEIGHT: f64 = 1_200.0;

/// The bits of a channel that are kept, from many to few, until the colours fit into a palette.
const DEPTHS: [u32; 3] = [6, 5, 4];

/// Draws the cover as a PNG. What the engine complains of is reported; `None` where there is no picture then.
#[must_use]
pub fn cover(log: &mut Log, engine: &Engine, layout: &Layout, lang: &Lang, metadata: &Metadata, place: &str) -> Option<Vec<u8>> {
    let folder = if layout.file(FILE).is_some() { "layout" } else { "layouts/base" };
    let main = format!("#import \"/{folder}/{FILE}\": cover\n#cover({})\n", record(lang, metadata, place));
    let pictures = Pictures::new();
    let (document, _) = compiled(log, engine, Loader { main, layout, pictures: &pictures, attached: None }, SourceMap::default(), None)?;
    let page = document.pages().first()?;
    small(page, HEIGHT / page.frame.size().y.to_pt())
}

/// A page of opaque paper as PNG, at so many pixels a point, with a palette where its colours fit into one.
pub(super) fn small(page: &Page, pixels_per_point: f64) -> Option<Vec<u8>> {
    let picture = typst_render::render(page, &RenderOptions { pixel_per_pt: pixels_per_point.into(), ..RenderOptions::default() });
    let pixels: Vec<[u8; 3]> = picture.pixels().iter().map(|pixel| pixel.demultiply()).map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    png(picture.width(), picture.height(), &pixels)
}

/// What stands on the cover, as a record of Typst.
fn record(lang: &Lang, metadata: &Metadata, place: &str) -> String {
    let tongue = |lang: &Lang| format!("lang: {}, rtl: {}", literal(lang.tag()), lang.is_rtl());
    let title = metadata.titles.first();
    let others: String = metadata.titles.iter().skip(1).map(|other| format!("({}, title: {}), ", tongue(&other.lang), literal(&other.said))).collect();
    let authors: String = metadata
        .people
        .iter()
        .filter(|person| person.role == "aut")
        .filter_map(|person| person.names.first())
        .map(|name| format!("{}, ", literal(&name.said.display)))
        .collect();
    let maybe = |text: Option<&str>| text.filter(|text| !text.trim().is_empty()).map_or_else(|| "none".to_owned(), literal);
    format!(
        "({}, title: {}, others: ({others}), authors: ({authors}), journal: {}, place: {}, doi: {})",
        tongue(title.map_or(lang, |title| &title.lang)),
        literal(title.map_or("", |title| &title.said)),
        maybe(metadata.journal.first().map(|journal| journal.said.as_str())),
        maybe(Some(place)),
        maybe(metadata.doi.as_deref()),
    )
}

/// A text as a string of Typst.
fn literal(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " "))
}

/// A picture as PNG, with a palette where its colours fit into one.
fn png(width: u32, height: u32, pixels: &[[u8; 3]]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_compression(png::Compression::High);
    match DEPTHS.iter().find_map(|depth| palette(pixels, *depth)) {
        Some((colours, indices)) => {
            encoder.set_color(png::ColorType::Indexed);
            encoder.set_filter(png::Filter::NoFilter);
            encoder.set_palette(colours.concat());
            encoder.write_header().ok()?.write_image_data(&indices).ok()?;
        }
        None => {
            encoder.set_color(png::ColorType::Rgb);
            encoder.write_header().ok()?.write_image_data(&pixels.concat()).ok()?;
        }
    }
    Some(out)
}

/// The colours of a picture with so many bits a channel, and the number of each pixel's; `None` for more than a palette holds.
fn palette(pixels: &[[u8; 3]], depth: u32) -> Option<(Vec<[u8; 3]>, Vec<u8>)> {
    let steps = (1_u32 << depth) - 1;
    let coarse = |value: u8| u8::try_from((u32::from(value) * steps + 127) / 255 * 255 / steps).unwrap_or(value);
    let mut numbers: BTreeMap<[u8; 3], usize> = BTreeMap::new();
    let mut colours = Vec::new();
    let mut indices = Vec::with_capacity(pixels.len());
    for pixel in pixels {
        let colour = pixel.map(coarse);
        let number = *numbers.entry(colour).or_insert_with(|| {
            colours.push(colour);
            colours.len() - 1
        });
        indices.push(u8::try_from(number).ok()?);
    }
    Some((colours, indices))
}
