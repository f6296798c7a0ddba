//! What can be said in each language: the names of the words that the program adds.
//!
//! 1. [`Label`] is the closed list. Its names are the keys of `languages/*.toml` and of a project's `[labels.ky]`.
//! 2. [`Label::of_scheme`] and its kin say which word stands for a thing of the model.

use crate::term::{DateKind, NoticeKind, PartKind, Scheme, Task};

macro_rules! labels {
    ($($variant:ident $name:literal $meaning:literal,)*) => {
        /// A word that the program adds to an article. In a pattern `{n}` stands for a number, `{date}` for a date, `{label}` for a label.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Label {
            $(#[doc = $meaning] $variant,)*
        }

        impl Label {
            /// Every label, in the order of the documents.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name by which data and projects know it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Where it stands, in a few words.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

labels! {
    Abstract "abstract" "Before an abstract.",
    Keywords "keywords" "Before keywords.",
    References "references" "Above a list of references.",
    Sources "sources" "Above a list of references where the standard calls it one of sources.",
    Figure "figure" "Pattern for the label of a figure.",
    Table "table" "Pattern for the label of a table.",
    Continued "continued" "Pattern for what stands above the further parts of a table that goes on over pages.",
    Received "received" "Before the day on which the manuscript came in.",
    Revised "revised" "Before the day on which it came in again.",
    Approved "approved" "Before the day on which referees approved it.",
    Accepted "accepted" "Before the day on which it was accepted.",
    Published "published" "Before the day on which it was published.",
    WasReceived "was-received" "Pattern of the sentence that says when the manuscript came in.",
    WasRevised "was-revised" "Pattern of the sentence that says when it came in again.",
    WasApproved "was-approved" "Pattern of the sentence that says when referees approved it.",
    WasAccepted "was-accepted" "Pattern of the sentence that says when it was accepted.",
    Acknowledgements "acknowledgements" "Above the acknowledgements.",
    Funding "funding" "Before a statement of funding.",
    Appendix "appendix" "Above an appendix.",
    CorrespondingAuthor "corresponding-author" "That letters go to an author.",
    ForCitation "for-citation" "Before the record by which the article is to be cited.",
    AboutAuthors "about-authors" "Above what is said of the authors.",
    Contributions "contributions" "Before what each author did.",
    ResearchArticle "research-article" "The type of an article: research.",
    ReviewArticle "review-article" "The type of an article: a survey.",
    Editorial "editorial" "The type of an article: by the editors.",
    Discussion "discussion" "The type of an article: for discussion.",
    Personalia "personalia" "The type of an article: on a person.",
    BookReview "book-review" "The type of an article: a review of a book.",
    BriefReport "brief-report" "The type of an article: a short communication.",
    CaseReport "case-report" "The type of an article: a case.",
    EtAl "et-al" "What stands for further authors.",
    Anonymous "anonymous" "In the place of an author without a name.",
    Volume "volume" "Before the number of a volume.",
    Issue "issue" "Before the number of an issue.",
    Page "page" "Before the number of a page.",
    Pages "pp" "Before the numbers of several pages.",
    Udc "udc" "Universal Decimal Classification.",
    Bbk "bbk" "Library and bibliographic classification.",
    Mrnti "mrnti" "International rubricator of scientific and technical information.",
    Grnti "grnti" "State rubricator of scientific and technical information.",
    Jel "jel" "Journal of Economic Literature.",
    Msc "msc" "Mathematics Subject Classification.",
    Pacs "pacs" "Physics and Astronomy Classification Scheme.",
    Back "back" "What the link from a reference or note back to its mark is called.",
    Contents "contents" "Above a table of contents.",
    Reply "reply" "A letter or an answer to one.",
    DecisionLetter "decision-letter" "An editor's decision.",
    RefereeReport "referee-report" "A referee's report.",
    EditorReport "editor-report" "What an editor says of the article.",
    AuthorComment "author-comment" "What authors answer.",
    Commentary "commentary" "Somebody's comment.",
    Editor "editor" "Before an editor.",
    Editors "editors" "Before several.",
    Translator "translator" "Before a translator.",
    Translators "translators" "Before several.",
    Reviewer "reviewer" "Before a referee.",
    Reviewers "reviewers" "Before several.",
    Contributor "contributor" "Before whoever had another part.",
    Contributors "contributors" "Before several.",
    OnBehalfOf "on-behalf-of" "Before a group in whose name authors write.",
    Equal "equal" "That authors had an equal share.",
    Deceased "deceased" "That an author has died.",
    Highlights "highlights" "Above the main points.",
    Graphical "graphical" "Above a graphical abstract.",
    PlainLanguage "plain-language" "Above a summary for everybody.",
    Summary "summary" "Above a summary beside the abstract.",
    Abbreviations "abbreviations" "Above a list of abbreviations.",
    Retracted "retracted" "On an article that was withdrawn.",
    Retraction "retraction" "On the notice that withdraws it.",
    Corrected "corrected" "On an article that was corrected.",
    Correction "correction" "On the correction.",
    Doubted "doubted" "On an article of which the editors have doubts.",
    Concern "concern" "On the notice that says so.",
    Preprint "preprint" "On an article that no referee has seen.",
    PreprintOf "preprint-of" "Before the preprint of an article.",
    CommentOn "comment-on" "On a comment, before what it comments.",
    Commented "commented" "Before a comment on the article.",
    Reviewed "reviewed" "On a report, before what it reports of.",
    ReplyTo "reply-to" "On an answer, before what it answers.",
    Companion "companion" "Before an article that belongs to this one.",
    Related "related" "Before any other article.",
    Licence "licence" "Before the name of a licence.",
    Conference "conference" "Before the event at which a paper was read.",
    Phone "phone" "In an address, before the number of a telephone.",
    Fax "fax" "In an address, before the number of a fax.",
    Landmarks "landmarks" "E-book: the list of landmarks.",
    PageList "page-list" "E-book: the list of printed pages.",
    TitlePage "title-page" "E-book: the page with title and authors.",
    Cover "cover" "E-book: the cover.",
    Figures "figures" "E-book: above the list of figures.",
    Tables "tables" "E-book: above the list of tables.",
    Text "text" "E-book: the text itself, as a landmark.",
    Picture "picture" "E-book: the description of a picture of which nothing is known.",
    Description "description" "E-book: what opens the long description of a picture.",
    Readable "readable" "E-book: the sentence that says how the text can be read.",
    Described "described" "E-book: the sentence that all pictures are described.",
    Undescribed "undescribed" "E-book: the sentence that not all are.",
    Founder "founder" "Imprint: before who founded the journal.",
    PublishedBy "published-by" "Imprint: before the publisher.",
    EditorialOffice "editorial-office" "Imprint: before the address of the editors.",
    SignedToPress "signed-to-press" "Imprint: pattern for the day on which it was signed to press.",
    SheetFormat "sheet-format" "Imprint: before the sheet and its share, such as 60×84/8.",
    Paper "paper" "Imprint: before the kind of paper.",
    Typeface "typeface" "Imprint: before the typeface.",
    Printing "printing" "Imprint: before the way of printing.",
    ConventionalSheets "conventional-sheets" "Imprint: before the number of conventional printed sheets.",
    PublishersSheets "publishers-sheets" "Imprint: before the number of sheets that the publisher counts.",
    Copies "copies" "Imprint: pattern for the number of copies.",
    OrderNumber "order-number" "Imprint: pattern for the number of the order.",
    PrintedBy "printed-by" "Imprint: before the printing house.",
    Price "price" "Imprint: before the price.",
}

impl Label {
    /// The label of a name; `None` where there is none of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|label| label.name() == name)
    }

    /// What must stand in the text of a label, for it to be of any use.
    #[must_use]
    pub fn placeholder(self) -> Option<&'static str> {
        if matches!(self, Self::Figure | Self::Table | Self::Copies | Self::OrderNumber) {
            Some("{n}")
        } else if matches!(self, Self::WasReceived | Self::WasRevised | Self::WasApproved | Self::WasAccepted | Self::SignedToPress) {
            Some("{date}")
        } else if matches!(self, Self::Continued) {
            Some("{label}")
        } else {
            None
        }
    }

    /// The name of a classification, as it stands before its code.
    #[must_use]
    pub fn of_scheme(scheme: Scheme) -> Self {
        match scheme {
            Scheme::Udc => Self::Udc,
            Scheme::Bbk => Self::Bbk,
            Scheme::Mrnti => Self::Mrnti,
            Scheme::Grnti => Self::Grnti,
            Scheme::Jel => Self::Jel,
            Scheme::Msc => Self::Msc,
            Scheme::Pacs => Self::Pacs,
        }
    }

    /// The word before a date of the article's history; `None` for an event that has no word.
    #[must_use]
    pub fn of_event(kind: DateKind) -> Option<Self> {
        match kind {
            DateKind::Received => Some(Self::Received),
            DateKind::Revised => Some(Self::Revised),
            DateKind::Approved => Some(Self::Approved),
            DateKind::Accepted => Some(Self::Accepted),
            DateKind::Published => Some(Self::Published),
            DateKind::Other => None,
        }
    }

    /// The word for a part of the article; `None` where there is nothing to be said.
    #[must_use]
    pub fn of_part(kind: PartKind) -> Option<Self> {
        match kind {
            PartKind::Translation | PartKind::Other => None,
            PartKind::Reply => Some(Self::Reply),
            PartKind::DecisionLetter => Some(Self::DecisionLetter),
            PartKind::RefereeReport => Some(Self::RefereeReport),
            PartKind::EditorReport => Some(Self::EditorReport),
            PartKind::AuthorComment => Some(Self::AuthorComment),
            PartKind::Commentary => Some(Self::Commentary),
        }
    }

    /// The word before people of one task, for one or for several; authors have none.
    #[must_use]
    pub fn of_task(task: Task, many: bool) -> Option<Self> {
        let (one, several) = match task {
            Task::Author => return None,
            Task::Editor => (Self::Editor, Self::Editors),
            Task::Translator => (Self::Translator, Self::Translators),
            Task::Reviewer => (Self::Reviewer, Self::Reviewers),
            Task::Other => (Self::Contributor, Self::Contributors),
        };
        Some(if many { several } else { one })
    }

    /// What is said of an article that has to do with this one, or of this one because of it.
    #[must_use]
    pub fn of_notice(kind: NoticeKind) -> Self {
        match kind {
            NoticeKind::Retracted => Self::Retracted,
            NoticeKind::Retraction => Self::Retraction,
            NoticeKind::Corrected => Self::Corrected,
            NoticeKind::Correction => Self::Correction,
            NoticeKind::Doubted => Self::Doubted,
            NoticeKind::Concern => Self::Concern,
            NoticeKind::Preprint => Self::Preprint,
            NoticeKind::HasPreprint => Self::PreprintOf,
            NoticeKind::CommentOn => Self::CommentOn,
            NoticeKind::Commented => Self::Commented,
            NoticeKind::Reviewed => Self::Reviewed,
            NoticeKind::ReplyTo => Self::ReplyTo,
            NoticeKind::Companion => Self::Companion,
            NoticeKind::Related => Self::Related,
        }
    }

    /// The sentence that tells an event, where the standard has one.
    #[must_use]
    pub fn of_event_told(kind: DateKind) -> Option<Self> {
        match kind {
            DateKind::Received => Some(Self::WasReceived),
            DateKind::Revised => Some(Self::WasRevised),
            DateKind::Approved => Some(Self::WasApproved),
            DateKind::Accepted => Some(Self::WasAccepted),
            DateKind::Published | DateKind::Other => None,
        }
    }

    /// The type of an article by JATS (`@article-type`), where it has a word. Source: JATS, suggested values; types of GOST R 7.0.7-2021.
    #[must_use]
    pub fn of_article_type(kind: &str) -> Option<Self> {
        Some(match kind {
            "research-article" => Self::ResearchArticle,
            "review-article" => Self::ReviewArticle,
            "editorial" => Self::Editorial,
            "discussion" => Self::Discussion,
            "personalia" | "obituary" => Self::Personalia,
            "book-review" => Self::BookReview,
            "brief-report" | "rapid-communication" => Self::BriefReport,
            "case-report" => Self::CaseReport,
            _ => return None,
        })
    }
}
