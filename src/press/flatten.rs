//! Pages without transparency, with their text as it was.
//!
//! 1. `extent` finds what shines through on a page: the area that it touches, and up to where in the content it does.
//! 2. [`Flattening::parts`] is a PDF in which each such area is a page of its own, with all that is painted up to there: another program makes pixels of it.
//! 3. [`Flattening::flat`] takes the transparency out of the content, and lays the pixels over it at that very place. What is painted later stays above them, and text below
//!    them stays for programs to read.

mod extent;
mod words;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::check;
use crate::fault::Fault;
use crate::geometry::{Matrix, Rect, numbers};
use crate::picture::deflated;
use crate::read::{self, Input, Page};
use crate::sheet::array;

/// The pixels of an area: rows from the top, each pixel a byte for each ink (0 is none; of one ink, 255 is none, as greys are).
#[derive(Clone, Debug)]
pub struct Pixels {
    /// The width.
    pub width: usize,
    /// The height.
    pub height: usize,
    /// One or four.
    pub inks: usize,
    /// The bytes.
    pub data: Vec<u8>,
}

/// A file whose pages are to be flattened.
#[derive(Debug)]
pub struct Flattening {
    document: Document,
    pages: Vec<Page>,
    parts: Vec<Part>,
}

/// What of a page has to become a picture.
#[derive(Debug)]
struct Part {
    /// The page, from 0.
    page: usize,
    /// Its content.
    content: Vec<u8>,
    /// Up to where something shines through.
    at: usize,
    /// What has to be closed there before the picture, where nothing else is possible.
    closing: String,
    /// From the units that hold there to those of the page.
    matrix: Matrix,
    /// The area, in the units of the page.
    area: Rect,
}

/// The side of a dot of 300 to the inch, in points: areas are whole dots of it, so that they are whole ones of 600 too.
const STEP: f64 = 72.0 / 300.0;

impl Flattening {
    /// Looks at a file whose colours are inks.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn of(bytes: &[u8]) -> Result<Self, Fault> {
        let Input { document, pages } = read::open(bytes)?;
        let mut parts = Vec::new();
        for (at, page) in pages.iter().enumerate() {
            let dict = document.get_dictionary(page.id).map_err(|_| Fault::Page(at + 1, "is not there".to_owned()))?;
            let content = read::content(&document, dict).map_err(|why| Fault::Page(at + 1, why))?;
            if let Some(found) = extent::of(&document, page, &content) {
                let extent::Extent { at: end, closing, matrix, area } = found;
                parts.push(Part { page: at, content, at: end, closing, matrix, area: stepped(area) });
            }
        }
        Ok(Self { document, pages, parts })
    }

    /// The size of each part in points, in their order.
    pub fn sizes(&self) -> impl ExactSizeIterator<Item = [f64; 2]> {
        self.parts.iter().map(|part| [part.area.width(), part.area.height()])
    }

    /// A PDF with a page for each part.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn parts(&self) -> Result<Vec<u8>, Fault> {
        let mut document = self.document.clone();
        let tree = document.new_object_id();
        let mut kids = Vec::new();
        for part in &self.parts {
            let content = [part.content.get(..part.at).unwrap_or_default(), part.closing.as_bytes()].concat();
            let stream = document.add_object(deflated(Dictionary::new(), &content));
            let mut group = Dictionary::new();
            group.set("S", "Transparency");
            group.set("CS", "DeviceCMYK");
            let mut dict = Dictionary::new();
            dict.set("Type", "Page");
            dict.set("Parent", tree);
            dict.set("MediaBox", array(part.area));
            dict.set("Resources", self.pages.get(part.page).map(|page| page.resources.clone()).unwrap_or_default());
            dict.set("Contents", stream);
            dict.set("Group", group);
            kids.push(Object::Reference(document.add_object(dict)));
        }
        let mut pages = Dictionary::new();
        pages.set("Type", "Pages");
        pages.set("Count", i64::try_from(kids.len()).unwrap_or(i64::MAX));
        pages.set("Kids", kids);
        document.objects.insert(tree, Object::Dictionary(pages));
        if let Ok(catalog) = document.catalog_mut() {
            catalog.set("Pages", tree);
        }
        crate::written(document, "1.6")
    }

    /// The same file without transparency, each part covered by its pixels.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn flat(self, pictures: Vec<Pixels>) -> Result<Vec<u8>, Fault> {
        let Self { mut document, pages, parts } = self;
        for (part, pixels) in parts.into_iter().zip(pictures) {
            let Some(page) = pages.get(part.page) else { continue };
            let picture = document.add_object(image(&pixels));
            let name = free_name(&document, &page.resources);
            let rest = part.content.get(part.at..).filter(|_| part.closing.is_empty()).unwrap_or_default();
            let Rect { x0, y0, .. } = part.area;
            let place = Matrix([part.area.width(), 0.0, 0.0, part.area.height(), x0, y0]).then(part.matrix.inverse().unwrap_or(Matrix::IDENTITY));
            let drawn = format!("{}\nq {} cm /{name} Do Q\n", part.closing, numbers(&place.0));
            let content = [part.content.get(..part.at).unwrap_or_default(), drawn.as_bytes(), rest].concat();
            let stream = document.add_object(deflated(Dictionary::new(), &content));
            let mut resources = page.resources.clone();
            let mut objects = read::dictionary(&document, resources.get(b"XObject").ok()).cloned().unwrap_or_default();
            objects.set(name, picture);
            resources.set("XObject", objects);
            if let Ok(dict) = document.get_dictionary_mut(page.id) {
                dict.set("Contents", stream);
                dict.set("Resources", resources);
            }
        }
        make_opaque(&mut document);
        crate::written(document, "1.6")
    }
}

/// An area of whole pixels.
fn stepped(area: Rect) -> Rect {
    let [x0, y0] = [area.x0, area.y0].map(|low| (low / STEP).floor() * STEP);
    let [width, height] = [area.x1 - x0, area.y1 - y0].map(|length| (length / STEP).ceil().max(1.0) * STEP);
    Rect { x0, y0, x1: x0 + width, y1: y0 + height }
}

fn image(pixels: &Pixels) -> Stream {
    let mut dict = Dictionary::new();
    dict.set("Type", "XObject");
    dict.set("Subtype", "Image");
    dict.set("Width", i64::try_from(pixels.width).unwrap_or(i64::MAX));
    dict.set("Height", i64::try_from(pixels.height).unwrap_or(i64::MAX));
    dict.set("BitsPerComponent", 8);
    dict.set("ColorSpace", if pixels.inks == 1 { "DeviceGray" } else { "DeviceCMYK" });
    deflated(dict, &pixels.data)
}

/// A form that paints nothing.
fn nothing() -> Stream {
    let mut dict = Dictionary::new();
    dict.set("Type", "XObject");
    dict.set("Subtype", "Form");
    dict.set("BBox", array(Rect::new(0.0, 0.0, 1.0, 1.0)));
    dict.set("Resources", Dictionary::new());
    Stream::new(dict, Vec::new())
}

/// A name that no object of the page has.
fn free_name(document: &Document, resources: &Dictionary) -> String {
    let objects = read::dictionary(document, resources.get(b"XObject").ok());
    let mut name = "Flat".to_owned();
    while objects.is_some_and(|objects| objects.has(name.as_bytes())) {
        name.push('t');
    }
    name
}

/// What makes a graphics state let something shine through (ISO 32000-1, 11.6).
const SHINES: [&[u8]; 6] = [b"ca", b"CA", b"SMask", b"BM", b"AIS", b"TK"];

/// Takes all transparency out of a document. Names of resources can be any, so that each dictionary is known by where it stands.
fn make_opaque(document: &mut Document) {
    let covered = |stream: &Stream| read::is_named(&stream.dict, b"Subtype", b"Image") && check::is_masked_softly(&stream.dict);
    let hidden: Vec<ObjectId> = document.objects.iter().filter(|(_, object)| object.as_stream().is_ok_and(covered)).map(|(id, _)| *id).collect();
    // A picture that lies below its own pixels need not be there.
    for id in hidden {
        document.objects.insert(id, Object::Stream(nothing()));
    }
    let (mut resources, mut states): (Vec<ObjectId>, Vec<ObjectId>) = (Vec::new(), Vec::new());
    for object in document.objects.values_mut() {
        let dict = match object {
            Object::Stream(stream) => &mut stream.dict,
            Object::Dictionary(dict) => dict,
            _ => continue,
        };
        if dict.has(b"Resources") {
            dict.remove(b"Group");
        }
        match dict.get_mut(b"Resources") {
            Ok(Object::Reference(id)) => resources.push(*id),
            Ok(Object::Dictionary(own)) => states_of(own, &mut resources, &mut states),
            _ => {}
        }
        // A form may have none of its own.
        if read::is_named(dict, b"Subtype", b"Form") {
            dict.remove(b"Group");
        }
    }
    // Dictionaries of states that stand alone are met on the second round.
    for round in 0..2 {
        for id in std::mem::take(&mut resources) {
            if let Ok(own) = document.get_dictionary_mut(id) {
                if round == 0 {
                    states_of(own, &mut resources, &mut states);
                }
                own.iter_mut().filter(|_| round == 1).for_each(|(_, state)| opaque_state(state, &mut states));
            }
        }
    }
    for id in states {
        if let Ok(state) = document.get_dictionary_mut(id) {
            SHINES.iter().for_each(|key| {
                state.remove(key);
            });
        }
    }
}

/// Makes the graphics states of resources opaque, and notes those that stand elsewhere.
fn states_of(resources: &mut Dictionary, tables: &mut Vec<ObjectId>, states: &mut Vec<ObjectId>) {
    match resources.get_mut(b"ExtGState") {
        Ok(Object::Reference(id)) => tables.push(*id),
        Ok(Object::Dictionary(table)) => table.iter_mut().for_each(|(_, state)| opaque_state(state, states)),
        _ => {}
    }
}

fn opaque_state(state: &mut Object, states: &mut Vec<ObjectId>) {
    match state {
        Object::Reference(id) => states.push(*id),
        Object::Dictionary(state) => SHINES.iter().for_each(|key| {
            state.remove(key);
        }),
        _ => {}
    }
}
