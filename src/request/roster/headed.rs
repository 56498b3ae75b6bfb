//! Rows that head others: with the day that these are of, their time, or who treated them.

use super::time_alone::is_without_day;
use crate::options::keys::Keys;
use crate::request::resolve::{
    is_clock, is_half, is_open, is_weekday, may_say_day, says_day, therapist_said,
};
use std::sync::Arc;

/// The key of when a session was.
pub const SESSION: &str = "session.at";

/// The key with names.
pub const NAME: &str = "patient";

/// The key with therapists.
pub const THERAPIST: &str = "session.therapist";

/// Keys of who comes, and when.
pub const WHO: [&str; 3] = ["id", NAME, SESSION];

/// Keys of a place in a list that nobody has: its number, its time, who would treat.
pub const SLOT: [&str; 3] = ["id", SESSION, THERAPIST];

/// Cells of such a row, at most, if they do not all say the same: a day of the week and its date.
pub const CELLS: usize = 2;

/// What a row says of those below it. Of words around a day none is kept: they may be a patient's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// A day, and nothing else, as it is written.
    Day(Arc<str>),
    /// A day may stand among its words. The row stays one, and those below it are of no day that stands above it.
    Unclear,
    /// A time of day, and nothing else.
    Time(Arc<str>),
    /// A half of the day, and nothing else: of the times below it that leave that out.
    Half(Arc<str>),
    /// Who treated, as it is written.
    Therapist(Arc<str>),
    /// Words of which nobody knows what they head.
    Words,
}

impl Head {
    /// Whether its row is none of a patient.
    pub fn is_heading(&self) -> bool {
        matches!(self, Head::Day(_) | Head::Time(_) | Head::Half(_) | Head::Therapist(_))
    }
}

/// What the columns of a list hold, for a cell that stands alone in its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Nothing that is read, ids, or times of sessions: a day alone is of the rows below it.
    Headings,
    /// Times of sessions: one alone is that of the rows below it, however it is written.
    Sessions,
    /// Names of patients, some of which are days of the week.
    Names,
    /// The same of a list in which a row may have nothing else.
    NamesAlone,
    /// Who treated.
    Therapists,
    /// Words and days of a patient, which may go on from the row above.
    Words,
    /// What is never a day.
    Values,
}

/// Keys of [`Holds::Words`], by their paths.
const WORDS: [&str; 2] = ["plan.next_visit", "plan.note"];

impl Holds {
    /// By the paths of the keys that are read from a column.
    pub fn of<'k>(paths: impl IntoIterator<Item = &'k str>) -> Holds {
        let of_path = |path: &str| match path {
            "id" => Holds::Headings,
            SESSION => Holds::Sessions,
            NAME => Holds::Names,
            THERAPIST => Holds::Therapists,
            path if WORDS.contains(&path) => Holds::Words,
            _ => Holds::Values,
        };
        let all: Vec<Holds> = paths.into_iter().map(of_path).collect();
        let strict = [Holds::Words, Holds::Therapists, Holds::Names, Holds::Values, Holds::Sessions];
        let strict = strict.into_iter().find(|holds| all.contains(holds));
        strict.unwrap_or(Holds::Headings)
    }

    /// Whether days in such a column are a patient's own.
    fn has_own_days(self) -> bool {
        matches!(self, Holds::Words | Holds::Therapists)
    }

    fn has_names(self) -> bool {
        matches!(self, Holds::Names | Holds::NamesAlone)
    }

    /// Whether a time or a therapist alone in such a column may be of the rows below it.
    fn may_head(self) -> bool {
        !matches!(self, Holds::Words | Holds::Values)
    }
}

/// The day that a row stands under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Under {
    pub head: Head,
    /// `line` or `row`, and its number.
    noun: &'static str,
    line: u64,
}

impl Under {
    pub fn new(head: Head, noun: &'static str, line: u64) -> Arc<Under> {
        Arc::new(Under { head, noun, line })
    }

    /// What its words are to whoever mends a row whose day they do not tell. Words around a day may stand in a column that
    /// is not read: they are not kept.
    pub fn words(&self) -> String {
        match &self.head {
            Head::Day(said) => said.to_string(),
            _ => format!("see {} {}:", self.noun, self.line),
        }
    }

    /// Why rows below it have no day.
    pub fn told(&self) -> String {
        let Under { noun, line, .. } = self;
        match &self.head {
            Head::Day(said) if is_open(said) => {
                format!(
                    "{noun} {line} says a day that may be one of two: write its month as a word, or say for the whole list \
                     how it writes days: `dates: day-first` or `dates: month-first` in a file of `--columns`"
                )
            }
            Head::Day(_) => {
                format!("{noun} {line} says a day, and nothing tells which: write it there with its year")
            }
            Head::Therapist(_) => {
                format!("{noun} {line} names another therapist, and no day: write the day below it")
            }
            _ => format!("{noun} {line} may say another day: write the day alone there"),
        }
    }
}

/// What the rows above one say that head others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headings {
    pub day: Option<Arc<Under>>,
    time: Option<Arc<str>>,
    /// The half of the day in which times are that leave it out.
    pub half: Option<Arc<str>>,
    therapist: Option<Arc<str>>,
    /// Whether there was any above, even if it is no longer.
    had_time: bool,
    had_therapist: bool,
    /// Whether therapists stand above days: the next one begins a list of days of their own.
    is_by_therapist: bool,
}

impl Headings {
    /// A row that heads those below it, or may.
    pub fn take(&mut self, head: Head, noun: &'static str, line: u64) {
        match &head {
            Head::Time(said) => {
                self.had_time = true;
                self.time = Some(said.clone());
            }
            Head::Half(said) => (self.time, self.half) = (None, Some(said.clone())),
            Head::Words => self.lose(),
            Head::Therapist(said) => {
                self.half = None;
                self.had_therapist = true;
                self.is_by_therapist |= self.day.is_none();
                (self.time, self.therapist) = (None, Some(said.clone()));
                if self.is_by_therapist && self.day.is_some() {
                    self.day = Some(Under::new(head, noun, line));
                }
            }
            Head::Day(_) | Head::Unclear => {
                (self.time, self.half) = (None, None);
                // Words around a day may be another therapist's name.
                if !self.is_by_therapist || head == Head::Unclear {
                    self.therapist = None;
                }
                self.day = Some(Under::new(head, noun, line));
            }
        }
    }

    /// A title above the heading that comes again: with its own therapist, and the day of the list.
    pub fn take_title(&mut self, head: Head, noun: &'static str, line: u64) {
        match &head {
            Head::Therapist(_) => self.take(head, noun, line),
            Head::Day(_) | Head::Unclear => (self.time, self.half, self.day) = (None, None, None),
            Head::Words => self.lose(),
            Head::Time(_) | Head::Half(_) => {}
        }
    }

    /// Whether a list has times of sessions, or therapists, above its rows.
    pub fn had(&self, path: &str) -> bool {
        match path {
            SESSION => self.had_time,
            _ => path == THERAPIST && self.had_therapist,
        }
    }

    /// Words among rows of which nobody knows what they head.
    pub fn lose(&mut self) {
        (self.time, self.half, self.therapist) = (None, None, None);
    }

    /// An empty row, a page's end or a row without a patient: a time is that of the rows right below it, and of none behind.
    pub fn end_time(&mut self) {
        self.time = None;
    }

    /// A row that took lines of others in, with what these may have said.
    pub fn doubt(&mut self, noun: &'static str, line: u64) {
        match self.day {
            Some(_) => self.take(Head::Unclear, noun, line),
            None => self.lose(),
        }
    }

    /// A row that says by itself what a heading says is under none, and neither are those below it.
    pub fn pass(&mut self, is_said: impl Fn(&str) -> bool) {
        self.time.take_if(|_| is_said(SESSION));
        self.therapist.take_if(|_| is_said(THERAPIST));
    }

    /// What they say for a key.
    pub fn of(&self, path: &str) -> Option<&Arc<str>> {
        match path {
            SESSION => self.time.as_ref(),
            THERAPIST => self.therapist.as_ref(),
            _ => None,
        }
    }

    /// Whether a row may need to be looked at for what it says by itself.
    pub fn may_end(&self) -> bool {
        self.time.is_some() || self.therapist.is_some()
    }
}

/// Whether a cell has signs alone: a dash in a place that nobody has.
pub fn says_nothing(cell: &str) -> bool {
    !cell.chars().any(char::is_alphanumeric)
}

/// What a row heads others with. `first`: the first column of the list, where headings stand whatever it holds. A day in a column
/// of a patient's own words or days is the patient's.
pub fn head_of(
    filled: &[(usize, &str)],
    first: usize,
    keys: &Keys,
    holds: impl Fn(usize) -> Holds,
) -> Option<Head> {
    let day_or_other = || day_of(filled, first, &holds).or_else(|| other_of(filled, first, keys, &holds));
    share_of(filled, &holds).or_else(day_or_other)
}

/// A time as programs keep it, a share of a day, is none of a date's forms.
fn share_of(filled: &[(usize, &str)], holds: &impl Fn(usize) -> Holds) -> Option<Head> {
    let [(column, text)] = filled else { return None };
    let is_share = holds(*column) == Holds::Sessions && text.starts_with("0.") && is_without_day(text);
    is_share.then(|| Head::Time((*text).into()))
}

/// A time or a therapist in a row of its own.
fn other_of(
    filled: &[(usize, &str)],
    first: usize,
    keys: &Keys,
    holds: &impl Fn(usize) -> Holds,
) -> Option<Head> {
    let ((column, text), rest) = filled.split_first()?;
    let (here, is_first) = (holds(*column), *column == first);
    let is_one = rest.iter().all(|(_, other)| other == text);
    let is_label = || text.ends_with(':') && !text.bytes().any(|byte| byte.is_ascii_digit());
    // How many rows stand below, as tables that sum up others have it: under a name that is not read.
    let is_count = |(column, text): &(usize, &str)| {
        holds(*column) == Holds::Headings && text.len() < 5 && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let said: Arc<str> = match rest {
        _ if is_one || is_first && rest.iter().all(is_count) => (*text).into(),
        [(_, name)] if is_label() => [*text, *name].join(" ").into(),
        // A therapist with words beside the name heads nobody for sure, and whoever stands above no longer does.
        [(beside, _)] if is_first && here != Holds::Therapists => {
            // With an area or a time of its own it is a patient's row.
            if matches!(holds(*beside), Holds::Values | Holds::Sessions) {
                return None;
            }
            let said = therapist_said(text, keys.therapists());
            return said.map(|_| Head::Words);
        }
        _ => return None,
    };
    if !is_first && !here.may_head() {
        return None;
    }
    if is_one && is_half(text) {
        return Some(Head::Half(said));
    }
    if is_one && (is_clock(text) || here == Holds::Sessions && is_without_day(text)) {
        return Some(Head::Time(said));
    }
    if let Some(name) = therapist_said(&said, keys.therapists()) {
        // Among patients' names it may be a patient's, whose row lacks the rest. Where that is no fault, it is the patient's.
        return match here.has_names() && !said.contains(':') {
            true => (here == Holds::Names).then_some(Head::Words),
            false => Some(Head::Therapist(name.into())),
        };
    }
    let is_of_rows = matches!(here, Holds::Values | Holds::NamesAlone);
    let may_be_name = is_one && !is_of_rows && text.chars().any(char::is_alphabetic);
    may_be_name.then_some(Head::Words)
}

/// A day in a row of its own.
fn day_of(filled: &[(usize, &str)], first: usize, holds: &impl Fn(usize) -> Holds) -> Option<Head> {
    let ((column, text), rest) = filled.split_first()?;
    let here = holds(*column);
    let is_weekday = || !here.has_names() && is_weekday(text);
    // A cell that is merged over all columns may stand in each of them.
    let is_one = rest.iter().all(|(_, other)| other == text);
    let said: Arc<str> = match rest {
        _ if is_one => (*text).into(),
        [(_, date)] if is_weekday() => [*text, *date].join(" ").into(),
        _ => return None,
    };
    let is_first = *column == first;
    let is_open = is_first
        || matches!(here, Holds::Headings | Holds::Sessions)
            && rest.iter().all(|(column, _)| !holds(*column).has_own_days());
    let is_day = says_day(&said) || is_one && is_weekday();
    match is_day && is_open {
        true => Some(Head::Day(said)),
        false if here.has_own_days() && !is_first => None,
        false => (is_day || is_one && may_say_day(&said)).then_some(Head::Unclear),
    }
}

#[cfg(test)]
mod tests;
