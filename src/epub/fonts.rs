//! The fonts that a book carries, and how its style sheet finds them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::{Face, File};

/// The media type of WOFF2 (EPUB 3.3, 3.2).
pub(crate) const MEDIA_TYPE: &str = "font/woff2";

/// The characters of the content documents: those of their marks too, which are few.
pub(crate) fn characters(files: &[File<'_>]) -> BTreeSet<char> {
    let texts = files.iter().filter(|file| file.media_type == "application/xhtml+xml").filter_map(|file| std::str::from_utf8(&file.bytes).ok());
    let mut out: BTreeSet<char> = texts.flat_map(str::chars).filter(|char| !char.is_control()).collect();
    // Hyphens that a reader sets at the ends of lines.
    out.extend(['-', '\u{2010}']);
    out
}

/// Where a face lies, seen from the content documents.
pub(crate) fn path(face: usize) -> String {
    format!("fonts/face-{}.woff2", face + 1)
}

/// The style sheet, before it a rule for each face. A reader that is told another font by its user takes that one: nothing here is important.
pub(crate) fn style<'a>(css: &'a str, faces: &[Face]) -> Cow<'a, [u8]> {
    if faces.is_empty() {
        return Cow::Borrowed(css.as_bytes());
    }
    let mut out = String::new();
    for (at, face) in faces.iter().enumerate() {
        out.push_str(&format!(
            "@font-face {{ font-family: \"{}\"; font-weight: {}; font-style: {}; src: url(\"{}\") format(\"woff2\"); }}\n",
            face.family,
            if face.bold { "bold" } else { "normal" },
            if face.italic { "italic" } else { "normal" },
            path(at)
        ));
    }
    if let Some(face) = faces.first() {
        out.push_str(&format!("body {{ font-family: \"{}\", serif; }}\n", face.family));
    }
    out.push_str(css);
    Cow::Owned(out.into_bytes())
}
