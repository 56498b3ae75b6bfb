//! Posters and cards: what stands on them is fixed, so that no template can leave a warning out.

use super::contact::{plain, web_address};
use super::reach::{self, Medium};
use super::{masthead, own_page, safety};
use crate::diagnostic::Faults;
use crate::document::{Inline, Notice, QrCode, plain_text};
use crate::locale::Language;
use crate::merge::rules::Sheet;
use crate::options::sections::NEXT_VISIT;
use chrono::NaiveTime;

/// The picture of covers, if the clinic folder has it.
const COVER: &str = "cover";

/// The notice of a sheet that is for everybody. `medium`: what its address ends in, so that a server's log tells who came by it.
pub fn notice(sheet: &mut Sheet<'_>, language: &Language, medium: &str) -> Result<Notice, Faults> {
    let safety = safety::safety(sheet)?;
    let quick = masthead::quick_answer(sheet)?;
    // No session has a time, and the clock does not belong in the file: it is as old as its text.
    let date = masthead::reviewed(sheet).and_time(NaiveTime::MIN).and_utc();
    let approval = masthead::approval(sheet).unwrap_or_else(|draft| draft);
    let picture = sheet.library.pictures.get(COVER).cloned();
    let picture = picture.map(|picture| Ok::<_, Faults>((picture, sheet.plain_word("brochure.picture")?)));
    let clinic = &sheet.library.clinic;
    Ok(Notice {
        meta: super::meta(sheet, sheet.plain_word("document-title")?, language, date),
        title: sheet.word("brochure.title")?,
        quick,
        picture: picture.transpose()?,
        emergency: safety::emergency_line(sheet)?,
        reach: safety::reach(sheet, &safety),
        safety,
        precautions: sheet.word("brochure.precautions")?,
        more: sheet.word("kit.more")?,
        clinic: plain(&clinic.name),
        city: plain(&clinic.city),
        contact: reach::lines(sheet, Medium::Wall)?.into_iter().map(|(_, line)| line).collect(),
        has_number: clinic.phone.is_some(),
        code: code(sheet, medium)?,
        next_visit: sheet.word(NEXT_VISIT)?,
        other_format: plain(&sheet.plain_word("running.other-format")?),
        imprint: plain(&format!("{approval} · v{}", sheet.library.version)),
    })
}

/// Leads to the page of the treatment where the clinic has its own pages, else to the clinic's web page.
fn code(sheet: &Sheet<'_>, medium: &str) -> Result<Option<QrCode>, Faults> {
    let clinic = &sheet.library.clinic;
    let own = clinic.site.as_deref().map(|site| own_page::page_from(medium, site, sheet));
    let Some(url) = own.or_else(|| clinic.web.as_deref().map(web_address)) else { return Ok(None) };
    let words = sheet.word("contact.qr")?;
    let alt = format!("{}: {url}", plain_text(&words));
    let label = vec![Inline::Link { url: url.clone(), text: words }];
    Ok(Some(QrCode { code: sheet.pack.codes.of(&url), label, alt }))
}
