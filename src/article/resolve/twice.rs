//! What front matter says twice, in the same words.
//!
//! 1. Abstract and keywords of a translation that stand in the article already: journals that give both languages before the text have them there.
//! 2. A statement of funding that a note or a part of the back matter makes: it is data for programs, the note is for readers.
//! 3. One affiliation inside each of several contributors: it is set once, and all have it.
//!
//! Words are compared without punctuation, so that a note with an asterisk before it says the same. What holds a note, a formula or a picture stays.

use std::collections::BTreeMap;

use super::walk;
use crate::leaf::{LeafNo, Leaves, Reason};
use crate::model::block::Block;
use crate::model::front::{Abstract, Affiliation, Front, In, Keywords};
use crate::model::inline::{Graphic, Inline, Inlines, Note};
use crate::model::math::Formula;
use crate::model::part::{Part, PartKind};
use crate::model::walk::{Visit, walk_block, walk_blocks, walk_inline};
use crate::model::{Article, Id, plain};

/// The fewest letters that are more than a name or a heading.
const ENOUGH: usize = 20;

/// Takes out abstracts, keywords and statements of funding that are said twice.
pub(super) fn drop(article: &mut Article, leaves: &mut Leaves) {
    let mut dropper = Dropper { leaves, anchors: Vec::new() };
    for part in article.parts.iter_mut().filter(|part| part.kind == PartKind::Translation) {
        dropper.translated(&article.front, &mut part.front);
    }
    dropper.funding(&mut article.front, &article.back);
    article.parts.iter_mut().for_each(|part| dropper.funding_of(part));
    dropper.finish(&mut article.anchors);
}

/// Makes one affiliation of those that contributors share. It is asked for before a translation has those of the article.
pub(super) fn join_affiliations(article: &mut Article, leaves: &mut Leaves) {
    let mut dropper = Dropper { leaves, anchors: Vec::new() };
    for (_, front) in walk::fronts(article) {
        dropper.affiliations(front);
    }
    dropper.finish(&mut article.anchors);
}

struct Dropper<'a> {
    leaves: &'a mut Leaves,
    /// The ids of what is taken out.
    anchors: Vec<Id>,
}

impl Dropper<'_> {
    fn finish(self, anchors: &mut Vec<Id>) {
        anchors.extend(self.anchors);
        self.leaves.sort_omissions();
    }

    fn funding_of(&mut self, part: &mut Part) {
        self.funding(&mut part.front, &part.back);
        part.parts.iter_mut().for_each(|inner| self.funding_of(inner));
    }

    /// Abstracts and keywords of a translation that the article has.
    fn translated(&mut self, article: &Front, own: &mut Front) {
        let known: Vec<String> = article.abstracts.iter().map(|said| self.abstract_words(&said.said)).collect();
        let mut kept = Vec::new();
        for said in std::mem::take(&mut own.abstracts) {
            let words = self.abstract_words(&said.said);
            match content(&[], &said.said.blocks).filter(|_| words.len() >= ENOUGH && known.contains(&words)) {
                Some(content) => {
                    self.anchors.extend(said.said.id);
                    self.retire(content, &said.said.title);
                }
                None => kept.push(said),
            }
        }
        own.abstracts = kept;
        let known: Vec<Vec<String>> = article.keywords.iter().map(|said| self.keyword_words(said)).collect();
        let mut kept = Vec::new();
        for said in std::mem::take(&mut own.keywords) {
            match content(&said.said.items.concat(), &[]).filter(|_| !said.said.items.is_empty() && known.contains(&self.keyword_words(&said))) {
                Some(content) => self.retire(content, &said.said.title),
                None => kept.push(said),
            }
        }
        own.keywords = kept;
    }

    fn abstract_words(&self, part: &Abstract) -> String {
        words(&plain::lines(self.leaves, &part.blocks).concat())
    }

    fn keyword_words(&self, said: &In<Keywords>) -> Vec<String> {
        said.said.items.iter().map(|item| words(&plain::title(self.leaves, item))).collect()
    }

    /// Statements of funding that a note about the authors or what follows the text makes.
    fn funding(&mut self, front: &mut Front, back: &[Block]) {
        if front.funding.is_empty() {
            return;
        }
        let lines = |blocks: &[Block]| plain::lines(self.leaves, blocks).concat();
        let notes = front.author_notes.iter().map(|note| words(&(plain::title(self.leaves, &note.label) + &lines(&note.body))));
        let parts = back.iter().filter(|block| !matches!(block, Block::References(_))).map(|block| words(&lines(std::slice::from_ref(block))));
        let said: Vec<String> = notes.chain(parts).collect();
        let mut kept = Vec::new();
        for statement in std::mem::take(&mut front.funding) {
            let text = plain::title(self.leaves, &statement.said);
            let own = words(&text);
            match content(&statement.said, &[]).filter(|_| own.len() >= ENOUGH && said.iter().any(|other| other.contains(&own))) {
                Some(content) => {
                    self.retire(content, &Inlines::new());
                    front.funding_again.push(In { lang: statement.lang, said: text });
                }
                None => kept.push(statement),
            }
        }
        front.funding = kept;
    }

    /// Affiliations that stand inside contributors in the same words and have no label.
    fn affiliations(&mut self, front: &mut Front) {
        let inside: Vec<Id> = front.contributors.iter().flat_map(|contributor| contributor.affiliations.clone()).collect();
        let mut first: BTreeMap<Vec<(Option<String>, String)>, Id> = BTreeMap::new();
        let mut same: BTreeMap<Id, Id> = BTreeMap::new();
        let mut kept = Vec::new();
        for affiliation in std::mem::take(&mut front.affiliations) {
            let key = self.affiliation_words(&affiliation);
            let Some(id) = affiliation.id.clone().filter(|id| inside.contains(id) && is_unlabelled(&affiliation) && !key.is_empty()) else {
                kept.push(affiliation);
                continue;
            };
            let Some(before) = first.get(&key).cloned() else {
                first.insert(key, id);
                kept.push(affiliation);
                continue;
            };
            let contents: Option<Vec<Content>> = affiliation.forms.iter().map(|form| content(&form.body, &[])).collect();
            let Some(contents) = contents else {
                kept.push(affiliation);
                continue;
            };
            contents.into_iter().for_each(|content| self.retire(content, &Inlines::new()));
            self.anchors.extend(affiliation.forms.into_iter().filter_map(|form| form.id).filter(|form| *form != id));
            self.anchors.push(id.clone());
            same.insert(id, before);
        }
        front.affiliations = kept;
        for contributor in &mut front.contributors {
            let rids = contributor.xrefs.iter_mut().flat_map(|xref| &mut xref.rids);
            for id in rids.chain(&mut contributor.affiliations) {
                if let Some(before) = same.get(id) {
                    *id = before.clone();
                }
            }
        }
    }

    fn affiliation_words(&self, affiliation: &Affiliation) -> Vec<(Option<String>, String)> {
        let form = |form: &crate::model::front::AffiliationForm| {
            (form.lang.as_ref().map(|lang| lang.tag().to_owned()), plain::fold(&plain::text(self.leaves, &form.body)))
        };
        affiliation.forms.iter().map(form).filter(|(_, text)| !text.is_empty()).collect()
    }

    fn retire(&mut self, content: Content, title: &Inlines) {
        for no in content.texts.into_iter().chain(crate::model::walk::texts(title)) {
            self.leaves.retire(no, Reason::Alternative);
        }
        self.anchors.extend(content.ids);
    }
}

fn is_unlabelled(affiliation: &Affiliation) -> bool {
    affiliation.forms.iter().all(|form| form.label.is_empty())
}

/// The letters and digits of a text, in small letters.
fn words(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What a run or some blocks hold: pieces of text, ids.
#[derive(Default)]
struct Content {
    texts: Vec<LeafNo>,
    ids: Vec<Id>,
    /// Whether there is something that no words say.
    is_more: bool,
}

/// What a run and blocks hold; `None` where there is more than text.
fn content(run: &[Inline], blocks: &[Block]) -> Option<Content> {
    let mut found = Content::default();
    run.iter().for_each(|inline| found.inline(inline));
    walk_blocks(&mut found, blocks);
    (!found.is_more).then_some(found)
}

impl Visit for Content {
    fn block(&mut self, block: &Block) {
        self.ids.extend(block.ids().into_iter().cloned());
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(no) => self.texts.push(*no),
            Inline::Note(_) => self.is_more = true,
            Inline::Generated(_)
            | Inline::Styled(..)
            | Inline::Foreign(..)
            | Inline::Link(_)
            | Inline::Xref(_)
            | Inline::Image(_)
            | Inline::Formula(_)
            | Inline::Ruby(..)
            | Inline::Break => {}
            Inline::Place(place) => self.ids.extend(place.id.clone()),
        }
        walk_inline(self, inline);
    }

    fn note(&mut self, _: &Note) {
        self.is_more = true;
    }

    fn formula(&mut self, _: &Formula) {
        self.is_more = true;
    }

    fn graphic(&mut self, _: &Graphic) {
        self.is_more = true;
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Resolved, master, resolved};

    fn translation(kind: &str, abstracts: &str, keywords: &str) -> Resolved {
        master(&format!(
            "<article xml:lang='sl'><front><article-meta><title-group><article-title>Naslov</article-title><trans-title-group xml:lang='en'><trans-title>A title</trans-title></trans-title-group></title-group>\
             <abstract><p>Voda teče počasi po dolini navzdol.</p></abstract><trans-abstract xml:lang='en'><p>Water runs slowly down the valley.</p></trans-abstract>\
             <kwd-group xml:lang='en'><kwd>water</kwd><kwd>valley</kwd></kwd-group></article-meta></front><body><p>x</p></body>\
             <sub-article article-type='{kind}' xml:lang='en' id='s'><front-stub><title-group><article-title>A title</article-title></title-group>\
             <abstract id='again'><title>Abstract</title><p>{abstracts}</p></abstract><kwd-group><title>Keywords</title><kwd>water</kwd><kwd>{keywords}</kwd></kwd-group></front-stub><body><p>See <xref rid='again'>it</xref></p></body></sub-article></article>"
        ))
    }

    #[test]
    fn a_translation_does_not_repeat_the_abstract_of_the_article() {
        for kind in ["other", "translation"] {
            let again = translation(kind, "Water runs <italic>slowly</italic> down the valley.", "valley");
            again.says(&[]);
            let (_, part) = again.text.split_once("part translation en").expect("a part");
            assert!(part.contains("title \"A title\"") && !part.contains("abstract") && !part.contains("keyword"), "{part}");
            assert!(again.text.contains("paragraph \"Water runs slowly down the valley.\""));
        }
        let (_, other) = {
            let other = translation("other", "Water runs fast down the valley.", "hill");
            other.text.split_once("part translation en").map(|(one, two)| (one.to_owned(), two.to_owned())).expect("a part")
        };
        assert!(other.contains("title \"Abstract\"") && other.contains("keyword \"hill\""), "{other}");
    }

    #[test]
    fn a_translation_has_the_affiliations_that_are_left() {
        let author = "<contrib contrib-type='author'><name><surname>A</surname></name><aff>One</aff></contrib>";
        let both = master(&format!(
            "<article xml:lang='en'><front><article-meta><title-group><article-title>T</article-title></title-group><contrib-group>{author}{author}</contrib-group></article-meta></front><body><p>x</p></body>\
             <sub-article article-type='translation' xml:lang='fr'><front-stub><title-group><article-title>U</article-title></title-group></front-stub><body><p>y</p></body></sub-article></article>"
        ));
        both.says(&[]);
        assert_eq!(both.text.matches("\"One\"").count(), 2, "{}", both.text);
    }

    #[test]
    fn funding_that_a_note_tells_is_not_told_again() {
        let funding = |text: &str| format!("<funding-group><funding-statement>{text}</funding-statement></funding-group>");
        let note = "<author-notes><fn><p>* The Fund of Water paid for this work (7).</p></fn></author-notes>";
        let told = resolved(&format!("{note}{}", funding("The Fund of Water paid for this work (7)")), "<p>x</p>", "");
        told.lacks("funding \"");
        assert_eq!(told.edition.metadata.funding.len(), 1);
        let back = "<fn-group><fn fn-type='financial-disclosure'><label>Funding</label><p>The Fund of Water paid for this work (7).</p></fn></fn-group>";
        resolved(&funding("Funding: The Fund of Water paid for this work (7)"), "<p>x</p>", back).lacks("funding \"");
        resolved(&format!("{note}{}", funding("Another fund paid for this work.")), "<p>x</p>", "")
            .shows("funding \"Funding\" \"Another fund paid for this work.\"");
        resolved(&funding("Nobody."), "<p>x</p>", "<ack><p>We thank nobody.</p></ack>").shows("funding \"Funding\" \"Nobody.\"");
    }

    #[test]
    fn an_affiliation_inside_several_contributors_is_set_once() {
        let author =
            |name: &str, affiliation: &str| format!("<contrib contrib-type='author'><name><surname>{name}</surname></name><aff>{affiliation}</aff></contrib>");
        let group =
            |last: &str| resolved(&format!("<contrib-group>{}{}{}</contrib-group>", author("A", "One"), author("B", "One"), author("C", last)), "<p>x</p>", "");
        let same = group("One");
        same.says(&[]);
        assert_eq!(same.text.matches("body \"One\"").count(), 1, "{}", same.text);
        same.lacks("mark");
        let two = group("Two");
        assert_eq!(two.text.matches("body \"One\"").count(), 1, "{}", two.text);
        assert_eq!(two.text.matches("+\"1\"").count(), 3, "{}", two.text);
        two.shows("affiliation #aff-of-3\nlabel +\"2\"\nbody \"Two\"");
    }
}
