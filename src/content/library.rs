//! What a clinic folder holds, read and checked: types only.

use super::Source;
use super::dates::Dates;
use super::font_files::FontFiles;
use super::names::{CalledByKey, Names};
use super::profile::Clinic;
use super::protocol::Protocol;
use crate::brand::Brand;
use crate::diagnostic::{Diagnostic, Place};
use crate::document::Picture;
use crate::lazy::Lazy;
use crate::locale::{Direction, Language, Letters};
use crate::options::chosen::Chosen;
use crate::options::dose::Dosage;
use crate::options::keys::Keys;
use crate::options::{Edition, Name, Paper, Side};
use chrono::NaiveDate;
use indexmap::IndexMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A clinic folder, loaded once: what it holds of each of its treatments.
#[derive(Clone, Debug)]
pub struct Folder {
    /// Of a request that names no treatment.
    pub first: Library,
    /// In the clinic's order.
    pub others: Vec<Library>,
}

impl Folder {
    /// Every treatment, the clinic's first one first.
    pub fn treatments(&self) -> impl Iterator<Item = &Library> {
        std::iter::once(&self.first).chain(&self.others)
    }
}

/// What a clinic folder holds of one treatment, with what all of its treatments share.
#[derive(Clone, Debug)]
pub struct Library {
    pub clinic: Arc<Clinic>,
    pub protocol: Protocol,
    pub claims: Lazy<IndexMap<String, Claim>>,
    pub treatment: super::Treatment,
    /// The keys of requests for any treatment of the folder.
    pub keys: Keys,
    /// Every treatment of the folder.
    pub treatments: Arc<[Name]>,
    pub presets: Lazy<Vec<Preset>>,
    pub packs: Lazy<IndexMap<Language, Pack>>,
    /// Languages whose words the folder holds, and that the clinic does not list.
    pub unlisted: Arc<[Language]>,
    pub pictures: Arc<BTreeMap<String, Arc<Picture>>>,
    /// The body from the front and from the back, as far as the folder draws it, in that order.
    pub body_maps: Arc<[BodyMap]>,
    /// How languages say days and times.
    pub dates: Arc<Dates>,
    pub brand: Brand,
    pub templates: Templates,
    /// Words that public texts do not use.
    pub advertising: Lazy<Vec<super::AdvertisingRule>>,
    pub fonts: Arc<FontFiles>,
    /// First six hex digits, upper case, of a SHA-256 over every file of the folder in order of path.
    pub version: String,
    /// What its names are called.
    pub called: CalledByKey,
}

impl Library {
    /// What the names of the treatment's pages begin with. The clinic's first treatment has the names that it would have
    /// alone, so that an address in print stays good when another treatment comes.
    pub fn page_prefix(&self) -> String {
        match self.treatments.first() == Some(&self.treatment.id) {
            true => String::new(),
            false => format!("{}-", self.treatment.id),
        }
    }

    /// The language in which the texts were first written, for who does not read that of a sheet: the first that no record
    /// calls a translation.
    pub fn original(&self) -> Option<&Pack> {
        self.packs.values().find(|pack| !pack.is_translation).or_else(|| self.packs.values().next())
    }

    /// What a language is called in the words of another; where those are silent, in its own, so that a language that came
    /// later has a name everywhere. Its tag when neither says.
    pub fn language_name<'l>(&'l self, words: &'l Pack, tag: &'l str) -> &'l str {
        let key = format!("languages.{tag}");
        let own = self.packs.values().find(|pack| pack.language.tag() == tag);
        let named = [Some(words), own].into_iter().flatten().find_map(|pack| pack.words.get(&key));
        named.map_or(tag, |source| &*source.text)
    }

    /// What to tell who asks for a language that the folder holds and the clinic does not list.
    pub fn not_listed(&self, language: &Language) -> Diagnostic {
        let message = format!("`{language}` is at hand, but not among the clinic's languages");
        Diagnostic::error("unlisted-language", message).hint(
            "add it to `languages` in content/clinic.yaml of a clinic folder; `aftercare init DIR` makes one",
        )
    }
}

impl Pack {
    /// What an area is called on a side: by a word of its own, or by the language's pattern.
    pub fn region_on(&self, region: &str, side: Side) -> String {
        let text = |key: String| self.words.get(&key).map(|source| &*source.text);
        match text(format!("{}-regions.{region}", side.name())) {
            Some(own) => own.to_owned(),
            None => {
                let area = text(format!("regions.{region}")).unwrap_or(region);
                let pattern = text(format!("sides.{}", side.name())).unwrap_or("{region}");
                pattern.replace("{region}", area)
            }
        }
    }
}

/// A request that the clinic makes often.
#[derive(Clone, Debug, Default)]
pub struct Preset {
    pub id: String,
    pub label: String,
    /// What its author wrote above it, for authors.
    pub remark: String,
    pub place: Place,
    pub chosen: Chosen,
    pub edition: Option<Edition>,
    pub paper: Option<Paper>,
}

#[derive(Clone, Debug)]
pub struct Claim {
    pub id: String,
    pub statement: String,
    pub strength: Strength,
    pub sources: Vec<Citation>,
    /// Spans, times of day, doses and numbers to call that a text which names this claim may write out.
    pub figures: Vec<String>,
    pub reviewed: NaiveDate,
    pub review_by: NaiveDate,
    pub dated: Dated,
    pub place: Place,
}

/// Where the days of a review stand.
#[derive(Clone, Debug, Default)]
pub struct Dated {
    pub reviewed: Place,
    pub review_by: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    Strong,
    Moderate,
    CaseReports,
    PublicService,
    ClinicAdvice,
    Weak,
    Indirect,
}

impl Strength {
    /// As the ledger writes it.
    pub fn name(self) -> &'static str {
        match self {
            Strength::Strong => "strong",
            Strength::Moderate => "moderate",
            Strength::CaseReports => "case-reports",
            Strength::PublicService => "public-service",
            Strength::ClinicAdvice => "clinic-advice",
            Strength::Weak => "weak",
            Strength::Indirect => "indirect",
        }
    }
}

#[derive(Clone, Debug)]
pub struct Citation {
    pub title: String,
    pub doi: Option<String>,
    pub url: Option<String>,
    pub note: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Contradiction {
    pub a: RequestPart,
    pub b: RequestPart,
    pub reason: String,
}

impl RequestPart {
    /// As messages name it.
    pub fn said(&self) -> String {
        match &self.value {
            Some(value) => format!("`{}: {value}`", self.key),
            None => format!("`{}`", self.key),
        }
    }
}

/// A request key, with the value it must have; `None`: given at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestPart {
    /// As in a request file: `plan.note`, `print.sections.exclude`.
    pub key: String,
    pub value: Option<String>,
    pub place: Place,
}

/// A drawn body on which regions can be pointed at.
#[derive(Clone, Debug)]
pub struct BodyMap {
    pub picture: Arc<Picture>,
    /// The region of each of the picture's paths, in their order; `None` for what only draws.
    pub regions: Lazy<Vec<Option<String>>>,
}

/// One language's words.
#[derive(Clone, Debug)]
pub struct Pack {
    pub language: Language,
    /// Which way its lines run.
    pub direction: Direction,
    /// Words that stay with the number before them.
    pub units: Arc<[Box<str>]>,
    /// How the letters of its script are set.
    pub letters: Letters,
    /// Families of CSS that have its letters, for web pages; empty: the reader's machine chooses.
    pub web_fonts: Arc<str>,
    /// Dotted key (`timeline.rest`, `regions.neck`) → text.
    pub words: IndexMap<String, Source>,
    /// What people write in place of the program's names.
    pub names: Names,
    pub safety: SafetyWords,
    pub sections: IndexMap<String, Section>,
    pub questions: Vec<Question>,
    /// Libraries of exercises, by id: those of the treatment.
    pub libraries: IndexMap<Name, IndexMap<String, Exercise>>,
    /// Dotted key → text of the clinician's page, plain text with `{braces}` for what the page fills in. Every key
    /// of the program's own `web.yaml` is there.
    pub web: Lazy<IndexMap<String, String>>,
    /// Whether somebody signed these texts as they are.
    pub approval: super::approval::Approval,
    /// Whether a record says who translated them: they were first written in another language.
    pub is_translation: bool,
    /// Whether they, and all that they are filled in with but the clinic's own profile, come with the program.
    pub is_tried: bool,
}

impl Pack {
    /// The last day on which a text of it was reviewed: no day on which it is used comes before.
    pub fn reviewed(&self) -> NaiveDate {
        let sections = self.sections.values().map(|section| section.reviewed);
        let questions = self.questions.iter().map(|question| question.reviewed);
        sections.chain(questions).fold(self.safety.reviewed, NaiveDate::max)
    }
}

/// The wording of the signs: dotted key (`emergency.signs.collapse`) → text. Which keys there are and when they print
/// is the treatment's: every one has a text.
#[derive(Clone, Debug)]
pub struct SafetyWords {
    pub words: IndexMap<String, Source>,
    pub claims: Vec<String>,
    pub reviewed: NaiveDate,
    pub review_by: NaiveDate,
    pub dated: Dated,
    pub place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    Patient,
    Public,
    Both,
}

#[derive(Clone, Debug)]
pub struct Section {
    pub id: String,
    pub title: Source,
    /// Whether a sheet prints the title above the section.
    pub show_title: bool,
    pub order: u32,
    pub audience: Audience,
    /// 1–99.
    pub priority: u8,
    pub icon: Option<String>,
    /// Tera expressions; all must hold.
    pub conditions: Vec<Source>,
    pub claims: Vec<String>,
    pub reviewed: NaiveDate,
    pub review_by: NaiveDate,
    pub dated: Dated,
    pub body: Source,
    pub place: Place,
}

#[derive(Clone, Debug)]
pub struct Question {
    pub id: String,
    pub question: Source,
    pub answer: Source,
    pub audience: Audience,
    pub priority: u8,
    pub group: Option<String>,
    pub conditions: Vec<Source>,
    pub claims: Vec<String>,
    pub reviewed: NaiveDate,
    pub review_by: NaiveDate,
    pub dated: Dated,
    pub place: Place,
}

/// An exercise's dose: what it may be, and the steps with [`TIMES`] and [`HOLD`] in place of the usual numbers.
#[derive(Clone, Debug)]
pub struct Dosed {
    pub dosage: Dosage,
    pub steps: Vec<Source>,
}

/// Stand for the numbers of a dose in a text that was not filled in yet: no text can hold them.
pub const TIMES: char = '\u{e000}';
pub const HOLD: char = '\u{e001}';

/// An exercise of a library.
#[derive(Clone, Debug)]
pub struct Exercise {
    pub id: String,
    pub name: Source,
    pub regions: Vec<Name>,
    pub figure: Option<String>,
    pub alt: Source,
    pub steps: Vec<Source>,
    /// How often and how long, where a therapist may change it.
    pub dose: Option<Dosed>,
    pub priority: u8,
    /// Fact → why it is left out.
    pub not_with: BTreeMap<Name, String>,
    pub claims: Vec<String>,
    pub reviewed: NaiveDate,
    pub review_by: NaiveDate,
    pub dated: Dated,
    pub place: Place,
}

impl Exercise {
    /// Whether it is meant for one of these regions.
    pub fn is_for_one_of(&self, regions: &[Name]) -> bool {
        self.regions.iter().any(|region| regions.contains(region))
    }

    /// The facts that are true and rule it out, with the reasons.
    pub fn all_ruling_out<'e>(
        &'e self,
        treatment: &'e super::Treatment,
        chosen: &'e Chosen,
    ) -> impl Iterator<Item = (&'e Name, &'e str)> {
        let is_true = move |id: &str| treatment.fact_of(id).is_some_and(|fact| fact.is_true(chosen));
        self.not_with
            .iter()
            .filter(move |(fact, _)| is_true(fact))
            .map(|(fact, reason)| (fact, reason.as_str()))
    }

    /// The first of them.
    pub fn ruled_out<'e>(&'e self, treatment: &'e super::Treatment, chosen: &'e Chosen) -> Option<&'e str> {
        self.all_ruling_out(treatment, chosen).next().map(|(_, reason)| reason)
    }
}

#[derive(Clone, Debug)]
pub struct Templates {
    pub handout: Source,
    /// Which sections stand on which panel. The built-in one when the clinic has none.
    pub brochure: Source,
    /// The clinic has one of its own. The built-in one may name sections that the clinic does without.
    pub own_brochure: bool,
    /// File name inside `templates/html/` → text.
    pub html: Lazy<BTreeMap<String, Source>>,
    /// File name inside `templates/site/` → text. Those of the built-in folder when the clinic's has none.
    pub site: Lazy<BTreeMap<String, Source>>,
}
