//! The article as it is set: nothing dangles, everything that needs a label has one, in its language.
//!
//! 1. [`Edition::metadata`]: what catalogues and readers' shelves are told, as plain text.
//! 2. [`Edition::fronts`]: the front matter, one part for each language, that of the main text first.
//! 3. [`Edition::body`] and [`Edition::back`]: the text, in the model's own blocks.
//! 4. [`Edition::target`]: what an id means. Every `rid` of an edition has a target.
//!
//! Only [`crate::resolve`] makes editions.

use indexmap::IndexMap;

pub use crate::derive::citation::Line;
pub use crate::derive::references::How;
use crate::lang::Lang;
use crate::lang::lexicon::Overrides;
use crate::leaf::Leaves;
use crate::model::Id;
use crate::model::block::Block;
use crate::model::front::{Date, DateKind, In, NoticeKind, Scheme};
use crate::model::inline::{Inlines, Link, Note};
pub use crate::model::part::PartKind;
use crate::source::Span;

/// An article in which every reference points at something.
#[derive(Clone, Debug)]
pub struct Edition {
    /// `@article-type`.
    pub kind: Option<String>,
    /// The language of the main text.
    pub lang: Lang,
    /// The words that the journal has instead of those of the table of languages.
    pub labels: Overrides,
    /// What catalogues are told.
    pub metadata: Metadata,
    /// What running heads say.
    pub running: Running,
    /// Codes of classifications, in order.
    pub codes: Vec<CodeLine>,
    /// The front matter of each language, the main one first. Never empty.
    pub fronts: Vec<FrontMatter>,
    /// The text.
    pub body: Vec<Block>,
    /// What follows the text.
    pub back: Vec<Block>,
    /// Translations, replies and other parts that are made up as an article is.
    pub parts: Vec<Part>,
    /// Each reference that was derived from another, in order.
    pub derived: Vec<DerivedReference>,
    /// All text of the article.
    pub leaves: Leaves,
    pub(crate) index: IndexMap<Id, Target>,
}

impl Edition {
    /// Every part, each before those inside it.
    #[must_use]
    pub fn all_parts(&self) -> Vec<&Part> {
        fn gather<'a>(parts: &'a [Part], into: &mut Vec<&'a Part>) {
            for part in parts {
                into.push(part);
                gather(&part.parts, into);
            }
        }
        let mut all = Vec::new();
        gather(&self.parts, &mut all);
        all
    }

    /// The front matters, the text and what follows it, of the article and then of each part.
    #[must_use]
    pub fn texts(&self) -> Vec<(&[FrontMatter], &[Block], &[Block])> {
        let mut texts = vec![(self.fronts.as_slice(), self.body.as_slice(), self.back.as_slice())];
        texts.extend(self.all_parts().into_iter().map(|part| (part.fronts.as_slice(), part.body.as_slice(), part.back.as_slice())));
        texts
    }

    /// What an id of the article means.
    #[must_use]
    pub fn target(&self, id: &Id) -> Option<Target> {
        self.index.get(id).copied()
    }

    /// Every id that can be pointed at, in the order of the article.
    pub fn targets(&self) -> impl Iterator<Item = (&Id, Target)> {
        self.index.iter().map(|(id, target)| (id, *target))
    }
}

/// An article inside the article, resolved as the article is.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// The id.
    pub id: Option<Id>,
    /// The language of its text.
    pub lang: Lang,
    /// What it says of itself for catalogues: its title, its DOI.
    pub metadata: Metadata,
    /// What running heads say on its pages.
    pub running: Running,
    /// Codes of classifications, in order.
    pub codes: Vec<CodeLine>,
    /// The front matter of each language, the main one first. Never empty.
    pub fronts: Vec<FrontMatter>,
    /// The text.
    pub body: Vec<Block>,
    /// What follows the text.
    pub back: Vec<Block>,
    /// Parts inside it.
    pub parts: Vec<Part>,
    /// Where it stands in the master.
    pub span: Span,
}

/// What a place of the article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A section.
    Section,
    /// A paragraph, list, quotation or other block of text.
    Block,
    /// A figure.
    Figure,
    /// A table.
    Table,
    /// A note.
    Note,
    /// A reference of the list.
    Reference,
    /// An affiliation.
    Affiliation,
    /// An author.
    Author,
    /// A citation in the text, to which its reference leads back.
    Citation,
}

/// What catalogues are told, as plain text. Empty things are absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Titles with their subtitles, the main one first.
    pub titles: Vec<In<String>>,
    /// Authors, then other contributors, in order.
    pub people: Vec<Person>,
    /// Keywords by language.
    pub keywords: Vec<In<Vec<String>>>,
    /// Subjects of catalogues that are not among the keywords, each once.
    pub subjects: Vec<In<String>>,
    /// Abstracts by language, the paragraphs joined by line feeds.
    pub abstracts: Vec<In<String>>,
    /// The DOI without a resolver.
    pub doi: Option<String>,
    /// Other identifiers: kind and value.
    pub identifiers: Vec<(String, String)>,
    /// The journal's titles.
    pub journal: Vec<In<String>>,
    /// The journal's ISSNs.
    pub issns: Vec<String>,
    /// The publisher, and where.
    pub publisher: Option<String>,
    /// Volume.
    pub volume: Option<String>,
    /// Number of the issue.
    pub number: Option<String>,
    /// First page as printed.
    pub first_page: Option<String>,
    /// Last page as printed.
    pub last_page: Option<String>,
    /// `elocation-id`.
    pub elocation: Option<String>,
    /// Classification codes: scheme and code.
    pub codes: Vec<(Scheme, String)>,
    /// The year of the issue, where the master has it beside the date of publication.
    pub issue_year: Option<u16>,
    /// The earliest complete date of publication, else the latest date that the master has.
    pub date: Option<Date>,
    /// What happened to the manuscript, and when, in the master's order.
    pub events: Vec<(DateKind, Date)>,
    /// Statements of funding by language.
    pub funding: Vec<In<String>>,
    /// The copyright statement, or the licence's address where there is none.
    pub rights: Option<String>,
    /// The licence's URL.
    pub licence: Option<String>,
}

impl Metadata {
    /// The year that stands beside volume and number: that of the issue, else that of publication.
    #[must_use]
    pub fn year(&self) -> Option<u16> {
        self.issue_year.or(self.date.map(|date| date.year))
    }

    /// The pages that the master names, as a range, or the article's number where it names none.
    #[must_use]
    pub fn extent(&self) -> Option<String> {
        match (&self.first_page, &self.last_page, &self.elocation) {
            (Some(first), Some(last), _) if first != last => Some(format!("{first}–{last}")),
            (Some(one), _, _) | (None, Some(one), _) | (None, None, Some(one)) => Some(one.clone()),
            (None, None, None) => None,
        }
    }
}

/// A contributor for catalogues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// MARC relator code, such as `aut` or `edt`. Source: Library of Congress, MARC code list for relators.
    pub role: &'static str,
    /// The name as written, by language; the first is that of the main text.
    pub names: Vec<In<PersonName>>,
    /// The ORCID as a URL.
    pub orcid: Option<String>,
}

/// A name for catalogues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonName {
    /// As it is read: “Yevgeniya Lomakina” or “Lomakina Yevgeniya”, by the name's own order.
    pub display: String,
    /// As it is sorted: “Lomakina, Yevgeniya”.
    pub file_as: String,
}

/// What running heads say, as plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Running {
    /// The short title given, or the title.
    pub title: String,
    /// Surnames with initials: one, two, or the first and “et al.” in the language of the text.
    pub authors: String,
}

/// A classification code with its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeLine {
    /// Which classification.
    pub scheme: Scheme,
    /// The label in the language of the main text, such as “UDC”; empty where the master's text has it.
    pub label: String,
    /// The code.
    pub body: Inlines,
}

/// The front matter in one language.
#[derive(Clone, Debug)]
pub struct FrontMatter {
    /// The language.
    pub lang: Lang,
    /// The type of the article or the rubric, as the journal prints it.
    pub headings: Vec<Inlines>,
    /// The title; empty where the master has none in this language.
    pub title: Inlines,
    /// The subtitle.
    pub subtitle: Inlines,
    /// What is to be known before reading: that the article was withdrawn or corrected, or belongs to another. Only in the main language's.
    pub notices: Vec<NoticeLine>,
    /// The authors whose names the master has in this language. All authors in the main language's.
    pub authors: Vec<Author>,
    /// Members of groups of authors, editors, translators, reviewers and others, in groups of one task.
    pub groups: Vec<PeopleGroup>,
    /// What each author did, in the terms of CRediT, with the label.
    pub contributions: Option<Contributions>,
    /// Affiliations in this language.
    pub affiliations: Vec<AffiliationLine>,
    /// Notes about the authors. Only in the main language's.
    pub notes: Vec<Note>,
    /// Abstracts.
    pub abstracts: Vec<AbstractPart>,
    /// Keywords.
    pub keywords: Vec<KeywordsPart>,
    /// Received, revised, accepted, published: label and date in words, in each language.
    pub history: Vec<HistoryLine>,
    /// Copyright statements.
    pub copyright: Vec<Inlines>,
    /// Licences.
    pub licences: Vec<Vec<Block>>,
    /// Statements of funding, with their label.
    pub funding: Vec<(String, Inlines)>,
    /// How the article is to be cited, where the journal wishes that to be said.
    pub citation: Option<CitationLine>,
    /// Anything else of the front matter whose text is kept. Only in the main language's.
    pub other: Vec<Block>,
}

/// How the article is to be cited, in one language. Derived: no leaf of the master is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CitationLine {
    /// The label, such as “For citation”.
    pub label: String,
    /// The line.
    pub line: Line,
}

/// A reference of a derived list, and what it was derived from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DerivedReference {
    /// Its label.
    pub label: String,
    /// Where the reference that it was derived from stands in the master.
    pub span: Span,
    /// What that says.
    pub source: String,
    /// What was made of it.
    pub result: String,
    /// How.
    pub how: How,
    /// Pieces that could not be told from each other.
    pub untold: Vec<String>,
}

/// A line about this article and another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeLine {
    /// What it is.
    pub kind: NoticeKind,
    /// What it is in words, such as “Correction to”.
    pub label: String,
    /// The other article: what the master says, or its address. Empty where there is no other.
    pub body: Inlines,
}

/// People who had one part in the article and are no authors, or the members of a group of authors.
#[derive(Clone, Debug)]
pub struct PeopleGroup {
    /// What they did, such as “Editors”, or the name of the group; empty where the master says the role of each.
    pub label: String,
    /// The people.
    pub people: Vec<Author>,
}

/// What each author did.
#[derive(Clone, Debug)]
pub struct Contributions {
    /// The label, such as “Author contributions”.
    pub label: String,
    /// Names, with what each did.
    pub lines: Vec<(crate::model::front::Name, Vec<Inlines>)>,
}

/// An author in one language.
#[derive(Clone, Debug)]
pub struct Author {
    /// The id. Only in the main language's, so that no id is set twice.
    pub id: Option<Id>,
    /// The name's parts: see [`crate::model::front::Name`].
    pub name: crate::model::front::Name,
    /// The initials: the master's, or made from the given names (“Y. V.” as `Y.V.`). Empty for whole names.
    pub initials: String,
    /// The same name in languages that have no front matter of their own.
    pub also: Vec<crate::model::front::Name>,
    /// Marks that lead to affiliations and notes, in order.
    pub marks: Vec<Mark>,
    /// Which of [`FrontMatter::affiliations`] are this author's, as indices.
    pub affiliations: Vec<usize>,
    /// Academic degrees.
    pub degrees: Vec<Inlines>,
    /// What the contributor did.
    pub roles: Vec<Inlines>,
    /// `author`, `editor` and so on (`@contrib-type`).
    pub kind: String,
    /// The ORCID as a URL.
    pub orcid: Option<String>,
    /// Addresses.
    pub emails: Vec<Link>,
    /// Whether letters go to this one.
    pub corresponding: bool,
    /// Whether this one is marked as having contributed equally.
    pub equal: bool,
    /// Whether this one has died.
    pub deceased: bool,
    /// Biographies and anything else whose text is kept. Only in the main language's.
    pub about: Vec<Block>,
}

/// A mark at an author's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it leads.
    pub target: Id,
    /// What it shows: the master's text (without its `sup`), or the label of what it leads to.
    pub body: Inlines,
}

/// An affiliation in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AffiliationLine {
    /// The id that marks lead to. Only in the main language's, so that no id is set twice.
    pub id: Option<Id>,
    /// The label; empty where the article has one affiliation and no marks.
    pub label: Inlines,
    /// What it says.
    pub body: Inlines,
}

/// An abstract with its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbstractPart {
    /// The id.
    pub id: Option<Id>,
    /// `@abstract-type`.
    pub kind: Option<String>,
    /// The label in its language; empty where the master gives a title.
    pub label: String,
    /// The title that the master gives.
    pub title: Inlines,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Where it stands in the master.
    pub span: Span,
}

/// Keywords with their label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeywordsPart {
    /// The label in their language; empty where the master gives a title.
    pub label: String,
    /// The title that the master gives.
    pub title: Inlines,
    /// The keywords.
    pub items: Vec<Inlines>,
}

/// A date of the article's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryLine {
    /// What happened.
    pub kind: DateKind,
    /// The label, such as “Received”.
    pub label: String,
    /// The date in words of the language.
    pub date: String,
    /// Both as the standard of the language tells them, such as “Статья поступила в редакцию 1 марта 2020 г.”; empty where there is none.
    pub sentence: String,
}
