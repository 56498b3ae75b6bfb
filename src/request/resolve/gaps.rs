//! What a row lacks that others of its list have: it is told, and nobody guesses it.

use super::Resolver;
use crate::content::Library;
use crate::diagnostic::{Diagnostic, Place, allowed};
use crate::request::RawRequest;
use chrono::{DateTime, Utc};

const THERAPIST: &str = "session.therapist";
const TREATMENT: &str = "treatment";

/// A row that names no treatment, among others that do: the sheet of the usual one would have its warnings, and not those of
/// what was done.
pub(super) fn no_treatment(raw: &RawRequest, known: &[&Library]) -> Option<Diagnostic> {
    if raw.broken || raw.is_unread(TREATMENT) || !raw.orders.is_of_treatment || known.len() < 2 {
        return None;
    }
    let place = column_of_row(raw, known.first()?, TREATMENT)?;
    let message = "`treatment` is empty here and not in other rows: each has its own warnings";
    let ids = known.iter().map(|library| &*library.treatment.id);
    Some(Diagnostic::error("no-treatment", message).at(place).hint(allowed("", ids)))
}

/// Where a row has its cell of a key.
fn column_of_row(raw: &RawRequest, library: &Library, path: &str) -> Option<Place> {
    let (row, _) = raw.place.cell.clone()?;
    let column = library.keys.iter().find(|key| key.path == path).map(|key| &*key.column);
    Some(Place { cell: Some((row, column.unwrap_or_default().into())), ..raw.place.clone() })
}

impl Resolver<'_> {
    /// A row without a time among others that have one: it is read as now, which nobody may have meant, and which is wrong
    /// in a list of another day.
    pub(super) fn check_timed(&mut self, now: DateTime<Utc>) {
        if let Some(place) = self.column_of_row("session.at").filter(|_| self.raw.orders.is_timed) {
            let today = now.with_timezone(&self.library.clinic.time_zone).date_naive();
            if let Some(day) = self.raw.orders.day.filter(|day| *day != today) {
                let message =
                    format!("`session.at` is empty here and not in other rows, and the list is of {day}");
                let hint = "write the time of this session";
                self.sink.push(Diagnostic::error("untimed-row", message).at(place).hint(hint));
                return;
            }
            let message = "`session.at` is empty here and not in other rows: the session counts as now";
            self.sink.push(Diagnostic::warning("untimed-row", message).at(place));
        }
    }

    /// A row without a name among others that have one: it may go on with the row above, whose sheet lacks its areas.
    pub(super) fn check_named(&mut self) {
        let regions = self.library.treatment.regions().and_then(|regions| self.raw.list(&regions.key.path));
        let has_areas = regions.is_some_and(|areas| !areas.is_empty());
        let is_unnamed = self.raw.orders.is_named
            && self.raw.one("patient").is_none()
            && !self.raw.is_unread("patient")
            && has_areas;
        if let Some(place) = self.column_of_row("patient").filter(|_| is_unnamed) {
            let message =
                "`patient` is empty here and not in other rows: does the row belong to the one above?";
            let hint = "one row has all areas of a patient, with `;` between them";
            self.sink.push(Diagnostic::warning("unnamed-row", message).at(place).hint(hint));
        }
    }

    /// A row that says nobody who treated, among others that do: a list may name them once, above or in the first of their rows.
    pub(super) fn check_treated(&mut self) {
        let is_silent = self.raw.orders.is_treated
            && self.raw.list(THERAPIST).is_none()
            && !self.raw.is_unread(THERAPIST);
        if let Some(place) = self.column_of_row(THERAPIST).filter(|_| is_silent) {
            let message = "`therapist` is empty here and not in other rows: the sheet names nobody";
            let hint = "name one in each row; a dash says that there is none";
            self.sink.push(Diagnostic::warning("no-therapist", message).at(place).hint(hint));
        }
    }

    fn column_of_row(&self, path: &str) -> Option<Place> {
        column_of_row(self.raw, self.library, path)
    }
}
