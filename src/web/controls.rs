//! The form's controls as the page's template sees them: each with its name, its state, and whether it differs from the
//! preset that the form started from.

use super::form::{Typed, preset_fields};
use super::sheet::Notice;
use crate::options::Region;
use crate::options::keys;
use crate::options::sections::{FILLED, LOCKED};
use crate::{Exercise, Library, Pack, Preset, icon, path_data};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Presets that have a number key.
const KEYS: usize = 9;

/// What the form started from: a preset's values, or the start's.
pub fn base(library: &Library, typed: &Typed) -> BTreeMap<&'static str, Vec<String>> {
    let preset = library.clinic.presets.iter().find(|preset| preset.id == typed.one("preset"));
    preset.map(|preset| preset_fields(&preset.request).into_iter().collect()).unwrap_or_default()
}

/// The form's controls with their state.
pub struct Form<'a> {
    pub library: &'a Library,
    pub pack: &'a Pack,
    pub typed: &'a Typed,
    pub base: BTreeMap<&'static str, Vec<String>>,
}

impl Form<'_> {
    pub fn presets(&self) -> Vec<Value> {
        let view = |(index, preset): (usize, &Preset)| {
            let fields: BTreeMap<_, _> = preset_fields(&preset.request).into_iter().collect();
            json!({
                "id": preset.id,
                "label": self.label(preset),
                "key": if index < KEYS { (index + 1).to_string() } else { String::new() },
                "fields": json!(fields).to_string(),
                "chosen": self.typed.one("preset") == preset.id,
            })
        };
        self.library.clinic.presets.iter().enumerate().map(view).collect()
    }

    /// A preset's label in the page's language; without one it is the clinic's own.
    fn label(&self, preset: &Preset) -> String {
        let own = self.pack.web.get(&format!("presets.{}", preset.id));
        own.cloned().unwrap_or_else(|| preset.label.clone())
    }

    fn option(&self, field: &str, id: &str, name: String) -> Value {
        json!({ "id": id, "name": name, "checked": self.typed.has(field, id) })
    }

    pub fn options(&self, field: &str, group: &str, names: &[&str]) -> Vec<Value> {
        names.iter().map(|id| self.option(field, id, capital(&word(self.pack, group, id)))).collect()
    }

    pub fn languages(&self) -> Vec<Value> {
        let tags = self.library.packs.keys().map(|language| language.tag());
        tags.map(|tag| self.option("language", tag, word(self.pack, "languages", tag))).collect()
    }

    pub fn therapists(&self) -> Vec<Value> {
        let names = self.library.clinic.therapists.iter();
        names.map(|one| self.option("therapist", &one.name, one.signed.clone())).collect()
    }

    pub fn region_groups(&self) -> Vec<Value> {
        let groups = self.library.options.region_groups.iter();
        let view = |(id, regions): (&String, &Vec<Region>)| {
            let region = |region: &Region| {
                let name = capital(&word(self.pack, "regions", region.name()));
                self.option("regions", region.name(), name)
            };
            let regions: Vec<Value> = regions.iter().map(region).collect();
            json!({ "name": word(self.pack, "region-groups", id), "regions": regions })
        };
        groups.map(view).collect()
    }

    pub fn exercises(
        &self,
        field: &str,
        library: &indexmap::IndexMap<String, Exercise>,
        shown: &[String],
    ) -> Vec<Value> {
        let view = |(id, exercise): (&String, &Exercise)| {
            let figure = exercise.figure.as_ref().and_then(|id| self.library.pictures.get(id));
            let checked = match self.typed.chooses() {
                true => self.typed.has(field, id),
                false => shown.contains(id),
            };
            json!({
                "id": id,
                "name": &*exercise.name.text,
                "figure": figure.map(|picture| icon(picture)).unwrap_or_default(),
                "checked": checked,
            })
        };
        library.iter().map(view).collect()
    }

    /// Sections that can be left out, in the order of the pack; what cannot stands in the template with its reason.
    pub fn sections(&self, titles: &BTreeMap<String, String>) -> Vec<Value> {
        let own = self.pack.sections.values().map(|section| (section.id.as_str(), &section.title));
        let filled = FILLED.iter().filter_map(|id| {
            let key = match *id {
                "note" | "next-context" => return None,
                "contact" => "contact.heading",
                other => other,
            };
            Some((*id, self.pack.words.get(key)?))
        });
        let title =
            |id: &str, source: &crate::Source| titles.get(id).cloned().unwrap_or_else(|| plain(id, source));
        let sections = own.chain(filled).filter(|(id, _)| !LOCKED.contains(id));
        sections.map(|(id, source)| self.option("exclude", id, title(id, source))).collect()
    }

    /// The fewest and the most hours of rest.
    pub fn rest_bounds(&self) -> (u32, u32) {
        self.library.protocol.rest_bounds()
    }

    /// The fields whose values are not the preset's.
    pub fn differing(&self) -> BTreeMap<&'static str, bool> {
        let differs = |field: &str, values: &Vec<String>| {
            let typed: Vec<&String> =
                self.typed.all(field).iter().filter(|value| !value.is_empty()).collect();
            let chosen = !matches!(field, "stretches" | "exercises") || self.typed.chooses();
            let open = values.is_empty() && matches!(field, "edition" | "paper");
            let mut wanted: Vec<&String> = values.iter().collect();
            let mut given = typed;
            wanted.sort();
            given.sort();
            chosen && !open && wanted != given
        };
        let fields = [
            "regions",
            "intensity",
            "activity",
            "precautions",
            "rest_hours",
            "choose",
            "stretches",
            "exercises",
            "edition",
            "paper",
            "exclude",
        ];
        let field = |field| (field, self.base.get(field).is_some_and(|values| differs(field, values)));
        fields.into_iter().map(field).collect()
    }
}

/// The first value of each field.
pub fn values_of(typed: &Typed, fields: &[&str]) -> Value {
    let values: BTreeMap<_, _> = fields.iter().map(|field| (*field, typed.one(field))).collect();
    json!(values)
}

/// What the fields take at most, for the page to say before it is too much.
pub fn most() -> Value {
    match keys::Key::of_column("note").map(|key| &key.value) {
        Some(keys::Value::Text { most, lines }) => {
            json!({ "exercises": keys::MOST_EXERCISES, "letters": most, "lines": lines })
        }
        _ => json!({ "exercises": keys::MOST_EXERCISES }),
    }
}

/// Texts by field; every field that a template asks for is there.
pub fn by_field(faults: &[Notice]) -> Value {
    let fields = keys::KEYS.iter().map(|key| key.column);
    let texts = |field: &str| -> Vec<&str> {
        faults.iter().filter(|fault| fault.field == field).map(|fault| fault.text.as_str()).collect()
    };
    json!(fields.map(|field| (field, texts(field))).collect::<BTreeMap<_, _>>())
}

/// The body from each side: what only draws, and each region's path.
pub fn bodies(library: &Library) -> Vec<Value> {
    let sides = ["front", "back"];
    let view = |(map, side): (&crate::BodyMap, &str)| {
        let paths = || map.picture.paths().iter().zip(&*map.regions);
        let outline: Vec<String> = paths()
            .filter(|(_, region)| region.is_none())
            .map(|(path, _)| path_data(&path.segments))
            .collect();
        let regions: Vec<Value> = paths()
            .filter_map(|(path, region)| {
                Some(json!({ "id": (*region)?.name(), "d": path_data(&path.segments) }))
            })
            .collect();
        json!({
            "side": side,
            "width": map.picture.width,
            "height": map.picture.height,
            "outline": outline,
            "regions": regions,
        })
    };
    library.body_maps.iter().zip(sides).map(view).collect()
}

/// A text that is no template; of a template its id, which says enough.
fn plain(id: &str, source: &crate::Source) -> String {
    if source.text.contains('{') { capital(&id.replace('-', " ")) } else { source.text.to_string() }
}

/// A name's word in the page's language.
pub fn word(pack: &Pack, group: &str, name: &str) -> String {
    let text = pack.words.get(&format!("{group}.{name}"));
    text.map_or_else(|| name.to_owned(), |source| source.text.to_string())
}

pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
