//! The files of a treatment that is still to be written. `check` refuses each text until it is.

use crate::atomic_file::Readers;
use crate::cli::args::Global;
use crate::cli::clock;
use crate::cli::outcome::Failure;
use crate::cli::output::{Spot, prepare};
use crate::cli::report::Reporter;
use crate::diagnostic::{Diagnostic, Place, shown};
use crate::locale::{Language, Zone};
use crate::{Files, Folder, is_id, listed_languages, listed_zone};
use chrono::{Months, NaiveDate};
use std::path::Path;

/// In the treatment's folder.
const FILES: [(&str, &str); 5] = [
    ("treatment.yaml", include_str!("skeleton/treatment.yaml")),
    ("claims.yaml", include_str!("skeleton/claims.yaml")),
    ("presets.yaml", include_str!("skeleton/presets.yaml")),
    ("handout.md.tera", include_str!("skeleton/handout.md.tera")),
    ("brochure.md.tera", include_str!("skeleton/brochure.md.tera")),
];
/// In the folder of the clinic's first language below it.
const WORDS: [(&str, &str); 7] = [
    ("words.yaml", include_str!("skeleton/words/words.yaml")),
    ("safety.yaml", include_str!("skeleton/words/safety.yaml")),
    ("web.yaml", include_str!("skeleton/words/web.yaml")),
    ("faq.yaml", include_str!("skeleton/words/faq.yaml")),
    ("quick-answer.md", include_str!("skeleton/words/quick-answer.md")),
    ("what-to-expect.md", include_str!("skeleton/words/what-to-expect.md")),
    ("when-to-call.md", include_str!("skeleton/words/when-to-call.md")),
];
const PROFILE: &str = "content/clinic.yaml";
/// Months from a text's review to the next.
const REVIEW: Months = Months::new(24);

pub fn add(folder: &Path, id: &str, global: &Global, reporter: &Reporter) -> Result<(), Failure> {
    let fault = |message: String, hint: String| {
        Failure::from(Diagnostic::error("init", message).at(Place::file(folder.to_string_lossy())).hint(hint))
    };
    if !is_id(id) {
        let hint = "an id is at most 64 lower-case letters, digits and `-`, and starts with a letter";
        return Err(fault(format!("`{}` cannot be the name of a treatment", shown(id)), hint.to_owned()));
    }
    let clinic = Folder::new(folder);
    let paths: Vec<String> = clinic.list()?.into_iter().map(|file| file.path).collect();
    if paths.iter().all(|path| path != PROFILE) {
        let hint = format!("make one first: `aftercare init {}`", folder.to_string_lossy());
        return Err(fault(format!("this is no clinic folder: it has no {PROFILE}"), hint));
    }
    // The other languages are made from what is written in the first: a skeleton of theirs would be out of date by then.
    let profile = clinic.read(PROFILE)?;
    let listed = listed_languages(&profile);
    let Some((first, others)) = listed.split_first() else {
        let hint = "list one under `languages`".to_owned();
        return Err(fault(format!("{PROFILE} names no language to write in"), hint));
    };
    let own = format!("content/treatments/{id}");
    if paths.iter().any(|path| path.starts_with(&format!("{own}/"))) {
        return Err(fault(
            format!("the folder has a treatment `{id}` already"),
            "take another name".to_owned(),
        ));
    }
    // The day of the clinic's clock is the one that `check` knows; elsewhere it may be tomorrow.
    let Some(zone) = listed_zone(&profile).or_else(|| Zone::named("UTC")) else {
        return Err(fault("there is no clock".to_owned(), String::new()));
    };
    let today = clock::now(global, zone)?.with_timezone(&zone).date_naive();
    let made = write(folder, &own, first, today)?;
    let shown = folder.to_string_lossy();
    reporter.note(&format!("made {shown}/{own} ({made} files)"));
    reporter.note(&format!("add `{id}` to `treatments` in {shown}/content/clinic.yaml"));
    reporter.note(&format!("then write each text that `aftercare check --clinic {shown}` names"));
    for tag in others {
        reporter
            .note(&format!("when all is written in `{first}`: `aftercare init {shown} --language {tag}`"));
    }
    Ok(())
}

/// The files of a treatment with the day of their first review; how many there are.
fn write(folder: &Path, own: &str, language: &Language, today: NaiveDate) -> Result<usize, Failure> {
    let later = today.checked_add_months(REVIEW).unwrap_or(today);
    let dated =
        |text: &str| text.replace("{today}", &today.to_string()).replace("{later}", &later.to_string());
    let files = FILES.iter().map(|(name, text)| (format!("{own}/{name}"), dated(text)));
    let words = WORDS.iter().map(|(name, text)| (format!("{own}/{language}/{name}"), dated(text)));
    let files: Vec<(String, String)> = files.chain(words).collect();
    let spots: Vec<Spot> = files.iter().map(|(path, _)| Spot::within(folder, path)).collect();
    for ((_, text), target) in files.iter().zip(prepare(&spots, false, Readers::Anybody)?) {
        target.write(text.as_bytes())?;
    }
    Ok(files.len())
}
