//! Any PDF as a list of pages, with what they inherit.
//!
//! 1. `lopdf` reads the objects: tables and streams of references, object streams, hybrid files, and what can be saved of a damaged one.
//! 2. The page tree is walked once, with a bound on its size and a look for knots; each page gets its resources, boxes, turn and unit.
//! 3. What cannot be printed as it is (encrypted, XFA, no pages) is refused before anything is made of it.

use std::collections::BTreeSet;
use std::io::Read;

use flate2::read::DeflateDecoder;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use crate::fault::Fault;
use crate::geometry::Rect;

/// The most pages that are taken.
pub(crate) const MAX_PAGES: usize = 20_000;

/// The most bytes that a stream may have once it is decoded.
pub(crate) const MAX_STREAM: usize = 512 << 20;

/// The deepest page tree.
const MAX_DEPTH: usize = 64;

/// A PDF and its pages.
#[derive(Debug)]
pub(crate) struct Input {
    /// The objects.
    pub(crate) document: Document,
    /// The pages in order.
    pub(crate) pages: Vec<Page>,
}

/// A page with what it inherits.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// Its object.
    pub(crate) id: ObjectId,
    /// The whole of it, in its own units.
    pub(crate) media: Rect,
    /// The page after cutting, in its own units.
    pub(crate) trim: Rect,
    /// Whether the file says where it is cut.
    pub(crate) has_trim: bool,
    /// How it is turned for a reader, in quarters clockwise.
    pub(crate) quarters: i64,
    /// Points of a unit.
    pub(crate) unit: f64,
    /// Its resources.
    pub(crate) resources: Dictionary,
}

/// Opens a PDF.
///
/// # Errors
///
/// When it cannot be read, or not be printed by anybody.
pub(crate) fn open(bytes: &[u8]) -> Result<Input, Fault> {
    if !bytes.windows(5).take(1 << 16).any(|window| window == b"%PDF-") {
        return Err(Fault::Unreadable("it does not begin as one".to_owned()));
    }
    let options = LoadOptions::with_max_decompressed_size(MAX_STREAM);
    let mut document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) | lopdf::Error::UnsupportedSecurityHandler(_) => Fault::Encrypted,
        other => Fault::Unreadable(other.to_string()),
    })?;
    if document.is_encrypted() || document.was_encrypted() || document.trailer.has(b"Encrypt") {
        return Err(Fault::Encrypted);
    }
    forget_missing(&mut document);
    let catalog = document.catalog().map_err(|_| Fault::Unreadable("it has no catalogue".to_owned()))?;
    if let Some(form) = dictionary(&document, catalog.get(b"AcroForm").ok())
        && form.has(b"XFA")
        && catalog.has(b"NeedsRendering")
    {
        return Err(Fault::Xfa);
    }
    let pages = pages(&document)?;
    Ok(Input { document, pages })
}

/// The pages of a document in order.
///
/// # Errors
///
/// When there are none, or one of them cannot be printed.
fn pages(document: &Document) -> Result<Vec<Page>, Fault> {
    let catalog = document.catalog().map_err(|_| Fault::Unreadable("it has no catalogue".to_owned()))?;
    let root = catalog.get(b"Pages").and_then(Object::as_reference).map_err(|_| Fault::Unreadable("it has no page tree".to_owned()))?;
    let mut walk = Walk { document, pages: Vec::new(), seen: BTreeSet::new() };
    walk.node(root, &Dictionary::new(), 0)?;
    if walk.pages.is_empty() { Err(Fault::NoPages) } else { Ok(walk.pages) }
}

/// What pages inherit from the nodes above them (ISO 32000-1, 7.7.3.4).
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

struct Walk<'a> {
    document: &'a Document,
    pages: Vec<Page>,
    seen: BTreeSet<ObjectId>,
}

impl Walk<'_> {
    fn node(&mut self, id: ObjectId, above: &Dictionary, depth: usize) -> Result<(), Fault> {
        // A node that is met again would make a page of a page, or an endless tree.
        if depth > MAX_DEPTH || !self.seen.insert(id) {
            return Ok(());
        }
        let Ok(node) = self.document.get_dictionary(id) else { return Ok(()) };
        let mut inherited = above.clone();
        for key in INHERITED {
            if let Ok(value) = node.get(key) {
                inherited.set(key, value.clone());
            }
        }
        if let Some(kids) = array(self.document, node.get(b"Kids").ok()).filter(|_| !node.has_type(b"Page")) {
            for kid in kids.iter().filter_map(|kid| kid.as_reference().ok()) {
                self.node(kid, &inherited, depth + 1)?;
            }
            return Ok(());
        }
        if self.pages.len() >= MAX_PAGES {
            return Err(Fault::TooManyPages(self.pages.len() + 1));
        }
        let page = self.page(id, node, &inherited)?;
        self.pages.push(page);
        Ok(())
    }

    fn page(&self, id: ObjectId, node: &Dictionary, inherited: &Dictionary) -> Result<Page, Fault> {
        let document = self.document;
        let area = |dictionary: &Dictionary, key: &[u8]| rect(document, dictionary.get(key).ok());
        // Programs for the screen guess a size where a file gives none; on paper a guess is a loss.
        let media = area(inherited, b"MediaBox").ok_or_else(|| Fault::Page(self.pages.len() + 1, "does not say how large it is".to_owned()))?;
        let inside = |rect: Rect| rect.meet(media);
        let crop = area(inherited, b"CropBox").and_then(inside).unwrap_or(media);
        let said = area(node, b"TrimBox").and_then(inside);
        Ok(Page {
            id,
            media,
            trim: said.or_else(|| area(node, b"ArtBox").and_then(inside)).unwrap_or(crop),
            has_trim: said.is_some(),
            quarters: inherited
                .get_deref(b"Rotate", document)
                .ok()
                .and_then(|turn| turn.as_float().ok())
                .map_or(0, |turn| (f64::from(turn) / 90.0).round() as i64),
            unit: node.get_deref(b"UserUnit", document).ok().and_then(|unit| unit.as_float().ok()).map_or(1.0, f64::from).clamp(0.01, 1_000.0),
            resources: dictionary(document, inherited.get(b"Resources").ok()).cloned().unwrap_or_default(),
        })
    }
}

/// A rectangle, if it is one and has an area.
pub(crate) fn rect(document: &Document, object: Option<&Object>) -> Option<Rect> {
    let numbers = floats(document, object)?;
    let [x0, y0, x1, y1] = <[f64; 4]>::try_from(numbers).ok()?;
    let rect = Rect::new(x0, y0, x1, y1);
    (rect.width() > 0.0 && rect.height() > 0.0 && rect.numbers().iter().all(|number| number.is_finite())).then_some(rect)
}

/// An array of numbers, each of which may be an object of its own.
pub(crate) fn floats(document: &Document, object: Option<&Object>) -> Option<Vec<f64>> {
    array(document, object)?.iter().map(|item| document.dereference(item).ok().and_then(|(_, item)| item.as_float().ok()).map(f64::from)).collect()
}

/// Whether an entry of a dictionary is this name, such as `Form` of `Subtype`.
pub(crate) fn is_named(dict: &Dictionary, key: &[u8], name: &[u8]) -> bool {
    dict.get(key).is_ok_and(|value| value.as_name().is_ok_and(|own| own == name))
}

/// An array, directly or through a reference.
pub(crate) fn array<'a>(document: &'a Document, object: Option<&'a Object>) -> Option<&'a Vec<Object>> {
    document.dereference(object?).ok()?.1.as_array().ok()
}

/// A dictionary, directly, through a reference, or that of a stream.
pub(crate) fn dictionary<'a>(document: &'a Document, object: Option<&'a Object>) -> Option<&'a Dictionary> {
    match document.dereference(object?).ok()?.1 {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// Makes null of references to what is not there (ISO 32000-1, 7.3.10): objects that come later could have these numbers, and would be meant. An entry that is null is
/// none (7.3.7).
fn forget_missing(document: &mut Document) {
    let known: BTreeSet<ObjectId> = document.objects.keys().copied().collect();
    let is_missing = |object: &Object| match object {
        Object::Null => true,
        Object::Reference(id) => !known.contains(id),
        _ => false,
    };
    let mut rest: Vec<&mut Object> = document.objects.values_mut().collect();
    while let Some(object) = rest.pop() {
        let dict = match object {
            Object::Array(items) => {
                items.iter_mut().filter(|item| is_missing(item)).for_each(|item| *item = Object::Null);
                rest.extend(items);
                continue;
            }
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &mut stream.dict,
            _ => continue,
        };
        let missing: Vec<Vec<u8>> = dict.iter().filter(|(_, value)| is_missing(value)).map(|(key, _)| key.clone()).collect();
        for key in missing {
            dict.remove(&key);
        }
        rest.extend(dict.iter_mut().map(|(_, value)| value));
    }
}

/// The decoded content of a page: all its streams with a line between them (ISO 32000-1, 7.8.2).
///
/// # Errors
///
/// Why it cannot be decoded, as the end of a sentence.
pub(crate) fn content(document: &Document, page: &Dictionary) -> Result<Vec<u8>, String> {
    let mut all = Vec::new();
    for stream in content_streams(document, page) {
        let bytes = decoded(stream)?;
        if !all.is_empty() {
            all.push(b'\n');
        }
        all.extend_from_slice(&bytes);
        if all.len() > MAX_STREAM {
            return Err("has more content than is taken".to_owned());
        }
    }
    Ok(all)
}

/// The streams of a page's content.
pub(crate) fn content_streams<'a>(document: &'a Document, page: &'a Dictionary) -> Vec<&'a lopdf::Stream> {
    let Some((_, contents)) = page.get(b"Contents").ok().and_then(|contents| document.dereference(contents).ok()) else { return Vec::new() };
    match contents {
        Object::Stream(stream) => vec![stream],
        Object::Array(parts) => parts.iter().filter_map(|part| document.dereference(part).ok()?.1.as_stream().ok()).collect(),
        _ => Vec::new(),
    }
}

/// The bytes of a stream without its filters.
///
/// # Errors
///
/// Why they cannot be had, as the end of a sentence.
pub(crate) fn decoded(stream: &lopdf::Stream) -> Result<Vec<u8>, String> {
    if !stream.dict.has(b"Filter") {
        return Ok(stream.content.clone());
    }
    if is_flate_alone(&stream.dict) {
        return inflated(&stream.content);
    }
    stream.get_plain_content_with_limit(MAX_STREAM).map_err(|error| format!("has a stream that cannot be decoded ({error})"))
}

/// Whether a stream is packed by Flate and nothing else, as nearly all content is.
fn is_flate_alone(dict: &Dictionary) -> bool {
    let is_flate = match dict.get(b"Filter") {
        Ok(Object::Name(name)) => name == b"FlateDecode",
        Ok(Object::Array(names)) => matches!(names.as_slice(), [Object::Name(name)] if name == b"FlateDecode"),
        _ => false,
    };
    is_flate && !dict.has(b"DecodeParms") && !dict.has(b"DP")
}

/// Unpacks Flate. `lopdf` gives what it can of damaged data, and says nothing: on paper that would be a page with a hole. A wrong check sum and bytes behind
/// the end do no harm, and many files have them.
fn inflated(packed: &[u8]) -> Result<Vec<u8>, String> {
    let fault = |why: &str| Err(format!("has a stream that cannot be decoded ({why})"));
    let [method, flags, data @ ..] = packed else { return if packed.is_empty() { Ok(Vec::new()) } else { fault("it ends before it begins") } };
    if method & 15 != 8 || (u16::from(*method) << 8 | u16::from(*flags)) % 31 != 0 {
        return fault("it is not packed as it says");
    }
    let mut reader = DeflateDecoder::new(data).take(MAX_STREAM as u64 + 1);
    let mut out = Vec::new();
    match reader.read_to_end(&mut out) {
        Ok(_) if out.len() > MAX_STREAM => fault("it is larger than is taken"),
        Ok(_) => Ok(out),
        Err(_) => fault("it is damaged"),
    }
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    #[test]
    fn what_is_not_there_is_null() {
        let mut document = Document::with_version("1.7");
        document.objects.insert((9, 0), Object::Integer(1));
        let kids: Vec<Object> = [(9, 0), (3, 0), (9, 1)].map(Object::Reference).to_vec();
        document.objects.insert((12, 0), dictionary! { "Kids" => kids, "Own" => dictionary! { "A" => (4, 0) } }.into());
        forget_missing(&mut document);
        let made = document.get_dictionary((12, 0)).expect("it is there");
        assert_eq!(made.get(b"Kids").ok(), Some(&vec![Object::Reference((9, 0)), Object::Null, Object::Null].into()));
        assert!(made.get(b"Own").and_then(Object::as_dict).is_ok_and(|own| own.is_empty()));
    }
}
