//! A roster to begin with: two rows to write over, and what may be written.

use super::cells::{label, names};
use crate::OptionKind;
use crate::locale::Zone;
use crate::options::keys::{Key, Value};
use crate::web::context::Context;
use chrono::{DateTime, Duration};
use std::sync::Arc;

/// Columns that every roster begins with; those of the first treatment's lists come between them.
const BEFORE: [&str; 1] = ["patient"];
const AFTER: [&str; 3] = ["session_at", "therapist", "next_visit"];
const LAST: &str = "note";

/// Its columns: what most clinics fill in. Every other one may be added.
fn columns(context: &Context<'_>) -> Vec<Arc<Key>> {
    let library = context.library();
    let several = (library.treatments.len() > 1).then_some("treatment");
    let needed = library.keys.needed().iter().map(|column| &**column);
    let own = library.treatment.options.values();
    let fixed = own.clone().filter(|option| option.default.is_some()).map(|option| &*option.id);
    let lists = own.filter(|option| matches!(option.kind, OptionKind::Choices(_))).map(|option| &*option.id);
    let [at, therapist, next] = AFTER;
    let names = BEFORE.into_iter().chain(several).chain(needed).chain([at, therapist]);
    let names = names.chain(fixed).chain(lists).chain([next, LAST]);
    names.filter_map(|column| library.keys.of_column(column).cloned()).collect()
}

/// As CSV with a byte order mark, by which spreadsheets know that it is UTF-8.
pub fn sample(context: &Context<'_>) -> Vec<u8> {
    let library = context.library();
    let now = context.site.now().with_timezone(&library.clinic.time_zone);
    let columns = columns(context);
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    // Writing to memory cannot fail, and every record has a cell a column.
    let _ = writer.write_record(columns.iter().map(|key| &*key.column));
    for number in 1..=2 {
        let _ = writer.write_record(columns.iter().map(|key| cell(context, key, number, now)));
    }
    writer.into_inner().unwrap_or_default()
}

/// What stands in a column of the first or the second row.
fn cell(context: &Context<'_>, key: &Key, number: usize, now: DateTime<Zone>) -> String {
    let is_second = number == 2;
    let listed = || names(context, key);
    let nth = |index: usize| listed().get(index).cloned().unwrap_or_default();
    let is_needed = context.library().keys.needed().contains(&key.column);
    match (&*key.column, &key.value) {
        ("patient", _) => context.word("roster.sample_name", &[("row", &number.to_string())]),
        ("session_at", _) => {
            format!("{} {}", now.format("%Y-%m-%d"), if is_second { "15:30" } else { "09:00" })
        }
        ("next_visit", _) if is_second => format!("{} 15:30", (now + Duration::days(7)).format("%Y-%m-%d")),
        ("treatment" | "therapist", _) => nth(0),
        (_, Value::Listed(_)) if is_needed && key.list => {
            if is_second {
                format!("{}; {}", nth(2), nth(3))
            } else {
                nth(1)
            }
        }
        (_, Value::Listed(_)) if key.list => {
            if is_second {
                nth(0)
            } else {
                String::new()
            }
        }
        (_, Value::Listed(_)) => nth(usize::from(is_second)),
        _ => String::new(),
    }
}

/// What may be written in each of these columns, for the page to show: its name, what the page calls it, and its names.
pub fn guide(context: &Context<'_>) -> Vec<(String, String, Vec<String>)> {
    columns(context)
        .iter()
        .map(|key| (key.column.to_string(), label(context, &key.column), names(context, key)))
        .collect()
}
