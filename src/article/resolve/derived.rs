//! “References” beside a list in Cyrillic, where the journal wishes it.
//!
//! 1. [`prepare`] reads the lists of the article before a style has set what is only tagged, and derives each entry. A master that has a list in
//!    Latin letters beside the Cyrillic one has its References, and none is derived.
//! 2. [`set`] puts the derived list behind the one that it was derived from, with its labels, and notes each entry for the report.

use crate::code::Code;
use crate::derive::Wishes;
use crate::derive::references::{Derived, Given, How, derive};
use crate::derive::transliterate::is_mostly_cyrillic;
use crate::diag::{Diagnostic, Log};
use crate::edition::DerivedReference;
use crate::lang::{Lang, table};
use crate::leaf::Leaves;
use crate::model::block::Block;
use crate::model::citation::plain_line;
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

/// What a reference says, as plain text.
struct Said {
    /// Each of its citations; empty for one that is only tagged.
    runs: Vec<String>,
    /// All of it.
    whole: String,
}

/// Derives the entries of every list in Cyrillic. Nothing where it is not wished.
pub(super) fn prepare(article: &Article, leaves: &Leaves, wishes: &Wishes) -> Prepared {
    let mut prepared = Prepared::default();
    if !wishes.references {
        return prepared;
    }
    let Some(scheme) = wishes.scheme() else { return prepared };
    let lists = article.body.iter().chain(&article.back).filter_map(list_of);
    let lists: Vec<(&ReferenceList, Vec<Said>)> = lists.map(|list| (list, list.items.iter().map(|item| said(item, leaves)).collect())).collect();
    let has_own = lists.iter().any(|(list, said)| is_references(list, said, leaves));
    if has_own {
        return prepared;
    }
    // Of an article in Latin letters a few Cyrillic entries are no list in Cyrillic.
    let in_cyrillic = table::language(&article.lang).is_some_and(|language| language.script == "Cyrl");
    let asks = |said: &[Said]| {
        let cyrillic = said.iter().filter(|said| is_mostly_cyrillic(&said.whole)).count();
        cyrillic > 0 && (in_cyrillic || 2 * cyrillic > said.len())
    };
    for (list, said) in lists.into_iter().filter(|(_, said)| asks(said)) {
        let derive = |given: &Given<'_>| derive(given, scheme, wishes.mark, &article.lang);
        let entries = list.items.iter().zip(said).map(|(item, said)| entry(item, said, leaves, &derive));
        prepared.lists.push((list.span, entries.collect()));
    }
    prepared
}

/// A list that stands by itself or in another language.
fn list_of(block: &Block) -> Option<&ReferenceList> {
    let block = if let Block::Foreign(_, blocks) = block
        && let [only] = blocks.as_slice()
    {
        only
    } else {
        block
    };
    if let Block::References(list) = block { Some(list) } else { None }
}

/// Whether a list is the References of a master that has another in Cyrillic: it says so, or no entry of it is in Cyrillic though some should be.
fn is_references(list: &ReferenceList, said: &[Said], leaves: &Leaves) -> bool {
    let title = plain::title(leaves, &list.title).to_lowercase();
    let latin = said.iter().all(|said| !is_mostly_cyrillic(&said.whole));
    latin && !list.items.is_empty() && (title.contains("references") || list.items.len() > 2)
}

fn said(reference: &Reference, leaves: &Leaves) -> Said {
    let runs: Vec<String> = reference.citations.iter().map(|run| plain::text(leaves, run)).collect();
    let all = reference.citations.iter().zip(&runs).enumerate().map(|(at, (run, text))| {
        match reference.tagged.iter().find(|(place, _)| *place == at && run.is_empty()) {
            Some((_, citation)) => plain::text(leaves, &plain_line(citation)),
            None => text.clone(),
        }
    });
    let whole = all.collect::<Vec<_>>().join(" ").trim().to_owned();
    Said { runs, whole }
}

fn entry(reference: &Reference, said: Said, leaves: &Leaves, derive: &dyn Fn(&Given<'_>) -> Derived) -> Entry {
    let Said { mut runs, whole: source } = said;
    runs.retain(|text| !text.is_empty());
    // Both languages may stand one after the other in one reference.
    let beside = runs.iter().any(|text| is_mostly_cyrillic(text)).then(|| runs.iter().find(|text| !is_mostly_cyrillic(text) && text.len() > 20)).flatten();
    let tagged = reference.tagged.first().filter(|_| runs.is_empty()).map(|(_, citation)| (citation, leaves));
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
