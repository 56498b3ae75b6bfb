//! The report as a list of objects.

use super::{known, level};
use crate::diagnostic::Diagnostic;
use serde_json::{Value, json};

/// Keys in a fixed order; what is not known is `null`.
pub fn report(found: &[Diagnostic]) -> Value {
    found.iter().map(object).collect()
}

fn object(fault: &Diagnostic) -> Value {
    let place = fault.place.as_ref();
    json!({
        "severity": level(fault),
        "code": fault.code,
        "message": fault.message,
        "file": place.map(|place| &*place.file),
        "line": place.and_then(|place| known(place.line)),
        "column": place.and_then(|place| known(place.column)),
        "hints": fault.hints,
    })
}
