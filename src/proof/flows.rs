//! What must stand in order.
//!
//! 1. Each run of text (a paragraph, a title, a cell) is a flow of its own: its leaves follow each other.
//! 2. The paragraphs and titles of the text are a flow as well, each by its first leaf. What a layout may move is not part of it: front matter,
//!    figures, tables, boxes and notes, and formulas with a number, by which they are found where they stand across columns. Nor is what follows the text: each part of that is a flow of its own, for acknowledgements may stand
//!    before the text, and a second list of references with the front matter of its language.

use article::edition::Edition;
use article::leaf::LeafNo;
use article::model::block::Block;
use article::model::inline::{Inline, Note};
use article::model::math::FormulaPart;
use article::model::walk::{Visit, walk_block};

/// The flows of an edition: in each, every leaf is to be seen after the one before it.
#[must_use]
pub fn flows(edition: &Edition) -> Vec<Vec<LeafNo>> {
    let mut runs = runs(edition);
    runs.next_text();
    let beginnings = runs.spines.iter().filter_map(|spine| spine.first().copied()).collect();
    runs.runs.append(&mut runs.spines);
    runs.runs.push(beginnings);
    runs.runs
}

/// All leaves of the front matter and of the text but those of notes, in the order of reading, and whether each stands where the text stands: what
/// floats may be set on another page.
#[must_use]
pub fn reading(edition: &Edition) -> Vec<(LeafNo, bool)> {
    runs(edition).reading
}

fn runs(edition: &Edition) -> Runs {
    let mut runs = Runs::default();
    for (fronts, body, back) in edition.texts() {
        runs.next_text();
        (runs.in_front, runs.in_text) = (true, false);
        for front in fronts {
            for heading in &front.headings {
                runs.inlines(heading);
            }
            runs.inlines(&front.title);
            runs.inlines(&front.subtitle);
            for line in &front.affiliations {
                runs.inlines(&line.body);
            }
            for part in &front.abstracts {
                runs.blocks(&part.blocks);
            }
            for keyword in front.keywords.iter().flat_map(|part| &part.items) {
                runs.inlines(keyword);
            }
            for note in &front.notes {
                runs.note(note);
            }
            runs.blocks(&front.other);
        }
        (runs.in_front, runs.in_text) = (false, true);
        runs.blocks(body);
        for block in back {
            let text = std::mem::take(&mut runs.spine);
            runs.block(block);
            let moved = std::mem::replace(&mut runs.spine, text);
            runs.runs.push(moved);
        }
    }
    runs
}

#[derive(Default)]
struct Runs {
    runs: Vec<Vec<LeafNo>>,
    /// Paragraphs and titles of the text that is visited, and of those before it: an article and its parts are several texts, for a layout may set a
    /// translation beside what it translates. They begin in their order.
    spine: Vec<LeafNo>,
    spines: Vec<Vec<LeafNo>>,
    reading: Vec<(LeafNo, bool)>,
    /// Whether what is visited is a note.
    in_note: bool,
    /// Whether what is visited is front matter.
    in_front: bool,
    /// Whether what is visited stands where the layout cannot move it.
    in_text: bool,
}

impl Runs {
    fn next_text(&mut self) {
        if !self.spine.is_empty() {
            self.spines.push(std::mem::take(&mut self.spine));
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn aside(&mut self, visit: impl FnOnce(&mut Self)) {
        let outside = (self.in_text, self.in_front);
        (self.in_text, self.in_front) = (false, false);
        visit(self);
        (self.in_text, self.in_front) = outside;
    }
}

impl Visit for Runs {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Figure(_) | Block::Table(_) | Block::Boxed(_) => self.aside(|runs| walk_block(runs, block)),
            // The notes of a list stand where the list does, those of a run at the foot of some page.
            Block::Notes(list) => self.aside(|runs| {
                runs.inlines(&list.title);
                list.notes.iter().for_each(|note| runs.blocks(&note.body));
            }),
            Block::Formula(formula) => {
                // The signs of a formula stand above and below each other; it is in order as a whole.
                let is_numbered = !formula.label.is_empty();
                for part in &formula.parts {
                    let FormulaPart::Math(formula) = part else { continue };
                    if self.in_text && !is_numbered {
                        self.spine.extend(formula.first_leaf());
                    }
                    let stands = (self.in_text || self.in_front) && !is_numbered;
                    if !self.in_note {
                        self.reading.extend(formula.first_leaf().map(|leaf| (leaf, stands)));
                    }
                }
                self.aside(|runs| walk_block(runs, block));
            }
            Block::Section(_)
            | Block::Paragraph(_)
            | Block::List(_)
            | Block::Definitions(_)
            | Block::Quote(_)
            | Block::Statement(_)
            | Block::Lines(_)
            | Block::References(_)
            | Block::Foreign(..) => walk_block(self, block),
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        let mut run = Run::default();
        for inline in inlines {
            run.inline(inline);
        }
        if self.in_text {
            self.spine.extend(run.leaves.first());
        }
        let stands = self.in_text || self.in_front;
        if !self.in_note {
            self.reading.extend(run.leaves.iter().map(|leaf| (*leaf, stands)));
        }
        if run.leaves.len() > 1 {
            self.runs.push(run.leaves);
        }
        for note in run.notes {
            self.aside(|runs| runs.note(note));
        }
    }

    fn note(&mut self, note: &Note) {
        let around = std::mem::replace(&mut self.in_note, true);
        self.aside(|runs| runs.blocks(&note.body));
        self.in_note = around;
    }
}

/// The leaves of one run, and the notes that hang on it.
#[derive(Default)]
struct Run<'a> {
    leaves: Vec<LeafNo>,
    notes: Vec<&'a Note>,
}

impl<'a> Run<'a> {
    fn inline(&mut self, inline: &'a Inline) {
        match inline {
            Inline::Text(leaf) => self.leaves.push(*leaf),
            Inline::Formula(formula) => self.leaves.extend(formula.first_leaf()),
            Inline::Generated(_) | Inline::Image(_) | Inline::Break | Inline::Place(_) => {}
            Inline::Styled(_, body) | Inline::Foreign(_, body) => self.all(body),
            Inline::Ruby(base, above) => {
                self.all(base);
                self.all(above);
            }
            Inline::Link(link) => self.all(&link.body),
            Inline::Xref(xref) => self.all(&xref.body),
            Inline::Note(note) => {
                self.all(&note.mark);
                self.notes.push(note);
            }
        }
    }

    fn all(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }
}
