//! An article's pictures, from the disk.
//!
//! 1. [`mentioned`] lists what the edition shows, in the order of the text.
//! 2. `places` looks for each. Nothing outside the master's folder and those that were named is opened.
//! 3. [`sound`] reads it with a bound and decodes it, so that no output holds a picture that cannot be shown; `raster` makes what outputs do not
//!    take into what they do.

use std::path::Path;

use article::code::Code;
use article::diag::{Diagnostic, Log};
use article::edition::{AbstractPart, AffiliationLine, Author, CodeLine, Edition, FrontMatter, KeywordsPart};
use article::model::front::Name;
use article::model::inline::Graphic;
use article::model::walk::{Visit, walk_blocks};
use article::picture::{Format, Picture, Pictures};
use image::ImageFormat;
use indexmap::IndexMap;

use super::disk::{self, Unread};
pub(super) use super::places::Places;
use super::places::{Found, Search, Unfound};
use super::raster::Screen;
use super::state::seen::Seen;
use super::{ghostscript, raster, svg};

/// The largest picture that is taken, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// The largest sum of an article's pictures, in bytes.
const MAX_SUM: u64 = 512 << 20;

/// Loads the pictures of an edition from where they are looked for. What is missing, lies outside or is broken is reported at its place, and so is a picture
/// without a description.
#[must_use]
pub(super) fn load(log: &mut Log, edition: &Edition, master: &Path, places: &Places, seen: &mut Seen) -> Pictures {
    let mut search = places.search(master);
    let mut pictures = Pictures::new();
    let mut sum = 0;
    let mentioned = mentioned(edition);
    let screen = places.screen.among(mentioned.len());
    for (href, graphics) in mentioned {
        for graphic in graphics.iter().filter(|graphic| graphic.alt.is_none()) {
            log.push(
                Diagnostic::new(Code::MissingAltText, format!("the picture `{href}` has no description"))
                    .at(graphic.span)
                    .hint("say in `alt-text` what is to be seen; an empty one marks a picture as decoration"),
            );
        }
        let Some(first) = graphics.first() else { continue };
        let found = search.find(&href).map_err(Refusal::from);
        let mut cleaned = None;
        match found.and_then(|paths| sound(&paths, (MAX_SUM - sum, screen), &mut cleaned, seen)) {
            Ok(mut picture) => {
                if let Some(why) = cleaned {
                    log.push(
                        Diagnostic::new(Code::CleanedPicture, format!("the picture `{href}` {why}, which is left out"))
                            .at(first.span)
                            .hint("save it without; look at the page, for what is drawn may differ"),
                    );
                }
                sum += picture.bytes.len() as u64;
                picture.name = format!("picture-{}.{}", pictures.len() + 1, picture.format.extension());
                pictures.insert(href, picture);
            }
            Err(refusal) => {
                let mut diagnostic = refusal.diagnostic(&mut search, &href).at(first.span);
                diagnostic.severity = places.severity;
                log.push(diagnostic);
            }
        }
    }
    search.note(seen);
    pictures
}

/// Why a picture is not taken.
enum Refusal {
    Outside(&'static str),
    Missing,
    Broken(String),
    /// Sound, perhaps, but of a kind that cannot be shown.
    Unshown(String),
}

impl From<Unfound> for Refusal {
    fn from(unfound: Unfound) -> Self {
        match unfound {
            Unfound::Outside(how) => Self::Outside(how),
            Unfound::Missing => Self::Missing,
        }
    }
}

impl Refusal {
    fn diagnostic(self, search: &mut Search, href: &str) -> Diagnostic {
        match self {
            Self::Outside(how) => Diagnostic::new(Code::OutsidePicture, format!("the picture `{href}` {how}"))
                .hint("put the picture into the master's folder and name it by its path from there"),
            Self::Missing => {
                let diagnostic = Diagnostic::new(Code::MissingPicture, format!("there is no picture `{href}` beside the master"));
                match search.similar(href) {
                    Some(name) => diagnostic.hint(format!("there is `{name}`")),
                    None => diagnostic.hint("put it below the master's folder, under that name"),
                }
            }
            Self::Broken(why) | Self::Unshown(why) => {
                Diagnostic::new(Code::BrokenPicture, format!("the picture `{href}` {why}")).hint("open it in a picture editor and save it as PNG, JPEG or SVG")
            }
        }
    }
}

/// The pictures that an edition shows, by their names in the master, in the order of their first mention.
fn mentioned(edition: &Edition) -> IndexMap<String, Vec<Graphic>> {
    let mut gather = Gather::default();
    for CodeLine { body, .. } in edition.codes.iter().chain(edition.all_parts().into_iter().flat_map(|part| &part.codes)) {
        gather.inlines(body);
    }
    for (fronts, body, back) in edition.texts() {
        for front in fronts {
            gather.front(front);
        }
        walk_blocks(&mut gather, body);
        walk_blocks(&mut gather, back);
    }
    gather.found
}

/// What [`mentioned`] has found. The visitor sees each picture for a moment only, hence the copies.
#[derive(Default)]
struct Gather {
    found: IndexMap<String, Vec<Graphic>>,
}

impl Gather {
    fn front(&mut self, front: &FrontMatter) {
        let FrontMatter {
            lang: _,
            headings,
            title,
            subtitle,
            notices,
            authors,
            groups,
            contributions,
            affiliations,
            notes,
            abstracts,
            keywords,
            history: _,
            copyright,
            licences,
            funding,
            citation: _,
            other,
        } = front;
        headings.iter().for_each(|heading| self.inlines(heading));
        self.inlines(title);
        self.inlines(subtitle);
        notices.iter().for_each(|notice| self.inlines(&notice.body));
        authors.iter().chain(groups.iter().flat_map(|group| &group.people)).for_each(|author| self.author(author));
        for (_, credits) in contributions.iter().flat_map(|contributions| &contributions.lines) {
            credits.iter().for_each(|credit| self.inlines(credit));
        }
        for AffiliationLine { id: _, label, body } in affiliations {
            self.inlines(label);
            self.inlines(body);
        }
        notes.iter().for_each(|note| self.note(note));
        for AbstractPart { id: _, kind: _, label: _, title, blocks, span: _ } in abstracts {
            self.inlines(title);
            walk_blocks(self, blocks);
        }
        for KeywordsPart { label: _, title, items } in keywords {
            self.inlines(title);
            items.iter().for_each(|item| self.inlines(item));
        }
        copyright.iter().for_each(|statement| self.inlines(statement));
        licences.iter().for_each(|licence| walk_blocks(self, licence));
        funding.iter().for_each(|(_, statement)| self.inlines(statement));
        walk_blocks(self, other);
    }

    fn author(&mut self, author: &Author) {
        for Name { prefix, given, surname, suffix, whole, .. } in std::iter::once(&author.name).chain(&author.also) {
            [prefix, given, surname, suffix, whole].into_iter().for_each(|part| self.inlines(part));
        }
        author.marks.iter().for_each(|mark| self.inlines(&mark.body));
        author.degrees.iter().chain(&author.roles).for_each(|line| self.inlines(line));
        author.emails.iter().for_each(|email| self.inlines(&email.body));
        walk_blocks(self, &author.about);
    }
}

impl Visit for Gather {
    fn graphic(&mut self, graphic: &Graphic) {
        self.found.entry(graphic.href.clone()).or_default().push(graphic.clone());
    }
}

/// The first of some files that can be read as a picture, still without its name. One of a kind that cannot be shown gives way to another file of
/// the same stem; one that is damaged does not.
fn sound(paths: &[Found], bounds: (u64, Screen), cleaned: &mut Option<String>, seen: &mut Seen) -> Result<Picture, Refusal> {
    let mut refusal = None;
    for found in paths {
        match read(found, bounds, cleaned, seen) {
            Ok(picture) => return Ok(picture),
            Err(Refusal::Unshown(why)) => {
                refusal.get_or_insert(Refusal::Unshown(why));
            }
            Err(Refusal::Broken(why)) => return Err(refusal.unwrap_or(Refusal::Broken(why))),
            Err(other @ (Refusal::Outside(_) | Refusal::Missing)) => return Err(other),
        }
    }
    Err(refusal.unwrap_or(Refusal::Missing))
}

/// A picture, when all of it can be read. Its name's extension is never believed. The bounds: how many bytes are left to all pictures, and how
/// many pixels a side has in an e-book.
fn read(found: &Found, (left, screen): (u64, Screen), cleaned: &mut Option<String>, seen: &mut Seen) -> Result<Picture, Refusal> {
    if !found.path.is_file() {
        return Err(Refusal::Broken("is not a file".to_owned()));
    }
    let bytes = seen.read(&found.by, MAX_BYTES.min(left)).map_err(|unread| match unread {
        Unread::TooLarge => Refusal::Broken(format!("is larger than {} MiB, or all pictures together than {} MiB", MAX_BYTES >> 20, MAX_SUM >> 20)),
        Unread::Refused(error) => Refusal::Broken(format!("cannot be read: {}", disk::reason(&error))),
    })?;
    let raster = match Format::sniff(&bytes) {
        Some(Format::Svg) => return vector(bytes, cleaned),
        Some(Format::Png) => ImageFormat::Png,
        Some(Format::Jpeg) => ImageFormat::Jpeg,
        Some(Format::Gif) => ImageFormat::Gif,
        None => match Other::sniff(&bytes) {
            Some(Other::Raster(format)) => format,
            Some(Other::Eps) => {
                seen.tool(ghostscript::PROGRAM);
                return drawn(postscript(bytes), "an EPS", screen);
            }
            // An archival PDF may not hold another (ISO 19005-2), and an e-book cannot show one.
            Some(Other::Pdf) => {
                seen.tool(ghostscript::PROGRAM);
                return drawn(bytes, "a PDF", screen);
            }
            None => return Err(Refusal::Broken("is not a PNG, JPEG, GIF, SVG, TIFF, WebP, BMP, EPS or PDF".to_owned())),
        },
    };
    raster::read(bytes, raster, screen).map_err(Refusal::Broken)
}

/// A picture that Ghostscript draws.
fn drawn(bytes: Vec<u8>, kind: &str, screen: Screen) -> Result<Picture, Refusal> {
    let png = ghostscript::png(bytes, kind).map_err(Refusal::Unshown)?;
    let mut picture = raster::read(png, ImageFormat::Png, screen).map_err(Refusal::Broken)?;
    // A page takes a picture at 150 dots to the inch; this one has 300, and is to be as large as the file says.
    picture.size = picture.size.map(|(width, height)| (width.div_ceil(2), height.div_ceil(2)));
    Ok(picture)
}

/// An SVG; what acts in it or asks for other files is cut out, and `cleaned` says what that was.
fn vector(bytes: Vec<u8>, cleaned: &mut Option<String>) -> Result<Picture, Refusal> {
    let picture = |bytes, size| Picture { name: String::new(), format: Format::Svg, bytes, size, smaller: None };
    let why = match svg::look(&bytes) {
        Ok(size) => return Ok(picture(bytes, size)),
        Err(why) => why,
    };
    match svg::clean(&bytes).and_then(|bytes| Some((svg::look(&bytes).ok()?, bytes))) {
        Some((size, bytes)) => {
            *cleaned = Some(why);
            Ok(picture(bytes, size))
        }
        None => Err(Refusal::Broken(why)),
    }
}

/// What is taken, but not as it is.
enum Other {
    Raster(ImageFormat),
    Eps,
    Pdf,
}

impl Other {
    fn sniff(bytes: &[u8]) -> Option<Self> {
        let starts = |start: &[u8]| bytes.starts_with(start);
        if starts(b"II*\0") || starts(b"MM\0*") {
            Some(Self::Raster(ImageFormat::Tiff))
        } else if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Self::Raster(ImageFormat::WebP))
        } else if starts(b"BM") && bytes.len() > 26 {
            Some(Self::Raster(ImageFormat::Bmp))
        } else if starts(b"%!PS") || starts(DOS_EPS) {
            Some(Self::Eps)
        } else if starts(b"%PDF-") {
            Some(Self::Pdf)
        } else {
            None
        }
    }
}

/// The first bytes of an EPS with a preview. Source: Adobe Technical Note 5002, 5.2.
const DOS_EPS: &[u8] = b"\xc5\xd0\xd3\xc6";

/// The PostScript of an EPS, without its preview: its place and its length stand behind the first bytes.
fn postscript(bytes: Vec<u8>) -> Vec<u8> {
    if !bytes.starts_with(DOS_EPS) {
        return bytes;
    }
    let number = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, |four| u32::from_le_bytes(four) as usize);
    let (start, length) = (number(4), number(8));
    bytes.get(start..start.saturating_add(length)).map(<[u8]>::to_vec).unwrap_or_default()
}
