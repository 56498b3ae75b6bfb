//! A treatment as its folder declares it: what is asked, what is true of a patient then, which warnings and times follow.

use super::{Contradiction, RequestPart};
use crate::diagnostic::Place;
use crate::limits::EXERCISES_PER_SHEET;
use crate::options::Name;
use crate::options::chosen::{Answer, Chosen};
use crate::options::keys::{EXCLUDE, Key};
use crate::options::sections::{FILLED, LOCKED, SHOWS_EXERCISES, STEPS};
use indexmap::IndexMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What texts call a patient's own sheet: false in the text for everybody.
pub const FOR_PATIENT: &str = "for_patient";

/// `content/treatments/<id>/treatment.yaml`. The words for it stand in each language's folder beside it.
#[derive(Clone, Debug)]
pub struct Treatment {
    /// The name of its folder.
    pub id: Name,
    /// What a request can choose, by id, in the order in which it is asked.
    pub options: IndexMap<Name, TreatmentOption>,
    /// Libraries of exercises, by id.
    pub libraries: IndexMap<Name, ExerciseLibrary>,
    pub facts: Arc<[Fact]>,
    pub emergency: Tier,
    pub same_day: Tier,
    pub call: Tier,
    /// Advice that belongs to the warnings as a whole.
    pub precautions: Vec<Rule>,
    pub timeline: Rows,
    /// An ordered way back: each step a least time and a gate.
    pub steps: Vec<Step>,
    /// Figures of the row at the foot of a brochure's panel, to look at only.
    pub pictograms: Vec<String>,
    /// Options that cannot stand together.
    pub contradictions: Vec<Contradiction>,
    /// Above so many exercises, of all libraries together, the clinician is told that people keep up with fewer.
    pub many_exercises: Option<usize>,
    pub place: Place,
}

/// One thing that a request can choose.
#[derive(Clone, Debug)]
pub struct TreatmentOption {
    pub id: Name,
    pub kind: OptionKind,
    /// Where it stands in a request, a roster and among the flags.
    pub key: Key,
    /// The group of `words.yaml` and `names.yaml` in which its values have their words.
    pub words: Name,
    /// The value of a choice that was not made.
    pub default: Option<Name>,
    /// A request must give it.
    pub required: bool,
    /// Whether it says something about the session or the patient: only that can decide on a warning.
    pub clinical: bool,
}

/// What an option takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionKind {
    Choice(Arc<[Name]>),
    Choices(Arc<[Name]>),
    /// Treated areas, by group; each may stand in several groups.
    Regions {
        all: Arc<[Name]>,
        groups: IndexMap<Name, Vec<Name>>,
        /// Those of which a request may name a side.
        sided: Arc<[Name]>,
    },
    /// Hours that take the place of a window's end.
    Hours {
        window: Name,
    },
    /// Some of a library's exercises.
    Exercises {
        library: Name,
    },
    Time,
    /// One line, printed as it is typed.
    Text,
}

impl TreatmentOption {
    /// The names that it is chosen from; none of what is no choice of names that the treatment has.
    pub fn values(&self) -> &[Name] {
        match &self.kind {
            OptionKind::Choice(all) | OptionKind::Choices(all) | OptionKind::Regions { all, .. } => all,
            _ => &[],
        }
    }

    /// What text calls it: of hours and exercises whether a request gave them (`rest_set`, `stretches_chosen`).
    pub fn text_name(&self) -> String {
        match &self.kind {
            OptionKind::Hours { window } => format!("{window}_set"),
            OptionKind::Exercises { .. } => format!("{}_chosen", self.id),
            _ => self.id.to_string(),
        }
    }

    /// Whether values stand in a list.
    pub fn is_list(&self) -> bool {
        use OptionKind::{Choices, Exercises, Regions};
        matches!(self.kind, Choices(_) | Regions { .. } | Exercises { .. })
    }

    /// The areas of which a request may name a side.
    pub fn sided(&self) -> &[Name] {
        match &self.kind {
            OptionKind::Regions { sided, .. } => sided,
            _ => &[],
        }
    }

    pub fn is_regions(&self) -> bool {
        matches!(self.kind, OptionKind::Regions { .. })
    }
}

/// How many exercises a library gives a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExerciseLibrary {
    /// Chosen by area when the request names none.
    pub per_sheet: usize,
    /// At least so many can be chosen for each region.
    pub for_each_region: usize,
    /// So many can be chosen for a sheet.
    pub most: usize,
}

/// The timeline of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// At least one.
    pub rows: Vec<Row>,
    /// The window at whose end the patient calls.
    pub alarm: Name,
}

/// A row of the timeline: one window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub window: Name,
    pub style: RowStyle,
    /// While this fact (an index into [`Treatment::facts`]) is true the row has other words (a key below `timeline`), and no
    /// end.
    pub instead: Option<(usize, Name)>,
}

/// What a row of the timeline tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowStyle {
    /// To do without.
    Limit,
    /// To do more of.
    More,
    /// What may be felt.
    Expect,
}

/// A step of an ordered protocol. Its words stand in `words.yaml`, below `steps.<id>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub id: Name,
    /// The window that it lasts at least.
    pub window: Option<Name>,
    /// The step before is over "only when …": words say when.
    pub gate: bool,
    pub when: When,
    pub place: Place,
}

/// The signs and lines of one way to get help, in the order in which they print.
#[derive(Clone, Debug, Default)]
pub struct Tier {
    /// At least one of them stands always.
    pub signs: Vec<Rule>,
    pub lines: Vec<Rule>,
}

/// When one sign or line stands on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Key in `safety.yaml`: `emergency.signs.collapse`.
    pub key: String,
    pub when: When,
    /// The window that its words speak of.
    pub window: Option<Name>,
    /// In text for everybody it may stand apart, as a question about the reader: advice, never a sign and nothing of the
    /// emergency tier, which would lose heading and number.
    pub may_stand_apart: bool,
    pub place: Place,
}

/// What makes a sign or a line apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    Always,
    /// An index into [`Treatment::facts`].
    Fact(usize),
}

/// A named truth about a patient: one of some values of an option was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub id: Name,
    /// In text: the id with `_` for `-`.
    pub name: String,
    pub option: Name,
    pub any_of: BTreeSet<Name>,
    /// It is about the treated areas. A reader whom nobody knows is told what any area would ask for; what is about the
    /// reader is asked of them.
    pub of_regions: bool,
    /// What it says of a region, for lists.
    pub means: Option<String>,
}

impl Fact {
    /// Whether the values chosen make it true.
    pub fn is_true(&self, chosen: &Chosen) -> bool {
        chosen.names(&self.option).iter().any(|name| self.any_of.contains(name))
    }
}

impl Treatment {
    /// How many exercises of a library can be chosen for a sheet.
    pub fn most_of(&self, library: &str) -> usize {
        self.libraries.get(library).map_or(EXERCISES_PER_SHEET as usize, |library| library.most)
    }

    /// Whether a section always prints: the warnings, and the steps.
    pub fn keeps(&self, section: &str) -> bool {
        LOCKED.contains(&section) || section == STEPS
    }

    pub fn tiers(&self) -> [&Tier; 3] {
        [&self.emergency, &self.same_day, &self.call]
    }

    /// Every sign and line, those of the tiers first.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        let of_tiers = self.tiers().into_iter().flat_map(|tier| tier.signs.iter().chain(&tier.lines));
        of_tiers.chain(&self.precautions)
    }

    /// The signs of all tiers.
    pub fn signs(&self) -> impl Iterator<Item = &Rule> {
        self.tiers().into_iter().flat_map(|tier| &tier.signs)
    }

    /// The fact that makes a rule apply; `None`: it always does.
    pub fn fact(&self, rule: &Rule) -> Option<&Fact> {
        match rule.when {
            When::Always => None,
            When::Fact(index) => self.facts.get(index),
        }
    }

    pub fn fact_of(&self, id: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| &*fact.id == id)
    }

    /// The sign or line with a key of `safety.yaml`.
    pub fn rule(&self, key: &str) -> Option<&Rule> {
        self.rules().find(|rule| rule.key == key)
    }

    /// The facts about regions.
    pub fn region_facts(&self) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(|fact| fact.of_regions)
    }

    /// Every key of `safety.yaml`: headings, signs, lines.
    pub fn safety_keys(&self) -> impl Iterator<Item = &str> {
        HEADINGS.into_iter().chain(self.rules().map(|rule| rule.key.as_str()))
    }

    /// The sections that the program fills for it.
    pub fn filled(&self) -> impl Iterator<Item = &str> {
        FILLED.into_iter().filter(|id| match *id {
            SHOWS_EXERCISES => !self.libraries.is_empty(),
            STEPS => !self.steps.is_empty(),
            _ => true,
        })
    }

    /// The option that names the treated areas, if it asks for them.
    pub fn regions(&self) -> Option<&TreatmentOption> {
        self.options.values().find(|option| option.is_regions())
    }

    /// The treated areas among what was chosen.
    pub fn regions_in<'c>(&self, chosen: &'c Chosen) -> &'c [Name] {
        self.regions().map_or(&[], |option| chosen.names(&option.id))
    }

    /// The option that chooses from a library of exercises.
    pub fn chooses_from(&self, library: &str) -> Option<&TreatmentOption> {
        let is_it = |option: &&TreatmentOption| matches!(&option.kind, OptionKind::Exercises { library: own } if &**own == library);
        self.options.values().find(is_it)
    }

    /// The option that sets a window's end in hours.
    pub fn sets(&self, window: &str) -> Option<&TreatmentOption> {
        let is_it = |option: &&TreatmentOption| matches!(&option.kind, OptionKind::Hours { window: own } if &**own == window);
        self.options.values().find(is_it)
    }

    /// The option at this path of a request.
    pub fn at_path(&self, path: &str) -> Option<&TreatmentOption> {
        self.options.values().find(|option| option.key.path == path)
    }

    /// What a request that gives nothing has chosen.
    pub fn defaults(&self) -> Chosen {
        let mut chosen = Chosen::default();
        for option in self.options.values() {
            if let Some(default) = &option.default {
                chosen.set(option.id.clone(), Answer::Names(vec![default.clone()]));
            }
        }
        chosen
    }

    /// Whether it depends on the edition or the paper what has to stay on a sheet.
    pub fn minds_print(&self) -> bool {
        let mut sides = self.contradictions.iter().flat_map(|one| [&one.a, &one.b]);
        sides.any(|part| part.key.starts_with("print."))
    }

    /// What a request may not hold when it leaves a section out: the other sides of the contradictions.
    pub fn refused<'a>(&'a self, section: &'a str) -> impl Iterator<Item = &'a RequestPart> {
        let leaves_out = move |part: &RequestPart| {
            let named = part.value.as_deref().is_some_and(|value| value.eq_ignore_ascii_case(section));
            part.key == EXCLUDE && named
        };
        self.contradictions.iter().filter_map(move |Contradiction { a, b, .. }| match () {
            () if leaves_out(a) => Some(b),
            () if leaves_out(b) => Some(a),
            () => None,
        })
    }
}

/// The keys of `safety.yaml` that every treatment has.
pub const HEADINGS: [&str; 5] =
    ["heading", "emergency.heading", "same-day.heading", "same-day.intro", "call.heading"];
