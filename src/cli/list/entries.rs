//! The entries of each listing, from the clinic folder and the table of keys.

use crate::cli::args::Listing;
use crate::options::keys::{Defined, Key, Keys, Value};
use crate::options::sections::STEPS;
use crate::options::{Edition, Name, Side};
use crate::{Engine, Exercise, Library, OptionKind, Pack, Source};
use serde_json::{Value as Json, json};

/// Something that can be asked for.
#[derive(Debug)]
pub struct Entry {
    pub id: String,
    pub means: String,
    /// Everything else that is known of it: key, value for programs, label for people if it is worth a line.
    more: Vec<(String, Json, Option<&'static str>)>,
}

impl Entry {
    fn new(id: impl Into<String>, means: impl Into<String>) -> Entry {
        Entry { id: id.into(), means: means.into(), more: Vec::new() }
    }

    fn with(mut self, key: impl Into<String>, value: impl Into<Json>, label: Option<&'static str>) -> Entry {
        self.more.push((key.into(), value.into(), label));
        self
    }

    pub fn json(&self) -> Json {
        let head = [("id", Json::from(&*self.id)), ("means", Json::from(&*self.means))];
        let head = head.map(|(key, value)| (key.to_owned(), value));
        let more = self.more.iter().map(|(key, value, _)| (key.clone(), value.clone()));
        Json::Object(head.into_iter().chain(more).collect())
    }

    /// Label and text of what is worth a line.
    pub fn facts(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.more.iter().filter_map(|(_, value, label)| Some(((*label)?, words(value))))
    }
}

fn words(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(items) => items.iter().map(words).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

pub fn of(what: Listing, engine: &Engine, library: &Library) -> Vec<Entry> {
    let pack = library.packs.values().next();
    match what {
        Listing::Sections => pack.map(|pack| sections(library, pack)).unwrap_or_default(),
        Listing::Treatments => treatments(engine),
        Listing::Regions => regions(library, pack),
        Listing::Stretches => exercises(libraries(pack, |id| id == STRETCHES)),
        Listing::Exercises => exercises(libraries(pack, |id| id != STRETCHES)),
        Listing::Options => {
            let keys = Keys::with(library.treatment.options.values().map(|option| option.key.clone()));
            keys.iter().map(|key| option(key, library)).collect()
        }
        Listing::Languages => languages(library, pack),
        Listing::Editions => {
            Edition::ALL.iter().map(|edition| Entry::new(edition.name(), looks(*edition))).collect()
        }
    }
}

/// The library that has a listing of its own.
const STRETCHES: &str = "stretches";

fn treatments(engine: &Engine) -> Vec<Entry> {
    let treatment = |library: &Library| {
        let id = &*library.treatment.id;
        let options: Vec<&str> = library.treatment.options.keys().map(|id| &**id).collect();
        Entry::new(id, word(library.packs.values().next(), "treatment", id)).with(
            "options",
            options,
            Some("options"),
        )
    };
    engine.treatments().map(treatment).collect()
}

fn libraries(pack: Option<&Pack>, fits: fn(&str) -> bool) -> impl Iterator<Item = &Exercise> {
    let libraries = pack.into_iter().flat_map(|pack| &pack.libraries).filter(move |(id, _)| fits(id));
    libraries.flat_map(|(_, library)| library.values())
}

fn sections(library: &Library, pack: &Pack) -> Vec<Entry> {
    let own = pack.sections.values().map(|section| (section.id.as_str(), plain(&section.title)));
    let filled = library.treatment.filled().map(|id| {
        let key = match id {
            "note" => "note-plain",
            "contact" => "contact.heading",
            "steps" => "steps.heading",
            other => other,
        };
        (id, pack.words.get(key).map(plain).unwrap_or_default())
    });
    own.chain(filled)
        .map(|(id, title)| {
            let locked = library.treatment.keeps(id);
            let means = match id {
                STEPS => format!("{title} (always prints)"),
                _ if locked => format!("{title} (one of the warnings: always prints)"),
                _ => title,
            };
            Entry::new(id, means).with("can_be_left_out", !locked, None)
        })
        .collect()
}

fn regions(library: &Library, pack: Option<&Pack>) -> Vec<Entry> {
    let Some(option) = library.treatment.regions() else { return Vec::new() };
    let OptionKind::Regions { all, groups, sided } = &option.kind else { return Vec::new() };
    let region = |region: &Name| {
        let means = word(pack, &format!("regions.{region}"), region);
        let facts: Vec<_> =
            library.treatment.region_facts().map(|fact| (fact, fact.any_of.contains(region))).collect();
        let notes: Vec<&str> =
            facts.iter().filter(|(_, holds)| *holds).filter_map(|(fact, _)| fact.means.as_deref()).collect();
        let note = if notes.is_empty() { means } else { format!("{means} ({})", notes.join(", ")) };
        let groups = groups.iter().filter(|(_, regions)| regions.contains(region));
        let groups: Vec<&str> = groups.map(|(id, _)| &**id).collect();
        let sides: &[&str] = if sided.contains(region) { &Side::NAMES } else { &[] };
        let entry = Entry::new(&**region, note).with("groups", groups, None);
        let entry = entry.with("sides", sides, None);
        facts.into_iter().fold(entry, |entry, (fact, holds)| entry.with(fact.name.clone(), holds, None))
    };
    all.iter().map(region).collect()
}

/// "2x10", "4x30": the least and the most that a request may name behind the id.
fn dose(exercise: &Exercise) -> Vec<String> {
    let Some(dose) = &exercise.dose else { return Vec::new() };
    let [from, to] = dose.dosage.bounds();
    vec![from.to_string(), to.to_string()]
}

fn exercises<'a>(exercises: impl Iterator<Item = &'a Exercise>) -> Vec<Entry> {
    exercises
        .map(|exercise| {
            let regions: Vec<&str> = exercise.regions.iter().map(|region| &**region).collect();
            let steps: Vec<String> = exercise.steps.iter().map(plain).collect();
            let not_with: Vec<&str> = exercise.not_with.keys().map(|fact| &**fact).collect();
            let means = match regions.is_empty() {
                true => plain(&exercise.name),
                false => format!("{} ({})", plain(&exercise.name), regions.join(", ")),
            };
            Entry::new(&*exercise.id, means)
                .with("regions", regions, None)
                .with("steps", steps, None)
                .with("dose", dose(exercise), None)
                .with("not_with", not_with, None)
        })
        .collect()
}

fn languages(library: &Library, pack: Option<&Pack>) -> Vec<Entry> {
    let language = |tag: &str| Entry::new(tag, word(pack, &format!("languages.{tag}"), tag));
    library.packs.keys().map(|tag| language(tag.tag())).collect()
}

fn looks(edition: Edition) -> &'static str {
    match edition {
        Edition::Standard => "one sheet, two sides, 12 pt type",
        Edition::LargePrint => "two sheets, 18 pt type in one column",
        Edition::InkSaver => "as standard, with outlines in place of filled areas",
    }
}

fn option(key: &Key, library: &Library) -> Entry {
    Entry::new(&*key.path, format!("changes {}", key.changes))
        .with("values", allowed(key, library), Some("values"))
        .with("default", &*key.default, Some("default"))
        .with("column", &*key.column, Some("roster column"))
        .with("flag", format!("--{}", key.flag), Some("flag"))
}

/// The values of a key, in words where there is no list of them.
fn allowed(key: &Key, library: &Library) -> Json {
    let pack = library.packs.values().next();
    match &key.value {
        Value::Id { most } => json!(format!("at most {most} letters, digits, `.`, `_`, `-`; not `.` first")),
        Value::Line { most } => json!(format!("one line of at most {most} characters")),
        Value::Text { most, lines } => json!(format!("at most {most} characters on at most {lines} lines")),
        Value::Time => json!("a time in the clinic's zone, `2026-11-24T15:30`, or with an offset"),
        Value::Hours { from, to } => json!(format!("whole hours, {from} to {to}")),
        Value::Fixed(names) => json!(names),
        Value::Listed(names) => json!(names.iter().map(|name| &**name).collect::<Vec<_>>()),
        Value::Defined(Defined::Treatments) => library.treatments.iter().map(|id| &**id).collect(),
        Value::Defined(Defined::Languages) => library.packs.keys().map(|tag| tag.tag()).collect(),
        Value::Defined(Defined::Therapists) => {
            json!(library.clinic.therapists.iter().map(|therapist| &therapist.name).collect::<Vec<_>>())
        }
        Value::Defined(Defined::Exercises(id)) => {
            let what = if **id == *STRETCHES { STRETCHES } else { "exercises" };
            json!(format!("at most {} ids of `aftercare list {what}`", library.treatment.most_of(id)))
        }
        Value::Defined(Defined::Sections) => {
            let own = pack.into_iter().flat_map(|pack| pack.sections.keys().map(String::as_str));
            own.chain(library.treatment.filled()).filter(|id| !library.treatment.keeps(id)).collect()
        }
    }
}

fn word(pack: Option<&Pack>, key: &str, otherwise: &str) -> String {
    pack.and_then(|pack| pack.words.get(key)).map_or_else(|| otherwise.to_owned(), plain)
}

/// A text without its template tags: what stands in its branches, joined by "or".
fn plain(source: &Source) -> String {
    let mut branches = Vec::new();
    for part in source.text.split("{%") {
        let words = part.split_once("%}").map_or(part, |(_, after)| after).trim();
        if !words.is_empty() {
            branches.push(words);
        }
    }
    branches.join(" or ")
}
