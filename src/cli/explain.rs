//! `diglot explain`: what a message means and what to do. All of it comes from the table of codes.

use article::check::rules;
use article::code::Code;
use clap::error::ErrorKind;

use super::report::{self, Status};

/// The width of the text, in characters.
const WIDTH: usize = 80;

/// Runs `diglot explain`.
///
/// # Errors
///
/// When there is no such code.
pub(super) fn run(code: Option<&str>) -> Result<Status, clap::Error> {
    let Some(name) = code else { return Ok(report::list(&all())) };
    match Code::from_name(name) {
        Some(code) => Ok(report::list(&page(code))),
        None => Err(super::usage("explain", ErrorKind::InvalidValue, &format!("there is no message with the code `{name}`; `diglot explain` lists all codes"))),
    }
}

/// All codes, a line each.
fn all() -> String {
    let longest = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
    Code::ALL.iter().map(|code| format!("{:<longest$}  {:<7}  {}\n", code.name(), code.severity().name(), code.summary())).collect()
}

/// The page on one code.
fn page(code: Code) -> String {
    let mut page = format!("{}[{}]\n\n{}\n\n{}\n", code.severity().name(), code.name(), filled(code.summary()), filled(code.page()));
    if let Some(rule) = rules::of(code) {
        let asked = if rule.clause.is_empty() { String::new() } else { format!(" Asked for by: {}.", rule.clause) };
        let name = code.name();
        let switch = format!(
            "A rule that can be switched, `{}` by default.{asked} For a journal or a layout: `{name} = \"error\"`, `\"warn\"` or `\"off\"` in `[checks]`. For an element of a master: `<?diglot allow {name}?>` in it.",
            rule.default.name()
        );
        page.push_str(&format!("\n{}\n", filled(&switch)));
    }
    page
}

/// A text in lines.
fn filled(text: &str) -> String {
    let (mut lines, mut width) = (String::new(), 0);
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            lines.push('\n');
            width = 0;
        } else if width > 0 {
            lines.push(' ');
            width += 1;
        }
        lines.push_str(word);
        width += length;
    }
    lines
}
