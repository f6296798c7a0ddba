//! Formulas: presentation MathML as a typed tree (MathML 3, chapter 3, <https://www.w3.org/TR/MathML3/chapter3.html>).
//!
//! 1. A [`Formula`] holds a row of [`Math`]; whatever a master writes its formulas in, the reader makes this tree of it.
//! 2. What the master shows stands in [`Token`]s, whose texts are leaves; signs that MathML keeps in attributes, such as the fences of
//!    `mfenced`, are generated.
//! 3. `mathvariant`, which is inherited, is settled by the reader: a token knows its own.

use super::Id;
use super::inline::{Graphic, Inlines};
use crate::leaf::{LeafNo, Leaves};
use crate::source::Span;

/// A formula (`inline-formula`, `mml:math`, `tex-math`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// The id.
    pub id: Option<Id>,
    /// What it shows.
    pub body: Vec<Math>,
    /// What the master says to those who do not see it (`alt-text`, `@alttext`).
    pub alt: Option<String>,
    /// Where it stands in the master.
    pub span: Span,
}

/// A formula on lines of its own (`disp-formula`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayFormula {
    /// The id.
    pub id: Option<Id>,
    /// The label, such as “(1)”.
    pub label: Inlines,
    /// What stands in it, mostly one formula.
    pub parts: Vec<FormulaPart>,
    /// Where it stands in the master.
    pub span: Span,
}

/// A part of a formula on lines of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormulaPart {
    /// A formula.
    Math(Formula),
    /// Text, as where a formula is written with `italic` and `sub`.
    Text(Inlines),
    /// A picture of the formula.
    Image(Graphic),
}

/// A piece of a formula. Where an element takes a row, its children stand in a vector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Math {
    /// `mrow`.
    Row(Vec<Math>),
    /// `mi`, `mn`, `mo`, `mtext`, `ms`.
    Token(Token),
    /// `mspace`.
    Space(Length),
    /// `mfrac`.
    Fraction(Box<Fraction>),
    /// `msqrt` (without an index), `mroot`.
    Root(Box<Root>),
    /// `msub`, `msup`, `msubsup`.
    Scripts(Box<Scripts>),
    /// `munder`, `mover`, `munderover`.
    Limits(Box<Limits>),
    /// `mmultiscripts`.
    Multiscripts(Box<Multiscripts>),
    /// `mtable`.
    Table(Table),
    /// `mfenced`.
    Fenced(Fenced),
    /// `menclose`.
    Enclosed(Vec<Notation>, Vec<Math>),
    /// `mphantom`: room for what is not shown.
    Phantom(Vec<Math>),
    /// `mpadded`. Heights are left to the content; a width of nothing makes what is shown overlap what follows.
    Padded(Padding, Vec<Math>),
    /// `mstyle`.
    Styled(MathStyle, Vec<Math>),
    /// `merror`.
    Error(Vec<Math>),
}

/// A piece of a formula that is text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// What it shows.
    pub text: TokenText,
    /// In which letters (`@mathvariant`), where that is said.
    pub variant: Option<Variant>,
}

/// The kinds of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// `mi`: a variable, a function. A single letter is italic unless a variant says otherwise.
    Identifier,
    /// `mn`.
    Number,
    /// `mo`: an operator, a fence, an accent.
    Operator(Operator),
    /// `mtext`, `ms`.
    Text,
}

/// The text of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenText {
    /// Text of the master.
    Leaf(LeafNo),
    /// Text of an attribute, or text that is not shown (`mphantom`).
    Generated(String),
}

impl TokenText {
    /// The text.
    #[must_use]
    pub fn get<'a>(&'a self, leaves: &'a Leaves) -> &'a str {
        match self {
            Self::Leaf(no) => leaves.text(*no),
            Self::Generated(text) => text,
        }
    }
}

/// What an `mo` says of itself; nothing where the operator dictionary is to decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Operator {
    /// `@form`.
    pub form: Option<Form>,
    /// `@stretchy`.
    pub stretchy: Option<bool>,
    /// `@largeop`.
    pub large: Option<bool>,
    /// `@movablelimits`.
    pub movable: Option<bool>,
    /// `@accent`.
    pub accent: Option<bool>,
    /// `@lspace`.
    pub before: Option<Length>,
    /// `@rspace`.
    pub after: Option<Length>,
}

/// Where an operator stands (`@form`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Before what it belongs to.
    Prefix,
    /// Between two things.
    Infix,
    /// After what it belongs to.
    Postfix,
}

/// A length in thousandths of an em.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length(pub i32);

/// The letters of a token (`@mathvariant`; MathML 3, 3.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variant {
    /// `normal`: upright.
    Normal,
    /// `bold`.
    Bold,
    /// `italic`.
    Italic,
    /// `bold-italic`.
    BoldItalic,
    /// `double-struck`.
    DoubleStruck,
    /// `bold-fraktur`.
    BoldFraktur,
    /// `script`.
    Script,
    /// `bold-script`.
    BoldScript,
    /// `fraktur`.
    Fraktur,
    /// `sans-serif`.
    SansSerif,
    /// `bold-sans-serif`.
    BoldSansSerif,
    /// `sans-serif-italic`.
    SansSerifItalic,
    /// `sans-serif-bold-italic`.
    SansSerifBoldItalic,
    /// `monospace`.
    Monospace,
}

impl Variant {
    /// The variants with their names.
    pub const ALL: [(Self, &'static str); 14] = [
        (Self::Normal, "normal"),
        (Self::Bold, "bold"),
        (Self::Italic, "italic"),
        (Self::BoldItalic, "bold-italic"),
        (Self::DoubleStruck, "double-struck"),
        (Self::BoldFraktur, "bold-fraktur"),
        (Self::Script, "script"),
        (Self::BoldScript, "bold-script"),
        (Self::Fraktur, "fraktur"),
        (Self::SansSerif, "sans-serif"),
        (Self::BoldSansSerif, "bold-sans-serif"),
        (Self::SansSerifItalic, "sans-serif-italic"),
        (Self::SansSerifBoldItalic, "sans-serif-bold-italic"),
        (Self::Monospace, "monospace"),
    ];

    /// The name, as `@mathvariant` has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(variant, _)| *variant == self).map_or("normal", |(_, name)| name)
    }

    /// The variant of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, other)| *other == name).map(|(variant, _)| *variant)
    }
}

/// `mfrac`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fraction {
    /// Above the line.
    pub over: Math,
    /// Below the line.
    pub under: Math,
    /// Whether there is a line: a binomial has none (`@linethickness` of nothing).
    pub line: bool,
    /// Whether the line is slanted (`@bevelled`).
    pub slanted: bool,
}

/// `msqrt`, `mroot`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// What stands under the sign.
    pub body: Math,
    /// The index.
    pub index: Option<Math>,
}

/// `msub`, `msup`, `msubsup`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scripts {
    /// What the scripts belong to.
    pub base: Math,
    /// The subscript.
    pub sub: Option<Math>,
    /// The superscript.
    pub sup: Option<Math>,
}

/// `munder`, `mover`, `munderover`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// What stands in the middle.
    pub base: Math,
    /// What stands below.
    pub under: Option<Math>,
    /// What stands above.
    pub over: Option<Math>,
    /// `@accentunder`.
    pub accent_under: Option<bool>,
    /// `@accent`.
    pub accent: Option<bool>,
}

/// `mmultiscripts`: pairs of subscript and superscript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Multiscripts {
    /// What the scripts belong to.
    pub base: Math,
    /// After the base.
    pub after: Vec<(Option<Math>, Option<Math>)>,
    /// Before it.
    pub before: Vec<(Option<Math>, Option<Math>)>,
}

/// `mtable`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The rows.
    pub rows: Vec<TableRow>,
    /// Whether the cells are set as large as formulas on lines of their own (`@displaystyle`).
    pub display: bool,
    /// Whether the columns are those of a system of equations, with no room of their own between a left-hand side and its relation.
    pub close: bool,
    /// After how many columns a line stands (`@columnlines`), in order.
    pub column_lines: Vec<u32>,
    /// After how many rows a line stands (`@rowlines`), in order.
    pub row_lines: Vec<u32>,
}

/// `mtr`, `mlabeledtr`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// The label of the row.
    pub label: Vec<Math>,
    /// The cells.
    pub cells: Vec<TableCell>,
}

/// `mtd`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableCell {
    /// How it stands in its column.
    pub align: CellAlign,
    /// How many columns it fills, at least 1.
    pub columns: u32,
    /// What it shows.
    pub body: Vec<Math>,
}

/// `@columnalign`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellAlign {
    /// To the left.
    Left,
    /// In the middle.
    #[default]
    Center,
    /// To the right.
    Right,
}

/// `mfenced`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fenced {
    /// The sign before it; may be empty.
    pub open: String,
    /// The sign after it; may be empty.
    pub close: String,
    /// What stands in it.
    pub items: Vec<Math>,
    /// The signs between the items: as many as there are gaps, or fewer, the last being repeated.
    pub separators: Vec<char>,
}

impl Fenced {
    /// The sign after the item of this number, where there is one.
    #[must_use]
    pub fn separator(&self, item: usize) -> Option<char> {
        if item + 1 >= self.items.len() { None } else { self.separators.get(item).or(self.separators.last()).copied() }
    }
}

/// `menclose/@notation`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Notation {
    /// `box`.
    Box,
    /// `roundedbox`.
    RoundedBox,
    /// `circle`.
    Circle,
    /// `left`, `madruwb`, `actuarial` in part.
    Left,
    /// `right`.
    Right,
    /// `top`.
    Top,
    /// `bottom`.
    Bottom,
    /// `updiagonalstrike`.
    UpStrike,
    /// `downdiagonalstrike`.
    DownStrike,
    /// `verticalstrike`.
    VerticalStrike,
    /// `horizontalstrike`.
    HorizontalStrike,
    /// `longdiv`.
    LongDivision,
    /// `radical`.
    Radical,
    /// `northeastarrow`: through it, to what it tends to.
    Arrow,
    /// `phasorangle`.
    PhasorAngle,
}

impl Notation {
    /// The name in the vocabulary of layouts and in the classes of the e-book.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Box => "box",
            Self::RoundedBox => "rounded-box",
            Self::Circle => "circle",
            Self::Left => "left",
            Self::Right => "right",
            Self::Top => "top",
            Self::Bottom => "bottom",
            Self::UpStrike => "up-strike",
            Self::DownStrike => "down-strike",
            Self::VerticalStrike => "vertical-strike",
            Self::HorizontalStrike => "horizontal-strike",
            Self::LongDivision => "long-division",
            Self::Radical => "radical",
            Self::Arrow => "arrow",
            Self::PhasorAngle => "phasor-angle",
        }
    }
}

/// `mpadded`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Padding {
    /// `@width`, where it is a length of its own.
    pub width: Option<Length>,
    /// Room before what is shown (`@lspace`).
    pub before: Option<Length>,
}

/// `mstyle`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MathStyle {
    /// `@displaystyle`.
    pub display: Option<bool>,
    /// `@scriptlevel`, where it is a level and not a step: 0, 1 or 2.
    pub level: Option<u8>,
}

impl Math {
    /// What stands in a row, or this alone.
    #[must_use]
    pub fn as_row(&self) -> &[Self] {
        match self {
            Self::Row(items) => items,
            Self::Token(_)
            | Self::Space(_)
            | Self::Fraction(_)
            | Self::Root(_)
            | Self::Scripts(_)
            | Self::Limits(_)
            | Self::Multiscripts(_)
            | Self::Table(_)
            | Self::Fenced(_)
            | Self::Enclosed(..)
            | Self::Phantom(_)
            | Self::Padded(..)
            | Self::Styled(..)
            | Self::Error(_) => std::slice::from_ref(self),
        }
    }

    /// The one thing that a row holds, or this.
    #[must_use]
    pub fn core(&self) -> &Self {
        match self.as_row() {
            [one] if !std::ptr::eq(one, self) => one.core(),
            _ => self,
        }
    }

    /// The parts of it, in the order of MathML.
    #[must_use]
    pub fn children(&self) -> Vec<&Self> {
        match self {
            Self::Token(_) | Self::Space(_) => Vec::new(),
            Self::Row(items) | Self::Enclosed(_, items) | Self::Phantom(items) | Self::Padded(_, items) | Self::Styled(_, items) | Self::Error(items) => {
                items.iter().collect()
            }
            Self::Fraction(fraction) => vec![&fraction.over, &fraction.under],
            Self::Root(root) => std::iter::once(&root.body).chain(&root.index).collect(),
            Self::Scripts(scripts) => std::iter::once(&scripts.base).chain(&scripts.sub).chain(&scripts.sup).collect(),
            Self::Limits(limits) => std::iter::once(&limits.base).chain(&limits.under).chain(&limits.over).collect(),
            Self::Multiscripts(scripts) => {
                let pairs = scripts.after.iter().chain(&scripts.before);
                std::iter::once(&scripts.base).chain(pairs.flat_map(|(sub, sup)| sub.iter().chain(sup))).collect()
            }
            Self::Table(table) => table.rows.iter().flat_map(|row| row.label.iter().chain(row.cells.iter().flat_map(|cell| &cell.body))).collect(),
            Self::Fenced(fenced) => fenced.items.iter().collect(),
        }
    }

    /// Calls `see` with every leaf of it, in the order of MathML.
    pub fn leaves(&self, see: &mut impl FnMut(LeafNo)) {
        if let Self::Token(Token { text: TokenText::Leaf(no), .. }) = self {
            see(*no);
        }
        for child in self.children() {
            child.leaves(see);
        }
    }
}

impl Formula {
    /// The first leaf of the formula.
    #[must_use]
    pub fn first_leaf(&self) -> Option<LeafNo> {
        let mut first = None;
        for math in &self.body {
            math.leaves(&mut |no| first = first.or(Some(no)));
        }
        first
    }

    /// All that it shows, in a row.
    #[must_use]
    pub fn plain(&self, leaves: &Leaves) -> String {
        let mut text = String::new();
        for math in &self.body {
            math.leaves(&mut |no| text.push_str(leaves.text(no)));
        }
        text
    }
}
