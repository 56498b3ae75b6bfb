//! The note for the chart: what one sheet gave, for a clinician, in the clinic's first language.

use super::{rows, safety};
use crate::content::OptionKind;
use crate::content::approval::Approval;
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::document::{ChartNote, NoteParts, NotedWarnings, Tier, plain_text};
use crate::locale::Language;
use crate::merge::compile::fill;
use crate::merge::rules::Sheet;
use crate::options::chosen::Answer;
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

/// Errors: a text that cannot be filled; words of a folder that are too long for any note.
pub fn chart_note(sheet: &Sheet<'_>, given: &Given<'_>) -> Result<ChartNote, Faults> {
    let parts = NoteParts {
        head: head(sheet)?,
        warnings: warnings(sheet)?,
        more: vec![
            exercises(sheet, given.exercises)?,
            next_visit(sheet, given.request)?,
            left_out(sheet, given)?,
            asked(sheet)?,
        ],
        tail: tail(sheet, given)?,
    };
    ChartNote::new(&parts).map_err(|error| {
        let fault = Diagnostic::error("note-too-long", error.to_string());
        fault
            .at(Place::file("words.yaml"))
            .hint("shorten the labels of the timeline and of the options")
            .into()
    })
}

/// The three questions to ask the patient before the end.
pub fn questions(sheet: &Sheet<'_>) -> Result<Vec<String>, Faults> {
    ["teach-back.limits", "teach-back.emergency", "teach-back.call"]
        .map(|key| word(sheet, key))
        .into_iter()
        .collect()
}

fn word(sheet: &Sheet<'_>, key: &str) -> Result<String, Faults> {
    sheet.word(key).map(|word| plain_text(&word))
}

/// A word with values in its places.
fn said(sheet: &Sheet<'_>, key: &str, values: &[(&str, &str)]) -> Result<String, Faults> {
    Ok(fill(&word(sheet, key)?, values))
}

fn head(sheet: &Sheet<'_>) -> Result<Vec<String>, Faults> {
    let wording = sheet.wording();
    let mut lines = vec![said(sheet, "chart.heading", &[("treatment", &word(sheet, "treatment")?)])?];
    if let Some(session) = &sheet.situation.session {
        let mut line = said(sheet, "chart.session", &[("time", &wording.visit(session.at()))])?;
        if !sheet.situation.therapist.is_empty() {
            line.push_str(&format!(", {}", word(sheet, "with-therapist")?));
        }
        lines.push(line);
    }
    let area = sheet.area();
    if !area.is_empty() {
        lines.push(said(sheet, "chart.area", &[("area", &area)])?);
    }
    lines.extend(chosen(sheet)?);
    lines.push(word(sheet, "chart.limits")?);
    for row in rows::rows(sheet)? {
        let said = [Some(row.label), Some(row.until), row.open_end];
        let said: Vec<String> = said.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        lines.push(format!("- {}", said.join(" ")));
    }
    if let Some(call) = rows::call(sheet) {
        lines.push(format!("- {} ({})", word(sheet, "timeline.alarm")?, sheet.pack.dates.moment(&call)));
    }
    Ok(lines)
}

/// What was chosen of the treatment's options, a line each. What is typed for the patient to read stays out.
fn chosen(sheet: &Sheet<'_>) -> Result<Vec<String>, Faults> {
    let web = sheet.library.packs.get(&sheet.pack.language).map(|pack| &pack.web);
    let mut lines = Vec::new();
    for option in sheet.library.treatment.options.values() {
        let value = match (&option.kind, sheet.situation.chosen.get(&option.id)) {
            (OptionKind::Choice(_) | OptionKind::Choices(_), Some(Answer::Names(names))) => {
                let words = names.iter().map(|name| word(sheet, &format!("{}.{name}", option.words)));
                words.collect::<Result<Vec<_>, Faults>>()?.join(", ")
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

/// The three tiers, and the advice that goes with a precaution.
fn warnings(sheet: &Sheet<'_>) -> Result<NotedWarnings, Faults> {
    let safety = safety::safety(sheet)?;
    let heading = word(sheet, "chart.warnings")?;
    let mut warnings = NotedWarnings { whole: vec![heading.clone()], counted: vec![heading] };
    for tier in [safety.emergency(), safety.same_day(), safety.call()] {
        let heading = heading_of(tier);
        let signs: Vec<String> = tier.signs.iter().map(|sign| unended(&plain_text(sign))).collect();
        let (count, signs) = (signs.len().to_string(), signs.join("; "));
        let whole = said(sheet, "chart.tier", &[("heading", &heading), ("signs", &signs)])?;
        let counted = said(sheet, "chart.signs", &[("heading", &heading), ("count", &count)])?;
        warnings.whole.push(format!("- {whole}"));
        warnings.counted.push(format!("- {counted}"));
    }
    warnings.whole.extend(safety.precautions().iter().map(|advice| format!("- {}", plain_text(advice))));
    Ok(warnings)
}

/// Without the line to write a number on.
fn heading_of(tier: &Tier) -> String {
    plain_text(&tier.heading).trim_end_matches(['_', ' ', '\u{a0}', ':']).to_owned()
}

fn unended(sign: &str) -> String {
    sign.trim().trim_end_matches('.').to_owned()
}

fn exercises(sheet: &Sheet<'_>, ids: &[String]) -> Result<Vec<String>, Faults> {
    let libraries = &sheet.pack.libraries;
    let name = |id: &String| match libraries.values().find_map(|library| library.get(id)) {
        Some(exercise) => sheet.pack.texts.line(exercise.name, &sheet.values).map(|name| plain_text(&name)),
        None => Ok(id.clone()),
    };
    let names = ids.iter().map(name).collect::<Result<Vec<_>, Faults>>()?;
    Ok(match names.is_empty() {
        true => Vec::new(),
        false => vec![word(sheet, "chart.exercises")?, names.join("; ")],
    })
}

fn next_visit(sheet: &Sheet<'_>, request: &Request) -> Result<Vec<String>, Faults> {
    let Some(at) = &request.next_visit else { return Ok(Vec::new()) };
    let (label, value) = (word(sheet, "next-visit")?, sheet.wording().visit(at));
    Ok(vec![said(sheet, "chart.option", &[("label", &label), ("value", &value)])?])
}

/// What the request left out, and what the sheet had no room for: neither was given.
fn left_out(sheet: &Sheet<'_>, given: &Given<'_>) -> Result<Vec<String>, Faults> {
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
    match titles.is_empty() {
        true => Ok(Vec::new()),
        false => Ok(vec![said(sheet, "chart.left-out", &[("sections", &titles.join("; "))])?]),
    }
}

fn asked(sheet: &Sheet<'_>) -> Result<Vec<String>, Faults> {
    let mut lines = vec![word(sheet, "chart.teach-back")?];
    lines.extend(questions(sheet)?.into_iter().map(|question| format!("- {question}")));
    Ok(lines)
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
