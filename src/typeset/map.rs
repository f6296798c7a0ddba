//! From an offset in the code to the element of the master.
//!
//! 1. The writer opens an entry where it begins an element and closes it where it ends: entries nest.
//! 2. [`SourceMap::locate`] finds the innermost that encloses an offset.

use article::source::Span;

/// The elements of the master in the order in which they begin in the code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    start: u32,
    end: u32,
    parent: Option<u32>,
    span: Span,
}

impl SourceMap {
    /// The element that the code at this offset was written for: the innermost that begins at or before it and
    /// ends after it. `None` for code that stands for nothing of the master.
    #[must_use]
    pub fn locate(&self, offset: usize) -> Option<Span> {
        let offset = u32::try_from(offset).ok()?;
        let begun = self.entries.partition_point(|entry| entry.start <= offset);
        let mut at = begun.checked_sub(1);
        while let Some(entry) = at.and_then(|at| self.entries.get(at)) {
            if offset < entry.end {
                return Some(entry.span);
            }
            at = entry.parent.map(|parent| parent as usize);
        }
        None
    }

    /// How many elements the map holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the map holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// A map in the making.
#[derive(Default)]
pub(crate) struct MapBuilder {
    entries: Vec<Entry>,
    open: Vec<u32>,
}

impl MapBuilder {
    /// Begins an element at this offset of the code.
    pub(crate) fn open(&mut self, start: usize, span: Span) {
        let (start, number) = (narrow(start), narrow(self.entries.len()));
        self.entries.push(Entry { start, end: u32::MAX, parent: self.open.last().copied(), span });
        self.open.push(number);
    }

    /// Ends the element that was begun last.
    pub(crate) fn close(&mut self, end: usize) {
        if let Some(entry) = self.open.pop().and_then(|number| self.entries.get_mut(number as usize)) {
            entry.end = narrow(end);
        }
    }

    /// The element that was begun last and has not ended.
    pub(crate) fn innermost(&self) -> Option<Span> {
        self.open.last().and_then(|number| self.entries.get(*number as usize)).map(|entry| entry.span)
    }

    pub(crate) fn finish(self) -> SourceMap {
        SourceMap { entries: self.entries }
    }
}

/// Offsets are of 32 bits: a master is bounded far below that, and what exceeds it leads to the last place.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_element_around_an_offset_is_found() {
        let mut builder = MapBuilder::default();
        builder.open(10, Span::new(1, 100));
        builder.open(20, Span::new(5, 10));
        builder.close(30);
        builder.open(40, Span::new(20, 30));
        builder.open(45, Span::new(22, 24));
        builder.close(50);
        builder.close(60);
        builder.close(70);
        let map = builder.finish();
        let at = |offset: usize| map.locate(offset).map(|span| (span.start, span.end));
        assert_eq!(at(9), None);
        assert_eq!(at(10), Some((1, 100)));
        assert_eq!(at(29), Some((5, 10)));
        assert_eq!(at(30), Some((1, 100)));
        assert_eq!(at(45), Some((22, 24)));
        assert_eq!(at(50), Some((20, 30)));
        assert_eq!(at(69), Some((1, 100)));
        assert_eq!(at(70), None);
        assert_eq!(map.len(), 4);
    }
}
