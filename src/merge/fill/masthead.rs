//! The top of page 1: title, facts, quick answer, and what repeats on every page.

use super::timeline;
use crate::diagnostic::Faults;
use crate::document::{Inline, Masthead, QuickAnswer, Running, Text, plain_text};
use crate::locale::{self, capitalised};
use crate::merge::compile::fill;
use crate::merge::rules::Sheet;
use crate::options::sections::{NEXT_VISIT, QUICK_ANSWER};
use chrono::NaiveDate;

pub fn masthead(sheet: &mut Sheet<'_>) -> Result<Masthead, Faults> {
    let title = sheet.word("title")?;
    let named = !sheet.situation.patient.is_empty();
    let outline_title = if named { unnamed_title(sheet)? } else { plain_text(&title) };
    let blank_name = sheet.situation.session.is_some() && !named;
    let name_line = if blank_name { Some(sheet.word("name-label")?) } else { None };
    Ok(Masthead {
        next_visit: next_visit(sheet)?,
        title,
        outline_title,
        name_line,
        facts: facts(sheet)?,
        quick: quick_answer(sheet)?,
        timeline: timeline::timeline(sheet)?,
        details_below: sheet.request.is_some_and(|request| request.edition.has_details_below()),
    })
}

/// "Next visit Tuesday, December 1, 2026, 10 am", unless the request leaves it out.
fn next_visit(sheet: &Sheet<'_>) -> Result<Option<Text>, Faults> {
    let Some(at) = sheet.situation.next_visit else { return Ok(None) };
    if sheet.request.is_some_and(|request| request.exclude.contains(NEXT_VISIT)) {
        return Ok(None);
    }
    let visit = sheet.wording().visit(&at);
    Ok(Some(vec![Inline::Strong(sheet.word(NEXT_VISIT)?), Inline::Text(format!(" {visit}"))]))
}

/// The title as it reads without a name.
fn unnamed_title(sheet: &mut Sheet<'_>) -> Result<String, Faults> {
    sheet.values.context.insert_value("patient", tera::Value::from(""));
    let title = sheet.word("title");
    sheet.values.context.insert_value("patient", tera::Value::from(sheet.situation.patient));
    title.map(|title| plain_text(&title))
}

/// Area, session, therapist; what is not known is left out.
fn facts(sheet: &Sheet<'_>) -> Result<Vec<Text>, Faults> {
    let wording = sheet.wording();
    let area = sheet.area();
    let session = sheet.situation.session.as_ref().map(|session| wording.visit(session.at()));
    let known = [Some(capitalised(&area)), session];
    let mut facts: Vec<Text> = known
        .into_iter()
        .flatten()
        .filter(|fact| !fact.is_empty())
        .map(|fact| vec![Inline::Text(fact)])
        .collect();
    if !sheet.situation.therapist.is_empty() {
        facts.push(sheet.word("with-therapist")?);
    }
    Ok(facts)
}

pub fn quick_answer(sheet: &mut Sheet<'_>) -> Result<QuickAnswer, Faults> {
    let mut blocks = Vec::new();
    if let Some(section) = sheet.pack.sections.get(QUICK_ANSWER)
        && sheet.section_applies(QUICK_ANSWER, section)?
    {
        blocks = sheet.pack.texts.blocks(section.body, &sheet.values)?;
        sheet.prints(&section.review);
    }
    let (answer, beside) = answer(sheet)?;
    Ok(QuickAnswer { lead: sheet.word("quick-lead")?, answer, beside, blocks })
}

/// The answer's words, in which the end of a window is the part of its day, and what makes that exact.
fn answer(sheet: &mut Sheet<'_>) -> Result<(Text, Option<Text>), Faults> {
    let (session, windows) = (sheet.situation.session, sheet.situation.windows.clone());
    let Some(session) = session else { return Ok((sheet.word("quick-answer")?, None)) };
    let wording = sheet.wording();
    let used: Vec<&str> = sheet.words_used("quick-answer").collect();
    let ends = windows.iter().filter(|(name, window)| !window.within && used.contains(&&***name));
    let ends: Vec<_> =
        ends.map(|(name, window)| (name, window, wording.dates.answer(&session.end(window)))).collect();
    for (name, window, end) in &ends {
        let values = wording.window_until(window, &session, &end.words);
        sheet.values.context.insert_value(name.to_string(), values);
    }
    let answer = sheet.word("quick-answer");
    for (name, window, _) in &ends {
        let values = wording.window(window, Some(&session));
        sheet.values.context.insert_value(name.to_string(), values);
    }
    let answer = answer?;
    let said = plain_text(&answer);
    let told: Vec<locale::Answer> =
        ends.into_iter().map(|(_, _, end)| end).filter(|end| said.contains(&end.words)).collect();
    // Beside two ends nobody would know which of them it belongs to.
    let beside = match told.as_slice() {
        [only] => only.beside.clone().map(|beside| vec![Inline::Text(beside)]),
        _ => None,
    };
    Ok((answer, beside))
}

/// When what printed so far was reviewed, the oldest of it.
pub fn reviewed(sheet: &Sheet<'_>) -> NaiveDate {
    let safety = sheet.pack.safety.review.reviewed;
    sheet.reviewed.map_or(safety, |reviewed| reviewed.min(safety))
}

/// Whether the texts are approved as they are, and since when: "Reviewed Nov 2026", or that they are a draft.
pub fn approval(sheet: &Sheet<'_>) -> Result<String, String> {
    let said = |words: &str, day| fill(words, &[("month", &sheet.pack.dates.month(day))]);
    match sheet.pack.approval.on(sheet.today) {
        Ok(signature) => Ok(said(&sheet.pack.phrases.reviewed, signature.on)),
        Err(_) => Err(said(&sheet.pack.phrases.draft, reviewed(sheet))),
    }
}

/// What repeats on every page. Call it last: it says when the text that prints was reviewed.
pub fn running(sheet: &Sheet<'_>, outline_title: &str) -> Result<Running, Faults> {
    let approval = approval(sheet);
    let parts = [
        approval.clone().unwrap_or_else(|draft| draft),
        format!("v{}", sheet.library.version),
        sheet.pack.phrases.page.clone(),
    ];
    let whose = whose(sheet);
    let is_unnamed = whose.is_none() && sheet.situation.session.is_some();
    Ok(Running {
        clinic: sheet.plain_word("running.head")?,
        subject: sheet.plain_word("document-title")?,
        continued: outline_title.to_owned(),
        write_on: if is_unnamed { Some(plain_text(&sheet.word("name-label")?)) } else { None },
        whose,
        foot_left: sheet.plain_word("running.foot-left")?,
        foot_left_last: sheet.plain_word("running.other-format")?,
        foot_right: parts.join(" · "),
        draft: approval.err(),
    })
}

/// The name, if it can be printed; else the id.
fn whose(sheet: &Sheet<'_>) -> Option<String> {
    match sheet.situation.patient {
        "" => sheet.request.and_then(|request| request.id.clone()),
        name => Some(name.to_owned()),
    }
}
