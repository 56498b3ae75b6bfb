//! The page's words as its templates see them: `t.form.regions`.

use crate::Pack;
use serde_json::{Map, Value};

/// Dotted keys as nested objects.
pub fn nested(pack: &Pack) -> Value {
    let mut root = Map::new();
    for (key, text) in &pack.web {
        put(&mut root, key, text);
    }
    Value::Object(root)
}

fn put(object: &mut Map<String, Value>, key: &str, text: &str) {
    match key.split_once('.') {
        None => drop(object.insert(key.to_owned(), Value::from(text))),
        Some((group, rest)) => {
            let inner = object.entry(group).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, text);
            }
        }
    }
}

/// A word with its `{braces}` filled; the key itself when there is no such word, so that nothing is ever blank.
pub fn filled(pack: &Pack, key: &str, values: &[(&str, &str)]) -> String {
    let mut text = pack.web.get(key).cloned().unwrap_or_else(|| key.to_owned());
    for (name, value) in values {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    text
}
