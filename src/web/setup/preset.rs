//! Choices of the form as a preset. What is a patient's own is never read into one: name, note, times, and what is asked of
//! the patient alone.

use super::writing::{Base, NotWritten, Plan};
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::edit::{self, Change, Data, Item};
use crate::locale::capitalised;
use crate::options::Edition;
use crate::web::context::Context;
use crate::web::controls::{label_of, merge, said_values, word};
use crate::web::form::{Role, Typed, roles};
use crate::web::page;
use crate::{Engine, Library, OptionKind};
use serde_json::{Value, json};
use std::path::Path;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const EDITION: &str = "print.edition";
/// The longest id.
const ID: usize = 48;

/// What a preset would hold.
pub struct Chosen {
    treatment: String,
    /// Option, its place in a request, its values, and whether it takes several.
    options: Vec<(String, String, Vec<String>, bool)>,
    edition: Option<String>,
}

impl Chosen {
    pub fn of(library: &Library, typed: &Typed) -> Chosen {
        let options = roles(library).filter_map(|(option, role)| {
            let is_saved = match role {
                Role::Treatment => true,
                Role::Library => typed.chooses(),
                Role::Added => false,
                Role::Kept => matches!(option.kind, OptionKind::Hours { .. }),
            };
            let values = typed.filled(&option.id);
            let usual = option.default.as_ref().is_some_and(|usual| values == [usual.to_string()]);
            let known = option.values();
            // A form of somebody else's making holds what it likes: only values of the treatment are taken.
            let is_known = |value: &String| match option.kind {
                OptionKind::Exercises { .. } => crate::is_id(value),
                OptionKind::Hours { .. } => {
                    value.len() <= 4 && value.bytes().all(|byte| byte.is_ascii_digit())
                }
                _ => known.iter().any(|name| **name == **value),
            };
            let values: Vec<String> = values.into_iter().filter(is_known).collect();
            // What a preset decides it says, also where it is the usual.
            let says = is_saved && !values.is_empty() && (!usual || role == Role::Treatment);
            says.then(|| (option.id.to_string(), option.key.path.to_string(), values, option.is_list()))
        });
        let edition = typed.one("edition");
        let is_special = edition != Edition::Standard.name() && Edition::NAMES.contains(&edition);
        Chosen {
            treatment: library.treatment.id.to_string(),
            options: options.collect(),
            edition: is_special.then(|| edition.to_owned()),
        }
    }

    pub fn view(&self, context: &Context<'_>, typed: &Typed, told: &str, done: bool) -> Value {
        let mut view = page::frame(context);
        let mut rows: Vec<Value> = self
            .options
            .iter()
            .map(|(id, _, values, _)| {
                let said = match context.library().treatment.options.get(id.as_str()).map(|one| &one.kind) {
                    Some(OptionKind::Hours { .. }) => values.join(", "),
                    _ => said_values(context, id, values).join(", "),
                };
                json!({ "label": label_of(context, id), "values": said })
            })
            .collect();
        let edition = self.edition.as_ref().zip(context.pack());
        rows.extend(edition.map(|(edition, pack)| {
            json!({ "label": context.word("paper.edition", &[]), "values": capitalised(&word(pack, "editions", edition)) })
        }));
        let hidden: Vec<Value> = self
            .options
            .iter()
            .flat_map(|(id, _, values, _)| values.iter().map(move |value| (id.as_str(), value.as_str())))
            .chain(self.edition.iter().map(|edition| ("edition", edition.as_str())))
            .chain([("treatment", &*self.treatment)])
            .chain(typed.chooses().then_some(("choose", "own")))
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        merge(
            &mut view,
            json!({
                "rows": rows, "hidden": hidden, "label": typed.one("label"), "told": told, "done": done,
                "patient": typed.one("patient"), "own": context.site.folder().is_some(),
                "empty": self.options.is_empty(),
            }),
        );
        view
    }

    /// Adds the preset to its treatment's file; the file's path, and what came of it.
    pub fn write(
        &self,
        context: &Context<'_>,
        folder: &Path,
        label: &str,
    ) -> (String, Result<Engine, NotWritten>) {
        let path = format!("content/treatments/{}/presets.yaml", self.treatment);
        let plan = Base::read(folder).and_then(|base| Ok((self.plan(&base, &path, label)?, base)));
        let written = plan
            .map_err(NotWritten::from)
            .and_then(|(plan, base)| base.write(&plan, &context.site.engine, context.site.now(), false));
        (path, written)
    }

    fn plan(&self, base: &Base, path: &str, label: &str) -> Result<Plan, Faults> {
        let text = base.bytes(path).map_or(Ok(""), |_| base.text(path))?;
        let now = edit::read(path, text).map_err(|fault| Faults::from(*fault))?;
        let taken: Vec<&str> = now.items().iter().map(|item| item.text(&["id"])).collect();
        if now.items().iter().any(|item| item.text(&["label"]).eq_ignore_ascii_case(label)) {
            let message = format!("there is a preset `{label}` already");
            return Err(Diagnostic::error("duplicate-id", message)
                .at(Place::file(path))
                .hint("give it another name")
                .into());
        }
        let kept = (0..taken.len()).map(|index| Item { from: Some(index), data: None });
        let new = Item { from: None, data: Some(self.data(&id(label, &taken), label)) };
        let change = Change::List(kept.chain([new]).collect());
        let text = edit::change(path, text, &[], &change).map_err(|fault| Faults::from(*fault))?;
        Ok(Plan::from([(path.to_owned(), Some(text.into_bytes()))]))
    }

    fn data(&self, id: &str, label: &str) -> Data {
        let mut keys = vec![("id".to_owned(), Data::line(id)), ("label".to_owned(), Data::line(label))];
        for (_, path, values, is_list) in &self.options {
            let value = match &values[..] {
                [one] if !is_list => Data::line(one.clone()),
                all => Data::List(all.iter().map(Data::line).collect()),
            };
            put(&mut keys, path, value);
        }
        if let Some(edition) = &self.edition {
            put(&mut keys, EDITION, Data::line(edition.clone()));
        }
        Data::Keys(keys)
    }
}

/// A value under keys with dots between.
fn put(keys: &mut Vec<(String, Data)>, path: &str, value: Data) {
    let Some((group, rest)) = path.split_once('.') else { return keys.push((path.to_owned(), value)) };
    let at = keys.iter().position(|(name, _)| name == group).unwrap_or_else(|| {
        keys.push((group.to_owned(), Data::Keys(Vec::new())));
        keys.len() - 1
    });
    if let (_, Data::Keys(inner)) = &mut keys[at] {
        put(inner, rest, value);
    }
}

/// The preset's name.
///
/// # Errors
/// The word for why it cannot be: there is none, or it holds the patient's.
pub fn label(typed: &Typed) -> Result<String, &'static str> {
    let label = typed.one("label").trim();
    if label.is_empty() {
        return Err("setup.preset.no-label");
    }
    let words = |text: &str| -> Vec<String> {
        let parts = text.split(|sign: char| !is_of_word(sign)).map(plain);
        parts.filter(|word| !word.is_empty()).collect()
    };
    let own = words(typed.one("patient"));
    let (label_words, label_text) = (words(label), plain(label));
    // Scripts without capitals mostly write words without spaces.
    let has_capitals = |word: &str| word.chars().any(|letter| letter.is_lowercase() || letter.is_uppercase());
    let is_in_label =
        |word: &String| label_words.contains(word) || !has_capitals(word) && label_text.contains(&**word);
    if own.iter().any(is_in_label) {
        return Err("setup.preset.patient");
    }
    Ok(label.to_owned())
}

/// In many scripts marks that are no letters stand within a word, such as the dot of Tamil that takes a vowel away.
fn is_of_word(sign: char) -> bool {
    sign.is_alphanumeric() || is_combining_mark(sign)
}

/// Small letters without accents.
fn plain(text: &str) -> String {
    text.to_lowercase().nfd().filter(|letter| !is_combining_mark(*letter)).collect()
}

/// An id of its own, made of the name.
pub fn id(label: &str, taken: &[&str]) -> String {
    let mut id = String::new();
    for letter in plain(label).chars() {
        match letter {
            'a'..='z' | '0'..='9' => id.push(letter),
            _ if !id.is_empty() && !id.ends_with('-') => id.push('-'),
            _ => {}
        }
    }
    let mut id: String =
        id.trim_start_matches(|letter: char| !letter.is_ascii_lowercase()).chars().take(ID).collect();
    id.truncate(id.trim_end_matches('-').len());
    if id.is_empty() {
        "preset".clone_into(&mut id);
    }
    let others = (2..).map(|number| format!("{id}-{number}"));
    std::iter::once(id.clone()).chain(others).find(|id| !taken.contains(&id.as_str())).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_of_names_and_never_twice() {
        assert_eq!(id("Long desk day, light", &[]), "long-desk-day-light");
        assert_eq!(id("2 Épaules!", &[]), "epaules");
        assert_eq!(id("腰", &["preset", "preset-2"]), "preset-3");
        assert!(crate::is_id(&id(&"x ".repeat(90), &[])));
    }

    #[test]
    fn a_name_of_the_patient_is_no_name_of_a_preset() {
        let typed = |label: &str, patient: &str| {
            Typed::new(
                [("label", label), ("patient", patient)].map(|(one, other)| (one.into(), other.into())),
            )
        };
        assert!(label(&typed("Planning", "Ann")).is_ok());
        assert_eq!(label(&typed("Maria's plan", "María")), Err("setup.preset.patient"));
        assert_eq!(label(&typed("田中さんの首", "田中")), Err("setup.preset.patient"));
        assert_eq!(label(&typed("Maria's plan", "Maria Lee")), Err("setup.preset.patient"));
        assert_eq!(label(&typed("செல்வியின் கழுத்து", "செல்வி")), Err("setup.preset.patient"));
        assert!(label(&typed("வலது தோள்", "செல்வி")).is_ok(), "a letter of a name is not the name");
        assert_eq!(label(&typed(" ", "")), Err("setup.preset.no-label"));
        assert_eq!(label(&typed(" Light ", "")), Ok("Light".to_owned()));
    }
}
