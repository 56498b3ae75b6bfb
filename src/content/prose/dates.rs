//! Days of reviews that cannot be, or that put the next reading off for too long.

use crate::content::approval::Draft;
use crate::content::{Dated, Library, Pack, signing_path};
use crate::diagnostic::{Diagnostic, Place};
use chrono::{Months, NaiveDate};

/// Months from one review to the next, at most.
const BETWEEN: u32 = 36;

pub fn check(library: &Library, today: NaiveDate) -> Vec<Diagnostic> {
    let found =
        reviews(library).filter_map(|(reviewed, review_by, dated)| fault(reviewed, review_by, dated, today));
    found.chain(library.packs.values().filter_map(|pack| lapsed(library, pack, today))).collect()
}

/// A signature that has ended: each sheet is a draft again, and nobody is told but its patient.
fn lapsed(library: &Library, pack: &Pack, today: NaiveDate) -> Option<Diagnostic> {
    let Err(Draft::Expired(signature)) = pack.approval.on(today) else { return None };
    let message = format!(
        "the signature of `{}` in `{}` ended on {}: its outputs say that they are a draft",
        library.treatment.id, pack.language, signature.until
    );
    let fault =
        Diagnostic::warning("expired-text", message).at(Place::file(signing_path(&library.treatment.id)));
    Some(fault.hint("have the texts read and signed again: `aftercare sign`"))
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
