//! Rows that head others with the day that these are of.

use super::orders::{NAME, THERAPIST};
use crate::request::resolve::{is_weekday, may_say_day, says_day};
use std::sync::Arc;

/// Cells of such a row, at most, if they do not all say the same: a day of the week and its date.
pub const CELLS: usize = 2;

/// What a row says of the day of those below it. Of words around a day none is kept: they may be a patient's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// A day, and nothing else, as it is written.
    Day(Arc<str>),
    /// A day may stand among its words. The row stays one, and those below it are of no day that stands above it.
    Unclear,
}

/// What the columns of a list hold, for a cell that stands alone in its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Nothing that is read, ids, or times of sessions: a day alone is of the rows below it.
    Headings,
    /// Names of patients, some of which are days of the week.
    Names,
    /// Words and days of a patient, which may go on from the row above.
    Words,
    /// What is never a day.
    Values,
}

/// Keys of [`Holds::Words`], by their paths.
const WORDS: [&str; 3] = ["plan.next_visit", "plan.note", THERAPIST];

impl Holds {
    /// By the paths of the keys that are read from a column.
    pub fn of<'k>(paths: impl IntoIterator<Item = &'k str>) -> Holds {
        let of_path = |path: &str| match path {
            "id" | "session.at" => Holds::Headings,
            NAME => Holds::Names,
            path if WORDS.contains(&path) => Holds::Words,
            _ => Holds::Values,
        };
        let all: Vec<Holds> = paths.into_iter().map(of_path).collect();
        let strict = [Holds::Words, Holds::Names, Holds::Values];
        let strict = strict.into_iter().find(|holds| all.contains(holds));
        strict.unwrap_or(Holds::Headings)
    }
}

/// The heading that a row stands under.
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
            Head::Unclear => format!("see {} {}:", self.noun, self.line),
        }
    }

    /// Why rows below it have no day.
    pub fn told(&self) -> String {
        let Under { noun, line, .. } = self;
        match self.head {
            Head::Day(_) => {
                format!("{noun} {line} says a day, and nothing tells which: write it there with its year")
            }
            Head::Unclear => format!("{noun} {line} may say another day: write the day alone there"),
        }
    }
}

/// What a row heads others with. `first`: the first column of the list, where headings stand whatever it holds. A day in a column
/// of a patient's own words or days is the patient's.
pub fn head_of(filled: &[(usize, &str)], first: usize, holds: impl Fn(usize) -> Holds) -> Option<Head> {
    let ((column, text), rest) = filled.split_first()?;
    let here = holds(*column);
    let is_weekday = || here != Holds::Names && is_weekday(text);
    // A cell that is merged over all columns may stand in each of them.
    let is_one = rest.iter().all(|(_, other)| other == text);
    let said: Arc<str> = match rest {
        _ if is_one => (*text).into(),
        [(_, date)] if is_weekday() => [*text, *date].join(" ").into(),
        _ => return None,
    };
    let is_first = *column == first;
    let is_open =
        is_first || here == Holds::Headings && rest.iter().all(|(column, _)| holds(*column) != Holds::Words);
    let is_day = says_day(&said) || is_one && is_weekday();
    match is_day && is_open {
        true => Some(Head::Day(said)),
        false if here == Holds::Words && !is_first => None,
        false => (is_day || is_one && may_say_day(&said)).then_some(Head::Unclear),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_with_a_day_and_nothing_else_heads_others() {
        let of = |column| if column == 1 { Holds::Names } else { Holds::Headings };
        let head = |cells: &[(usize, &str)]| head_of(cells, 0, of);
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
        let head = |column, text| head_of(&[(column, text)], 0, of);
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
        assert_eq!(head_of(&[(3, "Monday"), (4, "7 Dec 2026")], 0, of), Some(Head::Unclear));
        assert_eq!(Holds::of(["session.at", "plan.note"]), Holds::Words);
    }
}
