//! Which glyphs an engine's sheets use, and the characters that each stands for.

use crate::layout::{Layout, Shape};
use crate::text::{FaceId, FontSet, Glyph, Line, Run};
use std::collections::{BTreeMap, BTreeSet};

/// The glyphs of each face with the characters that they say. The same whatever the order of adding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repertoire {
    faces: BTreeMap<FaceId, BTreeMap<u16, Box<str>>>,
    written: BTreeSet<char>,
}

impl Repertoire {
    /// Every glyph of a layout's lines.
    pub fn add_layout(&mut self, layout: &Layout) {
        for fragment in layout.pages.iter().flat_map(|page| &page.fragments) {
            if let Shape::Line { line, .. } = &fragment.shape {
                self.add_line(line);
            }
        }
    }

    /// Every glyph of a set line, ligatures too.
    pub fn add_line(&mut self, line: &Line) {
        for run in &line.runs {
            for (glyph, text) in glyph_texts(run, &run.glyphs) {
                self.add(run.face, glyph, text);
            }
        }
    }

    /// The glyphs that a face has for these characters, as they are before any substitution.
    pub fn add_text(&mut self, fonts: &FontSet, face: FaceId, text: &str) {
        for character in text.chars() {
            if let Some(glyph) = fonts.face(face).glyph(character) {
                self.add(face, glyph, character.encode_utf8(&mut [0; 4]));
            }
        }
    }

    /// Letters that the texts themselves hold: a sheet with one of them has most likely others too.
    pub fn note_written(&mut self, letters: impl IntoIterator<Item = char>) {
        self.written.extend(letters);
    }

    pub(super) fn is_written(&self, letter: char) -> bool {
        self.written.contains(&letter)
    }

    fn add(&mut self, face: FaceId, glyph: u16, text: &str) {
        // Glyph 0 is the missing-glyph box, which is never drawn.
        if glyph == 0 {
            return;
        }
        let said = self.faces.entry(face).or_default().entry(glyph).or_insert_with(|| text.into());
        if is_better(text, said) {
            *said = text.into();
        }
    }

    pub(super) fn faces(&self) -> impl Iterator<Item = (FaceId, &BTreeMap<u16, Box<str>>)> {
        self.faces.iter().map(|(face, glyphs)| (*face, glyphs))
    }
}

/// One glyph can stand for several characters (the hyphen for U+2011, the space for U+00A0). The plainest is taken:
/// the fewest characters, then the lowest; none at all is the worst.
fn is_better(text: &str, than: &str) -> bool {
    let rank = |text: &str| match text.chars().count() {
        0 => usize::MAX,
        count => count,
    };
    (rank(text), text) < (rank(than), than)
}

/// Each of these glyphs of a run with its source characters; none for the second glyph of a cluster.
pub(in crate::pdf) fn glyph_texts<'r>(
    run: &'r Run,
    glyphs: &'r [Glyph],
) -> impl Iterator<Item = (u16, &'r str)> {
    glyphs.iter().map(|glyph| {
        let range = glyph.text.start as usize..glyph.text.end as usize;
        (glyph.id, run.text.get(range).unwrap_or_default())
    })
}
