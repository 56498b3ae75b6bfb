//! How to reach the clinic, in the words of a language.

use super::contact::{self, email, phone, plain, web};
use super::direction::isolated;
use crate::content::Opening;
use crate::diagnostic::Faults;
use crate::document::{ContactLine, Inline, Reach, Text};
use crate::locale::DateWords;
use crate::merge::rules::Sheet;
use std::borrow::Cow;

/// What screens show beside a text.
pub fn reach(sheet: &Sheet<'_>) -> Result<Reach, Faults> {
    let clinic = &sheet.library.clinic;
    let name = |name: &str| isolated(name, sheet.pack.direction);
    Ok(Reach {
        name: name(&clinic.name),
        city: name(&clinic.city),
        heading: sheet.word("contact.heading")?,
        lines: lines(sheet, Medium::Screen)?,
        map: map(sheet)?,
        social: clinic.social.iter().map(|profile| web(profile)).collect(),
        therapists: clinic.therapists.iter().map(|one| name(&one.signed)).collect(),
        emergency: dialled(&clinic.emergency),
        nurse_line: clinic
            .nurse_line
            .as_ref()
            .map(|line| dialled(&name(line.in_language(&sheet.pack.language)))),
    })
}

/// Where the ways to reach the clinic stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// A patient's sheet: the hours are those of a clinic that they know.
    Sheet,
    /// A brochure, which goes to people who have not been there: with the hours.
    Folded,
    /// A wall, a door or a picture: with the hours, but nobody can press a link there.
    Wall,
    /// A page: with the hours, and with what leads to further pages.
    Screen,
}

/// The ways that are known, in the order of a card.
pub fn lines(sheet: &Sheet<'_>, medium: Medium) -> Result<Vec<(&'static str, ContactLine)>, Faults> {
    let clinic = &sheet.library.clinic;
    let line = |line: &Option<String>, text: fn(&str) -> Text| line.as_deref().map(text);
    let address = clinic.address.as_deref().map(|address| {
        let code = clinic.postal.as_ref().and_then(|postal| postal.postal_code.as_deref());
        plain(&isolated(&in_one_piece(address, code), sheet.pack.direction))
    });
    let mut known = vec![
        ("phone", "contact.phone", line(&clinic.phone, phone)),
        ("email", "contact.email", line(&clinic.email, email)),
        ("web", "contact.web", line(&clinic.web, web)),
        ("address", "contact.address", address),
    ];
    if medium == Medium::Screen
        && let (Some((.., Some(address))), Some(map)) = (known.last_mut(), map(sheet)?)
    {
        address.push(Inline::Text(" · ".into()));
        address.extend(map);
    }
    if medium != Medium::Sheet {
        let apart = if medium == Medium::Wall { Inline::Text(" · ".into()) } else { Inline::Break };
        known.push(("hours", "contact.hours", hours(&clinic.hours, &sheet.pack.dates, &apart)));
    }
    if matches!(medium, Medium::Wall | Medium::Screen) {
        known.push(("booking", "contact.booking", line(&clinic.booking, web)));
    }
    let mut lines = Vec::new();
    for (kind, key, value) in known {
        if let Some(value) = value {
            lines.push((kind, ContactLine { label: sheet.spare_word(key)?, value }));
        }
    }
    Ok(lines)
}

/// No line ends inside of a postal code: "M4G 3A1".
fn in_one_piece<'a>(address: &'a str, code: Option<&str>) -> Cow<'a, str> {
    match code.filter(|code| code.contains(' ')) {
        Some(code) => Cow::Owned(address.replace(code, &code.replace(' ', "\u{a0}"))),
        None => Cow::Borrowed(address),
    }
}

fn map(sheet: &Sheet<'_>) -> Result<Option<Text>, Faults> {
    let Some(map) = sheet.library.clinic.map.as_deref() else { return Ok(None) };
    let words = sheet.spare_word("contact.map")?;
    Ok(Some(match words.is_empty() {
        true => web(map),
        false => vec![Inline::Link { url: map.to_owned(), text: words }],
    }))
}

/// "Mon–Fri, Sun 8 am–7 pm", each `apart` from the one before.
fn hours(hours: &[Opening], dates: &DateWords, apart: &Inline) -> Option<Text> {
    let day = |day: usize| dates.weekdays_short.get(day).map_or("", String::as_str);
    let line = |opening: &Opening| {
        let run = |(first, last): (usize, usize)| match first == last {
            true => day(first).to_owned(),
            false => format!("{}–{}", day(first), day(last)),
        };
        let days = opening.runs().into_iter().map(run).collect::<Vec<_>>().join(", ");
        let [opens, closes] = [opening.opens, opening.closes].map(|time| dates.time_of_day(time));
        Inline::Text(format!("{days} {opens}–{closes}"))
    };
    let mut text = Text::new();
    for opening in hours {
        if !text.is_empty() {
            text.push(apart.clone());
        }
        text.push(line(opening));
    }
    (!text.is_empty()).then_some(text)
}

/// A line with its numbers to dial.
fn dialled(line: &str) -> Text {
    contact::dials(line).fold(plain(line), |text, dial| dial.within(&text))
}
