//! The engine's library and fonts: made once, shared by every article of a run.

use std::collections::BTreeSet;
use std::path::PathBuf;

use typst::foundations::{Array, Bytes, Dict, IntoValue, Str};
use typst::text::{Font, FontStretch, FontStyle, FontVariant, FontWeight};
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
    pub(super) library: LazyHash<Library>,
    pub(super) fonts: FontStore,
    built_in: usize,
}

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
        let mut brought = Vec::new();
        for folder in &sources.folders {
            // A folder is searched in the order of its file names, whatever order the file system gives.
            let mut found: Vec<_> = typst_kit::fonts::scan(folder).collect();
            found.sort_by(|(one, _), (other, _)| (&one.path, one.index).cmp(&(&other.path, other.index)));
            for info in found.iter().map(|(_, info)| info) {
                if !brought.contains(&info.family) {
                    brought.push(info.family.clone());
                }
            }
            fonts.extend(found);
        }
        if sources.system {
            fonts.extend(typst_kit::fonts::system());
        }
        // What was brought is for the end of the layout's own chain, in the order in which it was loaded.
        let brought: Array = brought.into_iter().map(IntoValue::into_value).collect();
        let inputs: Dict = [(Str::from("fonts"), brought.into_value())].into_iter().collect();
        Self { library: LazyHash::new(Library::builder().with_inputs(inputs).build()), fonts, built_in }
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
        let font = self.fonts.font(at)?;
        // A file of several fonts is none that a reader takes.
        (font.index() == 0).then(|| font.data().to_vec())
    }

    /// Whether a family of this name is loaded; names are compared without regard to case, as the engine does.
    #[must_use]
    pub fn has_family(&self, name: &str) -> bool {
        self.fonts.book().contains_family(&name.to_lowercase())
    }
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
