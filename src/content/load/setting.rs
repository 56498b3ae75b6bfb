//! How the lines of a language are set: keys of its `words.yaml` that are no words.

use super::Loading;
use crate::content::Source;
use crate::content::yaml::{Key, Kind, optional};
use crate::diagnostic::{Diagnostic, allowed, shown};
use crate::locale::{Direction, Letters};
use indexmap::IndexMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

pub const OF_LANGUAGE: &[Key] = &[
    optional(
        DIRECTION,
        Kind::Choice(Direction::NAMES),
        "which way its lines run: `rtl`, from right to left; `ltr` without",
    ),
    optional(
        UNITS,
        Kind::Text,
        "words that stay on a line with the number before them, with spaces between them",
    ),
    optional(
        LETTER_SIZE,
        Kind::Text,
        "the size of its letters beside Latin ones, 0.85 to 1.2; 1 without: so that both look equally large",
    ),
    optional(LINE_HEIGHT, Kind::Text, "how high its lines are beside Latin ones, 1 to 2; 1 without"),
    optional(
        WEB_FONTS,
        Kind::Text,
        "typefaces of readers' machines that have its letters, the best first, with commas between them: for web pages",
    ),
];
const DIRECTION: &str = "direction";
const UNITS: &str = "units";
const LETTER_SIZE: &str = "letter-size";
const LINE_HEIGHT: &str = "line-height";
const WEB_FONTS: &str = "web-fonts";

/// Smaller letters would be harder to read than the Latin ones of the least size that a sheet promises.
const SIZES: RangeInclusive<f32> = 0.85..=1.2;
const HEIGHTS: RangeInclusive<f32> = 1.0..=2.0;
/// They stand in every page of the language.
const MOST_WEB_FONTS: usize = 8;
const LONGEST_NAME: usize = 40;

/// How the lines of a language are set.
pub struct Setting {
    pub direction: Direction,
    pub units: Arc<[Box<str>]>,
    pub letters: Letters,
    /// Families of CSS, in single quotes with commas between them; empty without.
    pub web_fonts: Arc<str>,
}

/// Takes these keys out of a language's words.
pub fn take(words: &mut IndexMap<String, Source>, loading: &mut Loading) -> Option<Setting> {
    let units = words.shift_remove(UNITS);
    let units = units.iter().flat_map(|units| units.text.split_whitespace()).map(Box::from).collect();
    let direction = direction(words.shift_remove(DIRECTION), loading);
    let size = factor(LETTER_SIZE, words.shift_remove(LETTER_SIZE), SIZES, loading);
    let line = factor(LINE_HEIGHT, words.shift_remove(LINE_HEIGHT), HEIGHTS, loading);
    let web_fonts = web_fonts(words.shift_remove(WEB_FONTS), loading);
    let letters = Letters { size: size?, line: line? };
    Some(Setting { direction: direction?, units, letters, web_fonts: web_fonts? })
}

/// What is written into a style: a name of letters, digits, spaces and hyphens ends no string and no declaration.
fn web_fonts(written: Option<Source>, loading: &mut Loading) -> Option<Arc<str>> {
    let Some(written) = written else { return Some(Arc::default()) };
    let names: Vec<&str> = written.text.split(',').map(str::trim).collect();
    let is_name = |name: &&str| {
        let sign = |sign: char| sign.is_alphanumeric() || matches!(sign, ' ' | '-');
        !name.is_empty() && name.chars().count() <= LONGEST_NAME && name.chars().all(sign)
    };
    let odd = names.iter().find(|name| !is_name(name));
    if let Some(odd) = odd.copied().or((names.len() > MOST_WEB_FONTS).then_some(&*written.text)) {
        let message = format!("`{WEB_FONTS}` is not `{}`", shown(odd));
        let hint = format!(
            "up to {MOST_WEB_FONTS} names of typefaces with commas between them, each of letters, digits, spaces and hyphens"
        );
        loading.sink.push_once(Diagnostic::error("unknown-value", message).at(written.place).hint(hint));
        return None;
    }
    Some(names.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(",").into())
}

fn direction(written: Option<Source>, loading: &mut Loading) -> Option<Direction> {
    let Some(written) = written else { return Some(Direction::default()) };
    let direction = Direction::named(written.text.trim());
    if direction.is_none() {
        let message = format!("`{DIRECTION}` is not `{}`", shown(&written.text));
        let hint = allowed(&written.text, Direction::NAMES.iter().copied());
        loading.sink.push_once(Diagnostic::error("unknown-value", message).at(written.place).hint(hint));
    }
    direction
}

fn factor(
    key: &str,
    written: Option<Source>,
    range: RangeInclusive<f32>,
    loading: &mut Loading,
) -> Option<f32> {
    let Some(written) = written else { return Some(1.0) };
    let found = written.text.trim().parse().ok().filter(|factor| range.contains(factor));
    if found.is_none() {
        let message = format!("`{key}` is not `{}`", shown(&written.text));
        let hint = format!("a number from {} to {}", range.start(), range.end());
        loading.sink.push_once(Diagnostic::error("unknown-value", message).at(written.place).hint(hint));
    }
    found
}
