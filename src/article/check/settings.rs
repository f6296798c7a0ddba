//! What a project and a layout want of the rules.
//!
//! 1. A line of `[checks]` is a [`Wish`]: a level, a limit, or both.
//! 2. [`Settings::set`] takes the layout's lines and then the project's, so that the project's win.
//! 3. [`Settings::level`] is what a finding of a rule becomes.

use indexmap::IndexMap;

use super::rules::{self, Level};
use crate::code::Code;

/// A line of `[checks]`: `"off"`, `250`, or `{ min = 3, max = 15, level = "error" }`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// The level; where only a limit is given, the rule is switched on as a warning.
    pub level: Option<Level>,
    /// The smallest number that is right.
    pub min: Option<usize>,
    /// The largest number that is right.
    pub max: Option<usize>,
}

/// Bounds of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The smallest number that is right.
    pub min: Option<usize>,
    /// The largest number that is right.
    pub max: Option<usize>,
}

/// The levels and limits of all rules. The default is that of [`rules::RULES`], without limits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    levels: IndexMap<Code, Level>,
    bounds: IndexMap<Code, Bounds>,
}

/// Rules that count something. They find nothing before somebody says how much is right.
const COUNTING: [Code; 2] = [Code::AbstractWords, Code::KeywordCount];

impl Settings {
    /// Takes a line of `[checks]`; a later one for the same rule replaces what it names of the earlier.
    ///
    /// # Errors
    ///
    /// What is wrong with the line, as a message; the rules that there are as a hint, where the name is none of them.
    pub fn set(&mut self, name: &str, wish: Wish) -> Result<(), Refusal> {
        let Some(rule) = rules::named(name) else { return Err(Refusal::unknown(name)) };
        let bounded = wish.min.is_some() || wish.max.is_some();
        if bounded && !COUNTING.contains(&rule.code) {
            return Err(Refusal { message: format!("the rule `{name}` counts nothing and has no limit"), hint: LEVELS.to_owned() });
        }
        if let (Some(min), Some(max)) = (wish.min, wish.max)
            && min > max
        {
            return Err(Refusal { message: format!("the least of `{name}` is more than the most"), hint: format!("write `min = {max}, max = {min}`") });
        }
        if bounded {
            self.bounds.insert(rule.code, Bounds { min: wish.min, max: wish.max });
        }
        match wish.level {
            Some(level) => self.levels.insert(rule.code, level),
            None if bounded => self.levels.insert(rule.code, Level::Warn),
            None => None,
        };
        Ok(())
    }

    /// What a finding of a rule becomes; `None` where the code is no rule's.
    #[must_use]
    pub fn level(&self, code: Code) -> Option<Level> {
        let rule = rules::of(code)?;
        Some(self.levels.get(&code).copied().unwrap_or(rule.default))
    }

    /// The bounds of a rule that counts.
    #[must_use]
    pub fn bounds(&self, code: Code) -> Bounds {
        self.bounds.get(&code).copied().unwrap_or_default()
    }
}

/// What can be written behind a rule's name.
const LEVELS: &str = "write `\"error\"`, `\"warn\"` or `\"off\"`";

/// Why a line of `[checks]` is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong with it.
    pub message: String,
    /// What can be done.
    pub hint: String,
}

impl Refusal {
    fn unknown(name: &str) -> Self {
        let names = || rules::RULES.iter().map(|rule| format!("`{}`", rule.code.name())).collect::<Vec<_>>().join(", ");
        let hint = match rules::nearest(name) {
            Some(rule) => format!("`{}` is meant? The rules are {}", rule.code.name(), names()),
            None => format!("the rules are {}", names()),
        };
        Self { message: format!("there is no rule `{name}`"), hint }
    }

    /// A value that is no level and no limit.
    #[must_use]
    pub fn of_value(name: &str) -> Self {
        let counts = rules::named(name).is_some_and(|rule| COUNTING.contains(&rule.code));
        let hint = if counts { "write a number, `{ min = 3, max = 15 }`, or `\"off\"`" } else { LEVELS };
        Self { message: format!("the value of `{name}` makes no sense"), hint: hint.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(level: Level) -> Wish {
        Wish { level: Some(level), ..Wish::default() }
    }

    #[test]
    fn later_lines_win() {
        let mut settings = Settings::default();
        assert_eq!(settings.level(Code::ParityTitle), Some(Level::Warn));
        settings.set("parity-title", level(Level::Off)).expect("a rule");
        settings.set("parity-title", level(Level::Error)).expect("a rule");
        assert_eq!(settings.level(Code::ParityTitle), Some(Level::Error));
        assert_eq!(settings.level(Code::DanglingReference), None);
    }

    #[test]
    fn a_limit_switches_a_rule_on() {
        let mut settings = Settings::default();
        assert_eq!(settings.level(Code::AbstractWords), Some(Level::Off));
        settings.set("abstract-words", Wish { max: Some(250), ..Wish::default() }).expect("a rule");
        assert_eq!((settings.level(Code::AbstractWords), settings.bounds(Code::AbstractWords).max), (Some(Level::Warn), Some(250)));
        settings.set("abstract-words", level(Level::Error)).expect("a rule");
        assert_eq!((settings.level(Code::AbstractWords), settings.bounds(Code::AbstractWords).max), (Some(Level::Error), Some(250)));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let mut settings = Settings::default();
        let unknown = settings.set("parity-titles", level(Level::Off)).expect_err("no rule");
        assert_eq!(unknown.message, "there is no rule `parity-titles`");
        assert!(unknown.hint.starts_with("`parity-title` is meant? The rules are `parity-title`, "), "{}", unknown.hint);
        assert!(settings.set("homoglyph", Wish { max: Some(3), ..Wish::default() }).is_err());
        assert!(settings.set("keyword-count", Wish { min: Some(5), max: Some(3), level: None }).is_err());
        assert_eq!(settings, Settings::default());
    }
}
