//! Several sheets for one patient in one print: those that were set aside while the form goes on to the next one. A sheet is
//! known by its treatment, language and edition. What is the patient's is said once, in the form, and holds for all; sheets
//! of the form's own treatment are copies of it in another language or edition.

use super::context::Context;
use super::controls::{said_values, treatment_name, word};
use super::form::{Role, Typed, roles};
use super::switch::takes;
use crate::locale::capitalised;
use crate::options::Edition;

/// The field of hidden inputs that hold them.
pub const BESIDE: &str = "beside";
/// The button that puts a sheet beside the form again which was taken away; its value is the sheet.
pub const RETURN: &str = "return_sheet";
/// Sheets beside the form's own, at most.
pub const MOST: usize = 4;

/// What holds for every sheet of the patient.
const SHARED: [&str; 8] =
    ["patient", "next_visit", "note", "therapist", "session_at", "session_now", "paper", "half"];
/// What is no sheet's: which button was pressed, and what goes along with the form.
pub const ASIDE: [&str; 12] = [
    BESIDE,
    "again",
    "elsewhere",
    "add_sheet",
    "take_sheet",
    "change_sheet",
    RETURN,
    "start_from",
    "to_treatment",
    "page_language",
    "printer",
    "press",
];

/// What tells the sheets of a patient apart.
fn kind(sheet: &Typed) -> [&str; 3] {
    [sheet.one("treatment"), sheet.one("language"), sheet.one("edition")]
}

/// Every sheet that prints, the form's own last.
pub fn all(context: &Context<'_>, typed: &Typed) -> Vec<Typed> {
    let mut sheets = others(context, typed);
    sheets.push(typed.clone());
    sheets
}

/// The sheets that were set aside, as they print.
pub fn others(context: &Context<'_>, typed: &Typed) -> Vec<Typed> {
    let mut sheets = current(context, typed);
    sheets.retain(|sheet| kind(sheet) != kind(typed));
    sheets.truncate(MOST);
    sheets
}

/// What was set aside, as it is now: with what the form says since. The one of the form's own kind is the form.
fn current(context: &Context<'_>, typed: &Typed) -> Vec<Typed> {
    let mut sheets: Vec<Typed> = Vec::new();
    for sheet in held(typed).into_iter().map(|sheet| joined(context, sheet, typed)) {
        if sheets.iter().all(|other| kind(other) != kind(&sheet)) {
            sheets.push(if kind(&sheet) == kind(typed) { typed.clone() } else { sheet });
        }
    }
    sheets
}

/// What the form holds. This page sets no sheet aside that names no treatment.
fn held(typed: &Typed) -> Vec<Typed> {
    let pairs = |text: &String| serde_json::from_str::<Vec<(String, String)>>(text).ok().map(Typed::new);
    let sheets = typed.all(BESIDE).iter().take(2 * MOST).filter_map(pairs);
    sheets.filter(|sheet| !sheet.one("treatment").is_empty()).collect()
}

fn packed(sheet: &Typed) -> String {
    let own = |(name, _): &(&str, &str)| !SHARED.contains(name) && !ASIDE.contains(name);
    let pairs: Vec<(&str, &str)> = sheet.pairs().filter(own).collect();
    serde_json::json!(pairs).to_string()
}

fn hold(typed: &mut Typed, sheets: &[Typed]) {
    let texts: Vec<String> = sheets.iter().map(packed).collect();
    typed.set(BESIDE, texts);
}

/// A sheet that was set aside, with what the form says of the patient.
fn joined(context: &Context<'_>, mut sheet: Typed, form: &Typed) -> Typed {
    if is_of(&sheet, form) {
        let mut copy = form.clone();
        for field in ["language", "edition", "exclude"] {
            copy.set(field, sheet.all(field).to_vec());
        }
        return copy;
    }
    for field in SHARED {
        sheet.set(field, form.all(field).to_vec());
    }
    let own = context.treating(sheet.one("treatment")).library();
    let forms = context.treating(form.one("treatment")).library();
    let added = roles(own).filter(|(_, role)| *role == Role::Added).map(|(option, _)| &*option.id);
    for field in added {
        // What both treatments ask stands in the form; what only this one asks was said when it was set aside.
        let mut values = sheet.filled(field);
        values.retain(|value| !takes(forms, field, value));
        values.extend(form.filled(field).into_iter().filter(|value| takes(own, field, value)));
        sheet.set(field, values);
    }
    sheet
}

/// What a button did.
#[derive(Default)]
pub struct Pressed {
    /// What is said about it.
    pub said: String,
    /// The sheet that it took away, for [`RETURN`].
    pub taken: Option<String>,
}

impl From<String> for Pressed {
    fn from(said: String) -> Pressed {
        Pressed { said, taken: None }
    }
}

/// Does what a button asked for.
pub fn pressed(context: &Context<'_>, typed: &mut Typed, is_whole: impl Fn(&Typed) -> bool) -> Pressed {
    let number = |field: &str| typed.one(field).parse::<usize>().ok();
    let (take, change) = (number("take_sheet"), number("change_sheet"));
    let adds = !typed.one("add_sheet").is_empty();
    let back = typed.filled(RETURN);
    for field in ["take_sheet", "change_sheet", "add_sheet", RETURN] {
        typed.set(field, []);
    }
    if !back.is_empty() {
        let sheets = typed.with(BESIDE, &back);
        typed.set(BESIDE, sheets);
        return context.word("status.brought", &[]).into();
    }
    let mut sheets = others(context, typed);
    if let Some(gone) = take.and_then(|number| sheets.get(number)) {
        return take_away(context, typed, gone);
    }
    if let Some(number) = change.filter(|number| *number < sheets.len()) {
        bring(typed, &mut sheets, number);
        return changing(context, typed).into();
    }
    match adds {
        true => add(context, typed, sheets, is_whole).into(),
        false => Pressed::default(),
    }
}

/// Takes one sheet away, and no other: that of the form's own kind stays set aside.
fn take_away(context: &Context<'_>, typed: &mut Typed, gone: &Typed) -> Pressed {
    let mut sheets = current(context, typed);
    sheets.retain(|sheet| kind(sheet) != kind(gone));
    hold(typed, &sheets);
    let said = context.word("beside.taken", &[("what", &title(context, gone))]);
    Pressed { said, taken: Some(packed(gone)) }
}

fn add(
    context: &Context<'_>,
    typed: &mut Typed,
    mut sheets: Vec<Typed>,
    is_whole: impl Fn(&Typed) -> bool,
) -> String {
    if sheets.len() == MOST {
        return context.word("beside.most", &[("most", &(MOST + 1).to_string())]);
    }
    if !is_whole(typed) {
        return context.word("beside.not_yet", &[]);
    }
    sheets.push(typed.clone());
    hold(typed, &sheets);
    context.word("beside.added", &[])
}

/// Brings a sheet into the form, and sets the form's own aside in its place.
fn bring(typed: &mut Typed, sheets: &mut [Typed], number: usize) {
    let sheet = std::mem::replace(&mut sheets[number], typed.clone());
    let former = std::mem::replace(typed, sheet);
    for field in ["again", "elsewhere"] {
        typed.set(field, former.all(field).to_vec());
    }
    hold(typed, sheets);
}

/// A treatment whose sheet was set aside is not begun anew: its own sheet comes into the form. Whether it did. When the form
/// goes on to another treatment, what was set aside of it stays as it is now, not as it was when it was set aside.
pub fn switches_to(context: &Context<'_>, typed: &mut Typed) -> bool {
    let mut sheets = others(context, typed);
    let wanted = |sheet: &Typed| typed.has("to_treatment", sheet.one("treatment")) && !is_of(sheet, typed);
    let Some(number) = sheets.iter().position(wanted) else {
        if typed.all("to_treatment").iter().any(|other| other != typed.one("treatment")) {
            let sheets = current(context, typed);
            hold(typed, &sheets);
        }
        return false;
    };
    typed.set("to_treatment", []);
    bring(typed, &mut sheets, number);
    true
}

fn is_of(sheet: &Typed, form: &Typed) -> bool {
    sheet.one("treatment") == form.one("treatment")
}

/// What is said when another sheet has come into the form.
pub fn changing(context: &Context<'_>, typed: &Typed) -> String {
    context.word("beside.changing", &[("what", &title(context, typed))])
}

/// A queue's own edition, for each sheet that is not in large print.
pub fn set_edition(context: &Context<'_>, typed: &mut Typed, edition: Edition) {
    let mut sheets = others(context, typed);
    for sheet in sheets.iter_mut().chain([&mut *typed]) {
        if !sheet.has("edition", Edition::LargePrint.name()) {
            sheet.set("edition", [edition.to_string()]);
        }
    }
    hold(typed, &sheets);
}

/// What a sheet is called: `Dry needling · Neck · English · Large print`, as far as there is a choice.
pub fn title(context: &Context<'_>, sheet: &Typed) -> String {
    let context = &context.treating(sheet.one("treatment"));
    let library = context.library();
    let several = context.site.engine.treatments().count() > 1;
    let areas = library.treatment.regions().map(|option| &*option.id).unwrap_or_default();
    let areas = match sheet.filled(areas) {
        values if values.is_empty() => String::new(),
        values => said_values(context, areas, &values).join(", "),
    };
    let several_languages = library.packs.len() > 1;
    let language = match several_languages {
        true => capitalised(&context.language_name(sheet.one("language"))),
        false => String::new(),
    };
    let edition = context.pack().map(|pack| capitalised(&word(pack, "editions", sheet.one("edition"))));
    let treatment = if several { treatment_name(context, library) } else { String::new() };
    let parts = [treatment, areas, language, edition.unwrap_or_default()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
