//! Pictures as bytes, and how their kind is told.

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

/// The pictures of an article by the name that the master gives (`@xlink:href`). A name that is not in it was
/// missing or broken, and has been reported.
pub type Pictures = IndexMap<String, Picture>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_tell_the_format() {
        assert_eq!(Format::sniff(b"\x89PNG\r\n\x1a\n...."), Some(Format::Png));
        assert_eq!(Format::sniff(b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"), Some(Format::Svg));
        assert_eq!(Format::sniff(b"<html/>"), None);
        assert_eq!(Format::sniff(b"II*\0"), None);
    }
}
