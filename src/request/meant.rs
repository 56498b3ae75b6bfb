//! A request as it is meant: every value checked against the library.

use crate::locale::{Language, Zone};
use crate::options::{Activity, Edition, Intensity, Paper, Precaution, Region};
use chrono::{DateTime, NaiveDate};
use std::collections::BTreeSet;

/// One handout's options. Stands for one patient: its `Debug` hides name and note.
#[derive(Clone, PartialEq)]
pub struct Request {
    pub id: Option<String>,
    /// At most 80 characters, one line, no control characters; as typed otherwise.
    pub patient: Option<String>,
    pub language: Language,
    pub session_at: DateTime<Zone>,
    pub therapist: Option<String>,
    pub intensity: Intensity,
    /// At least one, as given, without doubles.
    pub regions: Vec<Region>,
    /// Within the protocol's bounds for `rest`.
    pub rest_hours: Option<u32>,
    /// Ids of the library; `None`: by region.
    pub stretches: Option<Vec<String>>,
    pub exercises: Option<Vec<String>>,
    pub next_visit: Option<DateTime<Zone>>,
    /// At most 600 characters on 12 lines.
    pub note: Option<String>,
    pub activity: Option<Activity>,
    pub precautions: BTreeSet<Precaution>,
    pub edition: Edition,
    pub paper: Paper,
    pub exclude: BTreeSet<String>,
    /// The day on which the sheet is made: expired safety text does not print.
    pub today: NaiveDate,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request")
            .field("id", &self.id)
            .field("session_at", &self.session_at)
            .field("regions", &self.regions)
            .finish_non_exhaustive()
    }
}
