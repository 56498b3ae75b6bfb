//! Phrases of data files, and where texts say them.

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

impl<T: Copy> Phrases<T> {
    pub fn new(phrases: impl IntoIterator<Item = (T, impl AsRef<str>)>) -> Phrases<T> {
        let mut tree = Phrases(vec![Branch { next: BTreeMap::new(), ends: Vec::new() }]);
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
        word_starts(text)
            .flat_map(|at| self.said_at(&text[at..]).into_iter().map(move |(of, length)| (of, at, length)))
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
            let tail: usize = rest.chars().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
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
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        _ if letter.is_whitespace() => ' ',
        (Some(lower), None) => lower,
        _ => letter,
    }
}

/// A letter of a script that writes no spaces between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese.
pub fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Where no letter or digit stands before.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut before = false;
    text.char_indices().filter_map(move |(at, character)| {
        let starts = !std::mem::replace(&mut before, character.is_alphanumeric());
        starts.then_some(at)
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
}
