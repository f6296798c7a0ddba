//! From a finished PDF to a PDF that a press takes without a call back.
//!
//! 1. [`read`](crate::read) opens any PDF, and gives its pages with what they inherit.
//! 2. `colour` rewrites the operators of colour: what is neutral goes onto the black plate alone, what is coloured becomes inks.
//! 3. `impose` counts which page stands where; `sheet` puts pages onto sheets, with `marks` around them.
//! 4. [`press`] writes the file: output intent, metadata, boxes, nothing that acts, and always the same bytes.
//! 5. [`cover`] and [`barcode`] say what the sheet of a cover needs to be known: its spine, its profile, its bars.
//! 6. [`bind`](crate::bind) makes one file of several, such as the articles of an issue, before all that.
//! 7. [`check`](crate::check) looks at any PDF as a press does, and names what it would call back about, page by page.
//!
//! It knows no disk and no clock: what a [`Profile`] asks for and what it is made of is handed to it.

pub mod barcode;
pub mod bind;
pub mod check;
mod colour;
pub mod cover;
pub mod fault;
pub mod flatten;
mod function;
pub mod geometry;
mod guard;
pub mod impose;
mod ink;
pub mod intent;
mod marks;
mod picture;
pub mod profile;
mod read;
mod shading;
mod sheet;
mod space;
pub mod strings;
mod token;
mod xmp;

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

pub use fault::{Fault, Note};
pub use profile::Profile;
pub use xmp::Identity;

use colour::Painter;
use ink::{Inks, Mode};
use profile::{Interior, Pictures, Standard};
use sheet::{Maker, Ready};

/// What is handed to the press besides the pages.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// What the press asks for.
    pub profile: &'a Profile,
    /// The name of the profile, for the slug line.
    pub profile_name: &'a str,
    /// The name of the file, for the slug line and a missing title.
    pub name: &'a str,
    /// The output profile.
    pub icc: &'a [u8],
    /// The name of its printing condition.
    pub condition: &'a str,
    /// A font for the slug line.
    pub font: &'a [u8],
    /// Where each page is folded, from its left edge in millimetres: the edges of the spine of a cover. None of them is on a page of text.
    pub folds: &'a [f64],
    /// Who the file is, where that is not for it to say: a flattened copy has lost it.
    pub identity: Option<Identity>,
}

/// A file for the press.
#[derive(Clone, Debug)]
pub struct Pressed {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// How many pages went in.
    pub pages: usize,
    /// How many pages, or sides of sheets, came out.
    pub sheets: usize,
    /// What its owner should know.
    pub notes: Vec<Note>,
}

/// Who a file is, from its bytes: for [`Order::identity`].
///
/// # Errors
///
/// When it cannot be read.
pub fn identity(bytes: &[u8], name: &str, profile_name: &str) -> Result<Identity, Fault> {
    Ok(Identity::of(&read::open(bytes)?.document, bytes, name, profile_name.as_bytes()))
}

/// Makes a PDF ready for the press.
///
/// # Errors
///
/// When it cannot be read, cannot be printed as it is, or does not fit on the sheet.
pub fn press(bytes: &[u8], order: &Order) -> Result<Pressed, Fault> {
    let profile = order.profile;
    let read::Input { mut document, pages } = read::open(bytes)?;
    let identity = order.identity.clone().unwrap_or_else(|| Identity::of(&document, bytes, order.name, order.profile_name.as_bytes()));
    let inks = Inks::new(order.icc, profile.colour.total_ink)?;
    let mode = match profile.colour.interior {
        Interior::Colour => Mode::Colour,
        Interior::Grey => Mode::Grey,
    };
    let srgb = intent::stream(&mut document, intent::SRGB, 3);
    let srgb = Object::Array(vec!["ICCBased".into(), srgb.into()]);
    let keeps = profile.colour.pictures == Pictures::Keep && profile.standard.takes_rgb();
    let mut painter = Painter::new(document, &inks, mode, keeps, srgb, profile.standard.version());
    let mut ready = Vec::with_capacity(pages.len());
    for (at, page) in pages.into_iter().enumerate() {
        ready.push(painted(&mut painter, page, at + 1)?);
    }
    let Painter { mut document, notes, unknown, .. } = painter;
    if let Some((page, why)) = unknown {
        return Err(Fault::Packed(page, why));
    }
    for (at, page) in ready.iter_mut().enumerate() {
        page.blends = check::is_transparent(&document, page);
        if page.blends && !profile.standard.is_transparent() {
            return Err(Fault::Transparency(at + 1));
        }
    }
    let tree = document.new_object_id();
    let maker = Maker { profile, mode, font: order.font, folds: order.folds, slug: format!("{} · {} · {}", order.name, identity.day(), order.profile_name) };
    let sheets = match &profile.imposition {
        Some(wish) => maker.imposed(&mut document, &ready, &impose::plan(ready.len(), wish), tree)?,
        None if profile.marks.any() || profile.sheet.size.is_some() || ready.iter().any(|page| maker.edged(page).is_some()) => {
            maker.marked(&mut document, &ready, tree)?
        }
        None => ready.iter().map(|page| sheet::single(&mut document, page, profile.sheet.bleed * geometry::MM, tree)).collect(),
    };
    let (count, made) = (ready.len(), sheets.len());
    finish(&mut document, tree, &sheets, order, &identity);
    let bytes = written(document, profile.standard.version())?;
    Ok(Pressed { bytes, pages: count, sheets: made, notes: notes.into_iter().collect() })
}

/// A page with its colours done.
fn painted(painter: &mut Painter, page: read::Page, number: usize) -> Result<Ready, Fault> {
    let dict = painter.document.get_dictionary(page.id).cloned().unwrap_or_default();
    notes_of_annotations(painter, &dict, number);
    let content = read::content(&painter.document, &dict).map_err(|why| Fault::Page(number, why))?;
    let (changed, resources) = painter.page(number, &content, &page.resources);
    let kept: Vec<ObjectId> = match dict.get(b"Contents") {
        Ok(Object::Reference(id)) if painter.document.get_object(*id).is_ok_and(|object| object.as_stream().is_ok()) => vec![*id],
        _ => Vec::new(),
    };
    let streams = match (changed, kept.as_slice()) {
        (None, [_]) => kept,
        (changed, _) => vec![painter.document.add_object(picture::deflated(Dictionary::new(), &changed.unwrap_or(content)))],
    };
    let mut group = Dictionary::new();
    if let Ok(old) = dict.get(b"Group") {
        group.set("Group", old.clone());
        let mode = painter.mode();
        painter.group(&mut group, mode);
    }
    Ok(Ready { page, streams, resources, group: group.get(b"Group").ok().cloned(), blends: false })
}

/// Annotations are left out (ISO 15930-7, 6.17); those that would have been printed are named.
fn notes_of_annotations(painter: &mut Painter, page: &Dictionary, number: usize) {
    let Some(annotations) = read::array(&painter.document, page.get(b"Annots").ok()) else { return };
    let printed = annotations.iter().filter_map(|annotation| read::dictionary(&painter.document, Some(annotation))).filter(|annotation| {
        let flags = annotation.get_deref(b"F", &painter.document).ok().and_then(|flags| flags.as_i64().ok()).unwrap_or(0);
        let link = annotation.get(b"Subtype").is_ok_and(|kind| kind.as_name().is_ok_and(|name| name == b"Link" || name == b"Popup"));
        !link && flags & 4 != 0 && flags & 2 == 0 && annotation.has(b"AP")
    });
    let count = printed.count();
    if count > 0 {
        let message = format!("has {count} annotations that print, such as stamps or filled-in fields; they are left out");
        painter.notes.insert(Note { page: number, message, is_left_out: true });
    }
}

/// A new page tree and catalogue: what acts, what only readers on a screen see, and what nobody prints stays behind.
fn finish(document: &mut Document, tree: ObjectId, sheets: &[ObjectId], order: &Order, identity: &Identity) {
    let profile = order.profile;
    let kids: Vec<Object> = sheets.iter().map(|id| Object::Reference(*id)).collect();
    let mut pages = Dictionary::new();
    pages.set("Type", "Pages");
    pages.set("Count", i64::try_from(kids.len()).unwrap_or(i64::MAX));
    pages.set("Kids", kids);
    document.objects.insert(tree, Object::Dictionary(pages));
    let layers = document.catalog().ok().and_then(|catalog| catalog.get(b"OCProperties").ok()).cloned();
    let mut catalog = Dictionary::new();
    catalog.set("Type", "Catalog");
    catalog.set("Pages", tree);
    if let Some(layers) = layers.filter(|_| profile.standard == Standard::X4) {
        catalog.set("OCProperties", layers);
    }
    if matches!(profile.standard, Standard::X4 | Standard::X1a) {
        let icc = profile.intent.embed.then(|| intent::stream(document, order.icc, 4));
        let dictionary = document.add_object(intent::dictionary(order.condition, icc));
        catalog.set("OutputIntents", vec![Object::Reference(dictionary)]);
    }
    let mut xmp = Dictionary::new();
    xmp.set("Type", "Metadata");
    xmp.set("Subtype", "XML");
    // Not compressed, so that programs that know no PDF find it.
    let packet = Stream::new(xmp, xmp::packet(identity, profile.standard).into_bytes()).with_compression(false);
    let packet = document.add_object(packet);
    catalog.set("Metadata", packet);
    let catalog = document.add_object(catalog);
    let info = document.add_object(xmp::information(identity, profile.standard));
    let id = Object::String(identity.digest.to_vec(), lopdf::StringFormat::Hexadecimal);
    let mut trailer = Dictionary::new();
    trailer.set("Root", catalog);
    trailer.set("Info", info);
    trailer.set("ID", vec![id.clone(), id]);
    document.trailer = trailer;
}

/// Leads references past objects that are nothing but references themselves, which none may be (ISO 32000-1, 7.3.10).
fn lead_past_detours(document: &mut Document) {
    let detours = document.objects.iter().filter(|(_, object)| matches!(object, Object::Reference(_)));
    let end = |object| document.dereference(object).ok().and_then(|(id, _)| id).map_or(Object::Null, Object::Reference);
    let detours: BTreeMap<ObjectId, Object> = detours.map(|(id, object)| (*id, end(object))).collect();
    if !detours.is_empty() {
        document.traverse_objects(|object| {
            if let Some(end) = object.as_reference().ok().and_then(|id| detours.get(&id)) {
                *object = end.clone();
            }
        });
    }
}

/// The bytes.
fn written(mut document: Document, version: &str) -> Result<Vec<u8>, Fault> {
    document.version = version.to_owned();
    // A table is what every version and every press reads; a stream of references came with PDF 1.5.
    document.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
    // A stream of which the file did not say how long it is has been read to its end, and says so from here on (ISO 32000-1, 7.3.8.2).
    for stream in document.objects.values_mut().filter_map(|object| object.as_stream_mut().ok()) {
        stream.dict.set("Length", i64::try_from(stream.content.len()).unwrap_or(i64::MAX));
    }
    lead_past_detours(&mut document);
    document.prune_objects();
    document.renumber_objects();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(|error| Fault::Unreadable(format!("it cannot be written again ({error})")))?;
    Ok(bytes)
}
