//! An EPUB read by other code than wrote it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use super::Failed;

/// The files of a packed book in the order of the container: name and bytes.
pub fn files(path: &Path) -> Result<Vec<(String, Vec<u8>)>, Failed> {
    let mut archive = zip::ZipArchive::new(Cursor::new(super::bytes(path)?))?;
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at)?;
        let name = file.name()?.into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        files.push((name, bytes));
    }
    Ok(files)
}

/// The text files among them.
pub fn texts(path: &Path) -> Result<BTreeMap<String, String>, Failed> {
    Ok(files(path)?.into_iter().filter_map(|(name, bytes)| Some((name, String::from_utf8(bytes).ok()?))).collect())
}

/// The content documents of a book: every XHTML file but the navigation.
pub fn documents(path: &Path) -> Result<Vec<(String, String)>, Failed> {
    Ok(texts(path)?.into_iter().filter(|(name, _)| name.ends_with(".xhtml") && !name.ends_with("nav.xhtml")).collect())
}
