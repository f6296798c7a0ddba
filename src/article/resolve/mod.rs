//! From an [`Article`] to an [`Edition`]: nothing dangles, everything that is numbered has its label, every label is in its language.
//!
//! 1. [`ids`] lists what can be pointed at; of two elements with one id the second loses it.
//! 2. [`labels`] numbers figures, tables, references and notes where the master leaves that to us.
//! 3. [`xrefs`] makes every `rid` point at something, and gives empty references the label of what they point at.
//! 4. [`notes`] puts a note of a list at its first mark in the text.
//! 5. [`cites`] leads from references back to their citations, and looks at the order of the numbers.
//! 6. [`stray`] looks for superscripts that look like marks and mark nothing.
//! 7. [`metadata`] and [`running`] gather what catalogues and running heads say.
//! 8. [`front`] and [`people`] decide what is set in which language.
//!
//! [`walk`] visits all of an article, [`marks`] knows a mark when it sees one, and [`names`] what things are called. No pass adds a leaf or
//! drops one.

mod cites;
mod front;
mod ids;
mod labels;
mod marks;
mod metadata;
mod names;
mod notes;
mod people;
mod running;
mod stray;
#[cfg(test)]
mod testing;
mod walk;
mod xrefs;

use crate::diag::Log;
use crate::edition::{CodeLine, Edition};
use crate::lang::table;
use crate::model::Article;

/// Makes an edition of an article. Whatever is wrong with it is reported and mended, so that there always is one.
#[must_use]
pub fn resolve(log: &mut Log, mut article: Article) -> Edition {
    let leaves = std::mem::take(&mut article.leaves);
    let mut ids = ids::index(log, &mut article);
    labels::number(&mut article, &leaves);
    xrefs::settle(log, &mut article, &leaves, &ids);
    notes::place(log, &mut article, &leaves, &mut ids);
    cites::link(log, &mut article, &leaves, &mut ids);
    stray::look(log, &article, &leaves);
    let metadata = metadata::gather(&article, &leaves);
    let running = running::heads(&article, &leaves);
    let labels = table::labels(&article.lang);
    let codes = std::mem::take(&mut article.front.codes)
        .into_iter()
        .map(|code| CodeLine {
            scheme: code.scheme,
            label: if code.named { String::new() } else { labels.scheme(code.scheme).to_owned() },
            body: front::foreign(&article.lang, code.lang.as_ref(), code.body),
        })
        .collect();
    let fronts = front::fronts(log, &article.lang, article.front, &leaves);
    Edition { kind: article.kind, lang: article.lang, metadata, running, codes, fronts, body: article.body, back: article.back, leaves, index: ids.index }
}
