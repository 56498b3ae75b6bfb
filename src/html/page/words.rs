//! Lists of words, written out as lines and asked as sets.

use std::sync::OnceLock;

/// Words with spaces between them.
pub(super) struct Words {
    list: &'static str,
    sorted: OnceLock<Box<[&'static str]>>,
}

impl Words {
    pub(super) const fn new(list: &'static str) -> Words {
        Words { list, sorted: OnceLock::new() }
    }

    pub(super) fn has(&self, word: &str) -> bool {
        let sorted = self.sorted.get_or_init(|| {
            let mut words: Vec<&str> = self.list.split_ascii_whitespace().collect();
            words.sort_unstable();
            words.into()
        });
        sorted.binary_search(&word).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_its_words_and_no_parts_of_them() {
        static LIST: Words = Words::new("b abc\n  a");
        assert!(["a", "b", "abc"].iter().all(|word| LIST.has(word)));
        assert!(!["", "ab", "b abc", " a", "c"].iter().any(|word| LIST.has(word)));
    }
}
