//! A citation that is only tagged (`element-citation` and its elders): its fields, before a style has set them.
//!
//! 1. The reader makes a [`Field`] of each piece, with its leaves and its inline markup.
//! 2. `resolve` has the fields set in the citation style, and puts the run into the reference.

use super::inline::{Inline, Inlines};
use crate::lang::Lang;
use crate::source::Span;

/// A citation as its fields, in the order of the master.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// What is cited.
    pub kind: CitationKind,
    /// A label of its own, such as “b)” of the second in one reference.
    pub label: Inlines,
    /// The fields.
    pub fields: Vec<Field>,
    /// Its language, where the master names one for it or for its reference.
    pub lang: Option<Lang>,
    /// Where it stands in the master.
    pub span: Span,
}

/// One piece of a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What it is.
    pub part: Part,
    /// What the person did; [`Role::Author`] where the part is no name.
    pub role: Role,
    /// Which person of the citation it belongs to, from 0; 0 where the part is no name.
    pub person: usize,
    /// What it says.
    pub body: Inlines,
}

/// What kind of thing is cited (`@publication-type`, `@citation-type`), the wild values brought down to those that styles tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CitationKind {
    /// An article of a journal.
    Journal,
    /// An article of a newspaper or magazine.
    Newspaper,
    /// A book, or a chapter of one.
    Book,
    /// A paper or volume of a conference.
    Conference,
    /// A thesis.
    Thesis,
    /// A report, working paper, standard or paper of a government.
    Report,
    /// A page or site of the web.
    Web,
    /// A patent.
    Patent,
    /// A set of data.
    Data,
    /// A program.
    Software,
    /// A preprint.
    Preprint,
    /// A law, a bill.
    Law,
    /// A case at court.
    Case,
    /// Anything else, and what has no type: what it is follows from its fields.
    Other,
}

/// What a person or body did for the cited work (`@person-group-type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Wrote it, invented it.
    Author,
    /// Edited it, or the book around it.
    Editor,
    /// Translated it.
    Translator,
    /// Compiled it.
    Compiler,
    /// Directed it.
    Director,
    /// Illustrated it.
    Illustrator,
    /// Anything else.
    Other,
}

/// What a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// `surname`.
    Surname,
    /// `given-names`.
    Given,
    /// `prefix` of a name.
    Prefix,
    /// `suffix` of a name.
    Suffix,
    /// A name in one piece: `collab`, `string-name`, `institution`.
    Whole,
    /// `etal`: there are more persons.
    EtAl,
    /// `article-title`, `data-title`.
    Title,
    /// `chapter-title`.
    Chapter,
    /// `source`: the title of what is bound as one.
    Source,
    /// `part-title`.
    PartTitle,
    /// `trans-title`.
    TransTitle,
    /// `trans-source`.
    TransSource,
    /// `edition`.
    Edition,
    /// `publisher-name`.
    Publisher,
    /// `publisher-loc`.
    Place,
    /// `volume`.
    Volume,
    /// `issue`.
    Issue,
    /// `supplement`, `issue-part`.
    Supplement,
    /// `fpage`.
    FirstPage,
    /// `lpage`.
    LastPage,
    /// `page-range`.
    Pages,
    /// `elocation-id`.
    Elocation,
    /// `year`.
    Year,
    /// `month`.
    Month,
    /// `day`.
    Day,
    /// `season`.
    Season,
    /// `date-in-citation`, `access-date`.
    Accessed,
    /// `conf-name`.
    Conference,
    /// `conf-loc`.
    ConferencePlace,
    /// `conf-date`.
    ConferenceDate,
    /// `series`.
    Series,
    /// `version`.
    Version,
    /// `patent`, `std`, `gov`: what the work is known by to an office.
    Number,
    /// `size` in pages.
    Size,
    /// A DOI.
    Doi,
    /// A PubMed number.
    Pmid,
    /// A PubMed Central number.
    Pmcid,
    /// `isbn`.
    Isbn,
    /// `issn`.
    Issn,
    /// `ext-link`, `uri`.
    Link,
    /// `comment`, `annotation` and anything else, set after the formatted entry.
    Other,
}

impl Part {
    /// The name in printed models.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Surname => "surname",
            Self::Given => "given",
            Self::Prefix => "prefix",
            Self::Suffix => "suffix",
            Self::Whole => "whole",
            Self::EtAl => "et-al",
            Self::Title => "title",
            Self::Chapter => "chapter",
            Self::Source => "source",
            Self::PartTitle => "part-title",
            Self::TransTitle => "trans-title",
            Self::TransSource => "trans-source",
            Self::Edition => "edition",
            Self::Publisher => "publisher",
            Self::Place => "place",
            Self::Volume => "volume",
            Self::Issue => "issue",
            Self::Supplement => "supplement",
            Self::FirstPage => "first-page",
            Self::LastPage => "last-page",
            Self::Pages => "pages",
            Self::Elocation => "elocation",
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Season => "season",
            Self::Accessed => "accessed",
            Self::Conference => "conference",
            Self::ConferencePlace => "conference-place",
            Self::ConferenceDate => "conference-date",
            Self::Series => "series",
            Self::Version => "version",
            Self::Number => "number",
            Self::Size => "size",
            Self::Doi => "doi",
            Self::Pmid => "pmid",
            Self::Pmcid => "pmcid",
            Self::Isbn => "isbn",
            Self::Issn => "issn",
            Self::Link => "link",
            Self::Other => "other",
        }
    }

    /// Whether it is a piece of a name.
    #[must_use]
    pub fn is_name(self) -> bool {
        matches!(self, Self::Surname | Self::Given | Self::Prefix | Self::Suffix | Self::Whole)
    }

    /// Whether it is a piece of the date of publication.
    #[must_use]
    pub fn is_date(self) -> bool {
        matches!(self, Self::Year | Self::Month | Self::Day | Self::Season)
    }
}

impl CitationKind {
    /// The name in printed models.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Journal => "journal",
            Self::Newspaper => "newspaper",
            Self::Book => "book",
            Self::Conference => "conference",
            Self::Thesis => "thesis",
            Self::Report => "report",
            Self::Web => "web",
            Self::Patent => "patent",
            Self::Data => "data",
            Self::Software => "software",
            Self::Preprint => "preprint",
            Self::Law => "law",
            Self::Case => "case",
            Self::Other => "other",
        }
    }
}

impl Role {
    /// The name in printed models.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Editor => "editor",
            Self::Translator => "translator",
            Self::Compiler => "compiler",
            Self::Director => "director",
            Self::Illustrator => "illustrator",
            Self::Other => "other",
        }
    }
}

/// A citation without a style: its fields one after the other.
#[must_use]
pub fn plain_line(citation: &Citation) -> Inlines {
    let mut line = Inlines::new();
    let mut before: Option<&Field> = None;
    for field in citation.fields.iter().filter(|field| !field.body.is_empty()) {
        if let Some(before) = before {
            let gap = match (before.part.is_name(), field.part.is_name()) {
                (true, true) if before.person == field.person => " ",
                (true, true) => ", ",
                _ if before.part == Part::FirstPage && field.part == Part::LastPage => "–",
                _ => ". ",
            };
            line.push(Inline::Generated(gap.to_owned()));
        }
        line.extend(field.body.clone());
        before = Some(field);
    }
    line
}
