//! The findings of a run as a SARIF 2.1.0 log, which code hosts and editors show beside the lines.
//!
//! 1. Each finding becomes a result with its place, its hint and the other places that have to do with it (SARIF 2.1.0, 3.27), a line of the log, as soon as it is
//!    found: nothing of it is kept, however many masters there are.
//! 2. The codes that were found become the rules of the tool in the order in which they came, each with its sentence and its page (3.49).
//!
//! The log says nothing of the machine and of the time, so that the same masters make the same log.

use article::code::{Code, Severity};
use serde_json::{Value, json};

use super::record::{Finding, Place};

/// The schema that the log keeps to.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What of a path stands as it is in a URI (RFC 3986, 3.3), besides letters and digits.
const UNESCAPED: &str = "-._~/!$&'()*+,;=@";

/// The log of one run, while it goes on.
#[derive(Debug, Default)]
pub(super) struct Sarif {
    /// The codes that were found so far.
    rules: Vec<Code>,
    /// Whether the log has begun.
    begun: bool,
    /// Whether it has a result.
    any: bool,
}

impl Sarif {
    /// The next part of the log: what comes before its results, where it has not begun, and these results.
    #[must_use]
    pub(super) fn results(&mut self, findings: &[Finding]) -> String {
        let mut text = String::new();
        if !std::mem::replace(&mut self.begun, true) {
            text.push_str(&format!("{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"columnKind\":\"unicodeCodePoints\",\"results\":["));
        }
        for finding in findings {
            text.push_str(if std::mem::replace(&mut self.any, true) { ",\n" } else { "\n" });
            text.push_str(&self.result(finding).to_string());
        }
        text
    }

    /// The rest of the log.
    #[must_use]
    pub(super) fn end(mut self) -> String {
        let rules: Vec<Value> = self.rules.iter().map(|code| rule(*code)).collect();
        let driver = json!({ "name": "diglot", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules });
        format!("{}\n],\n\"tool\":{{\"driver\":{driver}}}}}]}}\n", self.results(&[]))
    }

    /// A finding as a result (3.27).
    fn result(&mut self, finding: &Finding) -> Value {
        let message = match &finding.hint {
            Some(hint) => format!("{}\nhint: {hint}", finding.message),
            None => finding.message.clone(),
        };
        let mut result = json!({ "ruleId": finding.code, "level": level(&finding.severity), "message": { "text": message } });
        if let Some(code) = Code::from_name(&finding.code) {
            let index = self.rules.iter().position(|known| *known == code).unwrap_or_else(|| {
                self.rules.push(code);
                self.rules.len() - 1
            });
            result["ruleIndex"] = index.into();
        }
        if let Some(place) = &finding.place {
            result["locations"] = json!([location(place)]);
        }
        if !finding.also.is_empty() {
            result["relatedLocations"] = finding.also.iter().map(location).collect();
        }
        result
    }
}

/// A code as a rule (3.49).
fn rule(code: Code) -> Value {
    json!({
        "id": code.name(),
        "shortDescription": { "text": code.summary() },
        "fullDescription": { "text": code.page() },
        "defaultConfiguration": { "level": level(code.severity().name()) },
    })
}

/// A place (3.28). One without a line is the file as a whole and has no region.
fn location(place: &Place) -> Value {
    let mut location = json!({ "physicalLocation": { "artifactLocation": { "uri": uri(&place.file) } } });
    if place.line > 0 {
        location["physicalLocation"]["region"] =
            json!({ "startLine": place.line, "startColumn": place.column, "endLine": place.end_line, "endColumn": place.end_column });
    }
    if let Some(label) = &place.label {
        location["message"] = json!({ "text": label });
    }
    location
}

/// A path as a reference to a file (3.4.3): relative where the path is.
fn uri(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    let mut uri = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        match char::from(byte) {
            c if c.is_ascii_alphanumeric() || UNESCAPED.contains(c) => uri.push(c),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// A severity in the words of SARIF (3.27.10).
fn level(severity: &str) -> &str {
    if severity == Severity::Error.name() { "error" } else { "warning" }
}
