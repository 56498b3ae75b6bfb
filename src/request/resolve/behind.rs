//! Words behind a time of day: `10:00 Uhr`, `9:30 AM EST`.

use crate::content::list_words;
use chrono::FixedOffset;

/// A time and the words behind it.
pub struct Behind<'t> {
    pub time: &'t str,
    word: String,
}

impl Behind<'_> {
    /// `None`: no words stand behind a time.
    pub fn of(text: &str) -> Option<Behind<'_>> {
        let text = text.trim();
        let words = text.rfind(|sign: char| sign.is_ascii_digit()).map(|at| at + 1)?;
        let (time, word) = text.split_at_checked(words)?;
        let mut parts = word.split_whitespace().peekable();
        let half = parts
            .peek()
            .filter(|part| is_half(part))
            .map_or(0, |part| word.find(*part).map_or(0, |at| at + part.len()));
        let (half, word) = word.split_at_checked(half)?;
        let word = word.trim().trim_matches(['(', ')', '[', ']', '.', ',']).to_lowercase();
        let time = text.get(..time.len() + half.len())?.trim_end();
        // An offset's own names are read with it.
        let is_of_offset = word.split(' ').any(|word| ["utc", "gmt", "z"].contains(&word));
        (time.contains(':') && !word.is_empty() && !is_of_offset).then_some(Behind { time, word })
    }

    /// The words, if they say nothing or name a zone.
    pub fn known(&self) -> Option<&str> {
        let words = list_words();
        let is_known = words.behind_time.contains(&self.word) || words.zones.contains_key(&self.word);
        is_known.then_some(&self.word)
    }

    /// Whether they say nothing, or the zone of an offset.
    pub fn is_of(&self, offset: FixedOffset) -> bool {
        let words = list_words();
        let zone = words.zones.get(&self.word);
        words.behind_time.contains(&self.word) || zone.is_some_and(|zone| *zone == offset.to_string())
    }
}

fn is_half(word: &str) -> bool {
    let word = word.trim_matches(['(', ')', '.']).to_lowercase().replace('.', "");
    ["am", "pm", "a", "p"].contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_parted_from_what_stands_behind_it() {
        for (text, time, word) in [
            ("2026-11-30 10:00 Uhr", "2026-11-30 10:00", "uhr"),
            ("Nov 30, 2026 9:30 AM EST", "Nov 30, 2026 9:30 AM", "est"),
            ("9:30 a.m. (EST)", "9:30 a.m.", "est"),
            ("9:30am Eastern Time", "9:30am", "eastern time"),
        ] {
            let found = Behind::of(text).map(|behind| (behind.time, behind.word));
            assert_eq!(found, Some((time, word.to_owned())), "{text}");
        }
        for text in ["9:30", "9:30 am", "Monday", "12 Uhr", "9:30 -0500 GMT", ""] {
            assert!(Behind::of(text).is_none(), "{text}");
        }
    }
}
