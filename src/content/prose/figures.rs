//! Figures that a text writes out: spans and times of day, which a window says, and numbers to call, which the clinic's profile
//! says. A figure that is neither stands in the `figures` of a claim that the text names.

use super::spans::{Span, gap, longest, number_at, span_at, spans, starts};
use super::text::{Kind, Text};
use super::{MOST, Prose, ProseWords};
use crate::content::{Library, Source, Window};
use crate::diagnostic::{Diagnostic, Place, Severity};

pub fn check(text: &Text<'_>, library: &Library, words: &ProseWords, prose: &Prose) -> Vec<Diagnostic> {
    let spans = spans(&text.seen, words);
    let allowed = Allowed::of(text, library, prose);
    let mut found: Vec<Diagnostic> = Vec::new();
    let times = times(&text.seen, words);
    let is_time = |at: usize| times.iter().any(|(from, length)| (*from..from + length).contains(&at));
    let shortest = shortest(library);
    for span in spans.iter().filter(|span| !is_time(span.at) && !allowed.span(span)).take(MOST) {
        let fault = written_out(text, span, library);
        // How long a visit takes is no window's to say.
        let is_long = text.kind == Kind::Safety || span.minutes.iter().any(|minutes| *minutes >= shortest);
        let severity = if is_long { Severity::Error } else { Severity::Warning };
        found.push(Diagnostic { severity, ..fault });
    }
    let is_own = |(at, length): &(usize, usize)| allowed.says(&text.seen[*at..at + length]);
    let stray = times.iter().copied().filter(|one| !is_own(one)).take(MOST);
    found.extend(stray.map(|(at, length)| time_of_day(text, at, length, library)));
    let stray = doses(&text.seen, words).into_iter().filter(|one| !is_own(one)).take(MOST);
    found.extend(stray.map(|(at, length)| dose(text, at, length)));
    let of_clinic =
        |(at, length): &(usize, usize)| is_of_clinic(&text.seen[*at..at + length], words, library);
    let called = to_call(text, words, &spans).into_iter().filter(|one| !is_own(one) && !of_clinic(one));
    found.extend(called.take(MOST).map(|(at, length)| not_of_clinic(text, at, length, library)));
    found
}

/// The least that a window of the treatment can be, in minutes; a year without any.
fn shortest(library: &Library) -> u32 {
    let least = |window: &Window| if window.within { window.to } else { window.from.min(window.shortest()) };
    let all = library.protocol.windows.values().map(|window| least(window).max(1));
    all.min().unwrap_or(24 * 365).saturating_mul(60)
}

/// The figures that a text may say, because a claim that it names does.
struct Allowed {
    figures: Vec<String>,
    spans: Vec<Vec<u32>>,
}

impl Allowed {
    fn of(text: &Text<'_>, library: &Library, prose: &Prose) -> Allowed {
        let claims = text.claims.iter().filter_map(|id| library.claims.get(id));
        let figures: Vec<String> =
            claims.flat_map(|claim| claim.figures.iter().map(|one| plain(one))).collect();
        let languages = || prose.all();
        let of_figure = |figure: &String| {
            languages().flat_map(|words| spans(figure, words)).map(|span| span.minutes).collect::<Vec<_>>()
        };
        Allowed { spans: figures.iter().flat_map(of_figure).collect(), figures }
    }

    fn span(&self, span: &Span) -> bool {
        self.spans.contains(&span.minutes)
    }

    fn says(&self, written: &str) -> bool {
        self.figures.contains(&plain(written))
    }
}

/// Letters and digits alone.
fn plain(figure: &str) -> String {
    let words = figure.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(0)
}

fn fault(text: &Text<'_>, code: &'static str, at: usize, written: &str, message: String) -> Diagnostic {
    Diagnostic::error(code, message).at(text.source.at(at, length(written))).about(written.trim())
}

const CLAIM: &str = "or, if it is another figure, list it under `figures` of a claim that this text names";

fn written_out(text: &Text<'_>, span: &Span, library: &Library) -> Diagnostic {
    let written = &text.seen[span.at..span.end()];
    let message = format!("“{}” is written out: it stays when a window changes", one_line(written));
    let fault = fault(text, "literal-duration", span.at, written, message);
    match window_of(text, span, library) {
        Some(name) => {
            fault.hint(format!("the window `{name}` says this: write `{{{{ {name}.span }}}}`, {CLAIM}"))
        }
        None => fault.hint(format!("name a window: {}, {CLAIM}", windows(library))),
    }
}

fn time_of_day(text: &Text<'_>, at: usize, length: usize, library: &Library) -> Diagnostic {
    let written = &text.seen[at..at + length];
    let message = format!("“{}” is written out: another patient has another time", one_line(written));
    let fault = fault(text, "literal-time", at, written, message);
    fault.hint(format!("name a window, by its `until`: {}, {CLAIM}", windows(library)))
}

fn one_line(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn windows(library: &Library) -> String {
    let names = library.protocol.windows.keys().map(|name| format!("`{name}`"));
    names.collect::<Vec<_>>().join(", ")
}

/// The window with the same ends: one that rests on a claim of the text before others, the first of equals.
fn window_of<'l>(text: &Text<'_>, span: &Span, library: &'l Library) -> Option<&'l str> {
    let hours: Vec<u32> =
        span.minutes.iter().filter(|minutes| *minutes % 60 == 0).map(|minutes| minutes / 60).collect();
    let has_all = |window: &&Window| {
        let choices = window.by.values().flat_map(|by| by.values()).copied();
        let ends: Vec<u32> = choices.chain([window.from, window.to]).collect();
        !hours.is_empty() && hours.iter().all(|hour| ends.contains(hour))
    };
    let shares = |window: &Window| window.claims.iter().any(|claim| text.claims.contains(claim));
    let exact = |window: &Window| hours.first() == Some(&window.from) && hours.last() == Some(&window.to);
    let all = library.protocol.windows.iter().rev().filter(|(_, window)| has_all(window));
    all.max_by_key(|(_, window)| (shares(window), exact(window))).map(|(name, _)| &**name)
}

/// Times of day: offset and length.
fn times(text: &str, words: &ProseWords) -> Vec<(usize, usize)> {
    let numbered = starts(text).filter_map(|at| Some((at, time_at(&text[at..], words)?)));
    let named = words.moments.said(text).map(|((), at, length)| (at, length));
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, length) in numbered.chain(named) {
        if !found.iter().any(|(from, length)| (*from..from + length).contains(&at)) {
            found.push((at, length));
        }
    }
    found
}

fn time_at(text: &str, words: &ProseWords) -> Option<usize> {
    let (_, hour) = number_at(text, words)?;
    let minutes = || {
        let rest = text[hour..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let rest = words.clock_between.iter().find_map(|mark| rest.strip_prefix(mark.as_str()))?;
        let rest = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let count = rest.bytes().take_while(u8::is_ascii_digit).count();
        let is_hour = hour <= 2 && text[..hour].bytes().all(|byte| byte.is_ascii_digit());
        (is_hour && count == 2 && rest.as_bytes()[0] < b'6').then(|| text.len() - rest.len() + count)
    };
    let end = minutes();
    let behind = end.unwrap_or(hour);
    let behind = behind + gap(&text[behind..]);
    let named = longest(words.clock.said_at(&text[behind..])).map(|(_, length)| behind + length);
    named.or(end)
}

/// Numbers with what medicines are measured in: offset and length.
fn doses(text: &str, words: &ProseWords) -> Vec<(usize, usize)> {
    let dose = |at: usize| {
        let (_, number) = number_at(&text[at..], words)?;
        let behind = at + number + gap(&text[at + number..]);
        let (_, unit) = longest(words.doses.said_at(&text[behind..]))?;
        Some((at, behind + unit - at))
    };
    starts(text).filter_map(dose).collect()
}

fn dose(text: &Text<'_>, at: usize, length: usize) -> Diagnostic {
    let written = &text.seen[at..at + length];
    let message = format!("“{}” is a dose that no claim of this text states", one_line(written));
    let fault = fault(text, "literal-dose", at, written, message);
    fault.hint("take it out, or list it under `figures` of a claim that this text names, with its source")
}

/// Numbers that a patient would dial: offset and length.
fn to_call(text: &Text<'_>, words: &ProseWords, spans: &[Span]) -> Vec<(usize, usize)> {
    let seen = &*text.seen;
    let calls: Vec<usize> = words.call.said(seen).map(|((), at, length)| at + length).collect();
    let is_called = |at: usize| {
        calls
            .iter()
            .any(|end| *end <= at && seen[*end..at].chars().all(|c| c.is_whitespace() || ":(".contains(c)))
    };
    let mut found: Vec<(usize, usize)> = Vec::new();
    for at in starts(seen) {
        let is_inside = found.last().is_some_and(|(from, length)| at < from + length);
        // `1,000` is one number.
        let is_part =
            seen[..at].ends_with([',', '.']) && seen[..at - 1].ends_with(|c: char| c.is_ascii_digit());
        if is_inside || is_part || spans.iter().any(|span| span.covers(at)) {
            continue;
        }
        let Some((length, count)) = dialled(&seen[at..]).or_else(|| spelled(&seen[at..], words)) else {
            continue;
        };
        let number = &seen[at..at + length];
        let measures = measures(&seen[at + length..]);
        let is_short = count == 3 && text.kind == Kind::Safety;
        let is_known = words.call_numbers.iter().any(|one| one == number);
        let is_dialled = count >= 7 || !measures && (is_called(at) || is_short || is_known);
        found.extend(is_dialled.then_some((at, length)));
    }
    found
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
    if count < 7 {
        // A group alone.
        let alone = text.bytes().take_while(u8::is_ascii_digit).count();
        return (alone > 1).then_some((alone, alone));
    }
    let groups: Vec<usize> = text[..length].split(|c: char| !c.is_ascii_digit()).map(str::len).collect();
    let is_date = groups.starts_with(&[4, 2, 2]) || groups == [4, 4];
    (!is_date).then_some((length, count))
}

/// Three digits in words: "nine one one".
fn spelled(text: &str, words: &ProseWords) -> Option<(usize, usize)> {
    let mut end = 0;
    for _ in 0..3 {
        let (number, length) = longest(words.numbers.said_at(&text[end..]))?;
        if number > 9 {
            return None;
        }
        end += length;
        let behind = end + gap(&text[end..]);
        end = behind;
    }
    Some((text[..end].trim_end_matches(|c: char| !c.is_alphanumeric()).len(), 3))
}

/// Whether the clinic's profile tells this number.
fn is_of_clinic(number: &str, words: &ProseWords, library: &Library) -> bool {
    let digits = match number.starts_with(|c: char| c.is_ascii_digit()) {
        true => digits(number),
        false => {
            starts(number).filter_map(|at| Some(number_at(&number[at..], words)?.0.to_string())).collect()
        }
    };
    let clinic = &library.clinic;
    let lines = [&clinic.nurse_line, &clinic.phone, &clinic.register, &clinic.address, &clinic.web];
    let lines = lines.into_iter().flatten().chain([&clinic.emergency]);
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

fn not_of_clinic(text: &Text<'_>, at: usize, length: usize, library: &Library) -> Diagnostic {
    let written = &text.seen[at..at + length];
    let message = format!("“{written}” is no number of the clinic's profile: a patient could dial it");
    let clinic = &library.clinic;
    let lines = [
        ("emergency", Some(&clinic.emergency)),
        ("nurse_line", clinic.nurse_line.as_ref()),
        ("phone", clinic.phone.as_ref()),
    ];
    let own =
        lines.iter().filter_map(|(name, line)| Some(format!("`{{{{ clinic.{name} }}}}` ({})", (*line)?)));
    let own = own.collect::<Vec<_>>().join(", ");
    fault(text, "foreign-number", at, written, message).hint(format!("write {own}, {CLAIM}"))
}
