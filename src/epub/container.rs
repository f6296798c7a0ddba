//! The container (EPUB 3.3, 6): a zip archive whose bytes depend on the files alone.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{Cursor, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::dom::Element;
use crate::{Book, encode};

/// Where everything but `mimetype` and `META-INF` lies.
pub(crate) const ROOT: &str = "EPUB";

/// Why a book cannot be packed.
#[derive(Debug)]
pub enum PackFault {
    /// The first file is not `mimetype`.
    NoMimetype,
    /// A path that is not safe in every file system, or two that differ by case at most.
    Path(String),
    /// The archive cannot be written.
    Zip(ZipError),
}

impl fmt::Display for PackFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoMimetype => f.write_str("the first file of the book is not `mimetype`"),
            Self::Path(path) => write!(f, "the book has a file `{path}`, whose name is unsafe or taken"),
            Self::Zip(error) => write!(f, "the book cannot be packed: {error}"),
        }
    }
}

impl std::error::Error for PackFault {}

impl From<ZipError> for PackFault {
    fn from(error: ZipError) -> Self {
        Self::Zip(error)
    }
}

/// Packs a book: `mimetype` first, stored and without an extra field (6.3.2), the other files in their order, every one
/// with the earliest time that the format knows.
///
/// # Errors
///
/// When a path is unsafe or taken, and when the archive cannot be written.
pub fn pack(book: &Book<'_>) -> Result<Vec<u8>, PackFault> {
    if book.files.first().is_none_or(|file| file.path != "mimetype") {
        return Err(PackFault::NoMimetype);
    }
    let mut taken = BTreeSet::new();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for file in &book.files {
        if !is_safe(&file.path) || !taken.insert(file.path.to_ascii_lowercase()) {
            return Err(PackFault::Path(file.path.clone()));
        }
        let method = if is_packed(file.media_type) || file.path == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::DEFAULT).unix_permissions(0o644);
        zip.start_file(file.path.as_str(), options)?;
        zip.write_all(&file.bytes).map_err(ZipError::from)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Whether a path is relative, below its root, and of characters that every file system takes.
fn is_safe(path: &str) -> bool {
    path.len() <= 255
        && path.split('/').all(|part| {
            !part.is_empty()
                && !part.starts_with('.')
                && !part.ends_with('.')
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
        })
}

/// Whether files of this type are compressed in themselves.
fn is_packed(media_type: &str) -> bool {
    matches!(media_type, "image/png" | "image/jpeg" | "image/gif" | "font/woff2")
}

/// `META-INF/container.xml`, which says where the package document is (6.2.6.3.1).
pub(crate) fn rootfile() -> Vec<u8> {
    let rootfile = Element::new("rootfile").with("full-path", format!("{ROOT}/package.opf")).with("media-type", "application/oebps-package+xml");
    let container = Element::new("container").with("version", "1.0").with("xmlns", "urn:oasis:names:tc:opendocument:xmlns:container");
    encode::xml(&container.children([Element::new("rootfiles").children([rootfile.into()]).into()]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::File;
    use std::borrow::Cow;

    fn book(paths: &[&str]) -> Book<'static> {
        let file =
            |path: &&str| File { path: (*path).to_owned(), media_type: "text/css", properties: "", bytes: Cow::Borrowed(b"application/epub+zip".as_slice()) };
        Book { files: paths.iter().map(file).collect(), placed: Vec::new(), dropped: Vec::new() }
    }

    #[test]
    fn mimetype_is_first_stored_and_bare() {
        let bytes = pack(&book(&["mimetype", "EPUB/a.css"])).unwrap();
        // Local file header: signature, version, flags, method, time, date, checksum, two sizes, length of name, length of extra field.
        assert_eq!(&bytes[..4], b"PK\x03\x04");
        assert_eq!(&bytes[6..10], &[0, 0, 0, 0], "no flags, stored");
        assert_eq!(&bytes[10..14], &[0, 0, 0x21, 0], "1 January 1980, 00:00");
        assert_eq!(&bytes[26..30], &[8, 0, 0, 0], "no extra field");
        assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
        assert_eq!(bytes, pack(&book(&["mimetype", "EPUB/a.css"])).unwrap());
    }

    #[test]
    fn unsafe_names_are_refused() {
        for path in ["../a", "/a", "a//b", "EPUB/..", "a b", "ё.css", "a\\b", "c:a", "EPUB/a.", "Mimetype", "mimetype"] {
            assert!(matches!(pack(&book(&["mimetype", path])), Err(PackFault::Path(_))), "{path}");
        }
        assert!(matches!(pack(&book(&["a"])), Err(PackFault::NoMimetype)));
    }
}
