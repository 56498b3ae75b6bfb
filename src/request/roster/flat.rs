//! A list of objects whose keys are somebody else's, as a table: who is asked which column is what needs no other form.

use super::heading::key_of;
use crate::options::keys::Keys;
use serde_json::{Map, Value};

/// Objects inside objects, at most: `client.name.first`.
const DEEPEST: usize = 4;
/// Columns of such a table, at most.
const COLUMNS: usize = 64;

/// The table as CSV; `None`: it is no list of objects, or they have a roster's own keys.
pub fn as_table(bytes: &[u8], keys: &Keys) -> Option<Vec<u8>> {
    let rows: Vec<Vec<(String, String)>> = objects(bytes)?.iter().map(cells).collect();
    let mut columns: Vec<&str> = Vec::new();
    for (name, _) in rows.iter().flatten() {
        if columns.len() < COLUMNS && !columns.contains(&name.as_str()) {
            columns.push(name);
        }
    }
    let is_own = |name: &&str| {
        let first = name.split('.').next().unwrap_or_default();
        ["session", "plan", "print"].contains(&first)
            || key_of(keys, name).is_some_and(|key| keys.needed().contains(&key.column))
    };
    if columns.is_empty() || columns.iter().any(is_own) {
        return None;
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&columns).ok()?;
    for row in &rows {
        let cell = |column: &&str| row.iter().find(|(name, _)| name == column).map_or("", |(_, text)| text);
        writer.write_record(columns.iter().map(cell)).ok()?;
    }
    writer.into_inner().ok()
}

/// Those of an array, of the one array that an object holds, of lines, or the one object that there is.
fn objects(bytes: &[u8]) -> Option<Vec<Map<String, Value>>> {
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).ok()?;
    match serde_json::from_str(text) {
        Ok(Value::Array(list)) => all(list),
        Ok(Value::Object(mut object)) => {
            let lists: Vec<String> = object
                .iter()
                .filter(|(_, value)| is_of_objects(value))
                .map(|(name, _)| name.clone())
                .collect();
            match lists.as_slice() {
                [only] => match object.remove(only) {
                    Some(Value::Array(list)) => all(list),
                    _ => None,
                },
                _ => Some(vec![object]),
            }
        }
        Ok(_) => None,
        Err(_) => {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            all(lines.map(|line| serde_json::from_str(line).ok()).collect::<Option<Vec<_>>>()?)
        }
    }
}

fn is_of_objects(value: &Value) -> bool {
    value.as_array().is_some_and(|list| !list.is_empty() && list.iter().all(Value::is_object))
}

fn all(list: Vec<Value>) -> Option<Vec<Map<String, Value>>> {
    let object = |value| match value {
        Value::Object(object) => Some(object),
        _ => None,
    };
    list.into_iter().map(object).collect()
}

fn cells(object: &Map<String, Value>) -> Vec<(String, String)> {
    let mut cells = Vec::new();
    put("", object, DEEPEST, &mut cells);
    cells
}

fn put(before: &str, object: &Map<String, Value>, depth: usize, cells: &mut Vec<(String, String)>) {
    for (name, value) in object {
        let name = if before.is_empty() { name.clone() } else { format!("{before}.{name}") };
        match value {
            Value::Object(inner) if depth > 1 => put(&name, inner, depth - 1, cells),
            Value::Array(list) if list.iter().all(|value| !value.is_array() && !value.is_object()) => {
                let texts: Vec<String> = list.iter().map(text).collect();
                cells.push((name, texts.join("; ")));
            }
            value => cells.push((name, text(value))),
        }
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_objects_is_a_table_however_it_is_written() {
        let table = |text: &str| {
            let csv = as_table(text.as_bytes(), &Keys::default())?;
            Some(String::from_utf8(csv).expect("text"))
        };
        let csv = Some("at,who.name\n9:00,Ann\n,Bo\n".to_owned());
        for text in [
            r#"[{"at": "9:00", "who": {"name": "Ann"}}, {"who": {"name": "Bo"}}]"#,
            r#"{"count": 2, "rows": [{"at": "9:00", "who": {"name": "Ann"}}, {"who": {"name": "Bo"}}]}"#,
            "{\"at\": \"9:00\", \"who\": {\"name\": \"Ann\"}}\n\n{\"who\": {\"name\": \"Bo\"}}\n",
        ] {
            assert_eq!(table(text), csv, "{text}");
        }
        assert_eq!(table("{\n \"a\": [1, \"x\"],\n \"b\": null\n}"), Some("a,b\n1; x,\n".to_owned()));
        for text in ["[1, 2]", "{", "\"x\"", "[]", r#"[{"session": {"at": "9:00"}}]"#] {
            assert_eq!(table(text), None, "{text}");
        }
    }
}
