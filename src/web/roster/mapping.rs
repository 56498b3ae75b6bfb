//! Which column of somebody else's list is what, as the page's step asks it and as a file of columns says it.

use crate::Engine;
use crate::diagnostic::Faults;
use crate::options::keys::Keys;
use crate::request::roster::{ColumnMap, MAP_LIMIT};
use chrono::NaiveDate;
use std::fmt::Write;

/// The name under which faults of the choice are told.
const FILE: &str = "columns";
/// How days may be written, as a file of columns says it.
pub const DATES: [&str; 2] = ["day-first", "month-first"];

/// How names may stand, as a file of columns says it.
pub const LAST_FIRST: &str = "last-first";

/// Fields of the step, at most: the page asks for far fewer.
const MOST_FIELDS: usize = 2_000;

/// What somebody chose. Holds names of columns, and words by which rows are wanted; nothing else of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// A key's column, and those that are joined for it.
    pub columns: Vec<(String, Vec<String>)>,
    pub dates: Option<&'static str>,
    /// The day of a list that has times of day alone. It is the list's own: a file of columns does not keep it.
    pub day: Option<NaiveDate>,
    /// Whether names stand as `Family, Given`.
    pub turns_names: bool,
    /// Whether the list was one of objects before it was a table.
    pub is_of_objects: bool,
    /// Words of a column; with how many there are to choose from.
    only: Vec<(String, Vec<String>, usize)>,
}

impl Mapping {
    /// What the step sends: `column.<key>`, once for each column; `dates`; `only.<column>` for each word that is wanted and
    /// `words.<column>`, how many there are. `None`: it sends nothing, or more than any page of ours asks for.
    pub fn sent<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Option<Mapping> {
        let mut mapping = Mapping::default();
        let is_own = |name: &str| {
            let kind = name.split_once('.').map(|(kind, _)| kind);
            matches!(name, "dates" | "day" | "names") || matches!(kind, Some("column" | "only" | "words"))
        };
        let (mut count, mut length) = (0, 0);
        for (name, text) in fields.filter(|(name, _)| is_own(name)) {
            (count, length) = (count + 1, length + name.len() + text.len());
            if count > MOST_FIELDS || length as u64 > MAP_LIMIT {
                return None;
            }
            match name.split_once('.') {
                _ if name == "dates" => mapping.dates = DATES.into_iter().find(|dates| *dates == text),
                _ if name == "day" => mapping.day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok(),
                _ if name == "names" => mapping.turns_names = text == LAST_FIRST,
                Some(("column", key)) if !text.is_empty() => mapping.column(key, text),
                Some(("only", column)) => mapping.words_of(column).1.push(text.to_owned()),
                Some(("words", column)) => mapping.words_of(column).2 = text.parse().unwrap_or(0),
                _ => {}
            }
        }
        (!mapping.columns.is_empty()).then_some(mapping)
    }

    pub fn column(&mut self, key: &str, column: &str) {
        let found = self.columns.iter_mut().find(|(known, _)| known == key);
        match found {
            Some((_, columns)) if columns.iter().any(|known| known == column) => {}
            Some((_, columns)) => columns.push(column.to_owned()),
            None => self.columns.push((key.to_owned(), vec![column.to_owned()])),
        }
    }

    fn words_of(&mut self, column: &str) -> &mut (String, Vec<String>, usize) {
        let at = self.only.iter().position(|(known, ..)| known == column).unwrap_or_else(|| {
            self.only.push((column.to_owned(), Vec::new(), 0));
            self.only.len() - 1
        });
        &mut self.only[at]
    }

    /// The columns of a key.
    pub fn columns_of(&self, key: &str) -> &[String] {
        self.columns.iter().find(|(known, _)| known == key).map_or(&[], |(_, columns)| columns)
    }

    /// Whether rows with this word are wanted. Where nothing was chosen, all are.
    pub fn wants(&self, column: &str, word: &str) -> bool {
        let words = self.only.iter().find(|(known, ..)| known == column);
        words.is_none_or(|(_, words, _)| words.is_empty() || words.iter().any(|known| known == word))
    }

    /// As a file of `--columns`. Every word is quoted as JSON has it, which YAML reads.
    pub fn yaml(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let list = |texts: &[String]| texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ");
        let mut yaml = String::from("columns:\n");
        let is_plain = |key: &str| key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        for (key, columns) in &self.columns {
            // A name of ours needs no quotes; what else a form sends may hold anything.
            let key = if is_plain(key) { key.clone() } else { quoted(key) };
            let _ = match columns.as_slice() {
                [only] => writeln!(yaml, "  {key}: {}", quoted(only)),
                several => writeln!(yaml, "  {key}: [{}]", list(several)),
            };
        }
        if let Some(dates) = self.dates {
            let _ = writeln!(yaml, "dates: {dates}");
        }
        if self.turns_names {
            let _ = writeln!(yaml, "names: {LAST_FIRST}");
        }
        let wanted: Vec<_> =
            self.only.iter().filter(|(_, words, all)| !words.is_empty() && words.len() != *all).collect();
        if !wanted.is_empty() {
            yaml.push_str("only:\n");
        }
        for (column, words, _) in wanted {
            let _ = writeln!(yaml, "  {}: [{}]", quoted(column), list(words));
        }
        yaml
    }

    /// # Errors
    ///
    /// What a file of columns would be refused for.
    pub fn map(&self, engine: &Engine) -> Result<ColumnMap, Faults> {
        let map = self.read(engine.keys())?.knowing(engine.treatments()).lenient();
        Ok(if self.is_of_objects { map.of_objects() } else { map })
    }

    fn read(&self, keys: &Keys) -> Result<ColumnMap, Faults> {
        ColumnMap::read(FILE, &self.yaml(), keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_step_sends_is_a_file_of_columns() {
        let sent = [
            ("column.regions", "Body \"part\""),
            ("column.regions", ""),
            ("column.patient", "First"),
            ("column.patient", "Name: of, family"),
            ("dates", "day-first"),
            ("day", "2026-11-30"),
            ("names", "last-first"),
            ("only.State.of it", "Arrived"),
            ("words.State.of it", "3"),
            ("only.Room", "1"),
            ("only.Room", "2"),
            ("words.Room", "2"),
            ("job", "x"),
        ];
        let mapping = Mapping::sent(sent.into_iter()).unwrap();
        let yaml = "columns:\n  regions: \"Body \\\"part\\\"\"\n  patient: [\"First\", \"Name: of, family\"]\n\
                    dates: day-first\nnames: last-first\nonly:\n  \"State.of it\": [\"Arrived\"]\n";
        assert_eq!(mapping.yaml(), yaml);
        let keys = crate::Engine::built_in().unwrap().value.keys().clone();
        let map = mapping.read(&keys).unwrap_or_else(|faults| panic!("{faults}"));
        assert_eq!((map.columns.len(), map.only.len(), mapping.day.is_some()), (2, 1, true));
        assert!(mapping.wants("State.of it", "Arrived") && !mapping.wants("State.of it", "Gone"));
        assert_eq!(Mapping::sent([("dates", "day-first")].into_iter()), None);
    }

    #[test]
    fn a_form_that_is_not_the_pages_is_bounded_and_writes_no_keys_of_its_own() {
        let many = |count: usize| {
            let fields: Vec<(String, String)> =
                (0..count).map(|number| (format!("only.{number}"), String::new())).collect();
            let own = std::iter::once(("column.regions", "Area"));
            let fields = own.chain(fields.iter().map(|(name, text)| (name.as_str(), text.as_str())));
            Mapping::sent(fields).is_some()
        };
        assert!(many(MOST_FIELDS - 1) && !many(MOST_FIELDS));
        let long = "x".repeat(MAP_LIMIT as usize);
        assert_eq!(Mapping::sent([("column.regions", long.as_str())].into_iter()), None);
        let mapping = Mapping::sent([("column.regions: a\ndefaults", "Area")].into_iter()).unwrap();
        let keys = crate::Engine::built_in().unwrap().value.keys().clone();
        let told = mapping.read(&keys).expect_err("no such key").to_string();
        assert!(told.contains("unknown key `regions: a\\u{a}defaults` in `columns`"), "{told}");
    }
}
