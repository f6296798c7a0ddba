//! What the tests share.
//!
//! 1. [`needs`] makes a trial that is skipped by name where a judge is missing, and fails there with `CI=true`.
//! 2. [`program`] runs `diglot` as a user does, with nothing of this machine's environment.
//! 3. [`live`] runs it where it does not end.
//! 4. [`golden`] compares with a file, or writes it with `BLESS=1`.
//! 5. [`random`] draws documents from the content models of the JATS DTD.
//! 6. [`set`] runs the stages as a library, for tests that look inside.

pub mod built;
pub mod container;
pub mod golden;
pub mod live;
pub mod needs;
pub mod page;
pub mod pdf;
pub mod program;
pub mod random;
pub mod set;

use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::{DynamicImage, ImageFormat};

pub use libtest_mimic::{Failed, Trial};

/// What a test says at its end.
pub type Outcome = Result<(), Failed>;

/// Ends the test with a message unless the condition holds.
#[macro_export]
macro_rules! ensure {
    ($condition:expr, $($message:tt)+) => {
        match $condition {
            true => {}
            false => return Err(format!($($message)+).into()),
        }
    };
}

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of masters of this repository.
pub fn source() -> PathBuf {
    root().join("source")
}

/// The masters of this repository with their names, in order.
pub fn masters() -> Vec<(String, PathBuf)> {
    let mut masters: Vec<(String, PathBuf)> =
        folders(&source()).into_iter().map(|folder| (name(&folder), folder.join("article.xml"))).filter(|(_, path)| path.is_file()).collect();
    masters.sort();
    masters
}

/// The folders in a folder, sorted.
pub fn folders(folder: &Path) -> Vec<PathBuf> {
    entries(folder).into_iter().filter(|path| path.is_dir()).collect()
}

/// What stands in a folder, sorted; nothing where there is no folder.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder).map(|entries| entries.flatten().map(|entry| entry.path()).collect()).unwrap_or_default();
    found.sort();
    found
}

/// Every file below a folder, sorted; what the program notes of its outputs is none of them.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in entries(folder).into_iter().filter(|path| !path.ends_with(".diglot")) {
        if path.is_dir() {
            found.extend(files_below(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The last part of a path.
pub fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A text file, or why it cannot be read.
pub fn read(path: &Path) -> Result<String, Failed> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// The bytes of a file, or why it cannot be read.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Failed> {
    std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, text: impl AsRef<[u8]>) -> Outcome {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) -> Outcome {
    for file in files_below(from) {
        let inner = file.strip_prefix(from)?;
        write(&to.join(inner), bytes(&file)?)?;
    }
    Ok(())
}

/// A JATS article around a body, with what every article needs.
pub fn article(body: &str) -> String {
    article_with("", body, "")
}

/// The same with something more in `article-meta`, and with a `back`.
pub fn article_with(meta: &str, body: &str, back: &str) -> String {
    let back = if back.is_empty() { String::new() } else { format!("<back>{back}</back>\n") };
    format!(
        "<article xml:lang=\"en\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">\n<front><article-meta>\n<title-group><article-title>A title</article-title></title-group>\n{meta}</article-meta></front>\n<body>\n{body}\n</body>\n{back}</article>\n"
    )
}

/// A picture as the bytes of a file.
pub fn encoded(picture: &DynamicImage, format: ImageFormat) -> Result<Vec<u8>, Failed> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format)?;
    Ok(bytes.into_inner())
}

/// One of the fonts that are built in, its family under another name of the same length (OpenType 1.9, “name”: in UTF-16 and in Mac Roman).
pub fn renamed_font(file: &str, family: &str, name: &str) -> Result<Vec<u8>, Failed> {
    let mut font = bytes(&root().join("fonts").join(file))?;
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    for (old, new) in [(utf16(family), utf16(name)), (family.into(), name.into())] {
        let places: Vec<usize> = font.windows(old.len()).enumerate().filter(|(_, bytes)| *bytes == old).map(|(at, _)| at).collect();
        places.iter().for_each(|at| font[*at..*at + new.len()].copy_from_slice(&new));
    }
    Ok(font)
}

/// A font of the same name, style and characters, of which the line gap is another (OpenType 1.9, “hhea”).
pub fn changed_font(font: &[u8]) -> Result<Vec<u8>, Failed> {
    let mut font = font.to_vec();
    let record = font.windows(4).position(|bytes| bytes == b"hhea").ok_or("no table `hhea`")?;
    let offset = u32::from_be_bytes(font[record + 8..record + 12].try_into()?) as usize;
    font[offset + 9] ^= 1;
    Ok(font)
}

/// Copies one file.
pub fn copy_file(from: &Path, to: &Path) -> Outcome {
    write(to, bytes(from)?)
}
