//! The entries of each listing, from the clinic folder and the table of keys.

use crate::cli::args::Listing;
use crate::options::keys::{Defined, KEYS, Key, MOST_EXERCISES, Value};
use crate::options::sections::{FILLED, LOCKED};
use crate::options::{Edition, Region};
use crate::{Exercise, Library, Pack, Source};
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

pub fn of(what: Listing, library: &Library) -> Vec<Entry> {
    let pack = library.packs.values().next();
    match what {
        Listing::Sections => pack.map(sections).unwrap_or_default(),
        Listing::Regions => regions(library, pack),
        Listing::Stretches => exercises(pack.into_iter().flat_map(|pack| pack.stretches.values())),
        Listing::Exercises => exercises(pack.into_iter().flat_map(|pack| pack.exercises.values())),
        Listing::Options => KEYS.iter().map(|key| option(key, library)).collect(),
        Listing::Languages => languages(library, pack),
        Listing::Editions => {
            Edition::ALL.iter().map(|edition| Entry::new(edition.name(), looks(*edition))).collect()
        }
    }
}

fn sections(pack: &Pack) -> Vec<Entry> {
    let own = pack.sections.values().map(|section| (section.id.as_str(), plain(&section.title)));
    let filled = FILLED.iter().map(|id| {
        let key = match *id {
            "note" => "note-plain",
            "contact" => "contact.heading",
            other => other,
        };
        (*id, pack.words.get(key).map(plain).unwrap_or_default())
    });
    own.chain(filled)
        .map(|(id, title)| {
            let locked = LOCKED.contains(&id);
            let means = if locked { format!("{title} (one of the warnings: always prints)") } else { title };
            Entry::new(id, means).with("can_be_left_out", !locked, None)
        })
        .collect()
}

fn regions(library: &Library, pack: Option<&Pack>) -> Vec<Entry> {
    let region = |region: &Region| {
        let means = word(pack, &format!("regions.{region}"), region.name());
        let facts: Vec<_> = library
            .treatment
            .region_facts()
            .map(|(fact, regions)| (fact, regions.contains(region)))
            .collect();
        let notes: Vec<&str> =
            facts.iter().filter(|(_, holds)| *holds).filter_map(|(fact, _)| fact.means.as_deref()).collect();
        let note = if notes.is_empty() { means } else { format!("{means} ({})", notes.join(", ")) };
        let groups = library.options.region_groups.iter().filter(|(_, regions)| regions.contains(region));
        let groups: Vec<&str> = groups.map(|(id, _)| id.as_str()).collect();
        let entry = Entry::new(region.name(), note).with("groups", groups, None);
        facts.into_iter().fold(entry, |entry, (fact, holds)| entry.with(fact.name.clone(), holds, None))
    };
    Region::ALL.iter().map(region).collect()
}

fn exercises<'a>(exercises: impl Iterator<Item = &'a Exercise>) -> Vec<Entry> {
    exercises
        .map(|exercise| {
            let regions: Vec<&str> = exercise.regions.iter().map(|region| region.name()).collect();
            let steps: Vec<String> = exercise.steps.iter().map(plain).collect();
            let not_with: Vec<&str> = exercise.not_with.keys().map(|precaution| precaution.name()).collect();
            Entry::new(&*exercise.id, format!("{} ({})", plain(&exercise.name), regions.join(", ")))
                .with("regions", regions, None)
                .with("steps", steps, None)
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
    Entry::new(key.path, format!("changes {}", key.changes))
        .with("values", allowed(key, library), Some("values"))
        .with("default", key.default, Some("default"))
        .with("column", key.column, Some("roster column"))
        .with("flag", format!("--{}", key.flag), Some("flag"))
}

/// The values of a key, in words where there is no list of them.
fn allowed(key: &Key, library: &Library) -> Json {
    let pack = library.packs.values().next();
    match key.value {
        Value::Id { most } => json!(format!("at most {most} letters, digits, `.`, `_`, `-`; not `.` first")),
        Value::Line { most } => json!(format!("one line of at most {most} characters")),
        Value::Text { most, lines } => json!(format!("at most {most} characters on at most {lines} lines")),
        Value::Time => json!("a time in the clinic's zone, `2026-11-24T15:30`, or with an offset"),
        Value::Hours => {
            let (from, to) = library.protocol.rest_bounds();
            json!(format!("whole hours, {from} to {to}"))
        }
        Value::Fixed(names) => json!(names),
        Value::Defined(Defined::Languages) => library.packs.keys().map(|tag| tag.tag()).collect(),
        Value::Defined(Defined::Therapists) => {
            json!(library.clinic.therapists.iter().map(|therapist| &therapist.name).collect::<Vec<_>>())
        }
        Value::Defined(Defined::Stretches) => json!(at_most("stretches")),
        Value::Defined(Defined::Exercises) => json!(at_most("exercises")),
        Value::Defined(Defined::Sections) => {
            let own = pack.into_iter().flat_map(|pack| pack.sections.keys().map(String::as_str));
            own.chain(FILLED).filter(|id| !LOCKED.contains(id)).collect()
        }
    }
}

fn at_most(what: &str) -> String {
    format!("at most {MOST_EXERCISES} ids of `aftercare list {what}`")
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
