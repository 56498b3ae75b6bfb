//! Marks that stand apart from their word, close on the next, or stand twice; brackets that are not closed.

use super::text::{Text, VALUE};
use super::{MOST, ProseWords};
use crate::diagnostic::Diagnostic;
use crate::letter::{is_letter, is_letter_or_digit};

pub fn check(text: &Text<'_>, words: &ProseWords) -> Vec<Diagnostic> {
    let letters: Vec<(usize, char)> = text.seen.char_indices().collect();
    let tail = |index: usize| letters[index.saturating_sub(2)..].iter().map(|(_, letter)| *letter);
    let found = (2..letters.len()).filter_map(|index| {
        let mut window = ['\n'; 6];
        window.iter_mut().zip(tail(index)).for_each(|(place, letter)| *place = letter);
        // A tag was here: what stands beside it is not known.
        let at = letters[index].0;
        let is_written = text.source.text.get(at..).is_some_and(|rest| rest.starts_with(window[2]));
        let (what, advice) = wrong(window, words).filter(|_| is_written)?;
        let before = letters[index - 1];
        let is_written = text.source.text.get(before.0..).is_some_and(|rest| rest.starts_with(before.1));
        is_written.then(|| {
            let fault = Diagnostic::warning("punctuation", what.replace("{}", &window[2].to_string()));
            fault.at(text.source.at(at, 1)).hint(advice)
        })
    });
    found.take(MOST).chain(brackets(text)).collect()
}

/// A bracket without its other half. A figure or a letter before one numbers a list (`1)`, `a)`); that of a link is told as
/// a mark that prints.
fn brackets(text: &Text<'_>) -> Option<Diagnostic> {
    let mut open: Vec<Option<(usize, char)>> = Vec::new();
    let mut alone = None;
    for (at, mark) in text.seen.char_indices() {
        let before = &text.seen[..at];
        let label = before.trim_end_matches(is_letter_or_digit);
        let is_label =
            before.len() - label.len() <= 2 && (label.is_empty() || label.ends_with([' ', '\n', '(']));
        match mark {
            _ if before.ends_with(['\\', ':', ';']) => {}
            '(' | '（' => open.push((!before.trim_end().ends_with(']')).then_some((at, mark))),
            ')' | '）' if open.pop().is_none() && !is_label => alone = alone.or(Some((at, mark))),
            _ => {}
        }
    }
    let (at, mark) = alone.or(open.into_iter().flatten().next())?;
    let fault = Diagnostic::warning("punctuation", format!("`{mark}` stands without its other half"));
    Some(fault.at(text.source.at(at, 1)).hint("write both, or none"))
}

/// What is wrong with the third of these letters.
fn wrong(
    [first, before, mark, next, second, _]: [char; 6],
    words: &ProseWords,
) -> Option<(&'static str, &'static str)> {
    let ends = |letter: char| letter.is_whitespace() || letter == VALUE;
    let is_mark = ".,;:!?".contains(mark) && !words.no_break_before.contains(mark);
    match mark {
        _ if is_mark && before == ' ' && is_letter(first) && ends(next) => {
            Some(("a space stands before `{}`", "take it out"))
        }
        '.' if before.is_lowercase()
            && first.is_lowercase()
            && next.is_uppercase()
            && second.is_lowercase() =>
        {
            Some((
                "no space stands behind `{}`",
                "put one there, or `\\` before it where it is part of a name",
            ))
        }
        '.' | ',' if before == mark && first != mark && next != mark && is_letter_or_digit(first) => {
            Some(("`{}` stands twice", "leave one"))
        }
        _ => None,
    }
}
