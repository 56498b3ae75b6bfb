//! Therapists of a list who share a name: whom a clinic calls by that name alone is one of them at most.

use crate::request::resolve::{name_words, without_behind};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Different ways to write a therapist that are kept, at most.
const MOST: usize = 256;

/// The therapists of a list, each by the words of the name.
#[derive(Default)]
pub struct Namesakes {
    said: BTreeSet<String>,
    all: Vec<BTreeSet<String>>,
}

/// Whether a text has more than one word, so that it may be a longer name than the clinic has.
pub fn may_be_long(text: &str) -> bool {
    text.trim().contains(|sign: char| !sign.is_alphanumeric())
}

/// Without what stands in brackets or behind a second comma (`Lee, Ann (PT)`), where a whole name stands in front of it: alone in
/// brackets may be the family name.
fn without_titles(text: &str) -> &str {
    let text = without_behind(text);
    let end = [text.find('('), text.match_indices(',').nth(1).map(|(at, _)| at)].into_iter().flatten().min();
    let name = end.and_then(|end| text.get(..end)).unwrap_or(text);
    if name_words(name).len() > 1 { name } else { text }
}

impl Namesakes {
    /// Whether nobody was called so before.
    pub fn say(&mut self, text: &str) -> bool {
        if self.said.len() >= MOST || self.said.contains(text) {
            return false;
        }
        self.said.insert(text.to_owned());
        let words = name_words(without_titles(text));
        let is_new = !self.all.contains(&words);
        if is_new {
            self.all.push(words);
        }
        is_new
    }

    /// The words that names share which are not of one person by their form. A name with a title is the same one with more;
    /// a first name alone may be anybody's of that name.
    pub fn shared(&self) -> Option<Arc<BTreeSet<String>>> {
        let mut shared = BTreeSet::new();
        for (at, one) in self.all.iter().enumerate() {
            for other in self.all.iter().skip(at + 1) {
                let is_same = one.is_subset(other) || other.is_subset(one);
                if !is_same || one.len() == 1 || other.len() == 1 {
                    shared.extend(one.intersection(other).cloned());
                }
            }
        }
        (!shared.is_empty()).then(|| Arc::new(shared))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_family_names_are_two_people_and_a_title_is_none() {
        let shared = |said: &[&str]| {
            let mut names = Namesakes::default();
            for text in said {
                names.say(text);
            }
            names.shared().map(|shared| shared.iter().cloned().collect::<Vec<_>>().join(" "))
        };
        assert_eq!(shared(&["Ann Lee", "Lee, Ann", "Ann Lee, PT", "Bo Oz"]), None);
        assert_eq!(shared(&["Ann Lee", "Bo Oz", "Ann Ek"]).as_deref(), Some("ann"));
        assert_eq!(shared(&["Ann", "Ann Ek"]).as_deref(), Some("ann"));
        assert_eq!(shared(&["Ann", "Ann", "ann"]), None);
        assert_eq!(shared(&["Dr. Ann Lee, RMT", "Lee, Ann (PT)", "Lee, Ann, OT"]), None);
        assert_eq!(shared(&["Ann", "Ann (PT)", "Ann P.T.", "Ann, RMT", "Ms Ann PT"]), None);
        assert_eq!(shared(&["ANN LEE", "ANN EK"]).as_deref(), Some("ann"));
        assert_eq!(shared(&["Ann LEE", "Ann EK"]).as_deref(), Some("ann"));
        assert_eq!(shared(&["Ann", "Ann EK"]).as_deref(), Some("ann"));
        assert_eq!(shared(&["Ann (Lee)", "Ann (Ek)"]).as_deref(), Some("ann"));
    }
}
