//! Parity of languages: what stands in one language of the front matter is to stand in the others.
//!
//! 1. The languages in use are those of titles, abstracts and keywords, of the article and of its translations.
//! 2. Where a title, abstract or keywords are missing in one of them, that is said at what there is in that language.
//! 3. Keywords are counted; rubrics, affiliations and names are compared with each other, one with the rest.

use super::Master;
use super::text::{NAMED, others, start, tag};
use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::lang::Lang;
use crate::leaf::Leaves;
use crate::model::Article;
use crate::model::front::{Affiliation, Contributor, Front, Name};
use crate::model::part::Part;
use crate::model::plain;
use crate::source::Span;
use crate::term::Task;

/// Reports what is missing in a language.
pub(super) fn look(log: &mut Log, master: Master<'_>) {
    let Article { front, parts, lang, .. } = master.article;
    let mut said = gather(master, front);
    for part in translations(lang, parts) {
        merge(&mut said, gather(master, &part.front));
    }
    if said.len() > 1 {
        missing(log, &said, Code::ParityTitle, "title", |said| said.title);
        missing(log, &said, Code::ParityAbstract, "abstract", |said| said.summary);
        missing(log, &said, Code::ParityKeywords, "keywords", |said| said.keywords.map(|(_, span)| span));
        keyword_count(log, &said);
        subjects(log, &said);
    }
    affiliations(log, master, lang, &front.affiliations);
    names(log, master, lang, &front.contributors);
    for part in translations(lang, parts) {
        authors(log, master, &front.contributors, part);
    }
}

/// What is said in one language.
struct Said {
    lang: Lang,
    title: Option<Span>,
    summary: Option<Span>,
    /// How many keywords there are, and where.
    keywords: Option<(usize, Span)>,
    /// How many rubrics there are, and where.
    subjects: Option<(usize, Span)>,
}

impl Said {
    fn place(&self) -> Option<Span> {
        self.title.or(self.summary).or(self.keywords.map(|(_, span)| span))
    }
}

/// The translations of the article; what stands inside a part is none of them.
fn translations<'a>(lang: &Lang, parts: &'a [Part]) -> impl Iterator<Item = &'a Part> {
    parts.iter().filter(|part| part.is_translation(lang))
}

fn entry<'a>(all: &'a mut Vec<Said>, lang: &Lang) -> Option<&'a mut Said> {
    if !all.iter().any(|said| said.lang.same_language(lang)) {
        all.push(Said { lang: lang.clone(), title: None, summary: None, keywords: None, subjects: None });
    }
    all.iter_mut().find(|said| said.lang.same_language(lang))
}

/// Adds what a translation says. What the article says itself in that language comes first: many give both, and nothing is counted twice.
fn merge(all: &mut Vec<Said>, more: Vec<Said>) {
    for new in more {
        if let Some(said) = entry(all, &new.lang) {
            said.title = said.title.or(new.title);
            said.summary = said.summary.or(new.summary);
            said.keywords = said.keywords.or(new.keywords);
            said.subjects = said.subjects.or(new.subjects);
        }
    }
}

/// What a front matter says in each language. Abstracts of a kind of their own (graphical, plain language) and lists of abbreviations are no abstracts and no
/// keywords of the article.
fn gather(master: Master<'_>, front: &Front) -> Vec<Said> {
    let leaves = &master.article.leaves;
    let mut said_here = Vec::new();
    let all = &mut said_here;
    for title in &front.titles {
        if let Some(said) = entry(all, &title.lang) {
            said.title = said.title.or_else(|| start(leaves, &title.said.title));
        }
    }
    for part in front.abstracts.iter().filter(|part| part.said.kind.is_none() && !part.said.blocks.is_empty()) {
        if let Some(said) = entry(all, &part.lang) {
            said.summary = said.summary.or(Some(tag(master.tree, part.said.span)));
        }
    }
    for group in
        front.keywords.iter().filter(|group| group.said.kind.as_deref().is_none_or(|kind| matches!(kind, "author" | "author-keywords" | "author-created")))
    {
        let count = group.said.items.len();
        let place = group.said.items.iter().find_map(|item| start(leaves, item));
        if let (Some(said), Some(place)) = (entry(all, &group.lang), place) {
            let (before, at) = said.keywords.unwrap_or((0, place));
            said.keywords = Some((before + count, at));
        }
    }
    for heading in &front.headings {
        // A rubric alone does not make a language of the front matter.
        let said = all.iter_mut().find(|said| said.lang.same_language(&heading.lang));
        if let (Some(said), Some(place)) = (said, start(leaves, &heading.said)) {
            let (before, at) = said.subjects.unwrap_or((0, place));
            said.subjects = Some((before + 1, at));
        }
    }
    said_here
}

/// Says in which languages a thing is missing that others have.
fn missing(log: &mut Log, all: &[Said], code: Code, thing: &str, of: impl Fn(&Said) -> Option<Span>) {
    let Some((there, there_at)) = all.iter().find_map(|said| Some((&said.lang, of(said)?))) else { return };
    for said in all.iter().filter(|said| of(said).is_none()) {
        let Some(place) = said.place() else { continue };
        let (verb, article) = if thing == "keywords" { ("are", "") } else { ("is", "the ") };
        log.push(
            Diagnostic::new(code, format!("{article}{thing} in `{}` {verb} missing", said.lang.tag()))
                .at(place)
                .label(format!("this is `{}`", said.lang.tag()))
                .also(there_at, format!("{article}{thing} in `{}`", there.tag()))
                .hint(format!("add {article}{thing} with `xml:lang=\"{}\"`", said.lang.tag())),
        );
    }
}

fn keyword_count(log: &mut Log, all: &[Said]) {
    let mut counted = all.iter().filter_map(|said| said.keywords.map(|(count, at)| (said, count, at)));
    let Some((first, wanted, there)) = counted.next() else { return };
    for (said, count, at) in counted.filter(|(_, count, _)| *count != wanted) {
        let keywords = |count: usize| if count == 1 { "1 keyword".to_owned() } else { format!("{count} keywords") };
        log.push(
            Diagnostic::new(Code::ParityKeywordCount, format!("{} in `{}`, {} in `{}`", keywords(count), said.lang.tag(), keywords(wanted), first.lang.tag()))
                .at(at)
                .also(there, format!("keywords in `{}`", first.lang.tag()))
                .hint("translate keywords one by one, each in a `kwd` of its own"),
        );
    }
}

/// Rubrics: only where there are some in two languages, or where there is one in a third that has none.
fn subjects(log: &mut Log, all: &[Said]) {
    let counted: Vec<(&Said, usize, Span)> = all.iter().filter_map(|said| said.subjects.map(|(count, at)| (said, count, at))).collect();
    let [(first, wanted, there), second, ..] = counted.as_slice() else { return };
    for said in all.iter().filter(|said| said.subjects.is_none() && said.title.is_some()) {
        log.push(
            Diagnostic::new(Code::ParitySubject, format!("the rubric in `{}` is missing", said.lang.tag()))
                .at(said.place().unwrap_or(*there))
                .also(*there, format!("the rubric in `{}`", first.lang.tag()))
                .hint(format!("add a `subj-group` with `xml:lang=\"{}\"`", said.lang.tag())),
        );
    }
    if second.1 != *wanted {
        log.push(
            Diagnostic::new(
                Code::ParitySubject,
                format!("the numbers of rubrics differ: {wanted} in `{}`, {} in `{}`", first.lang.tag(), second.1, second.0.lang.tag()),
            )
            .at(second.2)
            .also(*there, format!("rubrics in `{}`", first.lang.tag()))
            .hint("give each rubric in each language"),
        );
    }
}

/// Affiliations: each in the languages in which others are.
fn affiliations(log: &mut Log, master: Master<'_>, main: &Lang, all: &[Affiliation]) {
    let all: Vec<Given<'_, Affiliation>> =
        all.iter().map(|of| Given { of, langs: of.forms.iter().map(|form| form.lang.as_ref().unwrap_or(main)).collect(), span: of.span }).collect();
    let kind = Kind { code: Code::ParityAffiliation, thing: "the affiliation", element: "an `aff`", within: "aff-alternatives" };
    alternatives(log, master, &kind, &all, |affiliation| {
        affiliation.forms.first().map(|form| plain::title(&master.article.leaves, &form.body)).unwrap_or_default()
    });
}

/// Names: each author in the languages in which others are.
fn names(log: &mut Log, master: Master<'_>, main: &Lang, all: &[Contributor]) {
    let all: Vec<Given<'_, Contributor>> =
        named_authors(all).map(|of| Given { of, langs: of.names.iter().map(|name| name.lang.as_ref().unwrap_or(main)).collect(), span: of.span }).collect();
    let kind = Kind { code: Code::ParityAuthor, thing: "the name of", element: "a `name`", within: "name-alternatives" };
    alternatives(log, master, &kind, &all, |author| author.names.first().map(|name| shown(&master.article.leaves, name)).unwrap_or_default());
}

/// A thing of which there may be a form in each language.
struct Given<'a, T> {
    of: &'a T,
    langs: Vec<&'a Lang>,
    span: Span,
}

/// How findings speak of such things.
struct Kind {
    code: Code,
    /// What stands before its name.
    thing: &'static str,
    /// The element of one form, and that of all.
    element: &'static str,
    within: &'static str,
}

/// Says of which things a form is missing in a language in which others have one. `name` gives one by its first form.
fn alternatives<T>(log: &mut Log, master: Master<'_>, kind: &Kind, all: &[Given<'_, T>], name: impl Fn(&T) -> String) {
    // Things in one language each, or in none of their own, say nothing about each other.
    if all.iter().all(|given| given.langs.len() < 2) {
        return;
    }
    for lang in distinct(all.iter().flat_map(|given| given.langs.iter().copied())) {
        let without: Vec<_> = all.iter().filter(|given| !given.langs.is_empty() && !given.langs.iter().any(|own| own.same_language(lang))).collect();
        for (at, given) in without.iter().take(NAMED).enumerate() {
            let others = others(at, without.len(), "is not", "are not");
            let Kind { code, thing, element, within } = kind;
            log.push(
                Diagnostic::new(*code, format!("{thing} `{}` is not given in `{}`{others}", short(&name(given.of)), lang.tag()))
                    .at(tag(master.tree, given.span))
                    .hint(format!("add {element} with `xml:lang=\"{}\"` beside it, in `{within}`", lang.tag())),
            );
        }
    }
}

/// A translation that names authors names as many as the article.
fn authors(log: &mut Log, master: Master<'_>, main: &[Contributor], part: &Part) {
    let (wanted, found) = (named_authors(main).count(), named_authors(&part.front.contributors).count());
    if found > 0 && wanted > 0 && found != wanted {
        log.push(
            Diagnostic::new(Code::ParityAuthor, format!("the translation into `{}` names {found} of {wanted} authors", part.lang.tag()))
                .at(tag(master.tree, part.span))
                .hint("give all authors in both, or none in the translation: it then has those of the article"),
        );
    }
}

/// The authors that are named one by one.
fn named_authors(all: &[Contributor]) -> impl Iterator<Item = &Contributor> {
    all.iter().filter(|contributor| contributor.task() == Task::Author && !contributor.is_member() && !contributor.names.is_empty())
}

/// The languages of a list, each once.
fn distinct<'a>(langs: impl Iterator<Item = &'a Lang>) -> Vec<&'a Lang> {
    let mut all: Vec<&Lang> = Vec::new();
    for lang in langs {
        if !all.iter().any(|other| other.same_language(lang)) {
            all.push(lang);
        }
    }
    all
}

fn shown(leaves: &Leaves, name: &Name) -> String {
    let [whole, given, surname] = [&name.whole, &name.given, &name.surname].map(|part| plain::title(leaves, part));
    plain::join(&[&whole, &given, &surname], " ")
}

/// The beginning of a text.
fn short(text: &str) -> String {
    if text.chars().count() <= 40 { text.to_owned() } else { format!("{}…", text.chars().take(39).collect::<String>().trim_end()) }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{article, checked, checked_with, front};
    use super::super::{Level, Settings, settings::Wish};

    const BOTH: &str = "<trans-abstract xml:lang='ru'><p>Кратко.</p></trans-abstract><kwd-group xml:lang='en'><kwd>one</kwd><kwd>two</kwd></kwd-group>\
                        <kwd-group xml:lang='ru'><kwd>один</kwd><kwd>два</kwd></kwd-group>";

    fn titled(titles: &str, meta: &str) -> super::super::testing::Checked {
        checked(&format!(
            "<article xml:lang='en'><front><article-meta><title-group><article-title>On things</article-title>{titles}</title-group>{meta}</article-meta></front><body><p>Text.</p></body></article>"
        ))
    }

    #[test]
    fn what_is_whole_is_let_be() {
        titled("<trans-title-group xml:lang='ru'><trans-title>О вещах</trans-title></trans-title-group>", &format!("<abstract><p>Short.</p></abstract>{BOTH}"))
            .says(&[]);
        front("<abstract><p>Short.</p></abstract><kwd-group><kwd>one</kwd></kwd-group>").says(&[]);
        front("<abstract><p>Short.</p></abstract><abstract abstract-type='graphical' xml:lang='fr'><p>Court.</p></abstract>").says(&[]);
    }

    #[test]
    fn what_is_missing_is_said() {
        front(&format!("<abstract><p>Short.</p></abstract>{BOTH}")).says_at("parity-title: the title in `ru` is missing", "<trans-abstract");
        titled("<trans-title-group xml:lang='ru'><trans-title>О вещах</trans-title></trans-title-group>", BOTH)
            .says(&["parity-abstract: the abstract in `en` is missing"]);
        titled(
            "<trans-title-group xml:lang='ru'><trans-title>О вещах</trans-title></trans-title-group>",
            "<kwd-group xml:lang='en'><kwd>one</kwd></kwd-group>",
        )
        .says_at("parity-keywords: keywords in `ru` are missing", "О вещах");
    }

    #[test]
    fn keywords_are_counted() {
        let meta = "<kwd-group xml:lang='en'><kwd>one</kwd><kwd>two</kwd></kwd-group><kwd-group xml:lang='ru'><kwd>один</kwd></kwd-group>";
        titled("<trans-title-group xml:lang='ru'><trans-title>О вещах</trans-title></trans-title-group>", meta)
            .says_at("parity-keyword-count: 1 keyword in `ru`, 2 keywords in `en`", "один");
    }

    #[test]
    fn rubrics_are_compared() {
        let subject = |lang: &str, text: &str| format!("<subj-group subj-group-type='heading' xml:lang='{lang}'><subject>{text}</subject></subj-group>");
        let title = |lang: &str, text: &str| format!("<trans-title-group xml:lang='{lang}'><trans-title>{text}</trans-title></trans-title-group>");
        let mut settings = Settings::default();
        settings.set("parity-subject", Wish { level: Some(Level::Warn), ..Wish::default() }).expect("a rule");
        let says = |subjects: String, wanted: &[&str]| {
            let categories = format!("<article-categories>{subjects}</article-categories>");
            let titles = title("ru", "О вещах") + &title("ky", "Нерселер");
            let master = article("en", "", "<p>Text.</p>", "")
                .replace("<title-group>", &format!("{categories}<title-group>"))
                .replace("</title-group>", &format!("{titles}</title-group>"));
            checked_with(&master, &settings).says(wanted);
        };
        says(subject("en", "Law"), &[]);
        says(subject("en", "Law") + &subject("ru", "Право"), &["parity-subject: the rubric in `ky` is missing"]);
        says(subject("en", "Law") + &subject("ru", "Право") + &subject("ky", "Укук"), &[]);
    }

    #[test]
    fn affiliations_are_given_in_the_same_languages() {
        let both = "<aff-alternatives id='a1'><aff xml:lang='en'>University of Osh</aff><aff xml:lang='ru'>Ошский университет</aff></aff-alternatives>";
        front(both).says(&[]);
        front(&format!("{both}<aff id='a2' xml:lang='en'>University of Naryn</aff>"))
            .says_at("parity-affiliation: the affiliation `University of Naryn` is not given in `ru`", "<aff id='a2'");
        front("<aff id='a1'>University of Osh</aff><aff id='a2'>University of Naryn</aff>").says(&[]);
    }

    #[test]
    fn authors_are_the_same_in_all_languages() {
        let name = |lang: &str, surname: &str| format!("<name xml:lang='{lang}'><surname>{surname}</surname><given-names>A.</given-names></name>");
        let two = format!("<contrib><name-alternatives>{}{}</name-alternatives></contrib>", name("en", "Osmonov"), name("ru", "Осмонов"));
        let one = format!("<contrib>{}</contrib>", name("en", "Smith"));
        front(&format!("<contrib-group>{two}{two}</contrib-group>")).says(&[]);
        front(&format!("<contrib-group>{two}{one}</contrib-group>")).says_at("parity-author: the name of `A. Smith` is not given in `ru`", "<contrib>");
        front(&format!("<contrib-group>{one}{one}</contrib-group>")).says(&[]);
    }

    #[test]
    fn a_translation_has_the_authors_of_the_article() {
        let author = |name: &str| format!("<contrib><name><surname>{name}</surname><given-names>A.</given-names></name></contrib>");
        let master = |authors: &str| {
            format!(
                "<article xml:lang='en'><front><article-meta><title-group><article-title>On things</article-title></title-group><contrib-group>{}{}</contrib-group></article-meta></front><body><p>Text.</p></body>\
                 <sub-article article-type='translation' id='t' xml:lang='pt'><front-stub><title-group><article-title>Das coisas</article-title></title-group>{authors}</front-stub><body><p>Texto.</p></body></sub-article></article>",
                author("Osmonov"),
                author("Smith")
            )
        };
        checked(&master("")).says(&[]);
        checked(&master(&format!("<contrib-group>{}{}</contrib-group>", author("Osmonov"), author("Smith")))).says(&[]);
        checked(&master(&format!("<contrib-group>{}</contrib-group>", author("Osmonov"))))
            .says_at("parity-author: the translation into `pt` names 1 of 2 authors", "<sub-article");
    }
}
