//! Lists the files of `lang/languages`, `speech/words` and `derive/schemes`, so that a new language or table is a new file and no code.

use std::fmt::Write;
use std::path::Path;
use std::{fs, io};

/// Writes `languages.rs`, `speech.rs` and `schemes.rs` into a folder, from the folders below the crate's.
pub(crate) fn write(here: &Path, out: &Path) -> io::Result<()> {
    for (folder, list) in [("lang/languages", "languages.rs"), ("speech/words", "speech.rs"), ("derive/schemes", "schemes.rs")] {
        let folder = here.join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        fs::write(out.join(list), listed(&folder)?)?;
    }
    Ok(())
}

/// The files of a folder as code: the tag and the text of each, in the order of the tags.
fn listed(folder: &Path) -> io::Result<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        if let Some(tag) = entry?.file_name().to_str().and_then(|name| name.strip_suffix(".toml")) {
            names.push(tag.to_owned());
        }
    }
    names.sort();
    let mut code = String::from("&[\n");
    for tag in names {
        let path = folder.join(format!("{tag}.toml"));
        let _ = writeln!(code, "    ({tag:?}, include_str!({:?})),", path.display().to_string());
    }
    code.push(']');
    Ok(code)
}
