//! The engine's library and fonts: made once, shared by every article of a run.
//!
//! 1. [`Engine::new`] has the fonts that are built in, then those of folders, then those of the system; nothing of the latter is loaded before it is used.
//! 2. [`Engine::for_one`] is the same engine for one article. It notes which of the fonts of folders it was asked for: the outputs hang on them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;
use typst::foundations::{Array, Bytes, Dict, IntoValue, Str};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook, FontStretch, FontStyle, FontVariant, FontWeight};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use typst_kit::fonts::FontStore;

use super::fonts::BUILT_IN;

/// Where fonts come from, besides those built in.
#[derive(Clone, Debug, Default)]
pub struct FontSources {
    /// Folders that are searched with everything below them.
    pub folders: Vec<PathBuf>,
    /// Whether the fonts of the system are used.
    pub system: bool,
    /// Whether the built-in fonts are left out: for tests that take a glyph away.
    pub without_built_in: bool,
}

/// The engine's library and fonts.
pub struct Engine {
    pub(super) library: Arc<LazyHash<Library>>,
    fonts: Arc<FontStore>,
    built_in: usize,
    /// The fonts of folders; they stand behind those that are built in.
    brought: Arc<Vec<Brought>>,
    /// Which of them it was asked for.
    asked: Vec<AtomicBool>,
    /// The files of layouts as they were read last, once for all articles.
    read: Arc<Mutex<FxHashMap<FileId, Source>>>,
}

/// A font of a folder.
struct Brought {
    path: PathBuf,
    /// The sum of the bytes that were loaded.
    sum: OnceLock<String>,
}

/// Fonts of folders that were asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked(Vec<usize>);

/// A font family that is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// The family's name, as layouts name it.
    pub name: String,
    /// Its faces, such as `bold italic`, in order.
    pub faces: Vec<String>,
    /// Whether the program brings it.
    pub built_in: bool,
}

/// The files of the system's fonts, sorted.
#[must_use]
pub fn system_fonts() -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = typst_kit::fonts::system().map(|(font, _)| font.path).collect();
    paths.sort();
    paths.dedup();
    paths
}

impl Engine {
    /// An engine with these fonts. Folders that do not exist hold no fonts.
    #[must_use]
    pub fn new(sources: &FontSources) -> Self {
        let mut fonts = FontStore::new();
        let mut built_in = 0;
        if !sources.without_built_in {
            for (_, bytes) in BUILT_IN {
                for font in Font::iter(Bytes::new(*bytes)) {
                    let info = font.info().clone();
                    fonts.push((font, info));
                    built_in += 1;
                }
            }
        }
        let (mut families, mut brought) = (Vec::new(), Vec::new());
        for folder in &sources.folders {
            // A folder is searched in the order of its file names, whatever order the file system gives.
            let mut found: Vec<_> = typst_kit::fonts::scan(folder).collect();
            found.sort_by(|(one, _), (other, _)| (&one.path, one.index).cmp(&(&other.path, other.index)));
            for info in found.iter().map(|(_, info)| info) {
                if !families.contains(&info.family) {
                    families.push(info.family.clone());
                }
            }
            brought.extend(found.iter().map(|(font, _)| Brought { path: font.path.clone(), sum: OnceLock::new() }));
            fonts.extend(found);
        }
        if sources.system {
            fonts.extend(typst_kit::fonts::system());
        }
        // What was brought is for the end of the layout's own chain, in the order in which it was loaded.
        let families: Array = families.into_iter().map(IntoValue::into_value).collect();
        let inputs: Dict = [(Str::from("fonts"), families.into_value())].into_iter().collect();
        let library = Arc::new(LazyHash::new(Library::builder().with_inputs(inputs).build()));
        let asked = unasked(brought.len());
        Self { library, fonts: Arc::new(fonts), built_in, brought: Arc::new(brought), asked, read: Arc::default() }
    }

    /// A file of a layout with this text as a source.
    pub(super) fn read(&self, id: FileId, text: &str) -> Source {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        match read.get(&id) {
            Some(source) if source.text() == text => source.clone(),
            Some(_) | None => {
                let source = Source::new(id, text.to_owned());
                read.insert(id, source.clone());
                source
            }
        }
    }

    /// The same engine for one article, which notes for itself what it is asked for.
    #[must_use]
    pub fn for_one(&self) -> Self {
        let Self { library, fonts, built_in, brought, asked, read } = self;
        Self {
            library: Arc::clone(library),
            fonts: Arc::clone(fonts),
            built_in: *built_in,
            brought: Arc::clone(brought),
            asked: unasked(asked.len()),
            read: Arc::clone(read),
        }
    }

    /// The fonts of folders that it was asked for.
    #[must_use]
    pub fn asked(&self) -> Asked {
        Asked(self.asked.iter().enumerate().filter(|(_, asked)| asked.load(Ordering::Relaxed)).map(|(at, _)| at).collect())
    }

    /// Notes that what is used again was made with these fonts.
    pub fn ask(&self, Asked(before): &Asked) {
        before.iter().filter_map(|at| self.asked.get(*at)).for_each(|asked| asked.store(true, Ordering::Relaxed));
    }

    /// The files of the fonts of folders that it was asked for, each with the sum of its bytes as they were loaded; an empty one where they could not be. The sum
    /// of a font is made once for all articles.
    #[must_use]
    pub fn used_files(&self, sum: fn(&[u8]) -> String) -> Vec<(&Path, &str)> {
        let file = |at: usize| {
            let brought = self.brought.get(at)?;
            let of_font = || self.fonts.font(self.built_in + at).map(|font| sum(font.data())).unwrap_or_default();
            Some((brought.path.as_path(), brought.sum.get_or_init(of_font).as_str()))
        };
        self.asked().0.into_iter().filter_map(file).collect()
    }

    /// What is known of all fonts, by which the engine chooses.
    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    /// A font by its place in the book.
    pub(super) fn font(&self, at: usize) -> Option<Font> {
        if let Some(asked) = at.checked_sub(self.built_in).and_then(|at| self.asked.get(at)) {
            asked.store(true, Ordering::Relaxed);
        }
        self.fonts.font(at)
    }

    /// The families that are loaded, sorted by name.
    #[must_use]
    pub fn families(&self) -> Vec<Family> {
        let book = self.fonts.book();
        let mut families: Vec<Family> = Vec::new();
        for (name, infos) in book.families() {
            let mut faces: Vec<String> = infos.filter_map(|at| book.info(at)).map(|info| face(info.variant)).collect();
            faces.sort();
            faces.dedup();
            let built_in = (0..self.built_in).any(|at| book.info(at).is_some_and(|info| info.family == name));
            families.push(Family { name: name.to_owned(), faces, built_in });
        }
        families.sort_by(|one, other| one.name.cmp(&other.name));
        families
    }

    /// Those of the characters that no loaded font has.
    #[must_use]
    pub fn lacking(&self, characters: &BTreeSet<char>) -> BTreeSet<char> {
        let book = self.fonts.book();
        let has = |c: char| (0..).map_while(|at| book.info(at)).any(|info| info.coverage.contains(u32::from(c)));
        characters.iter().copied().filter(|c| !has(*c)).collect()
    }

    /// The file of one face of a family, of these very properties.
    #[must_use]
    pub fn face(&self, family: &str, bold: bool, italic: bool) -> Option<Vec<u8>> {
        let book = self.fonts.book();
        let weight = if bold { FontWeight::BOLD } else { FontWeight::REGULAR };
        let style = if italic { FontStyle::Italic } else { FontStyle::Normal };
        let variant = FontVariant::new(style, weight, FontStretch::NORMAL);
        let at = book.select(&family.to_lowercase(), variant).filter(|at| book.info(*at).is_some_and(|info| info.variant == variant))?;
        let font = self.font(at)?;
        // A file of several fonts is none that a reader takes.
        (font.index() == 0).then(|| font.data().to_vec())
    }

    /// Whether a family of this name is loaded; names are compared without regard to case, as the engine does.
    #[must_use]
    pub fn has_family(&self, name: &str) -> bool {
        self.fonts.book().contains_family(&name.to_lowercase())
    }
}

fn unasked(count: usize) -> Vec<AtomicBool> {
    std::iter::repeat_with(AtomicBool::default).take(count).collect()
}

/// A face in words, such as `bold italic`.
fn face(variant: FontVariant) -> String {
    let weight = match variant.weight.to_number() {
        ..350 => "light",
        350..=450 => "regular",
        451..=650 => "semibold",
        _ => "bold",
    };
    match variant.style {
        FontStyle::Normal => weight.to_owned(),
        FontStyle::Italic | FontStyle::Oblique => format!("{weight} italic"),
    }
}
