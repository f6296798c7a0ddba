//! The fonts that the program brings: the files of `fonts/`, with their licences beside them.
//!
//! System fonts are never used unless they are asked for, so that a page is the same on every machine.

macro_rules! faces {
    ($($file:literal),* $(,)?) => {
        /// Name and bytes of each font file.
        pub const BUILT_IN: &[(&str, &[u8])] = &[$(($file, include_bytes!(concat!("../../fonts/", $file)))),*];
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
    "NewCMMath-Regular.otf",
    "DejaVuSans.ttf",
    "DejaVuSansMono.ttf",
];
