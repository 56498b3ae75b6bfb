//! What stands above rows and is theirs, put into them.

use super::headed::{SESSION, THERAPIST};
use super::row::Row;
use super::rows::Rows;
use super::time_alone::{alone, is_without_day};
use crate::diagnostic::{Diagnostic, Place};
use crate::options::keys::{Key, Keys};
use crate::request::resolve::{InHalf, in_half};
use chrono::NaiveDate;
use std::io::Read;
use std::sync::Arc;

/// The keys that rows may stand under, of which a list has no column.
pub fn lacking<R: Read>(rows: &Rows<R>, keys: &Keys) -> Vec<Arc<Key>> {
    let Some(columns) = rows.columns() else { return Vec::new() };
    let is_lacking = |key: &&Arc<Key>| !columns.contains(&&*key.column) && rows.may_be_headed(&key.path);
    [SESSION, THERAPIST].iter().filter_map(|path| keys.at_path(path)).filter(is_lacking).cloned().collect()
}

/// Puts what stands above a row into it. Of one whose cells may be another's, [`keep`] keeps it.
pub fn put(row: &mut Row, columns: &[&str], keys: &Keys) {
    if row.raw.broken {
        return;
    }
    put_half(row, columns, keys);
    for path in [SESSION, THERAPIST] {
        let Some((key, said)) = keys.at_path(path).zip(row.under.of(path).cloned()) else { continue };
        let cell = row.raw.place.cell.clone().map(|(number, _)| (number, (&*key.column).into()));
        row.raw.set(key, &said, Place { cell, ..row.raw.place.clone() });
        let at = columns.iter().position(|column| *column == key.column);
        let Some(at) = at else { continue };
        row.given.resize(row.given.len().max(at + 1), String::new());
        row.given.get_mut(at).into_iter().for_each(|cell| *cell = said.to_string());
    }
}

/// Puts the half of the day behind a time that leaves it out; one that is in another is told.
fn put_half(row: &mut Row, columns: &[&str], keys: &Keys) {
    let Some(half) = row.under.half.clone() else { return };
    let Some((key, given)) = keys.at_path(SESSION).zip(row.raw.one(SESSION).cloned()) else { return };
    let said = match in_half(&given.value, &half) {
        InHalf::With(said) => said,
        InHalf::Same => return,
        InHalf::Other => {
            let message = "a row above says another half of the day than this time is in";
            let hint =
                "write the time with its half of the day, such as `1:30 PM`, and stand it under that half";
            row.raw
                .faults
                .push(Diagnostic::error("other-half-day", message).at(given.place.clone()).hint(hint));
            // In a list of failed rows it stands under none: there it has to be mended too.
            format!("{half}? {}", given.value)
        }
    };
    let at = columns.iter().position(|column| *column == key.column);
    if let Some(cell) = at.and_then(|at| row.given.get_mut(at)) {
        cell.clone_from(&said);
    }
    row.raw.set(key, &said, given.place);
}

/// What stands above some rows is missed in those that have lost it, also where the list has no first reading.
pub fn miss(row: &mut Row) {
    row.raw.orders.is_timed |= row.under.had(SESSION);
    row.raw.orders.is_treated |= row.under.had(THERAPIST);
}

/// Keeps what stands above a row whose cells may be under the wrong names: in a list of failed rows it would stand under nothing,
/// and be mended to another sheet than the whole list gives. Where its own cell is empty it is put there, else it is told.
/// `own`: how many of the columns the list has.
pub fn keep(row: &mut Row, day: Option<NaiveDate>, columns: &[&str], own: usize, keys: &Keys) {
    // Words below another heading may have other titles above them.
    if !row.raw.broken || row.raw.faults.iter().any(|fault| fault.code == "second-heading") {
        return;
    }
    for path in [SESSION, THERAPIST] {
        let Some(key) = keys.at_path(path) else { continue };
        let Some(at) = columns.iter().position(|column| *column == key.column) else { continue };
        let said = match path {
            SESSION => session(row, day, at < own),
            _ => row.under.of(path).map(|said| said.to_string()),
        };
        let Some(said) = said else { continue };
        row.given.resize(row.given.len().max(at + 1), String::new());
        let Some(cell) = row.given.get_mut(at) else { continue };
        // A time of day gets its day.
        let is_kept = *cell == said || path == SESSION && is_without_day(cell);
        if cell.trim().is_empty() {
            *cell = said;
        } else if !is_kept {
            let hint = format!(
                "above it stands `{said}` for `{}`: write that where the row says nothing else",
                key.column
            );
            row.raw.faults.last_mut().into_iter().for_each(|fault| fault.hints.push(hint.clone().into()));
        }
    }
}

/// When the session of a row is, as far as it stands above. A day alone is none of a list that has no times.
fn session(row: &Row, day: Option<NaiveDate>, has_times: bool) -> Option<String> {
    let time = row.under.of(SESSION).map(|said| alone(said).unwrap_or_else(|| said.to_string()));
    let known = day.map(|day| day.format("%Y-%m-%d").to_string());
    let words = || row.under.day.as_ref().map(|under| under.words());
    match (known, time) {
        (Some(day), Some(time)) => Some(format!("{day}T{time}")),
        (Some(day), None) => has_times.then_some(day),
        (None, Some(time)) => Some(words().map_or_else(|| time.clone(), |words| format!("{words} {time}"))),
        (None, None) => words().filter(|_| has_times),
    }
}
