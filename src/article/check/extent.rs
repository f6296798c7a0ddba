//! How long an abstract is, and how many keywords there are, where the journal has a rule.
//!
//! 1. The limits are the project's or the layout's ([`Settings::bounds`]); without any nothing is counted.
//! 2. Abstracts of every language are counted, in the article and in its translations; those of a kind of their own (graphical) are not.

use super::Master;
use super::settings::{Bounds, Settings};
use super::text::{start, tag, words};
use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::model::front::Front;
use crate::model::plain;

/// Reports what is too long, too few or too many.
pub(super) fn look(log: &mut Log, master: Master<'_>, settings: &Settings) {
    let article = master.article;
    let fronts =
        std::iter::once(&article.front).chain(article.parts.iter().filter(|part| part.kind == crate::term::PartKind::Translation).map(|part| &part.front));
    for front in fronts {
        abstracts(log, master, front, settings.bounds(Code::AbstractWords));
        keywords(log, master, front, settings.bounds(Code::KeywordCount));
    }
}

fn abstracts(log: &mut Log, master: Master<'_>, front: &Front, bounds: Bounds) {
    for part in front.abstracts.iter().filter(|part| part.said.kind.is_none()) {
        let count = words(&plain::lines(&master.article.leaves, &part.said.blocks).join(" "));
        let Some(wanted) = outside(count, bounds) else { continue };
        log.push(
            Diagnostic::new(Code::AbstractWords, format!("the abstract in `{}` has {count} words; {wanted}", part.lang.tag()))
                .at(tag(master.tree, part.said.span))
                .hint("shorten it, or change `abstract-words` in `[checks]`"),
        );
    }
}

fn keywords(log: &mut Log, master: Master<'_>, front: &Front, bounds: Bounds) {
    for group in front.keywords.iter().filter(|group| group.said.kind.as_deref().is_none_or(|kind| kind.starts_with("author"))) {
        let count = group.said.items.len();
        let Some(wanted) = outside(count, bounds) else { continue };
        let Some(at) = group.said.items.iter().find_map(|item| start(&master.article.leaves, item)) else { continue };
        log.push(
            Diagnostic::new(Code::KeywordCount, format!("the number of keywords in `{}` is {count}; {wanted}", group.lang.tag()))
                .at(at)
                .hint("give each keyword a `kwd` of its own, or change `keyword-count` in `[checks]`"),
        );
    }
}

/// What the journal wants, where a number is not within its bounds.
fn outside(count: usize, bounds: Bounds) -> Option<String> {
    match bounds {
        Bounds { min: Some(min), .. } if count < min => Some(format!("the journal asks for {min} at least")),
        Bounds { max: Some(max), .. } if count > max => Some(format!("the journal takes {max} at the most")),
        Bounds { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::settings::{Settings, Wish};
    use super::super::testing::{article, checked_with};

    #[test]
    fn nothing_is_counted_without_a_limit() {
        let meta = format!("<abstract><p>{}</p></abstract>", "word ".repeat(400));
        checked_with(&article("en", &meta, "<p>Text.</p>", ""), &Settings::default()).says(&[]);
    }

    #[test]
    fn abstracts_are_held_to_their_limit() {
        let mut settings = Settings::default();
        settings.set("abstract-words", Wish { max: Some(250), ..Wish::default() }).expect("a rule");
        let meta = |count: usize| format!("<abstract><title>Abstract</title><sec><title>Aim</title><p>{}</p></sec></abstract>", "word ".repeat(count));
        checked_with(&article("en", &meta(249), "<p>Text.</p>", ""), &settings).says(&[]);
        checked_with(&article("en", &meta(250), "<p>Text.</p>", ""), &settings)
            .says_at("abstract-words: the abstract in `en` has 251 words; the journal takes 250 at the most", "<abstract>");
    }

    #[test]
    fn keywords_are_counted() {
        let mut settings = Settings::default();
        settings.set("keyword-count", Wish { min: Some(2), max: Some(3), level: None }).expect("a rule");
        let meta = |count: usize| format!("<kwd-group>{}</kwd-group>", "<kwd>word</kwd>".repeat(count));
        for (count, wanted) in [
            (1, vec!["keyword-count: the number of keywords in `en` is 1; the journal asks for 2 at least"]),
            (2, vec![]),
            (3, vec![]),
            (4, vec!["keyword-count"]),
        ] {
            checked_with(&article("en", &meta(count), "<p>Text.</p>", ""), &settings).says(&wanted);
        }
    }
}
