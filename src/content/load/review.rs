//! What every clinical text says about itself: its claims and when it was read last.

use super::cross::{Named, References};
use crate::content::Dated;
use crate::content::yaml::{Fields, Key, Kind, Reader, required};
use chrono::NaiveDate;

/// The keys that say it.
pub const KEYS: &[Key] = &[
    required("claims", Kind::Ids, "claims that it rests on"),
    required("reviewed", Kind::Day, "day of the last review"),
    required("review-by", Kind::Day, "day by which it is read again"),
];

pub struct Review {
    pub claims: Vec<String>,
    pub reviewed: NaiveDate,
    pub review_by: NaiveDate,
    pub dated: Dated,
}

/// Reads `claims`, `reviewed` and `review-by`.
pub fn read(fields: &Fields<'_>, reader: &mut Reader<'_>, references: &mut References) -> Option<Review> {
    let claims = claims(fields, reader, references);
    let (reviewed, review_by, dated) = dates(fields, reader)?;
    Some(Review { claims, reviewed, review_by, dated })
}

pub fn claims(fields: &Fields<'_>, reader: &mut Reader<'_>, references: &mut References) -> Vec<String> {
    fields.get("claims").map(|node| references.list(&Named::Claim, node, reader)).unwrap_or_default()
}

/// `reviewed` and `review-by`, in that order of time, and where they stand.
pub fn dates(fields: &Fields<'_>, reader: &mut Reader<'_>) -> Option<(NaiveDate, NaiveDate, Dated)> {
    let place = |key: &str, reader: &Reader<'_>| {
        fields.get(key).map(|node| reader.bare_place(node.span)).unwrap_or_default()
    };
    let dated = Dated { reviewed: place("reviewed", reader), review_by: place("review-by", reader) };
    let reviewed = fields.get("reviewed").and_then(|node| reader.date(node));
    let review_by = fields.get("review-by").map(|node| (node, reader.date(node)));
    let (node, review_by) = review_by?;
    let (reviewed, review_by) = (reviewed?, review_by?);
    if review_by < reviewed {
        let message = format!("`review-by` {review_by} is before `reviewed` {reviewed}");
        reader.fault(
            node.span,
            "wrong-dates",
            message,
            Some(
                "write the day on which it was read last, then the day on which it is to be read again"
                    .into(),
            ),
        );
        return None;
    }
    Some((reviewed, review_by, dated))
}
