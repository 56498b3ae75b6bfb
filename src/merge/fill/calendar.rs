//! The moments of a sheet for a calendar: when each limit ends, when to call, the next visit. A title can be seen by others,
//! so that it tells neither name nor treatment; every moment says how to get help.

use super::rows::{self, Said};
use super::safety;
use crate::content::RowStyle;
use crate::diagnostic::Faults;
use crate::document::{Calendar, Moment, Safety, Tier, plain_text};
use crate::hex::hex;
use crate::locale::{Zone, unmarked};
use crate::merge::compile::fill;
use crate::merge::rules::Sheet;
use crate::options::sections::NEXT_VISIT;
use crate::request::Request;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Bytes of a hash that tell moments apart.
const TOLD_APART: usize = 16;

/// `request` as it was made: its id tells its moments from those of others.
pub fn calendar(sheet: &Sheet<'_>, request: &Request) -> Result<Calendar, Faults> {
    let safety = safety::safety(sheet)?;
    let mut events = Vec::new();
    let mut windows: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows::rows(sheet)? {
        if let (RowStyle::Limit, Some(end)) = (row.style, row.end) {
            let lines = [limit(&row), vec![String::new()], in_short(sheet, &safety)?].concat();
            let title = title(sheet, &row)?;
            let rows = windows.entry(row.window).or_default();
            *rows += 1;
            let what = format!("window {} {rows}", row.window);
            events.push(moment(sheet, request, &what, &end, (title, lines)));
        }
    }
    if let Some(call) = rows::call(sheet) {
        let title = untold(sheet, word(sheet, "calendar.call")?, || Ok(plain_text(safety.heading())))?;
        events.push(moment(sheet, request, "call", &call, (title, in_full(sheet, &safety)?)));
    }
    // Left out of the sheet it is left out here.
    let visit = request.next_visit.filter(|_| !request.exclude.contains(NEXT_VISIT));
    if let Some(visit) = visit {
        let clinic = &sheet.library.clinic;
        let address = clinic.address.as_deref();
        let place = address.map(|address| sheet.pack.phrases.beside(&clinic.name, address));
        let place = place.unwrap_or_else(|| clinic.name.clone());
        let said = (word(sheet, NEXT_VISIT)?, in_short(sheet, &safety)?);
        let visit = moment(sheet, request, NEXT_VISIT, &visit, said);
        events.push(Moment { place: Some(place), ..visit });
    }
    events.sort_by_key(|event| event.at);
    let stamp = request.session_at.with_timezone(&Utc);
    let language = sheet.pack.language.clone();
    Ok(Calendar { language, stamp, events, link: word(sheet, "calendar.link")? })
}

fn moment(
    sheet: &Sheet<'_>,
    request: &Request,
    what: &str,
    at: &DateTime<Zone>,
    (title, lines): (String, Vec<String>),
) -> Moment {
    let mut moment = Moment { uid: String::new(), at: at.with_timezone(&Utc), title, lines, place: None };
    moment.uid = uid(&sheet.library.clinic.name, request, what, &moment);
    moment
}

/// From nothing of who the patient is. A sheet with an id that is made again on its day, with whatever corrected, moves its moments in
/// a calendar that has them. Without one nobody knows whose they are: they are told apart by all that they say, so that no
/// moment takes the place of one that says something else.
fn uid(clinic: &str, request: &Request, what: &str, moment: &Moment) -> String {
    let mut parts = vec![clinic.to_owned(), request.treatment.to_string(), what.to_owned()];
    match &request.id {
        Some(id) => parts.extend([request.session_at.date_naive().to_string(), id.to_lowercase()]),
        None => {
            parts.extend([request.session_at.with_timezone(&Utc), moment.at].map(|time| time.to_rfc3339()));
            parts.push(moment.title.clone());
            parts.extend_from_slice(&moment.lines);
        }
    }
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hex(hash.finalize().get(..TOLD_APART).unwrap_or_default())
}

fn word(sheet: &Sheet<'_>, key: &str) -> Result<String, Faults> {
    sheet.word(key).map(|word| unmarked(&plain_text(&word)))
}

/// What one may do again; by default that the limit is over, or of one that may last longer what it says. A label that names
/// the treatment is no title.
fn title(sheet: &Sheet<'_>, row: &Said<'_>) -> Result<String, Faults> {
    let own = format!("calendar.{}", row.window);
    let title = match sheet.pack.words.contains_key(&own) {
        true => word(sheet, &own)?,
        false if row.open_end.is_some() => said(row),
        false => fill(&word(sheet, "calendar.over")?, &[("label", &row.label)]),
    };
    untold(sheet, title, || word(sheet, "calendar.over-plain"))
}

/// A title, or other words where it names the treatment.
fn untold(
    sheet: &Sheet<'_>,
    title: String,
    plain: impl FnOnce() -> Result<String, Faults>,
) -> Result<String, Faults> {
    let lower = title.to_lowercase();
    let treatment = [word(sheet, "treatment")?, sheet.library.treatment.id.replace('-', " ")];
    let is_told = treatment.iter().any(|name| lower.contains(&name.to_lowercase()));
    if is_told || title.trim().is_empty() { plain() } else { Ok(title) }
}

fn limit(row: &Said<'_>) -> Vec<String> {
    vec![format!("{}.", said(row))]
}

/// "No hard exercise until Thursday 26 Nov, 8 am or longer if still sore"
fn said(row: &Said<'_>) -> String {
    let said = [Some(&row.label), Some(&row.until), row.open_end.as_ref()];
    let said: Vec<&str> = said.into_iter().flatten().map(String::as_str).collect();
    said.join(" ").trim_end_matches('.').to_owned()
}

/// How to get help: the ways, and the ambulance's signs.
fn in_short(sheet: &Sheet<'_>, safety: &Safety) -> Result<Vec<String>, Faults> {
    let mut lines = vec![to_call(sheet, safety)?, plain_text(&safety.emergency().heading)];
    lines.extend(safety.emergency().signs.iter().map(|sign| format!("- {}", plain_text(sign))));
    Ok(lines)
}

/// Every warning of the sheet, what is asked at this moment first.
fn in_full(sheet: &Sheet<'_>, safety: &Safety) -> Result<Vec<String>, Faults> {
    let mut lines = vec![word(sheet, "timeline.alarm")?, String::new(), to_call(sheet, safety)?];
    lines.extend(of_tier(safety.call()));
    for tier in [safety.same_day(), safety.emergency()] {
        lines.extend([String::new(), plain_text(&tier.heading)]);
        lines.extend(tier.intro.iter().map(|text| plain_text(text)));
        lines.extend(of_tier(tier));
    }
    if !safety.precautions().is_empty() {
        lines.push(String::new());
        lines.extend(safety.precautions().iter().map(|text| plain_text(text)));
    }
    Ok(lines)
}

fn of_tier(tier: &Tier) -> impl Iterator<Item = String> {
    let signs = tier.signs.iter().map(|sign| format!("- {}", plain_text(sign)));
    signs.chain(tier.closing.iter().map(|text| plain_text(text)))
}

/// The heading "Call us:" with the clinic's number, or else with its name: a calendar has no line to write a number on.
fn to_call(sheet: &Sheet<'_>, safety: &Safety) -> Result<String, Faults> {
    let heading = plain_text(&safety.call().heading_on_screen());
    let clinic = &sheet.library.clinic;
    if clinic.phone.is_some() {
        return Ok(heading);
    }
    let ways = [clinic.email.as_deref(), clinic.web.as_deref()];
    let own = word(sheet, "calendar.no-number")?;
    let ways: Vec<&str> = std::iter::once(own.as_str()).chain(ways.into_iter().flatten()).collect();
    Ok(fill(&word(sheet, "chart.option")?, &[("label", &heading), ("value", &ways.join(" · "))]))
}
