//! Which treatment a row is of, as lists call it: `One – 30 min`.

use crate::content::Library;
use crate::content::names::{Beside, Names, fold};
use crate::content::phrases::Phrases;
use crate::letter::is_letter_or_digit;
use crate::locale::is_unspaced;

/// Letters of a short form in capitals that means one thing among other words too.
const SHORT_FORM: usize = 3;
/// Bytes of a text that may name a treatment.
const LONGEST: usize = 240;
/// Words in front of a name that a number begins: `30 min`.
const MEASURE: usize = 2;

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
    known.iter().any(|library| said(&written, words(library)).next().is_some())
}

fn one<'l>(text: &str, known: &[&'l Library]) -> Option<&'l Library> {
    // What is longer is a report.
    if text.len() > LONGEST {
        return None;
    }
    let written = apart(text);
    // A word that may be another treatment's leaves it open which one is meant, wherever it stands.
    let mut speaks = known.iter().filter(|library| said(&written, words(library)).next().is_some());
    let found = speaks.next().filter(|_| speaks.next().is_none())?;
    let places = named(&written, found);
    let lists = |list: Beside| listed(found, list);
    let is_open = said(&written, lists(Beside::NotTreatment)).next().is_some()
        || said(&written, lists(Beside::TakenBack)).next().is_some()
        || said(&written, lists(Beside::Without)).any(|word| takes_back(&written, &places, word))
        || said(&written, lists(Beside::Or)).any(|word| leaves_open(&written, &places, word, found));
    (!places.is_empty() && !is_open).then_some(*found)
}

/// From where to where a word stands in a text.
type Span = (usize, usize);

fn said<'s>(written: &'s str, words: impl Iterator<Item = &'s str>) -> impl Iterator<Item = Span> {
    let phrases = Phrases::new(words.map(|word| ((), apart(word))));
    phrases.said(written).map(|((), at, length)| (at, at + length)).collect::<Vec<_>>().into_iter()
}

/// Where a text names a treatment: by its own name or an everyday name of several words, by a short form in capitals, or by an
/// everyday name of one word that stands alone between signs. Other words beside that one make it something else.
fn named(written: &str, library: &Library) -> Vec<Span> {
    let is_short_form =
        |word: &str| word.chars().count() >= SHORT_FORM && word.chars().all(char::is_uppercase);
    let is_weak = |word: &&str| !apart(word).contains(' ') && !own(library).any(|own| own == *word);
    let strong = said(written, words(library).filter(|word| !is_weak(word)));
    let weak = said(written, words(library).filter(is_weak));
    let is_meant = |place: &Span| {
        let text = written.get(place.0..place.1).unwrap_or_default();
        is_short_form(text) && words(library).any(|word| word == text)
            || stands_alone(written, *place, library)
    };
    strong.chain(weak.filter(is_meant)).collect()
}

/// Whether nothing stands beside a word, up to the next sign or word that parts it from others, but a number with its measure.
fn stands_alone(written: &str, (from, to): Span, library: &Library) -> bool {
    let ands = library.packs.values().filter_map(|pack| Some(&*pack.words.get("and")?.text));
    let between: Vec<Span> = said(written, listed(library, Beside::BesideTreatment).chain(ands)).collect();
    let is_sign = |(at, sign): &(usize, char)| {
        !(is_letter_or_digit(*sign) || sign.is_whitespace() || matches!(sign, '\'' | '\u{2019}'))
            || between.iter().any(|(from, to)| (from..to).contains(&at))
    };
    let begin = written.char_indices().rev().filter(is_sign).find(|(at, _)| *at < from);
    let begin = begin.map_or(0, |(at, sign)| at + sign.len_utf8());
    let end =
        written.char_indices().filter(is_sign).find(|(at, _)| *at >= to).map_or(written.len(), |(at, _)| at);
    let words = |from: usize, to: usize| -> Vec<&str> {
        written.get(from..to).unwrap_or_default().split_whitespace().collect()
    };
    let is_number =
        |words: &[&str]| words.first().is_none_or(|word| word.starts_with(|sign: char| sign.is_numeric()));
    let (before, behind) = (words(begin, from), words(to, end));
    before.len() <= MEASURE && is_number(&before) && is_number(&behind)
}

/// Whether a word such as "or" parts what is named at one of these places from something else, up to the next sign. Between two
/// numbers, or two words that change nothing, it parts these: `30 or 45 min`, `initial or follow up`.
fn leaves_open(written: &str, places: &[Span], (from, to): Span, library: &Library) -> bool {
    let beside: Vec<Span> = said(written, listed(library, Beside::BesideTreatment)).collect();
    let before = written[..from].trim_end();
    let behind = to + (written[to..].len() - written[to..].trim_start().len());
    let word_before = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let are_numbers = starts_with_digit(word_before) && starts_with_digit(&written[behind..]);
    let are_beside = beside.iter().any(|(_, end)| *end == before.len())
        && beside.iter().any(|(begin, _)| *begin == behind);
    let reaches = |place: &Span| is_within(written, to, place.0) || is_within(written, place.1, from);
    !are_numbers && !are_beside && places.iter().any(reaches)
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(char::is_numeric)
}

/// Whether a word takes back what is named at one of these places: in front of it, up to the next sign, or right behind it, unless
/// it begins something else there: `One – without that`.
fn takes_back(written: &str, places: &[Span], (from, to): Span) -> bool {
    let is_last = || is_blank(written, to, written.len());
    let is_beside = |end: usize| written.get(end..from).is_some_and(|between| between.trim().is_empty());
    places.iter().any(|place| {
        is_within(written, to, place.0)
            || is_blank(written, place.1, from) && (is_beside(place.1) || is_last())
    })
}

/// Whether one place reaches to another: without a word between them, or without a sign. In a script without spaces what stands
/// between may be one word with either of them.
fn is_within(written: &str, from: usize, to: usize) -> bool {
    let is_sign = |sign: char| {
        !(is_letter_or_digit(sign) || sign.is_whitespace() || matches!(sign, '\'' | '\u{2019}'))
            || is_unspaced(sign)
    };
    is_blank(written, from, to)
        || from <= to && written.get(from..to).is_some_and(|between| !between.contains(is_sign))
}

fn is_blank(written: &str, from: usize, to: usize) -> bool {
    from <= to && written.get(from..to).is_some_and(|between| !between.chars().any(is_letter_or_digit))
}

/// Hyphens within words are spaces here, as they are for whole values.
fn apart(text: &str) -> String {
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    let mut written = String::with_capacity(text.len());
    while let Some(letter) = letters.next() {
        let is_hyphen = matches!(letter, '-' | '_' | '\u{2010}' | '\u{2011}');
        let is_within = !before.is_whitespace() && letters.peek().is_some_and(|next| !next.is_whitespace());
        written.push(if is_hyphen && is_within { ' ' } else { letter });
        before = letter;
    }
    written
}

/// What a treatment is called, language by language.
fn words(library: &Library) -> impl Iterator<Item = &str> {
    own(library).chain(listed(library, Beside::Treatment))
}

fn own(library: &Library) -> impl Iterator<Item = &str> {
    library.packs.values().filter_map(|pack| Some(&*pack.words.get("treatment")?.text))
}

fn listed(library: &Library, list: Beside) -> impl Iterator<Item = &str> {
    let names = library.packs.values().map(|pack| &pack.names);
    names.flat_map(move |names: &Names| names.words_of(list)).map(String::as_str)
}
