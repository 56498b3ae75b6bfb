//! Where a value ends in its text, and how one is written.

use super::lines::Lines;
use crate::content::yaml::{Scalar, Span};

/// The column behind a value that stands on one line.
pub fn scalar_end(line: &str, start: u32, scalar: &Scalar) -> Option<u32> {
    let mut letters = line.chars().skip(start.checked_sub(1)? as usize);
    let length = match letters.next()? {
        _ if scalar.block => return None,
        _ if scalar.plain => {
            let own: String =
                line.chars().skip(start as usize - 1).take(scalar.text.chars().count()).collect();
            (own == scalar.text).then(|| scalar.text.chars().count())?
        }
        quote @ ('"' | '\'') => {
            let rest: Vec<char> = letters.collect();
            quoted(&rest, quote)? + 1
        }
        _ => return None,
    };
    Some(start + u32::try_from(length).ok()?)
}

/// Characters from behind an opening quote to behind its closing one.
fn quoted(rest: &[char], quote: char) -> Option<usize> {
    let mut at = 0;
    while let Some(letter) = rest.get(at) {
        match letter {
            '\\' if quote == '"' => at += 1,
            letter if *letter == quote && quote == '\'' && rest.get(at + 1) == Some(&quote) => at += 1,
            letter if *letter == quote => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where a value in brackets ends.
pub struct End {
    pub line: u32,
    /// Behind the closing bracket.
    pub column: u32,
    /// Whether a remark stands inside.
    pub has_remark: bool,
}

pub fn flow_end(lines: &Lines, start: Span) -> Option<End> {
    let (mut depth, mut has_remark) = (0usize, false);
    let mut from = start.column.checked_sub(1)? as usize;
    for number in start.line..=lines.count() {
        let letters: Vec<char> = lines.line(number)?.chars().collect();
        let mut at = from;
        while let Some(letter) = letters.get(at) {
            let is_first = at == 0 || letters[at - 1].is_whitespace();
            let begins = is_first || "[{,:".contains(letters[at - 1]);
            match letter {
                '#' if is_first => {
                    has_remark = true;
                    break;
                }
                quote @ ('"' | '\'') if begins => at += quoted(&letters[at + 1..], *quote)?,
                '[' | '{' => depth += 1,
                ']' | '}' => depth = depth.checked_sub(1)?,
                _ => {}
            }
            at += 1;
            if depth == 0 {
                return Some(End { line: number, column: u32::try_from(at).ok()? + 1, has_remark });
            }
        }
        from = 0;
    }
    None
}

/// A line as YAML, in quotes unless it is a word or some words that nothing could be mistaken in.
pub fn scalar(line: &str) -> String {
    let line = line.trim();
    let is_plain = |letter: char| letter.is_alphanumeric() || " -_.".contains(letter);
    let means_something = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
        .contains(&line.to_ascii_lowercase().as_str());
    if line.starts_with(char::is_alphabetic) && line.chars().all(is_plain) && !means_something {
        return line.to_owned();
    }
    let mut quoted = String::from("\"");
    for letter in line.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
