//! The report as SARIF 2.1.0 (OASIS), which editors and code hosts read.

use super::rules::rule;
use super::{known, level};
use crate::diagnostic::{Diagnostic, Place};
use crate::locale::Zone;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One run. Addresses of files count from the clinic folder.
pub fn report(found: &[Diagnostic]) -> Value {
    let rules: Vec<&str> =
        found.iter().map(|fault| fault.code).collect::<BTreeSet<_>>().into_iter().collect();
    let results: Vec<Value> = found.iter().map(|fault| result(fault, &rules)).collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "aftercare",
                "version": env!("CARGO_PKG_VERSION"),
                "properties": { "timeZones": Zone::edition() },
                "rules": rules.iter().map(|id| described(id)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// A rule with its entry in the manual.
fn described(id: &str) -> Value {
    match rule(id) {
        None => json!({ "id": id }),
        Some(rule) => json!({
            "id": id,
            "shortDescription": { "text": rule.what },
            "help": { "text": rule.advice, "markdown": rule.entry },
            "defaultConfiguration": { "level": if rule.is_warning { "warning" } else { "error" } },
        }),
    }
}

fn result(fault: &Diagnostic, rules: &[&str]) -> Value {
    let locations: Vec<Value> =
        fault.place.iter().filter(|place| !place.file.is_empty()).map(location).collect();
    json!({
        "ruleId": fault.code,
        "ruleIndex": rules.iter().position(|id| *id == fault.code),
        "level": level(fault),
        "message": { "text": text(fault) },
        "locations": locations,
    })
}

/// The message and what to do, as sentences.
fn text(fault: &Diagnostic) -> String {
    let sentences = std::iter::once(fault.message.clone()).chain(fault.hints.iter().map(ToString::to_string));
    sentences.collect::<Vec<_>>().join("; ")
}

fn location(place: &Place) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(&place.file) } });
    if let Some(line) = known(place.line) {
        let mut region = json!({ "startLine": line });
        if let Some(column) = known(place.column) {
            region["startColumn"] = column.into();
            // Behind the last marked character (3.30.8).
            if let Some(length) = known(place.length) {
                region["endColumn"] = column.saturating_add(length).into();
            }
        }
        physical["region"] = region;
    }
    json!({ "physicalLocation": physical })
}

/// A path as a relative reference (RFC 3986, 4.2): what may not stand in one is escaped.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte.into())
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_relative_address() {
        assert_eq!(
            uri("content/treatments/dry-needling/en/rest.md"),
            "content/treatments/dry-needling/en/rest.md"
        );
        assert_eq!(
            uri("content/treatments/dry-needling/en/un été: 5 %.md"),
            "content/treatments/dry-needling/en/un%20%C3%A9t%C3%A9%3A%205%20%25.md"
        );
    }

    #[test]
    fn what_is_not_known_of_a_place_is_left_out() {
        let at = |place: Place| result(&Diagnostic::error("a", "a").at(place), &["a"]);
        let region = |result: &Value| result.pointer("/locations/0/physicalLocation/region").cloned();
        assert_eq!(region(&at(Place::file("f"))), None);
        assert_eq!(region(&at(Place::line("f", 3, 0))), Some(json!({ "startLine": 3 })));
        let marked = Place { length: 2, ..Place::line("f", 3, 4) };
        assert_eq!(region(&at(marked)), Some(json!({ "startLine": 3, "startColumn": 4, "endColumn": 6 })));
        assert_eq!(result(&Diagnostic::error("a", "a"), &["a"])["locations"], json!([]));
    }
}
