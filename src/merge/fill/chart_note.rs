//! The note for the chart: what one sheet gave, for a clinician, in the clinic's first language.

use super::dose;
use super::{rows, safety};
use crate::content::approval::Approval;
use crate::content::{OptionKind, RowStyle};
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::document::{ChartNote, NotePart, NoteParts, Tier, plain_text, without_colon};
use crate::locale::{Language, unmarked};
use crate::merge::compile::fill;
use crate::merge::rules::Sheet;
use crate::options::chosen::Answer;
use crate::options::sections::NOTE;
use crate::request::Request;

/// What of the sheet a note cannot know from its own texts.
pub struct Given<'a> {
    /// The request as it was made, in the sheet's language.
    pub request: &'a Request,
    /// Of the sheet's own texts.
    pub approval: &'a Approval,
    /// Exercises on it, by id.
    pub exercises: &'a [String],
    /// Sections for which it had no room.
    pub omitted: &'a [String],
}

/// The order in which parts are made whole: the warnings, what was prescribed, then what can be looked up.
mod rank {
    pub const ADVICE: u8 = 0;
    pub const TIERS: u8 = 1;
    pub const LEFT_OUT: u8 = 2;
    pub const EXERCISES: u8 = 3;
    pub const ASKED: u8 = 4;
    pub const NEXT_VISIT: u8 = 5;
    pub const TIMES: u8 = 6;
}

/// Errors: a text that cannot be filled; words of a folder that are too long for any note.
pub fn chart_note(sheet: &Sheet<'_>, given: &Given<'_>) -> Result<ChartNote, Faults> {
    let mut parts = vec![NotePart::fixed(head(sheet)?), times(sheet)?];
    parts.extend(warnings(sheet)?);
    parts.push(exercises(sheet, given.exercises)?);
    parts.push(next_visit(sheet, given.request)?);
    parts.push(left_out(sheet, given)?);
    parts.extend(own_words(sheet, given)?);
    parts.push(asked(sheet)?);
    let (no_room, tail) = (word(sheet, "chart.no-room")?, tail(sheet, given)?);
    let parts = NoteParts { parts, no_room, between: sheet.pack.phrases.between(), tail };
    ChartNote::new(&parts).map_err(|error| {
        let fault = Diagnostic::error("note-too-long", error.to_string());
        fault
            .at(Place::file("words.yaml"))
            .hint("shorten the labels of the timeline and of the options")
            .into()
    })
}

/// Lines under a heading; nothing without any.
fn headed(name: String, rank: u8, lines: Vec<String>) -> NotePart {
    let whole = if lines.is_empty() { lines } else { [vec![name.clone()], lines].concat() };
    NotePart { name, rank, forms: vec![Vec::new(), whole] }
}

/// The three questions to ask the patient before the end.
pub fn questions(sheet: &Sheet<'_>) -> Result<Vec<String>, Faults> {
    ["teach-back.limits", "teach-back.emergency", "teach-back.call"]
        .map(|key| word(sheet, key))
        .into_iter()
        .collect()
}

pub fn copy_mark(sheet: &Sheet<'_>) -> Result<String, Faults> {
    word(sheet, "copy")
}

fn word(sheet: &Sheet<'_>, key: &str) -> Result<String, Faults> {
    sheet.word(key).map(|word| unmarked(&plain_text(&word)))
}

/// A word with values in its places.
fn said(sheet: &Sheet<'_>, key: &str, values: &[(&str, &str)]) -> Result<String, Faults> {
    Ok(fill(&word(sheet, key)?, values))
}

/// How many more the sheet gives.
fn more(sheet: &Sheet<'_>, count: usize) -> Result<String, Faults> {
    said(sheet, "chart.more", &[("count", &count.to_string())])
}

fn head(sheet: &Sheet<'_>) -> Result<Vec<String>, Faults> {
    let wording = sheet.wording();
    let mut lines = vec![said(sheet, "chart.heading", &[("treatment", &word(sheet, "treatment")?)])?];
    if let Some(session) = &sheet.situation.session {
        let mut line = said(sheet, "chart.session", &[("time", &wording.visit(session.at()))])?;
        if !sheet.situation.therapist.is_empty() {
            line = sheet.pack.phrases.beside(&line, &word(sheet, "with-therapist")?);
        }
        lines.push(line);
    }
    let area = sheet.area();
    if !area.is_empty() {
        lines.push(said(sheet, "chart.area", &[("area", &area)])?);
    }
    lines.extend(chosen(sheet)?);
    Ok(lines)
}

/// The limits, short as the sheet draws them, and how many rows more it has; or all rows of the timeline with their dates.
/// When to call stands in both.
fn times(sheet: &Sheet<'_>) -> Result<NotePart, Faults> {
    let (mut short, mut whole) = (vec![word(sheet, "chart.limits")?], vec![word(sheet, "chart.limits")?]);
    let mut left = 0;
    for row in rows::rows(sheet)? {
        let line = |until: String| {
            let said = [Some(row.label.clone()), Some(until), row.open_end.clone()];
            let said: Vec<String> = said.into_iter().flatten().filter(|part| !part.is_empty()).collect();
            format!("- {}", said.join(" "))
        };
        // What may be felt is no limit.
        match row.style {
            RowStyle::Expect => left += 1,
            _ => short.push(line(row.short.clone())),
        }
        whole.push(line(row.until.clone()));
    }
    if left > 0 {
        short.push(format!("- {}", more(sheet, left)?));
    }
    if let Some(call) = rows::call(sheet) {
        let alarm = format!("- {} ({})", word(sheet, "timeline.alarm")?, sheet.pack.dates.moment(&call));
        short.push(alarm.clone());
        whole.push(alarm);
    }
    Ok(NotePart { name: String::new(), rank: rank::TIMES, forms: vec![short, whole] })
}

/// What was chosen of the treatment's options, a line each. What is typed for the patient to read stays out.
fn chosen(sheet: &Sheet<'_>) -> Result<Vec<String>, Faults> {
    let web = sheet.library.packs.get(&sheet.pack.language).map(|pack| &pack.web);
    let mut lines = Vec::new();
    for option in sheet.library.treatment.options.values() {
        let value = match (&option.kind, sheet.situation.chosen.get(&option.id)) {
            (OptionKind::Choice(_) | OptionKind::Choices(_), Some(Answer::Names(names))) => {
                let words = names.iter().map(|name| word(sheet, &format!("{}.{name}", option.words)));
                sheet.pack.phrases.enumerated(&words.collect::<Result<Vec<_>, Faults>>()?)
            }
            (_, Some(Answer::Hours(hours))) => hours.to_string(),
            (_, Some(Answer::Time(at))) => sheet.wording().visit(at),
            _ => continue,
        };
        if value.is_empty() {
            continue;
        }
        let label = web.and_then(|web| web.get(&format!("options.{}", option.id)).cloned());
        let label = label.unwrap_or_else(|| option.id.replace('_', " "));
        lines.push(said(sheet, "chart.option", &[("label", &label), ("value", &value)])?);
    }
    Ok(lines)
}

/// The three tiers, and the advice that goes with a precaution: whole where there is room, else with as many of the signs
/// as fit, and how many more the sheet gives.
fn warnings(sheet: &Sheet<'_>) -> Result<Vec<NotePart>, Faults> {
    let safety = safety::safety(sheet)?;
    let more = |count: usize| more(sheet, count);
    let mut parts = vec![NotePart::fixed(vec![word(sheet, "chart.warnings")?])];
    for tier in [safety.emergency(), safety.same_day(), safety.call()] {
        parts.push(noted_tier(sheet, tier, &more)?);
    }
    let advice: Vec<String> =
        safety.precautions().iter().map(|advice| format!("- {}", plain_text(advice))).collect();
    let form = |stand: usize| -> Result<Vec<String>, Faults> {
        let mut lines = advice[..stand].to_vec();
        if stand < advice.len() {
            lines.push(format!("- {}", more(advice.len() - stand)?));
        }
        Ok(lines)
    };
    let forms = (0..=advice.len()).map(form).collect::<Result<_, Faults>>()?;
    // Behind the tiers, and made whole before them: it is of this patient alone.
    parts.push(NotePart { name: String::new(), rank: rank::ADVICE, forms });
    Ok(parts)
}

/// A tier: at the least how many signs it has, then what to say and do, then sign by sign.
fn noted_tier(
    sheet: &Sheet<'_>,
    tier: &Tier,
    more: &dyn Fn(usize) -> Result<String, Faults>,
) -> Result<NotePart, Faults> {
    let heading = plain_text(&tier.heading_on_screen());
    let heading = without_colon(&heading).to_owned();
    let signs: Vec<String> = tier.signs.iter().map(|sign| unended(&plain_text(sign))).collect();
    let count = signs.len().to_string();
    let counted = said(sheet, "chart.signs", &[("heading", &heading), ("count", &count)])?;
    // "Get help today. Call us or your doctor: fever; pus."
    let phrases = &sheet.pack.phrases;
    let heading = tier
        .intro
        .iter()
        .fold(heading, |heading, intro| phrases.going_on(&heading, without_colon(&plain_text(intro))));
    let form = |(closings, stand): (usize, usize)| -> Result<Vec<String>, Faults> {
        let mut listed = signs[..stand].to_vec();
        if stand < signs.len() {
            listed.push(more(signs.len() - stand)?);
        }
        let mut line =
            said(sheet, "chart.tier", &[("heading", &heading), ("signs", &phrases.apart(&listed))])?;
        for closing in &tier.closing[..closings] {
            line = format!("{line} {}", plain_text(closing));
        }
        if closings < tier.closing.len() {
            line = format!("{line} {}", more(tier.closing.len() - closings)?);
        }
        Ok(vec![format!("- {line}")])
    };
    let all = tier.closing.len();
    let steps = (1..=all).map(|closings| (closings, 0)).chain((1..=signs.len()).map(|stand| (all, stand)));
    let mut forms = vec![vec![format!("- {counted}")]];
    for step in steps {
        forms.push(form(step)?);
    }
    Ok(NotePart { name: String::new(), rank: rank::TIERS, forms })
}

/// What ends a sentence, in any script.
const FULL_STOPS: [char; 4] = ['.', '。', '۔', '।'];

fn unended(sign: &str) -> String {
    sign.trim().trim_end_matches(FULL_STOPS).to_owned()
}

fn exercises(sheet: &Sheet<'_>, ids: &[String]) -> Result<NotePart, Faults> {
    let libraries = &sheet.pack.libraries;
    let name = |id: &String| match libraries.iter().find_map(|(of, library)| Some((of, library.get(id)?))) {
        Some((library, exercise)) => {
            let (texts, values) = (&sheet.pack.texts, &sheet.values);
            let name = plain_text(&texts.line(exercise.name, values)?);
            let option = sheet.library.treatment.chooses_from(library);
            let dose = option.map(|option| sheet.situation.chosen.dose(&option.id, id)).unwrap_or_default();
            // What is as usual is not said.
            let said = dose::changed(exercise, dose, texts, values)?;
            let said: Vec<String> = said.iter().map(|step| unended(&plain_text(step))).collect();
            Ok(if said.is_empty() { name } else { format!("{name}: {}", said.join(", ")) })
        }
        None => Ok(id.clone()),
    };
    let names = ids.iter().map(name).collect::<Result<Vec<_>, Faults>>()?;
    let name = word(sheet, "chart.exercises")?;
    let form = |stand: usize| -> Result<Vec<String>, Faults> {
        let mut listed = names[..stand].to_vec();
        if stand < names.len() {
            listed.push(more(sheet, names.len() - stand)?);
        }
        Ok(vec![name.clone(), sheet.pack.phrases.apart(&listed)])
    };
    let forms = (1..=names.len()).map(form).collect::<Result<Vec<_>, Faults>>()?;
    Ok(NotePart { name: name.clone(), rank: rank::EXERCISES, forms: [vec![Vec::new()], forms].concat() })
}

fn next_visit(sheet: &Sheet<'_>, request: &Request) -> Result<NotePart, Faults> {
    let name = word(sheet, "next-visit")?;
    let line = |at| said(sheet, "chart.option", &[("label", &name), ("value", &sheet.wording().visit(at))]);
    let whole = request.next_visit.iter().map(line).collect::<Result<Vec<_>, Faults>>()?;
    Ok(NotePart { name, rank: rank::NEXT_VISIT, forms: vec![Vec::new(), whole] })
}

/// What the request left out, and what the sheet had no room for: neither was given. That something was left out stands in
/// every note.
fn left_out(sheet: &Sheet<'_>, given: &Given<'_>) -> Result<NotePart, Faults> {
    let mut titles: Vec<String> = Vec::new();
    for id in given.request.exclude.iter().chain(given.omitted) {
        let title = match (sheet.pack.sections.get(id), sheet.pack.words.get(id)) {
            (Some(section), _) => plain_text(&sheet.pack.texts.line(section.title, &sheet.values)?),
            (None, Some(_)) => word(sheet, id)?,
            (None, None) => continue,
        };
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    if titles.is_empty() {
        return Ok(NotePart::default());
    }
    let line = |titles: &str| said(sheet, "chart.left-out", &[("sections", titles)]).map(|line| vec![line]);
    let forms = vec![line(&titles.len().to_string())?, line(&sheet.pack.phrases.apart(&titles))?];
    Ok(NotePart { name: String::new(), rank: rank::LEFT_OUT, forms })
}

/// That the sheet has words which were typed for the patient to read. They are for nobody else.
fn own_words(sheet: &Sheet<'_>, given: &Given<'_>) -> Result<Option<NotePart>, Faults> {
    let is_given = given.request.note.as_ref().is_some_and(|note| !note.trim().is_empty())
        && !given.request.exclude.contains(NOTE)
        && given.omitted.iter().all(|id| id != NOTE);
    let line = is_given.then(|| word(sheet, "chart.own-words")).transpose()?;
    Ok(line.map(|line| NotePart::fixed(vec![line])))
}

fn asked(sheet: &Sheet<'_>) -> Result<NotePart, Faults> {
    let questions = questions(sheet)?.into_iter().map(|question| format!("- {question}")).collect();
    Ok(headed(word(sheet, "chart.teach-back")?, rank::ASKED, questions))
}

/// In which language and form the sheet was given, and who approved it.
fn tail(sheet: &Sheet<'_>, given: &Given<'_>) -> Result<Vec<String>, Faults> {
    let request = given.request;
    let language = language_word(sheet, &request.language)?;
    let edition = word(sheet, &format!("editions.{}", request.edition.name()))?;
    let version = sheet.library.version.as_str();
    let texts = match given.approval.on(request.today) {
        Err(_) => said(sheet, "chart.draft", &[("version", version)])?,
        Ok(signature) => {
            let day = sheet.pack.dates.day(signature.on);
            let (by, role) = (signature.by.as_str(), signature.role.as_str());
            let values = [("version", version), ("by", by), ("role", role), ("day", &day)];
            said(sheet, "chart.signed", &values)?
        }
    };
    Ok(vec![said(sheet, "chart.sheet", &[("language", &language), ("edition", &edition)])?, texts])
}

fn language_word(sheet: &Sheet<'_>, language: &Language) -> Result<String, Faults> {
    let key = format!("languages.{language}");
    if sheet.pack.words.contains_key(&key) { word(sheet, &key) } else { Ok(language.to_string()) }
}
