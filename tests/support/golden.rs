//! Goldens: what a stage made once and was looked at, kept in a file.
//!
//! 1. [`check`] compares, and says the difference line by line.
//! 2. With `BLESS=1` the file is written instead; never in continuous integration.

use std::path::Path;

use similar::TextDiff;

use super::{Outcome, root};

/// Whether goldens are to be written.
pub fn blessing() -> bool {
    std::env::var("BLESS").is_ok_and(|bless| bless == "1")
}

/// Why nothing may be written here, if so.
pub fn refusal() -> Option<&'static str> {
    (blessing() && std::env::var_os("CI").is_some()).then_some("BLESS=1 is refused where CI is set: a golden is looked at before it is kept")
}

/// Compares a text with a golden.
pub fn check(path: &Path, got: &str) -> Outcome {
    let want = std::fs::read_to_string(path).unwrap_or_default();
    if want == got {
        return Ok(());
    }
    if blessing() {
        return super::write(path, got);
    }
    let diff = TextDiff::from_lines(want.as_str(), got);
    let shown = path.strip_prefix(root()).unwrap_or(path).display();
    let text = diff.unified_diff().context_radius(2).header("kept", "made now").to_string();
    let text: String = text.lines().take(60).map(|line| format!("{line}\n")).collect();
    Err(format!("{shown} differs (BLESS=1 writes it anew):\n{text}").into())
}

/// Compares a picture with a golden: each byte of the decoded pixels may differ by one. `most` is the largest file that is kept, in bytes.
pub fn check_picture(path: &Path, got: &[u8], most: usize) -> Outcome {
    if let Ok(want) = std::fs::read(path).map_err(super::Failed::from).and_then(|bytes| pixels(&bytes)) {
        let got = pixels(got)?;
        if want.0 == got.0 && want.1.iter().zip(&got.1).all(|(one, other)| one.abs_diff(*other) <= 1) {
            return Ok(());
        }
    }
    if blessing() {
        if got.len() > most {
            return Err(format!("{}: a picture of {} bytes is too large to keep (at most {most})", path.display(), got.len()).into());
        }
        return super::write(path, got);
    }
    Err(format!("{} differs: look at it, then BLESS=1", path.strip_prefix(root()).unwrap_or(path).display()).into())
}

/// Size and bytes of a PNG.
fn pixels(bytes: &[u8]) -> Result<((u32, u32), Vec<u8>), super::Failed> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or("a picture too large")?];
    let info = reader.next_frame(&mut pixels)?;
    pixels.truncate(info.buffer_size());
    Ok(((info.width, info.height), pixels))
}
