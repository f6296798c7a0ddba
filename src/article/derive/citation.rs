//! The line by which an article is to be cited: “For citation: …”.
//!
//! 1. A [`Work`] is the article as a reference names it, in one language.
//! 2. [`gost`] sets it by GOST R 7.0.5-2008 or 7.0.100-2018, [`plain`] as journals do that have no style of their own.
//!    A style of CSL is the business of [`crate::cite`].
//! 3. The pages stand apart: where the master has none, they are those that the layout has just set.

use serde::Deserialize;

use crate::lang::Lang;
use crate::lang::label::Label;
use crate::lang::lexicon::Lexicon;
use crate::leaf::Leaves;
use crate::model::front::Name;
use crate::model::plain::{join, title as words_of};

/// A blank at which no line breaks.
const TIED: char = '\u{a0}';

/// From so many authors on a reference names the first [`FIRST`] (GOST R 7.0.100-2018, 5.2.6.2: five and more).
const MANY: usize = 5;
/// As many authors stand before the title, and are named of many.
const FIRST: usize = 3;
/// As many authors stand in a reference that is not by GOST (ICMJE, sample references, 1).
const NAMED: usize = 6;

/// By which standard a reference in a language of GOST is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Form {
    /// GOST R 7.0.5-2008, a reference: `Иванов И. И. Название // Журнал. 2020. Т. 7, № 4. С. 12–19.`
    #[default]
    #[serde(rename = "gost-7.0.5")]
    Reference,
    /// GOST R 7.0.100-2018, a record: `Иванов, И. И. Название / И. И. Иванов // Журнал. – 2020. – Т. 7, № 4. – С. 12–19.`
    #[serde(rename = "gost-7.0.100")]
    Record,
}

/// The words of a reference by GOST, which a language of it has.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// Before a volume.
    volume: &'a str,
    /// Before the number of an issue.
    number: &'a str,
    /// Before pages.
    pages: &'a str,
    /// Before the number of an article that has no pages.
    article: &'static str,
    /// For further authors, without the brackets.
    et_al: &'a str,
}

impl<'a> Words<'a> {
    /// The words of a language; `None` for one that does not cite by GOST or its kin. Russian by GOST R 7.0.5-2008, Ukrainian by DSTU 8302:2015,
    /// Belarusian after STB 7.1, Kyrgyz and Kazakh as journals there print them (`Б.` for “бет”). All but one are labels, which a project may have otherwise.
    #[must_use]
    pub fn of(lang: &Lang, words: &Lexicon<'a>) -> Option<Self> {
        if lang.script().is_some_and(|script| script != "Cyrl") {
            return None;
        }
        let article = match lang.primary() {
            "ru" | "uk" => "Ст.",
            "be" => "Арт.",
            "ky" | "kk" => "Art.",
            _ => return None,
        };
        let word = |label| words.word(lang, label);
        Some(Self { volume: word(Label::Volume), number: word(Label::Issue), pages: word(Label::Pages), article, et_al: word(Label::EtAl) })
    }
}

/// An article as a reference names it, in one language. What is not known is empty or absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// The authors.
    pub authors: Vec<Author>,
    /// The title.
    pub title: String,
    /// The subtitle.
    pub subtitle: String,
    /// The journal's title.
    pub journal: String,
    /// The year.
    pub year: Option<String>,
    /// The volume.
    pub volume: Option<String>,
    /// The number of the issue.
    pub number: Option<String>,
    /// The pages that the master names.
    pub pages: Option<String>,
    /// The number of an article that has no pages.
    pub elocation: Option<String>,
    /// The DOI without a resolver.
    pub doi: Option<String>,
    /// What is said of the language of the text where this is another one, such as “(In Russ.)”.
    pub tongue: Option<String>,
}

/// An author of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Author {
    /// The surname, or a whole name.
    pub surname: String,
    /// The initials, such as `И.И.`; empty for a whole name.
    pub initials: String,
    /// What stands behind the name, such as “Jr.”, or nothing.
    pub suffix: String,
}

impl Author {
    /// An author by a name of the article and its initials. A particle that the name writes small (“de Vries”) stands before the surname.
    #[must_use]
    pub fn named(name: &Name, initials: &str, leaves: &Leaves) -> Self {
        let [whole, prefix, surname, suffix] = [&name.whole, &name.prefix, &name.surname, &name.suffix].map(|part| words_of(leaves, part));
        if !whole.is_empty() {
            return Self { surname: whole, ..Self::default() };
        }
        let surname = if prefix.starts_with(char::is_lowercase) { format!("{prefix} {surname}") } else { surname };
        Self { surname, initials: initials.to_owned(), suffix }
    }
}

/// The line, in the pieces that a writer needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What stands before the pages.
    pub before: String,
    /// What introduces the pages, such as `. С. `. It stands with them or not at all.
    pub lead: String,
    /// The pages, or what stands for them. `None` for those that are being set.
    pub pages: Option<String>,
    /// What stands behind the pages.
    pub after: String,
    /// The DOI as it is shown and as an address. Nothing follows it, so that a stop is not taken for a part of it.
    pub link: Option<(String, String)>,
}

impl Line {
    /// The line as text, with these pages where it names none itself; without pages where there are none.
    #[must_use]
    pub fn text(&self, printed: Option<&str>) -> String {
        self.bare(printed) + self.link.as_ref().map(|(shown, _)| shown.as_str()).unwrap_or_default()
    }

    /// The same without the DOI at its end.
    #[must_use]
    pub fn bare(&self, printed: Option<&str>) -> String {
        let pages = self.pages.as_deref().or(printed).filter(|pages| !pages.is_empty());
        let pages = pages.map(|pages| format!("{}{pages}", self.lead)).unwrap_or_default();
        format!("{}{pages}{}", self.before, self.after)
    }
}

/// A reference by GOST.
#[must_use]
pub fn gost(work: &Work, form: Form, words: &Words<'_>) -> Line {
    let dash = match form {
        Form::Reference => ". ",
        Form::Record => ".\u{a0}– ",
    };
    let mut before = heading(work, form, words);
    if !work.journal.is_empty() {
        before.push_str(&format!("{TIED}// {}", work.journal));
    }
    let mut place: Vec<String> = work.year.iter().cloned().collect();
    let volume = work.volume.as_ref().map(|volume| numbered(words.volume, volume));
    let number = work.number.as_ref().map(|number| numbered(words.number, number));
    place.extend(match (volume, number) {
        (Some(volume), Some(number)) => Some(format!("{volume}, {number}")),
        (volume, number) => volume.or(number),
    });
    for part in place {
        before = behind(before, dash, &part);
    }
    let (word, pages) = match (&work.pages, &work.elocation) {
        (None, Some(elocation)) => (words.article, Some(elocation.clone())),
        (pages, _) => (words.pages, pages.clone()),
    };
    let lead = format!("{}{word}{TIED}", unstopped(&before, dash));
    let shown = |doi: &String| (doi.clone(), address(doi));
    let (after, link) = match (&work.doi, form) {
        (Some(doi), Form::Reference) => (". DOI: ".to_owned(), Some(shown(doi))),
        (Some(doi), Form::Record) => (format!("{dash}DOI{TIED}"), Some(shown(doi))),
        (None, _) => (".".to_owned(), None),
    };
    Line { before, lead, pages, after, link }
}

/// A reference as journals set it that follow no standard: `Ivanov I.I. Title. Journal. 2020;7(4):12–19. https://doi.org/…`
#[must_use]
pub fn plain(work: &Work) -> Line {
    let mut names: Vec<String> = work.authors.iter().take(NAMED).map(|author| surname_first(author, "", false)).collect();
    if work.authors.len() > NAMED {
        names.push("et al".to_owned());
    }
    let mut before = names.join(", ");
    for part in [&title(work, ": "), &work.journal] {
        if !part.is_empty() {
            before = behind(before, ". ", part);
        }
    }
    let number = work.number.as_ref().map(|number| format!("({number})"));
    let issue: String = work.volume.clone().into_iter().chain(number).collect();
    if let Some(year) = &work.year {
        before = behind(before, ". ", year);
    }
    if !issue.is_empty() {
        before = behind(before, if work.year.is_some() { ";" } else { ". " }, &issue);
    }
    let pages = work.pages.clone().or_else(|| work.elocation.clone());
    let lead = if issue.is_empty() && work.year.is_none() { ". ".to_owned() } else { ":".to_owned() };
    let mut after = ".".to_owned();
    if let Some(tongue) = &work.tongue {
        after.push_str(&format!(" {tongue}"));
    }
    let link = work.doi.as_ref().map(|doi| (address(doi), address(doi)));
    if link.is_some() {
        after.push(' ');
    }
    Line { before, lead, pages, after, link }
}

/// Authors and title, as the standard puts them.
fn heading(work: &Work, form: Form, words: &Words<'_>) -> String {
    let authors = &work.authors;
    let named: Vec<String> = authors.iter().take(if authors.len() < MANY { authors.len() } else { FIRST }).map(initials_first).collect();
    let mut responsible = named.join(", ");
    if authors.len() >= MANY {
        responsible.push_str(&format!(" [{}]", words.et_al));
    }
    let title = title(work, if form == Form::Record { "\u{a0}: " } else { ": " });
    let is_headed = (1..=FIRST).contains(&authors.len());
    let mut out = match form {
        Form::Reference if is_headed => authors.iter().map(|author| surname_first(author, " ", false)).collect::<Vec<_>>().join(", "),
        Form::Record if is_headed => authors.first().map(|author| surname_first(author, " ", true)).unwrap_or_default(),
        Form::Reference | Form::Record => String::new(),
    };
    if !out.is_empty() {
        out.push_str(if out.ends_with('.') { " " } else { ". " });
    }
    out.push_str(&title);
    if !responsible.is_empty() && (form == Form::Record || !is_headed) {
        out.push_str(&format!("{TIED}/ {responsible}"));
    }
    out
}

fn title(work: &Work, between: &str) -> String {
    let title = work.title.trim_end_matches('.');
    if work.subtitle.is_empty() { title.to_owned() } else { format!("{title}{between}{}", work.subtitle.trim_end_matches('.')) }
}

/// `Иванов И. И.`, `Ivanov I.I.`, or with the comma of a record `Иванов, И. И.`: between two initials stands `gap`.
fn surname_first(author: &Author, gap: &str, comma: bool) -> String {
    let comma = if comma && !author.initials.is_empty() { "," } else { "" };
    join(&[&format!("{}{comma}", author.surname), &spaced(&author.initials, gap), &author.suffix], "\u{a0}")
}

/// `И. И. Иванов`.
fn initials_first(author: &Author) -> String {
    join(&[&spaced(&author.initials, " "), &author.surname, &author.suffix], "\u{a0}")
}

/// Initials with a blank or none between two: `И.И.` as `И. И.`, `Ж.-П.` as it is.
fn spaced(initials: &str, gap: &str) -> String {
    let parts: Vec<&str> = initials.split_inclusive('.').map(str::trim).filter(|part| !part.is_empty()).collect();
    let mut out = String::new();
    for part in parts {
        if !out.is_empty() && !part.starts_with(['-', '‐', '‑']) && !gap.is_empty() {
            out.push(TIED);
        }
        out.push_str(part);
    }
    out
}

/// A volume or a number behind its word, unless it brings a word of its own.
fn numbered(word: &str, number: &str) -> String {
    if number.starts_with(char::is_numeric) || number.chars().count() < 4 { format!("{word}{TIED}{number}") } else { number.to_owned() }
}

/// A part behind what stands before it. Of two stops one stands.
fn behind(mut before: String, between: &str, part: &str) -> String {
    if !before.is_empty() {
        let between = unstopped(&before, between);
        before.push_str(&between);
    }
    before.push_str(part);
    before
}

/// The sign between two parts, without its stop where the part before has one.
fn unstopped(before: &str, between: &str) -> String {
    let ends = before.ends_with(['.', '?', '!', '…']);
    between.strip_prefix('.').filter(|_| ends).unwrap_or(between).to_owned()
}

/// A DOI as an address (DOI Handbook, 3.8).
#[must_use]
pub fn address(doi: &str) -> String {
    format!("https://doi.org/{doi}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(authors: usize) -> Work {
        let people = [("Иванов", "И.И."), ("Петров", "П.П."), ("Ким", "Ю."), ("Сартр", "Ж.-П."), ("Асанов", "А."), ("Усенов", "К.А."), ("Седьмой", "С.")];
        Work {
            authors: people
                .iter()
                .take(authors)
                .map(|(surname, initials)| Author { surname: (*surname).into(), initials: (*initials).into(), suffix: String::new() })
                .collect(),
            title: "Название".into(),
            journal: "Журнал".into(),
            year: Some("2020".into()),
            volume: Some("7".into()),
            number: Some("4".into()),
            pages: Some("12–19".into()),
            doi: Some("10.1234/x".into()),
            ..Work::default()
        }
    }

    fn by(form: Form, lang: &str, work: &Work) -> String {
        in_words_of("", form, lang, work).text(None).replace('\u{a0}', " ")
    }

    fn in_words_of(own: &str, form: Form, lang: &str, work: &Work) -> Line {
        let own = toml::from_str(own).expect("labels");
        let words = Words::of(&Lang::parse(lang).expect("a tag").0, &Lexicon::new(&own)).expect("a language of GOST");
        gost(work, form, &words)
    }

    #[test]
    fn a_reference_by_gost() {
        assert_eq!(by(Form::Reference, "ru", &work(2)), "Иванов И. И., Петров П. П. Название // Журнал. 2020. Т. 7, № 4. С. 12–19. DOI: 10.1234/x");
        assert_eq!(
            by(Form::Reference, "ru", &work(4)),
            "Название / И. И. Иванов, П. П. Петров, Ю. Ким, Ж.-П. Сартр // Журнал. 2020. Т. 7, № 4. С. 12–19. DOI: 10.1234/x"
        );
        assert_eq!(
            by(Form::Reference, "ru", &work(6)),
            "Название / И. И. Иванов, П. П. Петров, Ю. Ким [и др.] // Журнал. 2020. Т. 7, № 4. С. 12–19. DOI: 10.1234/x"
        );
        assert_eq!(by(Form::Reference, "ky", &Work { doi: None, volume: None, ..work(1) }), "Иванов И. И. Название // Журнал. 2020. № 4. Б. 12–19.");
    }

    #[test]
    fn what_stands_behind_a_name() {
        let mut king = work(1);
        king.authors = vec![Author { surname: "King".into(), initials: "M.L.".into(), suffix: "Jr.".into() }];
        assert!(by(Form::Reference, "ru", &king).starts_with("King M. L. Jr. Название"));
        assert!(by(Form::Record, "ru", &king).starts_with("King, M. L. Jr. Название / M. L. King Jr. //"));
    }

    #[test]
    fn a_record_by_gost() {
        let subtitled = Work { subtitle: "обзор".into(), ..work(2) };
        assert_eq!(
            by(Form::Record, "ru", &subtitled),
            "Иванов, И. И. Название : обзор / И. И. Иванов, П. П. Петров // Журнал. – 2020. – Т. 7, № 4. – С. 12–19. – DOI 10.1234/x"
        );
        assert_eq!(by(Form::Record, "kk", &Work { doi: None, ..work(0) }), "Название // Журнал. – 2020. – Т. 7, № 4. – Б. 12–19.");
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let bare = Work { year: None, volume: None, number: None, doi: None, journal: String::new(), ..work(1) };
        assert_eq!(by(Form::Reference, "ru", &bare), "Иванов И. И. Название. С. 12–19.");
        let article = Work { pages: None, elocation: Some("e12".into()), ..work(1) };
        assert_eq!(by(Form::Reference, "ru", &article), "Иванов И. И. Название // Журнал. 2020. Т. 7, № 4. Ст. e12. DOI: 10.1234/x");
        let unset = Work { pages: None, ..work(1) };
        assert_eq!(by(Form::Reference, "ru", &unset), "Иванов И. И. Название // Журнал. 2020. Т. 7, № 4. DOI: 10.1234/x");
        let line = in_words_of("", Form::Reference, "ru", &unset);
        assert_eq!(line.text(Some("3–9")).replace('\u{a0}', " "), "Иванов И. И. Название // Журнал. 2020. Т. 7, № 4. С. 3–9. DOI: 10.1234/x");
        let asking = Work { title: "Что делать?".into(), journal: String::new(), ..work(1) };
        assert!(by(Form::Reference, "ru", &asking).starts_with("Иванов И. И. Что делать? 2020. Т. 7"));
    }

    #[test]
    fn a_project_may_have_other_words() {
        let own = "[ru]\nvolume = 'Том'\nissue = 'вып.'\npp = 'стр.'\net-al = 'и другие'";
        let text = in_words_of(own, Form::Reference, "ru", &work(5)).text(None).replace('\u{a0}', " ");
        assert_eq!(text, "Название / И. И. Иванов, П. П. Петров, Ю. Ким [и другие] // Журнал. 2020. Том 7, вып. 4. стр. 12–19. DOI: 10.1234/x");
    }

    #[test]
    fn the_plain_form() {
        let latin = |authors: usize| Work { tongue: Some("(In Russ.)".into()), ..work(authors) };
        let text = |work: &Work| plain(work).text(None).replace('\u{a0}', " ");
        assert_eq!(text(&latin(2)), "Иванов И.И., Петров П.П. Название. Журнал. 2020;7(4):12–19. (In Russ.) https://doi.org/10.1234/x");
        assert_eq!(text(&Work { volume: None, doi: None, tongue: None, ..work(1) }), "Иванов И.И. Название. Журнал. 2020;(4):12–19.");
        assert!(text(&work(7)).contains("Усенов К.А., et al. Название. Журнал."));
    }
}
