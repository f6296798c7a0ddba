//! An edition as indented text.

use super::front::{iso, scheme_name};
use super::{Printer, flag, hash, quoted};
use crate::edition::{Author, Edition, FrontMatter, Metadata, Part, Target};

impl Printer<'_> {
    pub(super) fn edition(&mut self, edition: &Edition) {
        let kind = edition.kind.as_deref().unwrap_or("-");
        self.node(&format!("edition {kind} {}", edition.lang.tag()), |printer| {
            printer.node("metadata", |printer| printer.metadata(&edition.metadata));
            printer.node("running", |printer| {
                printer.value("title", Some(&edition.running.title));
                printer.value("authors", Some(&edition.running.authors));
            });
            for code in &edition.codes {
                printer.run(&format!("code {} {}", scheme_name(code.scheme), quoted(&code.label)), &code.body);
            }
            for front in &edition.fronts {
                printer.front_matter(front);
            }
            printer.node("body", |printer| printer.blocks(&edition.body));
            printer.node("back", |printer| printer.blocks(&edition.back));
            for part in &edition.parts {
                printer.edition_part(part);
            }
            printer.node("targets", |printer| {
                for (id, target) in edition.targets() {
                    printer.line(&format!("{} {}", target_name(target), id.as_str()));
                }
            });
        });
    }

    fn edition_part(&mut self, part: &Part) {
        self.node(&format!("part {} {}{}", part.kind.name(), part.lang.tag(), hash(part.id.as_ref())), |printer| {
            for code in &part.codes {
                printer.run(&format!("code {} {}", scheme_name(code.scheme), quoted(&code.label)), &code.body);
            }
            for front in &part.fronts {
                printer.front_matter(front);
            }
            printer.value("doi", part.metadata.doi.as_deref());
            printer.node("body", |printer| printer.blocks(&part.body));
            printer.node("back", |printer| printer.blocks(&part.back));
            for inner in &part.parts {
                printer.edition_part(inner);
            }
        });
    }

    fn metadata(&mut self, metadata: &Metadata) {
        for title in &metadata.titles {
            self.line(&format!("title {} {}", title.lang.tag(), quoted(&title.said)));
        }
        for person in &metadata.people {
            self.node(&format!("person {}", person.role), |printer| {
                for name in &person.names {
                    printer.line(&format!("name {} {} as {}", name.lang.tag(), quoted(&name.said.display), quoted(&name.said.file_as)));
                }
                printer.value("orcid", person.orcid.as_deref());
            });
        }
        for group in &metadata.keywords {
            let items: Vec<String> = group.said.iter().map(|item| quoted(item)).collect();
            self.line(&format!("keywords {} {}", group.lang.tag(), items.join(" ")));
        }
        for subject in &metadata.subjects {
            self.line(&format!("subject {} {}", subject.lang.tag(), quoted(&subject.said)));
        }
        for said in &metadata.abstracts {
            self.line(&format!("abstract {} {}", said.lang.tag(), quoted(&said.said)));
        }
        self.value("doi", metadata.doi.as_deref());
        for (kind, value) in &metadata.identifiers {
            self.line(&format!("identifier {kind} {}", quoted(value)));
        }
        for title in &metadata.journal {
            self.line(&format!("journal {} {}", title.lang.tag(), quoted(&title.said)));
        }
        for issn in &metadata.issns {
            self.value("issn", Some(issn));
        }
        self.value("publisher", metadata.publisher.as_deref());
        self.value("volume", metadata.volume.as_deref());
        self.value("number", metadata.number.as_deref());
        self.value("first-page", metadata.first_page.as_deref());
        self.value("last-page", metadata.last_page.as_deref());
        self.value("elocation", metadata.elocation.as_deref());
        for (scheme, code) in &metadata.codes {
            self.line(&format!("code {} {}", scheme_name(*scheme), quoted(code)));
        }
        if let Some(date) = metadata.date {
            self.line(&format!("date {}", iso(date)));
        }
        self.value("rights", metadata.rights.as_deref());
        self.value("licence", metadata.licence.as_deref());
    }

    fn front_matter(&mut self, front: &FrontMatter) {
        let FrontMatter {
            lang,
            headings,
            title,
            subtitle,
            notices,
            authors,
            groups,
            contributions,
            affiliations,
            notes,
            abstracts,
            keywords,
            history,
            copyright,
            licences,
            funding,
            citation,
            other,
        } = front;
        self.node(&format!("front {}", lang.tag()), |printer| {
            for heading in headings {
                printer.run("heading", heading);
            }
            printer.run("title", title);
            printer.run("subtitle", subtitle);
            for author in authors {
                printer.author(author);
            }
            for notice in notices {
                printer.run_or_name(&format!("notice {} {}", notice.kind.name(), quoted(&notice.label)), &notice.body);
            }
            for group in groups {
                printer.node(&format!("group {}", quoted(&group.label)), |printer| group.people.iter().for_each(|person| printer.author(person)));
            }
            if let Some(contributions) = contributions {
                printer.node(&format!("contributions {}", quoted(&contributions.label)), |printer| {
                    for (name, credits) in &contributions.lines {
                        printer.name("name", name);
                        credits.iter().for_each(|credit| printer.run("credit", credit));
                    }
                });
            }
            for line in affiliations {
                printer.node(&format!("affiliation{}", hash(line.id.as_ref())), |printer| {
                    printer.run("label", &line.label);
                    printer.run("body", &line.body);
                });
            }
            for note in notes {
                printer.note(note);
            }
            for part in abstracts {
                let kind = part.kind.as_deref().map(|kind| format!(" {kind}")).unwrap_or_default();
                printer.node(&format!("abstract{}{kind} {}", hash(part.id.as_ref()), quoted(&part.label)), |printer| {
                    printer.run("title", &part.title);
                    printer.blocks(&part.blocks);
                });
            }
            for group in keywords {
                printer.node(&format!("keywords {}", quoted(&group.label)), |printer| {
                    printer.run("title", &group.title);
                    for item in &group.items {
                        printer.run("keyword", item);
                    }
                });
            }
            for line in history {
                printer.line(&format!("history {} {}", quoted(&line.label), quoted(&line.date)));
            }
            for said in copyright {
                printer.run("copyright", said);
            }
            for licence in licences {
                printer.node("licence", |printer| printer.blocks(licence));
            }
            for (label, said) in funding {
                printer.run(&format!("funding {}", quoted(label)), said);
            }
            if let Some(citation) = citation {
                printer.line(&format!("citation {} {}", quoted(&citation.label), quoted(&citation.line.text(Some("…")))));
            }
            if !other.is_empty() {
                printer.node("other", |printer| printer.blocks(other));
            }
        });
    }

    fn author(&mut self, author: &Author) {
        let head = format!(
            "author {}{}{}{}{}",
            author.kind,
            hash(author.id.as_ref()),
            flag(author.corresponding, "corresponding"),
            flag(author.equal, "equal"),
            flag(author.deceased, "deceased")
        );
        self.node(&head, |printer| {
            printer.name("name", &author.name);
            printer.value("initials", Some(author.initials.as_str()).filter(|initials| !initials.is_empty()));
            for name in &author.also {
                printer.name("also", name);
            }
            for mark in &author.marks {
                printer.run(&format!("mark -> {}", mark.target.as_str()), &mark.body);
            }
            for at in &author.affiliations {
                printer.line(&format!("affiliation -> {at}"));
            }
            for degree in &author.degrees {
                printer.run("degrees", degree);
            }
            for role in &author.roles {
                printer.run("role", role);
            }
            printer.value("orcid", author.orcid.as_deref());
            for email in &author.emails {
                printer.run(&format!("email {}", email.href), &email.body);
            }
            printer.blocks(&author.about);
        });
    }
}

fn target_name(target: Target) -> &'static str {
    match target {
        Target::Section => "section",
        Target::Block => "block",
        Target::Figure => "figure",
        Target::Table => "table",
        Target::Note => "note",
        Target::Reference => "reference",
        Target::Affiliation => "affiliation",
        Target::Author => "author",
        Target::Citation => "citation",
    }
}
