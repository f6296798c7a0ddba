//! Citations and the references that they lead to.
//!
//! 1. Every `xref` that points at a reference is a citation and gets an id.
//! 2. Two citations with a dash between them cite what lies between them as well.
//! 3. Each reference learns which citations lead to it.
//! 4. References that are never cited are reported, and numbers that are first cited out of their order.

use indexmap::{IndexMap, IndexSet};

use super::ids::Ids;
use super::marks::bare;
use super::walk;
use super::xrefs::SHOWN;
use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::edition::Target;
use crate::leaf::Leaves;
use crate::model::block::Block;
use crate::model::inline::{Inline, Inlines, Xref, XrefKind};
use crate::model::reference::{Reference, ReferenceList};
use crate::model::walk::{VisitMut, walk_block_mut, walk_inline_mut, walk_reference_mut};
use crate::model::{Article, Id, plain};
use crate::source::Span;

/// How many references of one list are named one by one when nothing cites them.
const NAMED: usize = 5;

/// Leads from references to their citations, and reports what is wrong with them.
pub(super) fn link(log: &mut Log, article: &mut Article, leaves: &Leaves, ids: &mut Ids) {
    let mut lister = Lister { leaves, lists: Vec::new() };
    walk::text(&mut lister, article);
    let lists = lister.lists;
    let order: IndexMap<Id, ()> = lists.iter().flatten().filter_map(|entry| Some((entry.id.clone()?, ()))).collect();
    if order.is_empty() {
        return;
    }
    let mut citer = Citer { leaves, ids, order: &order, last: 0, floating: 0, cited: IndexMap::new() };
    walk::article(&mut citer, article);
    let cited = citer.cited;
    if cited.is_empty() {
        return;
    }
    let mut filler = Filler { cited: &cited };
    walk::text(&mut filler, article);
    for list in &lists {
        never_cited(log, list, &cited);
    }
    if let Some(list) = lists.iter().find(|list| list.iter().any(|entry| entry.id.as_ref().is_some_and(|id| cited.contains_key(id)))) {
        citation_order(log, list, &cited);
    }
}

/// A reference as this pass needs it.
struct Entry {
    id: Option<Id>,
    label: String,
    text: String,
    span: Span,
}

/// The references of each list that stands by itself, lists inside it included.
struct Lister<'a> {
    leaves: &'a Leaves,
    lists: Vec<Vec<Entry>>,
}

impl Lister<'_> {
    fn entries(&self, list: &ReferenceList, into: &mut Vec<Entry>) {
        into.extend(list.items.iter().map(|item| Entry {
            id: item.id.clone(),
            label: bare(&plain::title(self.leaves, &item.label)).to_owned(),
            text: item.citations.first().map(|citation| plain::title(self.leaves, citation)).unwrap_or_default(),
            span: item.span,
        }));
        for inner in &list.lists {
            self.entries(inner, into);
        }
    }
}

impl VisitMut for Lister<'_> {
    fn block(&mut self, block: &mut Block) {
        if let Block::References(list) = block {
            let mut entries = Vec::new();
            self.entries(list, &mut entries);
            self.lists.push(entries);
        }
        walk_block_mut(self, block);
    }
}

/// What cites a reference.
#[derive(Default)]
struct Cited {
    by: IndexSet<Id>,
    /// The first citation in running text.
    first: Option<(usize, Span)>,
    /// Whether a figure or table cites it, whose place in the order of reading is the layout's.
    floating: bool,
}

struct Citer<'a> {
    leaves: &'a Leaves,
    ids: &'a mut Ids,
    order: &'a IndexMap<Id, ()>,
    last: usize,
    floating: usize,
    cited: IndexMap<Id, Cited>,
}

impl Citer<'_> {
    fn cite(&mut self, xref: &mut Xref) {
        let cited: Vec<Id> = xref.rids.iter().filter(|rid| self.order.contains_key(*rid)).cloned().collect();
        if cited.is_empty() {
            return;
        }
        xref.kind = XrefKind::Citation;
        let by = match &xref.id {
            Some(id) => id.clone(),
            None => self.ids.fresh("cite", &mut self.last, Target::Citation),
        };
        xref.id = Some(by.clone());
        for id in cited {
            self.note(&id, &by, xref.span);
        }
        // “1–3” in one reference that names the first and perhaps the last of them.
        let shown = plain::title(self.leaves, &xref.body);
        if let Some((from, to)) = bare(&shown).split_once(['–', '-', '—', '‐', '−'])
            && let (Ok(from), Ok(to)) = (from.trim().parse::<usize>(), to.trim().parse::<usize>())
            && let Some(first) = xref.rids.first().and_then(|rid| self.order.get_index_of(rid))
        {
            self.between(first, (first + to.saturating_sub(from) + 1).min(first + 100), &by, xref.span);
        }
    }

    fn note(&mut self, id: &Id, by: &Id, span: Span) {
        let nth = self.cited.len();
        let floating = self.floating > 0;
        let cited = self.cited.entry(id.clone()).or_default();
        cited.by.insert(by.clone());
        cited.floating |= floating;
        if !floating {
            cited.first.get_or_insert((nth, span));
        }
    }

    /// Notes a citation of the references between two places of the list, the latter left out.
    fn between(&mut self, first: usize, last: usize, by: &Id, span: Span) {
        for at in first + 1..last {
            if let Some((id, ())) = self.order.get_index(at) {
                let id = id.clone();
                self.note(&id, by, span);
            }
        }
    }

    /// Where a run begins with two citations and nothing but a dash between them, what lies between is cited after the first of them.
    fn range(&mut self, run: &[Inline]) {
        let [Inline::Xref(from), between, Inline::Xref(to), ..] = run else { return };
        let dash = plain::text(self.leaves, std::slice::from_ref(between));
        let is_dash = !dash.trim().is_empty() && dash.trim().chars().all(|char| matches!(char, '–' | '-' | '—' | '‐' | '‑' | '−'));
        let place = |xref: &Xref| xref.rids.first().and_then(|rid| self.order.get_index_of(rid));
        if let (true, Some(by), Some(first), Some(last)) = (is_dash, &from.id, place(from), place(to))
            && first < last
            && last - first < 100
        {
            self.between(first, last, by, from.span);
        }
    }
}

impl VisitMut for Citer<'_> {
    fn block(&mut self, block: &mut Block) {
        let floating = match block {
            Block::Figure(_) | Block::Table(_) => 1,
            Block::Section(_)
            | Block::Paragraph(_)
            | Block::List(_)
            | Block::Definitions(_)
            | Block::Quote(_)
            | Block::Statement(_)
            | Block::Boxed(_)
            | Block::Lines(_)
            | Block::Formula(_)
            | Block::References(_)
            | Block::Notes(_)
            | Block::Foreign(..) => 0,
        };
        self.floating += floating;
        walk_block_mut(self, block);
        self.floating -= floating;
    }

    fn inlines(&mut self, inlines: &mut Inlines) {
        for at in 0..inlines.len() {
            self.inline(&mut inlines[at]);
            self.range(&inlines[at..]);
        }
    }

    fn inline(&mut self, inline: &mut Inline) {
        if let Inline::Xref(xref) = inline {
            self.cite(xref);
        }
        walk_inline_mut(self, inline);
    }
}

struct Filler<'a> {
    cited: &'a IndexMap<Id, Cited>,
}

impl VisitMut for Filler<'_> {
    fn reference(&mut self, reference: &mut Reference) {
        if let Some(cited) = reference.id.as_ref().and_then(|id| self.cited.get(id)) {
            reference.cited_by = cited.by.iter().cloned().collect();
        }
        walk_reference_mut(self, reference);
    }
}

/// Reports references that nothing cites. A list of which nothing at all is cited, such as further reading or the list in
/// another script, is not meant to be.
fn never_cited(log: &mut Log, list: &[Entry], cited: &IndexMap<Id, Cited>) {
    let is_cited = |entry: &Entry| entry.id.as_ref().is_some_and(|id| cited.contains_key(id));
    let never: Vec<&Entry> = list.iter().filter(|entry| !is_cited(entry)).collect();
    let Some(first) = never.first().filter(|_| never.len() < list.len()) else { return };
    let hint = "cite it by an `xref`, or take it out of the list";
    if never.len() <= NAMED {
        for entry in never {
            log.push(Diagnostic::new(Code::NeverCited, format!("{} is cited nowhere", name(entry))).at(entry.span).hint(hint));
        }
        return;
    }
    let message = format!("{} and {} others of the {} references are cited nowhere", name(first), never.len() - 1, list.len());
    let mut diagnostic = Diagnostic::new(Code::NeverCited, message).at(first.span).hint("cite them by an `xref`, or take them out of the list");
    for entry in never[1..].iter().take(SHOWN) {
        diagnostic = diagnostic.also(entry.span, "cited nowhere");
    }
    log.push(diagnostic);
}

fn name(entry: &Entry) -> String {
    match (&entry.label, &entry.id) {
        (label, _) if !label.is_empty() && label.chars().count() <= 12 => format!("reference {label}"),
        (_, Some(id)) => format!("the reference `{}`", id.as_str()),
        (_, None) => "a reference".to_owned(),
    }
}

/// The shortest list that can be told to be in the order of the alphabet.
const SORTED: usize = 5;

/// Reports the first number that is cited before a smaller one. A list in the order of the alphabet is not numbered by citation.
fn citation_order(log: &mut Log, list: &[Entry], cited: &IndexMap<Id, Cited>) {
    let is_numbered = list.iter().zip(1..).all(|(entry, number)| entry.label.parse() == Ok(number));
    let is_sorted = list.len() >= SORTED && list.windows(2).all(|pair| sort_key(&pair[0].text) <= sort_key(&pair[1].text));
    if !is_numbered || is_sorted {
        return;
    }
    let firsts: Vec<(usize, usize, Span)> = list
        .iter()
        .zip(1_usize..)
        .filter_map(|(entry, number)| {
            let cited = cited.get(entry.id.as_ref()?)?;
            let (nth, span) = cited.first.filter(|_| !cited.floating)?;
            Some((nth, number, span))
        })
        .collect();
    let mut in_order = firsts;
    in_order.sort_by_key(|(nth, ..)| *nth);
    // The smallest number that is first cited later, for each place.
    let mut smallest: Option<(usize, Span)> = None;
    let mut broken = None;
    for (_, number, span) in in_order.iter().rev() {
        match smallest {
            Some((smaller, later)) if smaller < *number => broken = Some((*number, *span, smaller, later)),
            Some(_) | None => smallest = Some((*number, *span)),
        }
    }
    let Some((number, span, smaller, later)) = broken else { return };
    log.push(
        Diagnostic::new(Code::CitationOrder, format!("reference {number} is cited before reference {smaller}"))
            .at(span)
            .label(format!("first citation of {number}"))
            .also(later, format!("first citation of {smaller}"))
            .hint("number the references in the order in which they are first cited"),
    );
}

/// The letter under which a reference stands in the order of the alphabet. One is enough for a whole list, and the rules for
/// apostrophes and particles differ only after it.
fn sort_key(text: &str) -> Option<char> {
    let first = text.chars().find(|char| char.is_alphabetic())?.to_lowercase().next()?;
    Some(match first {
        'à'..='å' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'ø' => 'o',
        'ś' | 'š' | 'ş' => 's',
        'ù'..='ü' => 'u',
        'ź' | 'ż' | 'ž' => 'z',
        'ё' => 'е',
        plain => plain,
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Resolved, resolved};

    fn list(count: usize) -> String {
        // Not in the order of the alphabet.
        let refs: String = (1..=count)
            .map(|number| {
                format!("<ref id='r{number}'><label>{number}.</label><mixed-citation>{} work</mixed-citation></ref>", ["Ma", "Lu", "Ze", "Ab"][number % 4])
            })
            .collect();
        format!("<ref-list>{refs}</ref-list>")
    }

    fn cite(number: usize) -> String {
        format!("<xref ref-type='bibr' rid='r{number}'>{number}</xref>")
    }

    fn citing(text: &str, count: usize) -> Resolved {
        resolved("", &format!("<p>x {text}</p>"), &list(count))
    }

    #[test]
    fn references_lead_back_to_their_citations() {
        let resolved = citing(&format!("[{}], [{}], [{}]", cite(1), cite(2), cite(1)), 2);
        resolved.says(&[]);
        resolved.shows("reference #r1 <- cite-1 cite-3");
        resolved.shows("reference #r2 <- cite-2");
    }

    #[test]
    fn ids_of_citations_are_new() {
        let resolved = resolved("", &format!("<p id='cite-1'>x {}</p>", cite(1)), &list(1));
        resolved.shows("reference #r1 <- cite-2");
    }

    #[test]
    fn what_lies_in_a_range_is_cited() {
        citing(&format!("[{}–{}]", cite(1), cite(4)), 4).says(&[]);
        citing("[<xref ref-type='bibr' rid='r1'>1–4</xref>]", 4).says(&[]);
        citing(&format!("[{}, {}]", cite(1), cite(4)), 4).says(&["never-cited: reference 2 is", "never-cited: reference 3 is"]);
    }

    #[test]
    fn many_that_are_never_cited_are_said_at_once() {
        citing(&cite(1), 9).says(&["never-cited: reference 2 and 7 others of the 9 references are cited nowhere"]);
        citing("nothing", 9).says(&[]);
    }

    #[test]
    fn numbers_out_of_their_order_are_said_once() {
        citing(&format!("{} {} {} {}", cite(1), cite(3), cite(2), cite(4)), 4).says(&["citation-order: reference 3 is cited before reference 2"]);
        citing(&format!("{} {} {}", cite(1), cite(3), cite(1)), 3).says(&["never-cited: reference 2"]);
    }

    #[test]
    fn a_list_in_the_order_of_the_alphabet_is_not_in_that_of_citation() {
        let refs: String = ["Abe", "Ábel", "Cox", "D’Or", "Dow"]
            .iter()
            .zip(1..)
            .map(|(name, number)| format!("<ref id='r{number}'><label>{number}</label><mixed-citation>{name}</mixed-citation></ref>"))
            .collect();
        let text: String = [5, 4, 3, 2, 1].map(cite).concat();
        resolved("", &format!("<p>{text}</p>"), &format!("<ref-list>{refs}</ref-list>")).says(&[]);
    }
}
