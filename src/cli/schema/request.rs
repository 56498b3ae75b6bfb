//! The schemas of a request and of a roster.

use crate::Engine;
use crate::options::keys::{Defined, Key, MOST_EXERCISES, Value};
use crate::options::{Name, Side};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

/// The draft that editors know best.
pub const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// A local time, to the minute or the second, with or without an offset.
const TIME: &str = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?$";

/// A request file: keys nested by the dots of their paths.
pub fn request(engine: &Engine) -> Json {
    let mut schema = nested(engine);
    schema["$schema"] = json!(DRAFT);
    schema["title"] = json!("A handout's request");
    let needed = needed(engine).filter_map(|key| key.path.split('.').next());
    schema["required"] = needed.collect();
    schema
}

/// A roster as a YAML list; an item is also what a line of JSON Lines holds. An item has the keys of a request, or
/// the columns of a roster.
pub fn roster(engine: &Engine) -> Json {
    let mut keys = nested(engine);
    let groups = needed(engine).filter_map(|key| key.path.split('.').next());
    keys["required"] = std::iter::once("id").chain(groups).collect();
    let columns =
        engine.keys().iter().map(|key| (key.column.to_string(), one_or_many(key, engine))).collect();
    let mut flat = object(columns);
    flat["required"] = std::iter::once("id").chain(needed(engine).map(|key| &*key.column)).collect();
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

fn nested(engine: &Engine) -> Json {
    let mut root = object(Map::new());
    for key in engine.keys().iter() {
        let mut group = &mut root;
        let mut parts = key.path.split('.').peekable();
        while let Some(part) = parts.next() {
            let properties = &mut group["properties"];
            if parts.peek().is_none() {
                properties[part] = property(key, engine);
                break;
            }
            if properties[part].is_null() {
                properties[part] = object(Map::new());
            }
            group = &mut properties[part];
        }
    }
    for key in needed(engine) {
        if let Some((group, name)) = key.path.rsplit_once('.') {
            let group = group.split('.').fold(&mut root, |schema, part| &mut schema["properties"][part]);
            match group["required"].as_array_mut() {
                Some(names) => names.push(json!(name)),
                None => group["required"] = json!([name]),
            }
        }
    }
    root
}

/// The keys that every request has, whatever its treatment.
fn needed(engine: &Engine) -> impl Iterator<Item = &Key> {
    engine.keys().needed().iter().filter_map(|column| Some(&**engine.keys().of_column(column)?))
}

fn property(key: &Key, engine: &Engine) -> Json {
    let mut schema = match key.list {
        true => list(key, engine),
        false => value(key, engine),
    };
    schema["description"] = json!(format!("Changes {}. Default: {}.", key.changes, key.default));
    schema
}

fn list(key: &Key, engine: &Engine) -> Json {
    let mut list = json!({"type": "array", "items": value(key, engine), "uniqueItems": true});
    if key.default == "required" {
        list["minItems"] = json!(1);
    }
    if matches!(key.value, Value::Defined(Defined::Exercises(_))) {
        list["maxItems"] = json!(MOST_EXERCISES);
    }
    list
}

/// A column holds a list, or one text with `;` between its values.
fn one_or_many(key: &Key, engine: &Engine) -> Json {
    match key.list {
        false => property(key, engine),
        true => json!({"anyOf": [property(key, engine), {"type": "string"}]}),
    }
}

fn value(key: &Key, engine: &Engine) -> Json {
    match &key.value {
        Value::Id { most } => {
            json!({"type": "string", "pattern": "^[A-Za-z0-9_-][A-Za-z0-9._-]*$", "maxLength": most})
        }
        Value::Line { most } => json!({"type": "string", "maxLength": most}),
        Value::Text { most, lines } => {
            let pattern = format!("^\\s*(\\S[^\\n]*(\\n\\s*|$)){{0,{lines}}}$");
            json!({"type": "string", "maxLength": most, "pattern": pattern})
        }
        Value::Time => json!({"type": "string", "pattern": TIME, "examples": ["2026-11-24T15:30"]}),
        Value::Hours { from, to } => json!({"type": "integer", "minimum": from, "maximum": to}),
        Value::Fixed(names) => json!({"enum": names}),
        Value::Listed(names) => listed(key, names, engine),
        Value::Defined(Defined::Exercises(id)) => dosed(&names(&Defined::Exercises(id.clone()), engine)),
        Value::Defined(defined) => json!({"enum": names(defined, engine)}),
    }
}

/// An exercise's id, also with a dose behind it.
fn dosed(ids: &[&str]) -> Json {
    let pattern = format!("^({}):([0-9]+|([0-9]+)?x[0-9]+)$", ids.join("|"));
    json!({"anyOf": [{"enum": ids}, {"type": "string", "pattern": pattern}]})
}

/// One of some names; of treated areas some may have a side behind them.
fn listed(key: &Key, names: &[Name], engine: &Engine) -> Json {
    let names: Vec<&str> = names.iter().map(|name| &**name).collect();
    let options = engine.treatments().filter_map(|library| library.treatment.at_path(&key.path));
    let sided: BTreeSet<&str> = options.flat_map(|option| option.sided()).map(|name| &**name).collect();
    let plain = json!({"enum": names});
    if sided.is_empty() {
        return plain;
    }
    let sided: Vec<&str> = sided.into_iter().collect();
    let pattern = format!("^({}):({})$", sided.join("|"), Side::NAMES.join("|"));
    json!({"anyOf": [plain, {"type": "string", "pattern": pattern}]})
}

/// What the clinic folder defines; ids of any of its treatments and languages.
fn names<'e>(defined: &Defined, engine: &'e Engine) -> Vec<&'e str> {
    let first = engine.library();
    let packs = || engine.treatments().flat_map(|library| library.packs.values());
    let mut names: Vec<&str> = match defined {
        Defined::Treatments => first.treatments.iter().map(|id| &**id).collect(),
        Defined::Languages => first.packs.keys().map(|tag| tag.tag()).collect(),
        Defined::Therapists => {
            first.clinic.therapists.iter().map(|therapist| therapist.name.as_str()).collect()
        }
        Defined::Exercises(id) => {
            let libraries = packs().filter_map(|pack| pack.libraries.get(id));
            libraries.flat_map(|library| library.keys()).map(String::as_str).collect()
        }
        Defined::Sections => {
            let own = packs().flat_map(|pack| pack.sections.keys()).map(String::as_str);
            let filled = engine.treatments().flat_map(|library| library.treatment.filled());
            own.chain(filled).filter(|id| !first.treatment.keeps(id)).collect()
        }
    };
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(*name));
    names
}
