//! What the set-up page asks: as the clinic folder says it, as somebody typed it, and what has to change in between.

use super::keyed::{self, keyed};
use crate::edit::{Change, Data, Item};
use crate::web::form::Typed;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub const PROFILE: &str = "content/clinic.yaml";
/// Lines of the profile, as the page asks for them.
pub const LINES: [&str; 11] = [
    "name",
    "city",
    "phone",
    "email",
    "web",
    "address",
    "booking",
    "map",
    "emergency",
    "nurse-line",
    "register",
];
pub const PAPER: &str = "paper";
/// Colours by role.
pub const COLOURS: [&str; 8] = ["brand", "accent", "warning", "ink", "muted", "rule", "tint", "paper"];
/// How the field of a colour begins.
pub const COLOUR: &str = "colours.";
pub const LOOK: &str = "templates/brand.yaml";
pub const LOGO: &str = "logo";

/// Tables of the page, with what each row says.
pub const TABLES: [(&str, &[&str]); 2] =
    [("therapists", &["name", "title"]), ("printers", &["name", "queue", "edition", "tray"])];
/// Lists of what there is to tick.
pub const TICKED: [&str; 2] = ["languages", "treatments"];

/// Lines of the profile by their fields.
fn lines_of(profile: &Data) -> BTreeMap<String, String> {
    let lines = LINES.into_iter().chain([PAPER]);
    let mut lines: BTreeMap<String, String> =
        lines.map(|line| (line.to_owned(), profile.text(&[line]).to_owned())).collect();
    keyed::put(&mut lines, profile);
    lines
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Which row of the file it was.
    pub from: Option<usize>,
    pub cells: Vec<String>,
}

impl Row {
    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    fn says(&self, other: &Row) -> bool {
        self.cells.iter().map(|cell| cell.trim()).eq(other.cells.iter().map(|cell| cell.trim()))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tick {
    pub id: String,
    pub on: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fields {
    /// By field.
    pub lines: BTreeMap<String, String>,
    pub tables: BTreeMap<String, Vec<Row>>,
    pub ticks: BTreeMap<String, Vec<Tick>>,
    /// A logo that was chosen and is not saved yet.
    #[serde(skip)]
    pub logo: String,
}

impl Fields {
    /// What the folder says. `known`: the languages and treatments that it holds.
    pub fn of(profile: &Data, look: &Data, known: [Vec<String>; 2]) -> Fields {
        let mut fields = Fields { lines: lines_of(profile), ..Fields::default() };
        for role in COLOURS {
            fields.lines.insert(format!("{COLOUR}{role}"), look.text(&["colours", role]).to_owned());
        }
        for (table, columns) in TABLES {
            let rows = profile.at(&[table]).map(Data::items).unwrap_or_default();
            let row = |(index, data): (usize, &Data)| Row { from: Some(index), cells: cells(data, columns) };
            fields.tables.insert(table.to_owned(), rows.iter().enumerate().map(row).collect());
        }
        for (list, known) in TICKED.into_iter().zip(known) {
            let items = profile.at(&[list]).map(Data::items).unwrap_or_default();
            let mut ticks: Vec<Tick> =
                items.iter().map(|item| Tick { id: item.text(&[]).to_owned(), on: true }).collect();
            // A folder that lists no treatments uses all.
            let all = profile.at(&[list]).is_none();
            let others = known.into_iter().filter(|id| !items.iter().any(|item| item.text(&[]) == id));
            ticks.extend(others.map(|id| Tick { id, on: all }));
            fields.ticks.insert(list.to_owned(), ticks);
        }
        fields
    }

    pub fn typed(typed: &Typed) -> Fields {
        let mut fields = Fields::default();
        let colours = COLOURS.map(|role| format!("{COLOUR}{role}"));
        let lines = LINES.into_iter().chain([PAPER]).map(str::to_owned).chain(colours);
        fields.lines.extend(lines.map(|line| (line.clone(), typed.one(&line).trim().to_owned())));
        keyed::put_typed(&mut fields.lines, typed);
        for (table, columns) in TABLES {
            let column = |name: &str| typed.all(&format!("{table}-{name}"));
            let from = column("from");
            let row = |index: usize| Row {
                from: from.get(index).and_then(|from| from.parse().ok()),
                cells: columns
                    .iter()
                    .map(|name| column(name).get(index).cloned().unwrap_or_default())
                    .collect(),
            };
            fields.tables.insert(table.to_owned(), (0..from.len()).map(row).collect());
        }
        for list in TICKED {
            let ticked = typed.all(list);
            let ids = typed.all(&format!("{list}-id")).iter();
            let ticks = ids.map(|id| Tick { id: id.clone(), on: ticked.contains(id) }).collect();
            fields.ticks.insert(list.to_owned(), ticks);
        }
        let logo = typed.all(LOGO).iter().find(|logo| !logo.trim().is_empty());
        fields.logo = logo.or(typed.all("logo-kept").first()).cloned().unwrap_or_default();
        fields
    }

    /// The fields of one line of the page: one that the file has as keys has several.
    pub fn fields_of<'f>(&'f self, line: &'f str) -> Vec<&'f str> {
        let languages: Vec<&str> = self.ticked("languages").iter().map(|tick| &*tick.id).collect();
        keyed::fields_of(&self.lines, line, &languages)
    }

    pub fn line(&self, field: &str) -> &str {
        self.lines.get(field).map_or("", String::as_str)
    }

    pub fn rows(&self, table: &str) -> &[Row] {
        self.tables.get(table).map_or(&[], Vec::as_slice)
    }

    pub fn ticked(&self, list: &str) -> &[Tick] {
        self.ticks.get(list).map_or(&[], Vec::as_slice)
    }

    /// A button that changes the form alone: `therapists:up:2`.
    pub fn press(&mut self, press: &str) {
        let mut parts = press.split(':');
        let (Some(list), Some(what)) = (parts.next(), parts.next()) else { return };
        let at: usize = parts.next().and_then(|at| at.parse().ok()).unwrap_or_default();
        let other = match what {
            "up" => at.checked_sub(1),
            "down" => at.checked_add(1),
            _ => None,
        };
        if let Some(rows) = self.tables.get_mut(list) {
            match (what, other) {
                ("add", _) => rows.push(Row { from: None, cells: vec![String::new(); width(list)] }),
                ("remove", _) if at < rows.len() => drop(rows.remove(at)),
                (_, Some(other)) if at.max(other) < rows.len() => rows.swap(at, other),
                _ => {}
            }
        } else if let (Some(ticks), Some(other)) = (self.ticks.get_mut(list), other)
            && at.max(other) < ticks.len()
        {
            ticks.swap(at, other);
        }
    }

    /// What others have changed since this form was opened comes into it, where nobody typed something else; gives the fields
    /// that did, and those in which both have changed something.
    pub fn merged(&mut self, opened: &Fields, now: &Fields) -> Vec<Meanwhile> {
        let mut told = Vec::new();
        let mut tell = |field: &str, own: bool| told.push(Meanwhile { field: field.to_owned(), both: own });
        for (field, theirs) in &now.lines {
            if opened.line(field) != theirs && self.line(field) != theirs {
                let both = self.line(field) != opened.line(field);
                tell(field, both);
                if !both {
                    self.lines.insert(field.clone(), theirs.clone());
                }
            }
        }
        for (table, theirs) in &now.tables {
            let same = |one: &[Row], other: &[Row]| said(one).eq(said(other));
            if !same(opened.rows(table), theirs) && !same(self.rows(table), theirs) {
                let both = !same(self.rows(table), opened.rows(table));
                tell(table, both);
                if !both {
                    self.tables.insert(table.clone(), theirs.clone());
                }
            }
        }
        for (list, theirs) in &now.ticks {
            if opened.ticked(list) != &theirs[..] && self.ticked(list) != &theirs[..] {
                let both = self.ticked(list) != opened.ticked(list);
                tell(list, both);
                if !both {
                    self.ticks.insert(list.clone(), theirs.clone());
                }
            }
        }
        told
    }

    /// What has to change so that a folder which says `now` says this: file, path in it, change.
    pub fn changes(&self, now: &Fields) -> Vec<(&'static str, Vec<String>, Change)> {
        let mut changes = Vec::new();
        let changed = || self.lines.iter().filter(|(field, line)| now.line(field) != line.as_str());
        let mut keys: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
        for (field, text) in changed() {
            if let Some((line, key)) = keyed(field) {
                keys.entry(line).or_default().push((key.to_owned(), text.clone()));
            }
        }
        changes.extend(
            keys.into_iter().map(|(line, keys)| (PROFILE, vec![line.to_owned()], Change::Keys(keys))),
        );
        for (field, line) in changed().filter(|(field, _)| keyed(field).is_none()) {
            let (file, path) = match field.strip_prefix(COLOUR) {
                Some(role) => (LOOK, vec!["colours".to_owned(), role.to_owned()]),
                None => (PROFILE, vec![field.clone()]),
            };
            changes.push((file, path, Change::Line(line.clone())));
        }
        for (table, columns) in TABLES {
            let (old, new) = (now.rows(table), self.rows(table));
            if !said(old).eq(said(new)) {
                let items = items(old, new, columns);
                changes.push((PROFILE, vec![table.to_owned()], Change::List(items)));
            }
        }
        for list in TICKED {
            let on = |fields: &Fields| -> Vec<String> {
                let ticks = fields.ticked(list).iter().filter(|tick| tick.on);
                ticks.map(|tick| tick.id.clone()).collect()
            };
            let (old, new) = (on(now), on(self));
            if old != new {
                let item = |id: &String| Item {
                    from: old.iter().position(|other| other == id),
                    data: Some(Data::line(id.clone())),
                };
                let items = new.iter().map(item).collect();
                changes.push((PROFILE, vec![list.to_owned()], Change::List(items)));
            }
        }
        changes
    }
}

/// A field that somebody else has changed since the page was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meanwhile {
    pub field: String,
    /// Something else was typed here too.
    pub both: bool,
}

/// The rows that say something.
fn said(rows: &[Row]) -> impl Iterator<Item = Vec<&str>> {
    rows.iter().filter(|row| !row.is_blank()).map(|row| row.cells.iter().map(|cell| cell.trim()).collect())
}

fn width(table: &str) -> usize {
    TABLES.iter().find(|(name, _)| *name == table).map_or(0, |(_, columns)| columns.len())
}

/// A row of the file; of one that is a name alone, its first cell.
fn cells(data: &Data, columns: &[&str]) -> Vec<String> {
    match data {
        Data::Line(line) => {
            let mut cells = vec![String::new(); columns.len()];
            cells[0].clone_from(line);
            cells
        }
        data => columns.iter().map(|column| data.text(&[column]).to_owned()).collect(),
    }
}

/// Each row with the one that it was: one that says the same, else the one that the form names.
fn items(old: &[Row], new: &[Row], columns: &[&str]) -> Vec<Item> {
    let mut used = vec![false; old.len()];
    let rows: Vec<&Row> = new.iter().filter(|row| !row.is_blank()).collect();
    let mut same: Vec<Option<usize>> = Vec::new();
    for row in &rows {
        let own = row.from.filter(|from| old.get(*from).is_some_and(|old| old.says(row)) && !used[*from]);
        let found = own.or_else(|| (0..old.len()).find(|index| !used[*index] && old[*index].says(row)));
        found.into_iter().for_each(|index| used[index] = true);
        same.push(found);
    }
    let item = |(row, same): (&Row, Option<usize>)| {
        if same.is_some() {
            return Item { from: same, data: None };
        }
        let from = row.from.filter(|from| used.get(*from) == Some(&false));
        from.into_iter().for_each(|index| used[index] = true);
        let filled = columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.trim().is_empty());
        let data = Data::keys(filled.map(|(column, cell)| (*column, cell.trim().to_owned())));
        Item { from, data: Some(data) }
    };
    rows.into_iter().zip(same).map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::read;

    fn fields(profile: &str) -> Fields {
        let profile = read("clinic.yaml", profile).unwrap();
        let known = [vec!["en".to_owned(), "fr".to_owned()], vec!["a".to_owned(), "b".to_owned()]];
        Fields::of(&profile, &Data::line(""), known)
    }

    #[test]
    fn what_others_saved_meanwhile_comes_in_and_what_both_changed_is_told() {
        let opened = fields("name: A\nphone: \"1\"\ntherapists: [Ann]\nlanguages: [en]\n");
        let theirs = fields("name: B\nphone: \"2\"\ntherapists: [Ann, Bob]\nlanguages: [en]\n");
        let mut mine = opened.clone();
        mine.lines.insert("phone".to_owned(), "3".to_owned());
        mine.press("languages:up:1");
        let told = mine.merged(&opened, &theirs);
        let told: Vec<(&str, bool)> = told.iter().map(|one| (one.field.as_str(), one.both)).collect();
        assert_eq!(told, [("name", false), ("phone", true), ("therapists", false)]);
        assert_eq!((mine.line("name"), mine.line("phone"), mine.rows("therapists").len()), ("B", "3", 2));
        assert_eq!(mine.ticked("languages")[0].id, "fr", "what nobody else has touched stays");
    }

    #[test]
    fn rows_know_which_they_were_and_blank_ones_are_none() {
        let now = fields("therapists:\n- Ann\n- {name: Bob, title: PT}\n");
        let mut mine = now.clone();
        mine.press("therapists:down:0");
        mine.press("therapists:add:0");
        let rows = mine.tables.get_mut("therapists").unwrap();
        rows[0].cells[1] = "RMT".to_owned();
        let changes = mine.changes(&now);
        let [(_, path, Change::List(items))] = &changes[..] else { panic!("{changes:?}") };
        assert_eq!(path, &["therapists"]);
        let data = Data::keys([("name", "Bob".to_owned()), ("title", "RMT".to_owned())]);
        assert_eq!(items[..], [Item { from: Some(1), data: Some(data) }, Item { from: Some(0), data: None }]);
        mine.press("therapists:remove:9");
        mine.press("therapists:up:0");
        mine.press("nobody:up:1");
    }
}
