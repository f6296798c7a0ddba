//! What is made of data before the compiler comes to it.
//!
//! 1. [`list`] makes lists of folders whose files are embedded.
//! 2. [`locales`] parts the locales of CSL, so that each is unpacked by itself.
#![expect(clippy::disallowed_methods, reason = "a build script is told by the environment where it works, and reads and writes files")]

use std::path::Path;
use std::{env, io};

#[path = "lang/list.rs"]
mod list;
#[path = "cite/locales.rs"]
mod locales;

/// Writes into the folder of the build.
fn main() -> io::Result<()> {
    let Some(out) = env::var_os("OUT_DIR") else { return Err(io::Error::other("no OUT_DIR")) };
    let out = Path::new(&out);
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=cite/locales.rs");
    list::write(&env::current_dir()?, out)?;
    locales::write(out)
}
