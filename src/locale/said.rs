//! The parts of a day that have a name, and the patterns that ends stand in.

use super::zone::Zone;
use chrono::{DateTime, Timelike};
use serde::Serialize;

/// How a language says an end by the day of the week and the part of the day, in place of a whole date.
#[derive(Clone, Debug, Serialize)]
pub struct Said {
    pub parts: Vec<DayPart>,
    /// "Wednesday afternoon", and of more than a week later "Friday morning, Dec 11".
    pub part: [String; 2],
    /// The same, short, at the end of a bar.
    #[serde(skip)]
    pub part_short: [String; 2],
    /// "Wednesday, 3:30 pm".
    pub weekday_time: String,
    /// What makes a part of the day exact.
    #[serde(skip)]
    pub date_time: String,
    #[serde(skip)]
    pub date: String,
    /// A date that is the answer itself.
    #[serde(skip)]
    pub date_alone: String,
}

/// From an hour to another, that one not included; of one hour twice, that very hour.
#[derive(Clone, Debug, Serialize)]
pub struct DayPart {
    pub name: String,
    pub from: u32,
    pub to: u32,
}

impl DayPart {
    /// Noon, and no more of the day.
    pub fn is_moment(&self) -> bool {
        self.from == self.to
    }

    /// Whether an hour belongs to both; a single moment may stand at the beginning of another part, or in it.
    pub fn meets(&self, other: &DayPart) -> bool {
        match (self.is_moment(), other.is_moment()) {
            (false, false) => self.from < other.to && other.from < self.to,
            (true, true) => self.from == other.from,
            _ => false,
        }
    }

    pub fn holds(&self, at: &DateTime<Zone>) -> bool {
        match self.is_moment() {
            true => (at.hour(), at.minute()) == (self.from, 0),
            false => (self.from..self.to).contains(&at.hour()),
        }
    }
}
