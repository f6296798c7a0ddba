//! Text inside a paragraph, a title or a cell.

use super::Id;
use super::block::Block;
use super::math::Formula;
use crate::lang::Lang;
use crate::leaf::LeafNo;
use crate::source::Span;

/// A run of inline content.
pub type Inlines = Vec<Inline>;

/// One piece of inline content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Text of the master.
    Text(LeafNo),
    /// Text that the program adds, such as the label of a figure that has none, or a separator. It is no leaf.
    Generated(String),
    /// Text in another style.
    Styled(Style, Inlines),
    /// Text in another language than its surroundings.
    Foreign(Lang, Inlines),
    /// A link out of the article.
    Link(Link),
    /// A reference to another place of the article.
    Xref(Xref),
    /// A note at the place of its mark.
    Note(Box<Note>),
    /// A picture in the line.
    Image(Graphic),
    /// A formula in the line.
    Formula(Formula),
    /// A text, and its reading that stands above it (`ruby`).
    Ruby(Inlines, Inlines),
    /// A forced new line (`break`).
    Break,
    /// A place that can be pointed at, without extent.
    Place(Place),
}

/// A place in the line that something points at: `target`, or where an element begins that is nothing of its own here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The id.
    pub id: Option<Id>,
    /// Where it stands in the master.
    pub span: Span,
}

/// How a run of text looks, as the JATS emphasis elements name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// `italic`.
    Italic,
    /// `bold`.
    Bold,
    /// `sc`: small capitals.
    SmallCaps,
    /// `sub`: below the line.
    Subscript,
    /// `sup`: above the line.
    Superscript,
    /// `monospace`.
    Monospace,
    /// `sans-serif`.
    SansSerif,
    /// `roman`: upright inside italics.
    Roman,
    /// `underline`.
    Underline,
    /// `overline`.
    Overline,
    /// `strike`.
    Strike,
}

/// A link out of the article (`ext-link`, `uri`, `email`, identifiers).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads, as a URL.
    pub href: String,
    /// What is shown.
    pub body: Inlines,
    /// Where it stands in the master.
    pub span: Span,
}

/// What an `xref` refers to (`@ref-type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum XrefKind {
    /// A reference of the list (`bibr`).
    Citation,
    /// An affiliation (`aff`).
    Affiliation,
    /// Contact of the corresponding author (`corresp`).
    Correspondence,
    /// A note (`fn`, `author-notes`).
    Note,
    /// A note below a table (`table-fn`).
    TableNote,
    /// A figure, table, section, formula, appendix or anything else.
    Other,
}

/// A reference to another place of the article (`xref`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Xref {
    /// An id of its own, by which a reference can lead back; given by `resolve` to citations.
    pub id: Option<Id>,
    /// What kind of thing it refers to.
    pub kind: XrefKind,
    /// The ids that it refers to. In an `Edition` each of them exists.
    pub rids: Vec<Id>,
    /// What is shown.
    pub body: Inlines,
    /// Whether an empty citation names the authors as a part of its sentence: “Smith (2010) showed”.
    pub narrative: bool,
    /// Where it stands in the master.
    pub span: Span,
}

/// A note (`fn`), at its mark or in a list of notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The note's id.
    pub id: Option<Id>,
    /// `@fn-type`, such as `conflict`.
    pub kind: Option<String>,
    /// The mark at the place in the text; empty for a note in a list.
    pub mark: Inlines,
    /// The label at the head of the note.
    pub label: Inlines,
    /// What it says.
    pub body: Vec<Block>,
    /// Where it stands in the master.
    pub span: Span,
}

/// A picture (`graphic`, `inline-graphic`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graphic {
    /// The id, where it has one.
    pub id: Option<Id>,
    /// The name in `@xlink:href`, as it stands.
    pub href: String,
    /// The description for those who do not see it (`alt-text`), white space folded. Empty where the master says so: the picture is decoration.
    pub alt: Option<String>,
    /// The long description (`long-desc`).
    pub long_desc: Option<String>,
    /// Where it stands in the master.
    pub span: Span,
}

impl Graphic {
    /// What stands in the place of the picture where there is none: its name, of an address the last part.
    #[must_use]
    pub fn name(&self) -> &str {
        let last = self.href.split_once("://").and_then(|(_, rest)| rest.rsplit('/').find(|part| !part.is_empty()));
        last.unwrap_or(&self.href)
    }
}
