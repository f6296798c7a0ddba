//! The style sheet of a layout, as one text.
//!
//! 1. A line `@import "/layouts/base/text.css";` stands for that built-in sheet, as the path does in Typst's `#import`; an e-book has one sheet.
//! 2. It may stand anywhere: what comes after has the last word.
//! 3. No sheet may hide text ([`check`]), and none is looked at in another place than that in which it was written.

use article::code::Code;
use article::diag::Log;
use article::source::Span;

use super::{Layout, Written};

/// How the line begins and ends.
const IMPORT: (&str, &str) = ("@import \"/layouts/", "\";");

/// A sheet with those that it imports in the places of their lines. Reports `layout-fault` where there is none such.
pub(super) fn whole(log: &mut Log, written: &Written) -> String {
    let mut sheet = String::with_capacity(written.text.len());
    let mut at = 0;
    for line in written.text.split_inclusive('\n') {
        match imported(line) {
            None => sheet.push_str(line),
            Some(path) => match Layout::built_in_file(path) {
                Some(bytes) => sheet.push_str(&String::from_utf8_lossy(bytes)),
                None => {
                    let span = Span::new(at, at + line.trim_end().len());
                    log.push(written.fault(Code::LayoutFault, span, format!("there is no style sheet `{path}` among the built-in layouts")));
                }
            },
        }
        at += line.len();
    }
    sheet
}

/// The path that a line of a sheet imports.
fn imported(line: &str) -> Option<&str> {
    line.trim_end().strip_prefix(IMPORT.0)?.strip_suffix(IMPORT.1)
}

/// What hides text: a property and its value.
const HIDING: [(&str, &str); 5] = [("display", "none"), ("visibility", "hidden"), ("visibility", "collapse"), ("font-size", "0"), ("opacity", "0")];

/// Reports `layout-fault` at every rule of a sheet, and of those that it imports, that hides text.
pub(super) fn check(log: &mut Log, written: &Written) {
    let dense: String = written.text.chars().map(|c| if c.is_whitespace() { ' ' } else { c.to_ascii_lowercase() }).collect();
    for (property, value) in HIDING {
        let mut from = 0;
        while let Some(at) = dense[from..].find(property).map(|at| from + at) {
            from = at + property.len();
            let said = dense[from..].trim_start().strip_prefix(':').map(|rest| rest.split([';', '}']).next().unwrap_or_default().trim());
            if said.is_some_and(|said| said == value || said.strip_suffix("!important").is_some_and(|said| said.trim() == value)) {
                let message = format!("the style sheet hides text by `{property}: {value}`");
                log.push(written.fault(Code::LayoutFault, Span::new(at, from), message).hint("an e-book shows all of its master; leave the rule out"));
            }
        }
    }
    for path in written.text.lines().filter_map(imported) {
        if let Some(bytes) = Layout::built_in_file(path) {
            check(log, &Written { shown: path, text: &String::from_utf8_lossy(bytes) });
        }
    }
}
