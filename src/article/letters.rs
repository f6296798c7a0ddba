//! Letters that formulas are set in, and the letters that they stand for.
//!
//! 1. [`lettered`] is a letter of the master in the letters of a variant: the mathematical alphanumeric symbols (Unicode, U+1D400 to U+1D7FF,
//!    and the holes in them that stand among the letterlike symbols).
//! 2. [`plain`] is the way back, by which an output is held against the master.
//! 3. [`accent`] is the combining character of a sign that stands above or below something, and [`spacing`] the sign of such a character.

use crate::model::math::Variant;

/// Letters of the variants that stood in Unicode before the others.
const HOLES: [(char, char, Variant); 26] = [
    ('ℎ', 'h', Variant::Italic),
    ('ℬ', 'B', Variant::Script),
    ('ℰ', 'E', Variant::Script),
    ('ℱ', 'F', Variant::Script),
    ('ℋ', 'H', Variant::Script),
    ('ℐ', 'I', Variant::Script),
    ('ℒ', 'L', Variant::Script),
    ('ℳ', 'M', Variant::Script),
    ('ℛ', 'R', Variant::Script),
    ('ℯ', 'e', Variant::Script),
    ('ℊ', 'g', Variant::Script),
    ('ℴ', 'o', Variant::Script),
    ('ℭ', 'C', Variant::Fraktur),
    ('ℌ', 'H', Variant::Fraktur),
    ('ℑ', 'I', Variant::Fraktur),
    ('ℜ', 'R', Variant::Fraktur),
    ('ℨ', 'Z', Variant::Fraktur),
    ('ℂ', 'C', Variant::DoubleStruck),
    ('ℍ', 'H', Variant::DoubleStruck),
    ('ℕ', 'N', Variant::DoubleStruck),
    ('ℙ', 'P', Variant::DoubleStruck),
    ('ℚ', 'Q', Variant::DoubleStruck),
    ('ℝ', 'R', Variant::DoubleStruck),
    ('ℤ', 'Z', Variant::DoubleStruck),
    ('𝚤', 'ı', Variant::Italic),
    ('𝚥', 'ȷ', Variant::Italic),
];

/// The Latin alphabets in their order, 52 letters each, from U+1D400.
const LATIN: [Variant; 13] = [
    Variant::Bold,
    Variant::Italic,
    Variant::BoldItalic,
    Variant::Script,
    Variant::BoldScript,
    Variant::Fraktur,
    Variant::DoubleStruck,
    Variant::BoldFraktur,
    Variant::SansSerif,
    Variant::BoldSansSerif,
    Variant::SansSerifItalic,
    Variant::SansSerifBoldItalic,
    Variant::Monospace,
];

/// The Greek alphabets, 58 signs each, from U+1D6A8.
const GREEK: [Variant; 5] = [Variant::Bold, Variant::Italic, Variant::BoldItalic, Variant::BoldSansSerif, Variant::SansSerifBoldItalic];

/// The digits, ten each, from U+1D7CE.
const DIGITS: [Variant; 5] = [Variant::Bold, Variant::DoubleStruck, Variant::SansSerif, Variant::BoldSansSerif, Variant::Monospace];

/// The signs of a Greek alphabet, in its order.
const GREEK_SIGNS: &str = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ";

/// A letter in the letters of a variant; `None` where the variant has none of its own, so that it must be shown by style.
#[must_use]
pub fn lettered(letter: char, variant: Variant) -> Option<char> {
    if let Some((hole, ..)) = HOLES.iter().find(|(_, plain, of)| *plain == letter && *of == variant) {
        return Some(*hole);
    }
    let at = |alphabets: &[Variant], first: u32, each: u32, index: u32| {
        let alphabet = u32::try_from(alphabets.iter().position(|of| *of == variant)?).ok()?;
        char::from_u32(first + alphabet * each + index)
    };
    match letter {
        'A'..='Z' => at(&LATIN, 0x1d400, 52, u32::from(letter) - u32::from('A')),
        'a'..='z' => at(&LATIN, 0x1d400, 52, u32::from(letter) - u32::from('a') + 26),
        '0'..='9' => at(&DIGITS, 0x1d7ce, 10, u32::from(letter) - u32::from('0')),
        _ => at(&GREEK, 0x1d6a8, 58, u32::try_from(GREEK_SIGNS.chars().position(|sign| sign == letter)?).ok()?),
    }
}

/// The letter that a sign of a formula stands for: upright and light. A hyphen, an asterisk and an apostrophe are the minus, the operator and
/// the prime that they are shown as. `None` for what leaves no trace of its own, such as a selector of a variant.
#[must_use]
pub fn plain(shown: char) -> Option<char> {
    let code = u32::from(shown);
    let letter = |index: u32| char::from_u32(if index < 26 { u32::from('A') + index } else { u32::from('a') + index - 26 });
    match shown {
        '\u{fe00}'..='\u{fe0f}' => None,
        '\u{1d400}'..='\u{1d6a3}' => letter((code - 0x1d400) % 52),
        '\u{1d6a8}'..='\u{1d7c9}' => GREEK_SIGNS.chars().nth(((code - 0x1d6a8) % 58) as usize),
        '\u{1d7ce}'..='\u{1d7ff}' => char::from_u32(u32::from('0') + (code - 0x1d7ce) % 10),
        '-' | '‐' | '‑' => Some('−'),
        '*' => Some('∗'),
        '\'' | '’' => Some('′'),
        '\u{2329}' | '\u{3008}' => Some('⟨'),
        '\u{232a}' | '\u{3009}' => Some('⟩'),
        'µ' => Some('μ'),
        _ => Some(HOLES.iter().find(|(hole, ..)| *hole == shown).map_or(shown, |(_, plain, _)| *plain)),
    }
}

/// How much of the beginning of two texts is the same in the letters that they stand for: how many bytes of each.
#[must_use]
pub fn common(one: &str, other: &str) -> (usize, usize) {
    let signs = |text: &'_ str| text.char_indices().map(|(at, c)| (at + c.len_utf8(), plain(c).map(dotted))).collect::<Vec<_>>();
    let (one, other) = (signs(one), signs(other));
    let (mut first, mut second, mut ends) = (0, 0, (0, 0));
    loop {
        while let Some((end, None)) = one.get(first) {
            (first, ends.0) = (first + 1, *end);
        }
        while let Some((end, None)) = other.get(second) {
            (second, ends.1) = (second + 1, *end);
        }
        match (one.get(first), other.get(second)) {
            (Some((end, sign)), Some((other_end, other_sign))) if sign == other_sign => {
                ends = (*end, *other_end);
                first += 1;
                second += 1;
            }
            _ => return ends,
        }
    }
}

/// The letter with its dot: the engine sets a dotless one by a feature of the font, and the text of the page then names the letter that has one.
fn dotted(letter: char) -> char {
    match letter {
        'ı' => 'i',
        'ȷ' => 'j',
        other => other,
    }
}

/// The combining character of a sign above something (`over`) or below it; `None` for what is no accent.
#[must_use]
pub fn accent(sign: &str, over: bool) -> Option<char> {
    let mut signs = sign.chars();
    let (Some(sign), None) = (signs.next(), signs.next()) else { return None };
    Some(match (sign, over) {
        ('^' | 'ˆ' | '\u{302}' | '⌃', true) => '\u{302}',
        ('~' | '˜' | '∼' | '\u{303}', true) => '\u{303}',
        ('¯' | '‾' | '―' | '─' | '_' | '-' | '−' | '–' | '—' | '\u{304}' | '\u{305}' | '\u{332}', true) => '\u{305}',
        ('¯' | '‾' | '―' | '─' | '_' | '-' | '−' | '–' | '—' | '\u{304}' | '\u{305}' | '\u{332}', false) => '\u{332}',
        ('→' | '⟶' | '\u{20d7}', true) => '\u{20d7}',
        ('←' | '⟵' | '\u{20d6}', true) => '\u{20d6}',
        ('↔' | '⟷' | '\u{20e1}', true) => '\u{20e1}',
        ('⇀' | '\u{20d1}', true) => '\u{20d1}',
        ('↼' | '\u{20d0}', true) => '\u{20d0}',
        ('.' | '˙' | '\u{307}' | '⋅' | '·', true) => '\u{307}',
        ('¨' | '\u{308}', true) => '\u{308}',
        ('\u{20db}', true) => '\u{20db}',
        ('\u{20dc}', true) => '\u{20dc}',
        ('ˇ' | '\u{30c}' | '⌄', true) => '\u{30c}',
        ('˘' | '\u{306}', true) => '\u{306}',
        ('´' | '\u{301}', true) => '\u{301}',
        ('`' | '\u{300}', true) => '\u{300}',
        ('˚' | '\u{30a}', true) => '\u{30a}',
        ('⏞' | '︷', true) => '⏞',
        ('⏟' | '︸', false) => '⏟',
        ('⏜' | '︵', true) => '⏜',
        ('⏝' | '︶', false) => '⏝',
        ('⎴', true) => '⎴',
        ('⎵', false) => '⎵',
        _ => return None,
    })
}

/// The sign that stands for a combining character where it has a place of its own above or below something, as MathML wants it (MathML Core, “Operator
/// Dictionary”): browsers set a combining one over what stands before the letter, since it has no width to be centred by.
#[must_use]
pub fn spacing(combining: char) -> Option<char> {
    Some(match combining {
        '\u{300}' => '`',
        '\u{301}' => '´',
        '\u{302}' => 'ˆ',
        '\u{303}' => '˜',
        '\u{304}' | '\u{305}' => '¯',
        '\u{306}' => '˘',
        '\u{307}' => '˙',
        '\u{308}' => '¨',
        '\u{30a}' => '˚',
        '\u{30c}' => 'ˇ',
        '\u{331}' | '\u{332}' => '_',
        '\u{20d0}' => '↼',
        '\u{20d1}' => '⇀',
        '\u{20d6}' => '←',
        '\u{20d7}' => '→',
        '\u{20e1}' => '↔',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variant_leads_back_to_its_letter() {
        for (variant, name) in Variant::ALL {
            for letter in ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(GREEK_SIGNS.chars()) {
                if let Some(shown) = lettered(letter, variant) {
                    assert_eq!(plain(shown), Some(letter), "{letter} in {name} is {shown}");
                }
            }
        }
        assert_eq!(lettered('h', Variant::Italic), Some('ℎ'));
        assert_eq!(lettered('α', Variant::BoldItalic), Some('𝜶'));
        assert_eq!(lettered('ж', Variant::Bold), None);
    }

    #[test]
    fn a_sign_of_its_own_is_the_same_accent() {
        for combining in ('\u{300}'..='\u{36f}').chain('\u{20d0}'..='\u{20ff}') {
            if let Some(sign) = spacing(combining) {
                let over = !matches!(combining, '\u{331}' | '\u{332}');
                let same = |sign: char| accent(&sign.to_string(), over);
                assert!(combining == '\u{331}' || same(sign) == same(combining), "{sign}");
            }
        }
    }

    #[test]
    fn texts_are_compared_in_the_letters_that_they_stand_for() {
        assert_eq!(common("𝑥𝑦", "xz"), (4, 1));
        assert_eq!(common("−1", "-1"), (4, 2));
        assert_eq!(common("𝓁\u{fe00}", "l"), (7, 1));
        assert_eq!(common("𝑖", "ı"), (4, 2));
        assert_eq!(common("𝑗", "𝚥"), (4, 4));
        assert_eq!(common("a", "b"), (0, 0));
    }
}
