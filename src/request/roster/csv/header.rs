//! The first row, which names the columns.

use super::super::{ADDED, Naming, UNREAD};
use super::quotes;
use super::record::Record;
use crate::diagnostic::{Choice, Diagnostic, Faults, Place, Sink, marked, nearest, shown};
use crate::options::keys::{Key, Keys};
use std::sync::Arc;

/// Columns without which no row can be a request.
fn needed(keys: &Keys, naming: Naming) -> impl Iterator<Item = &str> {
    let id = (naming == Naming::Roster).then_some("id");
    id.into_iter().chain(keys.needed().iter().map(|column| &**column))
}

pub struct Column {
    /// As the table of keys spells it; as it was typed where nothing reads it.
    pub name: Arc<str>,
    pub role: Role,
}

/// What a column is for.
#[derive(Clone, PartialEq, Eq)]
pub enum Role {
    Of(Arc<Key>),
    /// Words of a row that failed before and is not mended.
    Unread,
    /// Nothing reads it.
    Added,
}

impl Role {
    fn named(keys: &Keys, name: &str) -> Option<Role> {
        match key_of(keys, name) {
            Some(key) => Some(Role::Of(key.clone())),
            None if plain(name) == UNREAD => Some(Role::Unread),
            None => ADDED.contains(&plain(name).as_str()).then_some(Role::Added),
        }
    }
}

/// The columns of a roster.
pub struct Header {
    pub columns: Vec<Column>,
    /// Cells of the first row: spreadsheets leave empty ones behind the last column.
    pub width: usize,
}

impl Header {
    /// The columns that rows are read by.
    pub fn read(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.role != Role::Added)
    }

    /// Whether a column holds words of rows that failed before.
    pub fn has_unread(&self) -> bool {
        self.columns.iter().any(|column| column.role == Role::Unread)
    }

    /// Whether the table is a list of failed rows, ours or a mended one.
    pub fn is_failed_rows(&self) -> bool {
        ADDED.iter().all(|name| self.columns.iter().any(|column| plain(&column.name) == *name))
    }

    pub fn index_of(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| &*column.name == name)
    }

    /// Columns of the roster that a list of failed rows was made of.
    pub fn without_added(&self) -> usize {
        self.columns.iter().filter(|column| matches!(column.role, Role::Of(_))).count()
    }
}

/// A name without what differs between spellings: `Session At`, `session-at` and `session.at` are `session_at`.
fn plain(name: &str) -> String {
    name.trim().to_ascii_lowercase().replace([' ', '-', '.'], "_")
}

/// The key that a column's name means, by its column or by its path.
pub fn key_of<'k>(keys: &'k Keys, name: &str) -> Option<&'k Arc<Key>> {
    let name = plain(name);
    keys.iter().find(|key| key.column == name || key.path.replace('.', "_") == name)
}

struct Name {
    text: String,
    place: Place,
}

/// Checks the first row. One that names hardly any column is most often a row of patients, so that its words are not
/// shown.
pub fn header(
    record: &Record,
    sign: u8,
    file: &Arc<str>,
    keys: &Keys,
    naming: Naming,
) -> Result<Header, Faults> {
    let line = Place::line(file.clone(), u32::try_from(record.line).unwrap_or(0), 1);
    let mut names = names(record, sign, &line);
    let width = names.len();
    while names.last().is_some_and(|name| name.text.is_empty()) {
        names.pop();
    }
    let known = names.iter().filter(|name| Role::named(keys, &name.text).is_some()).count();
    if record.is_unread() || known == 0 || known * 2 < names.len() {
        return Err(meant_by(keys, &names)
            .fold(no_header(keys, record, known), Diagnostic::hint)
            .at(line)
            .into());
    }
    if let Some(fault) = quotes::check(&record.raw, sign, |_, _| false) {
        let last =
            record.line + record.raw.trim_ascii_end().iter().filter(|byte| **byte == b'\n').count() as u64;
        // What seems to be a name may then hold rows of patients.
        return Err(quotes::told(fault, sign, record.line, last).at(line).into());
    }
    let mut sink = Sink::default();
    unknown(keys, &names, &mut sink);
    doubled(keys, &names, &mut sink);
    for needed in needed(keys, naming).filter(|needed| !names.iter().any(|name| name.is(keys, needed))) {
        let message = format!("the roster has no column `{needed}`");
        let fault = Diagnostic::error("missing-column", message).about(needed);
        sink.push(fault.at(Place { column: 0, ..line.clone() }));
    }
    let column = |name: Name| {
        let role = Role::named(keys, &name.text).unwrap_or(Role::Added);
        let text = match &role {
            Role::Of(key) => &*key.column,
            Role::Unread => UNREAD,
            Role::Added => &name.text,
        };
        Column { name: text.into(), role }
    };
    sink.finish(Some(())).map(|_| Header { columns: names.into_iter().map(column).collect(), width })
}

/// The names with their places.
fn names(record: &Record, sign: u8, line: &Place) -> Vec<Name> {
    let cells = record.cells().zip(starts(&record.raw, sign));
    let name = |(cell, start): (&[u8], usize)| {
        let before = String::from_utf8_lossy(record.raw.get(..start).unwrap_or_default());
        let above = before.matches('\n').count();
        let column = before.chars().rev().take_while(|character| *character != '\n').count() + 1;
        let place = Place { line: line.line + above as u32, column: column as u32, ..line.clone() };
        Name { text: String::from_utf8_lossy(cell).trim().to_owned(), place }
    };
    cells.map(name).collect()
}

/// Where the cells of a record begin.
fn starts(record: &[u8], sign: u8) -> impl Iterator<Item = usize> {
    let mut quoted = false;
    let ends = record.iter().enumerate().filter(move |(_, byte)| {
        quoted ^= **byte == b'"';
        !quoted && **byte == sign
    });
    std::iter::once(0).chain(ends.map(|(at, _)| at + 1))
}

impl Name {
    fn is(&self, keys: &Keys, column: &str) -> bool {
        key_of(keys, &self.text).is_some_and(|key| key.column == column)
    }
}

fn no_header(keys: &Keys, record: &Record, known: usize) -> Diagnostic {
    let columns = format!("columns are {}", listed(keys));
    if known > 0 || record.is_unread() {
        let message = "the first row is no header: most of its cells name no column of a roster";
        return Diagnostic::error("no-header", message)
            .hint("the first row must name the columns, one name a cell")
            .hint(columns);
    }
    let message = "the first row names no column of a roster";
    let fault = Diagnostic::error("no-header", message);
    match other_sign(keys, record) {
        Some(sign) => fault.hint(format!(
            "its cells seem to have `{sign}` between them: save the roster with commas, semicolons or tabs"
        )),
        None => fault.hint("the first row must name the columns, one name a cell").hint(columns),
    }
}

/// A sign between names that no roster has.
fn other_sign(keys: &Keys, record: &Record) -> Option<char> {
    let header = String::from_utf8_lossy(&record.raw).into_owned();
    ['|', ':', '/']
        .into_iter()
        .find(|sign| header.split(*sign).filter(|name| key_of(keys, name).is_some()).count() > 1)
}

fn listed(keys: &Keys) -> String {
    keys.iter().map(|key| format!("`{}`", key.column)).collect::<Vec<_>>().join(", ")
}

/// Names that nothing reads. All columns that there are, are listed once.
fn unknown(keys: &Keys, names: &[Name], sink: &mut Sink) {
    let mut told = false;
    for (index, name) in names.iter().enumerate() {
        if Role::named(keys, &name.text).is_some() {
            continue;
        }
        let message = match name.text.as_str() {
            "" => format!("column {} has no name", index + 1),
            text if text.contains(['\n', '\r']) => {
                format!("the name of column {} has several lines", index + 1)
            }
            text => format!("unknown column {}", marked(text, known_names(keys, text), &name.place)),
        };
        let fault =
            Diagnostic::error("unknown-column", message).at(name.place.clone()).about(shown(&name.text));
        sink.push(match meant(keys, &name.text) {
            Some(column) => fault.hint(Choice { near: Some(column.to_owned()), ..Choice::default() }),
            None if told => fault,
            None => {
                told = true;
                fault.hint(format!("columns are {}", listed(keys)))
            }
        });
    }
}

/// What a column may be called: by its name, or as the flag of its key is.
fn known_names<'n>(keys: &'n Keys, text: &'n str) -> impl Iterator<Item = &'n str> + Clone {
    let by_flag = keys.iter().any(|key| plain(&key.flag) == plain(text)).then_some(text);
    keys.iter().map(|key| &*key.column).chain(by_flag)
}

/// The columns that misspelt names may mean, without the names.
fn meant_by(keys: &Keys, names: &[Name]) -> impl Iterator<Item = String> {
    let unknown = names.iter().enumerate().filter(move |(_, name)| Role::named(keys, &name.text).is_none());
    unknown.filter_map(move |(index, name)| {
        meant(keys, &name.text)
            .map(|column| format!("is the name in cell {} meant to be `{column}`?", index + 1))
    })
}

fn meant<'k>(keys: &'k Keys, name: &str) -> Option<&'k str> {
    let by_flag = keys.iter().find(|key| plain(&key.flag) == plain(name)).map(|key| &*key.column);
    by_flag.or_else(|| nearest(name, keys.iter().map(|key| &*key.column)).filter(|_| !name.is_empty()))
}

fn doubled(keys: &Keys, names: &[Name], sink: &mut Sink) {
    let same = |a: &str, b: &str| match (key_of(keys, a), key_of(keys, b)) {
        (None, None) => !a.is_empty() && a.eq_ignore_ascii_case(b),
        (a, b) => a == b,
    };
    for (index, name) in names.iter().enumerate() {
        let earlier = names.iter().take(index).find(|earlier| same(&earlier.text, &name.text));
        let Some(earlier) = earlier else { continue };
        let message = match Role::named(keys, &name.text) {
            Some(Role::Of(key)) => format!("the column `{}` stands twice", key.column),
            Some(_) => format!("the column `{}` stands twice", shown(&name.text)),
            None => format!("the name of column {} stands twice", index + 1),
        };
        let fault = Diagnostic::error("duplicate-column", message).at(name.place.clone());
        sink.push(fault.hint(format!("first at character {} of the row", earlier.place.column)));
    }
}
