//! `content/emergency-numbers.yaml`: the numbers for an ambulance by time zone, for a check alone. A slip of one digit in the
//! clinic's profile would stand on every sheet, and nothing else in a folder contradicts it.

use super::clinic;
use super::shelf::Shelf;
use crate::content::Clinic;
use crate::content::files::Files;
use crate::content::yaml::{Node, Reader};
use crate::diagnostic::{Diagnostic, Hint, Sink, shown};
use crate::limits::LISTED;
use crate::locale::Zone;
use std::collections::BTreeMap;

pub const PATH: &str = "content/emergency-numbers.yaml";
/// Behind a part of the world: all zones of it.
const WHOLE: char = '/';

/// A number in the profile that nobody calls where the clinic's clock goes, and what is wrong with the list. The program's own
/// list stands where a folder has none.
pub fn other_emergency(files: &dyn Files, clinic: &Clinic) -> Vec<Diagnostic> {
    let mut sink = Sink::default();
    let shelf = Shelf::of_one(files, PATH);
    let numbers = shelf.yaml(PATH, &mut sink).map(|(node, mut reader)| numbers(&node, &mut reader));
    let known = known_at(&numbers.unwrap_or_default(), clinic.time_zone);
    if !known.is_empty() && !known.contains(&digits(&clinic.emergency)) {
        sink.push(told(files, clinic, &known));
    }
    sink.into_vec()
}

fn told(files: &dyn Files, clinic: &Clinic, known: &[String]) -> Diagnostic {
    let zone = clinic.time_zone.name();
    let message = format!("`emergency: {}` calls no ambulance in the zone {zone}", shown(&clinic.emergency));
    let numbers: Vec<String> = known.iter().map(|number| format!("`{number}`")).collect();
    Diagnostic::warning("other-emergency", message)
        .at(clinic::place_of(files, "emergency"))
        .hint(format!("there people call {}; if yours is right, add it to {PATH}", numbers.join(" or ")))
}

/// The names of zones by their number.
type Numbers = BTreeMap<String, Vec<String>>;

fn numbers(node: &Node, reader: &mut Reader<'_>) -> Numbers {
    let entries = reader.entries(node, "the file").unwrap_or_default();
    let mut numbers = Numbers::new();
    for entry in entries.iter().take(LISTED.most) {
        let mut zones = Vec::new();
        for item in reader.items(&entry.node) {
            let Some(name) = reader.word(item) else { continue };
            if !name.ends_with(WHOLE) && Zone::named(&name).is_none() {
                let message = format!("unknown time zone `{}`", shown(&name));
                let near = Hint::nearest(&name, Zone::names());
                reader.fault(item.span, "unknown-value", message, near);
            }
            zones.push(name);
        }
        numbers.insert(digits(&entry.key), zones);
    }
    numbers
}

fn known_at(numbers: &Numbers, zone: Zone) -> Vec<String> {
    let here = numbers.iter().filter(|(_, zones)| is_among(zones, zone));
    here.map(|(number, _)| number.clone()).collect()
}

/// Whether a zone is one of a list, in which a part of the world stands for all of its zones.
pub(super) fn is_among(zones: &[String], zone: Zone) -> bool {
    let is_here =
        |name: &String| *name == zone.name() || name.ends_with(WHOLE) && zone.name().starts_with(&**name);
    zones.iter().any(is_here)
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_the_world_stands_for_its_zones() {
        let one = |number: &str, zone: &str| (number.to_owned(), vec![zone.to_owned()]);
        let numbers = Numbers::from([one("000", "Australia/"), one("123", "Pacific/Auckland")]);
        let known = |zone: &str| known_at(&numbers, Zone::named(zone).unwrap());
        assert_eq!(known("Australia/Perth"), ["000"]);
        assert_eq!(known("Pacific/Auckland"), ["123"]);
        assert!(known("Asia/Tokyo").is_empty());
    }
}
