//! The three tiers (content brief, 3): which signs and lines a sheet carries follows from the treated regions and
//! the precautions, here and nowhere else. Content gives the wording and can take none away; a request, a
//! template and page fitting have no way in.

use super::compile::Compiled;
use super::filled;
use super::sheet::Sheet;
use crate::diagnostic::{Diagnostic, Faults, Sink};
use crate::document::{Block, Inline, Safety, Text, Tier, plain_text};
use crate::options::Precaution;
use crate::options::sections::WHEN_TO_CALL;

/// Where help comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 911, at any time in the next days.
    Emergency,
    /// The clinic, a doctor or 811, today.
    SameDay,
    /// The clinic.
    Call,
}

/// A fixed sign. The order is the order on the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    Collapse,
    WeaknessOrNumbness,
    SuddenPain,
    Urine,
    ChestPain,
    PainBreathingIn,
    ShortOfBreath,
    NewCough,
    BlueLips,
    Bleeding,
    FeverOnChemo,
    FeverOrChills,
    SpreadingRedness,
    Pus,
    GrowingSwelling,
    WeakOrNumbSpot,
    SoreAfter,
    WorseEachDay,
    LargeBruise,
    TiredAfter,
    Faint,
}

/// What makes a sign or a line apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Always,
    /// A treated region is over or near this part.
    Over(Part),
    With(Precaution),
}

/// A part inside that a needle can reach. Which regions lie over it is fixed in [`crate::options::Region`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Lungs,
    /// From the neck to the lower back.
    Spine,
    /// The spine without the neck.
    Back,
}

impl When {
    /// The name in text that it depends on.
    pub fn name(self) -> Option<&'static str> {
        match self {
            When::Always => None,
            When::Over(Part::Lungs) => Some("over_lungs"),
            When::Over(Part::Spine) => Some("over_spine"),
            When::Over(Part::Back) => Some("over_back"),
            When::With(Precaution::BloodThinners) => Some("blood_thinners"),
            When::With(Precaution::FluidLimit) => Some("fluid_limit"),
            When::With(Precaution::Pregnancy) => Some("pregnancy"),
            When::With(Precaution::Faints) => Some("faints"),
            When::With(Precaution::Immune) => Some("immune"),
        }
    }
}

impl Sign {
    pub const ALL: [Sign; 21] = {
        use Sign::*;
        [
            Collapse,
            WeaknessOrNumbness,
            SuddenPain,
            Urine,
            ChestPain,
            PainBreathingIn,
            ShortOfBreath,
            NewCough,
            BlueLips,
            Bleeding,
            FeverOnChemo,
            FeverOrChills,
            SpreadingRedness,
            Pus,
            GrowingSwelling,
            WeakOrNumbSpot,
            SoreAfter,
            WorseEachDay,
            LargeBruise,
            TiredAfter,
            Faint,
        ]
    };

    pub fn level(self) -> Level {
        use Sign::*;
        match self {
            Collapse | WeaknessOrNumbness | SuddenPain | Urine | ChestPain | PainBreathingIn
            | ShortOfBreath | NewCough | BlueLips | Bleeding | FeverOnChemo => Level::Emergency,
            FeverOrChills | SpreadingRedness | Pus | GrowingSwelling | WeakOrNumbSpot => Level::SameDay,
            SoreAfter | WorseEachDay | LargeBruise | TiredAfter | Faint => Level::Call,
        }
    }

    pub fn when(self) -> When {
        use Sign::*;
        match self {
            SuddenPain => When::Over(Part::Spine),
            Urine => When::Over(Part::Back),
            FeverOnChemo => When::With(Precaution::Immune),
            ChestPain | PainBreathingIn | ShortOfBreath | NewCough | BlueLips => When::Over(Part::Lungs),
            _ => When::Always,
        }
    }

    /// Key in `safety.yaml`.
    pub fn key(self) -> &'static str {
        use Sign::*;
        match self {
            Collapse => "emergency.signs.collapse",
            WeaknessOrNumbness => "emergency.signs.weakness-or-numbness",
            SuddenPain => "emergency.signs.sudden-pain",
            Urine => "emergency.signs.urine",
            ChestPain => "emergency.signs.chest-pain",
            PainBreathingIn => "emergency.signs.pain-breathing-in",
            ShortOfBreath => "emergency.signs.short-of-breath",
            NewCough => "emergency.signs.new-cough",
            BlueLips => "emergency.signs.blue-lips",
            Bleeding => "emergency.signs.bleeding",
            FeverOnChemo => "emergency.signs.fever-on-chemo",
            FeverOrChills => "same-day.signs.fever-or-chills",
            SpreadingRedness => "same-day.signs.spreading-redness",
            Pus => "same-day.signs.pus",
            GrowingSwelling => "same-day.signs.growing-swelling",
            WeakOrNumbSpot => "same-day.signs.weak-or-numb-spot",
            SoreAfter => "call.signs.sore-after",
            WorseEachDay => "call.signs.worse-each-day",
            LargeBruise => "call.signs.large-bruise",
            TiredAfter => "call.signs.tired-after",
            Faint => "call.signs.faint",
        }
    }
}

/// A line below a tier's signs: key, tier, when.
const LINES: [(&str, Level, When); 7] = [
    ("emergency.say", Level::Emergency, When::Over(Part::Lungs)),
    ("emergency.act", Level::Emergency, When::Always),
    ("same-day.pregnancy", Level::SameDay, When::With(Precaution::Pregnancy)),
    ("same-day.immune", Level::SameDay, When::With(Precaution::Immune)),
    ("same-day.blood-thinners", Level::SameDay, When::With(Precaution::BloodThinners)),
    ("same-day.no-answer", Level::SameDay, When::Always),
    ("call.blood-thinners", Level::Call, When::With(Precaution::BloodThinners)),
];

/// Characters of the line to write a number on: one with an extension, by hand.
const TO_WRITE_ON: usize = 20;

/// Lines that belong to the warnings as a whole.
const PRECAUTIONS: [(&str, When); 3] = [
    ("precautions.pregnancy", When::With(Precaution::Pregnancy)),
    ("precautions.faints", When::With(Precaution::Faints)),
    ("precautions.fluid-limit", When::With(Precaution::FluidLimit)),
];

/// Every key of `safety.yaml` that a sheet can print.
pub fn keys() -> impl Iterator<Item = &'static str> {
    let fixed = ["heading", "emergency.heading", "same-day.heading", "same-day.intro", "call.heading"];
    let signs = Sign::ALL.into_iter().map(Sign::key);
    let lines = LINES.into_iter().map(|(key, ..)| key);
    fixed.into_iter().chain(signs).chain(lines).chain(PRECAUTIONS.into_iter().map(|(key, _)| key))
}

/// When a wording prints, by its key in `safety.yaml`.
pub fn when(key: &str) -> When {
    let signs = Sign::ALL.into_iter().map(|sign| (sign.key(), sign.when()));
    let lines = LINES.into_iter().map(|(key, _, when)| (key, when));
    let found = signs.chain(lines).chain(PRECAUTIONS).find(|(known, _)| *known == key);
    found.map_or(When::Always, |(_, when)| when)
}

/// Whether one wording stands on a sheet and is faulty there.
pub(super) fn try_word(sheet: &Sheet<'_>, key: &str) -> Result<(), Faults> {
    if applies(when(key), sheet) { word(sheet, key).map(|_| ()) } else { Ok(()) }
}

/// The tiers of one sheet.
///
/// Errors: a wording that is blank or cannot be filled; text past its review date, which does not print.
pub(super) fn safety(sheet: &Sheet<'_>) -> Result<Safety, Faults> {
    check_review(sheet)?;
    let emergency = tier(sheet, Level::Emergency, "emergency.heading", None)?;
    let same_day = tier(sheet, Level::SameDay, "same-day.heading", Some("same-day.intro"))?;
    let mut call = tier(sheet, Level::Call, "call.heading", None)?;
    call.closing.splice(0..0, call_text(sheet)?);
    let precautions =
        advice(sheet).into_iter().map(|key| word(sheet, key)).collect::<Result<Vec<Text>, Faults>>()?;
    Safety::new(word(sheet, "heading")?, emergency, same_day, (call, number(sheet)), precautions).map_err(
        |incomplete| {
            let place = sheet.pack.safety.place.clone();
            Diagnostic::error("incomplete-safety", incomplete.to_string()).at(place).into()
        },
    )
}

fn tier(sheet: &Sheet<'_>, level: Level, heading: &str, intro: Option<&str>) -> Result<Tier, Faults> {
    let here = |when: When| applies(when, sheet) && !stands_apart(when, sheet);
    let signs = Sign::ALL.into_iter().filter(|sign| sign.level() == level && here(sign.when()));
    let lines = LINES.into_iter().filter(|(_, of, when)| *of == level && here(*when));
    Ok(Tier {
        heading: word(sheet, heading)?,
        intro: intro.map(|key| word(sheet, key)).transpose()?,
        signs: signs.map(|sign| word(sheet, sign.key())).collect::<Result<_, Faults>>()?,
        closing: lines.map(|(key, ..)| word(sheet, key)).collect::<Result<_, Faults>>()?,
    })
}

/// The advice below the tiers: on a patient's sheet what belongs to the warnings as a whole; in the text for everybody all
/// that one precaution asks for, together.
fn advice(sheet: &Sheet<'_>) -> Vec<&'static str> {
    let of = |precaution: Precaution| {
        let with = When::With(precaution);
        let signs = Sign::ALL.into_iter().map(|sign| (sign.key(), sign.when()));
        let apart = signs.chain(LINES.into_iter().map(|(key, _, when)| (key, when)));
        let apart = apart.filter(|(_, when)| stands_apart(*when, sheet));
        let all = apart.chain(PRECAUTIONS).filter(|(_, when)| *when == with && applies(*when, sheet));
        all.map(|(key, _)| key).collect::<Vec<_>>()
    };
    Precaution::ALL.iter().flat_map(|precaution| of(*precaution)).collect()
}

/// A reader whom nobody knows looks for what is about them: such lines do not stand among the signs for all.
fn stands_apart(when: When, sheet: &Sheet<'_>) -> bool {
    sheet.request.is_none() && matches!(when, When::With(_))
}

/// How to call the clinic: its number, or a line to write one on.
fn number(sheet: &Sheet<'_>) -> Text {
    match sheet.library.clinic.phone.as_deref() {
        Some(phone) => filled::phone(phone),
        None => vec![Inline::Text("_".repeat(TO_WRITE_ON))],
    }
}

fn applies(when: When, sheet: &Sheet<'_>) -> bool {
    match when {
        When::Always => true,
        When::Over(part) => sheet.situation.over(part),
        // The text for everybody asks each reader: nobody has told it who they are.
        When::With(precaution) => {
            sheet.request.is_none() || sheet.situation.precautions.contains(&precaution)
        }
    }
}

/// A wording, never blank.
fn word(sheet: &Sheet<'_>, key: &str) -> Result<Text, Faults> {
    let id = sheet.pack.safety.words.get(key).copied();
    let Some(id) = id else { return Err(missing(sheet.pack, key).into()) };
    let text = sheet.pack.texts.line(id, &sheet.values)?;
    if plain_text(&text).trim().is_empty() {
        let place = sheet.pack.texts.source(id).map(|source| source.place.clone()).unwrap_or_default();
        let fault = Diagnostic::error("blank-safety", format!("the safety wording `{key}` comes out blank"));
        return Err(fault
            .at(place)
            .hint("safety text may not depend on a condition that can leave it out")
            .into());
    }
    Ok(text)
}

/// A key that `content::load` found missing already, if it made the library.
pub fn missing(pack: &Compiled, key: &str) -> Diagnostic {
    Diagnostic::error("missing-key", format!("safety.yaml has no `{key}`")).at(pack.safety.place.clone())
}

/// What the call section says, a text a paragraph.
pub(super) fn call_text(sheet: &Sheet<'_>) -> Result<Vec<Text>, Faults> {
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

/// Safety text that nobody has read again in time does not print.
fn check_review(sheet: &Sheet<'_>) -> Result<(), Faults> {
    let mut sink = Sink::default();
    let safety = &sheet.pack.safety;
    let section = sheet.pack.sections.get(WHEN_TO_CALL).map(|section| &section.review);
    for review in std::iter::once(&safety.review).chain(section) {
        review.expired(sheet.today, &sheet.library.claims).for_each(|expired| sink.push(expired.as_error()));
    }
    sink.finish(Some(())).map(|_| ())
}
