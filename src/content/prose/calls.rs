//! Numbers that a patient would dial.

use super::letters::{gap, longest, starts};
use super::numbers::number_at;
use super::spans::{Span, span_at};
use super::text::{Kind, Text};
use super::told::{CLAIM, fault};
use super::{MOST, ProseWords};
use crate::content::phrases::Phrases;
use crate::content::{Library, LocalizedLine, Source};
use crate::diagnostic::{Diagnostic, Place};
use crate::letter::is_letter_or_digit;

/// Numbers that a patient would dial, and that are not the clinic's: offset and length.
pub fn to_call(
    text: &Text<'_>,
    words: &ProseWords,
    spans: &[Span],
    library: &Library,
) -> Vec<(usize, usize)> {
    let seen = &*text.seen;
    let context = Context::of(seen, words);
    let named = words.call_names.said(seen).map(|((), at, length)| (at, length));
    let mut found: Vec<(usize, usize)> = named.collect();
    let mut passed = 0;
    for at in starts(seen) {
        let is_inside = found.iter().any(|(from, length)| (*from..from + length).contains(&at));
        // `1,000` is one number.
        let is_part =
            seen[..at].ends_with([',', '.']) && seen[..at - 1].ends_with(|c: char| c.is_ascii_digit());
        if at < passed || is_inside || is_part || is_in_span(spans, at) {
            continue;
        }
        let Some((length, count)) = spelled(&seen[at..], words).or_else(|| dialled(&seen[at..])) else {
            continue;
        };
        let number = &seen[at..at + length];
        let is_short = count == 3 && text.kind == Kind::Safety;
        let is_known = words.call_numbers.contains(&said(number, words));
        let is_called = context.is_called(at)
            || context.is_told_to_call(at + length)
            || count >= SHORT && context.is_called_before(at);
        let is_long = count >= LONG && !context.is_labelled(at) && (is_called || !is_code(number));
        if count >= LONG && !is_long {
            passed = at + length;
            continue;
        }
        let is_dialled = is_long || !measures(&seen[at + length..]) && (is_called || is_short || is_known);
        found.extend(is_dialled.then_some((at, length)));
    }
    found.retain(|(at, length)| !is_of_clinic(&seen[*at..at + length], words, library));
    found.sort_unstable();
    found
}

/// Whether a place is in one of the spans, which stand in order and apart.
fn is_in_span(spans: &[Span], at: usize) -> bool {
    let behind = spans.partition_point(|span| span.at <= at);
    behind.checked_sub(1).is_some_and(|last| spans[last].covers(at))
}

/// So many digits are dialled whatever stands before them.
const LONG: usize = 7;
/// So many where a text tells to call, some words before: "text HOME to 741741".
const SHORT: usize = 5;
/// Letters between that word and the number, at most.
const REACH: usize = 30;

/// What stands in front of numbers.
struct Context<'t> {
    text: &'t str,
    /// Ends of words for calling.
    calls: Vec<usize>,
    /// Beginnings of such words that stand behind the number.
    after: Vec<usize>,
    /// Ends of words in front of a number that nobody dials.
    labels: Vec<usize>,
}

impl<'t> Context<'t> {
    fn of(text: &'t str, words: &ProseWords) -> Context<'t> {
        let ends = |phrases: &Phrases<()>| phrases.said(text).map(|((), at, length)| at + length).collect();
        let after = words.call_after.said(text).map(|((), at, _)| at).collect();
        Context { text, calls: ends(&words.call), after, labels: ends(&words.labels) }
    }

    fn is_behind(&self, ends: &[usize], at: usize) -> bool {
        let is_gap = |c: char| c.is_whitespace() || ":(#.".contains(c);
        ends.iter().any(|end| *end <= at && self.text[*end..at].chars().all(is_gap))
    }

    fn is_called(&self, at: usize) -> bool {
        self.is_behind(&self.calls, at)
    }

    /// Whether such a word comes right behind the number's end.
    fn is_told_to_call(&self, end: usize) -> bool {
        let is_gap = |c: char| c.is_whitespace() || ")#.".contains(c);
        let mut between = self.after.iter().filter_map(|at| self.text.get(end..*at));
        between.any(|between| between.chars().all(is_gap))
    }

    fn is_called_before(&self, at: usize) -> bool {
        // No letter has more bytes: what is further off is not counted.
        let is_near = |end: &&usize| **end <= at && at - **end <= REACH * char::MAX.len_utf8();
        let between = |end: &usize| self.text.get(*end..at);
        let near = self.calls.iter().filter(is_near).filter_map(between);
        near.filter(|between| between.chars().count() <= REACH)
            .any(|between| !between.contains(['.', '!', '?', '\n']))
    }

    fn is_labelled(&self, at: usize) -> bool {
        self.is_behind(&self.labels, at)
    }
}

/// A postal code with its second part, or a number of millions in groups.
fn is_code(number: &str) -> bool {
    let groups: Vec<usize> = number.split(|c: char| !c.is_ascii_digit()).map(str::len).collect();
    let is_millions = matches!(groups[..], [1..=3, 3, 3]) && number.contains([' ', '\u{a0}', '\u{202f}']);
    groups == [5, 4] || is_millions
}

/// The digits of a number, in words or not.
fn said(number: &str, words: &ProseWords) -> String {
    let figures = starts(number).filter_map(|at| {
        let is_digit = number[at..].starts_with(|c: char| c.is_ascii_digit());
        let spelled = || longest(words.spelled.said_at(&number[at..])).map(|(digit, _)| digit.to_string());
        let figure =
            || number_at(&number[at..], words).map(|(figure, _)| figure.to_string()).or_else(spelled);
        if is_digit {
            Some(digits(number[at..].split(|c: char| !is_letter_or_digit(c)).next()?))
        } else {
            figure()
        }
    });
    figures.collect()
}

/// Numbers that a template, or a word of the clinician's page, tells to call. Much else in such a file is numbers: only what
/// stands behind a word for calling counts.
pub fn in_file(path: &str, file: &str, words: &ProseWords, library: &Library) -> Vec<Diagnostic> {
    let source = Source { file_text: file.into(), ..Source::new(file, Place::line(path, 1, 1)) };
    let text = Text::of_file(&source);
    let behind = words.call.said(&text.seen).map(|((), at, length)| at + length);
    let numbers = behind.filter_map(|end| {
        let at = end + gap(&text.seen[end..]);
        let (length, _) = dialled(&text.seen[at..])?;
        let is_measure = measures(&text.seen[at + length..]) || span_at(&text.seen, at, words).is_some();
        (at > end && !is_measure && !is_of_clinic(&text.seen[at..at + length], words, library))
            .then_some((at, length))
    });
    numbers.take(MOST).map(|(at, length)| not_of_clinic(&text, at, length, library)).collect()
}

/// Whether what follows makes a number a measure: `°C`, `%`, `.5`, `,000`.
fn measures(behind: &str) -> bool {
    let part = |mark: char| {
        behind.strip_prefix(mark).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    behind.trim_start().starts_with(['°', '%', '℃', '℉', '/']) || part('.') || part(',')
}

/// Digits with what groups them: length, and how many digits. No date, and no range of years.
fn dialled(text: &str) -> Option<(usize, usize)> {
    let (mut length, mut count, mut marks) = (0, 0, 0);
    for (at, character) in text.char_indices() {
        match character {
            '0'..='9' => {
                (count, marks) = (count + 1, 0);
                length = at + 1;
            }
            ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}' | '\u{2011}' | '\u{202f}' if marks < 2 => marks += 1,
            _ => break,
        }
    }
    if let Some((letters, more)) = letters_of(&text[length..]).filter(|_| count >= 3) {
        (length, count) = (length + more, count + letters);
    }
    if count < LONG {
        // A group alone.
        let alone = text.bytes().take_while(u8::is_ascii_digit).count();
        return (alone > 1).then_some((alone, alone));
    }
    let groups: Vec<usize> = text[..length].split(|c: char| !c.is_ascii_digit()).map(str::len).collect();
    let is_date = groups.starts_with(&[4, 2, 2]) || groups == [4, 4];
    (!is_date).then_some((length, count))
}

/// Letters that stand for digits: `-NEEDLES`. How many, and their length.
fn letters_of(text: &str) -> Option<(usize, usize)> {
    let word = text.strip_prefix('-')?;
    let count = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let is_whole = !word[count..].starts_with(is_letter_or_digit);
    (count >= 4 && is_whole).then_some((count, count + 1))
}

/// Digits told one by one, in words or not: "nine one one", "nine 1 1", `9-1-1`. Length, and how many digits: three, or as
/// many words as a longer number has.
fn spelled(text: &str, words: &ProseWords) -> Option<(usize, usize)> {
    let (mut end, mut last, mut count, mut in_words) = (0, 0, 0, 0);
    while let Some((_, length)) = digit_at(&text[end..], words) {
        in_words += usize::from(!text[end..].starts_with(|c: char| c.is_ascii_digit()));
        (last, count) = (end + length, count + 1);
        end = last + gap(&text[last..]).max(usize::from(text[last..].starts_with('.')));
    }
    // `1-2-3-4`, `10.5`
    let goes_on = text[end..].starts_with(|c: char| c.is_ascii_digit());
    let is_whole = count == 3 || count >= LONG && in_words == count;
    (is_whole && !goes_on).then_some((last, count))
}

/// A digit alone, or the word for one.
fn digit_at(text: &str, words: &ProseWords) -> Option<(u32, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match digits {
        0 => {
            let said = words.numbers.said_at(text).into_iter().chain(words.spelled.said_at(text));
            longest(said.collect()).filter(|(number, _)| *number < 10)
        }
        1 => Some((u32::from(text.as_bytes()[0] - b'0'), 1)),
        _ => None,
    }
}

/// Whether the clinic's profile tells this number.
fn is_of_clinic(number: &str, words: &ProseWords, library: &Library) -> bool {
    let digits = said(number, words);
    let clinic = &library.clinic;
    let lines =
        [&clinic.phone, &clinic.address, &clinic.web].into_iter().flatten().chain([&clinic.emergency]);
    let localized = [&clinic.nurse_line, &clinic.register].into_iter().flatten().flat_map(LocalizedLine::all);
    let lines = lines.map(String::as_str).chain(localized);
    lines.into_iter().any(|line| {
        let whole = self::digits(line);
        let runs = starts(line)
            .filter_map(|at| dialled(&line[at..]).map(|(length, _)| self::digits(&line[at..at + length])));
        // With or without the number of the country.
        let same = |own: &str| {
            own == digits
                || own.len().min(digits.len()) >= 7 && (own.ends_with(&digits) || digits.ends_with(own))
        };
        same(&whole)
            || runs.into_iter().any(|run| same(&run))
            || runs_of_letters(line).any(|run| run == digits)
    })
}

/// Digits behind letters (`Health811`).
fn runs_of_letters(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty())
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

pub fn not_of_clinic(text: &Text<'_>, at: usize, length: usize, library: &Library) -> Diagnostic {
    let written = &text.seen[at..at + length];
    let message = format!("“{written}” is no number of the clinic's profile: a patient could dial it");
    let clinic = &library.clinic;
    let lines = [
        ("emergency", Some(clinic.emergency.as_str())),
        ("nurse_line", clinic.nurse_line.as_ref().map(LocalizedLine::usual)),
        ("phone", clinic.phone.as_deref()),
    ];
    let own =
        lines.iter().filter_map(|(name, line)| Some(format!("`{{{{ clinic.{name} }}}}` ({})", (*line)?)));
    let own = own.collect::<Vec<_>>().join(", ");
    fault(text, "foreign-number", at, written, message).hint(format!("write {own}, {CLAIM}"))
}
