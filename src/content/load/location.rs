//! Where a clinic says that it stands: `content/postal-codes.yaml` has how postal codes are built, by country, for a check
//! alone; the table of time zones knows cities. What fits neither is likely a slip of the pen, which no text contradicts.

use super::clinic;
use super::shelf::Shelf;
use crate::content::files::Files;
use crate::content::names::fold;
use crate::content::yaml::{Entry, Key, Kind, Node, Reader, optional, required};
use crate::content::{Clinic, PostalAddress};
use crate::diagnostic::{Diagnostic, Sink, shown};
use crate::limits::LISTED;
use crate::locale::Zone;
use chrono::{DateTime, TimeDelta, Utc};

pub const PATH: &str = "content/postal-codes.yaml";

const COUNTRY: &[Key] = &[
    required("country", Kind::Line, "two letters, as ISO 3166 has them"),
    required("shapes", Kind::Lines, "how its codes are built: A is a letter, N a digit"),
    optional("regions", Kind::Phrases, "what the codes of a province or state begin with"),
];

/// What of the clinic's address and clock does not go together.
pub fn odd_location(files: &dyn Files, clinic: &Clinic) -> Vec<Diagnostic> {
    let mut sink = Sink::default();
    let shelf = Shelf::of_one(files, PATH);
    let countries = shelf.yaml(PATH, &mut sink).map(|(node, mut reader)| countries(&node, &mut reader));
    let address = clinic.postal.as_ref();
    let told = address.and_then(|address| odd_code(address, &countries.unwrap_or_default()));
    if let Some((message, hint)) = told {
        let fault = Diagnostic::warning("odd-postal-code", message).at(clinic::place_of(files, "address"));
        sink.push(fault.hint(hint));
    }
    other_zone(files, clinic).into_iter().for_each(|fault| sink.push(fault));
    sink.into_vec()
}

/// How a country's codes are built, and what those of its regions begin with.
struct Country {
    code: String,
    shapes: Vec<String>,
    regions: Vec<(String, Vec<String>)>,
}

fn countries(node: &Node, reader: &mut Reader<'_>) -> Vec<Country> {
    let items = reader.items_within(node, "the file", LISTED);
    items.iter().filter_map(|item| country(item, reader)).collect()
}

fn country(node: &Node, reader: &mut Reader<'_>) -> Option<Country> {
    let fields = reader.fields(node, "a country", COUNTRY)?;
    let code = fields.get("country").and_then(|node| reader.line(node))?;
    let shapes = fields.get("shapes").map(|node| reader.lines(node)).unwrap_or_default();
    let regions =
        fields.get("regions").and_then(|node| reader.entries(node, "`regions`")).unwrap_or_default();
    let region = |entry: &Entry| (entry.key.clone(), reader.lines(&entry.node));
    Some(Country { code, shapes, regions: regions.iter().map(region).collect() })
}

/// What is wrong with a postal code, and what to do about it.
fn odd_code(address: &PostalAddress, countries: &[Country]) -> Option<(String, String)> {
    let typed = address.postal_code.as_ref()?;
    let country = countries.iter().find(|one| Some(&one.code) == address.country.as_ref())?;
    let signs = |text: &str| -> String {
        text.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>().to_uppercase()
    };
    let code = signs(typed);
    if !country.shapes.iter().any(|shape| fits(&signs(shape), &code)) {
        let message = format!("`{}` is not built as postal codes of {} are", shown(typed), country.code);
        let hint = format!(
            "they are {} (A is a letter, N a digit); if yours is right, add its shape to {PATH}",
            country.shapes.iter().map(|shape| format!("`{shape}`")).collect::<Vec<_>>().join(" or ")
        );
        return Some((message, hint));
    }
    let region = address.region.as_ref()?;
    let (_, begins) = country.regions.iter().find(|(name, _)| fold(name) == fold(region))?;
    if begins.iter().any(|begin| code.starts_with(&**begin)) {
        return None;
    }
    let owner = country.regions.iter().find(|(_, own)| own.iter().any(|begin| code.starts_with(&**begin)));
    let elsewhere = owner.map(|(name, _)| format!(": it is one of {name}")).unwrap_or_default();
    let message = format!("`{}` is no postal code of {}{elsewhere}", shown(typed), shown(region));
    Some((
        message,
        format!("mend the code or the region; if both are right, add to {PATH} what its codes begin with"),
    ))
}

fn fits(shape: &str, code: &str) -> bool {
    let is_one = |(sign, letter): (char, char)| match sign {
        'A' => letter.is_ascii_uppercase(),
        'N' => letter.is_ascii_digit(),
        other => other == letter,
    };
    shape.chars().count() == code.chars().count() && shape.chars().zip(code.chars()).all(is_one)
}

/// A city that has a zone of its own in the table, in the same part of the world, whose clock shows another time. Far away there
/// may be a city of the same name.
fn other_zone(files: &dyn Files, clinic: &Clinic) -> Option<Diagnostic> {
    let (part, _) = clinic.time_zone.name().split_once('/')?;
    let city = fold(&clinic.city);
    let is_of_city = |name: &&str| {
        let there = name.split_once('/').is_some_and(|(its_part, _)| its_part == part);
        there && name.rsplit('/').next().is_some_and(|last| fold(last) == city)
    };
    let own = Zone::names().find(is_of_city)?;
    if Zone::named(own).is_none_or(|zone| same_clock(zone, clinic.time_zone)) {
        return None;
    }
    let message = format!(
        "the clock in {} is that of {own}, and `time-zone` is {}",
        shown(&clinic.city),
        clinic.time_zone.name()
    );
    let fault = Diagnostic::warning("other-zone", message).at(clinic::place_of(files, "time-zone"));
    Some(fault.hint(format!("if that is your city, write `time-zone: {own}`: each time of each sheet hangs on it; a place of the same name elsewhere keeps its own")))
}

/// Whether two zones show the same time through a year.
fn same_clock(one: Zone, other: Zone) -> bool {
    let from: DateTime<Utc> = DateTime::UNIX_EPOCH + TimeDelta::days(DAYS);
    let until = from + TimeDelta::days(YEAR);
    let offsets = |zone: Zone| -> Vec<_> {
        zone.changes(from, until).into_iter().map(|change| (change.from, change.offset)).collect()
    };
    offsets(one) == offsets(other)
}

/// From the first day of 2026 on, counted from that of 1970.
const DAYS: i64 = 20_454;
const YEAR: i64 = 365;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::files::Embedded;

    fn told(country: &str, region: &str, code: &str) -> Option<String> {
        let mut sink = Sink::default();
        let shelf = Shelf::of_one(&Embedded, PATH);
        let (node, mut reader) = shelf.yaml(PATH, &mut sink).expect("the file");
        let countries = countries(&node, &mut reader);
        let address = PostalAddress {
            street: String::new(),
            city: String::new(),
            region: Some(region.to_owned()).filter(|region| !region.is_empty()),
            postal_code: Some(code.to_owned()),
            country: Some(country.to_owned()),
        };
        odd_code(&address, &countries).map(|(message, _)| message)
    }

    #[test]
    fn codes_as_envelopes_have_them_are_good() {
        for (country, region, code) in [
            ("CA", "ON", "M4G 1A1"),
            ("CA", "ON", "m4g1a1"),
            ("CA", "Ontario", "V6B 1A1"),
            ("US", "NY", "10001-1234"),
            ("GB", "", "SW1A 1AA"),
            ("GB", "London", "E1 6AN"),
            ("XX", "", "12345"),
        ] {
            assert_eq!(told(country, region, code), None, "{code}");
        }
    }

    #[test]
    fn a_code_of_elsewhere_or_of_another_shape_is_told() {
        assert_eq!(
            told("CA", "ON", "V6B 1A1").as_deref(),
            Some("`V6B 1A1` is no postal code of ON: it is one of BC")
        );
        assert_eq!(
            told("CA", "ON", "M4G 1A").as_deref(),
            Some("`M4G 1A` is not built as postal codes of CA are")
        );
        assert_eq!(
            told("US", "CA", "10001").as_deref(),
            Some("`10001` is no postal code of CA: it is one of NY")
        );
    }
}
