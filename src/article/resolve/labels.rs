//! Labels that the master leaves to the program.
//!
//! 1. One look over the article says which kinds of things have labels, and how the text cites and marks.
//! 2. Figures and tables with a caption are numbered where none of their kind has a label; a lone picture is not.
//! 3. Formulas that empty references point at are numbered where no formula has a label.
//! 4. References are numbered where their list has no labels and the text cites by number.
//! 5. A list of references, acknowledgements and an appendix without a title get the word of their language.
//! 6. A note without a label gets what the text shows at its mark, or the next free number.

use indexmap::{IndexMap, IndexSet};

use super::format::Cited;
use super::marks::{bare, mark_of_body};
use super::walk;
use super::xrefs::is_short_for;
use crate::cite::Form;
use crate::lang::label::Label;
use crate::lang::lexicon::Lexicon;
use crate::lang::{Lang, table};
use crate::leaf::Leaves;
use crate::model::block::{Block, FigureKind, Section, SectionKind};
use crate::model::front::Front;
use crate::model::inline::{Inline, Inlines, Note, Style, Xref};
use crate::model::part::Part;
use crate::model::reference::{Reference, ReferenceList};
use crate::model::walk::{VisitMut, walk_block_mut, walk_blocks_mut, walk_inline_mut, walk_note_mut, walk_reference_mut};
use crate::model::{Article, Id, plain};

/// Gives labels to what has none and needs one. `sources` says that a list of references is called one of sources,
/// `keyed` that the text cites by author and year, as labels of natbib have it.
pub(super) fn number(article: &mut Article, leaves: &Leaves, cited: Option<&Cited>, words: &Lexicon<'_>, sources: bool, keyed: bool) {
    let by_author = keyed || cited.is_some_and(|cited| cited.form == Form::AuthorDate);
    let of = Of { leaves, words, by_author, sources };
    own(of, article.lang.clone(), &mut article.front, &mut article.body, &mut article.back);
    for part in &mut article.parts {
        number_part(of, part);
    }
}

/// A part is numbered by itself, in its language.
fn number_part(of: Of<'_>, part: &mut Part) {
    own(of, part.lang.clone(), &mut part.front, &mut part.body, &mut part.back);
    for inner in &mut part.parts {
        number_part(of, inner);
    }
}

/// What an article is numbered with.
#[derive(Clone, Copy)]
struct Of<'a> {
    leaves: &'a Leaves,
    words: &'a Lexicon<'a>,
    /// Whether empty references will show author and year.
    by_author: bool,
    /// Whether a list of references is called one of sources.
    sources: bool,
}

fn own(of: Of<'_>, lang: Lang, front: &mut Front, body: &mut [Block], back: &mut [Block]) {
    let mut look = Look { leaves: of.leaves, seen: Seen::default(), listed: false };
    walk::own(&mut look, front, body, back);
    let mut giver = Giver { of, seen: look.seen, lang, figures: 0, tables: 0, formulas: 0, inside: false, notes: 0, titled: false };
    walk::own(&mut giver, front, body, back);
}

/// What one look over the article tells.
#[derive(Default)]
struct Seen {
    /// Whether any figure, any table, any formula has a label.
    labelled_figure: bool,
    labelled_table: bool,
    labelled_formula: bool,
    /// What each reference of the text shows, and what it points at.
    xrefs: Vec<(Vec<Id>, String)>,
    /// What the first reference that leads to a thing alone and shows something shows; nothing where all are empty.
    shown: IndexMap<Id, String>,
    /// The labels of notes that have one.
    note_labels: IndexSet<String>,
    /// The numbers in square brackets that are no references.
    brackets: IndexSet<usize>,
    /// The ids of all references of the lists.
    listed: IndexSet<Id>,
}

struct Look<'a> {
    leaves: &'a Leaves,
    seen: Seen,
    /// Inside a list of references.
    listed: bool,
}

impl Look<'_> {
    fn xref(&mut self, xref: &Xref) {
        let text = plain::title(self.leaves, &xref.body);
        for rid in &xref.rids {
            let shown = self.seen.shown.entry(rid.clone()).or_default();
            if shown.is_empty() && xref.rids.len() == 1 {
                shown.clone_from(&text);
            }
        }
        self.seen.xrefs.push((xref.rids.clone(), text));
    }
}

impl VisitMut for Look<'_> {
    fn block(&mut self, block: &mut Block) {
        match block {
            Block::Figure(figure) => self.seen.labelled_figure |= figure.kind == FigureKind::Figure && !figure.label.is_empty(),
            Block::Table(table) => self.seen.labelled_table |= !table.label.is_empty(),
            Block::Formula(formula) => self.seen.labelled_formula |= !formula.label.is_empty(),
            Block::References(_) => {
                let around = std::mem::replace(&mut self.listed, true);
                walk_block_mut(self, block);
                self.listed = around;
                return;
            }
            Block::Section(_)
            | Block::Paragraph(_)
            | Block::List(_)
            | Block::Definitions(_)
            | Block::Quote(_)
            | Block::Boxed(_)
            | Block::Statement(_)
            | Block::Lines(_)
            | Block::Notes(_)
            | Block::Foreign(..) => {}
        }
        walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        match inline {
            Inline::Xref(xref) => self.xref(xref),
            Inline::Text(leaf) if !self.listed => self.seen.brackets.extend(bracketed_numbers(self.leaves.text(*leaf))),
            Inline::Text(_)
            | Inline::Generated(_)
            | Inline::Styled(..)
            | Inline::Ruby(..)
            | Inline::Foreign(..)
            | Inline::Link(_)
            | Inline::Note(_)
            | Inline::Image(_)
            | Inline::Formula(_)
            | Inline::Break
            | Inline::Place(_) => {}
        }
        walk_inline_mut(self, inline);
    }

    fn reference(&mut self, reference: &mut Reference) {
        self.seen.listed.extend(reference.id.clone());
        walk_reference_mut(self, reference);
    }

    fn note(&mut self, note: &mut Note) {
        if !note.label.is_empty() {
            self.seen.note_labels.insert(bare(&plain::title(self.leaves, &note.label)).to_owned());
        }
        walk_note_mut(self, note);
    }
}

/// The numbers in square brackets of a text, as citations are written: `[3]`, `[1, 2]`, `[4–6]`, `[10, с. 81]`. Zero is none: `[0, 1]` is an interval.
fn bracketed_numbers(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for inside in text.split('[').skip(1).filter_map(|rest| rest.split_once(']')).map(|(inside, _)| inside) {
        let mut numbers = Vec::new();
        for part in inside.split([',', ';']).map(str::trim) {
            let (from, to) = part.split_once(['-', '–', '—']).unwrap_or((part, part));
            let number = |text: &str| Some(text.trim()).filter(|text| text.len() <= 3).and_then(|text| text.parse::<usize>().ok());
            match (number(from), number(to)) {
                (Some(from), Some(to)) => numbers.extend(from..=to),
                // What follows a number is where in the work: a page, a chapter.
                (None, _) | (_, None) => break,
            }
        }
        if !numbers.contains(&0) {
            found.extend(numbers);
        }
    }
    found
}

struct Giver<'a> {
    of: Of<'a>,
    seen: Seen,
    lang: Lang,
    figures: usize,
    tables: usize,
    formulas: usize,
    /// Inside a figure or table that has its number.
    inside: bool,
    notes: usize,
    /// Whether the title of the section around is that of the list in it.
    titled: bool,
}

/// A label that the master does not have.
fn generated(pattern: &str, number: usize) -> Inlines {
    vec![Inline::Generated(table::numbered(pattern, number))]
}

/// Whether a text says itself what it is: by a section of its own, or in bold type at its beginning.
fn begins_with_a_head(blocks: &[Block]) -> bool {
    match blocks.first() {
        Some(Block::Section(_)) => true,
        Some(Block::Paragraph(paragraph)) => matches!(paragraph.body.first(), Some(Inline::Styled(Style::Bold | Style::SmallCaps, _))),
        Some(_) | None => false,
    }
}

impl Giver<'_> {
    fn section(&mut self, section: &mut Section) {
        let untitled = section.title.is_empty() && section.label.is_empty() && !section.blocks.is_empty() && !begins_with_a_head(&section.blocks);
        let word = match section.kind {
            SectionKind::Acknowledgements => Some(Label::Acknowledgements),
            SectionKind::Appendix => Some(Label::Appendix),
            SectionKind::Section | SectionKind::Funding | SectionKind::Back => None,
        };
        if let Some(word) = word.filter(|_| untitled) {
            section.title = vec![Inline::Generated(self.of.words.word(&self.lang, word).to_owned())];
        }
        let around = std::mem::replace(&mut self.titled, !section.title.is_empty() && matches!(section.blocks.as_slice(), [Block::References(_)]));
        self.inlines(&mut section.label);
        self.inlines(&mut section.title);
        walk_blocks_mut(self, &mut section.blocks);
        self.titled = around;
    }

    fn references(&mut self, list: &mut ReferenceList) {
        if list.title.is_empty() && !self.titled && (!list.items.is_empty() || !list.lists.is_empty()) {
            let sources = self.of.words.own_word(&self.lang, Label::Sources).filter(|_| self.of.sources);
            list.title = vec![Inline::Generated(sources.unwrap_or_else(|| self.of.words.word(&self.lang, Label::References)).to_owned())];
        }
        self.number_references(list);
    }

    fn number_references(&self, list: &mut ReferenceList) {
        if list.items.iter().all(|item| item.label.is_empty()) && !self.brings_numbers(&list.items) && self.cited_by_number(&list.items) {
            for (item, number) in list.items.iter_mut().zip(1..) {
                item.label = generated("{n}.", number);
            }
        }
        for inner in &mut list.lists {
            self.number_references(inner);
        }
    }

    /// Whether the references begin with their numbers in the list.
    fn brings_numbers(&self, items: &[Reference]) -> bool {
        items.iter().zip(1..).all(|(item, number)| {
            let text = item.citations.first().map(|citation| plain::title(self.of.leaves, citation)).unwrap_or_default();
            let digits: String = text.trim_start_matches(['[', '(']).chars().take_while(char::is_ascii_digit).collect();
            digits.parse() == Ok(number)
        })
    }

    /// Whether the text cites these references by their number in the list: each reference that shows a number shows theirs. Empty
    /// references need a number to show. Where none leads to a list, numbers in square brackets are enough, if they are those of a good part of this one.
    fn cited_by_number(&self, items: &[Reference]) -> bool {
        let places: IndexMap<&Id, usize> = items.iter().zip(1..).filter_map(|(item, number)| Some((item.id.as_ref()?, number))).collect();
        let mut shown = self.seen.xrefs.iter().filter_map(|(rids, text)| Some((*places.get(rids.first()?)?, bare(text)))).peekable();
        if shown.peek().is_none() {
            let numbers = &self.seen.brackets;
            let cited = (1..=items.len()).filter(|number| numbers.contains(number)).count();
            let leads = self.seen.xrefs.iter().flat_map(|(rids, _)| rids).any(|rid| self.seen.listed.contains(rid));
            return !leads && 3 * cited >= items.len() && cited > 0;
        }
        shown.all(|(number, text)| {
            let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
            text.is_empty() && !self.of.by_author || digits.parse() == Ok(number)
        })
    }

    /// Whether a caption begins with its label, in its own language or in English: “Рис. 1. Схема”, “Table 2: …”.
    fn brings(&self, label: &str, english: &str, title: &Inlines, caption: &[Block]) -> bool {
        let said = match caption.first() {
            Some(Block::Paragraph(paragraph)) if title.is_empty() => plain::title(self.of.leaves, &paragraph.body),
            Some(_) | None => plain::title(self.of.leaves, title),
        };
        let letters =
            |text: &str| text.chars().skip_while(|c| !c.is_alphabetic()).take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect::<String>();
        let (word, own) = (letters(&said), letters(label));
        let numbered = said.chars().take(word.chars().count() + 6).any(char::is_numeric);
        numbered && (is_short_for(&word, &own) || is_short_for(&word, english) || is_short_for(&own, &word))
    }

    /// A note without a label: what the text shows at its first mark, else the next number that no other note has.
    fn note_label(&mut self, note: &Note) -> Option<String> {
        let shown = self.seen.shown.get(note.id.as_ref()?)?.clone();
        Some(if shown.is_empty() { self.next_note() } else { shown })
    }

    fn next_note(&mut self) -> String {
        loop {
            self.notes += 1;
            let label = self.notes.to_string();
            if self.seen.note_labels.insert(label.clone()) {
                return label;
            }
        }
    }
}

impl VisitMut for Giver<'_> {
    fn block(&mut self, block: &mut Block) {
        match block {
            Block::Section(section) => self.section(section),
            Block::Figure(figure) => {
                let counted =
                    figure.kind == FigureKind::Figure && !self.inside && !self.seen.labelled_figure && (!figure.title.is_empty() || !figure.caption.is_empty());
                if counted {
                    self.figures += 1;
                    let label = table::numbered(self.of.words.word(&self.lang, Label::Figure), self.figures);
                    if !self.brings(&label, "figure", &figure.title, &figure.caption) {
                        figure.label = vec![Inline::Generated(label)];
                    }
                }
                let inside = self.inside || counted;
                let around = std::mem::replace(&mut self.inside, inside);
                walk_block_mut(self, block);
                self.inside = around;
            }
            Block::Table(wrap) => {
                if !self.inside && !self.seen.labelled_table && (!wrap.title.is_empty() || !wrap.caption.is_empty()) {
                    self.tables += 1;
                    let label = table::numbered(self.of.words.word(&self.lang, Label::Table), self.tables);
                    if !self.brings(&label, "table", &wrap.title, &wrap.caption) {
                        wrap.label = vec![Inline::Generated(label)];
                    }
                }
                let around = std::mem::replace(&mut self.inside, true);
                walk_block_mut(self, block);
                self.inside = around;
            }
            Block::Formula(formula) => {
                let is_meant = formula.id.as_ref().and_then(|id| self.seen.shown.get(id)).is_some_and(String::is_empty);
                if is_meant && !self.seen.labelled_formula {
                    self.formulas += 1;
                    formula.label = generated("({n})", self.formulas);
                }
                walk_block_mut(self, block);
            }
            Block::References(list) => {
                self.references(list);
                walk_block_mut(self, block);
            }
            Block::Foreign(lang, blocks) => {
                let around = std::mem::replace(&mut self.lang, lang.clone());
                walk_blocks_mut(self, blocks);
                self.lang = around;
            }
            Block::Paragraph(_)
            | Block::List(_)
            | Block::Definitions(_)
            | Block::Quote(_)
            | Block::Statement(_)
            | Block::Boxed(_)
            | Block::Lines(_)
            | Block::Notes(_) => {
                walk_block_mut(self, block);
            }
        }
    }

    fn inline(&mut self, inline: &mut Inline) {
        if let Inline::Note(note) = inline {
            if note.label.is_empty() && note.mark.is_empty() && mark_of_body(self.of.leaves, &note.body).is_none() {
                note.label = vec![Inline::Generated(self.next_note())];
            }
            if note.mark.is_empty() {
                let mark = if note.label.is_empty() { mark_of_body(self.of.leaves, &note.body) } else { Some(plain::title(self.of.leaves, &note.label)) };
                note.mark = mark.map(|mark| vec![Inline::Generated(mark)]).unwrap_or_default();
            }
        }
        walk_inline_mut(self, inline);
    }

    fn note(&mut self, note: &mut Note) {
        if note.label.is_empty() && mark_of_body(self.of.leaves, &note.body).is_none() {
            if !note.mark.is_empty() {
                note.label = vec![Inline::Generated(plain::title(self.of.leaves, &note.mark))];
            } else if let Some(label) = self.note_label(note) {
                note.label = vec![Inline::Generated(label)];
            }
        }
        walk_note_mut(self, note);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::resolved;
    use super::*;

    const CAPTION: &str = "<caption><p>c</p></caption>";

    #[test]
    fn figures_are_numbered_where_none_has_a_label() {
        let resolved = resolved("", &format!("<fig id='f1'>{CAPTION}</fig><fig id='f2'/><fig id='f3'>{CAPTION}</fig>"), "");
        resolved.shows("figure #f1\nlabel +\"Figure 1\"");
        resolved.shows("figure #f2\nfigure #f3\nlabel +\"Figure 2\"");
    }

    #[test]
    fn a_caption_that_brings_its_label_gets_no_other() {
        let caption = |text: &str| format!("<caption><p>{text}</p></caption>");
        let body = format!(
            "<fig id='f1'>{}</fig><fig id='f2'>{}</fig><table-wrap id='t1'>{}</table-wrap>",
            caption("Fig. 1. A scheme"),
            caption("Another scheme"),
            caption("<bold>Table 1.</bold> Numbers")
        );
        let resolved = resolved("", &body, "");
        resolved.shows("figure #f1\ncaption");
        resolved.shows("figure #f2\nlabel +\"Figure 2\"");
        resolved.shows("table #t1\ncaption");
    }

    #[test]
    fn figures_beside_labelled_ones_are_not_numbered() {
        let resolved = resolved("", &format!("<fig id='f1'><label>Fig. 7</label>{CAPTION}</fig><fig id='f2'>{CAPTION}</fig>"), "");
        resolved.shows("figure #f2\ncaption");
    }

    #[test]
    fn figures_of_a_group_have_no_number_of_their_own_and_other_languages_have_their_word() {
        let resolved = resolved(
            "",
            &format!(
                "<fig-group id='g'>{CAPTION}<fig id='a'>{CAPTION}</fig></fig-group><sec xml:lang='kk'><title>x</title><table-wrap id='t'>{CAPTION}</table-wrap></sec>"
            ),
            "",
        );
        resolved.shows("figure #g\nfigure #a\ncaption");
        resolved.shows("label +\"Figure 1\"");
        resolved.shows("table #t\nlabel +\"1-кесте\"");
    }

    #[test]
    fn formulas_that_empty_references_point_at_are_numbered() {
        let formula = |id: &str, label: &str| format!("<disp-formula id='{id}'>{label}<tex-math>x</tex-math></disp-formula>");
        let text = "<p>See Eq. (<xref ref-type='disp-formula' rid='e3'/>).</p>";
        let found = resolved("", &format!("{}{}{text}", formula("e1", ""), formula("e3", "")), "");
        found.shows("label +\"(1)\"");
        found.shows("xref other -> e3 +\"1\"");
        resolved("", &format!("{}{}{text}", formula("e1", "<label>(1)</label>"), formula("e3", "")), "").lacks("+\"(");
    }

    #[test]
    fn references_are_numbered_where_the_text_cites_by_their_number() {
        let list = "<ref-list><ref id='r1'><mixed-citation>a</mixed-citation></ref><ref id='r2'><mixed-citation>b</mixed-citation></ref></ref-list>";
        let cite = |shown: &str| resolved("", &format!("<p>x [<xref ref-type='bibr' rid='r2'>{shown}</xref>]</p>"), list);
        cite("2").shows("label +\"2.\"\ncitation \"b\"");
        cite("").shows("xref citation #cite-1 -> r2 +\"2\"");
        cite("Lee 2000").lacks("label");
        // A number that is not that of the list would be contradicted.
        cite("7").lacks("label");
        resolved("", "<p>x [1]</p>", list).shows("label +\"1.\"\ncitation \"a\"");
        resolved("", "<p>x</p>", list).lacks("label");
        // References to figures are none to the list, and a list that is cited by its numbers has more of them.
        resolved("", "<p>x [1, 2] in <xref ref-type='fig' rid='f1'>it</xref></p><fig id='f1'/>", list).shows("label +\"2.\"\ncitation \"b\"");
        let long = format!("<ref-list>{}</ref-list>", "<ref><mixed-citation>a</mixed-citation></ref>".repeat(9));
        resolved("", "<p>x [1, 2]</p>", &long).lacks("label");
        let numbered = "<ref-list><ref id='r1'><mixed-citation>1. a</mixed-citation></ref><ref id='r2'><mixed-citation>[2] b</mixed-citation></ref></ref-list>";
        resolved("", "<p>x [1, 2]</p>", numbered).lacks("label");
    }

    #[test]
    fn a_list_of_references_is_called_so_unless_its_section_is() {
        let list = "<ref-list><ref id='r1'><mixed-citation>a</mixed-citation></ref></ref-list>";
        resolved("", "<p>x</p>", list).shows("references\ntitle +\"References\"");
        resolved("", "<p>x</p>", &format!("<sec><title>Literature</title>{list}</sec>")).shows("title \"Literature\"\nreferences\nreference #r1");
    }

    #[test]
    fn numbers_in_brackets_are_seen() {
        for (text, numbers) in
            [("so [3].", &[3][..]), ("[10, с. 81]", &[10]), ("[1–3; 7]", &[1, 2, 3, 7]), ("[0, 1]", &[]), ("[2020]", &[]), ("[3 m]", &[]), ("[sic]", &[])]
        {
            assert_eq!(bracketed_numbers(text), numbers, "{text}");
        }
    }
}
