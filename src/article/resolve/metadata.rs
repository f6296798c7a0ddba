//! What catalogues and readers' shelves are told, as plain text.

use super::people::main_name;
use super::running::is_whole_script;
use crate::edition::{Metadata, Person, PersonName};
use crate::lang::Lang;
use crate::leaf::Leaves;
use crate::model::front::{Abstract, ArticleDate, Contributor, Date, DateKind, Front, In, Issue, Journal, Name, NameOrder, Title};
use crate::model::{doi, plain};

/// Gathers the metadata of an article or a part, from its front matter and its language.
pub(super) fn gather(front: &Front, lang: &Lang, leaves: &Leaves) -> Metadata {
    let own = |said: &In<_>| said.lang.same_language(lang);
    let copyright = front.copyright.iter().find(|said| own(said)).or(front.copyright.first());
    let licence = front.licences.iter().filter(|said| said.lang.same_language(lang)).chain(&front.licences).find_map(|said| said.said.href.clone());
    let keywords = keywords(front, leaves);
    let is_doi = |kind: &str| kind.eq_ignore_ascii_case("doi");
    Metadata {
        titles: main_first(front.titles.iter().map(|said| In { lang: said.lang.clone(), said: whole_title(&said.said, leaves) }).collect(), lang),
        people: people(front, lang, leaves),
        subjects: subjects(front, &keywords),
        keywords,
        abstracts: abstracts(front, leaves),
        doi: front.identifiers.iter().find(|id| is_doi(&id.kind)).and_then(|id| doi::within(&id.value)).map(|doi| doi.trim().to_owned()),
        identifiers: front.identifiers.iter().filter(|id| !is_doi(&id.kind)).map(|id| (id.kind.clone(), id.value.clone())).collect(),
        journal: main_first(front.journal.titles.clone(), lang),
        issns: front.journal.issns.clone(),
        publisher: publisher(&front.journal, lang),
        volume: front.issue.volume.clone(),
        number: number(&front.issue),
        first_page: front.issue.first_page.clone().or_else(|| front.issue.pages.clone()),
        last_page: front.issue.last_page.clone(),
        elocation: front.issue.elocation.clone(),
        codes: front.codes.iter().map(|code| (code.scheme, plain::title(leaves, &code.body))).collect(),
        issue_year: front.issue.year,
        date: date(&front.dates),
        events: front.dates.iter().map(|date| (date.kind, date.date)).collect(),
        funding: front
            .funding
            .iter()
            .map(|said| In { lang: said.lang.clone(), said: plain::title(leaves, &said.said) })
            .chain(front.funding_again.iter().cloned())
            .filter(|said| !said.said.is_empty())
            .collect(),
        rights: copyright.map(|said| plain::title(leaves, &said.said)).filter(|text| !text.is_empty()).or_else(|| licence.clone()),
        licence,
    }
}

/// Things in several languages, those in the language of the text first.
fn main_first(mut said: Vec<In<String>>, lang: &Lang) -> Vec<In<String>> {
    said.retain(|said| !said.said.is_empty());
    said.sort_by_key(|said| !said.lang.same_language(lang));
    said
}

fn whole_title(title: &Title, leaves: &Leaves) -> String {
    let main = plain::title(leaves, &title.title);
    let subtitle = plain::title(leaves, &title.subtitle);
    match (main.is_empty(), subtitle.is_empty()) {
        (_, true) => main,
        (true, false) => subtitle,
        (false, false) if main.ends_with([':', '?', '!', '.']) => format!("{main} {subtitle}"),
        (false, false) => format!("{main}: {subtitle}"),
    }
}

/// Authors, then the others, each in order.
fn people(front: &Front, lang: &Lang, leaves: &Leaves) -> Vec<Person> {
    let mut people: Vec<Person> = front.contributors.iter().filter_map(|contributor| person(contributor, lang, leaves)).collect();
    people.sort_by_key(|person| person.role != "aut");
    people
}

fn person(contributor: &Contributor, lang: &Lang, leaves: &Leaves) -> Option<Person> {
    let main = main_name(&contributor.names, lang)?;
    let mut order: Vec<usize> = (0..contributor.names.len()).collect();
    order.sort_by_key(|at| *at != main);
    let names: Vec<In<PersonName>> = order
        .into_iter()
        .filter_map(|at| {
            let name = contributor.names.get(at)?;
            let said = person_name(name, leaves);
            (!said.display.is_empty()).then(|| In { lang: name.lang.clone().unwrap_or_else(|| lang.clone()), said })
        })
        .collect();
    (!names.is_empty()).then(|| Person {
        role: if contributor.is_member() { "ctb" } else { contributor.task().relator() },
        names,
        orcid: contributor.orcid.clone(),
    })
}

fn person_name(name: &Name, leaves: &Leaves) -> PersonName {
    let whole = plain::title(leaves, &name.whole);
    if !whole.is_empty() {
        return PersonName { display: whole.clone(), file_as: whole };
    }
    let [given, surname, suffix] = [&name.given, &name.surname, &name.suffix].map(|part| plain::title(leaves, part));
    let is_together = !given.is_empty() && !surname.is_empty() && given.chars().chain(surname.chars()).all(is_whole_script);
    let pair = match name.order {
        NameOrder::GivenFirst => [given.as_str(), surname.as_str()],
        NameOrder::SurnameFirst => [surname.as_str(), given.as_str()],
    };
    let display = plain::join(&[pair[0], pair[1], &suffix], if is_together { "" } else { " " });
    let file_as = if is_together { format!("{surname}{given}") } else { plain::join(&[&surname, &given, &suffix], ", ") };
    PersonName { display, file_as }
}

/// Keywords, one entry for a language.
fn keywords(front: &Front, leaves: &Leaves) -> Vec<In<Vec<String>>> {
    let mut groups: Vec<In<Vec<String>>> = Vec::new();
    for group in &front.keywords {
        let items: Vec<String> = group.said.items.iter().map(|item| plain::title(leaves, item)).filter(|item| !item.is_empty()).collect();
        if items.is_empty() {
            continue;
        }
        match groups.iter_mut().find(|known| known.lang.same_language(&group.lang)) {
            Some(known) => known.said.extend(items),
            None => groups.push(In { lang: group.lang.clone(), said: items }),
        }
    }
    groups
}

/// Subjects that no keyword says, each once.
fn subjects(front: &Front, keywords: &[In<Vec<String>>]) -> Vec<In<String>> {
    let mut out: Vec<In<String>> = Vec::new();
    for subject in front.subjects.iter().filter(|subject| !subject.said.is_empty()) {
        let known = keywords.iter().any(|group| group.said.contains(&subject.said)) || out.iter().any(|known| known.said == subject.said);
        out.extend((!known).then(|| subject.clone()));
    }
    out
}

/// Abstracts proper: the short forms for a table of contents and pictures with a caption are for other places.
fn abstracts(front: &Front, leaves: &Leaves) -> Vec<In<String>> {
    let proper = |said: &&In<Abstract>| said.said.kind.is_none();
    let chosen: Vec<&In<Abstract>> = front.abstracts.iter().filter(proper).collect();
    let chosen = if chosen.is_empty() { front.abstracts.iter().collect() } else { chosen };
    let text = |said: &In<Abstract>| In { lang: said.lang.clone(), said: plain::lines(leaves, &said.said.blocks).join("\n") };
    chosen.into_iter().map(text).filter(|said| !said.said.is_empty()).collect()
}

/// The number of the issue, with the part and the supplement that it does not name itself: “4 Suppl. 1”.
fn number(issue: &Issue) -> Option<String> {
    let mut number = issue.number.clone().unwrap_or_default();
    let said = number.to_lowercase();
    for (part, sign, word) in [(&issue.part, "pt", "Pt."), (&issue.supplement, "suppl", "Suppl.")] {
        let Some(part) = part.as_deref().filter(|_| !said.contains(sign)) else { continue };
        let separator = if number.is_empty() { "" } else { " " };
        // The element may hold the whole phrase or the figure alone.
        let word = if part.to_lowercase().contains(sign) { String::new() } else { format!("{word}\u{a0}") };
        number.push_str(&format!("{separator}{word}{part}"));
    }
    (!number.is_empty()).then_some(number)
}

fn publisher(journal: &Journal, lang: &Lang) -> Option<String> {
    let name = journal.publishers.iter().find(|said| said.lang.same_language(lang)).or(journal.publishers.first())?;
    Some(match &journal.place {
        Some(place) => format!("{}, {place}", name.said),
        None => name.said.clone(),
    })
}

/// The earliest complete date of publication, else the earliest that there is, else the latest of the history.
fn date(dates: &[ArticleDate]) -> Option<Date> {
    let published = || dates.iter().filter(|date| date.kind == DateKind::Published).map(|date| date.date);
    let complete = published().filter(|date| date.month.is_some() && date.day.is_some()).min();
    complete.or_else(|| published().min_by_key(|date| (date.month.is_none(), *date))).or_else(|| dates.iter().map(|date| date.date).max())
}

#[cfg(test)]
mod tests {
    use super::super::testing::master;
    use super::*;

    #[test]
    fn a_volume_has_the_year_of_its_issue() {
        let of = |dates: &str| {
            let resolved = master(&format!(
                "<article><front><article-meta><title-group><article-title>T</article-title></title-group>{dates}<volume>30</volume></article-meta></front><body><p>x</p></body></article>"
            ));
            (resolved.edition.metadata.year(), resolved.edition.metadata.date.map(|date| date.year))
        };
        let online = "<pub-date pub-type='epub'><day>8</day><month>12</month><year>2018</year></pub-date>";
        assert_eq!(of(&format!("{online}<pub-date pub-type='ppub'><season>Jan-Feb</season><year>2019</year></pub-date>")), (Some(2019), Some(2018)));
        assert_eq!(of(&format!("<pub-date date-type='pub' publication-format='print'><year>2019</year></pub-date>{online}")), (Some(2019), Some(2018)));
        assert_eq!(of(online), (Some(2018), Some(2018)));
    }

    #[test]
    fn catalogues_are_told_in_plain_text() {
        let resolved = master(
            "<article xml:lang='en'><front><journal-meta><publisher><publisher-name>House</publisher-name><publisher-loc>Bishkek</publisher-loc></publisher></journal-meta><article-meta>\
             <article-id pub-id-type='doi'>https://doi.org/10.1/x</article-id><title-group><article-title>On <italic>E. coli</italic><xref ref-type='fn' rid='n'>*</xref></article-title><subtitle>A study</subtitle></title-group>\
             <contrib-group><contrib contrib-type='editor'><name><surname>King</surname><given-names>Martin</given-names><suffix>Jr.</suffix></name></contrib>\
             <contrib contrib-type='author'><name name-style='eastern'><surname>周</surname><given-names>欣</given-names></name></contrib><contrib contrib-type='author'><collab>The Group</collab></contrib></contrib-group>\
             <author-notes><fn id='n'><p>y</p></fn></author-notes><abstract><sec><title>Aim</title><p>One.</p></sec><p>Two.</p></abstract></article-meta></front><body><p>x</p></body></article>",
        );
        let metadata = &resolved.edition.metadata;
        assert_eq!(metadata.titles[0].said, "On E. coli: A study");
        assert_eq!(metadata.doi.as_deref(), Some("10.1/x"));
        assert_eq!(metadata.publisher.as_deref(), Some("House, Bishkek"));
        assert_eq!(metadata.abstracts[0].said, "Aim\nOne.\nTwo.");
        let people: Vec<_> =
            metadata.people.iter().map(|person| (person.role, person.names[0].said.display.as_str(), person.names[0].said.file_as.as_str())).collect();
        assert_eq!(people, [("aut", "周欣", "周欣"), ("aut", "The Group", "The Group"), ("edt", "Martin King Jr.", "King, Martin, Jr.")]);
    }

    #[test]
    fn the_date_is_the_first_complete_one() {
        let at = |kind, year, month, day| ArticleDate { kind, date: Date { year, month, day }, span: crate::source::Span::default() };
        let year = at(DateKind::Published, 2019, None, None);
        let late = at(DateKind::Published, 2020, Some(5), Some(1));
        let early = at(DateKind::Published, 2020, Some(4), Some(9));
        let received = at(DateKind::Received, 2018, Some(1), Some(2));
        assert_eq!(date(&[year, late, early, received]), Some(early.date));
        assert_eq!(date(&[year, received]), Some(year.date));
        assert_eq!(date(&[received]), Some(received.date));
        assert_eq!(date(&[]), None);
    }
}
