//! The table of time zones that is built in, against another maker's reading of the same edition.

use aftercare::locale::Zone;
use chrono::{DateTime, NaiveDateTime, Offset, TimeZone, Utc};

/// Made by `time_zones/expected.py`.
const EXPECTED: &str = include_str!("time_zones/expected.csv");

struct Expected<'a> {
    line: &'a str,
    zone: Zone,
    at: DateTime<Utc>,
    ahead: i32,
    letters: &'a str,
}

fn expected() -> impl Iterator<Item = Expected<'static>> {
    EXPECTED.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let [zone, at, ahead, letters] = line.split(',').collect::<Vec<_>>().try_into().expect("four cells");
        Expected {
            line,
            zone: Zone::named(zone).unwrap_or_else(|| panic!("no zone {zone}")),
            at: NaiveDateTime::parse_from_str(at, "%Y-%m-%dT%H:%MZ").expect("a time").and_utc(),
            ahead: ahead.parse().expect("seconds"),
            letters,
        }
    })
}

#[test]
fn clocks_around_every_change_of_three_years_are_right_in_fifty_zones() {
    assert!(expected().count() > 700);
    for Expected { line, zone, at, ahead, letters } in expected() {
        let local = at.with_timezone(&zone);
        assert_eq!(local.offset().fix().local_minus_utc(), ahead, "{line}");
        assert_eq!(zone.abbreviation(at), letters, "{line}");
        let readings = zone.from_local_datetime(&local.naive_local());
        assert!([readings.earliest(), readings.latest()].contains(&Some(local)), "{line}: {readings:?}");
    }
}

#[test]
fn western_canada_keeps_the_clock_that_it_has_since_2026() {
    let clock = |zone: &str| {
        let at = "2026-11-27T23:44:00Z".parse::<DateTime<Utc>>().expect("a time");
        at.with_timezone(&Zone::named(zone).expect("a zone")).format("%H:%M").to_string()
    };
    assert_eq!(clock("America/Vancouver"), "16:44");
    assert_eq!(clock("America/Edmonton"), "17:44");
    assert_eq!(clock("America/Inuvik"), "17:44");
    assert_eq!(clock("America/Winnipeg"), "18:44");
    assert_eq!(clock("America/Toronto"), "18:44");
}

#[test]
fn the_expected_clocks_are_of_the_edition_that_is_built_in() {
    let first = EXPECTED.lines().next().unwrap_or_default();
    assert!(
        first.starts_with(&format!("# IANA {}:", Zone::edition())),
        "{first}: run time_zones/expected.py"
    );
}
