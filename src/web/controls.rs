//! The form's controls as the page's template sees them: each with its name, its state, and whether it differs from the
//! preset that the form started from.

use super::context::Context;
use super::doses;
use super::form::{Role, Typed, preset_fields, roles, side_field};
use super::notice::{Notice, at_field};
use crate::locale::capitalised;
use crate::options::Name;
use crate::options::keys;
use crate::{Exercise, Library, OptionKind, Pack, Preset, TreatmentOption, icon, path_data};
use indexmap::IndexMap;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Presets that have a number key.
const KEYS: usize = 9;

/// What the form started from: a preset's values, or the start's.
pub fn base(library: &Library, typed: &Typed) -> BTreeMap<String, Vec<String>> {
    let preset = library.presets.iter().find(|preset| preset.id == typed.one("preset"));
    preset.map(|preset| preset_fields(preset, library).into_iter().collect()).unwrap_or_default()
}

/// The form's controls with their state.
pub struct Form<'a> {
    pub library: &'a Library,
    pub pack: &'a Pack,
    pub typed: &'a Typed,
    pub base: BTreeMap<String, Vec<String>>,
}

impl Form<'_> {
    pub fn presets(&self) -> Vec<Value> {
        let view = |(index, preset): (usize, &Preset)| {
            let fields: BTreeMap<_, _> = preset_fields(preset, self.library).into_iter().collect();
            json!({
                "id": preset.id,
                "label": self.label(preset),
                "key": if index < KEYS { (index + 1).to_string() } else { String::new() },
                "fields": json!(fields).to_string(),
                "chosen": self.typed.one("preset") == preset.id,
            })
        };
        self.library.presets.iter().enumerate().map(view).collect()
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
        names.iter().map(|id| self.option(field, id, capitalised(&word(self.pack, group, id)))).collect()
    }

    pub fn languages(&self) -> Vec<Value> {
        let tags = self.library.packs.keys().map(|language| language.tag());
        tags.map(|tag| self.option("language", tag, self.library.language_name(self.pack, tag).to_owned()))
            .collect()
    }

    pub fn therapists(&self) -> Vec<Value> {
        let names = self.library.clinic.therapists.iter();
        names.map(|one| self.option("therapist", &one.name, one.signed.clone())).collect()
    }

    /// The treatment's options as the page places them: lists of the patient's and what is typed in the patient's card, one
    /// of several in a row, areas on the body, hours among the times, libraries last.
    pub fn own(&self, context: &Context<'_>, shown: &[String], faults: [&[Notice]; 2]) -> Vec<Value> {
        let differs = self.differing();
        let view = |option: &TreatmentOption| {
            let id = &*option.id;
            let mut view = json!({
                "id": id,
                "label": label_of(context, id),
                "differs": differs.get(id).copied().unwrap_or_default(),
                "faults": at_field(faults[0], id),
                "remarks": at_field(faults[1], id),
                "value": self.typed.one(id),
                "hint": hint_of(context, option),
                "required": option.required || option.default.is_some(),
                "in_session": option.key.path.starts_with("session."),
            });
            let parts = match &option.kind {
                OptionKind::Choice(all) => {
                    let chosen = all.iter().any(|value| self.typed.has(id, value));
                    json!({ "kind": "choice", "chosen": chosen, "options": self.options_of(option) })
                }
                OptionKind::Choices(_) => json!({ "kind": "choices", "options": self.options_of(option) }),
                OptionKind::Regions { groups, .. } => {
                    json!({ "kind": "regions", "groups": self.region_groups(option, groups) })
                }
                OptionKind::Hours { .. } => match &option.key.value {
                    keys::Value::Hours { from, to } => json!({ "kind": "hours", "from": from, "to": to }),
                    _ => json!({ "kind": "hours" }),
                },
                OptionKind::Exercises { library } => json!({
                    "kind": "exercises",
                    "items": self.pack.libraries.get(library).map(|them| self.exercises((context, id), them, shown)),
                    "most": self.library.treatment.most_of(library),
                    "much": context.word(&much(context, id), &[("most", &self.library.treatment.most_of(library).to_string())]),
                }),
                OptionKind::Time => json!({ "kind": "time" }),
                OptionKind::Text => json!({ "kind": "text" }),
            };
            merge(&mut view, parts);
            view
        };
        self.library.treatment.options.values().map(view).collect()
    }

    fn options_of(&self, option: &TreatmentOption) -> Vec<Value> {
        let names: Vec<&str> = option.values().iter().map(|value| &**value).collect();
        self.options(&option.id, &option.words, &names)
    }

    fn region_groups(&self, option: &TreatmentOption, groups: &IndexMap<Name, Vec<Name>>) -> Vec<Value> {
        let view = |(id, regions): (&Name, &Vec<Name>)| {
            let region = |region: &Name| {
                let name = capitalised(&word(self.pack, "regions", region));
                let mut view = self.option(&option.id, region, name);
                let side =
                    if option.sided().contains(region) { self.typed.one(&side_field(region)) } else { "" };
                let parts = json!({ "sided": option.sided().contains(region), "side": side });
                merge(&mut view, parts);
                view
            };
            let regions: Vec<Value> = regions.iter().map(region).collect();
            json!({ "name": word(self.pack, "region-groups", id), "regions": regions })
        };
        groups.iter().map(view).collect()
    }

    fn exercises(
        &self,
        (context, field): (&Context<'_>, &str),
        library: &IndexMap<String, Exercise>,
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
                "regions": exercise.regions.join(" "),
                "doses": doses::fields(context, self.typed, exercise),
            })
        };
        // The chosen ones in their own order, then those for the treated areas.
        let order: Vec<&str> = match self.typed.chooses() {
            true => self.typed.all(field).iter().map(String::as_str).collect(),
            false => shown.iter().map(String::as_str).collect(),
        };
        let areas =
            self.library.treatment.regions().map(|option| self.typed.filled(&option.id)).unwrap_or_default();
        let areas: Vec<Name> = areas.iter().map(|area| Name::from(area.as_str())).collect();
        let place = |(id, exercise): &(&String, &Exercise)| {
            let at = order.iter().position(|one| one == id).unwrap_or(order.len());
            (at, !exercise.is_for_one_of(&areas))
        };
        let mut all: Vec<(&String, &Exercise)> = library.iter().collect();
        all.sort_by_key(place);
        all.into_iter().map(view).collect()
    }

    /// Whether one of its libraries' fields differs, or the choice between them and those that go with the area.
    pub fn chooses_otherwise(&self) -> bool {
        let differs = self.differing();
        let libraries = roles(self.library).filter(|(_, role)| *role == Role::Library);
        let mut fields = std::iter::once("choose").chain(libraries.map(|(option, _)| &*option.id));
        fields.any(|field| differs.get(field).copied().unwrap_or_default())
    }

    /// What the page's script has to know of the fields: what a preset does to each, what they say at the start, and
    /// without which there is no sheet.
    pub fn rules(&self) -> Value {
        let of = |wanted: Role| -> Vec<&str> {
            roles(self.library).filter(|(_, role)| *role == wanted).map(|(option, _)| &*option.id).collect()
        };
        let options = self.library.treatment.options.values();
        let needed: Vec<&str> =
            options.clone().filter(|option| option.required).map(|option| &*option.id).collect();
        let start: BTreeMap<&str, [&str; 1]> =
            options.filter_map(|option| Some((&*option.id, [&**option.default.as_ref()?]))).collect();
        json!({
            "treatment": of(Role::Treatment), "libraries": of(Role::Library), "added": of(Role::Added),
            "kept": of(Role::Kept), "needed": needed, "start": start,
        })
    }

    /// Sections that can be left out, in the order of the pack; what cannot stands in the template with its reason.
    pub fn sections(&self, titles: &BTreeMap<String, String>) -> Vec<Value> {
        let sections = sections_of(self.library, self.pack, titles).into_iter();
        sections.map(|(id, title)| self.option("exclude", &id, title)).collect()
    }

    /// The fields whose values are not the preset's.
    pub fn differing(&self) -> BTreeMap<String, bool> {
        let differs = |field: &str, values: &Vec<String>| {
            let typed: Vec<&String> =
                self.typed.all(field).iter().filter(|value| !value.is_empty()).collect();
            let of_library =
                roles(self.library).any(|(option, role)| &*option.id == field && role == Role::Library);
            let chosen = !of_library || self.typed.chooses();
            let open = values.is_empty() && matches!(field, "edition" | "paper");
            let mut wanted: Vec<&String> = values.iter().collect();
            let mut given = typed;
            wanted.sort();
            given.sort();
            chosen && !open && wanted != given
        };
        let own = self.library.treatment.options.keys().map(|id| &**id);
        let fields = own.chain(["choose", "edition", "paper", "exclude"]);
        let field = |field: &str| {
            (field.to_owned(), self.base.get(field).is_some_and(|values| differs(field, values)))
        };
        fields.map(field).collect()
    }
}

/// What the page calls an option; without a word for it, its name.
pub fn label_of(context: &Context<'_>, option: &str) -> String {
    let key = format!("options.{option}");
    if context.knows(&key) { context.word(&key, &[]) } else { capitalised(&option.replace('_', " ")) }
}

/// What the page's language calls a treatment.
pub fn treatment_name(context: &Context<'_>, library: &Library) -> String {
    let name = library.packs.get(&context.ui().language).and_then(|pack| pack.words.get("treatment"));
    name.map_or_else(|| library.treatment.id.to_string(), |name| name.text.to_string())
}

/// Values of an option as the page shows them.
pub fn said_values(context: &Context<'_>, option: &str, values: &[String]) -> Vec<String> {
    match (context.library().treatment.options.get(option), context.pack()) {
        (Some(known), Some(pack)) if !known.values().is_empty() => {
            values.iter().map(|value| capitalised(&word(pack, &known.words, value))).collect()
        }
        (Some(TreatmentOption { kind: OptionKind::Exercises { library, .. }, .. }), Some(pack)) => {
            let exercises = pack.libraries.get(library);
            let title = |id: &String| {
                exercises.and_then(|all| all.get(id.as_str())).map(|one| one.name.text.to_string())
            };
            values.iter().map(|id| title(id).unwrap_or_else(|| id.clone())).collect()
        }
        _ => vec![format!("{} {}", label_of(context, option), values.join(", "))],
    }
}

/// What the page says about filling it in, if anything.
fn hint_of(context: &Context<'_>, option: &TreatmentOption) -> String {
    let key = format!("options.{}-hint", option.id);
    if !context.knows(&key) {
        return String::new();
    }
    match &option.key.value {
        keys::Value::Hours { from, to } => {
            context.word(&key, &[("from", &from.to_string()), ("to", &to.to_string())])
        }
        _ => context.word(&key, &[]),
    }
}

/// The word for more exercises than fit.
fn much(context: &Context<'_>, field: &str) -> String {
    let own = format!("faults.{field}-too-many-values");
    if context.knows(&own) { own } else { "faults.exercises-too-many".to_owned() }
}

/// The first value of each field.
pub fn values_of(typed: &Typed, fields: &[&str]) -> Value {
    let values: BTreeMap<_, _> = fields.iter().map(|field| (*field, typed.one(field))).collect();
    json!(values)
}

/// What the fields take at most, for the page to say before it is too much.
pub fn most() -> Value {
    match keys::Key::common("plan.note").map(|key| &key.value) {
        Some(keys::Value::Text { most, lines }) => {
            json!({ "letters": most, "lines": lines })
        }
        _ => json!({}),
    }
}

/// Texts by field; every field that a template asks for is there.
pub fn by_field(faults: &[Notice]) -> Value {
    let fields = keys::COMMON.iter().map(|key| &*key.column);
    json!(fields.map(|field| (field, at_field(faults, field))).collect::<BTreeMap<_, _>>())
}

/// The body from each side: what only draws, and the path of each region that the treatment asks for.
pub fn bodies(library: &Library) -> Vec<Value> {
    let sides = ["front", "back"];
    let Some(option) = library.treatment.regions() else { return Vec::new() };
    let asked = |region: &str| option.values().iter().any(|value| **value == *region);
    let view = |(map, side): (&crate::BodyMap, &str)| {
        let paths = || map.picture.paths().iter().zip(&*map.regions);
        let outline: Vec<String> = paths()
            .filter(|(_, region)| region.as_deref().is_none_or(|region| !asked(region)))
            .map(|(path, _)| path_data(&path.segments))
            .collect();
        let regions: Vec<Value> = paths()
            .filter_map(|(path, region)| {
                let region = region.as_deref().filter(|region| asked(region))?;
                Some(json!({ "id": region, "d": path_data(&path.segments) }))
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
    if source.text.contains('{') { capitalised(&id.replace('-', " ")) } else { source.text.to_string() }
}

/// The parts of a sheet that can be left out, in the order of the pack, with what they are called.
pub fn sections_of(
    library: &Library,
    pack: &Pack,
    titles: &BTreeMap<String, String>,
) -> Vec<(String, String)> {
    let own = pack.sections.values().map(|section| (section.id.as_str(), &section.title));
    let filled = library.treatment.filled().filter_map(|id| {
        let key = match id {
            "note" | "next-visit" => return None,
            "contact" => "contact.heading",
            other => other,
        };
        Some((id, pack.words.get(key)?))
    });
    let sections = own.chain(filled).filter(|(id, _)| !library.treatment.keeps(id));
    let titled = |(id, source): (&str, &crate::Source)| {
        (id.to_owned(), titles.get(id).cloned().unwrap_or_else(|| plain(id, source)))
    };
    sections.map(titled).collect()
}

/// A name's word in the page's language.
pub fn word(pack: &Pack, group: &str, name: &str) -> String {
    let text = pack.words.get(&format!("{group}.{name}"));
    text.map_or_else(|| name.to_owned(), |source| source.text.to_string())
}

/// Adds the parts of one object to another.
pub fn merge(view: &mut Value, parts: Value) {
    if let (Value::Object(view), Value::Object(parts)) = (view, parts) {
        view.extend(parts);
    }
}
