//! From bytes to an edition, to the code for the pages and to the book's files: a panic is a finding.

use std::collections::BTreeMap;

use article::code::Code;
use article::diag::Log;
use article::edition::Edition;
use article::leaf::{LeafNo, is_visible};
use article::letters;
use article::picture::Pictures;
use epub::{Book, Skin, Stamp};
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;

/// Reads a master and writes it both ways.
///
/// # Panics
///
/// When a stage panics, when the reader loses text, when a leaf is not written, and when a file of the book is not well-formed.
pub fn master(bytes: &[u8]) {
    let mut log = Log::default();
    let Some(source) = article::decode::decode(&mut log, "article.xml", bytes) else { return };
    let Some(tree) = article::xml::parse(&mut log, &source) else { return };
    let Some(article) = article::jats::read(&mut log, &tree) else { return };
    let edition = article::resolve::resolve(&mut log, article);
    if let Some(lost) = log.iter().find(|diagnostic| diagnostic.code == Code::LostText) {
        panic!("lost: {}", lost.message);
    }
    let pictures = Pictures::new();
    let forme = typeset::set(&edition, &pictures);
    let mut set: Vec<u32> = forme.leaves.iter().flatten().map(|piece| piece.leaf.0).collect();
    set.sort_unstable();
    let stamp = Stamp { identifier: "urn:uuid:3e8d7e0c-5d3b-8f0a-9d1e-000000000000".to_owned(), modified: "2000-01-01T00:00:00Z".to_owned() };
    let book = epub::bind(&edition, &pictures, &Skin { css: "" }, &stamp);
    for file in book.files.iter().filter(|file| file.media_type.ends_with("xml")) {
        well_formed(&file.path, &file.bytes);
    }
    let written = written(&book, &edition);
    for (no, leaf) in edition.leaves.iter().filter(|(_, leaf)| leaf.is_visible()) {
        assert!(set.binary_search(&no.0).is_ok(), "`{}` of `{}` is not set", leaf.text, leaf.element);
        assert!(written.binary_search(&no.0).is_ok(), "`{}` of `{}` is not bound", leaf.text, leaf.element);
    }
}

/// The leaves that stand whole in the book's files, be it in the pieces that ties and marks of pages make of them.
fn written(book: &Book, edition: &Edition) -> Vec<u32> {
    let mut texts: BTreeMap<u32, String> = BTreeMap::new();
    for placed in &book.placed {
        let bytes = book.files.get(placed.file).and_then(|file| file.bytes.get(placed.start..placed.end)).unwrap_or_default();
        texts.entry(placed.leaf.0).or_default().extend(seen(&without_tags(&String::from_utf8_lossy(bytes))));
    }
    let is_whole = |(no, text): (&u32, &String)| text.contains(&seen(edition.leaves.text(LeafNo(*no))).collect::<String>());
    texts.iter().filter(|leaf| is_whole(*leaf)).map(|(no, _)| *no).collect()
}

/// What an eye sees of a text; letters of formulas as the letters that they stand for.
fn seen(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| is_visible(*c)).map(|c| letters::plain(c).unwrap_or(c))
}

fn without_tags(bytes: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in bytes.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    unescape(&text).map(|text| text.into_owned()).unwrap_or(text)
}

fn well_formed(path: &str, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut reader = Reader::from_str(text);
    let mut ids = std::collections::BTreeSet::new();
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return,
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                for attribute in tag.attributes() {
                    let attribute = attribute.unwrap_or_else(|error| panic!("{path}: {error}"));
                    assert!(attribute.key.as_ref() != b"id" || ids.insert(attribute.value.to_vec()), "{path}: an id stands twice");
                }
            }
            Ok(Event::Text(text)) => {
                let text = text.decode().unwrap_or_else(|error| panic!("{path}: {error}"));
                assert!(unescape(&text).is_ok(), "{path}: `{text}`");
            }
            Ok(_) => {}
            Err(error) => panic!("{path}: {error}"),
        }
    }
}
