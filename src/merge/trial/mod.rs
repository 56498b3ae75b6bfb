//! Every text, tried when the library is loaded: filled with each combination of the options that it depends on,
//! so that a branch which one patient in a thousand takes cannot fail on that patient's sheet.

mod matrix;

use super::compile::{Compiled, TextId, Values, is_plain};
use super::fill::{call_text, try_layout, try_panels, try_word};
use super::rules::Sheet;
use crate::content::{Audience, Clinic, Library, LocalizedLine};
use crate::diagnostic::{Diagnostic, Faults, Place, Sink};
use crate::document::{Text, plain_text};
use crate::options::Fold;
use crate::options::sections::WHEN_TO_CALL;
use indexmap::IndexMap;
use matrix::{Case, cases, few, with_and_without};
use std::collections::{BTreeMap, BTreeSet};

/// Words that may not come out blank, with all of `timeline`.
const NEVER_BLANK: [&str; 10] = [
    "title",
    "document-title",
    "quick-lead",
    "quick-answer",
    "exercises",
    "note",
    "note-plain",
    "next-visit",
    "contact.heading",
    "faq",
];

/// Groups of such words.
const RECORDS: [&str; 4] = ["timeline.", "chart.", "calendar.", "teach-back."];

/// Bytes of text that all trials of a language may take together; the built-in clinic's take about 1 MB. Beyond,
/// each text is tried with a few situations only.
const BUDGET: usize = 128 << 20;

/// Texts that print together, and when.
struct Unit {
    audience: Audience,
    conditions: Vec<TextId>,
    texts: Vec<(TextId, Shape)>,
}

/// How a text is read, and whether it may be empty.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Line { blank: bool },
    Plain { blank: bool },
    Blocks,
}

pub fn try_all(library: &Library, pack: &Compiled, sink: &mut Sink) {
    try_with(Trial::new(library, pack, BUDGET), sink);
}

/// The same where texts that come with the program are tried with a few situations only.
pub fn try_own(library: &Library, pack: &Compiled, sink: &mut Sink) {
    let is_tried = library.packs.get(&pack.language).is_some_and(|pack| pack.is_tried);
    try_with(Trial { is_tried, ..Trial::new(library, pack, BUDGET) }, sink);
}

fn try_with(mut trial: Trial<'_>, sink: &mut Sink) {
    let pack = trial.pack;
    // First, so that no long text takes the budget from it.
    trial.safety();
    trial.layout();
    trial.brochure();
    for unit in units(pack) {
        trial.unit(&unit);
    }
    trial.found.into_iter().for_each(|fault| sink.push_once(fault));
}

fn units(pack: &Compiled) -> Vec<Unit> {
    let mut units = Vec::new();
    for section in pack.sections.values() {
        units.push(Unit {
            audience: section.audience,
            conditions: section.conditions.clone(),
            texts: vec![(section.title, Shape::Line { blank: false }), (section.body, Shape::Blocks)],
        });
    }
    for question in &pack.questions {
        units.push(Unit {
            audience: question.audience,
            conditions: question.conditions.clone(),
            texts: vec![(question.question, Shape::Line { blank: false }), (question.answer, Shape::Blocks)],
        });
    }
    let line = |text: TextId, shape: Shape| Unit {
        audience: Audience::Both,
        conditions: Vec::new(),
        texts: vec![(text, shape)],
    };
    for exercise in pack.libraries.values().flat_map(IndexMap::values) {
        units.push(line(exercise.name, Shape::Line { blank: false }));
        units.push(line(exercise.alt, Shape::Plain { blank: false }));
        units.extend(exercise.steps.iter().map(|step| line(*step, Shape::Line { blank: false })));
    }
    for (key, word) in &pack.words {
        let blank =
            !NEVER_BLANK.contains(&key.as_str()) && !RECORDS.iter().any(|group| key.starts_with(group));
        let plain = is_plain(key);
        units.push(line(*word, if plain { Shape::Plain { blank } } else { Shape::Line { blank } }));
    }
    units
}

struct Trial<'a> {
    library: &'a Library,
    pack: &'a Compiled,
    /// The clinic with every line filled in.
    clinic: Clinic,
    values: BTreeMap<Case, Values>,
    found: Vec<Diagnostic>,
    /// What is left of [`BUDGET`].
    left: usize,
    /// Only what the clinic's profile may do to the texts is to be found.
    is_tried: bool,
}

impl<'a> Trial<'a> {
    fn new(library: &'a Library, pack: &'a Compiled, left: usize) -> Trial<'a> {
        let (values, found) = (BTreeMap::new(), Vec::new());
        Trial { library, pack, clinic: filled_in(&library.clinic), values, found, left, is_tried: false }
    }

    fn unit(&mut self, unit: &Unit) {
        let texts = unit.texts.iter().map(|(text, _)| *text);
        let all: Vec<TextId> = unit.conditions.iter().copied().chain(texts).collect();
        if all.iter().any(|text| self.pack.texts.is_faulty(*text)) {
            return;
        }
        let depends = all.iter().flat_map(|text| self.pack.texts.used(*text)).map(str::to_owned).collect();
        for case in self.cases(&all, &depends) {
            let fits = match unit.audience {
                Audience::Both => true,
                Audience::Patient => !case.public,
                Audience::Public => case.public,
            };
            if fits && let Err(faults) = self.try_unit(unit, &case) {
                self.report(faults);
            }
        }
    }

    /// As many situations as the budget has room for.
    fn cases(&mut self, texts: &[TextId], depends: &BTreeSet<String>) -> Vec<Case> {
        if self.is_tried {
            return if depends.is_empty() { Vec::new() } else { with_and_without(&self.library.treatment) };
        }
        let length = |text: &TextId| self.pack.texts.source(*text).map_or(0, |source| source.text.len());
        let length: usize = texts.iter().map(length).sum();
        let all = cases(depends, &self.library.treatment);
        let fits = all.and_then(|all| Some((self.left.checked_sub(length.saturating_mul(all.len()))?, all)));
        match fits {
            Some((left, all)) => {
                self.left = left;
                all
            }
            None => {
                let few = few(&self.library.treatment);
                self.left = self.left.saturating_sub(length.saturating_mul(few.len()));
                self.warn_cut(texts);
                few
            }
        }
    }

    fn warn_cut(&mut self, texts: &[TextId]) {
        if self.found.iter().any(|fault| fault.code == "trial-cut") {
            return;
        }
        let message = "the texts are too long to be tried with every combination of options from here on";
        let place =
            texts.first().and_then(|text| self.pack.texts.source(*text)).map(|source| source.place.clone());
        self.found.push(Diagnostic::warning("trial-cut", message).at(place.unwrap_or_default()));
    }

    fn try_unit(&mut self, unit: &Unit, case: &Case) -> Result<(), Faults> {
        let pack = self.pack;
        let values = self.values(case);
        for condition in &unit.conditions {
            if !pack.texts.holds(*condition, values)? {
                return Ok(());
            }
        }
        for (text, shape) in &unit.texts {
            let blank = match shape {
                Shape::Blocks => pack.texts.blocks(*text, values).map(|_| false)?,
                Shape::Line { blank } => is_blank(&pack.texts.line(*text, values)?) && !blank,
                Shape::Plain { blank } => pack.texts.plain(*text, values)?.trim().is_empty() && !blank,
            };
            if blank {
                let place = pack.texts.source(*text).map(|source| source.place.clone()).unwrap_or_default();
                let fault =
                    Diagnostic::error("blank", "this text comes out blank for some requests").at(place);
                return Err(fault.into());
            }
        }
        Ok(())
    }

    fn values(&mut self, case: &Case) -> &Values {
        let (library, pack, clinic) = (self.library, self.pack, &self.clinic);
        self.values.entry(case.clone()).or_insert_with(|| case.values(library, pack, clinic))
    }

    /// Every wording, with all that it depends on and all that makes it print.
    fn safety(&mut self) {
        let pack = self.pack;
        let treatment = &self.library.treatment;
        for (key, id) in &pack.safety.words {
            let fact = treatment.rule(key).and_then(|rule| treatment.fact(rule));
            let needed = fact.map(|fact| fact.name.as_str());
            let depends = pack.texts.used(*id).chain(needed).map(str::to_owned).collect();
            self.on_sheets(*id, &depends, |sheet| try_word(sheet, key));
        }
        if let Some(section) = pack.sections.get(WHEN_TO_CALL) {
            let depends = pack.texts.used(section.body).map(str::to_owned).collect();
            self.on_sheets(section.body, &depends, |sheet| call_text(sheet).map(|_| ()));
        }
    }

    fn layout(&mut self) {
        let layout = self.pack.layout;
        let depends = self.pack.texts.used(layout).map(str::to_owned).collect();
        self.on_sheets(layout, &depends, try_layout);
    }

    /// Both folds have all their panels, and all safety text on them.
    fn brochure(&mut self) {
        if self.pack.texts.is_faulty(self.pack.brochure) {
            return;
        }
        for fold in Fold::ALL {
            let case = matrix::brochure(*fold, &self.library.treatment);
            let values = self.values(&case).clone();
            if let Err(faults) = self.with_sheet(&case, values, try_panels) {
                self.report(faults);
            }
        }
    }

    /// Tries one text on sheets that differ in what it depends on, and on a plain one.
    fn on_sheets(
        &mut self,
        text: TextId,
        depends: &BTreeSet<String>,
        task: impl Fn(&Sheet<'_>) -> Result<(), Faults>,
    ) {
        if self.pack.texts.is_faulty(text) {
            return;
        }
        let cases =
            if depends.is_empty() { few(&self.library.treatment) } else { self.cases(&[text], depends) };
        for case in cases {
            let values = self.values(&case).clone();
            if let Err(faults) = self.with_sheet(&case, values, &task) {
                self.report(faults);
            }
        }
    }

    fn with_sheet<T>(&self, case: &Case, values: Values, task: impl FnOnce(&Sheet<'_>) -> T) -> T {
        let situation = case.situation(self.library);
        task(&Sheet {
            library: self.library,
            pack: self.pack,
            situation,
            values,
            request: None,
            covered: &|_| true,
            today: self.pack.safety.review.reviewed,
            warnings: Vec::new(),
            reviewed: None,
        })
    }

    /// Each fault once, however many combinations have it.
    fn report(&mut self, faults: Faults) {
        for fault in faults.0 {
            let same = |other: &Diagnostic| {
                let place = |fault: &Diagnostic| {
                    fault.place.as_ref().map(|place: &Place| (place.file.clone(), place.line))
                };
                other.code == fault.code && place(other) == place(&fault)
            };
            if !self.found.iter().any(same) {
                self.found.push(fault);
            }
        }
    }
}

fn is_blank(text: &Text) -> bool {
    plain_text(text).trim().is_empty()
}

/// What a clinic has once it has told everything.
fn filled_in(clinic: &Clinic) -> Clinic {
    let line = |line: &Option<String>, example: &str| line.clone().or_else(|| Some(example.to_owned()));
    Clinic {
        phone: line(&clinic.phone, "416 555-0100"),
        email: line(&clinic.email, "clinic@example.com"),
        web: line(&clinic.web, "https://example.com"),
        address: line(&clinic.address, "1 Example Street"),
        register: clinic
            .register
            .clone()
            .or_else(|| Some(LocalizedLine::same("the public register (example.com)"))),
        site: line(&clinic.site, "https://example.com/aftercare/"),
        ..clinic.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::files::Embedded;
    use crate::merge::compile;

    #[test]
    fn texts_beyond_the_budget_are_tried_a_little_and_that_is_told_once() {
        let library = crate::content::load(&Embedded).expect("the built-in clinic").value.first;
        let pack = library.packs.values().next().expect("a language");
        let compiled = compile::compile(&library, pack, true, &mut Sink::default()).expect("its texts");
        let mut trial = Trial::new(&library, &compiled, 10_000);
        units(&compiled).iter().for_each(|unit| trial.unit(unit));
        let codes: Vec<&str> = trial.found.iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["trial-cut"]);
        assert!(trial.values.len() < 200);
    }
}
