//! Every element that is known, and what becomes of it: the one list.
//!
//! 1. [`taken`] tells the reader how an element is taken: on lines of its own, in the line, in a style, or not at all.
//! 2. [`SETS`] is the list, by the tag sets that the elements come from; the tests hold it complete against the DTD, and hold each
//!    entry against the cases.
//! 3. [`markdown`] prints it as `docs/ELEMENTS.md`.

mod jats;
mod others;

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::leaf::Reason;
use crate::model::inline::Style;

/// How the reader takes an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// On lines of its own, by a function of its own.
    Block,
    /// In the line, by a function of its own.
    Inline,
    /// In the line, in a style.
    Styled(Style),
    /// In the line as it stands: the tags only say what the text is.
    Plain,
    /// With the element that it belongs to, which reads it. Anywhere else what it holds is set as if its tags were not there.
    Through,
    /// As data of the front matter. Anywhere else what it holds is set as if its tags were not there.
    Data,
    /// As a place or a sign: it holds no text.
    Mark,
    /// Not set, for this reason.
    Left(Reason),
    /// Around an article. What it holds beside the article is not set.
    Around,
}

/// An element that is known.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// The name, with the canonical prefix of its namespace.
    pub name: &'static str,
    /// How it is taken.
    pub taken: Taken,
    /// What becomes of it, in a few words.
    pub becomes: &'static str,
}

/// The elements of one tag set.
#[derive(Clone, Copy, Debug)]
pub struct Set {
    /// The tag set.
    pub name: &'static str,
    /// Its elements.
    pub elements: &'static [Known],
}

/// Every element that is known, by tag set.
pub const SETS: &[Set] = &[
    Set { name: "JATS Archiving 1.4", elements: jats::JATS },
    Set { name: "NLM 2 and 3", elements: others::NLM },
    Set { name: "TaxPub", elements: others::TAXPUB },
    Set { name: "CALS tables", elements: others::OASIS },
    Set { name: "HTML that leaks in", elements: others::HTML },
    Set { name: "XInclude", elements: others::INCLUSION },
    Set { name: "Wrappers", elements: others::WRAPPER },
];

const fn k(name: &'static str, taken: Taken, becomes: &'static str) -> Known {
    Known { name, taken, becomes }
}

/// Every element that is known, in the order of the page.
pub fn all() -> impl Iterator<Item = &'static Known> {
    SETS.iter().flat_map(|set| set.elements)
}

/// How an element is taken; `None` where it is not known.
#[must_use]
pub fn taken(name: &str) -> Option<Taken> {
    static BY_NAME: OnceLock<HashMap<&'static str, Taken>> = OnceLock::new();
    BY_NAME.get_or_init(|| all().map(|known| (known.name, known.taken)).collect()).get(name).copied()
}

/// The list as a page of Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(
        "# Elements\n\n\
         <!-- Made from src/article/jats/elements: change it there. -->\n\n\
         What becomes of each element of a master. Presentation MathML is a model of its own and is read in full (`src/article/jats/mathml.rs`); \
         content MathML is set where nothing else stands beside it (`content.rs`). \
         An element that is not on this page keeps its text and is named in a warning (`unknown-element`).\n",
    );
    for set in SETS {
        page.push_str(&format!("\n## {}\n\n{} elements.\n\n| element | taken | what becomes of it |\n|---|---|---|\n", set.name, set.elements.len()));
        for known in set.elements {
            page.push_str(&format!("| `{}` | {} | {} |\n", known.name, how(known.taken), known.becomes));
        }
    }
    page.push_str(
        "\n## The words of the second column\n\n\
         *block*: on lines of its own. *line*: in the line. *text*: in the line as it stands. *part*: with the element that it belongs to. \
         *data*: not set as it stands; what catalogues, readers and derived lines have a place for goes there. *mark*: it holds no text. *left out*: not set, with the reason that the report of each build counts. \
         *around*: outside the article.\n",
    );
    page
}

/// How an element is taken, in a word.
#[must_use]
pub fn how(taken: Taken) -> String {
    match taken {
        Taken::Block => "block".to_owned(),
        Taken::Inline | Taken::Styled(_) => "line".to_owned(),
        Taken::Plain => "text".to_owned(),
        Taken::Through => "part".to_owned(),
        Taken::Data => "data".to_owned(),
        Taken::Mark => "mark".to_owned(),
        Taken::Left(reason) => format!("left out: {}", reason.name()),
        Taken::Around => "around".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_listed_once_and_in_order() {
        let mut seen = std::collections::BTreeSet::new();
        for set in SETS {
            for pair in set.elements.windows(2) {
                assert!(pair[0].name < pair[1].name, "{} stands before {}", pair[0].name, pair[1].name);
            }
            for known in set.elements {
                assert!(seen.insert(known.name), "{} is listed twice", known.name);
                assert!(!known.becomes.is_empty() && !known.becomes.ends_with('.'), "{}", known.name);
            }
        }
    }
}
