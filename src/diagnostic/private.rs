//! Wrong values in messages. A value that is near one of the allowed names is a slip of the pen, and showing it helps. Any
//! other one may be a patient's name or illness that got into the wrong column, and messages are kept in logs and mails:
//! it is told by its place and its length.

use super::{Place, shown};
use std::fmt;

/// A wrong value as a message marks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Marked {
    /// As it was typed.
    Shown(String),
    /// By its length.
    Hidden(String),
}

impl Marked {
    /// Where it stands: the line of a value that no message shows is not shown either.
    pub fn place(&self, place: &Place) -> Place {
        match self {
            Marked::Shown(_) => place.clone(),
            Marked::Hidden(_) => Place { excerpt: None, ..place.clone() },
        }
    }
}

impl fmt::Display for Marked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Marked::Shown(word) => write!(f, "`{word}`"),
            Marked::Hidden(length) => f.write_str(length),
        }
    }
}

/// A value that should be one of these names. What stands on the command line is in its history anyway.
pub fn marked<'n>(word: &str, names: impl Iterator<Item = &'n str> + Clone, place: &Place) -> Marked {
    mark(word, is_flag(place) || is_near(word, names))
}

/// A value that should be a time or a number: shown when nothing else can have been meant.
pub fn marked_number(word: &str, place: &Place) -> Marked {
    mark(word, is_flag(place) || is_numeric(word))
}

fn mark(word: &str, is_shown: bool) -> Marked {
    if is_shown { Marked::Shown(shown(word)) } else { Marked::Hidden(length(word)) }
}

/// A value by its length alone: `(12 characters)`.
pub fn length(word: &str) -> String {
    match word.trim().chars().count() {
        1 => "(1 character)".to_owned(),
        count => format!("({count} characters)"),
    }
}

fn is_flag(place: &Place) -> bool {
    place.file.starts_with("--")
}

/// Whether a word is one of the names but for a slip of the pen, or several of them in one.
pub fn is_near<'n>(word: &str, names: impl Iterator<Item = &'n str> + Clone) -> bool {
    // A longer text is no slip of the pen, and the distance costs memory in proportion.
    if word.len() > 256 {
        return false;
    }
    let lower = word.to_lowercase();
    let mut parts =
        lower.split([',', ';', '/', '&']).map(str::trim).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some() && parts.all(|part| names.clone().any(|name| is_slip(part, &name.to_lowercase())))
}

fn is_slip(word: &str, name: &str) -> bool {
    let plain = |text: &str| text.replace([' ', '_', '.'], "-");
    let (word, name) = (plain(word), plain(name));
    let length = word.chars().count().max(name.chars().count());
    let most = if length < 6 { 1 } else { (length / 4).max(2) };
    strsim::damerau_levenshtein(&word, &name) <= most && word.chars().any(|letter| name.contains(letter))
}

/// Words that stand in dates and times.
const IN_TIMES: [&str; 26] = [
    "t", "z", "a", "p", "m", "h", "am", "pm", "utc", "gmt", "jan", "feb", "mar", "apr", "may", "jun", "jul",
    "aug", "sep", "sept", "oct", "nov", "dec", "at", "hours", "hrs",
];

/// Digits, with nothing but signs and words of times around them.
fn is_numeric(word: &str) -> bool {
    let lower = word.to_lowercase();
    let digits = lower.bytes().any(|byte| byte.is_ascii_digit());
    let mut words = lower.split(|character: char| !character.is_alphabetic()).filter(|word| !word.is_empty());
    digits && lower.chars().count() <= 32 && words.all(|word| IN_TIMES.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGIONS: [&str; 6] = ["jaw", "neck", "shoulder", "upper-back", "lower-back", "hip"];

    fn told(word: &str) -> String {
        marked(word, REGIONS.into_iter(), &Place::file("r.csv")).to_string()
    }

    #[test]
    fn a_slip_of_the_pen_is_shown() {
        for word in ["sholder", "nekk", "Lower back", "lower_bak", "neck,sholder", "hips"] {
            assert_eq!(told(word), format!("`{word}`"));
        }
    }

    #[test]
    fn a_patients_words_are_not() {
        for (word, length) in [
            ("Zoë Smith", "(9 characters)"),
            ("HIV positive", "(12 characters)"),
            ("Chen", "(4 characters)"),
            ("x", "(1 character)"),
            ("neck, Zoë Smith", "(15 characters)"),
            (",", "(1 character)"),
        ] {
            assert_eq!(told(word), length);
        }
    }

    #[test]
    fn what_the_command_line_says_is_shown() {
        assert_eq!(marked("sacrum", REGIONS.into_iter(), &Place::file("--region")).to_string(), "`sacrum`");
    }

    #[test]
    fn numbers_and_times_are_shown_and_words_are_not() {
        let told = |word| marked_number(word, &Place::file("r.csv")).to_string();
        for word in ["24.5", "2026-11-24 3:30 pm", "24 Nov 2026", "0026-11-24T15:30", "36 h"] {
            assert_eq!(told(word), format!("`{word}`"));
        }
        for word in ["Zoë", "tomorrow", "Bay 4, Zoë Smith", "HIV 2026"] {
            assert!(told(word).starts_with('('), "{word}");
        }
    }
}
