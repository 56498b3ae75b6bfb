//! Which columns of somebody else's list say when the session was.

use super::Guess;
use crate::request::roster::{Looks, Offered};
use crate::web::context::Context;
use chrono::Datelike;

/// Groups of words under which a session's time may stand.
const TIMES: [&str; 3] = ["session_at", "day", "clock"];

impl<'g> Guess<'g> {
    /// The session's moment, or its day and its time of day, or this alone where the list is of one day.
    pub(super) fn times(&mut self) {
        if !self.mapping.columns_of("session_at").is_empty() {
            return;
        }
        // The next visit, the last one, a birthday: of none of them is the session.
        let this = &*self;
        let is =
            |looks: Looks| move |one: &Offered| one.looks == Some(looks) && !this.is_like(one, "other_time");
        let named = |looks: Looks| TIMES.iter().find_map(|words| self.called(words, is(looks)));
        let only = |looks: Looks| {
            let mut all = self.free().filter(|one| is(looks)(one));
            all.next().filter(|_| all.next().is_none())
        };
        if let Some(moment) = named(Looks::Moment) {
            return self.take("session_at", Some(moment));
        }
        let has_words = |one: &Offered| one.looks.is_none() && !one.samples.is_empty();
        // The one column of days that nothing names may be of birthdays. One that is called so counts even where most of it
        // is no day: its rows are to be mended, and of no other day.
        let day = named(Looks::Day).or_else(|| only(Looks::Day).filter(|day| self.is_near(day)));
        let day = day.or_else(|| self.called_whole("day", has_words));
        // Any number under one may be a share of a day: only the column's name tells.
        let clock = named(Looks::Clock).or_else(|| only(Looks::Clock));
        let clock = clock.or_else(|| self.called("clock", is(Looks::Share)));
        if clock.is_some() {
            self.take("session_at", day);
            self.take("session_at", clock);
            // Which half of the day it is may stand in a column of its own.
            let half = self
                .free()
                .find(|one| !one.samples.is_empty() && one.samples.iter().all(|sample| is_half(sample)));
            return self.take("session_at", half);
        }
        self.odd_times(day);
    }

    /// Where no column holds times that can be read: a time that cannot is a row to mend, and never now.
    fn odd_times(&mut self, day: Option<&'g Offered>) {
        let only_moment = || {
            let mut all = self
                .free()
                .filter(|one| one.looks == Some(Looks::Moment) && !self.is_like(one, "other_time"));
            all.next().filter(|_| all.next().is_none())
        };
        let has_words = |one: &Offered| one.looks.is_none() && !one.samples.is_empty();
        // One moment that nothing names may be that of a cancellation, where few rows have it.
        let is_plain = |one: &&Offered| one.is_full && !day.is_some_and(|day| self.is_near(day));
        let unnamed = only_moment().filter(is_plain);
        let odd = || TIMES.iter().find_map(|words| self.called(words, has_clock));
        let odd = || odd().or_else(|| self.called_whole("session_at", has_words));
        if let Some(moment) = unnamed.or_else(odd) {
            return self.take("session_at", Some(moment));
        }
        // A column that is called by a time of day holds times, whatever else stands in it: another table's words, or times
        // written in many ways. Without it every session would be now.
        let clock =
            self.called_whole("clock", |one: &Offered| has_words(one) || one.looks == Some(Looks::Share));
        let unread = || self.unread_time(|one| self.is_unread_moment(one));
        if let Some(moment) = unread().filter(|_| clock.is_none()) {
            return self.take("session_at", Some(moment));
        }
        // A day without any time is that of a session all the same: its rows are mended, and are not of today.
        let day = day.filter(|day| !self.is_far(day));
        let may_be_clock = |one: &Offered| if day.is_some() { has_clock(one) } else { is_clock_first(one) };
        let clock = clock.or_else(|| self.unread_time(may_be_clock));
        self.take("session_at", day);
        self.take("session_at", clock);
    }

    /// Whether the list has times of which none was taken for the session's.
    pub fn has_other_times(context: &Context<'_>, offered: &[Offered]) -> bool {
        let guess = Guess::new(context, offered);
        offered.iter().any(|one| match one.looks {
            Some(Looks::Moment | Looks::Clock) => true,
            Some(Looks::Day) => guess.is_near(one),
            _ => guess.is_unread_moment(one),
        })
    }

    /// A column of nearly each row that nothing names, and that seems to hold times which cannot be read.
    fn unread_time(&self, is_time: impl Fn(&Offered) -> bool) -> Option<&'g Offered> {
        let may_be = |one: &&Offered| one.is_full && is_time(one) && !self.is_like(one, "other_time");
        self.free().find(may_be)
    }

    /// Whether cells that cannot be read have a year of about now, and a time of day beside it.
    fn is_unread_moment(&self, column: &Offered) -> bool {
        let has_time = |sample: &String| {
            let digits = sample.bytes().filter(u8::is_ascii_digit).count();
            digits >= FIGURES && (has_clock_in(sample) || is_packed(sample))
        };
        column.looks.is_none()
            && !column.samples.is_empty()
            && column.samples.iter().all(has_time)
            && self.is_near(column)
    }

    /// Whether days of a column are of about now, by their years.
    fn is_near(&self, column: &Offered) -> bool {
        let now = self.context.site.now().year();
        let years: Vec<String> = (now - 1..=now + 1).map(|year| year.to_string()).collect();
        let is_count = |sample: &str| sample.len() == 5 && sample.bytes().all(|byte| byte.is_ascii_digit());
        let is_near = |sample: &String| is_count(sample) || years.iter().any(|year| sample.contains(year));
        column.samples.iter().all(is_near)
    }

    /// Whether days of a column have their whole years, and these are not of about now: they may be birthdays.
    fn is_far(&self, column: &Offered) -> bool {
        let has_year = |sample: &String| {
            sample.split(|sign: char| !sign.is_ascii_digit()).any(|figures| figures.len() == 4)
        };
        !self.is_near(column) && column.samples.iter().any(has_year)
    }
}

/// Figures of a moment, at least: a year, a month in words, a day and a time.
const FIGURES: usize = 8;
/// Bytes of a time of day with a word beside it.
const SHORT: usize = 16;

fn is_half(sample: &str) -> bool {
    let letters = sample.chars().filter(|sign| !matches!(sign, '.' | ' ' | '\u{a0}'));
    ["am", "pm"].contains(&letters.collect::<String>().to_lowercase().as_str())
}

/// Whether cells hold what may be a time of day among other words.
fn has_clock(column: &Offered) -> bool {
    column.looks.is_none()
        && !column.samples.is_empty()
        && column.samples.iter().all(|sample| has_clock_in(sample))
}

/// Whether cells begin with what may be a time of day, and say little besides.
fn is_clock_first(column: &Offered) -> bool {
    let is_first = |sample: &String| {
        sample.len() <= SHORT && sample.find(':').is_some_and(|at| at <= 2 && has_clock_in(&sample[..=at]))
    };
    has_clock(column) && column.samples.iter().all(is_first)
}

fn has_clock_in(sample: &str) -> bool {
    let is_clock = |pair: &[u8]| pair[0].is_ascii_digit() && pair[1] == b':';
    sample.as_bytes().windows(2).any(is_clock)
}

/// As programs write a moment without any sign: `20261127T090000`.
fn is_packed(sample: &str) -> bool {
    let Some((day, time)) = sample.trim().split_once(['T', ' ']) else { return false };
    let is_of = |text: &str, least: usize| text.bytes().take_while(u8::is_ascii_digit).count() >= least;
    day.len() == 8 && is_of(day, 8) && is_of(time, 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_time_of_day_is_told_from_other_words() {
        for sample in ["27.11.2026 09:00 Uhr", "27 Nov 2026 @ 9:00", "9:00"] {
            assert!(has_clock_in(sample), "{sample}");
        }
        assert!(is_packed("20261127T090000") && is_packed("20261127 0900Z"));
        for sample in ["2026-0012", "INV 2026", "20261127", "20261127 A1", "2026 1234"] {
            assert!(!has_clock_in(sample) && !is_packed(sample), "{sample}");
        }
    }
}
