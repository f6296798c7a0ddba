//! The rules that a project and a layout switch: `[checks]` in `diglot.toml` and in `layout.toml`.
//!
//! 1. The layouts come first, that on which the others stand before them, and the project last: a later line for a rule goes before an earlier one.
//! 2. A line becomes a wish ([`wish`]); what is no wish, and a name that is no rule, is reported at its line.

use article::check::settings::{Refusal, Wish};
use article::check::{Level, Settings};
use article::code::Code;
use article::diag::Log;
use toml::{Table, Value};

use super::project::Project;
use crate::pdf::layout::{Layout, Written, place};

/// The table's name, in either file.
const TABLE: &str = "checks";

/// The levels and limits that go for a project's masters. Reports `layout-fault` and `project-fault`.
#[must_use]
pub(super) fn of(log: &mut Log, layout: Option<&Layout>, project: &Project) -> Settings {
    let mut settings = Settings::default();
    for (shown, text) in layout.map(Layout::manifests).unwrap_or_default() {
        take(log, Written { shown: &shown, text: &text }, Code::LayoutFault, &mut settings);
    }
    if let Some((shown, text)) = project.written() {
        take(log, Written { shown: &shown, text }, Code::ProjectFault, &mut settings);
    }
    settings
}

/// Takes the lines of a file. That the file is TOML has been seen to where it was read.
fn take(log: &mut Log, written: Written<'_>, code: Code, settings: &mut Settings) {
    let Ok(Some(Value::Table(lines))) = toml::from_str::<Table>(written.text).map(|mut file| file.remove(TABLE)) else { return };
    for (name, value) in &lines {
        let taken = match wish(value) {
            Some(wish) => settings.set(name, wish),
            None => Err(Refusal::of_value(name)),
        };
        if let Err(Refusal { message, hint }) = taken {
            log.push(written.fault(code, place(written.text, &[TABLE, name]), message).hint(hint));
        }
    }
}

/// What a value says: a level, the largest number that is right, or a table of both.
fn wish(value: &Value) -> Option<Wish> {
    let number = |value: &Value| value.as_integer().and_then(|number| usize::try_from(number).ok());
    match value {
        Value::String(name) => Some(Wish { level: Some(Level::from_name(name)?), ..Wish::default() }),
        Value::Integer(_) => Some(Wish { max: Some(number(value)?), ..Wish::default() }),
        Value::Table(parts) => {
            let mut wish = Wish::default();
            for (key, value) in parts {
                match key.as_str() {
                    "min" => wish.min = Some(number(value)?),
                    "max" => wish.max = Some(number(value)?),
                    "level" => wish.level = Some(Level::from_name(value.as_str()?)?),
                    _ => return None,
                }
            }
            Some(wish)
        }
        Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) | Value::Array(_) => None,
    }
}
