//! What an output is known by: its identifier and its date. Both come from the master, or from who asks; never from the clock.

use std::fmt::Write;

use article::edition::Edition;
use article::model::front::Date;
use sha2::{Digest, Sha256};

/// The date of outputs whose master has none, 1 January 2000: EPUB and PDF/A both ask for one.
pub(super) const NO_DATE: i64 = 946_684_800;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// The SHA-256 of some bytes in hexadecimal digits.
#[must_use]
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut digits, byte| {
        // Writing into a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// The DOI as a URL; without one a UUID of the master's bytes.
#[must_use]
pub(super) fn identifier(edition: &Edition, master: &[u8]) -> String {
    match &edition.metadata.doi {
        Some(doi) => format!("https://doi.org/{doi}"),
        None => format!("urn:uuid:{}", uuid(master)),
    }
}

/// A UUID whose bits are those of the SHA-256 of the bytes, but for the ones that say so (RFC 9562, 5.8: version 8).
fn uuid(bytes: &[u8]) -> String {
    let mut digits = sha256(bytes);
    digits.truncate(32);
    let variant = match digits.as_bytes().get(16).map_or(0, |digit| digit % 4) {
        0 => "8",
        1 => "9",
        2 => "a",
        _ => "b",
    };
    digits.replace_range(12..13, "8");
    digits.replace_range(16..17, variant);
    format!("{}-{}-{}-{}-{}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..])
}

/// The seconds since 1970 of the first moment of the article's date.
#[must_use]
pub(super) fn seconds(edition: &Edition) -> i64 {
    edition.metadata.date.map_or(NO_DATE, |date| days(date) * DAY)
}

/// A moment as the package document of an e-book writes it (EPUB 3.3, 5.5.5).
#[must_use]
pub(super) fn modified(seconds: i64) -> String {
    let (year, month, day) = civil(seconds.div_euclid(DAY));
    let rest = seconds.rem_euclid(DAY);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3_600, rest % 3_600 / 60, rest % 60)
}

/// Days from 1 January 1970 to a date; a month or day that is not said is the first. Source: Howard Hinnant, "chrono-Compatible
/// Low-Level Date Algorithms", `days_from_civil`.
fn days(date: Date) -> i64 {
    let (month, day) = (i64::from(date.month.unwrap_or(1)), i64::from(date.day.unwrap_or(1)));
    let year = i64::from(date.year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The date of a day counted from 1 January 1970. Source: as for [`days`], `civil_from_days`.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}
