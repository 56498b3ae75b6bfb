//! Offsets of times from UTC, as programs write them behind a time of day: `-05:00`, `+0000 UTC`.

use super::tokens::says_half;
use super::wrong::Wrong;
use chrono::{FixedOffset, NaiveTime, Offset, TimeDelta, Utc};

/// Hours of half a day.
const HALF: i64 = 12;

/// A text without the offset that stands apart at its end.
pub struct Apart<'t> {
    pub local: &'t str,
    pub offset: FixedOffset,
    /// Whether it is written as a time of day may be: `-08:00`, `-10`. Mail writes four digits.
    pub is_like_time: bool,
}

/// The offset that stands apart at a text's end: `30 Nov 2026 09:00 -0800`, as mail and feeds write it. One that says the same
/// twice (`+0000 UTC`) is one.
///
/// # Errors
///
/// There are two, and they differ.
pub fn apart(text: &str) -> Result<Option<Apart<'_>>, Wrong> {
    let Some(last) = last(text) else { return Ok(None) };
    match self::last(last.local) {
        None => Ok(Some(last)),
        Some(first) if first.offset == last.offset => Ok(Some(first)),
        Some(_) => Err(Wrong::Form),
    }
}

fn last(text: &str) -> Option<Apart<'_>> {
    let (local, last) = text.trim_end().rsplit_once(' ')?;
    let offset = match last {
        "UTC" | "GMT" => Utc.fix(),
        _ => read(last).ok().flatten()?,
    };
    // It stands behind a time of day.
    let is_time =
        local.contains(':') && local.ends_with(|sign: char| sign.is_ascii_alphanumeric() || sign == '.');
    is_time.then_some(Apart { local, offset, is_like_time: last.contains(':') || last.len() == "-00".len() })
}

/// Whether a text says its offset and nothing that may be the end of an appointment.
pub fn is_said(text: &str) -> bool {
    apart(text)
        .is_ok_and(|apart| apart.is_some_and(|apart| !(apart.is_like_time && end_of(apart.offset).is_some())))
}

/// Whether an offset may as well be when an appointment ends that begins at a time, which is written so. On a clock of twelve hours the
/// end may be in the other half; a program's seconds have no end without them.
pub fn may_be_end(offset: FixedOffset, written: &str, begin: NaiveTime) -> bool {
    let is_of_twelve = || says_half(written) && written.matches(':').count() == 1;
    end_of(offset).is_some_and(|end| {
        let later = end.overflowing_add_signed(TimeDelta::hours(HALF)).0;
        end > begin || later > end && later > begin && is_of_twelve()
    })
}

/// The time of day that an offset to the west looks like.
fn end_of(offset: FixedOffset) -> Option<NaiveTime> {
    let seconds = u32::try_from(offset.utc_minus_local()).ok().filter(|seconds| *seconds > 0)?;
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)
}

/// Reads one that a text is; of an empty text there is none.
///
/// # Errors
///
/// It is none, or there is none such.
pub fn read(text: &str) -> Result<Option<FixedOffset>, Wrong> {
    let signed = match text {
        "" => return Ok(None),
        "Z" | "z" => return Ok(Some(Utc.fix())),
        _ => text.strip_prefix('+').map(|rest| (1, rest)).or(text.strip_prefix('-').map(|rest| (-1, rest))),
    };
    let (sign, digits) = signed.ok_or(Wrong::Form)?;
    if !["00:00", "0000", "00"].iter().any(|form| looks_like(digits, form)) {
        return Err(Wrong::Form);
    }
    let digits: String = digits.chars().filter(|digit| *digit != ':').collect();
    let number: i32 = format!("{digits:0<4}").parse().map_err(|_| Wrong::Form)?;
    let (hours, minutes) = (number / 100, number % 100);
    if hours > 14 || minutes > 59 {
        return Err(Wrong::NoSuch);
    }
    FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60)).map(Some).ok_or(Wrong::Form)
}

/// Whether a text has a digit wherever the form has `0`, and the form's own sign elsewhere.
pub fn looks_like(text: &str, form: &str) -> bool {
    let matches = |(character, form): (u8, u8)| {
        if form == b'0' { character.is_ascii_digit() } else { character == form }
    };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(matches)
}
