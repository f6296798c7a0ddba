//! The rules: what each is by default, and who asks for it.
//!
//! 1. [`RULES`] is the list, in the order of the manual; a rule's name, its sentence and its page are those of its [`Code`].
//! 2. [`named`] finds a rule for whoever switches one, [`of`] for whoever has found something.
//! 3. [`markdown`] prints the list as `docs/CHECKS.md`.

use std::fmt::Write;

use crate::code::{Code, Severity};

/// What a finding of a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing.
    Off,
    /// A warning: the exit status stays 0.
    Warn,
    /// An error: the exit status is 1.
    Error,
}

impl Level {
    /// Every level.
    pub const ALL: [Self; 3] = [Self::Off, Self::Warn, Self::Error];

    /// The name in settings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }

    /// The level of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }

    /// How grave a finding is; `None` where it is none.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Warn => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// A rule that a project can switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What it finds.
    pub code: Code,
    /// What its findings are when nobody says otherwise.
    pub default: Level,
    /// Who asks for it; empty where it is plain from the thing itself.
    pub clause: &'static str,
}

/// The languages of a front matter, and the blocks before the text.
const FRONT: &str = "GOST R 7.0.7-2021, 4.1.6";

/// Every rule, in the order of the manual.
pub const RULES: &[Rule] = &[
    Rule { code: Code::ParityTitle, default: Level::Warn, clause: FRONT },
    Rule { code: Code::ParityAbstract, default: Level::Warn, clause: FRONT },
    Rule { code: Code::ParityKeywords, default: Level::Warn, clause: FRONT },
    Rule { code: Code::ParityKeywordCount, default: Level::Warn, clause: FRONT },
    Rule { code: Code::ParitySubject, default: Level::Off, clause: FRONT },
    Rule { code: Code::ParityAffiliation, default: Level::Warn, clause: FRONT },
    Rule { code: Code::ParityAuthor, default: Level::Warn, clause: FRONT },
    Rule { code: Code::ParityReferences, default: Level::Warn, clause: "" },
    Rule { code: Code::Homoglyph, default: Level::Warn, clause: "Unicode UTS #39, 5" },
    Rule { code: Code::WrongLanguage, default: Level::Warn, clause: "JATS 1.4, `@xml:lang`" },
    Rule { code: Code::InvalidUdc, default: Level::Warn, clause: "UDC, signs of the classification" },
    Rule { code: Code::InvalidMrnti, default: Level::Warn, clause: "ГРНТИ, structure of the code" },
    Rule { code: Code::InvalidDoi, default: Level::Warn, clause: "ISO 26324; DOI Handbook, 2.2" },
    Rule { code: Code::InvalidOrcid, default: Level::Warn, clause: "ISO 27729; ISO/IEC 7064, MOD 11-2" },
    Rule { code: Code::InvalidIssn, default: Level::Warn, clause: "ISO 3297" },
    Rule { code: Code::InvalidIsbn, default: Level::Warn, clause: "ISO 2108" },
    Rule { code: Code::InvalidEdn, default: Level::Warn, clause: "eLIBRARY.RU" },
    Rule { code: Code::InvalidJel, default: Level::Warn, clause: "AEA, JEL classification" },
    Rule { code: Code::InvalidEmail, default: Level::Warn, clause: "RFC 5321, 4.1.2" },
    Rule { code: Code::InvalidRor, default: Level::Warn, clause: "ROR, identifier pattern; ISO/IEC 7064, MOD 97-10" },
    Rule { code: Code::AbstractWords, default: Level::Off, clause: "GOST R 7.0.7-2021, 4.1.6: 250 words" },
    Rule { code: Code::KeywordCount, default: Level::Off, clause: "the journal's own" },
    Rule { code: Code::DateOrder, default: Level::Warn, clause: "" },
    Rule { code: Code::StopAfterTitle, default: Level::Warn, clause: "" },
    Rule { code: Code::StopAfterKeyword, default: Level::Warn, clause: "" },
    Rule { code: Code::StopAfterAffiliation, default: Level::Off, clause: "" },
    Rule { code: Code::StopAfterOrcid, default: Level::Warn, clause: "GOST R 7.0.7-2021, data about authors" },
    Rule { code: Code::BrokenUrl, default: Level::Warn, clause: "RFC 3986, 3" },
    Rule { code: Code::ReferenceAbbreviation, default: Level::Warn, clause: "GOST R 7.0.5-2008; language of the entry" },
    Rule { code: Code::HeadingLevel, default: Level::Warn, clause: "WCAG 2.2, 1.3.1" },
    Rule { code: Code::CitationInAbstract, default: Level::Warn, clause: "" },
    Rule { code: Code::NeverCited, default: Level::Warn, clause: "" },
    Rule { code: Code::CitationOrder, default: Level::Warn, clause: "" },
    Rule { code: Code::MarkWithoutNote, default: Level::Warn, clause: "" },
    Rule { code: Code::NoteWithoutMark, default: Level::Warn, clause: "" },
    Rule { code: Code::AuthorWithoutAffiliation, default: Level::Warn, clause: "" },
    Rule { code: Code::AffiliationWithoutAuthor, default: Level::Warn, clause: "" },
    Rule { code: Code::MissingAltText, default: Level::Warn, clause: "WCAG 2.2, 1.1.1" },
];

/// The rule that finds this.
#[must_use]
pub fn of(code: Code) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

/// The rule of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code.name() == name)
}

/// The rule whose name is nearest to a name that is none; `None` where no rule is near.
#[must_use]
pub fn nearest(name: &str) -> Option<&'static Rule> {
    let near = RULES.iter().map(|rule| (distance(name, rule.code.name()), rule)).min_by_key(|(distance, _)| *distance)?;
    (near.0 <= name.len().div_ceil(3)).then_some(near.1)
}

/// How many letters have to be changed, added or taken away to make one word of the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, letter) in one.chars().enumerate() {
        let mut diagonal = above;
        let mut left = above + 1;
        for (at, wanted) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *wanted);
            diagonal = row.get(at + 1).copied().unwrap_or(diagonal);
            left = changed.min(left + 1).min(diagonal + 1);
            if let Some(cell) = row.get_mut(at + 1) {
                *cell = left;
            }
        }
        if let Some(cell) = row.first_mut() {
            *cell = above + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// `docs/CHECKS.md`: every rule.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(
        "# Checks\n\n<!-- Made from src/article/check/rules.rs: change it there, then run `make docs`. -->\n\n\
         What `diglot check` and `diglot build` look for in a master beside its faults. Each rule is a message of its own:\n\
         `diglot explain RULE` says more. Warnings leave the exit status at 0, unless `--strict` is given.\n\n\
         ## Switching rules\n\n\
         In `diglot.toml`, for a journal, and in a layout's `layout.toml`, over which the project's has precedence:\n\n\
         ```toml\n[checks]\nparity-title = \"error\"      # \"error\", \"warn\" or \"off\"\nhomoglyph = \"off\"\n\
         abstract-words = 250        # a limit switches the rule on\n\
         keyword-count = { min = 3, max = 15, level = \"error\" }\n```\n\n\
         In a master, for the element in which it stands, or for the whole article where it stands before the root or directly in it:\n\n\
         ```xml\n<?diglot allow parity-title reason=\"a letter to the editor\"?>\n```\n\n\
         Several rules may be named, with blanks between them. An instruction that allows what nothing complains of is reported (`needless-allow`).\n\n\
         ## The rules\n\n| rule | default | what it says | who asks for it |\n|---|---|---|---|\n",
    );
    for rule in RULES {
        let _ = writeln!(page, "| [`{0}`](DIAGNOSTICS.md#{0}) | {1} | {2} | {3} |", rule.code.name(), rule.default.name(), rule.code.summary(), rule.clause);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_stands_once() {
        for (at, rule) in RULES.iter().enumerate() {
            assert!(RULES[..at].iter().all(|other| other.code != rule.code), "{}", rule.code.name());
            assert_eq!(rule.code.severity(), Severity::Warning, "{}: a rule that is switched on is a warning", rule.code.name());
            assert_eq!(named(rule.code.name()), Some(rule));
            assert!(markdown().contains(rule.code.name()));
        }
        assert!(named("dangling-reference").is_none(), "a fault is no rule");
    }

    #[test]
    fn a_name_that_is_none_is_near_one_that_is() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(nearest("homoglif").map(|rule| rule.code), Some(Code::Homoglyph));
        assert_eq!(nearest("parity-titel").map(|rule| rule.code), Some(Code::ParityTitle));
        assert_eq!(nearest("spelling"), None);
    }

    #[test]
    fn levels_are_named() {
        for level in Level::ALL {
            assert_eq!(Level::from_name(level.name()), Some(level));
        }
        assert_eq!(Level::from_name("warning"), None);
    }
}
