//! Every text, tried when the library is loaded: filled with each combination of the options that it depends on,
//! so that a branch which one patient in a thousand takes cannot fail on that patient's sheet.

mod matrix;
mod order;
mod units;

use super::compile::{Compiled, TextId, Values};
use super::fill::{call_text, try_layout, try_panels, try_word};
use super::rules::{Sheet, steps};
use crate::content::{Audience, Clinic, Library, LocalizedLine, Step};
use crate::diagnostic::{Diagnostic, Faults, Place, Sink};
use crate::document::{plain_text, prose_of};
use crate::options::Fold;
use crate::options::sections::WHEN_TO_CALL;
use matrix::{Case, cases, few, with_and_without};
use std::collections::{BTreeMap, BTreeSet};
use units::{Least, Shape, Unit, units};

/// Bytes of text that all trials of a language may take together; the built-in clinic's take about 1 MB. Beyond,
/// each text is tried with a few situations only.
const BUDGET: usize = 128 << 20;

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
    if !trial.is_tried {
        trial.found.extend(order::check(trial.library, pack));
        trial.found.extend(order::unasked(trial.library, pack));
    }
    trial.layout();
    trial.brochure();
    for unit in units(pack, &trial.library.treatment) {
        trial.unit(&unit);
    }
    trial.found.into_iter().for_each(|fault| sink.push_once(fault));
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

    fn unit(&mut self, unit: &Unit<'_>) {
        let texts = unit.texts.iter().map(|(text, _)| *text);
        let all: Vec<TextId> = unit.conditions.iter().copied().chain(texts).collect();
        if all.iter().any(|text| self.pack.texts.is_faulty(*text)) {
            return;
        }
        let fact = unit.step.and_then(|step| steps::fact(step, &self.library.treatment));
        let used = all.iter().flat_map(|text| self.pack.texts.used(*text));
        let depends: BTreeSet<String> =
            used.chain(fact.map(|fact| fact.name.as_str())).map(str::to_owned).collect();
        let mut cases = self.cases(&all, &depends);
        // A text that names nothing is the same for everybody: that it is more than a mark shows on any sheet.
        if cases.is_empty()
            && !self.is_tried
            && unit.texts.iter().any(|(_, shape)| shape.least() == Least::Word)
        {
            cases = few(&self.library.treatment);
        }
        for case in cases {
            let fits = match unit.audience {
                Audience::Both => true,
                Audience::Patient => !case.public,
                Audience::Public => case.public,
            };
            let is_on = |step: &&Step| steps::stands(step, self.pack, &case.situation(self.library));
            let stands = unit.step.as_ref().is_none_or(is_on);
            if fits
                && stands
                && let Err(faults) = self.try_unit(unit, &case)
            {
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

    fn try_unit(&mut self, unit: &Unit<'_>, case: &Case) -> Result<(), Faults> {
        let pack = self.pack;
        let values = self.values(case);
        for condition in &unit.conditions {
            if !pack.texts.holds(*condition, values)? {
                return Ok(());
            }
        }
        for (text, shape) in &unit.texts {
            let plain = match shape {
                Shape::Blocks(_) => prose_of(&pack.texts.blocks(*text, values)?),
                Shape::Line(_) => plain_text(&pack.texts.line(*text, values)?),
                Shape::Plain(_) => pack.texts.plain(*text, values)?,
            };
            let Some(message) = shape.least().lacking(&plain) else { continue };
            let place = pack.texts.source(*text).map(|source| source.place.clone()).unwrap_or_default();
            return Err(Diagnostic::error("blank", message).at(place).into());
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
        units(&compiled, &library.treatment).iter().for_each(|unit| trial.unit(unit));
        let codes: Vec<&str> = trial.found.iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["trial-cut"]);
        assert!(trial.values.len() < 200);
    }
}
