//! White space of a run: one blank where the master has many, none at the ends.
//!
//! 1. [`Reader::tidy`] folds it over the borders of leaves, and takes out what then is empty.
//! 2. A run of nothing but places is none: whatever leads to them leads to no place.

use super::Reader;
use crate::model::Id;
use crate::model::inline::{Inline, Inlines, Link};

impl Reader<'_> {
    /// Folds white space over the borders of leaves: one blank where there are several, none at the ends of the run.
    pub(super) fn tidy(&mut self, inlines: &mut Inlines) {
        let mut state = Blank { before: true, last: None };
        self.tidy_in(inlines, &mut state);
        if let Some(no) = state.last
            && let Some(leaf) = self.leaves.get_mut(no)
        {
            leaf.text.truncate(leaf.text.trim_end_matches(' ').len());
        }
        self.drop_empty(inlines);
        // A run of nothing but places is none.
        if let Some(places) = places(inlines) {
            self.anchors.extend(places);
            inlines.clear();
        }
    }

    fn tidy_in(&mut self, inlines: &mut Inlines, state: &mut Blank) {
        for inline in inlines {
            match inline {
                Inline::Text(no) => {
                    let Some(leaf) = self.leaves.get_mut(*no) else { continue };
                    if state.before && leaf.text.starts_with(' ') {
                        leaf.text.remove(0);
                    }
                    if !leaf.text.is_empty() {
                        state.before = leaf.text.ends_with(' ');
                        state.last = Some(*no);
                    }
                }
                Inline::Generated(text) => {
                    // A blank that a master has at the end of a part is none before the mark that parts it from the next.
                    if text.starts_with([' ', ',', ';', '.', ':'])
                        && let Some(leaf) = state.last.and_then(|no| self.leaves.get_mut(no))
                    {
                        leaf.text.truncate(leaf.text.trim_end_matches(' ').len());
                    }
                    state.before = text.ends_with(' ');
                    state.last = None;
                }
                Inline::Styled(_, body) | Inline::Foreign(_, body) => self.tidy_in(body, state),
                Inline::Ruby(base, above) => {
                    self.tidy_in(base, state);
                    // The reading is a line of its own.
                    self.tidy(above);
                }
                Inline::Link(link) => self.tidy_in(&mut link.body, state),
                // An empty reference will show the label of what it points at.
                Inline::Xref(xref) if xref.body.is_empty() => *state = Blank { before: false, last: None },
                Inline::Xref(xref) => self.tidy_in(&mut xref.body, state),
                Inline::Place(_) => {}
                Inline::Note(_) | Inline::Image(_) | Inline::Formula(_) => *state = Blank { before: false, last: None },
                Inline::Break => {
                    if let Some(leaf) = state.last.and_then(|no| self.leaves.get_mut(no)) {
                        leaf.text.truncate(leaf.text.trim_end_matches(' ').len());
                    }
                    *state = Blank { before: true, last: None };
                }
            }
        }
    }

    /// Takes out leaves that white space was all of, and styles around nothing.
    fn drop_empty(&self, inlines: &mut Inlines) {
        inlines.retain_mut(|inline| match inline {
            Inline::Text(no) => !self.leaves.text(*no).is_empty(),
            Inline::Styled(_, body) | Inline::Foreign(_, body) => {
                self.drop_empty(body);
                !body.is_empty()
            }
            Inline::Ruby(base, above) => {
                self.drop_empty(base);
                !base.is_empty() || !above.is_empty()
            }
            Inline::Link(Link { body, .. }) => {
                self.drop_empty(body);
                !body.is_empty()
            }
            Inline::Xref(xref) => {
                self.drop_empty(&mut xref.body);
                true
            }
            Inline::Generated(text) => !text.is_empty(),
            Inline::Note(_) | Inline::Image(_) | Inline::Formula(_) | Inline::Break | Inline::Place(_) => true,
        });
    }
}

/// The ids of a run that shows nothing; `None` where it shows something.
fn places(run: &[Inline]) -> Option<Vec<Id>> {
    let mut found = Vec::new();
    for inline in run {
        match inline {
            Inline::Place(place) => found.extend(place.id.clone()),
            Inline::Styled(_, body) | Inline::Foreign(_, body) => found.extend(places(body)?),
            Inline::Text(_)
            | Inline::Generated(_)
            | Inline::Link(_)
            | Inline::Xref(_)
            | Inline::Note(_)
            | Inline::Image(_)
            | Inline::Formula(_)
            | Inline::Ruby(..)
            | Inline::Break => return None,
        }
    }
    Some(found)
}

/// Where the last blank was.
struct Blank {
    before: bool,
    last: Option<crate::leaf::LeafNo>,
}
