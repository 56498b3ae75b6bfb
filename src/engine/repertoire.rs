//! The glyphs that sheets of one clinic folder are likely to use. They are the same for every sheet of the folder, so
//! that fonts are subset once and a sheet's bytes do not depend on the sheets before it.

use crate::content::{Library, Source};
use crate::diagnostic::{Diagnostic, Faults};
use crate::document::Inline;
use crate::layout::Style;
use crate::layout::paragraph::{ParagraphStyle, Setter, Weight};
use crate::options::{Edition, Paper};
use crate::pdf::Repertoire;
use std::collections::BTreeSet;
use unicode_normalization::char::is_combining_mark;

/// What names, dates and notes are likely to hold beside the letters of the content.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:;!?_'\"()[]/&%+-–—‘’“”…·°½\
                       àâäáãåæçèéêëìíîïñòóôöõøœùúûüÿÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜ";

/// Letters that fonts join.
const JOINED: &str = "ff fi fl ffi ffl fj ft tt tf ti th Th";

/// What [`characters`] are in the built-in folder, whose texts are not read for that: a test holds both together.
pub const BUILT_IN: &str = "\n !\"#%'(),-.:;=?_{}·";

/// Every character of the folder's texts but letters and digits of ASCII, which every sheet has.
pub fn characters<'l>(libraries: impl Iterator<Item = &'l Library>) -> BTreeSet<char> {
    let texts = libraries.flat_map(texts).flat_map(|source| source.text.chars());
    texts.filter(|character| !character.is_ascii_alphanumeric()).collect()
}

/// The glyphs of the characters that a folder's texts are written in, of common letters and joins, in each weight.
pub fn of(written: BTreeSet<char>, library: &Library, setter: &Setter) -> Result<Repertoire, Faults> {
    let mut characters: BTreeSet<char> = LETTERS.chars().chain(written.iter().copied()).collect();
    // A mark stands on the letter before it, and would stand on a space here: what has one brings its own glyphs.
    let stands = |character: &char| !character.is_control() && !is_combining_mark(*character);
    characters.retain(|character| stands(character) && setter.fonts().covers(*character));
    // Between spaces no two letters join; the joins stand by themselves.
    let apart = |characters: &mut dyn Iterator<Item = char>| -> String {
        characters.flat_map(|character| [character, ' ']).collect()
    };
    let all = apart(&mut characters.iter().copied()) + JOINED;
    let mut repertoire = Repertoire::default();
    repertoire.note_written(written);
    for style in styles(library) {
        for text in [Inline::Text(all.clone()), Inline::Emphasis(vec![Inline::Text(all.clone())])] {
            let line = setter.one_line(&[text], &style);
            repertoire.add_line(&line.map_err(|error| Diagnostic::error("fonts", error.to_string()))?);
        }
    }
    Ok(repertoire)
}

fn styles(library: &Library) -> impl Iterator<Item = ParagraphStyle> {
    let body = Style::new(Edition::Standard, Paper::Letter, &library.brand.palette).body;
    [Weight::Regular, Weight::Semibold, Weight::Bold].map(|weight| body.weighing(weight)).into_iter()
}

/// Every text that can be printed.
fn texts(library: &Library) -> impl Iterator<Item = &Source> {
    library.packs.values().flat_map(|pack| {
        let exercises = pack.libraries.values().flat_map(indexmap::IndexMap::values);
        let words = pack.words.values().chain(pack.safety.words.values());
        let sections = pack.sections.values().flat_map(|section| [&section.title, &section.body]);
        let questions = pack.questions.iter().flat_map(|question| [&question.question, &question.answer]);
        words
            .chain(sections)
            .chain(questions)
            .chain(exercises.flat_map(|one| one.steps.iter().chain([&one.name])))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::files::Embedded;

    #[test]
    fn the_characters_of_the_built_in_folder_are_known() {
        let folder = crate::content::load(&Embedded).unwrap().value;
        let found: String = characters(folder.treatments()).into_iter().collect();
        assert_eq!(found.escape_default().to_string(), BUILT_IN.escape_default().to_string());
    }
}
