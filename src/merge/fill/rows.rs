//! The rows of the timeline as text beside the sheet says them: with the moment of their end.

use crate::content::{Row, RowStyle};
use crate::diagnostic::Faults;
use crate::document::plain_text;
use crate::locale::{End, Zone};
use crate::merge::rules::{Elapsed, Sheet};
use crate::options::Name;
use chrono::DateTime;

/// One row of one session.
pub struct Said<'s> {
    pub window: &'s Name,
    pub style: RowStyle,
    pub label: String,
    /// As it is said, the last minute of a day for its midnight. Nothing where what holds in place of the window has no end,
    /// and of what is said in words.
    pub end: Option<DateTime<Zone>>,
    /// "until Thursday, Nov 26, 8 am"; empty without an end.
    pub until: String,
    /// The same, short as the drawn timeline has it: "until Thu morning".
    pub short: String,
    /// "or longer if still sore".
    pub open_end: Option<String>,
}

/// Every row, from the top.
pub fn rows<'s>(sheet: &'s Sheet<'_>) -> Result<Vec<Said<'s>>, Faults> {
    sheet.library.treatment.timeline.rows.iter().map(|row| said(sheet, row)).collect()
}

fn said<'s>(sheet: &'s Sheet<'_>, row: &'s Row) -> Result<Said<'s>, Faults> {
    let (window, style) = (&row.window, row.style);
    let word = |key: &str| sheet.word(&format!("timeline.{key}")).map(|word| plain_text(&word));
    let facts = &sheet.library.treatment.facts;
    if let Some((fact, words)) = &row.instead
        && facts.get(*fact).is_some_and(|fact| sheet.situation.is_true(fact))
    {
        let (end, until, short, open_end) = (None, String::new(), String::new(), None);
        return Ok(Said { window, style, label: word(words)?, end, until, short, open_end });
    }
    let elapsed = sheet.situation.windows.get(window);
    let is_open = elapsed.is_some_and(|elapsed| elapsed.open_ended);
    let end = elapsed.filter(|elapsed| !elapsed.within).and_then(|elapsed| end(sheet, elapsed));
    let (phrases, dates) = (&sheet.pack.phrases, &sheet.pack.dates);
    let said = |end: &dyn Fn(&End) -> String, own: &Option<End>| match (own, elapsed) {
        (Some(own), _) => phrases.until(&end(own)),
        (None, Some(_)) => phrases.within_when().to_owned(),
        (None, None) => String::new(),
    };
    let until = said(&|end| dates.moment(&end.at), &end);
    let short = said(&|end| dates.tick(end), &end);
    let open_end = is_open.then(|| word(&format!("{window}_open"))).transpose()?;
    let end = end.map(|end| end.said());
    Ok(Said { window, style, label: word(window)?, end, until, short, open_end })
}

/// When a window ends as the sheet prints it.
fn end(sheet: &Sheet<'_>, window: &Elapsed) -> Option<End> {
    sheet.situation.session.as_ref().map(|session| session.end(window))
}

/// When to call if it is not over by then: never moved later.
pub fn call(sheet: &Sheet<'_>) -> Option<DateTime<Zone>> {
    let alarm = &sheet.library.treatment.timeline.alarm;
    sheet.situation.windows.get(alarm).and_then(|window| end(sheet, window)).map(|end| end.said())
}
