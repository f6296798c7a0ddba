//! What stands before the text: `front` of an article, `front-stub` of a part.
//!
//! Whatever JATS lets stand in several languages is a list here, each form with its language; which form is
//! set where is decided by `resolve`.

use super::Id;
use super::block::Block;
use super::inline::{Inlines, Link, Note, Xref};
use crate::lang::Lang;
use crate::source::Span;
pub use crate::term::{Date, DateKind, NoticeKind, Scheme, Task};

/// A thing that is said in some language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct In<T> {
    /// The language: the element's own, or that of what surrounds it.
    pub lang: Lang,
    /// What is said.
    pub said: T,
}

/// Everything that stands before the text.
#[derive(Clone, Debug, Default)]
pub struct Front {
    /// The journal.
    pub journal: Journal,
    /// Where in the journal.
    pub issue: Issue,
    /// `article-id`s, in order.
    pub identifiers: Vec<Identifier>,
    /// Headings of the table of contents and the article's type, as the journal prints it.
    pub headings: Vec<In<Inlines>>,
    /// Codes of classifications: UDC and its kin.
    pub codes: Vec<ClassCode>,
    /// Subjects for catalogues, which no page shows.
    pub subjects: Vec<In<String>>,
    /// Titles, the main one first.
    pub titles: Vec<In<Title>>,
    /// Titles for the running heads (`alt-title`).
    pub running_titles: Vec<In<String>>,
    /// Authors and others, in order.
    pub contributors: Vec<Contributor>,
    /// Affiliations, in order.
    pub affiliations: Vec<Affiliation>,
    /// Notes about the authors (`author-notes`): correspondence, conflicts, contributions.
    pub author_notes: Vec<Note>,
    /// Abstracts, those in other languages included.
    pub abstracts: Vec<In<Abstract>>,
    /// Groups of keywords.
    pub keywords: Vec<In<Keywords>>,
    /// Dates of publication and of the history.
    pub dates: Vec<ArticleDate>,
    /// Copyright statements.
    pub copyright: Vec<In<Inlines>>,
    /// Licences.
    pub licences: Vec<In<Licence>>,
    /// Statements of funding.
    pub funding: Vec<In<Inlines>>,
    /// Statements of funding that stand elsewhere in the same words: data alone.
    pub funding_again: Vec<In<String>>,
    /// Other articles that have to do with this one, and what is to be known of this one.
    pub notices: Vec<Notice>,
    /// Anything else of the front matter whose text is kept.
    pub other: Vec<Block>,
}

/// What this article and another have to do with each other (`related-article`, `related-object`), or what a reader must know of this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it is.
    pub kind: NoticeKind,
    /// Where the other is, as a URL.
    pub href: Option<String>,
    /// What the master says of it.
    pub body: Inlines,
    /// Where it stands in the master.
    pub span: Span,
}

/// The journal (`journal-meta`). Empty elements of the master count as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    /// `journal-title`s.
    pub titles: Vec<In<String>>,
    /// `abbrev-journal-title`.
    pub abbreviation: Option<String>,
    /// `issn`s.
    pub issns: Vec<String>,
    /// `publisher-name`s.
    pub publishers: Vec<In<String>>,
    /// `publisher-loc`.
    pub place: Option<String>,
}

/// Where in the journal the article stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issue {
    /// `volume`.
    pub volume: Option<String>,
    /// `issue`.
    pub number: Option<String>,
    /// `issue-part`.
    pub part: Option<String>,
    /// `supplement`.
    pub supplement: Option<String>,
    /// `page-range`.
    pub pages: Option<String>,
    /// `fpage`.
    pub first_page: Option<String>,
    /// `lpage`.
    pub last_page: Option<String>,
    /// `elocation-id`.
    pub elocation: Option<String>,
    /// The year in which it was printed, or its collection closed: a `pub-date` of its own beside that of the first publication.
    pub year: Option<u16>,
}

/// An identifier of the article (`article-id`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// `@pub-id-type`, or `@custom-type` where that is given.
    pub kind: String,
    /// The identifier.
    pub value: String,
    /// Where it stands in the master.
    pub span: Span,
}

/// A code of a classification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassCode {
    /// Which classification.
    pub scheme: Scheme,
    /// Whether the text of the master begins with the classification's own name, so that no label is to be added.
    pub named: bool,
    /// The language of the group that it stands in, where that has one of its own.
    pub lang: Option<Lang>,
    /// The code.
    pub body: Inlines,
}

/// A title with its subtitle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// `article-title` or `trans-title`.
    pub title: Inlines,
    /// `subtitle` or `trans-subtitle`.
    pub subtitle: Inlines,
}

/// An author, editor, translator or other contributor (`contrib`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contributor {
    /// The id.
    pub id: Option<Id>,
    /// `@contrib-type`; `author` without one.
    pub kind: String,
    /// Whether letters go to this one (`@corresp`, or an `xref` of that type).
    pub corresponding: bool,
    /// `@equal-contrib`.
    pub equal: bool,
    /// `@deceased`.
    pub deceased: bool,
    /// The name, in one form or several.
    pub names: Vec<Name>,
    /// Academic degrees.
    pub degrees: Vec<In<Inlines>>,
    /// What the contributor did.
    pub roles: Vec<In<Inlines>>,
    /// The same in the terms of CRediT (`role` with `@vocab="credit"`).
    pub credits: Vec<In<Inlines>>,
    /// The ORCID as a URL.
    pub orcid: Option<String>,
    /// Other identifiers of the person (`contrib-id`): kind and value.
    pub identifiers: Vec<(String, String)>,
    /// Addresses.
    pub emails: Vec<Link>,
    /// References to affiliations and notes.
    pub xrefs: Vec<Xref>,
    /// Ids of the affiliations that stand inside the contributor or its group.
    pub affiliations: Vec<Id>,
    /// Biographies, addresses and anything else whose text is kept.
    pub about: Vec<Block>,
    /// Where it stands in the master.
    pub span: Span,
}

impl Contributor {
    /// What the contributor did. Members of a group are authors as the group is.
    #[must_use]
    pub fn task(&self) -> Task {
        if self.is_member() { Task::Author } else { Task::of(&self.kind) }
    }

    /// Whether this is a member of the group that stands before it.
    #[must_use]
    pub fn is_member(&self) -> bool {
        self.kind == MEMBER
    }
}

/// The kind of a member of a group.
pub const MEMBER: &str = "member";

/// The kind of a group for which the authors wrote (`on-behalf-of`).
pub const BEHALF: &str = "on-behalf-of";

/// Which part of a name comes first (`@name-style`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NameOrder {
    /// `western`: given names, then surname.
    #[default]
    GivenFirst,
    /// `eastern` (and `islensk` reads the same in lists): surname, then given names.
    SurnameFirst,
}

/// A name in one script (`name`, `string-name`, `collab`, `anonymous`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// The language, where the name has one of its own.
    pub lang: Option<Lang>,
    /// Which part comes first.
    pub order: NameOrder,
    /// `prefix`.
    pub prefix: Inlines,
    /// `given-names`.
    pub given: Inlines,
    /// `given-names/@initials`, such as “Y.V.”.
    pub initials: Option<String>,
    /// `surname`.
    pub surname: Inlines,
    /// `suffix`.
    pub suffix: Inlines,
    /// The whole name where it is not told apart: `string-name` with text of its own, `collab`.
    pub whole: Inlines,
    /// Whether it names a group.
    pub collective: bool,
}

/// An affiliation (`aff`), or several forms of one (`aff-alternatives`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affiliation {
    /// The id that authors point at.
    pub id: Option<Id>,
    /// Its forms.
    pub forms: Vec<AffiliationForm>,
    /// Where it stands in the master.
    pub span: Span,
}

/// An affiliation in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AffiliationForm {
    /// The id of this form, where it has one of its own.
    pub id: Option<Id>,
    /// The language, where the form has one of its own.
    pub lang: Option<Lang>,
    /// The label, such as “1” or “a”.
    pub label: Inlines,
    /// What it says.
    pub body: Inlines,
}

/// An abstract (`abstract`, `trans-abstract`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abstract {
    /// `@abstract-type`, such as `graphical`.
    pub kind: Option<String>,
    /// The id.
    pub id: Option<Id>,
    /// Its title.
    pub title: Inlines,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Where it stands in the master.
    pub span: Span,
}

/// A group of keywords (`kwd-group`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keywords {
    /// `@kwd-group-type`.
    pub kind: Option<String>,
    /// The vocabulary that they are from (`@vocab`), where it has a name.
    pub vocabulary: Option<String>,
    /// Its title.
    pub title: Inlines,
    /// The keywords.
    pub items: Vec<Inlines>,
}

/// A licence (`license`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// Its URL, from `@xlink:href` or `ali:license_ref`.
    pub href: Option<String>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A date of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArticleDate {
    /// What happened.
    pub kind: DateKind,
    /// When.
    pub date: Date,
    /// Where it stands in the master.
    pub span: Span,
}
