//! Several PDFs as one: the articles of an issue in their order.
//!
//! 1. Each file is opened as any is, and its objects get numbers behind those of the files before it: no name and no number of one can mean something of another.
//! 2. Each page says for itself what it inherited, and goes into one tree of pages.
//! 3. [`bind`] writes them with the layers that they have between them, and says which folios each file has.

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::fault::Fault;
use crate::read::{self, Input, Page};
use crate::sheet::array;
use crate::xmp::{self, Identity};

/// The deepest tree of page labels.
const MAX_DEPTH: usize = 16;

/// Several files as one.
#[derive(Clone, Debug)]
pub struct Bound {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What each file had.
    pub parts: Vec<Part>,
}

/// What a file had that is bound with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// How many pages.
    pub pages: usize,
    /// The folio of its first page; `None` where the file has none in Arabic digits.
    pub folio: Option<usize>,
}

/// Binds files in their order into one, which has this title.
///
/// # Errors
///
/// Which of the files, from 0, cannot be read, and why.
pub fn bind(files: &[&[u8]], title: &str) -> Result<Bound, (usize, Fault)> {
    let mut all = Document::new();
    let tree = all.new_object_id();
    let (mut kids, mut parts, mut layers) = (Vec::new(), Vec::new(), Vec::new());
    let (mut date, mut version) = (String::new(), String::new());
    for (at, bytes) in files.iter().enumerate() {
        let fault = |fault| (at, fault);
        let Input { mut document, pages } = read::open(bytes).map_err(fault)?;
        let placed = settled(&mut document, &pages, all.max_id + 1);
        parts.push(Part { pages: pages.len(), folio: folio(&document) });
        date = date.max(Identity::of(&document, &[], title, &[]).date);
        version = version.max(document.version.clone());
        layers.extend(document.catalog().ok().and_then(|catalog| read::dictionary(&document, catalog.get(b"OCProperties").ok()).cloned()));
        for id in placed {
            if let Ok(dict) = document.get_dictionary_mut(id) {
                dict.set("Parent", tree);
            }
            kids.push(Object::Reference(id));
        }
        if kids.len() > read::MAX_PAGES {
            return Err((at, Fault::TooManyPages(kids.len())));
        }
        all.max_id = all.max_id.max(document.max_id);
        all.objects.extend(document.objects);
    }
    let mut pages = Dictionary::new();
    pages.set("Type", "Pages");
    pages.set("Count", i64::try_from(kids.len()).unwrap_or(i64::MAX));
    pages.set("Kids", kids);
    all.objects.insert(tree, Object::Dictionary(pages));
    let mut catalog = Dictionary::new();
    catalog.set("Type", "Catalog");
    catalog.set("Pages", tree);
    if let Some(layers) = joined(&all, &layers) {
        catalog.set("OCProperties", layers);
    }
    let catalog = all.add_object(catalog);
    let info = all.add_object(xmp::dated(title, &date));
    all.trailer.set("Root", catalog);
    all.trailer.set("Info", info);
    let bytes = crate::written(all, &version).map_err(|fault| (0, fault))?;
    Ok(Bound { bytes, parts })
}

/// Makes each page say for itself what it has had from above, and gives all objects numbers from the first one on; where the pages are then. They stand in a tree
/// of their own before that: of one in which a page is met twice `lopdf` loses some when it gives numbers.
fn settled(document: &mut Document, pages: &[Page], first: u32) -> Vec<ObjectId> {
    for page in pages {
        settle(document, page);
    }
    let mut tree = Dictionary::new();
    tree.set("Type", "Pages");
    tree.set("Kids", pages.iter().map(|page| Object::Reference(page.id)).collect::<Vec<_>>());
    let tree = document.add_object(tree);
    if let Ok(catalog) = document.catalog_mut() {
        catalog.set("Pages", tree);
    }
    document.renumber_objects_with(first);
    let catalog = document.catalog().ok();
    let tree = catalog.and_then(|catalog| read::dictionary(document, catalog.get(b"Pages").ok()));
    let kids = tree.and_then(|tree| read::array(document, tree.get(b"Kids").ok()));
    kids.into_iter().flatten().filter_map(|kid| kid.as_reference().ok()).collect()
}

fn settle(document: &mut Document, page: &Page) {
    let Ok(dict) = document.get_dictionary_mut(page.id) else { return };
    for key in [&b"Parent"[..], b"StructParents", b"ArtBox", b"CropBox", b"Rotate", b"B"] {
        dict.remove(key);
    }
    dict.set("MediaBox", array(page.media));
    // Who does not say where it is cut is cut where it ends for a reader.
    dict.set(if page.has_trim { "TrimBox" } else { "CropBox" }, array(page.trim));
    dict.set("Resources", page.resources.clone());
    if page.quarters.rem_euclid(4) != 0 {
        dict.set("Rotate", page.quarters.rem_euclid(4) * 90);
    }
}

/// The layers of several files as those of one (ISO 32000-1, 8.11.4): which there are, and which of them are not to be seen.
fn joined(document: &Document, layers: &[Dictionary]) -> Option<Object> {
    let (mut groups, mut hidden) = (Vec::new(), Vec::new());
    for one in layers {
        let own = read::array(document, one.get(b"OCGs").ok()).cloned().unwrap_or_default();
        if let Some(first) = read::dictionary(document, one.get(b"D").ok()) {
            let list = |key: &[u8]| read::array(document, first.get(key).ok()).cloned().unwrap_or_default();
            let is_off = read::is_named(first, b"BaseState", b"OFF");
            let on = list(b"ON");
            hidden.extend(if is_off { own.iter().filter(|group| !on.contains(group)).cloned().collect() } else { list(b"OFF") });
        }
        groups.extend(own);
    }
    if groups.is_empty() {
        return None;
    }
    let mut shown = Dictionary::new();
    shown.set("Order", groups.clone());
    shown.set("OFF", hidden);
    let mut all = Dictionary::new();
    all.set("OCGs", groups);
    all.set("D", shown);
    Some(Object::Dictionary(all))
}

/// The folio of the first page, where it is in Arabic digits and in the first node of the tree of labels, as it must be (ISO 32000-1, 12.4.2 and 7.9.7).
fn folio(document: &Document) -> Option<usize> {
    let mut node = read::dictionary(document, document.catalog().ok()?.get(b"PageLabels").ok())?;
    for _ in 0..MAX_DEPTH {
        if let Some(pairs) = read::array(document, node.get(b"Nums").ok()) {
            let label = read::dictionary(document, pairs.get(1)).filter(|_| pairs.first().is_some_and(|start| matches!(start, Object::Integer(0))))?;
            let is_plain = read::is_named(label, b"S", b"D") && !label.has(b"P");
            let first = label.get(b"St").ok().and_then(|first| first.as_i64().ok()).unwrap_or(1);
            return usize::try_from(first).ok().filter(|_| is_plain);
        }
        node = read::dictionary(document, read::array(document, node.get(b"Kids").ok())?.first())?;
    }
    None
}
