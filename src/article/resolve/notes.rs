//! Notes at their marks.
//!
//! 1. A list of notes without a title of its own is there to be emptied: JATS keeps the notes of the text in it.
//! 2. Each of its notes goes to the first mark in running text that leads to it alone; marks in figures, tables, notes and
//!    references do not count. A note whose marks stand in one figure or table goes below it ([`float_notes`]).
//! 3. What no mark leads to stays in the list; where a mark is to be expected, `note-without-mark` says so.
//! 4. A list with a title is a list of endnotes and stays as it is.
//! 5. Every note has an id.

use indexmap::{IndexMap, IndexSet};

use super::float_notes::{self, Owners};
use super::ids::Ids;
use super::marks::{bare, is_sign, lowered};
use super::walk;
use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::edition::Target;
use crate::leaf::Leaves;
use crate::model::block::{Block, NoteList, Section};
use crate::model::inline::{Inline, Inlines, Note, Style, Xref, XrefKind};
use crate::model::reference::Reference;
use crate::model::walk::{VisitMut, walk_block_mut, walk_inline_mut, walk_inlines_mut, walk_note_mut, walk_reference_mut};
use crate::model::{Article, Id, plain};

/// Puts notes at their marks.
pub(super) fn place(log: &mut Log, article: &mut Article, leaves: &Leaves, ids: &mut Ids) {
    let mut pointed = Pointed { ids: IndexSet::new() };
    for xref in walk::fronts(article).into_iter().flat_map(|(_, front)| &front.contributors).flat_map(|contributor| &contributor.xrefs) {
        pointed.ids.extend(xref.rids.iter().cloned());
    }
    walk::article(&mut pointed, article);
    let pointed = pointed.ids;

    let mut lists = Lists { pointed: &pointed, wanted: IndexSet::new(), depth: 0 };
    walk::text(&mut lists, article);
    let mut marks = Marks { wanted: &lists.wanted, found: IndexSet::new(), aside: 0 };
    walk::text(&mut marks, article);
    let mut found = marks.found;
    let waiting: IndexSet<Id> = lists.wanted.difference(&found).cloned().collect();
    let owners = Owners::of(article, &waiting);
    found.extend(owners.keys().cloned());

    let mut taker = Taker { log, leaves, pointed: &pointed, found: &found, taken: IndexMap::new(), depth: 0 };
    walk::text(&mut taker, article);
    let mut taken = taker.taken;
    for blocks in walk::texts(article) {
        prune(blocks);
    }
    float_notes::give(article, &owners, &mut taken);
    let mut placer = Placer { leaves, notes: &mut taken, aside: 0 };
    walk::text(&mut placer, article);
    let mut namer = Namer { ids, last: 0 };
    walk::article(&mut namer, article);
}

/// Every id that something points at.
struct Pointed {
    ids: IndexSet<Id>,
}

impl VisitMut for Pointed {
    fn inline(&mut self, inline: &mut Inline) {
        if let Inline::Xref(xref) = inline {
            self.ids.extend(xref.rids.iter().cloned());
        }
        walk_inline_mut(self, inline);
    }
}

/// Whether a block is a table or figure, or holds references: notes cannot be set from inside.
fn is_aside(block: &Block) -> bool {
    match block {
        Block::Figure(_) | Block::Table(_) | Block::References(_) => true,
        Block::Section(_)
        | Block::Paragraph(_)
        | Block::List(_)
        | Block::Definitions(_)
        | Block::Quote(_)
        | Block::Statement(_)
        | Block::Boxed(_)
        | Block::Lines(_)
        | Block::Formula(_)
        | Block::Notes(_)
        | Block::Foreign(..) => false,
    }
}

/// Whether a section is but the title of the lists of notes in it.
fn heads_notes(section: &Section) -> bool {
    !section.title.is_empty() && !section.blocks.is_empty() && section.blocks.iter().all(|block| matches!(block, Block::Notes(_)))
}

/// The notes of lists that may be emptied.
struct Lists<'a> {
    pointed: &'a IndexSet<Id>,
    wanted: IndexSet<Id>,
    depth: usize,
}

impl Lists<'_> {
    fn list(&mut self, list: &NoteList) {
        let is_target = list.id.as_ref().is_some_and(|id| self.pointed.contains(id));
        if self.depth == 0 && list.title.is_empty() && !is_target {
            self.wanted.extend(list.notes.iter().filter_map(|note| note.id.clone()));
        }
    }
}

impl VisitMut for Lists<'_> {
    fn block(&mut self, block: &mut Block) {
        if let Block::Notes(list) = block {
            self.list(list);
        }
        let closed = is_aside(block) || matches!(block, Block::Section(section) | Block::Boxed(section) if heads_notes(section));
        self.depth += usize::from(closed);
        walk_block_mut(self, block);
        self.depth -= usize::from(closed);
    }
}

/// What a reference leads to, where that is one thing.
fn only_target(xref: &Xref) -> Option<&Id> {
    match xref.kind {
        XrefKind::Note | XrefKind::TableNote | XrefKind::Correspondence | XrefKind::Other | XrefKind::Citation => match xref.rids.as_slice() {
            [rid] => Some(rid),
            _ => None,
        },
        XrefKind::Affiliation => None,
    }
}

/// Which of the notes have a mark in running text.
struct Marks<'a> {
    wanted: &'a IndexSet<Id>,
    found: IndexSet<Id>,
    aside: usize,
}

impl VisitMut for Marks<'_> {
    fn block(&mut self, block: &mut Block) {
        let aside = usize::from(is_aside(block));
        self.aside += aside;
        walk_block_mut(self, block);
        self.aside -= aside;
    }

    fn inline(&mut self, inline: &mut Inline) {
        if let Inline::Xref(xref) = inline
            && self.aside == 0
            && let Some(rid) = only_target(xref).filter(|rid| self.wanted.contains(*rid))
        {
            self.found.insert(rid.clone());
        }
        walk_inline_mut(self, inline);
    }

    fn note(&mut self, note: &mut Note) {
        self.aside += 1;
        walk_note_mut(self, note);
        self.aside -= 1;
    }

    fn reference(&mut self, reference: &mut Reference) {
        self.aside += 1;
        walk_reference_mut(self, reference);
        self.aside -= 1;
    }
}

/// Whether a label is a mark, and not a word that says what the note is about.
fn is_mark(label: &str) -> bool {
    let label = bare(label);
    let short = label.chars().count() <= 3 && label.chars().all(|char| char.is_ascii_alphanumeric() || is_sign(char));
    short && (label.chars().count() == 1 || !label.chars().any(char::is_alphabetic))
}

/// Takes the notes that have a mark out of their lists.
struct Taker<'a> {
    log: &'a mut Log,
    leaves: &'a Leaves,
    pointed: &'a IndexSet<Id>,
    found: &'a IndexSet<Id>,
    taken: IndexMap<Id, Note>,
    depth: usize,
}

impl Taker<'_> {
    fn take(&mut self, list: &mut NoteList) {
        let is_marked = |note: &Note| note.id.as_ref().is_some_and(|id| self.pointed.contains(id));
        let unlabelled = list.notes.iter().any(|note| is_marked(note) && matches!(note.label.as_slice(), [Inline::Generated(_)]));
        for note in &list.notes {
            let label = plain::title(self.leaves, &note.label);
            // A note that says what it is, such as one on competing interests, needs no mark.
            let expected = if label.is_empty() { unlabelled && note.kind.is_none() } else { is_mark(&label) };
            if self.depth > 0 || !expected || is_marked(note) {
                continue;
            }
            let what = if label.is_empty() { "a note has no mark in the text".to_owned() } else { format!("the note `{label}` has no mark in the text") };
            let hint = match &note.id {
                Some(id) => format!("put `<xref ref-type=\"fn\" rid=\"{}\">` where it belongs", id.as_str()),
                None => "give it an id, and put an `xref` to it where it belongs".to_owned(),
            };
            self.log.push(Diagnostic::new(Code::NoteWithoutMark, what).at(note.span).hint(hint));
        }
        let (taken, kept) = std::mem::take(&mut list.notes).into_iter().partition(|note| note.id.as_ref().is_some_and(|id| self.found.contains(id)));
        list.notes = kept;
        let taken: Vec<Note> = taken;
        self.taken.extend(taken.into_iter().filter_map(|note| Some((note.id.clone()?, note))));
    }
}

impl VisitMut for Taker<'_> {
    fn block(&mut self, block: &mut Block) {
        if let Block::Notes(list) = block {
            self.take(list);
        }
        let aside = usize::from(is_aside(block));
        self.depth += aside;
        walk_block_mut(self, block);
        self.depth -= aside;
    }
}

/// Takes out lists of notes in which nothing is left.
fn prune(blocks: &mut Vec<Block>) {
    blocks.retain_mut(|block| match block {
        Block::Notes(list) => !list.notes.is_empty() || !list.title.is_empty(),
        Block::Section(section) | Block::Boxed(section) => {
            prune(&mut section.blocks);
            true
        }
        Block::Foreign(_, blocks) => {
            prune(blocks);
            !blocks.is_empty()
        }
        Block::Statement(statement) => {
            prune(&mut statement.blocks);
            true
        }
        Block::Quote(quote) => {
            prune(&mut quote.blocks);
            true
        }
        Block::List(list) => {
            list.items.iter_mut().for_each(|item| prune(&mut item.blocks));
            true
        }
        Block::Definitions(list) => {
            list.items.iter_mut().for_each(|item| prune(&mut item.blocks));
            true
        }
        Block::Paragraph(_) | Block::Figure(_) | Block::Table(_) | Block::Lines(_) | Block::Formula(_) | Block::References(_) => true,
    });
}

/// Puts the notes at their marks.
struct Placer<'a> {
    leaves: &'a Leaves,
    notes: &'a mut IndexMap<Id, Note>,
    aside: usize,
}

impl Placer<'_> {
    fn placed(&mut self, inline: &mut Inline) {
        let Inline::Xref(xref) = inline else { return };
        let Some(mut note) = only_target(xref).and_then(|rid| self.notes.shift_remove(rid)) else { return };
        note.mark = lowered(std::mem::take(&mut xref.body));
        *inline = Inline::Note(Box::new(note));
    }
}

impl Placer<'_> {
    /// A mark that stands just before the note that it leads to is the note's own.
    fn join(&self, inlines: &mut Inlines) {
        let is_blank = |inline: &Inline| matches!(inline, Inline::Text(leaf) if self.leaves.text(*leaf).trim().is_empty());
        let mut at = 0;
        while at + 1 < inlines.len() {
            let between = inlines[at + 1..].iter().take_while(|inline| is_blank(inline)).count();
            let (head, tail) = inlines.split_at_mut(at + 1);
            if let (Some(Inline::Xref(xref)), Some(Inline::Note(note))) = (head.last_mut(), tail.get_mut(between))
                && only_target(xref).is_some_and(|rid| note.id.as_ref() == Some(rid))
            {
                note.mark = lowered(std::mem::take(&mut xref.body));
                inlines.drain(at..=at + between);
            }
            at += 1;
        }
    }
}

impl VisitMut for Placer<'_> {
    fn block(&mut self, block: &mut Block) {
        let aside = usize::from(is_aside(block));
        self.aside += aside;
        walk_block_mut(self, block);
        self.aside -= aside;
    }

    fn inlines(&mut self, inlines: &mut Inlines) {
        if self.aside > 0 {
            return;
        }
        for inline in inlines.iter_mut() {
            self.placed(inline);
        }
        self.join(inlines);
        walk_inlines_mut(self, inlines);
        lift(inlines);
    }

    fn note(&mut self, _: &mut Note) {}

    fn reference(&mut self, _: &mut Reference) {}
}

/// Takes notes out of the superscripts and subscripts around their marks, which would raise their text as well.
fn lift(inlines: &mut Inlines) {
    let raised_note = |inline: &Inline| matches!(inline, Inline::Styled(Style::Superscript | Style::Subscript, body) if body.iter().any(|inner| matches!(inner, Inline::Note(_))));
    if !inlines.iter().any(raised_note) {
        return;
    }
    let mut lifted = Vec::with_capacity(inlines.len() + 2);
    for inline in inlines.drain(..) {
        if !raised_note(&inline) {
            lifted.push(inline);
            continue;
        }
        let Inline::Styled(style, body) = inline else { continue };
        for inner in body {
            match (inner, lifted.last_mut()) {
                (note @ Inline::Note(_), _) => lifted.push(note),
                (inner, Some(Inline::Styled(last, run))) if *last == style && run.iter().all(|inline| !matches!(inline, Inline::Note(_))) => run.push(inner),
                (inner, _) => lifted.push(Inline::Styled(style, vec![inner])),
            }
        }
    }
    *inlines = lifted;
}

/// Gives an id to every note that has none, so that marks and notes can lead to each other.
struct Namer<'a> {
    ids: &'a mut Ids,
    last: usize,
}

impl VisitMut for Namer<'_> {
    fn note(&mut self, note: &mut Note) {
        if note.id.is_none() {
            note.id = Some(self.ids.fresh("note", &mut self.last, Target::Note));
        }
        walk_note_mut(self, note);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::resolved;

    const MARK: &str = "<sup><xref ref-type='fn' rid='n1'>1</xref></sup>";
    const NOTE: &str = "<fn id='n1'><label>1</label><p>said</p></fn>";

    #[test]
    fn a_note_goes_to_its_first_mark_and_out_of_the_superscript() {
        let resolved = resolved("", &format!("<p>word{MARK} on{MARK}</p>"), &format!("<fn-group>{NOTE}</fn-group>"));
        resolved.says(&[]);
        resolved.shows("\"word\"\nnote #n1\nmark \"1\"\nlabel \"1\"\nparagraph \"said\"\n\" on\"\nsup\nxref note -> n1 \"1\"");
        resolved.lacks("notes");
    }

    #[test]
    fn a_mark_before_its_own_note_is_the_notes() {
        let resolved =
            resolved("", "<p>word <xref ref-type='fn' rid='n1'><sup>1</sup></xref>\n  <fn id='n1'><label><sup>1</sup></label><p>said</p></fn> on</p>", "");
        resolved.shows("note #n1\nmark \"1\"\nlabel");
        resolved.lacks("xref");
    }

    #[test]
    fn a_list_with_a_title_stays() {
        let resolved = resolved("", &format!("<p>word{MARK}</p>"), &format!("<fn-group><title>Notes</title>{NOTE}</fn-group>"));
        resolved.shows("notes\ntitle \"Notes\"\nnote #n1");
        resolved.shows("xref note -> n1 \"1\"");
    }

    #[test]
    fn notes_of_a_table_stay_below_it() {
        let resolved = resolved(
            "",
            "<table-wrap><table><tbody><tr><td>cell<xref ref-type='table-fn' rid='t1'>a</xref></td></tr></tbody></table><table-wrap-foot><fn id='t1'><p>said</p></fn></table-wrap-foot></table-wrap>",
            "",
        );
        resolved.says(&[]);
        resolved.shows("foot\nnotes\nnote #t1\nlabel +\"a\"\nparagraph \"said\"");
    }

    #[test]
    fn a_note_that_no_mark_leads_to_is_named() {
        let resolved = resolved(
            "",
            "<p>x</p>",
            "<fn-group><fn id='n1'><label>1</label><p>said</p></fn><fn fn-type='conflict'><label>Interests</label><p>None</p></fn><fn fn-type='con'><p>All</p></fn></fn-group>",
        );
        resolved.says(&["note-without-mark: the note `1` has no mark in the text"]);
    }

    #[test]
    fn a_note_in_the_line_gets_the_next_number() {
        let resolved = resolved("", "<p>word<fn><p>said</p></fn> and<fn><label>*</label><p>more</p></fn></p>", "");
        resolved.shows("note #note-1\nmark +\"1\"\nlabel +\"1\"");
        resolved.shows("note #note-2\nmark +\"*\"\nlabel \"*\"");
    }

    #[test]
    fn a_mark_before_the_note_in_the_line_is_its_own() {
        let resolved = resolved("", &format!("<p>word{MARK}{NOTE}.</p><p>word<xref ref-type='fn' rid='n2'>2</xref><fn id='n2'><p>said</p></fn></p>"), "");
        resolved.shows("\"word\"\nnote #n2\nmark \"2\"\nlabel +\"2\"");
    }
}
