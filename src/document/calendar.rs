//! What a patient may put in a calendar: moments of the sheet, each with a title that anybody may see.

use crate::locale::Language;
use chrono::{DateTime, Utc};

/// The moments of one sheet. Holds nothing of who the patient is.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    pub language: Language,
    /// When the sheet was made for: the session's time.
    pub stamp: DateTime<Utc>,
    /// In order of time.
    pub events: Vec<Moment>,
    /// The words of a link that leads to it.
    pub link: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// The same for the same moment of the same request.
    pub uid: String,
    pub at: DateTime<Utc>,
    /// Shown on locked screens and shared calendars: neither name nor diagnosis.
    pub title: String,
    pub lines: Vec<String>,
    /// Where it is.
    pub place: Option<String>,
}
