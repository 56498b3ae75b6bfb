//! Figures that a text writes out: spans and times of day, which a window says, and numbers to call, which the clinic's profile
//! says. A figure that is neither stands in the `figures` of a claim that the text names.

use super::calls::{not_of_clinic, to_call};
use super::doses::doses;
use super::spans::{Begins, Span, spans, spans_where};
use super::text::{Kind, Text};
use super::times::times;
use super::told::{CLAIM, fault, one_line};
use super::{MOST, Prose, ProseWords};
use crate::content::{Library, Window};
use crate::diagnostic::{Diagnostic, Severity};
use crate::letter::is_letter_or_digit;
use crate::locale::Language;
use std::cell::OnceCell;

pub fn check(text: &Text<'_>, library: &Library, language: &Language, prose: &Prose) -> Vec<Diagnostic> {
    let Some(words) = prose.of(language) else { return Vec::new() };
    let spans = all_spans(&text.seen, words, prose);
    let allowed = Allowed::of(text, library, prose);
    let mut found: Vec<Diagnostic> = Vec::new();
    let times = times(&text.seen, words, library.dates.of(language).map(|dates| &**dates));
    let is_time = |at: usize| times.iter().any(|(from, length)| (*from..from + length).contains(&at));
    let shortest = shortest(library);
    for span in spans.iter().filter(|span| !is_time(span.at) && !allowed.span(span)).take(MOST) {
        // How long a visit takes is no window's to say.
        let is_long = text.kind == Kind::Safety || span.minutes.iter().any(|minutes| *minutes >= shortest);
        found.push(if is_long { written_out(text, span, library) } else { shorter(text, span) });
    }
    let is_own = |(at, length): &(usize, usize)| allowed.says(&text.seen[*at..at + length]);
    let stray = times.iter().copied().filter(|one| !is_own(one)).take(MOST);
    found.extend(stray.map(|(at, length)| time_of_day(text, at, length, library)));
    let stray = doses(&text.seen, words, &spans).into_iter().filter(|one| !is_own(one)).take(MOST);
    found.extend(stray.map(|(at, length)| dose(text, at, length)));
    let called = to_call(text, words, &spans, library).into_iter();
    let called = called.filter(|one| !is_own(one) && !is_time(one.0));
    found.extend(called.take(MOST).map(|(at, length)| not_of_clinic(text, at, length, library)));
    found
}

/// The spans that a text names in its language, and those that another language left in it.
fn all_spans(text: &str, words: &ProseWords, prose: &Prose) -> Vec<Span> {
    let begins = Begins::of(text);
    let mut found = spans_where(text, words, &begins);
    let idioms: Vec<Span> =
        words.idioms.said(text).map(|((), at, length)| Span { at, length, minutes: Vec::new() }).collect();
    for other in prose.all() {
        let meets =
            |span: &Span| found.iter().chain(&idioms).any(|own| own.at < span.end() && span.at < own.end());
        let left: Vec<Span> =
            spans_where(text, other, &begins).into_iter().filter(|span| !meets(span)).collect();
        found.extend(left);
    }
    found.sort_by_key(|span| span.at);
    found
}

/// The least that a window of the treatment can be, in minutes; a year without any.
fn shortest(library: &Library) -> u32 {
    let least = |window: &Window| if window.within { window.to } else { window.from.min(window.shortest()) };
    let all = library.protocol.windows.values().map(|window| least(window).max(1));
    all.min().unwrap_or(24 * 365).saturating_mul(60)
}

/// The figures that a text may say, because a claim that it names does.
struct Allowed<'p> {
    prose: &'p Prose,
    figures: Vec<String>,
    /// Few texts say one: read for those.
    spans: OnceCell<Vec<Vec<u32>>>,
}

impl Allowed<'_> {
    fn of<'p>(text: &Text<'_>, library: &Library, prose: &'p Prose) -> Allowed<'p> {
        let claims = text.claims.iter().filter_map(|id| library.claims.get(id));
        let figures: Vec<String> =
            claims.flat_map(|claim| claim.figures.iter().map(|one| plain(one))).collect();
        Allowed { prose, figures, spans: OnceCell::new() }
    }

    fn span(&self, span: &Span) -> bool {
        let of_figure = |figure: &String| {
            let all = self.prose.all().flat_map(|words| spans(figure, words));
            all.map(|span| span.minutes).collect::<Vec<_>>()
        };
        self.spans.get_or_init(|| self.figures.iter().flat_map(of_figure).collect()).contains(&span.minutes)
    }

    fn says(&self, written: &str) -> bool {
        self.figures.contains(&plain(written))
    }
}

/// Letters and digits alone.
fn plain(figure: &str) -> String {
    let words = figure.split(|c: char| !is_letter_or_digit(c)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

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

/// Shorter than any window: of the office, or how long to press on a spot. No window says it.
fn shorter(text: &Text<'_>, span: &Span) -> Diagnostic {
    let written = one_line(&text.seen[span.at..span.end()]);
    let message = format!("“{written}” is written out, and shorter than any window");
    let fault = fault(text, "literal-duration", span.at, &text.seen[span.at..span.end()], message);
    let hint = format!(
        "if it says when to come or how long a visit takes, say it in words without a number (“a little early”), or list it under `figures` of a claim that this text names (`figures: [{written}]`); what is advice needs a claim with its source"
    );
    Diagnostic { severity: Severity::Warning, ..fault }.hint(hint)
}

fn time_of_day(text: &Text<'_>, at: usize, length: usize, library: &Library) -> Diagnostic {
    let written = &text.seen[at..at + length];
    let message = format!("“{}” is written out: another patient has another time", one_line(written));
    let fault = fault(text, "literal-time", at, written, message);
    fault.hint(format!("name a window, by its `until`: {}, {CLAIM}", windows(library)))
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

fn dose(text: &Text<'_>, at: usize, length: usize) -> Diagnostic {
    let written = &text.seen[at..at + length];
    let message = format!("“{}” is a dose that no claim of this text states", one_line(written));
    let fault = fault(text, "literal-dose", at, written, message);
    fault.hint("take it out, or list it under `figures` of a claim that this text names, with its source")
}
