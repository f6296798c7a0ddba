//! The front matter of an article as indented text.

use super::{Printer, flag, hash, quoted, tag};
use crate::model::front::{Affiliation, Contributor, Date, DateKind, Front, Name, NameOrder, Scheme};

impl Printer<'_> {
    pub(super) fn front(&mut self, front: &Front) {
        let Front {
            journal,
            issue,
            identifiers,
            headings,
            codes,
            subjects,
            titles,
            running_titles,
            contributors,
            affiliations,
            author_notes,
            abstracts,
            keywords,
            dates,
            copyright,
            licences,
            funding,
            funding_again: _,
            notices,
            other,
        } = front;
        for title in &journal.titles {
            self.line(&format!("journal {} {}", title.lang.tag(), quoted(&title.said)));
        }
        self.value("abbreviation", journal.abbreviation.as_deref());
        for issn in &journal.issns {
            self.value("issn", Some(issn));
        }
        for publisher in &journal.publishers {
            self.line(&format!("publisher {} {}", publisher.lang.tag(), quoted(&publisher.said)));
        }
        self.value("place", journal.place.as_deref());
        self.value("volume", issue.volume.as_deref());
        self.value("number", issue.number.as_deref());
        self.value("part", issue.part.as_deref());
        self.value("supplement", issue.supplement.as_deref());
        self.value("pages", issue.pages.as_deref());
        self.value("first-page", issue.first_page.as_deref());
        self.value("last-page", issue.last_page.as_deref());
        self.value("elocation", issue.elocation.as_deref());
        self.value("year", issue.year.map(|year| year.to_string()).as_deref());
        for id in identifiers {
            self.line(&format!("identifier {} {}", id.kind, quoted(&id.value)));
        }
        for heading in headings {
            self.run(&format!("heading {}", heading.lang.tag()), &heading.said);
        }
        for code in codes {
            self.run(&format!("code {}{}{}", scheme_name(code.scheme), tag(code.lang.as_ref()), flag(code.named, "named")), &code.body);
        }
        for subject in subjects {
            self.line(&format!("subject {} {}", subject.lang.tag(), quoted(&subject.said)));
        }
        for title in titles {
            self.run(&format!("title {}", title.lang.tag()), &title.said.title);
            self.run(&format!("subtitle {}", title.lang.tag()), &title.said.subtitle);
        }
        for title in running_titles {
            self.line(&format!("running-title {} {}", title.lang.tag(), quoted(&title.said)));
        }
        for contributor in contributors {
            self.contributor(contributor);
        }
        for affiliation in affiliations {
            self.affiliation(affiliation);
        }
        for note in author_notes {
            self.note(note);
        }
        for part in abstracts {
            let kind = part.said.kind.as_deref().map(|kind| format!(" {kind}")).unwrap_or_default();
            self.node(&format!("abstract {}{}{kind}", part.lang.tag(), hash(part.said.id.as_ref())), |printer| {
                printer.run("title", &part.said.title);
                printer.blocks(&part.said.blocks);
            });
        }
        for group in keywords {
            let kind = group.said.kind.as_deref().map(|kind| format!(" {kind}")).unwrap_or_default();
            self.node(&format!("keywords {}{kind}", group.lang.tag()), |printer| {
                printer.run("title", &group.said.title);
                for item in &group.said.items {
                    printer.run("keyword", item);
                }
            });
        }
        for date in dates {
            self.line(&format!("{} {}", event_name(date.kind), iso(date.date)));
        }
        for said in copyright {
            self.run(&format!("copyright {}", said.lang.tag()), &said.said);
        }
        for licence in licences {
            self.node(&format!("licence {} {}", licence.lang.tag(), licence.said.href.as_deref().unwrap_or_default()), |printer| {
                printer.blocks(&licence.said.blocks);
            });
        }
        for said in funding {
            self.run(&format!("funding {}", said.lang.tag()), &said.said);
        }
        for notice in notices {
            self.run_or_name(&format!("notice {} {}", notice.kind.name(), notice.href.as_deref().unwrap_or("-")), &notice.body);
        }
        if !other.is_empty() {
            self.node("other", |printer| printer.blocks(other));
        }
    }

    fn contributor(&mut self, contributor: &Contributor) {
        let head = format!(
            "contributor {}{}{}{}{}",
            contributor.kind,
            hash(contributor.id.as_ref()),
            flag(contributor.corresponding, "corresponding"),
            flag(contributor.equal, "equal"),
            flag(contributor.deceased, "deceased")
        );
        self.node(&head, |printer| {
            for name in &contributor.names {
                printer.name("name", name);
            }
            for said in &contributor.degrees {
                printer.run(&format!("degrees {}", said.lang.tag()), &said.said);
            }
            for said in &contributor.roles {
                printer.run(&format!("role {}", said.lang.tag()), &said.said);
            }
            for said in &contributor.credits {
                printer.run(&format!("credit {}", said.lang.tag()), &said.said);
            }
            printer.value("orcid", contributor.orcid.as_deref());
            for (kind, value) in &contributor.identifiers {
                printer.line(&format!("identifier {kind} {}", quoted(value)));
            }
            for email in &contributor.emails {
                printer.run(&format!("email {}", email.href), &email.body);
            }
            for xref in &contributor.xrefs {
                printer.inline(&crate::model::inline::Inline::Xref(xref.clone()));
            }
            for id in &contributor.affiliations {
                printer.line(&format!("affiliation -> {}", id.as_str()));
            }
            printer.blocks(&contributor.about);
        });
    }

    /// A name with its parts in the order of the model.
    pub(super) fn name(&mut self, head: &str, name: &Name) {
        let order = match name.order {
            NameOrder::GivenFirst => "",
            NameOrder::SurnameFirst => " surname-first",
        };
        self.node(&format!("{head}{}{order}{}", tag(name.lang.as_ref()), flag(name.collective, "collective")), |printer| {
            printer.run("prefix", &name.prefix);
            printer.run("given", &name.given);
            printer.value("initials", name.initials.as_deref());
            printer.run("surname", &name.surname);
            printer.run("suffix", &name.suffix);
            printer.run("whole", &name.whole);
        });
    }

    fn affiliation(&mut self, affiliation: &Affiliation) {
        self.node(&format!("affiliation{}", hash(affiliation.id.as_ref())), |printer| {
            for form in &affiliation.forms {
                printer.node(&format!("form{}{}", tag(form.lang.as_ref()), hash(form.id.as_ref())), |printer| {
                    printer.run("label", &form.label);
                    printer.run("body", &form.body);
                });
            }
        });
    }
}

/// A date as in ISO 8601, with what is missing left out.
pub(super) fn iso(date: Date) -> String {
    let mut text = date.year.to_string();
    for part in [date.month, date.day].into_iter().flatten() {
        text.push_str(&format!("-{part:02}"));
    }
    text
}

fn event_name(kind: DateKind) -> &'static str {
    match kind {
        DateKind::Received => "received",
        DateKind::Revised => "revised",
        DateKind::Approved => "approved",
        DateKind::Accepted => "accepted",
        DateKind::Published => "published",
        DateKind::Other => "other-date",
    }
}

/// The name of a classification in print.
pub(super) fn scheme_name(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Udc => "udc",
        Scheme::Bbk => "bbk",
        Scheme::Mrnti => "mrnti",
        Scheme::Grnti => "grnti",
        Scheme::Jel => "jel",
        Scheme::Msc => "msc",
        Scheme::Pacs => "pacs",
    }
}
