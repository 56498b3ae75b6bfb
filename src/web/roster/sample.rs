//! A roster to begin with: two rows to write over, and what may be written.

use super::cells::{label, names};
use crate::options::keys::Key;
use crate::web::context::Context;
use chrono::Duration;

/// Its columns: what most clinics fill in. Every other one may be added.
const COLUMNS: [&str; 8] =
    ["patient", "regions", "session_at", "therapist", "intensity", "precautions", "next_visit", "note"];

/// As CSV with a byte order mark, by which spreadsheets know that it is UTF-8.
pub fn sample(context: &Context<'_>) -> Vec<u8> {
    let library = context.site.engine.library();
    let now = context.site.now().with_timezone(&library.clinic.time_zone);
    let day = now.format("%Y-%m-%d").to_string();
    let next = (now + Duration::days(7)).format("%Y-%m-%d").to_string();
    let therapist = library.clinic.therapists.first().map(|one| one.name.clone()).unwrap_or_default();
    let listed = |column: &str| Key::of_column(column).map(|key| names(context, key)).unwrap_or_default();
    let nth = |column: &str, index: usize| listed(column).get(index).cloned().unwrap_or_default();
    let regions = [nth("regions", 1), format!("{}; {}", nth("regions", 2), nth("regions", 3))];
    let rows = (1..).zip(regions).map(|(number, regions)| {
        let row = number.to_string();
        let is_second = number == 2;
        [
            context.word("roster.sample_name", &[("row", &row)]),
            regions,
            format!("{day} {}", if is_second { "15:30" } else { "09:00" }),
            therapist.clone(),
            nth("intensity", usize::from(is_second)),
            if is_second { nth("precautions", 0) } else { String::new() },
            if is_second { format!("{next} 15:30") } else { String::new() },
            String::new(),
        ]
    });
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    // Writing to memory cannot fail, and every record has a cell a column.
    let _ = writer.write_record(COLUMNS);
    for row in rows {
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}

/// What may be written in each of these columns, for the page to show: its name, what the page calls it, and its names.
pub fn guide(context: &Context<'_>) -> Vec<(&'static str, String, Vec<String>)> {
    let columns = COLUMNS.iter().filter_map(|column| Key::of_column(column));
    columns.map(|key| (key.column, label(context, key.column), names(context, key))).collect()
}
