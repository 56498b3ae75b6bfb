//! Where words begin, and what stands between them.

use super::text::VALUE;

/// Where a word or a number begins.
pub fn starts(text: &str) -> impl Iterator<Item = usize> {
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, character)| {
        let last = std::mem::replace(&mut before, character);
        let begins = !last.is_alphanumeric() && last != VALUE && character.is_alphanumeric();
        begins.then_some(at)
    })
}

/// Spaces and dashes between a number and what follows.
pub fn gap(text: &str) -> usize {
    let is_gap = |c: &char| c.is_whitespace() || "-\u{2010}\u{2011}–—".contains(*c);
    text.chars().take_while(is_gap).map(char::len_utf8).sum()
}

pub fn longest<T>(said: Vec<(T, usize)>) -> Option<(T, usize)> {
    said.into_iter().max_by_key(|(_, length)| *length)
}
