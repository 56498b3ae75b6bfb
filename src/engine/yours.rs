//! What the site's script needs to show a person's own times: windows in hours, the clinic's clock, names and words. Data
//! only: the same for everybody. The clock and the date words are those of the sheets, because a browser's own table of
//! time zones may be years older, or newer, and a page must not say another time than the paper it was opened from.

use super::Care;
use crate::content::{Library, OptionKind, Pack, Protocol, Row, Treatment, Window};
use crate::diagnostic::{Diagnostic, Faults};
use crate::document::{Text, plain_text};
use crate::locale::Zone;
use crate::options::Name;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Years whose clock changes the page knows, the last one not included: from before the program until longer than a
/// page stands. Sessions of other years are not shown.
const YEARS: [i32; 2] = [2025, 2060];

pub(super) fn data(care: &Care, pack: &Pack, site: &BTreeMap<String, Text>) -> Result<String, Faults> {
    let (library, merger) = (&care.library, care.merger()?);
    let Library { protocol, treatment, .. } = library;
    let words = |group: &str| merger.public_words(library, &pack.language, group);
    let timeline = words("timeline")?;
    let lists = words("lists")?;
    let between = |key: &str| plain(lists.get(key)).replace("{list}", "").replace("{item}", "");
    let own = |key: &str| plain(site.get(&format!("yours.{key}")));
    let mut choices = Map::new();
    for option in treatment.options.values().filter(|option| matches!(option.kind, OptionKind::Choice(_))) {
        choices.insert(option.id.to_string(), json!(names(&words(&option.words)?)));
    }
    let windows: Map<String, Value> =
        protocol.windows.iter().map(|(name, one)| (name.to_string(), window(name, one, library))).collect();
    let data = json!({
        // Several have pages: an address without its treatment's name may be of any of them.
        "treatment": (library.treatments.len() > 1).then_some(&*treatment.id),
        "clock": clock(library.clinic.time_zone),
        "dates": dates(library, pack)?,
        "windows": windows,
        "rows": treatment.timeline.rows.iter().map(|one| row(one, protocol, &timeline)).collect::<Vec<_>>(),
        "call": &*treatment.timeline.alarm,
        "words": { "session": own("session"), "until": own("until"), "call": own("call"), "applies": own("applies") },
        // What stands between things, as on paper.
        "between": { "more": between("more"), "beside": between("beside") },
        "regions": names(&words("regions")?),
        "asks": asks(treatment),
        "choices": choices,
    });
    Ok(data.to_string())
}

/// For each line of the emergency tier on the page the regions that it asks after.
fn asks(treatment: &Treatment) -> Vec<Vec<&str>> {
    let facts = treatment.emergency.lines.iter().map(|line| treatment.fact(line));
    let regions = facts.map(|fact| match fact {
        Some(fact) if fact.of_regions => fact.any_of.iter().map(|region| &**region).collect(),
        _ => Vec::new(),
    });
    regions.collect()
}

/// A window with its late end, as a sheet prints it, and what makes it another one.
fn window(name: &str, window: &Window, library: &Library) -> Value {
    let set = library.treatment.sets(name).map(|_| library.protocol.bounds(name));
    let hours = |by: &BTreeMap<Name, u32>| -> Map<String, Value> {
        by.iter().map(|(value, hours)| (value.to_string(), json!(hours))).collect()
    };
    let by: Map<String, Value> =
        window.by.iter().map(|(option, by)| (option.to_string(), Value::from(hours(by)))).collect();
    let waking = window.waking.map(|waking| [waking.from, waking.to, waking.morning].map(|hour| hour * 60));
    json!({ "hours": window.to, "by": by, "set": set, "at_least": window.at_least.as_deref(), "waking": waking })
}

fn row(row: &Row, protocol: &Protocol, timeline: &BTreeMap<String, Text>) -> Value {
    let name = &row.window;
    let is_open = protocol.window(name).is_some_and(|window| window.open_ended);
    let open = if is_open { plain(timeline.get(&format!("{name}_open"))) } else { String::new() };
    json!({ "label": plain(timeline.get(&**name)), "window": &**name, "open": open })
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

fn dates(library: &Library, pack: &Pack) -> Result<Value, Faults> {
    let words = library.dates.of(&pack.language).and_then(|words| serde_json::to_value(&**words).ok());
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
