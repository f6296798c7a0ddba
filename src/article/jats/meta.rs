//! Data of the journal and the article: identifiers, codes, dates, funding.

use super::Reader;
use super::contrib::append;
use super::inline::foreign;
use crate::lang::label::Label;
use crate::lang::table::{date_in_words, word};
use crate::leaf::Reason;
use crate::model::block::{Block, Paragraph};
use crate::model::front::{ArticleDate, ClassCode, Date, DateKind, Front, Identifier, In, Journal, Scheme};
use crate::model::inline::{Inline, Inlines};
use crate::xml::{Element, Node};

impl Reader<'_> {
    /// `journal-meta`: all of it is data. Empty elements, which the DTD forces upon a journal without a number, count as absent.
    pub(super) fn journal(&mut self, element: &Element) -> Journal {
        let mut journal = Journal::default();
        self.journal_children(element, &mut journal);
        self.omit(element, Reason::Metadata);
        journal
    }

    fn journal_children(&mut self, element: &Element, journal: &mut Journal) {
        for child in element.elements() {
            let text = child.plain_text();
            let lang = child
                .value("xml:lang")
                .or_else(|| element.value("xml:lang"))
                .and_then(crate::lang::Lang::parse)
                .map_or_else(|| self.lang.clone(), |(lang, _)| lang);
            match child.name.as_str() {
                "journal-title-group" | "trans-title-group" | "publisher" => self.journal_children(child, journal),
                _ if text.is_empty() => {}
                "journal-title" | "trans-title" => journal.titles.push(In { lang, said: text }),
                "abbrev-journal-title" => journal.abbreviation = journal.abbreviation.take().or(Some(text)),
                // “N/A” and its like are no number to be printed.
                "issn" | "issn-l" => {
                    let is_new = text.contains(|c: char| c.is_ascii_digit()) && !journal.issns.contains(&text);
                    journal.issns.extend(is_new.then_some(text));
                }
                "publisher-name" => journal.publishers.push(In { lang, said: text }),
                "publisher-loc" => journal.place = journal.place.take().or(Some(text)),
                _ => {}
            }
        }
    }

    /// `article-id`. A code of a classification may stand here too.
    pub(super) fn article_id(&mut self, element: &Element, front: &mut Front) {
        let kind = element.value("custom-type").or_else(|| element.value("pub-id-type")).unwrap_or("other").to_owned();
        if let Some(scheme) = scheme(&kind) {
            return self.code(element, scheme, front);
        }
        if let Some(value) = self.data(element, Reason::Metadata) {
            front.identifiers.push(Identifier { kind, value, span: element.span });
        }
    }

    /// `article-categories`: headings are set, codes are set with their label, other subjects are data for catalogues.
    pub(super) fn categories(&mut self, element: &Element, front: &mut Front) {
        for child in element.elements() {
            match child.name.as_str() {
                "subj-group" => self.subjects(child, front),
                "series-title" => {
                    let said = self.said(child);
                    front.headings.extend(said);
                }
                "series-text" => {
                    let run = self.run(child);
                    self.go_on(&mut front.headings, run);
                }
                _ => self.omit(child, Reason::Metadata),
            }
        }
    }

    fn subjects(&mut self, element: &Element, front: &mut Front) {
        let kind = element.value("subj-group-type").unwrap_or_default().to_owned();
        let of_scheme = scheme(&kind).or_else(|| element.value("vocab").and_then(scheme));
        let is_heading = matches!(kind.as_str(), "heading" | "toc-heading" | "section-heading" | "article-type" | "display-channel");
        let (_, ()) = self.within(element, |reader| {
            for child in element.elements() {
                match child.name.as_str() {
                    "subj-group" => reader.subjects(child, front),
                    "subject" | "compound-subject" => {
                        let named = scheme_named(&child.plain_text());
                        match of_scheme.or(named) {
                            Some(scheme) => reader.code(child, scheme, front),
                            None if is_heading => {
                                let said = reader.said(child);
                                front.headings.extend(said);
                            }
                            None => {
                                let lang = reader.lang_of(child).unwrap_or_else(|| reader.lang.clone());
                                let parts: Vec<String> = child.elements().map(Element::plain_text).filter(|part| !part.is_empty()).collect();
                                let whole = reader.data(child, Reason::Metadata);
                                let said = if child.name == "compound-subject" && !child.has_own_text() { Some(parts.join(" – ")) } else { whole };
                                let said = said.filter(|said| !said.is_empty());
                                front.subjects.extend(said.map(|said| In { lang, said }));
                            }
                        }
                    }
                    _ => reader.omit(child, Reason::Metadata),
                }
            }
        });
    }

    /// A code of a classification.
    pub(super) fn code(&mut self, element: &Element, scheme: Scheme, front: &mut Front) {
        let text = element.plain_text();
        // The same code may stand in several of the places that a master has for it.
        if front.codes.iter().any(|code| code.scheme == scheme && self.plain(&code.body) == text) {
            return self.omit(element, Reason::Metadata);
        }
        let named = scheme_named(&text).is_some();
        let body = self.run(element);
        if !body.is_empty() {
            front.codes.push(ClassCode { scheme, named, lang: None, body });
        }
    }

    /// `custom-meta-group`: data, but for codes of a classification.
    pub(super) fn custom_meta(&mut self, element: &Element, front: &mut Front) {
        for meta in element.elements() {
            let name = meta.child("meta-name").map(Element::plain_text).unwrap_or_default();
            if let (Some(scheme), Some(value)) = (scheme(&name), meta.child("meta-value")) {
                self.code(value, scheme, front);
            }
        }
        self.omit(element, Reason::Metadata);
    }

    /// `history`, `pub-history`: dates; words beside them are kept.
    pub(super) fn history(&mut self, element: &Element, front: &mut Front) {
        for node in &element.children {
            match node {
                Node::Element(child) if child.name == "date" || child.name == "pub-date" => self.date(child, front),
                Node::Element(child) if child.name == "event" => {
                    for date in child.children_named("date").chain(child.children_named("pub-date")) {
                        self.date(date, front);
                    }
                    self.event(child, front);
                }
                Node::Element(_) | Node::Text(_) => {
                    let blocks = self.flow(std::slice::from_ref(node), None, element.span);
                    front.other.extend(blocks);
                }
            }
        }
    }

    /// `event`: what happened in words, with the addresses that belong to it. What has neither is a date alone.
    fn event(&mut self, element: &Element, front: &mut Front) {
        let mut line = Inlines::new();
        let mut addresses = 0;
        // A day that the history says elsewhere is not said again.
        let day =
            element.elements().filter(|child| matches!(child.name.as_str(), "date" | "pub-date") && date_kind(child) == DateKind::Other).find_map(date_of);
        for child in element.elements() {
            match child.name.as_str() {
                "event-desc" => {
                    let run = self.run(child);
                    append(&mut line, " ", run);
                }
                "self-uri" | "ext-link" | "uri" => {
                    let mut run = self.inline(child);
                    self.tidy(&mut run);
                    append(&mut line, if addresses == 0 { " " } else { "; " }, run);
                    addresses += 1;
                }
                _ => self.omit(child, Reason::Metadata),
            }
        }
        if let Some(day) = day.filter(|_| !line.is_empty()) {
            line.push(Inline::Generated(format!(" ({})", date_in_words(&self.lang, day))));
        }
        self.line_at_end(line, element, front);
    }

    /// `conference`: where the article was read. Parts that are only tagged are put into their usual order, with commas between them.
    pub(super) fn conference(&mut self, element: &Element, front: &mut Front) {
        let mut line = Inlines::new();
        if element.has_own_text() {
            line = self.run(element);
        }
        let rank = |name: &str| {
            ["conf-name", "conf-acronym", "conf-num", "conf-theme", "conf-loc", "conf-sponsor", "conf-date"].iter().position(|known| *known == name)
        };
        let mut parts: Vec<&Element> = if element.has_own_text() { Vec::new() } else { element.elements().collect() };
        parts.sort_by_key(|part| rank(&part.name).unwrap_or(usize::MAX));
        for part in parts {
            let (lang, mut run) = self.within(part, |reader| reader.inline(part));
            self.tidy(&mut run);
            let bracketed = part.name == "conf-acronym" && !line.is_empty() && !run.is_empty();
            if bracketed {
                run.insert(0, Inline::Generated("(".to_owned()));
                run.push(Inline::Generated(")".to_owned()));
            }
            append(&mut line, if bracketed { " " } else { ", " }, foreign(lang, run));
        }
        if !line.is_empty() {
            line.insert(0, Inline::Generated(format!("{}: ", word(&self.lang, Label::Conference))));
        }
        self.line_at_end(line, element, front);
    }

    /// A paragraph among what stands at the end.
    fn line_at_end(&mut self, line: Inlines, element: &Element, front: &mut Front) {
        if !line.is_empty() {
            front.other.push(Block::Paragraph(Paragraph { id: self.id(element), continued: false, body: line, span: element.span }));
        }
    }

    /// `pub-date`, `date`. A day that no calendar has is reported and left out.
    pub(super) fn date(&mut self, element: &Element, front: &mut Front) {
        let kind = date_kind(element);
        if let Some(date) = date_of(element) {
            if is_of_issue(element) {
                front.issue.year.get_or_insert(date.year);
            }
            front.dates.push(ArticleDate { kind, date, span: element.span });
        }
        self.omit(element, Reason::Date);
    }

    /// `funding-group`: its statement; without one, sources and numbers of the awards.
    pub(super) fn funding(&mut self, element: &Element, front: &mut Front) {
        let (_, ()) = self.within(element, |reader| {
            let stated = element.child("funding-statement").is_some();
            let mut line = Inlines::new();
            let mut open = Vec::new();
            for child in element.elements() {
                match child.name.as_str() {
                    "funding-statement" => {
                        let said = reader.said(child);
                        front.funding.extend(said);
                    }
                    "award-group" if !stated => {
                        let award = reader.award(child);
                        append(&mut line, "; ", award);
                    }
                    "open-access" => {
                        reader.anchor(child);
                        for said in child.elements() {
                            open.extend(reader.said(said));
                        }
                        reader.omit(child, Reason::Metadata);
                    }
                    "award-group" | "x" => reader.omit(child, Reason::Metadata),
                    _ => {
                        let blocks = reader.flow(&[Node::Element(child.clone())], None, child.span);
                        front.other.extend(blocks);
                    }
                }
            }
            if !line.is_empty() {
                let said = reader.here(line);
                front.funding.push(said);
            }
            front.funding.extend(open);
        });
    }

    /// `support-group` (JATS 1.4): groups of funding, and support of other kinds in words.
    pub(super) fn support(&mut self, element: &Element, front: &mut Front) {
        let mut line = Inlines::new();
        for child in element.elements() {
            if child.name == "funding-group" {
                self.funding(child, front);
            } else {
                let mut run = self.joined(child, ", ");
                self.tidy(&mut run);
                append(&mut line, ", ", run);
            }
        }
        if !line.is_empty() {
            let said = self.here(line);
            front.funding.push(said);
        }
    }

    /// `contract-sponsor`, `contract-num` (NLM 2): one line of funding.
    pub(super) fn contract(&mut self, element: &Element, front: &mut Front) {
        let run = self.run(element);
        self.go_on(&mut front.funding, run);
    }

    /// Adds to the last of several; where there is none, it is the first.
    fn go_on(&self, several: &mut Vec<In<Inlines>>, run: Inlines) {
        match several.last_mut() {
            Some(last) => append(&mut last.said, ", ", run),
            None if run.is_empty() => {}
            None => several.push(self.here(run)),
        }
    }

    /// `award-group`: sources, the award by its name, numbers.
    fn award(&mut self, element: &Element) -> Inlines {
        self.anchor(element);
        let mut award = Inlines::new();
        let mut numbered = false;
        for child in element.elements() {
            let further = std::mem::replace(&mut numbered, child.name == "award-id") && numbered;
            match child.name.as_str() {
                "funding-source" | "support-source" => {
                    let mut run = self.joined(child, ", ");
                    self.tidy(&mut run);
                    append(&mut award, ", ", run);
                }
                "award-name" => {
                    let run = self.run(child);
                    append(&mut award, ", ", run);
                }
                "award-id" => {
                    let run = self.run(child);
                    append(&mut award, if further { ", " } else { " " }, run);
                }
                _ => self.omit(child, Reason::Metadata),
            }
        }
        award
    }
}

/// Which day in the history of the article a `pub-date` or `date` is.
fn date_kind(element: &Element) -> DateKind {
    match element.value("date-type").or_else(|| element.value("pub-type")).unwrap_or_default() {
        "received" => DateKind::Received,
        "rev-recd" | "revised" | "rev-request" => DateKind::Revised,
        "approved" | "approved-after-review" | "reviewed" | "peer-reviewed" => DateKind::Approved,
        "accepted" => DateKind::Accepted,
        "retracted" | "corrected" | "nihms-submitted" | "pmc-release" | "preprint" => DateKind::Other,
        _ if element.name == "pub-date" => DateKind::Published,
        "pub" | "epub" | "ppub" | "published" | "online" | "collection" => DateKind::Published,
        _ => DateKind::Other,
    }
}

/// Whether a `pub-date` is that of the issue: printed (`ppub`), or the end of a collection of what appears one by one.
fn is_of_issue(element: &Element) -> bool {
    let is = |attribute: &str, wanted: &[&str]| element.value(attribute).is_some_and(|value| wanted.contains(&value));
    let named = is("pub-type", &["ppub", "collection"]) || is("date-type", &["ppub", "collection"]);
    element.name == "pub-date" && (named || is("publication-format", &["print"]) && !is("date-type", &["preprint", "retracted", "corrected"]))
}

/// The date in `year`, `month`, `day`, or in `@iso-8601-date`; `None` where no year can be read.
pub(super) fn date_of(element: &Element) -> Option<Date> {
    let number = |name: &str| element.child(name).map(Element::plain_text).unwrap_or_default();
    let year = number("year").chars().filter(char::is_ascii_digit).collect::<String>().parse::<u16>().ok();
    if let Some(year) = year.filter(|year| (1000..=2999).contains(year)) {
        let month = month(&number("month"));
        let day = number("day").parse::<u8>().ok().filter(|day| (1..=31).contains(day) && month.is_some());
        return Some(Date { year, month, day });
    }
    let Some(given) = element.value("iso-8601-date") else { return date_from_words(&number("string-date")) };
    let mut parts = given.split(['-', 'T']);
    let year = parts.next()?.parse::<u16>().ok().filter(|year| (1000..=2999).contains(year))?;
    let month = parts.next().and_then(month);
    let day = parts.next().and_then(|day| day.parse::<u8>().ok()).filter(|day| (1..=31).contains(day) && month.is_some());
    Some(Date { year, month, day })
}

/// The date in words such as “12 May 2021”: the year, and month and day where they are as plain.
fn date_from_words(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let year = words.iter().find_map(|word| word.parse::<u16>().ok().filter(|year| (1000..=2999).contains(year)))?;
    let month = words.iter().filter(|word| word.chars().all(char::is_alphabetic)).find_map(|word| month(word));
    let day = words.iter().find_map(|word| word.parse::<u8>().ok()).filter(|day| (1..=31).contains(day) && month.is_some());
    Some(Date { year, month, day })
}

/// A month by number or by its English name.
fn month(text: &str) -> Option<u8> {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.trim().to_lowercase();
    if let Ok(number) = text.parse::<u8>() {
        return (1..=12).contains(&number).then_some(number);
    }
    let at = NAMES.iter().position(|name| text.starts_with(name))?;
    u8::try_from(at + 1).ok()
}

/// The classification that a name means, in any of the spellings found.
pub(super) fn scheme(name: &str) -> Option<Scheme> {
    Some(match name.trim().to_lowercase().as_str() {
        "udc" | "udk" | "удк" | "әож" => Scheme::Udc,
        "bbk" | "lbc" | "ббк" => Scheme::Bbk,
        "mrnti" | "irsti" | "мрнти" | "хғтар" | "ғтамр" => Scheme::Mrnti,
        "grnti" | "srsti" | "грнти" => Scheme::Grnti,
        "jel" => Scheme::Jel,
        "msc" | "msc2010" | "msc2020" => Scheme::Msc,
        "pacs" => Scheme::Pacs,
        _ => return None,
    })
}

/// The classification with whose name a text begins, such as “УДК 32”.
fn scheme_named(text: &str) -> Option<Scheme> {
    let first = text.split([' ', ':', '\u{a0}']).next()?;
    if text.len() == first.len() { None } else { scheme(first) }
}
