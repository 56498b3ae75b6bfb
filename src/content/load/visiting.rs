//! What the clinic's profile tells those who want to visit: the address by its parts, opening hours, pages to open.

use super::contact::{ADDRESS, SECURE, contact};
use crate::content::yaml::{Key, Kind, Node, Reader, Value, optional, required};
use crate::content::{Opening, PostalAddress};
use crate::diagnostic::shown;
use crate::limits::LISTED;

pub(super) const ADDRESS_PARTS: &[Key] = &[
    required("street", Kind::Line, "street and number, with the floor or suite"),
    optional("city", Kind::Line, "where it is not the clinic's `city`"),
    optional("region", Kind::Line, "province, state or county, as an envelope has it"),
    optional("postal-code", Kind::Line, "as an envelope has it"),
    optional("country", Kind::Line, "for search engines: two letters, as ISO 3166 has them"),
    optional("line", Kind::Line, "as it prints; without it: street, city, region and postal code"),
];

pub(super) const OPENING: &[Key] = &[
    required("days", Kind::Line, "`mon-fri`, `sat` or `mon, wed, fri`"),
    required("opens", Kind::Line, "`\"08:30\"`, by the clock of 24 hours"),
    required("closes", Kind::Line, "`\"19:00\"`; `\"24:00\"` is midnight"),
];

/// From Monday, as the lists of days.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Minutes of a day.
const DAY: u16 = 24 * 60;
/// Minutes for which a clinic is open, at the least.
const SHORTEST: u16 = 30;

/// The line that prints, and the parts where the profile tells them.
pub(super) fn address(
    node: &Node,
    city: Option<&str>,
    reader: &mut Reader<'_>,
) -> (Option<String>, Option<PostalAddress>) {
    if !matches!(node.value, Value::Map(_)) {
        return (contact(node, &ADDRESS, reader), None);
    }
    let Some(fields) = reader.fields(node, "the address", ADDRESS_PARTS) else { return (None, None) };
    let mut part = |key| fields.get(key).and_then(|node| reader.line(node));
    let [street, own_city, region, postal_code, line] =
        ["street", "city", "region", "postal-code", "line"].map(&mut part);
    let country = fields.get("country").and_then(|node| country(node, reader));
    let Some((street, city)) = street.zip(own_city.or(city.map(str::to_owned))) else { return (None, None) };
    let address = PostalAddress { street, city, region, postal_code, country };
    (Some(line.unwrap_or_else(|| address.line())), Some(address))
}

fn country(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    let code = reader.word(node)?;
    if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Some(code);
    }
    let message = format!("`{}` is no code of a country", shown(&code));
    let hint = "write the two capital letters of ISO 3166, in quotes";
    reader.fault(node.span, "bad-contact", message, Some(hint.into()));
    None
}

/// Opening hours, in the order of the file; no two of one day overlap.
pub(super) fn hours(node: &Node, reader: &mut Reader<'_>) -> Vec<Opening> {
    let mut hours: Vec<Opening> = Vec::new();
    for item in reader.items_within(node, "the list", LISTED) {
        let Some(opening) = opening(item, reader) else { continue };
        if hours.iter().any(|other| other.overlaps(&opening)) {
            let hint = "write a line for each stretch of a day, one behind the other";
            let message = "these hours overlap with others of the same day";
            reader.fault(item.span, "bad-hours", message, Some(hint.into()));
            continue;
        }
        hours.push(opening);
    }
    hours
}

fn opening(item: &Node, reader: &mut Reader<'_>) -> Option<Opening> {
    let fields = reader.fields(item, "opening hours", OPENING)?;
    let days = fields.get("days").and_then(|node| days(node, reader));
    let opens = fields.get("opens").and_then(|node| time(node, reader));
    let closes = fields.get("closes").and_then(|node| time(node, reader));
    let (days, opens, closes) = (days?, opens?, closes?);
    if opens >= closes {
        let hint = "for a night write two lines: one to \"24:00\", one from \"00:00\" of the next day";
        reader.fault(item.span, "bad-hours", "this closes before it opens", Some(hint.into()));
        return None;
    }
    if closes - opens < SHORTEST {
        let message = format!("these hours are {} minutes long", closes - opens);
        let hint =
            format!("a clinic is open for {SHORTEST} minutes at least: is one of the two times a slip?");
        reader.fault(item.span, "bad-hours", message, Some(hint.into()));
        return None;
    }
    Some(Opening { days, opens, closes })
}

/// `mon-fri, sun` as days, the first of the week first.
fn days(node: &Node, reader: &mut Reader<'_>) -> Option<Vec<usize>> {
    let written = reader.line(node)?;
    let day = |name: &str| DAYS.iter().position(|day| *day == name.trim().to_ascii_lowercase());
    let mut days = Vec::new();
    for part in written.split(',') {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        match day(from).zip(day(to)) {
            Some((from, to)) if from <= to => days.extend(from..=to),
            _ => {
                let message = format!("`{}` names no days", shown(part.trim()));
                let hint = format!("write `mon-fri`, `sat` or `mon, wed`; the days are {}", DAYS.join(", "));
                reader.fault(node.span, "bad-hours", message, Some(hint.into()));
                return None;
            }
        }
    }
    days.sort_unstable();
    days.dedup();
    Some(days)
}

/// `08:30` in minutes of the day.
fn time(node: &Node, reader: &mut Reader<'_>) -> Option<u16> {
    let written = reader.word(node)?;
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts = written.split_once(':').filter(|(hour, minute)| digits(hour) && digits(minute));
    let parsed = parts.and_then(|(hour, minute)| Some((hour.parse().ok()?, minute.parse().ok()?)));
    let minutes =
        parsed.filter(|(_, minute): &(u16, u16)| *minute < 60).map(|(hour, minute)| hour * 60 + minute);
    if minutes.is_none_or(|minutes| minutes > DAY) {
        let message = format!("`{}` is no time of day", shown(&written));
        reader.fault(node.span, "bad-hours", message, Some("write it in quotes, as `\"08:30\"`".into()));
        return None;
    }
    minutes
}

/// A page that a patient opens; `None` when it is empty.
pub(super) fn page(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    contact(node, &SECURE, reader)
}

/// The clinic's pages in social media.
pub(super) fn profiles(node: &Node, reader: &mut Reader<'_>) -> Vec<String> {
    let mut profiles = Vec::new();
    for item in reader.items_within(node, "the list", LISTED) {
        let Some(profile) = page(item, reader) else { continue };
        if profiles.contains(&profile) {
            reader.fault(item.span, "duplicate-value", format!("`{}` stands twice", shown(&profile)), None);
            continue;
        }
        profiles.push(profile);
    }
    profiles
}
