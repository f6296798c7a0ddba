//! The page of HTML of a master, and where it and its PDF are going to stand.
//!
//! 1. [`Wishes`] are what was typed, or what the project says, looked up once.
//! 2. [`write`] makes the page of the edition and of the layout's sheets; its pictures are in it, or in a folder beside it.

use article::code::Code;
use article::diag::Log;
use article::edition::Edition;
use article::picture::Pictures;
use epub::Printed;
use epub::html::{Look, Page};

use super::args::Place;
use super::project::file::Html;
use crate::pdf::layout::{Layout, Manifest};

/// What stands for the name of a master's outputs in an address.
const NAME: &str = "{name}";

/// What is wished of pages.
#[derive(Clone, Debug, Default)]
pub(super) struct Wishes {
    /// Where pictures are.
    pictures: Place,
    /// Where pages are going to stand, with the name of each left open.
    address: Option<String>,
    /// The same of PDFs.
    pdf: Option<String>,
    /// The families of the text.
    families: Vec<String>,
    /// Whether the front matter of further languages stands behind the text.
    others_after: bool,
}

impl Wishes {
    /// What was typed, or what the project says; the fonts are the layout's.
    #[must_use]
    pub(super) fn resolve(pictures: Place, html: &Html, manifest: Option<&Manifest>) -> Self {
        Self {
            pictures,
            address: html.address.as_ref().map(|address| address.0.clone()),
            pdf: html.pdf.as_ref().map(|address| address.0.clone()),
            families: manifest.map(Manifest::book_fonts).unwrap_or_default(),
            others_after: manifest.is_some_and(Manifest::book_others_after),
        }
    }
}

/// What a page is made of.
pub(super) struct Parts<'a> {
    pub(super) edition: &'a Edition,
    pub(super) pictures: &'a Pictures,
    pub(super) layout: &'a Layout,
    pub(super) printed: Option<&'a Printed>,
    /// The name of the master's outputs, without an extension.
    pub(super) name: &'a str,
}

/// Writes a page. Gives it with the files that belong beside it, by their paths from where the page lies.
pub(super) fn write(log: &mut Log, wishes: &Wishes, parts: &Parts<'_>) -> (Page, Vec<(String, Vec<u8>)>) {
    let Parts { edition, pictures, layout, printed, name } = *parts;
    let (css, page_css) = (layout.css(), layout.page_css());
    let folder = folder(name);
    let at = |address: &Option<String>| address.as_ref().map(|address| address.replace(NAME, &in_an_address(name)));
    let (address, pdf) = (at(&wishes.address), at(&wishes.pdf));
    let escaped = in_an_address(&folder);
    let look = Look {
        css: [&css, &page_css],
        families: &wishes.families,
        beside: match wishes.pictures {
            Place::Inside => None,
            Place::Beside => Some(escaped.as_str()),
        },
        printed,
        address: address.as_deref(),
        pdf: pdf.as_deref(),
        others_after: wishes.others_after,
    };
    let page = epub::html::page(edition, pictures, &look);
    for dropped in &page.dropped {
        log.report(Code::UnusableLink, dropped.span, format!("the address `{}` cannot be followed from a page", dropped.href));
    }
    let beside = page.beside.iter().filter_map(|(file, href)| Some((format!("{folder}/{file}"), pictures.get(href)?.screen_bytes().to_vec())));
    let beside = beside.collect();
    (page, beside)
}

/// The folder beside a page of this name, where its pictures are.
#[must_use]
pub(super) fn folder(name: &str) -> String {
    format!("{name}_files")
}

/// A name as a part of an address (RFC 3986, 2.3): all but what is unreserved is escaped.
fn in_an_address(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
