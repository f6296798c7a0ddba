//! What an editor shows of the place under the pointer: what becomes of the element, and what it points at.

use article::jats::elements;
use article::xml::{Element, Tree};

use super::outline::{name, short};
use super::target;

/// A text about a place, as Markdown, and the element that it is about.
pub(super) fn of<'a>(source: &article::source::Source, tree: &'a Tree, at: u32) -> Option<(String, &'a Element)> {
    let path = tree.around(at);
    let element = *path.last()?;
    let mut text = format!("**`{}`**", element.name);
    match elements::all().find(|known| known.name == element.name) {
        Some(known) => text.push_str(&format!(": {} ({})", known.becomes, elements::how(known.taken))),
        None if element.name.starts_with("mml:") => text.push_str(": a part of a formula"),
        None => text.push_str(": not known here; its text is kept, and a warning names it"),
    }
    for id in target::pointed(source, tree, at) {
        match target::named(tree, &id) {
            Some(target) => text.push_str(&format!("\n\n`{id}` → `{}`: {}", target.name, escaped(&said(target)))),
            None => text.push_str(&format!("\n\n`{id}` is the id of no element")),
        }
    }
    if let Some(id) = target::own_id(tree, at) {
        let count = target::pointing(tree, id).len();
        let times = match count {
            0 => "nothing points here".to_owned(),
            1 => "1 place points here".to_owned(),
            count => format!("{count} places point here"),
        };
        text.push_str(&format!("\n\n`{id}`: {times}"));
    }
    Some((text, element))
}

/// What an element says: its label and title, else the beginning of its text.
fn said(element: &Element) -> String {
    let named = name(element);
    if named == element.name { short(&element.plain_text()) } else { named }
}

/// A text in which Markdown has nothing to say.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
