//! The two lists of what to do and what not to do. An item that stands in the other one says the contrary in the same words.

use super::ProseWords;
use super::edits::lower_words;
use super::negations::denials;
use super::taken_out::about;
use super::text::seen;
use super::told::one_line;
use crate::content::{Pack, Source};
use crate::diagnostic::{Diagnostic, shown};
use std::collections::BTreeSet;

/// The marks of the two headings.
const MARKS: [(List, &str); 2] = [(List::Do, "{.do}"), (List::Dont, "{.dont}")];
const ITEM: &str = "- ";
/// Words of what an item is about, from which on it is known by them.
const ABOUT: usize = 2;
/// Of ten of them so many stand in the other one.
const SAME: usize = 8;

#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Do,
    Dont,
}

struct Item<'p> {
    list: List,
    source: &'p Source,
    at: usize,
    text: String,
    words: Vec<String>,
    about: BTreeSet<String>,
    denies: bool,
}

/// Items with which the other list came, and this one did not.
pub fn changed(came: &Pack, own: &Pack, words: &ProseWords) -> Vec<Diagnostic> {
    let shipped = items(came, words);
    let own = items(own, words);
    let said =
        |item: &Item<'_>, list| shipped.iter().any(|other| other.list == list && is_said_by(item, other));
    let moved = own.iter().filter(|item| {
        let other = if item.list == List::Do { List::Dont } else { List::Do };
        said(item, other) && !said(item, item.list)
    });
    moved.map(told).collect()
}

/// Whether it is the other one, or less of it. What says no is as right under a tick.
fn is_said_by(item: &Item<'_>, other: &Item<'_>) -> bool {
    let same = item.about.intersection(&other.about).count();
    let is_part = item.about.len() >= ABOUT && same * 10 >= item.about.len() * SAME;
    item.words == other.words
        || is_part && (item.denies == other.denies || item.list == List::Do && !item.denies)
}

fn told(item: &Item<'_>) -> Diagnostic {
    let (here, there) = match item.list {
        List::Do => ("what to do", "what not to do"),
        List::Dont => ("what not to do", "what to do"),
    };
    let message = format!("“{}” stands under {here}, and came under {there}", shown(&item.text));
    let letters = u32::try_from(item.text.chars().count()).unwrap_or(0);
    let fault = Diagnostic::warning("changed-sense", message).at(item.source.at(item.at, letters));
    fault
        .hint("put it back under its heading; if the change is meant, have the text signed: `aftercare sign`")
}

fn items<'p>(pack: &'p Pack, words: &ProseWords) -> Vec<Item<'p>> {
    pack.sections.values().flat_map(|section| of_text(&section.body, words)).collect()
}

fn of_text<'p>(source: &'p Source, words: &ProseWords) -> Vec<Item<'p>> {
    let text = seen(&source.text);
    let (mut list, mut end, mut found) = (None, 0, Vec::new());
    for line in text.split_inclusive('\n') {
        let from = end + line.len() - line.trim_start().len();
        end += line.len();
        if line.starts_with('#') {
            list = MARKS.iter().find(|(_, mark)| line.contains(mark)).map(|(list, _)| *list);
        }
        if let (Some(list), Some(item)) = (list, line.trim_start().strip_prefix(ITEM)) {
            found.push(Item {
                list,
                source,
                at: from + ITEM.len(),
                text: one_line(item),
                words: lower_words(item),
                about: about(item, words),
                denies: denials(item, words).next().is_some(),
            });
        }
    }
    found
}
