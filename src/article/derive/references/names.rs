//! Names in references: `Иванов И. И.`, `Иванов, И. И.`, `И. И. Иванов`.

use crate::model::plain;

/// A person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Person {
    /// The surname, with what belongs to it.
    pub(super) surname: String,
    /// The initials, with a blank between two; empty for a whole name.
    pub(super) initials: String,
}

impl Person {
    /// `Иванов И. И.`
    pub(super) fn sorted(&self) -> String {
        plain::join(&[&self.surname, &self.initials], " ")
    }

    /// `И. И. Иванов`
    pub(super) fn spoken(&self) -> String {
        plain::join(&[&self.initials, &self.surname], " ")
    }
}

/// Words in small letters that belong to a surname.
const PARTICLES: [&str; 18] = ["де", "дер", "ван", "фон", "фан", "ди", "да", "дю", "ла", "ле", "эль", "аль", "ибн", "de", "van", "von", "der", "di"];

/// What stands for further authors.
const MORE: [&str; 12] =
    ["[и др.]", "и др.", "[и др]", "[et al.]", "et al.", "[ж. б.]", "ж. б.", "[және т. б.]", "және т. б.", "[та ін.]", "та ін.", "[и другие]"];

/// Names with the surname first at the head of a text, whether there are more of them, and what follows.
pub(super) fn at_head(text: &str) -> (Vec<Person>, bool, &str) {
    let mut people = Vec::new();
    let mut rest = text.trim_start();
    while let Some((person, after)) = surname_first(rest) {
        people.push(person);
        rest = after;
        let Some(next) = between(rest) else { break };
        if surname_first(next).is_none() {
            break;
        }
        rest = next;
    }
    if people.is_empty() {
        return (people, false, rest);
    }
    let (more, after) = further(rest);
    (people, more, after.trim_start_matches([',', '.', ':', ' ']))
}

/// A run of names with the initials first that fills a text, and whether there are more. `None` where something else stands in it.
pub(super) fn all(text: &str) -> Option<(Vec<Person>, bool)> {
    let mut people = Vec::new();
    let mut rest = text.trim();
    loop {
        let (person, after) = initials_first(rest)?;
        people.push(person);
        rest = after;
        match between(rest) {
            Some(next) if initials_first(next).is_some() => rest = next,
            Some(_) | None => break,
        }
    }
    let (more, rest) = further(rest);
    rest.trim_matches(['.', ',', ' ']).is_empty().then_some((people, more))
}

/// What follows the sign between two names.
fn between(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let next = text.strip_prefix(',').or_else(|| text.strip_prefix("и ")).or_else(|| text.strip_prefix("and ")).or_else(|| text.strip_prefix("& "))?;
    Some(next.trim_start())
}

/// Whether a text goes on with words for further authors, and what follows them.
fn further(text: &str) -> (bool, &str) {
    let head = text.trim_start_matches([',', ' ']);
    match MORE.iter().find_map(|more| head.strip_prefix(more)) {
        Some(rest) => (true, rest),
        None => (false, text),
    }
}

fn surname_first(text: &str) -> Option<(Person, &str)> {
    let (surname, rest) = surname(text)?;
    let rest = rest.trim_start();
    let (initials, rest) = initials(rest.strip_prefix(',').unwrap_or(rest).trim_start())?;
    Some((Person { surname, initials }, rest))
}

fn initials_first(text: &str) -> Option<(Person, &str)> {
    let (initials, rest) = initials(text)?;
    let (surname, rest) = surname(rest.trim_start())?;
    Some((Person { surname, initials }, rest))
}

/// A surname: a word with a capital and small letters, particles before it.
fn surname(text: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut rest = text;
    loop {
        let (word, after) = word(rest);
        let is_particle = PARTICLES.contains(&word) || (word.to_lowercase() != word && PARTICLES.contains(&word.to_lowercase().as_str()));
        if is_particle && after.starts_with(' ') && word.chars().count() > 1 {
            name.push_str(word);
            name.push(' ');
            rest = after.trim_start();
            continue;
        }
        let mut letters = word.chars();
        let is_name = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(|char| char.is_alphabetic() || is_joiner(char));
        return (is_name && !after.starts_with('.')).then(|| (name + word, after));
    }
}

/// The letters at the head of a text, with what joins two parts of a name.
fn word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|char: char| !(char.is_alphabetic() || is_joiner(char))).unwrap_or(text.len()))
}

fn is_joiner(char: char) -> bool {
    matches!(char, '-' | '‐' | '‑' | '\'' | '’')
}

/// One or two initials, `И. И.`, `Дж.`, `Ж.-П.`, each a capital with at most two small letters and a stop.
fn initials(text: &str) -> Option<(String, &str)> {
    let mut out: Vec<String> = Vec::new();
    let mut rest = text;
    while out.len() < 2 {
        let Some((initial, after)) = initial(rest.trim_start()) else { break };
        let mut initial = initial.to_owned();
        rest = after;
        if let Some((second, after)) = rest.strip_prefix(['-', '‐', '‑']).and_then(self::initial) {
            initial.push('-');
            initial.push_str(second);
            rest = after;
        }
        out.push(initial);
    }
    (!out.is_empty()).then(|| (out.join(" "), rest))
}

fn initial(text: &str) -> Option<(&str, &str)> {
    let end = text.find('.')?;
    let mut letters = text[..end].chars();
    let is_initial = letters.next().is_some_and(char::is_uppercase) && letters.clone().count() <= 2 && letters.all(char::is_lowercase);
    is_initial.then(|| text.split_at(end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_titles() {
        let head = |text: &str| {
            let (people, more, rest) = at_head(text);
            (people.iter().map(Person::sorted).collect::<Vec<_>>().join("; "), more, rest.to_owned())
        };
        let is = |text: &str, names: &str, more: bool, rest: &str| assert_eq!(head(text), (names.to_owned(), more, rest.to_owned()), "{text}");
        is("Иванов И. И., Петров П.П. Название", "Иванов И. И.; Петров П. П.", false, "Название");
        is("Иванов, И. И. Название", "Иванов И. И.", false, "Название");
        is("Ким Ю., Сартр Ж.-П. [и др.] О реках", "Ким Ю.; Сартр Ж.-П.", true, "О реках");
        is("Джонсон Дж. О реках", "Джонсон Дж.", false, "О реках");
        is("фон Вригт Г. Х. Логика", "фон Вригт Г. Х.", false, "Логика");
        is("Конституция Кыргызской Республики", "", false, "Конституция Кыргызской Республики");
        is("Асанов А. А. и Усенов К. К. Жол", "Асанов А. А.; Усенов К. К.", false, "Жол");
        is("История СССР. Т. 1", "", false, "История СССР. Т. 1");
    }

    #[test]
    fn a_statement_of_responsibility_may_be_names_alone() {
        let people = |text: &str| all(text).map(|(people, more)| (people.iter().map(Person::sorted).collect::<Vec<_>>().join("; "), more));
        assert_eq!(people("И. И. Иванов, П. П. Петров [и др.]"), Some(("Иванов И. И.; Петров П. П.".into(), true)));
        assert_eq!(people("Институт истории"), None);
        assert_eq!(people("И. И. Иванов ; под ред. П. П. Петрова"), None);
    }
}
