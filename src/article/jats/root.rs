//! Where the article is in the file.

use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::xml::{Element, Tree};

/// The `article` of the tree: its root, or the one article inside a wrapper (OAI-PMH, `pmc-articleset`).
pub(super) fn find<'a>(log: &mut Log, tree: &'a Tree) -> Option<&'a Element> {
    let mut found = Vec::new();
    gather(&tree.root, &mut found);
    match found.as_slice() {
        [article] => Some(article),
        [] => {
            let name = &tree.root.name;
            let hint = match name.as_str() {
                "html" => "this is a page of HTML; a master is JATS XML",
                "book" => "this is a book (BITS or DocBook); a master is one article",
                _ => "a master has the root `article`",
            };
            log.push(Diagnostic::new(Code::NotJats, format!("the root is `{name}`, which is not a JATS article")).at(tree.root.tag).hint(hint));
            None
        }
        [first, second, ..] => {
            log.push(
                Diagnostic::new(Code::NotJats, format!("the file holds {} articles", found.len()))
                    .at(second.tag)
                    .also(first.tag, "the first is here")
                    .hint("give each article a file of its own"),
            );
            None
        }
    }
}

/// Articles that are not inside another one. DocBook has an `article` too, with none of these children.
fn gather<'a>(element: &'a Element, into: &mut Vec<&'a Element>) {
    let is_jats = element.name == "article" && element.elements().any(|child| matches!(child.name.as_str(), "front" | "body" | "back" | "sub-article"));
    if is_jats {
        into.push(element);
        return;
    }
    for child in element.elements() {
        gather(child, into);
    }
}
