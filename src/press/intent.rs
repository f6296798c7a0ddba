//! The output intent: for which way of printing the inks are meant.

use std::convert::Infallible;
use std::sync::{Mutex, OnceLock};

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

/// What is made of profiles: of those that come with the program once in a run, however many files are pressed, and of another as long as it is the same.
pub(crate) struct Made<T> {
    known: [OnceLock<T>; 3],
    last: Mutex<Option<(Vec<u8>, T)>>,
}

impl<T: Clone> Made<T> {
    pub(crate) const fn new() -> Self {
        Self { known: [const { OnceLock::new() }; 3], last: Mutex::new(None) }
    }

    /// What was made of this profile, or is now. Where two threads make it at once, both have made the same.
    ///
    /// # Errors
    ///
    /// Those of making it.
    pub(crate) fn of<E>(&self, icc: &[u8], make: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let number = [FOGRA39, FOGRA29, SRGB].iter().position(|known| std::ptr::eq(known.as_ptr(), icc.as_ptr()) && known.len() == icc.len());
        if let Some(known) = number.and_then(|number| self.known.get(number)) {
            return match known.get() {
                Some(made) => Ok(made.clone()),
                None => make().inspect(|made| drop(known.set(made.clone()))),
            };
        }
        let same = self.last.lock().ok().and_then(|last| last.as_ref().filter(|(bytes, _)| bytes == icc).map(|(_, made)| made.clone()));
        if let Some(made) = same {
            return Ok(made);
        }
        let made = make()?;
        if let Ok(mut last) = self.last.lock() {
            *last = Some((icc.to_vec(), made.clone()));
        }
        Ok(made)
    }
}

/// A profile as an object of a document.
pub(crate) fn stream(document: &mut Document, icc: &[u8], parts: i64) -> ObjectId {
    static PACKED: Made<Stream> = Made::new();
    let make = || {
        let mut dict = Dictionary::new();
        dict.set("N", parts);
        dict.set("Alternate", if parts == 4 { "DeviceCMYK" } else { "DeviceRGB" });
        Ok::<_, Infallible>(deflated(dict, icc))
    };
    let Ok(stream) = PACKED.of(icc, make);
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
