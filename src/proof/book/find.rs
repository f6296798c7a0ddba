//! Every leaf in the text of a document.
//!
//! 1. [`Finder::noted`]: the leaf stands where the writer noted it, moved by as many bytes as the last one was.
//! 2. [`Finder::again`]: it does not. Of the places further on at which it or a leaf after it is found, with those after that in
//!    their noted distance, the one that passes over the least says where to go on; what was passed over is missing.
//! 3. [`Finder::elsewhere`]: what is missing and long enough to be known again is looked for in all that nothing has claimed.
//! 4. [`Finder::in_part`]: what is left of a leaf at its place, beginning and end.
//!
//! In a sound book only the first step runs, and compares each byte once.

use std::collections::BTreeMap;

use article::leaf::{LeafNo, Leaves};
use epub::Placed;

use super::super::Sighting;
use super::visible::{Searchable, Visible};

/// How many leaves after a loss are tried, and how many lost ones are looked for in the whole of a file.
const AHEAD: usize = 256;
/// How many places of one text are tried.
const TRIES: usize = 64;
/// How far a leaf is looked for, in bytes of text.
const LOOK: usize = 1 << 16;
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

/// Where the note and the file are one again.
#[derive(Clone, Copy, Debug)]
struct Resumed {
    /// The index of the leaf.
    next: usize,
    /// By how many bytes what follows it has moved.
    moved: isize,
    found: Found,
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

/// Finds the leaves that the note has for one document, and adds them in the order of the document. `pictured` is what pictures at some bytes of it show.
pub(super) fn find(visible: &Visible<'_>, places: &[Placed], leaves: &Leaves, pictured: &[(usize, &[Sighting])], out: &mut Vec<Sighting>) {
    let mut finder =
        Finder { visible, places, leaves, searchable: None, found: Vec::with_capacity(places.len()), claimed: BTreeMap::new(), missing: Vec::new() };
    finder.walk();
    if !finder.missing.is_empty() {
        finder.claimed = finder.found.iter().map(|found| (found.start, found.end)).collect();
        finder.elsewhere();
        finder.in_part();
        finder.found.sort_by_key(|found| (found.start, found.sighting.from));
    }
    for (at, shown) in pictured {
        finder.found.extend(shown.iter().map(|sighting| Found { start: *at, end: *at, sighting: *sighting }));
    }
    if !pictured.is_empty() {
        finder.found.sort_by_key(|found| found.start);
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
            while self.is_doubtful(at) {
                self.found.pop();
                at -= 1;
                good = self.found.last().map_or(0, |found| found.end);
            }
            let resumed = self.again(at, moved, good);
            let next = resumed.map_or(self.places.len().min(at + AHEAD), |resumed| resumed.next);
            let to = resumed.map_or(usize::MAX, |resumed| resumed.found.start);
            for place in self.places.get(at..next).unwrap_or_default() {
                self.missing.push(Missing { leaf: place.leaf, from: good, to });
            }
            at = next;
            if let Some(resumed) = resumed {
                good = resumed.found.end;
                moved = resumed.moved;
                self.found.push(resumed.found);
                at += 1;
            }
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
        let length = if wanted.starts_with(shown.as_ref()) { shown.len() } else { lettered(wanted, &shown)? };
        if shown.is_empty() && !wanted.is_empty() {
            return None;
        }
        let to = from + u32::try_from(length).ok()?;
        Some(Found { start, end, sighting: Sighting { leaf: place.leaf, from, to, hidden: run.hidden } })
    }

    /// Whether the leaf found last, that before `at`, is a piece of a word, though the note has no leaf beside it: what was seen
    /// may be the beginning of another text, such as the 2 of a 28 where a cell with a 2 is gone.
    fn is_doubtful(&self, at: usize) -> bool {
        let Some(last) = at.checked_sub(1) else { return false };
        let (Some(place), Some(found)) = (self.places.get(last), self.found.last()) else { return false };
        if place.leaf != found.sighting.leaf || self.missing.last().is_some_and(|missing| missing.from >= found.end) {
            return false;
        }
        let (before, after) = self.visible.is_cut(found.start, found.end);
        let beside_before = last.checked_sub(1).and_then(|before| self.places.get(before)).is_some_and(|before| before.end == place.start);
        let beside_after = self.places.get(at).is_some_and(|after| after.start == place.end);
        before && !beside_before || after && !beside_after
    }

    /// Where to go on after a leaf that is not in its place. Of all places at which one of the following leaves is found
    /// and believed, the one that passes over the least: text of the note that would be missing, and text of the file that
    /// would belong to no leaf.
    fn again(&mut self, at: usize, moved: isize, good: usize) -> Option<Resumed> {
        self.searchable.get_or_insert_with(|| self.visible.searchable());
        let mut best: Option<(usize, Resumed)> = None;
        let mut passed = 0;
        for next in at..self.places.len().min(at + AHEAD) {
            let most = best.as_ref().map_or(usize::MAX, |(cost, _)| *cost);
            if passed >= most {
                break;
            }
            let Some(place) = self.places.get(next) else { break };
            let wanted = self.leaves.text(place.leaf);
            for (start, end, jump) in self.candidates(next, wanted, moved, good) {
                if passed + jump >= most {
                    break;
                }
                if let Some(resumed) = self.believed(next, start, end, good) {
                    best = Some((passed + jump, resumed));
                    break;
                }
            }
            passed += wanted.len() + 1;
        }
        best.map(|(_, resumed)| resumed)
    }

    /// The places at which a leaf may stand after `good`, the nearest first, each with how much text of the file lies before.
    fn candidates(&self, at: usize, wanted: &str, moved: isize, good: usize) -> Vec<(usize, usize, usize)> {
        let Some(searchable) = self.searchable.as_ref().filter(|_| !wanted.is_empty()) else { return Vec::new() };
        let mut all = searchable.places(wanted, good, LOOK, TRIES);
        if let Some(found) = self.noted(at, 0, moved, good) {
            all.push((found.start, found.end));
        }
        let from = searchable.here(good);
        let mut all: Vec<_> = all.into_iter().map(|(start, end)| (start, end, searchable.here(start).saturating_sub(from))).collect();
        all.sort_by_key(|(_, _, jump)| *jump);
        all
    }

    /// A leaf at these bytes, if the leaves after it stand in their noted distance, or if the text is long enough to be known
    /// again, or if it is the last one and nothing else stands between its tags.
    fn believed(&self, at: usize, start: usize, end: usize, good: usize) -> Option<Resumed> {
        let place = self.places.get(at)?;
        let wanted = self.leaves.text(place.leaf);
        let run = self.visible.run(start, end)?;
        if start < good || self.visible.decoded(start, end)? != wanted {
            return None;
        }
        let moved = distance(place.end, end)?;
        let after = at + 1..self.places.len().min(at + 1 + WITNESSES);
        let believed =
            if after.is_empty() { run.start == start && run.end == end } else { after.into_iter().all(|next| self.noted(next, 0, moved, end).is_some()) };
        let sighting = Sighting { leaf: place.leaf, from: 0, to: u32::try_from(wanted.len()).ok()?, hidden: run.hidden };
        (believed || wanted.len() >= KNOWN && run.hidden.is_none()).then_some(Resumed { next: at, moved, found: Found { start, end, sighting } })
    }

    /// All text of the document, made at the first need.
    fn searchable(&mut self) -> &Searchable {
        self.searchable.get_or_insert_with(|| self.visible.searchable())
    }

    /// Whether nothing that was found stands at these bytes.
    fn free(&self, start: usize, end: usize) -> bool {
        self.claimed.range(..end).next_back().is_none_or(|(_, claimed)| *claimed <= start)
    }

    /// Whether the run at this byte can be seen: what is hidden, such as the title in `head`, is not where a lost text has gone to.
    fn is_shown(&self, start: usize) -> bool {
        self.visible.run(start, start).is_some_and(|run| run.hidden.is_none())
    }

    /// Looks for what is missing in all of the document.
    fn elsewhere(&mut self) {
        for (at, missing) in std::mem::take(&mut self.missing).into_iter().enumerate() {
            let wanted = self.leaves.text(missing.leaf);
            let places = if wanted.len() >= KNOWN && at < AHEAD { self.searchable().places(wanted, 0, usize::MAX, TRIES) } else { Vec::new() };
            match places.into_iter().find(|(start, end)| self.is_shown(*start) && self.free(*start, *end)) {
                Some((start, end)) => self.see(missing.leaf, 0, wanted.len(), start, end),
                None => self.missing.push(missing),
            }
        }
    }

    /// Looks for the beginning and the end of what is still missing, between its neighbours.
    fn in_part(&mut self) {
        for missing in std::mem::take(&mut self.missing).into_iter().take(AHEAD) {
            let wanted = self.leaves.text(missing.leaf);
            let pieces: Vec<_> = self.searchable().between(missing.from, missing.to).map(|(start, piece)| (start, left(wanted, piece))).collect();
            let shown = pieces.into_iter().filter(|(start, _)| self.is_shown(*start));
            let Some((start, left)) = shown.max_by_key(|(_, left)| left.head + left.tail) else { continue };
            if left.head + left.tail < PART.max(wanted.len() / 4) {
                continue;
            }
            if left.head > 0 {
                self.see(missing.leaf, 0, left.head, start + left.head_at, start + left.head_at + left.head);
            }
            if left.tail > 0 {
                self.see(missing.leaf, wanted.len() - left.tail, wanted.len(), start + left.tail_at, start + left.tail_at + left.tail);
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

/// How much of a text is shown where it is shown in other letters: those that formulas have for bold, script and the like, and the signs of accents.
fn lettered(wanted: &str, shown: &str) -> Option<usize> {
    if let (Some(sign), true) = (wanted.chars().next(), shown.chars().count() == 1)
        && wanted.len() == sign.len_utf8()
        && article::letters::spacing(sign) == shown.chars().next()
    {
        return Some(wanted.len());
    }
    if !shown.chars().any(|c| matches!(c, '\u{2100}'..='\u{214f}' | '\u{1d400}'..='\u{1d7ff}')) {
        return None;
    }
    let (length, of_shown) = article::letters::common(wanted, shown);
    (of_shown == shown.len()).then_some(length)
}

/// A place moved by some bytes.
fn shifted(place: usize, by: isize) -> Option<usize> {
    place.checked_add_signed(by)
}

/// By how many bytes a place has moved.
fn distance(from: usize, to: usize) -> Option<isize> {
    isize::try_from(to).ok()?.checked_sub(isize::try_from(from).ok()?)
}

/// What is left of a text in another: how many bytes of its beginning and of its end, and where in the other they stand.
#[derive(Clone, Copy, Debug, Default)]
struct Left {
    head: usize,
    head_at: usize,
    tail: usize,
    tail_at: usize,
}

/// What is left of a text in a piece of the file. Its first and last few characters are looked for, then as much as goes on from there.
fn left(wanted: &str, piece: &str) -> Left {
    let mut left = Left::default();
    let few = |mut at: usize| {
        while !wanted.is_char_boundary(at) {
            at += 1;
        }
        at
    };
    if let Some(at) = wanted.get(..few(PART.min(wanted.len()))).and_then(|first| piece.find(first)) {
        let after = piece.get(at..).unwrap_or_default();
        left.head_at = at;
        left.head = wanted.chars().zip(after.chars()).take_while(|(a, b)| a == b).map(|(char, _)| char.len_utf8()).sum();
    }
    let wanted = wanted.get(left.head..).unwrap_or_default();
    let rest = piece.get(left.head_at + left.head..).unwrap_or_default();
    let last = wanted.char_indices().rev().map(|(at, _)| at).find(|at| wanted.len() - at >= PART).unwrap_or(0);
    if let Some(at) = wanted.get(last..).filter(|last| !last.is_empty()).and_then(|last| Some(rest.rfind(last)? + last.len())) {
        let before = rest.get(..at).unwrap_or_default();
        left.tail = wanted.chars().rev().zip(before.chars().rev()).take_while(|(a, b)| a == b).map(|(char, _)| char.len_utf8()).sum();
        left.tail_at = left.head_at + left.head + at - left.tail;
    }
    left
}
