//! Phrases of data files, and where texts say them: as whole words, and inside runs of letters in scripts that write no
//! spaces between their words.

use crate::letter::is_letter_or_digit;
use crate::locale::{is_in_word, is_unspaced};
use std::collections::BTreeMap;

/// Phrases as a tree of their letters: what a text says at one place is found in one walk, however many there are.
#[derive(Clone, Debug)]
pub struct Phrases<T>(Vec<Branch<T>>);

#[derive(Clone, Debug)]
struct Branch<T> {
    next: BTreeMap<char, usize>,
    /// The phrases that end here, and whether any ending may follow.
    ends: Vec<(T, bool)>,
}

/// None.
impl<T> Default for Phrases<T> {
    fn default() -> Phrases<T> {
        Phrases(vec![Branch { next: BTreeMap::new(), ends: Vec::new() }])
    }
}

impl<T: Copy> Phrases<T> {
    pub fn new(phrases: impl IntoIterator<Item = (T, impl AsRef<str>)>) -> Phrases<T> {
        let mut tree = Phrases::default();
        phrases.into_iter().for_each(|(of, phrase)| tree.add(of, phrase.as_ref()));
        tree
    }

    pub fn is_empty(&self) -> bool {
        self.0.len() == 1
    }

    fn add(&mut self, of: T, phrase: &str) {
        let (stem, open) = match phrase.strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (phrase, false),
        };
        if stem.trim().is_empty() {
            return;
        }
        let mut at = 0;
        for letter in stem.chars().map(folded) {
            let new = self.0.len();
            at = *self.0[at].next.entry(letter).or_insert(new);
            if at == new {
                self.0.push(Branch { next: BTreeMap::new(), ends: Vec::new() });
            }
        }
        self.0[at].ends.push((of, open));
    }

    /// The phrases that a text says, in any case and as whole words: offset and length in bytes.
    pub fn said<'p>(&'p self, text: &'p str) -> impl Iterator<Item = (T, usize, usize)> + 'p {
        self.said_where(text, word_starts(text))
    }

    /// The same in a text whose [starts of words](word_starts) are known.
    pub fn said_where<'p>(
        &'p self,
        text: &'p str,
        starts: impl Iterator<Item = usize> + 'p,
    ) -> impl Iterator<Item = (T, usize, usize)> + 'p {
        starts.flat_map(|at| self.said_at(&text[at..]).into_iter().map(move |(of, length)| (of, at, length)))
    }

    /// The longest phrase that a text begins with, where its last letter is of a script that writes no spaces: what comes
    /// behind it may be another word all the same.
    pub fn said_unspaced(&self, text: &str) -> Option<(T, usize)> {
        let (mut at, mut rest, mut longest) = (0, text, None);
        while let Some(letter) = rest.chars().next() {
            let Some(next) = self.0[at].next.get(&folded(letter)) else { break };
            (at, rest) = (*next, &rest[letter.len_utf8()..]);
            let ends = self.0[at].ends.first().filter(|_| is_unspaced(letter));
            longest = ends.map(|(of, _)| (*of, text.len() - rest.len())).or(longest);
        }
        longest
    }

    /// The phrases that a text begins with, and their lengths in bytes. A run of spaces, line ends or no-break spaces is one space.
    pub fn said_at(&self, text: &str) -> Vec<(T, usize)> {
        let (mut at, mut rest, mut said) = (0, text, Vec::new());
        while let Some(letter) = rest.chars().next() {
            let Some(next) = self.0[at].next.get(&folded(letter)) else { break };
            at = *next;
            rest = if letter.is_whitespace() { rest.trim_start() } else { &rest[letter.len_utf8()..] };
            let tail = tail(letter, rest);
            let length = text.len() - rest.len() + tail;
            said.extend(
                self.0[at].ends.iter().filter(|(_, open)| *open || tail == 0).map(|(of, _)| (*of, length)),
            );
        }
        said
    }
}

/// A letter in any case, a space of any kind.
fn folded(letter: char) -> char {
    if letter.is_ascii() {
        return if letter.is_whitespace() { ' ' } else { letter.to_ascii_lowercase() };
    }
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        _ if letter.is_whitespace() => ' ',
        (Some(lower), None) => lower,
        _ => letter,
    }
}

/// How much of a word goes on behind its letter `last`, in bytes.
fn tail(last: char, rest: &str) -> usize {
    let mut before = last;
    let goes_on = |next: &char| !is_word_start(std::mem::replace(&mut before, *next), *next);
    rest.chars().take_while(|next| is_in_word(*next)).take_while(goes_on).map(char::len_utf8).sum()
}

/// Whether a word may begin at `next`: no letter or digit stands before, or one of the two is of a script without spaces.
pub fn is_word_start(before: char, next: char) -> bool {
    !is_in_word(before) || (is_unspaced(before) || is_unspaced(next)) && is_letter_or_digit(next)
}

/// Where words may begin.
pub fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, character)| {
        is_word_start(std::mem::replace(&mut before, character), character).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_that_begin_alike_are_each_found() {
        let phrases = Phrases::new([(1, "best"), (2, "best care"), (3, "bes*"), (4, "best cure")]);
        let said: Vec<usize> = phrases.said("The BEST\n care.").map(|(phrase, ..)| phrase).collect();
        assert_eq!(said, [3, 1, 2]);
    }

    fn said<'t>(phrase: &str, text: &'t str) -> Vec<&'t str> {
        let phrases = Phrases::new([((), phrase)]);
        phrases.said(text).map(|((), at, length)| &text[at..at + length]).collect()
    }

    #[test]
    fn scripts_without_spaces_say_a_phrase_inside_a_run() {
        assert_eq!(said("不*", "今天请不要开车"), ["不"]);
        assert_eq!(said("小时", "休息24小时以后"), ["小时"]);
        assert_eq!(said("ห้าม", "วันนี้ห้ามขับรถ"), ["ห้าม"]);
        assert_eq!(said("rest", "请rest一下"), ["rest"]);
    }

    #[test]
    fn joiners_and_marks_are_inside_a_word() {
        assert_eq!(said("روز", "شبانه\u{200c}روز"), Vec::<&str>::new());
        assert_eq!(said("می*", "می\u{200c}شود"), ["می\u{200c}شود"]);
        assert_eq!(said("வலி", "கால்வலி"), Vec::<&str>::new());
        assert_eq!(said("வலி*", "கால் வலியும்"), ["வலியும்"]);
    }
}
