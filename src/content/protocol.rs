//! How long things take: the windows of a treatment, in hours of elapsed time from the session.

use crate::diagnostic::Place;
use crate::options::Name;
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// Every time window and clinical bound, hours of elapsed time from the session.
#[derive(Clone, Debug, Default)]
pub struct Protocol {
    /// By name, as text calls it.
    pub windows: IndexMap<Name, Window>,
}

/// When people are awake, by the clinic's clock. Nobody waits through a night for a limit to end, so one that would end in it
/// ends with the next morning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waking {
    /// Hours of the day, both included.
    pub from: u32,
    pub to: u32,
    /// The hour at which such a limit ends.
    pub morning: u32,
}

impl Protocol {
    pub fn window(&self, name: &str) -> Option<&Window> {
        self.windows.get(name)
    }

    /// What an option may set as a window's end, hours, both ends included.
    pub fn bounds(&self, name: &str) -> (u32, u32) {
        self.window(name).map_or((0, 0), |window| window.bounds.unwrap_or((window.from, window.to)))
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
    /// Late end, hours, by what was chosen: option → value → hours. The longest of those that apply holds.
    pub by: IndexMap<Name, BTreeMap<Name, u32>>,
    /// What a therapist may set, hours, both ends included.
    pub bounds: Option<(u32, u32)>,
    /// For a patient it ends no earlier than that window of the same session.
    pub at_least: Option<Name>,
    /// For a patient it ends in waking hours, on a quarter of an hour: a limit that no warning hangs on.
    pub waking: Option<Waking>,
    pub claims: Vec<String>,
    /// Where its name stands.
    pub place: Place,
}

impl Window {
    /// Hours that it has at the very most, whatever was chosen and the therapist sets; without what it waits for.
    pub fn longest(&self) -> u32 {
        self.ends().fold(self.to, u32::max)
    }

    /// The same at the very least.
    pub fn shortest(&self) -> u32 {
        self.ends().fold(self.to, u32::min)
    }

    fn ends(&self) -> impl Iterator<Item = u32> {
        let bounds = self.bounds.into_iter().flat_map(|(least, most)| [least, most]);
        bounds.chain(self.by.values().flat_map(BTreeMap::values).copied())
    }
}
