//! What only a real sheet, page or brochure shows: text that does not fit, letters without a glyph, dates that have
//! passed, templates that fail on a part that few patients have.

use super::super::{BrochureRequest, Engine, clash_fault};
use crate::content::Pack;
use crate::diagnostic::{Diagnostic, Faults, Hint, Place};
use crate::html::site::BaseUrl;
use crate::options::keys::{Key, Value};
use crate::options::{Activity, Edition, Fold, Intensity, Paper, Precaution, Purpose, Region};
use crate::request::Request;
use chrono::{DateTime, Days, NaiveTime, Utc};

/// Where the pages stand while they are tried, when the clinic does not say.
const ANYWHERE: &str = "https://example.com/";

/// Times of day whose words are long in most languages.
const WIDE_TIMES: [(u32, u32); 3] = [(0, 0), (10, 0), (12, 30)];

const HANDOUT: &str = "templates/html/handout.html";
const BROCHURE: &str = "templates/brochure.md.tera";
const SITE: &str = "templates/site/whole.html";

/// `letters_known`: letters without a glyph were told with their places, and need not be told again without.
pub fn faults(engine: &Engine, now: DateTime<Utc>, letters_known: bool) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> =
        engine.library.packs.values().flat_map(|pack| of_language(engine, pack, now)).collect();
    found.extend(of_site(engine, now));
    found.retain(|fault| !(letters_known && fault.code == "missing-glyph"));
    grouped(found)
}

fn of_language(engine: &Engine, pack: &Pack, now: DateTime<Utc>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for edition in Edition::ALL {
        for paper in Paper::ALL {
            let plain = request(engine, pack, now, (*edition, *paper));
            let full = Request {
                regions: Region::ALL.to_vec(),
                precautions: Precaution::ALL.iter().copied().collect(),
                ..plain.clone()
            };
            found.extend(of_sheet(engine, &plain, "one region"));
            found.extend(of_sheet(engine, &full, "all regions and precautions"));
            found.extend(of_places(engine, &plain));
        }
    }
    let plain = request(engine, pack, now, (Edition::Standard, engine.library.clinic.paper));
    for (request, whose) in patients(&plain) {
        found.extend(of_page(engine, &request, &whose));
    }
    for fold in Fold::ALL {
        for paper in Paper::ALL {
            found.extend(of_brochure(engine, pack, now, (*fold, *paper)));
        }
    }
    found
}

fn request(engine: &Engine, pack: &Pack, now: DateTime<Utc>, (edition, paper): (Edition, Paper)) -> Request {
    let clinic = &engine.library.clinic;
    let session_at = now.with_timezone(&clinic.time_zone);
    Request {
        id: None,
        patient: None,
        language: pack.language.clone(),
        session_at,
        therapist: clinic.therapists.first().map(|therapist| therapist.name.clone()),
        intensity: Intensity::Moderate,
        regions: vec![Region::Shoulder],
        rest_hours: None,
        stretches: None,
        exercises: None,
        next_visit: session_at.checked_add_days(Days::new(7)),
        note: None,
        activity: None,
        precautions: Default::default(),
        edition,
        paper,
        exclude: Default::default(),
        today: session_at.date_naive(),
    }
}

/// Patients of every kind: with and without a name, a note, a next visit and a therapist, of each activity, precaution and
/// intensity. Any two of these meet in one of them.
fn patients(plain: &Request) -> Vec<(Request, String)> {
    let activities: Vec<Option<Activity>> =
        std::iter::once(None).chain(Activity::ALL.iter().copied().map(Some)).collect();
    let precautions: Vec<Vec<Precaution>> =
        std::iter::once(Vec::new()).chain(Precaution::ALL.iter().map(|one| vec![*one])).collect();
    let mut patients = Vec::new();
    for (row, activity) in activities.iter().enumerate() {
        for (column, precautions) in precautions.iter().enumerate() {
            patients.push(patient(plain, *activity, precautions, (row, column)));
        }
    }
    patients
}

/// What can be there or not is as good as drawn by lot from the place in the table, so that any two meet (a test counts).
fn patient(
    plain: &Request,
    activity: Option<Activity>,
    precautions: &[Precaution],
    (row, column): (usize, usize),
) -> (Request, String) {
    let lot = (row as u64 * 6 + column as u64).wrapping_mul(2_654_435_761);
    let has = |number: u32| (lot >> (7 + 3 * number)) & 1 == 0;
    let named = has(0);
    let intensities = Intensity::ALL;
    let request = Request {
        patient: named.then(|| "Jo".to_owned()),
        note: has(1).then(|| "Start with the wall slide.".to_owned()),
        next_visit: plain.next_visit.filter(|_| has(2)),
        therapist: plain.therapist.clone().filter(|_| has(3)),
        intensity: intensities[(row + column) % intensities.len()],
        regions: vec![if has(4) { Region::Neck } else { Region::Calf }],
        activity,
        precautions: precautions.iter().copied().collect(),
        ..plain.clone()
    };
    let known = [
        named.then(|| "a name".to_owned()),
        request.note.as_ref().map(|_| "a note".to_owned()),
        request.next_visit.map(|_| "a next visit".to_owned()),
        activity.map(|activity| format!("activity {}", activity.name())),
        precautions.first().map(|one| format!("precaution {}", one.name())),
    ];
    let known: Vec<String> = known.into_iter().flatten().collect();
    let whose = if known.is_empty() { "nothing but a region".to_owned() } else { known.join(", ") };
    (request, whose)
}

/// A patient's texts and web page: what templates say of few patients shows here.
fn of_page(engine: &Engine, request: &Request, whose: &str) -> Vec<Diagnostic> {
    let made = || {
        let document = engine.document(request)?;
        engine.html(&document.value, request)?;
        Ok(document.warnings)
    };
    told(made(), &format!("a page with {whose}"), HANDOUT)
}

/// What a sheet leaves out says nothing here: that depends on the patient, and the run that makes the sheet tells it.
fn of_sheet(engine: &Engine, request: &Request, whose: &str) -> Vec<Diagnostic> {
    let made = || {
        let document = engine.document(request)?;
        engine.html(&document.value, request)?;
        let layout = engine.layout(&document.value, request)?.value;
        engine.pdf(&layout, &document.value)?;
        Ok(document.warnings)
    };
    let (edition, paper) = (request.edition.name(), request.paper.name());
    let what = format!("a sheet with {whose}, {edition} on {paper}");
    told(made(), &what, &format!("content/{}/safety.yaml", request.language))
}

/// Words that meet what they must not meet: at times of day and with a rest that make the words of the timeline as wide
/// as they get, with the longest names, with each precaution alone, and with the areas of the clinic's presets.
fn of_places(engine: &Engine, plain: &Request) -> Vec<Diagnostic> {
    let tried = wide_times(engine, plain)
        .into_iter()
        .chain(long_names(engine, plain))
        .chain(patients_own(engine, plain));
    tried.flat_map(|(request, whose)| of_clashes(engine, &request, &whose)).collect()
}

fn of_clashes(engine: &Engine, request: &Request, whose: &str) -> Vec<Diagnostic> {
    let Ok(document) = engine.document(request) else { return Vec::new() };
    let Ok(layout) = engine.layout(&document.value, request) else { return Vec::new() };
    let what = format!("a sheet {whose}, {} on {}", request.edition.name(), request.paper.name());
    let clashes = engine.clashes(&layout.value, request);
    let faults = Faults(clashes.iter().map(clash_fault).collect());
    told(Err(faults), &what, &format!("content/{}/words.yaml", request.language))
}

fn wide_times(engine: &Engine, plain: &Request) -> Vec<(Request, String)> {
    let (_, longest) = engine.library.protocol.rest_bounds();
    let times = WIDE_TIMES.into_iter().flat_map(|time| [None, Some(longest)].map(|rest| (time, rest)));
    let asked = |((hour, minute), rest_hours): ((u32, u32), Option<u32>)| {
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
        let session_at = plain.session_at.with_time(time).single()?;
        let whose = format!("of a session at {hour}:{minute:02}");
        Some((Request { session_at, rest_hours, ..plain.clone() }, whose))
    };
    times.filter_map(asked).collect()
}

/// Patients' names are made up: as long as they may be, of words and without a space. Of the therapists the longest.
fn long_names(engine: &Engine, plain: &Request) -> Vec<(Request, String)> {
    let therapists = engine.library.clinic.therapists.iter();
    let longest = therapists.max_by_key(|one| one.signed.chars().count()).map(|one| one.name.clone());
    let letters = match Key::at_path("patient").map(|key| key.value) {
        Some(Value::Line { most }) => most,
        _ => 0,
    };
    let names =
        ["Wilhelmina ", "Wm"].map(|part| part.repeat(letters).chars().take(letters).collect::<String>());
    let asked = |name: String| Request {
        patient: Some(name.trim().to_owned()),
        therapist: longest.clone(),
        note: Some(format!("{} {name}", "Wm".repeat(40))),
        ..plain.clone()
    };
    names.into_iter().map(|name| (asked(name), "with the longest names".to_owned())).collect()
}

/// Each precaution alone, and the areas that the clinic has presets for.
fn patients_own(engine: &Engine, plain: &Request) -> Vec<(Request, String)> {
    let precautions = Precaution::ALL.iter().map(|one| {
        let request = Request { precautions: [*one].into(), ..plain.clone() };
        (request, format!("with the precaution {}", one.name()))
    });
    let presets =
        engine.library.clinic.presets.iter().filter(|preset| !preset.request.regions.is_empty()).map(
            |preset| {
                let request = Request { regions: preset.request.regions.clone(), ..plain.clone() };
                (request, format!("of the preset {}", preset.id))
            },
        );
    precautions.chain(presets).collect()
}

/// What a brochure leaves out is the same for every reader, so it is told.
fn of_brochure(
    engine: &Engine,
    pack: &Pack,
    now: DateTime<Utc>,
    (fold, paper): (Fold, Paper),
) -> Vec<Diagnostic> {
    let today = now.with_timezone(&engine.library.clinic.time_zone).date_naive();
    let language = pack.language.clone();
    let asked = BrochureRequest { fold, paper, purpose: Purpose::Press, language, proof: false };
    let made = engine.general_brochure(&asked, today).map(|report| report.warnings);
    told(made, &format!("the {} brochure on {}", fold.name(), paper.name()), BROCHURE)
}

fn of_site(engine: &Engine, now: DateTime<Utc>) -> Vec<Diagnostic> {
    let today = now.with_timezone(&engine.library.clinic.time_zone).date_naive();
    let address = engine.library.clinic.site.as_deref().unwrap_or(ANYWHERE);
    let made = BaseUrl::new(address).and_then(|base| engine.pages(Some(&base), today));
    told(made.map(|report| report.warnings), "the web site", SITE)
}

/// Faults without a place of their own get the file to look in, and say what could not be made.
fn told(made: Result<Vec<Diagnostic>, Faults>, what: &str, look_in: &str) -> Vec<Diagnostic> {
    let found = made.unwrap_or_else(|faults| faults.0);
    let placed = |fault: Diagnostic| match fault.place {
        Some(_) => fault,
        None => fault.at(Place::file(look_in)).hint(Hint::Seen { on: what.to_owned(), others: 0 }),
    };
    found.into_iter().map(placed).collect()
}

/// What is wrong with twelve sheets for one reason is one fault: it names the first of them.
fn grouped(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut groups: Vec<(Diagnostic, usize)> = Vec::new();
    for fault in found {
        let same = |group: &&mut (Diagnostic, usize)| {
            let first = &group.0;
            first.code == fault.code && first.message == fault.message && first.place == fault.place
        };
        match groups.iter_mut().find(same) {
            Some((_, others)) => *others += 1,
            None => groups.push((fault, 0)),
        }
    }
    groups.into_iter().map(|(fault, others)| with_count(fault, others)).collect()
}

fn with_count(mut fault: Diagnostic, others: usize) -> Diagnostic {
    for hint in &mut fault.hints {
        if let Hint::Seen { others: more, .. } = hint {
            *more = others;
        }
    }
    fault
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// What a patient has of everything that can differ.
    fn traits(request: &Request) -> Vec<(usize, String)> {
        let precaution = request.precautions.iter().next().map(|one| one.name());
        let traits = [
            request.patient.is_some().to_string(),
            request.note.is_some().to_string(),
            request.next_visit.is_some().to_string(),
            request.therapist.is_some().to_string(),
            request.regions.contains(&Region::Neck).to_string(),
            request.intensity.name().to_owned(),
            request.activity.map_or("none", |activity| activity.name()).to_owned(),
            precaution.unwrap_or("none").to_owned(),
        ];
        traits.into_iter().enumerate().collect()
    }

    #[test]
    fn any_two_things_that_patients_can_have_meet_in_one_patient_of_the_trial() {
        let engine = Engine::built_in().unwrap().value;
        let pack = engine.library.packs.values().next().unwrap();
        let plain = request(&engine, pack, DateTime::UNIX_EPOCH, (Edition::Standard, Paper::Letter));
        let all: Vec<Vec<(usize, String)>> = patients(&plain).iter().map(|(one, _)| traits(one)).collect();
        let values: BTreeSet<&(usize, String)> = all.iter().flatten().collect();
        assert_eq!(values.len(), 5 * 2 + 3 + 1 + Activity::ALL.len() + 1 + Precaution::ALL.len());
        for one in &values {
            for other in values.iter().filter(|other| other.0 != one.0) {
                let meet = all.iter().any(|patient| patient.contains(one) && patient.contains(other));
                assert!(meet, "{one:?} never meets {other:?}");
            }
        }
    }

    #[test]
    fn one_reason_is_told_once() {
        let fault = || Err(Diagnostic::error("layout", "it does not fit").into());
        let found = ["a", "b", "c"].into_iter().flat_map(|what| told(fault(), what, "f")).collect();
        let found = grouped(found);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].hints[0].to_string(), "it shows on a, and 2 more");
    }
}
