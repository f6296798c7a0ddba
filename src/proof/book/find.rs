//! Every leaf in the text of a document.
//!
//! 1. [`Finder::noted`]: the leaf stands where the writer noted it, moved by as many bytes as the last one was.
//! 2. [`Finder::again`]: it does not. The first of the following leaves that is found further on, with those after it in their
//!    noted distance, says where to go on; what was passed over is missing.
//! 3. [`Finder::elsewhere`]: what is missing and long enough to be known again is looked for in all that nothing has claimed.
//! 4. [`Finder::in_part`]: what is left of a leaf at its place, beginning and end.
//!
//! In a sound book only the first step runs, and compares each byte once.

use std::collections::BTreeMap;

use article::leaf::{LeafNo, Leaves};
use epub::Placed;

use super::super::Sighting;
use super::visible::{Searchable, Visible};

/// How many leaves in a row may be missing before a file is searched leaf by leaf.
const AHEAD: usize = 256;
/// How many places of one text are tried.
const TRIES: usize = 64;
/// How many leaves after one must stand in their noted distance for its place to be believed.
const WITNESSES: usize = 3;
/// The least length in bytes of a text that is known again without witnesses.
const KNOWN: usize = 24;
/// The least length in bytes of what is left of a leaf for it to be seen in part.
const PART: usize = 8;

/// A leaf that was found, by the bytes of the file.
#[derive(Clone, Copy, Debug)]
struct Found {
    start: usize,
    end: usize,
    sighting: Sighting,
}

/// A leaf that the note has and that was not found, with the bytes between which it should stand.
#[derive(Clone, Copy, Debug)]
struct Missing {
    leaf: LeafNo,
    from: usize,
    to: usize,
}

struct Finder<'a> {
    visible: &'a Visible<'a>,
    places: &'a [Placed],
    leaves: &'a Leaves,
    searchable: Option<Searchable>,
    found: Vec<Found>,
    /// The bytes that `found` covers, made when something is missing.
    claimed: BTreeMap<usize, usize>,
    missing: Vec<Missing>,
}

/// Finds the leaves that the note has for one document, and adds them in the order of the document.
pub fn find(visible: &Visible<'_>, places: &[Placed], leaves: &Leaves, out: &mut Vec<Sighting>) {
    let mut finder = Finder { visible, places, leaves, searchable: None, found: Vec::with_capacity(places.len()), claimed: BTreeMap::new(), missing: Vec::new() };
    finder.walk();
    if !finder.missing.is_empty() {
        finder.claimed = finder.found.iter().map(|found| (found.start, found.end)).collect();
        finder.elsewhere();
        finder.in_part();
        finder.found.sort_by_key(|found| (found.start, found.sighting.from));
    }
    out.extend(finder.found.iter().map(|found| found.sighting));
}

impl Finder<'_> {
    /// Goes through the note once.
    fn walk(&mut self) {
        let (mut at, mut moved, mut good) = (0, 0, 0);
        while let Some(place) = self.places.get(at) {
            let from = self.begun(place.leaf);
            if let Some(found) = self.noted(at, from, moved, good) {
                good = found.end;
                self.found.push(found);
                at += 1;
                continue;
            }
            let (next, shift) = self.again(at, moved, good);
            let until = self.places.get(next).map_or(usize::MAX, |place| shifted(place.start, shift).unwrap_or(usize::MAX));
            for place in self.places.get(at..next).unwrap_or_default() {
                self.missing.push(Missing { leaf: place.leaf, from: good, to: until });
            }
            (at, moved) = (next, shift);
        }
    }

    /// How much of this leaf has been seen by the place before, where the writer had to cut it in two.
    fn begun(&self, leaf: LeafNo) -> u32 {
        let last = self.found.last().map(|found| found.sighting).filter(|last| last.leaf == leaf);
        last.map_or(0, |last| if (last.to as usize) < self.leaves.text(leaf).len() { last.to } else { 0 })
    }

    /// The leaf at its noted place, moved by some bytes, not before `good`.
    fn noted(&self, at: usize, from: u32, moved: isize, good: usize) -> Option<Found> {
        let place = self.places.get(at)?;
        let (start, end) = (shifted(place.start, moved)?, shifted(place.end, moved)?);
        if start < good {
            return None;
        }
        let run = self.visible.run(start, end)?;
        let shown = self.visible.decoded(start, end)?;
        let wanted = self.leaves.text(place.leaf).get(from as usize..)?;
        if shown.is_empty() && !wanted.is_empty() || !wanted.starts_with(shown.as_ref()) {
            return None;
        }
        let to = from + u32::try_from(shown.len()).ok()?;
        Some(Found { start, end, sighting: Sighting { leaf: place.leaf, from, to, hidden: run.hidden } })
    }

    /// Where to go on after a leaf that is not in its place: the index of the next leaf that is, and how far it has moved.
    fn again(&mut self, at: usize, moved: isize, good: usize) -> (usize, isize) {
        let last = self.places.len().min(at + AHEAD);
        for next in at..last {
            if next > at && self.noted(next, 0, moved, good).is_some() && self.witnessed(next, moved, good) {
                return (next, moved);
            }
            let Some(place) = self.places.get(next) else { break };
            let wanted = self.leaves.text(place.leaf);
            if wanted.is_empty() {
                continue;
            }
            let known = wanted.len() >= KNOWN;
            for (start, _) in self.searchable().places(wanted, good, TRIES) {
                let Some(shift) = distance(place.start, start) else { continue };
                let Some(found) = self.noted(next, 0, shift, good) else { continue };
                let believed = known || if next + 1 < self.places.len() { self.witnessed(next, shift, good) } else { self.alone(&found) };
                if believed {
                    return (next, shift);
                }
            }
        }
        (last, moved)
    }

    /// Whether the leaves after one stand in their noted distance too.
    fn witnessed(&self, at: usize, moved: isize, good: usize) -> bool {
        let after = at + 1..self.places.len().min(at + 1 + WITNESSES);
        after.into_iter().all(|next| self.noted(next, 0, moved, good).is_some())
    }

    /// Whether there is nothing else between the tags around a leaf: the last one has no witnesses.
    fn alone(&self, found: &Found) -> bool {
        self.visible.run(found.start, found.end).is_some_and(|run| run.start == found.start && run.end == found.end)
    }

    /// All text of the document, made at the first need.
    fn searchable(&mut self) -> &Searchable {
        self.searchable.get_or_insert_with(|| self.visible.searchable())
    }

    /// Whether nothing that was found stands at these bytes.
    fn free(&self, start: usize, end: usize) -> bool {
        self.claimed.range(..end).next_back().is_none_or(|(_, claimed)| *claimed <= start)
    }

    /// Looks for what is missing in all of the document.
    fn elsewhere(&mut self) {
        for missing in std::mem::take(&mut self.missing) {
            let wanted = self.leaves.text(missing.leaf);
            let places = if wanted.len() >= KNOWN { self.searchable().places(wanted, 0, TRIES) } else { Vec::new() };
            match places.into_iter().find(|(start, end)| self.free(*start, *end)) {
                Some((start, end)) => self.see(missing.leaf, 0, wanted.len(), start, end),
                None => self.missing.push(missing),
            }
        }
    }

    /// Looks for the beginning and the end of what is still missing, between its neighbours.
    fn in_part(&mut self) {
        for missing in std::mem::take(&mut self.missing) {
            let wanted = self.leaves.text(missing.leaf);
            let pieces: Vec<_> = self.searchable().between(missing.from, missing.to).map(|(start, piece)| (start, piece.to_owned())).collect();
            let best = pieces.iter().map(|(start, piece)| (*start, piece, common(wanted, piece), common_end(wanted, piece))).max_by_key(|(_, _, head, tail)| head + tail);
            let Some((start, piece, head, tail)) = best else { continue };
            if head + tail < PART.max(wanted.len() / 4) || head + tail > wanted.len() || !self.free(start, start + 1) {
                continue;
            }
            if head > 0 {
                self.see(missing.leaf, 0, head, start, start + 1);
            }
            if tail > 0 {
                self.see(missing.leaf, wanted.len() - tail, wanted.len(), start + piece.len() - tail, start + piece.len());
            }
        }
    }

    /// Notes that a part of a leaf is seen at these bytes.
    fn see(&mut self, leaf: LeafNo, from: usize, to: usize, start: usize, end: usize) {
        let hidden = self.visible.run(start, start).and_then(|run| run.hidden);
        let (Ok(from), Ok(to)) = (u32::try_from(from), u32::try_from(to)) else { return };
        self.claimed.insert(start, end);
        self.found.push(Found { start, end, sighting: Sighting { leaf, from, to, hidden } });
    }
}

/// A place moved by some bytes.
fn shifted(place: usize, by: isize) -> Option<usize> {
    place.checked_add_signed(by)
}

/// By how many bytes a place has moved.
fn distance(from: usize, to: usize) -> Option<isize> {
    isize::try_from(to).ok()?.checked_sub(isize::try_from(from).ok()?)
}

/// How many bytes two texts have in common at their beginning, whole characters alone.
fn common(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(char, _)| char.len_utf8()).sum()
}

/// The same at their end, but for a text that is one with the other from its beginning.
fn common_end(a: &str, b: &str) -> usize {
    let head = common(a, b);
    let (a, b) = (a.get(head..).unwrap_or_default(), b.get(head..).unwrap_or_default());
    a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).map(|(char, _)| char.len_utf8()).sum()
}
