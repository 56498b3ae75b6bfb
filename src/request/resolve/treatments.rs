//! Which treatment a row is of, as lists call it: `Dry needling – 30 min`.

use crate::content::Library;
use crate::content::names::{Names, fold};
use crate::content::phrases::Phrases;

/// The treatment that a text means, by its id or a word for it, alone or among others. Of two, or of one that words beside it take
/// back, nobody knows which.
pub fn meant<'l>(text: &str, known: &[&'l Library]) -> Option<&'l Library> {
    exact(text, known).or_else(|| one(text, known))
}

/// The treatment that a text is the id of, or a word for it in any language.
pub fn exact<'l>(text: &str, known: &[&'l Library]) -> Option<&'l Library> {
    let written = fold(text);
    let by_id = || known.iter().find(|library| fold(&library.treatment.id) == written);
    let by_word = || known.iter().find(|library| words(library).any(|word| fold(word) == written));
    by_id().or_else(by_word).copied()
}

/// Whether a text speaks of one of them, whatever it says of it.
pub fn speaks_of_one(text: &str, known: &[&Library]) -> bool {
    let written = apart(text);
    known.iter().any(|library| says(&written, words(library)))
}

fn one<'l>(text: &str, known: &[&'l Library]) -> Option<&'l Library> {
    let written = apart(text);
    let mut said = known.iter().filter(|library| says(&written, words(library)));
    let found = said.next().filter(|_| said.next().is_none())?;
    let lists = |of: fn(&Names) -> &[String]| names(found).flat_map(of).map(String::as_str);
    let is_other = says(&written, lists(Names::not_treatment)) || says(&written, lists(Names::taken_back));
    (!is_other).then_some(*found)
}

fn says<'w>(written: &str, words: impl Iterator<Item = &'w str>) -> bool {
    let phrases = Phrases::new(words.map(|word| ((), apart(word))));
    phrases.said(written).next().is_some()
}

/// Hyphens are spaces here, as they are for whole values.
fn apart(text: &str) -> String {
    text.replace(['-', '_', '\u{2010}', '\u{2011}'], " ")
}

/// What a treatment is called, language by language.
fn words(library: &Library) -> impl Iterator<Item = &str> {
    let own = library.packs.values().filter_map(|pack| Some(&*pack.words.get("treatment")?.text));
    own.chain(names(library).flat_map(Names::treatment).map(String::as_str))
}

fn names(library: &Library) -> impl Iterator<Item = &Names> {
    library.packs.values().map(|pack| &pack.names)
}
