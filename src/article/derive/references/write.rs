//! A reference in Latin letters: authors, title [in English], *source* [its name in English], output data in English, the language.
//!
//! The order and the words are those that journals ask for who are read by Scopus (areastudiesjournal.ru/article_requirements;
//! solovyov-studies.ispu.ru, node 132; journals.tsutmb.ru, references): neither `//` nor `–` between the areas, places in English,
//! a publisher with its own name transliterated and `Publ.` behind it.

use super::entry::Entry;
use super::names::{self, Person};
use super::terms::{TERMS, after, find, nominative};
use crate::derive::transliterate::Scheme;
use crate::lang::is_cyrillic;

/// A piece of the line, and whether it is set in italics.
pub type Piece = (String, bool);

/// Writes an entry. `mark` names its language.
pub(super) fn line(entry: &Entry, scheme: &Scheme, mark: Option<&str>) -> Vec<Piece> {
    let mut out = Line { pieces: Vec::new(), scheme };
    let spelt = |text: &str| out.scheme.apply(text);
    let mut authors: Vec<String> = entry.authors.iter().map(|person| spelt(&person.sorted())).collect();
    if entry.more {
        authors.push("et al.".to_owned());
    }
    if let Some((role, last)) = entry.role.zip(authors.last_mut()) {
        last.push_str(&format!(" ({role})"));
    }
    let title = title(&entry.title, scheme);
    let parts: Vec<String> = entry.parts.iter().map(|part| part_in_it(part, scheme)).collect();
    let thesis = entry.thesis.as_deref().map(|text| self::thesis(text, scheme));
    let source = entry.source.as_deref().map(|source| self::title(source, scheme));
    out.sentence(&authors.join(", "));
    out.titled(&title, entry.title_in_english.as_deref(), entry.is_whole);
    out.sentences(&entry.edition.iter().map(edition).collect::<Vec<_>>());
    out.sentences(&thesis.into_iter().collect::<Vec<_>>());
    let data = data(entry, scheme);
    match source {
        Some(source) => {
            out.titled_open(&source, entry.source_in_english.as_deref());
            let all: Vec<String> = parts.into_iter().chain(data).collect();
            out.follow(&all.join(", "));
        }
        None => {
            out.sentences(&parts.iter().chain(&entry.several.clone()).map(|part| capital(part)).collect::<Vec<_>>());
            if let Some((number, title)) = &entry.titled_part {
                out.sentences(&[capital(number), self::title(title, scheme)]);
            }
            out.sentence(&capital(&data.join(", ")));
        }
    }
    let mut size: Vec<String> = entry.size.iter().map(|size| format!("{size} p.")).collect();
    size.extend(entry.numbers.iter().map(|number| spelt_number(number)));
    size.extend(entry.rest.iter().map(|rest| scheme.apply(&plain_quotes(rest))));
    out.sentences(&size);
    out.blank(mark.unwrap_or_default());
    if let Some(doi) = &entry.doi {
        out.blank(&format!("DOI: {doi}"));
    }
    addresses(entry, &mut out);
    out.pieces
}

fn addresses(entry: &Entry, out: &mut Line<'_>) {
    let scheme = out.scheme;
    let accessed = entry.accessed.as_ref().map(|day| format!("(accessed {})", scheme.apply(day)));
    if !entry.urls.is_empty() {
        out.blank(&format!("Available at: {}", entry.urls.join(", ")));
    }
    if let Some(accessed) = accessed {
        out.blank(&accessed);
    }
}

/// The output data but for the size, in order.
fn data(entry: &Entry, scheme: &Scheme) -> Vec<String> {
    let mut data: Vec<String> = Vec::new();
    if entry.source.is_some() {
        data.extend(entry.several.clone());
    }
    let places: Vec<String> = entry.places.iter().map(|place| TERMS.place(place).map_or_else(|| scheme.apply(place), str::to_owned)).collect();
    if !places.is_empty() {
        data.push(places.join("; "));
    }
    data.extend(entry.publisher.as_deref().map(|name| publisher(name, scheme)));
    data.extend(entry.year.iter().cloned());
    data.extend(entry.day.iter().cloned());
    data.extend(entry.volume.as_ref().map(|volume| format!("vol. {}", scheme.apply(volume))));
    data.extend(entry.part.iter().cloned());
    data.extend(entry.issue.as_ref().map(|issue| format!("no. {}", scheme.apply(&issue.replace("(ч. ", "(pt. ")))));
    data.extend(entry.pages.as_deref().map(|pages| pages_in_english(pages, scheme)));
    data.extend(entry.article.as_ref().map(|article| format!("art. {}", scheme.apply(article))));
    data.extend(entry.further.iter().map(|further| scheme.apply(further)));
    data
}

fn pages_in_english(pages: &str, scheme: &Scheme) -> String {
    let pages = scheme.apply(&pages.replace(" – ", "–").replace(" - ", "–").replace(['-', '—', '‑'], "–"));
    let word = if pages.contains(['–', ',']) { "pp." } else { "p." };
    format!("{word} {pages}")
}

/// A title: what it says of its kind behind a colon in English, GOST's blank before a colon taken out.
fn title(title: &str, scheme: &Scheme) -> String {
    let title = plain_quotes(&title.replace(" : ", ": ").replace(" ; ", "; "));
    let (head, kind) = match title.rsplit_once(": ") {
        Some((head, kind)) => {
            let kind = kind.trim().trim_end_matches('.').to_lowercase();
            (head, TERMS.genres.get(&kind).or_else(|| TERMS.genres.get(&format!("{kind}."))))
        }
        None => (title.as_str(), None),
    };
    match kind {
        Some(kind) => format!("{}: {kind}", scheme.apply(head)),
        None => scheme.apply(&title),
    }
}

/// Guillemets and the sign of a number as an English list has them.
fn plain_quotes(text: &str) -> String {
    text.replace('«', "“").replace('»', "”").replace('„', "“").replace("№ ", "no. ").replace('№', "no. ")
}

/// `2-е изд., перераб. и доп.` as `2nd ed., revised and enlarged`.
fn edition((number, how): &(String, Option<String>)) -> String {
    let ending = match (number.as_str(), number.chars().last()) {
        ("11" | "12" | "13", _) => "th",
        (_, Some('1')) => "st",
        (_, Some('2')) => "nd",
        (_, Some('3')) => "rd",
        _ => "th",
    };
    format!("{number}{ending} ed.{}", how.as_ref().map(|how| format!(", {how}")).unwrap_or_default())
}

/// A publisher: without the word for one, transliterated, and `Publ.` behind it.
fn publisher(name: &str, scheme: &Scheme) -> String {
    const WORDS: [&str; 10] = ["изд.", "издательство", "изд-во", "изд.-во", "издат.", "издательский дом", "изд. дом", "изд-ский дом", "баспасы", "басмасы"];
    let bare = WORDS.iter().filter_map(|word| after(name, word)).min_by_key(|rest| rest.len()).unwrap_or(name);
    let bare = bare.trim().trim_matches(['«', '»', '"', '“', '”']).trim();
    if !bare.chars().any(is_cyrillic) {
        return bare.to_owned();
    }
    format!("{} Publ.", scheme.apply(&plain_quotes(&capital(bare))))
}

/// What stands before the name of an editor: degrees and posts.
const POSTS: [&str; 11] =
    ["проф.", "акад.", "доц.", "чл.-корр. ран", "чл.-корр.", "чл.-кор.", "профессора", "академика", "доцента", "засл. деят. науки", "prof."];

/// A name without the degree and the post before it.
fn without_posts(people: &str) -> &str {
    let mut rest = people.trim_start();
    loop {
        let degree = ["д-ра ", "канд. ", "д. ", "к. ", "доктора ", "кандидата "].iter().any(|word| after(rest, word).is_some());
        let next = match find(rest, " наук").filter(|(at, _)| degree && *at < 60) {
            Some((_, to)) => &rest[to..],
            None => match POSTS.iter().find_map(|post| after(rest, post)) {
                Some(next) => next,
                None => return rest,
            },
        };
        rest = next.trim_start_matches([',', ' ']);
    }
}

/// An editor, a translator, a body.
fn part_in_it(part: &str, scheme: &Scheme) -> String {
    if let Some(rest) = after(part, "пер. с ").or_else(|| after(part, "перевод с ")) {
        let known = TERMS.languages.iter().find_map(|(word, english)| Some((english, after(rest, word)?)));
        let (english, people) = known.map_or_else(|| (String::new(), rest), |(english, rest)| (format!("transl. from {english}"), rest));
        return if english.is_empty() { scheme.apply(part) } else { by(&english, "by ", people.trim(), true, scheme) };
    }
    if let Some(people) = after(part, "пер. ") {
        return by("transl.", "by ", people, true, scheme);
    }
    match TERMS.role(part) {
        Some((english, genitive, people)) => by(english, "", people.trim_start_matches([':', ' ']), genitive, scheme),
        None => scheme.apply(&plain_quotes(part)),
    }
}

/// A role with the names behind it.
fn by(role: &str, word: &str, people: &str, genitive: bool, scheme: &Scheme) -> String {
    if people.is_empty() {
        return role.to_owned();
    }
    let people = without_posts(people);
    let named = match names::all(people) {
        Some((people, more)) => {
            let right = |person: &Person| if genitive { Person { surname: nominative(&person.surname), ..person.clone() } } else { person.clone() };
            let mut all: Vec<String> = people.iter().map(|person| scheme.apply(&right(person).spoken())).collect();
            all.extend(more.then(|| "et al.".to_owned()));
            all.join(", ")
        }
        None => scheme.apply(&plain_quotes(people)),
    };
    format!("{role} {word}{named}")
}

/// `дис. ... канд. ист. наук` as `Cand. Sci. (History) diss.`
fn thesis(text: &str, scheme: &Scheme) -> String {
    let lower = text.to_lowercase();
    let science = TERMS.sciences.iter().find(|(word, _)| lower.contains(&format!(" {word}")));
    let degree = if lower.contains("канд") {
        Some("Cand.")
    } else if find(text, "д-р").is_some() || lower.contains("доктор") {
        Some("Dr.")
    } else {
        None
    };
    let kind = if lower.contains("автореф") { "Extended abstract of " } else { "" };
    match (degree, science) {
        (Some(degree), Some((_, science))) => format!("{kind}{degree} Sci. ({science}) diss."),
        (Some(degree), None) => format!("{kind}{degree} Sci. diss."),
        (None, _) => scheme.apply(text),
    }
}

/// `ISBN 978-…`.
fn spelt_number(number: &str) -> String {
    number.trim_end_matches(['.', ' ']).to_owned()
}

/// A text with a capital at its head.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The line as it grows.
struct Line<'a> {
    pieces: Vec<Piece>,
    scheme: &'a Scheme,
}

impl Line<'_> {
    fn push(&mut self, text: &str, italic: bool) {
        match self.pieces.last_mut() {
            Some((last, is)) if *is == italic => last.push_str(text),
            Some(_) | None => self.pieces.push((text.to_owned(), italic)),
        }
    }

    fn ends_with(&self, chars: &[char]) -> bool {
        self.pieces.last().is_some_and(|(text, _)| text.ends_with(chars))
    }

    /// Something with a blank before it, unless nothing stands before it.
    fn blank(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if !self.pieces.is_empty() {
            self.push(" ", false);
        }
        self.push(text, false);
    }

    /// Something that ends with a stop.
    fn sentence(&mut self, text: &str) {
        if !text.is_empty() {
            self.blank(text);
            self.stop();
        }
    }

    fn sentences(&mut self, texts: &[String]) {
        texts.iter().for_each(|text| self.sentence(text));
    }

    fn stop(&mut self) {
        if !self.ends_with(&['.', '?', '!', '…']) && !self.pieces.is_empty() {
            self.push(".", false);
        }
    }

    /// A title that ends with a stop, its English form in brackets.
    fn titled(&mut self, title: &str, english: Option<&str>, italic: bool) {
        if !title.is_empty() {
            if !self.pieces.is_empty() {
                self.push(" ", false);
            }
            self.push(title, italic);
        }
        self.english(english);
        self.stop();
    }

    /// A source behind which its data follow.
    fn titled_open(&mut self, title: &str, english: Option<&str>) {
        if !self.pieces.is_empty() {
            self.push(" ", false);
        }
        self.push(title, true);
        self.english(english);
    }

    fn english(&mut self, english: Option<&str>) {
        if let Some(english) = english {
            let english = english.trim_matches(['[', ']', ' ']).trim_end_matches('.');
            self.blank(&format!("[{english}]"));
        }
    }

    /// The data behind a source.
    fn follow(&mut self, data: &str) {
        if !data.is_empty() {
            self.push(", ", false);
            self.push(data, false);
        }
        self.stop();
    }
}
