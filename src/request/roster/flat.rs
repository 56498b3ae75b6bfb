//! A list of objects whose keys are somebody else's, as a table: who is asked which column is what needs no other form.

use super::heading::key_of;
use super::{jsonl, offer};
use crate::content::yaml::{Entry, Node, Value};
use crate::diagnostic::Diagnostic;
use crate::limits::AREA;
use crate::options::keys::Keys;
use std::collections::{BTreeSet, HashMap};

/// Objects inside objects, at most: `client.name.first`.
const DEEPEST: usize = 4;

/// The table as CSV; `None`: it is no list of objects, or they have a roster's own keys.
///
/// # Errors
///
/// Two values of an object stand under one name, and nobody knows which is meant; more names than are offered; more cells
/// than a table may have.
pub fn as_table(bytes: &[u8], keys: &Keys) -> Result<Option<Vec<u8>>, Diagnostic> {
    check_values(bytes)?;
    let Some(objects) = objects(bytes) else { return Ok(None) };
    let rows: Vec<Vec<(String, String)>> = objects.into_iter().map(|object| cells(&object)).collect();
    let (mut columns, mut known): (Vec<&str>, BTreeSet<&str>) = Default::default();
    for (name, _) in rows.iter().flatten() {
        if known.insert(name) {
            columns.push(name);
        }
    }
    let is_own = |name: &&str| {
        let first = name.split('.').next().unwrap_or_default();
        ["session", "plan", "print"].contains(&first)
            || key_of(keys, name).is_some_and(|key| keys.needed().contains(&key.column))
    };
    if columns.is_empty() || columns.iter().any(is_own) {
        return Ok(None);
    }
    check(&rows, columns.len())?;
    let rows = without_end(&rows);
    check_area(rows.len(), columns.len())?;
    Ok(written(&columns, rows))
}

fn check(rows: &[Vec<(String, String)>], columns: usize) -> Result<(), Diagnostic> {
    if columns > offer::MOST_COLUMNS {
        return Err(offer::too_many(columns));
    }
    let is_doubled = |row: &&Vec<(String, String)>| {
        let names: BTreeSet<&str> = row.iter().map(|(name, _)| name.as_str()).collect();
        names.len() < row.len()
    };
    let Some(at) = rows.iter().position(|row| is_doubled(&row)) else { return Ok(()) };
    let message = format!("row {} has two values under one name", at + 1);
    Err(Diagnostic::error("two-values", message).hint("give each value a name of its own"))
}

/// Without what says nothing below the last row. One above it stays: rows are told by their numbers.
fn without_end(rows: &[Vec<(String, String)>]) -> &[Vec<(String, String)>] {
    let says = |row: &Vec<(String, String)>| row.iter().any(|(_, text)| !text.trim().is_empty());
    let end = rows.iter().rposition(says).map_or(0, |last| last + 1);
    rows.get(..end).unwrap_or(rows)
}

/// An object without a key is two signs long, and its row has a cell for each name that any object has.
fn check_area(rows: usize, columns: usize) -> Result<(), Diagnostic> {
    if rows.saturating_mul(columns) <= AREA {
        return Ok(());
    }
    Err(too_many(format!("the list names {columns} columns for {rows} rows")))
}

/// Two signs may be a value, which takes a hundred times their room once it is read: they are counted before.
fn check_values(bytes: &[u8]) -> Result<(), Diagnostic> {
    let values = bytes.iter().filter(|byte| matches!(byte, b'{' | b'[' | b',')).count();
    if values <= AREA { Ok(()) } else { Err(too_many(format!("the list has some {values} values"))) }
}

fn too_many(list: String) -> Diagnostic {
    let message = format!("{list}, at most {AREA} cells of objects are read");
    let fault = Diagnostic::error("too-many-columns", message).hint("take out those that no sheet needs");
    fault.hint("save it as CSV, or part it into lists of fewer rows")
}

fn written(columns: &[&str], rows: &[Vec<(String, String)>]) -> Option<Vec<u8>> {
    let places: HashMap<&str, usize> = columns.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let mut cells = vec![""; columns.len()];
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns).ok()?;
    for row in rows {
        cells.fill("");
        for (name, text) in row {
            if let Some(cell) = places.get(name.as_str()).and_then(|at| cells.get_mut(*at)) {
                *cell = text;
            }
        }
        writer.write_record(&cells).ok()?;
    }
    writer.into_inner().ok()
}

/// Those of an array, of the one array that an object holds, of lines, or the one object that there is.
fn objects(bytes: &[u8]) -> Option<Vec<Vec<Entry>>> {
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).ok()?;
    let Ok(tree) = jsonl::tree(text) else {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        return all(lines.map(|line| jsonl::tree(line).ok()).collect::<Option<Vec<_>>>()?);
    };
    match tree.value {
        Value::List(items) => all(items),
        Value::Map(mut entries) => {
            let lists: Vec<usize> =
                (0..entries.len()).filter(|at| entries.get(*at).is_some_and(is_of_objects)).collect();
            match lists.as_slice() {
                [only] => match entries.swap_remove(*only).node.value {
                    Value::List(items) => all(items),
                    _ => None,
                },
                _ => Some(vec![entries]),
            }
        }
        Value::Scalar(_) => None,
    }
}

fn is_of_objects(entry: &Entry) -> bool {
    let is_object = |node: &Node| matches!(node.value, Value::Map(_));
    matches!(&entry.node.value, Value::List(items) if !items.is_empty() && items.iter().all(is_object))
}

fn all(items: Vec<Node>) -> Option<Vec<Vec<Entry>>> {
    let object = |node: Node| match node.value {
        Value::Map(entries) => Some(entries),
        _ => None,
    };
    items.into_iter().map(object).collect()
}

fn cells(object: &[Entry]) -> Vec<(String, String)> {
    let mut cells = Vec::new();
    put("", object, DEEPEST, &mut cells);
    cells
}

fn put(before: &str, object: &[Entry], depth: usize, cells: &mut Vec<(String, String)>) {
    for Entry { key, node, .. } in object {
        let name = if before.is_empty() { key.clone() } else { format!("{before}.{key}") };
        match &node.value {
            Value::Map(inner) if depth > 1 => put(&name, inner, depth - 1, cells),
            Value::List(items) if items.iter().all(|item| matches!(item.value, Value::Scalar(_))) => {
                let texts: Vec<String> = items.iter().map(text).collect();
                cells.push((name, texts.join("; ")));
            }
            _ => cells.push((name, text(node))),
        }
    }
}

/// What stands deeper than names go is written as it stood.
fn text(node: &Node) -> String {
    let joined = |texts: Vec<String>, open: &str, close: &str| format!("{open}{}{close}", texts.join(","));
    match &node.value {
        Value::Scalar(scalar) if scalar.plain && scalar.text == "null" => String::new(),
        Value::Scalar(scalar) => scalar.text.clone(),
        Value::List(items) => joined(items.iter().map(text).collect(), "[", "]"),
        Value::Map(entries) => {
            let pair = |entry: &Entry| format!("{}:{}", entry.key, text(&entry.node));
            joined(entries.iter().map(pair).collect(), "{", "}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Result<Option<String>, &'static str> {
        let csv = as_table(text.as_bytes(), &Keys::default()).map_err(|fault| fault.code)?;
        Ok(csv.map(|csv| String::from_utf8(csv).expect("text")))
    }

    #[test]
    fn a_list_of_objects_is_a_table_however_it_is_written() {
        let csv = Ok(Some("at,who.name\n9:00,Ann\n,Bo\n".to_owned()));
        for text in [
            r#"[{"at": "9:00", "who": {"name": "Ann"}}, {"who": {"name": "Bo"}}]"#,
            r#"{"count": 2, "rows": [{"at": "9:00", "who": {"name": "Ann"}}, {"who": {"name": "Bo"}}]}"#,
            "{\"at\": \"9:00\", \"who\": {\"name\": \"Ann\"}}\n\n{\"who\": {\"name\": \"Bo\"}}\n",
        ] {
            assert_eq!(table(text), csv, "{text}");
        }
        assert_eq!(table("{\n \"a\": [1, \"x\"],\n \"b\": null\n}"), Ok(Some("a,b\n1; x,\n".to_owned())));
        for text in ["[1, 2]", "{", "\"x\"", "[]", r#"[{"session": {"at": "9:00"}}]"#] {
            assert_eq!(table(text), Ok(None), "{text}");
        }
    }

    #[test]
    fn of_two_values_under_one_name_none_is_taken() {
        for text in
            [r#"[{"area": "hip", "area": "neck"}]"#, r#"[{"who.name": "Ann", "who": {"name": "Bo"}}]"#]
        {
            assert_eq!(table(text), Err("two-values"), "{text}");
        }
        let wide: Vec<String> = (0..300).map(|number| format!("\"k{number}\": 1")).collect();
        assert_eq!(table(&format!("[{{{}}}]", wide.join(","))), Err("too-many-columns"));
        let wide: Vec<String> = (0..200).map(|number| format!("\"k{number}\": 1")).collect();
        let csv = table(&format!("[{{{}}}]", wide.join(","))).expect("a table").expect("a table");
        assert!(csv.contains("k199"), "{csv}");
    }

    #[test]
    fn objects_without_a_key_take_no_more_room_than_a_table_may() {
        let many = format!("[{{}}{}]", ",{}".repeat(AREA));
        assert_eq!(table(&many), Err("too-many-columns"), "counted before any of them is read");
        let keys: Vec<String> = (0..200).map(|number| format!("\"k{number}\": 1")).collect();
        let list = |below: &str| format!("[{{{}}}{}{below}]", keys.join(","), ",{}".repeat(20_000));
        assert_eq!(table(&list(",{\"k0\": 2}")), Err("too-many-columns"));
        // Below the last row that says something they are nothing; above it they are counted.
        let rows = |text: &str| table(text).map(|csv| csv.map(|csv| csv.lines().count()));
        assert_eq!(rows(&list("")), Ok(Some(2)));
        assert_eq!(
            table("[{\"b\": \"x\", \"a\": 1}, {}, {\"a\": 2}, {\"b\": null}]"),
            Ok(Some("b,a\nx,1\n,\n,2\n".to_owned()))
        );
    }
}
