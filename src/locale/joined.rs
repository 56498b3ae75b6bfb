//! Words that belong on one line: a number and its unit, the ends of a range, a number to call and what says so. The
//! paper and the web copy ask the same.

use super::{is_close_set, is_unspaced};
use crate::letter::{is_letter, is_letter_or_digit};
use unicode_normalization::char::is_combining_mark;

/// Whether the last word before a space and the first after it belong on one line.
pub fn is_glued(before: &str, after: &str, units: &[Box<str>]) -> bool {
    if after.starts_with(['»', '›', '–', '—', '·', '%', '°']) {
        return true;
    }
    match before.chars().next_back() {
        Some('«' | '‹' | '“' | '‘' | '„' | '‚' | '¿' | '¡' | '(' | '[') => true,
        Some(')') => {
            is_area_code(behind_close_set(last_word(before)))
                && after.starts_with(|c: char| c.is_ascii_digit())
        }
        Some(last) if last.is_numeric() => {
            let (number, next) = (last_word(before), first_word(after));
            next.starts_with(is_unspaced)
                || is_unit(next, units)
                || is_particle(next)
                || (is_count(number) && next.starts_with(char::is_lowercase))
                || begins_number(number, next)
        }
        Some(last) if ends_a_word(last) => begins_with_digit(after) && is_short_number(first_word(after)),
        Some(',') => is_title(first_word(after)),
        _ => false,
    }
}

/// Of somebody, behind the name: "Ann Lee, RN", also where the sign behind it has no space: "Ann Lee, RN；".
fn is_title(word: &str) -> bool {
    let letters = word.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    (2..=4).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// One letter that some languages write behind a word to say what is done with it: "911 ஐ".
fn is_particle(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| is_letter(*c));
    letters.next().is_some_and(|letter| !letter.is_ascii()) && letters.next().is_none()
}

/// Whether two words are the parts of one number to call, also behind or before letters of a script
/// without spaces.
fn begins_number(number: &str, next: &str) -> bool {
    let number = behind_close_set(number);
    let next = next.split(is_close_set).next().unwrap_or_default();
    is_digits(number.strip_prefix('+').unwrap_or(number)) && is_number_part(next)
}

fn behind_close_set(word: &str) -> &str {
    word.rsplit(is_close_set).next().unwrap_or_default()
}

/// So few that the word behind it says of what: "3 holds", "10 slow repeats".
fn is_count(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| !is_letter_or_digit(c));
    (1..=2).contains(&digits.len()) && is_digits(digits)
}

/// What goes on with a number that has spaces in it: three digits of a thousand, or the rest of a number to call, `0100`,
/// `555-0100`. A range of hours or days is shorter.
fn is_number_part(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| !is_letter_or_digit(c));
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let has_signs = word.len() > digits;
    let is_whole = word.starts_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | '\u{2010}' | '\u{2011}'));
    is_whole && if has_signs { digits >= 6 } else { (2..=4).contains(&digits) }
}

/// Whether a word ends so that is not all in capitals: most scripts have one case, and some put marks behind their letters.
fn ends_a_word(last: char) -> bool {
    if is_letter(last) { !last.is_uppercase() } else { !last.is_ascii() && is_combining_mark(last) }
}

/// A number to call, behind the word that says so: "dial 811".
fn is_short_number(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| !is_letter_or_digit(c));
    digits.len() == 3 && is_digits(digits)
}

/// Letters of a word that makes a range of the two numbers beside it, at most: "24 to 48".
const BETWEEN_NUMBERS: usize = 3;

/// Whether the words around a space are part of one range: "24 to 48".
pub fn is_in_range(before: &str, after: &str) -> bool {
    let number = begins_with_digit;
    let joins = |word: &str| {
        word.chars().count() <= BETWEEN_NUMBERS && word.chars().all(|c| is_letter(c) && !c.is_uppercase())
    };
    if before.ends_with(|last: char| last.is_ascii_digit()) {
        let word = first_word(after);
        return joins(word) && number(after[word.len()..].trim_start_matches(char::is_whitespace));
    }
    if !number(after) {
        return false;
    }
    let word = last_word(before);
    !word.is_empty()
        && joins(word)
        && number(last_word(before[..before.len() - word.len()].trim_end_matches(char::is_whitespace)))
}

fn begins_with_digit(text: &str) -> bool {
    text.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
}

fn is_digits(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_area_code(word: &str) -> bool {
    word.strip_prefix('(').and_then(|word| word.strip_suffix(')')).is_some_and(is_digits)
}

/// Signs of units that every language has. A language's own words stand in its `words.yaml`.
const UNITS: [&str; 14] = ["h", "min", "s", "mm", "cm", "m", "km", "kg", "g", "mg", "ml", "l", "x", "×"];

fn is_unit(word: &str, own: &[Box<str>]) -> bool {
    let word = word.trim_end_matches(|c: char| !is_letter(c) && c != '×').to_lowercase();
    // Without spaces between words a unit is all that is known of its word's end.
    let begins = |unit: &str| unit.chars().next_back().is_some_and(is_unspaced) && word.starts_with(unit);
    UNITS.contains(&word.as_str()) || own.iter().any(|unit| **unit == *word || begins(unit))
}

/// Letters behind a hyphen that stand on a line alone, at least: "walk-in", "low-salt" and "asseyez-vous" are read as one.
const BEHIND_HYPHEN: usize = 5;

/// Whether what stands around a hyphen, dash or slash inside of a word is read as one: between digits, off a single letter,
/// before few letters, between the parts of a name.
pub fn is_one_word(stem: &str, rest: &str) -> bool {
    let mark = stem.chars().next_back();
    if !matches!(mark, Some('-' | '–' | '—' | '/')) {
        return rest.starts_with(['–', '—']);
    }
    let letters = |word: &str| word.chars().filter(|c| is_letter_or_digit(*c)).count();
    let stem = stem.trim_end_matches(|c: char| !is_letter_or_digit(c));
    let range = stem.ends_with(char::is_numeric) && rest.starts_with(char::is_numeric);
    let begins_large = |word: &str| word.chars().find(|c| is_letter(*c)).is_some_and(char::is_uppercase);
    let is_name = mark == Some('-') && begins_large(stem) && begins_large(rest);
    range || is_name || letters(stem) < 2 || (mark != Some('—') && letters(rest) < BEHIND_HYPHEN)
}

/// Longer words, in bytes, are judged by their ends: the rules look at a few letters, and a file of one endless
/// word must not take for ever.
const LONGEST_WORD: usize = 96;

/// What stands before a place up to the space before it.
pub fn last_word(text: &str) -> &str {
    let start = (text.len().saturating_sub(LONGEST_WORD)..).find(|at| text.is_char_boundary(*at));
    let tail = start.and_then(|start| text.get(start..)).unwrap_or_default();
    tail.rsplit(char::is_whitespace).next().unwrap_or_default()
}

/// What stands behind a place up to the next space.
pub fn first_word(text: &str) -> &str {
    let end = (0..=text.len().min(LONGEST_WORD)).rev().find(|at| text.is_char_boundary(*at));
    let head = end.and_then(|end| text.get(..end)).unwrap_or_default();
    head.split(char::is_whitespace).next().unwrap_or_default()
}
