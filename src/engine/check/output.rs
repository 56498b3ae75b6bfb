//! What only a real sheet, page or brochure shows: text that does not fit, letters without a glyph, dates that have
//! passed, templates that fail on a part that few patients have.

use super::super::{BrochureRequest, Engine, NoticeRequest, clash_fault};
use super::cores::{Job, on_all_cores};
use super::has_own_pages;
use super::known::Known;
use super::overlong;
use super::panels;
use super::patients::{Patient, patients, usual_request};
use super::reading::Readings;
use super::told::{grouped, told};
use crate::content::{Library, OptionKind, Pack, Prose, TreatmentOption};
use crate::diagnostic::{Diagnostic, Faults, LEFT_OUT, Report};
use crate::document::Document;
use crate::html::site::BaseUrl;
use crate::options::chosen::{Answer, Chosen};
use crate::options::keys::{Key, Value};
use crate::options::{Edition, Fold, Marks, Name, NoticeShape, Paper, Purpose};
use crate::request::Request;
use crate::social::Paint;
use chrono::{DateTime, NaiveTime, Utc};

/// Where the pages stand while they are tried, when the clinic does not say.
const ANYWHERE: &str = "https://example.com/";

/// Times of day whose words are long in most languages.
const WIDE_TIMES: [(u32, u32); 3] = [(0, 0), (10, 0), (12, 30)];

const HANDOUT: &str = "templates/html/handout.html";
const BROCHURE: &str = "templates/brochure.md.tera";
const SITE: &str = "templates/site/whole.html";

/// `letters_known`: letters without a glyph were told with their places, and need not be told again without.
pub fn faults(
    engine: &Engine,
    (prose, known): (&Prose, Known),
    now: DateTime<Utc>,
    letters_known: bool,
) -> Vec<Diagnostic> {
    let packs =
        engine.treatments().flat_map(|library| library.packs.values().map(move |pack| (library, pack)));
    let trials: Vec<Trial> = packs
        .map(|(library, pack)| Trial { engine, library, pack, prose, now, is_proved: known.has(pack) })
        .collect();
    let mut found: Vec<Placed> = on_all_cores(&jobs(&trials, engine, now)).into_iter().flatten().collect();
    found.sort_by_key(|(rank, _)| *rank);
    let mut found: Vec<Diagnostic> = found.into_iter().flat_map(|(_, told)| told).collect();
    found.retain(|fault| !(letters_known && fault.code == "missing-glyph"));
    grouped(found)
}

/// What was found, and where that is told: by treatment and language, patients before papers, editions before brochures.
type Placed = ([usize; 4], Vec<Diagnostic>);

/// The longest first, so that no core waits for the last of them.
fn jobs<'t>(trials: &'t [Trial<'t>], engine: &'t Engine, now: DateTime<Utc>) -> Vec<Job<'t, Vec<Placed>>> {
    let mut jobs: Vec<Job<'t, Vec<Placed>>> =
        vec![Box::new(move || vec![([trials.len(), 0, 0, 0], of_site(engine, now))])];
    for (number, trial) in trials.iter().enumerate() {
        for below in [false, true] {
            jobs.push(Box::new(move || {
                let found = trial.of_sheets(below).into_iter();
                found
                    .map(|([paper, edition, sheet], told)| ([number, 1 + paper, edition, sheet], told))
                    .collect()
            }));
        }
    }
    for (number, trial) in trials.iter().enumerate() {
        jobs.push(Box::new(move || vec![([number, 0, 0, 0], trial.of_patients())]));
    }
    for (number, trial) in trials.iter().enumerate() {
        let rank = [number, 1 + Paper::ALL.len(), 0, 0];
        jobs.push(Box::new(move || vec![(rank, trial.of_notices())]));
    }
    let brochures = trials
        .iter()
        .enumerate()
        .flat_map(|one| Paper::ALL.iter().enumerate().map(move |paper| (one, paper)));
    for ((number, trial), (index, paper)) in brochures {
        jobs.extend(Fold::ALL.iter().enumerate().map(|(place, fold)| -> Job<'t, Vec<Placed>> {
            let rank = [number, 1 + index, Edition::ALL.len(), place];
            Box::new(move || vec![(rank, trial.of_brochure(*fold, *paper))])
        }));
    }
    jobs
}

/// A treatment in a language, tried.
struct Trial<'e> {
    engine: &'e Engine,
    library: &'e Library,
    pack: &'e Pack,
    prose: &'e Prose,
    now: DateTime<Utc>,
    /// Only what the clinic's profile may do to the texts is to be found: the suite tries them with everything.
    is_proved: bool,
}

impl Trial<'_> {
    /// The sheets of some editions, with or without details below, on every paper; by paper, edition and sheet.
    fn of_sheets(&self, details_below: bool) -> Vec<([usize; 3], Vec<Diagnostic>)> {
        let editions = Edition::ALL.iter().enumerate();
        let editions: Vec<_> = editions.filter(|(_, it)| it.has_details_below() == details_below).collect();
        let (Some((_, first)), Some(paper)) = (editions.first(), Paper::ALL.first()) else {
            return Vec::new();
        };
        let minds_print = self.library.treatment.minds_print();
        let mut found = Vec::new();
        for (sheet, (asked, whose, look)) in
            self.sheets(&self.request(**first, *paper)).into_iter().enumerate()
        {
            let one = self.engine.document(&asked);
            for (place, paper) in Paper::ALL.iter().enumerate() {
                for (number, edition) in &editions {
                    let request = Request { edition: **edition, paper: *paper, ..asked.clone() };
                    let own = minds_print.then(|| self.engine.document(&request));
                    let told = look(self.engine, &request, own.as_ref().unwrap_or(&one), &whose);
                    found.push(([place, *number, sheet], told));
                }
            }
        }
        found
    }

    /// What is asked for, how a message calls it, and what is looked at.
    fn sheets(&self, plain: &Request) -> Vec<(Request, String, Look)> {
        let whole = [(plain.clone(), "one region"), (self.full(plain), "all regions and precautions")];
        if self.is_proved {
            // Names and lines of the profile take room, and stand beside each other.
            let whole = whole.map(|(request, whose)| (request, whose.to_owned(), of_layout as Look));
            let names = self.long_names(plain).into_iter();
            return whole
                .into_iter()
                .chain(names.map(|(request, whose)| (request, whose, of_clashes as Look)))
                .collect();
        }
        let whole = whole.into_iter().map(|(request, whose)| (request, whose.to_owned(), of_sheet as Look));
        let places = self.of_places(plain).map(|(request, whose)| (request, whose, of_clashes as Look));
        whole.chain(places).collect()
    }

    /// What templates say of few patients shows here. Pages see parts, not texts: each thing that a patient can have stands on
    /// one of them.
    fn of_patients(&self) -> Vec<Diagnostic> {
        let plain = self.request(Edition::Standard, self.library.clinic.paper);
        let mut found = Vec::new();
        let words = self.prose.of(&self.pack.language);
        let mut readings = words.and_then(|words| Readings::new(self.pack, words, &self.library.clinic));
        // The program's own templates are tried with every part by its tests.
        let has_pages = has_own_pages(self.library);
        for Patient { request, whose, has_news } in patients(self.library, &plain, !self.is_proved) {
            let mut made = || {
                let document = self.engine.document(&request)?;
                if has_news && has_pages {
                    self.engine.html(&document.value, &request)?;
                }
                readings.iter_mut().for_each(|readings| readings.add(&document.value, &whose));
                Ok(document.warnings)
            };
            found.extend(told(made(), &format!("a page with {whose}"), HANDOUT));
        }
        found.extend(readings.iter().flat_map(Readings::faults));
        found
    }

    fn request(&self, edition: Edition, paper: Paper) -> Request {
        usual_request(self.library, self.pack, self.now, edition, paper)
    }

    /// With every value of every list.
    fn full(&self, plain: &Request) -> Request {
        let mut full = plain.clone();
        for option in self.library.treatment.options.values() {
            if option.is_list() && !option.values().is_empty() {
                full.chosen.set(option.id.clone(), Answer::Names(option.values().to_vec()));
            }
        }
        full
    }
}

/// A request with another value of an option; `None`: without one.
fn with(plain: &Request, option: &TreatmentOption, value: Option<&Name>) -> Request {
    let mut request = plain.clone();
    match value {
        Some(value) => request.chosen.set(option.id.clone(), Answer::Names(vec![value.clone()])),
        None => drop(request.chosen.take(&option.id)),
    }
    request
}

/// How a sheet with a document is looked at.
type Look = fn(&Engine, &Request, &Merged, &str) -> Vec<Diagnostic>;
type Merged = Result<Report<Document>, Faults>;

/// What a sheet leaves out says nothing here: that depends on the patient, and the run that makes the sheet tells it.
fn of_sheet(engine: &Engine, request: &Request, document: &Merged, whose: &str) -> Vec<Diagnostic> {
    let made = || {
        let document = document.as_ref().map_err(Clone::clone)?;
        // A page is the same on every paper.
        if Paper::ALL.first() == Some(&request.paper) {
            engine.html(&document.value, request)?;
        }
        let layout = engine.layout(&document.value, request)?.value;
        engine.pdf(&layout, &document.value)?;
        Ok(document.warnings.clone())
    };
    let (edition, paper) = (request.edition.name(), request.paper.name());
    let what = format!("a sheet with {whose}, {edition} on {paper}");
    told(made(), &what, &of_treatment(request, "safety.yaml"))
}

/// Whether all that never goes has room on a sheet.
fn of_layout(engine: &Engine, request: &Request, document: &Merged, whose: &str) -> Vec<Diagnostic> {
    let made = || {
        let document = document.as_ref().map_err(Clone::clone)?;
        engine.layout(&document.value, request)?;
        Ok(document.warnings.clone())
    };
    let (edition, paper) = (request.edition.name(), request.paper.name());
    told(
        made(),
        &format!("a sheet with {whose}, {edition} on {paper}"),
        &of_treatment(request, "safety.yaml"),
    )
}

fn of_treatment(request: &Request, file: &str) -> String {
    format!("content/treatments/{}/{}/{file}", request.treatment, request.language)
}

fn of_clashes(engine: &Engine, request: &Request, document: &Merged, whose: &str) -> Vec<Diagnostic> {
    let Ok(document) = document else { return Vec::new() };
    let Ok(layout) = engine.layout(&document.value, request) else { return Vec::new() };
    let what = format!("a sheet {whose}, {} on {}", request.edition.name(), request.paper.name());
    let mut clashes = engine.clashes(&layout.value, request);
    let library = engine.treatments().find(|library| library.treatment.id == request.treatment);
    let mut found = match library.and_then(|library| library.packs.get(&request.language)) {
        Some(pack) => overlong::told(&mut clashes, engine.foot(request), &document.value, pack, &what),
        None => Vec::new(),
    };
    let faults = Faults(clashes.iter().map(clash_fault).collect());
    found.extend(told(Err(faults), &what, &of_treatment(request, "words.yaml")));
    found
}

impl Trial<'_> {
    /// Words that meet what they must not meet: at times of day and with hours that make the words of the timeline as wide as
    /// they get, with the longest names, with each value of a list alone, and with the choices of the clinic's presets.
    fn of_places(&self, plain: &Request) -> impl Iterator<Item = (Request, String)> {
        self.wide_times(plain).into_iter().chain(self.long_names(plain)).chain(self.patients_own(plain))
    }

    fn wide_times(&self, plain: &Request) -> Vec<(Request, String)> {
        let mut longest = plain.chosen.clone();
        for option in self.library.treatment.options.values() {
            if let OptionKind::Hours { window } = &option.kind {
                longest.set(option.id.clone(), Answer::Hours(self.library.protocol.bounds(window).1));
            }
        }
        let chosen = match longest == plain.chosen {
            true => vec![longest],
            false => vec![plain.chosen.clone(), longest],
        };
        let times = WIDE_TIMES.into_iter().flat_map(|time| chosen.iter().map(move |chosen| (time, chosen)));
        let asked = |((hour, minute), chosen): ((u32, u32), &Chosen)| {
            let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
            let session_at = plain.session_at.with_time(time).single()?;
            let whose = format!("of a session at {hour}:{minute:02}");
            Some((Request { session_at, chosen: chosen.clone(), ..plain.clone() }, whose))
        };
        times.filter_map(asked).collect()
    }

    /// Patients' names are made up: as long as they may be, of words and without a space. Of the therapists the longest.
    fn long_names(&self, plain: &Request) -> Vec<(Request, String)> {
        let therapists = self.library.clinic.therapists.iter();
        let longest = therapists.max_by_key(|one| one.signed.chars().count()).map(|one| one.name.clone());
        let letters = match Key::common("patient").map(|key| &key.value) {
            Some(Value::Line { most }) => *most,
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

    /// Each value of a list that is no area alone, and the choices of the clinic's presets.
    fn patients_own(&self, plain: &Request) -> Vec<(Request, String)> {
        let options = self.library.treatment.options.values();
        let lists = options.filter(|option| matches!(option.kind, OptionKind::Choices(_)));
        let alone = lists.flat_map(|option| {
            let told = |value: &Name| {
                (with(plain, option, Some(value)), format!("with the {} {value}", option.key.flag))
            };
            option.values().iter().map(told).collect::<Vec<_>>()
        });
        let presets = self.library.presets.iter().map(|preset| {
            let mut chosen = plain.chosen.clone();
            for (option, answer) in preset.chosen.iter() {
                chosen.set(option.clone(), answer.clone());
            }
            (Request { chosen, ..plain.clone() }, format!("of the preset {}", preset.id))
        });
        alone.chain(presets).collect()
    }

    /// What a brochure leaves out for the clinic's own words is the same for every reader, so it is told. For a press it is
    /// made on the clinic's paper; another size shows only what has no room.
    fn of_brochure(&self, fold: Fold, paper: Paper) -> Vec<Diagnostic> {
        let today = self.now.with_timezone(&self.library.clinic.time_zone).date_naive();
        let language = self.pack.language.clone();
        let treatment = self.library.treatment.id.clone();
        let asked = BrochureRequest {
            treatment,
            fold,
            paper,
            purpose: Purpose::Press,
            language,
            proof: false,
            marks: Marks::Crop,
        };
        // The inks of a press are the brand's, whatever the words are: one language shows them.
        let is_first = self.engine.library().packs.keys().next() == Some(&self.pack.language)
            && self.engine.library().treatment.id == self.library.treatment.id;
        let made = match paper == self.library.clinic.paper && (is_first || !self.is_proved) {
            true => self.engine.general_brochure(&asked, today).map(|report| report.warnings),
            false => self.engine.laid_out_brochure(&asked, today).map(|report| report.warnings),
        };
        let own = |told: Vec<Diagnostic>| match self.is_proved {
            true => told.into_iter().filter(|one| one.code != LEFT_OUT).collect(),
            false => panels::for_own_words(told, self.engine, self.library, &asked, today),
        };
        let lost = panels::without_a_panel(self.engine, self.library, &asked, today);
        let made = made.map(|told| [own(told), lost].concat());
        let told = told(made, &format!("the {} brochure on {}", fold.name(), paper.name()), BROCHURE);
        told.into_iter().map(|fault| panels::at_its_text(fault, self.pack)).collect()
    }
}

impl Trial<'_> {
    /// Posters and cards, and the pictures that a clinic with a number has: said once, and laid out in each size. Whether what
    /// never goes has room is known then; what a file would add says nothing more.
    fn of_notices(&self) -> Vec<Diagnostic> {
        let today = self.now.with_timezone(&self.library.clinic.time_zone).date_naive();
        let shown = self.library.clinic.phone.is_some().then_some(NoticeShape::SHOWN);
        let shapes = NoticeShape::PRINTED.into_iter().chain(shown.into_iter().flatten());
        let (treatment, language) = (self.library.treatment.id.clone(), self.pack.language.clone());
        let look_in = format!("content/treatments/{treatment}/{language}/safety.yaml");
        let asked = NoticeRequest { treatment, language, shape: NoticeShape::Card };
        let notice = match self.engine.merged_notice(&asked, today) {
            Ok(report) => report.value,
            Err(faults) => return told(Err(faults), "posters and cards", &look_in),
        };
        let of = |shape| {
            let made = self.engine.lay_out_notice(&notice, shape).map(|_| Vec::new());
            told(made, &format!("the {shape}"), &look_in)
        };
        shapes.flat_map(of).collect()
    }
}

fn of_site(engine: &Engine, now: DateTime<Utc>) -> Vec<Diagnostic> {
    let today = now.with_timezone(&engine.library().clinic.time_zone).date_naive();
    let address = engine.library().clinic.site.as_deref().unwrap_or(ANYWHERE);
    let made = BaseUrl::new(address).and_then(|base| engine.pages(Some(&base), today, Paint::DrawnOnly));
    told(made.map(|report| report.warnings), "the web site", SITE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_every_option_is_tried() {
        let engine = Engine::built_in().unwrap().value;
        for library in engine.treatments() {
            let pack = library.packs.values().next().unwrap();
            let prose = Prose::default();
            let (now, is_proved) = (DateTime::UNIX_EPOCH, false);
            let trial = Trial { engine: &engine, library, pack, prose: &prose, now, is_proved };
            let plain = trial.request(Edition::Standard, Paper::Letter);
            let all = [true, false].map(|in_pairs| patients(library, &plain, in_pairs));
            for option in library.treatment.options.values() {
                for value in option.values() {
                    let has = |one: &Patient| one.request.chosen.names(&option.id).contains(value);
                    assert!(all.iter().all(|patients| patients.iter().any(has)), "{value}");
                }
            }
        }
    }
}
