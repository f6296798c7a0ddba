//! From a forme to finished pages.

use article::code::Code;
use article::diag::{Diagnostic, Log};
use article::picture::Pictures;
use typeset::Forme;
use typeset::map::SourceMap;
use typst::World;
use typst::diag::Warned;
use typst::layout::{Frame, FrameItem, Transform};
use typst::model::Numbering;
use typst_layout::PagedDocument;

use super::cover;
use super::diagnose::Diagnoser;
use super::engine::Engine;
use super::frames;
use super::layout::Layout;
use super::links;
use super::passes::{self, Memory};
use super::soften;
use super::world::{Loader, MAIN, Press, Standing};

/// Everything that makes the pages.
pub struct Setting<'a> {
    /// Fonts and library.
    pub engine: &'a Engine,
    /// The layout.
    pub layout: &'a Layout,
    /// The article as the layout's words.
    pub forme: &'a Forme,
    /// Its pictures.
    pub pictures: &'a Pictures,
    /// A file to be attached to the PDF: its name and bytes. It must be asked for before the pages are made, since it is part of the document.
    pub attach: Option<(&'a str, &'a [u8])>,
}

/// Finished pages.
pub struct Pages {
    pub(crate) document: PagedDocument,
    /// What the proof and a later complaint of the engine need to find their places.
    pub(crate) diagnoser: Diagnoser,
}

impl Pages {
    /// How many pages there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.document.pages().len()
    }

    /// A page that holds a formula alone, as a picture with few colours, and in points its height and how much of it is below the line: the first text on the page
    /// stands there.
    #[must_use]
    pub fn formula(&self, page: usize, pixels_per_point: f64) -> Option<(Vec<u8>, f64, f64)> {
        let page = self.document.pages().get(page)?;
        let height = page.frame.size().y.to_pt();
        let line = frames::first_line(&page.frame)?.to_pt();
        Some((cover::small(page, pixels_per_point)?, height, (height - line).max(0.0)))
    }

    /// The area of all pictures, in square centimetres.
    #[must_use]
    pub fn picture_area(&self) -> f64 {
        self.document.pages().iter().map(|page| picture_area(&page.frame, 1.0)).sum::<f64>() / SQUARE_CENTIMETRE
    }

    /// A page as an SVG that needs nothing but itself; `None` for a page that is not there.
    #[must_use]
    pub fn drawing(&self, page: usize) -> Option<String> {
        Some(typst_svg::svg(self.document.pages().get(page)?, &typst_svg::SvgOptions::default()))
    }

    /// The size of a page, in points.
    #[must_use]
    pub fn size(&self, page: usize) -> Option<(f64, f64)> {
        let size = self.document.pages().get(page)?.frame.size();
        Some((size.x.to_pt(), size.y.to_pt()))
    }

    /// The folio of a page as it is printed; its number where none is, nothing for a page that is not there.
    #[must_use]
    pub fn folio(&self, at: usize) -> String {
        let Some(page) = self.document.pages().get(at) else { return String::new() };
        match &page.numbering {
            Some(Numbering::Pattern(pattern)) => pattern.apply(None, &[page.number]).map_or_else(|_| page.number.to_string(), |folio| folio.to_string()),
            Some(Numbering::Func(_)) | None => page.number.to_string(),
        }
    }

    /// A page as a picture, at so many pixels a point; `None` for a page that is not there.
    #[must_use]
    pub fn picture(&self, page: usize, pixels_per_point: f64) -> Option<Vec<u8>> {
        let page = self.document.pages().get(page)?;
        let options = typst_render::RenderOptions { pixel_per_pt: pixels_per_point.into(), ..typst_render::RenderOptions::default() };
        typst_render::render(page, &options).encode_png().ok()
    }
}

/// The longest forme of which the engine keeps what it has made of each part, in bytes: that of some thousand pages.
const KEPT: usize = 16 << 20;

/// The same where an article is set alone, and in little memory: that of some hundred pages.
const KEPT_ALONE: usize = 1 << 19;

/// Square points of a square centimetre.
const SQUARE_CENTIMETRE: f64 = (72.0 / 2.54) * (72.0 / 2.54);

/// The area of the pictures of a frame that is drawn so many times larger than it is.
fn picture_area(frame: &Frame, grown: f64) -> f64 {
    let of = |item: &FrameItem| match item {
        FrameItem::Group(group) => {
            let Transform { sx, ky, kx, sy, .. } = group.transform;
            picture_area(&group.frame, grown * (sx.get() * sy.get() - kx.get() * ky.get()).abs())
        }
        FrameItem::Image(_, size, _) => size.x.to_pt() * size.y.to_pt() * grown,
        FrameItem::Text(_) | FrameItem::Link(..) | FrameItem::Shape(..) | FrameItem::Tag(_) => 0.0,
    };
    frame.items().map(|(_, item)| of(item)).sum()
}

/// Makes the pages. Every complaint of the engine is reported; `None` when there are no pages.
#[must_use]
pub fn set(log: &mut Log, setting: &Setting) -> Option<Pages> {
    set_keeping(log, setting, Keeping::Cache)
}

/// What is kept when pages are made.
pub enum Keeping<'a> {
    /// What the engine has kept meanwhile, for others who use it or for another round.
    Cache,
    /// The same, and what stands from the last run, so that what has not changed need not be made again.
    Standing(&'a mut Standing),
    /// Nothing: nobody else uses the engine, and the pages alone have room.
    Nothing,
}

/// The same, with what is to be kept.
#[must_use]
pub fn set_keeping(log: &mut Log, setting: &Setting, keeping: Keeping<'_>) -> Option<Pages> {
    let mut main = setting.forme.text.clone();
    if let Some((name, _)) = setting.attach {
        main.push_str(&attachment(name));
    }
    let loader = Loader { main, layout: setting.layout, pictures: setting.pictures, attached: setting.attach };
    let (document, diagnoser) = compiled(log, setting.engine, loader, setting.forme.map.clone(), keeping)?;
    let document = soften::settle(document, diagnoser.forme().root(), setting.forme);
    Some(Pages { document: links::settle(log, document, &setting.forme.page_label), diagnoser })
}

/// What the engine makes of a text. Every complaint of the engine is reported; `None` when there are no pages.
pub(super) fn compiled(log: &mut Log, engine: &Engine, loader: Loader<'_>, map: SourceMap, keeping: Keeping<'_>) -> Option<(PagedDocument, Diagnoser)> {
    let (standing, alone) = match keeping {
        Keeping::Cache => (None, false),
        Keeping::Standing(standing) => (Some(standing), false),
        Keeping::Nothing => (None, true),
    };
    let layout = loader.layout.clone();
    let memory = match (loader.main.len(), alone) {
        (KEPT.., _) | (KEPT_ALONE.., true) => Memory::Short,
        (_, true) => Memory::Alone,
        (_, false) => Memory::Ample,
    };
    let mut unused = Standing::default();
    let standing = standing.unwrap_or(&mut unused);
    let press = Press::new(engine, loader, std::mem::take(standing));
    let Warned { output, warnings } = passes::run(&press, memory);
    if alone {
        forget(0);
    }
    let source = press.source(*MAIN);
    *standing = press.standing();
    let Ok(source) = source else {
        log.push(Diagnostic::new(Code::EngineFault, "the forme is not a source of the engine"));
        return None;
    };
    let diagnoser = Diagnoser::new(layout, source, map);
    warnings.iter().for_each(|warning| diagnoser.report(log, warning));
    match output {
        Ok(document) => Some((document?, diagnoser)),
        Err(errors) => {
            errors.iter().for_each(|error| diagnoser.report(log, error));
            None
        }
    }
}

/// The code that attaches the master to the PDF (PDF/A-3, 6.8: an associated file with its relationship).
fn attachment(name: &str) -> String {
    format!("\n#pdf.attach(\"/attached/{name}\", mime-type: \"application/xml\", relationship: \"source\", description: \"The JATS master of this article\")\n")
}

/// Empties the engine's cache of what none of the last `articles` articles has used; 0 empties all of it. To be called after each article: the cache
/// keeps what every article needed, for ever (measured: 9.7 MB an article).
pub fn forget(articles: usize) {
    typst::comemo::evict(articles);
}
