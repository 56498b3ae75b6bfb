//! A request as it is meant: every value checked against the library.

use crate::locale::{Language, Zone};
use crate::options::chosen::Chosen;
use crate::options::{Edition, Name, Paper};
use chrono::{DateTime, NaiveDate};
use std::collections::BTreeSet;

/// One handout's options. Stands for one patient: its `Debug` hides name and note.
#[derive(Clone, PartialEq)]
pub struct Request {
    pub id: Option<String>,
    pub treatment: Name,
    /// At most 80 characters, one line, no control characters; as typed otherwise.
    pub patient: Option<String>,
    pub language: Language,
    pub session_at: DateTime<Zone>,
    pub therapist: Option<String>,
    /// Of the treatment's own options.
    pub chosen: Chosen,
    pub next_visit: Option<DateTime<Zone>>,
    /// At most 600 characters on 12 lines.
    pub note: Option<String>,
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
            .field("treatment", &self.treatment)
            .finish_non_exhaustive()
    }
}
