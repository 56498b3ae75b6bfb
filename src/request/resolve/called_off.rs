//! Words of lists for a session that did not take place: `Cancelled by client`, `no show`.

use crate::content::list_words;
use crate::content::phrases::Phrases;
use crate::letter::{is_letter_or_digit, with_spaces};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Bytes of a cell of any column that is read: what is longer is a report.
const LONGEST: usize = 60;
/// The same of a name, in any script, and of a column that says what became of appointments.
const LONGEST_NAME: usize = 400;
const LONGEST_STATUS: usize = 1000;
/// Bytes of a word that is told among other words: a shorter one may be a name.
const SHORTEST: usize = 6;

/// The words as phrases, made once.
struct Words {
    /// Each with its length without signs.
    all: Phrases<usize>,
    /// Those of a column that says what became of an appointment.
    of_status: Phrases<usize>,
    /// What has such a word in it and takes place.
    not: Phrases<usize>,
    /// First letters of `all`: every cell of a list is asked, and most are told by theirs.
    first: BTreeSet<char>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let words = list_words();
    let phrases = |words: &[String]| Phrases::new(words.iter().map(|word| (word.len(), spaced(word))));
    let of_status = [words.called_off.as_slice(), words.called_off_status.as_slice()].concat();
    Words {
        all: phrases(&words.called_off),
        // `No-shows`, `Patient cancels`.
        of_status: Phrases::new(of_status.iter().map(|word| {
            let open = if word.len() >= SHORTEST && word.is_ascii() { "*" } else { "" };
            (word.len(), spaced(word) + open)
        })),
        not: phrases(&words.not_called_off),
        first: words.called_off.iter().filter_map(|word| word.chars().next()).collect(),
    }
});

/// A word in a text, from where to where, between the first and the last letter of the text.
struct Said {
    length: usize,
    is_first: bool,
    is_last: bool,
    /// No letter stands beside it, in a script without spaces either.
    is_apart: bool,
}

impl Said {
    fn is_whole(&self) -> bool {
        self.is_first && self.is_last
    }

    fn is_long(&self) -> bool {
        self.length >= SHORTEST
    }
}

/// Whether a text is one of the words, or begins with a longer one: in a column of any kind.
pub fn says_called_off(text: &str) -> bool {
    may_begin(text)
        && is_said((&WORDS.all, LONGEST), text, |said| {
            said.is_whole() || said.is_first && said.is_long() && said.is_apart
        })
}

/// Whether a text of a column that says what became of appointments has one of the words in it.
pub fn tells_called_off(text: &str) -> bool {
    is_said((&WORDS.of_status, LONGEST_STATUS), &with_spaces(text), |said| {
        said.is_whole() || said.is_long() && (said.is_apart || said.is_last)
    })
}

/// Whether words around a name say so: `CANCELLED - Ann`, `Ann (no show)`.
pub fn says_beside(name: &str) -> bool {
    let mut in_brackets = name.split(['(', '[', '{', '（']).skip(1);
    let all = (&WORDS.all, LONGEST_NAME);
    is_said(all, name, |said| {
        said.is_whole() || (said.is_first || said.is_last) && said.is_long() && said.is_apart
    }) || in_brackets.any(|part| is_said(all, part, Said::is_whole))
}

/// Whether a note is one of the words: among others it may be advice.
pub fn is_called_off(note: &str) -> bool {
    is_said((&WORDS.all, LONGEST), note, Said::is_whole)
}

/// Whether a column's name is one of the words, or has one and words for a day, a reason and the like: `Cancelled at`.
pub fn names_called_off(name: &str) -> bool {
    let words = list_words();
    let beside: BTreeSet<String> = words.called_off_beside.iter().map(|word| spaced(word)).collect();
    let name = spaced(&with_spaces(name));
    if name.len() > LONGEST {
        return false;
    }
    let said: Vec<(usize, usize)> = WORDS.all.said(&name).map(|(_, at, length)| (at, at + length)).collect();
    let is_within = |at: usize| said.iter().any(|(from, to)| (*from..*to).contains(&at));
    let rest: String = name
        .char_indices()
        .map(|(at, sign)| if is_within(at) || !is_letter_or_digit(sign) { ' ' } else { sign })
        .collect();
    let is_beside =
        |word: &String| beside.contains(word) || words.yes.contains(word) || words.no.contains(word);
    !said.is_empty() && rest.split_whitespace().map(str::to_lowercase).all(|word| is_beside(&word))
}

fn is_said((words, longest): (&Phrases<usize>, usize), text: &str, is: impl Fn(&Said) -> bool) -> bool {
    if text.len() > longest {
        return false;
    }
    let text = spaced(text);
    let is_letter = |sign: Option<char>| sign.is_some_and(is_letter_or_digit);
    let has_letter = |part: &str| part.chars().any(is_letter_or_digit);
    // What says that it took place takes back the words that it has in it, and no others.
    let not: Vec<(usize, usize)> = WORDS.not.said(&text).map(|(_, at, length)| (at, at + length)).collect();
    let is_meant = |at: usize, end: usize| !not.iter().any(|(from, to)| *from <= at && end <= *to);
    let said = |(length, at, bytes): (usize, usize, usize)| {
        let (before, behind) = (text.get(..at)?, text.get(at + bytes..)?);
        is_meant(at, at + bytes).then(|| Said {
            length,
            is_first: !has_letter(before),
            is_last: !has_letter(behind),
            is_apart: !is_letter(before.chars().next_back()) && !is_letter(behind.chars().next()),
        })
    };
    words.said(&text).filter_map(said).any(|said| is(&said))
}

/// In one way of writing: hyphens and underscores are spaces, and full stops are nothing.
fn spaced(text: &str) -> String {
    let signs = text.trim().chars().filter(|sign| *sign != '.');
    let signs = signs.map(|sign| match sign {
        '-' | '_' | '\u{2010}' | '\u{2011}' => ' ',
        '\u{2019}' => '\'',
        sign => sign,
    });
    signs.collect()
}

/// Whether a word may begin as a text does.
fn may_begin(text: &str) -> bool {
    let first = text.chars().find(|sign| is_letter_or_digit(*sign));
    text.len() <= LONGEST
        && first.is_some_and(|first| !first.is_ascii() || WORDS.first.contains(&first.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_beside_a_name_say_it_too() {
        for name in ["CANCELLED - Ann", "Ann (no show)", "Ann no-show", "Ann (DNA)", "*Cancelled* Ann Lee"] {
            assert!(says_beside(name), "{name}");
        }
        for name in ["Ann", "Dna Lee", "Ann Cancela", "Cancellieri, Marco", "Ann (rescheduled from Mon)", ""]
        {
            assert!(!says_beside(name), "{name}");
        }
    }

    #[test]
    fn a_status_says_it_in_any_form_beside_what_takes_another_word_back() {
        for text in [
            "No show, not cancelled",
            "Cancelled (rescheduled from Mon)",
            "No-shows",
            "Patient cancels",
            "CancelledByPatient",
        ] {
            assert!(tells_called_off(text), "{text}");
        }
        assert!(tells_called_off(&format!("Cancelled by client {}", "x ".repeat(100))));
        assert!(says_beside(&format!("CANCELLED - {}", "பாலசுப்பிரமணியம்".repeat(3))));
    }

    #[test]
    fn a_note_that_says_it_is_told_from_advice() {
        assert!(is_called_off("Cancelled") && is_called_off("no-show."));
        for note in
            ["Please give 24 hours' notice to cancel", "Cancel your gym class tonight", "Call us to cancel"]
        {
            assert!(!is_called_off(note), "{note}");
        }
    }

    #[test]
    fn words_that_go_on_and_sessions_that_were_moved_here_say_nothing() {
        for text in [
            "Rescheduled from Monday",
            "Absent",
            "absente",
            "未到期",
            "未到账",
            "Cancellations: 2x",
            "Not cancelled",
        ] {
            assert!(!says_called_off(text), "{text}");
        }
        for text in ["Rescheduled", "Rescheduled to Friday", "取消", "取消（病人）", "no_show", "D.N.A."]
        {
            assert!(says_called_off(text), "{text}");
        }
        for text in ["Absent", "病人取消", "Client cancelled", "غایب"] {
            assert!(tells_called_off(text), "{text}");
        }
        for text in ["未取消", "Rescheduled from Monday", "not cancelled", "未到期"] {
            assert!(!tells_called_off(text), "{text}");
        }
    }

    #[test]
    fn a_column_is_called_so_with_words_for_a_day_or_a_reason_alone() {
        for name in [
            "Cancelled",
            "Cancelled at",
            "Date cancelled",
            "No-show",
            "Cancellation reason",
            "Did not arrive?",
            "Cancelled (Y/N)",
            "Cancelled? Y or N",
            "Cancelled / No show",
            "cancelledAt",
            "Cancelled by patient",
            "Cancelled_flag",
        ] {
            assert!(names_called_off(name), "{name}");
        }
        for name in
            ["No show fee", "Cancellation policy accepted", "No-show count", "Late cancel charge", "Name"]
        {
            assert!(!names_called_off(name), "{name}");
        }
    }
}
