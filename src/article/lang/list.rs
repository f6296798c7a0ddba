//! Lists the files of `lang/languages` and of `speech/words`, so that a new language is a new file and no code.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs, io};

/// Writes `languages.rs` and `speech.rs` into the folder of the build.
#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a build script is told by the environment where it works, reads the folder that it lists, and speaks to cargo"
)]
fn main() -> io::Result<()> {
    let Some(out) = env::var_os("OUT_DIR") else { return Err(io::Error::other("no OUT_DIR")) };
    let here = env::current_dir()?;
    for (folder, list) in [("lang/languages", "languages.rs"), ("speech/words", "speech.rs")] {
        let folder = here.join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        fs::write(Path::new(&out).join(list), listed(&folder)?)?;
    }
    Ok(())
}

/// The files of a folder as code: the tag and the text of each, in the order of the tags.
#[expect(clippy::disallowed_methods, reason = "a build script reads the folder that it lists")]
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
