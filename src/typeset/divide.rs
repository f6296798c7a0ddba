//! Where the words of a text may be divided, in languages of which the engine has no patterns.
//!
//! 1. [`Division`] knows in which language the text runs, and whether it is text that is divided: paragraphs are; titles, addresses, code and
//!    cells of tables are not, as layouts set those of every language.
//! 2. [`divided`] puts soft hyphens into a text; the forme notes where, and the finished pages lose those that were not needed (`src/pdf/soften.rs`).
//!
//! The engine takes no price for a break at a soft hyphen, as it does for those of its own patterns, so fewer are offered: none in short words, and none
//! near the ends of a word.

use article::hyphenate::Rules;
use article::lang::Lang;

/// What is put where a word may be divided.
pub(crate) const SOFT: char = '\u{ad}';

/// So many letters stay on either side.
const EDGE: usize = 3;

/// Whether the text that is written is divided, and how.
#[derive(Debug, Default)]
pub(crate) struct Division {
    tongues: Vec<(Lang, Option<Rules>)>,
    prose: usize,
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

    /// Text begins whose words stay whole, wherever it stands.
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

    /// The rules by which the text at this place is divided.
    pub(crate) fn rules(&self) -> Option<Rules> {
        self.tongues.last().and_then(|(_, rules)| *rules).filter(|_| self.prose > 0 && self.whole == 0)
    }
}

/// A text with soft hyphens, and where in it they stand, in bytes. `None` where there are none to put.
pub(crate) fn divided(rules: Rules, text: &str) -> Option<(String, Vec<u32>)> {
    let mut out = String::with_capacity(text.len() + 16);
    let mut places = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if belongs_to_a_word(c) {
            continue;
        }
        let word = text.get(from..at).unwrap_or_default();
        let mut last = 0;
        for place in breaks(rules, word) {
            out.push_str(&word[last..place]);
            places.push(u32::try_from(out.len()).unwrap_or(u32::MAX));
            out.push(SOFT);
            last = place;
        }
        out.push_str(&word[last..]);
        from = (at + c.len_utf8()).min(text.len());
        out.push_str(text.get(at..from).unwrap_or_default());
    }
    (!places.is_empty()).then_some((out, places))
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
        let Some((out, places)) = divided(rules, text) else { return text.to_owned() };
        for place in &places {
            assert!(out[*place as usize..].starts_with(SOFT), "{place} in {out}");
        }
        assert_eq!(out.matches(SOFT).count(), places.len());
        assert_eq!(out.replace(SOFT, ""), text);
        out.replace(SOFT, "=")
    }

    #[test]
    fn long_words_are_divided_and_nothing_else_is_touched() {
        assert_eq!(shown("ky", "Изилдөөлөрүнүн жыйынтыгы 2020-жылы (Бишкек) чыкты."), "Изил=дөө=лө=рү=нүн жыйын=тыгы 2020-жылы (Биш=кек) чыкты.");
        assert_eq!(shown("uz", "‘O‘zbekiston’ kitoblarning"), "‘O‘z=be=kis=ton’ ki=tob=lar=ning".replace("ki=t", "kit"));
        assert_eq!(shown("ky", "де\u{ad}мократия КМШнын тел1234567"), "де\u{ad}мократия КМШнын тел1234567");
        assert_eq!(shown("ky", ""), "");
    }
}
