//! A text whose measure is still open: shaped, and cut at the places where lines may end. A sheet tries many of its texts in
//! several widths, on a line with their heading and below it; only the lines are chosen anew for each.

use super::ParagraphStyle;
use super::breaks::{Break, Kind, breaks, is_address};
use super::collect::Collected;
use super::fit::{BEFORE_A_TIME, DANGLING_WORD, FEW_LETTERS, Stock, penalty, stands_in};
use super::pieces::{Piece, Prepared};
use crate::geometry::Pt;
use crate::letter::{is_letter, is_letter_or_digit};
use crate::locale::{first_word, last_word};
use crate::text::{Shaper, Unset, is_space};
use unicode_script::{Script, UnicodeScript};

/// Fewer letters of a cut word on either line are hard to read as part of it.
const FEW: usize = 3;

/// Marks of scripts without spaces, where a heading that takes two lines is parted before a word is.
const CLAUSE_ENDS: [char; 3] = ['，', '：', '；'];

pub(super) struct Measured {
    pub(super) prepared: Prepared,
    places: Vec<Break>,
    /// None is cut, and what the fit needs to know of each.
    pub(super) pieces: Vec<Piece>,
    pub(super) stock: Vec<Stock>,
    widest: f64,
}

impl Measured {
    pub(super) fn new(
        shaper: &Shaper,
        collected: Collected<'_>,
        style: &ParagraphStyle,
    ) -> Result<Measured, Unset> {
        let mut places = breaks(&collected);
        let prepared = Prepared::new(shaper, collected, style)?;
        prepared.keep_stops(&mut places);
        let pieces = prepared.pieces(&places, f64::INFINITY);
        let stock = stock(&prepared, &pieces, Pt::ZERO);
        let widest = pieces.iter().map(|piece| piece.width).fold(0.0, f64::max);
        Ok(Measured { prepared, places, pieces, stock, widest })
    }

    /// The pieces where some are wider than a measure, and so are cut.
    pub(super) fn cut(&self, measure: f64) -> Option<Vec<Piece>> {
        (!stands_in(self.widest, measure)).then(|| self.prepared.pieces(&self.places, measure))
    }
}

/// What the fit needs to know of pieces.
pub(super) fn stock(prepared: &Prepared, pieces: &[Piece], hyphen: Pt) -> Vec<Stock> {
    pieces.iter().map(|piece| stock_of(&prepared.text, piece, hyphen)).collect()
}

fn stock_of(text: &str, piece: &Piece, hyphen: Pt) -> Stock {
    let piece_text = text[piece.range.clone()].trim_end();
    let word = last_word(piece_text);
    let letters = word.chars().filter(|character| is_letter_or_digit(*character)).count();
    let starts_sentence = || {
        let before = text[..piece.range.start].trim_end();
        letters <= 5 && piece_text == word && before.ends_with(['.', '!', '?', ':', '”', '»'])
    };
    let dangling =
        piece.end == Kind::Space && word.ends_with(is_letter) && (letters <= 2 || starts_sentence());
    let mut penalty = penalty(piece.end) + if dangling { DANGLING_WORD } else { 0.0 };
    let after = &text[piece.range.end..];
    if piece.end == Kind::Space && before_a_time(word, after) {
        penalty += BEFORE_A_TIME;
    }
    if piece.end == Kind::Reluctant && at_an_address_hyphen(text, piece.range.end) {
        penalty += FEW_LETTERS;
    }
    // A word is broken with a hyphen where scripts have one; an address that had one would be another.
    let broken = (piece.end == Kind::Emergency).then(|| letters_beside(text, piece.range.end));
    if broken.is_some_and(|beside| beside.is_some_and(|(before, after)| before.min(after) < FEW)) {
        penalty += FEW_LETTERS;
    }
    Stock {
        width: piece.width,
        space: piece.space,
        penalty,
        hyphen: if broken.flatten().is_some() { f64::from(hyphen.0) } else { 0.0 },
        short: letters <= 5,
        letters: piece_text.chars().count(),
        sentence: piece_text.ends_with(CLAUSE_ENDS) || ends_sentence(piece_text, &text[piece.range.end..]),
    }
}

/// A clock time that goes on with a date: "Wednesday, 3:30 pm".
fn before_a_time(word: &str, after: &str) -> bool {
    let next = || after.split(is_space).next().unwrap_or_default();
    after.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with([',', '،']) && next().contains(':')
}

/// At the end of a line nobody can tell whether the hyphen of an address belongs to it.
fn at_an_address_hyphen(text: &str, at: usize) -> bool {
    let (before, after) = (last_word(&text[..at]), first_word(&text[at..]));
    before.ends_with(['-', '_']) && is_address(&text[at - before.len()..at + after.len()])
}

/// How many letters of a word stand before and behind a place in it; none where the word is an address, or of a script
/// without hyphens.
fn letters_beside(text: &str, at: usize) -> Option<(usize, usize)> {
    let (before, after) = (last_word(&text[..at]), first_word(&text[at..]));
    let hyphened = |c: char| {
        is_letter(c)
            && matches!(c.script(), Script::Latin | Script::Greek | Script::Cyrillic | Script::Armenian)
    };
    let behind = after.chars().take_while(|c| hyphened(*c)).count();
    let ahead = before.chars().rev().take_while(|c| hyphened(*c)).count();
    let whole = !is_address(before) && !is_address(after);
    (whole && ahead > 0 && behind > 0).then_some((ahead, behind))
}

/// Not after an abbreviation: a small letter or a number goes on behind it.
fn ends_sentence(piece: &str, after: &str) -> bool {
    // Most pieces end in a letter, and need no closer look.
    if piece.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ',') {
        return false;
    }
    let piece = piece.trim_end_matches(['”', '»', '"', ')', '’']).trim_end();
    let begins = || {
        let after = after.trim_start().trim_start_matches(['“', '«', '"', '(', '¿', '¡', '‘']);
        after.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
    };
    piece.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟']) && begins()
}
