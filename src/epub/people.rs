//! What is said of an article and its people beside the byline: notices, groups of people, contributions.

use article::edition::{Contributions, FrontMatter, PeopleGroup};

use crate::dom::{Element, Node};
use crate::writer::Writer;

impl Writer<'_> {
    /// What is to be known before reading. A warning is one for readers that speak, too.
    pub(crate) fn notices(&mut self, front: &FrontMatter) -> Vec<Node> {
        let mut out: Vec<Node> = Vec::new();
        for notice in &front.notices {
            let class = if notice.kind.is_warning() { "notice warning" } else { "notice" };
            let mut line = Element::new("p").class(class);
            let label = self.generated_label(&notice.label, if notice.body.is_empty() { "" } else { ":" });
            line.children.extend(if notice.body.is_empty() { crate::writer::trimmed(label) } else { label });
            line.children.extend(self.inlines(&notice.body));
            out.push(line.into());
        }
        out
    }

    /// Members of groups, editors, translators, reviewers; then what each author did.
    pub(crate) fn people(&mut self, front: &FrontMatter, anchors: &[String]) -> Vec<Node> {
        let mut out: Vec<Node> = Vec::new();
        for group in &front.groups {
            out.extend(self.group(front, group, anchors));
        }
        out.extend(front.contributions.as_ref().map(|contributions| self.contributions(contributions)));
        out
    }

    /// One group in a run: names with commas between them, semicolons where more is said of them.
    fn group(&mut self, front: &FrontMatter, group: &PeopleGroup, anchors: &[String]) -> Vec<Node> {
        let mut run = Element::new("p").class("people");
        run.children.extend(self.generated_label(&group.label, ":"));
        let brief = group.people.iter().all(|person| person.degrees.is_empty() && person.roles.is_empty() && person.emails.is_empty());
        let mut about = Vec::new();
        for (at, person) in group.people.iter().enumerate() {
            if at > 0 {
                run.push(Node::Text(if brief { ", " } else { "; " }.to_owned()));
            }
            let (id, line) = self.author(front, person, anchors);
            run.push(Element::new("span").class("author").id(id).children(line));
            let blocks = self.blocks(&person.about);
            if !blocks.is_empty() {
                about.push(Element::new("div").class("about").children(blocks).into());
            }
        }
        std::iter::once(run.into()).chain(about).collect()
    }

    fn contributions(&mut self, contributions: &Contributions) -> Node {
        let mut run = Element::new("p").class("contributions");
        run.children.extend(self.generated_label(&contributions.label, "."));
        for (at, (name, credits)) in contributions.lines.iter().enumerate() {
            if at > 0 {
                run.push(Node::Text("; ".to_owned()));
            }
            let name = self.name(name);
            run.push(Element::new("span").class("name").children(name));
            for (at, credit) in credits.iter().enumerate() {
                run.push(Node::Text(if at > 0 { ", " } else { ": " }.to_owned()));
                run.children.extend(self.inlines(credit));
            }
        }
        run.push(Node::Text(".".to_owned()));
        run.into()
    }
}
