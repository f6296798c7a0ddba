//! What points at what: the attributes of JATS that hold ids (tag library: `@rid` and its kin, of type IDREF and IDREFS).

use article::source::{Source, Span};
use article::xml::{Element, Tree};

/// The attributes that hold ids of other elements.
const POINTERS: [&str; 6] = ["rid", "rids", "alternate-form-of", "headers", "award-id-ref", "source-id"];

/// The ids that a place points at: the one that is pointed to, or all of the element in whose start tag it lies.
pub(super) fn pointed(source: &Source, tree: &Tree, at: u32) -> Vec<String> {
    let path = tree.around(at);
    let Some(element) = path.last() else { return Vec::new() };
    let pointers: Vec<_> = element.attributes.iter().filter(|attribute| POINTERS.contains(&attribute.name.as_str())).collect();
    if let Some(attribute) = pointers.iter().find(|attribute| attribute.span.start <= at && at <= attribute.span.end) {
        let text = source.slice(attribute.span);
        let within = (at - attribute.span.start) as usize;
        let start = text.get(..within).map_or(0, |before| before.rfind(char::is_whitespace).map_or(0, |blank| blank + 1));
        let end = text.get(within..).and_then(|after| after.find(char::is_whitespace)).map_or(text.len(), |blank| within + blank);
        return text.get(start..end).filter(|id| !id.is_empty()).map(str::to_owned).into_iter().collect();
    }
    pointers.iter().flat_map(|attribute| attribute.value.split_whitespace()).map(str::to_owned).collect()
}

/// The element with an id.
pub(super) fn named<'a>(tree: &'a Tree, id: &str) -> Option<&'a Element> {
    let mut found = None;
    tree.root.each(&mut |element| {
        if found.is_none() && element.attribute("id").is_some_and(|attribute| attribute.value == id) {
            found = Some(element);
        }
    });
    found
}

/// The id of the element whose start tag lies at a place.
pub(super) fn own_id(tree: &Tree, at: u32) -> Option<&str> {
    let element = *tree.around(at).last()?;
    (element.tag.start <= at && at < element.tag.end).then(|| element.value("id")).flatten()
}

/// Every place that points at an id.
pub(super) fn pointing(tree: &Tree, id: &str) -> Vec<Span> {
    let mut found = Vec::new();
    tree.root.each(&mut |element| {
        let is_pointer =
            |attribute: &&article::xml::Attribute| POINTERS.contains(&attribute.name.as_str()) && attribute.value.split_whitespace().any(|rid| rid == id);
        found.extend(element.attributes.iter().filter(is_pointer).map(|attribute| attribute.span));
    });
    found
}
