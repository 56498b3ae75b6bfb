//! Every value of a request checked against the library; all faults together.

mod apart;
mod behind;
mod called_off;
mod clock;
mod contradictions;
mod day_heading;
mod exercises;
mod gaps;
mod half_day;
mod looks;
mod meaning;
mod name_cautions;
mod names;
mod no_day;
mod offset;
mod options;
mod people;
mod placeholder;
mod serial;
mod sides;
mod text;
mod therapists;
mod time;
mod timestamp;
mod titles;
mod tokens;
mod treatments;
mod written;
mod wrong;

pub(super) use behind::Behind;
pub(super) use called_off::{names_called_off, says_called_off, tells_called_off};
pub(super) use clock::{alone as time_of_day, is_clock};
pub(super) use day_heading::{day_said, is_weekday, may_say_day, says_day};
pub(super) use half_day::{InHalf, in_half, is_half, leaves_it_out, may_be_evening};
pub use looks::{Likeness, Looks, is_open};
pub(super) use meaning::may_be_nothing;
pub(super) use no_day::{NO_DAY, is_no_day, without_midnight};
pub use people::names_therapist;
pub(super) use people::{name_words, therapist_said};
pub(super) use serial::{is_share, share};
pub use text::is_invisible;
pub use time::{Misread, moment};
pub use titles::turned as turned_name;
pub(super) use titles::without_behind;
pub(super) use tokens::says_morning;
pub use treatments::{exact as exact_treatment, speaks_of_one as speaks_of_treatment};
pub use written::is_moment;
pub(super) use written::{clear, day_of, order_of, written_day};

use super::{Given, RawRequest, Request};
use crate::content::{Library, Pack};
use crate::diagnostic::{Choice, Diagnostic, Faults, Hint, Report, Sink, marked, shown};
use crate::options::{Edition, Paper};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// What a request means. `now` is the time at which it is made: a session without a time was now, to the minute.
///
/// Errors: those of the request's shape, then every value that is not allowed and every pair of options that
/// contradict each other. Warnings: what was left out (doubled values) or is odd (a session far from today, a clock that stands before the texts were reviewed). No
/// message holds a patient's name or note.
pub fn resolve(raw: &RawRequest, library: &Library, now: DateTime<Utc>) -> Result<Report<Request>, Faults> {
    let raw = &meaning::understood(raw, library);
    let mut resolver = Resolver { raw, library, sink: Sink::default() };
    resolver.sink.extend(Faults(raw.faults.clone()));
    if raw.broken {
        return resolver.sink.finish(None);
    }
    let request = resolver.request(now);
    resolver.others_options();
    resolver.contradictions();
    in_order(resolver.sink.finish(request))
}

/// What a request means for the treatment that it asks for, of the first one without a name. `known`: every treatment, the usual one
/// first.
///
/// Errors: a name that no treatment has, or none in a row of a list whose other rows name theirs, with what is wrong for any of them;
/// else those of [`resolve`].
pub fn resolve_among(
    raw: &RawRequest,
    known: &[&Library],
    now: DateTime<Utc>,
) -> Result<Report<Request>, Faults> {
    match treatment(raw, known) {
        Ok(Some(library)) => resolve(raw, library, now),
        Ok(None) => Err(Faults(raw.faults.clone())),
        Err(fault) => {
            let mut faults = for_each(raw, known, now);
            faults.push(*fault);
            in_order(Err(Faults(faults)))
        }
    }
}

/// What is wrong whichever treatment is meant; hints where they are the same.
fn for_each(raw: &RawRequest, known: &[&Library], now: DateTime<Utc>) -> Vec<Diagnostic> {
    let faults =
        |library: &&Library| resolve(raw, library, now).err().map_or_else(Vec::new, |faults| faults.0);
    let of_each: Vec<Vec<Diagnostic>> = known.iter().map(faults).collect();
    let Some((first, others)) = of_each.split_first() else { return Vec::new() };
    let is_same = |one: &Diagnostic, other: &&Diagnostic| one.code == other.code && one.place == other.place;
    let in_all = first.iter().filter_map(|fault| {
        let mut fault = fault.clone();
        for others in others {
            let other = others.iter().find(|other| is_same(&fault, other))?;
            if other.hints != fault.hints {
                fault.hints.clear();
            }
        }
        Some(fault)
    });
    in_all.collect()
}

fn treatment<'l>(raw: &RawRequest, known: &[&'l Library]) -> Result<Option<&'l Library>, Box<Diagnostic>> {
    let Some(given) = raw.one("treatment").filter(|_| !raw.broken) else {
        return match gaps::no_treatment(raw, known) {
            Some(fault) => Err(Box::new(fault)),
            None => Ok(known.first().copied()),
        };
    };
    let found = treatments::meant(&given.value, known);
    found.map(Some).ok_or_else(|| {
        let ids = known.iter().map(|library| &*library.treatment.id);
        let message = format!("unknown treatment {}", marked(&given.value, ids.clone(), &given.place));
        let fault =
            Diagnostic::error("unknown-value", message).at(given.place.clone()).about(shown(&given.value));
        Box::new(fault.hint(Choice::among(&given.value, ids)))
    })
}

/// Faults in the order of the file. A line with a value that no message shows is not shown for its other faults either.
fn in_order(resolved: Result<Report<Request>, Faults>) -> Result<Report<Request>, Faults> {
    resolved.map_err(|mut faults| {
        let places = faults.0.iter().filter_map(|fault| fault.place.as_ref());
        let hidden: BTreeSet<u32> =
            places.filter(|place| place.excerpt.is_none()).map(|place| place.line).collect();
        for place in faults.0.iter_mut().filter_map(|fault| fault.place.as_mut()) {
            place.excerpt.take_if(|_| hidden.contains(&place.line));
        }
        faults.0.sort_by_key(|fault| fault.place.as_ref().map(|place| (place.line, place.column)));
        faults
    })
}

struct Resolver<'a> {
    raw: &'a RawRequest,
    library: &'a Library,
    sink: Sink,
}

impl<'a> Resolver<'a> {
    /// Reads every value before it gives up on one.
    fn request(&mut self, now: DateTime<Utc>) -> Option<Request> {
        let zone = self.library.clinic.time_zone;
        let id = self.optional("id", Self::id);
        let patient = self.optional("patient", |resolver, given| resolver.plain_text(given, "patient"));
        self.check_named();
        self.check_name();
        let language = self.language();
        let session_at = self.session_at(now);
        let therapist = self.optional("session.therapist", Self::therapist);
        self.check_treated();
        let chosen = self.chosen(session_at);
        let next_visit = self.next_visit(session_at);
        let note = self.optional("plan.note", |resolver, given| resolver.plain_text(given, "plan.note"));
        let edition = self.choice("print.edition", Edition::from_name);
        let paper = self.choice("print.paper", Paper::from_name);
        let exclude = self.exclude();
        Some(Request {
            id: id?,
            treatment: self.library.treatment.id.clone(),
            patient: patient?.flatten(),
            language: language?,
            session_at: session_at?,
            therapist: therapist?,
            chosen: chosen?,
            next_visit: next_visit?,
            note: note?.flatten(),
            edition: edition?.unwrap_or(Edition::Standard),
            paper: paper?.unwrap_or(self.library.clinic.paper),
            exclude: exclude?,
            today: now.with_timezone(&zone).date_naive(),
        })
    }

    /// A key that may be left out: `Some(None)` then, `None` when its value is faulty.
    fn optional<T>(
        &mut self,
        path: &str,
        read: impl FnOnce(&mut Self, &'a Given<String>) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.raw.one(path) {
            None => Some(None),
            Some(given) => read(self, given).map(Some),
        }
    }

    /// The pack whose words the request asks for; the first one while its language is faulty.
    fn pack(&self) -> Option<&'a Pack> {
        let packs = &self.library.packs;
        let asked = self.raw.one("language");
        asked
            .and_then(|given| names::lookup(packs.keys(), given.value.trim()))
            .and_then(|language| packs.get(language))
            .or_else(|| packs.values().next())
    }

    fn fault(&mut self, given: &Given<String>, code: &'static str, message: String, hint: Option<Hint>) {
        self.push(
            given,
            Diagnostic { hints: hint.into_iter().collect(), ..Diagnostic::error(code, message) },
        );
    }

    /// A fault whose message marks the value.
    fn fault_about(
        &mut self,
        given: &Given<String>,
        code: &'static str,
        message: String,
        hint: Option<Hint>,
    ) {
        let fault = Diagnostic { hints: hint.into_iter().collect(), ..Diagnostic::error(code, message) };
        self.push(given, fault.about(shown(&given.value)));
    }

    fn push(&mut self, given: &Given<String>, fault: Diagnostic) {
        // A cell may hold the same wrong value a thousand times.
        let same =
            |found: &Diagnostic| found.message == fault.message && found.place.as_ref() == Some(&given.place);
        if self.sink.iter().any(same) {
            return;
        }
        self.sink.push(fault.at(given.place.clone()));
    }

    fn warn(&mut self, given: &Given<String>, code: &'static str, message: String) {
        self.sink.push(Diagnostic::warning(code, message).at(given.place.clone()));
    }
}
