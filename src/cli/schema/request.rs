//! The schemas of a request and of a roster.

use crate::Library;
use crate::options::keys::{Defined, KEYS, Key, MOST_EXERCISES, Value};
use crate::options::sections::{FILLED, LOCKED};
use serde_json::{Map, Value as Json, json};

/// The draft that editors know best.
pub const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// A local time, to the minute or the second, with or without an offset.
const TIME: &str = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?$";

/// A request file: keys nested by the dots of their paths.
pub fn request(library: &Library) -> Json {
    let mut schema = nested(library);
    schema["$schema"] = json!(DRAFT);
    schema["title"] = json!("A handout's request");
    schema["required"] = json!(["session"]);
    schema
}

/// A roster as a YAML list; an item is also what a line of JSON Lines holds. An item has the keys of a request, or
/// the columns of a roster.
pub fn roster(library: &Library) -> Json {
    let mut keys = nested(library);
    keys["required"] = json!(["id", "session"]);
    let columns = KEYS.iter().map(|key| (key.column.to_owned(), one_or_many(key, library))).collect();
    let mut flat = object(columns);
    flat["required"] = json!(["id", "regions"]);
    json!({
        "$schema": DRAFT,
        "title": "A roster",
        "type": "array",
        "items": {"anyOf": [keys, flat]},
    })
}

fn object(properties: Map<String, Json>) -> Json {
    json!({"type": "object", "additionalProperties": false, "properties": properties})
}

fn nested(library: &Library) -> Json {
    let mut root = object(Map::new());
    for key in KEYS {
        let mut group = &mut root;
        let mut parts = key.path.split('.').peekable();
        while let Some(part) = parts.next() {
            let properties = &mut group["properties"];
            if parts.peek().is_none() {
                properties[part] = property(key, library);
                break;
            }
            if properties[part].is_null() {
                properties[part] = object(Map::new());
            }
            group = &mut properties[part];
        }
    }
    root["properties"]["session"]["required"] = json!(["regions"]);
    root
}

fn property(key: &Key, library: &Library) -> Json {
    let mut schema = match key.list {
        true => list(key, library),
        false => value(key, library),
    };
    schema["description"] = json!(format!("Changes {}. Default: {}.", key.changes, key.default));
    schema
}

fn list(key: &Key, library: &Library) -> Json {
    let mut list = json!({"type": "array", "items": value(key, library), "uniqueItems": true});
    if key.default == "required" {
        list["minItems"] = json!(1);
    }
    if matches!(key.value, Value::Defined(Defined::Stretches | Defined::Exercises)) {
        list["maxItems"] = json!(MOST_EXERCISES);
    }
    list
}

/// A column holds a list, or one text with `;` between its values.
fn one_or_many(key: &Key, library: &Library) -> Json {
    match key.list {
        false => property(key, library),
        true => json!({"anyOf": [property(key, library), {"type": "string"}]}),
    }
}

fn value(key: &Key, library: &Library) -> Json {
    match key.value {
        Value::Id { most } => {
            json!({"type": "string", "pattern": "^[A-Za-z0-9_-][A-Za-z0-9._-]*$", "maxLength": most})
        }
        Value::Line { most } => json!({"type": "string", "maxLength": most}),
        Value::Text { most, lines } => {
            let pattern = format!("^\\s*(\\S[^\\n]*(\\n\\s*|$)){{0,{lines}}}$");
            json!({"type": "string", "maxLength": most, "pattern": pattern})
        }
        Value::Time => json!({"type": "string", "pattern": TIME, "examples": ["2026-11-24T15:30"]}),
        Value::Hours => {
            let (from, to) = library.protocol.rest_bounds();
            json!({"type": "integer", "minimum": from, "maximum": to})
        }
        Value::Fixed(names) => json!({"enum": names}),
        Value::Defined(defined) => json!({"enum": names(defined, library)}),
    }
}

/// What the clinic folder defines; ids of any of its languages.
fn names(defined: Defined, library: &Library) -> Vec<&str> {
    let packs = library.packs.values();
    let mut names: Vec<&str> = match defined {
        Defined::Languages => library.packs.keys().map(|tag| tag.tag()).collect(),
        Defined::Therapists => {
            library.clinic.therapists.iter().map(|therapist| therapist.name.as_str()).collect()
        }
        Defined::Stretches => packs.flat_map(|pack| pack.stretches.keys()).map(String::as_str).collect(),
        Defined::Exercises => packs.flat_map(|pack| pack.exercises.keys()).map(String::as_str).collect(),
        Defined::Sections => {
            let own = packs.flat_map(|pack| pack.sections.keys()).map(String::as_str);
            own.chain(FILLED).filter(|id| !LOCKED.contains(id)).collect()
        }
    };
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(*name));
    names
}
