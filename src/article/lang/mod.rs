//! Languages: their tags, and the table of the words that the program adds in each.
//!
//! 1. [`Lang::parse`] takes an `xml:lang` as it is found in the wild and makes a BCP 47 tag of it.
//! 2. [`table`] has what the program knows of each language: the one list from which both writers take the words, which [`label`] names.

pub mod document;
pub mod label;
pub mod lexicon;
pub mod table;

/// A language tag: language, and script or region where they are given (BCP 47).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang {
    tag: String,
}

impl Lang {
    /// English, which a JATS article is in when it says nothing else.
    #[must_use]
    pub fn english() -> Self {
        Self { tag: "en".to_owned() }
    }

    /// The tag as BCP 47 writes it, and whether it had to be mended: `EN` and `en_US` are read as they are meant, three-letter codes
    /// that have a two-letter one become it (RFC 5646, 2.2.1), `jp` and `cz` are taken for the languages of those countries.
    /// `None` where it is no tag at all.
    #[must_use]
    pub fn parse(raw: &str) -> Option<(Self, bool)> {
        let mut parts = raw.trim().split(['-', '_']);
        let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
        if !(2..=3).contains(&primary.len()) || !primary.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        let mut tag = shortest(&primary).unwrap_or(&primary).to_owned();
        for part in parts {
            if part.is_empty() || part.len() > 8 || !part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return None;
            }
            tag.push('-');
            match part.len() {
                4 if part.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                    tag.push_str(&part[..1].to_ascii_uppercase());
                    tag.push_str(&part[1..].to_ascii_lowercase());
                }
                2 => tag.push_str(&part.to_ascii_uppercase()),
                _ => tag.push_str(&part.to_ascii_lowercase()),
            }
        }
        let mended = tag != raw;
        Some((Self { tag }, mended))
    }

    /// The whole tag, such as `sr-Latn`.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The language alone, such as `sr`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.tag.split('-').next().unwrap_or_default()
    }

    /// The script, such as `Latn`, where the tag names it.
    #[must_use]
    pub fn script(&self) -> Option<&str> {
        self.tag.split('-').skip(1).find(|part| part.len() == 4)
    }

    /// The region, such as `BR`, where the tag names it.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.tag.split('-').skip(1).find(|part| part.len() == 2)
    }

    /// Whether the language is written from right to left.
    #[must_use]
    pub fn is_rtl(&self) -> bool {
        match self.script() {
            Some(script) => matches!(script, "Arab" | "Hebr" | "Syrc" | "Thaa" | "Nkoo"),
            None => matches!(self.primary(), "ar" | "he" | "fa" | "ur" | "ps" | "yi" | "sd" | "ug" | "dv" | "ckb"),
        }
    }

    /// Whether two tags mean one language: the same language, in the same script where both name one.
    #[must_use]
    pub fn same_language(&self, other: &Self) -> bool {
        self.primary() == other.primary() && (self.script().is_none() || other.script().is_none() || self.script() == other.script())
    }
}

/// Whether a letter is Cyrillic. Source: Unicode, Blocks.txt, Cyrillic and Cyrillic Supplement.
#[must_use]
pub fn is_cyrillic(char: char) -> bool {
    matches!(char, '\u{400}'..='\u{52f}')
}

/// Whether words and names are written without blanks in this letter's script: Chinese characters, kana, hangul. Source: Unicode, Blocks.txt.
#[must_use]
pub fn is_cjk(char: char) -> bool {
    matches!(char, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

impl Default for Lang {
    fn default() -> Self {
        Self::english()
    }
}

/// The two-letter code of a language that is named by three letters, or by its country's code.
fn shortest(primary: &str) -> Option<&'static str> {
    Some(match primary {
        "eng" => "en",
        "rus" => "ru",
        "kir" => "ky",
        "kaz" => "kk",
        "ukr" => "uk",
        "bel" => "be",
        "uzb" => "uz",
        "deu" | "ger" => "de",
        "fra" | "fre" => "fr",
        "spa" => "es",
        "por" => "pt",
        "ita" => "it",
        "pol" => "pl",
        "ces" | "cze" | "cz" => "cs",
        "slv" => "sl",
        "srp" => "sr",
        "hrv" => "hr",
        "tur" => "tr",
        "zho" | "chi" => "zh",
        "jpn" | "jp" => "ja",
        "kor" => "ko",
        "ara" => "ar",
        "heb" => "he",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_as_they_are_meant() {
        let tag = |raw: &str| Lang::parse(raw).map(|(lang, mended)| (lang.tag().to_owned(), mended));
        assert_eq!(tag("ru"), Some(("ru".into(), false)));
        assert_eq!(tag("EN"), Some(("en".into(), true)));
        assert_eq!(tag("sr_latn"), Some(("sr-Latn".into(), true)));
        assert_eq!(tag("pt-BR"), Some(("pt-BR".into(), false)));
        assert_eq!(tag("chi"), Some(("zh".into(), true)));
        assert_eq!(tag("english"), None);
        assert_eq!(tag(""), None);
    }
}
