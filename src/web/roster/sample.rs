//! A roster to begin with: two rows to write over, and what may be written.

use super::MOST_ROWS;
use super::cells::{label, names};
use crate::OptionKind;
use crate::locale::Zone;
use crate::options::keys::{Key, Value};
use crate::web::context::Context;
use chrono::{DateTime, Duration};
use rust_xlsxwriter::{DataValidation, DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
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

/// The areas by their names, a line each.
pub fn areas(context: &Context<'_>) -> Vec<u8> {
    let areas =
        context.library().keys.of_column("regions").map(|key| names(context, key)).unwrap_or_default();
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let _ = writer.write_record([label(context, "regions")]);
    for area in areas {
        let _ = writer.write_record([area]);
    }
    writer.into_inner().unwrap_or_default()
}

/// The roster as a workbook: its columns with their rows to write over, cells that offer what may stand there, and a
/// second sheet with all of that.
///
/// # Errors
/// The workbook cannot be written.
pub fn workbook(context: &Context<'_>) -> Result<Vec<u8>, XlsxError> {
    let library = context.library();
    let now = context.site.now().with_timezone(&library.clinic.time_zone);
    let columns = columns(context);
    let mut book = Workbook::new();
    // The day is all that it says of when it was made: the examples have it too.
    let day = ExcelDateTime::parse_from_str(&now.format("%Y-%m-%d").to_string())?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    examples(context, book.add_worksheet(), &columns, now)?;
    let title = context.word("roster.sheet_names", &[]);
    let listed = listed(context, book.add_worksheet(), &columns, &title)?;
    let title = title.replace('\'', "''");
    let sheet = book.worksheet_from_index(0)?;
    for Listed { at, from, names } in listed {
        let from = rust_xlsxwriter::utility::column_number_to_name(from);
        let list = format!("='{title}'!${from}$2:${from}${}", names + 1);
        // Several areas in a cell are no name of the list, and are right.
        let rule = DataValidation::new().allow_list_formula(list.as_str().into()).show_error_message(false);
        sheet.add_data_validation(1, at, MOST_ROWS as u32, at, &rule)?;
    }
    book.save_to_buffer()
}

fn examples(
    context: &Context<'_>,
    sheet: &mut Worksheet,
    columns: &[Arc<Key>],
    now: DateTime<Zone>,
) -> Result<(), XlsxError> {
    sheet.set_name(context.word("roster.sheet", &[]))?;
    for (at, key) in (0u16..).zip(columns) {
        sheet.write_string_with_format(0, at, &*key.column, &Format::new().set_bold())?;
        sheet.set_column_width(at, 18)?;
        for row in 1..=2 {
            sheet.write_string(row, at, cell(context, key, row as usize, now))?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// A column of the roster whose names stand on the other sheet.
struct Listed {
    at: u16,
    /// Their column there, and how many they are.
    from: u16,
    names: u32,
}

/// All names that may stand in the columns.
fn listed(
    context: &Context<'_>,
    sheet: &mut Worksheet,
    columns: &[Arc<Key>],
    title: &str,
) -> Result<Vec<Listed>, XlsxError> {
    sheet.set_name(title)?;
    let mut all = Vec::new();
    for (at, key) in (0u16..).zip(columns) {
        let names = names(context, key);
        if names.is_empty() {
            continue;
        }
        let from = all.len() as u16;
        // With a colon it is no name of a column: this sheet is no roster.
        let heading = format!("{}:", label(context, &key.column));
        sheet.write_string_with_format(0, from, heading, &Format::new().set_bold())?;
        sheet.set_column_width(from, 24)?;
        for (row, name) in (1u32..).zip(&names) {
            sheet.write_string(row, from, name)?;
        }
        all.push(Listed { at, from, names: names.len() as u32 });
    }
    Ok(all)
}

/// What may be written in each of these columns, for the page to show: its name, what the page calls it, and its names.
pub fn guide(context: &Context<'_>) -> Vec<(String, String, Vec<String>)> {
    columns(context)
        .iter()
        .map(|key| (key.column.to_string(), label(context, &key.column), names(context, key)))
        .collect()
}
