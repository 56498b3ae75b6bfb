//! Why a text is no moment.

use crate::locale::Zone;
use chrono::{DateTime, FixedOffset, NaiveDateTime};

/// Why a text is no time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Not of the form at all.
    Form,
    /// A time, but for a word behind it: of a zone that is not the clinic's then, or of no known meaning.
    Behind,
    /// A day, without a time.
    NoTime,
    /// A time of day, without a day.
    NoDay,
    /// No such day or time of day.
    NoSuch,
    /// A year outside of [`YEARS`](super::timestamp::YEARS).
    Year,
    /// Two digits for a year.
    ShortYear,
    /// A day of a month, and a time behind it.
    NoYear,
    /// One of two days, by the order of its numbers; with the offset that stands behind it.
    Open(Box<[NaiveDateTime; 2]>, Option<FixedOffset>),
    /// Of an appointment with its end, or with an offset: the begin here, and what the offset makes of it.
    EndOrOffset(Box<[DateTime<Zone>; 2]>),
    /// The clocks passed over it; these are the times before and after that are meant perhaps.
    Skipped(Box<[DateTime<Zone>; 2]>),
    /// The clocks showed it twice.
    Doubled(Box<[DateTime<Zone>; 2]>),
}
