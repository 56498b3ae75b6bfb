//! What the site's script needs to show a person's own times: windows in hours, the clinic's zone, names and words. Data
//! only: the same for everybody.

use super::Engine;
use crate::content::{Pack, Protocol};
use crate::diagnostic::Faults;
use crate::document::{Text, plain_text};
use crate::options::Region;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The rows, in the order of the sheet's timeline: a window and the key of its label under `timeline`.
const ROWS: [(&str, &str); 5] = [
    ("rest", "rest"),
    ("hard_exercise", "hard_exercise"),
    ("alcohol_caffeine", "alcohol_caffeine"),
    ("extra_water", "extra_water"),
    ("soreness", "soreness"),
];

impl Engine {
    pub(super) fn yours(&self, pack: &Pack, site: &BTreeMap<String, Text>) -> Result<String, Faults> {
        let library = &self.library;
        let words = |group: &str| self.merger.public_words(library, &pack.language, group);
        let timeline = words("timeline")?;
        let own = |key: &str| plain(site.get(&format!("yours.{key}")));
        let rows: Vec<Value> = ROWS
            .iter()
            .map(|(window, label)| {
                let hours = hours(&library.protocol, window);
                json!({ "window": window, "label": plain(timeline.get(*label)), "hours": hours })
            })
            .collect();
        let rest = library.protocol.windows.get("rest");
        let bounds = rest.and_then(|window| window.bounds).unwrap_or_default();
        let by_intensity = rest.map(|window| {
            let of =
                window.by_intensity.iter().map(|(intensity, hours)| (intensity.to_string(), json!(hours)));
            of.collect::<Map<String, Value>>()
        });
        let over_lungs: Vec<&str> =
            Region::ALL.iter().filter(|region| region.over_lungs()).map(|region| region.name()).collect();
        let data = json!({
            "zone": library.clinic.time_zone.name(),
            "rows": rows,
            "rest": by_intensity,
            "bounds": bounds,
            "call": hours(&library.protocol, "call_if_sore_after"),
            "open": plain(timeline.get("hard_exercise_open")),
            "words": { "session": own("session"), "until": own("until"), "call": own("call"), "applies": own("applies") },
            "regions": names(&words("regions")?),
            "lungs": over_lungs,
            "intensities": names(&words("intensities")?),
            "activities": names(&words("activities")?),
        });
        Ok(data.to_string())
    }
}

/// The late end, as a sheet prints it.
fn hours(protocol: &Protocol, window: &str) -> u32 {
    protocol.windows.get(window).map_or(0, |window| window.to)
}

fn plain(text: Option<&Text>) -> String {
    text.map(|text| plain_text(text)).unwrap_or_default()
}

fn names(words: &BTreeMap<String, Text>) -> Map<String, Value> {
    words.iter().map(|(id, text)| (id.clone(), json!(plain(Some(text))))).collect()
}
