//! What a master allows: `<?diglot allow homoglyph?>`, for the element in which it stands.
//!
//! 1. An instruction is read into the rules that it names and the place that it holds for.
//! 2. Each complaint of the log gets the level of its rule ([`Settings::level`]); what a rule that is off says is taken away.
//! 3. A complaint in a place for which its rule is allowed is taken away, and the instruction was needed.
//! 4. Instructions that nobody understands, and those that were not needed, are reported themselves.

use super::rules::{self, Level};
use super::settings::Settings;
use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::source::Span;
use crate::xml::{Instruction, Tree};

/// Settles what becomes of everything that was said about a master. To be called once, when every stage has spoken.
pub fn settle(log: &mut Log, tree: &Tree, settings: &Settings) {
    let mut faults = Vec::new();
    let mut allowed: Vec<Allowed> = tree.instructions.iter().flat_map(|instruction| read(tree, instruction, &mut faults)).collect();
    log.revise(|mut diagnostic| {
        let Some(level) = settings.level(diagnostic.code) else { return Some(diagnostic) };
        let silenced = allowed.iter_mut().filter(|allow| allow.silences(&diagnostic)).fold(false, |_, allow| {
            allow.needed = true;
            true
        });
        diagnostic.severity = Some(level.severity().filter(|_| !silenced)?);
        Some(diagnostic)
    });
    // Of a rule that is off nobody asks whether it is allowed as well.
    for allow in allowed.iter().filter(|allow| !allow.needed && settings.level(allow.code) != Some(Level::Off)) {
        faults.push(
            Diagnostic::new(Code::NeedlessAllow, format!("nothing here is silenced by `allow {}`", allow.code.name()))
                .at(allow.at)
                .hint("take it out, or put it into the element that holds the fault"),
        );
    }
    faults.into_iter().for_each(|fault| log.push(fault));
}

/// A rule that is allowed somewhere.
struct Allowed {
    code: Code,
    /// The element for which it holds; `None` is the whole article.
    within: Option<Span>,
    /// The instruction.
    at: Span,
    needed: bool,
}

impl Allowed {
    fn silences(&self, diagnostic: &Diagnostic) -> bool {
        let inside = |within: Span| diagnostic.at.is_some_and(|at| within.start <= at.start && at.start < within.end);
        self.code == diagnostic.code && self.within.is_none_or(inside)
    }
}

/// The rules that an instruction allows; what is wrong with it goes to the faults.
fn read(tree: &Tree, instruction: &Instruction, faults: &mut Vec<Diagnostic>) -> Vec<Allowed> {
    // The reason is for whoever reads the master; its words are no names of rules.
    let said = instruction.text.split("reason=").next().unwrap_or_default();
    let mut words = said.split([' ', '\t', '\n', '\r', ',']).filter(|word| !word.is_empty());
    let hint = "write `<?diglot allow RULE?>`; the rules are listed in `docs/CHECKS.md`";
    if words.next() != Some("allow") {
        faults.push(Diagnostic::new(Code::UnknownRule, "the instruction is not understood").at(instruction.span).hint(hint));
        return Vec::new();
    }
    let within = match tree.around(instruction.span.start).as_slice() {
        [] => None,
        [.., inner] if matches!(inner.name.as_str(), "article" | "response" | "sub-article") && inner.span.start == root(tree) => None,
        [.., inner] => Some(inner.span),
    };
    let mut allowed = Vec::new();
    for word in words.clone() {
        match rules::named(word) {
            Some(rule) => allowed.push(Allowed { code: rule.code, within, at: instruction.span, needed: false }),
            None => {
                let hint = rules::nearest(word).map_or(hint.to_owned(), |rule| format!("`{}` is meant?", rule.code.name()));
                faults.push(Diagnostic::new(Code::UnknownRule, format!("there is no rule `{word}`")).at(instruction.span).hint(hint));
            }
        }
    }
    if words.next().is_none() {
        faults.push(Diagnostic::new(Code::UnknownRule, "the instruction names no rule").at(instruction.span).hint(hint));
    }
    allowed
}

/// Where the article begins, inside a wrapper too.
fn root(tree: &Tree) -> u32 {
    let mut element = &tree.root;
    while element.name != "article" {
        let Some(inner) = element.elements().next() else { break };
        element = inner;
    }
    element.span.start
}

#[cfg(test)]
mod tests {
    use super::super::testing::{checked, checked_with};
    use super::super::{Level, Settings, settings::Wish};

    const WORD: &str = "<p>Это пpогресс.</p>";

    fn body(body: &str) -> String {
        format!(
            "<article xml:lang='ru'><front><article-meta><title-group><article-title>Слово</article-title></title-group></article-meta></front><body>{body}</body></article>"
        )
    }

    #[test]
    fn an_instruction_holds_for_its_element() {
        checked(&body(WORD)).says(&["homoglyph"]);
        checked(&body("<p><?diglot allow homoglyph?>Это пpогресс.</p>")).says(&[]);
        checked(&body(&format!("<sec><title>Раздел</title><?diglot allow homoglyph reason=\"a quotation\"?>{WORD}</sec>"))).says(&[]);
        checked(&body(&format!("<p><?diglot allow homoglyph?>Иное.</p>{WORD}")))
            .says(&["homoglyph", "needless-allow: nothing here is silenced by `allow homoglyph`"]);
    }

    #[test]
    fn at_the_top_it_holds_for_all() {
        let master = body(WORD);
        checked(&format!("<?diglot allow homoglyph?>{master}")).says(&[]);
        checked(&master.replacen("<front>", "<?diglot allow homoglyph?><front>", 1)).says(&[]);
    }

    #[test]
    fn what_is_not_understood_is_said() {
        let master = body("<p>Иное.</p>");
        checked(&format!("<?diglot allow homoglif?>{master}")).says(&["unknown-rule: there is no rule `homoglif`"]);
        checked(&format!("<?diglot alow homoglyph?>{master}")).says(&["unknown-rule: the instruction is not understood"]);
        checked(&format!("<?diglot allow?>{master}")).says(&["unknown-rule: the instruction names no rule"]);
        checked(&format!("<?diglots allow?><?other allow nothing?>{master}")).says(&[]);
    }

    #[test]
    fn a_rule_can_be_off_or_an_error() {
        let mut settings = Settings::default();
        settings.set("homoglyph", Wish { level: Some(Level::Off), ..Wish::default() }).expect("a rule");
        checked_with(&body(WORD), &settings).says(&[]);
        checked_with(&format!("<?diglot allow homoglyph?>{}", body(WORD)), &settings).says(&[]);
        settings.set("homoglyph", Wish { level: Some(Level::Error), ..Wish::default() }).expect("a rule");
        let checked = checked_with(&body(WORD), &settings);
        checked.says(&["homoglyph"]);
        assert_eq!(checked.errors, 1);
    }
}
