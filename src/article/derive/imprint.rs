//! The imprint of a printed edition (выпускные данные): what GOST R 7.0.4-2020 wants to be said behind the text, in each language.
//!
//! 1. A project says what the press and the publisher know: [`Imprint`].
//! 2. The finished pages say the rest: [`Extent`]. So the lines can be made only when all is set, and are set again with them.
//! 3. [`Imprint::colophon`] makes the lines of one language, each a sentence of its words and numbers.
//!
//! Dates are written in digits: in a sentence they would need another case in every language.

use crate::lang::label::Label;
use crate::lang::lexicon::Lexicon;
use crate::lang::{Lang, table};
use crate::model::front::{Date, In};

/// What a project says of the printed edition. A text is in one or several languages; what is absent is not said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imprint {
    /// The sheet, and how many pages of it there are.
    pub format: Option<SheetFormat>,
    /// The day on which it was signed to press.
    pub signed: Option<Date>,
    /// How many copies are printed.
    pub copies: Option<u32>,
    /// The number of the order at the printing house.
    pub order: Option<String>,
    /// Who founded the journal.
    pub founder: Vec<In<String>>,
    /// Who publishes it, with the address.
    pub publisher: Vec<In<String>>,
    /// Where the editors are.
    pub address: Vec<In<String>>,
    /// The certificate of registration, as a whole sentence.
    pub registered: Vec<In<String>>,
    /// The paper, such as “офсетная”.
    pub paper: Vec<In<String>>,
    /// The way of printing, such as “офсетная”.
    pub printing: Vec<In<String>>,
    /// The typeface.
    pub typeface: Vec<In<String>>,
    /// The printing house, with its address.
    pub printer: Vec<In<String>>,
    /// The price.
    pub price: Vec<In<String>>,
    /// The mark of the readers' age, such as `12+` (Federal Law of Russia 436-FZ, 12).
    pub age: Option<String>,
    /// Whether the sheets of the publisher's count are said.
    pub counts_text: bool,
    /// How many somebody has counted; without it they are counted from the text.
    pub publishers_sheets: Option<f64>,
}

/// What only finished pages tell.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Extent {
    /// The pages.
    pub pages: usize,
    /// The signs of the text, blanks too.
    pub signs: usize,
    /// The area of the pictures, in square centimetres.
    pub pictures: f64,
}

/// The format of an edition (GOST 5773-90): the sheet in centimetres, and the share of it that is a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetFormat {
    width: u32,
    height: u32,
    share: u32,
}

/// The area of the sheet in which all others are counted, 60 × 90 cm.
const CONVENTIONAL: f64 = 60.0 * 90.0;

/// The signs of a sheet of the publisher's count, and the square centimetres of pictures that count as one.
const SIGNS: f64 = 40_000.0;
const PICTURES: f64 = 3_000.0;

impl SheetFormat {
    /// Reads `60x84/8`, with a sign of multiplication of whatever kind.
    ///
    /// # Errors
    ///
    /// Why it is no format, as a sentence without a stop.
    pub fn parse(text: &str) -> Result<Self, String> {
        let fault = || format!("`{text}` is no format of an edition; one is written `60x84/8`: the sheet in centimetres, and how many pages a side of it has");
        let compact: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| if matches!(c, '×' | '*' | 'х' | 'Х' | 'X') { 'x' } else { c }).collect();
        let (sheet, share) = compact.split_once('/').ok_or_else(fault)?;
        let (width, height) = sheet.split_once('x').ok_or_else(fault)?;
        let number = |text: &str, most: u32| text.parse::<u32>().ok().filter(|number| (1..=most).contains(number)).ok_or_else(fault);
        // 60×84 1/8, as some write it, has the share behind a 1.
        let height = if height.len() > 2 { height.strip_suffix('1').unwrap_or(height) } else { height };
        Ok(Self { width: number(width, 300)?, height: number(height, 300)?, share: number(share, 256)? })
    }

    /// How many conventional sheets so many pages are (усл. печ. л.): the pages of a side, times the sheet's share of 60 × 90 cm, which is rounded to two decimals.
    #[must_use]
    pub fn conventional_sheets(self, pages: usize) -> f64 {
        let coefficient = hundredths(f64::from(self.width) * f64::from(self.height) / CONVENTIONAL);
        hundredths(pages as f64 / f64::from(self.share) * coefficient)
    }
}

impl std::fmt::Display for SheetFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}×{}/{}", self.width, self.height, self.share)
    }
}

impl Extent {
    /// How many sheets the publisher counts (уч.-изд. л.): 40,000 signs are one, and 3,000 cm² of pictures.
    #[must_use]
    pub fn publishers_sheets(self) -> f64 {
        hundredths(self.signs as f64 / SIGNS + self.pictures / PICTURES)
    }
}

fn hundredths(value: f64) -> f64 {
    // What stands on the half goes up, though the float lies a little below it.
    ((value + 1e-9) * 100.0).round() / 100.0
}

/// The imprint in one language. Derived: no leaf of the master is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colophon {
    /// The language.
    pub lang: Lang,
    /// What is said, in order.
    pub lines: Vec<ColophonLine>,
    /// The mark of the readers' age.
    pub age: Option<String>,
}

/// A line of an imprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColophonLine {
    /// What it is of, as layouts and the report know it.
    pub kind: &'static str,
    /// What it says, without a stop.
    pub text: String,
}

impl Imprint {
    /// The imprint in a language.
    #[must_use]
    pub fn colophon(&self, lang: &Lang, words: &Lexicon<'_>, extent: Extent) -> Colophon {
        let said = |texts: &[In<String>]| {
            let own = texts.iter().find(|text| text.lang.same_language(lang)).or_else(|| texts.first());
            own.map(|text| text.said.trim().to_owned()).filter(|text| !text.is_empty())
        };
        let word = |label| words.word(lang, label);
        let behind = |label, texts: &[In<String>], between: &str| said(texts).map(|text| format!("{}{between} {text}", word(label)));
        let numbered = |label, number: &str| word(label).replace("{n}", number);
        let publishers = self.counts_text.then(|| self.publishers_sheets.unwrap_or_else(|| extent.publishers_sheets()));
        let lines = [
            ("founder", behind(Label::Founder, &self.founder, ":")),
            ("publisher", behind(Label::PublishedBy, &self.publisher, ":")),
            ("address", behind(Label::EditorialOffice, &self.address, ":")),
            ("registered", said(&self.registered)),
            ("signed", self.signed.map(|date| word(Label::SignedToPress).replace("{date}", &in_digits(date)))),
            ("format", self.format.map(|format| format!("{} {format}", word(Label::SheetFormat)))),
            ("paper", behind(Label::Paper, &self.paper, "")),
            ("typeface", behind(Label::Typeface, &self.typeface, "")),
            ("printing", behind(Label::Printing, &self.printing, "")),
            (
                "conventional-sheets",
                self.format.map(|format| format!("{} {}", word(Label::ConventionalSheets), number(lang, format.conventional_sheets(extent.pages)))),
            ),
            ("publishers-sheets", publishers.map(|sheets| format!("{} {}", word(Label::PublishersSheets), number(lang, sheets)))),
            ("copies", self.copies.map(|copies| numbered(Label::Copies, &copies.to_string()))),
            ("order", self.order.as_deref().map(|order| numbered(Label::OrderNumber, order))),
            ("printer", behind(Label::PrintedBy, &self.printer, ":")),
            ("price", behind(Label::Price, &self.price, ":")),
        ];
        let lines = lines.into_iter().filter_map(|(kind, text)| Some(ColophonLine { kind, text: text?.trim_end_matches('.').to_owned() })).collect();
        Colophon { lang: lang.clone(), lines, age: self.age.clone() }
    }
}

/// A day as `15.03.2026`, a month as `03.2026`.
fn in_digits(date: Date) -> String {
    let two = |number: Option<u8>| number.map(|number| format!("{number:02}.")).unwrap_or_default();
    format!("{}{}{}", two(date.day), two(date.month), date.year)
}

/// A number with two decimals at most, as the language writes it.
fn number(lang: &Lang, value: f64) -> String {
    let decimal = table::language(lang).map_or(".", |language| language.numbers.decimal.as_str());
    let text = format!("{value:.2}");
    let text = text.strip_suffix(".00").unwrap_or(&text);
    text.replace('.', decimal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::lexicon::Overrides;

    fn lang(tag: &str) -> Lang {
        Lang::parse(tag).expect("a tag").0
    }

    /// Imprints of Russian standards, as they were printed: the format, the pages, and the sheets.
    #[test]
    fn sheets_are_counted_as_printing_houses_count_them() {
        for (format, pages, sheets) in [
            ("60x84/8", 192, 22.32),
            ("60×84 1/8", 12, 1.40),
            ("60х84/8", 60, 6.98),
            ("60x84/8", 68, 7.91),
            ("60x90/16", 160, 10.0),
            ("84x108/32", 320, 16.8),
            ("70x100/16", 240, 19.5),
        ] {
            assert_eq!(SheetFormat::parse(format).expect("a format").conventional_sheets(pages), sheets, "{format}, {pages}");
        }
        assert_eq!(SheetFormat::parse("60 X 84 / 16").expect("a format").to_string(), "60×84/16");
        assert_eq!(SheetFormat::parse("60×841/8").expect("a format").to_string(), "60×84/8");
        for fault in ["A4", "60x84", "60/8", "60x84/0", "-60x84/8", "60x84/8/2", ""] {
            assert!(SheetFormat::parse(fault).is_err(), "{fault}");
        }
        assert_eq!(Extent { pages: 8, signs: 50_000, pictures: 750.0 }.publishers_sheets(), 1.5);
    }

    #[test]
    fn each_language_says_it_in_its_words() {
        let own = Overrides::default();
        let words = Lexicon::new(&own);
        let said = |tag: &str, text: &str| In { lang: lang(tag), said: text.to_owned() };
        let imprint = Imprint {
            format: SheetFormat::parse("60x84/8").ok(),
            signed: Some(Date { year: 2026, month: Some(3), day: Some(5) }),
            copies: Some(500),
            order: Some("147".to_owned()),
            printer: vec![said("ru", "ОсОО «Печать»."), said("ky", "«Басма» ЖЧК")],
            counts_text: true,
            ..Imprint::default()
        };
        let extent = Extent { pages: 16, signs: 60_000, pictures: 0.0 };
        let line = |tag: &str| imprint.colophon(&lang(tag), &words, extent).lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join(". ");
        assert_eq!(
            line("ru"),
            "Подписано в печать 05.03.2026. Формат 60×84/8. Усл. печ. л. 1,86. Уч.-изд. л. 1,50. Тираж 500 экз. Заказ № 147. Типография: ОсОО «Печать»"
        );
        assert!(line("ky").starts_with("Басууга 05.03.2026 кол коюлду. Форматы 60×84/8."), "{}", line("ky"));
        assert!(line("ky").ends_with("Басмакана: «Басма» ЖЧК"), "{}", line("ky"));
        assert!(line("en").starts_with("Signed to press 05.03.2026. Format 60×84/8. Conventional printed sheets 1.86"), "{}", line("en"));
    }
}
