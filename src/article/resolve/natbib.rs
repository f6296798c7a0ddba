//! Labels of references as LaTeX's natbib writes them: `Smith et al.(2010)Smith, Jones, and Brown`.
//!
//! 1. Such a label is no mark of the list but how the text cites: authors in short, year, authors in full. It is taken out of the list where every
//!    label is one.
//! 2. An empty citation shows authors and year, in the brackets that its place asks for ([`Keys::citation`]).
//!
//! The journals of Copernicus are written so.

use indexmap::IndexMap;

use super::walk;
use crate::leaf::{Leaves, Reason};
use crate::model::block::Block;
use crate::model::inline::{Inline, Inlines};
use crate::model::reference::ReferenceList;
use crate::model::walk::{VisitMut, walk_block_mut};
use crate::model::{Article, Id, plain};

/// How the text cites each reference whose label is one of natbib.
#[derive(Default)]
pub(super) struct Keys(IndexMap<Id, Key>);

struct Key {
    authors: String,
    year: String,
}

impl Keys {
    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The citation of these references: “Smith (2010)” where the sentence names the authors, else “(Smith, 2010; Jones, 2012)”, without brackets inside
    /// brackets. `None` where one of them has no such label.
    pub(super) fn citation(&self, rids: &[Id], narrative: bool, bare: bool) -> Option<String> {
        let keys: Vec<&Key> = rids.iter().map(|rid| self.0.get(rid)).collect::<Option<_>>()?;
        let all = |pattern: &dyn Fn(&Key) -> String| keys.iter().map(|key| pattern(key)).collect::<Vec<_>>().join("; ");
        Some(match (narrative, bare) {
            (_, true) => all(&|key| format!("{}, {}", key.authors, key.year)),
            (true, false) => all(&|key| format!("{} ({})", key.authors, key.year)),
            (false, false) => format!("({})", all(&|key| format!("{}, {}", key.authors, key.year))),
        })
    }
}

/// Takes such labels out of lists that have no others.
pub(super) fn take(article: &mut Article, leaves: &mut Leaves) -> Keys {
    let mut taker = Taker { leaves, keys: Keys::default() };
    walk::text(&mut taker, article);
    let keys = taker.keys;
    if !keys.is_empty() {
        leaves.sort_omissions();
    }
    keys
}

struct Taker<'a> {
    leaves: &'a mut Leaves,
    keys: Keys,
}

impl Taker<'_> {
    fn list(&mut self, list: &mut ReferenceList) {
        let keys: Option<Vec<(Id, Key)>> = list.items.iter().map(|item| Some((item.id.clone()?, key(&plain::title(self.leaves, &item.label))?))).collect();
        if let Some(keys) = keys.filter(|_| list.items.iter().all(|item| texts(&item.label).is_some())) {
            for item in &mut list.items {
                for no in texts(&std::mem::take(&mut item.label)).unwrap_or_default() {
                    self.leaves.retire(no, Reason::Formatted);
                }
            }
            self.keys.0.extend(keys);
        }
        for inner in &mut list.lists {
            self.list(inner);
        }
    }
}

impl VisitMut for Taker<'_> {
    fn block(&mut self, block: &mut Block) {
        if let Block::References(list) = block {
            self.list(list);
        }
        walk_block_mut(self, block);
    }
}

/// The leaves of a run of nothing but text.
pub(super) fn texts(run: &Inlines) -> Option<Vec<crate::leaf::LeafNo>> {
    run.iter().map(|inline| if let Inline::Text(no) = inline { Some(*no) } else { None }).collect()
}

/// A label taken apart: `authors(year)all authors`.
fn key(label: &str) -> Option<Key> {
    let (authors, rest) = label.split_once('(')?;
    let (year, _) = rest.split_once(')')?;
    let is_year = year.len() >= 4 && year.bytes().take(4).all(|byte| byte.is_ascii_digit()) && year.chars().count() <= 6;
    let is_name = authors.chars().any(char::is_alphabetic) && !authors.ends_with(' ');
    (is_year && is_name).then(|| Key { authors: authors.to_owned(), year: year.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::super::testing::resolved;

    const LIST: &str = "<ref-list><ref id='r1'><label>Smith et al.(2010)Smith, Jones, and Brown</label><mixed-citation>Smith, A.: B, 2010.</mixed-citation></ref>\
                        <ref id='r2'><label>Sato(2015a)</label><mixed-citation>Sato, C.: D, 2015a.</mixed-citation></ref></ref-list>";

    #[test]
    fn the_text_cites_as_the_labels_say() {
        let body = "<p>So <xref ref-type='bibr' rid='r1 r2' id='paren.1'/>; (see <xref ref-type='bibr' rid='r2' id='altparen.2'/>); by <xref ref-type='bibr' rid='r1' id='text.3'/></p>";
        let resolved = resolved("", body, LIST);
        resolved.says(&[]);
        resolved.shows("xref citation #cite-1 -> r1 r2 +\"(Smith et al., 2010; Sato, 2015a)\"");
        resolved.shows("xref citation #cite-2 -> r2 +\"Sato, 2015a\"");
        resolved.shows("xref citation #cite-3 -> r1 +\"Smith et al. (2010)\"");
        resolved.lacks("label");
    }

    #[test]
    fn other_labels_stay() {
        let body = "<p>So <xref ref-type='bibr' rid='r1'/></p>";
        resolved("", body, "<ref-list><ref id='r1'><label>Smith (2010)</label><mixed-citation>Smith</mixed-citation></ref></ref-list>")
            .shows("label \"Smith (2010)\"");
    }
}
