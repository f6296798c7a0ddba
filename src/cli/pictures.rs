//! An article's pictures, from the disk.
//!
//! 1. [`mentioned`] lists what the edition shows, in the order of the text.
//! 2. [`find`] looks for each below the master's folder: under its exact name and, where that has no extension of a picture, under that name with
//!    one. Nothing outside the folder is opened.
//! 3. [`sound`] reads it with a bound and decodes it, so that no output holds a picture that cannot be shown.

use std::fs;
use std::io::Cursor;
use std::path::{Component, Path, PathBuf};

use article::code::Code;
use article::diag::{Diagnostic, Log};
use article::edition::{AbstractPart, AffiliationLine, Author, CodeLine, Edition, FrontMatter, KeywordsPart};
use article::model::block::Block;
use article::model::front::Name;
use article::model::inline::{Graphic, Inline};
use article::model::math::FormulaPart;
use article::model::walk::{Visit, walk_block, walk_blocks, walk_inline};
use article::picture::{Format, Picture, Pictures};
use image::{ImageFormat, ImageReader, Limits};
use indexmap::IndexMap;

use super::disk::{self, Unread};
use super::svg;

/// The largest picture that is taken, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// The largest sum of an article's pictures, in bytes.
const MAX_SUM: u64 = 512 << 20;

/// The largest width and height, in pixels.
const MAX_SIDE: u32 = 32_768;

/// The most memory that decoding one may take, in bytes.
const MAX_DECODED: u64 = 512 << 20;

/// The extensions that are tried, in this order, where a name has none.
const EXTENSIONS: [&str; 5] = ["png", "jpg", "jpeg", "svg", "gif"];

/// Extensions of pictures that are not taken: a name with one of them has an extension.
const OTHER_EXTENSIONS: [&str; 7] = ["tif", "tiff", "eps", "pdf", "webp", "bmp", "wmf"];

/// Loads the pictures of an edition from below a folder. What is missing, lies outside or is broken is reported at its place, and so is a picture
/// without a description.
#[must_use]
pub(super) fn load(log: &mut Log, edition: &Edition, folder: &Path) -> Pictures {
    let mut pictures = Pictures::new();
    let mut sum = 0;
    for (href, graphics) in mentioned(edition) {
        for graphic in graphics.iter().filter(|graphic| graphic.alt.is_none()) {
            log.push(
                Diagnostic::new(Code::MissingAltText, format!("the picture `{href}` has no description"))
                    .at(graphic.span)
                    .hint("say in `alt-text` what is to be seen; an empty one marks a picture as decoration"),
            );
        }
        let Some(first) = graphics.first() else { continue };
        match find(folder, &href).and_then(|path| sound(&path, MAX_SUM - sum)) {
            Ok(mut picture) => {
                sum += picture.bytes.len() as u64;
                picture.name = format!("picture-{}.{}", pictures.len() + 1, picture.format.extension());
                pictures.insert(href, picture);
            }
            Err(refusal) => log.push(refusal.diagnostic(folder, &href).at(first.span)),
        }
    }
    pictures
}

/// Why a picture is not taken.
enum Refusal {
    Outside(&'static str),
    Missing,
    Broken(String),
}

impl Refusal {
    fn diagnostic(self, folder: &Path, href: &str) -> Diagnostic {
        match self {
            Self::Outside(how) => Diagnostic::new(Code::OutsidePicture, format!("the picture `{href}` {how}"))
                .hint("put the picture into the master's folder and name it by its path from there"),
            Self::Missing => {
                let diagnostic = Diagnostic::new(Code::MissingPicture, format!("there is no picture `{href}` beside the master"));
                match similar(folder, href) {
                    Some(name) => diagnostic.hint(format!("there is `{name}`")),
                    None => diagnostic.hint("put it below the master's folder, under that name"),
                }
            }
            Self::Broken(why) => {
                Diagnostic::new(Code::BrokenPicture, format!("the picture `{href}` {why}")).hint("open it in a picture editor and save it as PNG, JPEG or SVG")
            }
        }
    }
}

/// The pictures that an edition shows, by their names in the master, in the order of their first mention.
fn mentioned(edition: &Edition) -> IndexMap<String, Vec<Graphic>> {
    let mut gather = Gather::default();
    for CodeLine { body, .. } in &edition.codes {
        gather.inlines(body);
    }
    for front in &edition.fronts {
        gather.front(front);
    }
    walk_blocks(&mut gather, &edition.body);
    walk_blocks(&mut gather, &edition.back);
    gather.found
}

/// What [`mentioned`] has found. The visitor sees each picture for a moment only, hence the copies.
#[derive(Default)]
struct Gather {
    found: IndexMap<String, Vec<Graphic>>,
}

impl Gather {
    fn graphic(&mut self, graphic: &Graphic) {
        self.found.entry(graphic.href.clone()).or_default().push(graphic.clone());
    }

    fn front(&mut self, front: &FrontMatter) {
        let FrontMatter {
            lang: _,
            headings,
            title,
            subtitle,
            authors,
            affiliations,
            notes,
            abstracts,
            keywords,
            history: _,
            copyright,
            licences,
            funding,
            other,
        } = front;
        headings.iter().for_each(|heading| self.inlines(heading));
        self.inlines(title);
        self.inlines(subtitle);
        authors.iter().for_each(|author| self.author(author));
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
    fn block(&mut self, block: &Block) {
        match block {
            Block::Figure(figure) => figure.graphics.iter().for_each(|graphic| self.graphic(graphic)),
            Block::Table(table) => table.graphics.iter().for_each(|graphic| self.graphic(graphic)),
            Block::Formula(formula) => {
                for part in &formula.parts {
                    if let FormulaPart::Image(graphic) = part {
                        self.graphic(graphic);
                    }
                }
            }
            Block::Section(_)
            | Block::Paragraph(_)
            | Block::List(_)
            | Block::Definitions(_)
            | Block::Quote(_)
            | Block::Boxed(_)
            | Block::Lines(_)
            | Block::References(_)
            | Block::Notes(_)
            | Block::Foreign(..) => {}
        }
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        if let Inline::Image(graphic) = inline {
            self.graphic(graphic);
        }
        walk_inline(self, inline);
    }
}

/// The file that a name means. It lies below the folder, links followed, and is a plain file.
fn find(folder: &Path, href: &str) -> Result<PathBuf, Refusal> {
    if has_scheme(href) {
        return Err(Refusal::Outside("is named by an address, and nothing is fetched"));
    }
    for part in Path::new(href).components() {
        match part {
            Component::Normal(_) | Component::CurDir => {}
            Component::ParentDir => return Err(Refusal::Outside("is named by a way out of the master's folder, `..`")),
            Component::Prefix(_) | Component::RootDir => return Err(Refusal::Outside("is named by an absolute path")),
        }
    }
    let root = folder.canonicalize().map_err(|_| Refusal::Missing)?;
    let Some(path) = candidates(&root, href).into_iter().find_map(|path| path.canonicalize().ok()) else {
        return Err(Refusal::Missing);
    };
    if !path.starts_with(&root) {
        return Err(Refusal::Outside("is a link out of the master's folder"));
    }
    if path.is_file() { Ok(path) } else { Err(Refusal::Broken("is not a file".to_owned())) }
}

/// Whether a name is an address such as `https://…` or `file:…` (RFC 3986, 3.1). One letter before a colon is a drive.
fn has_scheme(href: &str) -> bool {
    href.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    })
}

/// The paths that a name can mean: itself, and with an extension where it has none of a picture.
fn candidates(root: &Path, href: &str) -> Vec<PathBuf> {
    let extension = Path::new(href).extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_ascii_lowercase();
    let mut paths = vec![root.join(href)];
    if !EXTENSIONS.iter().chain(&OTHER_EXTENSIONS).any(|known| *known == extension) {
        paths.extend(EXTENSIONS.iter().map(|extension| root.join(format!("{href}.{extension}"))));
    }
    paths
}

/// A file beside a missing one whose name differs in case, or in its extension. The first by name.
fn similar(folder: &Path, href: &str) -> Option<String> {
    let wanted = Path::new(href);
    let stem = wanted.file_stem()?.to_str()?.to_lowercase();
    let inner = wanted.parent().unwrap_or(Path::new(""));
    let mut names: Vec<String> = fs::read_dir(folder.join(inner))
        .ok()?
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| Path::new(name).file_stem().and_then(|stem| stem.to_str()).is_some_and(|found| found.to_lowercase() == stem))
        .filter(|name| Path::new(name).extension().is_none_or(|extension| extension != "xml"))
        .collect();
    names.sort();
    names.into_iter().next().map(|name| inner.join(name).display().to_string())
}

/// A picture, still without its name, when all of it can be read.
fn sound(path: &Path, left: u64) -> Result<Picture, Refusal> {
    let bytes = disk::read(path, MAX_BYTES.min(left)).map_err(|unread| match unread {
        Unread::TooLarge => Refusal::Broken(format!("is larger than {} MiB, or all pictures together than {} MiB", MAX_BYTES >> 20, MAX_SUM >> 20)),
        Unread::Refused(error) => Refusal::Broken(format!("cannot be read: {}", disk::reason(&error))),
    })?;
    let Some(format) = Format::sniff(&bytes) else {
        return Err(Refusal::Broken("is not a PNG, JPEG, GIF or SVG".to_owned()));
    };
    let size = match format {
        Format::Svg => svg::look(&bytes).map_err(Refusal::Broken)?,
        Format::Png => Some(decode(&bytes, ImageFormat::Png)?),
        Format::Jpeg => Some(decode(&bytes, ImageFormat::Jpeg)?),
        Format::Gif => Some(decode(&bytes, ImageFormat::Gif)?),
    };
    Ok(Picture { name: String::new(), format, bytes, size })
}

/// Decodes a picture, and throws the pixels away: its width and height.
fn decode(bytes: &[u8], format: ImageFormat) -> Result<(u32, u32), Refusal> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_DECODED);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    match reader.decode() {
        Ok(pixels) => Ok((pixels.width(), pixels.height())),
        Err(image::ImageError::Limits(_)) => {
            Err(Refusal::Broken(format!("is larger than {MAX_SIDE} pixels a side, or than {} MiB decoded", MAX_DECODED >> 20)))
        }
        Err(_) => Err(Refusal::Broken("is damaged or cut off".to_owned())),
    }
}
