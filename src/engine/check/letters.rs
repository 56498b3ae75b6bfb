//! Letters of the texts that no font of the clinic has: a sheet with one of them cannot be made.

use crate::content::{Audience, Library, Pack, Source};
use crate::diagnostic::{Diagnostic, Place};
use crate::text::FontSet;

/// The first such letter of each text that prints. Text for the public pages alone is set in the reader's fonts.
pub fn without_a_glyph(library: &Library, fonts: &FontSet) -> Vec<Diagnostic> {
    let texts = library.packs.values().flat_map(printed).filter_map(|source| first(source, fonts));
    texts.chain(in_profile(library, fonts)).collect()
}

/// Names and lines of the clinic's profile.
fn in_profile(library: &Library, fonts: &FontSet) -> Option<Diagnostic> {
    let clinic = &library.clinic;
    let lines = [&clinic.phone, &clinic.email, &clinic.web, &clinic.address].into_iter().flatten();
    let therapists = clinic.therapists.iter().map(|therapist| &therapist.signed);
    let lines = lines.chain([&clinic.name, &clinic.city, &clinic.emergency]).chain(therapists);
    // In the languages that are read: a font for another one need not be there.
    let localized = [&clinic.nurse_line, &clinic.register].into_iter().flatten();
    let localized =
        localized.flat_map(|line| library.packs.keys().map(|language| line.in_language(language)));
    let lines = lines.map(String::as_str).chain(localized);
    let character = lines.flat_map(|line| line.chars()).find(|character| is_missing(*character, fonts))?;
    Some(fault(character, Place::file("content/clinic.yaml")))
}

fn printed(pack: &Pack) -> impl Iterator<Item = &Source> {
    let prints = |audience: Audience| audience != Audience::Public;
    let sections = pack.sections.values().filter(move |section| prints(section.audience));
    let questions = pack.questions.iter().filter(move |question| prints(question.audience));
    let exercises = pack.libraries.values().flat_map(indexmap::IndexMap::values);
    sections
        .flat_map(|section| [&section.title, &section.body])
        .chain(questions.flat_map(|question| [&question.question, &question.answer]))
        .chain(exercises.flat_map(|one| one.steps.iter().chain([&one.name])))
        .chain(pack.safety.words.values())
        .chain(pack.words.values())
}

fn first(source: &Source, fonts: &FontSet) -> Option<Diagnostic> {
    let mut missing = source.text.char_indices().filter(|(_, character)| is_missing(*character, fonts));
    let (at, character) = missing.find(|(at, _)| !in_comment(&source.text, *at))?;
    Some(fault(character, source.at(at, 1)))
}

fn is_missing(character: char, fonts: &FontSet) -> bool {
    !character.is_control() && !fonts.covers(character)
}

fn fault(character: char, place: Place) -> Diagnostic {
    let message = format!("no font of the clinic has `{character}` (U+{:04X})", u32::from(character));
    let fault = Diagnostic::error("missing-glyph", message).at(place);
    fault.hint("write it in other letters, or name a font that has it in templates/brand.yaml")
}

/// Whether a place stands in a template's comment.
fn in_comment(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or(text);
    before.rfind("{#").is_some_and(|open| before[open..].find("#}").is_none())
}

#[cfg(test)]
mod tests {
    use super::in_comment;

    #[test]
    fn a_comment_does_not_print() {
        let text = "a {# ☃ #} ☃";
        assert!(in_comment(text, text.find('☃').unwrap()));
        assert!(!in_comment(text, text.rfind('☃').unwrap()));
    }
}
