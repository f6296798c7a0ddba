//! The packed e-book: where pieces of the master stand in its files, and what stands at a place of them.
//!
//! 1. [`unpacked`] are the files of the container, as a reader gets them.
//! 2. A place of a file is counted as a browser counts the text of its document: in units of UTF-16, over all text inside the root element. So the
//!    document itself need not be touched for anybody to say where in it something stands.
//! 3. The writer's note ([`Placed`]) has the bytes of each leaf; [`BookMap::find`] and [`BookMap::at`] go from bytes to units and back.

use std::io::{Cursor, Read};

use article::leaf::{LeafNo, Leaves};
use epub::Placed;
use quick_xml::Reader;
use quick_xml::events::Event;
use rustc_hash::FxHashMap;
use zip::ZipArchive;

use super::line::Line;
use super::{Hit, Wanted};
use crate::proof::book::attribute;
use crate::proof::book::visible::{Visible, decode};

/// A file of the container: its path and its bytes.
pub type Packed = (String, Vec<u8>);

/// The files of a packed book, in the order of the container.
///
/// # Errors
///
/// In words, when the container cannot be opened.
pub fn unpacked(book: &[u8]) -> Result<Vec<Packed>, String> {
    let mut archive = ZipArchive::new(Cursor::new(book)).map_err(|error| format!("the container cannot be opened: {error}"))?;
    let mut files = Vec::with_capacity(archive.len());
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).map_err(|error| error.to_string())?;
        let name = file.name().map_err(|error| error.to_string())?.into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| format!("`{name}` cannot be read: {error}"))?;
        files.push((name, bytes));
    }
    Ok(files)
}

/// A stretch of a file's text, in units of UTF-16 from the beginning of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The file's index in the container.
    pub file: usize,
    /// The first unit.
    pub from: usize,
    /// The unit after the last.
    pub to: usize,
}

/// A book and what it was made from.
#[derive(Clone, Copy)]
pub struct BookMap<'a> {
    /// The files.
    pub files: &'a [Packed],
    /// Where the leaves were written.
    pub placed: &'a [Placed],
    /// The text of the article.
    pub leaves: &'a Leaves,
}

/// A leaf in a file: its bytes there, and those of its text from one to another.
struct Part {
    start: usize,
    leaf: LeafNo,
    from: u32,
    to: u32,
    /// The text as the file has it, decoded.
    shown: String,
}

impl BookMap<'_> {
    /// Where in the book a range of the master stands, in the order of its files.
    #[must_use]
    pub fn find(&self, wanted: &Wanted) -> Vec<Stretch> {
        let mut found: Vec<Stretch> = Vec::new();
        for (file, text) in self.documents() {
            if !self.placed.iter().any(|place| place.file == file && wanted.pieces.contains_key(&place.leaf)) {
                continue;
            }
            let Some(units) = Units::of(text) else { continue };
            for part in self.parts(file, text) {
                let Some((first, last)) = wanted.pieces.get(&part.leaf).copied().filter(|(first, last)| *first < part.to && part.from < *last) else {
                    continue;
                };
                let before = unit(&part.shown, first.saturating_sub(part.from), part.to - part.from);
                let length = unit(&part.shown, last.min(part.to) - part.from, part.to - part.from);
                let Some(start) = units.at(part.start) else { continue };
                let (from, to) = (start + before, start + length);
                match found.last_mut().filter(|found| found.file == file && found.to == from) {
                    Some(found) => found.to = to,
                    None => found.push(Stretch { file, from, to }),
                }
            }
        }
        found
    }

    /// What stands at a unit of a file's text.
    #[must_use]
    pub fn at(&self, file: usize, unit: usize) -> Option<Hit> {
        let text = std::str::from_utf8(&self.files.get(file)?.1).ok()?;
        let units = Units::of(text)?;
        let mut before: Option<Hit> = None;
        for part in self.parts(file, text) {
            let start = units.at(part.start)?;
            if unit < start {
                // Beside the text of the master, in what the program says, the nearest piece before is meant, else the first one behind.
                return before.or(Some(Hit::Text(part.leaf, part.from)));
            }
            if unit < start + utf16(&part.shown) {
                return Some(Hit::Text(part.leaf, part.from + bytes(&part.shown, unit - start, part.to - part.from)));
            }
            before = Some(Hit::Text(part.leaf, part.to.saturating_sub(1)));
        }
        before
    }

    /// The id of the innermost element around a unit of a file that has one: what an address of the place ends in.
    #[must_use]
    pub fn fragment(&self, file: usize, unit: usize) -> Option<String> {
        let text = std::str::from_utf8(&self.files.get(file)?.1).ok()?;
        let byte = Units::of(text)?.byte(unit)?;
        let mut reader = Reader::from_str(text);
        let mut open: Vec<Option<String>> = Vec::new();
        loop {
            match reader.read_event().ok()? {
                Event::Start(tag) => open.push(attribute(&tag, "id")),
                Event::End(_) => {
                    open.pop();
                }
                Event::Eof => return None,
                _ => {}
            }
            if usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX) > byte {
                return open.into_iter().rev().flatten().next();
            }
        }
    }

    /// The unit of a file at which the element with an id begins.
    #[must_use]
    pub fn anchor(&self, file: usize, id: &str) -> Option<usize> {
        let text = std::str::from_utf8(&self.files.get(file)?.1).ok()?;
        let units = Units::of(text)?;
        let mut reader = Reader::from_str(text);
        loop {
            match reader.read_event().ok()? {
                Event::Start(tag) | Event::Empty(tag) if attribute(&tag, "id").as_deref() == Some(id) => {
                    return units.at(usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX));
                }
                Event::Eof => return None,
                _ => {}
            }
        }
    }

    /// Where in the book a text is seen.
    #[must_use]
    pub fn search(&self, wanted: &str) -> Vec<Stretch> {
        let mut found = Vec::new();
        for (file, text) in self.documents() {
            let Ok(visible) = Visible::read(text) else { continue };
            let (mut line, mut units) = (Line::default(), Vec::new());
            let mut unit = 0;
            for run in visible.inside() {
                let said = visible.decoded(run.start, run.end).unwrap_or_default();
                for char in said.chars() {
                    if run.hidden.is_none() {
                        let mut buffer = [0; 4];
                        line.push(char.encode_utf8(&mut buffer), units.len());
                        units.push((unit, unit + char.len_utf16()));
                    }
                    unit += char.len_utf16();
                }
            }
            found.extend(line.find(wanted).into_iter().filter_map(|range| {
                let (from, to) = (units.get(range.start)?.0, units.get(range.end.checked_sub(1)?)?.1);
                Some(Stretch { file, from, to })
            }));
        }
        found
    }

    /// The content documents with their numbers, as text.
    fn documents(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_document = |name: &str| name.ends_with(".xhtml") && !name.ends_with("nav.xhtml");
        let files = self.files.iter().enumerate().filter(move |(_, (name, _))| is_document(name));
        files.filter_map(|(at, (_, bytes))| Some((at, std::str::from_utf8(bytes).ok()?)))
    }

    /// The leaves of a file in the order of its bytes. The note does not say which piece of a leaf stands where one was cut: a piece begins where the last
    /// one ended.
    fn parts(&self, file: usize, text: &str) -> Vec<Part> {
        let mut begun: FxHashMap<LeafNo, usize> = FxHashMap::default();
        let mut places: Vec<&Placed> = self.placed.iter().filter(|place| place.file == file).collect();
        places.sort_by_key(|place| place.start);
        let parts = places.into_iter().map(|place| {
            let shown = text.get(place.start..place.end).and_then(decode).unwrap_or_default().into_owned();
            let whole = self.leaves.text(place.leaf);
            let at = begun.get(&place.leaf).copied().filter(|at| shown != whole && whole.get(*at..).is_some_and(|rest| rest.starts_with(&shown))).unwrap_or(0);
            // Letters of formulas are other characters than the master's: such a leaf stands as a whole.
            let end = if whole.get(at..).is_some_and(|rest| rest.starts_with(&shown)) { at + shown.len() } else { whole.len() };
            begun.insert(place.leaf, if end == whole.len() { 0 } else { end });
            let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            Part { start: place.start, leaf: place.leaf, from: narrow(at), to: narrow(end), shown }
        });
        parts.collect()
    }
}

/// The text of a document by bytes and by units.
struct Units<'a> {
    visible: Visible<'a>,
    /// The first unit of each run inside the root element.
    starts: Vec<usize>,
}

impl<'a> Units<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let visible = Visible::read(text).ok()?;
        let mut unit = 0;
        let starts = visible.inside().map(|run| {
            let start = unit;
            unit += visible.decoded(run.start, run.end).map_or(0, |said| utf16(&said));
            start
        });
        let starts = starts.collect();
        Some(Self { visible, starts })
    }

    /// The unit at a byte of the file; between two runs, that at which the next one begins.
    fn at(&self, byte: usize) -> Option<usize> {
        let (run, start) = self.visible.inside().zip(&self.starts).find(|(run, _)| byte < run.end)?;
        Some(start + self.visible.decoded(run.start, byte.max(run.start)).map_or(0, |said| utf16(&said)))
    }

    /// The byte of the file at which the run with a unit begins.
    fn byte(&self, unit: usize) -> Option<usize> {
        let at = self.starts.partition_point(|start| *start <= unit).checked_sub(1)?;
        self.visible.inside().nth(at).map(|run| run.start)
    }
}

/// How many units of UTF-16 a text has.
fn utf16(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// The unit of a text that stands for byte `at` of a leaf's piece of `whole` bytes; where the text is not the leaf's own, its beginning or its end.
fn unit(text: &str, at: u32, whole: u32) -> usize {
    match text.get(..at as usize).filter(|_| text.len() == whole as usize) {
        Some(before) => utf16(before),
        None if at == 0 => 0,
        None => utf16(text),
    }
}

/// The byte of a leaf's piece of `whole` bytes for which a unit of a text stands.
fn bytes(text: &str, unit: usize, whole: u32) -> u32 {
    let mut units = 0;
    let found = text.char_indices().find(|(_, char)| {
        units += char.len_utf16();
        units > unit
    });
    found.map_or(0, |(at, _)| u32::try_from(at).unwrap_or(0)).min(whole.saturating_sub(1))
}
