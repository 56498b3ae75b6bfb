//! The step in which somebody says which column of a list is what.

use super::cells::label;
use super::guess::Guess;
use super::mapping::{DATES, Mapping};
use crate::diagnostic::Diagnostic;
use crate::locale::capitalised;
use crate::options::keys::Key;
use crate::request::roster::{Looks, Offered, has_many_names};
use crate::request::turned_name;
use crate::web::context::Context;
use crate::web::faults::said;
use chrono::NaiveDate;
use serde::Serialize;

/// Keys that most lists have, in the order in which they are asked; the others stand behind them, folded away.
const FIRST: [&str; 3] = ["regions", "patient", "session_at"];
/// Of the first ones, each may be joined from so many columns.
const JOINED: usize = 2;

/// A list whose columns nobody knows yet.
pub struct Step {
    pub offered: Vec<Offered>,
    /// The day of a list that has times of day alone: the one that its title says, or today.
    pub day: NaiveDate,
    /// Whether there are times of day alone, which are asked about.
    pub asks_day: bool,
    /// What was chosen already.
    pub chosen: Option<Mapping>,
    /// Why it has to be chosen, or chosen anew.
    pub faults: Vec<Diagnostic>,
    /// A day of the list that may be either of two.
    pub open: Option<String>,
}

#[derive(Serialize)]
pub struct View {
    faults: Vec<String>,
    columns: Vec<Column>,
    targets: Vec<Target>,
    more: Vec<Target>,
    /// Whether something of the others is chosen.
    has_more: bool,
    filters: Vec<Filter>,
    /// The question about days, where there is one.
    dates: Option<Dates>,
    /// The day that is asked for, where there is a question.
    day: Option<String>,
    /// The question about names, where there is one, and whether it is answered by yes.
    names: Option<String>,
    turns_names: bool,
}

#[derive(Serialize)]
struct Column {
    name: String,
    sample: String,
}

#[derive(Serialize)]
struct Target {
    key: String,
    label: String,
    is_needed: bool,
    /// What the selection of another column for it is called.
    joined: String,
    /// What is chosen, for each column that is joined.
    chosen: Vec<String>,
}

#[derive(Serialize)]
struct Filter {
    column: String,
    label: String,
    words: Vec<Word>,
}

#[derive(Serialize)]
struct Word {
    text: String,
    label: String,
    wanted: bool,
}

#[derive(Serialize)]
struct Dates {
    question: String,
    options: Vec<Choice>,
}

#[derive(Serialize)]
struct Choice {
    value: &'static str,
    label: String,
    chosen: bool,
}

impl Step {
    /// Whether anything of the list looks like a roster's.
    pub fn is_likely(&self, context: &Context<'_>) -> bool {
        self.chosen.is_some() || !Guess::of(context, &self.offered).columns.is_empty()
    }

    pub fn view(&self, context: &Context<'_>) -> View {
        let mapping = self.chosen.clone().unwrap_or_else(|| Guess::of(context, &self.offered));
        let needed = context.library().keys.needed();
        let target = |key: &str, joined: usize| {
            let mut chosen = mapping.columns_of(key).to_vec();
            chosen.resize(joined.max(chosen.len()), String::new());
            let label = match label(context, key) {
                own if own == *key => capitalised(&own.replace('_', " ")),
                label => label,
            };
            let joined = context.word("roster.map.joined", &[("column", &label)]);
            let is_needed = needed.iter().any(|one| one == key);
            Target { key: key.to_owned(), label, is_needed, joined, chosen }
        };
        // Of what has to be known of a patient, a list may have a column each.
        let keys = context.library().keys.iter().filter(|key| !FIRST.contains(&&*key.column));
        let joined =
            |key: &Key| if has_many_names(key) { mapping.columns_of(&key.column).len() + JOINED } else { 1 };
        let more: Vec<Target> = keys.map(|key| target(&key.column, joined(key))).collect();
        let sample = |one: &Offered| Column { name: one.name.clone(), sample: one.samples.join(", ") };
        View {
            faults: self
                .faults
                .iter()
                .filter(|fault| self.is_news(fault))
                .map(|fault| said(context, "", fault))
                .chain(self.has_no_name(context, &mapping))
                .chain(self.has_no_time(context, &mapping))
                .chain(self.has_unread_areas(context, &mapping))
                .collect(),
            columns: self.offered.iter().map(sample).collect(),
            targets: FIRST.iter().map(|key| target(key, JOINED)).collect(),
            has_more: more.iter().any(|target| target.chosen.iter().any(|column| !column.is_empty())),
            more,
            filters: self.filters(context, &mapping),
            dates: self.dates(context, &mapping),
            day: self.asked_day(&mapping),
            names: self.names(context, &mapping),
            turns_names: mapping.turns_names,
        }
    }

    /// Whether a list has times that may be those of its sessions.
    pub fn has_other_times(context: &Context<'_>, offered: &[Offered]) -> bool {
        Guess::has_other_times(context, offered)
    }

    /// Without a column for it no sheet has a name: that is told, as the list has one most often.
    fn has_no_name(&self, context: &Context<'_>, mapping: &Mapping) -> Option<String> {
        let is_told = mapping.columns_of("patient").is_empty() && !mapping.columns.is_empty();
        is_told.then(|| context.word("roster.map.no_name", &[]))
    }

    /// Without a column for it each session is when its sheet is made: that is told where the list has times.
    fn has_no_time(&self, context: &Context<'_>, mapping: &Mapping) -> Option<String> {
        let is_told = mapping.columns_of("session_at").is_empty()
            && !mapping.columns.is_empty()
            && Step::has_other_times(context, &self.offered);
        is_told.then(|| context.word("roster.map.no_time", &[]))
    }

    /// Columns that may say an area or a side and are not read: a sheet would be without it.
    fn has_unread_areas(&self, context: &Context<'_>, mapping: &Mapping) -> Option<String> {
        let is_area = |looks: Option<Looks>| matches!(looks, Some(Looks::Area | Looks::Side));
        let is_read = |one: &Offered| mapping.columns.iter().any(|(_, columns)| columns.contains(&one.name));
        let may_say =
            |one: &&Offered| is_area(one.looks) || is_area(one.name_looks) && !one.samples.is_empty();
        let unread = self.offered.iter().filter(may_say).filter(|one| !is_read(one));
        let names: Vec<&str> = unread.map(|one| one.name.as_str()).collect();
        let is_told = !names.is_empty() && !mapping.columns.is_empty();
        is_told.then(|| context.word("roster.map.unread_areas", &[("columns", &names.join(", "))]))
    }

    fn filters(&self, context: &Context<'_>, mapping: &Mapping) -> Vec<Filter> {
        let is_read =
            |one: &&Offered| mapping.columns.iter().all(|(_, columns)| !columns.contains(&one.name));
        let kept = Guess::keeps_rows(context, &self.offered);
        let may_choose = |one: &&Offered| !one.words.is_empty() && !kept.contains(&one.name);
        let with_words = self.offered.iter().filter(may_choose).filter(is_read);
        let filter = |one: &Offered| Filter {
            column: one.name.clone(),
            label: context.word("roster.map.only", &[("column", &one.name)]),
            words: one
                .words
                .iter()
                .map(|text| Word {
                    label: if text.is_empty() { context.word("roster.map.empty", &[]) } else { text.clone() },
                    wanted: mapping.wants(&one.name, text),
                    text: text.clone(),
                })
                .collect(),
        };
        with_words.map(filter).collect()
    }

    /// Times of day alone are of a day that somebody has to see.
    fn asked_day(&self, mapping: &Mapping) -> Option<String> {
        let chosen = mapping.columns_of("session_at");
        let looks =
            |name: &String| self.offered.iter().find(|one| one.name == *name).and_then(|one| one.looks);
        let is_clock = |name: &String| matches!(looks(name), Some(Looks::Clock | Looks::Share));
        let is_asked = self.asks_day || !chosen.is_empty() && chosen.iter().all(is_clock);
        is_asked.then(|| mapping.day.unwrap_or(self.day).format("%Y-%m-%d").to_string())
    }

    /// Names in one column that stand as `Family, Given`: a sheet speaks to somebody the other way round.
    fn names(&self, context: &Context<'_>, mapping: &Mapping) -> Option<String> {
        let [column] = mapping.columns_of("patient") else { return None };
        let name = self.offered.iter().find(|one| one.name == *column)?.turned.as_ref()?;
        let (given, family) = turned_name(name)?;
        let turned = format!("{given} {family}");
        Some(context.word("roster.map.turned", &[("name", name), ("turned", &turned)]))
    }

    /// That nobody knows its columns is what the step is for.
    fn is_news(&self, fault: &Diagnostic) -> bool {
        let is_near = || fault.hints.iter().any(|hint| hint.near().is_some());
        self.chosen.is_some()
            || fault.code == "duplicate-column"
            || fault.code == "unknown-column" && is_near()
    }

    /// Asked once, and only where the list leaves it open.
    fn dates(&self, context: &Context<'_>, mapping: &Mapping) -> Option<Dates> {
        let times = ["session_at", "next_visit"].into_iter().flat_map(|key| mapping.columns_of(key));
        let chosen: Vec<&String> = times.collect();
        let of_column = || {
            let column = self.offered.iter().find(|one| one.open.is_some() && chosen.contains(&&one.name))?;
            column.open.clone()
        };
        let day = self.open.clone().or_else(of_column)?;
        let option = |dates: &'static str| {
            let label = context.word(&format!("roster.map.{dates}"), &[]);
            Choice { value: dates, label, chosen: mapping.dates == Some(dates) }
        };
        let question = context.word("roster.map.dates", &[("day", &day)]);
        Some(Dates { question, options: DATES.into_iter().map(option).collect() })
    }
}
