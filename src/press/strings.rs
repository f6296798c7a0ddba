//! What a PDF says besides its pages: document information, metadata, attached files, titles of bookmarks, descriptions, what pictures carry along.
//!
//! 1. Every object is gone through, whatever refers to it: an old version that nothing shows any more would count too.
//! 2. Strings are read as text (ISO 32000-1, 7.9.2.2); of streams those that hold data, and pictures as they are packed.

use lopdf::{Dictionary, Document, LoadOptions, Object};

use crate::fault::Fault;
use crate::read::MAX_STREAM;
use crate::xmp::read_text;

/// A text of a PDF that is on no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Where it stands, in words.
    pub place: &'static str,
    /// The text.
    pub text: String,
    /// Whether it tells catalogues about the document.
    pub catalogued: bool,
}

/// All of them, in the order of the objects.
///
/// # Errors
///
/// When the file cannot be read.
pub fn said(bytes: &[u8]) -> Result<Vec<Said>, Fault> {
    let document =
        Document::load_mem_with_options(bytes, LoadOptions::with_max_decompressed_size(MAX_STREAM)).map_err(|error| Fault::Unreadable(error.to_string()))?;
    let information = document.trailer.get(b"Info").and_then(Object::as_reference).ok();
    let mut found = Vec::new();
    for (id, object) in &document.objects {
        let catalogued = Some(*id) == information;
        strings(object, if catalogued { "the document information" } else { "a description or another string" }, catalogued, &mut found);
    }
    strings(&Object::Dictionary(document.trailer.clone()), "the trailer", true, &mut found);
    Ok(found)
}

fn strings(object: &Object, place: &'static str, catalogued: bool, into: &mut Vec<Said>) {
    match object {
        Object::String(bytes, _) => into.push(Said { place, text: text(bytes), catalogued }),
        Object::Array(items) => items.iter().for_each(|item| strings(item, place, catalogued, into)),
        Object::Dictionary(dictionary) => dictionary.iter().for_each(|(_, value)| strings(value, place, catalogued, into)),
        Object::Stream(stream) => {
            stream.dict.iter().for_each(|(_, value)| strings(value, place, catalogued, into));
            let Some((place, catalogued)) = holds_data(&stream.dict) else { return };
            let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
            into.push(Said { place, text: String::from_utf8_lossy(&content).into_owned(), catalogued });
        }
        Object::Null | Object::Boolean(_) | Object::Integer(_) | Object::Real(_) | Object::Name(_) | Object::Reference(_) => {}
    }
}

/// Whether a stream holds something that is read, and not drawn.
fn holds_data(dictionary: &Dictionary) -> Option<(&'static str, bool)> {
    let name = |key: &[u8]| dictionary.get(key).and_then(Object::as_name).unwrap_or_default();
    match (name(b"Type"), name(b"Subtype")) {
        (b"Metadata", _) => Some(("the metadata", true)),
        (b"EmbeddedFile", _) => Some(("an attached file", true)),
        (_, b"Image") => Some(("a picture", false)),
        _ => None,
    }
}

/// A string of a PDF as text; one without a mark may be UTF-8 too.
fn text(bytes: &[u8]) -> String {
    let bare = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    std::str::from_utf8(bare).map_or_else(|_| read_text(bare), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_text_in_any_encoding() {
        assert_eq!(text(b"plain"), "plain");
        assert_eq!(text(&[0xfe, 0xff, 0x04, 0x1b]), "Л");
        assert_eq!(text(&[0xef, 0xbb, 0xbf, 0xd0, 0x9b]), "Л");
        assert_eq!(text(&[0xe9]), "é");
    }
}
