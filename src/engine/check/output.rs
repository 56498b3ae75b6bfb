//! What only a real sheet, page or brochure shows: text that does not fit, letters without a glyph, dates that have
//! passed, templates that fail on a part that few patients have.

use super::super::{BrochureRequest, Engine, clash_fault};
use crate::content::Pack;
use crate::diagnostic::{Diagnostic, Faults, Hint, Place};
use crate::html::site::BaseUrl;
use crate::options::{Edition, Fold, Intensity, Paper, Precaution, Purpose, Region};
use crate::request::Request;
use chrono::{DateTime, Days, NaiveTime, Utc};

/// Where the pages stand while they are tried, when the clinic does not say.
const ANYWHERE: &str = "https://example.com/";

/// Times of day whose words are long in most languages.
const WIDE_TIMES: [(u32, u32); 3] = [(0, 0), (10, 0), (12, 30)];

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
        therapist: clinic.therapists.first().cloned(),
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

/// Words that meet what they must not meet, at times of day and with a rest that make the words of the timeline as wide
/// as they get.
fn of_places(engine: &Engine, plain: &Request) -> Vec<Diagnostic> {
    let (_, longest) = engine.library.protocol.rest_bounds();
    let mut found = Vec::new();
    for (hour, minute) in WIDE_TIMES {
        for rest_hours in [None, Some(longest)] {
            let Some(session_at) = plain
                .session_at
                .with_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default())
                .single()
            else {
                continue;
            };
            let request = Request { session_at, rest_hours, ..plain.clone() };
            let Ok(document) = engine.document(&request) else { continue };
            let Ok(layout) = engine.layout(&document.value, &request) else { continue };
            let what = format!(
                "a sheet of a session at {hour}:{minute:02}, {} on {}",
                request.edition.name(),
                request.paper.name()
            );
            let clashes = engine.clashes(&layout.value, &request);
            let faults = Faults(clashes.iter().map(clash_fault).collect());
            found.extend(told(Err(faults), &what, &format!("content/{}/words.yaml", request.language)));
        }
    }
    found
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

    #[test]
    fn one_reason_is_told_once() {
        let fault = || Err(Diagnostic::error("layout", "it does not fit").into());
        let found = ["a", "b", "c"].into_iter().flat_map(|what| told(fault(), what, "f")).collect();
        let found = grouped(found);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].hints[0].to_string(), "it shows on a, and 2 more");
    }
}
