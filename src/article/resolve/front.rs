//! The front matter, sorted by language.
//!
//! 1. The languages are the main one, then those of titles, abstracts and keywords in the order that the journal wishes, else in that in which they appear.
//! 2. What is said in a language goes to its front matter; what is said in a language that has none goes to the main one, so
//!    that nothing is lost.
//! 3. Labels and dates are put in words of the language.

use super::{licences, metadata, people, running};
use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::edition::{AbstractPart, CodeLine, FrontMatter, HistoryLine, KeywordsPart, Metadata, NoticeLine, Running};
use crate::house::House;
use crate::lang::label::Label;
use crate::lang::lexicon::Lexicon;
use crate::lang::{Lang, table};
use crate::leaf::Leaves;
use crate::model::block::{Block, Paragraph};
use crate::model::front::{Abstract, ArticleDate, ClassCode, DateKind, Front, In, Notice, NoticeKind};
use crate::model::inline::{Inline, Inlines, Link};
use crate::model::plain;
use crate::source::Span;

/// Which front matter each language has: the main one is the first.
pub(super) struct Slots<'a> {
    langs: Vec<Lang>,
    /// The words of the program.
    pub(super) words: &'a Lexicon<'a>,
}

impl<'a> Slots<'a> {
    fn of(main: &Lang, front: &Front, order: &[Lang], words: &'a Lexicon<'a>) -> Self {
        let mut langs = vec![main.clone()];
        let titles = front.titles.iter().map(|said| &said.lang);
        let abstracts = front.abstracts.iter().map(|said| &said.lang);
        let keywords = front.keywords.iter().map(|said| &said.lang);
        for lang in titles.chain(abstracts).chain(keywords) {
            if !langs.iter().any(|known| known.same_language(lang)) {
                langs.push(lang.clone());
            }
        }
        langs[1..].sort_by_key(|lang| order.iter().position(|wished| wished.same_language(lang)).unwrap_or(order.len()));
        Self { langs, words }
    }

    /// The language of the main text.
    pub(super) fn main(&self) -> &Lang {
        &self.langs[0]
    }

    /// The front matter of a language, if it has one. What names no language is in the main one.
    pub(super) fn exact(&self, lang: Option<&Lang>) -> Option<usize> {
        lang.map_or(Some(0), |lang| self.langs.iter().position(|known| known.same_language(lang)))
    }

    /// The front matter in which something in a language is set.
    fn of_lang(&self, lang: &Lang) -> usize {
        self.exact(Some(lang)).unwrap_or(0)
    }
}

/// What the front matter of an article or of a part becomes.
pub(super) struct Own {
    pub metadata: Metadata,
    pub running: Running,
    pub codes: Vec<CodeLine>,
    pub fronts: Vec<FrontMatter>,
}

/// The front matter of an article or of a part, of which `main` is the language. `named` are the languages that were reported as
/// having no words.
pub(super) fn own(log: &mut Log, house: &House, words: &Lexicon<'_>, main: &Lang, mut front: Front, leaves: &Leaves, named: &mut Vec<Lang>) -> Own {
    let metadata = metadata::gather(&front, main, leaves);
    let running = running::heads(&front, main, leaves, words);
    let codes = code_lines(words, main, std::mem::take(&mut front.codes));
    Own { metadata, running, codes, fronts: fronts(log, house, words, main, front, leaves, named) }
}

/// Codes with their labels. Those of one classification that follow each other are one line, as journals print them.
fn code_lines(words: &Lexicon<'_>, main: &Lang, codes: Vec<ClassCode>) -> Vec<CodeLine> {
    let mut lines: Vec<CodeLine> = Vec::new();
    for code in codes {
        let body = foreign(main, code.lang.as_ref(), code.body);
        match lines.last_mut().filter(|last| last.scheme == code.scheme && !code.named) {
            Some(line) => {
                line.body.push(Inline::Generated(", ".to_owned()));
                line.body.extend(body);
            }
            None => {
                let label = if code.named { String::new() } else { words.word(main, Label::of_scheme(code.scheme)).to_owned() };
                lines.push(CodeLine { scheme: code.scheme, label, body });
            }
        }
    }
    lines
}

/// Sorts front matter by language.
fn fronts(log: &mut Log, house: &House, words: &Lexicon<'_>, main: &Lang, front: Front, leaves: &Leaves, named: &mut Vec<Lang>) -> Vec<FrontMatter> {
    let slots = Slots::of(main, &front, &house.languages, words);
    no_labels(log, house, &slots, &front, leaves, named);
    let mut fronts: Vec<FrontMatter> = slots.langs.iter().map(|lang| empty(lang.clone())).collect();
    people::set(log, &slots, &mut fronts, front.contributors, front.affiliations, front.author_notes, leaves);
    for heading in front.headings {
        let front = &mut fronts[slots.of_lang(&heading.lang)];
        front.headings.push(foreign(&front.lang, Some(&heading.lang), heading.said));
    }
    for title in front.titles {
        let front = &mut fronts[slots.of_lang(&title.lang)];
        append(&mut front.title, title.said.title);
        append(&mut front.subtitle, title.said.subtitle);
    }
    let kinds = abstract_kinds(&slots, &front.abstracts);
    for (said, kind) in front.abstracts.into_iter().zip(kinds) {
        let front = &mut fronts[slots.of_lang(&said.lang)];
        let part = said.said;
        // A second one of which nothing says what it is stands under the first one's word, as publishers show it who tag the editor's summary so.
        let goes_on = kind.is_none() && front.abstracts.iter().any(|before| before.kind.is_none());
        let label = if part.title.is_empty() && !goes_on { abstract_label(words, &said.lang, kind.as_deref()).to_owned() } else { String::new() };
        front.abstracts.push(AbstractPart { id: part.id, kind: part.kind, label, title: part.title, blocks: part.blocks, span: part.span });
    }
    for said in front.keywords {
        let front = &mut fronts[slots.of_lang(&said.lang)];
        let group = said.said;
        let label = if group.title.is_empty() { keywords_label(words, &said.lang, group.kind.as_deref(), group.vocabulary.as_deref()) } else { String::new() };
        front.keywords.push(KeywordsPart { label, title: group.title, items: group.items });
    }
    for said in front.copyright {
        let front = &mut fronts[slots.of_lang(&said.lang)];
        front.copyright.push(foreign(&front.lang, Some(&said.lang), said.said));
    }
    let mut named = Vec::new();
    let said_in_words = front.licences.iter().any(|said| !said.said.blocks.is_empty());
    for said in front.licences {
        let front = &mut fronts[slots.of_lang(&said.lang)];
        let blocks = match said.said.href {
            Some(href) if !said_in_words && !named.contains(&href) => {
                let blocks = licence_by_address(words, &front.lang, &href);
                named.push(href);
                blocks
            }
            Some(_) | None => said.said.blocks,
        };
        if !blocks.is_empty() {
            front.licences.push(if front.lang.same_language(&said.lang) { blocks } else { vec![Block::Foreign(said.lang, blocks)] });
        }
    }
    for notice in front.notices {
        fronts[0].notices.push(notice_line(words, main, notice, leaves));
    }
    // What warns stands first.
    fronts[0].notices.sort_by_key(|notice| !notice.kind.is_warning());
    for said in front.funding {
        let front = &mut fronts[slots.of_lang(&said.lang)];
        let label = words.word(&front.lang, Label::Funding).to_owned();
        front.funding.push((label, foreign(&front.lang, Some(&said.lang), said.said)));
    }
    for part in &mut fronts {
        part.history = history(words, &part.lang, &front.dates);
    }
    fronts[0].other = front.other;
    fronts
}

/// Says of an article that no referee has seen it.
pub(super) fn preprint(front: &mut Front) {
    front.notices.insert(0, Notice { kind: NoticeKind::Preprint, href: None, body: Vec::new(), span: Span::default() });
}

/// The line of a notice: its words, and the other article by what the master says of it or by its address.
fn notice_line(words: &Lexicon<'_>, lang: &Lang, notice: Notice, leaves: &Leaves) -> NoticeLine {
    let label = words.word(lang, Label::of_notice(notice.kind)).to_owned();
    let body = match notice.href {
        Some(href) if notice.body.is_empty() => vec![Inline::Link(Link { body: vec![Inline::Generated(href.clone())], href, span: notice.span })],
        Some(href) if !holds_a_link(&notice.body) && !plain::title(leaves, &notice.body).is_empty() => {
            vec![Inline::Link(Link { body: notice.body, href, span: notice.span })]
        }
        Some(_) | None => notice.body,
    };
    NoticeLine { kind: notice.kind, label, body }
}

fn holds_a_link(run: &[Inline]) -> bool {
    run.iter().any(|inline| match inline {
        Inline::Link(_) | Inline::Xref(_) | Inline::Note(_) => true,
        Inline::Styled(_, body) | Inline::Foreign(_, body) => holds_a_link(body),
        Inline::Ruby(base, above) => holds_a_link(base) || holds_a_link(above),
        Inline::Text(_) | Inline::Generated(_) | Inline::Image(_) | Inline::Formula(_) | Inline::Break | Inline::Place(_) => false,
    })
}

/// A licence that the master gives by its address alone: its name, where it has one that is known.
fn licence_by_address(words: &Lexicon<'_>, lang: &Lang, href: &str) -> Vec<Block> {
    let Some(name) = licences::name(href) else { return Vec::new() };
    let link = Inline::Link(Link { href: href.to_owned(), body: vec![Inline::Generated(name)], span: Span::default() });
    let body = vec![Inline::Generated(format!("{}: ", words.word(lang, Label::Licence))), link];
    vec![Block::Paragraph(Paragraph { id: None, continued: true, body, span: Span::default() })]
}

fn empty(lang: Lang) -> FrontMatter {
    FrontMatter {
        lang,
        headings: Vec::new(),
        title: Vec::new(),
        subtitle: Vec::new(),
        notices: Vec::new(),
        authors: Vec::new(),
        groups: Vec::new(),
        contributions: None,
        affiliations: Vec::new(),
        notes: Vec::new(),
        abstracts: Vec::new(),
        keywords: Vec::new(),
        history: Vec::new(),
        copyright: Vec::new(),
        licences: Vec::new(),
        funding: Vec::new(),
        citation: None,
        other: Vec::new(),
    }
}

/// A run, marked where it is in another language than the front matter that it is set in.
pub(super) fn foreign(around: &Lang, lang: Option<&Lang>, run: Inlines) -> Inlines {
    match lang {
        Some(lang) if !lang.same_language(around) && !run.is_empty() => vec![Inline::Foreign(lang.clone(), run)],
        Some(_) | None => run,
    }
}

/// The kind of each abstract, by which it is called. Translations often leave it out; a second one that says nothing of itself is then what the second
/// one of the main language is, where both languages have as many.
fn abstract_kinds(slots: &Slots<'_>, abstracts: &[In<Abstract>]) -> Vec<Option<String>> {
    let of_slot = |slot: usize| abstracts.iter().filter(move |said| slots.of_lang(&said.lang) == slot).collect::<Vec<_>>();
    let main = of_slot(0);
    let kind = |said: &In<Abstract>| {
        let own = of_slot(slots.of_lang(&said.lang));
        let at = own.iter().position(|other| other.said.span == said.said.span).filter(|at| *at > 0 && own.len() == main.len());
        said.said.kind.clone().or_else(|| main.get(at?)?.said.kind.clone())
    };
    abstracts.iter().map(kind).collect()
}

/// What an abstract of a kind is called (`@abstract-type`). Source: JATS, suggested values; what publishers write instead of them.
fn abstract_label<'a>(words: &Lexicon<'a>, lang: &Lang, kind: Option<&str>) -> &'a str {
    let label = match kind.unwrap_or_default().to_ascii_lowercase().as_str() {
        "graphical" | "key-image" | "key-image-no-article-view" | "visual-abstract" => Label::Graphical,
        "key-points" | "highlights" | "author-highlights" | "keypoints" => Label::Highlights,
        "plain-language-summary" | "plain-language" | "lay" | "lay-summary" | "non-technical" | "digest" => Label::PlainLanguage,
        "summary" | "author-summary" | "executive-summary" | "editors-summary" | "web-summary" | "teaser" | "short" | "toc" => Label::Summary,
        _ => Label::Abstract,
    };
    words.word(lang, label)
}

/// What keywords are called by `@kwd-group-type` and `@vocab`: those of the author have the word alone. A type that nobody knows names what they are, in
/// the master's English.
fn keywords_label(words: &Lexicon<'_>, lang: &Lang, kind: Option<&str>, vocabulary: Option<&str>) -> String {
    let keywords = words.word(lang, Label::Keywords);
    let kind = kind.unwrap_or_default().trim();
    let named = match kind.to_ascii_lowercase().as_str() {
        "abbreviations" | "abbreviation" | "abbr" => return words.word(lang, Label::Abbreviations).to_owned(),
        "" | "author" | "authors" | "author-keywords" | "author-keyword" | "author-generated" | "author-supplied" | "author-created" | "keywords"
        | "keyword" | "kwd" | "original" | "simple" => vocabulary.unwrap_or_default().trim().to_owned(),
        _ => kind.replace(['-', '_'], " "),
    };
    if named.is_empty() || named.contains("://") {
        return keywords.to_owned();
    }
    // A name of a vocabulary, such as MeSH, says nothing of what they are; a type in words does.
    if named.contains(' ') && lang.same_language(&Lang::english()) {
        let mut chars = named.chars();
        return chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default();
    }
    format!("{keywords} ({named})")
}

/// A second title in one language is set after the first.
fn append(run: &mut Inlines, more: Inlines) {
    if !run.is_empty() && !more.is_empty() {
        run.push(Inline::Generated(" ".to_owned()));
    }
    run.extend(more);
}

/// Reports languages of the front matter whose words the table does not have, each at the first thing that is said in it.
fn no_labels(log: &mut Log, house: &House, slots: &Slots<'_>, front: &Front, leaves: &Leaves, named: &mut Vec<Lang>) {
    for (slot, lang) in slots.langs.iter().enumerate() {
        if house.labels.knows(lang) || named.contains(lang) {
            continue;
        }
        named.push(lang.clone());
        let mut diagnostic = Diagnostic::new(Code::NoLabels, format!("the table of languages has no words for `{}`, so that they are English", lang.tag()))
            .hint(format!(
                "add the language as `src/article/lang/languages/{0}.toml`, or its words to the project: `[labels.{0}] abstract = \"…\"`",
                lang.tag()
            ));
        diagnostic.at = place(slots, slot, front, leaves);
        log.push(diagnostic);
    }
}

fn place(slots: &Slots<'_>, slot: usize, front: &Front, leaves: &Leaves) -> Option<Span> {
    let title = front.titles.iter().filter(|said| slots.of_lang(&said.lang) == slot).find_map(|said| first_span(&said.said.title, leaves));
    let part = || front.abstracts.iter().find(|said| slots.of_lang(&said.lang) == slot).map(|said| said.said.span);
    let keywords = || {
        front.keywords.iter().filter(|said| slots.of_lang(&said.lang) == slot).find_map(|said| said.said.items.iter().find_map(|item| first_span(item, leaves)))
    };
    title.or_else(part).or_else(keywords)
}

fn first_span(run: &[Inline], leaves: &Leaves) -> Option<Span> {
    run.iter().find_map(|inline| match inline {
        Inline::Text(leaf) => leaves.get(*leaf).map(|leaf| leaf.span),
        Inline::Styled(_, body) | Inline::Foreign(_, body) | Inline::Ruby(body, _) => first_span(body, leaves),
        Inline::Link(link) => first_span(&link.body, leaves),
        Inline::Xref(xref) => first_span(&xref.body, leaves),
        Inline::Generated(_) | Inline::Note(_) | Inline::Image(_) | Inline::Formula(_) | Inline::Break | Inline::Place(_) => None,
    })
}

/// Received, revised, approved, accepted, published: the days that readers look for, in words. Of several days of publication the first
/// complete one; a bare year is that of the issue, which is said elsewhere.
fn history(words: &Lexicon<'_>, lang: &Lang, dates: &[ArticleDate]) -> Vec<HistoryLine> {
    let mut lines = Vec::new();
    for kind in [DateKind::Received, DateKind::Revised, DateKind::Approved, DateKind::Accepted, DateKind::Published] {
        let Some(label) = Label::of_event(kind) else { continue };
        let of_kind: Vec<_> = dates.iter().filter(|date| date.kind == kind).map(|date| date.date).collect();
        let chosen = match kind {
            DateKind::Published => {
                let days = of_kind.iter().filter(|date| date.month.is_some() && date.day.is_some()).min();
                days.or_else(|| of_kind.iter().filter(|date| date.month.is_some()).min()).copied().into_iter().collect()
            }
            DateKind::Received | DateKind::Revised | DateKind::Approved | DateKind::Accepted | DateKind::Other => of_kind,
        };
        lines.extend(chosen.into_iter().map(|date| {
            let date = table::date_in_words(lang, date);
            let sentence = Label::of_event_told(kind).and_then(|label| words.own_word(lang, label)).map(|pattern| pattern.replace("{date}", &date));
            HistoryLine { kind, label: words.word(lang, label).to_owned(), date, sentence: sentence.unwrap_or_default() }
        }));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::testing::{master, resolved};

    #[test]
    fn languages_are_those_of_titles_abstracts_and_keywords() {
        let resolved = master(
            "<article xml:lang='ru'><front><article-meta><title-group><article-title>Т</article-title><trans-title-group xml:lang='ky'><trans-title>К</trans-title></trans-title-group></title-group>\
             <abstract><p>а</p></abstract><trans-abstract xml:lang='en-US'><title>Summary</title><p>b</p></trans-abstract><kwd-group xml:lang='en'><kwd>c</kwd></kwd-group><kwd-group xml:lang='ky'><kwd>д</kwd></kwd-group></article-meta></front><body><p>x</p></body></article>",
        );
        resolved.says(&[]);
        let langs: Vec<&str> = resolved.edition.fronts.iter().map(|front| front.lang.tag()).collect();
        assert_eq!(langs, ["ru", "ky", "en-US"]);
        resolved.shows("abstract \"Аннотация\"\nparagraph \"а\"");
        resolved.shows("keywords \"Ачкыч сөздөр\"\nkeyword \"д\"");
        resolved.shows("abstract \"\"\ntitle \"Summary\"\nparagraph \"b\"\nkeywords \"Keywords\"\nkeyword \"c\"");
    }

    #[test]
    fn a_second_abstract_that_says_nothing_of_itself_is_what_its_original_is() {
        let both = "<abstract><p>a</p></abstract><abstract abstract-type='executive-summary'><p>b</p></abstract><trans-abstract xml:lang='ru'><p>а</p></trans-abstract>";
        let second = "<trans-abstract xml:lang='ru'><p>б</p></trans-abstract>";
        let told = resolved(&format!("{both}{second}"), "<p>x</p>", "");
        told.shows("abstract \"Аннотация\"\nparagraph \"а\"\nabstract \"Резюме\"\nparagraph \"б\"");
        // With another number of them nothing is known.
        let untold = resolved(&format!("{both}{second}{second}"), "<p>x</p>", "");
        untold.lacks("abstract \"Резюме\"");
    }

    #[test]
    fn keywords_are_told_apart_by_what_they_are() {
        let resolved = resolved(
            "<kwd-group kwd-group-type='author'><kwd>a</kwd></kwd-group><kwd-group kwd-group-type='research-organism'><kwd>b</kwd></kwd-group>\
             <kwd-group vocab='MeSH'><kwd>c</kwd></kwd-group><kwd-group kwd-group-type='research-organism' xml:lang='ru'><kwd>г</kwd></kwd-group>",
            "<p>x</p>",
            "",
        );
        resolved.shows("keywords \"Keywords\"\nkeyword \"a\"\nkeywords \"Research organism\"\nkeyword \"b\"\nkeywords \"Keywords (MeSH)\"");
        resolved.shows("keywords \"Ключевые слова (research organism)\"");
    }

    #[test]
    fn a_language_that_the_table_lacks_is_named_once() {
        let resolved = resolved("<trans-abstract xml:lang='cy'><p>a</p></trans-abstract><kwd-group xml:lang='cy'><kwd>b</kwd></kwd-group>", "<p>x</p>", "");
        resolved.says(&["no-labels: the table of languages has no words for `cy`"]);
        resolved.shows("front cy\nabstract \"Abstract\"");
    }

    #[test]
    fn history_is_in_words_and_in_order() {
        let date = |kind: &str, day: u8| format!("<date date-type='{kind}'><day>{day}</day><month>3</month><year>2020</year></date>");
        let resolved = resolved(
            &format!(
                "<pub-date pub-type='collection'><year>2020</year></pub-date><pub-date pub-type='epub'><day>9</day><month>4</month><year>2020</year></pub-date><history>{}{}</history>",
                date("accepted", 5),
                date("received", 1)
            ),
            "<p>x</p>",
            "",
        );
        resolved.shows("history \"Received\" \"1 March 2020\"\nhistory \"Accepted\" \"5 March 2020\"\nhistory \"Published\" \"9 April 2020\"");
        resolved.shows("date 2020-04-09");
    }

    #[test]
    fn what_is_said_in_a_language_without_front_matter_is_set_in_the_main_one() {
        let resolved = resolved(
            "<permissions><copyright-statement xml:lang='ky'>© Автор</copyright-statement><license xml:lang='de'><license-p>Frei</license-p></license></permissions>",
            "<p>x</p>",
            "",
        );
        assert_eq!(resolved.edition.fronts.len(), 1);
        resolved.shows("copyright\nforeign ky \"© Автор\"\nlicence\nforeign de\nparagraph \"Frei\"");
        resolved.lacks("front de");
    }
}
