//! A file as a table, once it is known which of its columns is what.

use super::cells::{ID, column_of};
use super::mapping::Mapping;
use super::step::Step;
use super::{FILE, MOST_ROWS, Table, Unread, one_line_end};
use crate::diagnostic::{Diagnostic, Faults, Severity};
use crate::options::keys::Value;
use crate::request::roster::{
    DOUBLED, Format, NOT_UTF_8, Offer, Roster, UNREAD, UNREAD_CAUTION, as_table, is_open, is_without_day,
    may_have_day, offered,
};
use crate::web::context::Context;
use crate::web::faults::said;
use crate::web::uploads::Sent;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is wrong with the names of columns: then somebody is asked which is what.
const OF_COLUMNS: [&str; 4] = ["no-header", "missing-column", "unknown-column", "duplicate-column"];

/// What is wrong with a list as a whole: nobody can choose among its columns.
const OF_LISTS: [&str; 4] = [NOT_UTF_8, "two-lists", "too-many-columns", "list-on-its-side"];

impl Table {
    /// Reads what was sent: a file, or the table that comes back from the page.
    ///
    /// # Errors
    /// The faults of its header; columns that nobody knows; no rows, or more than the page takes.
    pub fn read(context: &Context<'_>, sent: &Sent) -> Result<Table, Unread> {
        let format = Format::of(&sent.name).unwrap_or(Format::Csv);
        let foreign = match format {
            Format::JsonLines => as_table(&sent.roster, &context.library().keys),
            _ => Ok(None),
        };
        let mut is_of_objects = false;
        let (format, bytes) = match foreign.map_err(|fault| Unread::Faults(vec![fault]))? {
            Some(table) => {
                is_of_objects = true;
                (Format::Csv, Cow::Owned(table))
            }
            None => (format, Cow::Borrowed(&*sent.roster)),
        };
        if sent.name.is_empty() || format != Format::Csv && !is_workbook(&bytes) {
            return Table::of_file(context, (format, !sent.name.is_empty()), &bytes, None);
        }
        let fields = sent.edits.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let mut chosen = Mapping::sent(fields);
        chosen.iter_mut().for_each(|chosen| chosen.is_of_objects = is_of_objects);
        let today = context.site.now().with_timezone(&context.library().clinic.time_zone).date_naive();
        let step = |faults: Vec<Diagnostic>, open: Option<String>, asks_day: bool| {
            let Offer { columns, day } = match offered(&*bytes, FILE, context.library()) {
                Ok(offer) => offer,
                // Whoever cannot read its names, or has two of each, cannot choose among them.
                Err(Faults(faults)) if faults.iter().any(|fault| OF_LISTS.contains(&fault.code)) => {
                    return Some(Unread::Faults(faults));
                }
                Err(_) => return None,
            };
            let (chosen, day) = (chosen.clone(), day.unwrap_or(today));
            let step = Step { offered: columns, day, asks_day, chosen, faults, open };
            step.is_likely(context).then(|| Unread::Columns(Box::new(step)))
        };
        if sent.field("columns") == "ask"
            && let Some(step) = step(Vec::new(), None, false)
        {
            return Err(step);
        }
        match Table::of_file(context, (format, true), &bytes, chosen.as_ref()) {
            Err(Unread::Faults(faults)) if faults.iter().all(|fault| OF_COLUMNS.contains(&fault.code)) => {
                Err(step(faults.clone(), None, false).unwrap_or(Unread::Faults(faults)))
            }
            Ok(mut table) => {
                let has_times = |chosen: &Mapping| !chosen.columns_of("session_at").is_empty();
                if chosen.as_ref().is_some_and(|chosen| !has_times(chosen))
                    && let Ok(offer) = offered(&*bytes, FILE, context.library())
                    && Step::has_other_times(context, &offer.columns)
                {
                    table.remarks.push(context.word("roster.map.no_time", &[]));
                }
                let says = |is_said: fn(&Mapping) -> bool| chosen.as_ref().is_some_and(is_said);
                let open = (!says(|chosen| chosen.dates.is_some())).then(|| table.unclear_day(context));
                let open = open.flatten();
                let asks_day = !says(|chosen| chosen.day.is_some()) && table.lacks_day();
                let is_asked = open.is_some() || asks_day;
                let step = is_asked.then(|| step(Vec::new(), open, asks_day)).flatten();
                step.map_or(Ok(table), Err)
            }
            read => read,
        }
    }

    /// Whether sessions have a time of day and no day. Where another row has its day, a row without one may be of that day
    /// or of the next: it is to be mended.
    fn lacks_day(&self) -> bool {
        let times = (1..=self.rows.len() as u64).map(|row| self.cell(row, "session_at"));
        let times: Vec<&str> = times.filter(|time| !time.trim().is_empty()).collect();
        // Words that are no time are to be mended, whatever the day is.
        let is_open = |time: &&str| is_without_day(time) || !may_have_day(time);
        times.iter().copied().any(is_without_day) && times.iter().all(is_open)
    }

    /// A roster of a form, which is a file or comes back from the page; with a choice of its columns, only those.
    fn of_file(
        context: &Context<'_>,
        (format, is_file): (Format, bool),
        bytes: &[u8],
        chosen: Option<&Mapping>,
    ) -> Result<Table, Unread> {
        let keys = &context.library().keys;
        let opened = match chosen {
            None => Roster::open_unnamed(bytes, format, FILE, keys),
            Some(chosen) => {
                let map = chosen.map(&context.site.engine).map(Arc::new);
                map.and_then(|map| {
                    let day = chosen.day;
                    Roster::open_mapped(bytes, format, FILE, keys, map).map(|roster| roster.with_day(day))
                })
            }
        };
        let roster = opened.map_err(|faults| Unread::Faults(faults.0))?;
        let mut remarks: Vec<String> =
            roster.remarks().iter().map(|remark| said(context, "", remark)).collect();
        let columns: Vec<String> = roster.columns().into_iter().map(str::to_owned).collect();
        let spare: Vec<String> = roster.spare_columns().into_iter().map(str::to_owned).collect();
        let passed = roster.passed();
        let (mut rows, mut faults, mut told) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        for row in roster {
            if rows.len() == MOST_ROWS {
                return Err(Unread::TooManyRows);
            }
            let mut row = row.map_err(|faults| Unread::Faults(faults.0))?;
            // What may be a precaution is on no sheet unless somebody has looked.
            let is_told =
                |fault: &Diagnostic| fault.severity == Severity::Warning && fault.code != UNREAD_CAUTION;
            let warnings = row.raw.faults.extract_if(.., |fault| is_told(fault));
            let warnings: Vec<Diagnostic> = warnings.filter(|one| one.code != DOUBLED).collect();
            let mut cells: Vec<String> = row.given.iter().map(|cell| one_line_end(cell)).collect();
            cells.resize(columns.len(), String::new());
            rows.push(cells);
            faults.insert(rows.len() as u64, row.raw.faults);
            told.insert(rows.len() as u64, warnings);
        }
        remarks.extend(passed.remarks(FILE).iter().map(|remark| said(context, "", remark)));
        if rows.is_empty() {
            return Err(Unread::NoRows(remarks));
        }
        let mut table = Table { columns, rows, remarks, ..Table::default() };
        table.drop_empty(|column| column != UNREAD && spare.iter().any(|one| one == column));
        let odd = if is_file { table.drop_odd_ids() } else { Vec::new() };
        if !odd.is_empty() {
            let message = format!("{} ids can name no file: their rows are numbered", odd.len());
            let told = Diagnostic::warning("numbered-ids", message).about(odd.len().to_string());
            table.remarks.push(said(context, "", &told));
        }
        for row in &odd {
            let own = faults.get_mut(row);
            own.into_iter().for_each(|own| own.retain(|fault| column_of(fault) != ID));
        }
        table.number();
        table.lost = table.not_shown(context, faults);
        table.told = table.not_shown(context, told);
        Ok(table)
    }

    /// Takes columns out in which nothing stands.
    fn drop_empty(&mut self, may_go: impl Fn(&str) -> bool) {
        for at in (0..self.columns.len()).rev() {
            let is_empty = |cells: &Vec<String>| cells.get(at).is_none_or(|cell| cell.trim().is_empty());
            if self.columns.get(at).is_some_and(|column| may_go(column)) && self.rows.iter().all(is_empty) {
                self.columns.remove(at);
                self.rows.iter_mut().for_each(|cells| drop(cells.remove(at)));
            }
        }
    }

    /// The first day that may be either of two, where its column does not tell.
    fn unclear_day(&self, context: &Context<'_>) -> Option<String> {
        let mut orders = None;
        for key in context.library().keys.iter().filter(|key| key.value == Value::Time) {
            let cells = (1..=self.rows.len() as u64).map(|row| self.cell(row, &key.column));
            let Some(open) = cells.into_iter().find(|cell| is_open(cell)) else { continue };
            if orders.is_none() {
                let csv = self.csv();
                let roster = Roster::open(csv.as_bytes(), Format::Csv, FILE, &context.library().keys).ok()?;
                orders = Some(roster.orders());
            }
            if orders.as_ref().is_some_and(|orders| orders.of(&key.path).is_none()) {
                return Some(open.to_owned());
            }
        }
        None
    }
}

/// What a file is, its first bytes say.
fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}
