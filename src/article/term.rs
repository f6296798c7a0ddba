//! Terms that the model and the table of languages share: classifications, events, dates, parts of an article.

/// Which classification a code belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scheme {
    /// Universal Decimal Classification (УДК).
    Udc,
    /// Library and bibliographic classification (ББК).
    Bbk,
    /// International rubricator of scientific and technical information (МРНТИ, IRSTI).
    Mrnti,
    /// State rubricator of scientific and technical information (ГРНТИ).
    Grnti,
    /// Journal of Economic Literature.
    Jel,
    /// Mathematics Subject Classification.
    Msc,
    /// Physics and Astronomy Classification Scheme.
    Pacs,
}

/// What happened on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateKind {
    /// The manuscript came in.
    Received,
    /// It came in again, revised.
    Revised,
    /// Referees approved it (GOST R 7.0.7-2021: “одобрена после рецензирования”).
    Approved,
    /// It was accepted.
    Accepted,
    /// It was published (`pub-date`).
    Published,
    /// Any other event, which has no word in the table of languages.
    Other,
}

impl DateKind {
    /// The name in the vocabulary of layouts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Revised => "revised",
            Self::Approved => "approved",
            Self::Accepted => "accepted",
            Self::Published => "published",
            Self::Other => "other",
        }
    }
}

/// A day, a month or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// The year.
    pub year: u16,
    /// The month, from 1.
    pub month: Option<u8>,
    /// The day, from 1.
    pub day: Option<u8>,
}

/// What an article inside the article is. Source: JATS, suggested values of `@article-type` and `@response-type`; PMC and SciELO name
/// further ones, which are read as what they mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKind {
    /// The article in another language.
    Translation,
    /// A letter or an answer to one.
    Reply,
    /// The editor's decision, with what referees asked for.
    DecisionLetter,
    /// What a referee says.
    RefereeReport,
    /// What an editor says of the article: an assessment, a digest.
    EditorReport,
    /// What authors answer to referees.
    AuthorComment,
    /// Somebody's comment on the article.
    Commentary,
    /// Anything else.
    Other,
}

impl PartKind {
    /// The kind that a value of `@article-type` or `@response-type` means.
    #[must_use]
    pub fn of(name: &str) -> Self {
        match name.trim().to_ascii_lowercase().replace('_', "-").as_str() {
            "translation" => Self::Translation,
            "reply" | "response" | "letter" => Self::Reply,
            "decision-letter" => Self::DecisionLetter,
            "reviewer-report" | "referee-report" | "ref-report" | "review-report" | "referee-comment" | "peer-review" | "aggregated-review-documents" => {
                Self::RefereeReport
            }
            "editor-report" | "editor-comment" | "editors-summary" => Self::EditorReport,
            "author-comment" | "author-response" | "author-report" => Self::AuthorComment,
            "article-commentary" | "commentary" | "community-comment" | "discussion" => Self::Commentary,
            _ => Self::Other,
        }
    }

    /// Whether referees or editors say in it what they think of the article.
    #[must_use]
    pub fn is_review(self) -> bool {
        match self {
            Self::DecisionLetter | Self::RefereeReport | Self::EditorReport => true,
            Self::Translation | Self::Reply | Self::AuthorComment | Self::Commentary | Self::Other => false,
        }
    }

    /// The name in the vocabulary of layouts and in print dumps.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Translation => "translation",
            Self::Reply => "reply",
            Self::DecisionLetter => "decision-letter",
            Self::RefereeReport => "referee-report",
            Self::EditorReport => "editor-report",
            Self::AuthorComment => "author-comment",
            Self::Commentary => "commentary",
            Self::Other => "other",
        }
    }
}

/// What a contributor did (`@contrib-type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// Wrote it.
    Author,
    /// Edited it.
    Editor,
    /// Put it into another language.
    Translator,
    /// Reviewed it.
    Reviewer,
    /// Had another part in it.
    Other,
}

impl Task {
    /// The task that a value of `@contrib-type` means. Source: JATS, suggested values of `@contrib-type`.
    #[must_use]
    pub fn of(kind: &str) -> Self {
        let kind = kind.trim().to_ascii_lowercase();
        let has = |part: &str| kind.contains(part);
        if kind.is_empty() || (has("author") && !has("non-byline")) || matches!(kind.as_str(), "person" | "group" | "collab" | "collaboration" | "on-behalf-of")
        {
            Self::Author
        } else if has("editor") {
            Self::Editor
        } else if has("translator") {
            Self::Translator
        } else if has("reviewer") || has("referee") {
            Self::Reviewer
        } else {
            Self::Other
        }
    }

    /// The MARC relator code. Source: Library of Congress, MARC code list for relators.
    #[must_use]
    pub fn relator(self) -> &'static str {
        match self {
            Self::Author => "aut",
            Self::Editor => "edt",
            Self::Translator => "trl",
            Self::Reviewer => "rev",
            Self::Other => "ctb",
        }
    }
}

/// What another article has to do with this one (`@related-article-type`), as far as readers are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeKind {
    /// This article was withdrawn by the other.
    Retracted,
    /// This one withdraws the other.
    Retraction,
    /// This one was corrected by the other.
    Corrected,
    /// This one corrects the other.
    Correction,
    /// The other voices concern about this one.
    Doubted,
    /// This one voices concern about the other.
    Concern,
    /// This one was not peer reviewed.
    Preprint,
    /// The other is the preprint of this one.
    HasPreprint,
    /// This one comments the other.
    CommentOn,
    /// The other comments this one.
    Commented,
    /// This one is a report on the other.
    Reviewed,
    /// This one answers the other.
    ReplyTo,
    /// They belong together.
    Companion,
    /// Anything else.
    Related,
}

impl NoticeKind {
    /// The kind that a value of `@related-article-type` means. Source: JATS, suggested values; PMC tagging guidelines, related articles.
    #[must_use]
    pub fn of(kind: &str) -> Self {
        match kind.trim().to_ascii_lowercase().as_str() {
            "retraction-forward" | "retraction" | "partial-retraction-forward" | "withdrawal" => Self::Retracted,
            "retracted-article" | "partial-retraction" | "republished-article" => Self::Retraction,
            "correction-forward" | "corrected-by" | "erratum" | "correction" | "corrigendum" | "addendum" | "addendum-forward" => Self::Corrected,
            "corrected-article" | "addended-article" | "updated-article" => Self::Correction,
            "expression-of-concern" | "concern-forward" | "expression-of-concern-forward" => Self::Doubted,
            "object-of-concern" => Self::Concern,
            "preprint" => Self::HasPreprint,
            "commentary-article" | "commented-article" => Self::CommentOn,
            "commentary" | "letter" => Self::Commented,
            "peer-reviewed-article" | "peer-reviewed-material" | "reviewed-article" => Self::Reviewed,
            "letter-reply-to" | "in-reply-to" | "reply-to" => Self::ReplyTo,
            "companion" => Self::Companion,
            _ => Self::Related,
        }
    }

    /// Whether a reader must be told before anything else.
    #[must_use]
    pub fn is_warning(self) -> bool {
        match self {
            Self::Retracted | Self::Retraction | Self::Corrected | Self::Correction | Self::Doubted | Self::Concern | Self::Preprint => true,
            Self::HasPreprint | Self::CommentOn | Self::Commented | Self::Reviewed | Self::ReplyTo | Self::Companion | Self::Related => false,
        }
    }

    /// The name in the vocabulary of layouts and in print dumps.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Retracted => "retracted",
            Self::Retraction => "retraction",
            Self::Corrected => "corrected",
            Self::Correction => "correction",
            Self::Doubted => "doubted",
            Self::Concern => "concern",
            Self::Preprint => "preprint",
            Self::HasPreprint => "has-preprint",
            Self::CommentOn => "comment-on",
            Self::Commented => "commented",
            Self::Reviewed => "reviewed",
            Self::ReplyTo => "reply-to",
            Self::Companion => "companion",
            Self::Related => "related",
        }
    }
}
