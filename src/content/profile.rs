//! Who the clinic is: types only.

use crate::locale::{Language, Zone};
use crate::options::{Edition, Paper};

/// Fewer digits than this are no whole phone number: what follows is the rest of it.
pub const WHOLE: usize = 7;

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
    pub nurse_line: Option<LocalizedLine>,
    /// Empty ones leave their line out.
    pub phone: Option<String>,
    pub email: Option<String>,
    pub web: Option<String>,
    /// As it prints, on one line.
    pub address: Option<String>,
    /// The same by its parts, where the profile tells them.
    pub postal: Option<PostalAddress>,
    /// In the order of the profile.
    pub hours: Vec<Opening>,
    /// The page on which a visit is booked.
    pub booking: Option<String>,
    /// A map that shows the clinic.
    pub map: Option<String>,
    /// Its pages in social media.
    pub social: Vec<String>,
    /// Who counts the readers of its web pages.
    pub trackers: Vec<Tracker>,
    /// Where the public can look its therapists up: who keeps it, and the address.
    pub register: Option<LocalizedLine>,
    /// Where the pages of `aftercare site` stand: the QR code of a sheet leads there.
    pub site: Option<String>,
    /// Queues of the machine that the clinician's page prints through.
    pub printers: Vec<Printer>,
    pub last_sheets: LastSheets,
}

/// A line of the profile that is said in each language's own words: "dial" is no word of a French sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalizedLine {
    /// Where a language has none of its own.
    usual: String,
    /// In the order of the profile.
    by_language: Vec<(Language, String)>,
}

impl LocalizedLine {
    /// The same in every language.
    pub fn same(line: impl Into<String>) -> LocalizedLine {
        LocalizedLine { usual: line.into(), by_language: Vec::new() }
    }

    /// The first of them stands where a language has none; none of none.
    pub fn of(by_language: Vec<(Language, String)>) -> Option<LocalizedLine> {
        let usual = by_language.first()?.1.clone();
        Some(LocalizedLine { usual, by_language })
    }

    pub fn in_language(&self, language: &Language) -> &str {
        self.own(language).unwrap_or(&self.usual)
    }

    /// What a language says in its own words.
    pub fn own(&self, language: &Language) -> Option<&str> {
        self.by_language.iter().find(|(other, _)| other == language).map(|(_, line)| line.as_str())
    }

    pub fn is_by_language(&self) -> bool {
        !self.by_language.is_empty()
    }

    pub fn usual(&self) -> &str {
        &self.usual
    }

    /// Each of its wordings.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.usual()).chain(self.by_language.iter().skip(1).map(|(_, line)| line.as_str()))
    }
}

/// A server that pages of the web site may ask for a picture, so that it counts their readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracker {
    /// As readers are told it.
    pub name: String,
    pub host: String,
}

/// An address by its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostalAddress {
    pub street: String,
    pub city: String,
    /// Province, state or county.
    pub region: Option<String>,
    pub postal_code: Option<String>,
    /// ISO 3166, two letters: for search engines, on no line.
    pub country: Option<String>,
}

impl PostalAddress {
    /// As an envelope has it, on one line.
    pub fn line(&self) -> String {
        let code = [&self.region, &self.postal_code].into_iter().flatten();
        let code = code.map(String::as_str).collect::<Vec<_>>().join(" ");
        let parts = [&self.street, &self.city, &code];
        parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

/// Days on which the clinic is open from a time to a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// From Monday, 0; each once, the first of the week first.
    pub days: Vec<usize>,
    /// Minutes of the day.
    pub opens: u16,
    pub closes: u16,
}

impl Opening {
    pub fn overlaps(&self, other: &Opening) -> bool {
        self.opens < other.closes
            && other.opens < self.closes
            && self.days.iter().any(|day| other.days.contains(day))
    }

    /// The days in runs that follow each other: first and last of each.
    pub fn runs(&self) -> Vec<(usize, usize)> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for day in &self.days {
            match runs.last_mut().filter(|(_, last)| last + 1 == *day) {
                Some((_, last)) => *last = *day,
                None => runs.push((*day, *day)),
            }
        }
        runs
    }
}

/// The sheets that an open page of the clinician's remembers, so that they can be printed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastSheets {
    /// None: 0.
    pub keep: u32,
    /// Without a touch, after which they are forgotten.
    pub minutes: u32,
    /// Whether they are kept before somebody asks for it.
    pub from_start: bool,
}

impl LastSheets {
    /// They go with a form from one treatment's page to another's, and a form is bounded.
    pub const MOST: u32 = 20;
}

impl Default for LastSheets {
    fn default() -> LastSheets {
        LastSheets { keep: 12, minutes: 60, from_start: true }
    }
}

/// Who treats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Therapist {
    /// As a request names them.
    pub name: String,
    /// As it prints: the name, then the title that the register gives, "Valerie, PT".
    pub signed: String,
}

impl Clinic {
    /// Who treats, as requests name them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.therapists.iter().map(|one| one.name.as_str())
    }
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
    pub edition: Option<Edition>,
    /// The tray or kind of paper, as `lp -o media=` takes it.
    pub tray: Option<String>,
}
