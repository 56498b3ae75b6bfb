//! The cells of a row that somebody mends: what is wrong with each, and what may stand there.

use super::Table;
use crate::batch::own_column;
use crate::diagnostic::Diagnostic;
use crate::locale::capitalised;
use crate::options::keys::{Defined, Key, Value};
use crate::request::roster::UNREAD;
use crate::web::context::Context;
use crate::web::controls::sections_of;
use crate::web::faults::{said, word_of};
use crate::{Library, Pack};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Sentences about one cell, at most.
pub(super) const MOST_TOLD: usize = 5;
/// Columns in which each row says something of its own.
const OWN: [&str; 5] = ["id", "patient", "note", "session_at", "next_visit"];

/// The column that names files, which no sheet prints.
pub(super) const ID: &str = "id";

/// Columns whose text may have many lines.
const LONG: [&str; 2] = ["note", UNREAD];

#[derive(Serialize)]
pub struct OpenRow {
    pub number: u64,
    pub name: String,
    pub cells: Vec<Cell>,
    /// Of the row as a whole.
    pub faults: Vec<String>,
    /// What could not be read of it.
    pub lost: Vec<String>,
    pub is_opened: bool,
}

#[derive(Serialize)]
pub struct Cell {
    pub column: String,
    pub label: String,
    pub text: String,
    pub faults: Vec<String>,
    pub remarks: Vec<String>,
    /// How many other rows say the same wrong thing there, in the page's words; empty for none.
    pub same: String,
    /// Their numbers, `2,5`: only rows that were told of are mended with this one.
    pub same_rows: String,
    /// Whether it needs more than a line, which a field of one line would glue together.
    pub is_long: bool,
    /// Whether the page knows what may stand there.
    pub is_listed: bool,
    /// Whether several of them may.
    pub is_many: bool,
    pub is_time: bool,
}

/// The rows in which a faulty text stands in a column.
pub(super) type Same<'t> = HashMap<(&'t str, &'t str), Vec<u64>>;

/// The column that a fault is about; empty: the row as a whole.
pub(super) fn column_of(fault: &Diagnostic) -> &str {
    let cell = fault.place.as_ref().and_then(|place| place.cell.as_ref()).map(|(_, column)| &**column);
    cell.filter(|column| !column.is_empty()).or_else(|| own_column(fault.code)).unwrap_or_default()
}

/// The first sentences of many, and how many more there are.
pub(super) fn told(context: &Context<'_>, mut texts: Vec<String>) -> Vec<String> {
    texts.dedup();
    let more = texts.len().saturating_sub(MOST_TOLD);
    texts.truncate(MOST_TOLD);
    if more > 0 {
        texts.push(context.word("roster.more_faults", &[("count", &more.to_string())]));
    }
    texts
}

impl Table {
    pub(super) fn same<'t>(&'t self, found: &'t BTreeMap<u64, Vec<Diagnostic>>) -> Same<'t> {
        let mut same = Same::new();
        // What could not be read whole is mended by itself only.
        for (number, faults) in found.iter().filter(|(number, _)| !self.lost.contains_key(number)) {
            let mut columns: Vec<&str> =
                faults.iter().map(column_of).filter(|column| !OWN.contains(column)).collect();
            columns.sort_unstable();
            columns.dedup();
            for column in columns {
                same.entry((column, self.cell(*number, column))).or_default().push(*number);
            }
        }
        same
    }

    pub(super) fn open_row(
        &self,
        context: &Context<'_>,
        number: u64,
        faults: &[Diagnostic],
        warnings: &[Diagnostic],
        same: &Same<'_>,
    ) -> OpenRow {
        let shown = self.columns.iter().filter(|column| {
            match column.as_str() {
                // Only a row that has words left over has a place for them.
                UNREAD => !self.cell(number, UNREAD).is_empty(),
                // Nobody at a desk mends a number that is right.
                ID => faults.iter().any(|fault| column_of(fault) == ID),
                _ => true,
            }
        });
        let cell = |column: &String| self.open_cell(context, (number, column), (faults, warnings), same);
        let elsewhere =
            faults.iter().filter(|fault| !self.columns.iter().any(|column| column == column_of(fault)));
        OpenRow {
            number,
            name: clipped(self.cell(number, "patient")),
            cells: shown.map(cell).collect(),
            faults: told(context, elsewhere.map(|fault| said(context, column_of(fault), fault)).collect()),
            lost: self.lost.get(&number).cloned().unwrap_or_default(),
            is_opened: self.opened.contains(&number),
        }
    }

    fn open_cell(
        &self,
        context: &Context<'_>,
        (number, column): (u64, &str),
        (faults, warnings): (&[Diagnostic], &[Diagnostic]),
        same: &Same<'_>,
    ) -> Cell {
        let of = |found: &[Diagnostic]| -> Vec<String> {
            let own = found.iter().filter(|fault| column_of(fault) == column);
            told(context, own.map(|fault| said(context, column, fault)).collect())
        };
        let text = self.cell(number, column).to_owned();
        let faults = of(faults);
        let rows = same.get(&(column, text.as_str())).filter(|_| !faults.is_empty());
        let others = rows.into_iter().flatten().filter(|row| **row != number).map(u64::to_string);
        let others: Vec<String> = others.collect();
        let key = context.library().keys.of_column(column);
        let value = key.map(|key| &key.value);
        Cell {
            label: label(context, column),
            same: others_said(context, others.len()),
            same_rows: others.join(","),
            is_long: text.contains(['\n', '\r']) || LONG.contains(&column),
            faults,
            remarks: of(warnings),
            is_listed: key.is_some_and(|key| !names(context, key).is_empty()),
            is_many: key.is_some_and(|key| key.list),
            is_time: value == Some(&Value::Time),
            column: column.to_owned(),
            text,
        }
    }

    /// What may stand in the columns that take names of a list: the names as sheet and page print them.
    pub(super) fn choices(&self, context: &Context<'_>) -> Vec<Choices> {
        let keys = self.columns.iter().filter_map(|column| context.library().keys.of_column(column));
        let choices = keys.map(|key| Choices { column: key.column.to_string(), names: names(context, key) });
        choices.filter(|choices| !choices.names.is_empty()).collect()
    }
}

/// The names of a column.
#[derive(Serialize)]
pub struct Choices {
    pub column: String,
    pub names: Vec<String>,
}

pub(super) fn names(context: &Context<'_>, key: &Key) -> Vec<String> {
    let library = context.library();
    let of_treatments = |of: &dyn Fn(&Pack) -> Vec<String>| {
        let packs = context.site.engine.treatments().filter_map(|one| one.packs.get(&context.ui().language));
        let mut names: Vec<String> = Vec::new();
        for name in packs.flat_map(of) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    };
    match &key.value {
        Value::Fixed(names) => names.iter().map(|name| capitalised(&word_of(context, name))).collect(),
        Value::Listed(names) => {
            let mut words =
                names.iter().map(|name| capitalised(&word_in_any(context, key, name))).collect::<Vec<_>>();
            words.dedup();
            words
        }
        Value::Defined(Defined::Treatments) => of_treatments(&|pack| {
            pack.words.get("treatment").map(|name| name.text.to_string()).into_iter().collect()
        }),
        Value::Defined(Defined::Therapists) => {
            library.clinic.therapists.iter().map(|one| one.name.clone()).collect()
        }
        Value::Defined(Defined::Languages) => {
            library.packs.keys().map(|language| language.tag().to_owned()).collect()
        }
        Value::Defined(Defined::Exercises(id)) => of_treatments(&|pack| {
            let library = pack.libraries.get(id).into_iter().flatten();
            library.map(|(_, exercise)| exercise.name.text.to_string()).collect()
        }),
        Value::Defined(Defined::Sections) => {
            let treatments = context.site.engine.treatments();
            let mut names = treatments
                .flat_map(|library| sections(&context.treating(&library.treatment.id), library))
                .collect::<Vec<_>>();
            let mut known = HashSet::new();
            names.retain(|name| known.insert(name.clone()));
            names
        }
        _ => Vec::new(),
    }
}

/// What the parts of a sheet that can be left out are called on the page.
fn sections(context: &Context<'_>, library: &Library) -> Vec<String> {
    let Some(pack) = library.packs.get(&context.ui().language) else { return Vec::new() };
    sections_of(library, pack, &context.ui().titles).into_iter().map(|(_, title)| title).collect()
}

/// A value as the sheet of the first treatment that has it prints it.
fn word_in_any(context: &Context<'_>, key: &Key, name: &str) -> String {
    let has = |library: &&Library| {
        let option = library.treatment.at_path(&key.path);
        option.is_some_and(|option| option.values().iter().any(|value| **value == *name))
    };
    match context.site.engine.treatments().find(has) {
        Some(library) => word_of(&context.treating(&library.treatment.id), name),
        None => name.to_owned(),
    }
}

/// A column as the page calls it; one that it has no word for as the roster does.
pub(super) fn label(context: &Context<'_>, column: &str) -> String {
    // Options are called in a table as they are in the form, where nothing else is said.
    let keys = [format!("roster.columns.{column}"), format!("options.{column}")];
    let of_treatment = |(key, library): (&String, &Library)| {
        let context = context.treating(&library.treatment.id);
        context.knows(key).then(|| context.word(key, &[]))
    };
    let mut all =
        keys.iter().flat_map(|key| context.site.engine.treatments().map(move |library| (key, library)));
    all.find_map(of_treatment).unwrap_or_else(|| column.to_owned())
}

fn others_said(context: &Context<'_>, others: usize) -> String {
    match others {
        0 => String::new(),
        1 => context.word("roster.same_one", &[]),
        others => context.word("roster.same", &[("count", &others.to_string())]),
    }
}

/// A text as a list shows it: on one line, and no longer than a name may be.
pub(super) fn clipped(text: &str) -> String {
    const SHOWN: usize = 80;
    let mut line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(SHOWN) {
        line.truncate(end);
        line.push('…');
    }
    line
}
