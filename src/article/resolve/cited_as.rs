//! How the article is to be cited: a line for each language of the front matter.
//!
//! 1. A language in which the article has a title gets a line; its authors and the journal are named in that language where the master does
//!    so, else in its letters ([`transliterate`]).
//! 2. A language of GOST gets the form that is wished; another one the journal's citation style, where it has one that is not by GOST, else a
//!    plain form.

use crate::cite::Citer;
use crate::derive::Wishes;
use crate::derive::citation::{self, Author, Line, Words, Work};
use crate::derive::transliterate::is_mostly_cyrillic;
use crate::edition::{self, CitationLine, FrontMatter, Metadata};
use crate::lang::Lang;
use crate::lang::label::Label;
use crate::lang::lexicon::Lexicon;
use crate::leaf::Leaves;
use crate::model::citation::{Citation, CitationKind, Field, Part, Role};
use crate::model::front::{BEHALF, In};
use crate::model::inline::Inline;
use crate::model::plain;
use crate::source::Span;

/// Puts the lines into the front matters of an article or of a translation, of which `own` is the metadata. `of` is that of the article as a
/// whole: what a translation inside it does not say of itself is taken from there.
pub(super) fn set(fronts: &mut [FrontMatter], main: &Lang, own: &Metadata, of: &Metadata, leaves: &Leaves, wishes: &Wishes, words: &Lexicon<'_>) {
    if !wishes.for_citation {
        return;
    }
    let Some(scheme) = wishes.scheme() else { return };
    let byline = fronts.first().map(|front| authors(&front.authors, leaves)).unwrap_or_default();
    let mut citer = wishes.style.as_ref().filter(|style| !style.is_gost()).and_then(|style| Citer::new(style, main));
    for front in fronts {
        if front.title.is_empty() {
            continue;
        }
        let here = authors(&front.authors, leaves);
        let latin = !is_mostly_cyrillic(&plain::title(leaves, &front.title));
        let spelt = |text: &str| if latin && is_mostly_cyrillic(text) { scheme.apply(text) } else { text.to_owned() };
        let authors = if here.len() == byline.len() { here } else { byline.clone() };
        let authors =
            authors.iter().map(|author| Author { surname: spelt(&author.surname), initials: spelt(&author.initials), suffix: spelt(&author.suffix) }).collect();
        let work = Work {
            authors,
            title: plain::title(leaves, &front.title),
            subtitle: plain::title(leaves, &front.subtitle),
            journal: spelt(journal(&own.journal, &of.journal, &front.lang)),
            year: own.year().or(of.year()).map(|year| year.to_string()),
            volume: own.volume.clone().or_else(|| of.volume.clone()),
            number: own.number.clone().or_else(|| of.number.clone()),
            pages: pages(own).or_else(|| pages(of)),
            elocation: own.elocation.clone().or_else(|| of.elocation.clone()),
            doi: own.doi.clone().or_else(|| of.doi.clone()),
            tongue: wishes.mark.of(main).filter(|_| front.lang.primary() == "en"),
        };
        let mut line: Line = match (Words::of(&front.lang, words), &mut citer) {
            (Some(gost), _) => citation::gost(&work, wishes.form, &gost),
            (None, Some(citer)) => by_style(citer, &work, &front.lang).unwrap_or_else(|| citation::plain(&work)),
            (None, None) => citation::plain(&work),
        };
        // Pages of nothing that is named say nothing.
        if line.pages.is_none() && work.journal.is_empty() && work.year.is_none() {
            line.lead.clear();
            line.pages = Some(String::new());
        }
        front.citation = Some(CitationLine { label: words.word(&front.lang, Label::ForCitation).to_owned(), line });
    }
}

/// Stands for the pages until they are known.
const PAGES: char = '\u{e000}';

/// The line in a citation style. It is set without pages and with a mark in their place: what both have in common stands before them.
fn by_style(citer: &mut Citer, work: &Work, lang: &Lang) -> Option<Line> {
    let mut set = |pages: Option<String>| {
        let citation = entry(work, pages, lang);
        let work = citer.work(&Leaves::default(), &citation)?;
        Some(citer.set(&work).text()).filter(|text| !text.is_empty())
    };
    let (bare, marked) = (set(None)?, set(Some(PAGES.to_string()))?);
    let (ahead, behind) = marked.split_once(PAGES)?;
    let common: usize = ahead.chars().zip(bare.chars()).take_while(|(one, other)| one == other).map(|(char, _)| char.len_utf8()).sum();
    let pages = match (&work.pages, &work.elocation) {
        (None, elocation) => elocation.clone(),
        // The style may shorten a range, so that it is asked.
        (Some(pages), _) => {
            let whole = set(Some(pages.replace('–', "-")))?;
            whole.strip_prefix(ahead).and_then(|rest| rest.strip_suffix(behind)).map_or_else(|| Some(pages.clone()), |pages| Some(pages.to_owned()))
        }
    };
    let (after, link) = match work.doi.as_ref().and_then(|doi| linked(behind, doi)) {
        Some((after, link)) => (after, Some(link)),
        None => (behind.to_owned(), None),
    };
    Some(Line { before: ahead[..common].to_owned(), lead: ahead[common..].to_owned(), pages, after, link })
}

/// The DOI at the end of a line, as it is shown there and as an address, and what stands before it.
fn linked(text: &str, doi: &str) -> Option<(String, (String, String))> {
    let address = citation::address(doi);
    let shown = if text.contains(&address) { address.clone() } else { doi.to_owned() };
    let (before, after) = text.rsplit_once(&shown)?;
    after.trim_matches(['.', ' ']).is_empty().then(|| (before.to_owned(), (shown, address)))
}

/// The work as the fields of a citation.
fn entry(work: &Work, pages: Option<String>, lang: &Lang) -> Citation {
    let field = |part, person, text: String| Field { part, role: Role::Author, person, body: vec![Inline::Generated(text)] };
    let mut fields = Vec::new();
    for (person, author) in work.authors.iter().enumerate() {
        let part = if author.initials.is_empty() { Part::Whole } else { Part::Surname };
        fields.push(field(part, person, author.surname.clone()));
        if !author.initials.is_empty() {
            fields.push(field(Part::Given, person, author.initials.clone()));
        }
        if !author.suffix.is_empty() {
            fields.push(field(Part::Suffix, person, author.suffix.clone()));
        }
    }
    let title = if work.subtitle.is_empty() { work.title.clone() } else { format!("{}: {}", work.title, work.subtitle) };
    let others = [
        (Part::Title, Some(title)),
        (Part::Source, Some(work.journal.clone())),
        (Part::Year, work.year.clone()),
        (Part::Volume, work.volume.clone()),
        (Part::Issue, work.number.clone()),
        (Part::Pages, pages),
        (Part::Doi, work.doi.clone()),
    ];
    fields.extend(others.into_iter().filter_map(|(part, text)| Some(field(part, 0, text.filter(|text| !text.is_empty())?))));
    Citation { kind: CitationKind::Journal, label: Vec::new(), fields, lang: Some(lang.clone()), span: Span::default() }
}

/// Who wrote it, as a reference names them.
fn authors(authors: &[edition::Author], leaves: &Leaves) -> Vec<Author> {
    let named = authors.iter().filter(|author| author.kind != BEHALF).map(|author| Author::named(&author.name, &author.initials, leaves));
    named.filter(|author| !author.surname.is_empty()).collect()
}

/// The journal's title in a language, else its first.
fn journal<'a>(own: &'a [In<String>], of: &'a [In<String>], lang: &Lang) -> &'a str {
    let titles = if own.is_empty() { of } else { own };
    titles.iter().find(|title| title.lang.same_language(lang)).or(titles.first()).map(|title| title.said.as_str()).unwrap_or_default()
}

/// The pages that the master names, with the dash of a range. Where it names the first alone, and that is a number, the article begins there, and
/// where it ends is counted.
fn pages(metadata: &Metadata) -> Option<String> {
    let counts = |page: &String| page.bytes().all(|byte| byte.is_ascii_digit());
    if metadata.last_page.is_none() && metadata.first_page.as_ref().is_some_and(counts) {
        return None;
    }
    let range = match (&metadata.first_page, &metadata.last_page) {
        (Some(first), Some(last)) if first != last && !first.contains(['-', '–']) => format!("{first}–{last}"),
        (Some(one), _) | (None, Some(one)) => one.clone(),
        (None, None) => return None,
    };
    Some(range.replace(['-', '‐', '‑'], "–"))
}

#[cfg(test)]
mod tests {
    use super::super::resolve_for;
    use crate::cite::Style;
    use crate::derive::Wishes;
    use crate::diag::Log;
    use crate::house::House;
    use crate::source::Source;
    use crate::{jats, xml};

    const MASTER: &str = "<article xml:lang='ru'><front><journal-meta><journal-title-group><journal-title>Вестник степи</journal-title></journal-title-group></journal-meta><article-meta>\
        <article-id pub-id-type='doi'>10.5555/vs.7</article-id><title-group><article-title>О реках</article-title><subtitle>обзор</subtitle>\
        <trans-title-group xml:lang='en'><trans-title>On rivers</trans-title></trans-title-group><trans-title-group xml:lang='ky'><trans-title>Дарыялар жөнүндө</trans-title></trans-title-group></title-group>\
        <contrib-group><contrib contrib-type='author'><name-alternatives><name xml:lang='ru'><surname>Асанов</surname><given-names>Улан Кадырович</given-names></name>\
        <name xml:lang='en'><surname>Asanov</surname><given-names>Ulan K.</given-names></name></name-alternatives></contrib>\
        <contrib contrib-type='author'><name><surname>Щукина</surname><given-names>Юлия</given-names></name></contrib></contrib-group>\
        <pub-date><year>2021</year></pub-date><volume>7</volume><issue>4</issue>PAGES</article-meta></front><body><p>x</p></body></article>";

    fn lines(pages: &str, style: Option<&str>) -> Vec<String> {
        let mut log = Log::default();
        let source = Source::new("test.xml", MASTER.replace("PAGES", pages));
        let tree = xml::parse(&mut log, &source).expect("well-formed");
        let article = jats::read(&mut log, &tree).expect("an article");
        let style = style.map(|name| Style::named(name).expect("a style"));
        let house = House { derive: Wishes { for_citation: true, style, ..Wishes::default() }, ..House::default() };
        let edition = resolve_for(&mut log, article, &house);
        let lines = edition.fronts.iter().filter_map(|front| front.citation.as_ref());
        lines.map(|citation| format!("{}: {}", citation.label, citation.line.text(Some("1–5"))).replace('\u{a0}', " ")).collect()
    }

    #[test]
    fn each_language_has_its_line() {
        assert_eq!(
            lines("<fpage>12</fpage><lpage>19</lpage>", None),
            [
                "Для цитирования: Асанов У. К., Щукина Ю. О реках: обзор // Вестник степи. 2021. Т. 7, № 4. С. 12–19. DOI: 10.5555/vs.7",
                "For citation: Asanov U.K., Shchukina Yu. On rivers. Vestnik stepi. 2021;7(4):12–19. (In Russ.) https://doi.org/10.5555/vs.7",
                "Шилтеме үчүн: Асанов У. К., Щукина Ю. Дарыялар жөнүндө // Вестник степи. 2021. Т. 7, № 4. Б. 12–19. DOI: 10.5555/vs.7",
            ]
        );
    }

    #[test]
    fn pages_that_the_master_lacks_are_those_that_were_set() {
        assert!(lines("", None)[0].contains("№ 4. С. 1–5. DOI"));
        assert!(lines("<fpage>1</fpage>", None)[0].contains("№ 4. С. 1–5. DOI"));
        assert!(lines("<fpage>S12</fpage>", None)[0].contains("№ 4. С. S12. DOI"));
        assert!(lines("<elocation-id>e12</elocation-id>", None)[0].contains("№ 4. Ст. e12. DOI"));
    }

    #[test]
    fn other_languages_follow_the_journals_style() {
        let apa = lines("", Some("apa"));
        assert_eq!(apa[1], "For citation: Asanov, U. K., & Shchukina, Y. (2021). On rivers. Vestnik stepi, 7(4), 1–5. https://doi.org/10.5555/vs.7");
        let vancouver = lines("<fpage>12</fpage><lpage>19</lpage>", Some("vancouver"));
        assert!(vancouver[1].contains("2021;7(4):12–9"), "{}", vancouver[1]);
        assert!(vancouver[0].contains(" // "));
    }
}
