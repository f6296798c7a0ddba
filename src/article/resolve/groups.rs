//! Whoever is no author: editors, translators, reviewers, members of a group of authors.
//!
//! 1. People of one task stand in one group; those whose role the master says, in another.
//! 2. The members of a group of authors stand in a group that has its name.
//! 3. A group is labelled when it is known how many are in it.

use crate::edition::{Author, FrontMatter, PeopleGroup};
use crate::lang::Lang;
use crate::lang::label::Label;
use crate::lang::lexicon::Lexicon;
use crate::leaf::Leaves;
use crate::model::front::Task;
use crate::model::inline::Inline;
use crate::model::plain;

/// In the byline whoever is no author has a role: the master's, else the word for the task.
pub(super) fn with_role(task: Task, lang: &Lang, words: &Lexicon<'_>, mut author: Author) -> Author {
    if let Some(label) = Label::of_task(task, false).filter(|_| author.roles.is_empty()) {
        author.roles.push(vec![Inline::Generated(words.word(lang, label).to_lowercase())]);
    }
    author
}

/// Who had which part, for each front matter: what the groups in it are.
pub(super) struct Groups {
    keys: Vec<Vec<GroupKey>>,
}

#[derive(PartialEq)]
struct GroupKey {
    task: Task,
    /// Whether the master says the role of each.
    has_roles: bool,
    /// The group of authors of which these are members.
    of: Option<String>,
}

impl Groups {
    pub(super) fn new(fronts: usize) -> Self {
        Self { keys: (0..fronts).map(|_| Vec::new()).collect() }
    }

    pub(super) fn add(&mut self, front: &mut FrontMatter, slot: usize, task: Task, is_member: bool, author: Author, leaves: &Leaves) {
        let group = || front.authors.iter().rev().find(|author| author.name.collective).map(|author| plain::title(leaves, &author.name.whole));
        let key = GroupKey { task, has_roles: !author.roles.is_empty(), of: if is_member { Some(group().unwrap_or_default()) } else { None } };
        let Some(keys) = self.keys.get_mut(slot) else { return };
        match keys.iter().position(|known| *known == key).and_then(|at| front.groups.get_mut(at)) {
            Some(group) => group.people.push(author),
            None => {
                keys.push(key);
                front.groups.push(PeopleGroup { label: String::new(), people: vec![author] });
            }
        }
    }

    /// Labels the groups, now that it is known how many are in each.
    pub(super) fn name(self, fronts: &mut [FrontMatter], words: &Lexicon<'_>) {
        for (front, keys) in fronts.iter_mut().zip(self.keys) {
            for (group, key) in front.groups.iter_mut().zip(keys) {
                group.label = match key.of {
                    Some(name) => name,
                    None if key.has_roles => String::new(),
                    None => Label::of_task(key.task, group.people.len() > 1).map_or("", |label| words.word(&front.lang, label)).to_owned(),
                };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::resolved;

    fn person(kind: &str, name: &str, inside: &str) -> String {
        format!("<contrib contrib-type='{kind}'><name><surname>{name}</surname></name>{inside}</contrib>")
    }

    #[test]
    fn people_of_one_task_stand_together() {
        let people = person("author", "A", "")
            + &person("editor", "B", "")
            + &person("editor", "C", "")
            + &person("translator", "D", "")
            + &person("editor", "E", "<role>Chief</role>");
        let resolved = resolved(&format!("<contrib-group>{people}</contrib-group>"), "<p>x</p>", "");
        resolved.says(&[]);
        resolved.shows("group \"Editors\"\nauthor editor\nname\nsurname \"B\"\nauthor editor\nname\nsurname \"C\"\ngroup \"Translator\"");
        resolved.shows("group \"\"\nauthor editor\nname\nsurname \"E\"\nrole \"Chief\"");
    }

    #[test]
    fn members_stand_under_the_name_of_their_group() {
        let group = "<contrib contrib-type='author'><collab>The Group<contrib-group><contrib><name><surname>M</surname></name></contrib></contrib-group></collab></contrib>";
        resolved(&format!("<contrib-group>{group}</contrib-group>"), "<p>x</p>", "").shows("group \"The Group\"\nauthor member\nname\nsurname \"M\"");
    }

    #[test]
    fn where_nobody_is_an_author_all_are_named_with_their_task() {
        let resolved = resolved(&format!("<contrib-group>{}</contrib-group>", person("reviewer", "R", "")), "<p>x</p>", "");
        resolved.shows("author reviewer\nname\nsurname \"R\"\nrole +\"reviewer\"");
        resolved.lacks("group");
    }
}
