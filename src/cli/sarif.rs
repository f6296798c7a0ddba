//! The findings of a run as a SARIF 2.1.0 log, which code hosts and editors show beside the lines.
//!
//! 1. The codes that were found become the rules of the tool, each with its sentence and its page (SARIF 2.1.0, 3.49).
//! 2. Each finding becomes a result with its place, its hint and the other places that have to do with it (3.27).
//!
//! The log says nothing of the machine and of the time, so that the same masters make the same log.

use std::collections::BTreeSet;

use article::code::{Code, Severity};
use serde_json::{Value, json};

use super::record::{Finding, Place};

/// The schema that the log keeps to.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What of a path stands as it is in a URI (RFC 3986, 3.3), besides letters and digits.
const UNESCAPED: &str = "-._~/!$&'()*+,;=@";

/// The log of one run.
#[must_use]
pub(super) fn log(findings: &[Finding]) -> Value {
    let codes: BTreeSet<&str> = findings.iter().map(|finding| finding.code.as_ref()).collect();
    let rules: Vec<Code> = Code::ALL.iter().copied().filter(|code| codes.contains(code.name())).collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "diglot",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": findings.iter().map(|finding| result(finding, &rules)).collect::<Vec<_>>(),
        }],
    })
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

/// A finding as a result (3.27).
fn result(finding: &Finding, rules: &[Code]) -> Value {
    let message = match &finding.hint {
        Some(hint) => format!("{}\nhint: {hint}", finding.message),
        None => finding.message.clone(),
    };
    let mut result = json!({ "ruleId": finding.code, "level": level(&finding.severity), "message": { "text": message } });
    if let Some(index) = rules.iter().position(|code| code.name() == finding.code) {
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
