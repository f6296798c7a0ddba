//! The output intent: for which way of printing the inks are meant.

use std::sync::OnceLock;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::picture::deflated;

/// Coated paper, offset.
pub const FOGRA39: &[u8] = include_bytes!("icc/fogra39.icc");

/// Uncoated paper, offset.
pub const FOGRA29: &[u8] = include_bytes!("icc/fogra29.icc");

/// Red, green and blue of screens.
pub(crate) const SRGB: &[u8] = include_bytes!("icc/srgb.icc");

/// An output profile that comes with the program, with the name of its condition.
#[must_use]
pub fn built_in(name: &str) -> Option<(&'static [u8], &'static str)> {
    match name {
        "fogra39" => Some((FOGRA39, "FOGRA39")),
        "fogra29" => Some((FOGRA29, "FOGRA29")),
        _ => None,
    }
}

/// Which of the profiles that come with the program it is: what is made of these is made once in a run, however many files are pressed.
pub(crate) fn number(icc: &[u8]) -> Option<usize> {
    [FOGRA39, FOGRA29, SRGB].iter().position(|known| std::ptr::eq(known.as_ptr(), icc.as_ptr()) && known.len() == icc.len())
}

/// A profile as an object of a document.
pub(crate) fn stream(document: &mut Document, icc: &[u8], parts: i64) -> ObjectId {
    static PACKED: [OnceLock<Stream>; 3] = [const { OnceLock::new() }; 3];
    let make = || {
        let mut dict = Dictionary::new();
        dict.set("N", parts);
        dict.set("Alternate", if parts == 4 { "DeviceCMYK" } else { "DeviceRGB" });
        deflated(dict, icc)
    };
    let stream = match number(icc).and_then(|number| PACKED.get(number)) {
        Some(known) => known.get_or_init(make).clone(),
        None => make(),
    };
    document.add_object(stream)
}

/// The intent of a PDF/X (ISO 32000-1, 14.11.5).
pub(crate) fn dictionary(condition: &str, profile: Option<ObjectId>) -> Dictionary {
    let mut intent = Dictionary::new();
    intent.set("Type", "OutputIntent");
    intent.set("S", "GTS_PDFX");
    intent.set("OutputConditionIdentifier", Object::string_literal(condition));
    intent.set("OutputCondition", Object::string_literal(condition));
    intent.set("Info", Object::string_literal(condition));
    intent.set("RegistryName", Object::string_literal("http://www.color.org"));
    if let Some(profile) = profile {
        intent.set("DestOutputProfile", profile);
    }
    intent
}
