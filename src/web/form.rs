//! The form as it was typed, and the request that it means. Field names are the columns of a roster.

use crate::diagnostic::Place;
use crate::options::keys::KEYS;
use crate::options::{Edition, PresetRequest};
use crate::{Preset, RawRequest};
use std::collections::BTreeMap;

/// Values of one field that are read; more is no form of ours.
const MOST_VALUES: usize = 64;

/// The fields whose values the therapist chooses, and so are read only when `choose` says so.
const CHOSEN: [&str; 2] = ["stretches", "exercises"];

/// The fields that a preset decides, as far as it says when it sets them anew. Every other one is the patient's: a
/// preset may fill it or add to it, never empty it.
const TREATMENT: [&str; 4] = ["regions", "intensity", "activity", "choose"];
/// The patient's fields that are named when a preset leaves them.
const TOLD: [&str; 3] = ["precautions", "edition", "rest_hours"];

/// Fields of a browser's own controls, which send nothing when they are half filled in.
const HALF: [&str; 3] = ["session_at", "next_visit", "rest_hours"];

/// What a preset met in the form: fields of the patient that stay as they are, choices by hand that it set anew.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Started {
    pub kept: Vec<&'static str>,
    pub reset: Vec<&'static str>,
}

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

    /// Every field with each of its values, by name.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.fields
            .iter()
            .flat_map(|(name, values)| values.iter().map(|value| (name.as_str(), value.as_bytes())))
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

    /// Begins with a preset. `former` is the preset whose values the form may still hold.
    pub fn apply(&mut self, preset: &Preset, former: Option<&Preset>) -> Started {
        let blank = PresetRequest::default();
        let before = preset_fields(former.map_or(&blank, |former| &former.request));
        let before =
            |name: &str| before.iter().find(|field| field.0 == name).map_or(&[][..], |field| &field.1);
        let mut started = Started::default();
        for (name, theirs) in preset_fields(&preset.request) {
            let by_hand = self.differs(name, before(name));
            let stays = self.stays(name, &theirs, by_hand);
            let values = if stays { self.filled(name) } else { Vec::new() };
            if stays && TOLD.contains(&name) && values.iter().any(|value| !theirs.contains(value)) {
                started.kept.push(name);
            }
            let values = match name {
                "precautions" => self.with(name, &theirs),
                _ if stays => values,
                _ => theirs,
            };
            if TREATMENT.contains(&name) && by_hand && self.differs(name, &values) {
                started.reset.push(name);
            }
            self.set(name, values);
        }
        self.set("preset", [preset.id.clone()]);
        started
    }

    /// Whether what a field says is the patient's, so that a preset leaves it.
    fn stays(&self, name: &str, theirs: &[String], by_hand: bool) -> bool {
        match name {
            "precautions" | "exclude" => true,
            // Large print stays, whoever chose it.
            "edition" => self.differs(name, &[Edition::Standard.name().to_owned()]),
            "rest_hours" => by_hand && !self.one(name).is_empty(),
            "paper" => by_hand && theirs.is_empty(),
            _ => false,
        }
    }

    /// Whether a field says something else than these values. A choice that is not the therapist's own says nothing.
    fn differs(&self, name: &str, values: &[String]) -> bool {
        if CHOSEN.contains(&name) && !self.chooses() {
            return false;
        }
        let (mut given, mut wanted) = (self.filled(name), values.to_vec());
        given.sort();
        wanted.sort();
        given != wanted
    }

    /// The values of a field that say something.
    fn filled(&self, name: &str) -> Vec<String> {
        self.all(name).iter().filter(|value| !value.is_empty()).cloned().collect()
    }

    /// A field's values and these.
    fn with(&self, name: &str, values: &[String]) -> Vec<String> {
        let mut all = self.filled(name);
        all.extend(values.iter().filter(|value| !self.has(name, value)).cloned());
        all
    }

    /// Fields that are half filled in. A browser sends nothing of them, and nothing would mean “none” or “now”: the
    /// page's script names them, and a session time that the page had filled in cannot be empty otherwise.
    pub fn half_filled(&self) -> Vec<&'static str> {
        let told = |name: &&str| self.has("half", name);
        let emptied = |name: &&str| {
            *name == "session_at" && self.one(name).is_empty() && !self.one("session_now").is_empty()
        };
        HALF.into_iter().filter(|name| told(name) || emptied(name)).collect()
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
    use crate::options::{Precaution, Region};

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
    fn a_preset_takes_nothing_of_the_patients_away() {
        let preset = |id: &str, request: PresetRequest| Preset { id: id.into(), label: id.into(), request };
        let request = PresetRequest {
            regions: vec![Region::Calf],
            precautions: vec![Precaution::Pregnancy],
            rest_hours: Some(24),
            edition: Some(Edition::InkSaver),
            ..PresetRequest::default()
        };
        let calf = preset("calf", request);
        let mut form = typed(&[
            ("regions", "neck"),
            ("intensity", "moderate"),
            ("choose", "region"),
            ("precautions", "blood-thinners"),
            ("precautions", "fluid-limit"),
            ("edition", "large-print"),
            ("rest_hours", "48"),
            ("exclude", "water"),
            ("patient", "Ann"),
            ("note", "Walk"),
            ("next_visit", "2026-12-01T10:00"),
        ]);
        let started = form.apply(&calf, None);
        assert_eq!(form.all("precautions"), ["blood-thinners", "fluid-limit", "pregnancy"]);
        let kept =
            ["edition", "rest_hours", "exclude", "patient", "note", "next_visit"].map(|name| form.one(name));
        assert_eq!(kept, ["large-print", "48", "water", "Ann", "Walk", "2026-12-01T10:00"]);
        assert_eq!(form.all("regions"), ["calf"]);
        assert_eq!(
            started,
            Started { kept: vec!["precautions", "rest_hours", "edition"], reset: vec!["regions"] }
        );
        let started = form.apply(&preset("plain", PresetRequest::default()), Some(&calf));
        assert_eq!(form.all("precautions").len(), 3, "what a preset brought stays too");
        assert_eq!(started.reset, Vec::<&str>::new(), "what the former preset chose goes without a word");
    }

    #[test]
    fn hours_that_a_preset_brought_go_with_it() {
        let hours = |rest_hours| PresetRequest { rest_hours, ..PresetRequest::default() };
        let preset = |rest_hours| Preset { id: "x".into(), label: "x".into(), request: hours(rest_hours) };
        let (long, open) = (preset(Some(60)), preset(None));
        let mut form = typed(&[("intensity", "moderate"), ("choose", "region")]);
        form.apply(&long, None);
        assert_eq!(form.one("rest_hours"), "60");
        form.apply(&open, Some(&long));
        assert_eq!(form.one("rest_hours"), "");
    }

    #[test]
    fn a_half_written_time_is_not_now() {
        let emptied = typed(&[("session_at", ""), ("session_now", "2026-11-24T15:30")]);
        assert_eq!(emptied.half_filled(), ["session_at"]);
        let told = typed(&[("half", "next_visit"), ("half", "patient")]);
        assert_eq!(told.half_filled(), ["next_visit"]);
        assert!(typed(&[("regions", "neck")]).half_filled().is_empty());
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
