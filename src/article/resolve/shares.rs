//! What the flags of contributors say to a reader.
//!
//! 1. Authors with an equal share (`@equal-contrib`) get a mark and a note that says so, unless a note marks them all already.
//! 2. Authors to whom letters go (`@corresp`) get an asterisk, or the next sign where another note has it, and its note, where the article has several authors and no note on letters.
//!    A note on letters that bears a mark, and to which no author points, is theirs: they get its mark.
//! 3. Authors who have died (`@deceased`) get a dagger and its note, unless a note marks them already.

use super::walk;
use crate::lang::label::Label;
use crate::lang::lexicon::Lexicon;
use crate::leaf::Leaves;
use crate::model::block::{Block, Paragraph};
use crate::model::front::{Contributor, Front};
use crate::model::inline::{Inline, Inlines, Note, Xref, XrefKind};
use crate::model::{Article, Id, plain};
use crate::source::Span;

/// Explains the flags of the contributors of the article and of its parts.
pub(super) fn explain(article: &mut Article, leaves: &Leaves, words: &Lexicon<'_>) {
    for (at, (lang, front)) in walk::fronts(article).into_iter().enumerate() {
        let deceased = which(front, |contributor| contributor.deceased && notes_of(contributor).next().is_none());
        let equal: Vec<usize> = which(front, |contributor| contributor.equal);
        let corresponding = which(front, |contributor| contributor.corresponding);
        let told = front.author_notes.iter().any(|note| note.kind.as_deref() == Some("corresp"))
            || front.contributors.iter().flat_map(|contributor| &contributor.xrefs).any(|xref| xref.kind == XrefKind::Correspondence);
        if !told && !corresponding.is_empty() && front.contributors.len() > corresponding.len() {
            let is_taken = front.author_notes.iter().any(|note| plain::title(leaves, &note.label) == "*");
            let sign = if is_taken { Inlines::new() } else { vec![Inline::Generated("*".to_owned())] };
            note(front, &corresponding, format!("corresponding-{at}"), words.word(lang, Label::CorrespondingAuthor), sign);
        }
        claim(front, &corresponding, at);
        if equal.len() > 1 && !share_a_note(front, &equal) {
            note(front, &equal, format!("equal-share-{at}"), words.word(lang, Label::Equal), Inlines::new());
        }
        if !deceased.is_empty() {
            note(front, &deceased, format!("deceased-{at}"), words.word(lang, Label::Deceased), vec![Inline::Generated("†".to_owned())]);
        }
    }
}

/// Leads the authors to whom letters go to the notes on letters that bear a mark, where nobody points at any: all to the only one, or each to its own.
fn claim(front: &mut Front, corresponding: &[usize], front_no: usize) {
    let is_letter = |note: &Note| note.kind.as_deref() == Some("corresp");
    let letters: Vec<usize> = front.author_notes.iter().enumerate().filter(|(_, note)| is_letter(note)).map(|(at, _)| at).collect();
    let pointed =
        |id: Option<&Id>| id.is_some_and(|id| front.contributors.iter().flat_map(|contributor| &contributor.xrefs).any(|xref| xref.rids.contains(id)));
    let unclaimed = letters.iter().filter_map(|at| front.author_notes.get(*at)).all(|note| !note.label.is_empty() && !pointed(note.id.as_ref()));
    let told = front.contributors.iter().flat_map(|contributor| &contributor.xrefs).any(|xref| xref.kind == XrefKind::Correspondence);
    if told || letters.is_empty() || !unclaimed || letters.len() > 1 && letters.len() != corresponding.len() {
        return;
    }
    for (nth, person) in corresponding.iter().enumerate() {
        let letter = letters.get(if letters.len() == 1 { 0 } else { nth }).copied().unwrap_or_default();
        let Some(note) = front.author_notes.get_mut(letter) else { continue };
        let id = note.id.get_or_insert_with(|| Id(format!("letters-to-{front_no}-{letter}"))).clone();
        if let Some(contributor) = front.contributors.get_mut(*person) {
            let span = contributor.span;
            contributor.xrefs.push(Xref { id: None, kind: XrefKind::Correspondence, rids: vec![id], body: Inlines::new(), narrative: false, span });
        }
    }
}

fn which(front: &Front, is_one: impl Fn(&Contributor) -> bool) -> Vec<usize> {
    front.contributors.iter().enumerate().filter(|(_, contributor)| is_one(contributor)).map(|(at, _)| at).collect()
}

/// What the marks of a contributor lead to beside affiliations.
fn notes_of(contributor: &Contributor) -> impl Iterator<Item = &Id> {
    let is_note = |kind: XrefKind| match kind {
        XrefKind::Note | XrefKind::TableNote | XrefKind::Other => true,
        XrefKind::Affiliation | XrefKind::Correspondence | XrefKind::Citation => false,
    };
    contributor.xrefs.iter().filter(move |xref| is_note(xref.kind)).flat_map(|xref| &xref.rids)
}

/// Whether one note is marked at all of these contributors.
fn share_a_note(front: &Front, among: &[usize]) -> bool {
    let people: Vec<&Contributor> = among.iter().filter_map(|at| front.contributors.get(*at)).collect();
    let Some((first, others)) = people.split_first() else { return false };
    notes_of(first).any(|id| others.iter().all(|other| notes_of(other).any(|theirs| theirs == id)))
}

fn note(front: &mut Front, at: &[usize], id: String, says: &str, label: Inlines) {
    let id = Id(id);
    let span = front.contributors.get(at.first().copied().unwrap_or_default()).map_or(Span::default(), |contributor| contributor.span);
    for at in at {
        if let Some(contributor) = front.contributors.get_mut(*at) {
            let span = contributor.span;
            contributor.xrefs.push(Xref { id: None, kind: XrefKind::Note, rids: vec![id.clone()], body: Inlines::new(), narrative: false, span });
        }
    }
    let body = vec![Block::Paragraph(Paragraph { id: None, continued: false, body: vec![Inline::Generated(format!("{says}."))], span })];
    front.author_notes.push(Note { id: Some(id), kind: None, mark: Inlines::new(), label, body, span });
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Resolved, resolved};

    fn group(people: &str, notes: &str) -> Resolved {
        resolved(&format!("<contrib-group>{people}</contrib-group>{notes}"), "<p>x</p>", "")
    }

    fn author(attributes: &str, inside: &str) -> String {
        format!("<contrib contrib-type='author' {attributes}><name><surname>A</surname></name>{inside}</contrib>")
    }

    #[test]
    fn an_equal_share_is_said() {
        let equal = author("equal-contrib='yes'", "");
        let resolved = group(&(equal.clone() + &equal + &author("", "")), "");
        resolved.says(&[]);
        resolved.shows("note #equal-share-0\nlabel +\"*\"\nparagraph +\"These authors contributed equally.\"");
        resolved.shows("mark -> equal-share-0 +\"*\"");
        group(&equal, "").lacks("equal-share");
    }

    #[test]
    fn what_a_note_says_is_not_said_again() {
        let equal = author("equal-contrib='yes'", "<xref ref-type='fn' rid='n'><sup>#</sup></xref>");
        group(&(equal.clone() + &equal), "<author-notes><fn id='n'><label>#</label><p>Equal.</p></fn></author-notes>").lacks("equal-share");
    }

    #[test]
    fn whom_to_write_to_is_said() {
        let people = author("corresp='yes'", "") + &author("", "");
        let resolved = group(&people, "");
        resolved.shows("mark -> corresponding-0 +\"*\"");
        resolved.shows("note #corresponding-0\nlabel +\"*\"\nparagraph +\"Corresponding author.\"");
        group(&people, "<author-notes><corresp>Write to A</corresp></author-notes>").lacks("corresponding-0");
        group(&author("corresp='yes'", ""), "").lacks("corresponding-0");
    }

    #[test]
    fn a_note_on_letters_to_which_nobody_points_is_that_of_who_gets_them() {
        let people = author("", "") + &author("corresp='yes'", "");
        let resolved = group(&people, "<author-notes><corresp><label>*</label>Write to A</corresp></author-notes>");
        resolved.says(&[]);
        resolved.shows("mark -> letters-to-0-0 +\"*\"");
        let pointed = author("corresp='yes'", "<xref ref-type='corresp' rid='c'>*</xref>") + &author("", "");
        group(&pointed, "<author-notes><corresp id='c'><label>*</label>Write to A</corresp></author-notes>").lacks("letters-to");
    }

    #[test]
    fn a_dagger_has_its_note() {
        let resolved = group(&author("deceased='yes'", ""), "");
        resolved.shows("mark -> deceased-0 +\"†\"");
        resolved.shows("note #deceased-0\nlabel +\"†\"\nparagraph +\"Deceased.\"");
    }
}
