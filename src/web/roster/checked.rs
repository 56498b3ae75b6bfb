//! A table with what is wrong with it: every row as it would print, and those that somebody has to mend or wants to change.

use super::cells::{Choices, OpenRow, clipped, column_of, label, told};
use super::{Table, requests};
use crate::diagnostic::{Diagnostic, Faults, LEFT_OUT, Severity};
use crate::locale::capitalised;
use crate::options::Name;
use crate::request::roster::Row;
use crate::web::context::Context;
use crate::web::controls::{treatment_name, word};
use crate::web::faults::{left_out_said, said};
use crate::{Document, Layout, Pack, Request};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Faulty rows that are opened to be mended. More come as these are done: hundreds of them would be no page to work with.
const MOST_OPEN: usize = 50;
/// Bytes of texts in open rows, at most: they are written into the page, and a page has its bounds.
const MOST_TEXT: usize = 256 << 10;

/// What came of checking a table.
#[derive(Serialize)]
pub struct Checked {
    /// As CSV; the page sends it back.
    #[serde(skip)]
    pub csv: String,
    pub rows: Vec<Glance>,
    pub open: Vec<OpenRow>,
    /// Faulty rows that are not opened yet.
    pub more: usize,
    pub faulty: usize,
    /// Rows that somebody left out.
    pub aside: usize,
    /// Rows that can be made, with something that somebody should look at.
    pub look: usize,
    /// Rows that can be made, and how many of them somebody wants.
    pub sound: usize,
    pub wanted: usize,
    pub choices: Vec<Choices>,
    pub has_languages: bool,
    /// Whether rows may be of several treatments, so that each says which one its sheet is of.
    pub has_treatments: bool,
    /// Whether a sheet is in another language than the original, and whether it gets a copy in that.
    pub has_others: bool,
    pub copies: bool,
}

/// A row as the list shows it.
#[derive(Serialize)]
pub struct Glance {
    pub number: u64,
    pub name: String,
    pub treatment: String,
    pub area: String,
    pub time: String,
    pub day: String,
    pub therapist: String,
    pub language: String,
    pub faulty: bool,
    pub open: bool,
    pub wanted: bool,
    /// Whether somebody left it out.
    pub is_out: bool,
    /// `printed`, `saved` or empty.
    pub done: &'static str,
    pub remarks: Vec<String>,
    /// What nobody has to do anything about.
    pub aside: String,
    /// What could not be read of it.
    pub lost: Vec<String>,
    /// What its list says of it.
    pub told: Vec<String>,
}

/// A row's sheet, and what somebody should know about it.
pub(super) struct Meant {
    pub request: Request,
    pub document: Document,
    pub layout: Layout,
    pub warnings: Vec<Diagnostic>,
}

/// What a row asks for, what its sheet says, and how it stands on paper: what is known of it before it is printed is all
/// that there is to know.
pub(super) fn meant(context: &Context<'_>, row: &Row) -> Result<Meant, Faults> {
    let request = context.site.engine.request(&row.raw, context.site.now())?;
    let document = context.site.engine.document(&request.value)?;
    let layout = context.site.engine.layout(&document.value, &request.value)?;
    let mut warnings = request.warnings;
    warnings.extend(document.warnings);
    warnings.extend(layout.warnings);
    warnings.retain(is_worth);
    Ok(Meant { request: request.value, document: document.value, layout: layout.value, warnings })
}

/// A value that stands twice is nothing to tell, and what is the clinic folder's is nobody's at a desk.
fn is_worth(diagnostic: &Diagnostic) -> bool {
    let of_row = diagnostic.place.as_ref().is_none_or(|place| place.cell.is_some());
    diagnostic.code != "duplicate-value" && of_row
}

/// What was found of one row.
fn of(found: &BTreeMap<u64, Vec<Diagnostic>>, number: u64) -> &[Diagnostic] {
    found.get(&number).map_or(&[], Vec::as_slice)
}

/// What was found of all rows.
#[derive(Default)]
struct Found {
    faults: BTreeMap<u64, Vec<Diagnostic>>,
    warnings: BTreeMap<u64, Vec<Diagnostic>>,
    requests: BTreeMap<u64, (Request, bool)>,
}

impl Table {
    /// Every row with what is wrong with it.
    pub fn check(&self, context: &Context<'_>) -> Checked {
        let csv = self.csv();
        let mut found = Found::default();
        for row in requests(context, &csv).unwrap_or_default() {
            let has_time = row.raw.one("session.at").is_some();
            match meant(context, &row) {
                Ok(meant) => {
                    found.requests.insert(row.number, (meant.request, has_time));
                    found.warnings.insert(row.number, meant.warnings);
                }
                Err(faults) => {
                    let (faults, warnings): (Vec<_>, Vec<_>) =
                        faults.0.into_iter().partition(|found| found.severity == Severity::Error);
                    found.faults.insert(row.number, faults);
                    found.warnings.insert(row.number, warnings.into_iter().filter(is_worth).collect());
                }
            }
        }
        // A row that did not come out of the table again is no sound one.
        let unread = (1..=self.rows.len() as u64).filter(|row| !found.requests.contains_key(row));
        for number in self.lost.keys().copied().chain(unread.collect::<Vec<_>>()) {
            found.faults.entry(number).or_default();
        }
        for row in &self.aside {
            found.faults.remove(row);
            found.warnings.remove(row);
            found.requests.remove(row);
        }
        self.checked(context, csv, &found)
    }

    fn checked(&self, context: &Context<'_>, csv: String, found: &Found) -> Checked {
        let (open, more) = self.open(found);
        let same = self.same(&found.faults);
        let rows: Vec<Glance> = (1..=self.rows.len() as u64)
            .map(|number| self.glance(context, number, found, open.contains(&number)))
            .collect();
        let sound = rows.iter().filter(|row| !row.faulty && !row.is_out);
        let (engine, mut requests) = (&context.site.engine, found.requests.values());
        Checked {
            csv,
            open: open
                .iter()
                .map(|number| {
                    let (faults, warnings) = (of(&found.faults, *number), of(&found.warnings, *number));
                    self.open_row(context, *number, faults, warnings, &same)
                })
                .collect(),
            more,
            faulty: found.faults.len(),
            aside: self.aside.len(),
            look: sound.clone().filter(|row| !row.remarks.is_empty()).count(),
            wanted: sound.clone().filter(|row| row.wanted).count(),
            sound: sound.count(),
            choices: self.choices(context),
            has_languages: context.library().packs.len() > 1,
            has_treatments: context.site.engine.treatments().count() > 1 || self.names_treatments(),
            has_others: requests.any(|(request, _)| engine.source_request(request).is_some()),
            copies: self.copies,
            rows,
        }
    }

    /// Whether any row says what treatment it is of.
    fn names_treatments(&self) -> bool {
        (1..=self.rows.len() as u64).any(|row| !self.cell(row, "treatment").trim().is_empty())
    }

    /// The rows that are opened, and how many faulty ones are not.
    fn open(&self, found: &Found) -> (BTreeSet<u64>, usize) {
        let (mut open, mut text) = (BTreeSet::new(), 0);
        let opened = self.opened.iter().filter(|row| !self.aside.contains(row));
        for row in opened.chain(found.faults.keys()) {
            let long: usize =
                self.rows.get(super::index(*row)).map_or(0, |cells| cells.iter().map(String::len).sum());
            if open.len() < MOST_OPEN && (open.is_empty() || text + long <= MOST_TEXT) && open.insert(*row) {
                text += long;
            }
        }
        let more = found.faults.keys().filter(|row| !open.contains(row)).count();
        (open, more)
    }

    fn glance(&self, context: &Context<'_>, number: u64, found: &Found, open: bool) -> Glance {
        let faulty = found.faults.contains_key(&number);
        let warnings = of(&found.warnings, number);
        let (full, look): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
            warnings.iter().partition(|found| found.code == LEFT_OUT);
        let faults = of(&found.faults, number);
        let remarks = faults.iter().map(|fault| self.at_column(context, fault));
        let remarks = remarks.chain(look.into_iter().map(|fault| said(context, column_of(fault), fault)));
        let kept = |all: &BTreeMap<u64, Vec<String>>| all.get(&number).cloned().unwrap_or_default();
        let (lost, of_list) = (kept(&self.lost), kept(&self.told));
        let glance = Glance {
            number,
            name: clipped(self.cell(number, "patient")),
            treatment: clipped(self.cell(number, "treatment")),
            area: clipped(self.cell(number, "regions")),
            time: clipped(self.cell(number, "session_at")),
            day: String::new(),
            therapist: clipped(self.cell(number, "therapist")),
            language: clipped(self.cell(number, "language")),
            faulty,
            open,
            wanted: self.is_wanted(number),
            is_out: self.aside.contains(&number),
            done: self.done.get(&number).map_or("", |done| done.name()),
            remarks: match self.aside.contains(&number) {
                true => Vec::new(),
                false => told(context, lost.iter().chain(&of_list).cloned().chain(remarks).collect()),
            },
            aside: if full.is_empty() { String::new() } else { left_out_said(context, &full) },
            lost,
            told: of_list,
        };
        match found.requests.get(&number) {
            Some((request, has_time)) if !faulty => as_meant(context, glance, request, *has_time),
            _ => glance,
        }
    }

    /// In the list a fault stands beside the row, so that it names its column.
    fn at_column(&self, context: &Context<'_>, fault: &Diagnostic) -> String {
        let column = column_of(fault);
        let text = said(context, column, fault);
        if column.is_empty() { text } else { format!("{}: {text}", label(context, column)) }
    }
}

/// The row as its sheet says it.
fn as_meant(context: &Context<'_>, glance: Glance, request: &Request, has_time: bool) -> Glance {
    let area = |pack: &Pack| {
        let treatment = &context.site.engine.library_of(&request.treatment).treatment;
        let name = |region: &Name| match request.chosen.side(region) {
            Some(side) => pack.region_on(region, side),
            None => word(pack, "regions", region),
        };
        let names = treatment.regions_in(&request.chosen).iter().map(name);
        capitalised(&names.collect::<Vec<_>>().join(", "))
    };
    let treatment = treatment_name(context, context.site.engine.library_of(&request.treatment));
    let language = context.language_name(request.language.tag());
    let (time, day) = match (has_time, context.library().dates.of(&context.ui().language)) {
        (false, _) => (context.word("roster.now", &[]), String::new()),
        (true, Some(words)) => (words.time(&request.session_at), words.day(request.session_at.date_naive())),
        (true, None) => (request.session_at.format("%Y-%m-%d %H:%M").to_string(), String::new()),
    };
    Glance {
        name: request.patient.clone().unwrap_or_default(),
        treatment,
        area: context.pack().map_or(glance.area, area),
        time,
        day,
        therapist: request.therapist.clone().unwrap_or_default(),
        language,
        ..glance
    }
}
