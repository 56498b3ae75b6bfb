//! How much a text says: a translation that lost items of a list, or more than half of its words, is told.

use super::text::{Text, of_pack};
use crate::content::Pack;
use crate::diagnostic::Diagnostic;
use crate::letter::is_letter;
use crate::locale::Language;
use std::collections::BTreeMap;

/// Letters of a text from which on its length says something.
const LONG: usize = 60;
/// So many such texts tell how long a language usually is.
const KNOWN: usize = 5;

pub fn check(originals: &BTreeMap<String, Text<'_>>, pack: &Pack, first: &Language) -> Vec<Diagnostic> {
    let texts = of_pack(pack);
    let pairs: Vec<(&Text<'_>, &Text<'_>)> =
        texts.iter().filter_map(|text| Some((originals.get(&text.id)?, text))).collect();
    let lengths = pairs.iter().map(|(source, text)| (letters(source), letters(text)));
    let long: Vec<(usize, usize)> = lengths.filter(|(source, _)| *source >= LONG).collect();
    let (theirs, ours) = long.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let is_short = |source: usize, text: usize| {
        long.len() >= KNOWN && source >= LONG && text * 2 * theirs < source * ours
    };
    let mut found = Vec::new();
    for (source, text) in pairs {
        let (has, of) = (items(text), items(source));
        let message = match () {
            () if has != of => {
                format!(
                    "the lists of this text have {has} items in `{}`, and {of} in `{first}`",
                    pack.language
                )
            }
            () if is_short(letters(source), letters(text)) => format!(
                "this text says less than half of what it says in `{first}`, as long as texts in `{}` are",
                pack.language
            ),
            () => continue,
        };
        let fault = Diagnostic::warning("other-length", message).at(text.source.at(0, 0));
        found.push(fault.hint("make sure that nothing is left out"));
    }
    found
}

fn letters(text: &Text<'_>) -> usize {
    text.seen.chars().filter(|letter| is_letter(*letter)).count()
}

/// Items of lists, in all branches of a text together.
fn items(text: &Text<'_>) -> usize {
    let is_item = |line: &str| line.starts_with("- ") || line.starts_with("* ");
    text.seen.lines().filter(|line| is_item(line.trim_start())).count()
}
