//! Lines of the profile that its file may have as keys, each with a field of its own on the page: an address by its parts, a line
//! in each language's words.

use crate::edit::Data;
use crate::web::form::Typed;
use std::collections::BTreeMap;

const ADDRESS: &str = "address";
/// Lines that may stand by language.
const LOCALIZED: [&str; 2] = ["nurse-line", "register"];

/// Parts of an address, and whether the page asks for one that the file does not have. Without a city it is the clinic's.
const PARTS: [(&str, bool); 6] = [
    ("street", true),
    ("city", false),
    ("region", true),
    ("postal-code", true),
    ("country", false),
    ("line", false),
];

/// A field by the line and the key that it is of.
pub fn keyed(field: &str) -> Option<(&str, &str)> {
    field.split_once('.').filter(|(line, _)| *line == ADDRESS || LOCALIZED.contains(line))
}

/// A field of a part of an address, by the part.
pub fn part(field: &str) -> Option<&str> {
    keyed(field).filter(|(line, _)| *line == ADDRESS).map(|(_, part)| part)
}

/// Puts the fields of what the file has as keys in the place of their lines.
pub fn put(lines: &mut BTreeMap<String, String>, profile: &Data) {
    for line in [ADDRESS].into_iter().chain(LOCALIZED) {
        let Some(Data::Keys(own)) = profile.at(&[line]) else { continue };
        lines.remove(line);
        let asked: Vec<&str> = if line == ADDRESS {
            let asked = PARTS.iter().filter(|(part, asked)| *asked || profile.at(&[line, part]).is_some());
            asked.map(|(part, _)| *part).collect()
        } else {
            let listed = profile.at(&["languages"]).map(Data::items).unwrap_or_default();
            own.iter().map(|(key, _)| key.as_str()).chain(listed.iter().map(|item| item.text(&[]))).collect()
        };
        lines.extend(asked.into_iter().map(|key| (field(line, key), profile.text(&[line, key]).to_owned())));
    }
}

/// The same as somebody typed it.
pub fn put_typed(lines: &mut BTreeMap<String, String>, typed: &Typed) {
    let fields: BTreeMap<&str, &str> = typed.pairs().filter(|(field, _)| is_asked(field)).collect();
    for field in fields.keys() {
        keyed(field).and_then(|(line, _)| lines.remove(line));
    }
    lines.extend(fields.into_keys().map(|field| (field.to_owned(), typed.one(field).trim().to_owned())));
}

/// The fields of one line of the page: the parts of an address in the page's order, wordings in that of the clinic's languages.
pub fn fields_of<'f>(lines: &'f BTreeMap<String, String>, line: &'f str, languages: &[&str]) -> Vec<&'f str> {
    let own = lines.keys().filter(|field| keyed(field).is_some_and(|(other, _)| other == line));
    let mut fields: Vec<&str> = own.map(String::as_str).collect();
    let place = |field: &&str| {
        let (_, key) = keyed(field)?;
        let part = PARTS.iter().position(|(name, _)| *name == key);
        part.or_else(|| languages.iter().position(|tag| *tag == key))
    };
    fields.sort_by_key(|field| place(field).unwrap_or(usize::MAX));
    if fields.is_empty() { vec![line] } else { fields }
}

/// A form may hold anything: of an address only its own parts, of others only language tags.
fn is_asked(field: &str) -> bool {
    keyed(field).is_some_and(|(line, key)| match line {
        ADDRESS => PARTS.iter().any(|(part, _)| *part == key),
        _ => crate::Language::is_tag(key),
    })
}

fn field(line: &str, key: &str) -> String {
    format!("{line}.{key}")
}
