//! Why a PDF cannot be made ready for the press.

use std::fmt;

/// What keeps a file from the press. Pages are counted from 1.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// The file asks for a password, or forbids changes.
    Encrypted,
    /// It cannot be read as a PDF; why, as the end of a sentence.
    Unreadable(String),
    /// It has no page.
    NoPages,
    /// It has more pages than are taken.
    TooManyPages(usize),
    /// It is an XFA form, whose pages are made by a program that reads it.
    Xfa,
    /// A page cannot be done; why, as the end of a sentence.
    Page(usize, String),
    /// The pages do not fit on the sheet that the profile asks for: which page, 0 for all of them, and why.
    Sheet(usize, String),
    /// The standard of the profile wants pages without transparency, and this page has some.
    Transparency(usize),
    /// A picture of this page is packed as the standard of the profile does not know (JPEG 2000, JBIG2) and cannot be packed anew; why, as the end of a sentence.
    Packed(usize, String),
    /// The output profile is no profile of a printing press; why.
    Intent(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encrypted => f.write_str("is encrypted"),
            Self::Unreadable(why) => write!(f, "cannot be read as a PDF: {why}"),
            Self::NoPages => f.write_str("has no page"),
            Self::TooManyPages(count) => write!(f, "has {count} pages, more than are taken"),
            Self::Xfa => f.write_str("is an XFA form, whose pages exist only in the program that fills it in"),
            Self::Page(page, why) => write!(f, "cannot be printed: page {page} {why}"),
            Self::Sheet(_, why) => write!(f, "does not fit: {why}"),
            Self::Transparency(page) => write!(f, "has transparency on page {page}, which the standard of the profile forbids"),
            Self::Packed(page, why) => write!(f, "has a picture on page {page} that the standard of the profile does not know: it {why}"),
            Self::Intent(why) => write!(f, "has no usable output profile: {why}"),
        }
    }
}

impl std::error::Error for Fault {}

impl Fault {
    /// The page that it is about, if it is about one.
    #[must_use]
    pub fn page(&self) -> Option<usize> {
        match self {
            Self::Page(page, _) | Self::Sheet(page, _) | Self::Transparency(page) | Self::Packed(page, _) => Some(*page).filter(|page| *page > 0),
            Self::Encrypted | Self::Unreadable(_) | Self::NoPages | Self::TooManyPages(_) | Self::Xfa | Self::Intent(_) => None,
        }
    }
}

/// Something that was done to a page and that its owner should know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The page, from 1; 0 where it is about the whole file.
    pub page: usize,
    /// What was done, in lower case, without a final stop.
    pub message: String,
    /// Whether something is left out; else it stays as it is, though it should not.
    pub is_left_out: bool,
}
