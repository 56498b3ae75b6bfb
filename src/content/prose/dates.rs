//! Days of reviews that cannot be, or that put the next reading off for too long.

use crate::content::{Dated, Library, Pack};
use crate::diagnostic::Diagnostic;
use chrono::{Months, NaiveDate};

/// Months from one review to the next, at most.
const BETWEEN: u32 = 36;

pub fn check(library: &Library, today: NaiveDate) -> Vec<Diagnostic> {
    reviews(library)
        .filter_map(|(reviewed, review_by, dated)| fault(reviewed, review_by, dated, today))
        .collect()
}

type Review<'l> = (NaiveDate, NaiveDate, &'l Dated);

fn reviews(library: &Library) -> impl Iterator<Item = Review<'_>> {
    let claims = library.claims.values().map(|one| (one.reviewed, one.review_by, &one.dated));
    let texts = library.packs.values().flat_map(Pack::dated);
    claims.chain(texts.map(|one| (one.reviewed, one.review_by, one.dated)))
}

fn fault(reviewed: NaiveDate, review_by: NaiveDate, dated: &Dated, today: NaiveDate) -> Option<Diagnostic> {
    if reviewed > today {
        let message = format!("nobody has read this yet: `reviewed` is {reviewed}, and today is {today}");
        let fault = Diagnostic::error("future-review", message).at(dated.reviewed.clone());
        return Some(fault.hint("write the day on which it was read last"));
    }
    let latest = reviewed.checked_add_months(Months::new(BETWEEN)).unwrap_or(NaiveDate::MAX);
    (review_by > latest).then(|| {
        let message =
            format!("`review-by` {review_by} is more than {BETWEEN} months after `reviewed` {reviewed}");
        let fault = Diagnostic::warning("far-review", message).at(dated.review_by.clone());
        fault.hint(format!("write {latest} or an earlier day"))
    })
}
