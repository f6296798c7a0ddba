//! An article without its authors, for reviewers who are not to know them.
//!
//! 1. [`strip`] takes out whatever says who wrote the article: contributors, affiliations, notes about them, funding, copyright, related articles and
//!    identifiers of the front matter; acknowledgements, funding, contributions and biographies behind the text. The same in every part.
//! 2. All of that text goes to the list of omissions with its own reason, and what must not be seen anywhere is kept as [`Hidden`].
//! 3. [`mentions`] looks for it in what is left: an author may be named in the text or in the references, where only an editor can say whether that
//!    tells anything. Such a place stays, and is a warning.

use std::collections::BTreeSet;

use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::edition::Edition;
use crate::leaf::{LeafNo, Leaves, Reason};
use crate::model::block::{Block, Section, SectionKind};
use crate::model::front::Front;
use crate::model::inline::{Graphic, Inline, Note};
use crate::model::math::Formula;
use crate::model::part::Part;
use crate::model::reference::Reference;
use crate::model::walk::{Visit, VisitMut, walk_block, walk_blocks, walk_inline, walk_note, walk_reference};
use crate::model::{Article, Id, plain};

/// From how many letters on a text that was taken out is looked for as a whole: shorter ones stand anywhere by chance.
const LONG: usize = 24;

/// The kinds of notes (`@fn-type`) that say who the authors are or who paid them. Source: JATS 1.3, `@fn-type`.
const TELLING: &[&str] = &[
    "author",
    "bio",
    "coi-statement",
    "con",
    "conflict",
    "corresp",
    "current-aff",
    "deceased",
    "equal",
    "financial-disclosure",
    "on-leave",
    "participating-researchers",
    "present-address",
    "presented-at",
    "presented-by",
    "previously-at",
    "study-group-members",
    "supported-by",
];

/// With what the titles of telling sections begin, in small letters.
const TITLES: &[&str] = &[
    "acknowledg",
    "author contribution",
    "authors’ contribution",
    "authors' contribution",
    "contribution of the author",
    "credit author",
    "about the author",
    "information about the author",
    "funding",
    "financial support",
    "благодарност",
    "финансирован",
    "источник финансирования",
    "вклад автор",
    "сведения об автор",
    "информация об автор",
    "ыраазычылык",
    "каржылоо",
    "авторлор жөнүндө",
    "авторлордун салымы",
    "алғыс",
    "қаржыландыру",
    "авторлар туралы",
    "авторлардың үлесі",
];

/// What must not be seen in any output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    secrets: BTreeSet<Secret>,
}

/// A text that must not be seen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Secret {
    /// What it is.
    pub kind: SecretKind,
    /// The text.
    pub text: String,
    /// A name in capitals, as headings and lists may have it.
    capitals: Option<String>,
}

/// What a text is that must not be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecretKind {
    /// The surname of a person, or the name of a group.
    Name,
    /// An address: of mail, of an ORCID record, the DOI.
    Address,
    /// A longer text, such as an affiliation.
    Text,
}

impl SecretKind {
    /// What it is, in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "the name",
            Self::Address => "the address",
            Self::Text => "the text",
        }
    }
}

impl Hidden {
    /// Everything that must not be seen, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Secret> {
        self.secrets.iter()
    }

    fn add(&mut self, kind: SecretKind, text: &str) {
        let text = plain::fold(text);
        if text.chars().filter(|c| c.is_alphanumeric()).count() > 1 {
            self.secrets.insert(Secret::new(kind, text));
        }
    }
}

impl Secret {
    fn new(kind: SecretKind, text: String) -> Self {
        let capitals = (kind == SecretKind::Name).then(|| text.to_uppercase());
        Self { kind, text, capitals }
    }

    /// Where a text holds it as whole words, in bytes. A name is found as it is written and in capitals.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<usize> {
        let whole = |said: &str| {
            text.match_indices(said).map(|(at, _)| at).find(|at| {
                let before = text[..*at].chars().next_back();
                let behind = text[at + said.len()..].chars().next();
                !before.is_some_and(char::is_alphanumeric) && !behind.is_some_and(char::is_alphanumeric)
            })
        };
        whole(&self.text).or_else(|| whole(self.capitals.as_deref()?))
    }
}

/// Takes the authors out of an article.
#[must_use]
pub fn strip(article: &mut Article) -> Hidden {
    let mut stripper = Stripper { leaves: &mut article.leaves, hidden: Hidden::default(), ids: BTreeSet::new() };
    stripper.front(&mut article.front);
    stripper.blocks(&mut article.body);
    stripper.blocks(&mut article.back);
    for part in &mut article.parts {
        stripper.part(part);
    }
    let Stripper { hidden, ids, .. } = stripper;
    let mut unlinker = Unlinker { ids: &ids };
    super::walk::article(&mut unlinker, article);
    article.leaves.sort_omissions();
    hidden
}

/// Reports the places of the text that still hold what was taken out elsewhere. What is found there is known: the outputs may show it.
#[must_use]
pub fn mentions(log: &mut Log, edition: &Edition, hidden: &Hidden) -> BTreeSet<Secret> {
    let mut known = BTreeSet::new();
    for (_, leaf) in edition.leaves.iter().filter(|(_, leaf)| leaf.is_visible()) {
        for secret in hidden.iter().filter(|secret| secret.find(&leaf.text).is_some()) {
            log.push(
                Diagnostic::new(
                    Code::AuthorNamed,
                    format!("{} `{}` was taken out as an author's, and stands here in `{}`", secret.kind.name(), secret.text, leaf.element),
                )
                .at(leaf.span)
                .hint("speak of the work in the third person, or take the passage out for the review"),
            );
            known.insert(secret.clone());
        }
    }
    known
}

struct Stripper<'a> {
    leaves: &'a mut Leaves,
    hidden: Hidden,
    /// The ids of what was taken out.
    ids: BTreeSet<String>,
}

impl Stripper<'_> {
    fn part(&mut self, part: &mut Part) {
        self.front(&mut part.front);
        self.blocks(&mut part.body);
        self.blocks(&mut part.back);
        for inner in &mut part.parts {
            self.part(inner);
        }
    }

    fn front(&mut self, front: &mut Front) {
        let mut gone = Gone::default();
        for contributor in std::mem::take(&mut front.contributors) {
            self.ids.extend(contributor.id.map(|id| id.0));
            for name in &contributor.names {
                self.hidden.add(SecretKind::Name, &plain::title(self.leaves, if name.surname.is_empty() { &name.whole } else { &name.surname }));
                for run in [&name.prefix, &name.given, &name.surname, &name.suffix, &name.whole] {
                    gone.inlines(run);
                }
            }
            for said in contributor.degrees.iter().chain(&contributor.roles).chain(&contributor.credits) {
                gone.inlines(&said.said);
            }
            for mail in &contributor.emails {
                self.hidden.add(SecretKind::Address, mail.href.trim_start_matches("mailto:"));
                gone.inlines(&mail.body);
            }
            for address in contributor.orcid.iter().chain(contributor.identifiers.iter().map(|(_, value)| value)) {
                self.hidden.add(SecretKind::Address, address);
            }
            for xref in &contributor.xrefs {
                gone.inlines(&xref.body);
            }
            walk_blocks(&mut gone, &contributor.about);
        }
        for affiliation in std::mem::take(&mut front.affiliations) {
            self.ids.extend(affiliation.id.map(|id| id.0));
            for form in &affiliation.forms {
                self.ids.extend(form.id.iter().map(|id| id.0.clone()));
                gone.inlines(&form.label);
                gone.inlines(&form.body);
            }
        }
        for note in std::mem::take(&mut front.author_notes) {
            gone.note(&note);
        }
        for said in std::mem::take(&mut front.copyright).iter().chain(&std::mem::take(&mut front.funding)) {
            gone.inlines(&said.said);
        }
        for notice in std::mem::take(&mut front.notices) {
            if let Some(href) = &notice.href {
                self.hidden.add(SecretKind::Address, href);
            }
            gone.inlines(&notice.body);
        }
        walk_blocks(&mut gone, &std::mem::take(&mut front.other));
        for identifier in std::mem::take(&mut front.identifiers) {
            self.hidden.add(SecretKind::Address, &identifier.value);
        }
        self.retire(gone);
    }

    /// Takes telling sections and notes out of blocks, wherever they stand.
    fn blocks(&mut self, blocks: &mut Vec<Block>) {
        let mut kept = Vec::with_capacity(blocks.len());
        for mut block in std::mem::take(blocks) {
            match &mut block {
                Block::Section(section) | Block::Boxed(section) if is_telling(section, self.leaves) => {
                    self.drop_block(&block);
                    continue;
                }
                Block::Section(section) | Block::Boxed(section) => self.blocks(&mut section.blocks),
                Block::Notes(list) => {
                    let (telling, others): (Vec<Note>, Vec<Note>) = std::mem::take(&mut list.notes).into_iter().partition(is_telling_note);
                    list.notes = others;
                    let mut gone = Gone::default();
                    telling.iter().for_each(|note| gone.note(note));
                    if list.notes.is_empty() && !telling.is_empty() {
                        gone.inlines(&list.title);
                        self.retire(gone);
                        continue;
                    }
                    self.retire(gone);
                }
                Block::Foreign(_, inner) => self.blocks(inner),
                Block::Paragraph(_)
                | Block::List(_)
                | Block::Definitions(_)
                | Block::Quote(_)
                | Block::Figure(_)
                | Block::Table(_)
                | Block::Formula(_)
                | Block::Statement(_)
                | Block::Lines(_)
                | Block::References(_) => {}
            }
            kept.push(block);
        }
        *blocks = kept;
    }

    fn drop_block(&mut self, block: &Block) {
        let mut gone = Gone::default();
        gone.block(block);
        self.retire(gone);
    }

    /// Takes leaves back, and remembers the longer ones. Nothing may point at what is gone.
    fn retire(&mut self, gone: Gone) {
        self.ids.extend(gone.ids);
        for no in gone.leaves {
            let text = self.leaves.text(no).to_owned();
            if text.chars().count() >= LONG {
                self.hidden.add(SecretKind::Text, &text);
            }
            self.leaves.retire(no, Reason::Anonymous);
        }
    }
}

/// Whether a section says who the authors are.
fn is_telling(section: &Section, leaves: &Leaves) -> bool {
    let title = plain::title(leaves, &section.title).to_lowercase();
    let title = title.trim_start_matches(|c: char| !c.is_alphabetic());
    match section.kind {
        SectionKind::Acknowledgements | SectionKind::Funding => true,
        SectionKind::Section | SectionKind::Appendix | SectionKind::Back => TITLES.iter().any(|begin| title.starts_with(begin)),
    }
}

fn is_telling_note(note: &Note) -> bool {
    note.kind.as_deref().is_some_and(|kind| TELLING.contains(&kind.to_ascii_lowercase().as_str()))
}

/// The leaves of what is taken out, and the ids in it.
#[derive(Default)]
struct Gone {
    leaves: Vec<LeafNo>,
    ids: Vec<String>,
}

impl Gone {
    fn id<'i>(&mut self, ids: impl IntoIterator<Item = &'i Id>) {
        self.ids.extend(ids.into_iter().map(|id| id.0.clone()));
    }
}

impl Visit for Gone {
    fn block(&mut self, block: &Block) {
        self.id(block.ids());
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(no) => self.leaves.push(*no),
            Inline::Xref(xref) => self.id(&xref.id),
            Inline::Generated(_)
            | Inline::Styled(..)
            | Inline::Foreign(..)
            | Inline::Link(_)
            | Inline::Note(_)
            | Inline::Formula(_)
            | Inline::Image(_)
            | Inline::Ruby(..)
            | Inline::Break
            | Inline::Place(_) => {}
        }
        walk_inline(self, inline);
    }

    fn note(&mut self, note: &Note) {
        self.id(&note.id);
        walk_note(self, note);
    }

    fn reference(&mut self, reference: &Reference) {
        self.id(&reference.id);
        walk_reference(self, reference);
    }

    fn formula(&mut self, formula: &Formula) {
        self.id(&formula.id);
        formula.body.iter().for_each(|math| math.leaves(&mut |no| self.leaves.push(no)));
    }

    fn graphic(&mut self, graphic: &Graphic) {
        self.id(&graphic.id);
    }
}

/// References to what was taken out: their text stays, and points nowhere.
struct Unlinker<'a> {
    ids: &'a BTreeSet<String>,
}

impl VisitMut for Unlinker<'_> {
    fn inline(&mut self, inline: &mut Inline) {
        crate::model::walk::walk_inline_mut(self, inline);
        if let Inline::Xref(xref) = inline
            && xref.rids.iter().any(|id| self.ids.contains(id.as_str()))
        {
            xref.rids.retain(|id| !self.ids.contains(id.as_str()));
            if xref.rids.is_empty() {
                *inline = Inline::Styled(crate::model::inline::Style::Roman, std::mem::take(&mut xref.body));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(kind: SecretKind, text: &str) -> Secret {
        Secret::new(kind, text.to_owned())
    }

    #[test]
    fn a_name_is_found_as_a_whole_word() {
        let name = secret(SecretKind::Name, "Лом");
        assert_eq!(name.find("как Ломакина и Лом (2020)"), Some("как Ломакина и ".len()));
        assert_eq!(name.find("Ломакина"), None);
        assert_eq!(secret(SecretKind::Name, "King").find("as KING has shown"), Some(3));
        assert_eq!(secret(SecretKind::Name, "King").find("the king of Siam, Kingston"), None);
    }

    #[test]
    fn all_that_tells_is_taken_out_and_listed() {
        let text = "<article xml:lang='en'><front><article-meta><article-id pub-id-type='doi'>10.5555/x.1</article-id><title-group><article-title>T</article-title></title-group>\
             <contrib-group><contrib><name><surname>Muster</surname><given-names>Anna</given-names></name><email>anna@example.org</email><xref ref-type='aff' rid='a'/></contrib></contrib-group>\
             <aff id='a'>Institute of Samples, Bishkek, Kyrgyzstan</aff></article-meta></front>\
             <body><p>As we showed (Muster, 2019).</p></body><back><ack><p>We thank Viktor.</p></ack>\
             <fn-group><fn fn-type='con'><p>A.M. wrote it.</p></fn><fn><p>A plain note.</p></fn></fn-group></back></article>";
        let mut log = Log::default();
        let mut article = super::super::testing::article(&mut log, text);
        let hidden = strip(&mut article);
        let edition = super::super::resolve(&mut log, article);
        assert!(edition.metadata.people.is_empty() && edition.metadata.doi.is_none());
        let left: Vec<&str> = edition.leaves.iter().map(|(_, leaf)| leaf.text.as_str()).filter(|text| !text.is_empty()).collect();
        assert_eq!(left, ["T", "As we showed (Muster, 2019).", "A plain note."]);
        let omitted = edition.leaves.omissions().iter().filter(|omission| omission.reason == Reason::Anonymous).count();
        assert_eq!(omitted, 6, "{:?}", edition.leaves.omissions());
        assert!(hidden.iter().any(|secret| secret.text == "anna@example.org"));
        let before = log.warnings();
        assert_eq!(mentions(&mut log, &edition, &hidden).len(), 1);
        assert_eq!(log.warnings(), before + 1);
    }

    #[test]
    fn nothing_points_at_what_was_taken_out() {
        let text = "<article xml:lang='en'><front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front>\
             <body><p>By <xref ref-type='disp-formula' rid='e'>(1)</xref>, <xref ref-type='list' rid='l'>the list</xref> and <xref ref-type='fn' rid='n'>a</xref>.</p></body>\
             <back><ack><list id='l'><list-item id='i'><p>One</p></list-item></list><disp-formula id='e'><tex-math>x</tex-math></disp-formula><p>Two<fn id='n'><p>three</p></fn></p></ack></back></article>";
        let mut log = Log::default();
        let mut article = super::super::testing::article(&mut log, text);
        let _ = strip(&mut article);
        let _ = super::super::resolve(&mut log, article);
        let said: Vec<&str> = log.iter().map(|diagnostic| diagnostic.code.name()).collect();
        assert!(!said.contains(&"dangling-reference"), "{said:?}");
    }
}
