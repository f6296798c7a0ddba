//! What a finished e-book or page of HTML shows of the master, judged from its bytes.
//!
//! 1. [`sight`] opens the container as a reader does: from `META-INF/container.xml` to the package document to the spine.
//! 2. [`visible`] reads each content document and says what of its text can be seen, and why not where it cannot.
//! 3. [`find`] asks for every leaf: first where the writer noted it, then wherever it is.
//!
//! The writer's note is a hint: what counts is the text that stands in the file. Nothing of the encoder is used here.

mod find;
pub(super) mod visible;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use article::leaf::Leaves;
use epub::Placed;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::Sighting;
use visible::Visible;

/// Why the text of a file is not seen that no reader opens.
const NOT_IN_SPINE: &str = "in a file that is not in the spine";

/// Says for each leaf where the packed book shows it, in the order in which a reader meets it. A leaf that is not there has no
/// sighting.
///
/// # Errors
///
/// In words, when the archive, the package document or a content document cannot be read: then nothing is proved.
pub fn sight(packed: &[u8], placed: &[Placed], leaves: &Leaves) -> Result<Vec<Sighting>, String> {
    sight_with(packed, placed, leaves, &BTreeMap::new())
}

/// What a picture shows of the master, seen in the frame that it was drawn from, and the picture itself.
#[derive(Clone, Debug, Default)]
pub struct Pictured {
    /// What it shows.
    pub sightings: Vec<Sighting>,
    /// The file.
    pub png: Vec<u8>,
}

/// The same where some text is in pictures, by the ids of these: one counts where the book shows that very picture.
///
/// # Errors
///
/// As [`sight`].
pub fn sight_with(packed: &[u8], placed: &[Placed], leaves: &Leaves, pictured: &BTreeMap<String, Pictured>) -> Result<Vec<Sighting>, String> {
    let mut archive = ZipArchive::new(Cursor::new(packed)).map_err(|error| format!("the container cannot be opened: {error}"))?;
    let spine = spine(&mut |name| read(&mut archive, name))?;
    let names: Vec<String> = (0..archive.len()).map(|at| archive.name_for_index(at).and_then(Result::ok).unwrap_or_default().into_owned()).collect();
    let mut files: BTreeMap<(usize, usize), Vec<Placed>> = BTreeMap::new();
    for place in placed {
        let Some(name) = names.get(place.file) else { continue };
        let turn = spine.iter().position(|path| path == name).unwrap_or(usize::MAX);
        files.entry((turn, place.file)).or_default().push(*place);
    }
    let mut sightings = Vec::with_capacity(placed.len());
    for ((turn, file), places) in files {
        let Some(name) = names.get(file) else { continue };
        let text = read(&mut archive, name)?;
        let visible = Visible::read(&text).map_err(|error| format!("`{name}` cannot be read: {error}"))?;
        let first = sightings.len();
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut shown: Vec<(usize, &[Sighting])> = Vec::new();
        for picture in &visible.pictures {
            let Some(drawn) = pictured.get(&picture.id) else { continue };
            let mut bytes = Vec::new();
            let file = archive.by_name(&format!("{folder}/{}", picture.file)).ok();
            if file.is_some_and(|mut file| file.read_to_end(&mut bytes).is_ok()) && bytes == drawn.png {
                shown.push((picture.at, &drawn.sightings));
            }
        }
        find::find(&visible, &places, leaves, &shown, &mut sightings);
        if turn == usize::MAX {
            for sighting in sightings.iter_mut().skip(first) {
                sighting.hidden = Some(NOT_IN_SPINE);
            }
        }
    }
    Ok(sightings)
}

/// The same of a page of HTML.
///
/// # Errors
///
/// In words, when the page cannot be read: then nothing is proved.
pub fn sight_page(page: &[u8], placed: &[Placed], leaves: &Leaves) -> Result<Vec<Sighting>, String> {
    let text = std::str::from_utf8(page).map_err(|error| error.to_string())?;
    let mut sightings = Vec::with_capacity(placed.len());
    find::find(&Visible::read_page(text)?, placed, leaves, &[], &mut sightings);
    Ok(sightings)
}

/// A file of the archive as text.
fn read<R: Read + std::io::Seek>(archive: &mut ZipArchive<R>, name: &str) -> Result<String, String> {
    let mut file = archive.by_name(name).map_err(|error| format!("`{name}` is not in the container: {error}"))?;
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(|error| format!("`{name}` cannot be read: {error}"))?;
    Ok(text)
}

/// The paths of the content documents in reading order.
pub(super) fn spine(read: &mut dyn FnMut(&str) -> Result<String, String>) -> Result<Vec<String>, String> {
    let container = read("META-INF/container.xml")?;
    let mut package = None;
    tags(&container, |tag| {
        if tag.local_name().as_ref() == b"rootfile" && package.is_none() {
            package = attribute(tag, "full-path");
        }
    })?;
    let package = package.ok_or("`META-INF/container.xml` names no package document")?;
    let folder = package.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut items = BTreeMap::new();
    let mut order = Vec::new();
    tags(&read(&package)?, |tag| match tag.local_name().as_ref() {
        b"item" => {
            if let (Some(id), Some(href)) = (attribute(tag, "id"), attribute(tag, "href")) {
                items.insert(id, format!("{folder}{href}"));
            }
        }
        b"itemref" => order.extend(attribute(tag, "idref")),
        _ => {}
    })?;
    Ok(order.iter().filter_map(|id| items.get(id).cloned()).collect())
}

/// Visits each start tag of a document.
fn tags(text: &str, mut visit: impl FnMut(&BytesStart<'_>)) -> Result<(), String> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(tag) | Event::Empty(tag) => visit(&tag),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The value of an attribute, if the tag has it.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    // In HTML an attribute may have no value, nor quotes around it.
    let attribute = tag.html_attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name.as_bytes())?;
    Some(unescape(std::str::from_utf8(&attribute.value).ok()?).ok()?.into_owned())
}
