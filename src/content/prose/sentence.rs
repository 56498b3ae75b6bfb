//! Where in the files a sentence of a finished sheet was written.

use super::text::seen;
use crate::content::{Pack, Source};
use crate::diagnostic::Place;
use crate::document::Origin;
use crate::letter::is_letter_or_digit;
use crate::options::sections::{QUICK_ANSWER, WHEN_TO_CALL};
use indexmap::IndexMap;

/// The place of a sentence that a document says: of the longest run of its words that one of the texts has. Values filled in
/// and conditions passed over are no obstacle; where no two words in a row are found, the file alone.
pub fn place_of(sentence: &str, origin: &Origin, pack: &Pack) -> Option<Place> {
    let wanted: Vec<(String, usize)> = words(sentence);
    let sources = sources(origin, pack);
    let found = sources.iter().filter_map(|source| {
        let have = words(&seen(&source.text));
        let (from, length) = longest_run(&wanted, &have).filter(|(_, length)| *length > 1)?;
        let (start, end) = (have[from].1, have[from + length - 1].1 + have[from + length - 1].0.len());
        let letters = source.text.get(start..end).map_or(0, |run| run.chars().count());
        Some((length, source.at(start, u32::try_from(letters).unwrap_or(0))))
    });
    let first = || sources.first().map(|source| Place::file(source.place.file.clone()));
    // Of equal ones the first.
    found
        .reduce(|best, other| if other.0 > best.0 { other } else { best })
        .map(|found| found.1)
        .or_else(first)
}

/// The texts that a passage can come from, the likeliest first.
fn sources<'p>(origin: &Origin, pack: &'p Pack) -> Vec<&'p Source> {
    let section = |id: &str| pack.sections.get(id).map(|section| &section.body);
    let mut sources: Vec<&Source> = match origin {
        Origin::QuickAnswer => section(QUICK_ANSWER).into_iter().collect(),
        Origin::Timeline => Vec::new(),
        Origin::Safety => section(WHEN_TO_CALL).into_iter().chain(pack.safety.words.values()).collect(),
        Origin::Section(id) => section(id).into_iter().collect(),
        Origin::Question(id) => {
            let question = pack.questions.iter().find(|question| question.id == *id);
            question.map(|question| &question.answer).into_iter().collect()
        }
        Origin::Exercise(id) => {
            let exercises = pack.libraries.values().filter_map(|library: &IndexMap<_, _>| library.get(id));
            exercises.flat_map(|exercise| &exercise.steps).collect()
        }
    };
    sources.extend(pack.words.values());
    sources
}

/// Words in lower case, and where each stands.
fn words(text: &str) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    let mut open = false;
    for (at, letter) in text.char_indices() {
        if !is_letter_or_digit(letter) {
            open = false;
            continue;
        }
        match found.last_mut().filter(|_| open) {
            Some((word, _)) => word.extend(letter.to_lowercase()),
            None => found.push((letter.to_lowercase().collect(), at)),
        }
        open = true;
    }
    found
}

/// Where in `have` the longest run of `wanted` words begins, and its length.
fn longest_run(wanted: &[(String, usize)], have: &[(String, usize)]) -> Option<(usize, usize)> {
    let run = |from: usize, at: usize| {
        let pairs = wanted[from..].iter().zip(&have[at..]);
        pairs.take_while(|(one, other)| one.0 == other.0).count()
    };
    let starts = (0..wanted.len()).flat_map(|from| (0..have.len()).map(move |at| (from, at)));
    let runs = starts.map(|(from, at)| (at, run(from, at))).filter(|(_, length)| *length > 0);
    runs.reduce(|best, other| if other.1 > best.1 { other } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run_of_words_is_found() {
        let (wanted, have) = (words("So drink more water now"), words("Water. Then **drink more** water"));
        let (at, length) = longest_run(&wanted, &have).unwrap();
        assert_eq!((have[at].0.as_str(), length), ("drink", 3));
    }
}
