//! Labels, patterns and words of the program that came with it and are others now. Each stands alone, so that no sentence around
//! it shows the slip: "before" for "after", a range from its end to its start, another word for an area or a precaution.

use super::edits::likeness;
use super::negations::denials;
use super::sense::{in_texts, is_by_value};
use super::taken_out::about;
use super::text::seen;
use super::unsigned::{Edited, EditedFile};
use super::{Prose, ProseWords, cautions};
use crate::content::files::Embedded;
use crate::content::load::values;
use crate::content::names::fold;
use crate::content::{Pack, Source};
use crate::diagnostic::{Diagnostic, shown};
use indexmap::IndexMap;
use std::collections::BTreeSet;

const FOLDERS: [&str; 4] =
    ["content/languages/", "content/records/", "content/dates/", "content/treatments/"];
const OF_SHARED: [&str; 2] = ["content/records/", "content/dates/"];
const PAGE: &str = "/web.yaml";
/// Of the clinician's page, the labels that say what is chosen.
const CHOICES: [&str; 2] = ["options.", "roster.columns."];
/// What a clinic may call as it likes: nobody heeds it.
const FREE: [&str; 21] = [
    "contact.",
    "faq",
    "note",
    "next-visit",
    "title",
    "document-title",
    "treatment",
    "name-label",
    "running.head",
    "running.foot-left",
    "running.page",
    "brochure.title",
    "brochure.line",
    "brochure.picture",
    "brochure.dummy.",
    "site.skip",
    "site.pages",
    "site.whole",
    "site.print",
    "site.not-found.",
    "site.groups.",
];
/// How much of two labels is the same where one took over the other's words: that is told by itself.
const LIKE: f64 = 0.5;
/// Words of a label, which asks for nothing.
const SHORT: usize = 3;
const HINT: &str = "if the change is meant, have the text signed: `aftercare sign`";

/// What is turned round in the short texts that nobody has signed since.
pub fn changed(edited: &Edited<'_>, prose: &Prose) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for EditedFile { path, came, pack } in edited.files(&is_read) {
        let Some(words) = prose.of(&pack.language) else { continue };
        let file = File { path: &path, came: values(&Embedded, &came), pack, words };
        found.extend(values(edited.files, &path).iter().filter_map(|(key, source)| file.told(key, source)));
    }
    found
}

fn is_read(path: &str) -> bool {
    FOLDERS.iter().any(|folder| path.starts_with(folder))
        && (is_by_value(path) || OF_SHARED.iter().any(|folder| path.starts_with(folder)))
}

/// A file, beside the one that came.
struct File<'f> {
    path: &'f str,
    came: IndexMap<String, Source>,
    pack: &'f Pack,
    words: &'f ProseWords,
}

impl File<'_> {
    /// The gravest of a text.
    fn told(&self, key: &str, is: &Source) -> Option<Diagnostic> {
        let was = self.came.get(key)?;
        if was.text == is.text {
            return None;
        }
        let texts = [&was.text, &is.text].map(|text| without_places(text));
        self.other_places(was, is)
            .or_else(|| in_texts(&texts, &was.text, is, self.words).into_iter().next())
            .or_else(|| self.says_no(key, &texts, was, is))
            .or_else(|| self.exchanged(key, was, is))
            .or_else(|| self.put_in(&texts, was, is))
            .or_else(|| self.lost(&texts, was, is))
            .or_else(|| self.another(key, &texts, was, is))
    }

    /// A place that is gone, and a range from its end to its start.
    fn other_places(&self, was: &Source, is: &Source) -> Option<Diagnostic> {
        let (before, after) = (places(&was.text), places(&is.text));
        // Of other words the places that they must have are known.
        let is_record = self.path.starts_with(OF_SHARED[0]);
        if is_record && let Some(gone) = before.iter().find(|place| !after.contains(place)) {
            let message = format!("this text no longer has `{{{gone}}}`, with which it came");
            return Some(told(message, was, is));
        }
        let order = |all: &[&str]| -> Vec<usize> {
            RANGE.iter().filter_map(|end| all.iter().position(|place| place == end)).collect()
        };
        let is_turned = order(&before).is_sorted() && !order(&after).is_sorted();
        is_turned.then(|| told("this range goes from its end to its start".to_owned(), was, is))
    }

    /// Of texts that are hardly alike no word is found in the other's place; whether they say no is found all the same.
    fn says_no(&self, key: &str, texts: &[String; 2], was: &Source, is: &Source) -> Option<Diagnostic> {
        let [before, after] = texts.each_ref().map(|text| denials(&seen(text), self.words).next().is_some());
        if before == after || is_free(key) {
            return None;
        }
        let message = match after {
            true => "this text says “not”, and the one that came with the program does not",
            false => "the text that came with the program says “not”, and this one does not",
        };
        Some(told(message.to_owned(), was, is))
    }

    /// A word more in a pattern of days and times: "next {weekday}" is another day.
    fn put_in(&self, texts: &[String; 2], was: &Source, is: &Source) -> Option<Diagnostic> {
        if !self.path.starts_with(OF_SHARED[1]) || places(&was.text).is_empty() {
            return None;
        }
        let [before, after] = texts.each_ref().map(|text| about(text, self.words));
        let word = after.difference(&before).next()?;
        let message = format!("this pattern says “{word}”, and the one that came with the program does not");
        Some(told(message, was, is))
    }

    /// On the clinician's page: the label of one option at another. On sheets that is told with the other words.
    fn exchanged(&self, key: &str, was: &Source, is: &Source) -> Option<Diagnostic> {
        let other = self.beside(key).find(|(_, other)| fold(&other.text) == fold(&is.text))?.0;
        let is_page = self.path.ends_with(PAGE);
        is_page.then(|| told(format!("`{key}` has the text that came as `{other}`"), was, is))
    }

    /// A caution that the clinician's page asks for no more. Of sheets that is told with the other texts.
    fn lost(&self, texts: &[String; 2], was: &Source, is: &Source) -> Option<Diagnostic> {
        let [before, after] = texts.each_ref().map(|text| seen(text));
        let is_page = self.path.ends_with(PAGE) && before.split_whitespace().count() > SHORT;
        let gone = if is_page { cautions::gone(&before, &after, self.words) } else { Vec::new() };
        if gone.is_empty() {
            return None;
        }
        let message = format!(
            "this text no longer says {} as the one that came with the program does",
            gone.join(", ")
        );
        let letters = u32::try_from(is.text.chars().count()).unwrap_or(0);
        let fault = Diagnostic::warning("lost-caution", message).at(is.at(0, letters));
        Some(fault.hint(format!("it came as “{}”; put the caution back; {HINT}", shown(&was.text))))
    }

    /// A label of which no word is left.
    fn another(&self, key: &str, texts: &[String; 2], came: &Source, is: &Source) -> Option<Diagnostic> {
        let is_choice = CHOICES.iter().any(|group| key.starts_with(group)) && !key.ends_with("-hint");
        let is_of_page = self.path.ends_with(PAGE);
        if is_of_page && !is_choice || self.path.starts_with(OF_SHARED[1]) || is_free(key) {
            return None;
        }
        let [was, now] = texts.each_ref().map(|text| about(&seen(text), self.words));
        let is_told = || self.beside(key).any(|(_, other)| likeness(&other.text, &is.text) > LIKE);
        if was.is_empty() || now.is_empty() || !was.is_disjoint(&now) || is_told() {
            return None;
        }
        // "Back to the gym" for lifting: what people call it, or what cautions hold for the same.
        let risks =
            |text: &str| self.words.risks.said(text).map(|(risk, ..)| risk).collect::<BTreeSet<u32>>();
        let [came_risks, own_risks] = texts.each_ref().map(|text| risks(text));
        let is_of_the_same = !came_risks.is_empty() && came_risks == own_risks;
        if is_of_the_same || self.everyday_names(key).any(|name| about(name, self.words).is_subset(&now)) {
            return None;
        }
        let message = "no word of this text is of the one that came with the program";
        let letters = u32::try_from(is.text.chars().count()).unwrap_or(0);
        let fault = Diagnostic::warning("changed-text", message).at(is.at(0, letters));
        Some(fault.hint(format!("it came as “{}”; {HINT}", shown(&came.text))))
    }

    /// What people call the value that a label is of.
    fn everyday_names<'s>(&'s self, key: &'s str) -> impl Iterator<Item = &'s str> {
        let (group, value) = key.split_once('.').unwrap_or_default();
        self.pack.names.meaning(group, value)
    }

    /// The other texts of the group with which they came.
    fn beside<'s>(&'s self, key: &'s str) -> impl Iterator<Item = (&'s String, &'s Source)> {
        let group = |key: &str| key.rsplit_once('.').map(|(group, _)| group.to_owned());
        let own = group(key);
        self.came.iter().filter(move |(other, _)| *other != key && group(other) == own)
    }
}

/// The places of a range, in their order.
const RANGE: [&str; 2] = ["from", "to"];

fn is_free(key: &str) -> bool {
    FREE.iter().any(|free| key == *free || free.ends_with('.') && key.starts_with(free))
}

fn told(message: String, was: &Source, is: &Source) -> Diagnostic {
    let letters = u32::try_from(is.text.chars().count()).unwrap_or(0);
    let fault = Diagnostic::warning("changed-sense", message).at(is.at(0, letters));
    fault.hint(format!("it came as “{}”; {HINT}", shown(&was.text)))
}

/// What the program fills in, as `{time}`: neither names nor conditions of the template language.
fn places(text: &str) -> Vec<&str> {
    let starts = text.match_indices('{').filter(|(at, _)| !text[..*at].ends_with('{'));
    let named = starts.filter_map(|(at, _)| text[at + 1..].split_once('}').map(|(name, _)| name));
    named.filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-')).collect()
}

/// The text, byte for byte, without the names of its places, which are words of the program.
fn without_places(text: &str) -> String {
    places(text).iter().fold(text.to_owned(), |text, place| {
        text.replace(&format!("{{{place}}}"), &"\u{1}".repeat(place.len() + 2))
    })
}
