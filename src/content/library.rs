//! What a clinic folder holds, read and checked: types only.

use super::Source;
use super::names::Names;
use crate::brand::Brand;
use crate::diagnostic::Place;
use crate::document::Picture;
use crate::lazy::Lazy;
use crate::locale::{Language, Zone};
use crate::options::{Intensity, Paper, Region, WindowName};
use chrono::NaiveDate;
use indexmap::IndexMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A clinic folder, loaded once and shared by all documents.
#[derive(Clone, Debug)]
pub struct Library {
    pub clinic: Clinic,
    pub protocol: Protocol,
    pub claims: IndexMap<String, Claim>,
    pub options: OptionSchema,
    pub treatment: super::Treatment,
    pub packs: IndexMap<Language, Pack>,
    pub pictures: BTreeMap<String, Arc<Picture>>,
    /// The body from the front and from the back, as far as the folder draws it, in that order.
    pub body_maps: Vec<BodyMap>,
    pub brand: Brand,
    pub templates: Templates,
    /// Words that public texts do not use.
    pub advertising: Vec<super::AdvertisingRule>,
    pub fonts: FontFiles,
    /// First six hex digits, upper case, of a SHA-256 over every file of the folder in order of path.
    pub version: String,
}

#[derive(Clone, Debug)]
pub struct Clinic {
    pub name: String,
    pub city: String,
    pub time_zone: Zone,
    pub paper: Paper,
    pub therapists: Vec<Therapist>,
    /// The number of the ambulance, where the clinic is.
    pub emergency: String,
    /// Who answers by day and night when the clinic does not, with the number; none in some places.
    pub nurse_line: Option<String>,
    /// Empty ones leave their line out.
    pub phone: Option<String>,
    pub email: Option<String>,
    pub web: Option<String>,
    pub address: Option<String>,
    /// Where the pages of `aftercare site` stand: the QR code of a sheet leads there.
    pub site: Option<String>,
    pub presets: Vec<Preset>,
    /// Queues of the machine that the clinician's page prints through.
    pub printers: Vec<Printer>,
}

/// Who treats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Therapist {
    /// As a request names them.
    pub name: String,
    /// As it prints: the name, then the title that the register gives, "Valerie, PT".
    pub signed: String,
}

impl Therapist {
    pub fn new(name: String, title: Option<&str>) -> Therapist {
        let signed = title.map_or_else(|| name.clone(), |title| format!("{name}, {title}"));
        Therapist { name, signed }
    }
}

/// A queue of the machine's print system, with a button of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printer {
    /// On its button.
    pub name: String,
    /// As `lp -d` takes it.
    pub queue: String,
    /// Its sheets are of this edition, unless the form says large print.
    pub edition: Option<crate::options::Edition>,
    /// The tray or kind of paper, as `lp -o media=` takes it.
    pub tray: Option<String>,
}

/// A request that the clinic makes often.
#[derive(Clone, Debug)]
pub struct Preset {
    pub id: String,
    pub label: String,
    pub request: crate::options::PresetRequest,
}

/// Every time window and clinical bound, hours of elapsed time from the session.
#[derive(Clone, Debug)]
pub struct Protocol {
    windows: [Window; WindowName::ALL.len()],
}

impl Protocol {
    /// In the order of [`WindowName::ALL`].
    pub fn new(windows: [Window; WindowName::ALL.len()]) -> Protocol {
        Protocol { windows }
    }

    pub fn window(&self, name: WindowName) -> &Window {
        &self.windows[name as usize]
    }

    /// What a therapist may set as rest, hours, both ends included.
    pub fn rest_bounds(&self) -> (u32, u32) {
        let rest = self.window(WindowName::Rest);
        rest.bounds.unwrap_or((rest.from, rest.to))
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Early end, hours.
    pub from: u32,
    /// Late end, hours: what a patient's sheet prints.
    pub to: u32,
    /// "At least": goes on until the patient has recovered.
    pub open_ended: bool,
    /// Said in words ("within a few hours"), not as a clock time.
    pub within: bool,
    pub by_intensity: BTreeMap<Intensity, u32>,
    /// What a therapist may set, hours, both ends included.
    pub bounds: Option<(u32, u32)>,
    /// For a patient it ends no earlier than that window of the same session.
    pub at_least: Option<WindowName>,
    pub claims: Vec<String>,
}

impl Window {
    /// Hours that it has at the very most, whatever the session was and the therapist sets; without what it waits for.
    pub fn longest(&self) -> u32 {
        self.bounds.map_or(self.to, |(_, most)| most.max(self.to))
    }
}

#[derive(Clone, Debug)]
pub struct Claim {
    pub id: String,
    pub statement: String,
    pub strength: Strength,
    pub sources: Vec<Citation>,
    pub reviewed: NaiveDate,
    pub review_by: NaiveDate,
    pub place: Place,
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

#[derive(Clone, Debug)]
pub struct Citation {
    pub title: String,
    pub doi: Option<String>,
    pub url: Option<String>,
    pub note: Option<String>,
}

/// What can be asked for, and which options cannot stand together.
#[derive(Clone, Debug)]
pub struct OptionSchema {
    /// Group id → its regions; every region in at least one.
    pub region_groups: IndexMap<String, Vec<Region>>,
    /// How many stretches and exercises are chosen by region when the request names none.
    pub stretches_per_sheet: usize,
    pub exercises_per_sheet: usize,
    pub contradictions: Vec<Contradiction>,
}

impl OptionSchema {
    /// What a request may not hold when it leaves a section out: the other sides of the contradictions.
    pub fn refused<'a>(&'a self, section: &'a str) -> impl Iterator<Item = &'a Choice> {
        let leaves_out = move |choice: &Choice| {
            let named = choice.value.as_deref().is_some_and(|value| value.eq_ignore_ascii_case(section));
            choice.key == EXCLUDE && named
        };
        self.contradictions.iter().filter_map(move |Contradiction { a, b, .. }| match () {
            () if leaves_out(a) => Some(b),
            () if leaves_out(b) => Some(a),
            () => None,
        })
    }
}

/// The key by which a request leaves sections out.
const EXCLUDE: &str = "print.sections.exclude";

#[derive(Clone, Debug)]
pub struct Contradiction {
    pub a: Choice,
    pub b: Choice,
    pub reason: String,
}

/// A request key, with the value it must have; `None`: given at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As in a request file: `plan.note`, `print.sections.exclude`.
    pub key: String,
    pub value: Option<String>,
}

/// A drawn body on which regions can be pointed at.
#[derive(Clone, Debug)]
pub struct BodyMap {
    pub picture: Arc<Picture>,
    /// The region of each of the picture's paths, in their order; `None` for what only draws.
    pub regions: Lazy<Vec<Option<Region>>>,
}

/// One language's words.
#[derive(Clone, Debug)]
pub struct Pack {
    pub language: Language,
    /// Dotted key (`timeline.rest`, `regions.neck`) → text.
    pub words: IndexMap<String, Source>,
    /// What people write in place of the program's names.
    pub names: Names,
    pub safety: SafetyWords,
    pub sections: IndexMap<String, Section>,
    pub questions: Vec<Question>,
    pub stretches: IndexMap<String, Exercise>,
    pub exercises: IndexMap<String, Exercise>,
    /// Dotted key → text of the clinician's page, plain text with `{braces}` for what the page fills in. Every key
    /// of the program's own `web.yaml` is there.
    pub web: Lazy<IndexMap<String, String>>,
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
    pub place: Place,
}

/// A stretch or a range-of-motion exercise.
#[derive(Clone, Debug)]
pub struct Exercise {
    pub id: String,
    pub name: Source,
    pub regions: Vec<Region>,
    pub figure: Option<String>,
    pub alt: Source,
    pub steps: Vec<Source>,
    pub priority: u8,
    /// Precaution → why it is left out.
    pub not_with: BTreeMap<crate::options::Precaution, String>,
    pub claims: Vec<String>,
    pub reviewed: NaiveDate,
    pub review_by: NaiveDate,
    pub place: Place,
}

#[derive(Clone, Debug)]
pub struct Templates {
    pub handout: Source,
    /// Which sections stand on which panel. The built-in one when the clinic has none.
    pub brochure: Source,
    /// The clinic has one of its own. The built-in one may name sections that the clinic does without.
    pub own_brochure: bool,
    /// File name inside `templates/html/` → text.
    pub html: BTreeMap<String, Source>,
    /// File name inside `templates/site/` → text. Those of the built-in folder when the clinic's has none.
    pub site: BTreeMap<String, Source>,
}

/// Font files of the brand, raw.
#[derive(Clone, Debug)]
pub struct FontFiles {
    pub regular: FontFile,
    pub italic: FontFile,
    pub semibold: FontFile,
    pub bold: FontFile,
    /// For characters that the brand's faces lack.
    pub fallback_regular: FontFile,
    pub fallback_bold: FontFile,
}

#[derive(Clone)]
pub struct FontFile {
    /// Path in the clinic folder.
    pub path: Arc<str>,
    pub data: std::borrow::Cow<'static, [u8]>,
}

impl std::fmt::Debug for FontFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FontFile({}, {} bytes)", self.path, self.data.len())
    }
}
