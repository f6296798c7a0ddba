//! All of an article in reading order, for passes that change it.

use crate::model::Article;
use crate::model::front::Front;
use crate::model::walk::{VisitMut, walk_blocks_mut};

/// Visits the front matter, the text and what follows it. References of contributors are no inlines and are not visited.
pub(super) fn article<V: VisitMut>(visitor: &mut V, article: &mut Article) {
    front(visitor, &mut article.front);
    text(visitor, article);
}

/// Visits the text and what follows it.
pub(super) fn text<V: VisitMut>(visitor: &mut V, article: &mut Article) {
    walk_blocks_mut(visitor, &mut article.body);
    walk_blocks_mut(visitor, &mut article.back);
}

fn front<V: VisitMut>(visitor: &mut V, front: &mut Front) {
    let Front {
        journal: _,
        issue: _,
        identifiers: _,
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
        for said in contributor.degrees.iter_mut().chain(&mut contributor.roles) {
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
    walk_blocks_mut(visitor, other);
}
