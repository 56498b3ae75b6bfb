//! What a file says, without how it is written.

use super::marks::scalar;
use crate::content::yaml::{Node, Value};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// One value; nothing is an empty line.
    Line(String),
    List(Vec<Data>),
    /// In the order of the file.
    Keys(Vec<(String, Data)>),
}

impl Data {
    pub fn line(text: impl Into<String>) -> Data {
        Data::Line(text.into())
    }

    /// Keys with a line each.
    pub fn keys<'k>(keys: impl IntoIterator<Item = (&'k str, String)>) -> Data {
        Data::Keys(keys.into_iter().map(|(key, line)| (key.to_owned(), Data::Line(line))).collect())
    }

    pub(super) fn of(node: &Node) -> Data {
        match &node.value {
            _ if node.is_null() => Data::Line(String::new()),
            Value::Scalar(scalar) => Data::Line(scalar.text.trim().to_owned()),
            Value::List(items) => Data::List(items.iter().map(Data::of).collect()),
            Value::Map(entries) => {
                Data::Keys(entries.iter().map(|entry| (entry.key.clone(), Data::of(&entry.node))).collect())
            }
        }
    }

    /// The value at a path; an item of a list by its number, from 0.
    pub fn at(&self, path: &[&str]) -> Option<&Data> {
        path.iter().try_fold(self, |data, key| match data {
            Data::Keys(keys) => keys.iter().find(|(name, _)| name == key).map(|(_, data)| data),
            Data::List(items) => items.get(key.parse::<usize>().ok()?),
            Data::Line(_) => None,
        })
    }

    /// One value at a path; empty when there is none.
    pub fn text(&self, path: &[&str]) -> &str {
        match self.at(path) {
            Some(Data::Line(line)) => line,
            _ => "",
        }
    }

    /// The items of a list; none of anything else.
    pub fn items(&self) -> &[Data] {
        match self {
            Data::List(items) => items,
            _ => &[],
        }
    }

    /// The same with another value at a path, which comes last when it is new.
    pub(super) fn with(&self, path: &[&str], wanted: Data) -> Option<Data> {
        let Some((first, rest)) = path.split_first() else { return Some(wanted) };
        if let Data::List(items) = self {
            let mut items = items.clone();
            let item = items.get_mut(first.parse::<usize>().ok()?)?;
            *item = item.with(rest, wanted)?;
            return Some(Data::List(items));
        }
        let mut keys = match self {
            Data::Keys(keys) => keys.clone(),
            Data::Line(line) if line.is_empty() => Vec::new(),
            _ => return None,
        };
        match keys.iter_mut().find(|(name, _)| name == first) {
            Some((_, data)) => *data = data.with(rest, wanted)?,
            None if rest.is_empty() => keys.push(((*first).to_owned(), wanted)),
            None => return None,
        }
        Some(Data::Keys(keys))
    }

    /// On one line: `{name: Ann, title: PT}`.
    pub(super) fn flow(&self) -> String {
        match self {
            Data::Line(line) => scalar(line),
            Data::List(items) => {
                format!("[{}]", items.iter().map(Data::flow).collect::<Vec<_>>().join(", "))
            }
            Data::Keys(keys) => {
                let pairs: Vec<String> =
                    keys.iter().map(|(key, data)| format!("{key}: {}", data.flow())).collect();
                format!("{{{}}}", pairs.join(", "))
            }
        }
    }
}
