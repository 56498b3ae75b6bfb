//! FILL: the texts that stand on a sheet, with its values in them, become a document.

mod brochure;
mod calendar;
mod chart_note;
mod contact;
mod direction;
mod dose;
mod fonts;
mod generated;
mod handout;
mod masthead;
mod notice;
mod own_page;
mod reach;
mod rows;
mod safety;
mod spaces;
mod substitutes;
mod timeline;
mod uncovered;
mod variables;
mod words;

pub use brochure::{brochure, try_panels};
pub use calendar::calendar;
pub use chart_note::{Given, chart_note, copy_mark, questions};
pub use direction::isolated;
pub use handout::try_layout;
pub use notice::notice;
pub use own_page::address as own_page;
pub use reach::reach as reached;
pub use safety::{call_text, emergency_line, reach, safety, try_word};
pub use uncovered::{line, name};
pub use variables::Wording;

use super::compile::{Compiled, Values};
use super::rules::{Sheet, Situation};
use crate::content::{Library, OptionKind};
use crate::diagnostic::{Faults, Report};
use crate::document::{Document, Meta};
use crate::locale::{Language, unmarked};
use chrono::{DateTime, NaiveDate, Utc};
use tera::Value;

/// A sheet with its values, and nothing on it yet.
pub fn sheet<'a>(
    library: &'a Library,
    pack: &'a Compiled,
    situation: Situation<'a>,
    today: NaiveDate,
    covered: &'a dyn Fn(char) -> bool,
) -> Sheet<'a> {
    let wording = Wording::of(pack, &library.clinic);
    let values = Values { context: wording.context(&situation), trial: false };
    Sheet {
        library,
        pack,
        situation,
        values,
        request: None,
        covered,
        today,
        warnings: Vec::new(),
        reviewed: None,
    }
}

/// Something of a sheet that knows nothing of what was typed for its patient.
pub fn unnamed<T>(sheet: &mut Sheet<'_>, make: impl FnOnce(&Sheet<'_>) -> T) -> T {
    let mut context = sheet.values.context.clone();
    context.insert_value("patient", Value::from(""));
    context.insert_value("has_note", Value::from(false));
    for option in sheet.library.treatment.options.values() {
        if matches!(option.kind, OptionKind::Text) {
            context.insert_value(option.text_name(), Value::from(""));
        }
    }
    let named = std::mem::replace(&mut sheet.values.context, context);
    let made = make(sheet);
    sheet.values.context = named;
    made
}

/// What a sheet says, all of it.
pub fn document(
    mut sheet: Sheet<'_>,
    language: &Language,
    date: DateTime<Utc>,
) -> Result<Report<Document>, Faults> {
    let safety = safety::safety(&sheet)?;
    let masthead = masthead::masthead(&mut sheet)?;
    let body = handout::body(&mut sheet)?;
    let running = masthead::running(&sheet, &masthead.outline_title)?;
    let meta = meta(&sheet, running.subject.clone(), language, date);
    let document = Document::new(meta, masthead, safety, body, running);
    Ok(Report { value: document, warnings: sheet.warnings })
}

fn meta(sheet: &Sheet<'_>, title: String, language: &Language, date: DateTime<Utc>) -> Meta {
    let clinic = &sheet.library.clinic;
    let title = unmarked(&title);
    Meta {
        language: language.clone(),
        direction: sheet.pack.direction,
        units: sheet.pack.units.clone(),
        letters: sheet.pack.letters,
        web_fonts: sheet.pack.web_fonts.clone(),
        author: clinic.name.clone(),
        description: format!("{title}, {}, {}", clinic.name, clinic.city),
        title,
        date,
        content_version: sheet.library.version.clone(),
    }
}
