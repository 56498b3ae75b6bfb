//! The form as it was typed, and the request that it means. Field names are the columns of a roster.

use super::dose_fields::{exercise_of, with_dose};
use crate::diagnostic::Place;
use crate::options::Edition;
use crate::options::chosen::Answer;
use crate::options::keys::Key;
use crate::{Library, OptionKind, Preset, RawRequest, TreatmentOption};
use std::collections::BTreeMap;

/// Values of one field that are read; more is no form of ours: no field offers more.
const MOST_VALUES: usize = 400;

/// What a preset does to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The preset decides it, and says when it sets it anew.
    Treatment,
    /// Exercises of a library: as the treatment's, read only when `choose` says that they are the therapist's choice.
    Library,
    /// The patient's: a preset may add to it.
    Added,
    /// The patient's: a preset may fill it in, never write over it.
    Kept,
}

/// The treatment's own fields, with what a preset does to each.
pub fn roles(library: &Library) -> impl Iterator<Item = (&TreatmentOption, Role)> {
    library.treatment.options.values().map(|option| {
        let role = match option.kind {
            OptionKind::Choice(_) | OptionKind::Regions { .. } => Role::Treatment,
            OptionKind::Exercises { .. } => Role::Library,
            OptionKind::Choices(_) => Role::Added,
            OptionKind::Hours { .. } | OptionKind::Time | OptionKind::Text => Role::Kept,
        };
        (option, role)
    })
}

fn role(library: &Library, field: &str) -> Option<Role> {
    roles(library).find(|(option, _)| &*option.id == field).map(|(_, role)| role)
}

/// The field that says who chooses exercises.
pub const CHOOSE: &str = "choose";

/// The field that says which side of an area was treated.
pub fn side_field(region: &str) -> String {
    format!("side-{region}")
}

/// What a preset met in the form: fields of the patient that stay as they are, choices by hand that it set anew.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Started {
    pub kept: Vec<String>,
    pub reset: Vec<String>,
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
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().flat_map(|(name, values)| values.iter().map(|value| (&**name, &**value)))
    }

    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).iter().any(|given| given == value)
    }

    /// A form with nothing but what a request cannot do without.
    pub fn usual(library: &Library) -> Typed {
        let mut typed = Typed::default();
        typed.set("treatment", [library.treatment.id.to_string()]);
        for option in library.treatment.options.values().filter(|option| option.required) {
            let value = option.default.as_ref().or(option.values().first());
            typed.set(&option.id, value.map(|value| value.to_string()));
        }
        typed
    }

    /// Whether the therapist chooses the exercises, in place of those that go with the regions.
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
    pub fn apply(&mut self, preset: &Preset, former: Option<&Preset>, library: &Library) -> Started {
        let before = former.map(|former| preset_fields(former, library)).unwrap_or_default();
        let blank = blank_fields(library);
        let before = |name: &str| {
            let of = |fields: &[(String, Vec<String>)]| {
                fields.iter().find(|field| field.0 == name).map(|field| field.1.clone())
            };
            of(&before).or_else(|| of(&blank)).unwrap_or_default()
        };
        let mut started = Started::default();
        for (name, theirs) in preset_fields(preset, library) {
            let role = role(library, &name);
            let by_hand = self.differs(&name, &before(&name), library);
            let stays = self.stays(&name, role, &theirs, (by_hand, library));
            let values = if stays { self.filled(&name) } else { Vec::new() };
            let is_told = matches!(role, Some(Role::Added | Role::Kept)) || name == "edition";
            if stays && is_told && values.iter().any(|value| !theirs.contains(value)) {
                started.kept.push(name.clone());
            }
            let values = match role {
                Some(Role::Added) => self.with(&name, &theirs),
                _ if stays => values,
                _ => theirs,
            };
            let is_treatment = role == Some(Role::Treatment) || name == CHOOSE;
            if is_treatment && by_hand && self.differs(&name, &values, library) {
                started.reset.push(name.clone());
            }
            self.set(&name, values);
        }
        // A preset has the usual doses.
        self.fields.retain(|field, _| exercise_of(field).is_none());
        self.set("preset", [preset.id.clone()]);
        started
    }

    /// Whether what a field says is the patient's, so that a preset leaves it.
    fn stays(
        &self,
        name: &str,
        role: Option<Role>,
        theirs: &[String],
        (by_hand, library): (bool, &Library),
    ) -> bool {
        match (role, name) {
            (Some(Role::Added), _) | (_, "exclude") => true,
            (Some(Role::Kept), _) => by_hand && !self.one(name).is_empty(),
            // Large print stays, whoever chose it.
            (_, "edition") => self.differs(name, &[Edition::Standard.name().to_owned()], library),
            (_, "paper") => by_hand && theirs.is_empty(),
            _ => false,
        }
    }

    /// Whether a field says something else than these values. A choice that is not the therapist's own says nothing.
    fn differs(&self, name: &str, values: &[String], library: &Library) -> bool {
        if role(library, name) == Some(Role::Library) && !self.chooses() {
            return false;
        }
        let (mut given, mut wanted) = (self.filled(name), values.to_vec());
        given.sort();
        wanted.sort();
        given != wanted
    }

    /// The values of a field that say something.
    pub fn filled(&self, name: &str) -> Vec<String> {
        self.all(name).iter().filter(|value| !value.is_empty()).cloned().collect()
    }

    /// A field's values and these.
    pub fn with(&self, name: &str, values: &[String]) -> Vec<String> {
        let mut all = self.filled(name);
        all.extend(values.iter().filter(|value| !self.has(name, value)).cloned());
        all
    }

    /// Fields that are half filled in. A browser sends nothing of them, and nothing would mean “none” or “now”: the
    /// page's script names them, and a session time that the page had filled in cannot be empty otherwise.
    pub fn half_filled(&self, library: &Library) -> Vec<String> {
        let told = |name: &str| self.has("half", name);
        let emptied = |name: &str| {
            name == "session_at" && self.one(name).is_empty() && !self.one("session_now").is_empty()
        };
        let own = library.treatment.options.values();
        let own = own.filter(|option| matches!(option.kind, OptionKind::Hours { .. } | OptionKind::Time));
        // Fields of a browser's own controls, which send nothing when they are half filled in.
        let half = ["session_at", "next_visit"].into_iter().chain(own.map(|option| &*option.id));
        half.filter(|name| told(name) || emptied(name)).map(str::to_owned).collect()
    }

    /// The request that the form means. The place of each value is its field's name. What other treatments ask for is
    /// passed over: the form may have been begun for one of them.
    pub fn request(&self, library: &Library) -> RawRequest {
        let needed = library.treatment.options.values().find(|option| option.required);
        let mut request = RawRequest::new(Place::file(needed.map_or("", |option| &*option.id)));
        for key in library.keys.iter().filter(|key| key.path != "id") {
            let option = library.treatment.at_path(&key.path);
            if option.is_none() && Key::common(&key.path).is_none() {
                continue;
            }
            let is_library = option.is_some_and(|option| matches!(option.kind, OptionKind::Exercises { .. }));
            let place = Place::file(key.column.to_string());
            match &*key.column {
                "session_at" => request.set(key, self.session_at().unwrap_or_default(), place),
                _ if is_library && !self.chooses() => {}
                column if key.list => {
                    if is_library {
                        request.set(key, ";", place.clone());
                    }
                    let values = self.all(column).iter().filter(|value| !value.trim().is_empty());
                    let sided = option.map_or(&[][..], |option| option.sided());
                    let with_more = |value: &String| match self.one(&side_field(value)) {
                        _ if is_library => with_dose(|field| self.one(field), value),
                        side if side.is_empty() || sided.iter().all(|name| **name != **value) => {
                            value.clone()
                        }
                        side => format!("{value}:{side}"),
                    };
                    values.for_each(|value| request.add(key, with_more(value), place.clone()));
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
pub fn preset_fields(preset: &Preset, library: &Library) -> Vec<(String, Vec<String>)> {
    let texts = |answer: &Answer| match answer {
        Answer::Names(names) => names.iter().map(|name| name.to_string()).collect(),
        Answer::Hours(hours) => vec![hours.to_string()],
        Answer::Text(text) => vec![text.clone()],
        Answer::Time(at) => vec![at.format("%Y-%m-%dT%H:%M").to_string()],
    };
    let one = |value: Option<String>| value.into_iter().collect::<Vec<String>>();
    let mut chooses = false;
    let mut fields = Vec::new();
    for (option, role) in roles(library) {
        let given = preset.chosen.get(&option.id);
        chooses |= role == Role::Library && given.is_some();
        let usual = || one(option.default.as_ref().map(|default| default.to_string()));
        fields.push((option.id.to_string(), given.map(texts).unwrap_or_else(usual)));
    }
    fields.extend([
        (CHOOSE.to_owned(), vec![if chooses { "own" } else { "region" }.to_owned()]),
        ("edition".to_owned(), one(preset.edition.map(|edition| edition.to_string()))),
        ("paper".to_owned(), one(preset.paper.map(|paper| paper.to_string()))),
        ("exclude".to_owned(), Vec::new()),
    ]);
    fields
}

/// The same of a preset that says nothing.
fn blank_fields(library: &Library) -> Vec<(String, Vec<String>)> {
    preset_fields(&Preset::default(), library)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Name;
    use crate::options::chosen::Chosen;

    fn library() -> Library {
        crate::content::load(&crate::BuiltIn).expect("the built-in clinic").value.first
    }

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        Typed::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    fn preset(id: &str, chosen: Chosen, edition: Option<Edition>) -> Preset {
        let (id, place) = (id.to_owned(), crate::diagnostic::Place::file(""));
        Preset { label: id.clone(), id, remark: String::new(), place, chosen, edition, paper: None }
    }

    #[test]
    fn a_session_time_that_nobody_touched_is_now() {
        let library = library();
        let untouched = typed(&[("session_at", "2026-11-24T15:30"), ("session_now", "2026-11-24T15:30")]);
        assert!(untouched.request(&library).one("session.at").is_none());
        let touched = typed(&[("session_at", "2026-11-24T09:00"), ("session_now", "2026-11-24T15:30")]);
        let request = touched.request(&library);
        assert_eq!(request.one("session.at").map(|given| &*given.value), Some("2026-11-24T09:00"));
    }

    #[test]
    fn stretches_count_only_when_the_therapist_chooses() {
        let library = library();
        let by_region = typed(&[("choose", "region"), ("stretches", "arm-across-stretch")]);
        assert!(by_region.request(&library).list("plan.stretches").is_none());
        let none_chosen = typed(&[("choose", "own")]);
        assert_eq!(none_chosen.request(&library).list("plan.stretches").map(<[_]>::len), Some(0));
    }

    #[test]
    fn a_preset_takes_nothing_of_the_patients_away() {
        let library = library();
        let mut chosen: Chosen =
            [("regions", &["calf"]), ("precautions", &["pregnancy"])].into_iter().collect();
        chosen.set("rest_hours".into(), Answer::Hours(24));
        let calf = preset("calf", chosen, Some(Edition::InkSaver));
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
        let started = form.apply(&calf, None, &library);
        assert_eq!(form.all("precautions"), ["blood-thinners", "fluid-limit", "pregnancy"]);
        let kept =
            ["edition", "rest_hours", "exclude", "patient", "note", "next_visit"].map(|name| form.one(name));
        assert_eq!(kept, ["large-print", "48", "water", "Ann", "Walk", "2026-12-01T10:00"]);
        assert_eq!(form.all("regions"), ["calf"]);
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let kept = names(&["rest_hours", "precautions", "edition"]);
        assert_eq!(started, Started { kept, reset: names(&["regions"]) });
        let started = form.apply(&preset("plain", Chosen::default(), None), Some(&calf), &library);
        assert_eq!(form.all("precautions").len(), 3, "what a preset brought stays too");
        assert_eq!(started.reset, Vec::<String>::new(), "what the former preset chose goes without a word");
    }

    #[test]
    fn hours_that_a_preset_brought_go_with_it() {
        let library = library();
        let mut sixty = Chosen::default();
        sixty.set(Name::from("rest_hours"), Answer::Hours(60));
        let (long, open) = (preset("x", sixty, None), preset("x", Chosen::default(), None));
        let mut form = typed(&[("intensity", "moderate"), ("choose", "region")]);
        form.apply(&long, None, &library);
        assert_eq!(form.one("rest_hours"), "60");
        form.apply(&open, Some(&long), &library);
        assert_eq!(form.one("rest_hours"), "");
    }

    #[test]
    fn a_half_written_time_is_not_now() {
        let emptied = typed(&[("session_at", ""), ("session_now", "2026-11-24T15:30")]);
        assert_eq!(emptied.half_filled(&library()), ["session_at"]);
        let told = typed(&[("half", "next_visit"), ("half", "patient")]);
        assert_eq!(told.half_filled(&library()), ["next_visit"]);
        assert!(typed(&[("regions", "neck")]).half_filled(&library()).is_empty());
    }

    #[test]
    fn a_name_with_a_semicolon_stays_one_name() {
        let request = typed(&[("patient", "Ann; Bob")]).request(&library());
        assert_eq!(request.one("patient").map(|given| &*given.value), Some("Ann; Bob"));
    }

    #[test]
    fn a_form_shows_no_patient_when_debugged() {
        assert!(!format!("{:?}", typed(&[("patient", "Ann")])).contains("Ann"));
    }
}
