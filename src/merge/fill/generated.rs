//! Sections that the program fills by itself: exercises, questions, note, next visit, contact.

use super::contact::{plain, web_address};
use super::direction::isolated;
use super::reach::{self, Medium};
use super::{dose, own_page, spaces, uncovered};
use crate::diagnostic::Faults;
use crate::document::{self, Block, CHOSEN, Contact, Inline, List, NEVER, QrCode, Section, Text, plain_text};
use crate::merge::rules::{Sheet, exercises, keep, steps};
use crate::options::dose::Dose;
use crate::options::sections::NEXT_VISIT;

/// Behind the address that a brochure's code opens: the log of a web server tells with it how many came from there.
const BROCHURE: &str = "b";

/// Rule lines in place of a note that no font can set.
const NOTE_LINES: u8 = 4;

/// Priorities of the ways to reach a clinic whose number stands in the warnings: none but that number, and others, before
/// exercises, which texts give 70.
const SAID_TWICE: u8 = 1;
const BESIDE_THE_NUMBER: u8 = 69;

/// The section; `None` when it has nothing to say.
pub fn section(sheet: &mut Sheet<'_>, id: &str) -> Result<Option<Section>, Faults> {
    let filled = match id {
        "faq" => questions(sheet)?,
        "exercises" => exercises(sheet)?,
        "note" => note(sheet)?,
        "steps" => way_back(sheet)?,
        // It stands at the top.
        NEXT_VISIT => None,
        _ => contact(sheet)?,
    };
    let Some((title, own, blocks)) = filled else { return Ok(None) };
    let (priority, guards) = keep::standing(sheet, id, own)?;
    Ok(Some(Section { id: id.to_owned(), title: Some(title), icon: None, priority, guards, blocks }))
}

type Filled = Option<(Text, u8, Vec<Block>)>;

fn questions(sheet: &mut Sheet<'_>) -> Result<Filled, Faults> {
    let mut questions = Vec::new();
    for question in &sheet.pack.questions {
        if !sheet.question_applies(question)? {
            continue;
        }
        let answer = sheet.pack.texts.blocks(question.answer, &sheet.values)?;
        if answer.is_empty() {
            continue;
        }
        questions.push(document::Question {
            id: question.id.clone(),
            question: sheet.pack.texts.line(question.question, &sheet.values)?,
            answer,
            priority: question.priority,
        });
        sheet.prints(&question.review);
    }
    let Some(priority) = questions.iter().map(|question| question.priority).max() else { return Ok(None) };
    Ok(Some((sheet.word("faq")?, priority, vec![Block::Questions(questions)])))
}

/// Library by library.
fn exercises(sheet: &mut Sheet<'_>) -> Result<Filled, Faults> {
    let Some(request) = sheet.request else { return Ok(None) };
    let mut printed = Vec::new();
    for selection in exercises::exercises(sheet, request)? {
        for (index, (id, exercise)) in selection.found.into_iter().enumerate() {
            // Beyond the usual number they give way as those do that were chosen by area.
            let usual = selection.chosen && index < selection.per_sheet;
            let priority = if usual { CHOSEN } else { exercise.priority };
            let dose = exercises::dose(request, selection.option, (id, exercise))?;
            printed.push(self::exercise(sheet, (id, exercise), dose, priority)?);
        }
    }
    let Some(priority) = printed.iter().map(|exercise| exercise.priority).max() else { return Ok(None) };
    Ok(Some((sheet.word("exercises")?, priority, vec![Block::Exercises(printed)])))
}

fn exercise(
    sheet: &mut Sheet<'_>,
    (id, exercise): exercises::Found<'_>,
    dose: Dose,
    priority: u8,
) -> Result<document::Exercise, Faults> {
    sheet.prints(&exercise.review);
    let (texts, values) = (&sheet.pack.texts, &sheet.values);
    Ok(document::Exercise {
        id: id.to_owned(),
        name: texts.line(exercise.name, values)?,
        picture: exercise.picture.clone(),
        alt: texts.plain(exercise.alt, values)?,
        steps: dose::steps(exercise, dose, texts, values)?,
        areas: sheet
            .situation
            .regions()
            .iter()
            .filter(|one| exercise.regions.contains(one))
            .cloned()
            .collect(),
        priority,
    })
}

/// Plain text as it was typed: a line's end ends a line, an empty line a paragraph, and spaces keep their width.
fn note(sheet: &mut Sheet<'_>) -> Result<Filled, Faults> {
    let note = sheet.request.and_then(|request| request.note.as_deref());
    let Some(note) = note.filter(|note| !note.trim().is_empty()) else { return Ok(None) };
    let by_name = !sheet.situation.therapist.is_empty();
    let title = sheet.word(if by_name { "note" } else { "note-plain" })?;
    let fitted = uncovered::note(note, sheet.covered);
    sheet.warnings.extend(fitted.warnings);
    let blocks = match fitted.text {
        None => vec![Block::WriteOn { lines: NOTE_LINES }],
        Some(note) => {
            let lines: Vec<&str> = note.lines().collect();
            let paragraphs = lines.split(|line| line.trim().is_empty()).filter(|lines| !lines.is_empty());
            let kept = |line: &&str| plain(&isolated(&spaces::kept(line), sheet.pack.direction));
            let whole = |lines: &[&str]| lines.iter().map(kept).collect::<Vec<_>>().join(&Inline::Break);
            paragraphs.map(|lines| Block::Paragraph(whole(lines))).collect()
        }
    };
    Ok(Some((title, NEVER, blocks)))
}

/// The ordered way back: what to do, for how long at least, and what must be true before the next step.
fn way_back(sheet: &mut Sheet<'_>) -> Result<Filled, Faults> {
    let mut items = Vec::new();
    for step in &sheet.library.treatment.steps {
        if !steps::stands(step, sheet.pack, &sheet.situation) {
            continue;
        }
        let word = |part: &str| sheet.word(&format!("steps.{}.{part}", step.id));
        // One paragraph: its lines stand closer to each other than to the next step's.
        let mut lines = vec![Inline::Strong(word("do")?)];
        let further = [step.window.is_some().then_some("time"), step.gate.then_some("gate")];
        for part in further.into_iter().flatten() {
            lines.push(Inline::Break);
            lines.extend(word(part)?);
        }
        items.push(vec![Block::Paragraph(lines)]);
    }
    if items.is_empty() {
        return Ok(None);
    }
    Ok(Some((sheet.word("steps.heading")?, NEVER, vec![Block::List(List { start: Some(1), items })])))
}

/// Nothing while no way to reach the clinic is known: a heading without a number helps nobody.
fn contact(sheet: &mut Sheet<'_>) -> Result<Filled, Faults> {
    let clinic = &sheet.library.clinic;
    let on_screen = sheet.request.is_none() && sheet.situation.fold.is_none();
    let medium = match sheet.situation.fold {
        Some(_) => Medium::Folded,
        None if on_screen => Medium::Screen,
        None => Medium::Sheet,
    };
    let lines = reach::lines(sheet, medium)?.into_iter().map(|(_, line)| line).collect::<Vec<_>>();
    // Whoever reads a page of the site is there already.
    let qr = if on_screen { None } else { qr_code(sheet)? };
    if lines.is_empty() && qr.is_none() {
        return Ok(None);
    }
    // On a sheet the number stands in the warnings too. Then other ways give way to the patient's exercises, and a card
    // that says it once more to everything.
    let doubled = sheet.request.is_some() && clinic.phone.is_some();
    let priority = match (doubled, lines.len(), &qr) {
        (false, ..) => CHOSEN,
        (true, 0 | 1, None) => SAID_TWICE,
        (true, ..) => BESIDE_THE_NUMBER,
    };
    let mut blocks = Vec::new();
    // A sheet that says who treated the patient says it once.
    if !clinic.therapists.is_empty() && sheet.situation.therapist.is_empty() {
        blocks.push(Block::Paragraph(sheet.word("contact.therapists")?));
    }
    blocks.push(Block::Contact(Contact { lines, qr }));
    Ok(Some((sheet.word("contact.heading")?, priority, blocks)))
}

/// To the clinic's own aftercare page, of a patient's sheet with its options; where the clinic has none, to its web page.
fn qr_code(sheet: &Sheet<'_>) -> Result<Option<QrCode>, Faults> {
    let clinic = &sheet.library.clinic;
    if let (Some(site), Some(request)) = (&clinic.site, sheet.request) {
        let url = own_page::address(site, sheet.library, request);
        let words = sheet.word("contact.qr-own")?;
        let alt = plain_text(&words);
        let label = vec![Inline::Link { url: url.clone(), text: words }];
        return Ok(Some(QrCode { code: sheet.pack.codes.of(&url), label, alt }));
    }
    // The advice itself, before the clinic's home page.
    let page = clinic.site.as_deref().map(|site| own_page::page_from(BROCHURE, site, sheet));
    let Some(url) = page.or_else(|| clinic.web.as_deref().map(web_address)) else { return Ok(None) };
    let label = sheet.word("contact.qr")?;
    let alt = format!("{}: {url}", plain_text(&label));
    Ok(Some(QrCode { code: sheet.pack.codes.of(&url), label, alt }))
}
