//! From pages to a PDF: tagged, archival, with nothing in it that changes from day to day.

use article::code::Code;
use article::diag::{Diagnostic, Log};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as ValueError;
use typst::foundations::{Datetime, Smart};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::set::Pages;

/// How the PDF is written.
#[derive(Clone, Copy, Debug)]
pub struct Export<'a> {
    /// The standards that it must keep, such as `a-2a` and `ua-1`.
    pub standards: &'a [String],
    /// What identifies the article: the file's own id is made from it.
    pub identifier: &'a str,
    /// When it was made, in seconds since 1970 UTC; from the master, never from the clock.
    pub created: Option<i64>,
}

/// Writes the PDF. What keeps the pages from the standards is reported at its place; `None` then.
#[must_use]
pub fn export(log: &mut Log, pages: &Pages, export: &Export) -> Option<Vec<u8>> {
    let standards = standards(log, export.standards)?;
    let options = PdfOptions {
        ident: Smart::Custom(export.identifier.to_owned()),
        creator: Smart::Custom(Some(format!("diglot {}", env!("CARGO_PKG_VERSION")))),
        timestamp: export.created.and_then(datetime).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    match typst_pdf::pdf(&pages.document, &options) {
        Ok(bytes) => Some(bytes),
        Err(errors) => {
            for error in &errors {
                pages.diagnoser.report(log, error);
            }
            None
        }
    }
}

/// The engine's standards by their names.
fn standards(log: &mut Log, names: &[String]) -> Option<PdfStandards> {
    let mut list = Vec::new();
    for name in names {
        let deserializer: serde::de::value::StrDeserializer<ValueError> = name.as_str().into_deserializer();
        match PdfStandard::deserialize(deserializer) {
            Ok(standard) => list.push(standard),
            Err(_) => {
                log.push(
                    Diagnostic::new(Code::EngineFault, format!("`{name}` is not a PDF standard that can be written"))
                        .hint("such as `a-2a`, `a-2b`, `a-3a`, `a-4`, `ua-1`, `1.7`"),
                );
                return None;
            }
        }
    }
    match PdfStandards::new(&list) {
        Ok(standards) => Some(standards),
        Err(error) => {
            log.push(Diagnostic::new(Code::EngineFault, error.message().trim_end_matches('.').to_owned()));
            None
        }
    }
}

/// The day and time of a number of seconds since 1970. Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
fn datetime(seconds: i64) -> Option<Datetime> {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let small = |number: i64| u8::try_from(number).ok();
    Datetime::from_ymd_hms(i32::try_from(year).ok()?, small(month)?, small(day)?, small(rest / 3_600)?, small(rest % 3_600 / 60)?, small(rest % 60)?)
}
