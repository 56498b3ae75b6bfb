//! Proofreading, as a careful reviewer would do it: figures written out, phone numbers, slips of the pen, wording stronger than
//! the evidence, languages that say different things. What to look for in a language is data, one file per language.

mod address;
mod alarm;
mod calls;
mod cautions;
mod claims;
mod clinics;
mod conditions;
mod dates;
mod delays;
mod digits;
mod doses;
mod drawings;
mod edits;
mod effects;
mod figures;
mod fills;
mod foreign;
mod heads;
mod hidden;
mod idle;
mod labels;
mod letters;
mod lists;
mod meanings;
mod negations;
mod numbers;
mod page;
mod parity;
mod places;
mod plain;
mod presets;
mod punctuation;
mod questions;
mod readings;
mod sense;
mod sentence;
mod signs;
mod sizes;
mod slips;
mod spans;
mod tags;
mod taken_out;
mod templates;
mod text;
mod times;
mod told;
mod unasked;
mod unsigned;

use super::load::Origins;
use super::prose_words::{Prose, ProseWords};
use crate::content::files::Files;
use crate::content::{Folder, Library, Pack};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::locale::Language;
use chrono::NaiveDate;
pub use sentence::place_of;
use std::collections::BTreeSet;

/// Findings of one rule in one text, at most: each shows its line. The rest are told when these are mended.
const MOST: usize = 20;

/// The code of a warning that has other words than it came in.
const OTHER_WORDS: &str = "changed-warning";
/// The code of what decides for whom a text is, and is another than it came with.
const OTHER_HEAD: &str = "changed-head";
/// The code of a text that lost a caution with which it came.
const LOST_CAUTION: &str = "lost-caution";
/// The code of a text that says something else than it came with.
const OTHER_SENSE: &str = "changed-sense";

/// Texts to read, on any thread.
pub type Reading<'f> = Box<dyn Fn() -> Vec<Diagnostic> + Send + Sync + 'f>;

/// All that a careful reader would mark in a folder. `today` is the clinic's day; without it, days of reviews are not looked at.
pub fn proofread(
    files: &dyn Files,
    folder: &Folder,
    prose: &Prose,
    today: Option<NaiveDate>,
) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = proofreading(folder, prose).iter().flat_map(|read| read()).collect();
    found.extend(proofread_beside(files, folder, prose, today));
    once_a_line(&mut found);
    found
}

/// Where a rule says what a line says otherwise, or refuses it, that it has other words than it came in says nothing more; nor
/// does a caution that is gone of a sentence that such a rule marks. Of what may stay for ever, such as a long sentence, none
/// keeps that back.
pub fn once_a_line(found: &mut Vec<Diagnostic>) {
    let line = |fault: &Diagnostic| fault.place.as_ref().map(|place| (place.file.clone(), place.line));
    let is_echo = |fault: &Diagnostic| [OTHER_WORDS, OTHER_HEAD].contains(&fault.code);
    let says_more = |fault: &&Diagnostic| fault.code == OTHER_SENSE || fault.severity == Severity::Error;
    let told: BTreeSet<_> = found.iter().filter(says_more).filter_map(line).collect();
    found.retain(|fault| !is_echo(fault) || line(fault).is_none_or(|line| !told.contains(&line)));
    let marked: Vec<Place> = found.iter().filter(says_more).filter_map(|fault| fault.place.clone()).collect();
    let is_within = |sentence: &Place| {
        let columns = sentence.column..=sentence.column.saturating_add(sentence.length);
        let is_of = |one: &&Place| one.file == sentence.file && one.line == sentence.line;
        marked.iter().filter(is_of).any(|one| columns.contains(&one.column))
    };
    found.retain(|fault| fault.code != LOST_CAUTION || !fault.place.as_ref().is_some_and(is_within));
}

/// The texts, treatment by treatment and language by language.
pub fn proofreading<'f>(folder: &'f Folder, prose: &'f Prose) -> Vec<Reading<'f>> {
    let mut readings: Vec<Reading<'f>> = Vec::new();
    for library in folder.treatments() {
        for pack in library.packs.values() {
            readings.push(Box::new(move || texts(library, pack, prose)));
        }
        readings.push(Box::new(move || {
            let mut found: Vec<Diagnostic> = effects::check(library).into_iter().collect();
            found.extend(parity::check(library, prose));
            found.extend(claims::other_hours(library, prose));
            found.extend(presets::check(library, prose));
            found
        }));
    }
    readings
}

/// What there is to mark beside the texts.
pub fn proofread_beside(
    files: &dyn Files,
    folder: &Folder,
    prose: &Prose,
    today: Option<NaiveDate>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for library in folder.treatments() {
        found.extend(translations(files, library));
        found.extend(today.iter().flat_map(|today| dates::check(library, *today)));
    }
    found.extend(claims::unused(folder));
    found.extend(claims::windows_without(folder));
    found.extend(idle::files(files));
    found.extend(templates::in_files(files, folder, prose));
    found.extend(hidden::in_files(files));
    let origins = Origins::of(files, folder);
    let edited = unsigned::Edited { files, folder, origins: &origins, today };
    found.extend(sense::changed(&edited, prose));
    found.extend(labels::changed(&edited, prose));
    found.extend(meanings::changed(&edited));
    found.extend(drawings::changed(files, folder, today));
    found.extend(super::load::other_warnings(folder, &origins, today));
    found.extend(beside_what_came(folder, &origins, prose, today));
    found.extend(super::load::other_claims(folder));
    let unsupported = super::load::supports(files, folder, &origins);
    found.extend(super::load::other_treatments(files, folder, &origins, today, &unsupported));
    found.extend(unsupported);
    found.extend(super::load::other_emergency(files, &folder.first.clinic));
    found.extend(super::load::odd_numbers(files, &folder.first.clinic, prose));
    found.extend(super::load::odd_location(files, &folder.first.clinic));
    found.extend(super::load::odd_hosts(files, folder));
    found.extend(super::load::unlike_in_languages(files, &folder.first));
    found
}

/// What of texts that nobody has signed is other than it came, and is no sentence.
fn beside_what_came(
    folder: &Folder,
    origins: &Origins,
    prose: &Prose,
    today: Option<NaiveDate>,
) -> Vec<Diagnostic> {
    let packs =
        folder.treatments().flat_map(|library| library.packs.values().map(move |pack| (library, pack)));
    let own = packs.filter(|(_, pack)| !pack.is_tried && !unsigned::is_signed(pack, today));
    let mut found: Vec<Diagnostic> = Vec::new();
    for (library, pack) in own {
        let came = super::load::as_it_came(origins.treatment(&library.treatment.id), &pack.language);
        let words = prose.of(&pack.language).into_iter();
        let cautions =
            words.clone().flat_map(|words| cautions::changed(came.as_deref(), pack, library, words));
        let lists = words.flat_map(|words| {
            came.iter().flat_map(|came| {
                lists::changed(came, pack, words).into_iter().chain(questions::changed(came, pack, words))
            })
        });
        let heads = came.iter().flat_map(|came| heads::changed(came, pack));
        let told = heads
            .chain(came.iter().flat_map(|came| places::changed(came, pack)))
            .chain(cautions)
            .chain(lists);
        // What treatments share is told once.
        let told: Vec<Diagnostic> = told.filter(|fault| !found.contains(fault)).collect();
        found.extend(told);
    }
    found
}

fn texts(library: &Library, pack: &Pack, prose: &Prose) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    found.extend(claims::without(pack));
    found.extend(signs::twice(pack));
    let texts = text::of_pack(pack);
    // What hangs on neither claims nor the clinic's numbers is known of texts as they came: the suite reads them.
    let is_proved = is_proved(pack, prose);
    if !is_proved {
        found.extend(texts.iter().flat_map(|text| slips::of_any_language(text)));
    }
    let Some(words) = prose.of(&pack.language) else {
        found.push(no_words(&pack.language));
        return found;
    };
    found.extend(empty_lists(&pack.language, prose, words));
    found.extend(signs::denied(pack, words));
    found.extend(signs::well(pack, words));
    found.extend(alarm::check(pack, words));
    found.extend(unasked::lines(library, pack, words));
    if !is_proved {
        found.extend(foreign::check(&texts, &pack.language, prose));
        found.extend(address::mixed(&texts, words));
    }
    let signs = if is_proved { Vec::new() } else { signs::at_once(pack, words) };
    for text in &texts {
        found.extend(figures::check(text, library, &pack.language, prose));
        found.extend(claims::too_strong(text, library, words));
        if is_proved {
            continue;
        }
        found.extend(slips::of_language(text, words));
        found.extend(fills::doubled(text, library, pack));
        found.extend(punctuation::check(text, words));
        found.extend(plain::jargon(text, words));
        found.extend(cautions::called_normal(text, words, &signs));
        found.extend(clinics::others(text, library, words));
        let dates = library.dates.of(&pack.language).map(|dates| &**dates);
        found.extend(delays::check(text, words, dates, &signs));
    }
    found
}

/// Whether the texts of a language, and the words that are looked for in them, are those that came with the program.
fn is_proved(pack: &Pack, prose: &Prose) -> bool {
    pack.is_tried && prose.of(&pack.language).is_some_and(|words| words.comes_with)
}

/// What the records of translations say, and do not.
fn translations(files: &dyn Files, library: &Library) -> Vec<Diagnostic> {
    let records = library.packs.values().filter_map(|pack| super::load::translation(files, library, pack));
    records.flat_map(|(_, found)| found).collect()
}

/// Lists without a word, as `init` makes them: a rule that finds nothing says nothing.
fn empty_lists(language: &Language, prose: &Prose, words: &ProseWords) -> Option<Diagnostic> {
    let lists = [
        ("numbers", words.numbers.is_empty()),
        ("units", words.units.is_empty()),
        ("call", words.call.is_empty()),
        ("tells-to-call", words.tells_to_call.is_empty()),
        ("negations", words.negations.is_empty()),
        ("safeguards", words.safeguards.is_empty()),
        ("alarms", words.alarms.is_empty()),
        ("normal", words.normal.is_empty()),
    ];
    let empty: Vec<String> =
        lists.iter().filter(|(_, is_empty)| *is_empty).map(|(key, _)| format!("`{key}`")).collect();
    if empty.is_empty() {
        return None;
    }
    let message = format!(
        "the list of words for the language `{language}` has nothing under {}: what it would find in its texts is not looked for",
        empty.join(", ")
    );
    let path = format!("{}/{}.yaml", super::load::PROSE, prose.tag_of(language)?);
    let hint = format!(
        "write the words of the language there, in {path}, after the example of content/prose/en.yaml"
    );
    Some(Diagnostic::warning("no-prose-words", message).at(Place::file(path)).hint(hint))
}

fn no_words(language: &Language) -> Diagnostic {
    let message = format!(
        "there is no list of words for the language `{language}`: numbers and slips of the pen in its texts are not looked for"
    );
    let hint = format!(
        "write one, content/prose/{}.yaml, after the example of content/prose/en.yaml",
        language.primary()
    );
    Diagnostic::warning("no-prose-words", message).at(Place::file(super::PROFILE)).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_on_a_line_keeps_no_changed_warning_back() {
        let at = |line| Place { line, ..Place::file("safety.yaml") };
        let echo = |line| Diagnostic::warning(OTHER_WORDS, "other words").at(at(line));
        let mut found = vec![
            echo(1),
            Diagnostic::warning("long-sentence", "long").at(at(1)),
            echo(2),
            Diagnostic::warning(OTHER_SENSE, "a word for its opposite").at(at(2)),
            echo(3),
            Diagnostic::error("foreign-number", "another number").at(at(3)),
            echo(4),
        ];
        once_a_line(&mut found);
        let echoes = found.iter().filter(|fault| fault.code == OTHER_WORDS);
        let lines: Vec<u32> = echoes.filter_map(|fault| Some(fault.place.as_ref()?.line)).collect();
        assert_eq!(lines, [1, 4]);
    }
}
