//! Short texts that came with the program and changed places: the label of one row stands at another, the left side is called
//! the right one. Each is a good text, and says the contrary where it stands.

use super::edits::likeness;
use crate::content::{Pack, Source};
use crate::diagnostic::{Diagnostic, shown};
use crate::locale::is_in_word;
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// How much of two labels is the same where one took over the other's words, and where it did not.
const LIKE: f64 = 0.5;
const UNLIKE: f64 = 0.34;

/// Words of a language that have the text with which another came.
pub fn changed(came: &Pack, own: &Pack) -> Vec<Diagnostic> {
    let mut others: BTreeMap<(&str, Vec<String>), Vec<&str>> = BTreeMap::new();
    for (key, source) in &came.words {
        others.entry((&source.place.file, words(source))).or_default().push(key);
    }
    own.words.iter().filter_map(|(key, source)| moved(key, source, &came.words, &others)).collect()
}

fn moved(
    key: &str,
    source: &Source,
    came: &IndexMap<String, Source>,
    others: &BTreeMap<(&str, Vec<String>), Vec<&str>>,
) -> Option<Diagnostic> {
    let was = came.get(key).filter(|was| was.place.file == source.place.file)?;
    if was.text == source.text {
        return None;
    }
    let own = words(source);
    if own.is_empty() || words(was) == own {
        return None;
    }
    let other = match others.get(&(&*source.place.file, own)) {
        Some(same) => *same.first()?,
        None => neighbour(key, source, was, came)?,
    };
    let message = format!("`{key}` has the text that came as `{other}`");
    let letters = u32::try_from(source.text.chars().count()).unwrap_or(0);
    let fault = Diagnostic::warning("changed-sense", message).at(source.at(0, letters));
    Some(fault.hint(format!(
        "it came as “{}”; if the change is meant, have the text signed: `aftercare sign`",
        shown(&was.text)
    )))
}

/// The label beside it whose words a label took over, with a few more: it was like its own, and is like that one now.
fn neighbour<'c>(
    key: &str,
    source: &Source,
    was: &Source,
    came: &'c IndexMap<String, Source>,
) -> Option<&'c str> {
    let (group, _) = key.rsplit_once('.')?;
    if likeness(&was.text, &source.text) > UNLIKE {
        return None;
    }
    let is_beside =
        |other: &&String| *other != key && other.rsplit_once('.').is_some_and(|(its, _)| its == group);
    let mut beside = came.keys().filter(is_beside);
    beside.find(|other| likeness(&came[*other].text, &source.text) > LIKE).map(|other| &**other)
}

/// The words of a text, whatever its capitals and marks.
fn words(source: &Source) -> Vec<String> {
    let words = source.text.split(|c| !is_in_word(c)).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
