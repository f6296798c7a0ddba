//! What a translation has from the article.
//!
//! 1. A part of no named kind with a title in another language than the article's is a translation.
//! 2. A translation without authors has those of the article: their names, their marks.
//! 3. A translation without affiliations has those of the article. Each gets an id of the part's own, so that a mark leads to the line
//!    that stands with it; where the part has as many of its own, they are taken for the same in the same order.
//!
//! References and figures need nothing: what a translation cites, and does not have, is that of the article.

use indexmap::IndexMap;

use crate::lang::Lang;
use crate::model::front::{Affiliation, Contributor, Front};
use crate::model::part::{Part, PartKind};
use crate::model::{Article, Id};

/// Gives the translations of an article the people that they do not name.
pub(super) fn translations(article: &mut Article) {
    for (at, part) in article.parts.iter_mut().enumerate() {
        if part.is_translation(&article.lang) {
            part.kind = PartKind::Translation;
            inherit(part, at + 1, &article.lang, &article.front);
        }
    }
}

fn inherit(part: &mut Part, number: usize, lang: &Lang, from: &Front) {
    if part.front.contributors.is_empty() {
        part.front.contributors = from.contributors.iter().map(|contributor| named_again(contributor, lang)).collect();
    }
    let has_own = !part.front.affiliations.is_empty();
    let mut own: IndexMap<Id, Id> = IndexMap::new();
    if has_own && part.front.affiliations.len() == from.affiliations.len() {
        let pairs = from.affiliations.iter().zip(&part.front.affiliations);
        own.extend(pairs.filter_map(|(theirs, ours)| Some((theirs.id.clone()?, ours.id.clone()?))));
    }
    if !has_own {
        let wanted: Vec<&Id> = part.front.contributors.iter().flat_map(pointed).collect();
        let needed: Vec<&Affiliation> = from.affiliations.iter().filter(|affiliation| ids(affiliation).any(|id| wanted.contains(&id))).collect();
        let mut lines = Vec::new();
        for affiliation in needed {
            let Some(first) = ids(affiliation).next() else { continue };
            let id = Id(format!("{}-in-translation-{number}", first.as_str()));
            own.extend(ids(affiliation).map(|theirs| (theirs.clone(), id.clone())));
            let mut line = affiliation.clone();
            line.id = Some(id);
            for form in &mut line.forms {
                form.id = None;
                form.lang.get_or_insert_with(|| lang.clone());
            }
            lines.push(line);
        }
        part.front.affiliations = lines;
    }
    for contributor in &mut part.front.contributors {
        let rids = contributor.xrefs.iter_mut().flat_map(|xref| &mut xref.rids);
        for id in rids.chain(&mut contributor.affiliations) {
            if let Some(ours) = own.get(id) {
                *id = ours.clone();
            }
        }
    }
}

/// The contributor as a translation names it: the name, what the marks lead to. Addresses and biographies stand in the article.
fn named_again(contributor: &Contributor, lang: &Lang) -> Contributor {
    let mut again = contributor.clone();
    again.id = None;
    again.emails.clear();
    again.about.clear();
    again.credits.clear();
    for name in &mut again.names {
        name.lang.get_or_insert_with(|| lang.clone());
    }
    again
}

fn pointed(contributor: &Contributor) -> impl Iterator<Item = &Id> {
    contributor.xrefs.iter().flat_map(|xref| &xref.rids).chain(&contributor.affiliations)
}

/// The id of an affiliation, and those of its forms.
fn ids(affiliation: &Affiliation) -> impl Iterator<Item = &Id> {
    affiliation.id.iter().chain(affiliation.forms.iter().filter_map(|form| form.id.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Resolved, master};

    fn translation(front: &str) -> Resolved {
        master(&format!(
            "<article xml:lang='en'><front><article-meta><title-group><article-title>T</article-title></title-group>\
             <contrib-group><contrib id='c1' contrib-type='author'><name><surname>Lee</surname></name><xref ref-type='aff' rid='a1'/><xref ref-type='aff' rid='a2'/><email>a@b.org</email></contrib></contrib-group>\
             <aff id='a1'>One</aff><aff id='a2'>Two</aff></article-meta></front><body><p>x</p></body>\
             <sub-article article-type='translation' xml:lang='pt'><front-stub><title-group><article-title>Um título</article-title></title-group>{front}</front-stub><body><p>y</p></body></sub-article></article>"
        ))
    }

    #[test]
    fn a_translation_that_names_nobody_has_the_authors_of_the_article() {
        let resolved = translation("");
        resolved.says(&[]);
        resolved.shows(
            "part translation pt\nfront pt\ntitle \"Um título\"\nauthor author\nname en\nsurname \"Lee\"\nmark -> a1-in-translation-1 +\"1\"\nmark -> a2-in-translation-1 +\"2\"",
        );
        resolved.shows("affiliation #a1-in-translation-1\nlabel +\"1\"\nbody\nforeign en \"One\"");
    }

    #[test]
    fn as_many_affiliations_of_its_own_are_the_same() {
        let resolved = translation("<aff id='b1'>Um</aff><aff id='b2'>Dois</aff>");
        resolved.says(&[]);
        resolved.shows("mark -> b1 +\"1\"\nmark -> b2 +\"2\"");
        resolved.shows("affiliation #b2\nlabel +\"2\"\nbody \"Dois\"");
    }

    #[test]
    fn authors_of_its_own_may_point_at_the_affiliations_of_the_article() {
        let resolved = translation(
            "<contrib-group><contrib contrib-type='author'><name><surname>Lee</surname></name><xref ref-type='aff' rid='a2'/></contrib></contrib-group>",
        );
        resolved.says(&[]);
        resolved.shows("affiliation -> 0\naffiliation #a2-in-translation-1\nbody\nforeign en \"Two\"");
    }
}
