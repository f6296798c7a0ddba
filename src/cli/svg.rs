//! Whether an SVG is a picture and nothing more.
//!
//! 1. It is read to its end as XML. Entities of its own are not replaced, and may stand nowhere but in the names of namespaces.
//! 2. One that acts (scripts, event handlers) or that asks for other files is not taken as it is: a picture of a master needs neither, and an
//!    e-book would carry it to its readers. [`clean`] cuts such things out, and what is left is looked at as if it were new.
//! 3. Its size comes from `width` and `height`, else from `viewBox`. Source: SVG 1.1, 7.2 and 7.7.

use quick_xml::Reader;
use quick_xml::encoding::Decoder;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};

/// The deepest nesting that is taken.
const MAX_DEPTH: usize = 256;

const DAMAGED: &str = "is an SVG that is damaged or cut off";
const SCRIPT: &str = "is an SVG with a script in it";
const ENTITY: &str = "is an SVG with entities of its own";

/// Reads an SVG. Its width and height in its own units, where it says them.
///
/// # Errors
///
/// Why it is not taken, as the end of a sentence.
pub(super) fn look(bytes: &[u8]) -> Result<Option<(u32, u32)>, String> {
    let mut reader = Reader::from_reader(bytes);
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    let mut size = None;
    let mut root = false;
    let mut in_style = false;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|_| DAMAGED.to_owned())?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                if !root {
                    root = true;
                    size = size_of(tag, reader.decoder())?;
                }
                harmless(tag, reader.decoder())?;
                if matches!(event, Event::Start(_)) {
                    depth += 1;
                    in_style = tag.local_name().as_ref() == b"style";
                }
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                in_style = false;
            }
            Event::Text(text) if in_style => harmless_style(&String::from_utf8_lossy(text))?,
            Event::CData(text) if in_style => harmless_style(&String::from_utf8_lossy(text))?,
            // A character by its number, or one of XML's own five, is no entity of the picture's own.
            Event::GeneralRef(name) if !name.is_char_ref() && resolve_predefined_entity(&String::from_utf8_lossy(name)).is_none() => {
                return Err(ENTITY.to_owned());
            }
            Event::Eof if depth > 0 || !root => return Err(DAMAGED.to_owned()),
            Event::Eof => return Ok(size),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(format!("is an SVG whose elements are nested more than {MAX_DEPTH} deep"));
        }
    }
}

/// Whether an element neither acts nor asks for another file.
fn harmless(tag: &BytesStart<'_>, decoder: Decoder) -> Result<(), String> {
    if acts(tag) {
        return Err(SCRIPT.to_owned());
    }
    for attribute in tag.attributes() {
        harmless_attribute(tag, &attribute.map_err(|_| DAMAGED.to_owned())?, decoder)?;
    }
    Ok(())
}

/// Whether an element is there to act.
fn acts(tag: &BytesStart<'_>) -> bool {
    matches!(tag.local_name().as_ref(), b"script" | b"handler" | b"listener")
}

/// The same of an attribute.
fn harmless_attribute(tag: &BytesStart<'_>, attribute: &Attribute<'_>, decoder: Decoder) -> Result<(), String> {
    if attribute.key.as_namespace_binding().is_some() {
        return Ok(());
    }
    let value = attribute.decode_and_unescape_value(decoder).map_err(|_| ENTITY.to_owned())?;
    let value = value.trim();
    let local = attribute.key.local_name();
    if local.as_ref().starts_with(b"on") || value.to_ascii_lowercase().starts_with("javascript:") {
        return Err(SCRIPT.to_owned());
    }
    // A link that a reader may follow asks for nothing by itself.
    let is_address = matches!(local.as_ref(), b"href" | b"src") && tag.local_name().as_ref() != b"a";
    if is_address && !value.starts_with('#') && !value.starts_with("data:image/") {
        return Err(format!("is an SVG that asks for another file, `{value}`"));
    }
    if local.as_ref() == b"style" { harmless_style(value) } else { Ok(()) }
}

/// An SVG without what acts and what asks for other files: elements that act, attributes, texts of style sheets. Nothing else is touched. `None`
/// where it cannot be read; whether what is left is harmless, [`look`] must say.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader::from_reader(bytes);
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    // Where the element that is being cut out begins, and how many elements are open in it.
    let mut cutting: Option<(usize, usize)> = None;
    let mut in_style = false;
    loop {
        let start = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        match (&event, &mut cutting) {
            (Event::Eof, None) => break,
            (Event::Eof, Some(_)) => return None,
            (Event::Start(_), Some((_, depth))) => *depth += 1,
            (Event::End(_), Some((from, 0))) => {
                cuts.push((*from, end));
                cutting = None;
            }
            (Event::End(_), Some((_, depth))) => *depth -= 1,
            (_, Some(_)) => {}
            (Event::Start(tag), None) if acts(tag) => cutting = Some((start, 0)),
            (Event::Empty(tag), None) if acts(tag) => cuts.push((start, end)),
            (Event::Start(tag) | Event::Empty(tag), None) => {
                in_style = matches!(event, Event::Start(_)) && tag.local_name().as_ref() == b"style";
                for attribute in tag.attributes().with_checks(false) {
                    let attribute = attribute.ok()?;
                    if harmless_attribute(tag, &attribute, reader.decoder()).is_err() {
                        // Key and value borrow from the tag, which borrows from the bytes; the closing quote stands behind the value.
                        let from = attribute.key.as_ref().as_ptr() as usize - bytes.as_ptr() as usize;
                        let to = attribute.value.as_ptr() as usize - bytes.as_ptr() as usize + attribute.value.len() + 1;
                        cuts.push((from, to));
                    }
                }
            }
            (Event::End(_), None) => in_style = false,
            (Event::Text(_) | Event::CData(_), None) if in_style && harmless_style(&String::from_utf8_lossy(&bytes[start..end])).is_err() => {
                cuts.push((start, end));
            }
            (_, None) => {}
        }
    }
    let mut cleaned = Vec::with_capacity(bytes.len());
    let mut from = 0;
    for (start, end) in cuts {
        cleaned.extend_from_slice(bytes.get(from..start)?);
        from = end;
    }
    cleaned.extend_from_slice(bytes.get(from..)?);
    Some(cleaned)
}

/// Whether a style asks for no other file.
fn harmless_style(style: &str) -> Result<(), String> {
    let style: String = style.to_ascii_lowercase().split_whitespace().collect();
    let mut addresses = style.split("url(").skip(1).map(|rest| rest.trim_start_matches(['"', '\'']));
    if style.contains("@import") || addresses.any(|address| !address.starts_with('#') && !address.starts_with("data:")) {
        return Err("is an SVG whose style asks for another file".to_owned());
    }
    Ok(())
}

/// The size that the root says. The error is a root that is none of SVG's.
fn size_of(root: &BytesStart<'_>, decoder: Decoder) -> Result<Option<(u32, u32)>, String> {
    if root.local_name().as_ref() != b"svg" {
        return Err("is not a PNG, JPEG, GIF or SVG".to_owned());
    }
    let value = |name: &str| {
        root.try_get_attribute(name).ok().flatten().and_then(|found| found.decode_and_unescape_value(decoder).ok()).map(|value| value.trim().to_owned())
    };
    let length = |name: &str| value(name).and_then(|value| whole(value.trim_end_matches("px")));
    if let (Some(width), Some(height)) = (length("width"), length("height")) {
        return Ok(Some((width, height)));
    }
    let view = value("viewBox").unwrap_or_default();
    let mut sides = view.split([' ', ',']).filter(|side| !side.is_empty()).skip(2).map(whole);
    Ok(sides.next().flatten().zip(sides.next().flatten()))
}

/// A length as a whole number above zero.
fn whole(text: &str) -> Option<u32> {
    // The cast is of a number that has been seen to fit.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    text.trim().parse::<f64>().ok().filter(|number| (0.5..4e9).contains(number)).map(|number| number.round() as u32)
}
