//! Texts that came with the program, and were edited so little that the edit may be a slip: one that takes a "not" away or
//! puts one in, says "less" for "more", or another number, tells the contrary to a patient. Whoever means it signs the text.

use super::edits::{Edit, edits, lower_words};
use super::letters::longest;
use super::numbers::number_at;
use super::tags::changed_tags;
use super::text::seen;
use super::unsigned::{EXERCISES, Edited, EditedFile, TREATMENTS};
use super::{MOST, Prose, ProseWords, conditions, digits, negations};
use crate::content::Source;
use crate::content::phrases::word_starts;
use crate::diagnostic::{Diagnostic, Place, shown};
use std::ops::Range;

/// Files of labels and patterns.
const BY_VALUE: [&str; 2] = ["/words.yaml", "/web.yaml"];
/// Files of these folders whose words no patient reads, or whose numbers are the program's.
const NOT_READ: [&str; 2] = ["translation.yaml", "signoff.yaml"];

/// Words put in from which on they are a clause of their own.
const CLAUSE: usize = 3;

/// What small edits turned round in the texts that nobody has signed since.
pub fn changed(edited: &Edited<'_>, prose: &Prose) -> Vec<Diagnostic> {
    let of_file = |file: EditedFile<'_>| {
        let words = prose.of(&file.pack.language)?;
        let [shipped, own] = edited.texts(&file)?;
        Some(in_file(&file.path, &shipped, &own, words))
    };
    edited.files(&is_text).into_iter().filter_map(of_file).flatten().collect()
}

/// Windows, values and conditions in the place of others.
fn other_tags([was, is]: &[String; 2], source: &Source) -> Vec<Diagnostic> {
    let told = changed_tags(was, is).into_iter().map(|changed| {
        let message = format!(
            "this text has `{}` here, and the one that came with the program `{}`",
            shown(changed.is),
            shown(changed.was)
        );
        let place = source.at(changed.at, u32::try_from(changed.is.chars().count()).unwrap_or(0));
        Diagnostic::warning("changed-sense", message)
            .at(place)
            .hint("if the change is meant, have the text signed: `aftercare sign`")
    });
    told.collect()
}

fn is_text(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    [TREATMENTS, EXERCISES].iter().any(|folder| path.starts_with(folder))
        && (path.ends_with(".md") || path.ends_with(".yaml"))
        && !NOT_READ.contains(&name)
        && !is_by_value(path)
}

/// Whether a file of texts is read value by value.
pub fn is_by_value(path: &str) -> bool {
    BY_VALUE.iter().any(|name| path.ends_with(name))
}

fn in_file(path: &str, shipped: &str, own: &str, words: &ProseWords) -> Vec<Diagnostic> {
    let texts = [shipped, own].map(|text| prose_of(path, text));
    let mut source = Source::new(own, Place { line: 1, column: 1, ..Place::file(path) });
    source.file_text = own.into();
    in_texts(&texts, shipped, &source, words)
}

/// The same of one text: as it came, and as it is, without what nobody reads of it. `shipped`: the first of them as it is shown.
pub fn in_texts(texts: &[String; 2], shipped: &str, source: &Source, words: &ProseWords) -> Vec<Diagnostic> {
    let [was, is] = [&texts[0], &texts[1]].map(|text| digits::plain_digits(seen(text)));
    let mut found = other_tags(texts, source);
    if found.is_empty() {
        found.extend(conditions::changed(texts, source));
    }
    let mut told_of = None;
    let all = edits(&was, &is);
    let twice: Vec<Range<usize>> = all
        .iter()
        .filter(|edit| is_turned_twice(edit, &was, &is, words))
        .map(|edit| edit.after.clone())
        .collect();
    for edit in all {
        // Of a sentence the first.
        if told_of.as_ref() == Some(&edit.after) {
            continue;
        }
        let change = Change::of(&edit, &was, &is);
        let told = match twice.contains(&edit.after) {
            true => other_number(&change, words),
            false => turned(&change, words),
        };
        let Some(told) = told else { continue };
        told_of = Some(edit.after.clone());
        let letters = is[edit.at.clone()].chars().count();
        let place = source.at(edit.at.start, u32::try_from(letters).unwrap_or(0));
        let was = shown(shipped[edit.before].trim_matches(|c: char| c == '"' || c.is_whitespace()));
        found.push(Diagnostic::warning("changed-sense", told).at(place).hint(format!(
            "it came as “{was}”; if the change is meant, have the text signed: `aftercare sign`"
        )));
    }
    found.truncate(MOST);
    found
}

/// The file with all but sentences as spaces: heads, keys, remarks, and values of one word, which are ids and numbers.
fn prose_of(path: &str, text: &str) -> String {
    let is_markdown = path.ends_with(".md");
    let mut heads = if is_markdown { 2 } else { 0 };
    let mut prose = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        if heads > 0 && bare == "---" {
            heads -= 1;
            blank(&mut prose, line);
        } else if heads > 0 || !is_markdown {
            let value = value_of(line);
            blank(&mut prose, &line[..value]);
            let is_said = line[value..].trim().contains(char::is_whitespace) || !line[value..].is_ascii();
            // A condition is said in quotes; other lists hold ids.
            let is_ids = line[value..].starts_with(['[', '{']) && !line[value..].contains('"');
            match is_said && !bare.starts_with('#') && !is_ids {
                true => prose.push_str(&line[value..]),
                false => blank(&mut prose, &line[value..]),
            }
        } else {
            prose.push_str(line);
        }
    }
    prose
}

/// Where the value of a line of YAML begins: behind its mark of a list and its key.
fn value_of(line: &str) -> usize {
    let lead = line.len() - line.trim_start().trim_start_matches("- ").len();
    let key = line[lead..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    match key.map(|length| lead + length) {
        Some(end) if end > lead && line[end..].starts_with(": ") => end + 2,
        _ => lead,
    }
}

fn blank(prose: &mut String, line: &str) {
    line.bytes().for_each(|byte| prose.push(if byte == b'\n' { '\n' } else { ' ' }));
}

/// The words of an edit.
struct Change<'t> {
    taken: &'t str,
    put: &'t str,
    before: &'t str,
    after: &'t str,
    /// Where they begin in their sentences.
    taken_at: usize,
    put_at: usize,
}

impl<'t> Change<'t> {
    fn of(edit: &Edit, was: &'t str, is: &'t str) -> Change<'t> {
        Change {
            taken: &was[edit.taken.clone()],
            put: &is[edit.put.clone()],
            before: &was[edit.before.clone()],
            after: &is[edit.after.clone()],
            taken_at: edit.taken.start.saturating_sub(edit.before.start),
            put_at: edit.put.start.saturating_sub(edit.after.start),
        }
    }

    /// Whether a word that says no was taken out or put in.
    fn is_of_denials(&self, words: &ProseWords) -> bool {
        let meets = |sentence: &str, from: usize, part: &str| {
            words
                .negations
                .said(sentence)
                .any(|((), at, length)| at < from + part.len() && from < at + length)
        };
        meets(self.before, self.taken_at, self.taken) || meets(self.after, self.put_at, self.put)
    }
}

/// "Do not stop" in the place of "keep on": the other edits of the sentence turned nothing round, but may say another number.
fn is_turned_twice(edit: &Edit, was: &str, is: &str, words: &ProseWords) -> bool {
    let change = Change::of(edit, was, is);
    let [before, after] = [change.before, change.after].map(|text| negations::denials(text, words).count());
    before != after && opposites(change.taken, change.put, words).is_some()
}

/// What an edit turned round, in words.
fn turned(change: &Change<'_>, words: &ProseWords) -> Option<String> {
    let [was, is] = [change.before, change.after].map(|text| negations::denials(text, words).count());
    let swapped = opposites(change.taken, change.put, words);
    match (was == is, swapped) {
        // "Keep on" and "do not stop".
        (false, Some(_)) => None,
        // Two sentences became one, or one two: each "not" stands where it stood.
        (false, None) if !change.is_of_denials(words) => None,
        (false, None) if is < was => {
            Some("the text that came with the program says “not” here, and this one does not".into())
        }
        // "Nor is pain that grows", behind a sentence that said no before.
        (false, None) if was > 0 && change.taken.is_empty() && lower_words(change.put).len() >= CLAUSE => {
            None
        }
        (false, None) => {
            Some("this text says “not” here, and the one that came with the program does not".into())
        }
        (true, Some((was, is))) => {
            Some(format!("this text says “{is}” here, and the one that came with the program “{was}”"))
        }
        (true, None) => other_number(change, words).or_else(|| softened(change, words)),
    }
}

fn other_number(change: &Change<'_>, words: &ProseWords) -> Option<String> {
    let (was, is) = (numbers(change.taken, words), numbers(change.put, words));
    // "Four litres" for "more": one is as often an article.
    let put_in =
        || is.iter().find(|number| **number != "1").filter(|_| !change.taken.is_empty() && was.is_empty());
    if let Some(number) = put_in() {
        return Some(format!(
            "this text says {number} here, and the one that came with the program has no number"
        ));
    }
    let (was, is) = was.first().zip(is.first()).filter(|_| was != is)?;
    Some(format!("this text says {is} here, and the one that came with the program {was}"))
}

/// "Try to", where the sentence had no such word: it asks less of the reader.
fn softened(change: &Change<'_>, words: &ProseWords) -> Option<String> {
    let had_one = words.softeners.said(change.before).next().is_some();
    let ((), at, length) = words.softeners.said(change.put).next().filter(|_| !had_one)?;
    let put = &change.put[at..at + length];
    // "Unless you are on a low-salt diet", in the place of "but not on a low-salt diet".
    let denies = |text: &str| negations::denials(text, words).next().is_some();
    if denies(put) && denies(change.taken) {
        return None;
    }
    Some(format!(
        "this text says “{put}” here: it asks less of the reader than the one that came with the program"
    ))
}

/// A word that was taken out and its opposite that was put in.
fn opposites<'t>(taken: &'t str, put: &'t str, words: &ProseWords) -> Option<(&'t str, &'t str)> {
    units(taken, put, words).or_else(|| turned_round(taken, put, words))
}

/// A unit of time and another one in its place.
fn units<'t>(taken: &'t str, put: &'t str, words: &ProseWords) -> Option<(&'t str, &'t str)> {
    let (was, is): (Vec<_>, Vec<_>) = (words.units.said(taken).collect(), words.units.said(put).collect());
    let is_other = was.iter().all(|(minutes, ..)| is.iter().all(|(other, ..)| other != minutes));
    let said = |text: &'t str, one: &(u32, usize, usize)| &text[one.1..one.1 + one.2];
    was.first().zip(is.first()).filter(|_| is_other).map(|(was, is)| (said(taken, was), said(put, is)))
}

fn turned_round<'t>(taken: &'t str, put: &'t str, words: &ProseWords) -> Option<(&'t str, &'t str)> {
    let (taken_words, put_words): (Vec<_>, Vec<_>) =
        (words.opposites.said(taken).collect(), words.opposites.said(put).collect());
    let said = |text: &'t str, (_, at, length): &(u32, usize, usize)| &text[*at..*at + *length];
    taken_words.iter().find_map(|one| {
        // Both sides of a pair have its number, one the even and the other the odd one.
        let other = put_words.iter().find(|other| other.0 == one.0 ^ 1)?;
        Some((said(taken, one), said(put, other)))
    })
}

/// The numbers of a text, and how often something is to be done.
fn numbers(text: &str, words: &ProseWords) -> Vec<String> {
    let mut end = 0;
    let mut found = Vec::new();
    for at in word_starts(text).filter(|at| *at < text.len()) {
        let often =
            longest(words.often.said_at(&text[at..])).map(|(often, length)| (f64::from(often), length));
        let number = || often.or_else(|| number_at(&text[at..], words));
        if let Some((number, length)) = (at >= end).then(number).flatten() {
            end = at + length;
            found.push(number.to_string());
        }
    }
    found
}
