//! Cells of rows below a list: what they count, or say of it.

use crate::content::list_words;
use crate::request::resolve::{is_moment, time_of_day};

/// Words that say no time at all.
pub fn is_remark(text: &str) -> bool {
    let has_word = text.split(|letter: char| !letter.is_alphabetic()).any(|word| word.chars().count() > 2);
    has_word && time_of_day(text).is_none() && !is_moment(text)
}

/// Whether a text says what a sign of the list means: `* = new patient`. Words in front of it may be somebody's name.
pub fn explains_sign(text: &str) -> bool {
    let Some((sign, meaning)) = text.split_once('=') else { return false };
    let mut letters = sign.trim().chars().filter(|letter| letter.is_alphanumeric());
    let is_sign = letters.next().is_none_or(|letter| letter.is_ascii()) && letters.next().is_none();
    !sign.trim().is_empty() && is_sign && meaning.chars().any(char::is_alphabetic)
}

/// Whether a text that stands alone below a list may be somebody's whole name: two words or more that begin with capitals, and
/// none that sums up or says where a list ends.
pub fn is_whole_name(text: &str) -> bool {
    let totals = &list_words().totals;
    let mut count = 0;
    text.split([' ', ',']).filter(|word| !word.is_empty()).all(|word| {
        count += 1;
        let is_letter = |letter: char| letter.is_alphabetic() || matches!(letter, '.' | '\'' | '’' | '-');
        word.chars().all(is_letter)
            && word.chars().next().is_some_and(char::is_uppercase)
            && !totals.contains(&word.to_lowercase())
    }) && (2..=NAMES).contains(&count)
}

/// Words of a name, at most.
const NAMES: usize = 4;

/// A number that may count rows; one with more digits calls somebody, and one without any is a name: `Nan`, `Inf`.
pub fn is_count(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.trim().parse::<f64>().is_ok() && (1..=6).contains(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_name_is_told_from_words_of_a_list() {
        for text in ["Zoe Lee", "Lee, Zoe", "Zoë van Lee".replace("van", "Van").as_str(), "Mary-Ann O'Lee"] {
            assert!(is_whole_name(text), "{text}");
        }
        for text in [
            "Zoe",
            "Grand Total",
            "End Of List",
            "Printed by the desk",
            "Page 2",
            "Total Patients",
            "* Zoe Lee",
        ] {
            assert!(!is_whole_name(text), "{text}");
        }
    }

    #[test]
    fn what_a_sign_means_is_told_from_a_name() {
        for text in ["* = new patient", "N=new", "(*) = first visit", "** = see desk"] {
            assert!(explains_sign(text), "{text}");
        }
        for text in ["Zoe", "=\"Zoe\"", "Bo = new", "李 = new", "* Zoe", "* =", "*"] {
            assert!(!explains_sign(text), "{text}");
        }
    }
}
