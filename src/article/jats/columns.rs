//! What tables say of their columns, their rules and how their cells stand, in the attributes of both table models.

use super::grid::{Columns, Look, MAX_COLUMNS};
use crate::model::table::{Align, Edges, Rules, VerticalAlign};
use crate::xml::Element;

/// A width as masters give it.
#[derive(Clone, Copy, PartialEq)]
enum Width {
    /// Of the table's width, in per cent.
    Percent(f64),
    /// A share of what the others leave (`3*`).
    Share(f64),
    /// A length, in points: of a page that is not ours, and so no more than a proportion.
    Points(f64),
}

/// What is said of one column.
#[derive(Clone, Copy, Default)]
pub(super) struct Column {
    look: Look,
    width: Option<Width>,
}

impl Column {
    /// `col`, `colgroup`, `colspec`.
    pub(super) fn read(element: &Element, width: &str) -> Self {
        Self { look: look(element), width: element.value(width).and_then(parse_width) }
    }

    /// This, and where it says nothing the other.
    fn or(self, other: Self) -> Self {
        Self { look: self.look.or(other.look), width: self.width.or(other.width) }
    }
}

/// `colgroup` and `col` (HTML 4.01, 11.2.4), or `colspec`, in their order.
pub(super) fn declared(table: &Element) -> Vec<Column> {
    let mut columns = Vec::new();
    for child in table.elements() {
        match child.name.as_str() {
            "col" => repeat(&mut columns, child, Column::read(child, "width")),
            "colgroup" if child.child("col").is_some() => {
                let group = Column::read(child, "width");
                for col in child.children_named("col") {
                    repeat(&mut columns, col, Column::read(col, "width").or(group));
                }
            }
            "colgroup" => repeat(&mut columns, child, Column::read(child, "width")),
            _ => {}
        }
    }
    columns
}

/// One column, or as many as `@span` says.
fn repeat(columns: &mut Vec<Column>, element: &Element, column: Column) {
    let span = element.value("span").and_then(|span| span.trim().parse::<usize>().ok()).unwrap_or(1).max(1);
    let free = (MAX_COLUMNS as usize).saturating_sub(columns.len());
    columns.extend(std::iter::repeat_n(column, span.min(free)));
}

/// The columns of a table of so many.
pub(super) fn columns(declared: &[Column], count: u32) -> Columns {
    Columns { count, looks: declared.iter().map(|column| column.look).collect() }
}

/// The widths in thousandths of the table's. None at all unless every column has one, all of one kind, or per cents and shares of the rest.
pub(super) fn widths(declared: &[Column], count: u32) -> Vec<u32> {
    let widths: Vec<Width> = declared.iter().take(count as usize).filter_map(|column| column.width).collect();
    if widths.len() != count as usize {
        return Vec::new();
    }
    let sum = |pick: fn(&Width) -> Option<f64>| widths.iter().filter_map(pick).fold(0.0, |sum, width| sum + width);
    let percents = sum(|width| if let Width::Percent(width) = width { Some(*width) } else { None });
    let shares = sum(|width| if let Width::Share(width) = width { Some(*width) } else { None });
    let points = sum(|width| if let Width::Points(width) = width { Some(*width) } else { None });
    let rest = 100.0 - percents;
    if points > 0.0 && (percents > 0.0 || shares > 0.0) || shares > 0.0 && rest <= 0.0 {
        return Vec::new();
    }
    let whole = if points > 0.0 {
        points
    } else if shares > 0.0 {
        100.0
    } else {
        percents
    };
    let part = |width: &Width| match width {
        Width::Percent(width) | Width::Points(width) => *width,
        Width::Share(width) => width / shares * rest,
    };
    let thousandths: Vec<u32> = widths.iter().map(|width| thousandth(part(width) / whole)).collect();
    if thousandths.iter().all(|width| *width > 0) { thousandths } else { Vec::new() }
}

/// A part of a whole in thousandths.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the number is brought between 0 and 1000 before")]
fn thousandth(part: f64) -> u32 {
    (part * 1000.0).round().clamp(0.0, 1000.0) as u32
}

/// A width. A bare number is in pixels (HTML 4.01, 6.6), in CALS in points; both are proportions only. `3*` is a share; CALS' `3*+2pt` counts as `3*`.
fn parse_width(text: &str) -> Option<Width> {
    let text = text.trim();
    // Some masters write a decimal comma.
    let end = text.find(|char: char| !char.is_ascii_digit() && !matches!(char, '.' | ',')).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let unit = unit.trim();
    let number = if number.is_empty() && unit.starts_with('*') { 1.0 } else { number.replace(',', ".").parse::<f64>().ok()? };
    if !number.is_finite() || number <= 0.0 {
        return None;
    }
    Some(match unit.to_ascii_lowercase().as_str() {
        "%" => Width::Percent(number),
        unit if unit.starts_with('*') => Width::Share(number),
        "" | "px" => Width::Points(number * 0.75),
        "pt" => Width::Points(number),
        "em" | "pc" | "pi" => Width::Points(number * 12.0),
        "in" => Width::Points(number * 72.0),
        "cm" => Width::Points(number * 28.35),
        "mm" => Width::Points(number * 2.835),
        _ => return None,
    })
}

/// `@frame`, `@rules` and `@border` of a table. What asks for less than every table has is not followed.
pub(super) fn rules(element: &Element) -> Rules {
    let border = element.value("border").map(|border| border.trim()).is_some_and(|border| !border.is_empty() && border != "0");
    let frame = element.value("frame").unwrap_or(if border { "border" } else { "" });
    let rules = element.value("rules").unwrap_or(if border { "all" } else { "" });
    let styled = edges_of_style(element);
    Rules {
        rows: matches!(rules, "all" | "rows"),
        columns: matches!(rules, "all" | "cols"),
        // `all` and `sides` are CALS' names.
        sides: matches!(frame, "box" | "border" | "vsides" | "all" | "sides") || styled.left && styled.right,
    }
}

/// `@align`, `@valign`, and of `@style` what says the same.
pub(super) fn look(element: &Element) -> Look {
    Look { align: align(element), valign: valign(element) }
}

fn align(element: &Element) -> Option<Align> {
    // CSS goes before attributes: HTML 4.01, 14.1 with CSS 2.1, 6.4.4.
    match property(element, "text-align").or_else(|| element.value("align").map(str::to_owned))?.trim().to_ascii_lowercase().as_str() {
        "left" | "start" => Some(Align::Left),
        "center" | "centre" => Some(Align::Center),
        "right" | "end" => Some(Align::Right),
        "justify" => Some(Align::Justify),
        // The decimal point of the language is the default (HTML 4.01, 11.3.2), which is a point in most masters.
        "char" => Some(Align::Character(element.value("char").and_then(|char| char.trim().chars().next()).unwrap_or('.'))),
        _ => None,
    }
}

fn valign(element: &Element) -> Option<VerticalAlign> {
    match property(element, "vertical-align").or_else(|| element.value("valign").map(str::to_owned))?.trim().to_ascii_lowercase().as_str() {
        "top" | "baseline" => Some(VerticalAlign::Top),
        "middle" => Some(VerticalAlign::Middle),
        "bottom" => Some(VerticalAlign::Bottom),
        _ => None,
    }
}

/// The value of a property in `@style`.
fn property(element: &Element, name: &str) -> Option<String> {
    let style = element.value("style")?;
    let values = style.split(';').filter_map(|part| part.split_once(':'));
    values.filter(|(property, _)| property.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned()).next_back()
}

/// The borders that `@style` draws: `border`, `border-top` and the like, `border-top-style` and `border-style`.
pub(super) fn edges_of_style(element: &Element) -> Edges {
    let mut edges = Edges::default();
    for (property, value) in element.value("style").unwrap_or_default().split(';').filter_map(|part| part.split_once(':')) {
        let property = property.trim().to_ascii_lowercase();
        let Some(side) = property.strip_prefix("border") else { continue };
        let side = side.trim_start_matches('-').trim_end_matches("style").trim_end_matches('-');
        let value = value.to_ascii_lowercase();
        let drawn = ["solid", "double", "dashed", "dotted", "groove", "ridge", "inset", "outset"].iter().any(|kind| value.contains(kind));
        // A width of nothing draws nothing, whatever the kind.
        let drawn = drawn && !value.split_whitespace().any(|word| matches!(word, "0" | "0px" | "0pt"));
        match side {
            "" => edges = Edges { top: drawn, right: drawn, bottom: drawn, left: drawn },
            "top" => edges.top = drawn,
            "right" => edges.right = drawn,
            "bottom" => edges.bottom = drawn,
            "left" => edges.left = drawn,
            _ => {}
        }
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(given: &[&str]) -> Vec<u32> {
        let declared: Vec<Column> = given.iter().map(|width| Column { width: parse_width(width), ..Column::default() }).collect();
        widths(&declared, u32::try_from(given.len()).expect("few columns"))
    }

    #[test]
    fn widths_of_one_kind_are_parts_of_the_whole() {
        assert_eq!(of(&["20%", "30%", "50%"]), [200, 300, 500]);
        assert_eq!(of(&["1*", "3*"]), [250, 750]);
        assert_eq!(of(&["*", "*"]), [500, 500]);
        assert_eq!(of(&["100", "300px"]), [250, 750]);
        assert_eq!(of(&["1in", "72pt"]), [500, 500]);
        assert_eq!(of(&["12,5%", "37.5%"]), [250, 750]);
    }

    #[test]
    fn shares_take_what_per_cents_leave() {
        assert_eq!(of(&["40%", "1*", "2*"]), [400, 200, 400]);
        assert_eq!(of(&["100%", "1*"]), [0_u32; 0]);
    }

    #[test]
    fn what_can_not_be_compared_says_nothing() {
        for given in [&["20%", "3em"] as &[&str], &["20%", "wide"], &["-3*", "1*"], &["0", "0"], &["1e400%", "1%"], &[]] {
            assert_eq!(of(given), [0_u32; 0], "{given:?}");
        }
    }
}
