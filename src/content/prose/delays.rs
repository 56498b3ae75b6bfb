//! Words that put off help, leave it to the reader, or send somewhere else first, where a warning says to get it at once.

use super::letters::starts;
use super::signs::names;
use super::text::{Kind, Text, VALUE};
use super::told::{fault, one_line};
use super::{MOST, ProseWords};
use crate::content::phrases::Phrases;
use crate::diagnostic::Diagnostic;
use crate::locale::DateWords;

const EMERGENCY: &str = "sign emergency.";
/// The ways to get help that cannot wait, as their texts are called.
const AT_ONCE: [&str; 2] = [EMERGENCY, "sign same-day."];
const AMBULANCE: &str = "clinic.emergency";
/// Whom a text tells to call at once.
const WHOM: [&str; 2] = [AMBULANCE, "clinic.nurse_line"];
const SENTENCE: &[char] = &['.', '!', '?', '。', '！', '？', '؟', '।', '\n'];
const QUESTIONS: &[char] = &['?', '？', '؟'];
const CLAUSE: &[char] = &[',', ';', ':', '，', '；', '：', '、', '،', '؛', '–', '—'];

/// `signs`: what signs that cannot wait are about.
pub fn check(
    text: &Text<'_>,
    words: &ProseWords,
    dates: Option<&DateWords>,
    signs: &[Vec<String>],
) -> Vec<Diagnostic> {
    let is_of = |tier: &str| text.kind == Kind::Safety && text.id.starts_with(tier);
    let weekdays = dates.map(|dates| Phrases::new(dates.weekdays.iter().map(|day| ((), day))));
    let reading = Reading { words, weekdays: weekdays.as_ref() };
    let mut found = Vec::new();
    let mut is_asked_for_sign = false;
    for (start, sentence) in parts(&text.seen, SENTENCE) {
        let written = text.source.text.get(start..start + sentence.len()).unwrap_or_default();
        let is_at_once =
            AT_ONCE.iter().any(|tier| is_of(tier)) || WHOM.iter().any(|whom| written.contains(whom));
        let alarm = alarm_in(sentence, words, signs).or(is_asked_for_sign.then_some(0));
        is_asked_for_sign = alarm.is_some() && sentence.ends_with(QUESTIONS);
        for (at, clause) in parts(sentence, CLAUSE) {
            let delay = match alarm {
                _ if is_at_once => reading.delay(clause),
                Some(sign) => reading.delay_of_a_call(clause, sign <= at),
                None => None,
            };
            let of = |(from, length)| (start + at + from, length);
            found.extend(delay.map(of).map(|(at, length)| put_off(text, at, length)));
            let is_emergency = is_of(EMERGENCY) || written.contains(AMBULANCE);
            let detour = is_emergency.then(|| reading.first(clause, &words.detours)).flatten();
            found.extend(detour.map(of).map(|(at, length)| sent_elsewhere(text, at, length)));
        }
    }
    found.truncate(MOST);
    found
}

/// Where a sentence names a sign that cannot wait.
fn alarm_in(sentence: &str, words: &ProseWords, signs: &[Vec<String>]) -> Option<usize> {
    let alarm = words.alarms.said(sentence).map(|((), at, _)| at).min();
    alarm.or_else(|| names(sentence, signs).then_some(0))
}

struct Reading<'w> {
    words: &'w ProseWords,
    weekdays: Option<&'w Phrases<()>>,
}

impl Reading<'_> {
    /// The first words of a clause that put off.
    fn delay(&self, clause: &str) -> Option<(usize, usize)> {
        let named = self.weekdays.and_then(|days| self.first(clause, days));
        let all = [self.first(clause, &self.words.delays), named];
        all.into_iter().flatten().min_by_key(|(at, _)| *at)
    }

    /// The same where a call is put off, or where, behind a sign, the clause tells to wait.
    fn delay_of_a_call(&self, clause: &str, is_behind: bool) -> Option<(usize, usize)> {
        let delay = self.delay(clause)?;
        let begins = starts(clause).next().is_some_and(|at| at == delay.0);
        let calls = || self.first(clause, &self.words.tells_to_call).is_some();
        (is_behind && begins || calls()).then_some(delay)
    }

    /// The first of some phrases that no word in front denies, and that does not say what to do until help comes.
    fn first(&self, clause: &str, phrases: &Phrases<()>) -> Option<(usize, usize)> {
        let denied = |(from, _): &(usize, usize)| {
            let said = self.words.negations.said(clause).map(|((), at, _)| at);
            said.into_iter().any(|at| at < *from)
        };
        let until_help = |(at, length): &(usize, usize)| {
            let said = self.words.meanwhile.said(clause).map(|((), from, whole)| from..from + whole);
            said.into_iter().any(|phrase| phrase.start <= *at && at + length <= phrase.end)
        };
        let all = phrases.said(clause).map(|((), at, length)| (at, length));
        all.filter(|one| !denied(one) && !until_help(one)).min_by_key(|(at, _)| *at)
    }
}

fn put_off(text: &Text<'_>, at: usize, length: usize) -> Diagnostic {
    let written = &text.seen[at..at + length];
    let message = format!("“{}” puts off help that a patient needs at once", one_line(written));
    let fault = fault(text, "delayed-help", at, written, message);
    fault.hint("say “now” or “today”; what can wait is a sign of the tier `call`")
}

fn sent_elsewhere(text: &Text<'_>, at: usize, length: usize) -> Diagnostic {
    let written = &text.seen[at..at + length];
    let message = format!("“{}” sends a patient elsewhere who needs an ambulance", one_line(written));
    let fault = fault(text, "delayed-help", at, written, message);
    fault.hint("name nobody but `{{ clinic.emergency }}` here; whom to call about less is a tier of its own")
}

/// The parts between marks, and where each begins. A mark inside a value or a number is none.
fn parts<'t>(text: &'t str, marks: &'t [char]) -> impl Iterator<Item = (usize, &'t str)> {
    let mut start = 0;
    let ends = text.char_indices().filter(move |(at, mark)| {
        let behind = &text[at + mark.len_utf8()..];
        marks.contains(mark) && !behind.starts_with(|c: char| c == VALUE || c.is_ascii_digit())
    });
    let ends = ends.map(|(at, mark)| at + mark.len_utf8()).chain([text.len()]);
    ends.map(move |end| {
        let from = std::mem::replace(&mut start, end);
        (from, &text[from..end])
    })
    .filter(|(_, part)| starts(part).next().is_some())
}
