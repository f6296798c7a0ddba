//! The page with the imprint of an issue, which stands behind articles that are finished.
//!
//! 1. Its lines become a record of Typst, as those of an article do.
//! 2. `base/imprint.typ` draws them on a page of the size of the others, in the type of the layout.

use std::fmt::Write;

use article::derive::imprint::Colophon;
use article::diag::Log;

use super::cover::{drawn, literal, maybe};
use super::engine::Engine;
use super::export::{Export, export};
use super::layout::Layout;

/// Draws the page as a PDF, and says how many pages it needed. `size` is width and height in millimetres. What the engine complains of is reported; `None` where
/// there is no page then.
#[must_use]
pub fn imprint_page(log: &mut Log, engine: &Engine, layout: &Layout, size: [f64; 2], colophons: &[Colophon], as_file: &Export) -> Option<(Vec<u8>, usize)> {
    let records: String = colophons.iter().map(|colophon| format!("{}, ", record(colophon))).collect();
    let [width, height] = size;
    let main = format!("#import \"/layouts/base/imprint.typ\": imprint-page\n#imprint-page({width:.3}mm, {height:.3}mm, ({records}))\n");
    let pages = drawn(log, engine, layout, main)?;
    Some((export(log, &pages, as_file)?, pages.count()))
}

fn record(colophon: &Colophon) -> String {
    let Colophon { lang, lines, age } = colophon;
    let lines = lines.iter().fold(String::new(), |mut text, line| {
        // Writing into a string cannot fail.
        let _ = write!(text, "(kind: {}, text: {}), ", literal(line.kind), literal(&line.text));
        text
    });
    let dir = if lang.is_rtl() { "rtl" } else { "ltr" };
    format!("(lang: {}, region: none, dir: \"{dir}\", lines: ({lines}), age: {})", literal(lang.primary()), maybe(age.as_deref()))
}
