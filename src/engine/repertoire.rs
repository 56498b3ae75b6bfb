//! The glyphs that sheets of one clinic folder are likely to use. They are the same for every sheet of the folder, so
//! that fonts are subset once and a sheet's bytes do not depend on the sheets before it.

use crate::content::{Library, Source};
use crate::diagnostic::{Diagnostic, Faults};
use crate::document::Inline;
use crate::geometry::Pt;
use crate::layout::Style;
use crate::layout::paragraph::{ParagraphStyle, Setter, Weight};
use crate::options::{Edition, Paper};
use crate::pdf::Repertoire;
use std::collections::BTreeSet;

/// What names, dates and notes are likely to hold beside the letters of the content.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:;!?'\"()[]/&%+-–—‘’“”…·°½\
                       àâäáãåæçèéêëìíîïñòóôöõøœùúûüÿÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜ";

/// Letters that fonts join.
const JOINED: &str = "ff fi fl ffi ffl fj ft tt tf ti th Th";

/// Wide enough for any line.
const ONE_LINE: Pt = Pt(1_000_000.0);

/// The glyphs of every character of the folder's texts, of common letters and joins, in each weight, with figures
/// for text and for tables.
pub fn of(library: &Library, setter: &Setter) -> Result<Repertoire, Faults> {
    let characters: BTreeSet<char> = texts(library)
        .flat_map(|source| source.text.chars())
        .chain(LETTERS.chars())
        .filter(|character| !character.is_control() && setter.fonts().covers(*character))
        .collect();
    // Between spaces no two letters join; the joins stand by themselves.
    let apart: String =
        characters.iter().flat_map(|character| [*character, ' ']).chain(JOINED.chars()).collect();
    let mut repertoire = Repertoire::default();
    for style in styles(library) {
        for text in [Inline::Text(apart.clone()), Inline::Emphasis(vec![Inline::Text(apart.clone())])] {
            let set = setter.set(&[text], &style, ONE_LINE);
            let paragraph = set.map_err(|error| Diagnostic::error("fonts", error.to_string()))?;
            paragraph.lines.iter().for_each(|set| repertoire.add_line(&set.line));
        }
    }
    Ok(repertoire)
}

fn styles(library: &Library) -> impl Iterator<Item = ParagraphStyle> {
    let body = Style::new(Edition::Standard, Paper::Letter, &library.brand.palette).body;
    [Weight::Regular, Weight::Semibold, Weight::Bold]
        .into_iter()
        .flat_map(move |weight| [false, true].map(|tabular| ParagraphStyle { weight, tabular, ..body }))
}

/// Every text that can be printed.
fn texts(library: &Library) -> impl Iterator<Item = &Source> {
    library.packs.values().flat_map(|pack| {
        let exercises = pack.stretches.values().chain(pack.exercises.values());
        let words = pack.words.values().chain(pack.safety.words.values());
        let sections = pack.sections.values().flat_map(|section| [&section.title, &section.body]);
        let questions = pack.questions.iter().flat_map(|question| [&question.question, &question.answer]);
        words
            .chain(sections)
            .chain(questions)
            .chain(exercises.flat_map(|one| one.steps.iter().chain([&one.name])))
    })
}
