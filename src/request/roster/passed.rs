//! Rows that are passed over: those that nobody wants, and those around a list that are no patients'. Each is counted and
//! told, so that nobody loses a patient by it.

use super::beside;
use super::headed::Head;
use crate::diagnostic::{Diagnostic, Place};
use crate::options::keys::Keys;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Rows that a sentence names.
const NAMED: usize = 5;

/// Rows in which the heading is looked for: titles and what a program says of itself stand above it.
pub const ABOVE: usize = 50;
/// Totals and remarks that may stand below a list, at most: more rows that look like some are patients'.
pub const BELOW: usize = 8;

/// What rows of a list are called by its reader: a text has lines, a sheet has rows.
pub const LINE: &str = "line";
pub const ROW: &str = "row";

/// How many rows were passed over, for whoever waits for the end.
#[derive(Debug, Default)]
pub struct Passed {
    /// Rows that nobody wants: `only` in a file of columns.
    unwanted: AtomicU64,
    /// Rows below the list.
    totals: Mutex<Vec<u64>>,
    /// Headings and titles that come again.
    repeated: Mutex<Vec<u64>>,
    /// Rows that say the day of those below them, their time or its half of the day, or who treated.
    days: Mutex<Vec<u64>>,
    times: Mutex<Vec<u64>>,
    halves: Mutex<Vec<u64>>,
    therapists: Mutex<Vec<u64>>,
    /// Rows that say something in a second table beside the list.
    beside: AtomicU64,
    /// What rows are called, as soon as there is one.
    noun: Mutex<&'static str>,
    /// The columns that each row must fill.
    needed: String,
}

impl Passed {
    pub fn of(keys: &Keys) -> Passed {
        let needed = keys.needed().iter().map(|column| format!("`{column}`"));
        Passed { needed: needed.collect::<Vec<_>>().join(" and "), ..Passed::default() }
    }

    pub fn add_unwanted(&self) {
        self.unwanted.fetch_add(1, Ordering::Relaxed);
    }

    pub fn add_beside(&self) {
        self.beside.fetch_add(1, Ordering::Relaxed);
    }

    /// Rows below the list, by their numbers.
    pub fn add_totals(&self, noun: &'static str, rows: impl IntoIterator<Item = u64>) {
        *self.noun.lock().unwrap_or_else(PoisonError::into_inner) = noun;
        self.totals.lock().unwrap_or_else(PoisonError::into_inner).extend(rows);
    }

    /// Headings and titles that come again, and what says how cells are filled in.
    pub fn add_repeated(&self, noun: &'static str, row: u64) {
        *self.noun.lock().unwrap_or_else(PoisonError::into_inner) = noun;
        self.repeated.lock().unwrap_or_else(PoisonError::into_inner).push(row);
    }

    /// Rows that say a day, a time or a therapist and nothing else.
    pub fn add_heading(&self, head: &Head, noun: &'static str, row: u64) {
        let rows = match head {
            Head::Time(_) => &self.times,
            Head::Half(_) => &self.halves,
            Head::Therapist(_) => &self.therapists,
            _ => &self.days,
        };
        *self.noun.lock().unwrap_or_else(PoisonError::into_inner) = noun;
        rows.lock().unwrap_or_else(PoisonError::into_inner).push(row);
    }

    /// After a first reading, rows are counted once more.
    pub fn forget_unwanted(&self) {
        self.unwanted.store(0, Ordering::Relaxed);
    }

    pub fn unwanted(&self) -> u64 {
        self.unwanted.load(Ordering::Relaxed)
    }

    pub fn totals(&self) -> u64 {
        self.totals.lock().unwrap_or_else(PoisonError::into_inner).len() as u64
    }

    /// What somebody should know of it at the end of the list.
    pub fn remarks(&self, file: &str) -> Vec<Diagnostic> {
        let place = Place::file(file);
        let unwanted = match self.unwanted() {
            0 => None,
            1 => Some("1 row passed over that `only` does not ask for".to_owned()),
            count => Some(format!("{count} rows passed over that `only` does not ask for")),
        };
        let unwanted = unwanted.map(|message| {
            Diagnostic::warning("unwanted-rows", message).about(self.unwanted().to_string()).at(place.clone())
        });
        let beside = beside::told(self.beside.load(Ordering::Relaxed));
        let headings = [self.told_days(), self.told_times(), self.told_halves(), self.told_therapists()];
        let others = headings.into_iter().chain([self.told_repeated(), self.told_totals(), beside]).flatten();
        unwanted.into_iter().chain(others.map(|told| told.at(place.clone()))).collect()
    }

    fn told_days(&self) -> Option<Diagnostic> {
        let days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        let rows = named(*self.noun.lock().unwrap_or_else(PoisonError::into_inner), &days);
        let message = match days.len() {
            0 => return None,
            1 => format!("{rows} says a day: times below it that have none are of that day"),
            _ => format!("{rows} say a day each: times below that have none are of the day above them"),
        };
        Some(Diagnostic::warning("passed-over", message))
    }

    fn told_times(&self) -> Option<Diagnostic> {
        let times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        let rows = named(*self.noun.lock().unwrap_or_else(PoisonError::into_inner), &times);
        let message = match times.len() {
            0 => return None,
            1 => format!(
                "{rows} says a time and nothing else: the rows right below it that have none are at that time"
            ),
            _ => format!(
                "{rows} say a time each and nothing else: the rows right below that have none are at the time above them"
            ),
        };
        let hint = format!("if one is a patient's, fill in {}", self.needed);
        Some(Diagnostic::warning("passed-over", message).hint(hint))
    }

    fn told_halves(&self) -> Option<Diagnostic> {
        let halves = self.halves.lock().unwrap_or_else(PoisonError::into_inner);
        let rows = named(*self.noun.lock().unwrap_or_else(PoisonError::into_inner), &halves);
        let message = match halves.len() {
            0 => return None,
            1 => format!("{rows} says a half of the day: times below it that leave it out are in that half"),
            _ => format!(
                "{rows} say a half of the day each: times below that leave it out are in the one above them"
            ),
        };
        Some(Diagnostic::warning("passed-over", message))
    }

    fn told_therapists(&self) -> Option<Diagnostic> {
        let therapists = self.therapists.lock().unwrap_or_else(PoisonError::into_inner);
        let rows = named(*self.noun.lock().unwrap_or_else(PoisonError::into_inner), &therapists);
        let message = match therapists.len() {
            0 => return None,
            1 => format!(
                "{rows} names a therapist and nothing else: the rows below it that name none are theirs"
            ),
            _ => format!(
                "{rows} name a therapist each and nothing else: the rows below that name none are of the one above them"
            ),
        };
        let hint = format!("if one is a patient's, fill in {}", self.needed);
        Some(Diagnostic::warning("passed-over", message).hint(hint))
    }

    fn told_repeated(&self) -> Option<Diagnostic> {
        let repeated = self.repeated.lock().unwrap_or_else(PoisonError::into_inner);
        let rows = named(*self.noun.lock().unwrap_or_else(PoisonError::into_inner), &repeated);
        let message = match repeated.len() {
            0 => return None,
            1 => format!("{rows} says what the heading says and is passed over"),
            _ => format!("{rows} say what the heading says and are passed over"),
        };
        Some(Diagnostic::warning("passed-over", message))
    }

    fn told_totals(&self) -> Option<Diagnostic> {
        let totals = self.totals.lock().unwrap_or_else(PoisonError::into_inner);
        let noun = *self.noun.lock().unwrap_or_else(PoisonError::into_inner);
        let rows = named(noun, &totals);
        let message = match totals.len() {
            0 => return None,
            1 => format!("{rows} stands below the list and is passed over, as a total or a remark"),
            _ => format!("{rows} stand below the list and are passed over, as totals or remarks"),
        };
        let hint = format!("if one is a patient's, fill in {}", self.needed);
        Some(Diagnostic::warning("passed-over", message).hint(hint))
    }
}

/// `row 3`, `rows 3, 5`, `rows 1, 2, 3, 4, 5 and 7 more`.
pub fn named(noun: &str, rows: &[u64]) -> String {
    let listed = rows.iter().take(NAMED).map(u64::to_string).collect::<Vec<_>>().join(", ");
    let ending = if rows.len() == 1 { "" } else { "s" };
    match rows.len().saturating_sub(NAMED) {
        0 => format!("{noun}{ending} {listed}"),
        more => format!("{noun}{ending} {listed} and {more} more"),
    }
}

/// Rows above the heading of a list, with the cells that say something.
#[derive(Default)]
pub struct Above(Vec<(u64, Vec<(usize, String)>)>);

impl Above {
    pub fn add<'c>(&mut self, row: u64, cells: impl Iterator<Item = (usize, &'c str)>) {
        let filled = cells.map(|(column, text)| (column, text.trim())).filter(|(_, text)| !text.is_empty());
        let filled: Vec<(usize, String)> = filled.map(|(column, text)| (column, text.to_owned())).collect();
        if !filled.is_empty() {
            self.0.push((row, filled));
        }
    }

    /// The rows, with their numbers.
    pub fn into_titles(self) -> Vec<(u64, Vec<(usize, String)>)> {
        self.0
    }

    /// What somebody should know of them: titles are passed over. `width`: names of the heading.
    ///
    /// # Errors
    ///
    /// One of them may be a patient's.
    pub fn told(
        &self,
        noun: &str,
        width: usize,
        file: &Arc<str>,
        is_value: impl Fn(&str) -> bool,
    ) -> Result<Option<Diagnostic>, Diagnostic> {
        let rows = |is_taken: &dyn Fn(&[(usize, String)]) -> bool| -> Vec<u64> {
            self.0.iter().filter(|(_, cells)| is_taken(cells)).map(|(row, _)| *row).collect()
        };
        let patients = rows(&|cells| may_be_a_patients(cells, width, &is_value));
        let place = Place::file(file.clone());
        if !patients.is_empty() {
            let is_one = patients.len() == 1;
            let message = match is_one {
                true => format!("{} stands above the heading and may be a patient's", named(noun, &patients)),
                false => format!("{} stand above the heading and may be patients'", named(noun, &patients)),
            };
            let it = if is_one { "it" } else { "them" };
            let hint = format!("move {it} below the heading, or take {it} out where no patient stands there");
            return Err(Diagnostic::error("rows-above-heading", message).at(place).hint(hint));
        }
        let titles = rows(&|_| true);
        let message = match titles.len() {
            0 => return Ok(None),
            1 => format!("{} stands above the heading and is passed over, as a title", named(noun, &titles)),
            _ => format!("{} stand above the heading and are passed over, as titles", named(noun, &titles)),
        };
        Ok(Some(Diagnostic::warning("passed-over", message).at(place)))
    }
}

/// Whether a row above the heading is no title: beside another cell it holds a value that may stand in a row, or it fills
/// as many cells as a row does and holds a number. What programs say of a list (`Printed on: | 24/11/2026 | Page: | 1`) has
/// a label that ends in a colon before each of its words; names of groups of columns have no numbers.
fn may_be_a_patients(cells: &[(usize, String)], width: usize, is_value: &impl Fn(&str) -> bool) -> bool {
    let is_label = |(_, text): &(usize, String)| text.ends_with(':');
    let labels = cells.iter().filter(|cell| is_label(cell)).count();
    if cells.first().is_some_and(is_label) && labels * 2 >= cells.len() || cells.len() < 2 {
        return false;
    }
    // `From: 24/11/2026 | To: 25/11/2026`, and the page of an export.
    let is_value_of = |text: &str| text.split(':').any(is_value);
    let is_labelled = |(_, text): &(usize, String)| text.contains(": ") && !is_value_of(text);
    // `Day sheet | Printed: 30/11/2026 | Page 1 of 2`.
    let is_page_of = |(at, text): &(usize, String)| is_page(&[(0, String::new()), (*at, text.clone())]);
    let has_digit = |(_, text): &(usize, String)| text.bytes().any(|byte| byte.is_ascii_digit());
    let is_headed = || match cells.split_first() {
        Some((title, rest)) => {
            let is_of_page = |cell| is_page_of(cell) || is_labelled(cell);
            rest.len() > 1 && !has_digit(title) && rest.iter().all(is_of_page) && rest.iter().any(is_page_of)
        }
        None => false,
    };
    if cells.iter().all(is_labelled)
        || (is_page(cells) || is_headed()) && cells.iter().all(|(_, text)| !is_value(text))
    {
        return false;
    }
    let is_long = cells.len() >= 3 || cells.len() * 2 >= width;
    cells.iter().any(|(_, text)| is_value(text)) || is_long && cells.iter().any(has_digit)
}

/// Whether a row is a title, and a word with its number behind it: `Day list | Page 2`, `Day list | Page 2 of 3`.
fn is_page(cells: &[(usize, String)]) -> bool {
    let [(_, title), (_, page)] = cells else { return false };
    let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let is_word = |word: &str| word.chars().all(char::is_alphabetic);
    let is_number = |word: &str| word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    match page.split_whitespace().collect::<Vec<_>>().as_slice() {
        [word, number] => !has_digit(title) && is_word(word) && is_number(number),
        [word, number, of, all] => {
            !has_digit(title) && is_word(word) && is_word(of) && is_number(number) && is_number(all)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(rows: &[&[&str]], width: usize) -> Result<Option<String>, String> {
        let mut above = Above::default();
        for (number, row) in (1..).zip(rows) {
            above.add(number, row.iter().copied().enumerate());
        }
        let told = above.told(LINE, width, &"day".into(), |text| text == "neck");
        told.map(|told| told.map(|told| told.message)).map_err(|fault| {
            assert_eq!(fault.code, "rows-above-heading");
            fault.message
        })
    }

    #[test]
    fn titles_above_the_heading_are_told() {
        for title in [
            &["Appointments of 24/11/2026"][..],
            &["Clinic:", "Main Street 5", "Date:", "24/11/2026"],
            &["Patient", "", "Visit", "", "Plan"],
            &["From: 11/30/2026", "To: 11/30/2026", "By: Zoe"],
            &["Day list", "", "", "Page 1 of 3"],
            &["Day list", "", "", "Printed: 30/11/2026", "Page 1 of 3"],
        ] {
            let message = "line 1 stands above the heading and is passed over, as a title".to_owned();
            assert_eq!(told(&[title], 6), Ok(Some(message)));
        }
        assert_eq!(told(&[], 4), Ok(None));
        assert_eq!(told(&[&["", " "]], 4), Ok(None));
    }

    #[test]
    fn a_patient_above_the_heading_is_never_dropped() {
        let one = Err("line 2 stands above the heading and may be a patient's".to_owned());
        assert_eq!(told(&[&["Tuesday"], &["p-1", "neck", "Zoe"]], 6), one);
        assert_eq!(told(&[&["Tuesday"], &["Zoe", "neck"]], 4), one);
        assert_eq!(told(&[&["Tuesday"], &["Zoe", "sholder", "24/11/2026 9:00"]], 9), one);
        assert_eq!(told(&[&["Tuesday"], &["Zoe", "neck"]], 9), one, "few cells of many");
        assert_eq!(told(&[&["Tuesday"], &["Zoe", "Memo: 3 days", "neck"]], 4), one, "no page");
        assert_eq!(told(&[&["Tuesday"], &["Zoe", "neck", "Page 2"]], 4), one, "an area");
        assert_eq!(told(&[&["Tuesday"], &["Zoe", "neck", "9:00", "ask her:"]], 9), one, "words with a colon");
        assert_eq!(told(&[&["Tuesday"], &["Zoe: 9:00", "neck: 3 days"]], 4), one, "a label that is an area");
        let two = Err("lines 1, 2 stand above the heading and may be patients'".to_owned());
        assert_eq!(told(&[&["Zoe", "neck"], &["Bob", "neck"]], 4), two);
    }

    #[test]
    fn totals_are_named() {
        let passed = Passed::of(&Keys::default());
        passed.add_unwanted();
        assert_eq!(passed.remarks("day")[0].code, "unwanted-rows");
        passed.forget_unwanted();
        passed.add_totals(ROW, [7]);
        assert!(passed.remarks("day")[0].message.starts_with("row 7 stands below the list"));
        passed.add_totals(ROW, 8..14);
        assert!(passed.remarks("day")[0].message.starts_with("rows 7, 8, 9, 10, 11 and 2 more stand below"));
    }
}
