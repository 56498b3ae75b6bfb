//! Words around what a column asks for: `Is currently on X?`.

use crate::content::list_words;
use crate::content::names::fold;
use crate::locale::{is_in_word, is_unspaced};
use std::borrow::Cow;

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
    let mut was_small = false;
    let parted = name.chars().flat_map(|letter| {
        let begins = was_small && letter.is_uppercase();
        was_small = letter.is_lowercase();
        [begins.then_some(' '), Some(if is_in_word(letter) { letter } else { ' ' })].into_iter().flatten()
    });
    let parted: String = parted.collect();
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
}
