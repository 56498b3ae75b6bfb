//! The heading of a table, which names the columns.

use super::naming::Naming;
use super::{ADDED, UNREAD};
use crate::diagnostic::{Choice, Diagnostic, Faults, Place, Sink, marked, nearest, shown};
use crate::options::keys::{Key, Keys};
use crate::request::resolve::{is_invisible, therapist_said};
use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

/// What to do about a list that has columns of its own.
pub const MAPPED: &str =
    "a file of `--columns` says which columns of somebody else's list are read, and as what";

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
    /// Whether the table is a list of failed rows, ours or a mended one.
    pub is_failed_rows: bool,
}

impl Header {
    /// The columns of somebody else's list, by what is read of them.
    pub fn mapped(
        names: Names,
        at: &[usize],
        width: usize,
        key_at: impl Fn(usize) -> Option<Arc<Key>>,
    ) -> Header {
        let column = |(name, at): (Name, &usize)| match key_at(*at) {
            Some(key) => Column { name: (&*key.column).into(), role: Role::Of(key) },
            None => Column { name: name.text.into(), role: Role::Added },
        };
        // Those of a list of failed rows have their own names.
        Header { columns: names.0.into_iter().zip(at).map(column).collect(), width, is_failed_rows: false }
    }

    /// The columns that rows are read by.
    pub fn read(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.role != Role::Added)
    }

    /// Whether a column holds words of rows that failed before.
    pub fn has_unread(&self) -> bool {
        self.columns.iter().any(|column| column.role == Role::Unread)
    }

    pub fn index_of(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| &*column.name == name)
    }

    /// Columns of the roster that a list of failed rows was made of.
    pub fn without_added(&self) -> usize {
        self.columns.iter().filter(|column| matches!(column.role, Role::Of(_))).count()
    }
}

/// A name without what differs between spellings: `Session At`, `session-at` and `session.at` are `session_at`, on one line
/// or broken over two.
pub fn plain(name: &str) -> String {
    let spelt = |character: char| if matches!(character, ' ' | '-' | '.') { '_' } else { character };
    let spelt = |name: &str| name.chars().map(|one| spelt(one.to_ascii_lowercase())).collect();
    // What takes no room comes along from pages and word processors.
    let seen = if name.is_ascii() { Cow::Borrowed(name) } else { Cow::Owned(seen(name)) };
    let name = seen.trim();
    if name.contains(['\n', '\r']) { spelt(&on_one_line(name)) } else { spelt(name) }
}

fn seen(name: &str) -> String {
    let sign = |sign: char| match sign {
        '\u{2010}'..='\u{2015}' => '-',
        sign if sign.is_whitespace() && sign != '\n' && sign != '\r' => ' ',
        sign => sign,
    };
    name.chars().filter(|sign| !is_invisible(*sign)).map(sign).collect()
}

/// A name that was broken over lines to make a column narrow.
pub fn on_one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The key that a column's name means, by its column or by its path.
pub fn key_of<'k>(keys: &'k Keys, name: &str) -> Option<&'k Arc<Key>> {
    let name = plain(name);
    let is_path = |path: &str| {
        let plain = path.bytes().map(|byte| if byte == b'.' { b'_' } else { byte });
        path.len() == name.len() && plain.eq(name.bytes())
    };
    keys.iter().find(|key| key.column == name || is_path(&key.path))
}

/// A name as it stands in the heading.
pub struct Name {
    pub text: String,
    pub place: Place,
    /// Where in its row: `character 12 of the row`, `column C`.
    pub spot: String,
}

/// Names of columns, without the empty ones at the end.
pub struct Names(pub Vec<Name>);

impl Names {
    pub fn new(mut names: Vec<Name>) -> Names {
        while names.last().is_some_and(|name| name.text.is_empty()) {
            names.pop();
        }
        Names(names)
    }

    /// How many of them name a column.
    pub fn known(&self, keys: &Keys) -> usize {
        self.0.iter().filter(|name| Role::named(keys, &name.text).is_some()).count()
    }

    /// Whether they are a heading at all. A row that names hardly any column is most often a row of patients.
    pub fn is_heading(&self, keys: &Keys) -> bool {
        let known = self.known(keys);
        known > 0 && known * 2 >= self.0.len()
    }

    /// Whether they are one that has all that each row must fill.
    pub fn is_whole_heading(&self, keys: &Keys) -> bool {
        let has = |needed: &str| self.0.iter().any(|name| name.is(keys, needed));
        self.is_heading(keys) && keys.needed().iter().all(|needed| has(needed))
    }

    /// Whether they are those of a list of failed rows.
    pub fn is_failed_rows(&self, keys: &Keys) -> bool {
        ADDED.iter().all(|added| self.0.iter().any(|name| plain(&name.text) == *added))
            && self.known(keys) == self.0.len()
    }

    /// The columns, or everything that is wrong with their names. `line` is where they stand.
    pub fn checked(self, keys: &Keys, naming: Naming, width: usize, line: &Place) -> Result<Header, Faults> {
        let is_failed_rows = self.is_failed_rows(keys);
        let Names(names) = self;
        let mut sink = Sink::default();
        unknown(keys, &names, &mut sink);
        doubled(keys, &names, &mut sink);
        for needed in needed(keys, naming).filter(|needed| !names.iter().any(|name| name.is(keys, needed))) {
            let message = format!("the roster has no column `{needed}`");
            let fault = Diagnostic::error("missing-column", message).about(needed);
            let fault = fault.at(Place { column: 0, ..line.clone() });
            sink.push(match needed {
                "id" => fault.hint("with a file of `--columns` that names none, each row's number is its id"),
                _ => fault,
            });
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
        sink.finish(Some(()))?;
        Ok(Header { columns: names.into_iter().map(column).collect(), width, is_failed_rows })
    }

    /// Whether they are therapists, as those above the columns of a day planner are.
    pub fn are_therapists(&self, keys: &Keys) -> bool {
        let named = self.0.iter().filter(|name| therapist_said(&name.text, keys.therapists()).is_some());
        self.0.len() > 1 && named.count() * 2 >= self.0.len()
    }

    /// Why a row that is most of a heading is none. Its cells are not shown: they may be a patient's.
    pub fn no_heading(&self, list: &str, keys: &Keys) -> Diagnostic {
        let message = format!("no row of {list} names the columns of a roster");
        let fault = self.meant(keys).fold(Diagnostic::error("no-header", message), Diagnostic::hint);
        let fault = fault.hint("one row must name the columns, above the patients' rows");
        fault.hint(format!("columns are {}", listed(keys))).hint(MAPPED)
    }

    /// The columns that misspelt names may mean, without the names, of the first ones that are unknown.
    pub fn meant<'n>(&'n self, keys: &'n Keys) -> impl Iterator<Item = String> + 'n {
        let unknown =
            self.0.iter().enumerate().filter(move |(_, name)| Role::named(keys, &name.text).is_none());
        unknown.take(TOLD).filter_map(move |(index, name)| {
            meant(keys, &name.text)
                .map(|column| format!("is the name in cell {} meant to be `{column}`?", index + 1))
        })
    }
}

impl Name {
    pub fn is(&self, keys: &Keys, column: &str) -> bool {
        key_of(keys, &self.text).is_some_and(|key| key.column == column)
    }
}

/// For a table that has a time in each row and a therapist in each column.
pub fn planner() -> Diagnostic {
    let message = "this seems to be a day planner: times down the side, therapists across";
    let hint = "a list has a row for each patient: take the list of appointments from where the planner comes, not its day view";
    Diagnostic::error("day-planner", message).hint(hint)
}

/// All columns that there are.
pub fn listed(keys: &Keys) -> String {
    keys.iter().map(|key| format!("`{}`", key.column)).collect::<Vec<_>>().join(", ")
}

/// Unknown names that are told one by one, and held against all columns: a heading has room for thousands.
const TOLD: usize = 20;

/// Names that nothing reads. All columns that there are, are listed once.
fn unknown(keys: &Keys, names: &[Name], sink: &mut Sink) {
    let mut told = false;
    let mut unknown = names.iter().enumerate().filter(|(_, name)| Role::named(keys, &name.text).is_none());
    for (index, name) in unknown.by_ref().take(TOLD) {
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
                fault.hint(format!("columns are {}", listed(keys))).hint(
                    "a file of `--columns` says which columns of somebody else's list are read, and as what",
                )
            }
        });
    }
    if let Some((index, name)) = unknown.next() {
        let message = match unknown.count() {
            0 => format!("column {} is unknown too", index + 1),
            more => format!("column {} and {more} more are unknown too", index + 1),
        };
        let fault = Diagnostic::error("unknown-column", message).at(name.place.clone());
        sink.push(fault.about(shown(&name.text)));
    }
}

/// What a column may be called: by its name, or as the flag of its key is.
fn known_names<'n>(keys: &'n Keys, text: &'n str) -> impl Iterator<Item = &'n str> + Clone {
    let by_flag = keys.iter().any(|key| plain(&key.flag) == plain(text)).then_some(text);
    keys.iter().map(|key| &*key.column).chain(by_flag)
}

fn meant<'k>(keys: &'k Keys, name: &str) -> Option<&'k str> {
    let by_flag = keys.iter().find(|key| plain(&key.flag) == plain(name)).map(|key| &*key.column);
    let near = || nearest(&plain(name), keys.iter().map(|key| &*key.column));
    by_flag.or_else(|| near().filter(|column| !name.is_empty() && is_slip(&plain(name), column)))
}

/// Of a short name two letters make another column's: `Name` is no slip of `note`.
fn is_slip(name: &str, column: &str) -> bool {
    name.chars().count() > SHORT || strsim::damerau_levenshtein(name, column) < 2
}

/// Letters of a name in which one may be wrong.
const SHORT: usize = 4;

fn doubled(keys: &Keys, names: &[Name], sink: &mut Sink) {
    let mut first: HashMap<String, &Name> = HashMap::new();
    for (index, name) in names.iter().enumerate().filter(|(_, name)| !name.text.is_empty()) {
        // No path holds a line end, so that no other name is taken for one.
        let meant = match key_of(keys, &name.text) {
            Some(key) => format!("\n{}", key.path),
            None => name.text.to_ascii_lowercase(),
        };
        let earlier = match first.entry(meant) {
            Entry::Occupied(earlier) => *earlier.get(),
            Entry::Vacant(place) => {
                place.insert(name);
                continue;
            }
        };
        let message = match Role::named(keys, &name.text) {
            Some(Role::Of(key)) => format!("the column `{}` stands twice", key.column),
            Some(_) => format!("the column `{}` stands twice", shown(&name.text)),
            None => format!("the name of column {} stands twice", index + 1),
        };
        let fault = Diagnostic::error("duplicate-column", message).at(name.place.clone());
        sink.push(fault.hint(format!("first at {}", earlier.spot)));
    }
}
