//! With which word of the text each printed page begins.
//!
//! 1. Of all that a page shows, what stands in a running head or a note does not count: it may belong to another page's text. What an earlier page
//!    has shown does not count either.
//! 2. The first piece of the text that is left is where the page begins. The list of pages is in the order of reading, though a layout may put front
//!    matter behind the text, or back matter before it: of all pages as many begin so as stand in order ([`rising`]).
//! 3. Any other page begins with the first piece on it that stands between those before and behind it: of the text, or of a float, which is all that some pages
//!    show. A page without such a piece begins where the next one does; at the end, behind the text.

use article::edition::Edition;
use article::leaf::LeafNo;
use epub::{BEHIND, PrintedPage};
use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use super::flows;
use super::pages::Sheets;
use crate::pdf::Pages;

/// A place in the order of reading: the number of the leaf in it, and the byte in the leaf.
type Place = (usize, u32);

/// What a page shows first of what no page before it has shown, in its order.
#[derive(Clone, Debug, Default)]
struct Fresh {
    /// Of the text.
    text: Vec<Place>,
    /// Of floats.
    floats: Vec<Place>,
}

/// The printed pages, in order.
#[must_use]
pub fn pages(pages: &Pages, sheets: &Sheets, edition: &Edition) -> Vec<PrintedPage> {
    let reading = flows::reading(edition);
    let Some(end) = reading.last().map(|(leaf, _)| *leaf) else { return Vec::new() };
    let places = places(&fresh(sheets, &reading));
    let page = |(at, place): (usize, Option<Place>)| {
        let (leaf, offset) = place.and_then(|(no, offset)| Some((reading.get(no)?.0, offset))).unwrap_or((end, BEHIND));
        PrintedPage { label: pages.folio(at), leaf, offset }
    };
    places.into_iter().enumerate().map(page).collect()
}

/// The first folio and the last.
#[must_use]
pub fn folios(pages: &Pages) -> Option<(String, String)> {
    let last = pages.count().checked_sub(1)?;
    Some((pages.folio(0), pages.folio(last)))
}

/// What each page shows first.
fn fresh(sheets: &Sheets, reading: &[(LeafNo, bool)]) -> Vec<Fresh> {
    let mut order: FxHashMap<LeafNo, (usize, bool)> = FxHashMap::default();
    for (no, (leaf, stands)) in reading.iter().enumerate() {
        order.entry(*leaf).or_insert((no, *stands));
    }
    let mut shown: FxHashMap<usize, u32> = FxHashMap::default();
    let mut pages = Vec::with_capacity(sheets.starts.len());
    for (at, start) in sheets.starts.iter().enumerate() {
        let end = sheets.starts.get(at + 1).copied().unwrap_or(sheets.sightings.len());
        // Text from right to left is met in the order of the eye: of a leaf that counts which is first in the text.
        let mut here: IndexMap<usize, (bool, u32, u32)> = IndexMap::new();
        for sighting in sheets.sightings.get(*start..end).unwrap_or_default() {
            let Some((no, stands)) = order.get(&sighting.leaf).copied() else { continue };
            let until = shown.get(&no).copied().unwrap_or_default();
            if sighting.to > until {
                let (_, from, to) = here.entry(no).or_insert((stands, u32::MAX, 0));
                *from = (*from).min(sighting.from.max(until));
                *to = (*to).max(sighting.to);
            }
        }
        let mut page = Fresh::default();
        for (no, (stands, from, to)) in here {
            if stands { &mut page.text } else { &mut page.floats }.push((no, from));
            shown.insert(no, to);
        }
        pages.push(page);
    }
    pages
}

/// Where each page begins, in order; `None` behind the text.
fn places(pages: &[Fresh]) -> Vec<Option<Place>> {
    let firsts: Vec<Option<Place>> = pages.iter().map(|page| page.text.first().copied()).collect();
    let mut places = rising(&firsts);
    let mut before: Option<Place> = None;
    for (at, page) in pages.iter().enumerate() {
        let fixed = places.get(at).copied().flatten();
        let after = places.iter().skip(at + 1).find_map(|place| *place);
        let is_between = |place: &&Place| before.is_none_or(|before| before < **place) && after.is_none_or(|after| **place < after);
        let found = fixed.or_else(|| page.text.iter().chain(&page.floats).find(is_between).copied());
        if let Some(place) = places.get_mut(at) {
            *place = found;
        }
        before = found.or(before);
    }
    let mut next = None;
    for place in places.iter_mut().rev() {
        *place = place.or(next);
        next = *place;
    }
    places
}

/// As many of the places as rise from one to the next; the others are nothing. Of chains of one length the one whose last place is the smallest.
fn rising(places: &[Option<Place>]) -> Vec<Option<Place>> {
    // By the length of a chain less one: the index of its last place, the smallest that there is so far.
    let mut ends: Vec<usize> = Vec::new();
    let mut came_from: Vec<Option<usize>> = vec![None; places.len()];
    let at = |index: usize| places.get(index).copied().flatten();
    for (index, place) in places.iter().enumerate().filter(|(_, place)| place.is_some()) {
        let length = ends.partition_point(|end| at(*end) < *place);
        if let (Some(slot), Some(before)) = (came_from.get_mut(index), length.checked_sub(1)) {
            *slot = ends.get(before).copied();
        }
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut kept = vec![None; places.len()];
    let mut next = ends.last().copied();
    while let Some(index) = next {
        if let Some(slot) = kept.get_mut(index) {
            *slot = at(index);
        }
        next = came_from.get(index).copied().flatten();
    }
    kept
}
