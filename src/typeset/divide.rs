//! Where lines may end, beyond what the engine knows: words of languages of which it has no patterns, and words that are tied.
//!
//! 1. [`Division`] knows in which language the text runs, and whether it is text that is divided: paragraphs are; titles, addresses, code and
//!    cells of tables are not, as layouts set those of every language. Words are tied everywhere ([`article::tie`]); in cells a word and a number are no reference.
//! 2. [`signed`] puts soft hyphens, word joiners and, in leaders, zero width spaces into a text; the forme notes where, and the finished pages lose those that are not seen
//!    (`src/pdf/soften.rs`).
//!
//! The engine takes no price for a break at a soft hyphen, as it does for those of its own patterns, so fewer are offered: none in short words, and none
//! near the ends of a word.

use article::hyphenate::Rules;
use article::lang::Lang;
use article::tie::{Kind, places, ties};

use crate::Sign;

/// What is put where a word may be divided.
pub(crate) const SOFT: char = '\u{ad}';

/// What is put where no line may end: behind a blank too (UAX 14, LB11 comes before LB18).
pub(crate) const JOINER: char = '\u{2060}';

/// What is put where a line may end and nothing is shown for it, before a full stop too (UAX 14, LB8 comes before LB13).
pub(crate) const SPACE: char = '\u{200b}';

/// From so many on, points and lines in a row are leaders, which the engine does not break: in a narrow column they would run into the next.
const LEADERS: usize = 16;

/// A line of leaders may end behind so many.
const STEP: usize = 4;

/// So many letters stay on either side.
const EDGE: usize = 3;

/// Whether the text that is written is divided, and how.
#[derive(Debug, Default)]
pub(crate) struct Division {
    tongues: Vec<(Lang, Option<Rules>)>,
    prose: usize,
    undivided: usize,
    cells: usize,
    whole: usize,
}

impl Division {
    /// Text in a language begins.
    pub(crate) fn enter(&mut self, lang: &Lang) {
        self.tongues.push((lang.clone(), Rules::of(lang)));
    }

    /// It ends.
    pub(crate) fn leave(&mut self) {
        self.tongues.pop();
    }

    /// Running text begins.
    pub(crate) fn begin_prose(&mut self) {
        self.prose += 1;
    }

    /// It ends.
    pub(crate) fn end_prose(&mut self) {
        self.prose = self.prose.saturating_sub(1);
    }

    /// A title begins: its words stay whole.
    pub(crate) fn begin_title(&mut self) {
        self.undivided += 1;
    }

    /// It ends.
    pub(crate) fn end_title(&mut self) {
        self.undivided = self.undivided.saturating_sub(1);
    }

    /// A cell begins: the layout divides its words where they find no room.
    pub(crate) fn begin_cell(&mut self) {
        self.cells += 1;
    }

    /// It ends.
    pub(crate) fn end_cell(&mut self) {
        self.cells = self.cells.saturating_sub(1);
    }

    /// Text begins whose words stay whole and are not tied either, wherever it stands: an address, code.
    pub(crate) fn begin_whole(&mut self) {
        self.whole += 1;
    }

    /// It ends.
    pub(crate) fn end_whole(&mut self) {
        self.whole = self.whole.saturating_sub(1);
    }

    /// The language of the text at this place.
    pub(crate) fn lang(&self) -> Option<&Lang> {
        self.tongues.last().map(|(lang, _)| lang)
    }

    /// Whether no line may end with a hyphen of the text at this place: the languages that repeat a hyphen at the head of the next line would add one to an address or
    /// to code. They are those of the engine. Source: typst-layout 0.15.1, `inline/line.rs`, `should_repeat_hyphen`.
    pub(crate) fn keeps_hyphens(&self) -> bool {
        self.lang().is_some_and(|lang| matches!(lang.primary(), "cs" | "dsb" | "es" | "hr" | "pl" | "pt" | "sk"))
    }

    /// The rules by which the text at this place is divided.
    pub(crate) fn rules(&self) -> Option<Rules> {
        self.tongues.last().and_then(|(_, rules)| *rules).filter(|_| self.prose > 0 && self.undivided == 0 && self.cells == 0 && self.whole == 0)
    }

    /// As what the text at this place is tied; `None` where it is not.
    pub(crate) fn tied(&self) -> Option<Kind> {
        if self.whole > 0 {
            None
        } else if self.cells > 0 {
            Some(Kind::Cell)
        } else if self.undivided > 0 {
            Some(Kind::Title)
        } else {
            Some(Kind::Text)
        }
    }
}

/// What a text stands in, as far as its lines hang on it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Around {
    /// The rules by which it is divided.
    pub(crate) rules: Option<Rules>,
    /// As what it is tied.
    pub(crate) tied: Option<Kind>,
    /// Whether no line ends with a hyphen of it.
    pub(crate) keeps_hyphens: bool,
    /// Whether it goes on from a formula, at which the engine would break whatever follows (UAX 14, LB20).
    pub(crate) goes_on: bool,
}

/// A text with the signs that it needs, and where in it they stand. `None` where it needs none.
pub(crate) fn signed(around: Around, text: &str) -> Option<(String, Vec<Sign>)> {
    let Around { rules, tied, keeps_hyphens, goes_on } = around;
    let mut wanted: Vec<(usize, char)> = rules.map(|rules| divisions(rules, text).into_iter().map(|at| (at, SOFT)).collect()).unwrap_or_default();
    wanted.extend(leaders(text).into_iter().map(|at| (at, SPACE)));
    // No mark begins a line anyway (LB13); letters of the scripts beyond these may, wherever they stand.
    let is_held = |first: char| !first.is_whitespace() && !matches!(first, ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}') && first < '\u{2e80}';
    if goes_on && text.chars().next().is_some_and(is_held) {
        wanted.push((0, JOINER));
    }
    if keeps_hyphens {
        wanted.extend(text.match_indices('-').map(|(at, _)| (at + 1, JOINER)));
    }
    if let Some(kind) = tied {
        wanted.extend(ties(text, kind).iter().flat_map(|tie| places(text, tie)).map(|at| (at, JOINER)));
    }
    wanted.sort_unstable();
    if wanted.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 3 * wanted.len());
    let mut signs = Vec::with_capacity(wanted.len());
    let mut from = 0;
    for (at, char) in wanted {
        out.push_str(text.get(from..at).unwrap_or_default());
        signs.push(Sign { at: u32::try_from(out.len()).unwrap_or(u32::MAX), char });
        out.push(char);
        from = at;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Some((out, signs))
}

/// Whether a sign makes leaders where many of it stand in a row.
pub(crate) fn leads(sign: char) -> bool {
    matches!(sign, '.' | '…' | '_' | '·' | '‧')
}

/// Where lines of leaders may end, in bytes: “costae ………… C. nana” in a key.
fn leaders(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut run = (' ', Vec::new());
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c != run.0 {
            let (_, places) = std::mem::replace(&mut run, (c, Vec::new()));
            if places.len() >= LEADERS {
                found.extend(places.into_iter().step_by(STEP).skip(1));
            }
        }
        if leads(c) {
            run.1.push(at);
        }
    }
    found
}

/// Where the words of a text may be divided, in bytes.
fn divisions(rules: Rules, text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if belongs_to_a_word(c) {
            continue;
        }
        let word = text.get(from..at).unwrap_or_default();
        found.extend(breaks(rules, word).into_iter().map(|place| from + place));
        from = (at + c.len_utf8()).min(text.len());
    }
    found
}

/// The places of a word that are offered. Quotation marks around it do not belong to it.
fn breaks(rules: Rules, word: &str) -> Vec<usize> {
    let bare = word.trim_start_matches(is_apostrophe);
    let start = word.len() - bare.len();
    let bare = bare.trim_end_matches(is_apostrophe);
    if bare.chars().count() < 2 * EDGE {
        return Vec::new();
    }
    let far = |place: &usize| bare[..*place].chars().count() >= EDGE && bare[*place..].chars().count() >= EDGE;
    rules.breaks(bare).into_iter().filter(far).map(|place| start + place).collect()
}

/// What makes a word what it is: an apostrophe is a letter in some languages, and a digit or a soft hyphen of the master makes a word that is
/// left as it is.
fn belongs_to_a_word(c: char) -> bool {
    c.is_alphanumeric() || c == SOFT || c == '_' || is_apostrophe(c) || matches!(c, '\u{300}'..='\u{36f}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | 'ʻ' | 'ʼ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(tag: &str, text: &str) -> String {
        let rules = Lang::parse(tag).and_then(|(lang, _)| Rules::of(&lang)).expect("rules");
        let Some((out, signs)) = signed(Around { rules: Some(rules), tied: Some(Kind::Text), ..Around::default() }, text) else { return text.to_owned() };
        for sign in &signs {
            assert!(out[sign.at as usize..].starts_with(sign.char), "{sign:?} in {out}");
        }
        assert_eq!(out.matches([SOFT, JOINER]).count(), signs.len());
        assert_eq!(out.replace([SOFT, JOINER], ""), text);
        out.replace(SOFT, "=").replace(JOINER, "~")
    }

    #[test]
    fn leaders_may_break() {
        let text = format!("costae {} C. nana; wait... no", ".".repeat(18));
        let (out, signs) = signed(Around::default(), &text).expect("signs");
        assert_eq!(out.replace(SPACE, "|"), "costae ....|....|....|....|.. C. nana; wait... no");
        assert_eq!((signs.len(), out.replace(SPACE, "")), (4, text));
    }

    #[test]
    fn what_goes_on_from_a_formula_does_not_begin_a_line_and_hyphens_are_kept() {
        let said = |around: Around, text: &str| signed(around, text).map(|(out, _)| out.replace(JOINER, "~"));
        let goes_on = Around { goes_on: true, ..Around::default() };
        assert_eq!(said(goes_on, "–10").as_deref(), Some("~–10"));
        assert_eq!((said(goes_on, " and"), said(goes_on, "的"), said(Around::default(), "x-y")), (None, None, None));
        assert_eq!(said(Around { keeps_hyphens: true, ..Around::default() }, "S1678-697").as_deref(), Some("S1678-~697"));
    }

    #[test]
    fn long_words_are_divided_and_nothing_else_is_touched() {
        assert_eq!(shown("ky", "Изилдөөлөрүнүн жыйынтыгы 2020-жылы (Бишкек) чыкты."), "Изил=дөө=лө=рү=нүн жыйын=тыгы 2020-~жылы (Биш=кек) чыкты.");
        assert_eq!(shown("uz", "‘O‘zbekiston’ kitoblarning"), "‘O‘z=be=kis=ton’ ki=tob=lar=ning".replace("ki=t", "kit"));
        assert_eq!(shown("ky", "де\u{ad}мократия КМШнын тел1234567"), "де\u{ad}мократия КМШнын тел1234567");
        assert_eq!(shown("ky", ""), "");
    }

    #[test]
    fn what_is_tied_is_no_word_that_is_divided_elsewhere() {
        assert_eq!(shown("ky", "Изилдөө — 1-сүрөттөгү"), "Изил=дөө ~— 1-~сү=рөт=төгү".replace("сү=рөт", "сүрөт"));
        assert_eq!(signed(Around::default(), "Слово — дело"), None);
    }
}
