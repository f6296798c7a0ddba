//! Pictures as bytes, and how their kind is told.
//!
//! A photograph reaches the engine in a drawing that shows nothing else ([`Picture::page_bytes`]): of a picture made of pixels the engine keeps every pixel from
//! the first look at it until the PDF is written, of one in a drawing the file alone, which it puts into the PDF as it is.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use indexmap::IndexMap;

/// The formats that are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
    /// Graphics Interchange Format.
    Gif,
    /// Scalable Vector Graphics.
    Svg,
}

impl Format {
    /// The format that the first bytes show; a name's extension is never believed.
    #[must_use]
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Some(Self::Png);
        }
        if bytes.starts_with(b"\xff\xd8\xff") {
            return Some(Self::Jpeg);
        }
        if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
            return Some(Self::Gif);
        }
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
        (head.trim_start_matches('\u{feff}').trim_start().starts_with('<') && head.contains("<svg")).then_some(Self::Svg)
    }

    /// The media type. Source: EPUB 3.3, 3.2 (core media types).
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Svg => "image/svg+xml",
        }
    }

    /// The extension of a file of this format.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::Svg => "svg",
        }
    }
}

/// A picture that was read and found sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The name under which both outputs know it, such as `picture-1.png`: by order of mention, never the master's.
    pub name: String,
    /// Its format.
    pub format: Format,
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// Width and height in pixels; of an SVG in its own units.
    pub size: Option<(u32, u32)>,
    /// The same picture for a screen, where it is larger than screens can show or where that saves much.
    pub smaller: Option<Smaller>,
}

/// A picture that was made for screens: scaled down, or written in a denser format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Smaller {
    /// The format.
    pub format: Format,
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

impl Picture {
    /// The file's bytes for a screen.
    #[must_use]
    pub fn screen_bytes(&self) -> &[u8] {
        self.smaller.as_ref().map_or(&self.bytes, |smaller| &smaller.bytes)
    }

    /// Its format there.
    #[must_use]
    pub fn screen_format(&self) -> Format {
        self.smaller.as_ref().map_or(self.format, |smaller| smaller.format)
    }

    /// Its name there: the same stem, with the extension of that format.
    #[must_use]
    pub fn screen_name(&self) -> String {
        let stem = self.name.rsplit_once('.').map_or(self.name.as_str(), |(stem, _)| stem);
        format!("{stem}.{}", self.screen_format().extension())
    }

    /// Its size there.
    #[must_use]
    pub fn screen_size(&self) -> Option<(u32, u32)> {
        self.smaller.as_ref().map(|smaller| smaller.size).or(self.size)
    }
}

/// What the name of a photograph ends in where it is in a drawing; the engine tells by its bytes what it is.
const IN_A_DRAWING: &str = ".drawing";

impl Picture {
    /// The name under which pages know it.
    #[must_use]
    pub fn page_name(&self) -> String {
        match self.in_a_drawing() {
            Some(_) => format!("{}{IN_A_DRAWING}", self.name),
            None => self.name.clone(),
        }
    }

    /// The file's bytes for pages.
    #[must_use]
    pub fn page_bytes(&self) -> Cow<'_, [u8]> {
        let Some((width, height)) = self.in_a_drawing() else { return Cow::Borrowed(&self.bytes) };
        let mut drawing = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\
             <image width=\"{width}\" height=\"{height}\" preserveAspectRatio=\"none\" href=\"data:image/jpeg;base64,"
        );
        STANDARD.encode_string(&self.bytes, &mut drawing);
        drawing.push_str("\"/></svg>");
        Cow::Owned(drawing.into_bytes())
    }

    /// The size of a photograph that is put into a drawing. One that says which way up it is has to be turned by the engine.
    fn in_a_drawing(&self) -> Option<(u32, u32)> {
        let is_plain = self.format == Format::Jpeg && !has_exif(&self.bytes);
        self.size.filter(|(width, height)| is_plain && *width > 0 && *height > 0)
    }
}

/// Whether a JPEG has what cameras say of it, among it which way up it is. Source: ITU-T T.81, B.1.1.4 (marker segments); CIPA DC-008, 4.7.2 (APP1).
fn has_exif(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xff, marker, high, low]) = bytes.get(at..at + 4) {
        match marker {
            0xff => at += 1,
            // The picture itself begins.
            0xda => return false,
            0xe1 if bytes.get(at + 4..at + 8) == Some(b"Exif") => return true,
            _ => at += 2 + usize::from(u16::from_be_bytes([*high, *low])),
        }
    }
    false
}

/// The pictures of an article by the name that the master gives (`@xlink:href`). A name that is not in it was
/// missing or broken, and has been reported.
pub type Pictures = IndexMap<String, Picture>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photograph_is_shown_in_a_drawing_unless_it_has_to_be_turned() {
        let picture = |format, bytes: &[u8], size| Picture { name: "picture-1.jpg".to_owned(), format, bytes: bytes.to_vec(), size, smaller: None };
        let plain = picture(Format::Jpeg, b"\xff\xd8\xff\xe0\x00\x04JF\xff\xda\x00\x02", Some((4, 3)));
        assert_eq!(plain.page_name(), "picture-1.jpg.drawing");
        let drawing = String::from_utf8(plain.page_bytes().into_owned()).unwrap();
        assert!(drawing.contains("viewBox=\"0 0 4 3\"") && drawing.contains("href=\"data:image/jpeg;base64,/9j/4AAESkb/2gAC\""), "{drawing}");
        let turned = picture(Format::Jpeg, b"\xff\xd8\xff\xe1\x00\x08Exif\0\0\xff\xda\x00\x02", Some((4, 3)));
        for other in [turned, picture(Format::Png, b"\x89PNG\r\n\x1a\n", Some((4, 3))), picture(Format::Jpeg, b"\xff\xd8\xff", None)] {
            assert_eq!((other.page_name().as_str(), &*other.page_bytes()), ("picture-1.jpg", other.bytes.as_slice()));
        }
    }

    #[test]
    fn the_bytes_tell_the_format() {
        assert_eq!(Format::sniff(b"\x89PNG\r\n\x1a\n...."), Some(Format::Png));
        assert_eq!(Format::sniff(b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"), Some(Format::Svg));
        assert_eq!(Format::sniff(b"<html/>"), None);
        assert_eq!(Format::sniff(b"II*\0"), None);
    }
}
