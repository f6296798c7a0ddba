//! Full stops where the layout puts what is needed: after titles, keywords, affiliations and ORCIDs.
//!
//! 1. The last text of each such run is looked at; dots of omission, abbreviations and initials are let be.
//! 2. Headings of the text that are run in often have their stop, and are let be where most of the article's have one.

use super::Master;
use super::text::{NAMED, each_part, inside, others, pieces, place};
use crate::code::Code;
use crate::diag::{Diagnostic, Fix, Log};
use crate::leaf::Leaf;
use crate::model::inline::Inline;
use crate::source::Span;

/// Reports stops that are not needed.
pub(super) fn look(log: &mut Log, master: Master<'_>) {
    let article = master.article;
    let mut fronts = vec![&article.front];
    each_part(&article.parts, &mut |part| fronts.push(&part.front));
    for front in fronts {
        for title in &front.titles {
            let run = if title.said.subtitle.is_empty() { &title.said.title } else { &title.said.subtitle };
            if let Some(span) = stop(master, run, &['.']) {
                let hint = "take it away; the layout puts the signs around titles";
                let finding = Diagnostic::new(Code::StopAfterTitle, format!("the title in `{}` ends with a full stop", title.lang.tag()));
                log.push(finding.at(span).hint(hint).fix(away(span)));
            }
        }
        let keywords = front.keywords.iter().flat_map(|group| &group.said.items).filter_map(|item| stop(master, item, &['.', ',', ';']));
        several(log, Code::StopAfterKeyword, "keyword", keywords.collect());
        let affiliations = front.affiliations.iter().flat_map(|affiliation| &affiliation.forms).filter_map(|form| stop(master, &form.body, &['.']));
        several(log, Code::StopAfterAffiliation, "affiliation", affiliations.collect());
    }
    master.tree.root.each(&mut |element| {
        let is_orcid = element.name == "contrib-id" && element.value("contrib-id-type").is_some_and(|kind| kind.eq_ignore_ascii_case("orcid"));
        if is_orcid && element.plain_text().ends_with('.') {
            let span = inside(master.source, element);
            let hint = "take it away; it would become part of the address";
            let stop = Span { start: span.end.saturating_sub(1), end: span.end };
            log.push(Diagnostic::new(Code::StopAfterOrcid, "the ORCID ends with a full stop").at(stop).hint(hint).fix(away(stop)));
        }
    });
}

/// The change that takes a sign away.
fn away(sign: Span) -> Fix {
    Fix::new("Take the sign away", sign, "")
}

/// Names the first, and says how many there are.
fn several(log: &mut Log, code: Code, thing: &str, found: Vec<Span>) {
    let all = found.len();
    for (at, span) in found.into_iter().take(NAMED).enumerate() {
        let others = others(at, all, "does", "do");
        let sign = if thing == "affiliation" { "a full stop" } else { "a sign that the layout puts" };
        let hint = "take it away; the layout puts the signs between them";
        log.push(Diagnostic::new(code, format!("the {thing} ends with {sign}{others}")).at(span).hint(hint).fix(away(span)));
    }
}

/// The place of the sign with which a run ends, where it is not needed.
fn stop(master: Master<'_>, run: &[Inline], signs: &[char]) -> Option<Span> {
    let leaf: &Leaf = pieces(&master.article.leaves, run).last().copied()?;
    let text = leaf.text.trim_end();
    let sign = text.chars().next_back().filter(|last| signs.contains(last))?;
    if sign == '.' && !is_full_stop(text) {
        return None;
    }
    Some(place(master.source, leaf, text.len() - 1, text.len()))
}

/// Whether the stop at the end of a text ends a sentence: not after an abbreviation, an initial or another dot.
fn is_full_stop(text: &str) -> bool {
    let before = text.trim_end_matches('.');
    if text.len() - before.len() > 1 || before.ends_with(['!', '?', '…']) {
        return false;
    }
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '-' | '‑' | '/' | ',')).next().unwrap_or_default();
    let word = word.trim_start_matches(['(', '«', '“', '"']);
    // `U.S.`, `nov.`, `sp.`, `Inc.`, `Ltd.`, `г.`, `Co.`: an abbreviation has a dot inside, or few letters.
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    !word.contains('.') && letters != 1 && !is_abbreviation(&word.to_lowercase()) && !word.is_empty()
}

/// Abbreviations with which titles, keywords and addresses end.
fn is_abbreviation(word: &str) -> bool {
    [
        "sp", "spp", "ssp", "subsp", "var", "nov", "gen", "al", "etc", "inc", "ltd", "co", "corp", "llc", "jr", "sr", "st", "dr", "mr", "mrs", "no", "vol",
        "pt", "ed", "eds", "dept", "univ", "cf", "str", "др", "пр", "гг", "вв", "обл", "ул", "стр", "руб", "млн", "млрд", "тыс", "им", "min", "max", "approx",
        "gmbh", "pty", "cv", "mex", "linn", "ca", "wash", "calif", "mass", "auct", "comb", "fam", "ord", "stat", "fig", "tab", "ph", "hort", "lam", "willd",
    ]
    .contains(&word)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{article, checked, checked_with, front};
    use super::super::{Level, Settings, settings::Wish};
    use super::*;

    #[test]
    fn a_stop_ends_a_sentence() {
        for text in ["On things.", "О вещах.", "In the year 2020."] {
            assert!(is_full_stop(text), "{text}");
        }
        for text in ["And so on...", "Made in the U.S.", "Aus bus sp. nov.", "Smith et al.", "Company Ltd.", "Вещи и др.", "Vitamin C.", "What?", "Petrov V.V."]
        {
            assert!(!is_full_stop(text), "{text}");
        }
    }

    #[test]
    fn titles_end_without_one() {
        let titled = |title: &str| article("en", "", "<p>Text.</p>", "").replace("On things", title);
        checked(&titled("On things")).says(&[]);
        checked(&titled("On <italic>things.</italic>")).says_at("stop-after-title: the title in `en` ends with a full stop", ".");
        checked(&titled("On <italic>E. coli</italic> spp.")).says(&[]);
    }

    #[test]
    fn keywords_and_orcids_end_without_one() {
        front("<kwd-group><kwd>one,</kwd><kwd>two.</kwd><kwd>three</kwd></kwd-group>").says(&["stop-after-keyword", "stop-after-keyword"]);
        front("<contrib-group><contrib><contrib-id contrib-id-type='orcid'>https://orcid.org/0000-0002-1825-0097.</contrib-id><name><surname>A</surname></name></contrib></contrib-group>")
            .says_at("stop-after-orcid", ".");
    }

    #[test]
    fn affiliations_are_looked_at_where_that_is_wanted() {
        let aff = "<aff>University of Osh, Osh.</aff>";
        front(aff).says(&[]);
        let mut settings = Settings::default();
        settings.set("stop-after-affiliation", Wish { level: Some(Level::Warn), ..Wish::default() }).expect("a rule");
        checked_with(&article("en", aff, "<p>Text.</p>", ""), &settings).says_at("stop-after-affiliation: the affiliation ends with a full stop", ".");
    }
}
