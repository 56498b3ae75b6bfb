//! The schema of `content/clinic.yaml`.

use super::request::DRAFT;
use crate::options::{Activity, Edition, Intensity, Paper, Precaution, Region};
use serde_json::{Value, json};

pub fn clinic() -> Value {
    json!({
        "$schema": DRAFT,
        "title": "A clinic",
        "type": "object",
        "additionalProperties": false,
        "required": ["name", "city", "time-zone", "paper", "languages", "therapists"],
        "properties": {
            "name": text("The clinic's name"),
            "city": text("Its city"),
            "time-zone": text("Its time zone by the name of the tz database, e.g. America/Toronto"),
            "paper": {"enum": Paper::NAMES, "description": "The paper of a request that names none"},
            "languages": {
                "type": "array",
                "minItems": 1,
                "uniqueItems": true,
                "items": text("A folder of content, e.g. en"),
            },
            "therapists": {"type": "array", "items": therapist()},
            "phone": line_or_none("The phone number"),
            "email": line_or_none("The e-mail address"),
            "web": line_or_none("The web address"),
            "address": line_or_none("The street address"),
            "presets": {"type": "array", "items": preset()},
        },
    })
}

fn text(description: &str) -> Value {
    json!({"type": "string", "minLength": 1, "description": description})
}

fn line_or_none(description: &str) -> Value {
    json!({"type": ["string", "null"], "description": format!("{description}; empty leaves its line out")})
}

fn therapist() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["name"],
        "properties": {"name": text("As a request names them")},
    })
}

/// A request that is made often: the keys of a request file, without what belongs to one patient.
fn preset() -> Value {
    let ids = json!({"type": "array", "items": {"type": "string"}});
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["id", "label"],
        "properties": {
            "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
            "label": text("What the clinician's page calls it"),
            "session": group(json!({"regions": many(Region::NAMES), "intensity": {"enum": Intensity::NAMES}})),
            "activity": {"enum": Activity::NAMES},
            "precautions": many(Precaution::NAMES),
            "plan": group(json!({"rest_hours": {"type": "integer"}, "stretches": ids, "exercises": ids})),
            "print": group(json!({"edition": {"enum": Edition::NAMES}, "paper": {"enum": Paper::NAMES}})),
        },
    })
}

fn group(properties: Value) -> Value {
    json!({"type": "object", "additionalProperties": false, "properties": properties})
}

fn many(names: &[&str]) -> Value {
    json!({"type": "array", "uniqueItems": true, "items": {"enum": names}})
}
