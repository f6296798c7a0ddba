//! Parts the locales of CSL: the archive unpacks all sixty at once, which takes a seventh of the time of a short article, and an article wants two.

use std::fmt::Write;
use std::path::Path;
use std::{fs, io};

use hayagriva::archive;

/// Writes each locale into a file of its own, and `locales.rs` with the code of each and its bytes, in the order of the archive.
pub(crate) fn write(out: &Path) -> io::Result<()> {
    let mut code = String::from("&[\n");
    for locale in archive::locales() {
        let Some(name) = locale.lang.as_ref().map(|lang| lang.0.as_str()) else { continue };
        let path = out.join(format!("{name}.cbor"));
        let mut bytes = Vec::new();
        ciborium::into_writer(&locale, &mut bytes).map_err(io::Error::other)?;
        fs::write(&path, bytes)?;
        let _ = writeln!(code, "    ({name:?}, include_bytes!({:?})),", path.display().to_string());
    }
    code.push(']');
    fs::write(out.join("locales.rs"), code)
}
