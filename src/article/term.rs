//! Terms that the model and the table of languages share: classifications, events, dates.

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
    /// It was accepted.
    Accepted,
    /// It was published (`pub-date`).
    Published,
    /// Any other event, which has no word in the table of languages.
    Other,
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
