//! References inside the article: each `rid` points at something.
//!
//! 1. An alias of an affiliation becomes its id; an id without a place of its own in the model is no target.
//! 2. A `rid` that no element has is reported, once for each id, and taken out; a reference without any is replaced by what it shows.
//! 3. A reference that shows nothing shows the label of what it points at.

use indexmap::{IndexMap, IndexSet};

use super::format::Cited;
use super::ids::Ids;
use super::marks::lowered;
use super::names::Names;
use super::natbib::Keys;
use super::{people, walk};
use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::edition::Target;
use crate::lang::Lang;
use crate::leaf::Leaves;
use crate::model::block::{Block, Paragraph};
use crate::model::front::Front;
use crate::model::inline::{Inline, Inlines, Style, Xref, XrefKind};
use crate::model::walk::{VisitMut, walk_inline_mut, walk_inlines_mut};
use crate::model::{Article, Id, plain};
use crate::source::Span;

/// How many further places are shown with one complaint.
pub(super) const SHOWN: usize = 8;

/// Makes every reference of the article point at something.
pub(super) fn settle(log: &mut Log, article: &mut Article, leaves: &Leaves, ids: &Ids, cited: Option<&Cited>, keys: &Keys) {
    let names = Names::of(article, leaves);
    let mut settler = Settler {
        ids,
        names,
        leaves,
        cited,
        keys,
        raised: false,
        anchors: std::mem::take(&mut article.anchors).into_iter().collect(),
        dangling: IndexMap::new(),
    };
    for (main, front) in walk::fronts(article) {
        settler.people(main, front);
    }
    walk::article(&mut settler, article);
    let dangling = settler.dangling;
    for (id, places) in dangling {
        report(log, ids, &id, &places);
    }
}

struct Settler<'a> {
    ids: &'a Ids,
    leaves: &'a Leaves,
    /// How the text cites, where a style says it.
    cited: Option<&'a Cited>,
    keys: &'a Keys,
    /// Inside a superscript.
    raised: bool,
    names: Names,
    anchors: IndexSet<Id>,
    dangling: IndexMap<Id, Vec<(XrefKind, Span)>>,
}

impl Settler<'_> {
    /// The references of contributors.
    fn people(&mut self, main: &Lang, front: &mut Front) {
        for contributor in &mut front.contributors {
            for id in &mut contributor.affiliations {
                if let Some(canonical) = self.ids.aliases.get(id) {
                    *id = canonical.clone();
                }
            }
            let mut lost = Inlines::new();
            contributor.xrefs.retain_mut(|xref| {
                self.aim(xref);
                if xref.rids.is_empty() {
                    lost.append(&mut xref.body);
                }
                !xref.rids.is_empty()
            });
            if lost.is_empty() {
                continue;
            }
            // A mark that leads nowhere is still shown: after the name, where it stood.
            match people::main_name(&contributor.names, main).and_then(|at| contributor.names.get_mut(at)) {
                Some(name) => {
                    let part = if name.whole.is_empty() { &mut name.suffix } else { &mut name.whole };
                    part.push(Inline::Styled(Style::Superscript, lowered(lost)));
                }
                None => contributor.about.push(Block::Paragraph(Paragraph { id: None, continued: false, body: lost, span: contributor.span })),
            }
        }
    }

    /// Leaves only the ids that something has, each once.
    fn aim(&mut self, xref: &mut Xref) {
        let mut aimed = IndexSet::new();
        for rid in xref.rids.drain(..) {
            let rid = self.ids.aliases.get(&rid).cloned().unwrap_or(rid);
            if self.ids.index.contains_key(&rid) {
                aimed.insert(rid);
            } else if !self.anchors.contains(&rid) {
                self.dangling.entry(rid).or_default().push((xref.kind, xref.span));
            }
        }
        xref.rids = aimed.into_iter().collect();
    }

    /// Gives the empty citations of a run their text, in the brackets of the style where the run has none open.
    fn cite(&self, run: &mut Inlines) {
        let mut depth = 0_i32;
        for inline in run {
            if let Inline::Xref(xref) = inline
                && xref.kind == XrefKind::Citation
                && xref.body.is_empty()
            {
                let bare = self.raised || depth > 0;
                let keyed = self.keys.citation(&xref.rids, xref.narrative, bare);
                xref.body = vec![Inline::Generated(keyed.unwrap_or_else(|| self.names.citation(&xref.rids, self.cited, bare)))];
            }
            for c in plain::text(self.leaves, std::slice::from_ref(inline)).chars() {
                match c {
                    '(' | '[' => depth += 1,
                    ')' | ']' => depth -= 1,
                    _ => {}
                }
            }
        }
    }
}

/// Empty references in a row: what stands before the next one, and the word that the text has said for them, as in “Figs. 1 and 2”.
#[derive(Default)]
struct Series {
    before: String,
    word: Option<String>,
    /// Whether they stand in a bracket of the text.
    enclosed: bool,
}

impl Series {
    fn text(&mut self, text: &str) {
        self.before.push_str(text);
    }

    /// A name without the word that it begins with, where the text has said that word: “Fig.” before “Figure 1” leaves “1”.
    fn name(&mut self, name: String) -> String {
        let before = std::mem::take(&mut self.before);
        self.enclosed = before.ends_with('(') || self.enclosed && !before.contains(')');
        // “Eq. (” has the brackets of “(1)” already.
        let bare = name.strip_prefix('(').and_then(|name| name.strip_suffix(')')).filter(|bare| self.enclosed && !bare.contains(')'));
        let name = bare.map_or_else(|| name.clone(), str::to_owned);
        let said = said_before(&before);
        let (word, _) = parted(&name);
        let repeats = said.is_some_and(|said| is_short_for(&said, &word));
        let goes_on = self.word.as_ref() == Some(&word) && before.chars().count() <= 16 && !before.contains(". ");
        let parts: Vec<(String, &str)> = name.split(", ").map(parted).collect();
        if word.is_empty() || !(repeats || goes_on) || parts.iter().any(|(own, rest)| *own != word || rest.is_empty()) {
            self.word = None;
            return name;
        }
        let shortened = parts.iter().map(|(_, rest)| *rest).collect::<Vec<_>>().join(", ");
        self.word = Some(word);
        shortened
    }
}

/// The word that a label begins with, in small letters, and its number.
fn parted(label: &str) -> (String, &str) {
    let end = label.find(|c: char| !c.is_alphabetic()).unwrap_or(label.len());
    let rest = label[end..].trim_start_matches(['.', ' ', '\u{a0}', '\u{202f}']);
    (label[..end].to_lowercase(), if rest.chars().any(char::is_numeric) { rest } else { "" })
}

/// The last word of a text where nothing but a stop and a blank follow it.
fn said_before(text: &str) -> Option<String> {
    let text = text.trim_end_matches([' ', '\u{a0}', '\u{202f}']).trim_end_matches('.');
    let start = text.char_indices().rev().take_while(|(_, c)| c.is_alphabetic()).last()?.0;
    Some(text[start..].to_lowercase())
}

/// Whether a word, perhaps in the plural or cut short, means another: `figs`, `fig` and `figures` mean `figure`, and `figure` means `fig`.
pub(super) fn is_short_for(said: &str, word: &str) -> bool {
    let alike = |one: &str, other: &str| one.chars().count() >= 2 && other.starts_with(one);
    let single = said.strip_suffix('s').unwrap_or(said);
    alike(said, word) || alike(single, word) || alike(word, single)
}

impl VisitMut for Settler<'_> {
    fn inlines(&mut self, inlines: &mut Inlines) {
        let mut settled = Vec::with_capacity(inlines.len());
        let mut open = false;
        let mut series = Series::default();
        for inline in inlines.drain(..) {
            let Inline::Xref(mut xref) = inline else {
                open = false;
                series.text(&plain::text(self.leaves, std::slice::from_ref(&inline)));
                settled.push(inline);
                continue;
            };
            self.aim(&mut xref);
            if xref.rids.is_empty() {
                open = false;
                settled.append(&mut xref.body);
                continue;
            }
            if xref.body.is_empty() && xref.kind == XrefKind::Citation {
                // Several that nothing parts are one citation.
                if let Some(Inline::Xref(before)) = settled.last_mut().filter(|_| open) {
                    before.rids.append(&mut xref.rids);
                    continue;
                }
                open = true;
                settled.push(Inline::Xref(xref));
                continue;
            }
            open = false;
            if xref.body.is_empty() {
                let Some(text) = self.names.text(&xref) else { continue };
                xref.body = vec![Inline::Generated(series.name(text))];
            } else {
                series = Series::default();
            }
            settled.push(Inline::Xref(xref));
        }
        self.cite(&mut settled);
        *inlines = settled;
        walk_inlines_mut(self, inlines);
    }

    fn inline(&mut self, inline: &mut Inline) {
        let raised = matches!(inline, Inline::Styled(Style::Superscript, _)) || self.raised;
        let around = std::mem::replace(&mut self.raised, raised);
        walk_inline_mut(self, inline);
        self.raised = around;
    }
}

fn report(log: &mut Log, ids: &Ids, id: &Id, places: &[(XrefKind, Span)]) {
    let Some(((kind, first), others)) = places.split_first() else { return };
    let often = if others.is_empty() { String::new() } else { format!(", to which {} references point", places.len()) };
    let mut diagnostic = Diagnostic::new(Code::DanglingReference, format!("no element has the id `{}`{often}", id.as_str()))
        .at(*first)
        .label("points nowhere")
        .hint(hint(ids, *kind, id));
    for (_, span) in others.iter().take(SHOWN) {
        diagnostic = diagnostic.also(*span, "points there too");
    }
    log.push(diagnostic);
}

/// What could be meant: the ids of the kind that the reference asks for.
fn hint(ids: &Ids, kind: XrefKind, wanted: &Id) -> String {
    let of = |target: Target| -> Vec<&Id> { ids.index.iter().filter(|(_, found)| **found == target).map(|(id, _)| id).collect() };
    let target = match kind {
        XrefKind::Citation => Some(Target::Reference),
        XrefKind::Affiliation => Some(Target::Affiliation),
        XrefKind::Correspondence | XrefKind::Note | XrefKind::TableNote => Some(Target::Note),
        XrefKind::Other => ids.index.iter().find(|(id, _)| stem(id) == stem(wanted)).map(|(_, target)| *target),
    };
    let Some((target, found)) = target.map(|target| (target, of(target))).filter(|(_, found)| !found.is_empty()) else {
        return "mend the `rid`, or give this id to the element that it means".to_owned();
    };
    let noun = match target {
        Target::Section => "sections",
        Target::Block => "paragraphs and other blocks",
        Target::Figure => "figures",
        Target::Table => "tables",
        Target::Note => "notes",
        Target::Reference => "references",
        Target::Affiliation => "affiliations",
        Target::Author => "contributors",
        Target::Citation => "citations",
    };
    match found.as_slice() {
        [] => format!("the article has no {noun}"),
        [only] => format!("of {noun} the article has only `{}`", only.as_str()),
        [first, second] => format!("the {noun} of this article are `{}` and `{}`", first.as_str(), second.as_str()),
        [first, .., last] => format!("the {noun} of this article are `{}` to `{}`", first.as_str(), last.as_str()),
    }
}

/// An id without its number.
fn stem(id: &Id) -> String {
    id.as_str().trim_end_matches(|char: char| char.is_ascii_digit() || char == '-' || char == '.').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::testing::resolved;

    #[test]
    fn a_reference_to_nothing_becomes_its_text() {
        let resolved = resolved(
            "",
            "<p>see <xref ref-type='fig' rid='f7'>Figure 7</xref></p><p>and <xref ref-type='fig' rid='f7'/></p><fig id='f1'/><fig id='f2'/><fig id='f3'/>",
            "",
        );
        resolved.says(&["dangling-reference: no element has the id `f7`"]);
        resolved.shows("\"see \"\n\"Figure 7\"");
        resolved.lacks("xref");
    }

    #[test]
    fn one_good_id_is_enough() {
        let resolved = resolved("", "<p id='p'>see <xref ref-type='sec' rid='s9 p'>there</xref></p>", "");
        resolved.says(&["dangling-reference: no element has the id `s9`"]);
        resolved.shows("xref other -> p \"there\"");
    }

    #[test]
    fn an_item_of_a_list_is_called_by_its_number() {
        let list = "<list list-type='alpha-lower'><list-item><p>one</p></list-item><list-item id='b'><p>two</p></list-item></list><list><list-item id='c'><label>(x)</label><p>three</p></list-item></list>";
        let resolved = resolved("", &format!("<p>See <xref rid='b'/> and <xref rid='c'/>.</p>{list}"), "");
        resolved.shows("xref other -> b +\"b\"");
        resolved.shows("xref other -> c +\"(x)\"");
    }

    #[test]
    fn an_empty_reference_shows_what_it_points_at() {
        let resolved = resolved(
            "",
            "<p>see <xref ref-type='fig' rid='f1'/>, <xref ref-type='sec' rid='s1'/>, <xref rid='p1'/></p><fig id='f1'><label>Fig. 1</label></fig><sec id='s1'><title>Methods</title><p id='p1'>x</p></sec>",
            "",
        );
        resolved.says(&[]);
        resolved.shows("xref other -> f1 +\"Fig. 1\"\n\", \"\nxref other -> s1 +\"Methods\"\n\", \"\nxref other -> p1 +\"p1\"");
    }

    #[test]
    fn what_the_text_has_said_is_not_said_again() {
        let body = "<p>Figs. <xref ref-type='fig' rid='f1'/>a and <xref ref-type='fig' rid='f2'/>; Table <xref ref-type='table' rid='t1'/>. \
                    <xref ref-type='fig' rid='f2'/> shows the figure; (Fig. <xref ref-type='fig' rid='f1 f2'/>)</p>\
                    <fig id='f1'><label>Figure 1</label></fig><fig id='f2'><label>Figure 2</label></fig><table-wrap id='t1'><label>Table 1</label></table-wrap>";
        let resolved = resolved("", body, "");
        resolved.shows("\"Figs. \"\nxref other -> f1 +\"1\"\n\"a and \"\nxref other -> f2 +\"2\"\n\"; Table \"\nxref other -> t1 +\"1\"\n\". \"\nxref other -> f2 +\"Figure 2\"");
        resolved.shows("xref other -> f1 f2 +\"1, 2\"");
    }

    #[test]
    fn an_id_without_a_place_in_the_model_is_no_error_and_no_link() {
        let resolved = resolved(
            "<funding-group><award-group id='fund1'><award-id>7</award-id></award-group></funding-group>",
            "<p>by <xref rid='fund1'>grant 7</xref></p>",
            "",
        );
        resolved.says(&[]);
        resolved.shows("\"by \"\n\"grant 7\"");
    }

    #[test]
    fn the_mark_of_a_lost_affiliation_is_still_shown() {
        let resolved = resolved(
            "<contrib-group><contrib><name><surname>Lee</surname></name><xref ref-type='aff' rid='a9'><sup>3</sup></xref></contrib></contrib-group>",
            "<p>x</p>",
            "",
        );
        resolved.says(&["dangling-reference"]);
        resolved.shows("surname \"Lee\"\nsuffix\nsup \"3\"");
    }

    #[test]
    fn the_hint_names_what_there_is() {
        use super::*;
        let mut ids = Ids::default();
        for (id, target) in [("f1", Target::Figure), ("f2", Target::Figure), ("f6", Target::Figure), ("t1", Target::Table), ("B1", Target::Reference)] {
            ids.index.insert(Id(id.into()), target);
        }
        let hint = |kind, id: &str| hint(&ids, kind, &Id(id.into()));
        assert_eq!(hint(XrefKind::Other, "f7"), "the figures of this article are `f1` to `f6`");
        assert_eq!(hint(XrefKind::Other, "t2"), "of tables the article has only `t1`");
        assert_eq!(hint(XrefKind::Citation, "x"), "of references the article has only `B1`");
        assert_eq!(hint(XrefKind::Note, "fn1"), "mend the `rid`, or give this id to the element that it means");
    }
}
