//! The blocks of the text.

use super::Id;
use super::inline::{Graphic, Inlines, Note};
use super::math::DisplayFormula;
use super::reference::ReferenceList;
use super::table::TableWrap;
use crate::lang::Lang;
use crate::source::Span;

/// One block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A section with its title; sections nest.
    Section(Section),
    /// A paragraph.
    Paragraph(Paragraph),
    /// A list.
    List(List),
    /// A list of terms with their definitions.
    Definitions(Definitions),
    /// A quotation set off from the text.
    Quote(Quote),
    /// A figure.
    Figure(Figure),
    /// A table with its caption and notes.
    Table(Box<TableWrap>),
    /// A formula on lines of its own.
    Formula(DisplayFormula),
    /// A text in a box (`boxed-text`).
    Boxed(Section),
    /// A statement or a speech, whose head is run in.
    Statement(Statement),
    /// Lines that keep their breaks and blanks (`preformat`, `code`), or their breaks alone (`verse-group`).
    Lines(Lines),
    /// A list of references.
    References(ReferenceList),
    /// A list of notes.
    Notes(NoteList),
    /// Blocks in another language than their surroundings.
    Foreign(Lang, Vec<Block>),
}

impl Block {
    /// The ids that a block itself gives, without those of what stands in it and has a visit of its own.
    #[must_use]
    pub fn ids(&self) -> Vec<&Id> {
        match self {
            Self::Section(section) | Self::Boxed(section) => section.id.iter().collect(),
            Self::Statement(statement) => statement.id.iter().collect(),
            Self::Paragraph(paragraph) => paragraph.id.iter().collect(),
            Self::List(list) => list.id.iter().chain(list.items.iter().filter_map(|item| item.id.as_ref())).collect(),
            Self::Definitions(list) => list.id.iter().chain(list.items.iter().filter_map(|item| item.id.as_ref())).collect(),
            Self::Quote(quote) => quote.id.iter().collect(),
            Self::Figure(figure) => figure.id.iter().collect(),
            Self::Table(wrap) => {
                let rows = wrap.tables.iter().flat_map(|table| table.head.iter().chain(&table.body).chain(&table.foot));
                wrap.id.iter().chain(rows.flat_map(|row| &row.cells).filter_map(|cell| cell.id.as_ref())).collect()
            }
            Self::Formula(formula) => formula.id.iter().collect(),
            Self::Lines(lines) => lines.id.iter().collect(),
            Self::References(list) => list.ids(),
            Self::Notes(list) => list.id.iter().collect(),
            Self::Foreign(..) => Vec::new(),
        }
    }
}

/// What a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SectionKind {
    /// A section of the text (`sec`).
    Section,
    /// Acknowledgements (`ack`).
    Acknowledgements,
    /// An appendix (`app`).
    Appendix,
    /// Funding (`funding-group`'s statement).
    Funding,
    /// Biographies, glossaries, notes and other parts of the back matter.
    Back,
}

/// A section (`sec`) or a part of the back matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it is.
    pub kind: SectionKind,
    /// The id.
    pub id: Option<Id>,
    /// The label, such as “2.1”.
    pub label: Inlines,
    /// The title.
    pub title: Inlines,
    /// What stands in it, sections included.
    pub blocks: Vec<Block>,
    /// Where it stands in the master.
    pub span: Span,
}

/// A paragraph (`p`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// The id.
    pub id: Option<Id>,
    /// Whether it goes on after a block that stood inside it: no indent then.
    pub continued: bool,
    /// Its text.
    pub body: Inlines,
    /// Where it stands in the master.
    pub span: Span,
}

/// How the items of a list are marked (`@list-type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListKind {
    /// `bullet`.
    Bullet,
    /// `simple`: no marks but the items' own labels.
    Simple,
    /// `order`: 1, 2, 3.
    Arabic,
    /// `alpha-lower`.
    AlphaLower,
    /// `alpha-upper`.
    AlphaUpper,
    /// `roman-lower`.
    RomanLower,
    /// `roman-upper`.
    RomanUpper,
}

/// A list (`list`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The id.
    pub id: Option<Id>,
    /// How it is marked.
    pub kind: ListKind,
    /// The number of its first item.
    pub start: u32,
    /// Its title.
    pub title: Inlines,
    /// Its items.
    pub items: Vec<Item>,
    /// Where it stands in the master.
    pub span: Span,
}

/// An item of a list (`list-item`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The id.
    pub id: Option<Id>,
    /// A label of its own, which replaces the mark.
    pub label: Inlines,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A list of terms (`def-list`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definitions {
    /// The id.
    pub id: Option<Id>,
    /// Its title.
    pub title: Inlines,
    /// Terms and their definitions.
    pub items: Vec<Definition>,
    /// Where it stands in the master.
    pub span: Span,
}

/// A term with its definition (`def-item`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The id.
    pub id: Option<Id>,
    /// The term.
    pub term: Inlines,
    /// What it means.
    pub blocks: Vec<Block>,
}

/// A quotation (`disp-quote`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The id.
    pub id: Option<Id>,
    /// What is quoted.
    pub blocks: Vec<Block>,
    /// Where it is from (`attrib`).
    pub attribution: Inlines,
    /// Where it stands in the master.
    pub span: Span,
}

/// What is set with its head run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatementKind {
    /// A theorem and what is proved like one (`statement`): in italics, as mathematicians set it.
    Theorem,
    /// A proof (`statement`).
    Proof,
    /// A definition, a remark and whatever else has a head (`statement`, `question`, `answer`, `explanation`, `legend`).
    Statement,
    /// What someone says (`speech`); its label is the speaker.
    Speech,
}

/// A statement (`statement`) and what is built like it: label and title stand in the line of the first paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What it is.
    pub kind: StatementKind,
    /// The id.
    pub id: Option<Id>,
    /// The label, such as “Theorem 2”; the speaker of a speech.
    pub label: Inlines,
    /// The title.
    pub title: Inlines,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Where it is from (`attrib`).
    pub attribution: Inlines,
    /// Where it stands in the master.
    pub span: Span,
}

/// What a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FigureKind {
    /// A figure (`fig`, `fig-group`, a picture by itself).
    Figure,
    /// A chemical structure (`chem-struct-wrap`).
    Structure,
    /// A film or a sound (`media`).
    Media,
    /// A file that belongs to the article (`supplementary-material`).
    Supplement,
}

/// How a master wants a figure or a table to stand on a page. Whether a layout heeds it is for the layout to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stance {
    /// Where it is mentioned, and not at the head or foot of a page (`@position`, “anchor”).
    pub is_anchored: bool,
    /// With its foot at a side of the page (`@orientation`, “landscape”).
    pub is_turned: bool,
}

/// A figure (`fig`), or a group of figures with a caption of its own (`fig-group`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it is. Figures alone are numbered.
    pub kind: FigureKind,
    /// The id.
    pub id: Option<Id>,
    /// How the master wants it to stand.
    pub stance: Stance,
    /// The label, such as “Figure 1”; `resolve` gives one where there is none.
    pub label: Inlines,
    /// The caption's title.
    pub title: Inlines,
    /// The caption.
    pub caption: Vec<Block>,
    /// Its pictures.
    pub graphics: Vec<Graphic>,
    /// Figures inside it, or text that stands in a figure's place.
    pub blocks: Vec<Block>,
    /// Where it is from (`attrib`, and permissions of the figure).
    pub attribution: Inlines,
    /// Where it stands in the master.
    pub span: Span,
}

/// Lines that are not filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    /// The id.
    pub id: Option<Id>,
    /// Whether it is code: monospaced, every blank kept.
    pub code: bool,
    /// The language of a listing (`code/@language`), in the letters of a class name.
    pub language: Option<String>,
    /// The title of a poem or a listing.
    pub title: Inlines,
    /// The lines.
    pub lines: Vec<Inlines>,
    /// Where it is from (`attrib`).
    pub attribution: Inlines,
    /// Where it stands in the master.
    pub span: Span,
}

/// A list of notes (`fn-group`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteList {
    /// The id.
    pub id: Option<Id>,
    /// Its title.
    pub title: Inlines,
    /// The notes.
    pub notes: Vec<Note>,
    /// Where it stands in the master.
    pub span: Span,
}
