//! A finding as a workflow command, by which a runner of GitHub Actions marks the line.
//!
//! `::error file=a.xml,line=3,col=5,endLine=3,endColumn=9,title=dangling-reference::message`
//!
//! What ends a command or a property is escaped by its number, as the runner reads it.

use super::record::{Finding, Place};

/// A finding as one line.
#[must_use]
pub(super) fn line(finding: &Finding) -> String {
    let mut properties: Vec<String> = finding.place.iter().flat_map(place).collect();
    properties.push(format!("title={}", property(&finding.code)));
    let hint = finding.hint.iter().map(|hint| format!("\nhint: {hint}"));
    let text: String = std::iter::once(finding.message.clone()).chain(hint).collect();
    format!("::{} {}::{}\n", finding.severity, properties.join(","), data(&text))
}

/// The properties that say where. A runner takes columns only of a piece of one line.
fn place(place: &Place) -> Vec<String> {
    let mut properties = vec![format!("file={}", property(&place.file))];
    if place.line > 0 {
        properties.push(format!("line={}", place.line));
        properties.push(format!("endLine={}", place.end_line));
        if place.line == place.end_line {
            properties.push(format!("col={}", place.column));
            properties.push(format!("endColumn={}", place.end_column));
        }
    }
    properties
}

/// A message as the runner reads it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property as the runner reads it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
