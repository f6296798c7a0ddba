//! No output names an author who is not to be known.
//!
//! 1. What must not be seen is known from the transform (`article::resolve::anonymous`), and so is what the text itself still says.
//! 2. [`of_pdf`], [`of_book`] and [`of_page`] gather all that a finished file says: its pages, and everything that no page shows.
//! 3. [`judge`] looks for each secret. What the text says of an author has been reported, and may stand in pages, never in what catalogues are told.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use article::code::Code;
use article::diag::{Diagnostic, Log};
use article::edition::{Edition, Metadata};
use article::resolve::anonymous::{Hidden, Secret};
use quick_xml::escape::unescape;
use zip::ZipArchive;

use super::Output;

/// Something that a finished file says.
#[derive(Clone, Debug)]
pub struct Passage {
    /// Where, in words.
    pub place: String,
    /// The text.
    pub text: String,
    /// Whether it tells catalogues about the article.
    pub catalogued: bool,
}

/// What a PDF says: `pages` are the words of its pages, each stretch with the number of its page.
///
/// # Errors
///
/// In words, when the file cannot be read: then nothing is proved.
pub fn of_pdf(bytes: &[u8], pages: &[(usize, String)]) -> Result<Vec<Passage>, String> {
    let mut passages: Vec<Passage> = press::strings::said(bytes)
        .map_err(|fault| fault.to_string())?
        .into_iter()
        .map(|said| Passage { place: said.place.to_owned(), text: said.text, catalogued: said.catalogued })
        .collect();
    passages.extend(pages.iter().map(|(page, said)| Passage { place: format!("page {page}"), text: said.clone(), catalogued: false }));
    Ok(passages)
}

/// What a packed book says: the text and the source of each file.
///
/// # Errors
///
/// In words, when the container cannot be read: then nothing is proved.
pub fn of_book(packed: &[u8]) -> Result<Vec<Passage>, String> {
    let mut archive = ZipArchive::new(Cursor::new(packed)).map_err(|error| format!("the container cannot be opened: {error}"))?;
    let mut passages = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).map_err(|error| error.to_string())?;
        let name = file.name().map_err(|error| error.to_string())?.into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| format!("`{name}` cannot be read: {error}"))?;
        let source = String::from_utf8_lossy(&bytes).into_owned();
        let catalogued = name.ends_with(".opf");
        if name.ends_with("html") || catalogued {
            passages.push(Passage { place: format!("`{name}`"), text: bare(&source), catalogued });
        }
        passages.push(Passage { place: format!("`{name}`"), text: source, catalogued });
    }
    Ok(passages)
}

/// What a page of HTML says: its text, and its source, of which the head is for catalogues.
///
/// # Errors
///
/// In words, when the page is no text: then nothing is proved.
pub fn of_page(page: &[u8]) -> Result<Vec<Passage>, String> {
    let source = std::str::from_utf8(page).map_err(|error| error.to_string())?;
    let (head, body) = source.split_once("<body").ok_or("the page has no body")?;
    let passage = |place: &str, text: String, catalogued| Passage { place: place.to_owned(), text, catalogued };
    Ok(vec![
        passage("the head of the page", bare(head), true),
        passage("the head of the page", unescape(head).map_or_else(|_| head.to_owned(), std::borrow::Cow::into_owned), true),
        passage("the page", bare(body), false),
        passage("the page", body.to_owned(), false),
    ])
}

/// The text of a marked-up file: tags are gone, so that a name with one inside is whole.
fn bare(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut inside = false;
    for c in source.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    unescape(&text).map_or_else(|_| text.clone(), std::borrow::Cow::into_owned)
}

/// Reports each secret that an output gives away, and says how many there are. `known` are those that the text itself says and that have been reported.
pub fn judge(log: &mut Log, edition: &Edition, hidden: &Hidden, known: &BTreeSet<Secret>, passages: &[Passage], output: Output) -> usize {
    let told = told(&edition.metadata);
    let mut faults = 0;
    for secret in hidden.iter() {
        let given_away = passages.iter().find(|passage| {
            let excused = known.contains(secret) && (!passage.catalogued || secret.find(&told).is_some());
            !excused && secret.find(&passage.text).is_some()
        });
        let Some(passage) = given_away else { continue };
        faults += 1;
        log.push(
            Diagnostic::new(Code::NotAnonymous, format!("{} gives away {} `{}` in {}", output.name(), secret.kind.name(), secret.text, passage.place))
                .hint("a picture, its description or another field of the master says it; take it out for the review"),
        );
    }
    faults
}

/// What catalogues are told in the words of the text: titles, abstracts, keywords.
fn told(metadata: &Metadata) -> String {
    let titles = metadata.titles.iter().map(|said| said.said.as_str());
    let abstracts = metadata.abstracts.iter().map(|said| said.said.as_str());
    let keywords = metadata.keywords.iter().flat_map(|said| &said.said).map(String::as_str);
    titles.chain(abstracts).chain(keywords).collect::<Vec<_>>().join("\n")
}
