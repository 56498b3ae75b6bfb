//! What an edit took out of a text that came with the program: a sentence, an item of a list, a step of an exercise. Nothing of
//! what is left shows it, and whoever was told not to do something is told nothing now. Other words for the same are the same.

use super::ProseWords;
use super::edits::{ALIKE, likeness, lower_words, sentences};
use super::negations::denials;
use super::text::Text;
use super::told::one_line;
use crate::content::{Exercise, Pack, Source};
use crate::diagnostic::{Diagnostic, shown};
use std::collections::BTreeSet;
use std::ops::Range;

/// So much of what a sentence is about stands in those that were edited: they say it now.
const SAID: f64 = 0.6;
/// So little of it: they are about something else.
const ELSEWHERE: f64 = 0.25;
/// Words of a sentence, and of what it is about, from which on they tell anything.
const WORDS: usize = 3;
/// What two short texts are about, together.
const ABOUT: usize = 5;
/// Letters of a word that its other forms share: "walk" and "walking".
const STEM: usize = 4;
/// Sentences of one comparison, at most: a longer text was not written for a sheet.
const MOST: usize = 200;
const HINT: &str =
    "is that meant? Put it back; or, if a clinician agrees, have the text signed: `aftercare sign`";

/// Whether a text is about something else than the one that came: hardly a word of what it is about is the same.
pub fn is_another(was: &str, is: &str, words: &ProseWords) -> bool {
    let (was, is) = (about(was, words), about(is, words));
    was.len().min(is.len()) > 1 && was.len() + is.len() >= ABOUT && share(&was, &is) < ELSEWHERE
}

/// A text that was written anew and says something else.
pub fn another(was: &Text<'_>, is: &Text<'_>) -> Diagnostic {
    let message = "hardly a word of this text is of the one that came with the program, and it rests on the same claims";
    told(message, &was.source.text, is.source)
}

fn told(message: &str, was: &str, is: &Source) -> Diagnostic {
    let letters = u32::try_from(is.text.lines().next().unwrap_or_default().chars().count()).unwrap_or(0);
    let fault = Diagnostic::warning("changed-text", message).at(is.at(0, letters));
    fault.hint(format!("it came as “{}”; {HINT}", shown(one_line(was).trim())))
}

/// The sentences that are gone: where each stood in the old text, and the finding.
pub fn sentences_gone(was: &Text<'_>, is: &Text<'_>, words: &ProseWords) -> Vec<(Range<usize>, Diagnostic)> {
    if !is_closed(&is.source.text) {
        return Vec::new();
    }
    let (before, after) = (sentences(&was.seen), sentences(&is.seen));
    let of = |text: &Text<'_>, all: &[Range<usize>]| -> Vec<String> {
        all.iter().map(|one| text.seen[one.clone()].to_owned()).collect()
    };
    let (old, new) = (of(was, &before), of(is, &after));
    let pairs = pairs(&old, &new);
    let gone = gone(&old, &new, &pairs, words).into_iter().map(|index| {
        // It stood behind the last one that is left.
        let left = pairs[..index].iter().rev().find_map(|pair| *pair);
        let place = left.map_or(0..0, |at| after[at].clone());
        let written = is.seen[place.clone()].lines().next().unwrap_or_default().trim_end();
        let length = u32::try_from(written.chars().count()).unwrap_or(0);
        let came = one_line(&was.source.text[before[index].clone()]);
        let message = format!(
            "this text no longer says “{}” as the one that came with the program does",
            shown(came.trim())
        );
        let fault = Diagnostic::warning("lost-sentence", message).at(is.source.at(place.start, length));
        (before[index].clone(), fault.hint(HINT))
    });
    gone.collect()
}

/// Whether every name and condition ends: behind one that does not, nobody knows what is text. That is told by itself.
fn is_closed(text: &str) -> bool {
    [("{{", "}}"), ("{%", "%}")]
        .iter()
        .all(|(open, close)| text.matches(open).count() == text.matches(close).count())
}

/// Steps of exercises that are gone, or became others.
pub fn steps(came: &Pack, own: &Pack, words: &ProseWords) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (library, exercises) in &own.libraries {
        for (id, exercise) in exercises {
            let was = came.libraries.get(library).and_then(|all| all.get(id));
            found.extend(was.into_iter().flat_map(|was| steps_of(was, exercise, words)));
        }
    }
    found
}

fn steps_of(was: &Exercise, is: &Exercise, words: &ProseWords) -> Vec<Diagnostic> {
    let texts = |steps: &[Source]| -> Vec<String> {
        steps.iter().map(|step| super::text::seen(&step.text)).collect()
    };
    let (old, new) = (texts(&was.steps), texts(&is.steps));
    let pairs = pairs(&old, &new);
    let unpaired: Vec<usize> = (0..new.len()).filter(|at| !pairs.contains(&Some(*at))).collect();
    let lost = (0..old.len()).filter(|at| pairs[*at].is_none());
    let mut unpaired = unpaired.into_iter();
    let mut found = Vec::new();
    for step in lost {
        let came = &was.steps[step].text;
        let Some(instead) = unpaired.next() else {
            let message = format!(
                "the exercise `{}` no longer has a step with which it came: “{}”",
                is.id,
                shown(came)
            );
            found.push(Diagnostic::warning("lost-sentence", message).at(is.place.clone()).hint(HINT));
            continue;
        };
        // Of two words or three nobody can say what they are about: "Sit tall."
        if about(&old[step], words).len() >= WORDS && is_another(&old[step], &new[instead], words) {
            let message = "this step tells to do something else than the one that came with the program";
            found.push(told(message, came, &is.steps[instead]));
        }
    }
    found
}

/// Which new sentence each old one is: the same, or the one that is most like it.
fn pairs(old: &[String], new: &[String]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; old.len()];
    if old.len().max(new.len()) > MOST {
        return (0..old.len()).map(Some).collect();
    }
    let mut free: BTreeSet<usize> = (0..new.len()).collect();
    let keys = |all: &[String]| -> Vec<Vec<String>> { all.iter().map(|one| lower_words(one)).collect() };
    let (old_keys, new_keys) = (keys(old), keys(new));
    for (at, key) in old_keys.iter().enumerate() {
        let same = free.iter().copied().find(|other| new_keys[*other] == *key);
        pairs[at] = same.filter(|other| free.remove(other));
    }
    let mut like: Vec<(f64, usize, usize)> = Vec::new();
    for at in (0..old.len()).filter(|at| pairs[*at].is_none()) {
        like.extend(free.iter().map(|other| (likeness(&old[at], &new[*other]), at, *other)));
    }
    like.retain(|(likeness, ..)| *likeness >= ALIKE);
    like.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)).then(one.2.cmp(&other.2)));
    for (_, at, other) in like {
        if pairs[at].is_none() && free.remove(&other) {
            pairs[at] = Some(other);
        }
    }
    pairs
}

/// The old sentences that no new or edited one says.
fn gone(old: &[String], new: &[String], pairs: &[Option<usize>], words: &ProseWords) -> Vec<usize> {
    let kept: BTreeSet<usize> = (0..old.len())
        .filter_map(|at| pairs[at].filter(|other| lower_words(&old[at]) == lower_words(&new[*other])))
        .collect();
    let is_paired: BTreeSet<usize> = pairs.iter().flatten().copied().collect();
    let edited: Vec<&String> = (0..new.len()).filter(|at| !kept.contains(at)).map(|at| &new[at]).collect();
    let fresh: Vec<&String> =
        (0..new.len()).filter(|at| !is_paired.contains(at)).map(|at| &new[at]).collect();
    let denies = |text: &str| denials(text, words).next().is_some();
    let now: BTreeSet<String> = edited.iter().flat_map(|text| about(text, words)).collect();
    let lost: Vec<usize> =
        (0..old.len()).filter(|at| pairs[*at].is_none() && tells(&old[*at], words)).collect();
    let denied = lost.iter().filter(|at| denies(&old[**at])).count();
    let is_written_anew =
        fresh.len() >= lost.len() && fresh.iter().filter(|text| denies(text)).count() >= denied;
    let is_gone = |at: &usize| {
        let share = share_of(&about(&old[*at], words), &now);
        let may_say_it = !denies(&old[*at]) || edited.iter().any(|text| denies(text));
        match may_say_it {
            true => share < if is_written_anew { ELSEWHERE } else { SAID },
            false => true,
        }
    };
    lost.into_iter().filter(is_gone).collect()
}

/// Whether a sentence says enough to be missed. "It varies." and "Both are fine." do not; an item of a list and a "no" do.
fn tells(sentence: &str, words: &ProseWords) -> bool {
    let count = lower_words(sentence).len();
    let is_item = sentence.trim_start().starts_with("- ");
    let says_much = count >= WORDS && about(sentence, words).len() > 1;
    count > 0 && (says_much || is_item || denials(sentence, words).next().is_some())
}

/// What a text is about: its words but those that only join others, whatever their endings.
pub fn about(text: &str, words: &ProseWords) -> BTreeSet<String> {
    let all = lower_words(text).into_iter().filter(|word| !words.small_words.contains(word));
    all.map(|word| word.chars().take(STEM).collect()).collect()
}

/// How much of the shorter one both have.
fn share(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    if one.len() <= other.len() { share_of(one, other) } else { share_of(other, one) }
}

/// How much of one text another has; all, of nothing.
fn share_of(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    // Counts of words are small.
    #[expect(clippy::cast_precision_loss)]
    let share = match one.len() {
        0 => 1.0,
        all => one.intersection(other).count() as f64 / all as f64,
    };
    share
}
