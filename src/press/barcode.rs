//! Bar codes of the trade: EAN-13 of an ISSN or an ISBN, with an add-on.
//!
//! 1. A number is looked at: its length and its check digit (ISO 3297, ISO 2108).
//! 2. It becomes the thirteen digits of an EAN (GS1 General Specifications, 5.2.1), and those become bars (`barcoders`).
//! 3. A [`Barcode`] says bars and digits; how large they are drawn is said by the cover.

use barcoders::sym::ean_supp::EANSUPP;
use barcoders::sym::ean13::EAN13;

/// A bar code, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Barcode {
    /// What stands above it: `ISSN 1694-769X`.
    pub title: String,
    /// The thirteen digits.
    pub digits: String,
    /// Its 95 modules: `1` is dark.
    pub modules: String,
    /// The digits of the add-on: two of an issue, five of a price.
    pub addon: Option<Addon>,
}

/// The smaller code to the right of an EAN-13.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addon {
    /// Two or five digits.
    pub digits: String,
    /// Its modules: `1` is dark.
    pub modules: String,
}

/// The prefix of periodicals (GS1: “ISSN”).
const PERIODICAL: &str = "977";

impl Barcode {
    /// The code of a periodical: 977, seven digits of the ISSN, two of a variant (of the price; mostly 00), and the number of the issue as add-on.
    ///
    /// # Errors
    ///
    /// Why the ISSN, the variant or the add-on is none, as a sentence without a stop.
    pub fn of_issn(issn: &str, variant: u8, addon: Option<&str>) -> Result<Self, String> {
        let signs = signs(issn);
        let weights = (2..=8).rev();
        let [numbers @ .., last] = signs.as_slice() else { return Err(format!("`{issn}` is no ISSN")) };
        if numbers.len() != 7 || numbers.iter().any(|digit| *digit > 9) || weighed(numbers, weights, 11) != *last {
            return Err(format!("`{issn}` is no ISSN: it has eight digits, of which the last depends on the others"));
        }
        if variant > 99 {
            return Err(format!("the variant is {variant}, and has two digits"));
        }
        let seven: String = numbers.iter().map(ToString::to_string).collect();
        let title = format!("ISSN {}", written(&signs, 4));
        Self::new(title, &format!("{PERIODICAL}{seven}{variant:02}"), addon)
    }

    /// The code of a book: the ISBN itself, and a price as add-on of five digits.
    ///
    /// # Errors
    ///
    /// Why the ISBN or the add-on is none, as a sentence without a stop.
    pub fn of_isbn(isbn: &str, addon: Option<&str>) -> Result<Self, String> {
        let signs = signs(isbn);
        let twelve: Vec<u8> = match signs.as_slice() {
            [numbers @ .., last] if numbers.len() == 9 && numbers.iter().all(|digit| *digit < 10) && weighed(numbers, (2..=10).rev(), 11) == *last => {
                [9, 7, 8].iter().chain(numbers).copied().collect()
            }
            [numbers @ .., last] if numbers.len() == 12 && numbers.starts_with(&[9, 7]) && thirteenth(numbers) == Some(*last) => numbers.to_vec(),
            _ => return Err(format!("`{isbn}` is no ISBN: it has thirteen digits, of which the last depends on the others")),
        };
        let digits: String = twelve.iter().map(ToString::to_string).collect();
        Self::new(format!("ISBN {}", isbn.trim()), &digits, addon)
    }

    fn new(title: String, twelve: &str, addon: Option<&str>) -> Result<Self, String> {
        let fault = |_| format!("`{twelve}` has no bar code");
        let numbers: Vec<u8> = twelve.bytes().map(|byte| byte.wrapping_sub(b'0')).collect();
        let check = thirteenth(&numbers).ok_or_else(|| format!("`{twelve}` has no bar code"))?;
        let modules = modules(&EAN13::new(twelve).map_err(fault)?.encode());
        let addon = addon.map(Addon::new).transpose()?;
        Ok(Self { title, digits: format!("{twelve}{check}"), modules, addon })
    }
}

impl Addon {
    fn new(digits: &str) -> Result<Self, String> {
        let fault = || format!("the add-on of a bar code has two or five digits, and `{digits}` is something else");
        if !matches!(digits.len(), 2 | 5) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(fault());
        }
        let bars = EANSUPP::new(digits).map_err(|_| fault())?;
        Ok(Self { digits: digits.to_owned(), modules: modules(&bars.encode()) })
    }
}

/// The values of the digits of a number, `X` being ten; what stands between them is left out.
fn signs(number: &str) -> Vec<u8> {
    let digits = number.trim().chars().filter(|c| !matches!(c, '-' | ' ' | '\u{2010}'..='\u{2013}'));
    digits.map(|c| if c.eq_ignore_ascii_case(&'x') { 10 } else { c.to_digit(10).and_then(|digit| u8::try_from(digit).ok()).unwrap_or(u8::MAX) }).collect()
}

/// The digits as they are printed, with a hyphen after so many of them.
fn written(signs: &[u8], hyphen: usize) -> String {
    let digit = |(at, sign): (usize, &u8)| format!("{}{}", if at == hyphen { "-" } else { "" }, if *sign == 10 { "X".to_owned() } else { sign.to_string() });
    signs.iter().enumerate().map(digit).collect()
}

/// The check digit that weights make, by a modulus.
fn weighed(numbers: &[u8], weights: impl Iterator<Item = u32>, modulus: u32) -> u8 {
    let sum: u32 = numbers.iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    u8::try_from((modulus - sum % modulus) % modulus).unwrap_or(u8::MAX)
}

/// The thirteenth digit of an EAN (GS1 General Specifications, 7.9); `None` where there are not twelve digits before it.
fn thirteenth(numbers: &[u8]) -> Option<u8> {
    (numbers.len() == 12 && numbers.iter().all(|digit| *digit < 10)).then(|| weighed(numbers, [1, 3].into_iter().cycle(), 10))
}

fn modules(bars: &[u8]) -> String {
    bars.iter().map(|bar| if *bar == 0 { '0' } else { '1' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Widths of the left digits' parities, read back from the bars: an EAN-13 is decoded here by the tables of GS1 and not by `barcoders`.
    fn read(modules: &str) -> Option<String> {
        const ODD: [&str; 10] = ["0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011"];
        const FIRST: [&str; 10] = ["OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE", "OEEOOE", "OEEEOO", "OEOEOE", "OEOEEO", "OEEOEO"];
        let turned = |bars: &str| -> String { bars.chars().map(|bar| if bar == '1' { '0' } else { '1' }).collect() };
        let find = |bars: &str| ODD.iter().position(|odd| *odd == bars);
        let inner = modules.strip_prefix("101")?.strip_suffix("101")?;
        let (left, right) = (&inner[..42], &inner[47..]);
        assert_eq!(&inner[42..47], "01010");
        let (mut digits, mut parity) = (String::new(), String::new());
        for at in (0..42).step_by(7) {
            let bars = &left[at..at + 7];
            let even: String = turned(bars).chars().rev().collect();
            let (digit, kind) = find(bars).map(|digit| (digit, 'O')).or_else(|| find(&even).map(|digit| (digit, 'E')))?;
            digits.push_str(&digit.to_string());
            parity.push(kind);
        }
        for at in (0..42).step_by(7) {
            digits.push_str(&find(&turned(&right[at..at + 7]))?.to_string());
        }
        let first = FIRST.iter().position(|known| *known == parity)?;
        Some(format!("{first}{digits}"))
    }

    #[test]
    fn an_issn_becomes_bars() {
        let code = Barcode::of_issn("2049-3630", 0, Some("05")).expect("a code");
        assert_eq!((code.title.as_str(), code.digits.as_str()), ("ISSN 2049-3630", "9772049363002"));
        assert_eq!(read(&code.modules).as_deref(), Some("9772049363002"));
        let addon = code.addon.expect("an add-on");
        // 05: 5 mod 4 is 1, so the first digit is odd and the second even (GS1, 5.2.2.3).
        assert_eq!(addon.modules, format!("1011{}01{}", "0001101", "0111001"));
        assert_eq!(Barcode::of_issn("1694769X", 3, None).expect("a code").title, "ISSN 1694-769X");
    }

    #[test]
    fn an_isbn_becomes_bars() {
        for isbn in ["978-3-16-148410-0", "3-16-148410-X"] {
            let code = Barcode::of_isbn(isbn, Some("52495")).expect("a code");
            assert_eq!(code.digits, "9783161484100");
            assert_eq!(read(&code.modules).as_deref(), Some("9783161484100"));
            assert_eq!(code.addon.map(|addon| addon.modules.len()), Some(47));
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for issn in ["2049-3631", "2049-363", "", "2049-36X0", "abcd-efgh", "20493630ф"] {
            assert!(Barcode::of_issn(issn, 0, None).is_err(), "{issn}");
        }
        for isbn in ["978-3-16-148410-1", "9783161484100 0", "", "X-16-148410-0", "123-3-16-148410-0"] {
            assert!(Barcode::of_isbn(isbn, None).is_err(), "{isbn}");
        }
        for addon in ["5", "123", "5a", "123456", "٠١"] {
            assert!(Barcode::of_issn("2049-3630", 0, Some(addon)).is_err(), "{addon}");
        }
        assert!(Barcode::of_issn("2049-3630", 100, None).is_err());
    }
}
