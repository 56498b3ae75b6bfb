//! What a treatment and its texts must agree on, and treatments among each other, once all of them are read.

use super::printed::Printed;
use crate::content::names::fold;
use crate::content::{Audience, Folder, OptionKind, Pack, Treatment, TreatmentOption};
use crate::diagnostic::{Diagnostic, Sink, allowed, shown};
use crate::locale::Language;
use crate::options::keys::EXCLUDE;
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

pub fn check(treatment: &Treatment, packs: &IndexMap<Language, Pack>, sink: &mut Sink) {
    sections(treatment, packs, sink);
    for pack in packs.values() {
        facts(treatment, pack, sink);
        words(treatment, pack, sink);
        typed(treatment, pack, sink);
    }
}

/// A contradiction that names a section which is never left out holds nothing in its place.
fn sections(treatment: &Treatment, packs: &IndexMap<Language, Pack>, sink: &mut Sink) {
    let own = packs.values().flat_map(|pack| pack.sections.keys().map(String::as_str));
    let known: BTreeSet<&str> = own.chain(treatment.filled()).collect();
    let parts = treatment.contradictions.iter().flat_map(|one| [&one.a, &one.b]);
    let excluded = parts.filter(|part| part.key == EXCLUDE);
    let excluded = excluded.filter_map(|part| Some((part.value.as_deref()?, &part.place)));
    for (id, place) in excluded.filter(|(id, _)| !known.contains(id)) {
        let message =
            format!("unknown section `{}`: this contradiction holds nothing in its place", shown(id));
        // A clinic may have taken the section out.
        let warning = Diagnostic::warning("unknown-section", message).at(place.clone());
        sink.push_once(warning.hint(allowed(id, known.iter().copied())));
    }
}

/// A library may be shared, so that `not-with` may name a fact of another treatment. One that this treatment asks for by
/// the same name is its own under another: such exercises would be shown all the same.
fn facts(treatment: &Treatment, pack: &Pack, sink: &mut Sink) {
    let asked: BTreeSet<&str> =
        treatment.options.values().flat_map(|option| option.values()).map(|value| &**value).collect();
    let known: Vec<&str> = treatment.facts.iter().map(|fact| &*fact.id).collect();
    for (id, exercise) in pack.libraries.values().flatten() {
        for fact in
            exercise.not_with.keys().filter(|fact| asked.contains(&***fact) && !known.contains(&&***fact))
        {
            let message = format!(
                "the exercise `{id}` does not go with `{fact}`, and `{fact}` can be chosen, but is no fact"
            );
            let fault = Diagnostic::error("unknown-name", message).at(treatment.place.clone());
            sink.push_once(fault.hint(format!("name the fact `{fact}` as the exercise does")));
        }
    }
}

/// What is typed for a patient prints: a text of the sheet names each option that is typed.
fn typed(treatment: &Treatment, pack: &Pack, sink: &mut Sink) {
    let is_typed = |option: &&TreatmentOption| matches!(option.kind, OptionKind::Text | OptionKind::Time);
    for option in treatment.options.values().filter(is_typed) {
        let name = option.text_name();
        if on_sheets(pack).any(|text| names(text, &name)) {
            for_some(treatment, pack, &name).into_iter().for_each(|fault| sink.push_once(fault));
            continue;
        }
        let message =
            format!("no text of `{}` prints `{name}`: what is typed there would be lost", pack.language);
        let fault = Diagnostic::error("unprinted-option", message).at(treatment.place.clone());
        let hint =
            format!("name it in a text of the sheet: `{{% if {name} %}}{{{{ {name} }}}}{{% endif %}}`");
        sink.push_once(fault.hint(hint));
    }
}

/// Where texts print what is typed for some patients alone.
fn for_some(treatment: &Treatment, pack: &Pack, name: &str) -> Option<Diagnostic> {
    let mut printed = Printed::new(name);
    let is_of_sheets = |audience: Audience| audience != Audience::Public;
    for section in pack.sections.values().filter(|section| is_of_sheets(section.audience)) {
        [&section.title, &section.body].iter().for_each(|text| printed.add(&text.text, &section.conditions));
    }
    for one in pack.questions.iter().filter(|question| is_of_sheets(question.audience)) {
        [&one.question, &one.answer].iter().for_each(|text| printed.add(&text.text, &one.conditions));
    }
    // Under which conditions a word or a warning stands is the program's to know.
    let others = pack.words.values().chain(pack.safety.words.values());
    if others.into_iter().any(|source| names(&source.text, name)) {
        return None;
    }
    let on = printed.hangs_on();
    let listed: Vec<String> = on.iter().map(|name| format!("`{name}`")).collect();
    (!listed.is_empty()).then(|| {
        let message = format!(
            "the texts of `{}` print `{name}` for some patients only: it hangs on {}",
            pack.language,
            listed.join(", ")
        );
        let fault = Diagnostic::warning("unprinted-option", message).at(treatment.place.clone());
        fault.hint("what is typed for the others would be lost: print it for them too")
    })
}

/// The texts that a patient's sheet can have.
fn on_sheets(pack: &Pack) -> impl Iterator<Item = &str> {
    let of_sheets = |audience: Audience| audience != Audience::Public;
    let sections = pack.sections.values().filter(move |section| of_sheets(section.audience));
    let sections = sections.flat_map(|section| [&section.title, &section.body]);
    let questions = pack.questions.iter().filter(move |question| of_sheets(question.audience));
    let questions = questions.flat_map(|question| [&question.question, &question.answer]);
    let is_public = |key: &str| PUBLIC_WORDS.iter().any(|group| key.starts_with(group));
    let words = pack.words.iter().filter(move |(key, _)| !is_public(key)).map(|(_, word)| word);
    let texts = sections.chain(questions).chain(words).chain(pack.safety.words.values());
    texts.map(|source| &*source.text)
}

/// Words that no sheet has.
const PUBLIC_WORDS: [&str; 3] = ["brochure.", "site.", "document-title"];

/// Whether a text fills a name in.
fn names(text: &str, name: &str) -> bool {
    let tags = text.split("{{").skip(1).map(|rest| rest.split("}}").next().unwrap_or_default());
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    tags.into_iter().any(|tag| tag.split(|c| !is_part(c)).any(|word| word == name))
}

/// Two values of an option with one word: a sheet, a roster and a page could not tell which.
fn words(treatment: &Treatment, pack: &Pack, sink: &mut Sink) {
    for option in treatment.options.values() {
        let group = if option.is_regions() { super::words::REGIONS } else { &option.words };
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for value in option.values() {
            let Some(word) = pack.words.get(&format!("{group}.{value}")) else { continue };
            let Some(other) = seen.insert(fold(&word.text), value) else { continue };
            let message = format!("`{other}` and `{value}` have the same word, “{}”", word.text);
            let fault = Diagnostic::error("doubled-name", message).at(word.place.clone());
            sink.push_once(fault.hint("say what tells them apart"));
        }
    }
}

/// Who asks for a treatment by its word or its id must get that one.
pub fn check_names(folder: &Folder, sink: &mut Sink) {
    let mut seen: BTreeMap<String, &str> =
        folder.treatments().map(|one| (fold(&one.treatment.id), &*one.treatment.id)).collect();
    for library in folder.treatments() {
        let id = &*library.treatment.id;
        for word in library.packs.values().filter_map(|pack| pack.words.get("treatment")) {
            let other = *seen.entry(fold(&word.text)).or_insert(id);
            if other != id {
                let message = format!("the treatments `{other}` and `{id}` are both called “{}”", word.text);
                let fault = Diagnostic::error("doubled-name", message).at(word.place.clone());
                sink.push_once(fault.hint("give `treatment` a word that no other has"));
            }
        }
    }
}
