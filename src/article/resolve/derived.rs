//! “References” beside a list in Cyrillic, where the journal wishes it.
//!
//! 1. [`prepare`] reads the lists of the article before a style has set what is only tagged, and derives each entry. A master that has a list in
//!    Latin letters beside the Cyrillic one has its References, and none is derived.
//! 2. [`set`] puts the derived list behind the one that it was derived from, with its labels, and notes each entry for the report.

use crate::cite::plain_line;
use crate::code::Code;
use crate::derive::Wishes;
use crate::derive::references::{Derived, Given, How, derive};
use crate::derive::transliterate::is_mostly_cyrillic;
use crate::diag::{Diagnostic, Log};
use crate::edition::DerivedReference;
use crate::lang::Lang;
use crate::leaf::Leaves;
use crate::model::block::Block;
use crate::model::inline::{Inline, Inlines, Link, Style};
use crate::model::reference::{Reference, ReferenceList};
use crate::model::{Article, plain};
use crate::source::Span;

/// The title of a derived list.
const TITLE: &str = "References";

/// What the entries of the lists become.
#[derive(Default)]
pub(super) struct Prepared {
    /// By list: where it stands in the master, then its entries.
    lists: Vec<(Span, Vec<Entry>)>,
}

struct Entry {
    source: String,
    derived: Derived,
}

/// Derives the entries of every list in Cyrillic. Nothing where it is not wished.
pub(super) fn prepare(article: &Article, leaves: &Leaves, wishes: &Wishes) -> Prepared {
    let mut prepared = Prepared::default();
    let Some(scheme) = wishes.scheme().filter(|_| wishes.references) else { return prepared };
    let lists: Vec<&ReferenceList> = article.body.iter().chain(&article.back).filter_map(list_of).collect();
    let has_own = lists.iter().any(|list| is_references(list, leaves));
    if has_own {
        return prepared;
    }
    for list in lists.into_iter().filter(|list| texts(list, leaves).iter().any(|text| is_mostly_cyrillic(text))) {
        let entries = list.items.iter().map(|item| entry(item, leaves, &|given| derive(given, &scheme, wishes.mark, &article.lang)));
        prepared.lists.push((list.span, entries.collect()));
    }
    prepared
}

/// A list that stands by itself or in another language.
fn list_of(block: &Block) -> Option<&ReferenceList> {
    match block {
        Block::References(list) => Some(list),
        Block::Foreign(_, blocks) => match blocks.as_slice() {
            [Block::References(list)] => Some(list),
            _ => None,
        },
        Block::Section(_)
        | Block::Paragraph(_)
        | Block::List(_)
        | Block::Definitions(_)
        | Block::Quote(_)
        | Block::Statement(_)
        | Block::Figure(_)
        | Block::Table(_)
        | Block::Boxed(_)
        | Block::Lines(_)
        | Block::Formula(_)
        | Block::Notes(_) => None,
    }
}

/// Whether a list is the References of a master that has another in Cyrillic: it says so, or no entry of it is in Cyrillic though some should be.
fn is_references(list: &ReferenceList, leaves: &Leaves) -> bool {
    let title = plain::title(leaves, &list.title).to_lowercase();
    let latin = texts(list, leaves).iter().all(|text| !is_mostly_cyrillic(text));
    latin && !list.items.is_empty() && (title.contains("references") || list.items.len() > 2)
}

fn texts(list: &ReferenceList, leaves: &Leaves) -> Vec<String> {
    list.items.iter().map(|item| text(item, leaves)).collect()
}

/// What a reference says, as plain text.
fn text(reference: &Reference, leaves: &Leaves) -> String {
    let said = reference.citations.iter().enumerate().map(|(at, run)| match reference.tagged.iter().find(|(place, _)| *place == at && run.is_empty()) {
        Some((_, citation)) => plain::text(leaves, &plain_line(citation)),
        None => plain::text(leaves, run),
    });
    said.collect::<Vec<_>>().join(" ").trim().to_owned()
}

fn entry(reference: &Reference, leaves: &Leaves, derive: &dyn Fn(&Given<'_>) -> Derived) -> Entry {
    let source = text(reference, leaves);
    let said: Vec<String> = reference.citations.iter().map(|run| plain::text(leaves, run)).filter(|text| !text.is_empty()).collect();
    // Both languages may stand one after the other in one reference.
    let beside = said.iter().any(|text| is_mostly_cyrillic(text)).then(|| said.iter().find(|text| !is_mostly_cyrillic(text) && text.len() > 20)).flatten();
    let tagged = reference.tagged.first().filter(|_| said.is_empty()).map(|(_, citation)| (citation, leaves));
    let lang = reference.lang.as_ref().or_else(|| tagged.and_then(|(citation, _)| citation.lang.as_ref()));
    let given = Given { text: &source, english: reference.english.as_deref().or(beside.map(String::as_str)), tagged, lang };
    let derived = derive(&given);
    Entry { source, derived }
}

/// Puts the derived lists into the article.
pub(super) fn set(log: &mut Log, article: &mut Article, leaves: &Leaves, prepared: Prepared) -> Vec<DerivedReference> {
    let mut report = Vec::new();
    for (span, entries) in prepared.lists {
        for blocks in [&mut article.body, &mut article.back] {
            let Some(at) = blocks.iter().position(|block| list_of(block).is_some_and(|list| list.span == span)) else { continue };
            let Some(list) = blocks.get(at).and_then(list_of) else { continue };
            let derived = derived_list(log, list, &entries, leaves, &mut report);
            blocks.insert(at + 1, Block::Foreign(Lang::english(), vec![Block::References(derived)]));
            break;
        }
    }
    report
}

fn derived_list(log: &mut Log, list: &ReferenceList, entries: &[Entry], leaves: &Leaves, report: &mut Vec<DerivedReference>) -> ReferenceList {
    let mut items = Vec::with_capacity(entries.len());
    for (item, Entry { source, derived }) in list.items.iter().zip(entries) {
        let label = plain::title(leaves, &item.label);
        if !derived.lacking.is_empty() {
            let letters: Vec<String> = derived.lacking.iter().map(|letter| format!("`{letter}`")).collect();
            log.push(
                Diagnostic::new(Code::NotTransliterated, format!("the scheme of transliteration has no letters for {}", letters.join(", ")))
                    .at(item.span)
                    .hint("give the reference in English too, by `citation-alternatives`, or choose another scheme"),
            );
        }
        report.push(DerivedReference {
            label: label.clone(),
            span: item.span,
            source: source.clone(),
            result: derived.text(),
            how: derived.how,
            untold: derived.untold.clone(),
        });
        items.push(Reference {
            id: None,
            label: if label.is_empty() { Vec::new() } else { vec![Inline::Generated(label)] },
            citations: vec![line(derived)],
            tagged: Vec::new(),
            english: None,
            lang: derived.lang.clone().or_else(|| (derived.how == How::Unchanged).then(|| item.lang.clone()).flatten()),
            cited_by: Vec::new(),
            span: item.span,
        });
    }
    ReferenceList { id: None, title: vec![Inline::Generated(TITLE.to_owned())], blocks: Vec::new(), items, lists: Vec::new(), derived: true, span: list.span }
}

/// The line of an entry, with its addresses as links.
fn line(derived: &Derived) -> Inlines {
    let mut run = Inlines::new();
    for (text, italic) in &derived.pieces {
        if *italic {
            run.push(Inline::Styled(Style::Italic, vec![Inline::Generated(text.clone())]));
        } else {
            linked(text, &mut run);
        }
    }
    run
}

/// Text, in which addresses and DOIs become links.
fn linked(text: &str, run: &mut Inlines) {
    let mut rest = text;
    loop {
        let address = ["https://", "http://"].iter().filter_map(|scheme| rest.find(scheme)).min();
        let doi = rest.find("DOI: 10.").map(|at| at + "DOI: ".len());
        let Some(at) = address.into_iter().chain(doi).min() else { break };
        let end = rest[at..].find([' ', '>', '"']).map_or(rest.len(), |end| at + end);
        let shown = rest[at..end].trim_end_matches(['.', ',', ';', ')']);
        let href = if shown.starts_with("10.") { crate::derive::citation::address(shown) } else { shown.to_owned() };
        if at > 0 {
            run.push(Inline::Generated(rest[..at].to_owned()));
        }
        run.push(Inline::Link(Link { href, body: vec![Inline::Generated(shown.to_owned())], span: Span::default() }));
        rest = &rest[at + shown.len()..];
        if shown.is_empty() {
            break;
        }
    }
    if !rest.is_empty() {
        run.push(Inline::Generated(rest.to_owned()));
    }
}
