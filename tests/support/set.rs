//! The stages as a library, for tests that look inside.

use std::path::Path;
use std::sync::OnceLock;

use article::code::Severity;
use article::diag::{Diagnostic, Log};
use article::edition::Edition;
use article::model::Article;
use article::model::block::Block;
use article::model::inline::Inline;
use article::model::walk::{Visit, walk_block, walk_blocks, walk_inline};
use article::picture::{Format, Picture, Pictures};
use article::source::Source;
use diglot::pdf::layout::Layout;
use diglot::pdf::{self, Engine, Export, FontSources, Pages, Setting};

use super::{Failed, bytes, name};

/// A master as far as it could be understood.
pub struct Understood {
    /// What was said.
    pub log: Log,
    /// The text; absent when the bytes are none.
    pub source: Option<Source>,
    /// The article as the reader made it; absent when there is none.
    pub article: Option<Article>,
}

/// Reads a master.
pub fn understand(name: &str, bytes: &[u8]) -> Understood {
    let mut log = Log::default();
    let source = article::decode::decode(&mut log, name, bytes);
    let tree = source.as_ref().and_then(|source| article::xml::parse(&mut log, source));
    let article = tree.and_then(|tree| article::jats::read(&mut log, &tree));
    Understood { log, source, article }
}

/// Reads a master and resolves it; a master that is no article ends the test.
pub fn edition(name: &str, bytes: &[u8]) -> Result<(Log, Source, Edition), Failed> {
    let Understood { mut log, source, article } = understand(name, bytes);
    let (Some(source), Some(article)) = (source, article) else {
        return Err(format!("`{name}` is not an article: {}", said(&log, None)).into());
    };
    let edition = article::resolve::resolve(&mut log, article);
    Ok((log, source, edition))
}

/// The engine with the built-in fonts: one for all tests.
pub fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(&FontSources::default()))
}

/// A built-in layout.
pub fn layout(name: &str) -> Result<Layout, Failed> {
    Layout::built_in(name).ok_or_else(|| format!("there is no `{name}`").into())
}

/// The standards that the manifest of a built-in layout names.
pub fn standards(name: &str) -> Result<Vec<String>, Failed> {
    Ok(layout(name)?.manifest(&mut Log::default()).ok_or("no manifest")?.pdf_standard)
}

/// The pages of a master in a built-in layout, with its pictures from a folder; a master without pages ends the test.
pub fn pages(layout: &str, name: &str, bytes: &[u8], folder: &Path) -> Result<(Log, Source, Pages), Failed> {
    pages_by(&self::layout(layout)?, name, bytes, folder)
}

/// The same in any layout.
pub fn pages_by(layout: &Layout, name: &str, bytes: &[u8], folder: &Path) -> Result<(Log, Source, Pages), Failed> {
    let (mut log, source, edition) = edition(name, bytes)?;
    let pictures = pictures(&edition, folder);
    let forme = typeset::set(&edition, &pictures);
    let setting = Setting { engine: engine(), layout, forme: &forme, pictures: &pictures, attach: None };
    let pages = pdf::set(&mut log, &setting).ok_or_else(|| format!("{name}: no pages: {}", said(&log, Some(&source))))?;
    Ok((log, source, pages))
}

/// The same of a file, whose pictures lie beside it.
pub fn pages_of(layout: &str, master: &Path) -> Result<(Log, Source, Pages), Failed> {
    pages(layout, &name(master), &bytes(master)?, master.parent().unwrap_or(master))
}

/// The PDF of a file in a built-in layout, after these standards.
pub fn pdf_of(layout: &str, master: &Path, standards: &[String]) -> Result<Vec<u8>, Failed> {
    let (mut log, source, pages) = pages_of(layout, master)?;
    let export = Export { standards, identifier: "urn:uuid:0", created: Some(1_600_000_000) };
    pdf::export(&mut log, &pages, &export).ok_or_else(|| format!("{}: no pdf: {}", master.display(), said(&log, Some(&source))).into())
}

/// What was said, a line for each complaint, as the program's short form has it: written here anew, so that it judges that form too.
pub fn said(log: &Log, source: Option<&Source>) -> String {
    log.iter().map(|diagnostic| line(diagnostic, source.or(log.source()))).collect()
}

fn line(diagnostic: &Diagnostic, source: Option<&Source>) -> String {
    let severity = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let place = match (diagnostic.at, source) {
        (Some(span), Some(source)) => {
            let position = source.position(span.start);
            format!("{}:{}:{}: ", source.name(), position.line, position.column)
        }
        (_, Some(source)) => format!("{}: ", source.name()),
        (_, None) => String::new(),
    };
    format!("{place}{severity}[{}]: {}\n", diagnostic.code.name(), diagnostic.message)
}

/// The pictures of an edition that are there, with the names and sizes that the program gives them.
pub fn pictures(edition: &Edition, folder: &Path) -> Pictures {
    let mut found = Found(Vec::new());
    for (_, body, back) in edition.texts() {
        walk_blocks(&mut found, body);
        walk_blocks(&mut found, back);
    }
    let mut pictures = Pictures::new();
    for href in found.0 {
        let Ok(bytes) = std::fs::read(folder.join(&href)) else { continue };
        let Some(format) = Format::sniff(&bytes) else { continue };
        // The size of a PNG stands in its first chunk; the engine finds that of the others by itself.
        let number = |at: usize| bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_be_bytes);
        let size = if format == Format::Png { number(16).zip(number(20)) } else { None };
        if !pictures.contains_key(&href) {
            let name = format!("picture-{}.{}", pictures.len() + 1, format.extension());
            pictures.insert(href, Picture { name, format, bytes, size, smaller: None });
        }
    }
    pictures
}

/// The names of pictures in reading order.
struct Found(Vec<String>);

impl Visit for Found {
    fn inline(&mut self, inline: &Inline) {
        if let Inline::Image(graphic) = inline {
            self.0.push(graphic.href.clone());
        }
        walk_inline(self, inline);
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Figure(figure) => self.0.extend(figure.graphics.iter().map(|graphic| graphic.href.clone())),
            Block::Table(wrap) => self.0.extend(wrap.graphics.iter().map(|graphic| graphic.href.clone())),
            _ => {}
        }
        walk_block(self, block);
    }
}
