//! What a project says of its printed edition: the tables `[cover]` and `[imprint]`. Whatever is not listed here is refused, with the line.

use article::derive::imprint::{Imprint, SheetFormat};
use article::lang::Lang;
use article::model::front::{Date, In};
use press::barcode::Barcode;
use serde::Deserialize;

use super::file::Said;

/// The cover around printed pages.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(in crate::cli) struct Cover {
    /// The thickness of the spine in millimetres, where somebody has measured it.
    pub(in crate::cli) spine: Option<Millimetres>,
    /// Which bar code it has.
    pub(in crate::cli) barcode: Bars,
    /// The ISBN, for a bar code of it.
    pub(in crate::cli) isbn: Option<Isbn>,
    /// The two digits behind the ISSN in its bar code.
    pub(in crate::cli) variant: Variant,
    /// The digits of the small bar code: two of an issue, five of a price.
    pub(in crate::cli) addon: Option<Addon>,
    /// What stands beside the journal's title: volume, number, year.
    pub(in crate::cli) place: Option<Said>,
    /// The price, with its currency.
    pub(in crate::cli) price: Option<Said>,
    /// The mark of the readers' age.
    pub(in crate::cli) age: Option<Age>,
}

/// The imprint.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(in crate::cli) struct Table {
    /// What has it.
    pub(in crate::cli) of: Of,
    /// The languages in which it is printed; those of the journal without them.
    pub(in crate::cli) languages: Option<Vec<String>>,
    /// The sheet and its share: `60x84/8`.
    pub(in crate::cli) format: Option<Format>,
    /// The day on which it was signed to press.
    pub(in crate::cli) signed: Option<Day>,
    /// How many copies are printed.
    pub(in crate::cli) copies: Option<u32>,
    /// The number of the order.
    pub(in crate::cli) order: Option<Number>,
    /// Who founded the journal.
    pub(in crate::cli) founder: Option<Said>,
    /// Who publishes it, with the address; the journal's publisher without it.
    pub(in crate::cli) publisher: Option<Said>,
    /// Where the editors are.
    pub(in crate::cli) address: Option<Said>,
    /// The certificate of registration.
    pub(in crate::cli) registered: Option<Said>,
    /// The paper.
    pub(in crate::cli) paper: Option<Said>,
    /// The typeface.
    pub(in crate::cli) typeface: Option<Said>,
    /// The way of printing.
    pub(in crate::cli) printing: Option<Said>,
    /// The printing house, with its address.
    pub(in crate::cli) printer: Option<Said>,
    /// Whether the sheets of the publisher's count are said, or how many there are.
    pub(in crate::cli) publishers_sheets: Sheets,
}

/// What has an imprint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::cli) enum Of {
    /// The PDF of each article, such as an offprint.
    #[default]
    Article,
    /// The issue alone, which `diglot press` binds.
    Issue,
}

/// The sheets of the publisher's count.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub(in crate::cli) enum Sheets {
    /// Whether they are counted and said.
    Counted(bool),
    /// How many somebody has counted.
    Said(f64),
}

impl Default for Sheets {
    fn default() -> Self {
        Self::Counted(false)
    }
}

/// Which bar code a cover has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::cli) enum Bars {
    /// That of the ISBN where there is one, else that of the ISSN.
    #[default]
    Auto,
    /// That of the ISSN.
    Issn,
    /// That of the ISBN.
    Isbn,
    /// None.
    None,
}

/// A mark of the readers' age. Source: Federal Law of Russia of 29 December 2010, No. 436-FZ, 6 to 10 and 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(in crate::cli) enum Age {
    /// For everybody.
    #[serde(rename = "0+")]
    Zero,
    /// From six years on.
    #[serde(rename = "6+")]
    Six,
    /// From twelve years on.
    #[serde(rename = "12+")]
    Twelve,
    /// From sixteen years on.
    #[serde(rename = "16+")]
    Sixteen,
    /// Forbidden for children.
    #[serde(rename = "18+")]
    Eighteen,
}

impl Age {
    /// The mark.
    #[must_use]
    pub(in crate::cli) fn mark(self) -> &'static str {
        match self {
            Self::Zero => "0+",
            Self::Six => "6+",
            Self::Twelve => "12+",
            Self::Sixteen => "16+",
            Self::Eighteen => "18+",
        }
    }
}

/// A thickness in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "f64")]
pub(in crate::cli) struct Millimetres(pub(in crate::cli) f64);

impl TryFrom<f64> for Millimetres {
    type Error = String;

    fn try_from(value: f64) -> Result<Self, String> {
        if (0.0..=100.0).contains(&value) { Ok(Self(value)) } else { Err(format!("a spine is from 0 to 100 mm thick, not {value}")) }
    }
}

/// An ISBN that is one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(in crate::cli) struct Isbn(pub(in crate::cli) String);

impl TryFrom<String> for Isbn {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Barcode::of_isbn(&text, None).map(|_| Self(text))
    }
}

/// The variant of a bar code: two digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u8")]
pub(in crate::cli) struct Variant(pub(in crate::cli) u8);

impl TryFrom<u8> for Variant {
    type Error = String;

    fn try_from(value: u8) -> Result<Self, String> {
        if value < 100 { Ok(Self(value)) } else { Err(format!("the variant is {value}, and has two digits")) }
    }
}

/// The digits of a small bar code.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(in crate::cli) struct Addon(pub(in crate::cli) String);

impl TryFrom<String> for Addon {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if matches!(text.len(), 2 | 5) && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(text))
        } else {
            Err(format!("the add-on of a bar code has two or five digits, and `{text}` is something else"))
        }
    }
}

/// The format of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(in crate::cli) struct Format(SheetFormat);

impl TryFrom<String> for Format {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        SheetFormat::parse(&text).map(Self)
    }
}

/// A day: a date of TOML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "toml::value::Datetime")]
pub(in crate::cli) struct Day(Date);

impl TryFrom<toml::value::Datetime> for Day {
    type Error = String;

    fn try_from(moment: toml::value::Datetime) -> Result<Self, String> {
        let date = moment.date.ok_or_else(|| format!("`{moment}` is no day; one is written 2026-03-15"))?;
        Ok(Self(Date { year: date.year, month: Some(date.month), day: Some(date.day) }))
    }
}

/// A number of whatever kind, such as `147` or `"147-б"`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(in crate::cli) enum Number {
    /// In digits alone.
    Digits(u64),
    /// With other signs.
    Text(String),
}

impl Cover {
    /// The texts that can be in several languages.
    pub(super) fn said(&self) -> impl Iterator<Item = &Said> {
        [&self.place, &self.price].into_iter().flatten()
    }
}

impl Table {
    /// The texts that can be in several languages.
    pub(super) fn said(&self) -> impl Iterator<Item = &Said> {
        let Self { founder, publisher, address, registered, paper, typeface, printing, printer, .. } = self;
        [founder, publisher, address, registered, paper, typeface, printing, printer].into_iter().flatten()
    }

    /// What it says, for the transform. `own` is the language of a text that names none.
    pub(super) fn imprint(&self, cover: &Cover, publisher: Option<&Said>, own: Option<&Lang>) -> Imprint {
        // The journal's own language first: it stands in where another is asked for.
        let said = |said: Option<&Said>| -> Vec<In<String>> {
            let mut forms: Vec<In<String>> = said.into_iter().flat_map(|said| said.forms(own)).map(|(lang, said)| In { lang, said }).collect();
            forms.sort_by_key(|form| own.is_some_and(|own| !own.same_language(&form.lang)));
            forms
        };
        Imprint {
            format: self.format.map(|format| format.0),
            signed: self.signed.map(|day| day.0),
            copies: self.copies,
            order: self.order.as_ref().map(|order| match order {
                Number::Digits(digits) => digits.to_string(),
                Number::Text(text) => text.clone(),
            }),
            founder: said(self.founder.as_ref()),
            publisher: said(self.publisher.as_ref().or(publisher)),
            address: said(self.address.as_ref()),
            registered: said(self.registered.as_ref()),
            paper: said(self.paper.as_ref()),
            printing: said(self.printing.as_ref()),
            typeface: said(self.typeface.as_ref()),
            printer: said(self.printer.as_ref()),
            price: said(cover.price.as_ref()),
            age: cover.age.map(|age| age.mark().to_owned()),
            counts_text: self.publishers_sheets != Sheets::Counted(false),
            publishers_sheets: match self.publishers_sheets {
                Sheets::Counted(_) => None,
                Sheets::Said(sheets) => Some(sheets),
            },
        }
    }
}
