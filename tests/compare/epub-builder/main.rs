//! Writes one small book by `epub-builder`: two authors, two languages, a formula, a chapter. `peer FILE`.

use std::fs::File;

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ReferenceType, Result, ZipLibrary};

const CHAPTER: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\" xml:lang=\"en\"><head><title>T</title></head>\
<body><h1>T</h1><p>A formula: <math xmlns=\"http://www.w3.org/1998/Math/MathML\" alttext=\"x\"><mi>x</mi></math>.</p></body></html>";

fn main() -> Result<()> {
    let path = std::env::args().nth(1).expect("usage: peer FILE");
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    builder.metadata("title", "A title")?;
    builder.add_author("Ada Author");
    builder.add_author("Boris Author");
    builder.metadata("lang", "en")?;
    builder.metadata("lang", "ru")?;
    builder.add_content(EpubContent::new("chapter.xhtml", CHAPTER.as_bytes()).title("T").reftype(ReferenceType::Text))?;
    builder.generate(&mut File::create(path)?)
}
