//! The form as it was typed, and the request that it means. Field names are the columns of a roster.

use crate::diagnostic::Place;
use crate::options::PresetRequest;
use crate::options::keys::KEYS;
use crate::{Preset, RawRequest};
use std::collections::BTreeMap;

/// Values of one field that are read; more is no form of ours.
const MOST_VALUES: usize = 64;

/// The fields whose values the therapist chooses, and so are read only when `choose` says so.
const CHOSEN: [&str; 2] = ["stretches", "exercises"];

/// What a field of the form says. Stands for one patient: its `Debug` hides what was typed.
#[derive(Clone, Default)]
pub struct Typed {
    fields: BTreeMap<String, Vec<String>>,
}

impl Typed {
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Typed {
        let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            let values = fields.entry(name).or_default();
            if values.len() < MOST_VALUES {
                values.push(value);
            }
        }
        Typed { fields }
    }

    /// The first value of a field; empty when there is none.
    pub fn one(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    pub fn all(&self, name: &str) -> &[String] {
        self.fields.get(name).map_or(&[], Vec::as_slice)
    }

    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).iter().any(|given| given == value)
    }

    /// Whether the therapist chooses stretches and movements, in place of those that go with the regions.
    pub fn chooses(&self) -> bool {
        self.has("choose", "own")
    }

    pub fn set(&mut self, name: &str, values: impl IntoIterator<Item = String>) {
        self.fields.insert(name.to_owned(), values.into_iter().collect());
    }

    /// The session's time, unless the field still says what the page wrote into it: then it is now.
    fn session_at(&self) -> Option<&str> {
        Some(self.one("session_at")).filter(|at| *at != self.one("session_now"))
    }

    /// What the next patient's form begins with: nothing but whose it is.
    pub fn for_the_next(&self) -> Typed {
        let mut next = Typed::default();
        next.set("therapist", self.all("therapist").to_vec());
        next
    }

    /// What a preset fixes takes the place of what is there; the rest stays.
    pub fn apply(&mut self, preset: &Preset) {
        self.set("preset", [preset.id.clone()]);
        for (name, values) in preset_fields(&preset.request) {
            self.set(name, values);
        }
    }

    /// The request that the form means. The place of each value is its field's name.
    pub fn request(&self) -> RawRequest {
        let mut request = RawRequest::new(Place::file("regions"));
        for key in KEYS.iter().filter(|key| key.path != "id") {
            let place = Place::file(key.column);
            match key.column {
                "session_at" => request.set(key, self.session_at().unwrap_or_default(), place),
                column if CHOSEN.contains(&column) && !self.chooses() => {}
                column if key.list => {
                    if CHOSEN.contains(&column) {
                        request.set(key, ";", place.clone());
                    }
                    let values = self.all(column).iter().filter(|value| !value.trim().is_empty());
                    values.for_each(|value| request.add(key, value.as_str(), place.clone()));
                }
                column => request.set(key, self.one(column), place),
            }
        }
        request
    }
}

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.fields.keys()).finish()
    }
}

/// The fields that a preset decides, each with its values; what it leaves open falls back to the form's start.
pub fn preset_fields(request: &PresetRequest) -> Vec<(&'static str, Vec<String>)> {
    let chooses = request.stretches.is_some() || request.exercises.is_some();
    let one = |value: Option<String>| value.into_iter().collect::<Vec<String>>();
    let names = |list: &Option<Vec<String>>| list.clone().unwrap_or_default();
    vec![
        ("regions", request.regions.iter().map(ToString::to_string).collect()),
        ("intensity", vec![request.intensity.map_or("moderate", |intensity| intensity.name()).to_owned()]),
        ("activity", one(request.activity.map(|activity| activity.to_string()))),
        ("precautions", request.precautions.iter().map(ToString::to_string).collect()),
        ("rest_hours", one(request.rest_hours.map(|hours| hours.to_string()))),
        ("choose", vec![if chooses { "own" } else { "region" }.to_owned()]),
        ("stretches", names(&request.stretches)),
        ("exercises", names(&request.exercises)),
        ("edition", one(request.edition.map(|edition| edition.to_string()))),
        ("paper", one(request.paper.map(|paper| paper.to_string()))),
        ("exclude", Vec::new()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        Typed::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn a_session_time_that_nobody_touched_is_now() {
        let untouched = typed(&[("session_at", "2026-11-24T15:30"), ("session_now", "2026-11-24T15:30")]);
        assert!(untouched.request().one("session.at").is_none());
        let touched = typed(&[("session_at", "2026-11-24T09:00"), ("session_now", "2026-11-24T15:30")]);
        assert_eq!(touched.request().one("session.at").map(|given| &*given.value), Some("2026-11-24T09:00"));
    }

    #[test]
    fn stretches_count_only_when_the_therapist_chooses() {
        let by_region = typed(&[("choose", "region"), ("stretches", "arm-across-stretch")]);
        assert!(by_region.request().list("plan.stretches").is_none());
        let none_chosen = typed(&[("choose", "own")]);
        assert_eq!(none_chosen.request().list("plan.stretches").map(<[_]>::len), Some(0));
    }

    #[test]
    fn a_name_with_a_semicolon_stays_one_name() {
        let request = typed(&[("patient", "Ann; Bob")]).request();
        assert_eq!(request.one("patient").map(|given| &*given.value), Some("Ann; Bob"));
    }

    #[test]
    fn a_form_shows_no_patient_when_debugged() {
        assert!(!format!("{:?}", typed(&[("patient", "Ann")])).contains("Ann"));
    }
}
