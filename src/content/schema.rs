//! JSON Schema of the files of a clinic folder, for editors, from the same tables that the readers check.

use super::load::{FILES, Shape};
use super::yaml::{Key, Kind};
use schemars::{Schema, json_schema};
use serde_json::{Map, Value, json};

/// The draft that editors know best.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// One schema with a definition for each kind of file: an editor uses `#/definitions/treatment`.
pub fn schema() -> Schema {
    let definitions: Map<String, Value> =
        FILES.iter().map(|(file, shape)| (name(file), of_file(file, *shape))).collect();
    let any: Vec<Value> =
        definitions.keys().map(|name| json!({"$ref": format!("#/definitions/{name}")})).collect();
    json_schema!({
        "$schema": DRAFT,
        "title": "A file of a clinic folder",
        "anyOf": any,
        "definitions": definitions,
    })
}

/// The schema of one kind of file, by the name of its definition in [`schema`]; nothing is known of others.
pub fn file_schema(kind: &str) -> Value {
    let file = FILES.iter().find(|(file, _)| name(file) == kind);
    let mut schema = file.map_or_else(|| json!({}), |(file, shape)| of_file(file, *shape));
    schema["$schema"] = json!(DRAFT);
    schema
}

/// The name of a file is that of its definition; a section's head is `section`.
fn name(file: &str) -> String {
    match file.rsplit('/').next().and_then(|name| file_stem(name)) {
        Some("*") | None => "section".to_owned(),
        Some("<language>") => file.rsplit('/').nth(1).unwrap_or_default().to_owned(),
        Some(stem) => stem.to_owned(),
    }
}

fn file_stem(names: &str) -> Option<&str> {
    names.split(',').next()?.split('.').next()
}

fn of_file(file: &str, shape: Shape) -> Value {
    let mut schema = match shape {
        Shape::Keys(keys) => mapping(keys),
        Shape::List(keys) => json!({"type": "array", "items": mapping(keys)}),
        Shape::Presets(keys) => {
            let mut item = mapping(keys);
            item["additionalProperties"] = json!(true);
            json!({"type": "array", "items": item})
        }
        Shape::Open(keys) => {
            let mut schema = mapping(keys);
            schema["additionalProperties"] = json!(true);
            schema
        }
        Shape::Words(words, keys) => with_words(words, mapping(keys)),
    };
    schema["title"] = json!(file);
    schema
}

fn mapping(keys: &[Key]) -> Value {
    let property = |key: &Key| {
        let mut schema = value(key.kind);
        schema["description"] = json!(key.about);
        (key.name.to_owned(), schema)
    };
    let properties: Map<String, Value> = keys.iter().map(property).collect();
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    json!({"type": "object", "additionalProperties": false, "required": required, "properties": properties})
}

/// Dotted keys as nested mappings. The words of regions, languages and the like come to those of the table, so
/// that more may stand beside them.
fn with_words(words: &[&str], mut schema: Value) -> Value {
    for word in words {
        let mut group = &mut schema;
        for part in word.split('.') {
            group = &mut group["properties"][part];
        }
        *group = value(Kind::Text);
    }
    open_groups(&mut schema);
    schema
}

fn open_groups(schema: &mut Value) {
    schema["type"] = json!("object");
    schema["additionalProperties"] = json!(true);
    if let Some(properties) = schema["properties"].as_object_mut() {
        properties.values_mut().filter(|inner| inner.get("properties").is_some()).for_each(open_groups);
    }
}

fn value(kind: Kind) -> Value {
    let id = json!({"type": "string", "pattern": "^[a-z][a-z0-9-]{0,63}$"});
    let text = json!({"type": "string", "minLength": 1});
    match kind {
        Kind::Text | Kind::Line => text,
        Kind::LineOrNone => json!({"type": ["string", "null"]}),
        Kind::LineOrKeys(keys) => json!({"anyOf": [{"type": ["string", "null"]}, mapping(keys)]}),
        Kind::LineByLanguage => {
            json!({"anyOf": [{"type": ["string", "null"]}, {"type": "object", "additionalProperties": text}]})
        }
        Kind::Texts | Kind::Lines => json!({"type": "array", "items": text}),
        Kind::Id => id,
        Kind::Ids => json!({"type": "array", "items": id}),
        Kind::Day => json!({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "examples": ["2026-11-01"]}),
        Kind::Inks => {
            let inks = json!({
                "type": "array", "minItems": 4, "maxItems": 4,
                "items": {"type": "integer", "minimum": 0, "maximum": 100}
            });
            json!({"oneOf": [inks, {
                "type": "object", "additionalProperties": false, "required": ["colour", "inks"],
                "properties": {"colour": {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}, "inks": inks}
            }]})
        }
        Kind::Colour => json!({"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}),
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Number(from, to) => json!({"type": "integer", "minimum": from, "maximum": to}),
        Kind::Choice(names) => json!({"enum": names}),
        Kind::Groups => {
            json!({"type": "object", "additionalProperties": {"type": "array", "uniqueItems": true, "items": id}})
        }
        Kind::Free => json!({"type": "object"}),
        Kind::Phrases => {
            json!({"type": "object", "additionalProperties": {"type": "array", "items": text}})
        }
        Kind::Reasons => json!({"type": "object", "additionalProperties": text}),
        Kind::Keys(keys) => mapping(keys),
        Kind::Named(keys) => json!({"type": "object", "additionalProperties": mapping(keys)}),
        Kind::Rules(keys) => {
            json!({"type": "object", "additionalProperties": {"anyOf": [text, mapping(keys)]}})
        }
        Kind::List(keys) => json!({"type": "array", "items": mapping(keys)}),
        Kind::LinesOr(keys) => json!({"type": "array", "items": {"anyOf": [text, mapping(keys)]}}),
    }
}
