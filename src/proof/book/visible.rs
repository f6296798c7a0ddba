//! The text of a content document, with what hides it.
//!
//! 1. [`Visible::read`] cuts the document into runs of text between tags; each knows its bytes and whether it can be seen.
//! 2. [`Visible::decoded`] is the text at a range of bytes as a reader shows it.
//! 3. [`Searchable`] is all of it in one string, made only when something is not where it should be.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A run of text between two tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::proof) struct Run {
    /// The first byte in the file.
    pub(in crate::proof) start: usize,
    /// The byte after the last one.
    pub(in crate::proof) end: usize,
    /// Why nobody sees it, if so.
    pub(in crate::proof) hidden: Option<&'static str>,
    /// Whether it stands in the root element, and not before or behind it.
    pub(in crate::proof) inside: bool,
}

/// A content document as its runs of text.
#[derive(Debug)]
pub(in crate::proof) struct Visible<'a> {
    text: &'a str,
    runs: Vec<Run>,
    /// The pictures that have an id and can be seen: where each stands, its id, and its file as the document names it.
    pub(super) pictures: Vec<Picture>,
}

/// A picture of a document.
#[derive(Debug)]
pub(super) struct Picture {
    /// The first byte of its tag.
    pub(super) at: usize,
    pub(super) id: String,
    pub(super) file: String,
}

impl<'a> Visible<'a> {
    /// Reads a document.
    ///
    /// # Errors
    ///
    /// In words, when it is not well-formed.
    pub(in crate::proof) fn read(text: &'a str) -> Result<Self, String> {
        let (runs, pictures) = runs(text, false)?;
        Ok(Self { text, runs, pictures })
    }

    /// Reads a page in the syntax of HTML.
    ///
    /// # Errors
    ///
    /// In words, when its elements are not closed in their order: a browser would show it, but not as it was meant.
    pub(super) fn read_page(text: &'a str) -> Result<Self, String> {
        let (runs, pictures) = runs(&without_raw_text(text)?, true)?;
        Ok(Self { text, runs, pictures })
    }

    /// The runs inside the root element, hidden ones too, in order.
    pub(in crate::proof) fn inside(&self) -> impl Iterator<Item = Run> {
        self.runs.iter().copied().filter(|run| run.inside)
    }

    /// The run in which a range of bytes lies whole.
    pub(in crate::proof) fn run(&self, start: usize, end: usize) -> Option<Run> {
        let at = self.runs.partition_point(|run| run.start <= start).checked_sub(1)?;
        self.runs.get(at).copied().filter(|run| end <= run.end && start <= end)
    }

    /// Whether a word goes on over the beginning or the end of a range of bytes inside a run.
    pub(in crate::proof) fn is_cut(&self, start: usize, end: usize) -> (bool, bool) {
        let Some(run) = self.run(start, end) else { return (false, false) };
        let before = self.text.get(run.start..start).and_then(|text| text.chars().next_back());
        let after = self.text.get(end..run.end).and_then(|text| text.chars().next());
        (before.is_some_and(char::is_alphanumeric), after.is_some_and(char::is_alphanumeric))
    }

    /// What a reader shows for a range of bytes inside a run; `None` where it is cut in the middle of a character or cannot
    /// be read.
    pub(in crate::proof) fn decoded(&self, start: usize, end: usize) -> Option<Cow<'a, str>> {
        decode(self.text.get(start..end)?)
    }

    /// All text for searching.
    pub(in crate::proof) fn searchable(&self) -> Searchable {
        let mut all = Searchable { text: String::new(), marks: Vec::new() };
        for run in &self.runs {
            all.add(*run, self.text.get(run.start..run.end).unwrap_or_default());
        }
        all
    }
}

/// The runs of a document. In the syntax of HTML void elements have no end.
fn runs(text: &str, html: bool) -> Result<(Vec<Run>, Vec<Picture>), String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = !html;
    let mut runs: Vec<Run> = Vec::new();
    let mut pictures = Vec::new();
    let mut open: Vec<(Vec<u8>, Option<&'static str>)> = Vec::new();
    // Whether the last event was text: an entity in it is an event of its own, and goes on with the same run.
    let mut within = false;
    loop {
        let start = position(&reader);
        let event = reader.read_event().map_err(|error| error.to_string())?;
        let hidden = open.last().and_then(|(_, hidden)| *hidden);
        let is_text = matches!(event, Event::Text(_) | Event::GeneralRef(_));
        match event {
            Event::Start(tag) if html && VOID.contains(&tag.name().as_ref()) => {}
            Event::Start(tag) => open.push((tag.name().as_ref().to_vec(), hidden.or_else(|| hides(&tag)))),
            Event::End(tag) => match open.pop() {
                Some((name, _)) if name == tag.name().as_ref() => {}
                Some((name, _)) => return Err(format!("`{}` is closed before its time", String::from_utf8_lossy(&name))),
                None => return Err("an element ends that was not begun".to_owned()),
            },
            Event::Text(_) | Event::GeneralRef(_) => match runs.last_mut() {
                Some(run) if within => run.end = position(&reader),
                Some(_) | None => runs.push(Run { start, end: position(&reader), hidden, inside: !open.is_empty() }),
            },
            Event::Empty(tag) if tag.local_name().as_ref() == b"img" && hidden.or_else(|| hides(&tag)).is_none() => {
                if let (Some(id), Some(file)) = (super::attribute(&tag, "id"), super::attribute(&tag, "src")) {
                    pictures.push(Picture { at: start, id, file });
                }
            }
            Event::Eof if open.is_empty() => return Ok((runs, pictures)),
            Event::Eof => return Err("an element is not closed".to_owned()),
            Event::CData(_) => return Err("it has a CDATA section, which the writer never makes".to_owned()),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
        within = is_text;
    }
}

/// Elements that have no end tag (HTML, 13.1.2).
const VOID: [&[u8]; 13] = [b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"source", b"track", b"wbr"];

/// A page whose scripts and styles are blank: what stands in them is neither text nor tags (HTML, 13.1.2.1). Every byte keeps its place.
fn without_raw_text(text: &str) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, name)) = ["<style", "<script"].iter().filter_map(|name| Some((rest.find(name)?, *name))).min() {
        let begin = rest.get(at..).and_then(|tag| tag.find('>')).map(|end| at + end + 1).ok_or("a tag has no end")?;
        let end = rest
            .get(begin..)
            .and_then(|inside| inside.find(&format!("</{}", &name[1..])))
            .map(|end| begin + end)
            .ok_or_else(|| format!("`{name}` has no end"))?;
        out.push_str(rest.get(..begin).unwrap_or_default());
        out.extend(std::iter::repeat_n(' ', end - begin));
        rest = rest.get(end..).unwrap_or_default();
    }
    out.push_str(rest);
    Ok(out)
}

/// All text of a document, decoded, with the way back to the bytes.
#[derive(Debug)]
pub(in crate::proof) struct Searchable {
    text: String,
    /// Where each piece begins here and in the file: a piece ends at an entity and at the end of a run.
    marks: Vec<(usize, usize)>,
}

/// What stands between two runs: no leaf has it, so that none is found across a tag.
const BETWEEN: char = '\0';

impl Searchable {
    fn add(&mut self, run: Run, raw: &str) {
        let mut at = 0;
        while at < raw.len() {
            self.marks.push((self.text.len(), run.start + at));
            let rest = raw.get(at..).unwrap_or_default();
            let entity = rest.find('&');
            if entity == Some(0) {
                let length = rest.find(';').map_or(rest.len(), |end| end + 1);
                self.text.push_str(&decode(rest.get(..length).unwrap_or_default()).unwrap_or_default());
                at += length;
            } else {
                let length = entity.unwrap_or(rest.len());
                self.text.push_str(rest.get(..length).unwrap_or_default());
                at += length;
            }
        }
        self.marks.push((self.text.len(), run.end));
        self.text.push(BETWEEN);
    }

    /// Where a text stands in the file, at or after a byte of it, and within so many bytes of text. `limit` places at most.
    pub(in crate::proof) fn places(&self, wanted: &str, from: usize, within: usize, limit: usize) -> Vec<(usize, usize)> {
        let first = self.here(from);
        let mut last = first.saturating_add(within).min(self.text.len());
        while !self.text.is_char_boundary(last) {
            last += 1;
        }
        let rest = self.text.get(first..last).unwrap_or_default();
        rest.match_indices(wanted).take(limit).map(|(at, _)| (self.there(first + at), self.there(first + at + wanted.len()))).collect()
    }

    /// The pieces of text between two places of the file, each with its first byte there.
    pub(in crate::proof) fn between(&self, from: usize, to: usize) -> impl Iterator<Item = (usize, &str)> {
        let (from, to) = (self.here(from), self.here(to));
        let text = self.text.get(from..to.max(from)).unwrap_or_default();
        let mut at = from;
        text.split(BETWEEN).map(move |piece| {
            let start = at;
            at += piece.len() + BETWEEN.len_utf8();
            (self.there(start), piece)
        })
    }

    /// A place of the file as a place here: the next one, where there is none.
    pub(in crate::proof) fn here(&self, there: usize) -> usize {
        let at = self.marks.partition_point(|(_, raw)| *raw <= there);
        let next = self.marks.get(at).map_or(self.text.len(), |(here, _)| *here);
        let Some((here, raw)) = at.checked_sub(1).and_then(|at| self.marks.get(at)) else { return 0 };
        let mut place = (here + (there - raw)).min(next);
        while !self.text.is_char_boundary(place) {
            place += 1;
        }
        place
    }

    /// A place here as a place of the file.
    fn there(&self, here: usize) -> usize {
        let at = self.marks.partition_point(|(place, _)| *place <= here);
        at.checked_sub(1).and_then(|at| self.marks.get(at)).map_or(0, |(place, raw)| raw + (here - place))
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// Why nothing in this element is seen, if so.
fn hides(tag: &BytesStart<'_>) -> Option<&'static str> {
    match tag.local_name().as_ref() {
        b"head" => return Some("inside `head`"),
        b"script" => return Some("inside `script`"),
        b"style" => return Some("inside `style`"),
        b"template" => return Some("inside `template`"),
        _ => {}
    }
    if tag.attributes_raw().is_empty() {
        return None;
    }
    if super::attribute(tag, "hidden").is_some() {
        return Some("inside an element that is `hidden`");
    }
    let style: String = super::attribute(tag, "style")?.chars().filter(|char| !char.is_whitespace()).collect::<String>().to_ascii_lowercase();
    if style.contains("display:none") {
        return Some("inside an element with `display: none`");
    }
    style.contains("visibility:hidden").then_some("inside an element with `visibility: hidden`")
}

/// Text with its references replaced and its line ends as XML reads them (XML 1.0, 2.11 and 4.6).
pub(in crate::proof) fn decode(raw: &str) -> Option<Cow<'_, str>> {
    if !raw.contains(['&', '\r']) {
        return Some(Cow::Borrowed(raw));
    }
    let raw = raw.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw.as_str();
    while let Some((before, after)) = rest.split_once('&') {
        let (name, after) = after.split_once(';')?;
        out.push_str(before);
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            number => {
                let code = number.strip_prefix('#')?;
                let code = match code.strip_prefix('x') {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => code.parse().ok()?,
                };
                char::from_u32(code)?
            }
        });
        rest = after;
    }
    out.push_str(rest);
    Some(Cow::Owned(out))
}
