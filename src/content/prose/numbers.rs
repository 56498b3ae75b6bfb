//! Numbers at the beginning of a text: `24`, `1,000`, "thirty-six", `1½`, "one and a half".

use super::ProseWords;
use super::letters::{gap, longest};

/// A number, and its length in bytes.
pub fn number_at(text: &str, words: &ProseWords) -> Option<(f64, usize)> {
    let first = text.chars().next()?;
    let (whole, length) = match first {
        '0'..='9' => digits_at(text)?,
        _ if sign(first).is_some() => (0.0, 0),
        _ => in_words(text, words)?,
    };
    let (part, more) = part_at(&text[length..], words).unwrap_or((0.0, 0));
    Some((whole + part, length + more))
}

/// Tens with ones behind them are one number: "thirty-two".
fn in_words(text: &str, words: &ProseWords) -> Option<(f64, usize)> {
    let (number, length) = longest(words.numbers.said_at(text))?;
    let alone = (f64::from(number), length);
    let is_tens = number % 10 == 0 && (20..=90).contains(&number);
    let Some(behind) = text[length..].strip_prefix(['-', ' ', '\u{2011}']).filter(|_| is_tens) else {
        return Some(alone);
    };
    // "Soixante-douze", "quatre-vingt-douze": twenty by twenty.
    let most = if [60, 80].contains(&number) { 20 } else { 10 };
    let ones = longest(words.numbers.said_at(behind)).filter(|(ones, _)| (1..most).contains(ones));
    Some(ones.map_or(alone, |(ones, more)| (f64::from(number + ones), text.len() - behind.len() + more)))
}

/// Half of it, or what a sign or two digits say, behind a whole number.
fn part_at(text: &str, words: &ProseWords) -> Option<(f64, usize)> {
    let behind = text.strip_prefix([' ', '\u{a0}', '\u{202f}', '-']).unwrap_or(text);
    let at = text.len() - behind.len();
    if let Some((first, part)) = behind.chars().next().and_then(|first| Some((first, sign(first)?))) {
        return Some((part, at + first.len_utf8()));
    }
    if let [above @ b'1'..=b'3', b'/', below @ b'2'..=b'4', rest @ ..] = behind.as_bytes() {
        let is_part =
            at > 0 && above < below && !rest.first().is_some_and(|c| c.is_ascii_digit() || *c == b'/');
        return is_part.then(|| (f64::from(above - b'0') / f64::from(below - b'0'), at + 3));
    }
    let at = gap(text);
    let half = longest(words.halves.said_at(&text[at..])).filter(|_| at > 0);
    half.map(|((), length)| (0.5, at + length))
}

fn sign(part: char) -> Option<f64> {
    match part {
        '½' => Some(0.5),
        '¼' => Some(0.25),
        '¾' => Some(0.75),
        '⅓' => Some(1.0 / 3.0),
        '⅔' => Some(2.0 / 3.0),
        _ => None,
    }
}

/// Digits of a number, at most: of more, `f64` does not hold each.
const DIGITS: usize = 15;

/// `24`, `1.5`, `1,000`: behind a comma or a point stand three digits of a greater number, or parts.
fn digits_at(text: &str) -> Option<(f64, usize)> {
    let run = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = run(text);
    let mut digits = text[..length].to_owned();
    let mark_at = |at: usize| text[at..].chars().next().filter(|mark| ",.\u{a0}\u{202f}".contains(*mark));
    while let Some(mark) = mark_at(length).filter(|_| digits.len() <= DIGITS) {
        let behind = &text[length + mark.len_utf8()..];
        let count = run(behind);
        match (count, mark) {
            (3, _) => digits.push_str(&behind[..count]),
            (1.., ',' | '.') => {
                digits.push('.');
                digits.push_str(&behind[..count]);
                length += mark.len_utf8() + count;
                break;
            }
            _ => break,
        }
        length += mark.len_utf8() + count;
    }
    digits.parse().ok().map(|number| (number, length))
}
