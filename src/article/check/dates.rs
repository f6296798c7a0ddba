//! The order of the dates of an article's history: received, revised, approved by referees, accepted, published.
//!
//! Dates are compared as far as both are given: a month with a month, a year with a year. Of several dates of one kind the one that makes the order right is taken:
//! the first day on which the manuscript came in, the last on which it was published.

use super::Master;
use crate::code::Code;
use crate::diag::{Diagnostic, Log};
use crate::model::front::{ArticleDate, DateKind};
use crate::source::Span;
use crate::term::Date;

/// Reports the first pair of dates that is out of order.
pub(super) fn look(log: &mut Log, master: Master<'_>) {
    let dates = &master.article.front.dates;
    let of = |kind: DateKind| dates.iter().filter(move |date| date.kind == kind);
    let key = |date: &&ArticleDate| (date.date.year, date.date.month.unwrap_or(0), date.date.day.unwrap_or(0));
    let received = of(DateKind::Received).min_by_key(key);
    let revised = of(DateKind::Revised).min_by_key(key);
    let approved = of(DateKind::Approved).max_by_key(key);
    let accepted = of(DateKind::Accepted).max_by_key(key);
    let published = of(DateKind::Published).max_by_key(key);
    let steps = [(received, "received"), (revised, "revised"), (approved, "approved"), (accepted, "accepted"), (published, "published")];
    let given: Vec<(&ArticleDate, &str)> = steps.into_iter().filter_map(|(date, name)| Some((date?, name))).collect();
    for pair in given.windows(2) {
        let [(first, one), (second, other)] = pair else { continue };
        if is_before(second.date, first.date) {
            let at = place(master, second.span);
            log.push(
                Diagnostic::new(Code::DateOrder, format!("{other} {}, before it was {one} {}", shown(second.date), shown(first.date)))
                    .at(at)
                    .also(place(master, first.span), format!("{one} here"))
                    .hint("look at the year and the month first: they are mistyped most often"),
            );
            return;
        }
    }
}

fn place(master: Master<'_>, span: Span) -> Span {
    super::text::tag(master.tree, span)
}

/// Whether a date is surely before another: as far as both are known.
fn is_before(one: Date, other: Date) -> bool {
    let by_year = one.year.cmp(&other.year);
    let by_month = one.month.zip(other.month).map_or(std::cmp::Ordering::Equal, |(one, other)| one.cmp(&other));
    let by_day = if one.month.is_some() && other.month.is_some() {
        one.day.zip(other.day).map_or(std::cmp::Ordering::Equal, |(one, other)| one.cmp(&other))
    } else {
        std::cmp::Ordering::Equal
    };
    by_year.then(by_month).then(by_day).is_lt()
}

/// A date as ISO 8601 writes it.
fn shown(date: Date) -> String {
    match (date.month, date.day) {
        (Some(month), Some(day)) => format!("{}-{month:02}-{day:02}", date.year),
        (Some(month), None) => format!("{}-{month:02}", date.year),
        (None, _) => date.year.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::front;

    fn dates(dates: &[(&str, &str)]) -> String {
        let date = |kind: &str, iso: &str| {
            let names = ["year", "month", "day"];
            let parts: String = iso.split('-').zip(names).map(|(part, name)| format!("<{name}>{part}</{name}>")).collect();
            if kind == "pub" {
                format!("<pub-date date-type='pub'>{parts}</pub-date>")
            } else {
                format!("<history><date date-type='{kind}'>{parts}</date></history>")
            }
        };
        dates.iter().map(|(kind, iso)| date(kind, iso)).collect()
    }

    #[test]
    fn dates_in_order_are_let_be() {
        front(&dates(&[("received", "2020-01-05"), ("rev-recd", "2020-02-01"), ("accepted", "2020-02-01"), ("pub", "2020")])).says(&[]);
        front(&dates(&[("accepted", "2020-11-05"), ("pub", "2020-11"), ("pub", "2020-01-01")])).says(&[]);
        front(&dates(&[("received", "2020-01-05")])).says(&[]);
    }

    #[test]
    fn dates_out_of_order_are_named() {
        front(&dates(&[("received", "2020-01-05"), ("accepted", "2019-12-05")]))
            .says_at("date-order: accepted 2019-12-05, before it was received 2020-01-05", "<date");
        front(&dates(&[("received", "2020-01-05"), ("rev-recd", "2020-01-04")])).says(&["date-order"]);
        front(&dates(&[("accepted", "2020-05-05"), ("pub", "2020-04")])).says(&["date-order: published 2020-04, before it was accepted 2020-05-05"]);
    }
}
