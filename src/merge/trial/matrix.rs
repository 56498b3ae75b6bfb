//! Made-up situations that between them take every branch of a text.

use crate::content::{Clinic, Fact, Library, OptionKind, Treatment, TreatmentOption};
use crate::limits::TRIED;
use crate::locale::Zone;
use crate::merge::compile::{Compiled, Values};
use crate::merge::fill::Wording;
use crate::merge::rules::{Session, Situation, Windows};
use crate::options::chosen::{Answer, Chosen};
use crate::options::{Fold, Name};
use chrono::{DateTime, Utc};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A made-up situation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Case {
    pub public: bool,
    patient: bool,
    therapist: bool,
    /// Names chosen, by option.
    names: BTreeMap<Name, Vec<Name>>,
    /// Other options that have a value.
    given: BTreeSet<Name>,
    next_visit: bool,
    has_note: bool,
    contact: bool,
    pub fold: Option<Fold>,
}

/// Combinations that one text is tried with, at most; beyond, every pair of choices.
const COMBINATIONS: usize = 1024;

/// A session in winter and its next visit, seconds since 1970.
const SESSION: i64 = 1_795_551_000;
const NEXT_VISIT: i64 = SESSION + 7 * 86_400;

impl Case {
    /// With what a request cannot do without.
    fn plain(treatment: &Treatment) -> Case {
        let usual = treatment.options.values().filter_map(|option| {
            let first = option.values().first().filter(|_| option.required);
            Some((option.id.clone(), vec![option.default.as_ref().or(first)?.clone()]))
        });
        Case {
            public: false,
            patient: true,
            therapist: true,
            names: usual.collect(),
            given: BTreeSet::new(),
            next_visit: true,
            has_note: true,
            contact: true,
            fold: None,
        }
    }

    pub fn situation<'l>(&self, library: &'l Library) -> Situation<'l> {
        let zone = library.clinic.time_zone;
        let moment = |seconds| DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<Utc>::MIN_UTC);
        let session = (!self.public).then(|| Session::new(moment(SESSION), zone).ok()).flatten();
        let private = session.is_some();
        let chosen = if private {
            self.chosen(library, moment(NEXT_VISIT).with_timezone(&zone))
        } else {
            Chosen::default()
        };
        Situation {
            treatment: &library.treatment,
            windows: if private {
                Windows::of_session(library, &chosen)
            } else {
                Windows::general(&library.protocol)
            },
            session,
            patient: if private && self.patient { "Zoë" } else { "" },
            therapist: if private && self.therapist { "Rachel" } else { "" },
            chosen: Cow::Owned(chosen),
            next_visit: (private && self.next_visit).then(|| moment(NEXT_VISIT).with_timezone(&zone)),
            has_note: private && self.has_note,
            fold: self.fold.filter(|_| !private),
        }
    }

    fn chosen(&self, library: &Library, later: DateTime<Zone>) -> Chosen {
        let mut chosen = Chosen::default();
        for (option, names) in &self.names {
            chosen.set(option.clone(), Answer::Names(names.clone()));
        }
        for option in library.treatment.options.values().filter(|option| self.given.contains(&option.id)) {
            let answer = match &option.kind {
                OptionKind::Hours { window } => Answer::Hours(library.protocol.bounds(window).0),
                OptionKind::Time => Answer::Time(later),
                OptionKind::Text => Answer::Text("Zoë".to_owned()),
                _ => Answer::Names(Vec::new()),
            };
            chosen.set(option.id.clone(), answer);
        }
        chosen
    }

    /// `clinic`: with every line filled in.
    pub fn values(&self, library: &Library, pack: &Compiled, clinic: &Clinic) -> Values {
        let clinic = if self.contact { clinic } else { &library.clinic };
        let wording = Wording::of(pack, clinic);
        Values { context: wording.context(&self.situation(library)), trial: true }
    }
}

/// One choice of an option.
type Choice = Box<dyn Fn(&mut Case)>;

/// A choice for each value of an option.
fn each<T: Clone + 'static>(
    values: impl IntoIterator<Item = T>,
    set: impl Fn(&mut Case, T) + Copy + 'static,
) -> Vec<Choice> {
    let choice = |value: T| Box::new(move |case: &mut Case| set(case, value.clone())) as Choice;
    values.into_iter().map(choice).collect()
}

fn both(set: impl Fn(&mut Case, bool) + Copy + 'static) -> Vec<Choice> {
    each([false, true], set)
}

/// Each value, and none.
fn or_none<T: Copy + 'static>(
    values: &'static [T],
    set: impl Fn(&mut Case, Option<T>) + Copy + 'static,
) -> Vec<Choice> {
    each(std::iter::once(None).chain(values.iter().copied().map(Some)), set)
}

/// An option with each of these lists of names; an empty one is not given.
fn lists(option: &Name, lists: impl IntoIterator<Item = Vec<Name>>) -> Vec<Choice> {
    let choice = |names: Vec<Name>| {
        let option = option.clone();
        Box::new(move |case: &mut Case| {
            match names.is_empty() {
                true => case.names.remove(&option),
                false => case.names.insert(option.clone(), names.clone()),
            };
        }) as Choice
    };
    lists.into_iter().map(choice).collect()
}

/// An option with and without a value.
fn given(option: &Name) -> Vec<Choice> {
    let choice = |flag: bool| {
        let option = option.clone();
        Box::new(move |case: &mut Case| match flag {
            true => drop(case.given.insert(option.clone())),
            false => drop(case.given.remove(&option)),
        }) as Choice
    };
    vec![choice(false), choice(true)]
}

/// A fact that is not about regions, true and not.
fn told(fact: &Fact, option: &TreatmentOption) -> Vec<Choice> {
    let some: Vec<Name> =
        option.values().iter().filter(|value| fact.any_of.contains(*value)).cloned().collect();
    if !option.is_list() {
        // Of a choice the usual one stays where the fact is not true, if it can.
        let other = option.values().iter().find(|value| !fact.any_of.contains(*value));
        let other = other.filter(|_| option.required || option.default.is_some());
        return lists(&option.id, [other.cloned().into_iter().collect(), some.into_iter().take(1).collect()]);
    }
    let choice = |flag: bool| {
        let (id, some) = (option.id.clone(), some.clone());
        Box::new(move |case: &mut Case| {
            let names = case.names.entry(id.clone()).or_default();
            names.retain(|name| !some.contains(name));
            names.extend(some.iter().filter(|_| flag).cloned());
        }) as Choice
    };
    vec![choice(false), choice(true)]
}

/// A region of each kind that the facts tell apart, one by one and all together.
fn telling_regions(treatment: &Treatment) -> Vec<Choice> {
    let Some(option) = treatment.regions() else { return Vec::new() };
    let mut kinds: BTreeMap<Vec<bool>, Name> = BTreeMap::new();
    for region in option.values() {
        let kind = treatment.region_facts().map(|fact| fact.any_of.contains(region)).collect();
        kinds.entry(kind).or_insert_with(|| region.clone());
    }
    let all: Vec<Name> = kinds.values().cloned().collect();
    lists(&option.id, all.clone().into_iter().map(|region| vec![region]).chain([all]))
}

/// The values of an option that its name in texts can show.
fn of_option(option: &TreatmentOption) -> Vec<Choice> {
    let all = option.values();
    let one = all.iter().map(|value| vec![value.clone()]);
    match &option.kind {
        OptionKind::Choice(_) => {
            let none = (!option.required && option.default.is_none()).then(Vec::new);
            lists(&option.id, none.into_iter().chain(one))
        }
        OptionKind::Choices(_) => lists(&option.id, one.chain([Vec::new(), all.to_vec()])),
        OptionKind::Regions { .. } => lists(&option.id, one.chain([all.to_vec()])),
        _ => given(&option.id),
    }
}

/// The choices that can change what a name stands for; those of facts about regions are [`telling_regions`].
fn choices(name: &str, treatment: &Treatment) -> Vec<Choice> {
    match name {
        "patient" => return both(|case, flag| case.patient = flag),
        "therapist" => return both(|case, flag| case.therapist = flag),
        "clinic" => return both(|case, flag| case.contact = flag),
        "next_visit" => return both(|case, flag| case.next_visit = flag),
        "has_note" => return both(|case, flag| case.has_note = flag),
        "fold" => return or_none(Fold::ALL, |case, fold| case.fold = fold),
        _ => {}
    }
    let fact = treatment.facts.iter().find(|fact| fact.name == name);
    if let Some((fact, option)) = fact.and_then(|fact| Some((fact, treatment.options.get(&fact.option)?))) {
        return told(fact, option);
    }
    let is_it = |option: &&TreatmentOption| {
        let sets = matches!(&option.kind, OptionKind::Hours { window } if name == &**window);
        sets || name == option.text_name()
    };
    treatment.options.values().find(is_it).map(of_option).unwrap_or_default()
}

/// Situations that differ in what a text depends on: all combinations, or, if they are too many, every pair. `None`: more
/// than [`TRIED`].
pub fn cases(depends: &BTreeSet<String>, treatment: &Treatment) -> Option<Vec<Case>> {
    if depends.is_empty() {
        return Some(Vec::new());
    }
    let public: Vec<Choice> = [false, true]
        .into_iter()
        .map(|public| Box::new(move |case: &mut Case| case.public = public) as Choice)
        .collect();
    // All facts about regions hang on one choice.
    let tells = |name: &&String| *name == "area" || treatment.region_facts().any(|fact| fact.name == **name);
    let telling = depends.iter().any(|name| tells(&name)).then(|| telling_regions(treatment));
    let others = depends.iter().filter(|name| !tells(name));
    let axes: Vec<Vec<Choice>> = std::iter::once(public)
        .chain(telling)
        .chain(others.map(|name| choices(name, treatment)))
        .filter(|axis| !axis.is_empty())
        .collect();
    let combinations = axes.iter().fold(1usize, |product, axis| product.saturating_mul(axis.len()));
    let pairs_of =
        |index: usize| axes[index + 1..].iter().map(|other| axes[index].len() * other.len()).sum::<usize>();
    if combinations > COMBINATIONS && (0..axes.len()).map(pairs_of).sum::<usize>() > TRIED {
        return None;
    }
    let plain = Case::plain(treatment);
    let mut cases = if combinations <= COMBINATIONS { all(plain, &axes) } else { pairs(&plain, &axes) };
    cases.sort();
    cases.dedup();
    Some(cases)
}

/// A brochure of a fold.
pub fn brochure(fold: Fold, treatment: &Treatment) -> Case {
    Case { public: true, fold: Some(fold), ..Case::plain(treatment) }
}

/// A patient's and everybody's.
pub fn few(treatment: &Treatment) -> Vec<Case> {
    let plain = Case::plain(treatment);
    vec![plain.clone(), Case { public: true, ..plain }]
}

/// The same, with what the clinic tells of itself and with all that it could tell.
pub fn with_and_without(treatment: &Treatment) -> Vec<Case> {
    let told = few(treatment).into_iter();
    told.flat_map(|case| [Case { contact: false, ..case.clone() }, case]).collect()
}

fn all(plain: Case, axes: &[Vec<Choice>]) -> Vec<Case> {
    let mut cases = vec![plain];
    for axis in axes {
        let grown = cases.iter().flat_map(|case| axis.iter().map(|choice| with(case, &[choice])));
        cases = grown.collect();
    }
    cases
}

fn pairs(plain: &Case, axes: &[Vec<Choice>]) -> Vec<Case> {
    let mut cases = Vec::new();
    for (index, first) in axes.iter().enumerate() {
        for second in axes.iter().skip(index + 1) {
            let pairs = first.iter().flat_map(|a| second.iter().map(move |b| [a, b]));
            cases.extend(pairs.map(|pair| with(plain, &pair)));
        }
    }
    cases
}

fn with(case: &Case, choices: &[&Choice]) -> Case {
    let mut case = case.clone();
    choices.iter().for_each(|choice| choice(&mut case));
    case
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library() -> Library {
        crate::content::load(&crate::content::files::Embedded).expect("the built-in clinic").value.first
    }

    #[test]
    fn a_text_without_names_needs_no_trial() {
        assert!(cases(&BTreeSet::new(), &library().treatment).unwrap().is_empty());
    }

    #[test]
    fn every_combination_of_a_few_options() {
        let depends = ["pregnancy", "activity"].map(str::to_owned);
        assert_eq!(cases(&BTreeSet::from(depends), &library().treatment).unwrap().len(), 2 * 2 * 6);
    }

    #[test]
    fn many_options_stay_few_drafts() {
        let library = library();
        let names = crate::merge::compile::names::Names::of(&library);
        let all: BTreeSet<String> = names.all().map(|name| name.name.to_owned()).collect();
        assert!(cases(&all, &library.treatment).unwrap().len() < 4000);
    }
}
