//! Words around what a column asks for: `Is currently on X?`.

use crate::content::list_words;
use crate::content::names::fold;
use crate::letter::with_spaces;
use crate::locale::{is_in_word, is_unspaced};
use std::borrow::Cow;

/// Bytes between a word for yes and one for no that stand for a choice of both: `yes or no`.
const BESIDE: usize = 4;

/// Whether a column is called so that a no there says that there is something: `No alerts`, `Alerts cleared`. One that asks for
/// yes or no is not.
pub fn is_turned_round(name: &str) -> bool {
    let words = list_words();
    let yes: Vec<(usize, usize)> =
        words.yes_said.said(name).map(|(_, at, length)| (at, at + length)).collect();
    let no: Vec<(usize, usize)> = words.no_said.said(name).map(|(_, at, length)| (at, at + length)).collect();
    let is_choice = |said: (usize, usize)| {
        let is_beside = |yes: &(usize, usize)| {
            said.0.checked_sub(yes.1).is_some_and(|between| between <= BESIDE)
                || yes.0.checked_sub(said.1).is_some_and(|between| between <= BESIDE)
        };
        no.contains(&said) && yes.iter().any(is_beside)
    };
    words.turned_round.said(name).any(|(_, at, length)| !is_choice((at, at + length)))
}

/// A column's name without the words that ask: `Is currently on X? Yes/No` is `X`. `None`: it has none.
pub fn unasked(name: &str) -> Option<String> {
    let known = list_words();
    let is_asking = |word: &&String| known.asking.contains(*word);
    let is_behind = |word: &&String| is_asking(word) || known.yes.contains(*word) || known.no.contains(*word);
    let all = words(&without_asking(name));
    let begin = all.iter().take_while(is_asking).count();
    let rest = all.get(begin..).unwrap_or_default();
    let end = rest.len() - rest.iter().rev().take_while(is_behind).count();
    let rest = rest.get(..end).unwrap_or_default().join(" ");
    (!rest.is_empty() && fold(&rest) != fold(name)).then_some(rest)
}

/// A name without the words in front that ask, of a script that writes no space behind them.
fn without_asking(name: &str) -> Cow<'_, str> {
    let unspaced = |word: &&String| word.chars().all(is_unspaced);
    let begun =
        list_words().asking.iter().filter(unspaced).filter_map(|word| name.strip_prefix(word.as_str()));
    begun.min_by_key(|rest| rest.len()).filter(|rest| !rest.is_empty()).unwrap_or(name).into()
}

/// The words of a name, in small letters; `OneTwo` is two.
pub fn words(name: &str) -> Vec<String> {
    let parted = with_spaces(name);
    let parted: String = parted.chars().map(|letter| if is_in_word(letter) { letter } else { ' ' }).collect();
    parted.split_whitespace().map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_asks_is_taken_from_a_columns_name() {
        for (name, rest) in [
            ("On alerts?", "alerts"),
            ("Is currently on any Alerts: yes/no", "alerts"),
            ("HasAlert", "alert"),
            ("Avez-vous une alerte ?", "alerte"),
            ("是否警示", "警示"),
        ] {
            assert_eq!(unasked(name).as_deref(), Some(rest), "{name}");
        }
        for name in ["Alerts", "No alerts", "Is on", "", "?"] {
            assert_eq!(unasked(name), None, "{name}");
        }
    }

    #[test]
    fn a_name_that_turns_a_no_round_is_told_from_one_that_asks_for_it() {
        for name in [
            "No alerts",
            "Alerts cleared",
            "Free of alerts",
            "Alerts: none",
            "No known alerts: yes/no",
            "Aucune alerte",
            "Sin alertas",
            "无警示",
        ] {
            assert!(is_turned_round(name), "{name}");
        }
        for name in [
            "Alerts",
            "Alerts (Y/N)",
            "Alerts yes/no",
            "Alerts? Yes or no",
            "Alerte oui/non",
            "有无警示",
            "Notes",
        ] {
            assert!(!is_turned_round(name), "{name}");
        }
    }
}
