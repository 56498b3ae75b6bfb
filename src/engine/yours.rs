//! What the site's script needs to show a person's own times: windows in hours, the clinic's clock, names and words. Data
//! only: the same for everybody. The clock and the date words are those of the sheets, because a browser's own table of
//! time zones may be years older, or newer, and a page must not say another time than the paper it was opened from.

use super::Engine;
use crate::content::{Pack, Protocol, Test, Treatment};
use crate::diagnostic::{Diagnostic, Faults};
use crate::document::{Text, plain_text};
use crate::locale::{DateWords, Zone};
use crate::options::{Region, WindowName};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The rows, in the order of the sheet's timeline; their labels stand under `timeline`.
const ROWS: [WindowName; 5] = [
    WindowName::Rest,
    WindowName::HardExercise,
    WindowName::AlcoholCaffeine,
    WindowName::ExtraWater,
    WindowName::Soreness,
];

/// Years whose clock changes the page knows, the last one not included: from before the program until longer than a
/// page stands. Sessions of other years are not shown.
const YEARS: [i32; 2] = [2025, 2060];

impl Engine {
    pub(super) fn yours(&self, pack: &Pack, site: &BTreeMap<String, Text>) -> Result<String, Faults> {
        let library = &self.library;
        let words = |group: &str| self.merger.public_words(library, &pack.language, group);
        let timeline = words("timeline")?;
        let own = |key: &str| plain(site.get(&format!("yours.{key}")));
        let protocol = &library.protocol;
        let rest = protocol.window(WindowName::Rest);
        let by_intensity: Map<String, Value> = rest
            .by_intensity
            .iter()
            .map(|(intensity, hours)| (intensity.to_string(), json!(hours)))
            .collect();
        let data = json!({
            "clock": clock(library.clinic.time_zone),
            "dates": dates(pack)?,
            "rows": ROWS.map(|name| row(name, protocol, &timeline)),
            "rest": by_intensity,
            "rest_else": rest.to,
            "bounds": protocol.rest_bounds(),
            "call": protocol.window(WindowName::CallIfSoreAfter).to,
            "words": { "session": own("session"), "until": own("until"), "call": own("call"), "applies": own("applies") },
            "regions": names(&words("regions")?),
            "asks": asks(&library.treatment),
            "intensities": names(&words("intensities")?),
            "activities": names(&words("activities")?),
        });
        Ok(data.to_string())
    }
}

/// For each line of the emergency tier on the page the regions that it asks after.
fn asks(treatment: &Treatment) -> Vec<BTreeSet<Region>> {
    let tests = treatment.emergency.lines.iter().map(|line| treatment.fact(line).map(|fact| &fact.test));
    // What asks after a precaution stands elsewhere.
    let regions = tests.filter_map(|test| match test {
        None => Some(BTreeSet::new()),
        Some(Test::Regions(regions)) => Some(regions.clone()),
        Some(Test::Precautions(_)) => None,
    });
    regions.collect()
}

/// A window with its late end, as a sheet prints it. `rest`: it is the rest of the session, or no shorter than that.
fn row(name: WindowName, protocol: &Protocol, timeline: &BTreeMap<String, Text>) -> Value {
    let window = protocol.window(name);
    let awaited = window.at_least.filter(|other| *other != WindowName::Rest);
    let hours = awaited.map_or(window.to, |other| window.to.max(protocol.window(other).to));
    let rest = match window.at_least {
        _ if name == WindowName::Rest => "is",
        Some(WindowName::Rest) => "at-least",
        _ => "",
    };
    let open = match name {
        WindowName::HardExercise if window.open_ended => plain(timeline.get("hard_exercise_open")),
        _ => String::new(),
    };
    json!({ "label": plain(timeline.get(name.name())), "hours": hours, "rest": rest, "open": open })
}

/// What the clinic's clock shows, minutes since 1970 and minutes from UTC: the kinds of clock that there are, and from
/// when on which of them holds.
fn clock(zone: Zone) -> Value {
    let [from, until] = YEARS.map(start_of);
    let mut kinds: Vec<(i32, String)> = Vec::new();
    let mut changes = Vec::new();
    for change in zone.changes(from, until) {
        let kind = (change.offset.local_minus_utc() / 60, change.abbreviation);
        let known = kinds.iter().position(|other| *other == kind);
        let index = known.unwrap_or_else(|| {
            kinds.push(kind);
            kinds.len() - 1
        });
        changes.push((minutes(change.from), index));
    }
    json!({ "kinds": kinds, "changes": changes, "until": minutes(until) })
}

fn start_of(year: i32) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default().and_time(NaiveTime::MIN).and_utc()
}

fn minutes(at: DateTime<Utc>) -> i64 {
    at.timestamp() / 60
}

fn dates(pack: &Pack) -> Result<Value, Faults> {
    let words = DateWords::of(&pack.language).and_then(|words| serde_json::to_value(words).ok());
    words.ok_or_else(|| {
        Diagnostic::error("unknown-language", format!("`{}` has no date words", pack.language)).into()
    })
}

fn plain(text: Option<&Text>) -> String {
    text.map(|text| plain_text(text)).unwrap_or_default()
}

fn names(words: &BTreeMap<String, Text>) -> Map<String, Value> {
    words.iter().map(|(id, text)| (id.clone(), json!(plain(Some(text))))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page counts in minutes, and whole ones.
    #[test]
    fn every_clock_of_those_years_is_whole_minutes_from_utc_and_changes_on_a_minute() {
        let [from, until] = YEARS.map(start_of);
        for name in Zone::names() {
            for change in Zone::named(name).into_iter().flat_map(|zone| zone.changes(from, until)) {
                assert_eq!(change.offset.local_minus_utc() % 60, 0, "{name}");
                assert_eq!(change.from.timestamp() % 60, 0, "{name}");
            }
        }
    }
}
