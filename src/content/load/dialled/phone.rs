//! `content/phone-numbers.yaml`: of how many digits a phone number is, by country, for a check alone.

use super::super::Loading;
use super::super::emergency::is_among;
use super::super::shelf::Shelf;
use crate::content::files::Files;
use crate::content::yaml::{Key, Kind, Node, Reader, required};
use crate::diagnostic::{Hint, shown};
use crate::limits::LISTED;
use crate::locale::Zone;

pub const PATH: &str = "content/phone-numbers.yaml";

const COUNTRY: &[Key] = &[
    required("code", Kind::Line, "what is dialled from abroad"),
    required("trunk", Kind::LineOrNone, "what is dialled in front of a number within the country"),
    required("shapes", Kind::Lines, "the digits behind it: X any one, Z 1 to 9, N 2 to 9"),
    required("zones", Kind::Lines, "time zones of the country"),
];

/// A slip of the pen is a digit or two: what is further off is a number of another kind, or two of them.
const SLIP: usize = 2;

/// Fewer digits behind a plus are no number that was typed whole.
const ABROAD: [&str; 2] = ["+", "00"];

/// How a country's numbers are built.
#[derive(Default)]
struct Plan {
    code: String,
    trunk: String,
    shapes: Vec<String>,
    zones: Vec<String>,
}

/// What is wrong with a number where the clinic's clock goes. The program's own list stands where a folder has none.
pub fn misdialled(files: &dyn Files, line: &str, zone: Zone) -> Option<String> {
    let shelf = Shelf::of_one(files, PATH);
    let mut loading = Loading::default();
    let (node, mut reader) = shelf.yaml(PATH, &mut loading.sink)?;
    let plans = plans(&node, &mut reader);
    let plan = plans.iter().find(|plan| is_among(&plan.zones, zone))?;
    plan.fault(line, zone)
}

fn plans(node: &Node, reader: &mut Reader<'_>) -> Vec<Plan> {
    let items = reader.items_within(node, "the file", LISTED);
    items.iter().filter_map(|item| plan(item, reader)).collect()
}

fn plan(node: &Node, reader: &mut Reader<'_>) -> Option<Plan> {
    let fields = reader.fields(node, "a country", COUNTRY)?;
    let code = fields.get("code").and_then(|node| reader.line(node))?;
    let trunk = fields.get("trunk").and_then(|node| reader.line_or_empty(node)).unwrap_or_default();
    let mut lines = |key: &str| fields.get(key).map(|node| reader.lines(node)).unwrap_or_default();
    Some(Plan { code, trunk, shapes: lines("shapes"), zones: lines("zones") })
}

impl Plan {
    fn fault(&self, line: &str, zone: Zone) -> Option<String> {
        let digits = self.within_the_country(line)?;
        if self.shapes.iter().any(|shape| fits(shape, &digits)) {
            return None;
        }
        let mut lengths: Vec<usize> = self.shapes.iter().map(String::len).collect();
        lengths.sort_unstable();
        lengths.dedup();
        if lengths.iter().all(|length| length.abs_diff(digits.len()) > SLIP) {
            return None;
        }
        let there = format!("in the zone {}", zone.name());
        Some(match lengths.contains(&digits.len()) {
            true => format!("`{}` is no phone number {there}", shown(line)),
            false => {
                let lengths: Vec<String> = lengths.iter().map(usize::to_string).collect();
                let (has, lengths) = (digits.len(), lengths.join(" or "));
                format!("`{}` has {has} digits, and a phone number {there} has {lengths}", shown(line))
            }
        })
    }

    /// The digits without what is dialled in front of them; `None`: of another country, or with letters to be dialled.
    fn within_the_country(&self, line: &str) -> Option<String> {
        let is_end = |(at, c): &(usize, char)| match c {
            // "(0)" and "(02)" are of the number, "(24/7)" is a remark.
            '(' => {
                !line[at + 1..].split(')').next().is_some_and(|held| held.bytes().all(|b| b.is_ascii_digit()))
            }
            c => c.is_alphabetic() || matches!(c, '#' | ',' | ';' | '/' | '|' | '&' | '·'),
        };
        let end = line.char_indices().find(is_end).map_or(line.len(), |(at, _)| at);
        let (number, rest) = line.split_at(end);
        // "1-800-GOLF" goes on in letters; "ext. 12" stands behind a space.
        if rest.starts_with(char::is_alphabetic) && !number.ends_with(' ') {
            return None;
        }
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        if ABROAD.iter().any(|sign| number.trim_start().starts_with(sign)) {
            let national = digits.trim_start_matches("00").strip_prefix(&*self.code)?;
            return Some(national.strip_prefix(&*self.trunk).unwrap_or(national).to_owned());
        }
        Some(digits.strip_prefix(&*self.trunk).unwrap_or(&digits).to_owned())
    }
}

fn fits(shape: &str, digits: &str) -> bool {
    let is_one = |(sign, digit): (char, char)| match sign {
        'X' => digit.is_ascii_digit(),
        'Z' => ('1'..='9').contains(&digit),
        'N' => ('2'..='9').contains(&digit),
        other => other == digit,
    };
    shape.len() == digits.len() && shape.chars().zip(digits.chars()).all(is_one)
}

/// What to do about it.
pub fn hint() -> Hint {
    format!("write the number as people have to dial it; if it is right, add its shape to {PATH}").into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::files::Embedded;

    fn told(line: &str, zone: &str) -> Option<String> {
        misdialled(&Embedded, line, Zone::named(zone).unwrap())
    }

    #[test]
    fn numbers_as_clinics_write_them_are_good() {
        for (line, zone) in [
            ("416-555-0142", "America/Toronto"),
            ("(416) 555.0142", "America/Toronto"),
            ("1 416 555 0142 ext. 12", "America/Toronto"),
            ("+1 416 555 0142", "America/Vancouver"),
            ("1-800-GOLF", "America/Toronto"),
            ("+44 20 7946 0018", "America/Toronto"),
            ("020 7946 0018", "Europe/London"),
            ("+44 (0)20 7946 0018", "Europe/London"),
            ("01204 46 000", "Europe/London"),
            ("(02) 9555 0142", "Australia/Sydney"),
            ("13 11 14", "Australia/Perth"),
            ("1300 555 014", "Australia/Perth"),
            ("01 99 00 12 34", "Europe/Paris"),
            ("+33 1 99 00 12 34", "Europe/Paris"),
            ("12 34 56", "Asia/Tokyo"),
            ("0800 555 0142 (24/7)", "Europe/London"),
            ("416-555-0142 (8-17 h)", "America/Toronto"),
            ("416-555-0142 | 905-555-0100", "America/Toronto"),
            ("416-555-0142 & 905-555-0100", "America/Toronto"),
            ("416-555-0142 905-555-0100", "America/Toronto"),
            ("011 44 20 7946 0018", "America/New_York"),
        ] {
            assert_eq!(told(line, zone), None, "{line}");
        }
    }

    #[test]
    fn a_digit_too_few_or_too_many_is_told() {
        for (line, zone, has) in [
            ("416-555-014", "America/Toronto", "has 9 digits"),
            ("416-555-01422", "America/Toronto", "has 11 digits"),
            ("416-155-0142", "America/Toronto", "is no phone number"),
            ("+1 416 555 014", "America/Toronto", "has 9 digits"),
            ("020 7946 001", "Europe/London", "is no phone number"),
            ("01 99 00 12 3", "Europe/Paris", "has 8 digits"),
            ("(02) 9555 014", "Australia/Sydney", "has 8 digits"),
        ] {
            let message = told(line, zone).unwrap_or_default();
            assert!(message.contains(has), "{line}: {message}");
        }
    }
}
