//! Made-up situations that between them take every branch of a text.

use super::compile::Compiled;
use super::protocol::{RestChoice, Session, Windows};
use super::texts::Values;
use super::variables::{Situation, Wording};
use crate::content::{Clinic, Library, Test, Treatment};
use crate::options::{Activity, Fold, Intensity, Precaution, Region};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// A made-up situation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Draft {
    pub public: bool,
    patient: bool,
    therapist: bool,
    intensity: Intensity,
    regions: Vec<Region>,
    activity: Option<Activity>,
    precautions: BTreeSet<Precaution>,
    next_visit: bool,
    has_note: bool,
    stretches_chosen: bool,
    exercises_chosen: bool,
    rest_set: bool,
    contact: bool,
    pub fold: Option<Fold>,
}

/// Combinations that one text is tried with, at most; beyond, every pair of choices.
const COMBINATIONS: usize = 1024;

/// A session in winter and its next visit, seconds since 1970.
const SESSION: i64 = 1_795_551_000;
const NEXT_VISIT: i64 = SESSION + 7 * 86_400;

impl Draft {
    fn plain() -> Draft {
        Draft {
            public: false,
            patient: true,
            therapist: true,
            intensity: Intensity::Moderate,
            regions: vec![Region::Neck],
            activity: None,
            precautions: BTreeSet::new(),
            next_visit: true,
            has_note: true,
            stretches_chosen: false,
            exercises_chosen: false,
            rest_set: false,
            contact: true,
            fold: None,
        }
    }

    pub fn situation(&self, library: &Library) -> Situation<'_> {
        let zone = library.clinic.time_zone;
        let moment = |seconds| DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<Utc>::MIN_UTC);
        let session = (!self.public).then(|| Session::new(moment(SESSION), zone).ok()).flatten();
        let private = session.is_some();
        let rest = RestChoice {
            hours: (private && self.rest_set).then_some(12),
            intensity: private.then_some(self.intensity),
        };
        Situation {
            windows: if private {
                Windows::of_session(&library.protocol, rest)
            } else {
                Windows::general(&library.protocol)
            },
            session,
            patient: if private && self.patient { "Zoë" } else { "" },
            therapist: if private && self.therapist { "Rachel" } else { "" },
            intensity: private.then_some(self.intensity),
            regions: if private { &self.regions } else { &[] },
            activity: self.activity.filter(|_| private),
            precautions: &self.precautions,
            next_visit: (private && self.next_visit).then(|| moment(NEXT_VISIT).with_timezone(&zone)),
            has_note: private && self.has_note,
            stretches_chosen: private && self.stretches_chosen,
            exercises_chosen: private && self.exercises_chosen,
            rest_set: private && self.rest_set,
            fold: self.fold.filter(|_| !private),
        }
    }

    /// `clinic`: with every line filled in.
    pub fn values(&self, library: &Library, pack: &Compiled, clinic: &Clinic) -> Values {
        let clinic = if self.contact { clinic } else { &library.clinic };
        let facts = &library.treatment.facts;
        let wording = Wording { fillers: &pack.fillers, dates: pack.dates, clinic, facts };
        Values { context: wording.context(&self.situation(library)), trial: true }
    }
}

/// One choice of an option.
type Choice = Box<dyn Fn(&mut Draft)>;

/// A choice for each value of an option.
fn each<T: Clone + 'static>(
    values: impl IntoIterator<Item = T>,
    set: impl Fn(&mut Draft, T) + Copy + 'static,
) -> Vec<Choice> {
    let choice = |value: T| Box::new(move |draft: &mut Draft| set(draft, value.clone())) as Choice;
    values.into_iter().map(choice).collect()
}

fn both(set: impl Fn(&mut Draft, bool) + Copy + 'static) -> Vec<Choice> {
    each([false, true], set)
}

/// Each value, and none.
fn or_none<T: Copy + 'static>(
    values: &'static [T],
    set: impl Fn(&mut Draft, Option<T>) + Copy + 'static,
) -> Vec<Choice> {
    each(std::iter::once(None).chain(values.iter().copied().map(Some)), set)
}

fn regions(sets: impl IntoIterator<Item = Vec<Region>>) -> Vec<Choice> {
    each(sets, |draft, regions| draft.regions = regions)
}

fn precautions(some: &BTreeSet<Precaution>) -> Vec<Choice> {
    let choice = |flag: bool| {
        let some = some.clone();
        Box::new(move |draft: &mut Draft| match flag {
            true => draft.precautions.extend(&some),
            false => draft.precautions.retain(|one| !some.contains(one)),
        }) as Choice
    };
    vec![choice(false), choice(true)]
}

/// A region of each kind that the facts tell apart, one by one and all together.
fn telling_regions(treatment: &Treatment) -> Vec<Choice> {
    let mut kinds: BTreeMap<Vec<bool>, Region> = BTreeMap::new();
    for region in Region::ALL {
        let kind = treatment.region_facts().map(|(_, regions)| regions.contains(region)).collect();
        kinds.entry(kind).or_insert(*region);
    }
    let all: Vec<Region> = kinds.values().copied().collect();
    regions(all.clone().into_iter().map(|region| vec![region]).chain([all]))
}

/// The choices that can change what a name stands for; those of facts about regions are [`telling_regions`].
fn choices(name: &str, treatment: &Treatment) -> Vec<Choice> {
    let fact = treatment.facts.iter().find(|fact| fact.name == name);
    if let Some(Test::Precautions(some)) = fact.map(|fact| &fact.test) {
        return precautions(some);
    }
    match name {
        "patient" => both(|draft, flag| draft.patient = flag),
        "therapist" => both(|draft, flag| draft.therapist = flag),
        "clinic" => both(|draft, flag| draft.contact = flag),
        "intensity" => each(Intensity::ALL.iter().copied(), |draft, intensity| draft.intensity = intensity),
        "activity" => or_none(Activity::ALL, |draft, activity| draft.activity = activity),
        "regions" => {
            let one = Region::ALL.iter().map(|region| vec![*region]);
            regions(one.chain([Region::ALL.to_vec()]))
        }
        "precautions" => {
            let one = Precaution::ALL.iter().map(|precaution| BTreeSet::from([*precaution]));
            let sets = one.chain([BTreeSet::new(), Precaution::ALL.iter().copied().collect()]);
            each(sets, |draft, set| draft.precautions.extend(&set))
        }
        "next_visit" => both(|draft, flag| draft.next_visit = flag),
        "has_note" => both(|draft, flag| draft.has_note = flag),
        "stretches_chosen" => both(|draft, flag| draft.stretches_chosen = flag),
        "exercises_chosen" => both(|draft, flag| draft.exercises_chosen = flag),
        "fold" => or_none(Fold::ALL, |draft, fold| draft.fold = fold),
        "rest_set" | "rest" => both(|draft, flag| draft.rest_set = flag),
        _ => Vec::new(),
    }
}

/// Situations that differ in what a text depends on: all combinations, or, if they are too many, every pair.
pub fn drafts(depends: &BTreeSet<String>, treatment: &Treatment) -> Vec<Draft> {
    if depends.is_empty() {
        return Vec::new();
    }
    let public: Vec<Choice> = [false, true]
        .into_iter()
        .map(|public| Box::new(move |draft: &mut Draft| draft.public = public) as Choice)
        .collect();
    // All facts about regions hang on one choice.
    let tells =
        |name: &&String| *name == "area" || treatment.region_facts().any(|(fact, _)| fact.name == **name);
    let telling = depends.iter().any(|name| tells(&name)).then(|| telling_regions(treatment));
    let others = depends.iter().filter(|name| !tells(name));
    let axes: Vec<Vec<Choice>> = std::iter::once(public)
        .chain(telling)
        .chain(others.map(|name| choices(name, treatment)))
        .filter(|axis| !axis.is_empty())
        .collect();
    let combinations = axes.iter().fold(1usize, |product, axis| product.saturating_mul(axis.len()));
    let mut drafts = if combinations <= COMBINATIONS { all(&axes) } else { pairs(&axes) };
    drafts.sort();
    drafts.dedup();
    drafts
}

/// A brochure of a fold.
pub fn brochure(fold: Fold) -> Draft {
    Draft { public: true, fold: Some(fold), ..Draft::plain() }
}

/// A patient's and everybody's.
pub fn few() -> Vec<Draft> {
    vec![Draft::plain(), Draft { public: true, ..Draft::plain() }]
}

fn all(axes: &[Vec<Choice>]) -> Vec<Draft> {
    let mut drafts = vec![Draft::plain()];
    for axis in axes {
        let grown = drafts.iter().flat_map(|draft| axis.iter().map(|choice| with(draft, &[choice])));
        drafts = grown.collect();
    }
    drafts
}

fn pairs(axes: &[Vec<Choice>]) -> Vec<Draft> {
    let plain = Draft::plain();
    let mut drafts = Vec::new();
    for (index, first) in axes.iter().enumerate() {
        for second in axes.iter().skip(index + 1) {
            let pairs = first.iter().flat_map(|a| second.iter().map(move |b| [a, b]));
            drafts.extend(pairs.map(|pair| with(&plain, &pair)));
        }
    }
    drafts
}

fn with(draft: &Draft, choices: &[&Choice]) -> Draft {
    let mut draft = draft.clone();
    choices.iter().for_each(|choice| choice(&mut draft));
    draft
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library() -> Library {
        crate::content::load(&crate::content::files::Embedded).expect("the built-in clinic").value
    }

    #[test]
    fn a_text_without_names_needs_no_trial() {
        assert!(drafts(&BTreeSet::new(), &library().treatment).is_empty());
    }

    #[test]
    fn every_combination_of_a_few_options() {
        let depends = ["pregnancy", "activity"].map(str::to_owned);
        assert_eq!(drafts(&BTreeSet::from(depends), &library().treatment).len(), 2 * 2 * 6);
    }

    #[test]
    fn many_options_stay_few_drafts() {
        let library = library();
        let names = crate::merge::names::Names::of(&library);
        let all: BTreeSet<String> = names.all().map(|name| name.name.to_owned()).collect();
        assert!(drafts(&all, &library.treatment).len() < 4000);
    }
}
