//! The fonts that the program brings: the files of `fonts/`, with their licences beside them.
//!
//! System fonts are never used unless they are asked for, so that a page is the same on every machine.

use std::borrow::Cow;

use typst::text::FontInfo;

use super::engine::Engine;

macro_rules! faces {
    ($($file:literal),* $(,)?) => {
        /// Name and bytes of each font file. A constant would be copied into each part of the program that looks at it.
        pub static BUILT_IN: &[(&str, &[u8])] = &[$(($file, include_bytes!(concat!("../../fonts/", $file)))),*];
    };
}

faces![
    "GentiumPlus-Regular.ttf",
    "GentiumPlus-Italic.ttf",
    "GentiumPlus-Bold.ttf",
    "GentiumPlus-BoldItalic.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoNaskhArabic-Bold.ttf",
    "NotoSerifArmenian-Regular.ttf",
    "NotoSerifArmenian-Bold.ttf",
    "NotoSerifDevanagari-Regular.ttf",
    "NotoSerifDevanagari-Bold.ttf",
    "NotoSerifGeorgian-Regular.ttf",
    "NotoSerifGeorgian-Bold.ttf",
    "NotoSerifHebrew-Regular.ttf",
    "NotoSerifHebrew-Bold.ttf",
    "NotoSerifThai-Regular.ttf",
    "NotoSerifThai-Bold.ttf",
    "NotoSerifCJKsc-Reduced.otf",
    "NotoSans-Regular.ttf",
    "NotoSans-Italic.ttf",
    "NotoSans-Bold.ttf",
    "NotoSans-BoldItalic.ttf",
    "NewCMMath-Regular.otf",
    "DejaVuSans.ttf",
    "DejaVuSansMono.ttf",
];

/// The file of one face of a family. The built-in ones are known by the names of their files, so that no engine has to be made for them.
#[must_use]
pub fn face(engine: Option<&Engine>, family: &str, bold: bool, italic: bool) -> Option<Cow<'static, [u8]>> {
    let face = match (bold, italic) {
        (false, false) => "Regular",
        (true, false) => "Bold",
        (false, true) => "Italic",
        (true, true) => "BoldItalic",
    };
    let file = format!("{}-{face}.ttf", family.replace(' ', ""));
    match BUILT_IN.iter().find(|(name, _)| *name == file) {
        Some((_, bytes)) => Some(Cow::Borrowed(bytes)),
        None => engine?.face(family, bold, italic).map(Cow::Owned),
    }
}

/// What the engine chooses a font by, in words that are the same as long as that is: the families, styles and characters of the faces in a file.
#[must_use]
pub fn described(file: &[u8]) -> String {
    FontInfo::iter(file).map(|info| format!("{info:?}\n")).collect()
}
