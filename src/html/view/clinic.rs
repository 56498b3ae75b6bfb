//! The clinic, as every template sees it: `clinic`.

use super::inline::TextView;
use crate::document::{ContactLine, Reach};
use serde::Serialize;

/// What is not known is empty.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct ClinicView {
    name: String,
    city: String,
    /// "How to reach us".
    heading: Option<TextView>,
    /// What a card shows, line by line.
    lines: Vec<LineView>,
    /// The same one by one; those that lead somewhere are links.
    phone: Option<TextView>,
    email: Option<TextView>,
    web: Option<TextView>,
    address: Option<TextView>,
    hours: Option<TextView>,
    booking: Option<TextView>,
    map: Option<TextView>,
    social: Vec<TextView>,
    therapists: Vec<String>,
    emergency: Option<TextView>,
    nurse_line: Option<TextView>,
}

#[derive(Clone, Debug, Serialize)]
struct LineView {
    /// `phone`, `email`, `web`, `address`, `hours` or `booking`.
    kind: &'static str,
    label: TextView,
    value: TextView,
}

impl ClinicView {
    pub(crate) fn of(reach: &Reach) -> ClinicView {
        let value = |kind: &str| reach.line(kind).map(|line| TextView::of(&line.value));
        let line = |(kind, line): &(&'static str, ContactLine)| LineView {
            kind,
            label: TextView::of(&line.label),
            value: TextView::of(&line.value),
        };
        ClinicView {
            name: reach.name.clone(),
            city: reach.city.clone(),
            heading: Some(TextView::of(&reach.heading)),
            lines: reach.lines.iter().map(line).collect(),
            phone: value("phone"),
            email: value("email"),
            web: value("web"),
            address: value("address"),
            hours: value("hours"),
            booking: value("booking"),
            map: reach.map.as_ref().map(TextView::of),
            social: reach.social.iter().map(TextView::of).collect(),
            therapists: reach.therapists.clone(),
            emergency: Some(TextView::of(&reach.emergency)),
            nurse_line: reach.nurse_line.as_ref().map(TextView::of),
        }
    }
}
