//! What a sentence tells its reader to heed, and texts that came with the program and were edited: a caution that is gone,
//! and advice that none of them gave.

use super::doses::doses;
use super::edits::{ALIKE, likeness, sentences};
use super::negations::denials;
use super::spans::spans;
use super::text::{Kind, Text, of_pack};
use super::told::one_line;
use super::{MOST, ProseWords, signs, taken_out};
use crate::content::phrases::Phrases;
use crate::content::{Library, Pack};
use crate::diagnostic::{Diagnostic, shown};
use crate::locale::QUESTIONS;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// So much of two texts is the same words where one is the other, edited: a text of which less is left was written anew.
const EDITED: f64 = 0.25;

/// What edits took out of the cautions of a language, and put in beside them. `came`: its texts as they came, if they did.
pub fn changed(came: Option<&Pack>, own: &Pack, library: &Library, words: &ProseWords) -> Vec<Diagnostic> {
    let came_texts = came.map(of_pack).unwrap_or_default();
    let shipped: BTreeMap<&str, &Text<'_>> = came_texts.iter().map(|text| (&*text.id, text)).collect();
    let mut found = Vec::new();
    // Warnings are told word by word.
    for text in of_pack(own).iter().filter(|text| text.kind != Kind::Safety) {
        let was = shipped.get(&*text.id).copied();
        if was.is_some_and(|was| was.seen == text.seen) {
            continue;
        }
        found.extend(was.into_iter().flat_map(|was| no_longer_said(was, text, words)));
        found.extend(risky(was, text, library, words));
    }
    found.extend(came.iter().flat_map(|came| taken_out::steps(came, own, words)));
    found
}

/// What a text no longer says. Steps are told by exercise, and words of the program by their places.
fn no_longer_said(was: &Text<'_>, is: &Text<'_>, words: &ProseWords) -> Vec<Diagnostic> {
    let is_read = is.kind == Kind::Prose && !is.is_step() && !is.advises_nothing();
    if is_read && taken_out::is_another(&was.seen, &is.seen, words) {
        return vec![taken_out::another(was, is)];
    }
    let is_edited = likeness(&was.seen, &is.seen) >= EDITED;
    let cautions = if is_edited { lost(was, is, words) } else { Vec::new() };
    let gone = if is_read { taken_out::sentences_gone(was, is, words) } else { Vec::new() };
    let is_told = |sentence: &Range<usize>| cautions.iter().any(|(told, _)| told == sentence);
    let gone: Vec<Diagnostic> =
        gone.into_iter().filter(|(sentence, _)| !is_told(sentence)).map(|(_, fault)| fault).collect();
    cautions.into_iter().map(|(_, fault)| fault).chain(gone).take(MOST).collect()
}

/// What cautions are made of: what to do, and whom or what it is about. Their numbers are apart.
fn concepts(text: &str, words: &ProseWords) -> BTreeMap<u32, (usize, usize)> {
    let acts = words.safeguards.said(text).map(|(act, at, length)| (act * 2, at, length));
    let risks = words.risks.said(text).map(|(risk, at, length)| (risk * 2 + 1, at, length));
    let mut found = BTreeMap::new();
    acts.chain(risks).for_each(|(concept, at, length)| {
        found.entry(concept).or_insert((at, length));
    });
    found
}

/// Whom or what a text was about, and is no more.
pub fn gone(was: &str, is: &str, words: &ProseWords) -> Vec<String> {
    let still = concepts(is, words);
    let before = concepts(was, words);
    let gone =
        before.iter().filter(|(concept, _)| !concept.is_multiple_of(2) && !still.contains_key(concept));
    gone.map(|(_, place)| name(was, *place)).collect()
}

/// Whether a sentence warns: it tells what to do about something, or not to do it.
fn warns(sentence: &str, found: &BTreeMap<u32, (usize, usize)>, words: &ProseWords) -> bool {
    let is_act = |concept: &u32| concept.is_multiple_of(2);
    found.keys().any(is_act) || !found.is_empty() && denials(sentence, words).next().is_some()
}

/// The sentences that lost a caution which the text says nowhere else.
fn lost(was: &Text<'_>, is: &Text<'_>, words: &ProseWords) -> Vec<(Range<usize>, Diagnostic)> {
    let whole = concepts(&is.seen, words);
    let (before, after) = (sentences(&was.seen), sentences(&is.seen));
    let mut told: BTreeSet<u32> = BTreeSet::new();
    let mut found = Vec::new();
    for sentence in before {
        let said = &was.seen[sentence.clone()];
        let cautions = concepts(said, words);
        if !warns(said, &cautions, words) {
            continue;
        }
        let now = nearest(said, &is.seen, &after);
        let around = now.map(|index| around(&was.seen, is, &after, index, words));
        let still = around.as_ref().unwrap_or(&whole);
        let gone: Vec<u32> =
            cautions.keys().filter(|concept| !still.contains_key(concept)).copied().collect();
        if gone.iter().all(|concept| told.contains(concept)) {
            continue;
        }
        let names: Vec<String> = gone.iter().map(|concept| name(said, cautions[concept])).collect();
        told.extend(gone);
        let place = now.map_or(0..0, |index| after[index].clone());
        let fault = lost_fault(is, place, &names, &was.source.text[sentence.clone()]);
        found.push((sentence, fault));
    }
    found
}

/// What a sentence says now, with those beside it that are new: one may have become two.
fn around(
    was: &str,
    is: &Text<'_>,
    all: &[Range<usize>],
    index: usize,
    words: &ProseWords,
) -> BTreeMap<u32, (usize, usize)> {
    let is_new = |sentence: &&Range<usize>| !was.contains(is.seen[(*sentence).clone()].trim());
    let beside = [index.checked_sub(1), index.checked_add(1)].into_iter().flatten();
    let beside = beside.filter_map(|index| all.get(index)).filter(is_new);
    let sentences = beside.chain(all.get(index));
    sentences.flat_map(|sentence| concepts(&is.seen[sentence.clone()], words)).collect()
}

fn name(sentence: &str, (at, length): (usize, usize)) -> String {
    format!("“{}”", one_line(sentence[at..at + length].trim()))
}

fn lost_fault(text: &Text<'_>, at: Range<usize>, names: &[String], was: &str) -> Diagnostic {
    let message =
        format!("this text no longer says {} as the one that came with the program does", names.join(", "));
    let written = text.seen[at.clone()].lines().next().unwrap_or_default();
    let length = u32::try_from(written.trim_end().chars().count()).unwrap_or(0);
    Diagnostic::warning("lost-caution", message).at(text.source.at(at.start, length)).hint(format!(
        "it came as “{}”; put the caution back, or, if a clinician agrees that it goes, have the text signed: `aftercare sign`",
        shown(one_line(was).trim())
    ))
}

/// The sentence of a text that is most like another one, edited.
fn nearest(said: &str, text: &str, all: &[Range<usize>]) -> Option<usize> {
    let likeness = all.iter().enumerate().map(|(index, own)| (likeness(said, &text[own.clone()]), index));
    let best = likeness.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    (best.0 >= ALIKE).then_some(best.1)
}

/// Advice that may harm: a medicine, or a word of the list, in a sentence that neither says no nor tells to ask first.
pub fn risky(
    was: Option<&Text<'_>>,
    is: &Text<'_>,
    library: &Library,
    words: &ProseWords,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for sentence in sentences(&is.seen) {
        let said = &is.seen[sentence.clone()];
        let is_question =
            said.trim_end().ends_with(QUESTIONS) && !said.trim_end_matches(QUESTIONS).contains(QUESTIONS);
        // A dose is told as one, and rests on a claim.
        let is_dose = !doses(said, words, &spans(said, words)).is_empty();
        let tells_to_ask = words.safeguards.said(said).next().is_some();
        if is_question || is_dose || tells_to_ask || denials(said, words).next().is_some() {
            continue;
        }
        let all = words.hazards.said(said).chain(words.medicines.said(said));
        let Some(((), at, length)) = all.min_by_key(|(_, at, _)| *at) else { continue };
        let written = &said[at..at + length];
        let comes_with = was.is_some_and(|was| advises(&was.seen, written, words));
        if comes_with || is_claimed(is, library, written) {
            continue;
        }
        let written_length = u32::try_from(written.chars().count()).unwrap_or(0);
        let message = format!(
            "“{}” may harm some readers, and nothing here tells them to ask first",
            one_line(written)
        );
        let fault = Diagnostic::warning("risky-advice", message)
            .at(is.source.at(sentence.start + at, written_length))
            .about(written);
        found.push(fault.hint(
            "take it out, or say whom to ask first; or list it under `figures` of a claim that this text names",
        ));
    }
    found.truncate(MOST);
    found
}

fn says(text: &str, written: &str) -> bool {
    Phrases::new([((), written)]).said(text).next().is_some()
}

/// Whether a text says something in a sentence that does not say no.
fn advises(text: &str, written: &str, words: &ProseWords) -> bool {
    let mut all = sentences(text).into_iter().map(|sentence| &text[sentence]);
    all.any(|said| says(said, written) && denials(said, words).next().is_none())
}

/// Whether a claim of the text lists these words.
pub fn is_claimed(text: &Text<'_>, library: &Library, written: &str) -> bool {
    let claims = text.claims.iter().filter_map(|claim| library.claims.get(claim));
    claims.flat_map(|claim| &claim.figures).any(|figure| says(figure, written))
}

/// Sentences that call a sign of harm normal, in a text of any origin. `signs`: the treatment's own.
pub fn called_normal(text: &Text<'_>, words: &ProseWords, signs: &[Vec<String>]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for sentence in sentences(&text.seen) {
        let said = &text.seen[sentence.clone()];
        let alarm = words.alarms.said(said).next().map(|((), at, length)| (at, length));
        let own = || signs::names(said, signs).then(|| said_words(said));
        let Some((at, length)) = alarm.or_else(own) else { continue };
        let normal: Vec<(usize, usize)> =
            words.normal.said(said).map(|((), at, length)| (at, at + length)).collect();
        // "Nothing to worry about" says no, and calms.
        let is_apart = |at: &usize| !normal.iter().any(|(from, to)| (*from..*to).contains(at));
        let denied = denials(said, words).any(|at| is_apart(&at));
        // "No need to call" names the call that it does not ask for.
        let tells_to_ask = words.safeguards.said(said).any(|(_, at, _)| is_apart(&at));
        if normal.is_empty() || denied || tells_to_ask {
            continue;
        }
        let written = &said[at..at + length];
        let message =
            format!("“{}” is a sign to get help for, and this sentence calls it normal", one_line(written));
        let length = u32::try_from(written.chars().count()).unwrap_or(0);
        let fault =
            Diagnostic::warning("called-normal", message).at(text.source.at(sentence.start + at, length));
        found.push(fault.hint("say when to get help for it, or take it out"));
    }
    found.truncate(MOST);
    found
}

/// The sentence without the spaces around it.
fn said_words(said: &str) -> (usize, usize) {
    let lead = said.len() - said.trim_start().len();
    (lead, said.trim().len())
}
