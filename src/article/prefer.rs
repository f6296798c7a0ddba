//! An edition for readers of one language.
//!
//! 1. Where a part of the article is its translation into that language, translation and text change places ([`exchange`]): the edition is
//!    then that of the translation, and what the author wrote is its part.
//! 2. The front matter in the language comes first.
//!
//! Nothing is added or left out: the leaves are the same, in another order, and the proof asks for every one of them.

use crate::edition::{Edition, FrontMatter, Metadata, Part, PartKind};
use crate::lang::Lang;

/// The same article with what is in `lang` first. An article that has nothing in it stays as it is.
#[must_use]
pub fn preferring(mut edition: Edition, lang: &Lang) -> Edition {
    if edition.lang.same_language(lang) {
        return edition;
    }
    let translation = |part: &Part| part.kind == PartKind::Translation && part.lang.same_language(lang) && !part.body.is_empty();
    if let Some(at) = edition.parts.iter().position(translation) {
        exchange(&mut edition, at);
    }
    first(&mut edition.fronts, lang);
    edition.metadata.titles.sort_by_key(|title| !title.lang.same_language(lang));
    for person in &mut edition.metadata.people {
        person.names.sort_by_key(|name| !name.lang.same_language(lang));
    }
    edition
}

/// Puts the front matter in this language before the others.
fn first(fronts: &mut [FrontMatter], lang: &Lang) {
    fronts.sort_by_key(|front| !front.lang.same_language(lang));
}

/// Text and translation change places. What catalogues are told stays with the whole: the DOI is that of the article.
fn exchange(edition: &mut Edition, at: usize) {
    let Some(part) = edition.parts.get_mut(at) else { return };
    std::mem::swap(&mut edition.lang, &mut part.lang);
    std::mem::swap(&mut edition.running, &mut part.running);
    std::mem::swap(&mut edition.codes, &mut part.codes);
    std::mem::swap(&mut edition.fronts, &mut part.fronts);
    std::mem::swap(&mut edition.body, &mut part.body);
    std::mem::swap(&mut edition.back, &mut part.back);
    for title in &part.metadata.titles {
        if !edition.metadata.titles.contains(title) {
            edition.metadata.titles.push(title.clone());
        }
    }
    part.metadata = Metadata { titles: edition.metadata.titles.clone(), ..Metadata::default() };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Log;
    use crate::source::Source;

    fn master(text: &str) -> Edition {
        let mut log = Log::default();
        let source = Source::new("test.xml", text);
        let tree = crate::xml::parse(&mut log, &source).expect("well-formed");
        let article = crate::jats::read(&mut log, &tree).expect("an article");
        crate::resolve::resolve(&mut log, article)
    }

    fn russian() -> Lang {
        Lang::parse("ru").map(|(lang, _)| lang).unwrap_or_default()
    }

    #[test]
    fn the_front_matter_of_the_reader_comes_first() {
        let edition = master(
            "<article xml:lang='en'><front><article-meta><title-group><article-title>One</article-title>\
             <trans-title-group xml:lang='ru'><trans-title>Один</trans-title></trans-title-group></title-group></article-meta></front><body><p>x</p></body></article>",
        );
        let tags = |edition: &Edition| edition.fronts.iter().map(|front| front.lang.tag().to_owned()).collect::<Vec<_>>();
        assert_eq!(tags(&edition), ["en", "ru"]);
        let preferred = preferring(edition, &russian());
        assert_eq!((tags(&preferred), preferred.lang.tag()), (vec!["ru".to_owned(), "en".to_owned()], "en"));
        assert_eq!(preferred.metadata.titles[0].said, "Один");
    }

    #[test]
    fn a_translation_and_the_text_change_places() {
        let edition = master(
            "<article xml:lang='en'><front><article-meta><article-id pub-id-type='doi'>10.1/x</article-id><title-group><article-title>One</article-title></title-group></article-meta></front>\
             <body><p>text</p></body><sub-article article-type='translation' xml:lang='ru' id='s'><front-stub><title-group><article-title>Один</article-title></title-group></front-stub>\
             <body><p>текст</p><p>ещё</p></body></sub-article></article>",
        );
        let preferred = preferring(edition, &russian());
        assert_eq!((preferred.lang.tag(), preferred.body.len(), preferred.metadata.doi.as_deref()), ("ru", 2, Some("10.1/x")));
        assert_eq!((preferred.parts[0].lang.tag(), preferred.parts[0].body.len()), ("en", 1));
        assert_eq!(preferred.metadata.titles[0].said, "Один");
    }
}
