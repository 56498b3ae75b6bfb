//! Words that stand inside other texts ("until {time}"): plain text with places in braces, the same for every
//! request.

use super::texts::{Form, Texts, has_tags};
use crate::content::{Pack, Source, Therapist};
use crate::diagnostic::{Diagnostic, Sink, nearest};
use crate::options::chosen::Chosen;
use crate::options::{Name, Side};
use std::collections::BTreeMap;

/// The inner words of one language.
#[derive(Debug)]
pub struct Phrases {
    and: String,
    lists: Lists,
    hours: Unit,
    days: Unit,
    weeks: Unit,
    within: String,
    within_when: String,
    until: String,
    for_: String,
    after: String,
    after_span: String,
    pub timeline_until: String,
    pub reviewed: String,
    pub draft: String,
    pub page: String,
    regions: BTreeMap<Name, String>,
    /// Areas with a side.
    sided: BTreeMap<(Name, Side), String>,
}

/// How several things are told one after the other: patterns with the places of what stands before and what comes.
#[derive(Debug)]
struct Lists {
    /// "neck, shoulder".
    more: String,
    /// "neck, shoulder and jaw".
    last: String,
    /// Of things that may have commas of their own: "fever; pus, or redness".
    apart: String,
    /// A time and a place or a person: "3:30 pm, Rachel".
    beside: String,
    /// A heading and the sentence behind it.
    go_on: String,
}

/// How long something lasts, in hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// So short that it is said in words: "a few hours".
    Within,
    AtLeast(u32),
    Between(u32, u32),
}

/// The words of spans in one unit of time.
#[derive(Debug)]
struct Unit {
    /// That it has.
    hours: u32,
    range: String,
    one: String,
    at_least: String,
}

const DAY: u32 = 24;
const WEEK: u32 = 7 * DAY;
/// The most that people count in hours.
const HOURS: u32 = 4 * DAY;

/// No-break space.
const NBSP: char = '\u{a0}';

impl Phrases {
    /// Faults: a word with names in it, or with a place in braces that is not filled.
    pub fn new(
        pack: &Pack,
        (regions, sided): (&[Name], &[Name]),
        texts: &mut Texts,
        sink: &mut Sink,
    ) -> Phrases {
        let mut unit = |before: &str, hours: u32| {
            let mut word = |key: &str, places: &[&str]| {
                held(&inner_word(pack, &format!("spans.{before}{key}"), places, texts, sink))
            };
            let (range, one) = (word("range", &["from", "to"]), word("one", &["to"]));
            Unit { hours, range, one, at_least: word("at-least", &["from"]) }
        };
        let (hours, days, weeks) = (unit("", 1), unit("days-", DAY), unit("weeks-", WEEK));
        let mut word = |key: &str, places: &[&str]| inner_word(pack, key, places, texts, sink);
        Phrases {
            and: word("and", &[]),
            lists: Lists {
                more: word("lists.more", &LISTED),
                last: word("lists.last", &["list", "and", "item"]),
                apart: word("lists.apart", &LISTED),
                beside: word("lists.beside", &LISTED),
                go_on: word("lists.go-on", &LISTED),
            },
            hours,
            days,
            weeks,
            within: word("spans.within", &[]),
            within_when: word("spans.within-when", &[]),
            until: word("when.until", &["time"]),
            for_: word("when.for", &["span"]),
            after: word("when.after", &["time"]),
            after_span: word("when.after-span", &["span"]),
            timeline_until: word("timeline.until", &["time"]),
            reviewed: word("running.reviewed", &["month"]),
            draft: word("running.draft", &["month"]),
            page: word("running.page", &["page", "pages"]),
            regions: regions
                .iter()
                .map(|region| (region.clone(), word(&format!("regions.{region}"), &[])))
                .collect(),
            sided: sides(pack, sided, &mut word),
        }
    }

    /// "24 to 48 hours", "24 hours", "at least 24 hours"; longer ones in days or weeks.
    pub fn span(&self, span: Span) -> String {
        match span {
            Span::Within => self.within.clone(),
            Span::AtLeast(hours) => {
                let unit = self.unit(hours, hours);
                measure(&unit.at_least, &[("from", (hours / unit.hours).to_string())])
            }
            Span::Between(from, to) if from == to => self.hours(to),
            Span::Between(from, to) => {
                let unit = self.unit(from, to);
                let count =
                    [("from", (from / unit.hours).to_string()), ("to", (to / unit.hours).to_string())];
                measure(&unit.range, &count)
            }
        }
    }

    /// "24 hours".
    pub fn hours(&self, hours: u32) -> String {
        let unit = self.unit(hours, hours);
        measure(&unit.one, &[("to", (hours / unit.hours).to_string())])
    }

    /// "24 hours", on an axis with a mark every so many hours: all of its marks are in one unit.
    pub fn mark(&self, hours: u32, every: u32) -> String {
        let unit = match every {
            _ if every >= 2 * WEEK && every.is_multiple_of(WEEK) => &self.weeks,
            _ if every > DAY => &self.days,
            _ => &self.hours,
        };
        measure(&unit.one, &[("to", (hours / unit.hours).to_string())])
    }

    /// What people count a span in: hours for up to four days, then days, then weeks, as long as both ends are whole.
    fn unit(&self, from: u32, to: u32) -> &Unit {
        let whole = |unit: u32| from.is_multiple_of(unit) && to.is_multiple_of(unit);
        match () {
            () if from >= 2 * WEEK && whole(WEEK) => &self.weeks,
            () if to > HOURS && from >= 2 * DAY && whole(DAY) => &self.days,
            () => &self.hours,
        }
    }

    /// "within a few hours".
    pub fn within_when(&self) -> &str {
        &self.within_when
    }

    /// "until Thursday, 3:30 pm".
    pub fn until(&self, time: &str) -> String {
        fill(&self.until, &[("time", time)])
    }

    /// "for 24 to 48 hours".
    pub fn for_span(&self, span: &str) -> String {
        fill(&self.for_, &[("span", span)])
    }

    /// "after Thursday, Nov 26, 3:30 pm".
    pub fn after(&self, time: &str) -> String {
        fill(&self.after, &[("time", time)])
    }

    /// "after 48 hours".
    pub fn after_span(&self, span: &str) -> String {
        fill(&self.after_span, &[("span", span)])
    }

    /// "neck, left shoulder and jaw".
    pub fn area(&self, regions: &[Name], chosen: &Chosen) -> String {
        let name = |region: &Name| match chosen.side(region) {
            None => self.regions.get(region),
            Some(side) => self.sided.get(&(region.clone(), side)).or_else(|| self.regions.get(region)),
        };
        let names: Vec<&str> = regions.iter().filter_map(name).map(String::as_str).collect();
        self.list(&names)
    }

    /// "Rachel, Valerie and Suzie"; with titles, which have a comma of their own, "Rachel, PT; Valerie, PT".
    pub fn people(&self, people: &[Therapist], written: impl Fn(&str) -> String) -> String {
        let signed: Vec<String> = people.iter().map(|person| written(&person.signed)).collect();
        match signed.iter().any(|name| name.contains(',')) {
            true => self.apart(&signed),
            false => self.list(&signed),
        }
    }

    /// "fever; pus, or redness".
    pub fn apart(&self, items: &[impl AsRef<str>]) -> String {
        joined(&self.lists.apart, items)
    }

    /// "neck, shoulder".
    pub fn enumerated(&self, items: &[impl AsRef<str>]) -> String {
        joined(&self.lists.more, items)
    }

    /// What stands between such things.
    pub fn between(&self) -> String {
        self.apart(&["", ""])
    }

    /// A time and a place or a person.
    pub fn beside(&self, first: &str, second: &str) -> String {
        joined(&self.lists.beside, &[first, second])
    }

    /// A heading and the sentence behind it, in one.
    pub fn going_on(&self, heading: &str, sentence: &str) -> String {
        joined(&self.lists.go_on, &[heading, sentence])
    }

    /// "neck, shoulder and jaw".
    pub fn list(&self, items: &[impl AsRef<str>]) -> String {
        match items.split_last() {
            Some((last, items)) if !items.is_empty() => {
                let values =
                    [("list", &*self.enumerated(items)), ("and", &*self.and), ("item", last.as_ref())];
                fill(&self.lists.last, &values)
            }
            _ => self.enumerated(items),
        }
    }
}

/// The places of a pattern of lists.
const LISTED: [&str; 2] = ["list", "item"];

fn joined(pattern: &str, items: &[impl AsRef<str>]) -> String {
    let items = items.iter().map(|item| item.as_ref().to_owned());
    items.reduce(|list, item| fill(pattern, &[("list", &list), ("item", &item)])).unwrap_or_default()
}

/// The words of areas with a side, none of which is filled with anything but the area.
fn sides(
    pack: &Pack,
    sided: &[Name],
    word: &mut impl FnMut(&str, &[&str]) -> String,
) -> BTreeMap<(Name, Side), String> {
    let mut words = BTreeMap::new();
    for side in Side::ALL.into_iter().filter(|_| !sided.is_empty()) {
        word(&format!("sides.{}", side.name()), &["region"]);
        for region in sided {
            let own = format!("{}-regions.{region}", side.name());
            if pack.words.contains_key(&own) {
                word(&own, &[]);
            }
            words.insert((region.clone(), side), pack.region_on(region, side));
        }
    }
    words
}

/// Puts values in a word's places.
pub fn fill(word: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(word.len() + 24);
    let mut rest = word;
    while let Some((before, place, after)) = next_place(rest) {
        text.push_str(before);
        match values.iter().find(|(name, _)| *name == place) {
            Some((_, value)) => text.push_str(value),
            None => text.extend(["{", place, "}"]),
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

/// A word of a span whose last number is held to the unit that follows it.
fn held(word: &str) -> String {
    match word.rsplit_once("} ") {
        Some((before, unit)) => format!("{before}}}{NBSP}{unit}"),
        None => word.to_owned(),
    }
}

fn measure(word: &str, values: &[(&str, String)]) -> String {
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fill(word, &values)
}

/// What stands before a place in braces, its name, and what stands behind it.
fn next_place(word: &str) -> Option<(&str, &str, &str)> {
    let (before, after) = word.split_once('{')?;
    let (place, after) = after.split_once('}')?;
    Some((before, place, after))
}

fn inner_word(pack: &Pack, key: &str, places: &[&str], texts: &mut Texts, sink: &mut Sink) -> String {
    let Some(source) = pack.words.get(key) else {
        sink.push(missing(pack, key));
        return String::new();
    };
    if has_tags(&source.text) {
        let message = format!("`{key}` stands inside other texts and can use no names");
        sink.push(Diagnostic::error("not-in-texts", message).at(source.place.clone()));
        return String::new();
    }
    let id = texts.add(source, Form::Plain, sink);
    let word = texts.fixed(id);
    check_places(&word, key, places, source, sink);
    word
}

/// A word that `content::load` found missing already, if it made the library.
pub fn missing(pack: &Pack, key: &str) -> Diagnostic {
    let file = format!("content/languages/{}/words.yaml", pack.language);
    Diagnostic::error("missing-key", format!("words.yaml has no `{key}`"))
        .at(crate::diagnostic::Place::file(file))
}

fn check_places(word: &str, key: &str, places: &[&str], source: &Source, sink: &mut Sink) {
    let mut found = Vec::new();
    let mut rest = word;
    while let Some((_, place, after)) = next_place(rest) {
        found.push(place);
        rest = after;
    }
    for place in found.iter().filter(|place| !places.contains(place)) {
        let fault = Diagnostic::error("unknown-place", format!("`{key}` has no place `{{{place}}}`"));
        let hint = match nearest(place, places.iter().copied()) {
            Some(near) => format!("did you mean `{{{near}}}`?"),
            None if places.is_empty() => "it is filled with nothing".to_owned(),
            None => format!(
                "write {}",
                places.iter().map(|place| format!("`{{{place}}}`")).collect::<Vec<_>>().join(", ")
            ),
        };
        sink.push(fault.at(source.place.clone()).hint(hint));
    }
    for place in places.iter().filter(|place| !found.contains(place)) {
        let message = format!("`{key}` lacks its place `{{{place}}}`");
        sink.push(Diagnostic::error("missing-place", message).at(source.place.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_unknown_braces_stay() {
        assert_eq!(fill("until {time}", &[("time", "noon")]), "until noon");
        assert_eq!(fill("{a} {b} { c", &[("a", "1")]), "1 {b} { c");
    }

    #[test]
    fn a_value_is_not_read_again() {
        assert_eq!(fill("{a}{b}", &[("a", "{b}"), ("b", "2")]), "{b}2");
    }

    #[test]
    fn numbers_hold_to_their_unit() {
        let hours = [("from", "24".to_owned()), ("to", "48".to_owned())];
        assert_eq!(measure(&held("{from} to {to} hours"), &hours), "24 to 48\u{a0}hours");
        assert_eq!(measure(&held("de {from} à {to} heures"), &hours), "de 24 à 48\u{a0}heures");
    }
}
