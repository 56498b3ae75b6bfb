//! Words of lists for a session that did not take place: `Cancelled by client`, `no show`.

use crate::content::list_words;
use crate::content::phrases::Phrases;
use crate::letter::is_letter_or_digit;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Bytes of a text that is read: what is longer is a report.
const LONGEST: usize = 60;
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
        of_status: phrases(&of_status),
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
        && is_said(&WORDS.all, text, |said| {
            said.is_whole() || said.is_first && said.is_long() && said.is_apart
        })
}

/// Whether a text of a column that says what became of appointments has one of the words in it.
pub fn tells_called_off(text: &str) -> bool {
    is_said(&WORDS.of_status, text, |said| {
        said.is_whole() || said.is_long() && (said.is_apart || said.is_last)
    })
}

/// Whether words around a name say so: `CANCELLED - Ann`, `Ann (no show)`.
pub fn says_beside(name: &str) -> bool {
    let mut in_brackets = name.split(['(', '[', '{', '（']).skip(1);
    is_said(&WORDS.all, name, |said| {
        said.is_whole() || (said.is_first || said.is_last) && said.is_long() && said.is_apart
    }) || in_brackets.any(|part| is_said(&WORDS.all, part, Said::is_whole))
}

/// Whether a note is one of the words: among others it may be advice.
pub fn is_called_off(note: &str) -> bool {
    is_said(&WORDS.all, note, Said::is_whole)
}

/// Whether a column's name is one of the words, or has one and words for a day, a reason and the like: `Cancelled at`.
pub fn names_called_off(name: &str) -> bool {
    let beside: Vec<String> = list_words().called_off_beside.iter().map(|word| spaced(word)).collect();
    let name = spaced(name);
    let is_beside = |rest: &str| {
        let words = rest.split(|sign: char| !is_letter_or_digit(sign)).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).all(|word| beside.contains(&word))
    };
    let is_named = |(_, at, length): (usize, usize, usize)| {
        name.get(..at).is_some_and(is_beside) && name.get(at + length..).is_some_and(is_beside)
    };
    name.len() <= LONGEST && WORDS.all.said(&name).any(is_named)
}

fn is_said(words: &Phrases<usize>, text: &str, is: impl Fn(&Said) -> bool) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let text = spaced(text);
    let is_letter = |sign: Option<char>| sign.is_some_and(is_letter_or_digit);
    let has_letter = |part: &str| part.chars().any(is_letter_or_digit);
    let said = |(length, at, bytes): (usize, usize, usize)| {
        let (before, behind) = (text.get(..at)?, text.get(at + bytes..)?);
        Some(Said {
            length,
            is_first: !has_letter(before),
            is_last: !has_letter(behind),
            is_apart: !is_letter(before.chars().next_back()) && !is_letter(behind.chars().next()),
        })
    };
    words.said(&text).filter_map(said).any(|said| is(&said)) && WORDS.not.said(&text).next().is_none()
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
