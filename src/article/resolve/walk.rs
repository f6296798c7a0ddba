//! All of an article in reading order, for passes that change it.

use crate::lang::Lang;
use crate::model::Article;
use crate::model::block::Block;
use crate::model::front::Front;
use crate::model::part::Part;
use crate::model::walk::{VisitMut, walk_blocks_mut};

/// Visits the article and its parts: front matter, text, what follows it. References of contributors are no inlines and are not visited.
pub(super) fn article<V: VisitMut>(visitor: &mut V, article: &mut Article) {
    own(visitor, &mut article.front, &mut article.body, &mut article.back);
    for part in &mut article.parts {
        whole_part(visitor, part);
    }
}

fn whole_part<V: VisitMut>(visitor: &mut V, part: &mut Part) {
    own(visitor, &mut part.front, &mut part.body, &mut part.back);
    for inner in &mut part.parts {
        whole_part(visitor, inner);
    }
}

/// Visits what an article or a part has of its own.
pub(super) fn own<V: VisitMut>(visitor: &mut V, front_matter: &mut Front, body: &mut [Block], back: &mut [Block]) {
    front(visitor, front_matter);
    walk_blocks_mut(visitor, body);
    walk_blocks_mut(visitor, back);
}

/// Visits the text and what follows it, of the article and of its parts.
pub(super) fn text<V: VisitMut>(visitor: &mut V, article: &mut Article) {
    for blocks in texts(article) {
        walk_blocks_mut(visitor, blocks);
    }
}

/// The text and what follows it, of the article and of its parts, in reading order.
pub(super) fn texts(article: &mut Article) -> Vec<&mut Vec<Block>> {
    let mut texts = vec![&mut article.body, &mut article.back];
    gather_texts(&mut article.parts, &mut texts);
    texts
}

fn gather_texts<'a>(parts: &'a mut [Part], into: &mut Vec<&'a mut Vec<Block>>) {
    for part in parts {
        into.extend([&mut part.body, &mut part.back]);
        gather_texts(&mut part.parts, into);
    }
}

/// The front matter of the article and of its parts, each with its language, in reading order.
pub(super) fn fronts(article: &mut Article) -> Vec<(&Lang, &mut Front)> {
    let mut fronts = vec![(&article.lang, &mut article.front)];
    gather_fronts(&mut article.parts, &mut fronts);
    fronts
}

fn gather_fronts<'a>(parts: &'a mut [Part], into: &mut Vec<(&'a Lang, &'a mut Front)>) {
    for part in parts {
        into.push((&part.lang, &mut part.front));
        gather_fronts(&mut part.parts, into);
    }
}

fn front<V: VisitMut>(visitor: &mut V, front: &mut Front) {
    let Front {
        journal: _,
        issue: _,
        identifiers: _,
        subjects: _,
        headings,
        codes,
        titles,
        running_titles: _,
        contributors,
        affiliations,
        author_notes,
        abstracts,
        keywords,
        dates: _,
        copyright,
        licences,
        funding,
        funding_again: _,
        notices,
        other,
    } = front;
    for heading in headings {
        visitor.inlines(&mut heading.said);
    }
    for code in codes {
        visitor.inlines(&mut code.body);
    }
    for title in titles {
        visitor.inlines(&mut title.said.title);
        visitor.inlines(&mut title.said.subtitle);
    }
    for contributor in contributors {
        for name in &mut contributor.names {
            for part in [&mut name.prefix, &mut name.given, &mut name.surname, &mut name.suffix, &mut name.whole] {
                visitor.inlines(part);
            }
        }
        for said in contributor.degrees.iter_mut().chain(&mut contributor.roles).chain(&mut contributor.credits) {
            visitor.inlines(&mut said.said);
        }
        walk_blocks_mut(visitor, &mut contributor.about);
    }
    for form in affiliations.iter_mut().flat_map(|affiliation| &mut affiliation.forms) {
        visitor.inlines(&mut form.label);
        visitor.inlines(&mut form.body);
    }
    for note in author_notes {
        visitor.note(note);
    }
    for part in abstracts {
        visitor.inlines(&mut part.said.title);
        walk_blocks_mut(visitor, &mut part.said.blocks);
    }
    for group in keywords {
        visitor.inlines(&mut group.said.title);
        for item in &mut group.said.items {
            visitor.inlines(item);
        }
    }
    for said in copyright.iter_mut().chain(funding) {
        visitor.inlines(&mut said.said);
    }
    for licence in licences {
        walk_blocks_mut(visitor, &mut licence.said.blocks);
    }
    for notice in notices {
        visitor.inlines(&mut notice.body);
    }
    walk_blocks_mut(visitor, other);
}
