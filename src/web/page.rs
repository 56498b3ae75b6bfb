//! The page as its templates see it: every control with its name, its state, and whether it differs from the
//! preset that the form started from.

use super::form::{Typed, preset_fields};
use super::sheet::{Notice, Preview};
use super::visit::Visit;
use super::words::Speech;
use crate::options::sections::{FILLED, LOCKED};
use crate::options::{Activity, Edition, Intensity, Paper, Precaution, Region};
use crate::{Exercise, Library, Pack, Preset, icon, path_data};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Presets that have a number key.
const KEYS: usize = 9;

/// What the form says when the page is opened.
pub fn fresh(site: &Visit<'_>, typed: Typed) -> Typed {
    let library = site.engine.library();
    let mut typed = typed;
    let mut start = |name: &str, value: &str| {
        if typed.one(name).is_empty() {
            typed.set(name, [value.to_owned()]);
        }
    };
    start("intensity", Intensity::Moderate.name());
    start("edition", Edition::Standard.name());
    start("paper", library.clinic.paper.name());
    start("choose", "region");
    // A sheet speaks the clinic's first language, whatever the page speaks, until somebody chooses.
    if let Some(language) = library.packs.keys().next() {
        start("language", language.tag());
    }
    let now = local(site.now(), library);
    if typed.one("session_at").is_empty() || typed.one("session_at") == typed.one("session_now") {
        typed.set("session_at", [now.clone()]);
    }
    typed.set("session_now", [now]);
    typed
}

/// The clinic's clock, as a form field writes it.
pub fn local(now: DateTime<Utc>, library: &Library) -> String {
    now.with_timezone(&library.clinic.time_zone).format("%Y-%m-%dT%H:%M").to_string()
}

/// Everything that `page.html` shows.
pub fn view(site: &Visit<'_>, typed: &Typed, preview: &Preview, said: &str) -> Option<Value> {
    let library = site.engine.library();
    let pack = site.pack()?;
    let form = Form { library, pack, typed, base: base(library, typed) };
    let mut view = frame(site);
    let (rest_from, rest_to) = form.rest_bounds();
    let parts = json!({
        "presets": form.presets(),
        "preset": typed.one("preset"),
        "bodies": bodies(library),
        "region_groups": form.region_groups(),
        "intensities": form.options("intensity", "intensities", Intensity::NAMES),
        "activities": form.options("activity", "activities", Activity::NAMES),
        "precautions": form.options("precautions", "precautions", Precaution::NAMES),
        "editions": form.options("edition", "editions", Edition::NAMES),
        "papers": form.options("paper", "papers", Paper::NAMES),
        "languages": form.languages(),
        "therapists": form.therapists(),
        "stretches": form.exercises("stretches", &pack.stretches, &preview.shown),
        "exercises": form.exercises("exercises", &pack.exercises, &preview.shown),
        "chooses": typed.chooses(),
        "sections": form.sections(&site.speech().titles),
        "values": values(typed),
        "bounds": { "rest_from": rest_from, "rest_to": rest_to },
        "rest_hint": site.word(
            "session.rest_hint",
            &[("from", &*rest_from.to_string()), ("to", &*rest_to.to_string())],
        ),
        "differs": form.differing(),
        "faults": by_field(&preview.faults),
        "zone": library.clinic.time_zone.name(),
        "preview": preview_view(site, typed, preview),
        "said": said,
        "printers": printers(site),
    });
    merge(&mut view, parts);
    Some(view)
}

/// What the frame of every page shows.
pub fn frame(site: &Visit<'_>) -> Value {
    let library = site.engine.library();
    json!({
        "t": site.speech().words,
        "language": site.speech().language.tag(),
        "page_languages": page_languages(site),
        "clinic": library.clinic.name,
        "logo": icon(&library.brand.logo),
        "assets": format!("/assets/{}", site.assets.version),
    })
}

/// Every language of the page by its own name, when there is a choice.
fn page_languages(site: &Visit<'_>) -> Vec<Value> {
    let current = site.speech().language.tag();
    let view = |speech: &Speech| {
        let tag = speech.language.tag();
        json!({ "id": tag, "name": speech.name, "current": tag == current })
    };
    let all: Vec<Value> = site.speeches.all().map(view).collect();
    if all.len() > 1 { all } else { Vec::new() }
}

/// A button for each queue that the clinic names.
pub fn printers(site: &Visit<'_>) -> Vec<Value> {
    let view = |name: &str| json!({ "name": name, "label": site.word("printer.button", &[("name", name)]) });
    site.engine.library().clinic.printers.iter().map(|printer| view(&printer.name)).collect()
}

pub fn merge(view: &mut Value, parts: Value) {
    if let (Value::Object(view), Value::Object(parts)) = (view, parts) {
        view.extend(parts);
    }
}

/// Where a page's picture goes. Pictures are most of an answer, so they are put in at the end and copied once; what
/// people type is escaped and can never look like this.
fn place(index: usize) -> String {
    format!("<!--picture {index}-->")
}

/// A filled template with the pictures in their places.
pub fn with_pictures(html: &str, pictures: &[String]) -> String {
    let length = html.len() + pictures.iter().map(String::len).sum::<usize>();
    let mut whole = String::with_capacity(length);
    let mut rest = html;
    for (index, picture) in pictures.iter().enumerate() {
        if let Some((before, after)) = rest.split_once(&place(index)) {
            whole.push_str(before);
            whole.push_str(picture);
            rest = after;
        }
    }
    whole.push_str(rest);
    whole
}

/// What `preview.html` shows.
pub fn preview_view(site: &Visit<'_>, typed: &Typed, preview: &Preview) -> Value {
    let count = preview.pages.len();
    let page = |index: usize| {
        let label = [("page", &*(index + 1).to_string()), ("pages", &*count.to_string())];
        json!({ "svg": place(index), "label": site.word("preview.page", &label) })
    };
    json!({
        "pages": (0..count).map(page).collect::<Vec<_>>(),
        "shown": preview.shown,
        "faults": preview.faults,
        "warnings": preview.warnings,
        "empty": preview.empty,
        "now": local(site.now(), site.engine.library()),
        "summary": summary(site, typed, preview),
    })
}

/// One line on what would print: `2 pages · Letter · standard`, and that the lung signs do.
fn summary(site: &Visit<'_>, typed: &Typed, preview: &Preview) -> String {
    let Some(pack) = site.pack() else { return String::new() };
    let sides = match preview.pages.len() {
        0 => return String::new(),
        1 => site.word("preview.one_page", &[]),
        pages => site.word("preview.pages", &[("pages", &pages.to_string())]),
    };
    let paper = match typed.one("paper") {
        "" => site.engine.library().clinic.paper.name(),
        paper => paper,
    };
    let words = [("papers", paper), ("editions", typed.one("edition"))];
    let chosen = words.into_iter().filter(|(_, name)| !name.is_empty());
    let chosen = chosen.map(|(group, name)| word(pack, group, name));
    let lungs = preview.over_lungs.then(|| site.word("preview.lungs", &[]));
    std::iter::once(sides).chain(chosen).chain(lungs).collect::<Vec<_>>().join(" · ")
}

/// What the form started from: a preset's values, or the start's.
fn base(library: &Library, typed: &Typed) -> BTreeMap<&'static str, Vec<String>> {
    let preset = library.clinic.presets.iter().find(|preset| preset.id == typed.one("preset"));
    preset.map(|preset| preset_fields(&preset.request).into_iter().collect()).unwrap_or_default()
}

/// The form's controls with their state.
struct Form<'a> {
    library: &'a Library,
    pack: &'a Pack,
    typed: &'a Typed,
    base: BTreeMap<&'static str, Vec<String>>,
}

impl Form<'_> {
    fn presets(&self) -> Vec<Value> {
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

    fn options(&self, field: &str, group: &str, names: &[&str]) -> Vec<Value> {
        names.iter().map(|id| self.option(field, id, capital(&word(self.pack, group, id)))).collect()
    }

    fn languages(&self) -> Vec<Value> {
        let tags = self.library.packs.keys().map(|language| language.tag());
        tags.map(|tag| self.option("language", tag, word(self.pack, "languages", tag))).collect()
    }

    fn therapists(&self) -> Vec<Value> {
        let names = self.library.clinic.therapists.iter();
        names.map(|name| self.option("therapist", name, name.clone())).collect()
    }

    fn region_groups(&self) -> Vec<Value> {
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

    fn exercises(
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
    fn sections(&self, titles: &BTreeMap<String, String>) -> Vec<Value> {
        let own = self.pack.sections.values().map(|section| (section.id.as_str(), &section.title));
        let filled = FILLED.iter().filter_map(|id| {
            let key = match *id {
                "note" | "next-visit" => return None,
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
    fn rest_bounds(&self) -> (u32, u32) {
        self.library.protocol.rest_bounds()
    }

    /// The fields whose values are not the preset's.
    fn differing(&self) -> BTreeMap<&'static str, bool> {
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

/// What was typed into the fields that hold text.
fn values(typed: &Typed) -> Value {
    let fields = ["patient", "note", "next_visit", "session_at", "session_now", "rest_hours"];
    let values: BTreeMap<_, _> = fields.into_iter().map(|field| (field, typed.one(field))).collect();
    json!(values)
}

/// Texts by field; every field that a template asks for is there.
fn by_field(faults: &[Notice]) -> Value {
    let fields = crate::options::keys::KEYS.iter().map(|key| key.column);
    let texts = |field: &str| -> Vec<&str> {
        faults.iter().filter(|fault| fault.field == field).map(|fault| fault.text.as_str()).collect()
    };
    json!(fields.map(|field| (field, texts(field))).collect::<BTreeMap<_, _>>())
}

/// The body from each side: what only draws, and each region's path.
fn bodies(library: &Library) -> Vec<Value> {
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
fn word(pack: &Pack, group: &str, name: &str) -> String {
    let text = pack.words.get(&format!("{group}.{name}"));
    text.map_or_else(|| name.to_owned(), |source| source.text.to_string())
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
