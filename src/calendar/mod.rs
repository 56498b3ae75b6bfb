//! A sheet's moments as an iCalendar file (RFC 5545), and as an address that holds it.

use crate::document::{Calendar, Moment};
use icalendar::{Component, Event, EventLike, Property};

/// What the file says made it. Version and content have no place here: the same moments are the same bytes.
const PRODUCER: &str = "-//aftercare//Moments of a handout//EN";
/// A moment has a length, or some calendars show it for the whole day.
const LENGTH: &str = "PT15M";
/// No time is taken by it.
const TRANSPARENT: &str = "TRANSPARENT";

/// The file: lines end in CR LF and are folded, times are UTC.
pub fn file(calendar: &Calendar) -> String {
    let mut file = icalendar::Calendar::empty();
    file.append_property(Property::new("VERSION", "2.0"));
    file.append_property(Property::new("PRODID", PRODUCER));
    file.append_property(Property::new("CALSCALE", "GREGORIAN"));
    file.append_property(Property::new("METHOD", "PUBLISH"));
    for moment in &calendar.events {
        file.push(event(calendar, moment));
    }
    file.to_string()
}

fn event(calendar: &Calendar, moment: &Moment) -> Event {
    let mut event = Event::new();
    event.uid(&format!("{}@aftercare", moment.uid)).timestamp(calendar.stamp).starts(moment.at);
    event.summary(&moment.title).description(&moment.lines.join("\n"));
    event.add_property("DURATION", LENGTH).add_property("TRANSP", TRANSPARENT);
    if let Some(place) = &moment.place {
        event.location(place);
    }
    event.done()
}

/// An address that holds the file, so that a page needs no server for it.
pub fn address(file: &str) -> String {
    let mut address = String::with_capacity(2 * file.len() + 64);
    address.push_str("data:text/calendar;charset=utf-8,");
    for byte in file.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => address.push(byte as char),
            _ => address.extend(['%', hex_digit(byte >> 4), hex_digit(byte & 15)]),
        }
    }
    address
}

fn hex_digit(value: u8) -> char {
    char::from_digit(value.into(), 16).unwrap_or('0').to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    fn calendar() -> Calendar {
        let moment = |uid: &str, title: &str| Moment {
            uid: uid.to_owned(),
            at: "2026-11-26T13:00:00Z".parse().unwrap(),
            title: title.to_owned(),
            lines: vec![
                "Call us: 416 555-0100".to_owned(),
                "- Swelling; heat, or pus".to_owned(),
                "é".repeat(60),
            ],
            place: Some("A clinic, 1 Main St".to_owned()),
        };
        Calendar {
            language: Language::new("en"),
            stamp: "2026-11-24T20:30:00Z".parse().unwrap(),
            events: vec![moment("a1", "Over: heat, sun"), moment("b2", "Next visit")],
            link: "Add to your calendar".to_owned(),
        }
    }

    #[test]
    fn lines_end_in_both_signs_are_short_and_times_are_utc() {
        let file = file(&calendar());
        assert_eq!(file.matches('\n').count(), file.matches("\r\n").count());
        assert!(file.split("\r\n").all(|line| line.len() <= 75), "{file}");
        for line in
            ["DTSTART:20261126T130000Z", "DTSTAMP:20261124T203000Z", "UID:a1@aftercare", "DURATION:PT15M"]
        {
            assert!(file.contains(&format!("\r\n{line}\r\n")), "{line} is not in\n{file}");
        }
        assert_eq!(file, super::file(&calendar()), "the same bytes");
        let unfolded = file.replace("\r\n ", "");
        assert!(unfolded.contains(r"SUMMARY:Over: heat\, sun"), "{file}");
        assert!(unfolded.contains(r"416 555-0100\n- Swelling\; heat\, or pus\nééé"), "{file}");
    }

    #[test]
    fn an_address_holds_every_byte() {
        assert_eq!(address("A b\r\né"), "data:text/calendar;charset=utf-8,A%20b%0D%0A%C3%A9");
    }
}
