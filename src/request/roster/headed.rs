//! Rows that head others: with the day that these are of, their time, or who treated them.

use super::time_alone::is_without_day;
use crate::options::keys::Keys;
use crate::request::resolve::{is_clock, is_weekday, may_say_day, says_day, therapist_said};
use std::sync::Arc;

/// The key of when a session was.
pub const SESSION: &str = "session.at";

/// The key with names.
pub const NAME: &str = "patient";

/// The key with therapists.
pub const THERAPIST: &str = "session.therapist";

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
    /// Who treated, as it is written.
    Therapist(Arc<str>),
    /// Words of which nobody knows what they head.
    Words,
}

impl Head {
    /// Whether its row is none of a patient.
    pub fn is_heading(&self) -> bool {
        matches!(self, Head::Day(_) | Head::Time(_) | Head::Therapist(_))
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
        match self.head {
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
            Head::Words => self.lose(),
            Head::Therapist(said) => {
                self.had_therapist = true;
                self.is_by_therapist |= self.day.is_none();
                (self.time, self.therapist) = (None, Some(said.clone()));
                if self.is_by_therapist && self.day.is_some() {
                    self.day = Some(Under::new(head, noun, line));
                }
            }
            Head::Day(_) | Head::Unclear => {
                self.time = None;
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
            Head::Day(_) | Head::Unclear => (self.time, self.day) = (None, None),
            Head::Words => self.lose(),
            Head::Time(_) => {}
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
        (self.time, self.therapist) = (None, None);
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
mod tests {
    use super::*;

    #[test]
    fn a_row_with_a_day_and_nothing_else_heads_others() {
        let of = |column| if column == 1 { Holds::Names } else { Holds::Headings };
        let head = |cells: &[(usize, &str)]| day_of(cells, 0, &of);
        let day = |text: &str| Some(Head::Day(text.into()));
        assert_eq!(head(&[(0, "Tuesday")]), day("Tuesday"));
        assert_eq!(head(&[(0, "Monday"), (1, "30 November 2026")]), day("Monday 30 November 2026"));
        assert_eq!(head(&[(0, "1 Dec 2026"), (1, "1 Dec 2026"), (2, "1 Dec 2026")]), day("1 Dec 2026"));
        assert_eq!(head(&[(0, "1 Dec: Ann")]), Some(Head::Unclear));
        for row in [&[(1, "Domingo")][..], &[(0, "2026-12-01"), (1, "Ann")], &[(0, "9:00")], &[]] {
            assert_eq!(head(row), None, "{row:?}");
        }
    }

    #[test]
    fn a_day_in_a_patients_own_column_is_no_heading() {
        let paths = ["id", "patient", "regions", "session.at", "plan.next_visit", "plan.note", THERAPIST];
        let of = |column: usize| Holds::of(paths.get(column).copied());
        let head = |column, text| day_of(&[(column, text)], 0, &of);
        for text in ["2026-12-08", "Tuesday 8 December", "May be 2 sessions"] {
            for column in [4, 5, 6] {
                assert_eq!(head(column, text), None, "{text}");
            }
            // There it is no value either: the row stays one, and nobody takes another day for those below it.
            assert_eq!((head(1, text), head(2, text)), (Some(Head::Unclear), Some(Head::Unclear)));
        }
        for column in [0, 3, 7] {
            assert_eq!(head(column, "2026-12-08"), Some(Head::Day("2026-12-08".into())));
        }
        assert_eq!(head(2, "Room 12/1"), None);
        assert_eq!(day_of(&[(3, "Monday"), (4, "7 Dec 2026")], 0, &of), Some(Head::Unclear));
        assert_eq!(Holds::of(["session.at", "plan.note"]), Holds::Words);
    }

    #[test]
    fn a_time_or_a_therapist_alone_heads_others() {
        let keys = Keys::default().treated_by(["Ann Lee"]);
        let of = |column| {
            [Holds::Names, Holds::Sessions, Holds::Therapists, Holds::Values, Holds::Headings][column]
        };
        let head = |cells: &[(usize, &str)]| head_of(cells, 0, &keys, of);
        assert_eq!(head(&[(0, "9:00 AM")]), Some(Head::Time("9:00 AM".into())));
        assert_eq!(head(&[(1, "0.375")]), Some(Head::Time("0.375".into())));
        let therapist = |text: &str| Some(Head::Therapist(text.into()));
        // Among patients' names a name alone may be a patient's: its row stays one, and nobody treated those below it.
        assert_eq!(head(&[(0, "Dr. Ann Lee")]), Some(Head::Words));
        assert_eq!(head(&[(0, "Therapist: Dr. Ann Lee")]), therapist("Dr. Ann Lee"));
        assert_eq!(head(&[(2, "Lee, Ann")]), therapist("Lee, Ann"));
        assert_eq!(head(&[(0, "Ann Lee"), (4, "3")]), Some(Head::Words));
        assert_eq!(head(&[(0, "Therapist:"), (1, "Ann Lee")]), therapist("Ann Lee"));
        assert_eq!(head(&[(0, "Relief")]), Some(Head::Words));
        assert_eq!(head(&[(0, "Ann Lee"), (4, "Room 2")]), Some(Head::Words));
        for row in [&[(0, "Ann Lee"), (3, "neck")][..], &[(0, "Ann Lee"), (1, "9:00")]] {
            assert_eq!(head(row), None, "a patient's row: {row:?}");
        }
        for row in [&[(3, "Ann Lee")][..], &[(0, "Zoe"), (3, "neck")], &[(0, "930")]] {
            assert_eq!(head(row), None, "{row:?}");
        }
    }

    #[test]
    fn who_says_a_time_or_a_therapist_ends_what_stands_above() {
        let mut above = Headings::default();
        above.take(Head::Therapist("Ann".into()), "line", 2);
        above.take(Head::Day("Monday".into()), "line", 3);
        above.take(Head::Time("9:00".into()), "line", 4);
        assert_eq!((above.of(SESSION).is_some(), above.of(THERAPIST).is_some()), (true, true));
        above.pass(|path| path == SESSION);
        assert_eq!((above.of(SESSION), above.of(THERAPIST).is_some()), (None, true));
        above.take(Head::Day("Tuesday".into()), "line", 7);
        assert!(above.of(THERAPIST).is_some(), "a therapist with several days");
        above.take(Head::Therapist("Bo".into()), "line", 9);
        let day = above.day.clone().expect("none that is known");
        assert!(day.told().contains("line 9 names another therapist") && day.words() == "see line 9:");
        let mut above = Headings::default();
        above.take(Head::Day("Monday".into()), "line", 2);
        above.take(Head::Therapist("Ann".into()), "line", 3);
        above.take(Head::Day("Tuesday".into()), "line", 7);
        assert_eq!(
            (above.of(THERAPIST), above.day.as_ref().map(|day| day.words())),
            (None, Some("Tuesday".to_owned()))
        );
    }
}
