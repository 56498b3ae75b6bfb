//! The words of the three tiers, each one there and none blank. Which of them stand on a sheet is [`tiers`]' to say.

use super::contact;
use crate::content::{Rule, Tier as Rules};
use crate::diagnostic::{Diagnostic, Faults, Place};
use crate::document::{Block, Dial, Inline, LINE, Safety, Text, Tier, plain_text, without_colon};
use crate::letter::is_letter;
use crate::merge::compile::Compiled;
use crate::merge::rules::{Sheet, tiers};
use crate::options::sections::WHEN_TO_CALL;
use tera::Value;

const EMERGENCY: &str = "emergency.heading";
/// In words.yaml: above the advice by precaution of a general text.
const GENERAL: &str = "brochure.precautions";
/// In words.yaml: a line for pictures.
const EMERGENCY_LINE: &str = "pictures.emergency";

/// Characters of the line to write a number on: one with an extension, by hand.
const TO_WRITE_ON: usize = 20;

/// Whether one wording stands on a sheet and is faulty there.
pub fn try_word(sheet: &Sheet<'_>, key: &str) -> Result<(), Faults> {
    let stands = sheet.library.treatment.rule(key).is_none_or(|rule| tiers::applies(rule, sheet));
    if stands { word(sheet, key).map(|_| ()) } else { Ok(()) }
}

/// The tiers of one sheet.
///
/// Errors: a wording that is blank or cannot be filled; text past its review date, which does not print.
pub fn safety(sheet: &Sheet<'_>) -> Result<Safety, Faults> {
    tiers::check_review(sheet)?;
    let treatment = &sheet.library.treatment;
    let emergency = tier(sheet, &treatment.emergency, EMERGENCY, None)?;
    let same_day = tier(sheet, &treatment.same_day, "same-day.heading", Some("same-day.intro"))?;
    let mut call = tier(sheet, &treatment.call, "call.heading", None)?;
    call.closing.splice(0..0, call_text(sheet)?);
    let precautions = tiers::advice(sheet)
        .into_iter()
        .map(|key| word(sheet, key))
        .collect::<Result<Vec<Text>, Faults>>()?;
    let precaution_count = precautions.len();
    let safety =
        Safety::new(word(sheet, "heading")?, emergency, same_day, (call, number(sheet)), precautions);
    // One patient's own need none: what is for everybody says for whom it is.
    let heading = sheet.situation.session.is_none().then(|| sheet.spare_word(GENERAL)).transpose()?;
    let heading = heading.filter(|_| precaution_count > 1);
    safety.map(|safety| safety.dialling(dials(sheet)).heading_precautions(heading)).map_err(|incomplete| {
        let place = sheet.pack.safety.place.clone();
        Diagnostic::error("incomplete-safety", incomplete.to_string()).at(place).into()
    })
}

/// The numbers of the profile, each once.
fn dials(sheet: &Sheet<'_>) -> Vec<Dial> {
    let clinic = &sheet.library.clinic;
    let nurse_line = clinic.nurse_line.as_ref().map(|line| line.in_language(&sheet.pack.language));
    let mut dials: Vec<Dial> = Vec::new();
    let lines = [Some(clinic.emergency.as_str()), nurse_line, clinic.phone.as_deref()];
    for dial in lines.into_iter().flatten().flat_map(contact::dials) {
        if dials.iter().all(|other| other.number != dial.number) {
            dials.push(dial);
        }
    }
    dials
}

fn tier(sheet: &Sheet<'_>, rules: &Rules, heading: &str, intro: Option<&str>) -> Result<Tier, Faults> {
    let words = |rules: &[Rule]| -> Result<Vec<Text>, Faults> {
        tiers::standing(sheet, rules).map(|rule| word(sheet, &rule.key)).collect()
    };
    Ok(Tier {
        heading: word(sheet, heading)?,
        intro: intro.map(|key| word(sheet, key)).transpose()?,
        signs: words(&rules.signs)?,
        closing: words(&rules.lines)?,
    })
}

/// How to call the clinic: its number, or a line to write one on.
fn number(sheet: &Sheet<'_>) -> Text {
    match sheet.library.clinic.phone.as_deref() {
        Some(phone) => contact::phone(phone),
        None => vec![Inline::Text(LINE.to_string().repeat(TO_WRITE_ON))],
    }
}

/// When it is an emergency and whom to call, for what goes round without the tiers.
pub fn emergency_line(sheet: &Sheet<'_>) -> Result<Text, Faults> {
    let text = sheet.word(EMERGENCY_LINE)?;
    let id = sheet.pack.words.get(EMERGENCY_LINE).copied();
    let place = || id.and_then(|id| Some(sheet.pack.texts.source(id)?.place.clone())).unwrap_or_default();
    check_number(EMERGENCY_LINE, &plain_text(&text), &sheet.library.clinic.emergency, place)?;
    Ok(text)
}

/// The clinic's number with what to do with it, else who answers when it is closed.
pub fn reach(sheet: &Sheet<'_>, safety: &Safety) -> Option<Text> {
    let clinic = &sheet.library.clinic;
    if clinic.phone.is_some() {
        return Some(safety.call().heading.clone());
    }
    let intro = safety.same_day().intro.clone().filter(|_| clinic.nurse_line.is_some())?;
    Some(vec![Inline::Text(without_colon(&plain_text(&intro)).to_owned())])
}

/// A wording, never blank.
fn word(sheet: &Sheet<'_>, key: &str) -> Result<Text, Faults> {
    let id = sheet.pack.safety.words.get(key).copied();
    let Some(id) = id else { return Err(missing(sheet.pack, key).into()) };
    let text = sheet.pack.texts.line(id, &sheet.values)?;
    let plain = plain_text(&text);
    let place = || sheet.pack.texts.source(id).map(|source| source.place.clone()).unwrap_or_default();
    if sheet.values.trial
        && let Some(window) = sheet.library.treatment.rule(key).and_then(|rule| rule.window.as_deref())
    {
        check_time(sheet, &plain, window, key, place)?;
    }
    if key == EMERGENCY {
        check_number(EMERGENCY, &plain, &sheet.library.clinic.emergency, place)?;
    }
    let (what, hint) = match plain.chars().filter(|letter| is_letter(*letter)).take(2).count() {
        _ if plain.trim().is_empty() => {
            ("comes out blank", "safety text may not depend on a condition that can leave it out")
        }
        0 | 1 => ("has no words", "say in words what to look for or to do"),
        _ => return Ok(text),
    };
    let fault = Diagnostic::error("blank-safety", format!("the safety wording `{key}` {what}"));
    Err(fault.at(place()).hint(hint).into())
}

/// The words of a sign that is tied to a window hold one of its times, whatever was chosen.
fn check_time(
    sheet: &Sheet<'_>,
    plain: &str,
    window: &str,
    key: &str,
    place: impl Fn() -> Place,
) -> Result<(), Faults> {
    let times = sheet.values.context.get(window).and_then(Value::as_map);
    let mut times = times.into_iter().flat_map(|times| times.values());
    if times.any(|time| plain.contains(&*time.to_string())) {
        return Ok(());
    }
    let message = format!("`{key}` does not tell a time of the window `{window}` on every sheet");
    let hint = format!("use `{{{{ {window}.after }}}}` or another of its times outside of `{{% if %}}`");
    Err(Diagnostic::error("sign-without-window", message).at(place()).hint(hint).into())
}

/// The emergency heading tells the clinic's number, and no other that a patient in need could dial.
fn check_number(key: &str, heading: &str, number: &str, place: impl Fn() -> Place) -> Result<(), Faults> {
    let rest = heading.replacen(number, "", 1);
    if rest != heading && !rest.contains(char::is_numeric) {
        return Ok(());
    }
    let message = format!("`{key}` must tell the clinic's emergency number, {number}, and no other");
    Err(Diagnostic::error("emergency-number", message)
        .at(place())
        .hint("write `{{ clinic.emergency }}`")
        .into())
}

/// A key that `content::load` found missing already, if it made the library.
fn missing(pack: &Compiled, key: &str) -> Diagnostic {
    Diagnostic::error("missing-key", format!("safety.yaml has no `{key}`")).at(pack.safety.place.clone())
}

/// What the call section says, a text a paragraph.
pub fn call_text(sheet: &Sheet<'_>) -> Result<Vec<Text>, Faults> {
    let Some(section) = sheet.pack.sections.get(WHEN_TO_CALL) else {
        let message = format!("there is no section `{WHEN_TO_CALL}`");
        return Err(Diagnostic::error("missing-file", message).into());
    };
    let mut texts = Vec::new();
    for block in sheet.pack.texts.blocks(section.body, &sheet.values)? {
        match block {
            Block::Paragraph(text) => texts.push(text),
            _ => {
                let fault =
                    Diagnostic::error("not-a-paragraph", format!("`{WHEN_TO_CALL}` holds paragraphs only"));
                return Err(fault.at(section.place.clone()).into());
            }
        }
    }
    if texts.iter().all(|text| plain_text(text).trim().is_empty()) {
        let fault =
            Diagnostic::error("blank-safety", format!("the section `{WHEN_TO_CALL}` comes out blank"));
        return Err(fault.at(section.place.clone()).into());
    }
    Ok(texts)
}
