//! Lists the files of `lang/languages`, so that a new language is a new file and no code.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs, io};

/// Writes `languages.rs` into the folder of the build: the tag and the text of each file, in the order of the tags.
#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a build script is told by the environment where it works, reads the folder that it lists, and speaks to cargo"
)]
fn main() -> io::Result<()> {
    let Some(out) = env::var_os("OUT_DIR") else { return Err(io::Error::other("no OUT_DIR")) };
    let folder = env::current_dir()?.join("lang/languages");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder)? {
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
    fs::write(Path::new(&out).join("languages.rs"), code)
}
