//! `content/treatments/<id>/treatment.yaml`: what is asked, which facts, times and warnings follow, and which libraries of
//! exercises it uses.

mod contradictions;
mod options;
mod rules;
mod timeline;
mod windows;

use super::Loading;
use super::cross::Named;
use super::shelf::Shelf;
use crate::content::files::Embedded;
use crate::content::yaml::{Fields, Key, Kind, Node, Reader, Value, is_id, is_variable, optional, required};
use crate::content::{ExerciseLibrary, Protocol, Treatment};
use crate::diagnostic::{Diagnostic, Place, shown};
use crate::limits::{EXERCISES_PER_SHEET, LISTED, TREATMENTS};
use crate::options::Name;
use indexmap::IndexMap;
use rules::Rules;
use std::collections::BTreeSet;

/// Where treatments stand, each in a folder of its own.
pub const FOLDER: &str = "content/treatments";
pub const NAME: &str = "treatment.yaml";

pub(super) const FILE: &[Key] = &[
    required("options", Kind::Named(options::OPTION), "what a request can choose, by name"),
    optional(
        "libraries",
        Kind::Named(LIBRARY),
        "libraries of exercises that a sheet takes figures from, by name",
    ),
    required("windows", Kind::Named(windows::WINDOW), "every span of time, by name"),
    optional(
        "waking",
        Kind::Keys(windows::WAKING),
        "when people are awake: limits that would end in the night end then",
    ),
    required("timeline", Kind::Keys(timeline::TIMELINE), "the rows of the timeline"),
    optional("steps", Kind::Named(timeline::STEP), "an ordered way back, step by step"),
    required("facts", Kind::Free, "what is true of a patient, by name: an option and its values"),
    required("tiers", Kind::Keys(rules::TIERS), "where to get help, with what to look for"),
    optional("precautions", Kind::Rules(rules::RULE), "advice that belongs to the warnings as a whole"),
    optional("pictograms", Kind::Ids, "figures of the row at the foot of a brochure's panel"),
    optional(
        "many-exercises",
        Kind::Number(1, 2 * EXERCISES_PER_SHEET),
        "above how many together the clinician is told that people keep up with fewer",
    ),
    optional(
        "contradictions",
        Kind::List(contradictions::CONTRADICTION),
        "options that are refused together",
    ),
];
const LIBRARY: &[Key] = &[
    optional(
        "per-sheet",
        Kind::Number(0, EXERCISES_PER_SHEET),
        "how many are chosen by region; without regions, of the first in the library",
    ),
    optional(
        "for-each-region",
        Kind::Number(0, EXERCISES_PER_SHEET),
        "how many there are at least for each region",
    ),
    optional("most", Kind::Number(1, EXERCISES_PER_SHEET), "how many can be chosen for a sheet"),
];

/// The ids of all treatments: those that the clinic lists, in its order, or all that there are in order of name.
pub fn ids(shelf: &Shelf, listed: Option<Vec<(Name, Place)>>, loading: &mut Loading) -> Vec<Name> {
    let mut ids = all_ids(shelf, listed, loading);
    if ids.len() > TREATMENTS.most {
        loading.sink.push(TREATMENTS.fault("the folder", ids.len()).at(Place::file(FOLDER)));
        ids.truncate(TREATMENTS.most);
    }
    ids
}

fn all_ids(shelf: &Shelf, listed: Option<Vec<(Name, Place)>>, loading: &mut Loading) -> Vec<Name> {
    let there = there(shelf, loading);
    if there.is_empty() {
        let message = "the clinic folder has no treatment";
        let place = Place::file(format!("{FOLDER}/<id>/{NAME}"));
        let fault = Diagnostic::error("missing-file", message).at(place);
        loading
            .sink
            .push(fault.hint("`aftercare init` writes a folder that has one: copy its content/treatments"));
        return Vec::new();
    }
    let Some(listed) = listed else { return there.into_iter().collect() };
    let mut ids = Vec::new();
    for (id, place) in listed {
        if there.contains(&id) {
            ids.push(id);
            continue;
        }
        let message = format!("unknown treatment `{}`: there is no {FOLDER}/{id}/{NAME}", shown(&id));
        let hint = crate::diagnostic::allowed(&id, there.iter().map(|id| &**id));
        loading.sink.push(Diagnostic::error("unknown-value", message).at(place).hint(hint));
    }
    // Those that come with the program wait in every folder until a clinic lists them.
    let comes_with = |id: &Name| Embedded.has(&format!("{FOLDER}/{id}/{NAME}"));
    for id in there.iter().filter(|id| !ids.contains(id) && !comes_with(id)) {
        let message = format!("the clinic does not list the treatment `{id}`, so nobody can ask for it");
        let fault = Diagnostic::warning("unlisted-treatment", message);
        loading.sink.push(
            fault
                .at(Place::file(format!("{FOLDER}/{id}/{NAME}")))
                .hint("add it to `treatments` in content/clinic.yaml"),
        );
    }
    ids
}

/// Treatments of the folder that the clinic does not list, as far as they can be read, and those that come with the program
/// and were taken out of it: files that all treatments share may name what is theirs, so that a clinic may stop offering
/// one and change nothing else.
pub fn unlisted(shelf: &Shelf, ids: &[Name]) -> Vec<Treatment> {
    let here = there(shelf, &mut Loading::default());
    let others = here.iter().filter(|id| !ids.contains(id)).take(TREATMENTS.most);
    let others = others.filter_map(|id| Some(read(shelf, id, &mut Loading::default())?.0));
    let is_gone = |path: &String| {
        let id = path.strip_prefix(FOLDER).and_then(|rest| rest.strip_prefix('/')?.strip_suffix(NAME));
        id.and_then(|id| id.strip_suffix('/')).is_some_and(|id| !here.contains(id))
    };
    let built_in = Shelf::of(&Embedded, Embedded.content().filter(is_gone));
    let gone = there(&built_in, &mut Loading::default());
    let gone = gone.iter().filter_map(|id| Some(read(&built_in, id, &mut Loading::default())?.0));
    others.chain(gone).collect()
}

/// Every folder with a treatment in it.
fn there(shelf: &Shelf, loading: &mut Loading) -> BTreeSet<Name> {
    let mut there = BTreeSet::new();
    for path in shelf.paths() {
        let Some(rest) = path.strip_prefix(FOLDER).and_then(|rest| rest.strip_prefix('/')) else { continue };
        let Some((id, NAME)) = rest.split_once('/') else { continue };
        if is_id(id) {
            there.insert(id.into());
        } else {
            let fault = Diagnostic::error("bad-id", "the name of a treatment's folder is no id");
            loading.sink.push(fault.at(Place::file(path)).hint(rules::ID));
        }
    }
    there
}

/// What a file names, before its parts are read: they speak of each other.
struct Names<'n> {
    windows: Vec<Name>,
    libraries: Vec<Name>,
    facts: Vec<&'n str>,
    has_regions: bool,
}

impl<'n> Names<'n> {
    fn of(fields: &Fields<'n>) -> Names<'n> {
        let named = |key| fields.get(key).map(keys).unwrap_or_default();
        let owned = |key| named(key).into_iter().map(Name::from).collect();
        let is_regions = |option: &str| {
            let kind = fields.get("options").and_then(|node| node.get(option)?.get("kind"));
            kind.is_some_and(
                |kind| matches!(&kind.value, Value::Scalar(scalar) if scalar.text.trim() == "regions"),
            )
        };
        Names {
            windows: owned("windows"),
            libraries: owned("libraries"),
            facts: named("facts"),
            has_regions: named("options").into_iter().any(is_regions),
        }
    }
}

/// The treatment and its windows.
pub fn read(shelf: &Shelf, id: &Name, loading: &mut Loading) -> Option<(Treatment, Protocol)> {
    let path = format!("{FOLDER}/{id}/{NAME}");
    let (node, mut reader) = shelf.yaml(&path, &mut loading.sink)?;
    let reader = &mut reader;
    let fields = reader.fields(&node, NAME, FILE)?;
    let names = Names::of(&fields);
    let libraries = part(&fields, "libraries", |node| libraries(node, reader));
    let mut options = fields.get("options").and_then(|node| options::read(node, &names, reader));
    let mut none = IndexMap::new();
    let whole = options.is_some();
    let known = options.as_mut().unwrap_or(&mut none);
    // What speaks of faulty options would bring faults of its own.
    let windows = fields.get("windows").filter(|_| whole);
    let protocol =
        windows.and_then(|node| windows::read(node, &names.windows, known, reader, &mut loading.references));
    let facts = fields.get("facts").filter(|_| whole).and_then(|node| rules::facts(node, known, reader));
    let mut rules = Rules { facts: &names.facts, windows: &names.windows, reader };
    let tiers = fields.get("tiers").and_then(|node| rules.tiers(node));
    let precautions = part(&fields, "precautions", |node| rules.read(node, "precautions"));
    let timeline = fields.get("timeline").and_then(|node| timeline::rows(node, &names.windows, &mut rules));
    let steps = part(&fields, "steps", |node| timeline::steps(node, &names.windows, &mut rules));
    let pictograms = fields.get("pictograms");
    let pictograms = pictograms.map(|node| loading.references.list(&Named::Figure, node, reader));
    let many = fields.get("many-exercises");
    let many = many.and_then(|node| reader.number(node, 1..=2 * EXERCISES_PER_SHEET));
    let contradictions = fields.get("contradictions").filter(|_| whole);
    let contradictions = contradictions.map(|node| contradictions::read(node, known, reader));
    let waking = part(&fields, "waking", |node| windows::waking(node, reader).map(Some));
    let [emergency, same_day, call] = tiers?;
    let treatment = Treatment {
        id: id.clone(),
        options: options?,
        libraries: libraries?,
        facts: facts?.into(),
        emergency,
        same_day,
        call,
        precautions: precautions?,
        timeline: timeline?,
        steps: steps?,
        pictograms: pictograms.unwrap_or_default(),
        contradictions: contradictions.unwrap_or_default(),
        many_exercises: many.map(|many| many as usize),
        place: Place::file(path),
    };
    let mut protocol = protocol?;
    if let Some(waking) = waking? {
        windows::end_awake(&treatment, &mut protocol, waking);
    }
    if let Some(node) = windows {
        windows::check_meaning(&treatment, &protocol, node, reader);
    }
    one_of_each(&treatment, &protocol, loading);
    Some((treatment, protocol))
}

/// A part that a file may be without.
fn part<T: Default>(fields: &Fields<'_>, key: &str, read: impl FnOnce(&Node) -> Option<T>) -> Option<T> {
    fields.get(key).map_or_else(|| Some(T::default()), read)
}

/// Texts call options, windows and facts by their names: each name is one thing.
fn one_of_each(treatment: &Treatment, protocol: &Protocol, loading: &mut Loading) {
    let called: Vec<String> = treatment.options.values().map(|option| option.text_name()).collect();
    let ids = treatment.options.keys().map(|id| &**id);
    let options = ids.chain(called.iter().map(String::as_str)).collect::<BTreeSet<_>>();
    let options = options.into_iter().map(|name| (name, "an option"));
    let windows = protocol.windows.keys().map(|id| (&**id, "a window"));
    let facts = treatment.facts.iter().map(|fact| (&*fact.name, "a fact"));
    let mut seen: IndexMap<&str, &str> = IndexMap::new();
    for (name, what) in options.chain(windows).chain(facts) {
        let Some(before) = seen.insert(name, what) else { continue };
        let message = format!("`{name}` is both {before} and {what}: a text could not tell which");
        let fault = Diagnostic::error("bad-id", message).at(treatment.place.clone());
        loading.sink.push(fault.hint("give one of them another name"));
    }
}

fn libraries(node: &Node, reader: &mut Reader<'_>) -> Option<IndexMap<Name, ExerciseLibrary>> {
    let mut libraries = IndexMap::new();
    for entry in reader.entries_within(node, "`libraries`", LISTED)? {
        if !is_variable(&entry.key) {
            let message = format!("`{}` cannot be the name of a library", shown(&entry.key));
            reader.fault(entry.key_span, "bad-id", message, None);
            return None;
        }
        let fields = reader.fields(&entry.node, &format!("the library `{}`", entry.key), LIBRARY)?;
        let mut count =
            |key| fields.get(key).map_or(Some(0), |node| reader.number(node, 0..=EXERCISES_PER_SHEET));
        let (per_sheet, for_each_region) = (count("per-sheet"), count("for-each-region"));
        let most = fields.get("most").map(|node| reader.number(node, 1..=EXERCISES_PER_SHEET));
        let most = most.map_or(Some(EXERCISES_PER_SHEET), |most| most)? as usize;
        let library = ExerciseLibrary {
            per_sheet: per_sheet? as usize,
            for_each_region: for_each_region? as usize,
            most,
        };
        libraries.insert(entry.key.as_str().into(), library);
    }
    Some(libraries)
}

/// The keys of a mapping.
fn keys(node: &Node) -> Vec<&str> {
    match &node.value {
        Value::Map(entries) => entries.iter().map(|entry| entry.key.as_str()).collect(),
        _ => Vec::new(),
    }
}
