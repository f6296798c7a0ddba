//! What a part of the article is called.
//!
//! 1. A part without a title is called what it is: its own rubric, else the word of its language, such as “Decision letter”.
//! 2. A part with a title has that word as its rubric, where neither title nor rubric say it.

use crate::lang::label::Label;
use crate::lang::lexicon::Lexicon;
use crate::leaf::Leaves;
use crate::model::front::{In, Title};
use crate::model::inline::{Inline, Inlines};
use crate::model::part::Part;
use crate::model::plain;

/// Gives a part a title, or the word for what it is above its title.
pub(super) fn of_part(part: &mut Part, leaves: &Leaves, words: &Lexicon<'_>) {
    let word = Label::of_part(part.kind).map_or("", |label| words.word(&part.lang, label));
    let lang = part.lang.clone();
    if part.front.titles.is_empty() {
        if part.front.headings.is_empty() {
            part.front.titles.extend((!word.is_empty()).then(|| In { lang, said: titled(vec![Inline::Generated(word.to_owned())]) }));
        } else {
            let In { lang, said } = part.front.headings.remove(0);
            part.front.titles.push(In { lang, said: titled(said) });
        }
        return;
    }
    let says = |run: &Inlines| plain::title(leaves, run).to_lowercase().contains(&word.to_lowercase());
    if !word.is_empty() && part.front.headings.is_empty() && !part.front.titles.iter().any(|title| says(&title.said.title)) {
        part.front.headings.push(In { lang, said: vec![Inline::Generated(word.to_owned())] });
    }
}

fn titled(title: Inlines) -> Title {
    Title { title, subtitle: Inlines::new() }
}

#[cfg(test)]
mod tests {
    use super::super::testing::master;

    fn part(attributes: &str, front: &str) -> super::super::testing::Resolved {
        master(&format!(
            "<article xml:lang='en'><front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front><body><p>x</p></body>\
             <sub-article {attributes}><front-stub>{front}</front-stub><body><p>y</p></body></sub-article></article>"
        ))
    }

    #[test]
    fn a_part_without_a_title_is_called_what_it_is() {
        part("article-type='decision-letter'", "").shows("part decision-letter en\nfront en\ntitle +\"Decision letter\"");
        part("article-type='reply' xml:lang='ru'", "").shows("title +\"Ответ\"");
        let rubric = "<article-categories><subj-group subj-group-type='heading'><subject>Letter</subject></subj-group></article-categories>";
        part("article-type='reply'", rubric).shows("front en\ntitle \"Letter\"");
    }

    #[test]
    fn a_title_that_does_not_say_it_has_it_above() {
        let title = |text: &str| format!("<title-group><article-title>{text}</article-title></title-group>");
        part("article-type='reviewer-report'", &title("On x")).shows("heading +\"Referee report\"\ntitle \"On x\"");
        part("article-type='decision-letter'", &title("Decision letter of May")).lacks("heading");
        part("article-type='translation' xml:lang='de'", &title("Über x")).lacks("heading");
    }
}
