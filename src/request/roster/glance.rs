//! A row of JSON looked at for one thing alone: a shard passes over the rows of the others, and a first reading wants days.
//! What does not stand as it mostly does is no answer: the row is then read as any other.

use super::lines::Line;
use super::orders::{Found, NAME, THERAPIST, TREATMENT};
use serde::Deserialize;
use std::borrow::Cow;

/// Whatever else stands in the row is skipped. Two ids, or one that is no text, are a fault here and no answer.
#[derive(Deserialize)]
struct Named<'t> {
    #[serde(borrow)]
    id: Cow<'t, str>,
}

#[derive(Deserialize)]
struct Timed<'t> {
    #[serde(borrow)]
    session_at: Option<Cow<'t, str>>,
    #[serde(borrow)]
    next_visit: Option<Cow<'t, str>>,
    #[serde(borrow)]
    patient: Option<Cow<'t, str>>,
    #[serde(borrow)]
    therapist: Option<Cow<'t, str>>,
    #[serde(borrow)]
    treatment: Option<Cow<'t, str>>,
    #[serde(borrow)]
    session: Option<Session<'t>>,
    #[serde(borrow)]
    plan: Option<Plan<'t>>,
}

#[derive(Deserialize)]
struct Session<'t> {
    #[serde(borrow)]
    at: Option<Cow<'t, str>>,
    #[serde(borrow)]
    therapist: Option<Cow<'t, str>>,
}

#[derive(Deserialize)]
struct Plan<'t> {
    #[serde(borrow)]
    next_visit: Option<Cow<'t, str>>,
}

/// The id of a row.
pub fn id(line: &Line) -> Option<Cow<'_, str>> {
    let Named { id } = read(line)?;
    (!id.trim().is_empty()).then_some(id)
}

/// Tells the times of a row; whether they were found.
pub fn times(line: &Line, found: &mut Found) -> bool {
    let Some(Timed { session_at, next_visit, patient, therapist, treatment, session, plan }) = read(line)
    else {
        return false;
    };
    let (at, own) = session.map_or((None, None), |session| (session.at, session.therapist));
    let nested = [at, plan.and_then(|plan| plan.next_visit)];
    let columns = [session_at, next_visit];
    // A time that is given twice is the reader's to choose.
    if nested.iter().zip(&columns).any(|(nested, column)| nested.is_some() && column.is_some()) {
        return false;
    }
    patient.into_iter().for_each(|name| found.say(NAME, &name));
    own.or(therapist).into_iter().for_each(|name| found.say(THERAPIST, &name));
    treatment.into_iter().for_each(|name| found.say(TREATMENT, &name));
    for (path, text) in super::orders::TIMES.iter().zip(nested.into_iter().zip(columns)) {
        text.0.or(text.1).into_iter().for_each(|text| found.say(path, &text));
    }
    true
}

/// An object alone: a list of values in the order of the keys would be read as one too.
fn read<'t, T: Deserialize<'t>>(line: &'t Line) -> Option<T> {
    let is_object = !line.too_long && line.bytes.trim_ascii_start().first() == Some(&b'{');
    is_object.then(|| serde_json::from_slice(&line.bytes).ok())?
}
