//! A sum of all that the program is built from: `DIGLOT_SUM`, by which the outputs of one build of the program are told from those of another.
//!
//! The files are taken in the order of their paths, each with its path from the root: two checkouts of one commit make the same sum.
#![allow(clippy::disallowed_methods, reason = "a build script reads what it sums up")]

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::Path;

/// All that is compiled or embedded.
const SOURCES: [&str; 7] = ["Cargo.toml", "Cargo.lock", "src", "layouts", "fonts", "licences", "profiles"];

fn main() -> io::Result<()> {
    let mut sum = DefaultHasher::new();
    for path in SOURCES {
        println!("cargo::rerun-if-changed={path}");
        add(Path::new(path), &mut sum)?;
    }
    println!("cargo::rustc-env=DIGLOT_SUM={:016x}", sum.finish());
    Ok(())
}

/// Adds a file, or all files of a folder and of those in it.
fn add(path: &Path, sum: &mut DefaultHasher) -> io::Result<()> {
    if !path.is_dir() {
        sum.write(path.to_string_lossy().replace('\\', "/").as_bytes());
        sum.write(&fs::read(path)?);
        return Ok(());
    }
    let mut inner = fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    inner.sort();
    inner.iter().try_for_each(|path| add(path, sum))
}
