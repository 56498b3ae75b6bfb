//! Time windows as hours from a session, and as clock times in the clinic's zone.
//!
//! Hours are elapsed time: they are added on the UTC instant, then shown in the zone, so that a change of clocks
//! in between moves the wall time and never the wait.

use crate::content::{Library, Protocol, Waking, Window};
use crate::diagnostic::{Diagnostic, Faults};
use crate::locale::{End, Zone};
use crate::merge::compile::Span;
use crate::options::Name;
use crate::options::chosen::Chosen;
use chrono::{DateTime, Datelike, Days, NaiveTime, TimeDelta, TimeZone, Utc};

/// One window for one session, hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed {
    /// Early end.
    pub from: u32,
    /// Late end: what a sheet prints.
    pub to: u32,
    /// The two ends that "24 to 48 hours" says: for everybody, unless the session has its own. What is open at its end has one
    /// only, the least that anybody is told.
    pub usual: (u32, u32),
    pub open_ended: bool,
    /// Said in words, not as a clock time.
    pub within: bool,
    /// It ends while people are awake.
    pub waking: Option<Waking>,
    /// The late end of the window that it waits for: as people read both, it ends no earlier.
    pub awaited: Option<(u32, Option<Waking>)>,
}

/// All windows of one session, or of no session (public text).
#[derive(Clone, Debug)]
pub struct Windows(Vec<(Name, Elapsed)>);

impl Windows {
    /// As the treatment has them for everybody.
    pub fn general(protocol: &Protocol) -> Windows {
        let all = protocol.windows.iter();
        let mut windows = Windows(all.map(|(name, window)| (name.clone(), for_everybody(window))).collect());
        for (name, window) in protocol.windows.iter().filter(|(_, window)| window.open_ended) {
            // Nobody is told less than the window that it waits for.
            let awaited = window.at_least.as_ref().and_then(|other| windows.get(other));
            let least = awaited.map_or(0, |other| other.usual.0);
            if let Some((_, elapsed)) = windows.0.iter_mut().find(|(own, _)| own == name) {
                elapsed.usual.0 = elapsed.usual.0.max(least);
            }
        }
        windows
    }

    /// As long as what was chosen makes them, and none shorter than the window that it waits for.
    pub fn of_session(library: &Library, chosen: &Chosen) -> Windows {
        let protocol = &library.protocol;
        let mut windows = Windows::general(protocol);
        for (name, elapsed) in &mut windows.0 {
            let Some(window) = protocol.window(name) else { continue };
            let set = library.treatment.sets(name).and_then(|option| chosen.hours(&option.id));
            *elapsed = of_choices(window, set, chosen);
        }
        for (name, window) in &protocol.windows {
            let awaited = window.at_least.as_ref().and_then(|other| windows.get(other));
            let awaited = awaited.map(|other| (other.to, other.waking));
            let own = windows.0.iter_mut().find(|(own, _)| own == name);
            if let (Some((least, waking)), Some((_, elapsed))) = (awaited, own) {
                elapsed.last(least);
                elapsed.awaited = Some((least, waking));
            }
        }
        windows
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Name, &Elapsed)> {
        self.0.iter().map(|(name, elapsed)| (name, elapsed))
    }

    pub fn get(&self, name: &str) -> Option<&Elapsed> {
        self.0.iter().find(|(own, _)| **own == *name).map(|(_, elapsed)| elapsed)
    }
}

impl Elapsed {
    /// How long it lasts, as people say it.
    pub fn span(&self) -> Span {
        match self.usual {
            _ if self.within => Span::Within,
            (least, _) if self.open_ended => Span::AtLeast(least),
            (from, to) => Span::Between(from, to),
        }
    }

    /// Makes it no shorter than that many hours.
    fn last(&mut self, least: u32) {
        let (from, to) = self.usual;
        self.usual = (from.max(least), to.max(least));
        self.from = self.from.max(least);
        self.to = self.to.max(least);
    }
}

/// Of a window without an end that a choice makes longer, "at least" is true of the shortest.
fn for_everybody(window: &Window) -> Elapsed {
    let whole = elapsed(window, window.to);
    let least = window.by.iter().flat_map(|(_, hours)| hours.values().copied()).fold(window.to, u32::min);
    if window.open_ended { Elapsed { usual: (least, window.to), ..whole } } else { whole }
}

fn elapsed(window: &Window, to: u32) -> Elapsed {
    Elapsed {
        from: window.from.min(to),
        to,
        usual: if window.open_ended { (to, to) } else { (window.from, window.to) },
        open_ended: window.open_ended,
        within: window.within,
        waking: window.waking,
        awaited: None,
    }
}

/// What a therapist set is the one end of this sheet: no span for everybody stands beside it. Else the longest that the
/// choices ask for; a choice without hours asks for the window's own.
fn of_choices(window: &Window, set: Option<u32>, chosen: &Chosen) -> Elapsed {
    if let Some(hours) = set {
        return Elapsed { usual: (hours, hours), ..elapsed(window, hours) };
    }
    let by = window.by.iter().flat_map(|(option, hours)| {
        chosen.names(option).iter().map(|value| hours.get(value).copied().unwrap_or(window.to))
    });
    elapsed(window, by.max().unwrap_or(window.to))
}

/// The session's moment on the clinic's clock.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    at: DateTime<Zone>,
}

impl Session {
    /// Errors: a year that a sheet cannot print.
    pub fn new(at: DateTime<Utc>, zone: Zone) -> Result<Session, Faults> {
        if !(1900..=9998).contains(&at.year()) {
            let message = format!("the session's year {} is out of range", at.year());
            return Err(Diagnostic::error("out-of-range", message).into());
        }
        Ok(Session { at: at.with_timezone(&zone) })
    }

    pub fn at(&self) -> &DateTime<Zone> {
        &self.at
    }

    /// The late end of a window, to the quarter of an hour. A limit is said no earlier than its hours, and one that would end
    /// in the night ends with the next morning; what says when to call, and what may be felt, is said no later.
    pub fn end(&self, window: &Elapsed) -> End {
        let own = self.end_of(window.to, window.waking);
        let awaited = window.awaited.map(|(hours, waking)| self.end_of(hours, waking));
        awaited.filter(|awaited| awaited.at > own.at).unwrap_or(own)
    }

    fn end_of(&self, hours: u32, waking: Option<Waking>) -> End {
        let at = self.after(hours);
        match waking.map(|waking| awake(at, waking)) {
            Some((at, waits)) => End { start: self.at, at, waits },
            None => End { start: self.at, at: quarter_begun(at).max(self.at), waits: false },
        }
    }

    /// Whole hours from the session to the late end of a window, the last one begun.
    pub fn hours_to(&self, window: &Elapsed) -> u32 {
        let minutes = (self.end(window).at - self.at).num_minutes();
        u32::try_from(minutes).map_or(window.to, |minutes| minutes.div_ceil(60))
    }

    /// The clock that many hours later.
    pub fn after(&self, hours: u32) -> DateTime<Zone> {
        let delta = TimeDelta::hours(i64::from(hours.min(24 * 365)));
        let utc = self.at.with_timezone(&Utc);
        utc.checked_add_signed(delta).unwrap_or(utc).with_timezone(&self.at.timezone())
    }
}

const QUARTER: i64 = 15 * 60;

/// Nobody calls at 6:49 pm.
fn quarter_begun(at: DateTime<Zone>) -> DateTime<Zone> {
    let over = TimeDelta::seconds(at.timestamp().rem_euclid(QUARTER));
    at.checked_sub_signed(over).unwrap_or(at)
}

/// When a limit ends while people are awake, and whether it waits for the morning.
fn awake(end: DateTime<Zone>, waking: Waking) -> (DateTime<Zone>, bool) {
    let late = (QUARTER - end.timestamp().rem_euclid(QUARTER)) % QUARTER;
    let end = end.checked_add_signed(TimeDelta::seconds(late)).unwrap_or(end);
    let hour = |hour: u32| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let day = match end.time() {
        time if time < hour(waking.from) => Some(end.date_naive()),
        time if time > hour(waking.to) => end.date_naive().checked_add_days(Days::new(1)),
        _ => return (end, false),
    };
    let morning = day.map(|day| day.and_time(hour(waking.morning)));
    let morning = morning.and_then(|morning| end.timezone().from_local_datetime(&morning).earliest());
    morning.map_or((end, false), |morning| (morning, true))
}

#[cfg(test)]
mod tests;
