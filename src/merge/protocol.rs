//! Time windows as hours from a session, and as clock times in the clinic's zone.
//!
//! Hours are elapsed time: they are added on the UTC instant, then shown in the zone, so that a change of clocks
//! in between moves the wall time and never the wait.

use crate::content::{Protocol, WINDOWS, Window};
use crate::diagnostic::{Diagnostic, Faults};
use crate::options::Intensity;
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use chrono_tz::Tz;

/// One window for one session, hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed {
    /// Early end.
    pub from: u32,
    /// Late end: what a sheet prints.
    pub to: u32,
    /// The same two ends as the protocol has them for everybody: what "24 to 48 hours" says.
    pub usual: (u32, u32),
    pub open_ended: bool,
    /// Said in words, not as a clock time.
    pub within: bool,
}

/// All windows of one session, or of no session (public text).
#[derive(Clone, Debug)]
pub struct Windows([Elapsed; WINDOWS.len()]);

/// What changes the windows of a session.
#[derive(Clone, Copy, Debug, Default)]
pub struct RestChoice {
    /// What the therapist set; goes before the intensity.
    pub hours: Option<u32>,
    pub intensity: Option<Intensity>,
}

impl Windows {
    /// The protocol's windows, with rest as the session asks for it.
    pub fn new(protocol: &Protocol, rest: RestChoice) -> Windows {
        Windows(WINDOWS.map(|name| match protocol.windows.get(name) {
            Some(window) if name == "rest" => rest_of(window, rest),
            Some(window) => elapsed(window, window.to),
            // `content::load` refuses a protocol without it.
            None => Elapsed { from: 0, to: 0, usual: (0, 0), open_ended: false, within: true },
        }))
    }

    /// By name, in the order of [`WINDOWS`].
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Elapsed)> {
        WINDOWS.into_iter().zip(&self.0)
    }

    pub fn rest(&self) -> &Elapsed {
        &self.0[0]
    }

    /// One of [`WINDOWS`].
    pub fn get(&self, name: &str) -> &Elapsed {
        self.iter().find(|(window, _)| *window == name).map_or(self.rest(), |(_, elapsed)| elapsed)
    }
}

fn elapsed(window: &Window, to: u32) -> Elapsed {
    Elapsed {
        from: window.from.min(to),
        to,
        usual: (window.from, window.to),
        open_ended: window.open_ended,
        within: window.within,
    }
}

fn rest_of(window: &Window, choice: RestChoice) -> Elapsed {
    let by_intensity = choice.intensity.and_then(|intensity| window.by_intensity.get(&intensity).copied());
    elapsed(window, choice.hours.or(by_intensity).unwrap_or(window.to))
}

/// The session's moment on the clinic's clock.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    at: DateTime<Tz>,
}

impl Session {
    /// Errors: a year that a sheet cannot print.
    pub fn new(at: DateTime<Utc>, zone: Tz) -> Result<Session, Faults> {
        if !(1900..=9998).contains(&at.year()) {
            let message = format!("the session's year {} is out of range", at.year());
            return Err(Diagnostic::error("out-of-range", message).into());
        }
        Ok(Session { at: at.with_timezone(&zone) })
    }

    pub fn at(&self) -> &DateTime<Tz> {
        &self.at
    }

    /// The clock that many hours later.
    pub fn after(&self, hours: u32) -> DateTime<Tz> {
        let delta = TimeDelta::hours(i64::from(hours.min(24 * 365)));
        let utc = self.at.with_timezone(&Utc);
        utc.checked_add_signed(delta).unwrap_or(utc).with_timezone(&self.at.timezone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;
    use chrono_tz::America::Toronto;
    use indexmap::IndexMap;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn session(utc: &str) -> Session {
        Session::new(utc.parse().unwrap(), Toronto).unwrap()
    }

    fn wall(session: &Session, hours: u32) -> String {
        session.after(hours).format("%a %d %b %Y %H:%M %Z").to_string()
    }

    #[test]
    fn a_day_is_the_same_wall_time_when_no_clock_changes() {
        let session = session("2026-11-24T20:30:00Z");
        assert_eq!(wall(&session, 0), "Tue 24 Nov 2026 15:30 EST");
        assert_eq!(wall(&session, 48), "Thu 26 Nov 2026 15:30 EST");
    }

    #[test]
    fn in_spring_a_day_later_is_an_hour_later_on_the_wall() {
        let session = session("2026-03-07T20:30:00Z");
        assert_eq!(wall(&session, 0), "Sat 07 Mar 2026 15:30 EST");
        assert_eq!(wall(&session, 24), "Sun 08 Mar 2026 16:30 EDT");
    }

    #[test]
    fn no_sheet_prints_a_time_that_spring_skips() {
        let session = session("2026-03-07T07:30:00Z");
        assert_eq!(wall(&session, 24), "Sun 08 Mar 2026 03:30 EDT");
    }

    #[test]
    fn in_autumn_a_day_later_is_an_hour_earlier_on_the_wall() {
        let session = session("2026-10-31T19:30:00Z");
        assert_eq!(wall(&session, 24), "Sun 01 Nov 2026 14:30 EST");
        assert_eq!(wall(&session, 72), "Tue 03 Nov 2026 14:30 EST");
    }

    #[test]
    fn both_readings_of_the_doubled_hour_are_told_apart() {
        assert_eq!(wall(&session("2026-10-31T05:30:00Z"), 24), "Sun 01 Nov 2026 01:30 EDT");
        assert_eq!(wall(&session("2026-10-31T06:30:00Z"), 24), "Sun 01 Nov 2026 01:30 EST");
    }

    #[test]
    fn years_end_and_leap_days_come() {
        assert_eq!(wall(&session("2026-12-30T20:30:00Z"), 48), "Fri 01 Jan 2027 15:30 EST");
        assert_eq!(wall(&session("2028-02-27T20:30:00Z"), 48), "Tue 29 Feb 2028 15:30 EST");
        assert_eq!(wall(&session("2027-02-27T20:30:00Z"), 48), "Mon 01 Mar 2027 15:30 EST");
    }

    #[test]
    fn a_year_that_no_sheet_can_print_is_refused() {
        assert!(Session::new(Utc.with_ymd_and_hms(9999, 12, 31, 0, 0, 0).unwrap(), Toronto).is_err());
    }

    fn protocol() -> Protocol {
        let window = |from, to| Window {
            from,
            to,
            open_ended: false,
            within: false,
            by_intensity: BTreeMap::new(),
            bounds: None,
            claims: Vec::new(),
        };
        let mut windows: IndexMap<String, Window> =
            WINDOWS.iter().map(|name| ((*name).to_owned(), window(24, 48))).collect();
        windows["rest"].by_intensity =
            [(Intensity::Light, 24), (Intensity::Moderate, 36), (Intensity::Intense, 48)].into();
        Protocol { windows }
    }

    #[test]
    fn rest_follows_the_therapist_then_the_intensity() {
        let rest = |hours, intensity| {
            let windows = Windows::new(&protocol(), RestChoice { hours, intensity });
            (windows.rest().from, windows.rest().to)
        };
        assert_eq!(rest(None, Some(Intensity::Light)), (24, 24));
        assert_eq!(rest(None, Some(Intensity::Moderate)), (24, 36));
        assert_eq!(rest(None, Some(Intensity::Intense)), (24, 48));
        assert_eq!(rest(Some(12), Some(Intensity::Intense)), (12, 12));
        assert_eq!(rest(Some(72), None), (24, 72));
        assert_eq!(rest(None, None), (24, 48));
    }

    proptest! {
        #[test]
        fn the_wait_is_the_hours_whatever_the_clocks_do(
            minutes in 0i64..(366 * 2 * 24 * 60),
            hours in 0u32..=96,
            zone in prop::sample::select(vec![Toronto, chrono_tz::Australia::Lord_Howe, chrono_tz::Asia::Kathmandu]),
        ) {
            let start = Utc.with_ymd_and_hms(2027, 1, 1, 0, 0, 0).unwrap() + TimeDelta::minutes(minutes);
            let session = Session::new(start, zone).unwrap();
            let end = session.after(hours);
            prop_assert_eq!(end.with_timezone(&Utc) - start, TimeDelta::hours(i64::from(hours)));
            // What is printed is a time that the clock on the wall shows, and this very instant among its readings.
            let readings = zone.from_local_datetime(&end.naive_local());
            prop_assert!(readings.earliest() == Some(end) || readings.latest() == Some(end));
        }
    }
}
