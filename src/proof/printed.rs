//! With which word of the text each printed page begins.
//!
//! 1. Of all that a page shows, what stands in a running head, a note or a float does not count: it may belong to another page's text.
//! 2. Of the rest, the first piece that no earlier page has shown is where the page begins.
//! 3. A page without text of its own (a figure, notes that ran over) begins where the next one does.

use article::edition::Edition;
use article::leaf::LeafNo;
use epub::PrintedPage;
use rustc_hash::FxHashMap;

use super::flows;
use super::pages::Sheets;
use crate::pdf::Pages;

/// Where in the text a page begins: the number of the leaf in the order of the text, and the byte in it.
type Place = (usize, u32);

/// The printed pages, in order.
#[must_use]
pub fn pages(pages: &Pages, sheets: &Sheets, edition: &Edition) -> Vec<PrintedPage> {
    let text = flows::text(edition);
    let order: FxHashMap<LeafNo, usize> = text.iter().copied().zip(0..).collect();
    let mut places = beginnings(sheets, &order);
    let mut next = None;
    for place in places.iter_mut().rev() {
        *place = place.or(next);
        next = *place;
    }
    let mut printed = Vec::with_capacity(places.len());
    for (at, place) in places.into_iter().enumerate() {
        let Some((leaf, offset)) = place.and_then(|(no, offset)| Some((*text.get(no)?, offset))) else { continue };
        printed.push(PrintedPage { label: pages.folio(at), leaf, offset });
    }
    printed
}

/// The first folio and the last.
#[must_use]
pub fn folios(pages: &Pages) -> Option<(String, String)> {
    let last = pages.count().checked_sub(1)?;
    Some((pages.folio(0), pages.folio(last)))
}

/// The first piece of the text on each page that no earlier page has shown. A layout may put front matter behind the text and parts of the
/// back matter before it, so that what counts is how far each leaf has been shown.
fn beginnings(sheets: &Sheets, order: &FxHashMap<LeafNo, usize>) -> Vec<Option<Place>> {
    let mut shown: FxHashMap<usize, u32> = FxHashMap::default();
    let mut places = Vec::with_capacity(sheets.starts.len());
    for (at, start) in sheets.starts.iter().enumerate() {
        let end = sheets.starts.get(at + 1).copied().unwrap_or(sheets.sightings.len());
        let mut first = None;
        for sighting in sheets.sightings.get(*start..end).unwrap_or_default() {
            let Some(no) = order.get(&sighting.leaf).copied() else { continue };
            let until = shown.entry(no).or_default();
            if sighting.to > *until {
                first = first.or(Some((no, sighting.from)));
                *until = sighting.to;
            }
        }
        places.push(first);
    }
    places
}
